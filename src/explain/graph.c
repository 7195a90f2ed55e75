/* graph.c - the estate as a graph: nodes are resources and the ends of connections, edges what refers to what and the connections themselves.
 *
 * Nodes are graph_nodes.c's; references are read off the bodies by graph_edges.c, with the table in graph_refs.c; graph_order.c chooses and sorts.
 * What a connection's path hangs on is asked of the model again, by its readings.
 * What is wrong is taken from the run's explanations; nothing is judged here.
 */
#include <ctype.h>
#include <string.h>

#include "graph_priv.h"
#include "plumbline/reach.h"

const char *const pl_graph_presence_names[] = {"observed", "absent", "unknown", "outside"};
const char *const pl_graph_mark_names[] = {NULL, "drift", "blocks", "masked", "cause"};

/* ---- connections ---- */

static void add_reading(struct pl_graph_build *b, const char *full, struct pl_map *seen, int **list,
                        size_t *n, size_t *cap)
{
    int at = full ? pl_graph_find(b, full) : PL_GRAPH_NOWHERE;
    if (at == PL_GRAPH_NOWHERE || pl_map_has(seen, full))
        return;
    (void)pl_map_put(seen, full, b);
    PL_PUSH(b->arena, *list, *n, *cap, at);
}

static void add_connection(struct pl_graph_build *b, const struct pl_conn_result *c)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_view *view = pl_view_over(scratch, b->view);
    struct pl_reach reach = pl_reach_evaluate(view, c->connection, b->input->baseline);
    struct pl_graph_edge edge = {.label = c->connection->name, .connection = c};
    struct pl_map seen;
    int *reads = NULL;
    size_t n, n_reads = 0, cap = 0;
    pl_map_init(&seen, scratch);
    edge.from = pl_graph_add_end(b, &c->connection->from);
    edge.to = reach.target.kind ? pl_graph_add_resource(b, &reach.target)
                                : pl_graph_add_end(b, &c->connection->to);
    const struct pl_reading *list = pl_view_readings(view, &n);
    for (size_t i = 0; i < n; i++)
        if (list[i].what == PL_READ_FIELD || list[i].what == PL_READ_RESOURCE)
            add_reading(b, list[i].full, &seen, &reads, &n_reads, &cap);
    edge.reads = reads;
    edge.n_reads = n_reads;
    PL_PUSH(b->arena, b->edges, b->n_edges, b->cap_edges, edge);
    pl_arena_free(scratch);
}

/* ---- what is wrong ---- */

static void mark(struct pl_graph_build *b, int at, enum pl_graph_mark mark)
{
    if (at != PL_GRAPH_NOWHERE && mark > b->nodes[at].mark)
        b->nodes[at].mark = mark;
}

static void mark_drift(struct pl_graph_build *b, const struct pl_drift *d, enum pl_graph_mark how)
{
    int at = pl_graph_add_resource(b, &d->address);
    struct pl_graph_node *node = &b->nodes[at];
    mark(b, at, how);
    for (size_t i = 0; i < node->n_drifts; i++)
        if (node->drifts[i] == d)
            return;
    PL_PUSH(b->arena, node->drifts, node->n_drifts, node->cap_drifts, d);
}

static void mark_hops(struct pl_graph_build *b, const struct pl_conn_result *c)
{
    for (size_t i = 0; i < c->n_hops; i++) {
        struct pl_address at;
        struct pl_path path;
        if (c->hops[i].verdict == PL_HOP_BLOCK && c->hops[i].field &&
            pl_field_address_parse(b->arena, c->hops[i].field, &at, &path, NULL) == 0)
            mark(b, pl_graph_add_resource(b, &at), PL_MARK_BLOCKS);
    }
}

