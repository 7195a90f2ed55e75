/* match.c - which declared connection an error is one of: by who was dialled, by a name in the text, by the only one of its kind.
 *
 * An address that several connections share says which of them it was only where the place that wrote it does, or where the model finds
 * just these broken in this way. Else it is listed with the nearest, and taken for none.
 */
#include <ctype.h>
#include <string.h>

#include "plumbline/net.h"
#include "plumbline/yaml.h"

#include "logs_priv.h"

struct matching {
    struct pl_arena *arena;
    const struct pl_logs_names *names;
    size_t n;
    struct pl_logs_event *event;
    const struct pl_logs_names **found;
    size_t n_found;
    bool elsewhere; /* one was passed over, because another place wrote the line */
};

static bool is_same_host(const char *a, const char *b)
{
    struct pl_ip x, y;
    return strcasecmp(a, b) == 0 ||
           (pl_ip_parse(a, &x) && pl_ip_parse(b, &y) && pl_ip_equal(&x, &y));
}

static bool is_loopback(const char *host)
{
    struct pl_ip ip;
    return strcasecmp(host, "localhost") == 0 || (pl_ip_parse(host, &ip) && pl_ip_is_loopback(&ip));
}

/* A socket's path lies in the folder that stands for the instance. */
static bool is_in_folder(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    return folder[0] == '/' && strncmp(path, folder, len) == 0 &&
           (path[len] == '\0' || path[len] == '/');
}

static bool has_port(const struct pl_logs_names *n, int port)
{
    for (size_t i = 0; i < n->n_ports; i++)
        if (n->ports[i] == port)
            return true;
    return false;
}

static bool has_host(const struct pl_logs_names *n, const char *host)
{
    for (size_t i = 0; i < n->n_hosts; i++)
        if (is_same_host(n->hosts[i], host) || is_in_folder(host, n->hosts[i]))
            return true;
    return false;
}

static bool leads_to(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    return has_host(n, e->host) ||
           (n->loopback && is_loopback(e->host) && (e->port == 0 || has_port(n, e->port)));
}

static bool has_word(const char *text, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = text; (at = strcasestr(at, word)) != NULL; at++)
        if ((at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '-')) &&
            !(isalnum((unsigned char)at[len]) || at[len] == '-'))
            return true;
    return false;
}

static bool is_same_family(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    return n->family && e->family && strcmp(n->family, e->family) == 0 &&
           (e->port == 0 || has_port(n, e->port));
}

typedef bool fits_fn(const struct pl_logs_names *n, const struct pl_logs_event *e);

static bool fits_host_and_port(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    return e->host && leads_to(n, e) && (e->port == 0 || e->host[0] == '/' || has_port(n, e->port));
}

static bool fits_host(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    return e->host && leads_to(n, e);
}

/* A public name's address is nobody's that a baseline has; what was asked for may stand before it (Go's url.Error). A proxy's is another thing. */
static bool fits_url(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    struct pl_found f = {0};
    struct pl_ip ip;
    char host[254];
    if (!e->host || !pl_ip_parse(e->host, &ip) || strstr(e->text, "proxyconnect"))
        return false;
    pl_locate(e->text, strlen(e->text), false, &f);
    if (!f.host || f.host_len >= sizeof(host))
        return false;
    memcpy(host, f.host, f.host_len);
    host[f.host_len] = '\0';
    return has_host(n, host) && (f.port == 0 || has_port(n, f.port));
}

/* Short words are everywhere: "db", "main". */
static bool fits_name(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    return !e->host && (has_word(e->text, n->connection) ||
                        (n->service && strlen(n->service) > 3 && has_word(e->text, n->service)));
}

/* HTTP is spoken to anybody; a database or a cache is a matter of few. */
static bool fits_family(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    return !e->host && is_same_family(n, e) && strcmp(n->family, "http") != 0;
}

static bool fits_port(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    return !e->host && !e->family && e->port > 0 && has_port(n, e->port);
}

/* In this order: who was dialled first. */
static const struct {
    fits_fn *fits;
    const char *by; /* "%s" is host or host:port */
    bool only;      /* by being the only one */
} ways[] = {
    {fits_host_and_port, "its address", false},
    {fits_host, "its address, at a port that is not its own", false},
    {fits_url, "the URL in the text", false},
    {fits_name, "its name in the text", false},
    {fits_family, "being the only connection of its kind", true},
    {fits_port, "being the only connection to that port", true},
};

static bool wrote_it(const struct pl_logs_names *n, const struct pl_logs_event *e)
{
    const char *place = e->symptom.seen_from;
    return !place || !n->from || strcmp(place, n->from) == 0;
}

