/* Paths: text to steps and back, covering, looking up and changing. */
#include "group_arena.h"
#include "plumbline/address.h"
#include "plumbline/json.h"

static struct pl_path path_of(const char *text)
{
    struct pl_path path;
    struct pl_err err = {0};
    if (pl_path_parse(arena, text, &path, &err) != 0)
        fail_msg("'%s': %s", text, err.text);
    return path;
}

static const struct pl_value *json(const char *text)
{
    struct pl_err err = {0};
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), "test", &err);
    if (v == NULL)
        fail_msg("%s", err.text);
    return v;
}

static void bad_paths(void **state)
{
    static const struct {
        const char *text, *error;
    } rows[] = {
        {".a",
         "bad path '.a' at character 1: expected a field name; other keys stand in [\"...\"]"},
        {"a.",
         "bad path 'a.' at character 3: expected a field name; other keys stand in [\"...\"]"},
        {"a..b",
         "bad path 'a..b' at character 3: expected a field name; other keys stand in [\"...\"]"},
        {"a b", "bad path 'a b' at character 2: expected . or ["},
        {"a/b", "bad path 'a/b' at character 2: expected . or ["},
        {"a[", "bad path 'a[' at character 3: expected ]"},
        {"a[]", "bad path 'a[]' at character 3: empty brackets"},
        {"a[0", "bad path 'a[0' at character 4: expected ]"},
        {"a[x", "bad path 'a[x' at character 4: expected ]"},
        {"a[name=x", "bad path 'a[name=x' at character 9: expected ]"},
        {"a[name=x,]", "bad path 'a[name=x,]' at character 10: expected name=value"},
        {"a[name=x,y]", "bad path 'a[name=x,y]' at character 10: expected name=value"},
        {"a[\"x]", "bad path 'a[\"x]' at character 6: the quote is not closed"},
        {"a[\"x\\q\"]", "bad path 'a[\"x\\q\"]' at character 5: unknown escape"},
        {"a[\"\\u0041\"]", "bad path 'a[\"\\u0041\"]' at character 4: unknown escape"},
        {"a[\"\\u00", "bad path 'a[\"\\u00' at character 4: unknown escape"},
        {"a[\"\\", "bad path 'a[\"\\' at character 4: unknown escape"},
        {"a[\"x\ny\"]", "bad path 'a[\"x?y\"]' at character 5: a control character"},
        {"a[name=\"x\\u001fy\"]",
         "bad path 'a[name=\"x\\u001fy\"]' at character 18: a control character"},
        {"a[x[y]", "bad path 'a[x[y]' at character 4: this character must stand in quotes"},
        {"a[x\"y]", "bad path 'a[x\"y]' at character 4: this character must stand in quotes"},
        {"a[\"x\"y]", "bad path 'a[\"x\"y]' at character 6: expected ]"},
        {"a]", "bad path 'a]' at character 2: expected . or ["},
        {"a[99999999999999999999]",
         "bad path 'a[99999999999999999999]' at character 12: the index is too large"},
        {"[*]b", "bad path '[*]b' at character 4: expected . or ["},
        {"a:b", "bad path 'a:b' at character 2: expected . or ["},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        struct pl_path path;
        assert_int_equal(pl_path_parse(arena, rows[i].text, &path, &err), -1);
        assert_string_equal(err.text, rows[i].error);
        assert_int_equal(err.code, PL_E_PARSE);
        assert_int_equal(path.n, 0);
    }
}

static void limits(void **state)
{
    (void)state;
    struct pl_buf buf = {0};
    struct pl_err err = {0};
    struct pl_path path;
    for (int i = 0; i < PL_PATH_MAX_STEPS; i++)
        pl_buf_adds(&buf, "[0]");
    assert_int_equal(pl_path_parse(arena, pl_buf_str(&buf), &path, &err), 0);
    assert_int_equal(path.n, PL_PATH_MAX_STEPS);
    pl_buf_adds(&buf, "[0]");
    assert_int_equal(pl_path_parse(arena, pl_buf_str(&buf), &path, &err), -1);
    assert_non_null(strstr(err.text, "too many steps"));
    pl_buf_clear(&buf);
    for (int i = 0; i < 70000; i++)
        pl_buf_addc(&buf, 'a');
    assert_int_equal(pl_path_parse(arena, pl_buf_str(&buf), &path, &err), -1);
    assert_string_equal(err.text, "a path longer than 65536 bytes");
    pl_buf_free(&buf);
}

