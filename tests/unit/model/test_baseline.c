/* test_baseline.c - what a good baseline becomes: resources, expectations, references, variables, several files, warnings. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/baseline.h"
#include "plumbline/expect.h"

static const char head[] = "version: 1\nproject: p\nlocation: us-central1\n";

/* Reads texts as a.yaml, b.yaml, ... of one folder. */
static const struct pl_baseline *read_texts(struct pl_arena *arena, const char *const *texts,
                                            size_t n, const struct pl_baseline_options *more,
                                            struct pl_err *err)
{
    char *dir = harness_temp_dir();
    const char *path = dir;
    struct pl_baseline_options options = more != NULL ? *more : (struct pl_baseline_options){0};
    const struct pl_baseline *b;

    for (size_t i = 0; i < n; i++)
        harness_write(
            harness_path(arena, dir, pl_arena_printf(arena, "%c.yaml", (char)('a' + (int)i))),
            texts[i]);
    options.paths = &path;
    options.n_paths = 1;
    b = pl_baseline_read(arena, &options, err);
    harness_remove(dir);
    return b;
}

static const struct pl_baseline *good(struct pl_arena *arena, const char *body)
{
    struct pl_err err = {0};
    const char *text = pl_arena_printf(arena, "%s%s", head, body);
    const struct pl_baseline *b = read_texts(arena, &text, 1, NULL, &err);

    if (b == NULL)
        fail_msg("%s", err.text);
    return b;
}

static const struct pl_expect *member(const struct pl_expect *e, const char *key)
{
    for (size_t i = 0; i < e->n; i++) {
        if (strcmp(e->members[i].key, key) == 0)
            return e->members[i].expect;
    }
    fail_msg("no member %s", key);
    return NULL;
}

static void resources_by_full_address(void **state)
{
    static const struct {
        const char *address;
        enum pl_match match;
        int line;
    } want[] = {
        {"compute.firewall/p/global/debug", PL_M_ABSENT, 9},
        {"compute.network/other/global/shared", PL_M_PRESENT, 11},
        {"run.service/p/europe-west1/b", PL_M_MAP, 7},
        {"run.service/p/us-central1/a", PL_M_MAP, 6},
    };
    const struct pl_baseline *b =
        good(*state, "resources:\n"
                     "  run.service:\n"
                     "    a:\n"
                     "    europe-west1/b: {ingress: INGRESS_TRAFFIC_ALL}\n"
                     "  compute.firewall: !only\n"
                     "    debug: !absent\n"
                     "  compute.network:\n"
                     "    other/global/shared: !present\n"
                     "  compute.route: !only\n");

    assert_int_equal(b->n_resources, PL_LEN(want));
    for (size_t i = 0; i < PL_LEN(want); i++) {
        assert_string_equal(pl_address_full(*state, &b->resources[i].address), want[i].address);
        assert_int_equal(b->resources[i].expect->match, want[i].match);
        assert_int_equal(b->resources[i].mark.line, want[i].line);
        assert_int_equal(b->resources[i].mark.column, 5);
    }
    assert_int_equal(b->resources[3].expect->n, 0);
    assert_int_equal(b->n_only, 2);
    assert_string_equal(b->only[0].kind->name, "compute.firewall");
    assert_string_equal(b->only[0].project, "p");
    assert_null(b->only[0].location);
    assert_string_equal(b->only[1].kind->name, "compute.route");
    assert_int_equal(b->n_projects, 2);
    assert_string_equal(b->projects[0], "other");
    assert_string_equal(b->projects[1], "p");
    assert_string_equal(b->files[0]->location, "us-central1");
}

/* A scalar is text until the field's type reads it. */
static void scalars_by_the_type_of_their_field(void **state)
{
    const struct pl_baseline *b = good(*state, "resources:\n"
                                               "  sql.instance:\n"
                                               "    main:\n"
                                               "      databaseVersion: on\n"
                                               "      settings:\n"
                                               "        tier: 22:22\n"
                                               "        ipConfiguration: {ipv4Enabled: off}\n"
                                               "        userLabels: {count: 12, empty: ''}\n"
                                               "  compute.firewall:\n"
                                               "    f: {priority: '900'}\n");
    const struct pl_expect *main = b->resources[1].expect, *settings = member(main, "settings");
    const struct pl_expect *e = member(main, "databaseVersion");

    assert_int_equal(e->match, PL_M_EQUAL);
    assert_string_equal(pl_value_text(e->value), "on");
    assert_string_equal(pl_value_text(member(settings, "tier")->value), "22:22");
    e = member(member(settings, "ipConfiguration"), "ipv4Enabled");
    assert_int_equal(e->value->type, PL_BOOL);
    assert_false(e->value->u.boolean);
    assert_string_equal(pl_value_text(member(member(settings, "userLabels"), "count")->value),
                        "12");
    assert_string_equal(pl_value_text(member(member(settings, "userLabels"), "empty")->value), "");
    e = member(b->resources[0].expect, "priority");
    assert_int_equal(e->value->type, PL_INT);
    assert_int_equal(e->value->u.integer, 900);
    /* `on` is none of Google's versions: a warning, because Google's lists grow. */
    assert_int_equal(b->n_warnings, 1);
    assert_string_equal(b->warnings[0].text,
                        "databaseVersion: 'on' is not among the values that Google documents");
    assert_int_equal(b->warnings[0].mark.line, 7);
}

