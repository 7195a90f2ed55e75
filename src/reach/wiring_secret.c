/* wiring_secret.c - a variable whose value is a secret that was read: what it carries is known by what it is equal to, and by nothing else.
 *
 * No sentence and no evidence here holds a part of a value: a host that is none of the target's is told as "another private address". What
 * wiring_host.c finds out about a host that may be seen, this finds out about one that may not.
 */
#include <string.h>

#include "plumbline/payload.h"
#include "wiring_priv.h"

/* "DB_HOST of run.service/api (secret.version/db-host/3)". */
static const char *named(struct pl_trace *t, const struct pl_wire *w)
{
    return pl_arena_printf(t->arena, "%s (%s)", pl_wire_name(t, w),
                           pl_trace_name(t, &w->of->address));
}

static void show(struct pl_trace *t, const struct pl_wire *w, const char *comparison)
{
    pl_trace_evidence_text(
        t, &w->of->address, PL_PAYLOAD,
        pl_arena_printf(t->arena, "<secret: %zu bytes>", pl_payload_len(w->payload)), comparison);
}

static void block(struct pl_trace *t, const struct pl_wire *w, const char *hop, const char *cause,
                  const char *sentence, const char *comparison)
{
    pl_trace_block(t, hop, cause, &t->source.resource->address, w->path, "%s %s", named(t, w),
                   sentence);
    show(t, w, comparison);
}

static void unknown(struct pl_trace *t, const struct pl_wire *w, const char *hop, const char *cause,
                    const char *sentence, const char *comparison)
{
    pl_trace_unknown(t, hop, cause, "%s %s", named(t, w), sentence);
    show(t, w, comparison);
}

const char *pl_wire_not_compared(struct pl_trace *t, const struct pl_wire *w)
{
    if (w->what != PL_WIRE_SECRET)
        return "it was redacted where it was read";
    if (!pl_view_world(t->view)->secrets)
        return "--read-secrets compares it";
    if (!w->of)
        return "which version it is was not read";
    const struct pl_unobserved *gap =
        pl_world_gap(pl_view_world(t->view), &w->of->address, PL_PAYLOAD);
    if (!gap)
        return "it was not asked for";
    return gap->permission ? pl_arena_printf(t->arena, "%s (%s)", gap->reason, gap->permission)
                           : gap->reason;
}

/* ---- the host ---- */

/* Which of the target's own addresses it is; NULL: none. */
static const char *own_address(const struct pl_value *payload, const struct pl_endpoints *e)
{
    const char *const own[] = {e->private_ip, e->public_ip, e->dns_name,
                               e->host,       e->read_host, e->front};
    for (size_t i = 0; i < PL_LEN(own); i++)
        if (pl_payload_is(payload, PL_PAYLOAD_HOST, own[i]))
            return own[i];
    return NULL;
}

/* The folder of the instance's socket, for PostgreSQL's clients and others, or its bare connection name. */
static bool is_own_socket(struct pl_arena *arena, const struct pl_value *payload,
                          const struct pl_endpoints *e)
{
    return e->connection_name &&
           (pl_payload_is(payload, PL_PAYLOAD_PLAIN, e->connection_name) ||
            pl_payload_is(payload, PL_PAYLOAD_HOST,
                          pl_arena_printf(arena, "/cloudsql/%s", e->connection_name)));
}

bool pl_payload_leads(const struct pl_value *payload, const struct pl_endpoints *e)
{
    if (!payload)
        return false;
    struct pl_arena *scratch = pl_arena_new();
    bool leads = own_address(payload, e) || is_own_socket(scratch, payload, e) ||
                 pl_payload_is(payload, PL_PAYLOAD_CONNECTOR, e->connection_name);
    pl_arena_free(scratch);
    return leads;
}

static void take_socket(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e)
{
    struct pl_flow *f = &t->flow;
    f->socket = true;
    f->host = pl_arena_printf(t->arena, "/cloudsql/%s", e->connection_name);
    f->ip_known = false;
    pl_flow_to_sql(t, e, PL_VIA_SOCKET);
    pl_trace_pass(t, "wiring-host", "%s equals the socket of %s", named(t, w), t->target.shown);
    show(t, w, "equal");
}

/* SERVICE-PROJECTNUMBER.REGION.run.app, which not every body lists (https://cloud.google.com/run/docs/triggering/https-request). */
static enum pl_tri is_service_url(struct pl_trace *t, const struct pl_value *payload)
{
    if (t->target.what != PL_TO_RUN || !t->target.resource)
        return PL_NO;
    const struct pl_address *a = &t->target.resource->address;
    const char *number = pl_project_number(t, a->project);
    if (!number)
        return PL_MAYBE;
    return pl_payload_is(
               payload, PL_PAYLOAD_HOST,
               pl_arena_printf(t->arena, "%s-%s.%s.run.app", a->names[0], number, a->location))
               ? PL_YES
               : PL_NO;
}

