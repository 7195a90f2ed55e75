/* test_patience.c - whose waits are longer: names and units of variables, tries, the caller's own patience.
 */
#include "worlds.h"

#define OF_AUTH(list)   "run.service/auth:template.containers[name=app].env = [" list "]"
#define VAR(name, text) "{\"name\":\"" name "\",\"value\":\"" text "\"}"
#define CUT_AT(text)    "run.service/auth:template.timeout = \"" text "\""

static const struct rule_row rows[] = {
    {"nothing says how long it waits", TO_RUN, NULL, "time-budget", -1, NULL, NULL},
    {"C8 it gives up before it is cut", TO_RUN,
     EDITS(CUT_AT("20s"), OF_AUTH(VAR("REDIS_TIMEOUT", "19"))), "time-budget", PL_HOP_PASS, NULL,
     "run.service/auth waits up to 19s (REDIS_TIMEOUT), and its requests have 20s"},
    {"C8 it is cut at the moment when it gives up", TO_RUN,
     EDITS(CUT_AT("20s"), OF_AUTH(VAR("REDIS_TIMEOUT", "20s"))), "time-budget", PL_HOP_PASS,
     "TIMEOUTS_INVERTED",
     "run.service/auth waits up to 20s (REDIS_TIMEOUT) for what it calls, and its own requests are "
     "cut after 20s"},
    {"milliseconds by name", TO_RUN,
     EDITS(CUT_AT("20s"), OF_AUTH(VAR("REDIS_TIMEOUT_MS", "25000"))), "time-budget", PL_HOP_PASS,
     "TIMEOUTS_INVERTED", NULL},
    {"a bare number from a thousand on may be either", TO_RUN,
     EDITS(CUT_AT("20s"), OF_AUTH(VAR("REDIS_TIMEOUT", "25000"))), "time-budget", -1, NULL, NULL},
    {"no number", TO_RUN, EDITS(CUT_AT("20s"), OF_AUTH(VAR("REDIS_TIMEOUT", "soon"))),
     "time-budget", -1, NULL, NULL},
    {"tries are added up", TO_RUN,
     EDITS(CUT_AT("20s"),
           OF_AUTH(VAR("REDIS_DIAL_TIMEOUT", "5s") "," VAR("REDIS_MAX_RETRIES", "4"))),
     "time-budget", PL_HOP_PASS, "TIMEOUTS_INVERTED",
     "run.service/auth waits up to 25s (REDIS_DIAL_TIMEOUT=5s, 5 times) for what it calls, and its "
     "own requests are cut after 20s"},
    {"attempts count the first", TO_RUN,
     EDITS(CUT_AT("20s"),
           OF_AUTH(VAR("REDIS_DIAL_TIMEOUT", "5s") "," VAR("REDIS_MAX_ATTEMPTS", "3"))),
     "time-budget", PL_HOP_PASS, NULL, NULL},
    {"tries of something else", TO_RUN,
     EDITS(CUT_AT("20s"), OF_AUTH(VAR("REDIS_DIAL_TIMEOUT", "5s") "," VAR("HTTP_RETRIES", "9"))),
     "time-budget", PL_HOP_PASS, NULL, NULL},
    {"how long it may idle is no wait", TO_RUN,
     EDITS(CUT_AT("20s"), OF_AUTH(VAR("DB_IDLE_TIMEOUT", "600"))), "time-budget", -1, NULL, NULL},
    {"the caller gives up before the called does", TO_RUN,
     EDITS(ENV("AUTH_TIMEOUT", "3s"), OF_AUTH(VAR("DB_CONNECT_TIMEOUT", "5"))), "time-budget",
     PL_HOP_PASS, NULL, NULL},
    {"a caller's patience with somebody else", TO_RUN, EDITS(ENV("OTHER_TIMEOUT", "0.2")),
     "time-budget", -1, NULL, NULL},
    {"C11 a caller without any patience", TO_RUN, EDITS(ENV("AUTH_HEALTH_CHECK_TIMEOUT", "0.5")),
     "time-budget", PL_HOP_PASS, "CLIENT_GIVES_UP_EARLY",
     "run.service/api gives up after 500ms (AUTH_HEALTH_CHECK_TIMEOUT): a new TLS connection or a "
     "start takes longer"},
};

static void who_waits_for_whom(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

/* Both are told: the request's own time suffices, the caller's does not. */
static void the_caller_is_told_beside_the_request(void **state)
{
    struct pl_reach r = reach_of(
        *state, TO_RUN, EDITS(ENV("AUTH_TIMEOUT", "3s"), OF_AUTH(VAR("DB_CONNECT_TIMEOUT", "5"))));
    size_t inverted = 0;
    for (size_t i = 0; i < r.n_hops; i++)
        if (r.hops[i].cause && strcmp(r.hops[i].cause->name, "TIMEOUTS_INVERTED") == 0) {
            inverted++;
            assert_string_equal(r.hops[i].text,
                                "run.service/api gives up after 3s (AUTH_TIMEOUT), and "
                                "run.service/auth waits up to 5s (DB_CONNECT_TIMEOUT) for what it "
                                "calls");
            assert_int_equal(r.hops[i].at_ms, 3000);
        }
    assert_int_equal(inverted, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_waits_for_whom, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(the_caller_is_told_beside_the_request, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
