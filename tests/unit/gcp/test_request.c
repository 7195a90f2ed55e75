/* test_request.c - what may be sent, and that nothing else can be: every method on every kind of host and path. */
#include "gcp_priv.h"
#include "harness.h"

#include <stdlib.h>
#include <string.h>

static int build(struct pl_arena *arena, const char *root, enum pl_gcp_purpose purpose,
                 const char *method, const char *host, const char *path, const char *body,
                 struct pl_http_request *out, struct pl_err *err)
{
    struct pl_gcp_ask ask = {
        .purpose = purpose, .method = method, .host = host, .path = path, .body = body};

    return pl_gcp_request_build(arena, root, &ask, out, err);
}

#define ACCOUNTS        "/v1/projects/-/serviceAccounts/"
#define DEFAULT_ACCOUNT "/computeMetadata/v1/instance/service-accounts/default/"

/* ---- what goes ---- */

static void a_read_is_a_get(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_gcp_ask ask = {.purpose = PL_GCP_READ,
                             .method = "GET",
                             .host = "run.googleapis.com",
                             .path = "/v2/projects/p/locations/l/services",
                             .query = "pageSize=10&pageToken=a%2Fb"};
    struct pl_http_request request;
    struct pl_err err;

    assert_int_equal(pl_gcp_request_build(arena, NULL, &ask, &request, &err), 0);
    assert_string_equal(request.method, "GET");
    assert_string_equal(request.url, "https://run.googleapis.com/v2/projects/p/locations/l/services"
                                     "?pageSize=10&pageToken=a%2Fb");
    assert_null(request.body);
    assert_null(request.bearer);
    assert_false(request.direct);
    assert_int_equal(pl_gcp_request_build(arena, "http://127.0.0.1:9", &ask, &request, &err), 0);
    assert_true(request.direct);
    assert_string_equal(request.url,
                        "http://127.0.0.1:9/run.googleapis.com/v2/projects/p/locations/l/services"
                        "?pageSize=10&pageToken=a%2Fb");
}

static void the_others_go_where_they_should(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_http_request request;
    struct pl_err err;

    assert_int_equal(build(arena, NULL, PL_GCP_POLICY, "POST",
                           "cloudresourcemanager.googleapis.com", "/v3/projects/p:getIamPolicy",
                           "{}", &request, &err),
                     0);
    assert_string_equal(request.method, "POST");
    assert_string_equal(request.content_type, "application/json");
    assert_int_equal(request.body_len, 2);
    assert_int_equal(build(arena, NULL, PL_GCP_PERMISSIONS, "POST",
                           "cloudresourcemanager.googleapis.com",
                           "/v3/projects/p:testIamPermissions", "{}", &request, &err),
                     0);
    assert_string_equal(request.url, "https://cloudresourcemanager.googleapis.com/v3/projects/"
                                     "p:testIamPermissions");
    assert_int_equal(build(arena, NULL, PL_GCP_LOGS, "POST", "logging.googleapis.com",
                           "/v2/entries:list", "{}", &request, &err),
                     0);
    assert_string_equal(request.url, "https://logging.googleapis.com/v2/entries:list");
    assert_string_equal(request.content_type, "application/json");
    assert_int_equal(build(arena, NULL, PL_GCP_TOKEN, "POST", "oauth2.googleapis.com", "/token",
                           "a=b", &request, &err),
                     0);
    assert_string_equal(request.content_type, "application/x-www-form-urlencoded");
    assert_int_equal(build(arena, NULL, PL_GCP_TOKEN, "POST", "sts.europe-west1.rep.googleapis.com",
                           "/v1/token", "a=b", &request, &err),
                     0);
    assert_string_equal(request.url, "https://sts.europe-west1.rep.googleapis.com/v1/token");
    assert_int_equal(build(arena, NULL, PL_GCP_IMPERSONATE, "POST", "iamcredentials.googleapis.com",
                           ACCOUNTS "x%40y:generateIdToken", "{}", &request, &err),
                     0);
    assert_string_equal(request.content_type, "application/json");
    assert_false(request.direct);
    assert_int_equal(build(arena, "http://127.0.0.1:9", PL_GCP_METADATA, "GET",
                           "metadata.google.internal", DEFAULT_ACCOUNT "token", NULL, &request,
                           &err),
                     0);
    assert_string_equal(request.url, "http://metadata.google.internal" DEFAULT_ACCOUNT "token");
    assert_true(request.direct);
    assert_string_equal(request.headers[0].name, "Metadata-Flavor");
    assert_string_equal(request.headers[0].value, "Google");
}

