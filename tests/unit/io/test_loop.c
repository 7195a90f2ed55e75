/* test_loop.c - timers, lag and transfers of the one event loop. */
#include "harness.h"

#include <string.h>

#include "loopback.h"
#include "plumbline/clock.h"
#include "plumbline/loop.h"

#define MS INT64_C(1000000)

static int new_loop(void **state)
{
    struct pl_err err = {0};

    *state = pl_loop_new(&err);
    return *state != NULL ? 0 : -1;
}

static int free_loop(void **state)
{
    pl_loop_free(*state);
    return 0;
}

static char order[16];

static void note(void *arg)
{
    size_t len = strlen(order);

    order[len] = *(const char *)arg;
    order[len + 1] = '\0';
}

static char letters[] = "abcdefgh";

static void nothing_to_wait_for_ends_at_once(void **state)
{
    pl_loop_run(*state);
    pl_loop_free(NULL);
    pl_timer_cancel(NULL);
}

static void timers_fire_once_in_order_never_early(void **state)
{
    int64_t start = pl_clock_mono_ns();

    order[0] = '\0';
    pl_loop_after(*state, 20 * MS, note, &letters[1]);
    pl_loop_after(*state, 20 * MS + 1, note, &letters[2]);
    pl_loop_after(*state, 0, note, &letters[0]);
    pl_timer_cancel(pl_loop_after(*state, 5 * MS, note, &letters[7]));
    pl_loop_run(*state);
    assert_string_equal(order, "abc");
    assert_true(pl_clock_mono_ns() - start >= 20 * MS);
}

struct chain {
    struct pl_loop *loop;
    int left;
};

static void again(void *arg)
{
    struct chain *chain = arg;

    if (--chain->left > 0)
        pl_loop_after(chain->loop, 0, again, chain);
}

static void a_timer_may_start_another(void **state)
{
    struct chain chain = {*state, 100};

    pl_loop_after(*state, 0, again, &chain);
    pl_loop_run(*state);
    assert_int_equal(chain.left, 0);
}

static void stop(void *arg)
{
    pl_loop_stop(arg);
}

static void stop_leaves_what_waits(void **state)
{
    order[0] = '\0';
    pl_loop_after(*state, 3600000 * MS, note, letters);
    pl_loop_after(*state, 0, stop, *state);
    pl_loop_run(*state);
    assert_string_equal(order, "");
}

static void hog(void *arg)
{
    int64_t until = pl_clock_mono_ns() + *(int64_t *)arg;

    while (pl_clock_mono_ns() < until)
        continue;
}

static int64_t lag_inside;

static void take_lag(void *arg)
{
    lag_inside = pl_loop_take_lag_ns(arg);
}

static void a_turn_that_took_long_is_told(void **state)
{
    int64_t busy = 30 * MS;

    assert_true(pl_loop_take_lag_ns(*state) == 0);
    pl_loop_after(*state, 0, hog, &busy);
    pl_loop_run(*state);
    assert_true(pl_loop_take_lag_ns(*state) >= busy);
    assert_true(pl_loop_take_lag_ns(*state) == 0);
    /* Within the same turn, too: both timers are due at once. */
    pl_loop_after(*state, 0, hog, &busy);
    pl_loop_after(*state, 0, take_lag, *state);
    pl_loop_run(*state);
    assert_true(lag_inside >= busy);
}

struct outcome {
    struct pl_loop *loop;
    int calls;
    CURLcode code;
};

static void on_done(CURL *easy, CURLcode code, void *arg)
{
    struct outcome *outcome = arg;

    assert_non_null(easy);
    outcome->calls++;
    outcome->code = code;
}

static CURL *transfer_to(int port)
{
    CURL *easy = curl_easy_init();

    (void)curl_easy_setopt(easy, CURLOPT_URL, "http://127.0.0.1/");
    (void)curl_easy_setopt(easy, CURLOPT_PORT, (long)port);
    (void)curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    (void)curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    return easy;
}

static void transfers_end_once_and_can_be_started_again(void **state)
{
    static const struct loopback_script hold = {.wait_for_nothing = 1, .end = LOOPBACK_HOLD};
    struct loopback *server = loopback_start(&hold);
    struct outcome outcome = {.loop = *state};
    CURL *refused = transfer_to(loopback_free_port()), *open = transfer_to(loopback_port(server));
    struct pl_err err = {0};

    for (int round = 1; round <= 3; round++) {
        assert_int_equal(pl_loop_curl_add(*state, refused, on_done, &outcome, &err), 0);
        pl_loop_run(*state);
        assert_int_equal(outcome.calls, round);
        assert_int_equal(outcome.code, CURLE_COULDNT_CONNECT);
    }
    assert_int_equal(pl_loop_curl_add(*state, open, on_done, &outcome, &err), 0);
    pl_loop_run(*state);
    assert_int_equal(outcome.calls, 4);
    assert_int_equal(outcome.code, CURLE_OK);
    curl_easy_cleanup(refused);
    curl_easy_cleanup(open);
    loopback_stop(server);
}

