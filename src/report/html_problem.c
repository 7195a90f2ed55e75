/* html_problem.c - one thing that is broken: what was seen, the path with its break, why, what to do, and what falls with it.
 *
 * A step stands with the first problem that wants it; the list of all of them, in order, is the section before.
 */
#include <string.h>

#include "html_priv.h"

size_t pl_html_n_problems(const struct pl_html_page *p)
{
    return p->digest->n_problems;
}

/* ---- seen ---- */

static void title(struct pl_html_page *p, const struct pl_conn_result *c, size_t number)
{
    const struct pl_connection *d = c->connection;
    pl_html(p->out, "<h3><span class=\"no\">%zu</span> <code>%s</code> ", number, d->name);
    pl_html_status(p->out, c->status);
    pl_html(p->out, " ");
    pl_html_severity(p->out, c->severity);
    for (size_t i = 0; i < d->n_tracks; i++)
        pl_html(p->out, " <span class=\"track\">%s</span>", d->tracks[i]);
    pl_html_since(p, c);
    pl_html(p->out, "</h3>");
    if (d->impact)
        pl_html(p->out, "<p class=\"impact\">%s</p>", d->impact);
}

static void also(struct pl_html_page *p, const struct pl_conn_result *c)
{
    for (size_t i = 0; i < c->n_also; i++) {
        const struct pl_symptom *s = &c->also[i];
        pl_html_fact(p->out, "Also",
                     pl_arena_printf(p->arena, "%s, seen from %s%s%s", pl_symptom_text(p->arena, s),
                                     s->seen_from ? s->seen_from : c->connection->from.text,
                                     s->at ? " at " : "", s->at ? s->at : ""));
    }
}

static void seen(struct pl_html_page *p, const struct pl_conn_result *c)
{
    bool same = c->note && c->probe && c->probe->note && strcmp(c->note, c->probe->note) == 0;
    pl_html(p->out, "<dl class=\"facts\">");
    pl_html_fact(p->out, "Seen", pl_words_symptom(p->arena, c));
    if (c->basis != PL_BASIS_MODEL)
        pl_html_fact(p->out, "By", pl_words_source(p->arena, c));
    pl_html_fact(p->out, "Note", c->note);
    pl_html_fact(p->out, "Note", c->probe && !same ? c->probe->note : NULL);
    pl_html_fact(p->out, "Budget", pl_words_budget(p->arena, &c->connection->budget));
    pl_html_fact(p->out, "Answers", pl_is_slow(c) ? pl_words_impatient(p->arena, c) : NULL);
    also(p, c);
    pl_html(p->out, "</dl>");
}

/* ---- why ---- */

static void causes(struct pl_html_page *p, const struct pl_explanation *e)
{
    const char *claim = pl_words_claim(p->arena, e);
    bool proven = e->verdict == PL_EXPLAIN_EXPLAINED;
    if (e->n_causes == 0)
        return;
    pl_html(p->out, "<h4>%s</h4>", proven ? "Cause, proven" : "Possible cause, not proven");
    if (claim)
        pl_html(p->out, "<p>%s</p>", claim);
    for (size_t i = 0; i < e->n_causes; i++) {
        pl_html(p->out, "%s<div class=\"set\">", i ? "<p class=\"or\">or</p>" : "");
        for (size_t j = 0; j < e->causes[i].n; j++) {
            pl_html(p->out, "%s", j ? "together with" : "");
            pl_html_difference(p, e->causes[i].drifts[j]);
        }
        pl_html(p->out, "</div>");
    }
    if (e->truncated)
        pl_html(p->out, "<p>The search was cut short: there may be further sets of causes.</p>");
}

static void blockers(struct pl_html_page *p, const struct pl_explanation *e)
{
    if (e->n_causes > 0 || e->n_blockers == 0)
        return;
    pl_html(p->out, "<h4>What blocks it, in the model</h4><ul>");
    for (size_t i = 0; i < e->n_blockers; i++) {
        const struct pl_blocker *b = &e->blockers[i];
        pl_html(p->out, "<li>%s", b->cause ? b->cause->summary : "not known");
        if (b->cause)
            pl_html(p->out, " <code class=\"cause\">%s</code>", b->cause->name);
        if (b->field)
            pl_html(p->out, " at <code>%s</code>", b->field);
        if (b->look)
            pl_html(p->out, ": <code>%s</code>", b->look);
        pl_html(p->out, "</li>");
    }
    pl_html(p->out, "</ul>");
}

static void masked(struct pl_html_page *p, const struct pl_explanation *e)
{
    if (e->n_masked == 0)
        return;
    pl_html(p->out,
            "<h4>Met next</h4><p>No cause today; it will stop this once the cause is mended.</p>");
    for (size_t i = 0; i < e->n_masked; i++)
        pl_html_difference(p, e->masked[i]);
}

static void why(struct pl_html_page *p, const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    if (e->verdict == PL_EXPLAIN_NONE)
        return;
    const char *name = pl_explain_verdict_names[e->verdict];
    pl_html(p->out, "<p class=\"why\"><b class=\"ex %s\">%s</b> %s</p>", name, name,
            pl_words_verdict(e));
    if (e->n_upstream > 0) {
        pl_html(p->out, "<p>It only passes on the failure of ");
        pl_html_connections_named(p, e->upstream, e->n_upstream);
        pl_html(p->out, ".</p>");
    }
    causes(p, e);
    blockers(p, e);
    masked(p, e);
}

