/* json_write.c - values to JSON text: one byte sequence for one value, so that files can be compared.
 *
 * Written by hand, not with jansson: numbers keep their type and their shortest form when read again.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/json.h"

static void write_real(struct pl_buf *out, double r)
{
    char text[40];

    if (!isfinite(r)) { /* JSON (RFC 8259, 6) has no such numbers */
        pl_buf_adds(out, "null");
        return;
    }
    /* 17 digits are always enough, and 15 never too many but near zero, where a double holds fewer;
     * %g drops zeros at the end. */
    for (int digits = isnormal(r) ? 15 : 1; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, r);
        if (strtod(text, NULL) == r)
            break;
    }
    pl_buf_adds(out, text);
    if (strpbrk(text, ".e") == NULL)
        pl_buf_adds(out, ".0"); /* else it would be read as an integer */
}

/* What is not written as it is: it is all of ASCII. */
static bool is_escaped(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

/* The same of eight bytes at once, and of some more, which have the highest bit ("Determine if a word has a byte less than n",
 * https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord). */
static bool any_escaped(const char *s)
{
    static const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
    uint64_t word, quote, backslash, del;

    memcpy(&word, s, sizeof word);
    quote = word ^ ones * '"';
    backslash = word ^ ones * '\\';
    del = word ^ ones * 0x7f;
    return ((word | (word - ones * 0x20) | (quote - ones) | (backslash - ones) | (del - ones)) &
            high) != 0;
}

static size_t span_plain(const char *s, size_t len)
{
    size_t n = 0;

    while (len - n >= 8 && !any_escaped(s + n))
        n += 8;
    while (n < len && !is_escaped((unsigned char)s[n]))
        n++;
    return n;
}

static void write_escaped(struct pl_buf *out, char c)
{
    if (c == '"' || c == '\\')
        pl_buf_addf(out, "\\%c", c);
    else if (c == '\n')
        pl_buf_adds(out, "\\n");
    else if (c == '\r')
        pl_buf_adds(out, "\\r");
    else if (c == '\t')
        pl_buf_adds(out, "\\t");
    else
        pl_buf_addf(out, "\\u%04x", (unsigned)(unsigned char)c);
}

void pl_json_write_string(struct pl_buf *out, const char *s, size_t len)
{
    size_t plain;

    pl_buf_addc(out, '"');
    while ((plain = span_plain(s, len)) < len) {
        pl_buf_add(out, s, plain);
        write_escaped(out, s[plain]);
        s += plain + 1;
        len -= plain + 1;
    }
    pl_buf_add(out, s, len);
    pl_buf_addc(out, '"');
}

static void break_line(struct pl_buf *out, int indent)
{
    if (indent < 0)
        return;
    pl_buf_addc(out, '\n');
    for (int i = 0; i < indent; i++)
        pl_buf_adds(out, "  ");
}

/* `indent` is the level, or negative for the compact form. */
static void write_value(struct pl_buf *out, const struct pl_value *v, int indent);

static void write_list(struct pl_buf *out, const struct pl_value *v, int indent)
{
    int inner = indent < 0 ? indent : indent + 1;

    pl_buf_addc(out, '[');
    for (size_t i = 0; i < v->u.list.n; i++) {
        if (i > 0)
            pl_buf_addc(out, ',');
        break_line(out, inner);
        write_value(out, v->u.list.items[i], inner);
    }
    if (v->u.list.n > 0)
        break_line(out, indent);
    pl_buf_addc(out, ']');
}

static void write_map(struct pl_buf *out, const struct pl_value *v, int indent)
{
    int inner = indent < 0 ? indent : indent + 1;

    pl_buf_addc(out, '{');
    for (size_t i = 0; i < v->u.map.n; i++) {
        const struct pl_member *m = &v->u.map.members[i];

        if (i > 0)
            pl_buf_addc(out, ',');
        break_line(out, inner);
        pl_json_write_string(out, m->key, strlen(m->key));
        pl_buf_adds(out, indent < 0 ? ":" : ": ");
        write_value(out, m->value, inner);
    }
    if (v->u.map.n > 0)
        break_line(out, indent);
    pl_buf_addc(out, '}');
}

static void write_value(struct pl_buf *out, const struct pl_value *v, int indent)
{
    switch (v->type) {
    case PL_BOOL:
        pl_buf_adds(out, v->u.boolean ? "true" : "false");
        return;
    case PL_INT:
        pl_buf_addi(out, v->u.integer);
        return;
    case PL_REAL:
        write_real(out, v->u.real);
        return;
    case PL_STRING:
        pl_json_write_string(out, v->u.string.s, v->u.string.len);
        return;
    case PL_LIST:
        write_list(out, v, indent);
        return;
    case PL_MAP:
        write_map(out, v, indent);
        return;
    case PL_NULL:
    case PL_UNKNOWN:
        break;
    }
    pl_buf_adds(out, "null");
}

void pl_json_write(struct pl_buf *out, const struct pl_value *v)
{
    write_value(out, v, -1);
}

void pl_json_write_pretty(struct pl_buf *out, const struct pl_value *v)
{
    write_value(out, v, 0);
}

char *pl_json_text(struct pl_arena *arena, const struct pl_value *v)
{
    struct pl_buf buf = {0};

    pl_json_write(&buf, v);
    return pl_buf_take(&buf, arena);
}

const char *pl_json_scalar(struct pl_arena *arena, const struct pl_value *v)
{
    if (v == NULL)
        return NULL;
    switch (v->type) {
    case PL_STRING:
        return v->u.string.s;
    case PL_BOOL:
    case PL_INT:
    case PL_REAL:
        return pl_json_text(arena, v);
    case PL_NULL:
    case PL_LIST:
    case PL_MAP:
    case PL_UNKNOWN:
        break;
    }
    return NULL;
}
