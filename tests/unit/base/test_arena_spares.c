/* test_arena_spares.c - chunks that are used again, which the sanitizer's build goes without: so this file has an arena.c of its own. */
#undef __SANITIZE_ADDRESS__
#include "../../../src/base/arena.c"

#include "harness.h"

enum { LARGEST = CHUNK_MIN << (SPARE_SIZES - 1) };

static void is_zero(const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_int_equal(bytes[i], 0);
}

/* Everything that an arena can cut from a chunk of this size, and where it lay. */
static unsigned char *dirty(size_t size, bool wiped)
{
    struct pl_arena *arena = wiped ? pl_arena_new_wiped() : pl_arena_new();
    unsigned char *bytes = pl_arena_alloc(arena, size);

    is_zero(bytes, size);
    memset(bytes, 0xa5, size);
    pl_arena_free(arena);
    return bytes;
}

static void a_chunk_is_used_again_and_is_zero(void **state)
{
    (void)state;
    for (size_t size = CHUNK_MIN; size <= LARGEST; size *= 2) {
        unsigned char *first = dirty(size, false);

        ROW("%zu bytes", size);
        assert_ptr_equal(dirty(size, false), first);
        assert_ptr_equal(dirty(size, true), first);
        assert_ptr_equal(dirty(size, false), first);
        dirty(size / 2 + 1, false);
    }
}

static void arenas_at_once_share_nothing(void **state)
{
    struct pl_arena *arenas[3 * SPARES];
    char *texts[PL_LEN(arenas)];

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < PL_LEN(arenas); i++) {
            arenas[i] = pl_arena_new();
            texts[i] = pl_arena_printf(arenas[i], "arena %zu", i);
        }
        for (size_t i = 0; i < PL_LEN(arenas); i++)
            assert_string_equal(texts[i], pl_arena_printf(arenas[i], "arena %zu", i));
        for (size_t i = 0; i < PL_LEN(arenas); i++)
            pl_arena_free(arenas[i]);
    }
    assert_int_equal(spares[0].n, SPARES);
}

static void what_is_large_or_odd_goes(void **state)
{
    int n = 0;

    (void)state;
    dirty((size_t)LARGEST * 2, false);
    dirty(LARGEST + 1, false);
    for (size_t i = 0; i < SPARE_SIZES; i++)
        for (const struct chunk *c = spares[i].first; c != NULL; c = c->next, n++) {
            assert_int_equal(c->size, CHUNK_MIN << i);
            is_zero(c->bytes, c->size);
        }
    assert_true(n > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chunk_is_used_again_and_is_zero),
        cmocka_unit_test(arenas_at_once_share_nothing),
        cmocka_unit_test(what_is_large_or_odd_goes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
