/* verdict.c - chooses an explanation's verdict, the first that applies in the contract's order, and gives a reason for every drift.
 *
 * Claims nothing that the search did not show: a cause is proven or it is not named.
 */
#include <string.h>

#include "explain_priv.h"
#include "plumbline/net.h"

void pl_case_prove(struct pl_inquiry *q, struct pl_case *c, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    struct pl_proof_step step = {.text = pl_arena_vprintf(q->arena, fmt, args)};
    va_end(args);
    PL_PUSH(q->arena, c->proof, c->n_proof, c->cap_proof, step);
}

const char *pl_case_seen(struct pl_inquiry *q, const struct pl_case *c)
{
    return c->result->symptom.kind ? pl_symptom_text(q->arena, &c->result->symptom)
                                   : "a blocked path";
}

static bool is_budget(const struct pl_case *c)
{
    return c->result->symptom.kind && c->result->symptom.kind->layer == PL_LAYER_BUDGET;
}

/* ---- the parts of an explanation ---- */

/* What is reverted together with a resource that was made anew may be of others' paths: who else was told its address. Only what lies at a
 * resource that this path reads is named here. */
bool pl_case_has_drift(const struct pl_inquiry *q, const struct pl_case *c, size_t unit, size_t j)
{
    const struct pl_unit *u = &q->units[unit];
    return u->n == 1 || pl_bits_has(c->drifts, u->indexes[j]);
}

static const char *name_units(struct pl_inquiry *q, const struct pl_case *c, const size_t *units,
                              size_t n)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < q->units[units[i]].n; j++)
            if (pl_case_has_drift(q, c, units[i], j))
                pl_buf_addf(&b, "%s%s", b.len ? " and " : "", q->units[units[i]].drifts[j]->field);
    return pl_buf_take(&b, q->arena);
}

static void sort_by_field(const struct pl_drift **list, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && strcmp(list[j - 1]->field_full, list[j]->field_full) > 0; j--) {
            const struct pl_drift *swap = list[j];
            list[j] = list[j - 1];
            list[j - 1] = swap;
        }
}

/* Sets that are proven; where none is, those that leave something unknown. */
static void add_causes(struct pl_inquiry *q, struct pl_case *c, bool proven,
                       struct pl_explanation *e)
{
    struct pl_cause_set *list = NULL;
    size_t cap = 0;
    for (size_t i = 0; i < c->n_sets; i++) {
        const struct pl_set *s = &c->sets[i];
        if (s->proven != proven)
            continue;
        const struct pl_drift **drifts = NULL;
        size_t n = 0, drift_cap = 0;
        for (size_t u = 0; u < s->n; u++)
            for (size_t j = 0; j < q->units[s->units[u]].n; j++)
                if (pl_case_has_drift(q, c, s->units[u], j))
                    PL_PUSH(q->arena, drifts, n, drift_cap, q->units[s->units[u]].drifts[j]);
        sort_by_field(drifts, n);
        PL_PUSH(q->arena, list, e->n_causes, cap,
                ((struct pl_cause_set){.drifts = drifts, .n = n}));
        pl_case_prove(q, c, "with %s reverted, nothing that remains %s produce %s",
                      name_units(q, c, s->units, s->n), s->proven ? "can" : "is known to",
                      pl_case_seen(q, c));
    }
    e->causes = list;
    e->truncated = c->truncated;
}

/* ---- verdicts, in the contract's order ---- */

static void say_cascade(struct pl_inquiry *q, struct pl_case *c, const struct pl_case **roots,
                        size_t n, struct pl_explanation *e)
{
    const char **names = pl_arena_array(q->arena, n, sizeof(*names));
    struct pl_buf b = {0};
    for (size_t i = 0; i < n; i++) {
        names[i] = roots[i]->connection->name;
        pl_buf_addf(&b, "%s%s", i ? ", " : "", names[i]);
    }
    e->verdict = PL_EXPLAIN_CASCADE;
    e->upstream = names;
    e->n_upstream = n;
    e->reason =
        pl_arena_printf(q->arena, "its own path is open; %s is what a caller sees while %s %s",
                        pl_case_seen(q, c), pl_buf_str(&b), n == 1 ? "fails" : "fail");
    pl_buf_free(&b);
    pl_case_prove(q, c, "%s", e->reason);
}

static bool any_proven(const struct pl_case *c)
{
    for (size_t i = 0; i < c->n_sets; i++)
        if (c->sets[i].proven)
            return true;
    return false;
}

/* Does what was seen show by itself that this risk came true? */
static bool is_settled(const struct pl_case *c, const struct pl_cause *risk)
{
    const char *const *settled = risk->settled_by;
    while (settled && *settled && !pl_symptom_matches(&c->result->symptom, *settled))
        settled++;
    return settled && *settled;
}

/* Is there a risk of which what was seen does not show that it came true? */
static bool only_likely(const struct pl_case *c)
{
    for (size_t i = 0; i < c->n_risks; i++)
        if (!is_settled(c, c->risks[i]))
            return true;
    return false;
}

