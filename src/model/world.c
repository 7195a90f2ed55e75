/* world.c - makes worlds: collects resources, policies and gaps in any order, sorts them and builds the look-up tables.
 *
 * Knows nothing of files (snapshot_*.c) or of changes (view.c); what a gap covers stands in world_gap.c.
 */
#include "plumbline/world.h"

#include <stdlib.h>
#include <string.h>

#include "model_priv.h"

/* A resource and its policy, which come in any order. */
struct pending {
    struct pl_resource resource;
    bool has_resource;
    const struct pl_value *policy;
    const struct pl_value *virtuals; /* a map, or NULL */
    size_t order;
};

struct pl_world_builder {
    struct pl_arena *arena;
    const char *observed_at;
    const struct pl_needs *needs;
    struct pl_map projects, kinds;
    bool uncounted, secrets, projects_given, kinds_given;
    struct pl_map resources; /* full address -> struct pending */
    struct pl_unobserved *gaps;
    size_t n_gaps, cap_gaps;
    struct pl_foreign_line *foreign;
    size_t n_foreign, cap_foreign;
};

struct pl_world_builder *pl_world_builder_new(struct pl_arena *arena)
{
    struct pl_world_builder *b = PL_NEW(arena, struct pl_world_builder);

    b->arena = arena;
    pl_map_init(&b->projects, arena);
    pl_map_init(&b->kinds, arena);
    pl_map_init(&b->resources, arena);
    return b;
}

void pl_world_projects_given(struct pl_world_builder *b)
{
    b->projects_given = true;
}

void pl_world_uncounted(struct pl_world_builder *b)
{
    b->uncounted = true;
}

void pl_world_kinds_given(struct pl_world_builder *b)
{
    b->kinds_given = true;
}

void pl_world_add_project(struct pl_world_builder *b, const char *project)
{
    b->projects_given = true;
    (void)pl_map_put(&b->projects, project, b);
}

void pl_world_add_kind(struct pl_world_builder *b, const char *kind)
{
    b->kinds_given = true;
    (void)pl_map_put(&b->kinds, kind, b);
}

void pl_world_set_needs(struct pl_world_builder *b, const struct pl_needs *needs)
{
    b->needs = needs;
}

void pl_world_set_observed_at(struct pl_world_builder *b, const char *observed_at)
{
    b->observed_at = observed_at != NULL ? pl_arena_strdup(b->arena, observed_at) : NULL;
}

static struct pending *pending_of(struct pl_world_builder *b, const struct pl_address *address)
{
    const char *full = pl_address_full(b->arena, address);
    struct pending *p = pl_map_get(&b->resources, full);

    if (p == NULL) {
        p = PL_NEW(b->arena, struct pending);
        p->resource.address = *address;
        p->resource.full = full;
        (void)pl_map_put(&b->resources, full, p);
    }
    return p;
}

struct pl_resource pl_resource_complete(struct pl_arena *arena, const struct pl_resource *resource)
{
    struct pl_resource r = *resource;

    if (r.full == NULL)
        r.full = pl_address_full(arena, &r.address);
    if (r.name == NULL)
        r.name = pl_address_resource_name(arena, &r.address);
    return r;
}

void pl_world_add(struct pl_world_builder *b, const struct pl_resource *resource)
{
    struct pending *p = pending_of(b, &resource->address);
    const struct pl_value *policy = pl_value_member(resource->body, "iamPolicy");
    const char *full = p->resource.full;

    p->resource = *resource;
    p->resource.full = full;
    p->has_resource = true;
    if (policy != NULL)
        p->policy = policy;
}

void pl_world_add_iam_line(struct pl_world_builder *b, const struct pl_address *address,
                           const char *name, const char *observed_at, const struct pl_value *policy)
{
    struct pending *p = pending_of(b, address);

    p->policy = policy;
    if (p->has_resource)
        return;
    p->resource.name = name;
    p->resource.observed_at = observed_at;
}

void pl_world_add_iam(struct pl_world_builder *b, const struct pl_address *address,
                      const struct pl_value *policy)
{
    pl_world_add_iam_line(b, address, NULL, NULL, policy);
}

void pl_world_add_virtual(struct pl_world_builder *b, const struct pl_address *address,
                          const char *name, const struct pl_value *value)
{
    struct pending *p = pending_of(b, address);

    p->virtuals = pl_value_map_with(b->arena, p->virtuals, name, value);
}

