/*
 * test_sim_exchange.c - token exchanges of plumbline-sim: what is let in, and each way to be refused, in Google's words.
 */
#include "child.h"

#define POOL                                                                                       \
    "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/ci"
#define TRUST                                                                                      \
    "{\"subject\":{\"token\":\"SUBJ\",\"type\":\"urn:ietf:params:oauth:token-type:jwt\","          \
    "\"audience\":\"" POOL "\"},"                                                                  \
    "\"user\":{\"client_id\":\"id\",\"client_secret\":\"cs\",\"refresh_token\":\"rt\"},"           \
    "\"creators\":{\"a@p.iam\":[\"token\"],\"b@p.iam\":[\"a@p.iam\"],\"c@p.iam\":[\"federated\"]}" \
    "}"
#define AUDIENCE                                                                                   \
    "audience=%2F%2Fiam.googleapis.com%2Fprojects%2F1%2Flocations%2Fglobal%2F"                     \
    "workloadIdentityPools%2Fpool%2Fproviders%2Fci"
#define GRANT     "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
#define SCOPE     "scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform"
#define REQUESTED "requested_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"
#define TYPE      "subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt"
#define REST      "&" SCOPE "&" REQUESTED "&" TYPE
#define FORM      "Content-Type: application/x-www-form-urlencoded\r\n"
#define STS       "/sts.googleapis.com/v1/token"
#define OAUTH     "/oauth2.googleapis.com/token"
#define IAM       "/iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
#define BEARER    "Authorization: Bearer " TOKEN "\r\n"
#define ACCESS    "{\"scope\":[\"https://www.googleapis.com/auth/cloud-platform\"]"
#define TARGET                                                                                     \
    "The target service indicated by the \"audience\" parameters is invalid. This might either "   \
    "be because the pool or provider is disabled or deleted or because it doesn't exist."
#define FULL                                                                                       \
    "Invalid value for \"audience\". This value should be the full resource name of the Identity " \
    "Provider. See https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token for "    \
    "the list of possible formats."
#define DENIED                                                                                     \
    "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)."

static const struct {
    const char *path, *headers, *body;
    int status;
    const char *error, *text; /* of an OAuth error; of a google.rpc.Status: status and message */
} rows[] = {
    {STS, FORM, GRANT "&" AUDIENCE REST "&subject_token=SUBJ", 200, NULL, NULL},
    {STS, FORM, GRANT "&" AUDIENCE REST "&subject_token=other", 400, "invalid_grant", NULL},
    {STS, FORM,
     GRANT "&audience=%2F%2Fiam.googleapis.com%2Fx%2Fproviders%2Fy" REST "&subject_token=SUBJ", 400,
     "invalid_target", TARGET},
    {STS, FORM, GRANT "&audience=me" REST "&subject_token=SUBJ", 400, "invalid_request", FULL},
    {STS, FORM, GRANT REST "&subject_token=SUBJ", 400, "invalid_request", FULL},
    {STS, FORM, AUDIENCE REST "&subject_token=SUBJ", 400, "unsupported_grant_type", NULL},
    {STS, FORM, GRANT "&" AUDIENCE REST "&subject_token=SUBJ&x=y", 400, "invalid_request", NULL},
    {STS, FORM, GRANT "&" AUDIENCE REST "&subject_token=SUBJ&" SCOPE, 400, "invalid_request", NULL},
    {STS, FORM, GRANT "&" AUDIENCE "&" REQUESTED "&" TYPE "&subject_token=SUBJ", 400,
     "invalid_request", NULL},
    {STS, NULL, GRANT "&" AUDIENCE REST "&subject_token=SUBJ", 400, "invalid_request", NULL},
    {OAUTH, FORM, "grant_type=refresh_token&client_id=id&client_secret=cs&refresh_token=rt", 200,
     NULL, NULL},
    {OAUTH, FORM, "grant_type=refresh_token&client_id=id&client_secret=cs&refresh_token=old", 400,
     "invalid_grant", "Token has been expired or revoked."},
    {OAUTH, FORM, "grant_type=refresh_token&client_id=no&client_secret=cs&refresh_token=rt", 401,
     "invalid_client", "The OAuth client was not found."},
    {IAM "a%40p.iam:generateAccessToken", BEARER, ACCESS "}", 200, NULL, NULL},
    {IAM "a%40p.iam:generateIdToken", BEARER, "{\"audience\":\"https://x\"}", 200, NULL, NULL},
    {IAM "b%40p.iam:generateAccessToken", BEARER,
     ACCESS ",\"delegates\":[\"projects/-/serviceAccounts/a@p.iam\"]}", 200, NULL, NULL},
    {IAM "b%40p.iam:generateAccessToken", BEARER, ACCESS "}", 403, "PERMISSION_DENIED", DENIED},
    {IAM "c%40p.iam:generateAccessToken", BEARER,
     ACCESS ",\"delegates\":[\"projects/-/serviceAccounts/a@p.iam\"]}", 403, "PERMISSION_DENIED",
     DENIED},
    {IAM "nobody%40p.iam:generateAccessToken", BEARER, ACCESS "}", 403, "PERMISSION_DENIED",
     DENIED},
    {IAM "a%40p.iam:generateAccessToken", NULL, ACCESS "}", 401, "UNAUTHENTICATED", NULL},
    {IAM "a%40p.iam:generateAccessToken", "Authorization: Bearer x\r\n", ACCESS "}", 401,
     "UNAUTHENTICATED", NULL},
    {IAM "a%40p.iam:generateAccessToken", BEARER, "{}", 400, "INVALID_ARGUMENT", NULL},
    {IAM "a%40p.iam:generateAccessToken", BEARER, "x", 400, "INVALID_ARGUMENT", NULL},
    {IAM "a%40p.iam:generateAccessToken", BEARER, ACCESS ",\"lifetime\":\"90000s\"}", 400,
     "INVALID_ARGUMENT", NULL},
    {IAM "a%40p.iam:generateAccessToken", BEARER, ACCESS ",\"lifetime\":3600}", 400,
     "INVALID_ARGUMENT", NULL},
    {IAM "a%40p.iam:generateAccessToken", BEARER, ACCESS ",\"audience\":\"x\"}", 400,
     "INVALID_ARGUMENT", NULL},
    {IAM "a%40p.iam:generateIdToken", BEARER, "{}", 400, "INVALID_ARGUMENT", NULL},
};

