/* Plain text to a value of a field's type: what a baseline's scalars mean.
 *
 * YAML 1.1 would guess (on is true, 22:22 is a number); here the field's own type reads the text. Only where that is not known
 * does the text's look decide, as in YAML's JSON schema. The errors are told to people, with a place in front of them. */
#include "plumbline/canon.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "field_priv.h"
#include "plumbline/net.h"

static const struct pl_value *wants(struct pl_arena *arena, const struct pl_field_info *info,
                                    const char *what, const char *text, struct pl_err *err)
{
    /* What is secret is not repeated. */
    if ((info->flags & PL_F_SECRET) != 0)
        (void)pl_err_set(err, PL_E_PARSE, "wants %s", what);
    else
        (void)pl_err_set(err, PL_E_PARSE, "wants %s, not '%s'", what, pl_clip(arena, text));
    return NULL;
}

/* ---- numbers ---- */

static bool is_integer(const char *s, int64_t *out)
{
    const char *p = s + (*s == '-' || *s == '+');
    size_t n = strspn(p, "0123456789");
    char *end;
    if (n == 0 || p[n] != '\0')
        return false;
    errno = 0;
    *out = strtoll(s, &end, 10);
    return errno == 0;
}

/* No hexadecimal, no "inf" or "nan". */
static bool is_real(const char *s, double *out)
{
    char *end;
    if (*s == '\0' || s[strspn(s, "+-.0123456789eE")] != '\0' || strpbrk(s, "0123456789") == NULL)
        return false;
    *out = strtod(s, &end);
    return *end == '\0' && isfinite(*out);
}

/* 0444 is 292 to YAML 1.1 (https://yaml.org/type/int.html) and to whoever writes a file's mode, and 444 to others: neither is guessed. */
static const struct pl_value *wants_no_octal(struct pl_arena *arena,
                                             const struct pl_field_info *info, const char *text,
                                             struct pl_err *err)
{
    char *end;
    errno = 0;
    long octal = strtol(text, &end, 8);
    const char *is =
        *end == '\0' && errno == 0 ? pl_arena_printf(arena, " (octal %s is %ld)", text, octal) : "";

    return wants(arena, info, pl_arena_printf(arena, "a number without zeros in front%s", is), text,
                 err);
}

static bool has_leading_zero(const char *text)
{
    const char *digits = text + (*text == '-' || *text == '+');

    return digits[0] == '0' && digits[1] != '\0' && digits[strspn(digits, "0123456789")] == '\0';
}

static bool is_bool(const char *s, bool *out)
{
    static const char *const words[][2] = {{"true", "false"}, {"True", "False"}, {"TRUE", "FALSE"}};
    for (size_t i = 0; i < PL_LEN(words); i++)
        for (size_t k = 0; k < 2; k++)
            if (strcmp(s, words[i][k]) == 0) {
                *out = k == 0;
                return true;
            }
    return false;
}

static bool is_null(const char *s)
{
    return *s == '\0' || strcmp(s, "~") == 0 || strcmp(s, "null") == 0;
}

/* ---- text of a type ---- */

static bool good_duration(struct pl_arena *arena, const char *s)
{
    int64_t ns;
    (void)arena;
    return pl_duration_parse(s, &ns);
}

static bool good_time(struct pl_arena *arena, const char *s)
{
    return pl_timestamp_canon(arena, s) != NULL;
}

static bool good_base64(struct pl_arena *arena, const char *s)
{
    (void)arena;
    return pl_base64_is(s);
}

/* "*" is every address to Cloud Armor:
 * https://cloud.google.com/compute/docs/reference/rest/v1/securityPolicies (srcIpRanges, in the default rule). */
static bool good_cidr(struct pl_arena *arena, const char *s)
{
    struct pl_prefix p;
    (void)arena;
    return pl_prefix_parse(s, &p) || strcmp(s, "*") == 0;
}

static bool good_link(struct pl_arena *arena, const char *s)
{
    (void)arena;
    for (; *s != '\0'; s++)
        if ((unsigned char)*s <= ' ' || *s == 0x7f)
            return false;
    return true;
}

