/* test_past.c - one run held against the run before it: every state of a finding, of a fix, and of what a receiver is told.
 *
 * A run is written as a word: how the connection is (F seen failing, D degraded, B blocked in the model, K seen to work, O open in the model,
 * ? unknown, - not declared), then the drift on the field that explains it (x there, y there with another value, i ignored, u not compared,
 * . as declared), then what the failure shows (r refused, t timeout).
 */
#include "history_priv.h"

#include <string.h>

#include "../report/report_fixture.h"

static struct pl_drift *the_drift(struct pl_arena *a, char how)
{
    struct pl_drift *d = drift(a, "sql.instance/main:settings.tier", "db-custom-2-7680",
                               how == 'y' ? "db-f1-micro" : "db-g1-small", 7);
    d->id = how == 'y' ? "id-y" : "id-x";
    return d;
}

static const enum pl_conn_status statuses[] = {
    ['F'] = PL_CONN_FAILING, ['D'] = PL_CONN_DEGRADED, ['B'] = PL_CONN_BLOCKED,
    ['K'] = PL_CONN_OK,      ['O'] = PL_CONN_OPEN,     ['?'] = PL_CONN_UNKNOWN};

static void add_connection(struct pl_arena *a, struct pl_run *run, const char *word,
                           const struct pl_drift *d)
{
    struct pl_conn_result r =
        result(connection(a, "api-to-db", "run.service/api", "sql.instance/main", PL_SEV_HIGH),
               statuses[(unsigned char)word[0]]);
    bool model = strchr("BO", word[0]) != NULL, fails = strchr("FDB", word[0]) != NULL;
    r.basis = model ? PL_BASIS_MODEL : PL_BASIS_PROBE;
    r.symptom = (struct pl_symptom){.after_ms = -1};
    if (fails && !model)
        r.symptom.kind = pl_symptom_find(word[2] == 't' ? "connect_timeout" : "refused");
    r.explanation =
        (struct pl_explanation){.verdict = fails ? PL_EXPLAIN_UNEXPLAINED : PL_EXPLAIN_NONE};
    if (fails && d) {
        struct pl_cause_set *set = PL_NEW(a, struct pl_cause_set);
        const struct pl_drift **list = pl_arena_array(a, 1, sizeof(*list));
        list[0] = d;
        *set = (struct pl_cause_set){.drifts = list, .n = 1};
        r.explanation =
            (struct pl_explanation){.verdict = PL_EXPLAIN_EXPLAINED, .causes = set, .n_causes = 1};
    }
    struct pl_conn_result *kept = PL_NEW(a, struct pl_conn_result);
    *kept = r;
    run->connections = kept;
    run->n_connections = 1;
}

static struct pl_run *run_of_word(struct pl_arena *a, const char *word, int minute)
{
    struct pl_run *run = run_empty(a);
    struct pl_drift *d = strchr("xyi", word[1]) ? the_drift(a, word[1]) : NULL;
    const struct pl_drift **list = pl_arena_array(a, 1, sizeof(*list));
    list[0] = d;
    run->started_at = pl_arena_printf(a, "2026-11-20T10:%02d:00Z", minute);
    run->id = pl_arena_printf(a, "run-%d", minute);
    if (word[1] == 'i') {
        struct pl_ignore *rule = PL_NEW(a, struct pl_ignore);
        struct pl_ignored *g = PL_NEW(a, struct pl_ignored);
        *rule = (struct pl_ignore){.field = "*", .reason = "why not", .owner = "o", .expires = "x"};
        *g = (struct pl_ignored){d, rule};
        run->ignored = g;
        run->n_ignored = 1;
    } else if (d) {
        run->drift = list;
        run->n_drift = 1;
    }
    if (word[1] == 'u') {
        struct pl_unknown *u = PL_NEW(a, struct pl_unknown);
        *u = (struct pl_unknown){.field = "s",
                                 .field_full = "sql.instance/acme/global/main:settings",
                                 .why = "not read"};
        run->unknown = u;
        run->n_unknown = 1;
    }
    if (word[0] != '-')
        add_connection(a, run, word, word[1] == 'i' ? NULL : d);
    return run;
}

