/* test_auth.c - tokens from a service account's key: a real key pair, a real signature, judged by plumbline-sim. */
#include "sim_run.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "gcp_priv.h"

/* A key pair made for this run: the private half in a credential file, the public half for the simulator. */
struct keys {
    char *dir;
    const char *file, *public_pem;
};

static char *private_pem(struct pl_arena *arena, EVP_PKEY *key)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *text = NULL;
    long len;

    assert_int_equal(PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL), 1);
    len = BIO_get_mem_data(bio, &text);
    text = pl_arena_strndup(arena, text, (size_t)len);
    BIO_free(bio);
    return text;
}

static struct keys make_keys(struct pl_arena *arena, EVP_PKEY *key)
{
    struct keys keys = {.dir = harness_temp_dir()};
    struct pl_buf json = {0};
    const char *pem = private_pem(arena, key);
    FILE *out;

    keys.file = harness_path(arena, keys.dir, "key.json");
    keys.public_pem = harness_path(arena, keys.dir, "public.pem");
    pl_buf_adds(&json, "{\"type\":\"service_account\",\"client_email\":\"x@acme-staging.iam."
                       "gserviceaccount.com\",\"private_key_id\":\"kid\",\"private_key\":");
    pl_json_write_string(&json, pem, strlen(pem));
    pl_buf_adds(&json, "}");
    harness_write(keys.file, pl_buf_str(&json));
    pl_buf_free(&json);
    out = fopen(keys.public_pem, "we");
    assert_non_null(out);
    assert_int_equal(PEM_write_PUBKEY(out, key), 1);
    assert_int_equal(fclose(out), 0);
    return keys;
}

static const struct pl_world *observe_with(struct pl_arena *arena, const struct keys *keys,
                                           const char *faults, struct pl_gcp_stats *stats,
                                           struct pl_err *err)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_sql_instance};
    const char *more[] = {"--key-public", keys->public_pem, NULL};
    struct child sim;
    struct pl_gcp_options options;
    const struct pl_world *world;

    child_start(&sim, NULL, faults, more);
    setenv("GOOGLE_APPLICATION_CREDENTIALS", keys->file, 1);
    options = sim_options(arena, &sim);
    options.kinds = kinds;
    options.n_kinds = 1;
    world = sim_observe(arena, &options, stats, err);
    child_end(&sim, 0);
    return world;
}

static void a_key_gives_a_token(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key);
    struct pl_gcp_options options = {0};
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world = observe_with(arena, &keys, NULL, &stats, &err);

    assert_non_null(world);
    assert_int_equal(world->n_resources, 3);
    assert_int_equal(world->n_unobserved, 0);
    assert_string_equal(pl_gcp_identity(arena, NULL, &options, &err),
                        pl_arena_printf(arena,
                                        "service account x@acme-staging.iam.gserviceaccount.com "
                                        "(GOOGLE_APPLICATION_CREDENTIALS=%s)",
                                        keys.file));
    harness_remove(keys.dir);
    EVP_PKEY_free(key);
}

/* The assertion asks for an audience instead of a scope; the simulator refuses both together. */
static void a_key_gives_an_identity_token(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key);
    const char *more[] = {"--key-public", keys.public_pem, NULL};
    struct pl_gcp_options options;
    struct pl_secret *token;
    struct pl_loop *loop;
    struct child sim;
    struct pl_err err;

    child_start(&sim, NULL, NULL, more);
    setenv("GOOGLE_APPLICATION_CREDENTIALS", keys.file, 1);
    options = sim_options(arena, &sim);
    loop = pl_loop_new(&err);
    token = pl_gcp_identity_token(arena, loop, &options, "https://x", &err);
    pl_loop_free(loop);
    assert_non_null(token);
    /* {"aud":"https://x","iss":"https://accounts.google.com","email":" */
    assert_non_null(strstr(pl_secret_reveal(token),
                           ".eyJhdWQiOiJodHRwczovL3giLCJpc3MiOiJodHRwczovL2FjY291bnRzLmdvb2dsZS5j"
                           "b20iLCJlbWFpbCI6"));
    child_end(&sim, 0);
    harness_remove(keys.dir);
    EVP_PKEY_free(key);
}

/* The member in a remedy is who this program is. */
static void a_remedy_names_the_account(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key);
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world = observe_with(
        arena, &keys, "{\"match\":{\"kind\":\"sql.instance\"},\"action\":\"permission_denied\"}",
        &stats, &err);

    assert_non_null(world);
    assert_string_equal(world->unobserved[0].remedy,
                        "gcloud projects add-iam-policy-binding acme-staging "
                        "--member=serviceAccount:x@acme-staging.iam.gserviceaccount.com "
                        "--role=roles/cloudsql.viewer");
    harness_remove(keys.dir);
    EVP_PKEY_free(key);
}

static void a_token_endpoint_that_stumbles(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key);
    struct pl_gcp_stats stats;
    struct pl_err err;
    const struct pl_world *world = observe_with(
        arena, &keys,
        "{\"match\":{\"host\":\"oauth2.googleapis.com\"},\"action\":\"unavailable\",\"count\":2}",
        &stats, &err);

    assert_non_null(world);
    assert_int_equal(world->n_resources, 3);
    assert_int_equal(stats.retries, 2);
    harness_remove(keys.dir);
    EVP_PKEY_free(key);
}

