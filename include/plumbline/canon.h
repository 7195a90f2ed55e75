/* plumbline/canon.h [floor 2: src/model] - values in canonical form: when are two ways of writing a field the same?
 *
 * CIDR, port range, duration (300s = 5m), link (full URL = partial name), enum, int64-as-string, size; and what absent, null
 * and "" are equivalent to, from the kind's own rows.
 */
#ifndef PLUMBLINE_CANON_H
#define PLUMBLINE_CANON_H

#include "plumbline/address.h"
#include "plumbline/kind.h"
#include "plumbline/net.h"
#include "plumbline/value.h"

/* A value in the canonical form of its type, for comparing and printing: prefixes with host bits cleared, durations as
 * "300s", links without host and version, int64 as text, enums in the letter case that
 * Google lists. Text that does not parse stays as it is.
 * Numbers and booleans that came as text (or the other way) get the field's own JSON type; sets are sorted, each element once; firewall
 * allowed[] and denied[] become one entry a protocol with merged port intervals. Members of messages go by the schema alone: what a
 * kind's rows say of them is known to pl_canon_equal. The canonical form of a canonical form is itself. */
const struct pl_value *pl_canon(struct pl_arena *arena, const struct pl_field_info *info,
                                const struct pl_value *v);

/* Equal in canonical form, deeply: members by the schema (unknown ones exactly), lists by identity, as sets or in order as the field
 * says. Absent (NULL) equals what `absent_is` says. PL_UNKNOWN equals nothing: ask before.
 *
 * Absent, null, "", an enum's *_UNSPECIFIED, an empty list or map, and a message of nothing but such members are the same (proto JSON omits them); an
 * element of a map or list is there or not, "" included. Members with PL_F_VOLATILE are passed over. Lists of objects without a unique identity
 * are multisets. Links: a partial name equals a full one that ends in it; a project's number and its id cannot be told apart
 * from two projects, so they count as the same where everything else is; two ids, or two numbers, do not. */
bool pl_canon_equal(const struct pl_kind *kind, const char *generic,
                    const struct pl_field_info *info, const struct pl_value *a,
                    const struct pl_value *b);

/* Reads plain text the way the field's type wants it: "5432" for an int field is the number, for a string field the text.
 * Returns NULL and err ("wants a number, not 'abc'") where the text cannot be of that type; a field with
 * PL_F_SECRET does not repeat the text. Unquoted null, ~ and nothing are PL_NULL for every type. Where the type is not known, quoted text is
 * text and plain text is what it looks like. */
const struct pl_value *pl_canon_read(struct pl_arena *arena, const struct pl_field_info *info,
                                     const char *text, bool quoted, struct pl_err *err);

/* Numbers, durations (in seconds), sizes (in bytes) and CPUs on one scale for !at_least and !at_most; text fields hold any of
 * the first three. False where it is none. */
bool pl_canon_number(const struct pl_field_info *info, const struct pl_value *v, double *out);

/* The value's identity in a list, as a path step: by the identity field, the scalar itself, or the index
 * where it has no identity. Prefixes and links are written canonically; pl_path_get finds them as they are. Whether the identity is unique in its
 * list is the caller's question. */
struct pl_step pl_canon_step(struct pl_arena *arena, const struct pl_field_info *list,
                             const struct pl_value *item, size_t index);

/* firewall allowed[]/denied[], read once. An entry without ports covers all (`whole`); "all" covers every protocol. What cannot be read is left out,
 * and said. */
struct pl_layer4 {
    struct pl_layer4_slice {
        int protocol; /* IANA number; -1: every */
        struct pl_ports ports;
        bool whole;
    } * slices;
    size_t n, cap;
    bool unreadable;
};
void pl_canon_layer4_read(struct pl_arena *arena, const struct pl_value *entries,
                          struct pl_layer4 *out);
/* Is this protocol and port in it? A port that is not in 0..65535 (ICMP has none) is only in entries without ports. */
bool pl_layer4_contains(const struct pl_layer4 *packets, int protocol, int port);

#endif
