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
    {"F7 and sourceRanges, of another subnetwork", TO_SQL,
     EDITS(DIRECT,
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"sourceRanges\":[\"10.0.1.0/"
                     "24\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"F7 of this one", TO_SQL,
     EDITS(DIRECT,
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"sourceRanges\":[\"10.0.0.0/"
                     "24\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"F7 of half of it: whose half is not known", TO_SQL,
     EDITS(DIRECT,
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"sourceRanges\":[\"10.0.0.0/"
                     "25\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE", NULL},
    {"F7 ingress to other addresses", TO_IP("10.0.0.9"),
     EDITS(RULE("d",
                "\"direction\":\"INGRESS\",\"priority\":10,\"destinationRanges\":[\"10.0.0.128/"
                "25\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_PASS, NULL, NULL},
    {"F7 ingress to this one", TO_IP("10.0.0.9"),
     EDITS(RULE("d", "\"direction\":\"INGRESS\",\"priority\":10,\"destinationRanges\":[\"10.0.0.0/"
                     "25\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
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
     "the connector's own rule (priority 1000) allows the connection into the network"},
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
     "network main carries firewall policy projects/p/global/firewallPolicies/guard, and which "
     "rules "
     "of policies are in effect was not read"},
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

/* ---- policies ---- */

#define EFFECTIVE(policies)                                                                        \
    "compute.network/main:effectiveFirewalls = {\"firewallPolicys\":[" policies "]}"
#define ORG(rules)                                                                                 \
    "{\"name\":\"880011223344\",\"shortName\":\"org-guard\",\"type\":\"HIERARCHY\",\"rules\":"     \
    "[" rules "]}"
#define FOLDER(rules)                                                                              \
    "{\"name\":\"990011223344\",\"shortName\":\"folder-guard\",\"type\":\"HIERARCHY\",\"rules\":"  \
    "[" rules "]}"
#define SYSTEM(rules) "{\"name\":\"gke-system\",\"type\":\"SYSTEM\",\"rules\":[" rules "]}"
#define REGIONAL(region, rules)                                                                    \
    "compute.network/main:regionalFirewalls = [{\"region\":\"" region                              \
    "\",\"firewallPolicys\":[{\"name\":\"1\",\"displayName\":\"google-guard\",\"type\":"           \
    "\"SYSTEM_REGIONAL\",\"rules\":[" rules "]}]}]"
#define OUT(priority, action, more)                                                                \
    "{\"priority\":" priority ",\"action\":\"" action "\",\"direction\":\"EGRESS\"" more "}"
#define ALL_OUT                                                                                    \
    ",\"match\":{\"destIpRanges\":[\"0.0.0.0/0\"],\"layer4Configs\":[{\"ipProtocol\":\"all\"}]}"
#define MATCH(more)                                                                                \
    ",\"match\":{\"layer4Configs\":[{\"ipProtocol\":\"tcp\",\"ports\":[\"5432\"]}]," more "}"
#define POLICY(place, name, rules)                                                                 \
    "compute.firewallPolicy/" place "/" name " = {\"name\":\"" name                                \
    "\",\"associations\":[{\"name\":\"a\",\"attachmentTarget\":\"https://www.googleapis.com/"      \
    "compute/v1/" NET "\"}],\"rules\":[" rules "]}"
#define BEFORE                                                                                     \
    "compute.network/main:networkFirewallPolicyEnforcementOrder = \"BEFORE_CLASSIC_FIREWALL\""
#define VPC_ALLOWS                                                                                 \
    RULE("a", "\"direction\":\"EGRESS\",\"priority\":10,\"allowed\":[{\"IPProtocol\":\"all\"}]")
#define VPC_DENIES                                                                                 \
    RULE("d", "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":\"all\"}]")
#define BLOCKED PL_HOP_BLOCK, "FIREWALL_RULE"
#define OPEN    PL_HOP_PASS, NULL

static const struct rule_row policies[] = {
    {"F1 a hierarchical policy comes before the network's rules", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("1000", "deny", ALL_OUT))), VPC_ALLOWS), "firewall-egress", BLOCKED,
     "rule 1000 of hierarchical firewall policy org-guard denies TCP 5432 to 10.68.0.3 out of "
     "network main"},
    {"F1 what it allows no rule of the network denies", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("1000", "allow", ALL_OUT))), VPC_DENIES), "firewall-egress", OPEN,
     "rule 1000 of hierarchical firewall policy org-guard allows TCP 5432 to 10.68.0.3 out of "
     "network main"},
    {"F15 Google's own policy of the region comes before the network's rules", TO_SQL,
     EDITS(EFFECTIVE(""), REGIONAL("us-central1", OUT("5", "deny", ALL_OUT)), VPC_ALLOWS),
     "firewall-egress", BLOCKED,
     "rule 5 of firewall policy google-guard denies TCP 5432 to 10.68.0.3 out of network main"},
    {"F15 and behind a hierarchical one", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("9", "allow", ALL_OUT))),
           REGIONAL("us-central1", OUT("5", "deny", ALL_OUT))),
     "firewall-egress", OPEN, NULL},
    {"F15 another region's says nothing", TO_SQL,
     EDITS(EFFECTIVE(""), REGIONAL("europe-west1", OUT("5", "deny", ALL_OUT)), VPC_ALLOWS),
     "firewall-egress", OPEN, NULL},
    {"F2 the organisation before the folder", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("2000", "allow", ALL_OUT)) "," FOLDER(OUT("1", "deny", ALL_OUT)))),
     "firewall-egress", OPEN, NULL},
    {"F3 goto_next asks the folder", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("1", "goto_next", ALL_OUT) "," OUT("2", "allow", ALL_OUT)) "," FOLDER(
         OUT("1", "deny", ALL_OUT)))),
     "firewall-egress", BLOCKED, NULL},
    {"F3 what matches nothing asks the next, too", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("1", "deny", MATCH("\"destIpRanges\":[\"10.69.0.0/16\"]")))),
           VPC_DENIES),
     "firewall-egress", BLOCKED,
     "compute.firewall/d denies TCP 5432 to 10.68.0.3 out of network main"},
    {"F3 in a policy the lower number wins, in whatever order they stand", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("20", "deny", ALL_OUT) "," OUT("10", "allow", ALL_OUT)))),
     "firewall-egress", OPEN, NULL},
    {"F3 inspection is not modelled", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "apply_security_profile_group", ALL_OUT)))), "firewall-egress",
     PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "rule 10 of hierarchical firewall policy org-guard: it hands the packet to a security profile "
     "group, whose "
     "inspection is not modelled"},
    {"F3 nor need it be, where another decides before", TO_SQL,
     EDITS(EFFECTIVE(
         ORG(OUT("9", "allow", ALL_OUT) "," OUT("10", "apply_security_profile_group", ALL_OUT)))),
     "firewall-egress", OPEN, NULL},
    {"F10 a disabled rule of a policy", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny", ALL_OUT ",\"disabled\":true")))), "firewall-egress",
     OPEN, NULL},
    {"F11 an ingress rule says nothing of egress", TO_SQL,
     EDITS(EFFECTIVE(ORG("{\"priority\":1,\"action\":\"deny\",\"direction\":\"INGRESS\"}"))),
     "firewall-egress", OPEN, NULL},
    {"F11 ports", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny",
                             ",\"match\":{\"destIpRanges\":[\"0.0.0.0/0\"],"
                             "\"layer4Configs\":[{\"ipProtocol\":\"tcp\","
                             "\"ports\":[\"5433-5500\"]}]}")))),
     "firewall-egress", OPEN, NULL},
    {"F11 another network's", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny",
                             ALL_OUT ",\"targetResources\":[\"https://www.googleapis.com/"
                                     "compute/v1/projects/p/global/networks/other\"]")))),
     "firewall-egress", OPEN, NULL},
    {"F11 this network's", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny",
                             ALL_OUT ",\"targetResources\":[\"https://www.googleapis.com/"
                                     "compute/v1/" NET "\"]")))),
     "firewall-egress", BLOCKED, NULL},
    {"F11 for proxies of load balancers", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny", ALL_OUT ",\"targetType\":\"INTERNAL_MANAGED_LB\"")))),
     "firewall-egress", OPEN, NULL},
    {"F11 domain names may be the destination's", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny", MATCH("\"destFqdns\":[\"db.example\"]"))))),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "rule 10 of hierarchical firewall policy org-guard: it matches by domain names"},
    {"F11 and need not be known where both say the same", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "allow", MATCH("\"destFqdns\":[\"db.example\"]"))))),
     "firewall-egress", OPEN, NULL},
    {"F11 ranges or names: either is enough", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny",
                             MATCH("\"destFqdns\":[\"db.example\"],\"destIpRanges\":["
                                   "\"10.68.0.0/16\"]"))))),
     "firewall-egress", BLOCKED, NULL},
    {"F11 no country has a private address", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny", MATCH("\"destRegionCodes\":[\"US\"]"))))),
     "firewall-egress", OPEN, NULL},
    {"F11 a public one may be of any", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC, EFFECTIVE(ORG(OUT("10", "deny", MATCH("\"destRegionCodes\":[\"US\"]"))))),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE", NULL},
    {"F11 or on a list of threats", TO_SQL_PUBLIC,
     EDITS(ALL_TRAFFIC,
           EFFECTIVE(ORG(OUT("10", "deny",
                             MATCH("\"destThreatIntelligences\":[\"iplist-tor-exit-nodes\"]"))))),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE", NULL},
    {"F11 an address group may hold any", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT(
         "10", "deny",
         MATCH("\"destAddressGroups\":[\"organizations/1/locations/global/addressGroups/x\"]"))))),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE", NULL},
    {"F11 a private address is not of the internet", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny", MATCH("\"destNetworkType\":\"INTERNET\""))))),
     "firewall-egress", OPEN, NULL},
    {"F11 the source's range", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny", MATCH("\"srcIpRanges\":[\"10.8.0.0/24\"]"))))),
     "firewall-egress", BLOCKED, NULL},
    {"F11 another source's", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny", MATCH("\"srcIpRanges\":[\"10.9.0.0/24\"]"))))),
     "firewall-egress", OPEN, NULL},
    {"F11, E9 secure tags are on nothing of Cloud Run", TO_SQL,
     EDITS(EFFECTIVE(ORG(OUT("10", "deny",
                             ALL_OUT ",\"targetSecureTags\":[{\"name\":\"tagValues/1\","
                                     "\"state\":\"EFFECTIVE\"}]")))),
     "firewall-egress", OPEN, NULL},
    {"F12 another's service account", TO_SQL,
     EDITS(DIRECT,
           EFFECTIVE(ORG(OUT("10", "deny", ALL_OUT ",\"targetServiceAccounts\":[\"web@p\"]")))),
     "firewall-egress", OPEN, NULL},
    {"F12, E9 its own", TO_SQL,
     EDITS(DIRECT,
           EFFECTIVE(ORG(OUT("10", "deny", ALL_OUT ",\"targetServiceAccounts\":[\"api@p\"]")))),
     "firewall-egress", PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "rule 10 of hierarchical firewall policy org-guard: it matches by the service account of a "
     "Direct VPC "
     "interface, which Google leaves open"},
    {"F11 secure tags of a machine are not seen", TO_IP("10.0.0.9"),
     EDITS(EFFECTIVE(ORG("{\"priority\":1,\"action\":\"deny\",\"direction\":\"INGRESS\","
                         "\"targetSecureTags\":[{\"name\":\"tagValues/1\"}]}"))),
     "firewall-ingress", PL_HOP_UNKNOWN, "FIREWALL_RULE",
     "rule 1 of hierarchical firewall policy org-guard: it matches by secure tags of the target"},
    {"F11 those without effect are none", TO_IP("10.0.0.9"),
     EDITS(EFFECTIVE(ORG("{\"priority\":1,\"action\":\"deny\",\"direction\":\"INGRESS\","
                         "\"targetSecureTags\":[{\"name\":\"tagValues/1\",\"state\":"
                         "\"INEFFECTIVE\"}]}"))),
     "firewall-ingress", OPEN, NULL},
    {"F15 a system policy comes behind the hierarchy, before the rules", TO_SQL,
     EDITS(EFFECTIVE(SYSTEM(OUT("1", "deny", ALL_OUT)) "," ORG(OUT("9", "goto_next", ALL_OUT))),
           VPC_ALLOWS),
     "firewall-egress", BLOCKED,
     "rule 1 of firewall policy gke-system denies TCP 5432 to 10.68.0.3 out of network main"},
    {"F1 a network policy comes behind the rules", TO_SQL,
     EDITS(EFFECTIVE(""), POLICY("global", "guard", OUT("1", "deny", ALL_OUT)), VPC_ALLOWS),
     "firewall-egress", OPEN, NULL},
    {"F1 but before the implied one", TO_SQL,
     EDITS(EFFECTIVE(""), POLICY("global", "guard", OUT("1", "deny", ALL_OUT))), "firewall-egress",
     BLOCKED,
     "rule 1 of compute.firewallPolicy/global/guard denies TCP 5432 to 10.68.0.3 out of network "
     "main"},
    {"F1 and before the rules where the network says so", TO_SQL,
     EDITS(EFFECTIVE(""), BEFORE, POLICY("global", "guard", OUT("1", "deny", ALL_OUT)), VPC_ALLOWS),
     "firewall-egress", BLOCKED, NULL},
    {"F1 global before regional", TO_SQL,
     EDITS(EFFECTIVE(""), POLICY("global", "guard", OUT("9", "allow", ALL_OUT)),
           POLICY("us-central1", "near", OUT("1", "deny", ALL_OUT))),
     "firewall-egress", OPEN, NULL},
    {"F14 a regional network policy is in no answer, and holds", TO_SQL,
     EDITS(EFFECTIVE(""), POLICY("us-central1", "near", OUT("1", "deny", ALL_OUT))),
     "firewall-egress", BLOCKED, NULL},
    {"F14 in its own region", TO_SQL,
     EDITS(EFFECTIVE(""), POLICY("europe-west1", "far", OUT("1", "deny", ALL_OUT))),
     "firewall-egress", OPEN, NULL},
    {"F14 policies that could not be listed", TO_SQL,
     EDITS(EFFECTIVE(""), "? compute.firewallPolicy permission_denied"), "firewall-egress",
     PL_HOP_UNKNOWN, "FIREWALL_RULE", "the firewall policies of project p were not all read"},
    {"F14 need not be, where a rule decides before them", TO_SQL,
     EDITS(EFFECTIVE(""), "? compute.firewallPolicy permission_denied", VPC_DENIES),
     "firewall-egress", BLOCKED, NULL},
    {"F1 a network policy counts as the resource has it, not as its effect", TO_SQL,
     EDITS(EFFECTIVE("{\"name\":\"guard\",\"type\":\"NETWORK\",\"rules\":[" OUT("1", "deny",
                                                                                ALL_OUT) "]}"),
           POLICY("global", "guard", OUT("1", "allow", ALL_OUT))),
     "firewall-egress", OPEN, NULL},
    {"F1 and as its effect, where that is all there is", TO_SQL,
     EDITS(EFFECTIVE(
         "{\"name\":\"guard\",\"type\":\"NETWORK\",\"rules\":[" OUT("1", "deny", ALL_OUT) "]}")),
     "firewall-egress", BLOCKED, NULL},
    {"F1 the policy of another network", TO_SQL,
     EDITS(EFFECTIVE(""), POLICY("global", "guard", OUT("1", "deny", ALL_OUT)),
           "compute.firewallPolicy/global/guard:associations = [{\"name\":\"a\","
           "\"attachmentTarget\":\"projects/p/global/networks/other\"}]"),
     "firewall-egress", OPEN, NULL},
    {"R7 the range over which Cloud Run and the connector talk, denied", TO_SQL,
     EDITS(RULE("deny", "\"direction\":\"INGRESS\",\"priority\":100,\"sourceRanges\":[\"35.199.224."
                        "0/19\"],\"denied\":[{\"IPProtocol\":\"tcp\"}]")),
     "connector", PL_HOP_BLOCK, "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED", NULL},
    {"R7 the range beside it", TO_SQL,
     EDITS(RULE("deny", "\"direction\":\"INGRESS\",\"priority\":100,\"sourceRanges\":[\"35.199.192."
                        "0/19\"],\"denied\":[{\"IPProtocol\":\"tcp\"}]")),
     "connector", PL_HOP_PASS, NULL, "vpcaccess.connector/conn is READY"},
    {"E6 a connector of another project has no rules of Google's", TO_IP("10.60.0.9"),
     EDITS(FOREIGN_CONNECTOR), "firewall-ingress", PL_HOP_BLOCK, "FIREWALL_RULE",
     "the implied rule denies the connection into the network"},
    {"E6 the host project has to let it in", TO_IP("10.60.0.9"),
     EDITS(FOREIGN_CONNECTOR, HOST_ALLOWS("10.8.0.0/28")), "firewall-ingress", PL_HOP_PASS, NULL,
     NULL},
    {"E6 nor for what keeps it alive: one that is in ERROR", TO_IP("10.60.0.9"),
     EDITS(FOREIGN_CONNECTOR, "vpcaccess.connector/conn:state = \"ERROR\""), "connector",
     PL_HOP_BLOCK, "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED",
     "the implied rule denies what keeps the connector alive (from 35.199.224.0/19, TCP 667)"},
    {"E6 one that is READY lives", TO_IP("10.60.0.9"), EDITS(FOREIGN_CONNECTOR), "connector",
     PL_HOP_PASS, NULL, "vpcaccess.connector/conn is READY"},
    {"E8 a deny for some of the subnet's addresses may hold or not", TO_SQL,
     EDITS(DIRECT, RULE("deny", "\"direction\":\"INGRESS\",\"priority\":10,\"sourceRanges\":["
                                "\"10.0.0.128/25\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"E8 towards a machine nobody knows", TO_IP("10.0.0.9"),
     EDITS(DIRECT, RULE("deny", "\"direction\":\"INGRESS\",\"priority\":10,\"sourceRanges\":["
                                "\"10.0.0.128/25\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_UNKNOWN, "FIREWALL_RULE", NULL},
    {"E8 a deny for the whole subnet holds", TO_IP("10.0.0.9"),
     EDITS(DIRECT, RULE("deny", "\"direction\":\"INGRESS\",\"priority\":10,\"sourceRanges\":["
                                "\"10.0.0.0/24\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-ingress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"E5 a policy that denies Google's own ranges kills the connector", TO_SQL,
     EDITS(EFFECTIVE(ORG("{\"priority\":1,\"action\":\"deny\",\"direction\":\"INGRESS\","
                         "\"match\":{\"srcIpRanges\":[\"35.199.224.0/19\"]}}"))),
     "connector", PL_HOP_BLOCK, "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED",
     "rule 1 of hierarchical firewall policy org-guard denies what keeps the connector alive (from "
     "35.199.224.0/19, TCP 667)"},
    {"F13 replies pass: an ingress policy says nothing of them", TO_SQL,
     EDITS(EFFECTIVE(ORG("{\"priority\":1,\"action\":\"deny\",\"direction\":\"INGRESS\","
                         "\"match\":{\"srcIpRanges\":[\"10.68.0.0/16\"]}}"))),
     "firewall-egress", OPEN, NULL},
    {"F18 the metadata server answers whatever the rules say",
     "connections: {c: {from: run.service/api, to: \"http://169.254.169.254\"}}\n",
     EDITS(ALL_TRAFFIC, EFFECTIVE(ORG(OUT("1", "deny", ALL_OUT)))), "firewall-egress", -1, NULL,
     NULL},
};

/* Why-not: what would have said otherwise is evidence, and what decides before it. */
static void what_lost_is_told(void **state)
{
    struct pl_reach r =
        reach_of(*state, TO_SQL, EDITS(EFFECTIVE(ORG(OUT("7", "deny", ALL_OUT))), VPC_ALLOWS));
    const struct pl_hop *h = hop_of(&r, "firewall-egress");
    assert_string_equal(h->field_short,
                        "compute.network/main:effectiveFirewalls.firewallPolicys[name=880011223344]"
                        ".rules[priority=7]");
    assert_int_equal(h->n_evidence, 2);
    assert_string_equal(h->evidence[0].field, "compute.firewall/a:priority");
    assert_string_equal(h->evidence[0].note,
                        "would allow it, and is not asked: rule 7 of "
                        "hierarchical firewall policy org-guard decides before "
                        "it");
    assert_string_equal(h->evidence[1].value, "deny");
}

/* The world of the edits with a gap at its network. */
static const struct pl_world *world_with_gap(struct pl_arena *arena, const char *const *edits,
                                             const char *field, const char *reason)
{
    struct pl_world_builder *builder = pl_world_builder_new(arena);
    const struct pl_world *base = world_with(arena, edits);
    const struct pl_unobserved gap = {
        .kind = pl_kind_find("compute.network"),
        .kind_name = "compute.network",
        .scope = "//compute.googleapis.com/projects/p/global/networks/main",
        .field = field,
        .reason = reason};
    pl_world_add_project(builder, "p");
    for (size_t i = 0; i < base->n_resources; i++)
        pl_world_add(builder, base->resources[i]);
    if (reason)
        pl_world_add_unobserved(builder, &gap);
    return pl_world_build(builder);
}

/* Policies that could not be read leave everything open; those that nobody asked for are said, and assumed to be none: of the organisation's
 * hierarchy, and of Google's own of the region once anybody asked for policies (where nobody has heard of that question there are none to
 * tell of). */
static void policies_that_were_not_read_are_not_known(void **state)
{
    static const char *const effective[] = {EFFECTIVE(""), NULL};
    static const struct {
        const char *const *edits;
        const char *field, *reason, *unknown, *assumed;
    } gaps[] = {
        {NULL, "effectiveFirewalls", NULL, NULL,
         "hierarchical firewall policies (organisation and folders), which were not observed"},
        {NULL, "effectiveFirewalls", "permission_denied",
         "which firewall policies of its organisation and folders hold for network main could not "
         "be read: permission_denied",
         "hierarchical firewall policies (organisation and folders), which were not observed"},
        {effective, "regionalFirewalls", NULL, NULL,
         "Google's own firewall policies of a region, which were not observed"},
        {effective, "regionalFirewalls", "not_found_scope", NULL,
         "Google's own firewall policies of a region, which were not observed"},
        {effective, "regionalFirewalls", "permission_denied",
         "which of Google's own firewall policies hold for network main in us-central1 could not "
         "be read: permission_denied",
         "Google's own firewall policies of a region, which were not observed"},
    };
    struct pl_arena *arena = *state;
    const struct pl_baseline *b = baseline_of(arena, TO_SQL);
    for (size_t k = 0; k < PL_LEN(gaps); k++) {
        const struct pl_world *world =
            world_with_gap(arena, gaps[k].edits, gaps[k].field, gaps[k].reason);
        struct pl_reach r =
            pl_reach_evaluate(pl_view_new(arena, world), pl_baseline_connection(b, "c"), b);
        const struct pl_hop *h = hop_of(&r, "firewall-egress");
        bool said = false;
        ROW("%s %s", gaps[k].field, gaps[k].reason ? gaps[k].reason : "not asked for");
        assert_int_equal(h->verdict, gaps[k].unknown ? PL_HOP_UNKNOWN : PL_HOP_PASS);
        if (gaps[k].unknown)
            assert_string_equal(h->text, gaps[k].unknown);
        for (size_t i = 0; i < r.n_not_modelled; i++)
            said = said || strcmp(r.not_modelled[i], gaps[k].assumed) == 0;
        assert_int_equal(said, !gaps[k].unknown);
    }
}

static void rules_decide_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
    check_rules(*state, policies, PL_LEN(policies));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rules_decide_as_google_says, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(what_lost_is_told, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(policies_that_were_not_read_are_not_known, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
