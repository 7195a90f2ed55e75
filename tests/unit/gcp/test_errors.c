/* test_errors.c - refusals as Google words them, in all four shapes, and what they are taken for. */
#include "gcp_priv.h"
#include "harness.h"

#include <string.h>

#include "plumbline/clock.h"

static const struct pl_gcp_about about = {.api = "run.googleapis.com",
                                          .project = "acme",
                                          .permission = "run.services.list",
                                          .role = "roles/run.viewer",
                                          .member =
                                              "serviceAccount:x@acme.iam.gserviceaccount.com"};

static struct pl_gcp_failure judge(struct pl_arena *arena, int status, const char *body)
{
    struct pl_http_reply reply = {.status = status, .body = body, .body_len = strlen(body)};

    return pl_gcp_judge(arena, &about, &reply);
}

#define INFO(reason, metadata)                                                                     \
    "{\"error\":{\"code\":403,\"message\":\"No.\",\"status\":\"PERMISSION_DENIED\",\"details\":["  \
    "{\"@type\":\"type.googleapis.com/google.rpc.Help\"},"                                         \
    "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" reason                 \
    "\",\"domain\":\"googleapis.com\",\"metadata\":{" metadata "}}]}}"
#define LEGACY(reason)                                                                             \
    "{\"error\":{\"errors\":[{\"domain\":\"global\",\"reason\":\"" reason                          \
    "\"}],\"message\":\"No.\"}}"
#define STATUS(status) "{\"error\":{\"message\":\"No.\",\"status\":\"" status "\"}}"
#define REPORT_IT                                                                                  \
    "Google takes the request for a wrong one: the detail has its words; where they do not help, " \
    "report it"
#define GRANT                                                                                      \
    "gcloud projects add-iam-policy-binding acme "                                                 \
    "--member=serviceAccount:x@acme.iam.gserviceaccount.com --role=roles/run.viewer"

