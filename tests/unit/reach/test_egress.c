/* test_egress.c - rules E1 to E7: out of the workload, through the connector, to the internet.
 */
#include "worlds.h"

#define NAT_LISTS(ranges)                                                                          \
    "compute.router/nat:nats[name=n].sourceSubnetworkIpRangesToNat = \"LIST_OF_SUBNETWORKS\"",     \
        "compute.router/nat:nats[name=n].subnetworks = "                                           \
        "[{\"name\":\"projects/p/regions/us-central1/subnetworks/"                                 \
        "run\",\"sourceIpRangesToNat\":[" ranges "]}]"

static const struct rule_row rows[] = {
    {"around the network: from changing addresses", TO_WEB, NULL, "exit-address", PL_HOP_PASS,
     "EXIT_ADDRESS_NOT_RESERVED",
     "packets leave from changing addresses of Google's: an allowlist at the destination does not "
     "know them"},
    {"by a gateway with reserved ones", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].natIpAllocateOption = \"MANUAL_ONLY\"",
           "compute.router/nat:nats[name=n].natIps = "
           "[\"projects/p/regions/us-central1/addresses/a\"]"),
     "exit-address", PL_HOP_PASS, NULL,
     "packets leave from 1 reserved address of compute.router/nat"},
    {"by one that chooses by itself", TO_WEB, EDITS(ALL_TRAFFIC), "exit-address", PL_HOP_PASS,
     "EXIT_ADDRESS_NOT_RESERVED", NULL},
    {"by one that was given none", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].natIpAllocateOption = \"MANUAL_ONLY\""),
     "exit-address", PL_HOP_PASS, "EXIT_ADDRESS_NOT_RESERVED",
     "no address is reserved for compute.router/nat"},
    {"to Google's own nobody asks", TO_RUN, NULL, "exit-address", -1, NULL, NULL},
    {"E1 unset is PRIVATE_RANGES_ONLY", TO_WEB, EDITS("run.service/api:template.vpcAccess.egress"),
     "egress", PL_HOP_PASS, NULL,
     "the packet leaves run.service/api for the internet, beside the VPC"},
    {"E1 ALL_TRAFFIC sends everything through the VPC", TO_WEB, EDITS(ALL_TRAFFIC), "egress",
     PL_HOP_PASS, NULL, "the packet enters the VPC through the connector"},
    {"E1 and then needs Cloud NAT", TO_WEB, EDITS(ALL_TRAFFIC, "- compute.router/nat"), "nat",
     PL_HOP_BLOCK, "NO_EXTERNAL_ADDRESS",
     "all traffic goes through network main, and no Cloud NAT in us-central1 covers it: a public "
     "destination cannot be reached"},
    {"E1 a NAT in another region", TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.router/nat",
           "compute.router/europe-west1/nat = "
           "{\"network\":\"projects/p/global/networks/"
           "main\",\"nats\":[{\"name\":\"n\",\"sourceSubnetworkIpRangesToNat\":\"ALL_SUBNETWORKS_"
           "ALL_IP_RANGES\"}]}"),
     "nat", PL_HOP_BLOCK, "NO_EXTERNAL_ADDRESS", NULL},
    {"E1 a NAT of another network", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.router/nat:network = \"projects/p/global/networks/other\""), "nat",
     PL_HOP_BLOCK, "NO_EXTERNAL_ADDRESS", NULL},
    {"E1 a private NAT", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].type = \"PRIVATE\""), "nat", PL_HOP_BLOCK,
     "NO_EXTERNAL_ADDRESS", NULL},
    {"E1 a NAT that lists the subnet", TO_WEB,
     EDITS(
         DIRECT, ALL_TRAFFIC,
         "compute.router/nat:nats[name=n].sourceSubnetworkIpRangesToNat = \"LIST_OF_SUBNETWORKS\"",
         "compute.router/nat:nats[name=n].subnetworks = "
         "[{\"name\":\"projects/p/regions/us-central1/subnetworks/run\"}]"),
     "nat", PL_HOP_PASS, NULL,
     "Cloud NAT n on compute.router/nat gives the packet a public address"},
    {"E1 a NAT that lists another", TO_WEB,
     EDITS(
         DIRECT, ALL_TRAFFIC,
         "compute.router/nat:nats[name=n].sourceSubnetworkIpRangesToNat = \"LIST_OF_SUBNETWORKS\"",
         "compute.router/nat:nats[name=n].subnetworks = "
         "[{\"name\":\"projects/p/regions/us-central1/subnetworks/other\"}]"),
     "nat", PL_HOP_BLOCK, "NO_EXTERNAL_ADDRESS", NULL},
    {"E1 a NAT that takes the subnet's secondary ranges alone", TO_WEB,
     EDITS(DIRECT, ALL_TRAFFIC, NAT_LISTS("\"LIST_OF_SECONDARY_IP_RANGES\"")), "nat", PL_HOP_BLOCK,
     "NO_EXTERNAL_ADDRESS", NULL},
    {"E1 a NAT that takes the primary range, too", TO_WEB,
     EDITS(DIRECT, ALL_TRAFFIC, NAT_LISTS("\"LIST_OF_SECONDARY_IP_RANGES\",\"PRIMARY_IP_RANGE\"")),
     "nat", PL_HOP_PASS, NULL, NULL},
    {"E1 a NAT for load balancers' proxies", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].endpointTypes = "
                        "[\"ENDPOINT_TYPE_MANAGED_PROXY_LB\"]"),
     "nat", PL_HOP_BLOCK, "NO_EXTERNAL_ADDRESS", NULL},
    {"E1 a NAT for machines", TO_WEB,
     EDITS(ALL_TRAFFIC, "compute.router/nat:nats[name=n].endpointTypes = [\"ENDPOINT_TYPE_VM\"]"),
     "nat", PL_HOP_PASS, NULL, NULL},
    {"E4 a connector's own range is in no list", TO_WEB,
     EDITS(
         ALL_TRAFFIC,
         "compute.router/nat:nats[name=n].sourceSubnetworkIpRangesToNat = \"LIST_OF_SUBNETWORKS\"",
         "compute.router/nat:nats[name=n].subnetworks = "
         "[{\"name\":\"projects/p/regions/us-central1/subnetworks/run\"}]"),
     "nat", PL_HOP_BLOCK, "NO_EXTERNAL_ADDRESS", NULL},
    {"routers that could not be read", TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.router/nat", "? compute.router permission_denied"), "nat",
     PL_HOP_UNKNOWN, "NO_EXTERNAL_ADDRESS", "whether a Cloud NAT covers the source is not known"},
    {"E2 10.99.0.1 goes into the VPC", TO_IP("10.99.0.1"), NULL, "egress", PL_HOP_PASS, NULL,
     "the packet enters the VPC through the connector"},
    {"E2 172.16.9.9 goes into the VPC", TO_IP("172.16.9.9"), NULL, "egress", PL_HOP_PASS, NULL,
     "the packet enters the VPC through the connector"},
    {"E2 192.168.7.7 goes into the VPC", TO_IP("192.168.7.7"), NULL, "egress", PL_HOP_PASS, NULL,
     "the packet enters the VPC through the connector"},
    {"E2 100.64.1.1 goes into the VPC", TO_IP("100.64.1.1"), NULL, "egress", PL_HOP_PASS, NULL,
     "the packet enters the VPC through the connector"},
    {"E2 199.36.153.8 goes into the VPC", TO_IP("199.36.153.8"), NULL, "egress", PL_HOP_PASS, NULL,
     "the packet enters the VPC through the connector"},
    {"E2 a public address does not", TO_IP("203.0.113.9"), NULL, "egress", PL_HOP_PASS, NULL,
     "the packet leaves run.service/api for the internet, beside the VPC"},
    {"E2 what no page of Google's settles is not decided", TO_IP("240.0.0.9"), NULL, "egress",
     PL_HOP_UNKNOWN, "VPC_CONNECTOR_NOT_SET", NULL},
    {"E3 neither connector nor interface", TO_SQL, EDITS(NO_VPC), "egress", PL_HOP_BLOCK,
     "VPC_CONNECTOR_NOT_SET",
     "run.service/api has no connector and no network interface, and the destination is a private "
     "address"},
    {"E3 Direct VPC", TO_SQL, EDITS(DIRECT), "egress", PL_HOP_PASS, NULL,
     "the packet enters the VPC through a Direct VPC interface"},
    {"E3 a missing subnetwork is the one of the network's name", TO_SQL,
     EDITS("run.service/api:template.vpcAccess = {\"networkInterfaces\":[{\"network\":\"main\"}]}",
           "compute.subnetwork/us-central1/main = "
           "{\"name\":\"main\",\"network\":\"projects/p/global/networks/"
           "main\",\"ipCidrRange\":\"172.17.0.0/24\"}"),
     "return-path", PL_HOP_BLOCK, "NO_VALID_ROUTE_FROM_GOOGLE_MANAGED_NETWORK_TO_DESTINATION",
     NULL},
    {"E4 READY", TO_SQL, NULL, "connector", PL_HOP_PASS, NULL, "vpcaccess.connector/conn is READY"},
    {"E4 CREATING", TO_SQL, EDITS("vpcaccess.connector/conn:state = \"CREATING\""), "connector",
     PL_HOP_BLOCK, "VPC_CONNECTOR_NOT_RUNNING", "vpcaccess.connector/conn is CREATING, not READY"},
    {"a state that nobody knows", TO_SQL, EDITS("vpcaccess.connector/conn:state = \"NEW_ONE\""),
     "connector", PL_HOP_UNKNOWN, "VPC_CONNECTOR_NOT_RUNNING",
     "the connector's state was not read"},
    {"E4 DELETING", TO_SQL, EDITS("vpcaccess.connector/conn:state = \"DELETING\""), "connector",
     PL_HOP_BLOCK, "VPC_CONNECTOR_NOT_RUNNING", "vpcaccess.connector/conn is DELETING, not READY"},
    {"E4 ERROR", TO_SQL, EDITS("vpcaccess.connector/conn:state = \"ERROR\""), "connector",
     PL_HOP_BLOCK, "VPC_CONNECTOR_NOT_RUNNING", "vpcaccess.connector/conn is ERROR, not READY"},
    {"E4 no such connector", TO_SQL, EDITS("- vpcaccess.connector/conn"), "connector", PL_HOP_BLOCK,
     "VPC_CONNECTOR_NOT_RUNNING", "vpcaccess.connector/conn does not exist"},
    {"E4 a connector of another region", TO_SQL,
     EDITS("run.service/api:template.vpcAccess.connector = "
           "\"projects/p/locations/europe-west1/connectors/conn\"",
           "vpcaccess.connector/europe-west1/conn = "
           "{\"network\":\"main\",\"ipCidrRange\":\"10.8.1.0/28\",\"state\":\"READY\"}"),
     "connector", PL_HOP_BLOCK, "VPC_CONNECTOR_NOT_RUNNING",
     "the connector is in europe-west1, the service in us-central1: they must share a region"},
    {"E4 connectors that could not be read", TO_SQL,
     EDITS("- vpcaccess.connector/conn", "? vpcaccess.connector permission_denied"), "connector",
     PL_HOP_UNKNOWN, "VPC_CONNECTOR_NOT_RUNNING",
     "the connector's state is not known: it could not be read: permission_denied"},
    {"E4 not one connector in a snapshot that somebody wrote: a gap", TO_SQL,
     EDITS("- vpcaccess.connector/conn", "~ written by hand"), "connector", PL_HOP_UNKNOWN,
     "VPC_CONNECTOR_NOT_RUNNING", "the connector's state is not known: it was not observed"},
    {"E4 another connector is in it: that one is missing", TO_SQL,
     EDITS("- vpcaccess.connector/conn", "vpcaccess.connector/other = {\"name\":\"other\"}",
           "~ written by hand"),
     "connector", PL_HOP_BLOCK, "VPC_CONNECTOR_NOT_RUNNING",
     "vpcaccess.connector/conn does not exist"},
    {"E4 it is declared: it is missing", "resources: {vpcaccess.connector: {conn: {}}}\n" TO_SQL,
     EDITS("- vpcaccess.connector/conn", "~ written by hand"), "connector", PL_HOP_BLOCK,
     "VPC_CONNECTOR_NOT_RUNNING", "vpcaccess.connector/conn does not exist"},
    {"F18 the metadata server needs no way into the VPC",
     "connections: {c: {from: run.service/api, to: \"169.254.169.254:80\"}}\n", NULL, "egress",
     PL_HOP_PASS, NULL, "the metadata server answers every workload, past any VPC"},
    {"F18 by name, and with no VPC at all",
     "connections: {c: {from: run.service/api, to: \"metadata.google.internal:80\"}}\n",
     EDITS(NO_VPC), "egress", PL_HOP_PASS, NULL, NULL},
    {"F18 on another port: what it serves there is not known",
     "connections: {c: {from: run.service/api, to: \"169.254.169.254:8080\"}}\n", NULL, "egress",
     PL_HOP_UNKNOWN, NULL, NULL},
    {"its neighbour is no metadata server", TO_IP("169.254.169.253"), NULL, "egress", PL_HOP_BLOCK,
     "NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV4_ADDRESS", NULL},
    {"PUB-08 192.168.1.0/24 cannot be reached from Cloud Run", TO_IP("192.168.1.7"), NULL, "egress",
     PL_HOP_BLOCK, "RESERVED_ADDRESS_RANGE",
     "192.168.1.7 is in 192.168.1.0/24, which Cloud Run cannot reach"},
    {"PUB-08 its neighbour can", TO_IP("192.168.2.7"), NULL, "egress", PL_HOP_PASS, NULL, NULL},
    {"S4 is Cloud SQL's alone", TO_IP("172.17.0.3"), NULL, "egress", PL_HOP_PASS, NULL, NULL},
    {"E4 a packet beside the VPC does not meet it", TO_WEB,
     EDITS("vpcaccess.connector/conn:state = \"ERROR\""), "connector", PL_HOP_NOT_APPLICABLE, NULL,
     NULL},
    {"E5 a deny before the connector's own allows", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"INGRESS\",\"priority\":99,\"sourceRanges\":[\"35.199.224.0/"
                     "19\"],\"denied\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"667\"]}]")),
     "connector", PL_HOP_BLOCK, "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED",
     "compute.firewall/d denies what keeps the connector alive (from 35.199.224.0/19, TCP 667)"},
    {"E5, F4 a deny at 100 ties with them, and wins", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"INGRESS\",\"priority\":100,\"sourceRanges\":[\"35.199.224.0/"
                     "19\"],\"denied\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"667\"]}]")),
     "connector", PL_HOP_BLOCK, "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED", NULL},
    {"E5 a deny behind them", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"INGRESS\",\"priority\":101,\"sourceRanges\":[\"35.199.224.0/"
                     "19\"],\"denied\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"667\"]}]")),
     "connector", PL_HOP_PASS, NULL, NULL},
    {"E5 for machines of another tag", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"INGRESS\",\"priority\":1,\"targetTags\":[\"vm\"],"
                     "\"sourceRanges\":[\"0.0.0.0/0\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "connector", PL_HOP_PASS, NULL, NULL},
    {"E1 Google's APIs through the VPC: Private Google Access", TO_RUN, EDITS(DIRECT, ALL_TRAFFIC),
     "google-access", PL_HOP_PASS, NULL, "Private Google Access is on in compute.subnetwork/run"},
    {"E1 or Cloud NAT", TO_RUN,
     EDITS(DIRECT, ALL_TRAFFIC, "compute.subnetwork/run:privateIpGoogleAccess = false"),
     "google-access", PL_HOP_PASS, NULL,
     "Cloud NAT on compute.router/nat leads to Google's public addresses"},
    {"a source of another kind",
     "connections: {c: {from: redis.instance/cache, to: sql.instance/main}}\n", NULL, "egress",
     PL_HOP_UNKNOWN, NULL, "how redis.instance/cache leaves its network is not modelled"},
};

static void egress_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(egress_as_google_says, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
