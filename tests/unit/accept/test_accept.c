/* test_accept.c - edits of a baseline's text: what stays as it was, how values are written, what is refused and where.
 */
#include "harness.h"

#include <string.h>

#include "plumbline/accept.h"
#include "plumbline/json.h"

#define HEAD "version: 1\nresources:\n  sql.instance:\n    main:\n"

/* The drift at a place: `observed` as JSON, NULL where it is absent. */
static struct pl_drift drift_at(struct pl_arena *a, int line, int column, const char *observed,
                                bool element)
{
    static const struct pl_yaml_file file = {.name = "b.yaml", .text = ""};
    struct pl_step *step = PL_NEW(a, struct pl_step);
    struct pl_err err = {0};
    *step = (struct pl_step){.type = element ? PL_STEP_VALUE : PL_STEP_KEY, .key = "x"};
    struct pl_drift d = {.field = "sql.instance/main:x",
                         .path = {step, 1},
                         .mark = {&file, line, column},
                         .status = observed ? PL_DRIFT_CHANGED : PL_DRIFT_MISSING};
    if (observed && strcmp(observed, "!absent") == 0)
        d.status = PL_DRIFT_UNEXPECTED;
    else if (observed)
        d.observed = pl_json_parse(a, observed, strlen(observed), "row", &err);
    return d;
}

