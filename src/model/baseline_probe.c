/* baseline_probe.c - a connection's `probe`: types, their parameters as one table, and how each is read.
 *
 * The table is also what `plumbline list probes` and the manual print (section 2 of the contract). What a
 * parameter does is the probe's business; here it is only checked and stored.
 */
#include <stddef.h>
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/net.h"

void pl_probe_spec_init(struct pl_probe_spec *spec)
{
    *spec = (struct pl_probe_spec){.redirects = -1, .read_only = -1};
}

/* ---- readers of single parameters; `into` is the whole specification unless said otherwise ---- */

static int key_dial(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                    void *into)
{
    struct pl_probe_spec *spec = into;
    const char *text = pl_read_line(r, pair->value, key->name);
    struct pl_hostport hp;

    if (text == NULL)
        return -1;
    if (!pl_hostport_parse(r->arena, text, &hp) || hp.scheme != NULL || hp.path != NULL ||
        hp.user_info != NULL || hp.host == NULL || hp.host[0] == '\0' || hp.port == 0)
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s wants HOST:PORT, not '%s'", key->name, text);
    spec->connect_host = hp.host;
    spec->connect_port = hp.port;
    return 0;
}

static int key_ip(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                  void *into)
{
    const char *text = pl_read_line(r, pair->value, key->name);
    struct pl_ip ip;

    if (text == NULL)
        return -1;
    if (!pl_ip_parse(text, &ip))
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s wants an IP address, not '%s'", key->name, text);
    *(const char **)into = text;
    return 0;
}

static int key_resolver(struct pl_reader *r, const struct pl_key *key,
                        const struct pl_yaml_pair *pair, void *into)
{
    const char *text = pl_read_line(r, pair->value, key->name);
    struct pl_hostport hp;
    struct pl_ip ip;

    if (text == NULL)
        return -1;
    if (!pl_ip_parse(text, &ip) && (!pl_hostport_parse(r->arena, text, &hp) || hp.scheme != NULL ||
                                    hp.path != NULL || !pl_ip_parse(hp.host, &ip)))
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                             "%s wants an IP address or IP:PORT, not '%s'", key->name, text);
    *(const char **)into = text;
    return 0;
}

static int key_ports(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                     void *into)
{
    struct pl_key port = {.name = key->name, .lo = 1, .hi = 65535};
    struct pl_probe_spec *spec = into;
    int *ports;

    if (pl_want(r, pair->value, PL_YAML_SEQUENCE, key->name) < 0)
        return -1;
    ports = pl_arena_array(r->arena, pair->value->n, sizeof *ports);
    for (size_t i = 0; i < pair->value->n; i++) {
        struct pl_yaml_pair item = {.key = pair->key, .value = pair->value->items[i]};

        if (pl_key_int(r, &port, &item, &ports[i]) < 0)
            return -1;
    }
    spec->also_try = ports;
    spec->n_also_try = pair->value->n;
    return 0;
}

/* RFC 9110, section 9.1: methods are case-sensitive; ours are upper case, CONNECT and TRACE are no probes. */
static const char *const methods[] = {"GET", "HEAD",  "OPTIONS", "POST",
                                      "PUT", "PATCH", "DELETE",  NULL};

/* `any`: as clients do, the first that answers. */
static int key_addresses(struct pl_reader *r, const struct pl_key *key,
                         const struct pl_yaml_pair *pair, void *into)
{
    static const char *const words[] = {"any", "each", NULL};
    struct pl_key row = {.name = key->name, .names = words};
    struct pl_probe_spec *spec = into;
    int i = 0;

    if (pl_key_word(r, &row, pair, &i) < 0)
        return -1;
    spec->each_address = i == 1;
    return 0;
}

static int key_switch(struct pl_reader *r, const struct pl_key *key,
                      const struct pl_yaml_pair *pair, void *into)
{
    static const char *const words[] = {"false", "no", "off", "true", "yes", "on", NULL};
    struct pl_key row = {.name = key->name, .names = words};
    int i = 0;

    if (pl_key_word(r, &row, pair, &i) < 0)
        return -1;
    *(int *)into = i >= 3;
    return 0;
}

