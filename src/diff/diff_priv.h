/* diff_priv.h - a comparison under way: what it reads, what it has found, and where a walk stands.
 *
 * diff_baseline.c and diff_worlds.c each walk one sort of comparison by resources, diff_fields.c and diff_bodies.c by
 * fields; diff_found.c takes what they find, diff_shown.c how values are
 * shown, diff_unit.c what belongs together, diff_ignore.c what is excused, diff_revert.c how it is undone.
 */
#ifndef PLUMBLINE_DIFF_PRIV_H
#define PLUMBLINE_DIFF_PRIV_H

#include "plumbline/diff.h"

/* A declared text with references: where it stands, so that it can follow what it names. */
struct pl_reference {
    struct pl_address address;
    struct pl_path path;
    const char *generic;
    struct pl_field_info info;
    const struct pl_expect *expect;
};

/* A field that a revert sets beside its own. */
struct pl_beside {
    struct pl_path path;
    const struct pl_value *value; /* NULL: removed */
};

struct pl_drift_more {
    /* Where the declared value has references: it is resolved again in the view that the revert is laid over. Else NULL. */
    const struct pl_expect *expect;
    const char *generic;
    struct pl_field_info info;
    const struct pl_value *before; /* the observed value that `revert` keeps what it can of */
    /* A resource that is put back: only these of its fields are known; NULL: all. */
    const struct pl_path *fields;
    size_t n_fields;
    /* Elements of a set that differ: an ignore rule may name each of them. */
    const struct pl_path *elements;
    size_t n_elements;
    /* Declared texts that hold what the field holds, those that follow them behind. */
    const struct pl_reference *const *followers;
    size_t n_followers;
    /* What the server wrote when the resource was made anew: it goes back with it. */
    const struct pl_beside *beside;
    size_t n_beside;
};

/* The resource that is being compared. */
struct pl_subject {
    struct pl_address address;
    const char *full, *brief, *name; /* "kind/p/l/n", short form, "//..." */
    const struct pl_resource *resource;
    const struct pl_value *shown; /* its body, redacted */
    struct pl_mark mark;
};

/* Where a walk stands in it. */
struct pl_spot {
    struct pl_path path;
    const char *generic;
    struct pl_field_info info;
    unsigned flags; /* the field's, and PL_F_IMMUTABLE of anything above it */
    struct pl_mark mark;
};

struct pl_differ {
    struct pl_arena *arena;
    struct pl_view *view;               /* observed */
    const struct pl_baseline *baseline; /* declared, or only its ignore rules; or NULL */
    int64_t now_ns;
    const char *project, *location; /* what short forms leave out */
    struct pl_coverage coverage;
    struct pl_drift **drift;
    size_t n_drift, cap_drift;
    struct pl_unknown *unknown;
    size_t n_unknown, cap_unknown;
    struct pl_reference **references;
    size_t n_references, cap_references;
};

/* ---- diff_found.c ---- */

/* Short forms leave out the project and location that all files, or all resources of a world, agree on. */
void pl_differ_by_files(struct pl_differ *d);
void pl_differ_by_world(struct pl_differ *d, const struct pl_world *world);

struct pl_subject pl_differ_subject(struct pl_differ *d, const struct pl_address *address);
struct pl_spot pl_differ_root(const struct pl_subject *s);
/* One step down: a member (key), or an element of a list (key NULL) by `step`. */
struct pl_spot pl_differ_member(struct pl_differ *d, const struct pl_subject *s,
                                const struct pl_spot *at, const char *key);
struct pl_spot pl_differ_element(struct pl_differ *d, const struct pl_subject *s,
                                 const struct pl_spot *at, struct pl_step step);
/* Is the field known: present, absent or not known? */
enum pl_known pl_differ_ask(struct pl_differ *d, const struct pl_subject *s,
                            const struct pl_spot *at);

/* Adds a drift; expected and observed as shown. Ids, order and what is excused come at the end. */
struct pl_drift *pl_differ_drift(struct pl_differ *d, const struct pl_subject *s,
                                 const struct pl_spot *at, enum pl_drift_status status,
                                 size_t leaves, const struct pl_value *expected,
                                 const struct pl_value *observed);
/* The drift's private part, made where there is none. */
struct pl_drift_more *pl_drift_more(struct pl_differ *d, struct pl_drift *drift);
void pl_differ_unknown(struct pl_differ *d, const struct pl_subject *s, const struct pl_spot *at,
                       size_t leaves, const struct pl_unobserved *gap, const char *why);
/* The same with what the world says of it: the whole resource, or a field of one that is there. */
void pl_differ_unread(struct pl_differ *d, const struct pl_subject *s, const struct pl_spot *at,
                      size_t leaves);
/* A listing that is not whole, so that nobody can say what else is there. */
void pl_differ_unlisted(struct pl_differ *d, const struct pl_kind *kind, const char *project,
                        const struct pl_unobserved *gap, struct pl_mark mark);
