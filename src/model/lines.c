/* lines.c - newline-delimited JSON, an object a line: what snapshots and symptoms files have in common.
 *
 * Every error names file and line. What the objects mean is for snapshot_read.c and symptom_read.c.
 */
#include <stdio.h>
#include <string.h>

#include "plumbline/json.h"

#include "model_priv.h"

int pl_lines_wrong(const struct pl_lines *lines, const char *what)
{
    return pl_err_set(lines->err, PL_E_INPUT, "%s:%zu: %s", lines->file, lines->line, what);
}

int pl_lines_text(const struct pl_lines *lines, const struct pl_value *map, const char *key,
                  const char **out)
{
    const struct pl_value *value = pl_value_member(map, key);

    *out = pl_value_text(value);
    if (value == NULL || value->type == PL_NULL || *out != NULL)
        return 0;
    return pl_err_set(lines->err, PL_E_INPUT, "%s:%zu: '%s' must be text, not %s", lines->file,
                      lines->line, key, pl_value_type_name(value->type));
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
            return false;
    return true;
}

static const struct pl_value *parse(const struct pl_lines *lines, const char *text, size_t len)
{
    const struct pl_value *value;
    char what[512];

    if (len > lines->max_line) {
        (void)pl_err_set(lines->err, PL_E_LIMIT, "%s:%zu: line of %zu bytes (at most %zu)",
                         lines->file, lines->line, len, lines->max_line);
        return NULL;
    }
    (void)snprintf(what, sizeof what, "%s:%zu", lines->file, lines->line);
    value = pl_json_parse(lines->arena, text, len, what, lines->err);
    if (value != NULL && value->type != PL_MAP) {
        (void)pl_lines_wrong(lines, "the line is no object");
        return NULL;
    }
    return value;
}

int pl_lines_next(struct pl_lines *lines, const struct pl_value **out)
{
    while (lines->at < lines->len) {
        const char *text = lines->text + lines->at;
        const char *end = memchr(text, '\n', lines->len - lines->at);
        size_t len = end != NULL ? (size_t)(end - text) : lines->len - lines->at;

        lines->line++;
        lines->at += len + 1;
        if (is_blank(text, len))
            continue;
        *out = parse(lines, text, len);
        return *out != NULL ? 1 : -1;
    }
    return 0;
}
