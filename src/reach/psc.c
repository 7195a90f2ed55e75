/* psc.c - what stands at a private address of the network: an endpoint of Private Service Connect, or an internal load balancer. Which it is, whether it
 * is reached from here, and whether its producer lets it in.
 *
 * Rules X1 to X4, S11, M7 (https://cloud.google.com/vpc/docs/private-service-connect). What a load balancer does behind its address is not
 * the network's business.
 */
#include <inttypes.h>
#include <string.h>

#include "reach_priv.h"

static const struct pl_kind *kind(const char *name)
{
    return pl_kind_find(name);
}

/* ---- forwarding rules ---- */

static const char *attachment_of(struct pl_trace *t, const struct pl_resource *rule)
{
    const char *target = pl_trace_text(t, rule, "target", NULL);
    return target && strstr(target, "/serviceAttachments/") ? target : NULL;
}

static bool is_bundle(struct pl_trace *t, const struct pl_resource *rule)
{
    const char *target = pl_trace_text(t, rule, "target", NULL);
    return target && (strcmp(target, "all-apis") == 0 || strcmp(target, "vpc-sc") == 0);
}

/* X1: endpoints and internal load balancers have an address in the network that they name, or in that of their subnetwork. */
static bool network_of(struct pl_trace *t, const struct pl_resource *rule, struct pl_address *out)
{
    const char *link = pl_trace_text(t, rule, "network", NULL);
    const char *subnet = link ? NULL : pl_trace_text(t, rule, "subnetwork", NULL);
    struct pl_address a;
    const struct pl_resource *r = NULL;
    if (subnet && pl_link_parse(t->arena, kind("compute.subnetwork"), subnet, &rule->address, &a) &&
        pl_view_find(t->view, &a, &r) == PL_PRESENT)
        link = pl_trace_text(t, r, "network", NULL);
    return link && pl_link_parse(t->arena, kind("compute.network"), link, &rule->address, out);
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
static enum pl_tri takes_port(struct pl_trace *t, const struct pl_resource *rule, int port)
{
    enum pl_known known;
    const char *protocol = pl_trace_text(t, rule, "IPProtocol", NULL);
    struct pl_ports interval;
    if (attachment_of(t, rule) || is_bundle(t, rule))
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
    enum pl_known known = pl_view_list(t->view, kind("compute.forwardingRule"),
                                       t->source.network_address.project, list, n);
    (void)pl_view_list(t->view, kind("compute.forwardingRule"), NULL, list, n);
    return known;
}

static struct pl_front front_at(struct pl_trace *t, const struct pl_ip *ip, int port)
{
    struct pl_front found = {0};
    const struct pl_resource *const *list;
    size_t n;
    found.known = list_rules(t, &list, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address network;
        struct pl_ip at;
        const char *text = pl_trace_text(t, list[i], "IPAddress", NULL);
        if (!text || !pl_ip_parse(text, &at) || !pl_ip_equal(&at, ip) ||
            !network_of(t, list[i], &network))
            continue;
        if (!pl_same_network(&network, &t->source.network_address)) {
            found.peered = is_peered(t, &network) ? list[i] : found.peered;
            continue;
        }
        if (!found.rule || takes_port(t, list[i], port) == PL_YES)
            found.rule = list[i];
    }
    return found;
}

struct pl_front pl_front_at(struct pl_trace *t, const struct pl_ip *ip)
{
    return t->source.network_known ? front_at(t, ip, t->flow.port) : (struct pl_front){0};
}

bool pl_front_is_google(struct pl_trace *t, const struct pl_front *front)
{
    return front->rule && is_bundle(t, front->rule);
}

/* Does this endpoint lead to the target? */
enum pl_tri pl_front_leads(struct pl_trace *t, const struct pl_resource *rule)
{
    const char *attachment = attachment_of(t, rule), *link = NULL;
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
static struct pl_front front_of_target(struct pl_trace *t)
{
    struct pl_front found = {0};
    const struct pl_resource *const *list;
    size_t n;
    found.known = list_rules(t, &list, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address network;
        if (pl_front_leads(t, list[i]) != PL_YES || !network_of(t, list[i], &network))
            continue;
        if (pl_same_network(&network, &t->source.network_address))
            found.rule = list[i];
        else if (is_peered(t, &network))
            found.peered = list[i];
    }
    return found;
}

/* ---- the producer's word ---- */

/* The same project? One named by id and one by number may be. */
static enum pl_tri is_project(const char *a, const char *b)
{
    bool number = strspn(a, "0123456789") == strlen(a);
    if (strcmp(a, b) == 0)
        return PL_YES;
    return number == (strspn(b, "0123456789") == strlen(b)) ? PL_NO : PL_MAYBE;
}

static enum pl_tri is_listed(const struct pl_value *list, const char *project)
{
    enum pl_tri answer = PL_NO;
    for (size_t i = 0; i < pl_value_count(list) && answer != PL_YES; i++) {
        const char *text = pl_value_text(pl_value_item(list, i));
        enum pl_tri same = text ? is_project(text, project) : PL_NO;
        answer = same == PL_NO ? answer : same;
    }
    return answer;
}

/* Who drives the status of an endpoint: the list of projects that its producer lets in. */
struct driver {
    const struct pl_resource *resource;
    const char *path;
    enum pl_tri lets_in;
    bool reconciles; /* X2: looks at connections that were refused again */
    const char *why; /* lets_in NO: "does not list project p" */
};

/* X2: a list holds projects, networks or endpoints, one of the three. Is the endpoint one of those that this entry means? */
static enum pl_tri is_meant(struct pl_trace *t, const struct pl_resource *rule, const char *entry)
{
    struct pl_address a, network;
    if (strstr(entry, "/networks/"))
        return network_of(t, rule, &network) &&
                       pl_link_parse(t->arena, network.kind, entry, &rule->address, &a) &&
                       pl_same_network(&a, &network)
                   ? PL_YES
                   : PL_NO;
    if (strstr(entry, "/forwardingRules/"))
        return pl_link_parse(t->arena, rule->address.kind, entry, &rule->address, &a) &&
                       pl_address_equal(&a, &rule->address)
                   ? PL_YES
                   : PL_NO;
    return is_project(entry, rule->address.project);
}

/* How many endpoints the producer serves already that fall under the same entry as this one: of its project, or of its network. */
static int64_t served_beside(struct pl_trace *t, struct pl_view *view,
                             const struct pl_resource *attachment, const struct pl_resource *rule,
                             const char *entry)
{
    const struct pl_value *list = NULL;
    int64_t n = 0;
    (void)pl_view_read(view, attachment, "connectedEndpoints", &list);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const struct pl_value *item = pl_value_item(list, i);
        const char *status = pl_value_member_text(item, "status");
        const char *link = pl_value_member_text(item, "endpoint");
        const char *network = pl_value_member_text(item, "consumerNetwork");
        struct pl_address a, b, own;
        if (!status || strcmp(status, "ACCEPTED") != 0 || !link ||
            !pl_link_parse(t->arena, rule->address.kind, link, &rule->address, &a) ||
            pl_address_equal(&a, &rule->address))
            continue;
        bool same = strstr(entry, "/networks/")
                        ? network && network_of(t, rule, &own) &&
                              pl_link_parse(t->arena, own.kind, network, &rule->address, &b) &&
                              pl_same_network(&b, &own)
                        : is_project(entry, a.project) == PL_YES;
        n += same;
    }
    return n;
}

static const char *entry_of(const struct pl_value *item)
{
    static const char *const members[] = {"projectIdOrNum", "networkUrl", "endpointUrl"};
    const char *entry = NULL;
    for (size_t i = 0; !entry && i < PL_LEN(members); i++)
        entry = pl_value_member_text(item, members[i]);
    return entry;
}

/* The list of those that are let in, each up to a limit. */
static void ask_accept_list(struct pl_trace *t, struct pl_view *view,
                            const struct pl_resource *rule, struct driver *d)
{
    const struct pl_value *list = NULL;
    if (pl_view_read(view, d->resource, d->path, &list) == PL_NOT_KNOWN)
        return;
    d->lets_in = PL_NO;
    d->why = pl_arena_printf(t->arena, "does not list project %s", rule->address.project);
    for (size_t i = 0; i < pl_value_count(list) && d->lets_in != PL_YES; i++) {
        const char *entry = entry_of(pl_value_item(list, i));
        enum pl_tri meant = entry ? is_meant(t, rule, entry) : PL_NO;
        int64_t limit = 0;
        if (entry && strstr(entry, "/networks/"))
            d->why = pl_arena_printf(t->arena, "does not list the network of %s",
                                     pl_trace_name(t, &rule->address));
        d->lets_in = meant == PL_NO ? d->lets_in : meant;
        if (meant == PL_YES &&
            pl_value_as_int(pl_value_member(pl_value_item(list, i), "connectionLimit"), &limit) &&
            served_beside(t, view, d->resource, rule, entry) >= limit) {
            d->lets_in = PL_NO;
            d->why = pl_arena_printf(
                t->arena, "serves as many connections of %s as its limit of %" PRId64 " allows",
                pl_link_canonical(t->arena, entry), limit);
            return;
        }
    }
}

/* Who is on both lists is rejected (https://cloud.google.com/vpc/docs/configure-private-service-connect-producer). */
static void ask_attachment(struct pl_trace *t, struct pl_view *view, const struct pl_resource *rule,
                           struct driver *d)
{
    const struct pl_value *rejected = NULL;
    const char *preference = pl_view_text(view, d->resource, "connectionPreference", NULL);
    d->path = "consumerAcceptLists";
    if (preference && strcmp(preference, "ACCEPT_AUTOMATIC") == 0) {
        d->lets_in = PL_YES;
        return;
    }
    ask_accept_list(t, view, rule, d);
    (void)pl_view_read(view, d->resource, "consumerRejectLists", &rejected);
    for (size_t i = 0; i < pl_value_count(rejected); i++) {
        const char *entry = pl_value_text(pl_value_item(rejected, i));
        if (entry && is_meant(t, rule, entry) == PL_YES) {
            d->lets_in = PL_NO;
            d->path = "consumerRejectLists";
            d->why = pl_arena_printf(t->arena, "rejects %s", pl_link_canonical(t->arena, entry));
            return;
        }
    }
}

static struct driver driver_of(struct pl_trace *t, struct pl_view *view,
                               const struct pl_resource *rule)
{
    struct driver d = {.lets_in = PL_MAYBE, .reconciles = true};
    struct pl_address a;
    const struct pl_value *list = NULL, *v = NULL;
    const char *attachment = attachment_of(t, rule);
    if (t->target.what == PL_TO_SQL && t->target.resource && pl_front_leads(t, rule) == PL_YES) {
        d.resource = t->target.resource;
        d.path = "settings.ipConfiguration.pscConfig.allowedConsumerProjects";
        d.why = pl_arena_printf(t->arena, "does not list project %s", rule->address.project);
        if (pl_view_read(view, d.resource, d.path, &list) != PL_NOT_KNOWN)
            d.lets_in = is_listed(list, rule->address.project);
    } else if (attachment &&
               pl_link_parse(t->arena, kind("compute.serviceAttachment"), attachment,
                             &rule->address, &a) &&
               pl_view_find(view, &a, &d.resource) == PL_PRESENT) {
        d.reconciles =
            pl_view_read_default(view, d.resource, "reconcileConnections", &v) == PL_PRESENT &&
            pl_value_true(v);
        ask_attachment(t, view, rule, &d);
    }
    return d;
}

static const char hop[] = "psc-endpoint";

/* X1, X2: the status is an effect of the producer's list, believed only as long as that is unchanged. */
static bool told_not_accepted(struct pl_trace *t, const struct pl_resource *rule)
{
    enum pl_known known;
    const char *status = pl_trace_text(t, rule, "pscConnectionStatus", &known);
    const char *name = pl_trace_name(t, &rule->address);
    if (status && strcmp(status, "ACCEPTED") == 0)
        return false;
    struct driver now = driver_of(t, t->view, rule), before = driver_of(t, t->base, rule);
    if (!status && !pl_trace_was_there(t, &rule->address)) { /* made again, it asks anew */
        if (now.lets_in == PL_YES)
            return false;
        status = now.lets_in == PL_NO ? "PENDING" : NULL;
    }
    if (!status) {
        pl_trace_unknown(t, hop, "PSC_CONNECTION_NOT_ACCEPTED",
                         "whether the producer accepts %s was not read", name);
        return true;
    }
    bool pending = strcmp(status, "PENDING") == 0;
    if (now.lets_in == PL_YES && before.lets_in != PL_YES && (pending || now.reconciles))
        return false;
    bool by_list = now.resource && now.lets_in == PL_NO;
    pl_trace_block(t, hop, "PSC_CONNECTION_NOT_ACCEPTED",
                   by_list ? &now.resource->address : &rule->address,
                   by_list ? now.path : "pscConnectionStatus", "%s is %s: its producer %s", name,
                   status, by_list ? now.why : "does not let it in");
    pl_trace_evidence(t, rule, "pscConnectionStatus");
    if (now.resource)
        pl_trace_evidence(t, now.resource, now.path);
    return true;
}

static bool told_no_nat_subnet(struct pl_trace *t, const struct pl_resource *rule)
{
    struct pl_address a;
    const struct pl_resource *attachment = NULL;
    enum pl_known known;
    if (!attachment_of(t, rule) ||
        !pl_link_parse(t->arena, kind("compute.serviceAttachment"), attachment_of(t, rule),
                       &rule->address, &a) ||
        pl_view_find(t->view, &a, &attachment) != PL_PRESENT)
        return false;
    const struct pl_value *list = pl_trace_list(t, attachment, "natSubnets", &known);
    if (known == PL_NOT_KNOWN || pl_value_count(list) > 0)
        return false;
    pl_trace_block(t, hop, "NO_NAT_SUBNETS_FOR_PSC_SERVICE_ATTACHMENT", &a, "natSubnets",
                   "%s has no subnetwork for NAT: no packet of an endpoint can reach the service",
                   pl_trace_name(t, &a));
    return true;
}

/* ---- the hop ---- */

static bool told_region(struct pl_trace *t, const struct pl_resource *rule)
{
    bool endpoint = attachment_of(t, rule) != NULL;
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
    if (takes_port(t, rule, t->flow.port) != PL_NO)
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
    struct pl_address any = {.kind = kind("compute.forwardingRule"),
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
    bool endpoint = attachment_of(t, rule) != NULL;
    if (told_region(t, rule) || told_port(t, rule))
        return;
    if (endpoint && (told_not_accepted(t, rule) || told_no_nat_subnet(t, rule)))
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
                      endpoint             ? "%s is an endpoint that its producer accepts"
                      : is_bundle(t, rule) ? "%s is an endpoint of Google's APIs"
                                           : "%s takes the packet",
                      pl_trace_name(t, &rule->address));
    if (endpoint)
        pl_trace_evidence(t, rule, "pscConnectionStatus");
    else if (!is_bundle(t, rule))
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
        if (d->address.kind != kind("compute.forwardingRule") || !d->expect)
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
    if (!pl_source_sends(t) || f->in_vpc != PL_YES || !t->source.network_known ||
        f->zone == PL_ZONE_PUBLIC)
        return;
    bool wanted = pl_sql_by_endpoint(t);
    struct pl_front front = f->ip_known ? pl_front_at(t, &f->ip)
                            : wanted    ? front_of_target(t)
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
