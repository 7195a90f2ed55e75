/* model_priv.h - what the files about worlds share: the insides of worlds, builders and views. Kinds and paths have field_priv.h.
 *
 * world.c makes worlds, world_gap.c says what is not known, view.c lays changes over, view_read.c reads
 * through them, snapshot_read.c fills a builder with what only a file can say.
 */
#ifndef PLUMBLINE_MODEL_PRIV_H
#define PLUMBLINE_MODEL_PRIV_H

#include "plumbline/map.h"
#include "plumbline/world.h"

/* ---- lines.c ---- */

/* Walks newline-delimited JSON. The caller fills in the first group. */
struct pl_lines {
    struct pl_arena *arena;
    struct pl_err *err;
    const char *file, *text;
    size_t len, max_line;

    size_t at;
    size_t line; /* of the object that was given last, from 1 */
};

/* The next object: 1, 0 at the end, -1 on error. */
int pl_lines_next(struct pl_lines *lines, const struct pl_value **out);
/* "FILE:LINE: what", -1. */
int pl_lines_wrong(const struct pl_lines *lines, const char *what);
/* A member that is text, absent or null (NULL). */
int pl_lines_text(const struct pl_lines *lines, const struct pl_value *map, const char *key,
                  const char **out);

/* ---- symptom_read.c, symptom_report.c ---- */

struct pl_symptom;
/* One line of bounded length, without secrets. */
const char *pl_symptom_detail(struct pl_arena *arena, const char *text);
/* An address, `here` or `any`. */
bool pl_symptom_place_ok(struct pl_arena *arena, const char *place);
/* What a JSON report of this program says was seen; *n is 0 before, and stays so on error. */
int pl_symptoms_of_report(struct pl_arena *arena, const char *name, const struct pl_value *report,
                          const struct pl_symptom **out, size_t *n, struct pl_err *err) PL_MUST_USE;

/* ---- redact_name.c, redact_text.c ---- */

/* What a name says of the value that goes by it. */
struct pl_name_look {
    bool secret; /* the value is a secret: DB_PASSWORD, apiKey */
    bool
        maybe_path; /* ... unless it is the path of a file that holds it: GOOGLE_APPLICATION_CREDENTIALS */
    bool key_alone; /* ... said by nothing but the word "key" */
    bool hint;      /* a secret if it looks random: SESSION_SEED */
    bool place;     /* where something is: DATABASE_URL, DSN, BROKER */
    bool webhook;   /* a URL whose path is the secret */
};
struct pl_name_look pl_name_look(const char *name, size_t len);

/* A value that is no secret though its name says so: "true", "projects/p/secrets/s", "${OTHER}", with maybe_path "/etc/key.pem". */
bool pl_is_no_secret(const struct pl_name_look *look, const char *text, size_t len);
/* Secrets within a text: user info in URLs, password=..., private keys, tokens of known looks. `text` itself where there is none. */
const char *pl_redact_text(struct pl_arena *arena, const char *text, const unsigned char *key);

/* ---- worlds ---- */

/* Resources of one kind stand together in world->resources. */
struct pl_kind_range {
    size_t first, n;
};

struct pl_gap_list {
    const struct pl_unobserved **gaps;
    size_t n, cap;
};

struct pl_world_index {
    struct pl_map by_full;   /* full address -> struct pl_resource */
    struct pl_map by_kind;   /* kind -> struct pl_kind_range */
    struct pl_map projects;  /* those listed */
    struct pl_map kinds;     /* those looked for, where world->kinds says */
    struct pl_map by_scope;  /* resource name without "//host/" -> struct pl_gap_list */
    struct pl_gap_list wide; /* gaps of a place or with a wildcard, and those that say no scope */
};

void pl_world_index_gaps(struct pl_world *world, struct pl_world_index *index);
/* The name behind "//host/" or a leading slash. */
const char *pl_name_tail(const char *name);

/* What only a snapshot says: that a list was given though it is empty, where a policy's line stood, lines that are kept. */
void pl_world_projects_given(struct pl_world_builder *b);
/* The header does not say how many lines follow. */
void pl_world_uncounted(struct pl_world_builder *b);
void pl_world_kinds_given(struct pl_world_builder *b);
void pl_world_add_iam_line(struct pl_world_builder *b, const struct pl_address *address,
                           const char *name, const char *observed_at,
                           const struct pl_value *policy);
void pl_world_add_foreign(struct pl_world_builder *b, const struct pl_foreign_line *line);

/* A resource that is not in the world: absent, or not known. */
enum pl_known pl_world_absence(const struct pl_world *world, const struct pl_address *address);
/* A field that is not in a resource of the world: absent, or not known because a gap says so. */
enum pl_known pl_world_field_absence(const struct pl_world *world,
                                     const struct pl_resource *resource,
                                     const struct pl_path *path);
/* Was all of a kind in a project (NULL: any) listed? */
bool pl_world_listed(const struct pl_world *world, const struct pl_kind *kind, const char *project);

/* The resource with name and full address filled in. */
struct pl_resource pl_resource_complete(struct pl_arena *arena, const struct pl_resource *resource);

/* ---- views ---- */

/* A field that was set. */
struct pl_view_set {
    const struct pl_view_set *older;
    struct pl_path path;
    const struct pl_value *value; /* NULL: removed */
};

/* A resource as a view has it. Never changed, but replaced. */
struct pl_view_entry {
    struct pl_resource resource; /* with the changes */
    enum pl_known there;
    const struct pl_resource
        *base; /* below the changes: what is known beside them; NULL: nothing is */
    const struct pl_view_set *sets; /* newest first */
};

/* Full addresses of one kind that a view changes. */
struct pl_view_changes {
    const char **full;
    size_t n, cap;
};

struct pl_view_listing {
    enum pl_known known;
    const struct pl_resource **resources;
    size_t n;
};

/* What was prepared of a content; see pl_view_keep. */
struct pl_view_kept {
    struct pl_arena *arena;
    struct pl_map things;
};

/* Parsed once for a view and all that lie over it. */
struct pl_view_texts {
    struct pl_arena *arena;
    struct pl_map paths;      /* text -> struct pl_path */
    struct pl_map defaults;   /* absent_is -> struct pl_value */
    struct pl_view_kept kept; /* of the world without changes */
};

struct pl_view {
    struct pl_arena *arena;
    const struct pl_world *world;
    const struct pl_view *below;
    struct pl_view_texts *texts;
    struct pl_map entries; /* full address -> struct pl_view_entry: the changes */
    struct pl_map by_kind; /* kind -> struct pl_view_changes */
    struct pl_view_kept own_kept;
    struct pl_view_kept *kept; /* its own where it changes something, else that of what is below */
    bool unrecorded;
    struct pl_map seen; /* readings, so that each is kept once */
    const struct pl_kind *
        *listed; /* kinds that were enumerated: their fields are recorded once a kind */
    size_t n_listed, cap_listed;
    struct pl_reading *readings;
    size_t n_readings, cap_readings;
};

/* The nearest change of a resource, or NULL. */
const struct pl_view_entry *pl_view_entry(const struct pl_view *view, const char *full);
/* The listing of a kind in a project (NULL: any), without recording. */
const struct pl_view_listing *pl_view_listing(const struct pl_view *view,
                                              const struct pl_kind *kind, const char *project);

#endif
