/* front.c - forwarding rules as what stands at a private address: which one has it, in which network, for which ports, and where an endpoint leads.
 *
 * Rules X1, X4 (https://cloud.google.com/vpc/docs/private-service-connect). Whether it may be used is psc.c.
 */
#include <string.h>

#include "psc_priv.h"

const char *pl_front_attachment(struct pl_trace *t, const struct pl_resource *rule)
{
    const char *target = pl_trace_text(t, rule, "target", NULL);
    return target && strstr(target, "/serviceAttachments/") ? target : NULL;
}

bool pl_front_is_bundle(struct pl_trace *t, const struct pl_resource *rule)
{
    const char *target = pl_trace_text(t, rule, "target", NULL);
    return target && (strcmp(target, "all-apis") == 0 || strcmp(target, "vpc-sc") == 0);
}

/* X1: endpoints and internal load balancers have an address in the network that they name, or in that of their subnetwork. */
bool pl_front_network(struct pl_trace *t, const struct pl_resource *rule, struct pl_address *out)
{
    const char *link = pl_trace_text(t, rule, "network", NULL);
    const char *subnet = link ? NULL : pl_trace_text(t, rule, "subnetwork", NULL);
    struct pl_address a;
    const struct pl_resource *r = NULL;
    if (subnet &&
        pl_link_parse(t->arena, pl_kind_find("compute.subnetwork"), subnet, &rule->address, &a) &&
        pl_view_find(t->view, &a, &r) == PL_PRESENT)
        link = pl_trace_text(t, r, "network", NULL);
    return link &&
           pl_link_parse(t->arena, pl_kind_find("compute.network"), link, &rule->address, out);
}

static bool is_peered(struct pl_trace *t, const struct pl_address *network)
{
    const struct pl_value *list =
        t->source.network ? pl_trace_list(t, t->source.network, "peerings", NULL) : NULL;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        struct pl_address a;
        const char *link = pl_value_member_text(pl_value_item(list, i), "network");
        const char *state = pl_value_member_text(pl_value_item(list, i), "state");
        if (link && (!state || strcmp(state, "ACTIVE") == 0) &&
            pl_link_parse(t->arena, network->kind, link, &t->source.network_address, &a) &&
            pl_same_network(&a, network))
            return true;
    }
    return false;
}

/* Does the rule take TCP on this port? Endpoints take all. */
enum pl_tri pl_front_takes_port(struct pl_trace *t, const struct pl_resource *rule, int port)
{
    enum pl_known known;
    const char *protocol = pl_trace_text(t, rule, "IPProtocol", NULL);
    struct pl_ports interval;
    if (pl_front_attachment(t, rule) || pl_front_is_bundle(t, rule))
        return PL_YES;
    if (protocol && strcmp(protocol, "TCP") != 0 && strcmp(protocol, "L3_DEFAULT") != 0)
        return PL_NO;
    if (pl_trace_bool(t, rule, "allPorts") == PL_YES)
        return PL_YES;
    const char *range = pl_trace_text(t, rule, "portRange", NULL);
    if (port > 0 && range && pl_ports_parse(range, &interval))
        return port >= interval.lo && port <= interval.hi ? PL_YES : PL_NO;
    const struct pl_value *ports = pl_trace_list(t, rule, "ports", &known);
    for (size_t i = 0; port > 0 && i < pl_value_count(ports); i++) {
        const char *text = pl_value_text(pl_value_item(ports, i));
        if (text && pl_ports_parse(text, &interval) && port >= interval.lo && port <= interval.hi)
            return PL_YES;
    }
    return port > 0 && pl_value_count(ports) > 0 ? PL_NO : PL_MAYBE;
}

/* The forwarding rules of every project; known where those of the source's network were all read. */
static enum pl_known list_rules(struct pl_trace *t, const struct pl_resource *const **list,
                                size_t *n)
{
    enum pl_known known = pl_view_list(t->view, pl_kind_find("compute.forwardingRule"),
                                       t->source.network_address.project, list, n);
    (void)pl_view_list(t->view, pl_kind_find("compute.forwardingRule"), NULL, list, n);
    return known;
}

struct pl_front pl_front_at(struct pl_trace *t, const struct pl_ip *ip)
{
    struct pl_front found = {0};
    const struct pl_resource *const *list;
    size_t n;
    if (!t->source.network_known)
        return found;
    found.known = list_rules(t, &list, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address network;
        struct pl_ip at;
        const char *text = pl_trace_text(t, list[i], "IPAddress", NULL);
        if (!text || !pl_ip_parse(text, &at) || !pl_ip_equal(&at, ip) ||
            !pl_front_network(t, list[i], &network))
            continue;
        if (!pl_same_network(&network, &t->source.network_address)) {
            found.peered = is_peered(t, &network) ? list[i] : found.peered;
            continue;
        }
        if (!found.rule || pl_front_takes_port(t, list[i], t->flow.port) == PL_YES)
            found.rule = list[i];
    }
    return found;
}

bool pl_front_is_google(struct pl_trace *t, const struct pl_front *front)
{
    return front->rule && pl_front_is_bundle(t, front->rule);
}

/* Does this endpoint lead to the target? */
enum pl_tri pl_front_leads(struct pl_trace *t, const struct pl_resource *rule)
{
    const char *attachment = pl_front_attachment(t, rule), *link = NULL;
    if (!attachment)
        return PL_MAYBE;
    if (t->target.what == PL_TO_SQL)
        link = pl_trace_text(t, t->target.resource, "pscServiceAttachmentLink", NULL);
    if (!link)
        return PL_MAYBE;
    const char *wanted = pl_link_canonical(t->arena, link),
               *found = pl_link_canonical(t->arena, attachment);
    const char *a = strrchr(wanted, '/'), *b = strrchr(found, '/');
    if (strcmp(wanted, found) == 0)
        return PL_YES;
    return a && b && strcmp(a, b) == 0 ? PL_MAYBE : PL_NO; /* a project's id and its number */
}

/* Where nobody said by which address: the endpoint of the network that leads to the instance, those of other networks where there is none. */
struct pl_front pl_front_of_target(struct pl_trace *t)
{
    struct pl_front found = {0};
    const struct pl_resource *const *list;
    size_t n;
    found.known = list_rules(t, &list, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address network;
        if (pl_front_leads(t, list[i]) != PL_YES || !pl_front_network(t, list[i], &network))
            continue;
        if (pl_same_network(&network, &t->source.network_address))
            found.rule = list[i];
        else if (is_peered(t, &network))
            found.peered = list[i];
    }
    return found;
}
