/* field_node.c - what kind.c says of fields, remembered: a walk over thousands of bodies of one kind asks for the same ones again and again.
 *
 * One tree a kind, of the fields that bodies had so far; it stays until the thread ends. What keys the API does not name look like is one
 * node for them all, so that nothing grows with the bodies.
 */
#include "field_priv.h"

#include <string.h>

/* Whoever sends bodies of endless shapes fills the memory with no more nodes than these. */
enum { KEPT_MAX = 20000 };

struct pl_field_node {
    struct pl_field_info info;
    bool known;    /* the schema has it */
    bool own_rows; /* a map some of whose keys have rows of their own */
    bool stays;
    const struct pl_kind *kind;
    const char *key;     /* NULL: an element, or any key */
    const char *generic; /* in row form: "template.containers[]" */
    struct pl_field_node *next, *first, *last;
    struct pl_field_node
        *recent; /* members come in the same order in most bodies: look behind this one first */
};

static _Thread_local struct {
    struct pl_arena *arena;
    struct pl_field_node *roots;
    size_t n;
} kept;

const struct pl_field_info *pl_field_node_info(const struct pl_field_node *node)
{
    static const struct pl_field_info nothing = {.type = PL_T_UNKNOWN};

    return node != NULL ? &node->info : &nothing;
}

struct pl_field_node *pl_field_node_root(const struct pl_kind *kind)
{
    struct pl_field_node *root = kept.roots;

    while (root != NULL && root->kind != kind)
        root = root->next;
    if (root != NULL || kind == NULL)
        return root;
    if (kept.arena == NULL)
        kept.arena = pl_arena_new();
    root = PL_NEW(kept.arena, struct pl_field_node);
    *root = (struct pl_field_node){
        .info = pl_field_root(kind), .known = true, .stays = true, .kind = kind, .generic = ""};
    root->next = kept.roots;
    kept.roots = root;
    return root;
}

static bool is_key(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static struct pl_field_node *find(struct pl_field_node *at, const char *key)
{
    struct pl_field_node *from = at->recent != NULL ? at->recent->next : NULL, *node;

    for (node = from; node != NULL && !is_key(node->key, key);)
        node = node->next;
    if (node == NULL)
        for (node = at->first; node != from && !is_key(node->key, key);)
            node = node->next;
    return node != NULL && is_key(node->key, key) ? node : NULL;
}

static struct pl_field_node *make(struct pl_arena *arena, const struct pl_field_node *at,
                                  const char *key)
{
    struct pl_field_node *node = PL_NEW(arena, struct pl_field_node);

    *node = (struct pl_field_node){.kind = at->kind,
                                   .key = key != NULL ? pl_arena_strdup(arena, key) : NULL};
    node->known = pl_field_child(at->kind, at->generic, &at->info, key, &node->info);
    if (!node->known) {
        node->info = (struct pl_field_info){.flags = at->info.flags & PL_F_SECRET};
        return node;
    }
    node->generic = pl_field_generic(arena, at->generic, &at->info, key);
    node->own_rows = node->info.shape == PL_KEYED && pl_field_has_key_rows(at->kind, node->generic);
    return node;
}

struct pl_field_node *pl_field_node_child(struct pl_arena *arena, struct pl_field_node *at,
                                          const char *key)
{
    struct pl_field_node *node;

    if (at == NULL || !at->known) /* nothing is known of what is below, either */
        return at;
    if (at->own_rows)
        return make(arena, at, key);
    if (at->info.shape == PL_KEYED || (at->info.shape == PL_ONE && at->info.type == PL_T_ANY))
        key = NULL;
    node = find(at, key);
    if (node == NULL) {
        bool stays = at->stays && kept.n < KEPT_MAX;

        node = make(stays ? kept.arena : arena, at, key);
        node->stays = stays && node->known;
        if (!node->stays)
            return node;
        *(at->last != NULL ? &at->last->next : &at->first) = node;
        at->last = node;
        kept.n++;
    }
    at->recent = node;
    return node;
}
