/* capacity.c - how many connections a client opens at full scale, and how many its database gives: the sum, shown.
 *
 * At full scale only, and only where the client's own variables say how large its pools are: a risk, never a failure by itself. What other clients
 * hold at the same time is not known.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "reach_priv.h"

/* ---- what the client wants ---- */

/* A number that a variable of the client says. */
struct number {
    int64_t n;
    const char *path; /* NULL: no variable */
};

struct wanted {
    struct number pool, overflow, workers;
    int64_t each, instances, all;
    const char *scale; /* the field that says how many instances */
};

static bool has_word(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (strstr(name, *words))
            return true;
    return false;
}

/* What a variable sizes, by a word in its name: as SQLAlchemy, HikariCP, node-postgres, Go's database/sql, Prisma, gunicorn and uvicorn call it.
 * The first row that fits. */
static const struct {
    const char *word;
    enum { POOL, OVERFLOW, WORKERS } sizes;
    bool of_database; /* a word says so much only beside one of a database */
} sizes[] = {
    {"WEB_CONCURRENCY", WORKERS, false},
    {"UVICORN_WORKERS", WORKERS, false},
    {"GUNICORN_WORKERS", WORKERS, false},
    {"GUNICORN_CMD_ARGS", WORKERS, false},
    {"MAX_OVERFLOW", OVERFLOW, false},
    {"CONNECTION_LIMIT", POOL, true},
    {"MAX_OPEN_CONN", POOL, true},
    {"MAX_CONNECTIONS", POOL, true},
    {"MAX_CONN", POOL, true},
    {"POOL", POOL, false},
};

static struct number *sized_by(struct wanted *w, const char *name)
{
    static const char *const never[] = {"MIN",  "TIMEOUT",  "REDIS", "CACHE",    "RECYCLE", "IDLE",
                                        "WAIT", "PRE_PING", "HTTP",  "LIFETIME", "AGE",     NULL};
    static const char *const database[] = {"DB",   "DATABASE", "POSTGRES", "PG",      "SQL",
                                           "POOL", "PRISMA",   "HIKARI",   "TYPEORM", NULL};
    for (size_t i = 0; i < PL_LEN(sizes); i++) {
        if (!strstr(name, sizes[i].word) || (sizes[i].of_database && !has_word(name, database)))
            continue;
        if (sizes[i].sizes == WORKERS)
            return &w->workers;
        if (has_word(name, never))
            return NULL;
        return sizes[i].sizes == OVERFLOW ? &w->overflow : &w->pool;
    }
    return NULL;
}

/* gunicorn's own options in a text: "--workers 4", "--workers=4", "-w 4" (https://docs.gunicorn.org/en/stable/settings.html#workers). */
static bool read_workers(const char *text, int64_t *out)
{
    static const char *const options[] = {"--workers", "-w"};
    for (size_t i = 0; i < PL_LEN(options); i++) {
        size_t len = strlen(options[i]);
        const char *at = strstr(text, options[i]);
        if (!at || (at > text && at[-1] != ' '))
            continue;
        at += len + strspn(at + len, " =");
        *out = strtol(at, NULL, 10);
        return *out > 0;
    }
    return false;
}

static bool read_size(const struct pl_value *value, int64_t *out)
{
    const char *text = pl_value_text(value);
    return pl_value_as_int(value, out) ? *out > 0 : text && read_workers(text, out);
}

/* SQLAlchemy has no such parameter, Prisma has: "?connection_limit=5" of a connection string
 * (https://www.prisma.io/docs/orm/overview/databases/postgresql#arguments). */
static int64_t limit_in_url(const char *value)
{
    static const char word[] = "connection_limit=";
    const char *at = value && strstr(value, "://") ? strstr(value, word) : NULL;
    return at && (at[-1] == '?' || at[-1] == '&') ? strtol(at + sizeof(word) - 1, NULL, 10) : 0;
}

