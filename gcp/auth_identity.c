/* auth_identity.c - an identity token for one audience: what a private Cloud Run service asks of its callers
 * (https://cloud.google.com/docs/authentication/get-id-token).
 *
 * A service account's key, the metadata server and impersonation give one for any audience; a person's credentials for their own OAuth
 * client alone (https://developers.google.com/identity/openid-connect/openid-connect: `aud`), a federated identity and a bare
 * access token none. The exchanges are those of auth.c and auth_step.c; whose calls they are for is not known here.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/clock.h"

static const char *cannot(enum pl_gcp_auth_type type)
{
    switch (type) {
    case PL_GCP_AUTH_TOKEN:
        return "an access token gives";
    case PL_GCP_AUTH_USER:
        return "a user's credentials give";
    case PL_GCP_AUTH_EXTERNAL:
        return "a federated identity gives";
    case PL_GCP_AUTH_SERVICE_ACCOUNT:
    case PL_GCP_AUTH_METADATA:
        break;
    }
    return NULL;
}

static int check(const struct pl_gcp_credentials *c, const char *audience, struct pl_err *err)
{
    const char *words = c->n_hops == 0 ? cannot(c->type) : NULL;
    bool user = c->type == PL_GCP_AUTH_USER && c->n_hops == 0 && c->client_id != NULL;

    if (audience == NULL || *audience == '\0')
        return pl_err_set(err, PL_E_USAGE, "an identity token needs an audience");
    if (user && strcmp(c->client_id, audience) == 0)
        return 0;
    if (user)
        return pl_err_set(err, PL_E_AUTH,
                          "%s: a user's credentials give an identity token for their own client "
                          "alone (%s); use --impersonate-service-account EMAIL, or the key of a "
                          "service account",
                          c->origin, c->client_id);
    if (words != NULL)
        return pl_err_set(err, PL_E_AUTH,
                          "%s: %s no identity token; use --impersonate-service-account EMAIL, or "
                          "the key of a service account",
                          c->origin, words);
    return 0;
}

struct wait {
    struct pl_loop *loop;
    struct pl_timer *timer;
};

static void on_deadline(void *arg)
{
    struct wait *wait = arg;

    wait->timer = NULL;
    pl_loop_stop(wait->loop);
}

static int fetch(struct pl_gcp *gcp, struct pl_err *err)
{
    int64_t deadline = gcp->options->deadline_ns;
    struct wait wait = {.loop = gcp->loop};
    enum pl_gcp_token_state state;

    if (deadline > 0)
        wait.timer = pl_loop_after(gcp->loop, deadline - pl_clock_mono_ns(), on_deadline, &wait);
    (void)pl_gcp_auth_poll(&gcp->auth);
    pl_loop_run(gcp->loop);
    pl_timer_cancel(wait.timer);
    state = gcp->auth.state;
    if (state == PL_GCP_TOKEN_READY)
        return 0;
    if (state != PL_GCP_TOKEN_FAILED)
        return pl_err_set(err, PL_E_AUTH, "%s: no identity token before the deadline",
                          gcp->auth.credentials.origin);
    if (err != NULL)
        *err = gcp->auth.err;
    return -1;
}

struct pl_secret *pl_gcp_identity_token(struct pl_arena *arena, struct pl_loop *loop,
                                        const struct pl_gcp_options *options, const char *audience,
                                        struct pl_err *err)
{
    struct pl_gcp_stats stats = {0};
    struct pl_secret *token = NULL;
    struct pl_gcp gcp;

    if (pl_gcp_open(&gcp, arena, loop, options, &stats, err) != 0 ||
        check(&gcp.auth.credentials, audience, err) != 0)
        return NULL;
    gcp.auth.audience = audience;
    if (fetch(&gcp, err) == 0)
        token =
            pl_secret_new(arena, pl_secret_reveal(gcp.auth.token), pl_secret_len(gcp.auth.token));
    pl_gcp_close(&gcp);
    return token;
}
