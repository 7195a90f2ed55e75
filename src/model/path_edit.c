/* Changing a tree at a path: a new tree that shares what did not change. Reading and looking up is path.c. */
#include "field_priv.h"

#include <stdint.h>
#include <string.h>

static const struct pl_value *edit(struct pl_arena *arena, const struct pl_value *at,
                                   const struct pl_step *steps, size_t n,
                                   const struct pl_value *value);

/* The list with item `i` replaced, appended (i == n) or, where `item` is NULL, left out. */
static const struct pl_value *list_with(struct pl_arena *arena, const struct pl_value *list,
                                        size_t i, const struct pl_value *item)
{
    size_t n = pl_value_count(list), m = 0;
    const struct pl_value **items = pl_arena_array(arena, n + 1, sizeof *items);
    for (size_t k = 0; k < n; k++) {
        const struct pl_value *keep = k == i ? item : list->u.list.items[k];
        if (keep != NULL)
            items[m++] = keep;
    }
    if (i == n && item != NULL)
        items[m++] = item;
    return pl_value_list(arena, items, m);
}

/* A new element that the step names: {name: x}. A condition is an object, named by its title. */
static const struct pl_value *new_element(struct pl_arena *arena, const struct pl_step *step)
{
    if (step->type == PL_STEP_VALUE)
        return pl_value_string(arena, step->value);
    if (step->type != PL_STEP_ID)
        return NULL;
    const struct pl_value *element = NULL;
    const char *key = step->key, *value = step->value;
    for (;;) {
        size_t n = strcspn(key, "+"), len = strcspn(value, (const char[]){PL_ID_SEPARATOR, '\0'});
        const char *name = pl_arena_strndup(arena, key, n);
        const struct pl_value *member = pl_value_stringn(arena, value, len);
        if (strcmp(name, "condition") == 0)
            member = pl_value_map(arena, &(struct pl_member){"title", member}, 1);
        if (len > 0 || element == NULL)
            element = pl_value_map_with(arena, element, name, member);
        if (key[n] == '\0')
            return element;
        key += n + 1;
        value += value[len] != '\0' ? len + 1 : len;
    }
}

static const struct pl_value *edit_list(struct pl_arena *arena, const struct pl_value *at,
                                        const struct pl_step *steps, size_t n,
                                        const struct pl_value *value)
{
    const struct pl_value *list = at != NULL && at->type == PL_LIST ? at : NULL;
    size_t count = pl_value_count(list), i = pl_step_position(list, steps);
    const struct pl_value *item = NULL;
    if (i == SIZE_MAX) {
        bool hole = steps->type == PL_STEP_INDEX && steps->index != count;
        if (value == NULL || steps->type == PL_STEP_ANY || hole)
            return at;
        i = count;
        item = n > 1 ? new_element(arena, steps) : NULL;
    } else {
        item = list->u.list.items[i];
    }
    const struct pl_value *next = n > 1 ? edit(arena, item, steps + 1, n - 1, value) : value;
    return next == item && i < count ? at : list_with(arena, list, i, next);
}

/* `at` with the rest of the path set; removing what is not there gives `at` itself. */
static const struct pl_value *edit(struct pl_arena *arena, const struct pl_value *at,
                                   const struct pl_step *steps, size_t n,
                                   const struct pl_value *value)
{
    if (n == 0)
        return value;
    if (at != NULL && at->type == PL_UNKNOWN)
        return at;
    if (steps->type != PL_STEP_KEY)
        return edit_list(arena, at, steps, n, value);
    const struct pl_value *member = pl_value_member(at, steps->key);
    if (value == NULL && member == NULL)
        return at;
    const struct pl_value *next = edit(arena, member, steps + 1, n - 1, value);
    return next == member ? at : pl_value_map_with(arena, at, steps->key, next);
}

const struct pl_value *pl_path_set(struct pl_arena *arena, const struct pl_value *root,
                                   const struct pl_path *path, const struct pl_value *value)
{
    return edit(arena, root, path->steps, path->n, value);
}
