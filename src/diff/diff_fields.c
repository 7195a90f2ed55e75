/* diff_fields.c - the fields that a resource is declared with against what is observed of it, leaf by leaf.
 *
 * Which values satisfy an expectation is the model's business (plumbline/expect.h), and so is which element of a list is held against
 * which; here is decided what is told, where, and how it is undone. Findings go to diff_found.c.
 */
#include "diff_priv.h"

#include <string.h>

#include "plumbline/canon.h"
#include "plumbline/expect.h"

/* A walk through one declared resource. */
struct walk {
    struct pl_differ *d;
    const struct pl_subject *s;
};

static void walk(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e,
                 const struct pl_value *v);

/* ---- one leaf ---- */

/* The gap that a reference fell into, and a sentence about it. */
static const struct pl_unobserved *gap_of_references(const struct walk *w,
                                                     const struct pl_expect *e, const char **why)
{
    const struct pl_world *world = pl_view_world(w->d->view);

    for (size_t i = 0; i < e->n_pieces; i++) {
        const struct pl_piece *piece = &e->pieces[i];
        const char *path = pl_path_format(w->d->arena, &piece->path);
        const struct pl_unobserved *gap =
            piece->literal != NULL ? NULL : pl_world_gap(world, &piece->address, path);

        if (gap == NULL)
            continue;
        *why = pl_arena_printf(
            w->d->arena, "%s:%s could not be read: %s",
            pl_address_short(w->d->arena, &piece->address, w->d->project, w->d->location), path,
            gap->reason);
        return gap;
    }
    return NULL;
}

/* A reference to a value that redaction took away compares with nothing. */
static bool is_masked_reference(const struct walk *w, const struct pl_spot *at,
                                const struct pl_expect *e)
{
    const struct pl_value *v = NULL;

    return e->n_pieces > 0 &&
           pl_expect_resolve(w->d->arena, e, &at->info, w->d->view, &v) == PL_PRESENT &&
           pl_value_is_marked(v);
}

static bool names_nothing(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e)
{
    const struct pl_value *v = NULL;

    return e->n_pieces > 0 &&
           pl_expect_resolve(w->d->arena, e, &at->info, w->d->view, &v) == PL_ABSENT;
}

static enum pl_drift_status status_of(const struct walk *w, const struct pl_spot *at,
                                      const struct pl_expect *e, const struct pl_value *v)
{
    if (e->match == PL_M_ABSENT)
        return PL_DRIFT_UNEXPECTED;
    if (names_nothing(w, at, e) || pl_value_or_default(w->d->arena, &at->info, v) == NULL)
        return PL_DRIFT_MISSING;
    return PL_DRIFT_CHANGED;
}

/* The elements of a set that are missing or too many, as paths of their own. */
static void note_elements(const struct walk *w, struct pl_drift *drift, const struct pl_spot *at,
                          const struct pl_expect *e, const struct pl_value *v)
{
    struct pl_arena *arena = w->d->arena;
    struct pl_list_pairs pairs;
    struct pl_drift_more *more;
    struct pl_path *paths;
    size_t n = 0;

    if (at->info.shape != PL_MANY || (v != NULL && v->type != PL_LIST) ||
        (e->match != PL_M_LIST && e->match != PL_M_ONLY && e->match != PL_M_CONTAINS))
        return;
    pairs = pl_expect_pairs(arena, e, w->s->address.kind, at->generic, &at->info, v, w->d->view);
    if (pairs.how != PL_LIST_SET)
        return;
    paths = pl_arena_array(arena, e->n + pairs.n_extra, sizeof *paths);
    for (size_t i = 0; i < e->n; i++) {
        const struct pl_value *item = e->items[i]->value;

        if (pairs.partner[i] != PL_NO_PARTNER)
            continue;
        if (item == NULL)
            return; /* a matcher names no element */
        paths[n++] = pl_path_with(arena, &at->path, pl_canon_step(arena, &at->info, item, i));
    }
    for (size_t i = 0; pairs.extra_is_drift && i < pairs.n_extra; i++)
        paths[n++] = pl_path_with(
            arena, &at->path,
            pl_canon_step(arena, &at->info, pl_value_item(v, pairs.extra[i]), pairs.extra[i]));
    more = pl_drift_more(w->d, drift);
    more->elements = paths;
    more->n_elements = n;
}

