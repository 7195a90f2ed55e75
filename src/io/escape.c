/* escape.c - names, details and values come from other people's clouds and servers; here they lose their teeth.
 *
 * One function a place: terminal, Markdown, shell. HTML, SARIF and the like escape in their own writers.
 */
#include "plumbline/escape.h"

#include <stdint.h>
#include <string.h>

/* Decodes one UTF-8 character at `s`; returns its length, or 0 where it is none (RFC 3629). */
static size_t utf8_decode(const unsigned char *s, uint32_t *out)
{
    if (s[0] < 0x80) {
        *out = s[0];
        return s[0] ? 1 : 0;
    }
    size_t len = (s[0] & 0xe0) == 0xc0   ? 2
                 : (s[0] & 0xf0) == 0xe0 ? 3
                 : (s[0] & 0xf8) == 0xf0 ? 4
                                         : 0;
    if (len == 0)
        return 0;
    uint32_t c = s[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *out = c;
    return len;
}

/* Characters that show nothing, or change how others are shown: C0, C1, zero width, bidirectional controls (Unicode TR 36). */
static int is_hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

/* Calls emit for every visible character; writes the others as \xNN or \u{...}. */
static void each_visible(struct pl_buf *out, const char *text,
                         void (*emit)(struct pl_buf *out, const char *s, size_t len))
{
    const unsigned char *s = (const unsigned char *)text;
    while (*s) {
        uint32_t c;
        size_t len = utf8_decode(s, &c);
        if (len == 0) {
            pl_buf_addf(out, "\\x%02x", *s);
            len = 1;
        } else if (is_hidden(c)) {
            pl_buf_addf(out, c < 0x100 ? "\\x%02x" : "\\u{%x}", (unsigned)c);
        } else {
            emit(out, (const char *)s, len);
        }
        s += len;
    }
}

static void emit_plain(struct pl_buf *out, const char *s, size_t len)
{
    pl_buf_add(out, s, len);
}

void pl_escape_terminal(struct pl_buf *out, const char *text)
{
    each_visible(out, text, emit_plain);
}

static void emit_markdown(struct pl_buf *out, const char *s, size_t len)
{
    /* CommonMark: any ASCII punctuation may be escaped; these are the ones that mean something inside a line. */
    if (len == 1 && strchr("\\`*_{}[]<>()#+!|~&$", *s))
        pl_buf_addc(out, '\\');
    pl_buf_add(out, s, len);
}

void pl_escape_markdown(struct pl_buf *out, const char *text)
{
    each_visible(out, text, emit_markdown);
}

static void emit_code(struct pl_buf *out, const char *s, size_t len)
{
    if (len == 1 && *s == '|') /* would end a table cell even inside a code span (GFM) */
        pl_buf_addc(out, '\\');
    pl_buf_add(out, s, len);
}

void pl_escape_markdown_code(struct pl_buf *out, const char *text)
{
    size_t longest = 0, run = 0;
    for (const char *p = text; *p; p++) {
        run = *p == '`' ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    for (size_t i = 0; i <= longest; i++)
        pl_buf_addc(out, '`');
    int pad = longest > 0 || *text == '\0';
    if (pad)
        pl_buf_addc(out, ' ');
    each_visible(out, text, emit_code);
    if (pad)
        pl_buf_addc(out, ' ');
    for (size_t i = 0; i <= longest; i++)
        pl_buf_addc(out, '`');
}

void pl_escape_shell(struct pl_buf *out, const char *text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
    if (*text && *text != '-' && strspn(text, plain) == strlen(text)) {
        pl_buf_adds(out, text);
        return;
    }
    pl_buf_addc(out, '\'');
    for (const char *p = text; *p; p++) {
        if (*p == '\'')
            pl_buf_adds(out, "'\\''");
        else
            pl_buf_addc(out, *p);
    }
    pl_buf_addc(out, '\'');
}
