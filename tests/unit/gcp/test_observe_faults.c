/* test_observe_faults.c - bad days, played by plumbline-sim: which gap each leaves, and that nothing else is lost.
 *
 * A row is a fault file, the gaps it must leave, how many of the estate's resources are then missing, and how many calls were made
 * again. An empty list of gaps means that the collection got over it.
 */
#include "sim_run.h"

#include "loopback.h"

enum { ESTATE = 35 }; /* resources of these kinds of acme-staging, without faults */

struct row {
    const char *name, *faults, *gaps;
    size_t missing, retries;
    bool metadata; /* tokens that can be renewed */
    const char *page_size;
};

#define SQL "{\"match\":{\"kind\":\"sql.instance\"},"
#define RUN "{\"match\":{\"kind\":\"run.service\"},"
#define ANY "{\"match\":{\"kind\":\"redis.instance\"},"
#define P   "projects/acme-staging"

#define BAD(n, f, g, m, r)                                                                         \
    {                                                                                              \
        .name = n, .faults = f, .gaps = g, .missing = m, .retries = r                              \
    }
#define TOKENS(n, f, g, m, r)                                                                      \
    {                                                                                              \
        .name = n, .faults = f, .gaps = g, .missing = m, .retries = r, .metadata = true            \
    }
#define PAGED(n, f, g, m, r)                                                                       \
    {                                                                                              \
        .name = n, .faults = f, .gaps = g, .missing = m, .retries = r, .page_size = "1"            \
    }

