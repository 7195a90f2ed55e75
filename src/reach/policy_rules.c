/* policy_rules.c - does one rule of a firewall policy match a packet? What it matches by and cannot be told from here (names, countries, threat
 * lists, address groups, secure tags) makes it one that may.
 *
 * Rules F3, F10, F11, F12 (https://cloud.google.com/firewall/docs/firewall-policies-rule-details). In which order policies are asked is policy.c.
 */
#include <string.h>

#include "plumbline/canon.h"
#include "policy_priv.h"

static enum pl_tri all_of(enum pl_tri a, enum pl_tri b)
{
    if (a == PL_NO || b == PL_NO)
        return PL_NO;
    return a == PL_YES && b == PL_YES ? PL_YES : PL_MAYBE;
}

static enum pl_tri any_of(enum pl_tri a, enum pl_tri b)
{
    if (a == PL_YES || b == PL_YES)
        return PL_YES;
    return a == PL_NO && b == PL_NO ? PL_NO : PL_MAYBE;
}

/* ---- one end of the packet ---- */

/* What is known of one end: an address, a range that it is in, or only that it is public. */
struct end {
    bool ip_known, range_known, is_public;
    const struct pl_ip *ip;
    const struct pl_prefix *range;
};

static struct end source_of(const struct pl_packet *p)
{
    return (struct end){p->src_known, p->src_range_known, false, &p->src, &p->src_range};
}

static struct end destination_of(const struct pl_packet *p)
{
    return (struct end){p->dst_known, false, p->dst_public, &p->dst, NULL};
}

/* Is it one that no list of public addresses or countries holds? */
static bool is_private(const struct end *e)
{
    return (e->ip_known && pl_ip_is_private(e->ip)) ||
           (!e->ip_known && e->range_known && pl_ip_is_private(&e->range->ip));
}

static bool is_v4(const struct end *e)
{
    return e->ip_known ? e->ip->v4 : !e->range_known || e->range->ip.v4;
}

static enum pl_tri in_prefix(const struct pl_prefix *p, const struct end *e)
{
    if (p->ip.v4 != is_v4(e))
        return PL_NO;
    if (p->len == 0)
        return PL_YES;
    if (e->ip_known)
        return pl_prefix_contains_ip(p, e->ip) ? PL_YES : PL_NO;
    if (e->range_known)
        return pl_prefix_contains(p, e->range)   ? PL_YES
               : pl_prefix_overlaps(p, e->range) ? PL_MAYBE
                                                 : PL_NO;
    return e->is_public && pl_ip_is_private(&p->ip) ? PL_NO : PL_MAYBE;
}

static enum pl_tri in_list(const struct pl_value *ranges, const struct end *e)
{
    enum pl_tri in = PL_NO;
    size_t n = 0;
    struct pl_arena *scratch = pl_arena_new();
    struct pl_prefix *list = pl_arena_array(scratch, pl_value_count(ranges), sizeof(*list));
    for (size_t i = 0; i < pl_value_count(ranges); i++) {
        const char *text = pl_value_text(pl_value_item(ranges, i));
        bool read = text && pl_prefix_parse(text, &list[n]);
        in = any_of(in, read ? in_prefix(&list[n], e) : PL_MAYBE);
        n += read;
    }
    if (in == PL_MAYBE && !e->ip_known && e->range_known && pl_prefixes_cover(list, n, e->range))
        in = PL_YES;
    pl_arena_free(scratch);
    return in;
}

/* How a rule says an end, beside ranges. Several are one or the other; the type of network is asked for as well (F11). */
static const struct matcher {
    const char *source, *destination;
    bool public_only; /* holds public addresses alone */
    const char *what;
} matchers[] = {
    {"srcFqdns", "destFqdns", false, "domain names"},
    {"srcRegionCodes", "destRegionCodes", true, "countries"},
    {"srcThreatIntelligences", "destThreatIntelligences", true, "lists of threats"},
    {"srcAddressGroups", "destAddressGroups", false, "address groups"},
};

static enum pl_tri by_network_type(const struct pl_value *match, bool source, const struct end *e)
{
    const char *type = pl_value_member_text(match, source ? "srcNetworkType" : "destNetworkType");
    const char *context =
        pl_value_member_text(match, source ? "srcNetworkContext" : "destNetworkContext");
    const char *kind = type && *type ? type : context;
    if (!kind || !*kind || strcmp(kind, "UNSPECIFIED") == 0)
        return PL_YES;
    /* A packet that this model follows starts inside the network. */
    if (source)
        return strcmp(kind, "INTERNET") == 0                                         ? PL_NO
               : strcmp(kind, "NON_INTERNET") == 0 || strcmp(kind, "INTRA_VPC") == 0 ? PL_YES
                                                                                     : PL_MAYBE;
    if (is_private(e))
        return strcmp(kind, "INTERNET") == 0       ? PL_NO
               : strcmp(kind, "NON_INTERNET") == 0 ? PL_YES
                                                   : PL_MAYBE;
    return PL_MAYBE;
}

/* Secure tags that count: F11, those without effect are as none. */
static size_t tags_in_effect(const struct pl_value *tags)
{
    size_t n = 0;
    for (size_t i = 0; i < pl_value_count(tags); i++) {
        const char *state = pl_value_member_text(pl_value_item(tags, i), "state");
        n += !state || strcmp(state, "INEFFECTIVE") != 0;
    }
    return n;
}

