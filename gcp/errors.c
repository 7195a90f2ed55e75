/* errors.c - what an answer that is no answer means: one reason, the permission, the way out.
 *
 * Google words the same thing in four shapes; they are read in this order, the most exact first: google.rpc.ErrorInfo
 * (https://google.aip.dev/193), errors[0].reason of the older APIs, the canonical status, the HTTP status. A 403 never proves
 * that something is absent: APIs say "denied (or it may not exist)".
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plumbline/clock.h"
#include "plumbline/escape.h"
#include "plumbline/json.h"
#include "plumbline/net.h"
#include "plumbline/utf8.h"

enum { MAX_DETAIL = 300 };

struct word {
    const char *word, *reason;
    bool again;
};

/* https://github.com/googleapis/googleapis/blob/master/google/api/error_reason.proto */
static const struct word info_reasons[] = {
    {"SERVICE_DISABLED", "api_disabled", false},
    {"SERVICE_NOT_VISIBLE", "permission_denied", false},
    {"BILLING_DISABLED", "billing_disabled", false},
    {"IAM_PERMISSION_DENIED", "permission_denied", false},
    {"SECURITY_POLICY_VIOLATED", "vpc_service_controls", false},
    {"ORG_RESTRICTION_VIOLATION", "organization_restriction", false},
    {"ORG_RESTRICTION_HEADER_INVALID", "organization_restriction", false},
    {"LOCATION_POLICY_VIOLATED", "location_denied", false},
    {"LOCATION_TAX_POLICY_VIOLATED", "location_denied", false},
    {"LOCATION_ORG_POLICY_VIOLATED", "location_denied", false},
    {"USER_PROJECT_DENIED", "quota_project_denied", false},
    {"CONSUMER_SUSPENDED", "project_suspended", false},
    {"CONSUMER_INVALID", "not_found_scope", false},
    {"RESOURCE_PROJECT_INVALID", "not_found_scope", false},
    {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "scope_insufficient", false},
    {"ACCESS_TOKEN_EXPIRED", "auth", false},
    {"ACCESS_TOKEN_TYPE_UNSUPPORTED", "auth", false},
    {"ACCOUNT_STATE_INVALID", "auth", false},
    {"CREDENTIALS_MISSING", "auth", false},
    {"RATE_LIMIT_EXCEEDED", "throttled", true},
    {"RESOURCE_QUOTA_EXCEEDED", "throttled", true},
};

/* https://cloud.google.com/storage/docs/json_api/v1/status-codes lists them best; sqladmin and compute have their own. */
static const struct word legacy_reasons[] = {
    {"accessNotConfigured", "api_disabled", false},
    {"rateLimitExceeded", "throttled", true},
    {"userRateLimitExceeded", "throttled", true},
    {"quotaExceeded", "throttled", true},
    {"dailyLimitExceeded", "throttled", false},
    {"forbidden", "permission_denied", false},
    {"notAuthorized", "permission_denied", false},
    {"insufficientPermissions", "scope_insufficient", false},
    {"authError", "auth", false},
    {"required", "auth", false},
    {"notFound", "not_found_scope", false},
    {"instanceDoesNotExist", "not_found_scope", false},
    {"errorInvalidProject", "not_found_scope", false},
    {"backendError", "unavailable", true},
    {"internalError", "unavailable", true},
    {"billingNotEnabled", "billing_disabled", false},
};

static const struct word statuses[] = {
    {"PERMISSION_DENIED", "permission_denied", false},
    {"UNAUTHENTICATED", "auth", false},
    {"NOT_FOUND", "not_found_scope", false},
    {"RESOURCE_EXHAUSTED", "throttled", true},
    {"UNAVAILABLE", "unavailable", true},
    {"DEADLINE_EXCEEDED", "unavailable", true},
    {"INTERNAL", "unavailable", true},
    {"ABORTED", "unavailable", true},
    {"INVALID_ARGUMENT", "rejected", false},
    {"FAILED_PRECONDITION", "rejected", false},
    {"UNIMPLEMENTED", "rejected", false},
};

