/* test_graph_dot.c - graphs for Graphviz: what is folded, what never is, and text from outside that would be DOT.
 *
 * Graphs are made by hand; e2e/test_graph.sh gives the output to Graphviz itself.
 */
#include <string.h>

#include "graph_priv.h"
#include "harness.h"

enum { MAX = 16 };

struct made {
    struct pl_graph_node nodes[MAX];
    struct pl_graph_edge edges[MAX];
    struct pl_connection connections[MAX];
    struct pl_conn_result results[MAX];
    struct pl_graph graph;
};

static int node(struct made *m, const char *kind, const char *name)
{
    struct pl_graph_node *n = &m->nodes[m->graph.n_nodes];
    m->graph.nodes = m->nodes;
    *n = (struct pl_graph_node){.id = name,
                                .name = name,
                                .kind = kind,
                                .title = kind,
                                .project = "p",
                                .network = PL_GRAPH_NOWHERE,
                                .parent = PL_GRAPH_NOWHERE};
    return (int)m->graph.n_nodes++;
}

static void refer(struct made *m, int from, int to, const char *label)
{
    m->graph.edges = m->edges;
    m->edges[m->graph.n_edges++] =
        (struct pl_graph_edge){.from = from, .to = to, .label = label, .field = "f"};
}

static void connect_to(struct made *m, int from, int to, const char *name,
                       enum pl_conn_status status)
{
    size_t i = m->graph.n_edges;
    m->connections[i].name = name;
    m->results[i] = (struct pl_conn_result){.connection = &m->connections[i], .status = status};
    refer(m, from, to, name);
    m->edges[i].connection = &m->results[i];
}

static size_t groups(struct pl_arena *arena, const struct made *m)
{
    return pl_fold_graph(arena, &m->graph, false)->n_groups;
}

/* Three services, each with a secret and an account of its own, and one database. */
static void three_alike(struct made *m)
{
    static const char *const names[] = {"a", "b", "c"}, *const secrets[] = {"sa", "sb", "sc"},
                             *const accounts[] = {"xa", "xb", "xc"};
    int db = node(m, "sql.instance", "db");
    for (int i = 0; i < 3; i++) {
        int s = node(m, "run.service", names[i]);
        refer(m, s, node(m, "secret.secret", secrets[i]), "secret");
        refer(m, s, node(m, "serviceAccount", accounts[i]), "runs as");
        connect_to(m, s, db, names[i], PL_CONN_OPEN);
    }
}

static void what_is_alike_is_one_box(void **state)
{
    struct made m = {0};
    three_alike(&m);
    const struct pl_fold *f = pl_fold_graph(*state, &m.graph, false);
    assert_int_equal(f->n_groups, 2);
    assert_int_equal(f->groups[1].n, 3);
    assert_int_equal(f->groups[1].n_inside, 6);
    assert_int_equal(f->n_edges, 1);
    assert_int_equal(f->edges[0].n, 3);
    f = pl_fold_graph(*state, &m.graph, true);
    assert_int_equal(f->n_groups, 10);
    assert_int_equal(f->n_edges, 9);
}

static void what_differs_is_not_folded(void **state)
{
    struct made m = {0};
    three_alike(&m);
    m.results[2].status = PL_CONN_BLOCKED; /* a's */
    assert_int_equal(groups(*state, &m), 3);
    m.results[2].status = PL_CONN_OPEN;
    m.nodes[1].mark = PL_MARK_DRIFT;
    assert_int_equal(groups(*state, &m), 3);
    m.nodes[1].mark = PL_MARK_NONE;
    m.nodes[1].project = "q";
    assert_int_equal(groups(*state, &m), 3);
    m.nodes[1].project = "p";
    m.nodes[2].presence = PL_NODE_ABSENT; /* a's secret: to be seen */
    assert_int_equal(groups(*state, &m), 4);
    m.nodes[2].presence = PL_NODE_OBSERVED;
    m.nodes[2].mark = PL_MARK_CAUSE;
    assert_int_equal(groups(*state, &m), 4);
}

