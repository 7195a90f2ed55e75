/* text_gate.c - what a deploy would do, for a terminal: what breaks and by which field, what is mended, drift, what nobody can tell.
 */
#include <string.h>

#include "report_priv.h"

enum { INDENT = 4, HANG = 13, VALUE_MAX = 120 };

static void labelled(struct pl_text *t, const char *label, enum pl_ink ink, const char *text)
{
    pl_pen_label(&t->pen, INDENT, HANG, label);
    pl_pen_say(&t->pen, ink, text);
}

/* "PRIVATE_RANGES_ONLY -> ALL_TRAFFIC"; `forward` false: the drift is the world before, held against the one after. */
const char *pl_words_becomes(struct pl_arena *arena, const struct pl_drift *d, bool forward)
{
    const char *expected = pl_words_value(arena, d->expected, VALUE_MAX),
               *observed = pl_words_value(arena, d->observed, VALUE_MAX);
    return forward ? pl_arena_printf(arena, "%s -> %s", expected, observed)
                   : pl_arena_printf(arena, "%s -> %s", observed, expected);
}

static void show_hops(struct pl_text *t, const char *label, const struct pl_conn_result *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_hops; i++) {
        const struct pl_hop *h = &c->hops[i];
        if (h->verdict != PL_HOP_BLOCK && h->verdict != PL_HOP_UNKNOWN)
            continue;
        pl_pen_label(&t->pen, INDENT, HANG, n++ ? "" : label);
        pl_pen_say(&t->pen, h->verdict == PL_HOP_BLOCK ? PL_INK_RED : PL_INK_YELLOW,
                   h->verdict == PL_HOP_BLOCK ? "blocked" : "not known");
        pl_pen_say(&t->pen, PL_INK_PLAIN, pl_arena_printf(t->arena, " at %s: %s", h->hop, h->text));
        if (h->cause)
            pl_pen_say(&t->pen, PL_INK_DIM, pl_arena_printf(t->arena, " (%s)", h->cause->name));
    }
    if (n == 0)
        labelled(t, label, PL_INK_GREEN,
                 pl_arena_printf(t->arena, "open: every one of %s passes",
                                 pl_words_count(t->arena, c->n_hops, "hop", "hops")));
}

static void show_proof(struct pl_text *t, const struct pl_explanation *e, bool forward)
{
    size_t n = 0;
    for (size_t i = 0; e && i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++) {
            const struct pl_drift *d = e->causes[i].drifts[j];
            pl_pen_label(&t->pen, INDENT, HANG, n++ ? "" : "by");
            pl_pen_say(&t->pen, PL_INK_PLAIN, j > 0 ? "+ " : i > 0 ? "or " : "");
            pl_pen_say(&t->pen, PL_INK_BOLD, d->field);
            pl_pen_say(&t->pen, PL_INK_PLAIN,
                       pl_arena_printf(t->arena, ": %s", pl_words_becomes(t->arena, d, forward)));
        }
    if (e && n == 0 && e->verdict != PL_EXPLAIN_NONE)
        labelled(t, "by", PL_INK_PLAIN, pl_words_verdict(e));
    if (!e || !forward || e->n_proof == 0)
        return;
    labelled(t, "proof", PL_INK_DIM,
             "(observed: with the candidate; a drift: what it changes; declared: without it)");
    for (size_t i = 0; i < e->n_proof; i++)
        labelled(t, "", PL_INK_PLAIN, e->proof[i].text);
}

static void show_connection(struct pl_text *t, const struct pl_gate_connection *c)
{
    const struct pl_connection *d = c->after->connection;
    pl_pen_gap(&t->pen);
    pl_pen_begin(&t->pen, 0, INDENT);
    pl_pen_say(&t->pen, PL_INK_BOLD, d->name);
    pl_pen_say(&t->pen, PL_INK_PLAIN,
               pl_arena_printf(t->arena, ", %s", pl_severity_names[d->severity]));
    labelled(t, "path", PL_INK_PLAIN, pl_words_path(t->arena, d));
    if (d->impact && c->effect == PL_GATE_BREAKS)
        labelled(t, "impact", PL_INK_PLAIN, d->impact);
    show_hops(t, "before", c->before);
    show_hops(t, "after", c->after);
    show_proof(t, c->proof, c->effect == PL_GATE_BREAKS);
}

static const struct {
    enum pl_gate_effect effect;
    const char *title, *more;
} parts[] = {
    {PL_GATE_BREAKS, "WOULD BREAK", "- blocked with the candidate, and not without it"},
    {PL_GATE_MENDS, "WOULD BE MENDED", NULL},
    {PL_GATE_BLURS, "CANNOT BE TOLD", "- with the candidate; without it one could, or otherwise"},
};

