/* dsn.c - the parts of a connection string in any of the forms that database and cache clients take.
 *
 * URLs (libpq, SQLAlchemy's "+driver", JDBC, R2DBC), PDO's, words (libpq's conninfo, ADO.NET's list), Go's MySQL form, StackExchange.Redis' list, a socket's path,
 * host:port. Nothing is resolved. The parts may hold a secret: nothing is printed here.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plumbline/net.h"

enum part { HOST, PORT, DATABASE, USER, PASSWORD, CONNECTOR, TLS };

/* What parameters are called, in any case. */
static const struct {
    const char *name;
    enum part part;
} words[] = {
    /* https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS */
    {"host", HOST},
    {"hostaddr", HOST},
    {"port", PORT},
    {"dbname", DATABASE},
    {"user", USER},
    {"password", PASSWORD},
    {"sslmode", TLS},
    /* https://learn.microsoft.com/en-us/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectionstring, https://www.npgsql.org/doc/connection-string-parameters.html */
    {"server", HOST},
    {"data source", HOST},
    {"address", HOST},
    {"database", DATABASE},
    {"initial catalog", DATABASE},
    {"user id", USER},
    {"uid", USER},
    {"username", USER},
    {"pwd", PASSWORD},
    {"ssl mode", TLS},
    {"encrypt", TLS},
    /* JDBC: https://learn.microsoft.com/en-us/sql/connect/jdbc/setting-the-connection-properties,
     * https://github.com/GoogleCloudPlatform/cloud-sql-jdbc-socket-factory */
    {"databasename", DATABASE},
    {"servername", HOST},
    {"portnumber", PORT},
    {"cloudsqlinstance", CONNECTOR},
    {"usessl", TLS},
    /* MySQL's and pg8000's sockets; ssl and tls of Go, StackExchange.Redis and node */
    {"unix_socket", HOST},
    {"unix_sock", HOST},
    {"unixsocketpath", CONNECTOR},
    {"socket", HOST},
    {"socketpath", HOST},
    {"ssl-mode", TLS},
    {"ssl", TLS},
    {"tls", TLS},
};

static const struct {
    const char *word;
    enum pl_dsn_tls tls;
} tls_words[] = {
    {"disable", PL_DSN_PLAIN}, {"disabled", PL_DSN_PLAIN}, {"false", PL_DSN_PLAIN},
    {"0", PL_DSN_PLAIN},       {"no", PL_DSN_PLAIN},       {"require", PL_DSN_TLS},
    {"required", PL_DSN_TLS},  {"verify-ca", PL_DSN_TLS},  {"verify-full", PL_DSN_TLS},
    {"verify_ca", PL_DSN_TLS}, {"verifyca", PL_DSN_TLS},   {"verifyfull", PL_DSN_TLS},
    {"true", PL_DSN_TLS},      {"1", PL_DSN_TLS},          {"yes", PL_DSN_TLS},
    {"mandatory", PL_DSN_TLS}, {"strict", PL_DSN_TLS},     {"verify_identity", PL_DSN_TLS},
};

enum pl_dsn_tls pl_dsn_tls_of(const char *text)
{
    for (size_t i = 0; i < PL_LEN(tls_words); i++)
        if (strcasecmp(tls_words[i].word, text) == 0)
            return tls_words[i].tls;
    return PL_DSN_TLS_UNSAID; /* "prefer", "allow": either */
}

/* ---- parts ---- */

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* RFC 3986, section 2.1. */
static char *decoded(struct pl_arena *arena, const char *text, size_t len)
{
    char *out = pl_arena_strndup(arena, text, len), *to = out;

    for (const char *at = out; *at != '\0'; at++) {
        int high = *at == '%' ? hex(at[1]) : -1, low = high >= 0 ? hex(at[2]) : -1;

        *to++ = low > 0 || (low == 0 && high > 0) ? (char)(high * 16 + low) : *at;
        if (low > 0 || (low == 0 && high > 0))
            at += 2;
    }
    *to = '\0';
    return out;
}

