/* The canonical text of one scalar by its type: prefixes, durations, times, links, sizes, CPUs, 64-bit integers, base64.
 *
 * Text that does not parse stays as it is: comparing then falls back to bytes. Whole values are canon.c. */
#include "field_priv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/net.h"

enum { NS_PER_S = 1000000000 };

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.*"

/* A decimal fraction behind its point, trailing zeros off: "" or ".5". */
static const char *fraction(struct pl_arena *arena, const char *digits, size_t n)
{
    while (n > 0 && digits[n - 1] == '0')
        n--;
    return n > 0 ? pl_arena_printf(arena, ".%.*s", (int)n, digits) : "";
}

/* As Google writes durations: seconds (https://protobuf.dev/reference/protobuf/google.protobuf/#duration). */
static const char *duration(struct pl_arena *arena, const char *text)
{
    int64_t ns;
    if (!pl_duration_parse(text, &ns))
        return text;
    const char *digits = pl_arena_printf(arena, "%09" PRId64, ns % NS_PER_S);
    return pl_arena_printf(arena, "%" PRId64 "%ss", ns / NS_PER_S, fraction(arena, digits, 9));
}

static const char *cidr(struct pl_arena *arena, const char *text)
{
    struct pl_prefix p;
    if (!pl_prefix_parse(text, &p))
        return text;
    return p.len == (p.ip.v4 ? 32 : 128) ? pl_ip_format(arena, &p.ip) : pl_prefix_format(arena, &p);
}

static const char *ports(struct pl_arena *arena, const char *text)
{
    struct pl_ports p;
    if (!pl_ports_parse(text, &p))
        return text;
    return p.lo == p.hi ? pl_arena_printf(arena, "%u", (unsigned)p.lo)
                        : pl_arena_printf(arena, "%u-%u", (unsigned)p.lo, (unsigned)p.hi);
}

/* In the largest binary unit that leaves a whole number: 1024Mi is 1Gi, 1G is 1000000000. */
static const char *size(struct pl_arena *arena, const char *text)
{
    static const char *const units[] = {"", "Ki", "Mi", "Gi", "Ti"};
    int64_t bytes;
    size_t unit = 0;
    if (!pl_size_parse(text, &bytes))
        return text;
    while (bytes != 0 && bytes % 1024 == 0 && unit + 1 < PL_LEN(units)) {
        bytes /= 1024;
        unit++;
    }
    return pl_arena_printf(arena, "%" PRId64 "%s", bytes, units[unit]);
}

bool pl_quantity_parse(const char *text, int64_t *out_milli)
{
    size_t whole = strspn(text, "0123456789"), part = 0;
    const char *p = text + whole;
    if (whole == 0 || whole > 12)
        return false;
    int64_t n = strtoll(text, NULL, 10);
    if (strcmp(p, "m") == 0) {
        *out_milli = n;
        return true;
    }
    int64_t milli = 0, scale = 100;
    if (*p == '.') {
        part = strspn(++p, "0123456789");
        for (size_t i = 0; i < part; i++, scale /= 10) {
            if (scale == 0 && p[i] != '0')
                return false;
            milli += (p[i] - '0') * scale;
        }
        if (part == 0)
            return false;
    }
    if (p[part] != '\0')
        return false;
    *out_milli = n * 1000 + milli;
    return true;
}

/* Whole CPUs without a unit, others in thousandths, as Kubernetes does. */
static const char *quantity(struct pl_arena *arena, const char *text)
{
    int64_t milli;
    if (!pl_quantity_parse(text, &milli))
        return text;
    return milli % 1000 == 0 ? pl_arena_printf(arena, "%" PRId64, milli / 1000)
                             : pl_arena_printf(arena, "%" PRId64 "m", milli);
}

static const char *int64(struct pl_arena *arena, const char *text)
{
    const char *p = text + (*text == '-');
    size_t n = strspn(p, "0123456789");
    if (n == 0 || p[n] != '\0')
        return text;
    while (*p == '0' && p[1] != '\0')
        p++;
    return pl_arena_printf(arena, "%s%s", *text == '-' && strcmp(p, "0") != 0 ? "-" : "", p);
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";

bool pl_base64_is(const char *text)
{
    size_t n = strspn(text, base64), padding = strspn(text + n, "=");
    return text[n + padding] == '\0' && n % 4 != 1 &&
           (padding == 0 || (padding < 3 && (n + padding) % 4 == 0));
}

/* Standard alphabet with padding; Google also takes the URL-safe one, without (RFC 4648, sections 4 and 5). */
static const char *bytes(struct pl_arena *arena, const char *text)
{
    size_t used = strspn(text, base64);
    if (!pl_base64_is(text))
        return text;
    size_t padded = (used + 3) / 4 * 4;
    char *out = pl_arena_alloc(arena, padded + 1);
    for (size_t i = 0; i < padded; i++) {
        char c = i < used ? text[i] : '=';
        out[i] = c == '-' ? '+' : c == '_' ? '/' : c;
    }
    return out;
}

/* ---- times ---- */

/* `n` digits as a number, or -1. */
static int digits(const char *s, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return -1;
        value = value * 10 + (s[i] - '0');
    }
    return value;
}

