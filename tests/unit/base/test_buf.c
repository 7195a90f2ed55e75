/* test_buf.c - the growing buffer, and what of hostile text a terminal gets to see. */
#include "harness.h"

#include <string.h>

#include "plumbline/buf.h"

static void empty_is_a_text(void **state)
{
    struct pl_buf buf = {0};

    assert_string_equal(pl_buf_str(&buf), "");
    pl_buf_add(&buf, NULL, 0);
    assert_string_equal(pl_buf_str(&buf), "");
    pl_buf_clear(&buf);
    pl_buf_free(&buf);
    pl_buf_free(&buf);
    assert_string_equal(pl_buf_take(&buf, *state), "");
}

static void grows_and_stays_terminated(void **state)
{
    struct pl_buf buf = {0};

    (void)state;
    for (int i = 0; i < 1000; i++) {
        pl_buf_addf(&buf, "%d,", i % 10);
        assert_int_equal(strlen(buf.data), buf.len);
    }
    assert_int_equal(buf.len, 2000);
    assert_memory_equal(buf.data + 1980, "0,1,2,3,4,5,6,7,8,9,", 21);
    pl_buf_clear(&buf);
    pl_buf_adds(&buf, "x");
    pl_buf_addc(&buf, 'y');
    pl_buf_add(&buf, "a\0b", 3);
    assert_int_equal(buf.len, 5);
    assert_memory_equal(buf.data, "xya\0b", 6);
    pl_buf_free(&buf);
    assert_null(buf.data);
}

static void numbers_are_digits(void **state)
{
    static const struct {
        int64_t i;
        const char *digits;
    } rows[] = {{0, "0"},
                {7, "7"},
                {-1, "-1"},
                {10, "10"},
                {INT64_MAX, "9223372036854775807"},
                {INT64_MIN, "-9223372036854775808"}};

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_buf buf = {0};

        pl_buf_addi(&buf, rows[i].i);
        assert_string_equal(pl_buf_str(&buf), rows[i].digits);
        pl_buf_free(&buf);
    }
}

static void take_leaves_it_empty(void **state)
{
    struct pl_buf buf = {0};
    char *text;

    pl_buf_adds(&buf, "kept");
    text = pl_buf_take(&buf, *state);
    assert_string_equal(text, "kept");
    assert_null(buf.data);
    assert_int_equal(buf.len, 0);
}

static const struct {
    const char *text, *shown;
} visible[] = {
    {"", ""},
    {"plain text", "plain text"},
    {"a\nb\rc\td", "a\\nb\\rc\\td"},
    {"\x1b[31mred", "\\x1b[31mred"},
    {"\x7f\x01", "\\x7f\\x01"},
    {"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"},
    {"\xc2\x9b", "\\xc2\\x9b"},          /* C1: CSI in one character */
    {"\xe2\x80\xae", "\\xe2\\x80\\xae"}, /* right-to-left override */
    {"\xe2\x81\xa6", "\\xe2\\x81\\xa6"}, /* left-to-right isolate */
    {"\xe2\x80\xa8", "\\xe2\\x80\\xa8"}, /* line separator */
    {"\xd8\x9c", "\\xd8\\x9c"},          /* Arabic letter mark, which turns the direction, too */
    {"\xe2\x80\x8b", "\\xe2\\x80\\x8b"}, /* zero width space */
    {"\xff", "\\xff"},
    {"\xc3", "\\xc3"},
    {"\xc3(", "\\xc3("},
    {"\xc0\xaf", "\\xc0\\xaf"},                   /* overlong */
    {"\xed\xa0\x80", "\\xed\\xa0\\x80"},          /* surrogate */
    {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"}, /* beyond U+10FFFF */
    {"\x80x", "\\x80x"},
};

static void controls_are_shown_escaped(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(visible); i++) {
        struct pl_buf buf = {0};

        pl_buf_add_visible(&buf, visible[i].text, strlen(visible[i].text));
        assert_string_equal(pl_buf_str(&buf), visible[i].shown);
        pl_buf_free(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(empty_is_a_text, harness_arena, harness_arena_free),
        cmocka_unit_test(grows_and_stays_terminated),
        cmocka_unit_test(numbers_are_digits),
        cmocka_unit_test_setup_teardown(take_leaves_it_empty, harness_arena, harness_arena_free),
        cmocka_unit_test(controls_are_shown_escaped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