/* `canonical` NULL: the text itself. */
static void texts(void **state)
{
    static const struct {
        const char *text, *canonical, *generic;
        size_t n;
    } rows[] = {
        {"", NULL, "", 0},
        {"template.vpcAccess.egress", NULL, "template.vpcAccess.egress", 3},
        {"settings.databaseFlags[name=max_connections].value", NULL,
         "settings.databaseFlags[].value", 4},
        {"sourceRanges[10.8.0.0/28]", NULL, "sourceRanges[]", 2},
        {"sourceRanges[fd00::/8]", NULL, "sourceRanges[]", 2},
        {"allowed[0].ports[1]", NULL, "allowed[].ports[]", 4},
        {"annotations[\"run.googleapis.com/x\"]", NULL, "annotations{}", 2},
        {"annotations[\"plain\"]", "annotations.plain", "annotations.plain", 2},
        {"[\"a\"].b", "a.b", "a.b", 2},
        {"labels.cost-center", NULL, "labels.cost-center", 2},
        {"a.*.b", "a[*].b", "a[].b", 3},
        {"*", "[*]", "[]", 1},
        {"a[\"*\"]", NULL, "a{}", 2},
        {"a[=*]", NULL, "a[]", 2},
        {"ports[=443]", NULL, "ports[]", 2},
        {"ports[443]", NULL, "ports[]", 2},
        {"args[=\"a,b\"]", NULL, "args[]", 2},
        {"args[=--x=y]", NULL, "args[]", 2},
        {"args[--x]", NULL, "args[]", 2},
        {"args[=]", NULL, "args[]", 2},
        {"args[=\"\"]", "args[=]", "args[]", 2},
        {"args[=a]", "args[a]", "args[]", 2},
        {"b[role=roles/run.invoker,condition=at night]", NULL, "b[]", 2},
        {"b[role=roles/run.invoker,condition=]", NULL, "b[]", 2},
        {"b[name=\"x, [y]\"]", NULL, "b[]", 2},
        {"b[name=a=b]", NULL, "b[]", 2},
        {"b[name=\"plain\"]", "b[name=plain]", "b[]", 2},
        {"a[\"\\u000a\\\"\\\\\"]", NULL, "a{}", 2},
        {"members[serviceAccount:x@p.iam.gserviceaccount.com]", NULL, "members[]", 2},
        {"a[\"\xc3\xa4\"]", NULL, "a{}", 2},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_path path = path_of(rows[i].text);
        assert_int_equal(path.n, rows[i].n);
        assert_string_equal(pl_path_format(arena, &path),
                            rows[i].canonical != NULL ? rows[i].canonical : rows[i].text);
        assert_string_equal(pl_path_generic(arena, &path), rows[i].generic);
    }
}

static void steps(void **state)
{
    (void)state;
    struct pl_path p = path_of("a[role=r,condition=c][x y][7][*]");
    assert_int_equal(p.n, 5);
    assert_string_equal(p.steps[1].key, "role+condition");
    assert_string_equal(p.steps[1].value, "r\x1f"
                                          "c");
    assert_int_equal(p.steps[2].type, PL_STEP_VALUE);
    assert_string_equal(p.steps[2].value, "x y");
    assert_int_equal(p.steps[3].type, PL_STEP_INDEX);
    assert_int_equal(p.steps[3].index, 7);
    assert_int_equal(p.steps[4].type, PL_STEP_ANY);
}

/* A fixed sequence: the same cases in every run. */
static uint32_t random_state = 20261120;

static uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525U + 1013904223U;
    return (random_state >> 8) % below;
}

