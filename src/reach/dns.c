/* dns.c - what a name is, seen from the source's network: Cloud DNS's private zones, and where they do not cover it the public DNS, which is not
 * read. The hop itself is name.c's pl_hop_name.
 *
 * Among the zones that the network sees the one with the longest suffix answers, and it alone: a name that it does not have is not there, whatever
 * the public DNS says (https://cloud.google.com/dns/docs/vpc-name-res-order). Wildcards: RFC 4592; aliases: RFC 1034 3.6.2.
 */
#include <string.h>
#include <strings.h>

#include "reach_priv.h"

enum { DNS_MAX_STEPS = 8 }; /* aliases and peering zones that are followed */

/* Length of the suffix that a zone's name ("a.run.app.") shares with the host, 0: none. */
static size_t covered(const char *host, const char *zone)
{
    size_t n = strlen(host), len = strlen(zone);
    if (len > 0 && zone[len - 1] == '.')
        len--;
    if (n > 0 && host[n - 1] == '.')
        n--;
    if (len == 0 || len > n || strncasecmp(host + n - len, zone, len) != 0)
        return 0;
    return n == len || host[n - len - 1] == '.' ? len : 0;
}

static bool same_name(const char *a, const char *b)
{
    return covered(a, b) > 0 && covered(b, a) > 0;
}

static bool is_network(struct pl_trace *t, const struct pl_resource *zone, const char *link,
                       const struct pl_address *network)
{
    struct pl_address a;
    return link && pl_link_parse(t->arena, network->kind, link, &zone->address, &a) &&
           pl_same_network(&a, network);
}

/* Does the network see this zone? Private ones are listed network by network. */
static enum pl_tri is_visible(struct pl_trace *t, const struct pl_resource *zone,
                              const struct pl_address *network)
{
    enum pl_known known;
    const char *visibility = pl_trace_text(t, zone, "visibility", &known);
    if (known == PL_NOT_KNOWN)
        return PL_MAYBE;
    if (!visibility || strcmp(visibility, "private") != 0)
        return PL_NO;
    const struct pl_value *list =
        pl_trace_list(t, zone, "privateVisibilityConfig.networks", &known);
    for (size_t i = 0; i < pl_value_count(list); i++)
        if (is_network(t, zone, pl_value_member_text(pl_value_item(list, i), "networkUrl"),
                       network))
            return PL_YES;
    return known == PL_NOT_KNOWN ? PL_MAYBE : PL_NO;
}

/* A listing that failed because the API is off says that there is nothing. */
static bool is_off(struct pl_trace *t, const char *project)
{
    const struct pl_unobserved *gap =
        pl_world_listing_gap(pl_view_world(t->view), pl_kind_find("dns.managedZone"), project);
    return gap && gap->reason && strcmp(gap->reason, "api_disabled") == 0;
}

struct zones {
    const struct pl_resource *best, *maybe;
    size_t best_len, maybe_len;
    bool complete;
};

static struct zones zones_for(struct pl_trace *t, const struct pl_address *network,
                              const char *host)
{
    struct zones z = {0};
    const struct pl_resource *const *list;
    size_t n;
    /* A zone of any project may be shown to the network; those of its own project are to be known. */
    z.complete = pl_view_list(t->view, pl_kind_find("dns.managedZone"), network->project, &list,
                              &n) != PL_NOT_KNOWN ||
                 is_off(t, network->project);
    (void)pl_view_list(t->view, pl_kind_find("dns.managedZone"), NULL, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const char *name = pl_trace_text(t, list[i], "dnsName", NULL);
        size_t len = name ? covered(host, name) : 0;
        enum pl_tri visible = len > 0 ? is_visible(t, list[i], network) : PL_NO;
        if (visible == PL_YES && len > z.best_len) {
            z.best = list[i];
            z.best_len = len;
        } else if (visible == PL_MAYBE && len > z.maybe_len) {
            z.maybe = list[i];
            z.maybe_len = len;
        }
    }
    return z;
}

/* ---- records ---- */

struct records {
    const struct pl_resource *a, *aaaa, *cname;
    bool is_there; /* the name has records of some type */
    const struct pl_resource *wild_a, *wild_cname;
    size_t wild_len;
    bool complete;
};

