/* secret_secret.c - secrets of Secret Manager (v1) and who may read them; their payloads are never asked for.
 *
 * Versions are another kind. Regional secrets live on hosts of their own and are not in this list.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"secret", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("createTime", CHANGES, REST),
    ROW_FLAGS("etag", CHANGES, REST),
    ROW_FLAGS("expireTime", PL_F_VOLATILE, REST " (moves with ttl)"),
    ROW_FLAGS("name", SERVER, REST),
    ROW_FLAGS("replication", PL_F_IMMUTABLE, "discovery: immutable"),
    ROW_ID("replication.userManaged.replicas", "location", REST),
    ROW_FLAGS("rotation.nextRotationTime", PL_F_VOLATILE, REST " (moves with every rotation)"),
    ROW_FLAGS("tags", PL_F_INPUT | PL_F_VOLATILE, "discovery: input only"),
    ROW_ID("topics", "name", REST),
    ROW_FLAGS("ttl", PL_F_INPUT | PL_F_VOLATILE, "discovery: input only"),
};

const struct pl_kind pl_kind_secret_secret = {
    .name = "secret.secret",
    .title = "Secret Manager secret",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/secrets/{secret}",
    .name_field = "name",
    .schema = &pl_schema_secretmanager_Secret,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "secretmanager.googleapis.com",
             .list_path = "/v1/projects/{project}/secrets",
             .items = "secrets",
             .get_path = "/v1/projects/{project}/secrets/{secret}",
             .page_size_param = "pageSize",
             .page_size = 25000,
             .how = PL_LIST_PLAIN,
             .permission = "secretmanager.secrets.list",
             .get_permission = "secretmanager.secrets.get",
             .iam_path = "/v1/projects/{project}/secrets/{secret}:getIamPolicy",
             .iam_permission = "secretmanager.secrets.getIamPolicy",
             .role = "roles/secretmanager.viewer"},
    .doc = REST,
};