static void matchers(void **state)
{
    static const struct {
        const char *yaml, *text;
        enum pl_match match;
    } rows[] = {
        {"!any_of [A, B]", "!any_of [A, B]", PL_M_ANY_OF},
        {"!all_of [!not A, !matches 'P.*']", "!all_of [!not A, !matches P.*]", PL_M_ALL_OF},
        {"!not A", "!not A", PL_M_NOT},
        {"!not {matcher: !matches 'P.*'}", "!not {matcher: !matches P.*}", PL_M_NOT},
        {"!matches 'POSTGRES_1[5-7]'", "!matches POSTGRES_1[5-7]", PL_M_MATCHES},
        {"!present", "!present", PL_M_PRESENT},
        {"!absent", "!absent", PL_M_ABSENT},
        {"\"A\"", "A", PL_M_EQUAL},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_baseline *b = good(
            *state,
            pl_arena_printf(*state, "resources: {sql.instance: {main: {databaseVersion: %s }}}\n",
                            rows[i].yaml));
        const struct pl_expect *e = member(b->resources[0].expect, "databaseVersion");

        ROW("%s", rows[i].yaml);
        assert_int_equal(e->match, rows[i].match);
        assert_string_equal(pl_expect_text(*state, e), rows[i].text);
    }
}

static void matchers_of_lists_and_numbers(void **state)
{
    const struct pl_baseline *b =
        good(*state, "resources:\n"
                     "  compute.firewall:\n"
                     "    f:\n"
                     "      priority: !at_most 900\n"
                     "      sourceRanges: !only [10.0.0.0/8]\n"
                     "      targetTags: !contains [web]\n"
                     "      allowed: !ordered [{IPProtocol: tcp}]\n"
                     "      destinationRanges: !cidr_within 10.0.0.0/8\n"
                     "  run.service:\n"
                     "    a:\n"
                     "      labels: !only {team: auth}\n"
                     "      template:\n"
                     "        timeout: !at_least 5m\n"
                     "        containers:\n"
                     "          - resources: {limits: {memory: !at_least 512Mi}}\n"
                     "            env: [{name: N, value: !at_least 20}]\n");
    const struct pl_expect *f = b->resources[0].expect, *a = b->resources[1].expect;
    const struct pl_expect *container = member(member(a, "template"), "containers")->items[0];

    assert_true(member(f, "priority")->number == 900);
    assert_int_equal(member(f, "sourceRanges")->match, PL_M_ONLY);
    assert_int_equal(member(f, "targetTags")->match, PL_M_CONTAINS);
    assert_int_equal(member(f, "allowed")->match, PL_M_LIST);
    assert_true(member(f, "allowed")->ordered);
    assert_string_equal(member(f, "destinationRanges")->text, "10.0.0.0/8");
    assert_true(member(a, "labels")->only);
    assert_true(member(member(a, "template"), "timeout")->number == 300);
    assert_true(member(member(member(container, "resources"), "limits"), "memory")->number ==
                512.0 * 1024 * 1024);
    assert_true(member(member(container, "env")->items[0], "value")->number == 20);
    assert_string_equal(pl_expect_text(*state, f),
                        "{priority: !at_most 900, sourceRanges: !only [10.0.0.0/8], targetTags: "
                        "!contains [web], allowed: !ordered [{IPProtocol: tcp}], "
                        "destinationRanges: !cidr_within 10.0.0.0/8}");
}

static void references(void **state)
{
    const struct pl_baseline *b =
        good(*state, "vars: {team: auth}\n"
                     "resources:\n"
                     "  run.service:\n"
                     "    a:\n"
                     "      description: 'of ${var.team}: ${sql.instance/other/global/m:region}-"
                     "${redis.instance/r:host} $${HOME} $5'\n"
                     "      client: $${x}\n");
    const struct pl_expect *e = member(b->resources[0].expect, "description");

    assert_null(e->value);
    assert_int_equal(e->n_pieces, 5);
    assert_string_equal(e->pieces[0].literal, "of auth: ");
    assert_null(e->pieces[1].literal);
    assert_string_equal(pl_address_full(*state, &e->pieces[1].address),
                        "sql.instance/other/global/m");
    assert_string_equal(pl_path_format(*state, &e->pieces[1].path), "region");
    assert_string_equal(e->pieces[2].literal, "-");
    assert_string_equal(pl_address_full(*state, &e->pieces[3].address),
                        "redis.instance/p/us-central1/r");
    assert_string_equal(e->pieces[4].literal, " ${HOME} $5");
    e = member(b->resources[0].expect, "client");
    assert_string_equal(pl_value_text(e->value), "${x}");
    assert_int_equal(e->n_pieces, 0);
    assert_int_equal(b->n_projects, 2);
    assert_string_equal(b->projects[0], "other");
}

