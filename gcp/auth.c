/* auth.c - the access token of a run: fetched when it is first needed, renewed before it expires and once after a 401.
 *
 * Where credentials come from is auth_find.c's word, what is asked of whom auth_step.c's, of which scope auth_scope.c's. One token serves every
 * API of a run. It is kept in memory only, and overwritten when it goes.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"

/* Google's own clients renew so early too (https://google.aip.dev/auth/4111). */
static const int64_t renew_before_ns = INT64_C(225000000000);
enum { METADATA_TRIES = 3 };

static void on_reply(const struct pl_http_reply *reply, void *arg);

static void end_exchange(struct pl_gcp_auth *auth)
{
    auth->http = NULL;
    pl_arena_free(auth->arena);
    auth->arena = NULL;
}

static void end_chain(struct pl_gcp_auth *auth)
{
    pl_arena_free(auth->chain);
    auth->chain = NULL;
    auth->held = NULL;
}

/* A token that could not be renewed early still serves until its end. */
static void failed(struct pl_gcp_auth *auth)
{
    bool good = auth->token != NULL && pl_clock_mono_ns() < auth->expires_at;

    end_chain(auth);
    auth->state = good ? PL_GCP_TOKEN_READY : PL_GCP_TOKEN_FAILED;
    auth->renew_at = auth->expires_at;
    pl_gcp_pump(auth->gcp);
}

static void on_grant(struct pl_gcp_auth *auth, const struct pl_gcp_grant *grant);

/* Outside of Google's own universe a key gives tokens itself, and nobody exchanges them
 * (https://google.aip.dev/auth/4111; google-auth does the same). Identity tokens are still asked for. */
static bool is_own_signer(const struct pl_gcp_auth *auth)
{
    return auth->step == PL_GCP_STEP_SOURCE &&
           auth->credentials.type == PL_GCP_AUTH_SERVICE_ACCOUNT && !pl_gcp_universe_is_googles() &&
           (auth->audience == NULL || auth->credentials.n_hops > 0);
}

static void sign_step(struct pl_gcp_auth *auth)
{
    struct pl_secret *jwt = pl_gcp_jwt_token(auth->arena, &auth->credentials,
                                             pl_clock_wall_ns() / INT64_C(1000000000), &auth->err);
    struct pl_gcp_grant grant = {.seconds = 3600};

    if (jwt == NULL) {
        end_exchange(auth);
        failed(auth);
        return;
    }
    grant.text = pl_secret_reveal(jwt);
    on_grant(auth, &grant);
}

static void send_step(struct pl_gcp_auth *auth)
{
    struct pl_http_request request;

    auth->arena = pl_arena_new_wiped();
    auth->attempt++;
    if (is_own_signer(auth)) {
        sign_step(auth);
        return;
    }
    if (pl_gcp_step_request(auth, &request) != 0) {
        end_exchange(auth);
        failed(auth);
        return;
    }
    request.small = true; /* and unpacking would leave a copy of a token */
    auth->http = pl_http_send(auth->gcp->loop, auth->arena, &request, on_reply, auth);
}

static void on_again(void *arg)
{
    struct pl_gcp_auth *auth = arg;

    auth->timer = NULL;
    send_step(auth);
}

/* The first step of the way; a token from the environment is there already. */
static void on_start(void *arg)
{
    struct pl_gcp_auth *auth = arg;
    const struct pl_gcp_credentials *c = &auth->credentials;

    auth->timer = NULL;
    auth->attempt = 0;
    end_chain(auth);
    auth->chain = pl_arena_new_wiped();
    auth->step = PL_GCP_STEP_SOURCE;
    if (c->type == PL_GCP_AUTH_EXTERNAL && c->external.file == NULL)
        auth->step = PL_GCP_STEP_SUBJECT;
    if (c->type == PL_GCP_AUTH_TOKEN) {
        auth->held = c->token;
        auth->step = PL_GCP_STEP_HOP;
    }
    send_step(auth);
}

