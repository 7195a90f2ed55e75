/* test_html_layers.c - places for boxes: layers by who calls whom, no two boxes on one place, circles, long lines, the same places always.
 */
#include "harness.h"
#include "html_layers.h"

enum { BOX = 60, BEND = 20, MOST = 40 };

static struct pl_layers laid(struct pl_arena *a, size_t n_nodes, const size_t (*edges)[2],
                             size_t n_edges)
{
    struct pl_layers l = {
        .nodes = pl_arena_array(a, n_nodes + 1, sizeof(struct pl_layers_node)),
        .n_nodes = n_nodes,
        .edges = pl_arena_array(a, n_edges + 1, sizeof(struct pl_layers_edge)),
        .n_edges = n_edges,
        .box = BOX,
        .bend = BEND,
    };
    for (size_t i = 0; i < n_edges; i++)
        l.edges[i] = (struct pl_layers_edge){.from = edges[i][0], .to = edges[i][1]};
    pl_layers_place(a, &l);
    return l;
}

/* Every line leads to the right, but for those that close a circle; boxes of a layer do not touch; all is within the height. */
static void check_places(const struct pl_layers *l)
{
    for (size_t i = 0; i < l->n_edges; i++) {
        const struct pl_layers_edge *e = &l->edges[i];
        size_t left = l->nodes[e->back ? e->to : e->from].layer,
               right = l->nodes[e->back ? e->from : e->to].layer;
        assert_true(left < right);
        assert_int_equal(e->n_bends, right - left - 1);
        for (size_t j = 0; j < e->n_bends; j++)
            assert_in_range(e->bends[j], 0, l->height);
    }
    for (size_t i = 0; i < l->n_nodes; i++) {
        assert_true(l->nodes[i].layer < l->n_layers);
        assert_in_range(l->nodes[i].y, BOX / 2, l->height - BOX / 2);
        for (size_t j = 0; j < i; j++)
            if (l->nodes[i].layer == l->nodes[j].layer) {
                int apart = l->nodes[i].y - l->nodes[j].y;
                assert_true(apart >= BOX - 1 || apart <= 1 - BOX);
            }
    }
}

static void nothing_needs_no_place(void **state)
{
    struct pl_layers l = laid(*state, 0, NULL, 0);
    assert_int_equal(l.height, 0);
    assert_int_equal(l.n_layers, 0);
}

static void a_chain_is_a_line(void **state)
{
    static const size_t edges[][2] = {{0, 1}, {1, 2}, {2, 3}};
    struct pl_layers l = laid(*state, 4, edges, PL_LEN(edges));
    check_places(&l);
    assert_int_equal(l.n_layers, 4);
    assert_int_equal(l.height, BOX);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(l.nodes[i].layer, i);
        assert_int_equal(l.nodes[i].y, BOX / 2);
    }
}

/* 0 and 1 call 2: they stand in one layer, and 2 between them. */
static void a_box_stands_between_its_callers(void **state)
{
    static const size_t edges[][2] = {{0, 2}, {1, 2}};
    struct pl_layers l = laid(*state, 3, edges, PL_LEN(edges));
    check_places(&l);
    assert_int_equal(l.nodes[0].y, 30);
    assert_int_equal(l.nodes[1].y, 90);
    assert_int_equal(l.nodes[2].y, 60);
}

/* 4 calls only what stands at the far right: it stands right before it. */
static void a_caller_stands_near_what_it_calls(void **state)
{
    static const size_t edges[][2] = {{0, 1}, {1, 2}, {2, 3}, {4, 3}};
    struct pl_layers l = laid(*state, 5, edges, PL_LEN(edges));
    check_places(&l);
    assert_int_equal(l.nodes[4].layer, 2);
}

static void long_lines_have_bends(void **state)
{
    static const size_t edges[][2] = {{0, 1}, {1, 2}, {2, 3}, {0, 3}};
    struct pl_layers l = laid(*state, 4, edges, PL_LEN(edges));
    check_places(&l);
    assert_int_equal(l.edges[3].n_bends, 2);
    assert_true(l.edges[3].bends[0] != l.nodes[1].y); /* it passes beside the boxes */
    assert_true(l.edges[3].bends[1] != l.nodes[2].y);
}

static void circles_are_cut_once(void **state)
{
    static const size_t edges[][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 1}};
    struct pl_layers l = laid(*state, 3, edges, PL_LEN(edges));
    check_places(&l);
    assert_false(l.edges[0].back);
    assert_false(l.edges[1].back);
    assert_true(l.edges[2].back);
    assert_true(l.edges[3].back);
}

/* Many graphs, none by hand: a plain generator (Numerical Recipes' constants), so that a failure comes again. */
static void any_graph_is_laid_out_the_same_way_twice(void **state)
{
    unsigned seed = 1;
    for (int round = 0; round < 300; round++) {
        size_t edges[MOST * 2][2], n = 0, nodes = 2 + seed % (MOST - 2);
        for (size_t i = 0; i < nodes * 3 / 2; i++) {
            seed = seed * 1664525u + 1013904223u;
            size_t from = (seed >> 8) % nodes, to = (seed >> 16) % nodes;
            if (from == to)
                continue;
            edges[n][0] = from;
            edges[n++][1] = to;
        }
        struct pl_arena *a = pl_arena_new();
        struct pl_layers x = laid(a, nodes, (const size_t(*)[2])edges, n),
                         y = laid(a, nodes, (const size_t(*)[2])edges, n);
        check_places(&x);
        for (size_t i = 0; i < nodes; i++) {
            assert_int_equal(x.nodes[i].layer, y.nodes[i].layer);
            assert_int_equal(x.nodes[i].y, y.nodes[i].y);
        }
        pl_arena_free(a);
    }
    (void)state;
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(nothing_needs_no_place),
        IN_ARENA(a_chain_is_a_line),
        IN_ARENA(a_box_stands_between_its_callers),
        IN_ARENA(a_caller_stands_near_what_it_calls),
        IN_ARENA(long_lines_have_bends),
        IN_ARENA(circles_are_cut_once),
        cmocka_unit_test(any_graph_is_laid_out_the_same_way_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
