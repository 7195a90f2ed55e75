/* nat.c - to the internet and to Google's APIs from inside a VPC: Cloud NAT, its addresses and ports, Private Google Access, NAT64.
 *
 * Rules E1, R8 and Cloud NAT (https://cloud.google.com/nat/docs/overview, .../ports-and-addresses). Shares are told with their arithmetic.
 */
#include <inttypes.h>
#include <string.h>

#include "reach_priv.h"

static bool has_text(const struct pl_value *list, const char *text)
{
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *item = pl_value_text(pl_value_item(list, i));
        if (item && strcmp(item, text) == 0)
            return true;
    }
    return false;
}

/* Of a listed subnetwork: its primary range, which connectors and Direct VPC have their addresses from? None named is all of them. */
static bool has_primary_range(const struct pl_value *subnetwork)
{
    const struct pl_value *ranges = pl_value_member(subnetwork, "sourceIpRangesToNat");
    return pl_value_count(ranges) == 0 || has_text(ranges, "ALL_IP_RANGES") ||
           has_text(ranges, "PRIMARY_IP_RANGE");
}

/* Does this NAT gateway take packets of the source's subnet? A gateway may be for other things than machines, none named is for these alone
 * (https://cloud.google.com/compute/docs/reference/rest/v1/routers, nats[].endpointTypes). */
static enum pl_tri nat_covers(struct pl_trace *t, const struct pl_value *nat)
{
    struct pl_source *s = &t->source;
    const char *which = pl_value_member_text(nat, "sourceSubnetworkIpRangesToNat");
    const struct pl_value *types = pl_value_member(nat, "endpointTypes");
    if (pl_value_count(types) > 0 && !has_text(types, "ENDPOINT_TYPE_VM"))
        return PL_NO;
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
            return has_primary_range(pl_value_item(list, i)) ? PL_YES : PL_NO;
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

static bool is_of_source(struct pl_trace *t, const struct pl_resource *router)
{
    struct pl_source *s = &t->source;
    struct pl_address network;
    enum pl_known known;
    const char *link = pl_trace_text(t, router, "network", &known);
    return strcmp(router->address.location, s->region) == 0 &&
           (known == PL_NOT_KNOWN ||
            (link &&
             pl_link_parse(t->arena, s->network_address.kind, link, &router->address, &network) &&
             pl_same_network(&network, &s->network_address)));
}

struct nat_answer {
    enum pl_tri covered;
    const struct pl_resource *router, *without_address;
    const char *name;
    const struct pl_value *nat;
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
        enum pl_known link_known, nats_known;
        (void)pl_trace_text(t, routers[i], "network", &link_known);
        if (!is_of_source(t, routers[i]))
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
                answer.nat = nat;
                answer.name = pl_value_member_text(nat, "name");
            }
        }
    }
    return answer;
}

/* ---- whom a stranger sees ---- */

/* NULL, or what is missing. */
static const char *take_reserved(struct pl_trace *t, const struct pl_resource *router,
                                 const char *link, struct pl_ip *out)
{
    struct pl_address a;
    const struct pl_resource *reserved = NULL;
    if (!link ||
        !pl_link_parse(t->arena, pl_kind_find("compute.address"), link, &router->address, &a))
        return "an address of it has no name that could be read";
    enum pl_known known = pl_view_find(t->view, &a, &reserved);
    const char *name = pl_trace_name(t, &a);
    if (known != PL_PRESENT)
        return pl_arena_printf(t->arena, "%s: %s", name,
                               known == PL_ABSENT ? "it does not exist" : pl_trace_why(t, &a));
    const char *text = pl_trace_text(t, reserved, "address", NULL);
    return text && pl_ip_parse(text, out)
               ? NULL
               : pl_arena_printf(t->arena, "%s: its address was not read", name);
}

/* Of several gateways one takes a subnetwork; by rules of its own it has other addresses for some destinations
 * (https://cloud.google.com/nat/docs/nat-rules-overview). */
