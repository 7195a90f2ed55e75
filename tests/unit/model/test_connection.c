/* test_connection.c - connections of a baseline and of the command line: ends, ports, probes, secrets, budgets, defaults. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/baseline.h"
#include "plumbline/expect.h"

static const char head[] = "version: 1\nproject: p\nlocation: l\nconnections:\n";

static const struct pl_baseline *good(struct pl_arena *arena, const char *dir, const char *body)
{
    const char *path = harness_path(arena, dir, "b.yaml");
    struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    struct pl_err err = {0};
    const struct pl_baseline *b;

    harness_write(path, pl_arena_printf(arena, "%s%s", head, body));
    b = pl_baseline_read(arena, &options, &err);
    if (b == NULL)
        fail_msg("%s", err.text);
    return b;
}

/* One connection `c` out of its keys in flow style. */
static const struct pl_connection *one(struct pl_arena *arena, const char *keys)
{
    char *dir = harness_temp_dir();
    const struct pl_baseline *b =
        good(arena, dir, pl_arena_printf(arena, "  c: {from: here, %s}\n", keys));

    harness_remove(dir);
    return b->connections[0];
}

static void all_keys(void **state)
{
    char *dir = harness_temp_dir();
    const struct pl_baseline *b =
        good(*state, dir,
             "  c:\n"
             "    from: run.service/auth\n"
             "    to: sql.instance/other/global/main\n"
             "    port: 5433\n"
             "    via: private\n"
             "    probe: tcp\n"
             "    budget: {timeout: 2s, p50: 100ms, p95: 500ms, max: 1.5s}\n"
             "    attempts: 25\n"
             "    concurrency: 5\n"
             "    depends_on: [d]\n"
             "    impact: Nobody can sign in\n"
             "    tracks: [\"#395\", ABC-1]\n"
             "    severity: critical\n"
             "  d: {from: here, to: 'h:1', depends_on: [c]}\n");
    const struct pl_connection *c = b->connections[0], *d = b->connections[1];

    assert_string_equal(c->name, "c");
    assert_int_equal(c->mark.line, 5);
    assert_int_equal(c->from.what, PL_END_RESOURCE);
    assert_string_equal(pl_address_full(*state, &c->from.address), "run.service/p/l/auth");
    assert_string_equal(c->from.text, "run.service/auth");
    assert_string_equal(pl_address_full(*state, &c->to.address), "sql.instance/other/global/main");
    assert_int_equal(c->port, 5433);
    assert_int_equal(pl_connection_port(c), 5433);
    assert_int_equal(c->via, PL_VIA_PRIVATE);
    assert_int_equal(c->probe.type, PL_PROBE_TCP);
    assert_true(c->budget.timeout_ns == INT64_C(2000000000));
    assert_true(c->budget.p50_ns == INT64_C(100000000));
    assert_true(c->budget.p95_ns == INT64_C(500000000));
    assert_true(c->budget.max_ns == INT64_C(1500000000));
    assert_int_equal(c->attempts, 25);
    assert_int_equal(c->concurrency, 5);
    assert_int_equal(c->n_depends_on, 1);
    assert_string_equal(c->depends_on[0], "d");
    assert_string_equal(c->impact, "Nobody can sign in");
    assert_int_equal(c->n_tracks, 2);
    assert_string_equal(c->tracks[1], "ABC-1");
    assert_int_equal(c->severity, PL_SEV_CRITICAL);
    assert_int_equal(d->severity, PL_SEV_HIGH);
    assert_int_equal(d->via, PL_VIA_AUTO);
    assert_int_equal(d->attempts, 0);
    assert_int_equal(d->probe.type, PL_PROBE_NONE);
    assert_int_equal(d->probe.redirects, -1);
    assert_int_equal(d->probe.read_only, -1);
    assert_int_equal(b->n_projects, 2);
    harness_remove(dir);
}

