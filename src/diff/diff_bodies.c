/* diff_bodies.c - one resource in the last good world and in the observed one: what differs in what people set, field by field.
 *
 * What only the server writes, and what changes by itself, is left out before anything is compared; what serves is diff_worlds.c's.
 */
#include "diff_priv.h"

#include <string.h>

#include "plumbline/canon.h"

/* ---- what takes part ---- */

static const struct pl_value *prune(struct pl_arena *arena, const struct pl_kind *kind,
                                    const char *generic, const struct pl_field_info *info,
                                    const struct pl_value *v);

static const struct pl_value *prune_map(struct pl_arena *arena, const struct pl_kind *kind,
                                        const char *generic, const struct pl_field_info *info,
                                        const struct pl_value *v)
{
    struct pl_member *members = pl_arena_array(arena, v->u.map.n, sizeof *members);
    size_t n = 0;

    for (size_t i = 0; i < v->u.map.n; i++) {
        const struct pl_member *m = &v->u.map.members[i];
        struct pl_field_info child;

        (void)pl_field_child(kind, generic, info, m->key, &child);
        if ((child.flags & (PL_F_OUTPUT | PL_F_VOLATILE)) != 0)
            continue;
        members[n++] = (struct pl_member){
            m->key,
            prune(arena, kind, pl_field_generic(arena, generic, info, m->key), &child, m->value)};
    }
    return pl_value_map(arena, members, n);
}

static const struct pl_value *prune(struct pl_arena *arena, const struct pl_kind *kind,
                                    const char *generic, const struct pl_field_info *info,
                                    const struct pl_value *v)
{
    const struct pl_value **items;
    struct pl_field_info child;

    if (v->type == PL_MAP)
        return prune_map(arena, kind, generic, info, v);
    if (v->type != PL_LIST)
        return v;
    items = pl_arena_array(arena, v->u.list.n, sizeof *items);
    (void)pl_field_child(kind, generic, info, NULL, &child);
    for (size_t i = 0; i < v->u.list.n; i++)
        items[i] = prune(arena, kind, pl_field_generic(arena, generic, info, NULL), &child,
                         v->u.list.items[i]);
    return pl_value_list(arena, items, v->u.list.n);
}

/* A body as it is compared. A mark without a hash says nothing but a length. */
static const struct pl_value *comparable(struct pl_arena *arena, const struct pl_kind *kind,
                                         const struct pl_value *shown)
{
    struct pl_field_info root = pl_field_root(kind);

    return prune(arena, kind, "", &root, pl_value_mask(arena, shown, true));
}

/* Does the walk go on below this value? */
static bool is_open(struct pl_arena *arena, const struct pl_field_info *info,
                    const struct pl_value *v)
{
    if (v->type == PL_LIST)
        return v->u.list.n > 0 && pl_list_is_named(arena, info, v);
    return v->type == PL_MAP && v->u.map.n > 0;
}

static size_t count_leaves(struct pl_arena *arena, const struct pl_kind *kind, const char *generic,
                           const struct pl_field_info *info, const struct pl_value *v)
{
    size_t n = 0, count;

    if (v == NULL || v->type == PL_NULL)
        return 0;
    if (!is_open(arena, info, v))
        return 1;
    count = v->type == PL_LIST ? v->u.list.n : v->u.map.n;
    for (size_t i = 0; i < count; i++) {
        const char *key = v->type == PL_MAP ? v->u.map.members[i].key : NULL;
        struct pl_field_info child;

        (void)pl_field_child(kind, generic, info, key, &child);
        n += count_leaves(arena, kind, pl_field_generic(arena, generic, info, key), &child,
                          key != NULL ? v->u.map.members[i].value : v->u.list.items[i]);
    }
    return n;
}

static size_t leaves_of(const struct pl_pair *w, const struct pl_spot *at, const struct pl_value *v)
{
    return count_leaves(w->d->arena, w->s->address.kind, at->generic, &at->info, v);
}

/* ---- one leaf ---- */

static const struct pl_value *shown_of(const struct pl_pair *w, const struct pl_spot *at,
                                       const struct pl_value *body)
{
    return pl_shown_value(
        w->d, at, pl_value_or_default(w->d->arena, &at->info, pl_path_get(body, &at->path)));
}

void pl_pair_tell(const struct pl_pair *w, const struct pl_spot *at, enum pl_drift_status status,
                  size_t leaves)
{
    struct pl_drift *drift =
        pl_differ_drift(w->d, w->s, at, status, leaves, shown_of(w, at, w->good_shown),
                        shown_of(w, at, w->s->shown));

    drift->revert = pl_path_get(w->good->body, &at->path);
}

/* The text with its marks' hashes cut out: two stores have two keys, so other hashes need not be other secrets. */
static char *without_hashes(struct pl_arena *arena, const char *text)
{
    struct pl_buf out = {0};
    const char *mark;

    while ((mark = strstr(text, "<redacted: ")) != NULL) {
        size_t n = strcspn(mark, ",>");

        pl_buf_add(&out, text, (size_t)(mark - text) + n);
        text = mark + n;
        if (*text == ',')
            text += strcspn(text, ">");
    }
    pl_buf_adds(&out, text);
    return pl_buf_take(&out, arena);
}

static bool may_be_same_secret(struct pl_arena *arena, const struct pl_value *a,
                               const struct pl_value *b)
{
    return a->type == PL_STRING && b->type == PL_STRING && pl_value_is_marked(a) &&
           pl_value_is_marked(b) &&
           strcmp(without_hashes(arena, a->u.string.s), without_hashes(arena, b->u.string.s)) == 0;
}

