/* observe_network.c - what only calls of its own say of a VPC network: the firewall policies in effect, and the routes that peerings exchange.
 *
 * A project need not see the organisation to know which of its firewall policies hold: networks.getEffectiveFirewalls tells them, with
 * those of folders (F14). Policies of a region are in no such answer: a project's own are listed as compute.firewallPolicy, and Google's
 * (F15) regionNetworkFirewallPolicies.getEffectiveFirewalls tells, region by region. The plain rules in both are resources that are read
 * anyway, and are left out. Routes are asked for by peering, direction and each region that the network has a subnetwork in. Half of what
 * several calls tell would look like all: where one fails the field is a gap.
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>

#include "gcp_kinds.h"

static const char firewalls[] = "effectiveFirewalls", routes[] = "peeringRoutes",
                  regional[] = "regionalFirewalls";

/* A field of one network that several calls tell, while answers are missing. */
struct exchange {
    struct pl_gcp_scope *scope;
    const struct pl_address *address;
    const char *field;
    const struct pl_value *
        *items; /* {peering, region, direction, routes}, {region, firewallPolicys} */
    size_t n, cap, waiting;
    bool failed;
};

/* One listing of them. */
struct leg {
    struct exchange *exchange;
    const char *peering, *region, *direction;
    const struct pl_value **routes;
    size_t n, cap;
};

static bool is_wanted(const struct pl_gcp_scope *scope, const char *field)
{
    const struct pl_needs *needs = scope->run->options->needs;

    return needs == NULL || pl_needs_virtual(needs, &pl_kind_compute_network, field);
}

static struct pl_gcp_about about(const struct pl_gcp_scope *scope, const char *field)
{
    const struct pl_kind *kind = &pl_kind_compute_network;

    return (struct pl_gcp_about){.api = kind->call.api,
                                 .project = scope->project,
                                 .permission = pl_kind_virtual(kind, field)->permission,
                                 .role = kind->call.role,
                                 .member = scope->run->gcp.member};
}

static const char *path_of(struct pl_arena *arena, const struct pl_gcp_scope *scope,
                           const struct pl_address *address, const char *field)
{
    struct pl_gcp_var vars[] = {{"project", scope->project}, {"network", address->names[0]}};

    return pl_gcp_expand(arena, pl_kind_virtual(address->kind, field)->path, vars, PL_LEN(vars));
}

static void add_gap(struct pl_gcp_scope *scope, const struct pl_address *address, const char *field,
                    const struct pl_gcp_failure *failure)
{
    pl_gcp_add_gap(scope, address->kind, pl_address_resource_name(scope->run->arena, address),
                   field, failure);
}

/* Of what is in effect Google is asked for the policies alone: the plain rules would come once more for each network and region. */
static const char *policies_only(struct pl_arena *arena, const char *query, bool masked)
{
    query = pl_gcp_query_add(arena, query, "prettyPrint", "false");
    return masked ? pl_gcp_query_add(arena, query, "fields", "firewallPolicys") : query;
}

/* Absent means none; anything but a list of objects nobody could read. */
static bool has_policies(const struct pl_value *body)
{
    const struct pl_value *policies = pl_value_member(body, "firewallPolicys");

    if (policies == NULL)
        return true;
    if (policies->type != PL_LIST)
        return false;
    for (size_t i = 0; i < pl_value_count(policies); i++)
        if (pl_value_item(policies, i)->type != PL_MAP)
            return false;
    return true;
}

/* NULL: no failure, and the policies can be read. */
static const struct pl_gcp_failure *failure_of(const struct pl_gcp_call *call,
                                               const struct pl_value *body,
                                               const struct pl_gcp_failure *failure)
{
    struct pl_gcp_failure *out;

    if (failure != NULL || has_policies(body))
        return failure;
    out = PL_NEW(call->arena, struct pl_gcp_failure);
    *out = pl_gcp_failure_make(call->arena, &call->about, "bad_answer",
                               "the firewall policies in effect are no list");
    return out;
}

