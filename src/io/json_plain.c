/* json_plain.c - JSON as machines write it, read in one pass: texts of ASCII, short numbers, no key twice.
 *
 * Nearly all that Google sends is of that sort, and jansson, which looks at each byte by several calls, took a quarter of a collection.
 * Whatever is not - an escape in a key, an exponent, another script, a mistake - is declined as a whole: json_read.c gives it to jansson, whose
 * word counts and whose messages are told. tests/fuzz/fuzz_json.c holds the two against each other.
 *
 * Texts and keys stay where they are in one copy of the document: a NUL takes the place of the quotation mark behind each.
 */
#include <ctype.h>
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "json_priv.h"

enum { DEPTH_MAX = 100, DIGITS_MAX = 18, REAL_DIGITS_MAX = 15, FEW_MEMBERS = 24 };

/* Members and items of the maps and lists that are open lie on two stacks, innermost last. */
struct plain {
    struct pl_arena *arena;
    char *at, *end; /* a NUL is at the end */
    struct pl_member *members;
    const struct pl_value **items;
    size_t n_members, cap_members, n_items, cap_items;
    int depth;
};

static const struct pl_value *read_value(struct plain *p);

static void skip_blanks(struct plain *p)
{
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\n' || *p->at == '\t' || *p->at == '\r'))
        p->at++;
}

static bool take(struct plain *p, char c)
{
    skip_blanks(p);
    if (p->at == p->end || *p->at != c)
        return false;
    p->at++;
    return true;
}

/* Neither the end of a text nor anything that is more than itself in one. */
static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* Behind a quotation mark: how many bytes to the next, without an escape, or -1. The place is behind that then, and it is a NUL. */
static ptrdiff_t span_string(struct plain *p)
{
    const char *from = ++p->at;

    while (is_plain(*p->at))
        p->at++;
    if (*p->at != '"')
        return -1;
    *p->at++ = '\0';
    return p->at - 1 - from;
}

/* The character that a backslash begins, where it is one of ASCII (RFC 8259, section 7), and the place behind it; 0 elsewhere. There is
 * a quotation mark behind it, if nothing else. */
static char read_escape(struct plain *p)
{
    static const char codes[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    const char *code = strchr(codes, p->at[1]);
    char hex[5] = "", *behind;
    long c;

    if (code != NULL && *code != '\0') {
        p->at += 2;
        return means[code - codes];
    }
    if (p->end - p->at < 6 || memcmp(p->at, "\\u00", 4) != 0 || !isxdigit((unsigned char)p->at[4]))
        return 0;
    memcpy(hex, p->at + 2, 4);
    c = strtol(hex, &behind, 16);
    p->at += 6;
    return *behind == '\0' && c < 0x80 ? (char)c : 0;
}

static const struct pl_value *make_string(struct plain *p, const char *text, size_t len)
{
    struct pl_value *v = PL_NEW(p->arena, struct pl_value);

    v->type = PL_STRING;
    v->u.string.s = text;
    v->u.string.len = len;
    return v;
}

/* The rest of a string that began at `from`: a certificate with its line breaks, a text with an escaped "<". It is shorter than what is read. */
static const struct pl_value *read_escaped(struct plain *p, const char *from)
{
    char *to = p->at, *end = p->at;

    while (end < p->end && *end != '"')
        end += *end == '\\' ? 2 : 1;
    if (end >= p->end)
        return NULL;
    while (p->at < end) {
        char c = *p->at == '\\' ? read_escape(p) : is_plain(*p->at) ? *p->at++ : '\0';

        if (c == '\0')
            return NULL;
        *to++ = c;
    }
    *to = '\0';
    p->at = end + 1;
    return make_string(p, from, (size_t)(to - from));
}

static const struct pl_value *read_string(struct plain *p)
{
    const char *text = p->at + 1;
    ptrdiff_t len = span_string(p);

    if (len >= 0)
        return make_string(p, text, (size_t)len);
    return *p->at == '\\' ? read_escaped(p, text) : NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind the point of a number of `digits` digits so far. Up to 15 of them in all are exact in a double, as is the power of ten: what is
 * divided is the nearest one to what is written (Clinger, How to read floating point numbers accurately, 1990). */
static const struct pl_value *read_fraction(struct plain *p, int64_t n, ptrdiff_t digits,
                                            bool minus)
{
    static const double powers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *from = ++p->at;
    double r;

    while (is_digit(*p->at) && digits + (p->at - from) < REAL_DIGITS_MAX)
        n = n * 10 + (*p->at++ - '0');
    if (FLT_EVAL_METHOD != 0 || p->at == from || digits > REAL_DIGITS_MAX)
        return NULL;
    r = (double)n / powers[p->at - from];
    return pl_value_real(p->arena, minus ? -r : r);
}

static const struct pl_value *read_number(struct plain *p)
{
    bool minus = *p->at == '-';
    const char *from = p->at += minus;
    const struct pl_value *number;
    int64_t n = 0;

    while (is_digit(*p->at) && p->at - from < DIGITS_MAX)
        n = n * 10 + (*p->at++ - '0');
    if (p->at == from || (*from == '0' && p->at > from + 1))
        return NULL;
    number = *p->at == '.' ? read_fraction(p, n, p->at - from, minus)
                           : pl_value_int(p->arena, minus ? -n : n);
    return p->at == p->end || memchr(",]} \n\t\r", *p->at, 7) != NULL ? number : NULL;
}

static const struct pl_value *read_word(struct plain *p)
{
    static const char *const words[] = {"true", "false", "null"};

    for (size_t i = 0; i < PL_LEN(words); i++) {
        size_t len = strlen(words[i]);

        if ((size_t)(p->end - p->at) < len || memcmp(p->at, words[i], len) != 0)
            continue;
        p->at += len;
        return i == 2 ? pl_value_null() : pl_value_bool(i == 0);
    }
    return NULL;
}

static const struct pl_value *read_list(struct plain *p)
{
    size_t base = p->n_items;
    const struct pl_value *list;

    p->at++;
    if (!take(p, ']')) {
        do {
            const struct pl_value *item = read_value(p);

            if (item == NULL)
                return NULL;
            if (p->n_items == p->cap_items) {
                p->cap_items = p->cap_items < 64 ? 64 : p->cap_items * 2;
                p->items = pl_xrealloc(p->items, p->cap_items * sizeof *p->items);
            }
            p->items[p->n_items++] = item;
        } while (take(p, ','));
        if (!take(p, ']'))
            return NULL;
    }
    list = pl_value_list(p->arena, p->items + base, p->n_items - base);
    p->n_items = base;
    return list;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct pl_member *)a)->key, ((const struct pl_member *)b)->key);
}

