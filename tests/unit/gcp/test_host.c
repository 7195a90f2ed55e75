/* test_host.c - who connects first, who goes ahead for a connection, and when one more is opened. Nothing is sent here: calls are told that they have
 * a connection, and that they are answered.
 */
#include "harness.h"

#include "gcp_priv.h"

struct run {
    struct pl_gcp gcp;
    struct pl_gcp_host *run, *sql;
};

static int setup(void **state)
{
    struct pl_arena *arena = pl_arena_new();
    struct run *r = PL_NEW(arena, struct run);
    struct pl_err err;

    *r = (struct run){.gcp = {.arena = arena, .loop = pl_loop_new(&err)}};
    assert_non_null(r->gcp.loop);
    r->run = pl_gcp_host_find(&r->gcp, "run.googleapis.com");
    r->sql = pl_gcp_host_find(&r->gcp, "sqladmin.googleapis.com");
    *state = r;
    return 0;
}

static int teardown(void **state)
{
    struct run *r = *state;

    pl_gcp_head_start_end(&r->gcp);
    pl_loop_free(r->gcp.loop);
    pl_arena_free(r->gcp.arena);
    return 0;
}

static struct pl_gcp_call *call_to(struct run *r, struct pl_gcp_host *host, int urgency)
{
    struct pl_gcp_call *call = PL_NEW(r->gcp.arena, struct pl_gcp_call);

    *call = (struct pl_gcp_call){.gcp = &r->gcp, .host = host, .urgency = urgency};
    return call;
}

static bool may_go(struct run *r, struct pl_gcp_host *host, int urgency)
{
    return pl_gcp_host_may_go(call_to(r, host, urgency));
}

/* The last of `n` that are sent; true in *opens where it is to open a connection. */
static struct pl_gcp_call *begin(struct run *r, struct pl_gcp_host *host, int urgency, size_t n,
                                 bool *opens)
{
    struct pl_gcp_call *call = NULL;

    for (size_t i = 0; i < n; i++) {
        call = call_to(r, host, urgency);
        assert_true(pl_gcp_host_may_go(call));
        *opens = pl_gcp_host_begin(call);
        assert_true(i == n - 1 || !*opens);
    }
    return call;
}

/* A host with a connection, and the call that has it. */
static struct pl_gcp_call *connect_to(struct run *r, struct pl_gcp_host *host, int urgency)
{
    bool opens;
    struct pl_gcp_call *call = begin(r, host, urgency, 1, &opens);

    assert_false(opens); /* the first is no further one */
    assert_true(pl_gcp_host_connected(call));
    return call;
}

static void a_name_is_one_host(void **state)
{
    struct run *r = *state;

    assert_ptr_equal(pl_gcp_host_find(&r->gcp, "run.googleapis.com"), r->run);
    assert_ptr_not_equal(r->run, r->sql);
}

static void one_goes_ahead_for_a_connection(void **state)
{
    struct run *r = *state;
    bool opens;
    struct pl_gcp_call *first = begin(r, r->run, 0, 1, &opens);

    assert_false(may_go(r, r->run, 2));
    assert_true(may_go(r, r->sql, 0));
    assert_true(pl_gcp_host_connected(first));
    assert_true(may_go(r, r->run, 0));
    assert_false(pl_gcp_host_connected(begin(r, r->run, 0, 1, &opens))); /* no news */
    assert_int_equal(r->run->connections, 1);
}

static void the_most_urgent_connects_first(void **state)
{
    struct run *r = *state;
    bool opens;
    struct pl_gcp_call *first = begin(r, r->run, 1, 1, &opens);

    assert_false(may_go(r, r->sql, 0));
    assert_true(may_go(r, r->sql, 1)); /* as urgent */
    assert_true(pl_gcp_host_connected(first));
    assert_true(may_go(r, r->sql, 0));
}

/* Nobody says that the first host is there, and nobody has to. */
static void a_silent_host_keeps_others_for_a_moment_only(void **state)
{
    struct run *r = *state;
    bool opens;

    (void)begin(r, r->run, 2, 1, &opens);
    assert_false(may_go(r, r->sql, 1));
    pl_loop_run(r->gcp.loop); /* until its last timer has fired */
    assert_true(may_go(r, r->sql, 1));
    assert_false(may_go(r, r->run, 1));
}

/* Once: what is connected later has nobody's thread to itself. */
static void only_the_first_call_has_a_head_start(void **state)
{
    struct run *r = *state;
    bool opens;

    (void)connect_to(r, r->sql, 0);
    (void)begin(r, r->run, 2, 1, &opens);
    assert_true(may_go(r, r->sql, 0));
    assert_null(r->gcp.ahead_timer);
}

