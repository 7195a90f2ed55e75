/* test_transport.c - hosts that let nobody connect: how long that is tried, who else waits for it, and what is told. What calls under way hold.
 *
 * Each API has an endpoint of its own here; the simulator serves some, and some lie behind what drops packets. Waits are in numbers of
 * requests, not in time.
 */
#include "sim_run.h"

#include "gcp_priv.h"
#include "loopback.h"

#define P "projects/acme-staging"

static const struct pl_kind *const kinds[] = {
    &pl_kind_compute_firewall, &pl_kind_compute_network, &pl_kind_compute_route,
    &pl_kind_compute_router,   &pl_kind_redis_instance,  &pl_kind_sql_instance,
};

struct place {
    struct child sim;
    struct loopback_deaf deaf;
    struct pl_gcp_options options;
    struct pl_gcp_stats stats;
    const struct pl_world *world;
};

static void set_endpoint(struct pl_arena *arena, const char *api, const char *host, int port)
{
    setenv(pl_arena_printf(arena, "CLOUDSDK_API_ENDPOINT_OVERRIDES_%s", api),
           pl_arena_printf(arena, "http://127.0.0.1:%d%s%s/", port, *host != '\0' ? "/" : "", host),
           1);
}

static void start(struct pl_arena *arena, struct place *place, const char *faults)
{
    *place = (struct place){0};
    child_start(&place->sim, NULL, faults, NULL);
    loopback_deaf_open(&place->deaf);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    set_endpoint(arena, "REDIS", "redis.googleapis.com", (int)place->sim.port);
    set_endpoint(arena, "SQL", "sqladmin.googleapis.com", (int)place->sim.port);
    set_endpoint(arena, "COMPUTE", "", place->deaf.port);
    place->options = sim_options(arena, &place->sim);
    place->options.api_root = NULL;
    place->options.kinds = kinds;
    place->options.n_kinds = PL_LEN(kinds);
    place->options.connect_timeout_ns = INT64_C(1000000000);
}

static void observe(struct pl_arena *arena, struct place *place)
{
    struct pl_err err = {0};

    place->world = sim_observe(arena, &place->options, &place->stats, &err);
    if (place->world == NULL)
        fail_msg("%s", err.text);
}

static void end(struct place *place)
{
    child_end(&place->sim, 0);
    loopback_deaf_close(&place->deaf);
}

static size_t requests_to(const struct place *place, const char *api)
{
    for (size_t i = 0; i < place->stats.n_apis; i++)
        if (strcmp(place->stats.apis[i].api, api) == 0)
            return place->stats.apis[i].requests;
    return 0;
}

/* Four lists of Compute Engine, each with five tries, would be twenty waits; the other APIs are read meanwhile. */
static void a_silent_host_costs_two_tries(void **state)
{
    struct place place;
    const struct pl_unobserved *gap;

    start(*state, &place, NULL);
    observe(*state, &place);
    assert_string_equal(gaps_text(*state, place.world),
                        "compute.firewall " P ": unavailable\n"
                        "compute.network " P ": unavailable\n"
                        "compute.route " P ": unavailable\n"
                        "compute.router " P "/locations/-: unavailable\n");
    assert_int_equal(requests_to(&place, "compute.googleapis.com"), 2);
    for (size_t i = 0; i < place.world->n_unobserved; i++) {
        gap = &place.world->unobserved[i];
        assert_string_equal(gap->detail,
                            pl_arena_printf(*state,
                                            "127.0.0.1:%d: timed out connecting, 2 times: it is "
                                            "not asked again",
                                            place.deaf.port));
        assert_string_equal(gap->remedy, "let this machine reach it: firewall, route, or the proxy "
                                         "that HTTPS_PROXY names");
    }
    assert_int_equal(count_kind(place.world, &pl_kind_redis_instance), 2);
    assert_int_equal(count_kind(place.world, &pl_kind_sql_instance), 3);
    end(&place);
}

