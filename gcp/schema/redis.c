/* Made by gcp/schema/generate.c (make schema) from Google's document of redis v1, revision 20260406. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_AutomatedBackupConfig;
static const struct pl_schema m_ClusterEndpoint;
static const struct pl_schema m_CrossClusterReplicationConfig;
static const struct pl_schema m_DiscoveryEndpoint;
static const struct pl_schema m_EncryptionInfo;
static const struct pl_schema m_GcsBackupSource;
static const struct pl_schema m_ClusterMaintenancePolicy;
static const struct pl_schema m_ClusterMaintenanceSchedule;
static const struct pl_schema m_ManagedBackupSource;
static const struct pl_schema m_ClusterPersistenceConfig;
static const struct pl_schema m_PscConfig;
static const struct pl_schema m_PscConnection;
static const struct pl_schema m_PscServiceAttachment;
static const struct pl_schema m_StateInfo;
static const struct pl_schema m_ZoneDistributionConfig;
static const struct pl_schema m_MaintenancePolicy;
static const struct pl_schema m_MaintenanceSchedule;
static const struct pl_schema m_NodeInfo;
static const struct pl_schema m_PersistenceConfig;
static const struct pl_schema m_TlsCertificate;
static const struct pl_schema m_FixedFrequencySchedule;
static const struct pl_schema m_ConnectionDetail;
static const struct pl_schema m_Membership;
static const struct pl_schema m_RemoteCluster;
static const struct pl_schema m_ClusterWeeklyMaintenanceWindow;
static const struct pl_schema m_AOFConfig;
static const struct pl_schema m_RDBConfig;
static const struct pl_schema m_UpdateInfo;
static const struct pl_schema m_WeeklyMaintenanceWindow;
static const struct pl_schema m_TimeOfDay;
static const struct pl_schema m_PscAutoConnection;

static const char *const e_Cluster_authorizationMode[] = {
    "AUTH_MODE_UNSPECIFIED",
    "AUTH_MODE_IAM_AUTH",
    "AUTH_MODE_DISABLED",
    "AUTH_MODE_TOKEN_AUTH",
    NULL,
};
static const char *const e_Cluster_nodeType[] = {
    "NODE_TYPE_UNSPECIFIED",
    "REDIS_SHARED_CORE_NANO",
    "REDIS_HIGHMEM_MEDIUM",
    "REDIS_HIGHMEM_XLARGE",
    "REDIS_STANDARD_SMALL",
    "REDIS_HIGHCPU_MEDIUM",
    "REDIS_STANDARD_LARGE",
    "REDIS_HIGHMEM_2XLARGE",
    NULL,
};
static const char *const e_Cluster_serverCaMode[] = {
    "SERVER_CA_MODE_UNSPECIFIED",
    "SERVER_CA_MODE_GOOGLE_MANAGED_PER_INSTANCE_CA",
    "SERVER_CA_MODE_GOOGLE_MANAGED_SHARED_CA",
    "SERVER_CA_MODE_CUSTOMER_MANAGED_CAS_CA",
    NULL,
};
static const char *const e_Cluster_state[] = {
    "STATE_UNSPECIFIED",
    "CREATING",
    "ACTIVE",
    "UPDATING",
    "DELETING",
    NULL,
};
static const char *const e_Cluster_transitEncryptionMode[] = {
    "TRANSIT_ENCRYPTION_MODE_UNSPECIFIED",
    "TRANSIT_ENCRYPTION_MODE_DISABLED",
    "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION",
    NULL,
};
static const char *const e_Instance_connectMode[] = {
    "CONNECT_MODE_UNSPECIFIED",
    "DIRECT_PEERING",
    "PRIVATE_SERVICE_ACCESS",
    NULL,
};
static const char *const e_Instance_readReplicasMode[] = {
    "READ_REPLICAS_MODE_UNSPECIFIED",
    "READ_REPLICAS_DISABLED",
    "READ_REPLICAS_ENABLED",
    NULL,
};
static const char *const e_Instance_state[] = {
    "STATE_UNSPECIFIED",
    "CREATING",
    "READY",
    "UPDATING",
    "DELETING",
    "REPAIRING",
    "MAINTENANCE",
    "IMPORTING",
    "FAILING_OVER",
    NULL,
};
static const char *const e_Instance_suspensionReasons[] = {
    "SUSPENSION_REASON_UNSPECIFIED",
    "CUSTOMER_MANAGED_KEY_ISSUE",
    NULL,
};
static const char *const e_Instance_tier[] = {
    "TIER_UNSPECIFIED",
    "BASIC",
    "STANDARD_HA",
    NULL,
};
static const char *const e_Instance_transitEncryptionMode[] = {
    "TRANSIT_ENCRYPTION_MODE_UNSPECIFIED",
    "SERVER_AUTHENTICATION",
    "DISABLED",
    NULL,
};
static const char *const e_AutomatedBackupConfig_automatedBackupMode[] = {
    "AUTOMATED_BACKUP_MODE_UNSPECIFIED",
    "DISABLED",
    "ENABLED",
    NULL,
};
static const char *const e_CrossClusterReplicationConfig_clusterRole[] = {
    "CLUSTER_ROLE_UNSPECIFIED",
    "NONE",
    "PRIMARY",
    "SECONDARY",
    NULL,
};
static const char *const e_EncryptionInfo_encryptionType[] = {
    "TYPE_UNSPECIFIED",
    "GOOGLE_DEFAULT_ENCRYPTION",
    "CUSTOMER_MANAGED_ENCRYPTION",
    NULL,
};
static const char *const e_EncryptionInfo_kmsKeyPrimaryState[] = {
    "KMS_KEY_STATE_UNSPECIFIED",
    "ENABLED",
    "PERMISSION_DENIED",
    "DISABLED",
    "DESTROYED",
    "DESTROY_SCHEDULED",
    "EKM_KEY_UNREACHABLE_DETECTED",
    "BILLING_DISABLED",
    "UNKNOWN_FAILURE",
    NULL,
};
static const char *const e_ClusterPersistenceConfig_mode[] = {
    "PERSISTENCE_MODE_UNSPECIFIED",
    "DISABLED",
    "RDB",
    "AOF",
    NULL,
};
static const char *const e_PscConnection_connectionType[] = {
    "CONNECTION_TYPE_UNSPECIFIED",
    "CONNECTION_TYPE_DISCOVERY",
    "CONNECTION_TYPE_PRIMARY",
    "CONNECTION_TYPE_READER",
    NULL,
};
static const char *const e_PscConnection_pscConnectionStatus[] = {
    "PSC_CONNECTION_STATUS_UNSPECIFIED",
    "PSC_CONNECTION_STATUS_ACTIVE",
    "PSC_CONNECTION_STATUS_NOT_FOUND",
    NULL,
};
static const char *const e_ZoneDistributionConfig_mode[] = {
    "ZONE_DISTRIBUTION_MODE_UNSPECIFIED",
    "MULTI_ZONE",
    "SINGLE_ZONE",
    NULL,
};
static const char *const e_PersistenceConfig_persistenceMode[] = {
    "PERSISTENCE_MODE_UNSPECIFIED",
    "DISABLED",
    "RDB",
    NULL,
};
static const char *const e_PersistenceConfig_rdbSnapshotPeriod[] = {
    "SNAPSHOT_PERIOD_UNSPECIFIED",
    "ONE_HOUR",
    "SIX_HOURS",
    "TWELVE_HOURS",
    "TWENTY_FOUR_HOURS",
    NULL,
};
static const char *const e_ClusterWeeklyMaintenanceWindow_day[] = {
    "DAY_OF_WEEK_UNSPECIFIED",
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
    "SUNDAY",
    NULL,
};
static const char *const e_AOFConfig_appendFsync[] = {
    "APPEND_FSYNC_UNSPECIFIED",
    "NO",
    "EVERYSEC",
    "ALWAYS",
    NULL,
};

static const struct pl_schema_field f_Cluster[] = {
    {"aclPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"aclPolicyInSync", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"allowFewerZonesDeployment", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"asyncClusterEndpointsDeletionEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"authorizationMode", PL_T_ENUM, PL_ONE, NULL, e_Cluster_authorizationMode},
    {"automatedBackupConfig", PL_T_MESSAGE, PL_ONE, &m_AutomatedBackupConfig, NULL},
    {"availableMaintenanceVersions", PL_T_STRING, PL_MANY, NULL, NULL},
    {"backupCollection", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clusterEndpoints", PL_T_MESSAGE, PL_MANY, &m_ClusterEndpoint, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"crossClusterReplicationConfig", PL_T_MESSAGE, PL_ONE, &m_CrossClusterReplicationConfig, NULL},
    {"deletionProtectionEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"discoveryEndpoints", PL_T_MESSAGE, PL_MANY, &m_DiscoveryEndpoint, NULL},
    {"effectiveMaintenanceVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"encryptionInfo", PL_T_MESSAGE, PL_ONE, &m_EncryptionInfo, NULL},
    {"gcsSource", PL_T_MESSAGE, PL_ONE, &m_GcsBackupSource, NULL},
    {"kmsKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"maintenancePolicy", PL_T_MESSAGE, PL_ONE, &m_ClusterMaintenancePolicy, NULL},
    {"maintenanceSchedule", PL_T_MESSAGE, PL_ONE, &m_ClusterMaintenanceSchedule, NULL},
    {"maintenanceVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"managedBackupSource", PL_T_MESSAGE, PL_ONE, &m_ManagedBackupSource, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nodeType", PL_T_ENUM, PL_ONE, NULL, e_Cluster_nodeType},
    {"ondemandMaintenance", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"persistenceConfig", PL_T_MESSAGE, PL_ONE, &m_ClusterPersistenceConfig, NULL},
    {"preciseSizeGb", PL_T_REAL, PL_ONE, NULL, NULL},
    {"pscConfigs", PL_T_MESSAGE, PL_MANY, &m_PscConfig, NULL},
    {"pscConnections", PL_T_MESSAGE, PL_MANY, &m_PscConnection, NULL},
    {"pscServiceAttachments", PL_T_MESSAGE, PL_MANY, &m_PscServiceAttachment, NULL},
    {"redisConfigs", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"replicaCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"rotateServerCertificate", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzi", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"serverCaMode", PL_T_ENUM, PL_ONE, NULL, e_Cluster_serverCaMode},
    {"serverCaPool", PL_T_STRING, PL_ONE, NULL, NULL},
    {"shardCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"simulateMaintenanceEvent", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"sizeGb", PL_T_INT, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_Cluster_state},
    {"stateInfo", PL_T_MESSAGE, PL_ONE, &m_StateInfo, NULL},
    {"transitEncryptionMode", PL_T_ENUM, PL_ONE, NULL, e_Cluster_transitEncryptionMode},
    {"uid", PL_T_STRING, PL_ONE, NULL, NULL},
    {"zoneDistributionConfig", PL_T_MESSAGE, PL_ONE, &m_ZoneDistributionConfig, NULL},
};
const struct pl_schema pl_schema_redis_Cluster = {"Cluster", f_Cluster, 45};

static const struct pl_schema_field f_Instance[] = {
    {"alternativeLocationId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"authEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"authorizedNetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"availableMaintenanceVersions", PL_T_STRING, PL_MANY, NULL, NULL},
    {"connectMode", PL_T_ENUM, PL_ONE, NULL, e_Instance_connectMode},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"currentLocationId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"customerManagedKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"host", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"locationId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"maintenancePolicy", PL_T_MESSAGE, PL_ONE, &m_MaintenancePolicy, NULL},
    {"maintenanceSchedule", PL_T_MESSAGE, PL_ONE, &m_MaintenanceSchedule, NULL},
    {"maintenanceVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"memorySizeGb", PL_T_INT, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nodes", PL_T_MESSAGE, PL_MANY, &m_NodeInfo, NULL},
    {"persistenceConfig", PL_T_MESSAGE, PL_ONE, &m_PersistenceConfig, NULL},
    {"persistenceIamIdentity", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
    {"readEndpoint", PL_T_STRING, PL_ONE, NULL, NULL},
    {"readEndpointPort", PL_T_INT, PL_ONE, NULL, NULL},
    {"readReplicasMode", PL_T_ENUM, PL_ONE, NULL, e_Instance_readReplicasMode},
    {"redisConfigs", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"redisVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"replicaCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"reservedIpRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"satisfiesPzi", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"secondaryIpRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serverCaCerts", PL_T_MESSAGE, PL_MANY, &m_TlsCertificate, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_Instance_state},
    {"statusMessage", PL_T_STRING, PL_ONE, NULL, NULL},
    {"suspensionReasons", PL_T_ENUM, PL_MANY, NULL, e_Instance_suspensionReasons},
    {"tags", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"tier", PL_T_ENUM, PL_ONE, NULL, e_Instance_tier},
    {"transitEncryptionMode", PL_T_ENUM, PL_ONE, NULL, e_Instance_transitEncryptionMode},
};
const struct pl_schema pl_schema_redis_Instance = {"Instance", f_Instance, 38};

static const struct pl_schema_field f_AutomatedBackupConfig[] = {
    {"automatedBackupMode", PL_T_ENUM, PL_ONE, NULL, e_AutomatedBackupConfig_automatedBackupMode},
    {"fixedFrequencySchedule", PL_T_MESSAGE, PL_ONE, &m_FixedFrequencySchedule, NULL},
    {"retention", PL_T_DURATION, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AutomatedBackupConfig = {"AutomatedBackupConfig", f_AutomatedBackupConfig, 3};

static const struct pl_schema_field f_ClusterEndpoint[] = {
    {"connections", PL_T_MESSAGE, PL_MANY, &m_ConnectionDetail, NULL},
};
static const struct pl_schema m_ClusterEndpoint = {"ClusterEndpoint", f_ClusterEndpoint, 1};

static const struct pl_schema_field f_CrossClusterReplicationConfig[] = {
    {"clusterRole", PL_T_ENUM, PL_ONE, NULL, e_CrossClusterReplicationConfig_clusterRole},
    {"membership", PL_T_MESSAGE, PL_ONE, &m_Membership, NULL},
    {"primaryCluster", PL_T_MESSAGE, PL_ONE, &m_RemoteCluster, NULL},
    {"secondaryClusters", PL_T_MESSAGE, PL_MANY, &m_RemoteCluster, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CrossClusterReplicationConfig = {"CrossClusterReplicationConfig", f_CrossClusterReplicationConfig, 5};

static const struct pl_schema_field f_DiscoveryEndpoint[] = {
    {"address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
    {"pscConfig", PL_T_MESSAGE, PL_ONE, &m_PscConfig, NULL},
};
static const struct pl_schema m_DiscoveryEndpoint = {"DiscoveryEndpoint", f_DiscoveryEndpoint, 3};

static const struct pl_schema_field f_EncryptionInfo[] = {
    {"encryptionType", PL_T_ENUM, PL_ONE, NULL, e_EncryptionInfo_encryptionType},
    {"kmsKeyPrimaryState", PL_T_ENUM, PL_ONE, NULL, e_EncryptionInfo_kmsKeyPrimaryState},
    {"kmsKeyVersions", PL_T_STRING, PL_MANY, NULL, NULL},
    {"lastUpdateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_EncryptionInfo = {"EncryptionInfo", f_EncryptionInfo, 4};

static const struct pl_schema_field f_GcsBackupSource[] = {
    {"uris", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_GcsBackupSource = {"GcsBackupSource", f_GcsBackupSource, 1};

static const struct pl_schema_field f_ClusterMaintenancePolicy[] = {
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"weeklyMaintenanceWindow", PL_T_MESSAGE, PL_MANY, &m_ClusterWeeklyMaintenanceWindow, NULL},
};
static const struct pl_schema m_ClusterMaintenancePolicy = {"ClusterMaintenancePolicy", f_ClusterMaintenancePolicy, 3};

static const struct pl_schema_field f_ClusterMaintenanceSchedule[] = {
    {"endTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"startTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ClusterMaintenanceSchedule = {"ClusterMaintenanceSchedule", f_ClusterMaintenanceSchedule, 2};

static const struct pl_schema_field f_ManagedBackupSource[] = {
    {"backup", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ManagedBackupSource = {"ManagedBackupSource", f_ManagedBackupSource, 1};

static const struct pl_schema_field f_ClusterPersistenceConfig[] = {
    {"aofConfig", PL_T_MESSAGE, PL_ONE, &m_AOFConfig, NULL},
    {"mode", PL_T_ENUM, PL_ONE, NULL, e_ClusterPersistenceConfig_mode},
    {"rdbConfig", PL_T_MESSAGE, PL_ONE, &m_RDBConfig, NULL},
};
static const struct pl_schema m_ClusterPersistenceConfig = {"ClusterPersistenceConfig", f_ClusterPersistenceConfig, 3};

static const struct pl_schema_field f_PscConfig[] = {
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PscConfig = {"PscConfig", f_PscConfig, 1};

static const struct pl_schema_field f_PscConnection[] = {
    {"address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"connectionType", PL_T_ENUM, PL_ONE, NULL, e_PscConnection_connectionType},
    {"forwardingRule", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
    {"projectId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConnectionId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConnectionStatus", PL_T_ENUM, PL_ONE, NULL, e_PscConnection_pscConnectionStatus},
    {"serviceAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PscConnection = {"PscConnection", f_PscConnection, 9};

static const struct pl_schema_field f_PscServiceAttachment[] = {
    {"connectionType", PL_T_ENUM, PL_ONE, NULL, e_PscConnection_connectionType},
    {"serviceAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PscServiceAttachment = {"PscServiceAttachment", f_PscServiceAttachment, 2};

static const struct pl_schema_field f_StateInfo[] = {
    {"updateInfo", PL_T_MESSAGE, PL_ONE, &m_UpdateInfo, NULL},
};
static const struct pl_schema m_StateInfo = {"StateInfo", f_StateInfo, 1};

static const struct pl_schema_field f_ZoneDistributionConfig[] = {
    {"mode", PL_T_ENUM, PL_ONE, NULL, e_ZoneDistributionConfig_mode},
    {"zone", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ZoneDistributionConfig = {"ZoneDistributionConfig", f_ZoneDistributionConfig, 2};

static const struct pl_schema_field f_MaintenancePolicy[] = {
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"weeklyMaintenanceWindow", PL_T_MESSAGE, PL_MANY, &m_WeeklyMaintenanceWindow, NULL},
};
static const struct pl_schema m_MaintenancePolicy = {"MaintenancePolicy", f_MaintenancePolicy, 4};

static const struct pl_schema_field f_MaintenanceSchedule[] = {
    {"canReschedule", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"endTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"scheduleDeadlineTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"startTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_MaintenanceSchedule = {"MaintenanceSchedule", f_MaintenanceSchedule, 4};

static const struct pl_schema_field f_NodeInfo[] = {
    {"id", PL_T_STRING, PL_ONE, NULL, NULL},
    {"zone", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_NodeInfo = {"NodeInfo", f_NodeInfo, 2};

static const struct pl_schema_field f_PersistenceConfig[] = {
    {"persistenceMode", PL_T_ENUM, PL_ONE, NULL, e_PersistenceConfig_persistenceMode},
    {"rdbNextSnapshotTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"rdbSnapshotPeriod", PL_T_ENUM, PL_ONE, NULL, e_PersistenceConfig_rdbSnapshotPeriod},
    {"rdbSnapshotStartTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PersistenceConfig = {"PersistenceConfig", f_PersistenceConfig, 4};

static const struct pl_schema_field f_TlsCertificate[] = {
    {"cert", PL_T_STRING, PL_ONE, NULL, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"expireTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"serialNumber", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sha1Fingerprint", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_TlsCertificate = {"TlsCertificate", f_TlsCertificate, 5};

static const struct pl_schema_field f_FixedFrequencySchedule[] = {
    {"startTime", PL_T_MESSAGE, PL_ONE, &m_TimeOfDay, NULL},
};
static const struct pl_schema m_FixedFrequencySchedule = {"FixedFrequencySchedule", f_FixedFrequencySchedule, 1};

static const struct pl_schema_field f_ConnectionDetail[] = {
    {"pscAutoConnection", PL_T_MESSAGE, PL_ONE, &m_PscAutoConnection, NULL},
    {"pscConnection", PL_T_MESSAGE, PL_ONE, &m_PscConnection, NULL},
};
static const struct pl_schema m_ConnectionDetail = {"ConnectionDetail", f_ConnectionDetail, 2};

static const struct pl_schema_field f_Membership[] = {
    {"primaryCluster", PL_T_MESSAGE, PL_ONE, &m_RemoteCluster, NULL},
    {"secondaryClusters", PL_T_MESSAGE, PL_MANY, &m_RemoteCluster, NULL},
};
static const struct pl_schema m_Membership = {"Membership", f_Membership, 2};

static const struct pl_schema_field f_RemoteCluster[] = {
    {"cluster", PL_T_STRING, PL_ONE, NULL, NULL},
    {"uid", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RemoteCluster = {"RemoteCluster", f_RemoteCluster, 2};

static const struct pl_schema_field f_ClusterWeeklyMaintenanceWindow[] = {
    {"day", PL_T_ENUM, PL_ONE, NULL, e_ClusterWeeklyMaintenanceWindow_day},
    {"startTime", PL_T_MESSAGE, PL_ONE, &m_TimeOfDay, NULL},
};
static const struct pl_schema m_ClusterWeeklyMaintenanceWindow = {"ClusterWeeklyMaintenanceWindow", f_ClusterWeeklyMaintenanceWindow, 2};

static const struct pl_schema_field f_AOFConfig[] = {
    {"appendFsync", PL_T_ENUM, PL_ONE, NULL, e_AOFConfig_appendFsync},
};
static const struct pl_schema m_AOFConfig = {"AOFConfig", f_AOFConfig, 1};

static const struct pl_schema_field f_RDBConfig[] = {
    {"rdbSnapshotPeriod", PL_T_ENUM, PL_ONE, NULL, e_PersistenceConfig_rdbSnapshotPeriod},
    {"rdbSnapshotStartTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RDBConfig = {"RDBConfig", f_RDBConfig, 2};

static const struct pl_schema_field f_UpdateInfo[] = {
    {"targetNodeType", PL_T_ENUM, PL_ONE, NULL, e_Cluster_nodeType},
    {"targetReplicaCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"targetShardCount", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_UpdateInfo = {"UpdateInfo", f_UpdateInfo, 3};

static const struct pl_schema_field f_WeeklyMaintenanceWindow[] = {
    {"day", PL_T_ENUM, PL_ONE, NULL, e_ClusterWeeklyMaintenanceWindow_day},
    {"duration", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"startTime", PL_T_MESSAGE, PL_ONE, &m_TimeOfDay, NULL},
};
static const struct pl_schema m_WeeklyMaintenanceWindow = {"WeeklyMaintenanceWindow", f_WeeklyMaintenanceWindow, 3};

static const struct pl_schema_field f_TimeOfDay[] = {
    {"hours", PL_T_INT, PL_ONE, NULL, NULL},
    {"minutes", PL_T_INT, PL_ONE, NULL, NULL},
    {"nanos", PL_T_INT, PL_ONE, NULL, NULL},
    {"seconds", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_TimeOfDay = {"TimeOfDay", f_TimeOfDay, 4};

static const struct pl_schema_field f_PscAutoConnection[] = {
    {"address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"connectionType", PL_T_ENUM, PL_ONE, NULL, e_PscConnection_connectionType},
    {"forwardingRule", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"projectId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConnectionId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConnectionStatus", PL_T_ENUM, PL_ONE, NULL, e_PscConnection_pscConnectionStatus},
    {"serviceAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PscAutoConnection = {"PscAutoConnection", f_PscAutoConnection, 8};
