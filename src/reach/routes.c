/* routes.c - which route of a network takes a packet: longest prefix first, then the lower number; and which of its subnets an address is in.
 *
 * Rules R3, R4, R6 (https://cloud.google.com/vpc/docs/routes). Routes and subnets are prepared once (table_priv.h). What is not known of a route makes
 * it one that may decide. What a route leads to is the business of route.c.
 */
#include <string.h>

#include "table_priv.h"

struct route {
    struct pl_row row;
    struct pl_prefix prefix;
    bool range_known;
    int64_t priority; /* the best there is where it is not known */
    bool priority_known, peered, peered_known;
    enum pl_known tags_known;
    const struct pl_value *tags;
};

/* ---- preparing ---- */

/* Where a route leads is read of the one that decides alone, but a route of a peering counts wherever it stands. */
static const char *const route_fields[] = {"network", "destRange",      "priority",
                                           "tags",    "nextHopPeering", NULL};
static const char *const subnet_fields[] = {"network", "ipCidrRange", NULL};

static struct pl_row *prepare_route(struct pl_arena *arena, struct pl_view *view,
                                    const struct pl_resource *r)
{
    struct route *route = PL_NEW(arena, struct route);
    const struct pl_value *v = NULL;
    enum pl_known known = pl_view_read_default(view, r, "destRange", &v);
    route->range_known = known != PL_NOT_KNOWN;
    if (route->range_known &&
        (!pl_value_text(v) || !pl_prefix_parse(pl_value_text(v), &route->prefix)))
        return NULL;
    route->priority = 1000; /* R3 */
    known = pl_view_read_default(view, r, "priority", &v);
    route->priority_known = known != PL_NOT_KNOWN;
    if (known == PL_PRESENT)
        (void)pl_value_as_int(v, &route->priority);
    else if (known == PL_NOT_KNOWN)
        route->priority = 0;
    route->tags_known = pl_view_read(view, r, "tags", &route->tags);
    known = pl_view_read_default(view, r, "nextHopPeering", &v);
    route->peered_known = known != PL_NOT_KNOWN;
    route->peered = pl_value_text(v) != NULL;
    route->row.sides = 1;
    return &route->row;
}

static struct pl_row *prepare_subnet(struct pl_arena *arena, struct pl_view *view,
                                     const struct pl_resource *r)
{
    struct route *route = PL_NEW(arena, struct route);
    const struct pl_value *v = NULL;
    enum pl_known known = pl_view_read_default(view, r, "ipCidrRange", &v);
    route->range_known = known != PL_NOT_KNOWN;
    if (route->range_known &&
        (!pl_value_text(v) || !pl_prefix_parse(pl_value_text(v), &route->prefix)))
        return NULL;
    route->priority_known = true; /* R6: none beats it */
    route->row.sides = 1;
    return &route->row;
}

/* R3. */
static int compare(int len_a, int64_t priority_a, int len_b, int64_t priority_b)
{
    if (len_a != len_b)
        return len_a > len_b ? -1 : 1;
    return (priority_a > priority_b) - (priority_a < priority_b);
}

static int order(const struct pl_row *a, const struct pl_row *b)
{
    const struct route *x = (const struct route *)a, *y = (const struct route *)b;
    return compare(x->prefix.len, x->priority, y->prefix.len, y->priority);
}

static const struct pl_table_kind routes = {"compute.route", route_fields, prepare_route, order};
static const struct pl_table_kind subnets = {"compute.subnetwork", subnet_fields, prepare_subnet,
                                             order};

bool pl_candidate_beats(const struct pl_candidate *a, const struct pl_candidate *b)
{
    return compare(a->prefix.len, a->priority, b->prefix.len, b->priority) < 0;
}

/* ---- which takes the packet ---- */

/* A question to the routes and the subnets of a network, kept with the table of routes. */
struct lookup {
    struct pl_address network;
    struct pl_ip ip;
    const char *const *tags;
    size_t n_tags;
    struct pl_lookup found;
};