static const struct row {
    const char *before;
    int line, column;
    const char *observed;
    bool element;
    const char *after; /* or what the error says behind "b.yaml:" */
} rows[] = {
    /* values: quotes stay, remarks stay, what is not safe as it is gets quotes */
    {HEAD "      a: ALWAYS   # why\n", 5, 10, "\"NEVER\"", false, HEAD "      a: NEVER   # why\n"},
    {HEAD "      a: \"5432\"\n", 5, 10, "\"5434\"", false, HEAD "      a: \"5434\"\n"},
    {HEAD "      a: 'x'\n", 5, 10, "\"y z\"", false, HEAD "      a: \"y z\"\n"},
    {HEAD "      a: x\n", 5, 10, "\"\"", false, HEAD "      a: \"\"\n"},
    {HEAD "      a: x\n", 5, 10, "\"null\"", false, HEAD "      a: \"null\"\n"},
    {HEAD "      a: x\n", 5, 10, "\"a: b #c\"", false, HEAD "      a: \"a: b #c\"\n"},
    {HEAD "      a: x\n", 5, 10, "\"-1\"", false, HEAD "      a: \"-1\"\n"},
    {HEAD "      a: x\n", 5, 10, "\"l1\\nl2\"", false, HEAD "      a: \"l1\\nl2\"\n"},
    {HEAD "      a: x\n", 5, 10, "\"${no}\"", false, HEAD "      a: \"$${no}\"\n"},
    {HEAD "      a: x\n", 5, 10, "\"\\u00e9\\u2028\"", false,
     HEAD "      a: \"\xc3\xa9\\u2028\"\n"},
    /* what a terminal or an editor would obey and not show is written as an escape */
    {HEAD "      a: x\n", 5, 10, "\"a\\u202eb\\u009bc\\udb40\\udc41\"", false,
     HEAD "      a: \"a\\u202Eb\\x9Bc\\U000E0041\"\n"},
    {HEAD "      a: 1\n", 5, 10, "2", false, HEAD "      a: 2\n"},
    {HEAD "      a: true", 5, 10, "false", false, HEAD "      a: false"},
    {HEAD "      a:\n        x # far\n", 5, 7, "\"y\"", false, HEAD "      a:\n        y # far\n"},
    {HEAD "      \xc3\xa9\xc3\xa9: x\r\n      b: y\r\n", 5, 11, "\"z\"", false,
     HEAD "      \xc3\xa9\xc3\xa9: z\r\n      b: y\r\n"},
    {"\xef\xbb\xbf" HEAD "      a: x\n", 5, 10, "\"y\"", false, "\xef\xbb\xbf" HEAD "      a: y\n"},
    {HEAD "      s: {a: x, b: y}\n", 5, 14, "\"p:q,r\"", false,
     HEAD "      s: {a: \"p:q,r\", b: y}\n"},
    {HEAD "      s: {a: x, b: y}\n", 5, 14, "\"p:q\"", false, HEAD "      s: {a: \"p:q\", b: y}\n"},
    {HEAD "      a: p\n", 5, 10, "\"p:q\"", false, HEAD "      a: p:q\n"},
    /* what is not there any more: whole lines, or its part of a line; what holds nothing goes with it, but not the resource */
    {HEAD "      a: x\n      # of b\n      b: y # b\n      c: z\n", 7, 10, NULL, false,
     HEAD "      a: x\n      # of b\n      c: z\n"},
    {HEAD "      a: x\n", 5, 10, NULL, false, HEAD},
    {HEAD "      s:\n        a: x\n      t: y\n", 6, 12, NULL, false, HEAD "      t: y\n"},
    {HEAD "      s: {a: x, b: y}\n", 5, 14, NULL, false, HEAD "      s: {b: y}\n"},
    {HEAD "      s: {a: x, b: y}\n", 5, 20, NULL, false, HEAD "      s: {a: x}\n"},
    {"resources: {sql.instance: {main: {a: x}}}\n", 1, 38, NULL, false,
     "resources: {sql.instance: {main: {}}}\n"},
    {HEAD "      t: |\n        l1\n        l2\n      u: x\n", 5, 10, NULL, false,
     HEAD "      u: x\n"},
    {HEAD "      l:\n        - name: a\n          v: 1\n        # of b\n        - name: b\n"
          "          v: 2\n",
     6, 11, NULL, true, HEAD "      l:\n        # of b\n        - name: b\n          v: 2\n"},
    {HEAD "      l: [{name: a}, {name: b}]\n", 5, 11, NULL, true, HEAD "      l: [{name: b}]\n"},
    {HEAD "  redis.instance:\n    c: {port: 1}\n", 4, 5, NULL, false,
     "version: 1\nresources:\n  sql.instance:\n  redis.instance:\n    c: {port: 1}\n"},
    {HEAD "      a: !absent\n      b: x\n", 5, 10, "!absent", false, HEAD "      b: x\n"},
    /* lists: what stays keeps its line and its remark */
    {HEAD "      l: [a, \"b\"]\n", 5, 10, "[\"b\", \"c\"]", false, HEAD "      l: [\"b\", c]\n"},
    {HEAD "      l: [a]\n", 5, 10, "[]", false, HEAD "      l: []\n"},
    {HEAD "      l:\n        - a # first\n        - b # second\n        # end\n      m: x\n", 5, 7,
     "[\"b\", \"10.0.0.0/8\"]", false,
     HEAD "      l:\n        - b # second\n        - 10.0.0.0/8\n        # end\n      m: x\n"},
    {HEAD "      l:\n      - a\n      - b", 5, 7, "[\"a\", \"b\", \"c\"]", false,
     HEAD "      l:\n      - a\n      - b\n      - c\n"},
    /* refused */
    {HEAD "      a: !at_least 5\n", 5, 10, "3", false,
     "5:10: a matcher decides here, and what it should allow now is yours to say\n"
     "  |       a: !at_least 5\n  |          ^"},
    {HEAD "      a: \"${x/y:z}\"\n", 5, 10, "\"b\"", false,
     "5:10: a reference stands here: accept what it refers to, or write a value\n"
     "  |       a: \"${x/y:z}\"\n  |          ^"},
    {HEAD "      a: &x y\n      b: *x\n", 5, 10, "\"z\"", false,
     "5:10: an anchor stands on the way, and its aliases would change, too; edit it by hand\n"
     "  |       a: &x y\n  |          ^"},
    {"a: &m {k: v}\n" HEAD "      <<: *m\n", 1, 11, "\"z\"", false,
     "1:4: an anchor stands on the way, and its aliases would change, too; edit it by hand\n"
     "  | a: &m {k: v}\n  |    ^"},
    {HEAD "      a: x\n", 9, 1, "\"z\"", false,
     "9:1: nothing that can be edited stands here: the file has changed since the run, or an alias "
     "or a merge brings it in; edit it by hand"},
    {HEAD "      a: x\n", 5, 10, "\"<redacted: 12 bytes, 9f3a61c2>\"", false,
     "5:10: what was observed is a secret, and is not known here\n  |       a: x\n  |          ^"},
    {HEAD "      a: x\n", 5, 10, "{\"b\": 1}", false,
     "5:10: what was observed is no single value; declare it by hand\n  |       a: x\n"
     "  |          ^"},
    {HEAD "      s: {a: x}\n", 5, 10, "\"x\"", false,
     "5:10: what is declared here has several parts; edit it by hand\n  |       s: {a: x}\n"
     "  |          ^"},
    {HEAD "      a: |\n        x\n", 5, 10, "\"y\"", false,
     "5:10: text over several lines is edited by hand\n  |       a: |\n  |          ^"},
    {HEAD "      a:\n      b: x\n", 5, 9, "\"y\"", false,
     "5:9: an edit here would change more than this; edit it by hand\n  |       a:\n"
     "  |         ^"},
    {HEAD "      l: [a, # why\n        b]\n", 5, 10, "[\"b\"]", false,
     "5:10: a list over several lines in brackets is edited by hand\n  |       l: [a, # why\n"
     "  |          ^"},
    {HEAD "      l: [!not a, b]\n", 5, 10, "[\"b\"]", false,
     "5:11: an item that is no plain value stands in this list; edit it by hand\n"
     "  |       l: [!not a, b]\n  |           ^"},
    {"resources:\n  compute.firewall: !only\n", 2, 21, "!absent", false,
     "2:21: `!only` is declared here, and what it shall allow is yours to write: declare it, or "
     "ignore it with --ignore\n  |   compute.firewall: !only\n  |                     ^"},
    /* the merge's own `a` would come out from behind it */
    {"m: &m {a: z}\n" HEAD "      <<: *m\n      a: x\n      b: y\n", 7, 7, NULL, false,
     "7:10: an edit here would change more than this; edit it by hand\n  |       a: x\n"
     "  |          ^"},
    {"a: [\n", 1, 1, "1", false,
     "2:1: did not find expected node content while parsing a flow node\n  | \n  | ^"},
};

