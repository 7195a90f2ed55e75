/* test_web.c - http, https and tls against a real nginx: certificates of every kind, assertions, redirects, bearer. */
#include "probe_fixture.h"

#include <fnmatch.h>

static const char nginx_conf[] =
    "server { listen 127.0.0.1:@PORT_plain@;\n"
    "  location / { add_header X-Service auth; return 200 '{\"status\": \"ok\", \"checks\": "
    "[{\"n\": 3}]}'; }\n"
    "  location /moved { return 301 /; }\n"
    "  location /secret { if ($http_authorization != 'Bearer t0ken') { return 401; } return 200 "
    "ok; }\n"
    "  location /posted { if ($request_method != POST) { return 405; } return 200 ok; }\n"
    "  location /wrong-name { return 302 https://localhost:@PORT_name@/; }\n"
    "  location /away { return 302 https://localhost:@PORT_tls@/; } }\n"
    "ssl_certificate @DIR@/certs/server.crt;\n"
    "ssl_certificate_key @DIR@/server.key;\n"
    "server { listen 127.0.0.1:@PORT_tls@ ssl http2;\n"
    "  location /guarded { if ($http_authorization != 'Bearer google-t0ken') { return 401; }\n"
    "    proxy_pass http://127.0.0.1:@WS@; proxy_http_version 1.1; proxy_set_header Upgrade "
    "$http_upgrade; proxy_set_header Connection Upgrade; }\n"
    "  location /ws { proxy_pass http://127.0.0.1:@WS@; proxy_http_version 1.1; proxy_set_header "
    "Upgrade $http_upgrade;\n"
    "    proxy_set_header Connection Upgrade; }\n"
    "  location / { return 200 ok; } location /plain { return 302 http://127.0.0.1:@PORT_plain@/; "
    "} }\n"
    "server { listen 127.0.0.1:@PORT_expired@ ssl; ssl_certificate @DIR@/certs/expired.crt;\n"
    "  ssl_certificate_key @DIR@/expired.key; }\n"
    "server { listen 127.0.0.1:@PORT_future@ ssl; ssl_certificate @DIR@/certs/future.crt;\n"
    "  ssl_certificate_key @DIR@/future.key; }\n"
    "server { listen 127.0.0.1:@PORT_self@ ssl; ssl_certificate @DIR@/certs/self-signed.crt;\n"
    "  ssl_certificate_key @DIR@/self-signed.key; }\n"
    "server { listen 127.0.0.1:@PORT_name@ ssl; ssl_certificate @DIR@/certs/wrong-name.crt;\n"
    "  ssl_certificate_key @DIR@/wrong-name.key; location / { return 200 $http_host; } }\n"
    "server { listen 127.0.0.1:@PORT_old@ ssl; ssl_protocols TLSv1.2; location / { return 200 ok; "
    "} }\n"
    "server { listen 127.0.0.1:@PORT_chain@ ssl; ssl_certificate @DIR@/certs/chain.crt;\n"
    "  ssl_certificate_key @DIR@/below.key; }\n"
    "server { listen 127.0.0.1:@PORT_gap@ ssl; ssl_certificate @DIR@/certs/below.crt;\n"
    "  ssl_certificate_key @DIR@/below.key; }\n"
    "server { listen 127.0.0.1:@PORT_mutual@ ssl; ssl_verify_depth 3; ssl_client_certificate "
    "@DIR@/certs/ca.crt; "
    "ssl_verify_client on;\n"
    "  location / { return 200 ok; } }\n";

