/* test_json.c - JSON in and out: exact errors, and text that reads back and prints the same. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/json.h"

static const struct {
    const char *text, *error;
} broken[] = {
    {"", "doc: line 1, column 0: a value expected"},
    {"   ", "doc: line 1, column 3: a value expected"},
    {"{", "doc: line 1, column 1: string or '}' expected near end of file"},
    {"{\"a\":1,}", "doc: line 1, column 8: string or '}' expected"},
    {"[1,2", "doc: line 1, column 4: ']' expected near end of file"},
    {"{\"a\":1}\n{\"b\":2}", "doc: line 2, column 1: text behind the end of the document"},
    {"{\"a\":1,\n \"a\":2}", "doc: line 2, column 4: a key is here twice"},
    {"nul", "doc: line 1, column 3: invalid token"},
    {"'a'", "doc: line 1, column 1: invalid token"},
    {"\"a", "doc: line 1, column 2: premature end of input"},
    {"\"\\u0000\"", "doc: line 1, column 8: a text cannot hold a NUL character"},
    {"\"\\ud800\"", "doc: line 1, column 8: invalid Unicode '\\uD800'"},
    {"\"\xff\"", "doc: line 1, column 1: unable to decode byte 0xff"},
    {"\"a\nb\"", "doc: line 1, column 2: unexpected newline"},
    {"01", "doc: line 1, column 1: invalid token"},
    {"+1", "doc: line 1, column 1: invalid token"},
    {"1.", "doc: line 1, column 2: invalid token"},
    {".5", "doc: line 1, column 1: invalid token"},
    {"NaN", "doc: line 1, column 3: invalid token"},
    {"1e999", "doc: line 1, column 5: real number overflow"},
    {"9223372036854775808", "doc: line 1, column 19: an integer beyond 64 bits"},
    {"-9223372036854775809", "doc: line 1, column 20: an integer beyond 64 bits"},
    {"{\"key\": \"hunter2\" x}", "doc: line 1, column 19: '}' expected"},
    {"\xef\xbb\xbf{}", "doc: line 1, column 1: invalid token"},
};

static void broken_text_is_told_with_its_place(void **state)
{
    for (size_t i = 0; i < PL_LEN(broken); i++) {
        struct pl_err err = {0};

        ROW("%s", broken[i].text);
        assert_null(pl_json_parse(*state, broken[i].text, strlen(broken[i].text), "doc", &err));
        CHECK_ERR(err, PL_E_PARSE, broken[i].error);
        assert_null(pl_json_parse(*state, broken[i].text, strlen(broken[i].text), "doc", NULL));
    }
}

static void a_nul_byte_is_no_end(void **state)
{
    struct pl_err err = {0};

    assert_null(pl_json_parse(*state, "1\0", 2, "doc", &err));
    CHECK_ERR(err, PL_E_PARSE, "doc: line 1, column 2: a NUL byte");
}

static const struct pl_value *nested(struct pl_arena *arena, int depth, struct pl_err *err)
{
    char *text = pl_arena_alloc(arena, 2 * (size_t)depth + 40);

    memset(text, '[', (size_t)depth);
    memcpy(text + depth, "\"[[\\\"[\"", 7);
    memset(text + depth + 7, ']', (size_t)depth);
    return pl_json_parse(arena, text, strlen(text), "deep", err);
}

static void depth_is_bounded(void **state)
{
    struct pl_err err = {0};

    assert_non_null(nested(*state, 200, &err));
    assert_null(nested(*state, 201, &err));
    CHECK_ERR(err, PL_E_LIMIT, "deep: line 1, column 201: nested deeper than 200 levels");
    assert_null(nested(*state, 1000000, &err));
    CHECK_ERR(err, PL_E_LIMIT, "deep: line 1, column 201: nested deeper than 200 levels");
    assert_null(pl_json_parse(*state, "{\"a\":\n[\"\xc3\xa9\"],\"b\":[[[", 20, "x", &err));
    assert_int_equal(err.code, PL_E_PARSE);
}

static const struct {
    const char *text, *printed;
} documents[] = {
    {"null", "null"},
    {" true ", "true"},
    {"{}", "{}"},
    {"[]", "[]"},
    {"{\"b\": 1, \"a\": [1, -2, 3.5], \"\": null}", "{\"\":null,\"a\":[1,-2,3.5],\"b\":1}"},
    {"9223372036854775807", "9223372036854775807"},
    {"-9223372036854775808", "-9223372036854775808"},
    {"1.0", "1.0"},
    {"-0.0", "-0.0"},
    {"-0", "0"},
    {"0.1", "0.1"},
    {"1e2", "100.0"},
    {"1E+2", "100.0"},
    {"1e300", "1e+300"},
    {"5e-324", "5e-324"},
    {"1.7976931348623157e308", "1.7976931348623157e+308"},
    {"0.30000000000000004", "0.30000000000000004"},
    {"1.2345678901234568e20", "1.2345678901234568e+20"},
    {"1e15", "1e+15"},
    {"100000000000000.0", "100000000000000.0"},
    {"\"caf\xc3\xa9\"", "\"caf\xc3\xa9\""},
    {"\"\\u00e9\\ud83d\\ude00\\/\"", "\"\xc3\xa9\xf0\x9f\x98\x80/\""},
    {"\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u007f\"",
     "\"\\\"\\\\\\u0008\\u000c\\n\\r\\t\\u0001\\u007f\""},
};

static void documents_print_in_one_form_that_reads_back(void **state)
{
    for (size_t i = 0; i < PL_LEN(documents); i++) {
        struct pl_err err = {0};
        const struct pl_value *v, *again;

        ROW("%s", documents[i].text);
        v = pl_json_parse(*state, documents[i].text, strlen(documents[i].text), "doc", &err);
        assert_string_equal(err.text, "");
        assert_non_null(v);
        assert_string_equal(pl_json_text(*state, v), documents[i].printed);
        again =
            pl_json_parse(*state, documents[i].printed, strlen(documents[i].printed), "doc", NULL);
        assert_true(pl_value_equal(v, again));
        assert_string_equal(pl_json_text(*state, again), documents[i].printed);
    }
}

static void the_pretty_form_is_indented(void **state)
{
    static const char text[] = "{\"a\":[1,{\"b\":[]}],\"c\":{},\"d\":\"x\"}";
    static const char want[] = "{\n"
                               "  \"a\": [\n"
                               "    1,\n"
                               "    {\n"
                               "      \"b\": []\n"
                               "    }\n"
                               "  ],\n"
                               "  \"c\": {},\n"
                               "  \"d\": \"x\"\n"
                               "}";
    struct pl_buf buf = {0};

    pl_json_write_pretty(&buf, pl_json_parse(*state, text, strlen(text), "doc", NULL));
    assert_string_equal(pl_buf_str(&buf), want);
    pl_buf_free(&buf);
}

static void what_json_has_not_prints_as_null(void **state)
{
    assert_string_equal(pl_json_text(*state, pl_value_unknown()), "null");
    assert_string_equal(pl_json_text(*state, pl_value_real(*state, (double)NAN)), "null");
    assert_string_equal(pl_json_text(*state, pl_value_real(*state, (double)INFINITY)), "null");
}

static void scalars_are_their_text(void **state)
{
    static const char *const rows[][2] = {{"\"a \\\"b\\\"\"", "a \"b\""},
                                          {"-5", "-5"},
                                          {"1.5", "1.5"},
                                          {"true", "true"},
                                          {"\"\"", ""},
                                          {"null", NULL},
                                          {"[]", NULL},
                                          {"{}", NULL}};
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_err err = {0};
        const struct pl_value *v = pl_json_parse(*state, rows[i][0], strlen(rows[i][0]), "t", &err);
        const char *text = pl_json_scalar(*state, v);
        ROW("%s", rows[i][0]);
        assert_non_null(v);
        if (rows[i][1])
            assert_string_equal(text, rows[i][1]);
        else
            assert_null(text);
    }
    assert_null(pl_json_scalar(*state, NULL));
    assert_null(pl_json_scalar(*state, pl_value_unknown()));
}

/* Texts are looked through eight bytes at once: every byte at every place of them, and behind one. */
static void every_byte_is_escaped_or_not_wherever_it_stands(void **state)
{
    static const char *const shorter[0x80] = {
        ['"'] = "\\\"", ['\\'] = "\\\\", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t"};

    (void)state;
    for (int c = 1; c < 0x100; c++) {
        for (int at = 0; at < 18; at++) {
            char text[] = "abcdefghijklmnopqr", want[64], code[8] = {(char)c};
            struct pl_buf got = {0};

            text[at] = (char)c;
            if (c < 0x80 && shorter[c] != NULL)
                (void)snprintf(code, sizeof code, "%s", shorter[c]);
            else if (c < 0x20 || c == 0x7f)
                (void)snprintf(code, sizeof code, "\\u%04x", (unsigned)c);
            (void)snprintf(want, sizeof want, "\"%.*s%s%s\"", at, text, code, text + at + 1);
            ROW("%02x at %d", (unsigned)c, at);
            pl_json_write_string(&got, text, sizeof text - 1);
            assert_string_equal(pl_buf_str(&got), want);
            pl_buf_free(&got);
        }
    }
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(broken_text_is_told_with_its_place),
        TEST(a_nul_byte_is_no_end),
        TEST(depth_is_bounded),
        TEST(documents_print_in_one_form_that_reads_back),
        TEST(every_byte_is_escaped_or_not_wherever_it_stands),
        TEST(the_pretty_form_is_indented),
        TEST(what_json_has_not_prints_as_null),
        TEST(scalars_are_their_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
