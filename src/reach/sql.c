/* sql.c - Cloud SQL as a destination: running, addressed, on which port, who may connect, in which TLS mode.
 * The built-in connection is sql_socket.c's, logins are login.c's, numbers capacity.c's.
 *
 * Rules S1 to S7 (https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances and the connectivity pages).
 * Inside the producer's network nothing is visible: DROPPED_INSIDE_CLOUD_SQL_SERVICE is only ever not modelled.
 */
#include <string.h>

#include "wiring_priv.h"

static bool is_sql(const struct pl_trace *t)
{
    return t->target.what == PL_TO_SQL && t->target.resource;
}

void pl_hop_sql_state(struct pl_trace *t)
{
    if (!is_sql(t))
        return;
    const struct pl_resource *r = t->target.resource;
    enum pl_known policy_known, state_known;
    const char *policy = pl_trace_text(t, r, "settings.activationPolicy", &policy_known);
    const char *state = pl_trace_text(t, r, "state", &state_known);
    if (policy && strcmp(policy, "NEVER") == 0) {
        /* S2: a stopped instance still reads RUNNABLE; only the policy tells. */
        pl_trace_block(t, "sql-state", "CLOUD_SQL_INSTANCE_NOT_RUNNING", &r->address,
                       "settings.activationPolicy",
                       "%s is stopped by its owner: activationPolicy is NEVER", t->target.shown);
        pl_trace_evidence(t, r, "settings.activationPolicy");
        pl_trace_evidence(t, r, "state");
        return;
    }
    if (policy_known == PL_NOT_KNOWN || state_known == PL_NOT_KNOWN) {
        pl_trace_unknown(t, "sql-state", "CLOUD_SQL_INSTANCE_NOT_RUNNING",
                         "whether %s runs was not read", t->target.shown);
        return;
    }
    /* The state is an effect of the policy: with the policy changed back in the model it proves nothing. */
    const struct pl_resource *before = NULL;
    const struct pl_value *v = NULL;
    bool healed = pl_view_find(t->base, &r->address, &before) == PL_PRESENT &&
                  pl_view_read(t->base, before, "settings.activationPolicy", &v) == PL_PRESENT &&
                  pl_value_text(v) && strcmp(pl_value_text(v), "NEVER") == 0;
    if (!state || strcmp(state, "RUNNABLE") == 0 || healed)
        pl_trace_pass(t, "sql-state", "%s is running", t->target.shown);
    else if (strcmp(state, "MAINTENANCE") == 0 || strcmp(state, "ONLINE_MAINTENANCE") == 0)
        pl_trace_unknown(t, "sql-state", "CLOUD_SQL_INSTANCE_NOT_RUNNING", "%s is in maintenance",
                         t->target.shown);
    /* S2: of a repair the database might be unavailable; of a state of tomorrow nobody knows. */
    else if (strcmp(state, "REPAIRING") == 0 || !pl_trace_state(t, r, "state", NULL))
        pl_trace_unknown(t, "sql-state", "CLOUD_SQL_INSTANCE_NOT_RUNNING", "%s is %s",
                         t->target.shown, state);
    else
        pl_trace_block(t, "sql-state", "CLOUD_SQL_INSTANCE_NOT_RUNNING", &r->address, "state",
                       "%s is %s", t->target.shown, state);
    pl_trace_evidence(t, r, "state");
    pl_trace_evidence(t, r, "settings.activationPolicy");
}

bool pl_sql_by_endpoint(struct pl_trace *t)
{
    const char *network = is_sql(t) ? pl_trace_text(t, t->target.resource,
                                                    "settings.ipConfiguration.privateNetwork", NULL)
                                    : NULL;
    return is_sql(t) && t->flow.zone == PL_ZONE_PRIVATE &&
           (t->connection->via == PL_VIA_PSC || !network) &&
           pl_trace_bool(t, t->target.resource, "settings.ipConfiguration.pscConfig.pscEnabled") ==
               PL_YES;
}

