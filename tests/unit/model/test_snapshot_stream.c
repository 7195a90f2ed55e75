/* test_snapshot_stream.c - a snapshot that was never in memory as a whole has the bytes of one that was. */
#include "harness.h"

#include <string.h>

#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#define AT "2026-11-20T10:00:00Z"

/* In the order in which they come; `field` NULL: the body, "iamPolicy": the policy, else a virtual field. */
static const struct {
    const char *address, *field, *json;
} parts[] = {
    {"sql.instance/main", NULL, "{\"name\":\"main\",\"state\":\"gone\"}"},
    {"run.service/us-central1/auth", "iamPolicy", "{\"etag\":\"early\"}"},
    {"compute.network/default", NULL, "{\"name\":\"default\",\"peerings\":[]}"},
    {"project.iamPolicy/p", "iamPolicy", "{\"bindings\":[]}"},
    {"compute.network/default", "peeringRoutes", "[1]"},
    {"run.service/us-central1/auth", NULL, "{\"name\":\"auth\",\"text\":\"a\\nb\"}"},
    {"compute.network/default", "effectiveFirewalls", "{\"firewallPolicys\":[]}"},
    {"sql.instance/main", NULL, "{\"name\":\"main\",\"state\":\"here\"}"},
    {"run.service/europe-west1/auth", NULL, "{}"},
    {"run.service/us-central1/auth", "iamPolicy", "{\"etag\":\"late\"}"},
    {"compute.network/default", "peeringRoutes", "[2]"},
};

static struct pl_address address_of(struct pl_arena *arena, const char *text)
{
    struct pl_address address;
    struct pl_err err = {0};

    if (pl_address_parse(arena, text, &address, &err) != 0)
        fail_msg("%s", err.text);
    return pl_address_resolve(&address, "p", "global");
}

static void add(struct pl_arena *arena, size_t i, struct pl_world_builder *b,
                struct pl_snapshot_stream *s)
{
    struct pl_address address = address_of(arena, parts[i].address);
    const char *json = parts[i].json, *field = parts[i].field;
    const struct pl_value *value = pl_json_parse(arena, json, strlen(json), "test", NULL);
    struct pl_resource r = {.address = address, .observed_at = AT, .body = value};

    assert_non_null(value);
    if (field == NULL) {
        pl_world_add(b, &r);
        pl_snapshot_stream_resource(s, &address, AT, value);
    } else if (strcmp(field, "iamPolicy") == 0) {
        pl_world_add_iam(b, &address, value);
        pl_snapshot_stream_policy(s, &address, value);
    } else {
        pl_world_add_virtual(b, &address, field, value);
        pl_snapshot_stream_virtual(s, &address, field, value);
    }
}

static void finish(struct pl_world_builder *b)
{
    static const struct pl_unobserved gap = {
        .kind_name = "redis.instance", .scope = "projects/p", .reason = "unavailable"};

    pl_world_set_observed_at(b, AT);
    pl_world_add_project(b, "p");
    pl_world_add_kind(b, "sql.instance");
    pl_world_add_unobserved(b, &gap);
}

static char *text_of(struct pl_arena *arena, struct pl_snapshot_stream *s,
                     const struct pl_world *world)
{
    struct pl_buf out = {0};
    struct pl_err err;
    const char *bytes;
    size_t n;
    int got;

    pl_snapshot_stream_end(s, world);
    while ((got = pl_snapshot_stream_next(s, &bytes, &n, &err)) > 0)
        pl_buf_add(&out, bytes, n);
    assert_int_equal(got, 0);
    assert_int_equal(pl_snapshot_stream_next(s, &bytes, &n, &err), 0);
    return pl_buf_take(&out, arena);
}

/* With room for all, for some, and for one record at once. */
static void the_bytes_are_those_of_a_world(void **state)
{
    static const size_t memory[] = {1 << 20, 200, 0};

    for (size_t m = 0; m < PL_LEN(memory); m++) {
        struct pl_world_builder *b = pl_world_builder_new(*state),
                                *rest = pl_world_builder_new(*state);
        struct pl_snapshot_stream *s = pl_snapshot_stream_new(memory[m]);
        struct pl_buf want = {0};

        ROW("%zu bytes", memory[m]);
        for (size_t i = 0; i < PL_LEN(parts); i++)
            add(*state, i, b, s);
        finish(b);
        finish(rest);
        pl_snapshot_write(&want, pl_world_build(b));
        assert_int_equal(pl_snapshot_stream_count(s), 6); /* one twice */
        assert_string_equal(text_of(*state, s, pl_world_build(rest)), pl_buf_str(&want));
        pl_buf_free(&want);
        pl_snapshot_stream_free(s);
    }
    pl_snapshot_stream_free(NULL);
}

static void without_resources_there_are_header_and_gaps(void **state)
{
    struct pl_world_builder *b = pl_world_builder_new(*state);
    struct pl_snapshot_stream *s = pl_snapshot_stream_new(0);

    finish(b);
    assert_string_equal(text_of(*state, s, pl_world_build(b)),
                        "{\"kinds\":[\"sql.instance\"],\"lines\":1,\"observed_at\":\"" AT
                        "\",\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n"
                        "{\"reason\":\"unavailable\",\"scope\":\"projects/"
                        "p\",\"unobserved\":\"redis.instance\"}\n");
    pl_snapshot_stream_free(s);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_bytes_are_those_of_a_world),
        TEST(without_resources_there_are_header_and_gaps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
