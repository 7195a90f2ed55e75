/* name.c - the name that is dialled: what it resolves to from the source's network, by private zones (dns.c) or as a public name.
 */
#include <string.h>

#include "wiring_priv.h"

static bool is_google(const char *host)
{
    size_t len = strlen(host);
    return pl_is_run_app(host) || (len > 15 && strcasecmp(host + len - 15, ".googleapis.com") == 0);
}

/* The records decide the address, and so by what way the packet goes. */
static void take_answer(struct pl_trace *t, const struct pl_name_answer *a)
{
    struct pl_flow *f = &t->flow;
    f->ip = a->ip;
    f->ip_known = true;
    f->zone = pl_ip_is_loopback(&f->ip)  ? PL_ZONE_LOOPBACK
              : pl_ip_is_private(&f->ip) ? PL_ZONE_PRIVATE
                                         : PL_ZONE_PUBLIC;
    struct pl_front front = pl_front_at(t, &f->ip);
    if (pl_is_google_vip(&f->ip) || pl_front_is_google(t, &front))
        f->zone = PL_ZONE_GOOGLE_API;
    pl_trace_pass(t, "name", "%s is %s by %s", f->host, pl_ip_format(t->arena, &f->ip),
                  pl_trace_name(t, &a->zone->address));
    pl_trace_evidence(t, a->record, "rrdatas");
}

/* No zone that is seen covers it, and it is a name that no public DNS has. */
static void tell_nowhere(struct pl_trace *t)
{
    if (t->source.attach == PL_ATTACH_NONE)
        pl_trace_block(t, "name", "DNS_NAME_NOT_FOUND", &t->source.resource->address,
                       "template.vpcAccess",
                       "%s is no public name, and %s has no network whose private zones it could "
                       "ask",
                       t->flow.host, pl_trace_name(t, &t->source.resource->address));
    else
        pl_trace_block(t, "name", "DNS_NAME_NOT_FOUND", &t->source.network_address, "",
                       "no private zone that network %s sees covers %s, and that is no public name",
                       t->source.network_address.names[0], t->flow.host);
}

static void tell_not_there(struct pl_trace *t, const struct pl_name_answer *a)
{
    if (!a->zone) {
        tell_nowhere(t);
        return;
    }
    const char *zone = pl_trace_name(t, &a->zone->address);
    pl_trace_block(
        t, "name", "DNS_NAME_NOT_FOUND", &a->zone->address, "",
        "network %s sees the private zone %s (%s), which has no record of %s: the public "
        "DNS is not asked",
        t->source.network_address.names[0], zone, pl_trace_text(t, a->zone, "dnsName", NULL),
        t->flow.host);
    pl_trace_evidence(t, a->zone, "dnsName");
    pl_trace_evidence(t, a->zone, "privateVisibilityConfig.networks");
}

static bool proves_no_zone(struct pl_trace *t)
{
    /* A snapshot in which no zone is, and that does not say that any was looked for, proves none. */
    static const char *const any[] = {""};
    struct pl_address zone = {.kind = pl_kind_find("dns.managedZone"),
                              .project = t->source.network_address.project,
                              .location = "global",
                              .names = any};
    return t->source.network_known && pl_trace_absence_counts(t, &zone);
}

/* A name outside this world: resolved by whoever serves it. It is taken for a public one, and said so. */
static void take_for_public(struct pl_trace *t)
{
    struct pl_flow *f = &t->flow;
    if (is_google(f->host)) {
        pl_trace_pass(t, "name", "%s is one of Google's public names", f->host);
        if (f->zone == PL_ZONE_UNKNOWN)
            f->zone = PL_ZONE_GOOGLE_API;
    } else if (t->target.what == PL_TO_HOST) {
        f->zone = strcasecmp(f->host, "localhost") == 0 ? PL_ZONE_LOOPBACK : PL_ZONE_PUBLIC;
        pl_trace_pass(t, "name", "%s is taken for a public name", f->host);
    }
    if (t->source.network_known && !proves_no_zone(t))
        pl_trace_not_modelled(t, "private DNS zones: %s is taken for %s public name", f->host,
                              is_google(f->host) ? "Google's" : "a");
    else if (t->source.network_known)
        pl_trace_not_modelled(t, "DNS server policies and response policies of the network");
}

/* S11: the name of an instance behind Private Service Connect is in no public zone, only in those of its consumers, by hand or by Google's own automation. */
static void tell_no_zone(struct pl_trace *t)
{
    static const char automatic[] = "settings.ipConfiguration.pscConfig.pscAutoDnsEnabled";
    if (!proves_no_zone(t) || pl_trace_bool(t, t->target.resource, automatic) != PL_NO) {
        pl_trace_unknown(t, "name", "DNS_NAME_NOT_FOUND",
                         "no private zone with %s was read, and whether one is is not known",
                         t->flow.host);
        return;
    }
    pl_trace_block(t, "name", "DNS_NAME_NOT_FOUND", &t->target.address, "dnsName",
                   "no private zone that network %s sees has %s, and the public DNS does not know "
                   "it",
                   t->source.network_address.names[0], t->flow.host);
    pl_trace_evidence(t, t->target.resource, "dnsName");
}

/* A private zone may say anything of a name that nobody read. */
static bool told_no_name(struct pl_trace *t)
{
    enum pl_known known = PL_PRESENT;
    if (t->flow.host || t->target.what != PL_TO_RUN || !t->target.resource ||
        t->source.what != PL_FROM_RUN || t->source.attach == PL_ATTACH_NONE)
        return false;
    (void)pl_trace_text(t, t->target.resource, "uri", &known);
    if (known == PL_NOT_KNOWN)
        pl_trace_unknown(t, "name", "DNS_NAME_NOT_FOUND", "the name of %s was not read",
                         t->target.shown);
    return known == PL_NOT_KNOWN;
}

void pl_hop_name(struct pl_trace *t)
{
    struct pl_flow *f = &t->flow;
    struct pl_ip ip;
    if (told_no_name(t) || f->socket || f->ip_known || !f->host || *f->host == '/' ||
        pl_ip_parse(f->host, &ip))
        return;
    struct pl_name_answer a = pl_name_resolve(t, f->host);
    switch (a.what) {
    case PL_NAME_ADDRESS:
        take_answer(t, &a);
        break;
    case PL_NAME_NOT_THERE:
        tell_not_there(t, &a);
        break;
    case PL_NAME_UNKNOWN:
        pl_trace_unknown(t, "name", a.forwarded ? "DNS_FORWARDED" : "DNS_NAME_NOT_FOUND",
                         "what %s resolves to is not known: %s", f->host, a.why);
        break;
    case PL_NAME_PUBLIC:
        if (pl_sql_by_endpoint(t))
            tell_no_zone(t);
        else
            take_for_public(t);
        break;
    }
    pl_egress_decide(t);
}
