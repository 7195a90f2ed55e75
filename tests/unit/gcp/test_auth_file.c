/* test_auth_file.c - credential files of every type: what is read, and what is refused with which words. */
#include "gcp_priv.h"
#include "harness.h"

#include <string.h>

#define URL "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
#define USER                                                                                       \
    "{\"type\":\"authorized_user\",\"client_id\":\"id\",\"client_secret\":\"CS-SECRET\","          \
    "\"refresh_token\":\"RT-SECRET\",\"quota_project_id\":\"inner\"}"
#define IMPERSONATED(more, source)                                                                 \
    "{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":\"" URL      \
    "t@p.iam.gserviceaccount.com:generateAccessToken\"" more ",\"source_credentials\":" source "}"
#define POOL                                                                                       \
    "//iam.googleapis.com/projects/12/locations/global/workloadIdentityPools/p/providers/ci"
#define EXTERNAL(audience, more, source)                                                           \
    "{\"type\":\"external_account\",\"audience\":\"" audience                                      \
    "\",\"subject_token_type\":\"urn:ietf:params:oauth:token-type:jwt\"" more                      \
    ",\"credential_source\":" source "}"
#define FILE_SOURCE "{\"file\":\"/run/token\"}"
#define SUPPORTED                                                                                  \
    "' are not supported; supported are service_account, authorized_user, external_account and "   \
    "impersonated_service_account, or a token in CLOUDSDK_AUTH_ACCESS_TOKEN (gcloud auth "         \
    "print-access-token)"
#define SOURCES                                                                                    \
    "' is not supported; supported are file and url, or a token in CLOUDSDK_AUTH_ACCESS_TOKEN "    \
    "(gcloud auth print-access-token)"
#define BAD_URL                                                                                    \
    "FILE: service_account_impersonation_url must be https://iamcredentials.googleapis.com/v1/"    \
    "projects/-/serviceAccounts/EMAIL:generateAccessToken"
#define BAD_AUDIENCE                                                                               \
    "FILE: audience must be the full name of a provider: //iam.googleapis.com/projects/NUMBER/"    \
    "locations/global/workloadIdentityPools/POOL/providers/PROVIDER"

static int parse(struct pl_arena *arena, const char *text, struct pl_gcp_credentials *out,
                 struct pl_err *err)
{
    *out = (struct pl_gcp_credentials){.origin = "FILE"};
    return pl_gcp_credentials_parse(arena, NULL, "FILE", text, strlen(text), out, err);
}

