/*
 * test_sim_auth.c - credentials of plumbline-sim: a whole JWT bearer flow with a key made here, each way to get it wrong, scopes,
 * tokens that expire, and the metadata server.
 */
#include "child.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <time.h>

#define PREFIX   "https://www.googleapis.com/auth/"
#define AUDIENCE "https://oauth2.googleapis.com/token"
#define ISSUER   "reader@acme-staging.iam.gserviceaccount.com"
#define GRANT    "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
#define TIMEFRAME                                                                                  \
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "  \
    "Check your iat and exp values and use a "                                                     \
    "clock with skew to account for clock differences between systems."

static EVP_PKEY *good_key;
static EVP_PKEY *other_key;

static int make_keys(void **state)
{
    (void)state;
    good_key = EVP_RSA_gen(2048);
    other_key = EVP_RSA_gen(2048);
    return good_key == NULL || other_key == NULL;
}

static int free_keys(void **state)
{
    (void)state;
    EVP_PKEY_free(good_key);
    EVP_PKEY_free(other_key);
    return 0;
}

static void base64url(const unsigned char *bytes, size_t length, FILE *out)
{
    unsigned char *text = malloc(length * 2 + 8);
    assert_non_null(text);
    EVP_EncodeBlock(text, bytes, (int)length);
    for (const unsigned char *at_byte = text; *at_byte != '\0' && *at_byte != '='; at_byte++) {
        fputc(*at_byte == '+' ? '-' : *at_byte == '/' ? '_' : *at_byte, out);
    }
    free(text);
}

/* A signed token; malloc'ed. */
static char *jwt(EVP_PKEY *key, const char *algorithm, const json_t *claims)
{
    char *text = NULL;
    size_t length = 0;
    unsigned char signature[512];
    size_t signature_length = sizeof signature;
    char header[64];
    char *payload = json_dumps(claims, JSON_COMPACT);
    FILE *out = open_memstream(&text, &length);
    snprintf(header, sizeof header, "{\"alg\":\"%s\",\"typ\":\"JWT\"}", algorithm);
    assert_non_null(out);
    assert_non_null(payload);
    base64url((const unsigned char *)header, strlen(header), out);
    fputc('.', out);
    base64url((const unsigned char *)payload, strlen(payload), out);
    fflush(out);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert_int_equal(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key), 1);
    assert_int_equal(
        EVP_DigestSign(context, signature, &signature_length, (const unsigned char *)text, length),
        1);
    EVP_MD_CTX_free(context);
    fputc('.', out);
    base64url(signature, signature_length, out);
    fclose(out);
    free(payload);
    return text;
}

static void start_with_key(struct child *child, const char *faults)
{
    char path[PATH_MAX];
    char key[64] = "/tmp/plumbline-sim-key-XXXXXX";
    const int fd = mkstemp(key);
    assert_true(fd >= 0);
    FILE *file = fdopen(fd, "w");
    assert_int_equal(PEM_write_PUBKEY(file, good_key), 1);
    fclose(file);
    const char *const more[] = {"--key-public", key, NULL};
    child_start(child, NULL, faults, more);
    child_path(child, "key.pem", path);
    assert_int_equal(rename(key, path), 0);
}

static struct answer ask_token(const struct child *child, const char *grant, const char *assertion)
{
    char *body = malloc(strlen(grant) + strlen(assertion) + 64);
    assert_non_null(body);
    snprintf(body, strlen(grant) + strlen(assertion) + 64, "grant_type=%s&assertion=%s", grant,
             assertion);
    struct answer answer = http(child, "POST", "/oauth2.googleapis.com/token",
                                "Content-Type: application/x-www-form-urlencoded\r\n", body);
    free(body);
    return answer;
}

/* Good claims; each test bends them. */
static json_t *claims_make(const char *scope)
{
    const json_int_t now = (json_int_t)time(NULL);
    return json_pack("{s:s, s:s, s:s, s:I, s:I}", "iss", ISSUER, "scope", scope, "aud", AUDIENCE,
                     "iat", now, "exp", now + 3600);
}

