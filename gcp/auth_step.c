/* auth_step.c - one exchange on the way to a token: what is asked, and what the answer means; why none came is auth_refusal.c's.
 *
 * In this order, as far as credentials need them: a subject token from a URL, the credentials' own token (from the token endpoint, the
 * token service or the metadata server), and for each account that is acted for one more from IAM Credentials. When each is sent,
 * and how often, is auth.c's word.
 */
#include "auth_step_priv.h"

#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/json.h"

static const int64_t second_ns = INT64_C(1000000000);
static const int64_t metadata_timeout_ns = INT64_C(3000000000);
enum { MAX_REPLY = 256 * 1024, HOUR_S = 3600, DAY_S = 86400 };

const char *pl_gcp_source_scope(const struct pl_gcp_credentials *c)
{
    return c->scope == NULL || c->n_hops > 0 ? PL_GCP_CLOUD_PLATFORM : c->scope;
}

int pl_gcp_step_last(const struct pl_gcp_auth *auth)
{
    size_t n = auth->credentials.n_hops;

    return n > 0 ? PL_GCP_STEP_HOP + (int)n - 1 : PL_GCP_STEP_SOURCE;
}

bool pl_gcp_step_is_metadata(const struct pl_gcp_auth *auth)
{
    return auth->step == PL_GCP_STEP_SOURCE && auth->credentials.type == PL_GCP_AUTH_METADATA;
}

/* Does this step give the identity token? */
static bool is_identity(const struct pl_gcp_auth *auth)
{
    return auth->audience != NULL && auth->step == pl_gcp_step_last(auth);
}

const struct pl_gcp_hop *pl_gcp_step_hop(const struct pl_gcp_auth *auth)
{
    return &auth->credentials.hops[auth->step - PL_GCP_STEP_HOP];
}

const char *pl_gcp_step_endpoint(const struct pl_gcp_auth *auth)
{
    const struct pl_gcp_credentials *c = &auth->credentials;

    if (auth->step == PL_GCP_STEP_SUBJECT)
        return c->external.host;
    if (auth->step >= PL_GCP_STEP_HOP)
        return PL_GCP_IAM_CREDENTIALS;
    return pl_gcp_step_is_metadata(auth) ? c->metadata_host : c->token_host;
}

/* ---- what is asked ---- */

static const char *assertion_form(struct pl_gcp_auth *auth)
{
    const char *audience = is_identity(auth) ? auth->audience : NULL;
    struct pl_secret *jwt = pl_gcp_jwt(auth->arena, &auth->credentials, audience,
                                       pl_clock_wall_ns() / second_ns, &auth->err);
    const char *form = pl_gcp_query_add(auth->arena, NULL, "grant_type",
                                        "urn:ietf:params:oauth:grant-type:jwt-bearer");

    return jwt != NULL ? pl_gcp_query_add(auth->arena, form, "assertion", pl_secret_reveal(jwt))
                       : NULL;
}

static const char *refresh_form(struct pl_gcp_auth *auth)
{
    const struct pl_gcp_credentials *c = &auth->credentials;
    const char *form = pl_gcp_query_add(auth->arena, NULL, "grant_type", "refresh_token");

    form = pl_gcp_query_add(auth->arena, form, "client_id", c->client_id);
    form = pl_gcp_query_add(auth->arena, form, "client_secret", pl_secret_reveal(c->client_secret));
    return pl_gcp_query_add(auth->arena, form, "refresh_token", pl_secret_reveal(c->refresh_token));
}

/* "options" is JSON that is encoded once for itself and once for the form (https://google.aip.dev/auth/4117). */
static const char *add_user_project(struct pl_arena *arena, const char *form, const char *project)
{
    struct pl_buf json = {0};
    const char *encoded;

    pl_buf_adds(&json, "{\"userProject\":");
    pl_json_write_string(&json, project, strlen(project));
    pl_buf_addc(&json, '}');
    encoded = pl_gcp_query_add(arena, NULL, "", pl_buf_str(&json)) + 1;
    pl_buf_free(&json);
    return pl_gcp_query_add(arena, form, "options", encoded);
}

