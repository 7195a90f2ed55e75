/* test_digest.c - what is grouped with what, what comes first, and that each command is one step. */
#include "report_fixture.h"
#include "report_priv.h"

/* A failing connection; its account is one drift (or none), or the name of what it waits for. */
struct row {
    const char *name, *from, *to;
    enum pl_severity severity;
    int cause;            /* index of a drift, -1: none */
    const char *upstream; /* a cascade of this */
};

enum { MAX_ROWS = 8 };

static struct pl_digest *digest_of(struct pl_arena *a, const struct row *rows, size_t n)
{
    struct pl_conn_result r[MAX_ROWS];
    struct pl_drift *d[3] = {drift(a, "run.service/a:ingress", "A", "B", 1),
                             drift(a, "run.service/b:ingress", "A", "B", 2),
                             drift(a, "run.service/c:ingress", "A", "B", 3)};
    remedy(a, d[0], "gcloud one", NULL, NULL, "none");
    remedy(a, d[1], "gcloud one", NULL, NULL, "none");
    for (size_t i = 0; i < n; i++) {
        r[i] = result(connection(a, rows[i].name, rows[i].from, rows[i].to, rows[i].severity),
                      PL_CONN_FAILING);
        r[i].explanation.verdict = PL_EXPLAIN_UNEXPLAINED;
        if (rows[i].upstream) {
            r[i].explanation.verdict = PL_EXPLAIN_CASCADE;
            r[i].explanation.upstream = texts(a, rows[i].upstream, NULL);
            r[i].explanation.n_upstream = 1;
        }
        if (rows[i].cause < 0)
            continue;
        struct pl_cause_set *set = PL_NEW(a, struct pl_cause_set);
        *set = set_of(a, d[rows[i].cause], NULL);
        r[i].explanation.verdict = PL_EXPLAIN_EXPLAINED;
        r[i].explanation.causes = set;
        r[i].explanation.n_causes = 1;
    }
    struct pl_run *run = run_of(a, r, n);
    drifted(run, (const struct pl_drift *const *)d, 3);
    return pl_digest_make(a, run);
}

/* "db+report(web) api": a problem's roots, its cascades in brackets. */
static char *shape(struct pl_arena *a, const struct pl_digest *g)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < g->n_problems; i++) {
        const struct pl_problem *p = &g->problems[i];
        pl_buf_adds(&b, i ? " " : "");
        for (size_t j = 0; j < p->n_roots; j++)
            pl_buf_addf(&b, "%s%s", j ? "+" : "", p->roots[j]->connection->name);
        for (size_t j = 0; j < p->n_cascades; j++)
            pl_buf_addf(&b, "(%s)", p->cascades[j]->connection->name);
    }
    return pl_buf_take(&b, a);
}

#define DB     "sql.instance/main"
#define RUN(x) "run.service/" x

static void grouping_and_order(void **state)
{
    static const struct {
        const char *shape;
        size_t n;
        struct row rows[MAX_ROWS];
    } cases[] = {
        {"", 0, {{0}}},
        {"x", 1, {{"x", RUN("a"), DB, PL_SEV_LOW, -1, NULL}}},
        /* the same cause is one problem; no cause is one each */
        {"x+y",
         2,
         {{"x", RUN("a"), DB, PL_SEV_LOW, 0, NULL}, {"y", RUN("b"), DB, PL_SEV_LOW, 0, NULL}}},
        {"x y",
         2,
         {{"x", RUN("a"), DB, PL_SEV_LOW, -1, NULL}, {"y", RUN("b"), DB, PL_SEV_LOW, -1, NULL}}},
        /* a cascade folds under its root, wherever it stands in the file */
        {"db(web)",
         2,
         {{"web", RUN("w"), RUN("a"), PL_SEV_LOW, -1, "db"},
          {"db", RUN("a"), DB, PL_SEV_LOW, 0, NULL}}},
        /* a cascade of something that does not fail stands for itself */
        {"web", 1, {{"web", RUN("w"), RUN("a"), PL_SEV_LOW, -1, "gone"}}},
        /* worst first */
        {"y x",
         2,
         {{"x", RUN("a"), DB, PL_SEV_LOW, 0, NULL}, {"y", RUN("b"), DB, PL_SEV_HIGH, 1, NULL}}},
        /* what the severe one waits for is as severe, and deeper: first */
        {"db web",
         2,
         {{"web", RUN("w"), RUN("a"), PL_SEV_CRITICAL, 1, NULL},
          {"db", RUN("a"), DB, PL_SEV_LOW, 0, NULL}}},
        /* a circle ends */
        {"x y",
         2,
         {{"x", RUN("a"), RUN("b"), PL_SEV_LOW, 0, NULL},
          {"y", RUN("b"), RUN("a"), PL_SEV_LOW, 1, NULL}}},
        /* cascades of each other stand for themselves: nobody is left out */
        {"x y",
         2,
         {{"x", RUN("a"), RUN("b"), PL_SEV_LOW, -1, "y"},
          {"y", RUN("b"), RUN("a"), PL_SEV_LOW, -1, "x"}}},
    };
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(cases); i++) {
        ROW("case %zu", i);
        const struct pl_digest *g = digest_of(a, cases[i].rows, cases[i].n);
        assert_string_equal(shape(a, g), cases[i].shape);
        assert_int_equal(g->n_alarms, cases[i].n);
    }
}

