/* test_diff_worlds.c - a last good world against the observed one: what is told, what is left out, what nobody can say. */
#include "diff_case.h"

#define AUTH(body)       THING("run.service", RUN "auth", body)
#define MAIN(body)       THING("sql.instance", SQL "main", body)
#define CACHE(body)      THING("redis.instance", REDIS "cache", body)
#define RULE(name, body) THING("compute.firewall", WALL name, body)
#define GAP(kind, reason)                                                                          \
    "{\"unobserved\":\"" kind "\",\"scope\":\"projects/p\",\"reason\":\"" reason "\"}\n"

struct row {
    const char *what, *good, *now, *want;
};

/* What is told; then, with all of it reverted, that nothing of it is left. */
static void check(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pl_arena *arena = pl_arena_new();
        struct pl_view *good = pl_view_new(arena, case_world(arena, rows[i].good));
        struct pl_view *now = pl_view_new(arena, case_world(arena, rows[i].now));
        const struct pl_diff *diff = pl_diff_worlds(arena, now, good, NULL, case_now());

        ROW("%s", rows[i].what);
        assert_string_equal(case_text(arena, diff), rows[i].want);
        for (size_t k = 0; k < diff->n_drift; k++)
            pl_diff_revert(now, diff->drift[k]);
        assert_int_equal(pl_diff_worlds(arena, now, good, NULL, case_now())->n_drift, 0);
        pl_arena_free(arena);
    }
}

#define NETWORK "//compute.googleapis.com/projects/p/global/networks/n"
#define MASKED_MAIN(fields, body)                                                                  \
    "{\"fields\":" fields ",\"kind\":\"sql.instance\",\"name\":\"//sqladmin.googleapis.com/"       \
    "projects/p/instances/main\",\"resource\":" body "}\n"