static void targets_and_ports(void **state)
{
    static const struct {
        const char *keys, *host, *scheme, *path;
        int port;
    } rows[] = {
        {"to: 'db.example.com:5432'", "db.example.com", NULL, NULL, 5432},
        {"to: db.example.com, probe: postgres", "db.example.com", NULL, NULL, 5432},
        {"to: '[fd00::1]:6379'", "fd00::1", NULL, NULL, 6379},
        {"to: 'https://a.example.com/x?y=1'", "a.example.com", "https", "/x?y=1", 443},
        {"to: 'http://a.example.com:8080'", "a.example.com", "http", NULL, 8080},
        {"to: 'wss://a.example.com/live', probe: websocket", "a.example.com", "wss", "/live", 443},
        {"to: 'ws://a.example.com', probe: websocket", "a.example.com", "ws", NULL, 80},
        {"to: sql.instance/m", NULL, NULL, NULL, 5432},
        {"to: run.service/s", NULL, NULL, NULL, 443},
        {"to: redis.instance/r, probe: redis", NULL, NULL, NULL, 0},
        {"to: redis.instance/r, probe: tls", NULL, NULL, NULL, 0},
        {"to: vpcaccess.connector/v, probe: tls", NULL, NULL, NULL, 443},
        {"to: cache.example.com, probe: redis", "cache.example.com", NULL, NULL, 6379},
        {"to: example.com", "example.com", NULL, NULL, 0},
        {"to: example.com, port: 25", "example.com", NULL, NULL, 25},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_connection *c = one(*state, rows[i].keys);

        ROW("%s", rows[i].keys);
        assert_int_equal(pl_connection_port(c), rows[i].port);
        if (rows[i].host == NULL)
            continue;
        assert_int_equal(c->to.what, PL_END_HOST);
        assert_string_equal(c->to.host, rows[i].host);
        assert_string_equal(c->to.scheme != NULL ? c->to.scheme : "",
                            rows[i].scheme != NULL ? rows[i].scheme : "");
        assert_string_equal(c->to.url_path != NULL ? c->to.url_path : "",
                            rows[i].path != NULL ? rows[i].path : "");
    }
}

static void http_parameters(void **state)
{
    const struct pl_connection *c = one(
        *state, "to: 'https://a', probe: {type: https, path: '/h?x=1', method: HEAD, redirects: 0, "
                "http_version: '2', connect_to: '127.0.0.1:9000', server_name: b, warm_up: 2, "
                "also_try: [8443], address: 10.0.0.1, source: '::1', tls: verify-ca, "
                "identity_token: 'https://aud', headers: {X-A: b}, body: hello, "
                "expect: {status: !any_of [200, 204], headers: {content-type: !matches 'text/.*'}, "
                "body: !contains [ok], json: {/a/0: 1}}}");
    const struct pl_probe_spec *p = &c->probe;

    assert_int_equal(p->type, PL_PROBE_HTTPS);
    assert_string_equal(p->path, "/h?x=1");
    assert_string_equal(p->method, "HEAD");
    assert_int_equal(p->redirects, 0);
    assert_string_equal(p->http_version, "2");
    assert_string_equal(p->connect_host, "127.0.0.1");
    assert_int_equal(p->connect_port, 9000);
    assert_string_equal(p->server_name, "b");
    assert_int_equal(p->warm_up, 2);
    assert_int_equal(p->n_also_try, 1);
    assert_int_equal(p->also_try[0], 8443);
    assert_string_equal(p->address, "10.0.0.1");
    assert_string_equal(p->source, "::1");
    assert_int_equal(p->tls, PL_TLS_VERIFY_CA);
    assert_string_equal(p->identity_token, "https://aud");
    assert_int_equal(p->n_headers, 1);
    assert_string_equal(p->headers[0].name, "X-A");
    assert_string_equal(p->headers[0].value.text, "b");
    assert_string_equal(p->body.text, "hello");
    assert_string_equal(pl_expect_text(*state, p->expect_status), "!any_of [200, 204]");
    assert_int_equal(p->n_expect_headers, 1);
    assert_string_equal(p->expect_headers[0].key, "content-type");
    assert_string_equal(pl_expect_text(*state, p->expect_body), "!contains [ok]");
    assert_string_equal(p->expect_json[0].key, "/a/0");
}

