/* observe.c - the order of a collection: which calls are made at once, and which follow from what came.
 *
 * Every list of every project starts at the same time. Cloud Run's services wait for the list of locations, their policies for the
 * services; private services access waits for the networks and for the project's number. Nothing here waits for all of anything,
 * and projects know nothing of each other: what fails in one is a gap in that one.
 *
 * A network that belongs to another project (Shared VPC) is not followed there: name its host project in the run.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/snapshot.h"

#include "gcp_kinds.h"

/* One project of a run. */
struct scope {
    struct run *run;
    const char *project;
    /* Private services access: connections of networks that came before the number did. */
    const char *number;
    const struct pl_gcp_failure *number_failure;
    const char **networks;
    size_t n_networks, cap_networks;
    bool connections, networks_wanted;
};

struct run {
    struct pl_gcp gcp;
    struct pl_arena *arena; /* the world's */
    const struct pl_gcp_options *options;
    struct pl_world_builder *builder;
};

static void add_gap(struct scope *scope, const struct pl_kind *kind, const char *where,
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

static const struct pl_value *redacted(struct run *run, const struct pl_kind *kind,
                                       const struct pl_value *body)
{
    struct pl_arena *scratch = pl_arena_new();
    const struct pl_value *kept =
        pl_gcp_keep(run->arena, pl_redact(scratch, kind, body, run->options->redaction_key));

    pl_arena_free(scratch);
    return kept;
}

static void add_resource(struct run *run, const struct pl_address *address,
                         const struct pl_value *body)
{
    struct pl_resource resource = {.address = *address, .observed_at = now_text(run->arena)};

    resource.name = pl_address_resource_name(run->arena, address);
    resource.body = redacted(run, address->kind, body);
    pl_world_add(run->builder, &resource);
}

/* ---- policies ---- */

struct policy {
    struct scope *scope;
    struct pl_address address;
};

static void on_policy(struct pl_gcp_call *call, const struct pl_value *body,
                      const struct pl_gcp_failure *failure)
{
    struct policy *policy = call->arg;
    struct run *run = policy->scope->run;
    const struct pl_address *address = &policy->address;
    bool own = address->kind->call.how != PL_LIST_NONE; /* of a resource; else it is all there is */
    struct pl_member member = {"iamPolicy", body};

    if (failure != NULL)
        add_gap(policy->scope, address->kind, pl_address_resource_name(run->arena, address),
                own ? "iamPolicy" : NULL, failure);
    else
        pl_world_add_iam(
            run->builder, address,
            pl_value_member(redacted(run, address->kind, pl_value_map(call->arena, &member, 1)),
                            "iamPolicy"));
}

/* Conditions are left out of policies below version 3 (https://cloud.google.com/iam/docs/policies#versions). */
static void read_policy(struct scope *scope, const struct pl_address *address)
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

/* ---- lists ---- */

static struct pl_gcp_listing *listing_new(struct scope *scope, const struct pl_kind *kind)
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
    struct pl_gcp_var vars[] = {{"project", listing->project}, {"location", listing->location}};

    listing->path = pl_gcp_expand(listing->gcp->arena, pattern, vars, PL_LEN(vars));
    pl_gcp_listing_start(listing);
}

/* Where a listing that failed leaves a hole. */
static char *listing_scope(const struct pl_gcp_listing *listing)
{
    const char *location = listing->location != NULL ? listing->location : "-";

    if (listing->kind->scope == PL_SCOPE_GLOBAL)
        return pl_arena_printf(listing->gcp->arena, "projects/%s", listing->project);
    return pl_arena_printf(listing->gcp->arena, "projects/%s/locations/%s", listing->project,
                           location);
}

static void on_partial(struct pl_gcp_listing *listing, const char *where, const char *detail)
{
    struct pl_gcp_failure failure =
        pl_gcp_failure_make(listing->gcp->arena, &listing->about, "unavailable", detail);

    add_gap(listing->arg, listing->kind, where, NULL, &failure);
}

static void on_done(struct pl_gcp_listing *listing, const struct pl_gcp_failure *failure)
{
    if (failure != NULL)
        add_gap(listing->arg, listing->kind, listing_scope(listing), NULL, failure);
}

static void on_item(struct pl_gcp_listing *listing, const struct pl_value *item,
                    const char *location)
{
    struct scope *scope = listing->arg;
    struct pl_address address;

    if (!pl_gcp_address(scope->run->arena, listing->kind, scope->project,
                        location != NULL ? location : listing->location, item, &address)) {
        on_partial(listing, listing_scope(listing), "the list holds a resource without a name");
        return;
    }
    add_resource(scope->run, &address, item);
    if (listing->kind->call.iam_path != NULL)
        read_policy(scope, &address);
}

