/* http_request.c - the request of an HTTP probe, as options of libcurl: URL, method, body, headers, proxy.
 *
 * Credentials go to the host that the baseline names, and nowhere that a redirect leads.
 */
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "http_priv.h"
#include "proxy_priv.h"

static void add_header(struct http *own, struct pl_buf *line, const char *name, const char *value)
{
    struct curl_slist *grown;

    pl_buf_clear(line);
    /* "Name;" is libcurl's way to send a header without a value. */
    pl_buf_addf(line, value[0] != '\0' ? "%s: %s" : "%s;", name, value);
    grown = curl_slist_append(own->request_headers, pl_buf_str(line));
    if (grown != NULL)
        own->request_headers = grown;
}

static void add_bearer(struct http *own, struct pl_buf *line, const char *name, const char *token)
{
    struct pl_buf value = {0};

    if (token == NULL)
        return;
    pl_buf_addf(&value, "Bearer %s", token);
    add_header(own, line, name, pl_buf_str(&value));
    pl_wipe(value.data, value.cap);
    pl_buf_free(&value);
}

static bool sends_authorization(const struct pl_probe_spec *spec)
{
    if (pl_probe_reveal(&spec->bearer) != NULL)
        return true;
    for (size_t i = 0; i < spec->n_headers; i++)
        if (strcasecmp(spec->headers[i].name, "Authorization") == 0)
            return true;
    return false;
}

/* Beside the service's own token Google's front ends take another header: Cloud Run's
 * (https://cloud.google.com/run/docs/authenticating/service-to-service) and IAP's, whose audience is an OAuth client or a
 * backend service (https://cloud.google.com/iap/docs/authentication-howto). */
const char *pl_identity_header(const struct pl_probe_spec *spec)
{
    static const char client[] = ".apps.googleusercontent.com";
    const char *audience = spec->identity_token;
    size_t n = strlen(audience), tail = sizeof(client) - 1;
    bool iap = strncmp(audience, "/projects/", 10) == 0 ||
               (n > tail && strcmp(audience + n - tail, client) == 0);

    if (!sends_authorization(spec))
        return "Authorization";
    return iap ? "Proxy-Authorization" : "X-Serverless-Authorization";
}

static void set_tokens(struct attempt *a, struct pl_buf *line)
{
    const struct pl_probe_spec *spec = a->target->spec;

    add_bearer(a->own, line, "Authorization", pl_probe_reveal(&spec->bearer));
    if (spec->identity_token != NULL)
        add_bearer(a->own, line, pl_identity_header(spec),
                   pl_secret_reveal(a->target->job->identity_token));
}

bool pl_http_at_home(const struct attempt *a)
{
    const struct pl_probe_job *job = a->target->job;

    return a->pinned || (strcasecmp(a->host, job->host) == 0 && a->port == job->port &&
                         a->tls == (a->target->mode != PL_TLS_DISABLE));
}

static void set_headers(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;
    struct http *own = a->own;
    struct pl_buf line = {0};

    if (a->pinned && spec->server_name != NULL)
        add_header(own, &line, "Host", pl_is_socket_path(a->host) ? "localhost" : a->host);
    /* Credentials stay with the origin that they were declared for. */
    if (pl_http_at_home(a)) {
        for (size_t i = 0; i < spec->n_headers; i++)
            add_header(own, &line, spec->headers[i].name, pl_probe_reveal(&spec->headers[i].value));
        set_tokens(a, &line);
    }
    if (line.data != NULL)
        pl_wipe(line.data, line.cap);
    pl_buf_free(&line);
    curl_easy_setopt(own->easy, CURLOPT_HTTPHEADER, own->request_headers);
}

/* The connection is there already (TLS to the proxy included): libcurl only has to write the request as a proxy reads it. */
static void set_proxy(struct attempt *a, const char *host, bool v6)
{
    CURL *easy = ((struct http *)a->own)->easy;
    const struct proxy *proxy = a->proxy;

    curl_easy_setopt(
        easy, CURLOPT_PROXY,
        pl_arena_printf(a->arena, v6 ? "http://[%s]:%d" : "http://%s:%d", host, proxy->port));
    if (proxy->user == NULL)
        return;
    curl_easy_setopt(easy, CURLOPT_PROXYAUTH, (long)CURLAUTH_BASIC);
    curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, pl_secret_reveal(proxy->user));
    curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD,
                     proxy->password != NULL ? pl_secret_reveal(proxy->password) : "");
}

static void set_url(struct attempt *a)
{
    const char *name = pl_attempt_name(a);
    struct http *own = a->own;
    char host[INET6_ADDRSTRLEN];
    bool v6 = a->peer->sa.ss_family == AF_INET6, path = a->peer->sa.ss_family == AF_UNIX;
    int port = path ? (a->tls ? 443 : 80) : a->port;

    curl_easy_setopt(own->easy, CURLOPT_URL,
                     pl_arena_printf(a->arena,
                                     strchr(name, ':') != NULL ? "%s://[%s]:%d%s" : "%s://%s:%d%s",
                                     a->tls ? "https" : "http", name, port, a->path));
    if (path) {
        curl_easy_setopt(own->easy, CURLOPT_UNIX_SOCKET_PATH, a->peer_text);
        return;
    }
    pl_addr_host(a->peer, host, sizeof(host));
    if (a->forwarded) {
        set_proxy(a, host, v6);
        return;
    }
    own->connect_to = curl_slist_append(
        NULL, pl_arena_printf(a->arena, v6 ? "::[%s]:%d" : "::%s:%d", host, port));
    curl_easy_setopt(own->easy, CURLOPT_CONNECT_TO, own->connect_to);
}

static void set_request(struct attempt *a)
{
    const struct pl_probe_spec *spec = a->target->spec;
    CURL *easy = ((struct http *)a->own)->easy;
    const char *body = pl_probe_reveal(&spec->body);

    if (body != NULL && !((struct http *)a->own)->followed) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(body));
        curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, body);
    }
    if (spec->method != NULL && strcmp(spec->method, "HEAD") == 0)
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else if (spec->method != NULL && !((struct http *)a->own)->followed)
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, spec->method);
    if (spec->http_version != NULL && strcmp(spec->http_version, "2") == 0)
        curl_easy_setopt(
            easy, CURLOPT_HTTP_VERSION,
            (long)(a->tls ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE));
    else if (spec->http_version != NULL || !a->tls)
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    else
        curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
}

void pl_http_ask(struct attempt *a)
{
    set_url(a);
    set_request(a);
    set_headers(a);
}
