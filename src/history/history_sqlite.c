/* history_sqlite.c - the store in a file: SQLite ends here.
 *
 * Write-ahead log, so that who reads does not wait for who writes; writers wait for each other up to BUSY_MS. The file is its owner's alone:
 * what SQLite makes beside it has the same mode (findCreateFileMode in its os_unix.c).
 */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "history_priv.h"

enum { BUSY_MS = 60000 };

struct db {
    sqlite3 *handle;
    char *path;
};

static int say(struct db *db, struct pl_err *err)
{
    int code = sqlite3_errcode(db->handle);
    const char *hint = code == SQLITE_FULL      ? "; the disk is full, nothing was changed"
                       : code == SQLITE_NOTADB  ? "; it is not a store of plumbline's"
                       : code == SQLITE_CORRUPT ? "; `sqlite3 FILE .recover` reads what is left"
                                                : "";
    return pl_err_set(err, PL_E_IO, "store %s: %s%s", db->path, sqlite3_errmsg(db->handle), hint);
}

static void close_db(void *handle)
{
    struct db *db = handle;
    (void)sqlite3_close(db->handle);
    pl_xfree(db->path);
    pl_xfree(db);
}

/* Made here and not by SQLite, so that it is never readable for others, not even for a moment. */
static int make_file(const char *path, bool create, struct pl_err *err)
{
    int fd = open(path, create ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return pl_err_sys(err, PL_E_IO, errno, "store %s", path);
    (void)close(fd);
    return 0;
}

static void *open_db(const char *where, bool create, struct pl_err *err)
{
    if (make_file(where, create, err) < 0)
        return NULL;
    struct db *db = pl_xrealloc(NULL, sizeof(*db));
    *db = (struct db){.path = pl_xrealloc(NULL, strlen(where) + 1)};
    memcpy(db->path, where, strlen(where) + 1);
    int code =
        sqlite3_open_v2(where, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK) {
        (void)say(db, err);
        close_db(db);
        return NULL;
    }
    (void)sqlite3_extended_result_codes(db->handle, 0);
    (void)sqlite3_busy_timeout(db->handle, BUSY_MS);
    /* Who comes first sets it for all; where it cannot be had (a file system without shared memory) the journal does. */
    (void)sqlite3_exec(db->handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    (void)sqlite3_exec(db->handle, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    return db;
}

static int bind(sqlite3_stmt *s, int i, const struct sql_value *v)
{
    switch (v->type) {
    case SQL_NULL:
        return sqlite3_bind_null(s, i);
    case SQL_INT:
        return sqlite3_bind_int64(s, i, v->n);
    case SQL_TEXT:
        return sqlite3_bind_text(s, i, v->bytes, -1, SQLITE_STATIC);
    case SQL_BYTES:
        return sqlite3_bind_blob64(s, i, v->bytes, v->len, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static struct sql_value cell(sqlite3_stmt *s, int i, struct pl_arena *arena)
{
    int type = sqlite3_column_type(s, i);
    if (type == SQLITE_INTEGER)
        return SQL_I(sqlite3_column_int64(s, i));
    if (type != SQLITE_TEXT && type != SQLITE_BLOB)
        return (struct sql_value){.type = SQL_NULL};
    const char *bytes = sqlite3_column_blob(s, i);
    size_t len = (size_t)sqlite3_column_bytes(s, i);
    return (struct sql_value){.type = type == SQLITE_TEXT ? SQL_TEXT : SQL_BYTES,
                              .bytes = pl_arena_strndup(arena, bytes ? bytes : "", len),
                              .len = len};
}

static int step_all(sqlite3_stmt *s, struct pl_arena *arena, struct sql_rows *rows)
{
    int code;
    size_t n = 0, cap = 0, width = (size_t)sqlite3_column_count(s);
    struct sql_value *cells = NULL;
    while ((code = sqlite3_step(s)) == SQLITE_ROW)
        for (size_t i = 0; rows && i < width; i++)
            PL_PUSH(arena, cells, n, cap, cell(s, (int)i, arena));
    if (rows)
        *rows = (struct sql_rows){.cells = cells, .n = width ? n / width : 0, .width = width};
    return code;
}

static int run_sql(void *handle, struct pl_arena *arena, const char *sql,
                   const struct sql_value *params, size_t n, struct sql_rows *rows,
                   struct pl_err *err)
{
    struct db *db = handle;
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &s, NULL);
    for (size_t i = 0; code == SQLITE_OK && i < n; i++)
        code = bind(s, (int)i + 1, &params[i]);
    if (code == SQLITE_OK)
        code = step_all(s, arena, rows);
    int failed = code == SQLITE_DONE || code == SQLITE_OK ? 0 : say(db, err);
    (void)sqlite3_finalize(s);
    return failed;
}

const struct sql_driver pl_sqlite_driver = {
    .serial = "INTEGER PRIMARY KEY AUTOINCREMENT",
    .bytes = "BLOB",
    .begin = "BEGIN IMMEDIATE",
    .has_tables =
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'plumbline_migration'",
    .open = open_db,
    .close = close_db,
    .run = run_sql,
};
