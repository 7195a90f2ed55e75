/* test_auth_samples.c - Google's own credential files, as its documentation has them: read, or refused by name; and what the simulator
 * says when it refuses, held against recorded bodies.
 *
 * The documents stand in $SHARED/samples/auth (../shared); without them the tests say `skipped`. Placeholders are filled in first.
 */
#include "../unit/sim/child.h"

#include "../../gcp/gcp_priv.h"
#include "harness.h"
#include "plumbline/file.h"
#include "plumbline/json.h"

static const char *folder(void)
{
    static char path[512];
    const char *shared = getenv("SHARED");

    (void)snprintf(path, sizeof path, "%s/samples/auth", shared != NULL ? shared : "../shared");
    return access(path, R_OK) == 0 ? path : NULL;
}

static const struct pl_value *sample_body(struct pl_arena *arena, const char *name)
{
    char *text = harness_read(arena, harness_path(arena, folder(), name), NULL);
    const struct pl_value *sample = pl_json_parse(arena, text, strlen(text), name, NULL);

    assert_non_null(sample);
    return pl_value_member(sample, "body");
}

/* What a reader of the documentation is to put in. */
static const struct {
    const char *placeholder, *value;
} placeholders[] = {
    {"$PROJECT_NUMBER", "12"},    {"$POOL_ID", "pool"},
    {"$PROVIDER_ID", "provider"}, {"$EMAIL@project.iam.gserviceaccount.com", "a@p.iam"},
    {"$EMAIL", "a@p.iam"},        {"SA_EMAIL", "a@p.iam"},
};

static char *fill_in(struct pl_arena *arena, char *text)
{
    for (size_t i = 0; i < PL_LEN(placeholders); i++) {
        const char *word = placeholders[i].placeholder, *at;

        while ((at = strstr(text, word)) != NULL)
            text = pl_arena_printf(arena, "%.*s%s%s", (int)(at - text), text, placeholders[i].value,
                                   at + strlen(word));
    }
    return text;
}

static const struct {
    const char *name;
    enum pl_gcp_auth_type type;
    size_t hops;
    const char *error;
} files[] = {
    {"sa-key-file.json", PL_GCP_AUTH_SERVICE_ACCOUNT, 0, NULL},
    {"authorized-user-file.json", PL_GCP_AUTH_USER, 0, NULL},
    {"external-account-file-sourced.json", PL_GCP_AUTH_EXTERNAL, 1, NULL},
    {"external-account-url-sourced.json", PL_GCP_AUTH_EXTERNAL, 1, NULL},
    {"external-account-azure.json", PL_GCP_AUTH_EXTERNAL, 1, NULL},
    {"impersonated-service-account-file.json", PL_GCP_AUTH_USER, 1, NULL},
    {"external-account-aws.json", PL_GCP_AUTH_EXTERNAL, 0,
     "FILE: credential_source 'AWS' is not supported; supported are file and url, or a token in "
     "CLOUDSDK_AUTH_ACCESS_TOKEN (gcloud auth print-access-token)"},
    {"external-account-executable.json", PL_GCP_AUTH_EXTERNAL, 0,
     "FILE: credential_source 'executable' is not supported; supported are file and url, or a "
     "token in CLOUDSDK_AUTH_ACCESS_TOKEN (gcloud auth print-access-token)"},
};

static void googles_files(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(files); i++) {
        char *text = fill_in(arena, pl_json_text(arena, sample_body(arena, files[i].name)));
        struct pl_gcp_credentials c = {.origin = "FILE"};
        struct pl_err err = {0};
        int result = pl_gcp_credentials_parse(arena, NULL, "FILE", text, strlen(text), &c, &err);

        ROW("%s", files[i].name);
        if (files[i].error != NULL) {
            assert_int_equal(result, -1);
            CHECK_ERR(err, PL_E_AUTH, files[i].error);
            continue;
        }
        assert_string_equal(err.text, "");
        assert_int_equal(result, 0);
        assert_int_equal(c.type, files[i].type);
        assert_int_equal(c.n_hops, files[i].hops);
        if (files[i].hops > 0)
            assert_string_equal(c.hops[0].email, "a@p.iam");
    }
}

/* Azure's URL holds another URL, unencoded, and goes to a link-local address. */
static void azures_url_can_be_asked(void **state)
{
    struct pl_arena *arena = *state;
    char *text =
        fill_in(arena, pl_json_text(arena, sample_body(arena, "external-account-azure.json")));
    struct pl_gcp_credentials c = {.origin = "FILE"};
    struct pl_gcp gcp = {.options = NULL};
    struct pl_gcp_auth auth = {.gcp = &gcp, .step = PL_GCP_STEP_SUBJECT, .arena = arena};
    struct pl_http_request request;
    struct pl_err err = {0};

    assert_int_equal(pl_gcp_credentials_parse(arena, NULL, "FILE", text, strlen(text), &c, &err),
                     0);
    auth.credentials = c;
    assert_int_equal(pl_gcp_step_request(&auth, &request), 0);
    assert_string_equal(
        request.url,
        "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
        "https://iam.googleapis.com/projects/12/locations/global/workloadIdentityPools/pool/"
        "providers/provider");
    assert_string_equal(request.headers[1].name, "Metadata");
    assert_string_equal(request.headers[1].value, "True");
    assert_null(request.bearer);
    assert_true(request.direct);
}

/* ---- the simulator's words ---- */

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define STS  "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&audience="

static const struct {
    const char *sample, *path, *headers, *body;
} refusals[] = {
    {"error-sts-invalid_request-audience.json", "/sts.googleapis.com/v1/token", FORM, STS "me"},
    {"error-sts-invalid_target.json", "/sts.googleapis.com/v1/token", FORM,
     STS "%2F%2Fiam.googleapis.com%2Fx%2Fproviders%2Fy"},
    {"../errors/403-IAM_PERMISSION_DENIED-getAccessToken.json",
     "/iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a%40p.iam:generateAccessToken",
     "Authorization: Bearer " TOKEN "\r\n",
     "{\"scope\":[\"https://www.googleapis.com/auth/cloud-platform\"]}"},
};

static void the_simulator_speaks_as_google_does(void **state)
{
    struct pl_arena *arena = *state;
    struct child child;

    child_start(&child, NULL, NULL, NULL);
    for (size_t i = 0; i < PL_LEN(refusals); i++) {
        struct answer answer = http_receive(
            http_send(&child, "POST", refusals[i].path, refusals[i].headers, refusals[i].body));
        const struct pl_value *said =
            pl_json_parse(arena, answer.body, answer.body_length, "said", NULL);

        ROW("%s", refusals[i].sample);
        assert_non_null(said);
        assert_true(pl_value_equal(said, sample_body(arena, refusals[i].sample)));
        answer_free(&answer);
    }
    child_end(&child, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(googles_files),
        TEST(azures_url_can_be_asked),
        TEST(the_simulator_speaks_as_google_does),
    };

    if (folder() == NULL) {
        printf("skipped: Google's credential files (no ../shared/samples/auth)\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
