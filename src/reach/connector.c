/* connector.c - Serverless VPC Access: is the connector there, ready, alive, and large enough for who goes through it?
 *
 * Rules E4 to E7, E13 (https://cloud.google.com/vpc/docs/serverless-vpc-access).
 */
#include <inttypes.h>
#include <string.h>

#include "reach_priv.h"

/* ---- the connector ---- */

/* E5: the connector lives by these; a user's rule of priority 100 or better that denies them kills it. */
static const struct {
    const char *source; /* one address stands for the range */
    const char *range;
    int port;
    const char *cause;
} lifelines[] = {
    {"35.199.224.1", "35.199.224.0/19", 667, "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED"},
    {"35.191.0.1", "35.191.0.0/16", 667, "VPC_CONNECTOR_HEALTH_CHECK_TRAFFIC_BLOCKED"},
    {"130.211.0.1", "130.211.0.0/22", 667, "VPC_CONNECTOR_HEALTH_CHECK_TRAFFIC_BLOCKED"},
};

bool pl_connector_has_rules(const struct pl_trace *t)
{
    const struct pl_source *s = &t->source;
    return s->attach == PL_ATTACH_CONNECTOR && s->network_known && s->connector_address.project &&
           strcmp(s->connector_address.project, s->network_address.project) == 0;
}

/* Does a firewall cut a lifeline in this view? Then *by is what does it. */
static bool cut_lifeline(struct pl_trace *t, struct pl_view *view, size_t *which,
                         struct pl_firewall_ruling *by)
{
    struct pl_source *s = &t->source;
    for (size_t i = 0; i < PL_LEN(lifelines); i++) {
        struct pl_packet p = {.src_known = true,
                              .protocol = 6,
                              .port = lifelines[i].port,
                              .dst_tags = s->tags,
                              .n_dst_tags = s->n_tags,
                              .dst_tags_known = true};
        (void)pl_ip_parse(lifelines[i].source, &p.src);
        if (s->range_known) {
            p.dst = s->range.ip;
            p.dst_known = true;
        }
        /* Google's own allow has 100; a deny of the same number wins (F4). Where it keeps none (E6) the implied rule may decide. */
        bool kept = pl_connector_has_rules(t);
        *by = pl_firewall_rule_on(t, view, false, &p, kept ? 100 : 0);
        *which = i;
        if (by->what == PL_FW_DENY && (!by->implied || !kept))
            return true;
    }
    return false;
}

static void tell_no_state(struct pl_trace *t)
{
    const struct pl_address *c = &t->source.connector_address;
    if (pl_trace_was_there(t, c))
        pl_trace_unknown(t, "connector", "VPC_CONNECTOR_NOT_RUNNING",
                         "the connector's state was not read");
    else
        pl_trace_pass(t, "connector", "%s is made again: it gets READY where nothing cuts it off",
                      pl_trace_name(t, c));
    pl_trace_evidence(t, t->source.connector, "network");
}

