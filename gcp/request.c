/* request.c - the one place where a request to Google is made, and where everything that is not a read is refused.
 *
 * What may be sent is the table `rules`; tests/unit/gcp/test_request.c holds every other method, host and path against it.
 * Sending, retrying and credentials are elsewhere (transport.c, auth.c).
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "plumbline/buf.h"
#include "plumbline/net.h"

/* ---- --api-root ---- */

static bool is_loopback(const char *host)
{
    struct pl_ip ip;

    return strcmp(host, "localhost") == 0 || (pl_ip_parse(host, &ip) && pl_ip_is_loopback(&ip));
}

/* ---- CLOUDSDK_API_ENDPOINT_OVERRIDES_<API>: private endpoints, as gcloud takes them ---- */

#define OVERRIDES "CLOUDSDK_API_ENDPOINT_OVERRIDES_"

/* gcloud's properties (gcloud topic configurations) are named after APIs, but for these. */
static const struct {
    const char *host, *name;
} override_names[] = {
    {"sqladmin.googleapis.com", "SQL"},
    {"secretmanager.googleapis.com", "SECRETS"},
};

/* "https://...", or NULL. Checked by check_overrides. */
static const char *endpoint_override(struct pl_arena *arena, const char *host)
{
    char *name = pl_arena_printf(arena, OVERRIDES "%.*s", (int)strcspn(host, "."), host);
    const char *value;

    for (char *at = name; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    value = getenv(name);
    for (size_t i = 0; value == NULL && i < PL_LEN(override_names); i++)
        if (strcmp(override_names[i].host, host) == 0)
            value = getenv(pl_arena_printf(arena, OVERRIDES "%s", override_names[i].name));
    return value != NULL && *value != '\0' ? value : NULL;
}

/* Compute's overrides end in "/compute/v1/", where its paths begin; those of the others are hosts, perhaps with a path of a gateway's. */
static const char *join_override(struct pl_arena *arena, const char *base, const char *path)
{
    size_t len = strlen(base), from;

    while (len > 0 && base[len - 1] == '/')
        len--;
    from = (size_t)(strstr(base, "://") - base) + 3;
    for (from += strcspn(base + from, "/"); from < len; from += 1 + strcspn(base + from + 1, "/"))
        if (strncmp(path, base + from, len - from) == 0 && path[len - from] == '/')
            len = from;
    return pl_arena_printf(arena, "%.*s%s", (int)len, base, path);
}

static int check_override(struct pl_arena *arena, const char *name, const char *value,
                          struct pl_err *err)
{
    struct pl_hostport to;

    if (!pl_hostport_parse(arena, value, &to) || to.scheme == NULL || to.user_info != NULL ||
        (strcmp(to.scheme, "http") != 0 && strcmp(to.scheme, "https") != 0) ||
        strpbrk(value, "?#") != NULL)
        return pl_err_set(
            err, PL_E_USAGE,
            "%s wants a URL such as https://compute-x.p.googleapis.com/, without user "
            "and query",
            name);
    if (strcmp(to.scheme, "http") == 0 && !is_loopback(to.host))
        return pl_err_set(
            err, PL_E_USAGE,
            "%s: plain http goes to loopback only, because a token travels with every "
            "request; use https",
            name);
    return 0;
}

static int check_overrides(struct pl_arena *arena, struct pl_err *err)
{
    for (char **at = environ; at != NULL && *at != NULL; at++) {
        size_t len = strcspn(*at, "=");

        if (strncmp(*at, OVERRIDES, sizeof OVERRIDES - 1) != 0 || (*at)[len] != '=' ||
            (*at)[len + 1] == '\0')
            continue;
        if (check_override(arena, pl_arena_strndup(arena, *at, len), *at + len + 1, err) != 0)
            return -1;
    }
    return 0;
}

int pl_gcp_root(struct pl_arena *arena, const char *api_root, const char **out, struct pl_err *err)
{
    struct pl_hostport to;
    size_t len;

    *out = NULL;
    if (api_root == NULL || *api_root == '\0')
        return check_overrides(arena, err);
    if (!pl_hostport_parse(arena, api_root, &to) || to.scheme == NULL || to.host == NULL ||
        (strcmp(to.scheme, "http") != 0 && strcmp(to.scheme, "https") != 0) ||
        (to.path != NULL && strpbrk(to.path, "?#") != NULL))
        return pl_err_set(err, PL_E_USAGE,
                          "--api-root wants a URL such as http://127.0.0.1:9000, without a query");
    if (to.user_info != NULL)
        return pl_err_set(err, PL_E_USAGE, "--api-root must not hold a user or a password");
    if (strcmp(to.scheme, "http") == 0 && !is_loopback(to.host))
        return pl_err_set(err, PL_E_USAGE,
                          "--api-root %s: plain http goes to loopback only (127.0.0.1, ::1, "
                          "localhost), because a "
                          "token travels with every request; use https",
                          api_root);
    len = strlen(api_root);
    while (len > 0 && api_root[len - 1] == '/')
        len--;
    *out = pl_arena_strndup(arena, api_root, len);
    return 0;
}

/* ---- what may be sent ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

/* Hosts that the catalogue reads from. */
static bool is_api(const char *host)
{
    if (strcmp(host, PL_GCP_RESOURCE_MANAGER) == 0)
        return true;
    for (size_t i = 0; i < pl_kinds_len; i++)
        if (strcmp(host, pl_kinds[i]->call.api) == 0)
            return true;
    return false;
}

/* A GET can do more than read a description: a colon begins a verb of its own (AIP-136), and some give out secrets
 * (versions:access, Memorystore's authString): those are PL_GCP_SECRET. Colons in names are percent-encoded, so a bare one is a verb. */
static const char *read_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    const char *colon = strchr(ask->path, ':');

    (void)root;
    if (!is_api(ask->host))
        return "the host is none that kinds are read from";
    if (colon != NULL && strcmp(colon, ":getIamPolicy") != 0)
        return "the only verb that is read is getIamPolicy";
    if (ends_with(ask->path, "/authString"))
        return "it gives out a secret";
    return ask->body != NULL ? "a read has no body" : NULL;
}

