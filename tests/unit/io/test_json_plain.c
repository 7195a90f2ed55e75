/* test_json_plain.c - the fast reader: what it takes it reads as jansson does, and all else it leaves to jansson. */
#include "harness.h"

#include <string.h>

#include "json_priv.h"

static const char *const taken[] = {
    "null",
    " true ",
    "false",
    "0",
    "-0",
    "-7",
    "999999999999999999",
    "-999999999999999999",
    "0.0",
    "-0.0",
    "0.8",
    "-1.5",
    "0.1",
    "0.3",
    "2.675",
    "1.005",
    "0.000001",
    "123456789.123456",
    "99999.9999999999",
    "0.00000000000001",
    "0.12345678901234",
    "12345678901234.5",
    "[0.8,{\"a\":1.0}, 2.5 ]",
    "\"\"",
    "\"a b\"",
    "{}",
    "[]",
    " { } ",
    "[ ]",
    "{\"a\": 1, \"b\": [1, 2, {\"c\": \"d\"}], \"e\": null}",
    "{\"b\": 1, \"a\": {\"z\": [], \"y\": {}}, \"\": 2}",
    "[[1],[[2]],\t\"x\"\r\n]",
    "\"a\\n\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\u003cb\\u003E \\u0026 \\u0001\\u007f\\u0022\"",
    "[\"\\\\\",\"\\\"\",\"x\\\\\\\"y\"]",
    "{\"c\":1,\"b\":2,\"a\":3,\"d\":0}",
    "{\"z\":0,\"y\":0,\"x\":0,\"w\":0,\"v\":0,\"u\":0,\"t\":0,\"s\":0,\"r\":0,\"q\":0,\"p\":0,"
    "\"o\":0,\"n\":0,"
    "\"m\":0,\"l\":0,\"k\":0,\"j\":0,\"i\":0,\"h\":0,\"g\":0,\"f\":0,\"e\":0,\"d\":0,\"c\":0,\"b\":"
    "0,\"a\":0}",
    "{\"cert\": \"-----BEGIN\\nMII\\n-----END\\n\", \"n\": 1}",
};

static void what_is_plain_is_read_as_jansson_reads_it(void **state)
{
    for (size_t i = 0; i < PL_LEN(taken); i++) {
        size_t len = strlen(taken[i]);
        const struct pl_value *v = io_json_plain(*state, taken[i], len);

        ROW("%s", taken[i]);
        assert_non_null(v);
        assert_true(pl_value_equal(v, io_json_jansson(*state, taken[i], len, "doc", NULL)));
        assert_string_equal(
            pl_json_text(*state, v),
            pl_json_text(*state, io_json_jansson(*state, taken[i], len, "doc", NULL)));
    }
}

static const char *const declined[] = {
    "",
    " ",
    "nul",
    "nullx",
    "truex",
    "1e2",
    "1.5e2",
    "1.",
    "-.5",
    ".5",
    "01.5",
    "1.5x",
    "1.5.5",
    "0.1234567890123456",
    "123456789012345.6",
    "1234567890123456.0",
    "999999999999999999.5",
    "01",
    "-",
    "-x",
    "+1",
    "1000000000000000000",
    "1x",
    "1 2",
    "\"a",
    "\"\\u0000\"",
    "\"\\u0080\"",
    "\"\\u00e9\"",
    "\"\\u2014\"",
    "\"\\u00\"",
    "\"\\u003\"",
    "\"\\u00 3\"",
    "\"\\u00-1\"",
    "\"\\x41\"",
    "\"\\\"",
    "\"a\\n",
    "\"a\\",
    "\"a\\n\t\"",
    "\"a\\ncaf\xc3\xa9\"",
    "{\"a\\nb\":1}",
    "\"caf\xc3\xa9\"",
    "\"a\x7f\"",
    "\"a\tb\"",
    "{",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{a:1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1,\"a\":1}",
    "{\"b\":1,\"a\":1,\"b\":2}",
    "{\"z\":0,\"y\":0,\"x\":0,\"w\":0,\"v\":0,\"u\":0,\"t\":0,\"s\":0,\"r\":0,\"q\":0,\"p\":0,"
    "\"o\":0,\"n\":0,"
    "\"m\":0,\"l\":0,\"k\":0,\"j\":0,\"i\":0,\"h\":0,\"g\":0,\"f\":0,\"e\":0,\"d\":0,\"c\":0,\"b\":"
    "0,\"z\":0}",
    "[1,]",
    "[1 2]",
    "[1",
    "[}",
    "{]",
    "[1]]",
    "\xef\xbb\xbf{}",
};

static void all_else_is_declined(void **state)
{
    for (size_t i = 0; i < PL_LEN(declined); i++) {
        ROW("%s", declined[i]);
        assert_null(io_json_plain(*state, declined[i], strlen(declined[i])));
    }
    assert_null(io_json_plain(*state, "1\0", 2));
    assert_null(io_json_plain(*state, "\"a\0\"", 4));
}

static void depth_is_bounded(void **state)
{
    char text[402];

    for (size_t depth = 100; depth <= 101; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        assert_int_equal(io_json_plain(*state, text, 2 * depth) != NULL, depth == 100);
    }
}

static void members_and_items_beyond_the_first_room_are_kept(void **state)
{
    struct pl_buf text = {0};
    const struct pl_value *v;

    pl_buf_adds(&text, "{\"list\":[");
    for (int i = 0; i < 300; i++)
        pl_buf_addf(&text, "%s%d", i > 0 ? "," : "", i);
    pl_buf_adds(&text, "]");
    for (int i = 299; i >= 0; i--)
        pl_buf_addf(&text, ",\"k%03d\":%d", i, i);
    pl_buf_adds(&text, "}");
    v = io_json_plain(*state, text.data, text.len);
    assert_int_equal(pl_value_count(v), 301);
    assert_int_equal(pl_value_member(v, "k123")->u.integer, 123);
    assert_int_equal(pl_value_item(pl_value_member(v, "list"), 299)->u.integer, 299);
    pl_buf_free(&text);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_plain_is_read_as_jansson_reads_it),
        TEST(all_else_is_declined),
        TEST(depth_is_bounded),
        TEST(members_and_items_beyond_the_first_room_are_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
