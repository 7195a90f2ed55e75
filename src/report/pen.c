/* pen.c - paragraphs on a terminal: escaped, wrapped at blanks with a hanging indent, coloured where that is wanted.
 *
 * Colour never carries a meaning alone: every status is a word, too. Commands are not wrapped, so that they can be copied.
 */
#include <string.h>

#include "plumbline/escape.h"
#include "report_priv.h"

enum {
    DEFAULT_WIDTH = 100,
    LEAST_WIDTH = 40,
    MOST_WIDTH = 120 /* longer lines are hard to read */
};

static const char *const codes[] = {
    [PL_INK_PLAIN] = "",         [PL_INK_BOLD] = "\x1b[1m",    [PL_INK_DIM] = "\x1b[2m",
    [PL_INK_RED] = "\x1b[1;31m", [PL_INK_YELLOW] = "\x1b[33m", [PL_INK_GREEN] = "\x1b[32m",
};

void pl_pen_start(struct pl_pen *pen, struct pl_buf *out, const struct pl_report_style *style)
{
    int width = style->width > 0 ? style->width : DEFAULT_WIDTH;
    *pen = (struct pl_pen){.out = out, .color = style->color};
    pen->width = width < LEAST_WIDTH ? LEAST_WIDTH : width > MOST_WIDTH ? MOST_WIDTH : width;
}

static void blanks(struct pl_pen *pen, int n)
{
    for (int i = 0; i < n; i++)
        pl_buf_addc(pen->out, ' ');
}

/* A change of ink inside a word is a byte of its own: escaped text holds no control characters. */
static char ink_byte(enum pl_ink ink)
{
    return (char)(1 + ink);
}

static void set_ink(struct pl_pen *pen, enum pl_ink ink)
{
    if (!pen->color || ink == pen->ink)
        return;
    pl_buf_adds(pen->out, pen->ink == PL_INK_PLAIN ? "" : "\x1b[0m");
    pl_buf_adds(pen->out, codes[ink]);
    pen->ink = ink;
}

static void pour(struct pl_pen *pen, const char *s)
{
    for (; *s; s++) {
        if (*s > 0 && *s <= ink_byte(PL_INK_GREEN))
            set_ink(pen, (enum pl_ink)(*s - 1));
        else
            pl_buf_addc(pen->out, *s);
    }
}

/* Places the word that was gathered, on this line or the next. */
static void place(struct pl_pen *pen)
{
    if (pen->word_columns == 0)
        return;
    if (!pen->fresh && pen->column + 1 + pen->word_columns > pen->width) {
        set_ink(pen, PL_INK_PLAIN);
        pl_buf_addc(pen->out, '\n');
        blanks(pen, pen->hang);
        pen->column = pen->hang;
    } else if (!pen->fresh) {
        pl_buf_addc(pen->out, ' ');
        pen->column++;
    }
    pour(pen, pl_buf_str(&pen->word));
    pen->column += pen->word_columns;
    pen->fresh = false;
    pl_buf_clear(&pen->word);
    pen->word_columns = 0;
}

static void end(struct pl_pen *pen)
{
    if (!pen->open)
        return;
    place(pen);
    set_ink(pen, PL_INK_PLAIN);
    pl_buf_addc(pen->out, '\n');
    pen->open = false;
}

void pl_pen_finish(struct pl_pen *pen)
{
    end(pen);
    pl_buf_free(&pen->word);
}

static int columns_of(const char *s, size_t len)
{
    int n = 0;
    for (size_t i = 0; i < len; i++)
        n += (s[i] & 0xc0) != 0x80;
    return n;
}

void pl_pen_begin(struct pl_pen *pen, int indent, int hang)
{
    end(pen);
    blanks(pen, indent);
    pen->open = pen->fresh = true;
    pen->column = indent;
    pen->hang = hang;
}

static void label(struct pl_pen *pen, int indent, int hang, const char *text)
{
    struct pl_buf shown = {0};
    pl_escape_terminal(&shown, text);
    int used = columns_of(pl_buf_str(&shown), shown.len), gap = hang - indent - used;
    set_ink(pen, shown.len ? PL_INK_DIM : PL_INK_PLAIN);
    pl_buf_add(pen->out, pl_buf_str(&shown), shown.len);
    set_ink(pen, PL_INK_PLAIN);
    blanks(pen, gap > 0 ? gap : 1);
    pen->column = indent + used + (gap > 0 ? gap : 1);
    pl_buf_free(&shown);
}

void pl_pen_label(struct pl_pen *pen, int indent, int hang, const char *text)
{
    pl_pen_begin(pen, indent, hang);
    label(pen, indent, hang, text);
}

void pl_pen_say(struct pl_pen *pen, enum pl_ink ink, const char *text)
{
    struct pl_buf shown = {0};
    pl_escape_terminal(&shown, text);
    for (const char *s = pl_buf_str(&shown); *s;) {
        size_t len = strcspn(s, " ");
        if (len > 0) {
            pl_buf_addc(&pen->word, ink_byte(ink));
            pl_buf_add(&pen->word, s, len);
            pen->word_columns += columns_of(s, len);
        }
        s += len;
        if (*s)
            place(pen);
        s += strspn(s, " ");
    }
    pl_buf_free(&shown);
}

void pl_pen_to(struct pl_pen *pen, int column)
{
    place(pen);
    set_ink(pen, PL_INK_PLAIN);
    blanks(pen, pen->column < column ? column - pen->column : 1);
    pen->column = pen->column < column ? column : pen->column + 1;
    pen->fresh = true;
}

void pl_pen_line(struct pl_pen *pen, int indent, int hang, const char *name, const char *text)
{
    end(pen);
    blanks(pen, name ? indent : hang);
    if (name)
        label(pen, indent, hang, name);
    pl_escape_terminal(pen->out, text);
    pl_buf_addc(pen->out, '\n');
}

void pl_pen_gap(struct pl_pen *pen)
{
    end(pen);
    pl_buf_adds(pen->out, pen->out->len ? "\n" : "");
}

void pl_pen_heading(struct pl_pen *pen, const char *title, const char *more)
{
    pl_pen_gap(pen);
    pl_pen_begin(pen, 0, 0);
    pl_pen_say(pen, PL_INK_BOLD, title);
    if (more) {
        pl_pen_say(pen, PL_INK_PLAIN, " ");
        pl_pen_say(pen, PL_INK_PLAIN, more);
    }
    end(pen);
}

static const struct {
    enum pl_ink ink;
    const char *word;
} statuses[] = {
    [PL_CONN_OK] = {PL_INK_GREEN, "ok"},
    [PL_CONN_FAILING] = {PL_INK_RED, "FAILING"},
    [PL_CONN_DEGRADED] = {PL_INK_YELLOW, "DEGRADED"},
    [PL_CONN_OPEN] = {PL_INK_GREEN, "open"},
    [PL_CONN_BLOCKED] = {PL_INK_RED, "BLOCKED"},
    [PL_CONN_UNKNOWN] = {PL_INK_YELLOW, "UNKNOWN"},
};

enum pl_ink pl_status_ink(enum pl_conn_status status)
{
    return statuses[status].ink;
}

const char *pl_status_word(enum pl_conn_status status)
{
    return statuses[status].word;
}
