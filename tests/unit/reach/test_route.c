/* test_route.c - rules R3 to R9, P2 to P5, M9 and S4: the way through the network and back.
 */
#include "worlds.h"

static const struct rule_row rows[] = {
    {"R3 the longest prefix wins whatever the priority", TO_IP("10.99.0.1"),
     EDITS("compute.route/near = "
           "{\"name\":\"near\",\"network\":\"projects/p/global/networks/"
           "main\",\"destRange\":\"10.99.0.0/24\",\"priority\":60000,\"nextHopNetwork\":\"projects/"
           "p/global/networks/main\"}",
           "compute.route/far = "
           "{\"name\":\"far\",\"network\":\"projects/p/global/networks/"
           "main\",\"destRange\":\"10.0.0.0/8\",\"priority\":1,\"nextHopGateway\":\"projects/p/"
           "global/gateways/default-internet-gateway\"}"),
     "route", PL_HOP_PASS, NULL,
     "compute.route/near leads there by projects/p/global/networks/main"},
    {"R3 at equal length the lower number", TO_IP("10.99.0.1"),
     EDITS("compute.route/a = "
           "{\"name\":\"a\",\"network\":\"projects/p/global/networks/"
           "main\",\"destRange\":\"10.99.0.0/24\",\"priority\":10,\"nextHopGateway\":\"projects/p/"
           "global/gateways/default-internet-gateway\"}",
           "compute.route/b = "
           "{\"name\":\"b\",\"network\":\"projects/p/global/networks/"
           "main\",\"destRange\":\"10.99.0.0/24\",\"priority\":20,\"nextHopNetwork\":\"projects/p/"
           "global/networks/main\"}"),
     "route", PL_HOP_BLOCK, "PRIVATE_TRAFFIC_TO_INTERNET",
     "the best route for this private address is compute.route/a, which leads to the internet"},
    {"R4 a tagged route is for those who carry the tag", TO_IP("10.99.0.1"),
     EDITS(DIRECT,
           "compute.route/t = "
           "{\"name\":\"t\",\"network\":\"projects/p/global/networks/"
           "main\",\"destRange\":\"10.99.0.0/24\",\"priority\":10,\"nextHopNetwork\":\"projects/p/"
           "global/networks/main\",\"tags\":[\"vm\"]}"),
     "route", PL_HOP_BLOCK, "PRIVATE_TRAFFIC_TO_INTERNET", NULL},
    {"R4 and for them it holds", TO_IP("10.99.0.1"),
     EDITS(DIRECT,
           "compute.route/t = "
           "{\"name\":\"t\",\"network\":\"projects/p/global/networks/"
           "main\",\"destRange\":\"10.99.0.0/24\",\"priority\":10,\"nextHopNetwork\":\"projects/p/"
           "global/networks/main\",\"tags\":[\"vm\",\"web\"]}"),
     "route", PL_HOP_PASS, NULL, NULL},
    {"R5 a gap of the collector is never NO_ROUTE", TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.route/default", "? compute.route permission_denied"), "route",
     PL_HOP_UNKNOWN, "NO_ROUTE", "the routes of network main were not all read"},
    {"R5 nor is a network of which no route was seen", TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.route/default", "- compute.route/run", "- compute.route/psa"),
     "route", PL_HOP_UNKNOWN, "NO_ROUTE", NULL},
    {"R5 what a router learns by BGP is in no list", TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.route/default",
           "compute.router/nat:bgpPeers = [{\"name\":\"vpn\",\"peerIpAddress\":\"169.254.0.2\"}]"),
     "route", PL_HOP_UNKNOWN, "NO_ROUTE",
     "no listed route of network main leads there, and what its routers learn by BGP is not read"},
    {"R5 so a private address may be on premises", TO_IP("10.99.0.1"),
     EDITS("compute.router/nat:bgpPeers = [{\"name\":\"vpn\",\"peerIpAddress\":\"169.254.0.2\"}]"),
     "route", PL_HOP_UNKNOWN, "PRIVATE_TRAFFIC_TO_INTERNET", NULL},
    {"R6 a subnet has its route, listed or not", TO_IP("10.0.0.9"), EDITS("- compute.route/run"),
     "route", PL_HOP_PASS, NULL, "compute.subnetwork/run is a subnet of the network itself"},
    {"R6 the default route can be removed", TO_WEB, EDITS(ALL_TRAFFIC, "- compute.route/default"),
     "route", PL_HOP_BLOCK, "NO_ROUTE", "no route of network main covers public addresses"},
    {"P4 the network's own workloads need no custom routes exported", TO_SQL,
     EDITS("compute.network/"
           "main:peerings[name=servicenetworking-googleapis-com].exportCustomRoutes = false"),
     "return-path", PL_HOP_PASS, NULL,
     "replies go back by the subnet route that the peering always exchanges"},
    {"E12 a class E subnetwork is no RFC 1918 one: its addresses must be authorised", TO_SQL,
     EDITS(DIRECT, "compute.subnetwork/run:ipCidrRange = \"240.0.0.0/24\"",
           "sql.instance/main:settings.ipConfiguration.authorizedNetworks = []"),
     "sql-authorized", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS", NULL},
    {"M9 a privately used public source may not reach Redis", TO_REDIS,
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"203.0.113.0/28\""), "return-path",
     PL_HOP_UNKNOWN, "REDIS_INSTANCE_CONNECTING_FROM_PUPI_ADDRESS", NULL},
    {"M9 an RFC 6598 one is none of those", TO_REDIS,
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"100.64.0.0/28\""), "return-path", PL_HOP_PASS,
     NULL, NULL},
    {"S10 the Auth Proxy makes no path: it needs one itself",
     "connections: {c: {from: run.service/api, to: sql.instance/main, via: proxy}}\n",
     EDITS(NO_VPC, "sql.instance/main:settings.ipConfiguration.ipv4Enabled = false",
           "sql.instance/main:ipAddresses = [{\"type\":\"PRIVATE\",\"ipAddress\":\"10.68.0.3\"}]"),
     "egress", PL_HOP_BLOCK, "VPC_CONNECTOR_NOT_SET", NULL},
    {"R9 Google's own warning", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.route/default:warnings = [{\"code\":\"NEXT_HOP_NOT_RUNNING\"}]"),
     "route", PL_HOP_BLOCK, "ROUTE_BLACKHOLE",
     "compute.route/default is the best route and its next hop is unusable (NEXT_HOP_NOT_RUNNING)"},
    {"a next hop that is a machine", TO_IP("10.99.0.1"),
     EDITS("compute.route/vm = "
           "{\"name\":\"vm\",\"network\":\"projects/p/global/networks/"
           "main\",\"destRange\":\"10.99.0.0/16\",\"priority\":1,\"nextHopInstance\":\"projects/p/"
           "zones/z/instances/fw\"}",
           "? compute.instance permission_denied"),
     "route", PL_HOP_UNKNOWN, "ROUTE_BLACKHOLE",
     "compute.route/vm leads to nextHopInstance projects/p/zones/z/instances/fw, and what that "
     "does with the packet is not modelled"},
    {"the peering's route need not be listed", TO_SQL, EDITS("- compute.route/psa"), "route",
     PL_HOP_PASS, NULL, "the route to the service's range comes with its peering"},
    {"a route of another network", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.route/default:network = \"projects/p/global/networks/other\""),
     "route", PL_HOP_BLOCK, "NO_ROUTE", NULL},
    {"R3 a longer prefix than the listed peering route's takes the packet away", TO_SQL,
     EDITS("compute.route/hijack = "
           "{\"name\":\"hijack\",\"network\":\"" NET "\",\"destRange\":\"10.68.0.3/32\","
           "\"priority\":1000,\"nextHopGateway\":\"projects/p/global/gateways/"
           "default-internet-gateway\"}"),
     "route", PL_HOP_BLOCK, "PRIVATE_TRAFFIC_TO_INTERNET",
     "the best route for this private address is compute.route/hijack, which leads to the "
     "internet"},
    {"P2 the default route does not, listed peering route or not", TO_SQL,
     EDITS("- compute.route/psa"), "route", PL_HOP_PASS, NULL,
     "the route to the service's range comes with its peering"},
    {"P2 private ranges find back", TO_SQL, NULL, "return-path", PL_HOP_PASS, NULL,
     "replies go back by the subnet route that the peering always exchanges"},
    {"S4 the producer's Docker bridge", TO_SQL,
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"172.17.0.0/28\""), "return-path", PL_HOP_BLOCK,
     "NO_VALID_ROUTE_FROM_GOOGLE_MANAGED_NETWORK_TO_DESTINATION",
     "the source is in 172.17.0.0/16, which the service keeps for itself"},
    {"P5 a public range that may be exported", TO_SQL,
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"203.0.113.0/28\""), "return-path",
     PL_HOP_UNKNOWN, "CLOUD_SQL_INSTANCE_NO_ROUTE", NULL},
    {"P3 and one that is not", TO_SQL,
     EDITS("vpcaccess.connector/conn:ipCidrRange = \"203.0.113.0/28\"",
           "compute.network/"
           "main:peerings[name=servicenetworking-googleapis-com].exportSubnetRoutesWithPublicIp = "
           "false"),
     "return-path", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_NO_ROUTE", NULL},
};

