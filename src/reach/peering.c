/* peering.c - the peering that leads to Google's services: private services access by its fixed name, Redis' own by its prefix.
 *
 * Rules P1, P2, P7 (https://cloud.google.com/vpc/docs/vpc-peering). Which route leads over a peering is route.c.
 */
#include <string.h>

#include "reach_priv.h"

struct peering {
    enum pl_known known;
    const char *name, *state;
    bool active;
};

/* The peering of the source's network that leads to the target's producer: PSA by its fixed name, Redis' direct peering by prefix. */
static struct peering find_peering(struct pl_trace *t, struct pl_view *view, const char *prefix)
{
    struct peering p = {.known = PL_NOT_KNOWN};
    if (!t->source.network)
        return p;
    const struct pl_resource *network = NULL;
    if (pl_view_find(view, &t->source.network_address, &network) != PL_PRESENT)
        return p;
    const struct pl_value *list = NULL;
    enum pl_known known = pl_view_read(view, network, "peerings", &list);
    if (known == PL_NOT_KNOWN)
        return p;
    p.known = PL_ABSENT;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *item = pl_value_item(list, i);
        const char *name = pl_value_member_text(item, "name");
        if (!name || strncmp(name, prefix, strlen(prefix)) != 0)
            continue;
        const char *state = pl_value_member_text(item, "state");
        p = (struct peering){.known = PL_PRESENT,
                             .name = name,
                             .state = state ? state : "ACTIVE",
                             .active = !state || strcmp(state, "ACTIVE") == 0};
        if (p.active)
            break;
    }
    return p;
}

static const char psa_name[] = "servicenetworking-googleapis-com";

const char *pl_peering_of(struct pl_trace *t)
{
    if (t->flow.zone != PL_ZONE_PRIVATE)
        return NULL;
    if (t->target.what == PL_TO_SQL)
        return pl_sql_by_endpoint(t) ? NULL : psa_name;
    if (t->target.what == PL_TO_MEMCACHE)
        return psa_name;
    if (t->target.what == PL_TO_REDIS) {
        const char *mode = pl_trace_text(t, t->target.resource, "connectMode", NULL);
        return mode && strcmp(mode, "PRIVATE_SERVICE_ACCESS") == 0 ? psa_name : "redis-peer-";
    }
    return NULL;
}

/* The private connection of the network (servicenetworking), which drives the PSA peering. */
static enum pl_known find_connection(struct pl_trace *t, struct pl_view *view,
                                     struct pl_address *address)
{
    const struct pl_resource *r = NULL;
    if (!pl_link_parse(t->arena, pl_kind_find("servicenetworking.connection"),
                       t->source.network_address.names[0], &t->source.network_address, address))
        return PL_NOT_KNOWN;
    address->location = "global";
    return pl_view_find(view, address, &r);
}

/* Is the target's network the one that the packet is in? Its link field decides. */
static bool told_other_network(struct pl_trace *t, enum pl_known *known)
{
    const char *path = t->target.what == PL_TO_SQL ? "settings.ipConfiguration.privateNetwork"
                                                   : "authorizedNetwork";
    struct pl_address network;
    const char *link = pl_trace_text(t, t->target.resource, path, known);
    if (!link ||
        !pl_link_parse(t->arena, t->source.network_address.kind, link, &t->target.resource->address,
                       &network) ||
        pl_same_network(&network, &t->source.network_address))
        return false;
    pl_trace_block(t, "peering", "ROUTE_WRONG_NETWORK", &t->target.resource->address, path,
                   "%s lives in network %s, the packet is in %s, and peering is not transitive",
                   t->target.shown, network.names[0], t->source.network_address.names[0]);
    pl_trace_evidence(t, t->target.resource, path);
    pl_trace_evidence_text(t, &t->source.network_address, "", "the network that the packet enters",
                           NULL);
    return true;
}

