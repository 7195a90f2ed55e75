/* remedy_priv.h - rows of commands by kind and field, and how a row becomes a command.
 *
 * rows_*.c are the table, a file a family of products; rows.c finds in it; fill.c writes a template with its words quoted; forms.c and forms_run.c say values
 * as gcloud wants them; iam.c has the members of policies; made.c makes and deletes whole resources;
 * remedy.c puts a drift's remedies together.
 *
 * Templates. Text stands as it is; `{...}` is one word, quoted for the shell where it must be; `[...]` is left out where its word is absent;
 * ` || ` separates ways, of which the first that can be said is taken. A word is a source, and behind `|` a form (forms.c):
 *
 *   {name} {parent} {project} {location}   of the resource; {parent} is the first segment of its name
 *   {scope}                                --global, or --region=LOCATION
 *   {container}                            --container=NAME in front, where there are several
 *   {key} {keys}                           what identifies the element that the path leads through last; as a list of one
 *   {region}                               of the element that the path leads through first, where that is one of a region
 *   {hierarchical}                         the policy of a folder or the organisation whose rule a network's effective firewalls show
 *   {zonal} {inregion} {policyscope}       --zone or --region; --region where there is one; the options of firewall policies
 *   {|form}                                the field's own value, {.a.b|form} a field of the same resource, {^a.b|form} of that element,
 *                                          {~|form}, {~a.b|form} that element, or the resource where there is none, as it is otherwise:
 *                                          before the command
 *   |?yes/no                               a form for booleans; |=A:b,C:d one for enumerations: what is not named cannot be said
 *
 * What is absent, not known, secret or cannot be said makes no command: never half of one.
 */
#ifndef PLUMBLINE_REMEDY_PRIV_H
#define PLUMBLINE_REMEDY_PRIV_H

#include "plumbline/diff.h"
#include "plumbline/map.h"
#include "plumbline/remedy.h"

struct pl_remedy_row {
    /* "a.b[].c"; with "..." at its end it stands for everything below, as one value; ".*" is any one key. */
    const char *path;
    const char
        *set; /* options behind the kind's `update`, or a whole command; NULL: gcloud has none */
    const char *unset; /* where the field is to be absent; NULL: gcloud has none */
    const char *first; /* a command that must go before; left out where its words are absent */
    const char
        *shows; /* gcloud's key of it in `look`; NULL: the API's own path; "": not by itself */
    const char *
        look; /* shows it where the kind's own `look` does not; of a row that stands for all below */
    const char *says; /* what is printed then, as a template; NULL: the value */
    const char *
        terraform; /* argument below the kind's type; NULL: as in the API, in snake case; "": none */
    const char *risk;
    const char *instead; /* what to do where there is no command */
};

struct pl_remedy_kind {
    const char *kind;
    int order;          /* of what needs what: networks before what lies in them, ... */
    const char *update; /* what `set` and `unset` begin with */
    const char *look;   /* shows the resource; --format is added */
    const char *create, *remove;
    const char *create_risk, *remove_risk;
    const char *create_instead; /* why there is no command to make it */
    const char *implied;        /* fields that making it sets by itself, with blanks between */
    const char *terraform, *terraform_region; /* type; NULL: the same in a region */
    const char *terraform_member;             /* type of a member of its policy */
    const char *policy;  /* "run services": the group that has add-iam-policy-binding; NULL */
    const char *place;   /* the resource in commands of that group */
    bool conditional;    /* they take --condition */
    bool others_need_it; /* a change of it, too, may be what other commands wait for */
    bool stateless; /* what cannot change in place is deleted and made again: nothing is lost */
    const struct pl_remedy_row *rows;
    size_t n_rows;
    const char *source; /* Google's pages on commands and risks */
};

#define PL_REMEDY_ROWS(table) .rows = (table), .n_rows = PL_LEN(table)

/* One a family of products. */
struct pl_remedy_family {
    const struct pl_remedy_kind *kinds;
    size_t n;
};
extern const struct pl_remedy_family pl_remedy_run, pl_remedy_sql, pl_remedy_memory,
    pl_remedy_network, pl_remedy_firewall, pl_remedy_balancer, pl_remedy_dns, pl_remedy_access;
