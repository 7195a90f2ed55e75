/* test_judge.c - what outcomes say together, without a peer: ours and theirs, races, budgets and our own lateness. */
#include "harness.h"

#include <string.h>

#include "probe_priv.h"

static struct pl_connection connection;
static struct pl_probe_job job;
static struct run run;
static struct target target;

static int setup(void **state)
{
    struct pl_arena *arena = pl_arena_new();

    *state = arena;
    connection = (struct pl_connection){.name = "a-to-b", .probe = {.type = PL_PROBE_HTTP}};
    job = (struct pl_probe_job){
        .connection = &connection, .host = "10.0.0.3", .port = 80, .shown = "run.service/b"};
    run = (struct run){.arena = arena};
    target = (struct target){.run = &run,
                             .job = &job,
                             .spec = &connection.probe,
                             .spread_ms = -1,
                             .type = &pl_probe_http};
    return 0;
}

static int teardown(void **state)
{
    pl_arena_free(*state);
    return 0;
}

static void add(const char *class_name, int code, int64_t ms, int64_t lag_ms)
{
    struct outcome o = {.class_name = class_name,
                        .code = code,
                        .detail = class_name != NULL ? "told" : "",
                        .spent = {0, 0, -1, -1, ms * 1000000, 0, -1},
                        .total_ns = ms * 1000000,
                        .lag_ns = lag_ms * 1000000,
                        .after_ns = ms * 1000000};

    PL_PUSH(run.arena, target.outcomes, target.n_outcomes, target.cap_outcomes, o);
}

static void add_alone(const char *class_name)
{
    struct outcome o = {.class_name = class_name, .detail = "told"};

    PL_PUSH(run.arena, target.alone, target.n_alone, target.cap_alone, o);
}

static void budgets(void **state)
{
    struct pl_probe_result r;

    (void)state;
    connection.budget.p95_ns = 500000000;
    for (int i = 0; i < 19; i++)
        add(NULL, 0, 100, 0);
    add(NULL, 0, 912, 0);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_OK); /* the 19th of 20 is the 95th percentile */
    add(NULL, 0, 903, 0);
    add(NULL, 0, 912, 0);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_DEGRADED);
    assert_string_equal(r.symptom.detail,
                        "p95 912 ms over a budget of 500 ms; first byte 912 ms of it");
    assert_string_equal(r.target, "10.0.0.3:80 for run.service/b");
}

static void our_lateness_is_not_theirs(void **state)
{
    struct pl_probe_result r;

    (void)state;
    connection.budget.max_ns = 500000000;
    add(NULL, 0, 540, 60);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_UNKNOWN);
    assert_null(r.symptom.kind);
    assert_string_equal(
        r.unknown_why,
        "slowest 540 ms over a budget of 500 ms, but this process was itself late by up to 60 ms");
    add(NULL, 0, 700, 60);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_DEGRADED);
}

static void ours_are_left_out(void **state)
{
    struct pl_probe_result r;

    (void)state;
    add("SELF_FDS", 0, 0, 0);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_UNKNOWN);
    assert_string_equal(r.unknown_why, "told");
    add(NULL, 0, 10, 0);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_UNKNOWN);
    assert_int_equal(r.timings.attempts, 1);
    assert_string_equal(r.unknown_why, "1 of 2 attempts could not be made here, the others passed");
    add("NET_REFUSED", ECONNREFUSED, 0, 0);
    pl_judge(&target, &r);
    assert_string_equal(r.note, "attempts left out because they could not be made here: 1");
}

static void the_most_frequent_is_told(void **state)
{
    struct pl_probe_result r;

    (void)state;
    add("NET_REFUSED", 0, 1, 0);
    add("HTTP_UNAVAILABLE", 503, 2, 0);
    add("HTTP_UNAVAILABLE", 503, 2, 0);
    add("HTTP_BAD_GATEWAY", 502, 2, 0);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_FAILING);
    assert_string_equal(r.symptom.kind->name, "http_status");
    assert_int_equal(r.symptom.code, 503);
    assert_string_equal(r.symptom.connection, "a-to-b");
    assert_int_equal(r.symptom.after_ms, 2);
    assert_int_equal(r.n_counts, 3);
    assert_int_equal(r.counts[0].count, 2);
    assert_int_equal(r.counts[1].count + r.counts[2].count, 2);
}

static void races(void **state)
{
    struct pl_probe_result r;

    (void)state;
    connection.concurrency = 3;
    add("HTTP_UNAVAILABLE", 503, 1, 0);
    add("IO_RESET", 0, 1, 0);
    add(NULL, 0, 1, 0);
    add_alone(NULL);
    add_alone(NULL);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_DEGRADED);
    assert_string_equal(r.symptom.class_name, "SVC_RACE_LOST");
    assert_string_equal(
        r.symptom.detail,
        "2 of 3 attempts released together failed (http_status 503 (1), reset (1)); "
        "one after another all 2 succeed");
    add_alone("HTTP_UNAVAILABLE");
    pl_judge(&target, &r);
    assert_string_equal(r.symptom.kind->name, "unstable");
    assert_string_equal(r.symptom.class_name, "HTTP_UNAVAILABLE");
    assert_string_equal(
        r.symptom.detail,
        "2 of 3 attempts released together failed (http_status 503 (1), reset (1)); "
        "one after another 1 of 3 fail, too");
}

static void a_race_that_nobody_wins(void **state)
{
    struct pl_probe_result r;

    (void)state;
    connection.concurrency = 2;
    connection.probe.type = PL_PROBE_WEBSOCKET;
    add("PROTO_WS_NO_UPGRADE", 503, 1, 0);
    add("PROTO_WS_NO_UPGRADE", 503, 1, 0);
    add_alone(NULL);
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_DEGRADED); /* alone it works */
    assert_string_equal(r.symptom.detail,
                        "2 of 2 handshakes released together failed (websocket_rejected 503); one "
                        "after another all 1 succeed");
    target.alone[0].class_name = "PROTO_WS_NO_UPGRADE";
    pl_judge(&target, &r);
    assert_int_equal(r.state, PL_PROBED_FAILING);
    assert_string_equal(r.symptom.kind->name, "websocket_rejected");
}

static void a_second_look_gives_the_class(void **state)
{
    struct pl_probe_result r;

    (void)state;
    add("IO_CLOSED_EMPTY", 0, 1, 0);
    target.becomes = "TLS_REQUIRED";
    pl_judge(&target, &r);
    assert_string_equal(r.symptom.kind->name, "tls_required");
    assert_string_equal(r.symptom.detail, "the peer wants TLS and was spoken to in clear (told)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(budgets, setup, teardown),
        cmocka_unit_test_setup_teardown(our_lateness_is_not_theirs, setup, teardown),
        cmocka_unit_test_setup_teardown(ours_are_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(the_most_frequent_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(races, setup, teardown),
        cmocka_unit_test_setup_teardown(a_race_that_nobody_wins, setup, teardown),
        cmocka_unit_test_setup_teardown(a_second_look_gives_the_class, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