/* ---- effective firewalls ---- */

struct effective {
    struct pl_gcp_scope *scope;
    const struct pl_address *address;
    bool masked;
};

static void read_effective(struct pl_gcp_scope *scope, const struct pl_address *address,
                           bool masked);

static void on_effective(struct pl_gcp_call *call, const struct pl_value *body,
                         const struct pl_gcp_failure *failure)
{
    const struct effective *e = call->arg;
    struct pl_gcp_run *run = e->scope->run;

    failure = failure_of(call, body, failure);
    if (failure != NULL && failure->status == 400 && e->masked)
        read_effective(e->scope, e->address, false);
    else if (failure != NULL)
        add_gap(e->scope, e->address, firewalls, failure);
    else
        pl_gcp_add_virtual(run, e->address, firewalls,
                           pl_value_map_with(call->arena, body, "firewalls", NULL));
}

static void read_effective(struct pl_gcp_scope *scope, const struct pl_address *address,
                           bool masked)
{
    struct pl_gcp_call *call = pl_gcp_call_new(&scope->run->gcp, address->kind->name);
    struct effective *e = PL_NEW(call->arena, struct effective);

    *e = (struct effective){scope, address, masked};
    call->ask = (struct pl_gcp_ask){.purpose = PL_GCP_READ,
                                    .method = "GET",
                                    .host = address->kind->call.api,
                                    .path = path_of(call->arena, scope, address, firewalls),
                                    .query = policies_only(call->arena, NULL, masked)};
    call->about = about(scope, firewalls);
    call->done = on_effective;
    call->arg = e;
    pl_gcp_call_start(call);
}

/* ---- what several calls tell ---- */

static int by_text(const void *a, const void *b)
{
    static const char *const keys[] = {"peering", "region", "direction"};
    const struct pl_value *x = *(const struct pl_value *const *)a,
                          *y = *(const struct pl_value *const *)b;
    int order = 0;

    for (size_t i = 0; i < PL_LEN(keys) && order == 0; i++)
        if (pl_value_member(x, keys[i]) != NULL)
            order = strcmp(pl_value_member_text(x, keys[i]), pl_value_member_text(y, keys[i]));
    return order;
}

static void close_exchange(struct exchange *x)
{
    struct pl_gcp_run *run = x->scope->run;

    if (x->failed)
        return;
    if (x->n > 0)
        qsort(x->items, x->n, sizeof *x->items, by_text);
    pl_gcp_add_virtual(run, x->address, x->field, pl_value_list(run->arena, x->items, x->n));
}

static struct exchange *open_exchange(struct pl_gcp_scope *scope, const struct pl_address *address,
                                      const char *field)
{
    struct exchange *x = PL_NEW(scope->run->arena, struct exchange);

    *x = (struct exchange){.scope = scope, .address = address, .field = field, .waiting = 1};
    return x;
}

static void one_came(struct exchange *x)
{
    if (--x->waiting == 0)
        close_exchange(x);
}

/* A gap is told once. */
static void one_failed(struct exchange *x, const struct pl_gcp_failure *failure)
{
    if (!x->failed)
        add_gap(x->scope, x->address, x->field, failure);
    x->failed = true;
}

static void add_part(struct exchange *x, const struct pl_value *part)
{
    PL_PUSH(x->scope->run->arena, x->items, x->n, x->cap, part);
}

/* ---- exchanged routes ---- */

static void close_leg(const struct leg *leg)
{
    struct exchange *x = leg->exchange;
    struct pl_arena *arena = x->scope->run->arena;
    struct pl_member members[] = {
        {"direction", pl_value_string(arena, leg->direction)},
        {"peering", pl_value_string(arena, leg->peering)},
        {"region", pl_value_string(arena, leg->region)},
        {"routes", pl_value_list(arena, leg->routes, leg->n)},
    };

    add_part(x, pl_value_map(arena, members, PL_LEN(members)));
}

