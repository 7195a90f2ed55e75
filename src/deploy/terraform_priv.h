/* terraform_priv.h - from Terraform's attributes to Google's bodies: terraform.c finds resources, terraform_body.c translates one,
 * terraform_types.c says what is called otherwise. */
#ifndef PLUMBLINE_TERRAFORM_PRIV_H
#define PLUMBLINE_TERRAFORM_PRIV_H

#include "plumbline/address.h"
#include "plumbline/kind.h"
#include "plumbline/terraform.h"
#include "plumbline/value.h"

/* A type of the Google provider. */
struct pl_tf_type {
    const char *type; /* "google_sql_database_instance" */
    const char *kind;
    const char *
        names; /* attributes that name it, separated by blanks: "instance name"; a link counts by its last segment */
    const char *location; /* attribute; NULL: global */
    const char
        *part; /* it is an element of this list of the named resource: "nats"; NULL: the whole */
    bool plan_only; /* it changes something that others hold: of no use in a state alone */
};
extern const struct pl_tf_type pl_tf_types[];
extern const size_t pl_tf_types_len;
const struct pl_tf_type *pl_tf_type_find(const char *type); /* NULL where there is none */

/* A field whose attribute is not just its name in snake case. */
struct pl_tf_row {
    const char *type;
    const char *path; /* row form of the kind's field */
    const char *from; /* attribute beside its neighbours; "/a/b": from the top, first blocks */
    enum { PL_TF_AS_IS, PL_TF_SECONDS, PL_TF_TRAFFIC } how;
};
extern const struct pl_tf_row pl_tf_rows[];
extern const size_t pl_tf_rows_len;

/* Annotations of Knative that stand for fields of v2 (https://cloud.google.com/run/docs/reference/rest/v1/RevisionTemplate). */
struct pl_tf_annotation {
    const char *block; /* where the annotations are: "/metadata/annotations" */
    const char *name;
    const char *path; /* of the field */
    const char *const (
        *words)[2]; /* what its values are called there, NULL-terminated; NULL: as they are */
};
extern const struct pl_tf_annotation pl_tf_annotations[];
extern const size_t pl_tf_annotations_len;

/* The body of a resource of this type. */
const struct pl_value *pl_tf_body(struct pl_arena *arena, const struct pl_tf_type *type,
                                  const struct pl_value *attributes);
/* terraform.c: what is sensitive as marks; the address of what the attributes name, `project` where they name none; the body with its
 * name; a member or binding as a binding, with its condition, or NULL. */
const struct pl_value *pl_tf_cover(struct pl_arena *arena, const struct pl_value *v,
                                   const struct pl_value *what);
bool pl_tf_address(struct pl_arena *arena, const struct pl_tf_type *type,
                   const struct pl_value *attributes, const char *project, struct pl_address *out);
const struct pl_value *pl_tf_named(struct pl_arena *arena, const struct pl_address *address,
                                   const struct pl_value *body);
/* "maxInstances" as max_instances. */
char *pl_tf_snake(struct pl_arena *arena, const char *camel);
/* The value at "/a/b"; blocks are lists of one. */
const struct pl_value *pl_tf_at(struct pl_arena *arena, const struct pl_value *attributes,
                                const char *path);

#endif
