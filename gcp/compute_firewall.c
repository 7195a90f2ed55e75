/* compute_firewall.c - VPC firewall rules (Compute v1). Firewall policies are another kind.
 *
 * allowed[] and denied[] are compared as protocols and port intervals, not as lists (src/model/canon).
 */
#include "gcp_kinds.h"

#define REST "https://cloud.google.com/compute/docs/reference/rest/v1/firewalls"
#define UPDATE                                                                                     \
    "https://cloud.google.com/firewall/docs/using-firewalls (a rule's network, direction and "     \
    "action cannot change)"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"firewall", NULL};

static const struct pl_field_row fields[] = {
    ROW_SET("allowed", REST),
    ROW_TYPE("allowed[].ports", PL_T_PORTS, PL_F_SET, REST),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_SET("denied", REST),
    ROW_TYPE("denied[].ports", PL_T_PORTS, PL_F_SET, REST),
    ROW_TYPE("destinationRanges", PL_T_CIDR, PL_F_SET, "F7 " REST),
    {"direction", PL_T_UNKNOWN, NULL, "\"INGRESS\"", PL_F_IMMUTABLE,
     "discovery: the default is INGRESS; " UPDATE},
    ROW_DEFAULT("disabled", "false",
                "F10 discovery: if this is unspecified, the rule will be enabled"),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#firewall"),
    ROW_DEFAULT("logConfig.enable", "false", "discovery: boolean, absent is false"),
    ROW_TYPE("network", PL_T_LINK, PL_F_IMMUTABLE, UPDATE),
    ROW_FLAGS("params", PL_F_INPUT | PL_F_VOLATILE, "discovery: input only"),
    ROW_DEFAULT("priority", "1000", "F4 discovery: the default value is 1000"),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_TYPE("sourceRanges", PL_T_CIDR, PL_F_SET, "F7 " REST),
    ROW_SET("sourceServiceAccounts", "F7 " REST),
    ROW_SET("sourceTags", "F7 " REST),
    ROW_SET("targetServiceAccounts", "F8 " REST),
    ROW_SET("targetTags", "F8 " REST),
};

const struct pl_kind pl_kind_compute_firewall = {
    .name = "compute.firewall",
    .title = "VPC firewall rule",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/global/firewalls/{firewall}",
    .name_field = "name",
    .schema = &pl_schema_compute_Firewall,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/global/firewalls",
             .items = "items",
             .get_path = "/compute/v1/projects/{project}/global/firewalls/{firewall}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_PLAIN,
             .permission = "compute.firewalls.list",
             .get_permission = "compute.firewalls.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
