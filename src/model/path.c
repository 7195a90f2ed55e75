/* Paths to fields: reading and writing their text.
 *
 * The notation is section 1 of the contract. Looking up and comparing is path_get.c, changing a tree
 * path_edit.c; addresses of whole resources are address.c. Nothing here knows kinds or schemas: a path is only steps.
 *
 * Grammar, beside plain names joined by dots:
 *   ["any key"]  [name=x]  [role=r,condition=c]  [10.8.0.0/28]  [=443]  [0]  [*]  .*
 * `[=...]` is an element of a list of scalars whose text would read as something else. Quoted text knows the
 * escapes \" \\ and \u001b for control characters. */
#include "field_priv.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

enum { MAX_TEXT = 1 << 16 };

/* ---- reading ---- */

struct reader {
    struct pl_arena *arena;
    const char *start, *p;
    struct pl_step *steps;
    size_t n, cap;
    struct pl_err *err;
};

static int fail(struct reader *r, const char *what)
{
    return pl_err_set(r->err, PL_E_PARSE, "bad path '%s' at character %zu: %s",
                      pl_clip(r->arena, r->start), (size_t)(r->p - r->start) + 1, what);
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '@' || c == '$';
}

static size_t plain_length(const char *s)
{
    size_t n = 0;
    while (is_plain(s[n]))
        n++;
    return n;
}

static int add_step(struct reader *r, struct pl_step step)
{
    if (r->n == PL_PATH_MAX_STEPS)
        return fail(r, "too many steps");
    PL_PUSH(r->arena, r->steps, r->n, r->cap, step);
    return 0;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* What a backslash at r->p stands for; leaves r->p on its last character. 0: no escape of ours. */
static char read_escape(struct reader *r)
{
    if (r->p[1] == '"' || r->p[1] == '\\')
        return *++r->p;
    if (strncmp(r->p + 1, "u00", 3) != 0 || hex_digit(r->p[4]) < 0 || hex_digit(r->p[5]) < 0)
        return '\0';
    int c = hex_digit(r->p[4]) * 16 + hex_digit(r->p[5]);
    if (c >= 0x20)
        return '\0';
    r->p += 5;
    return (char)c;
}

/* "..." with escapes; r->p stands on the opening quote and is left behind the closing one. */
static int read_quoted(struct reader *r, const char **out)
{
    struct pl_buf buf = {0};
    const char *wrong = NULL;
    for (r->p++; *r->p != '"'; r->p++) {
        char c = *r->p;
        if (c == '\\' && (c = read_escape(r)) == '\0')
            wrong = "unknown escape";
        else if ((unsigned char)*r->p < 0x20)
            wrong = *r->p == '\0' ? "the quote is not closed" : "a control character";
        else
            pl_buf_addc(&buf, c);
        if (wrong != NULL)
            break;
    }
    *out = pl_buf_take(&buf, r->arena);
    if (wrong != NULL)
        return fail(r, wrong);
    r->p++;
    return 0;
}

/* Text up to one of `ends`, raw or quoted. */
static int read_value(struct reader *r, const char *ends, const char **out)
{
    if (*r->p == '"')
        return read_quoted(r, out);
    const char *from = r->p;
    while (*r->p != '\0' && strchr(ends, *r->p) == NULL) {
        if ((unsigned char)*r->p < 0x20 || *r->p == '[' || *r->p == '"' || *r->p == '\\')
            return fail(r, "this character must stand in quotes");
        r->p++;
    }
    *out = pl_arena_strndup(r->arena, from, (size_t)(r->p - from));
    return 0;
}

/* name=x,other=y: the names joined by '+', the values by PL_ID_SEPARATOR. */
static int read_identity(struct reader *r)
{
    struct pl_step step = {.type = PL_STEP_ID, .key = "", .value = ""};
    for (;;) {
        size_t n = plain_length(r->p);
        if (n == 0 || r->p[n] != '=')
            return fail(r, "expected name=value");
        const char *key = pl_arena_strndup(r->arena, r->p, n), *value;
        r->p += n + 1;
        if (read_value(r, ",]", &value) != 0)
            return -1;
        if (strchr(value, PL_ID_SEPARATOR) != NULL)
            return fail(r, "a control character");
        bool first = step.key[0] == '\0';
        step.key = first ? key : pl_arena_printf(r->arena, "%s+%s", step.key, key);
        step.value =
            first ? value : pl_arena_printf(r->arena, "%s%c%s", step.value, PL_ID_SEPARATOR, value);
        if (*r->p != ',')
            return add_step(r, step);
        r->p++;
    }
}

static int read_index(struct reader *r)
{
    size_t index = 0;
    for (; *r->p != ']'; r->p++) {
        if (index > (size_t)(INT_MAX - 9) / 10)
            return fail(r, "the index is too large");
        index = index * 10 + (size_t)(*r->p - '0');
    }
    return add_step(r, (struct pl_step){.type = PL_STEP_INDEX, .index = index});
}

/* The inside of [...]; r->p is left on what should be the closing bracket. */
static int read_bracket(struct reader *r)
{
    struct pl_step step = {.type = PL_STEP_VALUE};
    size_t digits = strspn(r->p, "0123456789"), plain = plain_length(r->p);
    if (*r->p == '"') {
        step.type = PL_STEP_KEY;
        if (read_quoted(r, &step.key) != 0)
            return -1;
        return add_step(r, step);
    }
    if (r->p[0] == '*' && r->p[1] == ']') {
        r->p++;
        return add_step(r, (struct pl_step){.type = PL_STEP_ANY});
    }
    if (digits > 0 && r->p[digits] == ']')
        return read_index(r);
    if (plain > 0 && r->p[plain] == '=')
        return read_identity(r);
    if (*r->p == ']')
        return fail(r, "empty brackets");
    if (*r->p == '=')
        r->p++;
    if (read_value(r, "]", &step.value) != 0)
        return -1;
    return add_step(r, step);
}

static int read_step(struct reader *r)
{
    if (*r->p == '[') {
        r->p++;
        if (read_bracket(r) != 0)
            return -1;
        if (*r->p != ']')
            return fail(r, "expected ]");
        r->p++;
        return 0;
    }
    if (r->n > 0) {
        if (*r->p != '.')
            return fail(r, "expected . or [");
        r->p++;
    }
    if (*r->p == '*') {
        r->p++;
        return add_step(r, (struct pl_step){.type = PL_STEP_ANY});
    }
    size_t n = plain_length(r->p);
    if (n == 0)
        return fail(r, "expected a field name; other keys stand in [\"...\"]");
    struct pl_step step = {.type = PL_STEP_KEY, .key = pl_arena_strndup(r->arena, r->p, n)};
    r->p += n;
    return add_step(r, step);
}

int pl_path_parse(struct pl_arena *arena, const char *text, struct pl_path *out, struct pl_err *err)
{
    struct reader r = {.arena = arena, .start = text, .p = text, .err = err};
    *out = (struct pl_path){0};
    if (strnlen(text, MAX_TEXT + 1) > MAX_TEXT)
        return pl_err_set(err, PL_E_LIMIT, "a path longer than %d bytes", MAX_TEXT);
    while (*r.p != '\0')
        if (read_step(&r) != 0)
            return -1;
    *out = (struct pl_path){.steps = r.steps, .n = r.n};
    return 0;
}

/* ---- writing ---- */

static bool is_plain_name(const char *s)
{
    return s[0] != '\0' && s[plain_length(s)] == '\0';
}

static void write_quoted(struct pl_buf *buf, const char *s, size_t n)
{
    pl_buf_addc(buf, '"');
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)s[i] < 0x20)
            pl_buf_addf(buf, "\\u%04x", (unsigned)s[i]);
        else
            pl_buf_addf(buf, "%s%c", s[i] == '"' || s[i] == '\\' ? "\\" : "", s[i]);
    }
    pl_buf_addc(buf, '"');
}