static bool told_no_endpoint(struct pl_trace *t)
{
    if (t->target.what != PL_TO_REDIS || t->connection->via != PL_VIA_PSC)
        return false;
    pl_trace_unknown(t, "peering", NULL,
                     "a Memorystore for Redis instance has no endpoint of Private Service Connect "
                     "that this could go by");
    pl_trace_not_modelled(t, "Private Service Connect to Memorystore for Redis");
    return true;
}

static void tell_active(struct pl_trace *t, const struct peering *p)
{
    pl_trace_pass(t, "peering", "peering %s of network %s is ACTIVE", p->name,
                  t->source.network_address.names[0]);
    pl_trace_evidence_text(t, &t->source.network_address,
                           pl_trace_element_path(t, "peerings", p->name, "state"), p->state, NULL);
}

void pl_hop_peering(struct pl_trace *t)
{
    const char *want = pl_peering_of(t);
    if (told_no_endpoint(t))
        return;
    if (!pl_source_enters_vpc(t) || !want || !t->target.resource)
        return;
    if (!t->source.network_known) {
        pl_trace_unknown(t, "peering", "GOOGLE_MANAGED_SERVICE_NO_PEERING",
                         "the source's network is not known");
        return;
    }
    enum pl_known lives_in;
    if (told_other_network(t, &lives_in))
        return;
    struct peering p = find_peering(t, t->view, want);
    struct pl_address connection = {0};
    bool psa = want == psa_name;
    enum pl_known driver = psa ? find_connection(t, t->view, &connection) : PL_NOT_KNOWN;
    /* Without its driver a peering counts only where it was seen: nobody can make it by itself. */
    struct peering seen = psa && driver == PL_ABSENT ? find_peering(t, t->base, want) : p;
    /* A network that is not in this world at all was not looked at, and neither was what belongs to it. */
    if (psa && driver == PL_ABSENT && t->source.network &&
        (p.known != PL_PRESENT || !p.active || seen.known != PL_PRESENT || !seen.active)) {
        pl_trace_block(t, "peering", "GOOGLE_MANAGED_SERVICE_NO_PEERING", &connection, "",
                       "network %s has no private services connection",
                       t->source.network_address.names[0]);
        return;
    }
    /* A peering is the effect of the connection: once that is back in the model, the observed lack proves nothing. */
    struct pl_address before;
    bool healed = psa && driver == PL_PRESENT && (p.known != PL_PRESENT || !p.active) &&
                  find_connection(t, t->base, &before) == PL_ABSENT;
    if (lives_in == PL_NOT_KNOWN && (p.active || healed)) {
        pl_trace_unknown(t, "peering", "ROUTE_WRONG_NETWORK",
                         "which network %s lives in is not known", t->target.shown);
    } else if (p.active) {
        tell_active(t, &p);
    } else if (!psa && !pl_trace_was_there(t, &t->target.address)) {
        /* M2: an instance makes its own peering; of one that is not there yet none can be seen. */
        pl_trace_unknown(t, "peering", "GOOGLE_MANAGED_SERVICE_NO_PEERING",
                         "%s makes its own peering, and is not there yet", t->target.shown);
    } else if (healed) {
        pl_trace_pass(t, "peering", "the private services connection makes its own peering");
    } else if (p.known == PL_NOT_KNOWN) {
        pl_trace_unknown(t, "peering", "GOOGLE_MANAGED_SERVICE_NO_PEERING",
                         "the peerings of network %s are not known: %s",
                         t->source.network_address.names[0],
                         pl_trace_why(t, &t->source.network_address));
    } else if (p.known == PL_PRESENT) {
        pl_trace_block(t, "peering", "GOOGLE_MANAGED_SERVICE_NO_PEERING",
                       &t->source.network_address,
                       pl_trace_element_path(t, "peerings", p.name, "state"), "peering %s is %s",
                       p.name, p.state);
    } else {
        pl_trace_block(t, "peering", "GOOGLE_MANAGED_SERVICE_NO_PEERING",
                       &t->source.network_address,
                       psa ? "peerings[name=servicenetworking-googleapis-com]" : "peerings",
                       "network %s has no peering %s%s", t->source.network_address.names[0], want,
                       psa ? "" : "...");
    }
}
