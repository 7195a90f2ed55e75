/* diff_found.c - takes what a walk finds: drift with its names and fingerprint, what is not known and why, and the sums.
 *
 * Both walks report here, so that a finding looks the same whichever of them made it.
 */
#include "diff_priv.h"

#include "plumbline/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/canon.h"
#include "plumbline/hash.h"
#include "plumbline/json.h"

/* ---- what short forms leave out ---- */

static bool same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

void pl_differ_by_files(struct pl_differ *d)
{
    const struct pl_baseline *b = d->baseline;

    if (b->n_files == 0)
        return;
    d->project = b->files[0]->project;
    d->location = b->files[0]->location;
    for (size_t i = 1; i < b->n_files; i++) {
        if (!same(d->project, b->files[i]->project))
            d->project = NULL;
        if (!same(d->location, b->files[i]->location))
            d->location = NULL;
    }
}

void pl_differ_by_world(struct pl_differ *d, const struct pl_world *world)
{
    bool first = true;

    d->project = world->n_projects == 1 ? world->projects[0] : NULL;
    d->location = NULL;
    for (size_t i = 0; i < world->n_resources; i++) {
        const struct pl_address *a = &world->resources[i]->address;

        if (a->kind->scope != PL_SCOPE_LOCATION)
            continue;
        d->location = first || same(d->location, a->location) ? a->location : NULL;
        first = false;
        if (d->location == NULL)
            return;
    }
}

/* ---- where a walk stands ---- */

struct pl_subject pl_differ_subject(struct pl_differ *d, const struct pl_address *address)
{
    return (struct pl_subject){
        .address = *address,
        .full = pl_address_full(d->arena, address),
        .brief = pl_address_short(d->arena, address, d->project, d->location),
        .name = pl_address_resource_name(d->arena, address),
    };
}

struct pl_spot pl_differ_root(const struct pl_subject *s)
{
    return (struct pl_spot){.generic = "", .info = pl_field_root(s->address.kind), .mark = s->mark};
}

static struct pl_spot down(struct pl_differ *d, const struct pl_subject *s,
                           const struct pl_spot *at, const char *key, struct pl_step step)
{
    struct pl_spot out = {.mark = at->mark};

    (void)pl_field_child(s->address.kind, at->generic, &at->info, key, &out.info);
    out.generic = pl_field_generic(d->arena, at->generic, &at->info, key);
    out.path = pl_path_with(d->arena, &at->path, step);
    out.flags = out.info.flags | (at->flags & PL_F_IMMUTABLE);
    return out;
}

struct pl_spot pl_differ_member(struct pl_differ *d, const struct pl_subject *s,
                                const struct pl_spot *at, const char *key)
{
    return down(d, s, at, key, (struct pl_step){.type = PL_STEP_KEY, .key = key});
}

struct pl_spot pl_differ_element(struct pl_differ *d, const struct pl_subject *s,
                                 const struct pl_spot *at, struct pl_step step)
{
    return down(d, s, at, NULL, step);
}

/* Is it, or what it lies in, a field that is only in requests, and not in this answer either? */
static bool is_never_answered(const struct pl_subject *s, const struct pl_spot *at)
{
    struct pl_path above = {.steps = at->path.steps};
    struct pl_field_info info;

    if ((at->info.flags & PL_F_INPUT) == 0)
        return false;
    while (++above.n < at->path.n)
        if (pl_field_lookup(s->address.kind, &above, &info, NULL, NULL) &&
            (info.flags & PL_F_INPUT) != 0)
            break;
    return pl_path_get(s->resource->body, &above) == NULL;
}

enum pl_known pl_differ_ask(struct pl_differ *d, const struct pl_subject *s,
                            const struct pl_spot *at)
{
    enum pl_known known =
        pl_view_read(d->view, s->resource, pl_path_format(d->arena, &at->path), NULL);

    return known == PL_ABSENT && is_never_answered(s, at) ? PL_NOT_KNOWN : known;
}

/* ---- drift ---- */

