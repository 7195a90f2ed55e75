/* expect_list.c - declared lists against observed ones: as sets, by identity, as multisets, in order.
 *
 * pl_expect_pairs says which element is held against which; checks, witnesses and the diff all go by it,
 * so that they cannot disagree. docs/baseline.md says the rules in plain words.
 */
#include <stdint.h>
#include <string.h>

#include "baseline_priv.h"
#include "field_priv.h"
#include "plumbline/canon.h"
#include "plumbline/json.h"

/* One list against another, under way. */
struct pairing {
    struct pl_check c;
    const struct pl_expect *expect;
    const struct pl_field_info *info; /* of the list */
    struct pl_field_info element;
    const char *generic, *element_generic;
    const struct pl_value *value; /* a list, or NULL */
    size_t n;                     /* observed elements */
    size_t *partner;
    bool *taken; /* by observed index */
    bool nameless;
};

static enum pl_expect_answer ask(const struct pairing *p, size_t item, size_t element)
{
    const char *why = NULL;

    return pl_check_value(&p->c, p->expect->items[item], p->element_generic, &p->element,
                          pl_value_item(p->value, element), &why);
}

static void pair(struct pairing *p, size_t item, size_t element)
{
    p->partner[item] = element;
    p->taken[element] = true;
}

/* ---- sets of scalars ---- */

static const char *canon_text(const struct pairing *p, const struct pl_value *v)
{
    return pl_json_text(p->c.arena, pl_canon(p->c.arena, &p->element, v));
}

/* Canonical text to the first element with it. */
static void index_elements(const struct pairing *p, struct pl_map *map, size_t *indices)
{
    pl_map_init(map, p->c.arena);
    for (size_t i = 0; i < p->n; i++) {
        const char *text = canon_text(p, p->value->u.list.items[i]);

        indices[i] = i;
        if (!pl_is_hidden(p->value->u.list.items[i]) && !pl_map_has(map, text))
            (void)pl_map_put(map, text, &indices[i]);
    }
}

static void pair_set(struct pairing *p)
{
    size_t *indices = pl_arena_array(p->c.arena, p->n, sizeof *indices);
    struct pl_map map;

    index_elements(p, &map, indices);
    for (size_t i = 0; i < p->expect->n; i++) {
        const struct pl_value *wanted = p->expect->items[i]->value;
        const size_t *hit =
            wanted != NULL && p->c.kind != NULL ? pl_map_get(&map, canon_text(p, wanted)) : NULL;

        if (hit != NULL)
            pair(p, i, *hit);
        /* Matchers, references, and what is the same in other letters. */
        for (size_t k = 0; hit == NULL && k < p->n; k++) {
            if (ask(p, i, k) == PL_EXPECT_YES)
                pair(p, i, k);
        }
    }
    /* A value that stands twice in a set is there once. */
    for (size_t k = 0; k < p->n; k++) {
        const size_t *first = pl_map_get(&map, canon_text(p, p->value->u.list.items[k]));

        p->taken[k] = p->taken[k] || (first != NULL && p->taken[*first]);
    }
}

/* ---- by identity ---- */

static const char *name_of(const struct pairing *p, const struct pl_value *element, size_t i)
{
    struct pl_step step;

    if (element == NULL || element->type != PL_MAP)
        return NULL;
    step = pl_canon_step(p->c.arena, p->info, element, i);
    return step.type == PL_STEP_ID && step.value[0] != '\0' ? step.value : NULL;
}

/* Names to elements; false where one has none or two have the same. */
static bool name_elements(const struct pairing *p, struct pl_map *map, size_t *indices)
{
    pl_map_init(map, p->c.arena);
    for (size_t i = 0; i < p->n; i++) {
        const char *name = name_of(p, p->value->u.list.items[i], i);

        indices[i] = i;
        if (name == NULL || pl_map_put(map, name, &indices[i]) != NULL)
            return false;
    }
    return true;
}

static bool name_items(const struct pairing *p, const char **names)
{
    struct pl_map seen;

    pl_map_init(&seen, p->c.arena);
    for (size_t i = 0; i < p->expect->n; i++) {
        bool complete = true;

        names[i] = name_of(p, pl_expect_plain(p->c.arena, p->expect->items[i], &complete), i);
        if (names[i] == NULL || pl_map_put(&seen, names[i], (void *)p->partner) != NULL)
            return false;
    }
    return true;
}