static bool is_type(const struct pl_resource *r, const char *type)
{
    return strcmp(r->address.names[2], type) == 0;
}

/* RFC 4592: a wildcard stands for names below it that are not there; the longest one counts. */
static void take_wildcard(struct records *found, const struct pl_resource *r, const char *host)
{
    const char *name = r->address.names[1];
    size_t len = strncmp(name, "*.", 2) == 0 ? covered(host, name + 2) : 0;
    if (len == 0 || same_name(host, name + 2) || len < found->wild_len)
        return;
    if (len > found->wild_len)
        found->wild_a = found->wild_cname = NULL;
    found->wild_len = len;
    if (is_type(r, "A"))
        found->wild_a = r;
    else if (is_type(r, "CNAME"))
        found->wild_cname = r;
}

static struct records records_of(struct pl_trace *t, const struct pl_resource *zone,
                                 const char *host)
{
    struct records found = {0};
    const struct pl_resource *const *list;
    size_t n;
    found.complete = pl_view_list(t->view, pl_kind_find("dns.recordSet"), zone->address.project,
                                  &list, &n) != PL_NOT_KNOWN;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i]->address.names[0], zone->address.names[0]) != 0)
            continue;
        if (!same_name(host, list[i]->address.names[1])) {
            take_wildcard(&found, list[i], host);
            continue;
        }
        found.is_there = true;
        if (is_type(list[i], "A"))
            found.a = list[i];
        else if (is_type(list[i], "AAAA"))
            found.aaaa = list[i];
        else if (is_type(list[i], "CNAME"))
            found.cname = list[i];
    }
    if (!found.is_there) {
        found.a = found.wild_a;
        found.cname = found.wild_cname;
    }
    return found;
}

/* ---- the answer ---- */

static struct pl_name_answer unknown(struct pl_trace *t, const struct pl_resource *zone,
                                     const char *why)
{
    return (struct pl_name_answer){
        .what = PL_NAME_UNKNOWN,
        .zone = zone,
        .why =
            zone ? pl_arena_printf(t->arena, "%s %s", pl_trace_name(t, &zone->address), why) : why};
}

static struct pl_name_answer take_addresses(struct pl_trace *t, const struct pl_resource *zone,
                                            const struct pl_resource *record)
{
    struct pl_name_answer a = {.what = PL_NAME_ADDRESS, .zone = zone, .record = record};
    const struct pl_value *list = pl_trace_list(t, record, "rrdatas", NULL);
    struct pl_ip ip;
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *text = pl_value_text(pl_value_item(list, i));
        if (!text || !pl_ip_parse(text, &ip))
            continue;
        if (a.n_ips == 0)
            a.ip = ip;
        a.several = a.several || !pl_ip_equal(&a.ip, &ip);
        a.n_ips++;
    }
    if (a.n_ips == 0) /* a routing policy chooses, or what it holds was not read */
        return unknown(t, zone, "answers by a policy, or with what was not read");
    if (a.several)
        return unknown(t, zone, "answers with one of several addresses");
    return a;
}

/* Top-level names that the public DNS never has: RFC 6761, 6762, 8375, and those that ICANN keeps for private use or put off for good
 * (https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en,
 * https://www.icann.org/en/announcements/details/icann-board-takes-action-on-name-collision-4-2-2018-en). */
static bool is_never_public(const char *host)
{
    static const char *const ends[] = {"internal",  "local", "test", "invalid",
                                       "home.arpa", "corp",  "home", "mail"};
    bool is = strcasecmp(host, "metadata.google.internal") != 0;
    for (size_t i = 0; is && i < PL_LEN(ends); i++)
        if (covered(host, ends[i]) > 0)
            return true;
    return false;
}

/* VM.ZONE.c.PROJECT.internal, which Compute Engine answers itself (https://cloud.google.com/compute/docs/internal-dns). */
static bool is_machine(const char *host)
{
    return covered(host, "internal") > 0 && strstr(host, ".c.") != NULL;
}

