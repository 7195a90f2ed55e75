/* pattern.c - the little language in which the matchers are written: what a line says, and who was dialled in it.
 *
 * No regular expressions: a pattern looks like the line that it is for, is matched without memory, and its work is bounded
 * whatever the line holds.
 */
#include <ctype.h>
#include <string.h>

#include "plumbline/net.h"

#include "logs_priv.h"

enum { SKIP_MAX = 600, STEPS_MAX = 20000, HOST_MAX = 253, PATH_MAX_LEN = 200 };

struct walk {
    const char *end;
    int steps;
};

bool pl_is_host_char(char c)
{
    return isalnum((unsigned char)c) || c == '.' || c == '-' || c == '_';
}

static bool is_v6_char(char c)
{
    return isxdigit((unsigned char)c) || c == ':' || c == '.';
}

static const char *take_number(const char *at, const char *end, int64_t max, int64_t *out)
{
    int64_t n = 0;
    const char *from = at;
    while (at < end && isdigit((unsigned char)*at) && n <= max)
        n = n * 10 + (*at++ - '0');
    if (at == from || n > max || (at < end && isdigit((unsigned char)*at)))
        return NULL;
    *out = n;
    return at;
}

/* The end of a bare IPv6 address, NULL where there is none. "::1:6379" is read as the colon that follows in the pattern says. */
static const char *v6_end(const char *at, const char *end, bool port_follows)
{
    char text[64];
    struct pl_ip ip;
    const char *stop = at, *last = NULL;
    while (stop < end && is_v6_char(*stop) && stop - at < 48)
        stop++;
    while (stop > at && (stop[-1] == ':' || stop[-1] == '.') &&
           !(stop - at >= 2 && stop[-2] == ':'))
        stop--;
    for (const char *c = at; c < stop; c++)
        last = *c == ':' ? c : last;
    if (!last || (stop < end && pl_is_host_char(*stop)))
        return NULL;
    if (port_follows)
        stop = last;
    memcpy(text, at, (size_t)(stop - at));
    text[stop - at] = '\0';
    return pl_ip_parse(text, &ip) && !ip.v4 ? stop : NULL;
}

/* "[::1]", "::1" (where "%p" follows, its last colon parts it from the port), "10.0.0.1", "db.internal". */
static const char *take_host(const char *at, const char *end, bool port_follows,
                             struct pl_found *found)
{
    const char *from = at;
    if (at < end && *at == '[') {
        const char *close = memchr(at, ']', (size_t)(end - at));
        if (!close || close - at > 50)
            return NULL;
        found->host = at + 1;
        found->host_len = (size_t)(close - at) - 1;
        return close + 1;
    }
    const char *v6 = v6_end(at, end, port_follows);
    if (v6) {
        at = v6;
    } else {
        while (at < end && pl_is_host_char(*at) && at - from < HOST_MAX)
            at++;
    }
    found->host = from;
    found->host_len = (size_t)(at - from);
    while (found->host_len > 0 && from[found->host_len - 1] == '.') /* the root, or a full stop */
        found->host_len--;
    return found->host_len > 0 ? at : NULL;
}

static const char *take_path(const char *at, const char *end, struct pl_found *found)
{
    const char *from = at;
    if (at == end || *at != '/')
        return NULL;
    while (at < end && !isspace((unsigned char)*at) && !strchr("\"'`),;", *at) &&
           at - from < PATH_MAX_LEN)
        at++;
    /* "/cloudsql/p:r:i: connect: ..." */
    while (at > from && at[-1] == ':')
        at--;
    found->host = from;
    found->host_len = (size_t)(at - from);
    return at;
}

static const struct {
    const char *scheme;
    int port;
    bool secure;
} schemes[] = {{"https", 443, true},        {"http", 80, false},       {"wss", 443, true},
               {"ws", 80, false},           {"rediss", 6379, true},    {"redis", 6379, false},
               {"postgresql", 5432, false}, {"postgres", 5432, false}, {"mysql", 3306, false}};

/* scheme://[user@]host[:port][/...]: whatever stands before '@' is passed over and never looked at. */
static const char *take_url(const char *at, const char *end, struct pl_found *found)
{
    const char *scheme = at, *authority, *host;
    while (at < end && (isalnum((unsigned char)*at) || *at == '+'))
        at++;
    size_t len = (size_t)(at - scheme);
    if (len == 0 || end - at < 4 || memcmp(at, "://", 3) != 0)
        return NULL;
    for (authority = host = at += 3; at < end && !isspace((unsigned char)*at) &&
                                     !strchr("/?#\"'`<>)", *at) && at - authority < 512;
         at++)
        if (*at == '@')
            host = at + 1;
    const char *behind = take_host(host, at, false, found);
    int64_t port = 0;
    if (!behind)
        return NULL;
    for (size_t i = 0; i < PL_LEN(schemes); i++)
        if (strlen(schemes[i].scheme) == len && strncasecmp(schemes[i].scheme, scheme, len) == 0) {
            port = schemes[i].port;
            found->secure = schemes[i].secure;
        }
    if (behind < at && *behind == ':')
        (void)!take_number(behind + 1, at, 65535, &port);
    found->port = (int)port;
    return at;
}

