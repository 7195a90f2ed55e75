/*
 * sim_errors.c - Google's refusals, one row each, in the words of the API that is asked.
 *
 * Where a body was recorded or quoted in public, the row says so; "not recorded" marks the rows whose code, status and reason follow
 * AIP-193 (https://google.aip.dev/193) or the API's reference while the sentence itself is only the customary one. A client must not
 * depend on sentences. Who gets which refusal is decided in sim_answer.c, sim_query.c and sim_list.c.
 */
#include "sim.h"

#include <stdlib.h>
#include <string.h>

struct refusal {
    enum sim_refusal refusal;
    enum sim_style style;
    int code;
    const char *status;
    const char *legacy_reason;
    const char *legacy_domain;
    const char *info_reason; /* ErrorInfo; NULL: none */
    const char *info_domain;
    const char *info_metadata; /* key=template, separated by `|` */
    const char *field;         /* BadRequest.fieldViolations[].field; NULL: none */
    const char *help;          /* Help.links[0].url, and errors[].extendedHelp; NULL: none */
    const char *help_text;
    const char *message;
};

#define DISABLED                                                                                   \
    "{title} has not been used in project {number} before or it is disabled. Enable it by "        \
    "visiting "                                                                                    \
    "https://console.developers.google.com/apis/api/{service}/overview?project={number} then "     \
    "retry. If you enabled this API recently, "                                                    \
    "wait a few minutes for the action to propagate to our systems and retry."
#define ACTIVATION                                                                                 \
    "https://console.developers.google.com/apis/api/{service}/overview?project={number}"
#define ACTIVATION_TEXT "Google developers console API activation"
#define OAUTH_HELP                                                                                 \
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. See "   \
    "https://developers.google.com/identity/sign-in/web/devconsole-project."
#define QUOTA                                                                                      \
    "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of "     \
    "service '{service}' for consumer "                                                            \
    "'project_number:{number}'."

