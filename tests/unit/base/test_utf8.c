/* test_utf8.c - what is a character, where a text may be cut, and what does not show. */
#include "harness.h"

#include <string.h>

#include "plumbline/utf8.h"

static void whole_characters(void **state)
{
    static const struct {
        const char *bytes;
        bool ok;
    } rows[] = {
        {"", true},
        {"plain", true},
        {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", true},
        {"\xf4\x8f\xbf\xbf", true},
        {"\xf4\x90\x80\x80", false}, /* beyond U+10FFFF */
        {"\xed\x9f\xbf", true},
        {"\xed\xa0\x80", false}, /* a surrogate */
        {"\xc1\xbf", false},     /* overlong */
        {"\xe0\x9f\xbf", false},
        {"\xf0\x8f\xbf\xbf", false},
        {"\x80", false},
        {"\xe2\x82", false},
        {"\xe2\x82x", false},
        {"\xff", false},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("text %zu", i);
        assert_int_equal(pl_utf8_ok(rows[i].bytes, strlen(rows[i].bytes)), rows[i].ok);
    }
}

static void no_character_is_cut(void **state)
{
    static const struct {
        const char *text;
        size_t most, want;
    } rows[] = {
        {"", 0, 0},          {"abc", 3, 3},       {"abc", 2, 2},
        {"a\xc3\xa9", 3, 3}, {"a\xc3\xa9", 2, 1}, {"\xf0\x9f\x98\x80", 3, 0},
    };

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        ROW("text %zu", i);
        assert_int_equal(pl_utf8_cut(rows[i].text, strlen(rows[i].text), rows[i].most),
                         rows[i].want);
    }
}

static void what_does_not_show(void **state)
{
    static const uint32_t hidden[] = {0,      0x1b,   0x7f,   0x9b,   0xad,   0x61c,
                                      0x200b, 0x200f, 0x2028, 0x202a, 0x202e, 0x2060,
                                      0x2066, 0x2069, 0xfeff, 0xe0041};
    static const uint32_t shown[] = {' ', '~', 0xa0, 0xe9, 0x20ac, 0x2010, 0x2070, 0xfffd, 0x1f600};

    (void)state;
    for (size_t i = 0; i < PL_LEN(hidden); i++) {
        ROW("U+%04X", (unsigned)hidden[i]);
        assert_true(pl_utf8_is_hidden(hidden[i]));
    }
    for (size_t i = 0; i < PL_LEN(shown); i++) {
        ROW("U+%04X", (unsigned)shown[i]);
        assert_false(pl_utf8_is_hidden(shown[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_characters),
        cmocka_unit_test(no_character_is_cut),
        cmocka_unit_test(what_does_not_show),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