static void take_variable(struct wanted *w, const char *name, const struct pl_value *value,
                          const char *path)
{
    struct number *out = sized_by(w, name);
    int64_t n = limit_in_url(pl_value_text(value));
    if (n > 0 && !w->pool.path)
        w->pool = (struct number){n, path};
    else if (out && !out->path && read_size(value, &n))
        *out = (struct number){n, path};
}

static void take_variables(struct pl_trace *t, struct wanted *w)
{
    const struct pl_value *containers =
        pl_trace_list(t, t->source.resource, "template.containers", NULL);
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i), *env = pl_value_member(c, "env");
        const char *container = pl_value_member_text(c, "name");
        for (size_t j = 0; j < pl_value_count(env); j++) {
            const char *name = pl_value_member_text(pl_value_item(env, j), "name");
            if (name)
                take_variable(w, name, pl_value_member(pl_value_item(env, j), "value"),
                              pl_trace_container_path(t, container, i, name, "value"));
        }
    }
}

/* False where nothing says how many. Numbers that nobody can mean are none. */
static bool wants(struct pl_trace *t, struct wanted *w)
{
    enum { MOST = 1000000 };
    take_variables(t, w);
    w->instances = pl_source_instances(t, &w->scale);
    if (!w->pool.path || w->pool.n > MOST || w->overflow.n > MOST || w->workers.n > MOST ||
        w->instances < 1 || w->instances > MOST)
        return false;
    w->each = (w->pool.n + w->overflow.n) * (w->workers.path ? w->workers.n : 1);
    if (w->each > MOST)
        return false;
    w->all = w->each * w->instances;
    return true;
}

int64_t pl_pool_size(struct pl_trace *t)
{
    struct wanted w = {0};
    return wants(t, &w) ? w.each : 0;
}

static const char *shown(struct pl_trace *t, const struct wanted *w)
{
    const char *pool = w->overflow.path ? pl_arena_printf(t->arena, "(%" PRId64 " + %" PRId64 ")",
                                                          w->pool.n, w->overflow.n)
                                        : pl_arena_printf(t->arena, "%" PRId64, w->pool.n);
    const char *workers =
        w->workers.path ? pl_arena_printf(t->arena, "%" PRId64 " workers x ", w->workers.n) : "";
    return pl_arena_printf(t->arena, "%" PRId64 " instances x %spool of %s = %" PRId64,
                           w->instances, workers, pool, w->all);
}

/* ---- what the database gives ---- */

static int64_t flag(struct pl_trace *t, const char *name, const char **path)
{
    int64_t n = 0;
    const struct pl_value *v = NULL;
    const char *at = pl_arena_printf(t->arena, "settings.%s",
                                     pl_trace_element_path(t, "databaseFlags", name, "value"));
    if (pl_view_read(t->view, t->target.resource, at, &v) != PL_PRESENT || !pl_value_as_int(v, &n))
        return 0;
    *path = at;
    return n;
}

/* A tier's memory in MB; 0 where its name does not say it. */
static long memory_of(const char *tier)
{
    enum { MOST = 1 << 16 }; /* units of which no machine has more */
    static const struct {
        const char *begin;
        long each; /* of what follows, in MB */
    } tiers[] = {
        {"db-n1-standard-", 3840},
        {"db-n1-highmem-", 6656},
        {"db-perf-optimized-N-", 8192},
    };
    if (strncmp(tier, "db-custom-", 10) == 0) {
        const char *mb = strchr(tier + 10, '-');
        return mb ? strtol(mb + 1, NULL, 10) : 0;
    }
    for (size_t i = 0; i < PL_LEN(tiers); i++)
        if (strncmp(tier, tiers[i].begin, strlen(tiers[i].begin)) == 0) {
            long n = strtol(tier + strlen(tiers[i].begin), NULL, 10);
            return n < MOST ? n * tiers[i].each : 0;
        }
    return 0;
}