void pl_hop_sql_address(struct pl_trace *t)
{
    if (!is_sql(t))
        return;
    const struct pl_resource *r = t->target.resource;
    enum pl_tri public_on = pl_trace_bool(t, r, "settings.ipConfiguration.ipv4Enabled");
    enum pl_known network_known, addresses_known;
    const char *network =
        pl_trace_text(t, r, "settings.ipConfiguration.privateNetwork", &network_known);
    struct pl_endpoints e;
    pl_endpoints_find(t, &e);
    addresses_known = e.known;
    if (pl_sql_by_endpoint(t)) {
        pl_trace_pass(t, "sql-address", "%s is reached by an endpoint of Private Service Connect",
                      t->target.shown);
        pl_trace_evidence(t, r, "settings.ipConfiguration.pscConfig.pscEnabled");
        return;
    }
    if (t->flow.zone == PL_ZONE_PUBLIC && public_on == PL_NO) {
        bool by_flags =
            t->flow.connector && pl_auth_proxy_of(t, e.connection_name) == PL_PROXY_PUBLIC;
        pl_trace_block(t, "sql-address", "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS", &r->address,
                       "settings.ipConfiguration.ipv4Enabled", "%s has no public address%s",
                       t->target.shown,
                       by_flags ? ", and its Auth Proxy is not told to dial the private one" : "");
    } else if (t->flow.zone == PL_ZONE_PRIVATE && !network && network_known == PL_ABSENT &&
               !e.private_ip && addresses_known != PL_NOT_KNOWN) {
        pl_trace_block(t, "sql-address", "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS", &r->address,
                       "settings.ipConfiguration.privateNetwork", "%s has no private address",
                       t->target.shown);
    } else if ((t->flow.zone == PL_ZONE_PUBLIC && public_on == PL_MAYBE) ||
               (t->flow.zone == PL_ZONE_PRIVATE && network_known == PL_NOT_KNOWN &&
                !e.private_ip)) {
        pl_trace_unknown(t, "sql-address", "CLOUD_SQL_INSTANCE_NO_IP_ADDRESS",
                         "the addresses of %s were not read", t->target.shown);
        return;
    } else {
        pl_trace_pass(t, "sql-address", "%s has a %s address", t->target.shown,
                      t->flow.zone == PL_ZONE_PUBLIC ? "public" : "private");
    }
    pl_trace_evidence(t, r,
                      t->flow.zone == PL_ZONE_PUBLIC ? "settings.ipConfiguration.ipv4Enabled"
                                                     : "settings.ipConfiguration.privateNetwork");
}

/* ---- the engine ---- */

/* What a URL's scheme says that its client speaks, and what an instance's version begins with. */
static const struct {
    const char *word; /* in the scheme: "mysql+pymysql", "jdbc:postgresql" */
    const char *version;
} engines[] = {{"mysql", "MYSQL"},
               {"mariadb", "MYSQL"},
               {"postgres", "POSTGRES"},
               {"sqlserver", "SQLSERVER"},
               {"mssql", "SQLSERVER"}};

static const char *spoken_by(const char *url)
{
    size_t len = strcspn(url, "/");
    for (size_t i = 0; strstr(url, "://") && i < PL_LEN(engines); i++) {
        const char *at = strstr(url, engines[i].word);
        if (at && (size_t)(at - url) < len)
            return engines[i].version;
    }
    return NULL;
}

/* A URL of the client's that leads to this instance, and speaks another engine's language. */
void pl_hop_sql_engine(struct pl_trace *t)
{
    const char *version =
        is_sql(t) ? pl_trace_text(t, t->target.resource, "databaseVersion", NULL) : NULL;
    if (!version || t->source.what != PL_FROM_RUN || !t->source.resource || !t->flow.host)
        return;
    size_t n = 0;
    const struct pl_variable *v = pl_variables_of(t, t->source.resource, &n);
    for (size_t i = 0; i < n; i++) {
        const char *spoken = v[i].value ? spoken_by(v[i].value) : NULL;
        if (!spoken || !pl_same_host(pl_wire_host(t->arena, v[i].value), t->flow.host))
            continue;
        if (strncmp(version, spoken, strlen(spoken)) == 0) {
            pl_trace_pass(t, "sql-engine", "%s of %s speaks the language of %s", v[i].name,
                          pl_trace_name(t, &t->source.resource->address), version);
        } else {
            pl_trace_block(
                t, "sql-engine", "CLOUD_SQL_ENGINE_MISMATCH", &t->source.resource->address,
                v[i].path, "%s of %s is a URL for another engine than %s, which is %s", v[i].name,
                pl_trace_name(t, &t->source.resource->address), t->target.shown, version);
            pl_trace_evidence(t, t->source.resource, v[i].path);
        }
        pl_trace_evidence(t, t->target.resource, "databaseVersion");
        return;
    }
}

/* ---- ports ---- */

/* S5: direct, managed pooling, connectors and proxies. */
static bool listens(const char *version, bool pooling, int port)
{
    if (port == 3307)
        return true;
    if (version && strncmp(version, "MYSQL", 5) == 0)
        return port == 3306;
    if (version && strncmp(version, "SQLSERVER", 9) == 0)
        return port == 1433;
    return port == 5432 || (pooling && port == 6432);
}

