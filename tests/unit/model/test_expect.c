/* test_expect.c - every matcher and every kind of list against observed bodies: the answer, and why. References through a view. */
#include "harness.h"

#include <string.h>

#include "plumbline/baseline.h"
#include "plumbline/expect.h"
#include "plumbline/json.h"

static const struct pl_value *json(struct pl_arena *arena, const char *text)
{
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), "test", NULL);

    if (v == NULL)
        fail_msg("bad JSON: %s", text);
    return v;
}

/* The expectation of one resource, from YAML in flow style. */
static const struct pl_declared *declare(struct pl_arena *arena, const char *kind, const char *body)
{
    char *dir = harness_temp_dir();
    const char *path = harness_path(arena, dir, "b.yaml");
    struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    struct pl_err err = {0};
    const struct pl_baseline *b;

    harness_write(path, pl_arena_printf(arena,
                                        "version: 1\nproject: p\nlocation: l\n"
                                        "resources: {%s: {x: %s }}\n",
                                        kind, body));
    b = pl_baseline_read(arena, &options, &err);
    if (b == NULL)
        fail_msg("%s", err.text);
    harness_remove(dir);
    return &b->resources[0];
}

static enum pl_expect_answer check(struct pl_arena *arena, const char *kind, const char *body,
                                   const struct pl_value *value, struct pl_view *view,
                                   const char **why)
{
    const struct pl_declared *d = declare(arena, kind, body);
    struct pl_field_info root = pl_field_root(d->address.kind);

    *why = "";
    return pl_expect_check(arena, d->expect, d->address.kind, "", &root, value, view, why);
}

struct row {
    const char *kind, *body, *observed;
    const char *why; /* NULL: it matches */
};

static void run_rows(struct pl_arena *arena, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *why;
        enum pl_expect_answer answer =
            check(arena, rows[i].kind, rows[i].body, json(arena, rows[i].observed), NULL, &why);

        ROW("%s against %s", rows[i].body, rows[i].observed);
        assert_string_equal(why, rows[i].why != NULL ? rows[i].why : "");
        assert_int_equal(answer, rows[i].why != NULL ? PL_EXPECT_NO : PL_EXPECT_YES);
    }
}

#define SQL "sql.instance"
#define RUN "run.service"
#define FW  "compute.firewall"

static void scalars(void **state)
{
    static const struct row rows[] = {
        {SQL, "{databaseVersion: POSTGRES_15}", "{\"databaseVersion\":\"POSTGRES_15\"}", NULL},
        {SQL, "{databaseVersion: POSTGRES_15}", "{\"databaseVersion\":\"POSTGRES_14\"}",
         "databaseVersion: is POSTGRES_14, not POSTGRES_15"},
        {SQL, "{databaseVersion: POSTGRES_15}", "{}",
         "databaseVersion: is absent, not POSTGRES_15"},
        {SQL, "{settings: {ipConfiguration: {sslMode: ENCRYPTED_ONLY}}}",
         "{\"settings\":{\"ipConfiguration\":{\"sslMode\":\"X\"},\"tier\":\"t\"}}",
         "settings.ipConfiguration.sslMode: is X, not ENCRYPTED_ONLY"},
        {RUN, "{template: {timeout: 5m}}", "{\"template\":{\"timeout\":\"300s\"}}", NULL},
        {RUN, "{template: {timeout: 5m}}", "{\"template\":{\"timeout\":\"301s\"}}",
         "template.timeout: is 301s, not 5m"},
        {FW, "{priority: '900'}", "{\"priority\":900}", NULL},
        {SQL, "{settings: {dataDiskSizeGb: 10}}", "{\"settings\":{\"dataDiskSizeGb\":\"10\"}}",
         NULL},
        {SQL, "{settings: {userLabels: {a: on}}}", "{\"settings\":{\"userLabels\":{\"a\":\"on\"}}}",
         NULL},
        {SQL, "{settings: {userLabels: {a: on}}}",
         "{\"settings\":{\"userLabels\":{\"a\":\"true\"}}}",
         "settings.userLabels.a: is true, not on"},
        {FW, "{network: default}",
         "{\"network\":\"https://www.googleapis.com/compute/v1/projects/p/global/networks/"
         "default\"}",
         NULL},
        {SQL, "{settings: {deletionProtectionEnabled: false}}", "{\"settings\":{}}", NULL},
        {SQL, "{settings: {deletionProtectionEnabled: !absent }}",
         "{\"settings\":{\"deletionProtectionEnabled\":false}}", NULL},
        {SQL, "{settings: !only {tier: t}}", "{\"settings\":{\"tier\":\"t\",\"kind\":\"k\"}}",
         "settings: has kind, which is not declared"},
        {SQL, "{settings: {tier: t}}", "{\"settings\":\"x\"}", "settings: is x, not a map"},
    };

    run_rows(*state, rows, PL_LEN(rows));
}

