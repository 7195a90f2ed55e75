/* check.c - an edit is read again and compared with what was there, node by node: the change that was asked for, and nothing else.
 */
#include <string.h>

#include "accept_priv.h"

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same(const struct pl_yaml_node *a, const struct pl_yaml_node *b)
{
    if (a->type != b->type || !same_text(a->tag, b->tag) || a->n != b->n)
        return false;
    if (a->type == PL_YAML_SCALAR)
        return a->quoted == b->quoted && same_text(a->text, b->text);
    for (size_t i = 0; i < a->n; i++) {
        if (a->type == PL_YAML_SEQUENCE ? !same(a->items[i], b->items[i])
                                        : !same(a->pairs[i].key, b->pairs[i].key) ||
                                              !same(a->pairs[i].value, b->pairs[i].value))
            return false;
    }
    return true;
}

static bool is_changed(const struct change *c, const struct pl_yaml_node *b)
{
    if (c->what == ACCEPT_TEXT)
        return b->type == PL_YAML_SCALAR && !b->tag && strcmp(b->text, c->texts[0]) == 0;
    if (c->what == ACCEPT_EMPTY)
        return b->n == 0 && !b->tag && (b->type != PL_YAML_SCALAR || (b->len == 0 && !b->quoted));
    if (b->type != PL_YAML_SEQUENCE || b->tag || b->n != c->n)
        return false;
    for (size_t i = 0; i < b->n; i++)
        if (b->items[i]->type != PL_YAML_SCALAR || b->items[i]->tag ||
            strcmp(b->items[i]->text, c->texts[i]) != 0)
            return false;
    return true;
}

static const struct pl_yaml_node *child_of(const struct pl_yaml_node *n, size_t i)
{
    return n->type == PL_YAML_SEQUENCE ? n->items[i] : n->pairs[i].value;
}

/* Changes that lie in one node. */
struct range {
    const struct change *from, *to;
};

static struct range those_at(struct range all, size_t depth, size_t i)
{
    struct range r = {all.from, all.from};
    while (r.to < all.to && r.to->place.at[depth] == i)
        r.to++;
    return r;
}

static bool is_gone(struct range r, size_t depth)
{
    return r.from < r.to && r.from->what == ACCEPT_GONE && r.from->place.depth == depth;
}

/* `a`, `b` and the changes go in step: all are in the order of the file. */
static bool same_but(struct range r, const struct pl_yaml_node *a, const struct pl_yaml_node *b,
                     size_t depth)
{
    size_t j = 0;
    if (r.from == r.to)
        return same(a, b);
    if (r.from->place.depth == depth)
        return is_changed(r.from, b);
    if (a->type != b->type || !same_text(a->tag, b->tag))
        return false;
    for (size_t i = 0; i < a->n; i++) {
        struct range here = those_at(r, depth, i);
        r.from = here.to;
        if (is_gone(here, depth + 1))
            continue;
        if (j == b->n || (a->type == PL_YAML_MAPPING && !same(a->pairs[i].key, b->pairs[j].key)) ||
            !same_but(here, child_of(a, i), child_of(b, j), depth + 1))
            return false;
        j++;
    }
    return j == b->n;
}

static const struct pl_yaml_node *parse_again(struct edit *e, const char *after)
{
    return pl_yaml_parse(e->arena, e->name, after, strlen(after), e->err);
}

int accept_check(struct edit *e, const char *after)
{
    const struct pl_yaml_node *b = parse_again(e, after);
    if (b && same_but((struct range){e->changes, e->changes + e->n_changes}, e->root, b, 0))
        return 0;
    return accept_refuse(e, accept_node(&e->changes[0]),
                         "an edit here would change more than this; edit it by hand");
}

/* ---- rules ---- */

static bool is_rule(const struct pl_yaml_node *item, const struct pl_ignore *rule)
{
    const char *const keys[] = {"field", "reason", "owner", "expires"};
    const char *const values[] = {rule->field, rule->reason, rule->owner, rule->expires};
    if (item->n != PL_LEN(keys))
        return false;
    for (size_t i = 0; i < PL_LEN(keys); i++) {
        const struct pl_yaml_node *v = pl_yaml_get(item, keys[i]);
        if (!v || v->tag || !same_text(v->text, values[i]))
            return false;
    }
    return true;
}

int accept_check_rules(struct edit *e, const char *after, const struct pl_ignore *rules, size_t n)
{
    const struct pl_yaml_node *b = parse_again(e, after), *a = e->root;
    const struct pl_yaml_node *old = pl_yaml_get(a, "ignore"), *now = pl_yaml_get(b, "ignore");
    size_t had = old && old->type == PL_YAML_SEQUENCE ? old->n : 0;
    bool good = b && now && now->type == PL_YAML_SEQUENCE && now->n == had + n &&
                b->n == a->n + (old == NULL);
    for (size_t i = 0; good && i < a->n; i++)
        good = same(a->pairs[i].key, b->pairs[i].key) &&
               (a->pairs[i].value == old || same(a->pairs[i].value, b->pairs[i].value));
    for (size_t i = 0; good && i < now->n; i++)
        good =
            i < had ? same(old->items[i], now->items[i]) : is_rule(now->items[i], &rules[i - had]);
    return good ? 0
                : pl_err_set(e->err, PL_E_BASELINE,
                             "%s: a rule cannot be added to `ignore` without changing more; add it "
                             "by hand",
                             e->name);
}
