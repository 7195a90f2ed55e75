/* view.c - views: a small set of changes laid over a world, or over another view, without copying it; finding and listing through them.
 *
 * Reading fields and recording what was read stand in view_read.c. A change makes a new entry and leaves
 * the old one alone: what somebody holds in hand does not change under him.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model_priv.h"

static struct pl_view *view_make(struct pl_arena *arena)
{
    struct pl_view *view = PL_NEW(arena, struct pl_view);

    view->arena = arena;
    pl_map_init(&view->entries, arena);
    pl_map_init(&view->by_kind, arena);
    pl_map_init(&view->seen, arena);
    return view;
}

struct pl_view *pl_view_new(struct pl_arena *arena, const struct pl_world *world)
{
    struct pl_view *view = view_make(arena);

    view->world = world;
    view->texts = PL_NEW(arena, struct pl_view_texts);
    view->texts->arena = arena;
    pl_map_init(&view->texts->paths, arena);
    pl_map_init(&view->texts->defaults, arena);
    view->texts->kept.arena = arena;
    pl_map_init(&view->texts->kept.things, arena);
    view->kept = &view->texts->kept;
    return view;
}

struct pl_view *pl_view_over(struct pl_arena *arena, const struct pl_view *below)
{
    struct pl_view *view = view_make(arena);

    view->world = below->world;
    view->below = below;
    view->texts = below->texts;
    view->kept = below->kept;
    return view;
}

struct pl_view *pl_view_unrecorded(struct pl_arena *arena, const struct pl_view *below)
{
    struct pl_view *view = pl_view_over(arena, below);

    view->unrecorded = true;
    return view;
}

struct pl_view *pl_view_bare(struct pl_arena *arena, const struct pl_view *of)
{
    struct pl_view *view = view_make(arena);

    view->world = of->world;
    view->texts = of->texts;
    view->kept = &of->texts->kept;
    return view;
}

struct pl_arena *pl_view_arena(struct pl_view *view)
{
    return view->arena;
}

const struct pl_world *pl_view_world(const struct pl_view *view)
{
    return view->world;
}

const struct pl_view_entry *pl_view_entry(const struct pl_view *view, const char *full)
{
    for (; view != NULL; view = view->below) {
        const struct pl_view_entry *entry = pl_map_get(&view->entries, full);

        if (entry != NULL)
            return entry;
    }
    return NULL;
}

enum pl_known pl_view_peek(const struct pl_view *view, const char *full,
                           const struct pl_address *address, const struct pl_resource **out)
{
    const struct pl_view_entry *entry = pl_view_entry(view, full);

    *out = NULL;
    if (entry != NULL) {
        *out = entry->there == PL_PRESENT ? &entry->resource : NULL;
        return entry->there;
    }
    *out = pl_map_get(&view->world->index->by_full, full);
    return *out != NULL ? PL_PRESENT : pl_world_absence(view->world, address);
}

/* ---- changes ---- */

/* The resource as it is now, in an entry of its own to be changed. */
static struct pl_view_entry *begin(struct pl_view *view, const struct pl_address *address)
{
    const char *full = pl_address_full(view->arena, address);
    const struct pl_view_entry *old = pl_view_entry(view, full);
    struct pl_view_entry *entry = PL_NEW(view->arena, struct pl_view_entry);

    if (old != NULL) {
        *entry = *old;
        return entry;
    }
    entry->base = pl_map_get(&view->world->index->by_full, full);
    if (entry->base != NULL) {
        entry->there = PL_PRESENT;
        entry->resource = *entry->base;
        entry->resource.world = NULL;
        return entry;
    }
    entry->there = PL_ABSENT;
    entry->resource.address = pl_address_copy(view->arena, address);
    entry->resource = pl_resource_complete(view->arena, &entry->resource);
    return entry;
}

