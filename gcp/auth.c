/* auth.c - the access token of a run: fetched when it is first needed, renewed before it expires and once after a 401.
 *
 * Where credentials come from is auth_find.c; one token serves every API (scope cloud-platform, limited by IAM). It is kept in
 * memory only.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/json.h"

/* Google's own clients renew so early too (https://google.aip.dev/auth/4111). */
static const int64_t renew_before_ns = INT64_C(225000000000);
static const int64_t metadata_timeout_ns = INT64_C(3000000000);
enum { METADATA_TRIES = 3, MAX_TOKEN_REPLY = 64 * 1024 };

static void on_reply(const struct pl_http_reply *reply, void *arg);

static void end_exchange(struct pl_gcp_auth *auth)
{
    auth->http = NULL;
    pl_arena_free(auth->arena);
    auth->arena = NULL;
}

/* A token that could not be renewed early still serves until its end. */
static void failed(struct pl_gcp_auth *auth)
{
    bool good = auth->token != NULL && pl_clock_mono_ns() < auth->expires_at;

    auth->state = good ? PL_GCP_TOKEN_READY : PL_GCP_TOKEN_FAILED;
    auth->renew_at = auth->expires_at;
    pl_gcp_pump(auth->gcp);
}

/* ---- the exchange ---- */

static const char *form_add(struct pl_arena *arena, const char *form, const char *name,
                            const struct pl_secret *value)
{
    return pl_gcp_query_add(arena, form, name, pl_secret_reveal(value));
}

/* The form of a token request; NULL and auth->err where the key cannot sign. The arena is the exchange's. */
static const char *make_form(struct pl_gcp_auth *auth)
{
    const struct pl_gcp_credentials *c = &auth->credentials;
    struct pl_arena *arena = auth->arena;
    const char *form;

    if (c->type == PL_GCP_AUTH_SERVICE_ACCOUNT) {
        struct pl_secret *jwt =
            pl_gcp_jwt(arena, c, pl_clock_wall_ns() / INT64_C(1000000000), &auth->err);

        form = pl_gcp_query_add(arena, NULL, "grant_type",
                                "urn:ietf:params:oauth:grant-type:jwt-bearer");
        return jwt != NULL ? form_add(arena, form, "assertion", jwt) : NULL;
    }
    form = pl_gcp_query_add(arena, NULL, "grant_type", "refresh_token");
    form = pl_gcp_query_add(arena, form, "client_id", c->client_id);
    form = form_add(arena, form, "client_secret", c->client_secret);
    return form_add(arena, form, "refresh_token", c->refresh_token);
}

static void send_exchange(struct pl_gcp_auth *auth)
{
    const struct pl_gcp_credentials *c = &auth->credentials;
    bool metadata = c->type == PL_GCP_AUTH_METADATA;
    struct pl_gcp_ask ask = {.purpose = PL_GCP_METADATA,
                             .method = "GET",
                             .host = c->metadata_host,
                             .path = "/computeMetadata/v1/instance/service-accounts/default/token"};
    struct pl_http_request request;

    auth->arena = pl_arena_new();
    auth->attempt++;
    if (!metadata) {
        ask = (struct pl_gcp_ask){.purpose = PL_GCP_TOKEN,
                                  .method = "POST",
                                  .host = c->token_host,
                                  .path = c->token_path,
                                  .body = make_form(auth)};
        if (ask.body == NULL) {
            end_exchange(auth);
            failed(auth);
            return;
        }
    }
    if (pl_gcp_request_build(auth->arena, auth->gcp->root, &ask, &request, &auth->err) != 0) {
        auth->err.code = PL_E_AUTH;
        end_exchange(auth);
        failed(auth);
        return;
    }
    request.timeout_ns = metadata ? metadata_timeout_ns : auth->gcp->request_timeout_ns;
    request.max_bytes = MAX_TOKEN_REPLY;
    auth->http = pl_http_send(auth->gcp->loop, auth->arena, &request, on_reply, auth);
}

static void on_timer(void *arg)
{
    struct pl_gcp_auth *auth = arg;

    auth->timer = NULL;
    send_exchange(auth);
}

/* ---- its answer ---- */

static const char *endpoint(const struct pl_gcp_auth *auth)
{
    return auth->credentials.type == PL_GCP_AUTH_METADATA ? auth->credentials.metadata_host
                                                          : auth->credentials.token_host;
}

/* 0 and the token taken, or -1 and auth->err. */
static int take_token(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    const struct pl_value *body =
        pl_json_parse(auth->arena, reply->body, reply->body_len, "token", NULL);
    const char *text = pl_value_member_text(body, "access_token");
    int64_t seconds = 3600, margin, lifetime;

    if (text == NULL || *text == '\0')
        return pl_err_set(&auth->err, PL_E_AUTH, "%s: %s answered without an access token",
                          auth->credentials.origin, endpoint(auth));
    (void)pl_value_as_int(pl_value_member(body, "expires_in"), &seconds);
    if (seconds < 0 || seconds > 86400)
        seconds = 3600;
    lifetime = seconds * INT64_C(1000000000);
    margin = lifetime / 2 < renew_before_ns ? lifetime / 2 : renew_before_ns;
    pl_arena_free(auth->token_arena);
    auth->token_arena = pl_arena_new();
    auth->token = pl_secret_new(auth->token_arena, text, strlen(text));
    auth->expires_at = pl_clock_mono_ns() + lifetime;
    auth->renew_at = auth->expires_at - margin;
    auth->serial++;
    auth->state = PL_GCP_TOKEN_READY;
    return 0;
}

