/* store.c - the store's tables, and what is asked of them: the same statements for both databases.
 *
 * Documents (a run, its past, what it observed) are JSON texts, packed with zlib. Everything that a list shows has a column of its own.
 * A statement's parameters stand in the order of their numbers: SQLite takes $1 for a name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "history_priv.h"
#include "plumbline/clock.h"
#include "plumbline/log.h"
#include "plumbline/snapshot.h"

struct pl_store {
    const struct sql_driver *driver;
    void *db;
    const char *name;
    struct pl_arena *arena;
};

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

static int ask(struct pl_store *s, struct pl_arena *arena, const char *sql,
               const struct sql_value *params, size_t n, struct sql_rows *rows, struct pl_err *err)
{
    return s->driver->run(s->db, arena, sql, params, n, rows, err);
}

static int say(struct pl_store *s, const char *sql, struct pl_err *err)
{
    return ask(s, s->arena, sql, NULL, 0, NULL, err);
}

static int begin(struct pl_store *s, struct pl_err *err)
{
    struct sql_rows rows;
    if (say(s, s->driver->begin, err) < 0)
        return -1;
    return s->driver->lock ? ask(s, s->arena, s->driver->lock, NULL, 0, &rows, err) : 0;
}

/* Ends a transaction; one that failed is taken back. */
static int finish(struct pl_store *s, int status, struct pl_err *err)
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
    "document %2$s NOT NULL, past %2$s NOT NULL, snapshot %2$s);"
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
    return ask(s, s->arena, "INSERT INTO plumbline_migration (version, at) VALUES ($1, $2)", row, 2,
               NULL, err);
}

