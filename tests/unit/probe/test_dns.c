/* test_dns.c - dns probes against a resolver that answers as the name asks: rcodes, records, what is declared of them,
 * answers cut short, answers to nobody's question, and no resolver at all. */
#include "probe_fixture.h"

#include "dns_priv.h"

static const struct {
    const char *probe, *want, *note;
} rows[] = {
    /* rcodes */
    {"name: nxdomain.test",
     "failing dns_not_found DNS_NXDOMAIN 0: 'nxdomain.test': the name does not exist (NXDOMAIN)",
     NULL},
    {"name: nodata.test",
     "failing dns_not_found DNS_NODATA 0: 'nodata.test': the name has no A record", NULL},
    {"name: servfail.test",
     "failing dns_failed DNS_SERVFAIL 0: 'servfail.test': the resolver answers SERVFAIL", NULL},
    {"name: refused.test",
     "failing dns_failed DNS_REFUSED 0: 'refused.test': the resolver answers REFUSED", NULL},
    {"name: notimp.test",
     "failing dns_failed DNS_REFUSED 0: 'notimp.test': the resolver answers NOTIMP", NULL},
    {"name: formerr.test",
     "failing dns_failed DNS_MALFORMED 0: 'formerr.test': the resolver calls the question broken "
     "(FORMERR)",
     NULL},
    {"name: silent.test",
     "failing dns_timeout DNS_TIMEOUT 0: no answer from the resolver for 'silent.test' within 2 s",
     NULL},
    {"name: wrongid.test",
     "failing dns_failed DNS_MALFORMED 0: 'wrongid.test': what the resolver sends are no answers "
     "to this question",
     NULL},
    {"name: truncated.test", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: cut.test",
     "failing dns_failed DNS_MALFORMED 0: 'cut.test': the resolver cuts its answer short and gives "
     "no whole one over TCP",
     NULL},
    {"name: loop.test, record: CNAME",
     "failing dns_failed DNS_MALFORMED 0: 'loop.test': the resolver's answer is broken", NULL},
    {"name: short.test",
     "failing dns_failed DNS_MALFORMED 0: 'short.test': the resolver's answer is broken", NULL},
    /* records */
    {"name: good.test", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: alias.test", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, record: AAAA", "ok", "answers fd00::3"},
    {"name: good.test, record: CNAME", "ok", "answers other.test"},
    {"name: good.test, record: TXT", "ok", "answers two, v=one"},
    {"name: good.test, record: SRV", "ok", "answers 10 5 5432 db.test"},
    {"name: good.test, record: MX", "ok", "answers 10 mail.test"},
    {"name: good.test, record: NS", "ok", "answers ns.test"},
    {"name: good.test, record: SOA", "ok", "answers ns.test"},
    {"name: 10.0.0.3, record: PTR", "ok", "answers host.test"},
    /* what is declared of them */
    {"name: good.test, ttl: !at_most 60s", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, ttl: !at_least 60s", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, ttl: !at_most 59s",
     "failing wrong_content EXPECT_RECORD 0: A of 'good.test': its TTL is 60 s, declared is at "
     "most 59 s",
     "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, ttl: !at_least 5m",
     "failing wrong_content EXPECT_RECORD 0: A of 'good.test': its TTL is 60 s, declared is at "
     "least 300 s",
     "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, authoritative: false", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, authoritative: true",
     "failing wrong_content DNS_NOT_AUTHORITATIVE 0: A of 'good.test': *",
     "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, expect: [10.0.0.4, 10.0.0.3]", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, expect: [10.0.0.3]",
     "failing wrong_content DNS_MISMATCH 0: A of 'good.test': *", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, expect: !contains [10.0.0.3]", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, expect: !contains [10.0.0.9]",
     "failing wrong_content DNS_MISMATCH 0: A of 'good.test': *", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, expect: !cidr_within 10.0.0.0/24", "ok", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, expect: !cidr_within 10.0.0.0/30",
     "failing wrong_content DNS_MISMATCH 0: A of 'good.test': *", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, expect: 10.0.0.3",
     "failing wrong_content DNS_MISMATCH 0: A of 'good.test': *", "answers 10.0.0.3, 10.0.0.4"},
    {"name: good.test, record: CNAME, expect: other.test", "ok", "answers other.test"},
    {"name: good.test, record: CNAME, expect: !matches 'o.*\\.test'", "ok", "answers other.test"},
    {"name: good.test, expect: !absent ",
     "failing wrong_content DNS_MISMATCH 0: A of 'good.test': declared !absent, answers 10.0.0.3, "
     "10.0.0.4",
     "answers 10.0.0.3, 10.0.0.4"},
    {"name: nxdomain.test, expect: !absent ", "ok", NULL},
    {"name: nodata.test, expect: !absent ", "ok", NULL},
    {"name: servfail.test, expect: !absent ",
     "failing dns_failed DNS_SERVFAIL 0: 'servfail.test': the resolver answers SERVFAIL", NULL},
    {"name: good.test, source: 127.0.0.5", "ok", "answers 10.0.0.3, 10.0.0.4"},
};

