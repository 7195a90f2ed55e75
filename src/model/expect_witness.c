/* expect_witness.c - one value that satisfies an expectation and is near to what is observed: what a revert sets.
 *
 * Where many would do and none is the right one the answer is PL_UNKNOWN, and a proof that needs it says so
 * instead of inventing a value.
 */
#include "plumbline/expect.h"

#include <string.h>

#include "baseline_priv.h"
#include "plumbline/canon.h"

static const struct pl_value *witness(const struct pl_check *c, const struct pl_expect *e,
                                      const char *generic, const struct pl_field_info *info,
                                      const struct pl_value *observed);

static bool satisfies(const struct pl_check *c, const struct pl_expect *e, const char *generic,
                      const struct pl_field_info *info, const struct pl_value *v)
{
    const char *why = NULL;

    return pl_check_value(c, e, generic, info, v, &why) == PL_EXPECT_YES;
}

/* ---- values ---- */

static const struct pl_value *witness_equal(const struct pl_check *c, const struct pl_expect *e,
                                            const struct pl_field_info *info)
{
    const struct pl_value *v = NULL;
    const char *why = NULL;

    if (c->kind == NULL)
        return pl_value_string(c->arena, e->text);
    return pl_resolve(c->arena, e, info, c->view, &v, &why) == PL_PRESENT ? v : pl_value_unknown();
}

static const struct pl_value *witness_limit(const struct pl_check *c, const struct pl_expect *e,
                                            const struct pl_field_info *info)
{
    const struct pl_value *v =
        e->value != NULL ? e->value : pl_canon_read(c->arena, info, e->text, true, NULL);

    return v != NULL ? v : pl_value_string(c->arena, e->text);
}

static const struct pl_value *witness_map(const struct pl_check *c, const struct pl_expect *e,
                                          const char *generic, const struct pl_field_info *info,
                                          const struct pl_value *observed)
{
    const struct pl_value *out = e->only ? NULL : observed;

    for (size_t i = 0; i < e->n; i++) {
        struct pl_field_info child;
        const char *at;

        pl_child_place(c->arena, c->kind, generic, info, e->members[i].key, &child, &at);
        out = pl_value_map_with(c->arena, out, e->members[i].key,
                                witness(c, e->members[i].expect, at, &child,
                                        pl_value_member(observed, e->members[i].key)));
    }
    return out != NULL ? out : pl_value_map(c->arena, NULL, 0);
}

/* ---- lists: the observed order, partners mended, what is missing behind, extra ones dropped where they are drift ---- */

static bool is_extra(const struct pl_list_pairs *pairs, size_t k)
{
    for (size_t i = 0; i < pairs->n_extra; i++) {
        if (pairs->extra[i] == k)
            return true;
    }
    return false;
}

static const struct pl_value *mend(const struct pl_check *c, const struct pl_expect *e,
                                   const char *generic, const struct pl_field_info *info,
                                   const struct pl_list_pairs *pairs, const struct pl_value *list)
{
    const struct pl_value **items =
        pl_arena_array(c->arena, pl_value_count(list) + e->n, sizeof *items);
    struct pl_field_info element;
    const char *at;
    size_t n = 0;

    pl_child_place(c->arena, c->kind, generic, info, NULL, &element, &at);
    for (size_t k = 0; k < pl_value_count(list); k++) {
        const struct pl_value *v = pl_value_item(list, k);
        size_t i = 0;

        while (i < e->n && pairs->partner[i] != k)
            i++;
        if (i < e->n && pairs->nameless)
            v = witness(c, pl_without_identity(c->arena, e->items[i], info->identity), at, &element,
                        v);
        else if (i < e->n)
            v = witness(c, e->items[i], at, &element, v);
        if (v != NULL && !(is_extra(pairs, k) && pairs->extra_is_drift))
            items[n++] = v;
    }
    for (size_t i = 0; i < e->n; i++) {
        const struct pl_value *v = NULL;

        if (pairs->partner[i] == PL_NO_PARTNER)
            v = witness(c, e->items[i], at, &element, NULL);
        if (v != NULL)
            items[n++] = v;
    }
    return pl_value_list(c->arena, items, n);
}

