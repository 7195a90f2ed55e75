/* html_layers.c - html_layers.h: circles cut, layers by the longest way, order by the middle of the neighbours, places by least squares.
 */
#include "html_layers.h"

#include <stdint.h>

enum { SWEEPS = 12, UNSEEN = 0, OPEN, DONE };

/* A box, or the bend of a long line in one layer. */
struct cell {
    size_t layer, node; /* node SIZE_MAX: a bend */
    double y, wanted;
    size_t *left, *right; /* cells */
    size_t n_left, n_right, cap_left, cap_right;
};

struct row { /* the cells of a layer, from the top */
    size_t *cells;
    size_t n, cap;
};

struct work {
    struct pl_arena *arena;
    struct pl_layers *l;
    struct cell *cells;
    size_t n_cells, cap_cells;
    struct row *rows;
    size_t **chain; /* by edge: its bends */
    size_t **out;   /* by node: its edges */
    size_t *n_out;
};

/* ---- layers ---- */

/* The end of an edge on the left, once circles are cut. */
static size_t tail(const struct pl_layers_edge *e)
{
    return e->back ? e->to : e->from;
}

static size_t head(const struct pl_layers_edge *e)
{
    return e->back ? e->from : e->to;
}

static void collect_out(struct work *w)
{
    struct pl_layers *l = w->l;
    w->out = pl_arena_array(w->arena, l->n_nodes + 1, sizeof(*w->out));
    w->n_out = pl_arena_array(w->arena, l->n_nodes + 1, sizeof(*w->n_out));
    size_t *cap = pl_arena_array(w->arena, l->n_nodes + 1, sizeof(*cap));
    for (size_t i = 0; i < l->n_edges; i++) {
        size_t n = l->edges[i].from;
        PL_PUSH(w->arena, w->out[n], w->n_out[n], cap[n], i);
    }
}

/* An edge to a node that is still open closes a circle. */
static void cut_from(struct work *w, size_t start, int *state, size_t *stack, size_t *next)
{
    size_t depth = 0;
    stack[depth++] = start;
    state[start] = OPEN;
    while (depth > 0) {
        size_t node = stack[depth - 1];
        if (next[node] == w->n_out[node]) {
            state[node] = DONE;
            depth--;
            continue;
        }
        struct pl_layers_edge *e = &w->l->edges[w->out[node][next[node]++]];
        if (state[e->to] == OPEN) {
            e->back = true;
        } else if (state[e->to] == UNSEEN) {
            state[e->to] = OPEN;
            stack[depth++] = e->to;
        }
    }
}

static void cut_circles(struct work *w)
{
    struct pl_layers *l = w->l;
    int *state = pl_arena_array(w->arena, l->n_nodes + 1, sizeof(*state));
    size_t *stack = pl_arena_array(w->arena, l->n_nodes + 1, sizeof(*stack));
    size_t *next = pl_arena_array(w->arena, l->n_nodes + 1, sizeof(*next));
    bool *entered = pl_arena_array(w->arena, l->n_nodes + 1, sizeof(*entered));
    for (size_t i = 0; i < l->n_edges; i++)
        entered[l->edges[i].to] = true;
    for (int inner = 0; inner < 2; inner++) /* first from where nothing leads to */
        for (size_t i = 0; i < l->n_nodes; i++)
            if (state[i] == UNSEEN && (inner || !entered[i]))
                cut_from(w, i, state, stack, next);
}

/* The longest way from the left; what begins a way stands right before what it leads to. */
static void find_layers(struct work *w)
{
    struct pl_layers *l = w->l;
    bool moved = true, *entered = pl_arena_array(w->arena, l->n_nodes + 1, sizeof(*entered));
    while (moved) {
        moved = false;
        for (size_t i = 0; i < l->n_edges; i++) {
            struct pl_layers_node *a = &l->nodes[tail(&l->edges[i])],
                                  *b = &l->nodes[head(&l->edges[i])];
            entered[head(&l->edges[i])] = true;
            if (b->layer <= a->layer) {
                b->layer = a->layer + 1;
                moved = true;
            }
        }
    }
    for (size_t n = 0; n < l->n_nodes; n++) {
        size_t nearest = SIZE_MAX;
        for (size_t i = 0; i < l->n_edges && !entered[n]; i++)
            if (tail(&l->edges[i]) == n && l->nodes[head(&l->edges[i])].layer < nearest)
                nearest = l->nodes[head(&l->edges[i])].layer;
        if (nearest != SIZE_MAX)
            l->nodes[n].layer = nearest - 1;
        if (l->nodes[n].layer >= l->n_layers)
            l->n_layers = l->nodes[n].layer + 1;
    }
}

/* ---- cells ---- */

static size_t add_cell(struct work *w, size_t layer, size_t node)
{
    struct cell c = {.layer = layer, .node = node};
    PL_PUSH(w->arena, w->cells, w->n_cells, w->cap_cells, c);
    struct row *r = &w->rows[layer];
    PL_PUSH(w->arena, r->cells, r->n, r->cap, w->n_cells - 1);
    return w->n_cells - 1;
}

static void join(struct work *w, size_t a, size_t b)
{
    struct cell *x = &w->cells[a], *y = &w->cells[b];
    PL_PUSH(w->arena, x->right, x->n_right, x->cap_right, b);
    PL_PUSH(w->arena, y->left, y->n_left, y->cap_left, a);
}

