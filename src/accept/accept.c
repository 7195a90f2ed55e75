/* accept.c - the edits: a value replaced, a list's items replaced, an entry taken out, a rule added.
 */
#include <string.h>

#include "accept_priv.h"

static const struct pl_yaml_node *node_of(const struct edit *e)
{
    return e->place.nodes[e->place.depth];
}

static const struct pl_yaml_node *parent_of(const struct edit *e)
{
    return e->place.nodes[e->place.depth - 1];
}

static size_t index_of(const struct edit *e)
{
    return e->place.at[e->place.depth - 1];
}

static char *checked(struct edit *e, char *after, const struct change *change)
{
    return after && accept_check(e, after, change) == 0 ? after : NULL;
}

static char *refuse(struct edit *e, const char *why)
{
    (void)accept_refuse(e, node_of(e), why);
    return NULL;
}

/* Is any node on the way in braces? Plain text means less there. */
static bool in_flow(const struct edit *e)
{
    for (size_t i = 0; i < e->place.depth; i++)
        if (e->place.nodes[i]->flow)
            return true;
    return false;
}

/* ---- a value ---- */

static bool has_reference(const struct pl_yaml_node *n)
{
    for (const char *s = n->text ? strstr(n->text, "${") : NULL; s; s = strstr(s + 2, "${"))
        if (s == n->text || s[-1] != '$')
            return true;
    return false;
}

static bool is_block_text(const struct edit *e, const struct pl_yaml_node *n)
{
    char c = e->text[accept_byte(e, n->from)];
    return n->quoted && (c == '|' || c == '>');
}

static char *replace_scalar(struct edit *e, const struct pl_value *v)
{
    const struct pl_yaml_node *n = node_of(e);
    if (has_reference(n))
        return refuse(e, "a reference stands here: accept what it refers to, or write a value");
    if (is_block_text(e, n))
        return refuse(e, "text over several lines is edited by hand");
    char *text = accept_scalar(e->arena, v, n, in_flow(e));
    if (!text)
        return refuse(e, "what was observed is no single value; declare it by hand");
    const struct pl_yaml_node *read =
        pl_yaml_parse(e->arena, e->name, text, strlen(text), &(struct pl_err){0});
    if (!read || read->type != PL_YAML_SCALAR)
        return refuse(e, "what was observed cannot be written here");
    return checked(e, accept_splice(e, accept_byte(e, n->from), accept_byte(e, n->to), text),
                   &(struct change){.what = ACCEPT_TEXT, .texts = &read->text, .n = 1});
}

/* ---- a list of values ---- */

/* The texts of the list as it shall be: what stays keeps its place, what is new comes behind. */
struct items {
    const char **texts;   /* as read */
    const char **written; /* as written */
    bool *keep;           /* by index in the file */
    size_t n, n_kept;
};

static int plan_items(struct edit *e, const struct pl_value *v, struct items *out)
{
    const struct pl_yaml_node *n = node_of(e);
    size_t most = n->n + v->u.list.n + 1;
    bool *used = pl_arena_array(e->arena, most, sizeof(*used));
    *out = (struct items){.texts = pl_arena_array(e->arena, most, sizeof(char *)),
                          .written = pl_arena_array(e->arena, most, sizeof(char *)),
                          .keep = pl_arena_array(e->arena, most, sizeof(bool))};
    for (size_t i = 0; i < n->n; i++) {
        const struct pl_yaml_node *item = n->items[i];
        if (item->type != PL_YAML_SCALAR || item->tag || item->anchored || has_reference(item) ||
            item->from < n->from)
            return accept_refuse(e, item,
                                 "an item that is no plain value stands in this list; edit it by "
                                 "hand");
        for (size_t j = 0; j < v->u.list.n && !out->keep[i]; j++) {
            const char *text = pl_value_text(v->u.list.items[j]);
            out->keep[i] = !used[j] && text && strcmp(text, item->text) == 0;
            used[j] = used[j] || out->keep[i];
        }
        if (out->keep[i])
            out->texts[out->n++] = item->text;
    }
    out->n_kept = out->n;
    for (size_t j = 0; j < v->u.list.n; j++) {
        if (used[j])
            continue;
        char *text = accept_scalar(e->arena, v->u.list.items[j], n->n ? n->items[0] : NULL, true);
        if (!text)
            return accept_refuse(e, n,
                                 "what was observed is no list of values; declare it by hand");
        out->written[out->n] = text;
        const struct pl_yaml_node *read =
            pl_yaml_parse(e->arena, e->name, text, strlen(text), &(struct pl_err){0});
        out->texts[out->n++] = read && read->text ? read->text : "";
    }
    return 0;
}

