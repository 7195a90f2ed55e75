/* payload.c - describes a secret's value by its length, its flaws and tags of its parts, and answers what they are equal to.
 *
 * The range of an address is told by tags too: one for each length of its prefix, so that "is it in this subnet?" needs no address.
 */
#include "plumbline/payload.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/secret.h"

static const char *const parts[] = {
    [PL_PAYLOAD_WHOLE] = "whole",         [PL_PAYLOAD_PLAIN] = "plain",
    [PL_PAYLOAD_HOST] = "host",           [PL_PAYLOAD_PORT] = "port",
    [PL_PAYLOAD_CONNECTOR] = "connector", [PL_PAYLOAD_DATABASE] = "database",
    [PL_PAYLOAD_USER] = "user",           [PL_PAYLOAD_PASSWORD] = "password",
};

static const char *const hosts[] = {
    [PL_PAYLOAD_NO_HOST] = "none",       [PL_PAYLOAD_LOOPBACK] = "loopback",
    [PL_PAYLOAD_PRIVATE_IP] = "private", [PL_PAYLOAD_PUBLIC_IP] = "public",
    [PL_PAYLOAD_SOCKET] = "socket",      [PL_PAYLOAD_RUN_APP] = "run.app",
    [PL_PAYLOAD_NAME] = "name",
};

static const char *const tls[] = {"unsaid", "plain", "tls"};

/* A description on its way. What is split off the value lives in `scratch`, which is wiped. */
struct making {
    struct pl_arena *arena, *scratch;
    struct pl_member members[16];
    size_t n;
};

static void put(struct making *m, const char *key, const struct pl_value *value)
{
    m->members[m->n++] = (struct pl_member){key, value};
}

static const struct pl_value *tag(struct pl_arena *arena, const char *text, size_t len)
{
    return pl_value_string(arena, pl_secret_tag(arena, text, len));
}

static void put_part(struct making *m, enum pl_payload_part part, const char *text)
{
    if (text != NULL)
        put(m, parts[part], tag(m->arena, text, strlen(text)));
}

/* ---- flaws ---- */

static const char bom[] = "\xef\xbb\xbf";

static const char *end_flaw(const char *bytes, size_t len)
{
    char last = bytes[len - 1];

    if (last == '\n')
        return len > 1 && bytes[len - 2] == '\r' ? "ends in a carriage return and a newline"
                                                 : "ends in a newline";
    if (last == '\r')
        return "ends in a carriage return";
    return last == ' ' || last == '\t' ? "ends in a blank" : NULL;
}

/* Keys, certificates and JSON are several lines, and end in a newline. */
static bool is_document(const char *bytes, size_t len)
{
    return (len > 10 && memcmp(bytes, "-----BEGIN", 10) == 0) || bytes[0] == '{';
}

static const char *flaw_of(const char *bytes, size_t len)
{
    const char *flaw;

    if (len == 0)
        return "is empty";
    if (memchr(bytes, '\0', len) != NULL)
        return "holds a NUL byte";
    if (len >= 3 && memcmp(bytes, bom, 3) == 0)
        return "begins with a byte order mark";
    if (is_document(bytes, len))
        return NULL;
    flaw = end_flaw(bytes, len);
    if (flaw != NULL)
        return flaw;
    if (isspace((unsigned char)bytes[0]))
        return "begins with a blank";
    if (len > 1 && (bytes[0] == '"' || bytes[0] == '\'') && bytes[len - 1] == bytes[0])
        return "stands in quotation marks";
    for (size_t i = 0; i < len; i++)
        if (iscntrl((unsigned char)bytes[i]))
            return "holds a control character";
    return NULL;
}

/* ---- parts ---- */

static char *plain_of(struct pl_arena *scratch, const char *bytes, size_t len)
{
    if (len >= 3 && memcmp(bytes, bom, 3) == 0)
        bytes += 3, len -= 3;
    while (len > 0 && isspace((unsigned char)bytes[0]))
        bytes++, len--;
    while (len > 0 && isspace((unsigned char)bytes[len - 1]))
        len--;
    return pl_arena_strndup(scratch, bytes, len);
}

/* One text for all that means the same host. */
static const char *host_form(struct pl_arena *scratch, const char *host)
{
    struct pl_ip ip;
    char *form;

    if (pl_ip_parse(host, &ip))
        return pl_ip_format(scratch, &ip);
    form = pl_arena_strdup(scratch, host);
    for (char *at = form; *at != '\0' && *form != '/'; at++)
        *at = (char)tolower((unsigned char)*at);
    return form;
}

static enum pl_payload_host host_kind(const char *host)
{
    size_t len = strlen(host);
    struct pl_ip ip;

    if (*host == '/')
        return PL_PAYLOAD_SOCKET;
    if (pl_ip_parse(host, &ip))
        return pl_ip_is_loopback(&ip)  ? PL_PAYLOAD_LOOPBACK
               : pl_ip_is_private(&ip) ? PL_PAYLOAD_PRIVATE_IP
                                       : PL_PAYLOAD_PUBLIC_IP;
    if (strcmp(host, "localhost") == 0)
        return PL_PAYLOAD_LOOPBACK;
    return len > 8 && strcmp(host + len - 8, ".run.app") == 0 ? PL_PAYLOAD_RUN_APP
                                                              : PL_PAYLOAD_NAME;
}

enum { V4_BITS = 32 };

