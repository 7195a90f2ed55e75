/* test_world.c - worlds: order, policies that come early or alone, which gap covers what, absent or not known. */
#include "harness.h"

#include <string.h>

#include "plumbline/json.h"
#include "plumbline/world.h"

static const struct pl_value *json(struct pl_arena *arena, const char *text)
{
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), "test", NULL);

    assert_non_null(v);
    return v;
}

static struct pl_address address_of(struct pl_arena *arena, const char *text)
{
    struct pl_address address;
    struct pl_err err = {0};

    if (pl_address_parse(arena, text, &address, &err) != 0)
        fail_msg("%s", err.text);
    return pl_address_resolve(&address, "p", "global");
}

static void add(struct pl_arena *arena, struct pl_world_builder *b, const char *address,
                const char *body)
{
    struct pl_resource r = {.address = address_of(arena, address), .body = json(arena, body)};

    pl_world_add(b, &r);
}

static void add_gap(struct pl_world_builder *b, const char *kind, const char *scope,
                    const char *field, const char *reason)
{
    struct pl_unobserved gap = {
        .kind_name = kind, .scope = scope, .field = field, .reason = reason};

    gap.kind = kind != NULL ? pl_kind_find(kind) : NULL;
    pl_world_add_unobserved(b, &gap);
}

static enum pl_known find(struct pl_arena *arena, const struct pl_world *world, const char *address)
{
    struct pl_address a = address_of(arena, address);

    return pl_view_find(pl_view_new(arena, world), &a, NULL);
}

static void resources_are_sorted_whatever_order_they_came_in(void **state)
{
    static const char *const want[] = {
        "//compute.googleapis.com/projects/p/global/networks/default",
        "//run.googleapis.com/projects/p/locations/europe-west1/services/b",
        "//run.googleapis.com/projects/p/locations/us-central1/services/a",
        "//sqladmin.googleapis.com/projects/p/instances/main",
    };
    struct pl_world_builder *b = pl_world_builder_new(*state);
    const struct pl_world *world;

    add(*state, b, "sql.instance/main", "{}");
    add(*state, b, "run.service/us-central1/a", "{}");
    add(*state, b, "compute.network/default", "{}");
    add(*state, b, "run.service/europe-west1/b", "{}");
    world = pl_world_build(b);
    assert_int_equal(world->n_resources, PL_LEN(want));
    for (size_t i = 0; i < PL_LEN(want); i++)
        assert_string_equal(world->resources[i]->name, want[i]);
    assert_string_equal(world->resources[3]->full, "sql.instance/p/global/main");
}

static void a_second_resource_replaces_the_first_and_keeps_its_policy(void **state)
{
    struct pl_world_builder *b = pl_world_builder_new(*state);
    struct pl_address a = address_of(*state, "run.service/us-central1/a");
    const struct pl_world *world;

    pl_world_add_iam(b, &a, json(*state, "{\"etag\":\"1\"}"));
    add(*state, b, "run.service/us-central1/a", "{\"ingress\":\"old\"}");
    add(*state, b, "run.service/us-central1/a", "{\"ingress\":\"new\"}");
    world = pl_world_build(b);
    assert_int_equal(world->n_resources, 1);
    assert_string_equal(pl_json_text(*state, world->resources[0]->body),
                        "{\"iamPolicy\":{\"etag\":\"1\"},\"ingress\":\"new\"}");
    assert_null(world->resources[0]->fields);
}

static void a_policy_alone_knows_nothing_else(void **state)
{
    struct pl_world_builder *b = pl_world_builder_new(*state);
    struct pl_address a = address_of(*state, "run.service/us-central1/a");
    const struct pl_resource *r;
    struct pl_view *view;

    pl_world_add_iam(b, &a, json(*state, "{}"));
    view = pl_view_new(*state, pl_world_build(b));
    assert_int_equal(pl_view_find(view, &a, &r), PL_PRESENT);
    assert_int_equal(pl_view_read(view, r, "ingress", NULL), PL_NOT_KNOWN);
    assert_int_equal(pl_view_read(view, r, "iamPolicy", NULL), PL_PRESENT);
    /* A policy that was read and has no bindings is present, its bindings are absent. */
    assert_int_equal(pl_view_read(view, r, "iamPolicy.bindings", NULL), PL_ABSENT);
}

/* ---- absent, or not known ---- */

static void projects_and_kinds_that_were_not_given_are_taken_from_what_is_there(void **state)
{
    struct pl_world_builder *b = pl_world_builder_new(*state);
    const struct pl_world *world;

    add(*state, b, "sql.instance/main", "{}");
    add(*state, b, "sql.instance/q/global/main", "{}");
    world = pl_world_build(b);
    assert_int_equal(world->n_projects, 2);
    assert_string_equal(world->projects[0], "p");
    assert_string_equal(world->projects[1], "q");
    assert_null(world->kinds);
    assert_int_equal(find(*state, world, "sql.instance/main"), PL_PRESENT);
    assert_int_equal(find(*state, world, "sql.instance/other"), PL_ABSENT);
    assert_int_equal(find(*state, world, "redis.instance/us-central1/r"), PL_ABSENT);
    assert_int_equal(find(*state, world, "sql.instance/z/global/main"), PL_NOT_KNOWN);
}

