/* plumbline/world.h [floor 2: src/model] - a world: resources by address, what could not be looked at, and views of it with changes laid over.
 *
 * A world is built once (snapshot or collection) and then only read. Evaluators read it through a view, which
 * - lays a small set of changes over it without copying it (a revert, a deploy candidate, a deleted rule), and
 * - records every field read and every enumeration, so that a verdict carries the set of fields that could change it.
 * Every answer is three-valued: present, absent, or not known.
 */
#ifndef PLUMBLINE_WORLD_H
#define PLUMBLINE_WORLD_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/address.h"
#include "plumbline/needs.h"
#include "plumbline/value.h"

enum pl_known { PL_ABSENT, PL_PRESENT, PL_NOT_KNOWN };

struct pl_resource {
    struct pl_address address;    /* complete: project, location, names */
    const char *name;             /* full resource name, "//..." */
    const char *observed_at;      /* RFC 3339, or NULL */
    const struct pl_value *body;  /* the API's own body; `iamPolicy` laid in where it was read */
    const struct pl_path *fields; /* masked read: only these were read; NULL: all */
    size_t n_fields;
    /* pl_address_full(&address); NULL in what a caller makes: the world and the views fill it in. */
    const char *full;
    const struct pl_world *
        world; /* the world that it stands in unchanged; NULL in copies and in what a caller makes */
};

/* By kind, then name, then full address: the order of worlds, listings and snapshots. */
int pl_resource_order(const struct pl_resource *a, const struct pl_resource *b);

/* Something that could not be read: every resource of `kind` (kind and kind_name NULL: every kind) in
 * a scope, or one resource, or one field of it. */
struct pl_unobserved {
    const struct pl_kind *kind;
    const char *kind_name; /* as in the file: may be a kind that this program does not know */
    /* "projects/p/locations/-", "projects/p", or a resource's (or its parent's) full name; "-" is any
     * segment, "//host/" in front may be left out, NULL or "" is everywhere. */
    const char *scope;
    const char *field; /* "iamPolicy", or NULL: the whole */
    /* permission_denied api_disabled needed_api_disabled unavailable throttled deadline not_found_scope
     * vpc_service_controls billing_disabled location_denied not_running bad_answer auth ... */
    const char *reason;
    const char *permission; /* or NULL */
    const char *detail;     /* or NULL; one sentence */
    const char *remedy;     /* or NULL; a command or a role */
};

/* A snapshot's line that this program has no place for (a kind or a sort of line from a newer version): kept for the next writing. */
struct pl_foreign_line {
    const char *kind; /* "" where the line has none */
    const char *name; /* "" where the line has none */
    const char *text; /* JSON, keys sorted */
};

struct pl_world_index; /* private: found by address, by kind, by scope */

/* Made by pl_world_build only. */
struct pl_world {
    struct pl_arena *arena; /* owns everything in it */
    const char *observed_at;
    const char *const *projects;
    size_t n_projects;
    bool projects_derived; /* nobody named them: they are those of the resources */
    bool uncounted; /* read from a snapshot whose header does not say how many lines follow */
    bool secrets;   /* descriptions of secrets are laid in (payload.h) */
    const char *const *kinds; /* kinds that were looked for; NULL: all that this program knows */
    size_t n_kinds;
    const struct pl_needs
        *needs; /* what was kept of what was observed (needs.h); NULL: everything */
    const struct pl_resource *const *resources; /* sorted by kind, then full name */
    size_t n_resources;
    const struct pl_unobserved *unobserved; /* sorted by kind, then scope */
    size_t n_unobserved;
    const struct pl_foreign_line *foreign; /* sorted by kind, then name */
    size_t n_foreign;
    const struct pl_world_index *index;
};

/* Collects resources and gaps in any order, then makes the world. Both live in the builder's arena, and what is added must live as long.
 * Where no project is added, the projects are those of the resources; where no kind is, every kind was looked for. */
struct pl_world_builder;
struct pl_world_builder *pl_world_builder_new(struct pl_arena *arena);
void pl_world_add_project(struct pl_world_builder *b, const char *project);
void pl_world_add_kind(struct pl_world_builder *b, const char *kind);
/* Only what is needed will be added: of what the needs do not cover nobody can say that it is absent. */
void pl_world_set_needs(struct pl_world_builder *b, const struct pl_needs *needs);
void pl_world_set_observed_at(struct pl_world_builder *b, const char *observed_at);
/* A second resource of the same address replaces the first (a moved page); its IAM policy is kept. */
void pl_world_add(struct pl_world_builder *b, const struct pl_resource *resource);
/* The policy of a resource that was or will be added. Where it never is, the policy stands alone: a resource masked to `iamPolicy`. */
void pl_world_add_iam(struct pl_world_builder *b, const struct pl_address *address,
                      const struct pl_value *policy);
