/* sql_user.c - users of Cloud SQL instances (Admin API v1), instance by instance.
 *
 * A user of MySQL that may come from some hosts only is called NAME@HOST. The API never gives passwords; a stopped instance answers 400: then
 * users are not known, not gone.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/users"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"instance", "user", NULL};

static const struct pl_field_row fields[] = {
    ROW_SET("databaseRoles", REST),
    ROW_FLAGS("etag", CHANGES, REST),
    {"host", PL_T_UNKNOWN, NULL, "\"\"", PL_F_IMMUTABLE,
     "discovery: host defaults to an empty string"},
    ROW_FLAGS("iamEmail", SERVER, REST),
    ROW_FLAGS("iamStatus", SERVER, REST),
    ROW_FLAGS("instance", SERVER, REST " (the instance that it is in)"),
    ROW_FLAGS("kind", SERVER, "discovery: always sql#user"),
    ROW_FLAGS("password", PL_F_INPUT | PL_F_SECRET, REST " (only in requests)"),
    ROW_DEFAULT("passwordPolicy.enableFailedAttemptsCheck", "false",
                "discovery: boolean, absent is false"),
    ROW_DEFAULT("passwordPolicy.enablePasswordVerification", "false",
                "discovery: boolean, absent is false"),
    ROW_FLAGS("passwordPolicy.status", SERVER, REST),
    ROW_FLAGS("project", SERVER, REST),
    ROW_SET("serverRoles", REST),
    ROW_DEFAULT("sqlserverUserDetails.disabled", "false", "discovery: boolean, absent is false"),
    ROW_SET("sqlserverUserDetails.serverRoles", REST),
    {"type", PL_T_UNKNOWN, NULL, "\"BUILT_IN\"", PL_F_IMMUTABLE,
     "discovery: the default is the database's built-in user type"},
};

const struct pl_kind pl_kind_sql_user = {
    .name = "sql.user",
    .title = "user of a Cloud SQL instance",
    .segments = segments,
    .n_segments = 2,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/instances/{instance}/users/{user}",
    .name_field = "name",
    .schema = &pl_schema_sqladmin_User,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "sqladmin.googleapis.com",
             .list_path = "/v1/projects/{project}/instances/{instance}/users",
             .items = "items",
             .get_path = "/v1/projects/{project}/instances/{instance}/users/{user}",
             .how = PL_LIST_PER_PARENT,
             .small = true,
             .parent = &pl_kind_sql_instance,
             .permission = "cloudsql.users.list",
             .get_permission = "cloudsql.users.get",
             .role = "roles/cloudsql.viewer"},
    .doc = REST,
};