/* ---- what does not ---- */

static const char *const methods[] = {"POST",    "PUT",   "PATCH", "DELETE", "HEAD",
                                      "OPTIONS", "TRACE", "get",   "",       NULL};
static const char *const paths[] = {
    "/v1/projects/p/instances",
    "/v3/projects/p:setIamPolicy",
    "/v3/projects/p",
    "/v3/projects/a/b:testIamPermissions",
    "/v3/projects/:testIamPermissions",
    "/v3/folders/1:testIamPermissions",
    "/v1/projects/p/serviceAccounts/x:testIamPermissions",
    "/v3/projects/p:move",
    "/v3/projects/a/b:getIamPolicy",
    "/v3/projects/:getIamPolicy",
    "/v3/folders/1:getIamPolicy",
    "/v2/projects/p/locations/l/services/s:setIamPolicy",
    "/token",
    "/v2/entries:write",
    "/v2/entries:list",
};

/* Everything but GET is refused on every API and path, whatever it claims to be for. */
static void no_api_gets_anything_but_get(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_http_request request;
    struct pl_err err;

    for (size_t k = 0; k < pl_kinds_len; k++)
        for (size_t m = 0; m < PL_LEN(methods); m++)
            for (size_t p = 0; p < PL_LEN(paths); p++)
                for (int purpose = -1; purpose <= PL_GCP_LOGS + 1; purpose++)
                    for (int body = 0; body < 2; body++) {
                        assert_int_equal(build(arena, NULL, (enum pl_gcp_purpose)purpose,
                                               methods[m], pl_kinds[k]->call.api, paths[p],
                                               body != 0 ? "{}" : NULL, &request, &err),
                                         -1);
                        assert_null(request.url);
                        assert_int_equal(err.code, PL_E_INTERNAL);
                    }
}

