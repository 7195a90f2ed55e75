/* route.c - the way through the network: what the best route leads to, and the way back.
 *
 * Which route is the best is routes.c, which peering is wanted peering.c. Rules R1, R5, R7, R9
 * (https://cloud.google.com/vpc/docs/routes), P2 to P5 (https://cloud.google.com/vpc/docs/vpc-peering).
 * routes.list shows subnet and static routes, local and peered; dynamic and policy-based ones it does not (R5): where a
 * network has a VPN or an Interconnect the answer "no route" would be wrong, so such next hops are not modelled.
 */
#include <string.h>

#include "reach_priv.h"

/* MAYBE: a resource of which the network is not known, as one that is put back where the baseline does not name it. */
static enum pl_tri of_network(struct pl_trace *t, const struct pl_resource *r)
{
    struct pl_address network;
    enum pl_known known;
    const char *link = pl_trace_text(t, r, "network", &known);
    if (known == PL_NOT_KNOWN)
        return PL_MAYBE;
    return link &&
                   pl_link_parse(t->arena, t->source.network_address.kind, link, &r->address,
                                 &network) &&
                   pl_same_network(&network, &t->source.network_address)
               ? PL_YES
               : PL_NO;
}

/* Does a router of the network speak BGP? Then there are routes that no list shows (R5). */
static bool has_dynamic_routes(struct pl_trace *t)
{
    const struct pl_resource *const *list;
    size_t n;
    if (pl_view_list(t->view, pl_kind_find("compute.router"), t->source.network_address.project,
                     &list, &n) == PL_NOT_KNOWN)
        return true;
    for (size_t i = 0; i < n; i++)
        if (of_network(t, list[i]) != PL_NO &&
            pl_value_count(pl_trace_list(t, list[i], "bgpPeers", NULL)) > 0)
            return true;
    return false;
}

/* Why the second best lost: told as evidence. */
static void tell_loser(struct pl_trace *t, const struct pl_lookup *l)
{
    if (!l->second_found || !l->second.route)
        return;
    pl_trace_evidence_text(t, &l->second.route->address, "destRange",
                           pl_trace_text(t, l->second.route, "destRange", NULL),
                           l->second.prefix.len < l->best.prefix.len
                               ? "lost: its prefix is shorter"
                               : "lost: its priority number is higher");
}

/* ---- the route ---- */

static const char *next_hop(struct pl_trace *t, const struct pl_resource *route, const char **what,
                            bool *all_known)
{
    static const char *const fields[] = {"nextHopPeering",   "nextHopNetwork", "nextHopGateway",
                                         "nextHopInstance",  "nextHopIp",      "nextHopIlb",
                                         "nextHopVpnTunnel", "nextHopHub"};
    for (size_t i = 0; i < PL_LEN(fields); i++) {
        enum pl_known known;
        const char *v = pl_trace_text(t, route, fields[i], &known);
        *all_known = *all_known && known != PL_NOT_KNOWN;
        if (v) {
            *what = fields[i];
            return v;
        }
    }
    *what = "";
    return NULL;
}

static void tell_dynamic(struct pl_trace *t, const char *cause)
{
    pl_trace_not_modelled(t, "dynamic and policy-based routes");
    pl_trace_unknown(t, "route", cause,
                     "no listed route of network %s leads there, and what its routers learn by BGP "
                     "is not read",
                     t->source.network_address.names[0]);
}