/* In a subnet of the client's own network a proxy or an endpoint of Private Service Connect may stand at it (X1). */
static bool may_be_forwarded(struct pl_trace *t, const struct pl_value *payload)
{
    const struct pl_resource *const *list;
    size_t n = 0;
    if (t->target.what == PL_TO_SQL &&
        pl_trace_bool(t, t->target.resource, "settings.ipConfiguration.pscConfig.pscEnabled") ==
            PL_YES)
        return true;
    if (!t->source.network_known)
        return false;
    (void)pl_view_list(t->view, pl_kind_find("compute.subnetwork"),
                       t->source.network_address.project, &list, &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address network;
        struct pl_prefix range;
        const char *link = pl_trace_text(t, list[i], "network", NULL);
        const char *text = pl_trace_text(t, list[i], "ipCidrRange", NULL);
        if (link && text && pl_prefix_parse(text, &range) &&
            pl_link_parse(t->arena, t->source.network_address.kind, link, &list[i]->address,
                          &network) &&
            pl_same_network(&network, &t->source.network_address) &&
            pl_payload_within(payload, &range))
            return true;
    }
    return false;
}

/* An address that is none of the target's. */
static void judge_address(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e,
                          bool private_ip)
{
    const char *cause = private_ip ? "UNKNOWN_INTERNAL_ADDRESS" : "UNKNOWN_EXTERNAL_ADDRESS";
    const char *what = private_ip ? "a private" : "a public";
    if (pl_may_be_its_own(t, private_ip, e))
        unknown(t, w, "wiring-host", cause,
                pl_arena_printf(t->arena,
                                "holds %s address; the one that %s is to have was not "
                                "read",
                                what, t->target.shown),
                "not comparable: host");
    else if (private_ip && may_be_forwarded(t, w->payload))
        unknown(t, w, "wiring-host", cause,
                pl_arena_printf(t->arena,
                                "holds an address that is none of %s, but inside the "
                                "client's own network: a proxy or an endpoint may stand "
                                "there",
                                t->target.shown),
                "differs in: host");
    else
        block(
            t, w, "wiring-host", cause,
            pl_arena_printf(t->arena, "holds %s address that is none of %s", what, t->target.shown),
            "differs in: host");
}

/* A host that is none of the target's. */
static void judge_other(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e)
{
    enum pl_payload_host kind = pl_payload_host(w->payload);
    const struct pl_resource *owner = pl_owner_of_payload(t, w->payload);
    bool private_ip = kind == PL_PAYLOAD_PRIVATE_IP;
    t->flow.host_is_targets = false;
    t->flow.host = NULL;
    if (kind == PL_PAYLOAD_LOOPBACK)
        pl_wiring_loopback(t, w, "the client's own machine (a secret)");
    else if (owner)
        block(t, w, "wiring-host",
              private_ip                     ? "UNKNOWN_INTERNAL_ADDRESS"
              : kind == PL_PAYLOAD_PUBLIC_IP ? "UNKNOWN_EXTERNAL_ADDRESS"
                                             : "WIRED_TO_ANOTHER_NAME",
              pl_arena_printf(t->arena, "holds the address of %s, not of %s",
                              pl_trace_name(t, &owner->address), t->target.shown),
              "differs in: host");
    else if (e->known == PL_NOT_KNOWN ||
             (!e->private_ip && !e->public_ip && !e->host && !e->connection_name))
        unknown(t, w, "wiring-host", "UNKNOWN_INTERNAL_ADDRESS",
                "cannot be compared: the target's own addresses are not known",
                "not comparable: host");
    else if (kind == PL_PAYLOAD_SOCKET)
        block(t, w, "wiring-host", "CLOUD_SQL_SOCKET_PATH_MISMATCH",
              pl_arena_printf(t->arena, "holds the path of a socket that is not the one of %s",
                              t->target.shown),
              "differs in: host");
    else if (kind == PL_PAYLOAD_PRIVATE_IP || kind == PL_PAYLOAD_PUBLIC_IP)
        judge_address(t, w, e, private_ip);
    else if (kind == PL_PAYLOAD_RUN_APP && is_service_url(t, w->payload) == PL_NO)
        block(t, w, "wiring-host", "WIRED_TO_ANOTHER_NAME",
              pl_arena_printf(t->arena, "holds a run.app name that is none of %s", t->target.shown),
              "differs in: host");
    else
        unknown(t, w, "wiring-host", "WIRED_TO_ANOTHER_NAME",
                pl_arena_printf(t->arena,
                                "holds a name that is none of %s; what it resolves to "
                                "is not looked up",
                                t->target.shown),
                "differs in: host");
}

