/* test_run.c - whole runs: what cannot be probed here, unsteady peers, groups from a barrier, cascades, deadlines. */
#include "probe_fixture.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "plumbline/clock.h"

static struct server *misbehave(const char *mode)
{
    return server_start_own((const char *const[]){"misbehave", "--mode", mode, NULL});
}

static const struct {
    const char *probe, *want;
} impossible[] = {
    {"type: postgres, password: !env PLUMBLINE_TEST_UNSET",
     "unknown: password: !env PLUMBLINE_TEST_UNSET is not set"},
    {"type: http, headers: {X-Key: !env PLUMBLINE_TEST_UNSET }",
     "unknown: header X-Key: !env PLUMBLINE_TEST_UNSET is not set"},
    {"type: https, ca: !file empty", "unknown: the CA certificates (ca) cannot be read"},
    {"type: http, identity_token: https://x.test",
     "unknown: identity_token: no token for 'https://x.test' could be had here"},
    {"type: tcp, source: 192.0.2.1", "unknown: Cannot assign requested address by 127.0.0.1:PORT"},
};

static void what_is_ours_is_unknown(void **state)
{
    struct fixture *f = *state;
    struct server *s = misbehave("close");

    unsetenv("PLUMBLINE_TEST_UNSET");
    fixture_write(f, "empty", "nothing\n");
    for (size_t i = 0; i < PL_LEN(impossible); i++)
        fixture_add(f, "127.0.0.1", server_port(s, ""), impossible[i].probe, NULL);
    fixture_add(f, "127.0.0.1", 1, "type: tcp", NULL)->host = NULL;
    fixture_add(f, "127.0.0.1", 1, "type: tcp", NULL)->port = 0;
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(impossible); i++) {
        ROW("%s", impossible[i].probe);
        assert_string_equal(fixture_text(f, i), impossible[i].want);
        assert_null(f->results[i].symptom.kind);
    }
    assert_string_equal(f->results[PL_LEN(impossible)].unknown_why, "where to probe is not known");
    assert_string_equal(f->results[PL_LEN(impossible) + 1].unknown_why,
                        "the port to probe is not known");
    server_stop(s);
}

/* No descriptor left is our lack, never their refusal. */
static void no_descriptors_left(void **state)
{
    struct fixture *f = *state;
    struct server *s = misbehave("status:200");
    struct rlimit before, none;
    int low = dup(0);

    close(low);
    getrlimit(RLIMIT_NOFILE, &before);
    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: tcp", NULL);
    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http", NULL);
    none = before;
    none.rlim_cur = (rlim_t)low;
    setrlimit(RLIMIT_NOFILE, &none);
    fixture_run(f);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_string_equal(fixture_text(f, 0), "unknown: Too many open files by 127.0.0.1:PORT");
    assert_string_equal(fixture_text(f, 1), "unknown: Too many open files by 127.0.0.1:PORT");
    server_stop(s);
}

static void some_attempts_fail(void **state)
{
    struct fixture *f = *state;
    struct server *s = misbehave("flaky");

    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http", "attempts: 6");
    fixture_run(f);
    assert_string_equal(
        fixture_text(f, 0),
        "degraded unstable HTTP_UNAVAILABLE 503: 3 of 6 attempts failed (http_status "
        "503): 127.0.0.1:PORT answers 503");
    assert_int_equal(f->results[0].n_counts, 1);
    assert_int_equal(f->results[0].counts[0].count, 3);
    assert_string_equal(f->results[0].counts[0].symptom.kind->name, "http_status");
    assert_int_equal(f->results[0].timings.failed, 3);
    assert_int_equal(f->results[0].timings.n_samples, 3);
    server_stop(s);
}

static void finished_starting(void **state)
{
    struct fixture *f = *state;
    struct server *ready = server_start_own(
        (const char *const[]){"ws_server", "--slots", "1", "--ready-after", "0", NULL});
    struct server *down = misbehave("status:503");
    struct server *web = server_start_own((const char *const[]){"auth_server", NULL});

    fixture_add(f, "127.0.0.1", server_port(ready, ""), "type: websocket", "concurrency: 30");
    fixture_add(f, "127.0.0.1", server_port(down, ""), "type: websocket", "concurrency: 4");
    fixture_add(f, "127.0.0.1", server_port(web, ""), "type: http",
                "concurrency: 100\n    attempts: 200");
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_int_equal(f->results[0].timings.n_samples, 30);
    /* One after another fails, too: no race. */
    assert_string_equal(
        fixture_text(f, 1),
        "failing websocket_rejected PROTO_WS_NO_UPGRADE 503: 127.0.0.1:PORT answers "
        "the WebSocket handshake with 503, Retry-After 7");
    assert_string_equal(fixture_text(f, 2), "ok");
    assert_int_equal(f->results[2].timings.n_samples, 200);
    server_stop(ready);
    server_stop(down);
    server_stop(web);
}

