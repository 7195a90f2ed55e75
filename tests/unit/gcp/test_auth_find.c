/* test_auth_find.c - whose credentials are taken, and what is said about files that cannot be used. */
#include "gcp_priv.h"
#include "harness.h"

#include <stdlib.h>
#include <string.h>

static const char *const variables[] = {"CLOUDSDK_AUTH_ACCESS_TOKEN",
                                        "GOOGLE_APPLICATION_CREDENTIALS",
                                        "CLOUDSDK_CONFIG",
                                        "GCE_METADATA_HOST",
                                        "NO_GCE_CHECK",
                                        "GOOGLE_CLOUD_PROJECT",
                                        "GOOGLE_CLOUD_QUOTA_PROJECT",
                                        "GCLOUD_PROJECT",
                                        "CLOUDSDK_CORE_PROJECT",
                                        "HOME"};

#define KEY                                                                                        \
    "{\"type\":\"service_account\",\"client_email\":\"x@acme.iam.gserviceaccount.com\",\"private_" \
    "key\":\"PEM-SECRET\",\"private_key_id\":\"kid\",\"project_id\":\"acme\"}"
#define USER                                                                                       \
    "{\"type\":\"authorized_user\",\"client_id\":\"id\",\"client_secret\":\"CS-SECRET\","          \
    "\"refresh_token\":\"RT-SECRET\",\"quota_project_id\":\"quota\"}"

static int parse(struct pl_arena *arena, const char *root, const char *text,
                 struct pl_gcp_credentials *out, struct pl_err *err)
{
    *out = (struct pl_gcp_credentials){0};
    return pl_gcp_credentials_parse(arena, root, "FILE", text, strlen(text), out, err);
}

/* ---- files ---- */

static const struct {
    const char *text, *error;
} bad[] = {
    {"", "FILE: this is no credential file: it is not JSON"},
    {"{\"private_key\":\"PEM-SECRET\" \"x\"}", "FILE: this is no credential file: it is not JSON"},
    {"[]", "FILE: this is no credential file: it has no \"type\""},
    {"{\"type\":7}", "FILE: this is no credential file: it has no \"type\""},
    {"{\"type\":\"service_account\",\"private_key\":\"k\"}",
     "FILE: a service account key needs client_email"},
    {"{\"type\":\"service_account\",\"client_email\":\"x@y\"}",
     "FILE: a service account key needs private_key"},
    {"{\"type\":\"authorized_user\",\"client_id\":\"x\",\"client_secret\":\"y\"}",
     "FILE: credentials of a user need refresh_token; run 'gcloud auth application-default login'"},
    {"{\"type\":\"service_account\",\"client_email\":\"x@y\",\"private_key\":\"k\",\"token_uri\":"
     "\"https://evil.example/token\"}",
     "FILE: token_uri must be https://oauth2.googleapis.com/token"},
    {"{\"type\":\"service_account\",\"client_email\":\"x@y\",\"private_key\":\"k\",\"token_uri\":"
     "\"http://oauth2.googleapis.com/token\"}",
     "FILE: token_uri must be https://oauth2.googleapis.com/token"},
    {"{\"type\":\"service_account\",\"client_email\":\"x@y\",\"private_key\":\"k\",\"token_uri\":"
     "\"https://evilgoogleapis.com/token\"}",
     "FILE: token_uri must be https://oauth2.googleapis.com/token"},
    {"{\"type\":\"service_account\",\"client_email\":\"x@y\",\"private_key\":\"k\",\"token_uri\":"
     "\"https://a@oauth2.googleapis.com/token\"}",
     "FILE: token_uri must be https://oauth2.googleapis.com/token"},
};

static void bad_files_are_refused(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    for (size_t i = 0; i < PL_LEN(bad); i++) {
        ROW("%s", bad[i].text);
        assert_int_equal(parse(*state, NULL, bad[i].text, &c, &err), -1);
        CHECK_ERR(err, PL_E_AUTH, bad[i].error);
    }
}

static void a_service_account_key(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    assert_int_equal(parse(*state, NULL, KEY, &c, &err), 0);
    assert_int_equal(c.type, PL_GCP_AUTH_SERVICE_ACCOUNT);
    assert_string_equal(c.email, "x@acme.iam.gserviceaccount.com");
    assert_string_equal(pl_secret_reveal(c.private_key), "PEM-SECRET");
    assert_string_equal(c.key_id, "kid");
    assert_string_equal(c.project, "acme");
    assert_string_equal(c.token_uri, "https://oauth2.googleapis.com/token");
    assert_string_equal(c.token_host, "oauth2.googleapis.com");
    assert_string_equal(c.token_path, "/token");
    assert_string_equal(pl_gcp_credentials_member(*state, &c),
                        "serviceAccount:x@acme.iam.gserviceaccount.com");
}

