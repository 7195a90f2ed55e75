/* test_wiring_secret.c - what a client dials, and with what password, where its variables take secrets that were read (--read-secrets).
 *
 * Beside each row: no sentence, no evidence and no field of any hop holds a part of a value that is not the world's own.
 */
#include <stdlib.h>

#include "worlds.h"

#define CANARY "c4n4ry-V4lue"
#define PROBED                                                                                     \
    "connections: {c: {from: run.service/api, to: sql.instance/main, via: private, probe: {type: " \
    "postgres, user: app, database: app, password: !env TEST_PASSWORD}}}\n"
#define REDIS_AUTH "redis.instance/cache:authEnabled = true"
#define USERS      "sql.user/main/app = {\"name\":\"app\"}"
#define DATABASES  "sql.database/main/app = {\"name\":\"app\"}"
#define MOUNTED(source)                                                                            \
    "run.service/api:template.volumes = [{\"name\":\"v\",\"secret\":" source "}]",                 \
        "run.service/api:template.containers[name=app].volumeMounts = "                            \
        "[{\"name\":\"v\",\"mountPath\":\"/secrets/\"}]"
#define URL(text)  FROM_SECRET("DATABASE_URL", "url", "1"), HOLDS("url", "1", text)
#define HOST(text) FROM_SECRET("DB_HOST", "h", "1"), HOLDS("h", "1", text)