/* Can this stand in brackets as it is? */
static bool is_raw(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < 0x20 || strchr(",[]\"\\", s[i]) != NULL)
            return false;
    return true;
}

static void write_value(struct pl_buf *buf, const char *s, size_t n)
{
    if (is_raw(s, n))
        pl_buf_add(buf, s, n);
    else
        write_quoted(buf, s, n);
}

static void write_identity(struct pl_buf *buf, const struct pl_step *step)
{
    const char *key = step->key, *value = step->value;
    for (;;) {
        size_t n = strcspn(key, "+"), len = strcspn(value, (const char[]){PL_ID_SEPARATOR, '\0'});
        pl_buf_add(buf, key, n);
        pl_buf_addc(buf, '=');
        write_value(buf, value, len);
        if (key[n] == '\0')
            return;
        key += n + 1;
        value += value[len] != '\0' ? len + 1 : len;
        pl_buf_addc(buf, ',');
    }
}

/* An element's own text in brackets, with '=' before it where it would read as something else. */
static void write_element(struct pl_buf *buf, const char *s)
{
    if (s[strspn(s, "0123456789")] == '\0' || strchr(s, '=') != NULL || strcmp(s, "*") == 0 ||
        !is_raw(s, strlen(s)))
        pl_buf_addc(buf, '=');
    write_value(buf, s, strlen(s));
}

static void write_step(struct pl_buf *buf, const struct pl_step *step)
{
    if (step->type == PL_STEP_KEY && is_plain_name(step->key)) {
        pl_buf_addf(buf, "%s%s", buf->len > 0 ? "." : "", step->key);
        return;
    }
    pl_buf_addc(buf, '[');
    switch (step->type) {
    case PL_STEP_KEY:
        write_quoted(buf, step->key, strlen(step->key));
        break;
    case PL_STEP_ID:
        write_identity(buf, step);
        break;
    case PL_STEP_VALUE:
        write_element(buf, step->value);
        break;
    case PL_STEP_INDEX:
        pl_buf_addf(buf, "%zu", step->index);
        break;
    case PL_STEP_ANY:
        pl_buf_addc(buf, '*');
        break;
    }
    pl_buf_addc(buf, ']');
}

char *pl_path_format(struct pl_arena *arena, const struct pl_path *path)
{
    struct pl_buf buf = {0};
    for (size_t i = 0; i < path->n; i++)
        write_step(&buf, &path->steps[i]);
    return pl_buf_take(&buf, arena);
}

char *pl_path_generic(struct pl_arena *arena, const struct pl_path *path)
{
    struct pl_buf buf = {0};
    for (size_t i = 0; i < path->n; i++) {
        const struct pl_step *step = &path->steps[i];
        if (step->type != PL_STEP_KEY)
            pl_buf_adds(&buf, "[]");
        else if (is_plain_name(step->key))
            pl_buf_addf(&buf, "%s%s", buf.len > 0 ? "." : "", step->key);
        else
            pl_buf_adds(&buf, "{}");
    }
    return pl_buf_take(&buf, arena);
}
