/* test_baseline_schema.c - the words for manuals and editors against the reader: every key that is described is read, and no other. */
#include <string.h>

#include "baseline_priv.h"
#include "harness.h"
#include "plumbline/json.h"
#include "plumbline/kind.h"

/* A baseline in which `key` stands at this place with a value that no key takes. */
static const char *with_key(struct pl_arena *a, enum pl_baseline_place place, const char *key)
{
    static const char *const frames[] = {
        [PL_IN_FILE] = "version: 1\nproject: p\n%s: {a: [b]}\n",
        [PL_IN_CONNECTION] =
            "version: 1\nproject: p\nlocation: l\nconnections:\n  c:\n    %s: {a: [b]}\n",
        [PL_IN_BUDGET] = "version: 1\nproject: p\nconnections:\n  c:\n    budget: {%s: {a: [b]}}\n",
        [PL_IN_ANSWER] =
            "version: 1\nconnections:\n  c:\n    probe: {type: http, expect: {%s: {a: [b]}}}\n",
        [PL_IN_IGNORE] = "version: 1\nproject: p\nignore:\n  - {%s: {a: [b]}}\n",
    };
    struct pl_buf b = {0};
    const char *at = strstr(frames[place], "%s");
    pl_buf_add(&b, frames[place], (size_t)(at - frames[place]));
    pl_buf_adds(&b, key);
    pl_buf_adds(&b, at + 2);
    return pl_buf_take(&b, a);
}

static const char *error_of(struct pl_arena *a, const char *text)
{
    char *dir = harness_temp_dir();
    const char *path = harness_path(a, dir, "baseline.yaml");
    const struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    struct pl_err err = {0};
    harness_write(path, text);
    (void)!pl_baseline_read(a, &options, &err);
    harness_remove(dir);
    return pl_arena_strdup(a, err.text);
}

static void every_key_is_read(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < pl_baseline_keys_len; i++) {
        const struct pl_baseline_key *key = &pl_baseline_keys[i];
        const char *err = error_of(a, with_key(a, key->place, key->name));
        ROW("%s: %s", key->name, err);
        assert_null(strstr(err, pl_arena_printf(a, "unknown key '%s'", key->name)));
        err = error_of(a, with_key(a, key->place, pl_arena_printf(a, "%sx", key->name)));
        assert_non_null(strstr(err, pl_arena_printf(a, "unknown key '%sx'", key->name)));
    }
}

/* And nothing else is. */
static void every_key_that_is_read_is_described(void **state)
{
    static const struct {
        enum pl_baseline_place place;
        const struct pl_key *keys;
        const size_t *n;
    } tables[] = {{PL_IN_CONNECTION, pl_connection_keys, &pl_connection_keys_len},
                  {PL_IN_BUDGET, pl_budget_keys, &pl_budget_keys_len},
                  {PL_IN_ANSWER, pl_answer_keys, &pl_answer_keys_len},
                  {PL_IN_IGNORE, pl_ignore_keys, &pl_ignore_keys_len}};
    (void)state;
    for (size_t t = 0; t < PL_LEN(tables); t++)
        for (size_t i = 0; i < *tables[t].n; i++) {
            size_t found = 0;
            for (size_t k = 0; k < pl_baseline_keys_len; k++)
                found += pl_baseline_keys[k].place == tables[t].place &&
                         strcmp(pl_baseline_keys[k].name, tables[t].keys[i].name) == 0;
            ROW("%s", tables[t].keys[i].name);
            assert_int_equal(found, 1);
        }
}

static const struct pl_value *at_path(const struct pl_value *v, const char *const *names)
{
    for (; *names; names++)
        v = pl_value_member(v, *names);
    return v;
}
#define AT(v, ...) at_path(v, (const char *const[]){__VA_ARGS__, NULL})

static void kinds_and_fields_are_Googles(void **state)
{
    struct pl_arena *a = *state;
    const struct pl_value *schema = pl_baseline_schema(a);
    assert_int_equal(pl_value_count(AT(schema, "properties", "resources", "properties")),
                     pl_kinds_len);
    assert_non_null(AT(schema, "$defs", "sql.instance", "properties", "databaseVersion"));
    assert_non_null(AT(schema, "$defs", "sql.instance.Settings", "properties", "activationPolicy"));
    assert_non_null(AT(schema, "$defs", "sql.instance", "properties", "iamPolicy"));
    assert_null(AT(schema, "$defs", "sql.instance", "properties", "databaseVersoin"));
    assert_false(pl_value_true(AT(schema, "$defs", "sql.instance", "additionalProperties")));
}

/* Every reference leads somewhere. */
static void check_refs(const struct pl_value *defs, const struct pl_value *v)
{
    for (size_t i = 0; v->type == PL_MAP && i < v->u.map.n; i++) {
        const struct pl_member *m = &v->u.map.members[i];
        if (strcmp(m->key, "$ref") == 0 && m->value->type == PL_STRING) {
            ROW("%s", pl_value_text(m->value));
            assert_non_null(pl_value_member(defs, pl_value_text(m->value) + strlen("#/$defs/")));
        }
        check_refs(defs, m->value);
    }
    for (size_t i = 0; v->type == PL_LIST && i < v->u.list.n; i++)
        check_refs(defs, v->u.list.items[i]);
}

static void references_lead_somewhere(void **state)
{
    const struct pl_value *schema = pl_baseline_schema(*state);
    check_refs(AT(schema, "$defs"), schema);
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(every_key_is_read),
        IN_ARENA(every_key_that_is_read_is_described),
        IN_ARENA(kinds_and_fields_are_Googles),
        IN_ARENA(references_lead_somewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
