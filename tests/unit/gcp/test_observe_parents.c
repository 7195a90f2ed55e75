/* test_observe_parents.c - what lives inside other resources: asked for as these arrive, and not known where these are not.
 *
 * A row is the kinds that are asked for, a fault, and what must come of it: resources of the last kind, and the gaps.
 */
#include "sim_run.h"

#define P "projects/acme-staging"

struct row {
    const char *name;
    const struct pl_kind *kinds[3];
    const char *faults, *gaps;
    size_t found; /* resources, all kinds */
    size_t requests;
    const char *project; /* NULL: acme-staging */
};

static const struct row rows[] = {
    /* the parents are listed for their children's sake, and stay out of the world */
    {"databases alone", {&pl_kind_sql_database}, NULL, "", 4, 4, NULL},
    {"databases and instances",
     {&pl_kind_sql_database, &pl_kind_sql_instance},
     NULL,
     "",
     7,
     4,
     NULL},
    {"databases and users of each instance",
     {&pl_kind_sql_database, &pl_kind_sql_user},
     NULL,
     "",
     10,
     7,
     NULL},
    {"versions of each secret", {&pl_kind_secret_version}, NULL, "", 3, 3, NULL},
    {"secrets have policies", {&pl_kind_secret_secret}, NULL, "", 2, 3, NULL},
    {"records of each zone", {&pl_kind_dns_record_set}, NULL, "", 4, 3, NULL},
    /* one list of locations for all that need it: locations, and for each of two regions jobs and revisions */
    {"jobs and revisions", {&pl_kind_run_job, &pl_kind_run_revision}, NULL, "", 4, 5, NULL},
    {"a stopped instance does not say",
     {&pl_kind_sql_database, &pl_kind_sql_instance, &pl_kind_sql_user},
     NULL,
     "sql.database //sqladmin.googleapis.com/projects/acme-network-host/instances/archive: "
     "not_running\n"
     "sql.user //sqladmin.googleapis.com/projects/acme-network-host/instances/archive: "
     "not_running\n",
     1,
     3,
     "acme-network-host"},
    {"no instances, no databases",
     {&pl_kind_sql_database, &pl_kind_sql_instance},
     "{\"match\":{\"kind\":\"sql.instance\"},\"action\":\"permission_denied\"}",
     "sql.database " P ": permission_denied cloudsql.instances.list\n"
     "sql.instance " P ": permission_denied cloudsql.instances.list\n",
     0,
     1,
     NULL},
    {"a region of instances is missing",
     {&pl_kind_sql_database},
     "{\"match\":{\"kind\":\"sql.instance\"},\"action\":\"unreachable\",\"locations\":[\"europe-"
     "west1\"]}",
     "sql.database " P ": unavailable\n",
     3,
     3,
     NULL},
    {"users of one instance may not be read",
     {&pl_kind_sql_user},
     "{\"match\":{\"path\":\"instances/main/users\"},\"action\":\"permission_denied\"}",
     "sql.user //sqladmin.googleapis.com/" P "/instances/main: permission_denied "
     "cloudsql.users.list\n",
     3,
     4,
     NULL},
    {"versions that are no list",
     {&pl_kind_secret_version},
     "{\"match\":{\"path\":\"tls-key/versions\"},\"action\":\"wrong_type\"}",
     "secret.version //secretmanager.googleapis.com/" P "/secrets/tls-key: bad_answer\n",
     2,
     3,
     NULL},
    {"DNS is off",
     {&pl_kind_dns_managed_zone, &pl_kind_dns_record_set},
     "{\"match\":{\"host\":\"dns.googleapis.com\"},\"action\":\"service_disabled\"}",
     "dns.managedZone " P ": api_disabled\n"
     "dns.recordSet " P ": api_disabled\n",
     0,
     2, /* and the project's number */
     NULL},
    {"no locations",
     {&pl_kind_run_job, &pl_kind_run_revision},
     "{\"match\":{\"path\":\"v1/projects/acme-staging/"
     "locations\"},\"action\":\"permission_denied\"}",
     "run.job " P "/locations/-: permission_denied run.locations.list\n"
     "run.revision " P "/locations/-: permission_denied run.locations.list\n",
     0,
     1,
     NULL},
    {"revisions of one region",
     {&pl_kind_run_job, &pl_kind_run_revision},
     "{\"match\":{\"path\":\"locations/us-central1/services/-/"
     "revisions\"},\"action\":\"permission_denied\"}",
     "run.revision " P "/locations/us-central1: permission_denied run.revisions.list\n",
     2,
     5,
     NULL},
    {"addresses of one region",
     {&pl_kind_compute_address},
     "{\"match\":{\"kind\":\"compute.address\"},\"action\":\"unreachable\",\"locations\":[\"us-"
     "central1\"]}",
     "compute.address " P "/locations/us-central1: unavailable\n",
     2,
     1,
     NULL},
    {"clusters of one region",
     {&pl_kind_redis_cluster},
     "{\"match\":{\"kind\":\"redis.cluster\"},\"action\":\"unreachable\",\"locations\":[\"europe-"
     "west1\"]}",
     "redis.cluster " P "/locations/europe-west1: unavailable\n",
     1,
     1,
     NULL},
};

static void check_row(struct pl_arena *arena, const struct row *row)
{
    const char *projects[] = {row->project};
    struct child sim;
    struct pl_gcp_options options;
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world;

    ROW("%s", row->name);
    child_start(&sim, NULL, row->faults, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    if (row->project != NULL)
        options.projects = projects;
    options.kinds = row->kinds;
    while (options.n_kinds < PL_LEN(row->kinds) && row->kinds[options.n_kinds] != NULL)
        options.n_kinds++;
    world = sim_observe(arena, &options, &stats, &err);
    assert_non_null(world);
    assert_string_equal(gaps_text(arena, world), row->gaps);
    assert_int_equal(world->n_resources, row->found);
    assert_int_equal(stats.requests, row->requests);
    child_end(&sim, 0);
}

static void each_follows_its_parent(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++)
        check_row(*state, &rows[i]);
}

/* What is not known of an instance's users is not known of any user of it, and of no other's. */
static void a_gap_covers_what_is_inside(void **state)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_sql_user};
    static const struct {
        const char *address;
        enum pl_known known;
    } asked[] = {
        {"sql.user/acme-staging/global/main/nobody", PL_NOT_KNOWN},
        {"sql.user/acme-staging/global/reports/nobody", PL_ABSENT},
        {"sql.database/acme-staging/global/reports/nothing", PL_NOT_KNOWN}, /* not looked for */
    };
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, NULL,
                "{\"match\":{\"path\":\"instances/main/users\"},\"action\":\"permission_denied\"}",
                NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 1;
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    for (size_t i = 0; i < PL_LEN(asked); i++) {
        const struct pl_resource *found;
        struct pl_address address;

        ROW("%s", asked[i].address);
        assert_int_equal(pl_address_parse(arena, asked[i].address, &address, &err), 0);
        assert_int_equal(pl_view_find(pl_view_new(arena, world), &address, &found), asked[i].known);
    }
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
        TEST(each_follows_its_parent),
        TEST(a_gap_covers_what_is_inside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
