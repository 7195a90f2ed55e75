/* test_trust.c - which certificates are trusted. That they are is seen in tests/e2e/test_network.sh. */
#include "harness.h"

#include <stdlib.h>

#include "io_priv.h"

static void check(const char *file, const char *folder)
{
    struct io_trust trust = io_trust();

    if (file != NULL)
        assert_string_equal(trust.file, file);
    else
        assert_null(trust.file);
    if (folder != NULL)
        assert_string_equal(trust.folder, folder);
    else
        assert_null(trust.folder);
}

static void the_first_that_is_named_counts(void **state)
{
    (void)state;
    (void)setenv("SSL_CERT_FILE", "/a.pem", 1);
    (void)setenv("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", "/b.pem", 1);
    (void)setenv("SSL_CERT_DIR", "/c", 1);
    check("/a.pem", NULL);
    (void)setenv("SSL_CERT_FILE", "", 1);
    check("/b.pem", NULL);
    (void)unsetenv("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE");
    check(NULL, "/c");
    (void)setenv("SSL_CERT_DIR", "", 1);
    assert_true((io_trust().file == NULL) != (io_trust().folder == NULL));
}

/* A folder of certificates that nobody has hashed is none to look up in. */
static void the_folder_counts_where_its_names_are_hashes(void **state)
{
    static const struct {
        const char *name;
        bool hashed;
    } rows[] = {
        {"root.pem", false},  {"1001acf7", false},   {"1001acf7.pem", false},
        {"1001acf.0", false}, {"1001acfg.0", false}, {"1001acf7a.0", false},
        {"1001acf7.0", true}, {"06dc52d5.12", true},
    };
    char *dir = harness_temp_dir();
    struct pl_arena *arena = pl_arena_new();

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct io_trust trust;

        ROW("%s", rows[i].name);
        harness_write(harness_path(arena, dir, rows[i].name), "");
        trust = io_trust_of("/bundle.pem", dir);
        assert_ptr_equal(trust.folder, rows[i].hashed ? dir : NULL);
        assert_int_equal(trust.file == NULL, rows[i].hashed);
    }
    assert_string_equal(io_trust_of("/bundle.pem", "/nonexistent").file, "/bundle.pem");
    pl_arena_free(arena);
    harness_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_that_is_named_counts),
        cmocka_unit_test(the_folder_counts_where_its_names_are_hashes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
