/* peer_routes.c - routes that come over a peering and stand in no list: custom routes of another network, dynamic ones above all.
 *
 * Rules P2, R5 (https://cloud.google.com/vpc/docs/vpc-peering). They are asked for only where a peering imports custom routes and nothing else leads to the
 * destination: two calls for each peering and region are too many for what seldom counts, so that an audit has them only where its baseline declares
 * `peeringRoutes`; a snapshot of `collect` holds them.
 */
#include <string.h>

#include "reach_priv.h"

/* The first ACTIVE peering that imports custom routes, or NULL. */
static const char *importing_peering(struct pl_trace *t)
{
    const struct pl_value *list =
        t->source.network ? pl_trace_list(t, t->source.network, "peerings", NULL) : NULL;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *item = pl_value_item(list, i);
        const char *state = pl_value_member_text(item, "state");
        if (pl_value_true(pl_value_member(item, "importCustomRoutes")) &&
            (!state || strcmp(state, "ACTIVE") == 0))
            return pl_value_member_text(item, "name");
    }
    return NULL;
}

struct exchanged {
    const char *peering, *range;
    int len;
    bool imported;
};

/* The longest prefix that covers the address among those that come in; one that is imported before one that is not. */
static void take_leg(struct exchanged *best, const struct pl_value *leg, const struct pl_ip *ip)
{
    const struct pl_value *routes = pl_value_member(leg, "routes");
    for (size_t i = 0; i < pl_value_count(routes); i++) {
        const struct pl_value *r = pl_value_item(routes, i);
        const char *range = pl_value_member_text(r, "destRange");
        bool imported = pl_value_true(pl_value_member(r, "imported"));
        struct pl_prefix p;
        if (!range || !pl_prefix_parse(range, &p) || !pl_prefix_contains_ip(&p, ip) ||
            (best->range &&
             (best->imported > imported || (best->imported == imported && best->len >= p.len))))
            continue;
        *best = (struct exchanged){pl_value_member_text(leg, "peering"), range, p.len, imported};
    }
}

static bool comes_in(const struct pl_value *leg, const char *region)
{
    const char *direction = pl_value_member_text(leg, "direction");
    const char *of = pl_value_member_text(leg, "region");
    return direction && strcmp(direction, "INCOMING") == 0 && of && strcmp(of, region) == 0;
}

/* ---- a peering that is put back ---- */

/* Had the network a peering of this name before the view changed anything? */
static bool was_peered(struct pl_trace *t, const char *name)
{
    const struct pl_resource *before = NULL;
    const struct pl_value *list = NULL;
    if (pl_view_find(t->base, &t->source.network_address, &before) != PL_PRESENT ||
        pl_view_read(t->base, before, "peerings", &list) == PL_NOT_KNOWN)
        return true;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *is = pl_value_member_text(pl_value_item(list, i), "name");
        if (is && strcmp(is, name) == 0)
            return true;
    }
    return false;
}

/* The subnetwork of a network that an address is in; MAYBE: not all of them were read. */
static enum pl_tri subnet_at(struct pl_trace *t, const struct pl_address *network,
                             const struct pl_ip *ip, const struct pl_resource **out)
{
    const struct pl_resource *const *list;
    size_t n, of_it = 0;
    const struct pl_kind *kind = pl_kind_find("compute.subnetwork");
    enum pl_known known = pl_view_list(t->view, kind, network->project, &list, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address a;
        struct pl_prefix p;
        const char *link = pl_trace_text(t, list[i], "network", NULL);
        const char *range = pl_trace_text(t, list[i], "ipCidrRange", NULL);
        if (!link || !pl_link_parse(t->arena, network->kind, link, &list[i]->address, &a) ||
            !pl_same_network(&a, network))
            continue;
        of_it++;
        *out = list[i];
        if (range && pl_prefix_parse(range, &p) && pl_prefix_contains_ip(&p, ip))
            return PL_YES;
    }
    return known == PL_NOT_KNOWN || of_it == 0 ? PL_MAYBE : PL_NO;
}

/* P2: with it come the routes of the other network's subnetworks, which nobody could see while it was not there. */
static bool told_by_one_put_back(struct pl_trace *t, const struct pl_ip *ip)
{
    const struct pl_value *list =
        t->source.network ? pl_trace_list(t, t->source.network, "peerings", NULL) : NULL;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *item = pl_value_item(list, i);
        const char *name = pl_value_member_text(item, "name");
        const char *link = pl_value_member_text(item, "network");
        const struct pl_resource *subnet = NULL;
        struct pl_address a;
        if (!name || was_peered(t, name))
            continue;
        bool parsed = link && pl_link_parse(t->arena, t->source.network_address.kind, link,
                                            &t->source.network_address, &a);
        enum pl_tri in = parsed ? subnet_at(t, &a, ip, &subnet) : PL_MAYBE;
        if (in == PL_YES)
            pl_trace_pass(t, "route", "%s is what peering %s leads to",
                          pl_trace_name(t, &subnet->address), name);
        else if (in == PL_MAYBE)
            pl_trace_unknown(t, "route", "NO_ROUTE",
                             "peering %s is put back, and which routes it brings nobody has seen",
                             name);
        if (in != PL_NO)
            return true;
    }
    return false;
}

bool pl_told_by_peer(struct pl_trace *t, const struct pl_ip *ip)
{
    if (told_by_one_put_back(t, ip))
        return true;
    const char *peering = importing_peering(t);
    const char *network = t->source.network_address.names[0];
    enum pl_known known;
    if (!peering)
        return false;
    const struct pl_value *legs = pl_trace_list(t, t->source.network, "peeringRoutes", &known);
    if (known == PL_NOT_KNOWN) {
        pl_trace_unknown(
            t, "route", "NO_ROUTE",
            "no listed route of network %s leads there, and what peering %s imports was "
            "not read",
            network, peering);
        return true;
    }
    struct exchanged best = {0};
    for (size_t i = 0; i < pl_value_count(legs); i++)
        if (comes_in(pl_value_item(legs, i), t->source.resource->address.location))
            take_leg(&best, pl_value_item(legs, i), ip);
    if (best.range && best.imported) {
        pl_trace_pass(t, "route", "%s comes over peering %s", best.range, best.peering);
    } else if (best.range) { /* P2: offered, and lost to another route or not wanted */
        pl_trace_block(t, "route", "NO_ROUTE", &t->source.network_address,
                       pl_trace_element_path(t, "peerings", best.peering, "importCustomRoutes"),
                       "peering %s offers %s, and network %s does not import it", best.peering,
                       best.range, network);
    } else {
        return false;
    }
    pl_trace_evidence_text(t, &t->source.network_address, "peeringRoutes", best.range,
                           best.imported ? NULL : "offered, not imported");
    return true;
}
