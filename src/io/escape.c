/* escape.c - names, details and values come from other people's clouds and servers; here they lose their teeth.
 *
 * One function a place: terminal, Markdown, YAML, shell. HTML, SARIF and the like escape in their own writers.
 */
#include "plumbline/escape.h"

#include <string.h>

#include "plumbline/utf8.h"

/* Calls emit for every visible character; writes the others as \xNN or \u{...}. */
static void each_visible(struct pl_buf *out, const char *text,
                         void (*emit)(struct pl_buf *out, const char *s, size_t len))
{
    const unsigned char *s = (const unsigned char *)text;
    while (*s) {
        uint32_t c;
        size_t len = pl_utf8_at((const char *)s, strnlen((const char *)s, 4), &c);
        if (len == 0) {
            pl_buf_addf(out, "\\x%02x", *s);
            len = 1;
        } else if (pl_utf8_is_hidden(c)) {
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

/* YAML 1.1, section 5.6: double quotes take escapes, of which those with \u are also JSON's. */
void pl_escape_yaml(struct pl_buf *out, const char *text)
{
    static const char letters[] = "\"\\\n\t\r", names[] = "\"\\ntr";
    size_t n;

    pl_buf_addc(out, '"');
    for (; *text != '\0'; text += n) {
        const char *letter = strchr(letters, *text);
        uint32_t c = (unsigned char)*text;

        n = pl_utf8_at(text, strnlen(text, 4), &c);
        if (letter != NULL)
            pl_buf_addf(out, "\\%c", names[letter - letters]);
        else if (n == 0 || pl_utf8_is_hidden(c))
            pl_buf_addf(out,
                        c < 0x100     ? "\\x%02X"
                        : c < 0x10000 ? "\\u%04X"
                                      : "\\U%08X",
                        (unsigned)c);
        else
            pl_buf_add(out, text, n);
        n = n > 0 ? n : 1;
    }
    pl_buf_addc(out, '"');
}
