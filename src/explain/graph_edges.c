/* graph_edges.c - edges that are no connections: what a body refers to, by the table in graph_refs.c, and peerings.
 */
#include <string.h>

#include "graph_priv.h"

static void add_edge(struct pl_graph_build *b, const struct pl_graph_edge *e)
{
    const char *key = pl_arena_printf(b->arena, "%d %d %s %s", e->from, e->to, e->label, e->field);
    if (e->from == e->to || pl_map_has(&b->edge_keys, key))
        return;
    (void)pl_map_put(&b->edge_keys, key, b);
    PL_PUSH(b->arena, b->edges, b->n_edges, b->cap_edges, *e);
}

static void add_reference(struct pl_graph_build *b, int from, int to, const char *label,
                          const char *field)
{
    add_edge(b, &(struct pl_graph_edge){.from = from, .to = to, .label = label, .field = field});
}

/* The peering by which a network reaches what Google runs for it: of private services access, or Memorystore's own (section 2.3). */
static const char *serving_peering(const struct pl_resource *r)
{
    const char *mode = pl_value_member_text(r->body, "connectMode");
    bool direct = strcmp(r->address.kind->name, "redis.instance") == 0 &&
                  !(mode && strcmp(mode, "PRIVATE_SERVICE_ACCESS") == 0);
    return direct ? "redis-peer-" : "servicenetworking-googleapis-com";
}

static bool by_peering(const char *kind)
{
    return strcmp(kind, "sql.instance") == 0 || strcmp(kind, "redis.instance") == 0 ||
           strcmp(kind, "memcache.instance") == 0;
}

static char *peering_id(struct pl_graph_build *b, const struct pl_address *network,
                        const char *name)
{
    return pl_arena_printf(b->arena, "%s:peerings[name=%s]", pl_address_full(b->arena, network),
                           name);
}

/* From a network to what has an address in it: through the peering that carries it, where the network has one. */
static void add_served(struct pl_graph_build *b, const struct pl_resource *r, int at,
                       const struct pl_address *network, const char *field)
{
    int from = pl_graph_add_resource(b, network), peering = PL_GRAPH_NOWHERE;
    const char *name = serving_peering(r);
    const struct pl_resource *n = NULL;
    if (by_peering(r->address.kind->name) && pl_view_find(b->view, network, &n) == PL_PRESENT) {
        const struct pl_value *list = pl_value_member(n->body, "peerings");
        for (size_t i = 0; i < pl_value_count(list) && peering == PL_GRAPH_NOWHERE; i++) {
            const char *found = pl_value_member_text(pl_value_item(list, i), "name");
            if (found && strncmp(found, name, strlen(name)) == 0)
                peering = pl_graph_find(b, peering_id(b, network, found));
        }
    }
    add_edge(b, &(struct pl_graph_edge){.from = peering != PL_GRAPH_NOWHERE ? peering : from,
                                        .to = at,
                                        .label = "private address",
                                        .field = field,
                                        .served = true});
}

/* "project:region:instance" (https://cloud.google.com/sql/docs/postgres/connect-run); a domain in front of the project keeps its colon. */
static bool read_socket(struct pl_graph_build *b, const char *text, struct pl_address *out)
{
    const char *last = strrchr(text, ':'), *region = last;
    while (region && region > text && region[-1] != ':')
        region--;
    if (!last || region <= text + 1)
        return false;
    const char **names = pl_arena_array(b->arena, 1, sizeof(*names));
    names[0] = last + 1;
    *out = (struct pl_address){.kind = pl_kind_find("sql.instance"),
                               .project =
                                   pl_arena_strndup(b->arena, text, (size_t)(region - text) - 1),
                               .location = "global",
                               .names = names};
    return *names[0] != '\0';
}

/* An account names its project (https://cloud.google.com/iam/docs/service-account-types): NAME@PROJECT.iam.gserviceaccount.com. */
static int add_account(struct pl_graph_build *b, const char *email)
{
    const char *at = strchr(email, '@'), *end = at ? strstr(at, ".iam.gserviceaccount.com") : NULL;
    int node = pl_graph_add_outside(b, pl_arena_printf(b->arena, "serviceAccount/%s", email),
                                    "serviceAccount", "service account", email);
    if (end)
        b->nodes[node].project = pl_arena_strndup(b->arena, at + 1, (size_t)(end - at) - 1);
    return node;
}

/* As patterns write it: any element. */
static char *pattern(struct pl_graph_build *b, const char *id, const char *row)
{
    struct pl_buf text = {0};
    pl_buf_addf(&text, "%s:", id);
    for (; *row; row++)
        pl_buf_adds(&text, *row == '[' ? "[*" : (char[]){*row, '\0'});
    return pl_buf_take(&text, b->arena);
}