void pl_hop_connector(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (s->what != PL_FROM_RUN || s->known != PL_PRESENT || s->attach != PL_ATTACH_CONNECTOR)
        return;
    if (t->flow.in_vpc == PL_NO) {
        pl_trace_not_applicable(t, "connector", "the packet does not go through the connector");
        return;
    }
    const struct pl_address *c = &s->connector_address;
    if (s->connector_known == PL_NOT_KNOWN) {
        pl_trace_unknown(t, "connector", "VPC_CONNECTOR_NOT_RUNNING",
                         "the connector's state is not known: %s",
                         c->kind ? pl_trace_why(t, c) : "its name could not be read");
        return;
    }
    if (s->connector_known == PL_ABSENT) {
        pl_trace_block(t, "connector", "VPC_CONNECTOR_NOT_RUNNING", c, "", "%s does not exist",
                       pl_trace_name(t, c));
        pl_trace_evidence(t, s->resource, "template.vpcAccess.connector");
        return;
    }
    if (strcmp(c->location, s->resource->address.location) != 0) {
        pl_trace_block(t, "connector", "VPC_CONNECTOR_NOT_RUNNING", &s->resource->address,
                       "template.vpcAccess.connector",
                       "the connector is in %s, the service in %s: they must share a region",
                       c->location, s->resource->address.location);
        return;
    }
    enum pl_known known;
    const char *state = pl_trace_state(t, s->connector, "state", &known);
    bool ready = state && strcmp(state, "READY") == 0;
    size_t which = 0, base_which = 0;
    struct pl_firewall_ruling by = {0};
    /* one that is READY lives by rules that were not recognised: Google's lists of its ranges differ */
    if (s->network_known && cut_lifeline(t, t->view, &which, &by) && !(by.implied && ready)) {
        pl_trace_block(t, "connector", lifelines[which].cause, by.at, by.path,
                       "%s denies what keeps the connector alive (from %s, TCP %d)", by.by,
                       lifelines[which].range, lifelines[which].port);
        if (by.rule)
            pl_trace_evidence(t, by.rule, "priority");
        pl_trace_evidence(t, s->connector, "state");
        return;
    }
    if (!state) {
        tell_no_state(t);
        return;
    }
    /* A state is an effect: once what drove it has changed in the model, it proves nothing any more. */
    bool healed = !ready && s->network_known && cut_lifeline(t, t->base, &base_which, &by);
    if (ready || healed || strcmp(state, "UPDATING") == 0) {
        pl_trace_pass(t, "connector",
                      healed ? "nothing cuts %s off any more: its state %s was the effect"
                             : "%s is %s",
                      pl_trace_name(t, c), state);
    } else {
        pl_trace_block(t, "connector", "VPC_CONNECTOR_NOT_RUNNING", c, "state",
                       "%s is %s, not READY", pl_trace_name(t, c), state);
    }
    pl_trace_evidence(t, s->connector, "state");
    pl_trace_evidence(t, s->connector, "network");
}

/* ---- what the connector can carry ---- */

/* Megabits a second and machine, as Google's table of connectors gives them for two and for ten machines
 * (https://cloud.google.com/vpc/docs/serverless-vpc-access#scaling). */
static const struct {
    const char *type;
    int64_t mbps;
} machine_types[] = {{"f1-micro", 50}, {"e2-micro", 100}, {"e2-standard-4", 1600}};

/* Who goes through a connector at full scale (C11). */
struct users {
    int64_t workloads, instances;
};

/* A field of a service's, at its place in a job. */
static const struct pl_value *read_place(struct pl_trace *t, struct pl_view *view,
                                         const struct pl_resource *workload, const char *path)
{
    const struct pl_value *v = NULL;
    path = pl_trace_place(t, &workload->address, path);
    return pl_view_read_default(view, workload, path, &v) == PL_PRESENT ? v : NULL;
}

static const char *connector_of(struct pl_trace *t, struct pl_view *view,
                                const struct pl_resource *workload)
{
    struct pl_address a;
    const char *link = pl_value_text(read_place(t, view, workload, "template.vpcAccess.connector"));
    return link && pl_link_parse(t->arena, pl_kind_find("vpcaccess.connector"), link,
                                 &workload->address, &a)
               ? pl_address_full(t->arena, &a)
               : NULL;
}

static int64_t count_of(struct pl_trace *t, struct pl_view *view,
                        const struct pl_resource *workload, const char *path, int64_t otherwise)
{
    int64_t n = 0;
    return pl_value_as_int(read_place(t, view, workload, path), &n) && n > 0 ? n : otherwise;
}

/* A service's instances, a job's tasks that run at a time
 * (https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs, parallelism). */
static int64_t scale_of(struct pl_trace *t, struct pl_view *view,
                        const struct pl_resource *workload)
{
    if (strcmp(workload->address.kind->name, "run.job") != 0)
        return count_of(t, view, workload, "template.scaling.maxInstanceCount", 100);
    int64_t tasks = count_of(t, view, workload, "template.taskCount", 1),
            at_a_time = count_of(t, view, workload, "template.parallelism", tasks);
    return at_a_time < tasks ? at_a_time : tasks;
}