static void gather(struct matching *m, fits_fn *fits)
{
    m->n_found = 0;
    for (size_t i = 0; i < m->n; i++) {
        if (!fits(&m->names[i], m->event))
            continue;
        if (wrote_it(&m->names[i], m->event))
            m->found[m->n_found++] = &m->names[i];
        else
            m->elsewhere = true;
    }
}

/* Of several, those that the model finds broken in just this way: of these it is true whoever wrote the line. */
static void narrow(struct matching *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n_found; i++) {
        const struct pl_logs_names *c = m->found[i];
        if (c->predicts && c->predicts(c->arg, &m->event->symptom))
            m->found[n++] = c;
    }
    m->n_found = n;
}

static const char *list(struct matching *m)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < m->n_found; i++)
        pl_buf_addf(&b, "%s%s",
                    i == 0                ? ""
                    : i + 1 == m->n_found ? " and "
                                          : ", ",
                    m->found[i]->connection);
    return pl_buf_take(&b, m->arena);
}

static void settle(struct matching *m, size_t way)
{
    struct pl_logs_event *e = m->event;
    const char **names = pl_arena_array(m->arena, m->n_found, sizeof(*names));
    for (size_t i = 0; i < m->n_found; i++)
        names[i] = m->found[i]->connection;
    e->connections = names;
    e->n_connections = m->n_found;
    e->matched_by = ways[way].by;
}

/* ---- what matches nothing ---- */

static size_t distance(const char *a, const char *b)
{
    size_t same = 0, n = strlen(a), m = strlen(b);
    while (a[same] && tolower((unsigned char)a[same]) == tolower((unsigned char)b[same]))
        same++;
    return (n > m ? n : m) - same;
}

/* The nearest: the same kind of client or port, then the most alike address. */
static const char *nearest(const struct matching *m)
{
    const struct pl_logs_event *e = m->event;
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < m->n; i++) {
        const struct pl_logs_names *n = &m->names[i];
        bool kin = is_same_family(n, e) || (e->port > 0 && has_port(n, e->port)) || fits_host(n, e);
        size_t far = kin ? 0 : 1000;
        size_t step = 300;
        for (size_t h = 0; e->host && h < n->n_hosts; h++)
            if (distance(n->hosts[h], e->host) < step)
                step = distance(n->hosts[h], e->host);
        /* Nothing in common is no nearness. */
        if (!kin && !(e->host && step < strlen(e->host) / 2))
            continue;
        if (far + step < least) {
            least = far + step;
            best = n->connection;
        }
    }
    return best;
}

static void leave(struct matching *m)
{
    struct pl_logs_event *e = m->event;
    const char *peer = e->host && e->port && e->host[0] != '/'
                           ? pl_arena_printf(m->arena, "%s:%d", e->host, e->port)
                           : e->host;
    e->nearest = nearest(m);
    if (m->elsewhere)
        e->unmatched =
            pl_arena_printf(m->arena, "no connection from %s goes there", e->symptom.seen_from);
    else if (!peer)
        e->unmatched = "it does not say who was dialled";
    else if (is_loopback(e->host))
        e->unmatched = pl_arena_printf(m->arena,
                                       "%s is the client's own machine, and no connection is wired "
                                       "to that: nothing in the cloud decides it",
                                       peer);
    else
        e->unmatched = pl_arena_printf(m->arena, "no declared connection goes to %s", peer);
}

static void match_one(struct matching *m)
{
    m->elsewhere = false;
    for (size_t w = 0; w < PL_LEN(ways); w++) {
        gather(m, ways[w].fits);
        if (m->n_found == 1) {
            settle(m, w);
            return;
        }
        if (m->n_found == 0)
            continue;
        const char *all = list(m), *first = m->found[0]->connection;
        narrow(m);
        if (m->n_found > 0 && !ways[w].only) {
            settle(m, w);
            m->event->matched_by = "an address that others have, too; only here the model fails so";
            return;
        }
        m->event->nearest = first;
        m->event->unmatched = pl_arena_printf(
            m->arena, "it may be of %s: --vantage ADDRESS says which workload wrote the log", all);
        return;
    }
    leave(m);
}

void pl_logs_match(struct pl_arena *arena, struct pl_logs *logs, const struct pl_logs_names *names,
                   size_t n)
{
    struct matching m = {.arena = arena, .names = names, .n = n};
    m.found = pl_arena_array(arena, n + 1, sizeof(*m.found));
    for (size_t i = 0; i < logs->n_events; i++) {
        m.event = &logs->events[i];
        if (m.event->what == PL_LOGS_CONNECTIVITY)
            match_one(&m);
    }
}
