/* html_graph.c - the service graph: who calls whom, what fails, which failures only pass on another's, and where the causes are.
 *
 * A drawing of ours, in layers from caller to called (html_layers.c). Lines carry the number of the problem they belong to, and lead
 * there; a failure that only passes on another's is dashed. What is drawn stands in words below it, too.
 */
#include <string.h>

#include "html_layers.h"
#include "html_priv.h"

enum {
    BOX_W = 176,
    BOX_H = 44,
    ROOM = 64, /* from one box to the next, its causes below it included */
    BEND = 22,
    GAP = 96, /* between layers, for the lines */
    MARGIN = 12,
    CHARS = 23,       /* that fit into a box */
    WHOLE_MAX = 60,   /* boxes: with more, only what fails is drawn */
    BOXES_MAX = 150,  /* more than that nobody reads */
    PROBLEMS_MAX = 3, /* that one line carries the numbers of */
};

/* How a line is drawn, the most telling first: several connections between the same two ends are one line. */
enum rank { ROOT, CASCADE, UNKNOWN, WORKS };

static const char *const rank_classes[] = {"bad", "cascade", "unknown", "works"};

struct box {
    const char *text;                 /* as written */
    const struct pl_address *address; /* NULL: no resource */
    size_t problem;                   /* the first whose cause is a field of it; 0: none */
    bool proven;
};

struct line {
    enum rank rank;
    size_t problems[PROBLEMS_MAX], n_problems; /* their numbers, each once */
    const char *name;
    size_t n; /* connections */
};

struct graph {
    struct pl_html_page *page;
    struct pl_map by_end; /* to a box's index */
    struct box *boxes;
    struct line *lines;
    struct pl_layers layers;
    size_t left_out; /* connections that are not drawn */
};

/* ---- what is drawn ---- */

static enum rank rank_of(const struct pl_conn_result *c)
{
    if (pl_is_alarm(c))
        return c->explanation.verdict == PL_EXPLAIN_CASCADE ? CASCADE : ROOT;
    return c->status == PL_CONN_UNKNOWN ? UNKNOWN : WORKS;
}

static const char *key_of(struct graph *g, const struct pl_end *e)
{
    return e->what == PL_END_RESOURCE ? pl_address_full(g->page->arena, &e->address) : e->text;
}

static size_t box_for(struct graph *g, const struct pl_end *e)
{
    const char *key = key_of(g, e);
    size_t *at = pl_map_get(&g->by_end, key);
    if (at)
        return *at;
    at = PL_NEW(g->page->arena, size_t);
    *at = g->layers.n_nodes++;
    g->boxes[*at] =
        (struct box){.text = e->text, .address = e->what == PL_END_RESOURCE ? &e->address : NULL};
    pl_map_put(&g->by_end, key, at);
    return *at;
}

static void add_problem(struct line *line, size_t problem)
{
    for (size_t i = 0; i < line->n_problems; i++)
        if (line->problems[i] == problem)
            return;
    if (problem && line->n_problems < PROBLEMS_MAX)
        line->problems[line->n_problems++] = problem;
}

static void add_line(struct graph *g, const struct pl_conn_result *c)
{
    const struct pl_connection *d = c->connection;
    size_t new_boxes =
        !pl_map_has(&g->by_end, key_of(g, &d->from)) + !pl_map_has(&g->by_end, key_of(g, &d->to));
    if (g->layers.n_nodes + new_boxes > BOXES_MAX) {
        g->left_out++;
        return;
    }
    size_t from = box_for(g, &d->from), to = box_for(g, &d->to), i = 0;
    if (from == to)
        return; /* a box that calls itself: in the table of connections */
    while (i < g->layers.n_edges &&
           (g->layers.edges[i].from != from || g->layers.edges[i].to != to))
        i++;
    if (i == g->layers.n_edges) {
        g->layers.edges[g->layers.n_edges++] = (struct pl_layers_edge){.from = from, .to = to};
        g->lines[i].rank = WORKS;
        g->lines[i].name = d->name;
    }
    g->lines[i].n++;
    add_problem(&g->lines[i], pl_html_problem_of(g->page, d->name));
    if (rank_of(c) >= g->lines[i].rank)
        return;
    g->lines[i].rank = rank_of(c);
    g->lines[i].name = d->name;
}

static void mark_causes(struct graph *g)
{
    const struct pl_digest *digest = g->page->digest;
    for (size_t i = digest->n_problems; i > 0; i--) {
        const struct pl_explanation *e = &digest->problems[i - 1].roots[0]->explanation;
        for (size_t j = 0; j < e->n_causes; j++)
            for (size_t k = 0; k < e->causes[j].n; k++) {
                const struct pl_address *a = &e->causes[j].drifts[k]->address;
                const size_t *at =
                    a->kind ? pl_map_get(&g->by_end, pl_address_full(g->page->arena, a)) : NULL;
                if (!at)
                    continue;
                g->boxes[*at].problem = i;
                g->boxes[*at].proven = e->verdict == PL_EXPLAIN_EXPLAINED;
            }
    }
}

