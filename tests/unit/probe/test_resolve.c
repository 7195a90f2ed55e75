/* test_resolve.c - names: every answer of a resolver is told apart, /etc/hosts counts, and silence ends in time. */
#include "probe_fixture.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct {
    const char *mode, *want;
} rows[] = {
    {"dns:nxdomain", "failing dns_not_found DNS_NXDOMAIN 0: 'db.internal.test': the name does not "
                     "exist (NXDOMAIN)"},
    {"dns:nodata",
     "failing dns_not_found DNS_NODATA 0: 'db.internal.test': the name has no address"},
    {"dns:servfail",
     "failing dns_failed DNS_SERVFAIL 0: 'db.internal.test': the resolver answers SERVFAIL"},
    {"dns:refused",
     "failing dns_failed DNS_REFUSED 0: 'db.internal.test': the resolver answers REFUSED"},
    {"dns:formerr", "failing dns_failed DNS_MALFORMED 0: 'db.internal.test': the resolver calls "
                    "the question broken (FORMERR)"},
    {"dns:silent", "failing dns_timeout DNS_TIMEOUT 0: no answer from the resolver for "
                   "'db.internal.test' within 2 s"},
};

static void answers_are_told_apart(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct server *s =
            server_start_own((const char *const[]){"misbehave", "--mode", rows[i].mode, NULL});

        ROW("%s", rows[i].mode);
        f->n = 0;
        f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(s, ""));
        fixture_add(f, "db.internal.test", 5432, i % 2 ? "type: postgres" : "type: https",
                    "budget: {timeout: 2s}");
        fixture_run_on_time(f);
        assert_string_equal(fixture_text(f, 0), rows[i].want);
        server_stop(s);
    }
}

static void a_resolver_that_is_not_there(void **state)
{
    struct fixture *f = *state;
    struct server *s = server_start_own((const char *const[]){"closed_port", NULL});

    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(s, ""));
    fixture_add(f, "db.internal.test", 5432, "type: tcp", "budget: {timeout: 20s}");
    fixture_run(f);
    assert_string_equal(
        fixture_text(f, 0),
        "failing dns_failed DNS_UNREACHABLE 0: 'db.internal.test': no resolver can be reached");
    server_stop(s);
}

/* localhost comes from /etc/hosts, whatever the resolver says; an address pinned by `address` asks nobody. */
static void hosts_and_pins(void **state)
{
    struct fixture *f = *state;
    struct server *dns =
        server_start_own((const char *const[]){"misbehave", "--mode", "dns:nxdomain", NULL});
    struct server *s =
        server_start_own((const char *const[]){"misbehave", "--mode", "status:200", NULL});

    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(dns, ""));
    fixture_add(f, "localhost", server_port(s, ""), "type: http", NULL);
    fixture_add(f, "db.internal.test", server_port(s, ""), "type: http, address: 127.0.0.1", NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_string_equal(fixture_text(f, 1), "ok");
    server_stop(dns);
    server_stop(s);
}

/* Answers that do not fit a datagram are asked for again over TCP, by many at once. A resolver may answer one question
 * a connection and close it (RFC 7766 section 6.2.1 wants more, old ones do no more), and others may hold connections to
 * it: each look-up ends well all the same. */
static void many_over_tcp(void **state)
{
    struct fixture *f = *state;
    struct server *dns = server_start_own((const char *const[]){"dns_server", NULL});
    struct server *s =
        server_start_own((const char *const[]){"misbehave", "--mode", "status:200", NULL});
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)server_port(dns, "")),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int held = socket(AF_INET, SOCK_STREAM, 0);

    assert_int_equal(connect(held, (struct sockaddr *)&at, sizeof(at)), 0);
    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(dns, ""));
    for (size_t i = 0; i < 24; i++)
        fixture_add(f, pl_arena_printf(f->arena, "once.n%zu.test", i), server_port(s, ""),
                    "type: http", NULL);
    fixture_run(f);
    for (size_t i = 0; i < f->n; i++) {
        ROW("%s", f->jobs[i].host);
        assert_string_equal(fixture_text(f, i), "ok");
    }
    close(held);
    server_stop(dns);
    server_stop(s);
}

/* A firewall that lets UDP through alone, a resolver that does not speak TCP: it was reached, and did answer. */
static void long_answers_without_tcp(void **state)
{
    static const struct {
        const char *name, *limit;
    } by[] = {{"cut.test", "20s"}, {"mute.test", "20s"}, {"mute.test", "1s"}};
    struct fixture *f = *state;
    struct server *dns = server_start_own((const char *const[]){"dns_server", NULL});

    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(dns, ""));
    for (size_t i = 0; i < PL_LEN(by); i++)
        fixture_add(f, by[i].name, 5432, "type: tcp",
                    pl_arena_printf(f->arena, "budget: {timeout: %s}", by[i].limit));
    fixture_run_on_time(f);
    for (size_t i = 0; i < PL_LEN(by); i++) {
        ROW("%s %s", by[i].name, by[i].limit);
        assert_string_equal(
            fixture_text(f, i),
            pl_arena_printf(f->arena,
                            "failing dns_failed DNS_MALFORMED 0: '%s': the resolver "
                            "cuts its answer short and gives no whole one over TCP",
                            by[i].name));
    }
    server_stop(dns);
}

static void a_list_that_is_none(void **state)
{
    struct fixture *f = *state;
    struct pl_err err = {0};

    f->options.resolver = "not an address";
    fixture_add(f, "localhost", 1, "type: tcp", NULL);
    assert_int_equal(pl_probe_run(f->arena, f->loop, f->jobs, f->n, &f->options, f->results, &err),
                     -1);
    CHECK_ERR(err, PL_E_USAGE, "'not an address' is no list of resolvers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_are_told_apart, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_resolver_that_is_not_there, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(hosts_and_pins, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(many_over_tcp, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(long_answers_without_tcp, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_list_that_is_none, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