static void judge_route(struct pl_trace *t, const struct pl_lookup *l, bool dynamic,
                        const char *want_peering)
{
    const struct pl_resource *route = l->best.route;
    bool hop_known = true;
    const char *what, *hop = next_hop(t, route, &what, &hop_known);
    enum pl_known warnings_known;
    const struct pl_value *warnings = pl_trace_list(t, route, "warnings", &warnings_known);
    const char *name = pl_trace_name(t, &route->address);
    if (pl_value_count(warnings) > 0) { /* R9: Google's own word that the next hop is unusable */
        const char *code = pl_value_member_text(pl_value_item(warnings, 0), "code");
        pl_trace_block(t, "route", "ROUTE_BLACKHOLE", &route->address, "",
                       "%s is the best route and its next hop is unusable (%s)", name,
                       code ? code : "warning");
    } else if (strcmp(what, "nextHopGateway") == 0 && t->flow.zone == PL_ZONE_PRIVATE) {
        /* P2: an ACTIVE peering carries its subnet routes whether the list shows them or not; one that the list shows lost by R3. */
        if (want_peering && !l->peered) {
            pl_trace_pass(t, "route", "the route to the service's range comes with its peering");
            return;
        }
        if (t->flow.ip_known && pl_told_by_peer(t, &t->flow.ip))
            return;
        if (dynamic) {
            tell_dynamic(t, "PRIVATE_TRAFFIC_TO_INTERNET");
            return;
        }
        pl_trace_block(t, "route", "PRIVATE_TRAFFIC_TO_INTERNET", &route->address, "",
                       "the best route for this private address is %s, which leads to the internet",
                       name);
    } else if (warnings_known == PL_NOT_KNOWN && pl_trace_was_there(t, &route->address)) {
        pl_trace_unknown(t, "route", "ROUTE_BLACKHOLE",
                         "%s is the best route, and whether its next hop is usable was not read",
                         name);
    } else if (!hop && !hop_known) {
        pl_trace_unknown(t, "route", "ROUTE_BLACKHOLE",
                         "%s is the best route, and where it leads is not known", name);
    } else if (!hop || strcmp(what, "nextHopPeering") == 0 || strcmp(what, "nextHopNetwork") == 0 ||
               strcmp(what, "nextHopGateway") == 0) {
        pl_trace_pass(t, "route", "%s leads there%s%s", name, hop ? " by " : "",
                      hop ? pl_link_canonical(t->arena, hop) : "");
    } else {
        pl_next_hop_judge(t, route, what, hop);
    }
    pl_trace_evidence(t, route, "destRange");
    if (*what)
        pl_trace_evidence(t, route, what);
    tell_loser(t, l);
}

static bool told_nat_range(struct pl_trace *t, const struct pl_ip *ip)
{
    const struct pl_resource *own = pl_own_subnet_of(t, ip);
    const char *purpose = own ? pl_trace_text(t, own, "purpose", NULL) : NULL;
    if (!purpose || strcmp(purpose, "PRIVATE_NAT") != 0)
        return false;
    pl_trace_block(t, "route", "DESTINATION_IS_PRIVATE_NAT_IP_RANGE", &own->address, "purpose",
                   "%s is kept for Private NAT: nothing listens there",
                   pl_trace_name(t, &own->address));
    return true;
}

static void tell_no_route(struct pl_trace *t, const struct pl_lookup *l, bool dynamic,
                          const struct pl_ip *ip)
{
    const char *network = t->source.network_address.names[0];
    if (t->flow.ip_known && t->flow.zone == PL_ZONE_PRIVATE && pl_told_by_peer(t, ip))
        return;
    if (l->complete && l->listed && dynamic) {
        tell_dynamic(t, "NO_ROUTE");
    } else if (!l->complete || !l->listed) {
        /* A collector's gap is never "no route" (abort cause ROUTE_CONFIG_NOT_FOUND). */
        pl_trace_unknown(t, "route", "NO_ROUTE", "the routes of network %s were not all read",
                         network);
    } else {
        pl_trace_block(t, "route", "NO_ROUTE", &t->source.network_address, "",
                       "no route of network %s covers %s", network,
                       t->flow.ip_known ? pl_ip_format(t->arena, ip) : "public addresses");
        pl_trace_not_modelled(t, "dynamic and policy-based routes");
    }
}

