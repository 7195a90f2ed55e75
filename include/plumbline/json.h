/* plumbline/json.h [floor 1: src/io] - JSON text to values and back; jansson ends here. */
#ifndef PLUMBLINE_JSON_H
#define PLUMBLINE_JSON_H

#include "plumbline/value.h"

/* Parses one document. Duplicate keys, NUL in strings, trailing bytes and depth over 200 are errors;
 * err is "WHAT: line L, column C: message" (`what`: "snapshot.ndjson:3"), never a quotation of the text, which
 * may hold a secret. Integers beyond int64 are errors: Google sends those as strings. NULL on error. */
const struct pl_value *pl_json_parse(struct pl_arena *arena, const char *text, size_t len,
                                     const char *what, struct pl_err *err) PL_MUST_USE;

/* One object whose long lists are read element by element. `path` leads to them: names of members, "*" for any, NULL behind the last.
 * In the outline such a list has two integers for each element, for pl_json_element; all else is as it is. Errors as above; an object
 * on the way with a name that is written in escapes ("\u0061") is one, too. */
const struct pl_value *pl_json_outline(struct pl_arena *arena, const char *text, size_t len,
                                       const char *const *path, const char *what,
                                       struct pl_err *err) PL_MUST_USE;
/* Element i of such a list (of half as many as it has integers), of the same text; NULL where it is no JSON. */
const struct pl_value *pl_json_element(struct pl_arena *arena, const char *text,
                                       const struct pl_value *list, size_t i, const char *what,
                                       struct pl_err *err) PL_MUST_USE;

/* Compact, keys sorted, numbers in their shortest form that reads back
 * as the same type and value (1.0 stays "1.0"), UTF-8 as is, control characters escaped.
 * PL_UNKNOWN prints as null. */
void pl_json_write(struct pl_buf *out, const struct pl_value *v);
/* The same, indented by two spaces. */
void pl_json_write_pretty(struct pl_buf *out, const struct pl_value *v);
/* A quoted and escaped JSON string. */
void pl_json_write_string(struct pl_buf *out, const char *s, size_t len);
char *pl_json_text(struct pl_arena *arena, const struct pl_value *v);
/* A string as it is, a number or truth value as JSON; NULL for what is neither, and for NULL. */
const char *pl_json_scalar(struct pl_arena *arena, const struct pl_value *v);

#endif
