/* compute_address.c - reserved IP addresses and ranges (Compute v1), regional and global, listed in one aggregated call.
 *
 * Ranges that private services access takes (purpose VPC_PEERING) are here, too.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/addresses"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)
#define FIXED                                                                                      \
    "https://cloud.google.com/vpc/docs/reserve-static-internal-ip-address (an address cannot be "  \
    "changed, only made again)"

static const char *const segments[] = {"address", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("address", PL_F_IMMUTABLE, FIXED),
    {"addressType", PL_T_UNKNOWN, NULL, "\"EXTERNAL\"", PL_F_IMMUTABLE,
     "discovery: if unspecified, defaults to EXTERNAL"},
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_TYPE("ipCollection", PL_T_LINK, PL_F_IMMUTABLE, REST),
    {"ipVersion", PL_T_UNKNOWN, NULL, "\"IPV4\"", PL_F_IMMUTABLE,
     REST " (IPv4 unless IPV6 is asked for)"},
    ROW_FLAGS("ipv6EndpointType", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#address"),
    ROW_FLAGS("labelFingerprint", CHANGES, REST),
    ROW_TYPE("network", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    {"networkTier", PL_T_UNKNOWN, NULL, "\"PREMIUM\"", PL_F_IMMUTABLE,
     "discovery: if not specified, it is assumed to be PREMIUM"},
    ROW_FLAGS("prefixLength", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("purpose", PL_F_IMMUTABLE, FIXED),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_FLAGS("status", SERVER, REST),
    ROW_TYPE("subnetwork", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    {"users", PL_T_LINK, NULL, NULL, CHANGES | PL_F_SET, REST},
};

const struct pl_kind pl_kind_compute_address = {
    .name = "compute.address",
    .title = "reserved IP address",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/addresses/{address}",
    .name_field = "name",
    .schema = &pl_schema_compute_Address,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/aggregated/addresses",
             .items = "addresses",
             .get_path = "/compute/v1/projects/{project}/regions/{location}/addresses/{address}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_AGGREGATED,
             .permission = "compute.addresses.list",
             .get_permission = "compute.addresses.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
