/* wiring_host.c - the host that a variable holds: is it an address of the target, another's, or a name that may lead there? Points t->flow at it.
 *
 * Names are looked up in private zones alone: what the public DNS says is not read.
 */
#include <ctype.h>
#include <string.h>

#include "lb_priv.h"
#include "wiring_priv.h"

const char *pl_wire_name(struct pl_trace *t, const struct pl_wire *w)
{
    return pl_arena_printf(t->arena, "%s of %s", w->name,
                           pl_trace_name(t, &t->source.resource->address));
}

void pl_wire_block(struct pl_trace *t, const char *hop, const char *cause, const struct pl_wire *w,
                   const char *sentence)
{
    pl_trace_block(t, hop, cause, &t->source.resource->address, w->path, "%s %s",
                   pl_wire_name(t, w), sentence);
    pl_trace_evidence_text(t, &t->source.resource->address, w->path,
                           w->what == PL_WIRE_VALUE    ? w->value
                           : w->what == PL_WIRE_SECRET ? "(a secret)"
                                                       : "(absent)",
                           NULL);
}

/* A name that no resolver can take: blanks, control characters, a trailing newline out of a secret or a file. */
static bool is_malformed(const char *host)
{
    for (; *host; host++)
        if (isspace((unsigned char)*host) || iscntrl((unsigned char)*host))
            return true;
    return false;
}

void pl_wiring_loopback(struct pl_trace *t, const struct pl_wire *w, const char *host)
{
    if (t->source.resource == NULL)
        return;
    const struct pl_value *containers =
        pl_trace_list(t, t->source.resource, "template.containers", NULL);
    struct pl_endpoints e;
    pl_endpoints_find(t, &e);
    if (t->connection->via == PL_VIA_PROXY &&
        pl_auth_proxy_of(t, e.connection_name) != PL_PROXY_UNSEEN) {
        pl_trace_pass(t, "wiring-host", "%s is %s, where the Auth Proxy for %s runs beside it",
                      pl_wire_name(t, w), host, t->target.shown);
        return;
    }
    if (t->flow.socket || pl_value_count(containers) > 1) {
        pl_trace_unknown(t, "wiring-host", "LOOPBACK_WITHOUT_SIDECAR", "%s is %s: %s",
                         pl_wire_name(t, w), host,
                         t->flow.socket ? "whether the client dials that or the mounted socket is "
                                          "its own business"
                                        : "a sidecar may listen there, which is not modelled");
        return;
    }
    pl_wire_block(t, "wiring-host", "LOOPBACK_WITHOUT_SIDECAR", w,
                  pl_arena_printf(t->arena, "is %s, and no other container runs beside it", host));
    t->flow.host_is_targets = false;
}

/* An address in a subnet of the user's own may be a proxy's, or an endpoint's (X1), and lead to the target after all. */
static bool may_be_forwarded(struct pl_trace *t, const struct pl_ip *ip)
{
    bool psc = t->target.what == PL_TO_SQL &&
               pl_trace_bool(t, t->target.resource,
                             "settings.ipConfiguration.pscConfig.pscEnabled") == PL_YES;
    return psc || (t->source.network_known && pl_own_subnet_of(t, ip) != NULL);
}

bool pl_is_run_app(const char *host)
{
    size_t len = strlen(host);
    return len > 8 && strcasecmp(host + len - 8, ".run.app") == 0;
}

/* A service's other names: SERVICE-PROJECTNUMBER.REGION.run.app, which older bodies do not list, and TAG---HOST of a tagged revision
 * (https://cloud.google.com/run/docs/triggering/https-request, .../rollouts-rollbacks-traffic-migration). */
