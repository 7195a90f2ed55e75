/* plumbline/init.h [floor 4: src/init] - a baseline made from a world: what matters for connectivity, as a human would write it down.
 *
 * Which fields is a table (src/init/fields.c): what the path model reads and what audits usually ask, nothing that only the server writes.
 * Copied addresses become references, what looks like a secret is left out, connections are proposed from the wiring, and what a human
 * must decide is said in comments.
 */
#ifndef PLUMBLINE_INIT_H
#define PLUMBLINE_INIT_H

#include "plumbline/buf.h"
#include "plumbline/world.h"

struct pl_init_input {
    const struct pl_world *world;
    const char *source; /* "Google's APIs", "snapshot today.ndjson": for the first line */
    /* The world is part of an estate (Terraform's state): connections are proposed without asking the model. */
    bool partial;
};

/* What was written, for a closing word. */
struct pl_init_count {
    size_t resources;
    size_t connections; /* that stand in it */
    size_t doubtful;    /* that stand in it as comments only */
    size_t left_out;    /* values that are or may be secrets */
};

/* Appends the baseline's text. It has been read back: it is valid, and every connection that is no comment is open in the model
 * (unless `partial`). The same
 * world gives the same bytes. -1 and err where there is nothing to declare. */
int pl_init_write(struct pl_arena *arena, struct pl_buf *out, const struct pl_init_input *input,
                  struct pl_init_count *count, struct pl_err *err) PL_MUST_USE;

/* A kind that is declared, in the order in which they are written. Beside them the path model reads its own (pl_reach_kinds). */
struct pl_init_kind {
    const char *kind;
    enum pl_init_declare {
        PL_DECLARE_ALL,
        PL_DECLARE_NETWORK, /* what belongs to a network that something kept is in */
        PL_DECLARE_NAMED,   /* what something kept names */
        PL_DECLARE_NOT      /* referred to, not declared */
    } declare;
};
extern const struct pl_init_kind pl_init_kinds[];
extern const size_t pl_init_kinds_len;

/* A field that is declared where it is there. */
struct pl_init_field {
    const char *kind;
    const char *
        path; /* row form: "template.containers[].env"; all below it, but for what only the server writes */
    const char *link; /* a kind: the value is a link to one, and becomes a reference */
    enum {
        PL_INIT_DEFAULT = 1, /* declared with its default where it is absent */
        PL_INIT_TEXT = 2,    /* text that may hold another resource's address */
        PL_INIT_WIRING =
            4, /* environment variables: those that carry an address, and where secrets come from */
        PL_INIT_INVOKERS = 8 /* bindings: those that let somebody in */
    } flags;
};
extern const struct pl_init_field pl_init_fields[];
extern const size_t pl_init_fields_len;

#endif
