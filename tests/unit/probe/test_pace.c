/* test_pace.c - the pace of handshakes: on a clock of the test's own, and against peers that wait for each other. */
#include "probe_fixture.h"

enum { MS = 1000000, COST = MS / 2 /* before one was measured */ };

static struct pace begun(void)
{
    struct pace pace;

    pl_pace_init(&pace, 1000 * (int64_t)MS, 7 * (int64_t)MS);
    return pace;
}

/* Begins as many as may begin now, each of them expected at once; how many. */
static size_t begin(struct pace *pace, bool *expected, size_t most, int64_t now)
{
    size_t n = 0;

    while (n < most && pl_pace_wait_ns(pace, 1, now) == 0) {
        (void)pl_pace_begun(pace);
        pl_pace_expect(pace, &expected[n++], true);
    }
    return n;
}

static void few_are_expected_at_once(void **state)
{
    struct pace pace = begun();
    bool expected[32] = {0};
    int64_t later = pace.now_ns + 1000 * (int64_t)MS;

    (void)state;
    assert_int_equal(begin(&pace, expected, 32, later), 8);
    assert_int_equal(pl_pace_wait_ns(&pace, 1, later), 4 * MS);
    pl_pace_expect(&pace, &expected[0], false);
    pl_pace_expect(&pace, &expected[0], false);
    assert_int_equal(pace.expected, 7);
    assert_int_equal(begin(&pace, expected + 8, 24, later), 1);
}

/* A group that is released together begins whole, and is paid for after. */
static void a_group_is_never_split(void **state)
{
    struct pace pace = begun();
    bool expected[100] = {0};
    int64_t now = pace.now_ns;

    (void)state;
    assert_int_equal(pl_pace_wait_ns(&pace, 100, now), 0);
    for (size_t i = 0; i < 100; i++) {
        (void)pl_pace_begun(&pace);
        pl_pace_expect(&pace, &expected[i], true);
    }
    assert_int_equal(pl_pace_wait_ns(&pace, 1, now), 4 * MS);
    for (size_t i = 0; i < 100; i++)
        pl_pace_expect(&pace, &expected[i], false);
    assert_int_equal(pl_pace_wait_ns(&pace, 1, now), (100 * COST * (int64_t)100) / 120 + 1);
}

/* Far peers answer all the same: they begin no faster than their answers can be worked off. */
static void far_peers_are_paced(void **state)
{
    struct pace pace = begun();
    int64_t now = pace.now_ns;
    int n = 0;

    (void)state;
    for (int ms = 0; ms <= 50; ms++)
        while (pl_pace_wait_ns(&pace, 1, now + ms * MS) == 0) {
            (void)pl_pace_begun(&pace); /* none is expected: all of them are on the way */
            n++;
        }
    assert_int_equal(n, 50 * 120 / 100 * MS / COST + 1);
    /* Time that nobody wanted is kept for a few only. */
    for (n = 0; pl_pace_wait_ns(&pace, 1, now + 3600 * (int64_t)1000 * MS) == 0; n++)
        (void)pl_pace_begun(&pace);
    assert_int_equal(n, 4 * MS / COST + 1);
}

/* A connection that was refused was no work. */
static void what_is_not_used_comes_back(void **state)
{
    struct pace pace = begun();

    (void)state;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(pl_pace_wait_ns(&pace, 1, pace.now_ns), 0);
        pl_pace_unused(&pace, pl_pace_begun(&pace));
    }
    assert_int_equal(pl_pace_begun(&pace), COST);
    assert_true(pl_pace_wait_ns(&pace, 1, pace.now_ns) > 0);
    for (int i = 0; i < 100; i++)
        pl_pace_silent(&pace);
    assert_int_equal(pl_pace_begun(&pace), COST * 8 / 1024);
}

/* Where nobody connects nothing is reserved, and nobody expected from the start on; who then connects is paid for in full. */
static void who_does_not_connect_costs_nothing(void **state)
{
    struct pace pace = begun();
    int n = 0;

    (void)state;
    assert_int_equal(pl_pace_reserve(&pace), COST);
    assert_true(pl_pace_is_near(&pace));
    for (int i = 0; i < 100; i++) {
        pl_pace_connected(&pace, false);
        pl_pace_near(&pace, false);
    }
    assert_false(pl_pace_is_near(&pace));
    for (; n < 1000 && pl_pace_wait_ns(&pace, 1, pace.now_ns + MS) == 0; n++)
        assert_in_range(pl_pace_reserve(&pace), 0, COST / 100);
    assert_int_equal(n, 1000);
    assert_int_equal(pl_pace_begun(&pace), COST);
    for (int i = 0; i < 100; i++) {
        pl_pace_connected(&pace, true);
        pl_pace_near(&pace, true);
    }
    assert_true(pl_pace_is_near(&pace));
    assert_int_equal(pl_pace_reserve(&pace), COST);
}

