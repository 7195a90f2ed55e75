/* rules.c - VPC firewall rules: which rule decides for a packet, out of a network or into it.
 *
 * Rules F3 to F10, F17, F18 of section "Firewalls" (https://cloud.google.com/firewall/docs/firewalls): best priority first, at
 * equal priority deny before allow, then the implied rules (egress allow, ingress deny). Each rule is prepared once (table_priv.h): ranges as
 * prefixes, ports as intervals. What is not known of a rule makes it one that may match, never one that does or does not.
 */
#include <string.h>

#include "plumbline/canon.h"
#include "table_priv.h"

enum { EGRESS = 1, INGRESS = 2 };
enum { IMPLIED = 65536 }; /* behind every priority that a rule may have (F4, F6) */

/* A list of ranges. */
struct ranges {
    struct pl_prefix *list;
    size_t n;
    bool given, unreadable; /* unreadable: an element is no prefix */
};

/* A list of texts: tags, service accounts. */
struct names {
    const char **list;
    size_t n;
    bool given;
};

struct rule {
    struct pl_row row;
    int64_t priority; /* the best there is where it is not known */
    bool deny;
    bool action_known;
    bool settled; /* direction, action, priority and whether it is on are known */
    enum pl_known packets_known, addresses_known, source_ranges_known;
    enum pl_known sources_known; /* the ranges, tags and accounts together */
    enum pl_known tags_known, accounts_known;
    struct pl_layer4 packets;
    struct ranges destinations, sources;
    struct names source_tags, source_accounts, target_tags, target_accounts;
};

/* ---- preparing ---- */

static const char *const fields[] = {"network",
                                     "direction",
                                     "disabled",
                                     "priority",
                                     "denied",
                                     "allowed",
                                     "targetTags",
                                     "targetServiceAccounts",
                                     "destinationRanges",
                                     "sourceRanges",
                                     "sourceTags",
                                     "sourceServiceAccounts",
                                     NULL};

static enum pl_known read_ranges(struct pl_arena *arena, struct pl_view *view,
                                 const struct pl_resource *r, const char *field, struct ranges *out)
{
    const struct pl_value *list = NULL;
    enum pl_known known = pl_view_read(view, r, field, &list);
    size_t n = pl_value_count(list);
    out->given = n > 0;
    out->list = pl_arena_array(arena, n, sizeof(*out->list));
    for (size_t i = 0; i < n; i++) {
        const char *text = pl_value_text(pl_value_item(list, i));
        if (text && pl_prefix_parse(text, &out->list[out->n]))
            out->n++;
        else
            out->unreadable = true;
    }
    return known;
}

static enum pl_known read_names(struct pl_arena *arena, struct pl_view *view,
                                const struct pl_resource *r, const char *field, struct names *out)
{
    const struct pl_value *list = NULL;
    enum pl_known known = pl_view_read(view, r, field, &list);
    size_t n = pl_value_count(list);
    out->given = n > 0;
    out->list = pl_arena_array(arena, n, sizeof(*out->list));
    for (size_t i = 0; i < n; i++)
        if (pl_value_text(pl_value_item(list, i)))
            out->list[out->n++] = pl_value_text(pl_value_item(list, i));
    return known;
}

static enum pl_known both(enum pl_known a, enum pl_known b)
{
    return a == PL_NOT_KNOWN || b == PL_NOT_KNOWN ? PL_NOT_KNOWN : PL_PRESENT;
}

/* A rule either denies or allows: F7. What is not known of both may be either. */
static void read_action(struct pl_arena *arena, struct pl_view *view, const struct pl_resource *r,
                        struct rule *rule)
{
    const struct pl_value *denied = NULL, *allowed = NULL;
    enum pl_known denied_known = pl_view_read(view, r, "denied", &denied);
    enum pl_known allowed_known = pl_view_read(view, r, "allowed", &allowed);
    bool allows = pl_value_count(allowed) > 0;
    rule->deny = pl_value_count(denied) > 0;
    rule->action_known = denied_known != PL_NOT_KNOWN || allows;
    rule->deny = rule->deny || !rule->action_known; /* stands where the stronger of the two would */
    rule->packets_known = !rule->action_known ? PL_NOT_KNOWN
                          : rule->deny        ? PL_PRESENT
                                              : allowed_known;
    pl_canon_layer4_read(arena, rule->deny ? denied : allowed, &rule->packets);
}

