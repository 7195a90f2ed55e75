/* Made by gcp/schema/generate.c (make schema) from Google's document of secretmanager v1, revision 20260327. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_CustomerManagedEncryption;
static const struct pl_schema m_Replication;
static const struct pl_schema m_Rotation;
static const struct pl_schema m_Topic;
static const struct pl_schema m_CustomerManagedEncryptionStatus;
static const struct pl_schema m_ReplicationStatus;
static const struct pl_schema m_Automatic;
static const struct pl_schema m_UserManaged;
static const struct pl_schema m_AutomaticStatus;
static const struct pl_schema m_UserManagedStatus;
static const struct pl_schema m_Replica;
static const struct pl_schema m_ReplicaStatus;

static const char *const e_SecretVersion_state[] = {
    "STATE_UNSPECIFIED",
    "ENABLED",
    "DISABLED",
    "DESTROYED",
    NULL,
};

static const struct pl_schema_field f_Secret[] = {
    {"annotations", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"customerManagedEncryption", PL_T_MESSAGE, PL_ONE, &m_CustomerManagedEncryption, NULL},
    {"etag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"expireTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"replication", PL_T_MESSAGE, PL_ONE, &m_Replication, NULL},
    {"rotation", PL_T_MESSAGE, PL_ONE, &m_Rotation, NULL},
    {"tags", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"topics", PL_T_MESSAGE, PL_MANY, &m_Topic, NULL},
    {"ttl", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"versionAliases", PL_T_INT64, PL_KEYED, NULL, NULL},
    {"versionDestroyTtl", PL_T_DURATION, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_secretmanager_Secret = {"Secret", f_Secret, 14};

static const struct pl_schema_field f_SecretVersion[] = {
    {"clientSpecifiedPayloadChecksum", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"customerManagedEncryption", PL_T_MESSAGE, PL_ONE, &m_CustomerManagedEncryptionStatus, NULL},
    {"destroyTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"etag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"replicationStatus", PL_T_MESSAGE, PL_ONE, &m_ReplicationStatus, NULL},
    {"scheduledDestroyTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_SecretVersion_state},
};
const struct pl_schema pl_schema_secretmanager_SecretVersion = {"SecretVersion", f_SecretVersion, 9};

static const struct pl_schema_field f_CustomerManagedEncryption[] = {
    {"kmsKeyName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CustomerManagedEncryption = {"CustomerManagedEncryption", f_CustomerManagedEncryption, 1};

static const struct pl_schema_field f_Replication[] = {
    {"automatic", PL_T_MESSAGE, PL_ONE, &m_Automatic, NULL},
    {"userManaged", PL_T_MESSAGE, PL_ONE, &m_UserManaged, NULL},
};
static const struct pl_schema m_Replication = {"Replication", f_Replication, 2};

static const struct pl_schema_field f_Rotation[] = {
    {"nextRotationTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"rotationPeriod", PL_T_DURATION, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Rotation = {"Rotation", f_Rotation, 2};

static const struct pl_schema_field f_Topic[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Topic = {"Topic", f_Topic, 1};

static const struct pl_schema_field f_CustomerManagedEncryptionStatus[] = {
    {"kmsKeyVersionName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CustomerManagedEncryptionStatus = {"CustomerManagedEncryptionStatus", f_CustomerManagedEncryptionStatus, 1};

static const struct pl_schema_field f_ReplicationStatus[] = {
    {"automatic", PL_T_MESSAGE, PL_ONE, &m_AutomaticStatus, NULL},
    {"userManaged", PL_T_MESSAGE, PL_ONE, &m_UserManagedStatus, NULL},
};
static const struct pl_schema m_ReplicationStatus = {"ReplicationStatus", f_ReplicationStatus, 2};

static const struct pl_schema_field f_Automatic[] = {
    {"customerManagedEncryption", PL_T_MESSAGE, PL_ONE, &m_CustomerManagedEncryption, NULL},
};
static const struct pl_schema m_Automatic = {"Automatic", f_Automatic, 1};

static const struct pl_schema_field f_UserManaged[] = {
    {"replicas", PL_T_MESSAGE, PL_MANY, &m_Replica, NULL},
};
static const struct pl_schema m_UserManaged = {"UserManaged", f_UserManaged, 1};

static const struct pl_schema_field f_AutomaticStatus[] = {
    {"customerManagedEncryption", PL_T_MESSAGE, PL_ONE, &m_CustomerManagedEncryptionStatus, NULL},
};
static const struct pl_schema m_AutomaticStatus = {"AutomaticStatus", f_AutomaticStatus, 1};

static const struct pl_schema_field f_UserManagedStatus[] = {
    {"replicas", PL_T_MESSAGE, PL_MANY, &m_ReplicaStatus, NULL},
};
static const struct pl_schema m_UserManagedStatus = {"UserManagedStatus", f_UserManagedStatus, 1};

static const struct pl_schema_field f_Replica[] = {
    {"customerManagedEncryption", PL_T_MESSAGE, PL_ONE, &m_CustomerManagedEncryption, NULL},
    {"location", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Replica = {"Replica", f_Replica, 2};

static const struct pl_schema_field f_ReplicaStatus[] = {
    {"customerManagedEncryption", PL_T_MESSAGE, PL_ONE, &m_CustomerManagedEncryptionStatus, NULL},
    {"location", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ReplicaStatus = {"ReplicaStatus", f_ReplicaStatus, 2};
