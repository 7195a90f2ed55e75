/* world_gap.c - what is not known: which gap covers a resource, a field or a listing, and whether what is not there is absent.
 *
 * Scopes of one resource or of a parent are found by name; those of a place ("projects/p/locations/-") are
 * few and are walked.
 */
#include <stdint.h>
#include <string.h>

#include "model_priv.h"

const char *pl_name_tail(const char *name)
{
    if (strncmp(name, "//", 2) != 0)
        return name[0] == '/' ? name + 1 : name;
    name += 2 + strcspn(name + 2, "/");
    return name[0] == '/' ? name + 1 : name;
}

/* ---- scopes ---- */

/* "projects/P" with "/locations|regions|zones/L" or "/global" behind it, cut in pieces; a part that is not there is NULL. */
struct place {
    const char *project, *location;
    size_t project_len, location_len;
};

static bool is_place_word(const char *word, size_t len)
{
    static const char *const words[] = {"locations", "regions", "zones"};

    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return true;
    return false;
}

static bool place_parse(const char *tail, struct place *out)
{
    const char *rest;
    size_t len;

    memset(out, 0, sizeof *out);
    if (*tail == '\0')
        return true;
    if (strncmp(tail, "projects/", 9) != 0)
        return false;
    out->project = tail + 9;
    out->project_len = strcspn(out->project, "/");
    if (out->project[out->project_len] == '\0')
        return true;
    rest = out->project + out->project_len + 1;
    if (strcmp(rest, "global") == 0) {
        out->location = rest;
        out->location_len = strlen(rest);
        return true;
    }
    len = strcspn(rest, "/");
    if (!is_place_word(rest, len) || rest[len] == '\0')
        return false;
    out->location = rest + len + 1;
    out->location_len = strlen(out->location);
    return out->location_len > 0 && strchr(out->location, '/') == NULL;
}

/* A part of a place: not given and "-" fit everything; what the address does not say is not ruled out. */
static bool part_fits(const char *part, size_t len, const char *text)
{
    if (part == NULL || text == NULL || (len == 1 && part[0] == '-'))
        return true;
    return strlen(text) == len && memcmp(part, text, len) == 0;
}

/* Segment by segment, "-" any: is `scope` the name or a parent of it? */
static bool name_fits(const char *scope, const char *name)
{
    while (*scope != '\0') {
        size_t n = strcspn(scope, "/"), m = strcspn(name, "/");

        if (!(n == 1 && *scope == '-') && (n != m || memcmp(scope, name, n) != 0))
            return false;
        scope += n + (scope[n] == '/');
        name += m;
        if (*name != '\0')
            name++;
        else if (*scope != '\0')
            return false;
    }
    return true;
}

static bool is_wide(const char *tail)
{
    struct place place;

    return place_parse(tail, &place) || strstr(tail, "/-/") != NULL ||
           (strlen(tail) >= 2 && strcmp(tail + strlen(tail) - 2, "/-") == 0);
}

static void gap_list_add(struct pl_arena *arena, struct pl_gap_list *list,
                         const struct pl_unobserved *gap)
{
    PL_PUSH(arena, list->gaps, list->n, list->cap, gap);
}

void pl_world_index_gaps(struct pl_world *world, struct pl_world_index *index)
{
    for (size_t i = 0; i < world->n_unobserved; i++) {
        const struct pl_unobserved *gap = &world->unobserved[i];
        const char *tail = pl_name_tail(gap->scope != NULL ? gap->scope : "");
        struct pl_gap_list *list = &index->wide;

        if (!is_wide(tail)) {
            list = pl_map_get(&index->by_scope, tail);
            if (list == NULL) {
                list = PL_NEW(world->arena, struct pl_gap_list);
                (void)pl_map_put(&index->by_scope, tail, list);
            }
        }
        gap_list_add(world->arena, list, gap);
    }
}

/* ---- which gap covers it ---- */

/* What is asked for: a resource as a whole (path NULL), or a field of it. */
struct question {
    const struct pl_address *address;
    const char *name; /* without "//host/"; NULL: any */
    const struct pl_path *path;
};

static bool kind_fits(const struct pl_unobserved *gap, const struct pl_kind *kind)
{
    return gap->kind_name == NULL || strcmp(gap->kind_name, kind->name) == 0;
}

/* A gap's field is a path; one that cannot be read as such covers everything, rather than nothing. */
static bool field_fits(const struct pl_unobserved *gap, const struct pl_path *path)
{
    struct pl_arena *scratch;
    struct pl_path field;
    bool fits;

    if (gap->field == NULL)
        return true;
    if (path == NULL)
        return false;
    scratch = pl_arena_new();
    fits = pl_path_parse(scratch, gap->field, &field, NULL) != 0 || pl_path_covers(&field, path);
    pl_arena_free(scratch);
    return fits;
}

static bool wide_fits(const struct pl_unobserved *gap, const struct question *q)
{
    const char *tail = pl_name_tail(gap->scope != NULL ? gap->scope : "");
    struct place place;

    if (place_parse(tail, &place))
        return part_fits(place.project, place.project_len, q->address->project) &&
               part_fits(place.location, place.location_len, q->address->location);
    return q->name != NULL && name_fits(tail, q->name);
}

/* The better of two: one about a field before one about the whole. */
static const struct pl_unobserved *better(const struct pl_unobserved *a,
                                          const struct pl_unobserved *b)
{
    return a == NULL || (a->field == NULL && b->field != NULL) ? b : a;
}

