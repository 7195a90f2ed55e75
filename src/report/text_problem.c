/* text_problem.c - one thing that is broken, for a terminal: what was seen, why, since what line, and what falls with it.
 *
 * What to do about it stands in text_steps.c, once for all problems.
 */
#include <string.h>

#include "report_priv.h"

enum { INDENT = 4, HANG = 13, VALUE_MAX = 120, MAX_WHERE = 3 };

static void labelled(struct pl_text *t, const char *label, enum pl_ink ink, const char *text)
{
    pl_pen_label(&t->pen, INDENT, HANG, label);
    pl_pen_say(&t->pen, ink, text);
}

void pl_text_title(struct pl_text *t, const struct pl_conn_result *c, size_t number)
{
    pl_pen_gap(&t->pen);
    if (number)
        pl_pen_label(&t->pen, 0, INDENT, pl_arena_printf(t->arena, "%zu", number));
    else
        pl_pen_begin(&t->pen, 0, INDENT);
    pl_pen_say(&t->pen, PL_INK_BOLD, c->connection->name);
    pl_pen_say(&t->pen, PL_INK_PLAIN, " is ");
    pl_pen_say(&t->pen, pl_status_ink(c->status), pl_status_word(c->status));
    pl_pen_say(&t->pen, PL_INK_PLAIN,
               pl_arena_printf(t->arena, ", %s", pl_severity_names[c->severity]));
    for (size_t i = 0; i < c->connection->n_tracks; i++) {
        pl_pen_say(&t->pen, PL_INK_PLAIN, i ? ", " : ", tracks ");
        pl_pen_say(&t->pen, PL_INK_BOLD, c->connection->tracks[i]);
    }
}

/* ---- seen ---- */

static const char *phase_row(struct pl_arena *arena, const char *name, const struct pl_phase *p)
{
    char words[32];
    size_t n = 0;
    for (; name[n] && n + 1 < sizeof(words); n++)
        words[n] = name[n] == '_' ? ' ' : name[n];
    words[n] = '\0';
    return pl_arena_printf(arena, "%-11s %9s %9s %9s", words, pl_words_ms(arena, p->p50_ms),
                           pl_words_ms(arena, p->p95_ms), pl_words_ms(arena, p->max_ms));
}

/* Where the time goes: the answer to "is it the network?". */
static void show_phases(struct pl_text *t, const struct pl_timings *times)
{
    int share = 0;
    const struct pl_phase *slowest = pl_words_slowest(times, &share);
    pl_pen_line(&t->pen, INDENT, HANG, "time",
                pl_arena_printf(t->arena, "%-11s %9s %9s %9s", "", "p50", "p95", "max"));
    for (size_t i = 0; i < times->n_phases; i++) {
        const struct pl_phase *p = &times->phases[i];
        const char *row = phase_row(t->arena, p->name, p);
        if (p == slowest)
            row = pl_arena_printf(t->arena, "%s   <- %d %% of the time goes here", row, share);
        if (p->p95_ms >= 0)
            pl_pen_line(&t->pen, INDENT, HANG, NULL, row);
    }
    for (size_t i = 0; i < times->n_phases; i++)
        if (strcmp(times->phases[i].name, "total") == 0)
            return;
    const struct pl_phase total = {"total", times->p50_ms, times->p95_ms, times->max_ms};
    pl_pen_line(&t->pen, INDENT, HANG, NULL, phase_row(t->arena, "total", &total));
}

/* Whose time it was: the network's, by the kernel's own clock, or this process's. */
static void show_own_part(struct pl_text *t, const struct pl_timings *times)
{
    if (times->rtt_ms > 0)
        labelled(t, "", PL_INK_PLAIN,
                 pl_arena_printf(
                     t->arena, "the kernel's round trip: %s; this process was late by at most %s",
                     pl_words_ms(t->arena, times->rtt_ms), pl_words_ms(t->arena, times->lag_ms)));
}

static void show_spread(struct pl_text *t, const struct pl_timings *times)
{
    if (times->release_spread_ms >= 0)
        labelled(t, "", PL_INK_PLAIN,
                 pl_arena_printf(t->arena, "released together within %s",
                                 pl_words_ms(t->arena, times->release_spread_ms)));
}