static struct pl_row *prepare(struct pl_arena *arena, struct pl_view *view,
                              const struct pl_resource *r)
{
    const struct pl_value *v = NULL;
    enum pl_known known = pl_view_read_default(view, r, "disabled", &v);
    if (known == PL_PRESENT && pl_value_true(v))
        return NULL; /* F10 */
    struct rule *rule = PL_NEW(arena, struct rule);
    rule->settled = known != PL_NOT_KNOWN;
    known = pl_view_read_default(view, r, "direction", &v);
    const char *direction = pl_value_text(v);
    rule->row.sides = known == PL_NOT_KNOWN                           ? EGRESS | INGRESS
                      : direction && strcmp(direction, "EGRESS") == 0 ? EGRESS
                                                                      : INGRESS;
    rule->settled = rule->settled && known != PL_NOT_KNOWN;
    rule->priority = 1000; /* F4 */
    known = pl_view_read_default(view, r, "priority", &v);
    if (known == PL_PRESENT)
        (void)pl_value_as_int(v, &rule->priority);
    if (known == PL_NOT_KNOWN) {
        rule->priority = 0;
        rule->settled = false;
    }
    read_action(arena, view, r, rule);
    rule->settled = rule->settled && rule->action_known;
    rule->tags_known = read_names(arena, view, r, "targetTags", &rule->target_tags);
    rule->accounts_known =
        read_names(arena, view, r, "targetServiceAccounts", &rule->target_accounts);
    rule->addresses_known = read_ranges(arena, view, r, "destinationRanges", &rule->destinations);
    rule->source_ranges_known = read_ranges(arena, view, r, "sourceRanges", &rule->sources);
    rule->sources_known =
        both(rule->source_ranges_known,
             both(read_names(arena, view, r, "sourceTags", &rule->source_tags),
                  read_names(arena, view, r, "sourceServiceAccounts", &rule->source_accounts)));
    return &rule->row;
}

/* F4: lower number first; at the same number deny first. */
static int compare(int64_t a, bool a_denies, int64_t b, bool b_denies)
{
    if (a != b)
        return a < b ? -1 : 1;
    return (int)b_denies - (int)a_denies;
}

static int order(const struct pl_row *a, const struct pl_row *b)
{
    const struct rule *x = (const struct rule *)a, *y = (const struct rule *)b;
    return compare(x->priority, x->deny, y->priority, y->deny);
}

static const struct pl_table_kind rules = {"compute.firewall", fields, prepare, order};

/* ---- matching ---- */

