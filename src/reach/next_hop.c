/* next_hop.c - what a route leads to, where that is a machine, an address, a load balancer or a tunnel of the user's: is it there, and can it take the packet?
 *
 * Rules R2, R9 and https://cloud.google.com/vpc/docs/routes#static-route-next-hops. What an appliance does with a packet that it takes is its own
 * business: a next hop that is in order is still not known to deliver.
 */
#include <string.h>

#include "reach_priv.h"

static const struct pl_kind *kind(const char *name)
{
    return pl_kind_find(name);
}

/* One finding about a next hop. */
struct next {
    struct pl_trace *t;
    const struct pl_resource *route;
    const char *name, *field, *hop; /* of the route; which of its fields; its text */
    bool told;
};

static void block(struct next *x, const char *cause, const struct pl_address *at, const char *path,
                  const char *sentence)
{
    pl_trace_block(x->t, "route", cause, at, path, "%s is the best route, and %s", x->name,
                   sentence);
    x->told = true;
}

static void not_known(struct next *x, const char *cause, const char *sentence)
{
    pl_trace_unknown(x->t, "route", cause, "%s is the best route, and %s", x->name, sentence);
    x->told = true;
}

/* ---- a machine ---- */

/* Its interface in the network of the route, or NULL. */
static const struct pl_value *interface_in(struct next *x, const struct pl_resource *vm)
{
    struct pl_trace *t = x->t;
    const struct pl_value *list = pl_trace_list(t, vm, "networkInterfaces", NULL);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        struct pl_address a;
        const char *link = pl_value_member_text(pl_value_item(list, i), "network");
        if (link &&
            pl_link_parse(t->arena, t->source.network_address.kind, link, &vm->address, &a) &&
            pl_same_network(&a, &t->source.network_address))
            return pl_value_item(list, i);
    }
    return NULL;
}

/* R4: does the route hold for the machine's own packets? Those that it forwards by its only interface would come back to it. */
static bool returns_to(struct next *x, const struct pl_resource *vm)
{
    struct pl_trace *t = x->t;
    const struct pl_value *tags = pl_trace_list(t, x->route, "tags", NULL);
    const struct pl_value *own = pl_trace_list(t, vm, "tags.items", NULL);
    if (pl_value_count(pl_trace_list(t, vm, "networkInterfaces", NULL)) != 1)
        return false;
    for (size_t i = 0; i < pl_value_count(tags); i++)
        for (size_t j = 0; j < pl_value_count(own); j++)
            if (pl_value_equal(pl_value_item(tags, i), pl_value_item(own, j)))
                return true;
    return pl_value_count(tags) == 0;
}

static void judge_machine(struct next *x, const struct pl_resource *vm)
{
    struct pl_trace *t = x->t;
    enum pl_known known, interfaces;
    const char *name = pl_trace_name(t, &vm->address);
    const char *status = pl_trace_state(t, vm, "status", &known);
    (void)pl_trace_list(t, vm, "networkInterfaces", &interfaces);
    if (status && strcmp(status, "RUNNING") != 0)
        block(x, "INSTANCE_NOT_RUNNING", &vm->address, "status",
              pl_arena_printf(t->arena, "%s is %s", name, status));
    else if (!interface_in(x, vm) && interfaces == PL_PRESENT)
        block(x, "ROUTE_NEXT_HOP_INSTANCE_WRONG_NETWORK", &vm->address, "networkInterfaces",
              pl_arena_printf(t->arena, "%s has no interface in network %s", name,
                              t->source.network_address.names[0]));
    else if (pl_trace_bool(t, vm, "canIpForward") == PL_NO)
        block(x, "FOREIGN_IP_DISALLOWED", &vm->address, "canIpForward",
              pl_arena_printf(t->arena, "%s may not forward packets of others", name));
    else if (returns_to(x, vm))
        not_known(
            x, "ROUTING_LOOP",
            pl_arena_printf(t->arena,
                            "it holds for %s itself as well, which has one interface: what it "
                            "forwards may come back to it",
                            name));
    pl_trace_evidence(t, vm, "status");
    pl_trace_evidence(t, vm, "canIpForward");
}

static void judge_instance(struct next *x)
{
    struct pl_trace *t = x->t;
    struct pl_address a;
    const struct pl_resource *vm = NULL;
    if (!pl_link_parse(t->arena, kind("compute.instance"), x->hop, &x->route->address, &a) ||
        !a.location)
        return;
    enum pl_known known = pl_view_find(t->view, &a, &vm);
    if (known == PL_PRESENT)
        judge_machine(x, vm);
    else if (known == PL_ABSENT && pl_trace_absence_counts(t, &a))
        block(x, "ROUTE_NEXT_HOP_RESOURCE_NOT_FOUND", &x->route->address, x->field,
              pl_arena_printf(t->arena, "its next hop %s does not exist", pl_trace_name(t, &a)));
}

/* ---- a load balancer ---- */

