/* pods.c - ranges that routes send to the machine that connects: containers of a cluster without alias ranges, a VPN of one's own. Packets from them
 * are another matter than the machine's.
 *
 * The service's network learns subnet ranges, alias ranges among them, and custom routes only where they are exported (P2,
 * https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips). So the machine may connect and what runs on it may not: a risk.
 */
#include <string.h>

#include "reach_priv.h"

static bool leads_to(struct pl_trace *t, const struct pl_resource *route,
                     const struct pl_address *machine)
{
    struct pl_address network, hop;
    const char *of = pl_trace_text(t, route, "network", NULL),
               *by = pl_trace_text(t, route, "nextHopInstance", NULL);
    return of && by &&
           pl_link_parse(t->arena, t->source.network_address.kind, of, &route->address, &network) &&
           pl_same_network(&network, &t->source.network_address) &&
           pl_link_parse(t->arena, machine->kind, by, machine, &hop) &&
           strcmp(hop.names[0], machine->names[0]) == 0;
}

/* A private range that a static route sends to this machine, or NULL. */
static const struct pl_resource *route_to(struct pl_trace *t, const struct pl_address *machine)
{
    const struct pl_resource *const *list;
    size_t n;
    (void)pl_view_list(t->view, pl_kind_find("compute.route"), t->source.network_address.project,
                       &list, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_prefix range;
        const char *text =
            leads_to(t, list[i], machine) ? pl_trace_text(t, list[i], "destRange", NULL) : NULL;
        if (text && pl_prefix_parse(text, &range) && pl_ip_is_private(&range.ip))
            return list[i];
    }
    return NULL;
}

/* The peering towards the service, by its name or the beginning of it. */
static const struct pl_value *peering(struct pl_trace *t, const char *want)
{
    const struct pl_value *list =
        t->source.network ? pl_trace_list(t, t->source.network, "peerings", NULL) : NULL;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *name = pl_value_member_text(pl_value_item(list, i), "name");
        if (name && strncmp(name, want, strlen(want)) == 0)
            return pl_value_item(list, i);
    }
    return NULL;
}

void pl_hop_pod_routes(struct pl_trace *t)
{
    const struct pl_address *machine = &t->connection->from.address;
    const char *want = t->flow.in_vpc == PL_YES && t->source.network_known && t->target.resource
                           ? pl_peering_of(t)
                           : NULL;
    if (!want || strcmp(machine->kind->name, "compute.instance") != 0)
        return;
    const struct pl_resource *route = route_to(t, machine);
    if (!route)
        return;
    const struct pl_value *p = peering(t, want);
    const char *name = pl_value_member_text(p, "name"),
               *range = pl_trace_text(t, route, "destRange", NULL);
    if (pl_value_true(pl_value_member(p, "exportCustomRoutes")))
        pl_trace_pass(t, "pod-routes", "peering %s tells of %s, which %s sends to this machine",
                      name, range, pl_trace_name(t, &route->address));
    else
        pl_trace_risk(
            t, "pod-routes",
            t->target.what == PL_TO_SQL ? "CLOUD_SQL_INSTANCE_NO_ROUTE"
                                        : "REDIS_INSTANCE_NO_ROUTE_TO_DESTINATION_NETWORK",
            "packets from %s, which %s sends to this machine, find no way back: no custom "
            "route is exported to the service's network",
            range, pl_trace_name(t, &route->address));
    if (name)
        pl_trace_field(t, &t->source.network_address,
                       pl_trace_element_path(t, "peerings", name, "exportCustomRoutes"));
    pl_trace_evidence(t, route, "nextHopInstance");
}