static const struct pl_unobserved *named_gap(const struct pl_world *world, const struct question *q)
{
    const struct pl_unobserved *best = NULL;
    size_t len = strlen(q->name);
    char *part;

    if (world->index->by_scope.n == 0)
        return NULL;
    part = pl_xrealloc(NULL, len + 1);
    memcpy(part, q->name, len + 1);
    /* The resource first, then its parents. */
    for (size_t i = len; i > 0; i--) {
        const struct pl_gap_list *list;

        if (q->name[i] != '\0' && q->name[i] != '/')
            continue;
        part[i] = '\0';
        list = pl_map_get(&world->index->by_scope, part);
        for (size_t k = 0; list != NULL && k < list->n; k++)
            if (kind_fits(list->gaps[k], q->address->kind) && field_fits(list->gaps[k], q->path))
                best = better(best, list->gaps[k]);
    }
    pl_xfree(part);
    return best;
}

static const struct pl_unobserved *wide_gap(const struct pl_world *world, const struct question *q)
{
    const struct pl_gap_list *wide = &world->index->wide;
    const struct pl_unobserved *best = NULL;

    for (size_t i = 0; i < wide->n; i++)
        if (kind_fits(wide->gaps[i], q->address->kind) && wide_fits(wide->gaps[i], q) &&
            field_fits(wide->gaps[i], q->path))
            best = better(best, wide->gaps[i]);
    return best;
}

static const struct pl_unobserved *gap_of(const struct pl_world *world,
                                          const struct pl_address *address,
                                          const struct pl_path *path)
{
    struct pl_arena *scratch = pl_arena_new();
    const char *name = pl_address_resource_name(scratch, address);
    struct question q = {.address = address, .path = path};
    const struct pl_unobserved *named, *wide;

    q.name = name != NULL ? pl_name_tail(name) : "";
    named = named_gap(world, &q);
    wide = wide_gap(world, &q);
    pl_arena_free(scratch);
    if (named == NULL || wide == NULL)
        return named != NULL ? named : wide;
    return better(named, wide);
}

const struct pl_unobserved *pl_world_gap(const struct pl_world *world,
                                         const struct pl_address *address, const char *field)
{
    struct pl_arena *scratch;
    const struct pl_unobserved *gap;
    struct pl_path path;

    if (world->n_unobserved == 0)
        return NULL;
    if (field == NULL)
        return gap_of(world, address, NULL);
    scratch = pl_arena_new();
    gap = gap_of(world, address, pl_path_parse(scratch, field, &path, NULL) == 0 ? &path : NULL);
    pl_arena_free(scratch);
    return gap;
}

/* ---- absent, or not known ---- */

static bool looked_for(const struct pl_world *world, const struct pl_kind *kind,
                       const char *project)
{
    if (world->kinds != NULL && !pl_map_has(&world->index->kinds, kind->name))
        return false;
    return project == NULL || pl_map_has(&world->index->projects, project);
}

enum pl_known pl_world_absence(const struct pl_world *world, const struct pl_address *address)
{
    if (address->project == NULL || !looked_for(world, address->kind, address->project))
        return PL_NOT_KNOWN;
    if (world->needs != NULL && !pl_needs_covers(world->needs, address))
        return PL_NOT_KNOWN;
    return pl_world_gap(world, address, NULL) != NULL ? PL_NOT_KNOWN : PL_ABSENT;
}

/* The resource is there, so a gap in its kind's listing says nothing about it: only one about this very resource does,
 * or one that names the field. */
enum pl_known pl_world_field_absence(const struct pl_world *world,
                                     const struct pl_resource *resource, const struct pl_path *path)
{
    const struct pl_gap_list *own;
    struct question q = {.address = &resource->address, .path = path};
    const struct pl_unobserved *gap;

    if (world->n_unobserved == 0)
        return PL_ABSENT;
    q.name = pl_name_tail(resource->name);
    own = pl_map_get(&world->index->by_scope, q.name);
    for (size_t i = 0; own != NULL && i < own->n; i++)
        if (kind_fits(own->gaps[i], q.address->kind) && field_fits(own->gaps[i], path))
            return PL_NOT_KNOWN;
    gap = named_gap(world, &q);
    if (gap == NULL || gap->field == NULL)
        gap = wide_gap(world, &q);
    return gap != NULL && gap->field != NULL ? PL_NOT_KNOWN : PL_ABSENT;
}

/* A gap about a resource that is there is no gap in the listing. */
static bool is_there(const struct pl_world *world, const struct pl_kind *kind,
                     const struct pl_unobserved *gap)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_address address;
    bool there = pl_address_from_resource_name(scratch, kind, gap->scope, &address, NULL) == 0 &&
                 pl_map_has(&world->index->by_full, pl_address_full(scratch, &address));

    pl_arena_free(scratch);
    return there;
}

/* Named scopes belong to the project that they name; those that name none ("services/...", "folders/1") to any. */
static bool scope_in_project(const char *tail, const char *project)
{
    const char *at = strncmp(tail, "projects/", 9) == 0 ? tail : strstr(tail, "/projects/");

    if (project == NULL || at == NULL)
        return true;
    at += at == tail ? 9 : 10;
    return part_fits(at, strcspn(at, "/"), project);
}

const struct pl_unobserved *pl_world_listing_gap(const struct pl_world *world,
                                                 const struct pl_kind *kind, const char *project)
{
    for (size_t i = 0; i < world->n_unobserved; i++) {
        const struct pl_unobserved *gap = &world->unobserved[i];
        const char *tail = pl_name_tail(gap->scope != NULL ? gap->scope : "");

        if (gap->field == NULL && kind_fits(gap, kind) && scope_in_project(tail, project) &&
            (is_wide(tail) || gap->kind == NULL || !is_there(world, kind, gap)))
            return gap;
    }
    return NULL;
}

bool pl_world_listed(const struct pl_world *world, const struct pl_kind *kind, const char *project)
{
    return looked_for(world, kind, project) && pl_world_listing_gap(world, kind, project) == NULL;
}
