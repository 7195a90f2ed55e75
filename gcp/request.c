/* request.c - the one place where a request to Google is made, and where everything that is not a read is refused.
 *
 * What may be sent is the table `rules`; tests/unit/gcp/test_request.c holds every other method, host and path against it.
 * Sending, retrying and credentials are elsewhere (transport.c, auth.c).
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/net.h"

/* ---- --api-root ---- */

static bool is_loopback(const char *host)
{
    struct pl_ip ip;

    return strcmp(host, "localhost") == 0 || (pl_ip_parse(host, &ip) && pl_ip_is_loopback(&ip));
}

int pl_gcp_root(struct pl_arena *arena, const char *api_root, const char **out, struct pl_err *err)
{
    struct pl_hostport to;
    size_t len;

    *out = NULL;
    if (api_root == NULL || *api_root == '\0')
        return 0;
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
 * (versions:access, Memorystore's authString). Colons in names are percent-encoded, so a bare one is a verb. */
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

/* Documented as a read; v3 has no GET for it
 * (https://cloud.google.com/resource-manager/reference/rest/v3/projects/getIamPolicy). */
static const char *policy_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    static const char prefix[] = "/v3/projects/";
    const char *name = ask->path + sizeof prefix - 1;

    (void)root;
    if (strcmp(ask->host, PL_GCP_RESOURCE_MANAGER) != 0 ||
        strncmp(ask->path, prefix, sizeof prefix - 1) != 0 || *name == ':' || *name == '\0' ||
        strchr(name, '/') != NULL || strcmp(name + strcspn(name, ":"), ":getIamPolicy") != 0)
        return "the only POST to an API is Resource Manager's projects.getIamPolicy";
    return ask->body == NULL ? "it needs a body" : NULL;
}

/* A service-account file names its own token endpoint: a forged one must not get assertions meant for Google. Under --api-root
 * the request goes there whatever the host says. */
static const char *token_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    if (root == NULL && !ends_with(ask->host, ".googleapis.com"))
        return "tokens come from https://*.googleapis.com only";
    if (is_api(ask->host) || !ends_with(ask->path, "/token"))
        return "this is no token endpoint";
    return ask->body == NULL ? "it needs a body" : NULL;
}

static const char *metadata_refusal(const struct pl_gcp_ask *ask, const char *root)
{
    (void)root;
    if (strncmp(ask->path, "/computeMetadata/v1/", 20) != 0)
        return "this is no path of a metadata server";
    return ask->body != NULL ? "a read has no body" : NULL;
}

static const struct rule {
    const char *method, *content_type;
    const char *(*refusal)(const struct pl_gcp_ask *ask, const char *root);
    struct pl_http_header header;
} rules[] = {
    [PL_GCP_READ] = {"GET", NULL, read_refusal, {"Accept", "application/json"}},
    [PL_GCP_POLICY] = {"POST", "application/json", policy_refusal, {"Accept", "application/json"}},
    [PL_GCP_TOKEN] = {"POST",
                      "application/x-www-form-urlencoded",
                      token_refusal,
                      {"Accept", "application/json"}},
    [PL_GCP_METADATA] = {"GET", NULL, metadata_refusal, {"Metadata-Flavor", "Google"}},
};

/* Host, path and query hold nothing that could end them early or lead elsewhere. */
static bool well_formed(const struct pl_gcp_ask *ask)
{
    static const char unreserved[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%";
    static const char in_path[] = "/:";
    const char *query = ask->query != NULL ? ask->query : "";
    size_t host = strspn(
        ask->host, ask->purpose == PL_GCP_METADATA
                       ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:[]"
                       : "abcdefghijklmnopqrstuvwxyz0123456789-.");

    if (ask->path[0] != '/' || strstr(ask->path, "/../") != NULL || ends_with(ask->path, "/..") ||
        ask->host[0] == '\0' || ask->host[host] != '\0')
        return false;
    for (const char *at = ask->path; *at != '\0'; at++)
        if (strchr(unreserved, *at) == NULL && strchr(in_path, *at) == NULL)
            return false;
    for (const char *at = query; *at != '\0'; at++)
        if (strchr(unreserved, *at) == NULL && strchr("=&:/", *at) == NULL)
            return false;
    return true;
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
                          ask->method != NULL ? ask->method : "(no method)", ask->host, ask->path,
                          why);
    out->method = rule->method;
    out->headers = &rule->header;
    out->n_headers = 1;
    out->content_type = rule->content_type;
    out->body = ask->body;
    out->body_len = ask->body != NULL ? strlen(ask->body) : 0;
    if (ask->purpose == PL_GCP_METADATA)
        out->url = pl_arena_printf(arena, "http://%s%s", ask->host, ask->path);
    else if (root != NULL)
        out->url = pl_arena_printf(arena, "%s/%s%s", root, ask->host, ask->path);
    else
        out->url = pl_arena_printf(arena, "https://%s%s", ask->host, ask->path);
    if (ask->query != NULL)
        out->url = pl_arena_printf(arena, "%s?%s", out->url, ask->query);
    return 0;
}

/* ---- paths and queries ---- */

/* RFC 3986, section 2.3: everything but unreserved characters. */
static void encode(struct pl_buf *out, const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || strchr("-._~", *at) != NULL;

        if (plain)
            pl_buf_addc(out, (char)*at);
        else
            pl_buf_addf(out, "%%%02X", (unsigned)*at);
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

    if (query != NULL)
        pl_buf_addf(&out, "%s&", query);
    pl_buf_addf(&out, "%s=", name);
    encode(&out, value);
    return pl_buf_take(&out, arena);
}
