/* wiring.c - what the client in fact dials: its environment says, or else what follows from the target (flow.c). Fills t->flow and adds the
 * wiring hops; which variables there are is wires.c's business, what a host in one of them means wiring_host.c's.
 *
 * A secret's value is known by what it equals alone (wiring_secret.c), and not at all where it was not read.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plumbline/payload.h"
#include "wiring_priv.h"

static void follow_port(struct pl_trace *t, const struct pl_wire *w, const char *text)
{
    char *end = NULL;
    long port = strtol(text, &end, 10);
    if (end == text || *end != '\0' || port < 1 || port > 65535) {
        pl_wire_block(t, "wiring-port", "ENVIRONMENT_VALUE_MALFORMED", w,
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
                  pl_wire_name(t, w), usual);
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
                      pl_wire_name(t, w));
        pl_trace_field(t, &t->source.resource->address, w->path);
    } else if (w->what == PL_WIRE_VALUE && *w->value) {
        *out = (struct pl_wired_name){w->value, w->name, w->path};
    }
}

/* A URL without a port means its scheme's own, with TLS as well: https://www.iana.org/assignments/uri-schemes/prov/redis, .../rediss. */
static int port_of_scheme(const char *scheme)
{
    static const char *const redis[] = {"redis", "rediss", "valkey", "valkeys"};
    for (size_t i = 0; scheme && i < PL_LEN(redis); i++)
        if (strcasecmp(scheme, redis[i]) == 0)
            return 6379;
    return 0;
}

/* What a connection string says beside the host. User info may have been redacted: then there is some. */
static void follow_parts(struct pl_trace *t, const struct pl_wire *w, const struct pl_dsn *d)
{
    struct pl_flow *f = &t->flow;
    bool hidden = d->user && strncmp(d->user, "<redacted", 9) == 0;
    int port = d->port > 0 ? d->port : port_of_scheme(d->scheme);
    if (port > 0)
        follow_port(t, w, pl_arena_printf(t->arena, "%d", port));
    if (d->tls != PL_DSN_TLS_UNSAID)
        f->client_tls = d->tls == PL_DSN_TLS ? PL_YES : PL_NO;
    f->has_password = f->has_password || hidden || d->password;
    if (t->target.what == PL_TO_SQL && d->database)
        f->database = (struct pl_wired_name){d->database, w->name, w->path};
    if (t->target.what == PL_TO_SQL && d->user && !hidden)
        f->user = (struct pl_wired_name){d->user, w->name, w->path};
    if (d->several)
        pl_trace_not_modelled(t, "the further hosts of %s, of which the first is followed",
                              w->name);
}

static void follow_address(struct pl_trace *t, const struct pl_wire *w,
                           const struct pl_endpoints *e)
{
    struct pl_dsn d;
    if (w->role == PL_ROLE_CONNECTION_NAME || !pl_dsn_parse(t->arena, w->value, &d)) {
        pl_wiring_host(t, w, w->value, e);
        return;
    }
    if (d.connector)
        pl_wiring_connector(t, w, d.connector, e);
    else if (d.host)
        pl_wiring_host(t, w, d.host, e);
    follow_parts(t, w, &d);
}

/* The first that an address may come from. */
static const struct pl_wire *secret_of(const struct pl_wires *wires)
{
    for (size_t i = 0; i < wires->n; i++)
        if (wires->list[i].what != PL_WIRE_VALUE && !wires->list[i].payload &&
            (wires->list[i].role == PL_ROLE_HOST || wires->list[i].role == PL_ROLE_URL))
            return &wires->list[i];
    return &wires->list[0];
}

/* Set to nothing, which says no address. Whether that is a fault the declaration tells: clients have several names for one thing. */
static bool leads_nowhere(const struct pl_wire *w)
{
    bool leads =
        w->role == PL_ROLE_HOST || w->role == PL_ROLE_URL || w->role == PL_ROLE_CONNECTION_NAME;
    return leads && w->what == PL_WIRE_VALUE && !*w->value;
}

/* What it is, is password.c's question. */
static void follow_password(struct pl_trace *t, const struct pl_wire *w)
{
    if (w->what == PL_WIRE_ABSENT && t->target.what == PL_TO_SQL) {
        pl_trace_risk(t, "credential", "ENVIRONMENT_VARIABLE_MISSING",
                      "%s is declared and not set: the client has no password by it",
                      pl_wire_name(t, w));
        pl_trace_field(t, &t->source.resource->address, w->path);
    }
    t->flow.has_password = t->flow.has_password || w->what == PL_WIRE_SECRET ||
                           w->what == PL_WIRE_HIDDEN || (w->value && *w->value);
}

static void follow_hidden(struct pl_trace *t, const struct pl_wire *w)
{
    struct pl_flow *f = &t->flow;
    pl_trace_not_modelled(t, "the value of the secret in %s, which is not compared: %s", w->name,
                          pl_wire_not_compared(t, w));
    f->wired_unknown = f->wired_unknown || w->role == PL_ROLE_HOST || w->role == PL_ROLE_URL;
    if (w->role == PL_ROLE_PORT) {
        f->port = 0;
        pl_trace_unknown(t, "wiring-port", NULL,
                         "the port comes from a secret, whose value is not compared: %s",
                         pl_wire_not_compared(t, w));
    }
}

static void follow_wire(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e)
{
    if (w->role == PL_ROLE_PASSWORD) {
        follow_password(t, w);
        return;
    }
    if (pl_role_is_login(w->role)) {
        if (w->payload)
            pl_wiring_secret(t, w, e);
        else
            follow_name(t, w);
        return;
    }
    if (w->what == PL_WIRE_ABSENT) {
        if (w->role == PL_ROLE_PORT)
            follow_missing_port(t, w);
        else if (w->role != PL_ROLE_TLS)
            pl_wire_block(t, "wiring-host", "ENVIRONMENT_VARIABLE_MISSING", w,
                          "is declared and not set: the client falls back to its own default");
        return;
    }
    if (leads_nowhere(w)) {
        if (w->declared && !(w->declared_text && !*w->declared_text))
            pl_wire_block(t, "wiring-host", "ENVIRONMENT_VARIABLE_MISSING", w,
                          "is empty: the client falls back to its own default");
        return;
    }
    if (w->payload) {
        pl_wiring_secret(t, w, e);
        return;
    }
    if (w->what != PL_WIRE_VALUE) {
        follow_hidden(t, w);
        return;
    }
    switch (w->role) {
    case PL_ROLE_HOST:
    case PL_ROLE_URL:
    case PL_ROLE_CONNECTION_NAME:
        follow_address(t, w, e);
        break;
    case PL_ROLE_PORT:
        follow_port(t, w, w->value);
        break;
    case PL_ROLE_TLS:
        t->flow.client_tls = pl_dsn_tls_of(w->value) == PL_DSN_PLAIN ? PL_NO : PL_YES;
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
    pl_flow_to_target(t, &e);
    if (!f->socket)
        f->port = pl_flow_default_port(t);
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
                         "the address comes from a secret, whose value is not compared: %s",
                         pl_wire_not_compared(t, secret_of(&wires)));
    else if (t->source.what == PL_FROM_RUN && t->source.known == PL_PRESENT && carrying == 0)
        pl_trace_not_applicable(t, "wiring-host", "no environment variable of %s carries %s",
                                pl_trace_name(t, &t->connection->from.address), t->target.shown);
    if (f->socket)
        judge_socket_port(t);
    if (f->socket || f->connector) /* S5: that is what they dial, whatever port the client names */
        f->port = 3307;
    pl_egress_decide(t);
}
