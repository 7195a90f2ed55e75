/* emit.c - JSON in the order in which it is written: the contract's own, not the alphabet's.
 *
 * What the members mean is report_json.c's business. Values are written by io's writer, so a number looks the same everywhere.
 */
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/utf8.h"
#include "report_priv.h"

static void break_line(struct pl_emit *e)
{
    if (e->one_line) {
        pl_buf_adds(&e->text, e->first ? "" : " ");
        return;
    }
    pl_buf_addc(&e->text, '\n');
    for (int i = 0; i < e->depth; i++)
        pl_buf_adds(&e->text, "  ");
}

static void next(struct pl_emit *e, const char *key)
{
    if (e->depth > 0) {
        pl_buf_adds(&e->text, e->first ? "" : ",");
        break_line(e);
    }
    e->first = false;
    if (key) {
        pl_json_write_string(&e->text, key, strlen(key));
        pl_buf_adds(&e->text, ": ");
    }
}

void pl_emit_open(struct pl_emit *e, const char *key, char bracket)
{
    next(e, key);
    pl_buf_addc(&e->text, bracket);
    e->depth++;
    e->first = true;
}

void pl_emit_close(struct pl_emit *e, char bracket)
{
    e->depth--;
    if (!e->first && !e->one_line)
        break_line(e);
    pl_buf_addc(&e->text, bracket);
    e->first = false;
}

void pl_emit_text(struct pl_emit *e, const char *key, const char *text)
{
    next(e, key);
    if (text)
        pl_json_write_string(&e->text, text, strlen(text));
    else
        pl_buf_adds(&e->text, "null");
}

void pl_emit_int(struct pl_emit *e, const char *key, int64_t n)
{
    next(e, key);
    pl_buf_addf(&e->text, "%lld", (long long)n);
}

void pl_emit_bool(struct pl_emit *e, const char *key, bool b)
{
    next(e, key);
    pl_buf_adds(&e->text, b ? "true" : "false");
}

void pl_emit_null(struct pl_emit *e, const char *key)
{
    next(e, key);
    pl_buf_adds(&e->text, "null");
}

static void write_ms(struct pl_emit *e, double ms)
{
    if (!(ms >= 0 && ms < 1e12)) { /* not measured */
        pl_buf_adds(&e->text, "null");
        return;
    }
    /* Microseconds are what the clock of a probe is good for. */
    struct pl_value v = {.type = PL_REAL, .u.real = (double)(int64_t)(ms * 1000 + 0.5) / 1000};
    pl_json_write(&e->text, &v);
}

void pl_emit_ms(struct pl_emit *e, const char *key, double ms)
{
    next(e, key);
    write_ms(e, ms);
}

void pl_emit_ms_list(struct pl_emit *e, const char *key, const double *ms, size_t n)
{
    next(e, key);
    pl_buf_addc(&e->text, '[');
    for (size_t i = 0; i < n; i++) {
        pl_buf_adds(&e->text, i ? ", " : "");
        write_ms(e, ms[i]);
    }
    pl_buf_addc(&e->text, ']');
}

void pl_emit_value(struct pl_emit *e, const char *key, const struct pl_value *v)
{
    next(e, key);
    if (v)
        pl_json_write(&e->text, v);
    else
        pl_buf_adds(&e->text, "null");
}

void pl_emit_texts(struct pl_emit *e, const char *key, const char *const *texts, size_t n)
{
    next(e, key);
    pl_buf_addc(&e->text, '[');
    for (size_t i = 0; i < n; i++) {
        pl_buf_adds(&e->text, i ? ", " : "");
        pl_json_write_string(&e->text, texts[i], strlen(texts[i]));
    }
    pl_buf_addc(&e->text, ']');
}

void pl_emit_mark(struct pl_emit *e, const char *key, const struct pl_mark *mark)
{
    if (!mark->file) {
        pl_emit_null(e, key);
        return;
    }
    pl_emit_open(e, key, '{');
    pl_emit_text(e, "file", mark->file->name);
    pl_emit_int(e, "line", mark->line);
    pl_emit_int(e, "column", mark->column);
    pl_emit_close(e, '}');
}

/* ---- harmless ---- */

/* JSON may say every character as an escape; beyond the first plane as two (RFC 8259, 7). */
static void add_escape(struct pl_buf *out, uint32_t c)
{
    if (c > 0xffff)
        pl_buf_addf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((c - 0x10000) >> 10)),
                    (unsigned)(0xdc00 + ((c - 0x10000) & 0x3ff)));
    else
        pl_buf_addf(out, "\\u%04x", (unsigned)c);
}

void pl_emit_finish(struct pl_emit *e, struct pl_buf *out)
{
    /* Bytes beyond ASCII stand inside strings only, so escapes may be put in without parsing. */
    const char *s = pl_buf_str(&e->text);
    size_t plain = 0, i = 0;
    while (i < e->text.len) {
        uint32_t c = 0xfffd;
        if ((unsigned char)s[i] < 0x80) {
            i++;
            continue;
        }
        size_t len = pl_utf8_at(s + i, e->text.len - i, &c);
        if (len > 0 && !pl_utf8_is_hidden(c)) {
            i += len;
            continue;
        }
        pl_buf_add(out, s + plain, i - plain);
        add_escape(out, len ? c : 0xfffd);
        i += len ? len : 1;
        plain = i;
    }
    pl_buf_add(out, s + plain, i - plain);
    pl_buf_addc(out, '\n');
    pl_buf_free(&e->text);
}