static void removed_transfers_say_nothing(void **state)
{
    struct outcome outcome = {.loop = *state};
    CURL *easy = transfer_to(loopback_free_port());
    struct pl_err err = {0};

    assert_int_equal(pl_loop_curl_add(*state, easy, on_done, &outcome, &err), 0);
    assert_int_equal(pl_loop_curl_add(*state, easy, on_done, &outcome, &err), -1);
    CHECK_ERR(err, PL_E_INTERNAL, "cannot start a transfer that is under way");
    pl_loop_curl_remove(*state, easy);
    pl_loop_curl_remove(*state, easy);
    pl_loop_run(*state);
    assert_int_equal(outcome.calls, 0);
    curl_easy_cleanup(easy);
}

static void on_end(CURL *easy, CURLcode code, void *arg)
{
    (void)easy;
    assert_int_equal(code, CURLE_UNSUPPORTED_PROTOCOL);
    note(arg);
}

/* All of them fail in libcurl's first step, so that they have all finished when the first is handed out. */
static void what_much_follows_from_is_handed_out_first(void **state)
{
    static char endings[] = "ab2dE";
    CURL *easy[5];
    struct pl_err err = {0};

    order[0] = '\0';
    for (size_t i = 0; i < PL_LEN(easy); i++) {
        easy[i] = curl_easy_init();
        (void)curl_easy_setopt(easy[i], CURLOPT_URL, "nosuch://127.0.0.1/");
        assert_int_equal(pl_loop_curl_add(*state, easy[i], on_end, &endings[i], &err), 0);
        pl_loop_curl_pace(easy[i], endings[i] < 'A' ? 9 : endings[i] < 'a', NULL);
    }
    pl_loop_run(*state);
    assert_string_equal(order, "2Eabd");
    for (size_t i = 0; i < PL_LEN(easy); i++)
        curl_easy_cleanup(easy[i]);
}

static void on_end_start(CURL *easy, CURLcode code, void *arg)
{
    static int64_t busy = MS;
    struct pl_loop *loop = arg;

    on_end(easy, code, &letters[0]);
    hog(&busy);
    pl_loop_after(loop, 0, note, &letters[1]);
}

static void on_end_stop(CURL *easy, CURLcode code, void *arg)
{
    on_end(easy, code, &letters[2]);
    pl_loop_stop(arg);
}

static void fail_soon(struct pl_loop *loop, CURL *easy,
                      void (*done)(CURL *easy, CURLcode code, void *arg), void *arg)
{
    struct pl_err err = {0};

    (void)curl_easy_setopt(easy, CURLOPT_URL, "nosuch://127.0.0.1/");
    assert_int_equal(pl_loop_curl_add(loop, easy, done, arg, &err), 0);
}

static void what_a_long_one_starts_is_on_its_way_before_the_next(void **state)
{
    CURL *first = curl_easy_init(), *second = curl_easy_init(), *third = curl_easy_init();

    order[0] = '\0';
    fail_soon(*state, first, on_end_start, *state);
    fail_soon(*state, second, on_end_stop, *state);
    fail_soon(*state, third, on_end, &letters[3]);
    pl_loop_run(*state);
    assert_string_equal(order, "abc");
    pl_loop_run(*state); /* who was not handed out before the stop */
    assert_string_equal(order, "abcd");
    curl_easy_cleanup(first);
    curl_easy_cleanup(second);
    curl_easy_cleanup(third);
}

static void a_loop_can_go_with_transfers_under_way(void **state)
{
    static const struct loopback_script hold = {.end = LOOPBACK_HOLD};
    struct loopback *server = loopback_start(&hold);
    struct outcome outcome = {0};
    struct pl_err err = {0};
    struct pl_loop *loop = pl_loop_new(&err);
    CURL *easy = transfer_to(loopback_port(server));

    (void)state;
    (void)curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 0L);
    assert_int_equal(pl_loop_curl_add(loop, easy, on_done, &outcome, &err), 0);
    pl_loop_after(loop, 20 * MS, stop, loop);
    pl_loop_after(loop, 3600000 * MS, note, letters);
    pl_loop_run(loop);
    pl_loop_free(loop);
    assert_int_equal(outcome.calls, 0);
    curl_easy_cleanup(easy);
    loopback_stop(server);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, new_loop, free_loop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_to_wait_for_ends_at_once),
        TEST(timers_fire_once_in_order_never_early),
        TEST(a_timer_may_start_another),
        TEST(stop_leaves_what_waits),
        TEST(a_turn_that_took_long_is_told),
        TEST(transfers_end_once_and_can_be_started_again),
        TEST(removed_transfers_say_nothing),
        TEST(what_much_follows_from_is_handed_out_first),
        TEST(what_a_long_one_starts_is_on_its_way_before_the_next),
        cmocka_unit_test(a_loop_can_go_with_transfers_under_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