/* POST to one verb of a project, on Resource Manager. */
static bool is_project_verb(const struct pl_gcp_ask *ask, const char *verb)
{
    static const char prefix[] = "/v3/projects/";
    const char *name = ask->path + sizeof prefix - 1;

    return strcmp(ask->host, PL_GCP_RESOURCE_MANAGER) == 0 &&
           strncmp(ask->path, prefix, sizeof prefix - 1) == 0 && *name != ':' && *name != '\0' &&
           strchr(name, '/') == NULL && strcmp(name + strcspn(name, ":"), verb) == 0;
}

/* Documented as a read; v3 has no GET for it
 * (https://cloud.google.com/resource-manager/reference/rest/v3/projects/getIamPolicy). */
static const char *policy_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    (void)root;
    if (!is_project_verb(ask, ":getIamPolicy"))
        return "the only POST to an API is Resource Manager's projects.getIamPolicy";
    return ask->body == NULL ? "it needs a body" : NULL;
}

/* The same: it answers which of the permissions the caller has
 * (https://cloud.google.com/resource-manager/reference/rest/v3/projects/testIamPermissions). */
static const char *permissions_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    (void)root;
    if (!is_project_verb(ask, ":testIamPermissions"))
        return "the only question about permissions is Resource Manager's "
               "projects.testIamPermissions";
    return ask->body == NULL ? "it needs a body" : NULL;
}

/* Documented as a read, and the only one of Logging's that is made
 * (https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list). */
static const char *logs_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    (void)root;
    if (strcmp(ask->host, PL_GCP_LOGGING) != 0 || strcmp(ask->path, "/v2/entries:list") != 0 ||
        ask->query != NULL)
        return "the only POST to Logging is entries:list";
    return ask->body == NULL ? "it needs a body" : NULL;
}

/* A credential file names its own token endpoint: a forged one must not get what is meant for Google. These are all that Google's
 * files have ever named; the first is the one of today. */