static void list_kind(struct scope *scope, const struct pl_kind *kind, const char *location)
{
    struct pl_gcp_listing *listing = listing_new(scope, kind);

    listing->location = location;
    listing->item = on_item;
    listing->partial = on_partial;
    listing->done = on_done;
    list(listing, kind->call.list_path);
}

/* ---- lists per location ---- */

static void on_location(struct pl_gcp_listing *listing, const struct pl_value *item,
                        const char *unused)
{
    const char *id = pl_value_member_text(item, "locationId");

    (void)unused;
    if (id != NULL && *id != '\0')
        list_kind(listing->arg, listing->kind, pl_arena_strdup(listing->gcp->arena, id));
    else
        on_partial(listing, listing_scope(listing), "the list holds a location without a name");
}

/* v2 of Cloud Run neither lists locations nor takes a wildcard: v1 says where there can be services. */
static void list_locations(struct scope *scope, const struct pl_kind *kind)
{
    struct pl_gcp_listing *listing;

    for (size_t i = 0; i < scope->run->options->n_locations; i++)
        list_kind(scope, kind, scope->run->options->locations[i]);
    if (scope->run->options->n_locations > 0)
        return;
    listing = listing_new(scope, kind);
    listing->items = "locations";
    listing->about.permission = "run.locations.list";
    listing->item = on_location;
    listing->partial = on_partial;
    listing->done = on_done;
    list(listing, "/v1/projects/{project}/locations");
}

/* ---- private services access ---- */

static char *connection_name(const struct scope *scope, const char *network)
{
    return pl_arena_printf(scope->run->arena, "//%s/projects/%s/global/networks/%s",
                           pl_kind_servicenetworking_connection.call.api, scope->project, network);
}

static void on_connections_done(struct pl_gcp_listing *listing,
                                const struct pl_gcp_failure *failure)
{
    if (failure != NULL)
        add_gap(listing->arg, listing->kind, connection_name(listing->arg, listing->location), NULL,
                failure);
}

/* A body names the network by the project's number; the address keeps the project's id. */
static void on_connection(struct pl_gcp_listing *listing, const struct pl_value *item,
                          const char *unused)
{
    struct scope *scope = listing->arg;
    const char **names = pl_arena_array(scope->run->arena, 2, sizeof *names);
    struct pl_address address = {
        .kind = listing->kind, .project = scope->project, .location = "global", .names = names};

    (void)unused;
    names[0] = listing->location;
    add_resource(scope->run, &address, item);
}

static void list_connections(struct scope *scope, const char *network)
{
    const struct pl_kind *kind = &pl_kind_servicenetworking_connection;
    struct pl_gcp_listing *listing;
    struct pl_gcp_var vars[] = {{"number", scope->number}, {"network", network}};

    if (scope->number_failure != NULL) {
        add_gap(scope, kind, connection_name(scope, network), NULL, scope->number_failure);
        return;
    }
    if (scope->number == NULL) {
        PL_PUSH(scope->run->arena, scope->networks, scope->n_networks, scope->cap_networks,
                network);
        return;
    }
    listing = listing_new(scope, kind);
    listing->location = network; /* not a place here: what the answer is about */
    listing->query = pl_gcp_expand(scope->run->arena, kind->call.query, vars, PL_LEN(vars));
    listing->item = on_connection;
    listing->done = on_connections_done;
    list(listing, kind->call.list_path);
}

static void on_project(struct pl_gcp_call *call, const struct pl_value *body,
                       const struct pl_gcp_failure *failure)
{
    struct scope *scope = call->arg;
    struct pl_arena *arena = scope->run->arena;
    const char *name = pl_value_member_text(body, "name"); /* "projects/415104041262" */
    struct pl_gcp_failure *kept;

    if (failure == NULL && name != NULL && *pl_gcp_last_segment(name) != '\0') {
        scope->number = pl_arena_strdup(arena, pl_gcp_last_segment(name));
    } else {
        kept = PL_NEW(arena, struct pl_gcp_failure);
        *kept = failure != NULL ? *failure
                                : pl_gcp_failure_make(arena, &call->about, "bad_answer",
                                                      "the project has no number");
        kept->permission =
            kept->permission != NULL ? pl_arena_strdup(arena, kept->permission) : NULL;
        kept->remedy = kept->remedy != NULL ? pl_arena_strdup(arena, kept->remedy) : NULL;
        kept->detail =
            pl_arena_printf(arena, "the project's number could not be read: %s", kept->detail);
        scope->number_failure = kept;
    }
    for (size_t i = 0; i < scope->n_networks; i++)
        list_connections(scope, scope->networks[i]);
}

