/* test_secret.c - secrets compare, are wiped, and leave nothing but a mark. */
#include "harness.h"

#include <string.h>

#include "plumbline/secret.h"

static const unsigned char key_a[32] = {1}, key_b[32] = {2};

static void marks_tell_length_and_change_only(void **state)
{
    const char *mark = pl_secret_mark(*state, "hunter2", 7, key_a);

    /* HMAC-SHA256 under 01 00 .. 00, first four bytes; checked with openssl dgst. */
    assert_string_equal(mark, "<redacted: 7 bytes, 478c1b30>");
    assert_string_equal(pl_secret_mark(*state, "hunter2", 7, key_a), mark);
    assert_string_not_equal(pl_secret_mark(*state, "hunter3", 7, key_a), mark);
    assert_string_not_equal(pl_secret_mark(*state, "hunter2", 7, key_b), mark);
    assert_string_equal(pl_secret_mark(*state, "hunter2", 7, NULL), "<redacted: 7 bytes>");
    assert_string_equal(pl_secret_mark(*state, "", 0, NULL), "<redacted: 0 bytes>");
}

static void secrets_are_copies(void **state)
{
    char text[] = "token\0tail";
    struct pl_secret *a = pl_secret_new(*state, text, 5);

    pl_wipe(text, sizeof text);
    assert_memory_equal(text, "\0\0\0\0\0\0\0\0\0\0", 10);
    pl_wipe(NULL, 0);
    assert_string_equal(pl_secret_reveal(a), "token");
    assert_int_equal(pl_secret_len(a), 5);
}

/* Shows itself the bytes of a secret of the same arena when the arena goes. */
struct witness {
    const struct pl_secret *secret;
};

static char seen[6];

static void look(void *object)
{
    const struct witness *witness = object;

    memcpy(seen, pl_secret_reveal(witness->secret), 5);
}

static void bytes_are_wiped_with_the_arena(void **state)
{
    struct pl_arena *arena = pl_arena_new();
    struct witness *witness = PL_NEW(arena, struct witness);

    (void)state;
    /* Registered first, so it runs last: after the wipe, before the memory goes. */
    pl_arena_defer(arena, look, witness);
    witness->secret = pl_secret_new(arena, "token", 5);
    look(witness);
    assert_string_equal(seen, "token");
    pl_arena_free(arena);
    assert_memory_equal(seen, "\0\0\0\0\0", 5);
}

static void a_mark_is_found_again(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        bool hashed;
    } rows[] = {
        {"", 0, false},
        {"<redacted>", 0, false},
        {"<redacted: bytes>", 0, false},
        {"<redacted: 12 bytes", 0, false},
        {"<redacted: 12 bytes, 9f3a61c>", 0, false},
        {"<redacted: 12 bytes, 9f3a61c2f>", 0, false},
        {" <redacted: 12 bytes>", 0, false},
        {"<redacted: 12 bytes>", 20, false},
        {"<redacted: 12 bytes>@host", 20, false},
        {"<redacted: 12 bytes, 9f3a61c2>/", 30, true},
    };
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        bool hashed = !rows[i].hashed;
        assert_int_equal(pl_secret_mark_len(rows[i].text, NULL), rows[i].len);
        assert_int_equal(pl_secret_mark_len(rows[i].text, &hashed), rows[i].len);
        if (rows[i].len > 0)
            assert_int_equal(hashed, rows[i].hashed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_is_found_again),
        cmocka_unit_test_setup_teardown(marks_tell_length_and_change_only, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(secrets_are_copies, harness_arena, harness_arena_free),
        cmocka_unit_test(bytes_are_wiped_with_the_arena),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
