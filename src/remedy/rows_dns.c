/* rows_dns.c - Cloud DNS: zones and records. Data only.
 */
#include "remedy_priv.h"

#define TTL   "resolvers keep old answers for as long as their TTL says"
#define FIXED "it is fixed: make another zone beside it, copy the records, then delete this one"

static const struct pl_remedy_row zone[] = {
    {.path = "privateVisibilityConfig...",
     .set = "--networks={.privateVisibilityConfig.networks|networkurls}",
     .shows = "privateVisibilityConfig.networks[].networkUrl",
     .says = "all of {.privateVisibilityConfig.networks|networkurls}",
     .terraform = "private_visibility_config",
     .risk =
         "replaces the whole list: networks that it does not name no longer see the zone; " TTL},
    {.path = "forwardingConfig...",
     .set = "--forwarding-targets={.forwardingConfig.targetNameServers|servers}",
     .shows = "forwardingConfig.targetNameServers[].ipv4Address",
     .says = "{.forwardingConfig.targetNameServers|shown}",
     .terraform = "forwarding_config",
     .risk = "replaces the whole list; " TTL,
     .instead = "servers by name or by IPv6 are set in Terraform or by the API"},
    {.path = "peeringConfig...",
     .set = "--target-network={.peeringConfig.targetNetwork.networkUrl|last} "
            "--target-project={.peeringConfig.targetNetwork.networkUrl|project}",
     .shows = "peeringConfig.targetNetwork.networkUrl",
     .says = "{.peeringConfig.targetNetwork.networkUrl|last}, at the end of a link",
     .terraform = "peering_config",
     .risk = "names are answered as that network sees them; " TTL},
    {.path = "dnssecConfig.state",
     .set = "--dnssec-state={|}",
     .risk = "turned off before the parent zone drops its DS record, the zone's names fail"},
    {.path = "description", .set = "--description={|}", .risk = "none for answers"},
    {.path = "labels.*",
     .set = "--update-labels={|keyed}",
     .unset = "--remove-labels={keys}",
     .risk = "none for answers"},
    {.path = "dnsName", .risk = "its names are gone meanwhile; " TTL, .instead = FIXED},
    {.path = "visibility", .risk = "its names are gone meanwhile; " TTL, .instead = FIXED},
};

static const struct pl_remedy_row record[] = {
    {.path = "rrdatas...",
     .set = "--rrdatas={|list}",
     .says = "{|shown}, in any order",
     .risk = "replaces all data of the record; " TTL},
    {.path = "ttl", .set = "--ttl={|} --rrdatas={.rrdatas|list}", .risk = TTL},
    {.path = "routingPolicy...",
     .terraform = "routing_policy",
     .risk = TTL,
     .instead = "a policy is set with options of its own: `gcloud dns record-sets update "
                "--routing-policy-type`"},
};

static const struct pl_remedy_kind kinds[] = {
    {.kind = "dns.managedZone",
     .order = 34,
     .update = "gcloud dns managed-zones update {name} --project={project}",
     .look = "gcloud dns managed-zones describe {name} --project={project}",
     .create = "gcloud dns managed-zones create {name} --project={project} --dns-name={.dnsName|} "
               "--description={name} --visibility=private "
               "--networks={.privateVisibilityConfig.networks|networkurls}"
               "[ --forwarding-targets={.forwardingConfig.targetNameServers|servers}] || "
               "gcloud dns managed-zones create {name} --project={project} --dns-name={.dnsName|} "
               "--description={name} --visibility={.visibility|=public:public}",
     .remove = "gcloud dns managed-zones delete {name} --project={project}",
     .create_risk =
         "an empty zone answers all names below it with nothing: add its records at once",
     .create_instead = "the baseline does not say its name, visibility and networks",
     .remove_risk = "names in it are answered by the next longer zone or the public DNS; its "
                    "records have to go first; " TTL,
     .implied = "visibility description",
     .terraform = "google_dns_managed_zone",
     PL_REMEDY_ROWS(zone),
     .source = "https://cloud.google.com/sdk/gcloud/reference/dns/managed-zones/update"},
    {.kind = "dns.recordSet",
     .order = 36,
     .update = "gcloud dns record-sets update {second} --type={name} --zone={parent} "
               "--project={project}",
     .look = "gcloud dns record-sets describe {second} --type={name} --zone={parent} "
             "--project={project}",
     .create = "gcloud dns record-sets create {second} --type={name} --zone={parent} "
               "--project={project} --rrdatas={.rrdatas|list}[ --ttl={.ttl|}]",
     .remove = "gcloud dns record-sets delete {second} --type={name} --zone={parent} "
               "--project={project}",
     .create_risk = "resolvers that asked before keep for a while that there is none",
     .create_instead = "the baseline does not say its data (rrdatas)",
     .remove_risk = TTL,
     .implied = "type",
     .terraform = "google_dns_record_set",
     PL_REMEDY_ROWS(record),
     .source = "https://cloud.google.com/sdk/gcloud/reference/dns/record-sets/update"},
};

const struct pl_remedy_family pl_remedy_dns = {kinds, PL_LEN(kinds)};
