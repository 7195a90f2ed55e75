/* egress.c - out of the workload: does the packet enter the VPC? By a proxy it goes the same way (S10).
 *
 * Rules E1 to E3, E10 (Cloud Run egress). The connector is connector.c, what follows for public destinations nat.c.
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

bool pl_is_google_vip(const struct pl_ip *ip)
{
    static const char *const vips[] = {"199.36.153.4/30", "199.36.153.8/30"};
    return in_ranges(ip, vips, PL_LEN(vips));
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
    else if (!pl_source_sends(t) || s->attach == PL_ATTACH_UNKNOWN)
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

/* PRIVATE_RANGES_ONLY leaves it beside the VPC, where no private address is. */
static bool told_outside(struct pl_trace *t)
{
    if (t->flow.in_vpc == PL_NO && t->flow.zone == PL_ZONE_PRIVATE) {
        pl_trace_block(
            t, "egress",
            t->target.what == PL_TO_REDIS     ? "REDIS_INSTANCE_NO_EXTERNAL_IP" /* M2 */
            : t->target.what == PL_TO_CLUSTER ? "REDIS_CLUSTER_NO_EXTERNAL_IP"
                                              : "NO_ROUTE_FROM_INTERNET_TO_PRIVATE_IPV4_ADDRESS",
            &t->source.resource->address, "template.vpcAccess.egress",
            "a private destination outside the ranges that PRIVATE_RANGES_ONLY sends into the VPC");
        pl_trace_evidence(t, t->source.resource, "template.vpcAccess.egress");
        return true;
    }
    return false;
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
        pl_trace_not_modelled(t, "sources other than Cloud Run services and jobs, and machines");
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
    if (told_outside(t))
        return;
    if (tell_reserved(t))
        return;
    pl_trace_pass(t, "egress",
                  t->flow.in_vpc == PL_YES
                      ? "the packet enters the VPC through %s"
                      : "the packet leaves %s for the internet, beside the VPC",
                  t->flow.in_vpc == PL_NO            ? pl_trace_name(t, from)
                  : s->attach == PL_ATTACH_CONNECTOR ? "the connector"
                  : s->attach == PL_ATTACH_NIC       ? "the machine's own interface"
                                                     : "a Direct VPC interface");
    pl_trace_evidence(t, s->resource, "template.vpcAccess.egress");
}
