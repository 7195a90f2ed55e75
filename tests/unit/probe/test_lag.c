/* test_lag.c - a prober that is starved says so: of the lags that were noted, and of a loop that really stands still. */
#include "probe_fixture.h"

#include <time.h>

enum { MS = 1000000, LATER = 10 * MS };

static void the_longest_since_a_moment(void **state)
{
    static const struct {
        int64_t ns, at;
    } noted[] = {{3 * MS, 10 * LATER}, {9 * MS, 20 * LATER}, {249999, 25 * LATER},
                 {5 * MS, 30 * LATER}, {5 * MS, 40 * LATER}, {1 * MS, 50 * LATER}};
    static const struct {
        int64_t since, want;
    } rows[] = {{0 * LATER, 9 * MS},  {10 * LATER, 9 * MS}, {19 * LATER, 9 * MS},
                {20 * LATER, 5 * MS}, {30 * LATER, 5 * MS}, {39 * LATER, 5 * MS},
                {40 * LATER, 1 * MS}, {49 * LATER, 1 * MS}, {50 * LATER, 0},
                {60 * LATER, 0}};
    struct pl_arena *arena = pl_arena_new();
    struct lags lags = {0};

    (void)state;
    assert_int_equal(pl_lags_since(&lags, 0), 0);
    for (size_t i = 0; i < PL_LEN(noted); i++)
        pl_lags_note(&lags, arena, noted[i].ns, noted[i].at);
    assert_int_equal(lags.n, 3);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%zu", i);
        assert_int_equal(pl_lags_since(&lags, rows[i].since), rows[i].want);
    }
    pl_arena_free(arena);
}

/* Told at 100 and at 130; one of them ran for 60, the other for 20. */
static void the_part_behind_a_moment(void **state)
{
    static const struct {
        int64_t since, want;
    } rows[] = {{0, 60 * MS},        {40 * MS, 60 * MS},  {70 * MS, 30 * MS}, {90 * MS, 20 * MS},
                {100 * MS, 20 * MS}, {115 * MS, 15 * MS}, {130 * MS, 0}};
    struct pl_arena *arena = pl_arena_new();
    struct lags lags = {0};

    (void)state;
    pl_lags_note(&lags, arena, 60 * MS, 100 * MS);
    pl_lags_note(&lags, arena, 20 * MS, 130 * MS);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%zu", i);
        assert_int_equal(pl_lags_since(&lags, rows[i].since), rows[i].want);
    }
    pl_arena_free(arena);
}

static void stand_still(size_t done, size_t total, const char *waiting, void *arg)
{
    struct timespec second = {1, 0};

    (void)total;
    (void)waiting;
    (void)arg;
    if (done == 1)
        nanosleep(&second, NULL);
}

/* The limits pass while this process does nothing: nobody knows whether the peers would have answered. */
static void a_starved_prober_blames_nobody(void **state)
{
    static const char *const probes[] = {"type: tls", "type: http", "type: websocket"};
    static const char want[] =
        "unknown: the limit of 0.4 s passed while this process was itself late by ";
    struct fixture *f = *state;
    struct server *silent =
        server_start_own((const char *const[]){"misbehave", "--mode", "silent", NULL});

    for (size_t i = 0; i < PL_LEN(probes); i++)
        fixture_add(f, "127.0.0.1", server_port(silent, ""), probes[i], "budget: {timeout: 400ms}");
    fixture_add(f, "127.0.0.1", server_port(silent, ""), "type: tcp", NULL);
    f->options.progress = stand_still;
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(probes); i++) {
        ROW("%s", probes[i]);
        assert_memory_equal(fixture_text(f, i), want, sizeof(want) - 1);
        assert_null(f->results[i].symptom.kind);
    }
    assert_string_equal(fixture_text(f, PL_LEN(probes)), "ok");
    server_stop(silent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_since_a_moment),
        cmocka_unit_test(the_part_behind_a_moment),
        cmocka_unit_test_setup_teardown(a_starved_prober_blames_nobody, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