static bool pair_by_name(struct pairing *p)
{
    size_t *indices = pl_arena_array(p->c.arena, p->n, sizeof *indices);
    const char **names = pl_arena_array(p->c.arena, p->expect->n, sizeof *names);
    bool declared = name_items(p, names), observed;
    struct pl_map map;

    observed = name_elements(p, &map, indices);
    if (p->expect->n == 1 && p->n == 1 && (!declared || !observed)) {
        p->nameless = true;
        pair(p, 0, 0);
        return true;
    }
    if (!declared || !observed)
        return false;
    for (size_t i = 0; i < p->expect->n; i++) {
        const size_t *hit = pl_map_get(&map, names[i]);

        if (hit != NULL)
            pair(p, i, *hit);
    }
    return true;
}

/* ---- multisets: Kuhn's algorithm, so that no early choice costs a later item its only partner ---- */

struct matching {
    struct pairing *p;
    size_t *owner; /* by element: the item that has it, or PL_NO_PARTNER */
    uint8_t *fits; /* item * n + element: 0 not asked, 1 no, 2 yes */
    bool *tried;   /* by element, in this round */
};

static bool fits(struct matching *m, size_t item, size_t element)
{
    uint8_t *known = &m->fits[item * m->p->n + element];

    if (*known == 0)
        *known = ask(m->p, item, element) == PL_EXPECT_YES ? 2 : 1;
    return *known == 2;
}

/* Looks for a partner, and moves others along; breadth first, so that hostile lists cannot exhaust the stack. */
static void find_partner(struct matching *m, size_t item)
{
    struct pairing *p = m->p;
    size_t *queue = pl_arena_array(p->c.arena, p->expect->n + 1, sizeof *queue);
    size_t *from = pl_arena_array(p->c.arena, p->n + 1, sizeof *from);
    size_t head = 0, tail = 0;

    memset(m->tried, 0, p->n * sizeof *m->tried);
    queue[tail++] = item;
    while (head < tail) {
        size_t at = queue[head++];

        for (size_t k = 0; k < p->n; k++) {
            if (m->tried[k] || !fits(m, at, k))
                continue;
            m->tried[k] = true;
            from[k] = at;
            if (m->owner[k] != PL_NO_PARTNER) {
                queue[tail++] = m->owner[k];
                continue;
            }
            while (k != PL_NO_PARTNER) { /* turn the trail around */
                size_t before = p->partner[from[k]];

                m->owner[k] = from[k];
                p->partner[from[k]] = k;
                k = before;
            }
            return;
        }
    }
}

enum { MATCHING_MAX = 4 << 20 };

static void pair_multiset(struct pairing *p)
{
    struct matching m = {.p = p};
    size_t cells = p->expect->n * p->n;

    if (p->n == 0 || cells / p->n != p->expect->n || cells > MATCHING_MAX)
        return;
    m.owner = pl_arena_array(p->c.arena, p->n, sizeof *m.owner);
    m.fits = pl_arena_array(p->c.arena, cells, sizeof *m.fits);
    m.tried = pl_arena_array(p->c.arena, p->n, sizeof *m.tried);
    for (size_t k = 0; k < p->n; k++)
        m.owner[k] = PL_NO_PARTNER;
    for (size_t i = 0; i < p->expect->n; i++)
        find_partner(&m, i);
    for (size_t k = 0; k < p->n; k++)
        p->taken[k] = m.owner[k] != PL_NO_PARTNER;
}

/* ---- which of them ---- */

static bool all_plain(const struct pl_expect *e, struct pl_arena *arena)
{
    bool complete = true;

    (void)pl_expect_plain(arena, e, &complete);
    return complete;
}

static bool objects(const struct pairing *p)
{
    if (p->element.type == PL_T_MESSAGE || p->element.shape != PL_ONE)
        return true;
    for (size_t i = 0; pl_info_is_any(&p->element) && i < p->n; i++) {
        if (p->value->u.list.items[i]->type == PL_MAP || p->value->u.list.items[i]->type == PL_LIST)
            return true;
    }
    return false;
}

