/* test_wiring.c - what the client dials by its environment, and what of it may be blamed.
 */
#include "worlds.h"

#define PASSWORD_DECLARED                                                                          \
    "resources: {run.service: {us-central1/api: {template: {containers: [{name: app, env: "        \
    "[{name: DB_PASSWORD, valueSource: {secretKeyRef: {secret: db}}}]}]}}}}\n"

/* A variable of the cluster's holds the cache's address today. */
#define TWO_CACHES                                                                                 \
    "resources: {run.service: {us-central1/api: {template: {containers: [{name: app, env: "        \
    "[{name: CLUSTER_REDIS_HOST, value: \"${redis.cluster/us-central1/"                            \
    "cl:discoveryEndpoints[0].address}\"}]}]}}}}\nconnections:\n  c: {from: run.service/api, to: " \
    "redis.instance/cache}\n  d: {from: run.service/api, to: redis.cluster/cl}\n"

static const struct rule_row rows[] = {
    {"no variable", TO_SQL, NULL, "wiring-host", PL_HOP_NOT_APPLICABLE, NULL,
     "no environment variable of run.service/api carries sql.instance/main"},
    {"by value", TO_SQL, EDITS(ENV("WAREHOUSE_IP", "10.68.0.3")), "wiring-host", PL_HOP_PASS, NULL,
     "WAREHOUSE_IP of run.service/api is 10.68.0.3, an address of sql.instance/main"},
    {"by name", TO_SQL, EDITS(ENV("PGHOST", "10.68.0.77")), "wiring-host", PL_HOP_BLOCK,
     "UNKNOWN_INTERNAL_ADDRESS",
     "PGHOST of run.service/api is 10.68.0.77, which is no address of sql.instance/main"},
    {"another resource's address is told as such", TO_SQL, EDITS(ENV("DB_HOST", "10.68.1.4")),
     "wiring-host", PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS",
     "DB_HOST of run.service/api is 10.68.1.4, an address of redis.instance/cache, not of "
     "sql.instance/main"},
    {"a name alone proves nothing beside a rival",
     "connections:\n  c: {from: run.service/api, to: sql.instance/main, via: private}\n  d: {from: "
     "run.service/api, to: sql.instance/second, via: private}\n",
     EDITS(ENV("DB_HOST", "10.68.0.77")), "wiring-host", PL_HOP_NOT_APPLICABLE, NULL, NULL},
    {"but the target's own name in it does",
     "connections:\n  c: {from: run.service/api, to: sql.instance/main, via: private}\n  d: {from: "
     "run.service/api, to: sql.instance/second, via: private}\n",
     EDITS(ENV("MAIN_DB_HOST", "10.68.0.77"), ENV("SECOND_DB_HOST", "10.68.0.78")), "wiring-host",
     PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS",
     "MAIN_DB_HOST of run.service/api is 10.68.0.77, which is no address of sql.instance/main"},
    {"or behind the family's word",
     "connections:\n  c: {from: run.service/api, to: sql.instance/main, via: private}\n  d: {from: "
     "run.service/api, to: sql.instance/second, via: private}\n",
     EDITS(ENV("DB_MAIN_HOST", "10.68.0.77")), "wiring-host", PL_HOP_BLOCK,
     "UNKNOWN_INTERNAL_ADDRESS", NULL},
    {"without one it may be another service's",
     "connections:\n  c: {from: run.service/api, to: sql.instance/main, via: private}\n  d: {from: "
     "run.service/api, to: sql.instance/second, via: private}\n",
     EDITS(ENV("MAIN_API_URL", "https://10.68.0.77")), "wiring-host", PL_HOP_NOT_APPLICABLE, NULL,
     NULL},
    {"caches of two kinds are rivals, too",
     "connections:\n  c: {from: run.service/api, to: redis.instance/cache}\n  d: {from: "
     "run.service/api, to: redis.cluster/cl}\n",
     EDITS(CLUSTER, ENV("REDIS_HOST", "10.68.1.99")), "wiring-host", PL_HOP_NOT_APPLICABLE, NULL,
     NULL},
    {"one that is declared to lead to another target is that one's", TWO_CACHES,
     EDITS(CLUSTER, ENV("CLUSTER_REDIS_HOST", "10.68.1.4"), ENV("CLUSTER_REDIS_PORT", "11000"),
           ENV("STORE_REDIS_HOST", "10.68.1.4")),
     "redis-port", PL_HOP_PASS, NULL, "redis.instance/cache listens on 6379"},
    {"one that is sure takes the place of names", TO_SQL,
     EDITS(ENV("ORDERS_DB_HOST", "10.68.0.3"), ENV("DB_HOST", "10.68.0.77")), "wiring-host",
     PL_HOP_PASS, NULL, NULL},
    {"the family of a sure one", TO_SQL,
     EDITS(ENV("ORDERS_DB_HOST", "10.68.0.3"), ENV("ORDERS_DB_PORT", "5434")), "sql-port",
     PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"no port hides in TRANSPORT", TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("TRANSPORT", "9")), "sql-port", PL_HOP_PASS, NULL,
     NULL},
    {"a URL", TO_SQL, EDITS(ENV("DATABASE_URL", "postgresql://app@10.68.0.3:5434/app")), "sql-port",
     PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"a cache's URL without a port", TO_REDIS, EDITS(ENV("REDIS_URL", "rediss://10.68.1.4/0")),
     "redis-port", PL_HOP_PASS, NULL, "redis.instance/cache listens on 6379"},
    {"which is not the one with TLS", TO_REDIS,
     EDITS("redis.instance/cache:port = 6378", ENV("REDIS_URL", "rediss://10.68.1.4/0")),
     "redis-port", PL_HOP_BLOCK, "REDIS_INSTANCE_UNSUPPORTED_PORT",
     "the client dials port 6379; redis.instance/cache listens on 6378 (M3: 6378 with TLS, 6379 "
     "without)"},
    {"a host without one says nothing of it", TO_REDIS,
     EDITS("redis.instance/cache:port = 6378", ENV("REDIS_HOST", "10.68.1.4")), "redis-port",
     PL_HOP_PASS, NULL, NULL},
    {"a declared password that is not set", PASSWORD_DECLARED TO_SQL, NULL, "credential",
     PL_HOP_PASS, "ENVIRONMENT_VARIABLE_MISSING",
     "DB_PASSWORD of run.service/api is declared and not set: the client has no password by it"},
    {"and is", PASSWORD_DECLARED TO_SQL, EDITS(ENV("DB_PASSWORD", "x")), "credential", -1, NULL,
     NULL},
    {"a declared variable that is empty",
     "resources: {run.service: {us-central1/api: {template: {containers: [{name: app, env: "
     "[{name: DB_HOST, value: 10.68.0.3}]}]}}}}\n" TO_SQL,
     EDITS(ENV("DB_HOST", "")), "wiring-host", PL_HOP_BLOCK, "ENVIRONMENT_VARIABLE_MISSING",
     "DB_HOST of run.service/api is empty: the client falls back to its own default"},
    {"one that nobody declared says nothing", TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DATABASE_URL", "")), "wiring-host", PL_HOP_PASS, NULL,
     "DB_HOST of run.service/api is 10.68.0.3, an address of sql.instance/main"},
    {"a socket in a URL's query", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), ENV("DATABASE_URL", "postgresql://app@/app?host=/cloudsql/" SQLNAME)),
     "wiring-host", PL_HOP_PASS, NULL, NULL},
    {"another instance's socket in it", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME),
           ENV("DATABASE_URL", "postgresql+pg8000://app@/app?unix_sock=/cloudsql/p:us-central1:old/"
                               ".s.PGSQL.5432")),
     "wiring-host", PL_HOP_BLOCK, "CLOUD_SQL_SOCKET_PATH_MISMATCH", NULL},
    {"JDBC", TO_SQL,
     EDITS(ENV("SPRING_DATASOURCE_URL", "jdbc:postgresql://10.68.0.3:5434/app?user=app")),
     "sql-port", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"JDBC with a connector of its own", TO_SQL,
     EDITS(ENV("JDBC_URL", "jdbc:postgresql:///app?cloudSqlInstance=" SQLNAME)), "wiring-host",
     PL_HOP_PASS, NULL,
     "JDBC_URL of run.service/api gives its connector " SQLNAME ", the name of sql.instance/main"},
    {"and another instance's name", TO_SQL,
     EDITS(ENV("JDBC_URL", "jdbc:postgresql:///app?cloudSqlInstance=p:us-central1:old")),
     "wiring-host", PL_HOP_BLOCK, "CLOUD_SQL_SOCKET_PATH_MISMATCH", NULL},
    {"ADO.NET, by value alone", TO_SQL,
     EDITS(ENV("ConnectionStrings__Default", "Server=10.68.0.3;Port=5434;Database=app")),
     "sql-port", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"by what is declared, where the value is another's",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: "
     "ConnectionStrings__Default, "
     "value: 'Server=10.68.0.3;Database=app'}]}]}}}}\n" TO_SQL,
     EDITS(ENV("ConnectionStrings__Default", "Server=10.68.0.99;Database=app")), "wiring-host",
     PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS",
     "ConnectionStrings__Default of run.service/api is 10.68.0.99, which is no address of "
     "sql.instance/main"},
    {"what is declared leads elsewhere, too",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: "
     "ConnectionStrings__Default, "
     "value: 'Server=10.68.0.98;Database=app'}]}]}}}}\n" TO_SQL,
     EDITS(ENV("ConnectionStrings__Default", "Server=10.68.0.99;Database=app")), "wiring-host",
     PL_HOP_NOT_APPLICABLE, NULL, NULL},
    {"PDO's", TO_SQL, EDITS(ENV("DB_DSN", "pgsql:host=10.68.0.99;port=5432;dbname=app")),
     "wiring-host", PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS", NULL},
    {"R2DBC's", TO_SQL, EDITS(ENV("SPRING_R2DBC_URL", "r2dbc:postgresql://10.68.0.3:5434/app")),
     "sql-port", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"a list that an address is in is none", TO_SQL, EDITS(ENV("ALLOWED", "10.68.0.3 10.68.0.4")),
     "wiring-host", PL_HOP_NOT_APPLICABLE, NULL, NULL},
    {"SQLAlchemy", TO_SQL,
     EDITS(ENV("SQLALCHEMY_DATABASE_URI", "postgresql+asyncpg://app@10.68.0.77/app")),
     "wiring-host", PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS", NULL},
    {"words without a host say nothing of it", TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_DSN", "dbname=app user=app")), "wiring-host",
     PL_HOP_PASS, NULL, "DB_HOST of run.service/api is 10.68.0.3, an address of sql.instance/main"},
    {"libpq's words", TO_SQL, EDITS(ENV("DATABASE_DSN", "host=10.68.0.9 user=app")), "wiring-host",
     PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS", NULL},
    {"a host name: what it resolves to is not known", TO_SQL,
     EDITS(ENV("DB_HOST", "db.acme.example")), "wiring-host", PL_HOP_UNKNOWN,
     "WIRED_TO_ANOTHER_NAME",
     "DB_HOST of run.service/api is db.acme.example, which is no address of sql.instance/main; "
     "what "
     "the public DNS says of the name is not read"},
    {"inside the client's own network a proxy may stand", TO_SQL,
     EDITS(ENV("DB_HOST", "10.0.0.20")), "wiring-host", PL_HOP_UNKNOWN, "UNKNOWN_INTERNAL_ADDRESS",
     NULL},
    {"an endpoint of Private Service Connect, too", TO_SQL,
     EDITS(ENV("DB_HOST", "10.99.0.20"),
           "sql.instance/main:settings.ipConfiguration.pscConfig = {\"pscEnabled\":true}"),
     "wiring-host", PL_HOP_UNKNOWN, "UNKNOWN_INTERNAL_ADDRESS", NULL},
    {"loopback beside a sidecar", TO_SQL,
     EDITS(ENV("DB_HOST", "127.0.0.1"),
           "run.service/api:template.containers[name=proxy] = {\"name\":\"proxy\"}"),
     "wiring-host", PL_HOP_UNKNOWN, "LOOPBACK_WITHOUT_SIDECAR",
     "DB_HOST of run.service/api is 127.0.0.1: a sidecar may listen there, which is not modelled"},
    {"loopback alone", TO_SQL, EDITS(ENV("DB_HOST", "localhost")), "wiring-host", PL_HOP_BLOCK,
     "LOOPBACK_WITHOUT_SIDECAR",
     "DB_HOST of run.service/api is localhost, and no other container runs beside it"},
    {"loopback beside a mounted socket", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), ENV("DB_HOST", "localhost")), "wiring-host", PL_HOP_UNKNOWN,
     "LOOPBACK_WITHOUT_SIDECAR", NULL},
    {"another instance's connection name", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), ENV("INSTANCE_CONNECTION_NAME", "p:europe-west1:main")), "wiring-host",
     PL_HOP_BLOCK, "CLOUD_SQL_SOCKET_PATH_MISMATCH", NULL},
    {"a socket file of another port", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), ENV("DB_HOST", "/cloudsql/p:us-central1:main"), ENV("DB_PORT", "5433")),
     "wiring-port", PL_HOP_BLOCK, "CLOUD_SQL_SOCKET_PATH_MISMATCH",
     "the client looks for .s.PGSQL.5433 in /cloudsql/p:us-central1:main, where only .s.PGSQL.5432 "
     "is"},
    {"MySQL's socket has no port", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), "sql.instance/main:databaseVersion = \"MYSQL_8_0\"",
           ENV("DB_HOST", "/cloudsql/p:us-central1:main"), ENV("DB_PORT", "5433")),
     "wiring-port", -1, NULL, NULL},
    {"a blank", TO_SQL, EDITS(ENV("DB_HOST", "10.68.0.3 ")), "wiring-host", PL_HOP_BLOCK,
     "ENVIRONMENT_VALUE_MALFORMED",
     "DB_HOST of run.service/api holds a blank or a control character: no resolver takes it for an "
     "address"},
    {"a port that is none", TO_SQL, EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_PORT", "70000")),
     "wiring-port", PL_HOP_BLOCK, "ENVIRONMENT_VALUE_MALFORMED",
     "DB_PORT of run.service/api is '70000', which is no port"},
    {"a secret", TO_SQL,
     EDITS("run.service/api:template.containers[name=app].env[name=DB_HOST] = "
           "{\"name\":\"DB_HOST\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"s\"}}}"),
     "wiring-host", PL_HOP_UNKNOWN, "UNKNOWN_INTERNAL_ADDRESS",
     "the address comes from a secret, whose value is not compared: --read-secrets compares it"},
    {"C13 a source whose newest revision is not ready", TO_SQL,
     EDITS("run.service/api:latestCreatedRevision = \"a/r2\"",
           "run.service/api:latestReadyRevision = \"a/r1\""),
     "source", PL_HOP_UNKNOWN, NULL,
     "run.service/api runs revision r1, whose settings are not read: those that were read are the "
     "newest revision's"},
    {"a URL whose user was redacted says its host", TO_SQL,
     EDITS(ENV("DATABASE_URL", "postgres://<redacted: 11 bytes>@10.68.0.9:5432/app")),
     "wiring-host", PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS",
     "DATABASE_URL of run.service/api is 10.68.0.9, which is no address of sql.instance/main"},
    {"and its port", TO_SQL,
     EDITS(ENV("DATABASE_URL", "postgres://<redacted: 11 bytes>@10.68.0.3:5434/app")), "sql-port",
     PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"a password in a URL", TO_REDIS,
     EDITS(ENV("REDIS_URL", "redis://<redacted: 9 bytes>@10.68.1.4:6379")), "redis-auth",
     PL_HOP_BLOCK, "REDIS_AUTH_NOT_CONFIGURED", NULL},
    {"a missing port: the protocol's own",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: DB_PORT, "
     "value: '5432'}]}]}}}}\n" TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3")), "wiring-port", PL_HOP_PASS, "ENVIRONMENT_VARIABLE_MISSING",
     "DB_PORT of run.service/api is declared and not set: the client is taken to dial 5432, its "
     "protocol's own"},
    {"which may be the wrong one",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: DB_PORT, "
     "value: '3306'}]}]}}}}\n" TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"),
           "sql.instance/main:databaseVersion = \"SQLSERVER_2022_STANDARD\""),
     "sql-port", PL_HOP_PASS, NULL, NULL},
    {"a port out of a secret", TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"),
           "run.service/api:template.containers[name=app].env[name=DB_PORT] = "
           "{\"name\":\"DB_PORT\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"s\"}}}"),
     "wiring-port", PL_HOP_UNKNOWN, NULL, NULL},
    {"a redacted value", TO_SQL, EDITS(ENV("DATABASE_URL", "<redacted 31 bytes, 5f0a>")),
     "wiring-host", PL_HOP_UNKNOWN, "UNKNOWN_INTERNAL_ADDRESS", NULL},
    {"a workload that was not read", TO_SQL,
     EDITS("- run.service/api", "? run.service permission_denied"), "source", PL_HOP_UNKNOWN, NULL,
     "nothing is known of run.service/api: it could not be read: permission_denied"},
    {"the called service by its other address", TO_RUN,
     EDITS("run.service/auth:urls = [\"https://auth-1.us-central1.run.app\"]",
           ENV("AUTH_URL", "https://auth-1.us-central1.run.app")),
     "wiring-host", PL_HOP_PASS, NULL, NULL},
    {"the name with the project's number", TO_RUN,
     EDITS(ENV("AUTH_URL", "https://auth-123456789.us-central1.run.app/v1")), "wiring-host",
     PL_HOP_PASS, NULL, NULL},
    {"of another region", TO_RUN,
     EDITS(ENV("AUTH_URL", "https://auth-123456789.europe-west1.run.app")), "wiring-host",
     PL_HOP_BLOCK, "WIRED_TO_ANOTHER_NAME", NULL},
    {"a tagged revision", TO_RUN, EDITS(ENV("AUTH_URL", "https://canary---auth-x-uc.a.run.app")),
     "wiring-host", PL_HOP_PASS, NULL, NULL},
    {"a domain that may be mapped to it", TO_RUN,
     EDITS(ENV("AUTH_URL", "https://auth.example.org")), "wiring-host", PL_HOP_UNKNOWN,
     "WIRED_TO_ANOTHER_NAME",
     "AUTH_URL of run.service/api is auth.example.org, which is no address of run.service/auth; a "
     "load balancer or a domain mapping may lead there, which is not modelled"},
    {"HOST and PORT alone are the container's own", TO_SQL,
     EDITS(ENV("HOST", "0.0.0.0"), ENV("PORT", "8080")), "wiring-host", PL_HOP_NOT_APPLICABLE, NULL,
     NULL},
};

static void variables_carry_targets(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(variables_carry_targets, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