/* Of the address's first `len` bits. */
static const struct pl_value *range_tag(struct pl_arena *arena, struct pl_arena *scratch,
                                        const struct pl_ip *ip, int len)
{
    struct pl_prefix p;
    const char *text = pl_arena_printf(scratch, "%s/%d", pl_ip_format(scratch, ip), len);

    if (!pl_prefix_parse(text, &p))
        return pl_value_null();
    text = pl_prefix_format(scratch, &p);
    return tag(arena, text, strlen(text));
}

static void put_host(struct making *m, const char *host)
{
    const struct pl_value *ranges[V4_BITS + 1];
    struct pl_ip ip;

    host = host_form(m->scratch, host);
    put_part(m, PL_PAYLOAD_HOST, host);
    put(m, "hostKind", pl_value_string(m->arena, hosts[host_kind(host)]));
    if (!pl_ip_parse(host, &ip) || !ip.v4)
        return;
    for (int len = 0; len <= V4_BITS; len++)
        ranges[len] = range_tag(m->arena, m->scratch, &ip, len);
    put(m, "ranges", pl_value_list(m->arena, ranges, PL_LEN(ranges)));
}

static void put_parts(struct making *m, const char *plain)
{
    struct pl_dsn d;

    if (!pl_dsn_parse(m->scratch, plain, &d))
        return;
    if (d.host != NULL)
        put_host(m, d.host);
    if (d.port > 0)
        put_part(m, PL_PAYLOAD_PORT, pl_arena_printf(m->scratch, "%d", d.port));
    put_part(m, PL_PAYLOAD_CONNECTOR, d.connector);
    put_part(m, PL_PAYLOAD_DATABASE, d.database);
    put_part(m, PL_PAYLOAD_USER, d.user);
    put_part(m, PL_PAYLOAD_PASSWORD, d.password);
    put(m, "tls", pl_value_string(m->arena, tls[d.tls]));
}

const struct pl_value *pl_payload_describe(struct pl_arena *arena, const char *bytes, size_t len)
{
    struct making m = {.arena = arena, .scratch = pl_arena_new_wiped()};
    const char *flaw = flaw_of(bytes, len), *plain;

    put(&m, "bytes", pl_value_int(arena, (int64_t)len));
    if (flaw != NULL)
        put(&m, "flaw", pl_value_string(arena, flaw));
    put(&m, parts[PL_PAYLOAD_WHOLE], tag(arena, bytes, len));
    if (memchr(bytes, '\0', len) == NULL) {
        plain = plain_of(m.scratch, bytes, len);
        put_part(&m, PL_PAYLOAD_PLAIN, plain);
        put_parts(&m, plain);
    }
    pl_arena_free(m.scratch);
    return pl_value_map(arena, m.members, m.n);
}

/* ---- questions ---- */

size_t pl_payload_len(const struct pl_value *payload)
{
    int64_t n = 0;

    (void)pl_value_as_int(pl_value_member(payload, "bytes"), &n);
    return (size_t)n;
}

const char *pl_payload_flaw(const struct pl_value *payload)
{
    return pl_value_member_text(payload, "flaw");
}

bool pl_payload_has(const struct pl_value *payload, enum pl_payload_part part)
{
    return pl_value_member(payload, parts[part]) != NULL;
}

bool pl_payload_is(const struct pl_value *payload, enum pl_payload_part part, const char *text)
{
    const char *have = pl_value_member_text(payload, parts[part]);
    struct pl_arena *scratch;
    bool same;

    if (have == NULL || text == NULL)
        return false;
    scratch = pl_arena_new_wiped(); /* the text may be a password of the baseline's */
    if (part == PL_PAYLOAD_HOST)
        text = host_form(scratch, text);
    same = strcmp(have, pl_secret_tag(scratch, text, strlen(text))) == 0;
    pl_arena_free(scratch);
    return same;
}

static size_t index_of(const char *const *list, size_t n, const char *text)
{
    for (size_t i = 0; text != NULL && i < n; i++)
        if (strcmp(list[i], text) == 0)
            return i;
    return 0;
}

enum pl_payload_host pl_payload_host(const struct pl_value *payload)
{
    return (enum pl_payload_host)index_of(hosts, PL_LEN(hosts),
                                          pl_value_member_text(payload, "hostKind"));
}

enum pl_dsn_tls pl_payload_tls(const struct pl_value *payload)
{
    return (enum pl_dsn_tls)index_of(tls, PL_LEN(tls), pl_value_member_text(payload, "tls"));
}

bool pl_payload_within(const struct pl_value *payload, const struct pl_prefix *range)
{
    const struct pl_value *have = pl_value_member(payload, "ranges");
    struct pl_arena *scratch;
    bool same;

    if (!range->ip.v4 || have == NULL)
        return false;
    scratch = pl_arena_new();
    same = pl_value_equal(pl_value_item(have, (size_t)range->len),
                          range_tag(scratch, scratch, &range->ip, range->len));
    pl_arena_free(scratch);
    return same;
}

bool pl_payload_same(const struct pl_value *a, const struct pl_value *b, bool plain)
{
    const char *part = parts[plain ? PL_PAYLOAD_PLAIN : PL_PAYLOAD_WHOLE];
    const char *x = pl_value_member_text(a, part), *y = pl_value_member_text(b, part);

    return x != NULL && y != NULL && strcmp(x, y) == 0;
}
