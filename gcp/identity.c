/* identity.c - who this program is to Google, and which project that suggests: for `doctor` and for commands that were given none.
 *
 * Nothing is observed from here.
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>

const char *pl_gcp_default_project(struct pl_arena *arena)
{
    /* https://google.aip.dev/auth/4110; the third is gcloud's own. */
    static const char *const names[] = {"GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT",
                                        "CLOUDSDK_CORE_PROJECT"};
    struct pl_gcp_credentials credentials;

    for (size_t i = 0; i < PL_LEN(names); i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && *value != '\0')
            return pl_arena_strdup(arena, value);
    }
    /* Any root will do: only the file's project is wanted. */
    if (pl_gcp_credentials_find(arena, "-", &credentials, NULL) != 0)
        return NULL;
    return credentials.project;
}

struct email {
    struct pl_loop *loop;
    struct pl_arena *arena;
    const char *text;   /* NULL: none */
    const char *detail; /* why not */
};

static void on_email(const struct pl_http_reply *reply, void *arg)
{
    struct email *email = arg;
    const char *flavor = pl_http_reply_header(reply, "metadata-flavor");

    if (reply->failure != PL_HTTP_OK)
        email->detail =
            pl_gcp_quote(email->arena, reply->detail != NULL ? reply->detail : "no answer");
    else if (flavor == NULL || strcmp(flavor, "Google") != 0 || reply->status != 200)
        email->detail = "what answers is no metadata server of Google's";
    else
        email->text = pl_gcp_quote(email->arena, reply->body);
    pl_loop_stop(email->loop);
}

static int ask_metadata(struct pl_arena *arena, struct pl_loop *loop, struct pl_gcp_credentials *c,
                        struct pl_err *err)
{
    struct pl_gcp_ask ask = {.purpose = PL_GCP_METADATA,
                             .method = "GET",
                             .host = c->metadata_host,
                             .path = "/computeMetadata/v1/instance/service-accounts/default/email"};
    struct email email = {.loop = loop, .arena = arena};
    struct pl_http_request request;
    struct pl_http_call *call;

    if (pl_gcp_request_build(arena, NULL, &ask, &request, err) != 0)
        return -1;
    request.timeout_ns = INT64_C(3000000000);
    request.max_bytes = 4096;
    call = pl_http_send(loop, arena, &request, on_email, &email);
    pl_loop_run(loop);
    c->email = email.text;
    if (email.text != NULL)
        return 0;
    if (email.detail == NULL) { /* the loop was stopped */
        pl_http_cancel(call);
        return pl_err_set(err, PL_E_INTERRUPTED, "interrupted while asking %s", c->metadata_host);
    }
    return pl_err_set(err, PL_E_AUTH, "%s: %s", c->origin, email.detail);
}

static const char *source_name(enum pl_gcp_auth_type type)
{
    static const char *const names[] = {
        [PL_GCP_AUTH_TOKEN] = "an access token",
        [PL_GCP_AUTH_SERVICE_ACCOUNT] = "a service account's key",
        [PL_GCP_AUTH_USER] = "a user's credentials",
        [PL_GCP_AUTH_METADATA] = "the machine's service account",
        [PL_GCP_AUTH_EXTERNAL] = "a federated identity",
    };

    return names[type];
}

const char *pl_gcp_identity(struct pl_arena *arena, struct pl_loop *loop,
                            const struct pl_gcp_options *options, struct pl_err *err)
{
    struct pl_gcp_credentials c;
    const char *root;

    if (pl_gcp_root(arena, options->api_root, &root, err) != 0 ||
        pl_gcp_credentials_find(arena, root, &c, err) != 0 ||
        pl_gcp_credentials_impersonate(arena, options->impersonate, &c, err) != 0)
        return NULL;
    if (c.n_hops > 0)
        return pl_arena_printf(arena, "service account %s, impersonated with %s (%s)",
                               c.hops[c.n_hops - 1].email, source_name(c.type), c.origin);
    switch (c.type) {
    case PL_GCP_AUTH_TOKEN:
        return pl_arena_printf(arena, "access token (%s)", c.origin);
    case PL_GCP_AUTH_SERVICE_ACCOUNT:
        return pl_arena_printf(arena, "service account %s (%s)", c.email, c.origin);
    case PL_GCP_AUTH_USER:
        return pl_arena_printf(arena, "user%s%s (%s)", c.email != NULL ? " " : "",
                               c.email != NULL ? c.email : "", c.origin);
    case PL_GCP_AUTH_EXTERNAL:
        return pl_arena_printf(arena, "federated identity of %s (%s)", c.external.audience,
                               c.origin);
    case PL_GCP_AUTH_METADATA:
        break;
    }
    if (ask_metadata(arena, loop, &c, err) != 0)
        return NULL;
    return pl_arena_printf(arena, "service account %s (%s)", c.email, c.origin);
}
