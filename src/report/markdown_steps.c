/* markdown_steps.c - remediation in order with commands to run, to verify and to roll back; and by what one knows that it is done.
 */
#include "plumbline/escape.h"
#include "report_priv.h"

static void write_command(struct pl_buf *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    bool runs = pl_is_command(text);
    pl_buf_addf(out, "%s%s:\n\n", name, runs ? "" : ", by hand");
    if (runs) {
        pl_md_fence(out, "sh", text);
    } else {
        pl_buf_adds(out, "> ");
        pl_md_text(out, text);
        pl_buf_adds(out, "\n");
    }
    pl_buf_adds(out, "\n");
}

static void write_line(struct pl_buf *out, const char *text)
{
    if (!text)
        return;
    pl_md_text(out, text);
    pl_buf_adds(out, "\n\n");
}

static void write_terraform(struct pl_buf *out, const struct pl_digest *g,
                            const struct pl_remedy *r)
{
    const char *words = pl_words_terraform(g->arena, r);
    if (!words)
        return;
    pl_buf_adds(out, "In Terraform: ");
    write_line(out, words);
}

static void write_step(struct pl_buf *out, const struct pl_digest *g, const struct pl_action *s)
{
    pl_buf_addf(out, "### Step %s: %s ", s->label,
                s->masked   ? "prepare"
                : s->proven ? "mend"
                            : "may mend");
    pl_md_names(out, s->mends, s->n_mends);
    pl_buf_adds(out, "\n\n");
    for (size_t i = 0; i < s->n_drifts; i++) {
        pl_buf_adds(out, "- ");
        pl_md_code(out, s->drifts[i]->field);
        pl_buf_adds(out, ": ");
        pl_md_text(out, pl_words_difference(g->arena, s->drifts[i], 200));
        if (s->drifts[i]->mark.file) {
            pl_buf_adds(out, ", ");
            pl_md_mark(out, g->arena, &s->drifts[i]->mark);
        }
        pl_buf_adds(out, "\n");
    }
    pl_buf_addf(out, "- Problem %zu; ", s->problem);
    pl_md_text(out, pl_words_step(g->arena, s));
    pl_buf_adds(out, "\n");
    if (s->remedy && s->remedy->risk) {
        pl_buf_adds(out, "- Risk: ");
        pl_md_text(out, s->remedy->risk);
        pl_buf_adds(out, "\n");
    }
    pl_buf_adds(out, "\n");
    if (s->remedy) {
        write_command(out, "Check before", pl_precheck(s->remedy));
        write_line(out, pl_words_before(g->arena, s->remedy));
    }
    write_command(out, "Run",
                  s->remedy ? s->remedy->command : pl_words_by_hand(g->arena, s->drifts[0]));
    if (!s->remedy)
        return;
    write_command(out, "Verify", s->remedy->verify);
    write_line(out, pl_words_prints(g->arena, s->remedy));
    write_command(out, "Roll back", s->remedy->rollback);
    write_terraform(out, g, s->remedy);
}

/* The steps in one look; each in full below. */
static void write_critical_path(struct pl_buf *out, const struct pl_digest *g)
{
    if (g->n_steps < 2)
        return;
    pl_buf_adds(out, "| Step | Change | Effect | Problem |\n|---|---|---|---|\n");
    for (size_t i = 0; i < g->n_steps; i++) {
        const struct pl_action *s = &g->steps[i];
        pl_buf_addf(out, "| %s | ", s->label);
        for (size_t j = 0; j < s->n_drifts; j++) {
            pl_buf_adds(out, j ? ", " : "");
            pl_escape_markdown_code(out, s->drifts[j]->field);
        }
        pl_buf_adds(out, " | ");
        pl_md_text(out, pl_words_step(g->arena, s));
        pl_buf_addf(out, " | %zu |\n", s->problem);
    }
    pl_buf_adds(out, "\n");
}

void pl_md_steps(struct pl_buf *out, const struct pl_digest *g)
{
    if (g->n_steps == 0)
        return;
    pl_buf_adds(out, "## Remediation, in this order\n\n");
    write_critical_path(out, g);
    for (size_t i = 0; i < g->n_steps; i++)
        write_step(out, g, &g->steps[i]);
}

void pl_md_acceptance(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    bool any = false;
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_conn_result *c = &run->connections[i];
        const char *budget = pl_words_budget(g->arena, &c->connection->budget);
        if (!pl_is_alarm(c) && c->connection->n_tracks == 0)
            continue;
        if (!any)
            pl_buf_adds(out, "## Acceptance criteria\n\n");
        any = true;
        pl_buf_addf(out, "- [%c] ", c->status == PL_CONN_OK ? 'x' : ' ');
        pl_md_code(out, c->connection->name);
        pl_buf_adds(out, " works, seen from ");
        pl_md_code(out, c->connection->from.text);
        pl_buf_adds(out, budget ? ": " : "");
        pl_md_text(out, budget ? budget : "");
        if (c->connection->concurrency > 1)
            pl_buf_addf(out, ", %d at the same moment", c->connection->concurrency);
        if (c->connection->n_tracks > 0) {
            pl_buf_adds(out, " (");
            pl_md_issues(out, c->connection->tracks, c->connection->n_tracks);
            pl_buf_adds(out, ")");
        }
        pl_buf_adds(out, "\n");
    }
    if (any)
        pl_buf_adds(out, "- [ ] The same run again ends with exit status 0: a proof is about a "
                         "model, the next run confirms or refutes it\n\n");
}