static void commit(struct pl_view *view, struct pl_view_entry *entry)
{
    const char *kind = entry->resource.address.kind->name;
    struct pl_view_changes *changes = pl_map_get(&view->by_kind, kind);

    if (changes == NULL) {
        changes = PL_NEW(view->arena, struct pl_view_changes);
        (void)pl_map_put(&view->by_kind, kind, changes);
    }
    if (pl_map_put(&view->entries, entry->resource.full, entry) == NULL)
        PL_PUSH(view->arena, changes->full, changes->n, changes->cap, entry->resource.full);
    if (view->kept == &view->own_kept && view->kept->things.n == 0)
        return;
    view->own_kept.arena = view->arena;
    pl_map_init(&view->own_kept.things, view->arena);
    view->kept = &view->own_kept;
}

/* Nothing but what is set from now on is known of it. */
static void blank(struct pl_view_entry *entry, enum pl_known there)
{
    entry->there = there;
    entry->base = NULL;
    entry->sets = NULL;
    entry->resource.body = NULL;
    entry->resource.fields = NULL;
    entry->resource.n_fields = 0;
}

void pl_view_delete(struct pl_view *view, const struct pl_address *address)
{
    struct pl_view_entry *entry = begin(view, address);

    blank(entry, PL_ABSENT);
    commit(view, entry);
}

static bool is_policy(const struct pl_path *path)
{
    return path->n > 0 && path->steps[0].type == PL_STEP_KEY &&
           strcmp(path->steps[0].key, "iamPolicy") == 0;
}

static const struct pl_view_set *push_set(struct pl_arena *arena, const struct pl_view_set *older,
                                          const struct pl_path *path, const struct pl_value *value)
{
    struct pl_view_set *set = PL_NEW(arena, struct pl_view_set);

    set->older = older;
    set->path = *path;
    set->value = value;
    return set;
}

/* The sets that touch the policy, in their order. */
static const struct pl_view_set *policy_sets(struct pl_arena *arena, const struct pl_view_set *set)
{
    const struct pl_view_set *older = set != NULL ? policy_sets(arena, set->older) : NULL;

    return set != NULL && is_policy(&set->path) ? push_set(arena, older, &set->path, set->value)
                                                : older;
}

void pl_view_put(struct pl_view *view, const struct pl_resource *resource)
{
    struct pl_view_entry *entry = begin(view, &resource->address);
    struct pl_resource *base = PL_NEW(view->arena, struct pl_resource);
    const struct pl_value *below = NULL, *policy = NULL;

    *base = pl_resource_complete(view->arena, resource);
    base->address = pl_address_copy(view->arena, &resource->address);
    if (entry->there == PL_PRESENT && pl_value_member(base->body, "iamPolicy") == NULL) {
        below = entry->base != NULL ? pl_value_member(entry->base->body, "iamPolicy") : NULL;
        policy = pl_value_member(entry->resource.body, "iamPolicy");
        entry->sets = policy_sets(view->arena, entry->sets);
    } else {
        entry->sets = NULL;
    }
    entry->resource = *base;
    if (below != NULL)
        base->body = pl_value_map_with(view->arena, base->body, "iamPolicy", below);
    if (policy != NULL)
        entry->resource.body =
            pl_value_map_with(view->arena, entry->resource.body, "iamPolicy", policy);
    entry->base = base;
    entry->there = PL_PRESENT;
    commit(view, entry);
}

static void set_root(struct pl_view *view, const struct pl_address *address,
                     const struct pl_value *value)
{
    struct pl_view_entry *entry;
    struct pl_resource whole;

    if (value == NULL) {
        pl_view_delete(view, address);
        return;
    }
    entry = begin(view, address);
    if (value->type == PL_UNKNOWN) {
        blank(entry, PL_NOT_KNOWN);
        commit(view, entry);
        return;
    }
    whole = entry->resource;
    whole.body = value;
    whole.fields = NULL;
    whole.n_fields = 0;
    pl_view_put(view, &whole);
}

