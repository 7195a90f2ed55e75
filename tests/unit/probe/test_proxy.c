/* test_proxy.c - probes through proxies: Squid in clear and over TLS, a SOCKS5 proxy, and proxies that do it wrong. What a proxy does is
 * never told as the endpoint's. */
#include "probe_fixture.h"

#include <stdlib.h>

#include "loopback.h"
#include "proxy_priv.h"

#define LIMIT "budget: {timeout: 2s}"
#define ROOMY "budget: {timeout: 60s}"

enum { MAX_OTHERS = 24 };

struct peers {
    struct server *squid, *socks, *nginx, *redis, *postgres, *own[MAX_OTHERS];
    size_t n_own;
    int closed;
};

static const char nginx_conf[] =
    "server { listen 127.0.0.1:@PORT_plain@; location / { return 200 ok; }\n"
    "  location /away { return 302 https://localhost:@PORT_tls@/; }\n"
    "  location /broken { return 502 no; } }\n"
    "ssl_certificate @DIR@/certs/server.crt; ssl_certificate_key @DIR@/server.key;\n"
    "server { listen 127.0.0.1:@PORT_tls@ ssl http2; location / { return 200 ok; } }\n";

static void copy_cas(struct fixture *f)
{
    (void)f;
    assert_true(harness_shell(pl_arena_printf(f->arena, "cp %s/ca.crt %s/other-ca.crt %s/",
                                              servers_certs(), servers_certs(), f->dir)));
}

static int own(struct peers *p, const char *mode)
{
    struct server *s = server_start_own((const char *const[]){"misbehave", "--mode", mode, NULL});

    assert_in_range(p->n_own, 0, MAX_OTHERS - 1);
    p->own[p->n_own++] = s;
    return server_port(s, "");
}

static void stop(struct peers *p)
{
    server_stop(p->squid);
    server_stop(p->socks);
    server_stop(p->nginx);
    server_stop(p->redis);
    server_stop(p->postgres);
    for (size_t i = 0; i < p->n_own; i++)
        server_stop(p->own[i]);
}

/* Its text with the proxy's port as PROXY. */
static const char *said(struct fixture *f, size_t i, int proxy)
{
    const char *text = fixture_text(f, i), *port = pl_arena_printf(f->arena, ":%d", proxy), *at;

    while ((at = strstr(text, port)) != NULL)
        text = pl_arena_printf(f->arena, "%.*s:PROXY%s", (int)(at - text), text, at + strlen(port));
    return text;
}

static struct pl_probe_job *add(struct fixture *f, int port, int proxy, const char *probe,
                                const char *url, const char *limit)
{
    const char *at = strchr(url, '@'); /* stands for the proxy's port */
    const char *declared = pl_arena_printf(f->arena, "%s, proxy: %.*s%d%s", probe, (int)(at - url),
                                           url, proxy, at + 1);
    struct pl_probe_job *job = fixture_add(f, "127.0.0.1", port, declared, limit);

    job->tls = strstr(probe, "https") != NULL;
    return job;
}

/* ---- what a good proxy leads to ---- */

#define BASIC "{url: 'http://127.0.0.1:@', user: proxied, password: !file squid}"
#define OVER  "{url: 'https://localhost:@', user: proxied, password: !file squid, ca: !file ca.crt}"
#define SOCKS "{url: 'socks5h://127.0.0.1:@', user: proxied, password: !file socks}"