/* The last resort. */
static const struct {
    int from, to;
    const char *reason;
    bool again;
} codes[] = {
    {401, 401, "auth", false},
    {403, 403, "permission_denied", false},
    {404, 404, "not_found_scope", false},
    {407, 407, "unavailable", false}, /* a proxy's word, not Google's */
    {408, 408, "unavailable", true},
    {421, 421, "unavailable", true}, /* RFC 9110, section 15.5.20 */
    {425, 425, "unavailable", true}, /* RFC 8470, section 5.2 */
    {429, 429, "throttled", true},
    {400, 499, "rejected", false},
    {511, 511, "bad_answer", true}, /* a network that wants a login (RFC 6585, section 6) */
    {500, 599, "unavailable", true},
};

static const struct word *find_word(const struct word *words, size_t n, const char *text)
{
    for (size_t i = 0; text != NULL && i < n; i++)
        if (strcmp(words[i].word, text) == 0)
            return &words[i];
    return NULL;
}

/* ---- texts ---- */

/* How tokens begin: OAuth's of Google, JSON Web Tokens (RFC 7519), and what a request's header has (RFC 6750). Nobody should echo one, but a
 * proxy might. `least`: a shorter word behind it is none. */
static const struct {
    const char *mark;
    size_t keep, least;
} tokens[] = {{"ya29.", 0, 0}, {"eyJ", 0, 20}, {"Bearer ", 7, 16}, {"bearer ", 7, 16}};

static size_t word_length(const char *text)
{
    return strcspn(text, " \"',;<>&\r\n\t");
}

/* The first token of a text, and its length; NULL: none. */
static const char *find_token(const char *text, size_t *len)
{
    const char *first = NULL;

    for (size_t i = 0; i < PL_LEN(tokens); i++)
        for (const char *at = strstr(text, tokens[i].mark); at != NULL;
             at = strstr(at + 1, tokens[i].mark)) {
            const char *token = at + tokens[i].keep;

            if (word_length(token) < tokens[i].least)
                continue;
            if (first == NULL || token < first) {
                first = token;
                *len = word_length(token);
            }
            break;
        }
    return first;
}

static void hide_tokens(struct pl_buf *out, const char *text)
{
    const char *token;
    size_t len = 0;

    while ((token = find_token(text, &len)) != NULL) {
        pl_buf_add(out, text, (size_t)(token - text));
        pl_buf_adds(out, "<token>");
        text = token + len;
    }
    pl_buf_adds(out, text);
}

char *pl_gcp_quote(struct pl_arena *arena, const char *text)
{
    struct pl_buf hidden = {0}, out = {0};
    size_t len;

    hide_tokens(&hidden, text);
    len = pl_utf8_cut(pl_buf_str(&hidden), hidden.len, MAX_DETAIL);
    if (len < hidden.len)
        hidden.data[len] = '\0';
    pl_escape_terminal(&out, pl_buf_str(&hidden));
    if (len < hidden.len)
        pl_buf_adds(&out, "...");
    pl_buf_free(&hidden);
    return pl_buf_take(&out, arena);
}

static char *shell_word(struct pl_arena *arena, const char *text)
{
    struct pl_buf out = {0};

    pl_escape_shell(&out, text);
    return pl_buf_take(&out, arena);
}

/* ---- remedies ---- */

static char *grant_command(struct pl_arena *arena, const struct pl_gcp_about *about)
{
    if (about->role == NULL || about->project == NULL)
        return NULL;
    return pl_arena_printf(arena, "gcloud projects add-iam-policy-binding %s --member=%s --role=%s",
                           shell_word(arena, about->project),
                           about->member != NULL ? shell_word(arena, about->member) : "MEMBER",
                           about->role);
}

static const struct {
    const char *reason, *text;
} plain_remedies[] = {
    {"vpc_service_controls", "ask for an ingress rule or an access level of the service perimeter; "
                             "its audit log has the refusal"},
    {"organization_restriction",
     "run from where the organisation's restrictions let requests through"},
    {"location_denied",
     "ask for the location in the organisation policy constraints/gcp.resourceLocations"},
    {"quota_project_denied",
     "grant roles/serviceusage.serviceUsageConsumer on the quota project, or set another with "
     "'gcloud auth application-default set-quota-project'"},
    {"project_suspended",
     "https://cloud.google.com/resource-manager/docs/project-suspension-guidelines"},
    {"scope_insufficient",
     "use a token with the scope https://www.googleapis.com/auth/cloud-platform"},
    {"throttled", "run again later, ask for more quota, or ask more slowly (--quota)"},
    {"not_running", "what lives in it can be read while it runs"},
    {"unavailable", "run again later"},
    {"bad_answer", "run again later"},
    {"deadline", "run again with a longer --deadline"},
    {"not_found_scope", "check the name of the project"},
    {"rejected",
     "Google takes the request for a wrong one: the detail has its words; where they do "
     "not help, report it"},
};

