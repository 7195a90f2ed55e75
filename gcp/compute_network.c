/* compute_network.c - VPC networks (Compute v1), peerings included: they have no list of their own.
 *
 * Subnetworks, routes and firewall rules point to a network; they are kinds of their own.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/networks"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"network", NULL};

static const struct pl_field_row fields[] = {
    ROW_TYPE("IPv4Range", PL_T_CIDR, PL_F_IMMUTABLE, REST " (legacy networks)"),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_DEFAULT("enableUlaInternalIpv6", "false", "discovery: boolean, absent is false"),
    ROW_TYPE("firewallPolicy", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("gatewayIPv4", SERVER, REST),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_TYPE("internalIpv6Range", PL_T_CIDR, 0, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#network"),
    ROW_DEFAULT("mtu", "1460", "discovery: if unspecified, the value defaults to 1460"),
    ROW_DEFAULT("networkFirewallPolicyEnforcementOrder", "\"AFTER_CLASSIC_FIREWALL\"",
                "F1 discovery: defaults to AFTER_CLASSIC_FIREWALL"),
    ROW_TYPE("networkProfile", PL_T_LINK, PL_F_IMMUTABLE, REST),
    ROW_FLAGS("params", PL_F_INPUT | PL_F_VOLATILE, "discovery: input only"),
    ROW_ID("peerings", "name", "P1 " REST),
    ROW_FLAGS("peerings[].connectionStatus", SERVER, REST),
    ROW_DEFAULT("peerings[].exportCustomRoutes", "false",
                "P2 discovery: the default value is false"),
    ROW_DEFAULT("peerings[].exportSubnetRoutesWithPublicIp", "true",
                "P3 discovery: the default value is true"),
    ROW_DEFAULT("peerings[].importCustomRoutes", "false",
                "P2 discovery: the default value is false"),
    ROW_DEFAULT("peerings[].importSubnetRoutesWithPublicIp", "false",
                "P3 discovery: the default value is false"),
    ROW_TYPE("peerings[].network", PL_T_LINK, 0, REST),
    ROW_FLAGS("peerings[].peerMtu", SERVER, REST),
    ROW_DEFAULT("peerings[].stackType", "\"IPV4_ONLY\"",
                "discovery: the default value is IPV4_ONLY"),
    ROW_FLAGS("peerings[].state", SERVER, "P2 " REST),
    ROW_FLAGS("peerings[].stateDetails", CHANGES, REST),
    ROW_DEFAULT("routingConfig.bgpBestPathSelectionMode", "\"LEGACY\"",
                "discovery: LEGACY (default)"),
    ROW_FLAGS("routingConfig.effectiveBgpAlwaysCompareMed", SERVER, REST),
    ROW_FLAGS("routingConfig.effectiveBgpInterRegionCost", SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_FLAGS("selfLinkWithId", CHANGES, REST),
    ROW_TYPE("subnetworks", PL_T_LINK, SERVER | PL_F_SET, REST),
};

const struct pl_kind pl_kind_compute_network = {
    .name = "compute.network",
    .title = "VPC network",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/global/networks/{network}",
    .name_field = "name",
    .schema = &pl_schema_compute_Network,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/global/networks",
             .items = "items",
             .get_path = "/compute/v1/projects/{project}/global/networks/{network}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_PLAIN,
             .permission = "compute.networks.list",
             .get_permission = "compute.networks.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
