/* egress.c - out of the workload: is it ready, does the packet enter the VPC, does the connector carry it, may it go to the internet?
 *
 * Rules E1 to E7, E10 (Cloud Run egress) and Cloud NAT (https://cloud.google.com/nat/docs/overview).
 */
#include <string.h>

#include "reach_priv.h"

/* E2: what PRIVATE_RANGES_ONLY sends into the VPC. Google's full list for Cloud Run is not published in one place:
 * what is in neither list below is not decided. */
static const char *const private_ranges[] = {"10.0.0.0/8",    "172.16.0.0/12",   "192.168.0.0/16",
                                             "100.64.0.0/10", "199.36.153.4/30", "199.36.153.8/30"};
static const char *const undecided_ranges[] = {"240.0.0.0/4", "192.0.0.0/24", "198.18.0.0/15",
                                               "fc00::/7"};

static bool in_ranges(const struct pl_ip *ip, const char *const *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pl_prefix p;
        if (pl_prefix_parse(ranges[i], &p) && pl_prefix_contains_ip(&p, ip))
            return true;
    }
    return false;
}

/* Does PRIVATE_RANGES_ONLY send this packet into the VPC? */
static enum pl_tri in_private_ranges(const struct pl_flow *f)
{
    if (f->ip_known) {
        if (in_ranges(&f->ip, private_ranges, PL_LEN(private_ranges)))
            return PL_YES;
        return in_ranges(&f->ip, undecided_ranges, PL_LEN(undecided_ranges)) ? PL_MAYBE : PL_NO;
    }
    switch (f->zone) {
    case PL_ZONE_PRIVATE:
        return PL_YES;
    case PL_ZONE_PUBLIC:
    case PL_ZONE_GOOGLE_API: /* C3: run.app resolves to public addresses unless private DNS says otherwise */
    case PL_ZONE_LOOPBACK:
        return PL_NO;
    case PL_ZONE_UNKNOWN:
        break;
    }
    return PL_MAYBE;
}

static bool is_metadata_server(const struct pl_flow *f)
{
    struct pl_ip ip;
    if (f->host && (strcasecmp(f->host, "metadata.google.internal") == 0 ||
                    strcasecmp(f->host, "metadata") == 0))
        return true;
    return f->ip_known && pl_ip_parse("169.254.169.254", &ip) && pl_ip_equal(&f->ip, &ip);
}

void pl_egress_decide(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (is_metadata_server(&t->flow))
        t->flow.in_vpc = PL_NO;
    else if (s->what != PL_FROM_RUN || s->attach == PL_ATTACH_UNKNOWN)
        t->flow.in_vpc = PL_MAYBE;
    else if (s->attach == PL_ATTACH_NONE || t->flow.zone == PL_ZONE_LOOPBACK)
        t->flow.in_vpc = PL_NO;
    else if (s->all_traffic == PL_YES)
        t->flow.in_vpc = PL_YES;
    else {
        enum pl_tri by_range = in_private_ranges(&t->flow);
        t->flow.in_vpc = by_range == PL_YES           ? PL_YES
                         : s->all_traffic == PL_MAYBE ? PL_MAYBE
                                                      : by_range;
    }
}

/* Destinations that nothing reaches, whatever firewalls and routes say: 172.17.0.0/16 is the Docker bridge of Cloud SQL's own machines (S4,
 * https://cloud.google.com/sql/docs/mysql/configure-private-ip); 192.168.1.0/24 cannot be reached from Cloud Run
 * (https://cloud.google.com/run/docs/issues). */
