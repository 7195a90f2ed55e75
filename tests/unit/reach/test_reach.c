/* test_reach.c - what the whole path comes to, and when a hop may show as a symptom.
 */
#include "worlds.h"

#define TO(host) "connections: {c: {from: run.service/api, to: \"" host "\"}}\n"
#define OF(f, t) "connections: {c: {from: " f ", to: " t "}}\n"

/* Where not one hop was decided, the path is not open: nothing was looked at. */
static const struct {
    const char *what, *yaml;
    const char *const *edits;
    enum pl_reach_verdict verdict;
} rows[] = {
    {"a host on the internet", TO("example.org:443"), NULL, PL_REACH_OPEN},
    {"the container itself", TO("127.0.0.1:80"), NULL, PL_REACH_UNKNOWN},
    {"the container itself, IPv6", TO("[::1]:80"), NULL, PL_REACH_UNKNOWN},
    {"the container itself, by name", TO("localhost:80"), NULL, PL_REACH_UNKNOWN},
    {"the metadata server", TO("metadata.google.internal:80"), NULL, PL_REACH_OPEN},
    {"from here to somebody's host", OF("here", "\"10.99.0.1:80\""), NULL, PL_REACH_UNKNOWN},
    {"to what nothing connects to", OF("run.service/api", "compute.firewall/none"), NULL,
     PL_REACH_UNKNOWN},
    {"from what connects nowhere", OF("compute.firewall/none", "sql.instance/main"), NULL,
     PL_REACH_UNKNOWN},
    {"from what may connect, and is not there", OF("run.job/none", "sql.instance/main"), NULL,
     PL_REACH_BLOCKED},
    {"Redis by an endpoint that it cannot have",
     "connections: {c: {from: run.service/api, to: redis.instance/cache, via: psc}}\n", NULL,
     PL_REACH_UNKNOWN},
};

static void paths_come_to_this(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_reach r = reach_of(*state, rows[i].yaml, rows[i].edits);
        ROW("%s", rows[i].what);
        if (r.verdict != rows[i].verdict) {
            show_hops(&r);
            fail_msg("%s: %d", rows[i].what, (int)r.verdict);
        }
    }
}

/* The port that is written is the one that is asked about, whatever the client's variables say. */
static void a_literal_port_is_the_port(void **state)
{
    struct pl_reach r = reach_of(*state, TO("10.68.0.3:5432"),
                                 EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_PORT", "5434")));
    assert_int_equal(r.dial_port, 5432);
    r = reach_of(*state, TO_SQL, EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_PORT", "5434")));
    assert_int_equal(r.dial_port, 5434);
}

/* "Cut after 30 s" shows after 30 s, or a little earlier or later; without a time it may be that. */
static void a_hop_with_a_time_shows_at_that_time(void **state)
{
    static const struct {
        int64_t after_ms;
        int predicts;
    } times[] = {{-1, 2},    {0, 2},     {5000, 0},  {23999, 0}, {24000, 2},
                 {30000, 2}, {45000, 2}, {45001, 0}, {300000, 0}};
    struct pl_reach r =
        reach_of(*state, TO_RUN, EDITS("run.service/auth:template.timeout = \"30s\""));
    const struct pl_hop *h = hop_of(&r, "timeout");
    if (h == NULL) {
        fail_msg("no hop timeout");
        return;
    }
    assert_int_equal(h->at_ms, 30000);
    assert_string_equal(h->field_short, "run.service/auth:template.timeout");
    for (size_t i = 0; i < PL_LEN(times); i++) {
        struct pl_symptom s = {
            .kind = pl_symptom_find("http_status"), .code = 504, .after_ms = times[i].after_ms};
        ROW("%d ms", (int)times[i].after_ms);
        assert_int_equal(pl_hop_predicts(h, &s), times[i].predicts);
        assert_int_equal(pl_hop_risks(h, &s), times[i].predicts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(paths_come_to_this, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(a_literal_port_is_the_port, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(a_hop_with_a_time_shows_at_that_time, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