/* The token's exchange, too: nobody waits five times thirty seconds to hear that there is no way out. */
static void a_silent_token_endpoint_costs_two_tries(void **state)
{
    static const char user[] = "{\"type\":\"authorized_user\",\"client_id\":\"c\","
                               "\"client_secret\":\"s\",\"refresh_token\":\"r\"}";
    struct place place;
    struct pl_err err = {0};
    char path[PATH_MAX];

    start(*state, &place, NULL);
    no_credentials();
    child_write(&place.sim, "key.pem", user, path);
    setenv("GOOGLE_APPLICATION_CREDENTIALS", path, 1);
    place.options.api_root = pl_arena_printf(*state, "http://127.0.0.1:%d", place.deaf.port);
    assert_null(sim_observe(*state, &place.options, &place.stats, &err));
    assert_string_equal(err.text, pl_arena_printf(*state,
                                                  "GOOGLE_APPLICATION_CREDENTIALS=%s: no token: "
                                                  "127.0.0.1:%d: timed out connecting",
                                                  path, place.deaf.port));
    assert_int_equal(place.stats.retries, 1);
    end(&place);
}

#define HANGS(what, count)                                                                         \
    "{\"match\":{\"host\":\"compute.googleapis.com\"" what                                         \
    "},\"action\":\"hang\",\"count\":" count "}"

/* Compute Engine's endpoint is the simulator's, too. */
static void start_slow(struct pl_arena *arena, struct place *place, const char *faults)
{
    start(arena, place, faults);
    set_endpoint(arena, "COMPUTE", "compute.googleapis.com", (int)place->sim.port);
    place->options.request_timeout_ns = INT64_C(2000000000); /* a busy machine answers in less */
}

/* Somebody accepts, and that is all: two whole waits, whoever waits. */
static void a_host_that_never_answers_costs_two_tries(void **state)
{
    struct place place;

    start_slow(*state, &place, HANGS("", "1000"));
    observe(*state, &place);
    assert_int_equal(place.world->n_unobserved, 4);
    for (size_t i = 0; i < place.world->n_unobserved; i++) {
        assert_string_equal(place.world->unobserved[i].reason, "unavailable");
        assert_string_equal(
            place.world->unobserved[i].detail,
            pl_arena_printf(*state,
                            "127.0.0.1:%u: timed out waiting for an answer, 2 times: it is not "
                            "asked again",
                            place.sim.port));
    }
    assert_in_range(requests_to(&place, "compute.googleapis.com"), 2, 8);
    assert_int_equal(count_kind(place.world, &pl_kind_redis_instance), 2);
    assert_int_equal(count_kind(place.world, &pl_kind_sql_instance), 3);
    end(&place);
}

static void a_host_that_is_slow_to_begin_with_is_read(void **state)
{
    struct place place;

    start_slow(*state, &place, HANGS("", "4"));
    observe(*state, &place);
    assert_int_equal(place.world->n_unobserved, 0);
    end(&place);
}

/* Who has answered may be slow: one list is tried as any failure is. */
static void a_host_that_has_answered_is_tried_as_ever(void **state)
{
    struct place place;

    start_slow(*state, &place, HANGS(",\"path\":\"/global/routes\"", "1000"));
    observe(*state, &place);
    assert_string_equal(gaps_text(*state, place.world), "compute.route " P ": unavailable\n");
    assert_non_null(strstr(place.world->unobserved[0].detail,
                           ": timed out waiting for an answer (5 attempts)"));
    end(&place);
}

static void a_token_endpoint_that_never_answers_costs_two_tries(void **state)
{
    static const char user[] = "{\"type\":\"authorized_user\",\"client_id\":\"c\","
                               "\"client_secret\":\"s\",\"refresh_token\":\"r\"}";
    struct place place;
    struct pl_err err = {0};
    char path[PATH_MAX];

    start_slow(
        *state, &place,
        "{\"match\":{\"host\":\"oauth2.googleapis.com\"},\"action\":\"hang\",\"count\":1000}");
    no_credentials();
    child_write(&place.sim, "key.pem", user, path);
    setenv("GOOGLE_APPLICATION_CREDENTIALS", path, 1);
    place.options.api_root = pl_arena_printf(*state, "http://127.0.0.1:%u", place.sim.port);
    assert_null(sim_observe(*state, &place.options, &place.stats, &err));
    assert_string_equal(err.text, pl_arena_printf(*state,
                                                  "GOOGLE_APPLICATION_CREDENTIALS=%s: no token: "
                                                  "127.0.0.1:%u: timed out waiting for an answer",
                                                  path, place.sim.port));
    assert_int_equal(place.stats.retries, 1);
    end(&place);
}

