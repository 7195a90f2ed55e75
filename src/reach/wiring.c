/* wiring.c - what the client in fact dials: its environment says, or else what follows from the target. Fills t->flow and adds the wiring hops.
 *
 * Secret values are not read here: a host that comes from a secret is not known.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lb_priv.h"
#include "wiring_priv.h"

/* ---- the flow that follows from the target, where nothing is wired ---- */

static bool has_socket_volume(struct pl_trace *t)
{
    const struct pl_value *volumes =
        t->source.resource ? pl_trace_list(t, t->source.resource, "template.volumes", NULL) : NULL;
    for (size_t i = 0; i < pl_value_count(volumes); i++)
        if (pl_value_member(pl_value_item(volumes, i), "cloudSqlInstance"))
            return true;
    return false;
}

static void set_ip(struct pl_flow *f, const char *text)
{
    f->host = text;
    if (text && pl_ip_parse(text, &f->ip))
        f->ip_known = true;
}

/* The built-in connection and the proxies dial the instance on 3307, by its public address where it has one (S5, S9). */
static void flow_to_sql(struct pl_trace *t, const struct pl_endpoints *e, enum pl_via via)
{
    struct pl_flow *f = &t->flow;
    enum pl_tri public_on =
        t->target.resource
            ? pl_trace_bool(t, t->target.resource, "settings.ipConfiguration.ipv4Enabled")
            : PL_MAYBE;
    enum pl_known known = PL_NOT_KNOWN;
    const char *network =
        pl_trace_text(t, t->target.resource, "settings.ipConfiguration.privateNetwork", &known);
    bool to_public = via == PL_VIA_PUBLIC ||
                     (via == PL_VIA_AUTO && !e->private_ip && !network && public_on == PL_YES);
    if (f->socket || via == PL_VIA_PROXY) {
        to_public = public_on == PL_YES || (public_on == PL_MAYBE && !e->private_ip);
        f->port = 3307;
    }
    f->zone = to_public ? PL_ZONE_PUBLIC : PL_ZONE_PRIVATE;
    const char *host = f->host;
    set_ip(f, to_public ? e->public_ip : e->private_ip);
    if (f->socket)
        f->host = host;
    else if (pl_sql_by_endpoint(
                 t)) { /* S11: it has a name, and whatever address the endpoint has */
        f->host = e->dns_name;
        f->ip_known = false;
    }
}

/* Packets go to the load balancer's address, and the service behind it takes what it sends on. */
static void point_at_lb(struct pl_trace *t)
{
    const struct pl_lb *lb = t->target.lb;
    struct pl_flow *f = &t->flow;
    const char *ip = pl_trace_text(t, lb->rule, "IPAddress", NULL);
    f->ip_known = ip && pl_ip_parse(ip, &f->ip);
    f->host = lb->host ? lb->host : ip;
    f->zone = lb->internal ? PL_ZONE_PRIVATE : PL_ZONE_PUBLIC;
}

static void follow_target(struct pl_trace *t, const struct pl_endpoints *e)
{
    struct pl_flow *f = &t->flow;
    enum pl_via via = t->connection->via;
    switch (t->target.what) {
    case PL_TO_SQL:
        if (t->connection->to.what ==
            PL_END_HOST) /* the address that is written is the one that is dialled */
            via =
                pl_same_host(t->connection->to.host, e->public_ip) ? PL_VIA_PUBLIC : PL_VIA_PRIVATE;
        f->socket = via == PL_VIA_SOCKET || (via == PL_VIA_AUTO && has_socket_volume(t));
        flow_to_sql(t, e, via);
        break;
    case PL_TO_REDIS:
    case PL_TO_CLUSTER:
    case PL_TO_MEMCACHE:
    case PL_TO_VM:
        f->zone = PL_ZONE_PRIVATE;
        set_ip(f, e->host);
        break;
    case PL_TO_RUN:
        f->zone = PL_ZONE_GOOGLE_API;
        f->host = e->host;
        if (t->target.lb)
            point_at_lb(t);
        break;
    case PL_TO_HOST:
        set_ip(f, e->host);
        f->zone = !f->ip_known                ? PL_ZONE_UNKNOWN
                  : pl_ip_is_loopback(&f->ip) ? PL_ZONE_LOOPBACK
                  : pl_ip_is_private(&f->ip)  ? PL_ZONE_PRIVATE
                                              : PL_ZONE_PUBLIC;
        if (t->target.lb)
            point_at_lb(t);
        break;
    case PL_TO_OTHER:
        break;
    }
    f->host_is_targets = true;
}

