/* test_graph.c - the estate as a graph: every way in which one resource refers to another, connections, what is not there and what nobody saw, marks.
 *
 * Edges are read as lines: "from -> to label", names short.
 */
#include "inquiry.h"
#include "plumbline/graph.h"

struct drawn {
    struct pl_run run;
    struct pl_graph *graph;
};

static struct drawn draw(struct pl_arena *arena, const char *yaml, const char *const *edits,
                         const char *symptoms)
{
    struct drawn d = {{0}, NULL};
    const struct pl_baseline *b = baseline_of(arena, yaml ? yaml : "");
    const struct pl_world *world = world_with(arena, edits);
    struct inquiry q = inquire(arena, yaml, edits, symptoms);
    d.run.connections = q.results;
    d.run.n_connections = q.n;
    d.run.drift = (const struct pl_drift *const *)q.diff->drift;
    d.run.n_drift = q.diff->n_drift;
    const struct pl_graph_input input = {.observed = world, .baseline = b, .run = &d.run};
    d.graph = pl_graph_make(arena, &input);
    return d;
}

static const struct pl_graph_node *node_of(const struct pl_graph *g, const char *id)
{
    for (size_t i = 0; i < g->n_nodes; i++)
        if (strcmp(g->nodes[i].id, id) == 0)
            return &g->nodes[i];
    return NULL;
}

static const struct pl_graph_edge *edge_of(const struct pl_graph *g, const char *from,
                                           const char *to, const char *label)
{
    for (size_t i = 0; i < g->n_edges; i++)
        if (strcmp(g->nodes[g->edges[i].from].id, from) == 0 &&
            strcmp(g->nodes[g->edges[i].to].id, to) == 0 && strcmp(g->edges[i].label, label) == 0)
            return &g->edges[i];
    return NULL;
}

static const char *presence(const struct pl_graph *g, const char *id)
{
    const struct pl_graph_node *n = node_of(g, id);
    return n ? pl_graph_presence_names[n->presence] : "no such node";
}

static const char *mark(const struct pl_graph *g, const char *id)
{
    const struct pl_graph_node *n = node_of(g, id);
    const char *name = n ? pl_graph_mark_names[n->mark] : "no such node";
    return name ? name : "none";
}

/* ---- the table ---- */

/* A body in which this text stands at a path in row form. */
static char *body_with(struct pl_arena *arena, const char *path, const char *text)
{
    size_t len = strcspn(path, ".[");
    if (*path == '\0')
        return pl_arena_printf(arena, "\"%s\"", text);
    if (*path == '[')
        return pl_arena_printf(arena, "[%s]",
                               body_with(arena, path + (path[2] == '.' ? 3 : 2), text));
    return pl_arena_printf(arena, "{\"%.*s\":%s}", (int)len, path,
                           body_with(arena, path + len + (path[len] == '.'), text));
}

static const struct pl_world *world_of_row(struct pl_arena *arena, const struct pl_graph_ref *row,
                                           const char *text)
{
    struct pl_err err = {0};
    struct pl_world_builder *b = pl_world_builder_new(arena);
    struct pl_resource r = {0};
    const struct pl_kind *kind = pl_kind_find(row->kind);
    char *body = body_with(arena, row->path, text);
    const char *names[] = {"x"};
    assert_int_equal(kind->n_segments, 1);
    r.address =
        (struct pl_address){.kind = kind,
                            .project = "p",
                            .location = kind->scope == PL_SCOPE_GLOBAL ? "global" : "us-central1",
                            .names = names};
    r.name = pl_address_resource_name(arena, &r.address);
    r.body = pl_json_parse(arena, body, strlen(body), "body", &err);
    assert_non_null(r.body);
    pl_world_add(b, &r);
    return pl_world_build(b);
}

static struct pl_graph *graph_of_row(struct pl_arena *arena, const struct pl_graph_ref *row,
                                     const char *text)
{
    static const struct pl_run nothing;
    const struct pl_graph_input input = {.observed = world_of_row(arena, row, text),
                                         .baseline = baseline_of(arena, ""),
                                         .run = &nothing};
    return pl_graph_make(arena, &input);
}

static const char *text_to(struct pl_arena *arena, const struct pl_graph_ref *row)
{
    if (row->form == PL_REF_ACCOUNT)
        return "me@other.iam.gserviceaccount.com";
    if (row->form == PL_REF_SOCKET)
        return "example.com:other:us-central1:y";
    const char *names[] = {"y"};
    const struct pl_kind *kind = pl_kind_find(row->to);
    struct pl_address to = {.kind = kind,
                            .project = "other",
                            .location = kind->scope == PL_SCOPE_GLOBAL ? "global" : "us-central1",
                            .names = names};
    return strstr(pl_address_resource_name(arena, &to), "projects/");
}

