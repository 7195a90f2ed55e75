/* test_diff_revert.c - what a view says once drift is reverted in it: fields, elements, whole resources, and what follows them. */
#include "diff_case.h"

#define AUTH(body) THING("run.service", RUN "auth", body)
#define ENV(list)  AUTH("{\"template\":{\"containers\":[{\"name\":\"app\",\"env\":" list "}]}}")
#define DECLARE_ENV                                                                                \
    "resources:\n  run.service:\n    auth:\n      template:\n        containers:\n"                \
    "          - name: app\n            env:\n"
#define HOST_PATH "template.containers[name=app].env[name=HOST].value"

struct fixture {
    struct pl_arena *arena;
    struct pl_view *view;
    const struct pl_diff *diff;
};

static struct fixture compare(struct pl_arena *arena, const char *yaml, const char *estate)
{
    struct fixture f = {.arena = arena, .view = pl_view_new(arena, case_world(arena, estate))};

    f.diff = pl_diff_baseline(arena, f.view, case_baseline(arena, yaml), case_now());
    return f;
}

static void revert(const struct fixture *f, const char *field)
{
    for (size_t i = 0; i < f->diff->n_drift; i++) {
        if (strcmp(f->diff->drift[i]->field, field) == 0) {
            pl_diff_revert(f->view, f->diff->drift[i]);
            return;
        }
    }
    fail_msg("no drift of %s in\n%s", field, case_text(f->arena, f->diff));
}

/* JSON, "absent", "unknown"; of a resource that is not there the same in capitals. */
static const char *see(const struct fixture *f, const char *resource, const char *path)
{
    const struct pl_resource *r;
    const struct pl_value *v;
    struct pl_address address;
    enum pl_known known;

    assert_int_equal(pl_address_parse(f->arena, resource, &address, NULL), 0);
    address =
        pl_address_resolve(&address, "p", address.kind->scope == PL_SCOPE_GLOBAL ? "global" : "l");
    known = pl_view_find(f->view, &address, &r);
    if (known != PL_PRESENT)
        return known == PL_ABSENT ? "ABSENT" : "UNKNOWN";
    known = pl_view_read_default(f->view, r, path, &v);
    if (known != PL_PRESENT)
        return known == PL_ABSENT ? "absent" : "unknown";
    return case_json(f->arena, v);
}
#define SEE(resource, path, want) assert_string_equal(see(&f, (resource), (path)), (want))

static void a_field_is_set_or_removed(void **state)
{
    struct fixture f =
        compare(*state,
                "resources:\n  run.service:\n    auth: {ingress: INGRESS_TRAFFIC_INTERNAL_ONLY, "
                "description: !absent , launchStage: !matches \"B.*\"}\n",
                AUTH("{\"description\":\"x\",\"launchStage\":\"ALPHA\",\"uri\":\"u\"}"));

    revert(&f, "run.service/auth:ingress");
    SEE("run.service/auth", "ingress", "\"INGRESS_TRAFFIC_INTERNAL_ONLY\"");
    SEE("run.service/auth", "description", "\"x\"");
    revert(&f, "run.service/auth:description");
    SEE("run.service/auth", "description", "absent");
    /* Many values would do: nobody can say which. */
    revert(&f, "run.service/auth:launchStage");
    SEE("run.service/auth", "launchStage", "unknown");
    SEE("run.service/auth", "uri", "\"u\"");
}

static void an_element_is_put_back_or_taken_out(void **state)
{
    struct fixture f = compare(
        *state, DECLARE_ENV "              !only [{name: A, value: a}, {name: B, value: b}]\n",
        ENV("[{\"name\":\"X\",\"value\":\"x\"},{\"name\":\"B\",\"value\":\"b\"}]"));

    revert(&f, "run.service/auth:template.containers[name=app].env[name=A]");
    revert(&f, "run.service/auth:template.containers[name=app].env[name=X]");
    SEE("run.service/auth", "template.containers[name=app].env",
        "[{\"name\":\"B\",\"value\":\"b\"},{\"name\":\"A\",\"value\":\"a\"}]");
}

