/* diff_leaves.c - what counts as one declared field, and which lists are compared element by element.
 *
 * Counted by what is declared alone, so that the sum does not change with what is observed.
 */
#include "diff_priv.h"

#include "plumbline/canon.h"
#include "plumbline/map.h"

bool pl_expect_is_list_of_maps(const struct pl_expect *e)
{
    if ((e->match != PL_M_LIST && e->match != PL_M_ONLY && e->match != PL_M_CONTAINS) || e->n == 0)
        return false;
    for (size_t i = 0; i < e->n; i++)
        if (e->items[i]->match != PL_M_MAP)
            return false;
    return true;
}

size_t pl_expect_leaves(const struct pl_expect *e)
{
    size_t n = 0;

    for (size_t i = 0; e->match == PL_M_MAP && i < e->n; i++)
        n += pl_expect_leaves(e->members[i].expect);
    for (size_t i = 0; pl_expect_is_list_of_maps(e) && i < e->n; i++)
        n += pl_expect_leaves(e->items[i]);
    return n > 0 ? n : 1;
}

bool pl_expect_has_references(const struct pl_expect *e)
{
    if (e->match == PL_M_MAP) {
        for (size_t i = 0; i < e->n; i++)
            if (pl_expect_has_references(e->members[i].expect))
                return true;
        return false;
    }
    for (size_t i = 0; e->items != NULL && i < e->n; i++)
        if (pl_expect_has_references(e->items[i]))
            return true;
    return e->n_pieces > 0;
}

bool pl_list_is_named(struct pl_arena *arena, const struct pl_field_info *info,
                      const struct pl_value *list)
{
    struct pl_map seen;

    if (info->identity == NULL || info->type != PL_T_MESSAGE)
        return false;
    pl_map_init(&seen, arena);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        struct pl_step step = pl_canon_step(arena, info, list->u.list.items[i], i);
        const char *name;

        if (step.type != PL_STEP_ID)
            return false;
        name = pl_arena_printf(arena, "%s=%s", step.key, step.value);
        if (pl_map_put(&seen, name, &seen) != NULL)
            return false;
    }
    return true;
}