/* Maps are small, and often nearly sorted. */
static void sort_members(struct pl_member *members, size_t n)
{
    if (n > FEW_MEMBERS) {
        qsort(members, n, sizeof *members, by_key);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct pl_member member = members[i];
        size_t k = i;

        for (; k > 0 && strcmp(members[k - 1].key, member.key) > 0; k--)
            members[k] = members[k - 1];
        members[k] = member;
    }
}

/* The map of the members from `base` on, whose keys are the arena's already; NULL where one is there twice. */
static const struct pl_value *close_map(struct plain *p, size_t base)
{
    struct pl_member *from = p->members + base, *members;
    size_t n = p->n_members - base;
    struct pl_value *map;
    bool sorted = true;

    for (size_t i = 1; i < n && sorted; i++)
        sorted = strcmp(from[i - 1].key, from[i].key) < 0;
    if (!sorted)
        sort_members(from, n);
    for (size_t i = 1; i < n && !sorted; i++)
        if (strcmp(from[i - 1].key, from[i].key) == 0)
            return NULL;
    members = pl_arena_array(p->arena, n, sizeof *members);
    if (n > 0)
        memcpy(members, from, n * sizeof *members);
    map = PL_NEW(p->arena, struct pl_value);
    map->type = PL_MAP;
    map->u.map.members = members;
    map->u.map.n = n;
    p->n_members = base;
    return map;
}

static bool read_member(struct plain *p)
{
    struct pl_member member;

    skip_blanks(p);
    if (p->at == p->end || *p->at != '"')
        return false;
    member.key = p->at + 1;
    if (span_string(p) < 0 || !take(p, ':'))
        return false;
    member.value = read_value(p);
    if (member.value == NULL)
        return false;
    if (p->n_members == p->cap_members) {
        p->cap_members = p->cap_members < 64 ? 64 : p->cap_members * 2;
        p->members = pl_xrealloc(p->members, p->cap_members * sizeof *p->members);
    }
    p->members[p->n_members++] = member;
    return true;
}

static const struct pl_value *read_map(struct plain *p)
{
    size_t base = p->n_members;

    p->at++;
    if (!take(p, '}')) {
        do {
            if (!read_member(p))
                return NULL;
        } while (take(p, ','));
        if (!take(p, '}'))
            return NULL;
    }
    return close_map(p, base);
}

static const struct pl_value *read_value(struct plain *p)
{
    const struct pl_value *value;

    skip_blanks(p);
    if (p->at == p->end || p->depth == DEPTH_MAX)
        return NULL;
    p->depth++;
    switch (*p->at) {
    case '{':
        value = read_map(p);
        break;
    case '[':
        value = read_list(p);
        break;
    case '"':
        value = read_string(p);
        break;
    case 't':
    case 'f':
    case 'n':
        value = read_word(p);
        break;
    default:
        value = read_number(p);
        break;
    }
    p->depth--;
    return value;
}

const struct pl_value *io_json_plain(struct pl_arena *arena, const char *text, size_t len)
{
    char *copy = pl_arena_strndup(arena, text, len);
    struct plain p = {.arena = arena, .at = copy, .end = copy + len};
    const struct pl_value *value = read_value(&p);

    skip_blanks(&p);
    pl_xfree(p.members);
    pl_xfree(p.items);
    return p.at == p.end ? value : NULL;
}