static bool is_service_name(struct pl_trace *t, const struct pl_endpoints *e, const char *host)
{
    if (t->target.what != PL_TO_RUN || !t->target.resource || !pl_is_run_app(host))
        return false;
    const char *tag = strstr(host, "---");
    if (tag)
        host = tag + 3;
    if (pl_endpoints_have(e, host))
        return true;
    const struct pl_address *a = &t->target.resource->address;
    size_t len = strlen(a->names[0]);
    if (strncmp(host, a->names[0], len) != 0 || host[len] != '-')
        return false;
    host += len + 1;
    size_t digits = strspn(host, "0123456789");
    return digits > 0 &&
           strcmp(host + digits, pl_arena_printf(t->arena, ".%s.run.app", a->location)) == 0;
}

/* Is the instance to have an address of this sort, while none is listed? Then this may be it: addresses follow from the settings, and those
 * of a setting that was changed are not known. */
bool pl_may_be_its_own(struct pl_trace *t, bool private_ip, const struct pl_endpoints *e)
{
    static const char network[] = "settings.ipConfiguration.privateNetwork";
    if (t->target.what != PL_TO_SQL)
        return false;
    if (private_ip)
        return !e->private_ip && pl_trace_text(t, t->target.resource, network, NULL) != NULL;
    return !e->public_ip &&
           pl_trace_bool(t, t->target.resource, "settings.ipConfiguration.ipv4Enabled") == PL_YES;
}

/* A URL without its user info, redacted or not; other text as it is. */
static const char *plain(struct pl_arena *arena, const char *text)
{
    const char *authority = strstr(text, "://"), *at = NULL;
    if (!authority)
        return text;
    authority += 3;
    for (const char *p = authority; *p && !strchr("/?#", *p); p++)
        if (*p == '@')
            at = p;
    return at ? pl_arena_printf(arena, "%.*s%s", (int)(authority - text), text, at + 1) : text;
}

/* A load balancer takes requests for this host: does it lead to the target? Where its walk stops before any service, its own hops tell. */
static bool told_lb(struct pl_trace *t, const struct pl_wire *w, const char *host)
{
    struct pl_hostport hp = {0};
    bool parsed = pl_hostport_parse(t->arena, plain(t->arena, w->value), &hp);
    int port = parsed && hp.port > 0 ? hp.port : pl_connection_port(t->connection);
    const struct pl_lb *lb =
        pl_owner_of(t, host) ? NULL : pl_lb_find(t, host, port, parsed ? hp.path : NULL);
    if (!lb)
        return false;
    const char *rule = pl_trace_name(t, &lb->rule->address);
    if (lb->leads && !pl_address_equal(&lb->service, &t->target.address)) {
        pl_wire_block(t, "wiring-host", "WIRED_TO_ANOTHER_NAME", w,
                      pl_arena_printf(t->arena, "is %s, where %s leads to %s, not to %s", host,
                                      rule, pl_trace_name(t, &lb->service), t->target.shown));
        t->flow.host_is_targets = false;
        return true;
    }
    t->target.lb = lb;
    pl_flow_to_lb(t);
    pl_trace_pass(t, "wiring-host", "%s is %s, where %s takes requests", pl_wire_name(t, w), host,
                  rule);
    pl_trace_evidence_text(t, &t->source.resource->address, w->path, w->value, NULL);
    return true;
}

/* One of the target's own addresses is dialled. */
void pl_wiring_take_own(struct pl_trace *t, const char *host, const struct pl_endpoints *e)
{
    struct pl_flow *f = &t->flow;
    if (t->target.what == PL_TO_SQL && pl_same_host(host, e->public_ip)) {
        f->socket = false;
        pl_flow_to_sql(t, e, PL_VIA_PUBLIC);
    } else if (t->target.what == PL_TO_SQL && pl_same_host(host, e->private_ip)) {
        f->socket = false;
        pl_flow_to_sql(t, e, PL_VIA_PRIVATE);
    } else if (t->target.what != PL_TO_SQL && t->target.what != PL_TO_RUN) {
        pl_flow_set_ip(f, host);
        if (f->ip_known)
            f->zone = pl_ip_is_private(&f->ip) || t->target.what == PL_TO_REDIS ? PL_ZONE_PRIVATE
                                                                                : PL_ZONE_PUBLIC;
    }
}