static void members_of_a_binding_are_put_back(void **state)
{
    struct fixture f = compare(
        *state,
        "resources:\n  run.service:\n    auth:\n      iamPolicy: {bindings: [{role: "
        "roles/run.invoker, "
        "members: [\"user:a@x.y\", \"user:b@x.y\"]}]}\n",
        AUTH("{}") "{\"iam_policy\":{\"bindings\":[{\"role\":\"roles/"
                   "run.invoker\",\"members\":[\"allUsers\","
                   "\"user:b@x.y\"]}]},\"kind\":\"run.service\",\"name\":\"" RUN "auth\"}\n");

    revert(&f, "run.service/auth:iamPolicy.bindings[role=roles/run.invoker].members");
    SEE("run.service/auth", "iamPolicy.bindings[role=roles/run.invoker].members",
        "[\"user:b@x.y\",\"user:a@x.y\"]");
}

/* Known of it are the declared fields, what a table says of absent ones, and its name; the rest only Google could say. */
static void a_missing_resource_is_put_back_as_declared(void **state)
{
    struct fixture f =
        compare(*state,
                "resources:\n  compute.firewall:\n    allow:\n      allowed: [{IPProtocol: tcp, "
                "ports: [\"5432\"]}]\n      sourceTags: !absent\n"
                "  redis.instance:\n    cache: {tier: BASIC, redisConfigs: {a: b}}\n"
                "  project.service:\n    redis.googleapis.com: {}\n",
                "");

    SEE("compute.firewall/allow", "allowed", "ABSENT");
    revert(&f, "compute.firewall/allow");
    SEE("compute.firewall/allow", "allowed", "[{\"IPProtocol\":\"tcp\",\"ports\":[\"5432\"]}]");
    SEE("compute.firewall/allow", "name", "\"allow\"");
    SEE("compute.firewall/allow", "selfLink",
        "\"https://www.googleapis.com/compute/v1/projects/p/global/firewalls/allow\"");
    SEE("compute.firewall/allow", "priority", "1000");
    SEE("compute.firewall/allow", "targetTags", "absent");
    SEE("compute.firewall/allow", "sourceTags", "absent");
    SEE("compute.firewall/allow", "network", "unknown");
    revert(&f, "redis.instance/cache");
    SEE("redis.instance/cache", "tier", "\"BASIC\"");
    SEE("redis.instance/cache", "name", "\"projects/p/locations/l/instances/cache\"");
    SEE("redis.instance/cache", "redisConfigs.a", "\"b\"");
    SEE("redis.instance/cache", "redisConfigs.c", "unknown");
    SEE("redis.instance/cache", "host", "unknown");
    SEE("redis.instance/cache", "authEnabled", "false");
    revert(&f, "project.service/redis.googleapis.com");
    SEE("project.service/redis.googleapis.com", "state", "\"ENABLED\"");
}

static void an_unexpected_resource_is_deleted(void **state)
{
    struct fixture f = compare(
        *state, "resources:\n  compute.firewall: !only\n    debug: !absent\n",
        THING("compute.firewall", WALL "debug", "{}") THING("compute.firewall", WALL "more", "{}"));

    revert(&f, "compute.firewall/debug");
    SEE("compute.firewall/debug", "priority", "ABSENT");
    SEE("compute.firewall/more", "priority", "1000");
    revert(&f, "compute.firewall/more");
    SEE("compute.firewall/more", "priority", "ABSENT");
}

/* Made by hand, as others may: no private part. */
static void a_bare_drift_can_be_reverted(void **state)
{
    struct fixture f =
        compare(*state, "resources:\n  run.service:\n    auth: {description: a}\n", AUTH("{}"));
    struct pl_drift bare = *f.diff->drift[0];

    bare.more = NULL;
    pl_diff_revert(f.view, &bare);
    SEE("run.service/auth", "description", "\"a\"");
    bare.path.n = 0;
    bare.revert = pl_value_unknown();
    pl_diff_revert(f.view, &bare);
    SEE("run.service/auth", "description", "UNKNOWN");
}