static const struct {
    enum pl_gcp_purpose purpose;
    const char *root, *method, *host, *path, *body, *why;
} refused[] = {
    {PL_GCP_READ, NULL, "GET", "evil.example", "/v1/x", NULL,
     "the host is none that kinds are read from"},
    {PL_GCP_READ, NULL, "GET", "oauth2.googleapis.com", "/token", NULL,
     "the host is none that kinds are read from"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com", "/v1/x", "{}", "a read has no body"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com", "/v1/x/versions/1:access", NULL,
     "the only verb that is read is getIamPolicy"},
    {PL_GCP_READ, NULL, "GET", "redis.googleapis.com",
     "/v1/projects/p/locations/l/instances/i/authString", NULL, "it gives out a secret"},
    {PL_GCP_SECRET, NULL, "GET", "secretmanager.googleapis.com", "/v1/projects/p/secrets/s", NULL,
     "this is no call that gives out a secret of a kind"},
    {PL_GCP_SECRET, NULL, "GET", "secretmanager.googleapis.com",
     "/v1/projects/p/secrets/s/versions/1:destroy", NULL,
     "this is no call that gives out a secret of a kind"},
    {PL_GCP_SECRET, NULL, "GET", "secretmanager.googleapis.com",
     "/v1/projects/p/secrets/s/versions/1:access/x", NULL,
     "this is no call that gives out a secret of a kind"},
    {PL_GCP_SECRET, NULL, "GET", "secretmanager.googleapis.com",
     "/v1/projects/p/secrets//versions/1:access", NULL,
     "this is no call that gives out a secret of a kind"},
    {PL_GCP_SECRET, NULL, "GET", "run.googleapis.com", "/v1/projects/p/secrets/s/versions/1:access",
     NULL, "this is no call that gives out a secret of a kind"},
    {PL_GCP_SECRET, NULL, "GET", "redis.googleapis.com",
     "/v1/projects/p/locations/l/instances/i/authString", "{}", "it takes neither body nor query"},
    {PL_GCP_SECRET, NULL, "POST", "secretmanager.googleapis.com",
     "/v1/projects/p/secrets/s/versions/1:access", NULL, "this program only reads"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com", "v1/x", NULL,
     "host, path or query is malformed"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com", "/v1/../x", NULL,
     "host, path or query is malformed"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com", "/v1/x?y", NULL,
     "host, path or query is malformed"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com", "/v1/x#y", NULL,
     "host, path or query is malformed"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com", "/v1/x\r\nHost: y", NULL,
     "host, path or query is malformed"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com@evil.example", "/v1/x", NULL,
     "host, path or query is malformed"},
    {PL_GCP_READ, NULL, "GET", "", "/v1/x", NULL, "host, path or query is malformed"},
    {PL_GCP_READ, NULL, "GET", "run.googleapis.com", NULL, NULL,
     "host, path or query is malformed"},
    {PL_GCP_POLICY, NULL, "POST", "cloudresourcemanager.googleapis.com",
     "/v3/projects/p:getIamPolicy", NULL, "it needs a body"},
    {PL_GCP_LOGS, NULL, "POST", "logging.googleapis.com", "/v2/entries:list", NULL,
     "it needs a body"},
    {PL_GCP_LOGS, NULL, "POST", "logging.googleapis.com", "/v2/entries:write", "{}",
     "the only POST to Logging is entries:list"},
    {PL_GCP_LOGS, NULL, "POST", "logging.googleapis.com", "/v2/entries:tail", "{}",
     "the only POST to Logging is entries:list"},
    {PL_GCP_LOGS, NULL, "POST", "run.googleapis.com", "/v2/entries:list", "{}",
     "the only POST to Logging is entries:list"},
    {PL_GCP_LOGS, NULL, "GET", "logging.googleapis.com", "/v2/entries:list", "{}",
     "this program only reads"},
    {PL_GCP_POLICY, NULL, "POST", "run.googleapis.com", "/v3/projects/p:getIamPolicy", "{}",
     "the only POST to an API is Resource Manager's projects.getIamPolicy"},
    {PL_GCP_POLICY, NULL, "POST", "cloudresourcemanager.googleapis.com",
     "/v3/projects/p:setIamPolicy", "{}",
     "the only POST to an API is Resource Manager's projects.getIamPolicy"},
    {PL_GCP_PERMISSIONS, NULL, "POST", "cloudresourcemanager.googleapis.com",
     "/v3/projects/p:testIamPermissions", NULL, "it needs a body"},
    {PL_GCP_PERMISSIONS, NULL, "GET", "cloudresourcemanager.googleapis.com",
     "/v3/projects/p:testIamPermissions", "{}", "this program only reads"},
    {PL_GCP_PERMISSIONS, NULL, "POST", "run.googleapis.com", "/v3/projects/p:testIamPermissions",
     "{}", "the only question about permissions is Resource Manager's projects.testIamPermissions"},
    {PL_GCP_PERMISSIONS, NULL, "POST", "cloudresourcemanager.googleapis.com",
     "/v3/projects/p:getIamPolicy", "{}",
     "the only question about permissions is Resource Manager's projects.testIamPermissions"},
    {PL_GCP_POLICY, NULL, "POST", "cloudresourcemanager.googleapis.com",
     "/v3/projects/p:testIamPermissions", "{}",
     "the only POST to an API is Resource Manager's projects.getIamPolicy"},
    {PL_GCP_TOKEN, NULL, "POST", "evil.example", "/token", "a=b", "this is no token endpoint"},
    {PL_GCP_TOKEN, NULL, "POST", "evilgoogleapis.com", "/token", "a=b",
     "this is no token endpoint"},
    {PL_GCP_TOKEN, NULL, "POST", "compute.googleapis.com", "/token", "a=b",
     "this is no token endpoint"},
    {PL_GCP_TOKEN, "http://127.0.0.1:9", "POST", "compute.googleapis.com",
     "/compute/v1/projects/p/token", "a=b", "this is no token endpoint"},
    {PL_GCP_TOKEN, NULL, "POST", "oauth2.googleapis.com", "/revoke", "a=b",
     "this is no token endpoint"},
    {PL_GCP_TOKEN, NULL, "POST", "oauth2.googleapis.com", "/token", NULL, "it needs a body"},
    {PL_GCP_TOKEN, NULL, "POST", "iamcredentials.googleapis.com", "/token", "a=b",
     "this is no token endpoint"},
    {PL_GCP_TOKEN, NULL, "POST", "sts.googleapis.com", "/v1/introspect", "a=b",
     "this is no token endpoint"},
    {PL_GCP_TOKEN, NULL, "POST", "sts.evil.example", "/v1/token", "a=b",
     "this is no token endpoint"},
    {PL_GCP_TOKEN, NULL, "POST", "sts.a.b.rep.googleapis.com", "/v1/token", "a=b",
     "this is no token endpoint"},
    {PL_GCP_TOKEN, NULL, "GET", "oauth2.googleapis.com", "/token", "a=b",
     "this program only reads"},
    {PL_GCP_METADATA, NULL, "GET", "metadata.google.internal", "/", NULL,
     "this is no token, email or identity of a metadata server"},
    {PL_GCP_METADATA, NULL, "GET", "metadata.google.internal",
     "/computeMetadata/v1/instance/attributes/kube-env", NULL,
     "this is no token, email or identity of a metadata server"},
    {PL_GCP_METADATA, NULL, "GET", "metadata.google.internal", DEFAULT_ACCOUNT, NULL,
     "this is no token, email or identity of a metadata server"},
    {PL_GCP_METADATA, NULL, "GET", "metadata.google.internal", DEFAULT_ACCOUNT "token", "{}",
     "a read has no body"},
    {PL_GCP_METADATA, NULL, "PUT", "metadata.google.internal", DEFAULT_ACCOUNT "token", NULL,
     "this program only reads"},
    {PL_GCP_IMPERSONATE, NULL, "POST", "iam.googleapis.com", ACCOUNTS "x%40y:generateAccessToken",
     "{}", "this is no service account of IAM Credentials"},
    {PL_GCP_IMPERSONATE, NULL, "POST", "iamcredentials.googleapis.com", ACCOUNTS "x%40y:signBlob",
     "{}", "the only verbs are generateAccessToken and generateIdToken"},
    {PL_GCP_IMPERSONATE, NULL, "POST", "iamcredentials.googleapis.com", ACCOUNTS "x%40y:signJwt",
     "{}", "the only verbs are generateAccessToken and generateIdToken"},
    {PL_GCP_IMPERSONATE, NULL, "POST", "iamcredentials.googleapis.com", ACCOUNTS "x%40y", "{}",
     "the only verbs are generateAccessToken and generateIdToken"},
    {PL_GCP_IMPERSONATE, NULL, "POST", "iamcredentials.googleapis.com",
     ACCOUNTS ":generateAccessToken", "{}", "this is no service account of IAM Credentials"},
    {PL_GCP_IMPERSONATE, NULL, "POST", "iamcredentials.googleapis.com",
     ACCOUNTS "x/y:generateAccessToken", "{}", "this is no service account of IAM Credentials"},
    {PL_GCP_IMPERSONATE, NULL, "POST", "iamcredentials.googleapis.com",
     "/v1/projects/p/serviceAccounts/x:generateAccessToken", "{}",
     "this is no service account of IAM Credentials"},
    {PL_GCP_IMPERSONATE, NULL, "POST", "iamcredentials.googleapis.com",
     ACCOUNTS "x%40y:generateAccessToken", NULL, "it needs a body"},
    {PL_GCP_IMPERSONATE, NULL, "GET", "iamcredentials.googleapis.com",
     ACCOUNTS "x%40y:generateAccessToken", "{}", "this program only reads"},
    {PL_GCP_READ, NULL, "GET", "iamcredentials.googleapis.com", ACCOUNTS "x%40y", NULL,
     "the host is none that kinds are read from"},
    {PL_GCP_SUBJECT, NULL, "POST", "127.0.0.1:1", "/token", NULL, "this program only reads"},
    {PL_GCP_SUBJECT, NULL, "GET", "127.0.0.1:1", "/token", NULL,
     "a subject token comes over http or https"},
};