static const struct row rows[] = {
    {.name = "nothing"},
    /* refused for good */
    BAD("permission", SQL "\"action\":\"permission_denied\"}",
        "sql.instance " P ": permission_denied cloudsql.instances.list\n", 3, 0),
    BAD("api off", SQL "\"action\":\"service_disabled\"}", "sql.instance " P ": api_disabled\n", 3,
        0),
    BAD("perimeter", SQL "\"action\":\"perimeter\"}", "sql.instance " P ": vpc_service_controls\n",
        3, 0),
    BAD("no such project", SQL "\"action\":\"not_found\"}", "sql.instance " P ": not_found_scope\n",
        3, 0),
    BAD("compute permission",
        "{\"match\":{\"kind\":\"compute.route\"},\"action\":\"permission_denied\"}",
        "compute.route " P ": permission_denied compute.routes.list\n", 3, 0),
    BAD("compute off", "{\"match\":{\"kind\":\"compute.router\"},\"action\":\"service_disabled\"}",
        "compute.router " P "/locations/-: api_disabled\n", 1, 0),
    /* tokens */
    BAD("fixed token refused", ANY "\"action\":\"token_expired\"}",
        "redis.instance " P "/locations/-: auth\n", 2, 0),
    TOKENS("token expired", ANY "\"action\":\"token_expired\"}", "", 0, 1),
    TOKENS("token never good", ANY "\"action\":\"unauthorized\"}",
           "redis.instance " P "/locations/-: auth\n", 2, 1),
    TOKENS("token endpoint down",
           "{\"match\":{\"path\":\"service-accounts/default/"
           "token\"},\"action\":\"reset\",\"count\":2}",
           "", 0, 2),
    /* throttled */
    BAD("429 twice", ANY "\"action\":\"rate_limited\",\"count\":2}", "", 0, 2),
    BAD("429 with Retry-After", ANY "\"action\":\"rate_limited\",\"count\":1,\"retry_after\":3}",
        "", 0, 1),
    BAD("429 of Service Usage",
        "{\"match\":{\"kind\":\"project.service\"},\"action\":\"rate_limited\",\"count\":1}", "", 0,
        1),
    BAD("429 for ever", ANY "\"action\":\"rate_limited\"}",
        "redis.instance " P "/locations/-: throttled\n", 2, 4),
    BAD("403 that is a quota",
        "{\"match\":{\"kind\":\"compute.firewall\"},\"action\":\"rate_limited_403\",\"count\":2}",
        "", 0, 2),
    /* broken for a while, broken for good */
    BAD("500 once", ANY "\"action\":\"internal\",\"count\":1}", "", 0, 1),
    BAD("503 once", SQL "\"action\":\"unavailable\",\"count\":1}", "", 0, 1),
    BAD("503 for ever", SQL "\"action\":\"unavailable\"}", "sql.instance " P ": unavailable\n", 3,
        4),
    BAD("reset once", SQL "\"action\":\"reset\",\"count\":1}", "", 0, 1),
    BAD("reset for ever", SQL "\"action\":\"reset\"}", "sql.instance " P ": unavailable\n", 3, 4),
    BAD("truncated once", SQL "\"action\":\"truncated\",\"count\":1}", "", 0, 1),
    BAD("truncated for ever", SQL "\"action\":\"truncated\"}", "sql.instance " P ": unavailable\n",
        3, 4),
    BAD("garbage once", SQL "\"action\":\"garbage\",\"count\":1}", "", 0, 1),
    BAD("garbage for ever", SQL "\"action\":\"garbage\"}", "sql.instance " P ": bad_answer\n", 3,
        4),
    BAD("a captive portal", SQL "\"action\":\"wrong_content\"}", "sql.instance " P ": bad_answer\n",
        3, 4),
    BAD("a list that is a number", SQL "\"action\":\"wrong_type\"}",
        "sql.instance " P ": bad_answer\n", 3, 0),
    BAD("an aggregated list that is a number",
        "{\"match\":{\"kind\":\"compute.subnetwork\"},\"action\":\"wrong_type\"}",
        "compute.subnetwork " P "/locations/-: bad_answer\n", 3, 0),
    /* pages */
    PAGED("pages in a circle", SQL "\"action\":\"page_loop\"}", "sql.instance " P ": bad_answer\n",
          2, 0),
    PAGED("second page refused",
          "{\"match\":{\"kind\":\"sql.instance\",\"nth\":2},\"action\":\"permission_denied\"}",
          "sql.instance " P ": permission_denied cloudsql.instances.list\n", 2, 0),
    PAGED("second page broken once",
          "{\"match\":{\"kind\":\"sql.instance\",\"nth\":2},\"action\":\"internal\",\"count\":1}",
          "", 0, 1),
    /* partial answers */
    BAD("Cloud SQL's region", SQL "\"action\":\"unreachable\",\"locations\":[\"europe-west1\"]}",
        "sql.instance " P ": unavailable\n", 1, 0),
    BAD("Memorystore's location",
        ANY "\"action\":\"unreachable\",\"locations\":[\"europe-west1\"]}",
        "redis.instance " P "/locations/europe-west1: unavailable\n", 1, 0),
    BAD("Memorystore's placeholder",
        ANY "\"action\":\"unreachable\",\"locations\":[\"europe-west1\"],\"placeholder\":true}",
        "redis.instance " P "/locations/europe-west1: unavailable\n", 1, 0),
    BAD("Compute's region",
        "{\"match\":{\"kind\":\"compute.subnetwork\"},\"action\":\"unreachable\",\"locations\":["
        "\"us-"
        "central1\"]}",
        "compute.subnetwork " P "/locations/us-central1: unavailable\n", 2, 0),
    /* what follows from what */
    BAD("no locations",
        "{\"match\":{\"host\":\"run.googleapis.com\",\"path\":\"v1/"
        "\"},\"action\":\"permission_denied\"}",
        "run.service " P "/locations/-: permission_denied run.locations.list\n", 4, 0),
    BAD("one region",
        "{\"match\":{\"host\":\"run.googleapis.com\",\"path\":\"locations/us-central1/"
        "services\"},\"action\":\"unavailable\"}",
        "run.service " P "/locations/us-central1: unavailable\n", 3, 4),
    BAD("one policy",
        "{\"match\":{\"path\":\"services/auth:getIamPolicy\"},\"action\":\"permission_denied\"}",
        "run.service //run.googleapis.com/" P "/locations/us-central1/services/auth iamPolicy: "
        "permission_denied run.services.getIamPolicy\n",
        0, 0),
    BAD("the project's policy",
        "{\"match\":{\"path\":\"v3/projects/"
        "acme-staging:getIamPolicy\"},\"action\":\"permission_denied\"}",
        "project.iamPolicy //cloudresourcemanager.googleapis.com/" P
        ": permission_denied resourcemanager.projects.getIamPolicy\n",
        1, 0),
    BAD("no networks",
        "{\"match\":{\"kind\":\"compute.network\"},\"action\":\"permission_denied\"}",
        "compute.network " P ": permission_denied compute.networks.list\n"
        "servicenetworking.connection " P ": permission_denied compute.networks.list\n",
        3, 0),
    BAD("no number", "{\"match\":{\"kind\":\"project\"},\"action\":\"permission_denied\"}",
        "servicenetworking.connection //servicenetworking.googleapis.com/" P
        "/global/networks/lab: permission_denied resourcemanager.projects.get\n"
        "servicenetworking.connection //servicenetworking.googleapis.com/" P
        "/global/networks/main: permission_denied resourcemanager.projects.get\n",
        1, 0),
    BAD("connections of one network",
        "{\"match\":{\"kind\":\"servicenetworking.connection\"},\"action\":\"service_disabled\"}",
        "servicenetworking.connection //servicenetworking.googleapis.com/" P
        "/global/networks/lab: api_disabled\n"
        "servicenetworking.connection //servicenetworking.googleapis.com/" P
        "/global/networks/main: api_disabled\n",
        1, 0),
};

