/* test_diff_unit.c - a resource that was made anew is one unit: what cannot change, what the server wrote, what was told of it. */
#include "diff_case.h"

#define CACHE(body) THING("redis.instance", REDIS "cache", body)
#define AUTH(body)  THING("run.service", RUN "auth", body)
#define UNIT        "recreated:redis.instance/p/l/cache"

static const char *unit_of(const struct pl_diff *diff, const char *field)
{
    for (size_t i = 0; i < diff->n_drift; i++)
        if (strcmp(diff->drift[i]->field, field) == 0)
            return diff->drift[i]->unit != NULL ? diff->drift[i]->unit : "alone";
    return "no drift";
}

static const struct pl_diff *compare(struct pl_arena *arena, const char *yaml, const char *estate)
{
    return pl_diff_baseline(arena, pl_view_new(arena, case_world(arena, estate)),
                            case_baseline(arena, yaml), case_now());
}

#define DECLARED                                                                                   \
    "resources:\n"                                                                                 \
    "  redis.instance:\n"                                                                          \
    "    cache: {connectMode: DIRECT_PEERING, host: 10.0.0.3, authEnabled: true, "                 \
    "serverCaCerts: [{serialNumber: \"1\", cert: a}]}\n"                                           \
    "  run.service:\n"                                                                             \
    "    auth: {description: \"${redis.instance/cache:host}\", launchStage: GA, "                  \
    "labels: {tier: \"${redis.instance/cache:tier}\"}}\n"

static void everything_of_a_new_instance_is_one(void **state)
{
    const struct pl_diff *diff = compare(
        *state, DECLARED,
        CACHE(
            "{\"connectMode\":\"PRIVATE_SERVICE_ACCESS\",\"host\":\"10.0.0.9\",\"tier\":\"BASIC\","
            "\"serverCaCerts\":[{\"serialNumber\":\"1\",\"cert\":\"b\"}]}")
            AUTH("{\"description\":\"10.0.0.3\",\"launchStage\":\"BETA\",\"labels\":{\"tier\":"
                 "\"x\"}}"));
    static const struct {
        const char *field, *unit;
    } rows[] = {
        {"redis.instance/cache:connectMode", UNIT},
        {"redis.instance/cache:host", UNIT},
        {"redis.instance/cache:serverCaCerts[serialNumber=1].cert", UNIT},
        /* What people set can be set back by itself. */
        {"redis.instance/cache:authEnabled", "alone"},
        {"run.service/auth:description", UNIT},
        {"run.service/auth:launchStage", "alone"},
        /* It names what people set, not what the server wrote anew. */
        {"run.service/auth:labels.tier", "alone"},
    };

    assert_int_equal(diff->n_drift, PL_LEN(rows));
    for (size_t i = 0; i < PL_LEN(rows); i++)
        assert_string_equal(unit_of(diff, rows[i].field), rows[i].unit);
}

/* The same without a field that cannot change: nothing says that the instance is another one. */
static void an_old_instance_is_no_unit(void **state)
{
    const struct pl_diff *diff =
        compare(*state, DECLARED,
                CACHE("{\"host\":\"10.0.0.9\",\"authEnabled\":true,\"tier\":\"BASIC\","
                      "\"serverCaCerts\":[{\"serialNumber\":\"1\",\"cert\":\"a\"}]}")
                    AUTH("{\"description\":\"10.0.0.3\",\"labels\":{\"tier\":\"BASIC\"}}"));

    assert_int_equal(diff->n_drift, 2);
    assert_string_equal(unit_of(diff, "redis.instance/cache:host"), "alone");
    assert_string_equal(unit_of(diff, "run.service/auth:description"), "alone");
}

/* A field below one that cannot change. */
static void immutable_holds_for_what_is_below(void **state)
{
    const struct pl_diff *diff = compare(
        *state, "resources:\n  vpcaccess.connector:\n    main: {subnet: {name: a}, state: READY}\n",
        THING("vpcaccess.connector",
              "//vpcaccess.googleapis.com/projects/p/locations/l/connectors/main",
              "{\"subnet\":{\"name\":\"b\"},\"state\":\"ERROR\"}"));

    assert_int_equal(diff->n_drift, 2);
    assert_string_equal(diff->drift[0]->unit, "recreated:vpcaccess.connector/p/l/main");
    assert_string_equal(diff->drift[1]->unit, "recreated:vpcaccess.connector/p/l/main");
    assert_int_equal(diff->drift[0]->flags & PL_F_OUTPUT, PL_F_OUTPUT);
    assert_int_equal(diff->drift[1]->flags & PL_F_IMMUTABLE, PL_F_IMMUTABLE);
}

/* What is excused belongs to its unit all the same: it is what differs. */
static void ignored_drift_is_in_its_unit(void **state)
{
    const struct pl_diff *diff = compare(
        *state,
        DECLARED "ignore:\n  - {field: \"redis.instance/cache:connectMode\", reason: r, owner: o, "
                 "expires: 2027-01-31}\n",
        CACHE("{\"connectMode\":\"PRIVATE_SERVICE_ACCESS\",\"host\":\"10.0.0.9\"}"));

    assert_int_equal(diff->n_ignored, 1);
    assert_string_equal(diff->ignored[0].drift->unit, UNIT);
    assert_string_equal(unit_of(diff, "redis.instance/cache:host"), UNIT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, harness_arena, harness_arena_free)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(everything_of_a_new_instance_is_one),
        TEST(an_old_instance_is_no_unit),
        TEST(immutable_holds_for_what_is_below),
        TEST(ignored_drift_is_in_its_unit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
