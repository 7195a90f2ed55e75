/* baseline_node.c - the small parts of a baseline: texts, numbers, words, and tables of keys.
 *
 * Knows YAML nodes and nothing of resources or connections; their files bring tables of keys and call
 * pl_read_keys. Variables are filled in by baseline_text.c.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/net.h"

bool pl_node_is_null(const struct pl_yaml_node *node)
{
    /* YAML 1.1, https://yaml.org/type/null.html */
    static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};

    return node->type == PL_YAML_SCALAR && !node->quoted && pl_word_in(words, node->text);
}

bool pl_word_in(const char *const *words, const char *word)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0)
            return true;
    }
    return false;
}

const char *pl_node_shown(struct pl_reader *r, const struct pl_yaml_node *node)
{
    switch (node->type) {
    case PL_YAML_SEQUENCE:
        return "a list";
    case PL_YAML_MAPPING:
        return "a map";
    case PL_YAML_SCALAR:
        break;
    }
    if (pl_node_is_null(node))
        return "nothing";
    if (node->len > 60)
        return pl_arena_printf(r->arena, "'%.57s...'", node->text);
    return pl_arena_printf(r->arena, "'%s'", node->text);
}

void pl_warn(struct pl_reader *r, const struct pl_mark *mark, const char *fmt, ...)
{
    struct pl_buf text = {0};
    char line[512];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    pl_buf_add_visible(&text, line, strlen(line));
    PL_PUSH(r->arena, r->warnings, r->n_warnings, r->cap_warnings,
            ((struct pl_warning){.mark = *mark, .text = pl_buf_take(&text, r->arena)}));
}

int pl_unknown_name(struct pl_reader *r, const struct pl_mark *mark, const char *what,
                    const char *name, const char *const *known, size_t n)
{
    const char *nearest = pl_nearest(name, known, n);

    if (nearest == NULL)
        return pl_mark_error(r->err, mark, PL_E_BASELINE, "unknown %s '%s'", what, name);
    return pl_mark_error(r->err, mark, PL_E_BASELINE, "unknown %s '%s' (nearest: %s)", what, name,
                         nearest);
}

static int refuse_tag(struct pl_reader *r, const struct pl_yaml_node *node, const char *what)
{
    if (node->tag == NULL)
        return 0;
    return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s takes no %s", what, node->tag);
}

int pl_want(struct pl_reader *r, const struct pl_yaml_node *node, enum pl_yaml_type type,
            const char *what)
{
    static const char *const names[] = {"a text", "a list", "a map"};

    if (refuse_tag(r, node, what) < 0)
        return -1;
    if (node->type == type)
        return 0;
    return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s wants %s, not %s", what,
                         names[type], pl_node_shown(r, node));
}

int pl_read_keys(struct pl_reader *r, const struct pl_yaml_node *node, const struct pl_key *rows,
                 size_t n, void *into)
{
    for (size_t i = 0; i < node->n; i++) {
        const struct pl_yaml_pair *pair = &node->pairs[i];
        const char **known;
        size_t k = 0;

        while (k < n && strcmp(rows[k].name, pair->key->text) != 0)
            k++;
        if (k < n) {
            if (rows[k].read(r, &rows[k], pair, (char *)into + rows[k].offset) < 0)
                return -1;
            continue;
        }
        known = pl_arena_array(r->arena, n, sizeof *known);
        for (k = 0; k < n; k++)
            known[k] = rows[k].name;
        return pl_unknown_name(r, &pair->key->mark, "key", pair->key->text, known, n);
    }
    return 0;
}