static const struct {
    const char *text, *error;
} bad[] = {
    /* types */
    {"{\"type\":\"external_account_authorized_user\",\"refresh_token\":\"RT-SECRET\"}",
     "FILE: credentials of type 'external_account_authorized_user" SUPPORTED},
    {"{\"type\":\"gdch_service_account\"}",
     "FILE: credentials of type 'gdch_service_account" SUPPORTED},
    {"{\"type\":\"ya29.SECRET\"}", "FILE: credentials of type '<token>" SUPPORTED},
    {"{\"type\":\"authorized_user\",\"universe_domain\":\"example.cloud\"}",
     "FILE: universe_domain is 'example.cloud', and nothing says that this cloud is meant; set "
     "GOOGLE_CLOUD_UNIVERSE_DOMAIN=example.cloud if it is"},
    /* what is there and cannot be read is not as good as none */
    {"{\"type\":\"authorized_user\",\"universe_domain\":7}",
     "FILE: universe_domain must be a text"},
    {"{\"type\":\"service_account\",\"token_uri\":[]}", "FILE: token_uri must be a text"},
    {"{\"type\":\"service_account\",\"private_key\":{\"k\":\"PK-SECRET\"}}",
     "FILE: private_key must be a text"},
    {"{\"type\":\"service_account\",\"client_email\":\"a@b\\r\\nX: "
     "y\",\"private_key\":\"PK-SECRET\"}",
     "FILE: client_email is no service account"},
    {IMPERSONATED(",\"delegates\":\"d@p\"", USER), "FILE: delegates must be a list"},
    {IMPERSONATED("", "{\"type\":\"authorized_user\",\"quota_project_id\":7}"),
     "FILE: quota_project_id must be a text"},
    {EXTERNAL(POOL, ",\"service_account_impersonation\":600", FILE_SOURCE),
     "FILE: service_account_impersonation must be an object"},
    {EXTERNAL(POOL, ",\"token_url\":7", FILE_SOURCE), "FILE: token_url must be a text"},
    {EXTERNAL(POOL, "", "7"), "FILE: credential_source must be an object"},
    /* impersonated_service_account */
    {"{\"type\":\"impersonated_service_account\"}",
     "FILE: credentials of type 'impersonated_service_account' need source_credentials"},
    {"{\"type\":\"impersonated_service_account\",\"source_credentials\":" USER "}", BAD_URL},
    {IMPERSONATED("", "7"), "FILE: source_credentials must be an object"},
    {IMPERSONATED("", "{}"),
     "FILE: this is no credential file: source_credentials has no \"type\""},
    {IMPERSONATED("", "{\"type\":\"x\"}"), "FILE: credentials of type 'x" SUPPORTED},
    {IMPERSONATED("", IMPERSONATED("", IMPERSONATED("", USER))),
     "FILE: source_credentials are nested too deep"},
    {IMPERSONATED(",\"delegates\":[\"x\"]", USER), "FILE: delegates[0] is no service account"},
    {IMPERSONATED(",\"delegates\":[\"d@p\",7]", USER), "FILE: delegates[1] is no service account"},
    {IMPERSONATED(",\"delegates\":[\"d@p\\\"\"]", USER),
     "FILE: delegates[0] is no service account"},
    {"{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":\"https://"
     "evil.example/v1/projects/-/serviceAccounts/t@p:generateAccessToken\","
     "\"source_credentials\":" USER "}",
     BAD_URL},
    {"{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":\"" URL
     "t@p:signJwt\",\"source_credentials\":" USER "}",
     BAD_URL},
    {"{\"type\":\"impersonated_service_account\",\"service_account_impersonation_url\":\"" URL
     "a/b@p:generateAccessToken\",\"source_credentials\":" USER "}",
     BAD_URL},
    /* external_account */
    {EXTERNAL(POOL, "", "{\"executable\":{\"command\":\"/bin/x SECRET\"}}"),
     "FILE: credential_source 'executable" SOURCES},
    {EXTERNAL(POOL, "", "{\"environment_id\":\"aws1\",\"url\":\"http://169.254.169.254/\"}"),
     "FILE: credential_source 'AWS" SOURCES},
    {EXTERNAL(POOL, "", "{\"certificate\":{}}"), "FILE: credential_source 'certificate" SOURCES},
    {EXTERNAL(POOL, "", "{}"), "FILE: credential_source must be either a file or a url"},
    {EXTERNAL(POOL, "", "{\"file\":\"/x\",\"url\":\"https://x\"}"),
     "FILE: credential_source must be either a file or a url"},
    {"{\"type\":\"external_account\"}", "FILE: external_account needs credential_source"},
    {"{\"type\":\"external_account\",\"credential_source\":" FILE_SOURCE "}",
     "FILE: external_account needs audience"},
    {"{\"type\":\"external_account\",\"audience\":\"" POOL "\",\"credential_source\":" FILE_SOURCE
     "}",
     "FILE: external_account needs subject_token_type"},
    {EXTERNAL("https://iam.googleapis.com/projects/12", "", FILE_SOURCE), BAD_AUDIENCE},
    {EXTERNAL(POOL "/x", "", FILE_SOURCE), BAD_AUDIENCE},
    {EXTERNAL("//iam.googleapis.com/projects//locations/global/workloadIdentityPools/p/"
              "providers/ci",
              "", FILE_SOURCE),
     BAD_AUDIENCE},
    {EXTERNAL("//iam.googleapis.com/projects/acme/locations/global/workloadIdentityPools/p/"
              "providers/ci",
              "", FILE_SOURCE),
     "FILE: audience must name the project by its number, not by its id"},
    {EXTERNAL(POOL, ",\"workforce_pool_user_project\":\"12\"", FILE_SOURCE),
     "FILE: workforce_pool_user_project needs a workforce pool as audience"},
    {EXTERNAL(POOL, ",\"client_id\":\"x\"", FILE_SOURCE),
     "FILE: external_account with a client_id or client_secret is not supported"},
    {EXTERNAL(POOL, ",\"token_url\":\"https://evil.example/v1/token\"", FILE_SOURCE),
     "FILE: token_url must be https://sts.googleapis.com/v1/token"},
    {EXTERNAL(POOL, ",\"token_url\":\"http://sts.googleapis.com/v1/token\"", FILE_SOURCE),
     "FILE: token_url must be https://sts.googleapis.com/v1/token"},
    {EXTERNAL(POOL, ",\"token_url\":\"https://sts.googleapis.com/v1/oauthtoken\"", FILE_SOURCE),
     "FILE: token_url must be https://sts.googleapis.com/v1/token"},
    {EXTERNAL(POOL, ",\"universe_domain\":\"example.cloud\"", FILE_SOURCE),
     "FILE: universe_domain is 'example.cloud', and nothing says that this cloud is meant; set "
     "GOOGLE_CLOUD_UNIVERSE_DOMAIN=example.cloud if it is"},
    {EXTERNAL(POOL, ",\"service_account_impersonation_url\":\"https://x\"", FILE_SOURCE), BAD_URL},
    {EXTERNAL(POOL,
              ",\"service_account_impersonation_url\":\"" URL "t@p:generateAccessToken\","
              "\"service_account_impersonation\":{\"token_lifetime_seconds\":599}",
              FILE_SOURCE),
     "FILE: token_lifetime_seconds must be a number from 600 to 43200"},
    {EXTERNAL(POOL, "", "{\"file\":7}"), "FILE: credential_source: file must be a path"},
    {EXTERNAL(POOL, "", "{\"url\":\"ftp://x\"}"),
     "FILE: credential_source: url must be an http or https URL without a user"},
    {EXTERNAL(POOL, "", "{\"url\":\"https://me:SECRET@x\"}"),
     "FILE: credential_source: url must be an http or https URL without a user"},
    {EXTERNAL(POOL, "", "{\"url\":\"https://x\",\"headers\":[]}"),
     "FILE: headers must be a map of at most 16"},
    {EXTERNAL(POOL, "", "{\"url\":\"https://x\",\"headers\":{\"A\":7}}"),
     "FILE: header 'A' has no text"},
    {EXTERNAL(POOL, "", "{\"file\":\"/x\",\"format\":{\"type\":\"xml\"}}"),
     "FILE: credential_source: format must be text or json"},
    {EXTERNAL(POOL, "", "{\"file\":\"/x\",\"format\":{\"type\":\"json\"}}"),
     "FILE: credential_source: format json needs subject_token_field_name"},
};

