/* test_http.c - http in depth: assertions of every kind, versions, compression with its bomb, redirects counted, tokens
 * for Google's front ends. */
#include "probe_fixture.h"

#include "plumbline/secret.h"

static const char nginx_conf[] =
    "gzip on; gzip_min_length 1; gzip_proxied any; gzip_types text/plain application/json;\n"
    "default_type application/json;\n"
    "server { listen 127.0.0.1:@PORT_plain@;\n"
    "  add_header X-Service auth; add_header X-Empty '';\n"
    "  location / { return 200 '{\"status\": \"ok\", \"n\": 3, \"list\": [{\"a/b\": 1}, {\"m~n\": "
    "true}], \"none\": null}'; }\n"
    "  location /created { return 201 ''; }\n"
    "  location /gone { return 410 'gone'; }\n"
    "  location /text { default_type text/plain; return 200 'line one\\nline two'; }\n"
    "  location /bomb { proxy_pass http://127.0.0.1:@ENDLESS@; proxy_buffering off; }\n"
    "  location = /1 { return 302 /2; } location = /2 { return 307 /3; }\n"
    "  location = /3 { return 308 /text; }\n"
    "  location /whoami { default_type text/plain; return 200 "
    "'$http_authorization|$http_x_serverless_authorization'; }\n"
    "  location /elsewhere { return 302 http://localhost:@PORT_plain@/whoami; }\n"
    "  location /again { return 307 http://127.0.0.1:@PORT_other@/whoami; }\n"
    "  location /posted { return 307 /whoami; }\n"
    "  location /leads { return 302 "
    "'https://bob:hunter2@login.test/cb?a=1&access_token=ya29-hunter2'; }\n"
    "  location /tells { add_header Set-Cookie 'sid=hunter2'; return 200 "
    "'{\"login\": {\"password\": \"hunter2\"}, \"status\": \"up\"}'; }\n"
    "  location /encoding { default_type text/plain; return 200 $http_accept_encoding; }\n"
    "  location /version { default_type text/plain; return 200 $server_protocol; } }\n"
    "server { listen 127.0.0.1:@PORT_other@;\n"
    "  location /whoami { default_type text/plain; return 200 "
    "'$http_authorization|$http_proxy_authorization|$http_x_key'; } }\n"
    "server { listen 127.0.0.1:@PORT_two@ http2; location / { return 200 $server_protocol; } }\n"
    "ssl_certificate @DIR@/certs/server.crt; ssl_certificate_key @DIR@/server.key;\n"
    "server { listen 127.0.0.1:@PORT_tls@ ssl http2; location / { return 200 $server_protocol; } "
    "}\n";

struct row {
    const char *port, *probe, *want;
};

