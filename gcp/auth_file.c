/* auth_file.c - what a credential file holds: keys, users, and whom to act for (https://google.aip.dev/auth/4112, 4113, 4119).
 *
 * Which file is read is auth_find.c's word; type external_account is auth_external.c's. Kinds of file that are not supported are
 * refused by name: to fall through to another identity would be worse. No word of a file gets into an error but its type and names.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/json.h"
#include "plumbline/net.h"

enum { MAX_DEPTH = 3, MAX_DELEGATES = 16, LIFETIME_S = 3600, LEAST_S = 600, MOST_S = 43200 };

const struct pl_secret *pl_gcp_file_secret(struct pl_arena *arena, const struct pl_value *json,
                                           const char *name)
{
    const char *text = pl_value_member_text(json, name);

    return text != NULL && *text != '\0' ? pl_secret_new(arena, text, strlen(text)) : NULL;
}

const char *pl_gcp_file_text(struct pl_arena *arena, const struct pl_value *json, const char *name)
{
    const char *text = pl_value_member_text(json, name);

    return text != NULL && *text != '\0' ? pl_arena_strdup(arena, text) : NULL;
}

/* ---- members ---- */

/* Of all types of file. One that is there and cannot be read is not as good as none: a chain of delegates that is left out, or another
 * universe, would be somebody else's identity. */
static const struct {
    const char *name, *is;
    enum pl_value_type type;
} members[] = {
    {"account", "a text", PL_STRING},
    {"audience", "a text", PL_STRING},
    {"client_email", "a text", PL_STRING},
    {"client_id", "a text", PL_STRING},
    {"client_secret", "a text", PL_STRING},
    {"credential_source", "an object", PL_MAP},
    {"delegates", "a list", PL_LIST},
    {"private_key", "a text", PL_STRING},
    {"private_key_id", "a text", PL_STRING},
    {"project_id", "a text", PL_STRING},
    {"quota_project_id", "a text", PL_STRING},
    {"refresh_token", "a text", PL_STRING},
    {"service_account_impersonation", "an object", PL_MAP},
    {"service_account_impersonation_url", "a text", PL_STRING},
    {"source_credentials", "an object", PL_MAP},
    {"subject_token_type", "a text", PL_STRING},
    {"token_uri", "a text", PL_STRING},
    {"token_url", "a text", PL_STRING},
    {"universe_domain", "a text", PL_STRING},
    {"workforce_pool_user_project", "a text", PL_STRING},
};

static int check_members(const char *file, const struct pl_value *json, struct pl_err *err)
{
    for (size_t i = 0; i < PL_LEN(members); i++) {
        const struct pl_value *v = pl_value_member(json, members[i].name);

        if (v != NULL && v->type != PL_NULL && v->type != members[i].type)
            return pl_err_set(err, PL_E_AUTH, "%s: %s must be %s", file, members[i].name,
                              members[i].is);
    }
    return 0;
}

/* ---- keys and users ---- */

/* The endpoint gets a signed assertion or a refresh token: only Google may, unless everything goes to --api-root. */
static int take_token_uri(struct pl_arena *arena, const char *root, const char *file,
                          const struct pl_value *json, struct pl_gcp_credentials *out,
                          struct pl_err *err)
{
    struct pl_hostport to;

    out->token_uri = pl_gcp_file_text(arena, json, "token_uri");
    if (out->token_uri == NULL)
        out->token_uri = "https://oauth2.googleapis.com/token";
    if (pl_hostport_parse(arena, out->token_uri, &to) && to.scheme != NULL &&
        strcmp(to.scheme, "https") == 0 && to.user_info == NULL && !to.port_given)
        out->token_host = pl_gcp_universe_name(arena, to.host);
    if (out->token_host == NULL || to.path == NULL ||
        !pl_gcp_is_token_endpoint(root, out->token_host, to.path))
        return pl_err_set(err, PL_E_AUTH, "%s: token_uri must be https://oauth2.%s/token", file,
                          pl_gcp_universe());
    out->token_path = to.path;
    return 0;
}

static int take_service_account(struct pl_arena *arena, const char *file,
                                const struct pl_value *json, struct pl_gcp_credentials *out,
                                struct pl_err *err)
{
    out->type = PL_GCP_AUTH_SERVICE_ACCOUNT;
    out->email = pl_gcp_file_text(arena, json, "client_email");
    out->private_key = pl_gcp_file_secret(arena, json, "private_key");
    out->key_id = pl_gcp_file_text(arena, json, "private_key_id");
    out->project = pl_gcp_file_text(arena, json, "project_id");
    if (out->email == NULL || out->private_key == NULL)
        return pl_err_set(err, PL_E_AUTH, "%s: a service account key needs %s", file,
                          out->email == NULL ? "client_email" : "private_key");
    if (!pl_gcp_is_account(out->email))
        return pl_err_set(err, PL_E_AUTH, "%s: client_email is no service account", file);
    return 0;
}

