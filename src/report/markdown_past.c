/* markdown_past.c - what changed since the run before, and which earlier explanations a fix confirmed.
 */
#include <string.h>

#include "report_priv.h"

enum { MOST_ROWS = 200 };

static void write_row(struct pl_buf *out, struct pl_arena *arena, const struct pl_past_finding *f)
{
    pl_buf_addf(out, "- **%s**: ",
                f->state == PL_PAST_UNKNOWN ? "not known" : pl_past_state_names[f->state]);
    pl_md_code(out, f->label);
    pl_buf_adds(out, ", ");
    pl_md_text(out, pl_words_past(arena, f));
    pl_buf_addc(out, '\n');
}

static void write_fix(struct pl_buf *out, const struct pl_fix *f)
{
    static const char *const words[] = {[PL_FIX_NOT_YET] = "not yet",
                                        [PL_FIX_CONFIRMED] = "confirmed",
                                        [PL_FIX_REFUTED] = "refuted",
                                        [PL_FIX_OTHERWISE] = "mended otherwise"};
    pl_buf_addf(out, "- Explanation **%s**: ", words[f->state]);
    pl_md_code(out, f->connection);
    pl_buf_adds(out, ", ");
    pl_md_text(out, f->text);
    pl_buf_adds(out, " (run ");
    pl_md_text(out, f->run);
    pl_buf_adds(out, ")\n");
}

void pl_md_past(struct pl_buf *out, const struct pl_digest *g)
{
    const struct pl_past *past = g->run->past;
    size_t shown = 0, left = 0;
    if (!past || !past->previous)
        return;
    pl_buf_adds(out, "## Since the run before\n\n");
    pl_md_text(out, pl_words_past_counts(g->arena, past));
    pl_buf_adds(out, ", compared with run ");
    pl_md_text(out, past->previous);
    pl_buf_adds(out, ".\n\n");
    for (size_t i = 0; i < past->n_findings; i++) {
        const struct pl_past_finding *f = &past->findings[i];
        if (!f->flapping && (f->state == PL_PAST_ONGOING || f->state == PL_PAST_GONE))
            continue;
        if (shown++ < MOST_ROWS)
            write_row(out, g->arena, f);
        else
            left++;
    }
    if (left > 0)
        pl_buf_addf(out, "- and %zu more: the JSON report has them\n", left);
    for (size_t i = 0; i < past->n_fixes; i++)
        if (past->fixes[i].state != PL_FIX_NOT_YET || strcmp(past->fixes[i].run, g->run->id) != 0)
            write_fix(out, &past->fixes[i]);
    pl_buf_addc(out, '\n');
}
