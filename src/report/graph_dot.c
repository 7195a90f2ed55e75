/* graph_dot.c - the estate for Graphviz: a cluster a project and a network, what is alike in one box, what is wrong in red and in words.
 *
 * https://graphviz.org/doc/info/lang.html: names are n0, n1, ..., and everything from outside stands in a quoted label, in which quotes and
 * backslashes are escaped, and `&`, which would begin an entity.
 */
#include <string.h>

#include "graph_priv.h"
#include "plumbline/utf8.h"

enum { MAX_NAMES = 4, MAX_DRIFT = 3, LINE_BYTES = 56, VALUE_BYTES = 40 };

/* ---- pieces ---- */

/* One line of a label. */
static void add_line(struct pl_buf *out, const char *text)
{
    struct pl_buf visible = {0};
    pl_buf_add_visible(&visible, text, strlen(text));
    for (const char *s = pl_buf_str(&visible); *s; s++) {
        if (*s == '"' || *s == '\\')
            pl_buf_addc(out, '\\');
        if (*s == '&')
            pl_buf_adds(out, "&amp;");
        else
            pl_buf_addc(out, *s);
    }
    pl_buf_free(&visible);
}

static void add_text(struct pl_buf *out, const char *name, const char *text)
{
    pl_buf_addf(out, "%s=\"", name);
    add_line(out, text);
    pl_buf_addc(out, '"');
}

/* Cut behind a whole character. */
static const char *cut(struct pl_arena *arena, const char *text, size_t max)
{
    size_t len = strlen(text);
    if (len <= max)
        return text;
    return pl_arena_printf(arena, "%.*s...", (int)pl_utf8_cut(text, len, max), text);
}

/* ---- how things look ---- */

/* First row that fits; "" fits every kind. */
static const struct {
    const char *kind, *style;
} looks[] = {
    {"run.", "shape=box, style=\"filled,rounded\", fillcolor=\"#e8f0fe\""},
    {"sql.", "shape=cylinder, style=filled, fillcolor=\"#fef7e0\""},
    {"redis.", "shape=cylinder, style=filled, fillcolor=\"#fce8e6\""},
    {"valkey.", "shape=cylinder, style=filled, fillcolor=\"#fce8e6\""},
    {"memcache.", "shape=cylinder, style=filled, fillcolor=\"#fce8e6\""},
    {"compute.network", "shape=box, style=\"filled,bold\", fillcolor=\"#e6f4ea\""},
    {"compute.subnetwork", "shape=box, style=filled, fillcolor=\"#e6f4ea\""},
    {"compute.firewall", "shape=note, style=filled, fillcolor=\"#f8f9fa\""},
    {"compute.route", "shape=note, style=filled, fillcolor=\"#f8f9fa\""},
    {"peering", "shape=cds, style=filled, fillcolor=\"#e6f4ea\""},
    {"vpcaccess.", "shape=cds, style=filled, fillcolor=\"#e6f4ea\""},
    {"secret.", "shape=folder, style=filled, fillcolor=\"#f8f9fa\""},
    {"serviceAccount", "shape=box, style=\"filled,rounded\", fillcolor=\"#f8f9fa\""},
    {"end", "shape=house, style=filled, fillcolor=\"#ffffff\""},
    {"", "shape=box, style=filled, fillcolor=\"#f8f9fa\""},
};

static const struct {
    const char *style, *word;
} marks[] = {
    [PL_MARK_NONE] = {"", NULL},
    [PL_MARK_DRIFT] = {", color=\"#b06000\", penwidth=1.5", "DRIFT, breaks nothing"},
    [PL_MARK_MASKED] = {", color=\"#b06000\", penwidth=2.5", "DRIFT, met next"},
    [PL_MARK_BLOCKS] = {", color=\"#c5221f\", penwidth=2.5", "A PATH IS BLOCKED HERE"},
    [PL_MARK_CAUSE] = {", color=\"#c5221f\", penwidth=3.5", "CAUSE"},
};