static void other_parameters(void **state)
{
    const struct pl_probe_spec *p =
        &one(*state, "to: 'a:1', probe: {type: postgres, database: d, user: u, query: select 1, "
                     "expect: 1, settings: {max_connections: !at_least 200}, read_only: no}")
             ->probe;

    assert_string_equal(p->query, "select 1");
    assert_string_equal(p->expect_any->text, "1");
    assert_string_equal(p->settings[0].key, "max_connections");
    assert_true(p->settings[0].expect->number == 200);
    assert_int_equal(p->read_only, 0);

    p = &one(*state, "to: 'a:1', probe: {type: tls, min_version: '1.2', expires_in: !at_least 14d, "
                     "starttls: postgres}")
             ->probe;
    assert_string_equal(p->min_version, "1.2");
    assert_true(p->expires_in->number == 14.0 * 86400);
    assert_string_equal(p->starttls, "postgres");

    p = &one(*state, "to: 'a:1', probe: {type: dns, name: x.example.com, record: AAAA, "
                     "resolver: 10.0.0.53, expect: [10.0.0.1, 10.0.0.2]}")
             ->probe;
    assert_string_equal(p->dns_name, "x.example.com");
    assert_string_equal(p->dns_record, "AAAA");
    assert_string_equal(p->dns_resolver, "10.0.0.53");
    assert_int_equal(p->expect_any->match, PL_M_LIST);

    p = &one(*state, "to: 'a:1', probe: {type: websocket, send: hi, expect: !matches 'h.*', "
                     "stay: 90s, origin: 'https://a', subprotocol: v1}")
             ->probe;
    assert_string_equal(p->send.text, "hi");
    assert_true(p->stay_ns == INT64_C(90000000000));
    assert_string_equal(p->expect_any->text, "h.*");

    p = &one(*state,
             "to: 'a:1', probe: {type: redis, role: replica, info: {maxmemory: !at_least 1}}")
             ->probe;
    assert_string_equal(p->role, "replica");
    assert_int_equal(p->n_info, 1);

    p = &one(*state, "to: 'a:1', probe: {type: breaker, state: /s, failures: /f, recovers_in: 30s, "
                     "path: /b}")
             ->probe;
    assert_string_equal(p->state_pointer, "/s");
    assert_string_equal(p->failures_pointer, "/f");
    assert_true(p->recovers_in_ns == INT64_C(30000000000));
}

static void secrets(void **state)
{
    char *dir = harness_temp_dir();
    const struct pl_baseline *b;
    const struct pl_probe_spec *p;

    harness_write(harness_path(*state, dir, "token"), "tok\n\n");
    (void)setenv("PL_TEST_SECRET", "s3cr3t", 1);
    (void)unsetenv("PL_TEST_UNSET");
    b = good(*state, dir,
             "  c:\n"
             "    from: here\n"
             "    to: a:1\n"
             "    probe: {type: postgres, password: !env PL_TEST_SECRET, ca: !file token, "
             "cert: PEM, key: !env PL_TEST_UNSET}\n"
             "  d: {from: here, to: 'a:1', probe: {type: https, bearer: !file nowhere }}\n");
    p = &b->connections[0]->probe;
    assert_string_equal(pl_secret_reveal(p->password.secret), "s3cr3t");
    assert_null(p->password.text);
    assert_string_equal(p->password.source, "!env PL_TEST_SECRET");
    assert_string_equal(pl_secret_reveal(p->ca.secret), "tok\n");
    assert_string_equal(p->ca.source, "!file token");
    assert_string_equal(p->cert.text, "PEM");
    assert_null(p->cert.source);
    assert_true(p->key.missing);
    assert_null(p->key.secret);
    assert_true(b->connections[1]->probe.bearer.missing);
    assert_int_equal(b->n_warnings, 2);
    assert_string_equal(b->warnings[0].text,
                        "!env PL_TEST_UNSET: the environment variable is not set");
    assert_int_equal(b->warnings[0].mark.line, 8);
    assert_string_equal(b->warnings[1].text, "!file nowhere: there is no such file");
    (void)unsetenv("PL_TEST_SECRET");
    harness_remove(dir);
}

static void few_attempts_for_p95(void **state)
{
    char *dir = harness_temp_dir();
    const struct pl_baseline *b =
        good(*state, dir,
             "  c: {from: here, to: 'a:1', budget: {p95: 1s}, attempts: 19}\n"
             "  d: {from: here, to: 'a:1', budget: {p95: 1s}, attempts: 20}\n"
             "  e: {from: here, to: 'a:1', budget: {p95: 1s}}\n");

    assert_int_equal(b->n_warnings, 1);
    assert_string_equal(b->warnings[0].text,
                        "p95 needs at least 20 attempts; with 19 the slowest one counts (max)");
    harness_remove(dir);
}

