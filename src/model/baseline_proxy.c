/* baseline_proxy.c - a probe's `proxy`: a URL, where to find one, or a map with credentials and exceptions.
 *
 * A URL that stands in a baseline has no user and password: those are `user` and `password`, or the whole URL comes from
 * !env or !file, as HTTPS_PROXY often holds it. Such a URL is looked at by who dials (src/probe/proxy.c), by pl_proxy_parse.
 */
#include <stddef.h>
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/net.h"

static const char *const schemes[] = {"http", "https", "socks5h", NULL};

const char *pl_proxy_parse(struct pl_arena *arena, const char *text, struct pl_hostport *out)
{
    const char *full =
        strstr(text, "://") != NULL ? text : pl_arena_printf(arena, "http://%s", text);

    if (strncmp(full, "socks5://", 9) == 0 || strncmp(full, "socks4", 6) == 0)
        return "only socks5h:// of SOCKS is spoken: the proxy looks names up";
    if (!pl_hostport_parse(arena, full, out) || out->host == NULL || out->host[0] == '\0' ||
        out->scheme == NULL || (out->path != NULL && strcmp(out->path, "/") != 0))
        return "wants http://HOST:PORT, https://HOST:PORT or socks5h://HOST:PORT";
    if (!pl_word_in(schemes, out->scheme))
        return "wants http, https or socks5h as the scheme";
    return out->port_given && out->port > 0 ? NULL : "wants a port";
}

static int key_url(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                   void *into)
{
    struct pl_probe_proxy *proxy = into;
    struct pl_hostport parsed;
    const char *why;

    if (pl_key_sourced(r, key, pair, &proxy->url) < 0)
        return -1;
    if (proxy->url.text == NULL)
        return 0;
    why = pl_proxy_parse(r->arena, proxy->url.text, &parsed);
    if (why == NULL && parsed.user_info == NULL)
        return 0;
    return pl_fail_unshown(r, &pair->value->mark, "%s %s", key->name,
                           why != NULL ? why
                                       : "takes no user and password: they are `user` and "
                                         "`password`, or the URL comes from !env or !file");
}

static int key_except(struct pl_reader *r, const struct pl_key *key,
                      const struct pl_yaml_pair *pair, void *into)
{
    struct pl_probe_proxy *proxy = into;

    return pl_read_lines(r, pair->value, key->name, &proxy->except, &proxy->n_except);
}

#define TO(member) offsetof(struct pl_probe_proxy, member)

static const struct pl_key keys[] = {
    {.name = "url", .read = key_url},
    {.name = "user", .read = pl_key_line, .offset = TO(user)},
    {.name = "password", .read = pl_key_secret, .offset = TO(password)},
    {.name = "ca", .read = pl_key_sourced, .offset = TO(ca)},
    {.name = "except", .read = key_except},
};

int pl_key_proxy(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                 void *into)
{
    struct pl_probe_spec *spec = into;
    struct pl_probe_proxy *proxy = &spec->proxy;
    const struct pl_yaml_node *node = pair->value;

    proxy->set = true;
    if (node->type == PL_YAML_SCALAR) {
        proxy->environment = node->tag == NULL && strcmp(node->text, "environment") == 0;
        return proxy->environment ? 0 : key_url(r, key, pair, proxy);
    }
    if (pl_want(r, node, PL_YAML_MAPPING, key->name) < 0 ||
        pl_read_keys(r, node, keys, PL_LEN(keys), proxy) < 0)
        return -1;
    if (pl_yaml_get(node, "url") == NULL)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "the proxy has no `url`");
    if ((pl_yaml_get(node, "user") == NULL) != (pl_yaml_get(node, "password") == NULL))
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "the proxy has no `%s`",
                             pl_yaml_get(node, "user") == NULL ? "user" : "password");
    return 0;
}
