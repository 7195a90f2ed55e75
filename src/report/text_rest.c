/* text_rest.c - the quieter half of the report for a terminal: what works, what differs and explains nothing, what nobody knows.
 *
 * Drift here is listed, not blamed.
 */
#include <string.h>

#include "plumbline/map.h"
#include "report_priv.h"

enum { INDENT = 4, VALUE_MAX = 60, MOST_ROWS = 50 };

/* How many rows of n are shown; the rest is counted. */
static size_t shown(const struct pl_text *t, size_t n)
{
    return t->verbose > 0 || n <= MOST_ROWS ? n : MOST_ROWS;
}

static void say_cut(struct pl_text *t, size_t n)
{
    if (n <= shown(t, n))
        return;
    pl_pen_begin(&t->pen, INDENT, INDENT + 2);
    pl_pen_say(
        &t->pen, PL_INK_YELLOW,
        pl_arena_printf(t->arena, "and %zu more: -v shows all, -o json has them", n - shown(t, n)));
}

static void row(struct pl_text *t, const char *head, const char *text)
{
    pl_pen_begin(&t->pen, INDENT, INDENT + 4);
    pl_pen_say(&t->pen, PL_INK_BOLD, head);
    if (text) {
        pl_pen_say(&t->pen, PL_INK_PLAIN, ": ");
        pl_pen_say(&t->pen, PL_INK_PLAIN, text);
    }
}

/* ---- connections ---- */

void pl_text_unknown_connections(struct pl_text *t)
{
    size_t n = t->digest->by_status[PL_CONN_UNKNOWN];
    if (n == 0)
        return;
    pl_pen_heading(&t->pen, "NOT KNOWN",
                   pl_arena_printf(t->arena, "- %s: not seen to work, not seen to fail",
                                   pl_words_count(t->arena, n, "connection", "connections")));
    for (size_t i = 0; i < t->run->n_connections; i++) {
        const struct pl_conn_result *c = &t->run->connections[i];
        if (c->status != PL_CONN_UNKNOWN)
            continue;
        const char *why = c->note                 ? c->note
                          : c->explanation.reason ? c->explanation.reason
                                                  : "too little was observed";
        row(t, c->connection->name, why);
        if (c->symptom.kind) {
            pl_pen_begin(&t->pen, INDENT + 4, INDENT + 6);
            pl_pen_say(&t->pen, PL_INK_DIM,
                       pl_arena_printf(t->arena, "seen: %s", pl_words_symptom(t->arena, c)));
        }
    }
}

static const char *working_word(struct pl_text *t, const struct pl_conn_result *c)
{
    if (c->status == PL_CONN_OK && c->probe && c->probe->timings.p50_ms >= 0)
        return pl_arena_printf(t->arena, "%s (%s)", c->connection->name,
                               pl_words_ms(t->arena, c->probe->timings.p50_ms));
    return c->connection->name;
}

static void list_working(struct pl_text *t, enum pl_conn_status status, const char *what)
{
    const char **names = pl_arena_array(t->arena, t->run->n_connections + 1, sizeof(*names));
    size_t n = 0;
    for (size_t i = 0; i < t->run->n_connections; i++)
        if (t->run->connections[i].status == status)
            names[n++] = working_word(t, &t->run->connections[i]);
    if (n == 0)
        return;
    pl_pen_begin(&t->pen, INDENT, INDENT + 4);
    pl_pen_say(&t->pen, PL_INK_GREEN, what);
    pl_pen_say(&t->pen, PL_INK_PLAIN, " ");
    for (size_t i = 0; i < n; i++) {
        pl_pen_say(&t->pen, PL_INK_PLAIN, names[i]);
        pl_pen_say(&t->pen, PL_INK_PLAIN, i + 1 < n ? ", " : "");
    }
}

void pl_text_working(struct pl_text *t)
{
    size_t ok = t->digest->by_status[PL_CONN_OK], open = t->digest->by_status[PL_CONN_OPEN];
    if (ok + open == 0)
        return;
    pl_pen_heading(
        &t->pen,
        open == 0 ? "WORKING"
        : ok == 0 ? "OPEN IN THE MODEL"
                  : "WORKING, OR OPEN IN THE MODEL",
        pl_arena_printf(t->arena, "- %s",
                        pl_words_count(t->arena, ok + open, "connection", "connections")));
    list_working(t, PL_CONN_OK, "seen to work, within budget:");
    list_working(t, PL_CONN_OPEN, "open in the model, nobody looked:");
    for (size_t i = 0; i < t->run->n_connections; i++) {
        const struct pl_conn_result *c = &t->run->connections[i];
        if ((c->status == PL_CONN_OK || c->status == PL_CONN_OPEN) && c->note)
            row(t, c->connection->name, c->note);
    }
}

