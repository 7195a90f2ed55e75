/* number.c - digits to numbers, exactly: shared by ports, prefixes, durations and sizes. */
#include <string.h>

#include "net_priv.h"

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool net_read_number(const char **p, uint32_t max, uint32_t *out)
{
    const char *s = *p;
    uint64_t n = 0;

    if (!digit(*s) || (*s == '0' && digit(s[1])))
        return false;
    for (; digit(*s); s++) {
        n = n * 10 + (uint64_t)(*s - '0');
        if (n > max)
            return false;
    }
    *p = s;
    *out = (uint32_t)n;
    return true;
}

/* The longest unit that *p starts with, or NULL; moves *p behind it. */
static const struct net_unit *read_unit(const char **p, const struct net_unit *units, size_t n)
{
    const struct net_unit *best = NULL;
    size_t longest = 0;

    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(units[i].name);

        if (strncmp(*p, units[i].name, len) == 0 && (best == NULL || len > longest)) {
            best = &units[i];
            longest = len;
        }
    }
    *p += longest;
    return best;
}

/* "25" of "1.25Gi" times the unit, where that is a whole number. */
static bool read_fraction(const char *digits, size_t n, int64_t scale, int64_t *out)
{
    __extension__ typedef __int128 wide;
    wide part = 0, tens = 1;

    if (n > 9)
        return false;
    for (size_t i = 0; i < n; i++) {
        part = part * 10 + (digits[i] - '0');
        tens *= 10;
    }
    part *= scale;
    if (part % tens != 0)
        return false;
    *out = (int64_t)(part / tens);
    return true;
}

bool net_read_quantity(const char **p, const struct net_unit *units, size_t n, int64_t *out,
                       int64_t *out_scale)
{
    const char *s = *p, *fraction;
    const struct net_unit *unit;
    int64_t whole = 0, part;
    size_t digits = 0;

    if (!digit(*s))
        return false;
    for (; digit(*s); s++) {
        if (__builtin_mul_overflow(whole, 10, &whole) ||
            __builtin_add_overflow(whole, *s - '0', &whole))
            return false;
    }
    fraction = s;
    if (*s == '.') {
        fraction++;
        digits = strspn(fraction, "0123456789");
        if (digits == 0)
            return false;
        s = fraction + digits;
    }
    unit = read_unit(&s, units, n);
    if (unit == NULL || !read_fraction(fraction, digits, unit->scale, &part) ||
        __builtin_mul_overflow(whole, unit->scale, &whole) ||
        __builtin_add_overflow(whole, part, &whole))
        return false;
    *p = s;
    *out = whole;
    *out_scale = unit->scale;
    return true;
}