static void through(void **state)
{
    static const struct {
        const char *what, *probe;
        bool tls; /* of nginx, redis */
    } rows[] = {
        {"nginx", "type: http", false},
        {"nginx", "type: http, redirects: 1, path: /away, ca: !file ca.crt", false},
        {"nginx", "type: https, server_name: localhost, ca: !file ca.crt", true},
        {"nginx", "type: https, http_version: '2', server_name: localhost, ca: !file ca.crt", true},
        {"nginx", "type: tls, server_name: localhost, ca: !file ca.crt", true},
        {"nginx", "type: tcp", false},
        {"redis", "type: redis, password: !file redis", false},
        {"redis", "type: redis, tls: verify-ca, ca: !file ca.crt, password: !file redis", true},
        {"postgres", "type: postgres, tls: disable, password: !file postgres", false},
        {"postgres",
         "type: postgres, tls: verify-full, server_name: localhost, ca: !file ca.crt, "
         "password: !file postgres",
         true},
        {"echo", "type: websocket, send: hello, expect: hello", false},
    };
    static const char *const ways[] = {BASIC, OVER, SOCKS};
    struct fixture *f = *state;
    struct server_file files[] = {{"nginx.conf.in", nginx_conf}, {NULL, NULL}};
    struct peers p = {.squid = server_start("squid", NULL),
                      .socks = server_start("socks", NULL),
                      .nginx = server_start("nginx", files),
                      .redis = server_start("redis", NULL),
                      .postgres = server_start("postgres", NULL)};
    int echo = own(&p, "ws-echo");

    if (p.squid == NULL || p.socks == NULL || p.nginx == NULL || p.redis == NULL ||
        p.postgres == NULL) {
        stop(&p);
        print_message("skipped: proxies, a server is not installed\n");
        skip();
    }
    copy_cas(f);
    fixture_write(f, "squid", server_password(p.squid));
    fixture_write(f, "socks", server_password(p.socks));
    fixture_write(f, "redis", server_password(p.redis));
    fixture_write(f, "postgres", server_password(p.postgres));
    for (size_t w = 0; w < PL_LEN(ways); w++)
        for (size_t i = 0; i < PL_LEN(rows); i++) {
            int port = rows[i].what[0] == 'n'
                           ? server_port(p.nginx, rows[i].tls ? "PORT_tls" : "PORT_plain")
                       : rows[i].what[0] == 'r'
                           ? server_port(p.redis, rows[i].tls ? "TLS_PORT" : "PORT")
                       : rows[i].what[0] == 'p' ? server_port(p.postgres, "PORT")
                                                : echo;
            int proxy = w == 0   ? server_port(p.squid, "PORT")
                        : w == 1 ? server_port(p.squid, "TLS_PORT")
                                 : server_port(p.socks, "PORT");

            add(f, port, proxy, rows[i].probe, ways[w], ROOMY);
        }
    fixture_run(f);
    for (size_t i = 0; i < f->n; i++) {
        const struct pl_probe_result *r = &f->results[i];

        print_message("%s %s: %s\n",
                      i < PL_LEN(rows)       ? "http"
                      : i < 2 * PL_LEN(rows) ? "https"
                                             : "socks",
                      rows[i % PL_LEN(rows)].probe, fixture_text(f, i));
        assert_string_equal(fixture_text(f, i), "ok");
        assert_string_equal(r->timings.phases[2].name, "proxy");
        assert_non_null(strstr(r->target, " through "));
    }
    stop(&p);
}

/* ---- what a real one refuses ---- */