static void from_the_command_line(void **state)
{
    struct pl_connection c;
    struct pl_err err = {0};

    assert_int_equal(pl_connection_adhoc(*state, "run.service/a", "sql.instance/m", 5432, "private",
                                         "postgres", "p", "l", &c, &err),
                     0);
    assert_string_equal(c.name, "run.service/a -> sql.instance/m");
    assert_string_equal(pl_address_full(*state, &c.from.address), "run.service/p/l/a");
    assert_int_equal(c.port, 5432);
    assert_int_equal(c.via, PL_VIA_PRIVATE);
    assert_int_equal(c.probe.type, PL_PROBE_POSTGRES);
    assert_int_equal(c.probe.redirects, -1);
    assert_int_equal(c.severity, PL_SEV_HIGH);
    assert_int_equal(
        pl_connection_adhoc(*state, "here", "db:1", 0, NULL, NULL, NULL, NULL, &c, &err), 0);
    assert_int_equal(c.from.what, PL_END_HERE);
    assert_int_equal(pl_connection_port(&c), 1);
}

static void bad_words_of_the_command_line(void **state)
{
    static const struct {
        const char *from, *to, *via, *probe, *text;
        int port;
    } rows[] = {
        {"db:1", "db:1", NULL, NULL,
         "--from: a connection begins at a resource (KIND/NAME) or `here`, not at 'db:1'", 0},
        {"here", "here", NULL, NULL, "--to: a connection leads from here, not to here", 0},
        {"here", "sql.instance/m:x", NULL, NULL,
         "--to: 'sql.instance/m:x' names a field; an end of a connection is KIND/NAME, the port "
         "stands under port:",
         0},
        {"run.service/a", "db:1", NULL, NULL,
         "--from: run.service lives in a location: write `location:` at the top, or LOCATION/NAME",
         0},
        {"here", "db:1", "x", NULL, "--via is one of private, public, psc, socket, proxy, not 'x'",
         0},
        {"here", "db:1", NULL, "none",
         "--probe is one of dns, tcp, tls, http, https, websocket, postgres, redis, breaker, not "
         "'none'",
         0},
        {"here", "db:1", NULL, NULL, "--port is 65536, out of its range 1 to 65535", 65536},
        {"here", "db:1", NULL, NULL, "--port says 2, and --to says 1", 2},
        {"here", "ftp://db", NULL, NULL, "--to: no probe speaks 'ftp'", 0},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_connection c;
        struct pl_err err = {0};

        ROW("%s -> %s", rows[i].from, rows[i].to);
        assert_int_equal(pl_connection_adhoc(*state, rows[i].from, rows[i].to, rows[i].port,
                                             rows[i].via, rows[i].probe, "p", NULL, &c, &err),
                         -1);
        CHECK_ERR(err, PL_E_USAGE, rows[i].text);
    }
}

static void tables(void **state)
{
    enum pl_severity severity;

    (void)state;
    for (size_t i = 0; i < pl_probe_params_len; i++) {
        if (i > 0 && strcmp(pl_probe_params[i - 1].name, pl_probe_params[i].name) >= 0)
            fail_msg("%s is out of order", pl_probe_params[i].name);
        assert_true(pl_probe_params[i].types != 0);
        assert_int_equal(pl_probe_params[i].types & 1u << PL_PROBE_NONE, 0);
        assert_non_null(pl_probe_params[i].help);
    }
    assert_string_equal(pl_probe_type_names[PL_PROBE_BREAKER], "breaker");
    assert_string_equal(pl_via_names[PL_VIA_PROXY], "proxy");
    for (int i = PL_SEV_LOW; i <= PL_SEV_CRITICAL; i++) {
        assert_int_equal(pl_severity_parse(pl_severity_names[i], &severity), 0);
        assert_int_equal(severity, i);
    }
    assert_int_equal(pl_severity_parse("", &severity), -1);
    assert_int_equal(pl_severity_parse("urgent", &severity), -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_keys),
        TEST(targets_and_ports),
        TEST(http_parameters),
        TEST(other_parameters),
        TEST(secrets),
        TEST(few_attempts_for_p95),
        TEST(from_the_command_line),
        TEST(bad_words_of_the_command_line),
        TEST(tables),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