static struct answer token_for(const struct child *child, const char *scope)
{
    json_t *claims = claims_make(scope);
    char *assertion = jwt(good_key, "RS256", claims);
    struct answer answer = ask_token(child, GRANT, assertion);
    free(assertion);
    json_decref(claims);
    return answer;
}

static int call_with(const struct child *child, const char *token, const char *path)
{
    char headers[512];
    snprintf(headers, sizeof headers, "Authorization: Bearer %s\r\n", token);
    struct answer answer = http(child, "GET", path, headers, NULL);
    const int status = answer.status;
    if (status == 403) {
        assert_string_equal(text_at(answer.json, "error.message"),
                            "Request had insufficient authentication scopes.");
    }
    answer_free(&answer);
    return status;
}

#define NETWORKS  "/compute.googleapis.com/compute/v1/projects/acme-staging/global/networks"
#define INSTANCES "/sqladmin.googleapis.com/v1/projects/acme-staging/instances"

struct scope_row {
    const char *scope;
    int networks;
    int instances;
};

static const struct scope_row scope_rows[] = {
    {PREFIX "cloud-platform", 200, 200},
    {PREFIX "compute.readonly", 200, 403},
    {PREFIX "compute.readonly " PREFIX "sqlservice.admin", 200, 200},
    {PREFIX "cloud-platform.read-only", 403,
     403}, /* these two APIs do not take it: gcp.md, section 5 */
};

static void test_token_flow(void **state)
{
    struct child child;
    (void)state;
    start_with_key(&child, NULL);
    for (size_t i = 0; i < sizeof scope_rows / sizeof scope_rows[0]; i++) {
        struct answer answer = token_for(&child, scope_rows[i].scope);
        assert_int_equal(answer.status, 200);
        assert_string_equal(text_at(answer.json, "token_type"), "Bearer");
        assert_int_equal(json_integer_value(at(answer.json, "expires_in")), 3599);
        assert_int_equal(call_with(&child, text_at(answer.json, "access_token"), NETWORKS),
                         scope_rows[i].networks);
        assert_int_equal(call_with(&child, text_at(answer.json, "access_token"), INSTANCES),
                         scope_rows[i].instances);
        answer_free(&answer);
    }
    child_end(&child, 0);
}

enum bend { BEND_KEY, BEND_ALGORITHM, BEND_SET, BEND_DELETE };

struct bad_claim {
    enum bend bend;
    const char *claim;
    const char *text; /* or, where NULL, */
    long offset;      /* seconds from now */
    const char *error;
    const char *description;
};

static const struct bad_claim bad_claims[] = {
    {BEND_KEY, NULL, NULL, 0, "invalid_grant", "Invalid JWT Signature."},
    {BEND_ALGORITHM, NULL, NULL, 0, "invalid_grant", "Invalid JWT Signature."},
    {BEND_SET, "aud", "http://127.0.0.1:9000/oauth2.googleapis.com/token", 0, "invalid_grant",
     "Invalid JWT: Failed audience check. The right audience is "
     "https://oauth2.googleapis.com/token"},
    {BEND_DELETE, "aud", NULL, 0, "invalid_grant",
     "Invalid JWT: Failed audience check. The right audience is "
     "https://oauth2.googleapis.com/token"},
    {BEND_SET, "exp", NULL, 3700, "invalid_grant", TIMEFRAME},
    {BEND_SET, "exp", NULL, -10, "invalid_grant", TIMEFRAME},
    {BEND_SET, "iat", NULL, 2000, "invalid_grant", TIMEFRAME},
    {BEND_SET, "iat", NULL, -7200, "invalid_grant", TIMEFRAME},
    {BEND_SET, "exp", "soon", 0, "invalid_grant", TIMEFRAME},
    {BEND_DELETE, "iat", NULL, 0, "invalid_grant", TIMEFRAME},
    {BEND_DELETE, "iss", NULL, 0, "invalid_grant", "Invalid grant: account not found"},
    {BEND_DELETE, "scope", NULL, 0, "invalid_scope",
     "Invalid OAuth scope or ID token audience provided."},
    {BEND_SET, "scope", "cloud-platform", 0, "invalid_scope",
     "Invalid OAuth scope or ID token audience provided."},
};

