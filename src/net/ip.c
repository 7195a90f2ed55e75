/* ip.c - IPv4 and IPv6 addresses: text, classes. Addresses with a length are in prefix.c. */
#include <arpa/inet.h>
#include <string.h>

#include "plumbline/buf.h"
#include "plumbline/net.h"

static const uint8_t v4_mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool pl_ip_parse(const char *text, struct pl_ip *out)
{
    struct pl_ip ip = {0};

    /* inet_pton refuses what inet_aton takes: octal, hex, missing parts. */
    if (inet_pton(AF_INET, text, ip.bytes + 12) == 1) {
        memcpy(ip.bytes, v4_mapped, sizeof v4_mapped);
        ip.v4 = true;
    } else if (inet_pton(AF_INET6, text, ip.bytes) != 1) {
        return false;
    }
    *out = ip;
    return true;
}

bool pl_ip_equal(const struct pl_ip *a, const struct pl_ip *b)
{
    return a->v4 == b->v4 && memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static unsigned group(const struct pl_ip *ip, int i)
{
    return (unsigned)ip->bytes[2 * i] << 8 | ip->bytes[2 * i + 1];
}

/* The first longest run of at least two zero groups (RFC 5952, 4.2); its length, 0 where none. */
static int zero_run(const struct pl_ip *ip, int *out_start)
{
    int best = 1, n = 0;

    *out_start = -1;
    for (int i = 0; i < 8; i++) {
        n = group(ip, i) == 0 ? n + 1 : 0;
        if (n > best) {
            best = n;
            *out_start = i + 1 - n;
        }
    }
    return best > 1 ? best : 0;
}

char *pl_ip_format(struct pl_arena *arena, const struct pl_ip *ip)
{
    const uint8_t *b = ip->bytes + 12;
    struct pl_buf text = {0};
    int start, run;

    if (ip->v4)
        return pl_arena_printf(arena, "%u.%u.%u.%u", b[0], b[1], b[2], b[3]);
    if (memcmp(ip->bytes, v4_mapped, sizeof v4_mapped) == 0) /* RFC 5952, 5 */
        return pl_arena_printf(arena, "::ffff:%u.%u.%u.%u", b[0], b[1], b[2], b[3]);
    run = zero_run(ip, &start);
    for (int i = 0; i < 8; i++) {
        if (i == start) {
            pl_buf_adds(&text, "::");
            i += run - 1;
            continue;
        }
        pl_buf_addf(&text, i > 0 && i != start + run ? ":%x" : "%x", group(ip, i));
    }
    return pl_buf_take(&text, arena);
}

/* The classes, by prefix. An address that maps IPv4 into IPv6 is judged as the IPv4 address it reaches. */
static bool within(const struct pl_ip *ip, const char *const *prefixes, size_t n)
{
    struct pl_ip as = *ip;

    as.v4 = memcmp(ip->bytes, v4_mapped, sizeof v4_mapped) == 0;
    for (size_t i = 0; i < n; i++) {
        struct pl_prefix p;

        if (pl_prefix_parse(prefixes[i], &p) && pl_prefix_contains_ip(&p, &as))
            return true;
    }
    return false;
}

bool pl_ip_is_loopback(const struct pl_ip *ip)
{
    static const char *const prefixes[] = {"127.0.0.0/8", "::1/128"};

    return within(ip, prefixes, PL_LEN(prefixes));
}

bool pl_ip_is_rfc1918(const struct pl_ip *ip)
{
    static const char *const prefixes[] = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"};

    return within(ip, prefixes, PL_LEN(prefixes));
}

bool pl_ip_is_private(const struct pl_ip *ip)
{
    static const char *const prefixes[] = {
        "10.0.0.0/8",     "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", /* RFC 6598 */
        "240.0.0.0/4",                 /* RFC 1112, class E */
        "169.254.0.0/16", "fe80::/10", /* RFC 3927, RFC 4291: link-local */
        "fc00::/7",                    /* RFC 4193 */
    };

    return within(ip, prefixes, PL_LEN(prefixes));
}