void pl_world_add_secret(struct pl_world_builder *b, const struct pl_address *address,
                         const struct pl_value *description)
{
    b->secrets = true;
    pl_world_add_virtual(b, address, address->kind->secret->field, description);
}

struct pl_world_builder *pl_world_builder_like(struct pl_arena *arena, const struct pl_world *world)
{
    struct pl_world_builder *b = pl_world_builder_new(arena);

    b->observed_at = world->observed_at;
    b->needs = world->needs;
    b->uncounted = world->uncounted;
    b->secrets = world->secrets;
    for (size_t i = 0; !world->projects_derived && i < world->n_projects; i++)
        pl_world_add_project(b, world->projects[i]);
    for (size_t i = 0; i < world->n_kinds; i++)
        pl_world_add_kind(b, world->kinds[i]);
    for (size_t i = 0; i < world->n_unobserved; i++)
        pl_world_add_unobserved(b, &world->unobserved[i]);
    for (size_t i = 0; i < world->n_foreign; i++)
        pl_world_add_foreign(b, &world->foreign[i]);
    return b;
}

struct pl_world_builder *pl_world_builder_from(struct pl_arena *arena, const struct pl_world *world)
{
    struct pl_world_builder *b = pl_world_builder_like(arena, world);

    for (size_t i = 0; i < world->n_resources; i++)
        pl_world_add(b, world->resources[i]);
    return b;
}

void pl_world_add_unobserved(struct pl_world_builder *b, const struct pl_unobserved *gap)
{
    PL_PUSH(b->arena, b->gaps, b->n_gaps, b->cap_gaps, *gap);
    if (gap->kind != NULL)
        b->gaps[b->n_gaps - 1].kind_name = gap->kind->name;
}

void pl_world_add_foreign(struct pl_world_builder *b, const struct pl_foreign_line *line)
{
    PL_PUSH(b->arena, b->foreign, b->n_foreign, b->cap_foreign, *line);
}

/* ---- making the world ---- */