static void read_number(struct scope *scope)
{
    struct pl_gcp_call *call;
    struct pl_gcp_var var = {"project", scope->project};

    if (scope->project[strspn(scope->project, "0123456789")] == '\0') {
        scope->number = scope->project;
        return;
    }
    call = pl_gcp_call_new(&scope->run->gcp, pl_kind_servicenetworking_connection.name);
    call->ask =
        (struct pl_gcp_ask){.purpose = PL_GCP_READ,
                            .method = "GET",
                            .host = PL_GCP_RESOURCE_MANAGER,
                            .path = pl_gcp_expand(call->arena, "/v3/projects/{project}", &var, 1)};
    call->about.api = PL_GCP_RESOURCE_MANAGER;
    call->about.project = scope->project;
    call->about.permission = "resourcemanager.projects.get";
    call->about.role = "roles/browser";
    call->done = on_project;
    call->arg = scope;
    pl_gcp_call_start(call);
}

static void on_network(struct pl_gcp_listing *listing, const struct pl_value *item,
                       const char *location)
{
    struct scope *scope = listing->arg;
    const char *name = pl_value_member_text(item, "name");

    if (scope->networks_wanted)
        on_item(listing, item, location);
    if (scope->connections && name != NULL && *name != '\0')
        list_connections(scope, pl_arena_strdup(scope->run->arena, name));
}

/* Without all networks nobody knows all connections. */
static void on_networks_done(struct pl_gcp_listing *listing, const struct pl_gcp_failure *failure)
{
    struct scope *scope = listing->arg;

    if (failure != NULL && scope->networks_wanted)
        on_done(listing, failure);
    if (failure != NULL && scope->connections)
        add_gap(scope, &pl_kind_servicenetworking_connection, listing_scope(listing), NULL,
                failure);
}

static void on_networks_partial(struct pl_gcp_listing *listing, const char *where,
                                const char *detail)
{
    struct pl_gcp_failure failure =
        pl_gcp_failure_make(listing->gcp->arena, &listing->about, "unavailable", detail);

    (void)where;
    on_networks_done(listing, &failure);
}

static void list_networks(struct scope *scope)
{
    struct pl_gcp_listing *listing = listing_new(scope, &pl_kind_compute_network);

    listing->item = on_network;
    listing->partial = on_networks_partial;
    listing->done = on_networks_done;
    list(listing, pl_kind_compute_network.call.list_path);
}

/* ---- a project ---- */

static void start_kind(struct scope *scope, const struct pl_kind *kind)
{
    const char **names;
    struct pl_address address = {.kind = kind, .project = scope->project, .location = "global"};

    switch (kind->call.how) {
    case PL_LIST_PER_LOCATION:
        list_locations(scope, kind);
        break;
    case PL_LIST_PER_NETWORK: /* follows the networks */
        scope->connections = true;
        read_number(scope);
        break;
    case PL_LIST_NONE:
        names = pl_arena_array(scope->run->arena, 2, sizeof *names);
        names[0] = scope->project;
        address.names = names;
        read_policy(scope, &address);
        break;
    case PL_LIST_PLAIN:
    case PL_LIST_AGGREGATED:
        if (kind == &pl_kind_compute_network)
            scope->networks_wanted = true;
        else
            list_kind(scope, kind, NULL);
        break;
    }
}

static void start_project(struct run *run, const char *project)
{
    const struct pl_gcp_options *o = run->options;
    const struct pl_kind *const *kinds = o->n_kinds > 0 ? o->kinds : pl_kinds;
    size_t n = o->n_kinds > 0 ? o->n_kinds : pl_kinds_len;
    struct scope *scope = PL_NEW(run->arena, struct scope);

    *scope = (struct scope){.run = run, .project = pl_arena_strdup(run->arena, project)};
    pl_world_add_project(run->builder, scope->project);
    for (size_t i = 0; i < n; i++) {
        pl_world_add_kind(run->builder, kinds[i]->name);
        start_kind(scope, kinds[i]);
    }
    if (scope->networks_wanted || scope->connections)
        list_networks(scope);
}

const struct pl_world *pl_gcp_observe(struct pl_arena *arena, struct pl_loop *loop,
                                      const struct pl_gcp_options *options,
                                      struct pl_gcp_stats *stats, struct pl_err *err)
{
    struct pl_gcp_stats own = {0};
    struct run *run = PL_NEW(arena, struct run);
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
