/* units.c - drift as the units that are reverted together, and the views in which some of them are.
 *
 * What several connections ask for (a unit alone, all but one, all) is laid once for all of them.
 */
#include <string.h>

#include "explain_priv.h"

enum { MAX_KEPT_WITHOUT = 256 };

bool pl_case_is_effect(const struct pl_address *address, const struct pl_path *path)
{
    struct pl_field_info info;
    return path->n > 0 && pl_field_lookup(address->kind, path, &info, NULL, NULL) &&
           (info.flags & PL_F_OUTPUT) != 0 && (info.flags & PL_F_SWITCHED) == 0;
}

static void make_units(struct pl_inquiry *q)
{
    struct pl_map by_name;
    pl_map_init(&by_name, q->arena);
    q->units = pl_arena_array(q->arena, q->n_drift + 1, sizeof(*q->units));
    for (size_t i = 0; i < q->n_drift; i++) {
        const struct pl_drift *d = q->drift[i];
        struct pl_unit *unit = d->unit ? pl_map_get(&by_name, d->unit) : NULL;
        if (!unit) {
            unit = &q->units[q->n_units++];
            if (d->unit)
                (void)pl_map_put(&by_name, d->unit, unit);
        }
        bool effect = pl_case_is_effect(&d->address, &d->path);
        unit->effect = unit->n == 0 ? effect : unit->effect && effect;
        size_t n = unit->n, cap = unit->cap;
        PL_PUSH(q->arena, unit->indexes, n, cap, i);
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

/* What is made or deleted as a whole goes first: fields may refer to it. */
static struct pl_view *lay(struct pl_inquiry *q, struct pl_arena *arena, const pl_bits *chosen)
{
    struct pl_view *view = pl_view_over(arena, q->view);
    for (int fields = 0; fields <= 1; fields++)
        for (size_t i = 0; i < q->n_units; i++)
            for (size_t j = 0; pl_bits_has(chosen, i) && !q->units[i].effect && j < q->units[i].n;
                 j++) {
                const struct pl_drift *d = q->units[i].drifts[j];
                if ((d->path.n > 0) == fields && !refers_to_nothing(q, view, d))
                    pl_diff_revert(view, d);
            }
    pl_view_readings_reset(view);
    return view;
}

struct pl_view *pl_units_reverted(struct pl_inquiry *q, struct pl_arena *arena,
                                  const pl_bits *chosen)
{
    return lay(q, arena, chosen);
}

struct pl_view *pl_units_alone(struct pl_inquiry *q, size_t unit)
{
    if (!q->alone[unit]) {
        struct pl_arena *scratch = pl_arena_new();
        pl_bits *one = pl_bits_new(q, scratch);
        pl_bits_set(one, unit);
        q->alone[unit] = lay(q, q->arena, one);
        pl_arena_free(scratch);
    }
    return q->alone[unit];
}

struct pl_view *pl_units_without(struct pl_inquiry *q, struct pl_arena *arena, size_t unit)
{
    if (q->without[unit])
        return q->without[unit];
    bool keep = q->n_without < MAX_KEPT_WITHOUT;
    struct pl_arena *scratch = pl_arena_new();
    pl_bits *others = pl_bits_new(q, scratch);
    for (size_t i = 0; i < q->n_units; i++)
        if (i != unit)
            pl_bits_set(others, i);
    struct pl_view *view = lay(q, keep ? q->arena : arena, others);
    pl_arena_free(scratch);
    if (keep) {
        q->without[unit] = view;
        q->n_without++;
    }
    return view;
}

void pl_units_make(struct pl_inquiry *q)
{
    make_units(q);
    q->n_words = q->n_units / PL_BITS_WORD + 1;
    q->alone = pl_arena_array(q->arena, q->n_units + 1, sizeof(struct pl_view *));
    q->without = pl_arena_array(q->arena, q->n_units + 1, sizeof(struct pl_view *));
    pl_bits *all = pl_bits_new(q, q->arena);
    for (size_t i = 0; i < q->n_units; i++)
        pl_bits_set(all, i);
    q->reverted = lay(q, q->arena, all);
}