static void a_full_connection_has_another_opened(void **state)
{
    struct run *r = *state;
    bool opens;
    struct pl_gcp_call *call = connect_to(r, r->run, 0);

    for (size_t n = 1; n < PL_GCP_CONNECTIONS; n++) {
        (void)begin(r, r->run, 0, PL_GCP_STREAMS - 1, &opens);
        assert_false(opens);
        call = begin(r, r->run, 2, 1, &opens);
        assert_true(opens);
        assert_false(may_go(r, r->run, 2)); /* one at a time */
        assert_true(pl_gcp_host_connected(call));
        assert_int_equal(r->run->connections, n + 1);
    }
    (void)begin(r, r->run, 0, PL_GCP_STREAMS - 1, &opens);
    assert_false(opens);
    assert_false(may_go(r, r->run, 2)); /* that is all it may have */
    pl_gcp_host_end(call);
    assert_true(may_go(r, r->run, 0));
}

static void one_that_was_not_opened_is_asked_for_again(void **state)
{
    struct run *r = *state;
    bool opens;
    struct pl_gcp_call *call;

    (void)connect_to(r, r->run, 0);
    (void)begin(r, r->run, 0, PL_GCP_STREAMS - 1, &opens);
    call = begin(r, r->run, 0, 1, &opens);
    assert_true(opens);
    pl_gcp_host_end(call);
    assert_int_equal(r->run->connections, 1);
    (void)begin(r, r->run, 0, 1, &opens);
    assert_true(opens);
}

/* A round trip away a handshake takes longer than the answers that are about to come. */
static void none_is_opened_where_room_comes_sooner(void **state)
{
    static const int64_t hour = INT64_C(3600000000000);
    struct run *r = *state;
    bool opens;

    (void)connect_to(r, r->run, 0);
    (void)begin(r, r->run, 0, PL_GCP_STREAMS - 1, &opens);
    assert_true(may_go(r, r->run, 0)); /* nobody knows yet */
    r->run->answer_ns = 1;
    r->run->connect_ns = hour;
    assert_false(may_go(r, r->run, 0));
    r->run->waiting = PL_GCP_STREAMS; /* more than will have room */
    assert_true(may_go(r, r->run, 0));
    r->run->waiting = PL_GCP_STREAMS - 1;
    assert_false(may_go(r, r->run, 0));
    r->run->answer_ns = hour;
    r->run->connect_ns = hour / 4 * 3;
    assert_true(may_go(r, r->run, 0));
    r->run->sent_ns -= hour / 2 * PL_GCP_STREAMS; /* half of theirs is over */
    assert_false(may_go(r, r->run, 0));
}

static void what_it_took_is_known_of_what_had_a_connection(void **state)
{
    struct run *r = *state;
    bool opens;

    pl_gcp_host_end(begin(r, r->run, 0, 1, &opens));
    assert_true(r->run->answer_ns == 0 && r->run->connect_ns == 0);
    pl_gcp_host_end(connect_to(r, r->run, 0));
    assert_true(r->run->answer_ns > 0 && r->run->connect_ns > 0);
    assert_true(r->run->sent_ns == 0);
}

/* The second connection comes before what follows needs it, with something that nothing hangs on. */
static void where_much_follows_a_second_connection_is_there_before(void **state)
{
    struct run *r = *state;
    bool opens;
    struct pl_gcp_call *call = connect_to(r, r->run, 2);

    (void)begin(r, r->run, 1, PL_GCP_LEADING - 2, &opens);
    assert_false(opens);
    (void)begin(r, r->run, 0, 1, &opens); /* one too few */
    assert_false(opens);
    (void)begin(r, r->run, 1, 2, &opens); /* the chain goes on beside it */
    assert_false(opens);
    pl_gcp_host_end(call);
    call = begin(r, r->run, 0, 1, &opens);
    assert_true(opens);
    (void)begin(r, r->run, 0, 1, &opens); /* it is on its way */
    assert_false(opens);
    assert_true(pl_gcp_host_connected(call));
    (void)begin(r, r->run, 0, 1, &opens); /* a third only where the two are full */
    assert_false(opens);
    assert_int_equal(r->run->connections, 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_is_one_host),
        TEST(one_goes_ahead_for_a_connection),
        TEST(the_most_urgent_connects_first),
        TEST(a_silent_host_keeps_others_for_a_moment_only),
        TEST(only_the_first_call_has_a_head_start),
        TEST(a_full_connection_has_another_opened),
        TEST(one_that_was_not_opened_is_asked_for_again),
        TEST(none_is_opened_where_room_comes_sooner),
        TEST(what_it_took_is_known_of_what_had_a_connection),
        TEST(where_much_follows_a_second_connection_is_there_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