const char *pl_read_text(struct pl_reader *r, const struct pl_yaml_node *node, const char *what)
{
    const char *text;

    if (pl_want(r, node, PL_YAML_SCALAR, what) < 0)
        return NULL;
    text = pl_node_is_null(node) ? "" : pl_expand_vars(r, node);
    if (text != NULL && text[0] == '\0') {
        (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s is empty", what);
        return NULL;
    }
    return text;
}

/* What goes into a request line, a header or a name must not be able to end it. */
const char *pl_read_line(struct pl_reader *r, const struct pl_yaml_node *node, const char *what)
{
    const char *text = pl_read_text(r, node, what);

    for (const char *p = text; p != NULL && *p != '\0'; p++) {
        if ((unsigned char)*p >= 0x20 && *p != 0x7f)
            continue;
        (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                            "%s is one line without control characters", what);
        return NULL;
    }
    return text;
}

int pl_read_lines(struct pl_reader *r, const struct pl_yaml_node *node, const char *what,
                  const char *const **out, size_t *n)
{
    const char **lines;

    if (pl_want(r, node, PL_YAML_SEQUENCE, what) < 0)
        return -1;
    lines = pl_arena_array(r->arena, node->n, sizeof *lines);
    for (size_t i = 0; i < node->n; i++) {
        lines[i] = pl_read_line(r, node->items[i], what);
        if (lines[i] == NULL)
            return -1;
    }
    *out = lines;
    *n = node->n;
    return 0;
}

int pl_key_text(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                void *into)
{
    const char *text = pl_read_text(r, pair->value, key->name);

    *(const char **)into = text;
    return text != NULL ? 0 : -1;
}

int pl_key_line(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                void *into)
{
    const char *text = pl_read_line(r, pair->value, key->name);

    *(const char **)into = text;
    return text != NULL ? 0 : -1;
}

int pl_key_int(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
               void *into)
{
    const char *text = pl_read_text(r, pair->value, key->name);
    char *end;
    long number;

    if (text == NULL)
        return -1;
    number = strtol(text, &end, 10);
    if (strspn(text, "-0123456789") != strlen(text) || end == text || *end != '\0')
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s wants a whole number, not '%s'", key->name, text);
    if (number < key->lo || number > key->hi)
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s is %s, out of its range %ld to %ld", key->name, text, key->lo,
                             key->hi);
    *(int *)into = (int)number;
    return 0;
}

int pl_key_duration(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                    void *into)
{
    const char *text = pl_read_text(r, pair->value, key->name);
    int64_t ns;

    if (text == NULL)
        return -1;
    if (strspn(text, "0123456789.") == strlen(text))
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s is a duration without a unit: write %ss or %sms", key->name, text,
                             text);
    if (!pl_duration_parse(text, &ns))
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s wants a duration such as 2s, 500ms or 5m, not '%s'", key->name,
                             text);
    if (ns <= 0)
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s wants a duration of more than nothing", key->name);
    *(int64_t *)into = ns;
    return 0;
}

/* One of a table's words: its index, or -1 and the error that lists them. */
static int find_word(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_node *node)
{
    const char *text = pl_read_text(r, node, key->name);
    struct pl_buf words = {0};

    if (text == NULL)
        return -1;
    for (int i = 0; key->names[i] != NULL; i++) {
        if (strcmp(key->names[i], text) == 0) {
            pl_buf_free(&words);
            return i;
        }
        if (key->names[i][0] != '\0')
            pl_buf_addf(&words, "%s%s", words.len > 0 ? ", " : "", key->names[i]);
    }
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s is one of %s, not '%s'", key->name,
                        pl_buf_take(&words, r->arena), text);
    return -1;
}

int pl_key_word(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                void *into)
{
    int i = find_word(r, key, pair->value);

    if (i < 0)
        return -1;
    *(int *)into = i + (int)key->lo;
    return 0;
}

int pl_key_choice(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                  void *into)
{
    int i = find_word(r, key, pair->value);

    if (i < 0)
        return -1;
    *(const char **)into = key->names[i];
    return 0;
}

bool pl_pointer_ok(const char *text)
{
    if (text[0] != '\0' && text[0] != '/')
        return false;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '~' && p[1] != '0' && p[1] != '1')
            return false;
    }
    return true;
}

int pl_key_pointer(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                   void *into)
{
    const char *text = pl_read_line(r, pair->value, key->name);

    if (text == NULL)
        return -1;
    if (!pl_pointer_ok(text))
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s wants a JSON pointer such as /breaker/state, not '%s'", key->name,
                             text);
    *(const char **)into = text;
    return 0;
}

int pl_key_path(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                void *into)
{
    const char *text = pl_read_line(r, pair->value, key->name);

    if (text == NULL)
        return -1;
    if (text[0] != '/' || strchr(text, ' ') != NULL)
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s begins with '/' and holds no space, not '%s'", key->name, text);
    *(const char **)into = text;
    return 0;
}
