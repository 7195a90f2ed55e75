/* test_counterfactual.c - sets of reverts: single, joint, alternative, minimal, never more than three, never more than 32; units; effects.
 */
#include "inquiry.h"

#define ONLY "resources:\n  compute.firewall: !only\n    internal: {}\n"
#define DENY(name)                                                                                 \
    RULE(name, "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":\"all\"}]")
#define DRIFT(n) "compute.firewall/" n
#define RUN_BOTH                                                                                   \
    "resources: {run.service: {auth: {ingress: INGRESS_TRAFFIC_ALL}, api: {template: {vpcAccess: " \
    "{egress: ALL_TRAFFIC}}}}}\n"
#define INTERNAL "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""

static const struct {
    const char *what, *yaml;
    const char *const *edits;
    const char *symptoms, *account;
} rows[] = {
    {"one", ONLY TO_SQL, EDITS(DENY("a")), SEEN("connect_timeout"),
     "failing explained [compute.firewall/a] blockers FIREWALL_RULE"},
    {"two that block each by itself", ONLY TO_SQL, EDITS(DENY("a"), DENY("b")),
     SEEN("connect_timeout"),
     "failing explained [compute.firewall/a + compute.firewall/b] blockers FIREWALL_RULE"},
    {"three", ONLY TO_SQL, EDITS(DENY("a"), DENY("b"), DENY("c")), SEEN("connect_timeout"),
     "failing explained [compute.firewall/a + compute.firewall/b + compute.firewall/c] blockers "
     "FIREWALL_RULE"},
    {"four are more than are searched: it is said, and what will be met is named", ONLY TO_SQL,
     EDITS(DENY("a"), DENY("b"), DENY("c"), DENY("d")), SEEN("connect_timeout"),
     "failing consistent blockers FIREWALL_RULE truncated"},
    {"two, each of which is enough", RUN_BOTH TO_RUN, EDITS(DIRECT, INTERNAL),
     SEEN_CODE("c", "http_status", 404),
     "failing explained [run.service/api:template.vpcAccess.egress] [run.service/auth:ingress] "
     "blockers CLOUD_RUN_INGRESS_DENIED"},
    {"a set that holds a smaller one is not told",
     "resources:\n  compute.firewall: !only\n    internal: {}\n  run.service: {api: {template: "
     "{timeout: 60s}}}\n" TO_SQL,
     EDITS(DENY("a"), "run.service/api:template.timeout = \"30s\""), SEEN("connect_timeout"),
     "failing explained [compute.firewall/a] blockers FIREWALL_RULE"},
    {"what is only read once another drift is reverted is a suspect, too",
     "resources:\n  run.service: {api: {template: {vpcAccess: {connector: conn}}}}\n  "
     "compute.firewall: !only\n    internal: {}\n" TO_SQL,
     EDITS(NO_VPC, DENY("a")), SEEN("connect_timeout"),
     "failing explained [compute.firewall/a + run.service/api:template.vpcAccess.connector] "
     "blockers VPC_CONNECTOR_NOT_SET"},
    {"what is only read once two others are reverted is one, too, though with all reverted it is "
     "not read",
     "resources:\n  run.service: {api: {template: {vpcAccess: {connector: conn, egress: "
     "PRIVATE_RANGES_ONLY}}}}\n  vpcaccess.connector: {conn: {network: main}}\n  compute.router: "
     "{nat: {nats: [{name: n, type: PUBLIC, natIpAllocateOption: AUTO_ONLY, "
     "sourceSubnetworkIpRangesToNat: ALL_SUBNETWORKS_ALL_IP_RANGES}]}}\n" TO_RUN,
     EDITS("run.service/api:template.vpcAccess.connector = "
           "\"projects/p/locations/us-central1/connectors/gone\"",
           ALL_TRAFFIC, "vpcaccess.connector/conn:network = \"other\"",
           "compute.router/nat:nats = []"),
     NULL,
     /* With the connector gone nobody knows whose private zones answer for the name. */
     "blocked explained [run.service/api:template.vpcAccess.connector + "
     "run.service/api:template.vpcAccess.egress] [compute.router/nat:nats[name=n] "
     "+ run.service/api:template.vpcAccess.connector + vpcaccess.connector/conn:network] blockers "
     "VPC_CONNECTOR_NOT_RUNNING"},
    {"a state that a rule drives is healed with the rule, and is no second cause",
     "resources:\n  compute.firewall: !only\n    internal: {}\n  vpcaccess.connector: {conn: "
     "{state: READY}}\n" TO_SQL,
     EDITS("vpcaccess.connector/conn:state = \"ERROR\"",
           RULE("a", "\"direction\":\"INGRESS\",\"priority\":1,\"sourceRanges\":[\"35.191.0.0/"
                     "16\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     SEEN("connect_timeout"),
     "failing explained [compute.firewall/a] blockers VPC_CONNECTOR_HEALTH_CHECK_TRAFFIC_BLOCKED"},
    {"a peering that a connection drives",
     "resources:\n  servicenetworking.connection: {main: {}}\n  compute.network: {main: {peerings: "
     "[{name: servicenetworking-googleapis-com}]}}\n" TO_SQL,
     EDITS("- servicenetworking.connection/main", "compute.network/main:peerings"), SEEN("timeout"),
     "failing explained [servicenetworking.connection/main] blockers "
     "GOOGLE_MANAGED_SERVICE_NO_PEERING"},
    {"an instance that was made again is one unit, with what moved in it",
     "resources:\n  redis.instance: {cache: {transitEncryptionMode: DISABLED, port: "
     "6379}}\nconnections: {c: {from: run.service/api, to: redis.instance/cache}}\n",
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PORT", "6379"),
           "redis.instance/cache:port = 6378",
           "redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\""),
     SEEN("refused"),
     "failing explained [redis.instance/cache:port + redis.instance/cache:transitEncryptionMode] "
     "blockers REDIS_INSTANCE_UNSUPPORTED_PORT"},
};

static void sets_are_minimal_and_all_are_told(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct inquiry q = inquire(*state, rows[i].yaml, rows[i].edits, rows[i].symptoms);
        const char *got = account(*state, result_of(&q, "c"));
        if (strcmp(got, rows[i].account) == 0)
            continue;
        wrong++;
        print_error("%s\n  expected %s\n  found    %s\n", rows[i].what, rows[i].account, got);
    }
    assert_int_equal(wrong, 0);
}

