/* lb_front.c - the front of a load balancer: its forwarding rule, the subnet of its proxies, and its certificates.
 *
 * https://cloud.google.com/load-balancing/docs/forwarding-rule-concepts, .../proxy-only-subnets, .../ssl-certificates/troubleshooting.
 */
#include <string.h>
#include <strings.h>

#include "lb_priv.h"
#include "plumbline/clock.h"

/* ---- the forwarding rule ---- */

static enum pl_tri takes_port(struct pl_trace *t, const struct pl_resource *rule, int port)
{
    enum pl_known known, known_ports;
    struct pl_ports range;
    const char *text = pl_trace_text(t, rule, "portRange", &known);
    const struct pl_value *ports = pl_trace_list(t, rule, "ports", &known_ports);
    if (known == PL_NOT_KNOWN || known_ports == PL_NOT_KNOWN)
        return PL_MAYBE;
    if (text && pl_ports_parse(text, &range) && port >= range.lo && port <= range.hi)
        return PL_YES;
    for (size_t i = 0; i < pl_value_count(ports); i++) {
        const char *one = pl_value_text(pl_value_item(ports, i));
        if (one && pl_ports_parse(one, &range) && port >= range.lo && port <= range.hi)
            return PL_YES;
    }
    return !text && !ports ? PL_MAYBE : PL_NO;
}

/* Another rule at the same address that takes the port: most often that of an HTTP proxy, which redirects. */
static const struct pl_resource *other_at(struct pl_trace *t, const struct pl_resource *rule,
                                          int port)
{
    const struct pl_resource *const *list;
    size_t n;
    const char *ip = pl_trace_text(t, rule, "IPAddress", NULL);
    (void)pl_view_list(t->view, rule->address.kind, rule->address.project, &list, &n);
    for (size_t i = 0; ip && i < n; i++) {
        const char *one = pl_trace_text(t, list[i], "IPAddress", NULL);
        if (!pl_address_equal(&list[i]->address, &rule->address) && one && pl_same_host(one, ip) &&
            takes_port(t, list[i], port) != PL_NO)
            return list[i];
    }
    return NULL;
}

static void judge_port(struct pl_trace *t, struct pl_lb *lb, int port)
{
    const char *name = pl_trace_name(t, &lb->rule->address);
    const char *ip = pl_trace_text(t, lb->rule, "IPAddress", NULL);
    bool takes = port <= 0 || takes_port(t, lb->rule, port) != PL_NO;
    const struct pl_resource *other = takes ? NULL : other_at(t, lb->rule, port);
    if (takes)
        pl_lb_tell(t, lb, PL_HOP_PASS, "forwarding-rule", NULL, lb->rule, "IPAddress",
                   "%s takes requests for %s%s%s", name, lb->host ? lb->host : "this address",
                   ip ? " at " : "", ip ? ip : "");
    else if (other)
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "forwarding-rule", "FORWARDING_RULE_MISMATCH", other,
                   "target", "%s takes port %d at the same address; what it does is not modelled",
                   pl_trace_name(t, &other->address), port);
    else
        pl_lb_tell(t, lb, PL_HOP_BLOCK, "forwarding-rule", "FORWARDING_RULE_MISMATCH", lb->rule,
                   "portRange", "%s does not take port %d", name, port);
}

/* An internal rule answers clients of its own region, unless it gives access to all
 * (https://cloud.google.com/load-balancing/docs/l7-internal#client_access). */
static void judge_region(struct pl_trace *t, struct pl_lb *lb)
{
    const struct pl_resource *from = t->source.resource;
    if (!lb->internal || !lb->regional || !from ||
        strcmp(from->address.location, lb->rule->address.location) == 0)
        return;
    enum pl_tri global = pl_trace_bool(t, lb->rule, "allowGlobalAccess");
    if (global == PL_YES)
        return;
    pl_lb_tell(t, lb, global == PL_NO ? PL_HOP_BLOCK : PL_HOP_UNKNOWN, "forwarding-rule",
               "FORWARDING_RULE_REGION_MISMATCH", lb->rule, "allowGlobalAccess",
               "%s answers clients in %s only, and %s is in %s",
               pl_trace_name(t, &lb->rule->address), lb->rule->address.location,
               pl_trace_name(t, &from->address), from->address.location);
}

