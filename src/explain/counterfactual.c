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

/* Is the field declared as a reference to something that is not there in this view? Then it has no value to be put back to: writing the same
 * name again repairs nothing, and the field keeps what it has. */
static bool refers_to_nothing(struct pl_inquiry *q, struct pl_view *view, const struct pl_drift *d)
{
    bool declared = false;
    const struct pl_resource *r = NULL;
    const struct pl_expect *e =
        d->path.n > 0 ? pl_case_expectation(q, &d->address, &d->path, &declared) : NULL;
    for (size_t i = 0; e && e->match == PL_M_EQUAL && i < e->n_pieces; i++)
        if (!e->pieces[i].literal && e->pieces[i].address.kind &&
            pl_view_find(view, &e->pieces[i].address, &r) == PL_ABSENT)
            return true;
    return false;
}

/* Lays the reverts over a fresh view of the observed world. all_but: every unit but the given ones. What is made or deleted as a whole goes
 * first: fields may refer to it. */
static struct pl_view *reverted(struct pl_inquiry *q, struct pl_case *c, struct pl_arena *arena,
                                const size_t *units, size_t n, bool all_but)
{
    struct pl_view *view = pl_view_new(arena, q->input->observed);
    for (int fields = 0; fields <= 1; fields++)
        for (size_t i = 0; i < c->n_units; i++) {
            bool named = false;
            for (size_t j = 0; j < n; j++)
                named = named || units[j] == i;
            for (size_t j = 0; named != all_but && !c->units[i].effect && j < c->units[i].n; j++) {
                const struct pl_drift *d = c->units[i].drifts[j];
                if ((d->path.n > 0) == fields && !refers_to_nothing(q, view, d))
                    pl_diff_revert(view, d);
            }
        }
    pl_view_readings_reset(view);
    return view;
}

static bool same_hop(const struct pl_hop *a, const struct pl_hop *b)
{
    return strcmp(a->hop, b->hop) == 0 && a->verdict == b->verdict && a->cause == b->cause &&
           (!a->field || !b->field ? a->field == b->field : strcmp(a->field, b->field) == 0);
}

/* Does it block where `before` does not, or by something else? */
static bool blocks_anew(const struct pl_reach *r, const struct pl_reach *before)
{
    for (size_t i = 0; i < r->n_hops; i++) {
        bool known = r->hops[i].verdict != PL_HOP_BLOCK;
        for (size_t j = 0; !known && j < before->n_hops; j++)
            known = same_hop(&r->hops[i], &before->hops[j]);
        if (!known)
            return true;
    }
    return false;
}

/* Is a hop that may have caused the symptom unknown in another way, or no more? */
static bool moves_doubt(const struct pl_reach *before, const struct pl_reach *r,
                        const struct pl_symptom *symptom)
{
    for (size_t i = 0; i < before->n_hops; i++) {
        const struct pl_hop *h = &before->hops[i];
        if (h->verdict != PL_HOP_UNKNOWN || pl_hop_predicts(h, symptom) == 0)
            continue;
        bool same = false;
        for (size_t j = 0; !same && j < r->n_hops; j++)
            same = same_hop(h, &r->hops[j]) && strcmp(h->text, r->hops[j].text) == 0;
        if (!same)
            return true;
    }
    return false;
}

struct pl_trial pl_case_try(struct pl_inquiry *q, struct pl_case *c, const size_t *units, size_t n,
                            bool all_but)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_view *view = reverted(q, c, scratch, units, n, all_but);
    struct pl_reach r = pl_reach_evaluate(view, c->connection, q->input->baseline);
    const struct pl_symptom *symptom = &c->result->symptom;
    struct pl_trial trial = {
        .predicts = pl_reach_predicts(&r, symptom),
        .blocked = r.verdict == PL_REACH_BLOCKED,
        .blocks_anew = blocks_anew(&r, &c->declared),
        .moves_doubt = moves_doubt(&c->observed, &r, symptom),
    };
    pl_arena_free(scratch);
    return trial;
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

/* A set that is proven is minimal though a smaller one may do it: only what is proven stands in its way. */
static bool is_minimal(const struct pl_case *c, const size_t *units, size_t n, bool proven)
{
    for (size_t i = 0; i < c->n_sets; i++)
        if ((c->sets[i].proven || !proven) && holds(&c->sets[i], units, n))
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
    if (c->truncated || !is_minimal(c, units, n, true))
        return;
    struct pl_arena *scratch = pl_arena_new();
    struct pl_view *view = reverted(q, c, scratch, units, n, false);
    struct pl_reach r = pl_reach_evaluate(view, c->connection, q->input->baseline);
    enum pl_reach_predicts left = pl_reach_predicts(&r, &c->result->symptom);
    /* Where only an unknown hop may have caused it, a revert counts that leaves nothing at all that may: it made that hop pass. */
    bool by_doubt = c->predicted == PL_PREDICTS_MAYBE && c->n_risks == 0;
    bool opens =
        by_doubt ? left == PL_PREDICTS_NO : left != PL_PREDICTS_YES && !risks_remain(c, &r);
    bool proven = left == PL_PREDICTS_NO && !by_doubt;
    pl_arena_free(scratch);
    if (!opens || !is_minimal(c, units, n, proven))
        return;
    if (c->n_sets == PL_EXPLAIN_MAX_SETS) {
        c->truncated = true;
        return;
    }
    struct pl_set set = {.n = n, .proven = proven};
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
    if (c->predicted == PL_PREDICTS_MAYBE && c->n_risks == 0)
        return; /* a joint doubt would be a guess */
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
    make_units(q, c);
    find_suspects(q, c, c->view);
    struct pl_view *declared = reverted(q, c, q->arena, NULL, 0, true);
    c->declared = pl_reach_evaluate(declared, c->connection, q->input->baseline);
    c->declared_predicts = pl_reach_predicts(&c->declared, &c->result->symptom);
    /* The gate: the observed path must be able to fail so (or something unknown on it), and the declared one must not. Else no claim of a cause
     * is made. */
    if (c->predicted != PL_PREDICTS_YES)
        find_risks(c);
    if ((c->predicted != PL_PREDICTS_NO || c->n_risks > 0) &&
        c->declared_predicts != PL_PREDICTS_YES)
        search_sets(q, c);
}