static size_t count_ends(struct graph *g)
{
    const struct pl_run *run = g->page->run;
    struct pl_map seen;
    pl_map_init(&seen, g->page->arena);
    for (size_t i = 0; i < run->n_connections; i++) {
        pl_map_put(&seen, key_of(g, &run->connections[i].connection->from), g);
        pl_map_put(&seen, key_of(g, &run->connections[i].connection->to), g);
    }
    return seen.n;
}

static void collect(struct graph *g)
{
    const struct pl_run *run = g->page->run;
    struct pl_arena *arena = g->page->arena;
    pl_map_init(&g->by_end, arena);
    bool whole = count_ends(g) <= WHOLE_MAX;
    g->boxes = pl_arena_array(arena, BOXES_MAX + 1, sizeof(*g->boxes));
    g->lines = pl_arena_array(arena, run->n_connections + 1, sizeof(*g->lines));
    g->layers = (struct pl_layers){
        .nodes = pl_arena_array(arena, BOXES_MAX + 1, sizeof(struct pl_layers_node)),
        .edges = pl_arena_array(arena, run->n_connections + 1, sizeof(struct pl_layers_edge)),
        .box = ROOM,
        .bend = BEND};
    for (enum rank rank = ROOT; rank <= WORKS; rank++)
        for (size_t i = 0; i < run->n_connections; i++) {
            const struct pl_conn_result *c = &run->connections[i];
            if (rank_of(c) != rank)
                continue;
            if (whole || rank < UNKNOWN)
                add_line(g, c);
            else
                g->left_out++;
        }
    mark_causes(g);
}

/* ---- drawing ---- */

static int left_of(const struct graph *g, size_t node)
{
    return MARGIN + (int)g->layers.nodes[node].layer * (BOX_W + GAP);
}

static int middle_of(const struct graph *g, size_t node)
{
    return MARGIN + g->layers.nodes[node].y;
}

static size_t chars_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += (*text & 0xc0) != 0x80;
    return n;
}

/* What does not fit is cut at a whole character; the whole is in the title. Letters are all of one width. */
static const char *fitted(struct pl_arena *arena, const char *text)
{
    size_t bytes = 0;
    if (chars_of(text) <= CHARS)
        return text;
    for (size_t n = 0; n < CHARS - 3; n++)
        for (bytes++; (text[bytes] & 0xc0) == 0x80; bytes++)
            continue;
    return pl_arena_printf(arena, "%.*s...", (int)bytes, text);
}

/* What a box is called: without kind and scope of a resource, without the scheme of a URL. */
static const char *name_of(const struct box *b)
{
    const char *slash = b->address ? strrchr(b->text, '/') : NULL, *scheme = strstr(b->text, "://");
    return slash ? slash + 1 : scheme && !b->address ? scheme + 3 : b->text;
}

static void draw_box(struct graph *g, size_t i)
{
    const struct box *b = &g->boxes[i];
    struct pl_buf *out = g->page->out;
    const char *kind = b->address                     ? b->address->kind->name
                       : strcmp(b->text, "here") == 0 ? "this machine"
                                                      : "host";
    int x = left_of(g, i), y = middle_of(g, i);
    pl_html(out,
            "<g class=\"box%s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" "
            "height=\"%d\" rx=\"4\"/>",
            b->proven    ? " hot"
            : b->problem ? " warm"
                         : "",
            b->text, x, y - BOX_H / 2, BOX_W, BOX_H);
    pl_html(out, "<text x=\"%d\" y=\"%d\">%s</text>", x + 10, y - 3,
            fitted(g->page->arena, name_of(b)));
    pl_html(out, "<text class=\"kind\" x=\"%d\" y=\"%d\">%s", x + 10, y + 13, kind);
    if (b->problem)
        pl_html(out, "<tspan class=\"why\"> %s %zu</tspan>", b->proven ? "cause of" : "may cause",
                b->problem);
    pl_html(out, "</text></g>");
}

/* From left to right through the bends; the middle of the first piece is where a number fits. */
static void draw_way(struct graph *g, const struct pl_layers_edge *e, int *mid_x, int *mid_y)
{
    struct pl_buf *out = g->page->out;
    size_t a = e->back ? e->to : e->from, b = e->back ? e->from : e->to;
    int x = left_of(g, a) + BOX_W, y = middle_of(g, a);
    pl_html(out, "<path d=\"M%d %d", x, y);
    for (size_t i = 0; i <= e->n_bends; i++) {
        int to = i < e->n_bends ? MARGIN + e->bends[i] : middle_of(g, b);
        int half = x + GAP / 2;
        pl_html(out, "C%d %d %d %d %d %d", half, y, half, to, x + GAP, to);
        if (i == 0) {
            *mid_x = half;
            *mid_y = (y + to) / 2;
        }
        x += GAP;
        y = to;
        if (i < e->n_bends) {
            pl_html(out, "H%d", x + BOX_W);
            x += BOX_W;
        }
    }
    pl_html(out, "\"/>");
    if (e->back) {
        x = left_of(g, a) + BOX_W;
        y = middle_of(g, a);
    }
    pl_html(out, "<path class=\"tip\" d=\"M%d %dl%d -5v10z\"/>", x, y, e->back ? 9 : -9);
}

