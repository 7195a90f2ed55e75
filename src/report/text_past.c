/* text_past.c - what earlier runs say, for a terminal: what is new, what changed, what is gone, and whether fixes held.
 *
 * `history show` and `history diff` write it alone; a report has it below what to do. What stands as it stood is counted there.
 */
#include <string.h>

#include "report_priv.h"

enum { INDENT = 4, TEXT = 15, MOST_ROWS = 50 };

static const struct {
    enum pl_ink ink;
    const char *word;
} states[] = {
    [PL_PAST_NEW] = {PL_INK_RED, "new"},
    [PL_PAST_CHANGED] = {PL_INK_YELLOW, "changed"},
    [PL_PAST_ONGOING] = {PL_INK_PLAIN, "ongoing"},
    [PL_PAST_UNKNOWN] = {PL_INK_YELLOW, "not known"},
    [PL_PAST_RESOLVED] = {PL_INK_GREEN, "resolved"},
    [PL_PAST_GONE] = {PL_INK_DIM, "gone"},
};

static const struct {
    enum pl_ink ink;
    const char *word;
} fixes[] = {
    [PL_FIX_NOT_YET] = {PL_INK_PLAIN, "not yet"},
    [PL_FIX_CONFIRMED] = {PL_INK_GREEN, "confirmed"},
    [PL_FIX_REFUTED] = {PL_INK_RED, "refuted"},
    [PL_FIX_OTHERWISE] = {PL_INK_YELLOW, "otherwise"},
};

const char *pl_words_past(struct pl_arena *arena, const struct pl_past_finding *f)
{
    struct pl_buf b = {0};
    pl_buf_adds(&b, f->text);
    if (f->before)
        pl_buf_addf(&b, " (before: %s)", f->before);
    if (f->note)
        pl_buf_addf(&b, "; %s", f->note);
    if (f->state == PL_PAST_RESOLVED || f->state == PL_PAST_GONE)
        pl_buf_addf(&b, "; it stood from %s to %s, in %d %s", f->first_seen, f->last_seen, f->runs,
                    f->runs == 1 ? "run" : "runs");
    else if (f->state != PL_PAST_NEW)
        pl_buf_addf(&b, "; since %s, in %d %s", f->first_seen, f->runs,
                    f->runs == 1 ? "run" : "runs");
    if (f->state == PL_PAST_UNKNOWN)
        pl_buf_addf(&b, ", last seen %s", f->last_seen);
    if (f->flapping)
        pl_buf_addf(&b, "; flapping: %s", f->window);
    return pl_buf_take(&b, arena);
}

const char *pl_words_past_counts(struct pl_arena *arena, const struct pl_past *past)
{
    static const enum pl_past_state order[] = {PL_PAST_NEW, PL_PAST_CHANGED, PL_PAST_ONGOING,
                                               PL_PAST_UNKNOWN, PL_PAST_RESOLVED};
    struct pl_buf b = {0};
    for (size_t i = 0; i < PL_LEN(order); i++) {
        size_t n = pl_past_count(past, order[i]);
        if (n > 0)
            pl_buf_addf(&b, "%s%zu %s", b.len ? ", " : "", n, states[order[i]].word);
    }
    return b.len ? pl_buf_take(&b, arena) : "nothing to tell";
}

static void row(struct pl_text *t, const struct pl_past_finding *f)
{
    pl_pen_begin(&t->pen, INDENT, TEXT);
    pl_pen_say(&t->pen, states[f->state].ink, states[f->state].word);
    pl_pen_to(&t->pen, TEXT);
    pl_pen_say(&t->pen, PL_INK_BOLD, f->label);
    pl_pen_say(&t->pen, PL_INK_PLAIN, ": ");
    pl_pen_say(&t->pen, PL_INK_PLAIN, pl_words_past(t->arena, f));
}

static void rows(struct pl_text *t, const struct pl_past *past, bool whole)
{
    size_t shown = 0, left = 0;
    for (size_t i = 0; i < past->n_findings; i++) {
        const struct pl_past_finding *f = &past->findings[i];
        if (!whole && !f->flapping && (f->state == PL_PAST_ONGOING || f->state == PL_PAST_GONE))
            continue;
        if (t->verbose < 1 && shown >= MOST_ROWS) {
            left++;
            continue;
        }
        row(t, f);
        shown++;
    }
    if (left == 0)
        return;
    pl_pen_begin(&t->pen, INDENT, INDENT);
    pl_pen_say(&t->pen, PL_INK_YELLOW,
               pl_arena_printf(t->arena, "and %zu more: -v shows all, -o json has them", left));
}

static void fix_rows(struct pl_text *t, const struct pl_past *past)
{
    bool any = false;
    for (size_t i = 0; i < past->n_fixes; i++) {
        const struct pl_fix *f = &past->fixes[i];
        if (!past->previous ||
            (f->state == PL_FIX_NOT_YET && t->run && t->run->id && strcmp(f->run, t->run->id) == 0))
            continue; /* this very run's own claim */
        if (!any)
            pl_pen_heading(&t->pen, "EARLIER EXPLANATIONS", "- did undoing it mend it?");
        any = true;
        pl_pen_begin(&t->pen, INDENT, TEXT);
        pl_pen_say(&t->pen, fixes[f->state].ink, fixes[f->state].word);
        pl_pen_to(&t->pen, TEXT);
        pl_pen_say(&t->pen, PL_INK_BOLD, f->connection);
        pl_pen_say(&t->pen, PL_INK_PLAIN,
                   pl_arena_printf(t->arena, ": %s (explained by run %s)", f->text, f->run));
    }
}

void pl_text_past(struct pl_text *t)
{
    const struct pl_past *past = t->run->past;
    if (!past || !past->previous)
        return;
    pl_pen_heading(&t->pen, pl_arena_printf(t->arena, "SINCE RUN %s", past->previous),
                   pl_arena_printf(t->arena, "- %s", pl_words_past_counts(t->arena, past)));
    rows(t, past, false);
    fix_rows(t, past);
}

void pl_report_past(struct pl_buf *out, const struct pl_past *past,
                    const struct pl_report_style *style)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_text t = {.arena = arena, .verbose = style->verbose};
    pl_pen_start(&t.pen, out, style);
    pl_pen_begin(&t.pen, 0, 4);
    pl_pen_say(&t.pen, PL_INK_BOLD, pl_words_past_counts(arena, past));
    rows(&t, past, true);
    fix_rows(&t, past);
    pl_pen_finish(&t.pen);
    pl_arena_free(arena);
}