static const struct {
    const char *host, *path;
} token_endpoints[] = {
    {"oauth2.googleapis.com", "/token"},
    {"www.googleapis.com", "/oauth2/v4/token"},
    {"accounts.google.com", "/o/oauth2/token"},
};

/* https://cloud.google.com/iam/docs/reference/sts/rest: global, and "sts.REGION.rep.googleapis.com". */
bool pl_gcp_is_sts(const char *host)
{
    const char *region = host + 4;

    if (strcmp(host, "sts.googleapis.com") == 0)
        return true;
    return strncmp(host, "sts.", 4) == 0 && *region != '.' &&
           strcmp(region + strcspn(region, "."), ".rep.googleapis.com") == 0;
}

bool pl_gcp_is_token_endpoint(const char *root, const char *host, const char *path)
{
    for (size_t i = 0; i < PL_LEN(token_endpoints); i++)
        if (strcmp(host, token_endpoints[i].host) == 0 &&
            strcmp(path, token_endpoints[i].path) == 0)
            return true;
    if (pl_gcp_is_sts(host))
        return strcmp(path, "/v1/token") == 0;
    /* Under --api-root the request goes there whatever the host says. */
    return root != NULL && !is_api(host) && ends_with(path, "/token");
}

static const char *token_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    if (!pl_gcp_is_token_endpoint(root, ask->host, ask->path))
        return "this is no token endpoint";
    return ask->body == NULL ? "it needs a body" : NULL;
}

/* Two verbs of one API, which give out tokens and change nothing; its others sign what they are given. */
static const char *impersonate_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    static const char prefix[] = "/v1/projects/-/serviceAccounts/";
    const char *name = ask->path + sizeof prefix - 1, *verb;

    (void)root;
    if (strcmp(ask->host, PL_GCP_IAM_CREDENTIALS) != 0 ||
        strncmp(ask->path, prefix, sizeof prefix - 1) != 0 || *name == ':' ||
        strchr(name, '/') != NULL)
        return "this is no service account of IAM Credentials";
    verb = name + strcspn(name, ":");
    if (strcmp(verb, ":generateAccessToken") != 0 && strcmp(verb, ":generateIdToken") != 0)
        return "the only verbs are generateAccessToken and generateIdToken";
    return ask->body == NULL ? "it needs a body" : NULL;
}

/* The rest of a metadata server may hold secrets (attributes/), and nobody here asks for it. */
/* Does a path have this form, each {name} one segment without a colon? */
static bool has_form(const char *path, const char *form)
{
    while (*form != '\0') {
        if (*form != '{') {
            if (*form++ != *path++)
                return false;
            continue;
        }
        size_t len = strcspn(path, "/:");
        if (len == 0)
            return false;
        path += len;
        form = strchr(form, '}') + 1;
    }
    return *path == '\0';
}

/* The calls of the catalogue that give out a secret, and no other. */
static const char *secret_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    (void)root;
    for (size_t i = 0; i < pl_kinds_len; i++) {
        const struct pl_secret_call *secret = pl_kinds[i]->secret;

        if (secret != NULL && strcmp(ask->host, pl_kinds[i]->call.api) == 0 &&
            has_form(ask->path, secret->path))
            return ask->body != NULL || ask->query != NULL ? "it takes neither body nor query"
                                                           : NULL;
    }
    return "this is no call that gives out a secret of a kind";
}

static const char *metadata_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    static const char prefix[] = "/computeMetadata/v1/instance/service-accounts/default/";
    const char *name = ask->path + sizeof prefix - 1;

    (void)root;
    if (strncmp(ask->path, prefix, sizeof prefix - 1) != 0 ||
        (strcmp(name, "token") != 0 && strcmp(name, "email") != 0 && strcmp(name, "identity") != 0))
        return "this is no token, email or identity of a metadata server";
    return ask->body != NULL ? "a read has no body" : NULL;
}

/* "host", "host:port" or "[v6]:port" that the machine or the cloud around it answers for: nobody on the way can listen. */
static bool is_near(const char *authority)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_hostport to;
    struct pl_ip ip;
    bool near = pl_hostport_parse(arena, authority, &to) &&
                (strcmp(to.host, "localhost") == 0 ||
                 (pl_ip_parse(to.host, &ip) && (pl_ip_is_loopback(&ip) || pl_ip_is_private(&ip))));

    pl_arena_free(arena);
    return near;
}