/* A peer that only makes us wait holds nothing: a thousand of them begin almost as if there were no pace. */
static void a_silent_peer_holds_no_slot(void **state)
{
    struct pace pace = begun();
    bool *expected = test_calloc(1000, sizeof(*expected));
    int *begun_ms = test_calloc(1000, sizeof(*begun_ms));
    int64_t now = pace.now_ns;
    size_t n = 0, silent = 0;
    int ms = 0, patience_ms = (int)(pl_pace_patience_ns(&pace) / MS);

    (void)state;
    assert_int_equal(patience_ms, 4 + 8 * COST / MS);
    for (; n < 1000; ms++) {
        size_t more;

        assert_in_range(ms, 0, 1000);
        for (; silent < n && begun_ms[silent] + patience_ms <= ms; silent++) {
            pl_pace_silent(&pace);
            pl_pace_expect(&pace, &expected[silent], false);
        }
        more = begin(&pace, expected + n, 1000 - n, now + (int64_t)ms * MS);
        for (size_t i = 0; i < more; i++)
            begun_ms[n + i] = ms;
        n += more;
    }
    assert_int_equal(
        ms, 25); /* of the clock of this test; a second where each holds its slot for 8 ms */
    /* The first answers tell that there is work again. */
    for (int i = 0; i < 8; i++)
        pl_pace_answered(&pace, 0, pace.cpu_ns);
    assert_in_range(pace.answering, 600, 720);
    test_free(expected);
    test_free(begun_ms);
}

/* What a handshake costs is measured, by an eighth at a time and within bounds. */
static void the_cost_is_measured(void **state)
{
    static const struct {
        int64_t cpu_ns, want_ns;
    } rows[] = {
        {1300000, COST + (1300000 - COST) / 8},
        {500000, COST},
        {0, COST - (COST - 50000) / 8},
        {-1, COST - (COST - 50000) / 8},
        {1000 * (int64_t)MS, COST + (5 * MS - COST) / 8},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pace pace = begun();

        ROW("%zu", i);
        pl_pace_answered(&pace, 0, 7 * MS + rows[i].cpu_ns);
        assert_int_equal(pace.cost_ns, rows[i].want_ns);
        assert_int_equal(pace.answering, 1024);
    }
}

/* Where answers lie behind each other's work here, they are waited for longer: our own delay is not their silence. */
static void patience_follows_answers(void **state)
{
    static const struct {
        int64_t took_ns, least_ns, most_ns;
    } rows[] = {{40 * MS, 79 * MS, 80 * MS},
                {-1, 8 * MS, 8 * MS},
                {3600 * (int64_t)1000 * MS, 99 * MS, 100 * MS}};
    struct pace pace = begun();

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%zu", i);
        for (int n = 0; n < 100; n++)
            pl_pace_answered(&pace, rows[i].took_ns, pace.cpu_ns + COST);
        assert_in_range(pl_pace_patience_ns(&pace), rows[i].least_ns, rows[i].most_ns);
    }
}

/* Against real connections: the server answers none of 100 handshakes before all 100 have said hello. */
static void hanging_peers_hold_no_slot(void **state)
{
    struct fixture *f = *state;
    struct server *s =
        server_start_own((const char *const[]){"misbehave", "--mode", "together:100", NULL});

    f->options.max_per_endpoint = 100;
    for (size_t i = 0; i < 100; i++)
        fixture_add(f, "127.0.0.1", server_port(s, ""), i % 2 ? "type: tls" : "type: https",
                    "budget: {timeout: 60s}");
    fixture_run(f);
    for (size_t i = 0; i < 100; i++)
        assert_string_equal(f->results[i].symptom.class_name, "TLS_CLOSED");
    server_stop(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_are_expected_at_once),
        cmocka_unit_test(a_group_is_never_split),
        cmocka_unit_test(far_peers_are_paced),
        cmocka_unit_test(what_is_not_used_comes_back),
        cmocka_unit_test(who_does_not_connect_costs_nothing),
        cmocka_unit_test(a_silent_peer_holds_no_slot),
        cmocka_unit_test(the_cost_is_measured),
        cmocka_unit_test(patience_follows_answers),
        cmocka_unit_test_setup_teardown(hanging_peers_hold_no_slot, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