static const struct row {
    const char *port, *probe, *host, *want;
} rows[] = {
    /* answers */
    {"PORT_plain", "type: tcp", "127.0.0.1", "ok"},
    {"PORT_plain", "type: http", "localhost", "ok"},
    {"PORT_plain",
     "type: http, expect: {status: 200, headers: {x-service: auth, x-none: !absent }}", "localhost",
     "ok"},
    {"PORT_plain", "type: http, expect: {status: 204}", "127.0.0.1",
     "failing wrong_content EXPECT_STATUS 200: status: *"},
    {"PORT_plain", "type: http, path: /none/x, expect: {status: !any_of [200, 404]}", "127.0.0.1",
     "ok"},
    {"PORT_plain", "type: http, expect: {headers: {X-Service: other}}", "127.0.0.1",
     "failing wrong_content EXPECT_HEADER 0: header X-Service: *"},
    {"PORT_plain", "type: http, expect: {body: !matches '.*\"ok\".*'}", "127.0.0.1", "ok"},
    {"PORT_plain", "type: http, expect: {body: nothing}", "127.0.0.1",
     "failing wrong_content EXPECT_BODY 0: body: *"},
    {"PORT_plain",
     "type: http, expect: {json: {/status: ok, /checks/0/n: !at_least 3, /none: !absent }}",
     "127.0.0.1", "ok"},
    {"PORT_plain", "type: http, expect: {json: {/checks/0/n: !at_least 4}}", "127.0.0.1",
     "failing wrong_content EXPECT_JSON 0: JSON /checks/0/n: *"},
    {"PORT_tls", "type: https, ca: !file ca.crt, expect: {json: {/status: ok}}", "localhost",
     "failing wrong_content EXPECT_JSON 0: *"},
    {"PORT_plain", "type: http, path: /moved, redirects: 2, expect: {json: {/status: ok}}",
     "localhost", "ok"},
    {"PORT_plain", "type: http, path: /away, redirects: 2, ca: !file ca.crt", "localhost", "ok"},
    {"PORT_plain", "type: http, path: /away, redirects: 2", "localhost",
     "failing tls_untrusted TLS_UNTRUSTED 0: *"},
    {"PORT_plain", "type: http, path: /wrong-name, redirects: 2, ca: !file ca.crt", "localhost",
     "failing tls_name_mismatch TLS_HOSTNAME 0: *"},
    {"PORT_tls",
     "type: https, ca: !file ca.crt, path: /plain, redirects: 1, expect: {json: {/status: ok}}",
     "localhost", "ok"},
    {"PORT_plain", "type: http, path: /secret", "127.0.0.1",
     "failing http_status HTTP_AUTH 401: 127.0.0.1:PORT answers 401"},
    {"PORT_plain", "type: http, path: /secret, bearer: !file token", "127.0.0.1", "ok"},
    {"PORT_plain", "type: http, path: /secret, headers: {Authorization: !file bearer}", "127.0.0.1",
     "ok"},
    {"PORT_plain", "type: http, path: /posted, method: POST, body: x=1", "127.0.0.1", "ok"},
    {"PORT_plain", "type: http, path: /posted", "127.0.0.1",
     "failing http_status HTTP_CLIENT_ERR 405: 127.0.0.1:PORT answers 405"},
    {"PORT_tls", "type: https, ca: !file ca.crt, http_version: '2'", "localhost", "ok"},
    {"PORT_old", "type: https, ca: !file ca.crt, http_version: '2'", "localhost",
     "failing tls_protocol TLS_ALPN 0: 127.0.0.1:PORT does not offer HTTP/2"},
    /* trust: the same certificate by the handshake alone and by libcurl */
    {"PORT_tls", "type: tls, ca: !file ca.crt", "localhost", "ok"},
    {"PORT_tls", "type: tls, ca: !file ca.crt", "127.0.0.1", "ok"},
    {"PORT_tls", "type: tls", "localhost",
     "failing tls_untrusted TLS_UNTRUSTED 0: 127.0.0.1:PORT: no trusted issuer: *"},
    {"PORT_tls", "type: https", "localhost",
     "failing tls_untrusted TLS_UNTRUSTED 0: 127.0.0.1:PORT: no trusted issuer: *"},
    {"PORT_tls", "type: tls, ca: !file other-ca.crt", "localhost",
     "failing tls_untrusted TLS_UNTRUSTED 0: 127.0.0.1:PORT: no trusted issuer: *"},
    {"PORT_tls", "type: https, tls: require", "localhost", "ok"},
    {"PORT_expired", "type: tls, ca: !file ca.crt", "localhost",
     "failing tls_expired TLS_EXPIRED 0: 127.0.0.1:PORT: a certificate has expired: certificate "
     "has expired (certificate "
     "of CN=localhost, issued by CN=test ca)"},
    {"PORT_expired", "type: https, ca: !file ca.crt", "localhost",
     "failing tls_expired TLS_EXPIRED 0: 127.0.0.1:PORT: a certificate has expired: certificate "
     "has expired (certificate "
     "of CN=localhost, issued by CN=test ca)"},
    {"PORT_future", "type: tls, ca: !file ca.crt", "localhost",
     "failing tls_expired TLS_NOT_YET_VALID 0: 127.0.0.1:PORT: a certificate is not valid yet: *"},
    {"PORT_self", "type: https, ca: !file ca.crt", "localhost",
     "failing tls_untrusted TLS_SELF_SIGNED 0: 127.0.0.1:PORT: self-signed certificate: *"},
    {"PORT_name", "type: tls, ca: !file ca.crt", "localhost",
     "failing tls_name_mismatch TLS_HOSTNAME 0: 127.0.0.1:PORT: the certificate is for another "
     "name: *"},
    {"PORT_name", "type: https, ca: !file ca.crt", "localhost",
     "failing tls_name_mismatch TLS_HOSTNAME 0: 127.0.0.1:PORT: the certificate of "
     "CN=elsewhere.test is not for "
     "'localhost'"},
    {"PORT_name", "type: https, ca: !file ca.crt, tls: verify-ca", "localhost", "ok"},
    {"PORT_name",
     "type: https, ca: !file ca.crt, server_name: elsewhere.test, expect: {body: localhost}",
     "localhost", "ok"},
    {"PORT_name", "type: tls, ca: !file ca.crt, server_name: elsewhere.test", "localhost", "ok"},
    {"PORT_old", "type: tls, ca: !file ca.crt, min_version: '1.3'", "localhost",
     "failing tls_protocol TLS_VERSION 0: 127.0.0.1:PORT: no TLS version in common (alert 70, "
     "protocol version)"},
    {"PORT_tls", "type: tls, ca: !file ca.crt, expires_in: !at_least 14d", "localhost", "ok"},
    {"PORT_tls", "type: tls, ca: !file ca.crt, expires_in: !at_least 40000d", "localhost",
     "failing wrong_content EXPECT_CERT_EXPIRING 0: *"},
    {"PORT_old", "type: tls, ca: !file ca.crt, cipher: !matches 'ECDHE-.*'", "localhost", "ok"},
    {"PORT_old",
     "type: tls, ca: !file ca.crt, version: '1.2', certificate: {subject: CN=localhost, "
     "issuer: 'CN=test ca', names: [localhost, 127.0.0.1], sha256: !matches '[0-9a-f]{64}'}",
     "localhost", "ok"},
    {"PORT_old", "type: tls, ca: !file ca.crt, version: '1.3'", "localhost",
     "failing tls_protocol EXPECT_TLS_VERSION 0: version of TLS: *"},
    {"PORT_old", "type: tls, ca: !file ca.crt, version: !any_of ['1.2', '1.3']", "localhost", "ok"},
    {"PORT_old", "type: tls, ca: !file ca.crt, certificate: {issuer: 'CN=Company CA'}", "localhost",
     "failing wrong_content EXPECT_CERT_FIELD 0: issuer of the certificate: *"},
    {"PORT_old", "type: tls, ca: !file ca.crt, certificate: {names: !contains [api.test]}",
     "localhost", "failing wrong_content EXPECT_CERT_FIELD 0: names of the certificate: *"},
    {"PORT_old", "type: tls, ca: !file ca.crt, cipher: TLS_AES_256_GCM_SHA384", "localhost",
     "failing tls_protocol EXPECT_TLS_CIPHER 0: cipher: *"},
    /* client certificates */
    {"PORT_mutual", "type: https, ca: !file ca.crt", "localhost",
     "failing http_status HTTP_CLIENT_ERR 400: 127.0.0.1:PORT answers 400"},
    {"PORT_mutual", "type: https, ca: !file ca.crt, cert: !file client.crt, key: !file client.key",
     "localhost", "ok"},
    {"PORT_mutual",
     "type: https, ca: !file ca.crt, cert: !file client-chain.crt, key: !file client-below.key",
     "localhost", "ok"},
    {"PORT_mutual",
     "type: websocket, path: /, tls: verify-full, ca: !file ca.crt, cert: !file client-chain.crt, "
     "key: !file client-below.key",
     "localhost",
     "failing websocket_rejected PROTO_WS_NO_UPGRADE 200: 127.0.0.1:PORT answers the WebSocket "
     "handshake with 200"},
    {"PORT_mutual",
     "type: https, ca: !file ca.crt, cert: !file client-below.crt, key: !file client-below.key",
     "localhost", "failing http_status HTTP_CLIENT_ERR 400: 127.0.0.1:PORT answers 400"},
    {"PORT_chain", "type: tls, ca: !file ca.crt", "localhost", "ok"},
    {"PORT_gap", "type: tls, ca: !file ca.crt", "localhost",
     "failing tls_untrusted TLS_UNTRUSTED 0: 127.0.0.1:PORT: no trusted issuer: unable to get "
     "local issuer certificate (certificate of CN=localhost, issued by CN=test intermediate, sent "
     "without an intermediate)"},
    {"PORT_mutual", "type: https, ca: !file ca.crt, cert: !file client.crt, key: !file server.key",
     "localhost", "unknown: the client key does not belong to the client certificate"},
    /* websockets over TLS, alone and from the barrier */
    {"PORT_tls", "type: websocket, path: /ws, tls: verify-full, ca: !file ca.crt", "localhost",
     "ok"},
    {"PORT_tls", "type: websocket, path: /guarded, tls: require", "localhost",
     "failing websocket_rejected PROTO_WS_NO_UPGRADE 401: 127.0.0.1:PORT answers the WebSocket "
     "handshake with 401"},
    {"PORT_tls", "type: websocket, path: /guarded, tls: require, identity_token: https://a.test",
     "localhost", "ok"},
    {"PORT_tls", "type: websocket, path: /ws, tls: verify-full", "localhost",
     "failing tls_untrusted TLS_UNTRUSTED 0: 127.0.0.1:PORT: no trusted issuer: *"},
    {"PORT_tls", "type: websocket, path: /none, tls: require", "localhost",
     "failing websocket_rejected PROTO_WS_NO_UPGRADE 200: 127.0.0.1:PORT answers the WebSocket "
     "handshake with 200"},
    /* the wrong protocol: looked at twice */
    {"PORT_tls", "type: http", "localhost",
     "failing tls_required TLS_REQUIRED 0: the peer wants TLS and was spoken to in clear "
     "(127.0.0.1:PORT answers 400)"},
    {"PORT_plain", "type: https", "localhost",
     "failing tls_not_offered TLS_NOT_TLS 0: 127.0.0.1:PORT: the peer does not speak TLS there"},
    {"PORT_tls", "type: websocket", "localhost",
     "failing tls_required TLS_REQUIRED 0: the peer wants TLS and was spoken to in clear "
     "(127.0.0.1:PORT answers the "
     "WebSocket handshake with 400)"},
};

