/* target.c - what is to be reached, and whether it is there at all. Adds one hop, target-exists.
 */
#include <string.h>

#include "lb_priv.h"

static const struct target_kind {
    const char *kind;
    enum pl_target_what what;
} target_kinds[] = {{"sql.instance", PL_TO_SQL},        {"redis.instance", PL_TO_REDIS},
                    {"run.service", PL_TO_RUN},         {"redis.cluster", PL_TO_CLUSTER},
                    {"valkey.instance", PL_TO_CLUSTER}, {"memcache.instance", PL_TO_MEMCACHE},
                    {"compute.instance", PL_TO_VM}};

/* What a load balancer leads to is the target; where the walk stops before it, the host is. */
static bool take_lb(struct pl_trace *t, const struct pl_lb *lb)
{
    struct pl_target *g = &t->target;
    g->lb = lb;
    if (!lb || !lb->leads)
        return lb != NULL;
    g->address = lb->service;
    g->what = PL_TO_RUN;
    g->shown = pl_trace_name(t, &g->address);
    g->known = pl_view_find(t->view, &g->address, &g->resource);
    return true;
}

/* The port that a URL or a host and a port means. */
static int port_of(const struct pl_connection *c)
{
    return c->port > 0 ? c->port : c->to.port > 0 ? c->to.port : pl_connection_port(c);
}

static const char *path_of(const struct pl_connection *c)
{
    return c->probe.path ? c->probe.path : c->to.url_path;
}

/* https://TAG---SERVICE-HASH.a.run.app is a URL of the service (https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags). */
static const struct pl_resource *tagged_owner(struct pl_trace *t)
{
    static const char between[] = "---";
    const struct pl_end *to = &t->connection->to;
    const char *rest = to->what == PL_END_HOST && to->host ? strstr(to->host, between) : NULL;
    const struct pl_resource *owner =
        rest && rest > to->host ? pl_owner_of(t, rest + sizeof(between) - 1) : NULL;
    if (!owner || strcmp(owner->address.kind->name, "run.service") != 0)
        return NULL;
    t->target.tag = pl_arena_strndup(t->arena, to->host, (size_t)(rest - to->host));
    return owner;
}

static bool is_rule(struct pl_trace *t)
{
    struct pl_target *g = &t->target;
    const struct pl_resource *rule = NULL;
    return strcmp(g->address.kind->name, "compute.forwardingRule") == 0 &&
           pl_view_find(t->view, &g->address, &rule) == PL_PRESENT &&
           take_lb(t, pl_lb_of(t, rule, t->connection->probe.server_name, path_of(t->connection)));
}

void pl_target_find(struct pl_trace *t)
{
    struct pl_target *g = &t->target;
    const struct pl_end *to = &t->connection->to;
    g->known = PL_NOT_KNOWN;
    g->shown = to->text;
    g->what = PL_TO_HOST;
    if (to->what == PL_END_RESOURCE) {
        g->what = PL_TO_OTHER;
        g->address = to->address;
        if (is_rule(t))
            return;
    } else {
        /* An address or URL that a resource of this world answers at means that resource. */
        const struct pl_resource *owner = to->what == PL_END_HOST ? pl_owner_of(t, to->host) : NULL;
        if (!owner)
            owner = tagged_owner(t);
        if (!owner) {
            if (to->what == PL_END_HOST)
                (void)take_lb(
                    t, pl_lb_find(t, to->host, port_of(t->connection), path_of(t->connection)));
            return;
        }
        g->address = owner->address;
    }
    for (size_t i = 0; i < PL_LEN(target_kinds); i++)
        if (strcmp(g->address.kind->name, target_kinds[i].kind) == 0)
            g->what = target_kinds[i].what;
    g->shown = pl_trace_name(t, &g->address);
    g->known = pl_view_find(t->view, &g->address, &g->resource);
    if (g->known != PL_PRESENT)
        g->resource = NULL;
}

/* Kinds beyond those of the model that have an address to connect to, or that connect: whether one of them is there at all may be said. */
static const char *const listening_kinds[] = {"compute.forwardingRule", "compute.serviceAttachment",
                                              "compute.address"};
