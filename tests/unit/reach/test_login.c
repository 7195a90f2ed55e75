/* test_login.c - databases, users and IAM logins: what the Admin API tells, what it need not, and whose token a workload has.
 */
#include "worlds.h"

#define AS(user) ENV("POSTGRES_USER", user)
#define MYSQL    "sql.instance/main:databaseVersion = \"MYSQL_8_0\""
#define MYSQL_LOGIN                                                                                \
    "sql.instance/main:settings.databaseFlags[name=cloudsql_iam_authentication].value = \"on\""
#define TO_SQL_DECLARED                                                                            \
    TO_SQL "resources: {sql.user: {main/app: {}}, sql.database: {main/app: {}}}\n"

static const struct rule_row rows[] = {
    {"a database that is there", TO_SQL, EDITS(DATABASE("app"), ENV("POSTGRES_DB", "app")),
     "sql-database", PL_HOP_PASS, NULL,
     "POSTGRES_DB of run.service/api asks for database app, which sql.instance/main has"},
    {"one that is not", TO_SQL, EDITS(DATABASE("app"), ENV("POSTGRES_DB", "App")), "sql-database",
     PL_HOP_BLOCK, "CLOUD_SQL_DATABASE_NOT_FOUND",
     "POSTGRES_DB of run.service/api asks for database App, and sql.instance/main has none of that "
     "name"},
    {"by other names of variables", TO_SQL, EDITS(DATABASE("app"), ENV("DB_NAME", "shop")),
     "sql-database", PL_HOP_BLOCK, "CLOUD_SQL_DATABASE_NOT_FOUND", NULL},
    {"as libpq calls it", TO_SQL, EDITS(DATABASE("app"), ENV("PGDATABASE", "shop")), "sql-database",
     PL_HOP_BLOCK, "CLOUD_SQL_DATABASE_NOT_FOUND", NULL},
    {"as the path of a URL", TO_SQL,
     EDITS(DATABASE("app"),
           ENV("DATABASE_URL", "postgresql://10.68.0.3:5432/shop?sslmode=require")),
     "sql-database", PL_HOP_BLOCK, "CLOUD_SQL_DATABASE_NOT_FOUND",
     "DATABASE_URL of run.service/api asks for database shop, and sql.instance/main has none of "
     "that name"},
    {"a URL without one", TO_SQL,
     EDITS(DATABASE("app"), ENV("DATABASE_URL", "postgresql://10.68.0.3:5432/")), "sql-database",
     -1, NULL, NULL},
    {"what is no database's name", TO_SQL,
     EDITS(DATABASE("app"), ENV("MONGODB", "shop"), ENV("INSTANCE_NAME", "main"),
           ENV("APP_NAME", "shop")),
     "sql-database", -1, NULL, NULL},
    {"an instance has one at least: none is a listing that is not there", TO_SQL,
     EDITS(ENV("POSTGRES_DB", "app")), "sql-database", -1, NULL, NULL},
    {"another instance's are not this one's", TO_SQL,
     EDITS("sql.database/other/postgres = {\"name\":\"postgres\"}", ENV("POSTGRES_DB", "app")),
     "sql-database", -1, NULL, NULL},
    {"that a stopped instance does not tell", TO_SQL,
     EDITS(ENV("POSTGRES_DB", "app"), "? sql.database not_running"), "sql-database", -1, NULL,
     NULL},
    {"that nobody may list", TO_SQL,
     EDITS(ENV("POSTGRES_DB", "app"), "? sql.database permission_denied"), "sql-database",
     PL_HOP_UNKNOWN, "CLOUD_SQL_DATABASE_NOT_FOUND",
     "whether sql.instance/main has database app is not known: it could not be read: "
     "permission_denied"},
    {"a hole in the list of instances is none in this one's databases", TO_SQL,
     EDITS(ENV("POSTGRES_DB", "app"), "? sql.database bad_answer", "? sql.instance bad_answer"),
     "sql-database", -1, NULL, NULL},
    {"what the probe asks for, where no variable says it",
     "connections: {c: {from: here, to: sql.instance/main, via: public, probe: {type: postgres, "
     "user: u, database: shop}}}\n",
     EDITS(DATABASE("app")), "sql-database", PL_HOP_BLOCK, "CLOUD_SQL_DATABASE_NOT_FOUND",
     "the connection asks for database shop, and sql.instance/main has none of that name"},
    {"a cache has a number instead", TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_DB", "3")), "sql-database", -1, NULL, NULL},
    {"a user that is there", TO_SQL, EDITS(USER("app"), AS("app")), "sql-user", PL_HOP_PASS, NULL,
     "POSTGRES_USER of run.service/api logs in as app, which sql.instance/main has"},
    {"one that the API does not list may be made in SQL", TO_SQL, EDITS(USER("app"), AS("web")),
     "sql-user", PL_HOP_PASS, "CLOUD_SQL_USER_NOT_FOUND",
     "POSTGRES_USER of run.service/api logs in as web, which is none of the users that the Admin "
     "API lists; one that was made in SQL may not be listed"},
    {"unless the baseline declares it", TO_SQL_DECLARED, EDITS(USER("web"), AS("app")), "sql-user",
     PL_HOP_BLOCK, "CLOUD_SQL_USER_NOT_FOUND",
     "POSTGRES_USER of run.service/api logs in as app, which is declared, and sql.instance/main "
     "does not have it"},
    {"as whom is not said, and a declared one is not there", TO_SQL_DECLARED, EDITS(USER("web")),
     "sql-user", PL_HOP_PASS, "CLOUD_SQL_USER_NOT_FOUND",
     "sql.user/main/app is declared, and not there; which user the client names is not known"},
    {"as whom is hidden, likewise", TO_SQL_DECLARED,
     EDITS(USER("web"), ENV("DATABASE_URL", "postgresql://<redacted: 5 bytes>@10.68.0.3/app")),
     "sql-user", PL_HOP_PASS, "CLOUD_SQL_USER_NOT_FOUND", NULL},
    {"and it is there", TO_SQL_DECLARED, EDITS(USER("app")), "sql-user", -1, NULL, NULL},
    {"and none was listed", TO_SQL_DECLARED, NULL, "sql-user", -1, NULL, NULL},
    {"one that is declared for another instance",
     TO_SQL "resources: {sql.user: {main-2/app: {}, mai/app: {}}}\n", EDITS(USER("web")),
     "sql-user", -1, NULL, NULL},
    {"one that is not to be there", TO_SQL "resources: {sql.user: {main/old: !absent }}\n",
     EDITS(USER("web")), "sql-user", -1, NULL, NULL},
    {"which database is not said, and a declared one is not there", TO_SQL_DECLARED,
     EDITS(DATABASE("web")), "sql-database", PL_HOP_PASS, "CLOUD_SQL_DATABASE_NOT_FOUND",
     "sql.database/main/app is declared, and not there; which database the client names is not "
     "known"},
    {"a declared user where nobody may list them", TO_SQL_DECLARED,
     EDITS(AS("app"), "? sql.user permission_denied"), "sql-user", PL_HOP_UNKNOWN,
     "CLOUD_SQL_USER_NOT_FOUND",
     "whether sql.instance/main has user app, which is declared, is not known: it could not be "
     "read: permission_denied"},
    {"users that nobody may list", TO_SQL, EDITS(AS("app"), "? sql.user permission_denied"),
     "sql-user", -1, NULL, NULL},
    {"a user of MySQL who comes from some hosts", TO_SQL,
     EDITS(MYSQL, USER("app@10.%25"), ENV("MYSQL_USER", "app")), "sql-user", PL_HOP_PASS, NULL,
     NULL},
    {"an ordinary user needs no flag", TO_SQL, EDITS(USER("app"), AS("app")), "sql-iam-login", -1,
     NULL, NULL},
    {"an IAM user does", TO_SQL, EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), AS("api@p.iam")),
     "sql-iam-login", PL_HOP_BLOCK, "CLOUD_SQL_IAM_LOGIN_DISABLED",
     "api@p.iam is an IAM user, and sql.instance/main takes none: the flag "
     "cloudsql.iam_authentication is not set"},
    {"that is off", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), AS("api@p.iam"), IAM_LOGIN("off")), "sql-iam-login",
     PL_HOP_BLOCK, "CLOUD_SQL_IAM_LOGIN_DISABLED",
     "api@p.iam is an IAM user, and sql.instance/main takes none: the flag "
     "cloudsql.iam_authentication is off"},
    {"on in other letters", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), AS("api@p.iam"), IAM_LOGIN("ON")), "sql-iam-login",
     PL_HOP_PASS, NULL, "sql.instance/main takes IAM users: cloudsql.iam_authentication is on"},
    {"on in another word", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), AS("api@p.iam"), IAM_LOGIN("True")), "sql-iam-login",
     PL_HOP_PASS, NULL, NULL},
    {"a word that is neither", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), AS("api@p.iam"), IAM_LOGIN("maybe")),
     "sql-iam-login", PL_HOP_UNKNOWN, "CLOUD_SQL_IAM_LOGIN_DISABLED",
     "whether sql.instance/main takes IAM users is not clear: cloudsql.iam_authentication is "
     "maybe"},
    {"the whole e-mail is not the name", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam.gserviceaccount.com"),
           AS("api@p.iam.gserviceaccount.com"), IAM_LOGIN("on")),
     "sql-iam-user", PL_HOP_BLOCK, "CLOUD_SQL_IAM_USER_MISMATCH",
     "POSTGRES_USER of run.service/api logs in as the IAM user api@p.iam.gserviceaccount.com, and "
     "the workload's own token is of api@p.iam.gserviceaccount.com (api@p.iam to the database)"},
    {"the workload's own", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), AS("api@p.iam"), IAM_LOGIN("on")), "sql-iam-user",
     PL_HOP_PASS, NULL, "api@p.iam is the account that the workload runs as"},
    {"MySQL cuts at the @", TO_SQL,
     EDITS(MYSQL, MYSQL_LOGIN, RUNS_AS_API, IAM_USER("api"), ENV("MYSQL_USER", "api")),
     "sql-iam-user", PL_HOP_PASS, NULL, "api is the account that the workload runs as"},
    {"and has another flag", TO_SQL,
     EDITS(MYSQL, IAM_LOGIN("on"), RUNS_AS_API, IAM_USER("api"), ENV("MYSQL_USER", "api")),
     "sql-iam-login", PL_HOP_BLOCK, "CLOUD_SQL_IAM_LOGIN_DISABLED", NULL},
    {"the client's role does not let it log in", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), AS("api@p.iam"), IAM_LOGIN("on"),
           "project.iamPolicy/p:iamPolicy.bindings = [{\"role\":\"roles/cloudsql.client\","
           "\"members\":[\"serviceAccount:api@p.iam.gserviceaccount.com\"]}]"),
     "sql-iam-role", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_USER_ROLE_MISSING",
     "api@p.iam.gserviceaccount.com holds cloudsql.instances.login neither on the resource nor on "
     "project p"},
    {"a custom role may", TO_SQL,
     EDITS(RUNS_AS_API, IAM_USER("api@p.iam"), AS("api@p.iam"), IAM_LOGIN("on"),
           "project.iamPolicy/p:iamPolicy.bindings = [{\"role\":\"projects/p/roles/login\","
           "\"members\":[\"serviceAccount:api@p.iam.gserviceaccount.com\"]}]"),
     "sql-iam-role", PL_HOP_UNKNOWN, "CLOUD_SQL_INSTANCE_USER_ROLE_MISSING", NULL},
};

static void logins(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(logins, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