static const char *field_name(struct pl_differ *d, const char *resource, const struct pl_path *path)
{
    return path->n == 0
               ? resource
               : pl_arena_printf(d->arena, "%s:%s", resource, pl_path_format(d->arena, path));
}

/* Values in canonical form, so that a set in another order is the same finding. */
static const char *fingerprint(struct pl_differ *d, const struct pl_drift *drift,
                               const struct pl_field_info *info)
{
    const struct pl_value *values[] = {drift->expected, drift->observed};
    struct pl_buf text = {0};
    const char *id;

    pl_buf_addf(&text, "%s\n%s", drift->field_full, pl_drift_status_names[drift->status]);
    for (size_t i = 0; i < PL_LEN(values); i++) {
        pl_buf_addc(&text, '\n');
        if (values[i] != NULL)
            pl_json_write(&text, pl_canon(d->arena, info, values[i]));
    }
    id = pl_hash_text(d->arena, pl_buf_str(&text), text.len);
    pl_buf_free(&text);
    return id;
}

/* A baseline may hold in clear what belongs in a secret: it is shown as the observed value would be. */
static const struct pl_value *without_secrets(struct pl_differ *d, const struct pl_subject *s,
                                              const struct pl_path *path,
                                              const struct pl_value *expected)
{
    const char *text = pl_value_text(expected);

    /* These two say nothing of a value. */
    if (expected == NULL || (text && (!strcmp(text, "!absent") || !strcmp(text, "!present"))))
        return expected;
    const struct pl_value *body = pl_path_set(d->arena, NULL, path, expected);

    return pl_path_get(pl_redact(d->arena, s->address.kind, body, NULL), path);
}

struct pl_drift *pl_differ_drift(struct pl_differ *d, const struct pl_subject *s,
                                 const struct pl_spot *at, enum pl_drift_status status,
                                 size_t leaves, const struct pl_value *expected,
                                 const struct pl_value *observed)
{
    struct pl_drift *drift = PL_NEW(d->arena, struct pl_drift);

    drift->address = s->address;
    drift->path = at->path;
    drift->field = field_name(d, s->brief, &at->path);
    drift->field_full = field_name(d, s->full, &at->path);
    drift->resource = s->name;
    drift->status = status;
    drift->expected = without_secrets(d, s, &at->path, expected);
    drift->observed = observed;
    drift->mark = at->mark;
    drift->severity = PL_SEV_LOW;
    drift->leaves = leaves;
    drift->flags = at->flags;
    drift->id = fingerprint(d, drift, &at->info);
    PL_PUSH(d->arena, d->drift, d->n_drift, d->cap_drift, drift);
    return drift;
}

struct pl_drift_more *pl_drift_more(struct pl_differ *d, struct pl_drift *drift)
{
    struct pl_drift_more *more = PL_NEW(d->arena, struct pl_drift_more);

    if (drift->more != NULL)
        *more = *drift->more;
    drift->more = more;
    return more;
}

/* ---- not known ---- */

void pl_differ_unknown(struct pl_differ *d, const struct pl_subject *s, const struct pl_spot *at,
                       size_t leaves, const struct pl_unobserved *gap, const char *why)
{
    struct pl_unknown unknown = {
        .address = s->address,
        .path = at->path,
        .field = field_name(d, s->brief, &at->path),
        .field_full = field_name(d, s->full, &at->path),
        .why = why,
        .leaves = leaves,
        .mark = at->mark,
        .gap = gap,
    };

    d->coverage.unknown += leaves;
    PL_PUSH(d->arena, d->unknown, d->n_unknown, d->cap_unknown, unknown);
}

/* Is the resource itself what the gap names? */
static bool is_about(const struct pl_unobserved *gap, const char *name)
{
    size_t n = gap->scope != NULL ? strlen(gap->scope) : 0, len = name != NULL ? strlen(name) : 0;

    return n > 0 && n <= len && strcmp(name + (len - n), gap->scope) == 0;
}