/* Seven gateways of which one would do, and seven rules of which one would do: 49 pairs. */
static void more_sets_than_are_told_are_said_to_be_more(void **state)
{
    struct pl_buf yaml = {0};
    pl_buf_adds(&yaml, "resources:\n  compute.router:\n");
    for (int i = 0; i < 7; i++)
        pl_buf_addf(
            &yaml,
            "    nat%d: {network: main, nats: [{name: n, type: PUBLIC, natIpAllocateOption: "
            "AUTO_ONLY, sourceSubnetworkIpRangesToNat: ALL_SUBNETWORKS_ALL_IP_RANGES}]}\n",
            i);
    pl_buf_adds(&yaml, "  compute.firewall:\n");
    for (int i = 0; i < 7; i++)
        pl_buf_addf(&yaml,
                    "    allow%d: {network: main, direction: EGRESS, priority: 5, disabled: false, "
                    "destinationRanges: [0.0.0.0/0], targetTags: !absent, targetServiceAccounts: "
                    "!absent, denied: !absent, allowed: [{IPProtocol: all}]}\n",
                    i);
    pl_buf_adds(&yaml, TO_WEB);
    struct inquiry q =
        inquire(*state, pl_buf_take(&yaml, *state),
                EDITS(ALL_TRAFFIC, "- compute.router/nat", DENY("deny")), SEEN("connect_timeout"));
    const struct pl_explanation *e = &result_of(&q, "c")->explanation;
    assert_int_equal(e->n_causes, PL_EXPLAIN_MAX_SETS);
    assert_true(e->truncated);
    for (size_t i = 0; i < e->n_causes; i++)
        assert_int_equal(e->causes[i].n, 2);
}

