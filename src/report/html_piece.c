/* html_piece.c - the pieces of an HTML report: markup with holes for text, chips, values, commands. Escaping ends here.
 *
 * Text is escaped for element content and for quoted attributes alike, so that no place is the wrong one
 * (https://html.spec.whatwg.org/multipage/syntax.html#attributes-2). What a reader could not see is made visible.
 */
#include <stdarg.h>
#include <string.h>

#include "html_priv.h"
#include "plumbline/escape.h"
#include "plumbline/map.h"

enum { VALUE_MAX = 2000 };

static void add_text(struct pl_buf *out, const char *text)
{
    struct pl_buf shown = {0};
    pl_escape_terminal(&shown, text);
    for (const char *s = pl_buf_str(&shown); *s;) {
        size_t plain = strcspn(s, "&<>\"'");
        pl_buf_add(out, s, plain);
        s += plain;
        if (*s)
            pl_buf_addf(out, "&#%d;", *s++);
    }
    pl_buf_free(&shown);
}

void pl_html(struct pl_buf *out, const char *markup, ...)
{
    va_list args;
    va_start(args, markup);
    for (const char *s = markup; *s;) {
        size_t plain = strcspn(s, "%");
        pl_buf_add(out, s, plain);
        s += plain;
        if (*s == '\0')
            break;
        if (s[1] == 's') {
            const char *text = va_arg(args, const char *);
            add_text(out, text ? text : "");
        } else if (s[1] == 'd') {
            pl_buf_addf(out, "%d", va_arg(args, int));
        } else if (s[1] == 'z') {
            pl_buf_addf(out, "%zu", va_arg(args, size_t));
            s++;
        } else {
            pl_buf_addc(out, '%');
        }
        s += 2;
    }
    va_end(args);
}

void pl_html_status(struct pl_buf *out, enum pl_conn_status status)
{
    const char *name = pl_conn_status_names[status];
    pl_html(out, "<span class=\"st %s\">%s</span>", name, name);
}

void pl_html_severity(struct pl_buf *out, enum pl_severity severity)
{
    const char *name = pl_severity_names[severity];
    pl_html(out, "<span class=\"sev %s\">%s</span>", name, name);
}

void pl_html_value(struct pl_html_page *p, const struct pl_value *v)
{
    if (v && v->type != PL_UNKNOWN)
        pl_html(p->out, "<code>%s</code>", pl_words_value(p->arena, v, VALUE_MAX));
    else
        pl_html(p->out, "<i>%s</i>", v ? "not known" : "absent");
}

void pl_html_fact(struct pl_buf *out, const char *label, const char *text)
{
    if (text && *text)
        pl_html(out, "<div><dt>%s</dt><dd>%s</dd></div>", label, text);
}

/* Switches stay whole where a line breaks: a browser would break behind any hyphen. */
static void words_of(struct pl_buf *out, const char *command)
{
    struct pl_buf word = {0};
    for (const char *s = command; *s;) {
        size_t len = strcspn(s, " ");
        pl_buf_clear(&word);
        pl_buf_add(&word, s, len);
        bool is_switch = strncmp(s, "--", 2) == 0 && s[2] >= 'a' && s[2] <= 'z';
        pl_html(out, is_switch ? "<i>%s</i>" : "%s", pl_buf_str(&word));
        s += len;
        for (; *s == ' '; s++)
            pl_buf_addc(out, ' ');
    }
    pl_buf_free(&word);
}

void pl_html_command(struct pl_buf *out, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    if (!pl_is_command(text)) {
        pl_html(out, "<div class=\"cmd\"><b>%s</b><p>%s</p></div>", label, text);
        return;
    }
    pl_html(out, "<div class=\"cmd\"><b>%s</b><pre><code>", label);
    words_of(out, text);
    pl_html(out, "</code></pre></div>");
}

void pl_html_remedy(struct pl_html_page *p, const struct pl_remedy *r, const struct pl_drift *d)
{
    if (!r) {
        pl_html_command(p->out, "By hand", pl_words_by_hand(p->arena, d));
        return;
    }
    pl_html_command(p->out, "Check", pl_precheck(r));
    pl_html_command(p->out, "", pl_words_before(p->arena, r));
    pl_html_command(p->out, "Run", r->command);
    pl_html_command(p->out, "Verify", r->verify);
    pl_html_command(p->out, "", pl_words_prints(p->arena, r));
    pl_html_command(p->out, "Undo", r->rollback);
    pl_html_command(p->out, "Risk", r->risk);
    pl_html_command(p->out, "In code", pl_words_terraform(p->arena, r));
}

void pl_html_difference(struct pl_html_page *p, const struct pl_drift *d)
{
    const char *change = pl_words_change(p->arena, d), *mark = pl_words_mark(p->arena, &d->mark);
    const struct pl_ignore *rule = pl_ignored_by(p->run, d);
    pl_html(p->out, "<div class=\"diff\"><code class=\"field\">%s</code>", d->field);
    if (d->path.n == 0 && d->status != PL_DRIFT_CHANGED) {
        pl_html(p->out, "<p>%s</p>", pl_words_difference(p->arena, d, VALUE_MAX));
    } else {
        pl_html(p->out, "<dl class=\"sides\"><div class=\"exp\"><dt>expected</dt><dd>");
        pl_html_value(p, d->expected);
        pl_html(p->out, "</dd></div><div class=\"obs\"><dt>observed</dt><dd>");
        pl_html_value(p, d->observed);
        pl_html(p->out, "</dd></div></dl>");
    }
    if (mark || change || rule)
        pl_html(p->out, "<p class=\"by\">%s%s%s%s</p>", mark, mark && change ? "; " : "", change,
                rule ? "; a rule ignores it" : "");
    pl_html(p->out, "</div>");
}

static size_t number_of(const struct pl_map *map, const char *key)
{
    const size_t *n = key ? pl_map_get(map, key) : NULL;
    return n ? *n : 0;
}

size_t pl_html_problem_of(const struct pl_html_page *p, const char *connection)
{
    return number_of(&p->problems, connection);
}

size_t pl_html_step_of(const struct pl_html_page *p, const struct pl_drift *d)
{
    return number_of(&p->steps, d->field_full);
}

void pl_html_connection(struct pl_html_page *p, const char *name)
{
    size_t problem = pl_html_problem_of(p, name);
    if (problem)
        pl_html(p->out, "<a href=\"#p%zu\"><code>%s</code></a>", problem, name);
    else
        pl_html(p->out, "<code>%s</code>", name);
}

void pl_html_connections_named(struct pl_html_page *p, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pl_html(p->out, "%s", i == 0 ? "" : i + 1 == n ? " and " : ", ");
        pl_html_connection(p, names[i]);
    }
}
