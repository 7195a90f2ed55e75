/* graph.c - the estate as a graph: nodes are resources and the ends of connections, edges what refers to what and the connections themselves.
 *
 * References are read off the bodies by the table in graph_refs.c. What a connection's path hangs on is asked of the model again, by its readings.
 * What is wrong is taken from the run's explanations; nothing is judged here.
 */
#include "plumbline/graph.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/map.h"
#include "plumbline/reach.h"

const char *const pl_graph_presence_names[] = {"observed", "absent", "unknown", "outside"};
const char *const pl_graph_mark_names[] = {NULL, "drift", "blocks", "masked", "cause"};

struct build {
    struct pl_arena *arena;
    const struct pl_graph_input *input;
    struct pl_view *view;
    struct pl_map by_id; /* -> index + 1 */
    struct pl_graph_node *nodes;
    size_t n, cap;
    struct pl_graph_edge *edges;
    size_t n_edges, cap_edges;
    struct pl_map edge_keys; /* what was drawn already */
};

/* ---- nodes ---- */

static int index_of(const struct build *b, const char *id)
{
    uintptr_t at = (uintptr_t)pl_map_get(&b->by_id, id);
    return at ? (int)(at - 1) : PL_GRAPH_NOWHERE;
}

static int add_node(struct build *b, const struct pl_graph_node *node)
{
    int at = index_of(b, node->id);
    if (at != PL_GRAPH_NOWHERE)
        return at;
    PL_PUSH(b->arena, b->nodes, b->n, b->cap, *node);
    b->nodes[b->n - 1].network = b->nodes[b->n - 1].parent = PL_GRAPH_NOWHERE;
    (void)pl_map_put(&b->by_id, node->id, (void *)(uintptr_t)b->n);
    return (int)b->n - 1;
}

/* Something that is no resource of a kind that is looked at. */
static int add_outside(struct build *b, const char *id, const char *kind, const char *title,
                       const char *name)
{
    return add_node(
        b, &(struct pl_graph_node){
               .id = id, .name = name, .kind = kind, .title = title, .presence = PL_NODE_OUTSIDE});
}

static const char *last_name(struct build *b, const struct pl_address *a)
{
    struct pl_buf text = {0};
    for (size_t i = 0; i < a->kind->n_segments; i++)
        pl_buf_addf(&text, "%s%s", i ? "/" : "", a->names[i]);
    return pl_buf_take(&text, b->arena);
}

static bool is_declared(const struct build *b, const struct pl_address *a)
{
    const struct pl_baseline *baseline = b->input->baseline;
    for (size_t i = 0; i < baseline->n_resources; i++)
        if (pl_address_equal(&baseline->resources[i].address, a))
            return true;
    return false;
}

/* Not there, and not only missing from a snapshot that somebody wrote by hand: as the path model takes it (pl_trace_absence_counts). */
static bool is_absent(struct build *b, const struct pl_address *a)
{
    const struct pl_resource *const *list;
    size_t n = 0;
    if (b->input->observed->kinds)
        return true;
    (void)pl_view_list(b->view, a->kind, a->project, &list, &n);
    return n > 0 || is_declared(b, a);
}

static int add_resource(struct build *b, const struct pl_address *a)
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
    int at = index_of(b, node.id);
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
    return add_node(b, &node);
}

/* The project's name in links may be its number: then the resource of that name is meant, where there is only one (R3 of the canonical forms). */
static struct pl_address as_observed(struct build *b, const struct pl_address *a)
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

static int add_end(struct build *b, const struct pl_end *end)
{
    if (end->what == PL_END_RESOURCE)
        return add_resource(b, &end->address);
    bool here = end->what == PL_END_HERE;
    return add_outside(b, end->text, "end", here ? "this machine" : "host", end->text);
}

/* ---- edges ---- */

