/* Are two values of a field the same? Deeply, by the kind's schema and rows.
 *
 * Three rules meet here. Absent: what a row's absent_is says, null and "" are the same as absent, and so are an empty list, an empty
 * map, the unspecified value of an enum, and a message of which every member is so (proto JSON omits them); a message without fields of its own is a mark,
 * whose presence counts. Order: lists by identity, as sets, as multisets, or in order. Text: canonical form; links see same_link.
 * What changes by itself (PL_F_VOLATILE) is passed over below the place where the comparison starts. */
#include "plumbline/canon.h"

#include <stdlib.h>
#include <string.h>

#include "field_priv.h"
#include "plumbline/json.h"

struct compare {
    struct pl_arena *arena;
    const struct pl_kind *kind;
};

/* A place in the tree. */
struct place {
    const char *generic;
    struct pl_field_info info;
    bool counted; /* an element: its presence counts, so "" is a value */
};

static bool equal(struct compare *c, const struct place *at, const struct pl_value *a,
                  const struct pl_value *b);

static struct place below(struct compare *c, const struct place *at, const char *key)
{
    struct place place = {.counted = at->info.shape != PL_ONE};
    place.generic = pl_field_generic(c->arena, at->generic, &at->info, key);
    (void)pl_field_child(c->kind, at->generic, &at->info, key, &place.info);
    return place;
}

/* ---- absent ---- */

/* The zero of an enum, which proto JSON may leave out: https://google.aip.dev/126. */
static bool is_unspecified(const struct pl_field_info *info, const struct pl_value *v)
{
    static const char suffix[] = "_UNSPECIFIED";
    size_t n = sizeof suffix - 1, len = v->u.string.len;
    return info->type == PL_T_ENUM && info->shape == PL_ONE && len > n &&
           strcmp(v->u.string.s + len - n, suffix) == 0;
}

static bool is_absent(struct compare *c, const struct place *at, const struct pl_value *v)
{
    if (v == NULL || v->type == PL_NULL)
        return true;
    if (v->type == PL_UNKNOWN || at->counted)
        return false;
    if (v->type == PL_STRING && (v->u.string.len == 0 || is_unspecified(&at->info, v)))
        return true;
    if (at->info.absent_is != NULL) {
        const struct pl_value *usual = pl_json_parse(c->arena, at->info.absent_is,
                                                     strlen(at->info.absent_is), "absent_is", NULL);
        if (usual != NULL &&
            pl_value_equal(pl_canon(c->arena, &at->info, v), pl_canon(c->arena, &at->info, usual)))
            return true;
    }
    if (v->type == PL_LIST)
        return v->u.list.n == 0;
    if (v->type != PL_MAP)
        return false;
    bool message =
        at->info.shape == PL_ONE && at->info.message != NULL && at->info.message->n_fields > 0;
    if (at->info.shape != PL_KEYED && !message)
        return false;
    for (size_t i = 0; i < v->u.map.n; i++) {
        struct place member = below(c, at, v->u.map.members[i].key);
        if ((member.info.flags & PL_F_VOLATILE) == 0 &&
            !is_absent(c, &member, v->u.map.members[i].value))
            return false;
    }
    return true;
}

/* ---- scalars ---- */

static bool all_digits(const char *s, size_t n)
{
    return n > 0 && strspn(s, "0123456789") >= n;
}

/* Two links that may name one resource. A partial name says less than a full one: it is the same where it is its end. A project's
 * number and its id are the same project to Google and to nobody else here: where one side has the number and the other the
 * id, they count as the same; two numbers or two ids that differ do not. */
static bool same_link(const char *a, const char *b)
{
    static const char projects[] = "projects/";
    size_t skip = sizeof projects - 1;
    a = pl_link_tail(a);
    b = pl_link_tail(b);
    size_t n = strlen(a), m = strlen(b);
    if (n > m)
        return same_link(b, a);
    if (n < m)
        if (n > 0 && b[m - n - 1] == '/' && strcmp(b + (m - n), a) == 0)
            return true;
    if (strcmp(a, b) == 0)
        return true;
    if (strncmp(a, projects, skip) != 0 || strncmp(b, projects, skip) != 0)
        return false;
    size_t pa = strcspn(a + skip, "/"), pb = strcspn(b + skip, "/");
    return all_digits(a + skip, pa) != all_digits(b + skip, pb) &&
           strcmp(a + skip + pa, b + skip + pb) == 0;
}