/* The first row that fits refusal and style is taken: special ones stand before those for any style. */
static const struct refusal refusals[] = {
    /* The transcoder in front of all APIs: message quoted in public many times ("Cannot bind query parameter"). */
    {.refusal = SIM_REFUSE_UNKNOWN_PARAMETER,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .field = "",
     .message = "Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query "
                "parameter. Field '{name}' could not be found in request "
                "message."},
    {.refusal = SIM_REFUSE_UNKNOWN_FIELD,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .field = "{field}",
     .message = "Invalid JSON payload received. Unknown name \"{name}\"{at}: Cannot find field."},
    {.refusal = SIM_REFUSE_REPEATED,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .field = "",
     .message = "Invalid JSON payload received. Unknown name \"{name}\": Proto field is not "
                "repeating, cannot start list."},
    {.refusal = SIM_REFUSE_BAD_VALUE,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .field = "{field}",
     .message = "Invalid value at '{field}' ({type}), \"{value}\""},
    /* Not recorded. */
    {.refusal = SIM_REFUSE_PAGE_SIZE,
     .style = SIM_STYLE_COMPUTE,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalidParameter",
     .legacy_domain = "global",
     .message = "Invalid value for field '{field}': '{value}'. Acceptable values are 0 to 500, "
                "inclusive."},
    {.refusal = SIM_REFUSE_PAGE_SIZE,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .message = "Request contains an invalid argument."},
    {.refusal = SIM_REFUSE_PAGE_TOKEN,
     .style = SIM_STYLE_COMPUTE,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .message = "Invalid value for field 'pageToken': '{value}'. The page token is not valid for "
                "this request."},
    {.refusal = SIM_REFUSE_PAGE_TOKEN,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .message = "Request contains an invalid argument."},
    /* "Invalid field selection pagetoken": https://github.com/googleapis/google-api-dotnet-client/issues/1444 */
    {.refusal = SIM_REFUSE_FIELDS,
     .style = SIM_STYLE_COMPUTE,
     .code = 400,
     .legacy_reason = "invalidParameter",
     .legacy_domain = "global",
     .message = "Invalid field selection {value}"},
    /* Not recorded. */
    {.refusal = SIM_REFUSE_FIELDS,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalidParameter",
     .legacy_domain = "global",
     .field = "{value}",
     .message = "Request contains an invalid argument."},
    /* The generic body of INVALID_ARGUMENT. */
    {.refusal = SIM_REFUSE_ARGUMENT,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "badRequest",
     .legacy_domain = "global",
     .message = "Request contains an invalid argument."},
    {.refusal = SIM_REFUSE_BODY,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "parseError",
     .legacy_domain = "global",
     .message = "Invalid JSON payload received. Unexpected token."},
    /* run.projects.locations.services.list: the parent "cannot be the "-" wildcard". Not recorded. */
    {.refusal = SIM_REFUSE_LOCATION_WILDCARD,
     .style = SIM_STYLE_COMPUTE,
     .code = 400,
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .message = "Invalid value for field 'region': '{location}'. Unknown region."},
    {.refusal = SIM_REFUSE_LOCATION_WILDCARD,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .message = "Location '-' is not a valid location. Use ListLocations to list valid locations."},
    {.refusal = SIM_REFUSE_LOCATION,
     .style = SIM_STYLE_COMPUTE,
     .code = 400,
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .message = "Invalid value for field 'region': '{location}'. Unknown region."},
    {.refusal = SIM_REFUSE_LOCATION,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "forbidden",
     .legacy_domain = "global",
     .info_reason = "LOCATION_POLICY_VIOLATED",
     .info_domain = "googleapis.com",
     .info_metadata = "consumer=projects/{project}|location={location}|service={service}",
     .message = "Permission denied on 'locations/{location}' (or it may not exist)."},
    /* ErrorInfo of google/api/error_reason.proto; not recorded. */
    {.refusal = SIM_REFUSE_LOCATION_POLICY,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "forbidden",
     .legacy_domain = "global",
     .info_reason = "LOCATION_ORG_POLICY_VIOLATED",
     .info_domain = "googleapis.com",
     .info_metadata = "consumer=projects/{number}|location={location}|service={service}",
     .message = "The request violates the location policies of the organization."},
    /* Recorded: samples errors/401-CREDENTIALS_MISSING, 401-UNAUTHENTICATED-invalid-credentials, 401-authError-legacy. */
    {.refusal = SIM_REFUSE_NO_CREDENTIALS,
     .code = 401,
     .status = "UNAUTHENTICATED",
     .legacy_reason = "required",
     .legacy_domain = "global",
     .info_reason = "CREDENTIALS_MISSING",
     .info_domain = "googleapis.com",
     .info_metadata = "method={method}|service={service}",
     .message = "Request is missing required authentication credential. " OAUTH_HELP},
    {.refusal = SIM_REFUSE_BAD_CREDENTIALS,
     .code = 401,
     .status = "UNAUTHENTICATED",
     .legacy_reason = "authError",
     .legacy_domain = "global",
     .message = "Request had invalid authentication credentials. " OAUTH_HELP},
    /* Recorded message; ErrorInfo of google/api/error_reason.proto. */
    {.refusal = SIM_REFUSE_SCOPE,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "insufficientPermissions",
     .legacy_domain = "global",
     .info_reason = "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
     .info_domain = "googleapis.com",
     .info_metadata = "method={method}|service={service}",
     .message = "Request had insufficient authentication scopes."},
    /* Recorded for compute (403-compute-forseti-access_denied); quoted in public for Cloud SQL (notAuthorized); ErrorInfo form recorded
     * (403-IAM_PERMISSION_DENIED-getAccessToken). */
    {.refusal = SIM_REFUSE_PERMISSION,
     .style = SIM_STYLE_COMPUTE,
     .code = 403,
     .legacy_reason = "forbidden",
     .legacy_domain = "global",
     .message = "Required '{permission}' permission for '{resource}'"},
    {.refusal = SIM_REFUSE_PERMISSION,
     .style = SIM_STYLE_SQL,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "notAuthorized",
     .legacy_domain = "global",
     .message = "The client is not authorized to make this request."},
    {.refusal = SIM_REFUSE_PERMISSION,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "forbidden",
     .legacy_domain = "global",
     .info_reason = "IAM_PERMISSION_DENIED",
     .info_domain = "iam.googleapis.com",
     .info_metadata = "permission={permission}|resource={resource}",
     .message = "Permission '{permission}' denied on resource '{resource}' (or it may not exist)."},
    /* Recorded: Cloud SQL without details (403-sqladmin-c7n-sql-api-disabled), a full body (403-c7n-spanner-api-disabled), compute's
     * text (403-compute-forseti-api_not_enabled). */
    {.refusal = SIM_REFUSE_API_DISABLED,
     .style = SIM_STYLE_SQL,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "accessNotConfigured",
     .legacy_domain = "usageLimits",
     .message = DISABLED},
    {.refusal = SIM_REFUSE_API_DISABLED,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "accessNotConfigured",
     .legacy_domain = "usageLimits",
     .info_reason = "SERVICE_DISABLED",
     .info_domain = "googleapis.com",
     .info_metadata =
         "service={service}|consumer=projects/"
         "{number}|serviceTitle={title}|containerInfo={number}|activationUrl=" ACTIVATION,
     .help = ACTIVATION,
     .help_text = ACTIVATION_TEXT,
     .message = DISABLED},
    /* Recorded: 403-vpc-service-controls-SECURITY_POLICY_VIOLATED. */
    {.refusal = SIM_REFUSE_PERIMETER,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "forbidden",
     .legacy_domain = "global",
     .info_reason = "SECURITY_POLICY_VIOLATED",
     .info_domain = "googleapis.com",
     .info_metadata = "service={service}|uid=sim-perimeter|consumer=projects/{project}",
     .message = "Request is prohibited by organization's policy. "
                "vpcServiceControlsUniqueIdentifier: sim-perimeter"},
    /* ErrorInfo of google/api/error_reason.proto; not recorded. */
    {.refusal = SIM_REFUSE_BILLING,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "billingNotEnabled",
     .legacy_domain = "global",
     .info_reason = "BILLING_DISABLED",
     .info_domain = "googleapis.com",
     .info_metadata = "consumer=projects/{number}|service={service}",
     .message = "This API method requires billing to be enabled. Please enable billing on project "
                "#{number} and retry."},
    /* An unknown project. Recorded: Cloud SQL (400-sqladmin-forseti-project_invalid). Compute and the rest are not. */
    {.refusal = SIM_REFUSE_PROJECT,
     .style = SIM_STYLE_SQL,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "errorInvalidProject",
     .legacy_domain = "global",
     .message = "Project specified in the request is invalid."},
    {.refusal = SIM_REFUSE_PROJECT,
     .style = SIM_STYLE_COMPUTE,
     .code = 404,
     .legacy_reason = "notFound",
     .legacy_domain = "global",
     .message = "The resource 'projects/{project}' was not found"},
    {.refusal = SIM_REFUSE_PROJECT,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "forbidden",
     .legacy_domain = "global",
     .info_reason = "CONSUMER_INVALID",
     .info_domain = "googleapis.com",
     .info_metadata = "consumer=projects/{project}|service={service}|containerInfo={project}",
     .message = "Permission denied on resource project {project}."},
    /* Recorded: 404-compute-*, 404-sqladmin-c7n-sqlinstance-terminate-5, 404-run-*, 404-redis-*, 404-vpcaccess-*. */
    {.refusal = SIM_REFUSE_MISSING,
     .style = SIM_STYLE_SQL,
     .code = 404,
     .status = "NOT_FOUND",
     .legacy_reason = "instanceDoesNotExist",
     .legacy_domain = "global",
     .message = "{missing}"},
    {.refusal = SIM_REFUSE_MISSING,
     .code = 404,
     .status = "NOT_FOUND",
     .legacy_reason = "notFound",
     .legacy_domain = "global",
     .message = "{missing}"},
    /* Known from practice, not recorded: users and databases of a stopped instance. */
    {.refusal = SIM_REFUSE_NOT_RUNNING,
     .code = 400,
     .status = "INVALID_ARGUMENT",
     .legacy_reason = "invalid",
     .legacy_domain = "global",
     .message = "Invalid request: Invalid request since instance is not running."},
    /* Recorded: 403-compute-rateLimitExceeded-per-region; 429-sqladmin-*, 429-cloudresourcemanager-*. */
    {.refusal = SIM_REFUSE_QUOTA_403,
     .code = 403,
     .status = "PERMISSION_DENIED",
     .legacy_reason = "rateLimitExceeded",
     .legacy_domain = "usageLimits",
     .message = QUOTA},
    {.refusal = SIM_REFUSE_QUOTA_429,
     .code = 429,
     .status = "RESOURCE_EXHAUSTED",
     .legacy_reason = "rateLimitExceeded",
     .legacy_domain = "global",
     .info_reason = "RATE_LIMIT_EXCEEDED",
     .info_domain = "googleapis.com",
     .info_metadata = "service={service}|consumer=projects/"
                      "{number}|quota_limit=ReadRequestsPerMinutePerProject|quota_location=global|"
                      "quota_metric={service}/read_requests",
     .help = "https://cloud.google.com/docs/quota#requesting_higher_quota",
     .help_text = "Request a higher quota limit.",
     .message = QUOTA},
    /* Recorded: 500-kcc-discoveryengine-13, 503-backendError-*. */
    {.refusal = SIM_REFUSE_INTERNAL,
     .code = 500,
     .status = "INTERNAL",
     .legacy_reason = "backendError",
     .legacy_domain = "global",
     .message = "Internal error encountered."},
    {.refusal = SIM_REFUSE_UNAVAILABLE,
     .code = 503,
     .status = "UNAVAILABLE",
     .legacy_reason = "backendError",
     .legacy_domain = "global",
     .message = "The service is currently unavailable."},
    /* Ours: what Google would do is known, but the simulator does not do it, and guessing would be worse. */
    {.refusal = SIM_REFUSE_NOT_SIMULATED,
     .code = 501,
     .status = "UNIMPLEMENTED",
     .legacy_reason = "notImplemented",
     .legacy_domain = "plumbline-sim",
     .message = "plumbline-sim does not simulate {name}={value} of this method."},
};