/* Is there a private zone that has the name, shown to others, or one that the baseline declares? Then that is what answers, and no server policy. */
static bool is_of_a_zone(struct pl_trace *t, const char *host)
{
    const struct pl_kind *kind = pl_kind_find("dns.managedZone");
    const struct pl_resource *const *list;
    size_t n;
    (void)pl_view_list(t->view, kind, NULL, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const char *name = pl_trace_text(t, list[i], "dnsName", NULL);
        if (name && covered(host, name) > 0)
            return true;
    }
    for (size_t i = 0; t->declared && i < t->declared->n_resources; i++) {
        const struct pl_declared *d = &t->declared->resources[i];
        const char *name = d->address.kind == kind && d->expect && d->expect->match == PL_M_MAP
                               ? pl_declared_text_of(pl_declared_member(d->expect, "dnsName"))
                               : NULL;
        if (name && covered(host, name) > 0)
            return true;
    }
    return false;
}

/* No private zone that is asked covers the name. */
static struct pl_name_answer without_zone(struct pl_trace *t, const char *host)
{
    if (is_machine(host))
        return unknown(t, NULL, "it is the internal name of a machine, and not looked up");
    if (!is_never_public(host))
        return (struct pl_name_answer){.what = PL_NAME_PUBLIC};
    if (!is_of_a_zone(t, host))
        return unknown(t, NULL,
                       "no private zone covers it and no public DNS has it: what a server policy "
                       "says is not read");
    return (struct pl_name_answer){.what = PL_NAME_NOT_THERE};
}

static struct pl_name_answer resolve(struct pl_trace *t, const struct pl_address *network,
                                     const char *host, int steps)
{
    struct zones z = zones_for(t, network, host);
    struct pl_address peer;
    if (z.maybe_len > z.best_len || (!z.complete && !z.best))
        return unknown(t, z.maybe,
                       z.maybe ? "may be shown to the network, which was not read"
                               : "the private zones that the network sees were not "
                                 "all read");
    if (!z.best)
        return without_zone(t, host);
    if (steps == 0)
        return unknown(t, z.best, "is one of too many that lead to one another");
    enum pl_known known;
    const struct pl_value *servers =
        pl_trace_list(t, z.best, "forwardingConfig.targetNameServers", &known);
    if (pl_value_count(servers) > 0) {
        struct pl_name_answer a =
            unknown(t, z.best, "forwards to name servers whose answers are not read");
        a.forwarded = true;
        return a;
    }
    if (pl_trace_text(t, z.best, "serviceDirectoryConfig.namespace.namespaceUrl", NULL))
        return unknown(t, z.best, "answers from Service Directory, which is not read");
    const char *link = pl_trace_text(t, z.best, "peeringConfig.targetNetwork.networkUrl", NULL);
    if (link && pl_link_parse(t->arena, network->kind, link, &z.best->address, &peer))
        return resolve(t, &peer, host, steps - 1);
    struct records r = records_of(t, z.best, host);
    if (r.a)
        return take_addresses(t, z.best, r.a);
    if (r.cname) {
        const struct pl_value *list = pl_trace_list(t, r.cname, "rrdatas", NULL);
        const char *alias = pl_value_text(pl_value_item(list, 0));
        return alias ? resolve(t, network, alias, steps - 1)
                     : unknown(t, z.best, "has an alias that was not read");
    }
    if (r.aaaa)
        return unknown(t, z.best, "has an IPv6 address of the name alone");
    if (!r.complete)
        return unknown(t, z.best, "has records that were not all read");
    return (struct pl_name_answer){.what = PL_NAME_NOT_THERE, .zone = z.best};
}

struct pl_name_answer pl_name_resolve(struct pl_trace *t, const char *host)
{
    /* P8, E2: a workload without a network asks the public DNS alone. */
    if ((t->source.what != PL_FROM_RUN && t->source.what != PL_FROM_VM) ||
        t->source.attach == PL_ATTACH_NONE)
        return t->source.what == PL_FROM_RUN ? without_zone(t, host)
                                             : (struct pl_name_answer){.what = PL_NAME_PUBLIC};
    if (!t->source.network_known)
        return unknown(t, NULL, "the network that the source resolves names in is not known");
    return resolve(t, &t->source.network_address, host, DNS_MAX_STEPS);
}