/* Text of the characters that matter to the notation. */
static const char *random_text(bool separator)
{
    static const char alphabet[] = "ab01.*=,:[]\"\\ /%\n\t\x01\x1f";
    size_t n = next_random(6);
    char *text = pl_arena_alloc(arena, n + 1);
    for (size_t i = 0; i < n; i++)
        text[i] = alphabet[next_random(sizeof alphabet - (separator ? 1 : 2))];
    return text;
}

static struct pl_step random_step(void)
{
    static const char *const keys[] = {"name", "role+condition"};
    struct pl_step step = {.type = (enum pl_step_type)next_random(5)};
    if (step.type == PL_STEP_KEY)
        step.key = random_text(true);
    if (step.type == PL_STEP_VALUE)
        step.value = random_text(true);
    if (step.type == PL_STEP_INDEX)
        step.index = next_random(1000);
    if (step.type == PL_STEP_ID) {
        step.key = keys[next_random(2)];
        step.value = random_text(false);
        if (strchr(step.key, '+') != NULL)
            step.value = pl_arena_printf(arena, "%s\x1f%s", step.value, random_text(false));
    }
    return step;
}

static void assert_same_step(const struct pl_step *a, const struct pl_step *b, const char *text)
{
    if (a->type != b->type || a->index != b->index || (a->key == NULL) != (b->key == NULL) ||
        (a->value == NULL) != (b->value == NULL) ||
        (a->key != NULL && strcmp(a->key, b->key) != 0) ||
        (a->value != NULL && strcmp(a->value, b->value) != 0))
        fail_msg("'%s' reads back differently", text);
}

static void formatted_reads_back(void **state)
{
    (void)state;
    for (int round = 0; round < 5000; round++) {
        struct pl_path path = {0}, again;
        struct pl_err err = {0};
        for (uint32_t i = next_random(5); i > 0; i--)
            path = pl_path_with(arena, &path, random_step());
        const char *text = pl_path_format(arena, &path);
        if (pl_path_parse(arena, text, &again, &err) != 0)
            fail_msg("'%s': %s", text, err.text);
        assert_int_equal(again.n, path.n);
        for (size_t i = 0; i < path.n; i++)
            assert_same_step(&path.steps[i], &again.steps[i], text);
    }
}

static void covers(void **state)
{
    static const struct {
        const char *prefix, *path;
        bool covers;
    } rows[] = {
        {"", "", true},
        {"", "a.b", true},
        {"a", "a", true},
        {"a", "a.b[0]", true},
        {"a.b", "a", false},
        {"a", "ab", false},
        {"a[*]", "a[\"x/y\"]", true},
        {"a[*]", "a[name=x].b", true},
        {"a[*]", "a", false},
        {"*.b", "a.b", true},
        {"*.b", "a.c", false},
        {"a[0]", "a[1]", false},
        {"a[0]", "a[=0]", false},
        {"a[name=x]", "a[name=x].v", true},
        {"a[name=x]", "a[name=y]", false},
        {"a[name=x]", "a[value=x]", false},
        {"a[10.8.0.5/28]", "a[10.8.0.0/28]", true},
        {"a[10.8.0.0/24]", "a[10.8.0.0/28]", false},
        {"a[network=projects/p/global/networks/n]",
         "a[network=https://www.googleapis.com/compute/v1/projects/p/global/networks/n]", true},
        {"b[role=r]", "b[role=r,condition=c]", false},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_path prefix = path_of(rows[i].prefix), path = path_of(rows[i].path);
        if (pl_path_covers(&prefix, &path) != rows[i].covers)
            fail_msg("'%s' over '%s'", rows[i].prefix, rows[i].path);
    }
}

