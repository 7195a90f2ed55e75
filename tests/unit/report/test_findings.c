/* test_findings.c - the flat list against the judge: what fails a run, what keeps it from being clean, and nothing else. */
#include "findings_priv.h"
#include "report_fixture.h"

static const struct pl_run *made(struct pl_arena *a, size_t i)
{
    struct pl_run *run = PL_NEW(a, struct pl_run);
    *run = *fixtures[i].make(a);
    return run;
}

static size_t weigh(const struct pl_finding *all, size_t n, enum pl_weight weight)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += all[i].weight == weight;
    return found;
}

static void weights_agree_with_the_exit_status(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        size_t n = 0;
        struct pl_run run = *made(a, i);
        const enum pl_severity limits[] = {PL_SEV_LOW, PL_SEV_CRITICAL};
        for (size_t j = 0; j < PL_LEN(limits); j++) {
            ROW("%s at %s", fixtures[i].name, pl_severity_names[limits[j]]);
            run.fail_on = limits[j];
            pl_run_judge(&run);
            const struct pl_finding *all = pl_findings(a, &run, &n);
            assert_int_equal(weigh(all, n, PL_WEIGHT_FAILS) > 0, run.exit_status == 2);
            if (run.exit_status == 3)
                assert_true(weigh(all, n, PL_WEIGHT_OPEN) > 0);
            if (run.exit_status == 0)
                assert_int_equal(weigh(all, n, PL_WEIGHT_OPEN), 0);
        }
    }
}

static void worst_stands_first_and_keys_are_unique(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        size_t n = 0;
        const struct pl_finding *all = pl_findings(a, made(a, i), &n);
        for (size_t j = 0; j + 1 < n; j++) {
            ROW("%s, finding %zu: %s", fixtures[i].name, j, all[j].key);
            assert_true(all[j].weight <= all[j + 1].weight);
            if (all[j].weight == all[j + 1].weight)
                assert_true(all[j].severity >= all[j + 1].severity);
            assert_non_null(all[j].text);
            assert_string_not_equal(all[j].key, all[j + 1].key);
        }
    }
}

static const struct pl_finding *find(const struct pl_finding *all, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].key, key) == 0)
            return &all[i];
    fail_msg("no finding '%s'", key);
    return NULL;
}

static void a_connection_is_told_with_its_cause(void **state)
{
    struct pl_arena *a = *state;
    size_t n = 0;
    const struct pl_run *run = run_night(a);
    const struct pl_finding *all = pl_findings(a, run, &n);
    const struct pl_conn_result *c = NULL;
    for (size_t i = 0; !c && i < run->n_connections; i++)
        if (run->connections[i].explanation.verdict == PL_EXPLAIN_EXPLAINED)
            c = &run->connections[i];
    assert_non_null(c);
    const struct pl_finding *f =
        find(all, n, pl_arena_printf(a, "connection %s", c->connection->name));
    assert_int_equal(f->kind, PL_FINDING_FAILING);
    assert_int_equal(f->weight, PL_WEIGHT_FAILS);
    assert_non_null(strstr(f->text, ". explained: "));
    assert_non_null(strstr(f->text, c->explanation.causes[0].drifts[0]->field));
}

static void an_error_is_the_only_finding(void **state)
{
    struct pl_arena *a = *state;
    size_t n = 0;
    struct pl_run run = *run_night(a);
    run.verdict = PL_VERDICT_ERROR;
    run.exit_status = 1;
    run.reason = "baseline.yaml:3:1: unknown key";
    const struct pl_finding *all = pl_findings(a, &run, &n);
    assert_int_equal(n, 1);
    assert_string_equal(pl_finding_rules[all->kind].id, "run-error");
    assert_int_equal(all->weight, PL_WEIGHT_FAILS);
    assert_string_equal(all->text, "baseline.yaml:3:1: unknown key");
}

/* A gate speaks of the candidate alone: what was broken before it is none of its findings. */
static void a_gate_tells_what_the_candidate_does(void **state)
{
    struct pl_arena *a = *state;
    size_t n = 0;
    struct pl_run run = *run_night(a);
    const struct pl_gate_connection before[] = {
        {.effect = PL_GATE_WRONG, .before = &run.connections[0], .after = &run.connections[0]},
        {.effect = PL_GATE_BREAKS, .before = &run.connections[1], .after = &run.connections[1]},
        {.effect = PL_GATE_BLURS, .before = &run.connections[2], .after = &run.connections[2]},
    };
    struct pl_gate gate = {.connections = before,
                           .n_connections = PL_LEN(before),
                           .n_changes = 1,
                           .added = run.drift,
                           .n_added = 1};
    run.gate = &gate;
    const struct pl_finding *all = pl_findings(a, &run, &n);
    assert_true(n >= 3);
    assert_int_equal(weigh(all, n, PL_WEIGHT_FAILS), 2);
    assert_int_equal(weigh(all, n, PL_WEIGHT_OPEN), 1);
    assert_ptr_equal(all[2].connection, &run.connections[2]);
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(weights_agree_with_the_exit_status),
        IN_ARENA(worst_stands_first_and_keys_are_unique),
        IN_ARENA(a_connection_is_told_with_its_cause),
        IN_ARENA(an_error_is_the_only_finding),
        IN_ARENA(a_gate_tells_what_the_candidate_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