/* ---- drift ---- */

void pl_text_other_drift(struct pl_text *t)
{
    const struct pl_digest *g = t->digest;
    if (g->n_other == 0)
        return;
    pl_pen_heading(
        &t->pen, g->n_alarms ? "OTHER DRIFT" : "DRIFT",
        pl_arena_printf(t->arena,
                        g->n_alarms ? "- %s, listed and not blamed: no failure "
                                      "comes from it"
                                    : "- %s, nothing fails because of it",
                        pl_words_count(t->arena, g->n_other, "difference", "differences")));
    for (size_t i = 0; i < shown(t, g->n_other); i++) {
        pl_pen_begin(&t->pen, INDENT, INDENT + 4);
        pl_pen_say(&t->pen, PL_INK_BOLD, g->other[i]->field);
        pl_pen_say(&t->pen, PL_INK_PLAIN, ": ");
        pl_text_difference(t, g->other[i]);
        if (t->verbose > 0)
            pl_text_blast(t, INDENT + 4, g->other[i]);
        for (size_t j = 0; t->verbose > 0 && j < g->other[i]->n_remedies; j++)
            pl_text_remedy(t, INDENT + 4, &g->other[i]->remedies[j], g->other[i]);
    }
    say_cut(t, g->n_other);
}

static void show_ignored(struct pl_text *t)
{
    const struct pl_run *run = t->run;
    if (run->n_ignored == 0 || t->verbose < 1)
        return;
    pl_pen_heading(&t->pen, "IGNORED", "- by rules of the baseline");
    for (size_t i = 0; i < run->n_ignored; i++) {
        const struct pl_ignored *g = &run->ignored[i];
        row(t, g->drift->field,
            pl_arena_printf(t->arena, "%s; %s (%s, %s, until %s)",
                            pl_words_difference(t->arena, g->drift, VALUE_MAX), g->rule->reason,
                            pl_words_mark(t->arena, &g->rule->mark), g->rule->owner,
                            g->rule->expires));
    }
}

static void show_rules(struct pl_text *t)
{
    const struct pl_run *run = t->run;
    if (run->n_rules == 0)
        return;
    pl_pen_heading(&t->pen, "IGNORE RULES", "- to look at by day");
    for (size_t i = 0; i < shown(t, run->n_rules); i++) {
        const struct pl_rule_finding *r = &run->rules[i];
        const char *mark = pl_words_mark(t->arena, &r->rule->mark);
        row(t, r->rule->field,
            pl_arena_printf(t->arena, "%s (%s%s%s)", pl_words_rule(t->arena, r), mark ? mark : "",
                            mark ? ", " : "", r->rule->owner));
    }
    say_cut(t, run->n_rules);
}

/* ---- what nobody knows ---- */

static void show_unknown(struct pl_text *t)
{
    const struct pl_run *run = t->run;
    if (run->n_unknown == 0)
        return;
    pl_pen_heading(&t->pen, "NOT COMPARED",
                   pl_arena_printf(t->arena, "- %zu of %s, which is not the same as in sync",
                                   run->coverage.unknown,
                                   pl_words_count(t->arena, run->coverage.declared,
                                                  "declared field", "declared fields")));
    for (size_t i = 0; i < shown(t, run->n_unknown); i++) {
        const struct pl_unknown *u = &run->unknown[i];
        const char *mark = pl_words_mark(t->arena, &u->mark);
        row(t, u->field,
            pl_arena_printf(t->arena, "%s%s%s%s%s", u->why,
                            u->leaves > 1 ? pl_arena_printf(t->arena, ", %zu fields", u->leaves)
                                          : "",
                            mark ? " (" : "", mark ? mark : "", mark ? ")" : ""));
    }
    say_cut(t, run->n_unknown);
}