static struct server *websockets, *nginx_server;

static int start_servers(void **state)
{
    struct pl_arena *arena = pl_arena_new();
    const char *conf = nginx_conf, *at;
    struct server_file files[] = {{"nginx.conf.in", NULL}, {NULL, NULL}};

    (void)state;
    websockets = server_start_own(
        (const char *const[]){"ws_server", "--slots", "1", "--ready-after", "0", NULL});
    while ((at = strstr(conf, "@WS@")) != NULL)
        conf = pl_arena_printf(arena, "%.*s%d%s", (int)(at - conf), conf,
                               server_port(websockets, ""), at + 4);
    files[0].text = conf;
    nginx_server = server_start("nginx", files);
    pl_arena_free(arena);
    return 0;
}

static int stop_servers(void **state)
{
    (void)state;
    server_stop(nginx_server);
    server_stop(websockets);
    return 0;
}

/* `want` may end in '*': a sentence that belongs to somebody else. */
static void check_text(const char *got, const char *want)
{
    size_t n = strlen(want);

    if (want[n - 1] != '*')
        assert_string_equal(got, want);
    else if (strncmp(got, want, n - 1) != 0)
        fail_msg("got  %s\nwant %s", got, want);
}

static void nginx(void **state)
{
    static const char *const copies[] = {"ca.crt",           "other-ca.crt",    "client.crt",
                                         "client.key",       "server.key",      "client-below.crt",
                                         "client-below.key", "client-chain.crt"};
    struct fixture *f = *state;
    struct server *s = nginx_server;

    if (s == NULL) {
        print_message("skipped: nginx is not installed\n");
        skip();
    }
    for (size_t i = 0; i < PL_LEN(copies); i++)
        fixture_write(
            f, copies[i],
            harness_read(f->arena, harness_path(f->arena, servers_certs(), copies[i]), NULL));
    fixture_write(f, "token", "t0ken\n");
    fixture_write(f, "bearer", "Bearer t0ken\n");
    for (size_t i = 0; i < PL_LEN(rows); i++)
        fixture_add(f, rows[i].host, server_port(s, rows[i].port), rows[i].probe,
                    "budget: {timeout: 5s}")
            ->identity_token = pl_secret_new(f->arena, "google-t0ken", 12);
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s | %s", rows[i].port, rows[i].probe);
        check_text(fixture_text(f, i), rows[i].want);
        /* The token is in nothing that comes out. */
        assert_null(strstr(fixture_text(f, i), "t0ken"));
    }
}