bool pl_exit_addresses(struct pl_trace *t, struct pl_exit *out)
{
    struct pl_source *s = &t->source;
    *out = (struct pl_exit){0};
    if (t->flow.in_vpc != PL_YES || !s->network_known)
        return false;
    if (s->external_ip) {
        struct pl_ip *own = PL_NEW(t->arena, struct pl_ip);
        *out = (struct pl_exit){own, 1, s->resource, NULL};
        return pl_ip_parse(s->external_ip, own);
    }
    struct nat_answer a = find_nat(t);
    const struct pl_value *reserved = pl_value_member(a.nat, "natIps");
    size_t n = pl_value_count(reserved);
    struct pl_ip *ips = pl_arena_array(t->arena, n, sizeof(*ips));
    if (a.covered != PL_YES || pl_value_count(pl_value_member(a.nat, "rules")) > 0)
        return false;
    out->by = a.router;
    for (size_t i = 0; i < n && !out->missing; i++)
        out->missing =
            take_reserved(t, a.router, pl_value_text(pl_value_item(reserved, i)), &ips[i]);
    if (out->missing)
        return false;
    *out = (struct pl_exit){ips, n, a.router, NULL};
    return n > 0;
}

/* ---- ports ---- */

static int64_t member_number(const struct pl_value *map, const char *key, int64_t otherwise)
{
    int64_t n = 0;
    return pl_value_as_int(pl_value_member(map, key), &n) && n > 0 ? n : otherwise;
}

/* How many connections an instance opens: its pool towards a database, else one a request. Only what was set counts; 0: not known. */
static int64_t opened_by(struct pl_trace *t)
{
    static const char requests[] = "template.maxInstanceRequestConcurrency";
    int64_t n = 0;
    const struct pl_value *v = NULL;
    if (t->target.what == PL_TO_SQL)
        return pl_pool_size(t);
    if (pl_view_read(t->view, t->source.resource, requests, &v) == PL_PRESENT)
        (void)pl_value_as_int(v, &n);
    return n;
}

/* Who asks the gateway for ports: each instance with Direct VPC, else the connector's machines for all of them. Defaults: C11, E4. */
struct clients {
    int64_t machines, each; /* connections that one machine has at full scale; 0: not known */
    const char *sum;
};

static struct clients clients_of(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    const char *unused;
    int64_t instances = pl_source_instances(t, &unused);
    instances = instances > 0 ? instances : 100;
    int64_t opened = opened_by(t);
    if (s->attach != PL_ATTACH_CONNECTOR || !s->connector)
        return (struct clients){
            instances, opened,
            pl_arena_printf(t->arena, "%" PRId64 " connections an instance", opened)};
    int64_t machines = pl_trace_count(t, s->connector, "maxInstances", 10);
    return (struct clients){
        machines, instances * opened / machines,
        pl_arena_printf(t->arena,
                        "%" PRId64 " instances x %" PRId64 " connections / %" PRId64
                        " machines of the connector = %" PRId64 " each",
                        instances, opened, machines, instances * opened / machines)};
}

/* To one destination a machine has as many connections as ports: 64 unless set, or as many as dynamic allocation lets it grow to. An
 * address has 64512 of them. */
