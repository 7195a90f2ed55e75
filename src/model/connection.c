/* connection.c - the ends of a connection and the words around them: severities, ways, ports that follow.
 *
 * Used by the baseline's `connections` section and by the command line (`explain --from A --to B`), so
 * errors here carry no place in a file. Evaluates nothing.
 */
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/net.h"

const char *const pl_severity_names[] = {"low", "medium", "high", "critical", NULL};
const char *const pl_via_names[] = {"", "private", "public", "psc", "socket", "proxy", NULL};
const char *const pl_probe_type_names[] = {"none",  "dns",     "tcp",       "tls",
                                           "http",  "https",   "websocket", "postgres",
                                           "redis", "breaker", NULL};

static int find_word(const char *const *words, size_t n, const char *text)
{
    for (size_t i = 0; i < n && words[i] != NULL; i++) {
        if (words[i][0] != '\0' && strcmp(words[i], text) == 0)
            return (int)i;
    }
    return -1;
}

int pl_severity_parse(const char *text, enum pl_severity *out)
{
    int i = find_word(pl_severity_names, PL_LEN(pl_severity_names), text);

    if (i < 0)
        return -1;
    *out = (enum pl_severity)i;
    return 0;
}

/* ---- ends ---- */

/* Addresses begin with KIND/; hosts have no slash before a port, URLs have "://". */
static bool looks_like_address(const char *text)
{
    return strstr(text, "://") == NULL && strchr(text, '/') != NULL;
}

static int parse_resource(struct pl_arena *arena, const char *text, const char *project,
                          const char *location, struct pl_end *out, struct pl_err *err)
{
    struct pl_address address;

    out->what = PL_END_RESOURCE;
    if (strchr(text, ':') != NULL)
        return pl_err_set(
            err, PL_E_BASELINE,
            "'%s' names a field; an end of a connection is KIND/NAME, the port stands "
            "under port:",
            text);
    if (pl_address_parse(arena, text, &address, err) < 0)
        return -1;
    return pl_scope_fill(&address, project, location, &out->address, err);
}

static int parse_host(struct pl_arena *arena, const char *text, struct pl_end *out,
                      struct pl_err *err)
{
    static const char *const schemes[] = {"http",       "https", "ws",     "wss", "postgres",
                                          "postgresql", "redis", "rediss", NULL};
    struct pl_hostport hp;

    out->what = PL_END_HOST;
    if (!pl_hostport_parse(arena, text, &hp) || hp.host == NULL || hp.host[0] == '\0')
        return pl_err_set(err, PL_E_BASELINE,
                          "this is no address (KIND/NAME), host:port or URL with a port of 1 to "
                          "65535");
    if (hp.user_info != NULL)
        return pl_err_set(err, PL_E_BASELINE,
                          "a URL here holds no user or password: they are parameters of the probe");
    if (hp.scheme != NULL && find_word(schemes, PL_LEN(schemes), hp.scheme) < 0)
        return pl_err_set(err, PL_E_BASELINE, "no probe speaks '%s'", hp.scheme);
    out->scheme = hp.scheme;
    out->host = hp.host;
    out->port = hp.port;
    out->url_path = hp.path;
    return 0;
}

int pl_end_parse(struct pl_arena *arena, const char *text, bool to, const char *project,
                 const char *location, struct pl_end *out, struct pl_err *err)
{
    out->text = pl_arena_strdup(arena, text);
    if (strcmp(text, "here") == 0) {
        out->what = PL_END_HERE;
        return to ? pl_err_set(err, PL_E_BASELINE, "a connection leads from here, not to here") : 0;
    }
    if (looks_like_address(text))
        return parse_resource(arena, text, project, location, out, err);
    if (to)
        return parse_host(arena, text, out, err);
    return pl_err_set(err, PL_E_BASELINE,
                      "a connection begins at a resource (KIND/NAME) or `here`, not at '%s'", text);
}

/* ---- what follows ---- */

/* -1: the kind says nothing, so the probe does. 0: each instance says its own, and there is no well-known one. */
static int port_of_kind(const struct pl_kind *kind)
{
    static const struct {
        const char *kind;
        int port;
    } rows[] = {
        {"memcache.instance", 0}, {"redis.cluster", 0},   {"redis.instance", 0},
        {"run.service", 443},     {"sql.instance", 5432}, {"valkey.instance", 0},
    };

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        if (kind != NULL && strcmp(kind->name, rows[i].kind) == 0)
            return rows[i].port;
    }
    return -1;
}

int pl_connection_port(const struct pl_connection *connection)
{
    /* https://www.iana.org/assignments/service-names-port-numbers */
    static const int by_probe[] = {
        [PL_PROBE_DNS] = 53,     [PL_PROBE_TLS] = 443,       [PL_PROBE_HTTP] = 80,
        [PL_PROBE_HTTPS] = 443,  [PL_PROBE_WEBSOCKET] = 443, [PL_PROBE_POSTGRES] = 5432,
        [PL_PROBE_REDIS] = 6379, [PL_PROBE_BREAKER] = 443,
    };
    int port = connection->to.port != 0 ? connection->to.port : -1;

    if (connection->port != 0)
        return connection->port;
    if (connection->to.what == PL_END_RESOURCE)
        port = port_of_kind(connection->to.address.kind);
    return port >= 0 ? port : by_probe[connection->probe.type];
}

/* ---- from the command line ---- */

static int fill_words(const char *via, const char *probe, struct pl_connection *out,
                      struct pl_err *err)
{
    int i;

    if (via != NULL) {
        i = find_word(pl_via_names, PL_LEN(pl_via_names), via);
        if (i < 0)
            return pl_err_set(err, PL_E_USAGE,
                              "--via is one of private, public, psc, socket, proxy, not '%s'", via);
        out->via = (enum pl_via)i;
    }
    if (probe != NULL) {
        i = find_word(pl_probe_type_names, PL_LEN(pl_probe_type_names), probe);
        if (i < 1)
            return pl_err_set(err, PL_E_USAGE,
                              "--probe is one of dns, tcp, tls, http, https, websocket, postgres, "
                              "redis, breaker, not '%s'",
                              probe);
        out->probe.type = (enum pl_probe_type)i;
    }
    return 0;
}

int pl_connection_adhoc(struct pl_arena *arena, const char *from, const char *to, int port,
                        const char *via, const char *probe, const char *project,
                        const char *location, struct pl_connection *out, struct pl_err *err)
{
    struct pl_baseline_file *file = PL_NEW(arena, struct pl_baseline_file);
    struct pl_err why = {0};

    *out = (struct pl_connection){.severity = PL_SEV_HIGH, .port = port, .file = file};
    file->name = "";
    file->project = project;
    file->location = location;
    pl_probe_spec_init(&out->probe);
    if (port < 0 || port > 65535)
        return pl_err_set(err, PL_E_USAGE, "--port is %d, out of its range 1 to 65535", port);
    if (pl_end_parse(arena, from, false, project, location, &out->from, &why) < 0)
        return pl_err_set(err, PL_E_USAGE, "--from: %s", why.text);
    if (pl_end_parse(arena, to, true, project, location, &out->to, &why) < 0)
        return pl_err_set(err, PL_E_USAGE, "--to: %s", why.text);
    if (port != 0 && out->to.port != 0 && port != out->to.port)
        return pl_err_set(err, PL_E_USAGE, "--port says %d, and --to says %d", port, out->to.port);
    out->name = pl_arena_printf(arena, "%s -> %s", out->from.text, out->to.text);
    return fill_words(via, probe, out, err);
}
