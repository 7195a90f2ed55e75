/* change.c - what a drift wants changed at its place: a value, a list's items, or that an entry goes.
 */
#include <string.h>

#include "accept_priv.h"

static int refuse(struct edit *e, const struct change *c, const char *why)
{
    return accept_refuse(e, accept_node(c), why);
}

/* Is any node on the way in braces? Plain text means less there. */
static bool in_flow(const struct place *p)
{
    for (size_t i = 0; i < p->depth; i++)
        if (p->nodes[i]->flow)
            return true;
    return false;
}

static int set(struct change *c, enum accept_change what, const char *const *texts, size_t n,
               struct piece piece)
{
    c->what = what;
    c->texts = texts;
    c->n = n;
    c->piece = piece;
    return 0;
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

static int replace_scalar(struct edit *e, struct change *c, const struct pl_value *v)
{
    const struct pl_yaml_node *n = accept_node(c);
    if (has_reference(n))
        return refuse(e, c, "a reference stands here: accept what it refers to, or write a value");
    if (is_block_text(e, n))
        return refuse(e, c, "text over several lines is edited by hand");
    char *text = accept_scalar(e->arena, v, n, in_flow(&c->place));
    if (!text)
        return refuse(e, c, "what was observed is no single value; declare it by hand");
    const struct pl_yaml_node *read =
        pl_yaml_parse(e->arena, e->name, text, strlen(text), &(struct pl_err){0});
    if (!read || read->type != PL_YAML_SCALAR)
        return refuse(e, c, "what was observed cannot be written here");
    return set(c, ACCEPT_TEXT, &read->text, 1,
               (struct piece){accept_byte(e, n->from), accept_byte(e, n->to), text});
}

/* ---- a list of values ---- */

/* The texts of the list as it shall be: what stays keeps its place, what is new comes behind. */
struct items {
    const char **texts;   /* as read */
    const char **written; /* as written */
    bool *keep;           /* by index in the file */
    size_t n, n_kept;
};

static int plan_items(struct edit *e, const struct pl_yaml_node *n, const struct pl_value *v,
                      struct items *out)
{
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
static int flow_items(struct edit *e, struct change *c, const struct items *items)
{
    const struct pl_yaml_node *n = accept_node(c);
    size_t from = accept_byte(e, n->from), to = accept_byte(e, n->to), said = 0;
    struct pl_buf b = {0};
    if (memchr(e->text + from, '#', to - from) || memchr(e->text + from, '\n', to - from))
        return refuse(e, c, "a list over several lines in brackets is edited by hand");
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
    return set(c, ACCEPT_ITEMS, items->texts, items->n,
               (struct piece){from, to, pl_buf_take(&b, e->arena)});
}

/* A line an item: lines of what is gone go, with their own remarks; what is new comes behind the last. */
static int block_items(struct edit *e, struct change *c, const struct items *items)
{
    const struct pl_yaml_node *n = accept_node(c);
    struct pl_buf b = {0};
    size_t first = 0, start, done = 0, indent = 0;
    for (size_t i = 0; i < n->n; i++) {
        if (!accept_owns_line(e, n->items[i], &start)) {
            pl_buf_free(&b);
            return accept_refuse(e, n->items[i], "an item that shares its line is edited by hand");
        }
        if (i == 0)
            first = done = start;
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
    return set(c, ACCEPT_ITEMS, items->texts, items->n,
               (struct piece){first, done, pl_buf_take(&b, e->arena)});
}

static int replace_items(struct edit *e, struct change *c, const struct pl_value *v)
{
    const struct pl_yaml_node *n = accept_node(c);
    struct items items;
    if (v->u.list.n == 0 && !n->flow)
        return refuse(e, c,
                      "nothing is left of this list: take it out, or declare `!absent`, by hand");
    if (plan_items(e, n, v, &items) < 0)
        return -1;
    return n->flow ? flow_items(e, c, &items) : block_items(e, c, &items);
}

/* ---- */

static int take_out(struct edit *e, struct change *c)
{
    if (c->place.depth < ACCEPT_BODY)
        return refuse(e, c, "this is not a place that drift can be accepted in");
    c->what = ACCEPT_GONE;
    return 0;
}

static int plan(struct edit *e, const struct pl_drift *d, struct change *c)
{
    const struct pl_yaml_node *n = accept_node(c);
    if (d->status == PL_DRIFT_UNEXPECTED && n->tag && strcmp(n->tag, "!absent") == 0)
        return take_out(e, c);
    if (d->status == PL_DRIFT_UNEXPECTED)
        return refuse(e, c,
                      "`!only` is declared here, and what it shall allow is yours to write: "
                      "declare it, or ignore it with --ignore");
    if (!d->observed)
        return take_out(e, c);
    if (n->tag)
        return refuse(e, c, "a matcher decides here, and what it should allow now is yours to say");
    if (d->observed->type == PL_LIST && n->type == PL_YAML_SEQUENCE)
        return replace_items(e, c, d->observed);
    if (n->type != PL_YAML_SCALAR)
        return refuse(e, c, "what is declared here has several parts; edit it by hand");
    return replace_scalar(e, c, d->observed);
}

int accept_plan(struct edit *e, const struct pl_drift *d, struct change *c)
{
    if (!d->mark.line)
        return pl_err_set(e->err, PL_E_BASELINE, "%s is declared in no file", d->field);
    if (accept_find(e, d, &c->place) < 0)
        return -1;
    if (accept_is_secret(d->observed))
        return refuse(e, c, "what was observed is a secret, and is not known here");
    return plan(e, d, c);
}
