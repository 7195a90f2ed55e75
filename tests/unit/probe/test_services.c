/* test_services.c - postgres and redis against the real servers: logins, TLS modes, settings, roles, refusals. */
#include "probe_fixture.h"

#include <fnmatch.h>

#include <stdlib.h>

#include "plumbline/clock.h"

struct row {
    const char *port, *probe, *want;
};

static const char init_sql[] = "SET password_encryption = 'scram-sha-256';\n"
                               "CREATE ROLE app LOGIN PASSWORD 'right';\n"
                               "CREATE ROLE full_up LOGIN PASSWORD 'right' CONNECTION LIMIT 0;\n"
                               "CREATE ROLE reader LOGIN PASSWORD 'right';\n"
                               "ALTER ROLE reader SET default_transaction_read_only = on;\n"
                               "CREATE DATABASE app OWNER app;\n"
                               "CREATE DATABASE tlsonly;\n"
                               "CREATE DATABASE closed_to_all;\n"
                               "CREATE DATABASE not_open ALLOW_CONNECTIONS false;\n"
                               "CREATE TABLE kept (n int);\n";

#define LOGIN "type: postgres, database: app, user: app, password: !file right"

static const struct row postgres_rows[] = {
    {"PORT", LOGIN, "ok"},
    {"PORT", LOGIN ", tls: disable", "ok"},
    {"PORT", LOGIN ", tls: verify-ca, ca: !file ca.crt", "ok"},
    {"PORT", LOGIN ", tls: verify-full, ca: !file ca.crt", "ok"},
    {"PORT", LOGIN ", tls: verify-full, ca: !file ca.crt, server_name: elsewhere.test",
     "failing tls_name_mismatch TLS_HOSTNAME 0: 127.0.0.1:PORT: the certificate is for another "
     "name: hostname mismatch "
     "(certificate of CN=localhost, issued by CN=test ca)"},
    {"PORT", LOGIN ", tls: verify-ca, ca: !file other-ca.crt",
     "failing tls_untrusted TLS_UNTRUSTED 0: 127.0.0.1:PORT: no trusted issuer: unable to get "
     "local issuer certificate "
     "(certificate of CN=localhost, issued by CN=test ca, sent without an intermediate)"},
    {"PORT", LOGIN ", query: SELECT 6 * 7, expect: !at_least 42", "ok"},
    {"PORT", LOGIN ", query: SELECT 6 * 7, expect: '41'",
     "failing wrong_content EXPECT_RESULT 0: *"},
    {"PORT",
     LOGIN ", settings: {max_connections: !at_least 40, nonsense: !absent }, read_only: false",
     "ok"},
    {"PORT", LOGIN ", settings: {max_connections: !at_least 200}",
     "failing wrong_content EXPECT_RESULT 0: setting max_connections: *"},
    {"PORT", LOGIN ", connections: !at_most 30", "ok"},
    {"PORT", LOGIN ", connections: !at_least 1000",
     "failing wrong_content EXPECT_RESULT 0: connections in use: *"},
    {"PORT", LOGIN ", read_only: true",
     "failing wrong_content EXPECT_RESULT 0: 127.0.0.1:PORT can be written, declared is read_only: "
     "true"},
    {"PORT", "type: postgres, database: app, user: reader, password: !file right, read_only: true",
     "ok"},
    {"PORT", "type: postgres, database: app, user: reader, password: !file right, read_only: false",
     "failing read_only SVC_READ_ONLY 0: 127.0.0.1:PORT is read-only, declared is read_only: "
     "false"},
    /* What is declared as a query cannot write, nor leave its transaction. */
    {"PORT", LOGIN ", query: CREATE TABLE made_by_a_probe (n int)",
     "failing read_only SVC_READ_ONLY 0: 127.0.0.1:PORT: read-only (SQLSTATE 25006)"},
    {"PORT", LOGIN ", query: 'COMMIT; CREATE TABLE made_by_a_probe (n int)'",
     "unknown: 127.0.0.1:PORT: the probe cannot be made as it is declared (SQLSTATE 42601)"},
    {"PORT", LOGIN ", query: SELECT * FROM nowhere",
     "failing no_such_database SVC_NO_OBJECT 0: 127.0.0.1:PORT: no such database or object "
     "(SQLSTATE 42P01)"},
    {"PORT", "type: postgres, database: app, user: app, password: !file wrong",
     "failing authentication_failed AUTH_BAD_CREDENTIALS 0: 127.0.0.1:PORT: wrong user or password "
     "(SQLSTATE 28P01)"},
    {"PORT", "type: postgres, database: app, user: nobody_here, password: !file wrong",
     "failing authentication_failed AUTH_BAD_CREDENTIALS 0: 127.0.0.1:PORT: wrong user or password "
     "(SQLSTATE 28P01)"},
    {"PORT", "type: postgres, database: app, user: app",
     "failing authentication_failed AUTH_NO_CREDENTIALS 0: 127.0.0.1:PORT wants a password and "
     "none is declared"},
    {"PORT", "type: postgres, database: none, user: app, password: !file right",
     "failing no_such_database SVC_NO_OBJECT 0: 127.0.0.1:PORT: no such database or object "
     "(SQLSTATE 3D000)"},
    {"PORT", "type: postgres, database: not_open, user: app, password: !file right",
     "failing not_ready SVC_SHUTTING_DOWN 0: 127.0.0.1:PORT: shutting down (SQLSTATE 55000)"},
    {"PORT", "type: postgres, database: app, user: full_up, password: !file right",
     "failing too_many_connections SVC_SATURATED 0: 127.0.0.1:PORT: no connection or memory left "
     "there (SQLSTATE 53300)"},
    {"PORT", "type: postgres, database: closed_to_all, user: app, password: !file right",
     "failing authorization_failed AUTH_NOT_PERMITTED 0: 127.0.0.1:PORT: not permitted (SQLSTATE "
     "28000)"},
    {"PORT",
     "type: postgres, database: closed_to_all, user: app, password: !file right, tls: disable",
     "failing authorization_failed AUTH_NOT_PERMITTED 0: 127.0.0.1:PORT does not permit this login "
     "(SQLSTATE 28000)"},
    {"PORT", "type: postgres, database: tlsonly, user: app, password: !file right, tls: disable",
     "failing tls_required TLS_REQUIRED 0: 127.0.0.1:PORT refuses logins in clear (SQLSTATE 28000) "
     "and permits them over "
     "TLS"},
    {"PORT", "type: postgres, database: tlsonly, user: app, password: !file right", "ok"},
    {"PORT", "type: tls, starttls: postgres, ca: !file ca.crt", "ok"},
    {"PORT", "type: redis", "failing *"},
    {"PORT", "type: http", "failing *"},
};