void pl_hop_sql_port(struct pl_trace *t)
{
    if (!is_sql(t) || t->flow.socket || t->flow.connector || t->flow.port == 0)
        return;
    const char *version = pl_trace_text(t, t->target.resource, "databaseVersion", NULL);
    bool pooling = pl_trace_bool(t, t->target.resource,
                                 "settings.connectionPoolConfig.connectionPoolingEnabled") != PL_NO;
    if (listens(version, pooling, t->flow.port)) {
        pl_trace_pass(t, "sql-port", "%s listens on %d", t->target.shown, t->flow.port);
    } else {
        pl_trace_block(t, "sql-port", "CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", t->flow.port_resource,
                       t->flow.port_path, "the client dials port %d%s; %s (%s) listens on %s",
                       t->flow.port, t->flow.port_resource ? ", as its environment says" : "",
                       t->target.shown, version ? version : "version not read",
                       version && strncmp(version, "MYSQL", 5) == 0       ? "3306"
                       : version && strncmp(version, "SQLSERVER", 9) == 0 ? "1433"
                       : pooling                                          ? "5432 (pooled: 6432)"
                                                                          : "5432");
    }
    if (t->flow.port_resource)
        pl_trace_evidence_text(t, t->flow.port_resource, t->flow.port_path,
                               pl_arena_printf(t->arena, "%d", t->flow.port), NULL);
    pl_trace_evidence(t, t->target.resource, "databaseVersion");
}

/* ---- who may connect ---- */

/* Is every address of the range authorised? */
static bool authorises(struct pl_trace *t, const struct pl_value *networks,
                       const struct pl_prefix *range)
{
    size_t n = 0;
    struct pl_prefix *list = pl_arena_array(t->arena, pl_value_count(networks), sizeof(*list));
    for (size_t i = 0; i < pl_value_count(networks); i++) {
        const char *text = pl_value_member_text(pl_value_item(networks, i), "value");
        if (text && pl_prefix_parse(text, &list[n]))
            n++;
    }
    return pl_prefixes_cover(list, n, range);
}

/* Packets leave from addresses that are known: are they among those that may connect? Each new connection takes one of them. */
static bool told_by_exit(struct pl_trace *t, const struct pl_value *networks)
{
    static const char path[] = "settings.ipConfiguration.authorizedNetworks";
    struct pl_exit from;
    size_t refused = 0;
    const struct pl_ip *first = NULL;
    if (!pl_exit_addresses(t, &from)) {
        if (from.missing)
            pl_trace_unknown(t, "sql-authorized", "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
                             "packets leave from addresses of %s that are not all known: %s",
                             pl_trace_name(t, &from.by->address), from.missing);
        return from.missing != NULL;
    }
    for (size_t i = 0; i < from.n; i++)
        if (!authorises(t, networks, &(struct pl_prefix){from.ips[i], from.ips[i].v4 ? 32 : 128})) {
            first = first ? first : &from.ips[i];
            refused++;
        }
    const char *by = pl_trace_name(t, &from.by->address);
    if (refused == 0)
        pl_trace_pass(t, "sql-authorized", "packets leave from %zu address%s of %s, authorised",
                      from.n, from.n == 1 ? "" : "es", by);
    else if (refused < from.n)
        pl_trace_risk(t, "sql-authorized", "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
                      "packets leave from %zu addresses of %s, and %s authorises not all of them: "
                      "not %s",
                      from.n, by, t->target.shown, pl_ip_format(t->arena, first));
    else
        pl_trace_block(t, "sql-authorized", "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
                       &t->target.resource->address, path,
                       "packets leave from %s, of %s, which is in no authorised network of %s",
                       pl_ip_format(t->arena, first), by, t->target.shown);
    pl_trace_field(t, &t->target.resource->address, path);
    return true;
}

static void judge_public_source(struct pl_trace *t, const struct pl_value *networks)
{
    static const char path[] = "settings.ipConfiguration.authorizedNetworks";
    struct pl_prefix everything;
    (void)pl_prefix_parse("0.0.0.0/0", &everything);
    if (authorises(t, networks, &everything)) {
        pl_trace_pass(t, "sql-authorized", "every address is authorised");
    } else if (t->source.what == PL_FROM_RUN && t->flow.in_vpc == PL_NO) {
        pl_trace_block(t, "sql-authorized", "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
                       &t->target.resource->address, path,
                       "Cloud Run leaves from changing Google addresses, and %s authorises only "
                       "listed networks",
                       t->target.shown);
    } else if (pl_value_count(networks) == 0) {
        pl_trace_block(t, "sql-authorized", "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
                       &t->target.resource->address, path,
                       "%s authorises no network at all for its public address", t->target.shown);
    } else if (!told_by_exit(t, networks)) {
        pl_trace_unknown(t, "sql-authorized", "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
                         "whether the source's public address is authorised is not known");
        pl_trace_not_modelled(t, "the addresses that a gateway of Cloud NAT chooses by itself");
    }
    pl_trace_evidence(t, t->target.resource, path);
}