static void matchers(void **state)
{
    static const struct row rows[] = {
        {SQL, "{databaseVersion: !any_of [A, B]}", "{\"databaseVersion\":\"B\"}", NULL},
        {SQL, "{databaseVersion: !any_of [A, B]}", "{\"databaseVersion\":\"C\"}",
         "databaseVersion: is C, not !any_of [A, B]"},
        {SQL, "{databaseVersion: !all_of [!matches 'P.*', !not P1]}",
         "{\"databaseVersion\":\"P2\"}", NULL},
        {SQL, "{databaseVersion: !all_of [!matches 'P.*', !not P1]}",
         "{\"databaseVersion\":\"P1\"}", "databaseVersion: is P1, which !not P1 excludes"},
        {SQL, "{databaseVersion: !not {matcher: !matches 'P.*'}}", "{\"databaseVersion\":\"P1\"}",
         "databaseVersion: is P1, which !not {matcher: !matches P.*} excludes"},
        {SQL, "{databaseVersion: !not A}", "{}", NULL},
        {SQL, "{databaseVersion: !matches '1'}", "{\"databaseVersion\":\"P1\"}",
         "databaseVersion: is P1, which 1 does not match"},
        {SQL, "{databaseVersion: !matches 'a|P1'}", "{\"databaseVersion\":\"P1\"}", NULL},
        {SQL, "{databaseVersion: !matches '.*'}", "{}",
         "databaseVersion: is absent, which .* does not match"},
        {SQL, "{databaseVersion: !present }", "{\"databaseVersion\":\"P1\"}", NULL},
        {SQL, "{databaseVersion: !present }", "{}",
         "databaseVersion: is absent, and must be there"},
        {SQL, "{databaseVersion: !absent }", "{\"databaseVersion\":null}", NULL},
        {SQL, "{databaseVersion: !absent }", "{\"databaseVersion\":\"P1\"}",
         "databaseVersion: is P1, and must be absent"},
        {FW, "{priority: !at_least 900}", "{\"priority\":900}", NULL},
        {FW, "{priority: !at_least 900}", "{\"priority\":899}", "priority: is 899, less than 900"},
        {FW, "{priority: !at_most 900}", "{\"priority\":901}", "priority: is 901, more than 900"},
        {RUN, "{template: {timeout: !at_least 5m}}", "{\"template\":{\"timeout\":\"299s\"}}",
         "template.timeout: is 299s, less than 5m"},
        {RUN, "{template: {timeout: !at_least 5m}}", "{\"template\":{\"timeout\":\"300s\"}}", NULL},
        {SQL, "{settings: {databaseFlags: [{name: n, value: !at_least 200}]}}",
         "{\"settings\":{\"databaseFlags\":[{\"name\":\"n\",\"value\":\"1000\"}]}}", NULL},
        {SQL, "{settings: {databaseFlags: [{name: n, value: !at_least 200}]}}",
         "{\"settings\":{\"databaseFlags\":[{\"name\":\"n\",\"value\":\"30s\"}]}}",
         "settings.databaseFlags: element 1: value: is 30s, not !at_least 200"},
        {FW, "{sourceRanges: !cidr_within 10.0.0.0/8}", "{\"sourceRanges\":[\"10.8.0.0/28\"]}",
         NULL},
        {FW, "{sourceRanges: !cidr_within 10.0.0.0/8}",
         "{\"sourceRanges\":[\"10.8.0.0/28\",\"0.0.0.0/0\"]}",
         "sourceRanges: is 0.0.0.0/0, not within 10.0.0.0/8"},
    };

    run_rows(*state, rows, PL_LEN(rows));
}