static bool has_name(const char *const *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static bool share_a_name(const struct names *names, const char *const *list, size_t n)
{
    for (size_t i = 0; i < names->n; i++)
        if (has_name(list, n, names->list[i]))
            return true;
    return false;
}

/* Do the rule's targets include the workload with these tags? F8. */
static enum pl_tri by_target(const struct rule *r, const char *const *tags, size_t n_tags,
                             bool known, const char *account, bool machine)
{
    if (r->tags_known == PL_NOT_KNOWN)
        return PL_MAYBE;
    if (r->target_tags.given)
        return share_a_name(&r->target_tags, tags, n_tags) ? PL_YES : known ? PL_NO : PL_MAYBE;
    if (r->accounts_known == PL_NOT_KNOWN)
        return PL_MAYBE;
    if (!r->target_accounts.given)
        return PL_YES;
    /* A connector carries no service account of the user's; whether a Direct VPC interface does, Google's pages leave open (E9). */
    if (account && has_name(r->target_accounts.list, r->target_accounts.n, account))
        return machine ? PL_YES : PL_MAYBE;
    return known ? PL_NO : PL_MAYBE;
}

/* Is the address, or all of the range it may be in, inside one of the rule's ranges? */
static enum pl_tri in_ranges(const struct ranges *r, bool ip_known, const struct pl_ip *ip,
                             bool range_known, const struct pl_prefix *range)
{
    enum pl_tri answer = r->unreadable ? PL_MAYBE : PL_NO;
    for (size_t i = 0; i < r->n; i++) {
        const struct pl_prefix *p = &r->list[i];
        if (p->len == 0 && p->ip.v4 == (!ip_known || ip->v4)) /* unknown: still IPv4 */
            return PL_YES;
        if (ip_known ? pl_prefix_contains_ip(p, ip) : range_known && pl_prefix_contains(p, range))
            return PL_YES;
        if (!ip_known && p->ip.v4 && (!range_known || pl_prefix_overlaps(p, range)))
            answer = PL_MAYBE;
    }
    return !ip_known && range_known && answer == PL_MAYBE && pl_prefixes_cover(r->list, r->n, range)
               ? PL_YES
               : answer;
}

/* The same for a destination of which only that it is public is known: ranges that are wholly private do not hold it. */
static enum pl_tri in_ranges_public(const struct ranges *r)
{
    enum pl_tri answer = r->unreadable ? PL_MAYBE : PL_NO;
    for (size_t i = 0; i < r->n; i++) {
        const struct pl_prefix *p = &r->list[i];
        if (p->len == 0 && p->ip.v4)
            return PL_YES;
        if (p->ip.v4 && p->len > 0 && !pl_ip_is_private(&p->ip))
            answer = PL_MAYBE;
    }
    return answer;
}

/* None: everywhere. */
static enum pl_tri by_destination(const struct rule *r, const struct pl_packet *p)
{
    if (r->addresses_known == PL_NOT_KNOWN)
        return PL_MAYBE;
    if (!r->destinations.given)
        return PL_YES;
    return p->dst_public && !p->dst_known
               ? in_ranges_public(&r->destinations)
               : in_ranges(&r->destinations, p->dst_known, &p->dst, false, NULL);
}

static enum pl_tri by_source_range(const struct rule *r, const struct pl_packet *p)
{
    if (r->source_ranges_known == PL_NOT_KNOWN)
        return PL_MAYBE;
    return r->sources.given
               ? in_ranges(&r->sources, p->src_known, &p->src, p->src_range_known, &p->src_range)
               : PL_YES;
}

/* An OR of source ranges, tags and service accounts. */
static enum pl_tri by_source(const struct rule *r, const struct pl_packet *p, bool *undefined)
{
    enum pl_tri answer = r->sources_known == PL_NOT_KNOWN ? PL_MAYBE : PL_NO;
    if (r->sources.given) {
        enum pl_tri in =
            in_ranges(&r->sources, p->src_known, &p->src, p->src_range_known, &p->src_range);
        answer = in == PL_NO ? answer : in;
    }
    if (answer != PL_YES && share_a_name(&r->source_tags, p->src_tags, p->n_src_tags)) {
        *undefined = p->src_tags_undefined; /* E9 */
        answer = p->src_tags_undefined ? PL_MAYBE : PL_YES;
    }
    if (answer != PL_YES && p->src_machine && p->src_account &&
        has_name(r->source_accounts.list, r->source_accounts.n, p->src_account))
        answer = PL_YES; /* a machine's account is all that stands behind its address */
    if (r->sources_known != PL_NOT_KNOWN && !r->sources.given && !r->source_tags.given &&
        !r->source_accounts.given)
        return PL_YES; /* none of the three: 0.0.0.0/0, the API's default */
    return answer;
}

static enum pl_tri less_sure(enum pl_tri a, enum pl_tri b)
{
    return a == PL_NO || b == PL_NO ? PL_NO : a == PL_YES ? b : PL_MAYBE;
}

/* F7: both ends, whichever way the rule is for; an egress rule has no source tags and accounts. */
static enum pl_tri by_address(const struct rule *r, bool egress, const struct pl_packet *p,
                              bool *undefined)
{
    enum pl_tri to = by_destination(r, p);
    if (to == PL_NO)
        return PL_NO;
    return less_sure(to, egress ? by_source_range(r, p) : by_source(r, p, undefined));
}

static enum pl_tri matches(const struct rule *r, bool egress, const struct pl_packet *p,
                           bool *undefined)
{
    enum pl_tri packets = r->packets_known == PL_NOT_KNOWN || p->port == 0        ? PL_MAYBE
                          : pl_layer4_contains(&r->packets, p->protocol, p->port) ? PL_YES
                          : r->packets.unreadable                                 ? PL_MAYBE
                                                                                  : PL_NO;
    if (packets == PL_NO)
        return PL_NO;
    enum pl_tri target =
        egress ? by_target(r, p->src_tags, p->n_src_tags, true, p->src_account, p->src_machine)
               : by_target(r, p->dst_tags, p->n_dst_tags, p->dst_tags_known, p->dst_account, true);
    enum pl_tri address = target == PL_NO ? PL_NO : by_address(r, egress, p, undefined);
    if (target == PL_NO || address == PL_NO)
        return PL_NO;
    return packets == PL_YES && target == PL_YES && address == PL_YES && r->settled &&
                   r->row.of_known_network == PL_YES
               ? PL_YES
               : PL_MAYBE;
}

/* ---- the verdict ---- */

/* One question to the rules of a network and its answer, kept with the table. */
struct ruling {
    struct pl_packet packet;
    struct pl_address network;
    bool egress;
    struct pl_firewall_answer answer;
    const struct rule *best; /* the first that matches; NULL: the implied rule */
};

/* Reads the rules in order up to the first that matches, and, where that denies, on to the first that would allow. A rule before it that may match and
 * says otherwise leaves it open. */
static void judge(struct ruling *q, const struct pl_table *table)
{
    struct pl_firewall_answer *a = &q->answer;
    struct pl_table_walk walk = {0};
    const struct rule *maybe[2] = {NULL, NULL}; /* that allow, that deny */
    bool maybe_undefined[2] = {false, false};
    for (const struct rule *r; (r = (const struct rule *)pl_table_next(table, &walk)) != NULL;) {
        bool undefined = false;
        if (q->best && r->deny)
            continue; /* only an allow that lost is looked for */
        enum pl_tri m = matches(r, q->egress, &q->packet, &undefined);
        for (int deny = 0; m == PL_MAYBE && !q->best && deny <= 1; deny++)
            if (!maybe[deny] && (r->deny == deny || !r->action_known)) {
                maybe[deny] = r;
                maybe_undefined[deny] = undefined;
            }
        if (m != PL_YES)
            continue;
        if (q->best) {
            a->lost = r->row.resource;
            break;
        }
        q->best = r;
        if (!r->deny)
            break;
    }
    bool denies = q->best ? q->best->deny : !q->egress;
    a->what = denies ? PL_FW_DENY : PL_FW_ALLOW;
    a->rule = q->best ? q->best->row.resource : NULL;
    a->why = q->best ? NULL : "the implied rule";
    if (table->known == PL_NOT_KNOWN) {
        a->what = PL_FW_UNKNOWN;
        a->why = "the network's rules were not all read";
    } else if (maybe[!denies]) {
        /* A rule that may match, and would win, and says otherwise: F-rules are not decided. */
        a->what = maybe_undefined[!denies] ? PL_FW_UNDEFINED : PL_FW_UNKNOWN;
        a->rule = maybe[!denies]->row.resource;
        a->why = maybe_undefined[!denies]
                     ? "it matches by tags of a Direct VPC interface, which Google leaves undefined"
                     : "whether it matches cannot be told from what was observed";
    }
}

/* A rule counts where it may match and does not come behind the one that decides; one that says the same as that one with the same priority could
 * only be named instead. */
static enum pl_matter matters(const void *about, struct pl_view *view,
                              const struct pl_resource *resource)
{
    const struct ruling *q = about;
    const struct rule *r = (const struct rule *)pl_table_row(view, &rules, resource);
    bool undefined = false;
    if (q->best && strcmp(q->best->row.resource->full, resource->full) == 0)
        return PL_MATTERS;
    if (!r || !pl_row_is_of(&r->row, &q->network) ||
        (r->row.sides & (q->egress ? EGRESS : INGRESS)) == 0 ||
        matches(r, q->egress, &q->packet, &undefined) == PL_NO)
        return PL_MATTERS_NOT;
    if (!q->best || !r->settled)
        return PL_MATTERS;
    int c = compare(q->best->priority, q->best->deny, r->priority, r->deny);
    return c < 0 ? PL_MATTERS_NOT : c == 0 ? PL_MATTERS_IN_NAME : PL_MATTERS;
}

/* All that the rules look at, as a key. */
static char *question(struct pl_arena *arena, const struct pl_packet *p)
{
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%d/%d %d%d%d%d%d%d%d", p->protocol, p->port, p->src_known, p->dst_known,
                p->dst_public, p->src_range_known, p->dst_tags_known, p->src_tags_undefined,
                p->src_machine);
    for (size_t i = 0; i < 16; i++)
        pl_buf_addf(&b, "%02x%02x%02x", p->src.bytes[i], p->dst.bytes[i], p->src_range.ip.bytes[i]);
    pl_buf_addf(&b, "/%d %d%d%d %s", p->src_range.len, p->src.v4, p->dst.v4, p->src_range.ip.v4,
                p->src_account ? p->src_account : "-");
    for (size_t i = 0; i < p->n_src_tags; i++)
        pl_buf_addf(&b, " %s", p->src_tags[i]);
    pl_buf_addc(&b, '>');
    for (size_t i = 0; i < p->n_dst_tags; i++)
        pl_buf_addf(&b, " %s", p->dst_tags[i]);
    pl_buf_addf(&b, "=%s", p->dst_account ? p->dst_account : "-");
    return pl_buf_take(&b, arena);
}