static void each_refusal_says_why(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_http_request request;
    struct pl_err err;

    for (size_t i = 0; i < PL_LEN(refused); i++) {
        ROW("%s %s%s", refused[i].method, refused[i].host, refused[i].path);
        assert_int_equal(build(arena, refused[i].root, refused[i].purpose, refused[i].method,
                               refused[i].host, refused[i].path, refused[i].body, &request, &err),
                         -1);
        assert_string_equal(
            err.text, pl_arena_printf(
                          arena, "refused to send %s %s%s: %s", refused[i].method, refused[i].host,
                          refused[i].path != NULL ? refused[i].path : "", refused[i].why));
    }
}

/* ---- subject tokens: where a credential file says ---- */

static const struct {
    const char *scheme, *host, *query, *url, *why;
    bool direct;
} subjects[] = {
    {"https", "tokens.example", "a=b%20c&d=(e)", "https://tokens.example/t?a=b%20c&d=(e)", NULL,
     false},
    {"http", "localhost:5000", NULL, "http://localhost:5000/t", NULL, true},
    {"http", "127.0.0.1:5000", NULL, "http://127.0.0.1:5000/t", NULL, true},
    {"http", "[::1]:5000", NULL, "http://[::1]:5000/t", NULL, true},
    {"http", "169.254.169.254", "resource=https://x", "http://169.254.169.254/t?resource=https://x",
     NULL, true},
    {"http", "10.0.0.7", NULL, "http://10.0.0.7/t", NULL, true},
    {"http", "8.8.8.8", NULL, NULL,
     "plain http goes to localhost and private addresses only; use https", false},
    {"http", "tokens.example", NULL, NULL,
     "plain http goes to localhost and private addresses only; use https", false},
    {"http", "localhost.evil.example", NULL, NULL,
     "plain http goes to localhost and private addresses only; use https", false},
    {"ftp", "127.0.0.1", NULL, NULL, "a subject token comes over http or https", false},
    {"https", "a@b", NULL, NULL, "host, path or query is malformed", false},
    {"https", "b", "x y", NULL, "host, path or query is malformed", false},
    {"https", "b", "x\r\ny", NULL, "host, path or query is malformed", false},
    {"https", "b", "x#y", NULL, "host, path or query is malformed", false},
};

