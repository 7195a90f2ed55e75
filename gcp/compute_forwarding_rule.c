/* compute_forwarding_rule.c - forwarding rules (Compute v1): the front of a load balancer, or an endpoint of Private Service Connect.
 *
 * Regional and global ones come in one aggregated call.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/forwardingRules"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)
#define FIXED                                                                                      \
    "https://cloud.google.com/load-balancing/docs/forwarding-rule-concepts (only target, labels "  \
    "and access can be changed)"

static const char *const segments[] = {"forwardingRule", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("IPAddress", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("IPProtocol", PL_F_IMMUTABLE, FIXED),
    {"allPorts", PL_T_UNKNOWN, NULL, "false", PL_F_IMMUTABLE,
     "discovery: boolean, absent is false"},
    ROW_DEFAULT("allowGlobalAccess", "false", "discovery: boolean, absent is false"),
    ROW_DEFAULT("allowPscGlobalAccess", "false", "discovery: boolean, absent is false"),
    ROW_FLAGS("attachedExtensions", SERVER, REST),
    ROW_TYPE("backendService", PL_T_LINK, 0, REST),
    ROW_TYPE("baseForwardingRule", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_FLAGS("fingerprint", CHANGES, REST),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_TYPE("ipCollection", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    {"ipVersion", PL_T_UNKNOWN, NULL, "\"IPV4\"", PL_F_IMMUTABLE,
     REST " (IPv4 unless IPV6 is asked for)"},
    ROW_DEFAULT("isMirroringCollector", "false", "discovery: boolean, absent is false"),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#forwardingRule"),
    ROW_FLAGS("labelFingerprint", CHANGES, REST),
    ROW_FLAGS("loadBalancingScheme", PL_F_IMMUTABLE, FIXED),
    ROW_ID("metadataFilters[].filterLabels", "name", REST),
    ROW_TYPE("network", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    {"networkTier", PL_T_UNKNOWN, NULL, "\"PREMIUM\"", PL_F_IMMUTABLE,
     "discovery: if not specified, it is assumed to be PREMIUM"},
    ROW_DEFAULT("noAutomateDnsZone", "false", "discovery: boolean, absent is false"),
    ROW_TYPE("portRange", PL_T_PORTS, PL_F_IMMUTABLE, FIXED),
    ROW_TYPE("ports", PL_T_PORTS, PL_F_SET | PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("pscConnectionId", CHANGES, REST),
    ROW_FLAGS("pscConnectionStatus", SERVER, REST),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_FLAGS("selfLinkWithId", CHANGES, REST),
    ROW_ID("serviceDirectoryRegistrations", "service", REST),
    ROW_FLAGS("serviceName", SERVER, REST),
    ROW_TYPE("sourceIpRanges", PL_T_CIDR, PL_F_SET, REST),
    ROW_TYPE("subnetwork", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_TYPE("target", PL_T_LINK, 0, REST),
};

const struct pl_kind pl_kind_compute_forwarding_rule = {
    .name = "compute.forwardingRule",
    .title = "forwarding rule",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/forwardingRules/{forwardingRule}",
    .name_field = "name",
    .schema = &pl_schema_compute_ForwardingRule,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call =
        {.api = "compute.googleapis.com",
         .list_path = "/compute/v1/projects/{project}/aggregated/forwardingRules",
         .items = "forwardingRules",
         .get_path =
             "/compute/v1/projects/{project}/regions/{location}/forwardingRules/{forwardingRule}",
         .page_size_param = "maxResults",
         .page_size = 500,
         .query = "returnPartialSuccess=true",
         .how = PL_LIST_AGGREGATED,
         .permission = "compute.forwardingRules.list",
         .get_permission = "compute.forwardingRules.get",
         .role = "roles/compute.networkViewer"},
    .doc = REST,
};
