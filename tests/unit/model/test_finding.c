/* test_finding.c - verdict, exit status and reason for every combination of what a run can find (sections 4 and 7 of the contract). */
#include "harness.h"

#include <string.h>

#include "plumbline/finding.h"

/* Room for what one run of a test finds. */
struct fixture {
    struct pl_arena *arena;
    struct pl_run run;
    struct pl_conn_result connections[8];
    struct pl_drift drifts[8];
    const struct pl_drift *drift[8];
    struct pl_unknown unknown[8];
    struct pl_unobserved gaps[8];
};

static struct fixture *fixture(void **state)
{
    struct fixture *f = PL_NEW(*state, struct fixture);

    f->arena = *state;
    f->run = (struct pl_run){.arena = *state,
                             .connections = f->connections,
                             .drift = f->drift,
                             .unknown = f->unknown,
                             .unobserved = f->gaps};
    return f;
}

static void add_connection(struct fixture *f, enum pl_conn_status status, enum pl_severity severity)
{
    f->connections[f->run.n_connections++] =
        (struct pl_conn_result){.status = status, .severity = severity};
}

static void add_drift(struct fixture *f, enum pl_severity severity)
{
    size_t i = f->run.n_drift++;

    f->drifts[i] = (struct pl_drift){.severity = severity, .leaves = 1};
    f->drift[i] = &f->drifts[i];
    f->run.coverage.declared++;
    f->run.coverage.drift++;
}

static void add_unknown(struct fixture *f, size_t leaves)
{
    f->unknown[f->run.n_unknown++] = (struct pl_unknown){.leaves = leaves};
    f->run.coverage.declared += leaves;
    f->run.coverage.unknown += leaves;
}

/* ---- every combination ---- */

enum { N_CONNECTION = 12, N_DRIFT = 3, N_INCOMPLETE = 4 };

static const struct {
    const char *name;
    bool any;
    enum pl_conn_status status;
    enum pl_severity severity;
} connections[N_CONNECTION] = {
    {"no connection", false, PL_CONN_OK, PL_SEV_LOW},
    {"ok", true, PL_CONN_OK, PL_SEV_CRITICAL},
    {"open", true, PL_CONN_OPEN, PL_SEV_CRITICAL},
    {"unknown", true, PL_CONN_UNKNOWN, PL_SEV_CRITICAL},
    {"failing, below", true, PL_CONN_FAILING, PL_SEV_MEDIUM},
    {"degraded, below", true, PL_CONN_DEGRADED, PL_SEV_LOW},
    {"blocked, below", true, PL_CONN_BLOCKED, PL_SEV_MEDIUM},
    {"failing", true, PL_CONN_FAILING, PL_SEV_HIGH},
    {"degraded", true, PL_CONN_DEGRADED, PL_SEV_HIGH},
    {"blocked", true, PL_CONN_BLOCKED, PL_SEV_CRITICAL},
    {"failing, above", true, PL_CONN_FAILING, PL_SEV_CRITICAL},
    {"degraded, above", true, PL_CONN_DEGRADED, PL_SEV_CRITICAL},
};

#define C PL_VERDICT_CLEAN
#define D PL_VERDICT_DRIFT
#define F PL_VERDICT_FAILING
#define I PL_VERDICT_INCOMPLETE

