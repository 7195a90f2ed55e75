/* digest.c - a run as one reads it: what failed together, what lies deepest, what to do in which order, what is left over.
 *
 * Groups what the explanations say and adds nothing to it; the steps stand in digest_steps.c. Every writer for people works from
 * the same digest, so they agree.
 */
#include <stdlib.h>
#include <string.h>

#include "plumbline/map.h"
#include "report_priv.h"

bool pl_is_alarm(const struct pl_conn_result *c)
{
    return c->status == PL_CONN_FAILING || c->status == PL_CONN_DEGRADED ||
           c->status == PL_CONN_BLOCKED;
}

bool pl_is_slow(const struct pl_conn_result *c)
{
    return c->symptom.kind && strcmp(c->symptom.kind->name, "slow") == 0;
}

const struct pl_ignore *pl_ignored_by(const struct pl_run *run, const struct pl_drift *d)
{
    for (size_t i = 0; i < run->n_ignored; i++)
        if (run->ignored[i].drift == d)
            return run->ignored[i].rule;
    return NULL;
}

/* ---- who waits for whom ---- */

struct node {
    const struct pl_conn_result *result;
    struct node **below; /* failing connections that this one waits for */
    size_t n_below, cap_below;
    struct node *same_source; /* the next that begins at the same resource */
    struct pl_problem *problem;
    size_t order;
    const struct node *seen_by; /* the last that reached it */
    size_t depth;               /* failing connections below, however far */
    enum pl_severity severity;  /* the worst of those that wait for it, and its own */
};

struct graph {
    struct pl_arena *arena;
    struct node *nodes;
    size_t n;
    struct pl_map by_name, by_source;
};

static void add_nodes(struct graph *g, const struct pl_run *run, const struct pl_conn_result *only)
{
    g->nodes = pl_arena_array(g->arena, run->n_connections + 1, sizeof(*g->nodes));
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_conn_result *c = &run->connections[i];
        if (!pl_is_alarm(c) || (only && c != only))
            continue;
        struct node *node = &g->nodes[g->n];
        *node = (struct node){.result = c, .severity = c->severity, .order = g->n++};
        pl_map_put(&g->by_name, c->connection->name, node);
        if (c->connection->from.what == PL_END_RESOURCE)
            node->same_source = pl_map_put(
                &g->by_source, pl_address_full(g->arena, &c->connection->from.address), node);
    }
}

static void link_nodes(struct graph *g)
{
    for (size_t i = 0; i < g->n; i++) {
        struct node *node = &g->nodes[i];
        const struct pl_connection *c = node->result->connection;
        for (size_t j = 0; j < c->n_depends_on; j++) {
            struct node *below = pl_map_get(&g->by_name, c->depends_on[j]);
            if (below && below != node)
                PL_PUSH(g->arena, node->below, node->n_below, node->cap_below, below);
        }
        if (c->to.what != PL_END_RESOURCE)
            continue;
        struct node *below = pl_map_get(&g->by_source, pl_address_full(g->arena, &c->to.address));
        for (; below; below = below->same_source)
            if (below != node)
                PL_PUSH(g->arena, node->below, node->n_below, node->cap_below, below);
    }
}

/* Walks down from one failure to all that it waits for. What lies above has more below it than what lies below; those in a
 * circle have the same. Severity sinks down to what the severe one waits for. */
static void walk_down(struct node *top, struct node **stack)
{
    size_t n = 0;
    top->seen_by = top;
    stack[n++] = top;
    while (n > 0) {
        const struct node *at = stack[--n];
        for (size_t i = 0; i < at->n_below; i++) {
            struct node *below = at->below[i];
            if (below->seen_by == top)
                continue;
            below->seen_by = top;
            stack[n++] = below; /* each once: it holds all nodes at most */
            top->depth++;
            if (below->severity < top->result->severity)
                below->severity = top->result->severity;
        }
    }
}

static void settle(struct graph *g)
{
    struct node **stack = pl_arena_array(g->arena, g->n + 1, sizeof(struct node *));
    for (size_t i = 0; i < g->n; i++)
        walk_down(&g->nodes[i], stack);
}

/* ---- problems ---- */

static bool same_set(const struct pl_cause_set *a, const struct pl_cause_set *b)
{
    return a->n == b->n && memcmp(a->drifts, b->drifts, a->n * sizeof(*a->drifts)) == 0;
}

static bool same_blockers(const struct pl_explanation *a, const struct pl_explanation *b)
{
    if (a->n_blockers == 0 || a->n_blockers != b->n_blockers)
        return false;
    for (size_t i = 0; i < a->n_blockers; i++)
        if (!a->blockers[i].field_full || !b->blockers[i].field_full ||
            a->blockers[i].cause != b->blockers[i].cause ||
            strcmp(a->blockers[i].field_full, b->blockers[i].field_full) != 0)
            return false;
    return true;
}