static const char *const connection_styles[] = {
    [PL_CONN_OK] = "color=\"#188038\", fontcolor=\"#188038\", penwidth=2",
    [PL_CONN_OPEN] = "color=\"#188038\", fontcolor=\"#188038\", penwidth=1.5",
    [PL_CONN_FAILING] = "color=\"#c5221f\", fontcolor=\"#c5221f\", penwidth=3",
    [PL_CONN_BLOCKED] = "color=\"#c5221f\", fontcolor=\"#c5221f\", penwidth=3",
    [PL_CONN_DEGRADED] = "color=\"#b06000\", fontcolor=\"#b06000\", penwidth=3",
    [PL_CONN_UNKNOWN] = "color=\"#5f6368\", fontcolor=\"#5f6368\", penwidth=2, style=dotted",
};

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static const char *look_of(const char *kind)
{
    size_t i = 0;
    while (!begins(kind, looks[i].kind))
        i++;
    return looks[i].style;
}

/* ---- nodes ---- */

static void add_names(struct pl_buf *out, struct pl_arena *arena, const struct pl_fold_group *group)
{
    const char *title = group->nodes[0]->title;
    if (group->n > 1) {
        add_line(out, pl_arena_printf(arena, "%zu x %s", group->n, title));
    } else {
        add_line(out, cut(arena, group->nodes[0]->name, LINE_BYTES));
        pl_buf_adds(out, "\\n");
        add_line(out, title);
        return;
    }
    for (size_t i = 0; i < group->n && i < MAX_NAMES; i++) {
        pl_buf_adds(out, "\\n");
        add_line(out, cut(arena, group->nodes[i]->name, LINE_BYTES));
    }
    if (group->n > MAX_NAMES)
        pl_buf_addf(out, "\\n+ %zu more", group->n - MAX_NAMES);
}

/* "+ 2 databases": by kind, in the graph's order. */
static void add_inside(struct pl_buf *out, struct pl_arena *arena,
                       const struct pl_fold_group *group)
{
    for (size_t i = 0; i < group->n_inside;) {
        const char *kind = group->inside[i]->kind;
        size_t n = 0;
        while (i < group->n_inside && strcmp(group->inside[i]->kind, kind) == 0) {
            i++;
            n++;
        }
        const struct pl_graph_node *last = group->inside[i - 1];
        bool account = strcmp(kind, "serviceAccount") == 0;
        if (account && n > 1)
            continue; /* each has its own */
        pl_buf_adds(out, "\\n");
        add_line(out, account
                          ? pl_arena_printf(arena, "runs as %s", cut(arena, last->name, LINE_BYTES))
                          : pl_arena_printf(arena, "+ %zu x %s", n, last->title));
    }
}

static void add_wrong(struct pl_buf *out, struct pl_arena *arena, const struct pl_graph_node *n)
{
    if (n->presence == PL_NODE_ABSENT)
        pl_buf_adds(out, "\\nNOT THERE");
    if (n->presence == PL_NODE_NOT_KNOWN) {
        pl_buf_adds(out, "\\nnot looked at");
        if (n->why)
            add_line(out, pl_arena_printf(arena, ": %s", n->why));
    }
    if (n->mark != PL_MARK_NONE)
        pl_buf_addf(out, "\\n%s", marks[n->mark].word);
    for (size_t i = 0; i < n->n_drifts && i < MAX_DRIFT; i++) {
        const struct pl_drift *d = n->drifts[i];
        const char *path = strchr(d->field, ':');
        if (path) {
            pl_buf_adds(out, "\\n");
            add_line(out, cut(arena, path + 1, LINE_BYTES));
        }
        pl_buf_adds(out, "\\n");
        add_line(out, pl_words_difference(arena, d, VALUE_BYTES));
    }
    if (n->n_drifts > MAX_DRIFT)
        pl_buf_addf(out, "\\n+ %zu more", n->n_drifts - MAX_DRIFT);
}