#define REDIS_HOST    "              - {name: HOST, value: \"${redis.instance/cache:host}\"}\n"
#define CACHE(host)   THING("redis.instance", REDIS "cache", "{\"host\":\"" host "\"}")
#define DECLARE_CACHE "  redis.instance:\n    cache: {host: 10.0.0.3}\n"

/* The instance got another address and the service was told: with the address the text goes back, too. */
static void a_text_follows_what_it_names(void **state)
{
    struct fixture f =
        compare(*state, DECLARE_ENV REDIS_HOST DECLARE_CACHE,
                CACHE("10.0.0.9") ENV("[{\"name\":\"HOST\",\"value\":\"10.0.0.9\"}]"));

    assert_int_equal(f.diff->n_drift, 1);
    revert(&f, "redis.instance/cache:host");
    SEE("run.service/auth", HOST_PATH, "\"10.0.0.3\"");
}

/* One that held something else is a drift of its own, and stays until that is reverted: in whichever order. */
static void a_text_that_does_not_hold_it_stays(void **state)
{
    for (int order = 0; order < 2; order++) {
        struct fixture f =
            compare(*state, DECLARE_ENV REDIS_HOST DECLARE_CACHE,
                    CACHE("10.0.0.9") ENV("[{\"name\":\"HOST\",\"value\":\"10.0.0.7\"}]"));

        if (order == 0)
            revert(&f, "redis.instance/cache:host");
        SEE("run.service/auth", HOST_PATH, "\"10.0.0.7\"");
        revert(&f, "run.service/auth:" HOST_PATH);
        SEE("run.service/auth", HOST_PATH, order == 0 ? "\"10.0.0.3\"" : "\"10.0.0.9\"");
        if (order == 1)
            revert(&f, "redis.instance/cache:host");
        SEE("run.service/auth", HOST_PATH, "\"10.0.0.3\"");
    }
}

/* Both the target and the text that names it are gone: put back in any order, they fit together. */
static void what_names_a_missing_resource_is_found_with_it(void **state)
{
#define CONNECTOR                                                                                  \
    "resources:\n  run.service:\n    auth: {template: {vpcAccess: {connector: "                    \
    "\"${vpcaccess.connector/main:name}\"}}}\n  vpcaccess.connector:\n    main: {network: n}\n"
    for (int order = 0; order < 2; order++) {
        struct fixture f = compare(*state, CONNECTOR, order == 0 ? "" : AUTH("{}"));
        const char *first =
            order == 0 ? "run.service/auth" : "run.service/auth:template.vpcAccess.connector";

        revert(&f, first);
        SEE("run.service/auth", "template.vpcAccess.connector", "unknown");
        revert(&f, "vpcaccess.connector/main");
        SEE("run.service/auth", "template.vpcAccess.connector",
            "\"projects/p/locations/l/connectors/main\"");
    }
}

/* A text that names a text that follows. */
static void texts_follow_in_a_chain(void **state)
{
    struct fixture f =
        compare(*state,
                "resources:\n  run.service:\n"
                "    auth: {description: \"${redis.instance/cache:host}\"}\n"
                "    web: {description: \"at ${run.service/auth:description}\"}\n" DECLARE_CACHE,
                CACHE("10.0.0.9") AUTH("{\"description\":\"10.0.0.9\"}")
                    THING("run.service", RUN "web", "{\"description\":\"at 10.0.0.9\"}"));

    assert_int_equal(f.diff->n_drift, 1);
    revert(&f, "redis.instance/cache:host");
    SEE("run.service/auth", "description", "\"10.0.0.3\"");
    SEE("run.service/web", "description", "\"at 10.0.0.3\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, harness_arena, harness_arena_free)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_field_is_set_or_removed),
        TEST(an_element_is_put_back_or_taken_out),
        TEST(members_of_a_binding_are_put_back),
        TEST(a_missing_resource_is_put_back_as_declared),
        TEST(an_unexpected_resource_is_deleted),
        TEST(a_bare_drift_can_be_reverted),
        TEST(a_text_follows_what_it_names),
        TEST(a_text_that_does_not_hold_it_stays),
        TEST(what_names_a_missing_resource_is_found_with_it),
        TEST(texts_follow_in_a_chain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
