/* plumbline/kind.h [floor 2: src/model] - kinds of resources and their fields: what a thing is called, what its fields mean.
 *
 * The model declares the catalogue; gcp/ fills it in (gcp/kinds.c), one file a kind. Field types come
 * from Google's own documents (generated tables in gcp/schema/); what those do not say - which list is a
 * set, what identifies an element, what absent means, what the server writes - stands in the kind's rows.
 */
#ifndef PLUMBLINE_KIND_H
#define PLUMBLINE_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/value.h"

enum pl_type {
    PL_T_UNKNOWN = 0, /* not in Google's document */
    PL_T_STRING,
    PL_T_BOOL,
    PL_T_INT,   /* a JSON number */
    PL_T_INT64, /* a JSON string of digits, as Google writes 64-bit integers */
    PL_T_REAL,
    PL_T_ENUM,      /* open: a value not listed is kept */
    PL_T_DURATION,  /* "300s" */
    PL_T_TIMESTAMP, /* RFC 3339 */
    PL_T_BYTES,     /* base64 */
    PL_T_CIDR,      /* address or prefix */
    PL_T_LINK,      /* reference to a resource: full URL, //name or partial name */
    PL_T_PORTS,     /* "443" or "8000-8100" */
    PL_T_SIZE,      /* "512Mi" */
    PL_T_QUANTITY,  /* "1", "1000m": CPUs */
    PL_T_RDATA, /* data of a DNS record: an address, a name with or without its last dot, or else text */
    PL_T_MESSAGE, /* an object with known fields */
    PL_T_ANY,     /* free-form JSON */
};

enum pl_shape { PL_ONE, PL_MANY /* list */, PL_KEYED /* map with free keys */ };

/* Generated from Google's discovery documents: the fields of one message. */
struct pl_schema_field {
    const char *name;
    enum pl_type type; /* of the element where shape is MANY or KEYED */
    enum pl_shape shape;
    const struct pl_schema *message; /* type MESSAGE */
    const char *const *enum_values;  /* NULL-terminated; type ENUM */
};

struct pl_schema {
    const char *name;                     /* Google's schema name, "DatabaseInstance" */
    const struct pl_schema_field *fields; /* sorted by name */
    size_t n_fields;
};

enum pl_field_flag {
    PL_F_OUTPUT =
        1, /* only the server writes it: drift cannot be reverted by whoever declared it, it is an effect */
    PL_F_VOLATILE =
        2, /* changes by itself (etag, generation, times): left out of comparisons of whole worlds */
    PL_F_SECRET = 4,     /* redacted in snapshots and reports */
    PL_F_SET = 8,        /* list whose order means nothing */
    PL_F_IMMUTABLE = 16, /* a change means that the resource was created again */
    PL_F_INPUT = 32,     /* only in requests: that an answer lacks it says nothing */
    PL_F_SWITCHED =
        64, /* beside PL_F_OUTPUT: set by commands of its own (start, stop), driven by no other field: no effect */
};

/* What Google's documents do not say about a field. `path` is "settings.ipConfiguration.authorizedNetworks",
 * "template.containers[].env[]": [] any element, {} any key, ["a/b"] this one. A row may name a prefix: flags PL_F_OUTPUT, PL_F_VOLATILE,
 * PL_F_SECRET and PL_F_INPUT hold for everything below. */
struct pl_field_row {
    const char *path;
    enum pl_type type;    /* 0: as in the schema */
    const char *identity; /* of list elements: "name", "type", "role+condition"; NULL: none */
    const char *
        absent_is; /* JSON that absent, null and "" are equivalent to: "false", "0", "\"ALWAYS\""; NULL: nothing but absent */
    unsigned flags;
    const char *source; /* a Google page or rule id for what the row claims */
};

enum pl_scope {
    PL_SCOPE_GLOBAL,   /* location is "global" */
    PL_SCOPE_LOCATION, /* the baseline's `location` is the default */
};

struct pl_kind;

/* How resources of a kind are read. gcp/ interprets it; the rest only prints it. */
struct pl_call {
    const char *api;       /* host: "run.googleapis.com" */
    const char *list_path; /* "/v2/projects/{project}/locations/{location}/services" */
    const char
        *items; /* "services"; for compute's aggregated lists the collection inside a scope */
    const char *get_path;        /* one resource; NULL: none */
    const char *page_size_param; /* "pageSize", "maxResults", or NULL: not paged */
    int page_size;
    const char *query; /* fixed: "filter=state:ENABLED", or NULL */
    enum {
        PL_LIST_PLAIN,
        PL_LIST_AGGREGATED,
        PL_LIST_PER_LOCATION /* of run v1's locations */,
        PL_LIST_PER_NETWORK,
        PL_LIST_NONE,
        PL_LIST_PER_PARENT /* one list for each resource of `parent`, whose names fill in the path */
    } how;
    const struct pl_kind *parent; /* PL_LIST_PER_PARENT, PL_LIST_PER_NETWORK; else NULL */
    bool small;             /* the list of one parent is a few entries: not asked for compressed */
    const char *permission; /* for the list: "run.services.list" */
    const char *get_permission;
    const char *iam_path; /* GET (or POST where iam_post) of the resource's own policy, or NULL */
    bool iam_post;
    const char *iam_permission;
    const char *role; /* the smallest predefined role that holds them: "roles/run.viewer" */
};

