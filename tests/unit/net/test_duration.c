/* test_duration.c - spans of time and sizes, exactly. */
#include "harness.h"

#include "plumbline/net.h"

#define MS INT64_C(1000000)
#define S  (1000 * MS)

static const char *const no_durations[] = {
    "",
    "5",
    "-5s",
    "+5s",
    "s",
    ".5s",
    "5.s",
    "5 s",
    "5s ",
    "5S",
    "5min",
    "1m1h",
    "1s1s",
    "1e3s",
    "0x1s",
    "00",
    "1.0000000001s",
    "0.5ns",
    "9223372036854775808ns",
    "106752d",
    "99999999999999999999s",
};

static void what_is_no_duration_is_refused(void **state)
{
    int64_t ns;

    (void)state;
    for (size_t i = 0; i < PL_LEN(no_durations); i++) {
        ROW("%s", no_durations[i]);
        assert_false(pl_duration_parse(no_durations[i], &ns));
    }
}

static const struct {
    const char *text;
    int64_t ns;
    const char *printed;
} durations[] = {
    {"0", 0, "0s"},
    {"0s", 0, "0s"},
    {"2s", 2 * S, "2s"},
    {"500ms", 500 * MS, "500ms"},
    {"0.5s", 500 * MS, "500ms"},
    {"5m", 300 * S, "5m"},
    {"300s", 300 * S, "5m"},
    {"1.5h", 5400 * S, "90m"},
    {"14d", 14 * 86400 * S, "14d"},
    {"24h", 86400 * S, "1d"},
    {"2w", 14 * 86400 * S, "14d"},
    {"90s", 90 * S, "90s"},
    {"1h30m", 5400 * S, "90m"},
    {"1m30s", 90 * S, "90s"},
    {"3.5s", 3500 * MS, "3.5s"},
    {"1500ms", 1500 * MS, "1.5s"},
    {"36h", 36 * 3600 * S, "36h"},
    {"61s", 61 * S, "61s"},
    {"1us", 1000, "1us"},
    {"1ns", 1, "1ns"},
    {"0.000000001s", 1, "1ns"},
    {"1.5us", 1500, "1.5us"},
    {"1.234567891s", 1234567891, "1.234567891s"},
    {"9223372036854775807ns", INT64_MAX, NULL},
    {"9223372033709551614ns", INT64_C(9223372033709551614), "9223372033.709551614s"},
};

static void durations_are_exact(void **state)
{
    for (size_t i = 0; i < PL_LEN(durations); i++) {
        int64_t ns, again;

        ROW("%s", durations[i].text);
        assert_true(pl_duration_parse(durations[i].text, &ns));
        assert_true(ns == durations[i].ns);
        if (durations[i].printed != NULL)
            assert_string_equal(pl_duration_format(*state, ns), durations[i].printed);
        assert_true(pl_duration_parse(pl_duration_format(*state, ns), &again));
        assert_true(again == ns);
    }
    assert_string_equal(pl_duration_format(*state, -500 * MS), "-500ms");
    assert_string_equal(pl_duration_format(*state, INT64_MIN), "-9223372036.854775808s");
}

static const char *const no_sizes[] = {
    "",
    "Gi",
    "-1",
    "1 Gi",
    "1g",
    "1mi",
    "1GI",
    "0.1",
    "0.3Ki",
    "1.",
    ".5Gi",
    "1GiBB",
    "9223372036854775808",
    "8193Pi",
    "1e3",
};

static const struct {
    const char *text;
    int64_t bytes;
} sizes[] = {
    {"0", 0},
    {"100", 100},
    {"512Mi", 536870912},
    {"2Gi", 2147483648},
    {"1G", 1000000000},
    {"1k", 1000},
    {"1K", 1000},
    {"1Ki", 1024},
    {"1.5Gi", 1610612736},
    {"0.5Ki", 512},
    {"1KB", 1000},
    {"10GB", 10000000000},
    {"1MiB", 1048576},
    {"1Ti", 1099511627776},
    {"2T", 2000000000000},
    {"9223372036854775807", INT64_MAX},
};

static void sizes_are_exact(void **state)
{
    int64_t bytes;

    (void)state;
    for (size_t i = 0; i < PL_LEN(no_sizes); i++) {
        ROW("%s", no_sizes[i]);
        assert_false(pl_size_parse(no_sizes[i], &bytes));
    }
    for (size_t i = 0; i < PL_LEN(sizes); i++) {
        ROW("%s", sizes[i].text);
        assert_true(pl_size_parse(sizes[i].text, &bytes));
        assert_true(bytes == sizes[i].bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_duration_is_refused),
        cmocka_unit_test_setup_teardown(durations_are_exact, harness_arena, harness_arena_free),
        cmocka_unit_test(sizes_are_exact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
