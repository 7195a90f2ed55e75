/* test_observe_host.c - Shared VPC: which links are followed into which projects, what is read there, and what is said to be missing.
 *
 * The estate: services and a database of acme-app; their network in acme-net, named by id and by number; a connector in acme-hub, whose
 * subnetwork is in acme-net again.
 */
#include "sim_run.h"

#define APP "projects/acme-app"
#define NET "projects/acme-net"
#define HUB "projects/acme-hub"

/* What a run with every kind below finds. */
#define ALL_OF_IT                                                                                  \
    "compute.firewall " NET "\ncompute.network " NET "\ncompute.route " NET                        \
    "\ncompute.router " NET "\ncompute.subnetwork " NET "\nrun.service " APP "\nrun.service " APP  \
    "\nrun.service " APP "\nservicenetworking.connection " NET "\nsql.instance " APP               \
    "\nvpcaccess.connector " HUB "\n"
#define NOT_ASKED                                                                                  \
    "compute.firewall " HUB ": not_asked\ncompute.network " HUB ": not_asked\n"                    \
    "compute.route " HUB ": not_asked\ncompute.router " HUB ": not_asked\n"                        \
    "compute.subnetwork " HUB ": not_asked\nrun.service " HUB ": not_asked\n"                      \
    "run.service " NET ": not_asked\nservicenetworking.connection " HUB ": not_asked\n"            \
    "sql.instance " HUB ": not_asked\nsql.instance " NET ": not_asked\n"                           \
    "vpcaccess.connector " NET ": not_asked\n"

static const struct pl_kind *const path[] = {
    &pl_kind_compute_firewall, &pl_kind_compute_network,     &pl_kind_compute_route,
    &pl_kind_compute_router,   &pl_kind_compute_subnetwork,  &pl_kind_run_service,
    &pl_kind_sql_instance,     &pl_kind_vpcaccess_connector, &pl_kind_servicenetworking_connection,
};
static const struct pl_kind *const services[] = {&pl_kind_run_service};
static const struct pl_kind *const connectors[] = {&pl_kind_run_service,
                                                   &pl_kind_vpcaccess_connector};
static const struct pl_kind *const clusters[] = {&pl_kind_compute_address, &pl_kind_compute_network,
                                                 &pl_kind_redis_cluster};
static const struct pl_kind *const valkeys[] = {&pl_kind_compute_network, &pl_kind_valkey_instance};
static const struct pl_kind *const databases[] = {&pl_kind_compute_network, &pl_kind_sql_instance};

#define KINDS(list) list, PL_LEN(list)