static const struct rule_row rows[] = {
    /* the host */
    {"equal", TO_SQL, EDITS(HOST("10.68.0.3")), "wiring-host", PL_HOP_PASS, NULL,
     "DB_HOST of run.service/api (secret.version/h/1) equals an address of sql.instance/main"},
    {"a newline", TO_SQL, EDITS(HOST("10.68.0.3\n")), "wiring-host", PL_HOP_BLOCK,
     "ENVIRONMENT_VALUE_MALFORMED",
     "DB_HOST of run.service/api (secret.version/h/1) ends in a newline: no resolver takes it for "
     "an address"},
    {"a carriage return", TO_SQL, EDITS(HOST("10.68.0.3\r\n")), "wiring-host", PL_HOP_BLOCK,
     "ENVIRONMENT_VALUE_MALFORMED",
     "DB_HOST of run.service/api (secret.version/h/1) ends in a carriage return and a newline: no "
     "resolver takes it for an address"},
    {"nothing", TO_SQL, EDITS(HOST("")), "wiring-host", PL_HOP_BLOCK, "ENVIRONMENT_VALUE_MALFORMED",
     NULL},
    {"another private address", TO_SQL, EDITS(HOST("10.68.0.77")), "wiring-host", PL_HOP_BLOCK,
     "UNKNOWN_INTERNAL_ADDRESS",
     "DB_HOST of run.service/api (secret.version/h/1) holds a private address that is none of "
     "sql.instance/main"},
    {"another public address", TO_SQL, EDITS(HOST("203.0.113.77")), "wiring-host", PL_HOP_BLOCK,
     "UNKNOWN_EXTERNAL_ADDRESS",
     "DB_HOST of run.service/api (secret.version/h/1) holds a public address that is none of "
     "sql.instance/main"},
    {"the address of another resource", TO_SQL, EDITS(HOST("10.68.1.4")), "wiring-host",
     PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS",
     "DB_HOST of run.service/api (secret.version/h/1) holds the address of redis.instance/cache, "
     "not of sql.instance/main"},
    {"inside the client's own network a proxy may stand", TO_SQL, EDITS(HOST("10.0.0.20")),
     "wiring-host", PL_HOP_UNKNOWN, "UNKNOWN_INTERNAL_ADDRESS", NULL},
    {"the client's own machine", TO_SQL, EDITS(HOST("127.0.0.1")), "wiring-host", PL_HOP_BLOCK,
     "LOOPBACK_WITHOUT_SIDECAR",
     "DB_HOST of run.service/api is the client's own machine (a secret), and no other container "
     "runs beside it"},
    {"a name is not looked up", TO_SQL, EDITS(HOST("db.internal")), "wiring-host", PL_HOP_UNKNOWN,
     "WIRED_TO_ANOTHER_NAME",
     "DB_HOST of run.service/api (secret.version/h/1) holds a name that is none of "
     "sql.instance/main; what it resolves to is not looked up"},
    {"the public address leads out of the network", TO_SQL, EDITS(HOST("34.1.2.3")), "egress",
     PL_HOP_PASS, NULL, "the packet leaves run.service/api for the internet, beside the VPC"},
    {"which variable it is, a value tells beside a rival",
     "connections:\n  c: {from: run.service/api, to: sql.instance/main, via: private}\n  d: {from: "
     "run.service/api, to: sql.instance/second, via: private}\n",
     EDITS(HOST("10.68.0.3")), "wiring-host", PL_HOP_PASS, NULL, NULL},
    {"a value of none of both tells nothing",
     "connections:\n  c: {from: run.service/api, to: sql.instance/main, via: private}\n  d: {from: "
     "run.service/api, to: sql.instance/second, via: private}\n",
     EDITS(HOST("10.68.0.77")), "wiring-host", PL_HOP_NOT_APPLICABLE, NULL, NULL},
    {"the socket", TO_SQL_SOCKET, EDITS(SOCKET(SQLNAME), HOST("/cloudsql/" SQLNAME)), "wiring-host",
     PL_HOP_PASS, NULL,
     "DB_HOST of run.service/api (secret.version/h/1) equals the socket of sql.instance/main"},
    {"another instance's socket", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), HOST("/cloudsql/p:us-central1:old")), "wiring-host", PL_HOP_BLOCK,
     "CLOUD_SQL_SOCKET_PATH_MISMATCH",
     "DB_HOST of run.service/api (secret.version/h/1) holds the path of a socket that is not the "
     "one of sql.instance/main"},
    {"a connection name", TO_SQL_SOCKET,
     EDITS(SOCKET(SQLNAME), FROM_SECRET("INSTANCE_CONNECTION_NAME", "n", "1"),
           HOLDS("n", "1", "p:us-central1:old")),
     "wiring-host", PL_HOP_BLOCK, "CLOUD_SQL_SOCKET_PATH_MISMATCH",
     "INSTANCE_CONNECTION_NAME of run.service/api (secret.version/n/1) is not the connection name "
     "of sql.instance/main"},
    {"one that a connector dials by",
     "connections: {c: {from: run.service/api, to: sql.instance/main}}\n",
     EDITS(FROM_SECRET("INSTANCE_CONNECTION_NAME", "n", "1"),
           HOLDS("n", "1", "p:us-central1:main")),
     "wiring-host", PL_HOP_PASS, "CLOUD_SQL_SOCKET_NOT_MOUNTED",
     "INSTANCE_CONNECTION_NAME of run.service/api (secret.version/n/1) is taken for what a "
     "connector in the client dials sql.instance/main by: no volume mounts a socket"},
    {"a service's own name", TO_RUN,
     EDITS(FROM_SECRET("AUTH_URL", "u", "1"), HOLDS("u", "1", "https://auth-x-uc.a.run.app")),
     "wiring-host", PL_HOP_PASS, NULL, NULL},
    {"the name of a service that was made again", TO_RUN,
     EDITS("project.service/sqladmin.googleapis.com = "
           "{\"name\":\"projects/123/services/sqladmin.googleapis.com\",\"state\":\"ENABLED\"}",
           FROM_SECRET("AUTH_URL", "u", "1"), HOLDS("u", "1", "https://auth-old-uc.a.run.app")),
     "wiring-host", PL_HOP_BLOCK, "WIRED_TO_ANOTHER_NAME", NULL},
    {"a service's other name", TO_RUN,
     EDITS("project.service/sqladmin.googleapis.com = "
           "{\"name\":\"projects/123/services/sqladmin.googleapis.com\",\"state\":\"ENABLED\"}",
           FROM_SECRET("AUTH_URL", "u", "1"),
           HOLDS("u", "1", "https://auth-123.us-central1.run.app")),
     "wiring-host", PL_HOP_PASS, NULL, NULL},

    /* connection strings */
    {"a URL", TO_SQL, EDITS(URL("postgresql://app:" CANARY "@10.68.0.3:5432/app")), "wiring-host",
     PL_HOP_PASS, NULL, NULL},
    {"with another host", TO_SQL, EDITS(URL("postgresql://app:" CANARY "@10.68.0.9/app")),
     "wiring-host", PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS", NULL},
    {"with another port, that is known", TO_SQL,
     EDITS(URL("postgresql://app:" CANARY "@10.68.0.3:3306/app")), "sql-port", PL_HOP_BLOCK,
     "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"with any other port", TO_SQL, EDITS(URL("postgresql://app:" CANARY "@10.68.0.3:5499/app")),
     "wiring-port", PL_HOP_BLOCK, "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT",
     "DATABASE_URL of run.service/api (secret.version/url/1) holds a port that sql.instance/main "
     "does not listen on"},
    {"with a newline behind it", TO_SQL, EDITS(URL("postgresql://app:" CANARY "@10.68.0.3/app\n")),
     "wiring-host", PL_HOP_PASS, "ENVIRONMENT_VALUE_MALFORMED",
     "DATABASE_URL of run.service/api (secret.version/url/1) ends in a newline: whether the client "
     "drops that is its own business"},
    {"with a database that is there", TO_SQL,
     EDITS(DATABASES, URL("postgresql://app:" CANARY "@10.68.0.3/app")), "sql-database",
     PL_HOP_PASS, NULL, NULL},
    {"with one that is not", TO_SQL,
     EDITS(DATABASES, URL("postgresql://app:" CANARY "@10.68.0.3/" CANARY)), "sql-database",
     PL_HOP_BLOCK, "CLOUD_SQL_DATABASE_NOT_FOUND",
     "DATABASE_URL of run.service/api (secret.version/url/1) asks for a database that "
     "sql.instance/main does not have"},
    {"with TLS switched off", TO_SQL,
     EDITS(URL("postgresql://app:" CANARY "@10.68.0.3/app?sslmode=disable")), "sql-tls",
     PL_HOP_BLOCK, "TLS_REQUIRED", NULL},
    {"with a connector of its own", TO_SQL,
     EDITS(URL("jdbc:postgresql:///app?password=" CANARY "&cloudSqlInstance=" SQLNAME)),
     "wiring-host", PL_HOP_PASS, NULL,
     "DATABASE_URL of run.service/api (secret.version/url/1) gives its connector the name of "
     "sql.instance/main"},
    {"that is none", TO_SQL, EDITS(URL("{\"password\":\"" CANARY "\"}")), "wiring-host",
     PL_HOP_UNKNOWN, "ENVIRONMENT_VALUE_MALFORMED",
     "DATABASE_URL of run.service/api (secret.version/url/1) holds no address, and no connection "
     "string of a form that is known here"},

    /* passwords */
    {"an AUTH string", TO_REDIS,
     EDITS(REDIS_AUTH, FROM_SECRET("REDIS_PASSWORD", "pw", "1"), HOLDS("pw", "1", CANARY),
           "$ redis.instance/cache " CANARY),
     "password", PL_HOP_PASS, NULL,
     "REDIS_PASSWORD of run.service/api (secret.version/pw/1) equals the AUTH string of "
     "redis.instance/cache"},
    {"another one", TO_REDIS,
     EDITS(REDIS_AUTH, FROM_SECRET("REDIS_PASSWORD", "pw", "1"), HOLDS("pw", "1", CANARY),
           "$ redis.instance/cache " CANARY "2"),
     "password", PL_HOP_BLOCK, "PASSWORD_MISMATCH",
     "REDIS_PASSWORD of run.service/api (secret.version/pw/1) differs from the AUTH string of "
     "redis.instance/cache"},
    {"with a newline behind it", TO_REDIS,
     EDITS(REDIS_AUTH, FROM_SECRET("REDIS_PASSWORD", "pw", "1"), HOLDS("pw", "1", CANARY "\n"),
           "$ redis.instance/cache " CANARY),
     "password", PL_HOP_BLOCK, "PASSWORD_MISMATCH",
     "REDIS_PASSWORD of run.service/api (secret.version/pw/1) ends in a newline: without that it "
     "would be the AUTH string of redis.instance/cache"},
    {"one that was rotated", TO_REDIS,
     EDITS(REDIS_AUTH, FROM_SECRET("REDIS_PASSWORD", "pw", "1"), HOLDS("pw", "1", CANARY),
           HOLDS("pw", "2", CANARY "2"), "$ redis.instance/cache " CANARY "2"),
     "password", PL_HOP_BLOCK, "PASSWORD_MISMATCH",
     "REDIS_PASSWORD of run.service/api (secret.version/pw/1) is stale: secret.version/pw/2, the "
     "newest, equals the AUTH string of redis.instance/cache"},
    {"latest, after it was rotated", TO_REDIS,
     EDITS(REDIS_AUTH, FROM_SECRET("REDIS_PASSWORD", "pw", "latest"), HOLDS("pw", "1", CANARY),
           HOLDS("pw", "2", CANARY "2"), "$ redis.instance/cache " CANARY "2"),
     "password", PL_HOP_PASS, NULL, NULL},
    {"where AUTH is off that is told elsewhere", TO_REDIS,
     EDITS(FROM_SECRET("REDIS_PASSWORD", "pw", "1"), HOLDS("pw", "1", CANARY),
           "$ redis.instance/cache x"),
     "password", -1, NULL, NULL},
    {"in a file of a mounted secret", TO_REDIS,
     EDITS(REDIS_AUTH,
           MOUNTED("{\"secret\":\"pw\",\"items\":[{\"path\":\"redis/auth\",\"version\":"
                   "\"1\"}]}"),
           ENV("REDIS_PASSWORD_FILE", "/secrets/redis/auth"), HOLDS("pw", "1", CANARY "\n"),
           "$ redis.instance/cache " CANARY),
     "password", PL_HOP_BLOCK, "PASSWORD_MISMATCH",
     "REDIS_PASSWORD_FILE of run.service/api (secret.version/pw/1) ends in a newline: without that "
     "it would be the AUTH string of redis.instance/cache"},
    {"in the only file of one", TO_REDIS,
     EDITS(REDIS_AUTH, MOUNTED("{\"secret\":\"projects/p/secrets/pw\"}"),
           ENV("REDIS_PASSWORD_FILE", "/secrets/pw"), HOLDS("pw", "1", CANARY),
           "$ redis.instance/cache " CANARY),
     "password", PL_HOP_PASS, NULL, NULL},
    {"in a file that no volume has", TO_REDIS,
     EDITS(REDIS_AUTH, MOUNTED("{\"secret\":\"pw\"}"), ENV("REDIS_PASSWORD_FILE", "/secrets/other"),
           HOLDS("pw", "1", CANARY), "$ redis.instance/cache " CANARY "2"),
     "password", -1, NULL, NULL},
    {"a database's, of the same user", PROBED,
     EDITS(USERS, URL("postgresql://app:right-0ne@10.68.0.3/app")), "password", PL_HOP_PASS, NULL,
     "DATABASE_URL of run.service/api (secret.version/url/1) equals the password that the "
     "baseline's probe uses"},
    {"that differs: which one is right is not known", PROBED,
     EDITS(USERS, URL("postgresql://app:" CANARY "@10.68.0.3/app")), "password", PL_HOP_UNKNOWN,
     "PASSWORD_MISMATCH",
     "DATABASE_URL of run.service/api (secret.version/url/1) differs from the password that the "
     "baseline's probe uses: which of the two the target takes is not known"},
    {"that a newer version has right", PROBED,
     EDITS(USERS, ENV("DB_HOST", "10.68.0.3"), ENV("DB_USER", "app"),
           FROM_SECRET("DB_PASSWORD", "pw", "1"), HOLDS("pw", "1", CANARY),
           HOLDS("pw", "2", "right-0ne")),
     "password", PL_HOP_BLOCK, "PASSWORD_MISMATCH", NULL},
    {"of another user there is nothing to compare", PROBED,
     EDITS("sql.user/main/other = {\"name\":\"other\"}",
           URL("postgresql://other:" CANARY "@10.68.0.3/app")),
     "password", -1, NULL, NULL},
};

