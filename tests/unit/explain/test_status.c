/* test_status.c - who saw what from where, and what of it counts (section 6 of the contract).
 */
#include "inquiry.h"

#define YAML "connections: {c: {from: run.service/api, to: sql.instance/main, via: private}}\n"
#define FROM(place, symptom, at)                                                                   \
    "{\"connection\":\"c\",\"symptom\":\"" symptom "\",\"seen_from\":\"" place "\",\"at\":\"" at   \
    "\"}\n"
#define EARLY "2026-11-20T09:00:00Z"
#define LATE  "2026-11-20T10:00:00Z"

enum { NO_PROBE = -1 };

static const struct {
    const char *what, *yaml, *symptoms;
    int probe; /* state, or NO_PROBE */
    const char *vantage;
    const char *status, *basis, *seen_from, *symptom;
    size_t also;
} rows[] = {
    {"nobody looked", YAML, NULL, NO_PROBE, NULL, "open", "model", NULL, NULL, 0},
    {"a line without a place is its own from", YAML, SEEN("refused"), NO_PROBE, NULL, "failing",
     "symptoms", "run.service/api", "refused", 0},
    {"its own from, in the full form", YAML, FROM("run.service/p/us-central1/api", "refused", LATE),
     NO_PROBE, NULL, "failing", "symptoms", "run.service/p/us-central1/api", "refused", 0},
    {"from any place", YAML, FROM("any", "refused", LATE), NO_PROBE, NULL, "failing", "symptoms",
     "any", "refused", 0},
    {"another workload", YAML, FROM("run.service/auth", "refused", LATE), NO_PROBE, NULL, "unknown",
     "symptoms", "run.service/auth", "refused", 0},
    {"here, which is no workload", YAML, FROM("here", "refused", LATE), NO_PROBE, NULL, "unknown",
     "symptoms", "here", "refused", 0},
    {"a budget is degraded", YAML, SEEN("slow"), NO_PROBE, NULL, "degraded", "symptoms",
     "run.service/api", "slow", 0},
    {"the later of two", YAML,
     FROM("run.service/api", "refused", EARLY) FROM("run.service/api", "reset", LATE), NO_PROBE,
     NULL, "failing", "symptoms", "run.service/api", "reset", 1},
    {"whatever their order", YAML,
     FROM("run.service/api", "reset", LATE) FROM("run.service/api", "refused", EARLY), NO_PROBE,
     NULL, "failing", "symptoms", "run.service/api", "reset", 1},
    {"the later by the clock of the world, not by its letters", YAML,
     FROM("run.service/api", "reset", LATE)
         FROM("run.service/api", "refused", "2026-11-20T11:30:00+02:00"),
     NO_PROBE, NULL, "failing", "symptoms", "run.service/api", "reset", 1},
    {"and by fractions of a second", YAML,
     FROM("run.service/api", "reset", "2026-11-20T10:00:00.5Z")
         FROM("run.service/api", "refused", LATE),
     NO_PROBE, NULL, "failing", "symptoms", "run.service/api", "reset", 1},
    {"one that counts before a later one that does not", YAML,
     FROM("run.service/api", "reset", EARLY) FROM("here", "refused", LATE), NO_PROBE, NULL,
     "failing", "symptoms", "run.service/api", "reset", 1},
    {"a probe from here says nothing of a workload's way", YAML, NULL, PL_PROBED_FAILING, NULL,
     "unknown", "probe", "here", "refused", 0},
    {"nor does its success", YAML, NULL, PL_PROBED_OK, NULL, "open", "model", NULL, NULL, 0},
    {"a probe where the workload runs", YAML, NULL, PL_PROBED_FAILING, "run.service/api", "failing",
     "probe", "run.service/api", "refused", 0},
    {"a test bed", YAML, NULL, PL_PROBED_FAILING, "any", "failing", "probe", "any", "refused", 0},
    {"a success that counts", YAML, NULL, PL_PROBED_OK, "any", "ok", "probe", "any", NULL, 0},
    {"over its budget", YAML, NULL, PL_PROBED_DEGRADED, "any", "degraded", "probe", "any",
     "refused", 0},
    {"a probe that could not be made is nobody's failure", YAML, NULL, PL_PROBED_UNKNOWN, "any",
     "unknown", "probe", "any", NULL, 0},
    {"a line outranks the probe", YAML, SEEN("reset"), PL_PROBED_OK, "any", "failing", "symptoms",
     "run.service/api", "reset", 0},
    {"from here to a service", HERE_TO_RUN, NULL, PL_PROBED_FAILING, NULL, "failing", "probe",
     "here", "refused", 0},
    {"from here, probed elsewhere", HERE_TO_RUN, NULL, PL_PROBED_FAILING, "run.service/api",
     "unknown", "probe", "run.service/api", "refused", 0},
};

static const char *text_of(const char *s)
{
    return s ? s : "-";
}

static void what_counts_is_seen_from_its_own_from(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_baseline *b = baseline_of(*state, rows[i].yaml);
        struct pl_probe_result probe = {.connection = pl_baseline_connection(b, "c"),
                                        .symptom = {.after_ms = -1}};
        if (rows[i].probe == PL_PROBED_FAILING || rows[i].probe == PL_PROBED_DEGRADED)
            probe.symptom.kind = pl_symptom_find("refused");
        if (rows[i].probe == PL_PROBED_UNKNOWN)
            probe.unknown_why = "no sockets left";
        switch (rows[i].probe) {
        case PL_PROBED_OK:
            probe.state = PL_PROBED_OK;
            break;
        case PL_PROBED_FAILING:
            probe.state = PL_PROBED_FAILING;
            break;
        case PL_PROBED_DEGRADED:
            probe.state = PL_PROBED_DEGRADED;
            break;
        default:
            probe.state = PL_PROBED_UNKNOWN;
            break;
        }
        struct inquiry q = inquire_with(*state, NULL, NULL, rows[i].symptoms, &probe,
                                        rows[i].probe == NO_PROBE ? 0 : 1, b, rows[i].vantage);
        const struct pl_conn_result *r = result_of(&q, "c");
        ROW("%s", rows[i].what);
        assert_string_equal(pl_conn_status_names[r->status], rows[i].status);
        assert_string_equal(pl_basis_names[r->basis], rows[i].basis);
        assert_string_equal(text_of(r->seen_from), text_of(rows[i].seen_from));
        assert_string_equal(r->symptom.kind ? r->symptom.kind->name : "-",
                            text_of(rows[i].symptom));
        assert_int_equal(r->n_also, rows[i].also);
        assert_true((r->probe != NULL) == (rows[i].probe != NO_PROBE));
    }
}

/* The model still says what it finds where a probe could not be made: a block that it finds is told. */
static void a_block_is_told_though_nobody_could_look(void **state)
{
    const struct pl_baseline *b = baseline_of(*state, YAML);
    struct pl_probe_result probe = {.connection = pl_baseline_connection(b, "c"),
                                    .state = PL_PROBED_UNKNOWN,
                                    .unknown_why = "no sockets left",
                                    .symptom = {.after_ms = -1}};
    struct inquiry q =
        inquire_with(*state, NULL, EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""),
                     NULL, &probe, 1, b, "any");
    const struct pl_conn_result *r = result_of(&q, "c");
    assert_string_equal(account(*state, r),
                        "blocked undeclared blockers CLOUD_SQL_INSTANCE_NOT_RUNNING");
    assert_int_equal(r->basis, PL_BASIS_MODEL);
    assert_string_equal(r->note, "no sockets left");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_counts_is_seen_from_its_own_from, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(a_block_is_told_though_nobody_could_look, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