static int take_user(struct pl_arena *arena, const char *file, const struct pl_value *json,
                     struct pl_gcp_credentials *out, struct pl_err *err)
{
    out->type = PL_GCP_AUTH_USER;
    out->client_id = pl_gcp_file_text(arena, json, "client_id");
    out->client_secret = pl_gcp_file_secret(arena, json, "client_secret");
    out->refresh_token = pl_gcp_file_secret(arena, json, "refresh_token");
    out->email = pl_gcp_file_text(arena, json, "account");
    if (out->client_id == NULL || out->client_secret == NULL || out->refresh_token == NULL)
        return pl_err_set(
            err, PL_E_AUTH,
            "%s: credentials of a user need %s; run 'gcloud auth application-default login'", file,
            out->client_id == NULL       ? "client_id"
            : out->client_secret == NULL ? "client_secret"
                                         : "refresh_token");
    return 0;
}

/* ---- whom to act for ---- */

bool pl_gcp_is_account(const char *email)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
    size_t name = strspn(email, letters);

    return name > 0 && email[name] == '@' && email[name + 1] != '\0' &&
           email[name + 1 + strspn(email + name + 1, letters)] == '\0' && strlen(email) < 256;
}

/* "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/EMAIL:generateAccessToken" */
static const char *account_of(struct pl_arena *arena, const char *url)
{
    static const char scheme[] = "https://", path[] = "/v1/projects/-/serviceAccounts/";
    const char *host = pl_gcp_universe_host(arena, PL_GCP_IAM_CREDENTIALS), *name, *verb;
    size_t len = strlen(host);

    if (strncmp(url, scheme, sizeof scheme - 1) != 0 ||
        strncmp(url + sizeof scheme - 1, host, len) != 0 ||
        strncmp(url + sizeof scheme - 1 + len, path, sizeof path - 1) != 0)
        return NULL;
    name = url + sizeof scheme - 1 + len + sizeof path - 1;
    verb = strrchr(name, ':');
    if (verb == NULL || strcmp(verb, ":generateAccessToken") != 0)
        return NULL;
    name = pl_arena_strndup(arena, name, (size_t)(verb - name));
    return pl_gcp_is_account(name) ? name : NULL;
}

/* Emails, or "projects/-/serviceAccounts/EMAIL". */
static int take_delegates(struct pl_arena *arena, const char *file, const struct pl_value *list,
                          struct pl_gcp_hop *hop, struct pl_err *err)
{
    size_t n = pl_value_count(list);
    const char **emails = pl_arena_array(arena, n + 1, sizeof *emails);

    if (n > MAX_DELEGATES)
        return pl_err_set(err, PL_E_AUTH, "%s: more than %d delegates", file, MAX_DELEGATES);
    for (size_t i = 0; i < n; i++) {
        const char *text = pl_value_text(pl_value_item(list, i));
        const char *name = pl_link_last(text);

        if (name == NULL || !pl_gcp_is_account(name))
            return pl_err_set(err, PL_E_AUTH, "%s: delegates[%zu] is no service account", file, i);
        emails[hop->n_delegates++] = pl_arena_strdup(arena, name);
    }
    hop->delegates = emails;
    return 0;
}

static int add_hop(const char *file, const struct pl_gcp_hop *hop, struct pl_gcp_credentials *out,
                   struct pl_err *err)
{
    if (out->n_hops == PL_GCP_HOPS)
        return pl_err_set(err, PL_E_AUTH, "%s: more than %d accounts act for one another", file,
                          PL_GCP_HOPS);
    out->hops[out->n_hops++] = *hop;
    return 0;
}

int pl_gcp_file_hop(struct pl_arena *arena, const char *file, const struct pl_value *json,
                    struct pl_gcp_credentials *out, struct pl_err *err)
{
    const char *url = pl_value_member_text(json, "service_account_impersonation_url");
    const struct pl_value *options = pl_value_member(json, "service_account_impersonation");
    const struct pl_value *seconds = pl_value_member(options, "token_lifetime_seconds");
    struct pl_gcp_hop hop = {.lifetime_s = LIFETIME_S};
    int64_t lifetime = LIFETIME_S;

    hop.email = url != NULL ? account_of(arena, url) : NULL;
    if (hop.email == NULL)
        return pl_err_set(err, PL_E_AUTH,
                          "%s: service_account_impersonation_url must be https://%s/v1/projects/-/"
                          "serviceAccounts/EMAIL:generateAccessToken",
                          file, pl_gcp_universe_host(arena, PL_GCP_IAM_CREDENTIALS));
    if (seconds != NULL &&
        (!pl_value_as_int(seconds, &lifetime) || lifetime < LEAST_S || lifetime > MOST_S))
        return pl_err_set(err, PL_E_AUTH,
                          "%s: token_lifetime_seconds must be a number from %d to %d", file,
                          LEAST_S, MOST_S);
    hop.lifetime_s = (int)lifetime;
    if (take_delegates(arena, file, pl_value_member(json, "delegates"), &hop, err) != 0)
        return -1;
    return add_hop(file, &hop, out, err);
}

int pl_gcp_credentials_impersonate(struct pl_arena *arena, const char *spec,
                                   struct pl_gcp_credentials *c, struct pl_err *err)
{
    static const char option[] = "--impersonate-service-account";
    struct pl_gcp_hop hop = {.lifetime_s = LIFETIME_S};
    const char **delegates = pl_arena_array(arena, MAX_DELEGATES, sizeof *delegates);