char *pl_gcp_enable_command(struct pl_arena *arena, const char *service, const char *project)
{
    return pl_arena_printf(arena, "gcloud services enable %s --project %s",
                           shell_word(arena, service), shell_word(arena, project));
}

static const char *remedy_for(struct pl_arena *arena, const struct pl_gcp_about *about,
                              const char *reason, const char *service)
{
    if (strcmp(reason, "permission_denied") == 0)
        return grant_command(arena, about);
    if (about->project != NULL && strcmp(reason, "api_disabled") == 0)
        return pl_gcp_enable_command(arena, service, about->project);
    if (about->project != NULL && strcmp(reason, "billing_disabled") == 0)
        return pl_arena_printf(arena, "gcloud billing projects link %s --billing-account=ACCOUNT",
                               shell_word(arena, about->project));
    for (size_t i = 0; i < PL_LEN(plain_remedies); i++)
        if (strcmp(plain_remedies[i].reason, reason) == 0)
            return plain_remedies[i].text;
    return NULL;
}

struct pl_gcp_failure pl_gcp_failure_make(struct pl_arena *arena, const struct pl_gcp_about *about,
                                          const char *reason, const char *detail)
{
    return (struct pl_gcp_failure){.reason = reason,
                                   .detail = detail,
                                   .remedy = remedy_for(arena, about, reason, about->api),
                                   .wait = -1};
}

/* ---- bodies ---- */

/* The body's parts that matter; each NULL where it is not there. */
struct error_body {
    const char *message, *status, *legacy;
    const char *info, *permission, *service, *consumer, *uid;
    int64_t retry_after;
    bool foreign; /* text, and not in any of Google's four shapes */
};

static void read_detail(struct error_body *out, const struct pl_value *detail)
{
    const char *type = pl_value_member_text(detail, "@type");
    const struct pl_value *metadata = pl_value_member(detail, "metadata");
    int64_t ns;

    if (type == NULL)
        return;
    if (strcmp(type, "type.googleapis.com/google.rpc.ErrorInfo") == 0 && out->info == NULL) {
        out->info = pl_value_member_text(detail, "reason");
        out->permission = pl_value_member_text(metadata, "permission");
        out->service = pl_value_member_text(metadata, "service");
        out->consumer = pl_link_last(pl_value_member_text(metadata, "consumer"));
        out->uid = pl_value_member_text(metadata, "uid");
    } else if (strcmp(type, "type.googleapis.com/google.rpc.RetryInfo") == 0) {
        const char *delay = pl_value_member_text(detail, "retryDelay");

        if (delay != NULL && pl_duration_parse(delay, &ns) && ns >= 0)
            out->retry_after = ns / INT64_C(1000000000) + (ns % INT64_C(1000000000) != 0);
    }
}

static struct error_body read_body(struct pl_arena *arena, const struct pl_http_reply *reply)
{
    const struct pl_value *root = pl_json_parse(arena, reply->body, reply->body_len, "error", NULL);
    const struct pl_value *error, *details;
    struct error_body out = {.retry_after = -1};

    if (pl_value_item(root, 0) != NULL) /* some front ends wrap the object in an array */
        root = pl_value_item(root, 0);
    error = pl_value_member(root, "error");
    out.foreign = reply->body_len > 0 && error == NULL;
    details = pl_value_member(error, "details");
    out.message = pl_value_member_text(error, "message");
    out.status = pl_value_member_text(error, "status");
    out.legacy = pl_value_member_text(pl_value_item(pl_value_member(error, "errors"), 0), "reason");
    for (size_t i = 0; i < pl_value_count(details); i++)
        read_detail(&out, pl_value_item(details, i));
    return out;
}