static const struct {
    int status;
    const char *body, *reason;
    bool again;
    const char *permission, *remedy;
} bodies[] = {
    /* ErrorInfo comes before everything else */
    {403, INFO("IAM_PERMISSION_DENIED", "\"permission\":\"run.services.get\""), "permission_denied",
     false, "run.services.get", GRANT},
    {403, INFO("SERVICE_DISABLED", "\"service\":\"run.googleapis.com\""), "api_disabled", false,
     NULL, "gcloud services enable run.googleapis.com --project acme"},
    {403, INFO("SERVICE_DISABLED", "\"service\":\"x; rm -rf /\""), "api_disabled", false, NULL,
     "gcloud services enable 'x; rm -rf /' --project acme"},
    {403,
     INFO("SERVICE_DISABLED", "\"service\":\"run.googleapis.com\",\"consumer\":\"projects/acme\""),
     "api_disabled", false, NULL, "gcloud services enable run.googleapis.com --project acme"},
    /* it is off in the project that the call counts against */
    {403,
     INFO("SERVICE_DISABLED", "\"service\":\"run.googleapis.com\",\"consumer\":\"projects/4711\""),
     "api_disabled", false, NULL, "gcloud services enable run.googleapis.com --project 4711"},
    {403,
     INFO("SERVICE_DISABLED",
          "\"service\":\"run.googleapis.com\",\"consumer\":\"projects/764086051850\""),
     "api_disabled", false, NULL, "gcloud auth application-default set-quota-project PROJECT"},
    {403, INFO("SECURITY_POLICY_VIOLATED", "\"uid\":\"abc\""), "vpc_service_controls", false, NULL,
     "ask for an ingress rule or an access level of the service perimeter; gcloud logging read "
     "'protoPayload.metadata.vpcServiceControlsUniqueId=\"abc\"' --project acme"},
    {403, INFO("SECURITY_POLICY_VIOLATED", ""), "vpc_service_controls", false, NULL,
     "ask for an ingress rule or an access level of the service perimeter; its audit log has the "
     "refusal"},
    {400,
     "{\"error\":{\"errors\":[{\"reason\":\"invalid\"}],\"message\":\"Invalid request: Invalid "
     "request since instance is not running.\"}}",
     "not_running", false, NULL, "what lives in it can be read while it runs"},
    {403, INFO("BILLING_DISABLED", ""), "billing_disabled", false, NULL,
     "gcloud billing projects link acme --billing-account=ACCOUNT"},
    {403, INFO("LOCATION_ORG_POLICY_VIOLATED", ""), "location_denied", false, NULL,
     "ask for the location in the organisation policy constraints/gcp.resourceLocations"},
    {403, INFO("ACCESS_TOKEN_SCOPE_INSUFFICIENT", ""), "scope_insufficient", false, NULL,
     "use a token with the scope https://www.googleapis.com/auth/cloud-platform"},
    {429, INFO("RATE_LIMIT_EXCEEDED", ""), "throttled", true, NULL,
     "run again later, ask for more quota, or ask more slowly (--quota)"},
    {403, INFO("CONSUMER_INVALID", ""), "not_found_scope", false, NULL,
     "check the name of the project"},
    {403, INFO("SOMETHING_NEW", ""), "permission_denied", false, "run.services.list", GRANT},
    /* the older APIs */
    {403, LEGACY("accessNotConfigured"), "api_disabled", false, NULL,
     "gcloud services enable run.googleapis.com --project acme"},
    {403, LEGACY("rateLimitExceeded"), "throttled", true, NULL,
     "run again later, ask for more quota, or ask more slowly (--quota)"},
    {403, LEGACY("userRateLimitExceeded"), "throttled", true, NULL,
     "run again later, ask for more quota, or ask more slowly (--quota)"},
    {403, LEGACY("quotaExceeded"), "throttled", true, NULL,
     "run again later, ask for more quota, or ask more slowly (--quota)"},
    {403, LEGACY("forbidden"), "permission_denied", false, "run.services.list", GRANT},
    {403, LEGACY("notAuthorized"), "permission_denied", false, "run.services.list", GRANT},
    {404, LEGACY("notFound"), "not_found_scope", false, NULL, "check the name of the project"},
    {400, LEGACY("errorInvalidProject"), "not_found_scope", false, NULL,
     "check the name of the project"},
    {503, LEGACY("backendError"), "unavailable", true, NULL, "run again later"},
    /* in words only */
    {403,
     "{\"error\":{\"message\":\"Cloud X API has not been used in project 1 before or it is "
     "disabled. Enable it\",\"status\":\"PERMISSION_DENIED\"}}",
     "api_disabled", false, NULL, "gcloud services enable run.googleapis.com --project 1"},
    {403,
     "{\"error\":{\"message\":\"Request had insufficient authentication "
     "scopes.\",\"status\":\"PERMISSION_DENIED\"}}",
     "scope_insufficient", false, NULL,
     "use a token with the scope https://www.googleapis.com/auth/cloud-platform"},
    /* the canonical status */
    {403, STATUS("PERMISSION_DENIED"), "permission_denied", false, "run.services.list", GRANT},
    {401, STATUS("UNAUTHENTICATED"), "auth", false, NULL, NULL},
    {404, STATUS("NOT_FOUND"), "not_found_scope", false, NULL, "check the name of the project"},
    {429, STATUS("RESOURCE_EXHAUSTED"), "throttled", true, NULL,
     "run again later, ask for more quota, or ask more slowly (--quota)"},
    {400, STATUS("INVALID_ARGUMENT"), "rejected", false, NULL, REPORT_IT},
    {503, STATUS("UNAVAILABLE"), "unavailable", true, NULL, "run again later"},
    {500, STATUS("INTERNAL"), "unavailable", true, NULL, "run again later"},
    /* the HTTP status alone */
    {403, "", "permission_denied", false, "run.services.list", GRANT},
    {403, "<html>", "bad_answer", false, NULL, "run again later"},
    {403, "[1]", "bad_answer", false, NULL, "run again later"},
    {404, "<html>", "bad_answer", false, NULL, "run again later"},
    {404, "", "not_found_scope", false, NULL, "check the name of the project"},
    {401, "", "auth", false, NULL, NULL},
    {407, "", "unavailable", false, NULL, "run again later"},
    {421, "", "unavailable", true, NULL, "run again later"},
    {425, "", "unavailable", true, NULL, "run again later"},
    {511, "<html>", "bad_answer", true, NULL, "run again later"},
    {408, "", "unavailable", true, NULL, "run again later"},
    {429, "", "throttled", true, NULL,
     "run again later, ask for more quota, or ask more slowly (--quota)"},
    {502, "<html>", "unavailable", true, NULL, "run again later"},
    {405, "", "rejected", false, NULL, REPORT_IT},
    {302, "", "bad_answer", false, NULL, "run again later"},
    {503, STATUS("PERMISSION_DENIED"), "permission_denied", true, "run.services.list", GRANT},
    {500, "{\"error\":7}", "unavailable", true, NULL, "run again later"},
    {500, "[{\"error\":{\"status\":\"UNAVAILABLE\"}}]", "unavailable", true, NULL,
     "run again later"},
};

static void each_body_has_its_reason(void **state)
{
    for (size_t i = 0; i < PL_LEN(bodies); i++) {
        struct pl_gcp_failure f = judge(*state, bodies[i].status, bodies[i].body);

        ROW("%d %s", bodies[i].status, bodies[i].body);
        assert_string_equal(f.reason, bodies[i].reason);
        assert_int_equal(f.again, bodies[i].again);
        assert_int_equal(f.status, bodies[i].status);
        assert_int_equal(f.unauthorized, bodies[i].status == 401);
        assert_string_equal(f.permission != NULL ? f.permission : "-",
                            bodies[i].permission != NULL ? bodies[i].permission : "-");
        assert_string_equal(f.remedy != NULL ? f.remedy : "-",
                            bodies[i].remedy != NULL ? bodies[i].remedy : "-");
    }
}

