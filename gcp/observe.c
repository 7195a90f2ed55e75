/* observe.c - the order of a collection: which calls are made at once, and which follow from what came.
 *
 * Every list of every project starts at the same time. Cloud Run's lists wait for the list of locations, a resource's policy for the
 * resource, and what lives inside another resource (databases, versions, records, connections) for the page that holds it. Nothing
 * here waits for all of anything, and projects know nothing of each other: what fails in one is a gap in that one.
 *
 * Networks that belong to another project (Shared VPC) are followed there by observe_host.c.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/spool.h"

#include "gcp_kinds.h"

/* ---- what is wanted ---- */

static bool wanted(const struct pl_gcp_scope *scope, const struct pl_kind *kind)
{
    if (!pl_gcp_is_part(kind, scope->parts))
        return false;
    for (size_t i = 0; i < scope->run->n_kinds; i++)
        if (scope->run->kinds[i] == kind)
            return true;
    return false;
}

/* Kinds whose lists follow from this one's resources: pl_kinds[i] from *i on; NULL after the last. */
static const struct pl_kind *next_child(const struct pl_gcp_scope *scope,
                                        const struct pl_kind *kind, size_t *i)
{
    while (*i < scope->run->n_kinds) {
        const struct pl_kind *child = scope->run->kinds[(*i)++];

        if (child->call.parent == kind)
            return child;
    }
    return NULL;
}

/* Do other calls follow from a resource of this kind: lists, a policy, what its network is made of? */
static bool leads_on(const struct pl_gcp_scope *scope, const struct pl_kind *kind)
{
    const struct pl_needs *needs = scope->run->options->needs;
    size_t child = 0;

    return next_child(scope, kind, &child) != NULL || kind == &pl_kind_compute_network ||
           (kind->call.iam_path != NULL && (needs == NULL || pl_needs_policy(needs, kind)));
}

/* ---- lists ---- */

struct pl_gcp_listing *pl_gcp_listing_new(struct pl_gcp_scope *scope, const struct pl_kind *kind)
{
    struct pl_gcp_listing *listing = pl_gcp_listing_make(&scope->run->gcp);
    const struct pl_call *how = &kind->call;
    size_t n = 0;

    listing->kind = kind;
    listing->project = scope->project;
    listing->what = kind->name;
    listing->host = how->api;
    listing->query = how->query;
    listing->items = how->items;
    listing->page_size_param = how->page_size_param;
    listing->page_size = how->page_size;
    listing->aggregated = how->how == PL_LIST_AGGREGATED;
    listing->urgency = leads_on(scope, kind);
    listing->small = how->small;
    listing->arg = scope;
    if (scope->run->options->needs != NULL) {
        const struct pl_path *paths = pl_needs_asked(scope->run->options->needs, kind, &n);

        listing->fields = pl_gcp_mask(listing->arena, kind, paths, n);
    }
    listing->about = (struct pl_gcp_about){.api = how->api,
                                           .project = scope->project,
                                           .permission = how->permission,
                                           .role = how->role,
                                           .member = scope->run->gcp.member};
    return listing;
}

static void list(struct pl_gcp_listing *listing, const char *pattern)
{
    struct pl_gcp_var vars[] = {
        {"project", listing->project}, {"location", listing->location}, {NULL, listing->parent}};

    vars[2].name = listing->parent != NULL ? listing->kind->segments[0] : "";
    listing->path = pl_gcp_expand(listing->arena, pattern, vars, PL_LEN(vars));
    pl_gcp_listing_start(listing);
}

/* Where a listing that failed leaves a hole. */
static char *hole(const struct pl_gcp_scope *scope, const struct pl_kind *kind,
                  const char *location)
{
    if (kind->scope == PL_SCOPE_GLOBAL)
        return pl_arena_printf(scope->run->arena, "projects/%s", scope->project);
    return pl_arena_printf(scope->run->arena, "projects/%s/locations/%s", scope->project,
                           location != NULL ? location : "-");
}

