/* test_run.c - whole runs: what cannot be probed here, unsteady peers, groups from a barrier, cascades, deadlines. */
#include "probe_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
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
    {"type: tcp, source: 192.0.2.1",
     "unknown: connecting to 127.0.0.1:PORT: Cannot assign requested address"},
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
    fixture_add(f, "db.internal.test", server_port(s, ""), "type: tcp", NULL);
    fixture_add(f, "127.0.0.1", 53, "type: dns, name: db.internal.test, resolver: '127.0.0.1:1'",
                NULL);
    none = before;
    none.rlim_cur = (rlim_t)low;
    setrlimit(RLIMIT_NOFILE, &none);
    fixture_run(f);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_string_equal(fixture_text(f, 0),
                        "unknown: connecting to 127.0.0.1:PORT: Too many open files");
    assert_string_equal(fixture_text(f, 1),
                        "unknown: connecting to 127.0.0.1:PORT: Too many open files");
    assert_string_equal(fixture_text(f, 2), "unknown: 'db.internal.test': Too many open files");
    assert_string_equal(fixture_text(f, 3), "unknown: 'db.internal.test': Too many open files");
    server_stop(s);
}

static bool keep_starving;

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

/* What a moment can explain is tried once more, and told; a count that was asked for is kept to. */
static void passed_when_tried_again(void **state)
{
    struct fixture *f = *state;
    struct server *once[2] = {misbehave("reset-once"), misbehave("reset-once")},
                  *always = misbehave("reset");

    fixture_add(f, "127.0.0.1", server_port(once[0], ""), "type: http", NULL);
    fixture_add(f, "127.0.0.1", server_port(once[1], ""), "type: http", "attempts: 1");
    fixture_add(f, "127.0.0.1", server_port(always, ""), "type: http", NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0),
                        "degraded unstable IO_RESET 0: passed only when it was tried again: "
                        "127.0.0.1:PORT: reset where an answer was due");
    assert_int_equal(f->results[0].timings.attempts, 2);
    assert_string_equal(fixture_text(f, 1), "failing reset IO_RESET 0: 127.0.0.1:PORT: reset where "
                                            "an answer was due");
    assert_int_equal(f->results[1].timings.attempts, 1);
    assert_string_equal(fixture_text(f, 2), "failing reset IO_RESET 0: 127.0.0.1:PORT: reset where "
                                            "an answer was due");
    assert_int_equal(f->results[2].timings.attempts, 2);
    server_stop(once[0]);
    server_stop(once[1]);
    server_stop(always);
}

enum { STARVED_MS = 300 };

/* A loop that is kept busy, a while after each look at its sockets: whatever comes of it is unknown, never theirs. Asleep and not
 * at work, so that the servers are not starved, too. */
struct starving {
    uv_check_t check; /* runs after the sockets were polled */
    uv_idle_t idle;   /* they are not waited for */
};

static void starve(uv_check_t *check)
{
    const struct timespec ms = {.tv_nsec = STARVED_MS * 1000000L};
    struct starving *s = check->data;

    if (keep_starving) {
        nanosleep(&ms, NULL);
        return;
    }
    uv_check_stop(&s->check);
    uv_idle_stop(&s->idle);
}

static void on_idle(uv_idle_t *idle)
{
    (void)idle;
}

static void start_starving(struct fixture *f)
{
    struct starving *s = PL_NEW(f->arena, struct starving);

    keep_starving = true;
    uv_check_init(pl_loop_uv(f->loop), &s->check);
    uv_idle_init(pl_loop_uv(f->loop), &s->idle);
    s->check.data = s;
    uv_check_start(&s->check, starve);
    uv_idle_start(&s->idle, on_idle);
}

static void stop_starving(size_t done, size_t total, const char *waiting, void *arg)
{
    (void)arg;
    (void)waiting;
    keep_starving = done < total;
}

static void a_starved_prober_blames_nobody(void **state)
{
    static const struct {
        const char *mode, *probe, *more;
    } rows[] = {
        {"status:200", "type: http", "budget: {timeout: 20s, max: 250ms}"},
        {"status:200", "type: http", "attempts: 3\n    budget: {timeout: 20s, p50: 250ms}"},
        {"status:200", "type: http", "budget: {timeout: 150ms}"},
        {"status:200", "type: tcp", "budget: {timeout: 20s, max: 100ms}"},
        {"silent", "type: http", "budget: {timeout: 600ms}"},
        {"ws-echo", "type: websocket, stay: 300ms", "budget: {timeout: 300ms}"},
        {"silent", "type: dns, name: truncated.test", "budget: {timeout: 450ms}"},
    };
    struct fixture *f = *state;
    struct server *servers[PL_LEN(rows)],
        *dns = server_start_own((const char *const[]){"dns_server", NULL});
    size_t unknown = 0;

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        servers[i] = misbehave(rows[i].mode);
        fixture_add(f, "127.0.0.1", server_port(servers[i], ""), rows[i].probe, rows[i].more);
    }
    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(dns, ""));
    f->options.progress = stop_starving;
    start_starving(f);
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s | %s | %s", rows[i].probe, rows[i].more, fixture_text(f, i));
        /* An attempt may have slipped through between two of its turns. */
        assert_true(f->results[i].state == PL_PROBED_UNKNOWN ||
                    f->results[i].state == PL_PROBED_OK);
        if (f->results[i].state == PL_PROBED_UNKNOWN)
            assert_non_null(strstr(f->results[i].unknown_why, "this process was itself late by"));
        unknown += f->results[i].state == PL_PROBED_UNKNOWN;
        server_stop(servers[i]);
    }
    assert_true(unknown >= 3);
    server_stop(dns);
}