/* The kinds that the rows are about; what lives inside others has test_observe_parents.c. */
static const struct pl_kind *const spine[] = {
    &pl_kind_compute_firewall,   &pl_kind_compute_network,
    &pl_kind_compute_route,      &pl_kind_compute_router,
    &pl_kind_compute_subnetwork, &pl_kind_project_iam_policy,
    &pl_kind_project_service,    &pl_kind_redis_instance,
    &pl_kind_run_service,        &pl_kind_servicenetworking_connection,
    &pl_kind_sql_instance,       &pl_kind_vpcaccess_connector,
};

static void check_row(struct pl_arena *arena, const struct row *row)
{
    const char *more[] = {row->page_size != NULL ? "--page-size" : NULL, row->page_size, NULL};
    struct child sim;
    struct pl_gcp_options options;
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world;

    ROW("%s", row->name);
    child_start(&sim, NULL, row->faults, more);
    no_credentials();
    if (row->metadata)
        setenv("GCE_METADATA_HOST", pl_arena_printf(arena, "127.0.0.1:%u", sim.port), 1);
    else
        setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = spine;
    options.n_kinds = PL_LEN(spine);
    world = sim_observe(arena, &options, &stats, &err);
    assert_non_null(world);
    assert_string_equal(gaps_text(arena, world), row->gaps != NULL ? row->gaps : "");
    assert_int_equal(world->n_resources, ESTATE - row->missing);
    /* With a token that goes bad, whoever was under way with it tries again, too. */
    if (row->metadata)
        assert_true(stats.retries >= row->retries);
    else
        assert_int_equal(stats.retries, row->retries);
    child_end(&sim, 0);
}

static void each_fault_leaves_its_gap(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(*state, &rows[i]);
}

static const struct pl_world *observe_one(struct pl_arena *arena, int port,
                                          const struct pl_kind *const *kind)
{
    static const char *const projects[] = {PROJECT};
    struct pl_gcp_options options = {.api_root =
                                         pl_arena_printf(arena, "http://127.0.0.1:%d", port),
                                     .projects = projects,
                                     .n_projects = 1,
                                     .kinds = kind,
                                     .n_kinds = 1,
                                     .backoff_ns = 1000000,
                                     .rate = 1000};
    struct pl_err err = {0};

    return sim_observe(arena, &options, NULL, &err);
}