/* "connection drift fix": a state each, "-" for none; windows behind a slash. */
static const char *told_of(struct pl_arena *a, const struct pl_past *past)
{
    struct pl_buf b = {0};
    for (int what = PL_PAST_CONNECTION; what >= 0; what--) {
        const struct pl_past_finding *f = NULL;
        for (size_t i = 0; i < past->n_findings; i++)
            if ((int)past->findings[i].what == what)
                f = &past->findings[i];
        pl_buf_addf(&b, "%s%s%s ", f ? pl_past_state_names[f->state] : "-", f ? "/" : "",
                    f ? f->window : "");
        if (f && f->flapping)
            pl_buf_adds(&b, "flapping ");
    }
    pl_buf_adds(&b, past->n_fixes ? pl_fix_state_names[past->fixes[0].state] : "-");
    return pl_buf_take(&b, a);
}

static struct pl_run *run_all(struct pl_arena *a, const char *words)
{
    struct pl_run *run = NULL;
    char *all = pl_arena_strdup(a, words), *left = NULL;
    int minute = 0;
    for (char *w = strtok_r(all, " ", &left); w; w = strtok_r(NULL, " ", &left)) {
        struct pl_run *before = run;
        run = run_of_word(a, w, minute++);
        run->past = pl_past_compare(a, before ? before->past : NULL, before ? before->id : NULL,
                                    before ? before->started_at : NULL, run);
    }
    return run;
}

static const struct {
    const char *words, *told;
} rows[] = {
    {"K.", "- - -"},
    {"Fxr", "new/x new/x not_yet"},
    {"Fxr Fxr", "ongoing/xx ongoing/xx not_yet"},
    {"K. Fxr", "new/.x new/.x not_yet"},
    {"Fxr Fyr", "changed/xx changed/xx not_yet"},
    {"Fxr Fxt", "changed/xx ongoing/xx not_yet"},
    {"Fxr Dxr", "changed/xx ongoing/xx not_yet"},
    /* a fix: field back and it works; the same and it still fails; it works without; nobody looked */
    {"Fxr K.", "resolved/x. resolved/x. confirmed"},
    {"Fxr K. K.", "gone/x.. gone/x.. -"},
    {"Fxr F.r", "changed/xx resolved/x. refuted"},
    {"Fxr F.t", "changed/xx resolved/x. not_yet"},
    {"Fxr Kx", "resolved/x. ongoing/xx otherwise"},
    {"Fxr Ki", "resolved/x. resolved/x. otherwise"},
    {"Fxr Ku", "resolved/x. unknown/x? not_yet"},
    {"Fxr Fur", "changed/xx unknown/x? not_yet"},
    {"Fxr O.", "unknown/x? resolved/x. not_yet"},
    {"Fxr ?.", "unknown/x? resolved/x. not_yet"},
    {"Fxr ?. K.", "resolved/x?. gone/x.. confirmed"},
    {"Fxr O. F.r", "changed/x?x gone/x.. refuted"},
    {"Fxr -.", "resolved/x. resolved/x. -"},
    /* what only the model had found */
    {"Bx O.", "resolved/x. resolved/x. confirmed"},
    {"Bx B.", "changed/xx resolved/x. refuted"},
    {"Bx Ox", "resolved/x. ongoing/xx otherwise"},
    {"Bx K.", "resolved/x. resolved/x. confirmed"},
    /* what could not be looked at is neither there nor gone, however often */
    {"Fxr ?u ?u Fxr", "ongoing/x??x ongoing/x??x not_yet"},
    {"Fxr ?u K.", "resolved/x?. resolved/x?. confirmed"},
    {"Fxr K. ?u", "gone/x.? gone/x.? -"},
    {"Fxr K. Fxr", "new/x.x new/x.x not_yet"},
    {"Fxr K. Fxr K.", "resolved/x.x. flapping resolved/x.x. flapping confirmed"},
    {"K. Fxr K. Fxr", "new/.x.x flapping new/.x.x flapping not_yet"},
    {"Fxr ?u Fxr ?u Fxr", "ongoing/x?x?x ongoing/x?x?x not_yet"},
    {"Fxr K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K.",
     "gone/x................... gone/x................... -"},
    {"Fxr K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K. K.", "- - -"},
};

static void test_states(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("%s", rows[i].words);
        assert_string_equal(told_of(*state, run_all(*state, rows[i].words)->past), rows[i].told);
    }
}