static void add_node(struct pl_buf *out, struct pl_arena *arena, const struct pl_fold *fold,
                     size_t at, int depth)
{
    const struct pl_fold_group *group = &fold->groups[at];
    const struct pl_graph_node *n = group->nodes[0];
    pl_buf_addf(out, "%*sn%zu [label=\"", depth * 2, "", at);
    add_names(out, arena, group);
    add_inside(out, arena, group);
    add_wrong(out, arena, n);
    pl_buf_addf(out, "\", %s%s%s", look_of(n->kind), marks[n->mark].style,
                group->n > 1 ? ", peripheries=2" : "");
    if (n->presence == PL_NODE_ABSENT || n->presence == PL_NODE_NOT_KNOWN)
        pl_buf_adds(out, ", style=dashed");
    pl_buf_adds(out, ", ");
    add_text(out, "tooltip", n->id);
    pl_buf_adds(out, "];\n");
}

/* ---- clusters ---- */

static bool is_in(const struct pl_fold_group *group, const char *project, int network)
{
    const struct pl_graph_node *n = group->nodes[0];
    return n->network == network &&
           (project ? n->project && strcmp(n->project, project) == 0 : !n->project);
}

static void add_network(struct pl_buf *out, struct pl_arena *arena, const struct pl_fold *fold,
                        const char *project, int network)
{
    pl_buf_addf(out, "    subgraph cluster_network%d {\n      ", network);
    add_text(out, "label", pl_arena_printf(arena, "network %s", fold->graph->nodes[network].name));
    pl_buf_adds(out, ";\n      style=\"rounded,filled\"; fillcolor=\"#f6fbf7\"; "
                     "color=\"#81c995\";\n");
    for (size_t i = 0; i < fold->n_groups; i++)
        if (is_in(&fold->groups[i], project, network))
            add_node(out, arena, fold, i, 3);
    pl_buf_adds(out, "    }\n");
}

static void add_project(struct pl_buf *out, struct pl_arena *arena, const struct pl_fold *fold,
                        const char *project, size_t number)
{
    const struct pl_graph *g = fold->graph;
    pl_buf_addf(out, "  subgraph cluster_project%zu {\n    ", number);
    add_text(out, "label", pl_arena_printf(arena, "project %s", project));
    pl_buf_adds(out, ";\n    style=rounded; color=\"#9aa0a6\";\n");
    for (size_t i = 0; i < g->n_nodes; i++)
        if (g->nodes[i].network == (int)i && strcmp(g->nodes[i].project, project) == 0)
            add_network(out, arena, fold, project, (int)i);
    for (size_t i = 0; i < fold->n_groups; i++)
        if (is_in(&fold->groups[i], project, PL_GRAPH_NOWHERE))
            add_node(out, arena, fold, i, 2);
    pl_buf_adds(out, "  }\n");
}

static void add_clusters(struct pl_buf *out, struct pl_arena *arena, const struct pl_fold *fold)
{
    const char **projects = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < fold->graph->n_nodes; i++) {
        const char *project = fold->graph->nodes[i].project;
        bool known = project == NULL;
        for (size_t j = 0; !known && j < n; j++)
            known = strcmp(projects[j], project) == 0;
        if (!known)
            PL_PUSH(arena, projects, n, cap, project);
    }
    for (size_t i = 0; i < n; i++)
        add_project(out, arena, fold, projects[i], i);
    for (size_t i = 0; i < fold->n_groups; i++)
        if (is_in(&fold->groups[i], NULL, PL_GRAPH_NOWHERE))
            add_node(out, arena, fold, i, 1);
}

/* ---- edges ---- */

/* A link to the network beside one to a subnetwork of it says nothing more. */
static bool goes_without_saying(const struct pl_fold *fold, const struct pl_fold_edge *e)
{
    if (e->edges[0]->connection ||
        strcmp(fold->groups[e->to].nodes[0]->kind, "compute.network") != 0)
        return false;
    for (size_t i = 0; i < fold->n_edges; i++) {
        const struct pl_fold_edge *first = &fold->edges[i];
        if (first->from != e->from || first->edges[0]->connection ||
            strcmp(fold->groups[first->to].nodes[0]->kind, "compute.subnetwork") != 0)
            continue;
        for (size_t j = 0; j < fold->n_edges; j++)
            if (fold->edges[j].from == first->to && fold->edges[j].to == e->to)
                return true;
    }
    return false;
}