static void test_bad_assertions(void **state)
{
    struct child child;
    (void)state;
    start_with_key(&child, NULL);
    for (size_t i = 0; i < sizeof bad_claims / sizeof bad_claims[0]; i++) {
        const struct bad_claim *row = &bad_claims[i];
        json_t *claims = claims_make(PREFIX "cloud-platform");
        if (row->bend == BEND_DELETE) {
            json_object_del(claims, row->claim);
        } else if (row->bend == BEND_SET) {
            json_object_set_new(claims, row->claim,
                                row->text != NULL ? json_string(row->text)
                                                  : json_integer(time(NULL) + row->offset));
        }
        char *assertion = jwt(row->bend == BEND_KEY ? other_key : good_key,
                              row->bend == BEND_ALGORITHM ? "RS512" : "RS256", claims);
        struct answer answer = ask_token(&child, GRANT, assertion);
        if (answer.status != 400 ||
            strcmp(text_at(answer.json, "error_description"), row->description) != 0) {
            fail_msg("row %zu: %d %s", i, answer.status, answer.body);
        }
        assert_string_equal(text_at(answer.json, "error"), row->error);
        answer_free(&answer);
        free(assertion);
        json_decref(claims);
    }
    child_end(&child, 0);
}

static void test_bad_forms(void **state)
{
    static const char *const assertions[] = {
        "", "x", "a.b", "a.b.c", "e30.e30.", "e30.e30.AAAA", "%zz", "....."};
    struct child child;
    (void)state;
    start_with_key(&child, NULL);
    for (size_t i = 0; i < sizeof assertions / sizeof assertions[0]; i++) {
        struct answer answer = ask_token(&child, GRANT, assertions[i]);
        assert_int_equal(answer.status, 400);
        assert_non_null(json_object_get(answer.json, "error"));
        answer_free(&answer);
    }
    struct answer answer = ask_token(&child, "password", "x");
    assert_int_equal(answer.status, 400);
    assert_string_equal(text_at(answer.json, "error"), "unsupported_grant_type");
    assert_string_equal(text_at(answer.json, "error_description"), "Invalid grant_type: password");
    answer_free(&answer);
    answer = http(&child, "POST", "/oauth2.googleapis.com/token",
                  "Content-Type: application/json\r\n", "{}");
    assert_int_equal(answer.status, 400);
    assert_string_equal(text_at(answer.json, "error"), "invalid_request");
    answer_free(&answer);
    answer = get(&child, "/oauth2.googleapis.com/token");
    assert_int_equal(answer.status, 405);
    answer_free(&answer);
    child_end(&child, 0);
}

/* Without a key to check against, nobody is let in. */
static void test_no_key(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    struct answer answer = token_for(&child, PREFIX "cloud-platform");
    assert_int_equal(answer.status, 400);
    assert_string_equal(text_at(answer.json, "error_description"), "Invalid JWT Signature.");
    answer_free(&answer);
    child_end(&child, 0);
}

/* A token of zero seconds is a dead token: expiry without waiting. */
static void test_expiry(void **state)
{
    struct child child;
    (void)state;
    start_with_key(&child, "{\"match\":{\"host\":\"oauth2.googleapis.com\"},\"action\":\"expires_"
                           "in\",\"seconds\":0,\"count\":1}\n");
    struct answer first = token_for(&child, PREFIX "cloud-platform");
    struct answer second = token_for(&child, PREFIX "cloud-platform");
    assert_int_equal(json_integer_value(at(first.json, "expires_in")), 0);
    assert_string_not_equal(text_at(first.json, "access_token"),
                            text_at(second.json, "access_token"));
    assert_int_equal(call_with(&child, text_at(first.json, "access_token"), NETWORKS), 401);
    assert_int_equal(call_with(&child, text_at(second.json, "access_token"), NETWORKS), 200);
    answer_free(&second);
    answer_free(&first);
    child_end(&child, 0);
}