/* Two edges away: a service is another one where what it calls is another one. */
static void differences_travel(void **state)
{
    struct made m = {0};
    int a = node(&m, "run.service", "a"), b = node(&m, "run.service", "b"),
        c = node(&m, "run.service", "c"), d = node(&m, "run.service", "d");
    connect_to(&m, a, b, "ab", PL_CONN_OPEN);
    connect_to(&m, c, d, "cd", PL_CONN_OPEN);
    assert_int_equal(groups(*state, &m), 2);
    int db = node(&m, "sql.instance", "db");
    connect_to(&m, d, db, "d-db", PL_CONN_OPEN);
    assert_int_equal(groups(*state, &m), 5);
}

static const char *dot(struct pl_arena *arena, const struct made *m, const char *source)
{
    struct pl_buf b = {0};
    const struct pl_run run = {.graph = &m->graph, .source = source};
    pl_graph_dot(&b, &run, &(struct pl_report_style){0});
    return pl_buf_take(&b, arena);
}

static void has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no %s in\n%s", part, text);
}

static void text_from_outside_stays_in_its_quotes(void **state)
{
    struct made m = {0};
    int a = node(&m, "run.service", "\"]; evil [label=\"");
    int b = node(&m, "sql.instance", "back\\slash\\N &lt; \x1b[31m\n}");
    m.nodes[0].project = m.nodes[1].project = "\"";
    m.nodes[1].why = "a\"b";
    m.nodes[1].presence = PL_NODE_NOT_KNOWN;
    refer(&m, a, b, "l\"abel");
    connect_to(&m, a, b, "c\\", PL_CONN_BLOCKED);
    const char *text = dot(*state, &m, "snapshot \"x\"");
    has(text, "label=\"\\\"]; evil [label=\\\"\\nrun.service\"");
    has(text,
        "back\\\\slash\\\\N &amp;lt; \\\\x1b[31m\\\\n}\\nsql.instance\\nnot looked at: a\\\"b\"");
    has(text, "label=\"project \\\"\"");
    has(text, "label=\"l\\\"abel\"");
    has(text, "label=\"c\\\\\\nBLOCKED\"");
    has(text, "snapshot \\\"x\\\", as observed");
    assert_null(strchr(text, '\x1b'));
}

static void what_is_wrong_is_said_in_words(void **state)
{
    static const char *const up[] = {"db"};
    struct made m = {0};
    int a = node(&m, "run.service", "a"), b = node(&m, "run.service", "b");
    connect_to(&m, a, b, "ab", PL_CONN_FAILING);
    m.results[0].explanation.verdict = PL_EXPLAIN_CASCADE;
    m.results[0].explanation.upstream = up;
    m.results[0].explanation.n_upstream = 1;
    m.nodes[1].mark = PL_MARK_CAUSE;
    m.nodes[0].presence = PL_NODE_ABSENT;
    const char *text = dot(*state, &m, NULL);
    has(text, "label=\"ab\\nFAILING\\npassed on from db\"");
    has(text, "style=dashed");
    has(text, "\\nCAUSE\"");
    has(text, "\\nNOT THERE\"");
    has(text, "at an unknown time");
}

/* A run that ended with an error is a drawing of its reason. */
static void an_error_is_drawn_as_one(void **state)
{
    struct pl_buf b = {0};
    const struct pl_run run = {.reason = "no \"such\" file"};
    pl_graph_dot(&b, &run, &(struct pl_report_style){0});
    assert_string_equal(pl_buf_take(&b, *state),
                        "digraph estate {\n  label=\"no \\\"such\\\" file\";\n}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_alike_is_one_box, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(what_differs_is_not_folded, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(differences_travel, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(text_from_outside_stays_in_its_quotes, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_said_in_words, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(an_error_is_drawn_as_one, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
