/* test_report_sarif.c - SARIF as GitHub takes it: golden files, and the rules of its page that a file is refused for. */
#include "plumbline/json.h"
#include "report_fixture.h"
#include "report_golden.h"

static char *written(struct pl_arena *a, const struct pl_run *run)
{
    return written_as(a, "sarif", run);
}

static const struct pl_value *only_run(struct pl_arena *a, const char *text)
{
    struct pl_err err = {0};
    const struct pl_value *v = pl_json_parse(a, text, strlen(text), "sarif", &err);
    assert_string_equal(err.text, "");
    assert_string_equal(pl_value_member_text(v, "version"), "2.1.0");
    assert_int_equal(pl_value_count(pl_value_member(v, "runs")), 1);
    return pl_value_member(v, "runs")->u.list.items[0];
}

static const struct pl_value *at_path(const struct pl_value *v, const char *const *names)
{
    for (; v && *names; names++)
        v = v->type == PL_LIST ? v->u.list.items[0] : pl_value_member(v, *names);
    return v;
}
#define AT(v, ...) at_path(v, (const char *const[]){__VA_ARGS__, NULL})

static void golden(void **state)
{
    static const char *const names[] = {"night", "incomplete", "hostile", "empty"};
    check_goldens(*state, "sarif", "sarif", names, PL_LEN(names));
}

/* Required of every result: rule, level, message, one place with a relative path and a line from 1, the fingerprint. */
static void every_result_is_acceptable(void **state)
{
    static const char *const levels = "error warning note";
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        const struct pl_value *run = only_run(a, written(a, fixtures[i].make(a)));
        const struct pl_value *rules = AT(run, "tool", "driver", "rules");
        const struct pl_value *results = pl_value_member(run, "results");
        for (size_t j = 0; j < pl_value_count(results); j++) {
            const struct pl_value *r = results->u.list.items[j];
            int64_t index = -1, line = 0;
            ROW("%s, result %zu", fixtures[i].name, j);
            assert_true(pl_value_as_int(pl_value_member(r, "ruleIndex"), &index));
            assert_string_equal(pl_value_member_text(r, "ruleId"),
                                pl_value_member_text(rules->u.list.items[index], "id"));
            assert_non_null(strstr(levels, pl_value_member_text(r, "level")));
            assert_true(strlen(pl_value_member_text(AT(r, "message"), "text")) > 0);
            assert_int_equal(strlen(pl_value_member_text(AT(r, "partialFingerprints"),
                                                         "primaryLocationLineHash")),
                             18);
            if (fixtures[i].make(a)->n_baseline_files == 0)
                continue;
            const struct pl_value *place = AT(r, "locations", "0", "physicalLocation");
            const char *uri = pl_value_member_text(AT(place, "artifactLocation"), "uri");
            assert_non_null(uri);
            assert_true(*uri != '/' && !strstr(uri, "..") && !strpbrk(uri, " \"<>\\^`{|}"));
            assert_true(pl_value_as_int(AT(place, "region", "startLine"), &line));
            assert_true(line >= 1);
        }
    }
}

/* The same alert after the value has drifted further; another one for another field. */
static void a_fingerprint_is_of_the_field_not_the_value(void **state)
{
    struct pl_arena *a = *state;
    static const char *const observed[] = {"10", "20"};
    const char *hashes[2];
    for (size_t i = 0; i < 2; i++) {
        const struct pl_drift *d = drift(a, "sql.instance/main:settings.tier", "5", observed[i], 7);
        const struct pl_run run = {.arena = a, .command = "audit", .drift = &d, .n_drift = 1};
        const struct pl_value *v = only_run(a, written(a, &run));
        hashes[i] = pl_value_member_text(AT(v, "results", "0", "partialFingerprints"),
                                         "primaryLocationLineHash");
    }
    assert_string_equal(hashes[0], hashes[1]);
}

static void paths_become_uris(void **state)
{
    static const struct {
        const char *path, *uri;
    } rows[] = {
        {"base/a.yaml", "base/a.yaml"},
        {"./base/a.yaml", "base/a.yaml"},
        {"my base/50%.yaml", "my%20base/50%25.yaml"},
        {"/srv/a.yaml", "file:///srv/a.yaml"},
        {"caf\xc3\xa9.yaml", "caf%C3%A9.yaml"},
    };
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_yaml_file file = {.name = rows[i].path, .text = "", .len = 0};
        struct pl_drift d = *drift(a, "sql.instance/main:settings.tier", "5", "6", 7);
        const struct pl_drift *list = &d;
        d.mark.file = &file;
        const struct pl_run run = {.arena = a, .command = "audit", .drift = &list, .n_drift = 1};
        ROW("%s", rows[i].path);
        const struct pl_value *v = only_run(a, written(a, &run));
        const struct pl_value *where =
            AT(v, "results", "0", "locations", "0", "physicalLocation", "artifactLocation");
        assert_string_equal(pl_value_member_text(where, "uri"), rows[i].uri);
        assert_int_equal(pl_value_member(where, "uriBaseId") != NULL, *rows[i].path != '/');
    }
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(golden),
        IN_ARENA(every_result_is_acceptable),
        IN_ARENA(a_fingerprint_is_of_the_field_not_the_value),
        IN_ARENA(paths_become_uris),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