static void judge_ports(struct pl_trace *t, const struct nat_answer *a)
{
    bool dynamic = pl_value_true(pl_value_member(a->nat, "enableDynamicPortAllocation"));
    int64_t least = member_number(a->nat, "minPortsPerVm", dynamic ? 32 : 64);
    int64_t most = dynamic ? member_number(a->nat, "maxPortsPerVm", 65536) : least;
    size_t addresses = pl_value_count(pl_value_member(a->nat, "natIps"));
    struct clients c = clients_of(t);
    if (c.each == 0) {
        pl_trace_not_modelled(t, "how many connections the client has through Cloud NAT");
        return;
    }
    const char *path = pl_trace_element_path(t, "nats", a->name ? a->name : "",
                                             dynamic ? "maxPortsPerVm" : "minPortsPerVm");
    if (c.each > most)
        pl_trace_risk(t, "nat-ports", "CLOUD_NAT_PORTS_EXHAUSTED",
                      "%s against %" PRId64 " ports a machine: at full scale connections to one "
                      "destination are dropped",
                      c.sum, most);
    else if (addresses > 0 && c.machines * least > (int64_t)addresses * 64512)
        pl_trace_risk(t, "nat-ports", "CLOUD_NAT_PORTS_EXHAUSTED",
                      "%" PRId64 " machines x %" PRId64 " ports = %" PRId64
                      " against %zu addresses x "
                      "64512 = %" PRId64 ": at full scale some get none",
                      c.machines, least, c.machines * least, addresses, (int64_t)addresses * 64512);
    else
        pl_trace_pass(t, "nat-ports", "%s against %" PRId64 " ports a machine", c.sum, most);
    pl_trace_field(t, &a->router->address, path);
    pl_trace_evidence(t, a->router, path);
}

/* ---- the hops ---- */

/* NAT64: an IPv4 destination in the well-known prefix (RFC 6052) needs a gateway that translates for the subnet. */
static bool told_nat64(struct pl_trace *t)
{
    struct pl_prefix nat64;
    const struct pl_resource *const *routers;
    size_t n;
    if (!t->flow.ip_known || t->flow.ip.v4 || !pl_prefix_parse("64:ff9b::/96", &nat64) ||
        !pl_prefix_contains_ip(&nat64, &t->flow.ip))
        return false;
    enum pl_known known = pl_view_list(t->view, pl_kind_find("compute.router"),
                                       t->source.network_address.project, &routers, &n);
    for (size_t i = 0; i < n; i++) {
        const struct pl_value *nats = pl_trace_list(t, routers[i], "nats", NULL);
        for (size_t j = 0; j < pl_value_count(nats); j++)
            if (is_of_source(t, routers[i]) &&
                pl_value_member_text(pl_value_item(nats, j), "sourceSubnetworkIpRangesToNat64")) {
                pl_trace_unknown(t, "nat", "NO_MATCHING_NAT64_GATEWAY",
                                 "whether %s translates for this subnet is not modelled",
                                 pl_trace_name(t, &routers[i]->address));
                return true;
            }
    }
    if (known == PL_NOT_KNOWN)
        pl_trace_unknown(t, "nat", "NO_MATCHING_NAT64_GATEWAY",
                         "whether a gateway translates to IPv4 is not known");
    else
        pl_trace_block(t, "nat", "NO_MATCHING_NAT64_GATEWAY", &t->source.network_address, "",
                       "%s is an IPv4 destination by NAT64, and no gateway of network %s in %s "
                       "translates",
                       pl_ip_format(t->arena, &t->flow.ip), t->source.network_address.names[0],
                       t->source.region);
    return true;
}

/* https://cloud.google.com/vpc/docs/firewalls#blockedtraffic: mail goes out by 465 or 587. */
static bool told_mail(struct pl_trace *t)
{
    if (t->flow.port != 25)
        return false;
    pl_trace_block(t, "nat", "TRAFFIC_TYPE_BLOCKED", t->flow.port_resource, t->flow.port_path,
                   "TCP 25 to public addresses is always blocked");
    return true;
}

/* An interface with an external address does not use Cloud NAT (https://cloud.google.com/nat/docs/nat-product-interactions). */
static bool told_own_address(struct pl_trace *t, const char *hop)
{
    struct pl_source *s = &t->source;
    if (!s->external_ip)
        return false;
    pl_trace_pass(t, hop, "%s has an external address of its own, %s",
                  pl_trace_name(t, &s->resource->address), s->external_ip);
    pl_trace_evidence(t, s->resource, "template.vpcAccess.egress");
    return true;
}