static void subject_tokens_come_from_near_or_encrypted(void **state)
{
    static const struct pl_http_header headers[] = {{"Metadata", "True"}};
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(subjects); i++) {
        struct pl_gcp_ask ask = {.purpose = PL_GCP_SUBJECT,
                                 .method = "GET",
                                 .scheme = subjects[i].scheme,
                                 .host = subjects[i].host,
                                 .path = "/t",
                                 .query = subjects[i].query,
                                 .headers = headers,
                                 .n_headers = 1};
        struct pl_http_request request;
        struct pl_err err;
        int result = pl_gcp_request_build(arena, "http://127.0.0.1:9", &ask, &request, &err);

        ROW("%s://%s", subjects[i].scheme, subjects[i].host);
        assert_int_equal(result, subjects[i].why != NULL ? -1 : 0);
        if (subjects[i].why != NULL) {
            assert_non_null(strstr(err.text, subjects[i].why));
            continue;
        }
        assert_string_equal(request.url, subjects[i].url);
        assert_int_equal(request.direct, subjects[i].direct);
        assert_int_equal(request.n_headers, 2);
        assert_string_equal(request.headers[1].name, "Metadata");
    }
}

/* ---- CLOUDSDK_API_ENDPOINT_OVERRIDES_<API> ---- */

#define OVERRIDES "CLOUDSDK_API_ENDPOINT_OVERRIDES_"

