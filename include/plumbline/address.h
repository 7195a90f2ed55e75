/* plumbline/address.h [floor 2: src/model] - the one notation for resources and fields: KIND/SCOPE/NAME:PATH.
 *
 * Grammar and examples: docs/addresses.md. Addresses in patterns may hold `*`.
 */
#ifndef PLUMBLINE_ADDRESS_H
#define PLUMBLINE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/kind.h"
#include "plumbline/value.h"

enum { PL_PATH_MAX_STEPS = 200, PL_ID_SEPARATOR = 0x1f };

enum pl_step_type {
    PL_STEP_KEY, /* .name or ["na.me"] */
    PL_STEP_ID, /* [name=x], several: [role=r,condition=c]; commas, brackets, backslashes and quotes in a value: [name="..."].
                    * An IAM binding's condition is named by its title; [role=r] is the binding without a condition. */
    PL_STEP_VALUE, /* [10.8.0.0/28]: the element of a list of scalars; [=443], [="a,b"] where it would read as another step */
    PL_STEP_INDEX, /* [0] */
    PL_STEP_ANY,   /* [*] or .*: patterns only */
};

struct pl_step {
    enum pl_step_type type;
    const char *key; /* KEY: the name; ID: the identity field ("name", "role+condition") */
    const char *
        value; /* ID, VALUE: the text; of an ID with several keys the texts in their order, PL_ID_SEPARATOR between */
    size_t index; /* INDEX */
};

struct pl_path {
    const struct pl_step *steps;
    size_t n;
};

/* Parses "a.b[name=x].c"; "" is the root. The path lives in the arena. */
int pl_path_parse(struct pl_arena *arena, const char *text, struct pl_path *out,
                  struct pl_err *err) PL_MUST_USE;
char *pl_path_format(struct pl_arena *arena, const struct pl_path *path);
/* The row form: "a.b[].c". A path knows no kind, so a map's key that reads like a field's name stays a name; others are "{}".
 * pl_field_generic writes the exact form. */
char *pl_path_generic(struct pl_arena *arena, const struct pl_path *path);
struct pl_path pl_path_with(struct pl_arena *arena, const struct pl_path *path,
                            struct pl_step step);
/* True where `prefix` is `path` or leads to it; ANY matches one step. Elements are compared as pl_path_get compares them. */
bool pl_path_covers(const struct pl_path *prefix, const struct pl_path *path);

/* The value at a path, or NULL where absent. ID steps compare the element's member(s) as text, with prefixes and links in
 * canonical form; INDEX beyond the end is absent, ANY names nothing. Below a PL_UNKNOWN the answer is that PL_UNKNOWN. */
const struct pl_value *pl_path_get(const struct pl_value *root, const struct pl_path *path);
/* A tree with the value at the path set, or removed (value NULL); containers and identified elements that are missing are made.
 * INDEX may append but not leave a hole, ANY changes nothing, and what is PL_UNKNOWN stays so: nobody knows its other members. */
const struct pl_value *pl_path_set(struct pl_arena *arena, const struct pl_value *root,
                                   const struct pl_path *path, const struct pl_value *value);

/* KIND/SCOPE/NAME. Unset parts are NULL where the text did not say them. */
struct pl_address {
    const struct pl_kind *kind;
    const char *project;
    const char *location;     /* "global" for global kinds once resolved */
    const char *const *names; /* kind->n_segments of them, percent-decoded */
};

/* Parses "KIND/NAME" or with scope; unknown kinds and wrong counts of segments are errors that say the right form. */
int pl_address_parse(struct pl_arena *arena, const char *text, struct pl_address *out,
                     struct pl_err *err) PL_MUST_USE;
/* Names of at most 1024 bytes; reserved characters / : % * [ ] and control characters percent-encoded. */
/* "KIND/SCOPE/NAME:PATH" split at the first ':'; no ':' gives the root path. */
int pl_field_address_parse(struct pl_arena *arena, const char *text, struct pl_address *out,
                           struct pl_path *path, struct pl_err *err) PL_MUST_USE;
/* Fills unset project and location. */
struct pl_address pl_address_resolve(const struct pl_address *address, const char *project,
                                     const char *location);
/* A copy with texts of its own in `arena`. */
struct pl_address pl_address_copy(struct pl_arena *arena, const struct pl_address *address);
/* Always "kind/project/location/name". */
char *pl_address_full(struct pl_arena *arena, const struct pl_address *address);
/* The short form: the scope only where it differs from the defaults (either may be NULL: then it is shown). */
char *pl_address_short(struct pl_arena *arena, const struct pl_address *address,
                       const char *project, const char *location);
bool pl_address_equal(const struct pl_address *a, const struct pl_address *b);
/* Is this a pattern? The error says what is wrong with it; an unknown kind names the nearest. */
int pl_address_pattern_check(const char *pattern, struct pl_err *err) PL_MUST_USE;
/* Does a pattern match this field? `*` is one segment, also part of one ("run.service/auth-*:template"). Without a scope it matches
 * any, without names any resource of the kind, without a path every field. What is no pattern matches nothing. `path` NULL: the root. */
bool pl_address_match(const char *pattern, const struct pl_address *address,
                      const struct pl_path *path);

/* "//run.googleapis.com/projects/p/locations/l/services/s" both ways. Reading is lenient: where the template does not fit, project and
 * location are taken from `projects/X`, `locations|regions|zones/X`, the name from the last segment. */
char *pl_address_resource_name(struct pl_arena *arena, const struct pl_address *address);
int pl_address_from_resource_name(struct pl_arena *arena, const struct pl_kind *kind,
                                  const char *name, struct pl_address *out,
                                  struct pl_err *err) PL_MUST_USE;

/* The resource that a link field points to: full URL on either of Google's hosts, "//..." name, "projects/...", "/projects/..."
 * or a bare name (then project and location of `near`). False where it is no link to that kind: then `out` is of no kind. */
bool pl_link_parse(struct pl_arena *arena, const struct pl_kind *kind, const char *link,
                   const struct pl_address *near, struct pl_address *out);
/* The part of a link that identifies: "projects/p/global/networks/default"; bare names as they are. A project's number and its id
 * name the same project, but which belongs to which is not in the text: see pl_canon_equal. */
char *pl_link_canonical(struct pl_arena *arena, const char *link);
/* What stands behind the last '/', in the text itself: "default"; a bare name is it as it is, NULL stays NULL. */
const char *pl_link_last(const char *link);

#endif