static bool scalars_equal(struct compare *c, const struct place *at, const struct pl_value *a,
                          const struct pl_value *b)
{
    if (at->info.type == PL_T_LINK && a->type == PL_STRING && b->type == PL_STRING)
        return same_link(a->u.string.s, b->u.string.s);
    return pl_value_equal(pl_canon(c->arena, &at->info, a), pl_canon(c->arena, &at->info, b));
}

/* ---- maps ---- */

/* Walks the members of both in the order of their keys. */
static bool maps_equal(struct compare *c, const struct place *at, const struct pl_value *a,
                       const struct pl_value *b)
{
    size_t i = 0, j = 0;
    while (i < a->u.map.n || j < b->u.map.n) {
        int order = i == a->u.map.n   ? 1
                    : j == b->u.map.n ? -1
                                      : strcmp(a->u.map.members[i].key, b->u.map.members[j].key);
        const char *key = order <= 0 ? a->u.map.members[i].key : b->u.map.members[j].key;
        const struct pl_value *x = order <= 0 ? a->u.map.members[i++].value : NULL;
        const struct pl_value *y = order >= 0 ? b->u.map.members[j++].value : NULL;
        struct place member = below(c, at, key);
        if ((member.info.flags & PL_F_VOLATILE) == 0 && !equal(c, &member, x, y))
            return false;
    }
    return true;
}

/* ---- lists ---- */

struct named {
    const char *name;
    const struct pl_value *item;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

/* The elements by identity, sorted; NULL where one has none or two have the same. */
static struct named *by_identity(struct compare *c, const struct place *at,
                                 const struct pl_value *list)
{
    struct named *out = pl_arena_array(c->arena, list->u.list.n, sizeof *out);
    for (size_t i = 0; i < list->u.list.n; i++) {
        struct pl_step step = pl_canon_step(c->arena, &at->info, list->u.list.items[i], i);
        if (step.type != PL_STEP_ID)
            return NULL;
        out[i].name = pl_arena_printf(c->arena, "%s=%s", step.key, step.value);
        out[i].item = list->u.list.items[i];
    }
    if (list->u.list.n > 0)
        qsort(out, list->u.list.n, sizeof *out, by_name);
    for (size_t i = 1; i < list->u.list.n; i++)
        if (strcmp(out[i - 1].name, out[i].name) == 0)
            return NULL;
    return out;
}

/* The search below takes n*n steps: longer lists are equal by canonical text or not at all. */
enum { MAX_SEARCH = 300 };

/* Each of `a` has a partner of its own in `b`; `again`: one partner may serve several (a set). */
static bool all_matched(struct compare *c, const struct place *element, const struct pl_value *a,
                        const struct pl_value *b, bool again)
{
    bool *used = pl_arena_array(c->arena, b->u.list.n, sizeof *used);
    for (size_t i = 0; i < a->u.list.n; i++) {
        size_t k = 0, n = b->u.list.n;
        while (k < n &&
               ((used[k] && !again) || !equal(c, element, a->u.list.items[i], b->u.list.items[k])))
            k++;
        if (k == n)
            return false;
        used[k] = true;
    }
    return true;
}

static bool same_as_sets(struct compare *c, const struct place *at, const struct pl_value *a,
                         const struct pl_value *b)
{
    struct pl_field_info set = at->info;
    set.flags |= PL_F_SET;
    return pl_value_equal(pl_canon(c->arena, &set, a), pl_canon(c->arena, &set, b));
}

/* As many of each, in any order. Long lists with the same element twice are not known to be equal. */
static bool multisets_equal(struct compare *c, const struct place *at, const struct place *element,
                            const struct pl_value *a, const struct pl_value *b)
{
    size_t n = a->u.list.n;
    if (n != b->u.list.n)
        return false;
    if (n <= MAX_SEARCH)
        return all_matched(c, element, a, b, false);
    struct pl_field_info set = at->info;
    set.flags |= PL_F_SET;
    return pl_value_count(pl_canon(c->arena, &set, a)) == n && same_as_sets(c, at, a, b);
}

/* Equal canonical text is all there is to it, but for links and for what the kind's rows say about members. */
static bool sets_equal(struct compare *c, const struct place *at, const struct place *element,
                       const struct pl_value *a, const struct pl_value *b)
{
    if (same_as_sets(c, at, a, b))
        return true;
    if (a->u.list.n > MAX_SEARCH || b->u.list.n > MAX_SEARCH ||
        (element->info.type != PL_T_LINK && element->info.type != PL_T_MESSAGE))
        return false;
    return all_matched(c, element, a, b, true) && all_matched(c, element, b, a, true);
}

static bool in_order(struct compare *c, const struct place *element, const struct pl_value *a,
                     const struct pl_value *b)
{
    if (a->u.list.n != b->u.list.n)
        return false;
    for (size_t i = 0; i < a->u.list.n; i++)
        if (!equal(c, element, a->u.list.items[i], b->u.list.items[i]))
            return false;
    return true;
}

static bool identified_equal(struct compare *c, const struct place *element, const struct named *x,
                             const struct named *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(x[i].name, y[i].name) != 0 || !equal(c, element, x[i].item, y[i].item))
            return false;
    return true;
}

