/* test_json_outline.c - pages of lists, read element by element: what is left of them, where the elements are, what is refused. */
#include "harness.h"

#include <string.h>

#include "plumbline/json.h"

static const char *const plain[] = {"items", NULL};
static const char *const scoped[] = {"items", "*", "list", NULL};

static const struct {
    const char *const *path;
    const char *text, *error;
} broken[] = {
    {plain, "", "page: line 1, column 0: a value expected"},
    {plain, "<html>", "page: line 1, column 1: invalid token"},
    {plain, "{\"items\": [{\"a\": 1}, {",
     "page: line 1, column 22: string or '}' expected near end of file"},
    {plain, "{\"items\": [1 2]}", "page: line 1, column 14: ']' expected"},
    {plain, "{\"items\": [1,]}", "page: line 1, column 14: unexpected token"},
    {plain, "{\"items\": [\"a]}", "page: line 1, column 15: premature end of input"},
    {plain, "{\"items\": [\"a\\", "page: line 1, column 14: invalid escape"},
    {plain, "{\"items\": []} x", "page: line 1, column 15: text behind the end of the document"},
    {plain, "{\"items\": [], \"items\": []}", "page: line 1, column 21: a key is here twice"},
    {plain, "[]", "page: a name is written in escapes, or it is no object"},
    {plain, "{\"it\\u0065ms\": []}", "page: a name is written in escapes, or it is no object"},
};

static void broken_pages_are_told_with_their_place(void **state)
{
    for (size_t i = 0; i < PL_LEN(broken); i++) {
        struct pl_err err = {0};

        ROW("%s", broken[i].text);
        assert_null(pl_json_outline(*state, broken[i].text, strlen(broken[i].text), broken[i].path,
                                    "page", &err));
        CHECK_ERR(err, PL_E_PARSE, broken[i].error);
    }
}

static const struct {
    const char *const *path;
    const char *text, *outline;
} pages[] = {
    {plain, "{}", "{}"},
    {plain, " { \"items\" : [ ] , \"x\" : [ 1 ] } ", "{\"items\":[],\"x\":[1]}"},
    {plain, "{\"items\": [{\"a\": \"]}\"}, [2], \"\\\"\", 4]}",
     "{\"items\":[11,11,24,3,29,4,35,1]}"},
    {plain, "{\"x\": {\"items\": [1]}, \"items\": 5}", "{\"items\":5,\"x\":{\"items\":[1]}}"},
    {plain, "{\"items\": {\"items\": [1]}}", "{\"items\":{\"items\":[1]}}"},
    {scoped,
     "{\"items\": {\"a\\/b\": {\"list\": [{}]}, \"c\": {\"list\": []}, \"d\": 1}, \"list\": [7]}",
     "{\"items\":{\"a/b\":{\"list\":[29,2]},\"c\":{\"list\":[]},\"d\":1},\"list\":[7]}"},
};

static void lists_are_told_by_where_their_elements_are(void **state)
{
    for (size_t i = 0; i < PL_LEN(pages); i++) {
        const struct pl_value *outline;

        ROW("%s", pages[i].text);
        outline = pl_json_outline(*state, pages[i].text, strlen(pages[i].text), pages[i].path,
                                  "page", NULL);
        assert_string_equal(pl_json_text(*state, outline), pages[i].outline);
    }
}

static void elements_are_read_one_by_one(void **state)
{
    static const char text[] = "{\"items\": [{\"a\": [1, \"]\"]}, {\"b\": }, 3]}";
    const struct pl_value *list =
        pl_value_member(pl_json_outline(*state, text, strlen(text), plain, "page", NULL), "items");
    struct pl_err err = {0};

    assert_int_equal(pl_value_count(list), 6);
    assert_string_equal(pl_json_text(*state, pl_json_element(*state, text, list, 0, "page", NULL)),
                        "{\"a\":[1,\"]\"]}");
    assert_null(pl_json_element(*state, text, list, 1, "page", &err));
    CHECK_ERR(err, PL_E_PARSE, "page: line 1, column 7: unexpected token");
    assert_string_equal(pl_json_text(*state, pl_json_element(*state, text, list, 2, "page", NULL)),
                        "3");
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(broken_pages_are_told_with_their_place),
        TEST(lists_are_told_by_where_their_elements_are),
        TEST(elements_are_read_one_by_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
