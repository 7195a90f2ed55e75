/* dns_record_set.c - resource record sets of Cloud DNS (v1), zone by zone.
 *
 * Names are as the API writes them, with the dot at the end. The order of the data of one set means nothing (RFC 2181, section 5).
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/dns/docs/reference/rest/v1/resourceRecordSets"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

#define RRSET "https://www.rfc-editor.org/rfc/rfc2181#section-5"

/* Load balancers and endpoints whose health a routing policy looks at. */
#define ROW_TARGETS(path)                                                                          \
    ROW_TYPE(path ".externalEndpoints", PL_T_CIDR, PL_F_SET, REST),                                \
        ROW_TYPE(path ".internalLoadBalancers[].ipAddress", PL_T_CIDR, 0, REST),                   \
        ROW_TYPE(path ".internalLoadBalancers[].networkUrl", PL_T_LINK, 0, REST)

static const char *const segments[] = {"zone", "name", "type", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("kind", SERVER, REST " (always dns#resourceRecordSet)"),
    ROW_FLAGS("name", PL_F_IMMUTABLE, REST),
    ROW_DEFAULT("routingPolicy.geo.enableFencing", "false", "discovery: boolean, absent is false"),
    ROW_ID("routingPolicy.geo.items", "location", REST),
    ROW_TARGETS("routingPolicy.geo.items[].healthCheckedTargets"),
    ROW_TYPE("routingPolicy.geo.items[].rrdatas", PL_T_RDATA, PL_F_SET, RRSET),
    ROW_FLAGS("routingPolicy.geo.items[].signatureRrdatas", CHANGES, REST),
    ROW_TYPE("routingPolicy.healthCheck", PL_T_LINK, 0, REST),
    ROW_DEFAULT("routingPolicy.primaryBackup.backupGeoTargets.enableFencing", "false",
                "discovery: boolean, absent is false"),
    ROW_ID("routingPolicy.primaryBackup.backupGeoTargets.items", "location", REST),
    ROW_TARGETS("routingPolicy.primaryBackup.backupGeoTargets.items[].healthCheckedTargets"),
    ROW_TYPE("routingPolicy.primaryBackup.backupGeoTargets.items[].rrdatas", PL_T_RDATA, PL_F_SET,
             RRSET),
    ROW_FLAGS("routingPolicy.primaryBackup.backupGeoTargets.items[].signatureRrdatas", CHANGES,
              REST),
    ROW_TARGETS("routingPolicy.primaryBackup.primaryTargets"),
    ROW_TARGETS("routingPolicy.wrr.items[].healthCheckedTargets"),
    ROW_TYPE("routingPolicy.wrr.items[].rrdatas", PL_T_RDATA, PL_F_SET, RRSET),
    ROW_FLAGS("routingPolicy.wrr.items[].signatureRrdatas", CHANGES, REST),
    ROW_TYPE("rrdatas", PL_T_RDATA, PL_F_SET, RRSET),
    {"signatureRrdatas", PL_T_UNKNOWN, NULL, NULL, CHANGES | PL_F_SET, REST},
    ROW_FLAGS("type", PL_F_IMMUTABLE, REST),
};

const struct pl_kind pl_kind_dns_record_set = {
    .name = "dns.recordSet",
    .title = "DNS records of one name and type",
    .segments = segments,
    .n_segments = 3,
    .domain = "name",
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/managedZones/{zone}/rrsets/{name}/{type}",
    .name_field = "name",
    .schema = &pl_schema_dns_ResourceRecordSet,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "dns.googleapis.com",
             .list_path = "/dns/v1/projects/{project}/managedZones/{zone}/rrsets",
             .items = "rrsets",
             .get_path = "/dns/v1/projects/{project}/managedZones/{zone}/rrsets/{name}/{type}",
             .page_size_param = "maxResults",
             .page_size = 1000,
             .how = PL_LIST_PER_PARENT,
             .parent = &pl_kind_dns_managed_zone,
             .permission = "dns.resourceRecordSets.list",
             .get_permission = "dns.resourceRecordSets.get",
             .role = "roles/dns.reader"},
    .doc = REST,
};
