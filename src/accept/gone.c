/* gone.c - entries taken out: what holds nothing any more goes with them; and the pieces of text that this makes of all changes.
 */
#include <string.h>

#include "accept_priv.h"

static int refuse(struct edit *e, const struct change *c, const char *why)
{
    return accept_refuse(e, accept_node(c), why);
}

static const struct pl_yaml_node *parent_of(const struct change *c)
{
    return c->place.nodes[c->place.depth - 1];
}

static size_t index_of(const struct change *c)
{
    return c->place.at[c->place.depth - 1];
}

/* ---- what holds nothing any more ---- */

/* All entries of the node are gone, the changes from `first` on. A resource stays: it is declared to be there, whatever is said of it;
 * so do sections. */
static int empty(struct edit *e, size_t first, size_t depth)
{
    struct change *c = &e->changes[first];
    if (c->place.nodes[depth]->tag)
        return refuse(e, c, "nothing would be left behind a matcher; edit it by hand");
    c->place.depth = depth;
    c->what = depth > ACCEPT_BODY ? ACCEPT_GONE : ACCEPT_EMPTY;
    e->n_changes = first + 1;
    return 0;
}

/* The changes [from, to) lie in one node. They are moved down to e->n_changes, which are as they shall be. */
static int fold(struct edit *e, size_t from, size_t to, size_t depth)
{
    const struct pl_yaml_node *node = e->changes[from].place.nodes[depth];
    size_t first = e->n_changes, n_gone = 0;
    for (size_t i = from, next; i < to; i = next) {
        size_t at = e->changes[i].place.at[depth];
        bool here = e->changes[i].place.depth == depth + 1;
        for (next = i + 1; next < to && e->changes[next].place.at[depth] == at;)
            next++;
        if (here && next > i + 1)
            return refuse(e, &e->changes[i + 1], "two edits meet here");
        if (here)
            e->changes[e->n_changes++] = e->changes[i];
        else if (fold(e, i, next, depth + 1) < 0)
            return -1;
        const struct change *last = &e->changes[e->n_changes - 1];
        n_gone += last->what == ACCEPT_GONE && last->place.depth == depth + 1;
    }
    return n_gone == node->n ? empty(e, first, depth) : 0;
}

int accept_fold(struct edit *e)
{
    size_t n = e->n_changes;
    e->n_changes = 0;
    return fold(e, 0, n, 0);
}

/* ---- pieces ---- */

static int add_piece(struct edit *e, const struct change *c, struct piece p)
{
    if (e->n_pieces > 0 && p.from < e->pieces[e->n_pieces - 1].to)
        return refuse(e, c, "two edits meet here");
    PL_PUSH(e->arena, e->pieces, e->n_pieces, e->cap_pieces, p);
    return 0;
}

/* Where an entry begins: its key, or itself. */
static size_t entry_from(const struct pl_yaml_node *parent, size_t i)
{
    return parent->type == PL_YAML_MAPPING ? parent->pairs[i].key->from : parent->items[i]->from;
}

static size_t entry_to(const struct pl_yaml_node *parent, size_t i)
{
    return parent->type == PL_YAML_MAPPING ? parent->pairs[i].value->to : parent->items[i]->to;
}

/* Entries first to last, with the comma behind them, or else the one before. */
static int cut_flow(struct edit *e, const struct change *c, const struct pl_yaml_node *parent,
                    size_t first, size_t last)
{
    size_t from = accept_byte(e, entry_from(parent, first)),
           to = accept_byte(e, entry_to(parent, last));
    if (last + 1 < parent->n)
        to = accept_byte(e, entry_from(parent, last + 1));
    else if (first > 0)
        from = accept_byte(e, entry_to(parent, first - 1));
    if (memchr(e->text + from, '#', to - from))
        return refuse(e, c, "a remark stands between; edit it by hand");
    return add_piece(e, c, (struct piece){from, to, ""});
}

/* Whole lines, from the one where the entry begins to the one where its last value ends. */
static int cut_block(struct edit *e, const struct change *c, const struct pl_yaml_node *parent,
                     size_t i)
{
    size_t from = accept_byte(e, entry_from(parent, i)), line = accept_line_start(e, from);
    bool dash = false;
    for (size_t at = line; at < from; at++) {
        bool own = parent->type == PL_YAML_SEQUENCE && e->text[at] == '-' && !dash;
        dash = dash || own;
        if (e->text[at] != ' ' && !own)
            return refuse(e, c, "it shares its line with something else; edit it by hand");
    }
    size_t last = accept_byte(e, entry_to(parent, i));
    /* A text over several lines ends where the next line begins. */
    size_t end = last > from && e->text[last - 1] == '\n' ? last : accept_line_end(e, last);
    return add_piece(e, c, (struct piece){line, end, ""});
}

static int cut_entries(struct edit *e, const struct change *c, const struct pl_yaml_node *parent,
                       size_t first, size_t last)
{
    if (parent->flow)
        return cut_flow(e, c, parent, first, last);
    for (size_t i = first; i <= last; i++)
        if (cut_block(e, c, parent, i) < 0)
            return -1;
    return 0;
}

/* How many changes from the i-th on take out neighbours. */
static size_t run_of(const struct edit *e, size_t i)
{
    const struct change *c = &e->changes[i];
    size_t n = 1;
    for (; i + n < e->n_changes; n++) {
        const struct change *next = &e->changes[i + n];
        if (next->what != ACCEPT_GONE || next->place.depth != c->place.depth ||
            parent_of(next) != parent_of(c) || index_of(next) != index_of(c) + n)
            break;
    }
    return n;
}

int accept_cut(struct edit *e)
{
    for (size_t i = 0, n; i < e->n_changes; i += n) {
        const struct change *c = &e->changes[i];
        const struct pl_yaml_node *node = accept_node(c);
        int status = 0;
        n = 1;
        if (c->what == ACCEPT_EMPTY) {
            status = cut_entries(e, c, node, 0, node->n - 1);
        } else if (c->what == ACCEPT_GONE) {
            n = run_of(e, i);
            status = cut_entries(e, c, parent_of(c), index_of(c), index_of(c) + n - 1);
        } else {
            status = add_piece(e, c, c->piece);
        }
        if (status < 0)
            return -1;
    }
    return 0;
}