static void sets(void **state)
{
    static const struct row rows[] = {
        {FW, "{sourceRanges: [10.0.0.0/8, 10.0.0.0/28]}",
         "{\"sourceRanges\":[\"10.0.0.0/28\",\"10.0.0.0/8\"]}", NULL},
        {FW, "{sourceRanges: [10.0.0.0/8]}", "{\"sourceRanges\":[\"10.0.0.0/8\",\"0.0.0.0/0\"]}",
         "sourceRanges: also has 0.0.0.0/0"},
        {FW, "{sourceRanges: [10.0.0.0/8, 1.1.1.1]}", "{\"sourceRanges\":[\"10.0.0.0/8\"]}",
         "sourceRanges: has no 1.1.1.1"},
        {FW, "{sourceRanges: [1.1.1.1/32]}", "{\"sourceRanges\":[\"1.1.1.1\"]}", NULL},
        {FW, "{targetTags: !contains [web]}", "{\"targetTags\":[\"web\",\"db\"]}", NULL},
        {FW, "{targetTags: !contains [web, x]}", "{\"targetTags\":[\"web\",\"db\"]}",
         "targetTags: has no x"},
        {FW, "{targetTags: !only [web]}", "{\"targetTags\":[\"web\",\"db\"]}",
         "targetTags: also has db"},
        {FW, "{targetTags: !ordered [a, b]}", "{\"targetTags\":[\"b\",\"a\"]}",
         "targetTags: element 1: is b, not a"},
        {FW, "{targetTags: !ordered [a]}", "{\"targetTags\":[\"a\",\"b\"]}",
         "targetTags: also has b"},
        {FW, "{targetTags: [!matches 'w.*']}", "{\"targetTags\":[\"web\",\"www\"]}", NULL},
        {FW, "{targetTags: [!matches 'w.*']}", "{\"targetTags\":[\"web\",\"db\"]}",
         "targetTags: also has db"},
        {FW, "{targetTags: []}", "{}", NULL},
        {FW, "{targetTags: []}", "{\"targetTags\":[\"db\"]}", "targetTags: also has db"},
        {FW, "{targetTags: [a]}", "{}", "targetTags: has no a"},
        {FW, "{targetTags: [a]}", "{\"targetTags\":\"a\"}", "targetTags: is a, not a list"},
    };

    run_rows(*state, rows, PL_LEN(rows));
}

#define ENV(list) "{\"template\":{\"containers\":[{\"name\":\"app\",\"env\":[" list "]}]}}"

static void lists_of_objects(void **state)
{
    static const struct row rows[] = {
        {RUN, "{template: {containers: [{name: app, env: [{name: A, value: x}]}]}}",
         ENV("{\"name\":\"B\",\"value\":\"y\"},{\"name\":\"A\",\"value\":\"x\"}"), NULL},
        {RUN, "{template: {containers: [{name: app, env: [{name: A, value: x}]}]}}",
         ENV("{\"name\":\"B\",\"value\":\"y\"}"),
         "template.containers: element 1: env: has no {name: A, value: x}"},
        {RUN, "{template: {containers: [{name: app, env: !only [{name: A, value: x}]}]}}",
         ENV("{\"name\":\"A\",\"value\":\"x\"},{\"name\":\"B\",\"value\":\"y\"}"),
         "template.containers: element 1: env: also has {\"name\":\"B\",\"value\":\"y\"}"},
        /* A single unnamed container is the single declared one. */
        {RUN, "{template: {containers: [{name: app, image: i}]}}",
         "{\"template\":{\"containers\":[{\"image\":\"i\"}]}}", NULL},
        {RUN, "{template: {containers: [{image: i}]}}",
         "{\"template\":{\"containers\":[{\"name\":\"app\",\"image\":\"j\"}]}}",
         "template.containers: element 1: image: is j, not i"},
        {RUN, "{template: {containers: [{name: a, image: i}]}}",
         "{\"template\":{\"containers\":[{\"name\":\"b\",\"image\":\"i\"}]}}",
         "template.containers: has no {name: a, image: i}"},
        /* IAM: by role and condition; members are a set. */
        {RUN,
         "{iamPolicy: {bindings: [{role: roles/run.invoker, members: [allUsers, 'user:a@b.c']}]}}",
         "{\"iamPolicy\":{\"bindings\":[{\"role\":\"roles/viewer\",\"members\":[\"user:x\"]},"
         "{\"role\":\"roles/run.invoker\",\"members\":[\"user:a@b.c\",\"allUsers\"]}]}}",
         NULL},
        {RUN, "{iamPolicy: {bindings: [{role: roles/run.invoker, members: [allUsers]}]}}",
         "{\"iamPolicy\":{\"bindings\":[{\"role\":\"roles/run.invoker\",\"members\":[\"allUsers\","
         "\"user:x\"]}]}}",
         "iamPolicy.bindings: element 1: members: also has user:x"},
        {RUN, "{iamPolicy: {bindings: [{role: roles/run.invoker, members: [allUsers]}]}}",
         "{\"iamPolicy\":{\"bindings\":[{\"role\":\"roles/run.invoker\",\"members\":[\"allUsers\"],"
         "\"condition\":{\"title\":\"t\"}}]}}",
         "iamPolicy.bindings: has no {role: roles/run.invoker, members: [allUsers]}"},
        /* Firewall rules as protocols and intervals of ports. */
        {FW, "{allowed: [{IPProtocol: tcp, ports: ['80-82', '443']}]}",
         "{\"allowed\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"443\",\"82\"]},{\"IPProtocol\":"
         "\"tcp\","
         "\"ports\":[\"80-81\"]}]}",
         NULL},
        {FW, "{allowed: [{IPProtocol: tcp, ports: ['80']}]}",
         "{\"allowed\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"80\",\"22\"]}]}",
         "allowed: is [{\"IPProtocol\":\"tcp\",\"ports\":[\"80\",\"22\"]}], not [{IPProtocol: tcp, "
         "ports: [80]}]"},
    };

    run_rows(*state, rows, PL_LEN(rows));
}