/* Of a list inside another resource it is that resource, as far as this kind goes. */
static const char *listing_hole(const struct pl_gcp_listing *listing)
{
    const struct pl_gcp_scope *scope = listing->arg;
    const char *names[] = {listing->parent, NULL};
    struct pl_address parent = {.kind = listing->kind->call.parent,
                                .project = scope->project,
                                .location = "global",
                                .names = names};

    return listing->parent != NULL ? pl_address_resource_name(scope->run->arena, &parent)
                                   : hole(scope, listing->kind, listing->location);
}

/* What is not known of a kind is not known of what lives inside its resources either. */
static void tell(struct pl_gcp_listing *listing, const char *where,
                 const struct pl_gcp_failure *failure)
{
    struct pl_gcp_scope *scope = listing->arg;
    const struct pl_kind *child;
    size_t i = 0;

    if (wanted(scope, listing->kind))
        pl_gcp_add_gap(scope, listing->kind, where, NULL, failure);
    while ((child = next_child(scope, listing->kind, &i)) != NULL)
        pl_gcp_add_gap(scope, child, hole(scope, child, NULL), NULL, failure);
}

static void on_partial(struct pl_gcp_listing *listing, const char *where, const char *detail)
{
    struct pl_gcp_failure failure =
        pl_gcp_failure_make(listing->gcp->arena, &listing->about, "unavailable", detail);

    tell(listing, where, &failure);
}

static void on_done(struct pl_gcp_listing *listing, const struct pl_gcp_failure *failure)
{
    if (failure != NULL)
        tell(listing, listing_hole(listing), failure);
}

static void start_list(struct pl_gcp_scope *scope, const struct pl_kind *kind, const char *location,
                       const char *parent);

void pl_gcp_list_inside(struct pl_gcp_scope *scope, const struct pl_address *address, bool kept)
{
    const struct pl_needs *needs = scope->run->options->needs;
    const struct pl_kind *child;
    size_t i = 0;

    while ((child = next_child(scope, address->kind, &i)) != NULL)
        if (needs != NULL && !pl_needs_inside(needs, child, address, kept))
            continue;
        else if (child->call.how == PL_LIST_PER_NETWORK)
            pl_gcp_list_connections(scope, address->names[0]);
        else
            start_list(scope, child, NULL, address->names[0]);
}

/* "projects/415104041262/..." */
static void note_number(struct pl_gcp_scope *scope, const char *name)
{
    size_t len;

    if (scope->seen != NULL || strncmp(name, "projects/", 9) != 0)
        return;
    len = strspn(name + 9, "0123456789");
    if (len > 0 && name[9 + len] == '/')
        scope->seen = pl_arena_strndup(scope->run->arena, name + 9, len);
}

/* What cannot be told from others hides what it is: the list is no longer all of them. */
static void on_stranger(struct pl_gcp_listing *listing, const char *name)
{
    struct pl_arena *arena = listing->arena;
    const char *detail =
        name == NULL || *name == '\0'
            ? "the list holds a resource without a name"
            : pl_arena_printf(arena, "the list holds '%s', which does not belong to it",
                              pl_gcp_quote(arena, name));
    struct pl_gcp_failure failure =
        pl_gcp_failure_make(arena, &listing->about, "bad_answer", detail);

    tell(listing, listing_hole(listing), &failure);
}

static void on_item(struct pl_gcp_listing *listing, const struct pl_value *item,
                    const char *location)
{
    struct pl_gcp_scope *scope = listing->arg;
    struct pl_arena *scratch = pl_arena_new();
    struct pl_gcp_place place = {scope->project, location != NULL ? location : listing->location,
                                 listing->parent};
    struct pl_address address;

    if (pl_gcp_address(scratch, listing->kind, &place, item, &address)) {
        bool kept = wanted(scope, listing->kind) && pl_gcp_take(scope, &address, item);

        note_number(scope, pl_value_member_text(item, listing->kind->name_field));
        pl_gcp_list_inside(scope, &address, kept);
    } else {
        on_stranger(listing, pl_value_member_text(item, listing->kind->name_field));
    }
    pl_arena_free(scratch);
}

