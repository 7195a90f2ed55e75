/* html_layers.h - places for the boxes of a directed graph, in layers from left to right, and the bends of the lines between them.
 *
 * Sugiyama's scheme: circles are cut, every node gets a layer, long lines get a bend in each layer that they pass, bends and boxes are
 * ordered by their neighbours, then moved beside them. Numbers only: what is drawn is html_graph.c's business.
 */
#ifndef PLUMBLINE_LAYERS_H
#define PLUMBLINE_LAYERS_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/arena.h"

struct pl_layers_node {
    size_t layer;
    int y; /* of its middle, from 0 */
};

struct pl_layers_edge {
    size_t from, to;  /* nodes; never the same */
    bool back;        /* laid out the other way round: it closes a circle */
    const int *bends; /* y in each layer between its ends, from the left */
    size_t n_bends;
};

struct pl_layers {
    struct pl_layers_node *nodes;
    size_t n_nodes;
    struct pl_layers_edge *edges; /* from and to by the caller, the rest is filled in */
    size_t n_edges;
    int box, bend; /* room from one to the next, in a layer: of boxes, of bends */
    size_t n_layers;
    int height; /* of all */
};

/* The same graph gets the same places, always. */
void pl_layers_place(struct pl_arena *arena, struct pl_layers *l);

#endif
