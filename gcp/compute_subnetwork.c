/* compute_subnetwork.c - subnetworks (Compute v1), listed over all regions in one aggregated call. */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/subnetworks"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"subnetwork", NULL};

static const struct pl_field_row fields[] = {
    ROW_DEFAULT("allowSubnetCidrRoutesOverlap", "false", "discovery: the default value is false"),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_DEFAULT("enableFlowLogs", "false", "discovery: will default to disabled"),
    ROW_TYPE("externalIpv6Prefix", PL_T_CIDR, 0, REST),
    ROW_FLAGS("fingerprint", CHANGES, REST),
    ROW_FLAGS("gatewayAddress", SERVER, REST),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_TYPE("internalIpv6Prefix", PL_T_CIDR, 0, REST),
    ROW_TYPE("ipCidrRange", PL_T_CIDR, PL_F_IMMUTABLE,
             REST " (may only grow: subnetworks.expandIpCidrRange)"),
    ROW_TYPE("ipCollection", PL_T_LINK, 0, REST),
    ROW_TYPE("ipv6CidrRange", PL_T_CIDR, SERVER, REST),
    ROW_FLAGS("ipv6GceEndpoint", SERVER, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#subnetwork"),
    ROW_DEFAULT("logConfig.aggregationInterval", "\"INTERVAL_5_SEC\"",
                "discovery: default is an interval of 5 seconds"),
    ROW_DEFAULT("logConfig.enable", "false", "discovery: will default to disabled"),
    ROW_DEFAULT("logConfig.metadata", "\"EXCLUDE_ALL_METADATA\"",
                "discovery: default is EXCLUDE_ALL_METADATA"),
    ROW_SET("logConfig.metadataFields", REST),
    ROW_TYPE("network", PL_T_LINK, PL_F_IMMUTABLE, REST),
    ROW_FLAGS("params", PL_F_INPUT | PL_F_VOLATILE, "discovery: input only"),
    ROW_DEFAULT("privateIpGoogleAccess", "false", "discovery: boolean, absent is false"),
    ROW_DEFAULT("purpose", "\"PRIVATE\"", "discovery: PRIVATE is a regular subnet"),
    ROW_TYPE("region", PL_T_LINK, PL_F_IMMUTABLE, REST),
    ROW_TYPE("reservedInternalRange", PL_T_LINK, 0, REST),
    ROW_ID("secondaryIpRanges", "rangeName", REST),
    ROW_TYPE("secondaryIpRanges[].ipCidrRange", PL_T_CIDR, 0, REST),
    ROW_TYPE("secondaryIpRanges[].reservedInternalRange", PL_T_LINK, 0, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_DEFAULT("stackType", "\"IPV4_ONLY\"", "discovery: if not specified, IPV4_ONLY is used"),
    ROW_FLAGS("state", SERVER, REST),
    {"systemReservedExternalIpv6Ranges", PL_T_CIDR, NULL, NULL, SERVER | PL_F_SET, REST},
    {"systemReservedInternalIpv6Ranges", PL_T_CIDR, NULL, NULL, SERVER | PL_F_SET, REST},
    ROW_FLAGS("utilizationDetails", CHANGES, REST),
};

const struct pl_kind pl_kind_compute_subnetwork = {
    .name = "compute.subnetwork",
    .title = "subnetwork",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/subnetworks/{subnetwork}",
    .name_field = "name",
    .schema = &pl_schema_compute_Subnetwork,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/aggregated/subnetworks",
             .items = "subnetworks",
             .get_path =
                 "/compute/v1/projects/{project}/regions/{location}/subnetworks/{subnetwork}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_AGGREGATED,
             .permission = "compute.subnetworks.list",
             .get_permission = "compute.subnetworks.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
