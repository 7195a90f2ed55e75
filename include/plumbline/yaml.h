/* plumbline/yaml.h [floor 1: src/io] - YAML 1.1 text to a tree with marks and tags; libyaml ends here.
 *
 * Scalars stay text: what they mean is decided by who knows the field. Aliases are expanded; what they
 * expand to, nesting and size are bounded. One document a file.
 */
#ifndef PLUMBLINE_YAML_H
#define PLUMBLINE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/arena.h"
#include "plumbline/err.h"

enum { PL_YAML_MAX_BYTES = 8 << 20, PL_YAML_MAX_DEPTH = 64, PL_YAML_MAX_NODES = 200000 };

/* A place in a file; line and column count from 1; 0 = unknown. The file's lines are kept, for messages. */
struct pl_mark {
    const struct pl_yaml_file *file;
    int line, column;
};

struct pl_yaml_file {
    const char *name; /* as the user gave it */
    const char *text;
    size_t len;
};

enum pl_yaml_type { PL_YAML_SCALAR, PL_YAML_SEQUENCE, PL_YAML_MAPPING };

struct pl_yaml_node;

struct pl_yaml_pair {
    const struct pl_yaml_node *key; /* a scalar; unique in its mapping */
    const struct pl_yaml_node *value;
};

struct pl_yaml_node {
    enum pl_yaml_type type;
    struct pl_mark mark;
    const char *tag; /* "!any_of" as written; NULL where none or a standard tag of YAML */
    bool quoted;     /* scalar: quoted or block style, so surely text */
    bool flow;       /* sequence, mapping: in brackets or braces */
    bool anchored;   /* others may be aliases of it */
    /* In characters (code points, a byte order mark not counted), tag and anchor included; of a block collection to the end of what
     * stands last in it. Empty text has from == to. */
    size_t from, to;
    const char *text; /* scalar */
    size_t len;
    const struct pl_yaml_node *const *items; /* sequence */
    const struct pl_yaml_pair *pairs;        /* mapping, in file order */
    size_t n;
};

/* Parses `text` (copied into the arena). Empty text gives an empty mapping. NULL and err with
 * "file:line:column: message", the line and a caret under the spot, on error: broken YAML, duplicate keys, keys that are no
 * scalars, a second document, `<<` merges of anything but mappings, limits. */
const struct pl_yaml_node *pl_yaml_parse(struct pl_arena *arena, const char *name, const char *text,
                                         size_t len, struct pl_err *err) PL_MUST_USE;

const struct pl_yaml_node *pl_yaml_get(const struct pl_yaml_node *mapping,
                                       const char *key); /* or NULL */

/* Sets "file:line:column: message\n  | line\n  |    ^". Returns -1. The line is cut to 120 columns, controls are escaped, and
 * what stands behind `password:` and the like is covered unless it is a tag or a reference. */
int pl_mark_error(struct pl_err *err, const struct pl_mark *mark, enum pl_code code,
                  const char *fmt, ...) PL_PRINTF(4, 5);

/* The candidate nearest to `name` by edit distance, or NULL where none is near enough to suggest. */
const char *pl_nearest(const char *name, const char *const *candidates, size_t n);

#endif
