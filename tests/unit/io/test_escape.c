/* test_escape.c - text from outside in a terminal, in Markdown and in a shell. */
#include "harness.h"

#include <string.h>

#include "plumbline/escape.h"

struct row {
    const char *in, *out;
};

static void check(struct pl_arena *a, void (*escape)(struct pl_buf *, const char *),
                  const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pl_buf b = {0};
        ROW("row %zu", i);
        escape(&b, rows[i].in);
        assert_string_equal(pl_buf_take(&b, a), rows[i].out);
    }
}

static void terminal(void **state)
{
    static const struct row rows[] = {
        {"", ""},
        {"plain ~ text", "plain ~ text"},
        {"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"},
        {"\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"},
        {"a\nb\rc\td\b", "a\\x0ab\\x0dc\\x09d\\x08"},
        {"\x7f", "\\x7f"},
        {"\xc2\x9b"
         "31m",
         "\\x9b31m"}, /* C1 control sequence introducer */
        {"\xe2\x80\xae"
         "gpj",
         "\\u{202e}gpj"}, /* right-to-left override */
        {"\xe2\x81\xa6x\xe2\x81\xa9", "\\u{2066}x\\u{2069}"},
        {"\xe2\x80\x8b", "\\u{200b}"}, /* zero width */
        {"\xef\xbb\xbf", "\\u{feff}"},
        {"a\xc2\xad", "a\\xad"},  /* soft hyphen */
        {"\xd8\x9c", "\\u{61c}"}, /* Arabic letter mark */
        {"\xff\xfe", "\\xff\\xfe"},
        {"\xc3", "\\xc3"}, /* cut */
        {"\xc3(", "\\xc3("},
        {"\xe2\x82", "\\xe2\\x82"},
        {"\xc0\xaf", "\\xc0\\xaf"},                   /* overlong */
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},          /* surrogate */
        {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"}, /* beyond U+10FFFF */
    };
    check(*state, pl_escape_terminal, rows, PL_LEN(rows));
}

static void markdown(void **state)
{
    static const struct row rows[] = {
        {"", ""},
        {"plain text, 5 > 4", "plain text, 5 \\> 4"},
        {"a|b", "a\\|b"},
        {"*b* _i_ `c` ~s~", "\\*b\\* \\_i\\_ \\`c\\` \\~s\\~"},
        {"<script>", "\\<script\\>"},
        {"[x](http://e)", "\\[x\\]\\(http://e\\)"},
        {"![x]", "\\!\\[x\\]"},
        {"# head", "\\# head"},
        {"back\\slash", "back\\\\slash"},
        {"&amp;", "\\&amp;"},
        {"$x$ {y} +z", "\\$x\\$ \\{y\\} \\+z"},
        {"two\nlines", "two\\x0alines"},
        {"\x1b[1m", "\\x1b\\[1m"},
    };
    check(*state, pl_escape_markdown, rows, PL_LEN(rows));
}

static void markdown_code(void **state)
{
    static const struct row rows[] = {
        {"", "`  `"},
        {"plain", "`plain`"},
        {"*a*<b>", "`*a*<b>`"},
        {"a|b", "`a\\|b`"},
        {"a`b", "`` a`b ``"},
        {"```", "```` ``` ````"},
        {"`a``b`", "``` `a``b` ```"},
        {"two\nlines", "`two\\x0alines`"},
        {"\xe2\x80\xaex", "`\\u{202e}x`"},
    };
    check(*state, pl_escape_markdown_code, rows, PL_LEN(rows));
}

static void yaml(void **state)
{
    static const struct row rows[] = {
        {"", "\"\""},
        {"a \"b\" \\c", "\"a \\\"b\\\" \\\\c\""},
        {"a\nb\tc\rd", "\"a\\nb\\tc\\rd\""},
        {"\x1b[31m\x7f", "\"\\x1B[31m\\x7F\""},
        {"caf\xc3\xa9 \xf0\x9f\x98\x80", "\"caf\xc3\xa9 \xf0\x9f\x98\x80\""},
        {"\xe2\x80\xae\xc2\x9b", "\"\\u202E\\x9B\""},
        {"\xf3\xa0\x81\x81", "\"\\U000E0041\""},
        {"\xff", "\"\\xFF\""},
    };
    check(*state, pl_escape_yaml, rows, PL_LEN(rows));
}

static void shell(void **state)
{
    static const struct row rows[] = {
        {"", "''"},
        {"plain-word_1.2/3:4=5@6%7+8,9", "plain-word_1.2/3:4=5@6%7+8,9"},
        {"two words", "'two words'"},
        {"$(rm -rf /)", "'$(rm -rf /)'"},
        {"`id`", "'`id`'"},
        {"it's", "'it'\\''s'"},
        {"'", "''\\'''"},
        {"a;b", "'a;b'"},
        {"a\nb", "'a\nb'"},
        {"-rf", "'-rf'"},
        {"~", "'~'"},
        {"*", "'*'"},
        {"caf\xc3\xa9", "'caf\xc3\xa9'"},
    };
    check(*state, pl_escape_shell, rows, PL_LEN(rows));
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(terminal), IN_ARENA(markdown), IN_ARENA(markdown_code),
        IN_ARENA(yaml),     IN_ARENA(shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