static bool good_ports(struct pl_arena *arena, const char *s)
{
    struct pl_ports p;
    (void)arena;
    return pl_ports_parse(s, &p);
}

static bool good_size(struct pl_arena *arena, const char *s)
{
    int64_t n;
    (void)arena;
    return pl_size_parse(s, &n);
}

static bool good_quantity(struct pl_arena *arena, const char *s)
{
    int64_t n;
    (void)arena;
    return pl_quantity_parse(s, &n);
}

static bool good_int64(struct pl_arena *arena, const char *s)
{
    size_t n = strspn(s + (*s == '-'), "0123456789");
    (void)arena;
    return n > 0 && n <= 20 && s[(*s == '-') + n] == '\0';
}

/* Types whose values are text. One that stands for itself (STRING, ENUM) has no row. */
static const struct {
    enum pl_type type;
    bool (*good)(struct pl_arena *arena, const char *s);
    const char *what;
} texts[] = {
    {PL_T_INT64, good_int64, "a number"},
    {PL_T_DURATION, good_duration, "a duration with a unit, like 300s or 5m"},
    {PL_T_TIMESTAMP, good_time, "a time like 2026-01-31T12:00:00Z"},
    {PL_T_BYTES, good_base64, "base64"},
    {PL_T_CIDR, good_cidr, "an address or prefix like 10.8.0.0/28"},
    {PL_T_LINK, good_link, "a resource's name or link"},
    {PL_T_PORTS, good_ports, "a port or range like 443 or 8000-8100"},
    {PL_T_SIZE, good_size, "a size like 512Mi or 2Gi"},
    {PL_T_QUANTITY, good_quantity, "a number of CPUs like 1, 0.5 or 1000m"},
};

static const struct pl_value *read_text(struct pl_arena *arena, const struct pl_field_info *info,
                                        const char *text, struct pl_err *err)
{
    for (size_t i = 0; i < PL_LEN(texts); i++)
        if (texts[i].type == info->type && text[0] != '\0' && !texts[i].good(arena, text))
            return wants(arena, info, texts[i].what, text, err);
    return pl_value_string(arena, text);
}

/* What the text looks like. */
static const struct pl_value *guess(struct pl_arena *arena, const char *text)
{
    bool yes;
    int64_t integer;
    double real;
    if (is_bool(text, &yes))
        return pl_value_bool(yes);
    if (is_integer(text, &integer))
        return pl_value_int(arena, integer);
    if (is_real(text, &real))
        return pl_value_real(arena, real);
    return pl_value_string(arena, text);
}

const struct pl_value *pl_canon_read(struct pl_arena *arena, const struct pl_field_info *info,
                                     const char *text, bool quoted, struct pl_err *err)
{
    bool yes;
    int64_t integer;
    double real;
    if (!quoted && is_null(text))
        return pl_value_null();
    if (info->shape == PL_MANY)
        return wants(arena, info, "a list", text, err);
    if (info->shape == PL_KEYED || info->type == PL_T_MESSAGE)
        return wants(arena, info, "a mapping", text, err);
    if (info->type == PL_T_UNKNOWN || info->type == PL_T_ANY)
        return quoted ? pl_value_string(arena, text) : guess(arena, text);
    if (info->type == PL_T_BOOL)
        return is_bool(text, &yes) ? pl_value_bool(yes)
                                   : wants(arena, info, "true or false", text, err);
    if (info->type == PL_T_INT && has_leading_zero(text))
        return wants_no_octal(arena, info, text, err);
    if (info->type == PL_T_INT)
        return is_integer(text, &integer)
                   ? pl_value_int(arena, integer)
                   : wants(arena, info, is_real(text, &real) ? "a whole number" : "a number", text,
                           err);
    if (info->type == PL_T_REAL)
        return is_real(text, &real) ? pl_value_real(arena, real)
                                    : wants(arena, info, "a number", text, err);
    return read_text(arena, info, text, err);
}
