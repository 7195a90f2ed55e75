/* markdown_rest.c - the tables: all drift, what could not be compared or looked at, ignore rules, and the path's evidence.
 */
#include "plumbline/escape.h"
#include "report_priv.h"

static void cell(struct pl_buf *out, const char *text)
{
    pl_buf_adds(out, "| ");
    if (text && *text)
        pl_md_text(out, text);
    pl_buf_adds(out, " ");
}

static void code_cell(struct pl_buf *out, const char *text)
{
    pl_buf_adds(out, "| ");
    if (text && *text)
        pl_escape_markdown_code(out, text);
    pl_buf_adds(out, " ");
}

static void mark_cell(struct pl_buf *out, struct pl_arena *arena, const struct pl_mark *mark)
{
    pl_buf_adds(out, "| ");
    pl_md_mark(out, arena, mark);
    pl_buf_adds(out, " |\n");
}

/* ---- drift ---- */

static void write_drift_row(struct pl_buf *out, const struct pl_digest *g, const struct pl_drift *d)
{
    code_cell(out, d->field);
    pl_buf_addf(out, "| %s | ", pl_drift_status_names[d->status]);
    pl_md_value(out, g->arena, d->expected);
    pl_buf_adds(out, " | ");
    pl_md_value(out, g->arena, d->observed);
    pl_buf_addf(out, " | %s | ", pl_severity_names[d->severity]);
    for (size_t i = 0; i < d->n_explains; i++) {
        pl_buf_adds(out, i ? ", " : "");
        pl_escape_markdown_code(out, d->explains[i]);
    }
    pl_buf_adds(out, d->n_explains ? " " : "nothing ");
    mark_cell(out, g->arena, &d->mark);
}

typedef const char *words_fn(struct pl_arena *arena, const struct pl_drift *d);

/* What is known of each drift beside the table, in a sentence; NULL: nothing. */
static void write_sentences(struct pl_buf *out, const struct pl_digest *g, const char *title,
                            words_fn *words)
{
    bool any = false;
    for (size_t i = 0; i < g->run->n_drift; i++) {
        const char *text = words(g->arena, g->run->drift[i]);
        if (!text)
            continue;
        pl_buf_addf(out, "%s%s", any ? "" : title, any ? "" : "\n\n");
        any = true;
        pl_buf_adds(out, "- ");
        pl_md_code(out, g->run->drift[i]->field);
        pl_buf_adds(out, ": ");
        pl_md_text(out, text);
        pl_buf_adds(out, "\n");
    }
    pl_buf_adds(out, any ? "\n" : "");
}

static void write_changes(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    write_sentences(out, g, "Who changed it, by the audit log:", pl_words_change);
    for (size_t i = 0; i < run->n_change_queries; i++) {
        const struct pl_change_query *q = &run->change_queries[i];
        if (!q->reason)
            continue;
        pl_buf_adds(out, "Who changed it could not be looked up (");
        pl_md_text(out, q->reason);
        if (q->permission) {
            pl_buf_adds(out, ", permission ");
            pl_md_code(out, q->permission);
        }
        pl_buf_adds(out, "); this asks the same:\n\n");
        pl_md_fence(out, "sh", q->command);
        pl_buf_adds(out, "\n");
    }
}

static void write_remedies(struct pl_buf *out, const struct pl_digest *g)
{
    bool any = false;
    for (size_t i = 0; i < g->n_other; i++)
        for (size_t j = 0; j < g->other[i]->n_remedies; j++) {
            const struct pl_remedy *r = &g->other[i]->remedies[j];
            if (!any)
                pl_buf_adds(out, "To bring back what explains no failure, at leisure:\n\n");
            any = true;
            pl_buf_adds(out, "- ");
            pl_md_code(out, g->other[i]->field);
            pl_buf_adds(out, ": ");
            pl_md_code(out, r->command);
            if (r->risk) {
                pl_buf_adds(out, " (");
                pl_md_text(out, r->risk);
                pl_buf_adds(out, ")");
            }
            pl_buf_adds(out, "\n");
        }
    pl_buf_adds(out, any ? "\n" : "");
}

