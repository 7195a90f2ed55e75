/* lb.c - the Application Load Balancer in front of a service: which one takes requests for a host, and the walk through it.
 *
 * forwarding rule, target HTTPS proxy, URL map, backend service, network endpoint group, Cloud Run service
 * (https://cloud.google.com/load-balancing/docs/https). What the public DNS says is not read: a name is taken to lead to the one load
 * balancer whose URL map or certificate has it, and said so.
 */
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "lb_priv.h"

void pl_lb_tell(struct pl_trace *t, struct pl_lb *lb, enum pl_hop_verdict verdict, const char *hop,
                const char *cause, const struct pl_resource *resource, const char *path,
                const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *text = pl_arena_vprintf(t->arena, fmt, args);
    va_end(args);
    struct pl_lb_finding f = {.verdict = verdict,
                              .hop = hop,
                              .cause = cause,
                              .text = text,
                              .resource = resource,
                              .path = path};
    PL_PUSH(t->arena, lb->findings, lb->n, lb->cap, f);
}

const struct pl_resource *pl_lb_follow(struct pl_trace *t, const struct pl_resource *from,
                                       const char *kind, const char *link, enum pl_known *known)
{
    const struct pl_resource *r = NULL;
    struct pl_address a;
    *known = PL_NOT_KNOWN;
    if (!link || !pl_link_parse(t->arena, pl_kind_find(kind), link, &from->address, &a))
        return NULL;
    *known = pl_view_find(t->view, &a, &r);
    if (*known == PL_ABSENT && !pl_trace_absence_counts(t, &a))
        *known = PL_NOT_KNOWN;
    return *known == PL_PRESENT ? r : NULL;
}

/* ---- the walk ---- */

static const struct pl_resource *proxy_of(struct pl_trace *t, const struct pl_resource *rule,
                                          enum pl_known *known)
{
    const char *target = pl_trace_text(t, rule, "target", NULL);
    *known = PL_ABSENT;
    return target && strstr(target, "/targetHttpsProxies/")
               ? pl_lb_follow(t, rule, "compute.targetHttpsProxy", target, known)
               : NULL;
}

static bool is_application(struct pl_trace *t, const struct pl_resource *rule)
{
    const char *target = pl_trace_text(t, rule, "target", NULL);
    return target && strstr(target, "/targetHttpsProxies/") != NULL;
}

static void walk(struct pl_trace *t, struct pl_lb *lb)
{
    enum pl_known known;
    lb->proxy = proxy_of(t, lb->rule, &known);
    if (!lb->proxy) {
        pl_lb_tell(t, lb, known == PL_ABSENT ? PL_HOP_BLOCK : PL_HOP_UNKNOWN, "url-map",
                   "LOAD_BALANCER_NOT_CONFIGURED", lb->rule, "target",
                   "the target HTTPS proxy of %s %s", pl_trace_name(t, &lb->rule->address),
                   known == PL_ABSENT ? "does not exist" : "was not read");
        return;
    }
    pl_lb_certificate(t, lb);
    lb->map = pl_lb_follow(t, lb->proxy, "compute.urlMap",
                           pl_trace_text(t, lb->proxy, "urlMap", NULL), &known);
    if (!lb->map) {
        pl_lb_tell(t, lb, known == PL_ABSENT ? PL_HOP_BLOCK : PL_HOP_UNKNOWN, "url-map",
                   "LOAD_BALANCER_NOT_CONFIGURED", lb->proxy, "urlMap", "the URL map of %s %s",
                   pl_trace_name(t, &lb->proxy->address),
                   known == PL_ABSENT ? "does not exist" : "was not read");
        return;
    }
    lb->backend = pl_lb_route(t, lb);
    if (!lb->backend)
        return;
    lb->armor_at = lb->n;
    pl_lb_backend(t, lb);
}

static struct pl_lb *begin(struct pl_trace *t, const struct pl_resource *rule, const char *host,
                           const char *path)
{
    const char *scheme = pl_trace_text(t, rule, "loadBalancingScheme", NULL);
    struct pl_lb *lb = PL_NEW(t->arena, struct pl_lb);
    lb->rule = rule;
    lb->internal = scheme && strncmp(scheme, "INTERNAL", 8) == 0;
    lb->regional = strcmp(rule->address.location, "global") != 0;
    lb->host = host;
    lb->path = path && *path ? path : "/";
    return lb;
}

const struct pl_lb *pl_lb_of(struct pl_trace *t, const struct pl_resource *rule, const char *host,
                             const char *path)
{
    if (!is_application(t, rule))
        return NULL;
    struct pl_lb *lb = begin(t, rule, host, path);
    lb->certain = true;
    pl_lb_front(t, lb, 0);
    walk(t, lb);
    return lb;
}

/* ---- which one ---- */

/* How a host is known to be a rule's, the surest first. */
enum bond { BY_ADDRESS, BY_HOST_RULE, BY_DECLARED_HOST_RULE, BY_CERTIFICATE, BONDS };

