/* endpoints.c - the addresses at which a target answers: what a client may dial to reach it. Adds no hops.
 */
#include <string.h>

#include "wiring_priv.h"

bool pl_same_host(const char *a, const char *b)
{
    if (!a || !b)
        return false;
    struct pl_ip x, y;
    size_t n = strlen(a), m = strlen(b); /* RFC 1034, 3.1: a name may end with the root's dot */
    n -= n > 1 && a[n - 1] == '.';
    m -= m > 1 && b[m - 1] == '.';
    return (n == m && strncasecmp(a, b, n) == 0) ||
           (pl_ip_parse(a, &x) && pl_ip_parse(b, &y) && pl_ip_equal(&x, &y));
}

static void sql_endpoints(struct pl_trace *t, struct pl_endpoints *e)
{
    const struct pl_resource *r = t->target.resource;
    const struct pl_value *list = pl_trace_list(t, r, "ipAddresses", &e->known);
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *type = pl_value_member_text(pl_value_item(list, i), "type");
        const char *ip = pl_value_member_text(pl_value_item(list, i), "ipAddress");
        if (type && strcmp(type, "PRIVATE") == 0)
            e->private_ip = ip;
        else if (type && strcmp(type, "PRIMARY") == 0)
            e->public_ip = ip;
    }
    e->connection_name = pl_trace_text(t, r, "connectionName", NULL);
    const char *region = pl_trace_text(t, r, "region", NULL);
    if (!e->connection_name && region)
        e->connection_name =
            pl_arena_printf(t->arena, "%s:%s:%s", r->address.project, region, r->address.names[0]);
    e->dns_name = pl_trace_text(t, r, "dnsName", NULL);
}

/* Discovery endpoints: the one of the source's network, where networks are told. */
static const struct pl_value *discovery_of(struct pl_trace *t)
{
    const struct pl_value *list = pl_trace_list(t, t->target.resource, "discoveryEndpoints", NULL);
    for (size_t i = 0; t->source.network_known && i < pl_value_count(list); i++) {
        struct pl_address a;
        const char *link = pl_value_member_text(pl_value_item(list, i), "network");
        if (link &&
            pl_link_parse(t->arena, t->source.network_address.kind, link,
                          &t->target.resource->address, &a) &&
            pl_same_network(&a, &t->source.network_address))
            return pl_value_item(list, i);
    }
    return pl_value_item(list, 0);
}

/* The connection that Google made for discovery, where the resource tells no endpoint of its own (Valkey). */
static const char *automatic_address(struct pl_trace *t)
{
    const struct pl_value *list = pl_trace_list(t, t->target.resource, "endpoints", NULL);
    const struct pl_value *of = pl_value_member(pl_value_item(list, 0), "connections");
    for (size_t i = 0; i < pl_value_count(of); i++) {
        const struct pl_value *c = pl_value_member(pl_value_item(of, i), "pscAutoConnection");
        const char *type = pl_value_member_text(c, "connectionType");
        if (!type || strstr(type, "DISCOVERY"))
            return pl_value_member_text(c, "ipAddress");
    }
    return NULL;
}

static void machine_endpoints(struct pl_trace *t, struct pl_endpoints *e)
{
    const struct pl_value *list =
        pl_trace_list(t, t->target.resource, "networkInterfaces", &e->known);
    for (size_t i = pl_value_count(list); i-- > 0;) { /* the first, or the one in the network */
        const struct pl_value *nic = pl_value_item(list, i);
        const char *link = pl_value_member_text(nic, "network");
        struct pl_address a;
        bool ours = link && t->source.network_known &&
                    pl_link_parse(t->arena, t->source.network_address.kind, link,
                                  &t->target.resource->address, &a) &&
                    pl_same_network(&a, &t->source.network_address);
        if (i > 0 && !ours)
            continue;
        if (!e->host || ours)
            e->host = pl_value_member_text(nic, "networkIP");
        const struct pl_value *out = pl_value_item(pl_value_member(nic, "accessConfigs"), 0);
        e->public_ip = pl_value_member_text(out, "natIP");
    }
}

void pl_endpoints_find(struct pl_trace *t, struct pl_endpoints *e)
{
    *e = (struct pl_endpoints){.known = PL_PRESENT};
    struct pl_hostport hp;
    if (t->target.lb && t->connection->to.what == PL_END_HOST)
        e->front = t->connection->to.host;
    if (t->target.what == PL_TO_HOST) {
        e->host = t->connection->to.host;
        return;
    }
    if (!t->target.resource) {
        e->known = PL_NOT_KNOWN;
        return;
    }
    if (t->target.what == PL_TO_SQL) {
        sql_endpoints(t, e);
    } else if (t->target.what == PL_TO_REDIS) {
        e->host = pl_trace_text(t, t->target.resource, "host", &e->known);
        e->read_host = pl_trace_text(t, t->target.resource, "readEndpoint", NULL);
    } else if (t->target.what == PL_TO_CLUSTER) {
        e->host = pl_value_member_text(discovery_of(t), "address");
        e->host = e->host ? e->host : automatic_address(t);
    } else if (t->target.what == PL_TO_MEMCACHE) {
        const char *at = pl_trace_text(t, t->target.resource, "discoveryEndpoint", &e->known);
        if (at && pl_hostport_parse(t->arena, at, &hp))
            e->host = hp.host;
    } else if (t->target.what == PL_TO_VM) {
        machine_endpoints(t, e);
    } else if (t->target.what == PL_TO_RUN) {
        const char *uri = pl_trace_text(t, t->target.resource, "uri", &e->known);
        if (uri && pl_hostport_parse(t->arena, uri, &hp))
            e->host = hp.host;
        const struct pl_value *urls = pl_trace_list(t, t->target.resource, "urls", NULL);
        for (size_t i = 0; i < pl_value_count(urls); i++)
            if (pl_value_text(pl_value_item(urls, i)) &&
                pl_hostport_parse(t->arena, pl_value_text(pl_value_item(urls, i)), &hp) &&
                (!e->host || strcmp(hp.host, e->host) != 0))
                e->dns_name = hp.host;
    }
}

bool pl_endpoints_have(const struct pl_endpoints *e, const char *host)
{
    if (pl_same_host(host, e->private_ip) || pl_same_host(host, e->public_ip) ||
        pl_same_host(host, e->dns_name) || pl_same_host(host, e->host) ||
        pl_same_host(host, e->read_host) || pl_same_host(host, e->front))
        return true;
    if (!e->connection_name)
        return false;
    static const char socket[] = "/cloudsql/";
    const char *name =
        strncmp(host, socket, sizeof(socket) - 1) == 0 ? host + sizeof(socket) - 1 : host;
    size_t len = strlen(e->connection_name);
    return strncmp(name, e->connection_name, len) == 0 && (name[len] == '\0' || name[len] == '/');
}