static void refer(struct pl_graph_build *b, const struct pl_resource *r, int at,
                  const struct pl_graph_ref *ref, const char *text)
{
    const char *field = pattern(b, b->nodes[at].id, ref->path);
    struct pl_address near = r->address, to;
    if (ref->form == PL_REF_ACCOUNT) {
        add_reference(b, at, add_account(b, text), ref->label, field);
        return;
    }
    const char *host = pl_value_member_text(pl_value_member(r->body, "subnet"), "projectId");
    if (host && strcmp(ref->path, "subnet.name") == 0) /* E4: a connector in a Shared VPC */
        near.project = host;
    bool known = ref->form == PL_REF_SOCKET
                     ? read_socket(b, text, &to)
                     : pl_link_parse(b->arena, pl_kind_find(ref->to), text, &near, &to);
    if (!known)
        return;
    if (to.kind->scope == PL_SCOPE_GLOBAL)
        to.location = "global";
    to = pl_graph_as_observed(b, &to);
    if (ref->form == PL_REF_SERVED)
        add_served(b, r, at, &to, field);
    else
        add_reference(b, at, pl_graph_add_resource(b, &to), ref->label, field);
}

/* Every text at a path in row form below a value. */
static void follow(struct pl_graph_build *b, const struct pl_resource *r, int at,
                   const struct pl_graph_ref *ref, const struct pl_value *v, const char *path)
{
    size_t len = strcspn(path, ".[");
    if (!v)
        return;
    if (*path == '\0') {
        const char *text = pl_value_text(v);
        if (text && *text)
            refer(b, r, at, ref, text);
    } else if (*path == '[') {
        path += path[2] == '.' ? 3 : 2;
        for (size_t i = 0; i < pl_value_count(v) && v->type == PL_LIST; i++)
            follow(b, r, at, ref, pl_value_item(v, i), path);
    } else {
        const char *key = pl_arena_strndup(b->arena, path, len);
        follow(b, r, at, ref, pl_value_member(v, key), path + len + (path[len] == '.'));
    }
}

/* The kind that this one lives inside, as its names say: "secret.version/{secret}/{version}" in "secret.secret/{secret}". */
static const struct pl_kind *outer_kind(const struct pl_kind *kind)
{
    size_t product = strcspn(kind->name, ".") + 1;
    for (size_t i = 0; kind->n_segments > 1 && i < pl_kinds_len; i++)
        if (pl_kinds[i]->n_segments == 1 && strncmp(pl_kinds[i]->name, kind->name, product) == 0 &&
            strcmp(pl_kinds[i]->segments[0], kind->segments[0]) == 0)
            return pl_kinds[i];
    return NULL;
}

void pl_graph_add_references(struct pl_graph_build *b, const struct pl_resource *r)
{
    int at = pl_graph_find(b, r->full);
    const struct pl_kind *outer = outer_kind(r->address.kind);
    if (outer) {
        struct pl_address parent = r->address;
        parent.kind = outer;
        int in = pl_graph_add_resource(b, &parent);
        b->nodes[at].parent = in;
    }
    for (size_t i = 0; i < pl_graph_refs_len; i++)
        if (strcmp(pl_graph_refs[i].kind, r->address.kind->name) == 0)
            follow(b, r, at, &pl_graph_refs[i], r->body, pl_graph_refs[i].path);
}

void pl_graph_add_peerings(struct pl_graph_build *b, const struct pl_resource *network)
{
    const struct pl_value *list = pl_value_member(network->body, "peerings");
    int at = pl_graph_find(b, network->full);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *name = pl_value_member_text(pl_value_item(list, i), "name"),
                   *link = pl_value_member_text(pl_value_item(list, i), "network");
        struct pl_address to;
        const struct pl_resource *unused;
        if (!name)
            continue;
        char *id = peering_id(b, &network->address, name);
        int peering =
            pl_graph_add_node(b, &(struct pl_graph_node){.id = id,
                                                         .name = name,
                                                         .kind = "peering",
                                                         .title = "peering",
                                                         .project = network->address.project,
                                                         .location = "global",
                                                         .presence = PL_NODE_OBSERVED});
        b->nodes[peering].network = at;
        add_reference(b, at, peering, "peering", id);
        /* Google's own side of a peering is nobody's to look at. */
        if (link && pl_link_parse(b->arena, network->address.kind, link, &network->address, &to) &&
            pl_view_find(b->view, &to, &unused) == PL_PRESENT)
            add_reference(b, peering, pl_graph_add_resource(b, &to), "network", id);
    }
}
