/* memorystore.c - clusters that are reached by Private Service Connect (Memorystore for Redis Cluster, for Valkey): state, ports, connections, IAM.
 *
 * Rules M5, M7 and https://cloud.google.com/memorystore/docs/cluster/networking. TLS is redis.c's, which is the same for all of them.
 */
#include <string.h>

#include "reach_priv.h"

static bool is_cluster(const struct pl_trace *t)
{
    return t->target.what == PL_TO_CLUSTER && t->target.resource;
}

static void judge_state(struct pl_trace *t)
{
    const struct pl_resource *r = t->target.resource;
    const char *state = pl_trace_state(t, r, "state", NULL);
    if (!state)
        pl_trace_unknown(t, "cluster-state", "REDIS_CLUSTER_NOT_RUNNING",
                         "the state of %s was not read", t->target.shown);
    else if (strcmp(state, "ACTIVE") == 0 || strcmp(state, "UPDATING") == 0)
        pl_trace_pass(t, "cluster-state", "%s is %s", t->target.shown, state);
    else if (strcmp(state, "MIGRATING") == 0)
        pl_trace_unknown(t, "cluster-state", "REDIS_CLUSTER_NOT_RUNNING",
                         "%s is %s: it may answer or not", t->target.shown, state);
    else
        pl_trace_block(t, "cluster-state", "REDIS_CLUSTER_NOT_RUNNING", &r->address, "state",
                       "%s is %s", t->target.shown, state);
    pl_trace_evidence(t, r, "state");
}

/* M7: clients discover the nodes at 6379 and go on to ports of their own. */
static void judge_port(struct pl_trace *t)
{
    int port = t->flow.port;
    if (port == 0)
        return;
    if (port == 6379 || (port >= 11000 && port <= 13047))
        pl_trace_pass(t, "cluster-port", "%s listens on %d", t->target.shown, port);
    else
        pl_trace_block(t, "cluster-port", "REDIS_CLUSTER_UNSUPPORTED_PORT", t->flow.port_resource,
                       t->flow.port_path,
                       "the client dials port %d; %s listens on 6379, and its nodes on 11000 to "
                       "13047",
                       port, t->target.shown);
}

/* M7: a rule that lets 6379 out and no node's port finds the cluster and not its data. */
static void judge_nodes(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (!pl_source_enters_vpc(t) || !s->network_known || t->flow.port != 6379)
        return;
    struct pl_packet p = {.protocol = 6,
                          .port = 11000,
                          .dst_known = t->flow.ip_known,
                          .dst = t->flow.ip,
                          .src_range = s->range,
                          .src_range_known = s->range_known,
                          .src_account = pl_packet_account(s),
                          .src_machine = s->attach == PL_ATTACH_NIC,
                          .src_tags = s->tags,
                          .n_src_tags = s->n_tags};
    struct pl_firewall_ruling r = pl_firewall_rule_on(t, t->view, true, &p, 0);
    if (r.what == PL_FW_DENY) {
        pl_trace_block(t, "cluster-nodes", "FIREWALL_RULE", r.at, r.path,
                       "%s denies TCP 11000, where the nodes of %s listen: it is found, and its "
                       "data is not reached",
                       r.by, t->target.shown);
        if (r.rule)
            pl_trace_evidence(t, r.rule, "priority");
    } else if (r.what == PL_FW_ALLOW) {
        pl_trace_pass(t, "cluster-nodes", "%s allows TCP 11000, where the nodes listen", r.by);
    } else {
        pl_trace_unknown(t, "cluster-nodes", "FIREWALL_RULE", "%s%s%s", r.by ? r.by : "",
                         r.by ? ": " : "", r.why);
    }
}

/* ---- its connections ---- */

struct connections {
    size_t n;
    bool ours;
    const char *status; /* of ours */
};

static void take_connection(struct pl_trace *t, struct connections *c, const struct pl_value *v)
{
    struct pl_address a;
    const char *link = pl_value_member_text(v, "network");
    if (!link)
        return;
    c->n++;
    if (pl_link_parse(t->arena, t->source.network_address.kind, link, &t->target.resource->address,
                      &a) &&
        pl_same_network(&a, &t->source.network_address)) {
        c->ours = true;
        c->status = pl_value_member_text(v, "pscConnectionStatus");
    }
}

