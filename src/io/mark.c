/* mark.c - error messages that show the place in a file: the line itself and a caret under the spot.
 *
 * Knows nothing of YAML but where its lines end. A line is shown safe for a terminal and cut to a screen's
 * width, and what stands behind a key that names a secret is covered.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "plumbline/buf.h"
#include "plumbline/yaml.h"

enum { WIDTH = 120, TAB = 4 };

/* Bytes of the line break at `s`: YAML 1.1 (section 4.2) knows five. */
static size_t break_at(const char *s, const char *end)
{
    if (s < end && *s == '\r')
        return end - s > 1 && s[1] == '\n' ? 2 : 1;
    if (s < end && *s == '\n')
        return 1;
    if (end - s > 1 && memcmp(s, "\xc2\x85", 2) == 0)
        return 2;
    return end - s > 2 && (memcmp(s, "\xe2\x80\xa8", 3) == 0 || memcmp(s, "\xe2\x80\xa9", 3) == 0)
               ? 3
               : 0;
}

static const char *line_end(const char *s, const char *end)
{
    while (s < end && break_at(s, end) == 0)
        s++;
    return s;
}

/* Line `number` (from 1) without its break; NULL where the file has none. */
static const char *find_line(const struct pl_yaml_file *file, int number, size_t *len)
{
    const char *s = file->text, *end = file->text + file->len, *stop;

    for (; number > 1; number--) {
        stop = line_end(s, end);
        if (stop == end)
            return NULL;
        s = stop + break_at(stop, end);
    }
    *len = (size_t)(line_end(s, end) - s);
    return s;
}

/* Where a value begins if a key that holds secrets stands at line[at], else 0. */
static size_t secret_value(const char *line, size_t len, size_t at)
{
    static const char *const keys[] = {"password", "bearer", "auth_string", "private_key"};

    if (at > 0 && strchr(" \t{,\"'", line[at - 1]) == NULL)
        return 0;
    for (size_t k = 0; k < PL_LEN(keys); k++) {
        size_t i = at + strlen(keys[k]);

        if (i > len || strncasecmp(line + at, keys[k], strlen(keys[k])) != 0)
            continue;
        if (i < len && (line[i] == '"' || line[i] == '\''))
            i++;
        while (i < len && line[i] == ' ')
            i++;
        if (i >= len || line[i] != ':')
            continue;
        for (i++; i < len && (line[i] == ' ' || line[i] == '\t');)
            i++;
        return i;
    }
    return 0;
}

/* Covers the value at line[at] unless it is a tag or a reference, which name a secret and are none. */
static void cover_value(char *line, size_t len, size_t at)
{
    char quote = at < len && (line[at] == '"' || line[at] == '\'') ? line[at] : '\0';

    if (at >= len || line[at] == '!' || line[at] == '$')
        return;
    if (quote != '\0')
        at++;
    for (; at < len; at++) {
        if (quote != '\0' ? line[at] == quote : line[at] == ',' || line[at] == '}')
            return;
        line[at] = '*';
    }
}

static void cover_secrets(char *line, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        size_t value = secret_value(line, len, i);

        if (value > 0)
            cover_value(line, len, value);
    }
}

/* One character of a line, as shown. Returns its bytes. */
static size_t show_character(struct pl_buf *out, const char *s, size_t left, size_t column)
{
    size_t n = 1;

    if (*s == '\t') {
        pl_buf_addf(out, "%*s", (int)(TAB - column % TAB), "");
        return 1;
    }
    while (n < left && ((unsigned char)s[n] & 0xc0) == 0x80)
        n++;
    pl_buf_add_visible(out, s, n);
    return n;
}

/* Columns that the text since `from` takes: a code point is one. */
static size_t columns_since(const struct pl_buf *buf, size_t from)
{
    size_t n = 0;

    for (size_t i = from; i < buf->len; i++)
        n += ((unsigned char)buf->data[i] & 0xc0) != 0x80;
    return n;
}

/* Bytes of the first n columns. */
static size_t bytes_of(const struct pl_buf *buf, size_t n)
{
    size_t i = 0;

    while (i < buf->len && (n > 0 || ((unsigned char)buf->data[i] & 0xc0) == 0x80)) {
        n -= ((unsigned char)buf->data[i] & 0xc0) != 0x80;
        i++;
    }
    return i;
}

/* Shows a line; *caret is the shown column of `column` (code points from 1). */
static void show_line(struct pl_buf *out, const char *line, size_t len, int column, size_t *caret)
{
    size_t shown = 0;

    *caret = 0;
    for (size_t i = 0; i < len;) {
        size_t before = out->len;

        if (--column == 0)
            *caret = shown;
        i += show_character(out, line + i, len - i, shown);
        shown += columns_since(out, before);
    }
    if (column > 0)
        *caret = shown;
}

/* Cuts the shown line to WIDTH columns around the caret, "..." where something is missing. */
static void add_cut(struct pl_buf *out, const struct pl_buf *line, size_t *caret)
{
    size_t total = columns_since(line, 0), start = 0, from, to;

    if (total > WIDTH && *caret > WIDTH * 3 / 4)
        start = *caret - WIDTH * 3 / 4;
    if (start > 0 && total - start < WIDTH)
        start = total - WIDTH;
    from = bytes_of(line, start > 0 ? start + 3 : 0);
    to = total - start > WIDTH ? bytes_of(line, start + WIDTH - 3) : line->len;
    if (start > 0)
        pl_buf_adds(out, "...");
    pl_buf_add(out, pl_buf_str(line) + from, to - from);
    if (to < line->len)
        pl_buf_adds(out, "...");
    *caret -= start;
}

static void add_source(struct pl_buf *out, const struct pl_mark *mark)
{
    struct pl_buf shown = {0};
    size_t len, caret;
    const char *line = find_line(mark->file, mark->line, &len);
    char *copy;

    if (line == NULL)
        return;
    copy = pl_xrealloc(NULL, len + 1);
    memcpy(copy, line, len);
    copy[len] = '\0';
    cover_secrets(copy, len);
    show_line(&shown, copy, len, mark->column > 0 ? mark->column : 1, &caret);
    pl_buf_adds(out, "\n  | ");
    add_cut(out, &shown, &caret);
    if (mark->column > 0)
        pl_buf_addf(out, "\n  | %*s^", (int)caret, "");
    pl_buf_free(&shown);
    pl_xfree(copy);
}

int pl_mark_error(struct pl_err *err, const struct pl_mark *mark, enum pl_code code,
                  const char *fmt, ...)
{
    struct pl_buf text = {0};
    char message[512];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(message, sizeof message, fmt, ap);
    va_end(ap);
    if (mark->file != NULL)
        pl_buf_addf(&text, "%s:", mark->file->name);
    if (mark->line > 0)
        pl_buf_addf(&text, "%d:", mark->line);
    if (mark->line > 0 && mark->column > 0)
        pl_buf_addf(&text, "%d:", mark->column);
    if (text.len > 0)
        pl_buf_addc(&text, ' ');
    pl_buf_add_visible(&text, message, strlen(message));
    if (mark->file != NULL && mark->line > 0)
        add_source(&text, mark);
    (void)pl_err_set(err, code, "%s", text.data);
    pl_buf_free(&text);
    return -1;
}
