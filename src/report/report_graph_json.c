/* report_graph_json.c - `graph`, only in reports of that command: nodes, and edges between them by id (docs/graph.md).
 *
 * Whole, never folded. A connection's hops and explanation stand in `connections`, by its name.
 */
#include "graph_priv.h"

static const char *id_at(const struct pl_graph *g, int at)
{
    return at == PL_GRAPH_NOWHERE ? NULL : g->nodes[at].id;
}

static void emit_node(struct pl_emit *e, const struct pl_graph *g, const struct pl_graph_node *n)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "id", n->id);
    pl_emit_text(e, "kind", n->kind);
    pl_emit_text(e, "name", n->name);
    pl_emit_text(e, "project", n->project);
    pl_emit_text(e, "location", n->location);
    pl_emit_text(e, "network", id_at(g, n->network));
    pl_emit_text(e, "parent", id_at(g, n->parent));
    pl_emit_text(e, "presence", pl_graph_presence_names[n->presence]);
    pl_emit_text(e, "why", n->why);
    pl_emit_text(e, "mark", pl_graph_mark_names[n->mark]);
    pl_emit_open(e, "drift", '[');
    for (size_t i = 0; i < n->n_drifts; i++)
        pl_emit_text(e, NULL, n->drifts[i]->field_full);
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}

static void emit_hop(struct pl_emit *e, const struct pl_hop *h)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "hop", h->hop);
    pl_emit_text(e, "verdict", pl_hop_verdict_names[h->verdict]);
    pl_emit_text(e, "cause", h->cause ? h->cause->name : NULL);
    pl_emit_text(e, "field", h->field);
    pl_emit_close(e, '}');
}

static void emit_connection(struct pl_emit *e, const struct pl_graph *g,
                            const struct pl_graph_edge *edge)
{
    const struct pl_conn_result *c = edge->connection;
    const struct pl_explanation *x = &c->explanation;
    pl_emit_text(e, "status", pl_conn_status_names[c->status]);
    pl_emit_text(e, "verdict",
                 x->verdict == PL_EXPLAIN_NONE ? NULL : pl_explain_verdict_names[x->verdict]);
    pl_emit_texts(e, "upstream", x->upstream, x->n_upstream);
    pl_emit_open(e, "causes", '[');
    for (size_t i = 0; i < x->n_causes; i++) {
        pl_emit_open(e, NULL, '[');
        for (size_t j = 0; j < x->causes[i].n; j++)
            pl_emit_text(e, NULL, x->causes[i].drifts[j]->field_full);
        pl_emit_close(e, ']');
    }
    pl_emit_close(e, ']');
    pl_emit_open(e, "hops", '[');
    for (size_t i = 0; i < c->n_hops; i++)
        emit_hop(e, &c->hops[i]);
    pl_emit_close(e, ']');
    pl_emit_open(e, "reads", '[');
    for (size_t i = 0; i < edge->n_reads; i++)
        pl_emit_text(e, NULL, id_at(g, edge->reads[i]));
    pl_emit_close(e, ']');
}

static void emit_edge(struct pl_emit *e, const struct pl_graph *g, const struct pl_graph_edge *edge)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "type", edge->connection ? "connection" : "reference");
    pl_emit_text(e, "from", id_at(g, edge->from));
    pl_emit_text(e, "to", id_at(g, edge->to));
    pl_emit_text(e, "label", edge->label);
    if (edge->connection)
        emit_connection(e, g, edge);
    else
        pl_emit_text(e, "field", edge->field);
    pl_emit_close(e, '}');
}

void pl_emit_graph(struct pl_emit *e, const struct pl_graph *g)
{
    if (!g)
        return;
    pl_emit_open(e, "graph", '{');
    pl_emit_open(e, "nodes", '[');
    for (size_t i = 0; i < g->n_nodes; i++)
        emit_node(e, g, &g->nodes[i]);
    pl_emit_close(e, ']');
    pl_emit_open(e, "edges", '[');
    for (size_t i = 0; i < g->n_edges; i++)
        emit_edge(e, g, &g->edges[i]);
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}