static bool tell_reserved(struct pl_trace *t)
{
    static const struct {
        const char *range, *whose;
        bool sql_only;
    } reserved[] = {
        {"172.17.0.0/16", "Cloud SQL keeps for its own machines", true},
        {"192.168.1.0/24", "Cloud Run cannot reach", false},
    };
    const struct pl_flow *f = &t->flow;
    /* where the wiring says another host, the address is not the one that is dialled */
    for (size_t i = 0; f->ip_known && f->host_is_targets && i < PL_LEN(reserved); i++) {
        struct pl_prefix p;
        if (!pl_prefix_parse(reserved[i].range, &p) || !pl_prefix_contains_ip(&p, &f->ip) ||
            (reserved[i].sql_only && t->target.what != PL_TO_SQL))
            continue;
        const char *ip = pl_ip_format(t->arena, &f->ip);
        const char *path = t->target.what == PL_TO_SQL     ? "ipAddresses[type=PRIVATE].ipAddress"
                           : t->target.what == PL_TO_REDIS ? "host"
                                                           : "";
        const struct pl_address *at = t->target.address.kind ? &t->target.address : NULL;
        pl_trace_block(t, "egress", "RESERVED_ADDRESS_RANGE", at, path, "%s is in %s, which %s", ip,
                       reserved[i].range, reserved[i].whose);
        return true;
    }
    return false;
}

/* F18: it stands beside the workload, before any network. */
static void tell_metadata_server(struct pl_trace *t)
{
    if (t->flow.port == 80)
        pl_trace_pass(t, "egress", "the metadata server answers every workload, past any VPC");
    else
        pl_trace_unknown(t, "egress", NULL,
                         "the metadata server is always reached; what it serves on port %d is not "
                         "modelled",
                         t->flow.port);
}

static void tell_undecided(struct pl_trace *t)
{
    pl_trace_unknown(t, "egress",
                     t->flow.zone == PL_ZONE_PUBLIC ? "NO_EXTERNAL_ADDRESS"
                                                    : "VPC_CONNECTOR_NOT_SET",
                     "whether the packet enters the VPC is not decided by what was observed");
    pl_trace_evidence(t, t->source.resource, "template.vpcAccess.egress");
}

void pl_hop_egress(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    const struct pl_address *from = s->resource ? &s->resource->address : NULL;
    if (s->what == PL_FROM_HERE && t->flow.zone == PL_ZONE_PRIVATE) {
        pl_trace_unknown(t, "egress", "NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV4_ADDRESS",
                         "whether this machine has a way to a private address is not known");
        return;
    }
    if (s->what == PL_FROM_HERE) {
        pl_trace_not_applicable(t, "egress", "the connection starts outside Cloud Run");
        return;
    }
    if (s->what == PL_FROM_OTHER) {
        pl_trace_unknown(t, "egress", NULL, "how %s leaves its network is not modelled",
                         pl_trace_name(t, &t->connection->from.address));
        pl_trace_not_modelled(t, "sources other than Cloud Run services");
        return;
    }
    if (s->known != PL_PRESENT)
        return; /* told by source-ready */
    if (t->flow.zone == PL_ZONE_LOOPBACK) {
        pl_trace_not_applicable(t, "egress", "the client dials its own container");
        return;
    }
    if (is_metadata_server(&t->flow)) {
        tell_metadata_server(t);
        return;
    }
    pl_egress_decide(t);
    if (s->attach == PL_ATTACH_NONE && t->flow.zone == PL_ZONE_PRIVATE) {
        pl_trace_block(t, "egress", "VPC_CONNECTOR_NOT_SET", from, "template.vpcAccess",
                       "%s has no connector and no network interface, and the destination is a "
                       "private address",
                       pl_trace_name(t, from));
        pl_trace_evidence(t, s->resource, "template.vpcAccess.connector");
        return;
    }
    if (t->flow.in_vpc == PL_MAYBE) {
        tell_undecided(t);
        return;
    }
    if (t->flow.in_vpc == PL_NO && t->flow.zone == PL_ZONE_PRIVATE) {
        pl_trace_block(
            t, "egress", "NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV4_ADDRESS", from,
            "template.vpcAccess.egress",
            "a private destination outside the ranges that PRIVATE_RANGES_ONLY sends into the VPC");
        pl_trace_evidence(t, s->resource, "template.vpcAccess.egress");
        return;
    }
    if (tell_reserved(t))
        return;
    pl_trace_pass(t, "egress",
                  t->flow.in_vpc == PL_YES
                      ? "the packet enters the VPC through %s"
                      : "the packet leaves %s for the internet, beside the VPC",
                  t->flow.in_vpc == PL_NO            ? pl_trace_name(t, from)
                  : s->attach == PL_ATTACH_CONNECTOR ? "the connector"
                                                     : "a Direct VPC interface");
    pl_trace_evidence(t, s->resource, "template.vpcAccess.egress");
}

