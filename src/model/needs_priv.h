/* needs_priv.h - what the files of the needs share: needs.c holds the sets and judges, needs_mask.c knows members, needs_words.c names.
 */
#ifndef PLUMBLINE_NEEDS_PRIV_H
#define PLUMBLINE_NEEDS_PRIV_H

#include "plumbline/kind.h"
#include "plumbline/map.h"
#include "plumbline/needs.h"

struct kind_need {
    const struct pl_kind *kind;
    bool whole, every, policy;
    const char *const *by; /* NULL: not found through others */
    struct pl_path
        *mask; /* sorted, so that paths with one beginning stand together; none leads to another */
    size_t n, cap;
};

struct pl_needs {
    struct pl_arena *arena;
    struct pl_map by_kind; /* kind -> struct kind_need */
    const struct pl_kind **kinds;
    size_t n_kinds, cap_kinds;
    struct pl_map addresses; /* full */
    struct pl_map parents;   /* "kind project outer-name": what lives inside is said by name */
    struct pl_map words;
    struct pl_map virtuals; /* "compute.network peeringRoutes" */
};

/* Nothing that has a name in Google Cloud has a longer one; host names end at 253 (RFC 1035). */
enum { PL_WORD_MAX = 256 };

/* NULL: nothing of that kind is needed. */
struct kind_need *pl_need_find(const struct pl_needs *needs, const struct pl_kind *kind);

/* ---- needs_mask.c ---- */

const struct pl_schema_field *pl_schema_field_of(const struct pl_schema *message, const char *name);
/* A member of the kind's body; as much of a path as can be asked for; what an address is made from. */
void pl_mask_member(struct pl_needs *needs, struct kind_need *need, const char *name);
void pl_mask_path(struct pl_needs *needs, struct kind_need *need, const struct pl_path *path);
void pl_mask_identity(struct pl_needs *needs, struct kind_need *need);

/* ---- needs_words.c ---- */

/* One form for what may be written in several: letters small, no dot of a root or of a sentence at the ends, addresses as RFC 5952 has
 * them. False where it is no word. */
bool pl_word_fold(const char *text, size_t len, char out[PL_WORD_MAX]);

#endif