static void show_times(struct pl_text *t, const struct pl_conn_result *c)
{
    const struct pl_probe_result *p = c->probe;
    const char *budget = pl_words_budget(t->arena, &c->connection->budget);
    const char *impatient = pl_words_impatient(t->arena, c);
    if (pl_is_slow(c) && budget)
        labelled(t, "budget", PL_INK_PLAIN, budget);
    if (!p)
        return;
    if (c->symptom.class_name && strcmp(c->symptom.class_name, "SVC_RACE_LOST") == 0)
        show_spread(t, &p->timings);
    if (!(p->timings.max_ms >= 0) || (!pl_is_slow(c) && t->verbose < 1))
        return;
    show_phases(t, &p->timings);
    show_own_part(t, &p->timings);
    if (pl_is_slow(c) && impatient)
        labelled(t, "", PL_INK_PLAIN, impatient);
    if (t->verbose > 0)
        show_spread(t, &p->timings);
}

/* A symptom in a file outranks this run's probe; both are told. */
static void show_others(struct pl_text *t, const struct pl_conn_result *c)
{
    static const char *const states[] = {
        [PL_PROBED_OK] = "this run's own probe works",
        [PL_PROBED_FAILING] = "this run's own probe fails",
        [PL_PROBED_DEGRADED] = "this run's own probe is over its budget or unstable",
        [PL_PROBED_UNKNOWN] = "this run's own probe could not be made",
    };
    const struct pl_probe_result *p = c->probe;
    if (p && c->basis != PL_BASIS_PROBE) {
        const char *more = p->state == PL_PROBED_UNKNOWN ? p->unknown_why
                           : p->symptom.kind             ? pl_symptom_text(t->arena, &p->symptom)
                                                         : NULL;
        labelled(t, "also", PL_INK_PLAIN,
                 more ? pl_arena_printf(t->arena, "%s: %s", states[p->state], more)
                      : states[p->state]);
    }
    for (size_t i = 0; i < c->n_also; i++) {
        const struct pl_symptom *s = &c->also[i];
        labelled(t, "also", PL_INK_PLAIN,
                 pl_arena_printf(t->arena, "%s, seen from %s%s%s", pl_symptom_text(t->arena, s),
                                 s->seen_from ? s->seen_from : c->connection->from.text,
                                 s->at ? " at " : "", s->at ? s->at : ""));
    }
}

void pl_text_seen(struct pl_text *t, const struct pl_conn_result *c)
{
    labelled(t, "path", PL_INK_PLAIN, pl_words_path(t->arena, c->connection));
    if (c->connection->impact)
        labelled(t, "impact", PL_INK_PLAIN, c->connection->impact);
    labelled(t, "seen", PL_INK_PLAIN, pl_words_symptom(t->arena, c));
    if (c->basis != PL_BASIS_MODEL)
        labelled(t, "", PL_INK_DIM, pl_words_source(t->arena, c));
    if (c->note)
        labelled(t, "note", PL_INK_PLAIN, c->note);
    if (c->probe && c->probe->note && (!c->note || strcmp(c->note, c->probe->note) != 0))
        labelled(t, "note", PL_INK_PLAIN, c->probe->note);
    show_times(t, c);
    show_others(t, c);
}

/* ---- why ---- */

void pl_text_difference(struct pl_text *t, const struct pl_drift *d)
{
    const char *mark = pl_words_mark(t->arena, &d->mark);
    const struct pl_ignore *rule = pl_ignored_by(t->run, d);
    pl_pen_say(&t->pen, PL_INK_PLAIN, pl_words_difference(t->arena, d, VALUE_MAX));
    if (mark)
        pl_pen_say(&t->pen, PL_INK_DIM, pl_arena_printf(t->arena, " (%s)", mark));
    if (pl_words_change(t->arena, d))
        pl_pen_say(&t->pen, PL_INK_PLAIN,
                   pl_arena_printf(t->arena, "; %s", pl_words_change(t->arena, d)));
    if (rule)
        pl_pen_say(&t->pen, PL_INK_YELLOW,
                   pl_arena_printf(t->arena, "; a rule ignores it (%s)",
                                   pl_words_mark(t->arena, &rule->mark)));
}

void pl_text_blast(struct pl_text *t, int indent, const struct pl_drift *d)
{
    const char *text = pl_words_blast(t->arena, d);
    if (!text)
        return;
    pl_pen_begin(&t->pen, indent, indent + 2);
    pl_pen_say(&t->pen, PL_INK_DIM, text);
}

/* Is there more to its blast radius than the failures that it explains? Those are told where it stands. */
static bool reaches_further(const struct pl_drift *d)
{
    return d->n_affects > d->n_explains;
}

