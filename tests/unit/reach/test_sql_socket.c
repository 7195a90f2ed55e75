/* test_sql_socket.c - rules S8 and S9: Cloud Run's built-in connection to Cloud SQL.
 */
#include "worlds.h"

static const struct rule_row rows[] = {
    {"S8 the per-instance CA", TO_SQL_SOCKET, EDITS(SOCKET(SQLNAME)), "sql-ca-mode", -1, NULL,
     NULL},
    {"S8 another CA", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME),
           "sql.instance/main:settings.ipConfiguration.serverCaMode = \"CUSTOMER_MANAGED_CAS_CA\""),
     "sql-ca-mode", PL_HOP_BLOCK, "CLOUD_SQL_CA_MODE_UNSUPPORTED_BY_SOCKET",
     "the built-in connection needs the per-instance CA; the mode is CUSTOMER_MANAGED_CAS_CA"},
    {"S9 mounted", TO_SQL_SOCKET, EDITS(SOCKET(SQLNAME)), "sql-socket", PL_HOP_PASS, NULL,
     "the built-in connection to p:us-central1:main is mounted"},
    {"S9 a volume that no container mounts", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "run.service/api:template.containers[name=app].volumeMounts"),
     "sql-socket", PL_HOP_BLOCK, "CLOUD_SQL_SOCKET_NOT_MOUNTED", "no container mounts /cloudsql"},
    {"S9 no volume", TO_SQL_SOCKET, NULL, "sql-socket", PL_HOP_BLOCK,
     "CLOUD_SQL_SOCKET_NOT_MOUNTED",
     "no volume of run.service/api names the instance p:us-central1:main: "
     "/cloudsql/p:us-central1:main does not exist in it"},
    {"S9 the Admin API", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "- project.service/sqladmin.googleapis.com"), "sql-admin-api",
     PL_HOP_BLOCK, "API_DISABLED",
     "sqladmin.googleapis.com is not enabled in p: the built-in connection cannot be set up"},
    {"S9 not one service in a snapshot that somebody wrote: a gap", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "- project.service/sqladmin.googleapis.com", "~ written by hand"),
     "sql-admin-api", PL_HOP_UNKNOWN, "API_DISABLED", NULL},
    {"S9 another service is in it: that one is disabled", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "- project.service/sqladmin.googleapis.com",
           "project.service/run.googleapis.com = {\"state\":\"ENABLED\"}", "~ written by hand"),
     "sql-admin-api", PL_HOP_BLOCK, "API_DISABLED", NULL},
    {"S9 services that could not be read", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "- project.service/sqladmin.googleapis.com",
           "? project.service permission_denied"),
     "sql-admin-api", PL_HOP_UNKNOWN, "API_DISABLED", NULL},
    {"S9 the default account, which the project's number names", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "run.service/api:template.serviceAccount",
           "project.iamPolicy/p:iamPolicy.bindings = [{\"role\":\"roles/editor\",\"members\":"
           "[\"serviceAccount:1-compute@developer.gserviceaccount.com\"]}]"),
     "sql-client-role", PL_HOP_PASS, NULL,
     "serviceAccount:1-compute@developer.gserviceaccount.com has roles/editor on "
     "project.iamPolicy/p"},
    {"S9 and which nobody knows without it", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "run.service/api:template.serviceAccount",
           "project.service/sqladmin.googleapis.com = {\"state\":\"ENABLED\"}"),
     "sql-client-role", PL_HOP_UNKNOWN, "CLOUD_SQL_CLIENT_ROLE_MISSING",
     "the workload runs as the project's default account, whose name was not read"},
};

static void the_built_in_connection_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_built_in_connection_as_google_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