/* Texts with references, as far down as maps go. */
static void note_references(const struct walk *w, const struct pl_spot *at,
                            const struct pl_expect *e)
{
    struct pl_reference *r;

    for (size_t i = 0; e->match == PL_M_MAP && i < e->n; i++) {
        struct pl_spot child = pl_differ_member(w->d, w->s, at, e->members[i].key);

        note_references(w, &child, e->members[i].expect);
    }
    if (e->match != PL_M_EQUAL || e->n_pieces == 0)
        return;
    r = PL_NEW(w->d->arena, struct pl_reference);
    *r = (struct pl_reference){w->s->address, at->path, at->generic, at->info, e};
    PL_PUSH(w->d->arena, w->d->references, w->d->n_references, w->d->cap_references, r);
}

/* Keeps the expectation where its references must be resolved again wherever the revert is laid. */
static void keep_expectation(const struct walk *w, struct pl_drift *drift, const struct pl_spot *at,
                             const struct pl_expect *e, const struct pl_value *before)
{
    struct pl_drift_more *more;

    if (!pl_expect_has_references(e))
        return;
    more = pl_drift_more(w->d, drift);
    more->expect = e;
    more->generic = at->generic;
    more->info = at->info;
    more->before = before;
}

static const struct pl_value *observed_shown(const struct walk *w, const struct pl_spot *at)
{
    const struct pl_value *v = pl_path_get(w->s->shown, &at->path);

    return pl_shown_value(w->d, at, pl_value_or_default(w->d->arena, &at->info, v));
}

static void tell_leaf(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e,
                      const struct pl_value *v)
{
    const struct pl_value *expected = e->match == PL_M_CONTAINS
                                          ? pl_shown_text(w->d, pl_expect_text(w->d->arena, e))
                                          : pl_shown_expect(w->d, w->s->address.kind, at, e);
    struct pl_drift *drift = pl_differ_drift(w->d, w->s, at, status_of(w, at, e, v),
                                             pl_expect_leaves(e), expected, observed_shown(w, at));

    drift->revert = v == NULL ? pl_declared_body(w->d->arena, w->d->view, w->s->address.kind,
                                                 at->generic, &at->info, e, false)
                              : pl_expect_witness(w->d->arena, e, w->s->address.kind, at->generic,
                                                  &at->info, v, w->d->view);
    keep_expectation(w, drift, at, e, v);
    note_elements(w, drift, at, e, v);
}

/* A text that redaction took a part of: where the rest of it, or how long that part is, differs, it is another text. */
static const struct pl_value *other_than_declared(const struct walk *w, const struct pl_spot *at,
                                                  const struct pl_expect *e)
{
    const struct pl_value *shown = pl_path_get(w->s->shown, &at->path), *wanted = e->value;

    if (e->match != PL_M_EQUAL || !pl_value_text(shown) || !pl_value_is_marked(shown))
        return NULL;
    if (e->n_pieces > 0 &&
        pl_expect_resolve(w->d->arena, e, &at->info, w->d->view, &wanted) != PL_PRESENT)
        return NULL;
    return pl_value_text(wanted) && !pl_text_fits_marks(pl_value_text(wanted), pl_value_text(shown))
               ? shown
               : NULL;
}