/* One that refuses is told at once, as often as any other failure is tried. */
static void a_host_that_refuses_is_tried_as_ever(void **state)
{
    struct place place;

    start(*state, &place, NULL);
    set_endpoint(*state, "COMPUTE", "", loopback_free_port());
    observe(*state, &place);
    assert_int_equal(place.world->n_unobserved, 4);
    assert_non_null(strstr(place.world->unobserved[0].detail,
                           ": cannot connect: Connection refused (5 attempts)"));
    assert_int_equal(requests_to(&place, "compute.googleapis.com"), 20);
    end(&place);
}

/* ---- what waits ---- */

struct looked {
    struct pl_gcp gcp;
    struct pl_gcp_stats stats;
    size_t n, unread; /* answers looked at; requests at the most whose answer was not */
};

static void on_looked(struct pl_gcp_call *call, const struct pl_value *body,
                      const struct pl_gcp_failure *failure)
{
    struct looked *l = call->arg;
    size_t unread = l->stats.requests - l->n++;

    assert_non_null(body);
    assert_null(failure);
    l->unread = unread > l->unread ? unread : l->unread;
    assert_true(l->gcp.held >= unread * PL_GCP_CALL_BYTES);
}

/* Ten thousand answers that wait must not cost what ten thousand requests under way do: each counts, however short it is. */
static void what_was_sent_is_held_until_it_is_looked_at(void **state)
{
    struct child sim;
    struct pl_gcp_options options;
    struct looked l = {0};
    struct pl_err err = {0};
    struct pl_loop *loop = pl_loop_new(&err);

    child_start(&sim, NULL, NULL, NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(*state, &sim);
    assert_int_equal(pl_gcp_open(&l.gcp, *state, loop, &options, &l.stats, &err), 0);
    for (size_t i = 0; i < 50; i++) {
        struct pl_gcp_call *call = pl_gcp_call_new(&l.gcp, "redis.instance");

        call->ask = (struct pl_gcp_ask){.purpose = PL_GCP_READ,
                                        .method = "GET",
                                        .host = "redis.googleapis.com",
                                        .path = "/v1/" P "/locations/-/instances"};
        call->about.api = "redis.googleapis.com";
        call->about.project = "acme-staging";
        call->done = on_looked;
        call->arg = &l;
        pl_gcp_call_start(call);
    }
    assert_int_equal(pl_gcp_run(&l.gcp, &err), 0);
    assert_int_equal(l.n, 50);
    assert_true(l.unread > 1);
    assert_int_equal(l.gcp.held, 0);
    pl_gcp_close(&l.gcp);
    pl_loop_free(loop);
    child_end(&sim, 0);
}

static int setup(void **state)
{
    no_credentials();
    return harness_arena(state);
}

static int teardown(void **state)
{
    unsetenv("CLOUDSDK_API_ENDPOINT_OVERRIDES_REDIS");
    unsetenv("CLOUDSDK_API_ENDPOINT_OVERRIDES_SQL");
    unsetenv("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE");
    return harness_arena_free(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_silent_host_costs_two_tries),
        TEST(a_silent_token_endpoint_costs_two_tries),
        TEST(a_host_that_never_answers_costs_two_tries),
        TEST(a_host_that_is_slow_to_begin_with_is_read),
        TEST(a_host_that_has_answered_is_tried_as_ever),
        TEST(a_token_endpoint_that_never_answers_costs_two_tries),
        TEST(a_host_that_refuses_is_tried_as_ever),
        TEST(what_was_sent_is_held_until_it_is_looked_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