/* The service that is down because the one below it is. */
static void cascade(void **state)
{
    struct fixture *f = *state;
    struct server *below = misbehave("close");
    const char *upstream = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(below, ""));
    struct server *s = server_start_own((const char *const[]){"auth_server", "--upstream", upstream,
                                                              "--require-bearer", "t0ken", NULL});

    fixture_write(f, "token", "t0ken");
    fixture_add(f, "127.0.0.1", server_port(s, ""),
                "type: http, path: /health, bearer: !file token", NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    server_stop(below);
    f->n = 0;
    fixture_add(f, "127.0.0.1", server_port(s, ""),
                "type: http, path: /health, bearer: !file token", NULL);
    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http, bearer: !file token", NULL);
    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http", NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0),
                        "failing http_status HTTP_UNAVAILABLE 503: 127.0.0.1:PORT answers 503");
    assert_string_equal(fixture_text(f, 1), "ok");
    assert_string_equal(fixture_text(f, 2),
                        "failing http_status HTTP_AUTH 401: 127.0.0.1:PORT answers 401");
    server_stop(s);
}

/* connect_to: dialled elsewhere, while name and Host stay. */
static void dialled_elsewhere(void **state)
{
    struct fixture *f = *state;
    struct server *s = misbehave("status:200"), *gone = misbehave("close");
    struct pl_probe_job *job;
    int port = server_port(gone, "");

    server_stop(gone);
    for (int i = 0; i < 2; i++) {
        job = fixture_add(f, "db.internal.test", 5432, i == 0 ? "type: http" : "type: tcp", NULL);
        job->dial_host = "127.0.0.1";
        job->dial_port = i == 0 ? server_port(s, "") : port;
        job->shown = "sql.instance/main:5432";
    }
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_string_equal(fixture_text(f, 1),
                        "failing refused NET_REFUSED 0: Connection refused by 127.0.0.1:PORT");
    assert_string_equal(f->results[1].target,
                        pl_arena_printf(f->arena, "127.0.0.1:%d for sql.instance/main:5432", port));
    server_stop(s);
}

static size_t progress_done, progress_total;

static void on_progress(size_t done, size_t total, void *arg)
{
    progress_done = done;
    progress_total = total;
    *(int *)arg += 1;
}

static void the_deadline_of_the_run(void **state)
{
    struct fixture *f = *state;
    struct server *s = misbehave("silent"), *fast = misbehave("status:200");
    int calls = 0;

    f->options.deadline_ns = pl_clock_mono_ns() + INT64_C(1500000000);
    f->options.progress = on_progress;
    f->options.progress_arg = &calls;
    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http", "budget: {timeout: 60s}");
    fixture_add(f, "127.0.0.1", server_port(fast, ""), "type: http", NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "unknown: the run's deadline came first");
    assert_string_equal(fixture_text(f, 1), "ok");
    assert_int_equal(calls, 2);
    assert_int_equal(progress_done, 2);
    assert_int_equal(progress_total, 2);
    server_stop(s);
    server_stop(fast);
}

static void interrupt(void *arg)
{
    pl_loop_stop(arg);
}

static void an_interrupted_run_is_unknown(void **state)
{
    struct fixture *f = *state;
    struct server *s = misbehave("silent");
    static const char *const probes[] = {"type: http", "type: websocket", "type: redis",
                                         "type: tls", "type: postgres"};

    for (size_t i = 0; i < PL_LEN(probes); i++)
        fixture_add(f, "127.0.0.1", server_port(s, ""), probes[i], "budget: {timeout: 60s}");
    pl_loop_after(f->loop, 300000000, interrupt, f->loop);
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(probes); i++)
        assert_string_equal(fixture_text(f, i), "unknown: interrupted");
    server_stop(s);
}

static void nothing_to_do(void **state)
{
    struct fixture *f = *state;

    fixture_run(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_ours_is_unknown, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_descriptors_left, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(some_attempts_fail, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(finished_starting, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(cascade, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(dialled_elsewhere, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_deadline_of_the_run, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_interrupted_run_is_unknown, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(nothing_to_do, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
