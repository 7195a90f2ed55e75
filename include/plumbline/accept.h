/* plumbline/accept.h [floor 4: src/accept] - drift taken into a baseline, or an ignore rule added: an edit of the file's text that changes nothing else.
 *
 * Comments, order and layout stay. What comes out is read again and compared node by node with what was there: it must be exactly the changes
 * that were asked for. What cannot be edited so (matchers, references, anchors, merges, what nobody declared) is refused, with its place.
 */
#ifndef PLUMBLINE_ACCEPT_H
#define PLUMBLINE_ACCEPT_H

#include "plumbline/finding.h"

/* The text of a baseline's file with what was observed in the place of what was declared: values replaced, and fields, elements or resources
 * that are not there taken out. `drift->mark` says the place; the last in the file comes first, n > 0. In the arena; NULL with err
 * ("file:line:column: ..., the line, a caret") and *refused, the index of the one that cannot be: all or none. */
char *pl_accept_drifts(struct pl_arena *arena, const char *name, const char *text,
                       const struct pl_drift *const *drifts, size_t n, size_t *refused,
                       struct pl_err *err) PL_MUST_USE;

/* The text with n > 0 more rules at the end of `ignore`, in this order. */
char *pl_accept_rules(struct pl_arena *arena, const char *name, const char *text,
                      const struct pl_ignore *rules, size_t n, size_t *refused,
                      struct pl_err *err) PL_MUST_USE;

/* The difference of two texts as `diff -u` writes it, with three lines around each change; "" where they are equal. */
char *pl_accept_diff(struct pl_arena *arena, const char *name, const char *before,
                     const char *after);

#endif
