/* test_times.c - when a drift came against when the failure was seen: what orders, what rules out, and above all what does not.
 *
 * The deny rule `no` cuts the database off, and `no` with `stop` are two causes where both are there; who set them and when is laid over the drift.
 */
#include "inquiry.h"
#include "plumbline/clock.h"

#define YAML                                                                                       \
    "resources:\n  compute.firewall: !only {internal: {}}\n  sql.instance: {main: {settings: "     \
    "{activationPolicy: ALWAYS}}}\n" TO_SQL
#define DENY                                                                                       \
    RULE("no", "\"creationTimestamp\":\"2026-11-20T09:00:00Z\",\"direction\":\"EGRESS\","          \
               "\"priority\":5,\"denied\":[{\"IPProtocol\":\"all\"}]")
#define STOPPED "sql.instance/main:settings.activationPolicy = \"NEVER\""

#define AT(time)    "{\"connection\":\"c\",\"symptom\":\"connect_timeout\",\"at\":\"" time "\"}\n"
#define AT_UNSAID   "{\"connection\":\"c\",\"symptom\":\"connect_timeout\"}\n"
#define OTHER(time) "{\"connection\":\"c\",\"symptom\":\"refused\",\"at\":\"" time "\"}\n"

#define RULE_OUT "failing contradicted masked compute.firewall/no blockers FIREWALL_RULE"
#define PROVEN   "failing explained [compute.firewall/no] blockers FIREWALL_RULE"

/* SURE: the log shows what was before, from long before it was seen; LATE: since after it was seen. */
enum { NAMES = 1, OTHER_BEFORE = 2, SURE = 3, LATE = 5 };

static const struct {
    const char *what;
    const char *const *edits;
    const char *symptoms;
    struct {
        const char *field, *at;
        int how;
    } set[2];
    const char *want;
} rows[] = {
    {"set two hours after it was seen: it stands in the way today, and was not the cause",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     RULE_OUT},
    {"whatever the zones",
     EDITS(DENY),
     AT("2026-11-20T09:00:00+01:00"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     RULE_OUT},
    {"of two sightings the last counts",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z") AT("2026-11-20T09:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     RULE_OUT},
    {"what another symptom says is another failure",
     EDITS(DENY),
     OTHER("2026-11-20T11:00:00Z") AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     RULE_OUT},

    /* It must not rule out: */
    {"nobody knows who set it", EDITS(DENY), AT("2026-11-20T08:00:00Z"), {{0}}, PROVEN},
    {"the entry only may have touched it",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", OTHER_BEFORE}},
     PROVEN},
    {"nobody knows what was before it was set",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", NAMES}},
     PROVEN},
    {"what was before it was set is known of a time after it was first seen",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z") AT("2026-11-20T09:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", LATE}},
     PROVEN},
    {"within what clocks are off by",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T08:05:00Z", SURE}},
     PROVEN},
    {"before it was seen",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T07:00:00Z", SURE}},
     PROVEN},
    {"nobody says when it was seen",
     EDITS(DENY),
     AT_UNSAID,
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     PROVEN},
    {"one sighting of several has no time",
     EDITS(DENY),
     AT_UNSAID AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     PROVEN},
    {"seen again after it was set",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z") AT("2026-11-20T12:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     PROVEN},
    {"the resource's own time is of the whole of it",
     EDITS(DENY),
     AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", NULL, 0}},
     PROVEN},
    {"nobody saw it: the model's word has no time",
     EDITS(DENY),
     NULL,
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     "blocked explained [compute.firewall/no] blockers FIREWALL_RULE"},

    /* Two: */
    {"of a joint cause that part which came later was not there then",
     EDITS(DENY, STOPPED),
     AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE}},
     "failing explained [sql.instance/main:settings.activationPolicy] masked compute.firewall/no "
     "blockers FIREWALL_RULE, CLOUD_SQL_INSTANCE_NOT_RUNNING"},
    {"both came later",
     EDITS(DENY, STOPPED),
     AT("2026-11-20T08:00:00Z"),
     {{"compute.firewall/no", "2026-11-20T10:00:00Z", SURE},
      {"sql.instance/main:settings.activationPolicy", "2026-11-20T11:00:00Z", SURE}},
     "failing contradicted masked compute.firewall/no, "
     "sql.instance/main:settings.activationPolicy blockers FIREWALL_RULE, "
     "CLOUD_SQL_INSTANCE_NOT_RUNNING"},
};

static const char *text_of(const struct pl_conn_result *r, const char *field)
{
    for (size_t i = 0; i < r->explanation.n_timings; i++)
        if (strcmp(r->explanation.timings[i].drift->field, field) == 0)
            return r->explanation.timings[i].text;
    return NULL;
}