static const struct pl_value *witness_list(const struct pl_check *c, const struct pl_expect *e,
                                           const char *generic, const struct pl_field_info *info,
                                           const struct pl_value *observed)
{
    struct pl_list_pairs pairs;
    const struct pl_value *list =
        pl_expect_list(c->arena, e, c->kind, generic, info, observed, c->view, &pairs);
    bool complete = true;

    if (list != NULL && list->type != PL_LIST)
        list = NULL;
    if (pairs.how == PL_LIST_WHOLE)
        return pl_expect_plain(c->arena, e, &complete);
    return mend(c, e, generic, info, &pairs, list);
}

/* ---- several ---- */

static const struct pl_value *witness_any(const struct pl_check *c, const struct pl_expect *e,
                                          const char *generic, const struct pl_field_info *info,
                                          const struct pl_value *observed)
{
    for (size_t i = 0; i < e->n; i++) {
        const struct pl_value *v = witness(c, e->items[i], generic, info, observed);

        if (v == NULL || v->type != PL_UNKNOWN)
            return v;
    }
    return pl_value_unknown();
}

/* Each in turn, and then all of them must hold. */
static const struct pl_value *witness_all(const struct pl_check *c, const struct pl_expect *e,
                                          const char *generic, const struct pl_field_info *info,
                                          const struct pl_value *observed)
{
    const struct pl_value *v = observed;

    for (size_t i = 0; i < e->n; i++) {
        v = witness(c, e->items[i], generic, info, v);
        if (v != NULL && v->type == PL_UNKNOWN)
            return v;
    }
    return satisfies(c, e, generic, info, v) ? v : pl_value_unknown();
}

/* The other of two booleans; absent where it must not be there. */
static const struct pl_value *witness_not(const struct pl_check *c, const struct pl_expect *e,
                                          const char *generic, const struct pl_field_info *info,
                                          const struct pl_value *observed)
{
    const struct pl_value *now = pl_effective(c->arena, info, observed);
    const struct pl_value *other = info->type == PL_T_BOOL && info->shape == PL_ONE
                                       ? pl_value_bool(!pl_value_true(now))
                                       : NULL;

    if (other != NULL && satisfies(c, e, generic, info, other))
        return other;
    if (e->items[0]->match == PL_M_PRESENT)
        return NULL;
    return pl_value_unknown();
}

static const struct pl_value *witness(const struct pl_check *c, const struct pl_expect *e,
                                      const char *generic, const struct pl_field_info *info,
                                      const struct pl_value *observed)
{
    if (satisfies(c, e, generic, info, observed))
        return observed;
    switch (e->match) {
    case PL_M_EQUAL:
        return witness_equal(c, e, info);
    case PL_M_MAP:
        return witness_map(c, e, generic, info, observed);
    case PL_M_LIST:
    case PL_M_ONLY:
    case PL_M_CONTAINS:
        return witness_list(c, e, generic, info, observed);
    case PL_M_ANY_OF:
        return witness_any(c, e, generic, info, observed);
    case PL_M_ALL_OF:
        return witness_all(c, e, generic, info, observed);
    case PL_M_NOT:
        return witness_not(c, e, generic, info, observed);
    case PL_M_AT_LEAST:
    case PL_M_AT_MOST:
        return witness_limit(c, e, info);
    case PL_M_ABSENT:
        return NULL;
    case PL_M_MATCHES:
    case PL_M_PRESENT:
    case PL_M_CIDR_WITHIN:
        break;
    }
    return pl_value_unknown();
}

const struct pl_value *pl_expect_witness(struct pl_arena *arena, const struct pl_expect *expect,
                                         const struct pl_kind *kind, const char *generic,
                                         const struct pl_field_info *info,
                                         const struct pl_value *observed, struct pl_view *view)
{
    static const struct pl_field_info any = {.type = PL_T_ANY};
    struct pl_check c = {.arena = arena, .kind = kind, .view = view};

    return witness(&c, expect, generic != NULL ? generic : "", info != NULL ? info : &any,
                   observed);
}