/* What no API sends, and something on the way may: the status of a success, and no list. */
static const struct {
    const char *name, *body, *gaps;
    const struct pl_kind *kind;
} answers[] = {
    {"nothing at all, as proto3 writes an empty list", "{}", "", &pl_kind_redis_instance},
    {"an error with the status of a success",
     "{\"error\":{\"code\":403,\"message\":\"blocked\",\"status\":\"PERMISSION_DENIED\"}}",
     "redis.instance " P "/locations/-: bad_answer\n", &pl_kind_redis_instance},
    {"an error in one word", "{\"error\":\"blocked\"}",
     "redis.instance " P "/locations/-: bad_answer\n", &pl_kind_redis_instance},
    {"what is unreachable is no list", "{\"unreachable\":\"us-central1\"}",
     "redis.instance " P "/locations/-: unavailable\n", &pl_kind_redis_instance},
    {"something in it is no name", "{\"unreachable\":[{\"name\":\"us-central1\"}]}",
     "redis.instance " P "/locations/-: unavailable\n", &pl_kind_redis_instance},
    {"a scope that is no object", "{\"items\":{\"regions/us-central1\":\"none\"}}",
     "compute.subnetwork " P "/locations/-: bad_answer\n", &pl_kind_compute_subnetwork},
    {"another document", "{\"welcome\":\"please sign in\",\"login\":\"/login\"}",
     "redis.instance " P "/locations/-: bad_answer\n", &pl_kind_redis_instance},
    {"a list with nothing but its kind", "{\"kind\":\"sql#instancesList\"}", "",
     &pl_kind_sql_instance},
    {"another list's items", "{\"users\":[]}", "sql.instance " P ": bad_answer\n",
     &pl_kind_sql_instance},
    /* names that are none, or somebody else's */
    {"no name", "{\"items\":[{\"region\":\"us-central1\"}]}", "sql.instance " P ": bad_answer\n",
     &pl_kind_sql_instance},
    {"a name that leads elsewhere", "{\"items\":[{\"name\":\"..\"}]}",
     "sql.instance " P ": bad_answer\n", &pl_kind_sql_instance},
    {"another project's", "{\"instances\":[{\"name\":\"projects/other/locations/l/instances/i\"}]}",
     "redis.instance " P "/locations/-: bad_answer\n", &pl_kind_redis_instance},
    /* warnings that nobody can read say that something is missing, too */
    {"Cloud SQL's warnings are no list", "{\"warnings\":{\"code\":\"REGION_UNREACHABLE\"}}",
     "sql.instance " P ": unavailable\n", &pl_kind_sql_instance},
    {"a warning of Cloud SQL's without a code", "{\"warnings\":[{\"message\":\"us-east1\"}]}",
     "sql.instance " P ": unavailable\n", &pl_kind_sql_instance},
    {"a warning of Cloud SQL's that nobody knows", "{\"warnings\":[{\"code\":\"NEW_ONE\"}]}",
     "sql.instance " P ": unavailable\n", &pl_kind_sql_instance},
    {"one that takes nothing away", "{\"warnings\":[{\"code\":\"MAX_RESULTS_EXCEEDS_LIMIT\"}]}", "",
     &pl_kind_sql_instance},
    {"Compute's warning without a code", "{\"warning\":{\"message\":\"x\"}}",
     "compute.firewall " P ": unavailable\n", &pl_kind_compute_firewall},
    {"Compute's warning is a text", "{\"warning\":\"UNREACHABLE\"}",
     "compute.firewall " P ": unavailable\n", &pl_kind_compute_firewall},
    {"no warning", "{\"warning\":null}", "", &pl_kind_compute_firewall},
    {"a scope's warning without a code",
     "{\"items\":{\"regions/us-central1\":{\"warning\":{\"message\":\"x\"}},"
     "\"regions/us-east1\":{\"warning\":{\"code\":\"NO_RESULTS_ON_PAGE\"}}}}",
     "compute.subnetwork " P "/locations/us-central1: unavailable\n", &pl_kind_compute_subnetwork},
    {"a scope's warning that nobody knows",
     "{\"items\":{\"global\":{\"warning\":{\"code\":\"NEW_ONE\"}}}}",
     "compute.address " P "/global: unavailable\n", &pl_kind_compute_address},
    /* policies */
    {"policies in effect that are no list",
     "{\"items\":[{\"name\":\"n\"}],\"firewallPolicys\":{\"rules\":[]}}",
     "compute.network //compute.googleapis.com/" P
     "/global/networks/n effectiveFirewalls: bad_answer\n",
     &pl_kind_compute_network},
    {"policies in effect that are no objects",
     "{\"items\":[{\"name\":\"n\"}],\"firewallPolicys\":[\"default\"]}",
     "compute.network //compute.googleapis.com/" P
     "/global/networks/n effectiveFirewalls: bad_answer\n",
     &pl_kind_compute_network},
    {"a binding that is none", "{\"etag\":\"x\",\"bindings\":[null]}",
     "project.iamPolicy //cloudresourcemanager.googleapis.com/" P ": bad_answer\n",
     &pl_kind_project_iam_policy},
    {"a binding whose members are a text",
     "{\"etag\":\"x\",\"bindings\":[{\"role\":\"roles/x\",\"members\":\"allUsers\"}]}",
     "project.iamPolicy //cloudresourcemanager.googleapis.com/" P ": bad_answer\n",
     &pl_kind_project_iam_policy},
};

