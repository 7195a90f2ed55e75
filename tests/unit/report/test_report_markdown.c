/* test_report_markdown.c - the remediation report: golden files, and text from outside that must not become markup. */
#include "report_fixture.h"
#include "report_golden.h"

static void golden(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        struct pl_buf b = {0};
        if (strcmp(fixtures[i].name, "many") == 0)
            continue;
        pl_report_find("markdown")->write(&b, fixtures[i].make(a), &(struct pl_report_style){0});
        check_golden(a, "markdown", pl_arena_printf(a, "%s.md", fixtures[i].name), &b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(golden, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
