/* test_report_json.c - the report for programs: golden files, read back, and every key of the contract in its place. */
#include "plumbline/json.h"
#include "report_fixture.h"
#include "report_golden.h"
#include "report_priv.h"

static char *written(struct pl_arena *a, const char *name)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        if (strcmp(fixtures[i].name, name) == 0)
            pl_report_find("json")->write(&b, fixtures[i].make(a), &(struct pl_report_style){0});
    return pl_buf_take(&b, a);
}

static const struct pl_value *read_back(struct pl_arena *a, const char *text)
{
    struct pl_err err = {0};
    const struct pl_value *v = pl_json_parse(a, text, strlen(text), "report", &err);
    assert_string_equal(err.text, "");
    assert_non_null(v);
    return v;
}

static void golden(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        struct pl_buf b = {0};
        if (strcmp(fixtures[i].name, "many") == 0)
            continue;
        pl_buf_adds(&b, written(a, fixtures[i].name));
        check_golden(a, "json", pl_arena_printf(a, "%s.json", fixtures[i].name), &b);
    }
}

/* What section 7 of the contract names, as paths; [] is any element. Null is allowed, a missing key is not. */
static const char *const keys[] = {
    "format_version",
    "run.id",
    "run.command",
    "run.started_at",
    "run.finished_at",
    "run.version",
    "result.verdict",
    "result.exit_status",
    "result.reason",
    "coverage.declared",
    "coverage.match",
    "coverage.drift",
    "coverage.ignored",
    "coverage.unknown",
    "drift[].id",
    "drift[].field",
    "drift[].resource",
    "drift[].status",
    "drift[].expected",
    "drift[].observed",
    "drift[].severity",
    "drift[].baseline.file",
    "drift[].baseline.line",
    "drift[].baseline.column",
    "drift[].explains",
    "drift[].changed_by",
    "drift[].remediation[].command",
    "drift[].remediation[].verify",
    "drift[].remediation[].risk",
    "connections[].name",
    "connections[].from",
    "connections[].to",
    "connections[].status",
    "connections[].basis",
    "connections[].seen_from",
    "connections[].symptom.symptom",
    "connections[].symptom.detail",
    "connections[].timings.p50_ms",
    "connections[].timings.p95_ms",
    "connections[].timings.max_ms",
    "connections[].timings.attempts",
    "connections[].hops[].hop",
    "connections[].hops[].verdict",
    "connections[].hops[].cause",
    "connections[].hops[].evidence[].field",
    "connections[].hops[].evidence[].value",
    "connections[].explanation.verdict",
    "connections[].explanation.causes[]",
    "connections[].explanation.blockers[].cause",
    "connections[].explanation.blockers[].field",
    "connections[].explanation.upstream",
    "connections[].explanation.masked",
    "connections[].explanation.ruled_out[].field",
    "connections[].explanation.ruled_out[].why",
    "connections[].explanation.not_modelled",
    "ignored[].field",
    "ignored[].rule.file",
    "ignored[].rule.line",
    "ignored[].rule.column",
    "unobserved[].what",
    "unobserved[].scope",
    "unobserved[].reason",
    "unobserved[].permission",
    "unobserved[].remedy",
};

/* Counts the places where the key is; fails where its container is there and it is not. */
static size_t count_key(struct pl_arena *a, const struct pl_value *v, const char *path)
{
    size_t len = strcspn(path, ".["), found = 0;
    if (v->type == PL_NULL)
        return 0; /* a container that is absent as a whole */
    const struct pl_value *member = pl_value_member(v, pl_arena_strndup(a, path, len));
    assert_non_null(member);
    const char *rest = path + len;
    if (*rest == '\0')
        return 1;
    if (*rest == '.')
        return count_key(a, member, rest + 1);
    assert_int_equal(member->type, PL_LIST);
    for (size_t i = 0; i < member->u.list.n; i++)
        found += rest[2] == '.' ? count_key(a, member->u.list.items[i], rest + 3) : 1;
    return found;
}

