/* buf.c - the byte buffer that everything is written into before it becomes a file, a message or a request. */
#include "plumbline/buf.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/utf8.h"

/* A text of this many bytes is handed on with its memory. */
enum { LONG_TEXT = 64 << 10 };

static void grow(struct pl_buf *buf, size_t more)
{
    size_t want, cap = buf->cap < 64 ? 64 : buf->cap;

    if (more > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4)
        pl_oom(more);
    want = buf->len + more + 1;
    while (cap < want)
        cap *= 2;
    buf->data = pl_xrealloc(buf->data, cap);
    buf->cap = cap;
}

/* Makes room for `more` bytes and the NUL. */
static void reserve(struct pl_buf *buf, size_t more)
{
    if (more >= buf->cap - buf->len)
        grow(buf, more);
}

void pl_buf_add(struct pl_buf *buf, const void *bytes, size_t len)
{
    reserve(buf, len);
    if (len > 0)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

char *pl_buf_room(struct pl_buf *buf, size_t len)
{
    reserve(buf, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
    return buf->data + buf->len - len;
}

void pl_buf_adds(struct pl_buf *buf, const char *s)
{
    pl_buf_add(buf, s, strlen(s));
}

void pl_buf_addc(struct pl_buf *buf, char c)
{
    reserve(buf, 1);
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

void pl_buf_addi(struct pl_buf *buf, int64_t i)
{
    char digits[20], *first = digits + sizeof digits;
    uint64_t rest = i < 0 ? -(uint64_t)i : (uint64_t)i;

    do
        *--first = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (i < 0)
        *--first = '-';
    pl_buf_add(buf, first, (size_t)(digits + sizeof digits - first));
}

void pl_buf_addf(struct pl_buf *buf, const char *fmt, ...)
{
    va_list ap;
    size_t room;
    int n;

    reserve(buf, 0);
    room = buf->cap - buf->len;
    va_start(ap, fmt);
    n = vsnprintf(buf->data + buf->len, room, fmt, ap);
    va_end(ap);
    if (n < 0)
        pl_oom(SIZE_MAX);
    if ((size_t)n < room) {
        buf->len += (size_t)n;
        return;
    }
    reserve(buf, (size_t)n);
    va_start(ap, fmt);
    (void)vsnprintf(buf->data + buf->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    buf->len += (size_t)n;
}

static void add_escaped(struct pl_buf *buf, unsigned char c)
{
    switch (c) {
    case '\n':
        pl_buf_adds(buf, "\\n");
        return;
    case '\r':
        pl_buf_adds(buf, "\\r");
        return;
    case '\t':
        pl_buf_adds(buf, "\\t");
        return;
    default:
        pl_buf_addf(buf, "\\x%02x", c);
    }
}

void pl_buf_add_visible(struct pl_buf *buf, const char *s, size_t len)
{
    const unsigned char *u = (const unsigned char *)s;
    uint32_t c = 0;

    for (size_t i = 0, n; i < len; i += n) {
        n = pl_utf8_at(s + i, len - i, &c);
        if (n > 0 && !pl_utf8_is_hidden(c)) {
            pl_buf_add(buf, s + i, n);
            continue;
        }
        if (n == 0)
            n = 1;
        for (size_t k = 0; k < n; k++)
            add_escaped(buf, u[i + k]);
    }
}

const char *pl_buf_str(const struct pl_buf *buf)
{
    return buf->data != NULL ? buf->data : "";
}

void pl_buf_clear(struct pl_buf *buf)
{
    buf->len = 0;
    if (buf->data != NULL)
        buf->data[0] = '\0';
}

void pl_buf_free(struct pl_buf *buf)
{
    pl_xfree(buf->data);
    *buf = (struct pl_buf){0};
}

char *pl_buf_take(struct pl_buf *buf, struct pl_arena *arena)
{
    char *text;

    if (buf->len < LONG_TEXT) {
        text = pl_arena_strndup(arena, pl_buf_str(buf), buf->len);
        pl_buf_free(buf);
        return text;
    }
    text = pl_xrealloc(buf->data, buf->len + 1);
    pl_arena_defer(arena, pl_xfree, text);
    *buf = (struct pl_buf){0};
    return text;
}