static void a_success_that_is_none_is_no_empty_list(void **state)
{
    struct pl_arena *arena = *state;

    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    for (size_t i = 0; i < PL_LEN(answers); i++) {
        const struct loopback_script script = {
            .answer = pl_arena_printf(
                arena, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s",
                strlen(answers[i].body), answers[i].body)};
        struct loopback *server = loopback_start(&script);
        const struct pl_world *world = observe_one(arena, loopback_port(server), &answers[i].kind);

        ROW("%s", answers[i].name);
        assert_non_null(world);
        assert_string_equal(gaps_text(arena, world), answers[i].gaps);
        assert_int_equal(world->n_resources, strstr(answers[i].body, "\"n\"") != NULL ? 1 : 0);
        loopback_stop(server);
    }
}

/* An API that is off has nothing only where it is the kind's own, in the project that was asked about; PROJECT's number cannot be read. */
static const struct {
    const struct pl_kind *kind;
    const char *service, *consumer, *gap, *remedy;
} disabled[] = {
    {&pl_kind_redis_instance, "redis.googleapis.com", PROJECT,
     "redis.instance " P "/locations/-: api_disabled\n",
     "gcloud services enable redis.googleapis.com --project " PROJECT},
    {&pl_kind_redis_instance, "redis.googleapis.com", "tooling",
     "redis.instance " P "/locations/-: needed_api_disabled\n",
     "gcloud services enable redis.googleapis.com --project tooling"},
    {&pl_kind_redis_instance, "redis.googleapis.com", "4711",
     "redis.instance " P "/locations/-: needed_api_disabled\n",
     "gcloud services enable redis.googleapis.com --project 4711"},
    {&pl_kind_redis_instance, "compute.googleapis.com", PROJECT,
     "redis.instance " P "/locations/-: needed_api_disabled\n",
     "gcloud services enable compute.googleapis.com --project " PROJECT},
    {&pl_kind_sql_user, "sqladmin.googleapis.com", PROJECT, "sql.user " P ": api_disabled\n",
     "gcloud services enable sqladmin.googleapis.com --project " PROJECT},
    {&pl_kind_project_service, "serviceusage.googleapis.com", PROJECT,
     "project.service " P ": needed_api_disabled\n",
     "gcloud services enable serviceusage.googleapis.com --project " PROJECT},
    {&pl_kind_project_iam_policy, "cloudresourcemanager.googleapis.com", PROJECT,
     "project.iamPolicy //cloudresourcemanager.googleapis.com/" P ": needed_api_disabled\n",
     "gcloud services enable cloudresourcemanager.googleapis.com --project " PROJECT},
};

static void an_api_that_is_off_elsewhere_hides(void **state)
{
    struct pl_arena *arena = *state;

    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    for (size_t i = 0; i < PL_LEN(disabled); i++) {
        const char *body = pl_arena_printf(
            arena,
            "{\"error\":{\"code\":403,\"message\":\"No.\",\"status\":\"PERMISSION_DENIED\","
            "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":"
            "\"SERVICE_DISABLED\",\"domain\":\"googleapis.com\",\"metadata\":{\"service\":\"%s\","
            "\"consumer\":\"projects/%s\"}}]}}",
            disabled[i].service, disabled[i].consumer);
        const struct loopback_script script = {
            .answer = pl_arena_printf(arena,
                                      "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n"
                                      "Content-Length: %zu\r\n\r\n%s",
                                      strlen(body), body)};
        struct loopback *server = loopback_start(&script);
        const struct pl_world *world = observe_one(arena, loopback_port(server), &disabled[i].kind);

        ROW("%s of %s in %s", disabled[i].service, disabled[i].kind->name, disabled[i].consumer);
        assert_non_null(world);
        assert_string_equal(gaps_text(arena, world), disabled[i].gap);
        assert_string_equal(world->unobserved[0].remedy, disabled[i].remedy);
        loopback_stop(server);
    }
}