static void show_gap(struct pl_text *t, const struct pl_unobserved *gap)
{
    row(t, pl_words_gap(t->arena, gap), gap->reason);
    if (gap->detail)
        pl_pen_say(&t->pen, PL_INK_PLAIN, pl_arena_printf(t->arena, "; %s", gap->detail));
    if (gap->permission) {
        pl_pen_begin(&t->pen, INDENT + 4, INDENT + 6);
        pl_pen_say(&t->pen, PL_INK_PLAIN,
                   pl_arena_printf(t->arena, "permission: %s", gap->permission));
    }
    if (gap->remedy)
        pl_pen_line(&t->pen, INDENT + 4, INDENT + 12, "remedy:", gap->remedy);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* One host that cannot be reached, one token that nobody takes: that is one thing to read, not twenty. */
static bool is_same(const struct pl_unobserved *a, const struct pl_unobserved *b)
{
    return a->detail != NULL && same_text(a->reason, b->reason) &&
           same_text(a->detail, b->detail) && same_text(a->permission, b->permission) &&
           same_text(a->remedy, b->remedy);
}

static void show_gaps(struct pl_text *t)
{
    const struct pl_run *run = t->run;
    if (run->n_unobserved + run->unobserved_elsewhere == 0)
        return;
    pl_pen_heading(&t->pen, "NOT LOOKED AT", NULL);
    for (size_t i = 0; i < shown(t, run->n_unobserved); i++)
        if (i > 0 && is_same(&run->unobserved[i - 1], &run->unobserved[i]))
            row(t, pl_words_gap(t->arena, &run->unobserved[i]), "the same");
        else
            show_gap(t, &run->unobserved[i]);
    say_cut(t, run->n_unobserved);
    if (run->unobserved_elsewhere == 0)
        return;
    pl_pen_begin(&t->pen, INDENT, INDENT + 4);
    pl_pen_say(&t->pen, PL_INK_DIM,
               pl_arena_printf(t->arena, "%s in reading, where nothing is declared",
                               pl_words_count(t->arena, run->unobserved_elsewhere,
                                              run->n_unobserved ? "further gap" : "gap",
                                              run->n_unobserved ? "further gaps" : "gaps")));
}

/* Who changed it may be asked by somebody who may. */
static void show_change_queries(struct pl_text *t)
{
    const struct pl_run *run = t->run;
    bool any = false;
    for (size_t i = 0; i < run->n_change_queries; i++) {
        const struct pl_change_query *q = &run->change_queries[i];
        if (!q->reason)
            continue;
        if (!any)
            pl_pen_heading(&t->pen, "WHO CHANGED IT", "- could not be looked up");
        any = true;
        row(t, q->project,
            pl_arena_printf(t->arena, "%s%s%s", q->reason, q->permission ? ", permission: " : "",
                            q->permission ? q->permission : ""));
        if (q->remedy)
            pl_pen_line(&t->pen, INDENT + 4, INDENT + 12, "remedy:", q->remedy);
        pl_pen_line(&t->pen, INDENT + 4, INDENT + 12, "or ask:", q->command);
    }
}

static void show_warnings(struct pl_text *t)
{
    if (t->run->n_warnings == 0)
        return;
    pl_pen_heading(&t->pen, "WARNINGS", NULL);
    for (size_t i = 0; i < shown(t, t->run->n_warnings); i++) {
        const struct pl_warning *w = &t->run->warnings[i];
        const char *mark = pl_words_mark(t->arena, &w->mark);
        row(t, mark ? mark : "baseline", w->text);
    }
    say_cut(t, t->run->n_warnings);
}

static void show_limits(struct pl_text *t)
{
    const struct pl_digest *g = t->digest;
    if (g->n_not_modelled == 0)
        return;
    pl_pen_heading(&t->pen, "NOT MODELLED", "- what no path above knows about");
    for (size_t i = 0; i < shown(t, g->n_not_modelled); i++) {
        pl_pen_begin(&t->pen, INDENT, INDENT + 4);
        pl_pen_say(&t->pen, PL_INK_PLAIN, g->not_modelled[i]);
    }
    say_cut(t, g->n_not_modelled);
}

void pl_text_rest(struct pl_text *t)
{
    show_ignored(t);
    show_rules(t);
    show_unknown(t);
    show_gaps(t);
    show_change_queries(t);
    show_warnings(t);
    show_limits(t);
    if (t->run->coverage.declared == 0)
        return;
    pl_pen_gap(&t->pen);
    pl_pen_begin(&t->pen, 0, 4);
    pl_pen_say(&t->pen, PL_INK_BOLD, "Coverage");
    pl_pen_say(&t->pen, PL_INK_PLAIN, ": ");
    pl_pen_say(&t->pen, PL_INK_PLAIN, pl_words_coverage(t->arena, &t->run->coverage));
}
