/* store.c - a store: which database it is, its tables and their versions, transactions, packed documents.
 *
 * What is asked of the tables stands in store_runs.c and store_record.c: the same statements for both databases. A statement's parameters
 * stand in the order of their numbers: SQLite takes $1 for a name.
 */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "history_priv.h"
#include "plumbline/clock.h"

/* ---- where ---- */

static bool starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool is_pg(const char *where)
{
    return starts(where, "postgresql://") || starts(where, "postgres://");
}

/* "sqlite:PATH", "sqlite:///absolute" and a plain path. */
static const char *file_of(const char *where)
{
    if (starts(where, "sqlite://"))
        return where + strlen("sqlite://");
    return starts(where, "sqlite:") ? where + strlen("sqlite:") : where;
}

int pl_store_check(const char *where, struct pl_err *err)
{
    const char *scheme = strstr(where, "://"), *file = file_of(where);
    size_t n = strlen(file);
    if (is_pg(where))
        return 0;
    if (scheme && !starts(where, "sqlite:"))
        return pl_err_set(err, PL_E_USAGE,
                          "--store wants postgresql://..., sqlite:PATH, a path or none; '%.*s://' "
                          "is none of these",
                          (int)(scheme - where), where);
    if (starts(where, "sqlite:") || strchr(where, '/') ||
        (n > 3 && strcmp(file + n - 3, ".db") == 0))
        return *file ? 0 : pl_err_set(err, PL_E_USAGE, "--store sqlite: wants a path behind it");
    return pl_err_set(err, PL_E_USAGE,
                      "--store wants postgresql://..., sqlite:PATH, a path (with a '/', or ending "
                      "in .db) or none, got '%s'",
                      where);
}

char *pl_store_name(struct pl_arena *arena, const char *where)
{
    if (!is_pg(where))
        return pl_arena_strdup(arena, file_of(where));
    const char *from = strstr(where, "://") + 3, *end = from + strcspn(from, "?#");
    /* The last @ before the path: an unescaped one in a password must not end it. */
    for (const char *s = from; s < end; s++)
        if (*s == '@')
            from = s + 1;
    return pl_arena_printf(arena, "postgresql://%.*s", (int)(end - from), from);
}

/* ---- statements ---- */

int store_ask(struct pl_store *s, struct pl_arena *arena, const char *sql,
              const struct sql_value *params, size_t n, struct sql_rows *rows, struct pl_err *err)
{
    return s->driver->run(s->db, arena, sql, params, n, rows, err);
}

static int say(struct pl_store *s, const char *sql, struct pl_err *err)
{
    return store_ask(s, s->arena, sql, NULL, 0, NULL, err);
}

int store_begin(struct pl_store *s, struct pl_err *err)
{
    struct sql_rows rows;
    if (say(s, s->driver->begin, err) < 0)
        return -1;
    return s->driver->lock ? store_ask(s, s->arena, s->driver->lock, NULL, 0, &rows, err) : 0;
}

int store_finish(struct pl_store *s, int status, struct pl_err *err)
{
    struct pl_err ignored;
    if (status == 0 && say(s, "COMMIT", err) == 0)
        return 0;
    (void)say(s, "ROLLBACK", &ignored);
    return -1;
}

/* ---- tables ---- */

/* Version N is what the first N of these make. %1$s: the database's counting key, %2$s: its type for bytes. What has shipped is never
 * changed; a new version is a new row. */
static const char *const migrations[] = {
    "CREATE TABLE plumbline_run (seq %1$s, id TEXT NOT NULL UNIQUE, series TEXT NOT NULL, "
    "command TEXT NOT NULL, started_at TEXT NOT NULL, started_ns BIGINT NOT NULL, "
    "verdict TEXT NOT NULL, reason TEXT NOT NULL, exit_status BIGINT NOT NULL, "
    "failing BIGINT NOT NULL, drift BIGINT NOT NULL, unknown BIGINT NOT NULL, "
    "document %2$s NOT NULL, past %2$s NOT NULL, snapshot %2$s, kept TEXT NOT NULL);"
    "CREATE INDEX plumbline_run_series ON plumbline_run (series, seq);"
    "CREATE TABLE plumbline_told (series TEXT NOT NULL, target TEXT NOT NULL, "
    "document %2$s NOT NULL, PRIMARY KEY (series, target))",
};

/* A migration is several statements, which only one of the databases takes in one go. */
static int migrate_one(struct pl_store *s, size_t version, struct pl_err *err)
{
    char *text = pl_arena_printf(s->arena, "%s", migrations[version - 1]);
    for (char *next; text; text = next) {
        next = strchr(text, ';');
        if (next)
            *next++ = '\0';
        struct pl_buf sql = {0};
        for (const char *at = text; *at; at++) {
            if (starts(at, "%1$s") || starts(at, "%2$s")) {
                pl_buf_adds(&sql, at[1] == '1' ? s->driver->serial : s->driver->bytes);
                at += 3;
            } else {
                pl_buf_addc(&sql, *at);
            }
        }
        int status = say(s, pl_buf_str(&sql), err);
        pl_buf_free(&sql);
        if (status < 0)
            return -1;
    }
    const struct sql_value row[] = {SQL_I(version),
                                    SQL_T(pl_clock_format(s->arena, pl_clock_wall_ns(), 0))};
    return store_ask(s, s->arena, "INSERT INTO plumbline_migration (version, at) VALUES ($1, $2)",
                     row, 2, NULL, err);
}