static void bad_files_are_refused(void **state)
{
    for (size_t i = 0; i < PL_LEN(bad); i++) {
        struct pl_gcp_credentials c;
        struct pl_err err;

        ROW("%s", bad[i].text);
        assert_int_equal(parse(*state, bad[i].text, &c, &err), -1);
        CHECK_ERR(err, PL_E_AUTH, bad[i].error);
        assert_null(strstr(err.text, "SECRET"));
    }
}

static void an_impersonated_account(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    assert_int_equal(
        parse(*state,
              IMPERSONATED(",\"quota_project_id\":\"outer\",\"delegates\":[\"projects/-/"
                           "serviceAccounts/d@p.iam.gserviceaccount.com\",\"e@p\"]",
                           USER),
              &c, &err),
        0);
    assert_int_equal(c.type, PL_GCP_AUTH_USER);
    assert_string_equal(pl_secret_reveal(c.refresh_token), "RT-SECRET");
    assert_int_equal(c.n_hops, 1);
    assert_string_equal(c.hops[0].email, "t@p.iam.gserviceaccount.com");
    assert_int_equal(c.hops[0].lifetime_s, 3600);
    assert_int_equal(c.hops[0].n_delegates, 2);
    assert_string_equal(c.hops[0].delegates[0], "d@p.iam.gserviceaccount.com");
    assert_string_equal(c.hops[0].delegates[1], "e@p");
    assert_string_equal(c.quota_project, "outer");
    assert_string_equal(c.source_quota, "inner");
    assert_string_equal(pl_gcp_credentials_member(*state, &c),
                        "serviceAccount:t@p.iam.gserviceaccount.com");
}

static void a_workload_of_a_file(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    assert_int_equal(parse(*state, EXTERNAL(POOL, "", FILE_SOURCE), &c, &err), 0);
    assert_int_equal(c.type, PL_GCP_AUTH_EXTERNAL);
    assert_string_equal(c.external.audience, POOL);
    assert_string_equal(c.external.file, "/run/token");
    assert_null(c.external.field);
    assert_string_equal(c.token_host, "sts.googleapis.com");
    assert_string_equal(c.token_path, "/v1/token");
    assert_int_equal(c.n_hops, 0);
    assert_null(pl_gcp_credentials_member(*state, &c));
}

static void a_workload_of_a_url(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    assert_int_equal(
        parse(*state,
              EXTERNAL(POOL,
                       ",\"token_url\":\"https://sts.europe-west1.rep.googleapis.com/v1/token\","
                       "\"service_account_impersonation_url\":\"" URL "t@p:generateAccessToken\","
                       "\"service_account_impersonation\":{\"token_lifetime_seconds\":43200}",
                       "{\"url\":\"http://[fd00::1]:5000/a/b?c=d\",\"headers\":{\"Metadata\":"
                       "\"True\"},\"format\":{\"type\":\"json\",\"subject_token_field_name\":"
                       "\"access_token\"}}"),
              &c, &err),
        0);
    assert_string_equal(c.external.scheme, "http");
    assert_string_equal(c.external.host, "[fd00::1]:5000");
    assert_string_equal(c.external.path, "/a/b");
    assert_string_equal(c.external.query, "c=d");
    assert_string_equal(c.external.field, "access_token");
    assert_int_equal(c.external.n_headers, 1);
    assert_string_equal(c.external.headers[0].name, "Metadata");
    assert_string_equal(c.external.headers[0].value, "True");
    assert_string_equal(c.token_host, "sts.europe-west1.rep.googleapis.com");
    assert_int_equal(c.n_hops, 1);
    assert_int_equal(c.hops[0].lifetime_s, 43200);
}