static void take_token(struct pl_gcp_auth *auth, const struct pl_gcp_grant *grant)
{
    int64_t lifetime = grant->seconds * INT64_C(1000000000);
    int64_t margin = lifetime / 2 < renew_before_ns ? lifetime / 2 : renew_before_ns;

    pl_arena_free(auth->token_arena);
    auth->token_arena = pl_arena_new_wiped();
    auth->token = pl_secret_new(auth->token_arena, grant->text, strlen(grant->text));
    auth->expires_at = pl_clock_mono_ns() + lifetime;
    auth->renew_at = auth->expires_at - margin;
    auth->serial++;
    auth->state = PL_GCP_TOKEN_READY;
}

static void on_grant(struct pl_gcp_auth *auth, const struct pl_gcp_grant *grant)
{
    auth->attempt = 0;
    if (auth->step == pl_gcp_step_last(auth)) {
        take_token(auth, grant);
        end_exchange(auth);
        end_chain(auth);
        pl_gcp_pump(auth->gcp);
        return;
    }
    auth->held = pl_secret_new(auth->chain, grant->text, strlen(grant->text));
    end_exchange(auth);
    auth->step++;
    send_step(auth);
}

/* Where nobody answers, more tries would keep the whole run waiting: the metadata server's are short
 * (https://google.aip.dev/auth/4115), any other's as many as a host of the APIs gets. */
static int most_tries(const struct pl_gcp_auth *auth, const struct pl_gcp_failure *failure)
{
    if (auth->step == PL_GCP_STEP_SOURCE && auth->credentials.type == PL_GCP_AUTH_METADATA)
        return METADATA_TRIES;
    return failure->silent || (failure->mute && auth->serial == 0) ? PL_GCP_SILENCES
                                                                   : auth->gcp->max_attempts;
}

static void on_reply(const struct pl_http_reply *reply, void *arg)
{
    struct pl_gcp_auth *auth = arg;
    struct pl_gcp *gcp = auth->gcp;
    struct pl_gcp_failure failure;
    struct pl_gcp_grant grant;
    int64_t wait;

    if (pl_gcp_step_answer(auth, reply, &grant, &failure) == 0) {
        on_grant(auth, &grant);
        return;
    }
    wait = pl_gcp_retry_wait(&failure, "", auth->attempt, most_tries(auth, &failure),
                             gcp->backoff_ns, pl_gcp_random());
    end_exchange(auth);
    if (wait < 0) {
        failed(auth);
        return;
    }
    gcp->stats->retries++;
    auth->timer = pl_loop_after(gcp->loop, wait, on_again, auth);
}

/* ---- for transport.c ---- */

/* The token itself came from outside, and there is no other. */
static bool is_given(const struct pl_gcp_auth *auth)
{
    return auth->credentials.type == PL_GCP_AUTH_TOKEN && auth->credentials.n_hops == 0;
}

enum pl_gcp_token_state pl_gcp_auth_poll(struct pl_gcp_auth *auth)
{
    if (auth->state == PL_GCP_TOKEN_READY && auth->renew_at != 0 &&
        pl_clock_mono_ns() >= auth->renew_at)
        auth->state = PL_GCP_TOKEN_NONE;
    if (auth->state != PL_GCP_TOKEN_NONE)
        return auth->state;
    if (is_given(auth)) {
        auth->token = auth->credentials.token;
        auth->serial = 1;
        auth->renew_at = 0;
        auth->state = PL_GCP_TOKEN_READY;
        return auth->state;
    }
    auth->state = PL_GCP_TOKEN_COMING;
    /* From the loop, not from here: the caller is in the middle of its queue. */
    auth->timer = pl_loop_after(auth->gcp->loop, 0, on_start, auth);
    return auth->state;
}

bool pl_gcp_auth_refused(struct pl_gcp_auth *auth, unsigned serial)
{
    if (is_given(auth))
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
    end_chain(auth);
    pl_arena_free(auth->token_arena);
    auth->token_arena = NULL;
    auth->token = NULL;
}
