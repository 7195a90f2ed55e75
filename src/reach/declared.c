/* declared.c - what the baseline wants of one field, for evaluators to whom less than what was meant is a risk and the same is none.
 *
 * Reads declarations as they stand; whether a field satisfies one is the comparison's business (src/diff).
 */
#include <string.h>

#include "reach_priv.h"

const struct pl_expect *pl_declared_member(const struct pl_expect *map, const char *key)
{
    for (size_t i = 0; map && map->match == PL_M_MAP && i < map->n; i++)
        if (strcmp(map->members[i].key, key) == 0)
            return map->members[i].expect;
    return NULL;
}

const char *pl_declared_text_of(const struct pl_expect *e)
{
    const char *text = e && e->match == PL_M_EQUAL && e->value ? pl_value_text(e->value) : NULL;
    return text || !e || (e->match != PL_M_EQUAL && e->match != PL_M_AT_LEAST) || e->n_pieces > 0
               ? text
               : e->text;
}

/* The declared element with this identity; a single one without it means whatever is there. */
static const struct pl_expect *element(const struct pl_expect *list, const struct pl_step *step)
{
    for (size_t i = 0; list && list->items && i < list->n; i++) {
        const struct pl_expect *id = pl_declared_member(list->items[i], step->key);
        const char *text = pl_declared_text_of(id);
        if (id ? text && strcmp(text, step->value) == 0 : list->n == 1)
            return list->items[i];
    }
    return NULL;
}

const struct pl_expect *pl_declared_at(struct pl_trace *t, const struct pl_address *address,
                                       const char *path)
{
    const struct pl_declared *d = pl_declared_of(t, address);
    const struct pl_expect *e = d ? d->expect : NULL;
    struct pl_path p;
    struct pl_err err = {0};
    if (!e || pl_path_parse(t->arena, path, &p, &err) < 0)
        return NULL;
    for (size_t i = 0; e && i < p.n; i++)
        e = p.steps[i].type == PL_STEP_KEY  ? pl_declared_member(e, p.steps[i].key)
            : p.steps[i].type == PL_STEP_ID ? element(e, &p.steps[i])
                                            : NULL;
    return e;
}

int64_t pl_declared_number(struct pl_trace *t, const struct pl_address *address, const char *path)
{
    const struct pl_expect *e = pl_declared_at(t, address, path);
    int64_t n = 0;
    if (e && e->match == PL_M_EQUAL && e->value)
        (void)pl_value_as_int(e->value, &n);
    else if (e && e->match == PL_M_AT_LEAST)
        n = (int64_t)e->number;
    return n;
}

int64_t pl_declared_duration(struct pl_trace *t, const struct pl_address *address, const char *path)
{
    const char *text = pl_declared_text_of(pl_declared_at(t, address, path));
    int64_t ns = 0;
    return text && pl_duration_parse(text, &ns) ? ns : 0;
}