static void leaf(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e,
                 const struct pl_value *v)
{
    size_t leaves = pl_expect_leaves(e);
    const struct pl_unobserved *gap;
    const char *why = NULL;

    note_references(w, at, e);
    if ((v == NULL || v->type != PL_UNKNOWN) && pl_differ_ask(w->d, w->s, at) == PL_NOT_KNOWN) {
        pl_differ_unread(w->d, w->s, at, leaves);
        return;
    }
    if (is_masked_reference(w, at, e)) {
        pl_differ_unknown(w->d, w->s, at, leaves, NULL,
                          "what it refers to is a secret, and is not compared");
        return;
    }
    const struct pl_value *other = other_than_declared(w, at, e);
    if (other) {
        tell_leaf(w, at, e, other);
        return;
    }
    switch (pl_expect_check(w->d->arena, e, w->s->address.kind, at->generic, &at->info, v,
                            w->d->view, &why)) {
    case PL_EXPECT_YES:
        w->d->coverage.match += leaves;
        break;
    case PL_EXPECT_NO:
        tell_leaf(w, at, e, v);
        break;
    case PL_EXPECT_NOT_KNOWN:
        gap = gap_of_references(w, e, &why);
        if (gap == NULL && pl_value_is_marked(pl_path_get(w->s->shown, &at->path)))
            why = "its value is a secret, and is not compared";
        pl_differ_unknown(w->d, w->s, at, leaves, gap, why);
        break;
    }
}

/* ---- maps ---- */

bool pl_expect_declares(const struct pl_expect *e, const char *key)
{
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->members[i].key, key) == 0)
            return true;
    return false;
}

/* What every resource has, declared or not. */
static bool is_given(const struct walk *w, const struct pl_spot *at, const char *key)
{
    const char *name = w->s->address.kind->name_field;

    return at->path.n == 0 &&
           (strcmp(key, "iamPolicy") == 0 || (name != NULL && strcmp(key, name) == 0));
}

/* !only: what nobody declared, apart from what only the server writes and what is the same as absent. */
static void walk_extra_members(const struct walk *w, const struct pl_spot *at,
                               const struct pl_expect *e, const struct pl_value *v)
{
    for (size_t i = 0; v != NULL && v->type == PL_MAP && i < v->u.map.n; i++) {
        const struct pl_member *m = &v->u.map.members[i];
        struct pl_spot child;

        if (pl_expect_declares(e, m->key) || is_given(w, at, m->key))
            continue;
        child = pl_differ_member(w->d, w->s, at, m->key);
        if ((child.flags & (PL_F_OUTPUT | PL_F_VOLATILE)) != 0 ||
            pl_canon_equal(w->s->address.kind, child.generic, &child.info, NULL, m->value))
            continue;
        child.mark = e->mark;
        (void)pl_differ_drift(w->d, w->s, &child, PL_DRIFT_UNEXPECTED, 0, NULL,
                              observed_shown(w, &child));
    }
}

static struct pl_mark mark_of(const struct pl_expect_member *m)
{
    return m->expect->mark.line == m->mark.line ? m->expect->mark : m->mark;
}

/* `unnamed`: the member that names the element, where names are not compared. */
static void walk_map(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e,
                     const struct pl_value *v, const char *unnamed)
{
    if (e->n == 0)
        w->d->coverage.match++; /* it is there, and that is all that was declared */
    for (size_t i = 0; i < e->n; i++) {
        const struct pl_expect_member *m = &e->members[i];
        struct pl_spot child;

        if (unnamed != NULL && strcmp(m->key, unnamed) == 0) {
            w->d->coverage.match += pl_expect_leaves(m->expect);
            continue;
        }
        child = pl_differ_member(w->d, w->s, at, m->key);
        child.mark = mark_of(m);
        walk(w, &child, m->expect, pl_value_member(v, m->key));
    }
    if (e->only)
        walk_extra_members(w, at, e, v);
}

/* ---- lists whose elements have names ---- */

static void missing_element(const struct walk *w, const struct pl_spot *at,
                            const struct pl_expect *item, size_t i)
{
    struct pl_arena *arena = w->d->arena;
    struct pl_spot child = pl_differ_element(w->d, w->s, at, (struct pl_step){0});
    const struct pl_value *body = pl_declared_body(arena, w->d->view, w->s->address.kind,
                                                   child.generic, &child.info, item, false);
    struct pl_drift *drift;

    child = pl_differ_element(w->d, w->s, at, pl_canon_step(arena, &at->info, body, i));
    child.mark = item->mark;
    if (pl_differ_ask(w->d, w->s, &child) == PL_NOT_KNOWN) {
        pl_differ_unread(w->d, w->s, &child, pl_expect_leaves(item));
        return;
    }
    drift = pl_differ_drift(w->d, w->s, &child, PL_DRIFT_MISSING, pl_expect_leaves(item),
                            pl_shown_expect(w->d, w->s->address.kind, &child, item), NULL);
    drift->revert = body;
    pl_differ_keep(w->d, w->s, drift, &child, item);
}

