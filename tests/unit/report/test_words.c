/* test_words.c - values, times, counts and places as people read them. */
#include "report_fixture.h"
#include "report_priv.h"

static void milliseconds(void **state)
{
    static const struct {
        double ms;
        const char *text;
    } rows[] = {
        {-1, "-"},        {0, "0.0 ms"},     {0.44, "0.4 ms"},  {9.94, "9.9 ms"},
        {9.95, "10 ms"},  {912.4, "912 ms"}, {999.4, "999 ms"}, {999.5, "1 s"},
        {1250, "1.25 s"}, {61000, "61 s"},   {2e6, "2000 s"},   {1e12, "-"},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++)
        assert_string_equal(pl_words_ms(*state, rows[i].ms), rows[i].text);
}

static void durations(void **state)
{
    assert_string_equal(pl_words_ns(*state, MS(500)), "500 ms");
    assert_string_equal(pl_words_ns(*state, MS(2000)), "2 s");
    assert_string_equal(pl_words_ns(*state, MS(1234)), "1.234 s");
}

static void lists_and_counts(void **state)
{
    static const char *const names[] = {"a", "b", "c"};
    assert_string_equal(pl_words_list(*state, names, 0), "");
    assert_string_equal(pl_words_list(*state, names, 1), "a");
    assert_string_equal(pl_words_list(*state, names, 2), "a and b");
    assert_string_equal(pl_words_list(*state, names, 3), "a, b and c");
    assert_string_equal(pl_words_count(*state, 0, "field", "fields"), "0 fields");
    assert_string_equal(pl_words_count(*state, 1, "field", "fields"), "1 field");
}

static void values(void **state)
{
    struct pl_arena *a = *state;
    const struct pl_value *item = pl_value_int(a, 5);
    assert_string_equal(pl_words_value(a, NULL, 9), "(absent)");
    assert_string_equal(pl_words_value(a, pl_value_unknown(), 9), "(not known)");
    assert_string_equal(pl_words_value(a, pl_value_string(a, ""), 9), "\"\"");
    assert_string_equal(pl_words_value(a, pl_value_string(a, "plain"), 9), "plain");
    assert_string_equal(pl_words_value(a, pl_value_bool(true), 9), "true");
    assert_string_equal(pl_words_value(a, pl_value_list(a, &item, 1), 9), "[5]");
    assert_string_equal(pl_words_value(a, pl_value_string(a, "123456789"), 9), "123456789");
    assert_string_equal(pl_words_value(a, pl_value_string(a, "1234567890"), 9),
                        "123456789... (10 bytes)");
    /* A cut never halves a character. */
    assert_string_equal(pl_words_value(a, pl_value_string(a, "1234567\xe2\x82\xac!"), 9),
                        "1234567... (11 bytes)");
}

static void differences(void **state)
{
    struct pl_arena *a = *state;
    static const struct {
        const char *field, *expected, *observed, *text;
        const char *since; /* held against a last good state */
    } rows[] = {
        {"compute.route/r", "{}", NULL, "declared, and not there", "was there, and is gone"},
        {"compute.route/r", NULL, "{}", "there, and not declared", "is new: it was not there"},
        {"run.service/s:ingress", "A", "B", "expected A, observed B", "was A, is B"},
        {"run.service/s:ingress", "A", NULL, "expected A, observed (absent)", "was A, is gone"},
        {"run.service/s:ingress", NULL, "B", "not expected, observed B", "is new: B"},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++)
        for (int line = 0; line <= 1; line++)
            assert_string_equal(
                pl_words_difference(
                    a, drift(a, rows[i].field, rows[i].expected, rows[i].observed, line), 99),
                line ? rows[i].text : rows[i].since);
}

static void what_is_elsewhere(void **state)
{
    struct pl_drift *d = drift(*state, "compute.firewallPolicy/guard", "{}", NULL, 1);

    d->elsewhere = "compute.firewallPolicy/global/guard";
    assert_string_equal(pl_words_difference(*state, d, 99),
                        "declared, and not there; is compute.firewallPolicy/global/guard meant?");
}

static void marks(void **state)
{
    struct pl_mark mark = at(0);
    assert_null(pl_words_mark(*state, &mark));
    mark = at(12);
    assert_string_equal(pl_words_mark(*state, &mark), "baselines/acme.yaml:12");
    mark.line = 0;
    assert_string_equal(pl_words_mark(*state, &mark), "baselines/acme.yaml");
}

static void sources(void **state)
{
    struct pl_arena *a = *state;
    static const struct {
        const char *from, *seen_from;
        int attempts, failed;
        const char *text;
    } rows[] = {
        {"here", "here", 1, 0, "probed from this machine; 1 attempt, answered"},
        {"here", "any", 1, 1, "probed from this machine; 1 attempt, failed"},
        {"run.service/a", "any", 20, 6,
         "probed from this machine, standing in for run.service/a (--vantage any); 6 of 20 "
         "attempts "
         "failed"},
        {"run.service/a", "run.service/a", 3, 0,
         "probed from run.service/a; 3 attempts, all answered"},
        {"run.service/a", "here", 2, 2, "probed from this machine; 2 attempts, all failed"},
        {"run.service/a", NULL, 0, 0, "probed from run.service/a"},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_conn_result r = result(
            connection(a, "c", rows[i].from, "sql.instance/main", PL_SEV_LOW), PL_CONN_FAILING);
        r.seen_from = rows[i].seen_from;
        r.probe = probe(a, &r, rows[i].attempts, rows[i].failed, -1);
        assert_string_equal(pl_words_source(a, &r), rows[i].text);
    }
}

