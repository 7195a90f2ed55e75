/* observe.c - the order of a collection: which calls are made at once, and which follow from what came.
 *
 * Every list of every project starts at the same time. Cloud Run's lists wait for the list of locations, a resource's policy for the
 * resource, and what lives inside another resource (databases, versions, records, connections) for the page that holds it. Nothing
 * here waits for all of anything, and projects know nothing of each other: what fails in one is a gap in that one.
 *
 * A network that belongs to another project (Shared VPC) is not followed there: name its host project in the run.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/snapshot.h"

#include "gcp_kinds.h"

void pl_gcp_add_gap(struct pl_gcp_scope *scope, const struct pl_kind *kind, const char *where,
                    const char *field, const struct pl_gcp_failure *failure)
{
    struct pl_arena *arena = scope->run->arena;
    struct pl_unobserved gap = {
        .kind = kind, .scope = pl_arena_strdup(arena, where), .field = field};

    gap.reason = failure->reason;
    gap.permission =
        failure->permission != NULL ? pl_arena_strdup(arena, failure->permission) : NULL;
    gap.detail = failure->detail != NULL ? pl_arena_strdup(arena, failure->detail) : NULL;
    gap.remedy = failure->remedy != NULL ? pl_arena_strdup(arena, failure->remedy) : NULL;
    pl_world_add_unobserved(scope->run->builder, &gap);
}

static char *now_text(struct pl_arena *arena)
{
    return pl_clock_format(arena, pl_clock_wall_ns(), 0);
}

static const struct pl_value *redacted(struct pl_gcp_run *run, const struct pl_kind *kind,
                                       const struct pl_value *body)
{
    struct pl_arena *scratch = pl_arena_new();
    const struct pl_value *kept =
        pl_gcp_keep(run->arena, pl_redact(scratch, kind, body, run->options->redaction_key));

    pl_arena_free(scratch);
    return kept;
}

void pl_gcp_add_resource(struct pl_gcp_run *run, const struct pl_address *address,
                         const struct pl_value *body)
{
    struct pl_resource resource = {.address = *address, .observed_at = now_text(run->arena)};

    resource.name = pl_address_resource_name(run->arena, address);
    resource.body = redacted(run, address->kind, body);
    pl_world_add(run->builder, &resource);
}

/* ---- policies ---- */

struct policy {
    struct pl_gcp_scope *scope;
    struct pl_address address;
};

static void on_policy(struct pl_gcp_call *call, const struct pl_value *body,
                      const struct pl_gcp_failure *failure)
{
    struct policy *policy = call->arg;
    struct pl_gcp_run *run = policy->scope->run;
    const struct pl_address *address = &policy->address;
    bool own = address->kind->call.how != PL_LIST_NONE; /* of a resource; else it is all there is */
    struct pl_member member = {"iamPolicy", body};

    if (failure != NULL)
        pl_gcp_add_gap(policy->scope, address->kind, pl_address_resource_name(run->arena, address),
                       own ? "iamPolicy" : NULL, failure);
    else
        pl_world_add_iam(
            run->builder, address,
            pl_value_member(redacted(run, address->kind, pl_value_map(call->arena, &member, 1)),
                            "iamPolicy"));
}

/* Conditions are left out of policies below version 3 (https://cloud.google.com/iam/docs/policies#versions). */
static void read_policy(struct pl_gcp_scope *scope, const struct pl_address *address)
{
    const struct pl_kind *kind = address->kind;
    struct pl_gcp_var vars[] = {{"project", scope->project},
                                {"location", address->location},
                                {kind->segments[0], address->names[0]}};
    struct pl_gcp_call *call = pl_gcp_call_new(&scope->run->gcp, kind->name);
    struct policy *policy = PL_NEW(scope->run->arena, struct policy);

    *policy = (struct policy){scope, *address};
    call->ask = (struct pl_gcp_ask){
        .purpose = kind->call.iam_post ? PL_GCP_POLICY : PL_GCP_READ,
        .method = kind->call.iam_post ? "POST" : "GET",
        .host = kind->call.api,
        .path = pl_gcp_expand(call->arena, kind->call.iam_path, vars, PL_LEN(vars))};
    if (kind->call.iam_post)
        call->ask.body = "{\"options\":{\"requestedPolicyVersion\":3}}";
    else
        call->ask.query = "options.requestedPolicyVersion=3";
    call->about.api = kind->call.api;
    call->about.project = scope->project;
    call->about.permission = kind->call.iam_permission;
    call->about.role = kind->call.role;
    call->done = on_policy;
    call->arg = policy;
    pl_gcp_call_start(call);
}

