/* auth_refusal.c - why there is no token: the sentence and what to do about it, by the step at which it failed.
 *
 * Nothing of an answer is quoted but the error's own words; of a subject's source not even those.
 */
#include "auth_step_priv.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/secret.h"

const char *pl_gcp_credentials_remedy(struct pl_arena *arena, const struct pl_gcp_credentials *c)
{
    switch (c->type) {
    case PL_GCP_AUTH_USER:
        return "run 'gcloud auth application-default login'";
    case PL_GCP_AUTH_SERVICE_ACCOUNT:
        return pl_arena_printf(arena,
                               "is the key still there? gcloud iam service-accounts keys list "
                               "--iam-account=%s",
                               pl_gcp_quote(arena, c->email));
    case PL_GCP_AUTH_EXTERNAL:
        return "check that the provider that audience names is there, and that the subject token "
               "is fresh and fits its conditions";
    case PL_GCP_AUTH_METADATA:
        return "has this machine a service account?";
    case PL_GCP_AUTH_TOKEN:
        break;
    }
    return "export CLOUDSDK_AUTH_ACCESS_TOKEN=$(gcloud auth print-access-token)";
}

/* An assertion of another time than Google's is refused in the words of a wrong key. */
static const char *source_remedy(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    static const int64_t minute = 60;
    int64_t ahead = pl_gcp_clock_ahead(reply);

    if (auth->credentials.type == PL_GCP_AUTH_SERVICE_ACCOUNT && llabs(ahead) >= 5 * minute)
        return pl_arena_printf(auth->arena, "this machine's clock is %lld min %s Google's: set it",
                               (llabs(ahead) + minute / 2) / minute,
                               ahead > 0 ? "ahead of" : "behind");
    return pl_gcp_credentials_remedy(auth->arena, &auth->credentials);
}

static bool holds(struct pl_arena *arena, const char *text, const struct pl_secret *secret)
{
    static const char name[] = "s";
    const char *encoded;

    if (secret == NULL || pl_secret_len(secret) == 0)
        return false;
    if (strstr(text, pl_secret_reveal(secret)) != NULL)
        return true;
    encoded = pl_gcp_query_add(arena, NULL, name, pl_secret_reveal(secret)) + sizeof name;
    return strstr(text, encoded) != NULL;
}

/* An endpoint's own words, unless it says again what it was sent. */
static const char *words_of(struct pl_gcp_auth *auth, const char *text)
{
    const struct pl_gcp_credentials *c = &auth->credentials;

    if (holds(auth->arena, text, c->client_secret) || holds(auth->arena, text, c->refresh_token) ||
        holds(auth->arena, text, auth->held))
        return "(its words hold a secret)";
    return pl_gcp_quote(auth->arena, text);
}

/* {"error": "invalid_grant", "error_description": "..."}: here the error is a string (RFC 6749, section 5.2). */
static void refused_source(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    const struct pl_value *body = pl_gcp_step_body(auth, reply);
    const char *error = pl_value_member_text(body, "error");
    const char *description = pl_value_member_text(body, "error_description");

    pl_err_set(
        &auth->err, PL_E_AUTH, "%s: %s refused it: HTTP %d%s%.80s%s%s%s%s",
        auth->credentials.origin, pl_gcp_step_endpoint(auth), reply->status,
        error != NULL ? " " : "", error != NULL ? words_of(auth, error) : "",
        description != NULL ? ": " : "", description != NULL ? words_of(auth, description) : "",
        reply->status < 500 ? "; " : "", reply->status < 500 ? source_remedy(auth, reply) : "");
}

static const char *grant_command(struct pl_gcp_auth *auth)
{
    const struct pl_gcp_credentials *c = &auth->credentials;
    struct pl_gcp_credentials before = *c;
    const char *member;

    before.n_hops = (size_t)(auth->step - PL_GCP_STEP_HOP);
    member = pl_gcp_credentials_member(auth->arena, &before);
    return pl_arena_printf(
        auth->arena, "gcloud iam service-accounts add-iam-policy-binding %s --member=%s --role=%s",
        pl_gcp_step_hop(auth)->email, member != NULL ? pl_gcp_quote(auth->arena, member) : "MEMBER",
        c->type == PL_GCP_AUTH_EXTERNAL && before.n_hops == 0
            ? "roles/iam.workloadIdentityUser"
            : "roles/iam.serviceAccountTokenCreator");
}

static const char *hop_remedy(struct pl_gcp_auth *auth, const struct pl_gcp_failure *failure)
{
    if (strcmp(failure->reason, "permission_denied") == 0)
        return pl_gcp_step_hop(auth)->n_delegates > 0
                   ? "each account of the chain needs roles/iam.serviceAccountTokenCreator on the "
                     "next one"
                   : grant_command(auth);
    if (strcmp(failure->reason, "api_disabled") == 0)
        return "gcloud services enable " PL_GCP_IAM_CREDENTIALS " in the project of the caller";
    if (strcmp(failure->reason, "not_found_scope") == 0)
        return "check the name of the account";
    return failure->remedy;
}

/* Here the error is google.rpc.Status, as of any API. */
static void refused_hop(struct pl_gcp_auth *auth, const struct pl_http_reply *reply,
                        struct pl_gcp_failure *failure)
{
    const struct pl_gcp_about about = {.api = PL_GCP_IAM_CREDENTIALS};
    const char *remedy;

    *failure = pl_gcp_judge(auth->arena, &about, reply);
    remedy = hop_remedy(auth, failure);
    pl_err_set(&auth->err, PL_E_AUTH, "%s: %s gives no token of %s: %s%s%s",
               auth->credentials.origin, pl_gcp_step_endpoint(auth), pl_gcp_step_hop(auth)->email,
               failure->detail, remedy != NULL ? "; " : "", remedy != NULL ? remedy : "");
}

/* Its body is somebody else's and may be a token after all. */
static void refused_subject(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    pl_err_set(&auth->err, PL_E_AUTH,
               "%s: no subject token: %s answered HTTP %d; check url and headers of "
               "credential_source",
               auth->credentials.origin, pl_gcp_step_endpoint(auth), reply->status);
}

void pl_gcp_step_unreachable(struct pl_gcp_auth *auth, const struct pl_http_reply *reply)
{
    const struct pl_gcp_credentials *c = &auth->credentials;
    const char *detail =
        pl_gcp_quote(auth->arena, reply->detail != NULL ? reply->detail : "no answer");

    if (pl_gcp_step_is_metadata(auth) && c->metadata_guess)
        pl_err_set(&auth->err, PL_E_AUTH,
                   "no Google credentials: CLOUDSDK_AUTH_ACCESS_TOKEN and "
                   "GOOGLE_APPLICATION_CREDENTIALS are not set, gcloud "
                   "has no application default credentials, and no metadata server answers (%s); "
                   "run 'gcloud auth "
                   "application-default login'",
                   detail);
    else
        pl_err_set(&auth->err, PL_E_AUTH, "%s: no %stoken: %s", c->origin,
                   auth->step == PL_GCP_STEP_SUBJECT ? "subject " : "", detail);
}

void pl_gcp_step_refused(struct pl_gcp_auth *auth, const struct pl_http_reply *reply,
                         struct pl_gcp_failure *failure)
{
    if (auth->step == PL_GCP_STEP_SUBJECT)
        refused_subject(auth, reply);
    else if (auth->step >= PL_GCP_STEP_HOP)
        refused_hop(auth, reply, failure);
    else
        refused_source(auth, reply);
}
