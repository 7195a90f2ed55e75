/* accept_priv.h - a place in a YAML file with all that it stands in, and the checked edits of its text.
 */
#ifndef PLUMBLINE_ACCEPT_PRIV_H
#define PLUMBLINE_ACCEPT_PRIV_H

#include "plumbline/accept.h"
#include "plumbline/buf.h"

enum { ACCEPT_BODY = 3, ACCEPT_DEPTH = PL_YAML_MAX_DEPTH + 1 }; /* root, resources, kind, body */

/* A node and the way to it: nodes[0] is the root, at[i] the index of nodes[i + 1] in nodes[i]. */
struct place {
    const struct pl_yaml_node *nodes[ACCEPT_DEPTH];
    size_t at[ACCEPT_DEPTH];
    size_t depth; /* of the node itself */
};

struct edit {
    struct pl_arena *arena;
    const char *name, *text;
    const struct pl_yaml_node *root;
    struct place place;
    struct pl_err *err;
};

/* place.c: parses, and finds where a drift was declared; errors say what stands in the way of editing it. */
int accept_find(struct edit *e, const struct pl_drift *d);
/* Byte of a character. */
size_t accept_byte(const struct edit *e, size_t character);
int accept_refuse(struct edit *e, const struct pl_yaml_node *at, const char *why);
/* The text with bytes [from, to) replaced. */
char *accept_splice(struct edit *e, size_t from, size_t to, const char *with);
/* Start of the line of a byte; end of it, the break included. */
size_t accept_line_start(const struct edit *e, size_t at);
size_t accept_line_end(const struct edit *e, size_t at);

/* scalar.c: a value as one YAML scalar, in the style of the one that it replaces (NULL: none); NULL where it is none. */
char *accept_scalar(struct pl_arena *arena, const struct pl_value *v,
                    const struct pl_yaml_node *style, bool flow);
bool accept_is_secret(const struct pl_value *v);

/* check.c: is `after` the same file but for the node at the place: `want` its text, or its items, or gone? */
enum accept_change { ACCEPT_TEXT, ACCEPT_ITEMS, ACCEPT_GONE, ACCEPT_EMPTY };
struct change {
    enum accept_change what;
    const char *const *texts; /* one; as many as items */
    size_t n;
};
int accept_check(struct edit *e, const char *after, const struct change *change);
/* The same but for one more item, or a section with one item, behind all others. */
int accept_check_rule(struct edit *e, const char *after, const struct pl_ignore *rule);

#endif
