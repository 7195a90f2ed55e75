/* check.c - an edit is read again and compared with what was there, node by node: the change that was asked for, and nothing else.
 */
#include <string.h>

#include "accept_priv.h"

struct checker {
    const struct place *place;
    const struct change *change;
};

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

static bool is_changed(const struct checker *c, const struct pl_yaml_node *b)
{
    if (c->change->what == ACCEPT_TEXT)
        return b->type == PL_YAML_SCALAR && !b->tag && strcmp(b->text, c->change->texts[0]) == 0;
    if (c->change->what == ACCEPT_EMPTY)
        return b->n == 0 && !b->tag && (b->type != PL_YAML_SCALAR || (b->len == 0 && !b->quoted));
    if (b->type != PL_YAML_SEQUENCE || b->tag || b->n != c->change->n)
        return false;
    for (size_t i = 0; i < b->n; i++)
        if (b->items[i]->type != PL_YAML_SCALAR || b->items[i]->tag ||
            strcmp(b->items[i]->text, c->change->texts[i]) != 0)
            return false;
    return true;
}

static const struct pl_yaml_node *child_of(const struct pl_yaml_node *n, size_t i)
{
    return n->type == PL_YAML_SEQUENCE ? n->items[i] : n->pairs[i].value;
}

static bool same_but(const struct checker *c, const struct pl_yaml_node *b, size_t depth)
{
    const struct pl_yaml_node *a = c->place->nodes[depth];
    if (depth == c->place->depth)
        return is_changed(c, b);
    bool gone = c->change->what == ACCEPT_GONE && depth + 1 == c->place->depth;
    if (a->type != b->type || !same_text(a->tag, b->tag) || a->n != b->n + gone)
        return false;
    for (size_t i = 0, j = 0; i < a->n; i++) {
        bool here = i == c->place->at[depth];
        if (here && gone)
            continue;
        if (a->type == PL_YAML_MAPPING && !same(a->pairs[i].key, b->pairs[j].key))
            return false;
        if (here ? !same_but(c, child_of(b, j), depth + 1) : !same(child_of(a, i), child_of(b, j)))
            return false;
        j++;
    }
    return true;
}

static const struct pl_yaml_node *parse_again(struct edit *e, const char *after)
{
    return pl_yaml_parse(e->arena, e->name, after, strlen(after), e->err);
}

int accept_check(struct edit *e, const char *after, const struct change *change)
{
    const struct checker c = {&e->place, change};
    const struct pl_yaml_node *b = parse_again(e, after);
    if (b && same_but(&c, b, 0))
        return 0;
    return accept_refuse(e, e->place.nodes[e->place.depth],
                         "an edit here would change more than this; edit it by hand");
}

int accept_check_rule(struct edit *e, const char *after, const struct pl_ignore *rule)
{
    const char *const keys[] = {"field", "reason", "owner", "expires"};
    const char *const values[] = {rule->field, rule->reason, rule->owner, rule->expires};
    const struct pl_yaml_node *b = parse_again(e, after), *a = e->root;
    const struct pl_yaml_node *old = pl_yaml_get(a, "ignore"), *now = pl_yaml_get(b, "ignore");
    bool good = b && now && now->type == PL_YAML_SEQUENCE &&
                now->n == (old && old->type == PL_YAML_SEQUENCE ? old->n : 0) + 1 &&
                b->n == a->n + (old == NULL);
    for (size_t i = 0; good && i < a->n; i++)
        good = same(a->pairs[i].key, b->pairs[i].key) &&
               (a->pairs[i].value == old || same(a->pairs[i].value, b->pairs[i].value));
    for (size_t i = 0; good && i + 1 < now->n; i++)
        good = same(old->items[i], now->items[i]);
    const struct pl_yaml_node *last = good ? now->items[now->n - 1] : NULL;
    for (size_t i = 0; good && i < PL_LEN(keys); i++) {
        const struct pl_yaml_node *v = pl_yaml_get(last, keys[i]);
        good = last->n == PL_LEN(keys) && v && !v->tag && same_text(v->text, values[i]);
    }
    return good ? 0
                : pl_err_set(e->err, PL_E_BASELINE,
                             "%s: a rule cannot be added to `ignore` without changing more; add it "
                             "by hand",
                             e->name);
}