/* [a, b]: what stays is copied as it is written. */
static char *flow_items(struct edit *e, const struct items *items)
{
    const struct pl_yaml_node *n = node_of(e);
    size_t from = accept_byte(e, n->from), to = accept_byte(e, n->to), said = 0;
    struct pl_buf b = {0};
    if (memchr(e->text + from, '#', to - from) || memchr(e->text + from, '\n', to - from)) {
        (void)accept_refuse(e, n, "a list over several lines in brackets is edited by hand");
        return NULL;
    }
    pl_buf_addc(&b, '[');
    for (size_t i = 0; i < n->n; i++)
        if (items->keep[i]) {
            size_t a = accept_byte(e, n->items[i]->from), z = accept_byte(e, n->items[i]->to);
            pl_buf_adds(&b, said++ ? ", " : "");
            pl_buf_add(&b, e->text + a, z - a);
        }
    for (size_t i = items->n_kept; i < items->n; i++)
        pl_buf_addf(&b, "%s%s", said++ ? ", " : "", items->written[i]);
    pl_buf_addc(&b, ']');
    return accept_splice(e, from, to, pl_buf_take(&b, e->arena));
}

/* Does an item begin its line, behind "- "? Where its dash stands, then. */
static bool owns_line(const struct edit *e, const struct pl_yaml_node *item, size_t *start)
{
    size_t at = accept_byte(e, item->from), line = accept_line_start(e, at);
    *start = line;
    while (e->text[line] == ' ')
        line++;
    if (e->text[line] != '-')
        return false;
    for (line++; line < at; line++)
        if (e->text[line] != ' ')
            return false;
    return true;
}

/* A line an item: lines of what is gone go, with their own remarks; what is new comes behind the last. */
static char *block_items(struct edit *e, const struct items *items)
{
    const struct pl_yaml_node *n = node_of(e);
    struct pl_buf b = {0};
    size_t start, done = 0, indent = 0;
    for (size_t i = 0; i < n->n; i++) {
        if (!owns_line(e, n->items[i], &start)) {
            (void)accept_refuse(e, n->items[i], "an item that shares its line is edited by hand");
            pl_buf_free(&b);
            return NULL;
        }
        size_t end = accept_line_end(e, accept_byte(e, n->items[i]->to));
        for (indent = 0; e->text[start + indent] == ' ';)
            indent++;
        pl_buf_add(&b, e->text + done, start - done);
        if (items->keep[i])
            pl_buf_add(&b, e->text + start, end - start);
        done = end;
    }
    if (b.len > 0 && b.data[b.len - 1] != '\n')
        pl_buf_addc(&b, '\n');
    for (size_t i = items->n_kept; i < items->n; i++)
        pl_buf_addf(&b, "%*s- %s\n", (int)indent, "", items->written[i]);
    pl_buf_adds(&b, e->text + done);
    return pl_buf_take(&b, e->arena);
}

static char *replace_items(struct edit *e, const struct pl_value *v)
{
    const struct pl_yaml_node *n = node_of(e);
    struct items items;
    if (v->u.list.n == 0 && !n->flow)
        return refuse(e,
                      "nothing is left of this list: take it out, or declare `!absent`, by hand");
    if (plan_items(e, v, &items) < 0)
        return NULL;
    char *after = n->flow ? flow_items(e, &items) : block_items(e, &items);
    return checked(e, after,
                   &(struct change){.what = ACCEPT_ITEMS, .texts = items.texts, .n = items.n});
}

/* ---- an entry taken out ---- */

/* Where an entry begins: its key, or itself. */
static size_t entry_from(const struct pl_yaml_node *parent, size_t i)
{
    return parent->type == PL_YAML_MAPPING ? parent->pairs[i].key->from : parent->items[i]->from;
}

static char *take_out_flow(struct edit *e)
{
    const struct pl_yaml_node *parent = parent_of(e);
    size_t i = index_of(e), from = accept_byte(e, entry_from(parent, i)),
           to = accept_byte(e, node_of(e)->to);
    if (i + 1 < parent->n) {
        to = accept_byte(e, entry_from(parent, i + 1));
    } else if (i > 0) {
        const struct pl_yaml_node *before =
            parent->type == PL_YAML_MAPPING ? parent->pairs[i - 1].value : parent->items[i - 1];
        from = accept_byte(e, before->to);
    }
    if (memchr(e->text + from, '#', to - from))
        return refuse(e, "a remark stands between; edit it by hand");
    return accept_splice(e, from, to, "");
}

/* Whole lines, from the one where the entry begins to the one where its last value ends. */
static char *take_out_block(struct edit *e)
{
    const struct pl_yaml_node *parent = parent_of(e);
    size_t from = accept_byte(e, entry_from(parent, index_of(e))),
           line = accept_line_start(e, from);
    bool dash = false;
    for (size_t i = line; i < from; i++) {
        bool own = parent->type == PL_YAML_SEQUENCE && e->text[i] == '-' && !dash;
        dash = dash || own;
        if (e->text[i] != ' ' && !own)
            return refuse(e, "it shares its line with something else; edit it by hand");
    }
    size_t last = accept_byte(e, node_of(e)->to);
    /* A text over several lines ends where the next line begins. */
    size_t end = last > from && e->text[last - 1] == '\n' ? last : accept_line_end(e, last);
    return accept_splice(e, line, end, "");
}

