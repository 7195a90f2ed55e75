/* firewall.c - the firewall hops: what a network's rules say of the connection, out of it and into it; policies as far as they are seen.
 *
 * Which rule decides is rules.c. Policies (hierarchical, network) are another layer, whose rules are not read: where a network carries one, only
 * what is decided before it is known (F1 of section "Firewalls", https://cloud.google.com/firewall/docs/firewalls).
 */
#include <string.h>

#include "reach_priv.h"

/* Tells of policies that the network carries; true where they make the answer unknown. F1: by default they are asked behind the network's
 * own rules, so that a rule that matches decides before them. */
static bool policy_in_the_way(struct pl_trace *t, const char *hop,
                              const struct pl_firewall_answer *a)
{
    struct pl_source *s = &t->source;
    pl_trace_not_modelled(t, "hierarchical firewall policies (organisation and folders)");
    enum pl_known known = PL_NOT_KNOWN;
    const char *policy = s->network ? pl_trace_text(t, s->network, "firewallPolicy", &known) : NULL;
    const char *order =
        s->network ? pl_trace_text(t, s->network, "networkFirewallPolicyEnforcementOrder", NULL)
                   : NULL;
    bool behind = known != PL_NOT_KNOWN && order && strcmp(order, "AFTER_CLASSIC_FIREWALL") == 0;
    bool decided = a->what == PL_FW_UNKNOWN || a->what == PL_FW_UNDEFINED || (behind && a->rule);
    if (known == PL_ABSENT || (policy && decided))
        return false;
    if (policy)
        pl_trace_unknown(t, hop, "FIREWALL_RULE",
                         "network %s carries firewall policy %s, which is not modelled",
                         s->network_address.names[0], pl_link_canonical(t->arena, policy));
    else
        pl_trace_unknown(t, hop, "FIREWALL_RULE",
                         "whether network %s carries a firewall policy is not known: %s",
                         s->network_address.names[0], pl_trace_why(t, &s->network_address));
    return true;
}

static void tell(struct pl_trace *t, const char *hop, const struct pl_firewall_answer *a,
                 const char *packet)
{
    const char *rule = a->rule ? pl_trace_name(t, &a->rule->address) : "the implied rule";
    switch (a->what) {
    case PL_FW_ALLOW:
        pl_trace_pass(t, hop, "%s allows %s", rule, packet);
        break;
    case PL_FW_DENY:
        pl_trace_block(t, hop, "FIREWALL_RULE",
                       a->rule ? &a->rule->address : &t->source.network_address, "", "%s denies %s",
                       rule, packet);
        if (a->lost) {
            pl_trace_evidence_text(
                t, &a->lost->address, "priority", pl_trace_text(t, a->lost, "priority", NULL),
                "would allow it, and lost: a lower number wins, and deny wins a tie");
        }
        break;
    case PL_FW_UNKNOWN:
        pl_trace_unknown(t, hop, "FIREWALL_RULE", "%s: %s", a->rule ? rule : "firewall rules",
                         a->why);
        break;
    case PL_FW_UNDEFINED:
        pl_trace_unknown(t, hop, "INGRESS_FIREWALL_TAGS_UNSUPPORTED_BY_DIRECT_VPC_EGRESS", "%s: %s",
                         rule, a->why);
        break;
    }
    if (a->rule) {
        pl_trace_evidence(t, a->rule, "priority");
        pl_trace_evidence(t, a->rule, "direction");
    }
}

static bool enters_vpc(const struct pl_trace *t)
{
    return t->source.what == PL_FROM_RUN && t->source.known == PL_PRESENT &&
           t->flow.in_vpc == PL_YES;
}

void pl_hop_firewall_egress(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (!enters_vpc(t))
        return;
    if (!s->network_known) {
        pl_trace_unknown(t, "firewall-egress", "FIREWALL_RULE", "the network is not known");
        return;
    }
    struct pl_packet p = {.protocol = 6,
                          .port = t->flow.port,
                          .dst_known = t->flow.ip_known,
                          .dst = t->flow.ip,
                          /* C3: Google's names are public unless private DNS says otherwise */
                          .dst_public =
                              t->flow.zone == PL_ZONE_PUBLIC || t->flow.zone == PL_ZONE_GOOGLE_API,
                          .src_account = s->attach == PL_ATTACH_DIRECT ? s->service_account : NULL,
                          .src_tags = s->tags,
                          .n_src_tags = s->n_tags};
    struct pl_firewall_answer a = pl_firewall_judge(t->view, &s->network_address, true, &p);
    if (policy_in_the_way(t, "firewall-egress", &a))
        return;
    char *text =
        pl_arena_printf(t->arena, "TCP %d to %s out of network %s", t->flow.port,
                        t->flow.ip_known ? pl_ip_format(t->arena, &t->flow.ip) : "the destination",
                        s->network_address.names[0]);
    tell(t, "firewall-egress", &a, text);
}

void pl_hop_firewall_ingress(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (!enters_vpc(t) || t->flow.zone != PL_ZONE_PRIVATE || !s->network_known)
        return;
    if (t->target.what != PL_TO_HOST || !t->flow.ip_known || !pl_own_subnet_of(t, &t->flow.ip)) {
        pl_trace_not_applicable(
            t, "firewall-ingress",
            "the destination is not inside this network: its owner's rules are not ours to read");
        return;
    }
    struct pl_packet p = {.protocol = 6,
                          .port = t->flow.port,
                          .dst_known = true,
                          .dst = t->flow.ip,
                          .src_tags = s->tags,
                          .n_src_tags = s->n_tags,
                          .src_tags_undefined = s->attach == PL_ATTACH_DIRECT,
                          .src_range = s->range,
                          .src_range_known = s->range_known};
    struct pl_firewall_answer a = pl_firewall_judge(t->view, &s->network_address, false, &p);
    if (policy_in_the_way(t, "firewall-ingress", &a))
        return;
    /* E5: the connector's own rule lets it reach every VM at priority 1000; only a deny at 1000 or above beats it. */
    int64_t priority = 65535;
    const struct pl_value *v = NULL;
    if (a.rule && pl_view_read_default(t->view, a.rule, "priority", &v) == PL_PRESENT)
        (void)pl_value_as_int(v, &priority);
    if (s->attach == PL_ATTACH_CONNECTOR && a.what == PL_FW_DENY && priority > 1000) {
        pl_trace_pass(t, "firewall-ingress",
                      "the connector's own rule (priority 1000) allows it before any deny does");
        return;
    }
    tell(t, "firewall-ingress", &a, "the connection into the network");
}
