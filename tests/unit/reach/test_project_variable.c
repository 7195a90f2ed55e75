/* test_project_variable.c - the variable that names a workload's project, set to another or not set at all.
 */
#include "worlds.h"

#define AUTH(name, value)                                                                          \
    "run.service/auth:template.containers[name=app].env[name=" name "].value = \"" value "\""
#define NUMBERED                                                                                   \
    "project.service/sqladmin.googleapis.com = "                                                   \
    "{\"name\":\"projects/123/services/sqladmin.googleapis.com\",\"state\":\"ENABLED\"}"
#define DECLARES(name, value)                                                                      \
    "resources:\n  run.service:\n    auth: {template: {containers: [{name: app, env: "             \
    "[{name: " name ", value: " value "}]}]}}\n" TO_RUN

static const struct rule_row rows[] = {
    {"none", TO_RUN, EDITS(NULL), "project", -1, NULL, NULL},
    {"its own", TO_RUN, EDITS(AUTH("GOOGLE_CLOUD_PROJECT", "p")), "project", -1, NULL, NULL},
    {"its own number", TO_RUN, EDITS(NUMBERED, AUTH("GCP_PROJECT_ID_NUMERICAL_STAGING", "123")),
     "project", -1, NULL, NULL},
    {"another", TO_RUN, EDITS(AUTH("GOOGLE_CLOUD_PROJECT", "prod")), "project", PL_HOP_PASS,
     "WIRED_TO_ANOTHER_PROJECT",
     "GOOGLE_CLOUD_PROJECT of run.service/auth is prod, another project than its own: what it asks "
     "Google for is looked for there"},
    {"another's number", TO_RUN, EDITS(NUMBERED, AUTH("GCP_PROJECT_ID", "456")), "project",
     PL_HOP_PASS, "WIRED_TO_ANOTHER_PROJECT", NULL},
    {"a number that may be its own", TO_RUN,
     EDITS("- project.service/sqladmin.googleapis.com", AUTH("GCP_PROJECT_ID", "456")), "project",
     -1, NULL, NULL},
    {"another that is meant", DECLARES("GOOGLE_CLOUD_PROJECT", "prod"),
     EDITS(AUTH("GOOGLE_CLOUD_PROJECT", "prod")), "project", -1, NULL, NULL},
    {"one that is not the one that is meant", DECLARES("GOOGLE_CLOUD_PROJECT", "shared"),
     EDITS(AUTH("GOOGLE_CLOUD_PROJECT", "prod")), "project", PL_HOP_PASS,
     "WIRED_TO_ANOTHER_PROJECT", NULL},
    {"one that is declared and not there", DECLARES("GCP_PROJECT_ID_NUMERICAL_STAGING", "\"123\""),
     EDITS(NULL), "project", PL_HOP_PASS, "WIRED_TO_ANOTHER_PROJECT",
     "GCP_PROJECT_ID_NUMERICAL_STAGING of run.service/auth is declared and not set: its clients of "
     "Google's APIs fall back to a project of their own choice"},
    {"other projects are other people's", TO_RUN, EDITS(AUTH("SENTRY_PROJECT", "web")), "project",
     -1, NULL, NULL},
};

static void projects(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(projects, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