/* Stopped while it waits: the answer that came meanwhile was not late. */
static void a_stopped_prober_blames_nobody(void **state)
{
    struct fixture *f = *state;
    struct server *s = misbehave("slow:200");
    const struct timespec before = {0, 60000000}, stopped = {0, 700000000};
    pid_t me = getpid(), other;

    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http",
                "budget: {timeout: 20s, max: 400ms}");
    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http", "budget: {timeout: 500ms}");
    other = fork();
    if (other == 0) {
        nanosleep(&before, NULL);
        kill(me, SIGSTOP);
        nanosleep(&stopped, NULL);
        kill(me, SIGCONT);
        _exit(0);
    }
    fixture_run(f);
    assert_int_equal(waitpid(other, NULL, 0), other);
    for (size_t i = 0; i < 2; i++) {
        ROW("%s", fixture_text(f, i));
        assert_true(f->results[i].state == PL_PROBED_UNKNOWN ||
                    f->results[i].state == PL_PROBED_OK);
    }
    server_stop(s);
}

/* One of a name's addresses is dead: clients that take the first that answers hardly notice, until they do. */
static void every_address(void **state)
{
    static const char *const probes[] = {"type: http", "type: http, addresses: each",
                                         "type: http, addresses: each, family: 4",
                                         "type: http, family: 6"};
    struct fixture *f = *state;
    struct server *dns = server_start_own((const char *const[]){"dns_server", NULL});
    struct server *s = misbehave("status:200");

    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(dns, ""));
    for (size_t i = 0; i < PL_LEN(probes); i++)
        fixture_add(f, "three.test", server_port(s, ""), probes[i], i == 1 ? "attempts: 2" : NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_int_equal(f->results[0].timings.attempts, 1);
    assert_string_equal(fixture_text(f, 1),
                        "degraded unstable NET_REFUSED 0: 2 of 3 addresses fail: 127.0.0.2, "
                        "127.0.0.3 (refused): Connection refused by 127.0.0.2:PORT");
    assert_int_equal(f->results[1].timings.attempts, 6);
    assert_int_equal(f->results[1].timings.failed, 4);
    assert_int_equal(f->results[2].timings.attempts, 3);
    assert_string_equal(fixture_text(f, 3), "failing dns_not_found DNS_NODATA 0: 'three.test': the "
                                            "name has no IPv6 address");
    server_stop(dns);
    server_stop(s);
}

/* More than are kept: nobody says of those left out that they work. */
static void more_addresses_than_are_tried(void **state)
{
    struct fixture *f = *state;
    struct server *dns = server_start_own((const char *const[]){"dns_server", NULL});
    struct server *s = misbehave("status:200");

    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(dns, ""));
    fixture_add(f, "many.test", server_port(s, ""), "type: tcp", NULL);
    fixture_add(f, "many.test", server_port(s, ""), "type: http, addresses: each", NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_string_equal(fixture_text(f, 1),
                        "unknown: the first 32 addresses of the name work, 8 more were not tried");
    assert_int_equal(f->results[1].timings.attempts, 32);
    server_stop(dns);
    server_stop(s);
}

/* A silent address comes first: what connects beside it wins after a moment, and what refuses there says more. */
static void a_silent_address(void **state)
{
    struct fixture *f = *state;
    struct server *dns = server_start_own((const char *const[]){"dns_server", NULL});
    struct server *s = misbehave("status:200");
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)server_port(s, ""))};
    int port = server_port(s, ""), full = socket(AF_INET, SOCK_STREAM, 0), held[8];

    at.sin_addr.s_addr =
        inet_addr("127.0.0.9"); /* a queue that is full: further SYNs get no answer */
    assert_int_equal(bind(full, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(full, 0), 0);
    for (size_t i = 0; i < PL_LEN(held); i++) {
        held[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)!connect(held[i], (struct sockaddr *)&at, sizeof(at));
    }
    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(dns, ""));
    fixture_add(f, "half.test", port, "type: http", "budget: {timeout: 20s}");
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_true(f->results[0].timings.phases[1].max_ms >= 249);
    assert_true(f->results[0].timings.phases[1].max_ms - f->results[0].timings.lag_ms < 1900);
    server_stop(s);
    f->n = 0;
    fixture_add(f, "half.test", port, "type: http", "budget: {timeout: 1s}");
    fixture_run_on_time(f);
    assert_string_equal(fixture_text(f, 0),
                        "failing refused NET_REFUSED 0: Connection refused by 127.0.0.1:PORT");
    for (size_t i = 0; i < PL_LEN(held); i++)
        close(held[i]);
    close(full);
    server_stop(dns);
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
    struct server *s = misbehave("status:200");
    struct server *closed = server_start_own((const char *const[]){"closed_port", NULL});
    struct pl_probe_job *job;
    int port = server_port(closed, "");

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
    server_stop(closed);
}

static size_t progress_done, progress_total;

static void on_progress(size_t done, size_t total, const char *waiting, void *arg)
{
    assert_true((waiting == NULL) == (done == total));
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
        cmocka_unit_test_setup_teardown(passed_when_tried_again, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_starved_prober_blames_nobody, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_stopped_prober_blames_nobody, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_silent_address, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(every_address, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(more_addresses_than_are_tried, fixture_setup,
                                        fixture_teardown),
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