static void start_list(struct pl_gcp_scope *scope, const struct pl_kind *kind, const char *location,
                       const char *parent)
{
    struct pl_gcp_listing *listing = pl_gcp_listing_new(scope, kind);

    listing->location = location != NULL ? pl_arena_strdup(listing->arena, location) : NULL;
    listing->parent = parent != NULL ? pl_arena_strdup(listing->arena, parent) : NULL;
    listing->about.region = listing->location;
    listing->item = on_item;
    listing->partial = on_partial;
    listing->done = on_done;
    list(listing, kind->call.list_path);
}

/* ---- lists per location ---- */

static void list_in_location(struct pl_gcp_scope *scope, const char *location)
{
    for (size_t i = 0; i < scope->run->n_kinds; i++)
        if (scope->run->kinds[i]->call.how == PL_LIST_PER_LOCATION)
            start_list(scope, scope->run->kinds[i], location, NULL);
}

/* Without all locations nobody knows all of any kind that is listed in them. */
static void on_locations_done(struct pl_gcp_listing *listing, const struct pl_gcp_failure *failure)
{
    struct pl_gcp_scope *scope = listing->arg;

    for (size_t i = 0; failure != NULL && i < scope->run->n_kinds; i++)
        if (scope->run->kinds[i]->call.how == PL_LIST_PER_LOCATION)
            pl_gcp_add_gap(scope, scope->run->kinds[i], hole(scope, scope->run->kinds[i], NULL),
                           NULL, failure);
}

static void on_locations_partial(struct pl_gcp_listing *listing, const char *where,
                                 const char *detail)
{
    struct pl_gcp_failure failure =
        pl_gcp_failure_make(listing->gcp->arena, &listing->about, "unavailable", detail);

    (void)where;
    on_locations_done(listing, &failure);
}

static void on_location(struct pl_gcp_listing *listing, const struct pl_value *item,
                        const char *unused)
{
    const char *id = pl_value_member_text(item, "locationId");

    (void)unused;
    if (id != NULL && *id != '\0')
        list_in_location(listing->arg, id);
    else
        on_locations_partial(listing, NULL, "the list holds a location without a name");
}

/* v2 of Cloud Run neither lists locations nor takes a wildcard: v1 says where there can be services. `kind` is one of those that
 * need them. */
static void list_locations(struct pl_gcp_scope *scope, const struct pl_kind *kind)
{
    const struct pl_gcp_options *o = scope->run->options;
    struct pl_gcp_listing *listing;

    for (size_t i = 0; i < o->n_locations; i++)
        list_in_location(scope, o->locations[i]);
    if (o->n_locations > 0)
        return;
    listing = pl_gcp_listing_new(scope, kind);
    listing->items = "locations";
    listing->fields = NULL;
    listing->urgency = 2; /* lists of services, and then the policy of each */
    listing->about.permission = "run.locations.list";
    listing->item = on_location;
    listing->partial = on_locations_partial;
    listing->done = on_locations_done;
    list(listing, "/v1/projects/{project}/locations");
}

/* ---- a project ---- */

static void start_policy(struct pl_gcp_scope *scope, const struct pl_kind *kind)
{
    const char **names = pl_arena_array(scope->run->arena, 2, sizeof *names);
    struct pl_address address = {
        .kind = kind, .project = scope->project, .location = "global", .names = names};

    names[0] = scope->project;
    pl_gcp_read_policy(scope, &address);
}

/* Kinds inside others start with their parents' resources, those per location all at once. */
static void start_kind(struct pl_gcp_scope *scope, const struct pl_kind *kind)
{
    switch (kind->call.how) {
    case PL_LIST_PLAIN:
    case PL_LIST_AGGREGATED:
        start_list(scope, kind, NULL, NULL);
        break;
    case PL_LIST_NONE:
        start_policy(scope, kind);
        break;
    case PL_LIST_PER_NETWORK:
        pl_gcp_read_number(scope);
        break;
    case PL_LIST_PER_LOCATION:
    case PL_LIST_PER_PARENT:
        break;
    }
}

