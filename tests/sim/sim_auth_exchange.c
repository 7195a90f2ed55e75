/*
 * sim_auth_exchange.c - tokens for tokens: Google's Security Token Service (RFC 8693), the two token calls of IAM Credentials, and a
 * user's refresh token.
 *
 * Who is trusted is a file (--trust). Bodies are those of samples/auth and samples/errors where there is one; sentences for which
 * there is none say so here, and nobody should depend on them. Nothing is written to a log.
 */
#include "sim.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STS            "sts.googleapis.com"
#define IAM            "iamcredentials.googleapis.com"
#define ACCOUNTS       "v1/projects/-/serviceAccounts/"
#define DELEGATE       "projects/-/serviceAccounts/"
#define CLOUD_PLATFORM "https://www.googleapis.com/auth/cloud-platform"
#define TOKEN_TYPE     "urn:ietf:params:oauth:token-type:"

enum { LIFETIME_MAX = 43200, LIFETIME_DEFAULT = 3600 };

int sim_auth_trust(struct sim_auth *auth, const char *path, struct sim_error *err)
{
    json_error_t why;
    if (path == NULL) {
        return 0;
    }
    auth->trust = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    return json_is_object(auth->trust) ? 0 : sim_fail(err, "%s:%d: %s", path, why.line, why.text);
}

static bool same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* ---- forms ---- */

struct complaint {
    int status;
    const char *error, *text;
};

static void complain(struct sim_reply *reply, const struct complaint *complaint)
{
    reply->status = complaint->status;
    reply->json =
        json_pack("{s:s, s:s}", "error", complaint->error, "error_description", complaint->text);
}

/* A form as an object of strings; NULL if it is none, or names something twice. */
static json_t *form_read(const struct sim_request *request)
{
    json_t *form = json_object();
    const char *at = request->body;
    const char *end = at == NULL ? NULL : at + request->body_length;
    while (form != NULL && at != NULL && at < end) {
        const char *stop = memchr(at, '&', (size_t)(end - at));
        const size_t length = stop == NULL ? (size_t)(end - at) : (size_t)(stop - at);
        const char *equals = memchr(at, '=', length);
        char *name = equals == NULL ? NULL : sim_percent_decode(at, (size_t)(equals - at), true);
        char *value = equals == NULL ? NULL
                                     : sim_percent_decode(equals + 1,
                                                          length - (size_t)(equals + 1 - at), true);
        if (name == NULL || value == NULL || json_object_get(form, name) != NULL ||
            json_object_set_new(form, name, json_string(value)) != 0) {
            json_decref(form);
            form = NULL;
        }
        free(name);
        free(value);
        at = stop == NULL ? NULL : stop + 1;
    }
    return form;
}

/* ---- Security Token Service ---- */

/* samples/auth/error-sts-*.json; the other three sentences are made up. */
static const struct complaint bad_audience = {
    400, "invalid_request",
    "Invalid value for \"audience\". This value should be the full resource name of the Identity "
    "Provider. See https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token for the "
    "list of possible formats."};
static const struct complaint bad_target = {
    400, "invalid_target",
    "The target service indicated by the \"audience\" parameters is invalid. This might either be "
    "because the pool or provider is disabled or deleted or because it doesn't exist."};
static const struct complaint bad_grant_type = {400, "unsupported_grant_type",
                                                "Invalid \"grant_type\""};
static const struct complaint bad_parameter = {400, "invalid_request",
                                               "A parameter is unknown, missing or invalid."};
static const struct complaint bad_subject = {400, "invalid_grant",
                                             "The subject token is not accepted."};

static bool names_known(json_t *form)
{
    const char *name;
    json_t *value;
    json_object_foreach(form, name, value)
    {
        if (!sim_has_word("grant_type audience scope requested_token_type subject_token "
                          "subject_token_type options",
                          name)) {
            return false;
        }
    }
    return true;
}

static const struct complaint *exchange_judge(const struct sim_auth *auth, json_t *form)
{
    const json_t *subject = json_object_get(auth->trust, "subject");
    const char *audience = sim_str(form, "audience");
    if (form == NULL || !names_known(form)) {
        return &bad_parameter;
    }
    if (!same(sim_str(form, "grant_type"), "urn:ietf:params:oauth:grant-type:token-exchange")) {
        return &bad_grant_type;
    }
    if (audience == NULL || strncmp(audience, "//iam.googleapis.com/", 21) != 0 ||
        strstr(audience, "/providers/") == NULL) {
        return &bad_audience;
    }
    if (!same(audience, sim_str(subject, "audience"))) {
        return &bad_target;
    }
    if (!same(sim_str(form, "scope"), CLOUD_PLATFORM) ||
        !same(sim_str(form, "requested_token_type"), TOKEN_TYPE "access_token") ||
        !same(sim_str(form, "subject_token_type"), sim_str(subject, "type"))) {
        return &bad_parameter;
    }
    return same(sim_str(form, "subject_token"), sim_str(subject, "token")) ? NULL : &bad_subject;
}