static void test_rows(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct row *r = &rows[i];
        struct pl_err err = {0};
        struct pl_drift d = drift_at(*state, r->line, r->column, r->observed, r->element);
        ROW("%s", r->before);
        const struct pl_drift *drift = &d;
        size_t refused = 9;
        const char *after =
            pl_accept_drifts(*state, "b.yaml", r->before, &drift, 1, &refused, &err);
        assert_string_equal(after                                  ? after
                            : strncmp(err.text, "b.yaml:", 7) == 0 ? err.text + 7
                                                                   : err.text,
                            r->after);
    }
}

/* ---- many at once ---- */

#define GONE(line, column)                                                                         \
    {                                                                                              \
        line, column, NULL, false                                                                  \
    }
#define ELEMENT(line, column)                                                                      \
    {                                                                                              \
        line, column, NULL, true                                                                   \
    }
#define VALUE(line, column, json)                                                                  \
    {                                                                                              \
        line, column, json, false                                                                  \
    }
static const struct many {
    const char *before;
    struct {
        int line, column;
        const char *observed;
        bool element;
    } drifts[4]; /* the last in the file first */
    const char *after;
    size_t refused;
} many[] = {
    /* neighbours in braces, and all of them */
    {HEAD "      s: {a: x, b: y, c: z}\n", {GONE(5, 23), GONE(5, 17)}, HEAD "      s: {a: x}\n", 0},
    {HEAD "      s: {a: x, b: y, c: z}\n", {GONE(5, 17), GONE(5, 11)}, HEAD "      s: {c: z}\n", 0},
    {HEAD "      s: {a: x, b: y, c: z}\n", {GONE(5, 23), GONE(5, 11)}, HEAD "      s: {b: y}\n", 0},
    {HEAD "      s: {a: x, b: y}\n      t: z\n",
     {GONE(5, 17), GONE(5, 11)},
     HEAD "      t: z\n",
     0},
    /* all of a resource: it stays; and a section, whose remark stays with it */
    {HEAD "      a: x\n      # why\n      b: y\n",
     {GONE(7, 7), GONE(5, 7)},
     HEAD "      # why\n",
     0},
    {"resources: {sql.instance: {main: {a: x, b: y}}}\n",
     {GONE(1, 41), GONE(1, 35)},
     "resources: {sql.instance: {main: {}}}\n",
     0},
    {HEAD "      a: x\n    other:\n      a: y\n  redis.instance:\n    c: {port: 1}\n",
     {GONE(6, 5), GONE(4, 5)},
     "version: 1\nresources:\n  sql.instance:\n  redis.instance:\n    c: {port: 1}\n",
     0},
    /* one line, three sorts; above a list that grows */
    {HEAD "      s: {a: x, b: y}\n      l:\n        - p # first\n      u: |\n        q\n",
     {GONE(8, 7), VALUE(6, 7, "[\"p\", \"r\"]"), VALUE(5, 17, "\"w\""), GONE(5, 11)},
     HEAD "      s: {b: w}\n      l:\n        - p # first\n        - r\n",
     0},
    /* the only key of an item and its neighbour: the second could not go alone, it shares its line with the dash */
    {HEAD "      l:\n        - name: a\n          v: 1\n        - name: b\n",
     {GONE(7, 11), GONE(6, 11)},
     HEAD "      l:\n        - name: b\n",
     0},
    /* the same place twice: one after the other */
    {HEAD "      a: x\n", {VALUE(5, 10, "\"y\""), VALUE(5, 10, "\"z\"")}, HEAD "      a: z\n", 0},
    /* one inside of another */
    {HEAD "      l:\n        - name: a\n          v: 1\n        - name: b\n",
     {VALUE(7, 14, "2"), ELEMENT(6, 11)},
     HEAD "      l:\n        - name: b\n",
     0},
    /* which one cannot be */
    {HEAD "      a: x\n      b: !not y\n      c: z\n",
     {VALUE(7, 10, "\"p\""), VALUE(6, 10, "\"q\""), VALUE(5, 10, "\"r\"")},
     "6:10: a matcher decides here, and what it should allow now is yours to say\n"
     "  |       b: !not y\n  |          ^",
     1},
    {HEAD "      a:\n      b: x\n",
     {VALUE(6, 10, "\"z\""), VALUE(5, 9, "\"y\"")},
     "5:9: an edit here would change more than this; edit it by hand\n  |       a:\n"
     "  |         ^",
     1},
    {HEAD "      l: !any_of\n        - x\n        - y\n",
     {ELEMENT(7, 11), ELEMENT(6, 11)},
     "6:11: nothing would be left behind a matcher; edit it by hand\n  |         - x\n"
     "  |           ^",
     1},
};