/* The field on the line that is open, the difference below it. */
static void show_drift(struct pl_text *t, const char *sign, const struct pl_drift *d)
{
    int indent = HANG + (sign ? (int)strlen(sign) : 0);
    if (sign)
        pl_pen_say(&t->pen, PL_INK_PLAIN, sign);
    pl_pen_say(&t->pen, PL_INK_BOLD, d->field);
    pl_pen_begin(&t->pen, indent, indent + 2);
    pl_text_difference(t, d);
    if (reaches_further(d))
        pl_text_blast(t, indent, d);
}

/* When it came, against when the failure was seen. */
static void show_timing(struct pl_text *t, const struct pl_explanation *e, const struct pl_drift *d)
{
    for (size_t i = 0; i < e->n_timings; i++) {
        if (e->timings[i].drift != d)
            continue;
        pl_pen_begin(&t->pen, HANG, HANG + 2);
        pl_pen_say(&t->pen, PL_INK_PLAIN, e->timings[i].text);
    }
}

static void show_causes(struct pl_text *t, const struct pl_explanation *e)
{
    const char *claim = pl_words_claim(t->arena, e);
    if (e->n_causes == 0)
        return;
    pl_pen_label(&t->pen, INDENT, HANG, e->verdict == PL_EXPLAIN_EXPLAINED ? "cause" : "may be");
    if (claim)
        pl_pen_say(&t->pen, PL_INK_PLAIN, claim);
    for (size_t i = 0; i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++) {
            if (claim)
                pl_pen_begin(&t->pen, HANG, HANG + 4);
            show_drift(t, !claim ? NULL : j > 0 ? "+ " : "- ", e->causes[i].drifts[j]);
            show_timing(t, e, e->causes[i].drifts[j]);
        }
}

static const struct pl_hop *hop_of(const struct pl_conn_result *c, const struct pl_blocker *b)
{
    for (size_t i = 0; i < c->n_hops; i++)
        if (c->hops[i].cause == b->cause && b->cause)
            return &c->hops[i];
    return NULL;
}

/* Where on the path, by the model. The baseline's own fault is on a path that nobody observed, so it has no hop. */
static void show_where(struct pl_text *t, const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    for (size_t i = 0; i < e->n_blockers && i < MAX_WHERE; i++) {
        const struct pl_blocker *b = &e->blockers[i];
        const struct pl_hop *h = hop_of(c, b);
        pl_pen_label(&t->pen, INDENT, HANG, i ? "" : "where");
        if (h)
            pl_pen_say(&t->pen, PL_INK_PLAIN, pl_arena_printf(t->arena, "%s: %s", h->hop, h->text));
        else
            pl_pen_say(&t->pen, PL_INK_PLAIN, b->cause ? b->cause->summary : "not known");
        if (b->cause)
            pl_pen_say(&t->pen, PL_INK_DIM, pl_arena_printf(t->arena, " (%s)", b->cause->name));
        if (e->n_causes == 0 && b->field) {
            pl_pen_begin(&t->pen, HANG, HANG + 2);
            pl_pen_say(&t->pen, PL_INK_BOLD, b->field);
        }
        if (e->n_causes == 0 && b->look)
            pl_pen_line(&t->pen, INDENT, HANG, "look", b->look);
    }
    if (e->n_blockers > MAX_WHERE)
        labelled(t, "", PL_INK_DIM,
                 pl_arena_printf(t->arena, "and %zu more: see plumbline explain %s",
                                 e->n_blockers - MAX_WHERE, c->connection->name));
}

/* Step by step where the run is about just these failures; an audit leaves that to `explain`. */
static void show_proof(struct pl_text *t, const struct pl_explanation *e)
{
    for (size_t i = 0; i < e->n_proof; i++)
        labelled(t, i ? "" : "proof", PL_INK_PLAIN, e->proof[i].text);
}

static void show_masked(struct pl_text *t, const struct pl_explanation *e)
{
    for (size_t i = 0; i < e->n_masked; i++) {
        pl_pen_label(&t->pen, INDENT, HANG, i ? "" : "then");
        if (i == 0) {
            pl_pen_say(&t->pen, PL_INK_PLAIN, "not today's cause, but it will stop this next:");
            pl_pen_begin(&t->pen, HANG, HANG + 2);
        }
        show_drift(t, NULL, e->masked[i]);
    }
}

bool pl_text_is_open_question(const struct pl_explanation *e)
{
    return e->verdict == PL_EXPLAIN_UNEXPLAINED || e->verdict == PL_EXPLAIN_CONTRADICTED ||
           e->verdict == PL_EXPLAIN_UNKNOWN;
}