/* R4: a route with tags is only for those who carry one of them. */
static bool is_for(const struct route *r, const char *const *tags, size_t n)
{
    size_t given = pl_value_count(r->tags);
    for (size_t i = 0; i < given; i++)
        for (size_t j = 0; j < n; j++)
            if (pl_value_text(pl_value_item(r->tags, i)) &&
                strcmp(pl_value_text(pl_value_item(r->tags, i)), tags[j]) == 0)
                return true;
    return given == 0;
}

static enum pl_tri takes(const struct route *r, const struct lookup *q)
{
    if ((r->range_known && !pl_prefix_contains_ip(&r->prefix, &q->ip)) ||
        (r->tags_known != PL_NOT_KNOWN && !is_for(r, q->tags, q->n_tags)))
        return PL_NO;
    return r->row.of_known_network == PL_YES && r->range_known && r->priority_known &&
                   r->tags_known != PL_NOT_KNOWN
               ? PL_YES
               : PL_MAYBE;
}

static void consider(struct pl_lookup *l, const struct pl_candidate *c)
{
    if (!l->found || pl_candidate_beats(c, &l->best)) {
        l->second = l->best;
        l->second_found = l->found;
        l->best = *c;
        l->found = true;
    } else if (!l->second_found || pl_candidate_beats(c, &l->second)) {
        l->second = *c;
        l->second_found = true;
    }
}

/* The strongest of those that may: one whose range is not known may be longer than all. */
static void consider_maybe(struct pl_lookup *l, const struct route *r)
{
    struct pl_candidate c = {r->row.resource, NULL, r->prefix, r->priority};
    if (l->maybe &&
        (!l->maybe_ranged || (r->range_known && !pl_candidate_beats(&c, &l->maybe_best))))
        return;
    l->maybe = r->row.resource;
    l->maybe_best = c;
    l->maybe_ranged = r->range_known;
}

static void look_up(struct lookup *q, const struct pl_table *table, const struct pl_table *own)
{
    struct pl_lookup *l = &q->found;
    struct pl_table_walk walk = {0};
    l->complete = table->known != PL_NOT_KNOWN && own->known != PL_NOT_KNOWN;
    for (const struct route *r; (r = (const struct route *)pl_table_next(table, &walk)) != NULL;) {
        enum pl_tri taken = takes(r, q);
        l->listed = true;
        if (taken == PL_MAYBE)
            consider_maybe(l, r);
        if (taken != PL_YES)
            continue;
        l->peered = l->peered || r->peered;
        consider(l, &(struct pl_candidate){r->row.resource, NULL, r->prefix, r->priority});
    }
    /* R6: a subnet always has its route, listed or not. */
    walk = (struct pl_table_walk){0};
    for (const struct route *r; (r = (const struct route *)pl_table_next(own, &walk)) != NULL;)
        if (r->row.of_known_network == PL_YES && r->range_known &&
            pl_prefix_contains_ip(&r->prefix, &q->ip))
            consider(l, &(struct pl_candidate){NULL, r->row.resource, r->prefix, 0});
}

static bool is_resource(const struct pl_resource *a, const struct pl_resource *b)
{
    return a && strcmp(a->full, b->full) == 0;
}

/* A route counts where it may take the packet and does not come behind the best; one of a peering wherever it stands; any where none was found. */
static enum pl_matter route_matters(const void *about, struct pl_view *view,
                                    const struct pl_resource *resource)
{
    const struct lookup *q = about;
    const struct route *r = (const struct route *)pl_table_row(view, &routes, resource);
    const struct pl_lookup *l = &q->found;
    if (is_resource(l->best.route, resource))
        return PL_MATTERS;
    if (!r || !pl_row_is_of(&r->row, &q->network))
        return PL_MATTERS_NOT;
    if (!l->found)
        return PL_MATTERS;
    bool counts = takes(r, q) != PL_NO &&
                  (!r->range_known || r->peered || !r->peered_known ||
                   compare(r->prefix.len, r->priority, l->best.prefix.len, l->best.priority) <= 0);
    return counts ? PL_MATTERS : PL_MATTERS_NOT;
}

