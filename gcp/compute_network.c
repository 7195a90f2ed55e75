/* compute_network.c - VPC networks (Compute v1), peerings included: they have no list of their own.
 *
 * Subnetworks, routes and firewall rules point to a network; they are kinds of their own. What calls of its own say of a network
 * (observe_network.c) stands in virtual fields: the firewall policies in effect, those of folders and the organisation included, Google's own
 * of each region, and the routes that peerings exchange.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/networks"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

#define EFFECTIVE REST "/getEffectiveFirewalls"
#define EXCHANGED REST "/listPeeringRoutes"
#define POLICY    "effectiveFirewalls.firewallPolicys[]"
#define REGIONAL                                                                                   \
    "https://cloud.google.com/compute/docs/reference/rest/v1/regionNetworkFirewallPolicies/"       \
    "getEffectiveFirewalls"
#define SYSTEM "regionalFirewalls[].firewallPolicys[]"

static const char *const segments[] = {"network", NULL};

/* One answer of listPeeringRoutes, and what was asked for it. */
static const struct pl_schema_field exchanged_fields[] = {
    {"direction", PL_T_STRING, PL_ONE, NULL, NULL},
    {"peering", PL_T_STRING, PL_ONE, NULL, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"routes", PL_T_MESSAGE, PL_MANY, &pl_schema_compute_ExchangedPeeringRoute, NULL},
};
static const struct pl_schema exchanged = {"ExchangedPeeringRoutes", exchanged_fields,
                                           PL_LEN(exchanged_fields)};

/* What is in effect in one region, and nowhere else to be read: Google's own policies of that region. */
static const struct pl_schema_field regional_fields[] = {
    {"firewallPolicys", PL_T_MESSAGE, PL_MANY, &pl_schema_compute_RegionalFirewallPolicy, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema regional = {"RegionalFirewalls", regional_fields,
                                          PL_LEN(regional_fields)};

static const char *const nothing[] = {NULL};
static const char *const peers[] = {"peerings", "subnetworks", NULL};
static const char *const subnetworks[] = {"subnetworks", NULL};

static const struct pl_virtual virtuals[] = {
    {{"effectiveFirewalls", PL_T_MESSAGE, PL_ONE, &pl_schema_compute_EffectiveFirewalls, NULL},
     "/compute/v1/projects/{project}/global/networks/{network}/getEffectiveFirewalls",
     "compute.networks.getEffectiveFirewalls",
     nothing},
    {{"peeringRoutes", PL_T_MESSAGE, PL_MANY, &exchanged, NULL},
     "/compute/v1/projects/{project}/global/networks/{network}/listPeeringRoutes",
     "compute.networks.listPeeringRoutes",
     peers},
    {{"regionalFirewalls", PL_T_MESSAGE, PL_MANY, &regional, NULL},
     "/compute/v1/projects/{project}/regions/{region}/firewallPolicies/getEffectiveFirewalls",
     "compute.networks.getRegionEffectiveFirewalls",
     subnetworks},
};

static const struct pl_field_row fields[] = {
    ROW_TYPE("IPv4Range", PL_T_CIDR, PL_F_IMMUTABLE, REST " (legacy networks)"),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_ID("effectiveFirewalls.firewallPolicys", "name", "F1 F14 " EFFECTIVE),
    ROW_ID(POLICY ".rules", "priority", "F3 " EFFECTIVE),
    ROW_DEFAULT(POLICY ".rules[].disabled", "false",
                "F10 discovery: if this is unspecified, the rule will be enabled"),
    ROW_DEFAULT(POLICY ".rules[].enableLogging", "false", "discovery: boolean, absent is false"),
    ROW_FLAGS(POLICY ".rules[].kind", SERVER, "discovery: output only"),
    ROW_TYPE(POLICY ".rules[].match.destIpRanges", PL_T_CIDR, PL_F_SET, "F11 " EFFECTIVE),
    ROW_SET(POLICY ".rules[].match.layer4Configs", "F11 " EFFECTIVE),
    ROW_TYPE(POLICY ".rules[].match.layer4Configs[].ports", PL_T_PORTS, PL_F_SET, "F11 " EFFECTIVE),
    ROW_TYPE(POLICY ".rules[].match.srcIpRanges", PL_T_CIDR, PL_F_SET, "F11 " EFFECTIVE),
    ROW_FLAGS(POLICY ".rules[].ruleTupleCount", CHANGES, EFFECTIVE),
    {POLICY ".rules[].targetResources", PL_T_LINK, NULL, NULL, PL_F_SET, "F11 " EFFECTIVE},
    ROW_SET(POLICY ".rules[].targetServiceAccounts", "F11 " EFFECTIVE),
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
    {"peeringRoutes", PL_T_UNKNOWN, "peering+region+direction", NULL, SERVER, "P2 " EXCHANGED},
    ROW_TYPE("peeringRoutes[].routes[].destRange", PL_T_CIDR, SERVER, EXCHANGED),
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
    ROW_ID("regionalFirewalls", "region", "F14 F15 " REGIONAL),
    ROW_ID("regionalFirewalls[].firewallPolicys", "name", "F15 " REGIONAL),
    ROW_ID(SYSTEM ".rules", "priority", "F3 " REGIONAL),
    ROW_DEFAULT(SYSTEM ".rules[].disabled", "false",
                "F10 discovery: if this is unspecified, the rule will be enabled"),
    ROW_FLAGS(SYSTEM ".rules[].kind", SERVER, "discovery: output only"),
    ROW_TYPE(SYSTEM ".rules[].match.destIpRanges", PL_T_CIDR, PL_F_SET, "F11 " REGIONAL),
    ROW_SET(SYSTEM ".rules[].match.layer4Configs", "F11 " REGIONAL),
    ROW_TYPE(SYSTEM ".rules[].match.layer4Configs[].ports", PL_T_PORTS, PL_F_SET, "F11 " REGIONAL),
    ROW_TYPE(SYSTEM ".rules[].match.srcIpRanges", PL_T_CIDR, PL_F_SET, "F11 " REGIONAL),
    ROW_FLAGS(SYSTEM ".rules[].ruleTupleCount", CHANGES, REGIONAL),
    {SYSTEM ".rules[].targetResources", PL_T_LINK, NULL, NULL, PL_F_SET, "F11 " REGIONAL},
    ROW_SET(SYSTEM ".rules[].targetServiceAccounts", "F11 " REGIONAL),
    ROW_DEFAULT("routingConfig.bgpAlwaysCompareMed", "false",
                "discovery: boolean, absent is false"),
    ROW_DEFAULT("routingConfig.bgpBestPathSelectionMode", "\"LEGACY\"",
                "discovery: LEGACY (default)"),
    ROW_DEFAULT("routingConfig.bgpInterRegionCost", "\"DEFAULT\"",
                "https://cloud.google.com/network-connectivity/docs/router/concepts/"
                "learned-routes#best-path-selection-modes"),
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
    .virtuals = virtuals,
    .n_virtuals = PL_LEN(virtuals),
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