/* https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
static const char *exchange_form(struct pl_gcp_auth *auth)
{
    const struct pl_gcp_external *e = &auth->credentials.external;
    const struct pl_secret *subject = auth->held;
    const char *form;

    if (e->file != NULL)
        subject = pl_gcp_external_read(auth->arena, &auth->credentials, &auth->err);
    if (subject == NULL)
        return NULL;
    form = pl_gcp_query_add(auth->arena, NULL, "grant_type",
                            "urn:ietf:params:oauth:grant-type:token-exchange");
    form = pl_gcp_query_add(auth->arena, form, "audience", e->audience);
    form = pl_gcp_query_add(auth->arena, form, "scope", pl_gcp_source_scope(&auth->credentials));
    form = pl_gcp_query_add(auth->arena, form, "requested_token_type",
                            "urn:ietf:params:oauth:token-type:access_token");
    form = pl_gcp_query_add(auth->arena, form, "subject_token_type", e->subject_type);
    if (e->user_project != NULL && auth->credentials.n_hops == 0)
        form = add_user_project(auth->arena, form, e->user_project);
    return pl_gcp_query_add(auth->arena, form, "subject_token", pl_secret_reveal(subject));
}

/* Without the parameter a token has the scopes of its instance (https://cloud.google.com/compute/docs/access/authenticate-workloads). */
static const char *metadata_scopes(struct pl_arena *arena, const char *scopes)
{
    char *list = pl_arena_strdup(arena, scopes);

    for (char *at = strchr(list, ' '); at != NULL; at = strchr(at, ' '))
        *at = ',';
    return pl_gcp_query_add(arena, NULL, "scopes", list);
}

/* "a","b" of "a b"; NULL: all. */
static void add_scopes(struct pl_buf *out, const char *scopes)
{
    scopes = scopes != NULL ? scopes : PL_GCP_CLOUD_PLATFORM;
    for (const char *comma = ""; *scopes != '\0'; comma = ",") {
        size_t len = strcspn(scopes, " ");

        pl_buf_adds(out, comma);
        pl_json_write_string(out, scopes, len);
        scopes += len + (scopes[len] == ' ');
    }
}

static int ask_source(struct pl_gcp_auth *auth, struct pl_gcp_ask *out)
{
    const struct pl_gcp_credentials *c = &auth->credentials;

    if (pl_gcp_step_is_metadata(auth)) {
        *out = (struct pl_gcp_ask){
            .purpose = PL_GCP_METADATA,
            .method = "GET",
            .host = c->metadata_host,
            .path = "/computeMetadata/v1/instance/service-accounts/default/token"};
        if (is_identity(auth)) {
            out->path = "/computeMetadata/v1/instance/service-accounts/default/identity";
            out->query = pl_gcp_query_add(auth->arena, NULL, "audience", auth->audience);
            out->query = pl_gcp_query_add(auth->arena, out->query, "format", "full");
        } else if (strcmp(pl_gcp_source_scope(c), PL_GCP_CLOUD_PLATFORM) != 0) {
            out->query = metadata_scopes(auth->arena, c->scope);
        }
        return 0;
    }
    *out = (struct pl_gcp_ask){
        .purpose = PL_GCP_TOKEN, .method = "POST", .host = c->token_host, .path = c->token_path};
    if (c->type == PL_GCP_AUTH_SERVICE_ACCOUNT)
        out->body = assertion_form(auth);
    else if (c->type == PL_GCP_AUTH_EXTERNAL)
        out->body = exchange_form(auth);
    else
        out->body = refresh_form(auth);
    return out->body != NULL ? 0 : -1;
}