static const char *const connecting_kinds[] = {"run.service", "run.job", "compute.instance"};

static bool listens(const struct pl_kind *kind)
{
    for (size_t i = 0; i < PL_LEN(listening_kinds); i++)
        if (strcmp(kind->name, listening_kinds[i]) == 0)
            return true;
    return false;
}

static bool connects(const struct pl_kind *kind)
{
    for (size_t i = 0; i < PL_LEN(connecting_kinds); i++)
        if (strcmp(kind->name, connecting_kinds[i]) == 0)
            return true;
    return false;
}

/* What a cache or a machine does with a request is not asked; that the machine runs is. */
static void tell_machine(struct pl_trace *t)
{
    if (t->target.what == PL_TO_MEMCACHE)
        pl_trace_not_modelled(t, "what Memcached itself does");
    if (t->target.what != PL_TO_VM)
        return;
    enum pl_known known;
    const char *status = pl_trace_state(t, t->target.resource, "status", &known);
    if (status && strcmp(status, "RUNNING") != 0)
        pl_trace_block(t, "target", "INSTANCE_NOT_RUNNING", &t->target.address, "status",
                       "%s is %s", t->target.shown, status);
    else if (!status)
        pl_trace_unknown(t, "target", "INSTANCE_NOT_RUNNING", "the state of %s was not read",
                         t->target.shown);
    else
        pl_trace_pass(t, "target", "%s is RUNNING", t->target.shown);
    pl_trace_evidence(t, t->target.resource, "status");
    pl_trace_not_modelled(t, "what listens on a machine");
}

void pl_hop_target_exists(struct pl_trace *t)
{
    const struct pl_address *to = &t->target.address;
    if (t->target.what == PL_TO_HOST)
        return;
    if (t->target.what == PL_TO_OTHER && !listens(to->kind)) {
        pl_trace_unknown(t, "target", NULL, "a %s is nothing that a client connects to",
                         to->kind->title);
        pl_trace_not_modelled(t, "targets of kind %s", to->kind->name);
        return;
    }
    switch (t->target.known) {
    case PL_PRESENT:
        tell_machine(t);
        break;
    case PL_ABSENT:
        pl_trace_block(t, "target", "DESTINATION_ENDPOINT_NOT_FOUND", to, "", "%s does not exist",
                       t->target.shown);
        break;
    case PL_NOT_KNOWN:
        pl_trace_unknown(t, "target", NULL, "nothing is known of %s: %s", t->target.shown,
                         pl_trace_why(t, to));
        break;
    }
    if (t->target.what == PL_TO_OTHER) {
        pl_trace_unknown(t, "target", NULL, "how a %s is reached is not modelled", to->kind->title);
        pl_trace_not_modelled(t, "targets of kind %s", to->kind->name);
    }
}

void pl_hop_source_ready(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    const struct pl_address *from = &t->connection->from.address;
    if (s->what == PL_FROM_HERE)
        return;
    if (!connects(from->kind)) {
        pl_trace_unknown(t, "source", NULL, "a %s is nothing that connects anywhere",
                         from->kind->title);
        return; /* `egress` tells that it is not modelled */
    }
    if (s->known == PL_ABSENT) {
        pl_trace_block(t, "source", "SOURCE_ENDPOINT_NOT_FOUND", from, "", "%s does not exist",
                       pl_trace_name(t, from));
        return;
    }
    if (s->known == PL_NOT_KNOWN) {
        pl_trace_unknown(t, "source", NULL, "nothing is known of %s: %s", pl_trace_name(t, from),
                         pl_trace_why(t, from));
        return;
    }
    if (s->what == PL_FROM_OTHER || pl_source_told(t))
        return;
    const char *ready = pl_trace_text(t, s->resource, "latestReadyRevision", NULL);
    const char *other = pl_serving_revision(t, s->resource);
    if (other)
        pl_trace_unknown(t, "source", NULL,
                         "%s runs revision %s, whose settings are not read: those that were read "
                         "are the newest revision's",
                         pl_trace_name(t, from), other);
    else
        pl_trace_pass(t, "source", "%s is there", pl_trace_name(t, from));
    if (ready)
        pl_trace_evidence(t, s->resource, "latestReadyRevision");
}