/* An endpoint of Private Service Connect stands at this address: does it lead to the target (S11, X1)? */
static bool told_front(struct pl_trace *t, const struct pl_wire *w, const struct pl_ip *ip)
{
    struct pl_front front = pl_front_at(t, ip);
    const struct pl_resource *rule = front.rule ? front.rule : front.peered;
    enum pl_tri leads = rule ? pl_front_leads(t, rule) : PL_MAYBE;
    if (leads == PL_MAYBE)
        return false;
    t->flow.ip = *ip;
    t->flow.ip_known = true;
    t->flow.zone = PL_ZONE_PRIVATE;
    t->flow.socket = false;
    if (leads == PL_YES) {
        pl_trace_pass(t, "wiring-host", "%s is %s, the endpoint %s of %s", pl_wire_name(t, w),
                      pl_ip_format(t->arena, ip), pl_trace_name(t, &rule->address),
                      t->target.shown);
        return true;
    }
    pl_wire_block(t, "wiring-host", "UNKNOWN_INTERNAL_ADDRESS", w,
                  pl_arena_printf(t->arena, "is %s, the endpoint %s, which does not lead to %s",
                                  pl_ip_format(t->arena, ip), pl_trace_name(t, &rule->address),
                                  t->target.shown));
    t->flow.host_is_targets = false;
    return true;
}

/* A name may be a record of the right address. One that a private zone does not have fails at the name, not here; what the public DNS
 * says is not read. */
static void judge_name(struct pl_trace *t, const struct pl_wire *w, const char *host,
                       const char *sentence, const struct pl_endpoints *e)
{
    struct pl_name_answer a = pl_name_resolve(t, host);
    const char *ip = a.what == PL_NAME_ADDRESS ? pl_ip_format(t->arena, &a.ip) : NULL;
    if (a.what == PL_NAME_NOT_THERE) {
        pl_trace_pass(t, "wiring-host", "%s is the name %s", pl_wire_name(t, w), host);
        t->flow.host = host;
        t->flow.ip_known = false;
    } else if (ip && pl_endpoints_have(e, ip)) {
        pl_trace_pass(t, "wiring-host", "%s is %s, which is %s by %s, an address of %s",
                      pl_wire_name(t, w), host, ip, pl_trace_name(t, &a.zone->address),
                      t->target.shown);
        pl_wiring_take_own(t, ip, e);
        pl_trace_evidence(t, a.record, "rrdatas");
        return;
    } else if (ip && told_front(t, w, &a.ip)) {
        return;
    } else if (ip && !pl_may_be_its_own(t, pl_ip_is_private(&a.ip), e) &&
               !may_be_forwarded(t, &a.ip)) {
        pl_trace_block(
            t, "wiring-host",
            pl_ip_is_private(&a.ip) ? "UNKNOWN_INTERNAL_ADDRESS" : "UNKNOWN_EXTERNAL_ADDRESS",
            &a.record->address, "rrdatas",
            "%s is %s, and by %s that is %s, which is no "
            "address of %s",
            pl_wire_name(t, w), host, pl_trace_name(t, &a.zone->address), ip, t->target.shown);
        pl_trace_evidence(t, a.record, "rrdatas");
    } else {
        pl_trace_unknown(t, "wiring-host", "WIRED_TO_ANOTHER_NAME", "%s %s; %s", pl_wire_name(t, w),
                         sentence,
                         a.what == PL_NAME_UNKNOWN ? a.why
                         : ip                      ? pl_arena_printf(t->arena,
                                                                     "it resolves to %s, where a proxy or an "
                                                                                          "endpoint may stand",
                                                                     ip)
                              : "what the public DNS says of the name is not read");
        if (a.what == PL_NAME_UNKNOWN) /* it may as well not be there */
            pl_trace_unknown(t, "name", a.forwarded ? "DNS_FORWARDED" : "DNS_NAME_NOT_FOUND",
                             "what %s resolves to is not known: %s", host, a.why);
    }
    t->flow.host_is_targets = false;
}