/* ---- fifty drifts on one path ---- */

/* FROM to TO of rules that deny everything, by "deny-N", as edits behind `edits`. */
static const char **with_denies(struct pl_arena *arena, int from, int to, const char *const *edits)
{
    const char **list = pl_arena_array(arena, (size_t)(to - from) + 8, sizeof(*list));
    size_t n = 0;
    for (; edits && *edits; edits++)
        list[n++] = *edits;
    for (int i = from; i < to; i++)
        list[n++] = pl_arena_printf(arena, DENY("deny-%02d"), i, i);
    return list;
}

/* Rules that the baseline wants and that are not there: "KIND:\n  NAME-N: BODY". */
static void want(struct pl_buf *yaml, const char *kind, const char *name, int n, const char *body)
{
    pl_buf_addf(yaml, "  %s:\n", kind);
    for (int i = 0; i < n; i++)
        pl_buf_addf(yaml, "    %s-%02d: %s\n", name, i, body);
}

#define WANTED_NAT                                                                                 \
    "{network: main, nats: [{name: n, type: PUBLIC, natIpAllocateOption: AUTO_ONLY, "              \
    "sourceSubnetworkIpRangesToNat: ALL_SUBNETWORKS_ALL_IP_RANGES}]}"
#define WANTED_ALLOW                                                                               \
    "{network: main, direction: EGRESS, priority: 5, disabled: false, destinationRanges: "         \
    "[0.0.0.0/0], targetTags: !absent, targetServiceAccounts: !absent, denied: !absent, allowed: " \
    "[{IPProtocol: all}]}"
#define WANTED_ROUTE                                                                               \
    "{network: main, destRange: 0.0.0.0/0, priority: 1000, tags: !absent, nextHopGateway: "        \
    "default-internet-gateway}"

/* Every one of them blocks by itself: none can be missed, and no set of three does it. */
static void fifty_that_all_block_are_said_to_be_more_than_three(void **state)
{
    struct inquiry q =
        inquire(*state, ONLY TO_SQL, with_denies(*state, 0, 50, NULL), SEEN("connect_timeout"));
    const struct pl_explanation *e = &result_of(&q, "c")->explanation;
    assert_int_equal(q.diff->n_drift, 50);
    assert_int_equal(e->verdict, PL_EXPLAIN_CONSISTENT);
    assert_int_equal(e->n_causes, 0);
    assert_int_equal(e->n_ruled_out, 0);
    assert_true(e->truncated);
}

/* Three deny; 47 others stand on the path, match the packet, and change nothing, for they come behind. */
static void three_of_fifty_are_found(void **state)
{
    struct pl_arena *arena = *state;
    const char **edits = with_denies(arena, 0, 3, NULL);
    const char **all = pl_arena_array(arena, 64, sizeof(*all));
    for (size_t i = 0; i < 3; i++)
        all[i] = edits[i];
    for (int i = 3; i < 50; i++)
        all[i] = pl_arena_printf(arena,
                                 RULE("later-%02d", "\"direction\":\"EGRESS\",\"priority\":%d,"
                                                    "\"allowed\":[{\"IPProtocol\":\"all\"}]"),
                                 i, i, 100 + i);
    struct inquiry q = inquire(arena, ONLY TO_SQL, all, SEEN("connect_timeout"));
    const struct pl_conn_result *r = result_of(&q, "c");
    assert_int_equal(q.diff->n_drift, 50);
    assert_string_equal(account(arena, r),
                        "failing explained [compute.firewall/deny-00 + compute.firewall/deny-01 + "
                        "compute.firewall/deny-02] blockers FIREWALL_RULE");
    assert_int_equal(r->explanation.n_ruled_out, 47);
}