static void exchange(struct sim_auth *auth, json_t *form, long lifetime, struct sim_reply *reply)
{
    const struct complaint *complaint = exchange_judge(auth, form);
    if (complaint != NULL) {
        complain(reply, complaint);
        return;
    }
    reply->json = json_pack("{s:o, s:s, s:s, s:I}", "access_token",
                            sim_auth_issue(auth, CLOUD_PLATFORM, lifetime, "federated"),
                            "issued_token_type", TOKEN_TYPE "access_token", "token_type", "Bearer",
                            "expires_in", (json_int_t)lifetime);
}

/* ---- a user's refresh token ---- */

/* https://developers.google.com/identity/protocols/oauth2/web-server#offline */
static const struct complaint bad_client = {401, "invalid_client",
                                            "The OAuth client was not found."};
static const struct complaint bad_refresh = {400, "invalid_grant",
                                             "Token has been expired or revoked."};

void sim_auth_refresh(struct sim_auth *auth, const struct sim_request *request, long lifetime,
                      struct sim_reply *reply)
{
    json_t *form = form_read(request);
    const json_t *user = json_object_get(auth->trust, "user");
    if (user == NULL || !same(sim_str(form, "client_id"), sim_str(user, "client_id")) ||
        !same(sim_str(form, "client_secret"), sim_str(user, "client_secret"))) {
        complain(reply, &bad_client);
    } else if (!same(sim_str(form, "refresh_token"), sim_str(user, "refresh_token"))) {
        complain(reply, &bad_refresh);
    } else {
        reply->json =
            json_pack("{s:o, s:I, s:s, s:s, s:o}", "access_token",
                      sim_auth_issue(auth, CLOUD_PLATFORM, lifetime, "user"), "expires_in",
                      (json_int_t)lifetime, "scope", CLOUD_PLATFORM, "token_type", "Bearer",
                      "id_token", /* for the client that asks, and for nobody else */
                      sim_auth_identity(auth, "user", sim_str(user, "client_id")));
    }
    json_decref(form);
}

/* ---- IAM Credentials ---- */

struct account_call {
    char *email; /* whose token */
    bool identity;
};

/* "v1/projects/-/serviceAccounts/EMAIL:generateAccessToken"; false if it is no such path. The email is malloc'ed. */
static bool account_call_read(const char *path, struct account_call *out)
{
    const char *name = path + strlen(ACCOUNTS);
    if (strncmp(path, ACCOUNTS, strlen(ACCOUNTS)) != 0 || strchr(name, '/') != NULL) {
        return false;
    }
    const char *verb = strchr(name, ':');
    if (verb == NULL || verb == name ||
        !sim_has_word("generateAccessToken generateIdToken", verb + 1)) {
        return false;
    }
    out->identity = strcmp(verb + 1, "generateIdToken") == 0;
    out->email = sim_percent_decode(name, (size_t)(verb - name), false);
    return out->email != NULL;
}

/* May `caller` have tokens of `target`? */
static bool may_create(const struct sim_auth *auth, const char *caller, const char *target)
{
    const json_t *callers = json_object_get(json_object_get(auth->trust, "creators"), target);
    for (size_t i = 0; i < json_array_size(callers); i++) {
        if (same(json_string_value(json_array_get(callers, i)), caller)) {
            return true;
        }
    }
    return false;
}

/* The caller for the first delegate, each for the next, the last for the target. */
static bool chain_good(const struct sim_auth *auth, const char *caller, const json_t *delegates,
                       const char *target)
{
    for (size_t i = 0; i < json_array_size(delegates); i++) {
        const char *name = json_string_value(json_array_get(delegates, i));
        if (name == NULL || strncmp(name, DELEGATE, strlen(DELEGATE)) != 0 ||
            !may_create(auth, caller, name + strlen(DELEGATE))) {
            return false;
        }
        caller = name + strlen(DELEGATE);
    }
    return may_create(auth, caller, target);
}

static bool lifetime_read(const json_t *body, long *out)
{
    const char *text = sim_str(body, "lifetime");
    char *end = NULL;
    *out = LIFETIME_DEFAULT;
    if (json_object_get(body, "lifetime") == NULL) {
        return true;
    }
    *out = text == NULL ? 0 : strtol(text, &end, 10);
    return text != NULL && end != text && strcmp(end, "s") == 0 && *out > 0 && *out <= LIFETIME_MAX;
}

