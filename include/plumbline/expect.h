/* plumbline/expect.h [floor 2: src/model] - does a value satisfy an expectation? Used for drift and for the assertions of probes.
 */
#ifndef PLUMBLINE_EXPECT_H
#define PLUMBLINE_EXPECT_H

#include "plumbline/baseline.h"
#include "plumbline/world.h"

enum pl_expect_answer { PL_EXPECT_NO, PL_EXPECT_YES, PL_EXPECT_NOT_KNOWN };

/* `value` NULL is absent. kind and generic place the field ("settings.databaseFlags[].value"); for values that are no field
 * (an HTTP header, a JSON pointer) kind is NULL and info a plain string or any. `view` resolves references; NULL: there are
 * none. Where the answer is not YES, *why gets a sentence in the arena (no secrets). */
enum pl_expect_answer pl_expect_check(struct pl_arena *arena, const struct pl_expect *expect,
                                      const struct pl_kind *kind, const char *generic,
                                      const struct pl_field_info *info,
                                      const struct pl_value *value, struct pl_view *view,
                                      const char **why);

/* The value a text with references stands for in this view: PRESENT, ABSENT (a target was observed and has no such field), NOT_KNOWN. */
enum pl_known pl_expect_resolve(struct pl_arena *arena, const struct pl_expect *expect,
                                const struct pl_field_info *info, struct pl_view *view,
                                const struct pl_value **out);

/* One value that satisfies the expectation and is as near as possible to `observed` (NULL: absent): what a revert sets. PL_UNKNOWN where
 * many would do and none is the right one (!matches, !present of an absent field); NULL: absent. */
const struct pl_value *pl_expect_witness(struct pl_arena *arena, const struct pl_expect *expect,
                                         const struct pl_kind *kind, const char *generic,
                                         const struct pl_field_info *info,
                                         const struct pl_value *observed, struct pl_view *view);

/* How a declared list is held against an observed one. */
enum pl_list_how {
    PL_LIST_SET,      /* of scalars */
    PL_LIST_BY_ID,    /* objects by their identifying key */
    PL_LIST_MULTISET, /* objects without one: each declared element needs a partner of its own */
    PL_LIST_ORDERED,  /* !ordered: by index */
    PL_LIST_WHOLE, /* firewall allowed[] and denied[]: as protocols and intervals of ports, no partners */
};

struct pl_list_pairs {
    enum pl_list_how how;
    const size_t *
        partner; /* by declared item: index of the observed element that it is held against; PL_NO_PARTNER: none */
    const size_t *extra; /* observed elements that nothing declared is held against, ascending */
    size_t n_extra;
    bool extra_is_drift; /* else they are nobody's business */
    bool nameless; /* one declared and one unnamed observed element: the identity is not compared */
};
#define PL_NO_PARTNER ((size_t)-1)

/* Pairs the items of a LIST, CONTAINS or ONLY with the elements of `value` (NULL or no list: none). In a set the partner
 * satisfies the item; by id and by index it may differ, and is then what the difference is told about. */
struct pl_list_pairs pl_expect_pairs(struct pl_arena *arena, const struct pl_expect *expect,
                                     const struct pl_kind *kind, const char *generic,
                                     const struct pl_field_info *info, const struct pl_value *value,
                                     struct pl_view *view);
/* The list that an expectation is held against, and its pairs: an absent list counts as its default where that has a partner for every
 * declared element, else as none (traffic that is asked for takes the place of what was not). */
const struct pl_value *pl_expect_list(struct pl_arena *arena, const struct pl_expect *expect,
                                      const struct pl_kind *kind, const char *generic,
                                      const struct pl_field_info *info,
                                      const struct pl_value *value, struct pl_view *view,
                                      struct pl_list_pairs *pairs);

/* The expectation as people write it: "!at_least 200", "5432"; references as "${ADDRESS}". */
char *pl_expect_text(struct pl_arena *arena, const struct pl_expect *expect);

#endif