#define BIT(type) (1u << PL_PROBE_##type)
#define HTTPISH   (BIT(HTTP) | BIT(HTTPS) | BIT(BREAKER))
#define OVER_TLS                                                                                   \
    (BIT(TLS) | BIT(HTTPS) | BIT(WEBSOCKET) | BIT(POSTGRES) | BIT(REDIS) | BIT(BREAKER))
#define DIALS (BIT(TCP) | BIT(HTTP) | OVER_TLS)
#define ALL   (BIT(DNS) | DIALS)

/* Of http and its kin it is a map of parts of the answer; of the others one expectation. */
static int key_expect(struct pl_reader *r, const struct pl_key *key,
                      const struct pl_yaml_pair *pair, void *into)
{
    struct pl_probe_spec *spec = into;

    if ((BIT(DNS) | BIT(WEBSOCKET) | BIT(POSTGRES)) & 1u << spec->type) {
        spec->expect_any = pl_read_free(r, PL_T_ANY, key->name, pair->value);
        return spec->expect_any != NULL ? 0 : -1;
    }
    if (pl_want(r, pair->value, PL_YAML_MAPPING, key->name) < 0)
        return -1;
    return pl_read_keys(r, pair->value, pl_answer_keys, pl_answer_keys_len, spec);
}

/* ---- the table ---- */

static const char *const tls_modes[] = {"disable", "require", "verify-ca", "verify-full", NULL};
static const char *const records[] = {"A",   "AAAA", "CNAME", "MX",  "NS",
                                      "PTR", "SOA",  "SRV",   "TXT", NULL};
static const char *const tls_versions[] = {"1.0", "1.1", "1.2", "1.3", NULL};
static const char *const http_versions[] = {"1.1", "2", NULL};
static const char *const starttls_words[] = {"postgres", NULL};
static const char *const roles[] = {"master", "replica", NULL};

#define TO(member) offsetof(struct pl_probe_spec, member)