void pl_md_drift(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    if (run->n_drift == 0)
        return;
    pl_buf_adds(
        out,
        "## Drift\n\n| Field | Status | Expected | Observed | Severity | Explains | Baseline |\n"
        "|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < run->n_drift; i++)
        write_drift_row(out, g, run->drift[i]);
    pl_buf_adds(out, "\nDrift that explains nothing is listed, not blamed: a visible difference is "
                     "not a cause.\n\n");
    write_changes(out, g);
    write_sentences(out, g, "Who depends on it:", pl_words_blast);
    write_remedies(out, g);
}

/* ---- gaps ---- */

static void write_rules(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    if (run->n_ignored > 0) {
        pl_buf_adds(out, "### Ignored by rules\n\n| Field | Difference | Reason | Owner | Until | "
                         "Rule |\n|---|---|---|---|---|---|\n");
        for (size_t i = 0; i < run->n_ignored; i++) {
            const struct pl_ignored *x = &run->ignored[i];
            code_cell(out, x->drift->field);
            cell(out, pl_words_difference(g->arena, x->drift, 200));
            cell(out, x->rule->reason);
            cell(out, x->rule->owner);
            cell(out, x->rule->expires);
            mark_cell(out, g->arena, &x->rule->mark);
        }
        pl_buf_adds(out, "\n");
    }
    if (run->n_rules == 0)
        return;
    pl_buf_adds(out, "### Ignore rules to look at\n\n| Rule | Finding | Owner | Place |\n"
                     "|---|---|---|---|\n");
    for (size_t i = 0; i < run->n_rules; i++) {
        code_cell(out, run->rules[i].rule->field);
        cell(out, pl_words_rule(g->arena, &run->rules[i]));
        cell(out, run->rules[i].rule->owner);
        mark_cell(out, g->arena, &run->rules[i].rule->mark);
    }
    pl_buf_adds(out, "\n");
}

static void write_unknown(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    if (g->by_status[PL_CONN_UNKNOWN] > 0)
        pl_buf_adds(out, "### Connections that are not known\n\n| Connection | Why |\n|---|---|\n");
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_conn_result *c = &run->connections[i];
        if (c->status != PL_CONN_UNKNOWN)
            continue;
        code_cell(out, c->connection->name);
        cell(out, c->note ? c->note : c->explanation.reason);
        pl_buf_adds(out, "|\n");
    }
    pl_buf_adds(out, g->by_status[PL_CONN_UNKNOWN] ? "\n" : "");
    if (run->n_unknown == 0)
        return;
    pl_buf_adds(out, "### Declared fields that were not compared\n\n| Field | Why | Baseline |\n"
                     "|---|---|---|\n");
    for (size_t i = 0; i < run->n_unknown; i++) {
        code_cell(out, run->unknown[i].field);
        cell(out, run->unknown[i].why);
        mark_cell(out, g->arena, &run->unknown[i].mark);
    }
    pl_buf_adds(out, "\n");
}

static void write_unobserved(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    if (run->n_unobserved > 0)
        pl_buf_adds(out, "### Not looked at\n\n| What | Reason | Permission | Detail | Remedy |\n"
                         "|---|---|---|---|---|\n");
    for (size_t i = 0; i < run->n_unobserved; i++) {
        code_cell(out, pl_words_gap(g->arena, &run->unobserved[i]));
        code_cell(out, run->unobserved[i].reason);
        code_cell(out, run->unobserved[i].permission);
        cell(out, run->unobserved[i].detail);
        code_cell(out, run->unobserved[i].remedy);
        pl_buf_adds(out, "|\n");
    }
    pl_buf_adds(out, run->n_unobserved ? "\n" : "");
    if (run->unobserved_elsewhere > 0)
        pl_buf_addf(out, "%s in reading, where nothing is declared.\n\n",
                    pl_words_count(g->arena, run->unobserved_elsewhere, "gap", "gaps"));
}