/* A field with a call of its own (pl_kind_virtual) of a resource that was or will be added; without its resource it is nothing. */
void pl_world_add_virtual(struct pl_world_builder *b, const struct pl_address *address,
                          const char *name, const struct pl_value *value);
void pl_world_add_unobserved(struct pl_world_builder *b, const struct pl_unobserved *gap);
const struct pl_world *pl_world_build(struct pl_world_builder *b); /* once */
/* A builder that begins with everything that a world has, to add to it; or with all but its resources. */
struct pl_world_builder *pl_world_builder_from(struct pl_arena *arena,
                                               const struct pl_world *world);
struct pl_world_builder *pl_world_builder_like(struct pl_arena *arena,
                                               const struct pl_world *world);
/* The description of a secret, in the field that its kind's secret call names. */
void pl_world_add_secret(struct pl_world_builder *b, const struct pl_address *address,
                         const struct pl_value *description);

/* Why something is not known: the gap that covers this resource (field NULL: its existence) or this field of it ("iamPolicy"), the most
 * telling first: one about that very field, then one about the whole. NULL: no gap says so (never looked for, masked, or known).
 * `api_disabled`: what belongs to the API is absent in effect, though pl_view_find says PL_NOT_KNOWN. */
const struct pl_unobserved *pl_world_gap(const struct pl_world *world,
                                         const struct pl_address *address, const char *field);
/* The first gap in a listing of a kind in a project (NULL: any), or NULL. */
const struct pl_unobserved *pl_world_listing_gap(const struct pl_world *world,
                                                 const struct pl_kind *kind, const char *project);

/* ---- views ---- */

struct pl_view;

/* A view of the world, or of another view with its changes (`below`, which is to change no more); lives in the arena. Readings are each
 * view's own. */
struct pl_view *pl_view_new(struct pl_arena *arena, const struct pl_world *world);
struct pl_view *pl_view_over(struct pl_arena *arena, const struct pl_view *below);
/* A view of the same world without any of the changes; shares what was prepared of the world. */
struct pl_view *pl_view_bare(struct pl_arena *arena, const struct pl_view *view);
/* A view over another that keeps no record: for what is prepared, whose reader is recorded where it is used (pl_view_read_table). */
struct pl_view *pl_view_unrecorded(struct pl_arena *arena, const struct pl_view *below);

/* Changes. Setting a field of a resource that is absent makes the resource (with only that field known absent or present: the rest
 * is PL_NOT_KNOWN); value NULL removes the field; PL_UNKNOWN makes it not known. What was not known beside the field (a mask, a policy that was not read, an unknown
 * container) stays so. At the root a value replaces the body, NULL deletes, PL_UNKNOWN makes the existence not known.
 * A resource that is put keeps the IAM policy of the one before, unless its body brings one. */
void pl_view_set(struct pl_view *view, const struct pl_address *address, const struct pl_path *path,
                 const struct pl_value *value);
void pl_view_put(struct pl_view *view, const struct pl_resource *resource);
void pl_view_delete(struct pl_view *view, const struct pl_address *address);

/* Finds a resource by its complete address. Absent only where its kind was listed in that project (and location) without a gap. Recorded.
 * *out is NULL unless present. */
enum pl_known pl_view_find(struct pl_view *view, const struct pl_address *address,
                           const struct pl_resource **out);

/* The same by its full address too, without recording: for those who judge a record. */
enum pl_known pl_view_peek(const struct pl_view *view, const char *full,
                           const struct pl_address *address, const struct pl_resource **out);

/* All resources of a kind in a project (NULL: any), sorted by name; *out lives in the view's arena. PL_PRESENT: this is all (it may be none).
 * PL_NOT_KNOWN where any part of that listing is missing: what is there is still given. Never PL_ABSENT. Recorded as an enumeration. */
enum pl_known pl_view_list(struct pl_view *view, const struct pl_kind *kind, const char *project,
                           const struct pl_resource *const **out, size_t *n);

