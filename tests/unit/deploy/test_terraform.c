/* test_terraform.c - Terraform's state as a world: both formats give the same, nothing sensitive comes through, and what is no state is
 * refused without a word of it.
 */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/init.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"
#include "terraform_priv.h"

#define FOLDER "tests/golden/terraform/"

static const struct pl_world *read_state(struct pl_arena *arena, const char *text,
                                         struct pl_terraform_count *count)
{
    struct pl_err err = {0};
    const struct pl_world *world =
        pl_terraform_read(arena, "state", text, strlen(text), NULL, count, &err);

    if (world == NULL)
        fail_msg("%s", err.text);
    return world;
}

static char *snapshot(struct pl_arena *arena, const struct pl_world *world)
{
    struct pl_buf out = {0};

    pl_snapshot_write(&out, world);
    return pl_buf_take(&out, arena);
}

/* The whole way: bodies as a snapshot, and the baseline of them. */
static void both_formats_give_the_same_world_and_baseline(void **state)
{
    static const char *const files[] = {FOLDER "state.tfstate", FOLDER "show.json"};
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(files); i++) {
        struct pl_terraform_count count = {0};
        struct pl_init_count made = {0};
        struct pl_init_input input = {.source = "Terraform's state", .partial = true};
        struct pl_buf out = {0};
        struct pl_err err = {0};
        const char *text;

        ROW("%s", files[i]);
        input.world = read_state(arena, harness_read(arena, files[i], NULL), &count);
        assert_int_equal(count.taken, 28);
        assert_int_equal(count.others, 4);
        assert_int_equal(count.unread, 1);
        text = snapshot(arena, input.world);
        if (i == 0 && getenv("UPDATE_GOLDEN"))
            harness_write(FOLDER "world.ndjson", text);
        assert_string_equal(text, harness_read(arena, FOLDER "world.ndjson", NULL));
        if (pl_init_write(arena, &out, &input, &made, &err) < 0)
            fail_msg("%s", err.text);
        assert_int_equal(made.left_out, 1);
        if (i == 0 && getenv("UPDATE_GOLDEN"))
            harness_write(FOLDER "baseline.yaml", pl_buf_str(&out));
        assert_string_equal(pl_buf_str(&out), harness_read(arena, FOLDER "baseline.yaml", NULL));
        assert_null(strstr(text, "canary"));
        assert_null(strstr(pl_buf_str(&out), "canary"));
        pl_buf_free(&out);
    }
}

static const struct {
    const char *text, *err;
} refused[] = {
    {"", "state: line 1, column 0: a value expected"},
    {"[]", "state: this is no state of Terraform: wanted is the output of `terraform show -json`, "
           "or a state file of version 4"},
    {"{\"secret\":\"hunter2\"}",
     "state: this is no state of Terraform: wanted is the output of `terraform show -json`, or a "
     "state file of version 4"},
    {"{\"version\":3,\"modules\":[]}",
     "state: state of version 3 is not read here; `terraform show -json` writes it in a form that "
     "is"},
    {"{\"format_version\":\"1.2\",\"planned_values\":{},\"values\":{}}",
     "state: this is a plan; wanted is what there is: `terraform show -json`"},
    {"{\"version\":4,\"resources\":[]}",
     "state: none of its 0 resources is one that is read here; `plumbline list kinds` names what "
     "is"},
    {"{\"version\":4,\"resources\":[{\"mode\":\"managed\",\"type\":\"aws_instance\",\"instances\":["
     "{"
     "}]},{\"mode\":\"managed\",\"type\":\"google_redis_instance\",\"instances\":[{\"attributes\":{"
     "\"name\":\"x\"}}]}]}",
     "state: none of its 2 resources is one that is read here; `plumbline list kinds` names what "
     "is"},
};

static void what_is_no_state_is_refused(void **state)
{
    for (size_t i = 0; i < PL_LEN(refused); i++) {
        struct pl_terraform_count count;
        struct pl_err err = {0};

        assert_null(pl_terraform_read(*state, "state", refused[i].text, strlen(refused[i].text),
                                      NULL, &count, &err));
        CHECK_ERR(err, PL_E_PARSE, refused[i].err);
    }
}

/* ---- what is sensitive ---- */

#define REDIS(attributes, sensitive)                                                               \
    "{\"version\":4,\"resources\":[{\"mode\":\"managed\",\"type\":\"google_redis_instance\","      \
    "\"instances\":[{\"attributes\":{\"name\":\"r\",\"project\":\"p\",\"region\":"                 \
    "\"l\"," attributes "},\"sensitive_attributes\":[" sensitive "]}]}]}"
