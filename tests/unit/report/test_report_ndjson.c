/* test_report_ndjson.c - a line an event: every line is JSON, the elements are the JSON report's own, the result comes last. */
#include "plumbline/json.h"
#include "report_fixture.h"

static const struct pl_value *parse(struct pl_arena *a, const char *text, size_t len)
{
    struct pl_err err = {0};
    const struct pl_value *v = pl_json_parse(a, text, len, "line", &err);
    assert_string_equal(err.text, "");
    return v;
}

static const char *written(struct pl_arena *a, const char *format, const struct pl_run *run)
{
    struct pl_buf b = {0};
    pl_report_find(format)->write(&b, run, &(struct pl_report_style){0});
    return pl_buf_take(&b, a);
}

static void lines_are_the_elements_of_the_report(void **state)
{
    static const struct {
        const char *event, *list;
    } lists[] = {{"drift", "drift"},
                 {"connection", "connections"},
                 {"ignored", "ignored"},
                 {"unknown", "unknown"},
                 {"unobserved", "unobserved"}};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        const struct pl_run *run = fixtures[i].make(a);
        const char *report = written(a, "json", run), *last = NULL;
        const struct pl_value *whole = parse(a, report, strlen(report));
        size_t found[PL_LEN(lists)] = {0};
        for (const char *line = written(a, "ndjson", run); *line;) {
            size_t len = strcspn(line, "\n");
            const struct pl_value *v = parse(a, line, len);
            line += len + 1;
            last = pl_value_member_text(v, "event");
            for (size_t j = 0; j < PL_LEN(lists); j++)
                if (strcmp(last, lists[j].event) == 0) {
                    ROW("%s, %s %zu", fixtures[i].name, last, found[j]);
                    const struct pl_value *list = pl_value_member(whole, lists[j].list);
                    assert_string_equal(pl_json_text(a, pl_value_member(v, last)),
                                        pl_json_text(a, list->u.list.items[found[j]++]));
                }
        }
        assert_string_equal(last, "result");
        for (size_t j = 0; j < PL_LEN(lists); j++)
            assert_int_equal(found[j], pl_value_count(pl_value_member(whole, lists[j].list)));
    }
}

static void the_first_line_says_what_ran(void **state)
{
    struct pl_arena *a = *state;
    const char *text = written(a, "ndjson", run_night(a));
    const struct pl_value *first = parse(a, text, strcspn(text, "\n"));
    assert_string_equal(pl_value_member_text(first, "event"), "run");
    assert_string_equal(pl_value_member_text(first, "format_version"), "1.0");
    assert_string_equal(pl_value_member_text(pl_value_member(first, "run"), "command"), "audit");
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(lines_are_the_elements_of_the_report),
        IN_ARENA(the_first_line_says_what_ran),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
