/* history_pg.c - the store in PostgreSQL, for a team: libpq ends here.
 *
 * The URL may hold a password. libpq quotes the URL when it cannot read it, so what it says of that is never passed on.
 */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "history_priv.h"

/* pg_type.dat of PostgreSQL: the columns that are no text. */
enum {
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    MAX_PARAMS = 24
};

struct db {
    PGconn *conn;
    struct pl_arena *arena;
    const char *name;
};

/* One line, without the severity in front. */
static int say(struct db *db, const char *text, struct pl_err *err)
{
    char line[512];
    const char *from = strncmp(text, "ERROR:  ", 8) == 0 ? text + 8 : text;
    size_t n = strcspn(from, "\n");
    if (n >= sizeof(line))
        n = sizeof(line) - 1;
    memcpy(line, from, n);
    line[n] = '\0';
    return pl_err_set(err, PL_E_IO, "store %s: %s", db->name, line);
}

static void close_db(void *handle)
{
    struct db *db = handle;
    PQfinish(db->conn);
    pl_arena_free(db->arena);
}

static PGconn *dial(const char *where)
{
    /* Later ones outrank earlier ones, so these two only fill in what the URL leaves open. */
    const char *keys[] = {"connect_timeout", "application_name", "dbname", NULL};
    const char *values[] = {"10", "plumbline", where, NULL};
    return PQconnectdbParams(keys, values, 1);
}

static void *open_db(const char *where, bool create, struct pl_err *err)
{
    (void)create;
    char *said = NULL;
    PQconninfoOption *options = PQconninfoParse(where, &said);
    PQfreemem(said);
    PQconninfoFree(options);
    if (!options) {
        (void)pl_err_set(err, PL_E_USAGE,
                         "the store's postgresql:// URL cannot be read; special characters in a "
                         "password are written as %%XX");
        return NULL;
    }
    struct pl_arena *arena = pl_arena_new();
    struct db *db = PL_NEW(arena, struct db);
    *db = (struct db){.arena = arena, .name = pl_store_name(arena, where), .conn = dial(where)};
    if (PQstatus(db->conn) != CONNECTION_OK) {
        (void)say(db, PQerrorMessage(db->conn), err);
        close_db(db);
        return NULL;
    }
    PQclear(PQexec(db->conn, "SET client_min_messages = warning"));
    return db;
}

static struct sql_value cell(struct pl_arena *arena, const PGresult *r, int row, int column)
{
    if (PQgetisnull(r, row, column))
        return (struct sql_value){.type = SQL_NULL};
    const char *text = PQgetvalue(r, row, column);
    size_t len = (size_t)PQgetlength(r, row, column);
    Oid type = PQftype(r, column);
    if (type == OID_INT8 || type == OID_INT4 || type == OID_INT2)
        return SQL_I(strtoll(text, NULL, 10));
    if (type != OID_BYTEA)
        return (struct sql_value){
            .type = SQL_TEXT, .bytes = pl_arena_strndup(arena, text, len), .len = len};
    unsigned char *bytes = PQunescapeBytea((const unsigned char *)text, &len);
    struct sql_value v = {.type = SQL_BYTES,
                          .bytes = pl_arena_strndup(arena, bytes ? (char *)bytes : "", len),
                          .len = len};
    PQfreemem(bytes);
    return v;
}

static void take_rows(struct pl_arena *arena, const PGresult *r, struct sql_rows *rows)
{
    size_t n = (size_t)PQntuples(r), width = (size_t)PQnfields(r);
    *rows = (struct sql_rows){.cells = pl_arena_array(arena, n * width + 1, sizeof(*rows->cells)),
                              .n = n,
                              .width = width};
    for (size_t i = 0; i < n * width; i++)
        rows->cells[i] = cell(arena, r, (int)(i / width), (int)(i % width));
}

static int run_sql(void *handle, struct pl_arena *arena, const char *sql,
                   const struct sql_value *params, size_t n, struct sql_rows *rows,
                   struct pl_err *err)
{
    struct db *db = handle;
    const char *values[MAX_PARAMS];
    int lengths[MAX_PARAMS], formats[MAX_PARAMS];
    Oid types[MAX_PARAMS];
    for (size_t i = 0; i < n && i < MAX_PARAMS; i++) {
        bool bytes = params[i].type == SQL_BYTES;
        values[i] = params[i].type == SQL_INT
                        ? pl_arena_printf(arena, "%lld", (long long)params[i].n)
                        : params[i].bytes;
        lengths[i] = (int)params[i].len;
        formats[i] = bytes;
        types[i] = bytes                        ? OID_BYTEA
                   : params[i].type == SQL_INT  ? OID_INT8
                   : params[i].type == SQL_TEXT ? OID_TEXT
                                                : 0;
    }
    PGresult *r = PQexecParams(db->conn, sql, (int)n, types, values, lengths, formats, 0);
    ExecStatusType status = PQresultStatus(r);
    int failed = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
                     ? 0
                     : say(db, PQerrorMessage(db->conn), err);
    if (failed == 0 && rows)
        take_rows(arena, r, rows);
    PQclear(r);
    return failed;
}

const struct sql_driver pl_pg_driver = {
    .serial = "BIGSERIAL PRIMARY KEY",
    .bytes = "BYTEA",
    .begin = "BEGIN",
    /* "plumblin" as a number: everybody who writes to these tables takes this lock. */
    .lock = "SELECT pg_advisory_xact_lock(8101821085268109678)",
    .has_tables = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('plumbline_migration')",
    .open = open_db,
    .close = close_db,
    .run = run_sql,
};