static void differ(const struct pl_pair *w, const struct pl_spot *at, const struct pl_value *a,
                   const struct pl_value *b)
{
    size_t leaves = leaves_of(w, at, a);

    if (b == NULL && pl_differ_ask(w->d, w->s, at) == PL_NOT_KNOWN) {
        pl_differ_unread(w->d, w->s, at, leaves);
        return;
    }
    if (pl_value_has_unknown(a) || pl_value_has_unknown(b)) {
        pl_differ_unknown(w->d, w->s, at, leaves, NULL,
                          "its value is a secret, and is not compared");
        return;
    }
    if (a != NULL && b != NULL && may_be_same_secret(w->d->arena, a, b)) {
        pl_differ_unknown(w->d, w->s, at, leaves, NULL,
                          "both are secrets of one length, and their marks may have two keys");
        return;
    }
    a = pl_value_or_default(w->d->arena, &at->info, a);
    b = pl_value_or_default(w->d->arena, &at->info, b);
    pl_pair_tell(w, at,
                 a == NULL   ? PL_DRIFT_UNEXPECTED
                 : b == NULL ? PL_DRIFT_MISSING
                             : PL_DRIFT_CHANGED,
                 leaves);
}

/* ---- trees ---- */

static void compare(const struct pl_pair *w, const struct pl_spot *at, const struct pl_value *a,
                    const struct pl_value *b);

/* What the good world did not read (a mask, a policy) is no news; of a map it may have read a part. */
static bool was_left_out(const struct pl_pair *w, const struct pl_spot *at)
{
    return pl_view_read(w->before, w->good, pl_path_format(w->d->arena, &at->path), NULL) ==
           PL_NOT_KNOWN;
}

static bool is_map(const struct pl_value *v)
{
    return v != NULL && v->type == PL_MAP;
}

static void compare_members(const struct pl_pair *w, const struct pl_spot *at,
                            const struct pl_value *a, const struct pl_value *b)
{
    for (size_t i = 0; i < a->u.map.n; i++) {
        const struct pl_member *m = &a->u.map.members[i];
        struct pl_spot child = pl_differ_member(w->d, w->s, at, m->key);

        compare(w, &child, m->value, pl_value_member(b, m->key));
    }
    for (size_t i = 0; b != NULL && i < b->u.map.n; i++) {
        const struct pl_member *m = &b->u.map.members[i];
        struct pl_spot child = pl_differ_member(w->d, w->s, at, m->key);

        if (pl_value_member(a, m->key) == NULL && (!was_left_out(w, &child) || is_map(m->value)))
            compare(w, &child, NULL, m->value);
    }
}

/* Elements of `a` with their partners in `b`; those of `b` alone where `added`. */
static void compare_elements(const struct pl_pair *w, const struct pl_spot *at,
                             const struct pl_value *a, const struct pl_value *b, bool added)
{
    const struct pl_value *from = added ? b : a, *other = added ? a : b;

    for (size_t i = 0; i < pl_value_count(from); i++) {
        const struct pl_value *item = pl_value_item(from, i), *partner;
        struct pl_step step = pl_canon_step(w->d->arena, &at->info, item, i);
        struct pl_path one = {.steps = &step, .n = 1};
        struct pl_spot child = pl_differ_element(w->d, w->s, at, step);

        partner = other != NULL ? pl_path_get(other, &one) : NULL;
        if (!added && partner == NULL)
            differ(w, &child, item, NULL);
        else if (!added)
            compare(w, &child, item, partner);
        else if (partner == NULL)
            differ(w, &child, NULL, item);
    }
}

static bool is_list_or_absent(const struct pl_value *v)
{
    return v == NULL || v->type == PL_LIST;
}

static void compare(const struct pl_pair *w, const struct pl_spot *at, const struct pl_value *a,
                    const struct pl_value *b)
{
    struct pl_arena *arena = w->d->arena;
    const struct pl_field_info *info = &at->info;

    if (a != NULL && a->type == PL_NULL)
        a = NULL;
    if (b != NULL && b->type == PL_NULL)
        b = NULL;
    if (pl_canon_equal(w->s->address.kind, at->generic, info, a, b) &&
        (b != NULL || a == NULL || pl_differ_ask(w->d, w->s, at) != PL_NOT_KNOWN)) {
        w->d->coverage.match += leaves_of(w, at, a);
        return;
    }
    if (is_map(a) && a->u.map.n > 0 && (b == NULL || is_map(b))) {
        compare_members(w, at, a, b);
        return;
    }
    if ((a == NULL || is_map(a)) && is_map(b) && was_left_out(w, at)) {
        compare_members(w, at, pl_value_map(arena, NULL, 0), b);
        return;
    }
    if (is_list_or_absent(a) && is_list_or_absent(b) && pl_list_is_named(arena, info, a) &&
        pl_list_is_named(arena, info, b)) {
        compare_elements(w, at, a, b, false);
        compare_elements(w, at, a, b, true);
        return;
    }
    differ(w, at, a, b);
}

/* ---- whole bodies ---- */

void pl_pair_compare(const struct pl_pair *w)
{
    struct pl_arena *arena = w->d->arena;
    const struct pl_kind *kind = w->s->address.kind;
    struct pl_spot root = pl_differ_root(w->s);

    compare_members(w, &root, comparable(arena, kind, w->good_shown),
                    comparable(arena, kind, w->s->shown));
}

size_t pl_pair_leaves(const struct pl_pair *w)
{
    struct pl_spot root = pl_differ_root(w->s);
    const struct pl_value *body = comparable(w->d->arena, w->s->address.kind, w->good_shown);

    return leaves_of(w, &root, body->u.map.n > 0 ? body : NULL);
}