static void test_times(void **state)
{
    const struct pl_past *past = run_all(*state, "Fxr Fxr Fyr Fyr")->past;
    const struct pl_past_finding *f = pl_past_find(past, PL_PAST_CONNECTION, "api-to-db", NULL);
    assert_non_null(f);
    assert_string_equal(f->first_seen, "2026-11-20T10:00:00Z");
    assert_string_equal(f->last_seen, "2026-11-20T10:03:00Z");
    assert_int_equal(f->runs, 4);
    assert_int_equal(f->same, 2);
    past = run_all(*state, "Fxr K. K.")->past;
    f = pl_past_find(past, PL_PAST_CONNECTION, "api-to-db", NULL);
    assert_string_equal(f->last_seen, "2026-11-20T10:00:00Z");
    assert_string_equal(f->resolved_at, "2026-11-20T10:01:00Z");
    assert_string_equal(f->note, "seen to work");
    assert_int_equal(pl_past_count(past, PL_PAST_GONE), 2);
}

static void test_notes(void **state)
{
    const struct pl_past *past = run_all(*state, "Fxr Ki")->past;
    const char *field = "sql.instance/acme/global/main:settings.tier";
    assert_string_equal(pl_past_find(past, PL_PAST_DRIFT, field, NULL)->note, "ignored: why not");
    past = run_all(*state, "Fxr Fyr")->past;
    assert_string_equal(pl_past_find(past, PL_PAST_DRIFT, field, NULL)->before,
                        "expected db-custom-2-7680, observed db-g1-small");
    past = run_all(*state, "Fxr Fur")->past;
    assert_string_equal(pl_past_find(past, PL_PAST_DRIFT, field, NULL)->note, "not read");
    past = run_all(*state, "Fxr F.r")->past;
    assert_string_equal(past->fixes[0].text,
                        "sql.instance/main:settings.tier is as declared again, "
                        "and it still fails the same way (failing refused)");
    assert_string_equal(past->fixes[0].run, "run-0");
}

/* ---- what is told: after each run, with `confirm`; "+" new, "~" changed, "-" resolved, "." silence ---- */

static const char *tell(struct pl_arena *a, const char *words, int confirm)
{
    struct pl_buf out = {0};
    struct pl_told told = {0};
    for (size_t n = 1; n <= strlen(words); n++) {
        if (n < strlen(words) && words[n] != ' ')
            continue;
        struct pl_run *run = run_all(a, pl_arena_strndup(a, words, n));
        ((struct pl_past *)(uintptr_t)run->past)->series = "s";
        struct pl_notice notice = pl_notice_make(run, &told, confirm);
        told = notice.told;
        for (size_t i = 0; i < notice.n_new; i++)
            pl_buf_addc(&out, '+');
        for (size_t i = 0; i < notice.n_changed; i++)
            pl_buf_addc(&out, '~');
        for (size_t i = 0; i < notice.n_resolved; i++)
            pl_buf_addc(&out, '-');
        pl_buf_adds(&out, notice.body ? " " : ". ");
    }
    return pl_buf_take(&out, a);
}

static void test_told(void **state)
{
    static const struct {
        const char *words;
        int confirm;
        const char *told;
    } told[] = {
        {"K. K.", 1, ". . "},
        {"Fxr Fxr K. K.", 1, "++ . -- . "},
        {"Fxr Fyr Fyr", 1, "++ ~~ . "},
        {"Fxr ?u ?u K.", 1, "++ . . -- "},
        {"Fxr ?u ?u Fxr", 1, "++ . . . "},
        {"Fxr K. Fxr K.", 2, ". . . . "},
        {"Fxr Fxr K. Fxr K. K.", 2, ". ++ . . . -- "},
        {"Fxr Fxr Fyr Fxr", 2, ". ++ . . "},
        {"Fxr Fxr Fyr Fyr", 2, ". ++ . ~~ "},
        {"Fxr ?u Fxr", 2, ". . ++ "},
        {"Fxr Fxr K. ?u K.", 2, ". ++ . . -- "},
    };
    for (size_t i = 0; i < PL_LEN(told); i++) {
        ROW("%s, confirm %d", told[i].words, told[i].confirm);
        assert_string_equal(tell(*state, told[i].words, told[i].confirm), told[i].told);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)
int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_states), TEST(test_times), TEST(test_notes),
                                       TEST(test_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