/* What holds nothing any more goes, too, but for a resource: it is declared to be there, whatever is said of it. */
static char *take_out(struct edit *e)
{
    while (e->place.depth > ACCEPT_BODY + 1 && parent_of(e)->n == 1 && !parent_of(e)->tag)
        e->place.depth--;
    const struct pl_yaml_node *parent = parent_of(e);
    bool last = parent->n == 1;
    if (e->place.depth < ACCEPT_BODY)
        return refuse(e, "this is not a place that drift can be accepted in");
    if (last && parent->tag)
        return refuse(e, "nothing would be left behind a matcher; edit it by hand");
    char *after = parent->flow ? take_out_flow(e) : take_out_block(e);
    struct change change = {.what = ACCEPT_GONE};
    if (last) { /* `main:` or `main: {}` */
        e->place.depth--;
        change.what = ACCEPT_EMPTY;
    }
    return checked(e, after, &change);
}

/* ---- */

static char *accept_one(struct edit *e, const struct pl_drift *d)
{
    const struct pl_yaml_node *n = node_of(e);
    if (d->status == PL_DRIFT_UNEXPECTED && n->tag && strcmp(n->tag, "!absent") == 0)
        return take_out(e);
    if (d->status == PL_DRIFT_UNEXPECTED)
        return refuse(e, "`!only` is declared here, and what it shall allow is yours to write: "
                         "declare it, or ignore it with --ignore");
    if (!d->observed)
        return take_out(e);
    if (n->tag)
        return refuse(e, "a matcher decides here, and what it should allow now is yours to say");
    if (d->observed->type == PL_LIST && n->type == PL_YAML_SEQUENCE)
        return replace_items(e, d->observed);
    if (n->type != PL_YAML_SCALAR)
        return refuse(e, "what is declared here has several parts; edit it by hand");
    return replace_scalar(e, d->observed);
}

char *pl_accept_drift(struct pl_arena *arena, const char *name, const char *text,
                      const struct pl_drift *drift, struct pl_err *err)
{
    struct edit e = {.arena = arena, .name = name, .text = text, .err = err};
    if (!drift->mark.line) {
        (void)pl_err_set(err, PL_E_BASELINE, "%s is declared in no file", drift->field);
        return NULL;
    }
    if (accept_find(&e, drift) < 0)
        return NULL;
    if (accept_is_secret(drift->observed))
        return refuse(&e, "what was observed is a secret, and is not known here");
    return accept_one(&e, drift);
}

/* ---- a rule ---- */

static void add_rule(struct pl_buf *b, struct pl_arena *arena, size_t indent,
                     const struct pl_ignore *rule)
{
    const char *const keys[] = {"field", "reason", "owner", "expires"};
    const char *const values[] = {rule->field, rule->reason, rule->owner, rule->expires};
    for (size_t i = 0; i < PL_LEN(keys); i++)
        pl_buf_addf(b, "%*s%s%s: %s\n", (int)indent, "", i ? "  " : "- ", keys[i],
                    accept_scalar(arena, pl_value_string(arena, values[i]), NULL, false));
}

char *pl_accept_rule(struct pl_arena *arena, const char *name, const char *text,
                     const struct pl_ignore *rule, struct pl_err *err)
{
    struct edit e = {.arena = arena, .name = name, .text = text, .err = err};
    e.root = pl_yaml_parse(arena, name, text, strlen(text), err);
    if (!e.root)
        return NULL;
    const struct pl_yaml_node *list = pl_yaml_get(e.root, "ignore");
    size_t at = strlen(text), indent = 2, start;
    struct pl_buf b = {0};
    if (list && list->type == PL_YAML_SEQUENCE && !list->flow && list->n > 0 &&
        owns_line(&e, list->items[list->n - 1], &start)) {
        for (indent = 0; text[start + indent] == ' ';)
            indent++;
        at = accept_line_end(&e, accept_byte(&e, list->items[list->n - 1]->to));
    } else if (list) {
        (void)accept_refuse(&e, list,
                            "`ignore` is no list with a line an entry: add the rule by hand");
        return NULL;
    }
    pl_buf_add(&b, text, at);
    if (b.len > 0 && b.data[b.len - 1] != '\n')
        pl_buf_addc(&b, '\n');
    if (!list)
        pl_buf_adds(&b, "ignore:\n");
    add_rule(&b, arena, indent, rule);
    pl_buf_adds(&b, text + at);
    char *after = pl_buf_take(&b, arena);
    return accept_check_rule(&e, after, rule) == 0 ? after : NULL;
}