static const char *otherwise_since(int how)
{
    return how == LATE                 ? "2026-11-20T07:56:00Z" /* as good as: clocks differ */
           : (how & OTHER_BEFORE) != 0 ? "2026-11-01T00:00:00Z"
                                       : NULL;
}

/* The account where these changes are known. */
static const struct pl_conn_result *explained(struct pl_arena *arena, size_t row)
{
    struct pl_err err = {0};
    const struct pl_baseline *b = baseline_of(arena, YAML);
    const struct pl_world *world = world_with(arena, rows[row].edits);
    struct pl_diff *diff = pl_diff_baseline(arena, pl_view_new(arena, world), b, 0);
    struct pl_explain_input input = {
        .observed = world, .baseline = b, .drift = diff->drift, .n_drift = diff->n_drift};
    size_t n;
    for (size_t i = 0; i < diff->n_drift; i++)
        for (size_t j = 0; j < PL_LEN(rows[row].set); j++)
            if (rows[row].set[j].at && strcmp(rows[row].set[j].field, diff->drift[i]->field) == 0) {
                struct pl_change *c = PL_NEW(arena, struct pl_change);
                *c = (struct pl_change){.principal = "a@x",
                                        .method = "m",
                                        .at = rows[row].set[j].at,
                                        .names_field = (rows[row].set[j].how & NAMES) != 0,
                                        .otherwise_since = otherwise_since(rows[row].set[j].how)};
                diff->drift[i]->changed_by = c;
            }
    if (rows[row].symptoms &&
        pl_symptoms_read(arena, "s", rows[row].symptoms, strlen(rows[row].symptoms),
                         &input.symptoms, &input.n_symptoms, &err) < 0)
        fail_msg("%s", err.text);
    return pl_explain(arena, &input, &n);
}

static void only_what_is_sure_to_be_later_is_ruled_out(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *got = account(*state, explained(*state, i));
        if (strcmp(got, rows[i].want) == 0)
            continue;
        wrong++;
        print_error("%s\n  expected %s\n  found    %s\n", rows[i].what, rows[i].want, got);
    }
    assert_int_equal(wrong, 0);
}

static void why_and_when_are_said(void **state)
{
    const struct pl_conn_result *r = explained(*state, 0);
    assert_string_equal(
        why_not(r, "compute.firewall/no"),
        "was set 2026-11-20T10:00:00Z (audit log), 2 h after the failure was last seen");
    assert_string_equal(r->explanation.reason,
                        "what blocks the path now was set only after this failure was seen: that "
                        "had another cause, and this stands in the way today");
    r = explained(*state, 8);
    assert_string_equal(text_of(r, "compute.firewall/no"),
                        "was set 2026-11-20T08:05:00Z (audit log), 5 min after the failure was "
                        "first seen: it may have been there before, and is not ruled out");
    r = explained(*state, 9);
    assert_string_equal(
        text_of(r, "compute.firewall/no"),
        "was set 2026-11-20T07:00:00Z (audit log), 60 min before the failure was first seen");
    r = explained(*state, 13);
    assert_string_equal(text_of(r, "compute.firewall/no"),
                        "the last change that may have touched it is of 2026-11-20T09:00:00Z "
                        "(creationTimestamp), after the failure was first seen; when the field "
                        "itself changed is not known");
}

/* A failure that this run's own probe still sees is not over. */
static void what_still_fails_is_not_over(void **state)
{
    struct pl_err err = {0};
    const struct pl_baseline *b = baseline_of(*state, YAML);
    const struct pl_world *world = world_with(*state, EDITS(DENY));
    struct pl_diff *diff = pl_diff_baseline(*state, pl_view_new(*state, world), b, 0);
    const struct pl_change change = {.at = "2026-11-20T10:00:00Z",
                                     .names_field = true,
                                     .otherwise_since = "2026-11-01T00:00:00Z"};
    struct pl_probe_result probe = {
        .connection = b->connections[0],
        .state = PL_PROBED_FAILING,
        .symptom = {.kind = pl_symptom_find("connect_timeout"), .after_ms = -1}};
    struct pl_explain_input input = {.observed = world,
                                     .baseline = b,
                                     .drift = diff->drift,
                                     .n_drift = diff->n_drift,
                                     .probes = &probe,
                                     .n_probes = 1};
    const char *seen = AT("2026-11-20T08:00:00Z");
    size_t n;
    diff->drift[0]->changed_by = &change;
    assert_int_equal(
        pl_symptoms_read(*state, "s", seen, strlen(seen), &input.symptoms, &input.n_symptoms, &err),
        0);
    assert_string_equal(account(*state, pl_explain(*state, &input, &n)), PROVEN);
    probe.state = PL_PROBED_UNKNOWN;
    assert_string_equal(account(*state, pl_explain(*state, &input, &n)), RULE_OUT);
}

