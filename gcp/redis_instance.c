/* redis_instance.c - Memorystore for Redis instances (v1): how they are listed and what their fields mean.
 *
 * The AUTH string is behind a call of its own, which is made with --read-secrets alone (secrets.c). Clusters are another kind.
 */
#include "gcp_kinds.h"

#define REST                                                                                       \
    "https://cloud.google.com/memorystore/docs/redis/reference/rest/v1/"                           \
    "projects.locations.instances"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"instance", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("alternativeLocationId", PL_F_IMMUTABLE, REST),
    ROW_DEFAULT("authEnabled", "false", "M5 discovery: default value is false"),
    ROW_TYPE("authorizedNetwork", PL_T_LINK, PL_F_IMMUTABLE, "M2 " REST),
    ROW_FLAGS("availableMaintenanceVersions", CHANGES, REST),
    {"connectMode", PL_T_UNKNOWN, NULL, "\"DIRECT_PEERING\"", PL_F_IMMUTABLE,
     "M1 discovery: defaults to DIRECT_PEERING"},
    ROW_FLAGS("createTime", CHANGES, REST),
    ROW_FLAGS("currentLocationId", CHANGES, REST " (moves at failover)"),
    ROW_FLAGS("customerManagedKey", PL_F_IMMUTABLE, REST),
    ROW_FLAGS("host", SERVER, "M1 " REST),
    ROW_FLAGS("locationId", PL_F_IMMUTABLE, REST),
    ROW_FLAGS("maintenancePolicy.createTime", CHANGES, REST),
    ROW_FLAGS("maintenancePolicy.updateTime", CHANGES, REST),
    ROW_ID("maintenancePolicy.weeklyMaintenanceWindow", "day", REST),
    ROW_FLAGS("maintenancePolicy.weeklyMaintenanceWindow[].duration", SERVER, REST),
    ROWS_TIME_OF_DAY("maintenancePolicy.weeklyMaintenanceWindow[].startTime"),
    ROW_FLAGS("maintenanceSchedule", CHANGES, REST),
    ROW_FLAGS("maintenanceVersion", PL_F_VOLATILE, REST),
    {"nodes", PL_T_UNKNOWN, "id", NULL, CHANGES, REST},
    ROW_FLAGS("persistenceConfig.rdbNextSnapshotTime", CHANGES, REST),
    ROW_FLAGS("persistenceIamIdentity", SERVER, REST),
    ROW_FLAGS("port", SERVER, "M3 " REST),
    ROW_FLAGS("readEndpoint", SERVER, "M8 " REST),
    ROW_FLAGS("readEndpointPort", SERVER, "M8 " REST),
    ROW_DEFAULT("readReplicasMode", "\"READ_REPLICAS_DISABLED\"",
                "discovery: defaults to READ_REPLICAS_DISABLED"),
    ROW_DEFAULT("replicaCount", "0", "discovery: default is 0 (basic tier)"),
    ROW_FLAGS("reservedIpRange", PL_F_IMMUTABLE,
              "discovery: a range, or with PRIVATE_SERVICE_ACCESS the name of an allocated one"),
    ROW_FLAGS("satisfiesPzi", SERVER, REST),
    ROW_FLAGS("satisfiesPzs", SERVER, REST),
    {"serverCaCerts", PL_T_UNKNOWN, "serialNumber", NULL, SERVER, "M4 " REST},
    ROW_FLAGS("state", SERVER, "M6 " REST),
    ROW_FLAGS("statusMessage", CHANGES, REST),
    {"suspensionReasons", PL_T_UNKNOWN, NULL, NULL, SERVER | PL_F_SET, REST},
    ROW_FLAGS("tags", PL_F_INPUT | PL_F_VOLATILE, "discovery: input only"),
    ROW_FLAGS("tier", PL_F_IMMUTABLE, REST),
    {"transitEncryptionMode", PL_T_UNKNOWN, NULL, "\"DISABLED\"", PL_F_IMMUTABLE,
     "M3 discovery: if not provided, TLS is disabled"},
};

static const struct pl_secret_call secret = {
    .field = "authString",
    .path = "/v1/projects/{project}/locations/{location}/instances/{instance}/authString",
    .permission = "redis.instances.getAuthString",
    .role = "roles/redis.admin",
    .value = "authString",
    .doc = REST "/getAuthString",
};

const struct pl_kind pl_kind_redis_instance = {
    .name = "redis.instance",
    .title = "Memorystore for Redis instance",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/locations/{location}/instances/{instance}",
    .name_field = "name",
    .schema = &pl_schema_redis_Instance,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .secret = &secret,
    .call = {.api = "redis.googleapis.com",
             .list_path = "/v1/projects/{project}/locations/-/instances",
             .items = "instances",
             .get_path = "/v1/projects/{project}/locations/{location}/instances/{instance}",
             .page_size_param = "pageSize",
             .page_size = 1000,
             .how = PL_LIST_PLAIN,
             .permission = "redis.instances.list",
             .get_permission = "redis.instances.get",
             .role = "roles/redis.viewer"},
    .doc = REST,
};
