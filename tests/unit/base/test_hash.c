/* test_hash.c - fingerprints against the vectors of FIPS 180-4 (cut to 64 bits). */
#include "harness.h"

#include <string.h>

#include "plumbline/hash.h"

static void known_vectors(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"", "e3b0c44298fc1c14"},
        {"abc", "ba7816bf8f01cfea"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8"},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++)
        assert_string_equal(pl_hash_text(*state, rows[i].text, strlen(rows[i].text)), rows[i].want);
}

/* `printf %s TEXT | openssl dgst -sha256 -binary | base64` */
static void whole_hashes_in_base64(void **state)
{
    assert_string_equal(pl_hash_base64(*state, "", 0),
                        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assert_string_equal(pl_hash_base64(*state, "abc", 3),
                        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

static void every_byte_counts(void **state)
{
    assert_string_not_equal(pl_hash_text(*state, "a\0b", 3), pl_hash_text(*state, "a\0c", 3));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(known_vectors, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(whole_hashes_in_base64, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(every_byte_counts, harness_arena, harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