void pl_view_set(struct pl_view *view, const struct pl_address *address, const struct pl_path *path,
                 const struct pl_value *value)
{
    struct pl_view_entry *entry;
    const struct pl_value *body;

    if (path == NULL || path->n == 0) {
        set_root(view, address, value);
        return;
    }
    entry = begin(view, address);
    if (entry->there != PL_PRESENT)
        blank(entry, PL_PRESENT);
    body = entry->resource.body != NULL ? entry->resource.body : pl_value_map(view->arena, NULL, 0);
    entry->resource.body = pl_path_set(view->arena, body, path, value);
    entry->sets = push_set(view->arena, entry->sets, path, value);
    commit(view, entry);
}

/* ---- what is kept ---- */

void *pl_view_kept(const struct pl_view *view, const char *name)
{
    return pl_map_get(&view->kept->things, name);
}

void pl_view_keep(const struct pl_view *view, const char *name, void *thing)
{
    (void)pl_map_put(&view->kept->things, name, thing);
}

struct pl_arena *pl_view_keep_arena(const struct pl_view *view)
{
    return view->kept->arena;
}

/* ---- changes of a kind ---- */

/* Changes of a kind under way; each resource once, the nearest change. */
struct gathering {
    const struct pl_view_entry **entries;
    size_t n, cap;
};

/* What is kept of a kind: the changes, and the entries that they stand for. */
struct changes {
    struct pl_view_change *list;
    const struct pl_view_entry **entries;
    size_t n;
};

static int by_entry(const void *a, const void *b)
{
    return pl_resource_order(&(*(const struct pl_view_entry *const *)a)->resource,
                             &(*(const struct pl_view_entry *const *)b)->resource);
}

static void gather(struct gathering *g, struct pl_arena *arena, const struct pl_view *view,
                   const struct pl_kind *kind)
{
    struct pl_map seen;

    pl_map_init(&seen, arena);
    for (; view != NULL; view = view->below) {
        const struct pl_view_changes *changes = pl_map_get(&view->by_kind, kind->name);

        for (size_t i = 0; changes != NULL && i < changes->n; i++) {
            const char *full = changes->full[i];

            if (pl_map_put(&seen, full, g) == NULL)
                PL_PUSH(arena, g->entries, g->n, g->cap,
                        (const struct pl_view_entry *)pl_map_get(&view->entries, full));
        }
    }
    if (g->n > 0)
        qsort(g->entries, g->n, sizeof *g->entries, by_entry);
}

static const struct changes *changes_of(const struct pl_view *view, const struct pl_kind *kind)
{
    static const char prefix[] = "changes ";
    struct pl_arena *arena = pl_view_keep_arena(view);
    struct gathering g = {0};
    struct changes *c;
    char name[128];

    (void)snprintf(name, sizeof name, "%s%s", prefix, kind->name);
    c = pl_view_kept(view, name);
    if (c != NULL)
        return c;
    gather(&g, arena, view, kind);
    c = PL_NEW(arena, struct changes);
    c->entries = g.entries;
    c->n = g.n;
    c->list = pl_arena_array(arena, g.n, sizeof *c->list);
    for (size_t i = 0; i < g.n; i++) {
        const struct pl_view_entry *e = g.entries[i];

        c->list[i].before = pl_map_get(&view->world->index->by_full, e->resource.full);
        c->list[i].now = e->there == PL_PRESENT ? &e->resource : NULL;
        c->list[i].there = e->there;
    }
    pl_view_keep(view, name, c);
    return c;
}

const struct pl_view_change *pl_view_changes(const struct pl_view *view, const struct pl_kind *kind,
                                             size_t *n)
{
    const struct changes *c = changes_of(view, kind);

    *n = c->n;
    return c->list;
}

/* ---- listings ---- */

static bool is_of_project(const struct pl_address *address, const char *project)
{
    return project == NULL || (address->project != NULL && strcmp(address->project, project) == 0);
}