/* name, types, what it takes, help; reader, where to, lo, hi, words */
#define PARAMETERS(ROW)                                                                            \
    ROW("address", ALL & ~BIT(DNS), "IP", "dial this address, whatever the name resolves to",      \
        key_ip, TO(address), 0, 0, NULL)                                                           \
    ROW("addresses", DIALS, "any or each",                                                         \
        "of a name with several: the first that answers, or every one by itself", key_addresses,   \
        0, 0, 0, NULL)                                                                             \
    ROW("also_try", DIALS, "ports", "further ports to try where the first is refused", key_ports,  \
        0, 0, 0, NULL)                                                                             \
    ROW("authoritative", BIT(DNS), "true or false",                                                \
        "must the server answer for the zone itself (AA)?", key_switch, TO(authoritative), 0, 0,   \
        NULL)                                                                                      \
    ROW("bearer", HTTPISH | BIT(WEBSOCKET), "!env or !file", "token for an Authorization header",  \
        pl_key_secret, TO(bearer), 0, 0, NULL)                                                     \
    ROW("body", HTTPISH, "text, !env or !file", "body of the request", pl_key_sourced, TO(body),   \
        0, 0, NULL)                                                                                \
    ROW("ca", OVER_TLS | BIT(HTTP), "PEM or !file",                                                \
        "certificates to trust instead of the system's", pl_key_sourced, TO(ca), 0, 0, NULL)       \
    ROW("cert", OVER_TLS, "PEM or !file", "client certificate", pl_key_sourced, TO(cert), 0, 0,    \
        NULL)                                                                                      \
    ROW("certificate", BIT(TLS), "map of matchers",                                                \
        "subject, issuer, names, sha256 of the certificate", pl_key_certificate, 0, 0, 0, NULL)    \
    ROW("cipher", BIT(TLS), "matcher", "cipher suite that must be agreed on, by OpenSSL's name",   \
        pl_key_cipher, 0, 0, 0, NULL)                                                              \
    ROW("cluster", BIT(REDIS), "map of matchers", "fields of CLUSTER INFO", pl_key_cluster, 0, 0,  \
        0, NULL)                                                                                   \
    ROW("connect_to", DIALS, "HOST:PORT", "dial elsewhere; names and certificates stay", key_dial, \
        0, 0, 0, NULL)                                                                             \
    ROW("connections", BIT(POSTGRES), "matcher",                                                   \
        "how many connections the server may have in use", pl_key_connections, 0, 0, 0, NULL)      \
    ROW("database", BIT(POSTGRES), "name", "database to open", pl_key_line, TO(database), 0, 0,    \
        NULL)                                                                                      \
    ROW("expect", HTTPISH | BIT(DNS) | BIT(WEBSOCKET) | BIT(POSTGRES),                             \
        "matcher; http: {status, headers, body, json}", "what the answer must be", key_expect, 0,  \
        0, 0, NULL)                                                                                \
    ROW("expires_in", BIT(TLS), "!at_least DURATION",                                              \
        "how long the certificate must still be valid", pl_key_expires_in, 0, 0, 0, NULL)          \
    ROW("failures", BIT(BREAKER), "JSON pointer", "where the answer counts failures",              \
        pl_key_pointer, TO(failures_pointer), 0, 0, NULL)                                          \
    ROW("family", DIALS, "4 or 6", "only addresses of this family", pl_key_int, TO(family), 4, 6,  \
        NULL)                                                                                      \
    ROW("headers", HTTPISH | BIT(WEBSOCKET), "map", "headers of the request", pl_key_headers, 0,   \
        0, 0, NULL)                                                                                \
    ROW("http_version", HTTPISH, "1.1 or 2", "version to speak", pl_key_choice, TO(http_version),  \
        0, 0, http_versions)                                                                       \
    ROW("identity_token", HTTPISH | BIT(WEBSOCKET), "AUDIENCE",                                    \
        "send a Google identity token for this audience", pl_key_line, TO(identity_token), 0, 0,   \
        NULL)                                                                                      \
    ROW("info", BIT(REDIS), "map of matchers", "fields of INFO", pl_key_info, 0, 0, 0, NULL)       \
    ROW("key", OVER_TLS, "!file or !env", "private key of the client certificate", pl_key_secret,  \
        TO(key), 0, 0, NULL)                                                                       \
    ROW("method", HTTPISH, "GET, HEAD, ...", "method of the request", pl_key_choice, TO(method),   \
        0, 0, methods)                                                                             \
    ROW("min_version", BIT(TLS), "1.0 to 1.3", "oldest version of TLS to accept", pl_key_choice,   \
        TO(min_version), 0, 0, tls_versions)                                                       \
    ROW("name", BIT(DNS), "name", "name to look up", pl_key_line, TO(dns_name), 0, 0, NULL)        \
    ROW("origin", BIT(WEBSOCKET), "URL", "Origin header", pl_key_line, TO(origin), 0, 0, NULL)     \
    ROW("password", BIT(POSTGRES) | BIT(REDIS), "!env or !file", "password of the user",           \
        pl_key_secret, TO(password), 0, 0, NULL)                                                   \
    ROW("path", HTTPISH | BIT(WEBSOCKET), "/path", "path and query", pl_key_path, TO(path), 0, 0,  \
        NULL)                                                                                      \
    ROW("proxy", DIALS, "URL, environment or {url, user, password, ca, except}",                   \
        "proxy to go through: http, https or socks5h", pl_key_proxy, 0, 0, 0, NULL)                \
    ROW("query", BIT(POSTGRES), "SQL", "one query, in a read-only transaction", pl_key_text,       \
        TO(query), 0, 0, NULL)                                                                     \
    ROW("read_only", BIT(POSTGRES), "true or false", "must the server be read-only?", key_switch,  \
        TO(read_only), 0, 0, NULL)                                                                 \
    ROW("record", BIT(DNS), "A, AAAA, ...", "type of record", pl_key_choice, TO(dns_record), 0, 0, \
        records)                                                                                   \
    ROW("recovers_in", BIT(BREAKER), "duration", "how soon it must close again", pl_key_duration,  \
        TO(recovers_in_ns), 0, 0, NULL)                                                            \
    ROW("redirects", HTTPISH, "number", "redirects to follow", pl_key_int, TO(redirects), 0, 50,   \
        NULL)                                                                                      \
    ROW("resolver", BIT(DNS), "IP or IP:PORT", "server to ask", key_resolver, TO(dns_resolver), 0, \
        0, NULL)                                                                                   \
    ROW("role", BIT(REDIS), "master or replica", "role that the server must have", pl_key_choice,  \
        TO(role), 0, 0, roles)                                                                     \
    ROW("send", BIT(WEBSOCKET), "text, !env or !file", "message to send once open",                \
        pl_key_sourced, TO(send), 0, 0, NULL)                                                      \
    ROW("server_name", OVER_TLS, "name", "name for SNI and the certificate", pl_key_line,          \
        TO(server_name), 0, 0, NULL)                                                               \
    ROW("settings", BIT(POSTGRES), "map of matchers", "server settings (SHOW)", pl_key_settings,   \
        0, 0, 0, NULL)                                                                             \
    ROW("source", ALL, "IP", "local address to dial from", key_ip, TO(source), 0, 0, NULL)         \
    ROW("starttls", BIT(TLS), "postgres", "protocol that TLS begins in", pl_key_choice,            \
        TO(starttls), 0, 0, starttls_words)                                                        \
    ROW("state", BIT(BREAKER), "JSON pointer", "where the answer says the breaker's state",        \
        pl_key_pointer, TO(state_pointer), 0, 0, NULL)                                             \
    ROW("stay", BIT(WEBSOCKET), "duration", "how long it must stay open", pl_key_duration,         \
        TO(stay_ns), 0, 0, NULL)                                                                   \
    ROW("subprotocol", BIT(WEBSOCKET), "name", "Sec-WebSocket-Protocol", pl_key_line,              \
        TO(subprotocol), 0, 0, NULL)                                                               \
    ROW("tls", OVER_TLS, "disable, require, verify-ca or verify-full",                             \
        "whether and how far to trust", pl_key_word, TO(tls), PL_TLS_DISABLE, 0, tls_modes)        \
    ROW("ttl", BIT(DNS), "!at_most or !at_least DURATION", "how long the records may be kept",     \
        pl_key_ttl, 0, 0, 0, NULL)                                                                 \
    ROW("user", BIT(POSTGRES) | BIT(REDIS), "name", "user to log in as", pl_key_line, TO(user), 0, \
        0, NULL)                                                                                   \
    ROW("version", BIT(TLS), "matcher", "version of TLS that must be agreed on: 1.2, 1.3",         \
        pl_key_version, 0, 0, 0, NULL)                                                             \
    ROW("warm_up", ALL, "number", "first attempts that do not count", pl_key_int, TO(warm_up), 0,  \
        1000, NULL)

