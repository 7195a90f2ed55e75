/* table_priv.h - resources of a kind, prepared once: each as a row, the rows of one network in the order in which they decide.
 *
 * A table is made for the world as it stands, and shared by all views of it. A view that changes some of the resources has a patch: rows of its own
 * for those, laid over the world's. What is concluded from a table is kept with it, by what was asked.
 */
#ifndef PLUMBLINE_TABLE_PRIV_H
#define PLUMBLINE_TABLE_PRIV_H

#include "reach_priv.h"

struct pl_table_kind;

/* First member of each kind's own row; `sides` is the kind's to fill in, the rest is not. */
struct pl_row {
    const struct pl_table_kind *of;
    const struct pl_resource *resource;
    enum pl_tri of_known_network; /* YES: `network`; MAYBE: of which is not known; NO: of none */
    const struct pl_address *network;
    unsigned sides; /* those of the kind's tables that it belongs to, as bits */
    size_t index;   /* private: among the world's rows */
};

struct pl_table_kind {
    const char *kind;
    const char *const *fields; /* all that `prepare` reads; NULL-terminated */
    /* A row in the arena, or NULL where the resource counts for nothing. */
    struct pl_row *(*prepare)(struct pl_arena *arena, struct pl_view *view,
                              const struct pl_resource *resource);
    /* Which of two decides before the other: negative, 0, positive. */
    int (*order)(const struct pl_row *a, const struct pl_row *b);
};

struct pl_table {
    const struct pl_table_kind *of;
    const struct pl_row *const *rows; /* of the world, in order */
    size_t n;
    const struct pl_row *const *patch; /* of the view, in order */
    size_t n_patch;
    const unsigned char
        *changed;           /* by index: the world's rows that do not count here; NULL: none */
    enum pl_known known;    /* of the listing */
    struct pl_arena *arena; /* for what is kept with it */
    struct pl_map *answers; /* by question */
};

/* The table of a network in the view, of one side. Not recorded: pl_table_read does that. */
const struct pl_table *pl_table_of(struct pl_view *view, const struct pl_table_kind *of,
                                   const struct pl_address *network, unsigned side);
/* Records in the view that a conclusion was drawn from the table. */
void pl_table_read(struct pl_view *view, const struct pl_table_kind *of, const char *project,
                   pl_matters_fn *matters, const void *about);

/* A walk through the rows in order: `walk` begins as {0}; NULL at the end. */
struct pl_table_walk {
    size_t row, patch;
};
const struct pl_row *pl_table_next(const struct pl_table *table, struct pl_table_walk *walk);

/* The row of one version of a resource, kept with the view's content; or NULL. */
const struct pl_row *pl_table_row(struct pl_view *view, const struct pl_table_kind *of,
                                  const struct pl_resource *resource);
bool pl_row_is_of(const struct pl_row *row, const struct pl_address *network);

#endif