/* RFC 9110, section 5.6.7: the form of today and the two that a recipient must still read. -1: it is none. */
static int64_t http_date(const char *text)
{
    static const char *const forms[] = {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT",
                                        "%a %b %d %H:%M:%S %Y"};

    for (size_t i = 0; text != NULL && i < PL_LEN(forms); i++) {
        struct tm tm = {0};
        const char *end = strptime(text, forms[i], &tm);

        if (end != NULL && *end == '\0')
            return timegm(&tm);
    }
    return -1;
}

int64_t pl_gcp_clock_ahead(const struct pl_http_reply *reply)
{
    int64_t theirs = http_date(pl_http_reply_header(reply, "date"));

    return theirs >= 0 ? pl_clock_wall_ns() / INT64_C(1000000000) - theirs : 0;
}

/* RFC 9110, section 10.2.3: seconds, or a date, which is by the clock of who sends it. */
static int64_t retry_after_header(const struct pl_http_reply *reply)
{
    const char *text = pl_http_reply_header(reply, "retry-after");
    int64_t until, now;

    if (text == NULL)
        return -1;
    if (*text != '\0' && text[strspn(text, "0123456789")] == '\0')
        return strtol(text, NULL, 10);
    until = http_date(text);
    now = http_date(pl_http_reply_header(reply, "date"));
    if (now < 0)
        now = pl_clock_wall_ns() / INT64_C(1000000000);
    if (until < 0)
        return -1;
    return until > now ? until - now : 0;
}

static const char unused[] = "has not been used in project ";

/* Bodies from before ErrorInfo say it in words only (recorded: 2017, and Compute today). */
static bool says_disabled(const char *message)
{
    return message != NULL && strstr(message, unused) != NULL &&
           strstr(message, "is disabled") != NULL;
}

/* The project in which the API is off, by its id or its number; NULL where nobody says. */
static const char *disabled_in(struct pl_arena *arena, const struct error_body *body)
{
    const char *at = body->message != NULL ? strstr(body->message, unused) : NULL;

    if (body->consumer != NULL && *body->consumer != '\0')
        return body->consumer;
    at = at != NULL ? at + strlen(unused) : "";
    return *at != '\0' ? pl_arena_strndup(arena, at, strcspn(at, " ")) : NULL;
}

/* Google's own projects, which gcloud's login counts against where nothing else is set: nobody turns an API on there. */
static bool is_gclouds(const char *project)
{
    return strcmp(project, "764086051850") == 0 || strcmp(project, "32555940559") == 0;
}

static void tell_disabled(struct pl_arena *arena, const struct pl_gcp_about *about,
                          const struct error_body *body, struct pl_gcp_failure *out)
{
    out->service = body->service != NULL ? body->service : about->api;
    out->consumer = disabled_in(arena, body);
    if (out->consumer == NULL)
        return;
    out->remedy = is_gclouds(out->consumer)
                      ? "gcloud auth application-default set-quota-project PROJECT"
                      : pl_gcp_enable_command(arena, out->service, out->consumer);
}

/* Cloud SQL refuses to list what lives in an instance that is stopped (400; known from practice). */
static bool says_not_running(const char *message, int status)
{
    return status == 400 && message != NULL && strstr(message, "instance is not running") != NULL;
}

static void classify(struct pl_gcp_failure *out, const struct error_body *body, int status)
{
    const struct word *word = find_word(info_reasons, PL_LEN(info_reasons), body->info);

    /* A proxy's page, or a front end's that knows no such address: nobody has looked at who asks, and for what. */
    if (body->foreign && (status == 403 || status == 404)) {
        out->reason = "bad_answer";
        return;
    }
    if (word == NULL && says_disabled(body->message)) {
        out->reason = "api_disabled";
        return;
    }
    if (says_not_running(body->message, status)) {
        out->reason = "not_running";
        return;
    }
    if (word == NULL)
        word = find_word(legacy_reasons, PL_LEN(legacy_reasons), body->legacy);
    if (word == NULL && body->message != NULL &&
        strstr(body->message, "insufficient authentication scopes") != NULL) {
        out->reason = "scope_insufficient";
        return;
    }
    if (word == NULL)
        word = find_word(statuses, PL_LEN(statuses), body->status);
    if (word != NULL) {
        out->reason = word->reason;
        /* 5xx and 429 are always worth another try, whatever the body says. */
        out->again = word->again || status == 429 || status >= 500;
        return;
    }
    for (size_t i = 0; i < PL_LEN(codes); i++)
        if (status >= codes[i].from && status <= codes[i].to) {
            out->reason = codes[i].reason;
            out->again = codes[i].again;
            return;
        }
}