#define PUBLIC_ROW(name, types, what, help, read, offset, lo, hi, names) {name, types, what, help},
#define KEY_ROW(name, types, what, help, read, offset, lo, hi, names)                              \
    {name, read, offset, lo, hi, names},

const struct pl_probe_param pl_probe_params[] = {PARAMETERS(PUBLIC_ROW)};
const size_t pl_probe_params_len = PL_LEN(pl_probe_params);
static const struct pl_key param_keys[] = {PARAMETERS(KEY_ROW)};

/* ---- reading ---- */

/* "http, https, breaker". */
static const char *type_list(struct pl_reader *r, unsigned types)
{
    struct pl_buf text = {0};

    for (int t = PL_PROBE_DNS; t <= PL_PROBE_BREAKER; t++) {
        if (types & 1u << t)
            pl_buf_addf(&text, "%s%s", text.len > 0 ? ", " : "", pl_probe_type_names[t]);
    }
    return pl_buf_take(&text, r->arena);
}

static int unknown_param(struct pl_reader *r, const struct pl_yaml_node *key,
                         enum pl_probe_type type)
{
    const char *known[PL_LEN(param_keys) + 1] = {"type"}, *nearest;
    size_t n = 1;

    for (size_t i = 0; i < PL_LEN(param_keys); i++) {
        if (pl_probe_params[i].types & 1u << type)
            known[n++] = param_keys[i].name;
    }
    nearest = pl_nearest(key->text, known, n);
    if (nearest != NULL && (pl_names_secret(nearest) || strcmp(nearest, "key") == 0))
        return pl_fail_unshown(r, &key->mark, "unknown parameter '%s' (nearest: %s)", key->text,
                               nearest);
    return pl_unknown_name(r, &key->mark, "parameter", key->text, known, n);
}

