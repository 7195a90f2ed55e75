/* test_causes.c - every cause that is modelled: one world where it fires, and one near miss where it does not.
 *
 * A row of the cause table without a row here fails. Texts and symptoms are other files' business (test_<hop's file>.c).
 */
#include "causes.h"

static const struct pl_hop *with_cause(const struct pl_reach *r, const char *cause, int verdict)
{
    for (size_t i = 0; i < r->n_hops; i++)
        if (r->hops[i].cause && strcmp(r->hops[i].cause->name, cause) == 0 &&
            (int)r->hops[i].verdict == verdict)
            return &r->hops[i];
    return NULL;
}

static void every_cause_fires_and_nearly_misses(void **state)
{
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        const struct fixture *f = &fixtures[i];
        struct pl_reach fires = reach_of(*state, f->yaml, f->fires);
        struct pl_reach misses = reach_of(*state, f->yaml, f->misses);
        const struct pl_hop *h = with_cause(&fires, f->cause, (int)f->how);
        ROW("%s", f->cause);
        if (h == NULL || strcmp(h->hop, f->hop) != 0 ||
            strcmp(h->field_short ? h->field_short : "-", f->field ? f->field : "-") != 0) {
            show_hops(&fires);
            fail_msg("%s does not fire at %s: %s", f->cause, f->hop,
                     h && h->field_short ? h->field_short : "-");
        }
        if (with_cause(&misses, f->cause, (int)f->how) || with_cause(&misses, f->cause, BLOCKS)) {
            show_hops(&misses);
            fail_msg("%s fires on its near miss", f->cause);
        }
    }
}

/* Worlds that read what no cause's world does. */
static const struct {
    const char *yaml, *const *edits;
} others[] = {
    {TO_SQL,
     EDITS("compute.network/main:effectiveFirewalls = {\"firewallPolicys\":[]}",
           "compute.firewallPolicy/global/guard = {\"name\":\"guard\",\"associations\":[{\"name\":"
           "\"a\",\"attachmentTarget\":\"" NET "\"}],\"rules\":[{\"priority\":1,\"action\":"
           "\"allow\",\"direction\":\"EGRESS\",\"match\":{\"destIpRanges\":[\"0.0.0.0/0\"],"
           "\"layer4Configs\":[{\"ipProtocol\":\"all\"}]}}]}")},
    {TO_IP("10.99.0.1"), EDITS(BY("nextHopHub", "projects/p/locations/global/hubs/h"))},
    {TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, "compute.forwardingRule/own:pscConnectionStatus = \"REJECTED\"")},
    {"connections: {c: {from: run.service/api, to: memcache.instance/mc}}\n",
     EDITS("memcache.instance/us-central1/mc = {\"authorizedNetwork\":\"" NET
           "\",\"discoveryEndpoint\":\"10.0.0.7:11211\"}")},
    {"connections: {c: {from: run.service/api, to: valkey.instance/vk}}\n",
     EDITS("valkey.instance/us-central1/vk = {\"state\":\"ACTIVE\",\"discoveryEndpoints\":[{"
           "\"address\":\"10.0.0.8\"}]}")},
    {"resources: {redis.instance: {cache: {memorySizeGb: 5}}}\n" TO_REDIS, EDITS(NULL)},
    {TO_RUN, EDITS(NEWEST("r2"), TRAFFIC("r1", "100"),
                   "run.revision/auth/r1 = {\"scaling\":{\"maxInstanceCount\":3},\"containers\":[{"
                   "\"env\":[{\"name\":\"KEY\",\"valueSource\":{\"secretKeyRef\":{\"secret\":"
                   "\"key\",\"version\":\"1\"}}}]}]}",
                   SECRET, VERSION("1", "ENABLED"))},
    {HERE_TO_RUN, EDITS(TAKES("stable"), SECRET, VERSION("1", "ENABLED"),
                        "secret.secret/key:versionAliases = {\"stable\":\"1\"}")},
    {TO_SQL, EDITS("sql.instance/main:settings.ipConfiguration.requireSsl = true",
                   "sql.instance/main:settings.ipConfiguration.sslMode")},
    {TO_SQL_PSC, EDITS(SQL_PSC, "- dns.managedZone/sql")},
    {TO_SQL, EDITS("vpcaccess.connector/conn:subnet = {\"name\":\"run\",\"projectId\":\"p\"}")},
    {TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].natIpAllocateOption = \"MANUAL_ONLY\"",
           "compute.router/nat:nats[name=n].natIps = "
           "[\"projects/p/regions/us-central1/addresses/a\"]",
           "compute.address/a = {\"name\":\"a\",\"address\":\"203.0.113.7\"}",
           "sql.instance/main:settings.ipConfiguration.authorizedNetworks = "
           "[{\"value\":\"198.51.100.0/24\"}]")},
};

static bool names_it(const struct pl_kind *kind, const char *field)
{
    return strcmp(kind->name_field, field) == 0;
}