static void count_users(struct pl_trace *t, struct pl_map *users, const char *kind)
{
    struct pl_arena *keep = pl_view_keep_arena(t->base);
    const struct pl_resource *const *list;
    size_t n;
    (void)pl_view_list(t->base, pl_kind_find(kind), NULL, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const char *connector = connector_of(t, t->base, list[i]);
        struct users *u = connector ? pl_map_get(users, connector) : NULL;
        if (!connector)
            continue;
        if (!u) {
            u = PL_NEW(keep, struct users);
            (void)pl_map_put(users, pl_arena_strdup(keep, connector), u);
        }
        u->workloads++;
        u->instances += scale_of(t, t->base, list[i]);
    }
}

/* By connector, counted once a world: what other workloads change weighs too little to ask again for each path. */
static const struct pl_map *users_of_world(struct pl_trace *t)
{
    struct pl_arena *keep = pl_view_keep_arena(t->base);
    struct pl_map *users = pl_view_kept(t->base, "connector users");
    if (users)
        return users;
    users = PL_NEW(keep, struct pl_map);
    pl_map_init(users, keep);
    count_users(t, users, "run.service");
    count_users(t, users, "run.job");
    pl_view_keep(t->base, "connector users", users);
    return users;
}

static struct users users_of(struct pl_trace *t)
{
    const struct pl_resource *before = NULL, *workload = t->source.resource;
    const char *connector = pl_address_full(t->arena, &t->source.connector->address);
    const struct users *kept = pl_map_get(users_of_world(t), connector);
    struct users u = kept ? *kept : (struct users){0};
    const char *used = pl_view_find(t->base, &workload->address, &before) == PL_PRESENT
                           ? connector_of(t, t->base, before)
                           : NULL;
    if (used && strcmp(used, connector) == 0)
        u.instances -= scale_of(t, t->base, before);
    else
        u.workloads++;
    u.instances += scale_of(t, t->view, workload);
    return u;
}

/* What was not looked at may go through it, too. */
static const char *not_counted(struct pl_trace *t)
{
    const char *project = t->source.resource->address.project;
    bool services = pl_view_listed(t->base, pl_kind_find("run.service"), project) == PL_PRESENT,
         jobs = pl_view_listed(t->base, pl_kind_find("run.job"), project) == PL_PRESENT;
    return services && jobs ? ""
           : services       ? " (jobs were not read)"
           : jobs           ? " (not all services were read)"
                            : " (not all services were read, nor jobs)";
}

/* E13: saturation shows as 503 and as connections that time out. Below one megabit for each instance this is told as a risk. */
void pl_hop_connector_capacity(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (s->what != PL_FROM_RUN || s->known != PL_PRESENT || s->attach != PL_ATTACH_CONNECTOR ||
        !s->connector || t->flow.in_vpc != PL_YES)
        return;
    const char *type = pl_trace_text(t, s->connector, "machineType", NULL);
    int64_t machines = pl_trace_count(t, s->connector, "maxInstances", 10), mbps = 0;
    for (size_t i = 0; type && i < PL_LEN(machine_types); i++)
        if (strcmp(type, machine_types[i].type) == 0)
            mbps = machine_types[i].mbps;
    if (mbps == 0)
        return;
    struct users u = users_of(t);
    const char *sum = pl_arena_printf(
        t->arena,
        "%" PRId64 " machines x %" PRId64 " Mbit/s (%s) = %" PRId64 " Mbit/s for %" PRId64
        " instances of %" PRId64 " workloads at full scale%s",
        machines, mbps, type, machines * mbps, u.instances, u.workloads, not_counted(t));
    if (machines * mbps < u.instances)
        pl_trace_risk(t, "connector-capacity", "VPC_CONNECTOR_THROUGHPUT_EXCEEDED",
                      "%s: less than 1 Mbit/s each", sum);
    else
        pl_trace_pass(t, "connector-capacity", "%s", sum);
    pl_trace_field(t, &s->connector->address, "machineType");
    pl_trace_evidence(t, s->connector, "machineType");
    pl_trace_evidence(t, s->connector, "maxInstances");
}