/* ---- texts ---- */

static const struct pl_unobserved *gap_after(struct pl_arena *arena, const char *faults)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_redis_instance};
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, NULL, faults, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 1;
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    assert_int_equal(world->n_unobserved, 1);
    child_end(&sim, 0);
    return &world->unobserved[0];
}

static void a_gap_says_the_way_out(void **state)
{
    const struct pl_unobserved *gap = gap_after(*state, ANY "\"action\":\"permission_denied\"}");

    assert_string_equal(gap->permission, "redis.instances.list");
    assert_string_equal(gap->remedy, "gcloud projects add-iam-policy-binding acme-staging "
                                     "--member=MEMBER --role=roles/redis.viewer");
    assert_non_null(strstr(gap->detail, "HTTP 403: "));
    gap = gap_after(*state, ANY "\"action\":\"service_disabled\"}");
    assert_string_equal(gap->remedy,
                        "gcloud services enable redis.googleapis.com --project acme-staging");
    gap = gap_after(*state, ANY "\"action\":\"unavailable\"}");
    assert_non_null(strstr(gap->detail, "(5 attempts)"));
    assert_string_equal(gap->remedy, "run again later");
}

/* ---- time ---- */

static void a_server_that_hangs(void **state)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_redis_instance, &pl_kind_sql_instance};
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, NULL, ANY "\"action\":\"hang\"}", NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 2;
    options.request_timeout_ns = INT64_C(2000000000);
    options.max_attempts = 2;
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    assert_string_equal(gaps_text(arena, world), "redis.instance " P "/locations/-: unavailable\n");
    assert_int_equal(world->n_resources, 3);
    child_end(&sim, 0);
}

/* One call hangs for ever; everything else is read, and the deadline ends the run. */
static void the_deadline_ends_a_run(void **state)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_redis_instance};
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err;
    const struct pl_world *world;

    child_start(&sim, NULL, ANY "\"action\":\"hang\"}", NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 1;
    options.deadline_ns = pl_clock_mono_ns() + INT64_C(200000000);
    world = sim_observe(arena, &options, NULL, &err);
    assert_non_null(world);
    assert_string_equal(gaps_text(arena, world), "redis.instance " P "/locations/-: deadline\n");
    assert_string_equal(world->unobserved[0].remedy, "run again with a longer --deadline");
    child_end(&sim, 0);
}

/* In every phase: no token comes, the token's exchange waits for another try, a later page hangs, a bucket is empty. */
static const struct phase {
    const char *name, *faults, *gaps;
    bool metadata;
    const char *page_size;
    double per_minute; /* 0: no limit */
    int64_t backoff_ns;
    size_t least, most; /* resources */
    const char *told;   /* how the detail of each gap begins; NULL: that it was too late */
} phases[] = {
    {"a token that never comes", "{\"match\":{\"path\":\"default/token\"},\"action\":\"hang\"}",
     "redis.instance " P "/locations/-: deadline\nsql.instance " P ": deadline\n", true, NULL, 0,
     1000000, 0, 0, NULL},
    {"waiting for another try at a token",
     "{\"match\":{\"path\":\"default/token\"},\"action\":\"reset\",\"count\":1}",
     "redis.instance " P "/locations/-: deadline\nsql.instance " P ": deadline\n", true, NULL, 0,
     INT64_C(1000000000000000), 0, 0,
     "the run's deadline passed before there was a token: GCE_METADATA_HOST=127.0.0.1:"},
    {"a later page that hangs",
     "{\"match\":{\"kind\":\"sql.instance\",\"nth\":2},\"action\":\"hang\"}",
     "sql.instance " P ": deadline\n", false, "1", 0, 1000000, 3, 3, NULL},
    {"an empty bucket", "{\"match\":{\"path\":\"/never\"},\"action\":\"hang\"}",
     "sql.instance " P ": deadline\n", false, "1", 1, 1000000, 3, 3, NULL},
};

