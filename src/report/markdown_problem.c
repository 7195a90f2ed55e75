/* markdown_problem.c - tracked issues, confirmed or not, and the problems behind them: what was seen, why, and what falls with it.
 */
#include <string.h>

#include "plumbline/escape.h"
#include "plumbline/map.h"
#include "report_priv.h"

/* ---- tracked issues ---- */

static bool tracks(const struct pl_conn_result *c, const char *issue)
{
    for (size_t i = 0; i < c->connection->n_tracks; i++)
        if (strcmp(c->connection->tracks[i], issue) == 0)
            return true;
    return false;
}

/* Did an earlier run have it, and has it been seen to work since? */
static bool was_failing(const struct pl_run *run, const struct pl_conn_result *c)
{
    const struct pl_past_finding *f =
        pl_past_find(run->past, PL_PAST_CONNECTION, c->connection->name, NULL);
    return f && (f->state == PL_PAST_RESOLVED || f->state == PL_PAST_GONE);
}

/* Open in the model is not a refutation: nobody looked. */
static const char *issue_verdict(const struct pl_run *run, const char *issue)
{
    size_t alarms = 0, unseen = 0, fixed = 0;
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_conn_result *c = &run->connections[i];
        if (!tracks(c, issue))
            continue;
        alarms += pl_is_alarm(c);
        unseen += c->status == PL_CONN_OPEN || c->status == PL_CONN_UNKNOWN;
        fixed += was_failing(run, c);
    }
    return alarms ? "confirmed" : unseen ? "unknown" : fixed ? "fixed" : "not reproduced";
}

static size_t problem_of(const struct pl_digest *g, const struct pl_conn_result *c)
{
    for (size_t i = 0; i < g->n_problems; i++) {
        const struct pl_problem *p = &g->problems[i];
        for (size_t j = 0; j < p->n_roots; j++)
            if (p->roots[j] == c)
                return i + 1;
        for (size_t j = 0; j < p->n_cascades; j++)
            if (p->cascades[j] == c)
                return i + 1;
    }
    return 0;
}

static void write_cause_fields(struct pl_buf *out, const struct pl_digest *g,
                               const struct pl_explanation *e)
{
    for (size_t i = 0; i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++) {
            const struct pl_drift *d = e->causes[i].drifts[j];
            pl_buf_adds(out, j ? " **and** " : i ? " **or** " : "");
            pl_md_code(out, d->field);
            pl_buf_adds(out, " (");
            pl_md_text(out, pl_words_difference(g->arena, d, 120));
            pl_buf_adds(out, ")");
        }
}

static void write_tracked_connection(struct pl_buf *out, const struct pl_digest *g,
                                     const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    size_t problem = problem_of(g, c);
    pl_buf_adds(out, "- ");
    pl_md_code(out, c->connection->name);
    pl_buf_addf(out, ": **%s**", pl_conn_status_names[c->status]);
    if (problem)
        pl_buf_addf(out, " (problem %zu)", problem);
    pl_buf_adds(out, ". Seen: ");
    pl_md_text(out, pl_words_symptom(g->arena, c));
    pl_buf_adds(out, ".\n");
    if (c->connection->impact) {
        pl_buf_adds(out, "  - Declared impact: ");
        pl_md_text(out, c->connection->impact);
        pl_buf_adds(out, "\n");
    }
    if (e->n_causes > 0) {
        pl_buf_addf(out, "  - %s: ",
                    e->verdict == PL_EXPLAIN_EXPLAINED ? "Cause, proven"
                                                       : "Possible cause, *not proven*");
        write_cause_fields(out, g, e);
        pl_buf_adds(out, "\n");
    }
    if (e->n_upstream > 0) {
        pl_buf_adds(out, "  - Cascade: it only passes on the failure of ");
        pl_md_names(out, e->upstream, e->n_upstream);
        pl_buf_adds(out, "\n");
    }
    const struct pl_past *past = g->run->past;
    const struct pl_past_finding *f =
        past && past->previous ? pl_past_find(past, PL_PAST_CONNECTION, c->connection->name, NULL)
                               : NULL;
    if (f) {
        pl_buf_addf(out, "  - By earlier runs: %s, ", pl_past_state_names[f->state]);
        pl_md_text(out, pl_words_past(g->arena, f));
        pl_buf_adds(out, "\n");
    }
    if (c->note) {
        pl_buf_adds(out, "  - Note: ");
        pl_md_text(out, c->note);
        pl_buf_adds(out, "\n");
    }
}

