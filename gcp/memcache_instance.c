/* memcache_instance.c - Memorystore for Memcached instances (v1), which live in a network of Google's behind private services access.
 *
 * Nodes have addresses of their own; clients find them at the discovery endpoint.
 */
#include "gcp_kinds.h"

#define REST                                                                                       \
    "https://cloud.google.com/memorystore/docs/memcached/reference/rest/v1/"                       \
    "projects.locations.instances"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"instance", NULL};

static const struct pl_field_row fields[] = {
    ROW_TYPE("authorizedNetwork", PL_T_LINK, PL_F_IMMUTABLE, REST),
    {"availableMaintenanceVersions", PL_T_UNKNOWN, NULL, NULL, CHANGES | PL_F_SET, REST},
    ROW_FLAGS("createTime", CHANGES, REST),
    ROW_FLAGS("discoveryEndpoint", SERVER, REST),
    ROW_FLAGS("effectiveMaintenanceVersion", SERVER, REST),
    ROW_FLAGS("instanceMessages", CHANGES, REST),
    ROW_FLAGS("maintenancePolicy.createTime", CHANGES, REST),
    ROW_FLAGS("maintenancePolicy.updateTime", CHANGES, REST),
    ROW_ID("maintenancePolicy.weeklyMaintenanceWindow", "day", REST),
    ROWS_TIME_OF_DAY("maintenancePolicy.weeklyMaintenanceWindow[].startTime"),
    ROW_FLAGS("maintenanceSchedule", CHANGES, REST),
    ROW_FLAGS("maintenanceVersion", PL_F_VOLATILE, REST),
    ROW_FLAGS("memcacheFullVersion", SERVER, REST),
    {"memcacheNodes", PL_T_UNKNOWN, "nodeId", NULL, SERVER, "M1 " REST},
    ROW_FLAGS("nodeConfig", PL_F_IMMUTABLE, REST),
    ROW_FLAGS("parameters.id", CHANGES, REST),
    {"reservedIpRangeId", PL_T_UNKNOWN, NULL, NULL, PL_F_SET | PL_F_IMMUTABLE, REST},
    ROW_FLAGS("satisfiesPzi", SERVER, REST),
    ROW_FLAGS("satisfiesPzs", SERVER, REST),
    ROW_FLAGS("state", SERVER, REST),
    ROW_FLAGS("updateTime", CHANGES, REST),
    {"zones", PL_T_UNKNOWN, NULL, NULL, PL_F_SET | PL_F_IMMUTABLE, REST},
};

const struct pl_kind pl_kind_memcache_instance = {
    .name = "memcache.instance",
    .title = "Memorystore for Memcached instance",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/locations/{location}/instances/{instance}",
    .name_field = "name",
    .schema = &pl_schema_memcache_Instance,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "memcache.googleapis.com",
             .list_path = "/v1/projects/{project}/locations/-/instances",
             .items = "instances",
             .get_path = "/v1/projects/{project}/locations/{location}/instances/{instance}",
             .page_size_param = "pageSize",
             .page_size = 1000,
             .how = PL_LIST_PLAIN,
             .permission = "memcache.instances.list",
             .get_permission = "memcache.instances.get",
             .role = "roles/memcache.viewer"},
    .doc = REST,
};
