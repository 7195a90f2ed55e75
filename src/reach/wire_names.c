/* wire_names.c - what an environment variable carries by its name: the ending says what, the words before it of whose family.
 */
#include <ctype.h>
#include <string.h>

#include "wiring_priv.h"

/* Endings of names, longest first, and what such a variable carries. */
static const struct {
    const char *ending;
    enum pl_role role;
} endings[] = {
    {"INSTANCE_CONNECTION_NAME", PL_ROLE_CONNECTION_NAME},
    {"CONNECTION_STRING", PL_ROLE_URL},
    {"CONNECTIONSTRING", PL_ROLE_URL},
    {"CONNECTION_NAME", PL_ROLE_CONNECTION_NAME},
    {"DATABASE_NAME", PL_ROLE_DATABASE},
    {"UNIX_SOCKET", PL_ROLE_HOST},
    {"SOCKET_PATH", PL_ROLE_HOST},
    {"DATABASE", PL_ROLE_DATABASE},
    {"HOSTNAME", PL_ROLE_HOST},
    {"USERNAME", PL_ROLE_USER},
    {"PASSWORD", PL_ROLE_PASSWORD},
    {"AUTH_STRING", PL_ROLE_PASSWORD},
    {"AUTH_TOKEN", PL_ROLE_PASSWORD},
    {"AUTHSTRING", PL_ROLE_PASSWORD},
    {"BASE_URL", PL_ROLE_URL},
    {"CONN_STR", PL_ROLE_URL},
    {"HOSTADDR", PL_ROLE_HOST},
    {"ENDPOINT", PL_ROLE_URL},
    {"ADDRESS", PL_ROLE_HOST},
    {"DB_NAME", PL_ROLE_DATABASE},
    {"SSLMODE", PL_ROLE_TLS},
    {"SSL_MODE", PL_ROLE_TLS},
    {"SERVER", PL_ROLE_HOST},
    {"DBNAME", PL_ROLE_DATABASE},
    {"SOCKET", PL_ROLE_HOST},
    {"PASSWD", PL_ROLE_PASSWORD},
    {"AUTH", PL_ROLE_PASSWORD},
    {"HOST", PL_ROLE_HOST},
    {"ADDR", PL_ROLE_HOST},
    {"PORT", PL_ROLE_PORT},
    {"PASS", PL_ROLE_PASSWORD},
    {"PWD", PL_ROLE_PASSWORD},
    {"USER", PL_ROLE_USER},
    {"URL", PL_ROLE_URL},
    {"URI", PL_ROLE_URL},
    {"DSN", PL_ROLE_URL},
    {"SSL", PL_ROLE_TLS},
    {"TLS", PL_ROLE_TLS},
    {"DB", PL_ROLE_DATABASE},
    {"IP", PL_ROLE_HOST},
};

/* First words of names by the family of the target. */
static const char *const sql_words[] = {"POSTGRES",   "POSTGRESQL", "PG",      "PGSQL",    "DB",
                                        "DATABASE",   "SQL",        "MYSQL",   "CLOUDSQL", "CLOUD",
                                        "DATASOURCE", "SQLALCHEMY", "TYPEORM", "JDBC",     "R2DBC",
                                        "INSTANCE",   "RDB",        NULL};
static const char *const redis_words[] = {"REDIS", "CACHE", "MEMORYSTORE", "VALKEY", NULL};

/* Words that frameworks put in front: SPRING_DATASOURCE_URL, SPRING_DATA_REDIS_HOST, PRISMA_DATABASE_URL. */
static const char *const framework_words[] = {"SPRING", "DATA",  "QUARKUS", "MICRONAUT",
                                              "PRISMA", "FLASK", "DJANGO",  NULL};

static char *upper(struct pl_arena *arena, const char *s)
{
    char *u = pl_arena_strdup(arena, s);
    for (char *p = u; *p; p++)
        *p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
    return u;
}

