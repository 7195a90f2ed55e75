/* servicenetworking_connection.c - private services access: the connection of a VPC network to Google's service producers.
 *
 * Its name here is the network's: there is one connection of a network to servicenetworking.googleapis.com. The API wants the
 * project's number, which observe.c asks Resource Manager for.
 */
#include "gcp_kinds.h"

#define REST                                                                                       \
    "https://cloud.google.com/service-infrastructure/docs/service-networking/reference/rest/v1/"   \
    "services.connections"

static const char *const segments[] = {"network", NULL};

static const struct pl_field_row fields[] = {
    ROW_TYPE("network", PL_T_LINK, PL_F_IMMUTABLE, REST " (holds the project's number)"),
    ROW_FLAGS("peering", PL_F_OUTPUT, REST),
    ROW_SET("reservedPeeringRanges", "P6 " REST),
    ROW_FLAGS("service", PL_F_OUTPUT, REST),
};

const struct pl_kind pl_kind_servicenetworking_connection = {
    .name = "servicenetworking.connection",
    .title = "private services access connection",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/global/networks/{network}",
    .name_field = "network",
    .schema = &pl_schema_servicenetworking_Connection,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "servicenetworking.googleapis.com",
             .list_path = "/v1/services/servicenetworking.googleapis.com/connections",
             .items = "connections",
             .query = "network=projects/{number}/global/networks/{network}",
             .how = PL_LIST_PER_NETWORK,
             .small = true,
             .parent = &pl_kind_compute_network,
             .permission = "servicenetworking.services.get",
             .get_permission = "servicenetworking.services.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
