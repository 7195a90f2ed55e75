/* psc.c - what stands at a private address of the network: an endpoint of Private Service Connect, or an internal load balancer. Is it
 * reached from here, and does it lead to the target? Which one it is says front.c, whether its producer lets it in psc_producer.c.
 *
 * Rules X1 to X4, S11, M7 (https://cloud.google.com/vpc/docs/private-service-connect). What a load balancer does behind its address is not
 * the network's business.
 */
#include <string.h>

#include "psc_priv.h"

static const char hop[] = "psc-endpoint";

static bool told_region(struct pl_trace *t, const struct pl_resource *rule)
{
    bool endpoint = pl_front_attachment(t, rule) != NULL;
    const char *path = endpoint ? "allowPscGlobalAccess" : "allowGlobalAccess";
    const char *from = t->source.resource->address.location;
    if (strcmp(rule->address.location, "global") == 0 ||
        strcmp(rule->address.location, from) == 0 || pl_trace_bool(t, rule, path) == PL_YES)
        return false;
    if (pl_trace_bool(t, rule, path) == PL_MAYBE)
        pl_trace_unknown(t, hop, "FORWARDING_RULE_REGION_MISMATCH",
                         "whether %s is reached from other regions was not read",
                         pl_trace_name(t, &rule->address));
    else
        pl_trace_block(t, hop, "FORWARDING_RULE_REGION_MISMATCH", &rule->address, path,
                       "%s is in %s and without global access, the client in %s",
                       pl_trace_name(t, &rule->address), rule->address.location, from);
    pl_trace_evidence(t, rule, path);
    return true;
}

static bool told_port(struct pl_trace *t, const struct pl_resource *rule)
{
    if (pl_front_takes_port(t, rule, t->flow.port) != PL_NO)
        return false;
    const char *path = pl_trace_text(t, rule, "portRange", NULL) ? "portRange" : "ports";
    pl_trace_block(t, hop, "FORWARDING_RULE_MISMATCH", &rule->address, path,
                   "%s does not take TCP %d", pl_trace_name(t, &rule->address), t->flow.port);
    pl_trace_evidence(t, rule, "IPProtocol");
    pl_trace_evidence(t, rule, path);
    return true;
}

static void tell_none(struct pl_trace *t, const struct pl_front *front)
{
    const struct pl_address *to = &t->target.address;
    const char *network = t->source.network_address.names[0];
    struct pl_address any = {.kind = pl_kind_find("compute.forwardingRule"),
                             .project = t->source.network_address.project,
                             .location = "global",
                             .names = (const char *const[]){""}};
    if (front->peered)
        pl_trace_block(t, hop, "PSC_ENDPOINT_ACCESSED_FROM_PEERED_NETWORK", &front->peered->address,
                       "network",
                       "%s is in a network that %s is only peered with: an endpoint is not reached "
                       "over peering",
                       pl_trace_name(t, &front->peered->address), network);
    else if (front->known == PL_NOT_KNOWN || !pl_trace_absence_counts(t, &any))
        pl_trace_unknown(t, hop, "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT",
                         "the endpoints of network %s were not all read", network);
    else
        pl_trace_block(t, hop, "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT", to,
                       "pscServiceAttachmentLink",
                       "no endpoint of network %s leads to %s, which is reached by Private Service "
                       "Connect alone",
                       network, t->target.shown);
}

static void judge_front(struct pl_trace *t, const struct pl_resource *rule)
{
    bool endpoint = pl_front_attachment(t, rule) != NULL;
    if (told_region(t, rule) || told_port(t, rule))
        return;
    if (endpoint && (pl_psc_told_not_accepted(t, rule) || pl_psc_told_no_nat_subnet(t, rule)))
        return;
    enum pl_tri leads = endpoint && t->target.what == PL_TO_SQL ? pl_front_leads(t, rule) : PL_YES;
    if (leads == PL_NO) { /* X4: an endpoint leads to one service for its life */
        pl_trace_block(t, hop, "UNKNOWN_INTERNAL_ADDRESS", &rule->address, "target",
                       "%s is the endpoint of another service than %s",
                       pl_trace_name(t, &rule->address), t->target.shown);
        pl_trace_evidence(t, rule, "target");
        return;
    }
    if (leads == PL_MAYBE)
        pl_trace_unknown(t, hop, "UNKNOWN_INTERNAL_ADDRESS", "whether %s leads to %s is not known",
                         pl_trace_name(t, &rule->address), t->target.shown);
    else
        pl_trace_pass(t, hop,
                      endpoint                      ? "%s is an endpoint that its producer accepts"
                      : pl_front_is_bundle(t, rule) ? "%s is an endpoint of Google's APIs"
                                                    : "%s takes the packet",
                      pl_trace_name(t, &rule->address));
    if (endpoint)
        pl_trace_evidence(t, rule, "pscConnectionStatus");
    else if (!pl_front_is_bundle(t, rule))
        pl_trace_not_modelled(t, "what an internal load balancer does behind its address");
}

/* Nothing that was read has the address that is dialled: is something declared to be there, in this network? */
static bool told_declared(struct pl_trace *t, const struct pl_front *front)
{
    if (t->target.what != PL_TO_HOST || !t->flow.ip_known || front->known == PL_NOT_KNOWN ||
        !t->declared)
        return false;
    for (size_t i = 0; i < t->declared->n_resources; i++) {
        const struct pl_declared *d = &t->declared->resources[i];
        struct pl_address a;
        struct pl_ip ip;
        if (d->address.kind != pl_kind_find("compute.forwardingRule") || !d->expect)
            continue;
        const char *at = pl_declared_text_of(pl_declared_member(d->expect, "IPAddress"));
        const char *link = pl_declared_text_of(pl_declared_member(d->expect, "network"));
        if (!at || !pl_ip_parse(at, &ip) || !pl_ip_equal(&ip, &t->flow.ip) || !link ||
            !pl_link_parse(t->arena, t->source.network_address.kind, link, &d->address, &a) ||
            !pl_same_network(&a, &t->source.network_address))
            continue;
        pl_trace_block(t, hop, "UNKNOWN_INTERNAL_ADDRESS", &d->address, "IPAddress",
                       "nothing of network %s has %s, where %s is declared to be",
                       t->source.network_address.names[0], at, pl_trace_name(t, &d->address));
        return true;
    }
    return false;
}

void pl_hop_psc_endpoint(struct pl_trace *t)
{
    struct pl_flow *f = &t->flow;
    if (!pl_source_enters_vpc(t) || !t->source.network_known || f->zone == PL_ZONE_PUBLIC)
        return;
    bool wanted = pl_sql_by_endpoint(t);
    struct pl_front front = f->ip_known ? pl_front_at(t, &f->ip)
                            : wanted    ? pl_front_of_target(t)
                                        : (struct pl_front){0};
    if (front.rule) {
        f->front = front.rule;
        judge_front(t, front.rule);
    } else if (wanted || front.peered) {
        tell_none(t, &front);
    } else {
        (void)told_declared(t, &front);
    }
}
