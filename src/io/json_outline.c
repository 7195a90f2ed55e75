/* json_outline.c - a document without the elements of its long lists, which are told by where they stand in the text.
 *
 * A page of a list may be a megabyte, and is ten times that as a tree; each of its elements is small. They are told apart by brackets
 * and quotes alone: whether what stands between them is JSON is json_read.c's word, element by element.
 */
#include <string.h>

#include "plumbline/json.h"

struct scan {
    const char *text;
    size_t len, at;
    struct pl_buf outline;
    size_t copied; /* of the text: what comes before is in the outline, or left out of it */
};

static bool next_is(const struct scan *s, char c)
{
    return s->at < s->len && s->text[s->at] == c;
}

static void skip_blanks(struct scan *s)
{
    while (s->at < s->len && strchr(" \t\r\n", s->text[s->at]) != NULL && s->text[s->at] != '\0')
        s->at++;
}

static bool skip_char(struct scan *s, char c)
{
    skip_blanks(s);
    if (!next_is(s, c))
        return false;
    s->at++;
    skip_blanks(s);
    return true;
}

static bool skip_string(struct scan *s)
{
    const char *quote;
    ptrdiff_t escapes;

    if (!next_is(s, '"'))
        return false;
    do {
        s->at++;
        quote = memchr(s->text + s->at, '"', s->len - s->at);
        if (quote == NULL)
            return false;
        for (escapes = 0; quote - escapes > s->text + s->at && quote[-1 - escapes] == '\\';)
            escapes++;
        s->at = (size_t)(quote - s->text);
    } while (escapes % 2 != 0);
    s->at++;
    return true;
}

static bool skip_brackets(struct scan *s)
{
    size_t depth = 0;

    do {
        char c = s->text[s->at];

        if (c == '"') {
            if (!skip_string(s))
                return false;
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        s->at++;
    } while (depth > 0 && s->at < s->len);
    return depth == 0;
}

static bool skip_value(struct scan *s)
{
    size_t begin = s->at;

    if (next_is(s, '"'))
        return skip_string(s);
    if (next_is(s, '{') || next_is(s, '['))
        return skip_brackets(s);
    while (s->at < s->len && memchr(",]} \t\r\n", s->text[s->at], 7) == NULL)
        s->at++;
    return s->at > begin;
}

/* The text up to here goes into the outline, and what follows waits. */
static void copy_up_to_here(struct scan *s)
{
    pl_buf_add(&s->outline, s->text + s->copied, s->at - s->copied);
    s->copied = s->at;
}

/* Offset and length of each element stand for it. */
static bool cut_list(struct scan *s)
{
    const char *comma = "";

    s->at++;
    copy_up_to_here(s);
    skip_blanks(s);
    while (!next_is(s, ']') || *comma != '\0') {
        size_t begin = s->at;

        if (!skip_value(s))
            return false;
        pl_buf_adds(&s->outline, comma);
        pl_buf_addi(&s->outline, (int64_t)begin);
        pl_buf_addc(&s->outline, ',');
        pl_buf_addi(&s->outline, (int64_t)(s->at - begin));
        comma = ",";
        if (!skip_char(s, ','))
            break;
    }
    s->copied = s->at;
    return skip_char(s, ']');
}

static bool cut_object(struct scan *s, const char *const *path);

/* The value of a member whose name fits, or not. */
static bool cut_member(struct scan *s, const char *const *path, bool fits)
{
    if (fits && path[1] == NULL && next_is(s, '['))
        return cut_list(s);
    if (fits && path[1] != NULL && next_is(s, '{'))
        return cut_object(s, path + 1);
    return skip_value(s);
}

static bool cut_object(struct scan *s, const char *const *path)
{
    bool any = strcmp(*path, "*") == 0;

    if (!skip_char(s, '{'))
        return false;
    if (next_is(s, '}')) {
        s->at++;
        return true;
    }
    do {
        const char *name = s->text + s->at + 1;
        size_t len;

        if (!skip_string(s))
            return false;
        len = (size_t)(s->text + s->at - 1 - name);
        /* A name that is written in escapes might be the one that is looked for. */
        if (!any && memchr(name, '\\', len) != NULL)
            return false;
        if (!skip_char(s, ':') ||
            !cut_member(s, path, any || (strlen(*path) == len && memcmp(*path, name, len) == 0)))
            return false;
    } while (skip_char(s, ','));
    if (!next_is(s, '}'))
        return false;
    s->at++;
    return true;
}

const struct pl_value *pl_json_outline(struct pl_arena *arena, const char *text, size_t len,
                                       const char *const *path, const char *what,
                                       struct pl_err *err)
{
    struct scan s = {.text = text, .len = len};
    const struct pl_value *outline = NULL;

    if (cut_object(&s, path)) {
        skip_blanks(&s);
        s.at = len; /* what is behind the document is for the parser to refuse */
        copy_up_to_here(&s);
        outline = pl_json_parse(arena, s.outline.data, s.outline.len, what, NULL);
    }
    pl_buf_free(&s.outline);
    /* What is wrong, and where, is told of the text itself. */
    if (outline == NULL && pl_json_parse(arena, text, len, what, err) != NULL)
        (void)pl_err_set(err, PL_E_PARSE, "%s: a name is written in escapes, or it is no object",
                         what);
    return outline;
}

const struct pl_value *pl_json_element(struct pl_arena *arena, const char *text,
                                       const struct pl_value *list, size_t i, const char *what,
                                       struct pl_err *err)
{
    const struct pl_value *begin = pl_value_item(list, 2 * i),
                          *len = pl_value_item(list, 2 * i + 1);

    return pl_json_parse(arena, text + begin->u.integer, (size_t)len->u.integer, what, err);
}
