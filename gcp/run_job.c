/* run_job.c - Cloud Run jobs (Admin API v2): what runs to its end, with the same ways into a network as a service.
 *
 * Executions and tasks are not read. Regions come from v1's list of locations (observe.c).
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs"
#define TASK    "template.template"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"job", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("client", PL_F_VOLATILE, REST " (of the last client)"),
    ROW_FLAGS("clientVersion", PL_F_VOLATILE, REST " (of the last client)"),
    {"conditions", PL_T_UNKNOWN, "type", NULL, SERVER, REST},
    ROW_FLAGS("conditions[].lastTransitionTime", CHANGES, REST),
    ROW_FLAGS("createTime", CHANGES, REST),
    ROW_FLAGS("creator", SERVER, REST),
    ROW_FLAGS("deleteTime", CHANGES, REST),
    ROW_FLAGS("etag", CHANGES, REST),
    ROW_FLAGS("executionCount", CHANGES, REST),
    ROW_FLAGS("expireTime", CHANGES, REST),
    ROW_FLAGS("generation", CHANGES, REST),
    ROW_FLAGS("lastModifier", CHANGES, REST),
    ROW_FLAGS("latestCreatedExecution", CHANGES, REST),
    ROW_DEFAULT("launchStage", "\"GA\"", "discovery: if no value is specified, GA is assumed"),
    ROW_FLAGS("observedGeneration", CHANGES, REST),
    ROW_FLAGS("reconciling", CHANGES, REST),
    ROW_FLAGS("runExecutionToken", PL_F_VOLATILE, REST),
    ROW_FLAGS("satisfiesPzs", SERVER, REST),
    ROW_FLAGS("startExecutionToken", PL_F_VOLATILE, REST),
    ROW_FLAGS("template.client", PL_F_VOLATILE, REST),
    ROW_FLAGS("template.clientVersion", PL_F_VOLATILE, REST),
    ROW_DEFAULT("template.taskCount", "1", "discovery: defaults to 1"),
    ROW_ID(TASK ".containers", "name", REST " (names are unique)"),
    ROW_FLAGS(TASK ".containers[].buildInfo", CHANGES, REST),
    ROW_SET(TASK ".containers[].dependsOn", REST),
    ROW_ID(TASK ".containers[].env", "name", REST),
    ROW_DEFAULT(TASK ".containers[].env[].value", "\"\"", "discovery: defaults to \"\""),
    ROW_ID(TASK ".containers[].livenessProbe.httpGet.httpHeaders", "name", REST),
    ROW_ID(TASK ".containers[].ports", "containerPort", REST),
    ROW_ID(TASK ".containers[].readinessProbe.httpGet.httpHeaders", "name", REST),
    ROW_TYPE(TASK ".containers[].resources.limits.cpu", PL_T_QUANTITY, 0,
             "https://cloud.google.com/run/docs/configuring/services/cpu"),
    ROW_TYPE(TASK ".containers[].resources.limits.memory", PL_T_SIZE, 0,
             "https://cloud.google.com/run/docs/configuring/services/memory-limits"),
    ROW_ID(TASK ".containers[].startupProbe.httpGet.httpHeaders", "name", REST),
    ROW_ID(TASK ".containers[].volumeMounts", "name", REST),
    ROW_DEFAULT(TASK ".maxRetries", "3", "discovery: defaults to 3"),
    ROW_DEFAULT(TASK ".timeout", "\"600s\"", "discovery: defaults to 600 seconds"),
    ROW_ID(TASK ".volumes", "name", REST),
    ROW_SET(TASK ".volumes[].cloudSqlInstance.instances", "S9 " REST),
    ROW_DEFAULT(TASK ".volumes[].secret.defaultMode", "292", "discovery: defaulting to 0444"),
    ROW_ID(TASK ".volumes[].secret.items", "path", REST),
    ROW_TYPE(TASK ".vpcAccess.connector", PL_T_LINK, 0, "E3 " REST),
    ROW_DEFAULT(TASK ".vpcAccess.egress", "\"PRIVATE_RANGES_ONLY\"",
                "E1 discovery: defaults to PRIVATE_RANGES_ONLY"),
    ROW_TYPE(TASK ".vpcAccess.networkInterfaces[].network", PL_T_LINK, 0, "E3 " REST),
    ROW_TYPE(TASK ".vpcAccess.networkInterfaces[].subnetwork", PL_T_LINK, 0, "E3 " REST),
    ROW_SET(TASK ".vpcAccess.networkInterfaces[].tags", "E9 " REST),
    ROW_FLAGS("terminalCondition", SERVER, REST),
    ROW_FLAGS("terminalCondition.lastTransitionTime", CHANGES, REST),
    ROW_FLAGS("uid", CHANGES, REST),
    ROW_FLAGS("updateTime", CHANGES, REST),
};

const struct pl_kind pl_kind_run_job = {
    .name = "run.job",
    .title = "Cloud Run job",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/locations/{location}/jobs/{job}",
    .name_field = "name",
    .schema = &pl_schema_run_Job,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "run.googleapis.com",
             .list_path = "/v2/projects/{project}/locations/{location}/jobs",
             .items = "jobs",
             .get_path = "/v2/projects/{project}/locations/{location}/jobs/{job}",
             .page_size_param = "pageSize",
             .page_size = 1000,
             .how = PL_LIST_PER_LOCATION,
             .permission = "run.jobs.list",
             .get_permission = "run.jobs.get",
             .role = "roles/run.viewer"},
    .doc = REST,
};