/* Every row: the field is Google's, what it says makes the edge, and what is no link of that kind makes none. */
static void each_row_makes_its_edge(void **state)
{
    for (size_t i = 0; i < pl_graph_refs_len; i++) {
        const struct pl_graph_ref *row = &pl_graph_refs[i];
        struct pl_field_info info;
        ROW("%s %s", row->kind, row->path);
        assert_true(pl_field_row_info(*state, pl_kind_find(row->kind), row->path, &info));
        struct pl_graph *g = graph_of_row(*state, row, text_to(*state, row));
        assert_int_equal(g->n_nodes, 2);
        assert_int_equal(g->n_edges, 1);
        assert_string_equal(g->edges[0].label, row->label);
        const struct pl_graph_node *to =
            &g->nodes[row->form == PL_REF_SERVED ? g->edges[0].from : g->edges[0].to];
        assert_string_equal(to->kind, row->to ? row->to : "serviceAccount");
        assert_string_equal(to->project,
                            row->form == PL_REF_SOCKET ? "example.com:other" : "other");
        g = graph_of_row(*state, row, "");
        assert_int_equal(g->n_edges, 0);
    }
}

/* Links of the kinds that the model reads which are no rows, and why: what they lead to is no kind of ours, or stands for nothing that is drawn. */
static void no_link_is_forgotten(void **state)
{
    static const char *const left_out[] = {
        /* of no kind that is looked at */
        " region", " zone", "edgeSecurityPolicy", "ocations", "healthCheck", "clientTlsPolicy",
        "serviceBindings", "serviceLbPolicy", "disks[]", "acceleratorType", "machineType",
        "networkAttachment", "resourcePolicies", "sourceMachineImage", "networkProfile",
        "nextHopGateway", "nextHopHub", "nterconnectAttachment", "pnTunnel", "baseForwardingRule",
        "ipCollection", "authorizationPolicy", "certificateMap", "serverTlsPolicy", "sslPolicy",
        "namespaceUrl", "resourceUri", "accessConfigs", "eservedInternalRange", "errorService",
        "gkeClusterName", "serverCaPool",
        /* told from the other side, or by another row */
        "network firewallPolicy", "network subnetworks", "network peerings", "nextHopNetwork",
        "effectiveFirewalls", "run.revision", "backendService network", "pscAutoConnections[]",
        "cluster clusterEndpoints", "cluster pscConfigs", "pscConnection.", "address subnetwork",
        "address users",
        /* what is not evaluated: mirroring, appliances, NAT64, what a rule narrows itself to, who may connect, tests of a URL map, copies */
        "packetMirroring", "requestMirrorPolicy", "routingPolicy", "rules[].", "rules[].match",
        "routerApplianceInstance", "interfaces[].subnetwork", "drainNatIps", "nat64",
        "consumerAcceptLists", "producerForwardingRule", "tests[]",
        "crossClusterReplicationConfig"};
    (void)state;
    for (size_t i = 0; i < pl_reach_reads_len; i++) {
        const struct pl_kind *kind = pl_kind_find(pl_reach_reads[i].kind);
        for (size_t j = 0; j < kind->n_fields; j++) {
            const struct pl_field_row *f = &kind->fields[j];
            char text[200];
            bool known = f->type != PL_T_LINK;
            snprintf(text, sizeof(text), "%s %s", kind->name, f->path);
            for (size_t k = 0; !known && k < pl_graph_refs_len; k++) {
                const char *row = pl_graph_refs[k].path;
                size_t len = strlen(row);
                len -= len > 2 && strcmp(row + len - 2, "[]") == 0 ? 2 : 0;
                known = strcmp(pl_graph_refs[k].kind, kind->name) == 0 &&
                        strncmp(row, f->path, len) == 0 && f->path[len] == '\0';
            }
            for (size_t k = 0; !known && k < PL_LEN(left_out); k++)
                known = strstr(text, left_out[k]) != NULL;
            if (!known)
                fail_msg("%s: neither drawn nor left out", text);
        }
    }
}

/* ---- an estate ---- */

#define CONNECTOR "vpcaccess.connector/p/us-central1/conn"
#define API       "run.service/p/us-central1/api"
#define MAIN      "compute.network/p/global/main"
#define PSA       MAIN ":peerings[name=servicenetworking-googleapis-com]"
#define SQL       "sql.instance/p/global/main"
#define CACHE     "redis.instance/p/us-central1/cache"

