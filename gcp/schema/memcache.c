/* Made by gcp/schema/generate.c (make schema) from Google's document of memcache v1, revision 20260205. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_InstanceMessage;
static const struct pl_schema m_GoogleCloudMemcacheV1MaintenancePolicy;
static const struct pl_schema m_MaintenanceSchedule;
static const struct pl_schema m_Node;
static const struct pl_schema m_NodeConfig;
static const struct pl_schema m_MemcacheParameters;
static const struct pl_schema m_WeeklyMaintenanceWindow;
static const struct pl_schema m_TimeOfDay;

static const char *const e_Instance_memcacheVersion[] = {
    "MEMCACHE_VERSION_UNSPECIFIED",
    "MEMCACHE_1_5",
    "MEMCACHE_1_6_15",
    NULL,
};
static const char *const e_Instance_state[] = {
    "STATE_UNSPECIFIED",
    "CREATING",
    "READY",
    "UPDATING",
    "DELETING",
    "PERFORMING_MAINTENANCE",
    "MEMCACHE_VERSION_UPGRADING",
    NULL,
};
static const char *const e_InstanceMessage_code[] = {
    "CODE_UNSPECIFIED",
    "ZONE_DISTRIBUTION_UNBALANCED",
    NULL,
};
static const char *const e_Node_state[] = {
    "STATE_UNSPECIFIED",
    "CREATING",
    "READY",
    "DELETING",
    "UPDATING",
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

static const struct pl_schema_field f_Instance[] = {
    {"authorizedNetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"availableMaintenanceVersions", PL_T_STRING, PL_MANY, NULL, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"discoveryEndpoint", PL_T_STRING, PL_ONE, NULL, NULL},
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"effectiveMaintenanceVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"instanceMessages", PL_T_MESSAGE, PL_MANY, &m_InstanceMessage, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"maintenancePolicy", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudMemcacheV1MaintenancePolicy, NULL},
    {"maintenanceSchedule", PL_T_MESSAGE, PL_ONE, &m_MaintenanceSchedule, NULL},
    {"maintenanceVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"memcacheFullVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"memcacheNodes", PL_T_MESSAGE, PL_MANY, &m_Node, NULL},
    {"memcacheVersion", PL_T_ENUM, PL_ONE, NULL, e_Instance_memcacheVersion},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nodeConfig", PL_T_MESSAGE, PL_ONE, &m_NodeConfig, NULL},
    {"nodeCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"parameters", PL_T_MESSAGE, PL_ONE, &m_MemcacheParameters, NULL},
    {"reservedIpRangeId", PL_T_STRING, PL_MANY, NULL, NULL},
    {"satisfiesPzi", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_Instance_state},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"zones", PL_T_STRING, PL_MANY, NULL, NULL},
};
const struct pl_schema pl_schema_memcache_Instance = {"Instance", f_Instance, 24};

static const struct pl_schema_field f_InstanceMessage[] = {
    {"code", PL_T_ENUM, PL_ONE, NULL, e_InstanceMessage_code},
    {"message", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_InstanceMessage = {"InstanceMessage", f_InstanceMessage, 2};

static const struct pl_schema_field f_GoogleCloudMemcacheV1MaintenancePolicy[] = {
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"weeklyMaintenanceWindow", PL_T_MESSAGE, PL_MANY, &m_WeeklyMaintenanceWindow, NULL},
};
static const struct pl_schema m_GoogleCloudMemcacheV1MaintenancePolicy = {"GoogleCloudMemcacheV1MaintenancePolicy", f_GoogleCloudMemcacheV1MaintenancePolicy, 4};

static const struct pl_schema_field f_MaintenanceSchedule[] = {
    {"endTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"scheduleDeadlineTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"startTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_MaintenanceSchedule = {"MaintenanceSchedule", f_MaintenanceSchedule, 3};

static const struct pl_schema_field f_Node[] = {
    {"host", PL_T_STRING, PL_ONE, NULL, NULL},
    {"memcacheFullVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"memcacheVersion", PL_T_ENUM, PL_ONE, NULL, e_Instance_memcacheVersion},
    {"nodeId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"parameters", PL_T_MESSAGE, PL_ONE, &m_MemcacheParameters, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_Node_state},
    {"zone", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Node = {"Node", f_Node, 8};

static const struct pl_schema_field f_NodeConfig[] = {
    {"cpuCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"memorySizeMb", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_NodeConfig = {"NodeConfig", f_NodeConfig, 2};

static const struct pl_schema_field f_MemcacheParameters[] = {
    {"id", PL_T_STRING, PL_ONE, NULL, NULL},
    {"params", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_MemcacheParameters = {"MemcacheParameters", f_MemcacheParameters, 2};

static const struct pl_schema_field f_WeeklyMaintenanceWindow[] = {
    {"day", PL_T_ENUM, PL_ONE, NULL, e_WeeklyMaintenanceWindow_day},
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
