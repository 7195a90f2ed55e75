/* test_init.c - worlds to baselines: whole texts against golden files, and what is refused, left out or turned into a comment. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "init_priv.h"
#include "plumbline/snapshot.h"

static const struct pl_world *world_of(struct pl_arena *arena, const char *text)
{
    struct pl_err err = {0};
    const struct pl_world *world = pl_snapshot_read(arena, "estate", text, strlen(text), &err);

    if (world == NULL)
        fail_msg("%s", err.text);
    return world;
}

static const char *init(struct pl_arena *arena, const char *text, bool partial,
                        struct pl_init_count *count)
{
    struct pl_init_input input = {
        .world = world_of(arena, text), .source = "a test", .partial = partial};
    struct pl_err err = {0};
    struct pl_buf out = {0};

    if (pl_init_write(arena, &out, &input, count, &err) < 0)
        fail_msg("%s", err.text);
    return pl_buf_take(&out, arena);
}

/* The estate, and the whole baseline that is made of it.*/
static const struct {
    const char *estate, *golden;
    struct pl_init_count count;
} whole[] = {
    {"tests/golden/init/hostile.ndjson", "tests/golden/init/hostile.yaml", {5, 0, 1, 3}},
    {"tests/golden/init/network.ndjson", "tests/golden/init/network.yaml", {16, 1, 0, 0}},
    {"tests/demo/estate.ndjson", "tests/golden/init/demo.yaml", {24, 4, 1, 0}},
};

static void whole_baselines_are_as_they_were(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(whole); i++) {
        struct pl_arena *arena = pl_arena_new();
        const char *estate = harness_read(arena, whole[i].estate, NULL);
        struct pl_init_count count = {0};
        const char *made = init(arena, estate, false, &count);

        if (getenv("UPDATE_GOLDEN"))
            harness_write(whole[i].golden, made);
        assert_string_equal(made, harness_read(arena, whole[i].golden, NULL));
        assert_memory_equal(&count, &whole[i].count, sizeof count);
        assert_string_equal(init(arena, estate, false, &count), made);
        pl_arena_free(arena);
    }
}

#define HEADER "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n"
#define RUN    "//run.googleapis.com/projects/p/locations/l/services/"

static void a_world_without_anything_to_declare_is_refused(void **state)
{
    static const struct {
        const char *gaps, *error;
    } rows[] = {
        {"", "snapshot x: nothing to declare: no database, cache, service or network"},
        {"{\"unobserved\":\"sql.instance\",\"scope\":\"projects/p\",\"reason\":\"api_disabled\"}\n",
         "snapshot x: nothing to declare: no database, cache, service or network"},
        {"{\"unobserved\":\"sql.instance\",\"scope\":\"projects/"
         "p\",\"reason\":\"permission_denied\","
         "\"permission\":\"cloudsql.instances.list\"}\n",
         "snapshot x: nothing to declare was found, and 1 thing could not be observed: "
         "sql.instance "
         "in projects/p: permission_denied, needs cloudsql.instances.list"},
        {"{\"unobserved\":\"redis.instance\",\"scope\":\"projects/p\",\"reason\":\"unavailable\"}\n"
         "{\"unobserved\":\"sql.instance\",\"scope\":\"projects/p\",\"reason\":\"unavailable\"}\n",
         "snapshot x: nothing to declare was found, and 2 things could not be observed: "
         "redis.instance in projects/p: unavailable, ..."},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_arena *arena = pl_arena_new();
        struct pl_init_input input = {
            .world = world_of(arena, pl_arena_printf(arena, HEADER "%s", rows[i].gaps)),
            .source = "snapshot x"};
        struct pl_init_count count;
        struct pl_err err = {0};
        struct pl_buf out = {0};

        assert_int_equal(pl_init_write(arena, &out, &input, &count, &err), -1);
        assert_string_equal(err.text, rows[i].error);
        assert_int_equal(out.len, 0);
        pl_arena_free(arena);
    }
}

/* What is missing in a part proves nothing: connections are proposed, and the reader is told that nobody looked. */
static void a_part_of_an_estate_is_not_held_against_its_connections(void **state)
{
    static const char text[] = HEADER
        "{\"kind\":\"redis.instance\",\"name\":\"//redis.googleapis.com/projects/p/locations/l/"
        "instances/r\",\"resource\":{\"host\":\"10.1.1.1\",\"port\":6379}}\n"
        "{\"kind\":\"run.service\",\"name\":\"" RUN
        "a\",\"resource\":{\"template\":{\"vpcAccess\":{"
        "\"connector\":\"c\"},\"containers\":[{\"env\":[{\"name\":\"REDIS_HOST\",\"value\":"
        "\"10.1.1.1\"}]}]}}}\n"
        "{\"unobserved\":\"*\",\"scope\":\"projects/p\",\"reason\":\"not_in_state\"}\n";
    struct pl_arena *arena = pl_arena_new();
    struct pl_init_count count;
    const char *made = init(arena, text, false, &count);

    (void)state;
    assert_non_null(strstr(made, "  # decide: wired, but whether it works cannot be told"));
    assert_non_null(strstr(made, "\nconnections: {}\n"));
    assert_non_null(strstr(made,
                           "# Not observed, and so not declared:\n#   everything in projects/p: "
                           "not_in_state\n"));
    assert_int_equal(count.connections, 0);
    made = init(arena, text, true, &count);
    assert_non_null(
        strstr(made, "\n  a-to-r:\n    from: run.service/a\n    to: redis.instance/r\n"));
    assert_non_null(strstr(made, "# decide: read off the wiring, and not checked"));
    assert_null(strstr(made, "Not observed"));
    assert_int_equal(count.connections, 1);
    pl_arena_free(arena);
}