/* What the descriptions of this world were made of, in a form that tells on whoever shows it. */
static void check_canary(struct pl_arena *arena, const struct rule_row *row)
{
    static const char *const never[] = {"c4n4ry",      "10.68.0.77", "203.0.113.77",
                                        "10.68.0.9",   "5499",       "right-0ne",
                                        "db.internal", "auth-old",   "p:us-central1:old"};
    struct pl_reach r = reach_of(arena, row->yaml, row->edits);
    for (size_t k = 0; k < PL_LEN(never); k++) {
        for (size_t i = 0; i < r.n_hops; i++) {
            const struct pl_hop *h = &r.hops[i];
            assert_null(strstr(h->text, never[k]));
            for (size_t j = 0; j < h->n_evidence; j++) {
                assert_null(strstr(h->evidence[j].field, never[k]));
                assert_null(h->evidence[j].value ? strstr(h->evidence[j].value, never[k]) : NULL);
                assert_null(h->evidence[j].note ? strstr(h->evidence[j].note, never[k]) : NULL);
            }
        }
        for (size_t i = 0; i < r.n_not_modelled; i++)
            assert_null(strstr(r.not_modelled[i], never[k]));
        assert_null(r.dial_host ? strstr(r.dial_host, never[k]) : NULL);
    }
}

