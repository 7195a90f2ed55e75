/* counterfactual.c - reverts drift in the model and looks whether the path opens: the smallest sets that do are the explanation.
 *
 * Only drift among what the path read, or among what it would read once other drift is reverted, is a suspect. Sets grow in size; a
 * set that holds a smaller one that opens the path is not minimal and is not tried (section 4.3 of the method).
 */
#include <string.h>

#include "explain_priv.h"

enum { MAX_PAIR_SUSPECTS = 96, MAX_TRIPLE_SUSPECTS = 28 };

bool pl_case_is_effect(const struct pl_address *address, const struct pl_path *path)
{
    struct pl_field_info info;
    return path->n > 0 && pl_field_lookup(address->kind, path, &info, NULL, NULL) &&
           (info.flags & PL_F_OUTPUT) != 0;
}

static void make_units(struct pl_inquiry *q, struct pl_case *c)
{
    c->units = pl_arena_array(q->arena, q->n_drift + 1, sizeof(*c->units));
    for (size_t i = 0; i < q->n_drift; i++) {
        const struct pl_drift *d = q->drift[i];
        struct pl_unit *unit = NULL;
        for (size_t j = 0; d->unit && j < c->n_units && !unit; j++)
            if (c->units[j].drifts[0]->unit && strcmp(c->units[j].drifts[0]->unit, d->unit) == 0)
                unit = &c->units[j];
        if (!unit)
            unit = &c->units[c->n_units++];
        bool effect = pl_case_is_effect(&d->address, &d->path);
        unit->effect = unit->n == 0 ? effect : unit->effect && effect;
        PL_PUSH(q->arena, unit->drifts, unit->n, unit->cap, d);
    }
}

/* Lays the reverts over a fresh view of the observed world. all_but: every unit but the given ones. */
static struct pl_view *reverted(struct pl_inquiry *q, struct pl_case *c, struct pl_arena *arena,
                                const size_t *units, size_t n, bool all_but)
{
    struct pl_view *view = pl_view_new(arena, q->input->observed);
    for (size_t i = 0; i < c->n_units; i++) {
        bool named = false;
        for (size_t j = 0; j < n; j++)
            named = named || units[j] == i;
        for (size_t j = 0; named != all_but && !c->units[i].effect && j < c->units[i].n; j++)
            pl_diff_revert(view, c->units[i].drifts[j]);
    }
    pl_view_readings_reset(view);
    return view;
}

enum pl_reach_predicts pl_case_try(struct pl_inquiry *q, struct pl_case *c, const size_t *units,
                                   size_t n, bool all_but, bool *blocked)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_view *view = reverted(q, c, scratch, units, n, all_but);
    struct pl_reach r = pl_reach_evaluate(view, c->connection, q->input->baseline);
    enum pl_reach_predicts answer = pl_reach_predicts(&r, &c->result->symptom);
    if (blocked)
        *blocked = r.verdict == PL_REACH_BLOCKED;
    pl_arena_free(scratch);
    return answer;
}

static size_t mark_suspects(struct pl_case *c, const struct pl_view *view)
{
    size_t added = 0;
    for (size_t i = 0; i < c->n_units; i++) {
        struct pl_unit *u = &c->units[i];
        for (size_t j = 0; j < u->n && !u->suspect; j++)
            if (pl_view_was_read(view, &u->drifts[j]->address, &u->drifts[j]->path)) {
                u->suspect = true;
                added++;
            }
    }
    return added;
}

/* What the observed path reads, then what it reads with those reverted (a connector that is back is evaluated, too), and so on. */
static void find_suspects(struct pl_inquiry *q, struct pl_case *c, const struct pl_view *observed)
{
    size_t added = mark_suspects(c, observed);
    for (int round = 0; round < 8 && added > 0; round++) {
        size_t chosen[MAX_PAIR_SUSPECTS], n = 0;
        for (size_t i = 0; i < c->n_units && n < PL_LEN(chosen); i++)
            if (c->units[i].suspect)
                chosen[n++] = i;
        added = 0;
        for (size_t i = 0; i <= n; i++) { /* each alone, then all together */
            struct pl_arena *scratch = pl_arena_new();
            struct pl_view *view = i < n ? reverted(q, c, scratch, &chosen[i], 1, false)
                                         : reverted(q, c, scratch, chosen, n, false);
            (void)pl_reach_evaluate(view, c->connection, q->input->baseline);
            added += mark_suspects(c, view);
            pl_arena_free(scratch);
        }
    }
}

static bool holds(const struct pl_set *small, const size_t *units, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < small->n; i++)
        for (size_t j = 0; j < n; j++)
            found += small->units[i] == units[j];
    return found == small->n;
}

static bool is_minimal(const struct pl_case *c, const size_t *units, size_t n)
{
    for (size_t i = 0; i < c->n_sets; i++)
        if (holds(&c->sets[i], units, n))
            return false;
    return true;
}

/* ---- risks: nothing blocks, yet something may show as what was seen ---- */