static void judge_other_host(struct pl_trace *t, const struct pl_wire *w, const char *host,
                             const struct pl_endpoints *e)
{
    struct pl_ip ip;
    bool is_ip = pl_ip_parse(host, &ip);
    bool none_known = e->known == PL_NOT_KNOWN ||
                      (!e->private_ip && !e->public_ip && !e->host && !e->connection_name);
    if ((is_ip && pl_ip_is_loopback(&ip)) || strcasecmp(host, "localhost") == 0) {
        pl_wiring_loopback(t, w, host);
        return;
    }
    if (is_ip && told_front(t, w, &ip))
        return;
    if (none_known) {
        pl_trace_unknown(t, "wiring-host", "UNKNOWN_INTERNAL_ADDRESS",
                         "%s is %s; the target's own addresses are not known", pl_wire_name(t, w),
                         host);
        return;
    }
    if (t->target.what == PL_TO_RUN && t->target.resource && told_lb(t, w, host))
        return;
    const struct pl_resource *owned_by = pl_owner_of(t, host);
    const char *owner = owned_by ? pl_trace_name(t, &owned_by->address) : NULL;
    const char *sentence = owner ? pl_arena_printf(t->arena, "is %s, an address of %s, not of %s",
                                                   host, owner, t->target.shown)
                                 : pl_arena_printf(t->arena, "is %s, which is no address of %s",
                                                   host, t->target.shown);
    if (w->role == PL_ROLE_CONNECTION_NAME || strncmp(host, "/", 1) == 0)
        pl_wire_block(t, "wiring-host", "CLOUD_SQL_SOCKET_PATH_MISMATCH", w, sentence);
    else if (!is_ip && t->target.what != PL_TO_RUN) {
        judge_name(t, w, host, sentence, e);
        return;
    } else if (!is_ip && (owner || pl_is_run_app(host)))
        pl_wire_block(t, "wiring-host", "WIRED_TO_ANOTHER_NAME", w, sentence);
    else if (!is_ip)
        pl_trace_unknown(t, "wiring-host", "WIRED_TO_ANOTHER_NAME",
                         "%s %s; a load balancer or a domain mapping may lead there, which is not "
                         "modelled",
                         pl_wire_name(t, w), sentence);
    else if (!owner && pl_may_be_its_own(t, pl_ip_is_private(&ip), e))
        pl_trace_unknown(
            t, "wiring-host",
            pl_ip_is_private(&ip) ? "UNKNOWN_INTERNAL_ADDRESS" : "UNKNOWN_EXTERNAL_ADDRESS",
            "%s is %s; the %s address that %s is to have was not read", pl_wire_name(t, w), host,
            pl_ip_is_private(&ip) ? "private" : "public", t->target.shown);
    else if (!owner && pl_trace_made_anew(t, t->target.resource)) {
        pl_trace_unknown(t, "wiring-host",
                         pl_ip_is_private(&ip) ? "UNKNOWN_INTERNAL_ADDRESS"
                                               : "UNKNOWN_EXTERNAL_ADDRESS",
                         "%s is %s; %s is made anew with an address that nobody has seen",
                         pl_wire_name(t, w), host, t->target.shown);
        t->flow.ip_known = false;
    } else if (!owner && may_be_forwarded(t, &ip))
        pl_trace_unknown(t, "wiring-host", "UNKNOWN_INTERNAL_ADDRESS",
                         "%s %s, but inside the client's own network: a proxy or a Private Service "
                         "Connect endpoint may stand there, which is not modelled",
                         pl_wire_name(t, w), sentence);
    else
        pl_wire_block(t, "wiring-host",
                      pl_ip_is_private(&ip) ? "UNKNOWN_INTERNAL_ADDRESS"
                                            : "UNKNOWN_EXTERNAL_ADDRESS",
                      w, sentence);
    t->flow.host_is_targets = false;
}