static void check_text(const char *got, const char *want)
{
    size_t n = strlen(want);

    if (want[n - 1] != '*')
        assert_string_equal(got, want);
    else if (strncmp(got, want, n - 1) != 0)
        fail_msg("got  %s\nwant %s", got, want);
}

static void questions(void **state)
{
    struct fixture *f = *state;
    struct server *s = server_start_own((const char *const[]){"dns_server", NULL});
    int port = server_port(s, "");

    for (size_t i = 0; i < PL_LEN(rows); i++)
        fixture_add(f, "unused.test", 1,
                    pl_arena_printf(f->arena, "type: dns, resolver: '127.0.0.1:%d', %s", port,
                                    rows[i].probe),
                    "budget: {timeout: 2s}");
    fixture_run_on_time(f);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s", rows[i].probe);
        check_text(fixture_text(f, i), rows[i].want);
        if (rows[i].note == NULL)
            assert_null(f->results[i].note);
        else
            assert_string_equal(f->results[i].note, rows[i].note);
    }
    assert_string_equal(f->results[0].target,
                        pl_arena_printf(f->arena, "A nxdomain.test at 127.0.0.1:%d", port));
    /* The look-up is the whole of it. */
    assert_true(f->results[12].timings.phases[0].p50_ms > 0);
    assert_true(f->results[12].timings.phases[1].p50_ms < 0);
    server_stop(s);
}

/* Without `name` the target's; without `resolver` the run's, several attempts; an address is asked back. */
static void what_follows_from_the_target(void **state)
{
    struct fixture *f = *state;
    struct server *s = server_start_own((const char *const[]){"dns_server", NULL});

    f->options.resolver = pl_arena_printf(f->arena, "127.0.0.1:%d", server_port(s, ""));
    fixture_add(f, "good.test", 5432, "type: dns", "attempts: 3");
    fixture_add(f, "127.0.0.1", 53, "type: dns, expect: host.test", NULL);
    fixture_run(f);
    assert_string_equal(fixture_text(f, 0), "ok");
    assert_int_equal(f->results[0].timings.n_samples, 3);
    assert_string_equal(f->results[0].target, "A good.test");
    assert_string_equal(fixture_text(f, 1), "ok");
    assert_string_equal(f->results[1].target, "PTR 127.0.0.1");
    server_stop(s);
}

static void nobody_listens(void **state)
{
    struct fixture *f = *state;
    struct server *s = server_start_own((const char *const[]){"closed_port", NULL});
    int port = server_port(s, "");

    fixture_add(f, "good.test", 53,
                pl_arena_printf(f->arena, "type: dns, resolver: '127.0.0.1:%d'", port),
                "budget: {timeout: 20s}");
    fixture_run(f);
    assert_string_equal(
        fixture_text(f, 0),
        "failing dns_failed DNS_UNREACHABLE 0: 'good.test': no resolver can be reached");
    server_stop(s);
}

/* One answer with a record of every type, and a name that is a pointer. */
static const unsigned char message[] =
    "\0\1\x81\x80\0\1\0\6\0\0\0\0"
    "\4good\4test\0\0\xff\0\1"
    "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x0a\0\0\3"
    "\xc0\x0c\0\2\0\1\0\0\0\x3c\0\5\2NS\xc0\x0c"
    "\xc0\x0c\0\x0f\0\1\0\0\0\x3c\0\x09\0\x0a\4mail\xc0\x0c"
    "\xc0\x0c\0\x10\0\1\0\0\0\x3c\0\7\3v=1\2\x1b!"
    "\xc0\x0c\0\x21\0\1\0\0\0\x3c\0\x0b\0\1\0\2\x15\x38\2db\xc0\x0c"
    "\xc0\x0c\0\x1c\0\1\0\0\0\x3c\0\x10\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3";

