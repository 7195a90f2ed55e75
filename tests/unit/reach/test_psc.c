/* test_psc.c - rules X1 to X4 and S11: endpoints of Private Service Connect, and what else stands at an address of the network.
 */
#include "worlds.h"

#define STATUS(status) "compute.forwardingRule/ep:pscConnectionStatus = \"" status "\""
#define ALLOWED(list)                                                                              \
    "sql.instance/main:settings.ipConfiguration.pscConfig.allowedConsumerProjects = [" list "]"
#define OWN_STATUS(status) "compute.forwardingRule/own:pscConnectionStatus = \"" status "\""
#define OWN(field, value)  "compute.serviceAttachment/own:" field " = " value
#define NETWORKS(name)     "[{\"networkUrl\":\"projects/p/global/networks/" name "\"}]"
#define OWN_SERVES(project, name)                                                                  \
    OWN("connectedEndpoints", "[{\"status\":\"ACCEPTED\",\"endpoint\":\"projects/" project         \
                              "/regions/us-central1/forwardingRules/" name "\"}]")
#define NOT_ACCEPTED PL_HOP_BLOCK, "PSC_CONNECTION_NOT_ACCEPTED"

static const struct rule_row rows[] = {
    {"X4 an endpoint that was made again, for another service", TO_SQL_PSC,
     EDITS(SQL_PSC, "compute.forwardingRule/ep:target = "
                    "\"projects/tp/regions/us-central1/serviceAttachments/b-2\""),
     "psc-endpoint", PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS",
     "compute.forwardingRule/ep is the endpoint of another service than sql.instance/main"},
    {"X1 ACCEPTED serves", TO_SQL_PSC, EDITS(SQL_PSC), "psc-endpoint", PL_HOP_PASS, NULL,
     "compute.forwardingRule/ep is an endpoint that its producer accepts"},
    {"X1 PENDING does not", TO_SQL_PSC, EDITS(SQL_PSC, STATUS("PENDING"), ALLOWED("\"q\"")),
     "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/ep is PENDING: its producer does not list project p"},
    {"X1 REJECTED does not", TO_SQL_PSC, EDITS(SQL_PSC, STATUS("REJECTED")), "psc-endpoint",
     NOT_ACCEPTED, "compute.forwardingRule/ep is REJECTED: its producer does not let it in"},
    {"X1 CLOSED does not", TO_SQL_PSC, EDITS(SQL_PSC, STATUS("CLOSED")), "psc-endpoint",
     NOT_ACCEPTED, NULL},
    {"X1 NEEDS_ATTENTION does not", TO_SQL_PSC, EDITS(SQL_PSC, STATUS("NEEDS_ATTENTION")),
     "psc-endpoint", NOT_ACCEPTED, NULL},
    {"X1 a status that was not read", TO_SQL_PSC,
     EDITS(SQL_PSC, "compute.forwardingRule/ep:pscConnectionStatus"), "psc-endpoint",
     PL_HOP_UNKNOWN, "PSC_CONNECTION_NOT_ACCEPTED", NULL},
    {"X2 who was accepted stays so", TO_SQL_PSC, EDITS(SQL_PSC, ALLOWED("\"q\"")), "psc-endpoint",
     PL_HOP_PASS, NULL, NULL},
    {"S11 an endpoint's address in a variable says which one is the target's", TO_SQL_PSC,
     EDITS(SQL_PSC, ENV("DB_HOST", "10.99.9.9"), ENV("LEDGER_HOST", "10.0.0.50")), "wiring-host",
     PL_HOP_PASS, NULL,
     "LEDGER_HOST of run.service/api is 10.0.0.50, the endpoint compute.forwardingRule/ep of "
     "sql.instance/main"},
    {"S11 and so does its name, with the root's dot or without", TO_SQL_PSC,
     EDITS(SQL_PSC, ENV("DB_HOST", "10.99.9.9"), ENV("LEDGER_HOST", "a1b2.us-central1.sql.goog")),
     "wiring-host", PL_HOP_PASS, NULL,
     "LEDGER_HOST of run.service/api is a1b2.us-central1.sql.goog, an address of "
     "sql.instance/main"},
    {"X3 another region", TO_SQL_PSC,
     EDITS(SQL_PSC, "- compute.forwardingRule/ep", ENDPOINT("us-east1/ep", "10.0.0.50", "")),
     "psc-endpoint", PL_HOP_BLOCK, "FORWARDING_RULE_REGION_MISMATCH",
     "compute.forwardingRule/us-east1/ep is in us-east1 and without global access, the client in "
     "us-central1"},
    {"S11 no endpoint", TO_SQL_PSC,
     EDITS(SQL_PSC, "- compute.forwardingRule/ep", FRONT("x", "10.0.0.8", "\"ports\":[\"1\"]")),
     "psc-endpoint", PL_HOP_BLOCK, "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT",
     "no endpoint of network main leads to sql.instance/main, which is reached by Private Service "
     "Connect alone"},
    {"S11 endpoints that could not be listed", TO_SQL_PSC,
     EDITS(SQL_PSC, "- compute.forwardingRule/ep", "? compute.forwardingRule permission_denied"),
     "psc-endpoint", PL_HOP_UNKNOWN, "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT", NULL},
    {"S11 a snapshot that says nothing of endpoints proves none", TO_SQL_PSC,
     EDITS(SQL_PSC, "- compute.forwardingRule/ep", "~ written by hand"), "psc-endpoint",
     PL_HOP_UNKNOWN, "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT", NULL},
    {"S11 the name leads to the endpoint", TO_SQL_PSC, EDITS(SQL_PSC), "name", PL_HOP_PASS, NULL,
     "a1b2.us-central1.sql.goog. is 10.0.0.50 by dns.managedZone/sql"},
    {"S11 no record", TO_SQL_PSC, EDITS(SQL_PSC, "- dns.recordSet/sql/" SQL_DNS "/A"), "name",
     PL_HOP_BLOCK, "DNS_NAME_NOT_FOUND", NULL},
    {"S11 no zone", TO_SQL_PSC, EDITS(SQL_PSC, "- dns.managedZone/sql"), "name", PL_HOP_BLOCK,
     "DNS_NAME_NOT_FOUND",
     "no private zone that network main sees has a1b2.us-central1.sql.goog., and the public DNS "
     "does "
     "not know it"},
    {"S11 no zone, and Google makes them", TO_SQL_PSC,
     EDITS(SQL_PSC, "- dns.managedZone/sql",
           "sql.instance/main:settings.ipConfiguration.pscConfig.pscAutoDnsEnabled = true"),
     "name", PL_HOP_UNKNOWN, "DNS_NAME_NOT_FOUND", NULL},
    {"X1 a variable holds the endpoint's address", TO_SQL_PSC,
     EDITS(SQL_PSC, ENV("DB_HOST", "10.0.0.50")), "wiring-host", PL_HOP_PASS, NULL,
     "DB_HOST of run.service/api is 10.0.0.50, the endpoint compute.forwardingRule/ep of "
     "sql.instance/main"},
    {"X1 or that of another's", TO_SQL_PSC,
     EDITS(SQL_PSC, OWN_SERVICE, ENV("DB_HOST", "10.0.0.60")), "wiring-host", PL_HOP_BLOCK,
     "UNKNOWN_INTERNAL_ADDRESS",
     "DB_HOST of run.service/api is 10.0.0.60, the endpoint compute.forwardingRule/own, which does "
     "not lead to sql.instance/main"},
    {"an endpoint's address is the network's own", TO_SQL_PSC, EDITS(SQL_PSC), "route", PL_HOP_PASS,
     NULL, "compute.forwardingRule/ep is in network main itself"},
    {"no peering leads to it", TO_SQL_PSC, EDITS(SQL_PSC, "compute.network/main:peerings"),
     "peering", -1, NULL, NULL},
    {"X2 a list of projects at a service of one's own", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, "compute.forwardingRule/own:pscConnectionStatus = \"REJECTED\"",
           "compute.serviceAttachment/own:consumerAcceptLists = [{\"projectIdOrNum\":\"q\"}]"),
     "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/own is REJECTED: its producer does not list project p"},
    {"X2 a list of networks lets this one in: the status is not the list's", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, OWN_STATUS("REJECTED"), OWN("consumerAcceptLists", NETWORKS("main"))),
     "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/own is REJECTED: its producer does not let it in"},
    {"X2 or another one", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, OWN_STATUS("PENDING"), OWN("consumerAcceptLists", NETWORKS("other"))),
     "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/own is PENDING: its producer does not list the network of "
     "compute.forwardingRule/own"},
    {"X2 a list of endpoints without this one", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, OWN_STATUS("PENDING"),
           OWN("consumerAcceptLists", "[{\"endpointUrl\":\"projects/p/regions/us-central1/"
                                      "forwardingRules/x\"}]")),
     "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/own is PENDING: its producer does not list project p"},
    {"X2 who is on both lists is rejected", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, OWN_STATUS("REJECTED"), OWN("consumerRejectLists", "[\"p\"]")),
     "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/own is REJECTED: its producer rejects p"},
    {"X2 another one is rejected", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, OWN_STATUS("REJECTED"), OWN("consumerRejectLists", "[\"q\"]")),
     "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/own is REJECTED: its producer does not let it in"},
    {"X2 the limit is used up by another endpoint of the project", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, OWN_STATUS("PENDING"), OWN_SERVES("p", "x")), "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/own is PENDING: its producer serves as many connections of p as its "
     "limit of 1 allows"},
    {"X2 by one of another project it is not", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, OWN_STATUS("PENDING"), OWN_SERVES("q", "x")), "psc-endpoint", NOT_ACCEPTED,
     "compute.forwardingRule/own is PENDING: its producer does not let it in"},
    {"X2 nor by itself", TO_IP("10.0.0.60"),
     EDITS(OWN_SERVICE, OWN_STATUS("PENDING"), OWN_SERVES("p", "own")), "psc-endpoint",
     NOT_ACCEPTED, "compute.forwardingRule/own is PENDING: its producer does not let it in"},
    {"an internal load balancer of another region", TO_IP("10.0.0.40"),
     EDITS(FRONT("europe-west1/ilb", "10.0.0.40", "\"ports\":[\"8080\"]")), "psc-endpoint",
     PL_HOP_BLOCK, "FORWARDING_RULE_REGION_MISMATCH", NULL},
    {"one with global access", TO_IP("10.0.0.40"),
     EDITS(
         FRONT("europe-west1/ilb", "10.0.0.40", "\"ports\":[\"8080\"],\"allowGlobalAccess\":true")),
     "psc-endpoint", PL_HOP_PASS, NULL, NULL},
    {"two that share an address: one takes the port", TO_IP("10.0.0.40"),
     EDITS(FRONT("a", "10.0.0.40", "\"ports\":[\"8080\"]"),
           FRONT("b", "10.0.0.40", "\"ports\":[\"443\"]")),
     "psc-endpoint", PL_HOP_PASS, NULL, NULL},
    {"UDP alone", TO_IP("10.0.0.40"),
     EDITS(FRONT("a", "10.0.0.40", "\"IPProtocol\":\"UDP\",\"allPorts\":true")), "psc-endpoint",
     PL_HOP_BLOCK, "FORWARDING_RULE_MISMATCH", NULL},
};