/* A chain is no circle, however often it meets. */
static void references_in_a_chain(void **state)
{
    const struct pl_baseline *b =
        good(*state, "resources:\n"
                     "  run.service:\n"
                     "    a: {description: '${run.service/b:description}', client: "
                     "'${run.service/b:description}${run.service/c:client}'}\n"
                     "    b: {description: '${run.service/c:client}'}\n"
                     "    c: {client: !any_of ['${run.service/d:client}', x]}\n");

    assert_int_equal(b->n_resources, 3);
}

static void variables_of_the_command_line_come_first(void **state)
{
    static const struct pl_var vars[] = {{"env", "prod"}, {"port", "5433"}};
    struct pl_baseline_options options = {.vars = vars, .n_vars = PL_LEN(vars), .project = "cli"};
    const char *text = "version: 1\n"
                       "location: ${var.env}-region\n"
                       "vars: {env: test, port: '1'}\n"
                       "resources: {run.service: {'${var.env}-auth': {client: '${var.port}'}}}\n"
                       "connections: {c: {from: here, to: 'db.${var.env}:${var.port}'}}\n";
    struct pl_err err = {0};
    const struct pl_baseline *b = read_texts(*state, &text, 1, &options, &err);

    assert_string_equal(err.text, "");
    assert_string_equal(pl_address_full(*state, &b->resources[0].address),
                        "run.service/cli/prod-region/prod-auth");
    assert_string_equal(pl_value_text(member(b->resources[0].expect, "client")->value), "5433");
    assert_string_equal(b->connections[0]->to.host, "db.prod");
    assert_int_equal(b->connections[0]->to.port, 5433);
}

static void files_have_their_own_scope(void **state)
{
    static const char *const texts[] = {
        "version: 1\nproject: one\nlocation: here-1\nvars: {v: a}\n"
        "resources: {run.service: {s: {client: '${var.v}'}}}\n"
        "connections: {x: {from: run.service/s, to: 'h:1', depends_on: [y]}}\n",
        "version: 1\nproject: two\nlocation: here-2\nvars: {v: b}\n"
        "resources: {run.service: {s: {client: '${var.v}'}}}\n"
        "connections: {y: {from: run.service/s, to: 'h:1', depends_on: [x]}}\n",
    };
    struct pl_err err = {0};
    const struct pl_baseline *b = read_texts(*state, texts, PL_LEN(texts), NULL, &err);

    assert_string_equal(err.text, "");
    assert_int_equal(b->n_files, 2);
    assert_int_equal(b->n_resources, 2);
    assert_string_equal(pl_address_full(*state, &b->resources[0].address),
                        "run.service/one/here-1/s");
    assert_string_equal(pl_value_text(member(b->resources[1].expect, "client")->value), "b");
    assert_string_equal(pl_address_full(*state, &b->connections[1]->from.address),
                        "run.service/two/here-2/s");
    assert_ptr_equal(pl_baseline_connection(b, "y"), b->connections[1]);
    assert_null(pl_baseline_connection(b, "z"));
}

static void rules_to_ignore(void **state)
{
    const struct pl_baseline *b = good(*state, "ignore:\n"
                                               "  - field: run.service/*:annotations[*]\n"
                                               "    reason: written by the deploy tool\n"
                                               "    owner: platform-team\n"
                                               "    expires: 2027-01-31\n");

    assert_int_equal(b->n_ignores, 1);
    assert_string_equal(b->ignores[0].field, "run.service/*:annotations[*]");
    assert_string_equal(b->ignores[0].reason, "written by the deploy tool");
    assert_string_equal(b->ignores[0].owner, "platform-team");
    assert_string_equal(b->ignores[0].expires, "2027-01-31");
    /* The first moment of the first of February. */
    assert_true(b->ignores[0].expires_ns == INT64_C(1801440000) * 1000000000);
    assert_int_equal(b->ignores[0].mark.line, 5);
}

/* An empty baseline declares nothing, and is one. */
static void nothing_declared(void **state)
{
    const struct pl_baseline *b = good(*state, "resources:\nconnections:\nignore:\nvars:\n");

    assert_int_equal(b->n_resources + b->n_connections + b->n_ignores + b->n_only, 0);
    assert_int_equal(b->n_files, 1);
}

static void examples_are_good(void **state)
{
    static const char *const names[] = {"baselines/service.yaml", "baselines/minimal.yaml",
                                        "baselines/ignore.yaml"};

    for (size_t i = 0; i < PL_LEN(names); i++) {
        struct pl_baseline_options options = {.paths = &names[i], .n_paths = 1};
        struct pl_err err = {0};

        ROW("%s", names[i]);
        if (pl_baseline_read(*state, &options, &err) == NULL)
            fail_msg("%s", err.text);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(resources_by_full_address),
        TEST(scalars_by_the_type_of_their_field),
        TEST(matchers),
        TEST(matchers_of_lists_and_numbers),
        TEST(references),
        TEST(references_in_a_chain),
        TEST(variables_of_the_command_line_come_first),
        TEST(files_have_their_own_scope),
        TEST(rules_to_ignore),
        TEST(nothing_declared),
        TEST(examples_are_good),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
