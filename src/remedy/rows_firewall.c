/* rows_firewall.c - firewall rules, firewall policies, routes. Data only.
 *
 * Rules and routes hold no state: what of them is fixed is changed by deleting and making them again, whole.
 * https://cloud.google.com/firewall/docs/using-firewalls, https://cloud.google.com/vpc/docs/using-routes
 */
#include "remedy_priv.h"

#define NEW_ONLY "takes effect within seconds; connections that are open may be cut"
#define LIST     "replaces the whole list; " NEW_ONLY
#define POLICY                                                                                     \
    "gcloud compute network-firewall-policies rules update {key} --firewall-policy={name} "        \
    "{policyscope} --project={project} "
#define MATCH      "rules[].match."
#define EVERYWHERE "takes effect within seconds, in every network that the policy is attached to"
#define FIXED      "it is fixed: the rule has to be deleted and made again, whole"
#define RULE_CREATE                                                                                \
    "gcloud compute firewall-rules create {name} --project={project} --network={.network|near}"    \
    "[ --direction={.direction|}][ --priority={.priority|}]"
#define RULE_REST                                                                                  \
    "[ --source-ranges={.sourceRanges|list}][ --source-tags={.sourceTags|list}]"                   \
    "[ --source-service-accounts={.sourceServiceAccounts|list}]"                                   \
    "[ --destination-ranges={.destinationRanges|list}][ --target-tags={.targetTags|list}]"         \
    "[ --target-service-accounts={.targetServiceAccounts|list}]"                                   \
    "[ --{.disabled|?disabled/no-disabled}]"                                                       \
    "[ --{.logConfig.enable|?enable-logging/no-enable-logging}][ --description={.description|}]"
#define ROUTE_CREATE                                                                               \
    "gcloud compute routes create {name} --project={project} --network={.network|near} "           \
    "--destination-range={.destRange|}[ --priority={.priority|}][ --tags={.tags|list}]"            \
    "[ --description={.description|}]"

static const struct pl_remedy_row rule[] = {
    {.path = "disabled",
     .set = "--{|?disabled/no-disabled}",
     .unset = "--no-disabled",
     .risk = NEW_ONLY},
    {.path = "priority", .set = "--priority={|}", .unset = "--priority=1000", .risk = NEW_ONLY},
    {.path = "allowed...",
     .set = "--rules={|rules}",
     .terraform = "allow",
     .risk = LIST,
     .shows = "allowed",
     .says = "these: {|rules}"},
    {.path = "denied...",
     .set = "--rules={|rules}",
     .terraform = "deny",
     .risk = LIST,
     .shows = "denied",
     .says = "these: {|rules}"},
    {.path = "sourceRanges...",
     .set = "--source-ranges={|list}",
     .unset = "--source-ranges=",
     .risk = LIST "; without ranges, tags and accounts it holds for all sources"},
    {.path = "destinationRanges...",
     .set = "--destination-ranges={|list}",
     .unset = "--destination-ranges=",
     .risk = LIST "; without ranges it holds for all destinations"},
    {.path = "sourceTags...",
     .set = "--source-tags={|list}",
     .unset = "--source-tags=",
     .risk = LIST},
    {.path = "targetTags...",
     .set = "--target-tags={|list}",
     .unset = "--target-tags=",
     .risk = LIST "; without tags and accounts it holds for every machine of the network"},
    {.path = "sourceServiceAccounts...",
     .set = "--source-service-accounts={|list}",
     .unset = "--source-service-accounts=",
     .risk = LIST},
    {.path = "targetServiceAccounts...",
     .set = "--target-service-accounts={|list}",
     .unset = "--target-service-accounts=",
     .risk = LIST "; without tags and accounts it holds for every machine of the network"},
    {.path = "logConfig.enable",
     .set = "--{|?enable-logging/no-enable-logging}",
     .unset = "--no-enable-logging",
     .terraform = "log_config",
     .risk = "none for traffic; logs cost money"},
    {.path = "description", .set = "--description={|}", .risk = "none for traffic"},
    {.path = "direction", .risk = NEW_ONLY, .instead = FIXED},
    {.path = "network", .risk = NEW_ONLY, .instead = FIXED},
};

