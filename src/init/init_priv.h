/* init_priv.h - the steps from a world to a baseline's text.
 *
 * keep.c chooses resources, draft.c makes a tree of what is declared of them (fields.c says what, refs.c makes references), propose.c adds
 * connections, init.c reads the text back and asks the model, write.c lays it out.
 */
#ifndef PLUMBLINE_INIT_PRIV_H
#define PLUMBLINE_INIT_PRIV_H

#include "plumbline/baseline.h"
#include "plumbline/init.h"
#include "plumbline/map.h"

/* A remark beside a field; value NULL: whatever it holds. "[]" at the end of a path: an element of a list of scalars. */
struct pl_init_advice {
    const char *kind, *path, *value, *note;
};
extern const struct pl_init_advice pl_init_advices[];
extern const size_t pl_init_advices_len;

/* ---- the tree that is written ---- */

enum pl_node_type { PL_NODE_TEXT, PL_NODE_BARE, PL_NODE_MAP, PL_NODE_LIST, PL_NODE_NOTE };

struct pl_node {
    enum pl_node_type type;
    const char *key; /* member of a map; NULL: element of a list */
    const char *
        text; /* TEXT: quoted where it must be; BARE: a number, a tag; NOTE: nothing but its note */
    const char *note; /* a comment, or NULL */
    bool off;         /* all of it is a comment */
    bool open;        /* never on one line */
    bool apart;       /* a blank line between its items */
    struct pl_node **items;
    size_t n, cap;
};

struct pl_node *pl_node_new(struct pl_arena *arena, enum pl_node_type type, const char *key,
                            const char *text);
void pl_node_add(struct pl_arena *arena, struct pl_node *to, struct pl_node *item);
/* Appends a map's members or a list's elements, each line `indent` spaces in. */
void pl_node_write(struct pl_buf *out, const struct pl_node *node, int indent);
/* "# text", wrapped, one or several lines; breaks and controls in it are made visible. */
void pl_note_write(struct pl_buf *out, const char *text, int indent);

/* ---- state ---- */

struct pl_target_field {
    const struct pl_resource *resource; /* NULL: several resources have this address */
    const char *path;
};

struct pl_init {
    struct pl_arena *arena;
    const struct pl_init_input *input;
    struct pl_view *view;
    struct pl_map kept;             /* full address to resource */
    struct pl_map networks;         /* full address: something kept is in it */
    struct pl_map targets;          /* observed text to struct pl_target_field */
    size_t longest;                 /* of these texts */
    const char *project, *location; /* of the file */
    struct pl_init_count count;
};

/* ---- keep.c ---- */

/* Fills kept and networks, project and location. */
void pl_init_keep(struct pl_init *in);
/* Calls `fn` for each text at a path in row form ("a[].b"). */
void pl_init_each(const struct pl_value *body, const char *path,
                  void (*fn)(void *arg, const char *text), void *arg);

/* ---- refs.c ---- */

/* Collects the addresses that others may copy. */
void pl_refs_collect(struct pl_init *in);
/* The text with each address of another resource replaced by "${...}" and each literal "${" doubled. `to` (or NULL): the first resource
 * referred to; `several` (or NULL): an address that more than one resource has was left as it is. */
const char *pl_refs_text(struct pl_init *in, const struct pl_resource *own, const char *text,
                         const struct pl_resource **to, bool *several);
/* A link as a reference to the resource that it names, or in canonical form where that was not observed. */
const char *pl_refs_link(struct pl_init *in, const struct pl_resource *own, const char *kind,
                         const char *text);
/* "${KIND/NAME:path}". */
const char *pl_refs_to(struct pl_init *in, const struct pl_resource *resource, const char *path);
/* `text` with each "${" doubled. */
const char *pl_refs_literal(struct pl_arena *arena, const char *text);

/* ---- draft.c, env.c ---- */

/* The `resources` section. */
struct pl_node *pl_draft_resources(struct pl_init *in);
/* What of a container's variables is declared, as its member "env". */
void pl_draft_env(struct pl_init *in, const struct pl_resource *own, const struct pl_value *env,
                  struct pl_node *container);
/* Does the text hold something secret, or the mark of a redaction? `name` may be NULL. */
bool pl_draft_is_secret(struct pl_init *in, const char *name, const char *text);

/* ---- propose.c ---- */

/* The `connections` section, all of it standing, or NULL. */
struct pl_node *pl_propose_connections(struct pl_init *in);
/* Turns those into comments that are not open in the model; false: nothing changed. */
bool pl_propose_judge(struct pl_init *in, struct pl_node *connections,
                      const struct pl_baseline *declared);

#endif