static const struct row redis_rows[] = {
    {"PORT", "type: redis, password: !file password", "ok"},
    {"PORT", "type: redis, password: !file password, user: default, role: master", "ok"},
    {"PORT", "type: redis, password: !file password, role: replica",
     "failing wrong_content EXPECT_RESULT 0: role is master, declared is replica"},
    {"PORT",
     "type: redis, password: !file password, info: {maxmemory: '0', connected_clients: !at_least "
     "1}",
     "ok"},
    {"PORT", "type: redis, password: !file password, info: {maxmemory: !at_least 1}",
     "failing wrong_content EXPECT_RESULT 0: info maxmemory: *"},
    {"PORT", "type: redis",
     "failing authentication_failed AUTH_NO_CREDENTIALS 0: 127.0.0.1:PORT answers NOAUTH: "
     "credentials are wanted and none "
     "were given"},
    {"PORT", "type: redis, password: !file wrong",
     "failing authentication_failed AUTH_BAD_CREDENTIALS 0: 127.0.0.1:PORT answers WRONGPASS: "
     "wrong user or password"},
    {"PORT", "type: redis, password: !file password, user: limited",
     "failing authorization_failed AUTH_NOT_PERMITTED 0: 127.0.0.1:PORT answers NOPERM: not "
     "permitted"},
    {"TLS_PORT", "type: redis, password: !file password, tls: verify-full, ca: !file ca.crt", "ok"},
    {"TLS_PORT", "type: redis, password: !file password, tls: require", "ok"},
    {"TLS_PORT", "type: redis, password: !file password, tls: verify-ca, ca: !file other-ca.crt",
     "failing tls_untrusted TLS_UNTRUSTED 0: 127.0.0.1:PORT: no trusted issuer: *"},
    /* Each with the other's hello: the second look says which. */
    {"TLS_PORT", "type: redis, password: !file password",
     "failing tls_required TLS_REQUIRED 0: the peer wants TLS and was spoken to in clear (*"},
    {"PORT", "type: redis, password: !file password, tls: require",
     "failing tls_not_offered TLS_NOT_TLS 0: *"},
};

