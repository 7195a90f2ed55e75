/* baseline_text.c - texts of a baseline: cut at ${...}, variables filled in.
 *
 * A reference to a field stays a piece of text here; baseline_refs.c reads it.
 */
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/buf.h"

/* ---- ${...} ---- */

bool pl_is_identifier(const char *s, const char *more)
{
    if (s[0] == '\0' || (s[0] >= '0' && s[0] <= '9'))
        return false;
    for (; *s != '\0'; s++) {
        bool alnum = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
                     (*s >= '0' && *s <= '9') || *s == '_';

        if (!alnum && strchr(more, *s) == NULL)
            return false;
    }
    return true;
}

static const char *find_var(struct pl_reader *r, const struct pl_yaml_node *node, const char *name)
{
    const char *value = pl_map_get(&r->vars, name), *nearest;
    const char **known;

    if (value != NULL)
        return value;
    known = pl_arena_array(r->arena, r->vars.n + 1, sizeof *known);
    for (size_t i = 0; i < r->vars.n; i++)
        known[i] = r->vars.entries[i].key;
    nearest = pl_nearest(name, known, r->vars.n);
    if (nearest != NULL)
        (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                            "unknown variable '%s' (nearest: %s)", name, nearest);
    else
        (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                            "unknown variable '%s': give it under vars: or with --var %s=VALUE",
                            name, name);
    return NULL;
}

/* The length of the inside of ${...}; quoted keys may hold a '}'. SIZE_MAX: it is never closed. */
static size_t inside_length(const char *s)
{
    bool quoted = false;
    size_t i;

    for (i = 0; s[i] != '\0' && (quoted || s[i] != '}'); i++) {
        if (quoted && s[i] == '\\' && s[i + 1] != '\0')
            i++;
        else if (s[i] == '"')
            quoted = !quoted;
    }
    return s[i] == '}' ? i : SIZE_MAX;
}

struct cutter {
    struct pl_reader *r;
    const struct pl_yaml_node *node;
    struct pl_buf literal;
    struct pl_cut *pieces;
    size_t n, cap;
};

static void flush(struct cutter *c)
{
    struct pl_cut cut = {0};

    if (c->literal.len == 0)
        return;
    cut.literal = pl_arena_strndup(c->r->arena, c->literal.data, c->literal.len);
    pl_buf_clear(&c->literal);
    PL_PUSH(c->r->arena, c->pieces, c->n, c->cap, cut);
}

/* What stands in ${...}: a variable becomes literal text, anything else a reference. */
static int add_inside(struct cutter *c, const char *inside, size_t len)
{
    struct pl_cut cut = {.reference = pl_arena_strndup(c->r->arena, inside, len)};
    const char *value;

    if (len == 0)
        return pl_mark_error(c->r->err, &c->node->mark, PL_E_BASELINE,
                             "${} is empty; a literal ${ is written $${");
    if (strncmp(cut.reference, "var.", 4) == 0) {
        value = find_var(c->r, c->node, cut.reference + 4);
        if (value == NULL)
            return -1;
        pl_buf_adds(&c->literal, value);
        return 0;
    }
    flush(c);
    PL_PUSH(c->r->arena, c->pieces, c->n, c->cap, cut);
    return 0;
}

static int cut_all(struct cutter *c)
{
    const char *p = c->node->text;

    while (*p != '\0') {
        size_t len;

        if (strncmp(p, "$${", 3) == 0) {
            pl_buf_adds(&c->literal, "${");
            p += 3;
            continue;
        }
        if (strncmp(p, "${", 2) != 0) {
            pl_buf_addc(&c->literal, *p++);
            continue;
        }
        len = inside_length(p + 2);
        if (len == SIZE_MAX)
            return pl_mark_error(c->r->err, &c->node->mark, PL_E_BASELINE,
                                 "a ${ is not closed; a literal ${ is written $${");
        if (add_inside(c, p + 2, len) < 0)
            return -1;
        p += len + 3;
    }
    flush(c);
    return 0;
}

int pl_cut_text(struct pl_reader *r, const struct pl_yaml_node *node, struct pl_cut **out,
                size_t *n)
{
    struct cutter c = {.r = r, .node = node};
    int status = cut_all(&c);

    pl_buf_free(&c.literal);
    *out = c.pieces;
    *n = c.n;
    return status;
}

const char *pl_expand_vars(struct pl_reader *r, const struct pl_yaml_node *node)
{
    struct pl_cut *pieces;
    size_t n;

    if (strchr(node->text, '$') == NULL)
        return node->text;
    if (pl_cut_text(r, node, &pieces, &n) < 0)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].reference == NULL)
            continue;
        (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                            "only ${var.NAME} is filled in here, not ${%s}", pieces[i].reference);
        return NULL;
    }
    /* Literal text is gathered until a reference comes: one piece, or none where all is empty. */
    return n > 0 ? pieces[0].literal : "";
}

/* ---- vars ---- */

static int read_var(struct pl_reader *r, const struct pl_yaml_pair *pair)
{
    const char *name = pair->key->text;
    const struct pl_yaml_node *value = pair->value;

    if (!pl_is_identifier(name, "-"))
        return pl_mark_error(
            r->err, &pair->key->mark, PL_E_BASELINE,
            "a variable's name has letters, digits, '_' and '-', and begins with no digit");
    if (pl_want(r, value, PL_YAML_SCALAR, pl_arena_printf(r->arena, "variable %s", name)) < 0)
        return -1;
    if (pl_node_is_null(value))
        return pl_mark_error(r->err, &value->mark, PL_E_BASELINE, "variable %s has no value", name);
    if (strstr(value->text, "${") != NULL)
        return pl_mark_error(r->err, &value->mark, PL_E_BASELINE,
                             "a variable is plain text: nothing is filled in here");
    (void)pl_map_put(&r->vars, name, pl_arena_strdup(r->arena, value->text));
    return 0;
}

int pl_read_vars(struct pl_reader *r, const struct pl_yaml_node *node)
{
    pl_map_init(&r->vars, r->arena);
    if (node != NULL && !pl_node_is_null(node)) {
        if (pl_want(r, node, PL_YAML_MAPPING, "vars") < 0)
            return -1;
        for (size_t i = 0; i < node->n; i++) {
            if (read_var(r, &node->pairs[i]) < 0)
                return -1;
        }
    }
    for (size_t i = 0; i < r->options->n_vars; i++)
        (void)pl_map_put(&r->vars, r->options->vars[i].name,
                         pl_arena_strdup(r->arena, r->options->vars[i].value));
    return 0;
}