static void the_deadline_holds_in_every_phase(void **state)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_redis_instance, &pl_kind_sql_instance};
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(phases); i++) {
        const struct phase *p = &phases[i];
        const char *more[] = {p->page_size != NULL ? "--page-size" : NULL, p->page_size, NULL};
        const struct pl_gcp_rate rate = {"sqladmin.googleapis.com", p->per_minute};
        struct child sim;
        struct pl_gcp_options options;
        struct pl_err err;
        const struct pl_world *world;

        ROW("%s", p->name);
        child_start(&sim, NULL, p->faults, more);
        no_credentials();
        if (p->metadata)
            setenv("GCE_METADATA_HOST", pl_arena_printf(arena, "127.0.0.1:%u", sim.port), 1);
        else
            setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
        options = sim_options(arena, &sim);
        options.kinds = kinds;
        options.n_kinds = 2;
        options.backoff_ns = p->backoff_ns;
        if (p->per_minute > 0) {
            options.rates = &rate;
            options.n_rates = 1;
            options.rate = 1;
        }
        /* A busy machine may not come as far as the phase by then: it has longer. */
        for (int64_t ns = INT64_C(1500000000);; ns *= 4) {
            options.deadline_ns = pl_clock_mono_ns() + ns;
            world = sim_observe(arena, &options, NULL, &err);
            assert_non_null(world);
            if (world->n_resources >= p->least || ns > INT64_C(20000000000))
                break;
        }
        assert_string_equal(gaps_text(arena, world), p->gaps);
        for (size_t k = 0; k < world->n_unobserved; k++)
            assert_ptr_equal(strstr(world->unobserved[k].detail,
                                    p->told != NULL
                                        ? p->told
                                        : "the run's deadline passed before this was read"),
                             world->unobserved[k].detail);
        assert_in_range(world->n_resources, p->least, p->most);
        child_end(&sim, 0);
    }
}

/* A wait that would end after the deadline is not begun. */
static void no_waiting_past_the_deadline(void **state)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_redis_instance};
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world;
    int64_t deadline = pl_clock_mono_ns() + INT64_C(60000000000);

    child_start(&sim, NULL, ANY "\"action\":\"rate_limited\",\"retry_after\":90}", NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 1;
    options.backoff_ns = INT64_C(1000000000);
    options.deadline_ns = deadline;
    world = sim_observe(arena, &options, &stats, &err);
    assert_non_null(world);
    assert_string_equal(gaps_text(arena, world), "redis.instance " P "/locations/-: throttled\n");
    assert_int_equal(stats.requests, 1);
    assert_true(pl_clock_mono_ns() < deadline);
    child_end(&sim, 0);
}

/* ---- no token at all ---- */

static void without_a_token_there_is_no_run(void **state)
{
    struct pl_arena *arena = *state;
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err = {0};

    child_start(&sim, NULL, "{\"match\":{\"path\":\"computeMetadata\"},\"action\":\"unavailable\"}",
                NULL);
    setenv("GCE_METADATA_HOST", pl_arena_printf(arena, "127.0.0.1:%u", sim.port), 1);
    options = sim_options(arena, &sim);
    assert_null(sim_observe(arena, &options, NULL, &err));
    assert_int_equal(err.code, PL_E_AUTH);
    assert_non_null(strstr(err.text, "GCE_METADATA_HOST=127.0.0.1:"));
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
        TEST(each_fault_leaves_its_gap),
        TEST(a_success_that_is_none_is_no_empty_list),
        TEST(an_api_that_is_off_elsewhere_hides),
        TEST(a_gap_says_the_way_out),
        TEST(a_server_that_hangs),
        TEST(the_deadline_ends_a_run),
        TEST(the_deadline_holds_in_every_phase),
        TEST(no_waiting_past_the_deadline),
        TEST(without_a_token_there_is_no_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