static int version_of(struct pl_store *s, int64_t *version, struct pl_err *err)
{
    struct sql_rows rows;
    *version = 0;
    if (ask(s, s->arena, s->driver->has_tables, NULL, 0, &rows, err) < 0)
        return -1;
    if (rows.n == 0 || rows.cells[0].n == 0)
        return 0;
    if (ask(s, s->arena, "SELECT coalesce(max(version), 0) FROM plumbline_migration", NULL, 0,
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
    if (begin(s, err) < 0)
        return -1;
    return finish(s, migrate_all(s, err), err);
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
static struct sql_value pack(struct pl_arena *arena, const char *text, size_t len)
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

static char *unpack(struct pl_store *s, struct pl_arena *arena, const struct sql_value *v,
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

/* ---- lists ---- */

#define COLUMNS                                                                                    \
    "seq, id, series, command, started_at, verdict, reason, exit_status, failing, drift, unknown"
enum { N_COLUMNS = 11 };

static struct pl_history_row row_of(const struct sql_value *c)
{
    return (struct pl_history_row){
        .seq = c[0].n,
        .id = c[1].bytes,
        .series = c[2].bytes,
        .command = c[3].bytes,
        .started_at = c[4].bytes,
        .verdict = c[5].bytes,
        .reason = c[6].bytes,
        .exit_status = (int)c[7].n,
        .failing = (int)c[8].n,
        .drift = (int)c[9].n,
        .unknown = (int)c[10].n,
    };
}

int pl_history_list(struct pl_store *s, struct pl_arena *arena, const struct pl_history_filter *f,
                    const struct pl_history_row **out, size_t *n, struct pl_err *err)
{
    struct sql_rows rows;
    const struct sql_value params[] = {SQL_T(f->series ? f->series : ""), SQL_I(f->since_ns),
                                       SQL_I(f->most ? f->most : (size_t)INT64_MAX)};
    if (ask(s, arena,
            "SELECT " COLUMNS " FROM plumbline_run WHERE ($1 = '' OR series = $1) AND started_ns "
            ">= $2 ORDER BY seq DESC LIMIT $3",
            params, 3, &rows, err) < 0)
        return -1;
    struct pl_history_row *list = pl_arena_array(arena, rows.n + 1, sizeof(*list));
    for (size_t i = 0; i < rows.n; i++)
        list[rows.n - 1 - i] = row_of(&rows.cells[i * rows.width]);
    *out = list;
    *n = rows.n;
    return 0;
}

/* "latest" and "latest~N". */
static bool read_latest(const char *name, int64_t *back)
{
    char *end;
    *back = 0;
    if (strcmp(name, "latest") == 0)
        return true;
    if (!starts(name, "latest~") || name[7] < '0' || name[7] > '9')
        return false;
    *back = strtoll(name + 7, &end, 10);
    return *end == '\0';
}

static int one_of(struct pl_store *s, const struct sql_rows *rows, const char *name,
                  struct pl_history_row *out, struct pl_err *err)
{
    if (rows->n == 0)
        return pl_err_set(err, PL_E_USAGE,
                          "no run '%s' is stored in %s; `plumbline history` lists them", name,
                          s->name);
    *out = row_of(rows->cells);
    for (size_t i = 0; i < rows->n; i++) {
        struct pl_history_row row = row_of(&rows->cells[i * rows->width]);
        if (strcmp(row.id, name) == 0) {
            *out = row;
            return 0;
        }
    }
    return rows->n == 1
               ? 0
               : pl_err_set(err, PL_E_USAGE, "'%s' is the beginning of several runs: %s, %s%s",
                            name, out->id, row_of(&rows->cells[rows->width]).id,
                            rows->n > 2 ? ", ..." : "");
}

int pl_history_find(struct pl_store *s, struct pl_arena *arena, const char *name,
                    const char *series, struct pl_history_row *out, struct pl_err *err)
{
    struct sql_rows rows;
    int64_t back;
    const char *all = series ? series : "";
    if (read_latest(name, &back)) {
        const struct sql_value params[] = {SQL_T(all), SQL_I(back)};
        if (ask(s, arena,
                "SELECT " COLUMNS " FROM plumbline_run WHERE ($1 = '' OR series = $1) ORDER BY seq "
                "DESC LIMIT 1 OFFSET $2",
                params, 2, &rows, err) < 0)
            return -1;
    } else {
        const struct sql_value params[] = {SQL_T(all), SQL_T(name)};
        if (ask(s, arena,
                "SELECT " COLUMNS " FROM plumbline_run WHERE ($1 = '' OR series = $1) AND "
                "substr(id, 1, length($2)) = $2 ORDER BY seq LIMIT 3",
                params, 2, &rows, err) < 0)
            return -1;
    }
    return one_of(s, &rows, name, out, err);
}

/* ---- one run ---- */

static char *document(struct pl_store *s, struct pl_arena *arena, const struct pl_history_row *row,
                      const char *sql, const char *what, size_t *len, struct pl_err *err)
{
    struct sql_rows rows;
    const struct sql_value params[] = {SQL_I(row->seq)};
    if (ask(s, arena, sql, params, 1, &rows, err) < 0)
        return NULL;
    if (rows.n == 0 || rows.cells[0].type == SQL_NULL) {
        (void)pl_err_set(err, PL_E_INPUT, "%s of run %s is not kept any more", what, row->id);
        return NULL;
    }
    return unpack(s, arena, &rows.cells[0], what, len, err);
}

struct pl_run *pl_history_run(struct pl_store *s, struct pl_arena *arena,
                              const struct pl_history_row *row, struct pl_err *err)
{
    size_t len = 0, past_len = 0;
    char *text = document(s, arena, row, "SELECT document FROM plumbline_run WHERE seq = $1",
                          "the report", &len, err);
    char *past = text ? document(s, arena, row, "SELECT past FROM plumbline_run WHERE seq = $1",
                                 "the past", &past_len, err)
                      : NULL;
    struct pl_run *run = past ? pl_run_read(arena, text, len, err) : NULL;
    if (!run || !(run->past = pl_past_read(arena, past, past_len, err))) {
        (void)pl_err_wrap(err, "run %s", row->id);
        return NULL;
    }
    return run;
}

char *pl_history_snapshot(struct pl_store *s, struct pl_arena *arena,
                          const struct pl_history_row *row, size_t *len, struct pl_err *err)
{
    return document(s, arena, row, "SELECT snapshot FROM plumbline_run WHERE seq = $1",
                    "what was observed", len, err);
}

/* ---- recording ---- */

static int find_before(struct pl_store *s, struct pl_arena *arena, const char *series,
                       struct pl_past **before, struct pl_history_row *row, struct pl_err *err)
{
    const struct pl_history_row *rows;
    size_t n = 0, len = 0;
    const struct pl_history_filter newest = {.series = series, .most = 1};
    if (pl_history_list(s, arena, &newest, &rows, &n, err) < 0)
        return -1;
    if (n == 0)
        return 0;
    *row = rows[0];
    char *text = document(s, arena, row, "SELECT past FROM plumbline_run WHERE seq = $1",
                          "the past", &len, err);
    *before = text ? pl_past_read(arena, text, len, err) : NULL;
    /* What cannot be read must not keep new runs out: this one is compared with nothing, and says so. */
    if (!*before) {
        pl_log(PL_LOG_WARN, "run %s cannot be compared with: %s", row->id, err->text);
        *row = (struct pl_history_row){0};
    }
    return 0;
}

static int add_trend(struct pl_store *s, struct pl_arena *arena, const char *series,
                     struct pl_past *past, struct pl_err *err)
{
    const struct pl_history_row *rows;
    size_t n = 0;
    const struct pl_history_filter last = {.series = series, .most = PL_PAST_TREND};
    if (pl_history_list(s, arena, &last, &rows, &n, err) < 0)
        return -1;
    struct pl_past_run *trend = pl_arena_array(arena, n + 1, sizeof(*trend));
    for (size_t i = 0; i < n; i++)
        trend[i] = (struct pl_past_run){.id = rows[i].id,
                                        .started_at = rows[i].started_at,
                                        .verdict = rows[i].verdict,
                                        .exit_status = rows[i].exit_status,
                                        .failing = rows[i].failing,
                                        .drift = rows[i].drift,
                                        .unknown = rows[i].unknown};
    past->trend = trend;
    past->n_trend = n;
    return 0;
}

static size_t count_alarms(const struct pl_run *run)
{
    size_t n = 0;
    for (size_t i = 0; i < run->n_connections; i++) {
        enum pl_conn_status status = run->connections[i].status;
        n += status == PL_CONN_FAILING || status == PL_CONN_DEGRADED || status == PL_CONN_BLOCKED;
    }
    return n;
}

static int insert(struct pl_store *s, struct pl_arena *arena, const struct pl_run *run,
                  const char *series, const struct sql_value *packed,
                  const struct sql_value *snapshot, struct pl_err *err)
{
    int64_t started = 0;
    struct pl_buf past = {0};
    (void)pl_clock_parse(run->started_at, &started);
    pl_past_write(&past, run->past);
    const struct sql_value params[] = {
        SQL_T(run->id),
        SQL_T(series),
        SQL_T(run->command),
        SQL_T(run->started_at),
        SQL_I(started),
        SQL_T(pl_verdict_names[run->verdict]),
        SQL_T(run->reason ? run->reason : ""),
        SQL_I(run->exit_status),
        SQL_I(count_alarms(run)),
        SQL_I(run->n_drift),
        SQL_I(run->coverage.unknown),
        *packed,
        pack(arena, pl_buf_str(&past), past.len),
        *snapshot,
    };
    pl_buf_free(&past);
    return ask(s, arena,
               "INSERT INTO plumbline_run (id, series, command, started_at, started_ns, verdict, "
               "reason, exit_status, failing, drift, unknown, document, past, snapshot) "
               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
               params, PL_LEN(params), NULL, err);
}

static int let_go(struct pl_store *s, struct pl_arena *arena, const char *series,
                  const struct pl_history_keep *keep, struct pl_err *err)
{
    const struct sql_value by_time[] = {
        SQL_T(series), SQL_I(keep->for_ns ? pl_clock_wall_ns() - keep->for_ns : 0)};
    const struct sql_value by_count[] = {SQL_T(series),
                                         SQL_I(keep->runs ? keep->runs : (size_t)INT64_MAX)};
    const struct sql_value snapshots[] = {SQL_T(series), SQL_I(PL_HISTORY_SNAPSHOTS)};
    if (keep->for_ns &&
        ask(s, arena, "DELETE FROM plumbline_run WHERE series = $1 AND started_ns < $2", by_time, 2,
            NULL, err) < 0)
        return -1;
    if (keep->runs &&
        ask(s, arena,
            "DELETE FROM plumbline_run WHERE series = $1 AND seq NOT IN (SELECT seq FROM "
            "plumbline_run WHERE series = $1 ORDER BY seq DESC LIMIT $2)",
            by_count, 2, NULL, err) < 0)
        return -1;
    return ask(s, arena,
               "UPDATE plumbline_run SET snapshot = NULL WHERE series = $1 AND snapshot IS NOT "
               "NULL AND seq NOT IN (SELECT seq FROM plumbline_run WHERE series = $1 ORDER BY seq "
               "DESC LIMIT $2)",
               snapshots, 2, NULL, err);
}

static int record(struct pl_store *s, struct pl_arena *arena, struct pl_run *run,
                  const char *series, const struct sql_value *document_of,
                  const struct sql_value *snapshot, const struct pl_history_keep *keep,
                  struct pl_err *err)
{
    struct pl_past *before = NULL, *past;
    struct pl_history_row row = {0};
    const struct sql_value id[] = {SQL_T(run->id)};
    if (ask(s, arena, "DELETE FROM plumbline_run WHERE id = $1", id, 1, NULL, err) < 0 ||
        find_before(s, run->arena, series, &before, &row, err) < 0)
        return -1;
    past = pl_past_compare(run->arena, before, row.id, row.started_at, run);
    past->series = pl_arena_strdup(run->arena, series);
    if (add_trend(s, run->arena, series, past, err) < 0)
        return -1;
    run->past = past;
    return insert(s, arena, run, series, document_of, snapshot, err) < 0
               ? -1
               : let_go(s, arena, series, keep, err);
}

int pl_history_record(struct pl_store *s, struct pl_run *run, const struct pl_world *world,
                      const char *series, const struct pl_history_keep *keep, struct pl_err *err)
{
    /* All that takes time comes before the transaction, which others wait for. */
    struct pl_buf text = {0}, seen = {0};
    struct pl_arena *arena = pl_arena_new();
    pl_run_write(&text, run);
    struct sql_value packed = pack(arena, pl_buf_str(&text), text.len);
    struct sql_value snapshot = {.type = SQL_NULL};
    if (world) {
        pl_snapshot_write(&seen, world);
        snapshot = pack(arena, pl_buf_str(&seen), seen.len);
    }
    pl_buf_free(&text);
    pl_buf_free(&seen);
    int status = begin(s, err);
    if (status == 0)
        status = finish(s, record(s, arena, run, series, &packed, &snapshot, keep, err), err);
    if (status < 0)
        run->past = NULL;
    pl_arena_free(arena);
    return status;
}
