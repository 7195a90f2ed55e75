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
enum pl_expect_answer pl_expect_check(struct pl_arena *arena, const struct pl_expect *expect, const struct pl_kind *kind,
                                      const char *generic, const struct pl_field_info *info, const struct pl_value *value,
                                      struct pl_view *view, const char **why);

/* The value a text with references stands for in this view: PRESENT, ABSENT (a target was observed and has no such field), NOT_KNOWN. */
enum pl_known pl_expect_resolve(struct pl_arena *arena, const struct pl_expect *expect, const struct pl_field_info *info,
                                struct pl_view *view, const struct pl_value **out);

/* One value that satisfies the expectation and is as near as possible to `observed` (NULL: absent): what a revert sets. PL_UNKNOWN where
 * many would do and none is the right one (!matches, !present of an absent field); NULL: absent. */
const struct pl_value *pl_expect_witness(struct pl_arena *arena, const struct pl_expect *expect, const struct pl_kind *kind,
                                         const char *generic, const struct pl_field_info *info,
                                         const struct pl_value *observed, struct pl_view *view);

/* The expectation as people write it: "!at_least 200", "5432", with references resolved where `view` is given. */
char *pl_expect_text(struct pl_arena *arena, const struct pl_expect *expect);

#endif
