/* test_yaml.c - YAML in: exact errors with their place, what the tree holds, and every bound. */
#include "harness.h"

#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/yaml.h"

static const struct pl_yaml_node *parse(void **state, const char *text, struct pl_err *err)
{
    return pl_yaml_parse(*state, "b.yaml", text, strlen(text), err);
}

static const struct {
    const char *text, *error;
} broken[] = {
    {"a: 1\nb:\n\tc: 2\n",
     "b.yaml:3:1: a tab cannot indent in YAML; use spaces\n  |     c: 2\n  | ^"},
    {"a: b: c\n",
     "b.yaml:1:5: mapping values are not allowed in this context\n  | a: b: c\n  |     ^"},
    {"a: 1\na: 2\n",
     "b.yaml:2:1: key \"a\" is here twice, first at line 1, column 1\n  | a: 2\n  | ^"},
    {"x:\n  a: 1\n  'a': 2\n",
     "b.yaml:3:3: key \"a\" is here twice, first at line 2, column 3\n  |   'a': 2\n  |   ^"},
    {"a: {<<: {b: 1}, <<: {b: 2}}\n", "b.yaml:1:17: key \"<<\" is here twice, first at line 1, "
                                      "column 5\n  | a: {<<: {b: 1}, <<: {b: 2}}\n  |        "
                                      "         ^"},
    {"a: {<<: text}\n", "b.yaml:1:5: \"<<\" can only merge mappings\n  | a: {<<: text}\n  |     ^"},
    {"a: {<<: [{b: 1}, [c]]}\n",
     "b.yaml:1:5: \"<<\" can only merge mappings\n  | a: {<<: [{b: 1}, [c]]}\n  |     ^"},
    {"? [a]\n: b\n", "b.yaml:1:3: a key must be a plain text, not a sequence\n  | ? [a]\n  |   ^"},
    {"{a: 1}: b\n", "b.yaml:1:1: a key must be a plain text, not a mapping\n  | {a: 1}: b\n  | ^"},
    {"a: 1\n---\nb: 2\n", "b.yaml:2:1: a second document: one file holds one\n  | ---\n  | ^"},
    {"a: *x\n", "b.yaml:1:4: alias *x names no anchor above it\n  | a: *x\n  |    ^"},
    {"a: &x [*x]\n",
     "b.yaml:1:8: alias *x stands inside of its own anchor\n  | a: &x [*x]\n  |        ^"},
    {"a: [1, 2\n", "b.yaml:1:4: did not find expected ',' or ']' while parsing a flow sequence "
                   "that starts here\n  | a: [1, 2\n"
                   "  |    ^"},
    {"a:\n  b: \"x\n",
     "b.yaml:2:6: found unexpected end of stream while scanning a quoted scalar that starts here\n"
     "  |   b: \"x\n  |      ^"},
    {"- a\nb: c\n", "b.yaml:2:1: did not find expected '-' indicator while parsing a block "
                    "collection that starts at "
                    "line 1\n  | b: c\n  | ^"},
    {"a: @x\n", "b.yaml:1:4: found character that cannot start any token while scanning for the "
                "next token\n  | a: @x\n"
                "  |    ^"},
    {"a: \"\\q\"", "b.yaml:1:5: found unknown escape character while parsing a quoted scalar\n  | "
                   "a: \"\\q\"\n  |     ^"},
    {"k: v\na: \x01\n",
     "b.yaml:2:4: control characters are not allowed (byte 0x01)\n  | a: \\x01\n  |    ^"},
    {"\xc3\xa9: \xff\n",
     "b.yaml:1:4: invalid leading UTF-8 octet (byte 0xff)\n  | \xc3\xa9: \\xff\n  |    ^"},
    {"a: \"\\0\"\n", "b.yaml:1:4: a text cannot hold a NUL character\n  | a: \"\\0\"\n  |    ^"},
    {"!foo!bar x\n",
     "b.yaml:1:1: found undefined tag handle while parsing a node\n  | !foo!bar x\n  | ^"},
    {"a: 1\r\nb: 2\r\nb: 3\r\n",
     "b.yaml:3:1: key \"b\" is here twice, first at line 2, column 1\n  | b: 3\n  | ^"},
    {"\xef\xbb\xbf"
     "a: 1\na: 2",
     "b.yaml:2:1: key \"a\" is here twice, first at line 1, column 1\n  | a: 2\n  | ^"},
    {"a: 1\xe2\x80\xa8"
     "a: 2",
     "b.yaml:2:1: key \"a\" is here twice, first at line 1, column 1\n  | a: 2\n  | ^"},
    {"\xff\xfe"
     "a\0:\0",
     "b.yaml:1:1: invalid leading UTF-8 octet (byte 0xff)\n  | \\xff\\xfea\n  | ^"},
};