static bool has_cause(const struct pl_cause *const *list, size_t n, const struct pl_cause *cause)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == cause)
            return true;
    return false;
}

/* The causes of those hops that pass and fit the symptom best. */
static size_t risks_of(const struct pl_reach *reach, const struct pl_symptom *symptom,
                       const struct pl_cause **out)
{
    size_t n = 0;
    int best = 1;
    for (size_t i = 0; i < reach->n_hops; i++)
        if (pl_hop_risks(&reach->hops[i], symptom) > best)
            best = 2;
    for (size_t i = 0; i < reach->n_hops && n < PL_CASE_MAX_RISKS; i++)
        if (pl_hop_risks(&reach->hops[i], symptom) == best &&
            !has_cause(out, n, reach->hops[i].cause))
            out[n++] = reach->hops[i].cause;
    return n;
}

/* Is any of the case's risks still there: as a risk, or now as a block? */
static bool risks_remain(const struct pl_case *c, const struct pl_reach *reach)
{
    for (size_t i = 0; i < reach->n_hops; i++) {
        const struct pl_hop *h = &reach->hops[i];
        bool told = h->verdict == PL_HOP_PASS || h->verdict == PL_HOP_BLOCK;
        if (told && h->cause && has_cause(c->risks, c->n_risks, h->cause))
            return true;
    }
    return false;
}

static void find_risks(struct pl_case *c)
{
    const struct pl_cause *declared[PL_CASE_MAX_RISKS], *observed[PL_CASE_MAX_RISKS];
    if (c->observed.verdict == PL_REACH_BLOCKED)
        return; /* a path that is blocked is not slow: that would be a contradiction */
    size_t n_declared = 0, n = risks_of(&c->observed, &c->result->symptom, observed);
    for (size_t i = 0; i < c->declared.n_hops && n_declared < PL_CASE_MAX_RISKS; i++)
        if (pl_hop_risks(&c->declared.hops[i], &c->result->symptom) > 0)
            declared[n_declared++] = c->declared.hops[i].cause;
    for (size_t i = 0; i < n; i++)
        if (!has_cause(declared, n_declared, observed[i]))
            c->risks[c->n_risks++] = observed[i];
}

/* ---- the sets ---- */

static void try_set(struct pl_inquiry *q, struct pl_case *c, const size_t *units, size_t n)
{
    if (c->truncated || !is_minimal(c, units, n))
        return;
    struct pl_arena *scratch = pl_arena_new();
    struct pl_view *view = reverted(q, c, scratch, units, n, false);
    struct pl_reach r = pl_reach_evaluate(view, c->connection, q->input->baseline);
    enum pl_reach_predicts left = pl_reach_predicts(&r, &c->result->symptom);
    bool opens = left != PL_PREDICTS_YES && !risks_remain(c, &r);
    pl_arena_free(scratch);
    if (!opens)
        return;
    if (c->n_sets == PL_EXPLAIN_MAX_SETS) {
        c->truncated = true;
        return;
    }
    struct pl_set set = {.n = n, .proven = left == PL_PREDICTS_NO};
    memcpy(set.units, units, n * sizeof(*units));
    PL_PUSH(q->arena, c->sets, c->n_sets, c->cap_sets, set);
}

static void search_sets(struct pl_inquiry *q, struct pl_case *c)
{
    size_t *s = pl_arena_array(q->arena, c->n_units + 1, sizeof(*s)), n = 0;
    for (size_t i = 0; i < c->n_units; i++)
        if (c->units[i].suspect && !c->units[i].effect)
            s[n++] = i;
    for (size_t i = 0; i < n; i++)
        try_set(q, c, (size_t[]){s[i]}, 1);
    if (n > MAX_PAIR_SUSPECTS) {
        c->truncated = true;
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            try_set(q, c, (size_t[]){s[i], s[j]}, 2);
    if (n > MAX_TRIPLE_SUSPECTS) {
        c->truncated = c->truncated || c->n_sets == 0;
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            for (size_t k = j + 1; k < n; k++)
                try_set(q, c, (size_t[]){s[i], s[j], s[k]}, 3);
}

void pl_case_search(struct pl_inquiry *q, struct pl_case *c)
{
    struct pl_view *observed = pl_view_new(q->arena, q->input->observed);
    (void)pl_reach_evaluate(observed, c->connection, q->input->baseline);
    make_units(q, c);
    find_suspects(q, c, observed);
    struct pl_view *declared = reverted(q, c, q->arena, NULL, 0, true);
    c->declared = pl_reach_evaluate(declared, c->connection, q->input->baseline);
    c->declared_predicts = pl_reach_predicts(&c->declared, &c->result->symptom);
    /* The gate: the observed path must be able to fail so, and the declared one must not. Else no claim of a cause is made. */
    if (c->predicted != PL_PREDICTS_YES)
        find_risks(c);
    if ((c->predicted == PL_PREDICTS_YES || c->n_risks > 0) &&
        c->declared_predicts != PL_PREDICTS_YES)
        search_sets(q, c);
}