/* Outside of a schema: lists of objects without identity are multisets. */
static void multisets(void **state)
{
    const struct pl_expect *expect;
    static const struct {
        const char *observed, *why;
    } rows[] = {
        {"[{\"a\":2,\"b\":1},{\"a\":1}]", NULL},
        /* The first observed one is the only partner of both: one of them is missing. */
        {"[{\"a\":1,\"b\":1},{\"a\":3}]", "has no {a: 1}"},
        {"[{\"a\":1}]", "has no {b: 1}"},
        {"[{\"a\":1},{\"b\":1},{\"b\":1}]", "also has {\"b\":1}"},
    };
    char *dir = harness_temp_dir();
    const char *path = harness_path(*state, dir, "b.yaml");
    struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    const struct pl_baseline *b;

    harness_write(path, "version: 1\nconnections: {c: {from: here, to: 'h:1', probe: {type: https, "
                        "expect: {json: {/x: [{b: 1}, {a: 1}]}}}}}\n");
    b = pl_baseline_read(*state, &options, NULL);
    assert_non_null(b);
    expect = b->connections[0]->probe.expect_json[0].expect;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *why = "";
        enum pl_expect_answer answer = pl_expect_check(*state, expect, NULL, NULL, NULL,
                                                       json(*state, rows[i].observed), NULL, &why);

        ROW("%s", rows[i].observed);
        assert_string_equal(why, rows[i].why != NULL ? rows[i].why : "");
        assert_int_equal(answer, rows[i].why != NULL ? PL_EXPECT_NO : PL_EXPECT_YES);
    }
    harness_remove(dir);
}

/* HTTP answers, JSON pointers, settings of a server: no field of a resource. */
static void free_values(void **state)
{
    static const struct {
        const char *json_expect, *observed, *why;
    } rows[] = {
        {"200", "200", NULL},
        {"'200'", "\"200\"", NULL},
        {"1.0", "1", NULL},
        {"true", "true", NULL},
        {"ok", "\"okay\"", "is okay, not ok"},
        {"[a, b]", "[\"b\",\"a\"]", NULL},
        {"{x: 1}", "{\"x\":1,\"y\":2}", NULL},
        {"{x: 1}", "{\"x\":2}", "x: is 2, not 1"},
        {"!at_least 200", "199", "is 199, less than 200"},
        {"!at_least 512Mi", "\"1Gi\"", NULL},
        {"!contains [b]", "\"abc\"", NULL},
        {"!contains [b]", "\"acc\"", "is acc, without b"},
        {"!present", "[]", NULL},
        {"!absent", "null", NULL},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        char *dir = harness_temp_dir();
        const char *path = harness_path(*state, dir, "b.yaml"), *why = "";
        struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
        const struct pl_baseline *b;
        enum pl_expect_answer answer;

        ROW("%s against %s", rows[i].json_expect, rows[i].observed);
        harness_write(path, pl_arena_printf(*state,
                                            "version: 1\nconnections: {c: {from: here, to: 'h:1', "
                                            "probe: {type: https, expect: {json: {/x: %s }}}}}\n",
                                            rows[i].json_expect));
        b = pl_baseline_read(*state, &options, NULL);
        assert_non_null(b);
        answer = pl_expect_check(*state, b->connections[0]->probe.expect_json[0].expect, NULL, NULL,
                                 NULL, json(*state, rows[i].observed), NULL, &why);
        assert_string_equal(why, rows[i].why != NULL ? rows[i].why : "");
        assert_int_equal(answer, rows[i].why != NULL ? PL_EXPECT_NO : PL_EXPECT_YES);
        harness_remove(dir);
    }
}

