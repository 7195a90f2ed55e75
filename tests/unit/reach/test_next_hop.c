/* test_next_hop.c - what a route leads to (R2, R9, the pages of static routes), and Cloud NAT's ports and a connector's throughput with their arithmetic.
 */
#include "worlds.h"

#define NEXT_ILB(more) FRONT("ilb", "10.0.0.77", "\"loadBalancingScheme\":\"INTERNAL\"" more)
#define FW             "compute.instance/us-central1-a/fw:"
#define CONCURRENCY(n) "run.service/api:template.maxInstanceRequestConcurrency = " n
#define NAT            "compute.router/nat:nats[name=n]."

static const struct rule_row rows[] = {
    {"a machine in order: what it does is not modelled", TO_IP("10.99.0.1"), EDITS(BY_VM), "route",
     PL_HOP_UNKNOWN, "ROUTE_BLACKHOLE",
     "compute.route/out leads to nextHopInstance projects/p/zones/us-central1-a/instances/fw, and "
     "what that does with the packet is not modelled"},
    {"a machine that is stopped", TO_IP("10.99.0.1"), EDITS(BY_VM, FW "status = \"STOPPING\""),
     "route", PL_HOP_BLOCK, "INSTANCE_NOT_RUNNING",
     "compute.route/out is the best route, and compute.instance/us-central1-a/fw is STOPPING"},
    {"a machine that is gone", TO_IP("10.99.0.1"),
     EDITS(VM, BY("nextHopInstance", "projects/p/zones/us-central1-a/instances/x")), "route",
     PL_HOP_BLOCK, "ROUTE_NEXT_HOP_RESOURCE_NOT_FOUND",
     "compute.route/out is the best route, and its next hop compute.instance/us-central1-a/x does "
     "not exist"},
    {"a snapshot that says nothing of machines proves none gone", TO_IP("10.99.0.1"),
     EDITS(BY("nextHopInstance", "projects/p/zones/us-central1-a/instances/x"), "~ by hand"),
     "route", PL_HOP_UNKNOWN, "ROUTE_BLACKHOLE", NULL},
    {"R4 a route that holds for its own next hop", TO_IP("10.99.0.1"),
     EDITS(BY_VM, FW "networkInterfaces[name=nic1]"), "route", PL_HOP_UNKNOWN, "ROUTING_LOOP",
     "compute.route/out is the best route, and it holds for compute.instance/us-central1-a/fw "
     "itself as well, which has one interface: what it forwards may come back to it"},
    {"R4 tags spare it", TO_IP("10.99.0.1"),
     EDITS(BY_VM, FW "networkInterfaces[name=nic1]",
           "compute.route/out:tags = [\"vpc-connector\"]"),
     "route", PL_HOP_UNKNOWN, "ROUTE_BLACKHOLE", NULL},
    {"an address that a machine has", TO_IP("10.99.0.1"),
     EDITS(VM, BY("nextHopIp", "10.0.0.100"), FW "canIpForward = false"), "route", PL_HOP_BLOCK,
     "FOREIGN_IP_DISALLOWED", NULL},
    {"an address while machines could not be listed", TO_IP("10.99.0.1"),
     EDITS(BY("nextHopIp", "10.0.0.100"), "? compute.instance permission_denied"), "route",
     PL_HOP_UNKNOWN, "ROUTE_BLACKHOLE", NULL},
    {"an address that a load balancer has", TO_IP("10.99.0.1"),
     EDITS(VM, BY("nextHopIp", "10.0.0.77"),
           FRONT("ilb", "10.0.0.77",
                 "\"loadBalancingScheme\":"
                 "\"INTERNAL_MANAGED\"")),
     "route", PL_HOP_BLOCK, "ROUTE_NEXT_HOP_FORWARDING_RULE_TYPE_INVALID", NULL},
    {"R2 a load balancer in order", TO_IP("10.99.0.1"),
     EDITS(NEXT_ILB(""), BY("nextHopIlb", "projects/p/regions/us-central1/forwardingRules/ilb")),
     "route", PL_HOP_UNKNOWN, "ROUTE_BLACKHOLE", NULL},
    {"R2 of another type", TO_IP("10.99.0.1"),
     EDITS(FRONT("ilb", "10.0.0.77", "\"loadBalancingScheme\":\"INTERNAL_MANAGED\""),
           BY("nextHopIlb", "projects/p/regions/us-central1/forwardingRules/ilb")),
     "route", PL_HOP_BLOCK, "ROUTE_NEXT_HOP_FORWARDING_RULE_TYPE_INVALID",
     "compute.route/out is the best route, and compute.forwardingRule/ilb is INTERNAL_MANAGED: a "
     "next hop is an internal passthrough load balancer (INTERNAL)"},
    {"a load balancer that is gone", TO_IP("10.99.0.1"),
     EDITS(NEXT_ILB(""), BY("nextHopIlb", "projects/p/regions/us-central1/forwardingRules/x")),
     "route", PL_HOP_BLOCK, "ROUTE_NEXT_HOP_RESOURCE_NOT_FOUND", NULL},
    {"a load balancer of another region", TO_IP("10.99.0.1"),
     EDITS(FRONT("us-east1/ilb", "10.0.0.77", "\"loadBalancingScheme\":\"INTERNAL\""),
           BY("nextHopIlb", "projects/p/regions/us-east1/forwardingRules/ilb")),
     "route", PL_HOP_BLOCK, "FORWARDING_RULE_REGION_MISMATCH", NULL},
    {"a tunnel is of no kind", TO_IP("10.99.0.1"),
     EDITS(BY("nextHopVpnTunnel", "projects/p/regions/us-central1/vpnTunnels/t")), "route",
     PL_HOP_UNKNOWN, "ROUTE_BLACKHOLE", NULL},
    {"R9 Google's warning comes first", TO_IP("10.99.0.1"),
     EDITS(BY_VM, "compute.route/out:warnings = [{\"code\":\"NEXT_HOP_INSTANCE_NOT_FOUND\"}]"),
     "route", PL_HOP_BLOCK, "ROUTE_BLACKHOLE", NULL},

    {"ports: 64 a machine unless set", TO_WEB, EDITS(DIRECT, ALL_TRAFFIC, CONCURRENCY("80")),
     "nat-ports", PL_HOP_PASS, "CLOUD_NAT_PORTS_EXHAUSTED",
     "80 connections an instance against 64 ports a machine: at full scale connections to one "
     "destination are dropped"},
    {"ports: enough", TO_WEB, EDITS(DIRECT, ALL_TRAFFIC, CONCURRENCY("64")), "nat-ports",
     PL_HOP_PASS, NULL, "64 connections an instance against 64 ports a machine"},
    {"ports: dynamic allocation grows", TO_WEB,
     EDITS(DIRECT, ALL_TRAFFIC, CONCURRENCY("80"), NAT "enableDynamicPortAllocation = true"),
     "nat-ports", PL_HOP_PASS, NULL, "80 connections an instance against 65536 ports a machine"},
    {"ports: up to its limit", TO_WEB,
     EDITS(DIRECT, ALL_TRAFFIC, CONCURRENCY("80"), NAT "enableDynamicPortAllocation = true",
           NAT "maxPortsPerVm = 64"),
     "nat-ports", PL_HOP_PASS, "CLOUD_NAT_PORTS_EXHAUSTED", NULL},
    {"ports: an address has 64512 of them", TO_WEB,
     EDITS(DIRECT, ALL_TRAFFIC, CONCURRENCY("80"), NAT "minPortsPerVm = 8192",
           NAT "natIps = [\"projects/p/regions/us-central1/addresses/a\"]"),
     "nat-ports", PL_HOP_PASS, "CLOUD_NAT_PORTS_EXHAUSTED",
     "10 machines x 8192 ports = 81920 against 1 addresses x 64512 = 64512: at full scale some get "
     "none"},
    {"ports: a connector's machines share them", TO_WEB, EDITS(ALL_TRAFFIC, CONCURRENCY("80")),
     "nat-ports", PL_HOP_PASS, "CLOUD_NAT_PORTS_EXHAUSTED",
     "10 instances x 80 connections / 10 machines of the connector = 80 each against 64 ports a "
     "machine: at full scale connections to one destination are dropped"},
    {"ports: how many connections there are is not guessed", TO_WEB, EDITS(DIRECT, ALL_TRAFFIC),
     "nat-ports", -1, NULL, NULL},
    {"E13 a connector's throughput", TO_SQL, NULL, "connector-capacity", PL_HOP_PASS, NULL,
     "10 machines x 100 Mbit/s (e2-micro) = 1000 Mbit/s for 10 instances of 1 workloads at full "
     "scale"},
    {"E13 of what was looked at: jobs were not read", TO_SQL, EDITS("? run.job not_asked"),
     "connector-capacity", PL_HOP_PASS, NULL,
     "10 machines x 100 Mbit/s (e2-micro) = 1000 Mbit/s for 10 instances of 1 workloads at full "
     "scale (jobs were not read)"},
    {"E13 of what was looked at: not all services were read", TO_SQL,
     EDITS("? run.service permission_denied"), "connector-capacity", PL_HOP_PASS, NULL,
     "10 machines x 100 Mbit/s (e2-micro) = 1000 Mbit/s for 10 instances of 1 workloads at full "
     "scale (not all services were read)"},
    {"E13 of what was looked at: not all services were read, nor jobs", TO_SQL,
     EDITS("? run.service permission_denied", "? run.job permission_denied"), "connector-capacity",
     PL_HOP_PASS, NULL,
     "10 machines x 100 Mbit/s (e2-micro) = 1000 Mbit/s for 10 instances of 1 workloads at full "
     "scale (not all services were read, nor jobs)"},
    {"NAT64 without a gateway",
     "connections: {c: {from: run.service/api, to: \"http://[64:ff9b::101:101]\"}}\n",
     EDITS(ALL_TRAFFIC), "nat", PL_HOP_BLOCK, "NO_MATCHING_NAT64_GATEWAY",
     "64:ff9b::101:101 is an IPv4 destination by NAT64, and no gateway of network main in "
     "us-central1 translates"},
    {"mail", "connections: {c: {from: run.service/api, to: \"8.8.4.4:25\"}}\n", EDITS(ALL_TRAFFIC),
     "nat", PL_HOP_BLOCK, "TRAFFIC_TYPE_BLOCKED", "TCP 25 to public addresses is always blocked"},
    {"mail by submission", "connections: {c: {from: run.service/api, to: \"8.8.4.4:587\"}}\n",
     EDITS(ALL_TRAFFIC), "nat", PL_HOP_PASS, NULL, NULL},
};

static void next_hops_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(next_hops_as_google_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