/* Three hundred times the first wait, for which there would else be sixteen at the most. */
static void a_token_endpoint_says_how_long_to_wait(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key);
    struct pl_gcp_stats stats;
    struct pl_err err;
    int64_t began = pl_clock_mono_ns();

    assert_non_null(observe_with(arena, &keys,
                                 "{\"match\":{\"host\":\"oauth2.googleapis.com\"},\"action\":"
                                 "\"rate_limited\",\"retry_after\":300,\"count\":1}",
                                 &stats, &err));
    assert_int_equal(stats.retries, 1);
    assert_true(pl_clock_mono_ns() - began >= INT64_C(300000000));
    harness_remove(keys.dir);
    EVP_PKEY_free(key);
}

/* One without a lifetime would be renewed before it is used, again and again: it is tried, and once another. */
static void a_token_that_comes_dead_is_no_circle(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key);
    struct pl_gcp_stats stats;
    struct pl_err err = {0};
    const struct pl_world *world =
        observe_with(arena, &keys,
                     "{\"match\":{\"host\":\"oauth2.googleapis.com\"},\"action\":\"expires_in\","
                     "\"seconds\":0,\"count\":50}",
                     &stats, &err);

    if (world == NULL)
        fail_msg("%s", err.text);
    assert_string_equal(gaps_text(arena, world), "sql.instance projects/acme-staging: auth\n");
    assert_int_equal(stats.requests, 2);
    harness_remove(keys.dir);
    EVP_PKEY_free(key);
}

/* Google's words are the same for a key whose clock is wrong; its own clock stands in the answer's header. */
static void a_wrong_clock_is_told(void **state)
{
    static const struct {
        int minutes;
        const char *said;
    } rows[] = {{-180, "this machine's clock is 180 min behind Google's: set it"},
                {180, "this machine's clock is 180 min ahead of Google's: set it"}};
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key);

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_gcp_stats stats;
        struct pl_err err = {0};

        pl_clock_freeze_wall(-1);
        pl_clock_freeze_wall(pl_clock_wall_ns() + rows[i].minutes * INT64_C(60000000000));
        assert_null(observe_with(arena, &keys, NULL, &stats, &err));
        pl_clock_freeze_wall(-1);
        assert_non_null(strstr(err.text, "refused it: HTTP 400 invalid_grant: Invalid JWT: "));
        assert_string_equal(strrchr(err.text, ';') + 2, rows[i].said);
    }
    harness_remove(keys.dir);
    EVP_PKEY_free(key);
}

/* Who was let in, and is not any more, hears how these credentials are renewed, and not others. */
static void the_way_out_is_that_of_the_credentials(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key);
    struct pl_gcp_stats stats;
    struct pl_err err = {0};
    const struct pl_world *world = observe_with(
        arena, &keys, "{\"match\":{\"kind\":\"sql.instance\"},\"action\":\"unauthorized\"}", &stats,
        &err);

    assert_non_null(world);
    assert_string_equal(world->unobserved[0].reason, "auth");
    assert_string_equal(world->unobserved[0].remedy,
                        "is the key still there? gcloud iam service-accounts keys list "
                        "--iam-account=x@acme-staging.iam.gserviceaccount.com");
    harness_remove(keys.dir);
    EVP_PKEY_free(key);
}

/* Somebody else's key: Google's words, the file's name, and nothing of the key. */
static void a_key_that_google_does_not_know(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048), *other = EVP_RSA_gen(2048);
    struct keys keys = make_keys(arena, key), others = make_keys(arena, other);
    struct keys mixed = {keys.dir, keys.file, others.public_pem};
    struct pl_gcp_stats stats;
    struct pl_err err;

    assert_null(observe_with(arena, &mixed, NULL, &stats, &err));
    CHECK_ERR(
        err, PL_E_AUTH,
        pl_arena_printf(arena,
                        "GOOGLE_APPLICATION_CREDENTIALS=%s: oauth2.googleapis.com refused it: "
                        "HTTP 400 invalid_grant: Invalid JWT Signature.; is the key still there? "
                        "gcloud iam service-accounts keys list "
                        "--iam-account=x@acme-staging.iam.gserviceaccount.com",
                        keys.file));
    harness_remove(keys.dir);
    harness_remove(others.dir);
    EVP_PKEY_free(key);
    EVP_PKEY_free(other);
}

static void a_key_that_is_none(void **state)
{
    static const char *const pems[] = {
        "", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"};
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(pems); i++) {
        struct pl_gcp_credentials c = {
            .origin = "FILE", .email = "x@y", .token_uri = "https://t/token"};
        struct pl_err err;

        c.private_key = pl_secret_new(arena, pems[i], strlen(pems[i]));
        assert_null(pl_gcp_jwt(arena, &c, NULL, 1000, &err));
        CHECK_ERR(err, PL_E_AUTH, "FILE: private_key is no RSA key in PEM without a passphrase");
    }
}