static const char *line_title(struct graph *g, const struct line *line)
{
    static const char *const words[] = {"fails or is degraded",
                                        "fails, only passes on another failure", "not known",
                                        "works, or is open in the model"};
    const char *more =
        line->n > 1 ? pl_arena_printf(g->page->arena, " and %zu more", line->n - 1) : "";
    return pl_arena_printf(g->page->arena, "%s%s: %s", line->name, more, words[line->rank]);
}

static void draw_line(struct graph *g, size_t i)
{
    const struct line *line = &g->lines[i];
    struct pl_buf *out = g->page->out;
    int x = 0, y = 0;
    pl_html(out, "<g class=\"line %s\"><title>%s</title>", rank_classes[line->rank],
            line_title(g, line));
    draw_way(g, &g->layers.edges[i], &x, &y);
    for (size_t k = 0; k < line->n_problems; k++) {
        size_t number = line->problems[k];
        int cx = x + 24 * (int)k - 12 * (int)(line->n_problems - 1);
        pl_html(out,
                "<a href=\"#p%zu\" aria-label=\"problem %zu\"><circle cx=\"%d\" cy=\"%d\" "
                "r=\"11\"/><text x=\"%d\" y=\"%d\">%zu</text></a>",
                number, number, cx, y, cx, y + 4, number);
    }
    if (line->rank == UNKNOWN)
        pl_html(out, "<circle cx=\"%d\" cy=\"%d\" r=\"9\"/><text x=\"%d\" y=\"%d\">?</text>", x, y,
                x, y + 4);
    pl_html(out, "</g>");
}

static void draw(struct graph *g)
{
    struct pl_buf *out = g->page->out;
    int width = 2 * MARGIN + (int)g->layers.n_layers * (BOX_W + GAP) - GAP;
    int height = 2 * MARGIN + g->layers.height;
    pl_html(out,
            "<div class=\"draw\" role=\"region\" aria-label=\"Drawing of the service graph\" "
            "tabindex=\"0\"><svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"group\" "
            "aria-label=\"Service graph: %zu ends, %zu lines\">",
            width, height, width, height, g->layers.n_nodes, g->layers.n_edges);
    for (enum rank rank = WORKS + 1; rank-- > ROOT;) /* what matters on top */
        for (size_t i = 0; i < g->layers.n_edges; i++)
            if (g->lines[i].rank == rank)
                draw_line(g, i);
    for (size_t i = 0; i < g->layers.n_nodes; i++)
        draw_box(g, i);
    pl_html(out, "</svg></div>");
}

/* ---- in words ---- */

static void tell_problem(struct pl_html_page *p, size_t i)
{
    const struct pl_problem *problem = &p->digest->problems[i];
    const struct pl_explanation *e = &problem->roots[0]->explanation;
    size_t others = problem->n_roots + problem->n_cascades - 1;
    pl_html(p->out, "<li><a href=\"#p%zu\"><span class=\"no\">%zu</span> <code>%s</code></a>",
            i + 1, i + 1, problem->roots[0]->connection->name);
    if (e->n_causes > 0) {
        pl_html(p->out, "%s",
                e->verdict == PL_EXPLAIN_EXPLAINED ? ": caused by " : ": may be caused by ");
        for (size_t j = 0; j < e->causes[0].n; j++)
            pl_html(p->out, "%s<code>%s</code>", j ? " with " : "", e->causes[0].drifts[j]->field);
        if (e->n_causes > 1)
            pl_html(p->out, ", or %zu other ways", e->n_causes - 1);
    } else {
        pl_html(p->out, ": %s", pl_explain_verdict_names[e->verdict]);
    }
    if (others > 0)
        pl_html(p->out, "; %s with it, %zu only passing it on",
                pl_words_count(p->arena, others, "more fails", "more fail"), problem->n_cascades);
    pl_html(p->out, "</li>");
}

static void legend(struct graph *g)
{
    struct pl_html_page *p = g->page;
    pl_html(p->out,
            "<p class=\"legend\"><span class=\"bad\">fails or is degraded</span> <span "
            "class=\"cascade\">only "
            "passes on another failure</span> <span class=\"unknown\">not known</span> <span "
            "class=\"works\">works, or is open in the model</span></p>");
    if (g->left_out > 0)
        pl_html(p->out,
                "<p class=\"lead\">%s drawn, so that what fails can be seen; all are in "
                "the table of connections.</p>",
                pl_words_count(p->arena, g->left_out, "connection is not", "connections are not"));
    if (p->digest->n_problems == 0)
        return;
    pl_html(p->out, "<ul class=\"told\">");
    for (size_t i = 0; i < p->digest->n_problems; i++)
        tell_problem(p, i);
    pl_html(p->out, "</ul>");
}

size_t pl_html_n_graph(const struct pl_html_page *p)
{
    return p->run->n_connections;
}

void pl_html_graph(struct pl_html_page *p)
{
    struct graph g = {.page = p};
    collect(&g);
    if (g.layers.n_edges > 0) {
        pl_layers_place(p->arena, &g.layers);
        draw(&g);
    }
    legend(&g);
}