/* --fail-on high. By connection, then drift (none, below, at or above), then whether all was observed, or something was not. */
static const struct {
    enum pl_verdict verdict;
    int status;
} wanted[N_CONNECTION][N_DRIFT][2] = {
    /* no connection  */ {{{C, 0}, {I, 3}}, {{D, 0}, {D, 3}}, {{D, 2}, {D, 2}}},
    /* ok             */ {{{C, 0}, {I, 3}}, {{D, 0}, {D, 3}}, {{D, 2}, {D, 2}}},
    /* open           */ {{{C, 0}, {I, 3}}, {{D, 0}, {D, 3}}, {{D, 2}, {D, 2}}},
    /* unknown        */ {{{I, 3}, {I, 3}}, {{D, 3}, {D, 3}}, {{D, 2}, {D, 2}}},
    /* failing, below */ {{{F, 0}, {F, 3}}, {{F, 0}, {F, 3}}, {{F, 2}, {F, 2}}},
    /* degraded, ...  */ {{{F, 0}, {F, 3}}, {{F, 0}, {F, 3}}, {{F, 2}, {F, 2}}},
    /* blocked, ...   */ {{{F, 0}, {F, 3}}, {{F, 0}, {F, 3}}, {{F, 2}, {F, 2}}},
    /* failing        */ {{{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}},
    /* degraded       */ {{{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}},
    /* blocked        */ {{{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}},
    /* failing, above */ {{{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}},
    /* degraded, ...  */ {{{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}, {{F, 2}, {F, 2}}},
};

/* 0 nothing, 1 declared leaves, 2 a listing, 3 a gap. */
static void leave_out(struct fixture *f, int what)
{
    if (what == 1)
        add_unknown(f, 2);
    if (what == 2)
        add_unknown(f, 0);
    if (what == 3)
        f->run.n_unobserved = 1;
}

static void every_combination(void **state)
{
    static const enum pl_severity drift[N_DRIFT] = {PL_SEV_LOW, PL_SEV_MEDIUM, PL_SEV_HIGH};

    for (size_t c = 0; c < N_CONNECTION; c++) {
        for (size_t d = 0; d < N_DRIFT; d++) {
            for (int i = 0; i < N_INCOMPLETE; i++) {
                struct fixture *f = fixture(state);

                f->run.fail_on = PL_SEV_HIGH;
                if (connections[c].any)
                    add_connection(f, connections[c].status, connections[c].severity);
                if (d > 0)
                    add_drift(f, drift[d]);
                leave_out(f, i);
                /* Rules that have ended or excuse nothing, and warnings, are told and decide nothing. */
                f->run.n_rules = 2;
                f->run.n_warnings = 1;
                f->run.unobserved_elsewhere = 3;
                f->run.n_ignored = 1;
                pl_run_judge(&f->run);
                ROW("%s, drift %zu, left out %d: %s", connections[c].name, d, i, f->run.reason);
                assert_int_equal(f->run.verdict, wanted[c][d][i > 0].verdict);
                assert_int_equal(f->run.exit_status, wanted[c][d][i > 0].status);
                assert_true(f->run.reason[0] != '\0');
            }
        }
    }
}

static void every_severity_against_every_limit(void **state)
{
    for (int limit = PL_SEV_LOW; limit <= PL_SEV_CRITICAL; limit++) {
        for (int severity = PL_SEV_LOW; severity <= PL_SEV_CRITICAL; severity++) {
            for (int connection = 0; connection < 2; connection++) {
                struct fixture *f = fixture(state);

                f->run.fail_on = (enum pl_severity)limit;
                if (connection != 0)
                    add_connection(f, PL_CONN_FAILING, (enum pl_severity)severity);
                else
                    add_drift(f, (enum pl_severity)severity);
                pl_run_judge(&f->run);
                assert_int_equal(f->run.exit_status, severity >= limit ? 2 : 0);
                assert_int_equal(f->run.verdict,
                                 connection != 0 ? PL_VERDICT_FAILING : PL_VERDICT_DRIFT);
            }
        }
    }
}

/* ---- reasons ---- */

static void reason_is(struct fixture *f, const char *want)
{
    pl_run_judge(&f->run);
    assert_string_equal(f->run.reason, want);
}

static void reasons_count_what_decided(void **state)
{
    struct fixture *f = fixture(state);

    add_connection(f, PL_CONN_FAILING, PL_SEV_HIGH);
    reason_is(f, "1 failing connection at or above low");
    add_connection(f, PL_CONN_FAILING, PL_SEV_LOW);
    add_drift(f, PL_SEV_LOW);
    add_drift(f, PL_SEV_LOW);
    add_drift(f, PL_SEV_CRITICAL);
    reason_is(f, "2 failing connections and 3 drifted fields at or above low");
    f->run.fail_on = PL_SEV_HIGH;
    reason_is(f, "1 failing connection and 1 drifted field at or above high");
    add_connection(f, PL_CONN_BLOCKED, PL_SEV_HIGH);
    add_connection(f, PL_CONN_DEGRADED, PL_SEV_HIGH);
    reason_is(f, "1 failing connection, 1 degraded connection, 1 blocked connection and 1 drifted "
                 "field at or above high");
}

static void reasons_of_what_is_not_known(void **state)
{
    struct fixture *f = fixture(state);

    f->run.n_unobserved = 1;
    reason_is(f, "1 thing that concerns what is declared could not be read");
    f->run.n_unobserved = 2;
    reason_is(f, "2 things that concern what is declared could not be read");
    add_unknown(f, 3);
    reason_is(f, "3 declared fields could not be checked");
    add_unknown(f, 0);
    add_connection(f, PL_CONN_UNKNOWN, PL_SEV_HIGH);
    reason_is(f, "3 declared fields, 1 listing and 1 connection could not be checked");
    f->run.fail_on = PL_SEV_HIGH;
    add_drift(f, PL_SEV_LOW);
    reason_is(f, "3 declared fields, 1 listing and 1 connection could not be checked; 1 finding "
                 "below high");
}

static void reasons_of_nothing(void **state)
{
    struct fixture *f = fixture(state);

    reason_is(f, "everything declared was observed and matches");
    add_connection(f, PL_CONN_OK, PL_SEV_HIGH);
    reason_is(f, "everything declared was observed and matches; every connection works within its "
                 "budget");
    add_connection(f, PL_CONN_OPEN, PL_SEV_HIGH);
    reason_is(f, "everything declared was observed and matches; the model finds the connections "
                 "open that nobody tried");
    f->run.fail_on = PL_SEV_CRITICAL;
    add_connection(f, PL_CONN_FAILING, PL_SEV_HIGH);
    reason_is(f, "1 finding, which is below critical");
    add_drift(f, PL_SEV_LOW);
    reason_is(f, "2 findings, all below critical");
}

/* ---- words ---- */

static void words_are_the_contracts(void **state)
{
    static const struct {
        const char *const *names;
        int last;
        const char *want;
    } rows[] = {
        {pl_drift_status_names, PL_DRIFT_UNEXPECTED, "changed|missing|unexpected"},
        {pl_hop_verdict_names, PL_HOP_NOT_APPLICABLE, "pass|block|unknown|not_applicable"},
        {pl_explain_verdict_names, PL_EXPLAIN_UNEXPLAINED,
         "none|unknown|cascade|explained|consistent|undeclared|declared_also_fails|contradicted|"
         "unexplained"},
        {pl_conn_status_names, PL_CONN_UNKNOWN, "ok|failing|degraded|open|blocked|unknown"},
        {pl_basis_names, PL_BASIS_MODEL, "probe|symptoms|model"},
        {pl_verdict_names, PL_VERDICT_ERROR, "clean|drift|failing|incomplete|error"},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *text = rows[i].names[0];

        for (int k = 1; k <= rows[i].last; k++)
            text = pl_arena_printf(*state, "%s|%s", text, rows[i].names[k]);
        assert_string_equal(text, rows[i].want);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, harness_arena, harness_arena_free)

/* A log alone: what of it was not looked at is not clean, and what nobody knows is told. */
static void logs_that_were_not_read_whole(void **state)
{
    static const struct {
        size_t cut, dropped, unrecognised;
        int exit_status;
        const char *reason;
    } rows[] = {
        {0, 0, 0, 0, "no connection error was found in the log"},
        {0, 0, 1, 0,
         "no connection error was found in the log; 1 error in it is not recognised, and not "
         "judged"},
        {0, 0, 2, 0,
         "no connection error was found in the log; 2 errors in it are not recognised, and not "
         "judged"},
        {1, 0, 0, 3, "1 line or entry of the log could not be looked at as a whole"},
        {1, 2, 1, 3, "3 lines and entries of the log could not be looked at as a whole"},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct fixture *f = fixture(state);
        struct pl_logs logs = {.subject = true, .cut = rows[i].cut, .dropped = rows[i].dropped};

        ROW("%s", rows[i].reason);
        logs.counts[PL_LOGS_UNRECOGNISED] = rows[i].unrecognised;
        f->run.logs = &logs;
        pl_run_judge(&f->run);
        assert_string_equal(f->run.reason, rows[i].reason);
        assert_int_equal(f->run.exit_status, rows[i].exit_status);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(every_combination),
        TEST(every_severity_against_every_limit),
        TEST(reasons_count_what_decided),
        TEST(reasons_of_what_is_not_known),
        TEST(reasons_of_nothing),
        TEST(words_are_the_contracts),
        TEST(logs_that_were_not_read_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