    if (spec == NULL)
        return 0;
    for (const char *at = spec;; at++) {
        size_t len = strcspn(at, ",");
        char *email = pl_arena_strndup(arena, at, len);

        if (!pl_gcp_is_account(email))
            return pl_err_set(err, PL_E_USAGE,
                              "%s: '%s' is no service account; it wants EMAIL[,DELEGATE...]",
                              option, pl_gcp_quote(arena, email));
        if (hop.email != NULL && hop.n_delegates == MAX_DELEGATES)
            return pl_err_set(err, PL_E_USAGE, "%s: more than %d delegates", option, MAX_DELEGATES);
        if (hop.email == NULL)
            hop.email = email;
        else
            delegates[hop.n_delegates++] = email;
        at += len;
        if (*at == '\0')
            break;
    }
    hop.delegates = delegates;
    /* The file's quota project is for whom the file is about, who now only asks for a token. */
    if (c->n_hops == 0)
        c->source_quota = c->quota_project;
    if (!c->quota_given)
        c->quota_project = NULL;
    return add_hop(option, &hop, c, err);
}

/* ---- files ---- */

struct reading {
    struct pl_arena *arena;
    const char *root, *file;
    int depth;
};

static int take(const struct reading *r, const struct pl_value *json,
                struct pl_gcp_credentials *out, struct pl_err *err);

/* The quota project of the outer file is for calls as the account, that of the inner one for the call that gets its token. */
static int take_impersonated(const struct reading *r, const struct pl_value *json,
                             struct pl_gcp_credentials *out, struct pl_err *err)
{
    const struct pl_value *source = pl_value_member(json, "source_credentials");
    struct reading inner = *r;

    inner.depth++;
    if (source == NULL || source->type != PL_MAP)
        return pl_err_set(err, PL_E_AUTH,
                          "%s: credentials of type 'impersonated_service_account' need "
                          "source_credentials",
                          r->file);
    if (take(&inner, source, out, err) != 0)
        return -1;
    if (out->n_hops == 0)
        out->source_quota = out->quota_project;
    out->quota_project = pl_gcp_file_text(r->arena, json, "quota_project_id");
    if (out->n_hops == 0 && out->source_quota == NULL)
        out->source_quota = out->quota_project;
    return pl_gcp_file_hop(r->arena, r->file, json, out, err);
}

#define SUPPORTED                                                                                  \
    "supported are service_account, authorized_user, external_account and "                        \
    "impersonated_service_account, or a token in CLOUDSDK_AUTH_ACCESS_TOKEN (gcloud auth "         \
    "print-access-token)"

static int take(const struct reading *r, const struct pl_value *json,
                struct pl_gcp_credentials *out, struct pl_err *err)
{
    const char *type = pl_value_member_text(json, "type");

    if (type == NULL)
        return pl_err_set(err, PL_E_AUTH, "%s: this is no credential file: %s has no \"type\"",
                          r->file, r->depth > 0 ? "source_credentials" : "it");
    if (r->depth >= MAX_DEPTH)
        return pl_err_set(err, PL_E_AUTH, "%s: source_credentials are nested too deep", r->file);
    if (check_members(r->file, json, err) != 0 ||
        pl_gcp_universe_agrees(r->arena, r->file, pl_value_member_text(json, "universe_domain"),
                               err) != 0)
        return -1;
    out->quota_project = pl_gcp_file_text(r->arena, json, "quota_project_id");
    if (strcmp(type, "external_account") == 0)
        return pl_gcp_external_parse(r->arena, r->file, json, out, err);
    if (strcmp(type, "impersonated_service_account") == 0)
        return take_impersonated(r, json, out, err);
    if (strcmp(type, "service_account") == 0) {
        if (take_service_account(r->arena, r->file, json, out, err) != 0)
            return -1;
    } else if (strcmp(type, "authorized_user") == 0) {
        if (take_user(r->arena, r->file, json, out, err) != 0)
            return -1;
    } else {
        return pl_err_set(err, PL_E_AUTH,
                          "%s: credentials of type '%.60s' are not supported; " SUPPORTED, r->file,
                          pl_gcp_quote(r->arena, type));
    }
    return take_token_uri(r->arena, r->root, r->file, json, out, err);
}

int pl_gcp_credentials_parse(struct pl_arena *arena, const char *root, const char *file,
                             const char *text, size_t len, struct pl_gcp_credentials *out,
                             struct pl_err *err)
{
    struct pl_arena *scratch = pl_arena_new_wiped();
    /* The parser's own words would quote what is around the mistake, and that may be the key. */
    const struct pl_value *json = pl_json_parse(scratch, text, len, file, NULL);
    struct reading r = {.arena = arena, .root = root, .file = file};
    int failed;

    if (json == NULL)
        failed = pl_err_set(err, PL_E_AUTH, "%s: this is no credential file: it is not JSON", file);
    else
        failed = take(&r, json, out, err);
    pl_arena_free(scratch);
    return failed;
}