/* ---- the connector ---- */

/* E5: the connector lives by these; a user's rule of priority 100 or better that denies them kills it. */
static const struct {
    const char *source; /* one address stands for the range */
    const char *range;
    int port;
    const char *cause;
} lifelines[] = {
    {"35.199.224.1", "35.199.224.0/19", 667, "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED"},
    {"35.191.0.1", "35.191.0.0/16", 667, "VPC_CONNECTOR_HEALTH_CHECK_TRAFFIC_BLOCKED"},
    {"130.211.0.1", "130.211.0.0/22", 667, "VPC_CONNECTOR_HEALTH_CHECK_TRAFFIC_BLOCKED"},
};

/* The rule that cuts a lifeline in this view, or NULL. */
static const struct pl_resource *cut_lifeline(struct pl_trace *t, struct pl_view *view,
                                              size_t *which)
{
    struct pl_source *s = &t->source;
    for (size_t i = 0; i < PL_LEN(lifelines); i++) {
        struct pl_packet p = {.src_known = true,
                              .protocol = 6,
                              .port = lifelines[i].port,
                              .dst_tags = s->tags,
                              .n_dst_tags = s->n_tags,
                              .dst_tags_known = true};
        (void)pl_ip_parse(lifelines[i].source, &p.src);
        if (s->range_known) {
            p.dst = s->range.ip;
            p.dst_known = true;
        }
        struct pl_firewall_answer a = pl_firewall_judge(view, &s->network_address, false, &p);
        int64_t priority = 1000;
        const struct pl_value *v = NULL;
        if (a.what != PL_FW_DENY || !a.rule)
            continue;
        if (pl_view_read_default(view, a.rule, "priority", &v) == PL_PRESENT)
            (void)pl_value_as_int(v, &priority);
        if (priority <= 100) { /* Google's own allow has 100; a deny of the same number wins (F4) */
            *which = i;
            return a.rule;
        }
    }
    return NULL;
}

void pl_hop_connector(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (s->what != PL_FROM_RUN || s->known != PL_PRESENT || s->attach != PL_ATTACH_CONNECTOR)
        return;
    if (t->flow.in_vpc == PL_NO) {
        pl_trace_not_applicable(t, "connector", "the packet does not go through the connector");
        return;
    }
    const struct pl_address *c = &s->connector_address;
    if (s->connector_known == PL_NOT_KNOWN) {
        pl_trace_unknown(t, "connector", "VPC_CONNECTOR_NOT_RUNNING",
                         "the connector's state is not known: %s",
                         c->kind ? pl_trace_why(t, c) : "its name could not be read");
        return;
    }
    if (s->connector_known == PL_ABSENT) {
        pl_trace_block(t, "connector", "VPC_CONNECTOR_NOT_RUNNING", c, "", "%s does not exist",
                       pl_trace_name(t, c));
        pl_trace_evidence(t, s->resource, "template.vpcAccess.connector");
        return;
    }
    if (strcmp(c->location, s->resource->address.location) != 0) {
        pl_trace_block(t, "connector", "VPC_CONNECTOR_NOT_RUNNING", &s->resource->address,
                       "template.vpcAccess.connector",
                       "the connector is in %s, the service in %s: they must share a region",
                       c->location, s->resource->address.location);
        return;
    }
    size_t which = 0, base_which = 0;
    const struct pl_resource *rule = s->network_known ? cut_lifeline(t, t->view, &which) : NULL;
    if (rule) {
        pl_trace_block(t, "connector", lifelines[which].cause, &rule->address, "",
                       "%s denies what keeps the connector alive (from %s, TCP %d)",
                       pl_trace_name(t, &rule->address), lifelines[which].range,
                       lifelines[which].port);
        pl_trace_evidence(t, rule, "priority");
        pl_trace_evidence(t, s->connector, "state");
        return;
    }
    enum pl_known known;
    const char *state = pl_trace_text(t, s->connector, "state", &known);
    if (!state) {
        pl_trace_unknown(t, "connector", "VPC_CONNECTOR_NOT_RUNNING",
                         "the connector's state was not read");
        return;
    }
    /* A state is an effect: once what drove it has changed in the model, it proves nothing any more. */
    bool healed = strcmp(state, "READY") != 0 && s->network_known &&
                  cut_lifeline(t, t->base, &base_which) != NULL;
    if (strcmp(state, "READY") == 0 || healed || strcmp(state, "UPDATING") == 0) {
        pl_trace_pass(t, "connector",
                      healed ? "nothing cuts %s off any more: its state %s was the effect"
                             : "%s is %s",
                      pl_trace_name(t, c), state);
    } else {
        pl_trace_block(t, "connector", "VPC_CONNECTOR_NOT_RUNNING", c, "state",
                       "%s is %s, not READY", pl_trace_name(t, c), state);
    }
    pl_trace_evidence(t, s->connector, "state");
    pl_trace_evidence(t, s->connector, "network");
}

