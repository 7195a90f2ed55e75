/* test_write.c - trees as YAML: what is quoted, what fits on a line, where remarks stand; and all of it is read back as it was. */
#include "harness.h"

#include <string.h>

#include "init_priv.h"
#include "plumbline/yaml.h"

static struct pl_node *text(struct pl_arena *a, const char *key, const char *t)
{
    return pl_node_new(a, PL_NODE_TEXT, key, t);
}

static const char *written(struct pl_arena *a, const struct pl_node *node)
{
    struct pl_buf out = {0};

    pl_node_write(&out, node, 0);
    return pl_buf_take(&out, a);
}

static const struct {
    const char *text, *line;
} scalars[] = {
    {"plain", "k: plain\n"},
    {"", "k: \"\"\n"},
    {"300s", "k: 300s\n"},
    {"10.8.0.0/28", "k: 10.8.0.0/28\n"},
    {"/ready", "k: /ready\n"},
    {"a@b.example", "k: a@b.example\n"},
    {"p:l:i", "k: p:l:i\n"},
    {"5432", "k: \"5432\"\n"},
    {"22:22", "k: \"22:22\"\n"},
    {"1e3", "k: \"1e3\"\n"},
    {"0x1f", "k: \"0x1f\"\n"},
    {"x", "k: x\n"},
    {"on", "k: \"on\"\n"},
    {"No", "k: \"No\"\n"},
    {"NULL", "k: \"NULL\"\n"},
    {"~", "k: \"~\"\n"},
    {"-", "k: \"-\"\n"},
    {"- a", "k: \"- a\"\n"},
    {"ends:", "k: \"ends:\"\n"},
    {"a: b", "k: \"a: b\"\n"},
    {"a #b", "k: \"a #b\"\n"},
    {" a", "k: \" a\"\n"},
    {"!env X", "k: \"!env X\"\n"},
    {"*a", "k: \"*a\"\n"},
    {"&a", "k: \"&a\"\n"},
    {"{a}", "k: \"{a}\"\n"},
    {"[a]", "k: \"[a]\"\n"},
    {"|", "k: \"|\"\n"},
    {"a\"b\\c", "k: \"a\\\"b\\\\c\"\n"},
    {"a\nb\tc\x7f", "k: \"a\\nb\\tc\\x7F\"\n"},
    {"gr\xc3\xbc\xc3\x9f", "k: \"gr\xc3\xbc\xc3\x9f\"\n"},
    {"a\xc2\x85"
     "b",
     "k: \"a\\x85b\"\n"},
    {"a\xe2\x80\xae"
     "b",
     "k: \"a\\u202Eb\"\n"},
    {"a\xef\xbb\xbf"
     "b",
     "k: \"a\\uFEFFb\"\n"},
    {"\xf0\x9f\x98\x80", "k: \"\xf0\x9f\x98\x80\"\n"},
};

static void scalars_are_quoted_where_they_must_be_and_read_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(scalars); i++) {
        struct pl_arena *a = pl_arena_new();
        struct pl_node *map = pl_node_new(a, PL_NODE_MAP, NULL, NULL);
        const struct pl_yaml_node *back;
        const char *line;
        struct pl_err err = {0};

        pl_node_add(a, map, text(a, "k", scalars[i].text));
        line = written(a, map);
        assert_string_equal(line, scalars[i].line);
        back = pl_yaml_parse(a, "line", line, strlen(line), &err);
        if (back == NULL)
            fail_msg("%s", err.text);
        assert_string_equal(pl_yaml_get(back, "k")->text, scalars[i].text);
        pl_arena_free(a);
    }
}

/* In brackets a colon would end a key, and a comma an element. */
static void scalars_in_brackets_are_quoted_more(void **state)
{
    struct pl_arena *a = pl_arena_new();
    struct pl_node *map = pl_node_new(a, PL_NODE_MAP, NULL, NULL);
    struct pl_node *list = pl_node_new(a, PL_NODE_LIST, "k", NULL);

    (void)state;
    pl_node_add(a, list, text(a, NULL, "p:l:i"));
    pl_node_add(a, list, text(a, NULL, "a,b"));
    pl_node_add(a, list, text(a, NULL, "c"));
    pl_node_add(a, list, pl_node_new(a, PL_NODE_BARE, NULL, "1"));
    pl_node_add(a, map, list);
    assert_string_equal(written(a, map), "k: [\"p:l:i\", \"a,b\", c, 1]\n");
    pl_arena_free(a);
}

static void remarks_stand_beside_or_above(void **state)
{
    struct pl_arena *a = pl_arena_new();
    struct pl_node *map = pl_node_new(a, PL_NODE_MAP, NULL, NULL);
    struct pl_node *list = pl_node_new(a, PL_NODE_LIST, "list", NULL);
    struct pl_node *element = pl_node_new(a, PL_NODE_MAP, NULL, NULL);
    struct pl_node *note = pl_node_new(a, PL_NODE_NOTE, NULL, NULL);
    struct pl_node *off = text(a, "off", "v");

    (void)state;
    note->note = "one\nline";
    pl_node_add(a, element, note);
    pl_node_add(a, element, text(a, "a", "1"));
    pl_node_add(a, element, text(a, "b", "x"));
    pl_node_add(a, list, element);
    off->off = true;
    off->note = "decide: why";
    pl_node_add(a, map, text(a, "near", "v"));
    map->items[0]->note = "beside";
    pl_node_add(a, map, list);
    pl_node_add(a, map, off);
    pl_node_add(a, map,
                text(a, "far",
                     "a-value-that-leaves-no-room-for-any-remark-on-the-same-line-because-of-its-"
                     "length"));
    map->items[3]->note = "above";
    assert_string_equal(
        written(a, map),
        "near: v  # beside\n"
        "list:\n"
        "  # one\\nline\n"
        "  - a: \"1\"\n"
        "    b: x\n"
        "# decide: why\n"
        "# \"off\": v\n"
        "far: a-value-that-leaves-no-room-for-any-remark-on-the-same-line-because-of-"
        "its-length  # above\n");
    map->items[3]->note = "above, where it is longer than the rest of the line";
    assert_non_null(strstr(written(a, map), "\n# above, where it is longer than the rest of the "
                                            "line\nfar: a-value"));
    pl_arena_free(a);
}

static void long_remarks_are_broken_between_words(void **state)
{
    struct pl_arena *a = pl_arena_new();
    struct pl_buf out = {0};

    (void)state;
    pl_note_write(&out,
                  "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "
                  "0123456789 012345678 x y",
                  2);
    assert_string_equal(pl_buf_str(&out),
                        "  # 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 "
                        "0123456789 0123456789\n  # 012345678 x y\n");
    pl_buf_free(&out);
    pl_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_are_quoted_where_they_must_be_and_read_back),
        cmocka_unit_test(scalars_in_brackets_are_quoted_more),
        cmocka_unit_test(remarks_stand_beside_or_above),
        cmocka_unit_test(long_remarks_are_broken_between_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