/* One that was seen again in a log, at a time that nobody says, may have been seen after anything. */
static void what_was_seen_again_is_not_over(void **state)
{
    const struct pl_baseline *b = baseline_of(*state, YAML);
    const struct pl_world *world = world_with(*state, EDITS(DENY));
    struct pl_diff *diff = pl_diff_baseline(*state, pl_view_new(*state, world), b, 0);
    const struct pl_change change = {.at = "2026-11-20T10:00:00Z",
                                     .names_field = true,
                                     .otherwise_since = "2026-11-01T00:00:00Z"};
    struct pl_symptom seen = {.kind = pl_symptom_find("connect_timeout"),
                              .connection = "c",
                              .after_ms = -1,
                              .at = "2026-11-20T08:00:00Z",
                              .until = ""};
    const struct pl_explain_input input = {.observed = world,
                                           .baseline = b,
                                           .drift = diff->drift,
                                           .n_drift = diff->n_drift,
                                           .symptoms = &seen,
                                           .n_symptoms = 1};
    size_t n;
    diff->drift[0]->changed_by = &change;
    assert_string_equal(account(*state, pl_explain(*state, &input, &n)), PROVEN);
    seen.until = "2026-11-20T09:56:00Z";
    assert_string_equal(account(*state, pl_explain(*state, &input, &n)), PROVEN);
    seen.until = "2026-11-20T09:54:00Z";
    assert_string_equal(account(*state, pl_explain(*state, &input, &n)), RULE_OUT);
}

/* Either would do: what changed last before the failure stands first, what nobody knows of stands last. */
static void candidates_stand_in_the_order_of_their_times(void **state)
{
    static const char *const at[][2] = {{"2026-11-20T07:00:00Z", "2026-11-20T06:00:00Z"},
                                        {"2026-11-20T06:00:00Z", "2026-11-20T07:00:00Z"},
                                        {NULL, "2026-11-20T06:00:00Z"},
                                        {"2026-11-20T09:00:00Z", "2026-11-20T06:00:00Z"}};
    static const char *const first[] = {"egress", "nat", "nat", "nat"};
    /* All traffic through a VPC without a way out: the one or the other would mend it. */
    const char *yaml =
        "resources:\n  run.service: {api: {template: {vpcAccess: {connector: conn, "
        "egress: PRIVATE_RANGES_ONLY}}}}\n  compute.router: {nat: {nats: [{name: "
        "n, type: PUBLIC, natIpAllocateOption: AUTO_ONLY, sourceSubnetworkIpRangesToNat: "
        "ALL_SUBNETWORKS_ALL_IP_RANGES}]}}\n" TO_WEB;
    for (size_t i = 0; i < PL_LEN(at); i++) {
        struct pl_change changes[2] = {{.at = at[i][0]}, {.at = at[i][1]}};
        const struct pl_baseline *b = baseline_of(*state, yaml);
        const struct pl_world *world =
            world_with(*state, EDITS(ALL_TRAFFIC, "compute.router/nat:nats = []"));
        struct pl_diff *diff = pl_diff_baseline(*state, pl_view_new(*state, world), b, 0);
        struct pl_symptom seen = {.kind = pl_symptom_find("connect_timeout"),
                                  .connection = "c",
                                  .after_ms = -1,
                                  .at = "2026-11-20T08:00:00Z"};
        const struct pl_explain_input input = {.observed = world,
                                               .baseline = b,
                                               .drift = diff->drift,
                                               .n_drift = diff->n_drift,
                                               .symptoms = &seen,
                                               .n_symptoms = 1};
        size_t n;
        for (size_t j = 0; j < diff->n_drift; j++) {
            bool egress = strstr(diff->drift[j]->field, "egress") != NULL;
            diff->drift[j]->changed_by = changes[!egress].at ? &changes[!egress] : NULL;
        }
        const struct pl_conn_result *r = pl_explain(*state, &input, &n);
        assert_int_equal(r->explanation.n_causes, 2);
        bool egress = strstr(r->explanation.causes[0].drifts[0]->field, "egress") != NULL;
        assert_int_equal(egress, strcmp(first[i], "egress") == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_is_sure_to_be_later_is_ruled_out, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(why_and_when_are_said, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(what_still_fails_is_not_over, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(what_was_seen_again_is_not_over, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(candidates_stand_in_the_order_of_their_times, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