static void on_routes_done(struct pl_gcp_listing *listing, const struct pl_gcp_failure *failure)
{
    struct leg *leg = listing->arg;
    struct exchange *x = leg->exchange;

    if (failure != NULL)
        one_failed(x, failure);
    else
        close_leg(leg);
    one_came(x);
}

static void on_routes_partial(struct pl_gcp_listing *listing, const char *where, const char *detail)
{
    const struct leg *leg = listing->arg;
    struct pl_gcp_failure failure =
        pl_gcp_failure_make(listing->gcp->arena, &listing->about, "unavailable", detail);

    (void)where;
    one_failed(leg->exchange, &failure);
}

static void on_route(struct pl_gcp_listing *listing, const struct pl_value *item,
                     const char *location)
{
    struct leg *leg = listing->arg;
    struct pl_arena *arena = leg->exchange->scope->run->arena;

    (void)location;
    PL_PUSH(arena, leg->routes, leg->n, leg->cap, pl_gcp_keep(arena, item));
}

static void start_leg(struct exchange *x, const char *peering, const char *region,
                      const char *direction)
{
    struct pl_gcp_listing *listing = pl_gcp_listing_new(x->scope, x->address->kind);
    struct leg *leg = PL_NEW(listing->arena, struct leg);

    *leg = (struct leg){.exchange = x,
                        .peering = pl_arena_strdup(listing->arena, peering),
                        .region = pl_arena_strdup(listing->arena, region),
                        .direction = direction};
    listing->fields = NULL;
    listing->urgency = 0;
    listing->path = path_of(listing->arena, x->scope, x->address, routes);
    listing->query = pl_gcp_query_add(listing->arena, listing->query, "direction", direction);
    listing->query = pl_gcp_query_add(listing->arena, listing->query, "peeringName", peering);
    listing->query = pl_gcp_query_add(listing->arena, listing->query, "region", region);
    listing->about = about(x->scope, routes);
    listing->item = on_route;
    listing->partial = on_routes_partial;
    listing->done = on_routes_done;
    listing->arg = leg;
    x->waiting++;
    pl_gcp_listing_start(listing);
}

/* "https://.../regions/R/subnetworks/S", each region once. */
static void regions_of(struct pl_arena *arena, const struct pl_value *body, struct pl_map *out)
{
    const struct pl_value *links = pl_value_member(body, "subnetworks");

    pl_map_init(out, arena);
    for (size_t i = 0; i < pl_value_count(links); i++) {
        const char *link = pl_value_text(pl_value_item(links, i));
        char *region = link != NULL ? pl_gcp_segment_after(arena, link, "regions") : NULL;

        if (region != NULL)
            (void)pl_map_put(out, region, region);
    }
}

/* A peering that is not active exchanges nothing. */
static void start_peering(struct exchange *x, const struct pl_value *peering,
                          const struct pl_map *regions)
{
    const char *name = pl_value_member_text(peering, "name");
    const char *state = pl_value_member_text(peering, "state");

    if (name == NULL || state == NULL || strcmp(state, "ACTIVE") != 0)
        return;
    for (size_t i = 0; i < regions->n; i++) {
        start_leg(x, name, regions->entries[i].key, "INCOMING");
        start_leg(x, name, regions->entries[i].key, "OUTGOING");
    }
}

static void read_routes(struct pl_gcp_scope *scope, const struct pl_address *address,
                        const struct pl_value *body)
{
    const struct pl_value *peerings = pl_value_member(body, "peerings");
    struct exchange *x = open_exchange(scope, address, routes);
    struct pl_arena *scratch = pl_arena_new();
    struct pl_map regions;

    regions_of(scratch, body, &regions);
    for (size_t i = 0; i < pl_value_count(peerings); i++)
        start_peering(x, pl_value_item(peerings, i), &regions);
    pl_arena_free(scratch);
    one_came(x);
}

/* ---- Google's policies of each region ---- */