/* Days since 1970-01-01 of a date in the Gregorian calendar, and back
 * (https://howardhinnant.github.io/date_algorithms.html). */
static int64_t days_of(int64_t y, int64_t m, int64_t d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
    int64_t doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static const char *format_time(struct pl_arena *arena, int64_t seconds, const char *part)
{
    int64_t days = (seconds >= 0 ? seconds : seconds - 86399) / 86400,
            rest = seconds - days * 86400;
    int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int64_t month = mp < 10 ? mp + 3 : mp - 9, year = yoe + era * 400 + (month <= 2);
    return pl_arena_printf(
        arena,
        "%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64 ":%02" PRId64 ":%02" PRId64 "%sZ",
        year, month, doy - (153 * mp + 2) / 5 + 1, rest / 3600, rest / 60 % 60, rest % 60, part);
}

/* "Z" or "+01:00": minutes east. */
static bool read_offset(const char *s, int *minutes)
{
    *minutes = 0;
    if ((*s == 'Z' || *s == 'z') && s[1] == '\0')
        return true;
    int hours = *s == '+' || *s == '-' ? digits(s + 1, 2) : -1;
    int rest = hours >= 0 && s[3] == ':' ? digits(s + 4, 2) : -1;
    if (hours < 0 || rest < 0 || hours > 23 || rest > 59 || s[6] != '\0')
        return false;
    *minutes = (hours * 60 + rest) * (*s == '-' ? -1 : 1);
    return true;
}

/* RFC 3339, section 5.6. */
const char *pl_timestamp_canon(struct pl_arena *arena, const char *text)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:dd";
    size_t n = 0;
    for (; shape[n] != '\0'; n++)
        if (shape[n] == 'd' ? digits(text + n, 1) < 0
                            : text[n] != shape[n] && !(shape[n] == 'T' && text[n] == 't'))
            return NULL;
    int month = digits(text + 5, 2), day = digits(text + 8, 2), hour = digits(text + 11, 2);
    int minute = digits(text + 14, 2), second = digits(text + 17, 2), east;
    size_t part = text[n] == '.' ? strspn(text + n + 1, "0123456789") : 0;
    const char *rest = text + n + (text[n] == '.' ? part + 1 : 0);
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60 ||
        (text[n] == '.' && (part == 0 || part > 9)) || !read_offset(rest, &east))
        return NULL;
    int64_t seconds = days_of(digits(text, 4), month, day) * 86400 + hour * 3600 + minute * 60 +
                      second - east * 60;
    return format_time(arena, seconds, fraction(arena, text + n + 1, part));
}

static const char *timestamp(struct pl_arena *arena, const char *text)
{
    const char *canonical = pl_timestamp_canon(arena, text);
    return canonical != NULL ? canonical : text;
}

/* ---- by type ---- */

static const char *link_text(struct pl_arena *arena, const char *text)
{
    (void)arena;
    return pl_link_tail(text);
}

/* Addresses in one form (RFC 5952), names without the dot of the root (RFC 1034, section 3.1). Letter case is kept: what looks like a name
 * may be the text of a TXT record. */
static const char *rdata(struct pl_arena *arena, const char *text)
{
    struct pl_ip ip;
    size_t n = strspn(text, NAME_CHARACTERS);
    if (pl_ip_parse(text, &ip))
        return pl_ip_format(arena, &ip);
    return n > 1 && text[n] == '\0' && text[n - 1] == '.' && text[n - 2] != '.'
               ? pl_arena_strndup(arena, text, n - 1)
               : text;
}

static const struct {
    enum pl_type type;
    const char *(*canon)(struct pl_arena *arena, const char *text);
} canons[] = {
    {PL_T_INT64, int64}, {PL_T_DURATION, duration}, {PL_T_TIMESTAMP, timestamp},
    {PL_T_BYTES, bytes}, {PL_T_CIDR, cidr},         {PL_T_LINK, link_text},
    {PL_T_PORTS, ports}, {PL_T_SIZE, size},         {PL_T_QUANTITY, quantity},
    {PL_T_RDATA, rdata},
};

const char *pl_canon_text(struct pl_arena *arena, enum pl_type type, const char *text)
{
    for (size_t i = 0; i < PL_LEN(canons); i++)
        if (canons[i].type == type)
            return canons[i].canon(arena, text);
    return text;
}