static void check(struct fixture *f, struct server *s, const struct row *rows, size_t n)
{
    static const char *const copies[] = {"ca.crt",          "other-ca.crt",     "client.crt",
                                         "client.key",      "client-chain.crt", "client-below.key",
                                         "self-signed.crt", "self-signed.key"};

    for (size_t i = 0; i < PL_LEN(copies); i++)
        fixture_write(
            f, copies[i],
            harness_read(f->arena, harness_path(f->arena, servers_certs(), copies[i]), NULL));
    fixture_write(f, "right", "right\n");
    fixture_write(f, "wrong", "wr0ngpassw0rd\n");
    fixture_write(f, "password", server_password(s));
    for (size_t i = 0; i < n; i++)
        fixture_add(f, "127.0.0.1", server_port(s, rows[i].port), rows[i].probe,
                    "budget: {timeout: 30s}");
    fixture_run(f);
    for (size_t i = 0; i < n; i++) {
        const char *got = fixture_text(f, i), *want = rows[i].want;

        ROW("%s | %s", rows[i].port, rows[i].probe);
        if (want[strlen(want) - 1] == '*' && strncmp(got, want, strlen(want) - 1) != 0)
            fail_msg("got  %s\nwant %s", got, want);
        if (want[strlen(want) - 1] != '*')
            assert_string_equal(got, want);
        assert_null(strstr(got, "wr0ng"));
        assert_null(strstr(got, server_password(s)));
    }
}

static void postgres(void **state)
{
    struct server *s = server_start(
        "postgres", (const struct server_file[]){{"init.sql", init_sql}, {NULL, NULL}});

    if (s == NULL) {
        print_message("skipped: postgresql is not installed\n");
        skip();
    }
    check(*state, s, postgres_rows, PL_LEN(postgres_rows));
    server_stop(s);
}

static void redis(void **state)
{
    struct server *s = server_start("redis", NULL);

    if (s == NULL) {
        print_message("skipped: redis-server is not installed\n");
        skip();
    }
    check(*state, s, redis_rows, PL_LEN(redis_rows));
    server_stop(s);
}

static const char hba[] = "hostssl all client 127.0.0.1/32 cert\n"
                          "hostssl all \"client below\" 127.0.0.1/32 cert\n"
                          "hostssl all two_ways 127.0.0.1/32 scram-sha-256 clientcert=verify-ca\n"
                          "host all by_md5 127.0.0.1/32 md5\n"
                          "host all in_clear 127.0.0.1/32 password\n"
                          "host all trusted 127.0.0.1/32 trust\n"
                          "host all all 127.0.0.1/32 scram-sha-256\n";
static const char logins_sql[] = "CREATE ROLE client LOGIN; CREATE ROLE \"client below\" LOGIN;\n"
                                 "CREATE ROLE trusted LOGIN;\n"
                                 "CREATE ROLE two_ways LOGIN PASSWORD 'right';\n"
                                 "CREATE ROLE in_clear LOGIN PASSWORD 'right';\n"
                                 "SET password_encryption = 'md5';\n"
                                 "CREATE ROLE by_md5 LOGIN PASSWORD 'right';\n";

#define AS(user) "type: postgres, database: postgres, user: " user
#define CERTIFIED(name)                                                                            \
    ", tls: verify-full, ca: !file ca.crt, server_name: localhost, cert: !file " name              \
    ".crt, key: !file " name ".key"

static const struct row login_rows[] = {
    {"PORT", AS("by_md5, password: !file right"), "ok"},
    {"PORT", AS("by_md5, password: !file wrong"),
     "failing authentication_failed AUTH_BAD_CREDENTIALS 0: *"},
    {"PORT", AS("in_clear, password: !file right"), "ok"},
    {"PORT", AS("in_clear, password: !file wrong"),
     "failing authentication_failed AUTH_BAD_CREDENTIALS 0: *"},
    {"PORT", AS("trusted"), "ok"},
    /* client certificates: alone, with their chain, beside a password, missing, and of somebody else's CA */
    {"PORT", AS("client") CERTIFIED("client"), "ok"},
    {"PORT",
     AS("client below") ", tls: require, cert: !file client-chain.crt, key: !file client-below.key",
     "ok"},
    {"PORT", AS("two_ways, password: !file right") CERTIFIED("client"), "ok"},
    {"PORT", AS("two_ways, password: !file wrong") CERTIFIED("client"),
     "failing authentication_failed AUTH_BAD_CREDENTIALS 0: *"},
    {"PORT", AS("client"),
     "failing client_certificate_required TLS_CLIENT_CERT_REQUIRED 0: 127.0.0.1:PORT asked for a "
     "client certificate, got none and does not permit the login (SQLSTATE 28000)"},
    {"PORT", AS("client") CERTIFIED("self-signed"),
     "failing client_certificate_rejected TLS_CLIENT_CERT_REJECTED 0: 127.0.0.1:PORT: the peer "
     "rejects the client certificate (alert 48, unknown CA)"},
    {"PORT", AS("client below") CERTIFIED("client"),
     "failing authorization_failed AUTH_NOT_PERMITTED 0: *"},
    {"PORT", "type: tls, starttls: postgres" CERTIFIED("self-signed"),
     "failing client_certificate_rejected TLS_CLIENT_CERT_REJECTED 0: *"},
};

