/* vpcaccess_connector.c - Serverless VPC Access connectors (v1): how Cloud Run reaches a VPC without an interface of its own.
 *
 * The wildcard for the location is not in Google's document; public inventory tools rely on it. Should it be refused, the
 * refusal is a gap like any other.
 */
#include "gcp_kinds.h"

#define REST                                                                                       \
    "https://cloud.google.com/vpc/docs/reference/vpcaccess/rest/v1/projects.locations.connectors"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"connector", NULL};

static const struct pl_field_row fields[] = {
    {"connectedProjects", PL_T_UNKNOWN, NULL, NULL, CHANGES | PL_F_SET, REST},
    ROW_TYPE("ipCidrRange", PL_T_CIDR, PL_F_IMMUTABLE, "E4 " REST),
    ROW_DEFAULT("machineType", "\"e2-micro\"", "discovery: default is e2-micro"),
    ROW_TYPE("network", PL_T_LINK, PL_F_IMMUTABLE, "E4 " REST),
    ROW_FLAGS("state", SERVER, "E4 " REST),
    ROW_FLAGS("subnet.name", PL_F_IMMUTABLE, "E4 " REST),
    ROW_FLAGS("subnet.projectId", PL_F_IMMUTABLE,
              "discovery: absent is the connector's own project"),
};

const struct pl_kind pl_kind_vpcaccess_connector = {
    .name = "vpcaccess.connector",
    .title = "Serverless VPC Access connector",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/locations/{location}/connectors/{connector}",
    .name_field = "name",
    .schema = &pl_schema_vpcaccess_Connector,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "vpcaccess.googleapis.com",
             .list_path = "/v1/projects/{project}/locations/-/connectors",
             .items = "connectors",
             .get_path = "/v1/projects/{project}/locations/{location}/connectors/{connector}",
             .page_size_param = "pageSize",
             .page_size = 500,
             .how = PL_LIST_PLAIN,
             .permission = "vpcaccess.connectors.list",
             .get_permission = "vpcaccess.connectors.get",
             .role = "roles/vpcaccess.viewer"},
    .doc = REST,
};
