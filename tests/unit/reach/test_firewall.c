/* test_firewall.c - rules F1 to F10, F17, E5, E7 and E9: which of a network's rules decides on a packet.
 */
#include "worlds.h"

static const struct rule_row rows[] = {
    {"C3 run.app is public: a deny of private ranges does not match", TO_RUN,
     EDITS(ALL_TRAFFIC, RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,"
                                  "\"destinationRanges\":[\"10.0.0.0/8\"],"
                                  "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"C3 one of everything does", TO_RUN,
     EDITS(ALL_TRAFFIC, RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,"
                                  "\"destinationRanges\":[\"0.0.0.0/0\"],"
                                  "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"C3 one of public ranges may", TO_RUN,
     EDITS(ALL_TRAFFIC, RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,"
                                  "\"destinationRanges\":[\"34.0.0.0/8\"],"
                                  "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE", NULL},
    {"F6 implied: egress is allowed", TO_SQL, NULL, "firewall-egress", PL_HOP_PASS, NULL,
     "the implied rule allows TCP 5432 to 10.68.0.3 out of network main"},
    {"F4 the lower number wins: allow before deny", TO_SQL,
     EDITS(RULE("a",
                "\"direction\":\"EGRESS\",\"priority\":10,\"allowed\":[{\"IPProtocol\":\"all\"}]"),
           RULE("d",
                "\"direction\":\"EGRESS\",\"priority\":20,\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL,
     "compute.firewall/a allows TCP 5432 to 10.68.0.3 out of network main"},
    {"F4 the lower number wins: deny before allow", TO_SQL,
     EDITS(RULE("a",
                "\"direction\":\"EGRESS\",\"priority\":20,\"allowed\":[{\"IPProtocol\":\"all\"}]"),
           RULE("d",
                "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE",
     "compute.firewall/d denies TCP 5432 to 10.68.0.3 out of network main"},
    {"F4 at the same number deny wins", TO_SQL,
     EDITS(RULE("a",
                "\"direction\":\"EGRESS\",\"priority\":10,\"allowed\":[{\"IPProtocol\":\"all\"}]"),
           RULE("d",
                "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"F4 the default priority is 1000", TO_SQL,
     EDITS(
         RULE("a",
              "\"direction\":\"EGRESS\",\"priority\":1001,\"allowed\":[{\"IPProtocol\":\"all\"}]"),
         RULE("d", "\"direction\":\"EGRESS\",\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"F5 specificity does not matter", TO_SQL,
     EDITS(RULE("a", "\"direction\":\"EGRESS\",\"priority\":20,\"destinationRanges\":[\"10.68.0.3/"
                     "32\"],\"targetTags\":[\"vpc-connector\"],\"allowed\":[{\"IPProtocol\":"
                     "\"tcp\",\"ports\":[\"5432\"]}]"),
           RULE("d",
                "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"F7 egress matches destinationRanges", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"destinationRanges\":[\"10.69.0.0/"
                     "16\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"F7 a prefix covers its addresses", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"destinationRanges\":[\"10.64.0.0/"
                     "13\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"F7 an ingress rule says nothing of egress", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"INGRESS\",\"priority\":0,\"sourceRanges\":[\"0.0.0.0/"
                     "0\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"F7 sourceRanges or sourceTags: either is enough", TO_IP("10.0.0.9"),
     EDITS(RULE("d",
                "\"direction\":\"INGRESS\",\"priority\":10,\"sourceRanges\":[\"10.9.0.0/"
                "16\"],\"sourceTags\":[\"vpc-connector\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"F7 a service account is no source of a connector's packet", TO_IP("10.0.0.9"),
     EDITS(RULE("d", "\"direction\":\"INGRESS\",\"priority\":10,\"sourceServiceAccounts\":[\"api@"
                     "p\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_PASS, NULL, NULL},
    {"F8 another target's tag", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"targetTags\":[\"vm\"],\"denied\":["
                     "{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"F8, E7 the universal tag of connectors", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"targetTags\":[\"vm\",\"vpc-"
                     "connector\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"E7 the connector's own tag", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"targetTags\":[\"vpc-connector-us-"
                     "central1-conn\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"E7 another connector's tag", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"targetTags\":[\"vpc-connector-us-"
                     "central1-conn2\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"F8 a target service account is no connector's", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"targetServiceAccounts\":[\"api@"
                     "p\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"E9 a Direct VPC interface and its service account", TO_SQL,
     EDITS(DIRECT, RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"targetServiceAccounts\":["
                             "\"api@p\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE", NULL},
    {"E9 another's service account", TO_SQL,
     EDITS(DIRECT, RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"targetServiceAccounts\":["
                             "\"web@p\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"E9 tags of a Direct VPC interface hold for egress", TO_SQL,
     EDITS(DIRECT, RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"targetTags\":[\"web\"],"
                             "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"E9 and are undefined in ingress", TO_IP("10.0.0.9"),
     EDITS(DIRECT,
           RULE("a", "\"direction\":\"INGRESS\",\"priority\":10,\"sourceTags\":[\"web\"],"
                     "\"allowed\":[{\"IPProtocol\":\"all\"}]"),
           RULE("d", "\"direction\":\"INGRESS\",\"priority\":20,\"sourceRanges\":[\"0.0.0.0/"
                     "0\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_UNKNOWN, "INGRESS_FIREWALL_TAGS_UNSUPPORTED_BY_DIRECT_VPC_EGRESS",
     "compute.firewall/a: it matches by tags of a Direct VPC interface, which Google leaves "
     "undefined"},
    {"F10 a disabled rule does not exist", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"disabled\":true,\"denied\":[{"
                     "\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"F6 implied: ingress is denied", TO_IP("10.0.0.9"),
     EDITS(DIRECT, "- compute.firewall/internal"), "firewall-ingress", PL_HOP_BLOCK,
     "FIREWALL_RULE", "the implied rule denies the connection into the network"},
    {"E5 the connector's own rule comes before the implied one", TO_IP("10.0.0.9"),
     EDITS("- compute.firewall/internal"), "firewall-ingress", PL_HOP_PASS, NULL,
     "the connector's own rule (priority 1000) allows it before any deny does"},
    {"E5 a deny at 1000 ties with it, and wins", TO_IP("10.0.0.9"),
     EDITS(RULE(
         "d", "\"direction\":\"INGRESS\",\"priority\":1000,\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"E5 a deny at 1001 does not", TO_IP("10.0.0.9"),
     EDITS(RULE(
         "d", "\"direction\":\"INGRESS\",\"priority\":1001,\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_PASS, NULL, NULL},
    {"F17 ingress rules do not hold for Cloud SQL's network", TO_SQL,
     EDITS(RULE("d",
                "\"direction\":\"INGRESS\",\"priority\":0,\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_NOT_APPLICABLE, NULL,
     "the destination is not inside this network: its owner's rules are not ours to read"},
    {"a rule of another network", TO_SQL,
     EDITS(
         "compute.firewall/d = "
         "{\"network\":\"projects/p/global/networks/"
         "other\",\"direction\":\"EGRESS\",\"priority\":1,\"denied\":[{\"IPProtocol\":\"all\"}]}"),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"other protocols", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":1,\"denied\":[{\"IPProtocol\":\"udp\"},"
                     "{\"IPProtocol\":\"icmp\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"protocol by number, range of ports", TO_SQL,
     EDITS(RULE("d", "\"direction\":\"EGRESS\",\"priority\":1,\"denied\":[{\"IPProtocol\":\"6\","
                     "\"ports\":[\"5000-5500\"]}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"rules that could not be read", TO_SQL, EDITS("? compute.firewall permission_denied"),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "firewall rules: the network's rules were not all read"},
    {"a public name: a deny of private ranges does not hold it", TO_WEB,
     EDITS(ALL_TRAFFIC,
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":1,\"destinationRanges\":[\"10.0.0.0/"
                     "8\",\"192.168.0.0/16\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"a public name: a deny of a public range may", TO_WEB,
     EDITS(ALL_TRAFFIC, RULE("d", "\"direction\":\"EGRESS\",\"priority\":1,\"destinationRanges\":["
                                  "\"93.184.0.0/16\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "compute.firewall/d: whether it matches cannot be told from what was observed"},
    {"of two that may match the one that says otherwise counts", TO_WEB,
     EDITS(ALL_TRAFFIC,
           RULE("a", "\"direction\":\"EGRESS\",\"priority\":1,\"destinationRanges\":[\"93.184.0.0/"
                     "16\"],\"allowed\":[{\"IPProtocol\":\"all\"}]"),
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":2,\"destinationRanges\":[\"93.0.0.0/"
                     "8\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "compute.firewall/d: whether it matches cannot be told from what was observed"},
    {"F1 a policy behind the rules: what no rule decides is not known", TO_SQL,
     EDITS("compute.network/main:firewallPolicy = "
           "\"https://www.googleapis.com/compute/v1/projects/p/global/firewallPolicies/guard\""),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "network main carries firewall policy projects/p/global/firewallPolicies/guard, which is not "
     "modelled"},
    {"F1 a rule that matches decides before it", TO_SQL,
     EDITS("compute.network/main:firewallPolicy = "
           "\"https://www.googleapis.com/compute/v1/projects/p/global/firewallPolicies/guard\"",
           RULE("d",
                "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"F1 a policy before the rules: nothing is known", TO_SQL,
     EDITS("compute.network/main:firewallPolicy = "
           "\"https://www.googleapis.com/compute/v1/projects/p/global/firewallPolicies/guard\"",
           RULE("d",
                "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":\"all\"}]"),
           "compute.network/main:networkFirewallPolicyEnforcementOrder = "
           "\"BEFORE_CLASSIC_FIREWALL\""),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE", NULL},
    {"a network that was not read may carry one", TO_SQL,
     EDITS("- compute.network/main", "? compute.network permission_denied"), "firewall-egress",
     PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "whether network main carries a firewall policy is not known: it could not be read: "
     "permission_denied"},
};

static void rules_decide_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rules_decide_as_google_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