static void judge_connector(struct pl_trace *t, const struct pl_wire *w,
                            const struct pl_endpoints *e)
{
    t->flow.socket = false;
    if (!pl_payload_is(w->payload, PL_PAYLOAD_CONNECTOR, e->connection_name)) {
        block(t, w, "wiring-host", "CLOUD_SQL_SOCKET_PATH_MISMATCH",
              pl_arena_printf(t->arena, "gives its connector a name that is not the one of %s",
                              t->target.shown),
              "differs in: connection name");
        t->flow.host_is_targets = false;
        return;
    }
    pl_flow_to_sql(t, e, PL_VIA_PROXY);
    pl_trace_pass(t, "wiring-host", "%s gives its connector the name of %s", named(t, w),
                  t->target.shown);
    show(t, w, "equal: connection name");
}

/* A bare host goes to the resolver as it is; of a connection string some clients drop what does not belong into it. */
static bool told_flaw(struct pl_trace *t, const struct pl_wire *w)
{
    const char *flaw = pl_payload_flaw(w->payload);
    if (!flaw)
        return false;
    if (w->role == PL_ROLE_URL && pl_payload_has(w->payload, PL_PAYLOAD_PLAIN) &&
        (pl_payload_has(w->payload, PL_PAYLOAD_HOST) ||
         pl_payload_has(w->payload, PL_PAYLOAD_CONNECTOR))) {
        pl_trace_risk(t, "wiring-host", "ENVIRONMENT_VALUE_MALFORMED",
                      "%s %s: whether the client drops that is its own business", named(t, w),
                      flaw);
        pl_trace_field(t, &w->of->address, PL_PAYLOAD);
        show(t, w, flaw);
        return false;
    }
    block(t, w, "wiring-host", "ENVIRONMENT_VALUE_MALFORMED",
          pl_arena_printf(t->arena, "%s: no resolver takes it for an address", flaw), flaw);
    t->flow.host_is_targets = false;
    return true;
}

static void judge_host(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e)
{
    const char *own = own_address(w->payload, e);
    t->flow.host_resource = &t->source.resource->address;
    t->flow.host_path = w->path;
    if (told_flaw(t, w))
        return;
    if (w->role == PL_ROLE_CONNECTION_NAME && !pl_flow_means_socket(t) &&
        pl_payload_is(w->payload, PL_PAYLOAD_PLAIN, e->connection_name)) {
        pl_wiring_by_name(t, named(t, w), e);
        show(t, w, "equal: connection name");
    } else if (is_own_socket(t->arena, w->payload, e) &&
               (w->role == PL_ROLE_CONNECTION_NAME ||
                pl_payload_host(w->payload) == PL_PAYLOAD_SOCKET)) {
        take_socket(t, w, e);
    } else if (pl_payload_has(w->payload, PL_PAYLOAD_CONNECTOR)) {
        judge_connector(t, w, e);
    } else if (own || is_service_url(t, w->payload) == PL_YES) {
        if (own)
            pl_wiring_take_own(t, own, e);
        pl_trace_pass(t, "wiring-host", "%s equals an address of %s", named(t, w), t->target.shown);
        show(t, w, "equal: host");
    } else if (pl_payload_has(w->payload, PL_PAYLOAD_HOST)) {
        judge_other(t, w, e);
    } else if (w->role == PL_ROLE_CONNECTION_NAME) {
        block(t, w, "wiring-host", "CLOUD_SQL_SOCKET_PATH_MISMATCH",
              pl_arena_printf(t->arena, "is not the connection name of %s", t->target.shown),
              "different");
        t->flow.host_is_targets = false;
    } else if (!pl_payload_has(w->payload, PL_PAYLOAD_DATABASE)) {
        unknown(t, w, "wiring-host", "ENVIRONMENT_VALUE_MALFORMED",
                "holds no address, and no connection string of a form that is known here",
                "not comparable");
    }
}

/* ---- port, database, user ---- */

/* Ports that the later hops know what to say about. */
static int known_port(struct pl_trace *t, const struct pl_value *payload, enum pl_payload_part part)
{
    const int ports[] = {t->flow.port, 5432, 6432, 3306, 1433, 3307, 6379, 6378, 443, 80};
    for (size_t i = 0; i < PL_LEN(ports); i++)
        if (pl_payload_is(payload, part, pl_arena_printf(t->arena, "%d", ports[i])))
            return ports[i];
    return 0;
}