static const char *const *keep_names(struct pl_arena *arena, const char *const *list, size_t n)
{
    const char **copy = pl_arena_array(arena, n, sizeof(*copy));
    for (size_t i = 0; i < n; i++)
        copy[i] = pl_arena_strdup(arena, list[i]);
    return copy;
}

static void keep_question(struct pl_arena *arena, struct ruling *q,
                          const struct pl_address *network)
{
    const char **name = pl_arena_array(arena, 1, sizeof(*name));
    q->network = *network;
    name[0] = pl_arena_strdup(arena, network->names[0]);
    q->network.names = name;
    q->network.project = network->project ? pl_arena_strdup(arena, network->project) : NULL;
    q->network.location = NULL;
    q->packet.src_tags = keep_names(arena, q->packet.src_tags, q->packet.n_src_tags);
    q->packet.dst_tags = keep_names(arena, q->packet.dst_tags, q->packet.n_dst_tags);
    if (q->packet.src_account)
        q->packet.src_account = pl_arena_strdup(arena, q->packet.src_account);
    if (q->packet.dst_account)
        q->packet.dst_account = pl_arena_strdup(arena, q->packet.dst_account);
}

struct pl_firewall_answer pl_firewall_judge(struct pl_view *view, const struct pl_address *network,
                                            bool egress, const struct pl_packet *packet)
{
    const struct pl_table *table = pl_table_of(view, &rules, network, egress ? EGRESS : INGRESS);
    struct pl_arena *scratch = pl_arena_new();
    const char *name = question(scratch, packet);
    struct ruling *q = pl_map_get(table->answers, name);
    if (!q) {
        q = PL_NEW(table->arena, struct ruling);
        q->packet = *packet;
        q->egress = egress;
        keep_question(table->arena, q, network);
        judge(q, table);
        (void)pl_map_put(table->answers, name, q);
    }
    pl_arena_free(scratch);
    pl_table_read(view, &rules, network->project, matters, q);
    return q->answer;
}
