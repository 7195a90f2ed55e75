/* graph_fold.c - makes a graph small enough to be looked at, without hiding what is wrong.
 *
 * Nodes are alike where no edge tells them apart: colours are refined by the colours of neighbours until they are stable (the coarsest equitable
 * partition; Paige and Tarjan, "Three partition refinement algorithms", 1987, has the classic of it). What has a mark is always by itself.
 */
#include <stdlib.h>
#include <string.h>

#include "graph_priv.h"
#include "plumbline/hash.h"
#include "plumbline/map.h"

enum { MAX_ROUNDS = 64 };

struct folding {
    struct pl_arena *arena;
    const struct pl_graph *graph;
    int *inside; /* by node: the node that it is a line of, or PL_GRAPH_NOWHERE */
    const char **colour;
    int *group; /* by node */
};

/* What a reader must be able to tell apart about an edge. */
static const char *class_of(struct pl_arena *arena, const struct pl_graph_edge *e)
{
    if (!e->connection)
        return e->label;
    return pl_arena_printf(arena, "is %s %s", pl_conn_status_names[e->connection->status],
                           e->connection->explanation.verdict == PL_EXPLAIN_CASCADE ? "cascade"
                                                                                    : "");
}

/* What lives inside another thing and nothing else speaks of; an account and a secret that one thing alone uses. */
static void find_inside(struct folding *f)
{
    const struct pl_graph *g = f->graph;
    size_t *uses = pl_arena_array(f->arena, g->n_nodes + 1, sizeof(*uses));
    for (size_t i = 0; i < g->n_nodes; i++)
        if (g->nodes[i].mark == PL_MARK_NONE && g->nodes[i].presence == PL_NODE_OBSERVED)
            f->inside[i] = g->nodes[i].parent;
    for (size_t i = 0; i < g->n_edges; i++) {
        const struct pl_graph_edge *e = &g->edges[i];
        const struct pl_graph_node *to = &g->nodes[e->to];
        bool leaf = strcmp(to->kind, "serviceAccount") == 0 ||
                    (strcmp(to->kind, "secret.secret") == 0 && to->presence == PL_NODE_OBSERVED);
        f->inside[e->from] = PL_GRAPH_NOWHERE;
        f->inside[e->to] =
            leaf && to->mark == PL_MARK_NONE && uses[e->to]++ == 0 ? e->from : PL_GRAPH_NOWHERE;
    }
}

static bool is_inside(const struct folding *f, size_t node)
{
    return f->inside[node] != PL_GRAPH_NOWHERE;
}

static bool is_single(const struct pl_graph_node *n)
{
    return n->mark != PL_MARK_NONE || strcmp(n->kind, "compute.network") == 0 ||
           strcmp(n->kind, "end") == 0;
}