static void make_cells(struct work *w)
{
    struct pl_layers *l = w->l;
    w->rows = pl_arena_array(w->arena, l->n_layers + 1, sizeof(*w->rows));
    w->chain = pl_arena_array(w->arena, l->n_edges + 1, sizeof(*w->chain));
    for (size_t i = 0; i < l->n_nodes; i++)
        add_cell(w, l->nodes[i].layer, i);
    for (size_t i = 0; i < l->n_edges; i++) {
        struct pl_layers_edge *e = &l->edges[i];
        size_t first = l->nodes[tail(e)].layer + 1, last = l->nodes[head(e)].layer, at = tail(e);
        e->n_bends = last - first;
        w->chain[i] = pl_arena_array(w->arena, e->n_bends + 1, sizeof(size_t));
        for (size_t layer = first; layer < last; layer++) {
            size_t bend = add_cell(w, layer, SIZE_MAX);
            w->chain[i][layer - first] = bend;
            join(w, at, bend);
            at = bend;
        }
        join(w, at, head(e));
    }
}

/* ---- order ---- */

static double middle(const struct work *w, const struct cell *c, bool left)
{
    const size_t *near = left ? c->left : c->right;
    size_t n = left ? c->n_left : c->n_right;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += w->cells[near[i]].y;
    return n > 0 ? sum / (double)n : c->y;
}

/* Stable, so that equals stay as they came. */
static void sort_row(struct work *w, struct row *r)
{
    for (size_t i = 1; i < r->n; i++) {
        size_t cell = r->cells[i], j = i;
        for (; j > 0 && w->cells[r->cells[j - 1]].wanted > w->cells[cell].wanted; j--)
            r->cells[j] = r->cells[j - 1];
        r->cells[j] = cell;
    }
}

static void number_row(struct work *w, struct row *r)
{
    for (size_t i = 0; i < r->n; i++)
        w->cells[r->cells[i]].y = (double)i;
}

static void order(struct work *w)
{
    size_t n = w->l->n_layers;
    for (size_t i = 0; i < n; i++)
        number_row(w, &w->rows[i]);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        bool rightward = sweep % 2 == 0;
        for (size_t k = 1; k < n; k++) {
            struct row *r = &w->rows[rightward ? k : n - 1 - k];
            for (size_t i = 0; i < r->n; i++)
                w->cells[r->cells[i]].wanted = middle(w, &w->cells[r->cells[i]], rightward);
            sort_row(w, r);
            number_row(w, r);
        }
    }
}

/* ---- places ---- */

static double room(const struct work *w, size_t above, size_t below)
{
    double a = w->cells[above].node == SIZE_MAX ? w->l->bend : w->l->box;
    double b = w->cells[below].node == SIZE_MAX ? w->l->bend : w->l->box;
    return (a + b) / 2;
}

/* As near as can be to what each cell wants, in order and with room between: least squares by pooling neighbours that would cross. */
static void settle_row(struct work *w, struct row *r)
{
    struct pool {
        double sum;
        size_t n;
    } *pools = pl_arena_array(w->arena, r->n + 1, sizeof(*pools));
    double *offset = pl_arena_array(w->arena, r->n + 1, sizeof(*offset));
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        offset[i] = i ? offset[i - 1] + room(w, r->cells[i - 1], r->cells[i]) : 0;
        pools[n++] = (struct pool){w->cells[r->cells[i]].wanted - offset[i], 1};
        while (n > 1 && pools[n - 2].sum / (double)pools[n - 2].n >
                            pools[n - 1].sum / (double)pools[n - 1].n) {
            pools[n - 2].sum += pools[n - 1].sum;
            pools[n - 2].n += pools[n - 1].n;
            n--;
        }
    }
    for (size_t i = 0, k = 0; k < n; k++)
        for (size_t j = 0; j < pools[k].n; j++, i++)
            w->cells[r->cells[i]].y = pools[k].sum / (double)pools[k].n + offset[i];
}

static void place(struct work *w)
{
    size_t n = w->l->n_layers;
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < w->rows[k].n; i++)
            w->cells[w->rows[k].cells[i]].wanted = 0;
        settle_row(w, &w->rows[k]);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t k = 0; k < n; k++) {
            struct row *r = &w->rows[sweep % 2 ? n - 1 - k : k];
            for (size_t i = 0; i < r->n; i++) {
                struct cell *c = &w->cells[r->cells[i]];
                double left = middle(w, c, true), right = middle(w, c, false);
                c->wanted = c->n_left == 0 ? right : c->n_right == 0 ? left : (left + right) / 2;
            }
            settle_row(w, r);
        }
}

static void tell(struct work *w)
{
    struct pl_layers *l = w->l;
    double top = 0, bottom = 0;
    for (size_t i = 0; i < w->n_cells; i++) {
        double y = w->cells[i].y;
        top = i == 0 || y < top ? y : top;
        bottom = i == 0 || y > bottom ? y : bottom;
    }
    for (size_t i = 0; i < l->n_nodes; i++) /* the first cells */
        l->nodes[i].y = (int)(w->cells[i].y - top + l->box / 2.0 + 0.5);
    for (size_t i = 0; i < l->n_edges; i++) {
        int *bends = pl_arena_array(w->arena, l->edges[i].n_bends + 1, sizeof(*bends));
        for (size_t j = 0; j < l->edges[i].n_bends; j++)
            bends[j] = (int)(w->cells[w->chain[i][j]].y - top + l->box / 2.0 + 0.5);
        l->edges[i].bends = bends;
    }
    l->height = (int)(bottom - top + 0.5) + l->box;
}

void pl_layers_place(struct pl_arena *arena, struct pl_layers *l)
{
    struct work w = {.arena = arena, .l = l};
    if (l->n_nodes == 0)
        return;
    collect_out(&w);
    cut_circles(&w);
    find_layers(&w);
    make_cells(&w);
    order(&w);
    place(&w);
    tell(&w);
}
