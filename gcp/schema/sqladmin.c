/* Made by gcp/schema/generate.c (make schema) from Google's document of sqladmin v1, revision unknown. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_SqlServerDatabaseDetails;
static const struct pl_schema m_DiskEncryptionConfiguration;
static const struct pl_schema m_DiskEncryptionStatus;
static const struct pl_schema m_DnsNameMapping;
static const struct pl_schema m_DatabaseInstance_failoverReplica;
static const struct pl_schema m_GeminiInstanceConfig;
static const struct pl_schema m_IpMapping;
static const struct pl_schema m_PoolNodeConfig;
static const struct pl_schema m_OnPremisesConfiguration;
static const struct pl_schema m_SqlOutOfDiskReport;
static const struct pl_schema m_ReplicaConfiguration;
static const struct pl_schema m_ReplicationCluster;
static const struct pl_schema m_SqlScheduledMaintenance;
static const struct pl_schema m_SslCert;
static const struct pl_schema m_Settings;
static const struct pl_schema m_AvailableDatabaseVersion;
static const struct pl_schema m_UserPasswordValidationPolicy;
static const struct pl_schema m_SqlServerUserDetails;
static const struct pl_schema m_PscAutoConnectionConfig;
static const struct pl_schema m_SelectedObjects;
static const struct pl_schema m_InstanceReference;
static const struct pl_schema m_MySqlReplicaConfiguration;
static const struct pl_schema m_SqlActiveDirectoryConfig;
static const struct pl_schema m_AdvancedMachineFeatures;
static const struct pl_schema m_BackupConfiguration;
static const struct pl_schema m_ConnectionPoolConfig;
static const struct pl_schema m_DataCacheConfig;
static const struct pl_schema m_DatabaseFlags;
static const struct pl_schema m_DenyMaintenancePeriod;
static const struct pl_schema m_SqlServerEntraIdConfig;
static const struct pl_schema m_FinalBackupConfig;
static const struct pl_schema m_InsightsConfig;
static const struct pl_schema m_IpConfiguration;
static const struct pl_schema m_LocationPreference;
static const struct pl_schema m_MaintenanceWindow;
static const struct pl_schema m_PasswordValidationPolicy;
static const struct pl_schema m_PerformanceCaptureConfig;
static const struct pl_schema m_ReadPoolAutoScaleConfig;
static const struct pl_schema m_SqlServerAuditConfig;
static const struct pl_schema m_PasswordStatus;
static const struct pl_schema m_BackupRetentionSettings;
static const struct pl_schema m_ConnectionPoolFlags;
static const struct pl_schema m_AclEntry;
static const struct pl_schema m_PscConfig;
static const struct pl_schema m_TargetMetric;

static const char *const e_DatabaseInstance_backendType[] = {
    "SQL_BACKEND_TYPE_UNSPECIFIED",
    "FIRST_GEN",
    "SECOND_GEN",
    "EXTERNAL",
    NULL,
};
static const char *const e_DatabaseInstance_databaseVersion[] = {
    "SQL_DATABASE_VERSION_UNSPECIFIED",
    "MYSQL_5_1",
    "MYSQL_5_5",
    "MYSQL_5_6",
    "MYSQL_5_7",
    "MYSQL_8_0",
    "MYSQL_8_0_18",
    "MYSQL_8_0_26",
    "MYSQL_8_0_27",
    "MYSQL_8_0_28",
    "MYSQL_8_0_29",
    "MYSQL_8_0_30",
    "MYSQL_8_0_31",
    "MYSQL_8_0_32",
    "MYSQL_8_0_33",
    "MYSQL_8_0_34",
    "MYSQL_8_0_35",
    "MYSQL_8_0_36",
    "MYSQL_8_0_37",
    "MYSQL_8_0_39",
    "MYSQL_8_0_40",
    "MYSQL_8_0_41",
    "MYSQL_8_0_42",
    "MYSQL_8_0_43",
    "MYSQL_8_0_44",
    "MYSQL_8_0_45",
    "MYSQL_8_0_46",
    "MYSQL_8_4",
    "MYSQL_9_7",
    "SQLSERVER_2017_STANDARD",
    "SQLSERVER_2017_ENTERPRISE",
    "SQLSERVER_2017_EXPRESS",
    "SQLSERVER_2017_WEB",
    "POSTGRES_9_6",
    "POSTGRES_10",
    "POSTGRES_11",
    "POSTGRES_12",
    "POSTGRES_13",
    "POSTGRES_14",
    "POSTGRES_15",
    "POSTGRES_16",
    "POSTGRES_17",
    "POSTGRES_18",
    "SQLSERVER_2019_STANDARD",
    "SQLSERVER_2019_ENTERPRISE",
    "SQLSERVER_2019_EXPRESS",
    "SQLSERVER_2019_WEB",
    "SQLSERVER_2022_STANDARD",
    "SQLSERVER_2022_ENTERPRISE",
    "SQLSERVER_2022_EXPRESS",
    "SQLSERVER_2022_WEB",
    "SQLSERVER_2025_STANDARD",
    "SQLSERVER_2025_ENTERPRISE",
    "SQLSERVER_2025_EXPRESS",
    NULL,
};
static const char *const e_DatabaseInstance_instanceType[] = {
    "SQL_INSTANCE_TYPE_UNSPECIFIED",
    "CLOUD_SQL_INSTANCE",
    "ON_PREMISES_INSTANCE",
    "READ_REPLICA_INSTANCE",
    "READ_POOL_INSTANCE",
    NULL,
};
static const char *const e_DatabaseInstance_sqlNetworkArchitecture[] = {
    "SQL_NETWORK_ARCHITECTURE_UNSPECIFIED",
    "NEW_NETWORK_ARCHITECTURE",
    "OLD_NETWORK_ARCHITECTURE",
    NULL,
};
static const char *const e_DatabaseInstance_state[] = {
    "SQL_INSTANCE_STATE_UNSPECIFIED",
    "RUNNABLE",
    "SUSPENDED",
    "PENDING_DELETE",
    "PENDING_CREATE",
    "MAINTENANCE",
    "FAILED",
    "ONLINE_MAINTENANCE",
    "REPAIRING",
    NULL,
};
static const char *const e_DatabaseInstance_suspensionReason[] = {
    "SQL_SUSPENSION_REASON_UNSPECIFIED",
    "BILLING_ISSUE",
    "LEGAL_ISSUE",
    "OPERATIONAL_ISSUE",
    "KMS_KEY_ISSUE",
    NULL,
};
static const char *const e_User_dualPasswordType[] = {
    "DUAL_PASSWORD_TYPE_UNSPECIFIED",
    "NO_MODIFY_DUAL_PASSWORD",
    "NO_DUAL_PASSWORD",
    "DUAL_PASSWORD",
    NULL,
};
static const char *const e_User_iamStatus[] = {
    "IAM_STATUS_UNSPECIFIED",
    "INACTIVE",
    "ACTIVE",
    NULL,
};
static const char *const e_User_type[] = {
    "BUILT_IN",
    "CLOUD_IAM_USER",
    "CLOUD_IAM_SERVICE_ACCOUNT",
    "CLOUD_IAM_GROUP",
    "CLOUD_IAM_GROUP_USER",
    "CLOUD_IAM_GROUP_SERVICE_ACCOUNT",
    "ENTRAID_USER",
    NULL,
};
static const char *const e_DnsNameMapping_connectionType[] = {
    "CONNECTION_TYPE_UNSPECIFIED",
    "PUBLIC",
    "PRIVATE_SERVICES_ACCESS",
    "PRIVATE_SERVICE_CONNECT",
    NULL,
};
static const char *const e_DnsNameMapping_dnsScope[] = {
    "DNS_SCOPE_UNSPECIFIED",
    "INSTANCE",
    "CLUSTER",
    NULL,
};
static const char *const e_DnsNameMapping_recordManager[] = {
    "RECORD_MANAGER_UNSPECIFIED",
    "CUSTOMER",
    "CLOUD_SQL_AUTOMATION",
    NULL,
};
static const char *const e_IpMapping_type[] = {
    "SQL_IP_ADDRESS_TYPE_UNSPECIFIED",
    "PRIMARY",
    "OUTGOING",
    "PRIVATE",
    "MIGRATED_1ST_GEN",
    NULL,
};
static const char *const e_OnPremisesConfiguration_sslOption[] = {
    "SSL_OPTION_UNSPECIFIED",
    "DISABLE",
    "REQUIRE",
    "VERIFY_CA",
    NULL,
};
static const char *const e_SqlOutOfDiskReport_sqlOutOfDiskState[] = {
    "SQL_OUT_OF_DISK_STATE_UNSPECIFIED",
    "NORMAL",
    "SOFT_SHUTDOWN",
    NULL,
};
static const char *const e_Settings_activationPolicy[] = {
    "SQL_ACTIVATION_POLICY_UNSPECIFIED",
    "ALWAYS",
    "NEVER",
    "ON_DEMAND",
    NULL,
};
static const char *const e_Settings_availabilityType[] = {
    "SQL_AVAILABILITY_TYPE_UNSPECIFIED",
    "ZONAL",
    "REGIONAL",
    NULL,
};
static const char *const e_Settings_connectorEnforcement[] = {
    "CONNECTOR_ENFORCEMENT_UNSPECIFIED",
    "NOT_REQUIRED",
    "REQUIRED",
    NULL,
};
static const char *const e_Settings_dataApiAccess[] = {
    "DATA_API_ACCESS_UNSPECIFIED",
    "DISALLOW_DATA_API",
    "ALLOW_DATA_API",
    NULL,
};
static const char *const e_Settings_dataDiskType[] = {
    "SQL_DATA_DISK_TYPE_UNSPECIFIED",
    "PD_SSD",
    "PD_HDD",
    "OBSOLETE_LOCAL_SSD",
    "HYPERDISK_BALANCED",
    NULL,
};
static const char *const e_Settings_edition[] = {
    "EDITION_UNSPECIFIED",
    "ENTERPRISE",
    "ENTERPRISE_PLUS",
    NULL,
};
static const char *const e_Settings_pricingPlan[] = {
    "SQL_PRICING_PLAN_UNSPECIFIED",
    "PACKAGE",
    "PER_USE",
    NULL,
};
static const char *const e_Settings_replicationType[] = {
    "SQL_REPLICATION_TYPE_UNSPECIFIED",
    "SYNCHRONOUS",
    "ASYNCHRONOUS",
    NULL,
};
static const char *const e_PscAutoConnectionConfig_instanceAutoDnsStatus[] = {
    "AUTO_DNS_STATUS_UNSPECIFIED",
    "AUTO_DNS_OK",
    "AUTO_DNS_FAILED",
    "AUTO_DNS_UNKNOWN",
    NULL,
};
static const char *const e_SqlActiveDirectoryConfig_mode[] = {
    "ACTIVE_DIRECTORY_MODE_UNSPECIFIED",
    "MANAGED_ACTIVE_DIRECTORY",
    "SELF_MANAGED_ACTIVE_DIRECTORY",
    "CUSTOMER_MANAGED_ACTIVE_DIRECTORY",
    NULL,
};
static const char *const e_BackupConfiguration_backupTier[] = {
    "BACKUP_TIER_UNSPECIFIED",
    "STANDARD",
    "ADVANCED",
    "ENHANCED",
    NULL,
};
static const char *const e_BackupConfiguration_transactionalLogStorageState[] = {
    "TRANSACTIONAL_LOG_STORAGE_STATE_UNSPECIFIED",
    "DISK",
    "SWITCHING_TO_CLOUD_STORAGE",
    "SWITCHED_TO_CLOUD_STORAGE",
    "CLOUD_STORAGE",
    NULL,
};
static const char *const e_IpConfiguration_serverCaMode[] = {
    "CA_MODE_UNSPECIFIED",
    "GOOGLE_MANAGED_INTERNAL_CA",
    "GOOGLE_MANAGED_CAS_CA",
    "CUSTOMER_MANAGED_CAS_CA",
    NULL,
};
static const char *const e_IpConfiguration_serverCertificateRotationMode[] = {
    "SERVER_CERTIFICATE_ROTATION_MODE_UNSPECIFIED",
    "NO_AUTOMATIC_ROTATION",
    "AUTOMATIC_ROTATION_DURING_MAINTENANCE",
    NULL,
};
static const char *const e_IpConfiguration_sslMode[] = {
    "SSL_MODE_UNSPECIFIED",
    "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
    "ENCRYPTED_ONLY",
    "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
    NULL,
};
static const char *const e_MaintenanceWindow_updateTrack[] = {
    "SQL_UPDATE_TRACK_UNSPECIFIED",
    "canary",
    "stable",
    "week5",
    NULL,
};
static const char *const e_PasswordValidationPolicy_complexity[] = {
    "COMPLEXITY_UNSPECIFIED",
    "COMPLEXITY_DEFAULT",
    NULL,
};
static const char *const e_PerformanceCaptureConfig_transactionKillType[] = {
    "TRANSACTION_KILL_TYPE_UNSPECIFIED",
    "READ_ONLY_TRANSACTIONS",
    "ALL_TRANSACTIONS",
    NULL,
};
static const char *const e_BackupRetentionSettings_retentionUnit[] = {
    "RETENTION_UNIT_UNSPECIFIED",
    "COUNT",
    NULL,
};

static const struct pl_schema_field f_Database[] = {
    {"charset", PL_T_STRING, PL_ONE, NULL, NULL},
    {"collation", PL_T_STRING, PL_ONE, NULL, NULL},
    {"etag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"instance", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"project", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sqlserverDatabaseDetails", PL_T_MESSAGE, PL_ONE, &m_SqlServerDatabaseDetails, NULL},
};
const struct pl_schema pl_schema_sqladmin_Database = {"Database", f_Database, 9};

static const struct pl_schema_field f_DatabaseInstance[] = {
    {"availableMaintenanceVersions", PL_T_STRING, PL_MANY, NULL, NULL},
    {"backendType", PL_T_ENUM, PL_ONE, NULL, e_DatabaseInstance_backendType},
    {"connectionName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"currentDiskSize", PL_T_INT64, PL_ONE, NULL, NULL},
    {"databaseCenterIntegrationEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"databaseInstalledVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"databaseVersion", PL_T_ENUM, PL_ONE, NULL, e_DatabaseInstance_databaseVersion},
    {"diskEncryptionConfiguration", PL_T_MESSAGE, PL_ONE, &m_DiskEncryptionConfiguration, NULL},
    {"diskEncryptionStatus", PL_T_MESSAGE, PL_ONE, &m_DiskEncryptionStatus, NULL},
    {"dnsName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"dnsNames", PL_T_MESSAGE, PL_MANY, &m_DnsNameMapping, NULL},
    {"etag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"failoverReplica", PL_T_MESSAGE, PL_ONE, &m_DatabaseInstance_failoverReplica, NULL},
    {"gceZone", PL_T_STRING, PL_ONE, NULL, NULL},
    {"geminiConfig", PL_T_MESSAGE, PL_ONE, &m_GeminiInstanceConfig, NULL},
    {"includeReplicasForMajorVersionUpgrade", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"instanceType", PL_T_ENUM, PL_ONE, NULL, e_DatabaseInstance_instanceType},
    {"ipAddresses", PL_T_MESSAGE, PL_MANY, &m_IpMapping, NULL},
    {"ipv6Address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"maintenanceVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"masterInstanceName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"maxDiskSize", PL_T_INT64, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nodeCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"nodes", PL_T_MESSAGE, PL_MANY, &m_PoolNodeConfig, NULL},
    {"onPremisesConfiguration", PL_T_MESSAGE, PL_ONE, &m_OnPremisesConfiguration, NULL},
    {"outOfDiskReport", PL_T_MESSAGE, PL_ONE, &m_SqlOutOfDiskReport, NULL},
    {"primaryDnsName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"project", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscServiceAttachmentLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"replicaConfiguration", PL_T_MESSAGE, PL_ONE, &m_ReplicaConfiguration, NULL},
    {"replicaNames", PL_T_STRING, PL_MANY, NULL, NULL},
    {"replicationCluster", PL_T_MESSAGE, PL_ONE, &m_ReplicationCluster, NULL},
    {"rootPassword", PL_T_STRING, PL_ONE, NULL, NULL},
    {"satisfiesPzi", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"scheduledMaintenance", PL_T_MESSAGE, PL_ONE, &m_SqlScheduledMaintenance, NULL},
    {"secondaryGceZone", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serverCaCert", PL_T_MESSAGE, PL_ONE, &m_SslCert, NULL},
    {"serviceAccountEmailAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"settings", PL_T_MESSAGE, PL_ONE, &m_Settings, NULL},
    {"sqlNetworkArchitecture", PL_T_ENUM, PL_ONE, NULL, e_DatabaseInstance_sqlNetworkArchitecture},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_DatabaseInstance_state},
    {"suspensionReason", PL_T_ENUM, PL_MANY, NULL, e_DatabaseInstance_suspensionReason},
    {"switchTransactionLogsToCloudStorageEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"tags", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"upgradableDatabaseVersions", PL_T_MESSAGE, PL_MANY, &m_AvailableDatabaseVersion, NULL},
    {"writeEndpoint", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_sqladmin_DatabaseInstance = {"DatabaseInstance", f_DatabaseInstance, 52};

static const struct pl_schema_field f_User[] = {
    {"databaseRoles", PL_T_STRING, PL_MANY, NULL, NULL},
    {"dualPasswordType", PL_T_ENUM, PL_ONE, NULL, e_User_dualPasswordType},
    {"etag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"host", PL_T_STRING, PL_ONE, NULL, NULL},
    {"iamEmail", PL_T_STRING, PL_ONE, NULL, NULL},
    {"iamStatus", PL_T_ENUM, PL_ONE, NULL, e_User_iamStatus},
    {"instance", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"password", PL_T_STRING, PL_ONE, NULL, NULL},
    {"passwordPolicy", PL_T_MESSAGE, PL_ONE, &m_UserPasswordValidationPolicy, NULL},
    {"project", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serverRoles", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sqlserverUserDetails", PL_T_MESSAGE, PL_ONE, &m_SqlServerUserDetails, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_User_type},
};
const struct pl_schema pl_schema_sqladmin_User = {"User", f_User, 15};

static const struct pl_schema_field f_SqlServerDatabaseDetails[] = {
    {"compatibilityLevel", PL_T_INT, PL_ONE, NULL, NULL},
    {"recoveryModel", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SqlServerDatabaseDetails = {"SqlServerDatabaseDetails", f_SqlServerDatabaseDetails, 2};

static const struct pl_schema_field f_DiskEncryptionConfiguration[] = {
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kmsKeyName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DiskEncryptionConfiguration = {"DiskEncryptionConfiguration", f_DiskEncryptionConfiguration, 2};

static const struct pl_schema_field f_DiskEncryptionStatus[] = {
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kmsKeyVersionName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DiskEncryptionStatus = {"DiskEncryptionStatus", f_DiskEncryptionStatus, 2};

static const struct pl_schema_field f_DnsNameMapping[] = {
    {"connectionType", PL_T_ENUM, PL_ONE, NULL, e_DnsNameMapping_connectionType},
    {"dnsScope", PL_T_ENUM, PL_ONE, NULL, e_DnsNameMapping_dnsScope},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"recordManager", PL_T_ENUM, PL_ONE, NULL, e_DnsNameMapping_recordManager},
};
static const struct pl_schema m_DnsNameMapping = {"DnsNameMapping", f_DnsNameMapping, 4};

static const struct pl_schema_field f_DatabaseInstance_failoverReplica[] = {
    {"available", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DatabaseInstance_failoverReplica = {"DatabaseInstance.failoverReplica", f_DatabaseInstance_failoverReplica, 2};

static const struct pl_schema_field f_GeminiInstanceConfig[] = {
    {"activeQueryEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"entitled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"flagRecommenderEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"googleVacuumMgmtEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"indexAdvisorEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"oomSessionCancelEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GeminiInstanceConfig = {"GeminiInstanceConfig", f_GeminiInstanceConfig, 6};

static const struct pl_schema_field f_IpMapping[] = {
    {"ipAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"timeToRetire", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_IpMapping_type},
};
static const struct pl_schema m_IpMapping = {"IpMapping", f_IpMapping, 3};

static const struct pl_schema_field f_PoolNodeConfig[] = {
    {"dnsName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"dnsNames", PL_T_MESSAGE, PL_MANY, &m_DnsNameMapping, NULL},
    {"gceZone", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipAddresses", PL_T_MESSAGE, PL_MANY, &m_IpMapping, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscAutoConnections", PL_T_MESSAGE, PL_MANY, &m_PscAutoConnectionConfig, NULL},
    {"pscServiceAttachmentLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_DatabaseInstance_state},
};
static const struct pl_schema m_PoolNodeConfig = {"PoolNodeConfig", f_PoolNodeConfig, 8};

static const struct pl_schema_field f_OnPremisesConfiguration[] = {
    {"caCertificate", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientCertificate", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"dmsManaged", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"dumpFilePath", PL_T_STRING, PL_ONE, NULL, NULL},
    {"hostPort", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"password", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selectedObjects", PL_T_MESSAGE, PL_MANY, &m_SelectedObjects, NULL},
    {"sourceInstance", PL_T_MESSAGE, PL_ONE, &m_InstanceReference, NULL},
    {"sslOption", PL_T_ENUM, PL_ONE, NULL, e_OnPremisesConfiguration_sslOption},
    {"username", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_OnPremisesConfiguration = {"OnPremisesConfiguration", f_OnPremisesConfiguration, 12};

static const struct pl_schema_field f_SqlOutOfDiskReport[] = {
    {"sqlMinRecommendedIncreaseSizeGb", PL_T_INT, PL_ONE, NULL, NULL},
    {"sqlOutOfDiskState", PL_T_ENUM, PL_ONE, NULL, e_SqlOutOfDiskReport_sqlOutOfDiskState},
};
static const struct pl_schema m_SqlOutOfDiskReport = {"SqlOutOfDiskReport", f_SqlOutOfDiskReport, 2};

static const struct pl_schema_field f_ReplicaConfiguration[] = {
    {"cascadableReplica", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"failoverTarget", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"mysqlReplicaConfiguration", PL_T_MESSAGE, PL_ONE, &m_MySqlReplicaConfiguration, NULL},
};
static const struct pl_schema m_ReplicaConfiguration = {"ReplicaConfiguration", f_ReplicaConfiguration, 4};

static const struct pl_schema_field f_ReplicationCluster[] = {
    {"drReplica", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"failoverDrReplicaName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"psaWriteEndpoint", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ReplicationCluster = {"ReplicationCluster", f_ReplicationCluster, 3};

static const struct pl_schema_field f_SqlScheduledMaintenance[] = {
    {"canDefer", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"canReschedule", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"scheduleDeadlineTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"startTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SqlScheduledMaintenance = {"SqlScheduledMaintenance", f_SqlScheduledMaintenance, 4};

static const struct pl_schema_field f_SslCert[] = {
    {"cert", PL_T_STRING, PL_ONE, NULL, NULL},
    {"certSerialNumber", PL_T_STRING, PL_ONE, NULL, NULL},
    {"commonName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"expirationTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"instance", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sha1Fingerprint", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SslCert = {"SslCert", f_SslCert, 9};

static const struct pl_schema_field f_Settings[] = {
    {"acceleratedReplicaMode", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"activationPolicy", PL_T_ENUM, PL_ONE, NULL, e_Settings_activationPolicy},
    {"activeDirectoryConfig", PL_T_MESSAGE, PL_ONE, &m_SqlActiveDirectoryConfig, NULL},
    {"advancedMachineFeatures", PL_T_MESSAGE, PL_ONE, &m_AdvancedMachineFeatures, NULL},
    {"authorizedGaeApplications", PL_T_STRING, PL_MANY, NULL, NULL},
    {"autoUpgradeEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"availabilityType", PL_T_ENUM, PL_ONE, NULL, e_Settings_availabilityType},
    {"backupConfiguration", PL_T_MESSAGE, PL_ONE, &m_BackupConfiguration, NULL},
    {"collation", PL_T_STRING, PL_ONE, NULL, NULL},
    {"connectionPoolConfig", PL_T_MESSAGE, PL_ONE, &m_ConnectionPoolConfig, NULL},
    {"connectorEnforcement", PL_T_ENUM, PL_ONE, NULL, e_Settings_connectorEnforcement},
    {"crashSafeReplicationEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"dataApiAccess", PL_T_ENUM, PL_ONE, NULL, e_Settings_dataApiAccess},
    {"dataCacheConfig", PL_T_MESSAGE, PL_ONE, &m_DataCacheConfig, NULL},
    {"dataDiskProvisionedIops", PL_T_INT64, PL_ONE, NULL, NULL},
    {"dataDiskProvisionedThroughput", PL_T_INT64, PL_ONE, NULL, NULL},
    {"dataDiskSizeGb", PL_T_INT64, PL_ONE, NULL, NULL},
    {"dataDiskType", PL_T_ENUM, PL_ONE, NULL, e_Settings_dataDiskType},
    {"databaseFlags", PL_T_MESSAGE, PL_MANY, &m_DatabaseFlags, NULL},
    {"databaseReplicationEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"deletionProtectionEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"denyMaintenancePeriods", PL_T_MESSAGE, PL_MANY, &m_DenyMaintenancePeriod, NULL},
    {"edition", PL_T_ENUM, PL_ONE, NULL, e_Settings_edition},
    {"enableDataplexIntegration", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableGoogleMlIntegration", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"entraidConfig", PL_T_MESSAGE, PL_ONE, &m_SqlServerEntraIdConfig, NULL},
    {"finalBackupConfig", PL_T_MESSAGE, PL_ONE, &m_FinalBackupConfig, NULL},
    {"insightsConfig", PL_T_MESSAGE, PL_ONE, &m_InsightsConfig, NULL},
    {"ipConfiguration", PL_T_MESSAGE, PL_ONE, &m_IpConfiguration, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"locationPreference", PL_T_MESSAGE, PL_ONE, &m_LocationPreference, NULL},
    {"maintenanceWindow", PL_T_MESSAGE, PL_ONE, &m_MaintenanceWindow, NULL},
    {"passwordValidationPolicy", PL_T_MESSAGE, PL_ONE, &m_PasswordValidationPolicy, NULL},
    {"performanceCaptureConfig", PL_T_MESSAGE, PL_ONE, &m_PerformanceCaptureConfig, NULL},
    {"pricingPlan", PL_T_ENUM, PL_ONE, NULL, e_Settings_pricingPlan},
    {"readPoolAutoScaleConfig", PL_T_MESSAGE, PL_ONE, &m_ReadPoolAutoScaleConfig, NULL},
    {"replicationLagMaxSeconds", PL_T_INT, PL_ONE, NULL, NULL},
    {"replicationType", PL_T_ENUM, PL_ONE, NULL, e_Settings_replicationType},
    {"retainBackupsOnDelete", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"settingsVersion", PL_T_INT64, PL_ONE, NULL, NULL},
    {"sqlServerAuditConfig", PL_T_MESSAGE, PL_ONE, &m_SqlServerAuditConfig, NULL},
    {"storageAutoResize", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"storageAutoResizeLimit", PL_T_INT64, PL_ONE, NULL, NULL},
    {"tier", PL_T_STRING, PL_ONE, NULL, NULL},
    {"timeZone", PL_T_STRING, PL_ONE, NULL, NULL},
    {"userLabels", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_Settings = {"Settings", f_Settings, 46};

static const struct pl_schema_field f_AvailableDatabaseVersion[] = {
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"majorVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AvailableDatabaseVersion = {"AvailableDatabaseVersion", f_AvailableDatabaseVersion, 3};

static const struct pl_schema_field f_UserPasswordValidationPolicy[] = {
    {"allowedFailedAttempts", PL_T_INT, PL_ONE, NULL, NULL},
    {"enableFailedAttemptsCheck", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enablePasswordVerification", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"passwordExpirationDuration", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"status", PL_T_MESSAGE, PL_ONE, &m_PasswordStatus, NULL},
};
static const struct pl_schema m_UserPasswordValidationPolicy = {"UserPasswordValidationPolicy", f_UserPasswordValidationPolicy, 5};

static const struct pl_schema_field f_SqlServerUserDetails[] = {
    {"disabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"serverRoles", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SqlServerUserDetails = {"SqlServerUserDetails", f_SqlServerUserDetails, 2};

static const struct pl_schema_field f_PscAutoConnectionConfig[] = {
    {"consumerNetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"consumerNetworkStatus", PL_T_STRING, PL_ONE, NULL, NULL},
    {"consumerProject", PL_T_STRING, PL_ONE, NULL, NULL},
    {"instanceAutoDnsStatus", PL_T_ENUM, PL_ONE, NULL, e_PscAutoConnectionConfig_instanceAutoDnsStatus},
    {"ipAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceConnectionPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceConnectionPolicyCreationResult", PL_T_STRING, PL_ONE, NULL, NULL},
    {"status", PL_T_STRING, PL_ONE, NULL, NULL},
    {"writeEndpointAutoDnsStatus", PL_T_ENUM, PL_ONE, NULL, e_PscAutoConnectionConfig_instanceAutoDnsStatus},
};
static const struct pl_schema m_PscAutoConnectionConfig = {"PscAutoConnectionConfig", f_PscAutoConnectionConfig, 9};

static const struct pl_schema_field f_SelectedObjects[] = {
    {"database", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SelectedObjects = {"SelectedObjects", f_SelectedObjects, 1};

static const struct pl_schema_field f_InstanceReference[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"project", PL_T_STRING, PL_ONE, NULL, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_InstanceReference = {"InstanceReference", f_InstanceReference, 3};

static const struct pl_schema_field f_MySqlReplicaConfiguration[] = {
    {"caCertificate", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientCertificate", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"connectRetryInterval", PL_T_INT, PL_ONE, NULL, NULL},
    {"dumpFilePath", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"masterHeartbeatPeriod", PL_T_INT64, PL_ONE, NULL, NULL},
    {"password", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sslCipher", PL_T_STRING, PL_ONE, NULL, NULL},
    {"username", PL_T_STRING, PL_ONE, NULL, NULL},
    {"verifyServerCertificate", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_MySqlReplicaConfiguration = {"MySqlReplicaConfiguration", f_MySqlReplicaConfiguration, 11};

static const struct pl_schema_field f_SqlActiveDirectoryConfig[] = {
    {"adminCredentialSecretName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"dnsServers", PL_T_STRING, PL_MANY, NULL, NULL},
    {"domain", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"mode", PL_T_ENUM, PL_ONE, NULL, e_SqlActiveDirectoryConfig_mode},
    {"organizationalUnit", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SqlActiveDirectoryConfig = {"SqlActiveDirectoryConfig", f_SqlActiveDirectoryConfig, 6};

static const struct pl_schema_field f_AdvancedMachineFeatures[] = {
    {"threadsPerCore", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AdvancedMachineFeatures = {"AdvancedMachineFeatures", f_AdvancedMachineFeatures, 1};

static const struct pl_schema_field f_BackupConfiguration[] = {
    {"backupRetentionSettings", PL_T_MESSAGE, PL_ONE, &m_BackupRetentionSettings, NULL},
    {"backupTier", PL_T_ENUM, PL_ONE, NULL, e_BackupConfiguration_backupTier},
    {"binaryLogEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"location", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pointInTimeRecoveryEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"replicationLogArchivingEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"startTime", PL_T_STRING, PL_ONE, NULL, NULL},
    {"transactionLogRetentionDays", PL_T_INT, PL_ONE, NULL, NULL},
    {"transactionalLogStorageState", PL_T_ENUM, PL_ONE, NULL, e_BackupConfiguration_transactionalLogStorageState},
};
static const struct pl_schema m_BackupConfiguration = {"BackupConfiguration", f_BackupConfiguration, 11};

static const struct pl_schema_field f_ConnectionPoolConfig[] = {
    {"connectionPoolingEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"flags", PL_T_MESSAGE, PL_MANY, &m_ConnectionPoolFlags, NULL},
    {"poolerCount", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ConnectionPoolConfig = {"ConnectionPoolConfig", f_ConnectionPoolConfig, 3};

static const struct pl_schema_field f_DataCacheConfig[] = {
    {"dataCacheEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DataCacheConfig = {"DataCacheConfig", f_DataCacheConfig, 1};

static const struct pl_schema_field f_DatabaseFlags[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DatabaseFlags = {"DatabaseFlags", f_DatabaseFlags, 2};

static const struct pl_schema_field f_DenyMaintenancePeriod[] = {
    {"endDate", PL_T_STRING, PL_ONE, NULL, NULL},
    {"startDate", PL_T_STRING, PL_ONE, NULL, NULL},
    {"time", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DenyMaintenancePeriod = {"DenyMaintenancePeriod", f_DenyMaintenancePeriod, 3};

static const struct pl_schema_field f_SqlServerEntraIdConfig[] = {
    {"applicationId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tenantId", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SqlServerEntraIdConfig = {"SqlServerEntraIdConfig", f_SqlServerEntraIdConfig, 3};

static const struct pl_schema_field f_FinalBackupConfig[] = {
    {"enabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"retentionDays", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_FinalBackupConfig = {"FinalBackupConfig", f_FinalBackupConfig, 2};

static const struct pl_schema_field f_InsightsConfig[] = {
    {"enhancedQueryInsightsEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"queryInsightsEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"queryPlansPerMinute", PL_T_INT, PL_ONE, NULL, NULL},
    {"queryStringLength", PL_T_INT, PL_ONE, NULL, NULL},
    {"recordApplicationTags", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"recordClientAddress", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_InsightsConfig = {"InsightsConfig", f_InsightsConfig, 6};

static const struct pl_schema_field f_IpConfiguration[] = {
    {"allocatedIpRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"authorizedNetworks", PL_T_MESSAGE, PL_MANY, &m_AclEntry, NULL},
    {"customSubjectAlternativeNames", PL_T_STRING, PL_MANY, NULL, NULL},
    {"enablePrivatePathForGoogleCloudServices", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"ipv4Enabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"privateNetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscConfig", PL_T_MESSAGE, PL_ONE, &m_PscConfig, NULL},
    {"requireSsl", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"serverCaMode", PL_T_ENUM, PL_ONE, NULL, e_IpConfiguration_serverCaMode},
    {"serverCaPool", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serverCertificateRotationMode", PL_T_ENUM, PL_ONE, NULL, e_IpConfiguration_serverCertificateRotationMode},
    {"sslMode", PL_T_ENUM, PL_ONE, NULL, e_IpConfiguration_sslMode},
};
static const struct pl_schema m_IpConfiguration = {"IpConfiguration", f_IpConfiguration, 12};

static const struct pl_schema_field f_LocationPreference[] = {
    {"followGaeApplication", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"secondaryZone", PL_T_STRING, PL_ONE, NULL, NULL},
    {"zone", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_LocationPreference = {"LocationPreference", f_LocationPreference, 4};

static const struct pl_schema_field f_MaintenanceWindow[] = {
    {"day", PL_T_INT, PL_ONE, NULL, NULL},
    {"hour", PL_T_INT, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"updateTrack", PL_T_ENUM, PL_ONE, NULL, e_MaintenanceWindow_updateTrack},
};
static const struct pl_schema m_MaintenanceWindow = {"MaintenanceWindow", f_MaintenanceWindow, 4};

static const struct pl_schema_field f_PasswordValidationPolicy[] = {
    {"complexity", PL_T_ENUM, PL_ONE, NULL, e_PasswordValidationPolicy_complexity},
    {"disallowCompromisedCredentials", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"disallowUsernameSubstring", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enablePasswordPolicy", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"minLength", PL_T_INT, PL_ONE, NULL, NULL},
    {"passwordChangeInterval", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"reuseInterval", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PasswordValidationPolicy = {"PasswordValidationPolicy", f_PasswordValidationPolicy, 7};

static const struct pl_schema_field f_PerformanceCaptureConfig[] = {
    {"cpuUtilizationThresholdPercent", PL_T_INT, PL_ONE, NULL, NULL},
    {"enabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"historyListLengthThresholdCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"memoryUsageThresholdPercent", PL_T_INT, PL_ONE, NULL, NULL},
    {"probeThreshold", PL_T_INT, PL_ONE, NULL, NULL},
    {"probingIntervalSeconds", PL_T_INT, PL_ONE, NULL, NULL},
    {"runningThreadsThreshold", PL_T_INT, PL_ONE, NULL, NULL},
    {"secondsBehindSourceThreshold", PL_T_INT, PL_ONE, NULL, NULL},
    {"semaphoreWaitThresholdCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"transactionDurationThreshold", PL_T_INT, PL_ONE, NULL, NULL},
    {"transactionKillExcludedUserHosts", PL_T_STRING, PL_MANY, NULL, NULL},
    {"transactionKillThresholdSeconds", PL_T_INT, PL_ONE, NULL, NULL},
    {"transactionKillType", PL_T_ENUM, PL_ONE, NULL, e_PerformanceCaptureConfig_transactionKillType},
    {"transactionLockWaitThresholdCount", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PerformanceCaptureConfig = {"PerformanceCaptureConfig", f_PerformanceCaptureConfig, 14};

static const struct pl_schema_field f_ReadPoolAutoScaleConfig[] = {
    {"disableScaleIn", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"maxNodeCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"minNodeCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"scaleInCooldownSeconds", PL_T_INT, PL_ONE, NULL, NULL},
    {"scaleOutCooldownSeconds", PL_T_INT, PL_ONE, NULL, NULL},
    {"targetMetrics", PL_T_MESSAGE, PL_MANY, &m_TargetMetric, NULL},
};
static const struct pl_schema m_ReadPoolAutoScaleConfig = {"ReadPoolAutoScaleConfig", f_ReadPoolAutoScaleConfig, 7};

static const struct pl_schema_field f_SqlServerAuditConfig[] = {
    {"bucket", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"retentionInterval", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"uploadInterval", PL_T_DURATION, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SqlServerAuditConfig = {"SqlServerAuditConfig", f_SqlServerAuditConfig, 4};

static const struct pl_schema_field f_PasswordStatus[] = {
    {"locked", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"passwordExpirationTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PasswordStatus = {"PasswordStatus", f_PasswordStatus, 2};

static const struct pl_schema_field f_BackupRetentionSettings[] = {
    {"retainedBackups", PL_T_INT, PL_ONE, NULL, NULL},
    {"retentionUnit", PL_T_ENUM, PL_ONE, NULL, e_BackupRetentionSettings_retentionUnit},
};
static const struct pl_schema m_BackupRetentionSettings = {"BackupRetentionSettings", f_BackupRetentionSettings, 2};

static const struct pl_schema_field f_ConnectionPoolFlags[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ConnectionPoolFlags = {"ConnectionPoolFlags", f_ConnectionPoolFlags, 2};

static const struct pl_schema_field f_AclEntry[] = {
    {"expirationTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AclEntry = {"AclEntry", f_AclEntry, 4};

static const struct pl_schema_field f_PscConfig[] = {
    {"allowedConsumerProjects", PL_T_STRING, PL_MANY, NULL, NULL},
    {"networkAttachmentUri", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pscAutoConnectionPolicyEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"pscAutoConnections", PL_T_MESSAGE, PL_MANY, &m_PscAutoConnectionConfig, NULL},
    {"pscAutoDnsEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"pscEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"pscWriteEndpointDnsEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_PscConfig = {"PscConfig", f_PscConfig, 7};

static const struct pl_schema_field f_TargetMetric[] = {
    {"metric", PL_T_STRING, PL_ONE, NULL, NULL},
    {"targetValue", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_TargetMetric = {"TargetMetric", f_TargetMetric, 2};