static const struct row rows[] = {
    /* status */
    {"PORT_plain", "type: http, path: /created, expect: {status: 201}", "ok"},
    {"PORT_plain", "type: http, path: /created, expect: {status: !any_of [200, 201, 204]}", "ok"},
    {"PORT_plain", "type: http, path: /created, expect: {status: !matches '2..'}", "ok"},
    {"PORT_plain", "type: http, path: /created, expect: {status: !at_most 299}", "ok"},
    {"PORT_plain", "type: http, path: /created, expect: {status: 200}",
     "failing wrong_content EXPECT_STATUS 201: status: is 201, not 200"},
    {"PORT_plain", "type: http, path: /gone",
     "failing http_status HTTP_CLIENT_ERR 410: 127.0.0.1:PORT answers 410"},
    {"PORT_plain", "type: http, path: /gone, expect: {status: 410}", "ok"},
    {"PORT_plain", "type: http, path: /gone, expect: {status: !not 410}",
     "failing http_status HTTP_CLIENT_ERR 410: status: *"},
    {"PORT_plain",
     "type: http, path: /1, expect: {status: 302, headers: {Location: !matches "
     "'.*/2'}}",
     "ok"},
    /* headers */
    {"PORT_plain", "type: http, expect: {headers: {X-Service: auth, x-service: !matches 'a.*'}}",
     "ok"},
    {"PORT_plain", "type: http, expect: {headers: {X-None: !absent }}", "ok"},
    {"PORT_plain", "type: http, expect: {headers: {X-Service: !absent }}",
     "failing wrong_content EXPECT_HEADER 0: header X-Service: *"},
    {"PORT_plain", "type: http, expect: {headers: {X-None: !present }}",
     "failing wrong_content EXPECT_HEADER 0: header X-None: *"},
    {"PORT_plain", "type: http, expect: {headers: {X-Service: auth2}}",
     "failing wrong_content EXPECT_HEADER 0: header X-Service: is auth, not auth2"},
    /* body */
    {"PORT_plain", "type: http, path: /text, expect: {body: !matches '.*two'}", "ok"},
    {"PORT_plain", "type: http, path: /text, expect: {body: !matches 'two'}",
     "failing wrong_content EXPECT_BODY 0: body: *"},
    {"PORT_plain", "type: http, path: /text, expect: {body: !not 'line'}", "ok"},
    /* JSON pointers: RFC 6901 */
    {"PORT_plain",
     "type: http, expect: {json: {/status: ok, /n: !at_least 3, /list/0/a~1b: 1, "
     "/list/1/m~0n: true, /none: !absent , /list/2: !absent , /list/01: !absent }}",
     "ok"},
    {"PORT_plain", "type: http, expect: {json: {/n: !at_least 4}}",
     "failing wrong_content EXPECT_JSON 0: JSON /n: *"},
    {"PORT_plain", "type: http, expect: {json: {/no/such: x}}",
     "failing wrong_content EXPECT_JSON 0: JSON /no/such: *"},
    {"PORT_plain", "type: http, path: /text, expect: {json: {/n: 1}}",
     "failing wrong_content EXPECT_JSON 0: the body*"},
    /* versions */
    {"PORT_plain", "type: http, path: /version, expect: {body: HTTP/1.1}", "ok"},
    {"PORT_two", "type: http, http_version: '2', expect: {body: HTTP/2.0}", "ok"},
    {"PORT_plain", "type: http, http_version: '2'", "failing protocol_error PROTO_H2 0: *"},
    {"PORT_tls", "type: https, ca: !file ca.crt, expect: {body: HTTP/2.0}", "ok"},
    {"PORT_tls", "type: https, ca: !file ca.crt, http_version: '1.1', expect: {body: HTTP/1.1}",
     "ok"},
    {"PORT_tls", "type: https, ca: !file ca.crt, http_version: '2', expect: {body: HTTP/2.0}",
     "ok"},
    /* compression */
    {"PORT_plain", "type: http, expect: {headers: {Content-Encoding: gzip}, json: {/n: 3}}", "ok"},
    {"PORT_plain", "type: http, path: /encoding, expect: {body: 'gzip, deflate'}", "ok"},
    {"PORT_plain",
     "type: http, headers: {Accept-Encoding: identity}, expect: {headers: {Content-Encoding: "
     "!absent }, json: {/n: 3}}",
     "ok"},
    {"PORT_plain",
     "type: http, path: /bomb, expect: {headers: {Content-Encoding: gzip}, body: !contains [x]}",
     "failing protocol_error PROTO_TOO_LARGE 0: the body is larger than 1048576 bytes, more is not "
     "compared"},
    {"PORT_plain", "type: http, path: /bomb, expect: {headers: {Content-Encoding: gzip}}", "ok"},
    /* redirects */
    {"PORT_plain", "type: http, path: /1", "ok"},
    {"PORT_plain", "type: http, path: /1, redirects: 3, expect: {body: !matches 'line.*'}", "ok"},
    {"PORT_plain", "type: http, path: /1, redirects: 2",
     "failing http_status HTTP_REDIRECT_LOOP 308: more than 2 redirects, the last to "
     "http://127.0.0.1:PORT/text"},
    {"PORT_plain", "type: http, path: /1, redirects: 0, expect: {status: 302}", "ok"},
    /* tokens */
    {"PORT_plain",
     "type: http, path: /whoami, identity_token: https://a.test, expect: {body: 'Bearer "
     "google-t0ken|'}",
     "ok"},
    {"PORT_plain",
     "type: http, path: /whoami, identity_token: https://a.test, bearer: !file own, expect: {body: "
     "'Bearer own|Bearer google-t0ken'}",
     "ok"},
    {"PORT_plain", "type: http, path: /whoami, bearer: !file own, expect: {body: 'Bearer own|'}",
     "ok"},
    /* IAP's audience is an OAuth client */
    {"PORT_other",
     "type: http, path: /whoami, identity_token: 12-ab.apps.googleusercontent.com, expect: {body: "
     "'Bearer google-t0ken||'}",
     "ok"},
    {"PORT_other",
     "type: http, path: /whoami, identity_token: 12-ab.apps.googleusercontent.com, headers: "
     "{Authorization: !file own}, expect: {body: 'own|Bearer google-t0ken|'}",
     "ok"},
    /* Another port of the same host is somebody else. */
    {"PORT_plain",
     "type: http, path: /again, redirects: 1, bearer: !file own, headers: {X-Key: !file own}, "
     "expect: {body: '||'}",
     "ok"},
    {"PORT_plain", "type: http, method: POST, path: /again, redirects: 1, body: !file own",
     "failing http_status HTTP_REDIRECT 307: redirected to *"},
    {"PORT_plain", "type: http, method: POST, path: /again, redirects: 1, body: plain", "ok"},
    {"PORT_plain", "type: http, method: POST, path: /posted, redirects: 1, body: !file own", "ok"},
    /* What is secret in an answer is not told, nor what the peer was sent and repeats. */
    {"PORT_plain", "type: http, path: /tells, expect: {json: {/login/password: other}}",
     "failing wrong_content EXPECT_JSON 0: JSON /login/password: is not as declared: <redacted: 7 "
     "bytes>"},
    {"PORT_plain", "type: http, path: /tells, expect: {json: {/login: other}}",
     "failing wrong_content EXPECT_JSON 0: JSON /login: is not as declared: "
     "{\"password\":\"<redacted: 7 bytes>\"}"},
    {"PORT_plain", "type: http, path: /tells, expect: {json: {/status: down}}",
     "failing wrong_content EXPECT_JSON 0: JSON /status: is up, not down"},
    {"PORT_plain", "type: http, path: /tells, expect: {headers: {Set-Cookie: !absent }}",
     "failing wrong_content EXPECT_HEADER 0: header Set-Cookie: is not as declared: <redacted: 11 "
     "bytes>"},
    {"PORT_plain", "type: http, path: /tells, expect: {body: !matches '.*down.*'}",
     "failing wrong_content EXPECT_BODY 0: body: is not as declared: *"},
    {"PORT_plain", "type: http, path: /leads", "ok"},
    {"PORT_plain", "type: http, path: /leads, redirects: 1", "failing dns_not_found *"},
    {"PORT_plain",
     "type: http, path: /whoami, identity_token: https://a.test, expect: {body: nobody}",
     "failing wrong_content EXPECT_BODY 0: body: is not as declared: Bearer <redacted: 12 bytes>|"},
    /* It stays with the host that it was meant for. */
    {"PORT_plain",
     "type: http, path: /elsewhere, redirects: 1, identity_token: https://a.test, expect: {body: "
     "'|'}",
     "ok"},
};