static void colour_first(struct folding *f, bool whole)
{
    for (size_t i = 0; i < f->graph->n_nodes; i++) {
        const struct pl_graph_node *n = &f->graph->nodes[i];
        f->colour[i] = whole || is_single(n) ? pl_arena_printf(f->arena, "%zu", i)
                                             : pl_arena_printf(f->arena, "%s|%s|%d|%d", n->kind,
                                                               n->project ? n->project : "",
                                                               n->network, (int)n->presence);
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct sides {
    const char **list;
    size_t n, cap;
};

/* The colour and the set of what the edges lead to, as one text. */
static const char *signature(struct folding *f, size_t node, struct sides *sides)
{
    struct pl_buf text = {0};
    if (sides->n > 1)
        qsort(sides->list, sides->n, sizeof(char *), by_text);
    pl_buf_adds(&text, f->colour[node]);
    for (size_t i = 0; i < sides->n; i++)
        if (i == 0 || strcmp(sides->list[i - 1], sides->list[i]) != 0)
            pl_buf_addf(&text, "\n%s", sides->list[i]);
    const char *hash = pl_hash_text(f->arena, pl_buf_str(&text), text.len);
    pl_buf_free(&text);
    return hash;
}

static size_t count_colours(const struct folding *f)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_map seen;
    pl_map_init(&seen, scratch);
    for (size_t i = 0; i < f->graph->n_nodes; i++)
        (void)pl_map_put(&seen, f->colour[i], &seen);
    size_t n = seen.n;
    pl_arena_free(scratch);
    return n;
}

static void refine(struct folding *f)
{
    const struct pl_graph *g = f->graph;
    struct pl_arena *scratch = pl_arena_new();
    struct sides *sides = pl_arena_array(scratch, g->n_nodes + 1, sizeof(*sides));
    const char **next = pl_arena_array(f->arena, g->n_nodes + 1, sizeof(*next));
    for (size_t i = 0; i < g->n_edges; i++) {
        const struct pl_graph_edge *e = &g->edges[i];
        const char *class = class_of(scratch, e);
        struct sides *from = &sides[e->from], *to = &sides[e->to];
        PL_PUSH(scratch, from->list, from->n, from->cap,
                pl_arena_printf(scratch, "> %s %s", class, f->colour[e->to]));
        PL_PUSH(scratch, to->list, to->n, to->cap,
                pl_arena_printf(scratch, "< %s %s", class, f->colour[e->from]));
    }
    for (size_t i = 0; i < g->n_nodes; i++)
        next[i] = signature(f, i, &sides[i]);
    f->colour = next;
    pl_arena_free(scratch);
}

static void make_groups(struct folding *f, struct pl_fold *out)
{
    const struct pl_graph *g = f->graph;
    struct pl_map groups; /* by colour: group + 1 */
    pl_map_init(&groups, f->arena);
    out->groups = pl_arena_array(f->arena, g->n_nodes + 1, sizeof(*out->groups));
    for (size_t i = 0; i < g->n_nodes; i++) {
        uintptr_t at = (uintptr_t)pl_map_get(&groups, f->colour[i]);
        if (is_inside(f, i))
            continue;
        if (at == 0) {
            at = ++out->n_groups;
            (void)pl_map_put(&groups, f->colour[i], (void *)at);
        }
        struct pl_fold_group *group = &out->groups[at - 1];
        PL_PUSH(f->arena, group->nodes, group->n, group->cap, &g->nodes[i]);
        f->group[i] = (int)at - 1;
    }
    for (size_t i = 0; i < g->n_nodes; i++) {
        if (!is_inside(f, i) || is_inside(f, (size_t)f->inside[i]))
            continue; /* a line of a line is left out */
        struct pl_fold_group *group = &out->groups[f->group[f->inside[i]]];
        PL_PUSH(f->arena, group->inside, group->n_inside, group->cap_inside, &g->nodes[i]);
    }
}

static void make_edges(struct folding *f, struct pl_fold *out)
{
    const struct pl_graph *g = f->graph;
    struct pl_map seen; /* class and groups: edge + 1 */
    pl_map_init(&seen, f->arena);
    for (size_t i = 0; i < g->n_edges; i++) {
        const struct pl_graph_edge *e = &g->edges[i];
        size_t from = (size_t)f->group[e->from], to = (size_t)f->group[e->to];
        if (is_inside(f, (size_t)e->from) || is_inside(f, (size_t)e->to))
            continue;
        const char *key = pl_arena_printf(f->arena, "%zu %zu %s", from, to, class_of(f->arena, e));
        uintptr_t at = (uintptr_t)pl_map_get(&seen, key);
        if (at == 0) {
            PL_PUSH(f->arena, out->edges, out->n_edges, out->cap_edges,
                    ((struct pl_fold_edge){.from = from, .to = to}));
            at = out->n_edges;
            (void)pl_map_put(&seen, key, (void *)at);
        }
        struct pl_fold_edge *edge = &out->edges[at - 1];
        PL_PUSH(f->arena, edge->edges, edge->n, edge->cap, e);
    }
}

struct pl_fold *pl_fold_graph(struct pl_arena *arena, const struct pl_graph *graph, bool whole)
{
    struct folding f = {.arena = arena, .graph = graph};
    struct pl_fold *out = PL_NEW(arena, struct pl_fold);
    out->graph = graph;
    f.inside = pl_arena_array(arena, graph->n_nodes + 1, sizeof(*f.inside));
    f.colour = pl_arena_array(arena, graph->n_nodes + 1, sizeof(*f.colour));
    f.group = pl_arena_array(arena, graph->n_nodes + 1, sizeof(*f.group));
    for (size_t i = 0; i < graph->n_nodes; i++)
        f.inside[i] = PL_GRAPH_NOWHERE;
    if (!whole)
        find_inside(&f);
    colour_first(&f, whole);
    size_t before = 0, now = count_colours(&f);
    for (int round = 0; round < MAX_ROUNDS && now != before && !whole; round++) {
        refine(&f);
        before = now;
        now = count_colours(&f);
    }
    make_groups(&f, out);
    make_edges(&f, out);
    return out;
}