static void add_edge(struct build *b, const struct pl_graph_edge *e)
{
    const char *key = pl_arena_printf(b->arena, "%d %d %s %s", e->from, e->to, e->label, e->field);
    if (e->from == e->to || pl_map_has(&b->edge_keys, key))
        return;
    (void)pl_map_put(&b->edge_keys, key, b);
    PL_PUSH(b->arena, b->edges, b->n_edges, b->cap_edges, *e);
}

static void add_reference(struct build *b, int from, int to, const char *label, const char *field)
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

static char *peering_id(struct build *b, const struct pl_address *network, const char *name)
{
    return pl_arena_printf(b->arena, "%s:peerings[name=%s]", pl_address_full(b->arena, network),
                           name);
}

/* From a network to what has an address in it: through the peering that carries it, where the network has one. */
static void add_served(struct build *b, const struct pl_resource *r, int at,
                       const struct pl_address *network, const char *field)
{
    int from = add_resource(b, network), peering = PL_GRAPH_NOWHERE;
    const char *name = serving_peering(r);
    const struct pl_resource *n = NULL;
    if (by_peering(r->address.kind->name) && pl_view_find(b->view, network, &n) == PL_PRESENT) {
        const struct pl_value *list = pl_value_member(n->body, "peerings");
        for (size_t i = 0; i < pl_value_count(list) && peering == PL_GRAPH_NOWHERE; i++) {
            const char *found = pl_value_member_text(pl_value_item(list, i), "name");
            if (found && strncmp(found, name, strlen(name)) == 0)
                peering = index_of(b, peering_id(b, network, found));
        }
    }
    add_edge(b, &(struct pl_graph_edge){.from = peering != PL_GRAPH_NOWHERE ? peering : from,
                                        .to = at,
                                        .label = "private address",
                                        .field = field,
                                        .served = true});
}

/* "project:region:instance" (https://cloud.google.com/sql/docs/postgres/connect-run); a domain in front of the project keeps its colon. */
static bool read_socket(struct build *b, const char *text, struct pl_address *out)
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
static int add_account(struct build *b, const char *email)
{
    const char *at = strchr(email, '@'), *end = at ? strstr(at, ".iam.gserviceaccount.com") : NULL;
    int node = add_outside(b, pl_arena_printf(b->arena, "serviceAccount/%s", email),
                           "serviceAccount", "service account", email);
    if (end)
        b->nodes[node].project = pl_arena_strndup(b->arena, at + 1, (size_t)(end - at) - 1);
    return node;
}

/* As patterns write it: any element. */
static char *pattern(struct build *b, const char *id, const char *row)
{
    struct pl_buf text = {0};
    pl_buf_addf(&text, "%s:", id);
    for (; *row; row++)
        pl_buf_adds(&text, *row == '[' ? "[*" : (char[]){*row, '\0'});
    return pl_buf_take(&text, b->arena);
}

static void refer(struct build *b, const struct pl_resource *r, int at,
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
    to = as_observed(b, &to);
    if (ref->form == PL_REF_SERVED)
        add_served(b, r, at, &to, field);
    else
        add_reference(b, at, add_resource(b, &to), ref->label, field);
}