/* The fault token_expired kills the token that was shown; only a new one helps. */
static void test_revoked(void **state)
{
    struct child child;
    (void)state;
    start_with_key(
        &child,
        "{\"match\":{\"kind\":\"compute.network\",\"nth\":2},\"action\":\"token_expired\"}\n");
    struct answer token = token_for(&child, PREFIX "cloud-platform");
    static const int wants[] = {200, 401, 401};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(call_with(&child, text_at(token.json, "access_token"), NETWORKS),
                         wants[i]);
    }
    answer_free(&token);
    token = token_for(&child, PREFIX "cloud-platform");
    assert_int_equal(call_with(&child, text_at(token.json, "access_token"), NETWORKS), 200);
    answer_free(&token);
    child_end(&child, 0);
}

/* ---- metadata server ---- */

struct metadata {
    const char *path;
    const char *headers;
    int status;
    const char *body;
};

#define FLAVOR "Metadata-Flavor: Google\r\n"

static const struct metadata metadatas[] = {
    {"/", "", 200, "computeMetadata/\n"},
    {"/computeMetadata/v1/project/project-id", FLAVOR, 200, "acme-staging"},
    {"/computeMetadata/v1/project/numeric-project-id", FLAVOR, 200, "481516234200"},
    {"/computeMetadata/v1/universe/universe-domain", FLAVOR, 200, "googleapis.com"},
    {"/computeMetadata/v1/instance/service-accounts/default/email", FLAVOR, 200,
     "plumbline@acme-staging.iam.gserviceaccount.com"},
    {"/computeMetadata/v1/project/project-id", "", 403, "Missing Metadata-Flavor:Google header.\n"},
    {"/computeMetadata/v1/project/project-id", "Metadata-Flavor: google\r\n", 403,
     "Missing Metadata-Flavor:Google header.\n"},
    {"/computeMetadata/v1/project/project-id", FLAVOR "X-Forwarded-For: 203.0.113.9\r\n", 403,
     "Request contains an X-Forwarded-For header.\n"},
    {"/computeMetadata/v1/project/nothing", FLAVOR, 404, NULL},
};

static void test_metadata(void **state)
{
    struct child child;
    (void)state;
    child_start(&child, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof metadatas / sizeof metadatas[0]; i++) {
        struct answer answer = http(&child, "GET", metadatas[i].path, metadatas[i].headers, NULL);
        assert_int_equal(answer.status, metadatas[i].status);
        if (metadatas[i].body != NULL) {
            assert_string_equal(answer.body, metadatas[i].body);
        }
        assert_non_null(strstr(answer.head, "Metadata-Flavor: Google"));
        answer_free(&answer);
    }
    struct answer info =
        http(&child, "GET", "/computeMetadata/v1/instance/service-accounts/default/?recursive=true",
             FLAVOR, NULL);
    assert_string_equal(text_at(info.json, "scopes.0"), PREFIX "cloud-platform");
    answer_free(&info);
    struct answer token = http(
        &child, "GET", "/computeMetadata/v1/instance/service-accounts/default/token", FLAVOR, NULL);
    assert_int_equal(call_with(&child, text_at(token.json, "access_token"), INSTANCES), 200);
    answer_free(&token);
    token = http(&child, "GET",
                 "/computeMetadata/v1/instance/service-accounts/default/"
                 "token?scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcompute.readonly",
                 FLAVOR, NULL);
    assert_int_equal(call_with(&child, text_at(token.json, "access_token"), NETWORKS), 200);
    assert_int_equal(call_with(&child, text_at(token.json, "access_token"), INSTANCES), 403);
    answer_free(&token);
    child_end(&child, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token_flow), cmocka_unit_test(test_bad_assertions),
        cmocka_unit_test(test_bad_forms),  cmocka_unit_test(test_no_key),
        cmocka_unit_test(test_expiry),     cmocka_unit_test(test_revoked),
        cmocka_unit_test(test_metadata),
    };
    return cmocka_run_group_tests(tests, make_keys, free_keys);
}
