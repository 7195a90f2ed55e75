/* test_log.c - levels, one line a note, nothing a terminal would obey. */
#include "harness.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/log.h"

/* What pl_log writes to standard error. */
static const char *logged(enum pl_log_level threshold, enum pl_log_level level, const char *text)
{
    static char got[4096];
    FILE *file = tmpfile();
    int before = dup(STDERR_FILENO);
    size_t n;

    assert_non_null(file);
    (void)dup2(fileno(file), STDERR_FILENO);
    pl_log_set_level(threshold);
    pl_log(level, "%s", text);
    (void)dup2(before, STDERR_FILENO);
    (void)close(before);
    rewind(file);
    n = fread(got, 1, sizeof got - 1, file);
    got[n] = '\0';
    (void)fclose(file);
    return got;
}

static void levels_hold(void **state)
{
    (void)state;
    assert_string_equal(logged(PL_LOG_WARN, PL_LOG_INFO, "x"), "");
    assert_string_equal(logged(PL_LOG_WARN, PL_LOG_WARN, "x"), "plumbline: x\n");
    assert_string_equal(logged(PL_LOG_QUIET, PL_LOG_ERROR, "x"), "");
    assert_string_equal(logged(PL_LOG_DEBUG, PL_LOG_DEBUG, "x"), "plumbline: x\n");
    assert_string_equal(logged(PL_LOG_DEBUG, PL_LOG_QUIET, "x"), "");
}

static void a_note_is_one_line(void **state)
{
    (void)state;
    assert_string_equal(logged(PL_LOG_WARN, PL_LOG_WARN, "a\nb\x1b[2J"),
                        "plumbline: a\\nb\\x1b[2J\n");
}

static void long_notes_are_cut(void **state)
{
    char text[3000];
    const char *got;

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    got = logged(PL_LOG_WARN, PL_LOG_WARN, text);
    assert_int_equal(strlen(got), strlen("plumbline: ") + 2047 + strlen("+\n"));
    assert_string_equal(got + strlen(got) - 4, "xx+\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_hold),
        cmocka_unit_test(a_note_is_one_line),
        cmocka_unit_test(long_notes_are_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
