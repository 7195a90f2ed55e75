/* report_connection.c - one connection in depth, for `explain`: the path hop by hop with its evidence, then the proof step by step.
 *
 * The opening is the text report's; what follows is what that leaves out.
 */
#include "report_priv.h"

enum { INDENT = 4, VERDICT = 4, HOP = 13, TEXT = 32, EVIDENCE = 17, VALUE_MAX = 120 };

static const struct {
    enum pl_ink ink;
    const char *mark;
} marks[] = {
    [PL_HOP_PASS] = {PL_INK_GREEN, "pass"},
    [PL_HOP_BLOCK] = {PL_INK_RED, "BLOCK"},
    [PL_HOP_UNKNOWN] = {PL_INK_YELLOW, "unknown"},
    [PL_HOP_NOT_APPLICABLE] = {PL_INK_DIM, "-"},
};

static void show_evidence(struct pl_text *t, const struct pl_evidence *e)
{
    pl_pen_begin(&t->pen, EVIDENCE, EVIDENCE + 4);
    if (e->field) {
        pl_pen_say(&t->pen, PL_INK_DIM, e->field);
        pl_pen_say(&t->pen, PL_INK_PLAIN, e->value ? " = " : "");
    }
    if (e->value)
        pl_pen_say(&t->pen, PL_INK_PLAIN,
                   pl_words_value(t->arena, pl_value_string(t->arena, e->value), VALUE_MAX));
    if (e->note)
        pl_pen_say(&t->pen, PL_INK_PLAIN, pl_arena_printf(t->arena, " - %s", e->note));
}

static void show_hop(struct pl_text *t, const struct pl_hop *h)
{
    pl_pen_begin(&t->pen, VERDICT, TEXT);
    pl_pen_say(&t->pen, marks[h->verdict].ink, marks[h->verdict].mark);
    pl_pen_to(&t->pen, HOP);
    pl_pen_say(&t->pen, h->verdict == PL_HOP_BLOCK ? PL_INK_BOLD : PL_INK_PLAIN, h->hop);
    pl_pen_to(&t->pen, TEXT);
    pl_pen_say(&t->pen, PL_INK_PLAIN, h->text);
    if (h->cause) /* a hop that passes may still carry a risk, one that is unknown a suspicion */
        pl_pen_say(&t->pen, PL_INK_DIM,
                   pl_arena_printf(t->arena, " (%s%s)",
                                   h->verdict == PL_HOP_PASS      ? "a risk: "
                                   : h->verdict == PL_HOP_UNKNOWN ? "if it blocks: "
                                                                  : "",
                                   h->cause->name));
    for (size_t i = 0; i < h->n_evidence; i++)
        show_evidence(t, &h->evidence[i]);
}

static void show_path(struct pl_text *t, const struct pl_conn_result *c)
{
    if (c->n_hops == 0)
        return;
    pl_pen_heading(&t->pen, "PATH",
                   "- on what was observed, every hop, not only up to the first block");
    for (size_t i = 0; i < c->n_hops; i++)
        show_hop(t, &c->hops[i]);
}

static void show_proof(struct pl_text *t, const struct pl_explanation *e)
{
    if (e->n_proof == 0)
        return;
    pl_pen_heading(&t->pen, e->verdict == PL_EXPLAIN_EXPLAINED ? "PROOF" : "REASONING",
                   "- in the model");
    for (size_t i = 0; i < e->n_proof; i++) {
        pl_pen_label(&t->pen, INDENT, INDENT + 4, pl_arena_printf(t->arena, "%zu", i + 1));
        pl_pen_say(&t->pen, PL_INK_PLAIN, e->proof[i].text);
    }
}

static void show_ruled_out(struct pl_text *t, const struct pl_explanation *e)
{
    if (e->n_ruled_out == 0)
        return;
    pl_pen_heading(&t->pen, "RULED OUT", "- drift that is there and does not cause this");
    for (size_t i = 0; i < e->n_ruled_out; i++) {
        const struct pl_drift *d = e->ruled_out[i].drift;
        pl_pen_begin(&t->pen, INDENT, INDENT + 4);
        pl_pen_say(&t->pen, PL_INK_BOLD, d->field);
        pl_pen_say(&t->pen, PL_INK_PLAIN, ": ");
        pl_text_difference(t, d);
        pl_pen_begin(&t->pen, INDENT + 4, INDENT + 6);
        pl_pen_say(&t->pen, PL_INK_PLAIN, e->ruled_out[i].why ? e->ruled_out[i].why : "");
    }
}

static void show_limits(struct pl_text *t, const struct pl_explanation *e)
{
    /* Said above already, as what was not seen. */
    if (e->n_not_modelled == 0 || pl_text_is_open_question(e))
        return;
    pl_pen_heading(&t->pen, "NOT MODELLED", NULL);
    for (size_t i = 0; i < e->n_not_modelled; i++) {
        pl_pen_begin(&t->pen, INDENT, INDENT + 4);
        pl_pen_say(&t->pen, PL_INK_PLAIN, e->not_modelled[i]);
    }
}

void pl_report_connection(struct pl_buf *out, const struct pl_run *run,
                          const struct pl_conn_result *connection,
                          const struct pl_report_style *style)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_text t = {.run = run,
                        .arena = arena,
                        .verbose = style->verbose,
                        .digest = pl_digest_one(arena, run, connection)};
    const struct pl_explanation *e = &connection->explanation;
    pl_pen_start(&t.pen, out, style);
    pl_text_title(&t, connection, 0);
    pl_text_seen(&t, connection);
    pl_text_why(&t, connection);
    if (e->n_upstream > 0) {
        pl_pen_label(&t.pen, INDENT, HOP, "upstream");
        pl_pen_say(&t.pen, PL_INK_BOLD, pl_words_list(arena, e->upstream, e->n_upstream));
        pl_pen_say(&t.pen, PL_INK_PLAIN, ": explain that, too; the cause is told there");
    }
    if (style->verbose >= 0) {
        show_path(&t, connection);
        show_proof(&t, e);
        show_ruled_out(&t, e);
        show_limits(&t, e);
        pl_text_steps(&t);
    }
    pl_pen_finish(&t.pen);
    pl_arena_free(arena);
}