static void refusals(void **state)
{
    static const struct {
        const char *probe, *proxy, *port, *want;
        bool closed, socks;
    } rows[] = {
        {"type: https", "http://127.0.0.1:@", "PORT",
         "failing unreachable NET_PROXY 407: the proxy 127.0.0.1:PROXY wants credentials (407, "
         "Basic)",
         false, false},
        {"type: http", "http://127.0.0.1:@", "PORT",
         "failing unreachable NET_PROXY 407: the proxy 127.0.0.1:PROXY wants credentials (407)",
         false, false},
        {"type: https", "{url: 'http://127.0.0.1:@', user: other, password: !file wrong}", "PORT",
         "failing unreachable NET_PROXY 407: the proxy 127.0.0.1:PROXY refuses its user and "
         "password (407)",
         false, false},
        {"type: http", "{url: 'http://127.0.0.1:@', user: other, password: !file wrong}", "PORT",
         "failing unreachable NET_PROXY 407: the proxy 127.0.0.1:PROXY refuses its user and "
         "password (407)",
         false, false},
        {"type: tcp", BASIC, "PORT",
         "failing unreachable NET_PROXY 503: the proxy 127.0.0.1:PROXY says that it cannot reach "
         "127.0.0.1:PORT (503, X-Squid-Error: ERR_CONNECT_FAIL 111)",
         true, false},
        {"type: http", BASIC, "PORT",
         "failing unreachable NET_PROXY 503: the proxy 127.0.0.1:PROXY answers 503 itself for "
         "127.0.0.1:PORT: ERR_CONNECT_FAIL 111",
         true, false},
        {"type: postgres, connect_to: 'forbidden.test:5432'", BASIC, "PORT",
         "failing unreachable NET_PROXY 403: the proxy 127.0.0.1:PROXY does not let through to "
         "forbidden.test:PORT (403, X-Squid-Error: ERR_ACCESS_DENIED 0)",
         false, false},
        /* its own certificate */
        {"type: https", "https://localhost:@", "TLS_PORT",
         "failing unreachable NET_PROXY 0: the proxy: 127.0.0.1:PROXY: no trusted issuer: unable "
         "to get local issuer certificate (certificate of CN=localhost, issued by CN=test ca, sent "
         "without an intermediate)",
         false, false},
        {"type: http", "{url: 'https://localhost:@', ca: !file other-ca.crt}", "TLS_PORT",
         "failing unreachable NET_PROXY 0: the proxy: 127.0.0.1:PROXY: no trusted issuer: unable "
         "to get local issuer certificate (certificate of CN=localhost, issued by CN=test ca, sent "
         "without an intermediate)",
         false, false},
        {"type: http", "https://localhost:@", "PORT",
         "failing unreachable NET_PROXY 0: the proxy: 127.0.0.1:PROXY: the peer does not speak TLS "
         "there",
         false, false},
        {"type: http", BASIC, "PORT",
         "failing http_status HTTP_BAD_GATEWAY 502: 127.0.0.1:PORT through 127.0.0.1:PROXY answers "
         "502",
         false, false},
        {"type: tcp", SOCKS, "PORT",
         "failing unreachable NET_PROXY 5: the proxy 127.0.0.1:PROXY is refused the connection "
         "there: 127.0.0.1:PORT (SOCKS reply 5)",
         true, true},
        {"type: tcp", "{url: 'socks5h://127.0.0.1:@', user: other, password: !file wrong}", "PORT",
         "failing unreachable NET_PROXY 2: the proxy 127.0.0.1:PROXY refuses its user and password",
         false, true},
        {"type: tcp", "socks5h://127.0.0.1:@", "PORT",
         "failing unreachable NET_PROXY 255: the proxy 127.0.0.1:PROXY wants credentials", false,
         true},
    };
    struct fixture *f = *state;
    struct server_file files[] = {{"nginx.conf.in", nginx_conf}, {NULL, NULL}};
    struct peers p = {.squid = server_start("squid", NULL),
                      .socks = server_start("socks", NULL),
                      .nginx = server_start("nginx", files)};
    struct server *closed = server_start_own((const char *const[]){"closed_port", NULL});

    if (p.squid == NULL || p.socks == NULL || p.nginx == NULL) {
        stop(&p);
        print_message("skipped: proxies, a server is not installed\n");
        skip();
    }
    p.own[p.n_own++] = closed;
    copy_cas(f);
    fixture_write(f, "squid", server_password(p.squid));
    fixture_write(f, "socks", server_password(p.socks));
    fixture_write(f, "wrong", "wrong");
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        int port = rows[i].closed ? server_port(closed, "") : server_port(p.nginx, "PORT_plain");
        struct pl_probe_job *job =
            add(f, port, server_port(rows[i].socks ? p.socks : p.squid, rows[i].port),
                rows[i].probe, rows[i].proxy, ROOMY);

        if (strstr(rows[i].want, "HTTP_BAD_GATEWAY") != NULL)
            job->url_path = "/broken";
        if (job->connection->probe.connect_host != NULL) {
            job->dial_host = job->connection->probe.connect_host;
            job->dial_port = job->connection->probe.connect_port;
        }
    }
    fixture_run(f);
    for (size_t i = 0; i < f->n; i++) {
        print_message("%s\n",
                      said(f, i, server_port(rows[i].socks ? p.socks : p.squid, rows[i].port)));
        assert_string_equal(
            said(f, i, server_port(rows[i].socks ? p.socks : p.squid, rows[i].port)), rows[i].want);
    }
    stop(&p);
}

/* ---- proxies that do it wrong ---- */