static const char tree[] = "{\"a\":{\"b\":[{\"name\":\"x\",\"v\":1},{\"name\":\"y\",\"v\":2}]},"
                           "\"r\":[\"10.8.0.0/28\",\"10.9.0.1\"],\"p\":[443,\"80\"],\"t\":true,"
                           "\"bind\":[{\"role\":\"r\",\"condition\":{\"title\":\"night\","
                           "\"expression\":\"e\"},\"members\":[\"m1\"]},"
                           "{\"role\":\"r\",\"members\":[\"m2\"]}],"
                           "\"nic\":[{\"network\":\"https://www.googleapis.com/compute/v1/projects/"
                           "p/global/networks/n\",\"ip\":\"i\"}],"
                           "\"k\":{\"a.b/"
                           "c\":\"d\"},\"traffic\":[{\"type\":\"L\",\"tag\":\"t\",\"percent\":1},{"
                           "\"type\":\"L\",\"percent\":9}]}";

static void get(void **state)
{
    static const struct {
        const char *path, *json; /* NULL: absent */
    } rows[] = {
        {"a.b[name=y].v", "2"},
        {"a.b[1].v", "2"},
        {"a.b[2]", NULL},
        {"a.b[name=z].v", NULL},
        {"a.b[v=1].name", "\"x\""},
        {"a.b.name", NULL},
        {"a[0]", NULL},
        {"a.b[*]", NULL},
        {"r[10.8.0.0/28]", "\"10.8.0.0/28\""},
        {"r[10.8.0.3/28]", "\"10.8.0.0/28\""},
        {"r[10.9.0.1/32]", "\"10.9.0.1\""},
        {"r[10.8.0.0/27]", NULL},
        {"p[=443]", "443"},
        {"p[=80]", "\"80\""},
        {"p[443]", NULL},
        {"t.x", NULL},
        {"bind[role=r].members[0]", "\"m2\""},
        {"bind[role=r,condition=].members[0]", "\"m2\""},
        {"bind[role=r,condition=night].members[0]", "\"m1\""},
        {"bind[role=r,condition=day]", NULL},
        {"nic[network=projects/p/global/networks/n].ip", "\"i\""},
        {"k[\"a.b/c\"]", "\"d\""},
        {"traffic[type=L].percent", "9"},
        {"traffic[type=L,tag=t].percent", "1"},
        {"traffic[type=L,revision=].percent", "9"},
    };
    (void)state;
    const struct pl_value *root = json(tree);
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_path path = path_of(rows[i].path);
        const struct pl_value *v = pl_path_get(root, &path);
        if (v == NULL || rows[i].json == NULL) {
            if (v != NULL || rows[i].json != NULL)
                fail_msg("%s: %s", rows[i].path, v != NULL ? "is there" : "is absent");
        } else {
            assert_string_equal(pl_json_text(arena, v), rows[i].json);
        }
    }
    assert_null(pl_path_get(NULL, &(struct pl_path){0}));
}

static void unknown_hides_what_is_below(void **state)
{
    (void)state;
    struct pl_path above = path_of("a"), below = path_of("a.b[0].c");
    const struct pl_value *root = pl_path_set(arena, NULL, &above, pl_value_unknown());
    assert_ptr_equal(pl_path_get(root, &below), pl_value_unknown());
    assert_ptr_equal(pl_path_set(arena, root, &below, pl_value_bool(true)), root);
    assert_ptr_equal(pl_path_set(arena, root, &below, NULL), root);
}

