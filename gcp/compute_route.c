/* compute_route.c - subnet and static routes (Compute v1).
 *
 * The list holds no dynamic and no policy-based routes (rule R5): who looks for a path must not read their absence as NO_ROUTE.
 */
#include "gcp_kinds.h"

#define REST "https://cloud.google.com/compute/docs/reference/rest/v1/routes"
#define FIXED                                                                                      \
    "https://cloud.google.com/vpc/docs/using-routes (a route cannot be updated, only made again)"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"route", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("asPaths", CHANGES, REST),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_TYPE("destRange", PL_T_CIDR, PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#route"),
    ROW_TYPE("network", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_TYPE("nextHopGateway", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_TYPE("nextHopHub", PL_T_LINK, SERVER, REST),
    ROW_TYPE("nextHopIlb", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_TYPE("nextHopInstance", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("nextHopInterRegionCost", CHANGES, REST),
    ROW_TYPE("nextHopInterconnectAttachment", PL_T_LINK, SERVER, REST),
    ROW_TYPE("nextHopIp", PL_T_CIDR, PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("nextHopMed", CHANGES, REST),
    ROW_TYPE("nextHopNetwork", PL_T_LINK, PL_F_IMMUTABLE, REST),
    ROW_FLAGS("nextHopOrigin", CHANGES, REST),
    ROW_FLAGS("nextHopPeering", SERVER, REST),
    ROW_TYPE("nextHopVpnTunnel", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("params", PL_F_INPUT | PL_F_VOLATILE, "discovery: input only"),
    {"priority", PL_T_UNKNOWN, NULL, "1000", PL_F_IMMUTABLE,
     "R3 discovery: the default value is 1000; " FIXED},
    ROW_FLAGS("routeStatus", SERVER, REST),
    ROW_FLAGS("routeType", SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_FLAGS("tags", PL_F_SET | PL_F_IMMUTABLE, "R4 " FIXED),
    ROW_FLAGS("warnings", SERVER, "R9 " REST),
};

const struct pl_kind pl_kind_compute_route = {
    .name = "compute.route",
    .title = "VPC route",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/global/routes/{route}",
    .name_field = "name",
    .schema = &pl_schema_compute_Route,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/global/routes",
             .items = "items",
             .get_path = "/compute/v1/projects/{project}/global/routes/{route}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_PLAIN,
             .permission = "compute.routes.list",
             .get_permission = "compute.routes.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