/* ---- what is wanted ---- */

static bool wanted(const struct pl_gcp_scope *scope, const struct pl_kind *kind)
{
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

/* ---- lists ---- */

struct pl_gcp_listing *pl_gcp_listing_new(struct pl_gcp_scope *scope, const struct pl_kind *kind)
{
    struct pl_gcp_listing *listing = PL_NEW(scope->run->arena, struct pl_gcp_listing);
    const struct pl_call *how = &kind->call;

    *listing = (struct pl_gcp_listing){.gcp = &scope->run->gcp,
                                       .kind = kind,
                                       .project = scope->project,
                                       .what = kind->name,
                                       .host = how->api,
                                       .query = how->query,
                                       .items = how->items,
                                       .page_size_param = how->page_size_param,
                                       .page_size = how->page_size,
                                       .aggregated = how->how == PL_LIST_AGGREGATED,
                                       .arg = scope};
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
    listing->path = pl_gcp_expand(listing->gcp->arena, pattern, vars, PL_LEN(vars));
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

static void start_children(struct pl_gcp_scope *scope, const struct pl_address *address)
{
    const struct pl_kind *child;
    size_t i = 0;

    while ((child = next_child(scope, address->kind, &i)) != NULL)
        if (child->call.how == PL_LIST_PER_NETWORK)
            pl_gcp_list_connections(scope, address->names[0]);
        else
            start_list(scope, child, NULL, address->names[0]);
}

static void on_item(struct pl_gcp_listing *listing, const struct pl_value *item,
                    const char *location)
{
    struct pl_gcp_scope *scope = listing->arg;
    struct pl_address address;

    if (!pl_gcp_address(scope->run->arena, listing->kind, scope->project,
                        location != NULL ? location : listing->location, listing->parent, item,
                        &address)) {
        on_partial(listing, listing_hole(listing), "the list holds a resource without a name");
        return;
    }
    if (wanted(scope, listing->kind)) {
        pl_gcp_add_resource(scope->run, &address, item);
        if (listing->kind->call.iam_path != NULL)
            read_policy(scope, &address);
    }
    start_children(scope, &address);
}

static void start_list(struct pl_gcp_scope *scope, const struct pl_kind *kind, const char *location,
                       const char *parent)
{
    struct pl_gcp_listing *listing = pl_gcp_listing_new(scope, kind);

    listing->location = location;
    listing->parent = parent;
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
        list_in_location(listing->arg, pl_arena_strdup(listing->gcp->arena, id));
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
    read_policy(scope, &address);
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

static void start_project(struct pl_gcp_run *run, const char *project)
{
    struct pl_gcp_scope *scope = PL_NEW(run->arena, struct pl_gcp_scope);
    const struct pl_kind *in_locations = NULL;

    *scope = (struct pl_gcp_scope){.run = run, .project = pl_arena_strdup(run->arena, project)};
    pl_world_add_project(run->builder, scope->project);
    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_kind *kind = pl_kinds[i];
        size_t child = 0;

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
    if (pl_gcp_open(&run->gcp, arena, loop, options, stats, err) != 0)
        return NULL;
    pl_world_set_observed_at(run->builder, now_text(arena));
    for (size_t i = 0; i < options->n_projects; i++)
        start_project(run, options->projects[i]);
    if (pl_gcp_run(&run->gcp, err) == 0)
        world = pl_world_build(run->builder);
    pl_gcp_close(&run->gcp);
    return world;
}