/* https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken, generateIdToken */
static void ask_hop(struct pl_gcp_auth *auth, struct pl_gcp_ask *out)
{
    const struct pl_gcp_hop *hop = pl_gcp_step_hop(auth);
    bool identity = is_identity(auth);
    struct pl_gcp_var email = {"email", hop->email};
    struct pl_buf body = {0};

    pl_buf_adds(&body, "{\"delegates\":[");
    for (size_t i = 0; i < hop->n_delegates; i++)
        pl_buf_addf(&body, "%s\"projects/-/serviceAccounts/%s\"", i > 0 ? "," : "",
                    hop->delegates[i]);
    if (identity) {
        pl_buf_adds(&body, "],\"audience\":");
        pl_json_write_string(&body, auth->audience, strlen(auth->audience));
        pl_buf_adds(&body, ",\"includeEmail\":true}");
    } else {
        pl_buf_adds(&body, "],\"scope\":[");
        add_scopes(&body, auth->step == pl_gcp_step_last(auth) ? auth->credentials.scope : NULL);
        pl_buf_addf(&body, "],\"lifetime\":\"%ds\"}", hop->lifetime_s);
    }
    *out = (struct pl_gcp_ask){.purpose = PL_GCP_IMPERSONATE,
                               .method = "POST",
                               .host = PL_GCP_IAM_CREDENTIALS,
                               .body = pl_buf_take(&body, auth->arena)};
    out->path =
        pl_gcp_expand(auth->arena,
                      identity ? "/v1/projects/-/serviceAccounts/{email}:generateIdToken"
                               : "/v1/projects/-/serviceAccounts/{email}:generateAccessToken",
                      &email, 1);
}

static void ask_subject(struct pl_gcp_auth *auth, struct pl_gcp_ask *out)
{
    const struct pl_gcp_external *e = &auth->credentials.external;

    *out = (struct pl_gcp_ask){.purpose = PL_GCP_SUBJECT,
                               .method = "GET",
                               .host = e->host,
                               .path = e->path,
                               .query = e->query,
                               .scheme = e->scheme,
                               .headers = e->headers,
                               .n_headers = e->n_headers};
}

/* The caller of a hop: the credentials' own token, then that of the account before. A user's call counts against a project. */
static void add_caller(struct pl_gcp_auth *auth, struct pl_http_request *request)
{
    const char *quota = auth->step == PL_GCP_STEP_HOP ? auth->credentials.source_quota : NULL;
    struct pl_http_header *headers;

    request->bearer = auth->held;
    if (quota == NULL)
        return;
    headers = pl_arena_array(auth->arena, request->n_headers + 1, sizeof *headers);
    memcpy(headers, request->headers, request->n_headers * sizeof *headers);
    headers[request->n_headers++] = (struct pl_http_header){"x-goog-user-project", quota};
    request->headers = headers;
}

int pl_gcp_step_request(struct pl_gcp_auth *auth, struct pl_http_request *out)
{
    struct pl_gcp_ask ask = {0};

    if (auth->step == PL_GCP_STEP_SUBJECT)
        ask_subject(auth, &ask);
    else if (auth->step >= PL_GCP_STEP_HOP)
        ask_hop(auth, &ask);
    else if (ask_source(auth, &ask) != 0)
        return -1;
    if (pl_gcp_request_build(auth->arena, auth->gcp->root, &ask, out, &auth->err) != 0) {
        pl_err_wrap(&auth->err, "%s", auth->credentials.origin);
        auth->err.code = PL_E_AUTH;
        return -1;
    }
    if (auth->step >= PL_GCP_STEP_HOP)
        add_caller(auth, out);
    out->connect_timeout_ns = auth->gcp->connect_timeout_ns;
    out->timeout_ns =
        pl_gcp_step_is_metadata(auth) ? metadata_timeout_ns : auth->gcp->request_timeout_ns;
    out->max_bytes = MAX_REPLY;
    return 0;
}

/* ---- what the answer means ---- */

const struct pl_value *pl_gcp_step_body(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    return pl_json_parse(auth->arena, reply->body, reply->body_len, "token", NULL);
}

/* RFC 7519: three parts of base64url. */
static bool is_jwt(const char *text)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    for (int part = 0; part < 3; part++) {
        size_t len = strspn(text, letters);

        if (len == 0 || text[len] != (part < 2 ? '.' : '\0'))
            return false;
        text += len + 1;
    }
    return true;
}

/* How long a token of IAM Credentials lives. Where the clocks disagree, as long as was asked for: a 401 will tell. */
static int64_t lifetime_of(const struct pl_gcp_hop *hop, const struct pl_value *body)
{
    const char *until = pl_value_member_text(body, "expireTime");
    int64_t at, seconds;

    if (until == NULL || pl_clock_parse(until, &at) != 0)
        return hop->lifetime_s;
    seconds = (at - pl_clock_wall_ns()) / second_ns;
    return seconds > 0 && seconds < hop->lifetime_s ? seconds : hop->lifetime_s;
}