static enum pl_matter subnet_matters(const void *about, struct pl_view *view,
                                     const struct pl_resource *resource)
{
    const struct lookup *q = about;
    const struct route *r = (const struct route *)pl_table_row(view, &subnets, resource);
    bool counts = r && pl_row_is_of(&r->row, &q->network) &&
                  (!r->range_known || pl_prefix_contains_ip(&r->prefix, &q->ip));
    return counts ? PL_MATTERS : PL_MATTERS_NOT;
}

static char *question(struct pl_arena *arena, const struct pl_ip *ip, const char *const *tags,
                      size_t n_tags)
{
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%d ", ip->v4);
    for (size_t i = 0; i < sizeof(ip->bytes); i++)
        pl_buf_addf(&b, "%02x", ip->bytes[i]);
    for (size_t i = 0; i < n_tags; i++)
        pl_buf_addf(&b, " %s", tags[i]);
    return pl_buf_take(&b, arena);
}

static void keep_question(struct pl_arena *arena, struct lookup *q,
                          const struct pl_address *network, const struct pl_ip *ip,
                          const char *const *tags, size_t n_tags)
{
    const char **name = pl_arena_array(arena, 1, sizeof(*name));
    const char **copy = pl_arena_array(arena, n_tags, sizeof(*copy));
    for (size_t i = 0; i < n_tags; i++)
        copy[i] = pl_arena_strdup(arena, tags[i]);
    q->network = *network;
    name[0] = pl_arena_strdup(arena, network->names[0]);
    q->network.names = name;
    q->network.project = network->project ? pl_arena_strdup(arena, network->project) : NULL;
    q->network.location = NULL;
    q->ip = *ip;
    q->tags = copy;
    q->n_tags = n_tags;
}

struct pl_lookup pl_routes_look_up(struct pl_view *view, const struct pl_address *network,
                                   const struct pl_ip *ip, const char *const *tags, size_t n_tags)
{
    const struct pl_table *table = pl_table_of(view, &routes, network, 1);
    const struct pl_table *own = pl_table_of(view, &subnets, network, 1);
    /* Of two tables the answer is kept with the one that the view changes. */
    const struct pl_table *keeper = own->changed ? own : table;
    bool both = own->changed && table->changed;
    struct pl_arena *scratch = pl_arena_new();
    const char *name = question(scratch, ip, tags, n_tags);
    struct lookup *q = both ? NULL : pl_map_get(keeper->answers, name);
    if (!q) {
        q = PL_NEW(keeper->arena, struct lookup);
        keep_question(keeper->arena, q, network, ip, tags, n_tags);
        look_up(q, table, own);
        if (!both)
            (void)pl_map_put(keeper->answers, name, q);
    }
    pl_arena_free(scratch);
    pl_table_read(view, &routes, network->project, route_matters, q);
    pl_table_read(view, &subnets, network->project, subnet_matters, q);
    return q->found;
}

/* ---- an address of the network's own ---- */

const struct pl_resource *pl_own_subnet_of(struct pl_trace *t, const struct pl_ip *ip)
{
    const struct pl_address *network = &t->source.network_address;
    const struct pl_table *own = pl_table_of(t->view, &subnets, network, 1);
    const struct pl_resource *first = NULL;
    struct pl_table_walk walk = {0};
    struct lookup *q = PL_NEW(t->arena, struct lookup);
    keep_question(t->arena, q, network, ip, NULL, 0);
    pl_table_read(t->view, &subnets, network->project, subnet_matters, q);
    for (const struct route *r; (r = (const struct route *)pl_table_next(own, &walk)) != NULL;)
        if (r->row.of_known_network == PL_YES && r->range_known &&
            pl_prefix_contains_ip(&r->prefix, ip) &&
            (!first || pl_resource_order(r->row.resource, first) < 0))
            first = r->row.resource;
    return first;
}
