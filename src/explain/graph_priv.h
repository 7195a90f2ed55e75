/* graph_priv.h - the graph while it is made: what its files share.
 */
#ifndef PLUMBLINE_GRAPH_PRIV_H
#define PLUMBLINE_GRAPH_PRIV_H

#include "plumbline/graph.h"
#include "plumbline/map.h"

struct pl_graph_build {
    struct pl_arena *arena;
    const struct pl_graph_input *input;
    struct pl_view *view;
    struct pl_map by_id; /* -> index + 1 */
    struct pl_graph_node *nodes;
    size_t n, cap;
    struct pl_graph_edge *edges;
    size_t n_edges, cap_edges;
    struct pl_map edge_keys; /* what was drawn already */
};

/* graph_nodes.c: the index of a node, made where it is new; pl_graph_find: PL_GRAPH_NOWHERE where there is none. */
int pl_graph_find(const struct pl_graph_build *b, const char *id);
int pl_graph_add_node(struct pl_graph_build *b, const struct pl_graph_node *node);
/* Something that is no resource of a kind that is looked at. */
int pl_graph_add_outside(struct pl_graph_build *b, const char *id, const char *kind,
                         const char *title, const char *name);
int pl_graph_add_resource(struct pl_graph_build *b, const struct pl_address *a);
int pl_graph_add_end(struct pl_graph_build *b, const struct pl_end *end);
/* The project's name in links may be its number: then the resource of that name is meant, where there is only one (R3 of the canonical forms). */
struct pl_address pl_graph_as_observed(struct pl_graph_build *b, const struct pl_address *a);

/* graph_edges.c: from a resource that is a node to what its body refers to; a network's peerings, which are nodes. */
void pl_graph_add_references(struct pl_graph_build *b, const struct pl_resource *r);
void pl_graph_add_peerings(struct pl_graph_build *b, const struct pl_resource *network);

/* graph_order.c: which nodes stay, where not all do; and the graph of those (`keep` NULL: all), in its order. */
bool *pl_graph_choose(struct pl_graph_build *b);
struct pl_graph *pl_graph_ordered(struct pl_graph_build *b, const bool *keep);

#endif