static void extra_element(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e,
                          const struct pl_value *v, size_t k)
{
    struct pl_spot child = pl_differ_element(
        w->d, w->s, at, pl_canon_step(w->d->arena, &at->info, pl_value_item(v, k), k));

    child.mark = e->mark;
    (void)pl_differ_drift(w->d, w->s, &child, PL_DRIFT_UNEXPECTED, 0, NULL,
                          observed_shown(w, &child));
}

static void walk_named(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e,
                       const struct pl_value *v, const struct pl_list_pairs *pairs)
{
    for (size_t i = 0; i < e->n; i++) {
        size_t k = pairs->partner[i];
        struct pl_spot child;

        if (k == PL_NO_PARTNER) {
            missing_element(w, at, e->items[i], i);
            continue;
        }
        child = pl_differ_element(w->d, w->s, at,
                                  pl_canon_step(w->d->arena, &at->info, pl_value_item(v, k), k));
        child.mark = e->items[i]->mark;
        walk_map(w, &child, e->items[i], pl_value_item(v, k),
                 pairs->nameless ? at->info.identity : NULL);
    }
    for (size_t i = 0; pairs->extra_is_drift && i < pairs->n_extra; i++)
        extra_element(w, at, e, v, pairs->extra[i]);
}

/* Lists without names are compared as one: nothing else says which element is which. */
static void walk_list(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e,
                      const struct pl_value *v)
{
    struct pl_list_pairs pairs;
    const struct pl_value *list = pl_expect_list(w->d->arena, e, w->s->address.kind, at->generic,
                                                 &at->info, v, w->d->view, &pairs);

    if ((list != NULL && list->type != PL_LIST) ||
        (list == NULL && pl_differ_ask(w->d, w->s, at) == PL_NOT_KNOWN)) {
        leaf(w, at, e, v);
        return;
    }
    if (pairs.how == PL_LIST_BY_ID)
        walk_named(w, at, e, list, &pairs);
    else
        leaf(w, at, e, v);
}

/* ---- all of them ---- */

/* A gap that names a field covers all that is declared below it. */
static bool is_unread_field(const struct walk *w, const struct pl_spot *at)
{
    const struct pl_unobserved *gap = pl_world_gap(pl_view_world(w->d->view), &w->s->address,
                                                   pl_path_format(w->d->arena, &at->path));

    return gap != NULL && gap->field != NULL && pl_differ_ask(w->d, w->s, at) == PL_NOT_KNOWN;
}

static void walk(const struct walk *w, const struct pl_spot *at, const struct pl_expect *e,
                 const struct pl_value *v)
{
    if (v != NULL && v->type == PL_NULL)
        v = NULL;
    if (pl_expect_is_list_of_maps(e))
        walk_list(w, at, e, v);
    else if (e->match != PL_M_MAP || e->n == 0)
        leaf(w, at, e, v);
    else if (v == NULL && is_unread_field(w, at))
        pl_differ_unread(w->d, w->s, at, pl_expect_leaves(e));
    else
        walk_map(w, at, e, v, NULL);
}

/* ---- for resources ---- */

void pl_differ_field(struct pl_differ *d, const struct pl_subject *s, const struct pl_spot *at,
                     const struct pl_expect *e, const struct pl_value *v)
{
    walk(&(struct walk){d, s}, at, e, v);
}

void pl_differ_members(struct pl_differ *d, const struct pl_subject *s, const struct pl_spot *at,
                       const struct pl_expect *e, const struct pl_value *v)
{
    walk_map(&(struct walk){d, s}, at, e, v, NULL);
}

void pl_differ_keep(struct pl_differ *d, const struct pl_subject *s, struct pl_drift *drift,
                    const struct pl_spot *at, const struct pl_expect *e)
{
    const struct walk w = {d, s};

    keep_expectation(&w, drift, at, e, NULL);
    note_references(&w, at, e);
}
