/* Made by gcp/schema/generate.c (make schema) from Google's document of memorystore v1, revision unknown. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_AutomatedBackupConfig;
static const struct pl_schema m_CrossInstanceReplicationConfig;
static const struct pl_schema m_DiscoveryEndpoint;
static const struct pl_schema m_EncryptionInfo;
static const struct pl_schema m_Instance_InstanceEndpoint;
static const struct pl_schema m_Instance_GcsBackupSource;
static const struct pl_schema m_MaintenancePolicy;
static const struct pl_schema m_MaintenanceSchedule;
static const struct pl_schema m_Instance_ManagedBackupSource;
static const struct pl_schema m_MigrationConfig;
static const struct pl_schema m_NodeConfig;
static const struct pl_schema m_PersistenceConfig;
static const struct pl_schema m_PscAttachmentDetail;
static const struct pl_schema m_PscAutoConnection;
static const struct pl_schema m_Instance_StateInfo;
static const struct pl_schema m_ZoneDistributionConfig;
static const struct pl_schema m_AutomatedBackupConfig_FixedFrequencySchedule;
static const struct pl_schema m_CrossInstanceReplicationConfig_Membership;
static const struct pl_schema m_CrossInstanceReplicationConfig_RemoteInstance;
static const struct pl_schema m_Instance_ConnectionDetail;
static const struct pl_schema m_WeeklyMaintenanceWindow;
static const struct pl_schema m_SelfManagedSource;
static const struct pl_schema m_PersistenceConfig_AOFConfig;
static const struct pl_schema m_PersistenceConfig_RDBConfig;
static const struct pl_schema m_Instance_StateInfo_UpdateInfo;
static const struct pl_schema m_TimeOfDay;
static const struct pl_schema m_PscConnection;

static const char *const e_Instance_authorizationMode[] = {
    "AUTHORIZATION_MODE_UNSPECIFIED",
    "AUTH_DISABLED",
    "IAM_AUTH",
    "TOKEN_AUTH",
    NULL,
};
static const char *const e_Instance_mode[] = {
    "MODE_UNSPECIFIED",
    "STANDALONE",
    "CLUSTER",
    "CLUSTER_DISABLED",
    NULL,
};
static const char *const e_Instance_nodeType[] = {
    "NODE_TYPE_UNSPECIFIED",
    "SHARED_CORE_NANO",
    "HIGHMEM_MEDIUM",
    "HIGHMEM_XLARGE",
    "STANDARD_SMALL",
    "CUSTOM_MICRO",
    "CUSTOM_MINI",
    "HIGHCPU_MEDIUM",
    "STANDARD_LARGE",
    "HIGHMEM_2XLARGE",
    "CUSTOM_PICO",
    NULL,
};
static const char *const e_Instance_serverCaMode[] = {
    "SERVER_CA_MODE_UNSPECIFIED",
    "GOOGLE_MANAGED_PER_INSTANCE_CA",
    "GOOGLE_MANAGED_SHARED_CA",
    "CUSTOMER_MANAGED_CAS_CA",
    "SERVER_CA_MODE_GOOGLE_MANAGED_PER_INSTANCE_CA",
    "SERVER_CA_MODE_GOOGLE_MANAGED_SHARED_CA",
    "SERVER_CA_MODE_CUSTOMER_MANAGED_CAS_CA",
    NULL,
};
static const char *const e_Instance_state[] = {
    "STATE_UNSPECIFIED",
    "CREATING",
    "ACTIVE",
    "UPDATING",
    "DELETING",
    "MIGRATING",
    NULL,
};
static const char *const e_Instance_transitEncryptionMode[] = {
    "TRANSIT_ENCRYPTION_MODE_UNSPECIFIED",
    "TRANSIT_ENCRYPTION_DISABLED",
    "SERVER_AUTHENTICATION",
    NULL,
};
static const char *const e_AutomatedBackupConfig_automatedBackupMode[] = {
    "AUTOMATED_BACKUP_MODE_UNSPECIFIED",
    "DISABLED",
    "ENABLED",
    NULL,
};
static const char *const e_CrossInstanceReplicationConfig_instanceRole[] = {
    "INSTANCE_ROLE_UNSPECIFIED",
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
static const char *const e_MigrationConfig_state[] = {
    "STATE_UNSPECIFIED",
    "ROLLED_BACK",
    "ROLLING_BACK",
    "REPLICATION_ESTABLISHED",
    "MIGRATED",
    NULL,
};
static const char *const e_PersistenceConfig_mode[] = {
    "PERSISTENCE_MODE_UNSPECIFIED",
    "DISABLED",
    "RDB",
    "AOF",
    NULL,
};
static const char *const e_PscAttachmentDetail_connectionType[] = {
    "CONNECTION_TYPE_UNSPECIFIED",
    "CONNECTION_TYPE_DISCOVERY",
    "CONNECTION_TYPE_PRIMARY",
    "CONNECTION_TYPE_READER",
    NULL,
};
static const char *const e_PscAutoConnection_pscConnectionStatus[] = {
    "PSC_CONNECTION_STATUS_UNSPECIFIED",
    "ACTIVE",
    "NOT_FOUND",
    NULL,
};
static const char *const e_ZoneDistributionConfig_mode[] = {
    "ZONE_DISTRIBUTION_MODE_UNSPECIFIED",
    "MULTI_ZONE",
    "SINGLE_ZONE",
    NULL,
};
static const char *const e_WeeklyMaintenanceWindow_day[] = {
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
static const char *const e_PersistenceConfig_AOFConfig_appendFsync[] = {
    "APPEND_FSYNC_UNSPECIFIED",
    "NEVER",
    "EVERY_SEC",
    "ALWAYS",
    NULL,
};
static const char *const e_PersistenceConfig_RDBConfig_rdbSnapshotPeriod[] = {
    "SNAPSHOT_PERIOD_UNSPECIFIED",
    "ONE_HOUR",
    "SIX_HOURS",
    "TWELVE_HOURS",
    "TWENTY_FOUR_HOURS",
    NULL,
};

static const struct pl_schema_field f_Instance[] = {
    {"allowFewerZonesDeployment", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"asyncInstanceEndpointsDeletionEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"authorizationMode", PL_T_ENUM, PL_ONE, NULL, e_Instance_authorizationMode},
    {"automatedBackupConfig", PL_T_MESSAGE, PL_ONE, &m_AutomatedBackupConfig, NULL},
    {"availableMaintenanceVersions", PL_T_STRING, PL_MANY, NULL, NULL},
    {"backupCollection", PL_T_STRING, PL_ONE, NULL, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"crossInstanceReplicationConfig", PL_T_MESSAGE, PL_ONE, &m_CrossInstanceReplicationConfig, NULL},
    {"deletionProtectionEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"discoveryEndpoints", PL_T_MESSAGE, PL_MANY, &m_DiscoveryEndpoint, NULL},
    {"effectiveMaintenanceVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"encryptionInfo", PL_T_MESSAGE, PL_ONE, &m_EncryptionInfo, NULL},
    {"endpoints", PL_T_MESSAGE, PL_MANY, &m_Instance_InstanceEndpoint, NULL},
    {"engineConfigs", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"engineVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"gcsSource", PL_T_MESSAGE, PL_ONE, &m_Instance_GcsBackupSource, NULL},
    {"kmsKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"maintenancePolicy", PL_T_MESSAGE, PL_ONE, &m_MaintenancePolicy, NULL},
    {"maintenanceSchedule", PL_T_MESSAGE, PL_ONE, &m_MaintenanceSchedule, NULL},
    {"maintenanceVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"managedBackupSource", PL_T_MESSAGE, PL_ONE, &m_Instance_ManagedBackupSource, NULL},
    {"migrationConfig", PL_T_MESSAGE, PL_ONE, &m_MigrationConfig, NULL},
    {"mode", PL_T_ENUM, PL_ONE, NULL, e_Instance_mode},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nodeConfig", PL_T_MESSAGE, PL_ONE, &m_NodeConfig, NULL},
    {"nodeType", PL_T_ENUM, PL_ONE, NULL, e_Instance_nodeType},
    {"ondemandMaintenance", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"persistenceConfig", PL_T_MESSAGE, PL_ONE, &m_PersistenceConfig, NULL},
    {"pscAttachmentDetails", PL_T_MESSAGE, PL_MANY, &m_PscAttachmentDetail, NULL},
    {"pscAutoConnections", PL_T_MESSAGE, PL_MANY, &m_PscAutoConnection, NULL},
    {"replicaCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"rotateServerCertificate", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzi", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"serverCaMode", PL_T_ENUM, PL_ONE, NULL, e_Instance_serverCaMode},
    {"serverCaPool", PL_T_STRING, PL_ONE, NULL, NULL},
    {"shardCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"simulateMaintenanceEvent", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_Instance_state},
    {"stateInfo", PL_T_MESSAGE, PL_ONE, &m_Instance_StateInfo, NULL},
    {"transitEncryptionMode", PL_T_ENUM, PL_ONE, NULL, e_Instance_transitEncryptionMode},
    {"uid", PL_T_STRING, PL_ONE, NULL, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"zoneDistributionConfig", PL_T_MESSAGE, PL_ONE, &m_ZoneDistributionConfig, NULL},
};
const struct pl_schema pl_schema_memorystore_Instance = {"Instance", f_Instance, 45};

static const struct pl_schema_field f_AutomatedBackupConfig[] = {
    {"automatedBackupMode", PL_T_ENUM, PL_ONE, NULL, e_AutomatedBackupConfig_automatedBackupMode},
    {"fixedFrequencySchedule", PL_T_MESSAGE, PL_ONE, &m_AutomatedBackupConfig_FixedFrequencySchedule, NULL},
    {"retention", PL_T_DURATION, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AutomatedBackupConfig = {"AutomatedBackupConfig", f_AutomatedBackupConfig, 3};

static const struct pl_schema_field f_CrossInstanceReplicationConfig[] = {
    {"instanceRole", PL_T_ENUM, PL_ONE, NULL, e_CrossInstanceReplicationConfig_instanceRole},
    {"membership", PL_T_MESSAGE, PL_ONE, &m_CrossInstanceReplicationConfig_Membership, NULL},
    {"primaryInstance", PL_T_MESSAGE, PL_ONE, &m_CrossInstanceReplicationConfig_RemoteInstance, NULL},
    {"secondaryInstances", PL_T_MESSAGE, PL_MANY, &m_CrossInstanceReplicationConfig_RemoteInstance, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CrossInstanceReplicationConfig = {"CrossInstanceReplicationConfig", f_CrossInstanceReplicationConfig, 5};

static const struct pl_schema_field f_DiscoveryEndpoint[] = {
    {"address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DiscoveryEndpoint = {"DiscoveryEndpoint", f_DiscoveryEndpoint, 3};

static const struct pl_schema_field f_EncryptionInfo[] = {
    {"encryptionType", PL_T_ENUM, PL_ONE, NULL, e_EncryptionInfo_encryptionType},
    {"kmsKeyPrimaryState", PL_T_ENUM, PL_ONE, NULL, e_EncryptionInfo_kmsKeyPrimaryState},
    {"kmsKeyVersions", PL_T_STRING, PL_MANY, NULL, NULL},
    {"lastUpdateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_EncryptionInfo = {"EncryptionInfo", f_EncryptionInfo, 4};

static const struct pl_schema_field f_Instance_InstanceEndpoint[] = {
    {"connections", PL_T_MESSAGE, PL_MANY, &m_Instance_ConnectionDetail, NULL},
};
static const struct pl_schema m_Instance_InstanceEndpoint = {"Instance_InstanceEndpoint", f_Instance_InstanceEndpoint, 1};

static const struct pl_schema_field f_Instance_GcsBackupSource[] = {
    {"uris", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_Instance_GcsBackupSource = {"Instance_GcsBackupSource", f_Instance_GcsBackupSource, 1};

static const struct pl_schema_field f_MaintenancePolicy[] = {
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"weeklyMaintenanceWindow", PL_T_MESSAGE, PL_MANY, &m_WeeklyMaintenanceWindow, NULL},
};
static const struct pl_schema m_MaintenancePolicy = {"MaintenancePolicy", f_MaintenancePolicy, 3};

static const struct pl_schema_field f_MaintenanceSchedule[] = {
    {"endTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"startTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_MaintenanceSchedule = {"MaintenanceSchedule", f_MaintenanceSchedule, 2};

static const struct pl_schema_field f_Instance_ManagedBackupSource[] = {
    {"backup", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Instance_ManagedBackupSource = {"Instance_ManagedBackupSource", f_Instance_ManagedBackupSource, 1};

static const struct pl_schema_field f_MigrationConfig[] = {
    {"forceFinishMigration", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"selfManagedSource", PL_T_MESSAGE, PL_ONE, &m_SelfManagedSource, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_MigrationConfig_state},
};
static const struct pl_schema m_MigrationConfig = {"MigrationConfig", f_MigrationConfig, 3};

static const struct pl_schema_field f_NodeConfig[] = {
    {"sizeGb", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_NodeConfig = {"NodeConfig", f_NodeConfig, 1};

static const struct pl_schema_field f_PersistenceConfig[] = {
    {"aofConfig", PL_T_MESSAGE, PL_ONE, &m_PersistenceConfig_AOFConfig, NULL},
    {"mode", PL_T_ENUM, PL_ONE, NULL, e_PersistenceConfig_mode},
    {"rdbConfig", PL_T_MESSAGE, PL_ONE, &m_PersistenceConfig_RDBConfig, NULL},
};
static const struct pl_schema m_PersistenceConfig = {"PersistenceConfig", f_PersistenceConfig, 3};

static const struct pl_schema_field f_PscAttachmentDetail[] = {
    {"connectionType", PL_T_ENUM, PL_ONE, NULL, e_PscAttachmentDetail_connectionType},
    {"serviceAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PscAttachmentDetail = {"PscAttachmentDetail", f_PscAttachmentDetail, 2};

static const struct pl_schema_field f_PscAutoConnection[] = {
    {"connectionType", PL_T_ENUM, PL_ONE, NULL, e_PscAttachmentDetail_connectionType},
    {"forwardingRule", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
    {"projectId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConnectionId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConnectionStatus", PL_T_ENUM, PL_ONE, NULL, e_PscAutoConnection_pscConnectionStatus},
    {"serviceAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PscAutoConnection = {"PscAutoConnection", f_PscAutoConnection, 9};

static const struct pl_schema_field f_Instance_StateInfo[] = {
    {"updateInfo", PL_T_MESSAGE, PL_ONE, &m_Instance_StateInfo_UpdateInfo, NULL},
};
static const struct pl_schema m_Instance_StateInfo = {"Instance_StateInfo", f_Instance_StateInfo, 1};

static const struct pl_schema_field f_ZoneDistributionConfig[] = {
    {"mode", PL_T_ENUM, PL_ONE, NULL, e_ZoneDistributionConfig_mode},
    {"zone", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ZoneDistributionConfig = {"ZoneDistributionConfig", f_ZoneDistributionConfig, 2};

static const struct pl_schema_field f_AutomatedBackupConfig_FixedFrequencySchedule[] = {
    {"startTime", PL_T_MESSAGE, PL_ONE, &m_TimeOfDay, NULL},
};
static const struct pl_schema m_AutomatedBackupConfig_FixedFrequencySchedule = {"AutomatedBackupConfig_FixedFrequencySchedule", f_AutomatedBackupConfig_FixedFrequencySchedule, 1};

static const struct pl_schema_field f_CrossInstanceReplicationConfig_Membership[] = {
    {"primaryInstance", PL_T_MESSAGE, PL_ONE, &m_CrossInstanceReplicationConfig_RemoteInstance, NULL},
    {"secondaryInstances", PL_T_MESSAGE, PL_MANY, &m_CrossInstanceReplicationConfig_RemoteInstance, NULL},
};
static const struct pl_schema m_CrossInstanceReplicationConfig_Membership = {"CrossInstanceReplicationConfig_Membership", f_CrossInstanceReplicationConfig_Membership, 2};

static const struct pl_schema_field f_CrossInstanceReplicationConfig_RemoteInstance[] = {
    {"instance", PL_T_STRING, PL_ONE, NULL, NULL},
    {"uid", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CrossInstanceReplicationConfig_RemoteInstance = {"CrossInstanceReplicationConfig_RemoteInstance", f_CrossInstanceReplicationConfig_RemoteInstance, 2};

static const struct pl_schema_field f_Instance_ConnectionDetail[] = {
    {"pscAutoConnection", PL_T_MESSAGE, PL_ONE, &m_PscAutoConnection, NULL},
    {"pscConnection", PL_T_MESSAGE, PL_ONE, &m_PscConnection, NULL},
};
static const struct pl_schema m_Instance_ConnectionDetail = {"Instance_ConnectionDetail", f_Instance_ConnectionDetail, 2};

static const struct pl_schema_field f_WeeklyMaintenanceWindow[] = {
    {"day", PL_T_ENUM, PL_ONE, NULL, e_WeeklyMaintenanceWindow_day},
    {"startTime", PL_T_MESSAGE, PL_ONE, &m_TimeOfDay, NULL},
};
static const struct pl_schema m_WeeklyMaintenanceWindow = {"WeeklyMaintenanceWindow", f_WeeklyMaintenanceWindow, 2};

static const struct pl_schema_field f_SelfManagedSource[] = {
    {"ipAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SelfManagedSource = {"SelfManagedSource", f_SelfManagedSource, 3};

static const struct pl_schema_field f_PersistenceConfig_AOFConfig[] = {
    {"appendFsync", PL_T_ENUM, PL_ONE, NULL, e_PersistenceConfig_AOFConfig_appendFsync},
};
static const struct pl_schema m_PersistenceConfig_AOFConfig = {"PersistenceConfig_AOFConfig", f_PersistenceConfig_AOFConfig, 1};

static const struct pl_schema_field f_PersistenceConfig_RDBConfig[] = {
    {"rdbSnapshotPeriod", PL_T_ENUM, PL_ONE, NULL, e_PersistenceConfig_RDBConfig_rdbSnapshotPeriod},
    {"rdbSnapshotStartTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PersistenceConfig_RDBConfig = {"PersistenceConfig_RDBConfig", f_PersistenceConfig_RDBConfig, 2};

static const struct pl_schema_field f_Instance_StateInfo_UpdateInfo[] = {
    {"targetEngineVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"targetNodeType", PL_T_ENUM, PL_ONE, NULL, e_Instance_nodeType},
    {"targetReplicaCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"targetShardCount", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Instance_StateInfo_UpdateInfo = {"Instance_StateInfo_UpdateInfo", f_Instance_StateInfo_UpdateInfo, 4};

static const struct pl_schema_field f_TimeOfDay[] = {
    {"hours", PL_T_INT, PL_ONE, NULL, NULL},
    {"minutes", PL_T_INT, PL_ONE, NULL, NULL},
    {"nanos", PL_T_INT, PL_ONE, NULL, NULL},
    {"seconds", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_TimeOfDay = {"TimeOfDay", f_TimeOfDay, 4};

static const struct pl_schema_field f_PscConnection[] = {
    {"connectionType", PL_T_ENUM, PL_ONE, NULL, e_PscAttachmentDetail_connectionType},
    {"forwardingRule", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
    {"projectId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConnectionId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConnectionStatus", PL_T_ENUM, PL_ONE, NULL, e_PscAutoConnection_pscConnectionStatus},
    {"serviceAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PscConnection = {"PscConnection", f_PscConnection, 9};
