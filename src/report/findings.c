/* findings.c - a run as one flat list, for formats that know nothing but findings: SARIF, annotations, JUnit.
 *
 * What counts is decided as finding_judge.c decides it: a run that ends with 2 has a finding that fails it, one that ends with 3 has
 * none, but something that nobody could look at. test_findings.c holds both against each other.
 */
#include <stdlib.h>
#include <string.h>

#include "findings_priv.h"

const struct pl_finding_rule pl_finding_rules[] = {
    [PL_FINDING_ERROR] =
        {"run-error", "The run could not be done",
         "Nothing was judged. Usage, baseline, credentials or an output are wrong; "
         "the message says which."},
    [PL_FINDING_FAILING] = {"connection-failing", "A connection fails",
                            "A declared connection was seen to fail. Where the cause is proven, "
                            "reverting the drift that it names opens the path in the model."},
    [PL_FINDING_BLOCKED] = {"connection-blocked", "A connection is blocked in the model",
                            "Nobody tried this connection; evaluated on what is observed, its path "
                            "is blocked."},
    [PL_FINDING_DEGRADED] = {"connection-degraded", "A connection is over its budget",
                             "A declared connection works, but not within its budget, or not every "
                             "time."},
    [PL_FINDING_NOT_KNOWN] = {"connection-unknown", "A connection could not be judged",
                              "Nothing says whether this connection works. That is not the same as "
                              "working."},
    [PL_FINDING_CHANGED] = {"drift-changed", "A field differs from the baseline",
                            "The observed value is not the declared one."},
    [PL_FINDING_MISSING] = {"drift-missing", "Something declared is not there",
                            "The baseline declares it, and the estate was observed without it."},
    [PL_FINDING_UNEXPECTED] = {"drift-unexpected", "Something is there that should not be",
                               "The baseline declares it absent, or declares all that there may "
                               "be."},
    [PL_FINDING_NOT_COMPARED] = {"field-unknown", "A declared field could not be compared",
                                 "What it is compared with was not observed. That is not the same "
                                 "as matching."},
    [PL_FINDING_NOT_OBSERVED] = {"unobserved", "Something declared could not be looked at",
                                 "A permission is missing, an API is off, or an answer was not "
                                 "usable. That is not the same as clean."},
    [PL_FINDING_NOT_MATCHED] = {"log-unmatched", "A connection error of nothing declared",
                                "A log complains of a connection that no declared connection "
                                "is."},
    [PL_FINDING_RULE] = {"ignore-rule", "An ignore rule does nothing",
                         "It has expired, or matches nothing. Renew it or remove it."},
    [PL_FINDING_WARNING] = {"baseline-warning", "The baseline could be better",
                            "It can be used; something in it is probably not meant so."},
};
const size_t pl_finding_rules_len = PL_LEN(pl_finding_rules);

struct list {
    struct pl_arena *arena;
    const struct pl_run *run;
    struct pl_finding *items;
    size_t n, cap;
};

static struct pl_finding *add(struct list *l, enum pl_finding_kind kind, const char *subject)
{
    const struct pl_finding f = {
        .kind = kind, .subject = subject, .severity = PL_SEV_MEDIUM, .weight = PL_WEIGHT_NOTE};
    PL_PUSH(l->arena, l->items, l->n, l->cap, f);
    return &l->items[l->n - 1];
}

static void judge(const struct list *l, struct pl_finding *f, enum pl_severity severity)
{
    f->severity = severity;
    f->weight = severity >= l->run->fail_on ? PL_WEIGHT_FAILS : PL_WEIGHT_BELOW;
}

/* ---- connections ---- */

static void say_cause_set(struct pl_arena *arena, struct pl_buf *b, const struct pl_cause_set *set)
{
    for (size_t i = 0; i < set->n; i++)
        pl_buf_addf(b, "%s%s (%s)", i ? " together with " : "", set->drifts[i]->field,
                    pl_words_difference(arena, set->drifts[i], 80));
}