static void broken_text_is_told_with_its_place(void **state)
{
    for (size_t i = 0; i < PL_LEN(broken); i++) {
        struct pl_err err = {0};

        ROW("%s", broken[i].text);
        assert_null(parse(state, broken[i].text, &err));
        CHECK_ERR(err, PL_E_PARSE, broken[i].error);
        assert_null(parse(state, broken[i].text, NULL));
    }
}

/* The tree in one line: what a test can compare. */
static void show(struct pl_buf *out, const struct pl_yaml_node *node)
{
    if (node->tag != NULL)
        pl_buf_addf(out, "%s ", node->tag);
    if (node->type == PL_YAML_SCALAR) {
        pl_buf_addf(out, node->quoted ? "'%s'" : "%s", node->text);
        return;
    }
    pl_buf_addc(out, node->type == PL_YAML_MAPPING ? '{' : '[');
    for (size_t i = 0; i < node->n; i++) {
        if (i > 0)
            pl_buf_adds(out, ", ");
        if (node->type == PL_YAML_MAPPING) {
            show(out, node->pairs[i].key);
            pl_buf_adds(out, ": ");
        }
        show(out, node->type == PL_YAML_MAPPING ? node->pairs[i].value : node->items[i]);
    }
    pl_buf_addc(out, node->type == PL_YAML_MAPPING ? '}' : ']');
}

static const struct {
    const char *text, *tree;
} documents[] = {
    {"", "{}"},
    {"# nothing\n", "{}"},
    {"---\n", "{}"},
    {"---\n...\n", "{}"},
    {"\xef\xbb\xbf", "{}"},
    {"text", "text"},
    {"''", "''"},
    {"a:\n", "{a: }"},
    {"a: ~\nb: null\nc: on\nd: 22:22\ne: 0o7\n", "{a: ~, b: null, c: on, d: 22:22, e: 0o7}"},
    {"b: 1\na: [x, \"y\", 'z', {k: v}]\n", "{b: 1, a: [x, 'y', 'z', {k: v}]}"},
    {"a: |\n  one\n  two\n", "{a: 'one\ntwo\n'}"},
    {"a: 1\r\nb: |\r\n  x\r\n  y\r\n", "{a: 1, b: 'x\ny\n'}"},
    {"a: !any_of [b, !at_least 3]\nc: !absent\n", "{a: !any_of [b, !at_least 3], c: !absent }"},
    {"a: !!str 5\nb: ! 6\nc: !!int 7\n", "{a: '5', b: '6', c: 7}"},
    {"a: !<tag:example.com,2000:x> y\n", "{a: tag:example.com,2000:x y}"},
    {"a: &x {p: 1, q: 2}\nb: *x\n", "{a: {p: 1, q: 2}, b: {p: 1, q: 2}}"},
    {"a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3, r: 4}\n", "{a: {p: 1, q: 2}, b: {q: 3, r: 4, p: 1}}"},
    {"b: {<<: [{p: 1}, {p: 2, q: 3}]}\n", "{b: {p: 1, q: 3}}"},
    {"'<<': {p: 1}\n", "{'<<': {p: 1}}"},
    {"a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"},
    {"a: caf\xc3\xa9 \xf0\x9f\x98\x80\n", "{a: caf\xc3\xa9 \xf0\x9f\x98\x80}"},
};

static void trees_keep_text_order_and_tags(void **state)
{
    for (size_t i = 0; i < PL_LEN(documents); i++) {
        struct pl_err err = {0};
        struct pl_buf buf = {0};
        const struct pl_yaml_node *root = parse(state, documents[i].text, &err);

        ROW("%s", documents[i].text);
        assert_string_equal(err.text, "");
        assert_non_null(root);
        show(&buf, root);
        assert_string_equal(pl_buf_str(&buf), documents[i].tree);
        pl_buf_free(&buf);
    }
}