static const struct pl_value *with_unknown(struct pl_arena *arena, const char *key)
{
    return pl_value_map_with(arena, NULL, key, pl_value_unknown());
}

static void what_nobody_may_know(void **state)
{
    static const struct {
        const char *body;
        enum pl_expect_answer answer;
        const char *why;
    } rows[] = {
        {"{databaseVersion: A}", PL_EXPECT_NOT_KNOWN,
         "databaseVersion: has a value that could not be read"},
        {"{databaseVersion: !present }", PL_EXPECT_YES, ""},
        {"{databaseVersion: !absent }", PL_EXPECT_NO,
         "databaseVersion: has a value, and must be absent"},
        {"{databaseVersion: !not A}", PL_EXPECT_NOT_KNOWN,
         "databaseVersion: has a value that could not be read"},
        {"{databaseVersion: !any_of [A, !present ]}", PL_EXPECT_YES, ""},
        /* A no elsewhere outweighs it. */
        {"{databaseVersion: A, region: r}", PL_EXPECT_NO, "region: is absent, not r"},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *why;

        ROW("%s", rows[i].body);
        assert_int_equal(
            check(*state, SQL, rows[i].body, with_unknown(*state, "databaseVersion"), NULL, &why),
            rows[i].answer);
        assert_string_equal(why, rows[i].why);
    }
}

/* The mark of pl_secret_mark: a value is there, and says nothing. */
static void what_redaction_left(void **state)
{
    static const struct {
        const char *body;
        enum pl_expect_answer answer;
        const char *why;
    } rows[] = {
        {"{description: x}", PL_EXPECT_NOT_KNOWN,
         "description: has a value that could not be read"},
        {"{description: !matches '.*'}", PL_EXPECT_NOT_KNOWN,
         "description: has a value that could not be read"},
        {"{description: !present }", PL_EXPECT_YES, ""},
        {"{description: !absent }", PL_EXPECT_NO, "description: has a value, and must be absent"},
    };
    const char *mark = pl_secret_mark(*state, "hunter2", 7, NULL);

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *why;

        ROW("%s", rows[i].body);
        assert_int_equal(
            check(*state, RUN, rows[i].body,
                  pl_value_map_with(*state, NULL, "description", pl_value_string(*state, mark)),
                  NULL, &why),
            rows[i].answer);
        assert_string_equal(why, rows[i].why);
    }
}

/* ---- references ---- */

static struct pl_view *world(struct pl_arena *arena)
{
    struct pl_world_builder *b = pl_world_builder_new(arena);
    struct pl_resource main = {
        .body =
            json(arena, "{\"region\":\"r1\",\"ipAddresses\":[{\"type\":\"PRIVATE\",\"ipAddress\":"
                        "\"10.0.0.5\"},{\"type\":\"OUTGOING\",\"ipAddress\":\"1.1.1.1\"},"
                        "{\"type\":\"OUTGOING\",\"ipAddress\":\"1.1.1.2\"}]}")};
    struct pl_unobserved gap = {.kind = pl_kind_find("redis.instance"),
                                .kind_name = "redis.instance",
                                .scope = "projects/p/locations/-",
                                .reason = "permission_denied"};

    assert_int_equal(pl_address_parse(arena, "sql.instance/p/global/main", &main.address, NULL), 0);
    pl_world_add_project(b, "p");
    pl_world_add_kind(b, "sql.instance");
    pl_world_add_kind(b, "redis.instance");
    pl_world_add(b, &main);
    pl_world_add_unobserved(b, &gap);
    return pl_view_new(arena, pl_world_build(b));
}