/* Each of fifty would do: 32 are told, and that there are more. */
static void fifty_of_which_one_would_do(void **state)
{
    struct pl_buf yaml = {0};
    pl_buf_adds(&yaml, "resources:\n");
    want(&yaml, "compute.firewall", "allow", 50, WANTED_ALLOW);
    pl_buf_adds(&yaml, TO_SQL);
    struct inquiry q = inquire(*state, pl_buf_take(&yaml, *state), with_denies(*state, 0, 1, NULL),
                               SEEN("connect_timeout"));
    const struct pl_explanation *e = &result_of(&q, "c")->explanation;
    assert_int_equal(e->verdict, PL_EXPLAIN_EXPLAINED);
    assert_int_equal(e->n_causes, PL_EXPLAIN_MAX_SETS);
    assert_true(e->truncated);
    for (size_t i = 0; i < e->n_causes; i++)
        assert_int_equal(e->causes[i].n, 1);
}

/* Three blocks with three ways out of each, among forty drifts that have no part in it: 27 sets of three, every one of them. */
static void every_set_of_three_is_found(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_buf yaml = {0};
    pl_buf_adds(&yaml, "resources:\n");
    want(&yaml, "compute.firewall", "allow", 3, WANTED_ALLOW);
    want(&yaml, "compute.router", "nat", 3, WANTED_NAT);
    want(&yaml, "compute.route", "out", 3, WANTED_ROUTE);
    for (int i = 0; i < 40; i++)
        pl_buf_addf(
            &yaml,
            "    aside-%02d: {network: main, destRange: 10.200.%d.0/24, priority: 10, tags: "
            "!absent, nextHopIp: 10.0.0.9}\n",
            i, i);
    pl_buf_adds(&yaml, TO_WEB);
    struct inquiry q =
        inquire(arena, pl_buf_take(&yaml, arena),
                EDITS(ALL_TRAFFIC, "- compute.router/nat", "- compute.route/default", DENY("deny")),
                SEEN("connect_timeout"));
    const struct pl_explanation *e = &result_of(&q, "c")->explanation;
    assert_int_equal(q.diff->n_drift, 49);
    assert_int_equal(e->verdict, PL_EXPLAIN_EXPLAINED);
    assert_int_equal(e->n_causes, 27);
    assert_false(e->truncated);
    for (size_t i = 0; i < e->n_causes; i++) {
        const struct pl_cause_set *set = &e->causes[i];
        assert_int_equal(set->n, 3);
        assert_non_null(strstr(set->drifts[0]->field, "compute.firewall/allow-"));
        assert_non_null(strstr(set->drifts[1]->field, "compute.route/out-"));
        assert_non_null(strstr(set->drifts[2]->field, "compute.router/nat-"));
        for (size_t k = 0; k < i; k++)
            assert_true(memcmp(e->causes[k].drifts, set->drifts, 3 * sizeof(*set->drifts)) != 0);
    }
}

/* The order of drift, and of resources, changes nothing. */
static void the_order_of_changes_does_not_matter(void **state)
{
    struct inquiry a = inquire(*state, ONLY TO_SQL, EDITS(DENY("a"), DENY("b")), SEEN("timeout"));
    struct inquiry b = inquire(*state, ONLY TO_SQL, EDITS(DENY("b"), DENY("a")), SEEN("timeout"));
    assert_string_equal(account(*state, result_of(&a, "c")), account(*state, result_of(&b, "c")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sets_are_minimal_and_all_are_told, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(more_sets_than_are_told_are_said_to_be_more, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(fifty_that_all_block_are_said_to_be_more_than_three,
                                        harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(three_of_fifty_are_found, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(fifty_of_which_one_would_do, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(every_set_of_three_is_found, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(the_order_of_changes_does_not_matter, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
