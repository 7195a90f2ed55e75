/* test_unix.c - probes over unix sockets: of real servers, of nobody, and of what is no socket. */
#include "probe_fixture.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A row's path is below the server's folder, or, without a server, below the test's. */
struct row {
    const char *path, *probe, *want;
};

static const struct row postgres_rows[] = {
    {"", "type: postgres, user: postgres, password: !file password", "ok"},
    {"", "type: postgres, user: postgres, password: !file password, tls: verify-full", "ok"},
    {"", "type: postgres, user: postgres, password: !file wrong",
     "failing authentication_failed AUTH_BAD_CREDENTIALS 0: DIR/.s.PGSQL.PORT: wrong user or "
     "password (SQLSTATE 28P01)"},
    {"", "type: postgres, user: postgres, password: !file password, database: closed_to_all",
     "failing authorization_failed AUTH_NOT_PERMITTED 0: DIR/.s.PGSQL.PORT: not permitted "
     "(SQLSTATE 28000)"},
};

static const struct row redis_rows[] = {
    {"/redis.sock", "type: redis, password: !file password, role: master", "ok"},
    {"/redis.sock", "type: redis",
     "failing authentication_failed AUTH_NO_CREDENTIALS 0: DIR/redis.sock answers NOAUTH: "
     "credentials are wanted and none were given"},
    {"/redis.sock", "type: tcp", "ok"},
};

static const char nginx_conf[] =
    "server { listen unix:@DIR@/plain.sock; listen 127.0.0.1:@PORT_unused@;\n"
    "  location / { return 200 'host $http_host'; } location /no { return 503; }\n"
    "  location /ws { return 426; } }\n"
    "server { listen unix:@DIR@/tls.sock ssl; ssl_certificate @DIR@/certs/server.crt;\n"
    "  ssl_certificate_key @DIR@/server.key; location / { return 200 ok; } }\n";

static const struct row nginx_rows[] = {
    {"/plain.sock", "type: http, expect: {body: host localhost}", "ok"},
    {"/plain.sock", "type: http, path: /no",
     "failing http_status HTTP_UNAVAILABLE 503: DIR/plain.sock answers 503"},
    {"/plain.sock", "type: websocket, path: /ws",
     "failing websocket_rejected PROTO_WS_NO_UPGRADE 426: DIR/plain.sock answers the WebSocket "
     "handshake with 426"},
    {"/tls.sock", "type: https, ca: !file ca.crt", "ok"},
    {"/tls.sock", "type: https, ca: !file ca.crt, server_name: elsewhere.test",
     "failing tls_name_mismatch TLS_HOSTNAME 0: DIR/tls.sock: the certificate of CN=localhost is "
     "not for 'elsewhere.test'"},
    {"/tls.sock", "type: tls, ca: !file ca.crt, server_name: localhost", "ok"},
};

static const struct row nobody_rows[] = {
    {"/none.sock", "type: redis",
     "failing socket_missing NET_UNIX_MISSING 0: there is no socket DIR/none.sock"},
    {"/file/none.sock", "type: http",
     "failing socket_missing NET_UNIX_MISSING 0: there is no socket DIR/file/none.sock"},
    {"", "type: postgres",
     "failing socket_missing NET_UNIX_MISSING 0: there is no socket DIR/.s.PGSQL.PORT"},
    {"/file", "type: tcp", "failing refused NET_REFUSED 0: Connection refused by DIR/file"},
    {"/stale.sock", "type: redis",
     "failing refused NET_REFUSED 0: Connection refused by DIR/stale.sock"},
    {"/looooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo"
     "ng.sock",
     "type: tcp", "unknown: the path of the socket is longer than a socket's can be"},
};

static const char *replaced(struct fixture *f, const char *text, const char *what, const char *by)
{
    const char *at = strstr(text, what);

    if (at == NULL)
        return text;
    return pl_arena_printf(f->arena, "%.*s%s%s", (int)(at - text), text, by, at + strlen(what));
}

static void check(struct fixture *f, const struct row *rows, size_t n, const char *dir, int port)
{
    for (size_t i = 0; i < n; i++)
        fixture_add(f, "127.0.0.1", port, rows[i].probe, NULL)->host =
            pl_arena_printf(f->arena, "%s%s", dir, rows[i].path);
    fixture_run(f);
    for (size_t i = 0; i < n; i++) {
        const char *want = replaced(f, rows[i].want, "DIR", dir);

        ROW("%s | %s", rows[i].path, rows[i].probe);
        assert_string_equal(fixture_text(f, i),
                            replaced(f, want, "PORT", pl_arena_printf(f->arena, "%d", port)));
    }
    assert_string_equal(f->results[0].target, f->jobs[0].host);
}

static void of_server(struct fixture *f, const char *kind, const struct server_file *files,
                      const struct row *rows, size_t n)
{
    struct server *s = server_start(kind, files);

    if (s == NULL) {
        print_message("skipped: %s is not installed\n", kind);
        skip();
    }
    if (strlen(server_dir(s)) > 80) {
        server_stop(s);
        print_message("skipped: the folder for temporary files has too long a name\n");
        skip();
    }
    fixture_write(f, "ca.crt",
                  harness_read(f->arena, harness_path(f->arena, servers_certs(), "ca.crt"), NULL));
    fixture_write(f, "password", server_password(s));
    fixture_write(f, "wrong", "wr0ng");
    check(f, rows, n, server_dir(s), strcmp(kind, "nginx") == 0 ? 1 : server_port(s, "PORT"));
    server_stop(s);
}

static void postgres(void **state)
{
    of_server(
        *state, "postgres",
        (const struct server_file[]){{"init.sql", "CREATE DATABASE closed_to_all;"}, {NULL, NULL}},
        postgres_rows, PL_LEN(postgres_rows));
}

static void redis(void **state)
{
    of_server(*state, "redis", NULL, redis_rows, PL_LEN(redis_rows));
}

static void nginx(void **state)
{
    of_server(*state, "nginx",
              (const struct server_file[]){{"nginx.conf.in", nginx_conf}, {NULL, NULL}}, nginx_rows,
              PL_LEN(nginx_rows));
}

static void nobody(void **state)
{
    struct fixture *f = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    fixture_write(f, "file", "");
    snprintf(address.sun_path, sizeof(address.sun_path), "%s",
             harness_path(f->arena, f->dir, "stale.sock"));
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    close(fd);
    check(f, nobody_rows, PL_LEN(nobody_rows), f->dir, 5432);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(postgres, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(redis, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(nginx, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(nobody, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
