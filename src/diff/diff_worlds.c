/* diff_worlds.c - a last good world against the observed one: what differs in what people set, and what has stopped serving.
 *
 * The good world is what counts as declared; what it did not read is nobody's business. What only the server writes, and what changes by
 * itself, is left out before anything is compared.
 */
#include "diff_priv.h"

#include <string.h>

#include "plumbline/canon.h"
#include "plumbline/map.h"

struct walk {
    struct pl_differ *d;
    const struct pl_subject *s; /* observed; without a resource where it is gone */
    const struct pl_resource *good;
    struct pl_view *before;            /* of the good world */
    const struct pl_value *good_shown; /* its body, redacted */
};

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

static size_t leaves_of(const struct walk *w, const struct pl_spot *at, const struct pl_value *v)
{
    return count_leaves(w->d->arena, w->s->address.kind, at->generic, &at->info, v);
}

/* ---- one leaf ---- */

static const struct pl_value *shown_of(const struct walk *w, const struct pl_spot *at,
                                       const struct pl_value *body)
{
    return pl_shown_value(
        w->d, at, pl_value_or_default(w->d->arena, &at->info, pl_path_get(body, &at->path)));
}

static void tell(const struct walk *w, const struct pl_spot *at, enum pl_drift_status status,
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

static void differ(const struct walk *w, const struct pl_spot *at, const struct pl_value *a,
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
    tell(w, at,
         a == NULL   ? PL_DRIFT_UNEXPECTED
         : b == NULL ? PL_DRIFT_MISSING
                     : PL_DRIFT_CHANGED,
         leaves);
}

/* ---- trees ---- */

static void compare(const struct walk *w, const struct pl_spot *at, const struct pl_value *a,
                    const struct pl_value *b);

/* What the good world did not read (a mask, a policy) is no news; of a map it may have read a part. */
static bool was_left_out(const struct walk *w, const struct pl_spot *at)
{
    return pl_view_read(w->before, w->good, pl_path_format(w->d->arena, &at->path), NULL) ==
           PL_NOT_KNOWN;
}

static bool is_map(const struct pl_value *v)
{
    return v != NULL && v->type == PL_MAP;
}

static void compare_members(const struct walk *w, const struct pl_spot *at,
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
static void compare_elements(const struct walk *w, const struct pl_spot *at,
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

static void compare(const struct walk *w, const struct pl_spot *at, const struct pl_value *a,
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

/* ---- what serves ---- */

/* States in which a resource does its work; from one of them to anything else is told, though only the server writes them. */
static const struct {
    const char *kind, *path, *serving[5];
} states[] = {
    /* https://cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances#State */
    {"redis.instance", "state", {"READY", "UPDATING", "MAINTENANCE"}},
    /* https://cloud.google.com/run/docs/reference/rest/v2/Condition#State */
    {"run.service", "terminalCondition.state", {"CONDITION_SUCCEEDED", "CONDITION_RECONCILING"}},
    /* https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances#SqlInstanceState */
    {"sql.instance", "state", {"RUNNABLE", "MAINTENANCE"}},
    /* https://cloud.google.com/vpc/docs/reference/vpcaccess/rest/v1/projects.locations.connectors#State */
    {"vpcaccess.connector", "state", {"READY", "UPDATING"}},
};

static bool serves(size_t row, const struct pl_value *state)
{
    const char *text = pl_value_text(state);

    for (size_t i = 0; text != NULL && states[row].serving[i] != NULL; i++)
        if (strcmp(states[row].serving[i], text) == 0)
            return true;
    return false;
}

static void compare_state(const struct walk *w)
{
    for (size_t i = 0; i < PL_LEN(states); i++) {
        struct pl_spot at = pl_differ_root(w->s);
        struct pl_path path;
        const struct pl_value *b;

        if (strcmp(states[i].kind, w->s->address.kind->name) != 0 ||
            pl_path_parse(w->d->arena, states[i].path, &path, NULL) != 0)
            continue;
        for (size_t k = 0; k < path.n; k++)
            at = pl_differ_member(w->d, w->s, &at, path.steps[k].key);
        if (!serves(i, pl_path_get(w->good->body, &path)))
            continue;
        b = pl_path_get(w->s->resource->body, &path);
        if (b == NULL && pl_differ_ask(w->d, w->s, &at) == PL_NOT_KNOWN)
            pl_differ_unread(w->d, w->s, &at, 1);
        else if (serves(i, b))
            w->d->coverage.match++;
        else
            tell(w, &at, b != NULL ? PL_DRIFT_CHANGED : PL_DRIFT_MISSING, 1);
    }
}

static bool is_state(const struct pl_kind *kind, const char *key)
{
    for (size_t i = 0; i < PL_LEN(states); i++)
        if (strcmp(states[i].kind, kind->name) == 0 &&
            strncmp(states[i].path, key, strcspn(states[i].path, ".")) == 0)
            return true;
    return false;
}

/* A resource that was made anew got a host, a port, certificates of its own: with what made it another, they go back. */
static void note_beside(const struct walk *w, size_t first)
{
    const struct pl_kind *kind = w->s->address.kind;
    const struct pl_schema *schema = kind->schema;
    struct pl_field_info root = pl_field_root(kind), info;
    struct pl_beside *beside = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; schema != NULL && i < schema->n_fields; i++) {
        const char *key = schema->fields[i].name;
        const struct pl_value *a = pl_value_member(w->good->body, key);
        struct pl_beside one = {.value = a};

        (void)pl_field_child(kind, "", &root, key, &info);
        if ((info.flags & PL_F_OUTPUT) == 0 || (info.flags & PL_F_VOLATILE) != 0 ||
            is_state(kind, key) ||
            pl_canon_equal(kind, key, &info, a, pl_value_member(w->s->resource->body, key)))
            continue;
        one.path = pl_path_with(w->d->arena, &(struct pl_path){.n = 0},
                                (struct pl_step){.type = PL_STEP_KEY, .key = key});
        PL_PUSH(w->d->arena, beside, n, cap, one);
    }
    for (size_t i = first; n > 0 && i < w->d->n_drift; i++) {
        struct pl_drift_more *more;

        if ((w->d->drift[i]->flags & PL_F_IMMUTABLE) == 0)
            continue;
        more = pl_drift_more(w->d, w->d->drift[i]);
        more->beside = beside;
        more->n_beside = n;
    }
}

/* ---- resources ---- */

static void compare_bodies(struct walk *w, struct pl_subject *s)
{
    struct pl_arena *arena = w->d->arena;
    const struct pl_kind *kind = s->address.kind;
    struct pl_spot root = pl_differ_root(s);
    size_t first = w->d->n_drift;

    s->shown = pl_shown_body(w->d, s->resource);
    compare_members(w, &root, comparable(arena, kind, w->good_shown),
                    comparable(arena, kind, s->shown));
    compare_state(w);
    note_beside(w, first);
}

static size_t count_good(const struct walk *w)
{
    struct pl_spot root = pl_differ_root(w->s);
    const struct pl_value *body = comparable(w->d->arena, w->s->address.kind, w->good_shown);
    size_t n = 0;

    n = leaves_of(w, &root, body->u.map.n > 0 ? body : NULL);
    for (size_t i = 0; i < PL_LEN(states); i++) {
        struct pl_path path;

        if (strcmp(states[i].kind, w->s->address.kind->name) == 0 &&
            pl_path_parse(w->d->arena, states[i].path, &path, NULL) == 0)
            n += serves(i, pl_path_get(w->good->body, &path));
    }
    return n;
}

static void gone(const struct walk *w)
{
    struct pl_spot root = pl_differ_root(w->s);
    struct pl_drift *drift = pl_differ_drift(w->d, w->s, &root, PL_DRIFT_MISSING, count_good(w),
                                             pl_shown_text(w->d, "present"), NULL);
    struct pl_drift_more *more = pl_drift_more(w->d, drift);

    drift->revert = w->good->body;
    more->fields = w->good->fields;
    more->n_fields = w->good->n_fields;
}

static void compare_good(struct pl_differ *d, struct pl_view *before,
                         const struct pl_resource *good, struct pl_map *blind)
{
    struct pl_subject s = pl_differ_subject(d, &good->address);
    struct walk w = {d, &s, good, before, pl_shown_body(d, good)};
    struct pl_spot root = pl_differ_root(&s);
    const struct pl_unobserved *gap = pl_world_gap(pl_view_world(d->view), &s.address, NULL);

    switch (pl_view_find(d->view, &s.address, &s.resource)) {
    case PL_PRESENT:
        compare_bodies(&w, &s);
        break;
    case PL_ABSENT:
        gone(&w);
        break;
    case PL_NOT_KNOWN:
        if (gap != NULL && gap->reason != NULL && strcmp(gap->reason, "api_disabled") == 0) {
            gone(&w);
            break;
        }
        (void)pl_map_put(blind, good->address.kind->name, d);
        pl_differ_unread(d, &s, &root, count_good(&w));
        break;
    }
}

/* A resource that the good world has not. Where that world did not look nobody knows whether it is new. */
static void compare_new(struct pl_differ *d, struct pl_view *good,
                        const struct pl_resource *resource)
{
    struct pl_subject s = pl_differ_subject(d, &resource->address);
    struct pl_spot root = pl_differ_root(&s);

    if (pl_view_find(good, &resource->address, NULL) == PL_ABSENT)
        (void)pl_differ_drift(d, &s, &root, PL_DRIFT_UNEXPECTED, 0, NULL,
                              pl_shown_text(d, "present"));
}

static bool looked_for(const struct pl_world *world, const struct pl_kind *kind)
{
    for (size_t i = 0; i < world->n_kinds; i++)
        if (strcmp(world->kinds[i], kind->name) == 0)
            return true;
    return world->kinds == NULL;
}

static bool has_reason(const struct pl_unobserved *gap, const char *reason)
{
    return gap != NULL && gap->reason != NULL && strcmp(gap->reason, reason) == 0;
}

static void compare_kind(struct pl_differ *d, struct pl_view *good, const struct pl_kind *kind)
{
    static const struct pl_mark nowhere = {0};
    const struct pl_world *before = pl_view_world(good), *now = pl_view_world(d->view);
    const struct pl_resource *const *list;
    struct pl_map blind;
    size_t n;

    pl_map_init(&blind, d->arena);
    (void)pl_view_list(good, kind, NULL, &list, &n);
    for (size_t i = 0; i < n; i++)
        compare_good(d, good, list[i], &blind);
    (void)pl_view_list(d->view, kind, NULL, &list, &n);
    for (size_t i = 0; i < n; i++)
        compare_new(d, good, list[i]);
    for (size_t i = 0; i < before->n_projects && blind.n == 0; i++) {
        const char *project = before->projects[i];
        const struct pl_unobserved *gap = pl_world_listing_gap(now, kind, project);
        const struct pl_unobserved *then = pl_world_listing_gap(before, kind, project);

        /* An API that is off holds nothing; what was not asked for then is not compared now. */
        if (has_reason(gap, "api_disabled") || has_reason(then, "not_asked"))
            continue;
        if (gap != NULL || !looked_for(now, kind))
            pl_differ_unlisted(d, kind, project, gap, nowhere);
        else if (then != NULL)
            pl_differ_unlisted_before(d, kind, project);
    }
}

struct pl_diff *pl_diff_worlds(struct pl_arena *arena, struct pl_view *observed,
                               struct pl_view *good, const struct pl_baseline *ignore_from,
                               int64_t now_ns)
{
    struct pl_differ d = {
        .arena = arena, .view = observed, .baseline = ignore_from, .now_ns = now_ns};
    const struct pl_world *before = pl_view_world(good);

    if (ignore_from != NULL && ignore_from->n_files > 0)
        pl_differ_by_files(&d);
    else
        pl_differ_by_world(&d, before);
    for (size_t i = 0; i < pl_kinds_len; i++)
        if (looked_for(before, pl_kinds[i]))
            compare_kind(&d, good, pl_kinds[i]);
    return pl_differ_finish(&d);
}