extern const struct pl_remedy_family *const pl_remedy_families[]; /* NULL-terminated */

/* rows.c */
const struct pl_remedy_kind *pl_remedy_kind_find(const char *name);
/* The next row for a field behind `after` (NULL: the first), or NULL; `base` is what of the path the row stands for. */
const struct pl_remedy_row *pl_remedy_row_next(struct pl_arena *arena,
                                               const struct pl_remedy_kind *kind,
                                               const struct pl_path *path,
                                               const struct pl_remedy_row *after,
                                               struct pl_path *base);

/* What a template is filled from. */
struct pl_words {
    struct pl_arena *arena;
    const struct pl_drift *drift;
    struct pl_path base;          /* the field that the row stands for */
    const struct pl_value *body;  /* as it is to be, redacted; NULL: absent */
    const struct pl_value *other; /* as it is otherwise: before the command */
    const struct pl_value *value; /* of the field in `body`, or its default */
    struct pl_map *used;          /* paths of fields that were written; NULL: nobody asks */
};

/* fill.c: the text, or NULL. `quoted`: for the shell; else as it is. */
const char *pl_fill(const struct pl_words *w, const char *head, const char *template, bool quoted);
/* gcloud's key of a path in what the API answers: `nats.filter("name=x").extract(minPortsPerVm).flatten()`; NULL: it cannot be named so. */
const char *pl_fill_key(const struct pl_words *w, const char *shows);
bool pl_text_is_secret(const char *text);
/* Would a terminal show it as it is? What it would not cannot be copied from one: it makes no command. */
bool pl_text_can_be_copied(const char *text);

/* forms.c: the value as gcloud takes it, or NULL. `form` "": a scalar as it is. */
const char *pl_form(const struct pl_words *w, const struct pl_value *v, const char *form);
const char *pl_form_member(const struct pl_words *w, const struct pl_value *map, const char *key);
const char *pl_form_pair(const struct pl_words *w, const struct pl_value *item); /* NAME=VALUE */
struct pl_form_row {
    const char *name;
    const char *(*say)(const struct pl_words *w, const struct pl_value *v);
};
extern const struct pl_form_row pl_forms_run[]; /* forms_run.c */
extern const size_t pl_forms_run_len;
/* The element that the path leads through last; NULL: none. */
const struct pl_value *pl_words_element(const struct pl_words *w, const struct pl_value *body);
struct pl_path pl_words_element_path(const struct pl_path *path);
const char *pl_words_key(const struct pl_words *w);

/* Pieces put together with commas, or with another separator that gcloud is told of. NULL where none is left, or nothing was said. */
struct pl_pieces {
    const char **list;
    size_t n, cap;
};
void pl_piece(struct pl_arena *arena, struct pl_pieces *p, const char *text);
const char *pl_pieces_join(struct pl_arena *arena, const struct pl_pieces *p);

/* made.c: a whole resource: created, deleted, or both, where what is fixed has changed. */
struct pl_remedy *pl_remedy_create(const struct pl_words *w, const struct pl_remedy_kind *kind);
struct pl_remedy *pl_remedy_delete(const struct pl_words *w, const struct pl_remedy_kind *kind);
/* Two remedies, or NULL: not everything that is there could be made again. */
struct pl_remedy *pl_remedy_make_again(const struct pl_words *w, const struct pl_remedy_kind *kind,
                                       const char *risk);

/* iam.c: remedies for a drift of a policy, one a member; n 0: none can be said. */
bool pl_remedy_is_iam(const struct pl_drift *drift);
/* What shows the binding that the path names; NULL: the kind has no policy of its own. */
const char *pl_remedy_iam_look(const struct pl_words *w, const struct pl_remedy_kind *kind);
struct pl_remedy *pl_remedy_iam(const struct pl_words *w, const struct pl_remedy_kind *kind,
                                size_t *n);

#endif
