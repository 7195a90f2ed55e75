/* Links: the part that identifies, full resource names, and which resource a field points to. */
#include "group_arena.h"
#include "plumbline/address.h"

static void canonical(void **state)
{
    static const struct {
        const char *link, *canonical;
    } rows[] = {
        {"", ""},
        {"default", "default"},
        {"projects/p/global/networks/n", "projects/p/global/networks/n"},
        {"/projects/p/global/networks/n", "projects/p/global/networks/n"},
        {"//compute.googleapis.com/projects/p/global/networks/n", "projects/p/global/networks/n"},
        {"https://www.googleapis.com/compute/v1/projects/p/global/networks/n",
         "projects/p/global/networks/n"},
        {"https://compute.googleapis.com/compute/v1/projects/p/global/networks/n",
         "projects/p/global/networks/n"},
        {"https://www.googleapis.com/compute/beta/projects/p/global/networks/n",
         "projects/p/global/networks/n"},
        {"http://www.googleapis.com/compute/alpha/projects/p/zones/z", "projects/p/zones/z"},
        {"https://sqladmin.googleapis.com/sql/v1beta4/projects/p/instances/i",
         "projects/p/instances/i"},
        {"https://run.googleapis.com/v2/projects/p/locations/l/services/s",
         "projects/p/locations/l/services/s"},
        {"https://compute.googleapis.com/compute/v1/locations/global/firewallPolicies/1",
         "locations/global/firewallPolicies/1"},
        {"compute/v1/projects/p/global/networks/n", "projects/p/global/networks/n"},
        {"v1/projects/p", "projects/p"},
        {"global/networks/n", "global/networks/n"},
        {"/cloudsql/p:r:i", "/cloudsql/p:r:i"},
        {"https://example.com/compute/v1/projects/p/global/networks/n",
         "https://example.com/compute/v1/projects/p/global/networks/n"},
        {"https://evilgoogleapis.com/projects/p", "https://evilgoogleapis.com/projects/p"},
        {"https://www.googleapis.com", "https://www.googleapis.com"},
        {"//", "//"},
        {"https://", "https://"},
        {"v1/", "v1/"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *once = pl_link_canonical(arena, rows[i].link);
        assert_string_equal(once, rows[i].canonical);
        assert_string_equal(pl_link_canonical(arena, once), once);
    }
}

static void last_segments(void **state)
{
    (void)state;
    assert_string_equal(pl_link_last("a/b/c"), "c");
    assert_string_equal(pl_link_last("c"), "c");
    assert_string_equal(pl_link_last("a/"), "");
    assert_null(pl_link_last(NULL));
}

static void resource_names(void **state)
{
    static const struct {
        const char *address, *name;
    } rows[] = {
        {"sql.instance/p/global/main", "//sqladmin.googleapis.com/projects/p/instances/main"},
        {"run.service/p/us-central1/auth",
         "//run.googleapis.com/projects/p/locations/us-central1/services/auth"},
        {"compute.network/p/global/n", "//compute.googleapis.com/projects/p/global/networks/n"},
        {"compute.subnetwork/p/us-central1/s",
         "//compute.googleapis.com/projects/p/regions/us-central1/subnetworks/s"},
        {"redis.instance/p/us-central1/r",
         "//redis.googleapis.com/projects/p/locations/us-central1/instances/r"},
        {"dns.recordSet/p/global/z/%2A.a.example./A",
         "//dns.googleapis.com/projects/p/managedZones/z/rrsets/*.a.example./A"},
        {"sql.database/p/global/i/a%2Fb",
         "//sqladmin.googleapis.com/projects/p/instances/i/databases/a%2Fb"},
        {"sql.database/p/global/i/100%25",
         "//sqladmin.googleapis.com/projects/p/instances/i/databases/100%25"},
        {"sql.database/p/global/i/a%252Fb",
         "//sqladmin.googleapis.com/projects/p/instances/i/databases/a%252Fb"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_address address, again;
        assert_int_equal(pl_address_parse(arena, rows[i].address, &address, NULL), 0);
        assert_string_equal(pl_address_resource_name(arena, &address), rows[i].name);
        assert_int_equal(
            pl_address_from_resource_name(arena, address.kind, rows[i].name, &again, NULL), 0);
        assert_true(pl_address_equal(&address, &again));
    }
}

/* A kind that may be global, regional or zonal, with two names; no such kind is in the catalogue. */
static const char *const two[] = {"outer", "inner", NULL};
static const struct pl_kind nested = {
    .name = "compute.inner",
    .segments = two,
    .n_segments = 2,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/outers/{outer}/inners/{inner}",
    .call = {.api = "compute.googleapis.com"},
};

static void places(void **state)
{
    static const struct {
        const char *location, *name;
    } rows[] = {
        {"us-central1",
         "//compute.googleapis.com/projects/p/regions/us-central1/outers/o/inners/i"},
        {"us-central1-a",
         "//compute.googleapis.com/projects/p/zones/us-central1-a/outers/o/inners/i"},
        {"global", "//compute.googleapis.com/projects/p/global/outers/o/inners/i"},
    };
    static const char *const names[] = {"o", "i"};
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_address a = {&nested, "p", rows[i].location, names}, again;
        assert_string_equal(pl_address_resource_name(arena, &a), rows[i].name);
        assert_int_equal(pl_address_from_resource_name(arena, &nested, rows[i].name, &again, NULL),
                         0);
        assert_true(pl_address_equal(&a, &again));
    }
}

static void names_that_do_not_fit(void **state)
{
    static const struct {
        const char *kind, *name, *full, *error;
    } rows[] = {
        {"run.service", "//run.googleapis.com/v1/projects/p/regions/r/apps/auth",
         "run.service/p/r/auth", NULL},
        {"run.service", "auth", "run.service/-/-/auth", NULL},
        {"run.service", "namespaces/p/services/auth", "run.service/-/-/auth", NULL},
        {"compute.subnetwork", "projects/p/aggregated/subnetworks/s", "compute.subnetwork/p/-/s",
         NULL},
        {"run.service", "", NULL, "'' is no resource name"},
        {"run.service", "//run.googleapis.com/", NULL,
         "'//run.googleapis.com/' is no resource name"},
        {"run.service", "projects//x", NULL, "'projects//x' is no resource name"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_address address;
        struct pl_err err = {0};
        int rc = pl_address_from_resource_name(arena, pl_kind_find(rows[i].kind), rows[i].name,
                                               &address, &err);
        assert_int_equal(rc, rows[i].error != NULL ? -1 : 0);
        assert_string_equal(err.text, rows[i].error != NULL ? rows[i].error : "");
        if (rc == 0)
            assert_string_equal(pl_address_full(arena, &address), rows[i].full);
    }
    struct pl_address address;
    struct pl_err err = {0};
    assert_int_equal(pl_address_from_resource_name(arena, &nested, "one/two", &address, &err), -1);
    assert_string_equal(err.text, "'one/two' is no name of compute.inner: it looks like "
                                  "//compute.googleapis.com/projects/{project}/regions/{location}/"
                                  "outers/{outer}/inners/{inner}");
}

static void deep_names(void **state)
{
    (void)state;
    struct pl_buf buf = {0};
    struct pl_address address;
    struct pl_err err = {0};
    for (int i = 0; i < 100000; i++)
        pl_buf_adds(&buf, "a/");
    pl_buf_adds(&buf, "a");
    assert_int_equal(
        pl_address_from_resource_name(arena, &nested, pl_buf_str(&buf), &address, &err), -1);
    assert_false(pl_link_parse(arena, &nested, pl_buf_str(&buf), NULL, &address));
    pl_buf_free(&buf);
}

static void links(void **state)
{
    static const struct {
        const char *kind, *link, *full; /* NULL: no link to that kind */
    } rows[] = {
        {"compute.network", "default", "compute.network/near/global/default"},
        {"compute.network", "projects/p/global/networks/n", "compute.network/p/global/n"},
        {"compute.network", "/projects/p/global/networks/n", "compute.network/p/global/n"},
        {"compute.network", "https://www.googleapis.com/compute/v1/projects/p/global/networks/n",
         "compute.network/p/global/n"},
        {"compute.network", "//compute.googleapis.com/projects/p/global/networks/n",
         "compute.network/p/global/n"},
        {"compute.network", "global/networks/n", "compute.network/near/global/n"},
        {"compute.network", "networks/n", "compute.network/near/global/n"},
        {"compute.network", "", NULL},
        {"compute.network", "projects/p/global/firewalls/n", NULL},
        {"compute.network", "p/global/networks/n", NULL},
        {"compute.network", "x/projects/p/global/networks/n", NULL},
        {"compute.network", "https://example.com/projects/p/global/networks/n", NULL},
        {"compute.network", "https://run.googleapis.com/projects/p/global/networks/n", NULL},
        {"compute.subnetwork", "projects/p/regions/r/subnetworks/s", "compute.subnetwork/p/r/s"},
        {"compute.subnetwork", "regions/r/subnetworks/s", "compute.subnetwork/near/r/s"},
        {"compute.subnetwork", "s", "compute.subnetwork/near/us-central1/s"},
        {"compute.subnetwork", "r/subnetworks/s", NULL},
        {"redis.instance", "//memorystore.googleapis.com/projects/p/locations/l/instances/i", NULL},
        {"redis.instance", "//redis.googleapis.com/projects/p/locations/l/instances/i",
         "redis.instance/p/l/i"},
        {"sql.instance", "projects/p/locations/l/instances/i", NULL},
        {"sql.instance", "projects/p/instances/i", "sql.instance/p/global/i"},
    };
    struct pl_address near;
    (void)state;
    assert_int_equal(pl_address_parse(arena, "run.service/near/us-central1/x", &near, NULL), 0);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_address address;
        bool is = pl_link_parse(arena, pl_kind_find(rows[i].kind), rows[i].link, &near, &address);
        if (is != (rows[i].full != NULL))
            fail_msg("%s, %s", rows[i].kind, rows[i].link);
        if (is)
            assert_string_equal(pl_address_full(arena, &address), rows[i].full);
    }
    struct pl_address address;
    assert_true(pl_link_parse(arena, pl_kind_find("compute.subnetwork"), "s", NULL, &address));
    assert_string_equal(pl_address_full(arena, &address), "compute.subnetwork/-/-/s");
    assert_false(pl_link_parse(arena, &nested, "i", &near, &address));
    assert_true(
        pl_link_parse(arena, &nested, "projects/p/global/outers/o/inners/i", &near, &address));
    assert_string_equal(address.location, "global");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical),     cmocka_unit_test(resource_names),
        cmocka_unit_test(places),        cmocka_unit_test(names_that_do_not_fit),
        cmocka_unit_test(deep_names),    cmocka_unit_test(links),
        cmocka_unit_test(last_segments),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