static void no_field_is_asked_for_in_vain(void **state)
{
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        (void)reach_of(*state, fixtures[i].yaml, fixtures[i].fires);
        (void)reach_of(*state, fixtures[i].yaml, fixtures[i].misses);
    }
    for (size_t i = 0; i < PL_LEN(others); i++)
        (void)reach_of(*state, others[i].yaml, others[i].edits);
    for (size_t i = 0; i < pl_reach_reads_len; i++) {
        const struct pl_reads *of = &pl_reach_reads[i];
        for (const char *const *f = of->fields; *f != NULL; f++)
            if (!pl_map_has(&reads.read, pl_arena_printf(*state, "%s %s", of->kind, *f)) &&
                !names_it(pl_kind_find(of->kind), *f))
                fail_msg("pl_reach_reads: nothing reads %s of a %s", *f, of->kind);
    }
}

static const struct fixture *fixture_of(const char *cause)
{
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        if (strcmp(fixtures[i].cause, cause) == 0)
            return &fixtures[i];
    return NULL;
}

static void no_cause_without_a_fixture(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_causes_len; i++) {
        ROW("%s", pl_causes[i].name);
        assert_true((fixture_of(pl_causes[i].name) != NULL) == pl_causes[i].modelled);
    }
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        assert_non_null(pl_cause_find(fixtures[i].cause));
}

/* The causes of a drop that may befall a Cloud Run service, a database, a cache or the way out of a network (networkmanagement v1, DropInfo.Cause:
 * 72 of 109). Each is evaluated, or told as not modelled with its reason. */
static const char *const applicable[] = {
    "CLOUD_NAT_NO_ADDRESSES",
    "CLOUD_NAT_PROTOCOL_UNSUPPORTED",
    "CLOUD_RUN_JOB_NOT_READY",
    "CLOUD_RUN_REVISION_NOT_READY",
    "CLOUD_SQL_CONNECTOR_REQUIRED",
    "CLOUD_SQL_INSTANCE_NOT_RUNNING",
    "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS",
    "CLOUD_SQL_INSTANCE_NO_ROUTE",
    "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
    "CLOUD_SQL_PSC_NEG_UNSUPPORTED",
    "DESTINATION_IS_PRIVATE_NAT_IP_RANGE",
    "DROPPED_INSIDE_CLOUD_SQL_SERVICE",
    "DROPPED_INSIDE_GOOGLE_MANAGED_SERVICE",
    "DROPPED_INSIDE_PSC_SERVICE_PRODUCER",
    "DROPPED_INSIDE_REDIS_CLUSTER_SERVICE",
    "DROPPED_INSIDE_REDIS_INSTANCE_SERVICE",
    "FIREWALL_BLOCKING_LOAD_BALANCER_ENVOY_PROXY_HEALTH_CHECK",
    "FIREWALL_RULE",
    "FOREIGN_IP_DISALLOWED",
    "FORWARDING_RULE_MISMATCH",
    "FORWARDING_RULE_NO_INSTANCES",
    "FORWARDING_RULE_REGION_MISMATCH",
    "GOOGLE_MANAGED_SERVICE_NO_PEERING",
    "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT",
    "INGRESS_FIREWALL_TAGS_UNSUPPORTED_BY_DIRECT_VPC_EGRESS",
    "INSTANCE_NOT_RUNNING",
    "LOAD_BALANCER_HAS_NO_PROXY_SUBNET",
    "NO_CONFIGURED_PRIVATE_NAT64_RULE",
    "NO_EXTERNAL_ADDRESS",
    "NO_KNOWN_ROUTE_FROM_NCC_NETWORK_TO_DESTINATION",
    "NO_KNOWN_ROUTE_FROM_PEERED_NETWORK_TO_DESTINATION",
    "NO_MATCHING_NAT64_GATEWAY",
    "NO_NAT_SUBNETS_FOR_PSC_SERVICE_ATTACHMENT",
    "NO_ROUTE",
    "NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV4_ADDRESS",
    "NO_VALID_ROUTE_FROM_GOOGLE_MANAGED_NETWORK_TO_DESTINATION",
    "PRIVATE_GOOGLE_ACCESS_DISALLOWED",
    "PRIVATE_NAT_TO_PSC_ENDPOINT_UNSUPPORTED",
    "PRIVATE_TRAFFIC_TO_INTERNET",
    "PSC_CONNECTION_NOT_ACCEPTED",
    "PSC_ENDPOINT_ACCESSED_FROM_PEERED_NETWORK",
    "PSC_NEG_PRODUCER_ENDPOINT_NO_GLOBAL_ACCESS",
    "PSC_NEG_PRODUCER_FORWARDING_RULE_MULTIPLE_PORTS",
    "PSC_TRANSITIVITY_NOT_PROPAGATED",
    "REDIS_CLUSTER_NOT_RUNNING",
    "REDIS_CLUSTER_NO_EXTERNAL_IP",
    "REDIS_CLUSTER_UNSUPPORTED_PORT",
    "REDIS_CLUSTER_UNSUPPORTED_PROTOCOL",
    "REDIS_INSTANCE_CONNECTING_FROM_PUPI_ADDRESS",
    "REDIS_INSTANCE_NOT_RUNNING",
    "REDIS_INSTANCE_NO_EXTERNAL_IP",
    "REDIS_INSTANCE_NO_ROUTE_TO_DESTINATION_NETWORK",
    "REDIS_INSTANCE_UNSUPPORTED_PORT",
    "REDIS_INSTANCE_UNSUPPORTED_PROTOCOL",
    "ROUTE_BLACKHOLE",
    "ROUTE_NEXT_HOP_FORWARDING_RULE_IP_MISMATCH",
    "ROUTE_NEXT_HOP_FORWARDING_RULE_TYPE_INVALID",
    "ROUTE_NEXT_HOP_INSTANCE_NON_PRIMARY_IP",
    "ROUTE_NEXT_HOP_INSTANCE_WRONG_NETWORK",
    "ROUTE_NEXT_HOP_IP_ADDRESS_NOT_RESOLVED",
    "ROUTE_NEXT_HOP_RESOURCE_NOT_FOUND",
    "ROUTE_NEXT_HOP_VPN_TUNNEL_NOT_ESTABLISHED",
    "ROUTE_WRONG_NETWORK",
    "ROUTING_LOOP",
    "TRAFFIC_TYPE_BLOCKED",
    "UNKNOWN_EXTERNAL_ADDRESS",
    "UNKNOWN_INTERNAL_ADDRESS",
    "UNSUPPORTED_ROUTE_MATCHED_FOR_NAT64_DESTINATION",
    "VPC_CONNECTOR_HEALTH_CHECK_TRAFFIC_BLOCKED",
    "VPC_CONNECTOR_NOT_RUNNING",
    "VPC_CONNECTOR_NOT_SET",
    "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED",
};

