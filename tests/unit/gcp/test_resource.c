/* test_resource.c - from an item of a list to its address, and copies that outlive their page. */
#include "gcp_kinds.h"
#include "gcp_priv.h"
#include "harness.h"
#include "plumbline/json.h"

#include <string.h>

static const struct pl_value *parse(struct pl_arena *arena, const char *text)
{
    struct pl_err err;
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), "test", &err);

    assert_non_null(v);
    return v;
}

static const struct {
    const struct pl_kind *kind;
    const char *location, *item, *address; /* NULL: none */
} items[] = {
    {&pl_kind_sql_instance, NULL, "{\"name\":\"main\",\"region\":\"us-east1\"}",
     "sql.instance/acme/global/main"},
    /* numbers for the project are turned into what was asked for */
    {&pl_kind_run_service, "us-east1",
     "{\"name\":\"projects/123/locations/us-east1/services/auth\"}",
     "run.service/acme/us-east1/auth"},
    {&pl_kind_redis_instance, NULL, "{\"name\":\"projects/acme/locations/eu/instances/r\"}",
     "redis.instance/acme/eu/r"},
    {&pl_kind_compute_subnetwork, "regions/us-east1", "{\"name\":\"s\"}",
     "compute.subnetwork/acme/us-east1/s"},
    {&pl_kind_compute_subnetwork, NULL,
     "{\"name\":\"s\",\"region\":\"https://www.googleapis.com/compute/v1/projects/acme/regions/"
     "us-east1\"}",
     "compute.subnetwork/acme/us-east1/s"},
    {&pl_kind_compute_network, NULL, "{\"name\":\"default\"}",
     "compute.network/acme/global/default"},
    {&pl_kind_project_service, NULL, "{\"name\":\"projects/123/services/run.googleapis.com\"}",
     "project.service/acme/global/run.googleapis.com"},
    {&pl_kind_servicenetworking_connection, NULL,
     "{\"network\":\"projects/123/global/networks/main\"}",
     "servicenetworking.connection/acme/global/main"},
    /* nothing to be called by */
    {&pl_kind_sql_instance, NULL, "{}", NULL},
    {&pl_kind_sql_instance, NULL, "{\"name\":7}", NULL},
    {&pl_kind_sql_instance, NULL, "{\"name\":\"\"}", NULL},
    {&pl_kind_redis_instance, NULL, "{\"name\":\"projects/acme/locations/eu/instances/\"}", NULL},
    {&pl_kind_compute_subnetwork, NULL, "{\"name\":\"s\"}", NULL},
    /* another's, or of another form */
    {&pl_kind_run_service, "us-east1",
     "{\"name\":\"projects/other/locations/us-east1/services/auth\"}", NULL},
    {&pl_kind_run_service, "us-east1",
     "{\"name\":\"projects/acme/locations/us-west1/services/auth\"}", NULL},
    {&pl_kind_run_service, "us-east1", "{\"name\":\"projects/acme/locations/us-east1/jobs/auth\"}",
     NULL},
    {&pl_kind_run_service, "us-east1",
     "{\"name\":\"projects/acme/locations/us-east1/services/auth/x\"}", NULL},
    {&pl_kind_run_service, "us-east1", "{\"name\":\"projects/acme/locations/us-east1/services\"}",
     NULL},
    {&pl_kind_run_service, "us-east1", "{\"name\":\"services/auth\"}", NULL},
    {&pl_kind_redis_instance, "-", "{\"name\":\"projects/acme/locations/eu/instances/r\"}",
     "redis.instance/acme/eu/r"},
    {&pl_kind_sql_instance, NULL, "{\"name\":\"a/b\"}", NULL},
    /* no path may be made of these */
    {&pl_kind_sql_instance, NULL, "{\"name\":\"..\"}", NULL},
    {&pl_kind_sql_instance, NULL, "{\"name\":\".\"}", NULL},
    {&pl_kind_sql_instance, NULL, "{\"name\":\"-\"}", NULL},
    {&pl_kind_run_service, "us-east1",
     "{\"name\":\"projects/acme/locations/us-east1/services/..\"}", NULL},
    {&pl_kind_compute_subnetwork, "regions/..", "{\"name\":\"s\"}", NULL},
};

static void items_have_addresses(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(items); i++) {
        struct pl_address address;
        struct pl_gcp_place place = {"acme", items[i].location, NULL};
        bool found =
            pl_gcp_address(arena, items[i].kind, &place, parse(arena, items[i].item), &address);

        ROW("%s", items[i].item);
        assert_int_equal(found, items[i].address != NULL);
        if (found)
            assert_string_equal(pl_address_full(arena, &address), items[i].address);
    }
}