static const struct {
    const char *name, *value, *host, *path, *url, *error;
} overrides[] = {
    {OVERRIDES "COMPUTE", "https://compute-x.p.googleapis.com/compute/v1/",
     "compute.googleapis.com", "/compute/v1/projects/p/global/networks",
     "https://compute-x.p.googleapis.com/compute/v1/projects/p/global/networks", NULL},
    {OVERRIDES "COMPUTE", "https://compute-x.p.googleapis.com", "compute.googleapis.com",
     "/compute/v1/projects/p/global/networks",
     "https://compute-x.p.googleapis.com/compute/v1/projects/p/global/networks", NULL},
    {OVERRIDES "COMPUTE", "https://gw.example:8443/google/", "compute.googleapis.com",
     "/compute/v1/x", "https://gw.example:8443/google/compute/v1/x", NULL},
    {OVERRIDES "COMPUTE", "https://gw.example/google/compute/v1/", "compute.googleapis.com",
     "/compute/v1/x", "https://gw.example/google/compute/v1/x", NULL},
    {OVERRIDES "COMPUTE", "https://gw.example/compute", "compute.googleapis.com", "/compute/v1/x",
     "https://gw.example/compute/v1/x", NULL},
    {OVERRIDES "RUN", "http://127.0.0.1:80/", "run.googleapis.com", "/v1/x",
     "http://127.0.0.1:80/v1/x", NULL},
    {OVERRIDES "SQL", "https://sql.example", "sqladmin.googleapis.com", "/v1/x",
     "https://sql.example/v1/x", NULL},
    {OVERRIDES "SQLADMIN", "https://sql.example", "sqladmin.googleapis.com", "/v1/x",
     "https://sql.example/v1/x", NULL},
    {OVERRIDES "RUN", "", "run.googleapis.com", "/v1/x", "https://run.googleapis.com/v1/x", NULL},
    {OVERRIDES "RUN", "https://run.example", "compute.googleapis.com", "/compute/v1/x",
     "https://compute.googleapis.com/compute/v1/x", NULL},
    {OVERRIDES "RUN", "http://run.example", NULL, NULL, NULL,
     OVERRIDES "RUN: plain http goes to loopback only, because a token travels with every "
               "request; use https"},
    {OVERRIDES "RUN", "run.example", NULL, NULL, NULL,
     OVERRIDES "RUN wants a URL such as https://compute-x.p.googleapis.com/, without user and "
               "query"},
    {OVERRIDES "RUN", "https://me:s3cret@run.example", NULL, NULL, NULL,
     OVERRIDES "RUN wants a URL such as https://compute-x.p.googleapis.com/, without user and "
               "query"},
    {OVERRIDES "RUN", "https://run.example/?a=b", NULL, NULL, NULL,
     OVERRIDES "RUN wants a URL such as https://compute-x.p.googleapis.com/, without user and "
               "query"},
};

/* Another universe has other hosts for APIs and tokens; --api-root and overrides come before it, metadata and subject tokens are
 * nobody's there. */
static const struct {
    const char *root, *host, *path, *url;
    enum pl_gcp_purpose purpose;
} elsewhere[] = {
    {NULL, "run.googleapis.com", "/v1/x", "https://run.example.cloud/v1/x", PL_GCP_READ},
    {"https://root.example", "run.googleapis.com", "/v1/x",
     "https://root.example/run.googleapis.com/v1/x", PL_GCP_READ},
    {NULL, "oauth2.googleapis.com", "/token", "https://oauth2.example.cloud/token", PL_GCP_TOKEN},
    {NULL, "sts.googleapis.com", "/v1/token", "https://sts.example.cloud/v1/token", PL_GCP_TOKEN},
    {NULL, PL_GCP_IAM_CREDENTIALS, "/v1/projects/-/serviceAccounts/a%40b:generateAccessToken",
     "https://iamcredentials.example.cloud/v1/projects/-/serviceAccounts/a%40b:generateAccessToken",
     PL_GCP_IMPERSONATE},
    {NULL, "metadata.google.internal",
     "/computeMetadata/v1/instance/service-accounts/default/token",
     "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token",
     PL_GCP_METADATA},
};

static void another_universe_has_other_hosts(void **state)
{
    struct pl_arena *arena = *state;

    setenv("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "example.cloud", 1);
    for (size_t i = 0; i < PL_LEN(elsewhere); i++) {
        bool post =
            elsewhere[i].purpose == PL_GCP_TOKEN || elsewhere[i].purpose == PL_GCP_IMPERSONATE;
        struct pl_gcp_ask ask = {.purpose = elsewhere[i].purpose,
                                 .method = post ? "POST" : "GET",
                                 .host = elsewhere[i].host,
                                 .path = elsewhere[i].path,
                                 .body = post ? "x" : NULL};
        struct pl_http_request request;
        struct pl_err err;

        assert_int_equal(pl_gcp_request_build(arena, elsewhere[i].root, &ask, &request, &err), 0);
        assert_string_equal(request.url, elsewhere[i].url);
    }
    unsetenv("GOOGLE_CLOUD_UNIVERSE_DOMAIN");
}

static void endpoints_can_be_overridden(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(overrides); i++) {
        struct pl_http_request request;
        struct pl_err err = {0};
        const char *root;

        ROW("%s=%s", overrides[i].name, overrides[i].value);
        setenv(overrides[i].name, overrides[i].value, 1);
        if (overrides[i].error != NULL) {
            assert_int_equal(pl_gcp_root(arena, NULL, &root, &err), -1);
            CHECK_ERR(err, PL_E_USAGE, overrides[i].error);
            assert_int_equal(pl_gcp_root(arena, "http://127.0.0.1:9", &root, &err), 0);
        } else {
            assert_int_equal(pl_gcp_root(arena, NULL, &root, &err), 0);
            assert_int_equal(build(arena, NULL, PL_GCP_READ, "GET", overrides[i].host,
                                   overrides[i].path, NULL, &request, &err),
                             0);
            assert_string_equal(request.url, overrides[i].url);
            assert_int_equal(build(arena, "http://127.0.0.1:9", PL_GCP_READ, "GET",
                                   overrides[i].host, overrides[i].path, NULL, &request, &err),
                             0);
            assert_string_equal(request.url, pl_arena_printf(arena, "http://127.0.0.1:9/%s%s",
                                                             overrides[i].host, overrides[i].path));
        }
        unsetenv(overrides[i].name);
    }
}