static const struct refusal *refusal_find(enum sim_refusal refusal, enum sim_style style)
{
    const struct refusal *last = &refusals[0];
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (refusals[i].refusal == refusal &&
            (refusals[i].style == style || refusals[i].style == SIM_STYLE_ANY)) {
            return &refusals[i];
        }
    }
    return last;
}

static json_t *metadata_object(const char *templates, const json_t *facts)
{
    json_t *metadata = json_object();
    for (const char *at = templates; at != NULL && *at != '\0';) {
        const size_t length = strcspn(at, "|");
        const size_t key_length = strcspn(at, "=");
        if (key_length < length) {
            char *key = strndup(at, key_length);
            char *value = strndup(at + key_length + 1, length - key_length - 1);
            if (key != NULL && value != NULL) {
                json_object_set_new(metadata, key, sim_expand(value, facts));
            }
            free(key);
            free(value);
        }
        at += length;
        at += *at == '|';
    }
    return metadata;
}

/* google.rpc.Help, ErrorInfo and BadRequest, as the row has them; NULL if it has none. */
static json_t *details_array(const struct refusal *row, const json_t *facts, json_t *message)
{
    json_t *details = json_array();
    if (row->field != NULL) {
        json_t *violation = json_pack("{s:O}", "description", message);
        json_t *field = sim_expand(row->field, facts);
        if (json_string_length(field) > 0) {
            json_object_set(violation, "field", field);
        }
        json_decref(field);
        json_array_append_new(details, json_pack("{s:s, s:[o]}", "@type",
                                                 "type.googleapis.com/google.rpc.BadRequest",
                                                 "fieldViolations", violation));
    }
    if (row->help != NULL) {
        json_array_append_new(details, json_pack("{s:s, s:[{s:s, s:o}]}", "@type",
                                                 "type.googleapis.com/google.rpc.Help", "links",
                                                 "description", row->help_text, "url",
                                                 sim_expand(row->help, facts)));
    }
    if (row->info_reason != NULL) {
        json_array_append_new(details,
                              json_pack("{s:s, s:s, s:s, s:o}", "@type",
                                        "type.googleapis.com/google.rpc.ErrorInfo", "reason",
                                        row->info_reason, "domain", row->info_domain, "metadata",
                                        metadata_object(row->info_metadata, facts)));
    }
    if (json_array_size(details) == 0) {
        json_decref(details);
        return NULL;
    }
    return details;
}

