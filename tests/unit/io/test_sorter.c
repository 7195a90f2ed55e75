/* test_sorter.c - records come back in the order of their keys, from memory, from runs and from both; equal keys as they were added. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "plumbline/buf.h"
#include "plumbline/sorter.h"

/* "key=record " of all that comes. */
static char *text_of(struct pl_arena *arena, struct pl_sorter *sorter)
{
    struct pl_buf out = {0};
    struct pl_sorted r;
    struct pl_err err;
    int got;

    while ((got = pl_sorter_next(sorter, &r, &err)) > 0)
        pl_buf_addf(&out, "%.*s=%.*s ", (int)r.key_len, r.key, (int)r.len, r.record);
    assert_int_equal(got, 0);
    assert_int_equal(pl_sorter_next(sorter, &r, &err), 0);
    return pl_buf_take(&out, arena);
}

/* In `memory` bytes; the same every time, also where one reading ends early. */
static char *sorted(struct pl_arena *arena, size_t memory, const char *const (*pairs)[2], size_t n)
{
    struct pl_sorter *sorter = pl_sorter_new(memory);
    struct pl_sorted r;
    struct pl_err err;
    char *text;

    for (size_t i = 0; i < n; i++)
        pl_sorter_add(sorter, pairs[i][0], strlen(pairs[i][0]), pairs[i][1], strlen(pairs[i][1]));
    text = text_of(arena, sorter);
    for (size_t i = 0; i <= n; i++) {
        pl_sorter_rewind(sorter);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(pl_sorter_next(sorter, &r, &err), 1);
    }
    pl_sorter_rewind(sorter);
    assert_string_equal(text_of(arena, sorter), text);
    pl_sorter_free(sorter);
    return text;
}

static void the_order_is_that_of_the_keys(void **state)
{
    static const char *const pairs[][2] = {
        {"b", "1"},        {"a", ""},  {"ab", "2"}, {"b", "3"},   {"", "empty"},
        {"\xc3\xa9", "4"}, {"B", "5"}, {"b", "6"},  {"a.b", "7"}, {"a", "8"}};
    static const char want[] = "=empty B=5 a= a=8 a.b=7 ab=2 b=1 b=3 b=6 \xc3\xa9=4 ";

    /* All in memory; a run for each record; a few in each. */
    assert_string_equal(sorted(*state, 1000, pairs, PL_LEN(pairs)), want);
    assert_string_equal(sorted(*state, 0, pairs, PL_LEN(pairs)), want);
    for (size_t memory = 1; memory < 40; memory++)
        assert_string_equal(sorted(*state, memory, pairs, PL_LEN(pairs)), want);
    assert_string_equal(sorted(*state, 1000, pairs, 0), "");
}

static void many_runs_without_a_folder_are_the_same(void **state)
{
    struct pl_sorter *sorter = pl_sorter_new(2000);
    char key[16], before[16] = "";
    struct pl_sorted r;
    struct pl_err err;
    size_t n = 0;
    int got;

    (void)state;
    (void)setenv("TMPDIR", "/nonexistent", 1);
    srand(7);
    for (int i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "%05d", rand() % 1000);
        pl_sorter_add(sorter, key, 5, (const char *)&i, sizeof i);
    }
    (void)unsetenv("TMPDIR");
    for (int last = -1; (got = pl_sorter_next(sorter, &r, &err)) > 0; n++) {
        int i, order;

        memcpy(&i, r.record, sizeof i);
        memcpy(key, r.key, 5);
        key[5] = '\0';
        order = strcmp(before, key);
        assert_true(order < 0 || (order == 0 && last < i));
        memcpy(before, key, 6);
        last = i;
    }
    assert_int_equal(got, 0);
    assert_int_equal(n, 5000);
    pl_sorter_free(sorter);
    pl_sorter_free(NULL);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_order_is_that_of_the_keys),
        TEST(many_runs_without_a_folder_are_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
