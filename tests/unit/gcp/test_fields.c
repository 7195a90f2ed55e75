/* test_fields.c - the field tables, row by row: what absent is the same as, what is passed over, what is never told; and a resource of
 * every kind in the simulator's estate.
 *
 * What a row may say at all is test_kinds.c; that its field is Google's, tests/contract.
 */
#include "gcp_kinds.h"
#include "harness.h"
#include "plumbline/canon.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"

#include <string.h>
#include <strings.h>

static const struct pl_value *parse(struct pl_arena *arena, const char *text)
{
    struct pl_err err;
    const char *list = pl_arena_printf(arena, "[%s]", text);
    const struct pl_value *v = pl_json_parse(arena, list, strlen(list), "test", &err);

    assert_non_null(v);
    return pl_value_item(v, 0);
}

static struct pl_field_info look_up(struct pl_arena *arena, const struct pl_kind *kind,
                                    const char *path)
{
    struct pl_field_info info;

    assert_true(pl_field_row_info(arena, kind, path, &info));
    return info;
}

/* ---- absent ---- */

/* What is written instead of nothing, and whether it must equal nothing, given the row's default. */
static const struct {
    const char *json; /* NULL: the default itself */
    bool always;      /* else only where it is the default */
} forms[] = {
    {NULL, true},    {"null", true},   {"\"\"", true},   {"0", false},     {"1", false},
    {"true", false}, {"false", false}, {"\"0\"", false}, {"\"x\"", false}, {"\"300s\"", false},
};

/* The same value whether Google writes it as a number or as text: "0" is 0 for a number, and 0 is "0" for a 64-bit one; a word in any
 * letter case. */
static bool is_default(const struct pl_field_info *info, const char *json, const char *usual)
{
    size_t n = strlen(json), m = strlen(usual);

    if (strcmp(json, usual) == 0)
        return true;
    if (info->type != PL_T_INT && info->type != PL_T_INT64 && info->type != PL_T_BOOL &&
        info->type != PL_T_ENUM)
        return false;
    if (*json == '"')
        json++, n -= 2;
    if (*usual == '"')
        usual++, m -= 2;
    return n == m && strncasecmp(json, usual, n) == 0;
}

static void check_absent(struct pl_arena *arena, const struct pl_kind *kind,
                         const struct pl_field_row *row)
{
    struct pl_field_info info = look_up(arena, kind, row->path);

    assert_string_equal(info.absent_is, row->absent_is);
    for (size_t i = 0; i < PL_LEN(forms); i++) {
        const char *json = forms[i].json != NULL ? forms[i].json : row->absent_is;
        const struct pl_value *written = parse(arena, json);
        bool same = forms[i].always || is_default(&info, json, row->absent_is);

        ROW("%s:%s written %s, absent is %s", kind->name, row->path, json, row->absent_is);
        assert_int_equal(pl_canon_equal(kind, row->path, &info, NULL, written), same);
        assert_int_equal(pl_canon_equal(kind, row->path, &info, written, NULL), same);
        assert_true(pl_canon_equal(kind, row->path, &info, written, written));
    }
}

static void absent_is_what_the_row_says(void **state)
{
    size_t rows = 0;

    for (size_t k = 0; k < pl_kinds_len; k++)
        for (size_t r = 0; r < pl_kinds[k]->n_fields; r++)
            if (pl_kinds[k]->fields[r].absent_is != NULL) {
                check_absent(*state, pl_kinds[k], &pl_kinds[k]->fields[r]);
                rows++;
            }
    assert_true(rows > 150);
}