static void say_causes(struct pl_inquiry *q, struct pl_case *c, struct pl_explanation *e)
{
    bool proven = any_proven(c), only_risk = only_likely(c);
    for (size_t i = 0; c->by_late && i < c->n_timings; i++)
        if (c->timings[i].relation == PL_TIME_AFTER)
            pl_case_prove(q, c, "%s %s: the path is looked at without it",
                          c->timings[i].drift->field, c->timings[i].text);
    bool by_doubt = c->predicted == PL_PREDICTS_MAYBE && c->n_risks == 0;
    e->verdict =
        proven && !only_risk && !is_budget(c) ? PL_EXPLAIN_EXPLAINED : PL_EXPLAIN_CONSISTENT;
    add_causes(q, c, proven, e);
    pl_case_blockers(q, c, &c->observed, THAT_FIT, e);
    if (e->verdict == PL_EXPLAIN_EXPLAINED)
        e->reason = e->n_causes == 1
                        ? e->causes[0].n == 1
                              ? "proven: with this one drift reverted in the model the path opens"
                              : "proven: the path opens only with these drifts reverted together"
                        : "proven: each of these, reverted by itself, opens the path in the model";
    else if (is_budget(c))
        e->reason = "it fits, and is not proven: a path model cannot prove latency or chance";
    else if (by_doubt)
        e->reason = "it fits, and is not proven: whether the path blocks was not all observed, and "
                    "with the drift reverted it cannot";
    else if (only_risk)
        e->reason = "it fits, and is not proven: nothing blocks the path, and this makes the "
                    "failure likely";
    else
        e->reason = "it fits, and is not proven: something on the repaired path is unknown";
}

/* What blocks it now was not there when the failure was seen. */
static void say_too_late(struct pl_inquiry *q, struct pl_case *c, struct pl_explanation *e)
{
    e->verdict = PL_EXPLAIN_CONTRADICTED;
    pl_case_blockers(q, c, &c->observed, ALL_BLOCKS, e);
    e->reason = "what blocks the path now was set only after this failure was seen: that had "
                "another cause, and this stands in the way today";
    for (size_t i = 0; i < c->n_timings; i++)
        if (c->timings[i].relation == PL_TIME_AFTER)
            pl_case_prove(q, c, "%s %s", c->timings[i].drift->field, c->timings[i].text);
    pl_case_prove(q, c, "%s", e->reason);
}

static const char *blocking_units(struct pl_inquiry *q, struct pl_case *c)
{
    size_t *units = pl_arena_array(q->arena, q->n_units + 1, sizeof(*units)), n = 0;
    for (size_t i = 0; i < q->n_units; i++)
        if (pl_case_is_masked(q, c, i))
            units[n++] = i;
    return n ? name_units(q, c, units, n) : "none";
}

static void say_not_by_drift(struct pl_inquiry *q, struct pl_case *c, struct pl_explanation *e)
{
    if (c->declared_predicts == PL_PREDICTS_YES) {
        bool undeclared = pl_case_any_undeclared(q, c);
        e->verdict = undeclared ? PL_EXPLAIN_UNDECLARED : PL_EXPLAIN_DECLARED_ALSO_FAILS;
        pl_case_blockers(q, c, &c->declared, undeclared ? THAT_FIT_AND_ARE_UNDECLARED : THAT_FIT,
                         e);
        e->reason =
            pl_case_only_effects(q, c)
                ? "the model finds what blocks it: a state that only the server writes, and what "
                  "drives it was not observed to differ"
            : undeclared
                ? "the model finds what blocks it, and the baseline says nothing about that field"
            : q->input->against
                ? "the path was blocked in the last good state, too: nothing that "
                  "has changed since explains it"
                : "the path is blocked as declared, too: the baseline itself does not work";
        pl_case_prove(
            q, c,
            "with every drift reverted the path still fails in the same way: no drift explains it");
    } else {
        e->verdict = PL_EXPLAIN_CONSISTENT;
        pl_case_blockers(q, c, &c->observed, THAT_FIT, e);
        e->truncated = true;
        e->reason = pl_arena_printf(
            q->arena,
            "with every drift reverted the path opens, but no set of up to three does it; each of "
            "these alone would block it: %s",
            blocking_units(q, c));
    }
}

/* What lets the symptom through although nothing drifted, or NULL. */
static const struct pl_hop *standing_risk(const struct pl_case *c)
{
    const struct pl_hop *best = NULL;
    for (size_t i = 0; i < c->observed.n_hops; i++) {
        const struct pl_hop *h = &c->observed.hops[i];
        int risk = pl_hop_risks(h, &c->result->symptom);
        if (risk > 0 && (!best || risk > pl_hop_risks(best, &c->result->symptom)))
            best = h;
    }
    return best;
}

