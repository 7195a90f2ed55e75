/* auth_find.c - whose credentials are used: looks where Google's own clients look, in their order, and reads what it finds.
 *
 * https://google.aip.dev/auth/4110; the access token of the environment comes first, as gcloud takes it. Nothing is sent from here.
 * Kinds of file that are not supported are refused by name: to fall through to another identity would be worse.
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/file.h"
#include "plumbline/json.h"
#include "plumbline/net.h"

enum { MAX_FILE = 256 * 1024 };

static const char *env(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}

/* ---- files ---- */

static const struct pl_secret *secret_of(struct pl_arena *arena, const struct pl_value *file,
                                         const char *name)
{
    const char *text = pl_value_member_text(file, name);

    return text != NULL && *text != '\0' ? pl_secret_new(arena, text, strlen(text)) : NULL;
}

static const char *text_of(struct pl_arena *arena, const struct pl_value *file, const char *name)
{
    const char *text = pl_value_member_text(file, name);

    return text != NULL && *text != '\0' ? pl_arena_strdup(arena, text) : NULL;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

/* The endpoint gets a signed assertion or a refresh token: only Google may, unless everything goes to --api-root. */
static int take_token_uri(struct pl_arena *arena, const char *root, const char *file,
                          struct pl_gcp_credentials *out, struct pl_err *err)
{
    struct pl_hostport to;

    if (out->token_uri == NULL)
        out->token_uri = "https://oauth2.googleapis.com/token";
    if (!pl_hostport_parse(arena, out->token_uri, &to) || to.scheme == NULL ||
        strcmp(to.scheme, "https") != 0 || to.user_info != NULL || to.port_given ||
        to.path == NULL || (root == NULL && !ends_with(to.host, ".googleapis.com")))
        return pl_err_set(err, PL_E_AUTH,
                          "%s: token_uri must be https://oauth2.googleapis.com/token or another "
                          "https endpoint of googleapis.com",
                          file);
    out->token_host = to.host;
    out->token_path = to.path;
    return 0;
}

static int take_service_account(struct pl_arena *arena, const char *file,
                                const struct pl_value *json, struct pl_gcp_credentials *out,
                                struct pl_err *err)
{
    out->type = PL_GCP_AUTH_SERVICE_ACCOUNT;
    out->email = text_of(arena, json, "client_email");
    out->private_key = secret_of(arena, json, "private_key");
    out->key_id = text_of(arena, json, "private_key_id");
    out->project = text_of(arena, json, "project_id");
    if (out->email == NULL || out->private_key == NULL)
        return pl_err_set(err, PL_E_AUTH, "%s: a service account key needs %s", file,
                          out->email == NULL ? "client_email" : "private_key");
    return 0;
}

static int take_user(struct pl_arena *arena, const char *file, const struct pl_value *json,
                     struct pl_gcp_credentials *out, struct pl_err *err)
{
    out->type = PL_GCP_AUTH_USER;
    out->client_id = text_of(arena, json, "client_id");
    out->client_secret = secret_of(arena, json, "client_secret");
    out->refresh_token = secret_of(arena, json, "refresh_token");
    out->email = text_of(arena, json, "account");
    if (out->client_id == NULL || out->client_secret == NULL || out->refresh_token == NULL)
        return pl_err_set(
            err, PL_E_AUTH,
            "%s: credentials of a user need %s; run 'gcloud auth application-default login'", file,
            out->client_id == NULL       ? "client_id"
            : out->client_secret == NULL ? "client_secret"
                                         : "refresh_token");
    return 0;
}

int pl_gcp_credentials_parse(struct pl_arena *arena, const char *root, const char *file,
                             const char *text, size_t len, struct pl_gcp_credentials *out,
                             struct pl_err *err)
{
    struct pl_arena *scratch = pl_arena_new();
    /* The parser's own words would quote what is around the mistake, and that may be the key. */
    const struct pl_value *json = pl_json_parse(scratch, text, len, file, NULL);
    const char *type = pl_value_member_text(json, "type");
    int failed = -1;

    if (json == NULL) {
        pl_err_set(err, PL_E_AUTH, "%s: this is no credential file: it is not JSON", file);
    } else if (type == NULL) {
        pl_err_set(err, PL_E_AUTH, "%s: this is no credential file: it has no \"type\"", file);
    } else {
        out->token_uri = text_of(arena, json, "token_uri");
        out->quota_project = text_of(arena, json, "quota_project_id");
        if (strcmp(type, "service_account") == 0)
            failed = take_service_account(arena, file, json, out, err);
        else if (strcmp(type, "authorized_user") == 0)
            failed = take_user(arena, file, json, out, err);
        else
            pl_err_set(err, PL_E_AUTH,
                       "%s: credentials of type '%.60s' are not supported yet; supported are "
                       "service_account and "
                       "authorized_user, or a token in CLOUDSDK_AUTH_ACCESS_TOKEN",
                       file, pl_gcp_quote(scratch, type));
    }
    pl_arena_free(scratch);
    return failed != 0 ? -1 : take_token_uri(arena, root, file, out, err);
}

static int read_file(struct pl_arena *arena, const char *root, const char *file,
                     struct pl_gcp_credentials *out, struct pl_err *err)
{
    struct pl_arena *scratch = pl_arena_new();
    size_t len = 0;
    char *text = pl_file_read(scratch, file, MAX_FILE, &len, err);
    int failed = -1;

    if (text != NULL) {
        failed = pl_gcp_credentials_parse(arena, root, file, text, len, out, err);
        pl_wipe(text, len);
    } else if (err != NULL) {
        err->code = PL_E_AUTH;
    }
    pl_arena_free(scratch);
    return failed;
}

/* ---- where to look ---- */

static char *gcloud_file(struct pl_arena *arena)
{
    const char *dir = env("CLOUDSDK_CONFIG"), *home = env("HOME");

    if (dir != NULL)
        return pl_arena_printf(arena, "%s/application_default_credentials.json", dir);
    return home != NULL ? pl_arena_printf(
                              arena, "%s/.config/gcloud/application_default_credentials.json", home)
                        : NULL;
}

static int take_metadata(struct pl_arena *arena, const char *file, struct pl_gcp_credentials *out,
                         struct pl_err *err)
{
    const char *host = env("GCE_METADATA_HOST"), *skip = env("NO_GCE_CHECK");

    if (host == NULL && skip != NULL && strcmp(skip, "true") == 0)
        return pl_err_set(
            err, PL_E_AUTH,
            "no Google credentials: CLOUDSDK_AUTH_ACCESS_TOKEN and GOOGLE_APPLICATION_CREDENTIALS "
            "are not "
            "set, there is no %s, and NO_GCE_CHECK rules out a metadata server; run 'gcloud auth "
            "application-default login'",
            file != NULL ? file : "home folder");
    out->type = PL_GCP_AUTH_METADATA;
    out->metadata_guess = host == NULL;
    out->metadata_host = pl_arena_strdup(arena, host != NULL ? host : "metadata.google.internal");
    out->origin =
        host != NULL ? pl_arena_printf(arena, "GCE_METADATA_HOST=%s", host) : "the metadata server";
    return 0;
}

int pl_gcp_credentials_find(struct pl_arena *arena, const char *root,
                            struct pl_gcp_credentials *out, struct pl_err *err)
{
    const char *token = env("CLOUDSDK_AUTH_ACCESS_TOKEN");
    const char *named = env("GOOGLE_APPLICATION_CREDENTIALS");
    const char *quota = env("GOOGLE_CLOUD_QUOTA_PROJECT");
    char *file = gcloud_file(arena);
    int failed = 0;

    *out = (struct pl_gcp_credentials){0};
    if (token != NULL) {
        out->type = PL_GCP_AUTH_TOKEN;
        out->origin = "CLOUDSDK_AUTH_ACCESS_TOKEN";
        out->token = pl_secret_new(arena, token, strcspn(token, "\r\n"));
    } else if (named != NULL) {
        out->origin = pl_arena_printf(arena, "GOOGLE_APPLICATION_CREDENTIALS=%s", named);
        if (read_file(arena, root, named, out, err) != 0)
            failed = pl_err_wrap(err, "GOOGLE_APPLICATION_CREDENTIALS");
    } else if (file != NULL && access(file, F_OK) == 0) {
        out->origin = file;
        failed = read_file(arena, root, file, out, err);
    } else {
        failed = take_metadata(arena, file, out, err);
    }
    if (quota != NULL)
        out->quota_project = pl_arena_strdup(arena, quota);
    return failed;
}

const char *pl_gcp_credentials_member(struct pl_arena *arena, const struct pl_gcp_credentials *c)
{
    if (c->email == NULL)
        return NULL;
    return pl_arena_printf(arena, "%s:%s", c->type == PL_GCP_AUTH_USER ? "user" : "serviceAccount",
                           c->email);
}