static void references(void **state)
{
    static const struct {
        const char *text, *observed;
        enum pl_expect_answer answer;
        const char *why;
    } rows[] = {
        {"${sql.instance/main:ipAddresses[type=PRIVATE].ipAddress}", "10.0.0.5", PL_EXPECT_YES, ""},
        {"tcp://${sql.instance/main:ipAddresses[type=PRIVATE].ipAddress}:${sql.instance/"
         "main:region}",
         "tcp://10.0.0.5:r1", PL_EXPECT_YES, ""},
        {"${sql.instance/main:region}", "r2", PL_EXPECT_NO,
         "description: is r2, not the value of ${sql.instance/main:region}"},
        {"${sql.instance/main:state}", "x", PL_EXPECT_NO,
         "description: sql.instance/p/global/main:state has no value"},
        {"${sql.instance/other:region}", "x", PL_EXPECT_NO,
         "description: sql.instance/p/global/other:region has no value"},
        {"${redis.instance/cache:host}", "x", PL_EXPECT_NOT_KNOWN,
         "description: redis.instance/p/l/cache:host could not be read"},
        {"${sql.instance/main:ipAddresses[type=OUTGOING].ipAddress}", "x", PL_EXPECT_NOT_KNOWN,
         "description: the reference "
         "sql.instance/p/global/main:ipAddresses[type=OUTGOING].ipAddress "
         "matches several elements"},
        {"${redis.instance/cache:host}${sql.instance/other:region}", "x", PL_EXPECT_NO,
         "description: sql.instance/p/global/other:region has no value"},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *why;
        const struct pl_value *observed = pl_value_map_with(
            *state, NULL, "description", pl_value_string(*state, rows[i].observed));

        ROW("%s", rows[i].text);
        assert_int_equal(check(*state, RUN,
                               pl_arena_printf(*state, "{description: \"%s\"}", rows[i].text),
                               observed, world(*state), &why),
                         rows[i].answer);
        assert_string_equal(why, rows[i].why);
    }
}

static void resolving_records_what_was_read(void **state)
{
    const struct pl_declared *d =
        declare(*state, RUN, "{description: '${sql.instance/main:region}'}");
    struct pl_view *view = world(*state);
    const struct pl_value *out = NULL;
    struct pl_address target;
    struct pl_path path;
    struct pl_field_info info = {.type = PL_T_STRING};

    assert_int_equal(
        pl_field_address_parse(*state, "sql.instance/p/global/main:region", &target, &path, NULL),
        0);
    assert_false(pl_view_was_read(view, &target, &path));
    assert_int_equal(pl_expect_resolve(*state, d->expect->members[0].expect, &info, view, &out),
                     PL_PRESENT);
    assert_string_equal(pl_value_text(out), "r1");
    assert_true(pl_view_was_read(view, &target, &path));
}

/* ---- witnesses ---- */