/* ---- to the internet ---- */

/* Does this NAT gateway take packets of the source's subnet? */
static enum pl_tri nat_covers(struct pl_trace *t, const struct pl_value *nat)
{
    struct pl_source *s = &t->source;
    const char *which = pl_value_member_text(nat, "sourceSubnetworkIpRangesToNat");
    if (!which)
        return PL_MAYBE;
    if (strncmp(which, "ALL_SUBNETWORKS_", 16) == 0)
        return PL_YES;
    if (!s->subnet) /* E4: a connector's own range has no subnet that a NAT could list */
        return s->attach == PL_ATTACH_CONNECTOR && s->connector ? PL_NO : PL_MAYBE;
    const struct pl_value *list = pl_value_member(nat, "subnetworks");
    for (size_t i = 0; i < pl_value_count(list); i++) {
        struct pl_address a;
        const char *name = pl_value_member_text(pl_value_item(list, i), "name");
        if (name &&
            pl_link_parse(t->arena, s->subnet->address.kind, name, &s->subnet->address, &a) &&
            strcmp(a.names[0], s->subnet->address.names[0]) == 0 &&
            strcmp(a.location, s->subnet->address.location) == 0)
            return PL_YES;
    }
    return PL_NO;
}

/* A gateway whose every address is being drained, or that was given none. */
static bool nat_has_no_address(const struct pl_value *nat)
{
    const char *option = pl_value_member_text(nat, "natIpAllocateOption");
    return option && strcmp(option, "MANUAL_ONLY") == 0 &&
           pl_value_count(pl_value_member(nat, "natIps")) == 0;
}

struct nat_answer {
    enum pl_tri covered;
    const struct pl_resource *router, *without_address;
    const char *name;
};

static struct nat_answer find_nat(struct pl_trace *t)
{
    struct nat_answer answer = {.covered = PL_NO};
    struct pl_source *s = &t->source;
    const struct pl_resource *const *routers;
    size_t n;
    enum pl_known known = pl_view_list(t->view, pl_kind_find("compute.router"),
                                       s->network_address.project, &routers, &n);
    if (known == PL_NOT_KNOWN)
        answer.covered = PL_MAYBE;
    for (size_t i = 0; i < n; i++) {
        struct pl_address network;
        enum pl_known link_known, nats_known;
        const char *link = pl_trace_text(t, routers[i], "network", &link_known);
        if (strcmp(routers[i]->address.location, s->resource->address.location) != 0 ||
            (link_known != PL_NOT_KNOWN && (!link ||
                                            !pl_link_parse(t->arena, s->network_address.kind, link,
                                                           &routers[i]->address, &network) ||
                                            !pl_same_network(&network, &s->network_address))))
            continue;
        const struct pl_value *nats = pl_trace_list(t, routers[i], "nats", &nats_known);
        if (nats_known == PL_NOT_KNOWN && answer.covered == PL_NO)
            answer.covered = PL_MAYBE;
        for (size_t j = 0; j < pl_value_count(nats); j++) {
            const struct pl_value *nat = pl_value_item(nats, j);
            const char *type = pl_value_member_text(nat, "type");
            if (type && strcmp(type, "PRIVATE") == 0)
                continue;
            enum pl_tri covers = nat_covers(t, nat);
            if (covers == PL_YES && link_known == PL_NOT_KNOWN)
                covers = PL_MAYBE; /* of which network the router is, nobody knows */
            if (covers == PL_NO)
                continue;
            if (nat_has_no_address(nat)) {
                answer.without_address = routers[i];
                continue;
            }
            if (covers == PL_YES || answer.covered == PL_NO) {
                answer.covered = covers;
                answer.router = routers[i];
                answer.name = pl_value_member_text(nat, "name");
            }
        }
    }
    return answer;
}