static bool bound(struct pl_trace *t, const struct pl_resource *rule, const char *host,
                  enum bond bond)
{
    enum pl_known known;
    if (bond == BY_ADDRESS) {
        const char *ip = pl_trace_text(t, rule, "IPAddress", NULL);
        return ip && pl_same_host(ip, host);
    }
    const struct pl_resource *proxy = proxy_of(t, rule, &known);
    if (!proxy)
        return false;
    if (bond == BY_CERTIFICATE)
        return pl_lb_certificate_names(t, proxy, host);
    const struct pl_resource *map =
        pl_lb_follow(t, proxy, "compute.urlMap", pl_trace_text(t, proxy, "urlMap", NULL), &known);
    return map && (bond == BY_HOST_RULE ? pl_lb_map_names(t, map, host)
                                        : pl_lb_map_declares(t, &map->address, host));
}

static bool same_target(struct pl_trace *t, const struct pl_resource *a,
                        const struct pl_resource *b)
{
    const char *x = pl_trace_text(t, a, "target", NULL), *y = pl_trace_text(t, b, "target", NULL);
    return x && y && strcmp(pl_link_canonical(t->arena, x), pl_link_canonical(t->arena, y)) == 0;
}

/* The rule of that bond; of several that lead to one proxy (an address of each family) the first. */
static const struct pl_resource *rule_by(struct pl_trace *t, const struct pl_resource *const *rules,
                                         size_t n, const char *host, enum bond bond, bool *several)
{
    const struct pl_resource *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!is_application(t, rules[i]) || !bound(t, rules[i], host, bond))
            continue;
        if (found && !same_target(t, found, rules[i]))
            *several = true;
        else if (!found)
            found = rules[i];
    }
    return found;
}

const struct pl_lb *pl_lb_find(struct pl_trace *t, const char *host, int port, const char *path)
{
    const struct pl_resource *const *rules;
    size_t n;
    struct pl_ip ip;
    bool several = false, is_ip = host && pl_ip_parse(host, &ip);
    if (!host)
        return NULL;
    (void)pl_view_list(t->view, pl_kind_find("compute.forwardingRule"), NULL, &rules, &n);
    const char *address = t->connection->probe.connect_host;
    if (!address || !pl_ip_parse(address, &ip))
        address = host;
    for (enum bond b = BY_ADDRESS; b < BONDS && !several; b++) {
        if (is_ip && b != BY_ADDRESS)
            return NULL;
        const struct pl_resource *rule =
            rule_by(t, rules, n, b == BY_ADDRESS ? address : host, b, &several);
        if (!rule)
            continue;
        if (several)
            break;
        struct pl_lb *lb = begin(t, rule, is_ip ? NULL : host, path);
        lb->certain = b == BY_ADDRESS;
        pl_lb_front(t, lb, port);
        walk(t, lb);
        return lb;
    }
    if (several)
        pl_trace_not_modelled(t, "which of several load balancers takes requests for %s", host);
    return NULL;
}

/* ---- as hops ---- */

static void tell_all(struct pl_trace *t, const struct pl_lb_finding *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct pl_lb_finding *f = &list[i];
        const struct pl_address *at = f->resource ? &f->resource->address : NULL;
        switch (f->verdict) {
        case PL_HOP_BLOCK:
            pl_trace_block(t, f->hop, f->cause, at, f->path, "%s", f->text);
            break;
        case PL_HOP_UNKNOWN:
            pl_trace_unknown(t, f->hop, f->cause, "%s", f->text);
            break;
        case PL_HOP_NOT_APPLICABLE:
            pl_trace_not_applicable(t, f->hop, "%s", f->text);
            break;
        case PL_HOP_PASS:
            if (f->cause)
                pl_trace_risk(t, f->hop, f->cause, "%s", f->text);
            else
                pl_trace_pass(t, f->hop, "%s", f->text);
            pl_trace_field(t, at, f->path);
            break;
        }
        if (f->at_ms > 0)
            pl_trace_at(t, f->at_ms);
        if (f->resource && f->path && *f->path)
            pl_trace_evidence(t, f->resource, f->path);
    }
}

void pl_hop_lb(struct pl_trace *t)
{
    const struct pl_lb *lb = t->target.lb;
    if (!lb)
        return;
    if (!lb->certain)
        pl_trace_not_modelled(t, "public DNS: %s is taken to lead to %s, which has that name",
                              lb->host, pl_trace_name(t, &lb->rule->address));
    size_t before = lb->backend ? lb->armor_at : lb->n;
    tell_all(t, lb->findings, before);
    if (lb->backend) { /* where packets leave from is known only now */
        struct pl_lb armor = *lb;
        armor.findings = NULL;
        armor.n = armor.cap = 0;
        pl_lb_armor(t, &armor);
        tell_all(t, armor.findings, armor.n);
    }
    tell_all(t, lb->findings + before, lb->n - before);
}