struct question {
    struct exchange *exchange;
    const char *region;
    bool masked;
};

static void ask_region(struct exchange *x, const char *region, bool masked);

/* Of what is in effect there those policies that are no resources of anybody and in no other answer. */
static const struct pl_value *system_policies(struct pl_arena *arena, const struct pl_value *body)
{
    const struct pl_value *all = pl_value_member(body, "firewallPolicys");
    const struct pl_value **own = pl_arena_array(arena, pl_value_count(all) + 1, sizeof *own);
    size_t n = 0;

    for (size_t i = 0; i < pl_value_count(all); i++) {
        const struct pl_value *policy = pl_value_item(all, i);
        const char *type = pl_value_member_text(policy, "type");

        if (type != NULL && strcmp(type, "SYSTEM_REGIONAL") == 0)
            own[n++] = policy;
    }
    return pl_value_list(arena, own, n);
}

static void on_regional(struct pl_gcp_call *call, const struct pl_value *body,
                        const struct pl_gcp_failure *failure)
{
    const struct question *q = call->arg;
    struct exchange *x = q->exchange;
    struct pl_member members[2];

    failure = failure_of(call, body, failure);
    if (failure != NULL && failure->status == 400 && q->masked) {
        ask_region(x, q->region, false);
    } else if (failure != NULL) {
        one_failed(x, failure);
    } else {
        members[0] = (struct pl_member){"firewallPolicys", system_policies(call->arena, body)};
        members[1] = (struct pl_member){"region", pl_value_string(call->arena, q->region)};
        add_part(x, pl_gcp_keep(x->scope->run->arena, pl_value_map(call->arena, members, 2)));
    }
    one_came(x);
}

/* The network is named in the query: the path is the region's. */
static void ask_region(struct exchange *x, const char *region, bool masked)
{
    struct pl_gcp_call *call = pl_gcp_call_new(&x->scope->run->gcp, x->address->kind->name);
    struct question *q = PL_NEW(call->arena, struct question);
    struct pl_gcp_var vars[] = {{"project", x->scope->project}, {"region", region}};

    *q = (struct question){x, pl_arena_strdup(call->arena, region), masked};
    call->ask = (struct pl_gcp_ask){
        .purpose = PL_GCP_READ,
        .method = "GET",
        .host = x->address->kind->call.api,
        .path = pl_gcp_expand(call->arena, pl_kind_virtual(x->address->kind, regional)->path, vars,
                              PL_LEN(vars))};
    call->ask.query =
        pl_gcp_query_add(call->arena, NULL, "network",
                         pl_arena_printf(call->arena, "projects/%s/global/networks/%s",
                                         x->scope->project, x->address->names[0]));
    call->ask.query = policies_only(call->arena, call->ask.query, masked);
    call->about = about(x->scope, regional);
    call->done = on_regional;
    call->arg = q;
    x->waiting++;
    pl_gcp_call_start(call);
}

static void read_regional(struct pl_gcp_scope *scope, const struct pl_address *address,
                          const struct pl_value *body)
{
    struct exchange *x = open_exchange(scope, address, regional);
    struct pl_arena *scratch = pl_arena_new();
    struct pl_map regions;

    regions_of(scratch, body, &regions);
    for (size_t i = 0; i < regions.n; i++)
        ask_region(x, regions.entries[i].key, true);
    pl_arena_free(scratch);
    one_came(x);
}

void pl_gcp_read_network(struct pl_gcp_scope *scope, const struct pl_address *address,
                         const struct pl_value *body)
{
    struct pl_address *kept = PL_NEW(scope->run->arena, struct pl_address);

    *kept = pl_gcp_keep_address(scope->run->arena, address);
    if (is_wanted(scope, firewalls))
        read_effective(scope, kept, true);
    if (is_wanted(scope, regional))
        read_regional(scope, kept, body);
    if (is_wanted(scope, routes))
        read_routes(scope, kept, body);
}