static void judge_transport(struct pl_arena *arena, const struct pl_http_reply *reply,
                            struct pl_gcp_failure *out)
{
    /* A certificate that does not fit and an answer without end stay what they are. */
    out->reason = reply->failure == PL_HTTP_TOO_LARGE || reply->failure == PL_HTTP_GARBLED
                      ? "bad_answer"
                      : "unavailable";
    out->again = reply->failure != PL_HTTP_TOO_LARGE && reply->failure != PL_HTTP_TLS &&
                 reply->failure != PL_HTTP_OTHER;
    out->silent = reply->failure == PL_HTTP_UNCONNECTED;
    out->mute = reply->failure == PL_HTTP_TIMEOUT && reply->status == 0;
    out->detail = pl_gcp_quote(arena, reply->detail != NULL ? reply->detail : "the request failed");
}

static const char *transport_remedy(enum pl_http_failure failure)
{
    if (failure == PL_HTTP_TLS)
        return "where a proxy or a private endpoint has a CA of its own, name the file of its "
               "certificates in SSL_CERT_FILE";
    if (failure == PL_HTTP_UNCONNECTED)
        return "let this machine reach it: firewall, route, or the proxy that HTTPS_PROXY names";
    return NULL;
}

/* The refusal's own number finds it in the audit log (https://cloud.google.com/vpc-service-controls/docs/troubleshooting). */
static const char *perimeter_remedy(struct pl_arena *arena, const struct pl_gcp_about *about,
                                    const struct error_body *body)
{
    const char *filter = pl_arena_printf(
        arena, "protoPayload.metadata.vpcServiceControlsUniqueId=\"%s\"", body->uid);

    return pl_arena_printf(arena,
                           "ask for an ingress rule or an access level of the service perimeter; "
                           "gcloud logging read %s --project %s",
                           shell_word(arena, filter), shell_word(arena, about->project));
}

struct pl_gcp_failure pl_gcp_judge(struct pl_arena *arena, const struct pl_gcp_about *about,
                                   const struct pl_http_reply *reply)
{
    struct pl_gcp_failure out = {.reason = "bad_answer", .status = reply->status, .wait = -1};
    struct error_body body;
    int64_t header;

    if (reply->failure != PL_HTTP_OK) {
        judge_transport(arena, reply, &out);
        out.remedy = transport_remedy(reply->failure);
        if (out.remedy == NULL)
            out.remedy = remedy_for(arena, about, out.reason, about->api);
        return out;
    }
    body = read_body(arena, reply);
    classify(&out, &body, reply->status);
    out.unauthorized = reply->status == 401;
    header = retry_after_header(reply);
    out.wait = header > body.retry_after ? header : body.retry_after;
    if (strcmp(out.reason, "permission_denied") == 0)
        out.permission =
            body.permission != NULL ? pl_gcp_quote(arena, body.permission) : about->permission;
    out.detail =
        body.message != NULL
            ? pl_arena_printf(arena, "HTTP %d: %s", reply->status,
                              pl_gcp_quote(arena, body.message))
            : pl_arena_printf(arena, "HTTP %d from %s%s", reply->status, about->api,
                              body.foreign && reply->status < 500
                                  ? ", and not in Google's words: a proxy's, or a wrong address's"
                                  : "");
    out.remedy =
        remedy_for(arena, about, out.reason, body.service != NULL ? body.service : about->api);
    if (strcmp(out.reason, "api_disabled") == 0)
        tell_disabled(arena, about, &body, &out);
    if (body.uid != NULL && about->project != NULL &&
        strcmp(out.reason, "vpc_service_controls") == 0)
        out.remedy = perimeter_remedy(arena, about, &body);
    return out;
}