/* Google's own name of a secret has the project's number: it is declared where the secret's name says that the number is this project's. */
static void secrets_by_the_project_number_are_declared(void **state)
{
    static const char estate[] =
        "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n"
        "{\"kind\":\"run.job\",\"name\":\"//run.googleapis.com/projects/p/locations/l/jobs/"
        "nightly\","
        "\"resource\":{\"template\":{\"template\":{\"volumes\":[{\"name\":\"v\",\"secret\":{"
        "\"secret\":"
        "\"projects/123/secrets/mounted\"}}]}}}}\n"
        "{\"kind\":\"run.service\",\"name\":\"//run.googleapis.com/projects/p/locations/l/services/"
        "auth\",\"resource\":{\"template\":{\"containers\":[{\"name\":\"app\",\"env\":["
        "{\"name\":\"A\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"projects/123/secrets/"
        "own\"}}},"
        "{\"name\":\"B\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"projects/999/secrets/"
        "other\"}}}"
        "]}],\"volumes\":[{\"name\":\"v\",\"secret\":{\"secret\":\"projects/123/secrets/"
        "own\",\"items\":"
        "[{\"path\":\"password\",\"version\":\"7\"}]}}]}}}\n"
        "{\"kind\":\"secret.secret\",\"name\":\"//secretmanager.googleapis.com/projects/p/secrets/"
        "mounted\",\"resource\":{\"name\":\"projects/123/secrets/mounted\"}}\n"
        "{\"kind\":\"secret.secret\",\"name\":\"//secretmanager.googleapis.com/projects/p/secrets/"
        "other\",\"resource\":{\"name\":\"projects/123/secrets/other\"}}\n"
        "{\"kind\":\"secret.secret\",\"name\":\"//secretmanager.googleapis.com/projects/p/secrets/"
        "own\","
        "\"resource\":{\"name\":\"projects/123/secrets/own\"}}\n";
    struct pl_init_count count = {0};
    const char *made = init(*state, estate, false, &count);

    assert_non_null(strstr(made, "  secret.secret:\n    mounted: !present\n    own: !present\n\n"));
    assert_null(strstr(made, "other: !present"));
    assert_non_null(strstr(made, "secret: projects/123/secrets/own\n              items: [{path: "
                                 "password, version: \"7\"}]\n"));
    assert_non_null(strstr(made, "{name: v, secret: {secret: projects/123/secrets/mounted}}"));
}

static void only_networks_in_use_are_declared(void **state)
{
    static const char used[] = HEADER "{\"kind\":\"compute.network\",\"name\":\"//"
                                      "compute.googleapis.com/projects/p/global/networks/"
                                      "idle\",\"resource\":{\"name\":\"idle\"}}\n"
                                      "{\"kind\":\"compute.network\",\"name\":\"//"
                                      "compute.googleapis.com/projects/p/global/networks/"
                                      "main\",\"resource\":{\"name\":\"main\"}}\n";
    static const char redis[] =
        "{\"kind\":\"redis.instance\",\"name\":\"//redis.googleapis.com/projects/p/locations/l/"
        "instances/r\",\"resource\":{\"authorizedNetwork\":\"projects/p/global/networks/main\"}}\n";
    struct pl_arena *arena = pl_arena_new();
    struct pl_init_count count;
    const char *made = init(arena, pl_arena_printf(arena, "%s%s", used, redis), false, &count);

    (void)state;
    assert_non_null(strstr(made, "\n    main: !present\n"));
    assert_non_null(strstr(made, "authorizedNetwork: \"${compute.network/main:name}\"\n"));
    assert_null(strstr(made, "idle"));
    assert_non_null(strstr(init(arena, used, false, &count), "\n    idle: !present\n"));
    pl_arena_free(arena);
}

/* A value as long as Cloud Run lets it be, of marks alone: looked through once, and the address in it is found. */
static void a_long_value_is_looked_through_once(void **state)
{
    enum { LONG = 30000 };
    char *marks = pl_arena_alloc(*state, LONG + 1);
    memset(marks, ':', LONG);
    const char *estate = pl_arena_printf(
        *state,
        HEADER
        "{\"kind\":\"redis.instance\",\"name\":\"//redis.googleapis.com/projects/p/locations/l/"
        "instances/r\",\"resource\":{\"host\":\"10.1.2.3\"}}\n"
        "{\"kind\":\"run.service\",\"name\":\"//run.googleapis.com/projects/p/locations/l/services/"
        "s\","
        "\"resource\":{\"template\":{\"containers\":[{\"name\":\"app\",\"env\":[{\"name\":\"REDIS_"
        "URL\","
        "\"value\":\"redis://10.1.2.3:6379/%s\"}]}]}}}\n",
        marks);
    struct pl_init_count count;

    assert_non_null(
        strstr(init(*state, estate, false, &count), "redis://${redis.instance/r:host}:6379/::::"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_baselines_are_as_they_were),
        cmocka_unit_test(a_world_without_anything_to_declare_is_refused),
        cmocka_unit_test(a_part_of_an_estate_is_not_held_against_its_connections),
        TEST(secrets_by_the_project_number_are_declared),
        cmocka_unit_test(only_networks_in_use_are_declared),
        TEST(a_long_value_is_looked_through_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
