/* test_patience.c - whose waits are longer: names and units of variables, tries, the caller's own patience.
 */
#include "worlds.h"

#define OF_AUTH(list)   "run.service/auth:template.containers[name=app].env = [" list "]"
#define VAR(name, text) "{\"name\":\"" name "\",\"value\":\"" text "\"}"
#define CUT_AT(text)    "run.service/auth:template.timeout = \"" text "\""

#define DECLARED(name, text)                                                                       \
    "resources: {run.service: {us-central1/api: {template: {containers: [{name: app, env: "        \
    "[{name: " name ", value: " text "}]}]}}}}\n"
#define AUTH_5S DECLARED("AUTH_TIMEOUT", "5s")
#define DB_5S   DECLARED("DB_CONNECT_TIMEOUT", "5s")

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
    {"longer than anybody waits", TO_RUN,
     EDITS(CUT_AT("20s"),
           OF_AUTH(VAR("REDIS_DIAL_TIMEOUT", "2000000h") "," VAR("REDIS_MAX_RETRIES", "9"))),
     "time-budget", -1, NULL, NULL},
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
    {"less than was meant", AUTH_5S TO_RUN, EDITS(ENV("AUTH_TIMEOUT", "2s")), "time-budget",
     PL_HOP_PASS, "CLIENT_GIVES_UP_EARLY",
     "run.service/api gives up after 2s (AUTH_TIMEOUT), where 5s is declared"},
    {"as much as was meant", AUTH_5S TO_RUN, EDITS(ENV("AUTH_TIMEOUT", "5000ms")), "time-budget",
     -1, NULL, NULL},
    {"more than was meant", AUTH_5S TO_RUN, EDITS(ENV("AUTH_TIMEOUT", "6s")), "time-budget", -1,
     NULL, NULL},
    {"the client's own default", AUTH_5S TO_RUN, NULL, "time-budget", PL_HOP_PASS,
     "CLIENT_GIVES_UP_EARLY",
     "AUTH_TIMEOUT of run.service/api is declared and not set: how long the client waits is its "
     "own default"},
    {"by the word of the URL that leads there", TO_RUN,
     EDITS(ENV("LOGIN_SERVICE_URL", "https://auth-x-uc.a.run.app"), ENV("LOGIN_TIMEOUT_MS", "400")),
     "time-budget", PL_HOP_PASS, "CLIENT_GIVES_UP_EARLY",
     "run.service/api gives up after 400ms (LOGIN_TIMEOUT_MS): a new TLS connection or a start "
     "takes longer"},
    {"and of one that leads elsewhere", TO_RUN,
     EDITS(ENV("LOGIN_SERVICE_URL", "https://example.org"), ENV("LOGIN_TIMEOUT_MS", "400")),
     "time-budget", -1, NULL, NULL},
    {"a short one is not hidden by a long one", TO_RUN,
     EDITS(ENV("AUTH_TIMEOUT", "10s"), ENV("AUTH_CONNECT_TIMEOUT", "0.2")), "time-budget",
     PL_HOP_PASS, "CLIENT_GIVES_UP_EARLY", NULL},
    {"a database answers at once", DB_5S TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_CONNECT_TIMEOUT", "1")), "time-budget", -1, NULL,
     NULL},
    {"though not in no time", DB_5S TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_CONNECT_TIMEOUT", "0.3")), "time-budget",
     PL_HOP_PASS, "CLIENT_GIVES_UP_EARLY",
     "run.service/api gives up after 300ms (DB_CONNECT_TIMEOUT), where 5s is declared"},
    {"that was meant so", TO_SQL, EDITS(ENV("DB_CONNECT_TIMEOUT", "0.3")), "time-budget", -1, NULL,
     NULL},
    {"a database's, towards a cache", DB_5S TO_REDIS, EDITS(ENV("DB_CONNECT_TIMEOUT", "0.3")),
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

/* A limit that each phase or try of a call has adds up: 1.01 s with one of 0.5 s. What came sooner, or much later, is not it. */
static void the_callers_limit_adds_up(void **state)
{
    static const struct {
        int64_t after_ms;
        int predicts;
    } seen[] = {{300, 0}, {400, 2}, {500, 2}, {1010, 2}, {2000, 2}, {2001, 0}, {0, 2}};
    struct pl_reach r = reach_of(*state, TO_RUN, EDITS(ENV("AUTH_TIMEOUT", "0.5")));
    const struct pl_hop *hop = NULL;
    for (size_t i = 0; i < r.n_hops; i++)
        if (r.hops[i].cause && strcmp(r.hops[i].cause->name, "CLIENT_GIVES_UP_EARLY") == 0)
            hop = &r.hops[i];
    assert_non_null(hop);
    for (size_t i = 0; i < PL_LEN(seen); i++) {
        struct pl_symptom s = {.kind = pl_symptom_find("response_timeout"),
                               .after_ms = seen[i].after_ms};
        assert_int_equal(pl_hop_risks(hop, &s), seen[i].predicts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_waits_for_whom, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(the_caller_is_told_beside_the_request, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(the_callers_limit_adds_up, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
