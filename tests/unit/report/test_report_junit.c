/* test_report_junit.c - JUnit XML: golden files, read back by expat, counted against what it says of itself and against the exit status. */
#include <expat.h>
#include <stdlib.h>

#include "report_fixture.h"
#include "report_golden.h"

struct seen {
    size_t cases, failures, errors, skipped, said_tests, said_failures, said_errors, said_skipped;
};

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct seen *seen = data;
    seen->cases += strcmp(name, "testcase") == 0;
    seen->failures += strcmp(name, "failure") == 0;
    seen->errors += strcmp(name, "error") == 0;
    seen->skipped += strcmp(name, "skipped") == 0;
    for (; strcmp(name, "testsuite") == 0 && *attributes; attributes += 2) {
        size_t n = strtoul(attributes[1], NULL, 10);
        seen->said_tests += strcmp(*attributes, "tests") == 0 ? n : 0;
        seen->said_failures += strcmp(*attributes, "failures") == 0 ? n : 0;
        seen->said_errors += strcmp(*attributes, "errors") == 0 ? n : 0;
        seen->said_skipped += strcmp(*attributes, "skipped") == 0 ? n : 0;
    }
}

static struct seen read_back(const char *text)
{
    struct seen seen = {0};
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetUserData(parser, &seen);
    XML_SetStartElementHandler(parser, on_start);
    if (XML_Parse(parser, text, (int)strlen(text), 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", (unsigned long)XML_GetCurrentLineNumber(parser),
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
    return seen;
}

static char *written(struct pl_arena *a, const struct pl_run *run)
{
    return written_as(a, "junit", run);
}

static void golden(void **state)
{
    static const char *const names[] = {"night", "incomplete", "hostile", "clean", "empty"};
    check_goldens(*state, "junit", "xml", names, PL_LEN(names));
}

static void it_counts_what_it_holds_and_agrees_with_the_run(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        const struct pl_run *run = fixtures[i].make(a);
        struct seen seen = read_back(written(a, run));
        ROW("%s", fixtures[i].name);
        assert_int_equal(seen.cases, seen.said_tests);
        assert_int_equal(seen.failures, seen.said_failures);
        assert_int_equal(seen.errors, seen.said_errors);
        assert_int_equal(seen.skipped, seen.said_skipped);
        assert_true(seen.cases > 0);
        assert_int_equal(seen.failures > 0, run->exit_status == 2);
        if (run->exit_status == 3)
            assert_true(seen.errors > 0);
        if (run->exit_status == 0)
            assert_int_equal(seen.errors, 0);
    }
}

static void a_run_that_failed_is_an_error(void **state)
{
    struct pl_arena *a = *state;
    const struct pl_run run = {.arena = a,
                               .command = "audit",
                               .verdict = PL_VERDICT_ERROR,
                               .exit_status = 1,
                               .reason = "<\x1b>&\"\xef\xbf\xbf\n"};
    const char *text = written(a, &run);
    struct seen seen = read_back(text);
    assert_int_equal(seen.errors, 1);
    assert_int_equal(seen.failures, 0);
    assert_null(strchr(text, 0x1b));
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(golden),
        IN_ARENA(it_counts_what_it_holds_and_agrees_with_the_run),
        IN_ARENA(a_run_that_failed_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