static void check_error(const struct answer *answer, const char *error, const char *text)
{
    const json_t *body = json_object_get(answer->json, "error");
    const char *code = json_is_object(body) ? json_string_value(json_object_get(body, "status"))
                                            : json_string_value(body);
    const char *words = json_is_object(body)
                            ? json_string_value(json_object_get(body, "message"))
                            : json_string_value(json_object_get(answer->json, "error_description"));
    assert_non_null(code);
    assert_string_equal(code, error);
    assert_non_null(words);
    if (text != NULL) {
        assert_string_equal(words, text);
    }
}

static void each_exchange_is_judged(void **state)
{
    struct child child;
    char path[PATH_MAX];
    const char *more[] = {"--trust", path, NULL};
    char folder[] = "/tmp/plumbline-trust-XXXXXX";
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/trust", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(TRUST, file) >= 0);
    assert_int_equal(fclose(file), 0);
    child_start(&child, NULL, NULL, more);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        print_message("%zu %s\n", i, rows[i].path);
        struct answer answer =
            http_receive(http_send(&child, "POST", rows[i].path, rows[i].headers, rows[i].body));
        assert_int_equal(answer.status, rows[i].status);
        assert_non_null(answer.json);
        if (rows[i].error != NULL) {
            check_error(&answer, rows[i].error, rows[i].text);
        }
        answer_free(&answer);
    }
    child_end(&child, 0); /* none of it counts as a change */
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

/* Without --trust nobody is believed, and other verbs of the API are changes. */
static void nobody_is_trusted_by_default(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    struct answer answer = http_receive(
        http_send(&child, "POST", STS, FORM, GRANT "&" AUDIENCE REST "&subject_token=SUBJ"));
    assert_int_equal(answer.status, 400);
    check_error(&answer, "invalid_target", TARGET);
    answer_free(&answer);
    answer = http_receive(
        http_send(&child, "POST", IAM "a%40p.iam:generateAccessToken", BEARER, ACCESS "}"));
    assert_int_equal(answer.status, 403);
    answer_free(&answer);
    answer = http_receive(http_send(&child, "POST", IAM "a%40p.iam:signJwt", BEARER, "{}"));
    assert_int_equal(answer.status, 405);
    answer_free(&answer);
    child_end(&child, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_exchange_is_judged),
        cmocka_unit_test(nobody_is_trusted_by_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