static enum pl_tri by_end(const struct pl_value *match, bool source, const struct end *e,
                          const char **why)
{
    const struct pl_value *ranges = pl_value_member(match, source ? "srcIpRanges" : "destIpRanges");
    const struct pl_value *tags = source ? pl_value_member(match, "srcSecureTags") : NULL;
    bool said = pl_value_count(ranges) > 0 || pl_value_count(tags) > 0;
    enum pl_tri in = in_list(ranges, e);
    if (in == PL_MAYBE)
        *why = "addresses, of which the packet's is not known";
    for (size_t i = 0; i < PL_LEN(matchers); i++) {
        const struct matcher *m = &matchers[i];
        if (pl_value_count(pl_value_member(match, source ? m->source : m->destination)) == 0)
            continue;
        said = true;
        if (in == PL_YES || (m->public_only && is_private(e)))
            continue;
        in = PL_MAYBE;
        *why = m->what;
    }
    /* E9: nothing of Cloud Run carries a secure tag, so that none matches it as a source. */
    return all_of(said ? in : PL_YES, by_network_type(match, source, e));
}

/* ---- whom the rule is for ---- */

static enum pl_tri by_network(struct pl_trace *t, const struct pl_value *rule)
{
    const struct pl_value *list = pl_value_member(rule, "targetResources");
    for (size_t i = 0; i < pl_value_count(list); i++) {
        struct pl_address a;
        const char *link = pl_value_text(pl_value_item(list, i));
        if (link &&
            pl_link_parse(t->arena, t->source.network_address.kind, link,
                          &t->source.network_address, &a) &&
            pl_same_network(&a, &t->source.network_address))
            return PL_YES;
    }
    return pl_value_count(list) == 0 ? PL_YES : PL_NO;
}

/* F12: by service account or secure tag. A connector's machines carry none of the user's; whether a Direct VPC interface counts as its service
 * account's, Google's pages leave open, and tags it has none (E9). Of what stands behind the destination neither is known. */
static enum pl_tri by_target(const struct pl_value *rule, bool egress, const struct pl_packet *p,
                             const char **why)
{
    const struct pl_value *accounts = pl_value_member(rule, "targetServiceAccounts");
    const struct pl_value *tags = pl_value_member(rule, "targetSecureTags");
    if (pl_value_count(accounts) == 0 && pl_value_count(tags) == 0)
        return PL_YES;
    if (pl_value_count(tags) > 0 && tags_in_effect(tags) == 0)
        return PL_NO;
    if (!egress) {
        *why =
            pl_value_count(tags) > 0 ? "secure tags of the target" : "the target's service account";
        for (size_t i = 0; p->dst_account && i < pl_value_count(accounts); i++)
            if (pl_value_text(pl_value_item(accounts, i)) &&
                strcmp(pl_value_text(pl_value_item(accounts, i)), p->dst_account) == 0)
                return PL_YES;
        return p->dst_tags_known && pl_value_count(tags) == 0 ? PL_NO : PL_MAYBE;
    }
    for (size_t i = 0; p->src_account && i < pl_value_count(accounts); i++) {
        const char *account = pl_value_text(pl_value_item(accounts, i));
        if (account && strcmp(account, p->src_account) == 0) {
            if (p->src_machine)
                return PL_YES;
            *why = "the service account of a Direct VPC interface, which Google leaves open";
            return PL_MAYBE;
        }
    }
    return PL_NO;
}

/* ---- the rule ---- */

static enum pl_tri by_packet(struct pl_trace *t, const struct pl_value *match,
                             const struct pl_packet *p, const char **why)
{
    struct pl_layer4 packets = {0};
    const struct pl_value *configs = pl_value_member(match, "layer4Configs");
    if (pl_value_count(configs) == 0)
        return PL_YES;
    pl_canon_layer4_read(t->arena, configs, &packets);
    if (p->port == 0 || packets.unreadable)
        *why = p->port == 0 ? "ports, and which is dialled is not known" : "ports";
    if (p->port == 0)
        return PL_MAYBE;
    return pl_layer4_contains(&packets, p->protocol, p->port) ? PL_YES
           : packets.unreadable                               ? PL_MAYBE
                                                              : PL_NO;
}

static bool is_on(const struct pl_value *rule, bool egress)
{
    const char *direction = pl_value_member_text(rule, "direction");
    const char *type = pl_value_member_text(rule, "targetType");
    return !pl_value_true(pl_value_member(rule, "disabled")) && /* F10 */
           direction && strcmp(direction, egress ? "EGRESS" : "INGRESS") == 0 &&
           (!type || strcmp(type, "INTERNAL_MANAGED_LB") != 0); /* F11: proxies, not machines */
}

enum pl_tri pl_policy_rule_matches(struct pl_trace *t, const struct pl_value *rule, bool egress,
                                   const struct pl_packet *p, const char **why)
{
    const struct pl_value *match = pl_value_member(rule, "match");
    struct end src = source_of(p), dst = destination_of(p);
    *why = NULL;
    if (rule->type == PL_UNKNOWN || (match && match->type == PL_UNKNOWN)) {
        *why = "what was not read";
        return PL_MAYBE;
    }
    if (!is_on(rule, egress))
        return PL_NO;
    enum pl_tri m = all_of(by_network(t, rule), by_target(rule, egress, p, why));
    m = m == PL_NO ? m : all_of(m, by_packet(t, match, p, why));
    m = m == PL_NO ? m : all_of(m, by_end(match, true, &src, why));
    return m == PL_NO ? m : all_of(m, by_end(match, false, &dst, why));
}