/* NULL first. */
static int text_order(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

int pl_resource_order(const struct pl_resource *a, const struct pl_resource *b)
{
    int c = strcmp(a->address.kind->name, b->address.kind->name);

    if (c == 0)
        c = strcmp(a->name, b->name);
    return c != 0 ? c : strcmp(a->full, b->full);
}

static int by_order(const void *a, const void *b)
{
    return pl_resource_order(*(const struct pl_resource *const *)a,
                             *(const struct pl_resource *const *)b);
}

static int by_gap(const void *va, const void *vb)
{
    const struct pl_unobserved *a = va, *b = vb;
    int c = text_order(a->kind_name, b->kind_name);

    c = c != 0 ? c : text_order(a->scope, b->scope);
    c = c != 0 ? c : text_order(a->field, b->field);
    c = c != 0 ? c : text_order(a->reason, b->reason);
    c = c != 0 ? c : text_order(a->permission, b->permission);
    c = c != 0 ? c : text_order(a->detail, b->detail);
    return c != 0 ? c : text_order(a->remedy, b->remedy);
}

/* Lines of one kind and name keep the order of the file: a resource and its policy. qsort is not
 * stable, but the elements of one array are told apart by where they were, see sort_foreign. */
struct foreign_order {
    struct pl_foreign_line line;
    size_t order;
};

static int by_foreign(const void *va, const void *vb)
{
    const struct foreign_order *a = va, *b = vb;
    int c = strcmp(a->line.kind, b->line.kind);

    c = c != 0 ? c : strcmp(a->line.name, b->line.name);
    return c != 0 ? c : (a->order > b->order) - (a->order < b->order);
}

static void sort_foreign(struct pl_world_builder *b, struct pl_world *world)
{
    struct foreign_order *sorted = pl_arena_array(b->arena, b->n_foreign, sizeof *sorted);
    struct pl_foreign_line *lines = pl_arena_array(b->arena, b->n_foreign, sizeof *lines);

    for (size_t i = 0; i < b->n_foreign; i++)
        sorted[i] = (struct foreign_order){.line = b->foreign[i], .order = i};
    if (b->n_foreign > 0)
        qsort(sorted, b->n_foreign, sizeof *sorted, by_foreign);
    for (size_t i = 0; i < b->n_foreign; i++)
        lines[i] = sorted[i].line;
    world->foreign = lines;
    world->n_foreign = b->n_foreign;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The keys of a set, sorted; never NULL. */
static const char *const *sorted_keys(struct pl_arena *arena, const struct pl_map *set)
{
    const char **keys = pl_arena_array(arena, set->n + 1, sizeof *keys);

    for (size_t i = 0; i < set->n; i++)
        keys[i] = set->entries[i].key;
    if (set->n > 0)
        qsort(keys, set->n, sizeof *keys, by_text);
    return keys;
}

static const struct pl_path *policy_only(struct pl_arena *arena)
{
    struct pl_step *step = PL_NEW(arena, struct pl_step);
    struct pl_path *path = PL_NEW(arena, struct pl_path);

    step->type = PL_STEP_KEY;
    step->key = "iamPolicy";
    path->steps = step;
    path->n = 1;
    return path;
}

static const struct pl_resource *finish(struct pl_arena *arena, const struct pl_world *world,
                                        struct pending *p)
{
    struct pl_resource *r = PL_NEW(arena, struct pl_resource);

    *r = pl_resource_complete(arena, &p->resource);
    r->world = world;
    for (size_t i = 0; i < pl_value_count(p->virtuals); i++)
        r->body = pl_value_map_with(arena, r->body, p->virtuals->u.map.members[i].key,
                                    p->virtuals->u.map.members[i].value);
    if (p->policy != NULL)
        r->body = pl_value_map_with(arena, r->body, "iamPolicy", p->policy);
    if (!p->has_resource) {
        r->fields = policy_only(arena);
        r->n_fields = 1;
    }
    return r;
}

static void sort_resources(struct pl_world_builder *b, struct pl_world *world,
                           struct pl_world_index *index)
{
    size_t n = b->resources.n;
    const struct pl_resource **sorted = pl_arena_array(b->arena, n, sizeof *sorted);
    struct pl_kind_range *range = NULL;

    for (size_t i = 0; i < n; i++)
        sorted[i] = finish(b->arena, world, b->resources.entries[i].value);
    if (n > 0)
        qsort(sorted, n, sizeof *sorted, by_order);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || sorted[i]->address.kind != sorted[i - 1]->address.kind) {
            range = PL_NEW(b->arena, struct pl_kind_range);
            range->first = i;
            (void)pl_map_put(&index->by_kind, sorted[i]->address.kind->name, range);
        }
        range->n++;
        /* The tables of the library hold plain pointers; nobody writes through them. */
        (void)pl_map_put(&index->by_full, sorted[i]->full, (void *)(uintptr_t)sorted[i]);
        if (!b->projects_given && sorted[i]->address.project != NULL)
            (void)pl_map_put(&b->projects, sorted[i]->address.project, b);
    }
    world->resources = sorted;
    world->n_resources = n;
}

static void sort_gaps(struct pl_world_builder *b, struct pl_world *world)
{
    size_t n = 0;

    if (b->n_gaps > 0)
        qsort(b->gaps, b->n_gaps, sizeof *b->gaps, by_gap);
    for (size_t i = 0; i < b->n_gaps; i++)
        if (n == 0 || by_gap(&b->gaps[n - 1], &b->gaps[i]) != 0)
            b->gaps[n++] = b->gaps[i];
    world->unobserved = b->gaps;
    world->n_unobserved = n;
}

const struct pl_world *pl_world_build(struct pl_world_builder *b)
{
    struct pl_world *world = PL_NEW(b->arena, struct pl_world);
    struct pl_world_index *index = PL_NEW(b->arena, struct pl_world_index);

    pl_map_init(&index->by_full, b->arena);
    pl_map_init(&index->by_kind, b->arena);
    pl_map_init(&index->by_scope, b->arena);
    world->arena = b->arena;
    world->index = index;
    world->observed_at = b->observed_at;
    world->needs = b->needs;
    sort_resources(b, world, index);
    sort_gaps(b, world);
    sort_foreign(b, world);
    pl_world_index_gaps(world, index);
    index->projects = b->projects;
    world->projects = sorted_keys(b->arena, &b->projects);
    world->n_projects = b->projects.n;
    index->kinds = b->kinds;
    world->projects_derived = !b->projects_given;
    world->uncounted = b->uncounted;
    world->secrets = b->secrets;
    if (b->kinds_given) {
        world->kinds = sorted_keys(b->arena, &b->kinds);
        world->n_kinds = b->kinds.n;
    }
    return world;
}
