/* test_observe_sim.c - a whole estate read from plumbline-sim: what is there comes back as it is, whatever the way there.
 *
 * Faults are in test_observe_faults.c.
 */
#include "sim_run.h"

static const char *const both[] = {PROJECT, "acme-network-host"};

/* What a stopped instance does not say. */
#define STOPPED                                                                                    \
    "sql.database //sqladmin.googleapis.com/projects/acme-network-host/instances/archive: "        \
    "not_running\n"                                                                                \
    "sql.user //sqladmin.googleapis.com/projects/acme-network-host/instances/archive: "            \
    "not_running\n"

/* ---- the estate file, line by line ---- */

static const struct pl_value *next_line(struct pl_arena *arena, const char **text)
{
    size_t len = strcspn(*text, "\n");
    struct pl_err err;
    const struct pl_value *line;

    if (len == 0)
        return NULL;
    line = pl_json_parse(arena, *text, len, "estate", &err);
    assert_non_null(line);
    *text += len + ((*text)[len] == '\n');
    return line;
}

/* A connection's address here is its network's; Google gives it no name of its own. */
static const char *wanted_name(struct pl_arena *arena, const struct pl_value *line)
{
    const char *network = pl_value_member_text(pl_value_member(line, "resource"), "network");

    if (strcmp(pl_value_member_text(line, "kind"), "servicenetworking.connection") != 0)
        return pl_value_member_text(line, "name");
    return pl_arena_printf(
        arena, "//servicenetworking.googleapis.com/projects/" PROJECT "/global/networks/%s",
        strrchr(network, '/') + 1);
}

static const struct pl_resource *find(const struct pl_world *world, const char *kind,
                                      const char *name)
{
    for (size_t i = 0; i < world->n_resources; i++)
        if (strcmp(world->resources[i]->address.kind->name, kind) == 0 &&
            strcmp(world->resources[i]->name, name) == 0)
            return world->resources[i];
    return NULL;
}

static void check_line(struct pl_arena *arena, const struct pl_world *world,
                       const struct pl_value *line)
{
    const char *kind = pl_value_member_text(line, "kind");
    const char *name = wanted_name(arena, line);
    const struct pl_resource *r = find(world, kind, name);
    const struct pl_value *body = pl_value_member(line, "resource");

    ROW("%s %s", kind, name);
    assert_non_null(r);
    assert_string_equal(r->name, pl_address_resource_name(arena, &r->address));
    if (body == NULL) {
        assert_true(pl_value_equal(pl_value_member(r->body, "iamPolicy"),
                                   pl_value_member(line, "iam_policy")));
        return;
    }
    body = pl_redact(arena, r->address.kind, body, NULL);
    assert_string_equal(pl_json_text(arena, pl_value_map_with(arena, r->body, "iamPolicy", NULL)),
                        pl_json_text(arena, body));
}

/* Every line of the estate is in the world, and nothing else is. */
static void check_estate(struct pl_arena *arena, const struct pl_world *world)
{
    const char *text = harness_read(arena, EXAMPLE, NULL);
    const struct pl_value *line = next_line(arena, &text); /* the header */
    const char *state;
    size_t resources = 0;

    while ((line = next_line(arena, &text)) != NULL) {
        if (pl_value_member(line, "unobserved") != NULL)
            continue;
        /* Only enabled APIs are listed. */
        state = pl_value_member_text(pl_value_member(line, "resource"), "state");
        if (state != NULL && strcmp(state, "DISABLED") == 0 &&
            strcmp(pl_value_member_text(line, "kind"), "project.service") == 0) {
            assert_null(find(world, "project.service", pl_value_member_text(line, "name")));
            continue;
        }
        check_line(arena, world, line);
        resources += pl_value_member(line, "resource") != NULL ||
                     strcmp(pl_value_member_text(line, "kind"), "project.iamPolicy") == 0;
    }
    /* The host project has a policy that the estate does not tell. */
    assert_int_equal(world->n_resources, resources + (world->n_projects == 2 ? 1 : 0));
}

/* ---- tests ---- */