static const struct row broken_rows[] = {
    {"say:HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\nContent-Length: 5\\r\\n\\r\\nhello",
     "type: http", "failing protocol_error PROTO_ENCODING 0: *"},
    {"say:HTTP/1.1 200 OK\\r\\nContent-Encoding: none-such\\r\\nContent-Length: 5\\r\\n\\r\\nhello",
     "type: http", "failing protocol_error PROTO_ENCODING 0: *"},
    {"say:HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nContent-Length: 6\\r\\n\\r\\nhello",
     "type: http", "failing *"},
    {"say:HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 204 No\\r\\n\\r\\n", "type: http", "ok"},
    {"say:HTTP/1.1 200\\r\\nContent-Length: 0\\r\\n\\r\\n", "type: http", "ok"},
    {"say:HTTP/1.1 xyz\\r\\n\\r\\n", "type: http", "failing protocol_error *"},
    {"many-headers", "type: http, expect: {headers: {X-Last: !absent }}",
     "failing protocol_error PROTO_TOO_LARGE 0: *"},
    {"many-informs", "type: http", "failing protocol_error PROTO_TOO_LARGE 0: *"},
};

static void check_text(const char *got, const char *want)
{
    size_t n = strlen(want);

    if (want[n - 1] != '*')
        assert_string_equal(got, want);
    else if (strncmp(got, want, n - 1) != 0)
        fail_msg("got  %s\nwant %s", got, want);
}

static void check_secrets(const char *text)
{
    assert_null(strstr(text, "t0ken"));
    assert_null(strstr(text, "hunter2"));
}

static struct server *start_nginx(struct fixture *f, int endless)
{
    const char *at = strstr(nginx_conf, "@ENDLESS@");
    struct server_file files[] = {{"nginx.conf.in", NULL}, {NULL, NULL}};

    files[0].text =
        pl_arena_printf(f->arena, "%.*s%d%s", (int)(at - nginx_conf), nginx_conf, endless, at + 9);
    return server_start("nginx", files);
}

static void nginx(void **state)
{
    struct fixture *f = *state;
    struct server *endless =
        server_start_own((const char *const[]){"misbehave", "--mode", "endless-body", NULL});
    struct server *s = start_nginx(f, server_port(endless, ""));
    const struct pl_secret *token = pl_secret_new(f->arena, "google-t0ken", 12);

    if (s == NULL) {
        server_stop(endless);
        print_message("skipped: nginx is not installed\n");
        skip();
    }
    fixture_write(f, "ca.crt",
                  harness_read(f->arena, harness_path(f->arena, servers_certs(), "ca.crt"), NULL));
    fixture_write(f, "own", "own\n");
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_probe_job *job = fixture_add(f, "127.0.0.1", server_port(s, rows[i].port),
                                               rows[i].probe, "budget: {timeout: 5s}");

        if (job->connection->probe.identity_token != NULL)
            job->identity_token = token;
    }
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s | %s", rows[i].port, rows[i].probe);
        check_text(fixture_text(f, i), rows[i].want);
        check_secrets(fixture_text(f, i));
        check_secrets(f->results[i].note != NULL ? f->results[i].note : "");
    }
    server_stop(s);
    server_stop(endless);
}

static void broken_answers(void **state)
{
    struct fixture *f = *state;
    struct server *servers[PL_LEN(broken_rows)];

    for (size_t i = 0; i < PL_LEN(broken_rows); i++) {
        servers[i] = server_start_own(
            (const char *const[]){"misbehave", "--mode", broken_rows[i].port, NULL});
        fixture_add(f, "127.0.0.1", server_port(servers[i], ""), broken_rows[i].probe,
                    "budget: {timeout: 2s}");
    }
    fixture_run_on_time(f);
    for (size_t i = 0; i < PL_LEN(broken_rows); i++) {
        ROW("%s", broken_rows[i].port);
        check_text(fixture_text(f, i), broken_rows[i].want);
        server_stop(servers[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nginx, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(broken_answers, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
