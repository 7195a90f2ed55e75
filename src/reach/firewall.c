/* firewall.c - VPC firewall rules: which rule decides for a packet, out of a network or into it.
 *
 * Rules F3 to F10, F17, F18 of section "Firewalls" (https://cloud.google.com/firewall/docs/firewalls): best priority first, at
 * equal priority deny before allow, then the implied rules (egress allow, ingress deny). Policies (hierarchical,
 * network) are another layer, whose rules are not read: where a network carries one, only what is decided before it is known (F1).
 */
#include <string.h>

#include "plumbline/canon.h"
#include "reach_priv.h"

static bool has_tag(const char *const *tags, size_t n, const char *tag)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(tags[i], tag) == 0)
            return true;
    return false;
}

/* Do the rule's targets include the workload with these tags? F8. */
static enum pl_tri targets(struct pl_view *view, const struct pl_resource *rule,
                           const char *const *tags, size_t n_tags, bool known, const char *account)
{
    const struct pl_value *list = NULL;
    enum pl_known k = pl_view_read(view, rule, "targetTags", &list);
    if (k == PL_NOT_KNOWN)
        return PL_MAYBE;
    if (pl_value_count(list) > 0) {
        for (size_t i = 0; i < pl_value_count(list); i++)
            if (pl_value_text(pl_value_item(list, i)) &&
                has_tag(tags, n_tags, pl_value_text(pl_value_item(list, i))))
                return PL_YES;
        return known ? PL_NO : PL_MAYBE;
    }
    if (pl_view_read(view, rule, "targetServiceAccounts", &list) == PL_ABSENT ||
        pl_value_count(list) == 0)
        return PL_YES;
    /* A connector carries no service account of the user's; whether a Direct VPC interface does, Google's pages leave open (E9). */
    for (size_t i = 0; account && i < pl_value_count(list); i++)
        if (pl_value_text(pl_value_item(list, i)) &&
            strcmp(pl_value_text(pl_value_item(list, i)), account) == 0)
            return PL_MAYBE;
    return known ? PL_NO : PL_MAYBE;
}

/* Is the address, or all of the range it may be in, inside one of the rule's ranges? */
static enum pl_tri in_list(const struct pl_value *list, bool ip_known, const struct pl_ip *ip,
                           bool range_known, const struct pl_prefix *range)
{
    enum pl_tri answer = PL_NO;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        struct pl_prefix p;
        const char *text = pl_value_text(pl_value_item(list, i));
        if (!text || !pl_prefix_parse(text, &p))
            answer = PL_MAYBE;
        else if (p.len == 0 && p.ip.v4 == (!ip_known || ip->v4)) /* unknown: still IPv4 */
            return PL_YES;
        else if (ip_known ? pl_prefix_contains_ip(&p, ip)
                          : range_known && pl_prefix_contains(&p, range))
            return PL_YES;
        else if (!ip_known && p.ip.v4 && (!range_known || pl_prefix_overlaps(&p, range)))
            answer = PL_MAYBE;
    }
    return answer;
}

/* The same for a destination of which only that it is public is known: ranges that are wholly private do not hold it. */
static enum pl_tri in_list_public(const struct pl_value *list)
{
    enum pl_tri answer = PL_NO;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        struct pl_prefix p;
        const char *text = pl_value_text(pl_value_item(list, i));
        if (!text || !pl_prefix_parse(text, &p) ||
            (p.ip.v4 && p.len > 0 && !pl_ip_is_private(&p.ip)))
            answer = PL_MAYBE;
        else if (p.len == 0 && p.ip.v4)
            return PL_YES;
    }
    return answer;
}

