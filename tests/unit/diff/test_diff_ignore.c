/* test_diff_ignore.c - which drift a rule excuses, when it ends, and what is told of rules that excuse nothing. */
#include "diff_case.h"

#define RULE(field, expires) "  - {field: '" field "', reason: r, owner: o, expires: " expires "}\n"
#define DECLARED                                                                                   \
    "resources:\n"                                                                                 \
    "  run.service:\n"                                                                             \
    "    auth: {ingress: INGRESS_TRAFFIC_INTERNAL_ONLY, description: d}\n"                         \
    "  compute.firewall:\n"                                                                        \
    "    r: {sourceRanges: [10.0.0.0/8]}\n"                                                        \
    "  redis.instance:\n"                                                                          \
    "    cache: {authEnabled: true}\n"                                                             \
    "ignore:\n"
#define ESTATE                                                                                     \
    THING("run.service", RUN "auth", "{\"description\":\"e\"}")                                    \
    THING("compute.firewall", WALL "r",                                                            \
          "{\"sourceRanges\":[\"10.0.0.0/8\",\"1.1.1.1\",\"2.2.2.2\"]}")                           \
    "{\"unobserved\":\"redis.instance\",\"scope\":\"projects/p\",\"reason\":\"unavailable\"}\n"

#define INGRESS                                                                                    \
    "changed run.service/auth:ingress: \"INGRESS_TRAFFIC_INTERNAL_ONLY\" -> "                      \
    "\"INGRESS_TRAFFIC_ALL\" (1)\n"
#define DESCRIPTION "changed run.service/auth:description: \"d\" -> \"e\" (1)\n"
#define RANGES                                                                                     \
    "changed compute.firewall/r:sourceRanges: [\"10.0.0.0/8\"] -> "                                \
    "[\"10.0.0.0/8\",\"1.1.1.1\",\"2.2.2.2\"] (1)\n"
#define CACHE "unknown redis.instance/cache: redis.instance could not be read: unavailable (1)\n"

static void rules_excuse_what_they_name(void **state)
{
    static const struct {
        const char *what, *rules, *want;
    } rows[] = {
        {"one field", RULE("run.service/auth:ingress", "2027-01-31"),
         RANGES DESCRIPTION "ignored run.service/auth:ingress\n" CACHE "4 = 0 + 2 + 1 + 1"},
        {"a whole resource", RULE("run.service/*", "2027-01-31"),
         RANGES "ignored run.service/auth:description\nignored run.service/auth:ingress\n" CACHE
                "4 = 0 + 1 + 2 + 1"},
        {"nothing", RULE("run.service/auth:template", "2027-01-31"),
         RANGES DESCRIPTION INGRESS CACHE
         "rule run.service/auth:template: unused\n4 = 0 + 3 + 0 + 1"},
        {"expired the day before", RULE("run.service/auth", "2026-11-19"),
         RANGES DESCRIPTION INGRESS CACHE "rule run.service/auth: expired\n4 = 0 + 3 + 0 + 1"},
        {"ends with this day", RULE("run.service/auth:ingress", "2026-11-20"),
         RANGES DESCRIPTION "ignored run.service/auth:ingress\n" CACHE "4 = 0 + 2 + 1 + 1"},
        {"two for one field",
         RULE("run.service/auth:ingress", "2027-01-31") RULE("run.service/auth", "2027-01-31"),
         RANGES "ignored run.service/auth:description\nignored run.service/auth:ingress\n" CACHE
                "4 = 0 + 1 + 2 + 1"},
        {"nobody knows whether it is used", RULE("redis.instance/cache", "2027-01-31"),
         RANGES DESCRIPTION INGRESS CACHE "4 = 0 + 3 + 0 + 1"},
        {"one of two elements of a set",
         RULE("compute.firewall/r:sourceRanges[1.1.1.1]", "2027-01-31"),
         RANGES DESCRIPTION INGRESS CACHE "4 = 0 + 3 + 0 + 1"},
        {"all elements of a set that differ",
         RULE("compute.firewall/r:sourceRanges[1.1.1.1]", "2027-01-31")
             RULE("compute.firewall/r:sourceRanges[2.2.2.2/32]", "2027-01-31"),
         DESCRIPTION INGRESS "ignored compute.firewall/r:sourceRanges\n" CACHE "4 = 0 + 2 + 1 + 1"},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_arena *arena = pl_arena_new();
        const char *yaml = pl_arena_printf(arena, "%s%s", DECLARED, rows[i].rules);
        struct pl_view *view = pl_view_new(arena, case_world(arena, ESTATE));
        const struct pl_diff *diff =
            pl_diff_baseline(arena, view, case_baseline(arena, yaml), case_now());

        ROW("%s", rows[i].what);
        assert_string_equal(case_text(arena, diff), rows[i].want);
        pl_arena_free(arena);
    }
}

/* The first live rule is the one that is named. */
static void the_first_live_rule_is_named(void **state)
{
    const char *yaml =
        pl_arena_printf(*state, "%s%s", DECLARED,
                        RULE("run.service/auth:ingress", "2026-01-01")
                            RULE("run.service/auth", "2027-01-31") RULE("*:ingress", "2027-01-31"));
    struct pl_view *view = pl_view_new(*state, case_world(*state, ESTATE));
    const struct pl_diff *diff =
        pl_diff_baseline(*state, view, case_baseline(*state, yaml), case_now());

    assert_int_equal(diff->n_ignored, 2);
    assert_string_equal(diff->ignored[1].drift->field, "run.service/auth:ingress");
    assert_string_equal(diff->ignored[1].rule->field, "run.service/auth");
    assert_int_equal(diff->n_rules, 1);
    assert_int_equal(diff->rules[0].state, PL_RULE_EXPIRED);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_excuse_what_they_name),
        cmocka_unit_test_setup_teardown(the_first_live_rule_is_named, harness_arena,
                                        harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
