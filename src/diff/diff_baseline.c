/* diff_baseline.c - what is declared against what is observed, resource by resource: there or not, and what nobody declared.
 *
 * The fields of a resource that is there are diff_fields.c's. Findings go to diff_found.c.
 */
#include "diff_priv.h"

#include <string.h>

#include "plumbline/expect.h"
#include "plumbline/map.h"

/* ---- resources ---- */

static void present(struct pl_differ *d, struct pl_subject *s, const struct pl_declared *declared)
{
    const struct pl_expect *e = declared->expect;
    struct pl_spot root = pl_differ_root(s);
    const struct pl_value *body;

    if (e->match == PL_M_ABSENT) {
        (void)pl_differ_drift(d, s, &root, PL_DRIFT_UNEXPECTED, 1, pl_shown_text(d, "!absent"),
                              pl_shown_text(d, "present"));
        return;
    }
    s->shown = pl_shown_body(d, s->resource);
    body = pl_value_mask(d->arena, s->shown, false);
    /* A policy without a resource around it: the body holds it as the virtual field that every kind may have. */
    if (s->address.kind->schema == NULL && e->n > 0 && !pl_expect_declares(e, "iamPolicy")) {
        root = pl_differ_member(d, s, &root, "iamPolicy");
        root.mark = declared->mark;
        body = pl_value_member(body, "iamPolicy");
        pl_differ_field(d, s, &root, e, body);
        return;
    }
    if (e->match == PL_M_MAP)
        pl_differ_members(d, s, &root, e, body);
    else
        d->coverage.match++;
}

static bool same_names(const struct pl_address *a, const struct pl_address *b)
{
    for (size_t i = 0; i < a->kind->n_segments; i++)
        if (strcmp(a->names[i], b->names[i]) != 0)
            return false;
    return true;
}

/* A name without a scope means the baseline's location; of kinds that are global, regional or zonal it may have meant another. */
static const char *elsewhere(struct pl_differ *d, const struct pl_address *address)
{
    const struct pl_resource *const *list;
    const struct pl_address *found = NULL;
    size_t n, hits = 0;

    (void)pl_view_list(d->view, address->kind, address->project, &list, &n);
    for (size_t i = 0; i < n; i++)
        if (same_names(address, &list[i]->address)) {
            found = &list[i]->address;
            hits++;
        }
    return hits == 1 ? pl_address_short(d->arena, found, address->project, address->location)
                     : NULL;
}

static void missing(struct pl_differ *d, const struct pl_subject *s,
                    const struct pl_declared *declared)
{
    const struct pl_expect *e = declared->expect;
    struct pl_spot root = pl_differ_root(s);
    struct pl_drift_more *more;
    struct pl_drift *drift;

    if (e->match == PL_M_ABSENT) {
        d->coverage.match++;
        return;
    }
    drift = pl_differ_drift(d, s, &root, PL_DRIFT_MISSING, pl_expect_leaves(e),
                            pl_shown_text(d, "present"), NULL);
    drift->revert = pl_put_back(d->arena, d->view, &s->address, e);
    drift->elsewhere = elsewhere(d, &s->address);
    pl_differ_keep(d, s, drift, &root, e);
    more = pl_drift_more(d, drift);
    more->fields = pl_declared_fields(d->arena, s->address.kind, drift->revert, &more->n_fields);
}

static bool is_api_disabled(struct pl_differ *d, const struct pl_address *address)
{
    const struct pl_unobserved *gap = pl_world_gap(pl_view_world(d->view), address, NULL);

    return gap != NULL && gap->reason != NULL && strcmp(gap->reason, "api_disabled") == 0;
}

static void compare_declared(struct pl_differ *d, const struct pl_declared *declared)
{
    struct pl_subject s = pl_differ_subject(d, &declared->address);
    struct pl_spot root;

    s.mark = declared->mark;
    root = pl_differ_root(&s);
    switch (pl_view_find(d->view, &s.address, &s.resource)) {
    case PL_PRESENT:
        present(d, &s, declared);
        break;
    case PL_ABSENT:
        missing(d, &s, declared);
        break;
    case PL_NOT_KNOWN:
        /* What belongs to an API that is off is not there. */
        if (is_api_disabled(d, &s.address))
            missing(d, &s, declared);
        else
            pl_differ_unread(d, &s, &root, pl_expect_leaves(declared->expect));
        break;
    }
}

/* ---- kinds with !only ---- */

static void compare_only(struct pl_differ *d, const struct pl_only_kind *only, struct pl_map *known)
{
    const struct pl_resource *const *list;
    size_t n;

    if (pl_view_list(d->view, only->kind, only->project, &list, &n) == PL_NOT_KNOWN) {
        const struct pl_unobserved *gap =
            pl_world_listing_gap(pl_view_world(d->view), only->kind, only->project);

        /* An API that is off has nothing that nobody declared. */
        if (gap == NULL || gap->reason == NULL || strcmp(gap->reason, "api_disabled") != 0)
            pl_differ_unlisted(d, only->kind, only->project, gap, only->mark);
    }
    for (size_t i = 0; i < n; i++) {
        struct pl_subject s;
        struct pl_spot root;

        if (only->location != NULL && list[i]->address.location != NULL &&
            strcmp(only->location, list[i]->address.location) != 0)
            continue;
        s = pl_differ_subject(d, &list[i]->address);
        if (pl_map_put(known, s.full, d) != NULL)
            continue;
        s.mark = only->mark;
        root = pl_differ_root(&s);
        (void)pl_differ_drift(d, &s, &root, PL_DRIFT_UNEXPECTED, 0, NULL,
                              pl_shown_text(d, "present"));
    }
}

/* ---- the whole ---- */

struct pl_diff *pl_diff_baseline(struct pl_arena *arena, struct pl_view *observed,
                                 const struct pl_baseline *baseline, int64_t now_ns)
{
    struct pl_differ d = {.arena = arena, .view = observed, .baseline = baseline, .now_ns = now_ns};
    struct pl_map known;

    pl_differ_by_files(&d);
    pl_map_init(&known, arena);
    for (size_t i = 0; i < baseline->n_resources; i++) {
        compare_declared(&d, &baseline->resources[i]);
        (void)pl_map_put(&known, pl_address_full(arena, &baseline->resources[i].address), &d);
    }
    for (size_t i = 0; i < baseline->n_only; i++)
        compare_only(&d, &baseline->only[i], &known);
    return pl_differ_finish(&d);
}
