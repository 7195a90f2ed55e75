/* auth_external.c - workload identity federation: a token of somebody else's, which Google's token service takes for one of its own
 * (https://google.aip.dev/auth/4117, https://cloud.google.com/iam/docs/workload-identity-federation).
 *
 * Subject tokens come from a file or a URL. The other sources run a program, hold keys of another cloud, or need a client certificate:
 * they are refused by name. The exchange itself stands in auth_step.c.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/file.h"
#include "plumbline/json.h"
#include "plumbline/net.h"

enum { MAX_SUBJECT = 256 * 1024, MAX_HEADERS = 16 };

/* ---- what is refused ---- */

static const struct {
    const char *member, *name;
} other_sources[] = {
    {"executable", "executable"},
    {"environment_id", "AWS"},
    {"certificate", "certificate"},
};

static int check_source(const char *file, const struct pl_value *source, struct pl_err *err)
{
    const char *why = NULL;

    for (size_t i = 0; i < PL_LEN(other_sources); i++)
        if (pl_value_member(source, other_sources[i].member) != NULL)
            return pl_err_set(err, PL_E_AUTH,
                              "%s: credential_source '%s' is not supported; supported are file and "
                              "url, or a token in CLOUDSDK_AUTH_ACCESS_TOKEN (gcloud auth "
                              "print-access-token)",
                              file, other_sources[i].name);
    if (source == NULL)
        why = "external_account needs credential_source";
    else if ((pl_value_member(source, "file") != NULL) == (pl_value_member(source, "url") != NULL))
        why = "credential_source must be either a file or a url";
    return why != NULL ? pl_err_set(err, PL_E_AUTH, "%s: %s", file, why) : 0;
}

/* ---- audience ---- */

/* Does `text` begin with the pattern, in which '*' stands for one segment? Moves behind it. */
static bool segments(const char *text, const char *pattern)
{
    for (; *pattern != '\0'; pattern++) {
        if (*pattern == '*') {
            size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789-_.");

            if (len == 0)
                return false;
            text += len;
        } else if (*text++ != *pattern) {
            return false;
        }
    }
    return *text == '\0';
}

/* A pool for workloads, by the project's number, and one for people. */
static const char workload[] =
    "//iam.googleapis.com/projects/*/locations/global/workloadIdentityPools/*/providers/*";
static const char workforce[] = "//iam.googleapis.com/locations/*/workforcePools/*/providers/*";

static int take_audience(struct pl_arena *arena, const char *file, const struct pl_value *json,
                         struct pl_gcp_external *out, struct pl_err *err)
{
    static const char projects[] = "//iam.googleapis.com/projects/";
    const char *number;

    out->audience = pl_gcp_file_text(arena, json, "audience");
    out->subject_type = pl_gcp_file_text(arena, json, "subject_token_type");
    out->user_project = pl_gcp_file_text(arena, json, "workforce_pool_user_project");
    if (out->audience == NULL || out->subject_type == NULL)
        return pl_err_set(err, PL_E_AUTH, "%s: external_account needs %s", file,
                          out->audience == NULL ? "audience" : "subject_token_type");
    if (segments(out->audience, workforce))
        return 0;
    if (!segments(out->audience, workload))
        return pl_err_set(err, PL_E_AUTH,
                          "%s: audience must be the full name of a provider: //iam.googleapis.com/"
                          "projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/"
                          "PROVIDER",
                          file);
    number = out->audience + sizeof projects - 1;
    if (number[strspn(number, "0123456789")] != '/')
        return pl_err_set(err, PL_E_AUTH,
                          "%s: audience must name the project by its number, not by its id", file);
    if (out->user_project != NULL)
        return pl_err_set(err, PL_E_AUTH,
                          "%s: workforce_pool_user_project needs a workforce pool as audience",
                          file);
    return 0;
}

/* ---- the source ---- */

static int take_headers(struct pl_arena *arena, const char *file, const struct pl_value *headers,
                        struct pl_gcp_external *out, struct pl_err *err)
{
    size_t n = pl_value_count(headers);
    struct pl_http_header *list = pl_arena_array(arena, n + 1, sizeof *list);

    if (headers != NULL && (headers->type != PL_MAP || n > MAX_HEADERS))
        return pl_err_set(err, PL_E_AUTH, "%s: headers must be a map of at most %d", file,
                          MAX_HEADERS);
    for (size_t i = 0; i < n; i++) {
        const char *name = headers->u.map.members[i].key;
        const struct pl_secret *value = pl_gcp_file_secret(arena, headers, name);

        if (value == NULL)
            return pl_err_set(err, PL_E_AUTH, "%s: header '%.60s' has no text", file,
                              pl_gcp_quote(arena, name));
        list[i] = (struct pl_http_header){.name = pl_arena_strdup(arena, name),
                                          .value = pl_secret_reveal(value)};
    }
    out->headers = list;
    out->n_headers = n;
    return 0;
}

static int take_url(struct pl_arena *arena, const char *file, const struct pl_value *source,
                    struct pl_gcp_external *out, struct pl_err *err)
{
    const char *url = pl_value_member_text(source, "url");
    struct pl_hostport to;
    struct pl_ip ip;
    size_t path;

