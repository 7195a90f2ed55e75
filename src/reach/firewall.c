/* firewall.c - the firewall hops: what the firewalls of a network say of the connection, out of it and into it.
 *
 * The layers and their order are policy.c, the network's own rules are rules.c.
 */
#include <string.h>

#include "reach_priv.h"

static void tell_lost(struct pl_trace *t, const struct pl_firewall_ruling *r)
{
    if (!r->lost)
        return;
    const char *would = r->what == PL_FW_DENY ? "allow" : "deny";
    pl_trace_evidence_text(
        t, r->lost_at, r->lost_path, r->lost_shown,
        r->lost_same_layer
            ? pl_arena_printf(t->arena,
                              "would %s it, and lost: a lower number wins, and deny wins a tie",
                              would)
            : pl_arena_printf(t->arena, "would %s it, and is not asked: %s decides before it",
                              would, r->by));
}

static void tell(struct pl_trace *t, const char *hop, const struct pl_firewall_ruling *r,
                 const char *packet)
{
    switch (r->what) {
    case PL_FW_ALLOW:
        pl_trace_pass(t, hop, "%s allows %s", r->by, packet);
        break;
    case PL_FW_DENY:
        pl_trace_block(t, hop, "FIREWALL_RULE", r->at, r->path, "%s denies %s", r->by, packet);
        break;
    case PL_FW_UNDEFINED:
        pl_trace_unknown(t, hop, "INGRESS_FIREWALL_TAGS_UNSUPPORTED_BY_DIRECT_VPC_EGRESS", "%s: %s",
                         r->by, r->why);
        break;
    default:
        pl_trace_unknown(t, hop, "FIREWALL_RULE", "%s%s%s", r->by ? r->by : "", r->by ? ": " : "",
                         r->why);
        break;
    }
    tell_lost(t, r);
    if (r->rule) {
        pl_trace_evidence(t, r->rule, "priority");
        pl_trace_evidence(t, r->rule, "direction");
    } else if (r->at && r->path && *r->path) {
        pl_trace_evidence_text(t, r->at, r->path, r->shown, NULL);
    }
}

void pl_hop_firewall_egress(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (!pl_source_enters_vpc(t))
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
                          .src_account = pl_packet_account(s),
                          .src_machine = s->attach == PL_ATTACH_NIC,
                          .src_range = s->range,
                          .src_range_known = s->range_known,
                          .src_tags = s->tags,
                          .n_src_tags = s->n_tags};
    struct pl_firewall_ruling r = pl_firewall_rule_on(t, t->view, true, &p, 0);
    char *text =
        pl_arena_printf(t->arena, "TCP %d to %s out of network %s", t->flow.port,
                        t->flow.ip_known ? pl_ip_format(t->arena, &t->flow.ip) : "the destination",
                        s->network_address.names[0]);
    tell(t, "firewall-egress", &r, text);
}

/* F8: what is said of a machine's tags and account is all there is. */
static void take_tags(struct pl_trace *t, struct pl_packet *p)
{
    enum pl_known known;
    const struct pl_value *list = pl_trace_list(t, t->target.resource, "tags.items", &known);
    size_t n = pl_value_count(list), kept = 0;
    const char **tags = pl_arena_array(t->arena, n, sizeof(*tags));
    for (size_t i = 0; i < n; i++)
        if (pl_value_text(pl_value_item(list, i)))
            tags[kept++] = pl_value_text(pl_value_item(list, i));
    const struct pl_value *accounts = pl_trace_list(t, t->target.resource, "serviceAccounts", NULL);
    p->dst_tags = tags;
    p->n_dst_tags = kept;
    p->dst_tags_known = known != PL_NOT_KNOWN;
    p->dst_account = pl_value_member_text(pl_value_item(accounts, 0), "email");
}

void pl_hop_firewall_ingress(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (!pl_source_enters_vpc(t) || t->flow.zone != PL_ZONE_PRIVATE || !s->network_known)
        return;
    if (t->flow.front && !pl_own_subnet_of(t, &t->flow.ip))
        return;
    bool machine = t->target.what == PL_TO_VM;
    if ((t->target.what != PL_TO_HOST && !machine) || !t->flow.ip_known ||
        !pl_own_subnet_of(t, &t->flow.ip)) {
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
                          .src_account = s->attach == PL_ATTACH_NIC ? s->service_account : NULL,
                          .src_machine = s->attach == PL_ATTACH_NIC,
                          .src_range = s->range,
                          .src_range_known = s->range_known};
    if (machine)
        take_tags(t, &p);
    /* E5: the connector's own rule lets it reach every VM at priority 1000; only a deny at 1000 or above beats it. E6: where it has one. */
    struct pl_firewall_ruling r =
        pl_firewall_rule_on(t, t->view, false, &p, pl_connector_has_rules(t) ? 1000 : 0);
    tell(t, "firewall-ingress", &r, "the connection into the network");
}