/* Reads a field ("settings.ipConfiguration.sslMode"; element steps as in addresses). *out is NULL unless present. Recorded.
 * Absent fields, null included, are absent: defaults are the caller's business (pl_view_read_default). Not known are fields outside a mask,
 * at or below PL_UNKNOWN, an iamPolicy that was not read, and what is absent where a gap names the field or the resource.
 * The resource is read as this view has it, whichever view or world it was found in. */
enum pl_known pl_view_read(struct pl_view *view, const struct pl_resource *resource,
                           const char *path, const struct pl_value **out);
/* The same; an absent field, "" included, gives the kind's `absent_is`, if it has one (then the answer is PL_PRESENT). */
enum pl_known pl_view_read_default(struct pl_view *view, const struct pl_resource *resource,
                                   const char *path, const struct pl_value **out);
/* Text of a scalar field, NULL unless present and text (numbers and booleans are given as text). With default. */
const char *pl_view_text(struct pl_view *view, const struct pl_resource *resource, const char *path,
                         enum pl_known *known);

/* ---- prepared tables: for what would be read again and again ---- */

/* What was prepared of the content of a view (an index, a sorted table), by name: all views of the same content share it, a change forgets it.
 * What is kept lives in pl_view_keep_arena; NULL where nothing is kept by that name. */
void *pl_view_kept(const struct pl_view *view, const char *name);
void pl_view_keep(const struct pl_view *view, const char *name, void *thing);
struct pl_arena *pl_view_keep_arena(const struct pl_view *view);

/* How a view changes the resources of a kind, sorted as listings are; kept. */
struct pl_view_change {
    const struct pl_resource *before; /* in the world; NULL: not there */
    const struct pl_resource *now;    /* NULL: absent or not known */
    enum pl_known there;
};
const struct pl_view_change *pl_view_changes(const struct pl_view *view, const struct pl_kind *kind,
                                             size_t *n);
/* Is the listing of a kind whole? As pl_view_list answers, without the list. Not recorded. */
enum pl_known pl_view_listed(const struct pl_view *view, const struct pl_kind *kind,
                             const char *project);

/* Could this version of a resource, in which what may change is not known, lead a conclusion from a table elsewhere, or only be named in it in
 * another's place? `about` is the conclusion. */
enum pl_matter { PL_MATTERS_NOT, PL_MATTERS_IN_NAME, PL_MATTERS };
typedef enum pl_matter pl_matters_fn(const void *about, struct pl_view *view,
                                     const struct pl_resource *resource);
/* Records that a conclusion was drawn from a table of all resources of a kind in a project (NULL: any), made of these fields: as an enumeration
 * and the fields of each, and with it `matters`, which says of a single resource whether the conclusion hangs on it. */
struct pl_table_reading {
    const struct pl_kind *kind;
    const char *project;
    const char *const *fields; /* NULL-terminated; static */
    pl_matters_fn *matters;
    const void *about; /* lives as long as the record */
};
void pl_view_read_table(struct pl_view *view, const struct pl_table_reading *table);

/* What was read since the view was made or since pl_view_reads_reset. */
struct pl_reading {
    enum {
        PL_READ_FIELD,
        PL_READ_RESOURCE /* find: its existence */,
        PL_READ_KIND /* enumeration */,
        PL_READ_TABLE /* a conclusion from a table; its enumeration and its fields stand before it, `narrow` */
    } what;
    bool
        narrow; /* KIND, FIELD: read by tables only, whose own readings say which resource counts */
    struct pl_address
        address; /* KIND, TABLE: only kind and project (NULL: any); FIELD of an enumerated kind: only the kind */
    const char *full;       /* RESOURCE, FIELD of one resource: its full address */
    struct pl_path path;    /* FIELD */
    pl_matters_fn *matters; /* TABLE */
    const void *about;
};
const struct pl_reading *pl_view_readings(const struct pl_view *view, size_t *n);
void pl_view_readings_reset(struct pl_view *view);
/* For tests of what an answer hangs on: could a change at this address and path have changed what was read? (A whole resource: path root or NULL.) A field of a resource that is
 * there changes no enumeration; one of a resource that is not there makes it. */
bool pl_view_was_read(const struct pl_view *view, const struct pl_address *address,
                      const struct pl_path *path);

/* Could two paths name the same place, or would a change at one move the other? */
bool pl_paths_meet(const struct pl_path *a, const struct pl_path *b);

struct pl_arena *pl_view_arena(struct pl_view *view);
const struct pl_world *pl_view_world(const struct pl_view *view);

#endif