static void show_connections(struct pl_text *t, const struct pl_gate *g)
{
    for (size_t p = 0; p < PL_LEN(parts); p++) {
        bool said = false;
        for (size_t i = 0; i < g->n_connections; i++) {
            if (g->connections[i].effect != parts[p].effect)
                continue;
            if (!said)
                pl_pen_heading(&t->pen, parts[p].title, parts[p].more);
            said = true;
            show_connection(t, &g->connections[i]);
        }
    }
}

/* Fields: what the candidate changes; drift: what is declared, and what would be or was. */
static void show_drift(struct pl_text *t, const char *title, const char *more,
                       const struct pl_drift *const *list, size_t n, const char *state)
{
    if (n > 0)
        pl_pen_heading(&t->pen, title, more);
    for (size_t i = 0; i < n; i++) {
        const struct pl_drift *d = list[i];
        const char *mark = pl_words_mark(t->arena, &d->mark);
        pl_pen_begin(&t->pen, INDENT, INDENT + 2);
        pl_pen_say(&t->pen, PL_INK_BOLD, d->field);
        pl_pen_say(&t->pen, PL_INK_PLAIN,
                   state ? pl_arena_printf(t->arena, ": expected %s, %s %s, %s",
                                           pl_words_value(t->arena, d->expected, VALUE_MAX), state,
                                           pl_words_value(t->arena, d->observed, VALUE_MAX),
                                           pl_severity_names[d->severity])
                         : pl_arena_printf(t->arena, ": %s", pl_words_becomes(t->arena, d, true)));
        if (mark)
            pl_pen_say(&t->pen, PL_INK_DIM, pl_arena_printf(t->arena, " (%s)", mark));
    }
}

static void show_names(struct pl_text *t, enum pl_gate_effect effect, const char *label)
{
    const struct pl_gate *g = t->run->gate;
    const char **names = pl_arena_array(t->arena, g->n_connections + 1, sizeof(*names));
    size_t n = 0;
    for (size_t i = 0; i < g->n_connections; i++)
        if (g->connections[i].effect == effect)
            names[n++] = g->connections[i].after->connection->name;
    if (n == 0)
        return;
    pl_pen_begin(&t->pen, INDENT, INDENT + 2);
    pl_pen_say(&t->pen, PL_INK_PLAIN,
               pl_arena_printf(t->arena, "%s: %s", label, pl_words_list(t->arena, names, n)));
}

static void show_rest(struct pl_text *t, const struct pl_gate *g)
{
    for (size_t i = 0; i < g->n_unknown; i++) {
        if (i == 0)
            pl_pen_heading(&t->pen, "FIELDS THAT CANNOT BE TOLD", NULL);
        pl_pen_begin(&t->pen, INDENT, INDENT + 2);
        pl_pen_say(&t->pen, PL_INK_BOLD, g->unknown[i].field);
        pl_pen_say(&t->pen, PL_INK_PLAIN, pl_arena_printf(t->arena, ": %s", g->unknown[i].why));
    }
    pl_pen_heading(&t->pen, "AS BEFORE", "- not counted");
    show_names(t, PL_GATE_KEEPS, "open in the model");
    show_names(t, PL_GATE_WRONG, "blocked before and after");
    show_names(t, PL_GATE_UNKNOWN, "not known before and after");
    pl_pen_begin(&t->pen, INDENT, INDENT + 2);
    pl_pen_say(&t->pen, PL_INK_PLAIN,
               pl_arena_printf(t->arena, "%s that %s there before",
                               pl_words_count(t->arena, g->n_kept, "drift", "drifts"),
                               g->n_kept == 1 ? "was" : "were"));
}

void pl_text_gate(struct pl_text *t)
{
    const struct pl_gate *g = t->run->gate;
    for (size_t i = 0; i < g->n_changes; i++) {
        pl_pen_begin(&t->pen, 0, INDENT);
        pl_pen_say(&t->pen, PL_INK_PLAIN,
                   pl_arena_printf(t->arena, "candidate %s: %s %s", g->changes[i].source,
                                   g->changes[i].action, g->changes[i].resource));
    }
    pl_pen_begin(&t->pen, 0, INDENT);
    pl_pen_say(&t->pen, PL_INK_PLAIN,
               pl_arena_printf(t->arena, "%s%s",
                               pl_words_count(t->arena, g->n_fields, "field would change",
                                              "fields would change"),
                               g->n_fields > 0 && t->verbose < 1 ? ", -v lists them" : ""));
    for (size_t i = 0; i < g->n_notes; i++) {
        pl_pen_begin(&t->pen, 0, INDENT);
        pl_pen_say(&t->pen, PL_INK_YELLOW, g->notes[i]);
    }
    show_connections(t, g);
    show_drift(t, "DRIFT THAT IT ADDS", "- against the baseline", g->added, g->n_added, "would be");
    if (t->verbose < 0)
        return;
    show_drift(t, "DRIFT THAT IT REMOVES", NULL, g->removed, g->n_removed, "now");
    show_drift(t, "WHAT IT CHANGES", "- all of it", g->fields, t->verbose > 0 ? g->n_fields : 0,
               NULL);
    show_rest(t, g);
}