void pl_hop_nat(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (s->what != PL_FROM_RUN || s->known != PL_PRESENT || t->flow.in_vpc == PL_NO ||
        t->flow.zone != PL_ZONE_PUBLIC)
        return;
    if (!s->network_known || t->flow.in_vpc == PL_MAYBE) {
        pl_trace_unknown(t, "nat", "NO_EXTERNAL_ADDRESS",
                         "the network that the packet enters is not known");
        return;
    }
    struct nat_answer a = find_nat(t);
    if (a.covered == PL_YES) {
        pl_trace_pass(t, "nat", "Cloud NAT %s on %s gives the packet a public address",
                      a.name ? a.name : "gateway", pl_trace_name(t, &a.router->address));
        pl_trace_evidence(t, a.router, "nats");
    } else if (a.covered == PL_MAYBE) {
        pl_trace_unknown(t, "nat", "NO_EXTERNAL_ADDRESS",
                         "whether a Cloud NAT covers the source is not known");
    } else if (a.without_address) {
        pl_trace_block(t, "nat", "CLOUD_NAT_NO_ADDRESSES", &a.without_address->address, "nats",
                       "the Cloud NAT that covers the source has no address to give");
    } else {
        pl_trace_block(t, "nat", "NO_EXTERNAL_ADDRESS", &s->resource->address,
                       "template.vpcAccess.egress",
                       "all traffic goes through network %s, and no Cloud NAT in %s covers it: a "
                       "public destination cannot be reached",
                       s->network_address.names[0], s->resource->address.location);
        pl_trace_evidence(t, s->resource, "template.vpcAccess.egress");
        pl_trace_evidence_text(t, &s->network_address, "",
                               "no router with a NAT for this network and region", NULL);
    }
}

void pl_hop_google_access(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (s->what != PL_FROM_RUN || s->known != PL_PRESENT || t->flow.in_vpc != PL_YES ||
        t->flow.zone != PL_ZONE_GOOGLE_API)
        return;
    enum pl_tri pga = s->subnet ? pl_trace_bool(t, s->subnet, "privateIpGoogleAccess") : PL_MAYBE;
    if (pga == PL_YES) {
        pl_trace_pass(t, "google-access", "Private Google Access is on in %s",
                      pl_trace_name(t, &s->subnet->address));
        pl_trace_evidence(t, s->subnet, "privateIpGoogleAccess");
        return;
    }
    struct nat_answer nat =
        s->network_known ? find_nat(t) : (struct nat_answer){.covered = PL_MAYBE};
    if (nat.covered == PL_YES) {
        pl_trace_pass(t, "google-access", "Cloud NAT on %s leads to Google's public addresses",
                      pl_trace_name(t, &nat.router->address));
        return;
    }
    if (pga == PL_MAYBE || nat.covered == PL_MAYBE) {
        pl_trace_unknown(t, "google-access", "PRIVATE_GOOGLE_ACCESS_DISALLOWED",
                         nat.covered == PL_MAYBE
                             ? "the subnet's Private Google Access is not known, nor whether a "
                               "Cloud NAT covers it"
                             : "the subnet's Private Google Access is not known, and no Cloud NAT "
                               "is");
        return;
    }
    pl_trace_block(t, "google-access", "PRIVATE_GOOGLE_ACCESS_DISALLOWED", &s->subnet->address,
                   "privateIpGoogleAccess",
                   "all traffic goes through the VPC, and %s has neither Private Google Access nor "
                   "a Cloud NAT",
                   pl_trace_name(t, &s->subnet->address));
    pl_trace_evidence(t, s->subnet, "privateIpGoogleAccess");
    pl_trace_evidence(t, s->resource, "template.vpcAccess.egress");
}
