/* utf8.c - UTF-8 taken apart, and the characters that do not show: one table for terminals, reports, YAML and WebSockets.
 */
#include "plumbline/utf8.h"

size_t pl_utf8_at(const char *s, size_t left, uint32_t *out)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *u = (const unsigned char *)s;
    size_t n;
    uint32_t c;

    if (left == 0)
        return 0;
    n = u[0] < 0x80 ? 1 : u[0] < 0xc0 ? 0 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;
    if (n == 0 || n > left || u[0] > 0xf4)
        return 0;
    c = n > 1 ? u[0] & (0xffu >> (n + 1)) : u[0];
    for (size_t i = 1; i < n; i++) {
        if ((u[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (u[i] & 0x3fu);
    }
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *out = c;
    return n;
}

bool pl_utf8_ok(const char *s, size_t len)
{
    uint32_t c;

    for (size_t i = 0, n; i < len; i += n)
        if ((n = pl_utf8_at(s + i, len - i, &c)) == 0)
            return false;
    return true;
}

size_t pl_utf8_cut(const char *s, size_t len, size_t most)
{
    if (len <= most)
        return len;
    while (most > 0 && ((unsigned char)s[most] & 0xc0) == 0x80)
        most--;
    return most;
}

bool pl_utf8_is_hidden(uint32_t c)
{
    static const struct {
        uint32_t lo, hi;
    } hidden[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},       {0x61c, 0x61c},
        {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},   {0xfeff, 0xfeff},
        {0xfff9, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe007f},
    };

    if (c >= 0x20 && c < 0x7f)
        return false;
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (c >= hidden[i].lo && c <= hidden[i].hi)
            return true;
    return false;
}