bool pl_role_is_login(enum pl_role role)
{
    return role == PL_ROLE_DATABASE || role == PL_ROLE_USER;
}

/* Splits a name into prefix and role. "PGHOST" and "REDISHOST" have no underscore between. */
enum pl_role pl_wire_role(struct pl_arena *arena, const char *name, const char **prefix)
{
    char *u = upper(arena, name);
    size_t len = strlen(u);
    for (size_t i = 0; i < PL_LEN(endings); i++) {
        size_t n = strlen(endings[i].ending);
        if (len < n || strcmp(u + len - n, endings[i].ending) != 0)
            continue;
        size_t left = len - n;
        while (left > 0 && u[left - 1] == '_')
            left--;
        bool joined = left == len - n && left > 0;
        if (joined && left > 8) /* "TRANSPORT" is no port */
            continue;
        if (left == 0 && endings[i].role == PL_ROLE_DATABASE) /* DB_NAME is beside DB_HOST */
            left = strncmp(u, "DATABASE", 8) == 0 ? 8 : 2;
        *prefix = pl_arena_strndup(arena, u, left);
        if (joined && strcmp(*prefix, "PG") != 0 && strcmp(*prefix, "REDIS") != 0 &&
            strcmp(*prefix, "DB") != 0 && strcmp(*prefix, "MYSQL") != 0)
            continue;
        return endings[i].role;
    }
    *prefix = u;
    return PL_ROLE_NONE;
}

bool pl_reach_wires(struct pl_arena *arena, const char *name, const char **prefix, bool *secret)
{
    enum pl_role role = pl_wire_role(arena, name, prefix);

    *secret = role == PL_ROLE_PASSWORD;
    return role != PL_ROLE_NONE && !pl_role_is_login(role);
}

static bool first_word_in(const char *prefix, const char *const *words)
{
    size_t len = strcspn(prefix, "_");
    for (; *words; words++)
        if (strlen(*words) == len && strncmp(prefix, *words, len) == 0)
            return true;
    return false;
}

static const char *without_framework(const char *prefix)
{
    while (first_word_in(prefix, framework_words) && strchr(prefix, '_'))
        prefix = strchr(prefix, '_') + 1;
    return prefix;
}

/* Does the prefix's family fit the target: a database, a cache, or the called service's own name? */
bool pl_wire_family_fits(struct pl_trace *t, const char *prefix)
{
    if (t->target.what == PL_TO_SQL)
        return first_word_in(without_framework(prefix), sql_words);
    if (t->target.what == PL_TO_REDIS || t->target.what == PL_TO_CLUSTER)
        return first_word_in(without_framework(prefix), redis_words);
    if (t->target.what != PL_TO_RUN)
        return false;
    char *name = upper(t->arena, t->target.address.names[0]);
    size_t n = strlen(prefix);
    return n > 0 && (strcmp(prefix, name) == 0 ||
                     (strncmp(prefix, name, strlen(name)) == 0 &&
                      strcmp(prefix + strlen(name), "_SERVICE") == 0) ||
                     (strncmp(name, prefix, n) == 0 && strcmp(name + n, "_SERVICE") == 0));
}

bool pl_wire_named_after(struct pl_trace *t, const char *prefix)
{
    const char *const *words = t->target.what == PL_TO_SQL ? sql_words
                               : t->target.what == PL_TO_REDIS || t->target.what == PL_TO_CLUSTER
                                   ? redis_words
                                   : NULL;
    const char *name = words ? upper(t->arena, t->target.address.names[0]) : NULL;
    size_t len = name ? strlen(name) : 0, n = strlen(prefix);
    if (!name)
        return false;
    if (strncmp(prefix, name, len) == 0 && prefix[len] == '_')
        return first_word_in(prefix + len + 1, words);
    return n > len && strcmp(prefix + n - len, name) == 0 && prefix[n - len - 1] == '_' &&
           first_word_in(prefix, words);
}
