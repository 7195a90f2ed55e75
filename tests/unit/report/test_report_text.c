/* test_report_text.c - the report for a terminal: golden files, widths, colours, verbosity, and text from outside that bites. */
#include "report_fixture.h"
#include "report_golden.h"

static char *written(struct pl_arena *a, const char *name, struct pl_report_style style)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        if (strcmp(fixtures[i].name, name) == 0)
            pl_report_find("text")->write(&b, fixtures[i].make(a), &style);
    return pl_buf_take(&b, a);
}

static void golden(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        struct pl_buf b = {0};
        pl_report_find("text")->write(&b, fixtures[i].make(a), &(struct pl_report_style){0});
        check_golden(a, "text", pl_arena_printf(a, "%s.txt", fixtures[i].name), &b);
    }
}

static void golden_of_styles(void **state)
{
    static const struct {
        const char *fixture, *file;
        struct pl_report_style style;
    } rows[] = {
        {"night", "night-narrow.txt", {.width = 60}},
        {"night", "night-color.txt", {.color = true}},
        {"night", "night-quiet.txt", {.verbose = -1}},
        {"drift", "drift-quiet.txt", {.verbose = -1}},
        {"drift", "drift-verbose.txt", {.verbose = 1}},
    };
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_buf b = {0};
        pl_buf_adds(&b, written(a, rows[i].fixture, rows[i].style));
        check_golden(a, "text", rows[i].file, &b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(golden, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(golden_of_styles, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