static void mark_all(struct pl_graph_build *b)
{
    const struct pl_run *run = b->input->run;
    for (size_t i = 0; i < run->n_drift; i++)
        mark_drift(b, run->drift[i], PL_MARK_DRIFT);
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_explanation *e = &run->connections[i].explanation;
        mark_hops(b, &run->connections[i]);
        for (size_t j = 0; j < e->n_masked; j++)
            mark_drift(b, e->masked[j], PL_MARK_MASKED);
        for (size_t j = 0; j < e->n_causes; j++)
            for (size_t k = 0; k < e->causes[j].n; k++)
                mark_drift(b, e->causes[j].drifts[k], PL_MARK_CAUSE);
    }
}

/* ---- where a node stands ---- */

/* What lives in a network, as a map of it would show; a database behind a peering does not. */
static bool lives_in_network(const char *kind)
{
    static const char *const kinds[] = {"compute.address",        "compute.firewall",
                                        "compute.firewallPolicy", "compute.forwardingRule",
                                        "compute.instance",       "compute.route",
                                        "compute.router",         "compute.serviceAttachment",
                                        "compute.subnetwork",     "servicenetworking.connection",
                                        "vpcaccess.connector"};
    for (size_t i = 0; i < PL_LEN(kinds); i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

static void place_at(struct pl_graph_build *b, const struct pl_graph_edge *e)
{
    struct pl_graph_node *from = &b->nodes[e->from];
    int network = e->connection ? PL_GRAPH_NOWHERE : b->nodes[e->to].network;
    if (network == PL_GRAPH_NOWHERE || from->network != PL_GRAPH_NOWHERE ||
        !lives_in_network(from->kind) || !from->project)
        return;
    /* Private services access is listed by the project's number, and only ever of its own networks. */
    if (isdigit((unsigned char)*from->project))
        from->project = b->nodes[network].project;
    if (strcmp(from->project, b->nodes[network].project) == 0)
        from->network = network;
}

static void place(struct pl_graph_build *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (strcmp(b->nodes[i].kind, "compute.network") == 0)
            b->nodes[i].network = (int)i;
    /* Twice: a connector is in its subnetwork's network, whichever was placed first. */
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < b->n_edges; i++)
            place_at(b, &b->edges[i]);
}

/* ---- all of it ---- */

/* Of an API that is on, and of a project's policy, nothing can be drawn; where one of them is a cause it is a node all the same. */
static bool is_drawn(const struct pl_kind *kind)
{
    if (strncmp(kind->name, "project.", 8) == 0)
        return false;
    for (size_t i = 0; i < pl_reach_reads_len; i++)
        if (strcmp(pl_reach_reads[i].kind, kind->name) == 0)
            return true;
    for (size_t i = 0; i < pl_graph_refs_len; i++)
        if (strcmp(pl_graph_refs[i].kind, kind->name) == 0)
            return true;
    return false;
}

struct pl_graph *pl_graph_make(struct pl_arena *arena, const struct pl_graph_input *input)
{
    struct pl_graph_build b = {
        .arena = arena, .input = input, .view = pl_view_new(arena, input->observed)};
    const struct pl_world *w = input->observed;
    pl_map_init(&b.by_id, arena);
    pl_map_init(&b.edge_keys, arena);
    for (size_t i = 0; i < w->n_resources; i++)
        if (is_drawn(w->resources[i]->address.kind))
            (void)pl_graph_add_resource(&b, &w->resources[i]->address);
    for (size_t i = 0; i < w->n_resources; i++)
        if (strcmp(w->resources[i]->address.kind->name, "compute.network") == 0)
            pl_graph_add_peerings(&b, w->resources[i]);
    for (size_t i = 0; i < w->n_resources; i++)
        if (is_drawn(w->resources[i]->address.kind))
            pl_graph_add_references(&b, w->resources[i]);
    for (size_t i = 0; i < input->run->n_connections; i++)
        add_connection(&b, &input->run->connections[i]);
    mark_all(&b);
    place(&b);
    return pl_graph_ordered(&b, input->chosen ? pl_graph_choose(&b) : NULL);
}