static void a_workforce_pool(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    assert_int_equal(
        parse(*state,
              EXTERNAL("//iam.googleapis.com/locations/global/workforcePools/p/providers/saml",
                       ",\"workforce_pool_user_project\":\"12\"", FILE_SOURCE),
              &c, &err),
        0);
    assert_string_equal(c.external.user_project, "12");
}

/* ---- subject tokens ---- */

static const struct {
    const char *field, *text, *token, *error;
} subjects[] = {
    {NULL, "tok\n", "tok", NULL},
    {NULL, "", NULL, "FILE: /run/token holds no subject token"},
    {NULL, " \r\n", NULL, "FILE: /run/token holds no subject token"},
    {"id", "{\"id\":\"tok\"}", "tok", NULL},
    {"id", "{\"id\":7}", NULL, "FILE: /run/token holds no JSON object with a text 'id'"},
    {"id", "{\"other\":\"SECRET\"}", NULL,
     "FILE: /run/token holds no JSON object with a text 'id'"},
    {"id", "SECRET", NULL, "FILE: /run/token holds no JSON object with a text 'id'"},
};

static void subject_tokens_are_text_or_json(void **state)
{
    for (size_t i = 0; i < PL_LEN(subjects); i++) {
        struct pl_gcp_credentials c = {.origin = "FILE", .external.field = subjects[i].field};
        struct pl_err err;
        const struct pl_secret *token = pl_gcp_external_subject(
            *state, &c, "/run/token", subjects[i].text, strlen(subjects[i].text), &err);

        ROW("%s", subjects[i].text);
        if (subjects[i].error != NULL) {
            assert_null(token);
            CHECK_ERR(err, PL_E_AUTH, subjects[i].error);
        } else {
            assert_string_equal(pl_secret_reveal(token), subjects[i].token);
        }
    }
}

/* ---- --impersonate-service-account ---- */

static void the_option_adds_a_hop(void **state)
{
    struct pl_gcp_credentials c;
    struct pl_err err;

    assert_int_equal(parse(*state, USER, &c, &err), 0);
    assert_int_equal(pl_gcp_credentials_impersonate(*state, NULL, &c, &err), 0);
    assert_int_equal(c.n_hops, 0);
    assert_int_equal(pl_gcp_credentials_impersonate(*state, "t@p,d@p,e@p", &c, &err), 0);
    assert_int_equal(c.n_hops, 1);
    assert_string_equal(c.hops[0].email, "t@p");
    assert_int_equal(c.hops[0].n_delegates, 2);
    assert_string_equal(c.hops[0].delegates[1], "e@p");
    assert_null(c.quota_project); /* the user's, and the account may not use it */
    assert_string_equal(c.source_quota, "inner");
    c.quota_project = "mine";
    c.quota_given = true;
    assert_int_equal(pl_gcp_credentials_impersonate(*state, "u@p", &c, &err), 0);
    assert_int_equal(c.n_hops, 2);
    assert_string_equal(c.quota_project, "mine");
    assert_string_equal(c.source_quota, "inner");
}

static const struct {
    const char *spec, *error;
} options[] = {
    {"", "--impersonate-service-account: '' is no service account; it wants EMAIL[,DELEGATE...]"},
    {"me", "--impersonate-service-account: 'me' is no service account; it wants "
           "EMAIL[,DELEGATE...]"},
    {"a@b,", "--impersonate-service-account: '' is no service account; it wants "
             "EMAIL[,DELEGATE...]"},
    {"a@b, c@d", "--impersonate-service-account: ' c@d' is no service account; it wants "
                 "EMAIL[,DELEGATE...]"},
    {"a@b/c", "--impersonate-service-account: 'a@b/c' is no service account; it wants "
              "EMAIL[,DELEGATE...]"},
};

static void the_option_wants_accounts(void **state)
{
    for (size_t i = 0; i < PL_LEN(options); i++) {
        struct pl_gcp_credentials c = {0};
        struct pl_err err;

        ROW("%s", options[i].spec);
        assert_int_equal(pl_gcp_credentials_impersonate(*state, options[i].spec, &c, &err), -1);
        CHECK_ERR(err, PL_E_USAGE, options[i].error);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bad_files_are_refused), TEST(an_impersonated_account),
        TEST(a_workload_of_a_file),  TEST(a_workload_of_a_url),
        TEST(a_workforce_pool),      TEST(subject_tokens_are_text_or_json),
        TEST(the_option_adds_a_hop), TEST(the_option_wants_accounts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
