/* observe_connections.c - private services access: the connections of each network, which Google wants asked by the project's number.
 *
 * observe.c says which networks there are. Networks that come before the number wait for it here.
 */
#include "gcp_priv.h"

#include <string.h>

#include "gcp_kinds.h"

static char *connection_name(const struct pl_gcp_scope *scope, const char *network)
{
    return pl_arena_printf(scope->run->arena, "//%s/projects/%s/global/networks/%s",
                           pl_kind_servicenetworking_connection.call.api, scope->project, network);
}

static void on_connections_done(struct pl_gcp_listing *listing,
                                const struct pl_gcp_failure *failure)
{
    if (failure != NULL)
        pl_gcp_add_gap(listing->arg, listing->kind,
                       connection_name(listing->arg, listing->location), NULL, failure);
}

/* A body names the network by the project's number; the address keeps the project's id. */
static void on_connection(struct pl_gcp_listing *listing, const struct pl_value *item,
                          const char *unused)
{
    struct pl_gcp_scope *scope = listing->arg;
    struct pl_gcp_place place = {.project = scope->project};
    const char *names[] = {listing->location, NULL};
    const char *network = pl_value_member_text(item, listing->kind->name_field);
    struct pl_address address = {
        .kind = listing->kind, .project = scope->project, .location = "global", .names = names};
    struct pl_gcp_failure failure;

    (void)unused;
    if (network != NULL && pl_gcp_is_own(listing->kind, &place, network) &&
        strcmp(pl_link_last(network), listing->location) == 0) {
        (void)pl_gcp_take(scope, &address, item);
        return;
    }
    failure = pl_gcp_failure_make(listing->arena, &listing->about, "bad_answer",
                                  "the list holds a connection that is not this network's");
    on_connections_done(listing, &failure);
}

void pl_gcp_list_connections(struct pl_gcp_scope *scope, const char *network)
{
    const struct pl_kind *kind = &pl_kind_servicenetworking_connection;
    struct pl_gcp_listing *listing;
    struct pl_gcp_var vars[] = {{"number", scope->number}, {"network", network}};

    if (scope->number_failure != NULL) {
        pl_gcp_add_gap(scope, kind, connection_name(scope, network), NULL, scope->number_failure);
        return;
    }
    if (scope->number == NULL) {
        PL_PUSH(scope->run->arena, scope->networks, scope->n_networks, scope->cap_networks,
                pl_arena_strdup(scope->run->arena, network));
        return;
    }
    listing = pl_gcp_listing_new(scope, kind);
    /* Not a place here: what the answer is about. */
    listing->location = pl_arena_strdup(listing->arena, network);
    listing->query = pl_gcp_expand(listing->arena, kind->call.query, vars, PL_LEN(vars));
    listing->item = on_connection;
    listing->done = on_connections_done;
    listing->path = kind->call.list_path;
    pl_gcp_listing_start(listing);
}

static void on_project(struct pl_gcp_call *call, const struct pl_value *body,
                       const struct pl_gcp_failure *failure)
{
    struct pl_gcp_scope *scope = call->arg;
    struct pl_arena *arena = scope->run->arena;
    const char *name = pl_value_member_text(body, "name"); /* "projects/415104041262" */
    const char *id = pl_value_member_text(body, "projectId");
    const char *number = pl_link_last(name);
    struct pl_gcp_failure *kept;

    if (failure == NULL && number != NULL && *number != '\0' &&
        number[strspn(number, "0123456789")] == '\0' &&
        (id == NULL || strcmp(id, scope->project) == 0)) {
        scope->number = pl_arena_strdup(arena, number);
    } else {
        kept = PL_NEW(arena, struct pl_gcp_failure);
        *kept = failure != NULL ? *failure
                                : pl_gcp_failure_make(arena, &call->about, "bad_answer",
                                                      "the project has no number");
        kept->permission =
            kept->permission != NULL ? pl_arena_strdup(arena, kept->permission) : NULL;
        kept->remedy = kept->remedy != NULL ? pl_arena_strdup(arena, kept->remedy) : NULL;
        kept->service = kept->service != NULL ? pl_arena_strdup(arena, kept->service) : NULL;
        kept->consumer = kept->consumer != NULL ? pl_arena_strdup(arena, kept->consumer) : NULL;
        kept->detail =
            pl_arena_printf(arena, "the project's number could not be read: %s", kept->detail);
        scope->number_failure = kept;
    }
    for (size_t i = 0; i < scope->n_networks; i++)
        pl_gcp_list_connections(scope, scope->networks[i]);
}

void pl_gcp_read_project(struct pl_gcp_run *run, const char *project,
                         void (*done)(struct pl_gcp_call *call, const struct pl_value *body,
                                      const struct pl_gcp_failure *failure),
                         void *arg)
{
    struct pl_gcp_call *call =
        pl_gcp_call_new(&run->gcp, pl_kind_servicenetworking_connection.name);
    struct pl_gcp_var var = {"project", project};

    call->ask =
        (struct pl_gcp_ask){.purpose = PL_GCP_READ,
                            .method = "GET",
                            .host = PL_GCP_RESOURCE_MANAGER,
                            .path = pl_gcp_expand(call->arena, "/v3/projects/{project}", &var, 1)};
    call->about.api = PL_GCP_RESOURCE_MANAGER;
    call->about.project = pl_arena_strdup(call->arena, project);
    call->about.permission = "resourcemanager.projects.get";
    call->about.role = "roles/browser";
    call->urgency = 1;
    call->small = true;
    call->done = done;
    call->arg = arg;
    pl_gcp_call_start(call);
}

void pl_gcp_read_number(struct pl_gcp_scope *scope)
{
    if (scope->number_asked)
        return;
    scope->number_asked = true;
    if (scope->project[strspn(scope->project, "0123456789")] == '\0')
        scope->number = scope->project;
    else
        pl_gcp_read_project(scope->run, scope->project, on_project, scope);
}
