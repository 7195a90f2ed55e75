/* json_priv.h - the two readers of JSON: one for what is plain, and jansson for everything. */
#ifndef JSON_PRIV_H
#define JSON_PRIV_H

#include "plumbline/json.h"

/* json_plain.c: a document of the plainest sort; NULL where it is none, and json_read.c must look. */
const struct pl_value *io_json_plain(struct pl_arena *arena, const char *text, size_t len);
/* json_read.c: any document, as pl_json_parse reads it. */
const struct pl_value *io_json_jansson(struct pl_arena *arena, const char *text, size_t len,
                                       const char *what, struct pl_err *err) PL_MUST_USE;

#endif
