/* report_text.c - the report for a terminal at night: verdict, failures with causes, what to do, then everything quieter.
 *
 * Only the order stands here; the parts are text_problem.c, text_steps.c and text_rest.c.
 */
#include "report_priv.h"

static const struct {
    enum pl_ink ink;
    const char *word;
} verdicts[] = {
    [PL_VERDICT_CLEAN] = {PL_INK_GREEN, "CLEAN"},
    [PL_VERDICT_DRIFT] = {PL_INK_YELLOW, "DRIFT"},
    [PL_VERDICT_FAILING] = {PL_INK_RED, "FAILING"},
    [PL_VERDICT_INCOMPLETE] = {PL_INK_YELLOW, "INCOMPLETE"},
    [PL_VERDICT_ERROR] = {PL_INK_RED, "ERROR"},
};

static void show_verdict(struct pl_text *t)
{
    const struct pl_run *run = t->run;
    pl_pen_begin(&t->pen, 0, 4);
    pl_pen_say(&t->pen, verdicts[run->verdict].ink, verdicts[run->verdict].word);
    if (run->reason) {
        pl_pen_say(&t->pen, PL_INK_PLAIN, ": ");
        pl_pen_say(&t->pen, PL_INK_BOLD, run->reason);
    }
    pl_pen_say(&t->pen, PL_INK_PLAIN,
               pl_arena_printf(t->arena, " (exit status %d)", run->exit_status));
}

/* Of what this speaks: projects, baselines, when and whence. */
static void show_subject(struct pl_text *t)
{
    const struct pl_run *run = t->run;
    struct pl_buf b = {0};
    if (run->n_projects > 0)
        pl_buf_addf(&b, "%s; ", pl_words_list(t->arena, run->projects, run->n_projects));
    if (run->n_baseline_files > 0)
        pl_buf_addf(&b, "%s; ",
                    pl_words_list(t->arena, run->baseline_files, run->n_baseline_files));
    if (run->source)
        pl_buf_addf(&b, "from %s; ", run->source);
    if (run->observed_at)
        pl_buf_addf(&b, "observed %s; ", run->observed_at);
    pl_buf_addf(&b, "run %s", run->id ? run->id : "-");
    pl_pen_begin(&t->pen, 0, 4);
    pl_pen_say(&t->pen, PL_INK_DIM, pl_buf_str(&b));
    pl_buf_free(&b);
}

static void show_problems(struct pl_text *t)
{
    const struct pl_digest *g = t->digest;
    if (g->n_problems == 0)
        return;
    pl_pen_gap(&t->pen);
    pl_pen_begin(&t->pen, 0, 4);
    pl_pen_say(&t->pen, PL_INK_BOLD, pl_words_alarms(t->arena, g));
    for (size_t i = 0; i < g->n_problems; i++)
        pl_text_problem(t, &g->problems[i], i + 1);
}

void pl_report_text(struct pl_buf *out, const struct pl_run *run,
                    const struct pl_report_style *style)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_text t = {.run = run,
                        .arena = arena,
                        .verbose = style->verbose,
                        .digest = pl_digest_make(arena, run)};
    pl_pen_start(&t.pen, out, style);
    show_verdict(&t);
    if (style->verbose >= 0)
        show_subject(&t);
    if (run->gate)
        pl_text_gate(&t);
    else
        show_problems(&t);
    if (style->verbose >= 0 && !run->gate) {
        pl_text_steps(&t);
        pl_text_past(&t);
        pl_text_logs(&t);
        pl_text_unknown_connections(&t);
        pl_text_other_drift(&t);
        pl_text_working(&t);
        pl_text_rest(&t);
    }
    pl_pen_finish(&t.pen);
    pl_arena_free(arena);
}
