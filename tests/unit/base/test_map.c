/* test_map.c - string keys, order of insertion, growth. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "plumbline/map.h"

static int values[2000];

static void empty_map_has_nothing(void **state)
{
    struct pl_map map;

    pl_map_init(&map, *state);
    assert_null(pl_map_get(&map, "x"));
    assert_false(pl_map_has(&map, ""));
    assert_int_equal(map.n, 0);
}

static void put_replaces_and_tells(void **state)
{
    struct pl_map map;
    char key[] = "key";

    pl_map_init(&map, *state);
    assert_null(pl_map_put(&map, key, &values[1]));
    key[0] = 'K';
    assert_null(pl_map_put(&map, "", &values[2]));
    assert_null(pl_map_put(&map, "null", NULL));
    assert_ptr_equal(pl_map_put(&map, "key", &values[3]), &values[1]);
    assert_ptr_equal(pl_map_get(&map, "key"), &values[3]);
    assert_ptr_equal(pl_map_get(&map, ""), &values[2]);
    assert_false(pl_map_has(&map, "Key"));
    assert_true(pl_map_has(&map, "null"));
    assert_null(pl_map_get(&map, "null"));
    assert_int_equal(map.n, 3);
    assert_string_equal(map.entries[0].key, "key");
    assert_string_equal(map.entries[1].key, "");
}

static void many_keys_keep_their_order(void **state)
{
    struct pl_map map;
    char key[32];

    pl_map_init(&map, *state);
    for (size_t i = 0; i < PL_LEN(values); i++) {
        (void)snprintf(key, sizeof key, "%zu-a-longer-key", i * 7919 % 2003);
        assert_null(pl_map_put(&map, key, &values[i]));
    }
    assert_int_equal(map.n, PL_LEN(values));
    for (size_t i = 0; i < PL_LEN(values); i++) {
        (void)snprintf(key, sizeof key, "%zu-a-longer-key", i * 7919 % 2003);
        assert_ptr_equal(pl_map_get(&map, key), &values[i]);
        assert_string_equal(map.entries[i].key, key);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(empty_map_has_nothing, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(put_replaces_and_tells, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(many_keys_keep_their_order, harness_arena,
                                        harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
