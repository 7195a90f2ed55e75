/* declared.c - what the baseline says about a field: the way down its expectations, as the comparison goes it.
 *
 * Compares nothing itself.
 */
#include <string.h>

#include "explain_priv.h"

static const struct pl_expect *member(const struct pl_expect *map, const char *key, size_t len)
{
    for (size_t i = 0; map->match == PL_M_MAP && i < map->n; i++)
        if (strlen(map->members[i].key) == len && strncmp(map->members[i].key, key, len) == 0)
            return map->members[i].expect;
    return NULL;
}

static const char *text_of(const struct pl_expect *e)
{
    if (!e || e->match != PL_M_EQUAL || e->n_pieces > 0)
        return NULL;
    return e->value && pl_value_text(e->value) ? pl_value_text(e->value) : e->text;
}

/* Has the element the first key of the step's identity ("name", or "role" of "role+condition")? */
static bool is_element(const struct pl_expect *item, const struct pl_step *step)
{
    size_t key = strcspn(step->key, "+"), value = strlen(step->value);
    const char *text = text_of(member(item, step->key, key));
    if (step->key[key] == '+') { /* only the first of several values */
        const char sep[] = {PL_ID_SEPARATOR, '\0'};
        value = strcspn(step->value, sep);
    }
    return text && strlen(text) == value && strncmp(text, step->value, value) == 0;
}

static const struct pl_expect *element(const struct pl_expect *list, const struct pl_step *step,
                                       bool *inside)
{
    bool objects = list->n > 0 && list->items[0]->match == PL_M_MAP;
    if (step->type != PL_STEP_ID || !objects) {
        *inside =
            true; /* a set of scalars, or an element by its place: the list as a whole says it */
        return NULL;
    }
    for (size_t i = 0; i < list->n; i++)
        if (is_element(list->items[i], step))
            return list->items[i];
    /* A single element without its key stands for the only one there is; one whose key is no plain text may be any. */
    bool keyless = list->n == 1 && !member(list->items[0], step->key, strcspn(step->key, "+"));
    *inside = list->only;
    return keyless ? list->items[0] : NULL;
}

static const struct pl_expect *descend(const struct pl_expect *e, const struct pl_step *step,
                                       bool *inside)
{
    if (e->match == PL_M_MAP)
        return step->type == PL_STEP_KEY ? member(e, step->key, strlen(step->key)) : NULL;
    if (e->match == PL_M_LIST)
        return element(e, step, inside);
    *inside = true; /* a leaf or a matcher above the field declares it */
    return NULL;
}

const struct pl_expect *pl_case_expectation(struct pl_inquiry *q, const struct pl_address *address,
                                            const struct pl_path *path, bool *declared)
{
    struct pl_arena *scratch = pl_arena_new();
    const struct pl_declared *found = pl_map_get(&q->declared, pl_address_full(scratch, address));
    pl_arena_free(scratch);
    *declared = false;
    const struct pl_expect *e = found ? found->expect : NULL;
    for (size_t s = 0; e && s < path->n; s++)
        e = descend(e, &path->steps[s], declared);
    *declared = *declared || e != NULL;
    return e;
}
