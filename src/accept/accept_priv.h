/* accept_priv.h - a file as it was read, the changes that are wanted of it, and the pieces of its text that they replace.
 */
#ifndef PLUMBLINE_ACCEPT_PRIV_H
#define PLUMBLINE_ACCEPT_PRIV_H

#include <stdint.h>

#include "plumbline/accept.h"
#include "plumbline/buf.h"

enum { ACCEPT_BODY = 3, ACCEPT_DEPTH = PL_YAML_MAX_DEPTH + 1 }; /* root, resources, kind, body */

/* A node and the way to it: nodes[0] is the root, at[i] the index of nodes[i + 1] in nodes[i]. */
struct place {
    const struct pl_yaml_node *nodes[ACCEPT_DEPTH];
    size_t at[ACCEPT_DEPTH];
    size_t depth; /* of the node itself */
};

/* Instead of the bytes [from, to). */
struct piece {
    size_t from, to;
    const char *with;
};

/* What shall stand at a place: one text, a list of texts, nothing, or a section that holds nothing. */
enum accept_change { ACCEPT_TEXT, ACCEPT_ITEMS, ACCEPT_GONE, ACCEPT_EMPTY };
struct change {
    struct place place;
    enum accept_change what;
    const char *const *texts; /* as read: one; as many as items */
    size_t n;
    struct piece piece; /* of a text and of items; gone.c knows the others' */
};

/* One reading of a file, and all that is to be changed in it. */
struct edit {
    struct pl_arena *arena;
    const char *name, *text;
    const struct pl_yaml_node *root;
    uint32_t *bytes; /* of every 64th character */
    size_t n_bytes;
    struct change *changes; /* in file order, none inside of another */
    size_t n_changes;
    struct piece *pieces; /* in file order */
    size_t n_pieces, cap_pieces;
    struct pl_err *err;
};

/* place.c: parses; finds where a drift was declared; errors say what stands in the way of editing it. */
int accept_read(struct edit *e);
int accept_find(struct edit *e, const struct pl_drift *d, struct place *out);
/* Byte of a character. */
size_t accept_byte(const struct edit *e, size_t character);
int accept_refuse(struct edit *e, const struct pl_yaml_node *at, const char *why);
/* Start of the line of a byte; end of it, the break included. */
size_t accept_line_start(const struct edit *e, size_t at);
size_t accept_line_end(const struct edit *e, size_t at);
/* Does an item begin its line, behind "- "? Where the line starts, then. */
bool accept_owns_line(const struct edit *e, const struct pl_yaml_node *item, size_t *start);
const struct pl_yaml_node *accept_node(const struct change *c);

/* change.c: what a drift wants changed at its place. */
int accept_plan(struct edit *e, const struct pl_drift *d, struct change *c);

/* gone.c: what holds nothing any more goes, too; then the pieces of all changes, in order. */
int accept_fold(struct edit *e);
int accept_cut(struct edit *e);

/* scalar.c: a value as one YAML scalar, in the style of the one that it replaces (NULL: none); NULL where it is none. */
char *accept_scalar(struct pl_arena *arena, const struct pl_value *v,
                    const struct pl_yaml_node *style, bool flow);
bool accept_is_secret(const struct pl_value *v);

/* check.c: is `after` the same file but for the changes? */
int accept_check(struct edit *e, const char *after);
/* The same but for more items, or a section with these items, behind all others. */
int accept_check_rules(struct edit *e, const char *after, const struct pl_ignore *rules, size_t n);

/* rules.c */
char *accept_add_rules(struct edit *e, const struct pl_ignore *rules, size_t n);

#endif