/* F7: egress matches destinationRanges (none: everywhere); ingress is an OR of sourceRanges, sourceTags, service accounts. */
static enum pl_tri addresses(struct pl_view *view, const struct pl_resource *rule, bool egress,
                             const struct pl_packet *p, bool *undefined)
{
    const struct pl_value *list = NULL;
    if (egress) {
        enum pl_known k = pl_view_read(view, rule, "destinationRanges", &list);
        if (k == PL_NOT_KNOWN)
            return PL_MAYBE;
        if (pl_value_count(list) == 0)
            return PL_YES;
        return p->dst_public && !p->dst_known ? in_list_public(list)
                                              : in_list(list, p->dst_known, &p->dst, false, NULL);
    }
    enum pl_tri answer = PL_NO;
    bool any = false;
    if (pl_view_read(view, rule, "sourceRanges", &list) == PL_PRESENT && pl_value_count(list) > 0) {
        any = true;
        answer = in_list(list, p->src_known, &p->src, p->src_range_known, &p->src_range);
    }
    if (pl_view_read(view, rule, "sourceTags", &list) == PL_PRESENT && pl_value_count(list) > 0) {
        any = true;
        for (size_t i = 0; i < pl_value_count(list) && answer != PL_YES; i++) {
            const char *tag = pl_value_text(pl_value_item(list, i));
            if (!tag || !has_tag(p->src_tags, p->n_src_tags, tag))
                continue;
            *undefined = p->src_tags_undefined; /* E9 */
            answer = p->src_tags_undefined ? PL_MAYBE : PL_YES;
        }
    }
    if (pl_view_read(view, rule, "sourceServiceAccounts", &list) == PL_PRESENT &&
        pl_value_count(list) > 0)
        any = true;
    return any ? answer : PL_YES; /* none of the three: 0.0.0.0/0, the API's default */
}

struct match {
    enum pl_tri matches;
    bool deny, undefined;
    int64_t priority;
};

static struct match match_rule(struct pl_trace *t, struct pl_view *view,
                               const struct pl_resource *rule, const struct pl_address *network,
                               bool egress, const struct pl_packet *p)
{
    struct match m = {.matches = PL_NO, .priority = 1000};
    const struct pl_value *v = NULL;
    struct pl_address of;
    const char *link = NULL, *direction = NULL;
    enum pl_known network_known = pl_view_read(view, rule, "network", &v);
    if (network_known == PL_PRESENT)
        link = pl_value_text(v);
    if (network_known != PL_NOT_KNOWN &&
        (!link || !pl_link_parse(t->arena, network->kind, link, &rule->address, &of) ||
         !pl_same_network(&of, network)))
        return m;
    enum pl_known direction_known = pl_view_read_default(view, rule, "direction", &v);
    if (direction_known == PL_PRESENT)
        direction = pl_value_text(v);
    if (direction_known != PL_NOT_KNOWN &&
        egress != (direction && strcmp(direction, "EGRESS") == 0))
        return m;
    enum pl_known disabled = pl_view_read_default(view, rule, "disabled", &v);
    if (disabled == PL_PRESENT && pl_value_true(v))
        return m; /* F10 */
    if (pl_view_read_default(view, rule, "priority", &v) == PL_PRESENT)
        (void)pl_value_as_int(v, &m.priority);
    const struct pl_value *denied = NULL, *allowed = NULL;
    m.deny =
        pl_view_read(view, rule, "denied", &denied) == PL_PRESENT && pl_value_count(denied) > 0;
    enum pl_known k = m.deny ? PL_PRESENT : pl_view_read(view, rule, "allowed", &allowed);
    enum pl_tri by_port =
        k == PL_NOT_KNOWN ? PL_MAYBE
        : p->port == 0    ? PL_MAYBE
        : pl_canon_layer4_contains(m.deny ? denied : allowed, p->protocol, p->port) ? PL_YES
                                                                                    : PL_NO;
    enum pl_tri by_target =
        egress ? targets(view, rule, p->src_tags, p->n_src_tags, true, p->src_account)
               : targets(view, rule, p->dst_tags, p->n_dst_tags, p->dst_tags_known, NULL);
    enum pl_tri by_address = addresses(view, rule, egress, p, &m.undefined);
    if (by_port == PL_NO || by_target == PL_NO || by_address == PL_NO)
        m.matches = PL_NO;
    else
        m.matches = by_port == PL_YES && by_target == PL_YES && by_address == PL_YES &&
                            disabled != PL_NOT_KNOWN && network_known != PL_NOT_KNOWN &&
                            direction_known != PL_NOT_KNOWN
                        ? PL_YES
                        : PL_MAYBE;
    return m;
}