static void judge_balancer(struct next *x, const struct pl_resource *rule)
{
    struct pl_trace *t = x->t;
    const char *name = pl_trace_name(t, &rule->address);
    const char *scheme = pl_trace_text(t, rule, "loadBalancingScheme", NULL);
    if (scheme && strcmp(scheme, "INTERNAL") != 0)
        block(x, "ROUTE_NEXT_HOP_FORWARDING_RULE_TYPE_INVALID", &rule->address,
              "loadBalancingScheme",
              pl_arena_printf(t->arena,
                              "%s is %s: a next hop is an internal passthrough load "
                              "balancer (INTERNAL)",
                              name, scheme));
    else if (strcmp(rule->address.location, t->source.resource->address.location) != 0 &&
             pl_trace_bool(t, rule, "allowGlobalAccess") == PL_NO)
        block(x, "FORWARDING_RULE_REGION_MISMATCH", &rule->address, "allowGlobalAccess",
              pl_arena_printf(t->arena, "%s is in %s and without global access, the client in %s",
                              name, rule->address.location, t->source.resource->address.location));
    pl_trace_evidence(t, rule, "loadBalancingScheme");
}

static void judge_ilb(struct next *x)
{
    struct pl_trace *t = x->t;
    struct pl_address a;
    struct pl_ip ip;
    const struct pl_resource *rule = NULL;
    struct pl_address any = {.kind = kind("compute.forwardingRule"),
                             .project = t->source.network_address.project,
                             .location = "global",
                             .names = (const char *const[]){""}};
    if (pl_ip_parse(x->hop, &ip)) {
        struct pl_front front = pl_front_at(t, &ip);
        if (front.rule)
            judge_balancer(x, front.rule);
        else if (front.known != PL_NOT_KNOWN && pl_trace_absence_counts(t, &any))
            block(x, "ROUTE_NEXT_HOP_FORWARDING_RULE_IP_MISMATCH", &x->route->address, x->field,
                  pl_arena_printf(t->arena, "no load balancer of the network has its next hop %s",
                                  x->hop));
    } else if (pl_link_parse(t->arena, any.kind, x->hop, &x->route->address, &a)) {
        enum pl_known known = pl_view_find(t->view, &a, &rule);
        if (known == PL_PRESENT)
            judge_balancer(x, rule);
        else if (known == PL_ABSENT && pl_trace_absence_counts(t, &a))
            block(
                x, "ROUTE_NEXT_HOP_RESOURCE_NOT_FOUND", &x->route->address, x->field,
                pl_arena_printf(t->arena, "its next hop %s does not exist", pl_trace_name(t, &a)));
    }
}

/* ---- an address ---- */

/* Whose address is it: a machine's own, one of its others, nobody's? */
struct holder {
    const struct pl_resource *vm;
    bool primary;
    enum pl_known known;
};

static struct holder holder_of(struct next *x, const struct pl_ip *ip)
{
    struct pl_trace *t = x->t;
    struct holder h = {0};
    const struct pl_resource *const *list;
    size_t n;
    h.known = pl_view_list(t->view, kind("compute.instance"), t->source.network_address.project,
                           &list, &n);
    for (size_t i = 0; i < n; i++) {
        const struct pl_value *nic = interface_in(x, list[i]);
        const char *own = pl_value_member_text(nic, "networkIP");
        const struct pl_value *others = pl_value_member(nic, "aliasIpRanges");
        struct pl_ip at;
        if (own && pl_ip_parse(own, &at) && pl_ip_equal(&at, ip))
            return (struct holder){list[i], true, PL_PRESENT};
        for (size_t j = 0; j < pl_value_count(others); j++) {
            struct pl_prefix p;
            const char *range = pl_value_member_text(pl_value_item(others, j), "ipCidrRange");
            if (range && pl_prefix_parse(range, &p) && pl_prefix_contains_ip(&p, ip))
                h.vm = list[i];
        }
    }
    return h;
}

static void judge_address(struct next *x)
{
    struct pl_trace *t = x->t;
    struct pl_ip ip;
    if (!pl_ip_parse(x->hop, &ip))
        return;
    struct holder h = holder_of(x, &ip);
    struct pl_front front = pl_front_at(t, &ip);
    struct pl_address any = {.kind = kind("compute.instance"),
                             .project = t->source.network_address.project,
                             .location = "global",
                             .names = (const char *const[]){""}};
    if (h.vm && h.primary)
        judge_machine(x, h.vm);
    else if (h.vm)
        block(x, "ROUTE_NEXT_HOP_INSTANCE_NON_PRIMARY_IP", &x->route->address, x->field,
              pl_arena_printf(t->arena, "its next hop %s is not the primary address of %s", x->hop,
                              pl_trace_name(t, &h.vm->address)));
    else if (front.rule)
        judge_balancer(x, front.rule);
    else if (h.known != PL_NOT_KNOWN && front.known != PL_NOT_KNOWN &&
             pl_trace_absence_counts(t, &any))
        block(x, "ROUTE_NEXT_HOP_IP_ADDRESS_NOT_RESOLVED", &x->route->address, x->field,
              pl_arena_printf(t->arena, "nothing of the network has its next hop %s", x->hop));
}

void pl_next_hop_judge(struct pl_trace *t, const struct pl_resource *route, const char *field,
                       const char *hop)
{
    struct next x = {t, route, pl_trace_name(t, &route->address), field, hop, false};
    if (strcmp(field, "nextHopInstance") == 0)
        judge_instance(&x);
    else if (strcmp(field, "nextHopIlb") == 0)
        judge_ilb(&x);
    else if (strcmp(field, "nextHopIp") == 0)
        judge_address(&x);
    if (x.told)
        return;
    pl_trace_unknown(t, "route", "ROUTE_BLACKHOLE",
                     "%s leads to %s %s, and what that does with the packet is not modelled",
                     x.name, field, pl_link_canonical(t->arena, hop));
    pl_trace_not_modelled(t, "next hops that are instances, load balancers, VPN tunnels or hubs");
}