/* ---- --api-root ---- */

static const struct {
    const char *root, *out, *error;
} roots[] = {
    {NULL, NULL, NULL},
    {"", NULL, NULL},
    {"http://127.0.0.1:9000", "http://127.0.0.1:9000", NULL},
    {"http://127.0.0.1:9000//", "http://127.0.0.1:9000", NULL},
    {"http://localhost:9000/api", "http://localhost:9000/api", NULL},
    {"http://[::1]:9000", "http://[::1]:9000", NULL},
    {"https://proxy.example/google", "https://proxy.example/google", NULL},
    {"http://10.0.0.1:9000", NULL,
     "--api-root http://10.0.0.1:9000: plain http goes to loopback only (127.0.0.1, ::1, "
     "localhost), because a token travels with "
     "every request; use https"},
    {"http://127.0.0.1.evil.example", NULL,
     "--api-root http://127.0.0.1.evil.example: plain http goes to loopback only (127.0.0.1, ::1, "
     "localhost), because a token travels "
     "with every request; use https"},
    {"127.0.0.1:9000", NULL,
     "--api-root wants a URL such as http://127.0.0.1:9000, without a query"},
    {"ftp://127.0.0.1", NULL,
     "--api-root wants a URL such as http://127.0.0.1:9000, without a query"},
    {"https://proxy.example/?a=b", NULL,
     "--api-root wants a URL such as http://127.0.0.1:9000, without a query"},
    {"https://me:secret@proxy.example", NULL, "--api-root must not hold a user or a password"},
};

static void roots_are_checked(void **state)
{
    struct pl_arena *arena = *state;

    for (size_t i = 0; i < PL_LEN(roots); i++) {
        struct pl_err err = {0};
        const char *out = "unset";
        int result = pl_gcp_root(arena, roots[i].root, &out, &err);

        ROW("%s", roots[i].root != NULL ? roots[i].root : "(none)");
        assert_int_equal(result, roots[i].error != NULL ? -1 : 0);
        if (roots[i].error != NULL)
            CHECK_ERR(err, PL_E_USAGE, roots[i].error);
        else if (roots[i].out == NULL)
            assert_null(out);
        else
            assert_string_equal(out, roots[i].out);
    }
}

/* ---- paths ---- */

static void names_are_encoded(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_gcp_var vars[] = {
        {"project", "example.com:p"}, {"name", "a/b c"}, {"empty", ""}, {"up", ".."}};

    assert_string_equal(pl_gcp_expand(arena, "/v1/projects/{project}/x/{name}:y", vars, 4),
                        "/v1/projects/example.com%3Ap/x/a%2Fb%20c:y");
    assert_null(pl_gcp_expand(arena, "/v1/{missing}", vars, 4));
    assert_null(pl_gcp_expand(arena, "/v1/{empty}", vars, 4));
    assert_null(pl_gcp_expand(arena, "/v1/{up}", vars, 4));
    assert_null(pl_gcp_expand(arena, "/v1/{open", vars, 4));
    assert_string_equal(pl_gcp_query_add(arena, NULL, "a", "b&c=d"), "a=b%26c%3Dd");
    assert_string_equal(pl_gcp_query_add(arena, "x=1", "a", "b"), "x=1&a=b");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_read_is_a_get),
        TEST(the_others_go_where_they_should),
        TEST(no_api_gets_anything_but_get),
        TEST(each_refusal_says_why),
        TEST(subject_tokens_come_from_near_or_encrypted),
        TEST(another_universe_has_other_hosts),
        TEST(endpoints_can_be_overridden),
        TEST(roots_are_checked),
        TEST(names_are_encoded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