static int default_port(struct pl_trace *t)
{
    if (t->connection->port > 0)
        return t->connection->port;
    if (t->connection->to.what == PL_END_HOST && t->connection->to.port > 0)
        return t->connection->to.port;
    int64_t port = 0;
    const struct pl_value *v = NULL;
    if (t->target.what == PL_TO_REDIS && t->target.resource &&
        pl_view_read_default(t->view, t->target.resource, "port", &v) == PL_PRESENT &&
        pl_value_as_int(v, &port))
        return (int)port;
    if (t->target.what == PL_TO_CLUSTER)
        return 6379;
    if (t->target.what == PL_TO_MEMCACHE)
        return 11211;
    if (t->target.what == PL_TO_SQL) {
        const char *version = pl_trace_text(t, t->target.resource, "databaseVersion", NULL);
        if (version && strncmp(version, "MYSQL", 5) == 0)
            return 3306;
        if (version && strncmp(version, "SQLSERVER", 9) == 0)
            return 1433;
    }
    return pl_connection_port(t->connection);
}

/* ---- judging what is wired ---- */

static const char *wire_name(struct pl_trace *t, const struct pl_wire *w)
{
    return pl_arena_printf(t->arena, "%s of %s", w->name,
                           pl_trace_name(t, &t->source.resource->address));
}

static void block_wire(struct pl_trace *t, const char *hop, const char *cause,
                       const struct pl_wire *w, const char *sentence)
{
    pl_trace_block(t, hop, cause, &t->source.resource->address, w->path, "%s %s", wire_name(t, w),
                   sentence);
    pl_trace_evidence_text(t, &t->source.resource->address, w->path,
                           w->what == PL_WIRE_VALUE ? w->value : "(absent)", NULL);
}

/* A name that no resolver can take: blanks, control characters, a trailing newline out of a secret or a file. */
static bool is_malformed(const char *host)
{
    for (; *host; host++)
        if (isspace((unsigned char)*host) || iscntrl((unsigned char)*host))
            return true;
    return false;
}

