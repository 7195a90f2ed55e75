/* redis_cluster.c - Memorystore for Redis Cluster (v1), which clients reach over Private Service Connect only.
 *
 * Access tokens are behind IAM or calls of their own that this program never makes.
 */
#include "gcp_kinds.h"

#define REST                                                                                       \
    "https://cloud.google.com/memorystore/docs/cluster/reference/rest/v1/"                         \
    "projects.locations.clusters"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"cluster", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("aclPolicyInSync", SERVER, REST),
    ROW_DEFAULT("asyncClusterEndpointsDeletionEnabled", "false",
                "discovery: boolean, absent is false"),
    {"authorizationMode", PL_T_UNKNOWN, NULL, "\"AUTH_MODE_DISABLED\"", PL_F_IMMUTABLE,
     "M5 discovery: if not provided, auth is disabled"},
    {"availableMaintenanceVersions", PL_T_UNKNOWN, NULL, NULL, CHANGES | PL_F_SET, REST},
    ROW_FLAGS("backupCollection", SERVER, REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscAutoConnection.address", SERVER, REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscAutoConnection.connectionType", SERVER, REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscAutoConnection.forwardingRule", SERVER, REST),
    ROW_TYPE("clusterEndpoints[].connections[].pscAutoConnection.network", PL_T_LINK, 0, REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscAutoConnection.pscConnectionId", SERVER, REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscAutoConnection.pscConnectionStatus", SERVER,
              REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscAutoConnection.serviceAttachment", SERVER, REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscConnection.connectionType", SERVER, REST),
    ROW_TYPE("clusterEndpoints[].connections[].pscConnection.forwardingRule", PL_T_LINK, 0, REST),
    ROW_TYPE("clusterEndpoints[].connections[].pscConnection.network", PL_T_LINK, 0, REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscConnection.port", SERVER, REST),
    ROW_FLAGS("clusterEndpoints[].connections[].pscConnection.pscConnectionStatus", SERVER, REST),
    ROW_TYPE("clusterEndpoints[].connections[].pscConnection.serviceAttachment", PL_T_LINK, 0,
             REST),
    ROW_FLAGS("createTime", CHANGES, REST),
    ROW_FLAGS("crossClusterReplicationConfig.clusterRole", SERVER, REST),
    ROW_FLAGS("crossClusterReplicationConfig.membership", SERVER, REST),
    ROW_FLAGS("crossClusterReplicationConfig.primaryCluster.cluster", SERVER, REST),
    ROW_FLAGS("crossClusterReplicationConfig.primaryCluster.uid", CHANGES, REST),
    ROW_ID("crossClusterReplicationConfig.secondaryClusters", "cluster", REST),
    ROW_FLAGS("crossClusterReplicationConfig.secondaryClusters[].cluster", SERVER, REST),
    ROW_FLAGS("crossClusterReplicationConfig.secondaryClusters[].uid", CHANGES, REST),
    ROW_FLAGS("crossClusterReplicationConfig.updateTime", CHANGES, REST),
    ROW_DEFAULT("deletionProtectionEnabled", "false", "discovery: boolean, absent is false"),
    {"discoveryEndpoints", PL_T_UNKNOWN, "address", NULL, SERVER, "M1 " REST},
    ROW_FLAGS("effectiveMaintenanceVersion", SERVER, REST),
    ROW_FLAGS("encryptionInfo", SERVER, REST),
    ROW_FLAGS("kmsKey", PL_F_IMMUTABLE, REST),
    ROW_FLAGS("maintenancePolicy.createTime", CHANGES, REST),
    ROW_FLAGS("maintenancePolicy.updateTime", CHANGES, REST),
    ROW_ID("maintenancePolicy.weeklyMaintenanceWindow", "day", REST),
    ROW_FLAGS("maintenanceSchedule", CHANGES, REST),
    ROW_FLAGS("maintenanceVersion", PL_F_VOLATILE, REST),
    ROW_FLAGS("ondemandMaintenance", PL_F_VOLATILE, "discovery: input only"),
    ROW_DEFAULT("persistenceConfig.mode", "\"DISABLED\"",
                "https://cloud.google.com/memorystore/docs/cluster/persistence-overview (off "
                "unless turned on)"),
    ROW_FLAGS("preciseSizeGb", SERVER, REST),
    ROW_ID("pscConfigs", "network", REST),
    ROW_TYPE("pscConfigs[].network", PL_T_LINK, PL_F_IMMUTABLE, REST),
    {"pscConnections", PL_T_UNKNOWN, "pscConnectionId", NULL, SERVER, "M1 " REST},
    ROW_FLAGS("pscServiceAttachments", SERVER, REST),
    ROW_DEFAULT("replicaCount", "0",
                "https://cloud.google.com/memorystore/docs/cluster/ha-and-replicas (none unless "
                "asked for)"),
    ROW_FLAGS("rotateServerCertificate", PL_F_VOLATILE, "discovery: input only"),
    ROW_FLAGS("satisfiesPzi", SERVER, REST),
    ROW_FLAGS("satisfiesPzs", SERVER, REST),
    ROW_FLAGS("serverCaPool", PL_F_IMMUTABLE, REST),
    ROW_FLAGS("simulateMaintenanceEvent", PL_F_VOLATILE, "discovery: input only"),
    ROW_FLAGS("sizeGb", SERVER, REST),
    ROW_FLAGS("state", SERVER, REST),
    ROW_FLAGS("stateInfo", SERVER, REST),
    {"transitEncryptionMode", PL_T_UNKNOWN, NULL, "\"TRANSIT_ENCRYPTION_MODE_DISABLED\"",
     PL_F_IMMUTABLE, "M3 discovery: if not provided, encryption is disabled"},
    ROW_FLAGS("uid", CHANGES, REST),
    {"zoneDistributionConfig.mode", PL_T_UNKNOWN, NULL, "\"MULTI_ZONE\"", PL_F_IMMUTABLE,
     "discovery: defaults to MULTI_ZONE"},
};

const struct pl_kind pl_kind_redis_cluster = {
    .name = "redis.cluster",
    .title = "Memorystore for Redis Cluster",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/locations/{location}/clusters/{cluster}",
    .name_field = "name",
    .schema = &pl_schema_redis_Cluster,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "redis.googleapis.com",
             .list_path = "/v1/projects/{project}/locations/-/clusters",
             .items = "clusters",
             .get_path = "/v1/projects/{project}/locations/{location}/clusters/{cluster}",
             .page_size_param = "pageSize",
             .page_size = 1000,
             .how = PL_LIST_PLAIN,
             .permission = "redis.clusters.list",
             .get_permission = "redis.clusters.get",
             .role = "roles/redis.viewer"},
    .doc = REST,
};
