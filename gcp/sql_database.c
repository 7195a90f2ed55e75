/* sql_database.c - databases of Cloud SQL instances (Admin API v1), instance by instance.
 *
 * A stopped instance answers 400: then they are not known, not gone.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/databases"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"instance", "database", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("etag", CHANGES, REST),
    ROW_FLAGS("instance", SERVER, REST " (the instance that it is in)"),
    ROW_FLAGS("kind", SERVER, "discovery: always sql#database"),
    ROW_FLAGS("project", SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
};

const struct pl_kind pl_kind_sql_database = {
    .name = "sql.database",
    .title = "database of a Cloud SQL instance",
    .segments = segments,
    .n_segments = 2,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/instances/{instance}/databases/{database}",
    .name_field = "name",
    .schema = &pl_schema_sqladmin_Database,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "sqladmin.googleapis.com",
             .list_path = "/v1/projects/{project}/instances/{instance}/databases",
             .items = "items",
             .get_path = "/v1/projects/{project}/instances/{instance}/databases/{database}",
             .how = PL_LIST_PER_PARENT,
             .small = true,
             .parent = &pl_kind_sql_instance,
             .permission = "cloudsql.databases.list",
             .get_permission = "cloudsql.databases.get",
             .role = "roles/cloudsql.viewer"},
    .doc = REST,
};