static const struct pl_remedy_row policy[] = {
    {.path = "rules[].action",
     .set = POLICY "--action={|}",
     .terraform = "(google_compute_network_firewall_policy_rule).action",
     .risk = EVERYWHERE},
    {.path = "rules[].disabled",
     .set = POLICY "--{|?disabled/no-disabled}",
     .unset = POLICY "--no-disabled",
     .terraform = "(google_compute_network_firewall_policy_rule).disabled",
     .risk = EVERYWHERE},
    {.path = "rules[].direction",
     .set = POLICY "--direction={|}",
     .terraform = "(google_compute_network_firewall_policy_rule).direction",
     .risk = EVERYWHERE},
    {.path = MATCH "srcIpRanges...",
     .set = POLICY "--src-ip-ranges={|list}",
     .terraform = "(google_compute_network_firewall_policy_rule).match.src_ip_ranges",
     .risk = "replaces the whole list; " EVERYWHERE},
    {.path = MATCH "destIpRanges...",
     .set = POLICY "--dest-ip-ranges={|list}",
     .terraform = "(google_compute_network_firewall_policy_rule).match.dest_ip_ranges",
     .risk = "replaces the whole list; " EVERYWHERE},
    {.path = MATCH "layer4Configs...",
     .set = POLICY "--layer4-configs={|layer4}",
     .terraform = "(google_compute_network_firewall_policy_rule).match.layer4_configs",
     .risk = "replaces the whole list; " EVERYWHERE},
    {.path = MATCH "srcFqdns...",
     .set = POLICY "--src-fqdns={|list}",
     .terraform = "(google_compute_network_firewall_policy_rule).match.src_fqdns",
     .risk = "replaces the whole list; " EVERYWHERE},
    {.path = MATCH "destFqdns...",
     .set = POLICY "--dest-fqdns={|list}",
     .terraform = "(google_compute_network_firewall_policy_rule).match.dest_fqdns",
     .risk = "replaces the whole list; " EVERYWHERE},
    {.path = "rules[].targetServiceAccounts...",
     .set = POLICY "--target-service-accounts={|list}",
     .terraform = "(google_compute_network_firewall_policy_rule).target_service_accounts",
     .risk = "replaces the whole list; " EVERYWHERE},
    {.path = "rules[]",
     .set = "gcloud compute network-firewall-policies rules create {key} --firewall-policy={name} "
            "{policyscope} --project={project} --action={^action|} --direction={^direction|} "
            "--layer4-configs={^match.layer4Configs|layer4}"
            "[ --src-ip-ranges={^match.srcIpRanges|list}]"
            "[ --dest-ip-ranges={^match.destIpRanges|list}]"
            "[ --target-service-accounts={^targetServiceAccounts|list}]"
            "[ --{^disabled|?disabled/no-disabled}]",
     .unset =
         "gcloud compute network-firewall-policies rules delete {key} --firewall-policy={name} "
         "{policyscope} --project={project}",
     .shows = "rules[].priority",
     .says = "{key}, among others",
     .terraform = "(google_compute_network_firewall_policy_rule)",
     .risk = EVERYWHERE,
     .instead =
         "make it with `gcloud compute network-firewall-policies rules create`: the baseline "
         "does not say its action, direction and protocols"},
    {.path = "associations[]...",
     .unset = "gcloud compute network-firewall-policies associations delete --name={key} "
              "--firewall-policy={name} {policyscope} --project={project}",
     .set = "gcloud compute network-firewall-policies associations create --name={key} "
            "--firewall-policy={name} {policyscope} --project={project} "
            "--network={^attachmentTarget|last}",
     .shows = "associations[].name",
     .says = "{key}, among others",
     .terraform = "(google_compute_network_firewall_policy_association)",
     .risk = "all its rules hold, or hold no more, for that network within seconds"},
};

