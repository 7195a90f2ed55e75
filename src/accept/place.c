/* place.c - where in a file a drift was declared: the node at a mark, the way to it, and whether it may be edited there.
 */
#include <stdio.h>
#include <string.h>

#include "accept_priv.h"

int accept_refuse(struct edit *e, const struct pl_yaml_node *at, const char *why)
{
    return pl_mark_error(e->err, &at->mark, PL_E_BASELINE, "%s", why);
}

size_t accept_byte(const struct edit *e, size_t character)
{
    const unsigned char *s = (const unsigned char *)e->text;
    size_t i = strncmp(e->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (; s[i]; i++)
        if ((s[i] & 0xc0) != 0x80 && character-- == 0)
            break;
    return i;
}

size_t accept_line_start(const struct edit *e, size_t at)
{
    while (at > 0 && e->text[at - 1] != '\n')
        at--;
    return at;
}

size_t accept_line_end(const struct edit *e, size_t at)
{
    while (e->text[at] && e->text[at] != '\n')
        at++;
    return e->text[at] ? at + 1 : at;
}

char *accept_splice(struct edit *e, size_t from, size_t to, const char *with)
{
    return pl_arena_printf(e->arena, "%.*s%s%s", (int)from, e->text, with, e->text + to);
}

struct find {
    const struct pl_mark *mark;
    bool element; /* of a list, not a key */
};

static bool stands_at(const struct pl_yaml_node *n, const struct pl_mark *mark)
{
    return n->mark.line == mark->line && n->mark.column == mark->column;
}

/* A child that lies outside of its parent came by an alias or a merge. */
static bool is_inside(const struct pl_yaml_node *parent, const struct pl_yaml_node *child)
{
    return child->from >= parent->from && child->to <= parent->to;
}

/* The entry at the mark. A block mapping begins where its first key does: an element of a list is meant there, or that key. */
static bool is_it(const struct find *f, const struct pl_yaml_node *key,
                  const struct pl_yaml_node *child)
{
    if (key && stands_at(key, f->mark))
        return true;
    bool block = child->type == PL_YAML_MAPPING && !child->flow && !child->tag;
    return stands_at(child, f->mark) && (!block || (!key && f->element));
}

static bool search(const struct pl_yaml_node *node, const struct find *f, struct place *p,
                   size_t depth)
{
    p->nodes[depth] = node;
    p->depth = depth;
    if (depth + 1 >= ACCEPT_DEPTH)
        return false;
    for (size_t i = 0; i < node->n; i++) {
        const struct pl_yaml_node *key = node->type == PL_YAML_MAPPING ? node->pairs[i].key : NULL;
        const struct pl_yaml_node *child = key ? node->pairs[i].value : node->items[i];
        if (!is_inside(node, child))
            continue;
        p->at[depth] = i;
        if (is_it(f, key, child)) {
            p->nodes[depth + 1] = child;
            p->depth = depth + 1;
            return true;
        }
        if (search(child, f, p, depth + 1))
            return true;
    }
    return false;
}

int accept_find(struct edit *e, const struct pl_drift *d)
{
    const struct pl_mark *mark = &d->mark;
    const struct find find = {
        .mark = mark, .element = d->path.n > 0 && d->path.steps[d->path.n - 1].type != PL_STEP_KEY};
    e->root = pl_yaml_parse(e->arena, e->name, e->text, strlen(e->text), e->err);
    if (!e->root)
        return -1;
    if (!search(e->root, &find, &e->place, 0))
        return pl_err_set(e->err, PL_E_BASELINE,
                          "%s:%d:%d: nothing that can be edited stands here: the file has changed "
                          "since the run, or an alias or a merge brings it in; edit it by hand",
                          e->name, mark->line, mark->column);
    for (size_t i = 0; i <= e->place.depth; i++)
        if (e->place.nodes[i]->anchored)
            return accept_refuse(e, e->place.nodes[i],
                                 "an anchor stands on the way, and its aliases would change, too; "
                                 "edit it by hand");
    return 0;
}