/* An unknown resource whose project is not known may be of any. */
static bool hides_one(const struct pl_view_entry *entry, const char *project)
{
    return entry->there == PL_NOT_KNOWN && (entry->resource.address.project == NULL ||
                                            is_of_project(&entry->resource.address, project));
}

static enum pl_known listed(const struct pl_view *view, const struct pl_kind *kind,
                            const char *project, const struct changes *changes)
{
    for (size_t i = 0; i < changes->n; i++)
        if (hides_one(changes->entries[i], project))
            return PL_NOT_KNOWN;
    return pl_world_listed(view->world, kind, project) ? PL_PRESENT : PL_NOT_KNOWN;
}

static void listing_add(struct pl_view_listing *listing, const struct pl_resource *resource,
                        const char *project)
{
    if (is_of_project(&resource->address, project))
        listing->resources[listing->n++] = resource;
}

static void listing_add_entry(struct pl_view_listing *listing, const struct pl_view_entry *entry,
                              const char *project)
{
    if (entry->there == PL_PRESENT)
        listing_add(listing, &entry->resource, project);
}

/* Both are sorted; a change of a resource of the world takes its place, wherever a new name would put it. */
static void listing_merge(struct pl_view_listing *listing, const struct pl_view *view,
                          const struct pl_kind *kind, const char *project,
                          const struct changes *changes)
{
    const struct pl_kind_range *range = pl_map_get(&view->world->index->by_kind, kind->name);
    size_t n = range != NULL ? range->n : 0, k = 0;

    listing->resources =
        pl_arena_array(view->kept->arena, n + changes->n, sizeof *listing->resources);
    for (size_t i = 0; i < n; i++) {
        const struct pl_resource *resource = view->world->resources[range->first + i];

        while (k < changes->n && pl_resource_order(&changes->entries[k]->resource, resource) < 0)
            listing_add_entry(listing, changes->entries[k++], project);
        if (changes->n == 0 || pl_view_entry(view, resource->full) == NULL)
            listing_add(listing, resource, project);
    }
    while (k < changes->n)
        listing_add_entry(listing, changes->entries[k++], project);
}

static const char *listing_name(char *buffer, size_t size, struct pl_arena *arena,
                                const struct pl_kind *kind, const char *project)
{
    int n = snprintf(buffer, size, "list %s %s", kind->name, project != NULL ? project : "");

    return n >= 0 && (size_t)n < size
               ? buffer
               : pl_arena_printf(arena, "list %s %s", kind->name, project != NULL ? project : "");
}

const struct pl_view_listing *pl_view_listing(const struct pl_view *view,
                                              const struct pl_kind *kind, const char *project)
{
    char buffer[256];
    const char *name = listing_name(buffer, sizeof buffer, view->arena, kind, project);
    struct pl_view_listing *listing = pl_view_kept(view, name);

    if (listing == NULL) {
        const struct changes *changes = changes_of(view, kind);

        listing = PL_NEW(view->kept->arena, struct pl_view_listing);
        listing->known = listed(view, kind, project, changes);
        listing_merge(listing, view, kind, project, changes);
        pl_view_keep(view, name, listing);
    }
    return listing;
}

/* The answer alone is kept under the name of the listing, with another first letter. */
enum pl_known pl_view_listed(const struct pl_view *view, const struct pl_kind *kind,
                             const char *project)
{
    static const enum pl_known answers[] = {PL_ABSENT, PL_PRESENT, PL_NOT_KNOWN};
    char buffer[256], *name;
    const enum pl_known *kept;
    enum pl_known known;

    name = pl_arena_strdup(view->arena,
                           listing_name(buffer, sizeof buffer, view->arena, kind, project));
    name[0] = 'L';
    kept = pl_view_kept(view, name);
    if (kept != NULL)
        return *kept;
    known = listed(view, kind, project, changes_of(view, kind));
    pl_view_keep(view, name, (void *)(uintptr_t)&answers[known]);
    return known;
}