static void misbehaving(void **state)
{
    static const struct {
        const char *mode, *probe, *scheme, *want;
    } rows[] = {
        {NULL, "type: https", "http",
         "failing unreachable NET_PROXY 0: the proxy: Connection refused by 127.0.0.1:PROXY"},
        {NULL, "type: postgres", "socks5h",
         "failing unreachable NET_PROXY 0: the proxy: Connection refused by 127.0.0.1:PROXY"},
        {"silent", "type: https", "http",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY does not say within 2 s that "
         "it reaches 127.0.0.1:PORT: it hangs, or what is behind it does"},
        {"silent", "type: http", "http",
         "failing unreachable NET_PROXY 0: connected, no answer from 127.0.0.1:PORT through "
         "127.0.0.1:PROXY within 2 s (the proxy's doing or the endpoint's: nothing tells which)"},
        {"silent", "type: http", "https",
         "failing unreachable NET_PROXY 0: the proxy: connected, no word from 127.0.0.1:PROXY "
         "within 2 s"},
        {"silent", "type: redis", "socks5h",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY does not say within 2 s that "
         "it reaches 127.0.0.1:PORT: it hangs, or what is behind it does"},
        {"close-after", "type: tcp", "http",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY hung up without an answer to "
         "CONNECT"},
        {"reset", "type: redis", "http",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY reset the connection without "
         "an answer to CONNECT"},
        {"close-after", "type: http", "http",
         "failing unreachable NET_PROXY 0: 127.0.0.1:PORT through 127.0.0.1:PROXY: hung up without "
         "an answer (the proxy's doing or the endpoint's: nothing tells which)"},
        {"garbage", "type: https", "http",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY does not answer in HTTP"},
        {"garbage", "type: tcp", "socks5h",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY does not answer in SOCKS5"},
        {"endless-headers", "type: tls", "http",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY sends more headers than "
         "accepted"},
        {"many-informs", "type: tls", "http",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY sends more headers than "
         "accepted"},
        {"drip", "type: tcp", "socks5h",
         "failing unreachable NET_PROXY 0: the proxy 127.0.0.1:PROXY does not answer in SOCKS5"},
        {"status:502", "type: websocket", "http",
         "failing unreachable NET_PROXY 502: the proxy 127.0.0.1:PROXY says that it cannot reach "
         "127.0.0.1:PORT (502)"},
        {"status:502", "type: http", "http",
         "failing unreachable NET_PROXY 502: 502 from the proxy 127.0.0.1:PROXY, and nothing says "
         "that 127.0.0.1:PORT had a part in it"},
        {"status:501", "type: tcp", "http",
         "failing unreachable NET_PROXY 501: the proxy 127.0.0.1:PROXY does not let through to "
         "127.0.0.1:PORT (501)"},
        {"say:HTTP/1.1 407 No\\r\\nProxy-Authenticate: Negotiate\\r\\n\\r\\n", "type: tcp", "http",
         "failing unreachable NET_PROXY 407: the proxy 127.0.0.1:PROXY wants credentials (407, "
         "Negotiate)"},
        /* the way is open, and nothing comes: from here on it is the endpoint's */
        {"say:HTTP/1.1 200 Yes\\r\\n\\r\\n", "type: redis", "http",
         "failing response_timeout IO_TTFB_TIMEOUT 0: connected, no answer from 127.0.0.1:PORT "
         "through 127.0.0.1:PROXY within 2 s"},
        /* the endpoint's first words come with the proxy's answer */
        {"say:HTTP/1.1 200 Yes\\r\\n\\r\\n-ERR max number of clients reached\\r\\n", "type: redis",
         "http",
         "failing too_many_connections SVC_SATURATED 0: 127.0.0.1:PORT through 127.0.0.1:PROXY "
         "answers ERR: no connection or memory left there"},
    };
    struct fixture *f = *state;
    struct peers p = {0};
    struct server *closed = server_start_own((const char *const[]){"closed_port", NULL});
    int ports[PL_LEN(rows)];

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ports[i] = rows[i].mode != NULL ? own(&p, rows[i].mode) : server_port(closed, "");
        add(f, 4321, ports[i], rows[i].probe,
            pl_arena_printf(f->arena, "%s://127.0.0.1:@", rows[i].scheme), LIMIT);
    }
    fixture_run_on_time(f);
    for (size_t i = 0; i < f->n; i++) {
        print_message("%s: %s\n", rows[i].mode != NULL ? rows[i].mode : "closed",
                      said(f, i, ports[i]));
        assert_string_equal(said(f, i, ports[i]), rows[i].want);
    }
    stop(&p);
    server_stop(closed);
}

/* ---- which proxy ---- */

static void the_environment(void **state)
{
    static const struct {
        const char *probe, *want;
    } rows[] = {
        {"type: https, proxy: environment", "the proxy: Connection refused by 127.0.0.1:PROXY"},
        {"type: tcp, proxy: environment",
         "Connection refused by 127.0.0.1:PORT"}, /* no all_proxy */
        {"type: https", "Connection refused by 127.0.0.1:PORT"},
        {"type: https, proxy: !env PL_PROXY", "the proxy: Connection refused by 127.0.0.1:PROXY"},
        {"type: https, proxy: !env PL_NONE", "proxy: !env PL_NONE is not set"},
        {"type: https, proxy: !env PL_WRONG",
         "proxy: !env PL_WRONG only socks5h:// of SOCKS is spoken: the proxy looks names up"},
        {"type: https, proxy: {url: !env PL_PROXY, except: [127.0.0.0/8]}",
         "Connection refused by 127.0.0.1:PORT"},
    };
    struct fixture *f = *state;
    struct server *closed = server_start_own((const char *const[]){"closed_port", NULL});
    struct server *target = server_start_own((const char *const[]){"closed_port", NULL});
    int proxy = server_port(closed, "");
    const char *url = pl_arena_printf(f->arena, "http://me:s%%40crit@127.0.0.1:%d", proxy);

    (void)setenv("https_proxy", url, 1);
    (void)setenv("HTTP_PROXY", "http://127.0.0.1:9", 1); /* of a CGI's request, not ours */
    (void)setenv("PL_PROXY", url, 1);
    (void)setenv("PL_WRONG", "socks5://me:s3cret@127.0.0.1:1", 1);
    (void)unsetenv("PL_NONE");
    (void)unsetenv("all_proxy");
    (void)unsetenv("ALL_PROXY");
    for (size_t i = 0; i < PL_LEN(rows); i++)
        fixture_add(f, "127.0.0.1", server_port(target, ""), rows[i].probe, LIMIT)->tls = true;
    fixture_run_on_time(f);
    (void)setenv("no_proxy", "elsewhere.test, 127.0.0.1", 1);
    f->results[0].state = PL_PROBED_OK;
    for (size_t i = 0; i < f->n; i++) {
        const char *text = i == 0 ? rows[0].want : said(f, i, proxy);

        print_message("%s\n", text);
        if (strstr(text, rows[i].want) == NULL)
            fail_msg("%s, not %s", text, rows[i].want);
        assert_null(strstr(text, "crit"));
        assert_null(strstr(text, "s3cret"));
    }
    f->n = 1;
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0),
                        "failing refused NET_REFUSED 0: Connection refused by 127.0.0.1:PORT");
    (void)unsetenv("https_proxy");
    (void)unsetenv("HTTP_PROXY");
    (void)unsetenv("no_proxy");
    server_stop(closed);
    server_stop(target);
}