#define GET(name)  "{\"type\":\"get_attr\",\"value\":\"" name "\"}"
#define INDEX(n)   "{\"type\":\"index\",\"value\":" n "}"
#define INDEX_1(n) "{\"type\":\"index\",\"value\":{\"value\":" n ",\"type\":\"number\"}}"

static const struct {
    const char *text, *body;
} covered[] = {
    {REDIS("\"tier\":\"BASIC\"", ""), "\"tier\":\"BASIC\""},
    {REDIS("\"tier\":\"canary\"", "[" GET("tier") "]"), "\"tier\":\"<redacted: 6 bytes>\""},
    {REDIS("\"memory_size_gb\":5", "[" GET("memory_size_gb") "]"), NULL},
    {REDIS("\"redis_configs\":{\"a\":\"canary\",\"b\":\"x\"}",
           "[" GET("redis_configs") "," INDEX("\"a\"") "]"),
     "\"redisConfigs\":{\"a\":\"<redacted: 6 bytes>\",\"b\":\"x\"}"},
    {REDIS("\"maintenance_policy\":[{\"description\":\"canary\"}]",
           "[" GET("maintenance_policy") "," INDEX("0") "," GET("description") "]"),
     "\"maintenancePolicy\":{\"description\":\"<redacted: 6 bytes>\"}"},
    {REDIS("\"maintenance_policy\":[{\"description\":\"canary\"}]",
           "[" GET("maintenance_policy") "," INDEX_1("0") "," GET("description") "]"),
     "\"maintenancePolicy\":{\"description\":\"<redacted: 6 bytes>\"}"},
    /* A step that is not understood covers everything below. */
    {REDIS("\"maintenance_policy\":[{\"description\":\"canary\"}]",
           "[" GET("maintenance_policy") ",{\"type\":\"new\"}," GET("description") "]"),
     NULL},
    {REDIS("\"tier\":\"canary\"", "[{\"type\":\"new\"}]"), ""},
};

static void what_terraform_calls_sensitive_becomes_a_mark(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(covered); i++) {
        struct pl_terraform_count count;
        struct pl_err err = {0};
        const struct pl_world *world = pl_terraform_read(
            arena, "state", covered[i].text, strlen(covered[i].text), NULL, &count, &err);
        const char *body;

        ROW("%s", covered[i].text);
        if (covered[i].body != NULL && *covered[i].body == '\0') {
            assert_null(world); /* nothing was left of it */
            continue;
        }
        assert_non_null(world);
        body = pl_json_text(arena, world->resources[0]->body);
        assert_null(strstr(body, "canary"));
        assert_string_equal(body,
                            covered[i].body == NULL
                                ? "{\"name\":\"projects/p/locations/l/instances/r\"}"
                                : pl_arena_printf(arena,
                                                  strcmp(covered[i].body, "\"name\"") < 0
                                                      ? "{%s,\"name\":\"projects/p/locations/l/"
                                                        "instances/r\"}"
                                                      : "{\"name\":\"projects/p/locations/l/"
                                                        "instances/r\",%s}",
                                                  covered[i].body));
    }
}

/* ---- the tables ---- */

static void every_type_is_a_kind_that_is_declared(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_tf_types_len; i++) {
        bool found = pl_tf_types[i].plan_only && pl_kind_find(pl_tf_types[i].kind) != NULL;

        for (size_t j = 0; j < pl_init_kinds_len; j++)
            found = found || strcmp(pl_init_kinds[j].kind, pl_tf_types[i].kind) == 0;
        if (!found)
            fail_msg("%s", pl_tf_types[i].type);
    }
}

/* Each row is used by the fixture's resources, or is about a field that Google's schema knows and the row form names. */
static void every_row_is_about_a_field(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < pl_tf_rows_len; i++) {
        const struct pl_tf_type *type = pl_tf_type_find(pl_tf_rows[i].type);
        struct pl_field_info info = pl_field_root(pl_kind_find(type->kind));
        const char *generic = "", *at = pl_tf_rows[i].path;

        ROW("%s %s", pl_tf_rows[i].type, pl_tf_rows[i].path);
        while (*at != '\0') {
            size_t n = *at == '[' ? 2 : strcspn(at, ".[");
            const char *key = *at == '[' ? NULL : pl_arena_strndup(arena, at, n);
            struct pl_field_info above = info;

            assert_true(pl_field_child(pl_kind_find(type->kind), generic, &above, key, &info));
            generic = pl_field_generic(arena, generic, &above, key);
            at += n;
            at += *at == '.';
        }
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_formats_give_the_same_world_and_baseline),
        TEST(what_is_no_state_is_refused),
        TEST(what_terraform_calls_sensitive_becomes_a_mark),
        TEST(every_type_is_a_kind_that_is_declared),
        TEST(every_row_is_about_a_field),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