static const char *connection_text(struct pl_arena *arena, const struct pl_conn_result *c)
{
    const struct pl_explanation *x = &c->explanation;
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%s is %s (%s): %s", c->connection->name, pl_conn_status_names[c->status],
                pl_words_path(arena, c->connection), pl_words_symptom(arena, c));
    if (x->verdict != PL_EXPLAIN_NONE)
        pl_buf_addf(&b, ". %s: %s", pl_explain_verdict_names[x->verdict], pl_words_verdict(x));
    for (size_t i = 0; i < x->n_causes; i++) {
        pl_buf_adds(&b, i ? "; or " : ". Cause: ");
        say_cause_set(arena, &b, &x->causes[i]);
    }
    for (size_t i = 0; i < x->n_blockers && x->n_causes == 0; i++)
        if (x->blockers[i].cause)
            pl_buf_addf(&b, "%s%s%s%s", i ? "; " : ". Blocked by ", x->blockers[i].cause->name,
                        x->blockers[i].field ? " at " : "",
                        x->blockers[i].field ? x->blockers[i].field : "");
    if (c->note && (x->verdict == PL_EXPLAIN_NONE || strcmp(c->note, pl_words_verdict(x)) != 0))
        pl_buf_addf(&b, ". %s", c->note);
    if (c->connection->impact)
        pl_buf_addf(&b, ". Impact: %s", c->connection->impact);
    return pl_buf_take(&b, arena);
}

static struct pl_finding *add_connection(struct list *l, enum pl_finding_kind kind,
                                         const struct pl_conn_result *c)
{
    struct pl_finding *f = add(l, kind, c->connection->name);
    f->connection = c;
    f->key = pl_arena_printf(l->arena, "connection %s", c->connection->name);
    f->text = connection_text(l->arena, c);
    f->mark = c->connection->mark;
    return f;
}

static void take_connection(struct list *l, const struct pl_conn_result *c)
{
    static const enum pl_finding_kind kinds[] = {[PL_CONN_FAILING] = PL_FINDING_FAILING,
                                                 [PL_CONN_DEGRADED] = PL_FINDING_DEGRADED,
                                                 [PL_CONN_BLOCKED] = PL_FINDING_BLOCKED};
    if (c->status == PL_CONN_OK || c->status == PL_CONN_OPEN)
        return;
    if (c->status == PL_CONN_UNKNOWN)
        add_connection(l, PL_FINDING_NOT_KNOWN, c)->weight = PL_WEIGHT_OPEN;
    else
        judge(l, add_connection(l, kinds[c->status], c), c->severity);
}

/* ---- drift ---- */

static const char *drift_text(struct pl_arena *arena, const struct pl_drift *d)
{
    const char *change = pl_words_change(arena, d);
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%s: %s", d->field, pl_words_difference(arena, d, 200));
    if (d->n_explains)
        pl_buf_addf(&b, ". It explains %s", pl_words_list(arena, d->explains, d->n_explains));
    if (change)
        pl_buf_addf(&b, ". It was last %s", change);
    if (d->n_remedies)
        pl_buf_addf(&b, ". To undo it: %s", d->remedies[0].command);
    return pl_buf_take(&b, arena);
}

static struct pl_finding *add_drift(struct list *l, const struct pl_drift *d)
{
    static const enum pl_finding_kind kinds[] = {[PL_DRIFT_CHANGED] = PL_FINDING_CHANGED,
                                                 [PL_DRIFT_MISSING] = PL_FINDING_MISSING,
                                                 [PL_DRIFT_UNEXPECTED] = PL_FINDING_UNEXPECTED};
    struct pl_finding *f = add(l, kinds[d->status], d->field);
    f->drift = d;
    f->key = pl_arena_printf(l->arena, "drift %s", d->field_full);
    f->text = drift_text(l->arena, d);
    f->mark = d->mark;
    return f;
}

static void take_ignored(struct list *l, const struct pl_ignored *ignored)
{
    struct pl_finding *f = add_drift(l, ignored->drift);
    f->severity = ignored->drift->severity;
    f->weight = PL_WEIGHT_IGNORED;
    f->rule = ignored->rule;
}

static void take_unknown(struct list *l, const struct pl_unknown *u)
{
    struct pl_finding *f = add(l, PL_FINDING_NOT_COMPARED, u->field);
    f->weight = PL_WEIGHT_OPEN;
    f->key = pl_arena_printf(l->arena, "unknown %s", u->field_full);
    f->text = pl_arena_printf(l->arena, "%s could not be compared: %s", u->field, u->why);
    f->mark = u->mark;
}

/* ---- the rest ---- */

static void take_gap(struct list *l, const struct pl_unobserved *gap)
{
    const char *what = pl_words_gap(l->arena, gap);
    struct pl_finding *f = add(l, PL_FINDING_NOT_OBSERVED, what);
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%s could not be observed: %s", what, gap->reason);
    if (gap->permission)
        pl_buf_addf(&b, ", permission %s", gap->permission);
    if (gap->detail)
        pl_buf_addf(&b, ". %s", gap->detail);
    if (gap->remedy)
        pl_buf_addf(&b, ". %s", gap->remedy);
    f->weight = PL_WEIGHT_OPEN;
    f->key = pl_arena_printf(l->arena, "unobserved %s", what);
    f->text = pl_buf_take(&b, l->arena);
}