#define IMPORTS                                                                                    \
    "compute.network/main:peerings[name=to-hub] = {\"name\":\"to-hub\",\"state\":\"ACTIVE\","      \
    "\"importCustomRoutes\":true,\"network\":\"projects/hub/global/networks/hub\"}"
#define OFFERED(range, imported)                                                                   \
    "compute.network/main:peeringRoutes = [{\"peering\":\"to-hub\",\"region\":\"us-central1\","    \
    "\"direction\":\"INCOMING\",\"routes\":[{\"destRange\":\"" range                               \
    "\",\"type\":\"DYNAMIC_PEERING_ROUTE\",\"imported\":" imported "}]}]"

static const struct rule_row exchanged[] = {
    {"P2 a custom route that comes over a peering", TO_IP("10.99.0.1"),
     EDITS(IMPORTS, OFFERED("10.99.0.0/16", "true")), "route", PL_HOP_PASS, NULL,
     "10.99.0.0/16 comes over peering to-hub"},
    {"P2 one that is offered and not imported", TO_IP("10.99.0.1"),
     EDITS(IMPORTS, OFFERED("10.99.0.0/16", "false")), "route", PL_HOP_BLOCK, "NO_ROUTE",
     "peering to-hub offers 10.99.0.0/16, and network main does not import it"},
    {"P2 one of another range", TO_IP("10.99.0.1"), EDITS(IMPORTS, OFFERED("10.98.0.0/16", "true")),
     "route", PL_HOP_BLOCK, "PRIVATE_TRAFFIC_TO_INTERNET", NULL},
    {"R5 without a default route either", TO_IP("10.99.0.1"),
     EDITS(IMPORTS, OFFERED("10.99.0.0/16", "true"), "- compute.route/default"), "route",
     PL_HOP_PASS, NULL, NULL},
    {"R5 what was not read is not known", TO_IP("10.99.0.1"), EDITS(IMPORTS), "route",
     PL_HOP_UNKNOWN, "NO_ROUTE",
     "no listed route of network main leads there, and what peering to-hub imports was not read"},
    {"P2 a peering that imports nothing brings nothing", TO_IP("10.99.0.1"),
     EDITS(IMPORTS, "compute.network/main:peerings[name=to-hub].importCustomRoutes = false"),
     "route", PL_HOP_BLOCK, "PRIVATE_TRAFFIC_TO_INTERNET", NULL},
};

static void routes_and_peerings_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
    check_rules(*state, exchanged, PL_LEN(exchanged));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(routes_and_peerings_as_google_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
