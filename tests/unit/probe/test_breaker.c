/* test_breaker.c - circuit breakers against a service that goes through told states: open is degraded, closed again in
 * time is told, open for longer than declared is failing, and what tells no state is no breaker. */
#include "probe_fixture.h"

#define STATE "type: breaker, state: /breaker/state, failures: /breaker/failures"

static const struct {
    const char *states, *probe, *more, *want, *note;
    int attempts;
} rows[] = {
    {"CLOSED", STATE, NULL, "ok", "breaker closed, failures 0", 1},
    {"disabled", STATE, NULL, "ok", "breaker closed, failures 0", 1},
    {"CLOSED:1,CLOSED:2,CLOSED:0", STATE, "attempts: 3", "ok", "breaker closed, failures 0", 3},
    {"OPEN:5:503", STATE, NULL,
     "degraded not_ready SVC_BREAKER_OPEN 503: the circuit breaker is open; up to 5 failures; 0 of "
     "1 attempts succeed",
     "breaker open, failures 5", 1},
    {"open:5", STATE, NULL,
     "degraded not_ready SVC_BREAKER_OPEN 0: the circuit breaker is open; up to 5 failures; 0 of "
     "1 attempts succeed",
     "breaker open, failures 5", 1},
    {"HALF_OPEN:5", "type: breaker, state: /breaker/state", NULL,
     "degraded not_ready SVC_BREAKER_OPEN 0: the circuit breaker is half-open; 1 of 1 attempts "
     "succeed",
     "breaker half-open", 1},
    /* It recovers, through half-open, within what is declared. */
    {"OPEN:5,OPEN:5,half-open:5,CLOSED:0", STATE ", recovers_in: 10s", NULL,
     "degraded not_ready SVC_BREAKER_OPEN 0: the circuit breaker was open and closed again after N "
     "ms, through half-open; up to 5 failures; 2 of 4 attempts succeed",
     "breaker closed, failures 0", 4},
    /* It opens under the attempts themselves. */
    {"CLOSED:1:500,CLOSED:2:500,OPEN:3:503,CLOSED:0", STATE ", recovers_in: 4s", "attempts: 3",
     "degraded not_ready SVC_BREAKER_OPEN 503: the circuit breaker was open and closed again after "
     "N ms; up to 3 failures; 1 of 4 attempts succeed",
     "breaker closed, failures 0", 4},
    {"OPEN,CLOSED,OPEN,CLOSED", STATE, "attempts: 4",
     "degraded not_ready SVC_BREAKER_OPEN 0: the circuit breaker was open and closed again after N "
     "ms; it opened 2 times; up to 0 failures; 2 of 4 attempts succeed",
     "breaker closed, failures 0", 4},
    /* Nothing of a breaker in it. */
    {"none", STATE, NULL,
     "failing wrong_content EXPECT_JSON 0: state /breaker/state: nothing there", NULL, 1},
    {"broken", STATE, NULL, "failing wrong_content EXPECT_JSON 0: state /breaker/state: *", NULL,
     1},
    {"AJAR", STATE, NULL,
     "failing wrong_content EXPECT_JSON 0: state /breaker/state: \"AJAR\" is no state of a breaker "
     "(closed, open, half-open)",
     NULL, 1},
    {"none:0:503", STATE, NULL,
     "failing http_status HTTP_UNAVAILABLE 503: 127.0.0.1:PORT answers 503", NULL, 1},
    {"CLOSED:0:500", STATE, NULL,
     "failing http_status HTTP_SERVER_ERR 500: 127.0.0.1:PORT answers 500",
     "breaker closed, failures 0", 1},
    {"CLOSED", STATE ", expect: {headers: {X-None: x}}", NULL,
     "failing wrong_content EXPECT_HEADER 0: header X-None: *", "breaker closed, failures 0", 1},
};

static void check_text(const char *got, const char *want)
{
    size_t n = strlen(want);

    if (want[n - 1] != '*')
        assert_string_equal(got, want);
    else if (strncmp(got, want, n - 1) != 0)
        fail_msg("got  %s\nwant %s", got, want);
}

static struct server *start(const char *states)
{
    return server_start_own((const char *const[]){"breaker_server", "--states", states, NULL});
}

static void add(struct fixture *f, const struct server *s, const char *probe, const char *more)
{
    struct pl_probe_job *job = fixture_add(f, "http://127.0.0.1", server_port(s, ""), probe, more);

    job->host = "127.0.0.1";
}

static void told_states(void **state)
{
    struct fixture *f = *state;
    struct server *servers[FIXTURE_MAX];

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        servers[i] = start(rows[i].states);
        add(f, servers[i], rows[i].probe, rows[i].more);
    }
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s | %s", rows[i].states, rows[i].probe);
        check_text(fixture_text(f, i), rows[i].want);
        assert_int_equal(f->results[i].timings.attempts, rows[i].attempts);
        if (rows[i].note == NULL)
            assert_null(f->results[i].note);
        else
            assert_string_equal(f->results[i].note, rows[i].note);
        server_stop(servers[i]);
    }
}

static void stuck(void **state)
{
    struct fixture *f = *state;
    struct server *open = start("OPEN:5:503"), *half = start("OPEN:5,HALF_OPEN:5");

    add(f, open, STATE ", recovers_in: 300ms", NULL);
    add(f, half, STATE ", recovers_in: 300ms", NULL);
    fixture_run(f);
    for (size_t i = 0; i < 2; i++) {
        const struct pl_probe_result *r = &f->results[i];

        assert_int_equal(r->state, PL_PROBED_FAILING);
        assert_string_equal(r->symptom.class_name, "SVC_BREAKER_STUCK");
        assert_string_equal(r->symptom.kind->name, "not_ready");
        assert_true(r->symptom.after_ms >= 300);
        assert_true(r->timings.attempts > 2);
        assert_string_equal(
            r->symptom.detail,
            pl_arena_printf(f->arena,
                            "the circuit breaker is %s and did not close within 0.3 s; up to 5 "
                            "failures; %d of %d attempts succeed",
                            i == 0 ? "open" : "half-open", r->timings.attempts - r->timings.failed,
                            r->timings.attempts));
    }
    assert_int_equal(f->results[0].symptom.code, 503);
    server_stop(open);
    server_stop(half);
}

/* Where nothing listens, the other ports are looked at as for any other type. */
static void where_it_went(void **state)
{
    struct fixture *f = *state;
    struct server *s = start("CLOSED");
    struct server *closed = server_start_own((const char *const[]){"closed_port", NULL});
    int port = server_port(closed, ""), other = server_port(s, "");

    fixture_add(f, "http://127.0.0.1", port,
                pl_arena_printf(f->arena, STATE ", also_try: [%d]", other), NULL)
        ->host = "127.0.0.1";
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0),
                        "failing refused NET_REFUSED 0: Connection refused by 127.0.0.1:PORT");
    assert_string_equal(
        f->results[0].note,
        pl_arena_printf(f->arena, "refused on %d; HTTP answers on %d", port, other));
    server_stop(s);
    server_stop(closed);
}

/* Written without http:// it is an https probe. */
static void it_is_an_https_probe(void **state)
{
    struct fixture *f = *state;
    struct server *s = start("CLOSED");

    fixture_add(f, "127.0.0.1", server_port(s, ""), STATE, NULL);
    fixture_run(f);
    assert_string_equal(
        fixture_text(f, 0),
        "failing tls_not_offered TLS_NOT_TLS 0: 127.0.0.1:PORT: the peer does not speak TLS there");
    server_stop(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(told_states, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(stuck, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(where_it_went, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(it_is_an_https_probe, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