static void secrets_carry_targets(void **state)
{
    setenv("TEST_PASSWORD", "right-0ne", 1);
    check_rules(*state, rows, PL_LEN(rows));
    for (size_t i = 0; i < PL_LEN(rows); i++)
        check_canary(*state, &rows[i]);
}

/* One snapshot of a world that holds descriptions is that of the world without them. */
static void nothing_of_them_is_written(void **state)
{
    struct pl_buf with = {0};
    pl_snapshot_write(&with,
                      world_with(*state, EDITS(HOST(CANARY), "$ redis.instance/cache " CANARY)));
    assert_null(strstr(pl_buf_str(&with), "payload"));
    assert_null(strstr(pl_buf_str(&with), "authString"));
    assert_null(strstr(pl_buf_str(&with), "whole"));
    assert_non_null(strstr(pl_buf_str(&with), "secrets/h/versions/1"));
    pl_buf_free(&with);
}

/* What is read is what the wiring takes, and its newest version; an AUTH string where a password is sent and AUTH is on. */
static void only_what_the_wiring_takes_is_read(void **state)
{
    const char *const edits[] = {REDIS_AUTH,
                                 HOLDS("pw", "1", "a"),
                                 HOLDS("pw", "2", "b"),
                                 HOLDS("jwt", "1", "c"),
                                 FROM_SECRET("REDIS_PASSWORD", "pw", "1"),
                                 FROM_SECRET("JWT_SIGNING", "jwt", "1"),
                                 NULL};
    const struct pl_baseline *b = baseline_of(*state, TO_REDIS);
    const struct pl_connection *c = pl_baseline_connection(b, "c");
    size_t n = 0;
    const struct pl_address *list =
        pl_reach_secrets(*state, pl_view_new(*state, world_with(*state, edits)), &c, 1, b, &n);
    assert_int_equal(n, 3);
    assert_string_equal(pl_address_full(*state, &list[0]), "secret.version/p/global/pw/1");
    assert_string_equal(pl_address_full(*state, &list[1]), "secret.version/p/global/pw/2");
    assert_string_equal(pl_address_full(*state, &list[2]), "redis.instance/p/us-central1/cache");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(secrets_carry_targets, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(nothing_of_them_is_written, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(only_what_the_wiring_takes_is_read, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
