/* auth_find.c - whose credentials are used: looks where Google's own clients look, in their order.
 *
 * https://google.aip.dev/auth/4110; the access token of the environment comes first, as gcloud takes it. What a file holds is read
 * by auth_file.c. Nothing is sent from here.
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/file.h"

enum { MAX_FILE = 256 * 1024 };

static const char *env(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}

bool pl_gcp_is_token(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return false;
    return len > 0;
}

/* ---- where to look ---- */

static int read_file(struct pl_arena *arena, const char *root, const char *file,
                     struct pl_gcp_credentials *out, struct pl_err *err)
{
    struct pl_arena *scratch = pl_arena_new_wiped();
    size_t len = 0;
    char *text = pl_file_read(scratch, file, MAX_FILE, &len, err);
    int failed = -1;

    if (text != NULL) {
        failed = pl_gcp_credentials_parse(arena, root, file, text, len, out, err);
    } else if (err != NULL) {
        err->code = PL_E_AUTH;
    }
    pl_arena_free(scratch);
    return failed;
}

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
    if (pl_gcp_universe_check(err) != 0)
        return -1;
    if (token != NULL) {
        out->type = PL_GCP_AUTH_TOKEN;
        out->origin = "CLOUDSDK_AUTH_ACCESS_TOKEN";
        out->token = pl_secret_new(arena, token, strcspn(token, "\r\n"));
        if (!pl_gcp_is_token(pl_secret_reveal(out->token), pl_secret_len(out->token)))
            failed = pl_err_set(err, PL_E_AUTH,
                                "CLOUDSDK_AUTH_ACCESS_TOKEN holds no access token; export "
                                "CLOUDSDK_AUTH_ACCESS_TOKEN=$(gcloud auth print-access-token)");
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
    if (quota != NULL) {
        out->quota_given = true;
        out->quota_project = out->source_quota = pl_arena_strdup(arena, quota);
    }
    return failed;
}

const char *pl_gcp_credentials_member(struct pl_arena *arena, const struct pl_gcp_credentials *c)
{
    if (c->n_hops > 0)
        return pl_arena_printf(arena, "serviceAccount:%s", c->hops[c->n_hops - 1].email);
    if (c->email == NULL)
        return NULL;
    return pl_arena_printf(arena, "%s:%s", c->type == PL_GCP_AUTH_USER ? "user" : "serviceAccount",
                           c->email);
}
