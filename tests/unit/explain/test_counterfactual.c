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
        cmocka_unit_test_setup_teardown(the_order_of_changes_does_not_matter, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
