/* test_secrets.c - what a workload takes from Secret Manager: which version `latest` is, who may read it, and when it is a failure and when a risk.
 *
 * The rule is Google's page https://cloud.google.com/run/docs/configuring/services/secrets: fetched before an instance starts, checked at each deploy.
 */
#include "worlds.h"

#define FINE SECRET, VERSION("1", "ENABLED"), GRANTED("serviceAccount:auth@p")
#define VOLUME(secret)                                                                             \
    "run.service/auth:template.volumes = [{\"name\":\"v\",\"secret\":{\"secret\":\"" secret "\"}}" \
    "]"
#define ACCESSOR(member)                                                                           \
    "project.iamPolicy/p:iamPolicy.bindings = [{\"role\":"                                         \
    "\"roles/secretmanager.secretAccessor\",\"members\":[\"" member "\"]}]"

#define AUTH_KEY(version)                                                                          \
    "resources: {run.service: {auth: {template: {containers: [{name: app, env: [{name: KEY, "      \
    "valueSource: {secretKeyRef: {secret: key, version: " version "}}}]}]}}}}\n"
#define OLD(number)                                                                                \
    "secret.version/key/" number " = {\"name\":\"projects/1/secrets/key/versions/" number          \
    "\",\"state\":\"ENABLED\",\"createTime\":\"2025-01-01T09:00:00Z\"}"
#define KEYS_OF_AUTH(version)                                                                      \
    EDITS(TAKES(version), SECRET, OLD("1"), OLD("2"), GRANTED("serviceAccount:auth@p"))

