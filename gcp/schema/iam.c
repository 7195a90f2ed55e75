/* Made by gcp/schema/generate.c (make schema) from Google's document of cloudresourcemanager v3, revision 20260218. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_AuditConfig;
static const struct pl_schema m_Binding;
static const struct pl_schema m_AuditLogConfig;
static const struct pl_schema m_Expr;

static const char *const e_AuditLogConfig_logType[] = {
    "LOG_TYPE_UNSPECIFIED",
    "ADMIN_READ",
    "DATA_WRITE",
    "DATA_READ",
    NULL,
};

static const struct pl_schema_field f_Policy[] = {
    {"auditConfigs", PL_T_MESSAGE, PL_MANY, &m_AuditConfig, NULL},
    {"bindings", PL_T_MESSAGE, PL_MANY, &m_Binding, NULL},
    {"etag", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"version", PL_T_INT, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_iam_Policy = {"Policy", f_Policy, 4};

static const struct pl_schema_field f_AuditConfig[] = {
    {"auditLogConfigs", PL_T_MESSAGE, PL_MANY, &m_AuditLogConfig, NULL},
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AuditConfig = {"AuditConfig", f_AuditConfig, 2};

static const struct pl_schema_field f_Binding[] = {
    {"condition", PL_T_MESSAGE, PL_ONE, &m_Expr, NULL},
    {"members", PL_T_STRING, PL_MANY, NULL, NULL},
    {"role", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Binding = {"Binding", f_Binding, 3};

static const struct pl_schema_field f_AuditLogConfig[] = {
    {"exemptedMembers", PL_T_STRING, PL_MANY, NULL, NULL},
    {"logType", PL_T_ENUM, PL_ONE, NULL, e_AuditLogConfig_logType},
};
static const struct pl_schema m_AuditLogConfig = {"AuditLogConfig", f_AuditLogConfig, 2};

static const struct pl_schema_field f_Expr[] = {
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"expression", PL_T_STRING, PL_ONE, NULL, NULL},
    {"location", PL_T_STRING, PL_ONE, NULL, NULL},
    {"title", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Expr = {"Expr", f_Expr, 4};
