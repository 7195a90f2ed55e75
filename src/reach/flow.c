/* flow.c - the packet that follows from the target, where nothing is wired: which of its addresses, which port. wiring.c then lays the client's
 * own variables over it.
 */
#include <string.h>

#include "lb_priv.h"
#include "wiring_priv.h"

/* Is a socket mounted in the workload as it is declared? */
static bool declares_socket_volume(struct pl_trace *t)
{
    const struct pl_address *from = t->source.resource ? &t->source.resource->address : NULL;
    const struct pl_expect *volumes =
        from ? pl_declared_at(t, from, pl_trace_place(t, from, "template.volumes")) : NULL;
    for (size_t i = 0; volumes && volumes->items && i < volumes->n; i++)
        if (pl_declared_member(volumes->items[i], "cloudSqlInstance"))
            return true;
    return false;
}

static bool has_socket_volume(struct pl_trace *t)
{
    const struct pl_value *volumes =
        t->source.resource ? pl_trace_list(t, t->source.resource, "template.volumes", NULL) : NULL;
    for (size_t i = 0; i < pl_value_count(volumes); i++)
        if (pl_value_member(pl_value_item(volumes, i), "cloudSqlInstance"))
            return true;
    return false;
}

bool pl_flow_means_socket(struct pl_trace *t)
{
    enum pl_via via = t->connection->via;
    return via == PL_VIA_SOCKET ||
           (via == PL_VIA_AUTO && (has_socket_volume(t) || declares_socket_volume(t)));
}

void pl_flow_set_ip(struct pl_flow *f, const char *text)
{
    f->host = text;
    if (text && pl_ip_parse(text, &f->ip))
        f->ip_known = true;
}

/* The built-in connection, and a proxy whose flags nobody sees, dial the public address where there is one (S9). */
static bool proxy_to_public(struct pl_trace *t, const struct pl_endpoints *e, enum pl_tri public_on)
{
    bool has_public = public_on == PL_YES || (public_on == PL_MAYBE && !e->private_ip);
    enum pl_via via =
        t->connection->via; /* which of them a connector dials is an argument in its code */
    if (!t->flow.socket && (via == PL_VIA_PRIVATE || via == PL_VIA_PUBLIC || via == PL_VIA_PSC))
        return via == PL_VIA_PUBLIC;
    switch (t->flow.socket ? PL_PROXY_UNSEEN : pl_auth_proxy_of(t, e->connection_name)) {
    case PL_PROXY_PUBLIC:
        return true;
    case PL_PROXY_PRIVATE:
        return false;
    case PL_PROXY_PRIVATE_FIRST:
        return !e->private_ip && has_public;
    case PL_PROXY_UNSEEN:
    case PL_PROXY_PUBLIC_FIRST:
        break;
    }
    return has_public;
}

/* The built-in connection and the proxies dial the instance on 3307 (S5). */
void pl_flow_to_sql(struct pl_trace *t, const struct pl_endpoints *e, enum pl_via via)
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
    f->connector = via == PL_VIA_PROXY && !f->socket;
    if (f->socket || f->connector) {
        to_public = proxy_to_public(t, e, public_on);
        f->port = 3307;
    }
    f->zone = to_public ? PL_ZONE_PUBLIC : PL_ZONE_PRIVATE;
    const char *host = f->host;
    pl_flow_set_ip(f, to_public ? e->public_ip : e->private_ip);
    if (f->socket)
        f->host = host;
    else if (pl_sql_by_endpoint(
                 t)) { /* S11: it has a name, and whatever address the endpoint has */
        f->host = e->dns_name;
        f->ip_known = false;
    }
}

/* Packets go to the load balancer's address, and the service behind it takes what it sends on. */
void pl_flow_to_lb(struct pl_trace *t)
{
    const struct pl_lb *lb = t->target.lb;
    struct pl_flow *f = &t->flow;
    const char *ip = pl_trace_text(t, lb->rule, "IPAddress", NULL);
    f->ip_known = ip && pl_ip_parse(ip, &f->ip);
    f->host = lb->host ? lb->host : ip;
    f->zone = lb->internal ? PL_ZONE_PRIVATE : PL_ZONE_PUBLIC;
}

void pl_flow_to_target(struct pl_trace *t, const struct pl_endpoints *e)
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
        pl_flow_to_sql(t, e, via);
        break;
    case PL_TO_REDIS:
    case PL_TO_CLUSTER:
    case PL_TO_MEMCACHE:
    case PL_TO_VM:
        f->zone = PL_ZONE_PRIVATE;
        pl_flow_set_ip(f, e->host);
        break;
    case PL_TO_RUN:
        f->zone = PL_ZONE_GOOGLE_API;
        f->host = e->host;
        if (t->target.lb)
            pl_flow_to_lb(t);
        break;
    case PL_TO_HOST:
        pl_flow_set_ip(f, e->host);
        f->zone = !f->ip_known                ? PL_ZONE_UNKNOWN
                  : pl_ip_is_loopback(&f->ip) ? PL_ZONE_LOOPBACK
                  : pl_ip_is_private(&f->ip)  ? PL_ZONE_PRIVATE
                                              : PL_ZONE_PUBLIC;
        if (t->target.lb)
            pl_flow_to_lb(t);
        break;
    case PL_TO_OTHER:
        break;
    }
    f->host_is_targets = true;
}

int pl_flow_default_port(struct pl_trace *t)
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