static const char *subject_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    (void)root;
    if (ask->scheme == NULL ||
        (strcmp(ask->scheme, "http") != 0 && strcmp(ask->scheme, "https") != 0))
        return "a subject token comes over http or https";
    if (strcmp(ask->scheme, "http") == 0 && !is_near(ask->host))
        return "plain http goes to localhost and private addresses only; use https";
    return ask->body != NULL ? "a read has no body" : NULL;
}

static const struct rule {
    const char *method, *content_type;
    const char *(*refusal)(const struct pl_gcp_ask *ask, const char *root);
    struct pl_http_header header;
    bool elsewhere; /* its host is no API of Google's: neither --api-root nor overrides hold */
} rules[] = {
    [PL_GCP_READ] = {"GET", NULL, read_refusal, {"Accept", "application/json"}, false},
    [PL_GCP_POLICY] =
        {"POST", "application/json", policy_refusal, {"Accept", "application/json"}, false},
    [PL_GCP_PERMISSIONS] =
        {"POST", "application/json", permissions_refusal, {"Accept", "application/json"}, false},
    [PL_GCP_TOKEN] = {"POST",
                      "application/x-www-form-urlencoded",
                      token_refusal,
                      {"Accept", "application/json"},
                      false},
    [PL_GCP_METADATA] = {"GET", NULL, metadata_refusal, {"Metadata-Flavor", "Google"}, true},
    [PL_GCP_IMPERSONATE] =
        {"POST", "application/json", impersonate_refusal, {"Accept", "application/json"}, false},
    [PL_GCP_SECRET] = {"GET", NULL, secret_refusal, {"Accept", "application/json"}, false},
    [PL_GCP_LOGS] =
        {"POST", "application/json", logs_refusal, {"Accept", "application/json"}, false},
    [PL_GCP_SUBJECT] = {"GET", NULL, subject_refusal, {"Accept", "*/*"}, true},
};

/* RFC 3986, section 2.3: everything but unreserved characters is encoded. */
static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static bool is_encoded(char c)
{
    return is_unreserved(c) || c == '%';
}

/* Host, path and query hold nothing that could end them early or lead elsewhere; of such a name pl_gcp_expand makes no path at all. */
static bool well_formed(const struct pl_gcp_ask *ask)
{
    static const char in_path[] = "/:";
    /* A URL that a file gives is passed on as it is (RFC 3986, section 3.4); our own are encoded more than that. */
    const char *in_query = ask->purpose == PL_GCP_SUBJECT ? "=&:/?!$'()*+,;@" : "=&:/";
    const char *query = ask->query != NULL ? ask->query : "";
    size_t host = strspn(
        ask->host, ask->purpose == PL_GCP_METADATA || ask->purpose == PL_GCP_SUBJECT
                       ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:[]"
                       : "abcdefghijklmnopqrstuvwxyz0123456789-.");

    if (ask->path == NULL || ask->path[0] != '/' || strstr(ask->path, "/../") != NULL ||
        ends_with(ask->path, "/..") || ask->host[0] == '\0' || ask->host[host] != '\0')
        return false;
    for (const char *at = ask->path; *at != '\0'; at++)
        if (!is_encoded(*at) && strchr(in_path, *at) == NULL)
            return false;
    for (const char *at = query; *at != '\0'; at++)
        if (!is_encoded(*at) && strchr(in_query, *at) == NULL)
            return false;
    return true;
}

static void add_headers(struct pl_arena *arena, const struct rule *rule,
                        const struct pl_gcp_ask *ask, struct pl_http_request *out)
{
    struct pl_http_header *headers = pl_arena_array(arena, ask->n_headers + 1, sizeof *headers);

    headers[0] = rule->header;
    memcpy(headers + 1, ask->headers, ask->n_headers * sizeof *headers);
    out->headers = headers;
    out->n_headers = ask->n_headers + 1;
}