static bool is_proxy_subnet(struct pl_trace *t, const struct pl_lb *lb,
                            const struct pl_resource *subnet, const struct pl_address *network)
{
    const char *purpose = pl_trace_text(t, subnet, "purpose", NULL);
    const char *role = pl_trace_text(t, subnet, "role", NULL);
    const char *link = pl_trace_text(t, subnet, "network", NULL);
    const char *wanted = lb->regional ? "REGIONAL_MANAGED_PROXY" : "GLOBAL_MANAGED_PROXY";
    struct pl_address a;
    return purpose && strcmp(purpose, wanted) == 0 && (!role || strcmp(role, "ACTIVE") == 0) &&
           (!lb->regional || strcmp(subnet->address.location, lb->rule->address.location) == 0) &&
           link && pl_link_parse(t->arena, network->kind, link, &subnet->address, &a) &&
           pl_same_network(&a, network);
}

/* Envoy's load balancers run in a subnet of the network that is kept for them: regional ones, and internal ones across regions. */
static void judge_proxy_subnet(struct pl_trace *t, struct pl_lb *lb)
{
    const char *link = pl_trace_text(t, lb->rule, "network", NULL);
    struct pl_address network;
    if ((!lb->regional && !lb->internal) || !link ||
        !pl_link_parse(t->arena, pl_kind_find("compute.network"), link, &lb->rule->address,
                       &network))
        return;
    const struct pl_resource *const *list;
    size_t n;
    enum pl_known known =
        pl_view_list(t->view, pl_kind_find("compute.subnetwork"), network.project, &list, &n);
    for (size_t i = 0; i < n; i++)
        if (is_proxy_subnet(t, lb, list[i], &network))
            return;
    bool none = known == PL_PRESENT && n > 0;
    pl_lb_tell(t, lb, none ? PL_HOP_BLOCK : PL_HOP_UNKNOWN, "forwarding-rule",
               "LOAD_BALANCER_HAS_NO_PROXY_SUBNET", lb->rule, "network",
               none ? "network %s has no active proxy-only subnet %s%s"
                    : "whether network %s has a proxy-only subnet %s%s was not read",
               network.names[0], lb->regional ? "in " : "for all regions",
               lb->regional ? lb->rule->address.location : "");
}

void pl_lb_front(struct pl_trace *t, struct pl_lb *lb, int port)
{
    judge_port(t, lb, port);
    judge_region(t, lb);
    judge_proxy_subnet(t, lb);
}

/* ---- certificates ---- */

bool pl_lb_name_covers(const char *name, const char *host)
{
    if (strncmp(name, "*.", 2) != 0)
        return strcasecmp(name, host) == 0;
    const char *dot = strchr(host, '.');
    return dot && dot != host && strcasecmp(dot, name + 1) == 0;
}

/* `exact`: wildcards do not count. */
static bool names(struct pl_trace *t, const struct pl_resource *certificate, const char *host,
                  bool exact, enum pl_known *known)
{
    static const char *const lists[] = {"managed.domains", "subjectAlternativeNames"};
    *known = PL_ABSENT;
    for (size_t k = 0; k < PL_LEN(lists); k++) {
        enum pl_known one;
        const struct pl_value *list = pl_trace_list(t, certificate, lists[k], &one);
        *known = one == PL_NOT_KNOWN || *known == PL_NOT_KNOWN ? PL_NOT_KNOWN
                 : list                                        ? PL_PRESENT
                                                               : *known;
        for (size_t i = 0; i < pl_value_count(list); i++) {
            const char *name = pl_value_text(pl_value_item(list, i));
            if (name && (exact ? strcasecmp(name, host) == 0 : pl_lb_name_covers(name, host)))
                return true;
        }
    }
    return false;
}

bool pl_lb_certificate_names(struct pl_trace *t, const struct pl_resource *proxy, const char *host)
{
    const struct pl_value *links = pl_trace_list(t, proxy, "sslCertificates", NULL);
    for (size_t i = 0; i < pl_value_count(links); i++) {
        enum pl_known known;
        const struct pl_resource *c = pl_lb_follow(t, proxy, "compute.sslCertificate",
                                                   pl_value_text(pl_value_item(links, i)), &known);
        if (c && names(t, c, host, true, &known))
            return true;
    }
    return false;
}

static bool has_link(struct pl_trace *t, const struct pl_value *links,
                     const struct pl_resource *proxy, const struct pl_address *certificate)
{
    for (size_t i = 0; i < pl_value_count(links); i++) {
        const char *link = pl_value_text(pl_value_item(links, i));
        struct pl_address a;
        if (link && pl_link_parse(t->arena, certificate->kind, link, &proxy->address, &a) &&
            pl_address_equal(&a, certificate))
            return true;
    }
    return false;
}

