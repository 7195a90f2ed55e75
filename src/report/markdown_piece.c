/* markdown_piece.c - the pieces of a Markdown report (GitHub flavour): prose, code spans, fences, issue numbers. Escaping ends here.
 *
 * Text from outside never begins a line and never stands bare: it is escaped, in a code span or in a fence.
 */
#include <string.h>

#include "plumbline/escape.h"
#include "report_priv.h"

/* Escaping does not stop a mention or a bare address from being linked (https://github.github.com/gfm/#autolinks-extension-): a comment
 * behind its sign cuts it in two. */
static bool reaches_out(const char *s)
{
    return *s == '@' || strncmp(s, "://", 3) == 0 || strncmp(s, "www.", 4) == 0;
}

/* What begins a block where text begins a line or an item of a list: a bullet, a number, a line under a heading, an indent
 * (https://spec.commonmark.org/0.31.2/#container-blocks-and-leaf-blocks). Returns the rest. */
static const char *begin(struct pl_buf *out, const char *s)
{
    size_t digits = strspn(s, "0123456789");
    for (; *s == ' '; s++)
        pl_buf_adds(out, "&#32;");
    pl_buf_add(out, s, digits);
    s += digits;
    bool number = digits > 0 && *s == '.' && (s[1] == ' ' || s[1] == '\0');
    if (number || (digits == 0 && (*s == '-' || *s == '=')))
        pl_buf_addc(out, '\\');
    return s;
}

void pl_md_text(struct pl_buf *out, const char *text)
{
    struct pl_buf shown = {0};
    pl_escape_markdown(&shown, text);
    for (const char *s = begin(out, pl_buf_str(&shown)); *s; s++) {
        pl_buf_addc(out, *s);
        if (reaches_out(s))
            pl_buf_adds(out, "<!-- -->");
    }
    pl_buf_free(&shown);
}

void pl_md_code(struct pl_buf *out, const char *text)
{
    /* The escaping of code is made for table cells; elsewhere its \| would show. */
    if (strchr(text, '|'))
        pl_md_text(out, text);
    else
        pl_escape_markdown_code(out, text);
}

static size_t longest_run(const char *text)
{
    size_t longest = 0, run = 0;
    for (const char *p = text; *p; p++) {
        run = *p == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

void pl_md_fence(struct pl_buf *out, const char *language, const char *text)
{
    size_t ticks = longest_run(text) < 3 ? 3 : longest_run(text) + 1;
    for (size_t i = 0; i < ticks; i++)
        pl_buf_addc(out, '`');
    pl_buf_addf(out, "%s\n", language);
    pl_escape_terminal(out, text); /* one line: new lines become visible */
    pl_buf_addc(out, '\n');
    for (size_t i = 0; i < ticks; i++)
        pl_buf_addc(out, '`');
    pl_buf_addc(out, '\n');
}

void pl_md_issue(struct pl_buf *out, const char *issue)
{
    if (issue[0] == '#' && issue[1] && strspn(issue + 1, "0123456789") == strlen(issue + 1))
        pl_buf_adds(out, issue);
    else
        pl_md_text(out, issue);
}

void pl_md_issues(struct pl_buf *out, const char *const *tracks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pl_buf_adds(out, i ? ", " : "");
        pl_md_issue(out, tracks[i]);
    }
}

void pl_md_mark(struct pl_buf *out, struct pl_arena *arena, const struct pl_mark *mark)
{
    const char *text = pl_words_mark(arena, mark);
    if (text)
        pl_escape_markdown_code(out, text);
}

void pl_md_names(struct pl_buf *out, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pl_buf_adds(out, i == 0 ? "" : i + 1 == n ? " and " : ", ");
        pl_md_code(out, names[i]);
    }
}

void pl_md_value(struct pl_buf *out, struct pl_arena *arena, const struct pl_value *v)
{
    enum { VALUE_MAX = 200 };
    if (v && v->type != PL_UNKNOWN)
        pl_escape_markdown_code(out, pl_words_value(arena, v, VALUE_MAX));
    else
        pl_buf_adds(out, v ? "*not known*" : "*absent*");
}