static const struct {
    const char *type, *want;
} parts[] = {
    {"A", "10.0.0.3"},    {"NS", "ns.good.test"},           {"MX", "10 mail.good.test"},
    {"TXT", "v=1\\x1b!"}, {"SRV", "1 2 5432 db.good.test"}, {"AAAA", "fd00::3"},
};

static void messages(void **state)
{
    struct pl_arena *arena = ((struct fixture *)*state)->arena;
    struct dns_facts facts;

    for (size_t i = 0; i < PL_LEN(parts); i++) {
        const struct pl_value *answers =
            pl_dns_answers(arena, message, sizeof(message) - 1, pl_dns_type(parts[i].type), &facts);

        ROW("%s", parts[i].type);
        assert_int_equal(pl_value_count(answers), 1);
        assert_string_equal(pl_value_text(pl_value_item(answers, 0)), parts[i].want);
    }
    assert_int_equal(pl_dns_type("HINFO"), 0);
}

/* Cut anywhere it is broken; with any byte changed it is read or refused, within its bytes (the sanitizer sees). */
static void broken_messages(void **state)
{
    size_t n = sizeof(message) - 1;
    struct dns_facts facts;

    (void)state;
    for (size_t i = 0; i < PL_LEN(parts); i++) {
        struct pl_arena *arena = pl_arena_new();
        int type = pl_dns_type(parts[i].type);

        for (size_t len = 0; len < n; len++) {
            unsigned char *copy = test_malloc(len + 1);

            memcpy(copy + 1, message, len);
            assert_null(pl_dns_answers(arena, copy + 1, len, type, &facts));
            test_free(copy);
        }
        for (size_t at = 0; at < n * 8; at++) {
            unsigned char *copy = test_malloc(n);

            memcpy(copy, message, n);
            copy[at / 8] ^= (unsigned char)(1u << at % 8);
            (void)pl_dns_answers(arena, copy, n, type, &facts);
            copy[at / 8] = 0xff;
            (void)pl_dns_answers(arena, copy, n, type, &facts);
            test_free(copy);
        }
        pl_arena_free(arena);
    }
}

/* dnsmasq answers for the zone that it has, and passes on what others say. */
static void a_real_server(void **state)
{
    static const struct {
        const char *probe, *want;
    } real[] = {
        {"name: host.zone.test, authoritative: true, ttl: !at_most 2m, expect: 10.5.0.1", "ok"},
        {"name: host.zone.test, ttl: !at_least 5m",
         "failing wrong_content EXPECT_RECORD 0: A of 'host.zone.test': its TTL is 120 s, declared "
         "is at least 300 s"},
        {"name: good.test, expect: !contains [10.0.0.3]", "ok"},
        {"name: good.test, authoritative: true",
         "failing wrong_content DNS_NOT_AUTHORITATIVE 0: A of 'good.test': 127.0.0.1:PORT does not "
         "answer for the zone itself, declared is authoritative"},
        {"name: no.zone.test",
         "failing dns_not_found DNS_NXDOMAIN 0: 'no.zone.test': the name does not exist "
         "(NXDOMAIN)"},
    };
    struct fixture *f = *state;
    struct server *behind = server_start_own((const char *const[]){"dns_server", NULL});
    struct server_file files[] = {
        {"dnsmasq.extra", pl_arena_printf(f->arena,
                                          "server=127.0.0.1#%d\nlocal=/zone.test/\n"
                                          "host-record=host.zone.test,10.5.0.1,120\n",
                                          server_port(behind, ""))},
        {NULL, NULL}};
    struct server *s = server_start("dnsmasq", files);

    if (s == NULL) {
        server_stop(behind);
        print_message("skipped: dnsmasq is not installed\n");
        skip();
    }
    for (size_t i = 0; i < PL_LEN(real); i++)
        fixture_add(f, "127.0.0.1", server_port(s, "PORT"),
                    pl_arena_printf(f->arena, "type: dns, resolver: '127.0.0.1:%d', %s",
                                    server_port(s, "PORT"), real[i].probe),
                    "budget: {timeout: 20s}");
    fixture_run(f);
    for (size_t i = 0; i < PL_LEN(real); i++) {
        ROW("%s", real[i].probe);
        assert_string_equal(fixture_text(f, i), real[i].want);
    }
    server_stop(s);
    server_stop(behind);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(questions, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_follows_from_the_target, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_real_server, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(messages, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(broken_messages, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(nobody_listens, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