static void take_logs(struct list *l)
{
    const struct pl_logs *logs = l->run->logs;
    for (size_t i = 0; logs && logs->subject && i < logs->n_events; i++) {
        const struct pl_logs_event *event = &logs->events[i];
        if (event->what != PL_LOGS_CONNECTIVITY || event->n_connections > 0)
            continue;
        struct pl_finding *f = add(l, PL_FINDING_NOT_MATCHED, event->source);
        f->weight = PL_WEIGHT_OPEN;
        f->key = pl_arena_printf(l->arena, "log %s", event->text);
        f->text =
            pl_arena_printf(l->arena, "%s:%zu: %s (%s)", event->source, event->line, event->text,
                            event->unmatched ? event->unmatched : "it matches nothing declared");
    }
}

static void take_notes(struct list *l)
{
    for (size_t i = 0; i < l->run->n_rules; i++) {
        const struct pl_rule_finding *r = &l->run->rules[i];
        struct pl_finding *f = add(l, PL_FINDING_RULE, r->rule->field);
        f->key = pl_arena_printf(l->arena, "rule %s", r->rule->field);
        f->text = pl_arena_printf(l->arena, "The ignore rule for %s (%s, %s) %s", r->rule->field,
                                  r->rule->owner, r->rule->reason, pl_words_rule(l->arena, r));
        f->mark = r->rule->mark;
    }
    for (size_t i = 0; i < l->run->n_warnings; i++) {
        struct pl_finding *f = add(l, PL_FINDING_WARNING, "baseline");
        f->key = pl_arena_printf(l->arena, "warning %s", l->run->warnings[i].text);
        f->text = l->run->warnings[i].text;
        f->mark = l->run->warnings[i].mark;
    }
}

/* What was wrong before the candidate is nobody's news. */
static void take_gate(struct list *l, const struct pl_gate *g)
{
    for (size_t i = 0; i < g->n_connections; i++) {
        const struct pl_gate_connection *c = &g->connections[i];
        if (c->effect == PL_GATE_BREAKS)
            judge(l, add_connection(l, PL_FINDING_BLOCKED, c->after), c->after->severity);
        else if (c->effect == PL_GATE_BLURS)
            add_connection(l, PL_FINDING_NOT_KNOWN, c->after)->weight = PL_WEIGHT_OPEN;
    }
    for (size_t i = 0; i < g->n_added; i++)
        judge(l, add_drift(l, g->added[i]), g->added[i]->severity);
    for (size_t i = 0; i < g->n_unknown; i++)
        take_unknown(l, &g->unknown[i]);
    for (size_t i = 0; i < g->n_notes; i++) {
        struct pl_finding *f = add(l, PL_FINDING_NOT_COMPARED, "candidate");
        f->weight = g->n_left_out ? PL_WEIGHT_OPEN : PL_WEIGHT_NOTE;
        f->key = pl_arena_printf(l->arena, "candidate %s", g->notes[i]);
        f->text = g->notes[i];
    }
}

static void take_run(struct list *l)
{
    const struct pl_run *run = l->run;
    for (size_t i = 0; i < run->n_connections; i++)
        take_connection(l, &run->connections[i]);
    for (size_t i = 0; i < run->n_drift; i++)
        judge(l, add_drift(l, run->drift[i]), run->drift[i]->severity);
    for (size_t i = 0; i < run->n_unknown; i++)
        take_unknown(l, &run->unknown[i]);
    for (size_t i = 0; i < run->n_unobserved; i++)
        take_gap(l, &run->unobserved[i]);
    take_logs(l);
    for (size_t i = 0; i < run->n_ignored; i++)
        take_ignored(l, &run->ignored[i]);
}

static int worst_first(const void *a, const void *b)
{
    const struct pl_finding *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? -1 : 1;
    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

const struct pl_finding *pl_findings(struct pl_arena *arena, const struct pl_run *run, size_t *n)
{
    struct list l = {.arena = arena, .run = run};
    if (run->verdict == PL_VERDICT_ERROR) {
        struct pl_finding *f = add(&l, PL_FINDING_ERROR, run->command);
        f->severity = PL_SEV_CRITICAL;
        f->weight = PL_WEIGHT_FAILS;
        f->key = "error";
        f->text = run->reason;
    } else {
        if (run->gate)
            take_gate(&l, run->gate);
        else
            take_run(&l);
        take_notes(&l);
    }
    for (size_t i = 0; i < l.n; i++)
        l.items[i].at = i;
    if (l.n > 0)
        qsort(l.items, l.n, sizeof(*l.items), worst_first);
    *n = l.n;
    return l.items;
}