    if (url == NULL || !pl_hostport_parse(arena, url, &to) || to.scheme == NULL ||
        to.user_info != NULL || (strcmp(to.scheme, "http") != 0 && strcmp(to.scheme, "https") != 0))
        return pl_err_set(err, PL_E_AUTH,
                          "%s: credential_source: url must be an http or https URL without a user",
                          file);
    out->scheme = to.scheme;
    out->host = pl_ip_parse(to.host, &ip) && !ip.v4 ? pl_arena_printf(arena, "[%s]", to.host)
                                                    : pl_arena_strdup(arena, to.host);
    if (to.port_given)
        out->host = pl_arena_printf(arena, "%s:%d", out->host, to.port);
    if (to.path == NULL)
        to.path = "/";
    path = strcspn(to.path, "?");
    out->path = pl_arena_strndup(arena, to.path, path);
    out->query = to.path[path] == '?' ? pl_arena_strdup(arena, to.path + path + 1) : NULL;
    return take_headers(arena, file, pl_value_member(source, "headers"), out, err);
}

static int take_format(struct pl_arena *arena, const char *file, const struct pl_value *format,
                       struct pl_gcp_external *out, struct pl_err *err)
{
    const char *type = pl_value_member_text(format, "type");

    if (format == NULL || (type != NULL && strcmp(type, "text") == 0))
        return 0;
    if (type == NULL || strcmp(type, "json") != 0)
        return pl_err_set(err, PL_E_AUTH, "%s: credential_source: format must be text or json",
                          file);
    out->field = pl_gcp_file_text(arena, format, "subject_token_field_name");
    if (out->field == NULL)
        return pl_err_set(err, PL_E_AUTH,
                          "%s: credential_source: format json needs subject_token_field_name",
                          file);
    return 0;
}

static int take_source(struct pl_arena *arena, const char *file, const struct pl_value *source,
                       struct pl_gcp_external *out, struct pl_err *err)
{
    if (check_source(file, source, err) != 0 ||
        take_format(arena, file, pl_value_member(source, "format"), out, err) != 0)
        return -1;
    if (pl_value_member(source, "url") != NULL)
        return take_url(arena, file, source, out, err);
    out->file = pl_gcp_file_text(arena, source, "file");
    return out->file != NULL
               ? 0
               : pl_err_set(err, PL_E_AUTH, "%s: credential_source: file must be a path", file);
}

/* The token service alone may see a subject token: it is as good as a password for as long as it lives. */
static int take_token_url(struct pl_arena *arena, const char *file, const struct pl_value *json,
                          struct pl_gcp_credentials *out, struct pl_err *err)
{
    struct pl_hostport to;

    out->token_uri = pl_gcp_file_text(arena, json, "token_url");
    if (out->token_uri == NULL)
        out->token_uri = "https://sts.googleapis.com/v1/token";
    if (!pl_hostport_parse(arena, out->token_uri, &to) || to.scheme == NULL ||
        strcmp(to.scheme, "https") != 0 || to.user_info != NULL || to.port_given ||
        !pl_gcp_is_sts(pl_gcp_universe_name(arena, to.host)) || to.path == NULL ||
        strcmp(to.path, "/v1/token") != 0)
        return pl_err_set(err, PL_E_AUTH, "%s: token_url must be https://sts.%s/v1/token", file,
                          pl_gcp_universe());
    out->token_host = pl_gcp_universe_name(arena, to.host);
    out->token_path = to.path;
    return 0;
}

int pl_gcp_external_parse(struct pl_arena *arena, const char *file, const struct pl_value *json,
                          struct pl_gcp_credentials *out, struct pl_err *err)
{
    out->type = PL_GCP_AUTH_EXTERNAL;
    if (pl_value_member(json, "client_id") != NULL ||
        pl_value_member(json, "client_secret") != NULL)
        return pl_err_set(err, PL_E_AUTH,
                          "%s: external_account with a client_id or client_secret is not supported",
                          file);
    if (take_source(arena, file, pl_value_member(json, "credential_source"), &out->external, err) !=
            0 ||
        take_audience(arena, file, json, &out->external, err) != 0 ||
        take_token_url(arena, file, json, out, err) != 0)
        return -1;
    if (pl_value_member(json, "service_account_impersonation_url") == NULL)
        return 0;
    out->source_quota = out->quota_project;
    return pl_gcp_file_hop(arena, file, json, out, err);
}

/* ---- the subject token ---- */

const struct pl_secret *pl_gcp_external_subject(struct pl_arena *arena,
                                                const struct pl_gcp_credentials *c,
                                                const char *from, const char *text, size_t len,
                                                struct pl_err *err)
{
    struct pl_arena *scratch = pl_arena_new_wiped();
    const struct pl_secret *subject = NULL;
    const char *field = c->external.field;

    if (field != NULL) {
        const struct pl_value *json = pl_json_parse(scratch, text, len, from, NULL);

        text = pl_value_member_text(json, field);
        len = text != NULL ? strlen(text) : 0;
    }
    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
        len--;
    if (len > 0 && memchr(text, '\0', len) == NULL)
        subject = pl_secret_new(arena, text, len);
    else if (field != NULL)
        pl_err_set(err, PL_E_AUTH, "%s: %s holds no JSON object with a text '%.60s'", c->origin,
                   from, pl_gcp_quote(scratch, field));
    else
        pl_err_set(err, PL_E_AUTH, "%s: %s holds no subject token", c->origin, from);
    pl_arena_free(scratch);
    return subject;
}

const struct pl_secret *pl_gcp_external_read(struct pl_arena *arena,
                                             const struct pl_gcp_credentials *c, struct pl_err *err)
{
    struct pl_arena *scratch = pl_arena_new_wiped();
    const struct pl_secret *subject = NULL;
    size_t len = 0;
    char *text = pl_file_read(scratch, c->external.file, MAX_SUBJECT, &len, err);

    if (text != NULL)
        subject = pl_gcp_external_subject(arena, c, c->external.file, text, len, err);
    else
        pl_err_wrap(err, "%s: the subject token", c->origin);
    pl_arena_free(scratch);
    return subject;
}
