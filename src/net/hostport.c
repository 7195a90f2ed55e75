/* hostport.c - host, port, scheme and path out of what people write for a target.
 *
 * RFC 3986 where it is a URL. Nothing is decoded or resolved.
 */
#include <string.h>
#include <strings.h>

#include "plumbline/net.h"

#include "net_priv.h"

enum { TEXT_MAX = 8192, HOST_MAX = 253 };

static const struct {
    const char *scheme;
    int port;
} default_ports[] = {
    {"http", 80},       {"https", 443},       {"ws", 80},      {"wss", 443},
    {"postgres", 5432}, {"postgresql", 5432}, {"redis", 6379}, {"rediss", 6379},
};

static int default_port(const char *scheme)
{
    for (size_t i = 0; scheme != NULL && i < PL_LEN(default_ports); i++) {
        if (strcasecmp(scheme, default_ports[i].scheme) == 0)
            return default_ports[i].port;
    }
    return 0;
}

/* No spaces, no controls: neither belongs into a target, both have been used to smuggle. */
static bool printable(const char *text)
{
    size_t len = strlen(text);

    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] <= 0x20 || text[i] == 0x7f)
            return false;
    }
    return len > 0 && len <= TEXT_MAX;
}

/* "scheme://" at *text; moves behind it. False for a "://" behind no scheme. */
static bool take_scheme(struct pl_arena *arena, const char **text, const char **out)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *colon = strstr(*text, "://");
    size_t len;

    *out = NULL;
    if (colon == NULL || strcspn(*text, "/?#") < (size_t)(colon - *text))
        return true;
    len = (size_t)(colon - *text);
    if (strspn(*text, letters) == 0 ||
        strspn(*text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") != len)
        return false;
    *out = pl_arena_strndup(arena, *text, len);
    *text = colon + 3;
    return true;
}

static bool valid_host(const char *host)
{
    size_t len = strlen(host);

    return len > 0 && len <= HOST_MAX &&
           strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") == len;
}

/* "host", "host:port", "[v6]", "[v6]:port", or a bare IPv6 address. */
static bool read_authority(struct pl_arena *arena, const char *text, struct pl_hostport *out)
{
    const char *colon = strrchr(text, ':'), *rest;
    struct pl_ip ip;
    uint32_t port;

    if (*text == '[') {
        const char *end = strchr(text, ']');

        if (end == NULL || (end[1] != '\0' && end[1] != ':'))
            return false;
        out->host = pl_arena_strndup(arena, text + 1, (size_t)(end - text - 1));
        colon = end[1] == ':' ? end + 1 : NULL;
        if (!pl_ip_parse(out->host, &ip) || ip.v4)
            return false;
    } else if (colon != NULL && strchr(text, ':') != colon) {
        out->host = text;
        return pl_ip_parse(text, &ip);
    } else {
        out->host =
            pl_arena_strndup(arena, text, colon != NULL ? (size_t)(colon - text) : strlen(text));
        if (!valid_host(out->host))
            return false;
    }
    if (colon == NULL)
        return true;
    rest = colon + 1;
    if (!net_read_number(&rest, UINT16_MAX, &port) || port == 0 || *rest != '\0')
        return false;
    out->port = (int)port;
    out->port_given = true;
    return true;
}

bool pl_hostport_parse(struct pl_arena *arena, const char *text, struct pl_hostport *out)
{
    struct pl_hostport hp = {0};
    const char *at, *tail;
    char *authority;

    if (!printable(text) || !take_scheme(arena, &text, &hp.scheme))
        return false;
    authority = pl_arena_strndup(arena, text, strcspn(text, "/?#"));
    tail = text + strlen(authority);
    at = strrchr(authority, '@');
    if (at != NULL) {
        if (hp.scheme == NULL)
            return false;
        hp.user_info = pl_arena_strndup(arena, authority, (size_t)(at - authority));
        authority += at - authority + 1;
    }
    if (!read_authority(arena, authority, &hp))
        return false;
    if (!hp.port_given)
        hp.port = default_port(hp.scheme);
    /* A fragment never reaches a server. */
    if (*tail == '/')
        hp.path = pl_arena_strndup(arena, tail, strcspn(tail, "#"));
    else if (*tail == '?')
        hp.path = pl_arena_printf(arena, "/%.*s", (int)strcspn(tail, "#"), tail);
    *out = hp;
    return true;
}