static json_t *legacy_errors(const struct refusal *row, json_t *message)
{
    json_t *one = json_pack("{s:O, s:s, s:s}", "message", message, "domain", row->legacy_domain,
                            "reason", row->legacy_reason);
    if (row->code == 401) {
        json_object_set_new(
            one, "message",
            json_string(row->info_reason != NULL ? "Login Required." : "Invalid Credentials"));
        json_object_set_new(one, "location", json_string("Authorization"));
        json_object_set_new(one, "locationType", json_string("header"));
    }
    return json_pack("[o]", one);
}

struct reason {
    const char *name;
    enum sim_refusal refusal;
};

/* The words of a snapshot's `unobserved` lines. */
static const struct reason reasons[] = {
    {"permission_denied", SIM_REFUSE_PERMISSION},
    {"api_disabled", SIM_REFUSE_API_DISABLED},
    {"unavailable", SIM_REFUSE_UNAVAILABLE},
    {"throttled", SIM_REFUSE_QUOTA_429},
    {"deadline", SIM_REFUSE_NEVER},
    {"not_found_scope", SIM_REFUSE_MISSING},
    {"vpc_service_controls", SIM_REFUSE_PERIMETER},
    {"billing_disabled", SIM_REFUSE_BILLING},
    {"location_denied", SIM_REFUSE_LOCATION_POLICY},
    {"not_running", SIM_REFUSE_NOT_RUNNING},
    {"scope_insufficient", SIM_REFUSE_SCOPE},
    {"rejected", SIM_REFUSE_ARGUMENT},
    {"auth", SIM_REFUSE_BAD_CREDENTIALS},
};