static bool set_port(struct pl_dsn *d, const char *text)
{
    char *end = NULL;
    long port = isdigit((unsigned char)*text) ? strtol(text, &end, 10) : 0;

    if (end == NULL || *end != '\0' || port < 1 || port > 65535)
        return false;
    d->port = (int)port;
    return true;
}

/* A folder of sockets, or one in it: libpq adds ".s.PGSQL.<port>" to the folder, others want the whole. */
static const char *socket_folder(struct pl_arena *arena, const char *path)
{
    const char *file = strstr(path, "/.s.PGSQL.");

    return file != NULL ? pl_arena_strndup(arena, path, (size_t)(file - path)) : path;
}

/* "h", "h:p", "h,p" (ADO.NET), "tcp:h,p", "/folder"; of several ("h1:p,h2:p") the first. */
static bool set_host(struct pl_arena *arena, struct pl_dsn *d, const char *text, bool ado)
{
    struct pl_hostport hp = {0};
    size_t len = strcspn(text, ",");

    if (*text == '/') {
        d->host = socket_folder(arena, text);
        return true;
    }
    if (ado && strncasecmp(text, "tcp:", 4) == 0)
        return set_host(arena, d, text + 4, true);
    if (text[len] == ',' && ado)
        (void)set_port(d, text + len + 1);
    else if (text[len] == ',')
        d->several = true;
    if (!pl_hostport_parse(arena, pl_arena_strndup(arena, text, len), &hp) || hp.scheme != NULL ||
        hp.path != NULL)
        return false;
    d->host = hp.host;
    if (hp.port_given)
        d->port = hp.port;
    return true;
}

static bool set_part(struct pl_arena *arena, struct pl_dsn *d, enum part part, const char *value,
                     bool ado)
{
    switch (part) {
    case HOST:
        return set_host(arena, d, value, ado);
    case PORT:
        return set_port(d, value);
    case DATABASE:
        d->database = value;
        break;
    case USER:
        d->user = value;
        break;
    case PASSWORD:
        d->password = value;
        break;
    case CONNECTOR:
        if (*value == '/')
            d->host = socket_folder(arena, value);
        else
            d->connector = value;
        break;
    case TLS:
        d->tls = pl_dsn_tls_of(value);
        break;
    }
    return true;
}

/* False where the parameter is one of ours, and its value is none that a client takes. */
static bool set_word(struct pl_arena *arena, struct pl_dsn *d, const char *name, const char *value,
                     bool ado)
{
    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strcasecmp(words[i].name, name) == 0)
            return *value == '\0' || set_part(arena, d, words[i].part, value, ado);
    return true;
}

/* ---- URLs ---- */

static bool take_query(struct pl_arena *arena, struct pl_dsn *d, const char *query, char separator)
{
    const char stops[] = {separator, '#', '\0'};

    while (*query != '\0' && *query != '#') {
        size_t len = strcspn(query, stops), name = 0;

        while (name < len && query[name] != '=')
            name++;
        if (name < len &&
            !set_word(arena, d, decoded(arena, query, name),
                      decoded(arena, query + name + 1, len - name - 1), separator == ';'))
            return false;
        query += len;
        query += *query == separator;
    }
    return true;
}

static void take_user(struct pl_arena *arena, struct pl_dsn *d, const char *text, size_t len)
{
    size_t user = 0;

    while (user < len && text[user] != ':')
        user++;
    if (user > 0)
        d->user = decoded(arena, text, user);
    if (user < len)
        d->password = decoded(arena, text + user + 1, len - user - 1);
}

static bool take_authority(struct pl_arena *arena, struct pl_dsn *d, const char *text, size_t len)
{
    const char *host = text;

    for (size_t i = 0; i < len; i++)
        if (text[i] == '@')
            host = text + i + 1;
    if (host > text)
        take_user(arena, d, text, (size_t)(host - 1 - text));
    len -= (size_t)(host - text);
    return len == 0 || set_host(arena, d, decoded(arena, host, len), false);
}

/* What stands in the query of these is the service's own business. */
static bool is_web(const char *scheme)
{
    static const char *const web[] = {"http", "https", "ws", "wss"};

    for (size_t i = 0; i < PL_LEN(web); i++)
        if (strcasecmp(web[i], scheme) == 0)
            return true;
    return false;
}

