/* test_iam.c - who may do what: permissions, not names of roles; what was not read is never a no.
 */
#include "worlds.h"

static const struct rule_row rows[] = {
    {"a role that holds the permission, on the project", TO_RUN,
     EDITS("run.service/auth:iamPolicy = {\"bindings\":[]}",
           "project.iamPolicy/p:iamPolicy.bindings = "
           "[{\"role\":\"roles/run.admin\",\"members\":[\"serviceAccount:api@p\"]}]"),
     "invoker", PL_HOP_PASS, NULL,
     "serviceAccount:api@p has roles/run.admin on project.iamPolicy/p"},
    {"a role that does not", TO_RUN,
     EDITS(
         "run.service/auth:iamPolicy = "
         "{\"bindings\":[{\"role\":\"roles/run.viewer\",\"members\":[\"serviceAccount:api@p\"]}]}"),
     "invoker", PL_HOP_BLOCK, "CLOUD_RUN_INVOKER_MISSING", NULL},
    {"a role of which Google's pages say different things", TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.developer\",\"members\":[\"serviceAccount:api@p\"]}]}"),
     "invoker", PL_HOP_UNKNOWN, "CLOUD_RUN_INVOKER_MISSING", NULL},
    {"a custom role", TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"projects/p/roles/"
           "caller\",\"members\":[\"serviceAccount:api@p\"]}]}"),
     "invoker", PL_HOP_UNKNOWN, "CLOUD_RUN_INVOKER_MISSING",
     "projects/p/roles/caller for serviceAccount:api@p on run.service/auth may grant "
     "run.routes.invoke: the custom role's permissions were not read"},
    {"a group", TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"group:callers@example.org\"]}]}"),
     "invoker", PL_HOP_UNKNOWN, "CLOUD_RUN_INVOKER_MISSING",
     "roles/run.invoker for group:callers@example.org on run.service/auth may grant "
     "run.routes.invoke: who is in it was not read"},
    {"a group of people is not asked for a caller without a token", HERE_TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"group:callers@example.org\"]}]}"),
     "invoker", PL_HOP_BLOCK, "CLOUD_RUN_INVOKER_MISSING", NULL},
    {"a condition", TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"serviceAccount:api@p\"],\"condition\":{\"title\":\"t\","
           "\"expression\":\"false\"}}]}"),
     "invoker", PL_HOP_UNKNOWN, "CLOUD_RUN_INVOKER_MISSING",
     "roles/run.invoker for serviceAccount:api@p on run.service/auth may grant run.routes.invoke: "
     "its condition is not evaluated"},
    {"an account that was deleted", TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"deleted:serviceAccount:api@p?uid=1\"]}]}"),
     "invoker", PL_HOP_BLOCK, "CLOUD_RUN_INVOKER_MISSING", NULL},
    {"a project's policy that was not read", TO_RUN,
     EDITS("run.service/auth:iamPolicy = {\"bindings\":[]}", "- project.iamPolicy/p"), "invoker",
     PL_HOP_UNKNOWN, "CLOUD_RUN_INVOKER_MISSING", "the IAM policy of project p was not read"},
    {"an editor may connect to Cloud SQL", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "project.iamPolicy/p:iamPolicy.bindings = "
                            "[{\"role\":\"roles/editor\",\"members\":[\"serviceAccount:api@p\"]}]"),
     "sql-client-role", PL_HOP_PASS, NULL, NULL},
    {"a viewer may not", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME),
           "project.iamPolicy/p:iamPolicy.bindings = "
           "[{\"role\":\"roles/cloudsql.viewer\",\"members\":[\"serviceAccount:api@p\"]}]"),
     "sql-client-role", PL_HOP_BLOCK, "CLOUD_SQL_CLIENT_ROLE_MISSING", NULL},
};

static void permissions_not_names(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(permissions_not_names, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
