/* graph_order.c - which nodes are drawn where only some were asked for, and the order of all, which hangs on nothing but their names.
 */
#include <stdlib.h>
#include <string.h>

#include "graph_priv.h"

/* Rules, routes and gateways of a network that is drawn are part of it. */
static bool belongs(const struct pl_graph_node *n)
{
    static const char *const kinds[] = {"compute.firewall", "compute.firewallPolicy",
                                        "compute.route", "compute.router",
                                        "servicenetworking.connection"};
    for (size_t i = 0; i < PL_LEN(kinds); i++)
        if (strcmp(kinds[i], n->kind) == 0)
            return true;
    return false;
}

static void keep_end(const struct pl_graph_build *b, bool *keep, const struct pl_graph_edge *e)
{
    if (!e->connection)
        return;
    keep[e->from] = keep[e->to] = true;
    for (size_t i = 0; i < e->n_reads; i++)
        keep[e->reads[i]] = keep[e->reads[i]] || !belongs(&b->nodes[e->reads[i]]);
}

/* The chosen, what they refer to however far, and what belongs to the networks among that. */
bool *pl_graph_choose(struct pl_graph_build *b)
{
    bool *keep = pl_arena_array(b->arena, b->n + 1, sizeof(*keep));
    for (size_t i = 0; i < b->n; i++) {
        struct pl_address a;
        keep[i] = b->nodes[i].mark > PL_MARK_NONE ||
                  (b->nodes[i].presence != PL_NODE_OUTSIDE &&
                   pl_address_parse(b->arena, b->nodes[i].id, &a, NULL) == 0 &&
                   b->input->chosen(b->input->of, &a));
    }
    for (size_t i = 0; i < b->n_edges; i++)
        keep_end(b, keep, &b->edges[i]);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < b->n_edges; i++) {
            const struct pl_graph_edge *e = &b->edges[i];
            int who = e->served ? e->to : e->from, whom = e->served ? e->from : e->to;
            if (!e->connection && keep[who] && !keep[whom])
                more = keep[whom] = true;
        }
    }
    for (size_t i = 0; i < b->n; i++)
        keep[i] = keep[i] || (belongs(&b->nodes[i]) && b->nodes[i].network != PL_GRAPH_NOWHERE &&
                              keep[b->nodes[i].network]);
    return keep;
}

static int by_id(const void *a, const void *b)
{
    const struct pl_graph_node *x = *(struct pl_graph_node *const *)a,
                               *y = *(struct pl_graph_node *const *)b;
    int order = strcmp(x->kind, y->kind);
    return order ? order : strcmp(x->id, y->id);
}

static int by_ends(const void *a, const void *b)
{
    const struct pl_graph_edge *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    int order = strcmp(x->label, y->label);
    return order ? order : strcmp(x->field ? x->field : "", y->field ? y->field : "");
}

static int moved(const int *places, int at)
{
    return at == PL_GRAPH_NOWHERE ? at : places[at];
}

/* Nodes in their order without those that are left out: where each went. */
static int *order_nodes(struct pl_graph_build *b, const bool *keep, struct pl_graph *g)
{
    struct pl_graph_node **sorted = pl_arena_array(b->arena, b->n + 1, sizeof(*sorted));
    int *places = pl_arena_array(b->arena, b->n + 1, sizeof(*places));
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        places[i] = PL_GRAPH_NOWHERE;
        if (!keep || keep[i])
            sorted[n++] = &b->nodes[i];
    }
    if (n > 1)
        qsort(sorted, n, sizeof(struct pl_graph_node *), by_id);
    g->nodes = pl_arena_array(b->arena, n + 1, sizeof(*g->nodes));
    for (size_t i = 0; i < n; i++) {
        g->nodes[i] = *sorted[i];
        places[sorted[i] - b->nodes] = (int)i;
    }
    g->n_nodes = n;
    for (size_t i = 0; i < n; i++) {
        g->nodes[i].network = moved(places, g->nodes[i].network);
        g->nodes[i].parent = moved(places, g->nodes[i].parent);
    }
    return places;
}

struct pl_graph *pl_graph_ordered(struct pl_graph_build *b, const bool *keep)
{
    struct pl_graph *g = PL_NEW(b->arena, struct pl_graph);
    const int *places = order_nodes(b, keep, g);
    g->edges = pl_arena_array(b->arena, b->n_edges + 1, sizeof(*g->edges));
    size_t references = 0;
    for (size_t i = 0; i < b->n_edges; i++) {
        struct pl_graph_edge e = b->edges[i];
        e.from = moved(places, e.from);
        e.to = moved(places, e.to);
        if (e.from == PL_GRAPH_NOWHERE || e.to == PL_GRAPH_NOWHERE)
            continue;
        int *reads = pl_arena_array(b->arena, e.n_reads + 1, sizeof(*reads));
        size_t n = 0;
        for (size_t j = 0; j < e.n_reads; j++)
            if (moved(places, e.reads[j]) != PL_GRAPH_NOWHERE)
                reads[n++] = moved(places, e.reads[j]);
        e.reads = reads;
        e.n_reads = n;
        references += !e.connection;
        g->edges[g->n_edges++] = e;
    }
    if (references > 1)
        qsort(g->edges, references, sizeof(*g->edges), by_ends);
    return g;
}