static bool has_control(const char *text)
{
    while (*text != '\0' && !iscntrl((unsigned char)*text))
        text++;
    return *text != '\0';
}

/* "r2dbc:postgresql://h/d", "r2dbc:pool:mysql://h/d", with TLS "r2dbcs:": https://r2dbc.io/spec/1.0.0.RELEASE/spec/html/#overview.connection.url */
static const char *behind_r2dbc(const char *text)
{
    static const char *const fronts[] = {"r2dbc:", "r2dbcs:"};

    for (size_t i = 0; i < PL_LEN(fronts); i++) {
        size_t len = strlen(fronts[i]);

        if (strncasecmp(text, fronts[i], len) == 0)
            return text + len + (strncasecmp(text + len, "pool:", 5) == 0 ? 5 : 0);
    }
    return text;
}

static bool read_url(struct pl_arena *arena, const char *text, struct pl_dsn *d)
{
    bool jdbc = strncasecmp(text, "jdbc:", 5) == 0;
    const char *scheme = jdbc ? text + 5 : behind_r2dbc(text), *colon = strstr(scheme, "://"), *at;
    size_t len;

    if (colon == NULL || colon == scheme || has_control(text))
        return false;
    len = strspn(scheme, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
    if (scheme + len != colon && scheme[len] != '+')
        return false;
    d->scheme = pl_arena_strndup(arena, scheme, len); /* "postgresql+psycopg2": a driver */
    at = colon + 3;
    len = strcspn(at, jdbc ? "/?#;" : "/?#");
    if (!take_authority(arena, d, at, len))
        return false;
    at += len;
    if (*at == '/') {
        len = strcspn(at + 1, jdbc ? "/?#;" : "/?#");
        if (len > 0 && at[1 + len] != '/')
            d->database = decoded(arena, at + 1, len);
        at += strcspn(at, jdbc ? "?#;" : "?#");
    }
    if (strncasecmp(text, "r2dbcs:", 7) == 0)
        d->tls = PL_DSN_TLS;
    if (strcasecmp(d->scheme, "redis") == 0 || strcasecmp(d->scheme, "valkey") == 0)
        d->tls = PL_DSN_PLAIN;
    if (strcasecmp(d->scheme, "rediss") == 0 || strcasecmp(d->scheme, "valkeys") == 0)
        d->tls = PL_DSN_TLS;
    return *at == '\0' || *at == '#' || is_web(d->scheme) ||
           take_query(arena, d, at + 1, *at == ';' ? ';' : '&');
}

/* ---- words ---- */

/* libpq's: name = value, 'in quotes' where it has blanks, backslash before quote and backslash. */
static const char *take_conninfo_value(struct pl_arena *arena, const char *at, char **value)
{
    bool quoted = *at == '\'';
    char *to = *value = pl_arena_strdup(arena, at);

    for (at += quoted; *at != '\0' && (quoted ? *at != '\'' : !isspace((unsigned char)*at)); at++) {
        at += *at == '\\' && at[1] != '\0';
        *to++ = *at;
    }
    *to = '\0';
    return at + (quoted && *at == '\'');
}

/* Without a host a client takes its default; without any of ours the text is something else. */
static bool says_anything(const struct pl_dsn *d)
{
    return d->host != NULL || d->connector != NULL || d->database != NULL || d->user != NULL;
}

static bool read_conninfo(struct pl_arena *arena, const char *text, struct pl_dsn *d)
{
    const char *at = text;

    for (;;) {
        size_t name;
        const char *equals;
        char *value;

        at += strspn(at, " \t\r\n");
        if (*at == '\0')
            return says_anything(d);
        name = strcspn(at, "= \t\r\n");
        equals = at + name + strspn(at + name, " \t\r\n");
        if (*equals != '=') { /* no word of its own, perhaps of a mark that took a secret's place */
            at += name;
            continue;
        }
        equals += 1 + strspn(equals + 1, " \t");
        const char *next = take_conninfo_value(arena, equals, &value);
        if (!set_word(arena, d, pl_arena_strndup(arena, at, name), value, false))
            return false;
        at = next;
    }
}

static char *trimmed(struct pl_arena *arena, const char *text, size_t len)
{
    while (len > 0 && isspace((unsigned char)*text))
        text++, len--;
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        len--;
    return pl_arena_strndup(arena, text, len);
}

/* "Server=h;Port=p;Database=d", and StackExchange.Redis' "h:p,password=...,ssl=True", whose first item has no name. */
static bool read_list(struct pl_arena *arena, const char *text, char separator, struct pl_dsn *d)
{
    const char stops[] = {separator, '\0'};

    for (bool first = true; *text != '\0'; first = false) {
        size_t len = strcspn(text, stops), name = 0;

        while (name < len && text[name] != '=')
            name++;
        if (name < len) {
            if (!set_word(arena, d, trimmed(arena, text, name),
                          trimmed(arena, text + name + 1, len - name - 1), separator == ';'))
                return false;
        } else if (first && separator == ',') {
            if (!set_host(arena, d, trimmed(arena, text, len), false))
                return false;
        }
        text += len;
        text += *text == separator;
    }
    return says_anything(d);
}

/* "user:password@tcp(host:3306)/db?tls=true", "@unix(/cloudsql/p:r:i)", "@cloudsql-mysql(p:r:i)": https://github.com/go-sql-driver/mysql#dsn-data-source-name */
static bool read_go(struct pl_arena *arena, const char *text, struct pl_dsn *d)
{
    const char *close = strstr(text, ")/"), *open = close, *net, *query;
    char *inside;

    while (open != NULL && open > text && *open != '(')
        open--;
    if (open == NULL || *open != '(')
        return false;
    for (net = open; net > text && net[-1] != '@';)
        net--;
    if (net > text)
        take_user(arena, d, text, (size_t)(net - 1 - text));
    inside = pl_arena_strndup(arena, open + 1, (size_t)(close - open - 1));
    if (strncmp(net, "tcp", 3) == 0 || strncmp(net, "unix", 4) == 0) {
        if (!set_host(arena, d, inside, false))
            return false;
    } else {
        d->connector = inside;
    }
    d->scheme = "mysql";
    query = close + 2 + strcspn(close + 2, "?");
    if (query > close + 2)
        d->database = pl_arena_strndup(arena, close + 2, (size_t)(query - close - 2));
    return *query == '\0' || take_query(arena, d, query + 1, '&');
}

/* PDO's names its driver in front: "pgsql:host=h;port=p;dbname=d", "sqlsrv:Server=h,p;Database=d" (https://www.php.net/manual/en/pdo.drivers.php). */
static const char *behind_pdo(const char *text, const char **scheme)
{
    static const char *const drivers[] = {"mysql", "pgsql", "sqlsrv"};

    for (size_t i = 0; i < PL_LEN(drivers); i++) {
        size_t len = strlen(drivers[i]), equals = strcspn(text, "=");

        if (strncasecmp(text, drivers[i], len) == 0 && text[len] == ':' && text[equals] == '=' &&
            strncmp(text + len, "://", 3) != 0) {
            *scheme = drivers[i];
            return text + len + 1;
        }
    }
    return text;
}

bool pl_dsn_parse(struct pl_arena *arena, const char *text, struct pl_dsn *out)
{
    struct pl_dsn d = {0};
    bool found;

    text = behind_pdo(text, &d.scheme);
    if (strstr(text, "://") != NULL && strcspn(text, "= ;(") > (size_t)(strstr(text, "://") - text))
        found = read_url(arena, text, &d);
    else if (strstr(text, ")/") != NULL)
        found = read_go(arena, text, &d);
    else if (strchr(text, '=') != NULL && strchr(text, ';') != NULL)
        found = read_list(arena, text, ';', &d);
    else if (strchr(text, '=') != NULL && strcspn(text, ",") < strcspn(text, "= "))
        found = read_list(arena, text, ',', &d);
    else if (strchr(text, '=') != NULL)
        found = read_conninfo(arena, text, &d);
    else
        found = set_host(arena, &d, text, false);
    if (found)
        *out = d;
    return found;
}
