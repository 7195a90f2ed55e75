/* report_markdown.c - a remediation report for an infrastructure team, in GitHub-flavoured Markdown.
 *
 * Here stand its order and its summary; the sections are in markdown_*.c. It says the same as the text report, for readers with
 * more time: issues confirmed or not, commands to run, to verify and to roll back, and what nobody looked at.
 */
#include "plumbline/escape.h"
#include "report_priv.h"

static void row(struct pl_buf *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    pl_buf_addf(out, "| %s | ", name);
    pl_escape_markdown_code(out, text);
    pl_buf_adds(out, " |\n");
}

static void write_subject(struct pl_buf *out, const struct pl_run *run, struct pl_arena *arena)
{
    pl_buf_adds(out, "| | |\n|---|---|\n");
    row(out, "Projects", pl_words_list(arena, run->projects, run->n_projects));
    row(out, "Baselines", pl_words_list(arena, run->baseline_files, run->n_baseline_files));
    row(out, "Observed from", run->source);
    row(out, "Observed at", run->observed_at);
    row(out, "Run", run->id);
    row(out, "Command", pl_arena_printf(arena, "plumbline %s", run->command ? run->command : ""));
    row(out, "Finished at", run->finished_at);
    row(out, "Version", run->version);
    pl_buf_adds(out, "\n");
}

static void write_problem_row(struct pl_buf *out, const struct pl_digest *g,
                              const struct pl_conn_result *c, const char *number, const char *why)
{
    pl_buf_addf(out, "| %s | ", number);
    pl_escape_markdown_code(out, c->connection->name);
    pl_buf_addf(out, " | %s | %s | ", pl_conn_status_names[c->status],
                pl_severity_names[c->severity]);
    if (c->symptom.kind)
        pl_escape_markdown_code(out, pl_symptom_text(g->arena, &c->symptom));
    else
        pl_buf_adds(out, "*nobody looked*");
    pl_buf_addf(out, " | %s | ", why);
    pl_md_issues(out, c->connection->tracks, c->connection->n_tracks);
    pl_buf_adds(out, " |\n");
}

static void write_problem_rows(struct pl_buf *out, const struct pl_digest *g, size_t i)
{
    const struct pl_problem *p = &g->problems[i];
    const char *number = pl_arena_printf(g->arena, "%zu", i + 1);
    for (size_t r = 0; r < p->n_roots; r++) {
        const struct pl_explanation *e = &p->roots[r]->explanation;
        const char *verdict = pl_explain_verdict_names[e->verdict];
        const char *why = e->verdict == PL_EXPLAIN_EXPLAINED    ? "explained, proven"
                          : e->verdict == PL_EXPLAIN_CONSISTENT ? "consistent, *not proven*"
                          : e->verdict == PL_EXPLAIN_NONE       ? ""
                                                                : verdict;
        write_problem_row(out, g, p->roots[r], number, why);
    }
    for (size_t r = 0; r < p->n_cascades; r++)
        write_problem_row(out, g, p->cascades[r], number, "cascade");
}

static void write_summary(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_run *run = g->run;
    pl_buf_addf(out, "**Verdict: %s.** ", pl_verdict_names[run->verdict]);
    if (run->reason) {
        pl_md_text(out, run->reason);
        pl_buf_adds(out, ". ");
    }
    pl_buf_addf(out, "Exit status %d.\n\n", run->exit_status);
    write_subject(out, run, g->arena);
    pl_buf_adds(out, "## Executive summary\n\n");
    if (g->n_problems > 0) {
        pl_buf_addf(out, "%s.\n\n", pl_words_alarms(g->arena, g));
        pl_md_gist(out, g);
        pl_buf_adds(out,
                    "| Problem | Connection | Status | Severity | Seen | Explanation | Tracks |\n"
                    "|---|---|---|---|---|---|---|\n");
        for (size_t i = 0; i < g->n_problems; i++)
            write_problem_rows(out, g, i);
        pl_buf_adds(out, "\n");
    } else {
        pl_buf_adds(out, "No connection is known to fail.\n\n");
    }
    pl_buf_addf(out, "- %s seen to work, %zu open in the model (nobody looked), %zu not known\n",
                pl_words_count(g->arena, g->by_status[PL_CONN_OK], "connection", "connections"),
                g->by_status[PL_CONN_OPEN], g->by_status[PL_CONN_UNKNOWN]);
    pl_buf_addf(out, "- %s, of which %zu explain no failure\n",
                pl_words_count(g->arena, run->n_drift, "drift", "drifts"), g->n_other);
    pl_buf_addf(out, "- %s\n\n", pl_words_coverage(g->arena, &run->coverage));
}

void pl_report_markdown(struct pl_buf *out, const struct pl_run *run,
                        const struct pl_report_style *style)
{
    struct pl_arena *arena = pl_arena_new();
    if (run->gate && run->verdict != PL_VERDICT_ERROR) {
        pl_md_gate(out, arena, run);
        pl_arena_free(arena);
        return;
    }
    const struct pl_digest *g = pl_digest_make(arena, run);
    (void)
        style; /* it is read later, by others: neither width nor colour, and nothing is left out */
    pl_buf_adds(out, "# Drift and connectivity report\n\n");
    write_summary(out, g);
    pl_md_tracked(out, g);
    pl_md_problems(out, g);
    pl_md_steps(out, g);
    pl_md_acceptance(out, g);
    pl_md_past(out, g);
    pl_md_drift(out, g);
    pl_md_gaps(out, g);
    pl_md_evidence(out, g);
    pl_arena_free(arena);
}
