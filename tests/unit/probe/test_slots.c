/* test_slots.c - a cap on what is under way to one endpoint: who waits, that waiting is no latency, and who holds no slot. */
#include "probe_fixture.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plumbline/clock.h"

enum { SLOTS = 16 };

static size_t count(struct fixture *f, const char *class_name)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        n += f->results[i].symptom.class_name != NULL &&
             strcmp(f->results[i].symptom.class_name, class_name) == 0;
    return n;
}

/* The server is silent until one more has spoken than there are slots. Who had to wait has its whole limit left then. */
static void one_at_a_time_and_sixteen(void **state)
{
    struct fixture *f = *state;
    struct server *s =
        server_start_own((const char *const[]){"misbehave", "--mode", "together:17", NULL});

    for (size_t i = 0; i < SLOTS + 4; i++)
        fixture_add(f, i % 2 == 0 ? "127.0.0.1" : "localhost", server_port(s, ""),
                    "type: http, address: 127.0.0.1", "attempts: 1\n    budget: {timeout: 6s}");
    fixture_run(f);
    /* Nobody is told anything until the first limit has made room. */
    assert_in_range(count(f, "IO_TTFB_TIMEOUT"), 1, SLOTS);
    assert_int_equal(count(f, "IO_TTFB_TIMEOUT") + count(f, "IO_CLOSED_EMPTY"), SLOTS + 4);
    server_stop(s);
}

/* What is asked for at once is made at once, whatever the cap; other endpoints have slots of their own. */
static void a_group_is_whole(void **state)
{
    struct fixture *f = *state;
    struct server *s =
        server_start_own((const char *const[]){"misbehave", "--mode", "together:20", NULL});
    struct server *other =
        server_start_own((const char *const[]){"misbehave", "--mode", "status:200", NULL});

    f->options.max_per_endpoint = 1;
    fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http",
                "concurrency: 20\n    budget: {timeout: 20s}");
    for (size_t i = 0; i < 5; i++)
        fixture_add(f, "127.0.0.1", server_port(other, ""), "type: http",
                    "attempts: 3\n    budget: {timeout: 20s}");
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "failing closed IO_CLOSED_EMPTY 0: 127.0.0.1:PORT: "
                                            "hung up without an answer");
    for (size_t i = 1; i < f->n; i++)
        assert_string_equal(fixture_text(f, i), "ok");
    server_stop(s);
    server_stop(other);
}

/* Nobody answers the SYN: a hundred end long before they would one after another (25 s with four slots). */
static void who_is_dropped_holds_no_slot(void **state)
{
    struct fixture *f = *state;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);
    int full = socket(AF_INET, SOCK_STREAM, 0), held[4];

    assert_int_equal(bind(full, (struct sockaddr *)&at, len), 0);
    assert_int_equal(listen(full, 0), 0);
    assert_int_equal(getsockname(full, (struct sockaddr *)&at, &len), 0);
    for (size_t i = 0; i < PL_LEN(held); i++) {
        held[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        (void)!connect(held[i], (struct sockaddr *)&at, len);
    }
    for (size_t i = 0; i < 2 * SLOTS; i++)
        fixture_add(f, "127.0.0.1", ntohs(at.sin_port), "type: tcp", "budget: {timeout: 6s}");
    f->options.deadline_ns =
        pl_clock_mono_ns() + INT64_C(11000000000); /* 12 s, one round after another */
    fixture_run(f);
    for (size_t i = 0; i < f->n; i++)
        assert_string_equal(fixture_text(f, i), "failing connect_timeout NET_CONNECT_TIMEOUT 0: no "
                                                "answer from 127.0.0.1:PORT within 6 s");
    for (size_t i = 0; i < PL_LEN(held); i++)
        close(held[i]);
    close(full);
}

/* Ended from outside, parked ones end, too, and say why. */
static void stopped_while_parked(void **state)
{
    struct fixture *f = *state;
    struct server *s =
        server_start_own((const char *const[]){"misbehave", "--mode", "silent", NULL});

    for (size_t i = 0; i < 3 * SLOTS; i++)
        fixture_add(f, "127.0.0.1", server_port(s, ""), "type: http", "budget: {timeout: 60s}");
    f->options.deadline_ns = pl_clock_mono_ns() + 500000000;
    fixture_run(f);
    for (size_t i = 0; i < f->n; i++)
        assert_string_equal(fixture_text(f, i), "unknown: the run's deadline came first");
    server_stop(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_at_a_time_and_sixteen, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_group_is_whole, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(who_is_dropped_holds_no_slot, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(stopped_while_parked, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