static void the_way_of_a_packet_can_be_followed(void **state)
{
    struct drawn d = draw(*state, TO_SQL, EDITS(SECRET, VERSION("1", "ENABLED"), TAKES("1")), NULL);
    const struct pl_graph *g = d.graph;
    assert_string_equal(edge_of(g, API, CONNECTOR, "connector")->field,
                        API ":template.vpcAccess.connector");
    assert_non_null(edge_of(g, CONNECTOR, MAIN, "network"));
    assert_non_null(edge_of(g, MAIN, PSA, "peering"));
    assert_non_null(edge_of(g, PSA, SQL, "private address"));
    assert_non_null(edge_of(g, PSA, CACHE, "private address"));
    assert_non_null(edge_of(g, API, "serviceAccount/api@p", "runs as"));
    assert_string_equal(
        edge_of(g, "run.service/p/us-central1/auth", "secret.secret/p/global/key", "secret")->field,
        "run.service/p/us-central1/auth:template.containers[*].env[*].valueSource.secretKeyRef."
        "secret");
    const struct pl_graph_node *version = node_of(g, "secret.version/p/global/key/1");
    assert_string_equal(g->nodes[version->parent].id, "secret.secret/p/global/key");
    assert_string_equal(g->nodes[node_of(g, CONNECTOR)->network].id, MAIN);
    assert_string_equal(g->nodes[node_of(g, PSA)->network].id, MAIN);
    assert_int_equal(node_of(g, SQL)->network, PL_GRAPH_NOWHERE);
    assert_null(node_of(g, "project.iamPolicy/p/global/p"));

    const struct pl_graph_edge *c = edge_of(g, API, SQL, "c");
    assert_ptr_equal(c->connection, &d.run.connections[0]);
    bool connector = false;
    for (size_t i = 0; i < c->n_reads; i++)
        connector = connector || strcmp(g->nodes[c->reads[i]].id, CONNECTOR) == 0;
    assert_true(connector);
}

static void redis_of_its_own_peering_hangs_on_that(void **state)
{
    struct drawn d =
        draw(*state, NULL, EDITS("redis.instance/cache:connectMode = \"DIRECT_PEERING\""), NULL);
    assert_non_null(
        edge_of(d.graph, MAIN ":peerings[name=redis-peer-1]", CACHE, "private address"));
    assert_null(edge_of(d.graph, PSA, CACHE, "private address"));
    d = draw(*state, NULL, EDITS("compute.network/main:peerings"), NULL);
    assert_non_null(edge_of(d.graph, MAIN, SQL, "private address"));
}

static void networks_that_are_peered_are_joined(void **state)
{
    struct drawn d = draw(*state, NULL, EDITS(PEERED_WITH_OTHER), NULL);
    assert_non_null(edge_of(d.graph, MAIN ":peerings[name=to-other]",
                            "compute.network/p/global/other", "network"));
}

static void ends_that_are_no_resources_are_nodes(void **state)
{
    struct drawn d = draw(*state,
                          "connections:\n  a: {from: here, to: run.service/auth}\n  b: {from: "
                          "run.service/api, to: \"https://example.org\"}\n",
                          NULL, NULL);
    assert_non_null(edge_of(d.graph, "here", "run.service/p/us-central1/auth", "a"));
    assert_non_null(edge_of(d.graph, API, "https://example.org", "b"));
    assert_string_equal(presence(d.graph, "here"), "outside");
}

/* What is not there, what nobody could look at, and what only a hand-written snapshot lacks are three things. */
static void absent_is_not_unknown(void **state)
{
    static const char gone[] = CONNECTOR;
    struct drawn d = draw(*state, NULL, EDITS("- vpcaccess.connector/us-central1/conn"), NULL);
    assert_string_equal(presence(d.graph, gone), "absent");
    d = draw(
        *state, NULL,
        EDITS("- vpcaccess.connector/us-central1/conn", "? vpcaccess.connector permission_denied"),
        NULL);
    assert_string_equal(presence(d.graph, gone), "unknown");
    assert_string_equal(node_of(d.graph, gone)->why, "permission_denied");
    d = draw(*state, NULL, EDITS("- vpcaccess.connector/us-central1/conn", "~ written by hand"),
             NULL);
    assert_string_equal(presence(d.graph, gone), "unknown");
    assert_null(node_of(d.graph, gone)->why);
    d = draw(*state, "resources: {vpcaccess.connector: {conn: {state: READY}}}\n",
             EDITS("- vpcaccess.connector/us-central1/conn", "~ written by hand"), NULL);
    assert_string_equal(presence(d.graph, gone), "absent");
}

/* ---- what is wrong ---- */

#define DECLARED                                                                                   \
    "resources: {sql.instance: {main: {settings: {activationPolicy: ALWAYS, tier: x}}}, "          \
    "redis.instance: {cache: {memorySizeGb: 5}}}\n"

static void marks_say_the_worst(void **state)
{
    struct drawn d = draw(*state, DECLARED TO_SQL,
                          EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\"",
                                "redis.instance/cache:memorySizeGb = 1"),
                          NULL);
    assert_string_equal(mark(d.graph, SQL), "cause");
    assert_int_equal(node_of(d.graph, SQL)->n_drifts, 2);
    assert_string_equal(mark(d.graph, CACHE), "drift");
    assert_string_equal(mark(d.graph, MAIN), "none");
    d = draw(*state, TO_SQL, EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""),
             NULL);
    assert_string_equal(mark(d.graph, SQL), "blocks");
    d = draw(*state, DECLARED TO_SQL,
             EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""),
             SEEN("authentication_failed"));
    assert_string_equal(mark(d.graph, SQL), "masked");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_row_makes_its_edge, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(no_link_is_forgotten, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(the_way_of_a_packet_can_be_followed, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(redis_of_its_own_peering_hangs_on_that, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(networks_that_are_peered_are_joined, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(ends_that_are_no_resources_are_nodes, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(absent_is_not_unknown, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(marks_say_the_worst, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
