/* markdown_gist.c - the executive summary: each problem in a sentence - who notices, what is broken, by what, how sure, what to do.
 *
 * For readers who stop after it. It claims no more than the explanation does.
 */
#include "report_priv.h"

enum { MOST = 20 };

static void add_impact(struct pl_buf *out, const struct pl_conn_result *c, size_t *n)
{
    if (!c->connection->impact)
        return;
    pl_buf_adds(out, (*n)++ ? "; " : "**");
    pl_md_text(out, c->connection->impact);
}

/* What people notice, as it was declared: of the failure itself, then of what only passes it on. */
static void write_impacts(struct pl_buf *out, const struct pl_problem *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_roots; i++)
        add_impact(out, p->roots[i], &n);
    for (size_t i = 0; i < p->n_cascades; i++)
        add_impact(out, p->cascades[i], &n);
    pl_buf_adds(out, n ? ".** " : "");
}

static void write_cause(struct pl_buf *out, const struct pl_digest *g,
                        const struct pl_explanation *e)
{
    if (e->verdict == PL_EXPLAIN_NONE)
        return;
    if (e->n_causes == 0) {
        pl_buf_adds(out, " No declared drift explains it: ");
        pl_md_text(out, pl_words_verdict(e));
        pl_buf_adds(out, ".");
        return;
    }
    pl_buf_adds(out, e->verdict == PL_EXPLAIN_EXPLAINED ? " Proven cause: "
                                                        : " Possible cause, *not proven*: ");
    for (size_t i = 0; i < e->causes[0].n; i++) {
        const struct pl_drift *d = e->causes[0].drifts[i];
        pl_buf_adds(out, i ? " together with " : "");
        pl_md_code(out, d->field);
        pl_buf_adds(out, " (");
        pl_md_text(out, pl_words_difference(g->arena, d, 80));
        pl_buf_adds(out, ")");
    }
    if (e->n_causes > 1)
        pl_buf_addf(out, ", or %s",
                    pl_words_count(g->arena, e->n_causes - 1, "other way", "other ways"));
    pl_buf_adds(out, ".");
}

static bool is_step(const struct pl_action *s, size_t problem)
{
    return s->problem == problem && !s->masked;
}

static void write_steps(struct pl_buf *out, const struct pl_digest *g, size_t problem, size_t ways)
{
    size_t n = 0, all = 0;
    for (size_t i = 0; i < g->n_steps; i++)
        all += is_step(&g->steps[i], problem);
    for (size_t i = 0; i < g->n_steps; i++) {
        if (!is_step(&g->steps[i], problem))
            continue;
        pl_buf_adds(out, n > 0      ? n + 1 == all ? " and " : ", "
                         : all == 1 ? " To do: step "
                                    : " To do: steps ");
        pl_buf_adds(out, g->steps[i].label);
        n++;
    }
    if (n > 0)
        pl_buf_adds(out, ways > 1 ? ", of which any one way is enough." : ".");
}

static void write_problem(struct pl_buf *out, const struct pl_digest *g, size_t i)
{
    const struct pl_problem *p = &g->problems[i];
    const struct pl_conn_result *c = p->roots[0];
    size_t others = p->n_roots + p->n_cascades - 1;
    pl_buf_addf(out, "%zu. ", i + 1);
    write_impacts(out, p);
    pl_md_code(out, c->connection->name);
    pl_buf_addf(out, " is %s (%s)", pl_conn_status_names[c->status],
                pl_severity_names[p->severity]);
    if (others > 0)
        pl_buf_addf(out, ", and %s with it",
                    pl_words_count(g->arena, others, "more fails", "more fail"));
    pl_buf_adds(out, ".");
    write_cause(out, g, &c->explanation);
    write_steps(out, g, i + 1, c->explanation.n_causes);
    pl_buf_adds(out, "\n");
}

void pl_md_gist(struct pl_buf *out, const struct pl_digest *g)
{
    for (size_t i = 0; i < g->n_problems && i < MOST; i++)
        write_problem(out, g, i);
    if (g->n_problems > MOST)
        pl_buf_addf(out, "\nAnd %zu more, below.\n", g->n_problems - MOST);
    pl_buf_adds(out, "\n");
}