/* {"error": "invalid_grant", "error_description": "..."}: here the error is a string (RFC 6749, section 5.2). */
static void say_refusal(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    const struct pl_value *body =
        pl_json_parse(auth->arena, reply->body, reply->body_len, "token", NULL);
    const char *error = pl_value_member_text(body, "error");
    const char *description = pl_value_member_text(body, "error_description");
    bool user = auth->credentials.type == PL_GCP_AUTH_USER;

    pl_err_set(&auth->err, PL_E_AUTH, "%s: %s refused it: HTTP %d%s%.80s%s%s%s",
               auth->credentials.origin, endpoint(auth), reply->status, error != NULL ? " " : "",
               error != NULL ? pl_gcp_quote(auth->arena, error) : "",
               description != NULL ? ": " : "",
               description != NULL ? pl_gcp_quote(auth->arena, description) : "",
               user ? "; run 'gcloud auth application-default login'" : "");
}

static void say_unreachable(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    const struct pl_gcp_credentials *c = &auth->credentials;
    const char *detail =
        pl_gcp_quote(auth->arena, reply->detail != NULL ? reply->detail : "no answer");

    if (c->type == PL_GCP_AUTH_METADATA && c->metadata_guess)
        pl_err_set(&auth->err, PL_E_AUTH,
                   "no Google credentials: CLOUDSDK_AUTH_ACCESS_TOKEN and "
                   "GOOGLE_APPLICATION_CREDENTIALS are not set, gcloud "
                   "has no application default credentials, and no metadata server answers (%s); "
                   "run 'gcloud auth "
                   "application-default login'",
                   detail);
    else
        pl_err_set(&auth->err, PL_E_AUTH, "%s: no token: %s", c->origin, detail);
}

/* Something that answers on that name without the header is a captive portal or a proxy (https://google.aip.dev/auth/4115). */
static bool is_impostor(const struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    const char *flavor = pl_http_reply_header(reply, "metadata-flavor");

    return auth->credentials.type == PL_GCP_AUTH_METADATA &&
           (flavor == NULL || strcmp(flavor, "Google") != 0);
}

/* Says what is wrong and whether another try may help. */
static bool judge(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    if (reply->failure != PL_HTTP_OK) {
        say_unreachable(auth, reply);
        return reply->failure != PL_HTTP_TLS && reply->failure != PL_HTTP_OTHER;
    }
    if (is_impostor(auth, reply)) {
        pl_err_set(&auth->err, PL_E_AUTH,
                   "%s: what answers at %s is no metadata server of Google's",
                   auth->credentials.origin, endpoint(auth));
        return false;
    }
    if (reply->status >= 200 && reply->status < 300)
        return take_token(auth, reply) != 0;
    say_refusal(auth, reply);
    return reply->status == 408 || reply->status == 429 || reply->status >= 500;
}

static void on_reply(const struct pl_http_reply *reply, void *arg)
{
    struct pl_gcp_auth *auth = arg;
    struct pl_gcp *gcp = auth->gcp;
    struct pl_gcp_failure failure = {.again = true, .wait = -1};
    int tries = auth->credentials.type == PL_GCP_AUTH_METADATA ? METADATA_TRIES : gcp->max_attempts;
    int64_t wait;

    failure.again = judge(auth, reply);
    end_exchange(auth);
    if (auth->state == PL_GCP_TOKEN_READY) {
        auth->attempt = 0;
        pl_gcp_pump(gcp);
        return;
    }
    wait = pl_gcp_retry_wait(&failure, "", auth->attempt, tries, gcp->backoff_ns, pl_gcp_random());
    if (wait < 0) {
        failed(auth);
        return;
    }
    gcp->stats->retries++;
    auth->timer = pl_loop_after(gcp->loop, wait, on_timer, auth);
}

/* ---- for transport.c ---- */

enum pl_gcp_token_state pl_gcp_auth_poll(struct pl_gcp_auth *auth)
{
    if (auth->state == PL_GCP_TOKEN_READY && auth->renew_at != 0 &&
        pl_clock_mono_ns() >= auth->renew_at)
        auth->state = PL_GCP_TOKEN_NONE;
    if (auth->state != PL_GCP_TOKEN_NONE)
        return auth->state;
    if (auth->credentials.type == PL_GCP_AUTH_TOKEN) {
        auth->token = auth->credentials.token;
        auth->serial = 1;
        auth->renew_at = 0;
        auth->state = PL_GCP_TOKEN_READY;
        return auth->state;
    }
    auth->state = PL_GCP_TOKEN_COMING;
    auth->attempt = 0;
    /* From the loop, not from here: the caller is in the middle of its queue. */
    auth->timer = pl_loop_after(auth->gcp->loop, 0, on_timer, auth);
    return auth->state;
}

bool pl_gcp_auth_refused(struct pl_gcp_auth *auth, unsigned serial)
{
    if (auth->credentials.type == PL_GCP_AUTH_TOKEN)
        return false;
    if (auth->state != PL_GCP_TOKEN_READY || auth->serial != serial)
        return true; /* somebody else has seen it first: a new token is there or on its way */
    if (serial > 1 && auth->proven != serial)
        return false; /* the token is new, and nobody has accepted it: one more would fare no better */
    auth->state = PL_GCP_TOKEN_NONE;
    auth->expires_at = 0;
    return true;
}

void pl_gcp_auth_close(struct pl_gcp_auth *auth)
{
    if (auth->http != NULL)
        pl_http_cancel(auth->http);
    pl_timer_cancel(auth->timer);
    auth->timer = NULL;
    if (auth->arena != NULL)
        end_exchange(auth);
    pl_arena_free(auth->token_arena);
    auth->token_arena = NULL;
    auth->token = NULL;
}