/* Without a default absent is nothing but absent: 0, false and a text are values. */
static void without_a_default_zero_is_a_value(void **state)
{
    static const struct {
        const char *kind, *path, *json;
    } rows[] = {
        {"compute.address", "prefixLength", "0"},
        {"dns.recordSet", "ttl", "0"},
        {"redis.cluster", "shardCount", "0"},
        {"compute.instance", "networkInterfaces[].networkIP", "\"10.0.0.1\""},
        {"secret.version", "state", "\"DISABLED\""},
        {"sql.instance", "settings.ipConfiguration.ipv4Enabled", "false"},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_kind *kind = pl_kind_find(rows[i].kind);
        struct pl_field_info info = look_up(*state, kind, rows[i].path);

        ROW("%s:%s", rows[i].kind, rows[i].path);
        assert_null(info.absent_is);
        assert_false(pl_canon_equal(kind, rows[i].path, &info, NULL, parse(*state, rows[i].json)));
        assert_true(pl_canon_equal(kind, rows[i].path, &info, NULL, parse(*state, "null")));
    }
}

/* ---- passed over, never told ---- */

/* A body that holds `leaf` at the row's path and nothing else. */
static const char *body_with(struct pl_arena *arena, const char *path, const char *leaf)
{
    size_t n = strcspn(path, ".[{");
    const char *rest = path + n;

    if (*path == '\0')
        return leaf;
    if (strncmp(path, "[\"", 2) == 0)
        return pl_arena_printf(arena, "{%.*s:%s}", (int)strcspn(path, "]") - 1, path + 1, leaf);
    if (*path == '[')
        return pl_arena_printf(arena, "[%s]", body_with(arena, path + 2 + (path[2] == '.'), leaf));
    if (*path == '{')
        return pl_arena_printf(arena, "{\"any\":%s}",
                               body_with(arena, path + 2 + (path[2] == '.'), leaf));
    return pl_arena_printf(arena, "{\"%.*s\":%s}", (int)n, path,
                           body_with(arena, rest + (*rest == '.'), leaf));
}

static void what_changes_by_itself_is_passed_over(void **state)
{
    struct pl_arena *arena = *state;
    size_t rows = 0;

    for (size_t k = 0; k < pl_kinds_len; k++)
        for (size_t r = 0; r < pl_kinds[k]->n_fields; r++) {
            const struct pl_kind *kind = pl_kinds[k];
            const struct pl_field_row *row = &kind->fields[r];
            struct pl_field_info root = pl_field_root(kind);
            const struct pl_value *body = parse(arena, body_with(arena, row->path, "\"other\""));
            bool volatile_row = (look_up(arena, kind, row->path).flags & PL_F_VOLATILE) != 0;

            /* An element more is a difference whatever is in it. */
            if (strpbrk(row->path, "[{") != NULL)
                continue;
            ROW("%s:%s", kind->name, row->path);
            rows += volatile_row;
            assert_int_equal(pl_canon_equal(kind, "", &root, parse(arena, "{}"), body),
                             volatile_row);
        }
    assert_true(rows > 150);
}

static void a_secret_is_never_told(void **state)
{
    struct pl_arena *arena = *state;
    size_t rows = 0;

    for (size_t k = 0; k < pl_kinds_len; k++)
        for (size_t r = 0; r < pl_kinds[k]->n_fields; r++) {
            const struct pl_field_row *row = &pl_kinds[k]->fields[r];
            const struct pl_value *body =
                parse(arena, body_with(arena, row->path, "\"hunter2-not-to-be-seen\""));

            if ((row->flags & PL_F_SECRET) == 0)
                continue;
            ROW("%s:%s", pl_kinds[k]->name, row->path);
            rows++;
            assert_null(
                strstr(pl_json_text(arena, pl_redact(arena, pl_kinds[k], body, NULL)), "hunter2"));
        }
    assert_true(rows >= 17);
}

/* ---- the estate ---- */

static void every_kind_is_in_the_estate(void **state)
{
    static const char example[] = "tests/sim/estate_example.ndjson";
    const char *text = harness_read(*state, example, NULL);

    for (size_t k = 0; k < pl_kinds_len; k++) {
        ROW("%s", pl_kinds[k]->name);
        assert_non_null(strstr(
            text, pl_arena_printf(*state, "{\"kind\": \"%s\", \"name\": ", pl_kinds[k]->name)));
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(absent_is_what_the_row_says),           TEST(without_a_default_zero_is_a_value),
        TEST(what_changes_by_itself_is_passed_over), TEST(a_secret_is_never_told),
        TEST(every_kind_is_in_the_estate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