/* Every text at a path in row form below a value. */
static void follow(struct build *b, const struct pl_resource *r, int at,
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

static void add_references(struct build *b, const struct pl_resource *r)
{
    int at = index_of(b, r->full);
    const struct pl_kind *outer = outer_kind(r->address.kind);
    if (outer) {
        struct pl_address parent = r->address;
        parent.kind = outer;
        int in = add_resource(b, &parent);
        b->nodes[at].parent = in;
    }
    for (size_t i = 0; i < pl_graph_refs_len; i++)
        if (strcmp(pl_graph_refs[i].kind, r->address.kind->name) == 0)
            follow(b, r, at, &pl_graph_refs[i], r->body, pl_graph_refs[i].path);
}

static void add_peerings(struct build *b, const struct pl_resource *network)
{
    const struct pl_value *list = pl_value_member(network->body, "peerings");
    int at = index_of(b, network->full);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *name = pl_value_member_text(pl_value_item(list, i), "name"),
                   *link = pl_value_member_text(pl_value_item(list, i), "network");
        struct pl_address to;
        const struct pl_resource *unused;
        if (!name)
            continue;
        char *id = peering_id(b, &network->address, name);
        int peering = add_node(b, &(struct pl_graph_node){.id = id,
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
            add_reference(b, peering, add_resource(b, &to), "network", id);
    }
}

/* ---- connections ---- */

static void add_reading(struct build *b, const char *full, struct pl_map *seen, int **list,
                        size_t *n, size_t *cap)
{
    int at = full ? index_of(b, full) : PL_GRAPH_NOWHERE;
    if (at == PL_GRAPH_NOWHERE || pl_map_has(seen, full))
        return;
    (void)pl_map_put(seen, full, b);
    PL_PUSH(b->arena, *list, *n, *cap, at);
}

static void add_connection(struct build *b, const struct pl_conn_result *c)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_view *view = pl_view_over(scratch, b->view);
    struct pl_reach reach = pl_reach_evaluate(view, c->connection, b->input->baseline);
    struct pl_graph_edge edge = {.label = c->connection->name, .connection = c};
    struct pl_map seen;
    int *reads = NULL;
    size_t n, n_reads = 0, cap = 0;
    pl_map_init(&seen, scratch);
    edge.from = add_end(b, &c->connection->from);
    edge.to = reach.target.kind ? add_resource(b, &reach.target) : add_end(b, &c->connection->to);
    const struct pl_reading *list = pl_view_readings(view, &n);
    for (size_t i = 0; i < n; i++)
        if (list[i].what == PL_READ_FIELD || list[i].what == PL_READ_RESOURCE)
            add_reading(b, list[i].full, &seen, &reads, &n_reads, &cap);
    edge.reads = reads;
    edge.n_reads = n_reads;
    PL_PUSH(b->arena, b->edges, b->n_edges, b->cap_edges, edge);
    pl_arena_free(scratch);
}

/* ---- what is wrong ---- */

static void mark(struct build *b, int at, enum pl_graph_mark mark)
{
    if (at != PL_GRAPH_NOWHERE && mark > b->nodes[at].mark)
        b->nodes[at].mark = mark;
}

static void mark_drift(struct build *b, const struct pl_drift *d, enum pl_graph_mark how)
{
    int at = add_resource(b, &d->address);
    struct pl_graph_node *node = &b->nodes[at];
    mark(b, at, how);
    for (size_t i = 0; i < node->n_drifts; i++)
        if (node->drifts[i] == d)
            return;
    PL_PUSH(b->arena, node->drifts, node->n_drifts, node->cap_drifts, d);
}

static void mark_hops(struct build *b, const struct pl_conn_result *c)
{
    for (size_t i = 0; i < c->n_hops; i++) {
        struct pl_address at;
        struct pl_path path;
        if (c->hops[i].verdict == PL_HOP_BLOCK && c->hops[i].field &&
            pl_field_address_parse(b->arena, c->hops[i].field, &at, &path, NULL) == 0)
            mark(b, add_resource(b, &at), PL_MARK_BLOCKS);
    }
}

static void mark_all(struct build *b)
{
    const struct pl_run *run = b->input->run;
    for (size_t i = 0; i < run->n_drift; i++)
        mark_drift(b, run->drift[i], PL_MARK_DRIFT);
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_explanation *e = &run->connections[i].explanation;
        mark_hops(b, &run->connections[i]);
        for (size_t j = 0; j < e->n_masked; j++)
            mark_drift(b, e->masked[j], PL_MARK_MASKED);
        for (size_t j = 0; j < e->n_causes; j++)
            for (size_t k = 0; k < e->causes[j].n; k++)
                mark_drift(b, e->causes[j].drifts[k], PL_MARK_CAUSE);
    }
}

/* ---- where a node stands ---- */