static void reproduces_the_estate(void **state)
{
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, NULL, NULL, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.projects = both;
    options.n_projects = 2;
    world = sim_observe(arena, &options, &stats, &err);
    assert_non_null(world);
    check_estate(arena, world);
    assert_string_equal(
        gaps_text(arena, world),
        "compute.firewall projects/acme-network-host: permission_denied compute.firewalls.list\n"
        "memcache.instance projects/acme-staging/locations/-: api_disabled\n"
        "redis.instance projects/acme-network-host/locations/-: api_disabled\n" STOPPED);
    assert_int_equal(stats.retries, 0);
    child_end(&sim, 0);
}

/* One item a page: every list goes through its paging. */
static void reproduces_it_page_by_page(void **state)
{
    static const char *const small[] = {"--page-size", "1", NULL};
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, NULL, NULL, small);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    world = sim_observe(arena, &options, &stats, &err);
    assert_non_null(world);
    assert_string_equal(gaps_text(arena, world),
                        "memcache.instance projects/acme-staging/locations/-: api_disabled\n");
    assert_int_equal(count_kind(world, &pl_kind_compute_firewall), 5);
    assert_int_equal(count_kind(world, &pl_kind_compute_address), 3);
    assert_int_equal(count_kind(world, &pl_kind_dns_record_set), 4);
    assert_int_equal(count_kind(world, &pl_kind_run_revision), 3);
    assert_int_equal(count_kind(world, &pl_kind_secret_version), 3);
    assert_int_equal(count_kind(world, &pl_kind_compute_subnetwork), 3);
    assert_int_equal(count_kind(world, &pl_kind_project_service), 8);
    assert_int_equal(count_kind(world, &pl_kind_run_service), 4);
    assert_true(stats.pages > 30);
    child_end(&sim, 0);
}

/* What a collection writes reads back and writes again byte for byte. */
static void snapshot_survives(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_arena *second = pl_arena_new();
    struct pl_buf first = {0}, again = {0};
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err;
    const struct pl_world *world, *read;

    child_start(&sim, NULL, NULL, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    pl_snapshot_write(&first, world);
    read = pl_snapshot_read(second, "snapshot", first.data, first.len, &err);
    assert_non_null(read);
    pl_snapshot_write(&again, read);
    assert_string_equal(pl_buf_str(&again), pl_buf_str(&first));
    assert_int_equal(read->n_resources, world->n_resources);
    pl_buf_free(&first);
    pl_buf_free(&again);
    pl_arena_free(second);
    child_end(&sim, 0);
}

/* A collection that keeps nothing in memory writes what one that keeps all does. */
static void streamed_it_is_the_same(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_snapshot_stream *stream = pl_snapshot_stream_new(4096);
    struct pl_buf kept = {0}, streamed = {0};
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err;
    const struct pl_world *world;
    const char *bytes;
    size_t n;

    child_start(&sim, NULL, NULL, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    pl_clock_freeze_wall(INT64_C(1795165200000000000));
    options = sim_options(arena, &sim);
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    pl_snapshot_write(&kept, world);
    options.stream = stream;
    n = world->n_resources;
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    assert_int_equal(world->n_resources, 0);
    assert_int_equal(pl_snapshot_stream_count(stream), n);
    pl_snapshot_stream_end(stream, world);
    while (pl_snapshot_stream_next(stream, &bytes, &n, &err) > 0)
        pl_buf_add(&streamed, bytes, n);
    assert_string_equal(pl_buf_str(&streamed), pl_buf_str(&kept));
    pl_clock_freeze_wall(0);
    pl_buf_free(&kept);
    pl_buf_free(&streamed);
    pl_snapshot_stream_free(stream);
    child_end(&sim, 0);
}

static const struct pl_world *collect_both(struct pl_arena *arena, const char *estate)
{
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, estate, NULL, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.projects = both;
    options.n_projects = 2;
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    child_end(&sim, 0);
    return world;
}

/* A snapshot served as an estate is collected as it was, gaps and all: what is written of a kind says everything about it. */
static void served_again_it_is_the_same(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_buf text = {0};
    struct child files;
    char path[PATH_MAX];
    const struct pl_world *first = collect_both(arena, NULL), *again;

    pl_snapshot_write(&text, first);
    child_folder(&files);
    child_write(&files, "estate", pl_buf_str(&text), path);
    again = collect_both(arena, path);
    assert_string_equal(gaps_text(arena, again), gaps_text(arena, first));
    assert_int_equal(again->n_resources, first->n_resources);
    for (size_t i = 0; i < first->n_resources; i++) {
        ROW("%s", first->resources[i]->name);
        assert_string_equal(again->resources[i]->name, first->resources[i]->name);
        assert_true(pl_value_equal(again->resources[i]->body, first->resources[i]->body));
    }
    pl_buf_free(&text);
    child_remove(&files);
}

static void only_the_kinds_that_were_asked_for(void **state)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_servicenetworking_connection,
                                                  &pl_kind_run_service};
    static const char *const locations[] = {"europe-west1"};
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, NULL, NULL, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 2;
    options.locations = locations;
    options.n_locations = 1;
    world = sim_observe(arena, &options, &stats, &err);
    assert_non_null(world);
    assert_int_equal(world->n_resources, 2);
    assert_string_equal(
        world->resources[0]->name,
        "//run.googleapis.com/projects/acme-staging/locations/europe-west1/services/front");
    assert_string_equal(
        world->resources[1]->name,
        "//servicenetworking.googleapis.com/projects/acme-staging/global/networks/main");
    assert_string_equal(gaps_text(arena, world), "");
    /* number, networks, two connections; one region's services and one policy */
    assert_int_equal(stats.requests, 6);
    child_end(&sim, 0);
}