/* Nothing explains it: what was looked at, and what could not be. */
static void show_checked(struct pl_text *t, const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    const char **open = pl_arena_array(t->arena, c->n_hops + 1, sizeof(*open));
    size_t n = 0;
    for (size_t i = 0; i < c->n_hops; i++)
        if (c->hops[i].verdict == PL_HOP_PASS)
            open[n++] = c->hops[i].hop;
    if (n > 0)
        labelled(
            t, "checked", PL_INK_PLAIN,
            pl_arena_printf(t->arena, "open in the model: %s", pl_words_list(t->arena, open, n)));
    if (e->n_ruled_out > 0)
        labelled(t, "", PL_INK_PLAIN,
                 pl_arena_printf(t->arena, "%s ruled out",
                                 pl_words_count(t->arena, e->n_ruled_out, "drift", "drifts")));
    for (size_t i = 0; i < e->n_not_modelled; i++)
        labelled(t, i ? "" : "unseen", PL_INK_PLAIN, e->not_modelled[i]);
}

void pl_text_why(struct pl_text *t, const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    if (e->verdict == PL_EXPLAIN_NONE)
        return;
    pl_pen_label(&t->pen, INDENT, HANG, "why");
    pl_pen_say(&t->pen, PL_INK_BOLD, pl_explain_verdict_names[e->verdict]);
    pl_pen_say(&t->pen, PL_INK_PLAIN, " - ");
    pl_pen_say(&t->pen, PL_INK_PLAIN, pl_words_verdict(e));
    show_causes(t, e);
    if (e->truncated)
        labelled(t, "", PL_INK_DIM, "the search was cut short: there may be further sets");
    show_where(t, c);
    if (t->run->logs && t->run->logs->subject)
        show_proof(t, e);
    show_masked(t, e);
    if (pl_text_is_open_question(e))
        show_checked(t, c);
}

/* ---- what falls with it ---- */

static void show_companion(struct pl_text *t, const char *label, const struct pl_conn_result *c,
                           const char *why)
{
    pl_pen_label(&t->pen, INDENT, HANG, label);
    pl_pen_say(&t->pen, PL_INK_BOLD, c->connection->name);
    pl_pen_say(&t->pen, PL_INK_PLAIN, " is ");
    pl_pen_say(&t->pen, pl_status_ink(c->status), pl_status_word(c->status));
    pl_pen_say(&t->pen, PL_INK_PLAIN,
               pl_arena_printf(t->arena, ", %s", pl_severity_names[c->severity]));
    for (size_t i = 0; i < c->connection->n_tracks; i++)
        pl_pen_say(
            &t->pen, PL_INK_PLAIN,
            pl_arena_printf(t->arena, "%s%s", i ? ", " : ", tracks ", c->connection->tracks[i]));
    pl_pen_begin(&t->pen, HANG + 2, HANG + 4);
    pl_pen_say(&t->pen, PL_INK_PLAIN, pl_words_symptom(t->arena, c));
    if (c->connection->impact) {
        pl_pen_begin(&t->pen, HANG + 2, HANG + 4);
        pl_pen_say(&t->pen, PL_INK_PLAIN,
                   pl_arena_printf(t->arena, "impact: %s", c->connection->impact));
    }
    pl_pen_begin(&t->pen, HANG + 2, HANG + 4);
    pl_pen_say(&t->pen, PL_INK_DIM, why);
}

void pl_text_problem(struct pl_text *t, const struct pl_problem *p, size_t number)
{
    const struct pl_conn_result *root = p->roots[0];
    size_t alarms = p->n_roots + p->n_cascades;
    bool caused = root->explanation.n_causes > 0;
    pl_text_title(t, root, number);
    if (alarms > 1)
        labelled(t, "", PL_INK_BOLD,
                 pl_arena_printf(t->arena, "%zu alarms, 1 %s", alarms, caused ? "cause" : "root"));
    pl_text_seen(t, root);
    pl_text_why(t, root);
    for (size_t i = 1; i < p->n_roots; i++)
        show_companion(t, i == 1 ? "with it" : "", p->roots[i],
                       caused ? "the same cause" : "stopped at the same place");
    for (size_t i = 0; i < p->n_cascades; i++) {
        const struct pl_explanation *e = &p->cascades[i]->explanation;
        show_companion(t, i ? "" : "cascade", p->cascades[i],
                       pl_arena_printf(t->arena, "only passes on the failure of %s",
                                       pl_words_list(t->arena, e->upstream, e->n_upstream)));
    }
}