/* The name of the first thing that is wrong with a body, or NULL. */
static const char *body_judge(json_t *body, bool identity, long *lifetime)
{
    static const char *const access_names = "delegates scope lifetime";
    static const char *const identity_names = "delegates audience includeEmail";
    const char *name;
    json_t *value;
    if (!json_is_object(body)) {
        return "body";
    }
    json_object_foreach(body, name, value)
    {
        if (!sim_has_word(identity ? identity_names : access_names, name)) {
            return name;
        }
    }
    if (json_object_get(body, "delegates") != NULL &&
        !json_is_array(json_object_get(body, "delegates"))) {
        return "delegates";
    }
    if (identity) {
        return sim_str(body, "audience") == NULL || *sim_str(body, "audience") == '\0' ? "audience"
                                                                                       : NULL;
    }
    if (!same(json_string_value(json_array_get(json_object_get(body, "scope"), 0)),
              CLOUD_PLATFORM)) {
        return "scope";
    }
    return lifetime_read(body, lifetime) ? NULL : "lifetime";
}

static void status_refuse(struct sim_reply *reply, int code, const char *status,
                          const char *message, const char *permission)
{
    json_t *error =
        json_pack("{s:i, s:s, s:s}", "code", code, "message", message, "status", status);
    if (permission != NULL) {
        json_object_set_new(error, "details",
                            json_pack("[{s:s, s:s, s:s, s:{s:s}}]", "@type",
                                      "type.googleapis.com/google.rpc.ErrorInfo", "reason",
                                      "IAM_PERMISSION_DENIED", "domain", "iam.googleapis.com",
                                      "metadata", "permission", permission));
    }
    reply->status = code;
    reply->json = json_pack("{s:o}", "error", error);
}

/* samples/errors/403-IAM_PERMISSION_DENIED-getAccessToken.json */
static void account_deny(struct sim_reply *reply, bool identity)
{
    const char *permission =
        identity ? "iam.serviceAccounts.getOpenIdToken" : "iam.serviceAccounts.getAccessToken";
    json_t *message =
        json_sprintf("Permission '%s' denied on resource (or it may not exist).", permission);
    status_refuse(reply, 403, "PERMISSION_DENIED", json_string_value(message), permission);
    json_decref(message);
}

static void account_grant(struct sim_auth *auth, const struct account_call *call,
                          const json_t *body, long lifetime, struct sim_reply *reply)
{
    char until[32];
    const time_t at = time(NULL) + lifetime;
    struct tm parts;
    if (call->identity) {
        reply->json = json_pack("{s:o}", "token",
                                sim_auth_identity(auth, call->email, sim_str(body, "audience")));
        return;
    }
    strftime(until, sizeof until, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&at, &parts));
    reply->json =
        json_pack("{s:o, s:s}", "accessToken",
                  sim_auth_issue(auth, CLOUD_PLATFORM, lifetime, call->email), "expireTime", until);
}

static void account_answer(struct sim_auth *auth, const struct sim_request *request,
                           const json_t *facts, struct sim_reply *reply)
{
    struct account_call call = {0};
    json_error_t why;
    json_t *body = request->body == NULL ? NULL
                                         : json_loadb(request->body, request->body_length,
                                                      JSON_REJECT_DUPLICATES, &why);
    long lifetime = 0;
    const enum sim_credential credential =
        sim_auth_check(auth, request->authorization, "cloud-platform iam");
    const bool known = account_call_read(request->path, &call);
    const char *wrong = body_judge(body, call.identity, &lifetime);
    if (credential != SIM_CREDENTIAL_GOOD) {
        sim_refuse(reply, sim_api_find(request->host),
                   credential == SIM_CREDENTIAL_NONE  ? SIM_REFUSE_NO_CREDENTIALS
                   : credential == SIM_CREDENTIAL_BAD ? SIM_REFUSE_BAD_CREDENTIALS
                                                      : SIM_REFUSE_SCOPE,
                   facts);
    } else if (!known || wrong != NULL) {
        json_t *text = json_sprintf("Invalid JSON payload received: %s", wrong);
        status_refuse(reply, 400, "INVALID_ARGUMENT", json_string_value(text), NULL);
        json_decref(text);
    } else if (!chain_good(auth, sim_auth_principal(auth, request->authorization),
                           json_object_get(body, "delegates"), call.email)) {
        account_deny(reply, call.identity);
    } else {
        account_grant(auth, &call, body, lifetime, reply);
    }
    json_decref(body);
    free(call.email);
}

/* ---- for sim_answer.c ---- */

bool sim_auth_is_exchange(const struct sim_request *request)
{
    struct account_call call = {0};
    if (strcmp(request->host, STS) == 0) {
        return strcmp(request->path, "v1/token") == 0;
    }
    const bool account = strcmp(request->host, IAM) == 0 && account_call_read(request->path, &call);
    free(call.email);
    return account;
}

void sim_auth_exchange(struct sim_auth *auth, const struct sim_request *request,
                       const json_t *facts, long lifetime, struct sim_reply *reply)
{
    if (strcmp(request->host, IAM) == 0) {
        account_answer(auth, request, facts, reply);
        return;
    }
    static const char type[] = "application/x-www-form-urlencoded";
    const bool is_form =
        request->content_type != NULL && strncmp(request->content_type, type, strlen(type)) == 0;
    json_t *form = is_form ? form_read(request) : NULL;
    exchange(auth, form, lifetime, reply);
    json_decref(form);
}