/* Handshakes over TLS that wait for each other: all are up before the first upgrade is sent. */
static void released_over_tls(void **state)
{
    struct fixture *f = *state;
    const struct pl_probe_result *r = f->results;

    if (nginx_server == NULL)
        skip();
    fixture_add(f, "localhost", server_port(nginx_server, "PORT_tls"),
                "type: websocket, path: /ws, tls: require", "concurrency: 20");
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_int_equal(r->timings.n_samples, 20);
    assert_true(r->timings.phases[2].p50_ms > 0);
    assert_true(r->timings.release_spread_ms >= 0);
    /* Nobody's waiting at the barrier is in a latency: the parts are the whole, but for the rest of the answer. */
    assert_true(r->timings.max_ms < r->timings.phases[0].max_ms + r->timings.phases[1].max_ms +
                                        r->timings.phases[2].max_ms + r->timings.phases[3].max_ms +
                                        50);
}

static void phases_and_certificate_are_told(void **state)
{
    struct fixture *f = *state;
    struct server *s = nginx_server;
    static const char *const names[] = {"resolve", "connect", "tls", "first_byte", "total"};
    const struct pl_probe_result *r = f->results;

    if (s == NULL)
        skip();
    fixture_write(f, "ca.crt",
                  harness_read(f->arena, harness_path(f->arena, servers_certs(), "ca.crt"), NULL));
    fixture_add(f, "localhost", server_port(s, "PORT_tls"), "type: https, ca: !file ca.crt",
                "attempts: 3");
    fixture_add(f, "localhost", server_port(s, "PORT_tls"), "type: tls, ca: !file ca.crt", NULL);
    fixture_add(f, "localhost", server_port(s, "PORT_plain"),
                "type: http, path: /moved, warm_up: 2", NULL);
    fixture_run(f);
    assert_int_equal(r[0].timings.attempts, 3);
    assert_int_equal(r[0].timings.failed, 0);
    assert_int_equal(r[0].timings.n_samples, 3);
    assert_int_equal(r[0].timings.n_phases, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(r[0].timings.phases[i].name, names[i]);
        assert_true(r[0].timings.phases[i].p50_ms >= 0);
        assert_true(r[0].timings.phases[i].p50_ms <= r[0].timings.p50_ms);
    }
    assert_true(r[0].timings.phases[2].p50_ms > 0);
    assert_true(r[0].timings.release_spread_ms < 0);
    assert_null(r[0].note);
    /* A handshake alone has no first byte, and says whose certificate it saw. */
    assert_true(r[1].timings.phases[3].p50_ms < 0);
    assert_non_null(strstr(r[1].note, "certificate of CN=localhost by CN=test ca expires in "));
    assert_null(r[1].tls->distrust);
    assert_string_equal(r[1].tls->version, "TLSv1.2");
    assert_string_equal(r[1].tls->chain[0].subject, "CN=localhost");
    assert_string_equal(r[1].tls->chain[0].issuer, "CN=test ca");
    assert_string_equal(r[1].tls->chain[0].names[0], "localhost");
    assert_int_equal(strlen(r[1].tls->chain[0].sha256), 64);
    assert_int_equal(strlen(r[1].tls->chain[0].not_after), strlen("2026-11-20T10:00:00Z"));
    assert_true(r[1].timings.rtt_ms > 0 && r[1].timings.rtt_ms < r[1].timings.max_ms);
    assert_null(r[2].tls);
    assert_int_equal(r[2].timings.attempts, 1);
    assert_string_equal(r[2].note, pl_arena_printf(f->arena, "answers 301 to http://localhost:%d/",
                                                   f->jobs[2].port));
}