static void test_many(void **state)
{
    for (size_t i = 0; i < PL_LEN(many); i++) {
        const struct many *m = &many[i];
        struct pl_drift all[PL_LEN(m->drifts)];
        const struct pl_drift *drifts[PL_LEN(m->drifts)];
        size_t n = 0, refused = 9;
        struct pl_err err = {0};
        for (; n < PL_LEN(m->drifts) && m->drifts[n].line; n++) {
            all[n] = drift_at(*state, m->drifts[n].line, m->drifts[n].column, m->drifts[n].observed,
                              m->drifts[n].element);
            drifts[n] = &all[n];
        }
        ROW("%s", m->before);
        const char *after =
            pl_accept_drifts(*state, "b.yaml", m->before, drifts, n, &refused, &err);
        assert_string_equal(after ? after : err.text + strlen("b.yaml:"), m->after);
        if (!after)
            assert_int_equal(refused, m->refused);
    }
}

/* ---- rules ---- */

static void test_rule(void **state)
{
    static const struct {
        const char *before, *after;
    } texts[] = {
        {"version: 1\nignore:\n  - field: a/b\n    reason: r\n    owner: o\n    expires: "
         "2027-01-01 "
         "# then\n\n# end\nproject: p\n",
         "version: 1\nignore:\n  - field: a/b\n    reason: r\n    owner: o\n    expires: "
         "2027-01-01 "
         "# then\n  - field: \"run.service/a:env[name=X]\"\n    reason: \"a \\\"b\\\": c\"\n    "
         "owner: "
         "web\n    expires: 2027-01-31\n\n# end\nproject: p\n"},
        {"version: 1", "version: 1\nignore:\n  - field: \"run.service/a:env[name=X]\"\n    reason: "
                       "\"a \\\"b\\\": "
                       "c\"\n    owner: web\n    expires: 2027-01-31\n"},
        {"ignore: [{field: x}]\n", NULL},
        {"ignore: {}\n", NULL},
    };
    const struct pl_ignore rule = {.field = "run.service/a:env[name=X]",
                                   .reason = "a \"b\": c",
                                   .owner = "web",
                                   .expires = "2027-01-31"};
    for (size_t i = 0; i < PL_LEN(texts); i++) {
        struct pl_err err = {0};
        size_t refused = 9;
        const char *after =
            pl_accept_rules(*state, "b.yaml", texts[i].before, &rule, 1, &refused, &err);
        ROW("%s", texts[i].before);
        if (texts[i].after)
            assert_string_equal(after ? after : err.text, texts[i].after);
        else
            assert_ptr_equal(strstr(err.text,
                                    "b.yaml:1:9: `ignore` is no list with a line an entry: "
                                    "add the rule by hand"),
                             err.text);
    }
}