void pl_wiring_host(struct pl_trace *t, const struct pl_wire *w, const char *host,
                    const struct pl_endpoints *e)
{
    struct pl_flow *f = &t->flow;
    f->host_resource = &t->source.resource->address;
    f->host_path = w->path;
    if (is_malformed(host)) {
        pl_wire_block(t, "wiring-host", "ENVIRONMENT_VALUE_MALFORMED", w,
                      "holds a blank or a control character: no resolver takes it for an address");
        return;
    }
    if (!pl_endpoints_have(e, host) && !is_service_name(t, e, host)) {
        judge_other_host(t, w, host, e);
        f->host = f->host_is_targets ? f->host : host;
        return;
    }
    const char *rest = t->target.what == PL_TO_RUN ? strstr(host, "---") : NULL;
    if (rest && rest > host) /* whether a revision has the tag is traffic.c's (C13) */
        t->target.tag = pl_arena_strndup(t->arena, host, (size_t)(rest - host));
    bool bare = strncmp(host, "/cloudsql/", 10) != 0;
    if (w->role == PL_ROLE_CONNECTION_NAME && bare && !pl_flow_means_socket(t)) {
        pl_wiring_by_name(t, pl_wire_name(t, w), e);
        pl_trace_evidence_text(t, f->host_resource, w->path, w->value, NULL);
        return;
    }
    if (w->role == PL_ROLE_CONNECTION_NAME || !bare) {
        f->socket = true;
        f->host = host;
        f->ip_known = false;
        pl_flow_to_sql(t, e, PL_VIA_SOCKET);
    } else {
        pl_wiring_take_own(t, host, e);
    }
    pl_trace_pass(t, "wiring-host", "%s is %s, an address of %s", pl_wire_name(t, w), host,
                  t->target.shown);
    pl_trace_evidence_text(t, f->host_resource, w->path, w->value, NULL);
}

/* Libraries dial by the bare name; others build the path of a socket of it, which is not there. */
void pl_wiring_by_name(struct pl_trace *t, const char *who, const struct pl_endpoints *e)
{
    t->flow.socket = false;
    pl_flow_to_sql(t, e, PL_VIA_PROXY);
    if (t->connection->via != PL_VIA_AUTO) {
        pl_trace_pass(t, "wiring-host", "%s gives its connector the name of %s", who,
                      t->target.shown);
        return;
    }
    pl_trace_risk(t, "wiring-host", "CLOUD_SQL_SOCKET_NOT_MOUNTED",
                  "%s is taken for what a connector in the client dials %s by: no volume mounts a "
                  "socket",
                  who, t->target.shown);
    pl_trace_field(t, &t->source.resource->address, "template.volumes");
}

/* It dials 3307 by itself, without a socket of the platform's (S5). */
void pl_wiring_connector(struct pl_trace *t, const struct pl_wire *w, const char *name,
                         const struct pl_endpoints *e)
{
    struct pl_flow *f = &t->flow;
    f->host_resource = &t->source.resource->address;
    f->host_path = w->path;
    if (!e->connection_name) {
        pl_trace_unknown(t, "wiring-host", "CLOUD_SQL_SOCKET_PATH_MISMATCH",
                         "%s gives its connector %s; the target's connection name is not known",
                         pl_wire_name(t, w), name);
    } else if (strcmp(e->connection_name, name) != 0) {
        pl_wire_block(t, "wiring-host", "CLOUD_SQL_SOCKET_PATH_MISMATCH", w,
                      pl_arena_printf(t->arena, "gives its connector %s, which is not %s", name,
                                      t->target.shown));
        f->host_is_targets = false;
    } else {
        f->socket = false;
        pl_flow_to_sql(t, e, PL_VIA_PROXY);
        pl_trace_pass(t, "wiring-host", "%s gives its connector %s, the name of %s",
                      pl_wire_name(t, w), name, t->target.shown);
        pl_trace_evidence_text(t, f->host_resource, w->path, w->value, NULL);
    }
}
