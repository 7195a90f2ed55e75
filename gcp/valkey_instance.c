/* valkey_instance.c - Memorystore for Valkey (Memorystore v1), which clients reach over Private Service Connect only.
 *
 * The engine may be one of Valkey's or, by the name of an older product, Redis': engineVersion says so.
 */
#include "gcp_kinds.h"

#define REST                                                                                       \
    "https://cloud.google.com/memorystore/docs/valkey/reference/rest/v1/"                          \
    "projects.locations.instances"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"instance", NULL};

static const struct pl_field_row fields[] = {
    ROW_DEFAULT("asyncInstanceEndpointsDeletionEnabled", "false",
                "discovery: boolean, absent is false"),
    {"authorizationMode", PL_T_UNKNOWN, NULL, "\"AUTH_DISABLED\"", PL_F_IMMUTABLE,
     "M5 https://cloud.google.com/memorystore/docs/valkey/about-iam-auth (off unless turned on)"},
    {"availableMaintenanceVersions", PL_T_UNKNOWN, NULL, NULL, CHANGES | PL_F_SET, REST},
    ROW_FLAGS("backupCollection", SERVER, REST),
    ROW_FLAGS("createTime", CHANGES, REST),
    ROW_FLAGS("crossInstanceReplicationConfig.membership", SERVER, REST),
    ROW_FLAGS("crossInstanceReplicationConfig.primaryInstance.uid", CHANGES, REST),
    ROW_ID("crossInstanceReplicationConfig.secondaryInstances", "instance", REST),
    ROW_FLAGS("crossInstanceReplicationConfig.secondaryInstances[].uid", CHANGES, REST),
    ROW_FLAGS("crossInstanceReplicationConfig.updateTime", CHANGES, REST),
    ROW_DEFAULT("deletionProtectionEnabled", "false", "discovery: boolean, absent is false"),
    {"discoveryEndpoints", PL_T_UNKNOWN, "address", NULL, SERVER, "M1 " REST},
    ROW_FLAGS("effectiveMaintenanceVersion", SERVER, REST),
    ROW_FLAGS("encryptionInfo", SERVER, REST),
    ROW_FLAGS("endpoints[].connections[].pscAutoConnection.connectionType", SERVER, REST),
    ROW_FLAGS("endpoints[].connections[].pscAutoConnection.forwardingRule", SERVER, REST),
    ROW_FLAGS("endpoints[].connections[].pscAutoConnection.ipAddress", SERVER, REST),
    ROW_TYPE("endpoints[].connections[].pscAutoConnection.network", PL_T_LINK, 0, REST),
    ROW_FLAGS("endpoints[].connections[].pscAutoConnection.pscConnectionId", SERVER, REST),
    ROW_FLAGS("endpoints[].connections[].pscAutoConnection.pscConnectionStatus", SERVER, REST),
    ROW_FLAGS("endpoints[].connections[].pscAutoConnection.serviceAttachment", SERVER, REST),
    ROW_FLAGS("endpoints[].connections[].pscConnection.connectionType", SERVER, REST),
    ROW_TYPE("endpoints[].connections[].pscConnection.forwardingRule", PL_T_LINK, 0, REST),
    ROW_TYPE("endpoints[].connections[].pscConnection.network", PL_T_LINK, 0, REST),
    ROW_FLAGS("endpoints[].connections[].pscConnection.projectId", SERVER, REST),
    ROW_FLAGS("endpoints[].connections[].pscConnection.pscConnectionStatus", SERVER, REST),
    ROW_TYPE("endpoints[].connections[].pscConnection.serviceAttachment", PL_T_LINK, 0, REST),
    ROW_FLAGS("gcsSource", PL_F_IMMUTABLE, "discovery: immutable"),
    ROW_FLAGS("kmsKey", PL_F_IMMUTABLE, REST),
    ROW_FLAGS("maintenancePolicy.createTime", CHANGES, REST),
    ROW_FLAGS("maintenancePolicy.updateTime", CHANGES, REST),
    ROW_ID("maintenancePolicy.weeklyMaintenanceWindow", "day", REST),
    ROW_FLAGS("maintenanceSchedule", CHANGES, REST),
    ROW_FLAGS("maintenanceVersion", PL_F_VOLATILE, REST),
    ROW_FLAGS("managedBackupSource", PL_F_IMMUTABLE, "discovery: immutable"),
    ROW_FLAGS("migrationConfig", SERVER, REST),
    ROW_FLAGS("mode", PL_F_IMMUTABLE, "discovery: immutable"),
    ROW_FLAGS("nodeConfig", SERVER, REST),
    ROW_FLAGS("ondemandMaintenance", PL_F_VOLATILE, "discovery: input only"),
    ROW_DEFAULT("persistenceConfig.mode", "\"DISABLED\"",
                "https://cloud.google.com/memorystore/docs/valkey/about-persistence (off unless "
                "turned on)"),
    ROW_FLAGS("pscAttachmentDetails", SERVER, REST),
    {"pscAutoConnections", PL_T_UNKNOWN, "network+connectionType", NULL, PL_F_IMMUTABLE, REST},
    ROW_FLAGS("pscAutoConnections[].connectionType", SERVER, REST),
    ROW_FLAGS("pscAutoConnections[].forwardingRule", SERVER, REST),
    ROW_FLAGS("pscAutoConnections[].ipAddress", SERVER, REST),
    ROW_TYPE("pscAutoConnections[].network", PL_T_LINK, 0, REST),
    ROW_FLAGS("pscAutoConnections[].pscConnectionId", SERVER, REST),
    ROW_FLAGS("pscAutoConnections[].pscConnectionStatus", SERVER, REST),
    ROW_FLAGS("pscAutoConnections[].serviceAttachment", SERVER, REST),
    ROW_DEFAULT("replicaCount", "0", "discovery: if omitted the default is 0 replicas"),
    ROW_FLAGS("rotateServerCertificate", PL_F_VOLATILE, "discovery: input only"),
    ROW_FLAGS("satisfiesPzi", SERVER, REST),
    ROW_FLAGS("satisfiesPzs", SERVER, REST),
    ROW_FLAGS("serverCaPool", PL_F_IMMUTABLE, "discovery: immutable"),
    ROW_FLAGS("simulateMaintenanceEvent", PL_F_VOLATILE, "discovery: input only"),
    ROW_FLAGS("state", SERVER, REST),
    ROW_FLAGS("stateInfo", SERVER, REST),
    {"transitEncryptionMode", PL_T_UNKNOWN, NULL, "\"TRANSIT_ENCRYPTION_DISABLED\"", PL_F_IMMUTABLE,
     "M3 https://cloud.google.com/memorystore/docs/valkey/about-in-transit-encryption (off unless "
     "turned on)"},
    ROW_FLAGS("uid", CHANGES, REST),
    ROW_FLAGS("updateTime", CHANGES, REST),
    {"zoneDistributionConfig.mode", PL_T_UNKNOWN, NULL, "\"MULTI_ZONE\"", PL_F_IMMUTABLE,
     "discovery: defaults to MULTI_ZONE"},
};

const struct pl_kind pl_kind_valkey_instance = {
    .name = "valkey.instance",
    .title = "Memorystore for Valkey instance",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/locations/{location}/instances/{instance}",
    .name_field = "name",
    .schema = &pl_schema_memorystore_Instance,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "memorystore.googleapis.com",
             .list_path = "/v1/projects/{project}/locations/-/instances",
             .items = "instances",
             .get_path = "/v1/projects/{project}/locations/{location}/instances/{instance}",
             .page_size_param = "pageSize",
             .page_size = 1000,
             .how = PL_LIST_PLAIN,
             .permission = "memorystore.instances.list",
             .get_permission = "memorystore.instances.get",
             .role = "roles/memorystore.viewer"},
    .doc = REST,
};