static enum pl_list_how choose(struct pairing *p)
{
    if (p->expect->ordered)
        return PL_LIST_ORDERED;
    if (p->c.kind != NULL && pl_layer4_is(p->info) && p->expect->match != PL_M_CONTAINS &&
        all_plain(p->expect, p->c.arena))
        return PL_LIST_WHOLE;
    if (!objects(p))
        return PL_LIST_SET;
    return p->c.kind != NULL && p->info->identity != NULL ? PL_LIST_BY_ID : PL_LIST_MULTISET;
}

/* An empty list is written to say that there is nothing; other declared elements are a part unless nothing names them. */
static bool extra_counts(const struct pairing *p, enum pl_list_how how)
{
    if (p->expect->match == PL_M_CONTAINS)
        return false;
    if (p->expect->match == PL_M_ONLY || p->expect->n == 0)
        return true;
    return !(how == PL_LIST_BY_ID || (how == PL_LIST_MULTISET && p->info->identity != NULL));
}

static struct pl_list_pairs result(const struct pairing *p, enum pl_list_how how)
{
    struct pl_list_pairs out = {.how = how,
                                .partner = p->partner,
                                .extra_is_drift = extra_counts(p, how),
                                .nameless = p->nameless};
    size_t *extra = pl_arena_array(p->c.arena, p->n, sizeof *extra);

    for (size_t k = 0; how != PL_LIST_WHOLE && k < p->n; k++) {
        if (!p->taken[k])
            extra[out.n_extra++] = k;
    }
    out.extra = extra;
    return out;
}

struct pl_list_pairs pl_expect_pairs(struct pl_arena *arena, const struct pl_expect *expect,
                                     const struct pl_kind *kind, const char *generic,
                                     const struct pl_field_info *info, const struct pl_value *value,
                                     struct pl_view *view)
{
    struct pairing p = {
        .c = {arena, kind, view}, .expect = expect, .info = info, .generic = generic};
    enum pl_list_how how;

    p.value = value != NULL && value->type == PL_LIST ? value : NULL;
    p.n = pl_value_count(p.value);
    p.partner = pl_arena_array(arena, expect->n, sizeof *p.partner);
    p.taken = pl_arena_array(arena, p.n, sizeof *p.taken);
    for (size_t i = 0; i < expect->n; i++)
        p.partner[i] = PL_NO_PARTNER;
    pl_child_place(arena, kind, generic, info, NULL, &p.element, &p.element_generic);
    how = choose(&p);
    if (how == PL_LIST_BY_ID && !pair_by_name(&p))
        how = PL_LIST_MULTISET;
    if (how == PL_LIST_SET)
        pair_set(&p);
    if (how == PL_LIST_MULTISET)
        pair_multiset(&p);
    for (size_t i = 0; how == PL_LIST_ORDERED && i < expect->n && i < p.n; i++)
        pair(&p, i, i);
    return result(&p, how);
}

const struct pl_value *pl_expect_list(struct pl_arena *arena, const struct pl_expect *expect,
                                      const struct pl_kind *kind, const char *generic,
                                      const struct pl_field_info *info,
                                      const struct pl_value *value, struct pl_view *view,
                                      struct pl_list_pairs *pairs)
{
    const struct pl_value *list = pl_effective(arena, info, value);
    size_t i = 0;
    *pairs = pl_expect_pairs(arena, expect, kind, generic, info, list, view);
    while (i < expect->n && pairs->partner[i] != PL_NO_PARTNER)
        i++;
    if (i == expect->n || list == value || list == NULL || list->type != PL_LIST)
        return list;
    *pairs = pl_expect_pairs(arena, expect, kind, generic, info, NULL, view);
    return NULL;
}

const struct pl_expect *pl_without_identity(struct pl_arena *arena, const struct pl_expect *item,
                                            const char *identity)
{
    struct pl_expect *out = PL_NEW(arena, struct pl_expect);
    struct pl_expect_member *members = pl_arena_array(arena, item->n, sizeof *members);

    if (item->match != PL_M_MAP || identity == NULL)
        return item;
    *out = *item;
    out->n = 0;
    for (size_t i = 0; i < item->n; i++) {
        if (strcmp(item->members[i].key, identity) != 0)
            members[out->n++] = item->members[i];
    }
    out->members = members;
    return out;
}

