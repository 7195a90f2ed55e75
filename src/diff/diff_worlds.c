/* diff_worlds.c - a last good world against the observed one: what differs in what people set, and what has stopped serving.
 *
 * The good world is what counts as declared; what it did not read is nobody's business. The fields of a resource that both have are
 * diff_bodies.c's.
 */
#include "diff_priv.h"

#include <string.h>

#include "plumbline/canon.h"
#include "plumbline/map.h"

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

static void compare_state(const struct pl_pair *w)
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
            pl_pair_tell(w, &at, b != NULL ? PL_DRIFT_CHANGED : PL_DRIFT_MISSING, 1);
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
static void note_beside(const struct pl_pair *w, size_t first)
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

static void compare_bodies(struct pl_pair *w, struct pl_subject *s)
{
    size_t first = w->d->n_drift;

    s->shown = pl_shown_body(w->d, s->resource);
    pl_pair_compare(w);
    compare_state(w);
    note_beside(w, first);
}

static size_t count_good(const struct pl_pair *w)
{
    size_t n = pl_pair_leaves(w);

    for (size_t i = 0; i < PL_LEN(states); i++) {
        struct pl_path path;

        if (strcmp(states[i].kind, w->s->address.kind->name) == 0 &&
            pl_path_parse(w->d->arena, states[i].path, &path, NULL) == 0)
            n += serves(i, pl_path_get(w->good->body, &path));
    }
    return n;
}

static void gone(const struct pl_pair *w)
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
    struct pl_pair w = {d, &s, good, before, pl_shown_body(d, good)};
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
