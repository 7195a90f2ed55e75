/* samples.h - recorded exchanges with Google's APIs ($SHARED/samples, ../shared): which kind each is about, and what its answer holds.
 *
 * For contract tests alone. What a kind's URLs look like is taken from its table; versions and hosts of older recordings differ.
 */
#ifndef SAMPLES_H
#define SAMPLES_H

#include "harness.h"

#include "plumbline/address.h"
#include "plumbline/kind.h"
#include "plumbline/value.h"

/* A resource, or the policy of one: {"iamPolicy": ...}. */
struct sample_item {
    const struct pl_kind *kind;
    struct pl_address address;
    const struct pl_value *body;
    bool policy;
};

/* One exchange of a file. */
struct sample {
    const char *method, *url;
    int64_t status;
    const struct pl_value *asked, *body; /* NULL where there is none */
};

/* The folder, or NULL where it is missing: then a test says `skipped`. */
const char *samples_folder(void);
/* A file's JSON; fails the test where it is none. */
const struct pl_value *samples_read(struct pl_arena *arena, const char *path);
/* The exchanges of a file in their order: one, or those of a sequence. */
const struct sample *samples_of(struct pl_arena *arena, const struct pl_value *file, size_t *n);
/* Calls `each` for everything in an answer. False where it is no good read of a kind that we know. */
bool samples_items(struct pl_arena *arena, const struct sample *sample,
                   void (*each)(const struct sample_item *item, void *arg), void *arg);
/* What a write is about: the kind, or NULL. `tail` tells resources of a kind apart ("projects/..." without the query and without a verb
 * such as "/addRule" or ":disable"); `one` is false where it is a collection that something is made in. */
const struct pl_kind *samples_target(struct pl_arena *arena, const char *url, const char **tail,
                                     bool *one);
/* "projects/..." of a URL, without the query; NULL where there is none. */
const char *samples_tail(struct pl_arena *arena, const char *url);

#endif
