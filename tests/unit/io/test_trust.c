/* test_trust.c - a bundle of which only what is asked for is parsed: the same chains are good as with all of it. */
#include "harness.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#include "io_priv.h"

struct signer {
    X509 *cert;
    EVP_PKEY *key;
    const char *pem;
};

struct place {
    struct pl_arena *arena;
    char *dir;
    const char *file;
    struct signer root, same_name, other, version_1, leaf, leaf_of_same_name, stray;
};

static void add_extension(X509 *cert, X509 *issuer, int nid, const char *value)
{
    X509_EXTENSION *extension;
    X509V3_CTX ctx;

    X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);

    assert_non_null(extension);
    assert_int_equal(X509_add_ext(cert, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

/* A certificate of `by`'s, or a self-signed one. */
static struct signer make(struct pl_arena *arena, const char *cn, const struct signer *by,
                          long version)
{
    struct signer s = {.cert = X509_new(), .key = EVP_EC_gen("P-256")};
    BIO *bio = BIO_new(BIO_s_mem());
    char *pem = NULL;
    long len;

    assert_non_null(s.key);
    (void)X509_set_version(s.cert, version);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(s.cert), 7);
    (void)X509_gmtime_adj(X509_getm_notBefore(s.cert), -3600);
    (void)X509_gmtime_adj(X509_getm_notAfter(s.cert), 3600);
    (void)X509_NAME_add_entry_by_txt(X509_get_subject_name(s.cert), "CN", MBSTRING_ASC,
                                     (const unsigned char *)cn, -1, -1, 0);
    (void)X509_set_issuer_name(s.cert, X509_get_subject_name(by != NULL ? by->cert : s.cert));
    (void)X509_set_pubkey(s.cert, s.key);
    if (version == X509_VERSION_3) {
        add_extension(s.cert, s.cert, NID_subject_key_identifier, "hash");
        add_extension(s.cert, by != NULL ? by->cert : s.cert, NID_authority_key_identifier,
                      "keyid");
        add_extension(s.cert, s.cert, NID_basic_constraints,
                      by != NULL ? "critical,CA:FALSE" : "critical,CA:TRUE");
    }
    assert_true(X509_sign(s.cert, by != NULL ? by->key : s.key, EVP_sha256()) > 0);
    (void)PEM_write_bio_X509(bio, s.cert);
    len = BIO_get_mem_data(bio, &pem);
    s.pem = pl_arena_strndup(arena, pem, (size_t)len);
    BIO_free(bio);
    return s;
}

static int make_place(void **state)
{
    static struct place p;

    p = (struct place){.arena = pl_arena_new(), .dir = harness_temp_dir()};
    p.file = harness_path(p.arena, p.dir, "bundle.pem");
    p.root = make(p.arena, "root", NULL, X509_VERSION_3);
    p.same_name = make(p.arena, "root", NULL, X509_VERSION_3);
    p.other = make(p.arena, "other", NULL, X509_VERSION_3);
    p.version_1 = make(p.arena, "old", NULL, X509_VERSION_1);
    p.leaf = make(p.arena, "leaf", &p.root, X509_VERSION_3);
    p.leaf_of_same_name = make(p.arena, "leaf", &p.same_name, X509_VERSION_3);
    p.stray = make(p.arena, "stray", NULL, X509_VERSION_3);
    *state = &p;
    return 0;
}

static void drop(struct signer *s)
{
    X509_free(s->cert);
    EVP_PKEY_free(s->key);
}

static int drop_place(void **state)
{
    struct place *p = *state;

    drop(&p->root);
    drop(&p->same_name);
    drop(&p->other);
    drop(&p->version_1);
    drop(&p->leaf);
    drop(&p->leaf_of_same_name);
    drop(&p->stray);
    harness_remove(p->dir);
    pl_arena_free(p->arena);
    return 0;
}

static X509_STORE *trust(struct place *p, const char *pem)
{
    harness_write(p->file, pem);
    return io_trust(p->file);
}

/* X509_V_OK or why not. */
static int verify(X509_STORE *store, X509 *cert)
{
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    int error;

    assert_non_null(store);
    assert_int_equal(X509_STORE_CTX_init(ctx, store, cert, NULL), 1);
    error = X509_verify_cert(ctx) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(ctx);
    X509_STORE_CTX_free(ctx);
    return error;
}

static int n_parsed(X509_STORE *store)
{
    return sk_X509_OBJECT_num(X509_STORE_get0_objects(store));
}

static void only_what_is_asked_for_is_parsed(void **state)
{
    struct place *p = *state;
    X509_STORE *store =
        trust(p, pl_arena_printf(p->arena, "# comment\n%s\n%stext\n%s%s", p->version_1.pem,
                                 p->root.pem, p->other.pem, p->stray.pem));

    assert_non_null(store);
    assert_int_equal(n_parsed(store), 0);
    assert_int_equal(verify(store, p->leaf.cert), X509_V_OK);
    assert_int_equal(n_parsed(store), 1);
    assert_int_equal(verify(store, p->leaf.cert), X509_V_OK);
    assert_int_equal(n_parsed(store), 1);
    assert_int_equal(verify(store, p->version_1.cert), X509_V_OK);
    assert_int_equal(n_parsed(store), 2);
}

static void of_several_with_one_name_the_right_one_counts(void **state)
{
    struct place *p = *state;
    X509_STORE *store = trust(p, pl_arena_printf(p->arena, "%s%s", p->root.pem, p->same_name.pem));

    assert_int_equal(verify(store, p->leaf_of_same_name.cert), X509_V_OK);
    assert_int_equal(verify(store, p->leaf.cert), X509_V_OK);
    assert_int_equal(n_parsed(store), 2);
}

static void nobody_else_is_trusted(void **state)
{
    struct place *p = *state;
    X509_STORE *store = trust(p, p->same_name.pem);

    assert_int_equal(verify(store, p->leaf.cert), X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    assert_int_equal(verify(store, p->stray.cert), X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
}

/* As with libcurl: a certificate in the file ends the chain, whoever has signed it. */
static void what_is_in_the_file_ends_a_chain(void **state)
{
    struct place *p = *state;

    assert_int_equal(verify(trust(p, p->leaf.pem), p->leaf.cert), X509_V_OK);
}

static void another_file_is_another_store(void **state)
{
    struct place *p = *state;
    X509_STORE *store = trust(p, p->root.pem), *mine = store;

    assert_int_equal(X509_STORE_up_ref(store), 1); /* as a connection does */
    assert_ptr_equal(io_trust(p->file), store);
    store = trust(p, pl_arena_printf(p->arena, "%s%s", p->other.pem, p->other.pem));
    assert_int_equal(verify(store, p->leaf.cert), X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    assert_int_equal(verify(mine, p->leaf.cert), X509_V_OK);
    X509_STORE_free(mine);
}

/* What is more than certificates OpenSSL reads. */
static void other_things_in_the_file_count_as_before(void **state)
{
    struct place *p = *state;
    BIO *bio = BIO_new(BIO_s_mem());
    X509_STORE *store;
    char *pem = NULL;
    long len;

    (void)PEM_write_bio_X509_AUX(bio, p->other.cert);
    len = BIO_get_mem_data(bio, &pem);
    store = trust(p, pl_arena_printf(p->arena, "%s%.*s", p->root.pem, (int)len, pem));
    BIO_free(bio);
    assert_int_equal(n_parsed(store), 2);
    assert_int_equal(verify(store, p->leaf.cert), X509_V_OK);
}

static void what_cannot_be_read_is_no_store(void **state)
{
    static const char *const broken[] = {
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIGAMIGA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIAwgAIBATAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMA8wDQIBATAAMAAwADACMQA=\n-----END CERTIFICATE-----\nrest\n"
        "-----BEGIN CERTIFICATE-----\n",
    };
    struct place *p = *state;

    for (size_t i = 0; i < PL_LEN(broken); i++) {
        ROW("%s", broken[i]);
        assert_null(trust(p, broken[i]));
        assert_null(trust(
            p, pl_arena_printf(p->arena, "%s%s", p->root.pem, i > 1 ? broken[i] : broken[2])));
    }
    assert_null(io_trust(harness_path(p->arena, p->dir, "absent.pem")));
    assert_null(io_trust(p->dir));
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, make_place, drop_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_what_is_asked_for_is_parsed), TEST(of_several_with_one_name_the_right_one_counts),
        TEST(nobody_else_is_trusted),           TEST(what_is_in_the_file_ends_a_chain),
        TEST(another_file_is_another_store),    TEST(other_things_in_the_file_count_as_before),
        TEST(what_cannot_be_read_is_no_store),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