/* ---- what falls with it ---- */

static void companion(struct pl_html_page *p, const struct pl_conn_result *c, const char *how)
{
    pl_html(p->out, "<li class=\"f s%d\"><p><code>%s</code> ", (int)c->severity,
            c->connection->name);
    pl_html_status(p->out, c->status);
    pl_html(p->out, " ");
    pl_html_severity(p->out, c->severity);
    for (size_t i = 0; i < c->connection->n_tracks; i++)
        pl_html(p->out, " <span class=\"track\">%s</span>", c->connection->tracks[i]);
    pl_html_since(p, c);
    pl_html(p->out, " %s", how);
    if (c->explanation.verdict == PL_EXPLAIN_CASCADE) {
        pl_html(p->out, " of ");
        pl_html_connections_named(p, c->explanation.upstream, c->explanation.n_upstream);
    }
    pl_html(p->out, "</p>");
    if (c->connection->impact)
        pl_html(p->out, "<p class=\"impact\">%s</p>", c->connection->impact);
    pl_html(p->out, "<p>%s</p>", pl_words_symptom(p->arena, c));
    pl_html_evidence(p, c, true);
    pl_html(p->out, "</li>");
}

static void companions(struct pl_html_page *p, const struct pl_problem *problem)
{
    size_t n = problem->n_roots - 1 + problem->n_cascades;
    bool caused = problem->roots[0]->explanation.n_causes > 0;
    if (n == 0)
        return;
    pl_html(p->out, "<h4>Fails with it: %s</h4><ul class=\"with\">",
            pl_words_count(p->arena, n, "connection", "connections"));
    for (size_t i = 1; i < problem->n_roots; i++)
        companion(p, problem->roots[i], caused ? "the same cause" : "stopped at the same place");
    for (size_t i = 0; i < problem->n_cascades; i++)
        companion(p, problem->cascades[i], "only passes on the failure");
    pl_html(p->out, "</ul>");
}

/* ---- what to do ---- */

static void step(struct pl_html_page *p, size_t i)
{
    const struct pl_action *s = &p->digest->steps[i];
    pl_html(p->out, "<div class=\"step\" id=\"s%zu\"><p><b>Step %s</b> %s</p>", i + 1, s->label,
            pl_words_step(p->arena, s));
    for (size_t j = 0; j < s->n_drifts; j++)
        pl_html(p->out, "<p><code>%s</code></p>", s->drifts[j]->field);
    pl_html_remedy(p, s->remedy, s->drifts[0]);
    pl_html(p->out, "</div>");
}

static void steps_of(struct pl_html_page *p, size_t number)
{
    bool any = false;
    for (size_t i = 0; i < p->digest->n_steps; i++) {
        if (p->digest->steps[i].problem != number)
            continue;
        if (!any)
            pl_html(p->out, "<h4>What to do</h4>");
        any = true;
        step(p, i);
    }
}

/* Steps that an earlier problem has already told. */
static void told_above(struct pl_html_page *p, const struct pl_explanation *e, size_t number)
{
    for (size_t i = 0; i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++) {
            size_t s = pl_html_step_of(p, e->causes[i].drifts[j]);
            if (s && p->digest->steps[s - 1].problem != number)
                pl_html(p->out, "<p>See also <a href=\"#s%zu\">step %s</a>.</p>", s,
                        p->digest->steps[s - 1].label);
        }
}

static void problem(struct pl_html_page *p, size_t i)
{
    const struct pl_problem *problem = &p->digest->problems[i];
    const struct pl_conn_result *c = problem->roots[0];
    size_t alarms = problem->n_roots + problem->n_cascades;
    pl_html(p->out, "<article class=\"f s%d\" id=\"p%zu\">", (int)problem->severity, i + 1);
    title(p, c, i + 1);
    if (alarms > 1)
        pl_html(p->out, "<p class=\"alarms\">%zu alarms, 1 %s</p>", alarms,
                c->explanation.n_causes > 0 ? "cause" : "root");
    pl_html_path(p, c);
    pl_html_breaks(p, c);
    seen(p, c);
    why(p, c);
    steps_of(p, i + 1);
    told_above(p, &c->explanation, i + 1);
    pl_html_evidence(p, c, false);
    companions(p, problem);
    pl_html(p->out, "</article>");
}

void pl_html_problems(struct pl_html_page *p)
{
    pl_html(p->out, "<p class=\"lead\">%s.</p>", pl_words_alarms(p->arena, p->digest));
    for (size_t i = 0; i < p->digest->n_problems; i++)
        problem(p, i);
}

/* ---- all steps, in order ---- */

size_t pl_html_n_steps(const struct pl_html_page *p)
{
    return p->digest->n_steps;
}

void pl_html_steps(struct pl_html_page *p)
{
    pl_html(p->out, "<ol class=\"steps\">");
    for (size_t i = 0; i < p->digest->n_steps; i++) {
        const struct pl_action *s = &p->digest->steps[i];
        pl_html(p->out, "<li data-step=\"%s\"><a href=\"#s%zu\"><code>%s</code></a>", s->label,
                i + 1, s->drifts[0]->field);
        if (s->n_drifts > 1)
            pl_html(p->out, " and %zu more", s->n_drifts - 1);
        pl_html(p->out, " <span>%s</span></li>", pl_words_step(p->arena, s));
    }
    pl_html(p->out, "</ol><p>Then run this again: the proof is about a model, the next run "
                    "confirms or refutes it.</p>");
}
