/* buf.c - the byte buffer that everything is written into before it becomes a file, a message or a request. */
#include "plumbline/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Makes room for `more` bytes and the NUL. */
static void reserve(struct pl_buf *buf, size_t more)
{
    size_t want, cap = buf->cap < 64 ? 64 : buf->cap;

    if (more > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4)
        pl_oom(more);
    want = buf->len + more + 1;
    if (want <= buf->cap)
        return;
    while (cap < want)
        cap *= 2;
    buf->data = pl_xrealloc(buf->data, cap);
    buf->cap = cap;
}

void pl_buf_add(struct pl_buf *buf, const void *bytes, size_t len)
{
    reserve(buf, len);
    if (len > 0)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void pl_buf_adds(struct pl_buf *buf, const char *s)
{
    pl_buf_add(buf, s, strlen(s));
}

void pl_buf_addc(struct pl_buf *buf, char c)
{
    pl_buf_add(buf, &c, 1);
}

void pl_buf_addf(struct pl_buf *buf, const char *fmt, ...)
{
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        pl_oom(SIZE_MAX);
    reserve(buf, (size_t)n);
    va_start(ap, fmt);
    (void)vsnprintf(buf->data + buf->len, (size_t)n + 1, fmt, ap);
    va_end(ap);
    buf->len += (size_t)n;
}

/* Length of the C1 control or bidirectional mark at s, which a terminal obeys; else 0.
 * U+0080..9F, U+200E/F, U+2028..202E, U+2066..2069 (Unicode TR 36, 3.1). */
static size_t hidden_sequence(const unsigned char *s, size_t left)
{
    if (left >= 2 && s[0] == 0xc2 && s[1] >= 0x80 && s[1] <= 0x9f)
        return 2;
    if (left < 3 || s[0] != 0xe2)
        return 0;
    if (s[1] == 0x80 && (s[2] == 0x8e || s[2] == 0x8f || (s[2] >= 0xa8 && s[2] <= 0xae)))
        return 3;
    return s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9 ? 3 : 0;
}

static void add_control(struct pl_buf *buf, unsigned char c)
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

    for (size_t i = 0; i < len;) {
        size_t hidden = hidden_sequence(u + i, len - i);

        if (hidden > 0) {
            for (; hidden > 0; hidden--)
                pl_buf_addf(buf, "\\x%02x", u[i++]);
        } else if (u[i] < 0x20 || u[i] == 0x7f) {
            add_control(buf, u[i++]);
        } else {
            pl_buf_addc(buf, s[i++]);
        }
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
    char *text = pl_arena_strndup(arena, pl_buf_str(buf), buf->len);

    pl_buf_free(buf);
    return text;
}