static const struct row {
    const char *name;
    const struct pl_kind *const *kinds;
    size_t n_kinds;
    const char *projects[4];
    const char *faults, *found, *gaps;
} rows[] = {
    {"two host projects, as far as their parts go",
     KINDS(path),
     {"acme-app"},
     NULL,
     ALL_OF_IT,
     NOT_ASKED},
    {"no kinds of networks, nothing to follow",
     KINDS(services),
     {"acme-app"},
     NULL,
     "run.service " APP "\nrun.service " APP "\nrun.service " APP "\n",
     ""},
    {"connectors alone",
     KINDS(connectors),
     {"acme-app"},
     NULL,
     "run.service " APP "\nrun.service " APP "\nrun.service " APP "\nvpcaccess.connector " HUB "\n",
     "run.service " HUB ": not_asked\n"},
    {"by number alone",
     KINDS(databases),
     {"acme-app"},
     NULL,
     "compute.network " NET "\nsql.instance " APP "\n",
     "sql.instance " NET ": not_asked\n"},
    {"by a cluster's connections: what it was asked for is in no answer",
     KINDS(clusters),
     {"acme-app"},
     NULL,
     "compute.address " NET "\ncompute.network " NET "\nredis.cluster " APP "\n",
     "redis.cluster " NET ": not_asked\n"},
    {"by the connections that Google made for Valkey",
     KINDS(valkeys),
     {"acme-app"},
     NULL,
     "compute.network " NET "\nvalkey.instance " APP "\n",
     "valkey.instance " NET ": not_asked\n"},
    {"by those that a user made",
     KINDS(valkeys),
     {"acme-hub"},
     NULL,
     "compute.network " NET "\nvalkey.instance " HUB "\n",
     "valkey.instance " NET ": not_asked\n"},
    {"a host project that is named is read as a whole",
     KINDS(databases),
     {"acme-app", "acme-net"},
     NULL,
     "compute.network " NET "\nsql.instance " APP "\nsql.instance " NET "\n",
     ""},
    {"a host project leads nowhere by itself",
     KINDS(path),
     {"acme-net"},
     NULL,
     "compute.firewall " NET "\ncompute.network " NET "\ncompute.route " NET "\ncompute.router " NET
     "\ncompute.subnetwork " NET "\nservicenetworking.connection " NET "\nsql.instance " NET "\n",
     ""},
    {"its networks may not be read",
     KINDS(databases),
     {"acme-app"},
     "{\"match\":{\"path\":\"acme-net/global/networks\"},\"action\":\"permission_denied\"}",
     "sql.instance " APP "\n",
     "compute.network " NET ": permission_denied compute.networks.list\n"
     "sql.instance " NET ": not_asked\n"},
    {"whose number it is may not be read",
     KINDS(databases),
     {"acme-app"},
     "{\"match\":{\"path\":\"v3/projects/555666777888\"},\"action\":\"permission_denied\"}",
     "sql.instance " APP "\n",
     "compute.network projects/555666777888: permission_denied resourcemanager.projects.get\n"},
};

static const char *found_text(struct pl_arena *arena, const struct pl_world *world)
{
    struct pl_buf out = {0};

    for (size_t i = 0; i < world->n_resources; i++)
        pl_buf_addf(&out, "%s projects/%s\n", world->resources[i]->address.kind->name,
                    world->resources[i]->address.project);
    return pl_buf_take(&out, arena);
}

static void links_are_followed(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct row *row = &rows[i];
        struct child sim;
        struct pl_gcp_options o;
        struct pl_err err;
        const struct pl_world *world;

        ROW("%s", row->name);
        child_start(&sim, "tests/unit/gcp/estate_shared_vpc.ndjson", row->faults, NULL);
        setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
        o = sim_options(arena, &sim);
        o.kinds = row->kinds;
        o.n_kinds = row->n_kinds;
        o.projects = row->projects;
        for (o.n_projects = 0; row->projects[o.n_projects] != NULL;)
            o.n_projects++;
        world = sim_observe(arena, &o, NULL, &err);
        assert_non_null(world);
        assert_string_equal(found_text(arena, world), row->found);
        assert_string_equal(gaps_text(arena, world), row->gaps);
        child_end(&sim, 0);
    }
}

/* What was not asked for is not known, and not absent. */
static void the_rest_is_not_known(void **state)
{
    struct pl_arena *arena = *state;
    const char *const projects[] = {"acme-app"}, *const names[] = {"not-ours", NULL};
    struct pl_address address = {
        .kind = &pl_kind_sql_instance, .project = "acme-net", .location = "global", .names = names};
    struct child sim;
    struct pl_gcp_options o;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, "tests/unit/gcp/estate_shared_vpc.ndjson", NULL, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    o = sim_options(arena, &sim);
    o.kinds = path;
    o.n_kinds = PL_LEN(path);
    o.projects = projects;
    world = sim_observe(arena, &o, NULL, &err);
    assert_non_null(world);
    assert_int_equal(pl_view_find(pl_view_new(arena, world), &address, NULL), PL_NOT_KNOWN);
    address.project = "acme-app";
    assert_int_equal(pl_view_find(pl_view_new(arena, world), &address, NULL), PL_ABSENT);
    child_end(&sim, 0);
}

static int setup(void **state)
{
    no_credentials();
    return harness_arena(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(links_are_followed),
        TEST(the_rest_is_not_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