/* A field that calls of their own answer, laid into the body beside the API's own members. Absent, it was not read: never that there is
 * nothing. (`iamPolicy` is one that every kind has, with its own line in a snapshot.) */
struct pl_virtual {
    struct pl_schema_field field;
    const char
        *path; /* "/compute/v1/projects/{project}/global/networks/{network}/listPeeringRoutes" */
    const char *permission;   /* "compute.networks.listPeeringRoutes" */
    const char *const *needs; /* members of the body that the calls follow from; NULL-terminated */
};

/* A call that gives out a secret of a resource: made only where somebody asks for it (--read-secrets), and never kept as it comes: the body
 * holds a description (payload.h) under `field`, which is written nowhere. */
struct pl_secret_call {
    const char *field;      /* "payload" */
    const char *path;       /* "/v1/.../versions/{version}:access" */
    const char *permission; /* "secretmanager.versions.access" */
    const char *role;       /* the smallest predefined role that holds it */
    const char *value,
        *checksum; /* in the answer: "payload.data"; checksum NULL: it has none, and the value is plain text */
    const char *doc;
};

struct pl_kind {
    const char *name;            /* "run.service" */
    const char *title;           /* "Cloud Run service" */
    const char *const *segments; /* {"service", NULL} */
    size_t n_segments;
    const char *
        domain; /* the segment that is a domain name: in Google's words with a dot at its end, whether it was written so or not; NULL: none */
    enum pl_scope scope;
    /* Google's full resource name behind "//<api>/": "projects/{project}/locations/{location}/services/{service}". */
    const char *name_template;
    /* Field of the body that holds the (last) name: "name"; may be a link, then its last segment counts. */
    const char *name_field;
    const struct pl_schema *schema;    /* NULL only for project.iamPolicy's wrapper */
    const struct pl_field_row *fields; /* sorted by path */
    size_t n_fields;
    const struct pl_virtual *virtuals;
    size_t n_virtuals;
    const struct pl_secret_call *secret; /* NULL: none */
    struct pl_call call;
    const char *doc; /* Google's reference page */
};

/* The catalogue, defined in gcp/kinds.c; sorted by name. */
extern const struct pl_kind *const pl_kinds[];
extern const size_t pl_kinds_len;

const struct pl_kind *pl_kind_find(const char *name); /* NULL where there is none */
/* The name nearest to a mistyped one, or NULL. */
const char *pl_kind_nearest(const char *name);

struct pl_path; /* address.h */

/* What is known of a field: the schema's word with the kind's row laid over it. */
struct pl_field_info {
    enum pl_type type;
    enum pl_shape shape;
    const struct pl_schema *message;
    const char *const *enum_values;
    const char *identity; /* of this list's elements */
    const char *absent_is;
    unsigned flags;     /* own and inherited */
    const char *source; /* of the row that says most of it; NULL: there is none */
};

/* Looks a field up. Returns false where Google's schema has no such field; then `*known` steps of the path exist and
 * `*nearest` is the nearest field name at that place (or NULL). The virtual field `iamPolicy` is known to every kind. */
bool pl_field_lookup(const struct pl_kind *kind, const struct pl_path *path,
                     struct pl_field_info *out, size_t *known, const char **nearest);
/* The same one step down, for walks: `at` is the info of a container; key names a member (NULL: an element of a list or map).
 * `generic` is the path so far in row form ("template.containers[]"), "" at the root. False where the schema has no such
 * member (then only inherited flags are set). `out` may be `at`; `out`, `known` and `nearest` above may be NULL. */
bool pl_field_child(const struct pl_kind *kind, const char *generic, const struct pl_field_info *at,
                    const char *key, struct pl_field_info *out);
/* `generic` one step further down, for the next call: "template.containers" to "template.containers[]" and on to
 * "template.containers[].env"; "labels" to "labels{}". */
char *pl_field_generic(struct pl_arena *arena, const char *generic, const struct pl_field_info *at,
                       const char *key);
/* The kind's virtual field of that name; NULL: none (`iamPolicy` is not among them). */
const struct pl_virtual *pl_kind_virtual(const struct pl_kind *kind, const char *name);
/* Is it the field of the kind's secret (struct pl_secret_call)? */
bool pl_kind_is_secret(const struct pl_kind *kind, const char *name);
/* What is known of the field that a row names: "template.containers[].env[].value", "annotations[\"a/b\"]". False where the schema has none. */
bool pl_field_row_info(struct pl_arena *arena, const struct pl_kind *kind, const char *path,
                       struct pl_field_info *out);
/* The info of a resource's root. Where a kind has no schema it is that of an IAM policy. */
struct pl_field_info pl_field_root(const struct pl_kind *kind);

#endif