/* F4: lower number first; at the same number deny first. */
static bool better(const struct match *a, const struct match *b)
{
    return a->priority != b->priority ? a->priority < b->priority : a->deny && !b->deny;
}

struct pl_firewall_answer pl_firewall_judge(struct pl_trace *t, struct pl_view *view,
                                            const struct pl_address *network, bool egress,
                                            const struct pl_packet *packet)
{
    struct pl_firewall_answer answer = {.what = egress ? PL_FW_ALLOW : PL_FW_DENY,
                                        .why = "the implied rule"};
    const struct pl_resource *const *rules;
    size_t n;
    enum pl_known known =
        pl_view_list(view, pl_kind_find("compute.firewall"), network->project, &rules, &n);
    struct match best = {.priority = 65536, .deny = !egress}, allow = {.priority = 65537};
    struct match maybe[2] = {{.priority = 65537}, {.priority = 65537}}; /* that allow, that deny */
    const struct pl_resource *maybe_rule[2] = {NULL, NULL}, *allow_rule = NULL;
    for (size_t i = 0; i < n; i++) {
        struct match m = match_rule(t, view, rules[i], network, egress, packet);
        if (m.matches == PL_MAYBE && (!maybe_rule[m.deny] || better(&m, &maybe[m.deny]))) {
            maybe[m.deny] = m;
            maybe_rule[m.deny] = rules[i];
        }
        if (m.matches == PL_YES && !m.deny && (!allow_rule || better(&m, &allow))) {
            allow = m;
            allow_rule = rules[i];
        }
        if (m.matches == PL_YES && (!answer.rule || better(&m, &best))) {
            best = m;
            answer.rule = rules[i];
            answer.why = NULL;
        }
    }
    if (answer.rule)
        answer.what = best.deny ? PL_FW_DENY : PL_FW_ALLOW;
    if (answer.what == PL_FW_DENY && allow_rule)
        answer.lost = allow_rule;
    const bool other = answer.what != PL_FW_DENY;
    if (known == PL_NOT_KNOWN) {
        answer.what = PL_FW_UNKNOWN;
        answer.why = "the network's rules were not all read";
    } else if (maybe_rule[other] && better(&maybe[other], &best)) {
        /* A rule that may match, and would win, and says otherwise: F-rules are not decided. */
        answer.what = maybe[other].undefined ? PL_FW_UNDEFINED : PL_FW_UNKNOWN;
        answer.rule = maybe_rule[other];
        answer.why =
            maybe[other].undefined
                ? "it matches by tags of a Direct VPC interface, which Google leaves undefined"
                : "whether it matches cannot be told from what was observed";
    }
    return answer;
}

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
    struct pl_firewall_answer a = pl_firewall_judge(t, t->view, &s->network_address, true, &p);
    if (policy_in_the_way(t, "firewall-egress", &a))
        return;
    char *text =
        pl_arena_printf(t->arena, "TCP %d to %s out of network %s", t->flow.port,
                        t->flow.ip_known ? pl_ip_format(t->arena, &t->flow.ip) : "the destination",
                        s->network_address.names[0]);
    tell(t, "firewall-egress", &a, text);
}

const struct pl_resource *pl_own_subnet_of(struct pl_trace *t, const struct pl_ip *ip)
{
    const struct pl_resource *const *subnets;
    size_t n;
    (void)pl_view_list(t->view, pl_kind_find("compute.subnetwork"),
                       t->source.network_address.project, &subnets, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address network;
        struct pl_prefix range;
        const char *link = pl_trace_text(t, subnets[i], "network", NULL);
        const char *cidr = pl_trace_text(t, subnets[i], "ipCidrRange", NULL);
        if (link && cidr &&
            pl_link_parse(t->arena, t->source.network_address.kind, link, &subnets[i]->address,
                          &network) &&
            pl_same_network(&network, &t->source.network_address) &&
            pl_prefix_parse(cidr, &range) && pl_prefix_contains_ip(&range, ip))
            return subnets[i];
    }
    return NULL;
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
    struct pl_firewall_answer a = pl_firewall_judge(t, t->view, &s->network_address, false, &p);
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