static int read_grant(struct pl_gcp_auth *auth, const struct pl_http_reply *reply,
                      struct pl_gcp_grant *out)
{
    bool hop = auth->step >= PL_GCP_STEP_HOP, identity = is_identity(auth);
    const struct pl_value *body;

    *out = (struct pl_gcp_grant){.seconds = HOUR_S};
    if (identity && pl_gcp_step_is_metadata(auth)) {
        out->text = pl_arena_strndup(auth->arena, reply->body, strcspn(reply->body, "\r\n"));
    } else {
        body = pl_gcp_step_body(auth, reply);
        out->text = pl_value_member_text(body, hop        ? identity ? "token" : "accessToken"
                                               : identity ? "id_token"
                                                          : "access_token");
        if (hop && !identity)
            out->seconds = lifetime_of(pl_gcp_step_hop(auth), body);
        /* One that is said to be dead already would be renewed before it is used: a 401 will tell. */
        else if (pl_value_as_int(pl_value_member(body, "expires_in"), &out->seconds) &&
                 (out->seconds < 1 || out->seconds > DAY_S))
            out->seconds = HOUR_S;
    }
    if (out->text != NULL && pl_gcp_is_token(out->text, strlen(out->text)) &&
        (!identity || is_jwt(out->text)))
        return 0;
    return pl_err_set(&auth->err, PL_E_AUTH, "%s: %s answered without an %s token",
                      auth->credentials.origin, pl_gcp_step_endpoint(auth),
                      identity ? "identity" : "access");
}

/* Something that answers on that name without the header is a captive portal or a proxy (https://google.aip.dev/auth/4115). */
static bool is_impostor(const struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    const char *flavor = pl_http_reply_header(reply, "metadata-flavor");

    return pl_gcp_step_is_metadata(auth) && (flavor == NULL || strcmp(flavor, "Google") != 0);
}

static int read_subject(struct pl_gcp_auth *auth, const struct pl_http_reply *reply,
                        struct pl_gcp_grant *out)
{
    const struct pl_secret *subject =
        pl_gcp_external_subject(auth->arena, &auth->credentials, pl_gcp_step_endpoint(auth),
                                reply->body, reply->body_len, &auth->err);

    *out = (struct pl_gcp_grant){.text = subject != NULL ? pl_secret_reveal(subject) : NULL};
    return subject != NULL ? 0 : -1;
}

int pl_gcp_step_answer(struct pl_gcp_auth *auth, const struct pl_http_reply *reply,
                       struct pl_gcp_grant *out, struct pl_gcp_failure *failure)
{
    static const struct pl_gcp_about nothing = {.api = ""};

    *failure = (struct pl_gcp_failure){.wait = -1};
    if (reply->failure != PL_HTTP_OK) {
        pl_gcp_step_unreachable(auth, reply);
        failure->again = reply->failure != PL_HTTP_TLS && reply->failure != PL_HTTP_OTHER;
        failure->silent = reply->failure == PL_HTTP_UNCONNECTED;
        failure->mute = reply->failure == PL_HTTP_TIMEOUT && reply->status == 0;
        return -1;
    }
    if (is_impostor(auth, reply))
        return pl_err_set(&auth->err, PL_E_AUTH,
                          "%s: what answers at %s is no metadata server of Google's",
                          auth->credentials.origin, pl_gcp_step_endpoint(auth));
    if (reply->status >= 200 && reply->status < 300) {
        /* Half an answer may be whole the next time; a document without the field will not have it. */
        failure->again = auth->step != PL_GCP_STEP_SUBJECT;
        return auth->step == PL_GCP_STEP_SUBJECT ? read_subject(auth, reply, out)
                                                 : read_grant(auth, reply, out);
    }
    failure->again = reply->status == 408 || reply->status == 429 || reply->status >= 500;
    failure->wait = pl_gcp_judge(auth->arena, &nothing, reply).wait;
    pl_gcp_step_refused(auth, reply, failure);
    return -1;
}
