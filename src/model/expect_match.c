/* expect_match.c - the matchers that are about one text: regular expressions, numbers, address ranges.
 *
 * POSIX extended expressions by <regex.h>; what could make it hang or eat memory is refused before.
 */
#include <math.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/canon.h"
#include "plumbline/net.h"

/* ---- regular expressions ---- */

enum { REGEX_MAX = 1000, NODES_MAX = 5000, SUBJECT_MAX = 1 << 16 };

/* "{3,5}" at s: how often it writes what stands before; 1 where there is no interval. */
static long interval(const char *s)
{
    char *end;
    long low = strtol(s + 1, &end, 10), high;

    if (end == s + 1 && *end != ',')
        return 1;
    low = low > NODES_MAX ? NODES_MAX + 1 : low;
    high = low;
    if (*end == ',')
        high = end[1] == '}' ? low + 1 : strtol(end + 1, &end, 10);
    high = high > low ? high : low;
    return high < 1 ? 1 : high > NODES_MAX ? NODES_MAX + 1 : high;
}

/* "[...]" at s, of which the first may be ']': its last character. */
static const char *set_end(const char *s)
{
    s += s[1] == '^' ? 2 : 1;
    s += *s == ']';
    while (*s != '\0' && *s != ']') {
        const char *close =
            *s == '[' && s[1] != '\0' && strchr(":.=", s[1]) != NULL ? strchr(s + 2, s[1]) : NULL;

        s = close != NULL && close[1] == ']' ? close + 2 : s + 1;
    }
    return s;
}

/* The size of an expression once its repeats are written out, which is what glibc does: "a+" becomes "aa*", and
 * a few nested ones eat all memory. */
struct size {
    long sums[REGEX_MAX + 1]; /* by nesting */
    size_t depth;
    long last; /* of the item before, which a repeat is about */
};

static void add_item(struct size *z, long size)
{
    z->sums[z->depth] += size;
    z->last = size;
}

static void repeat(struct size *z, long times)
{
    z->sums[z->depth] += z->last * (times - 1);
    z->last *= times;
}

static void add_character(struct size *z, const char *p)
{
    switch (*p) {
    case '(':
        z->sums[++z->depth] = 0;
        z->last = 0;
        break;
    case ')':
        if (z->depth > 0) {
            z->depth--;
            add_item(z, z->sums[z->depth + 1] + 1);
        }
        break;
    case '+':
        repeat(z, 2);
        break;
    case '{':
        repeat(z, interval(p));
        break;
    case '*':
    case '?':
        break;
    default:
        add_item(z, 1);
    }
}

/* Back-references are none of POSIX extended, and take exponential time. */
static int check_cost(const char *regex, struct pl_err *err)
{
    struct size z = {.depth = 0};

    for (const char *p = regex; *p != '\0'; p++) {
        if (*p == '\\' && p[1] >= '1' && p[1] <= '9')
            return pl_err_set(err, PL_E_BASELINE, "back-references are not supported");
        if (*p == '\\' && p[1] != '\0') {
            p++;
            add_item(&z, 1);
        } else if (*p == '[') {
            p = set_end(p);
            add_item(&z, 1);
            if (*p == '\0')
                break;
        } else {
            add_character(&z, p);
        }
        if (z.last > NODES_MAX || z.sums[z.depth] > NODES_MAX)
            return pl_err_set(err, PL_E_BASELINE,
                              "it is larger than %d characters once repeats are written out",
                              NODES_MAX);
    }
    return 0;
}

/* Anchored: "^(...)$". */
static int compile(const char *regex, regex_t *out, struct pl_err *err)
{
    struct pl_buf whole = {0};
    char reason[128];
    int code;

    pl_buf_addf(&whole, "^(%s)$", regex);
    code = regcomp(out, whole.data, REG_EXTENDED | REG_NOSUB);
    pl_buf_free(&whole);
    if (code == 0)
        return 0;
    (void)regerror(code, out, reason, sizeof reason);
    return pl_err_set(err, PL_E_BASELINE, "%s", reason);
}

int pl_regex_check(const char *regex, struct pl_err *err)
{
    regex_t compiled;

    if (strlen(regex) > REGEX_MAX)
        return pl_err_set(err, PL_E_BASELINE, "longer than %d bytes", REGEX_MAX);
    if (check_cost(regex, err) < 0 || compile(regex, &compiled, err) < 0)
        return -1;
    regfree(&compiled);
    return 0;
}

int pl_regex_match(const char *regex, const char *text)
{
    regex_t compiled;
    int code;

    if (strlen(text) > SUBJECT_MAX || compile(regex, &compiled, NULL) < 0)
        return -1;
    code = regexec(&compiled, text, 0, NULL, 0);
    regfree(&compiled);
    return code == 0 ? 1 : code == REG_NOMATCH ? 0 : -1;
}