static void what_was_not_looked_for_is_not_known(void **state)
{
    struct pl_world_builder *b = pl_world_builder_new(*state);
    const struct pl_world *world;

    pl_world_add_project(b, "p");
    pl_world_add_kind(b, "sql.instance");
    /* The host project of a shared network was not listed, one resource of it was fetched. */
    add(*state, b, "compute.network/host/global/shared", "{}");
    world = pl_world_build(b);
    assert_int_equal(world->n_projects, 1);
    assert_int_equal(find(*state, world, "sql.instance/main"), PL_ABSENT);
    assert_int_equal(find(*state, world, "redis.instance/us-central1/r"), PL_NOT_KNOWN);
    assert_int_equal(find(*state, world, "compute.network/host/global/shared"), PL_PRESENT);
    assert_int_equal(find(*state, world, "sql.instance/host/global/main"), PL_NOT_KNOWN);
}

static const struct {
    const char *kind, *scope, *field; /* the gap */
    const char *address;
    enum pl_known found;
} covers[] = {
    {"run.service", "projects/p/locations/-", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "projects/p/locations/l", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "projects/p/locations/l", NULL, "run.service/l2/s", PL_ABSENT},
    {"run.service", "projects/p", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "projects/-/locations/l", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "projects/q", NULL, "run.service/l/s", PL_ABSENT},
    {"run.service", "projects/pp", NULL, "run.service/l/s", PL_ABSENT},
    {"run.service", NULL, NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {NULL, "projects/p", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {NULL, "projects/p/locations/l", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"sql.instance", "projects/p", NULL, "run.service/l/s", PL_ABSENT},
    {"vmware.engine", "projects/p", NULL, "run.service/l/s", PL_ABSENT},
    {"run.service", "//run.googleapis.com/projects/p", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "//run.googleapis.com/projects/p/locations/l/services/s", NULL,
     "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "projects/p/locations/l/services/s", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "/projects/p/locations/l/services/s", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "projects/p/locations/-/services/s", NULL, "run.service/l/s", PL_NOT_KNOWN},
    {"run.service", "projects/p/locations/-/services/s", NULL, "run.service/l/s2", PL_ABSENT},
    {"run.service", "projects/p/locations/l/services/s2", NULL, "run.service/l/s", PL_ABSENT},
    {"run.service", "projects/p/locations/l/services/s/x", NULL, "run.service/l/s", PL_ABSENT},
    {"run.service", "projects/p/locations/l/serv", NULL, "run.service/l/s", PL_ABSENT},
    {"run.service", "projects/p/locations/-", "iamPolicy", "run.service/l/s", PL_ABSENT},
    {"compute.subnetwork", "projects/p/regions/l", NULL, "compute.subnetwork/l/s", PL_NOT_KNOWN},
    {"compute.subnetwork", "projects/p/locations/l", NULL, "compute.subnetwork/l/s", PL_NOT_KNOWN},
    {"compute.firewall", "projects/p/global", NULL, "compute.firewall/f", PL_NOT_KNOWN},
    {"compute.firewall", "projects/p/locations/-", NULL, "compute.firewall/f", PL_NOT_KNOWN},
    {"compute.firewall", "projects/p/regions/l", NULL, "compute.firewall/f", PL_ABSENT},
    {"compute.firewall", "projects/p/regions/", NULL, "compute.firewall/f", PL_ABSENT},
    {"compute.firewall", "folders/1", NULL, "compute.firewall/f", PL_ABSENT},
    {"compute.firewall", "projects/", NULL, "compute.firewall/f", PL_ABSENT},
    {"compute.firewall", "//", NULL, "compute.firewall/f", PL_NOT_KNOWN},
    {"compute.firewall", "//compute.googleapis.com", NULL, "compute.firewall/f", PL_NOT_KNOWN},
};

static void a_gap_covers_its_scope_and_no_more(void **state)
{
    for (size_t i = 0; i < PL_LEN(covers); i++) {
        struct pl_world_builder *b = pl_world_builder_new(*state);
        struct pl_address a = address_of(*state, covers[i].address);
        const struct pl_world *world;

        ROW("%s %s", covers[i].kind != NULL ? covers[i].kind : "*",
            covers[i].scope != NULL ? covers[i].scope : "everywhere");
        pl_world_add_project(b, "p");
        add_gap(b, covers[i].kind, covers[i].scope, covers[i].field, "permission_denied");
        world = pl_world_build(b);
        assert_int_equal(find(*state, world, covers[i].address), covers[i].found);
        assert_int_equal(pl_world_gap(world, &a, NULL) != NULL, covers[i].found == PL_NOT_KNOWN);
    }
}

static void the_most_telling_gap_is_given(void **state)
{
    struct pl_world_builder *b = pl_world_builder_new(*state);
    struct pl_address a = address_of(*state, "run.service/l/s"),
                      c = address_of(*state, "sql.instance/m");
    const struct pl_world *world;

    add_gap(b, "run.service", "projects/p/locations/-", "iamPolicy", "permission_denied");
    add_gap(b, "run.service", "projects/p/locations/l", NULL, "unavailable");
    add_gap(b, NULL, "projects/p", NULL, "api_disabled");
    world = pl_world_build(b);
    assert_string_equal(pl_world_gap(world, &a, "iamPolicy")->reason, "permission_denied");
    assert_string_equal(pl_world_gap(world, &a, "iamPolicy.bindings")->reason, "permission_denied");
    assert_null(pl_world_gap(world, &a, NULL)->field);
    assert_null(pl_world_gap(world, &a, "ingress")->field);
    assert_string_equal(pl_world_gap(world, &c, NULL)->reason, "api_disabled");
}

static void equal_gaps_are_one_and_sorted(void **state)
{
    struct pl_world_builder *b = pl_world_builder_new(*state);
    const struct pl_world *world;

    add_gap(b, "run.service", "projects/p/locations/b", NULL, "unavailable");
    add_gap(b, "redis.instance", "projects/p", NULL, "unavailable");
    add_gap(b, "run.service", "projects/p/locations/a", NULL, "unavailable");
    add_gap(b, "run.service", "projects/p/locations/b", NULL, "unavailable");
    world = pl_world_build(b);
    assert_int_equal(world->n_unobserved, 3);
    assert_string_equal(world->unobserved[0].kind_name, "redis.instance");
    assert_string_equal(world->unobserved[1].scope, "projects/p/locations/a");
    assert_string_equal(world->unobserved[2].scope, "projects/p/locations/b");
}

/* ---- listings ---- */

static const struct {
    const char *kind, *scope, *field, *project;
    enum pl_known known;
} listings[] = {
    {NULL, NULL, "x", NULL, PL_PRESENT},
    {"sql.instance", "projects/p", NULL, "p", PL_NOT_KNOWN},
    {"sql.instance", "projects/p", NULL, "q", PL_PRESENT},
    {"sql.instance", "projects/p", NULL, NULL, PL_NOT_KNOWN},
    {"sql.instance", "projects/p", "iamPolicy", "p", PL_PRESENT},
    {"sql.instance", "projects/-/locations/l", NULL, "q", PL_NOT_KNOWN},
    {"redis.instance", "projects/p", NULL, "p", PL_PRESENT},
    {NULL, "projects/p", NULL, "p", PL_NOT_KNOWN},
    {"sql.instance", "projects/p/instances/gone", NULL, "p", PL_NOT_KNOWN},
    {"sql.instance", "projects/p/instances/gone", NULL, "q", PL_PRESENT},
    /* It is there, so nothing of the listing is missing. */
    {"sql.instance", "projects/p/instances/main", NULL, "p", PL_PRESENT},
    {NULL, NULL, "x", "z", PL_NOT_KNOWN},
};

static void a_listing_with_a_gap_is_not_known(void **state)
{
    for (size_t i = 0; i < PL_LEN(listings); i++) {
        struct pl_world_builder *b = pl_world_builder_new(*state);
        const struct pl_resource *const *all;
        const struct pl_kind *kind = pl_kind_find("sql.instance");
        const struct pl_world *world;
        size_t n;

        ROW("%zu", i);
        pl_world_add_project(b, "p");
        pl_world_add_project(b, "q");
        add(*state, b, "sql.instance/main", "{}");
        add_gap(b, listings[i].kind, listings[i].scope, listings[i].field, "unavailable");
        world = pl_world_build(b);
        assert_int_equal(
            pl_view_list(pl_view_new(*state, world), kind, listings[i].project, &all, &n),
            listings[i].known);
        if (listings[i].project == NULL || listings[i].project[0] != 'z')
            assert_int_equal(pl_world_listing_gap(world, kind, listings[i].project) != NULL,
                             listings[i].known == PL_NOT_KNOWN);
    }
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(resources_are_sorted_whatever_order_they_came_in),
        TEST(a_second_resource_replaces_the_first_and_keeps_its_policy),
        TEST(a_policy_alone_knows_nothing_else),
        TEST(projects_and_kinds_that_were_not_given_are_taken_from_what_is_there),
        TEST(what_was_not_looked_for_is_not_known),
        TEST(a_gap_covers_its_scope_and_no_more),
        TEST(the_most_telling_gap_is_given),
        TEST(equal_gaps_are_one_and_sorted),
        TEST(a_listing_with_a_gap_is_not_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