static void every_key_of_the_contract(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(keys); i++) {
        size_t found = 0;
        ROW("%s", keys[i]);
        for (size_t j = 0; j < PL_LEN(fixtures); j++)
            found += count_key(a, read_back(a, written(a, fixtures[j].name)), keys[i]);
        assert_true(found > 0);
    }
}

/* Lists are lists, even where nothing is in them: a script may walk them. */
static void an_empty_run_has_empty_lists(void **state)
{
    static const char *const lists[] = {"drift", "connections", "ignored", "unobserved"};
    struct pl_arena *a = *state;
    const struct pl_value *v = read_back(a, written(a, "empty"));
    for (size_t i = 0; i < PL_LEN(lists); i++) {
        assert_non_null(pl_value_member(v, lists[i]));
        assert_int_equal(pl_value_member(v, lists[i])->type, PL_LIST);
    }
    assert_string_equal(pl_value_member_text(v, "format_version"), "1.0");
}

static void numbers_agree_with_the_run(void **state)
{
    struct pl_arena *a = *state;
    const struct pl_value *v = read_back(a, written(a, "many"));
    int64_t status = 0;
    assert_int_equal(pl_value_count(pl_value_member(v, "drift")), 500);
    assert_true(
        pl_value_as_int(pl_value_member(pl_value_member(v, "result"), "exit_status"), &status));
    assert_int_equal(status, 2);
}

/* Whoever prints the file on a terminal is not obeyed by it, and the text is still the same. */
static void hostile_text_is_harmless(void **state)
{
    struct pl_arena *a = *state;
    const char *text = written(a, "hostile");
    for (const char *p = text; *p; p++)
        assert_true((unsigned char)*p == '\n' ||
                    ((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x7f));
    const struct pl_value *run = pl_value_member(read_back(a, text), "run");
    assert_string_equal(pl_value_member_text(run, "id"),
                        "\x1b[31mred|`tick` ```\n<script>alert(1)</script> @acme/all "
                        "[x](http://e) \xe2\x80\xaegpj \xef\xbf\xbd*_#1\r");
}

static void emitted_text(void **state)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        {"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
         "\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"\n"},
        {"\xc2\x9b", "\"\\u009b\"\n"},                   /* C1: CSI */
        {"\xe2\x80\xa8", "\"\\u2028\"\n"},               /* a line of its own for JavaScript */
        {"\xef\xbb\xbf", "\"\\ufeff\"\n"},               /* byte order mark */
        {"\xc3", "\"\\ufffd\"\n"},                       /* cut */
        {"\xc0\xaf", "\"\\ufffd\\ufffd\"\n"},            /* overlong */
        {"\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"\n"}, /* a surrogate */
        {"\xf4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"\n"}, /* beyond U+10FFFF */
        {"\x7f\t\"\\", "\"\\u007f\\t\\\"\\\\\"\n"},
    };
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_emit e = {.first = true};
        struct pl_buf b = {0};
        ROW("row %zu", i);
        pl_emit_text(&e, NULL, rows[i].in);
        pl_emit_finish(&e, &b);
        assert_string_equal(pl_buf_take(&b, a), rows[i].out);
    }
}

static void emitted_milliseconds(void **state)
{
    static const struct {
        double in;
        const char *out;
    } rows[] = {
        {-1, "null\n"},           {0, "0.0\n"},     {0.0004, "0.0\n"}, {0.0005, "0.001\n"},
        {912.34567, "912.346\n"}, {1e13, "null\n"},
    };
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_emit e = {.first = true};
        struct pl_buf b = {0};
        ROW("row %zu", i);
        pl_emit_ms(&e, NULL, rows[i].in);
        pl_emit_finish(&e, &b);
        assert_string_equal(pl_buf_take(&b, a), rows[i].out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(golden, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(every_key_of_the_contract, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(an_empty_run_has_empty_lists, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(numbers_agree_with_the_run, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(hostile_text_is_harmless, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(emitted_text, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(emitted_milliseconds, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