static void add_connection(struct pl_buf *out, struct pl_arena *arena, const struct pl_fold_edge *e)
{
    const struct pl_conn_result *c = e->edges[0]->connection;
    const struct pl_explanation *x = &c->explanation;
    pl_buf_adds(out, "label=\"");
    add_line(out, e->n > 1 ? pl_arena_printf(arena, "%zu connections", e->n)
                           : cut(arena, c->connection->name, LINE_BYTES));
    pl_buf_addf(out, "\\n%s", pl_status_word(c->status));
    if (e->n == 1 && c->symptom.kind)
        pl_buf_addf(out, ": %s", c->symptom.kind->name);
    if (x->verdict == PL_EXPLAIN_CASCADE) {
        pl_buf_adds(out, "\\n");
        add_line(out, e->n > 1 ? "passed on from upstream"
                               : pl_arena_printf(arena, "passed on from %s",
                                                 pl_words_list(arena, x->upstream, x->n_upstream)));
    } else if (x->verdict != PL_EXPLAIN_NONE && e->n == 1) {
        pl_buf_addf(out, "\\n%s", pl_explain_verdict_names[x->verdict]);
    }
    pl_buf_addf(out, "\", %s%s", connection_styles[c->status],
                x->verdict == PL_EXPLAIN_CASCADE ? ", style=dashed" : "");
}

static void add_edges(struct pl_buf *out, struct pl_arena *arena, const struct pl_fold *fold)
{
    for (size_t i = 0; i < fold->n_edges; i++) {
        const struct pl_fold_edge *e = &fold->edges[i];
        if (goes_without_saying(fold, e))
            continue;
        pl_buf_addf(out, "  n%zu -> n%zu [", e->from, e->to);
        if (e->edges[0]->connection)
            add_connection(out, arena, e);
        else if (!strcasestr(fold->groups[e->to].nodes[0]->title, e->edges[0]->label))
            add_text(out, "label", e->edges[0]->label); /* else the box says it */
        pl_buf_adds(out, "];\n");
    }
}

/* ---- the whole ---- */

static void add_head(struct pl_buf *out, struct pl_arena *arena, const struct pl_run *run)
{
    pl_buf_adds(out, "  graph [rankdir=LR, compound=true, newrank=true, nodesep=0.3, ranksep=0.9, "
                     "fontname=\"Helvetica\", fontsize=11, labelloc=b];\n"
                     "  node [fontname=\"Helvetica\", fontsize=10, margin=\"0.12,0.06\", "
                     "color=\"#80868b\"];\n"
                     "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#bdc1c6\", "
                     "fontcolor=\"#80868b\", arrowsize=0.7];\n  ");
    add_text(out, "label",
             pl_arena_printf(arena,
                             "%s, as observed %s. Thick lines are connections: green works or is "
                             "open in the model, red fails or is blocked, orange is degraded, "
                             "dotted is not known. A double border: several that are alike.",
                             run->source ? run->source : "the estate",
                             run->observed_at ? run->observed_at : "at an unknown time"));
    pl_buf_adds(out, ";\n");
}

void pl_graph_dot(struct pl_buf *out, const struct pl_run *run, const struct pl_report_style *style)
{
    struct pl_arena *arena = pl_arena_new();
    pl_buf_adds(out, "digraph estate {\n");
    if (run->graph) {
        const struct pl_fold *fold = pl_fold_graph(arena, run->graph, style->verbose > 0);
        add_head(out, arena, run);
        add_clusters(out, arena, fold);
        add_edges(out, arena, fold);
    } else {
        pl_buf_adds(out, "  ");
        add_text(out, "label", run->reason ? run->reason : "nothing was drawn");
        pl_buf_adds(out, ";\n");
    }
    pl_buf_adds(out, "}\n");
    pl_arena_free(arena);
}