/* Header and claims to the letter, and a signature that the public key accepts. */
static void the_assertion_is_a_jwt(void **state)
{
    struct pl_arena *arena = *state;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    const char *pem = private_pem(arena, key);
    struct pl_gcp_credentials c = {.origin = "FILE",
                                   .email = "x@y",
                                   .key_id = "k\"1",
                                   .token_uri = "https://oauth2.googleapis.com/token"};
    struct pl_secret *jwt;
    struct pl_err err;
    const char *text, *wanted, *dot;

    c.private_key = pl_secret_new(arena, pem, strlen(pem));
    jwt = pl_gcp_jwt(arena, &c, NULL, 1000, &err);
    assert_non_null(jwt);
    text = pl_secret_reveal(jwt);
    /* {"alg":"RS256","typ":"JWT","kid":"k\"1"}.
     * {"iss":"x@y","scope":"https://www.googleapis.com/auth/cloud-platform","aud":
     * "https://oauth2.googleapis.com/token","iat":1000,"exp":4600} */
    wanted = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImtcIjEifQ."
             "eyJpc3MiOiJ4QHkiLCJzY29wZSI6Imh0dHBzOi8vd3d3Lmdvb2dsZWFwaXMuY29tL2F1dGgvY2xvdWQtcGxhd"
             "GZvcm0iLCJhdWQi"
             "OiJodHRwczovL29hdXRoMi5nb29nbGVhcGlzLmNvbS90b2tlbiIsImlhdCI6MTAwMCwiZXhwIjo0NjAwfQ.";
    assert_memory_equal(text, wanted, strlen(wanted));
    dot = strrchr(text, '.');
    assert_int_equal(strlen(dot + 1), 342); /* 256 bytes without padding */
    EVP_PKEY_free(key);
}

/* ---- when a new token is fetched ---- */

static struct pl_gcp_auth ready(struct pl_gcp *gcp, enum pl_gcp_auth_type type, int64_t renew_in_ns)
{
    struct pl_gcp_auth auth = {.gcp = gcp, .state = PL_GCP_TOKEN_READY, .serial = 2};

    auth.credentials.type = type;
    auth.renew_at = pl_clock_mono_ns() + renew_in_ns;
    return auth;
}

static void a_token_is_renewed_before_its_end(void **state)
{
    static const int64_t hour = INT64_C(3600000000000);
    struct pl_err err;
    struct pl_gcp gcp = {.loop = pl_loop_new(&err)};
    struct pl_gcp_auth auth = ready(&gcp, PL_GCP_AUTH_METADATA, hour);

    (void)state;
    assert_int_equal(pl_gcp_auth_poll(&auth), PL_GCP_TOKEN_READY);
    auth = ready(&gcp, PL_GCP_AUTH_METADATA, -1);
    assert_int_equal(pl_gcp_auth_poll(&auth), PL_GCP_TOKEN_COMING);
    assert_int_equal(pl_gcp_auth_poll(&auth), PL_GCP_TOKEN_COMING); /* one exchange, not two */
    pl_gcp_auth_close(&auth);
    pl_loop_free(gcp.loop);
}

static const struct {
    enum pl_gcp_auth_type type;
    unsigned refused, proven;
    bool again;
    enum pl_gcp_token_state after;
} refusals[] = {
    {PL_GCP_AUTH_TOKEN, 2, 2, false, PL_GCP_TOKEN_READY},   /* there is no other */
    {PL_GCP_AUTH_METADATA, 1, 2, true, PL_GCP_TOKEN_READY}, /* the one before: a new one is there */
    {PL_GCP_AUTH_METADATA, 2, 2, true, PL_GCP_TOKEN_NONE},  /* it was good until now */
    {PL_GCP_AUTH_METADATA, 2, 1, false, PL_GCP_TOKEN_READY}, /* new, and never accepted */
};

static void a_refused_token_is_replaced_once(void **state)
{
    struct pl_gcp gcp = {0};

    (void)state;
    for (size_t i = 0; i < PL_LEN(refusals); i++) {
        struct pl_gcp_auth auth = ready(&gcp, refusals[i].type, 1);

        auth.proven = refusals[i].proven;
        assert_int_equal(pl_gcp_auth_refused(&auth, refusals[i].refused), refusals[i].again);
        assert_int_equal(auth.state, refusals[i].after);
    }
}

static int setup(void **state)
{
    no_credentials();
    return harness_arena(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_key_gives_a_token),
        TEST(a_key_gives_an_identity_token),
        TEST(a_remedy_names_the_account),
        TEST(a_token_endpoint_that_stumbles),
        TEST(a_token_endpoint_says_how_long_to_wait),
        TEST(a_token_that_comes_dead_is_no_circle),
        TEST(a_wrong_clock_is_told),
        TEST(the_way_out_is_that_of_the_credentials),
        TEST(a_key_that_google_does_not_know),
        TEST(a_key_that_is_none),
        TEST(the_assertion_is_a_jwt),
        TEST(a_token_is_renewed_before_its_end),
        TEST(a_refused_token_is_replaced_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