/* What lives in a network, as a map of it would show; a database behind a peering does not. */
static bool lives_in_network(const char *kind)
{
    static const char *const kinds[] = {"compute.address",        "compute.firewall",
                                        "compute.firewallPolicy", "compute.forwardingRule",
                                        "compute.instance",       "compute.route",
                                        "compute.router",         "compute.serviceAttachment",
                                        "compute.subnetwork",     "servicenetworking.connection",
                                        "vpcaccess.connector"};
    for (size_t i = 0; i < PL_LEN(kinds); i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

static void place_at(struct build *b, const struct pl_graph_edge *e)
{
    struct pl_graph_node *from = &b->nodes[e->from];
    int network = e->connection ? PL_GRAPH_NOWHERE : b->nodes[e->to].network;
    if (network == PL_GRAPH_NOWHERE || from->network != PL_GRAPH_NOWHERE ||
        !lives_in_network(from->kind) || !from->project)
        return;
    /* Private services access is listed by the project's number, and only ever of its own networks. */
    if (isdigit((unsigned char)*from->project))
        from->project = b->nodes[network].project;
    if (strcmp(from->project, b->nodes[network].project) == 0)
        from->network = network;
}

static void place(struct build *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (strcmp(b->nodes[i].kind, "compute.network") == 0)
            b->nodes[i].network = (int)i;
    /* Twice: a connector is in its subnetwork's network, whichever was placed first. */
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < b->n_edges; i++)
            place_at(b, &b->edges[i]);
}

/* ---- choice and order ---- */

/* Of an API that is on, and of a project's policy, nothing can be drawn; where one of them is a cause it is a node all the same. */
static bool is_drawn(const struct pl_kind *kind)
{
    if (strncmp(kind->name, "project.", 8) == 0)
        return false;
    for (size_t i = 0; i < pl_reach_reads_len; i++)
        if (strcmp(pl_reach_reads[i].kind, kind->name) == 0)
            return true;
    for (size_t i = 0; i < pl_graph_refs_len; i++)
        if (strcmp(pl_graph_refs[i].kind, kind->name) == 0)
            return true;
    return false;
}

/* Rules, routes and gateways of a network that is drawn are part of it. */
static bool belongs(const struct pl_graph_node *n)
{
    static const char *const kinds[] = {"compute.firewall", "compute.firewallPolicy",
                                        "compute.route", "compute.router",
                                        "servicenetworking.connection"};
    for (size_t i = 0; i < PL_LEN(kinds); i++)
        if (strcmp(kinds[i], n->kind) == 0)
            return true;
    return false;
}

static void keep_end(const struct build *b, bool *keep, const struct pl_graph_edge *e)
{
    if (!e->connection)
        return;
    keep[e->from] = keep[e->to] = true;
    for (size_t i = 0; i < e->n_reads; i++)
        keep[e->reads[i]] = keep[e->reads[i]] || !belongs(&b->nodes[e->reads[i]]);
}

/* The chosen, what they refer to however far, and what belongs to the networks among that. */
static bool *choose(struct build *b)
{
    bool *keep = pl_arena_array(b->arena, b->n + 1, sizeof(*keep));
    for (size_t i = 0; i < b->n; i++) {
        struct pl_address a;
        keep[i] = b->nodes[i].mark > PL_MARK_NONE ||
                  (b->nodes[i].presence != PL_NODE_OUTSIDE &&
                   pl_address_parse(b->arena, b->nodes[i].id, &a, NULL) == 0 &&
                   b->input->chosen(b->input->of, &a));
    }
    for (size_t i = 0; i < b->n_edges; i++)
        keep_end(b, keep, &b->edges[i]);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < b->n_edges; i++) {
            const struct pl_graph_edge *e = &b->edges[i];
            int who = e->served ? e->to : e->from, whom = e->served ? e->from : e->to;
            if (!e->connection && keep[who] && !keep[whom])
                more = keep[whom] = true;
        }
    }
    for (size_t i = 0; i < b->n; i++)
        keep[i] = keep[i] || (belongs(&b->nodes[i]) && b->nodes[i].network != PL_GRAPH_NOWHERE &&
                              keep[b->nodes[i].network]);
    return keep;
}