static const struct rule_row rows[] = {
    {"a number that is today's latest", AUTH_KEY("latest") TO_RUN, KEYS_OF_AUTH("2"), "credential",
     -1, NULL, NULL},
    {"a number that is not", AUTH_KEY("latest") TO_RUN, KEYS_OF_AUTH("1"), "credential",
     PL_HOP_PASS, "CREDENTIAL_NOT_AS_DECLARED",
     "KEY of run.service/auth comes from version 1 where latest is declared: what is in there may "
     "be refused"},
    {"latest, which is the declared one today", AUTH_KEY("\"2\"") TO_RUN, KEYS_OF_AUTH("latest"),
     "credential", -1, NULL, NULL},
    {"latest, which is a later one", AUTH_KEY("\"1\"") TO_RUN, KEYS_OF_AUTH("latest"), "credential",
     PL_HOP_PASS, "CREDENTIAL_NOT_AS_DECLARED", NULL},
    {"versions that were not read", AUTH_KEY("latest") TO_RUN,
     EDITS(TAKES("1"), "? secret.version permission_denied"), "credential", -1, NULL, NULL},
    {"a workload without secrets has no such hop", HERE_TO_RUN, EDITS(NEVER_READY), "secrets", -1,
     NULL, NULL},
    {"all is well, and it serves: nothing to tell", HERE_TO_RUN, EDITS(TAKES("latest"), FINE),
     "secrets", -1, NULL, NULL},
    {"all is well, and it does not start", HERE_TO_RUN, EDITS(NEVER_READY, TAKES("latest"), FINE),
     "secrets", PL_HOP_PASS, NULL,
     "the secrets of run.service/auth are there, and it may read them"},
    {"and its state stands", HERE_TO_RUN, EDITS(NEVER_READY, TAKES("latest"), FINE), "run-ready",
     PL_HOP_BLOCK, "CLOUD_RUN_REVISION_NOT_READY", NULL},
    {"a state that its secrets drive is told with them", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest")), "run-ready", PL_HOP_NOT_APPLICABLE, NULL,
     "that run.service/auth has no ready revision is an effect of its secrets"},
    {"a ready revision serves: a risk", HERE_TO_RUN, EDITS(TAKES("latest")), "secrets", PL_HOP_PASS,
     "SECRET_NOT_FOUND",
     "KEY of run.service/auth takes secret.secret/key, which does not exist: what runs goes on, "
     "the next instance does not start"},
    {"the image is not there: the secret is a risk beside it", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"),
           "run.service/auth:terminalCondition.reason = \"CONTAINER_MISSING\""),
     "secrets", PL_HOP_PASS, "SECRET_NOT_FOUND", NULL},
    {"and the state stands", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"),
           "run.service/auth:terminalCondition.reason = \"CONTAINER_MISSING\""),
     "run-ready", PL_HOP_BLOCK, "CLOUD_RUN_REVISION_NOT_READY", NULL},
    {"secrets that nobody may list, where all serves", HERE_TO_RUN,
     EDITS(TAKES("latest"), "? secret.secret permission_denied"), "secrets", -1, NULL, NULL},
    {"secrets that nobody may list, where nothing serves", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), "? secret.secret permission_denied"), "secrets",
     PL_HOP_UNKNOWN, "SECRET_NOT_FOUND",
     "KEY of run.service/auth takes secret.secret/key, of which nothing is known: it could not be "
     "read: permission_denied"},
    {"and its state may be their effect", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), "? secret.secret permission_denied"), "run-ready",
     PL_HOP_NOT_APPLICABLE, NULL,
     "that run.service/auth has no ready revision may be an effect of its secrets"},
    {"versions that nobody may list", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), FINE, "? secret.version permission_denied"), "secrets",
     PL_HOP_UNKNOWN, "SECRET_VERSION_NOT_FOUND",
     "KEY of run.service/auth takes version latest of secret.secret/key, which was not read"},
    {"a pinned version that was read is enough", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("1"), FINE, "? secret.version permission_denied"), "secrets",
     PL_HOP_PASS, NULL, NULL},
    {"latest is the newest, and not the newest that is enabled", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), FINE, VERSION("2", "DESTROYED")), "secrets", PL_HOP_BLOCK,
     "SECRET_VERSION_NOT_ENABLED",
     "KEY of run.service/auth takes version latest (2) of secret.secret/key, which is DESTROYED: "
     "no instance starts"},
    {"ten comes behind nine", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), FINE, VERSION("9", "DISABLED"), VERSION("10", "ENABLED")),
     "secrets", PL_HOP_PASS, NULL, NULL},
    {"another secret's versions are not this one's", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), FINE, "secret.version/other/2 = {\"state\":\"DISABLED\"}"),
     "secrets", PL_HOP_PASS, NULL, NULL},
    {"a secret without a version", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, GRANTED("serviceAccount:auth@p")), "secrets",
     PL_HOP_BLOCK, "SECRET_VERSION_NOT_FOUND",
     "KEY of run.service/auth takes secret.secret/key, which has no version at all: no instance "
     "starts"},
    {"a pinned version that is not there", HERE_TO_RUN, EDITS(NEVER_READY, TAKES("3"), FINE),
     "secrets", PL_HOP_BLOCK, "SECRET_VERSION_NOT_FOUND",
     "KEY of run.service/auth takes version 3 of secret.secret/key, which is not there: no "
     "instance starts"},
    {"a number that no version has", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), FINE,
           "secret.version/key/9223372036854775807 = {\"state\":\"DISABLED\"}"),
     "secrets", PL_HOP_PASS, NULL, NULL},
    {"an alias by a name that is a path", HERE_TO_RUN, EDITS(NEVER_READY, TAKES("a.b[c"), FINE),
     "secrets", PL_HOP_UNKNOWN, "SECRET_VERSION_NOT_FOUND", NULL},
    {"an alias", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("stable"), FINE,
           "secret.secret/key:versionAliases = {\"stable\":\"1\"}"),
     "secrets", PL_HOP_PASS, NULL, NULL},
    {"a grant on the project", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:deployer@p"), ACCESSOR("serviceAccount:auth@p")),
     "secrets", PL_HOP_PASS, NULL, NULL},
    {"a grant to Cloud Run's agent is none to the workload", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:service-1@serverless-robot-prod.iam.gserviceaccount.com")),
     "secrets", PL_HOP_BLOCK, "SECRET_ACCESSOR_MISSING",
     "KEY of run.service/auth takes secret.secret/key: auth@p holds secretmanager.versions.access "
     "neither on the resource nor on project p: no instance starts"},
    {"an editor may not read payloads", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:deployer@p"),
           "project.iamPolicy/p:iamPolicy.bindings = "
           "[{\"role\":\"roles/editor\",\"members\":[\"serviceAccount:auth@p\"]}]"),
     "secrets", PL_HOP_BLOCK, "SECRET_ACCESSOR_MISSING", NULL},
    {"a group may hold the account", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("group:apps@example.org")),
     "secrets", PL_HOP_UNKNOWN, "SECRET_ACCESSOR_MISSING", NULL},
    {"a policy that was not read", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED")), "secrets",
     PL_HOP_UNKNOWN, "SECRET_ACCESSOR_MISSING",
     "KEY of run.service/auth takes secret.secret/key: the IAM policy of secret.secret/key was "
     "not read"},
    {"without an account of its own it is the project's default one", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), SECRET, VERSION("1", "ENABLED"),
           "run.service/auth:template.serviceAccount",
           GRANTED("serviceAccount:1-compute@developer.gserviceaccount.com")),
     "secrets", PL_HOP_PASS, NULL, NULL},
    {"whose name is not known without the project's number", HERE_TO_RUN,
     EDITS(NEVER_READY, TAKES("latest"), FINE, "run.service/auth:template.serviceAccount",
           "- project.service/sqladmin.googleapis.com"),
     "secrets", PL_HOP_UNKNOWN, "SECRET_ACCESSOR_MISSING",
     "KEY of run.service/auth takes secret.secret/key: as which account the workload runs was not "
     "read"},
    {"the own project by its number", HERE_TO_RUN,
     EDITS(NEVER_READY, FINE, TAKES("latest"),
           "run.service/auth:template.containers[name=app].env[name=KEY].valueSource.secretKeyRef."
           "secret = \"projects/1/secrets/key\""),
     "secrets", PL_HOP_PASS, NULL, NULL},
    {"another project, of which nothing was read", HERE_TO_RUN,
     EDITS(NEVER_READY, FINE, TAKES("latest"),
           "run.service/auth:template.containers[name=app].env[name=KEY].valueSource.secretKeyRef."
           "secret = \"projects/vault/secrets/key\""),
     "secrets", PL_HOP_UNKNOWN, "SECRET_NOT_FOUND", NULL},
    {"an older revision serves: its own references count", HERE_TO_RUN,
     EDITS(TAKES("latest"),
           "run.service/auth:latestCreatedRevision = "
           "\"projects/p/locations/us-central1/services/auth/revisions/r2\"",
           "run.revision/auth/r1 = {\"name\":\"r1\",\"serviceAccount\":\"auth@p\",\"containers\":["
           "{\"name\":\"app\",\"env\":[{\"name\":\"OLD\",\"valueSource\":{\"secretKeyRef\":{"
           "\"secret\":\"old\",\"version\":\"1\"}}}]}]}"),
     "secrets", PL_HOP_PASS, "SECRET_NOT_FOUND",
     "OLD of run.revision/auth/r1 takes secret.secret/old, which does not exist: what runs goes "
     "on, the next instance does not start"},
    {"a volume is checked at a deploy, too", HERE_TO_RUN,
     EDITS(NEVER_READY, VOLUME("key"), SECRET, VERSION("1", "ENABLED"),
           GRANTED("serviceAccount:deployer@p")),
     "secrets", PL_HOP_BLOCK, "SECRET_ACCESSOR_MISSING",
     "volume v of run.service/auth takes secret.secret/key: auth@p holds "
     "secretmanager.versions.access neither on the resource nor on project p: no instance starts"},
    {"and later it is the file that cannot be read", HERE_TO_RUN, EDITS(VOLUME("key")), "secrets",
     PL_HOP_PASS, "SECRET_NOT_FOUND",
     "volume v of run.service/auth takes secret.secret/key, which does not exist: reading the "
     "file fails"},
    {"a version newer than the last deploy", HERE_TO_RUN,
     EDITS("run.service/auth:updateTime = \"2026-11-20T08:59:59Z\"", TAKES("latest"), FINE),
     "secrets", PL_HOP_PASS, "SECRET_ROTATED_UNDER_INSTANCES",
     "KEY of run.service/auth takes latest at each start, and version 1 was made after the last "
     "deploy: instances may hold different values"},
    {"a version that was there before it", HERE_TO_RUN,
     EDITS("run.service/auth:updateTime = \"2026-11-20T09:00:00Z\"", TAKES("latest"), FINE),
     "secrets", -1, NULL, NULL},
    {"a volume gives the newest at each reading", HERE_TO_RUN,
     EDITS("run.service/auth:updateTime = \"2026-11-20T08:59:59Z\"", VOLUME("key"), FINE),
     "secrets", -1, NULL, NULL},
    {"the caller of a database", TO_SQL,
     EDITS("run.service/api:template.containers[name=app].env = "
           "[{\"name\":\"DB_PASSWORD\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"db\"}}}]"),
     "secrets", PL_HOP_PASS, "SECRET_NOT_FOUND", NULL},
    {"the caller of a service has no part in what that answers", TO_RUN,
     EDITS("run.service/api:template.containers[name=app].env = "
           "[{\"name\":\"KEY\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"db\"}}}]"),
     "secrets", -1, NULL, NULL},
};

static void secrets(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(secrets, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