static int version_of(struct pl_store *s, int64_t *version, struct pl_err *err)
{
    struct sql_rows rows;
    *version = 0;
    if (store_ask(s, s->arena, s->driver->has_tables, NULL, 0, &rows, err) < 0)
        return -1;
    if (rows.n == 0 || rows.cells[0].n == 0)
        return 0;
    if (store_ask(s, s->arena, "SELECT coalesce(max(version), 0) FROM plumbline_migration", NULL, 0,
                  &rows, err) < 0)
        return -1;
    *version = rows.n ? rows.cells[0].n : 0;
    return 0;
}

static int check_version(struct pl_store *s, int64_t version, struct pl_err *err)
{
    int64_t known = (int64_t)PL_LEN(migrations);
    return version <= known
               ? 0
               : pl_err_set(err, PL_E_IO,
                            "store %s has tables of version %lld, and this plumbline knows %lld: "
                            "a newer one wrote it, use that",
                            s->name, (long long)version, (long long)known);
}

static int migrate_all(struct pl_store *s, struct pl_err *err)
{
    int64_t version;
    if (say(s,
            "CREATE TABLE IF NOT EXISTS plumbline_migration (version BIGINT PRIMARY KEY, at TEXT "
            "NOT NULL)",
            err) < 0 ||
        version_of(s, &version, err) < 0 || check_version(s, version, err) < 0)
        return -1;
    for (size_t v = (size_t)version + 1; v <= PL_LEN(migrations); v++)
        if (migrate_one(s, v, err) < 0)
            return pl_err_wrap(err, "bringing the store to version %zu", v);
    return 0;
}

static int migrate(struct pl_store *s, struct pl_err *err)
{
    int64_t version;
    if (version_of(s, &version, err) < 0 || check_version(s, version, err) < 0)
        return -1;
    if (version == (int64_t)PL_LEN(migrations))
        return 0;
    if (store_begin(s, err) < 0)
        return -1;
    return store_finish(s, migrate_all(s, err), err);
}

struct pl_store *pl_store_open(const char *where, bool create, struct pl_err *err)
{
    if (pl_store_check(where, err) < 0)
        return NULL;
    const struct sql_driver *driver = is_pg(where) ? &pl_pg_driver : &pl_sqlite_driver;
    void *db = driver->open(is_pg(where) ? where : file_of(where), create, err);
    if (!db)
        return NULL;
    struct pl_arena *arena = pl_arena_new();
    struct pl_store *s = PL_NEW(arena, struct pl_store);
    *s = (struct pl_store){
        .driver = driver, .db = db, .name = pl_store_name(arena, where), .arena = arena};
    if (migrate(s, err) == 0)
        return s;
    pl_store_close(s);
    return NULL;
}

void pl_store_close(struct pl_store *s)
{
    if (!s)
        return;
    s->driver->close(s->db);
    pl_arena_free(s->arena);
}

/* ---- documents ---- */

enum { HEAD = 12, MAX_DOCUMENT = 1 << 30 };

/* "PLZ1", the length in eight bytes, the zlib stream. */
struct sql_value store_pack(struct pl_arena *arena, const char *text, size_t len)
{
    uLongf room = compressBound(len);
    char *out = pl_arena_alloc(arena, HEAD + room);
    memcpy(out, "PLZ1", 4);
    for (int i = 0; i < 8; i++)
        out[4 + i] = (char)((uint64_t)len >> (8 * i) & 0xff);
    if (compress2((Bytef *)out + HEAD, &room, (const Bytef *)text, len, 6) != Z_OK)
        pl_oom(room);
    return (struct sql_value){.type = SQL_BYTES, .bytes = out, .len = HEAD + room};
}

char *store_unpack(struct pl_store *s, struct pl_arena *arena, const struct sql_value *v,
                   const char *what, size_t *len, struct pl_err *err)
{
    uint64_t n = 0;
    if (v->type == SQL_BYTES && v->len > HEAD && memcmp(v->bytes, "PLZ1", 4) == 0)
        for (int i = 7; i >= 0; i--)
            n = n << 8 | (unsigned char)v->bytes[4 + i];
    uLongf got = (uLongf)n;
    char *out = n > 0 && n <= MAX_DOCUMENT ? pl_arena_alloc(arena, n + 1) : NULL;
    if (!out ||
        uncompress((Bytef *)out, &got, (const Bytef *)v->bytes + HEAD, v->len - HEAD) != Z_OK ||
        got != n) {
        (void)pl_err_set(err, PL_E_INPUT, "store %s: %s is damaged", s->name, what);
        return NULL;
    }
    *len = n;
    return out;
}
