/* test_clock.c - RFC 3339 both ways, days, and the clock that tests stop. */
#include "harness.h"

#include "plumbline/clock.h"

#define S INT64_C(1000000000)

static const char *const no_times[] = {
    "",
    "2026",
    "2026-11-20",
    "2026-11-20T10:00:00",
    "2026-11-20 10:00:00Z",
    "2026-11-20T10:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-11-20T24:00:00Z",
    "2026-11-20T10:60:00Z",
    "2026-11-20T10:00:61Z",
    "2026-11-20T10:00:00.Z",
    "2026-11-20T10:00:00.1234567890Z",
    "2026-11-20T10:00:00+01",
    "2026-11-20T10:00:00+0100",
    "2026-11-20T10:00:00+24:00",
    "2026-11-20T10:00:00Zx",
    "+026-11-20T10:00:00Z",
    "2026-11-20T10:00:00 Z",
    "2026-1-20T10:00:00Z",
    "0000-01-01T00:00:00Z",
    "1600-01-01T00:00:00Z",
    "2263-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
};

static void what_is_no_time_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(no_times); i++) {
        int64_t ns = 42;

        ROW("%s", no_times[i]);
        assert_int_equal(pl_clock_parse(no_times[i], &ns), -1);
    }
}

static const struct {
    const char *text;
    int64_t ns;
    const char *again; /* with fraction; NULL: as text */
} times[] = {
    {"1970-01-01T00:00:00Z", 0, NULL},
    {"2026-11-20T10:00:00Z", 1795168800 * S, NULL},
    {"2000-02-29T23:59:59Z", 951868799 * S, NULL},
    {"1969-12-31T23:59:59.5Z", -S / 2, NULL},
    {"2026-11-20T10:00:00.000000001Z", 1795168800 * S + 1, NULL},
    {"2026-11-20T10:00:00.120Z", 1795168800 * S + 120000000, "2026-11-20T10:00:00.12Z"},
    {"2026-11-20t11:30:00+01:30", 1795168800 * S, "2026-11-20T10:00:00Z"},
    {"2026-11-20T05:00:00-05:00", 1795168800 * S, "2026-11-20T10:00:00Z"},
    {"2016-12-31T23:59:60z", 1483228800 * S, "2017-01-01T00:00:00Z"},
    {"2262-04-11T23:47:16Z", INT64_C(9223372036) * S, NULL},
};

static void times_are_read_and_printed(void **state)
{
    for (size_t i = 0; i < PL_LEN(times); i++) {
        int64_t ns = 42;

        ROW("%s", times[i].text);
        assert_int_equal(pl_clock_parse(times[i].text, &ns), 0);
        assert_true(ns == times[i].ns);
        assert_string_equal(pl_clock_format(*state, ns, 1),
                            times[i].again != NULL ? times[i].again : times[i].text);
    }
    assert_string_equal(pl_clock_format(*state, 1795168800 * S + 999999999, 0),
                        "2026-11-20T10:00:00Z");
}

static void days_end_at_midnight(void **state)
{
    int64_t ns = 42;

    (void)state;
    assert_int_equal(pl_clock_parse_day_end("2027-01-31T00:00:00Z", &ns), -1);
    assert_int_equal(pl_clock_parse_day_end("2027-02-30", &ns), -1);
    assert_int_equal(pl_clock_parse_day_end("31.01.2027", &ns), -1);
    assert_int_equal(pl_clock_parse_day_end("", &ns), -1);
    assert_int_equal(pl_clock_parse_day_end("2027-01-31", &ns), 0);
    assert_true(ns == 1801440000 * S);
    assert_int_equal(pl_clock_parse_day_end("2024-12-31", &ns), 0);
    assert_true(ns == 1735689600 * S);
}

static void clocks_run_and_stop(void **state)
{
    int64_t mono = pl_clock_mono_ns();

    (void)state;
    assert_true(pl_clock_wall_ns() > 1700000000 * S);
    pl_clock_freeze_wall(1795168800 * S);
    assert_true(pl_clock_wall_ns() == 1795168800 * S);
    assert_true(pl_clock_mono_ns() >= mono);
    pl_clock_freeze_wall(-1);
    assert_true(pl_clock_wall_ns() != 1795168800 * S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test_setup_teardown(times_are_read_and_printed, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test(days_end_at_midnight),
        cmocka_unit_test(clocks_run_and_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