static void a_user(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    assert_int_equal(parse(*state, NULL, USER, &c, &err), 0);
    assert_int_equal(c.type, PL_GCP_AUTH_USER);
    assert_string_equal(c.client_id, "id");
    assert_string_equal(pl_secret_reveal(c.refresh_token), "RT-SECRET");
    assert_string_equal(c.quota_project, "quota");
    assert_null(pl_gcp_credentials_member(*state, &c));
}

/* Under --api-root whatever the file names is reached through it. */
static void any_endpoint_under_a_root(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    assert_int_equal(parse(*state, "http://127.0.0.1:9",
                           "{\"type\":\"service_account\",\"client_email\":\"x@y\",\"private_key\":"
                           "\"k\",\"token_uri\":\"https://elsewhere.example/token\"}",
                           &c, &err),
                     0);
    assert_string_equal(c.token_host, "elsewhere.example");
}

/* ---- the order ---- */

static void the_order_is_googles(void **state)
{
    struct pl_arena *arena = *state;
    char *dir = harness_temp_dir();
    const char *key = harness_path(arena, dir, "key.json");
    const char *adc = harness_path(arena, dir, "application_default_credentials.json");
    struct pl_gcp_credentials c;
    struct pl_err err;

    harness_write(key, KEY);
    harness_write(adc, USER);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", "tok\n", 1);
    setenv("GOOGLE_APPLICATION_CREDENTIALS", key, 1);
    setenv("CLOUDSDK_CONFIG", dir, 1);
    setenv("GCE_METADATA_HOST", "127.0.0.1:1", 1);
    assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), 0);
    assert_int_equal(c.type, PL_GCP_AUTH_TOKEN);
    assert_string_equal(pl_secret_reveal(c.token), "tok");

    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", "no token", 1);
    assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), -1);
    CHECK_ERR(err, PL_E_AUTH,
              "CLOUDSDK_AUTH_ACCESS_TOKEN holds no access token; export "
              "CLOUDSDK_AUTH_ACCESS_TOKEN=$(gcloud auth print-access-token)");

    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", "", 1);
    assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), 0);
    assert_int_equal(c.type, PL_GCP_AUTH_SERVICE_ACCOUNT);
    assert_string_equal(c.origin, pl_arena_printf(arena, "GOOGLE_APPLICATION_CREDENTIALS=%s", key));

    unsetenv("GOOGLE_APPLICATION_CREDENTIALS");
    assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), 0);
    assert_int_equal(c.type, PL_GCP_AUTH_USER);
    assert_string_equal(c.origin, adc);
    assert_string_equal(c.quota_project, "quota");
    setenv("GOOGLE_CLOUD_QUOTA_PROJECT", "mine", 1);
    assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), 0);
    assert_string_equal(c.quota_project, "mine");

    unsetenv("CLOUDSDK_CONFIG");
    assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), 0);
    assert_int_equal(c.type, PL_GCP_AUTH_METADATA);
    assert_string_equal(c.metadata_host, "127.0.0.1:1");
    unsetenv("GCE_METADATA_HOST");
    assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), 0);
    assert_string_equal(c.metadata_host, "metadata.google.internal");
    assert_true(c.metadata_guess);
    harness_remove(dir);
}

static void nobody_is_an_error_with_a_way_out(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    setenv("NO_GCE_CHECK", "true", 1);
    setenv("HOME", "/nowhere", 1);
    assert_int_equal(pl_gcp_credentials_find(*state, NULL, &c, &err), -1);
    CHECK_ERR(err, PL_E_AUTH,
              "no Google credentials: CLOUDSDK_AUTH_ACCESS_TOKEN and "
              "GOOGLE_APPLICATION_CREDENTIALS are not set, there is no "
              "/nowhere/.config/gcloud/application_default_credentials.json, and NO_GCE_CHECK "
              "rules out a metadata server; run "
              "'gcloud auth application-default login'");
}

static void a_named_file_must_be_there(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json", 1);
    setenv("GCE_METADATA_HOST", "127.0.0.1:1", 1);
    assert_int_equal(pl_gcp_credentials_find(*state, NULL, &c, &err), -1);
    assert_int_equal(err.code, PL_E_AUTH);
    assert_non_null(strstr(err.text, "GOOGLE_APPLICATION_CREDENTIALS: "));
    assert_non_null(strstr(err.text, "/nowhere/key.json"));
}

