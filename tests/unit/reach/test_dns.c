/* test_dns.c - names as the source's network sees them: which private zone answers, what a zone that does not have a name does, what records lead to.
 */
#include "worlds.h"

#define TO_NAME(name) "connections: {c: {from: run.service/api, to: \"https://" name "\"}}\n"
#define NOT_FOUND     PL_HOP_BLOCK, "DNS_NAME_NOT_FOUND"

static const struct rule_row rows[] = {
    {"no private zone covers the name", TO_NAME("db.example"), EDITS(ZONE("z", "example.com.")),
     "name", PL_HOP_PASS, NULL, "db.example is taken for a public name"},
    {"a suffix is one of whole labels", TO_NAME("baddb.example"), EDITS(ZONE("z", "db.example.")),
     "name", PL_HOP_PASS, NULL, "baddb.example is taken for a public name"},
    {"a record", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "db.example.", "A", "\"10.0.0.9\"")), "name",
     PL_HOP_PASS, NULL, "db.example is 10.0.0.9 by dns.managedZone/z"},
    {"in any case", TO_NAME("DB.Example"),
     EDITS(ZONE("z", "EXAMPLE."), RECORD("z", "db.example.", "A", "\"10.0.0.9\"")), "name",
     PL_HOP_PASS, NULL, NULL},
    {"and the address decides the way", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "db.example.", "A", "\"10.0.0.9\"")), "egress",
     PL_HOP_PASS, NULL, "the packet enters the VPC through the connector"},
    {"private shadows public: a name that the zone does not have is not there",
     TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "web.example.", "A", "\"10.0.0.9\"")), "name",
     NOT_FOUND,
     "network main sees the private zone dns.managedZone/z (example.), which has no record of "
     "db.example: the public DNS is not asked"},
    {"a zone of the parent's name takes every other Cloud Run URL away", TO_RUN,
     EDITS(ZONE("z", "a.run.app."), RECORD("z", "other-x-uc.a.run.app.", "A", "\"10.0.0.9\"")),
     "name", NOT_FOUND, NULL},
    {"a wildcard stands for it", TO_RUN,
     EDITS(ZONE("z", "a.run.app."), RECORD("z", "%2A.a.run.app.", "A", "\"199.36.153.8\"")), "name",
     PL_HOP_PASS, NULL, "auth-x-uc.a.run.app is 199.36.153.8 by dns.managedZone/z"},
    {"RFC 4592: a wildcard is no name for what is there", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "%2A.example.", "A", "\"10.0.0.9\""),
           RECORD("z", "db.example.", "TXT", "\"x\"")),
     "name", NOT_FOUND, NULL},
    {"an address of IPv6 alone is one", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "db.example.", "AAAA", "\"fd20::9\"")), "name",
     PL_HOP_UNKNOWN, "DNS_NAME_NOT_FOUND",
     "what db.example resolves to is not known: dns.managedZone/z has an IPv6 address of the name "
     "alone"},
    {"a zone's own name has SOA and NS, and no address for it", TO_NAME("db.example"),
     EDITS(ZONE("z", "db.example."), RECORD("z", "db.example.", "SOA", "\"ns. x. 1 1 1 1 1\"")),
     "name", NOT_FOUND, NULL},
    {"what is behind a name that is not there shows as nothing", TO_NAME("db.example"),
     EDITS(ZONE("z", "db.example.")), "egress", PL_HOP_NOT_APPLICABLE, NULL,
     "no packet is sent: the name leads nowhere"},
    {"no public name, of a zone that others see", TO_NAME("db.corp"),
     EDITS(ZONE("z", "corp."), "dns.managedZone/z:privateVisibilityConfig.networks = "
                               "[{\"networkUrl\":\"projects/p/global/networks/other\"}]"),
     "name", NOT_FOUND,
     "no private zone that network main sees covers db.corp, and that is no public name"},
    {"the same without a network", TO_NAME("db.corp"), EDITS(NO_VPC, ZONE("z", "corp.")), "name",
     NOT_FOUND,
     "db.corp is no public name, and run.service/api has no network whose private zones it could "
     "ask"},
    {"of no zone: a server policy may know it", TO_NAME("db.corp"), EDITS(ZONE("z", "other.")),
     "name", PL_HOP_UNKNOWN, "DNS_NAME_NOT_FOUND",
     "what db.corp resolves to is not known: no private zone covers it and no public DNS has "
     "it: what a server policy says is not read"},
    {"a machine's own name", TO_NAME("db.us-central1-a.c.p.internal"), NULL, "name", PL_HOP_UNKNOWN,
     "DNS_NAME_NOT_FOUND", NULL},
    {"RFC 4592: nor for its own parent", TO_NAME("example"),
     EDITS(ZONE("z", "example."), RECORD("z", "%2A.example.", "A", "\"10.0.0.9\"")), "name",
     NOT_FOUND, NULL},
    {"the longest suffix answers", TO_NAME("db.a.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "db.a.example.", "A", "\"10.0.0.9\""),
           ZONE("y", "a.example.")),
     "name", NOT_FOUND, NULL},
    {"a zone that the network does not see", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), "dns.managedZone/z:privateVisibilityConfig.networks = "
                                  "[{\"networkUrl\":\"projects/p/global/networks/other\"}]"),
     "name", PL_HOP_PASS, NULL, "db.example is taken for a public name"},
    {"P8 a private zone without a network resolves for nobody", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), "dns.managedZone/z:privateVisibilityConfig"), "name", PL_HOP_PASS,
     NULL, NULL},
    {"a public zone is the public's", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), "dns.managedZone/z:visibility = \"public\""), "name", PL_HOP_PASS,
     NULL, NULL},
    {"a workload without a network sees none", TO_NAME("db.example"),
     EDITS(NO_VPC, ZONE("z", "example.")), "name", PL_HOP_PASS, NULL, NULL},
    {"an alias is followed", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "db.example.", "CNAME", "\"pg.corp.\""),
           ZONE("y", "corp."), RECORD("y", "pg.corp.", "A", "\"10.0.0.9\"")),
     "name", PL_HOP_PASS, NULL, "db.example is 10.0.0.9 by dns.managedZone/y"},
    {"an alias to a name that is not there", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "db.example.", "CNAME", "\"pg.example.\"")), "name",
     NOT_FOUND, NULL},
    {"aliases in a circle", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "db.example.", "CNAME", "\"pg.example.\""),
           RECORD("z", "pg.example.", "CNAME", "\"db.example.\"")),
     "name", PL_HOP_UNKNOWN, "DNS_NAME_NOT_FOUND",
     "what db.example resolves to is not known: dns.managedZone/z is one of too many that lead to "
     "one another"},
    {"several addresses", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), RECORD("z", "db.example.", "A", "\"10.0.0.9\",\"10.0.0.10\"")),
     "name", PL_HOP_UNKNOWN, "DNS_NAME_NOT_FOUND", NULL},
    {"a forwarding zone", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), "dns.managedZone/z:forwardingConfig = "
                                  "{\"targetNameServers\":[{\"ipv4Address\":\"10.1.1.1\"}]}"),
     "name", PL_HOP_UNKNOWN, "DNS_FORWARDED",
     "what db.example resolves to is not known: dns.managedZone/z forwards to name servers whose "
     "answers are not read"},
    {"a peering zone asks the other network's zones", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."),
           "dns.managedZone/z:peeringConfig = "
           "{\"targetNetwork\":{\"networkUrl\":\"projects/p/global/networks/"
           "other\"}}",
           ZONE("y", "example."),
           "dns.managedZone/y:privateVisibilityConfig.networks = "
           "[{\"networkUrl\":\"projects/p/global/networks/other\"}]",
           RECORD("y", "db.example.", "A", "\"10.0.0.9\"")),
     "name", PL_HOP_PASS, NULL, "db.example is 10.0.0.9 by dns.managedZone/y"},
    {"zones that could not be listed", TO_NAME("db.example"),
     EDITS("? dns.managedZone permission_denied"), "name", PL_HOP_UNKNOWN, "DNS_NAME_NOT_FOUND",
     "what db.example resolves to is not known: the private zones that the network sees were not "
     "all read"},
    {"where Cloud DNS is off there are none", TO_NAME("db.example"),
     EDITS("? dns.managedZone api_disabled"), "name", PL_HOP_PASS, NULL, NULL},
    {"records that could not be listed", TO_NAME("db.example"),
     EDITS(ZONE("z", "example."), "? dns.recordSet permission_denied"), "name", PL_HOP_UNKNOWN,
     "DNS_NAME_NOT_FOUND", NULL},

    {"a variable's name that is the target's address", TO_SQL,
     EDITS(ENV("DB_HOST", "db.corp"), ZONE("z", "corp."),
           RECORD("z", "db.corp.", "A", "\"10.68.0.3\"")),
     "wiring-host", PL_HOP_PASS, NULL,
     "DB_HOST of run.service/api is db.corp, which is 10.68.0.3 by dns.managedZone/z, an address "
     "of "
     "sql.instance/main"},
    {"one whose record is another address", TO_SQL,
     EDITS(ENV("DB_HOST", "db.corp"), ZONE("z", "corp."),
           RECORD("z", "db.corp.", "A", "\"10.68.0.9\"")),
     "wiring-host", PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS",
     "DB_HOST of run.service/api is db.corp, and by dns.managedZone/z that is 10.68.0.9, which is "
     "no "
     "address of sql.instance/main"},
    {"one that the zone does not have", TO_SQL,
     EDITS(ENV("DB_HOST", "db.corp"), ZONE("z", "corp.")), "name", NOT_FOUND, NULL},

    {"private Google APIs: the VIP is reached inside the VPC", TO_RUN,
     EDITS(DIRECT, ZONE("z", "a.run.app."), RECORD("z", "%2A.a.run.app.", "A", "\"199.36.153.8\"")),
     "egress", PL_HOP_PASS, NULL, "the packet enters the VPC through a Direct VPC interface"},
    {"R8 and needs a way there", TO_RUN,
     EDITS(DIRECT, ZONE("z", "a.run.app."), RECORD("z", "%2A.a.run.app.", "A", "\"199.36.153.8\""),
           "- compute.route/default"),
     "route", PL_HOP_BLOCK, "NO_ROUTE", "no route of network main covers 199.36.153.8"},
    {"R8 as such a route is", TO_RUN,
     EDITS(DIRECT, ZONE("z", "a.run.app."), RECORD("z", "%2A.a.run.app.", "A", "\"199.36.153.8\""),
           "compute.route/default:destRange = \"199.36.153.8/30\""),
     "route", PL_HOP_PASS, NULL, NULL},
    {"C3 a request that passes the VPC is internal", TO_RUN,
     EDITS(DIRECT, ZONE("z", "a.run.app."), RECORD("z", "%2A.a.run.app.", "A", "\"199.36.153.8\""),
           "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""),
     "ingress", PL_HOP_PASS, NULL, NULL},
    {"an endpoint of Google's APIs", TO_RUN,
     EDITS(DIRECT, ZONE("z", "a.run.app."), RECORD("z", "%2A.a.run.app.", "A", "\"10.200.0.5\""),
           "compute.forwardingRule/global/apis = {\"name\":\"apis\",\"network\":\"" NET
           "\",\"IPAddress\":\"10.200.0.5\",\"target\":\"all-apis\"}"),
     "google-access", PL_HOP_PASS, NULL,
     "compute.forwardingRule/global/apis leads to Google's APIs"},
};

static void names_as_cloud_dns_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_as_cloud_dns_says, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