static void a_token_of_the_metadata_server(void **state)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_sql_instance};
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_loop *loop;
    struct pl_err err;
    const struct pl_world *world;
    char host[32];

    child_start(&sim, NULL, NULL, NULL);
    snprintf(host, sizeof host, "127.0.0.1:%u", sim.port);
    setenv("GCE_METADATA_HOST", host, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 1;
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    assert_int_equal(world->n_resources, 3);
    loop = pl_loop_new(&err);
    assert_string_equal(
        pl_gcp_identity(arena, loop, &options, &err),
        pl_arena_printf(arena,
                        "service account plumbline@acme-staging.iam.gserviceaccount.com "
                        "(GCE_METADATA_HOST=%s)",
                        host));
    pl_loop_free(loop);
    child_end(&sim, 0);
}

/* ---- progress, interruption ---- */

struct seen {
    size_t calls, done, total, kinds_done, kinds;
};

static void on_progress(const struct pl_gcp_progress *p, void *arg)
{
    struct seen *seen = arg;

    assert_true((p->kind == NULL) == (p->done == p->total));
    if (p->kind != NULL) {
        assert_non_null(pl_kind_find(p->kind));
        assert_non_null(p->project);
    }
    assert_int_equal(p->done, seen->calls); /* the first is told before there is an answer */
    assert_true(p->done <= p->total && p->kinds_done <= p->kinds);
    *seen = (struct seen){seen->calls + 1, p->done, p->total, p->kinds_done, p->kinds};
}

static void progress_ends_where_it_should(void **state)
{
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_gcp_stats stats;
    struct seen seen = {0};
    struct pl_err err;

    child_start(&sim, NULL, NULL, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.progress = on_progress;
    options.progress_arg = &seen;
    assert_non_null(sim_observe(arena, &options, &stats, &err));
    assert_int_equal(seen.done, seen.total);
    assert_int_equal(seen.done, stats.requests);
    assert_int_equal(seen.kinds_done, seen.kinds);
    child_end(&sim, 0);
}

/* ---- what cannot begin ---- */

static void a_run_needs_a_project_and_a_root(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_gcp_options options = {0};
    struct pl_err err;

    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    assert_null(sim_observe(arena, &options, NULL, &err));
    CHECK_ERR(err, PL_E_USAGE, "no project to observe: give --project or GOOGLE_CLOUD_PROJECT");
    options.projects = both;
    options.n_projects = 1;
    options.api_root = "http://192.0.2.1";
    assert_null(sim_observe(arena, &options, NULL, &err));
    assert_int_equal(err.code, PL_E_USAGE);
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
        TEST(reproduces_the_estate),
        TEST(reproduces_it_page_by_page),
        TEST(snapshot_survives),
        TEST(streamed_it_is_the_same),
        TEST(served_again_it_is_the_same),
        TEST(only_the_kinds_that_were_asked_for),
        TEST(a_token_of_the_metadata_server),
        TEST(progress_ends_where_it_should),
        TEST(a_run_needs_a_project_and_a_root),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
