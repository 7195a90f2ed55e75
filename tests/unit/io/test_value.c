/* test_value.c - trees of values: building, reading, equality. */
#include "harness.h"

#include <math.h>

#include "plumbline/json.h"
#include "plumbline/value.h"

static const struct pl_value *pair(struct pl_arena *arena, const char *k1, int64_t v1,
                                   const char *k2, int64_t v2)
{
    const struct pl_member members[] = {{k1, pl_value_int(arena, v1)},
                                        {k2, pl_value_int(arena, v2)}};

    return pl_value_map(arena, members, 2);
}

static void readers_tolerate_null_and_wrong_types(void **state)
{
    const struct pl_value *text = pl_value_string(*state, "x");
    int64_t n;

    assert_null(pl_value_member(NULL, "a"));
    assert_null(pl_value_member(text, "a"));
    assert_null(pl_value_text(NULL));
    assert_null(pl_value_text(pl_value_null()));
    assert_null(pl_value_member_text(text, "a"));
    assert_false(pl_value_true(NULL));
    assert_false(pl_value_true(text));
    assert_int_equal(pl_value_count(NULL), 0);
    assert_int_equal(pl_value_count(text), 0);
    assert_null(pl_value_item(NULL, 0));
    assert_null(pl_value_item(text, 0));
    assert_false(pl_value_as_int(NULL, &n));
    assert_false(pl_value_as_int(pl_value_bool(true), &n));
    assert_true(pl_value_true(pl_value_bool(true)));
    assert_false(pl_value_true(pl_value_bool(false)));
}

static void maps_are_sorted_and_the_last_member_counts(void **state)
{
    const struct pl_member members[] = {
        {"b", pl_value_int(*state, 1)}, {"a", pl_value_int(*state, 2)},
        {"B", pl_value_int(*state, 3)}, {"a", pl_value_int(*state, 4)},
        {"", pl_value_int(*state, 5)},
    };
    const struct pl_value *map = pl_value_map(*state, members, PL_LEN(members));
    static const struct {
        const char *key;
        int64_t value;
    } want[] = {{"", 5}, {"B", 3}, {"a", 4}, {"b", 1}};

    assert_int_equal(pl_value_count(map), PL_LEN(want));
    for (size_t i = 0; i < PL_LEN(want); i++) {
        assert_string_equal(map->u.map.members[i].key, want[i].key);
        assert_int_equal(map->u.map.members[i].value->u.integer, want[i].value);
        assert_ptr_equal(pl_value_member(map, want[i].key), map->u.map.members[i].value);
    }
    assert_null(pl_value_member(map, "c"));
    assert_int_equal(pl_value_count(pl_value_map(*state, NULL, 0)), 0);
}

static void map_with_sets_and_removes(void **state)
{
    const struct pl_value *ab = pair(*state, "a", 1, "c", 3), *two = pl_value_int(*state, 2), *map;

    map = pl_value_map_with(*state, ab, "b", two);
    assert_int_equal(pl_value_count(map), 3);
    assert_string_equal(map->u.map.members[1].key, "b");
    map = pl_value_map_with(*state, ab, "a", two);
    assert_true(pl_value_equal(map, pair(*state, "a", 2, "c", 3)));
    assert_int_equal(pl_value_member(ab, "a")->u.integer, 1);
    map = pl_value_map_with(*state, ab, "a", NULL);
    assert_int_equal(pl_value_count(map), 1);
    assert_null(pl_value_member(map, "a"));
    assert_true(pl_value_equal(pl_value_map_with(*state, ab, "x", NULL), ab));
    map = pl_value_map_with(*state, NULL, "k", two);
    assert_int_equal(pl_value_count(map), 1);
    map = pl_value_map_with(*state, two, "k", NULL);
    assert_int_equal(map->type, PL_MAP);
    assert_int_equal(pl_value_count(map), 0);
}

static void lists_hold_their_items(void **state)
{
    const struct pl_value *items[] = {pl_value_null(), pl_value_bool(true)};
    const struct pl_value *list = pl_value_list(*state, items, 2);

    items[0] = NULL;
    assert_int_equal(pl_value_count(list), 2);
    assert_ptr_equal(pl_value_item(list, 0), pl_value_null());
    assert_ptr_equal(pl_value_item(list, 1), pl_value_bool(true));
    assert_null(pl_value_item(list, 2));
}

static const struct {
    const char *text;
    bool is_int;
    int64_t value;
} decimals[] = {
    {"", false, 0},
    {"-", false, 0},
    {"+1", false, 0},
    {" 1", false, 0},
    {"1 ", false, 0},
    {"1.0", false, 0},
    {"0x1", false, 0},
    {"9223372036854775808", false, 0},
    {"-9223372036854775809", false, 0},
    {"1e3", false, 0},
    {"0", true, 0},
    {"-0", true, 0},
    {"007", true, 7},
    {"-5", true, -5},
    {"5432", true, 5432},
    {"9223372036854775807", true, INT64_MAX},
    {"-9223372036854775808", true, INT64_MIN},
};