static void test_rules(void **state)
{
    const struct pl_ignore rules[] = {
        {.field = "a/b", .reason = "r", .owner = "o", .expires = "2027-01-31"},
        {.field = "c/d", .reason = "r", .owner = "o", .expires = "2027-01-31"}};
    struct pl_err err = {0};
    size_t refused = 9;
    const char *after =
        pl_accept_rules(*state, "b.yaml", "version: 1\n", rules, PL_LEN(rules), &refused, &err);
    assert_string_equal(after ? after : err.text,
                        "version: 1\nignore:\n  - field: a/b\n    reason: r\n    owner: o\n"
                        "    expires: 2027-01-31\n  - field: c/d\n    reason: r\n    owner: o\n"
                        "    expires: 2027-01-31\n");
    assert_null(
        pl_accept_rules(*state, "b.yaml", "ignore: {}\n", rules, PL_LEN(rules), &refused, &err));
    assert_int_equal(refused, 0);
}

/* ---- the difference ---- */

static void test_diff(void **state)
{
    static const struct {
        const char *before, *after, *diff;
    } texts[] = {
        {"a\n", "a\n", ""},
        {"a\n", "b\n", "--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n+b\n"},
        {"", "a\n", "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+a\n"},
        {"a\n", "", "--- f\n+++ f\n@@ -1,1 +0,0 @@\n-a\n"},
        {"a", "b",
         "--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+b\n"
         "\\ No newline at end of file\n"},
        {"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
         "--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
        {"a\n2\n3\n4\n5\n6\n7\n8\n9\nb\n", "x\n2\n3\n4\n5\n6\n7\n8\n9\ny\n",
         "--- f\n+++ f\n@@ -1,4 +1,4 @@\n-a\n+x\n 2\n 3\n 4\n@@ -7,4 +7,4 @@\n 7\n 8\n "
         "9\n-b\n+y\n"},
        {"1\n2\n3\n", "1\n3\n4\n", "--- f\n+++ f\n@@ -1,3 +1,3 @@\n 1\n-2\n 3\n+4\n"},
    };
    for (size_t i = 0; i < PL_LEN(texts); i++) {
        ROW("%zu", i);
        assert_string_equal(pl_accept_diff(*state, "f", texts[i].before, texts[i].after),
                            texts[i].diff);
    }
}

/* A change in each hundredth of 5,000 lines, which are too many for a table: replaced, gone, new. */
static void test_long_diff(void **state)
{
    enum { LINES = 5000, EVERY = 100 };
    struct pl_buf before = {0}, after = {0}, want = {0};
    for (int i = 0; i < LINES; i++) {
        bool here = i % EVERY == 50;
        int how = here ? i / EVERY % 3 : -1;
        pl_buf_addf(&before, "%d\n", i);
        if (how == 0)
            pl_buf_addf(&after, "%d changed\n", i);
        else if (how != 1)
            pl_buf_addf(&after, "%d\n", i);
        if (how == 2)
            pl_buf_addf(&after, "new\n");
        if (how == 0)
            pl_buf_addf(&want, "-%d\n+%d changed\n", i, i);
        else if (here)
            pl_buf_addf(&want, how == 1 ? "-%d\n" : "+new\n", i);
    }
    const char *diff =
        pl_accept_diff(*state, "f", pl_buf_take(&before, *state), pl_buf_take(&after, *state));
    struct pl_buf got = {0};
    size_t lines = 0;
    for (const char *s = strstr(diff, "@@"); *s; s = strchr(s, '\n') + 1, lines++)
        if (*s == '-' || *s == '+')
            pl_buf_add(&got, s, strcspn(s, "\n") + 1);
    assert_string_equal(pl_buf_take(&got, *state), pl_buf_take(&want, *state));
    assert_true(lines < 500);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)
int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_rows),  TEST(test_many), TEST(test_rule),
                                       TEST(test_rules), TEST(test_diff), TEST(test_long_diff)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