void pl_md_tracked(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    struct pl_map seen;
    pl_map_init(&seen, g->arena);
    for (size_t i = 0; i < run->n_connections; i++)
        for (size_t j = 0; j < run->connections[i].connection->n_tracks; j++) {
            const char *issue = run->connections[i].connection->tracks[j];
            if (seen.n == 0)
                pl_buf_adds(out, "## Tracked issues\n\n");
            if (pl_map_put(&seen, issue, &seen))
                continue;
            pl_buf_adds(out, "### ");
            pl_md_issue(out, issue);
            pl_buf_addf(out, ": %s\n\n", issue_verdict(run, issue));
            for (size_t k = i; k < run->n_connections; k++)
                if (tracks(&run->connections[k], issue))
                    write_tracked_connection(out, g, &run->connections[k]);
            pl_buf_adds(out, "\n");
        }
}

/* ---- problems ---- */

static void item(struct pl_buf *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    pl_buf_addf(out, "- **%s:** ", name);
    pl_md_text(out, text);
    pl_buf_adds(out, "\n");
}

static void write_phases(struct pl_buf *out, const struct pl_digest *g,
                         const struct pl_conn_result *c)
{
    const struct pl_timings *t = c->probe ? &c->probe->timings : NULL;
    if (!t || !pl_is_slow(c) || t->n_phases == 0)
        return;
    int share = 0;
    const struct pl_phase *slowest = pl_words_slowest(t, &share);
    pl_buf_adds(out, "\n  | Phase | p50 | p95 | max |\n  |---|---|---|---|\n");
    for (size_t i = 0; i < t->n_phases; i++) {
        const struct pl_phase *p = &t->phases[i];
        if (!(p->p95_ms >= 0))
            continue;
        pl_buf_adds(out, "  | ");
        pl_escape_markdown_code(out, p->name);
        pl_buf_addf(out, " | %s | %s | %s%s |\n", pl_words_ms(g->arena, p->p50_ms),
                    pl_words_ms(g->arena, p->p95_ms), pl_words_ms(g->arena, p->max_ms),
                    p == slowest ? pl_arena_printf(g->arena, " (**%d %%** of the time)", share)
                                 : "");
    }
    pl_buf_adds(out, "\n");
    item(out, "For an impatient client", pl_words_impatient(g->arena, c));
}

static void write_causes(struct pl_buf *out, const struct pl_digest *g,
                         const struct pl_explanation *e)
{
    item(out, "Causes", pl_words_claim(g->arena, e));
    for (size_t i = 0; i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++) {
            const struct pl_drift *d = e->causes[i].drifts[j];
            pl_buf_addf(out, "- **%s%s:** ",
                        e->verdict == PL_EXPLAIN_EXPLAINED ? "Cause" : "Possible cause",
                        j ? ", together with the one before" : "");
            pl_md_code(out, d->field);
            pl_buf_adds(out, ", ");
            pl_md_text(out, pl_words_difference(g->arena, d, 200));
            if (d->mark.file) {
                pl_buf_adds(out, ", ");
                pl_md_mark(out, g->arena, &d->mark);
            }
            if (pl_ignored_by(g->run, d))
                pl_buf_adds(out, ", *ignored by a rule*");
            pl_buf_adds(out, "\n");
        }
    if (e->truncated)
        pl_buf_adds(out, "- The search was cut short: there may be further sets of causes.\n");
}