static void postgres_logins(void **state)
{
    struct fixture *f = *state;
    struct server *s;

    if (servers_certs() == NULL)
        skip();
    setenv("SSL_CA_FILE", harness_path(f->arena, servers_certs(), "ca.crt"), 1);
    s = server_start("postgres", (const struct server_file[]){
                                     {"hba.conf", hba}, {"init.sql", logins_sql}, {NULL, NULL}});
    unsetenv("SSL_CA_FILE");
    if (s == NULL) {
        print_message("skipped: postgresql is not installed\n");
        skip();
    }
    check(f, s, login_rows, PL_LEN(login_rows));
    server_stop(s);
}

/* A cluster of one: without slots it answers PONG, and serves nothing. */
static void redis_cluster(void **state)
{
    struct fixture *f = *state;
    struct server *s =
        server_start("redis", (const struct server_file[]){{"redis.extra", "cluster-enabled yes\n"},
                                                           {NULL, NULL}});
    int64_t until = pl_clock_mono_ns() + INT64_C(30000000000);
    const char *probe = "type: redis, password: !file password, cluster: {cluster_state: ok, "
                        "cluster_slots_assigned: '16384'}";

    if (s == NULL) {
        print_message("skipped: redis-server is not installed\n");
        skip();
    }
    fixture_write(f, "password", server_password(s));
    fixture_add(f, "127.0.0.1", server_port(s, "PORT"), probe, NULL);
    fixture_add(f, "127.0.0.1", server_port(s, "PORT"), "type: redis, password: !file password",
                NULL);
    fixture_run(f);
    assert_string_equal(
        fixture_text(f, 0),
        "failing wrong_content EXPECT_RESULT 0: cluster cluster_state: is fail, not ok");
    assert_string_equal(fixture_text(f, 1), "ok");
    assert_true(harness_shell(pl_arena_printf(
        f->arena, "redis-cli -p %d --no-auth-warning -a %s cluster addslotsrange 0 16383",
        server_port(s, "PORT"), server_password(s))));
    /* It takes its time to be sure of itself. */
    do
        fixture_run(f);
    while (f->results[0].state != PL_PROBED_OK && pl_clock_mono_ns() < until);
    assert_string_equal(fixture_text(f, 0), "ok");
    server_stop(s);
}

/* #367 of the demo: the declared port refuses, and the service is somewhere else. */
static void where_it_went(void **state)
{
    struct fixture *f = *state;
    struct server_file files[] = {{"hba.conf", "host all all 127.0.0.0/8 scram-sha-256\n"},
                                  {NULL, NULL}};
    struct server *s = server_start("postgres", files), *r = server_start("redis", NULL);
    struct server *other =
        server_start_own((const char *const[]){"misbehave", "--mode", "close", NULL});
    struct server *closed = server_start_own((const char *const[]){"closed_port", NULL});
    int port = server_port(closed, ""), pg, redis_port;

    if (s == NULL || r == NULL) {
        server_stop(s);
        server_stop(r);
        server_stop(other);
        server_stop(closed);
        skip();
    }
    pg = server_port(s, "PORT");
    redis_port = server_port(r, "PORT");
    fixture_add(
        f, "127.0.0.1", port,
        pl_arena_printf(f->arena, "type: postgres, also_try: [%d, %d]", server_port(other, ""), pg),
        NULL);
    fixture_add(f, "127.0.0.1", port,
                pl_arena_printf(f->arena, "type: tcp, also_try: [%d]", redis_port), NULL);
    fixture_add(f, "127.0.0.1", port, "type: tcp", NULL);
    /* libpq speaks over the connection that was dialled: from there, too. */
    fixture_write(f, "pg", server_password(s));
    fixture_add(f, "127.0.0.1", pg,
                "type: postgres, user: postgres, password: !file pg, source: 127.0.0.2, "
                "query: SELECT host(inet_client_addr()), expect: 127.0.0.2",
                "budget: {timeout: 20s}");
    fixture_run(f);
    assert_string_equal(fixture_text(f, 3), "ok");
    assert_string_equal(fixture_text(f, 0),
                        "failing refused NET_REFUSED 0: Connection refused by 127.0.0.1:PORT");
    assert_string_equal(
        f->results[0].note,
        pl_arena_printf(
            f->arena,
            "refused on %d; something that is not PostgreSQL accepts connections on %d; "
            "PostgreSQL answers on %d",
            port, server_port(other, ""), pg));
    assert_string_equal(
        f->results[1].note,
        pl_arena_printf(f->arena, "refused on %d; Redis answers on %d", port, redis_port));
    assert_null(f->results[2].note);
    assert_string_equal(f->results[2].target, pl_arena_printf(f->arena, "127.0.0.1:%d", port));
    server_stop(s);
    server_stop(r);
    server_stop(other);
    server_stop(closed);
}

