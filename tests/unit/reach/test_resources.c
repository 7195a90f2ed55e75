/* test_resources.c - memory, CPUs and tiers: less than was meant is a risk, as much or another unit for it is none.
 */
#include "worlds.h"

#define WANTS(limits)                                                                              \
    "resources: {run.service: {auth: {template: {containers: [{name: app, resources: {limits: "    \
    "{" limits "}}}]}}}}\n" TO_RUN
#define HAS(limits)                                                                                \
    "run.service/auth:template.containers[name=app].resources = {\"limits\":{" limits "}}"
#define WANTS_TIER(tier) "resources: {sql.instance: {main: {settings: {tier: " tier "}}}}\n" TO_SQL
#define HAS_TIER(tier)   "sql.instance/main:settings.tier = \"" tier "\""
#define WANTS_GB(gb)     "resources: {redis.instance: {cache: {memorySizeGb: " gb "}}}\n" TO_REDIS

static const struct rule_row rows[] = {
    {"C7 less memory", WANTS("memory: 1Gi"), EDITS(HAS("\"memory\":\"512Mi\"")), "resources",
     PL_HOP_PASS, "RESOURCES_LOWERED", "run.service/auth has 512Mi where 1Gi is declared"},
    {"C7 as much in another unit", WANTS("memory: 1Gi"), EDITS(HAS("\"memory\":\"1024Mi\"")),
     "resources", -1, NULL, NULL},
    {"C7 more", WANTS("memory: 1Gi"), EDITS(HAS("\"memory\":\"2Gi\"")), "resources", -1, NULL,
     NULL},
    {"C7 less than at least", WANTS("memory: !at_least 1Gi"), EDITS(HAS("\"memory\":\"1000Mi\"")),
     "resources", PL_HOP_PASS, "RESOURCES_LOWERED", NULL},
    {"C7 fewer CPUs", WANTS("cpu: \"2\""), EDITS(HAS("\"cpu\":\"1000m\"")), "resources",
     PL_HOP_PASS, "RESOURCES_LOWERED", "run.service/auth has 1000m where 2 is declared"},
    {"C7 as many", WANTS("cpu: \"1\""), EDITS(HAS("\"cpu\":\"1000m\"")), "resources", -1, NULL,
     NULL},
    {"C7 what never ran did not run out", WANTS("memory: 1Gi"),
     EDITS(NEVER_READY, HAS("\"memory\":\"512Mi\"")), "resources", -1, NULL, NULL},
    {"nothing is declared", TO_RUN, EDITS(HAS("\"memory\":\"1Mi\"")), "resources", -1, NULL, NULL},
    {"a smaller tier", WANTS_TIER("db-custom-4-15360"), EDITS(HAS_TIER("db-custom-2-7680")),
     "resources", PL_HOP_PASS, "RESOURCES_LOWERED",
     "sql.instance/main has db-custom-2-7680 where db-custom-4-15360 is declared"},
    {"a larger one", WANTS_TIER("db-g1-small"), EDITS(HAS_TIER("db-n1-standard-1")), "resources",
     -1, NULL, NULL},
    {"one of which nobody knows how large it is", WANTS_TIER("db-custom-4-15360"),
     EDITS(HAS_TIER("db-perf-optimized-N-2")), "resources", -1, NULL, NULL},
    {"a smaller cache", WANTS_GB("5"), EDITS("redis.instance/cache:memorySizeGb = 1"), "resources",
     PL_HOP_PASS, "RESOURCES_LOWERED", "redis.instance/cache has 1 where 5 is declared"},
    {"a cache that is as large", WANTS_GB("5"), EDITS("redis.instance/cache:memorySizeGb = 5"),
     "resources", -1, NULL, NULL},
};

static void less_than_was_meant_is_a_risk(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(less_than_was_meant_is_a_risk, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