/* ---- numbers ---- */

enum pl_number_class pl_number_of_text(const char *text, double *out)
{
    int64_t n;
    char *end;

    if (text[0] == '\0')
        return PL_NUM_NONE;
    if (text[strspn(text, "+-.0123456789eE")] == '\0') {
        *out = strtod(text, &end);
        return *end == '\0' && isfinite(*out) ? PL_NUM_PLAIN : PL_NUM_NONE;
    }
    if (pl_duration_parse(text, &n)) {
        *out = (double)n / 1e9;
        return PL_NUM_DURATION;
    }
    if (!pl_size_parse(text, &n))
        return PL_NUM_NONE;
    *out = (double)n;
    return PL_NUM_SIZE;
}

/* ---- checks ---- */

enum pl_expect_answer pl_check_matches(const struct pl_check *c, const struct pl_expect *e,
                                       const struct pl_field_info *info,
                                       const struct pl_value *value, const char **why)
{
    const char *text = pl_text_of(c->arena, value);
    int match = text != NULL ? pl_regex_match(e->text, text) : 0;

    if (match > 0)
        return PL_EXPECT_YES;
    if (match == 0)
        return pl_no(c, why, "is %s, which %s does not match",
                     pl_value_shown(c->arena, info, value), e->text);
    *why = "is too long for a regular expression";
    return PL_EXPECT_NOT_KNOWN;
}

/* The value on the scale of the limit; false where it is no number of that sort. */
static bool comparable(const struct pl_check *c, const struct pl_expect *e,
                       const struct pl_field_info *info, const struct pl_value *value, double *out)
{
    const char *text;
    double limit;

    if (info != NULL && pl_info_is_number(info) && c->kind != NULL)
        return pl_canon_number(info, value, out);
    /* A duration outside of resources is handed over in seconds. */
    if (info != NULL && info->type == PL_T_DURATION && value->type != PL_STRING) {
        *out = value->type == PL_REAL ? value->u.real : (double)value->u.integer;
        return value->type == PL_REAL || value->type == PL_INT;
    }
    text = pl_text_of(c->arena, value);
    return text != NULL && pl_number_of_text(text, out) != PL_NUM_NONE &&
           pl_number_of_text(text, out) == pl_number_of_text(e->text, &limit);
}

enum pl_expect_answer pl_check_limit(const struct pl_check *c, const struct pl_expect *e,
                                     const struct pl_field_info *info, const struct pl_value *value,
                                     const char **why)
{
    bool least = e->match == PL_M_AT_LEAST;
    double number;

    if (value == NULL || !comparable(c, e, info, value, &number))
        return pl_no(c, why, "is %s, not %s", pl_value_shown(c->arena, info, value),
                     pl_expect_text(c->arena, e));
    if (least ? number >= e->number : number <= e->number)
        return PL_EXPECT_YES;
    return pl_no(c, why, "is %s, %s %s", pl_value_shown(c->arena, info, value),
                 least ? "less than" : "more than", e->text);
}

enum pl_expect_answer pl_check_cidr(const struct pl_check *c, const struct pl_expect *e,
                                    const struct pl_field_info *info, const struct pl_value *value,
                                    const char **why)
{
    struct pl_prefix outer, inner;
    const char *text = pl_text_of(c->arena, value);

    for (size_t i = 0; value != NULL && value->type == PL_LIST && i < value->u.list.n; i++) {
        enum pl_expect_answer one = pl_check_cidr(c, e, info, value->u.list.items[i], why);

        if (one != PL_EXPECT_YES)
            return one;
    }
    if (value != NULL && value->type == PL_LIST)
        return PL_EXPECT_YES;
    if (pl_is_hidden(value)) {
        *why = "has elements that could not be read";
        return PL_EXPECT_NOT_KNOWN;
    }
    if (text != NULL && pl_prefix_parse(text, &inner) && pl_prefix_parse(e->text, &outer) &&
        pl_prefix_contains(&outer, &inner))
        return PL_EXPECT_YES;
    return pl_no(c, why, "is %s, not within %s", pl_value_shown(c->arena, info, value), e->text);
}

/* !contains of a text: every item is in it. */
enum pl_expect_answer pl_check_text_contains(const struct pl_check *c, const struct pl_expect *e,
                                             const struct pl_field_info *info, const char *text,
                                             const char **why)
{
    for (size_t i = 0; i < e->n; i++) {
        const struct pl_expect *item = e->items[i];

        if (item->match != PL_M_EQUAL)
            return pl_no(c, why, "is a text, and only texts are looked for in it");
        if (strstr(text, item->text) == NULL)
            return pl_no(c, why, "is %s, without %s",
                         pl_value_shown(c->arena, info, pl_value_string(c->arena, text)),
                         item->text);
    }
    return PL_EXPECT_YES;
}