/* What was seen shows that it came true, and nobody declared otherwise: it blocks. */
static void say_settled(struct pl_inquiry *q, const struct pl_hop *risk, struct pl_explanation *e)
{
    struct pl_blocker *list = NULL;
    size_t cap = 0;
    PL_PUSH(q->arena, list, e->n_blockers, cap,
            ((struct pl_blocker){
                .cause = risk->cause, .field = risk->field_short, .field_full = risk->field}));
    e->verdict = PL_EXPLAIN_UNDECLARED;
    e->blockers = list;
    e->reason = pl_arena_printf(
        q->arena,
        "what was seen shows that this came true, and the baseline says nothing of it: %s",
        risk->text);
}

static void say_unexplained(struct pl_inquiry *q, struct pl_case *c, struct pl_explanation *e)
{
    const struct pl_hop *risk = standing_risk(c);
    if (c->observed.verdict == PL_REACH_BLOCKED) {
        e->verdict = PL_EXPLAIN_CONTRADICTED;
        pl_case_blockers(q, c, &c->observed, ALL_BLOCKS, e);
        e->reason = pl_arena_printf(
            q->arena, "the model finds the path blocked, but by nothing that can show as %s",
            pl_case_seen(q, c));
    } else if (risk && is_settled(c, risk->cause) && !pl_case_is_declared(q, risk->field)) {
        say_settled(q, risk, e);
    } else {
        e->verdict = PL_EXPLAIN_UNEXPLAINED;
        e->reason =
            risk ? pl_arena_printf(q->arena,
                                   "the model finds the path open; no drift explains the failure, "
                                   "but one thing that is no drift may show so: %s",
                                   risk->text)
                 : "the model finds the path open: what it looked at does not explain the failure";
    }
    pl_case_prove(q, c, "%s", e->reason);
}

static void tell_observed(struct pl_inquiry *q, struct pl_case *c)
{
    for (size_t i = 0; i < c->observed.n_hops; i++) {
        const struct pl_hop *h = &c->observed.hops[i];
        if (h->verdict == PL_HOP_BLOCK)
            pl_case_prove(q, c, "observed: blocked at %s (%s): %s", h->hop,
                          h->cause ? h->cause->name : "?", h->text);
        else if (pl_case_speaks(c, h))
            pl_case_prove(q, c, "observed: %s (%s): %s", h->hop, h->cause->name, h->text);
    }
    if (c->result->symptom.kind)
        pl_case_prove(q, c, "seen: %s; the observed path %s produce it", pl_case_seen(q, c),
                      c->predicted == PL_PREDICTS_YES     ? "can"
                      : c->n_risks > 0                    ? "blocks nothing, and may"
                      : c->predicted == PL_PREDICTS_MAYBE ? "may, by what is unknown,"
                                                          : "cannot");
    if (c->predicted == PL_PREDICTS_YES)
        pl_case_prove(q, c, "%s: with all %zu %s reverted%s the path %s",
                      q->input->against ? "then" : "declared", q->n_drift,
                      q->input->against ? "changes" : "drifts",
                      q->input->n_ignored ? " (those that rules ignore among them)" : "",
                      c->declared_predicts == PL_PREDICTS_NO      ? "cannot fail so"
                      : c->declared_predicts == PL_PREDICTS_MAYBE ? "may fail so by what is unknown"
                                                                  : "fails in the same way");
}

void pl_case_conclude(struct pl_inquiry *q, struct pl_case *c)
{
    const struct pl_case *roots[16];
    struct pl_explanation *e = &c->result->explanation;
    e->not_modelled = c->observed.not_modelled;
    e->n_not_modelled = c->observed.n_not_modelled;
    if (!c->failing) {
        bool unknown = c->result->status == PL_CONN_UNKNOWN;
        e->verdict = unknown ? PL_EXPLAIN_UNKNOWN : PL_EXPLAIN_NONE;
        e->reason = unknown ? c->result->note : NULL;
        return;
    }
    tell_observed(q, c);
    pl_case_weigh_times(q, c);
    e->timings = c->timings;
    e->n_timings = c->n_timings;
    size_t n_roots =
        c->predicted == PL_PREDICTS_MAYBE ? 0 : pl_case_roots(q, c, roots, PL_LEN(roots));
    if (c->predicted == PL_PREDICTS_MAYBE && c->own_open && c->n_risks == 0 && c->n_sets == 0) {
        e->verdict = PL_EXPLAIN_UNKNOWN;
        e->reason =
            "too little was observed: only hops that nobody could look at may have caused this";
    } else if (n_roots > 0) {
        say_cascade(q, c, roots, n_roots, e);
    } else if (c->too_late && !c->own_open) {
        say_too_late(q, c, e);
    } else if (c->n_sets > 0) {
        say_causes(q, c, e);
    } else if (c->predicted == PL_PREDICTS_YES) {
        say_not_by_drift(q, c, e);
    } else if (c->predicted == PL_PREDICTS_MAYBE) {
        e->verdict = PL_EXPLAIN_UNKNOWN;
        e->reason = "what blocks the path cannot show so, and the hops that may were not observed";
    } else {
        say_unexplained(q, c, e);
    }
    pl_case_sort_out(q, c, e);
    e->proof = c->proof;
    e->n_proof = c->n_proof;
}
