/* test_mark.c - the line and the caret: tabs, wide lines, controls, secrets, places that are not there. */
#include "harness.h"

#include <string.h>

#include "plumbline/yaml.h"

#define X50    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define DOTS40 "........................................"

static const struct {
    const char *text;
    int line, column;
    const char *error;
} rows[] = {
    {"one\ntwo\nthree", 2, 3, "f:2:3: bad\n  | two\n  |   ^"},
    {"one\ntwo\nthree", 3, 5, "f:3:5: bad\n  | three\n  |     ^"},
    {"one\r\ntwo\rthree", 3, 1, "f:3:1: bad\n  | three\n  | ^"},
    {"one\xc2\x85two\xe2\x80\xa9three", 3, 1, "f:3:1: bad\n  | three\n  | ^"},
    {"one\n", 2, 1, "f:2:1: bad\n  | \n  | ^"},
    {"one", 9, 1, "f:9:1: bad"},
    {"one", 1, 0, "f:1: bad\n  | one"},
    {"one", 0, 0, "f: bad"},
    {"one", 1, 99, "f:1:99: bad\n  | one\n  |    ^"},
    {"\tk:\tv", 1, 4, "f:1:4: bad\n  |     k:  v\n  |       ^"},
    {"\tk:\tv", 1, 5, "f:1:5: bad\n  |     k:  v\n  |         ^"},
    {"\xc3\xa9\xc3\xa9: x", 1, 5, "f:1:5: bad\n  | \xc3\xa9\xc3\xa9: x\n  |     ^"},
    {"a\x1b[2Jb", 1, 6, "f:1:6: bad\n  | a\\x1b[2Jb\n  |         ^"},
    {X50 X50 X50, 1, 2, "f:1:2: bad\n  | " X50 X50 "xxxxxxxxxxxxxxxxx...\n  |  ^"},
    {X50 X50 "xxxxxxxxxxxxxxxxxxxx", 1, 120,
     "f:1:120: bad\n  | " X50 X50 "xxxxxxxxxxxxxxxxxxxx\n  | "
     "                                                            "
     "                                                           ^"},
    {X50 X50 X50 "Y", 1, 151,
     "f:1:151: bad\n  | ..." X50 X50 "xxxxxxxxxxxxxxxxY\n  | "
     "                                                            "
     "                                                           ^"},
    {X50 X50 X50 "Y" X50 X50, 1, 151,
     "f:1:151: bad\n  | ..." X50
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxYxxxxxxxxxxxxxxxxxxxxxxxxxx...\n  | "
     "                                                                                          ^"},
    {"password: hunter2", 1, 11, "f:1:11: bad\n  | password: *******\n  |           ^"},
    {"p: {user: u, password: hunter2, tls: x}", 1, 1,
     "f:1:1: bad\n  | p: {user: u, password: *******, tls: x}\n  | ^"},
    {"\"password\" : \"hun,ter2\" # c", 1, 1,
     "f:1:1: bad\n  | \"password\" : \"********\" # c\n  | ^"},
    {"PASSWORD: 'x'", 1, 1, "f:1:1: bad\n  | PASSWORD: '*'\n  | ^"},
    {"password: !env APP_DB_PASSWORD", 1, 1,
     "f:1:1: bad\n  | password: !env APP_DB_PASSWORD\n  | ^"},
    {"password: ${var.p}", 1, 1, "f:1:1: bad\n  | password: ${var.p}\n  | ^"},
    {"password:", 1, 1, "f:1:1: bad\n  | password:\n  | ^"},
    {"nopassword: x", 1, 1, "f:1:1: bad\n  | nopassword: x\n  | ^"},
    {"password_file: x", 1, 1, "f:1:1: bad\n  | password_file: x\n  | ^"},
};

static void lines_and_carets(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const struct pl_yaml_file file = {"f", rows[i].text, strlen(rows[i].text)};
        const struct pl_mark mark = {&file, rows[i].line, rows[i].column};
        struct pl_err err = {0};

        ROW("%zu %s", i, rows[i].text);
        assert_int_equal(pl_mark_error(&err, &mark, PL_E_BASELINE, "%s", "bad"), -1);
        CHECK_ERR(err, PL_E_BASELINE, rows[i].error);
    }
}

static void messages_are_shown_safely(void **state)
{
    const struct pl_mark nowhere = {NULL, 0, 0};
    struct pl_err err = {0};

    (void)state;
    pl_mark_error(&err, &nowhere, PL_E_PARSE, "unknown key \"%s\"", "a\nb\x1b");
    CHECK_ERR(err, PL_E_PARSE, "unknown key \"a\\nb\\x1b\"");
    assert_int_equal(pl_mark_error(NULL, &nowhere, PL_E_PARSE, "x"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_carets),
        cmocka_unit_test(messages_are_shown_safely),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
