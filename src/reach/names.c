/* names.c - what a client may call its target in what it writes: observed addresses, what is wired and what is declared. Adds no hops.
 */
#include <stdlib.h>
#include <string.h>

#include "wiring_priv.h"

struct gathering {
    struct pl_trace *t;
    const char **hosts;
    size_t n_hosts, cap_hosts;
    int *ports;
    size_t n_ports, cap_ports;
    bool loopback;
};

static bool is_own_machine(const char *host)
{
    struct pl_ip ip;
    return strcasecmp(host, "localhost") == 0 || (pl_ip_parse(host, &ip) && pl_ip_is_loopback(&ip));
}

static void add_host(struct gathering *g, const char *host)
{
    if (!host || !*host || strstr(host, "<redacted"))
        return;
    g->loopback = g->loopback || is_own_machine(host);
    for (size_t i = 0; i < g->n_hosts; i++)
        if (pl_same_host(g->hosts[i], host))
            return;
    PL_PUSH(g->t->arena, g->hosts, g->n_hosts, g->cap_hosts, host);
}

static void add_port(struct gathering *g, int64_t port)
{
    if (port < 1 || port > 65535)
        return;
    for (size_t i = 0; i < g->n_ports; i++)
        if (g->ports[i] == port)
            return;
    PL_PUSH(g->t->arena, g->ports, g->n_ports, g->cap_ports, (int)port);
}

static void add_socket(struct gathering *g, const char *connection_name)
{
    if (connection_name)
        add_host(g, pl_arena_printf(g->t->arena, "/cloudsql/%s", connection_name));
}

static void add_wire(struct gathering *g, const struct pl_wire *w)
{
    struct pl_dsn d;
    const char *texts[] = {w->what == PL_WIRE_VALUE ? w->value : NULL, w->declared_text};
    for (size_t i = 0; i < PL_LEN(texts); i++) {
        if (!texts[i])
            continue;
        if (w->role == PL_ROLE_CONNECTION_NAME)
            add_socket(g, texts[i]);
        else if (w->role == PL_ROLE_HOST || w->role == PL_ROLE_URL)
            add_host(g, pl_wire_host(g->t->arena, texts[i]));
        else if (w->role == PL_ROLE_PORT)
            add_port(g, strtol(texts[i], NULL, 10));
        if (w->role == PL_ROLE_URL && pl_dsn_parse(g->t->arena, texts[i], &d))
            add_port(g, d.port);
    }
}

/* Does the wiring lead nowhere, so that a client takes its own machine? */
static bool is_unwired(const struct pl_trace *t)
{
    for (size_t i = 0; i < t->n_hops; i++)
        if (t->hops[i].verdict == PL_HOP_BLOCK && t->hops[i].cause &&
            strcmp(t->hops[i].hop, "wiring-host") == 0 &&
            (strcmp(t->hops[i].cause->name, "ENVIRONMENT_VARIABLE_MISSING") == 0 ||
             strcmp(t->hops[i].cause->name, "LOOPBACK_WITHOUT_SIDECAR") == 0))
            return true;
    return false;
}

static const struct {
    const char *begin, *family;
    int port;
} engines[] = {{"MYSQL", "mysql", 3306}, {"SQLSERVER", "sqlserver", 1433}, {"", "postgres", 5432}};

static const struct {
    enum pl_probe_type probe;
    const char *family;
} probes[] = {{PL_PROBE_POSTGRES, "postgres"}, {PL_PROBE_REDIS, "redis"},
              {PL_PROBE_HTTP, "http"},         {PL_PROBE_HTTPS, "http"},
              {PL_PROBE_WEBSOCKET, "http"},    {PL_PROBE_BREAKER, "http"}};

static const char *family_of(struct gathering *g)
{
    struct pl_trace *t = g->t;
    const char *version = NULL;
    switch (t->target.what) {
    case PL_TO_SQL:
        version = pl_trace_text(t, t->target.resource, "databaseVersion", NULL);
        for (size_t i = 0; i < PL_LEN(engines); i++)
            if (strncmp(version ? version : "", engines[i].begin, strlen(engines[i].begin)) == 0) {
                add_port(g, engines[i].port);
                return engines[i].family;
            }
        return NULL;
    case PL_TO_REDIS:
    case PL_TO_CLUSTER:
        return "redis";
    case PL_TO_RUN:
        return "http";
    case PL_TO_MEMCACHE:
    case PL_TO_VM:
    case PL_TO_HOST:
    case PL_TO_OTHER:
        break;
    }
    for (size_t i = 0; i < PL_LEN(probes); i++)
        if (t->connection->probe.type == probes[i].probe)
            return probes[i].family;
    return t->connection->to.scheme ? "http" : NULL;
}

void pl_names_gather(struct pl_trace *t, struct pl_reach_names *out)
{
    struct gathering g = {.t = t};
    struct pl_endpoints e;
    struct pl_wires wires;
    int64_t port = 0;
    const struct pl_value *v = NULL;
    const struct pl_connection *c = t->connection;
    pl_endpoints_find(t, &e);
    pl_wires_find(t, &wires);
    const char *const known[] = {e.private_ip,    e.public_ip,  e.host,     e.read_host,
                                 e.dns_name,      t->flow.host, c->to.host, c->probe.connect_host,
                                 c->probe.address};
    for (size_t i = 0; i < PL_LEN(known); i++)
        add_host(&g, known[i]);
    add_socket(&g, e.connection_name);
    for (size_t i = 0; i < wires.n; i++)
        add_wire(&g, &wires.list[i]);
    if (t->target.what == PL_TO_REDIS && t->target.resource &&
        pl_view_read_default(t->view, t->target.resource, "port", &v) == PL_PRESENT &&
        pl_value_as_int(v, &port))
        add_port(&g, port);
    out->family = family_of(&g);
    const int ports[] = {t->flow.port, c->port, c->to.port, c->probe.connect_port,
                         pl_connection_port(c)};
    for (size_t i = 0; i < PL_LEN(ports); i++)
        add_port(&g, ports[i]);
    out->service = t->target.address.kind
                       ? t->target.address.names[t->target.address.kind->n_segments - 1]
                       : NULL;
    out->hosts = g.hosts;
    out->n_hosts = g.n_hosts;
    out->ports = g.ports;
    out->n_ports = g.n_ports;
    out->loopback = g.loopback || is_unwired(t);
}