static void judge_port(struct pl_trace *t, const struct pl_wire *w, enum pl_payload_part part)
{
    struct pl_flow *f = &t->flow;
    if (!pl_payload_has(w->payload, part) ||
        (t->connection->to.what == PL_END_HOST && t->connection->to.port > 0))
        return;
    int port = known_port(t, w->payload, part);
    if (port > 0) {
        f->port = port;
        f->port_resource = &t->source.resource->address;
        f->port_path = w->path;
        return;
    }
    const char *cause = t->target.what == PL_TO_SQL     ? "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT"
                        : t->target.what == PL_TO_REDIS ? "REDIS_INSTANCE_UNSUPPORTED_PORT"
                                                        : NULL;
    f->port = 0;
    if (cause)
        block(t, w, "wiring-port", cause,
              pl_arena_printf(t->arena, "holds a port that %s does not listen on", t->target.shown),
              "differs in: port");
    else
        unknown(t, w, "wiring-port", NULL, "holds a port that is not compared", "differs in: port");
}

/* The one of an instance's databases or users that a part is equal to. */
static const char *name_inside(struct pl_trace *t, const char *kind, const struct pl_value *payload,
                               enum pl_payload_part part, bool *listed)
{
    const struct pl_resource *const *list;
    const struct pl_address *instance = &t->target.resource->address;
    size_t n = 0;
    *listed = false;
    enum pl_known known = pl_view_list(t->view, pl_kind_find(kind), instance->project, &list, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i]->address.names[0], instance->names[0]) != 0)
            continue;
        *listed = known == PL_PRESENT;
        if (pl_payload_is(payload, part, list[i]->address.names[1]))
            return list[i]->address.names[1];
    }
    return NULL;
}

static void judge_database(struct pl_trace *t, const struct pl_wire *w, enum pl_payload_part part)
{
    bool listed;
    if (t->target.what != PL_TO_SQL || !t->target.resource || !pl_payload_has(w->payload, part))
        return;
    const char *name = name_inside(t, "sql.database", w->payload, part, &listed);
    if (name)
        t->flow.database = (struct pl_wired_name){name, w->name, w->path};
    else if (listed)
        block(
            t, w, "sql-database", "CLOUD_SQL_DATABASE_NOT_FOUND",
            pl_arena_printf(t->arena, "asks for a database that %s does not have", t->target.shown),
            "differs in: database");
    else
        pl_trace_not_modelled(t, "the databases of %s, of which none was read", t->target.shown);
}

/* An instance need not list every user (login.c): one that it does not list says nothing. */
static void judge_user(struct pl_trace *t, const struct pl_wire *w, enum pl_payload_part part)
{
    bool listed;
    if (t->target.what != PL_TO_SQL || !t->target.resource || !pl_payload_has(w->payload, part))
        return;
    const char *name = name_inside(t, "sql.user", w->payload, part, &listed);
    const char *probe = t->connection->probe.user;
    if (!name && pl_payload_is(w->payload, part, probe))
        name = probe;
    if (name)
        t->flow.user = (struct pl_wired_name){name, w->name, w->path};
    else
        pl_trace_not_modelled(t, "the user in %s, which is none that %s lists", w->name,
                              t->target.shown);
}

void pl_wiring_secret(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e)
{
    enum pl_dsn_tls tls = pl_payload_tls(w->payload);
    switch (w->role) {
    case PL_ROLE_HOST:
    case PL_ROLE_URL:
    case PL_ROLE_CONNECTION_NAME:
        judge_host(t, w, e);
        judge_port(t, w, PL_PAYLOAD_PORT);
        judge_database(t, w, PL_PAYLOAD_DATABASE);
        judge_user(t, w, PL_PAYLOAD_USER);
        if (tls != PL_DSN_TLS_UNSAID)
            t->flow.client_tls = tls == PL_DSN_TLS ? PL_YES : PL_NO;
        t->flow.has_password =
            t->flow.has_password || pl_payload_has(w->payload, PL_PAYLOAD_PASSWORD);
        break;
    case PL_ROLE_PORT:
        judge_port(t, w, PL_PAYLOAD_PLAIN);
        break;
    case PL_ROLE_DATABASE:
        judge_database(t, w, PL_PAYLOAD_WHOLE);
        break;
    case PL_ROLE_USER:
        judge_user(t, w, PL_PAYLOAD_WHOLE);
        break;
    case PL_ROLE_TLS: /* one word of a known few: a flag, no secret worth reading */
    case PL_ROLE_PASSWORD:
    case PL_ROLE_NONE:
        break;
    }
}