/* The same of the last good world: nobody can say what is new. */
void pl_differ_unlisted_before(struct pl_differ *d, const struct pl_kind *kind,
                               const char *project);
struct pl_diff *pl_differ_finish(struct pl_differ *d);

/* ---- diff_shown.c ---- */

/* Could a text be the one that `marked` was made from: the same outside of the marks, and as long inside? False is certain. */
bool pl_text_fits_marks(const char *plain, const char *marked);
/* Is a redaction's mark in the text? `hashed`: one with a hash. */
bool pl_text_is_marked(const char *text, bool *hashed);
bool pl_value_is_marked(const struct pl_value *v); /* or anything in it */
/* The value with every marked text as PL_UNKNOWN; those with a hash stay where `keep_hashed`. */
const struct pl_value *pl_value_mask(struct pl_arena *arena, const struct pl_value *v,
                                     bool keep_hashed);
bool pl_value_has_unknown(const struct pl_value *v);
/* The value, or what absent stands for where the row says so; NULL: absent. */
const struct pl_value *pl_value_or_default(struct pl_arena *arena, const struct pl_field_info *info,
                                           const struct pl_value *v);
/* A resource's body without what is secret, whether or not it came redacted. */
const struct pl_value *pl_shown_body(struct pl_differ *d, const struct pl_resource *resource);
const struct pl_value *pl_shown_value(struct pl_differ *d, const struct pl_spot *at,
                                      const struct pl_value *v);
/* An expectation as a value: matchers, and references that stand for nothing known, as text. */
const struct pl_value *pl_shown_expect(struct pl_differ *d, const struct pl_kind *kind,
                                       const struct pl_spot *at, const struct pl_expect *e);
const struct pl_value *pl_shown_text(struct pl_differ *d, const char *text);

/* ---- diff_fields.c ---- */

/* Does a map of expectations have this key? */
bool pl_expect_declares(const struct pl_expect *e, const char *key);
/* Tells of every leaf below `at` in which the value (NULL: absent) does not satisfy what is declared. */
void pl_differ_field(struct pl_differ *d, const struct pl_subject *s, const struct pl_spot *at,
                     const struct pl_expect *e, const struct pl_value *v);
/* The same of a map that is there: nothing declared below it is a match. */
void pl_differ_members(struct pl_differ *d, const struct pl_subject *s, const struct pl_spot *at,
                       const struct pl_expect *e, const struct pl_value *v);
/* What is missing as a whole goes back with its references resolved anew, and is followed by what refers to the same. */
void pl_differ_keep(struct pl_differ *d, const struct pl_subject *s, struct pl_drift *drift,
                    const struct pl_spot *at, const struct pl_expect *e);

/* ---- diff_bodies.c ---- */

/* One resource that two worlds have. */
struct pl_pair {
    struct pl_differ *d;
    const struct pl_subject *s; /* observed; without a resource where it is gone */
    const struct pl_resource *good;
    struct pl_view *before;            /* of the good world */
    const struct pl_value *good_shown; /* its body, redacted */
};

/* Tells of every field in which the two bodies differ, as far as people set it. */
void pl_pair_compare(const struct pl_pair *w);
/* The fields of the good one that take part. */
size_t pl_pair_leaves(const struct pl_pair *w);
/* One drift of the whole value at a spot; the good one goes back. */
void pl_pair_tell(const struct pl_pair *w, const struct pl_spot *at, enum pl_drift_status status,
                  size_t leaves);

/* ---- diff_leaves.c ---- */

/* Declared leaf fields: a scalar, a matcher, a list that is compared as one; at least one. */
size_t pl_expect_leaves(const struct pl_expect *e);
/* A list of maps, which are compared element by element where they have names. */
bool pl_expect_is_list_of_maps(const struct pl_expect *e);
bool pl_expect_has_references(const struct pl_expect *e);
/* Has every element of an observed list a name of its own? */
bool pl_list_is_named(struct pl_arena *arena, const struct pl_field_info *info,
                      const struct pl_value *list);

/* ---- diff_ignore.c, diff_unit.c, diff_revert.c ---- */

void pl_differ_excuse(struct pl_differ *d, struct pl_diff *out);
void pl_differ_unite(struct pl_differ *d);
/* What a declared resource or element is put back with; `nulls`: what must be absent is null, else it is left out. NULL: absent. */
const struct pl_value *pl_declared_body(struct pl_arena *arena, struct pl_view *view,
                                        const struct pl_kind *kind, const char *generic,
                                        const struct pl_field_info *info, const struct pl_expect *e,
                                        bool nulls);
/* The body of a resource that is made again as it was declared: the above, and what is true of every such resource. */
const struct pl_value *pl_put_back(struct pl_arena *arena, struct pl_view *view,
                                   const struct pl_address *address, const struct pl_expect *e);
/* Which fields of such a body are known: the declared ones, and those that have a default where nobody asks for them. */
const struct pl_path *pl_declared_fields(struct pl_arena *arena, const struct pl_kind *kind,
                                         const struct pl_value *body, size_t *n);

#endif
