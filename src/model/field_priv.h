/* field_priv.h - what kinds, paths, links and canonical values share inside the model; worlds have model_priv.h. */
#ifndef PLUMBLINE_FIELD_PRIV_H
#define PLUMBLINE_FIELD_PRIV_H

#include "plumbline/address.h"
#include "plumbline/canon.h"
#include "plumbline/kind.h"

/* ---- kind.c ---- */

/* Has a key of the map at `generic` a row of its own ("limits.cpu", "annotations[\"a/b\"]")? */
bool pl_field_has_key_rows(const struct pl_kind *kind, const char *generic);

/* ---- field_node.c ---- */

/* A field as a walk down a body comes to it; NULL where there is no kind. Most live as long as the thread, the others as long as `arena`. */
struct pl_field_node;
struct pl_field_node *pl_field_node_root(const struct pl_kind *kind);
/* One step down, as pl_field_child has it; NULL for the element of a list. Below what is not known nothing is, and of its flags
 * PL_F_SECRET alone is handed down. */
struct pl_field_node *pl_field_node_child(struct pl_arena *arena, struct pl_field_node *at,
                                          const char *key);
const struct pl_field_info *pl_field_node_info(const struct pl_field_node *node);

/* ---- path_get.c ---- */

/* Are two texts of one element the same: by byte, as prefixes, as links? */
bool pl_text_same(const char *a, const char *b);
/* Does an identity's step without this part ("role" without "condition") name only elements that lack it? */
bool pl_identity_may_lack(const char *key, const char *member);
/* Where a list has the element that an ID, VALUE or INDEX step names; SIZE_MAX: nowhere. */
size_t pl_step_position(const struct pl_value *list, const struct pl_step *step);

/* ---- text.c ---- */

/* A scalar as text, in `buf` where it is no string; NULL for what is no scalar. */
const char *pl_scalar_text(const struct pl_value *v, char *buf, size_t size);
/* What names an IAM condition: its title, or without one its expression; NULL where neither is there. */
const char *pl_condition_name(const struct pl_value *condition);
/* Foreign text made fit for an error message: at most 80 bytes, no control characters. */
const char *pl_clip(struct pl_arena *arena, const char *text);

/* ---- link.c ---- */

/* Where in a link the part begins that identifies. */
const char *pl_link_tail(const char *link);

/* ---- canon_layer4.c ---- */

/* firewall allowed[] and denied[]: entries of a protocol and ports. */
bool pl_layer4_is(const struct pl_field_info *info);
/* One entry a protocol, sorted; ports as merged intervals. NULL where an entry cannot be read. */
const struct pl_value *pl_layer4_canon(struct pl_arena *arena, const struct pl_value *entries);

/* ---- canon_text.c ---- */

/* Text of a field in the canonical form of its type; `text` itself where it does not parse. */
const char *pl_canon_text(struct pl_arena *arena, enum pl_type type, const char *text);
/* CPUs in thousandths: "1", "0.5", "1000m". */
bool pl_quantity_parse(const char *text, int64_t *out_milli);
bool pl_base64_is(const char *text);
/* RFC 3339 to UTC without trailing zeros; NULL where it is none. */
const char *pl_timestamp_canon(struct pl_arena *arena, const char *text);

#endif
