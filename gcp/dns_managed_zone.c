/* dns_managed_zone.c - zones of Cloud DNS (v1): public and private ones, those that forward and those that peer.
 *
 * The records of a zone are another kind. Response policies and server policies are not read.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/dns/docs/reference/rest/v1/managedZones"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"zone", NULL};

static const struct pl_field_row fields[] = {
    ROW_DEFAULT("cloudLoggingConfig.enableLogging", "false", "discovery: false by default"),
    ROW_FLAGS("cloudLoggingConfig.kind", SERVER, REST " (always dns#...)"),
    ROW_FLAGS("creationTime", CHANGES, REST),
    ROW_FLAGS("dnsName", PL_F_IMMUTABLE,
              "https://cloud.google.com/dns/docs/zones (the DNS name of a zone cannot change)"),
    ROW_ID("dnssecConfig.defaultKeySpecs", "keyType", REST),
    ROW_FLAGS("dnssecConfig.defaultKeySpecs[].kind", SERVER, REST " (always dns#...)"),
    ROW_FLAGS("dnssecConfig.kind", SERVER, REST " (always dns#...)"),
    ROW_DEFAULT("dnssecConfig.state", "\"off\"",
                "https://cloud.google.com/dns/docs/dnssec-config (off unless turned on)"),
    ROW_FLAGS("forwardingConfig.kind", SERVER, REST " (always dns#...)"),
    ROW_ID("forwardingConfig.targetNameServers", "ipv4Address+ipv6Address+domainName", REST),
    ROW_DEFAULT("forwardingConfig.targetNameServers[].forwardingPath", "\"default\"",
                "discovery: unset is the same as default"),
    ROW_TYPE("forwardingConfig.targetNameServers[].ipv4Address", PL_T_CIDR, 0, REST),
    ROW_TYPE("forwardingConfig.targetNameServers[].ipv6Address", PL_T_CIDR, 0, REST),
    ROW_FLAGS("forwardingConfig.targetNameServers[].kind", SERVER, REST " (always dns#...)"),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, REST " (always dns#...)"),
    {"nameServers", PL_T_UNKNOWN, NULL, NULL, SERVER | PL_F_SET, REST},
    ROW_FLAGS("peeringConfig.kind", SERVER, REST " (always dns#...)"),
    ROW_FLAGS("peeringConfig.targetNetwork.deactivateTime", CHANGES, REST),
    ROW_FLAGS("peeringConfig.targetNetwork.kind", SERVER, REST " (always dns#...)"),
    ROW_TYPE("peeringConfig.targetNetwork.networkUrl", PL_T_LINK, 0, REST),
    ROW_ID("privateVisibilityConfig.gkeClusters", "gkeClusterName", REST),
    ROW_TYPE("privateVisibilityConfig.gkeClusters[].gkeClusterName", PL_T_LINK, 0, REST),
    ROW_FLAGS("privateVisibilityConfig.gkeClusters[].kind", SERVER, REST " (always dns#...)"),
    ROW_FLAGS("privateVisibilityConfig.kind", SERVER, REST " (always dns#...)"),
    ROW_ID("privateVisibilityConfig.networks", "networkUrl", REST),
    ROW_FLAGS("privateVisibilityConfig.networks[].kind", SERVER, REST " (always dns#...)"),
    ROW_TYPE("privateVisibilityConfig.networks[].networkUrl", PL_T_LINK, 0, REST),
    ROW_FLAGS("reverseLookupConfig.kind", SERVER, REST " (always dns#...)"),
    ROW_FLAGS("serviceDirectoryConfig.kind", SERVER, REST " (always dns#...)"),
    ROW_FLAGS("serviceDirectoryConfig.namespace.deletionTime", CHANGES, REST),
    ROW_FLAGS("serviceDirectoryConfig.namespace.kind", SERVER, REST " (always dns#...)"),
    ROW_TYPE("serviceDirectoryConfig.namespace.namespaceUrl", PL_T_LINK, 0, REST),
    {"visibility", PL_T_UNKNOWN, NULL, "\"public\"", PL_F_IMMUTABLE,
     "https://cloud.google.com/dns/docs/zones (public unless made private)"},
};

const struct pl_kind pl_kind_dns_managed_zone = {
    .name = "dns.managedZone",
    .title = "Cloud DNS zone",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/managedZones/{zone}",
    .name_field = "name",
    .schema = &pl_schema_dns_ManagedZone,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "dns.googleapis.com",
             .list_path = "/dns/v1/projects/{project}/managedZones",
             .items = "managedZones",
             .get_path = "/dns/v1/projects/{project}/managedZones/{zone}",
             .page_size_param = "maxResults",
             .page_size = 1000,
             .how = PL_LIST_PLAIN,
             .permission = "dns.managedZones.list",
             .get_permission = "dns.managedZones.get",
             .role = "roles/dns.reader"},
    .doc = REST,
};