/* The default of max_connections by memory (https://cloud.google.com/sql/docs/postgres/flags, .../sql/docs/mysql/quotas). */
static int64_t default_limit(const char *version, const char *tier)
{
    static const struct {
        long below; /* MB */
        int64_t limit;
    } postgres[] = {{3840, 50},   {6144, 100},  {7680, 200},   {15360, 400},
                    {30720, 500}, {61440, 600}, {122880, 800}, {0, 1000}};
    bool mysql = strncmp(version, "MYSQL", 5) == 0;
    if (!mysql && strncmp(version, "POSTGRES", 8) != 0)
        return 0;
    if (strcmp(tier, "db-f1-micro") == 0)
        return mysql ? 250 : 25;
    if (strcmp(tier, "db-g1-small") == 0)
        return mysql ? 1000 : 50;
    long memory = memory_of(tier);
    if (memory <= 0)
        return 0;
    if (mysql)
        return 4000;
    size_t i = 0;
    while (postgres[i].below && memory >= postgres[i].below)
        i++;
    return postgres[i].limit;
}

struct given {
    int64_t limit, reserved;
    const char *path, *shown;
};

static bool gives(struct pl_trace *t, struct given *g)
{
    const char *version = pl_trace_text(t, t->target.resource, "databaseVersion", NULL);
    const char *tier = pl_trace_text(t, t->target.resource, "settings.tier", NULL), *unused;
    g->limit = flag(t, "max_connections", &g->path);
    const char *why = "";
    if (g->limit <= 0 && version && tier) {
        g->limit = default_limit(version, tier);
        g->path = "settings.tier";
        why = pl_arena_printf(t->arena, " (the default of %s)", tier);
    }
    if (g->limit <= 0)
        return false;
    /* PostgreSQL keeps some for superusers, three unless told otherwise
     * (https://www.postgresql.org/docs/current/runtime-config-connection.html). */
    if (version && strncmp(version, "POSTGRES", 8) == 0) {
        g->reserved = flag(t, "superuser_reserved_connections", &unused);
        g->reserved = g->reserved > 0 ? g->reserved : 3;
        why = pl_arena_printf(t->arena, "%s less %" PRId64 " reserved", why, g->reserved);
    }
    g->shown = pl_arena_printf(t->arena, "max_connections %" PRId64 "%s", g->limit, why);
    return true;
}

/* ---- the hop ---- */

/* S14: by instance as generally understood; Google's page says "per service", which would be less. */
enum { SOCKET_LIMIT = 100 };

static void judge_socket(struct pl_trace *t, const struct wanted *w)
{
    if (!t->flow.socket || w->each <= SOCKET_LIMIT)
        return;
    pl_trace_risk(t, "sql-capacity", "TOO_MANY_CONNECTIONS",
                  "one instance may want %" PRId64
                  " connections; the built-in connection gives it %d",
                  w->each, SOCKET_LIMIT);
    pl_trace_field(t, &t->source.resource->address, w->pool.path);
    pl_trace_evidence(t, t->source.resource, w->pool.path);
}

void pl_hop_sql_capacity(struct pl_trace *t)
{
    struct wanted w = {0};
    struct given g = {0};
    if (t->target.what != PL_TO_SQL || !t->target.resource || !t->source.resource)
        return;
    if (!wants(t, &w)) {
        pl_trace_not_modelled(t, "how many connections the database has in use");
        return;
    }
    judge_socket(t, &w);
    if (!gives(t, &g)) {
        pl_trace_not_modelled(t, "how many connections %s gives", t->target.shown);
        return;
    }
    if (w.all > g.limit - g.reserved)
        pl_trace_risk(t, "sql-capacity", "TOO_MANY_CONNECTIONS",
                      "%s against %s: at full scale the database refuses", shown(t, &w), g.shown);
    else
        pl_trace_pass(t, "sql-capacity", "%s against %s", shown(t, &w), g.shown);
    pl_trace_field(t, &t->target.resource->address, g.path);
    pl_trace_evidence(t, t->target.resource, g.path);
    pl_trace_evidence(t, t->source.resource, w.scale);
    const struct number *from[] = {&w.pool, &w.overflow, &w.workers};
    for (size_t i = 0; i < PL_LEN(from); i++)
        if (from[i]->path)
            pl_trace_evidence(t, t->source.resource, from[i]->path);
}