static const char web_conf[] =
    "server { listen 127.0.0.1:@PORT_plain@; location / { return 200 ok; } }\n"
    "server { listen 127.0.0.1:@PORT_tls@ ssl; ssl_certificate @DIR@/certs/server.crt;\n"
    "  ssl_certificate_key @DIR@/server.key; location / { return 200 ok; } }\n";

/* Who is there now, as far as it says so to who may ask. */
static void who_answers_there(void **state)
{
    enum { PG, REDIS, WEB, WEB_TLS, VALKEY };
    static const struct {
        int server;
        const char *probe, *want; /* a pattern of fnmatch(3) */
    } rows[] = {
        {PG, "type: postgres, user: postgres, password: !file pg", "PostgreSQL 1[0-9].*"},
        {PG, "type: postgres, user: postgres, password: !file pg, tls: disable",
         "PostgreSQL 1[0-9].*"},
        {PG, "type: postgres, user: postgres, password: !file wrong",
         "PostgreSQL answers on * (wrong user or password)"},
        {PG, "type: postgres", "PostgreSQL answers on *"},
        {PG, "type: tcp", "PostgreSQL answers on *"},
        {REDIS, "type: redis, password: !file redis", "Redis [0-9]*.[0-9]*.*"},
        {REDIS, "type: redis, password: !file wrong",
         "Redis answers on * (wrong user or password)"},
        {REDIS, "type: redis", "Redis answers on * (credentials are wanted and none were given)"},
        {REDIS, "type: tcp", "Redis answers on *"},
        {VALKEY, "type: redis", "Valkey 8.0.1 answers on *"},
        {VALKEY, "type: tcp", "Valkey 8.0.1 answers on *"},
        {WEB, "type: http", "HTTP (nginx/*) answers on *"},
        {WEB, "type: tcp", "HTTP (nginx/*) answers on *"},
        {WEB_TLS, "type: https, ca: !file ca.crt", "TLS for localhost, 127.0.0.1 answers on *"},
        {WEB_TLS, "type: tls", "TLS answers on *"}, /* nobody trusts it here */
    };
    struct fixture *f = *state;
    struct server_file files[] = {{"nginx.conf.in", web_conf}, {NULL, NULL}};
    struct server *s[] = {server_start("postgres", NULL), server_start("redis", NULL),
                          server_start("nginx", files),
                          server_start_own(
                              (const char *const[]){"misbehave", "--mode", "valkey", NULL})},
                  *closed = server_start_own((const char *const[]){"closed_port", NULL});
    int port = server_port(closed, "");

    if (s[0] == NULL || s[1] == NULL || s[2] == NULL)
        skip();
    fixture_write(f, "pg", server_password(s[0]));
    fixture_write(f, "redis", server_password(s[1]));
    fixture_write(f, "wrong", "wrong");
    fixture_write(f, "ca.crt",
                  harness_read(f->arena, harness_path(f->arena, servers_certs(), "ca.crt"), NULL));
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        int ports[] = {server_port(s[0], "PORT"), server_port(s[1], "PORT"),
                       server_port(s[2], "PORT_plain"), server_port(s[2], "PORT_tls"),
                       server_port(s[3], "")};
        bool https = rows[i].server == WEB_TLS;

        fixture_add(
            f, https ? "localhost" : "127.0.0.1", port,
            pl_arena_printf(f->arena, "%s, also_try: [%d]", rows[i].probe, ports[rows[i].server]),
            "budget: {timeout: 20s}");
    }
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *want = pl_arena_printf(f->arena, "refused on %d; %s", port, rows[i].want);

        print_message("%s: %s\n", rows[i].probe, f->results[i].note);
        assert_int_equal(fnmatch(want, f->results[i].note, 0), 0);
        assert_null(f->results[i].tls); /* what another port shows is not this one's */
    }
    for (size_t i = 0; i < PL_LEN(s); i++)
        server_stop(s[i]);
    server_stop(closed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(postgres, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(redis, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(postgres_logins, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(redis_cluster, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(where_it_went, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(who_answers_there, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