void pl_differ_unread(struct pl_differ *d, const struct pl_subject *s, const struct pl_spot *at,
                      size_t leaves)
{
    const char *field = at->path.n > 0 ? pl_path_format(d->arena, &at->path) : NULL;
    const struct pl_unobserved *gap = pl_world_gap(pl_view_world(d->view), &s->address, field);
    const char *why;

    if (field != NULL && gap != NULL && gap->field == NULL && !is_about(gap, s->name))
        gap = NULL; /* of its kind's listing, which the resource was found in */
    if (field == NULL)
        why = gap != NULL ? pl_arena_printf(d->arena, "%s could not be read: %s",
                                            s->address.kind->name, gap->reason)
                          : pl_arena_printf(d->arena, "%s was not looked for in %s",
                                            s->address.kind->name, s->address.project);
    else if (gap == NULL && (at->info.flags & PL_F_INPUT) != 0)
        why = pl_arena_printf(
            d->arena, "%s is only in requests: no answer of Google's says what it is", field);
    else if (gap != NULL)
        why = pl_arena_printf(d->arena, "%s of %s could not be read: %s",
                              gap->field != NULL ? gap->field : field, s->brief, gap->reason);
    else
        why = pl_arena_printf(d->arena, "%s of %s was not read", field, s->brief);
    pl_differ_unknown(d, s, at, leaves, gap, why);
}

static void unlisted(struct pl_differ *d, const struct pl_kind *kind, const char *project,
                     const struct pl_unobserved *gap, struct pl_mark mark, const char *why)
{
    const char **names = pl_arena_array(d->arena, kind->n_segments, sizeof *names);
    struct pl_subject s = {.address = {.kind = kind, .project = project, .location = "*"}};
    struct pl_spot at = {.generic = "", .mark = mark};

    for (size_t i = 0; i < kind->n_segments; i++)
        names[i] = "*";
    s.address.names = names;
    s.brief = kind->name;
    s.full = pl_arena_printf(d->arena, "%s/%s/*", kind->name, project != NULL ? project : "*");
    pl_differ_unknown(d, &s, &at, 0, gap, why);
}

void pl_differ_unlisted(struct pl_differ *d, const struct pl_kind *kind, const char *project,
                        const struct pl_unobserved *gap, struct pl_mark mark)
{
    unlisted(d, kind, project, gap, mark,
             gap != NULL ? pl_arena_printf(d->arena, "%s could not be listed in full: %s",
                                           kind->name, gap->reason)
                         : pl_arena_printf(d->arena, "%s was not looked for", kind->name));
}

void pl_differ_unlisted_before(struct pl_differ *d, const struct pl_kind *kind, const char *project)
{
    unlisted(d, kind, project, NULL, (struct pl_mark){0},
             pl_arena_printf(d->arena, "the last good state has not every %s", kind->name));
}

/* ---- the end ---- */

static int by_field(const void *a, const void *b)
{
    const struct pl_drift *const *x = a, *const *y = b;
    int order = strcmp((*x)->field_full, (*y)->field_full);

    return order != 0 ? order : (int)(*x)->status - (int)(*y)->status;
}

static int by_unknown(const void *a, const void *b)
{
    const struct pl_unknown *x = a, *y = b;
    int order = strcmp(x->field_full, y->field_full);

    return order != 0 ? order : strcmp(x->why, y->why);
}

struct pl_diff *pl_differ_finish(struct pl_differ *d)
{
    struct pl_diff *out = PL_NEW(d->arena, struct pl_diff);

    if (d->n_drift > 0)
        qsort(d->drift, d->n_drift, sizeof *d->drift, by_field);
    if (d->n_unknown > 0)
        qsort(d->unknown, d->n_unknown, sizeof *d->unknown, by_unknown);
    pl_differ_unite(d);
    pl_differ_excuse(d, out);
    d->coverage.declared =
        d->coverage.match + d->coverage.drift + d->coverage.ignored + d->coverage.unknown;
    out->coverage = d->coverage;
    out->unknown = d->unknown;
    out->n_unknown = d->n_unknown;
    return out;
}