static void judge_loopback(struct pl_trace *t, const struct pl_wire *w, const char *host)
{
    if (t->source.resource == NULL)
        return;
    const struct pl_value *containers =
        pl_trace_list(t, t->source.resource, "template.containers", NULL);
    if (t->flow.socket || pl_value_count(containers) > 1) {
        pl_trace_unknown(t, "wiring-host", "LOOPBACK_WITHOUT_SIDECAR", "%s is %s: %s",
                         wire_name(t, w), host,
                         t->flow.socket ? "whether the client dials that or the mounted socket is "
                                          "its own business"
                                        : "a sidecar may listen there, which is not modelled");
        return;
    }
    block_wire(t, "wiring-host", "LOOPBACK_WITHOUT_SIDECAR", w,
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

static bool is_run_app(const char *host)
{
    size_t len = strlen(host);
    return len > 8 && strcasecmp(host + len - 8, ".run.app") == 0;
}

/* A service's other names: SERVICE-PROJECTNUMBER.REGION.run.app, which older bodies do not list, and TAG---HOST of a tagged revision
 * (https://cloud.google.com/run/docs/triggering/https-request, .../rollouts-rollbacks-traffic-migration). */
static bool is_service_name(struct pl_trace *t, const struct pl_endpoints *e, const char *host)
{
    if (t->target.what != PL_TO_RUN || !t->target.resource || !is_run_app(host))
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
static bool may_be_its_own(struct pl_trace *t, const struct pl_ip *ip, const struct pl_endpoints *e)
{
    static const char network[] = "settings.ipConfiguration.privateNetwork";
    if (t->target.what != PL_TO_SQL)
        return false;
    if (pl_ip_is_private(ip))
        return !e->private_ip && pl_trace_text(t, t->target.resource, network, NULL) != NULL;
    return !e->public_ip &&
           pl_trace_bool(t, t->target.resource, "settings.ipConfiguration.ipv4Enabled") == PL_YES;
}

/* A load balancer takes requests for this host: does it lead to the target? Where its walk stops before any service, its own hops tell. */
static bool told_lb(struct pl_trace *t, const struct pl_wire *w, const char *host)
{
    struct pl_hostport hp = {0};
    bool parsed = pl_hostport_parse(t->arena, pl_wire_plain(t->arena, w->value), &hp);
    int port = parsed && hp.port > 0 ? hp.port : pl_connection_port(t->connection);
    const struct pl_lb *lb =
        pl_owner_of(t, host) ? NULL : pl_lb_find(t, host, port, parsed ? hp.path : NULL);
    if (!lb)
        return false;
    const char *rule = pl_trace_name(t, &lb->rule->address);
    if (lb->leads && !pl_address_equal(&lb->service, &t->target.address)) {
        block_wire(t, "wiring-host", "WIRED_TO_ANOTHER_NAME", w,
                   pl_arena_printf(t->arena, "is %s, where %s leads to %s, not to %s", host, rule,
                                   pl_trace_name(t, &lb->service), t->target.shown));
        t->flow.host_is_targets = false;
        return true;
    }
    t->target.lb = lb;
    point_at_lb(t);
    pl_trace_pass(t, "wiring-host", "%s is %s, where %s takes requests", wire_name(t, w), host,
                  rule);
    pl_trace_evidence_text(t, &t->source.resource->address, w->path, w->value, NULL);
    return true;
}

/* One of the target's own addresses is dialled. */
static void take_own(struct pl_trace *t, const char *host, const struct pl_endpoints *e)
{
    struct pl_flow *f = &t->flow;
    if (t->target.what == PL_TO_SQL && pl_same_host(host, e->public_ip)) {
        f->socket = false;
        flow_to_sql(t, e, PL_VIA_PUBLIC);
    } else if (t->target.what == PL_TO_SQL && pl_same_host(host, e->private_ip)) {
        f->socket = false;
        flow_to_sql(t, e, PL_VIA_PRIVATE);
    } else if (t->target.what != PL_TO_SQL && t->target.what != PL_TO_RUN) {
        set_ip(f, host);
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
        pl_trace_pass(t, "wiring-host", "%s is %s, the endpoint %s of %s", wire_name(t, w),
                      pl_ip_format(t->arena, ip), pl_trace_name(t, &rule->address),
                      t->target.shown);
        return true;
    }
    block_wire(t, "wiring-host", "UNKNOWN_INTERNAL_ADDRESS", w,
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
        pl_trace_pass(t, "wiring-host", "%s is the name %s", wire_name(t, w), host);
        t->flow.host = host;
        t->flow.ip_known = false;
    } else if (ip && pl_endpoints_have(e, ip)) {
        pl_trace_pass(t, "wiring-host", "%s is %s, which is %s by %s, an address of %s",
                      wire_name(t, w), host, ip, pl_trace_name(t, &a.zone->address),
                      t->target.shown);
        take_own(t, ip, e);
        pl_trace_evidence(t, a.record, "rrdatas");
        return;
    } else if (ip && told_front(t, w, &a.ip)) {
        return;
    } else if (ip && !may_be_its_own(t, &a.ip, e) && !may_be_forwarded(t, &a.ip)) {
        pl_trace_block(
            t, "wiring-host",
            pl_ip_is_private(&a.ip) ? "UNKNOWN_INTERNAL_ADDRESS" : "UNKNOWN_EXTERNAL_ADDRESS",
            &a.record->address, "rrdatas",
            "%s is %s, and by %s that is %s, which is no "
            "address of %s",
            wire_name(t, w), host, pl_trace_name(t, &a.zone->address), ip, t->target.shown);
        pl_trace_evidence(t, a.record, "rrdatas");
    } else {
        pl_trace_unknown(t, "wiring-host", "WIRED_TO_ANOTHER_NAME", "%s %s; %s", wire_name(t, w),
                         sentence,
                         a.what == PL_NAME_UNKNOWN ? a.why
                         : ip                      ? pl_arena_printf(t->arena,
                                                                     "it resolves to %s, where a proxy or an "
                                                                                          "endpoint may stand",
                                                                     ip)
                              : "what the public DNS says of the name is not read");
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
        judge_loopback(t, w, host);
        return;
    }
    if (is_ip && told_front(t, w, &ip))
        return;
    if (none_known) {
        pl_trace_unknown(t, "wiring-host", "UNKNOWN_INTERNAL_ADDRESS",
                         "%s is %s; the target's own addresses are not known", wire_name(t, w),
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
        block_wire(t, "wiring-host", "CLOUD_SQL_SOCKET_PATH_MISMATCH", w, sentence);
    else if (!is_ip && t->target.what != PL_TO_RUN) {
        judge_name(t, w, host, sentence, e);
        return;
    } else if (!is_ip && (owner || is_run_app(host)))
        block_wire(t, "wiring-host", "WIRED_TO_ANOTHER_NAME", w, sentence);
    else if (!is_ip)
        pl_trace_unknown(t, "wiring-host", "WIRED_TO_ANOTHER_NAME",
                         "%s %s; a load balancer or a domain mapping may lead there, which is not "
                         "modelled",
                         wire_name(t, w), sentence);
    else if (!owner && may_be_its_own(t, &ip, e))
        pl_trace_unknown(
            t, "wiring-host",
            pl_ip_is_private(&ip) ? "UNKNOWN_INTERNAL_ADDRESS" : "UNKNOWN_EXTERNAL_ADDRESS",
            "%s is %s; the %s address that %s is to have was not read", wire_name(t, w), host,
            pl_ip_is_private(&ip) ? "private" : "public", t->target.shown);
    else if (!owner && may_be_forwarded(t, &ip))
        pl_trace_unknown(t, "wiring-host", "UNKNOWN_INTERNAL_ADDRESS",
                         "%s %s, but inside the client's own network: a proxy or a Private Service "
                         "Connect endpoint may stand there, which is not modelled",
                         wire_name(t, w), sentence);
    else
        block_wire(t, "wiring-host",
                   pl_ip_is_private(&ip) ? "UNKNOWN_INTERNAL_ADDRESS" : "UNKNOWN_EXTERNAL_ADDRESS",
                   w, sentence);
    t->flow.host_is_targets = false;
}

/* Splits what a variable holds into host and port, by its role. */
static void split_wire(struct pl_trace *t, const struct pl_wire *w, const char **host, int *port,
                       const char **scheme)
{
    struct pl_hostport hp = {0};
    *host = w->value;
    const char *dsn = strstr(w->value, "host=");
    if (dsn &&
        w->role == PL_ROLE_URL) { /* libpq's key=value words, or ?host=/cloudsql/... of a URL */
        *host = pl_arena_strndup(t->arena, dsn + 5, strcspn(dsn + 5, " &'"));
    } else if (w->role != PL_ROLE_CONNECTION_NAME && *w->value != '/' &&
               pl_hostport_parse(t->arena, pl_wire_plain(t->arena, w->value), &hp) && hp.host) {
        *host = hp.host;
        if (hp.port_given)
            *port = hp.port;
        *scheme = hp.scheme;
    }
}

static void point_flow(struct pl_trace *t, const struct pl_wire *w, const char *host,
                       const struct pl_endpoints *e)
{
    struct pl_flow *f = &t->flow;
    f->host_resource = &t->source.resource->address;
    f->host_path = w->path;
    if (is_malformed(host)) {
        block_wire(t, "wiring-host", "ENVIRONMENT_VALUE_MALFORMED", w,
                   "holds a blank or a control character: no resolver takes it for an address");
        return;
    }
    if (!pl_endpoints_have(e, host) && !is_service_name(t, e, host)) {
        judge_other_host(t, w, host, e);
        f->host = f->host_is_targets ? f->host : host;
        return;
    }
    if (w->role == PL_ROLE_CONNECTION_NAME || strncmp(host, "/cloudsql/", 10) == 0) {
        f->socket = true;
        f->host = host;
        f->ip_known = false;
        flow_to_sql(t, e, PL_VIA_SOCKET);
    } else {
        take_own(t, host, e);
    }
    pl_trace_pass(t, "wiring-host", "%s is %s, an address of %s", wire_name(t, w), host,
                  t->target.shown);
    pl_trace_evidence_text(t, f->host_resource, w->path, w->value, NULL);
}

static void follow_port(struct pl_trace *t, const struct pl_wire *w, const char *text)
{
    char *end = NULL;
    long port = strtol(text, &end, 10);
    if (end == text || *end != '\0' || port < 1 || port > 65535) {
        block_wire(t, "wiring-port", "ENVIRONMENT_VALUE_MALFORMED", w,
                   pl_arena_printf(t->arena, "is '%s', which is no port", text));
        return;
    }
    if (t->connection->to.what == PL_END_HOST && t->connection->to.port > 0)
        return; /* the connection itself says which port it asks about */
    t->flow.port = (int)port;
    t->flow.port_resource = &t->source.resource->address;
    t->flow.port_path = w->path;
}

/* Without its variable a client takes its protocol's own port. That is likely, and not sure: a risk where that port is the right one. */
static void follow_missing_port(struct pl_trace *t, const struct pl_wire *w)
{
    struct pl_flow *f = &t->flow;
    const char *version = t->target.what == PL_TO_SQL
                              ? pl_trace_text(t, t->target.resource, "databaseVersion", NULL)
                              : NULL;
    int usual = t->target.what == PL_TO_REDIS || t->target.what == PL_TO_CLUSTER ? 6379
                : t->target.what != PL_TO_SQL                                    ? 443
                : version && strncmp(version, "MYSQL", 5) == 0                   ? 3306
                : version && strncmp(version, "SQLSERVER", 9) == 0               ? 1433
                                                                                 : 5432;
    pl_trace_risk(t, "wiring-port", "ENVIRONMENT_VARIABLE_MISSING",
                  "%s is declared and not set: the client is taken to dial %d, its protocol's own",
                  wire_name(t, w), usual);
    pl_trace_field(t, &t->source.resource->address, w->path);
    f->port = usual;
    f->port_resource = &t->source.resource->address;
    f->port_path = w->path;
}

static void follow_name(struct pl_trace *t, const struct pl_wire *w)
{
    struct pl_wired_name *out = w->role == PL_ROLE_DATABASE ? &t->flow.database : &t->flow.user;
    if (t->target.what != PL_TO_SQL)
        return;
    if (w->what == PL_WIRE_ABSENT) {
        pl_trace_risk(t, w->role == PL_ROLE_DATABASE ? "sql-database" : "sql-user",
                      "ENVIRONMENT_VARIABLE_MISSING",
                      "%s is declared and not set: the client falls back to its own default",
                      wire_name(t, w));
        pl_trace_field(t, &t->source.resource->address, w->path);
    } else if (w->what == PL_WIRE_VALUE && *w->value) {
        *out = (struct pl_wired_name){w->value, w->name, w->path};
    }
}

/* A URL's path is the database: postgresql://host/db?... (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS). */
static void follow_url_database(struct pl_trace *t, const struct pl_wire *w)
{
    struct pl_hostport hp = {0};
    if (t->target.what != PL_TO_SQL || w->role != PL_ROLE_URL || !strstr(w->value, "://") ||
        !pl_hostport_parse(t->arena, pl_wire_plain(t->arena, w->value), &hp) || !hp.path)
        return;
    size_t len = strcspn(hp.path + 1, "/?#");
    if (len > 0 && hp.path[1 + len] != '/' && !strchr(hp.path, '%'))
        t->flow.database =
            (struct pl_wired_name){pl_arena_strndup(t->arena, hp.path + 1, len), w->name, w->path};
}

static void follow_wire(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e)
{
    struct pl_flow *f = &t->flow;
    const char *host = NULL, *scheme = NULL;
    int port = 0;
    if (w->role == PL_ROLE_PASSWORD) {
        f->has_password = f->has_password || w->what == PL_WIRE_SECRET ||
                          w->what == PL_WIRE_HIDDEN || (w->value && *w->value);
        return;
    }
    if (pl_role_is_login(w->role)) {
        follow_name(t, w);
        return;
    }
    if (w->what == PL_WIRE_ABSENT) {
        if (w->role == PL_ROLE_PORT)
            follow_missing_port(t, w);
        else if (w->role != PL_ROLE_TLS)
            block_wire(t, "wiring-host", "ENVIRONMENT_VARIABLE_MISSING", w,
                       "is declared and not set: the client falls back to its own default");
        return;
    }
    if (w->what != PL_WIRE_VALUE) {
        pl_trace_not_modelled(t, "the values of secrets (%s)", w->name);
        f->wired_unknown = f->wired_unknown || w->role == PL_ROLE_HOST || w->role == PL_ROLE_URL;
        if (w->role == PL_ROLE_PORT) {
            f->port = 0;
            pl_trace_unknown(t, "wiring-port", NULL,
                             "the port comes from a secret, whose value is not read");
        }
        return;
    }
    switch (w->role) {
    case PL_ROLE_HOST:
    case PL_ROLE_URL:
    case PL_ROLE_CONNECTION_NAME:
        split_wire(t, w, &host, &port, &scheme);
        point_flow(t, w, host, e);
        follow_url_database(t, w);
        if (port > 0)
            follow_port(t, w, pl_arena_printf(t->arena, "%d", port));
        if (scheme && (strcmp(scheme, "redis") == 0 || strcmp(scheme, "rediss") == 0))
            f->client_tls = strcmp(scheme, "rediss") == 0 ? PL_YES : PL_NO;
        if (strstr(w->value, "sslmode=disable"))
            f->client_tls = PL_NO;
        if (w->role == PL_ROLE_URL && scheme &&
            strchr(w->value, '@')) /* user info, redacted or not */
            f->has_password = true;
        break;
    case PL_ROLE_PORT:
        follow_port(t, w, w->value);
        break;
    case PL_ROLE_TLS:
        f->client_tls = !strcasecmp(w->value, "disable") || !strcasecmp(w->value, "false") ||
                                !strcmp(w->value, "0")
                            ? PL_NO
                            : PL_YES;
        break;
    case PL_ROLE_PASSWORD:
    case PL_ROLE_DATABASE:
    case PL_ROLE_USER:
    case PL_ROLE_NONE:
        break;
    }
}

/* PostgreSQL's clients look for the file .s.PGSQL.<port> in the socket's folder, and Cloud Run makes that of 5432
 * (https://www.postgresql.org/docs/current/libpq-connect.html, parameter port). */
static void judge_socket_port(struct pl_trace *t)
{
    struct pl_flow *f = &t->flow;
    const char *version = pl_trace_text(t, t->target.resource, "databaseVersion", NULL);
    bool by_file = f->host && *f->host == '/' && version && !strncmp(version, "POSTGRES", 8);
    if (!by_file || !f->port_path || f->port == 5432 || f->port == 0)
        return;
    pl_trace_block(
        t, "wiring-port", "CLOUD_SQL_SOCKET_PATH_MISMATCH", f->port_resource, f->port_path,
        "the client looks for .s.PGSQL.%d in %s, where only .s.PGSQL.5432 is", f->port, f->host);
    pl_trace_evidence_text(t, f->port_resource, f->port_path,
                           pl_arena_printf(t->arena, "%d", f->port), NULL);
}

void pl_wiring_follow(struct pl_trace *t)
{
    struct pl_endpoints e;
    struct pl_wires wires;
    struct pl_flow *f = &t->flow;
    const struct pl_probe_spec *probe = &t->connection->probe;
    pl_endpoints_find(t, &e);
    f->client_tls = PL_MAYBE;
    follow_target(t, &e);
    if (!f->socket)
        f->port = default_port(t);
    f->has_password = probe->password.secret != NULL || probe->password.missing;
    pl_wires_find(t, &wires);
    size_t judged = t->n_hops, carrying = 0;
    for (size_t i = 0; i < wires.n; i++) {
        bool login = pl_role_is_login(wires.list[i].role);
        size_t before = t->n_hops;
        follow_wire(t, &wires.list[i], &e);
        carrying += !login;
        judged += login ? t->n_hops - before : 0;
    }
    if (probe->tls != PL_TLS_UNSET && f->client_tls == PL_MAYBE)
        f->client_tls = probe->tls == PL_TLS_DISABLE ? PL_NO : PL_YES;
    if (wires.not_known)
        pl_trace_unknown(t, "wiring-host", NULL, "the environment of %s was not read",
                         pl_trace_name(t, &t->connection->from.address));
    else if (f->wired_unknown && t->n_hops == judged)
        pl_trace_unknown(t, "wiring-host", "UNKNOWN_INTERNAL_ADDRESS",
                         "the address comes from a secret, whose value is not read");
    else if (t->source.what == PL_FROM_RUN && t->source.known == PL_PRESENT && carrying == 0)
        pl_trace_not_applicable(t, "wiring-host", "no environment variable of %s carries %s",
                                pl_trace_name(t, &t->connection->from.address), t->target.shown);
    if (f->socket) { /* S5: the socket's other end is dialled on 3307, whatever port the client names */
        judge_socket_port(t);
        f->port = 3307;
    }
    pl_egress_decide(t);
}

/* ---- the name ---- */

static bool is_google(const char *host)
{
    size_t len = strlen(host);
    return is_run_app(host) || (len > 15 && strcasecmp(host + len - 15, ".googleapis.com") == 0);
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

static void tell_not_there(struct pl_trace *t, const struct pl_name_answer *a)
{
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
        pl_trace_unknown(t, "name", "DNS_NAME_NOT_FOUND", "what %s resolves to is not known: %s",
                         f->host, a.why);
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