static void judge_private_source(struct pl_trace *t, const struct pl_value *networks)
{
    static const char path[] = "settings.ipConfiguration.authorizedNetworks";
    if (t->flow.in_vpc != PL_YES || !t->source.range_known || pl_ip_is_rfc1918(&t->source.range.ip))
        return; /* S3: RFC 1918 sources are authorised by themselves, other ranges of Direct VPC (E12) are not */
    if (authorises(t, networks, &t->source.range))
        pl_trace_pass(t, "sql-authorized", "the source range is authorised");
    else
        pl_trace_block(
            t, "sql-authorized", "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
            &t->target.resource->address, path,
            "the source range %s is not RFC 1918: it must be an authorised network, and is not",
            pl_prefix_format(t->arena, &t->source.range));
    pl_trace_evidence(t, t->target.resource, path);
}

void pl_hop_sql_authorized(struct pl_trace *t)
{
    if (!is_sql(t) || t->flow.socket || t->flow.connector)
        return; /* connectors authenticate by IAM, not by address */
    const struct pl_resource *r = t->target.resource;
    const char *enforcement = pl_trace_text(t, r, "settings.connectorEnforcement", NULL);
    if (enforcement && strcmp(enforcement, "REQUIRED") == 0) {
        pl_trace_block(t, "sql-authorized", "CLOUD_SQL_CONNECTOR_REQUIRED", &r->address,
                       "settings.connectorEnforcement",
                       "%s admits only connectors and the Auth Proxy; this connection is direct",
                       t->target.shown);
        pl_trace_evidence(t, r, "settings.connectorEnforcement");
        return;
    }
    enum pl_known known;
    const struct pl_value *networks =
        pl_trace_list(t, r, "settings.ipConfiguration.authorizedNetworks", &known);
    if (known == PL_NOT_KNOWN)
        pl_trace_unknown(t, "sql-authorized", "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
                         "the authorised networks were not read");
    else if (t->flow.zone == PL_ZONE_PUBLIC)
        judge_public_source(t, networks);
    else
        judge_private_source(t, networks);
}

/* ---- TLS ---- */

void pl_hop_sql_tls(struct pl_trace *t)
{
    if (!is_sql(t) || t->flow.socket || t->flow.connector)
        return;
    const struct pl_resource *r = t->target.resource;
    enum pl_known known;
    const char *mode = pl_trace_text(t, r, "settings.ipConfiguration.sslMode", &known);
    const char *path = "settings.ipConfiguration.sslMode";
    if (known == PL_ABSENT &&
        pl_trace_bool(t, r, "settings.ipConfiguration.requireSsl") == PL_YES) {
        mode =
            "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"; /* S7: what the legacy field means for PostgreSQL and MySQL */
        path = "settings.ipConfiguration.requireSsl";
    }
    const struct pl_probe_spec *probe = &t->connection->probe;
    bool demands = mode && strcmp(mode, "ALLOW_UNENCRYPTED_AND_ENCRYPTED") != 0;
    bool has_cert = probe->cert.secret || probe->cert.text || probe->cert.missing;
    bool says_no_cert = probe->type == PL_PROBE_POSTGRES && !has_cert;
    if (known == PL_NOT_KNOWN)
        pl_trace_unknown(t, "sql-tls", "TLS_REQUIRED", "the TLS mode of %s was not read",
                         t->target.shown);
    else if (mode && strcmp(mode, "TRUSTED_CLIENT_CERTIFICATE_REQUIRED") == 0 && !has_cert &&
             !says_no_cert)
        pl_trace_risk(t, "sql-tls", "CLIENT_CERTIFICATE_REQUIRED",
                      "%s wants a client certificate; whether this client has one is not declared",
                      t->target.shown);
    else if (mode && strcmp(mode, "TRUSTED_CLIENT_CERTIFICATE_REQUIRED") == 0 && !has_cert)
        pl_trace_block(t, "sql-tls", "CLIENT_CERTIFICATE_REQUIRED", &r->address, path,
                       "%s wants a client certificate, and none is declared for this client",
                       t->target.shown);
    else if (demands && t->flow.client_tls == PL_MAYBE)
        pl_trace_risk(t, "sql-tls", "TLS_REQUIRED",
                      "%s takes TLS only; whether this client speaks it is not declared",
                      t->target.shown);
    else if (demands && t->flow.client_tls == PL_NO)
        pl_trace_block(t, "sql-tls", "TLS_REQUIRED", &r->address, path,
                       "%s refuses connections without TLS, and this client speaks none",
                       t->target.shown);
    else
        pl_trace_pass(t, "sql-tls", "%s takes %s", t->target.shown,
                      mode && strcmp(mode, "ENCRYPTED_ONLY") == 0
                          ? "TLS only, without a client certificate"
                          : "this client's TLS mode");
    pl_trace_field(t, &r->address, path);
    pl_trace_evidence(t, r, path);
}