void pl_hop_route(struct pl_trace *t)
{
    if (!pl_source_enters_vpc(t))
        return;
    if (t->flow.front) { /* an address of the network itself, in a subnet or beside all of them */
        pl_trace_pass(t, "route", "%s is in network %s itself",
                      pl_trace_name(t, &t->flow.front->address),
                      t->source.network_address.names[0]);
        return;
    }
    if (!t->source.network_known) {
        pl_trace_unknown(t, "route", "NO_ROUTE", "the network that the packet enters is not known");
        return;
    }
    const char *want = pl_peering_of(t);
    struct pl_ip ip = t->flow.ip;
    if (!t->flow.ip_known) {
        /* The address is not known, but how it is reached is: by the peering, or by the default route. */
        if (want) {
            pl_trace_pass(t, "route", "the route to the service's range comes with its peering");
            return;
        }
        if (t->flow.zone != PL_ZONE_PUBLIC && t->flow.zone != PL_ZONE_GOOGLE_API) {
            pl_trace_unknown(t, "route", "NO_ROUTE", "the destination's address is not known");
            return;
        }
        (void)pl_ip_parse("198.51.100.1", &ip); /* any public address: RFC 5737 */
    }
    const struct pl_lookup l = pl_routes_look_up(t->view, &t->source.network_address, &ip,
                                                 t->source.tags, t->source.n_tags);
    bool dynamic = has_dynamic_routes(t);
    bool undecided =
        l.maybe && (!l.found || !l.maybe_ranged || pl_candidate_beats(&l.maybe_best, &l.best));
    if (undecided && !(l.found && l.best.subnet) && /* R6: nothing overrides a subnet's own route */
        !(want && !l.found)) {
        pl_trace_unknown(
            t, "route", "NO_ROUTE",
            "whether %s is a route of network %s and covers the destination is not known",
            pl_trace_name(t, &l.maybe->address), t->source.network_address.names[0]);
        return;
    }
    if (l.found && told_nat_range(t, &ip))
        return;
    if (l.found && l.best.subnet) {
        pl_trace_pass(t, "route", "%s is a subnet of the network itself",
                      pl_trace_name(t, &l.best.subnet->address));
    } else if (l.found) {
        judge_route(t, &l, dynamic, want);
    } else if (want) {
        pl_trace_pass(t, "route", "the route to the service's range comes with its peering");
    } else {
        tell_no_route(t, &l, dynamic, &ip);
    }
}

/* ---- the way back ---- */

void pl_hop_return_path(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (!pl_source_enters_vpc(t) || !pl_peering_of(t) || !t->target.resource)
        return;
    if (!s->range_known) {
        pl_trace_unknown(t, "return-path", "CLOUD_SQL_INSTANCE_NO_ROUTE",
                         "the source's address range is not known");
        return;
    }
    struct pl_prefix docker;
    (void)pl_prefix_parse("172.17.0.0/16", &docker); /* S4: the producer's own Docker bridge */
    if (pl_prefix_overlaps(&docker, &s->range)) {
        pl_trace_block(
            t, "return-path", "NO_VALID_ROUTE_FROM_GOOGLE_MANAGED_NETWORK_TO_DESTINATION",
            s->subnet ? &s->subnet->address : &s->network_address, s->subnet ? "ipCidrRange" : "",
            "the source is in 172.17.0.0/16, which the service keeps for itself");
        return;
    }
    /* P2, P3: private ranges and special-use ranges are always exchanged; public ones only if both sides say so. P4: custom routes are for clients on
     * premises. M9: what a privately used public one comes to is not settled. */
    if (pl_ip_is_private(&s->range.ip)) {
        pl_trace_pass(t, "return-path",
                      "replies go back by the subnet route that the peering always exchanges");
        return;
    }
    const struct pl_value *list = pl_trace_list(t, s->network, "peerings", NULL);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *item = pl_value_item(list, i);
        const char *name = pl_value_member_text(item, "name");
        const struct pl_value *exports = pl_value_member(item, "exportSubnetRoutesWithPublicIp");
        if (name && strcmp(name, pl_peering_of(t)) == 0 && exports && exports->type == PL_BOOL &&
            !exports->u.boolean) {
            pl_trace_block(
                t, "return-path",
                t->target.what == PL_TO_SQL ? "CLOUD_SQL_INSTANCE_NO_ROUTE"
                                            : "REDIS_INSTANCE_NO_ROUTE_TO_DESTINATION_NETWORK",
                &s->network_address,
                pl_trace_element_path(t, "peerings", name, "exportSubnetRoutesWithPublicIp"),
                "the source range is public and is not exported to the service's network: replies "
                "find no way back");
            return;
        }
    }
    pl_trace_unknown(t, "return-path",
                     t->target.what == PL_TO_SQL ? "CLOUD_SQL_INSTANCE_NO_ROUTE"
                                                 : "REDIS_INSTANCE_CONNECTING_FROM_PUPI_ADDRESS",
                     "the source range is a privately used public one, and the service's side of "
                     "the peering is not visible");
}
