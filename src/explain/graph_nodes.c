/* graph_nodes.c - nodes: resources as they were observed, ends of connections, and what is outside of what is looked at.
 */
#include <ctype.h>
#include <string.h>

#include "graph_priv.h"

int pl_graph_find(const struct pl_graph_build *b, const char *id)
{
    uintptr_t at = (uintptr_t)pl_map_get(&b->by_id, id);
    return at ? (int)(at - 1) : PL_GRAPH_NOWHERE;
}

int pl_graph_add_node(struct pl_graph_build *b, const struct pl_graph_node *node)
{
    int at = pl_graph_find(b, node->id);
    if (at != PL_GRAPH_NOWHERE)
        return at;
    PL_PUSH(b->arena, b->nodes, b->n, b->cap, *node);
    b->nodes[b->n - 1].network = b->nodes[b->n - 1].parent = PL_GRAPH_NOWHERE;
    (void)pl_map_put(&b->by_id, node->id, (void *)(uintptr_t)b->n);
    return (int)b->n - 1;
}

int pl_graph_add_outside(struct pl_graph_build *b, const char *id, const char *kind,
                         const char *title, const char *name)
{
    return pl_graph_add_node(
        b, &(struct pl_graph_node){
               .id = id, .name = name, .kind = kind, .title = title, .presence = PL_NODE_OUTSIDE});
}

static const char *last_name(struct pl_graph_build *b, const struct pl_address *a)
{
    struct pl_buf text = {0};
    for (size_t i = 0; i < a->kind->n_segments; i++)
        pl_buf_addf(&text, "%s%s", i ? "/" : "", a->names[i]);
    return pl_buf_take(&text, b->arena);
}

static bool is_declared(const struct pl_graph_build *b, const struct pl_address *a)
{
    const struct pl_baseline *baseline = b->input->baseline;
    for (size_t i = 0; i < baseline->n_resources; i++)
        if (pl_address_equal(&baseline->resources[i].address, a))
            return true;
    return false;
}

/* Not there, and not only missing from a snapshot that somebody wrote by hand: as the path model takes it (pl_trace_absence_counts). */
static bool is_absent(struct pl_graph_build *b, const struct pl_address *a)
{
    const struct pl_resource *const *list;
    size_t n = 0;
    if (b->input->observed->kinds)
        return true;
    (void)pl_view_list(b->view, a->kind, a->project, &list, &n);
    return n > 0 || is_declared(b, a);
}

int pl_graph_add_resource(struct pl_graph_build *b, const struct pl_address *a)
{
    const struct pl_resource *r = NULL;
    struct pl_graph_node node = {
        .id = pl_address_full(b->arena, a),
        .name = last_name(b, a),
        .kind = a->kind->name,
        .title = a->kind->title,
        .project = a->project,
        .location = a->location,
    };
    int at = pl_graph_find(b, node.id);
    if (at != PL_GRAPH_NOWHERE)
        return at;
    enum pl_known known = pl_view_find(b->view, a, &r);
    if (known == PL_PRESENT) {
        node.presence = PL_NODE_OBSERVED;
    } else if (known == PL_ABSENT && is_absent(b, a)) {
        node.presence = PL_NODE_ABSENT;
    } else {
        const struct pl_unobserved *gap = pl_world_gap(b->input->observed, a, NULL);
        node.presence = PL_NODE_NOT_KNOWN;
        node.why = gap ? gap->reason : NULL;
    }
    return pl_graph_add_node(b, &node);
}

struct pl_address pl_graph_as_observed(struct pl_graph_build *b, const struct pl_address *a)
{
    const struct pl_resource *r = NULL;
    const struct pl_resource *const *list;
    size_t n, found = 0;
    if (!a->project || !isdigit((unsigned char)*a->project) ||
        pl_view_find(b->view, a, &r) == PL_PRESENT)
        return *a;
    (void)pl_view_list(b->view, a->kind, NULL, &list, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address same = *a;
        same.project = list[i]->address.project;
        if (pl_address_equal(&same, &list[i]->address)) {
            r = list[i];
            found++;
        }
    }
    return found == 1 ? r->address : *a;
}

int pl_graph_add_end(struct pl_graph_build *b, const struct pl_end *end)
{
    if (end->what == PL_END_RESOURCE)
        return pl_graph_add_resource(b, &end->address);
    bool here = end->what == PL_END_HERE;
    return pl_graph_add_outside(b, end->text, "end", here ? "this machine" : "host", end->text);
}
