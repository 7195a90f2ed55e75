/* secret_version.c - versions of secrets (Secret Manager v1): which exist and whether they can be read. Their payloads are asked for with
 * --read-secrets alone (secrets.c).
 *
 * `latest` is no version in this list: it stands for the newest, whatever its state.
 */
#include "gcp_kinds.h"

#define REST                                                                                       \
    "https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"secret", "version", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("clientSpecifiedPayloadChecksum", SERVER, REST),
    ROW_FLAGS("createTime", CHANGES, REST),
    ROW_FLAGS("customerManagedEncryption", SERVER, REST),
    ROW_FLAGS("destroyTime", CHANGES, REST),
    ROW_FLAGS("etag", CHANGES, REST),
    ROW_FLAGS("name", SERVER, REST),
    ROW_FLAGS("replicationStatus", SERVER, REST),
    ROW_FLAGS("replicationStatus.automatic.customerManagedEncryption", SERVER, REST),
    ROW_FLAGS("replicationStatus.userManaged.replicas", SERVER, REST),
    ROW_FLAGS("scheduledDestroyTime", CHANGES, REST),
};

static const struct pl_secret_call secret = {
    .field = "payload",
    .path = "/v1/projects/{project}/secrets/{secret}/versions/{version}:access",
    .permission = "secretmanager.versions.access",
    .role = "roles/secretmanager.secretAccessor",
    .value = "data",
    .checksum = "dataCrc32c",
    .doc = REST "/access",
};

const struct pl_kind pl_kind_secret_version = {
    .name = "secret.version",
    .title = "version of a secret",
    .segments = segments,
    .n_segments = 2,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/secrets/{secret}/versions/{version}",
    .name_field = "name",
    .schema = &pl_schema_secretmanager_SecretVersion,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .secret = &secret,
    .call = {.api = "secretmanager.googleapis.com",
             .list_path = "/v1/projects/{project}/secrets/{secret}/versions",
             .items = "versions",
             .get_path = "/v1/projects/{project}/secrets/{secret}/versions/{version}",
             .page_size_param = "pageSize",
             .page_size = 25000,
             .how = PL_LIST_PER_PARENT,
             .small = true,
             .parent = &pl_kind_secret_secret,
             .permission = "secretmanager.versions.list",
             .get_permission = "secretmanager.versions.get",
             .role = "roles/secretmanager.viewer"},
    .doc = REST,
};
