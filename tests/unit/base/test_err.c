/* test_err.c - codes, texts, context and cuts of the error type. */
#include "harness.h"

#include <errno.h>
#include <string.h>

static void null_is_accepted(void **state)
{
    (void)state;
    assert_int_equal(pl_err_set(NULL, PL_E_IO, "x"), -1);
    assert_int_equal(pl_err_sys(NULL, PL_E_IO, ENOENT, "x"), -1);
    assert_int_equal(pl_err_wrap(NULL, "x"), -1);
}

static void set_overwrites(void **state)
{
    struct pl_err err = {.code = PL_E_NET, .sys = 5, .text = "old"};

    (void)state;
    assert_int_equal(pl_err_set(&err, PL_E_PARSE, "%s at %d", "broken", 7), -1);
    CHECK_ERR(err, PL_E_PARSE, "broken at 7");
    assert_int_equal(err.sys, 0);
}

static void set_may_use_the_old_text(void **state)
{
    struct pl_err err = {.text = "inner"};

    (void)state;
    pl_err_set(&err, PL_E_IO, "outer (%s)", err.text);
    CHECK_ERR(err, PL_E_IO, "outer (inner)");
}

static void sys_says_why(void **state)
{
    struct pl_err err = {0};

    (void)state;
    assert_int_equal(pl_err_sys(&err, PL_E_IO, ENOENT, "cannot read %s", "x.yaml"), -1);
    CHECK_ERR(err, PL_E_IO, "cannot read x.yaml: No such file or directory");
    assert_int_equal(err.sys, ENOENT);
}

static void wrap_puts_context_in_front(void **state)
{
    struct pl_err err = {0};

    (void)state;
    pl_err_sys(&err, PL_E_IO, EACCES, "cannot read x");
    assert_int_equal(pl_err_wrap(&err, "baseline %s", "b"), -1);
    CHECK_ERR(err, PL_E_IO, "baseline b: cannot read x: Permission denied");
    assert_int_equal(err.sys, EACCES);
}

static void cut_text_ends_in_plus(void **state)
{
    struct pl_err err = {0};
    char big[3000];

    (void)state;
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    pl_err_set(&err, PL_E_IO, "%s", big);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_string_equal(err.text + sizeof err.text - 4, "xx+");
    pl_err_wrap(&err, "context");
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_memory_equal(err.text, "context: xxx", 12);
    assert_string_equal(err.text + sizeof err.text - 4, "xx+");
    pl_err_wrap(&err, "%s", big);
    assert_string_equal(err.text + sizeof err.text - 4, "xx+");
}

static void text_that_just_fits_is_whole(void **state)
{
    struct pl_err err = {0};
    char text[sizeof err.text];

    (void)state;
    memset(text, 'y', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    pl_err_set(&err, PL_E_IO, "%s", text);
    assert_string_equal(err.text, text);
}

static void cut_keeps_utf8_whole(void **state)
{
    struct pl_err err = {0};
    char big[2000] = "";

    (void)state;
    for (size_t i = 0; i + 2 < sizeof big; i += 2)
        memcpy(big + i, "\xc3\xa9", 2);
    pl_err_set(&err, PL_E_IO, "%s", big);
    assert_string_equal(err.text + strlen(err.text) - 3, "\xc3\xa9+");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_is_accepted),
        cmocka_unit_test(set_overwrites),
        cmocka_unit_test(set_may_use_the_old_text),
        cmocka_unit_test(sys_says_why),
        cmocka_unit_test(wrap_puts_context_in_front),
        cmocka_unit_test(cut_text_ends_in_plus),
        cmocka_unit_test(text_that_just_fits_is_whole),
        cmocka_unit_test(cut_keeps_utf8_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