static void exceptions(void **state)
{
    static const struct {
        const char *entry, *host;
        bool want;
    } rows[] = {
        {"*", "a.test", true},
        {"a.test", "a.test", true},
        {"a.test", "A.Test", true},
        {"a.test", "b.a.test", true},
        {".a.test", "b.a.test", true},
        {".a.test", "a.test", true},
        {"a.test", "ba.test", false},
        {"a.test", "a.test.example", false},
        {"", "a.test", false},
        {".", "a.test", false},
        {"10.0.0.0/8", "10.1.2.3", true},
        {"10.0.0.0/8", "11.1.2.3", false},
        {"10.1.2.3", "10.1.2.3", true},
        {"2", "10.1.2.2", false},
        {"::1", "::1", true},
        {"fd00::/8", "fd12::1", true},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        print_message("%s %s\n", rows[i].entry, rows[i].host);
        assert_int_equal(pl_proxy_excepts(rows[i].entry, rows[i].host), rows[i].want);
    }
}

/* A URL's user may be empty: then the password alone is sent, not taken for the user, too. */
static void a_password_without_a_user(void **state)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\nVia: 1.1 p\r\nContent-Length: 0\r\n\r\n";
    struct fixture *f = *state;
    const struct loopback_script script = {.answer = answer};
    struct loopback *proxy = loopback_start(&script);

    fixture_write(
        f, "proxy",
        pl_arena_printf(f->arena, "http://:hunter2@127.0.0.1:%d\n", loopback_port(proxy)));
    fixture_add(f, "127.0.0.1", 9, "type: http, proxy: {url: !file proxy}", NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_non_null(strstr(loopback_seen(proxy), "Proxy-Authorization: Basic Omh1bnRlcjI=\r\n"));
    loopback_stop(proxy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(through, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(refusals, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(misbehaving, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_environment, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_password_without_a_user, fixture_setup, fixture_teardown),
        cmocka_unit_test(exceptions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
