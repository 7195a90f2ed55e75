/* run_revision.c - revisions of Cloud Run services (Admin API v2), of all services of a region in one list.
 *
 * A revision never changes: what differs is which one has traffic, and that is the service's word.
 */
#include "gcp_kinds.h"

#define REST                                                                                       \
    "https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services.revisions"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"service", "revision", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("annotations", SERVER, REST),
    ROW_FLAGS("client", SERVER, REST),
    ROW_FLAGS("clientVersion", SERVER, REST),
    {"conditions", PL_T_UNKNOWN, "type", NULL, SERVER, REST},
    ROW_FLAGS("conditions[].lastTransitionTime", CHANGES, REST),
    ROW_ID("containers", "name", REST " (names are unique)"),
    ROW_FLAGS("containers[].buildInfo", CHANGES, REST),
    ROW_SET("containers[].dependsOn", REST),
    ROW_ID("containers[].env", "name", REST),
    ROW_DEFAULT("containers[].env[].value", "\"\"", "discovery: defaults to \"\""),
    ROWS_PROBE("containers[].livenessProbe"),
    ROW_ID("containers[].ports", "containerPort", REST),
    ROW_DEFAULT("containers[].ports[].name", "\"http1\"",
                "C9 https://cloud.google.com/run/docs/configuring/http2"),
    ROWS_PROBE("containers[].readinessProbe"),
    ROW_TYPE("containers[].resources.limits.cpu", PL_T_QUANTITY, 0,
             "https://cloud.google.com/run/docs/configuring/services/cpu"),
    ROW_TYPE("containers[].resources.limits.memory", PL_T_SIZE, 0,
             "https://cloud.google.com/run/docs/configuring/services/memory-limits"),
    ROWS_PROBE("containers[].startupProbe"),
    ROW_ID("containers[].volumeMounts", "name", REST),
    ROW_FLAGS("createTime", CHANGES, REST),
    ROW_FLAGS("creator", SERVER, REST),
    ROW_FLAGS("deleteTime", CHANGES, REST),
    ROW_FLAGS("etag", CHANGES, REST),
    ROW_FLAGS("expireTime", CHANGES, REST),
    ROW_FLAGS("generation", CHANGES, REST),
    ROW_FLAGS("gpuZonalRedundancyDisabled", SERVER, REST),
    ROW_FLAGS("labels", SERVER, REST),
    ROW_DEFAULT("launchStage", "\"GA\"", "discovery: if no value is specified, GA is assumed"),
    ROW_FLAGS("logUri", SERVER, REST),
    ROW_FLAGS("maxInstanceRequestConcurrency", PL_F_IMMUTABLE, REST " (a revision never changes)"),
    ROW_FLAGS("name", SERVER, REST),
    ROW_FLAGS("observedGeneration", CHANGES, REST),
    ROW_FLAGS("reconciling", CHANGES, REST),
    ROW_FLAGS("satisfiesPzs", SERVER, REST),
    ROW_DEFAULT("scaling.minInstanceCount", "0",
                "C11 https://protobuf.dev/programming-guides/json/ (absent is the type's zero)"),
    ROW_FLAGS("scalingStatus", CHANGES, REST),
    ROW_FLAGS("service", SERVER, REST),
    ROW_DEFAULT("sessionAffinity", "false",
                "https://protobuf.dev/programming-guides/json/ (absent is the type's zero)"),
    ROW_DEFAULT("timeout", "\"300s\"",
                "C8 https://cloud.google.com/run/docs/configuring/request-timeout"),
    ROW_FLAGS("uid", CHANGES, REST),
    ROW_FLAGS("updateTime", CHANGES, REST),
    ROW_ID("volumes", "name", REST),
    ROW_SET("volumes[].cloudSqlInstance.instances", "S9 " REST),
    ROW_DEFAULT("volumes[].secret.defaultMode", "292", "discovery: defaulting to 0444"),
    ROW_ID("volumes[].secret.items", "path", REST),
    ROW_TYPE("vpcAccess.connector", PL_T_LINK, 0, "E3 " REST),
    ROW_DEFAULT("vpcAccess.egress", "\"PRIVATE_RANGES_ONLY\"",
                "E1 discovery: defaults to PRIVATE_RANGES_ONLY"),
    ROW_TYPE("vpcAccess.networkInterfaces[].network", PL_T_LINK, 0, "E3 " REST),
    ROW_TYPE("vpcAccess.networkInterfaces[].subnetwork", PL_T_LINK, 0, "E3 " REST),
    ROW_SET("vpcAccess.networkInterfaces[].tags", "E9 " REST),
};

const struct pl_kind pl_kind_run_revision = {
    .name = "run.revision",
    .title = "revision of a Cloud Run service",
    .segments = segments,
    .n_segments = 2,
    .scope = PL_SCOPE_LOCATION,
    .name_template =
        "projects/{project}/locations/{location}/services/{service}/revisions/{revision}",
    .name_field = "name",
    .schema = &pl_schema_run_Revision,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call =
        {.api = "run.googleapis.com",
         .list_path = "/v2/projects/{project}/locations/{location}/services/-/revisions",
         .items = "revisions",
         .get_path =
             "/v2/projects/{project}/locations/{location}/services/{service}/revisions/{revision}",
         .page_size_param = "pageSize",
         .page_size = 1000,
         .how = PL_LIST_PER_LOCATION,
         .permission = "run.revisions.list",
         .get_permission = "run.revisions.get",
         .role = "roles/run.viewer"},
    .doc = REST,
};