static bool lists_equal(struct compare *c, const struct place *at, const struct pl_value *a,
                        const struct pl_value *b)
{
    struct place element = below(c, at, NULL);
    if (pl_layer4_is(&at->info)) {
        const struct pl_value *x = pl_layer4_canon(c->arena, a), *y = pl_layer4_canon(c->arena, b);
        if (x != NULL && y != NULL)
            return pl_value_equal(x, y);
    }
    if (at->info.identity != NULL && at->info.type == PL_T_MESSAGE) {
        struct named *x = by_identity(c, at, a), *y = by_identity(c, at, b);
        if (x != NULL && y != NULL)
            return a->u.list.n == b->u.list.n && identified_equal(c, &element, x, y, a->u.list.n);
    }
    if ((at->info.flags & PL_F_SET) != 0)
        return sets_equal(c, at, &element, a, b);
    return at->info.type == PL_T_MESSAGE ? multisets_equal(c, at, &element, a, b)
                                         : in_order(c, &element, a, b);
}

/* ---- any ---- */

static bool equal(struct compare *c, const struct place *at, const struct pl_value *a,
                  const struct pl_value *b)
{
    if ((a != NULL && a->type == PL_UNKNOWN) || (b != NULL && b->type == PL_UNKNOWN))
        return false;
    if (a != NULL && b != NULL && pl_value_equal(a, b))
        return true;
    bool no_a = is_absent(c, at, a), no_b = is_absent(c, at, b);
    if (no_a || no_b)
        return no_a && no_b;
    bool typed = at->info.type != PL_T_UNKNOWN && at->info.type != PL_T_ANY;
    if (typed && a->type == PL_LIST && b->type == PL_LIST && at->info.shape == PL_MANY)
        return lists_equal(c, at, a, b);
    if (typed && a->type == PL_MAP && b->type == PL_MAP && at->info.shape != PL_MANY)
        return maps_equal(c, at, a, b);
    return scalars_equal(c, at, a, b);
}

bool pl_canon_equal(const struct pl_kind *kind, const char *generic,
                    const struct pl_field_info *info, const struct pl_value *a,
                    const struct pl_value *b)
{
    if (a != NULL && b != NULL && pl_value_equal(a, b))
        return true;
    size_t n = strlen(generic);
    struct compare c = {.arena = pl_arena_new(), .kind = kind};
    struct place at = {.generic = generic, .info = *info};
    at.counted = info->shape == PL_ONE && n > 1 &&
                 (strcmp(generic + n - 2, "[]") == 0 || strcmp(generic + n - 2, "{}") == 0);
    bool same = equal(&c, &at, a, b);
    pl_arena_free(c.arena);
    return same;
}