static void start_kinds(struct pl_gcp_scope *scope, unsigned parts)
{
    struct pl_gcp_run *run = scope->run;
    const struct pl_kind *in_locations = NULL;

    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_kind *kind = pl_kinds[i];
        size_t child = 0;

        if (!pl_gcp_is_part(kind, parts))
            continue;
        if (wanted(scope, kind)) {
            pl_world_add_kind(run->builder, kind->name);
            if (kind->call.how == PL_LIST_PER_LOCATION && in_locations == NULL)
                in_locations = kind;
        } else if (next_child(scope, kind, &child) == NULL) {
            continue;
        }
        start_kind(scope, kind);
    }
    if (in_locations != NULL)
        list_locations(scope, in_locations);
}

void pl_gcp_start_project(struct pl_gcp_run *run, const char *project, unsigned parts)
{
    struct pl_gcp_scope *scope = run->scopes;
    unsigned before;

    while (scope != NULL && strcmp(scope->project, project) != 0)
        scope = scope->next;
    if (scope == NULL) {
        scope = PL_NEW(run->arena, struct pl_gcp_scope);
        *scope = (struct pl_gcp_scope){
            .run = run, .next = run->scopes, .project = pl_arena_strdup(run->arena, project)};
        run->scopes = scope;
        pl_world_add_project(run->builder, scope->project);
    }
    before = scope->parts;
    scope->parts |= parts;
    start_kinds(scope, parts == PL_GCP_WHOLE ? parts : parts & ~before);
}

/* What is kept last may want its policy read, and lead to other projects: until nothing is left to ask. */
static int run_to_the_end(struct pl_gcp_run *run, struct pl_err *err)
{
    do {
        if (pl_gcp_run(&run->gcp, err) != 0 || pl_gcp_settle(run, err) != 0)
            return -1;
        if (run->gcp.n_calls == 0)
            pl_gcp_ask_numbers(run);
    } while (run->gcp.n_calls > 0);
    pl_gcp_tell_late_gaps(run);
    pl_gcp_tell_parts(run);
    return 0;
}

const struct pl_world *pl_gcp_observe(struct pl_arena *arena, struct pl_loop *loop,
                                      const struct pl_gcp_options *options,
                                      struct pl_gcp_stats *stats, struct pl_err *err)
{
    struct pl_gcp_stats own = {0};
    struct pl_gcp_run *run = PL_NEW(arena, struct pl_gcp_run);
    const struct pl_world *world = NULL;

    if (stats == NULL)
        stats = &own;
    *stats = own;
    if (options->n_projects == 0) {
        pl_err_set(err, PL_E_USAGE,
                   "no project to observe: give --project or GOOGLE_CLOUD_PROJECT");
        return NULL;
    }
    run->arena = arena;
    run->options = options;
    run->kinds = options->n_kinds > 0 ? options->kinds : pl_kinds;
    run->n_kinds = options->n_kinds > 0 ? options->n_kinds : pl_kinds_len;
    run->builder = pl_world_builder_new(arena);
    pl_map_init(&run->followed, arena);
    if (pl_gcp_open(&run->gcp, arena, loop, options, stats, err) != 0)
        return NULL;
    run->gcp.auth.credentials.scope = pl_gcp_kinds_scope(arena, run->kinds, run->n_kinds);
    pl_world_set_observed_at(run->builder, pl_clock_format(arena, pl_clock_wall_ns(), 0));
    pl_world_set_needs(run->builder, options->needs);
    for (size_t i = 0; i < options->n_projects; i++)
        pl_gcp_start_project(run, options->projects[i], PL_GCP_WHOLE);
    if (run_to_the_end(run, err) == 0)
        world = pl_world_build(run->builder);
    pl_spool_free(run->later);
    pl_gcp_close(&run->gcp);
    return world;
}
