/* plumbline/accept.h [floor 4: src/accept] - drift taken into a baseline, or an ignore rule added: an edit of the file's text that changes nothing else.
 *
 * Comments, order and layout stay. Every edit is read again and compared node by node with what was there: it must be exactly the change that
 * was asked for. What cannot be edited so (matchers, references, anchors, merges, what nobody declared) is refused, with its place.
 */
#ifndef PLUMBLINE_ACCEPT_H
#define PLUMBLINE_ACCEPT_H

#include "plumbline/finding.h"

/* The text of a baseline's file with what was observed in the place of what was declared: a value replaced, or a field, an element or a resource
 * that is not there taken out. `drift->mark` says the place. In the arena; NULL with err ("file:line:column: ..., the line, a caret"). */
char *pl_accept_drift(struct pl_arena *arena, const char *name, const char *text,
                      const struct pl_drift *drift, struct pl_err *err) PL_MUST_USE;

/* The text with one more rule at the end of `ignore`. */
char *pl_accept_rule(struct pl_arena *arena, const char *name, const char *text,
                     const struct pl_ignore *rule, struct pl_err *err) PL_MUST_USE;

/* The difference of two texts as `diff -u` writes it, with three lines around each change; "" where they are equal. */
char *pl_accept_diff(struct pl_arena *arena, const char *name, const char *before,
                     const char *after);

#endif