static int read_param(struct pl_reader *r, const struct pl_yaml_pair *pair,
                      struct pl_probe_spec *out)
{
    const char *name = pair->key->text;

    if (strcmp(name, "type") == 0)
        return 0;
    for (size_t i = 0; i < PL_LEN(param_keys); i++) {
        if (strcmp(param_keys[i].name, name) != 0)
            continue;
        if (!(pl_probe_params[i].types & 1u << out->type))
            return pl_mark_error(r->err, &pair->key->mark, PL_E_BASELINE,
                                 "%s is no parameter of %s; it belongs to %s", name,
                                 pl_probe_type_names[out->type],
                                 type_list(r, pl_probe_params[i].types));
        return param_keys[i].read(r, &param_keys[i], pair, (char *)out + param_keys[i].offset);
    }
    return unknown_param(r, pair->key, out->type);
}

const char *const pl_probe_types_later[] = {"grpc", "oidc", NULL};

static int read_type(struct pl_reader *r, const struct pl_yaml_node *node,
                     struct pl_probe_spec *out)
{
    const char *text = pl_read_text(r, node, "probe type"), *known[PL_PROBE_BREAKER];

    if (text == NULL)
        return -1;
    for (int t = PL_PROBE_DNS; t <= PL_PROBE_BREAKER; t++) {
        known[t - 1] = pl_probe_type_names[t];
        if (strcmp(text, pl_probe_type_names[t]) == 0) {
            out->type = (enum pl_probe_type)t;
            return 0;
        }
    }
    for (size_t i = 0; pl_probe_types_later[i] != NULL; i++) {
        if (strcmp(text, pl_probe_types_later[i]) == 0)
            return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                                 "probe type '%s' is not there yet", text);
    }
    return pl_unknown_name(r, &node->mark, "probe type", text, known, PL_LEN(known));
}

/* What is wrong only as a whole. */
static int check_whole(struct pl_reader *r, const struct pl_yaml_node *node,
                       const struct pl_probe_spec *out)
{
    const char *missing = NULL;

    if (out->tls == PL_TLS_DISABLE && (BIT(TLS) | BIT(HTTPS) | BIT(BREAKER)) & 1u << out->type)
        return pl_mark_error(r->err, &pl_yaml_get(node, "tls")->mark, PL_E_BASELINE,
                             "a probe of type %s cannot do without TLS",
                             pl_probe_type_names[out->type]);
    if (out->family == 5)
        return pl_mark_error(r->err, &pl_yaml_get(node, "family")->mark, PL_E_BASELINE,
                             "family is 4 or 6");
    if (out->proxy.set && (out->family != 0 || out->each_address))
        return pl_mark_error(r->err, &pl_yaml_get(node, "proxy")->mark, PL_E_BASELINE,
                             "with a proxy it is the proxy that looks names up: no %s",
                             out->family != 0 ? "family" : "addresses: each");
    if (pl_yaml_get(node, "cert") != NULL && pl_yaml_get(node, "key") == NULL)
        missing = "key";
    if (pl_yaml_get(node, "key") != NULL && pl_yaml_get(node, "cert") == NULL)
        missing = "cert";
    if (out->type == PL_PROBE_BREAKER && out->state_pointer == NULL)
        missing = "state";
    if (missing != NULL)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "the probe has no `%s`", missing);
    return 0;
}

int pl_read_probe(struct pl_reader *r, const struct pl_yaml_node *node, struct pl_probe_spec *out)
{
    const struct pl_yaml_node *type = node;

    out->mark = node->mark;
    if (node->type != PL_YAML_SCALAR || node->tag != NULL) {
        if (pl_want(r, node, PL_YAML_MAPPING, "probe") < 0)
            return -1;
        type = pl_yaml_get(node, "type");
        if (type == NULL)
            return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "the probe has no `type`");
    }
    if (read_type(r, type, out) < 0)
        return -1;
    for (size_t i = 0; i < (node->type == PL_YAML_MAPPING ? node->n : 0); i++) {
        if (read_param(r, &node->pairs[i], out) < 0)
            return -1;
    }
    return check_whole(r, node, out);
}