static const char *url_of(struct pl_arena *arena, const char *root, const struct rule *rule,
                          const struct pl_gcp_ask *ask)
{
    const char *other;

    if (rule->elsewhere)
        return pl_arena_printf(arena, "%s://%s%s", ask->scheme != NULL ? ask->scheme : "http",
                               ask->host, ask->path);
    if (root != NULL)
        return pl_arena_printf(arena, "%s/%s%s", root, ask->host, ask->path);
    other = endpoint_override(arena, ask->host);
    if (other == NULL)
        return pl_arena_printf(arena, "https://%s%s", pl_gcp_universe_host(arena, ask->host),
                               ask->path);
    return join_override(arena, other, ask->path);
}

int pl_gcp_request_build(struct pl_arena *arena, const char *root, const struct pl_gcp_ask *ask,
                         struct pl_http_request *out, struct pl_err *err)
{
    const struct rule *rule = (size_t)ask->purpose < PL_LEN(rules) ? &rules[ask->purpose] : NULL;
    const char *why = NULL;

    *out = (struct pl_http_request){0};
    if (rule == NULL || ask->method == NULL || strcmp(ask->method, rule->method) != 0)
        why = "this program only reads";
    else if (!well_formed(ask))
        why = "host, path or query is malformed";
    else
        why = rule->refusal(ask, root);
    if (why != NULL)
        return pl_err_set(err, PL_E_INTERNAL, "refused to send %.16s %.200s%.200s: %s",
                          ask->method != NULL ? ask->method : "(no method)", ask->host,
                          ask->path != NULL ? ask->path : "", why);
    out->method = rule->method;
    out->headers = &rule->header;
    out->n_headers = 1;
    if (ask->n_headers > 0)
        add_headers(arena, rule, ask, out);
    out->content_type = rule->content_type;
    out->body = ask->body;
    out->body_len = ask->body != NULL ? strlen(ask->body) : 0;
    out->url = url_of(arena, root, rule, ask);
    /* Plain http never leaves this machine or the cloud around it; a proxy would read the token. */
    out->direct = strncasecmp(out->url, "http:", strlen("http:")) == 0;
    if (ask->query != NULL)
        out->url = pl_arena_printf(arena, "%s?%s", out->url, ask->query);
    return 0;
}

/* ---- paths and queries ---- */

static void encode(struct pl_buf *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (is_unreserved(*at))
            pl_buf_addc(out, *at);
        else
            pl_buf_addf(out, "%%%02X", (unsigned)(unsigned char)*at);
    }
}

static const char *var_value(const struct pl_gcp_var *vars, size_t n, const char *name, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(vars[i].name) == len && memcmp(vars[i].name, name, len) == 0)
            return vars[i].value;
    return NULL;
}

char *pl_gcp_expand(struct pl_arena *arena, const char *pattern, const struct pl_gcp_var *vars,
                    size_t n)
{
    struct pl_buf out = {0};

    while (*pattern != '\0') {
        size_t plain = strcspn(pattern, "{");
        const char *close, *value;

        pl_buf_add(&out, pattern, plain);
        pattern += plain;
        if (*pattern == '\0')
            break;
        close = strchr(pattern, '}');
        value =
            close != NULL ? var_value(vars, n, pattern + 1, (size_t)(close - pattern - 1)) : NULL;
        /* "." and ".." would be other paths, however they are written. */
        if (value == NULL || *value == '\0' || strcmp(value, ".") == 0 ||
            strcmp(value, "..") == 0) {
            pl_buf_free(&out);
            return NULL;
        }
        encode(&out, value);
        pattern = close + 1;
    }
    return pl_buf_take(&out, arena);
}

char *pl_gcp_query_add(struct pl_arena *arena, const char *query, const char *name,
                       const char *value)
{
    struct pl_buf out = {0};

    if (query != NULL) {
        pl_buf_adds(&out, query);
        pl_buf_addc(&out, '&');
    }
    pl_buf_adds(&out, name);
    pl_buf_addc(&out, '=');
    encode(&out, value);
    return pl_buf_take(&out, arena);
}