/* The environment says which universe it is, and a file must agree. */
static const struct {
    const char *name, *value, *file, *error;
} universes[] = {
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "example.cloud", "example.cloud", NULL},
    {"CLOUDSDK_CORE_UNIVERSE_DOMAIN", "example.cloud", "example.cloud", NULL},
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "googleapis.com", NULL, NULL},
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "", "googleapis.com", NULL},
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "example.cloud", "evil.example",
     "GOOGLE_APPLICATION_CREDENTIALS: FILE: universe_domain is 'evil.example', but "
     "GOOGLE_CLOUD_UNIVERSE_DOMAIN is 'example.cloud'"},
    {"CLOUDSDK_CORE_UNIVERSE_DOMAIN", "example.cloud", NULL,
     "GOOGLE_APPLICATION_CREDENTIALS: FILE: universe_domain is 'googleapis.com', but "
     "CLOUDSDK_CORE_UNIVERSE_DOMAIN is 'example.cloud'"},
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "", "evil.example",
     "GOOGLE_APPLICATION_CREDENTIALS: FILE: universe_domain is 'evil.example', and nothing says "
     "that this cloud is meant; set GOOGLE_CLOUD_UNIVERSE_DOMAIN=evil.example if it is"},
#define FORM                                                                                       \
    "GOOGLE_CLOUD_UNIVERSE_DOMAIN wants a domain in lower case such as example.cloud, without a "  \
    "scheme"
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "https://example.cloud", NULL, FORM},
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "evil.example/x", NULL, FORM},
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "cloud", NULL, FORM},
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", ".cloud", NULL, FORM},
    {"GOOGLE_CLOUD_UNIVERSE_DOMAIN", "a..cloud", NULL, FORM},
};

static void a_universe_is_the_environments_word(void **state)
{
    struct pl_arena *arena = *state;
    char *dir = harness_temp_dir();
    const char *file = harness_path(arena, dir, "adc.json");

    setenv("GOOGLE_APPLICATION_CREDENTIALS", file, 1);
    for (size_t i = 0; i < PL_LEN(universes); i++) {
        struct pl_gcp_credentials c;
        struct pl_err err;
        const char *domain = universes[i].file;

        ROW("%s=%s", universes[i].name, universes[i].value);
        harness_write(file,
                      pl_arena_printf(arena,
                                      "{\"type\":\"authorized_user\",\"client_id\":\"c\","
                                      "\"client_secret\":\"s\",\"refresh_token\":\"r\"%s%s%s}",
                                      domain != NULL ? ",\"universe_domain\":\"" : "",
                                      domain != NULL ? domain : "", domain != NULL ? "\"" : ""));
        setenv(universes[i].name, universes[i].value, 1);
        if (universes[i].error == NULL) {
            assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), 0);
        } else {
            const char *at = strstr(universes[i].error, "FILE");

            assert_int_equal(pl_gcp_credentials_find(arena, NULL, &c, &err), -1);
            assert_string_equal(err.text, at == NULL
                                              ? universes[i].error
                                              : pl_arena_printf(arena, "%.*s%s%s",
                                                                (int)(at - universes[i].error),
                                                                universes[i].error, file, at + 4));
        }
        unsetenv(universes[i].name);
    }
    harness_remove(dir);
}

/* ---- the project ---- */

static void the_default_project(void **state)
{
    struct pl_arena *arena = *state;
    char *dir = harness_temp_dir();
    const char *key = harness_path(arena, dir, "key.json");

    setenv("HOME", "/nowhere", 1);
    setenv("NO_GCE_CHECK", "true", 1);
    assert_null(pl_gcp_default_project(arena));
    harness_write(key, KEY);
    setenv("GOOGLE_APPLICATION_CREDENTIALS", key, 1);
    assert_string_equal(pl_gcp_default_project(arena), "acme");
    setenv("CLOUDSDK_CORE_PROJECT", "gcloud", 1);
    assert_string_equal(pl_gcp_default_project(arena), "gcloud");
    setenv("GOOGLE_CLOUD_PROJECT", "first", 1);
    assert_string_equal(pl_gcp_default_project(arena), "first");
    harness_remove(dir);
}

static int setup(void **state)
{
    for (size_t i = 0; i < PL_LEN(variables); i++)
        unsetenv(variables[i]);
    return harness_arena(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bad_files_are_refused),
        TEST(a_service_account_key),
        TEST(a_user),
        TEST(any_endpoint_under_a_root),
        TEST(the_order_is_googles),
        TEST(nobody_is_an_error_with_a_way_out),
        TEST(a_named_file_must_be_there),
        TEST(a_universe_is_the_environments_word),
        TEST(the_default_project),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
