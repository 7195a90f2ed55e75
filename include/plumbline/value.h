/* plumbline/value.h [floor 1: src/io] - a tree of JSON values, immutable, in an arena.
 *
 * The one form in which outside data travels through the program: jansson and libyaml end below it.
 * Maps are sorted by key (bytes), so equal trees print equal bytes. Trees share sub-trees freely.
 * PL_UNKNOWN stands for "there is a value and nobody may know it" (masked, unobserved, a revert without
 * a single right value); it is equal to nothing, itself included.
 */
#ifndef PLUMBLINE_VALUE_H
#define PLUMBLINE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plumbline/arena.h"
#include "plumbline/buf.h"
#include "plumbline/err.h"

enum pl_value_type { PL_NULL, PL_BOOL, PL_INT, PL_REAL, PL_STRING, PL_LIST, PL_MAP, PL_UNKNOWN };

struct pl_value;

struct pl_member {
    const char *key;
    const struct pl_value *value;
};

struct pl_value {
    enum pl_value_type type;
    union {
        bool boolean;
        int64_t integer;
        double real;
        struct {
            const char *s; /* NUL-terminated UTF-8, no NUL inside */
            size_t len;
        } string;
        struct {
            const struct pl_value *const *items;
            size_t n;
        } list;
        struct {
            const struct pl_member *members; /* sorted by key, keys unique */
            size_t n;
        } map;
    } u;
};

/* Constructors; the result lives in the arena. Items and members are copied shallowly, members sorted;
 * of members with the same key the last one counts. */
const struct pl_value *pl_value_null(void);
const struct pl_value *pl_value_unknown(void);
const struct pl_value *pl_value_bool(bool b);
const struct pl_value *pl_value_int(struct pl_arena *arena, int64_t i);
const struct pl_value *pl_value_real(struct pl_arena *arena, double r);
const struct pl_value *pl_value_string(struct pl_arena *arena, const char *s);
const struct pl_value *pl_value_stringn(struct pl_arena *arena, const char *s, size_t len);
const struct pl_value *pl_value_list(struct pl_arena *arena, const struct pl_value *const *items,
                                     size_t n);
const struct pl_value *pl_value_map(struct pl_arena *arena, const struct pl_member *members,
                                    size_t n);
/* A map with `key` set (value) or removed (NULL); `map` NULL or not a map counts as empty. */
const struct pl_value *pl_value_map_with(struct pl_arena *arena, const struct pl_value *map,
                                         const char *key, const struct pl_value *value);

/* Readers; tolerant of NULL and of the wrong type. */
const struct pl_value *pl_value_member(const struct pl_value *map,
                                       const char *key); /* NULL where absent */
const char *pl_value_text(const struct pl_value *v);     /* string, else NULL */
const char *pl_value_member_text(const struct pl_value *map, const char *key);
bool pl_value_true(const struct pl_value *v);    /* boolean true, else false */
size_t pl_value_count(const struct pl_value *v); /* list items or map members, else 0 */
const struct pl_value *pl_value_item(const struct pl_value *list, size_t i);
/* The first element whose `name` is this text; NULL: there is none, or `name` is NULL. */
const struct pl_value *pl_value_named(const struct pl_value *list, const char *name);
/* Integer from an integer, an integral real, or a decimal string (Google's int64-as-string). */
bool pl_value_as_int(const struct pl_value *v, int64_t *out);
/* Deep, exact equality (1 and 1.0 differ; maps by key). */
bool pl_value_equal(const struct pl_value *a, const struct pl_value *b);
/* "string", "list", ... for messages. */
const char *pl_value_type_name(enum pl_value_type type);

#endif