void pl_hop_nat(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (!pl_source_sends(t) || t->flow.in_vpc == PL_NO || t->flow.zone != PL_ZONE_PUBLIC)
        return;
    if (!s->network_known || t->flow.in_vpc == PL_MAYBE) {
        pl_trace_unknown(t, "nat", "NO_EXTERNAL_ADDRESS",
                         "the network that the packet enters is not known");
        return;
    }
    if (told_mail(t) || told_nat64(t))
        return;
    if (told_own_address(t, "nat"))
        return;
    struct nat_answer a = find_nat(t);
    if (a.covered == PL_YES) {
        pl_trace_pass(t, "nat", "Cloud NAT %s on %s gives the packet a public address",
                      a.name ? a.name : "gateway", pl_trace_name(t, &a.router->address));
        pl_trace_evidence(t, a.router, "nats");
        judge_ports(t, &a);
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
                       s->network_address.names[0], s->region);
        pl_trace_evidence(t, s->resource, "template.vpcAccess.egress");
        pl_trace_evidence_text(t, &s->network_address, "",
                               "no router with a NAT for this network and region", NULL);
    }
}

/* Whom does a stranger see? Only a gateway with reserved addresses keeps one, which an allowlist may name
 * (https://cloud.google.com/run/docs/configuring/static-outbound-ip). */
void pl_hop_exit_address(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (s->what != PL_FROM_RUN || s->known != PL_PRESENT || t->target.what != PL_TO_HOST ||
        t->target.lb || t->flow.zone != PL_ZONE_PUBLIC || t->flow.in_vpc == PL_MAYBE)
        return;
    if (t->flow.in_vpc == PL_NO) {
        pl_trace_risk(t, "exit-address", "EXIT_ADDRESS_NOT_RESERVED",
                      "packets leave from changing addresses of Google's: an allowlist at the "
                      "destination does not know them");
        pl_trace_field(t, &s->resource->address, "template.vpcAccess.egress");
        pl_trace_evidence(t, s->resource, "template.vpcAccess.egress");
        return;
    }
    struct nat_answer a = s->network_known ? find_nat(t) : (struct nat_answer){.covered = PL_MAYBE};
    if (a.covered == PL_NO && a.without_address) {
        pl_trace_risk(t, "exit-address", "EXIT_ADDRESS_NOT_RESERVED",
                      "no address is reserved for %s",
                      pl_trace_name(t, &a.without_address->address));
        pl_trace_field(t, &a.without_address->address, "nats");
        pl_trace_evidence(t, a.without_address, "nats");
        return;
    }
    if (a.covered != PL_YES || !a.name)
        return;
    const char *router = pl_trace_name(t, &a.router->address);
    /* whoever lets Google choose has no say in which addresses are used
     * (https://cloud.google.com/compute/docs/reference/rest/v1/routers, nats[].natIpAllocateOption) */
    const char *option = pl_value_member_text(a.nat, "natIpAllocateOption");
    size_t reserved = option && strcmp(option, "AUTO_ONLY") == 0
                          ? 0
                          : pl_value_count(pl_value_member(a.nat, "natIps"));
    const char *path =
        pl_trace_element_path(t, "nats", a.name, reserved ? "natIps" : "natIpAllocateOption");
    if (reserved)
        pl_trace_pass(t, "exit-address", "packets leave from %zu reserved address%s of %s",
                      reserved, reserved == 1 ? "" : "es", router);
    else
        pl_trace_risk(t, "exit-address", "EXIT_ADDRESS_NOT_RESERVED",
                      "%s takes whichever addresses Google gives: an allowlist at the destination "
                      "does not know them",
                      router);
    pl_trace_field(t, &a.router->address, path);
    pl_trace_evidence(t, a.router, path);
}

void pl_hop_google_access(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    if (!pl_source_sends(t) || t->flow.in_vpc != PL_YES || t->flow.zone != PL_ZONE_GOOGLE_API)
        return;
    if (t->flow.front) {
        pl_trace_pass(t, "google-access", "%s leads to Google's APIs",
                      pl_trace_name(t, &t->flow.front->address));
        return;
    }
    if (told_own_address(t, "google-access"))
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