static void set(void **state)
{
    static const struct {
        const char *root, *path, *value, *json; /* value NULL: removed */
    } rows[] = {
        {"{}", "a.b", "1", "{\"a\":{\"b\":1}}"},
        {"{\"a\":{\"c\":2}}", "a.b", "1", "{\"a\":{\"b\":1,\"c\":2}}"},
        {"{\"a\":\"text\"}", "a.b", "1", "{\"a\":{\"b\":1}}"},
        {"{\"a\":null}", "a[name=x].v", "1", "{\"a\":[{\"name\":\"x\",\"v\":1}]}"},
        {"{\"a\":[{\"name\":\"x\"}]}", "a[name=y].v", "1",
         "{\"a\":[{\"name\":\"x\"},{\"name\":\"y\",\"v\":1}]}"},
        {"{\"a\":[{\"name\":\"x\",\"v\":0}]}", "a[name=x].v", "1",
         "{\"a\":[{\"name\":\"x\",\"v\":1}]}"},
        {"{\"a\":[{\"name\":\"x\",\"v\":0}]}", "a[name=x]", NULL, "{\"a\":[]}"},
        {"{\"a\":[{\"name\":\"x\",\"v\":0}]}", "a[name=x].v", NULL, "{\"a\":[{\"name\":\"x\"}]}"},
        {"{\"a\":[{\"name\":\"x\"}]}", "a[name=y].v", NULL, "{\"a\":[{\"name\":\"x\"}]}"},
        {"{\"a\":[1]}", "b.c", NULL, "{\"a\":[1]}"},
        {"{\"a\":[\"x\"]}", "a[y]", "\"y\"", "{\"a\":[\"x\",\"y\"]}"},
        {"{\"a\":[\"x\",\"y\"]}", "a[x]", NULL, "{\"a\":[\"y\"]}"},
        {"{\"a\":[1]}", "a[0]", "2", "{\"a\":[2]}"},
        {"{\"a\":[1]}", "a[1]", "2", "{\"a\":[1,2]}"},
        {"{\"a\":[1]}", "a[5]", "2", "{\"a\":[1]}"},
        {"{\"a\":[1]}", "a[*]", "2", "{\"a\":[1]}"},
        {"{\"a\":[1]}", "", "{\"b\":2}", "{\"b\":2}"},
        {"{}", "b[role=r,condition=night].members[m]", "\"m\"",
         "{\"b\":[{\"condition\":{\"title\":\"night\"},\"members\":[\"m\"],\"role\":\"r\"}]}"},
        {"{\"b\":[{\"role\":\"r\",\"condition\":{\"title\":\"night\"}}]}", "b[role=r].members[m]",
         "\"m\"",
         "{\"b\":[{\"condition\":{\"title\":\"night\"},\"role\":\"r\"},{\"members\":[\"m\"],"
         "\"role\":\"r\"}]}"},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_path path = path_of(rows[i].path);
        const struct pl_value *root = json(rows[i].root),
                              *value = rows[i].value != NULL ? json(rows[i].value) : NULL;
        const char *before = pl_json_text(arena, root);
        const struct pl_value *after = pl_path_set(arena, root, &path, value);
        assert_string_equal(pl_json_text(arena, after), rows[i].json);
        assert_string_equal(pl_json_text(arena, root), before);
    }
    assert_null(pl_path_set(arena, json("{}"), &(struct pl_path){0}, NULL));
}

/* Whatever the path, what was set is got, and what was removed is absent. Of elements only identified ones, which have
 * members below them. */
static void set_then_get(void **state)
{
    (void)state;
    const struct pl_value *root = json(tree), *value = json("{\"set\":1}");
    for (int round = 0; round < 3000; round++) {
        struct pl_path path = {0};
        for (uint32_t i = 1 + next_random(4); i > 0;) {
            struct pl_step step = random_step();
            bool behind_element = path.n > 0 && path.steps[path.n - 1].type == PL_STEP_ID;
            if (step.type != PL_STEP_KEY && (step.type != PL_STEP_ID || i == 1 || behind_element))
                continue;
            path = pl_path_with(arena, &path, step);
            i--;
        }
        const struct pl_value *after = pl_path_set(arena, root, &path, value);
        if (pl_path_get(after, &path) != value)
            fail_msg("'%s' is not what was set: %s", pl_path_format(arena, &path),
                     pl_json_text(arena, after));
        assert_null(pl_path_get(pl_path_set(arena, after, &path, NULL), &path));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_paths),
        cmocka_unit_test(limits),
        cmocka_unit_test(texts),
        cmocka_unit_test(steps),
        cmocka_unit_test(formatted_reads_back),
        cmocka_unit_test(covers),
        cmocka_unit_test(get),
        cmocka_unit_test(unknown_hides_what_is_below),
        cmocka_unit_test(set),
        cmocka_unit_test(set_then_get),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