/* The connections that Google makes, and those that users made and registered. */
static struct connections connections_of(struct pl_trace *t)
{
    static const char *const lists[] = {"pscConnections", "pscAutoConnections"};
    static const char *const nested[] = {"clusterEndpoints", "endpoints"};
    struct connections c = {0};
    for (size_t i = 0; i < PL_LEN(lists); i++) {
        const struct pl_value *list = pl_trace_list(t, t->target.resource, lists[i], NULL);
        for (size_t j = 0; j < pl_value_count(list); j++)
            take_connection(t, &c, pl_value_item(list, j));
    }
    for (size_t i = 0; i < PL_LEN(nested); i++) {
        const struct pl_value *list = pl_trace_list(t, t->target.resource, nested[i], NULL);
        for (size_t j = 0; j < pl_value_count(list); j++) {
            const struct pl_value *of = pl_value_member(pl_value_item(list, j), "connections");
            for (size_t k = 0; k < pl_value_count(of); k++) {
                take_connection(t, &c, pl_value_member(pl_value_item(of, k), "pscAutoConnection"));
                take_connection(t, &c, pl_value_member(pl_value_item(of, k), "pscConnection"));
            }
        }
    }
    return c;
}

static void judge_connection(struct pl_trace *t)
{
    const struct pl_address *to = &t->target.resource->address;
    const char *path =
        strcmp(to->kind->name, "redis.cluster") == 0 ? "pscConnections" : "endpoints";
    if (!pl_source_enters_vpc(t) || !t->source.network_known || t->flow.front)
        return;
    struct connections c = connections_of(t);
    const char *network = t->source.network_address.names[0];
    if (c.ours && (!c.status || strcmp(c.status, "ACTIVE") == 0 ||
                   strcmp(c.status, "PSC_CONNECTION_STATUS_ACTIVE") == 0))
        pl_trace_pass(t, "psc-endpoint", "%s has a connection in network %s", t->target.shown,
                      network);
    else if (c.ours)
        pl_trace_block(t, "psc-endpoint", "PSC_CONNECTION_NOT_ACCEPTED", to, path,
                       "the connection of %s in network %s is %s", t->target.shown, network,
                       c.status);
    else if (c.n > 0)
        pl_trace_block(t, "psc-endpoint", "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT", to, path,
                       "%s has no connection in network %s, and is reached by Private Service "
                       "Connect alone",
                       t->target.shown, network);
    else
        pl_trace_unknown(t, "psc-endpoint", "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT",
                         "the connections of %s were not read", t->target.shown);
    pl_trace_evidence(t, t->target.resource, path);
}

/* M5: with IAM authentication a password is a token of the workload's account, and nothing that is wired. */
static void judge_auth(struct pl_trace *t)
{
    static const char path[] = "authorizationMode";
    const char *mode = pl_trace_text(t, t->target.resource, path, NULL);
    bool iam = mode && strstr(mode, "IAM_AUTH"), off = mode && strstr(mode, "DISABLED");
    if (!mode)
        pl_trace_unknown(t, "redis-auth", "REDIS_AUTH_REQUIRED",
                         "whether %s demands authentication was not read", t->target.shown);
    else if (off && t->flow.has_password)
        pl_trace_block(t, "redis-auth", "REDIS_AUTH_NOT_CONFIGURED", &t->target.resource->address,
                       path, "the client sends a password, and AUTH is off at %s", t->target.shown);
    else if (off)
        pl_trace_pass(t, "redis-auth", "AUTH is off and the client has no password");
    else if (iam && t->flow.has_password && t->source.what == PL_FROM_RUN)
        pl_trace_block(t, "redis-auth", "REDIS_AUTH_REQUIRED", &t->target.resource->address, path,
                       "%s takes IAM tokens alone, and the client is wired a password",
                       t->target.shown);
    else
        pl_trace_risk(t, "redis-auth", "REDIS_AUTH_REQUIRED",
                      iam ? "%s takes IAM tokens alone; whether the client sends them is not "
                            "declared"
                          : "%s demands a token; whether the client has it is not declared",
                      t->target.shown);
    pl_trace_field(t, &t->target.resource->address, path);
    pl_trace_evidence(t, t->target.resource, path);
}

void pl_hop_cluster(struct pl_trace *t)
{
    if (!is_cluster(t))
        return;
    judge_connection(t);
    judge_state(t);
    judge_port(t);
    judge_nodes(t);
    judge_auth(t);
}