static void witnesses(void **state)
{
    static const struct {
        const char *kind, *body, *observed, *want;
    } rows[] = {
        {SQL, "{databaseVersion: A}", "{\"region\":\"r\"}",
         "{\"databaseVersion\":\"A\",\"region\":\"r\"}"},
        {SQL, "{databaseVersion: !absent }", "{\"databaseVersion\":\"A\",\"region\":\"r\"}",
         "{\"region\":\"r\"}"},
        {SQL, "{databaseVersion: !any_of [A, B]}", "{\"databaseVersion\":\"B\"}",
         "{\"databaseVersion\":\"B\"}"},
        {SQL, "{databaseVersion: !any_of [A, B]}", "{\"databaseVersion\":\"C\"}",
         "{\"databaseVersion\":\"A\"}"},
        {SQL, "{settings: {ipConfiguration: {ipv4Enabled: !not true}}}",
         "{\"settings\":{\"ipConfiguration\":{\"ipv4Enabled\":true}}}",
         "{\"settings\":{\"ipConfiguration\":{\"ipv4Enabled\":false}}}"},
        {FW, "{priority: !at_most 900}", "{\"priority\":1000}", "{\"priority\":900}"},
        {FW, "{priority: !all_of [!at_least 10, !at_most 900]}", "{\"priority\":1000}",
         "{\"priority\":900}"},
        {SQL, "{settings: {databaseFlags: [{name: n, value: !at_least 200}]}}",
         "{\"settings\":{\"databaseFlags\":[{\"name\":\"m\",\"value\":\"1\"},{\"name\":\"n\","
         "\"value\":\"100\"}]}}",
         "{\"settings\":{\"databaseFlags\":[{\"name\":\"m\",\"value\":\"1\"},{\"name\":\"n\","
         "\"value\":\"200\"}]}}"},
        {SQL, "{settings: {databaseFlags: [{name: n, value: x}]}}", "{}",
         "{\"settings\":{\"databaseFlags\":[{\"name\":\"n\",\"value\":\"x\"}]}}"},
        {FW, "{sourceRanges: [10.0.0.0/8]}", "{\"sourceRanges\":[\"0.0.0.0/0\"]}",
         "{\"sourceRanges\":[\"10.0.0.0/8\"]}"},
        {FW, "{targetTags: !contains [web]}", "{\"targetTags\":[\"db\"]}",
         "{\"targetTags\":[\"db\",\"web\"]}"},
        {RUN, "{template: {containers: [{name: app, image: i}]}}",
         "{\"template\":{\"containers\":[{\"image\":\"j\"}]}}",
         "{\"template\":{\"containers\":[{\"image\":\"i\"}]}}"},
        {FW, "{allowed: [{IPProtocol: tcp, ports: ['80']}]}", "{\"allowed\":[]}",
         "{\"allowed\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"80\"]}]}"},
        {RUN, "{labels: !only {a: b}}", "{\"labels\":{\"c\":\"d\"}}", "{\"labels\":{\"a\":\"b\"}}"},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_declared *d = declare(*state, rows[i].kind, rows[i].body);
        struct pl_field_info root = pl_field_root(d->address.kind);
        const struct pl_value *w = pl_expect_witness(*state, d->expect, d->address.kind, "", &root,
                                                     json(*state, rows[i].observed), NULL);

        ROW("%s from %s", rows[i].body, rows[i].observed);
        assert_string_equal(pl_json_text(*state, w), rows[i].want);
        assert_int_equal(
            pl_expect_check(*state, d->expect, d->address.kind, "", &root, w, NULL, NULL),
            PL_EXPECT_YES);
    }
}

static void no_single_right_value(void **state)
{
    static const char *const bodies[] = {
        "{databaseVersion: !matches 'P.*'}",
        "{databaseVersion: !present }",
        "{databaseVersion: !not A}",
        "{databaseVersion: !all_of [B, C]}",
    };

    for (size_t i = 0; i < PL_LEN(bodies); i++) {
        const struct pl_declared *d = declare(*state, SQL, bodies[i]);
        struct pl_field_info root = pl_field_root(d->address.kind);
        const struct pl_value *w =
            pl_expect_witness(*state, d->expect, d->address.kind, "", &root,
                              json(*state, i == 1 ? "{}" : "{\"databaseVersion\":\"A\"}"), NULL);

        ROW("%s", bodies[i]);
        assert_int_equal(pl_value_member(w, "databaseVersion")->type, PL_UNKNOWN);
    }
}

static void pairs(void **state)
{
    const struct pl_declared *d = declare(
        *state, SQL, "{settings: {databaseFlags: [{name: b, value: x}, {name: z, value: x}]}}");
    const struct pl_expect *list = d->expect->members[0].expect->members[0].expect;
    struct pl_path path;
    struct pl_field_info info;
    struct pl_list_pairs p;

    assert_int_equal(pl_path_parse(*state, "settings.databaseFlags", &path, NULL), 0);
    assert_true(pl_field_lookup(d->address.kind, &path, &info, NULL, NULL));
    p = pl_expect_pairs(*state, list, d->address.kind, "settings.databaseFlags", &info,
                        json(*state, "[{\"name\":\"a\"},{\"name\":\"b\",\"value\":\"y\"}]"), NULL);
    assert_int_equal(p.how, PL_LIST_BY_ID);
    assert_int_equal(p.partner[0], 1);
    assert_true(p.partner[1] == PL_NO_PARTNER);
    assert_int_equal(p.n_extra, 1);
    assert_int_equal(p.extra[0], 0);
    assert_false(p.extra_is_drift);
    assert_false(p.nameless);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(scalars),
        TEST(matchers),
        TEST(sets),
        TEST(lists_of_objects),
        TEST(multisets),
        TEST(free_values),
        TEST(what_nobody_may_know),
        TEST(what_redaction_left),
        TEST(references),
        TEST(resolving_records_what_was_read),
        TEST(witnesses),
        TEST(no_single_right_value),
        TEST(pairs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