static const struct pl_remedy_row route[] = {
    {.path = "...",
     .shows = NULL,
     .risk =
         "takes effect within a minute for all traffic of the network: between the two commands "
         "the next best route counts",
     .instead = "a route is fixed: it has to be deleted and made again, whole"},
};

static const struct pl_remedy_kind kinds[] = {
    {.kind = "compute.firewall",
     .order = 30,
     .update = "gcloud compute firewall-rules update {name} --project={project}",
     .look = "gcloud compute firewall-rules describe {name} --project={project}",
     .create = RULE_CREATE " --action=ALLOW --rules={.allowed|rules}" RULE_REST " || " RULE_CREATE
                           " --action=DENY --rules={.denied|rules}" RULE_REST,
     .remove = "gcloud compute firewall-rules delete {name} --project={project}",
     .create_risk = NEW_ONLY,
     .create_instead = "the baseline does not say its network, and what it allows or denies",
     .remove_risk = NEW_ONLY "; `gcloud compute firewall-rules update --disabled` tries it first",
     .terraform = "google_compute_firewall",
     .stateless = true,
     PL_REMEDY_ROWS(rule),
     .source = "https://cloud.google.com/firewall/docs/using-firewalls "
               "https://cloud.google.com/sdk/gcloud/reference/compute/firewall-rules/update"},
    {.kind = "compute.firewallPolicy",
     .order = 30,
     .look = "gcloud compute network-firewall-policies describe {name} {scope} --project={project}",
     .remove = "gcloud compute network-firewall-policies delete {name} {scope} --project={project}",
     .create_risk = EVERYWHERE,
     .create_instead = "make it with `gcloud compute network-firewall-policies create`, then its "
                       "rules and its associations",
     .remove_risk = "all its rules go: what is attached to it has to be detached first",
     .terraform = "google_compute_network_firewall_policy",
     .terraform_region = "google_compute_region_network_firewall_policy",
     PL_REMEDY_ROWS(policy),
     .source =
         "https://cloud.google.com/firewall/docs/use-network-firewall-policies "
         "https://cloud.google.com/sdk/gcloud/reference/compute/network-firewall-policies/rules/"
         "update"},
    {.kind = "compute.route",
     .order = 26,
     .look = "gcloud compute routes describe {name} --project={project}",
     .create = ROUTE_CREATE
     " --next-hop-gateway={.nextHopGateway|last} || " ROUTE_CREATE
     " --next-hop-address={.nextHopIp|} || " ROUTE_CREATE
     " --next-hop-instance={.nextHopInstance|last} "
     "--next-hop-instance-zone={.nextHopInstance|zone} || " ROUTE_CREATE
     " --next-hop-vpn-tunnel={.nextHopVpnTunnel|last} "
     "--next-hop-vpn-tunnel-region={.nextHopVpnTunnel|region} || " ROUTE_CREATE
     " --next-hop-ilb={.nextHopIlb|last} "
     "--next-hop-ilb-region={.nextHopIlb|region} || " ROUTE_CREATE " --next-hop-ilb={.nextHopIlb|}",
     .remove = "gcloud compute routes delete {name} --project={project}",
     .create_risk = "takes effect within a minute for all traffic of the network",
     .create_instead = "the baseline does not say its network, destination and next hop",
     .remove_risk = "takes effect within a minute for all traffic of the network: the next best "
                    "route counts, or none",
     .terraform = "google_compute_route",
     .stateless = true,
     PL_REMEDY_ROWS(route),
     .source = "https://cloud.google.com/vpc/docs/using-routes "
               "https://cloud.google.com/sdk/gcloud/reference/compute/routes/create"},
};

const struct pl_remedy_family pl_remedy_firewall = {kinds, PL_LEN(kinds)};
