/* propose.c - connections read off the wiring; what the model does not find open is proposed as a comment, with the reason.
 *
 * A baseline that fails at once would be switched off at once; and what is broken today is not to be declared as if it worked.
 */
#include <string.h>

#include "init_priv.h"
#include "plumbline/reach.h"

/* The characters that a connection's name may have (baseline_connection.c). */
static const char name_characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789_-.";

/* A name of its own, made of both ends'. */
static const char *name_of(struct pl_init *in, struct pl_map *names, const struct pl_connection *c)
{
    char *name =
        pl_arena_printf(in->arena, "%s-to-%s", c->from.address.names[0], c->to.address.names[0]);
    const char *made;

    for (char *at = name; *at != '\0'; at++)
        if (strchr(name_characters, *at) == NULL)
            *at = '-';
    made = name;
    for (unsigned i = 2; pl_map_has(names, made); i++)
        made = pl_arena_printf(in->arena, "%s-%u", name, i);
    (void)pl_map_put(names, made, name);
    return made;
}

static struct pl_node *propose(struct pl_init *in, const char *name, const struct pl_connection *c)
{
    struct pl_node *node = pl_node_new(in->arena, PL_NODE_MAP, name, NULL);
    const struct pl_address *ends[] = {&c->from.address, &c->to.address};
    static const char *const keys[] = {"from", "to"};

    node->open = true;
    for (size_t i = 0; i < PL_LEN(ends); i++)
        pl_node_add(
            in->arena, node,
            pl_node_new(in->arena, PL_NODE_TEXT, keys[i],
                        pl_refs_literal(in->arena, pl_address_short(in->arena, ends[i], in->project,
                                                                    in->location))));
    return node;
}

struct pl_node *pl_propose_connections(struct pl_init *in)
{
    size_t n = 0;
    const struct pl_connection *const *list = pl_reach_infer(in->arena, in->view, &n);
    struct pl_node *all = pl_node_new(in->arena, PL_NODE_MAP, "connections", NULL);
    struct pl_map names;

    pl_map_init(&names, in->arena);
    for (size_t i = 0; i < n; i++)
        pl_node_add(in->arena, all, propose(in, name_of(in, &names, list[i]), list[i]));
    all->open = all->apart = true;
    return n > 0 ? all : NULL;
}

/* ---- does it work? ---- */

static const struct pl_hop *first_hop(const struct pl_reach *path, enum pl_hop_verdict verdict)
{
    for (size_t i = 0; i < path->n_hops; i++)
        if (path->hops[i].verdict == verdict)
            return &path->hops[i];
    return NULL;
}

/* Why this one is proposed as a comment; NULL: it stands. */
static const char *doubt(struct pl_init *in, const struct pl_reach *path)
{
    bool blocked = path->verdict == PL_REACH_BLOCKED;
    const struct pl_hop *hop = first_hop(path, blocked ? PL_HOP_BLOCK : PL_HOP_UNKNOWN);
    const char *why = hop != NULL ? hop->text : "no hop says why";
    const char *cause = blocked && hop != NULL && hop->cause != NULL ? hop->cause->name : NULL;

    if (path->verdict == PL_REACH_OPEN)
        return NULL;
    if (!blocked)
        return pl_arena_printf(in->arena,
                               "decide: wired, but whether it works cannot be told from what was "
                               "observed: %s",
                               why);
    return pl_arena_printf(in->arena,
                           "decide: wired, and as observed it cannot work: %s%s%s; declare it once "
                           "that is mended",
                           why, cause != NULL ? ", " : "", cause != NULL ? cause : "");
}

bool pl_propose_judge(struct pl_init *in, struct pl_node *connections,
                      const struct pl_baseline *declared)
{
    bool changed = false;

    /* What is missing in a part of an estate proves nothing. */
    for (size_t i = 0; !in->input->partial && i < connections->n; i++) {
        struct pl_node *node = connections->items[i];
        const struct pl_connection *c = pl_baseline_connection(declared, node->key);
        struct pl_reach path;

        if (c == NULL || node->off)
            continue;
        path = pl_reach_evaluate(pl_view_new(in->arena, in->input->world), c, declared);
        node->note = doubt(in, &path);
        node->off = node->note != NULL;
        changed = changed || node->off;
    }
    return changed;
}