static void one_command_is_one_step(void **state)
{
    static const struct row rows[] = {{"x", RUN("a"), DB, PL_SEV_LOW, 0, NULL},
                                      {"y", RUN("b"), DB, PL_SEV_LOW, 1, NULL},
                                      {"z", RUN("c"), DB, PL_SEV_LOW, 2, NULL}};
    const struct pl_digest *g = digest_of(*state, rows, 3);
    assert_int_equal(g->n_problems, 3);
    assert_int_equal(g->n_steps, 2);
    assert_string_equal(g->steps[0].remedy->command, "gcloud one");
    assert_int_equal(g->steps[0].n_drifts, 2);
    assert_int_equal(g->steps[0].n_mends, 2);
    assert_string_equal(g->steps[0].mends[1], "y");
    assert_null(g->steps[1].remedy); /* none is known: still a step */
    assert_int_equal(g->n_other, 0);
}

static void what_explains_nothing_is_other(void **state)
{
    static const struct row rows[] = {{"x", RUN("a"), DB, PL_SEV_LOW, 1, NULL}};
    const struct pl_digest *g = digest_of(*state, rows, 1);
    assert_int_equal(g->n_other, 2);
    assert_string_equal(g->other[0]->field, "run.service/a:ingress");
    assert_string_equal(g->other[1]->field, "run.service/c:ingress");
}

/* Masked drift comes behind every cause, and a cause that is masked elsewhere stays a cause. */
static void masked_comes_last(void **state)
{
    struct pl_arena *a = *state;
    const struct pl_digest *g = pl_digest_make(a, run_night(a));
    assert_int_equal(g->n_steps, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(g->steps[i].masked, i == 3);
    assert_int_equal(g->steps[1].n_with, 1);
    assert_string_equal(g->steps[0].label, "1");
    assert_string_equal(g->steps[1].label, "2a"); /* one number for what must go together */
    assert_string_equal(g->steps[1].with[0], "2b");
    assert_string_equal(g->steps[2].with[0], "2a");
    assert_string_equal(g->steps[3].label, "3");
}

/* Two drifts, of which each alone explains the one connection, in this order; and the order of their steps. */
static void what_others_need_goes_first(void **state)
{
    static const struct {
        const char *what;
        int order[2];
        bool needed[2];
        const char *first;
    } rows[] = {
        {"in the order of the account", {70, 40}, {false, false}, "gcloud a"},
        {"a connector is made before what names it", {70, 40}, {false, true}, "gcloud b"},
        {"and stays where it is first already", {40, 70}, {true, false}, "gcloud a"},
        {"of what is made, too, in order", {40, 10}, {true, true}, "gcloud b"},
        {"of what is deleted, what names others first", {190, 112}, {false, false}, "gcloud b"},
        {"nothing waits for a deletion", {112, 10}, {false, false}, "gcloud a"},
    };
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_arena *a = *state;
        struct pl_drift *d[2] = {drift(a, "run.service/a:ingress", "A", "B", 1),
                                 drift(a, "vpcaccess.connector/b", "A", "B", 2)};
        remedy(a, d[0], "gcloud a", NULL, NULL, "none");
        remedy(a, d[1], "gcloud b", NULL, NULL, "none");
        for (size_t j = 0; j < 2; j++) {
            struct pl_remedy *r = PL_NEW(a, struct pl_remedy);
            *r = d[j]->remedies[0];
            r->order = rows[i].order[j];
            r->others_need_it = rows[i].needed[j];
            d[j]->remedies = r;
        }
        struct pl_conn_result r = result(
            connection(a, "x", "run.service/a", "sql.instance/main", PL_SEV_LOW), PL_CONN_FAILING);
        struct pl_cause_set *sets = pl_arena_array(a, 2, sizeof(*sets));
        sets[0] = set_of(a, d[0], NULL);
        sets[1] = set_of(a, d[1], NULL);
        r.explanation.verdict = PL_EXPLAIN_EXPLAINED;
        r.explanation.causes = sets;
        r.explanation.n_causes = 2;
        struct pl_run *run = run_of(a, &r, 1);
        drifted(run, (const struct pl_drift *const *)d, 2);
        const struct pl_digest *g = pl_digest_make(a, run);
        ROW("%s", rows[i].what);
        assert_int_equal(g->n_steps, 2);
        assert_string_equal(g->steps[0].remedy->command, rows[i].first);
        assert_string_equal(g->steps[0].label, "1");
        assert_string_equal(g->steps[1].label, "2");
    }
}

static void one_connection_alone(void **state)
{
    struct pl_arena *a = *state;
    const struct pl_run *run = run_night(a);
    const struct pl_digest *g = pl_digest_one(a, run, &run->connections[1]);
    assert_string_equal(shape(a, g), "worker-to-api");
    assert_int_equal(g->n_steps, 2);
    assert_int_equal(g->n_not_modelled, 0);
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(grouping_and_order),
        IN_ARENA(one_command_is_one_step),
        IN_ARENA(what_explains_nothing_is_other),
        IN_ARENA(masked_comes_last),
        IN_ARENA(what_others_need_goes_first),
        IN_ARENA(one_connection_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