static const struct {
    double real;
    bool is_int;
    int64_t value;
} reals[] = {
    {0.5, false, 0}, {0x1p63, false, 0}, {-0x1.8p63, false, 0},      {1e300, false, 0},
    {3.0, true, 3},  {-0.0, true, 0},    {-0x1p63, true, INT64_MIN},
};

static void integers_from_text_and_reals(void **state)
{
    int64_t n;

    for (size_t i = 0; i < PL_LEN(decimals); i++) {
        ROW("%s", decimals[i].text);
        n = 0;
        assert_int_equal(pl_value_as_int(pl_value_string(*state, decimals[i].text), &n),
                         decimals[i].is_int);
        assert_true(n == decimals[i].value);
    }
    for (size_t i = 0; i < PL_LEN(reals); i++) {
        n = 0;
        assert_int_equal(pl_value_as_int(pl_value_real(*state, reals[i].real), &n),
                         reals[i].is_int);
        assert_true(n == reals[i].value);
    }
    assert_false(pl_value_as_int(pl_value_real(*state, (double)NAN), &n));
    assert_false(pl_value_as_int(pl_value_stringn(*state, "1\0002", 3), &n));
    assert_true(pl_value_as_int(pl_value_int(*state, INT64_MIN), &n));
    assert_true(n == INT64_MIN);
}

static void equality_is_deep_and_exact(void **state)
{
    const struct pl_value *one = pl_value_int(*state, 1), *real = pl_value_real(*state, 1.0);
    const struct pl_value *list = pl_value_list(*state, &one, 1),
                          *other = pl_value_list(*state, &real, 1);

    assert_true(pl_value_equal(NULL, NULL));
    assert_false(pl_value_equal(NULL, one));
    assert_false(pl_value_equal(one, real));
    assert_false(pl_value_equal(one, pl_value_string(*state, "1")));
    assert_true(pl_value_equal(one, pl_value_int(*state, 1)));
    assert_true(pl_value_equal(list, pl_value_list(*state, &one, 1)));
    assert_false(pl_value_equal(list, other));
    assert_false(pl_value_equal(list, pl_value_list(*state, NULL, 0)));
    assert_true(pl_value_equal(pair(*state, "a", 1, "b", 2), pair(*state, "b", 2, "a", 1)));
    assert_false(pl_value_equal(pair(*state, "a", 1, "b", 2), pair(*state, "a", 1, "c", 2)));
    assert_false(pl_value_equal(pair(*state, "a", 1, "b", 2), pair(*state, "a", 1, "b", 3)));
    assert_true(pl_value_equal(pl_value_null(), pl_value_null()));
    assert_true(
        pl_value_equal(pl_value_stringn(*state, "a\0b", 3), pl_value_stringn(*state, "a\0b", 3)));
    assert_false(
        pl_value_equal(pl_value_stringn(*state, "a\0b", 3), pl_value_stringn(*state, "a\0c", 3)));
}

static void unknown_equals_nothing(void **state)
{
    const struct pl_value *unknown = pl_value_unknown();
    const struct pl_value *list = pl_value_list(*state, &unknown, 1);

    assert_false(pl_value_equal(unknown, unknown));
    assert_false(pl_value_equal(list, list));
    assert_false(pl_value_equal(unknown, pl_value_null()));
}

static void types_have_names(void **state)
{
    static const char *const names[] = {"null",   "boolean", "integer", "number",
                                        "string", "list",    "map",     "unknown"};

    (void)state;
    for (size_t i = 0; i < PL_LEN(names); i++)
        assert_string_equal(pl_value_type_name((enum pl_value_type)i), names[i]);
}

static void elements_are_found_by_their_names(void **state)
{
    static const char text[] =
        "[1,{},{\"name\":2},{\"name\":\"a\",\"v\":1},{\"name\":\"b\"},{\"name\":\"a\"}]";
    const struct pl_value *list = pl_json_parse(*state, text, sizeof text - 1, "a list", NULL);

    assert_non_null(list);
    assert_ptr_equal(pl_value_named(list, "a"), pl_value_item(list, 3));
    assert_ptr_equal(pl_value_named(list, "b"), pl_value_item(list, 4));
    assert_null(pl_value_named(list, "c"));
    assert_null(pl_value_named(list, "2"));
    assert_null(pl_value_named(list, NULL));
    assert_null(pl_value_named(NULL, "a"));
    assert_null(pl_value_named(pl_value_item(list, 3), "a"));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(readers_tolerate_null_and_wrong_types),
        TEST(maps_are_sorted_and_the_last_member_counts),
        TEST(map_with_sets_and_removes),
        TEST(lists_hold_their_items),
        TEST(integers_from_text_and_reals),
        TEST(equality_is_deep_and_exact),
        TEST(unknown_equals_nothing),
        TEST(types_have_names),
        TEST(elements_are_found_by_their_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
