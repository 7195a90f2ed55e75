/* text_steps.c - what to do, in order, for a terminal. Each command once; never broken, so that it can be copied.
 */
#include "report_priv.h"

enum { INDENT = 4, LABEL = 9 };

static void command(struct pl_text *t, int indent, const char *label, const char *text)
{
    if (!text)
        return;
    if (pl_is_command(text)) {
        pl_pen_line(&t->pen, indent, indent + LABEL, label, text);
        return;
    }
    pl_pen_label(&t->pen, indent, indent + LABEL, label);
    pl_pen_say(&t->pen, PL_INK_PLAIN, text);
}

/* What the command shows, below it. */
static void show_prints(struct pl_text *t, int indent, const char *words)
{
    if (!words)
        return;
    pl_pen_begin(&t->pen, indent + LABEL, indent + LABEL);
    pl_pen_say(&t->pen, PL_INK_DIM, words);
}

void pl_text_remedy(struct pl_text *t, int indent, const struct pl_remedy *r,
                    const struct pl_drift *d)
{
    if (!r) {
        command(t, indent, "do", pl_words_by_hand(t->arena, d));
        return;
    }
    command(t, indent, "check", pl_precheck(r));
    show_prints(t, indent, pl_words_before(t->arena, r));
    command(t, indent, "do", r->command);
    command(t, indent, "verify", r->verify);
    show_prints(t, indent, r->verify ? pl_words_prints(t->arena, r) : NULL);
    command(t, indent, "undo", r->rollback);
    command(t, indent, "risk", r->risk);
    command(t, indent, "in code", pl_words_terraform(t->arena, r));
}

static void show_step(struct pl_text *t, const struct pl_action *s)
{
    pl_pen_gap(&t->pen);
    pl_pen_label(&t->pen, 0, INDENT, s->label);
    for (size_t i = 0; i < s->n_drifts; i++) {
        if (i > 0)
            pl_pen_begin(&t->pen, INDENT, INDENT + 2);
        pl_pen_say(&t->pen, PL_INK_BOLD, s->drifts[i]->field);
    }
    pl_pen_begin(&t->pen, INDENT, INDENT + 2);
    pl_pen_say(&t->pen, PL_INK_PLAIN, pl_words_step(t->arena, s));
    pl_text_remedy(t, INDENT, s->remedy, s->drifts[0]);
}

void pl_text_steps(struct pl_text *t)
{
    const struct pl_digest *g = t->digest;
    if (g->n_steps == 0)
        return;
    pl_pen_heading(&t->pen, "WHAT TO DO", g->n_steps > 1 ? "- in this order, each once" : NULL);
    for (size_t i = 0; i < g->n_steps; i++)
        show_step(t, &g->steps[i]);
    pl_pen_gap(&t->pen);
    pl_pen_begin(&t->pen, INDENT, INDENT);
    pl_pen_say(
        &t->pen, PL_INK_PLAIN,
        "Then run this again: the proof is about a model, the next run confirms or refutes it.");
}