static void every_applicable_drop_is_evaluated_or_says_why_not(void **state)
{
    (void)state;
    assert_int_equal(PL_LEN(applicable), 72);
    for (size_t i = 0; i < PL_LEN(applicable); i++) {
        const struct pl_cause *c = pl_cause_find(applicable[i]);
        ROW("%s", applicable[i]);
        assert_non_null(c);
        if (!c->modelled && (strncmp(c->fields, "none: ", 6) != 0 || strlen(c->fields) < 12))
            fail_msg("%s is not modelled, and does not say why", c->name);
    }
}

/* A pattern that names no symptom would never match. */
static void symptoms_of_causes_are_in_the_catalogue(void **state)
{
    for (size_t i = 0; i < pl_causes_len; i++) {
        const char *const *lists[] = {pl_causes[i].certain, pl_causes[i].possible};
        for (size_t j = 0; j < PL_LEN(lists); j++)
            for (const char *const *p = lists[j]; *p; p++) {
                ROW("%s %s", pl_causes[i].name, *p);
                assert_non_null(pl_symptom_find(pl_arena_strndup(*state, *p, strcspn(*p, ":"))));
            }
    }
}

static void the_base_world_works(void **state)
{
    static const char *const connections[] = {TO_SQL, TO_SQL_PUBLIC, TO_REDIS,
                                              TO_RUN, HERE_TO_RUN,   TO_WEB};
    for (size_t i = 0; i < PL_LEN(connections); i++) {
        struct pl_reach r = reach_of(*state, connections[i], NULL);
        ROW("%s", connections[i]);
        if (r.verdict != PL_REACH_OPEN) {
            show_hops(&r);
            fail_msg("not open");
        }
    }
}

static bool is_listed(const char *hop)
{
    for (size_t i = 0; i < pl_hop_infos_len; i++)
        if (strcmp(pl_hop_infos[i].name, hop) == 0)
            return true;
    return false;
}

/* What `list` shows is what paths are made of: no hop without a row, no row that no world reaches. */
static void hops_are_those_of_the_table(void **state)
{
    bool reached[96] = {false};
    assert_true(pl_hop_infos_len < PL_LEN(reached));
    for (size_t i = 0; i <= PL_LEN(fixtures); i++) {
        bool last = i == PL_LEN(fixtures); /* beyond the causes: a port that is none */
        struct pl_reach r =
            last ? reach_of(*state, TO_SQL, EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_PORT", "x")))
                 : reach_of(*state, fixtures[i].yaml, fixtures[i].fires);
        for (size_t h = 0; h < r.n_hops; h++) {
            ROW("%s: %s", last ? "-" : fixtures[i].cause, r.hops[h].hop);
            assert_true(is_listed(r.hops[h].hop));
            for (size_t k = 0; k < pl_hop_infos_len; k++)
                reached[k] = reached[k] || strcmp(pl_hop_infos[k].name, r.hops[h].hop) == 0;
        }
    }
    for (size_t k = 0; k < pl_hop_infos_len; k++) {
        ROW("%s", pl_hop_infos[k].name);
        assert_true(reached[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_base_world_works, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(no_field_is_asked_for_in_vain, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(every_cause_fires_and_nearly_misses, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(no_cause_without_a_fixture, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test(every_applicable_drop_is_evaluated_or_says_why_not),
        cmocka_unit_test_setup_teardown(symptoms_of_causes_are_in_the_catalogue, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(hops_are_those_of_the_table, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