/* ---- the answer ---- */

struct answering {
    const struct pl_check *c;
    const struct pl_expect *expect;
    const struct pl_field_info *info;
    struct pl_field_info element;
    const char *element_generic;
    const struct pl_value *value;
    struct pl_list_pairs pairs;
    bool unknown_elements;
};

static enum pl_expect_answer missing(const struct answering *a, size_t item, const char **why)
{
    if (a->unknown_elements) {
        *why = "has elements that could not be read";
        return PL_EXPECT_NOT_KNOWN;
    }
    return pl_no(a->c, why, "has no %s", pl_expect_text(a->c->arena, a->expect->items[item]));
}

static enum pl_expect_answer check_item(const struct answering *a, size_t i, const char **why)
{
    size_t k = a->pairs.partner[i];
    const struct pl_expect *item = a->expect->items[i];
    const char *inner = NULL;
    enum pl_expect_answer answer;

    if (k == PL_NO_PARTNER)
        return missing(a, i, why);
    if (a->pairs.nameless)
        item = pl_without_identity(a->c->arena, item, a->info->identity);
    answer = pl_check_value(a->c, item, a->element_generic, &a->element, pl_value_item(a->value, k),
                            &inner);
    if (answer != PL_EXPECT_YES)
        *why = pl_arena_printf(a->c->arena, "element %zu: %s", k + 1, inner);
    return answer;
}

static enum pl_expect_answer check_extra(const struct answering *a, const char **why)
{
    const struct pl_value *element;

    if (!a->pairs.extra_is_drift || a->pairs.n_extra == 0)
        return PL_EXPECT_YES;
    element = pl_value_item(a->value, a->pairs.extra[0]);
    if (!pl_is_hidden(element))
        return pl_no(a->c, why, "also has %s", pl_value_shown(a->c->arena, a->info, element));
    *why = "has elements that could not be read";
    return PL_EXPECT_NOT_KNOWN;
}

static enum pl_expect_answer check_whole(const struct answering *a, const char *generic,
                                         const char **why)
{
    bool complete = true;

    if (pl_has_unknown(a->value)) {
        *why = "has elements that could not be read";
        return PL_EXPECT_NOT_KNOWN;
    }
    if (pl_canon_equal(a->c->kind, generic, a->info,
                       pl_expect_plain(a->c->arena, a->expect, &complete), a->value))
        return PL_EXPECT_YES;
    return pl_no(a->c, why, "is %s, not %s", pl_value_shown(a->c->arena, a->info, a->value),
                 pl_expect_text(a->c->arena, a->expect));
}

enum pl_expect_answer pl_check_list(const struct pl_check *c, const struct pl_expect *expect,
                                    const char *generic, const struct pl_field_info *info,
                                    const struct pl_value *value, const char **why)
{
    struct answering a = {.c = c, .expect = expect, .info = info, .value = value};
    enum pl_expect_answer answer = PL_EXPECT_YES, extra;
    const char *inner = NULL;

    if (value != NULL && value->type != PL_LIST)
        return pl_no(c, why, "is %s, not a list", pl_value_shown(c->arena, info, value));
    pl_child_place(c->arena, c->kind, generic, info, NULL, &a.element, &a.element_generic);
    a.pairs = pl_expect_pairs(c->arena, expect, c->kind, generic, info, value, c->view);
    if (a.pairs.how == PL_LIST_WHOLE)
        return check_whole(&a, generic, why);
    for (size_t i = 0; value != NULL && i < value->u.list.n; i++)
        a.unknown_elements = a.unknown_elements || pl_has_unknown(value->u.list.items[i]);
    for (size_t i = 0; i < expect->n && answer != PL_EXPECT_NO; i++) {
        enum pl_expect_answer one = check_item(&a, i, &inner);

        if (one == PL_EXPECT_YES)
            continue;
        answer = one;
        *why = inner;
    }
    if (answer == PL_EXPECT_NO)
        return answer;
    extra = check_extra(&a, &inner);
    if (extra == PL_EXPECT_YES || (extra == PL_EXPECT_NOT_KNOWN && answer == extra))
        return answer;
    *why = inner;
    return extra;
}