static int by_id(const void *a, const void *b)
{
    const struct pl_graph_node *x = *(struct pl_graph_node *const *)a,
                               *y = *(struct pl_graph_node *const *)b;
    int order = strcmp(x->kind, y->kind);
    return order ? order : strcmp(x->id, y->id);
}

static int by_ends(const void *a, const void *b)
{
    const struct pl_graph_edge *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    int order = strcmp(x->label, y->label);
    return order ? order : strcmp(x->field ? x->field : "", y->field ? y->field : "");
}

static int moved(const int *places, int at)
{
    return at == PL_GRAPH_NOWHERE ? at : places[at];
}

/* Nodes in their order without those that are left out: where each went. */
static int *order_nodes(struct build *b, const bool *keep, struct pl_graph *g)
{
    struct pl_graph_node **sorted = pl_arena_array(b->arena, b->n + 1, sizeof(*sorted));
    int *places = pl_arena_array(b->arena, b->n + 1, sizeof(*places));
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        places[i] = PL_GRAPH_NOWHERE;
        if (!keep || keep[i])
            sorted[n++] = &b->nodes[i];
    }
    if (n > 1)
        qsort(sorted, n, sizeof(struct pl_graph_node *), by_id);
    g->nodes = pl_arena_array(b->arena, n + 1, sizeof(*g->nodes));
    for (size_t i = 0; i < n; i++) {
        g->nodes[i] = *sorted[i];
        places[sorted[i] - b->nodes] = (int)i;
    }
    g->n_nodes = n;
    for (size_t i = 0; i < n; i++) {
        g->nodes[i].network = moved(places, g->nodes[i].network);
        g->nodes[i].parent = moved(places, g->nodes[i].parent);
    }
    return places;
}

static struct pl_graph *ordered(struct build *b, const bool *keep)
{
    struct pl_graph *g = PL_NEW(b->arena, struct pl_graph);
    const int *places = order_nodes(b, keep, g);
    g->edges = pl_arena_array(b->arena, b->n_edges + 1, sizeof(*g->edges));
    size_t references = 0;
    for (size_t i = 0; i < b->n_edges; i++) {
        struct pl_graph_edge e = b->edges[i];
        e.from = moved(places, e.from);
        e.to = moved(places, e.to);
        if (e.from == PL_GRAPH_NOWHERE || e.to == PL_GRAPH_NOWHERE)
            continue;
        int *reads = pl_arena_array(b->arena, e.n_reads + 1, sizeof(*reads));
        size_t n = 0;
        for (size_t j = 0; j < e.n_reads; j++)
            if (moved(places, e.reads[j]) != PL_GRAPH_NOWHERE)
                reads[n++] = moved(places, e.reads[j]);
        e.reads = reads;
        e.n_reads = n;
        references += !e.connection;
        g->edges[g->n_edges++] = e;
    }
    if (references > 1)
        qsort(g->edges, references, sizeof(*g->edges), by_ends);
    return g;
}

struct pl_graph *pl_graph_make(struct pl_arena *arena, const struct pl_graph_input *input)
{
    struct build b = {.arena = arena, .input = input, .view = pl_view_new(arena, input->observed)};
    const struct pl_world *w = input->observed;
    pl_map_init(&b.by_id, arena);
    pl_map_init(&b.edge_keys, arena);
    for (size_t i = 0; i < w->n_resources; i++)
        if (is_drawn(w->resources[i]->address.kind))
            (void)add_resource(&b, &w->resources[i]->address);
    for (size_t i = 0; i < w->n_resources; i++)
        if (strcmp(w->resources[i]->address.kind->name, "compute.network") == 0)
            add_peerings(&b, w->resources[i]);
    for (size_t i = 0; i < w->n_resources; i++)
        if (is_drawn(w->resources[i]->address.kind))
            add_references(&b, w->resources[i]);
    for (size_t i = 0; i < input->run->n_connections; i++)
        add_connection(&b, &input->run->connections[i]);
    mark_all(&b);
    place(&b);
    return ordered(&b, input->chosen ? choose(&b) : NULL);
}