static void marks_count_lines_and_characters(void **state)
{
    const struct pl_yaml_node *root = parse(state,
                                            "\xef\xbb\xbf"
                                            "a: 1\r\n\xc3\xa9: {k: [v]}\r\n",
                                            NULL);
    const struct pl_yaml_node *k = pl_yaml_get(pl_yaml_get(root, "\xc3\xa9"), "k");

    assert_string_equal(root->mark.file->name, "b.yaml");
    assert_int_equal(root->mark.line, 1);
    assert_int_equal(root->mark.column, 1);
    assert_int_equal(k->mark.line, 2);
    assert_int_equal(k->mark.column, 8);
    assert_int_equal(k->items[0]->mark.column, 9);
    assert_null(pl_yaml_get(root, "x"));
    assert_null(pl_yaml_get(k, "x"));
    assert_null(pl_yaml_get(NULL, "x"));
}

static char *brackets(struct pl_arena *arena, int depth)
{
    char *text = pl_arena_alloc(arena, 2 * (size_t)depth + 1);

    memset(text, '[', (size_t)depth);
    memset(text + depth, ']', (size_t)depth);
    return text;
}

static void depth_is_bounded(void **state)
{
    struct pl_err err = {0};

    assert_non_null(parse(state, brackets(*state, 64), &err));
    assert_null(parse(state, brackets(*state, 65), &err));
    CHECK_ERR(err, PL_E_LIMIT,
              "b.yaml:1:65: nested deeper than 64 levels\n"
              "  | "
              "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]"
              "]]]]]]]]]]]]"
              "]]]]]]]]]]]]]]]]]]]]]...\n"
              "  |                                                                 ^");
    assert_null(parse(state, brackets(*state, 100000), &err));
    assert_int_equal(err.code, PL_E_LIMIT);
}

static void aliases_count_for_depth(void **state)
{
    struct pl_err err = {0};
    const char *low = pl_arena_printf(*state, "- &x %s\n- [[*x]]\n", brackets(*state, 61));
    const char *high = pl_arena_printf(*state, "- &x %s\n- [[[*x]]]\n", brackets(*state, 61));

    assert_non_null(parse(state, low, &err));
    assert_null(parse(state, high, &err));
    CHECK_ERR(err, PL_E_LIMIT,
              "b.yaml:2:6: nested deeper than 64 levels\n  | - [[[*x]]]\n  |      ^");
}

/* "Billion laughs": each line is nine times the one above. */
static void a_bomb_fails_before_it_costs(void **state)
{
    struct pl_buf buf = {0};
    struct pl_err err = {0};

    pl_buf_adds(&buf, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
        pl_buf_addf(&buf, "a%d: &a%d [", i, i);
        for (int k = 0; k < 9; k++)
            pl_buf_addf(&buf, "%s*a%d", k > 0 ? ", " : "", i - 1);
        pl_buf_adds(&buf, "]\n");
    }
    assert_null(parse(state, buf.data, &err));
    CHECK_ERR(err, PL_E_LIMIT,
              "b.yaml:6:15: more than 200000 nodes once aliases are expanded\n"
              "  | a5: &a5 [*a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4]\n  |               ^");
    pl_buf_free(&buf);
}

static void merging_is_counted_too(void **state)
{
    struct pl_buf buf = {0};
    struct pl_err err = {0};

    pl_buf_adds(&buf, "base: &b {");
    for (int i = 0; i < 1000; i++)
        pl_buf_addf(&buf, "%sk%d: v", i > 0 ? ", " : "", i);
    pl_buf_adds(&buf, "}\n");
    for (int i = 0; i < 500; i++)
        pl_buf_addf(&buf, "m%d: {<<: *b}\n", i);
    assert_null(parse(state, buf.data, &err));
    CHECK_ERR(err, PL_E_LIMIT,
              "b.yaml:67:7: more than 200000 nodes once aliases are expanded\n  | m65: {<<: *b}\n "
              " |       ^");
    pl_buf_free(&buf);
}

static void size_is_bounded(void **state)
{
    struct pl_err err = {0};
    size_t len = PL_YAML_MAX_BYTES + 1;
    char *text = pl_arena_alloc(*state, len);

    memset(text, ' ', len);
    assert_null(pl_yaml_parse(*state, "b.yaml", text, len, &err));
    CHECK_ERR(err, PL_E_LIMIT, "b.yaml: larger than 8388608 bytes");
    assert_non_null(pl_yaml_parse(*state, "b.yaml", text, len - 1, &err));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(broken_text_is_told_with_its_place),
        TEST(trees_keep_text_order_and_tags),
        TEST(marks_count_lines_and_characters),
        TEST(depth_is_bounded),
        TEST(aliases_count_for_depth),
        TEST(a_bomb_fails_before_it_costs),
        TEST(merging_is_counted_too),
        TEST(size_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