static void budgets(void **state)
{
    struct pl_budget b = {0};
    assert_null(pl_words_budget(*state, &b));
    b = (struct pl_budget){
        .timeout_ns = MS(2000), .p50_ns = MS(100), .p95_ns = MS(500), .max_ns = MS(900)};
    assert_string_equal(
        pl_words_budget(*state, &b),
        "every attempt within 2 s, p50 at most 100 ms, p95 at most 500 ms, max at most 900 ms");
}

/* The claim about impatient clients is counted, never assumed. */
static void impatient_clients(void **state)
{
    static const double samples[] = {100, 500, 501, 900};
    struct pl_arena *a = *state;
    struct pl_connection *c = connection(a, "c", "here", "run.service/s", PL_SEV_LOW);
    struct pl_conn_result r = result(c, PL_CONN_DEGRADED);
    assert_null(pl_words_impatient(a, &r));
    struct pl_probe_result *p = probe(a, &r, 4, 0, 500);
    r.probe = p;
    assert_null(pl_words_impatient(a, &r));
    c->budget.p95_ns = MS(500);
    assert_null(pl_words_impatient(a, &r));
    p->timings.samples_ms = samples;
    p->timings.n_samples = 4;
    assert_string_equal(
        pl_words_impatient(a, &r),
        "2 of 4 answers took longer than 500 ms: a client that waits no longer than "
        "that calls this unreachable, and it is not");
    c->budget.p95_ns = MS(900);
    assert_null(pl_words_impatient(a, &r));
}

static void slowest_phase(void **state)
{
    static const struct pl_phase phases[] = {{"connect", 1, 10, 20},
                                             {"tls", -1, -1, -1},
                                             {"first_byte", 5, 30, 40},
                                             {"total", 6, 40, 60}};
    struct pl_timings t = {.phases = phases, .n_phases = 4};
    int share = 0;
    (void)state;
    assert_ptr_equal(pl_words_slowest(&t, &share), &phases[2]);
    assert_int_equal(share, 75);
    t.phases = &phases[1];
    t.n_phases = 1;
    assert_null(pl_words_slowest(&t, &share));
}

static void commands(void **state)
{
    (void)state;
    assert_true(pl_is_command("gcloud run services list"));
    assert_true(pl_is_command("curl -sS http://127.0.0.1/"));
    assert_false(pl_is_command("gcloudless"));
    assert_false(pl_is_command("set run.service/auth:ingress to internal"));
    assert_false(pl_is_command(""));
}

static void blast_radius(void **state)
{
    enum { N = 9 };
    static const char *const names[N] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    struct pl_affected affects[N];
    for (size_t i = 0; i < N; i++)
        affects[i] =
            (struct pl_affected){.name = names[i], .status = i ? PL_CONN_OK : PL_CONN_FAILING};
    struct pl_drift d = {.affects = affects};
    assert_null(pl_words_blast(*state, &d));
    d.n_affects = 1;
    assert_string_equal(pl_words_blast(*state, &d), "1 connection hangs on it: a (failing)");
    d.n_affects = 4;
    affects[1].how = PL_AFFECTED_UPSTREAM;
    affects[2].how = PL_AFFECTED_RESOURCE;
    assert_string_equal(pl_words_blast(*state, &d),
                        "2 connections hang on it: a (failing) and d (ok); 1 connection goes "
                        "through the resource, not by this field: c (ok); 1 connection waits for "
                        "those: b (ok)");
    affects[1].how = affects[2].how = PL_AFFECTED_FIELD;
    d.n_affects = N;
    assert_string_equal(pl_words_blast(*state, &d),
                        "9 connections hang on it: a (failing), b (ok), c (ok), d (ok), e (ok), f "
                        "(ok) and 3 more");
}

/* The look before is told once: beside `verify`, or, where it is another command, before what is to be done. */
static void looks(void **state)
{
    struct pl_remedy r = {.precheck = "look", .verify = "look", .before = "1", .prints = "2"};
    assert_null(pl_precheck(&r));
    assert_null(pl_words_before(*state, &r));
    assert_string_equal(pl_words_prints(*state, &r), "prints 2 once it worked; before: 1");
    r.verify = "look again";
    assert_string_equal(pl_precheck(&r), "look");
    assert_string_equal(pl_words_before(*state, &r), "prints 1 as long as it differs");
    assert_string_equal(pl_words_prints(*state, &r), "prints 2 once it worked");
    r = (struct pl_remedy){.precheck = "look"};
    assert_string_equal(pl_precheck(&r), "look");
    assert_null(pl_words_before(*state, &r));
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(milliseconds),
        IN_ARENA(durations),
        IN_ARENA(lists_and_counts),
        IN_ARENA(values),
        IN_ARENA(differences),
        IN_ARENA(what_is_elsewhere),
        IN_ARENA(marks),
        IN_ARENA(sources),
        IN_ARENA(budgets),
        IN_ARENA(impatient_clients),
        IN_ARENA(slowest_phase),
        IN_ARENA(commands),
        IN_ARENA(blast_radius),
        IN_ARENA(looks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