/* What lives inside another resource: by its own path, or by whom it was listed for. */
static const struct {
    const struct pl_kind *kind;
    const char *location, *parent, *item, *address; /* NULL: none */
} inner[] = {
    {&pl_kind_secret_version, NULL, "s", "{\"name\":\"projects/123/secrets/s/versions/3\"}",
     "secret.version/acme/global/s/3"},
    {&pl_kind_run_revision, "us-east1", NULL,
     "{\"name\":\"projects/123/locations/us-east1/services/auth/revisions/auth-1\"}",
     "run.revision/acme/us-east1/auth/auth-1"},
    {&pl_kind_dns_record_set, NULL, "z", "{\"name\":\"*.a.example.\",\"type\":\"A\"}",
     "dns.recordSet/acme/global/z/%2A.a.example./A"},
    {&pl_kind_sql_database, NULL, "main", "{\"name\":\"app\"}",
     "sql.database/acme/global/main/app"},
    {&pl_kind_sql_database, NULL, NULL, "{\"name\":\"app\",\"instance\":\"main\"}",
     "sql.database/acme/global/main/app"},
    {&pl_kind_sql_database, NULL, "main", "{\"name\":\"a/b\"}",
     "sql.database/acme/global/main/a%2Fb"},
    {&pl_kind_sql_user, NULL, "main", "{\"name\":\"app\",\"host\":\"\"}",
     "sql.user/acme/global/main/app"},
    {&pl_kind_sql_user, NULL, "main", "{\"name\":\"app\",\"host\":\"%\"}",
     "sql.user/acme/global/main/app"},
    {&pl_kind_sql_user, NULL, "main", "{\"name\":\"app\",\"host\":\"10.0.0.1\"}",
     "sql.user/acme/global/main/app@10.0.0.1"},
    {&pl_kind_compute_address, "global", NULL, "{\"name\":\"a\"}", "compute.address/acme/global/a"},
    {&pl_kind_compute_instance, "zones/us-east1-b", NULL, "{\"name\":\"vm\"}",
     "compute.instance/acme/us-east1-b/vm"},
    {&pl_kind_compute_instance, NULL, NULL,
     "{\"name\":\"vm\",\"zone\":\"https://www.googleapis.com/compute/v1/projects/p/zones/z-1-a\"}",
     "compute.instance/acme/z-1-a/vm"},
    /* nothing to be called by, or nothing to be in */
    {&pl_kind_sql_database, NULL, NULL, "{\"name\":\"app\"}", NULL},
    {&pl_kind_sql_database, NULL, "main", "{\"name\":\"\"}", NULL},
    {&pl_kind_dns_record_set, NULL, "z", "{\"name\":\"a.example.\"}", NULL},
    {&pl_kind_secret_version, NULL, NULL, "{\"name\":\"3\"}", NULL},
    {&pl_kind_secret_version, NULL, "s", "{\"name\":\"projects/123/secrets/other/versions/3\"}",
     NULL},
    {&pl_kind_run_revision, "us-east1", NULL,
     "{\"name\":\"projects/acme/locations/us-east1/services/auth\"}", NULL},
    {&pl_kind_run_revision, "us-east1", NULL,
     "{\"name\":\"projects/acme/locations/us-east1/services/../revisions/r\"}", NULL},
};

static void inner_items_have_addresses(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(inner); i++) {
        struct pl_address address;
        struct pl_gcp_place place = {"acme", inner[i].location, inner[i].parent};
        bool found =
            pl_gcp_address(arena, inner[i].kind, &place, parse(arena, inner[i].item), &address);

        ROW("%s", inner[i].item);
        assert_int_equal(found, inner[i].address != NULL);
        if (found)
            assert_string_equal(pl_address_full(arena, &address), inner[i].address);
    }
}

static void segments(void **state)
{
    struct pl_arena *arena = *state;

    assert_string_equal(pl_gcp_segment_after(arena, "projects/p/locations/l/x", "locations"), "l");
    assert_string_equal(pl_gcp_segment_after(arena, "/projects/p", "projects"), "p");
    assert_null(pl_gcp_segment_after(arena, "projects/p/mylocations/l", "locations"));
    assert_null(pl_gcp_segment_after(arena, "projects/p/locations", "locations"));
    assert_null(pl_gcp_segment_after(arena, "projects/p/locations/", "locations"));
}

/* Every type of value, after the arena of the original has gone. */
static void copies_outlive_their_page(void **state)
{
    static const char text[] = "{\"a\":[1,2.5,true,null,\"x\",{}],\"b\":{\"c\":[]}}";
    struct pl_arena *page = pl_arena_new();
    const struct pl_value *kept = pl_gcp_keep(*state, parse(page, text));

    pl_arena_free(page);
    assert_string_equal(pl_json_text(*state, kept), text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(items_have_addresses),
        TEST(inner_items_have_addresses),
        TEST(segments),
        TEST(copies_outlive_their_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
