/* proxy.c - which proxy a target goes through, if any: what the baseline declares, or the environment where it is told to look there.
 *
 * The variables are those of curl(1), section ENVIRONMENT: https_proxy or HTTPS_PROXY for what begins in TLS over HTTP, http_proxy in
 * small letters only (HTTP_PROXY is a request header's in a CGI), all_proxy or ALL_PROXY for the rest and in their place,
 * no_proxy or NO_PROXY for whom none is used. How it is spoken to is tunnel.c's.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plumbline/net.h"
#include "proxy_priv.h"

/* ---- reading ---- */

static const struct pl_secret *decoded(struct run *run, const char *text, size_t n)
{
    const struct pl_secret *secret = NULL;
    int len = 0;
    /* To libcurl no length is the whole text. */
    char *plain = curl_easy_unescape(NULL, n > 0 ? text : "", (int)n, &len);

    if (plain == NULL)
        return NULL;
    secret = pl_secret_new(run->arena, plain, (size_t)len);
    pl_wipe(plain, (size_t)len);
    curl_free(plain);
    return secret;
}

static void take_user_info(struct run *run, const char *info, struct proxy *out)
{
    size_t n = info != NULL ? strcspn(info, ":") : 0;

    if (info == NULL)
        return;
    out->user = decoded(run, info, n);
    info += n + (info[n] == ':');
    out->password = decoded(run, info, strlen(info));
}

static void take_credentials(struct run *run, const struct pl_probe_proxy *declared,
                             struct proxy *out)
{
    if (declared->user == NULL)
        return;
    out->user = pl_secret_new(run->arena, declared->user, strlen(declared->user));
    out->password = declared->password.secret;
}

/* NULL and t->unknown_why where the text is no proxy's; `source` is what may be shown of it. */
static struct proxy *read_proxy(struct target *t, const char *text, const char *source)
{
    struct pl_arena *arena = t->run->arena;
    struct proxy *proxy = PL_NEW(arena, struct proxy);
    struct pl_probe_spec *spec;
    struct pl_hostport url;
    const char *why = pl_proxy_parse(arena, text, &url);

    if (why != NULL) {
        t->unknown_why = pl_arena_printf(arena, "proxy: %s %s", source, why);
        return NULL;
    }
    proxy->socks = strcmp(url.scheme, "socks5h") == 0;
    proxy->host = url.host;
    proxy->port = url.port;
    proxy->shown = pl_arena_printf(arena, strchr(url.host, ':') != NULL ? "[%s]:%d" : "%s:%d",
                                   url.host, url.port);
    take_user_info(t->run, url.user_info, proxy);
    take_credentials(t->run, &t->spec->proxy, proxy);
    proxy->except = t->spec->proxy.except;
    proxy->n_except = t->spec->proxy.n_except;
    if (strcmp(url.scheme, "https") != 0)
        return proxy;
    spec = PL_NEW(arena, struct pl_probe_spec);
    spec->ca = t->spec->proxy.ca;
    /* It has nothing of its own that pl_tls_forget would have to give back. */
    proxy->trust = pl_trust_new(t->run, spec, PL_TLS_VERIFY_FULL, url.host, &t->unknown_why);
    return proxy;
}

/* ---- the environment ---- */

static const char *variable(const char *const *names, const char **found)
{
    for (; *names != NULL; names++) {
        const char *value = getenv(*names);

        if (value != NULL && value[0] != '\0') {
            *found = *names;
            return value;
        }
    }
    return NULL;
}

static void read_exceptions(struct run *run, struct proxy *proxy)
{
    static const char *const names[] = {"no_proxy", "NO_PROXY", NULL};
    const char *name, *text = variable(names, &name), **list = NULL;
    size_t n = 0, cap = 0;

    for (; text != NULL && *text != '\0'; text += strcspn(text, ", ")) {
        size_t len;

        text += strspn(text, ", ");
        len = strcspn(text, ", ");
        if (len > 0)
            PL_PUSH(run->arena, list, n, cap, pl_arena_strndup(run->arena, text, len));
    }
    proxy->except = list;
    proxy->n_except = n;
}

static struct proxy *of_environment(struct target *t, bool tls)
{
    static const char *const over_tls[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                           NULL},
                             *const in_clear[] = {"http_proxy", "all_proxy", "ALL_PROXY", NULL},
                             *const others[] = {"all_proxy", "ALL_PROXY", NULL};
    enum pl_probe_type type = t->spec->type;
    bool web = type == PL_PROBE_HTTP || type == PL_PROBE_HTTPS || type == PL_PROBE_BREAKER ||
               type == PL_PROBE_WEBSOCKET;
    const char *name = NULL, *text = variable(!web ? others : tls ? over_tls : in_clear, &name);
    struct proxy *proxy;

    if (text == NULL)
        return NULL;
    proxy = read_proxy(t, text, name);
    if (proxy != NULL)
        read_exceptions(t->run, proxy);
    return proxy;
}

int pl_proxy_prepare(struct target *t)
{
    const struct pl_probe_proxy *declared = &t->spec->proxy;
    const char *text = pl_probe_reveal(&declared->url);

    if (!declared->set)
        return 0;
    if (pl_is_socket_path(t->job->host)) {
        t->unknown_why = "a unix socket is of this machine: no proxy leads there";
        return -1;
    }
    if (declared->environment) {
        t->proxies[false] = of_environment(t, false);
        t->proxies[true] = t->unknown_why == NULL ? of_environment(t, true) : NULL;
    } else {
        t->proxies[false] = t->proxies[true] =
            read_proxy(t, text, declared->url.source != NULL ? declared->url.source : "url");
    }
    return t->unknown_why == NULL ? 0 : -1;
}

/* ---- for whom ---- */

/* As curl and Go read NO_PROXY: "*", a prefix or an address, or a name that stands for itself and what is below it. */
bool pl_proxy_excepts(const char *entry, const char *host)
{
    struct pl_prefix prefix;
    struct pl_ip ip;
    size_t n, len = strlen(host);

    if (strcmp(entry, "*") == 0)
        return true;
    if (pl_ip_parse(host, &ip))
        return pl_prefix_parse(entry, &prefix) && pl_prefix_contains_ip(&prefix, &ip);
    entry += entry[0] == '.';
    n = strlen(entry);
    return n > 0 && len >= n && strcasecmp(host + len - n, entry) == 0 &&
           (len == n || host[len - n - 1] == '.');
}

const struct proxy *pl_proxy_for(const struct attempt *a)
{
    const struct proxy *proxy = a->target->proxies[a->tls];

    for (size_t i = 0; proxy != NULL && i < proxy->n_except; i++)
        if (pl_proxy_excepts(proxy->except[i], pl_attempt_host(a)))
            return NULL;
    return proxy;
}

bool pl_proxy_forwards(const struct attempt *a)
{
    enum pl_probe_type type = a->type->type;

    return a->proxy != NULL && !a->proxy->socks && !a->tls &&
           (type == PL_PROBE_HTTP || type == PL_PROBE_HTTPS || type == PL_PROBE_BREAKER) &&
           pl_attempt_host(a) == a->host;
}