bool sim_refusal_of_reason(const char *reason, enum sim_refusal *out)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (strcmp(reasons[i].name, reason) == 0) {
            *out = reasons[i].refusal;
            return true;
        }
    }
    return false;
}

const char *sim_reasons(void)
{
    static char text[256]; /* the same whoever fills it */
    size_t used = 0;
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i == 0 ? "" : " ",
                                 reasons[i].name);
    }
    return text;
}

void sim_refuse(struct sim_reply *reply, const struct sim_api *api, enum sim_refusal refusal,
                const json_t *facts)
{
    const enum sim_style style = api == NULL ? SIM_STYLE_STATUS : api->style;
    const struct refusal *row = refusal_find(refusal, style);
    json_t *message = sim_expand(row->message, facts);
    json_t *error = json_pack("{s:i, s:O}", "code", row->code, "message", message);
    if (style != SIM_STYLE_STATUS) {
        json_object_set_new(error, "errors", legacy_errors(row, message));
    }
    if (row->status != NULL && style != SIM_STYLE_COMPUTE) {
        json_object_set_new(error, "status", json_string(row->status));
    }
    json_t *details = details_array(row, facts, message);
    if (details != NULL) {
        json_object_set_new(error, "details", details);
    }
    json_decref(message);
    json_decref(reply->json);
    reply->json = json_pack("{s:o}", "error", error);
    reply->status = row->code;
}

struct html {
    int code;
    const char *title;
    const char *text;
};

static const struct html htmls[] = {
    {400, "Bad Request", "Your client has issued a malformed or illegal request."},
    {404, "Not Found", "The requested URL <code>/{path}</code> was not found on this server."},
    {405, "Method Not Allowed",
     "The request method <code>{http}</code> is inappropriate for the URL <code>/{path}</code>."},
    {408, "Request Timeout", "Your client has taken too long to issue its request."},
    {413, "Request Entity Too Large", "Your client issued a request that was too large."},
    {414, "Request-URI Too Large", "The requested URL is too large to process."},
    {502, "Server Error",
     "The server encountered a temporary error and could not complete your request."},
};

/* `<`, `>`, `&` and quotes of a path must not become markup. */
static json_t *html_text(const char *text)
{
    json_t *out = json_string("");
    for (; *text != '\0'; text++) {
        const char *entity = *text == '<'   ? "&lt;"
                             : *text == '>' ? "&gt;"
                             : *text == '&' ? "&amp;"
                             : *text == '"' ? "&quot;"
                                            : NULL;
        json_t *next = entity != NULL ? json_sprintf("%s%s", json_string_value(out), entity)
                                      : json_sprintf("%s%c", json_string_value(out),
                                                     *text >= ' ' && *text < 127 ? *text : '?');
        json_decref(out);
        out = next;
    }
    return out;
}

void sim_refuse_html(struct sim_reply *reply, int code, const char *http, const char *path)
{
    const struct html *row = &htmls[0];
    for (size_t i = 0; i < sizeof htmls / sizeof htmls[0]; i++) {
        row = htmls[i].code == code ? &htmls[i] : row;
    }
    json_t *facts = json_pack("{s:o, s:o}", "path", html_text(path), "http", html_text(http));
    json_t *text = sim_expand(row->text, facts);
    json_t *page = json_sprintf("<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n  "
                                "<title>Error %d (%s)!!1</title>\n"
                                "  <p><b>%d.</b> <ins>That\u2019s an error.</ins>\n  <p>%s  "
                                "<ins>That\u2019s all we know.</ins>\n",
                                code, row->title, code, json_string_value(text));
    reply->status = code;
    free(reply->text);
    reply->text = strdup(json_string_value(page) == NULL ? "" : json_string_value(page));
    reply->type = "text/html; charset=UTF-8";
    json_decref(page);
    json_decref(text);
    json_decref(facts);
}

void sim_reply_init(struct sim_reply *reply)
{
    *reply = (struct sim_reply){
        .status = 200, .type = "application/json; charset=UTF-8", .retry_after = -1};
}

void sim_reply_clear(struct sim_reply *reply)
{
    json_decref(reply->json);
    free(reply->text);
    sim_reply_init(reply);
}