/* Do two failures have one and the same account? Where it names nothing, each stands for itself. */
static bool same_account(const struct pl_explanation *a, const struct pl_explanation *b)
{
    if (a->verdict != b->verdict || a->n_causes != b->n_causes)
        return false;
    for (size_t i = 0; i < a->n_causes; i++)
        if (!same_set(&a->causes[i], &b->causes[i]))
            return false;
    return a->n_causes > 0 || same_blockers(a, b);
}

static void add_root(struct pl_digest *g, struct node *node)
{
    struct pl_problem *p = NULL;
    for (size_t i = 0; i < g->n_problems && !p; i++)
        if (same_account(&g->problems[i].roots[0]->explanation, &node->result->explanation))
            p = &g->problems[i];
    if (!p) {
        p = &g->problems[g->n_problems++];
        p->depth = node->depth;
    }
    PL_PUSH(g->arena, p->roots, p->n_roots, p->cap_roots, node->result);
    if (node->severity > p->severity)
        p->severity = node->severity;
    if (node->depth < p->depth)
        p->depth = node->depth;
    node->problem = p;
}

static struct node *root_of(const struct graph *graph, const struct node *node)
{
    const struct pl_explanation *e = &node->result->explanation;
    for (size_t i = 0; e->verdict == PL_EXPLAIN_CASCADE && i < e->n_upstream; i++) {
        struct node *root = pl_map_get(&graph->by_name, e->upstream[i]);
        if (root && root != node && root->result->explanation.verdict != PL_EXPLAIN_CASCADE)
            return root;
    }
    return NULL;
}

static void add_cascade(struct pl_digest *g, struct pl_problem *p, const struct node *node)
{
    PL_PUSH(g->arena, p->cascades, p->n_cascades, p->cap_cascades, node->result);
    if (node->severity > p->severity)
        p->severity = node->severity;
}

/* Worst first; of those the deepest first, so that nobody mends what waits for something else. */
static int by_weight(const void *a, const void *b)
{
    const struct pl_problem *x = a, *y = b;
    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    bool x_slow = x->roots[0]->status == PL_CONN_DEGRADED,
         y_slow = y->roots[0]->status == PL_CONN_DEGRADED;
    if (x_slow != y_slow)
        return x_slow ? 1 : -1;
    return x->roots[0] < y->roots[0] ? -1 : 1; /* both in run->connections: baseline order */
}

static void find_problems(struct pl_digest *g, const struct pl_conn_result *only)
{
    struct graph graph = {.arena = g->arena};
    pl_map_init(&graph.by_name, g->arena);
    pl_map_init(&graph.by_source, g->arena);
    add_nodes(&graph, g->run, only);
    link_nodes(&graph);
    settle(&graph);
    g->n_alarms = graph.n;
    g->problems = pl_arena_array(g->arena, graph.n + 1, sizeof(*g->problems));
    for (size_t i = 0; i < graph.n; i++)
        if (!root_of(&graph, &graph.nodes[i]))
            add_root(g, &graph.nodes[i]);
    for (size_t i = 0; i < graph.n; i++) {
        struct node *root = root_of(&graph, &graph.nodes[i]);
        if (root)
            add_cascade(g, root->problem, &graph.nodes[i]);
    }
    qsort(g->problems, g->n_problems, sizeof(*g->problems), by_weight);
    for (size_t i = 0; i < g->n_problems; i++) {
        const struct pl_explanation *e = &g->problems[i].roots[0]->explanation;
        if (e->n_causes == 0)
            g->n_causeless++;
        else if (e->verdict == PL_EXPLAIN_EXPLAINED)
            g->n_proven++;
        else
            g->n_possible++;
    }
}

/* ---- what is left ---- */

static void find_limits(struct pl_digest *g, const struct pl_conn_result *only)
{
    struct pl_map seen;
    pl_map_init(&seen, g->arena);
    for (size_t i = 0; i < g->run->n_connections; i++) {
        const struct pl_conn_result *c = &g->run->connections[i];
        for (size_t j = 0; (!only || c == only) && j < c->explanation.n_not_modelled; j++) {
            const char *text = c->explanation.not_modelled[j];
            if (pl_map_put(&seen, text, g))
                continue;
            PL_PUSH(g->arena, g->not_modelled, g->n_not_modelled, g->cap_not_modelled, text);
        }
    }
}

static struct pl_digest *digest(struct pl_arena *arena, const struct pl_run *run,
                                const struct pl_conn_result *only)
{
    struct pl_digest *g = PL_NEW(arena, struct pl_digest);
    g->arena = arena;
    g->run = run;
    for (size_t i = 0; i < run->n_connections; i++)
        g->by_status[run->connections[i].status]++;
    find_problems(g, only);
    find_limits(g, only);
    pl_digest_steps(g);
    return g;
}

struct pl_digest *pl_digest_make(struct pl_arena *arena, const struct pl_run *run)
{
    return digest(arena, run, NULL);
}

struct pl_digest *pl_digest_one(struct pl_arena *arena, const struct pl_run *run,
                                const struct pl_conn_result *connection)
{
    return digest(arena, run, connection);
}