static void endpoints_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

/* The status follows from the list: a list that is put right lets in who waits. */
static void a_status_is_an_effect(void **state)
{
    struct pl_arena *arena = *state;
    const struct pl_baseline *b = baseline_of(arena, TO_SQL_PSC);
    static const struct {
        const char *status;
        int verdict;
    } cases[] = {{"PENDING", PL_HOP_PASS}, {"REJECTED", PL_HOP_PASS}};
    for (size_t i = 0; i < PL_LEN(cases); i++) {
        const char *status = pl_arena_printf(arena, STATUS("%s"), cases[i].status);
        const struct pl_world *w = world_with(arena, EDITS(SQL_PSC, status, ALLOWED("\"q\"")));
        struct pl_view *view = pl_view_new(arena, w);
        struct pl_address address;
        struct pl_path path;
        address_of(arena,
                   "sql.instance/main:settings.ipConfiguration.pscConfig.allowedConsumerProjects",
                   &address, &path);
        pl_view_set(view, &address, &path, json_of(arena, "[\"p\"]"));
        struct pl_reach r = pl_reach_evaluate(view, pl_baseline_connection(b, "c"), b);
        assert_int_equal(hop_of(&r, "psc-endpoint")->verdict, cases[i].verdict);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(endpoints_as_google_says, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(a_status_is_an_effect, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