static void fields_and_resources(void **state)
{
    static const struct row rows[] = {
        {"the same",
         AUTH("{\"ingress\":\"INGRESS_TRAFFIC_ALL\",\"template\":{\"timeout\":\"300s\"}}"),
         AUTH("{\"template\":{}}"), "2 = 2 + 0 + 0 + 0"},
        {"changed, gone, new",
         AUTH("{\"ingress\":\"INGRESS_TRAFFIC_INTERNAL_ONLY\",\"description\":\"d\"}"),
         AUTH("{\"template\":{\"vpcAccess\":{\"connector\":\"c\"}}}"),
         "missing run.service/auth:description: \"d\" -> - (1)\n"
         "changed run.service/auth:ingress: \"INGRESS_TRAFFIC_INTERNAL_ONLY\" -> "
         "\"INGRESS_TRAFFIC_ALL\" (1)\n"
         "unexpected run.service/auth:template: - -> {\"vpcAccess\":{\"connector\":\"c\"}} (0)\n"
         "2 = 0 + 2 + 0 + 0"},
        {"by itself or by the server alone",
         AUTH("{\"uid\":\"a\",\"etag\":\"a\",\"generation\":\"1\",\"uri\":\"a\",\"client\":\"a\"}"),
         AUTH("{\"uid\":\"b\",\"etag\":\"b\",\"generation\":\"2\",\"uri\":\"b\",\"client\":\"b\"}"),
         "0 = 0 + 0 + 0 + 0"},
        {"a resource gone, one new",
         RULE("a", "{\"priority\":1,\"allowed\":[{\"IPProtocol\":\"tcp\"}]}"), RULE("b", "{}"),
         "missing compute.firewall/a: \"present\" -> - (2)\n"
         "unexpected compute.firewall/b: - -> \"present\" (0)\n2 = 0 + 2 + 0 + 0"},
        {"elements of a list by name",
         AUTH("{\"template\":{\"containers\":[{\"env\":[{\"name\":\"A\",\"value\":\"1\"},{\"name\":"
              "\"B\",\"value\":"
              "\"2\"}],\"name\":\"app\"}]}}"),
         AUTH("{\"template\":{\"containers\":[{\"env\":[{\"name\":\"C\",\"value\":\"3\"},{\"name\":"
              "\"B\",\"value\":"
              "\"4\"}],\"name\":\"app\"}]}}"),
         "missing run.service/auth:template.containers[name=app].env[name=A]: "
         "{\"name\":\"A\",\"value\":\"1\"} -> - (2)\n"
         "changed run.service/auth:template.containers[name=app].env[name=B].value: \"2\" -> "
         "\"4\" (1)\n"
         "unexpected run.service/auth:template.containers[name=app].env[name=C]: - -> "
         "{\"name\":\"C\",\"value\":\"3\"} (0)\n5 = 2 + 3 + 0 + 0"},
        {"a policy that was not read before is no news",
         AUTH("{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}"),
         AUTH("{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}") "{\"kind\":\"run.service\",\"name\":\"" RUN
                                                       "auth\",\"iam_policy\":{\"bindings\":[{"
                                                       "\"role\":\"roles/run.invoker\",\"members\":"
                                                       "[\"allUsers\"]}]}}\n",
         "1 = 1 + 0 + 0 + 0"},
        {"nor is what a mask left out before",
         "{\"fields\":[\"template\"],\"kind\":\"run.service\",\"name\":\"" RUN
         "auth\",\"resource\":{\"template\":{\"timeout\":\"60s\"}}}\n",
         AUTH(
             "{\"description\":\"d\",\"template\":{\"timeout\":\"60s\",\"serviceAccount\":\"a\"}}"),
         "unexpected run.service/auth:template.serviceAccount: - -> \"a\" (0)\n1 = 1 + 0 + 0 + 0"},
        {"nor is it at depth, and what the mask had is",
         MASKED_MAIN("[\"settings.tier\",\"settings.ipConfiguration.ipv4Enabled\","
                     "\"settings.backupConfiguration.enabled\"]",
                     "{\"settings\":{\"tier\":\"a\",\"backupConfiguration\":{}}}"),
         MAIN("{\"settings\":{\"tier\":\"a\",\"edition\":\"ENTERPRISE\",\"ipConfiguration\":{"
              "\"ipv4Enabled\":true,\"sslMode\":\"ENCRYPTED_ONLY\"},\"backupConfiguration\":{"
              "\"enabled\":true,\"startTime\":\"01:00\"}}}"),
         "changed sql.instance/main:settings.backupConfiguration.enabled: false -> true (0)\n"
         "unexpected sql.instance/main:settings.ipConfiguration.ipv4Enabled: - -> true (0)\n"
         "1 = 1 + 0 + 0 + 0"},
        {"elements of a list that was read in part",
         "{\"fields\":[\"peerings[*].name\",\"peerings[*].exportCustomRoutes\"],\"kind\":"
         "\"compute.network\",\"name\":\"" NETWORK
         "\",\"resource\":{\"peerings\":[{\"name\":\"a\",\"exportCustomRoutes\":true}]}}\n",
         THING("compute.network", NETWORK,
               "{\"mtu\":1460,\"peerings\":[{\"name\":\"a\",\"exportCustomRoutes\":false,"
               "\"peerMtu\":1460},{\"name\":\"b\"}]}"),
         "changed compute.network/n:peerings[name=a].exportCustomRoutes: true -> false (1)\n"
         "unexpected compute.network/n:peerings[name=b]: - -> {\"name\":\"b\"} (0)\n"
         "2 = 1 + 1 + 0 + 0"},
        {"the firewall policies that hold for a network: somebody changed them, if not here",
         THING(
             "compute.network", "//compute.googleapis.com/projects/p/global/networks/n",
             "{\"mtu\":1460,\"effectiveFirewalls\":{\"firewallPolicys\":[]},\"peeringRoutes\":[]}"),
         THING("compute.network", "//compute.googleapis.com/projects/p/global/networks/n",
               "{\"mtu\":1460,\"effectiveFirewalls\":{\"firewallPolicys\":[{\"name\":\"1\"}]}}"),
         "unexpected compute.network/n:effectiveFirewalls.firewallPolicys[name=1]: - -> "
         "{\"name\":\"1\"} (0)\n1 = 1 + 0 + 0 + 0"},
        {"a set as one", RULE("a", "{\"sourceRanges\":[\"10.0.0.0/8\",\"1.1.1.1\"]}"),
         RULE("a", "{\"sourceRanges\":[\"10.0.0.0/8\"]}"),
         "changed compute.firewall/a:sourceRanges: [\"10.0.0.0/8\",\"1.1.1.1\"] -> "
         "[\"10.0.0.0/8\"] (1)\n"
         "1 = 0 + 1 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

static void a_state_that_serves_no_more_is_told(void **state)
{
    static const struct row rows[] = {
        {"stopped", MAIN("{\"state\":\"RUNNABLE\"}"), MAIN("{\"state\":\"SUSPENDED\"}"),
         "changed sql.instance/main:state: \"RUNNABLE\" -> \"SUSPENDED\" (1)\n1 = 0 + 1 + 0 + 0"},
        {"serves in another way", MAIN("{\"state\":\"RUNNABLE\"}"),
         MAIN("{\"state\":\"MAINTENANCE\"}"), "1 = 1 + 0 + 0 + 0"},
        {"served no more than now", MAIN("{\"state\":\"FAILED\"}"),
         MAIN("{\"state\":\"SUSPENDED\"}"), "0 = 0 + 0 + 0 + 0"},
        {"below a message", AUTH("{\"terminalCondition\":{\"state\":\"CONDITION_SUCCEEDED\"}}"),
         AUTH("{\"terminalCondition\":{\"state\":\"CONDITION_FAILED\"}}"),
         "changed run.service/auth:terminalCondition.state: \"CONDITION_SUCCEEDED\" -> "
         "\"CONDITION_FAILED\" (1)\n1 = 0 + 1 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

static void what_was_not_observed_is_unknown(void **state)
{
    static const struct row rows[] = {
        {"now", CACHE("{\"tier\":\"BASIC\",\"state\":\"READY\"}"),
         GAP("redis.instance", "unavailable"),
         "unknown redis.instance/cache: redis.instance could not be read: unavailable (2)\n"
         "2 = 0 + 0 + 0 + 2"},
        {"now, and there was none", "", GAP("redis.instance", "unavailable"),
         "unknown redis.instance: redis.instance could not be listed in full: unavailable (0)\n"
         "0 = 0 + 0 + 0 + 0"},
        {"then", GAP("redis.instance", "unavailable"), CACHE("{\"tier\":\"BASIC\"}"),
         "unknown redis.instance: the last good state has not every redis.instance (0)\n"
         "0 = 0 + 0 + 0 + 0"},
        {"of an API that is off now", CACHE("{\"tier\":\"BASIC\"}"),
         GAP("redis.instance", "api_disabled"),
         "missing redis.instance/cache: \"present\" -> - (1)\n1 = 0 + 1 + 0 + 0"},
        {"outside of a mask", AUTH("{\"description\":\"d\",\"ingress\":\"INGRESS_TRAFFIC_ALL\"}"),
         "{\"kind\":\"run.service\",\"name\":\"" RUN
         "auth\",\"fields\":[\"description\"],\"resource\":{"
         "\"description\":\"d\"}}\n",
         "unknown run.service/auth:ingress: ingress of run.service/auth was not read (1)\n"
         "2 = 1 + 0 + 0 + 1"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

#define SECRET(mark)                                                                               \
    AUTH("{\"template\":{\"containers\":[{\"name\":\"a\",\"env\":[{\"name\":\"P\",\"value\":"      \
         "\"" mark "\"}]}]}}")
#define SECRET_AT "run.service/auth:template.containers[name=a].env[name=P].value: "

static void secrets_are_compared_by_their_marks(void **state)
{
    static const struct row rows[] = {
        {"the same mark", SECRET("<redacted: 9 bytes, 01234567>"),
         SECRET("<redacted: 9 bytes, 01234567>"), "3 = 3 + 0 + 0 + 0"},
        {"another length", SECRET("<redacted: 9 bytes, 01234567>"),
         SECRET("<redacted: 8 bytes, 01234568>"),
         "changed " SECRET_AT
         "\"<redacted: 9 bytes, 01234567>\" -> \"<redacted: 8 bytes, 01234568>\" (1)\n"
         "3 = 2 + 1 + 0 + 0"},
        {"another hash", SECRET("<redacted: 9 bytes, 01234567>"),
         SECRET("<redacted: 9 bytes, 01234568>"),
         "unknown " SECRET_AT
         "both are secrets of one length, and their marks may have two keys (1)\n"
         "3 = 2 + 0 + 0 + 1"},
        {"no hash", SECRET("<redacted: 9 bytes>"), SECRET("<redacted: 9 bytes>"),
         "unknown " SECRET_AT "its value is a secret, and is not compared (1)\n3 = 2 + 0 + 0 + 1"},
        {"no secret any more", SECRET("<redacted: 9 bytes, 01234567>"), SECRET("x"),
         "changed " SECRET_AT "\"<redacted: 9 bytes, 01234567>\" -> \"x\" (1)\n3 = 2 + 1 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

/* The host of a new instance is the server's, and left out; but it goes back with what made the instance another. */
static void a_new_instance_goes_back_whole(void **state)
{
    struct pl_view *good =
        pl_view_new(*state, case_world(*state, CACHE("{\"tier\":\"BASIC\",\"host\":\"10.0.0.3\","
                                                     "\"state\":\"READY\"}")));
    struct pl_view *now = pl_view_new(
        *state,
        case_world(*state, CACHE("{\"tier\":\"STANDARD_HA\",\"host\":\"10.0.0.9\","
                                 "\"readEndpoint\":\"10.0.0.8\",\"state\":\"REPAIRING\"}")));
    const struct pl_diff *diff = pl_diff_worlds(*state, now, good, NULL, case_now());
    const struct pl_resource *r;
    const struct pl_value *v;

    assert_string_equal(case_text(*state, diff),
                        "changed redis.instance/cache:state: \"READY\" -> \"REPAIRING\" (1)\n"
                        "changed redis.instance/cache:tier: \"BASIC\" -> \"STANDARD_HA\" (1)\n"
                        "2 = 0 + 2 + 0 + 0");
    assert_string_equal(diff->drift[0]->unit, "recreated:redis.instance/p/l/cache");
    pl_diff_revert(now, diff->drift[1]);
    assert_int_equal(pl_view_find(now, &diff->drift[1]->address, &r), PL_PRESENT);
    assert_int_equal(pl_view_read(now, r, "host", &v), PL_PRESENT);
    assert_string_equal(pl_value_text(v), "10.0.0.3");
    assert_int_equal(pl_view_read(now, r, "readEndpoint", &v), PL_ABSENT);
    assert_int_equal(pl_view_read(now, r, "state", &v), PL_PRESENT);
    assert_string_equal(pl_value_text(v), "REPAIRING");
}

static void ignore_rules_hold_here_too(void **state)
{
    const struct pl_baseline *rules = case_baseline(
        *state, "ignore:\n  - {field: \"run.service/auth:description\", reason: r, owner: o, "
                "expires: 2027-01-31}\n"
                "  - {field: \"sql.instance/main\", reason: r, owner: o, expires: 2026-01-31}\n");
    struct pl_view *good = pl_view_new(*state, case_world(*state, AUTH("{\"description\":\"a\"}")));
    struct pl_view *now = pl_view_new(*state, case_world(*state, AUTH("{\"description\":\"b\"}")));

    assert_string_equal(case_text(*state, pl_diff_worlds(*state, now, good, rules, case_now())),
                        "ignored run.service/auth:description\nrule sql.instance/main: expired\n"
                        "1 = 0 + 0 + 1 + 0");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, harness_arena, harness_arena_free)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_resources),
        cmocka_unit_test(a_state_that_serves_no_more_is_told),
        cmocka_unit_test(what_was_not_observed_is_unknown),
        cmocka_unit_test(secrets_are_compared_by_their_marks),
        TEST(a_new_instance_goes_back_whole),
        TEST(ignore_rules_hold_here_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
