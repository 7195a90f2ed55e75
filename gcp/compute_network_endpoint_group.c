/* compute_network_endpoint_group.c - network endpoint groups (Compute v1), zonal, regional and global: addresses, serverless services or a producer's service behind a load balancer.
 *
 * The endpoints themselves are behind a call of its own and are not read: size says how many there are.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/networkEndpointGroups"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)
#define FIXED                                                                                      \
    "https://cloud.google.com/load-balancing/docs/negs (a group cannot be changed, only its "      \
    "endpoints)"

static const char *const segments[] = {"networkEndpointGroup", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("appEngine.service", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("cloudFunction.function", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("cloudRun.service", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("cloudRun.tag", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("cloudRun.urlMask", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_FLAGS("defaultPort", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#networkEndpointGroup"),
    ROW_TYPE("network", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("networkEndpointType", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("pscData.consumerPscAddress", SERVER, REST),
    ROW_FLAGS("pscData.pscConnectionId", SERVER, REST),
    ROW_FLAGS("pscData.pscConnectionStatus", SERVER, REST),
    ROW_TYPE("pscTargetService", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_FLAGS("size", CHANGES, REST " (how many endpoints there are now)"),
    ROW_TYPE("subnetwork", PL_T_LINK, PL_F_IMMUTABLE, FIXED),
    ROW_TYPE("zone", PL_T_LINK, SERVER, REST),
};

const struct pl_kind pl_kind_compute_network_endpoint_group = {
    .name = "compute.networkEndpointGroup",
    .title = "network endpoint group",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template =
        "projects/{project}/regions/{location}/networkEndpointGroups/{networkEndpointGroup}",
    .name_field = "name",
    .schema = &pl_schema_compute_NetworkEndpointGroup,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/aggregated/networkEndpointGroups",
             .items = "networkEndpointGroups",
             .get_path = "/compute/v1/projects/{project}/zones/{location}/networkEndpointGroups/"
                         "{networkEndpointGroup}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_AGGREGATED,
             .permission = "compute.networkEndpointGroups.list",
             .get_permission = "compute.networkEndpointGroups.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