void pl_md_gaps(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    pl_buf_addf(out, "## Coverage\n\n%s.\n\n", pl_words_coverage(g->arena, &run->coverage));
    write_rules(out, g);
    write_unknown(out, g);
    write_unobserved(out, g);
    if (run->n_warnings > 0)
        pl_buf_adds(out, "### Warnings\n\n");
    for (size_t i = 0; i < run->n_warnings; i++) {
        pl_buf_adds(out, "- ");
        pl_md_mark(out, g->arena, &run->warnings[i].mark);
        pl_buf_adds(out, run->warnings[i].mark.file ? ": " : "");
        pl_md_text(out, run->warnings[i].text);
        pl_buf_adds(out, "\n");
    }
    pl_buf_adds(out, run->n_warnings ? "\n" : "");
    if (g->n_not_modelled > 0)
        pl_buf_adds(out, "### Not modelled\n\n");
    for (size_t i = 0; i < g->n_not_modelled; i++) {
        pl_buf_adds(out, "- ");
        pl_md_text(out, g->not_modelled[i]);
        pl_buf_adds(out, "\n");
    }
    pl_buf_adds(out, g->n_not_modelled ? "\n" : "");
}

/* ---- appendix ---- */

static void write_hop(struct pl_buf *out, const struct pl_hop *h)
{
    code_cell(out, h->hop);
    pl_buf_addf(out, "| %s%s%s ", h->verdict == PL_HOP_BLOCK ? "**" : "",
                pl_hop_verdict_names[h->verdict], h->verdict == PL_HOP_BLOCK ? "**" : "");
    cell(out, h->text);
    code_cell(out, h->cause ? h->cause->name : NULL);
    pl_buf_adds(out, "| ");
    for (size_t i = 0; i < h->n_evidence; i++) {
        const struct pl_evidence *e = &h->evidence[i];
        pl_buf_adds(out, i ? "; " : "");
        if (e->field)
            pl_escape_markdown_code(out, e->field);
        pl_buf_adds(out, e->field && e->value ? " = " : "");
        if (e->value)
            pl_escape_markdown_code(out, e->value);
        pl_buf_adds(out, e->note ? " - " : "");
        if (e->note)
            pl_md_text(out, e->note);
    }
    pl_buf_adds(out, " |\n");
}

static void write_reasoning(struct pl_buf *out, const struct pl_explanation *e)
{
    for (size_t i = 0; i < e->n_proof; i++) {
        pl_buf_addf(out, "%zu. ", i + 1);
        pl_md_text(out, e->proof[i].text);
        pl_buf_adds(out, "\n");
    }
    pl_buf_adds(out, e->n_proof ? "\n" : "");
    if (e->n_ruled_out > 0)
        pl_buf_adds(out, "| Ruled out | Why |\n|---|---|\n");
    for (size_t i = 0; i < e->n_ruled_out; i++) {
        code_cell(out, e->ruled_out[i].drift->field);
        cell(out, e->ruled_out[i].why);
        pl_buf_adds(out, "|\n");
    }
    pl_buf_adds(out, e->n_ruled_out ? "\n" : "");
}

void pl_md_evidence(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    bool any = false;
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_conn_result *c = &run->connections[i];
        if (c->n_hops + c->explanation.n_proof + c->explanation.n_ruled_out == 0)
            continue;
        if (!any)
            pl_buf_adds(out, "## Appendix: evidence\n\n");
        any = true;
        pl_buf_adds(out, "### ");
        pl_md_code(out, c->connection->name);
        pl_buf_adds(out, "\n\n");
        if (c->n_hops > 0)
            pl_buf_adds(out,
                        "| Hop | Verdict | Finding | Cause | Evidence |\n|---|---|---|---|---|\n");
        for (size_t j = 0; j < c->n_hops; j++)
            write_hop(out, &c->hops[j]);
        pl_buf_adds(out, c->n_hops ? "\n" : "");
        write_reasoning(out, &c->explanation);
    }
}