static void servers_say_how_long_to_wait(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_http_header seconds = {"retry-after", "7"};
    struct pl_http_reply reply = {.status = 429, .body = "", .headers = &seconds, .n_headers = 1};

    assert_int_equal(judge(arena, 429, "").wait, -1);
    assert_int_equal(pl_gcp_judge(arena, &about, &reply).wait, 7);
    assert_int_equal(
        judge(arena, 429,
              "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
              "\"retryDelay\":\"12.5s\"}]}}")
            .wait,
        13);
}

/* RFC 9110, section 5.6.7, in its three forms; by the server's clock where it tells it, else by ours, which stands at 10:00:00. */
static const struct {
    const char *after, *date;
    int64_t wait;
} dates[] = {
    {"Fri, 20 Nov 2026 10:00:09 GMT", "Fri, 20 Nov 2026 10:00:02 GMT", 7},
    {"Fri, 20 Nov 2026 10:00:09 GMT", NULL, 9},
    {"Friday, 20-Nov-26 10:01:00 GMT", NULL, 60},
    {"Fri Nov 20 10:00:30 2026", NULL, 30},
    {"Fri, 20 Nov 2026 09:00:00 GMT", NULL, 0},
    {"Fri, 20 Nov 2026 10:00:09 CET", NULL, -1},
    {"Fri, 20 Nov 2026", NULL, -1},
    {"-5", NULL, -1},
    {"7 s", NULL, -1},
    {"", NULL, -1},
    {"soon", NULL, -1},
    {"99999999999999999999999", NULL, INT64_MAX},
};

static void servers_say_until_when_to_wait(void **state)
{
    int64_t at;

    assert_int_equal(pl_clock_parse("2026-11-20T10:00:00Z", &at), 0);
    pl_clock_freeze_wall(at);
    for (size_t i = 0; i < PL_LEN(dates); i++) {
        struct pl_http_header headers[] = {{"retry-after", dates[i].after},
                                           {"date", dates[i].date}};
        struct pl_http_reply reply = {.status = 503,
                                      .body = "",
                                      .headers = headers,
                                      .n_headers = dates[i].date != NULL ? 2 : 1};

        ROW("%s", dates[i].after);
        assert_int_equal(pl_gcp_judge(*state, &about, &reply).wait, dates[i].wait);
    }
    pl_clock_freeze_wall(0);
}

static const struct {
    enum pl_http_failure failure;
    const char *reason;
    bool again;
} failures[] = {
    {PL_HTTP_RESOLVE, "unavailable", true}, {PL_HTTP_CONNECT, "unavailable", true},
    {PL_HTTP_TLS, "unavailable", false},    {PL_HTTP_TIMEOUT, "unavailable", true},
    {PL_HTTP_RESET, "unavailable", true},   {PL_HTTP_TOO_LARGE, "bad_answer", false},
    {PL_HTTP_OTHER, "unavailable", false},  {PL_HTTP_UNCONNECTED, "unavailable", true},
    {PL_HTTP_GARBLED, "bad_answer", true},
};

static void without_an_answer(void **state)
{
    for (size_t i = 0; i < PL_LEN(failures); i++) {
        struct pl_http_reply reply = {
            .failure = failures[i].failure, .detail = "x:443: no", .body = ""};
        struct pl_gcp_failure f = pl_gcp_judge(*state, &about, &reply);

        assert_string_equal(f.reason, failures[i].reason);
        assert_int_equal(f.again, failures[i].again);
        assert_string_equal(f.detail, "x:443: no");
        assert_int_equal(f.silent, failures[i].failure == PL_HTTP_UNCONNECTED);
        assert_int_equal(f.mute, failures[i].failure == PL_HTTP_TIMEOUT);
    }
}

static const struct {
    const char *text, *quoted;
} echoes[] = {
    {"got 'Authorization: Bearer opaque-t0ken-0123456' and \"ya29.x\"",
     "got 'Authorization: Bearer <token>' and \"<token>\""},
    {"bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln, eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
     "bearer <token>, <token>"},
    {"Bearer token expected", "Bearer token expected"},
    {"eyJ", "eyJ"},
};

static void details_are_harmless(void **state)
{
    struct pl_arena *arena = *state;
    char long_text[2000];
    struct pl_gcp_failure f = judge(
        arena, 403, "{\"error\":{\"message\":\"token ya29.a0Secret-_x is \\u001b[31mbad\\nnow\"}}");

    assert_string_equal(f.detail, "HTTP 403: token <token> is \\x1b[31mbad\\x0anow");
    for (size_t i = 0; i < PL_LEN(echoes); i++)
        assert_string_equal(pl_gcp_quote(arena, echoes[i].text), echoes[i].quoted);
    memset(long_text, 'a', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    assert_int_equal(strlen(pl_gcp_quote(arena, long_text)), 303);
    memset(long_text, 0xc3, sizeof long_text - 1); /* no whole character anywhere */
    assert_true(strlen(pl_gcp_quote(arena, long_text)) < 4000);
    f = judge(arena, 502, "<html>");
    assert_string_equal(f.detail, "HTTP 502 from run.googleapis.com");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_body_has_its_reason),       TEST(servers_say_how_long_to_wait),
        TEST(servers_say_until_when_to_wait), TEST(without_an_answer),
        TEST(details_are_harmless),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