/* Google issues a certificate once it hangs on a proxy: where it only does in this view, its status was that of one that did not
 * (https://cloud.google.com/load-balancing/docs/ssl-certificates/troubleshooting, FAILED_NOT_VISIBLE). */
static bool hangs_anew(struct pl_trace *t, const struct pl_resource *proxy,
                       const struct pl_resource *certificate)
{
    const struct pl_resource *before = NULL;
    const struct pl_value *list = NULL;
    if (pl_view_find(t->base, &proxy->address, &before) != PL_PRESENT)
        return true;
    (void)pl_view_read(t->base, before, "sslCertificates", &list);
    return !has_link(t, list, before, &certificate->address);
}

/* A certificate that has the name: does Google serve it? */
static enum pl_tri is_served(struct pl_trace *t, struct pl_lb *lb, const struct pl_resource *c)
{
    enum pl_known known;
    const char *status = pl_trace_text(t, c, "managed.status", &known);
    const char *expires = pl_trace_text(t, c, "expireTime", NULL),
               *seen = pl_view_world(t->view)->observed_at;
    int64_t at = 0, now = 0;
    bool waits = status && strcmp(status, "ACTIVE") != 0 && strcmp(status, "RENEWAL_FAILED") != 0 &&
                 !hangs_anew(t, lb->proxy, c);
    bool past = expires && seen && pl_clock_parse(expires, &at) == 0 &&
                pl_clock_parse(seen, &now) == 0 && at < now;
    if (waits)
        pl_lb_tell(t, lb, PL_HOP_BLOCK, "certificate", "SSL_CERTIFICATE_NOT_ACTIVE", c,
                   "managed.status", "%s has %s, and is %s: Google does not serve it",
                   pl_trace_name(t, &c->address), lb->host, status);
    else if (past)
        pl_lb_tell(t, lb, PL_HOP_BLOCK, "certificate", "SSL_CERTIFICATE_EXPIRED", c, "expireTime",
                   "%s expired at %s", pl_trace_name(t, &c->address), expires);
    else if (known == PL_NOT_KNOWN)
        return PL_MAYBE;
    return waits || past ? PL_NO : PL_YES;
}

static void tell_mismatch(struct pl_trace *t, struct pl_lb *lb, bool sure)
{
    pl_lb_tell(t, lb, sure ? PL_HOP_BLOCK : PL_HOP_UNKNOWN, "certificate",
               "SSL_CERTIFICATE_NAME_MISMATCH", lb->proxy, "sslCertificates",
               sure ? "no certificate of %s has the name %s"
                    : "whether a certificate of %s has the name %s was not read",
               pl_trace_name(t, &lb->proxy->address), lb->host);
}

void pl_lb_certificate(struct pl_trace *t, struct pl_lb *lb)
{
    enum pl_known known, named;
    if (!lb->host)
        return;
    const char *map = pl_trace_text(t, lb->proxy, "certificateMap", &known);
    if (known == PL_NOT_KNOWN || (map && *map)) { /* it wins over sslCertificates */
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "certificate", "SSL_CERTIFICATE_NAME_MISMATCH", lb->proxy,
                   "certificateMap",
                   "certificates of %s are in Certificate Manager, which is not read",
                   pl_trace_name(t, &lb->proxy->address));
        return;
    }
    const struct pl_value *links = pl_trace_list(t, lb->proxy, "sslCertificates", &known);
    bool all_known = known != PL_NOT_KNOWN, covered = false;
    size_t told = lb->n;
    for (size_t i = 0; i < pl_value_count(links); i++) {
        const struct pl_resource *c = pl_lb_follow(t, lb->proxy, "compute.sslCertificate",
                                                   pl_value_text(pl_value_item(links, i)), &known);
        all_known = all_known && known != PL_NOT_KNOWN;
        if (!c || !names(t, c, lb->host, false, &named)) {
            all_known = all_known && (!c || named == PL_PRESENT);
            continue;
        }
        covered = true;
        enum pl_tri served = is_served(t, lb, c);
        all_known = all_known && served != PL_MAYBE;
        if (served != PL_YES)
            continue;
        lb->n = told; /* what else is the matter with others does not matter */
        pl_lb_tell(t, lb, PL_HOP_PASS, "certificate", NULL, lb->proxy, "sslCertificates",
                   "%s has the name %s", pl_trace_name(t, &c->address), lb->host);
        return;
    }
    if (!covered || !all_known) {
        lb->n = told;
        tell_mismatch(t, lb, all_known);
    }
}
