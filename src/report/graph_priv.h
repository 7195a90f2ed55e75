/* graph_priv.h - a graph folded for the eye: what is alike is one box, what lives inside another thing is a line in its box. */
#ifndef PLUMBLINE_REPORT_GRAPH_PRIV_H
#define PLUMBLINE_REPORT_GRAPH_PRIV_H

#include "plumbline/graph.h"
#include "report_priv.h"

/* Nodes that are alike: one kind, at one place, with the same edges to nodes that are alike. */
struct pl_fold_group {
    const struct pl_graph_node **nodes; /* in the graph's order; at least one */
    size_t n, cap;
    const struct pl_graph_node **inside; /* what lives inside of them and is folded away */
    size_t n_inside, cap_inside;
};

/* Edges of one class between two groups. */
struct pl_fold_edge {
    size_t from, to; /* groups */
    const struct pl_graph_edge **edges;
    size_t n, cap;
};

struct pl_fold {
    const struct pl_graph *graph;
    struct pl_fold_group *groups; /* by their first node */
    size_t n_groups;
    struct pl_fold_edge *edges; /* by their first edge */
    size_t n_edges, cap_edges;
};

/* `whole`: every node by itself. In the arena. */
struct pl_fold *pl_fold_graph(struct pl_arena *arena, const struct pl_graph *graph, bool whole);

#endif
