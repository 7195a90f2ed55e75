/* place.c - where in a file a drift was declared: the node at a mark, the way to it, and whether it may be edited there.
 */
#include <string.h>

#include "accept_priv.h"

enum { EVERY = 64 };

int accept_refuse(struct edit *e, const struct pl_yaml_node *at, const char *why)
{
    return pl_mark_error(e->err, &at->mark, PL_E_BASELINE, "%s", why);
}

/* Where every 64th character stands: a search for one goes over less than 64. */
static void index_bytes(struct edit *e)
{
    const unsigned char *s = (const unsigned char *)e->text;
    size_t start = strncmp(e->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, character = 0;
    e->bytes = pl_arena_array(e->arena, strlen(e->text) / EVERY + 1, sizeof(*e->bytes));
    for (size_t i = start; s[i]; i++)
        if ((s[i] & 0xc0) != 0x80 && character++ % EVERY == 0)
            e->bytes[e->n_bytes++] = (uint32_t)i;
    if (e->n_bytes == 0)
        e->bytes[e->n_bytes++] = (uint32_t)start;
}

size_t accept_byte(const struct edit *e, size_t character)
{
    const unsigned char *s = (const unsigned char *)e->text;
    size_t block = character / EVERY < e->n_bytes ? character / EVERY : e->n_bytes - 1;
    size_t i = e->bytes[block];
    for (character -= block * EVERY; s[i]; i++)
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

bool accept_owns_line(const struct edit *e, const struct pl_yaml_node *item, size_t *start)
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

const struct pl_yaml_node *accept_node(const struct change *c)
{
    return c->place.nodes[c->place.depth];
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

static const struct pl_yaml_node *first_of(const struct pl_yaml_node *parent, size_t i)
{
    return parent->type == PL_YAML_MAPPING ? parent->pairs[i].key : parent->items[i];
}

static bool begins_behind(const struct pl_yaml_node *n, const struct pl_mark *mark)
{
    return n->mark.line > mark->line ||
           (n->mark.line == mark->line && n->mark.column > mark->column);
}

/* The last entry that begins at the mark or before it; n: none does. Keys stand in order, but for those that a merge brought, which come
 * behind all others; items may be aliases. */
static size_t entry_at(const struct pl_yaml_node *node, const struct pl_mark *mark)
{
    size_t low = 0, high = node->n;
    if (node->type == PL_YAML_SEQUENCE) {
        for (; high > 0; high--)
            if (is_inside(node, node->items[high - 1]) &&
                !begins_behind(node->items[high - 1], mark))
                break;
        return high > 0 ? high - 1 : node->n;
    }
    while (high > 0 && !is_inside(node, first_of(node, high - 1)))
        high--;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (begins_behind(first_of(node, middle), mark))
            high = middle;
        else
            low = middle + 1;
    }
    return low > 0 ? low - 1 : node->n;
}

static bool search(const struct pl_yaml_node *node, const struct find *f, struct place *p)
{
    for (p->depth = 0; p->depth + 1 < ACCEPT_DEPTH; p->depth++) {
        p->nodes[p->depth] = node;
        size_t i = p->at[p->depth] = entry_at(node, f->mark);
        if (i == node->n)
            return false;
        const struct pl_yaml_node *key = node->type == PL_YAML_MAPPING ? node->pairs[i].key : NULL;
        const struct pl_yaml_node *child = key ? node->pairs[i].value : node->items[i];
        if (!is_inside(node, child))
            return false;
        if (is_it(f, key, child)) {
            p->nodes[++p->depth] = child;
            return true;
        }
        node = child;
    }
    return false;
}

int accept_read(struct edit *e)
{
    e->root = pl_yaml_parse(e->arena, e->name, e->text, strlen(e->text), e->err);
    if (!e->root)
        return -1;
    index_bytes(e);
    return 0;
}

int accept_find(struct edit *e, const struct pl_drift *d, struct place *out)
{
    const struct pl_mark *mark = &d->mark;
    const struct find find = {
        .mark = mark, .element = d->path.n > 0 && d->path.steps[d->path.n - 1].type != PL_STEP_KEY};
    if (!search(e->root, &find, out))
        return pl_err_set(e->err, PL_E_BASELINE,
                          "%s:%d:%d: nothing that can be edited stands here: the file has changed "
                          "since the run, or an alias or a merge brings it in; edit it by hand",
                          e->name, mark->line, mark->column);
    for (size_t i = 0; i <= out->depth; i++)
        if (out->nodes[i]->anchored)
            return accept_refuse(e, out->nodes[i],
                                 "an anchor stands on the way, and its aliases would change, too; "
                                 "edit it by hand");
    return 0;
}