/* Whose it was is told most where it is not trusted: by every type that speaks TLS. */
static void an_untrusted_certificate_is_told(void **state)
{
    static const struct {
        const char *port, *probe, *distrust, *note;
    } told[] = {
        {"PORT_name", "type: tls, ca: !file ca.crt", "hostname mismatch",
         "certificate of CN=elsewhere.test by CN=test ca expires in *; it is for elsewhere.test"},
        {"PORT_name", "type: https, ca: !file ca.crt", "hostname mismatch",
         "certificate of CN=elsewhere.test by CN=test ca expires in *; it is for elsewhere.test"},
        {"PORT_expired", "type: https, ca: !file ca.crt", "certificate has expired",
         "certificate of CN=localhost by CN=test ca expired * ago; it is for localhost*"},
        {"PORT_expired", "type: websocket, tls: verify-full, ca: !file ca.crt",
         "certificate has expired",
         "certificate of CN=localhost by CN=test ca expired * ago; it is for localhost*"},
        {"PORT_gap", "type: tls, ca: !file ca.crt", "unable to get local issuer certificate",
         "certificate of CN=localhost by CN=test intermediate expires in *"},
        {"PORT_self", "type: tls, ca: !file ca.crt", "self-signed certificate",
         "certificate of CN=localhost by CN=localhost expires in *"},
    };
    struct fixture *f = *state;

    if (nginx_server == NULL)
        skip();
    fixture_write(f, "ca.crt",
                  harness_read(f->arena, harness_path(f->arena, servers_certs(), "ca.crt"), NULL));
    for (size_t i = 0; i < PL_LEN(told); i++)
        fixture_add(f, "localhost", server_port(nginx_server, told[i].port), told[i].probe, NULL);
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(told); i++) {
        ROW("%s | %s", told[i].port, told[i].probe);
        assert_non_null(f->results[i].tls);
        assert_string_equal(f->results[i].tls->distrust, told[i].distrust);
        assert_int_equal(fnmatch(told[i].note, f->results[i].note, 0), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nginx, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(released_over_tls, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_untrusted_certificate_is_told, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(phases_and_certificate_are_told, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, start_servers, stop_servers);
}
