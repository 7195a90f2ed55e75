/* test_slow.c - what takes its time, all of it in one run: budgets with their distribution, limits, a lost race. */
#include "probe_fixture.h"

enum { P95, GENEROUS, SLOWEST, HANGING, RACE };

/* #395 of the demo: twenty answers of half a second against a p95 of 100 ms are slow, not unreachable, and the
 * report says where the time goes. */
static void check_budgets(struct fixture *f)
{
    const struct pl_probe_result *r = f->results;

    assert_int_equal(r[P95].state, PL_PROBED_DEGRADED);
    assert_string_equal(r[P95].symptom.kind->name, "slow");
    assert_string_equal(r[P95].symptom.class_name, "OK_SLOW");
    assert_int_equal(r[P95].timings.n_samples, 20);
    assert_string_equal(
        r[P95].symptom.detail,
        pl_arena_printf(f->arena, "p95 %.0f ms over a budget of 100 ms; first byte %.0f ms of it",
                        r[P95].timings.p95_ms, r[P95].timings.phases[3].p95_ms));
    assert_true(r[P95].timings.phases[3].p50_ms >= 500);
    assert_int_equal(r[GENEROUS].state, PL_PROBED_OK);
    assert_int_equal(r[SLOWEST].state, PL_PROBED_DEGRADED);
    assert_string_equal(
        r[SLOWEST].symptom.detail,
        pl_arena_printf(f->arena,
                        "slowest %.0f ms over a budget of 100 ms; first byte %.0f ms of it",
                        r[SLOWEST].timings.max_ms, r[SLOWEST].timings.phases[3].p95_ms));
}

/* A hanging peer is not asked twenty times. */
static void check_hanging(struct fixture *f)
{
    const struct pl_probe_result *r = &f->results[HANGING];

    assert_string_equal(fixture_text(f, HANGING),
                        "failing response_timeout IO_TTFB_TIMEOUT 0: connected, no answer from "
                        "127.0.0.1:PORT within 2 s");
    assert_int_equal(r->timings.attempts, 3);
    assert_string_equal(r->note, "stopped after 3 attempts, as each ran into the limit");
    assert_true(r->symptom.after_ms >= 1999); /* a lower bound */
}

/* #372 of the demo: released together some lose, one after another all succeed. */
static void check_race(struct fixture *f)
{
    const struct pl_probe_result *r = &f->results[RACE];

    assert_string_equal(
        fixture_text(f, RACE),
        "degraded unstable SVC_RACE_LOST 503: 4 of 6 handshakes released together failed "
        "(websocket_rejected 503); one after another all 5 succeed");
    assert_int_equal(r->timings.attempts, 6);
    assert_int_equal(r->timings.failed, 4);
    assert_int_equal(r->counts[0].count, 4);
    assert_true(r->timings.release_spread_ms >= 0);
}

static void what_takes_its_time(void **state)
{
    struct fixture *f = *state;
    struct server *slow =
        server_start_own((const char *const[]){"auth_server", "--delay-ms", "500", NULL});
    struct server *silent =
        server_start_own((const char *const[]){"misbehave", "--mode", "silent", NULL});
    struct server *starting = server_start_own(
        (const char *const[]){"ws_server", "--slots", "2", "--handshake-ms", "500", NULL});
    int port = server_port(slow, "");

    fixture_add(f, "127.0.0.1", port, "type: http", "budget: {timeout: 10s, p95: 100ms}");
    fixture_add(f, "127.0.0.1", port, "type: http",
                "attempts: 2\n    budget: {timeout: 10s, max: 60s, p50: 50s}");
    fixture_add(f, "127.0.0.1", port, "type: http",
                "attempts: 2\n    budget: {timeout: 10s, max: 100ms}");
    fixture_add(f, "127.0.0.1", server_port(silent, ""), "type: http",
                "attempts: 20\n    budget: {timeout: 2s}");
    fixture_add(f, "127.0.0.1", server_port(starting, ""), "type: websocket",
                "concurrency: 6\n    budget: {timeout: 20s}");
    fixture_run_on_time(f);
    check_budgets(f);
    check_hanging(f);
    check_race(f);
    server_stop(slow);
    server_stop(silent);
    server_stop(starting);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_takes_its_time, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