static void write_blockers(struct pl_buf *out, const struct pl_explanation *e)
{
    for (size_t i = 0; i < e->n_blockers; i++) {
        const struct pl_blocker *b = &e->blockers[i];
        pl_buf_adds(out, "- **Where:** ");
        pl_md_code(out, b->cause ? b->cause->name : "not known");
        if (b->cause) {
            pl_buf_adds(out, ", ");
            pl_md_text(out, b->cause->summary);
        }
        if (b->field) {
            pl_buf_adds(out, ", at ");
            pl_md_code(out, b->field);
        }
        if (b->look && e->n_causes == 0) {
            pl_buf_adds(out, "; look at it with ");
            pl_md_code(out, b->look);
        }
        pl_buf_adds(out, "\n");
    }
}

static void write_masked(struct pl_buf *out, const struct pl_digest *g,
                         const struct pl_explanation *e)
{
    for (size_t i = 0; i < e->n_masked; i++) {
        pl_buf_adds(out, "- **Met next:** ");
        pl_md_code(out, e->masked[i]->field);
        pl_buf_adds(out, ", ");
        pl_md_text(out, pl_words_difference(g->arena, e->masked[i], 200));
        pl_buf_adds(
            out, ": no cause today, and it will stop this connection once the cause is mended\n");
    }
}

static void write_companions(struct pl_buf *out, const struct pl_digest *g,
                             const struct pl_problem *p)
{
    for (size_t i = 1; i < p->n_roots; i++) {
        pl_buf_adds(out, "- **The same cause:** ");
        pl_md_code(out, p->roots[i]->connection->name);
        pl_buf_adds(out, ", ");
        pl_md_text(out, pl_words_symptom(g->arena, p->roots[i]));
        pl_buf_adds(out, "\n");
    }
    for (size_t i = 0; i < p->n_cascades; i++) {
        const struct pl_explanation *e = &p->cascades[i]->explanation;
        pl_buf_adds(out, "- **Cascade:** ");
        pl_md_code(out, p->cascades[i]->connection->name);
        pl_buf_adds(out, ", ");
        pl_md_text(out, pl_words_symptom(g->arena, p->cascades[i]));
        pl_buf_adds(out, "; it only passes on the failure of ");
        pl_md_names(out, e->upstream, e->n_upstream);
        pl_buf_adds(out, "\n");
    }
}

static void write_problem(struct pl_buf *out, const struct pl_digest *g, size_t i)
{
    const struct pl_problem *p = &g->problems[i];
    const struct pl_conn_result *c = p->roots[0];
    const struct pl_explanation *e = &c->explanation;
    pl_buf_addf(out, "### Problem %zu: ", i + 1);
    pl_md_code(out, c->connection->name);
    pl_buf_addf(out, " is %s\n\n", pl_conn_status_names[c->status]);
    item(out, "Path", pl_words_path(g->arena, c->connection));
    item(out, "Declared impact", c->connection->impact);
    item(out, "Seen", pl_words_symptom(g->arena, c));
    if (c->basis != PL_BASIS_MODEL)
        item(out, "By", pl_words_source(g->arena, c));
    item(out, "Note", c->note);
    item(out, "Budget", pl_words_budget(g->arena, &c->connection->budget));
    write_phases(out, g, c);
    if (e->verdict != PL_EXPLAIN_NONE)
        item(out, "Explanation",
             pl_arena_printf(g->arena, "%s - %s", pl_explain_verdict_names[e->verdict],
                             pl_words_verdict(e)));
    write_causes(out, g, e);
    write_blockers(out, e);
    write_masked(out, g, e);
    write_companions(out, g, p);
    pl_buf_adds(out, "\n");
}

void pl_md_problems(struct pl_buf *out, const struct pl_digest *g)
{
    if (g->n_problems > 0)
        pl_buf_adds(out, "## Problems\n\n");
    for (size_t i = 0; i < g->n_problems; i++)
        write_problem(out, g, i);
}
