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

bool pl_told_by_peer(struct pl_trace *t, const struct pl_ip *ip)
{
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
