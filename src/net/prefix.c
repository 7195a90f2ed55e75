/* prefix.c - an address and a length: containment and overlap without a loop over addresses. */
#include <string.h>

#include "plumbline/net.h"

#include "net_priv.h"

/* The length in bits of the sixteen bytes. */
static int bits(const struct pl_prefix *p)
{
    return p->ip.v4 ? 96 + p->len : p->len;
}

static bool same_start(const uint8_t *a, const uint8_t *b, int n)
{
    int whole = n / 8, rest = n % 8;

    if (memcmp(a, b, (size_t)whole) != 0)
        return false;
    return rest == 0 || ((a[whole] ^ b[whole]) & (0xff00 >> rest) & 0xff) == 0;
}

static void clear_host_bits(struct pl_prefix *p)
{
    int n = bits(p);

    for (int i = 0; i < 16; i++) {
        if (n <= i * 8)
            p->ip.bytes[i] = 0;
        else if (n < i * 8 + 8)
            p->ip.bytes[i] &= (uint8_t)(0xff00 >> (n - i * 8));
    }
}

bool pl_prefix_parse(const char *text, struct pl_prefix *out)
{
    const char *slash = strchr(text, '/');
    char address[64];
    struct pl_prefix p;
    uint32_t len, max;

    if (slash == NULL)
        slash = text + strlen(text);
    if ((size_t)(slash - text) >= sizeof address)
        return false;
    memcpy(address, text, (size_t)(slash - text));
    address[slash - text] = '\0';
    if (!pl_ip_parse(address, &p.ip))
        return false;
    len = max = p.ip.v4 ? 32 : 128;
    if (*slash == '/') {
        slash++;
        if (!net_read_number(&slash, max, &len) || *slash != '\0')
            return false;
    }
    p.len = (int)len;
    clear_host_bits(&p);
    *out = p;
    return true;
}

bool pl_prefix_contains_ip(const struct pl_prefix *p, const struct pl_ip *ip)
{
    return p->ip.v4 == ip->v4 && same_start(p->ip.bytes, ip->bytes, bits(p));
}

bool pl_prefix_contains(const struct pl_prefix *outer, const struct pl_prefix *inner)
{
    return outer->len <= inner->len && pl_prefix_contains_ip(outer, &inner->ip);
}

bool pl_prefix_overlaps(const struct pl_prefix *a, const struct pl_prefix *b)
{
    return pl_prefix_contains(a, b) || pl_prefix_contains(b, a);
}

/* Halves are asked only where a prefix lies inside the range, so that the depth is at most that of the longest prefix. */
bool pl_prefixes_cover(const struct pl_prefix *list, size_t n, const struct pl_prefix *range)
{
    bool inside = false;
    for (size_t i = 0; i < n; i++) {
        if (pl_prefix_contains(&list[i], range))
            return true;
        inside = inside || pl_prefix_contains(range, &list[i]);
    }
    if (!inside)
        return false;
    struct pl_prefix low = *range, high = *range;
    low.len = high.len = range->len + 1;
    high.ip.bytes[bits(range) / 8] |= (unsigned char)(0x80 >> bits(range) % 8);
    return pl_prefixes_cover(list, n, &low) && pl_prefixes_cover(list, n, &high);
}

bool pl_prefix_equal(const struct pl_prefix *a, const struct pl_prefix *b)
{
    return a->len == b->len && pl_ip_equal(&a->ip, &b->ip);
}

char *pl_prefix_format(struct pl_arena *arena, const struct pl_prefix *p)
{
    return pl_arena_printf(arena, "%s/%d", pl_ip_format(arena, &p->ip), p->len);
}
