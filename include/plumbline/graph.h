/* plumbline/graph.h [floor 4: src/explain] - the estate as the path model sees it, as a graph: resources and the ends of connections, what refers
 * to what, which connection runs where, and what is wrong with it.
 *
 * Whole and in one order, whatever order the world was read in: a writer folds what is alike, if it wants to. Says nothing that the run does not
 * say; a resource that nobody could look at is a node that says so.
 */
#ifndef PLUMBLINE_GRAPH_H
#define PLUMBLINE_GRAPH_H

#include "plumbline/finding.h"

enum pl_graph_presence {
    PL_NODE_OBSERVED,
    PL_NODE_ABSENT,    /* referred to, and not there */
    PL_NODE_NOT_KNOWN, /* could not be looked at */
    PL_NODE_OUTSIDE /* no resource of a kind that is looked at: a host, this machine, an account */
};
extern const char *const pl_graph_presence_names[];

/* What is wrong at a node, the worst of it. */
enum pl_graph_mark {
    PL_MARK_NONE,
    PL_MARK_DRIFT,  /* drift that explains nothing */
    PL_MARK_BLOCKS, /* a path is blocked here, by no drift that is proven */
    PL_MARK_MASKED, /* drift that will be met once a cause is mended */
    PL_MARK_CAUSE   /* drift that explains a failure */
};
extern const char *const pl_graph_mark_names[]; /* NONE: NULL */

enum { PL_GRAPH_NOWHERE = -1 };

struct pl_graph_node {
    const char *id;                 /* full address; of what is no resource its text */
    const char *name;               /* short, for people */
    const char *kind;               /* a kind's name, or "peering", "serviceAccount", "end" */
    const char *title;              /* "Cloud Run service" */
    const char *project, *location; /* NULL outside */
    int network; /* the node of the network that it stands in, of its own project; or PL_GRAPH_NOWHERE */
    int parent; /* the node of what it lives inside (a secret's version); or PL_GRAPH_NOWHERE */
    enum pl_graph_presence presence;
    const char *why; /* NOT_KNOWN: the gap's reason, or NULL */
    enum pl_graph_mark mark;
    const struct pl_drift **drifts;
    size_t n_drifts, cap_drifts;
};

struct pl_graph_edge {
    int from, to;
    const char *label; /* "connector"; a connection's name */
    const char *
        field; /* the field that says so, full, with [*] for its elements; NULL: a connection, or a name */
    bool served; /* a reference whose field stands at `to`: the network that it is in leads to it */
    const struct pl_conn_result *connection; /* NULL: a reference */
    const int *reads; /* a connection's: the nodes that its path hangs on, as a packet meets them */
    size_t n_reads;
};

struct pl_graph {
    struct pl_graph_node *nodes; /* by kind, then id */
    size_t n_nodes;
    struct pl_graph_edge *edges; /* references, then connections as in the run */
    size_t n_edges;
};

struct pl_graph_input {
    const struct pl_world *observed;
    const struct pl_baseline *baseline;
    const struct pl_run *run; /* its connections and its drift are drawn */
    /* Only what these connections hang on, and resources of which this says so, with all that they refer to. NULL: everything. */
    bool (*chosen)(const void *of, const struct pl_address *address);
    const void *of;
};

struct pl_graph *pl_graph_make(struct pl_arena *arena, const struct pl_graph_input *input);

/* How one kind of resource refers to another; the table is in graph_refs.c. */
enum pl_graph_form {
    PL_REF_LINK,
    PL_REF_SOCKET,  /* "project:region:instance" of Cloud SQL */
    PL_REF_ACCOUNT, /* the address of a service account */
    PL_REF_SERVED /* a network, from which a packet reaches the resource: the edge comes from there */
};
struct pl_graph_ref {
    const char *kind, *path; /* row form: "template.containers[].env[].valueSource" */
    const char *to;          /* kind; ACCOUNT: NULL */
    const char *label;
    enum pl_graph_form form;
};
extern const struct pl_graph_ref pl_graph_refs[];
extern const size_t pl_graph_refs_len;

#endif