/* Quotation marks of ASCII and UTF-8. */
static const char *take_quote(const char *at, const char *end)
{
    static const char *const wide[] = {"\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9c",
                                       "\xe2\x80\x9d", "\xc2\xab",     "\xc2\xbb"};
    if (at < end && strchr("\"'`", *at) && *at != '\0')
        return at + 1;
    for (size_t i = 0; i < PL_LEN(wide); i++) {
        size_t n = strlen(wide[i]);
        if ((size_t)(end - at) >= n && memcmp(at, wide[i], n) == 0)
            return at + n;
    }
    return at;
}

static bool match(struct walk *w, const char *p, const char *at, struct pl_found *found);

static bool match_anything(struct walk *w, const char *p, const char *at, struct pl_found *found)
{
    const struct pl_found before = *found;
    for (size_t i = 0; i <= SKIP_MAX && at <= w->end; i++, at++) {
        if (match(w, p, at, found))
            return true;
        *found = before;
    }
    return false;
}

static const char *take(const char *p, const char *at, const char *end, struct pl_found *found)
{
    int64_t n = 0;
    const char *next = at;
    switch (*p) {
    case 'h':
        return take_host(at, end, strncmp(p + 1, ":%p", 3) == 0, found);
    case 'u':
        return take_url(at, end, found);
    case '/':
        return take_path(at, end, found);
    case 'q':
        return take_quote(at, end);
    case 'p':
        next = take_number(at, end, 65535, &n);
        found->port = next ? (int)n : found->port;
        return n > 0 ? next : NULL;
    case 'n':
        next = take_number(at, end, 65535, &n);
        found->code = next ? (int)n : found->code;
        return next;
    case 'm':
        next = take_number(at, end, INT64_C(86400000), &n);
        found->ms = next ? n : found->ms;
        return next;
    default:
        return at < end && *at == *p ? at + 1 : NULL;
    }
}

/* The C library's words for one error: glibc's, in which the patterns are written, and musl's, which images of Alpine have
 * (https://git.musl-libc.org/cgit/musl/tree/src/errno/__strerror.h, src/network/gai_strerror.c). */
static const struct {
    const char *glibc, *musl;
} errors[] = {
    {"Connection timed out", "Operation timed out"},
    {"No route to host", "Host is unreachable"},
    {"Network is unreachable", "Network unreachable"},
    {"Name or service not known", "Name does not resolve"},
    {"Temporary failure in name resolution", "Try again"},
    {"Non-recoverable failure in name resolution", "Non-recoverable error"},
};

/* Does the line go on in musl's words where the pattern does in glibc's? Then both are led behind them. */
static bool in_other_words(const char **p, const char **at, const char *end)
{
    if (**p != 'C' && **p != 'N' && **p != 'T')
        return false;
    for (size_t i = 0; i < PL_LEN(errors); i++) {
        size_t n = strlen(errors[i].glibc), m = strlen(errors[i].musl);
        if (strncmp(*p, errors[i].glibc, n) != 0 || (size_t)(end - *at) < m ||
            strncasecmp(*at, errors[i].musl, m) != 0)
            continue;
        *p += n;
        *at += m;
        return true;
    }
    return false;
}

static bool match(struct walk *w, const char *p, const char *at, struct pl_found *found)
{
    for (; *p; p++) {
        if (++w->steps > STEPS_MAX)
            return false;
        if (in_other_words(&p, &at, w->end) && *p == '\0')
            return true;
        if (p[0] == '%' && p[1] == '*')
            return p[2] == '\0' || match_anything(w, p + 2, at, found);
        if (*p == '%') {
            at = take(++p, at, w->end, found);
            if (!at)
                return false;
        } else if (at < w->end && tolower((unsigned char)*at) == tolower((unsigned char)*p)) {
            at++;
        } else {
            return false;
        }
    }
    return true;
}

bool pl_pattern_match(const char *pattern, const char *at, const char *end, struct pl_found *found)
{
    struct walk w = {.end = end};
    *found = (struct pl_found){.ms = -1};
    return match(&w, pattern, at, found);
}
