/* history_priv.h - what the parts of the history share: shapes (plain structs to JSON and back), databases, the store's rows.
 *
 * shape*.c know structs and no database, history_sqlite.c and history_pg.c know a database and no structs, store.c brings them together.
 */
#ifndef PLUMBLINE_HISTORY_PRIV_H
#define PLUMBLINE_HISTORY_PRIV_H

#include "plumbline/history.h"

/* ---- shape_write.c, shape_read.c: a table of a struct's members writes it and reads it back ---- */

enum shape_what {
    SHAPE_TEXT,  /* const char * */
    SHAPE_TEXTS, /* const char *const *, with a count */
    SHAPE_INT,   /* any integer; unsigned ones are not negative */
    SHAPE_INTS,  /* size_t[]: an array in the struct itself */
    SHAPE_BOOL,
    SHAPE_REAL,
    SHAPE_REALS,   /* const double *, with a count */
    SHAPE_ENUM,    /* by its name */
    SHAPE_NAMED,   /* pointer to a row of a catalogue of this program, by its name */
    SHAPE_VALUE,   /* const struct pl_value * */
    SHAPE_ADDRESS, /* struct pl_address; kind NULL: none */
    SHAPE_PATH,    /* struct pl_path */
    SHAPE_MARK,    /* struct pl_mark; of its file only the name */
    SHAPE_STRUCT,  /* a struct in the struct */
    SHAPE_LIST,    /* pointer to structs in a row, with a count */
    SHAPE_REF,     /* pointer to a struct, or NULL */
    SHAPE_REFS,    /* pointer to pointers to structs, with a count */
    SHAPE_SKIP,    /* not kept: no writer of reports reads it */
};

struct shape_names {
    const char *const *names;
    size_t n;
};

/* Rows of a catalogue: of all three `name` is what finds them again. */
struct shape_catalogue {
    const char *what;
    const char *(*name)(const void *row);
    /* NULL: this program does not know it, and cannot do without. */
    const void *(*find)(struct pl_arena *arena, const char *name);
};

struct shape_member {
    const char *name;
    enum shape_what what;
    bool needed; /* a text, a reference or a row that may not be NULL */
    bool is_unsigned;
    size_t at, size, count_at; /* count_at: of its size_t */
    const struct shape *of;
    const struct shape_names *names;
    const struct shape_catalogue *catalogue;
};

struct shape {
    const char *name;
    size_t size;
    const struct shape_member *members;
    size_t n;
    bool shared;                          /* what points to the same one will again */
    bool partial;                         /* most of it is left out on purpose */
    bool (*is_whole)(const void *object); /* what no single member can say; or NULL */
};

extern const struct shape pl_shape_run, pl_shape_past, pl_shape_told;
/* Every shape, for the test that no member was forgotten; NULL-terminated. */
extern const struct shape *const pl_shapes[];

void pl_shape_write(struct pl_buf *out, const struct shape *shape, const void *object);
/* Fills the object (zeroed before). Members that are not there stay zero, unknown ones are left out. */
int pl_shape_read(struct pl_arena *arena, const struct shape *shape, const struct pl_value *v,
                  void *object, struct pl_err *err) PL_MUST_USE;

/* ---- past.c, fix.c: one run held against the run before it ---- */

bool past_is_alarm(const struct pl_conn_result *c);
/* How a connection fails: status and symptom, without what explains it. */
char *past_failure(struct pl_arena *arena, const struct pl_conn_result *c);
const struct pl_conn_result *past_connection(const struct pl_run *run, const char *name);
/* The reason why a field was not compared this time, or NULL. */
const char *past_unknown(const struct pl_run *run, const char *field_full);
/* Does the address of one lead to the other? */
bool past_covers(const char *outer, const char *inner);
/* Sets fixes of `past`. */
void past_fixes(struct pl_arena *arena, const struct pl_past *before, const struct pl_run *run,
                struct pl_past *past);

/* ---- a database, behind one table of functions ---- */

enum sql_type { SQL_NULL, SQL_INT, SQL_TEXT, SQL_BYTES };
struct sql_value {
    enum sql_type type;
    int64_t n;
    const char *bytes; /* TEXT, BYTES; NUL-terminated in what a database gave */
    size_t len;        /* BYTES */
};
struct sql_rows {
    struct sql_value *cells;
    size_t n, width;
};

struct sql_driver {
    const char *serial, *bytes; /* types that the two call differently */
    const char *begin;          /* a transaction that nobody else writes beside */
    const char *lock;           /* said after it, or NULL */
    const char *has_tables;     /* a query: is the table of migrations there? */
    void *(*open)(const char *where, bool create, struct pl_err *err);
    void (*close)(void *db);
    /* One statement with $1, $2, ... in this order; rows (or NULL) in the arena. */
    int (*run)(void *db, struct pl_arena *arena, const char *sql, const struct sql_value *params,
               size_t n, struct sql_rows *rows, struct pl_err *err);
};
extern const struct sql_driver pl_sqlite_driver, pl_pg_driver;

/* ---- store.c ---- */

struct pl_store {
    const struct sql_driver *driver;
    void *db;
    const char *name; /* for people */
    struct pl_arena *arena;
};

int store_ask(struct pl_store *s, struct pl_arena *arena, const char *sql,
              const struct sql_value *params, size_t n, struct sql_rows *rows, struct pl_err *err);
int store_begin(struct pl_store *s, struct pl_err *err);
/* Ends a transaction; one that failed (`status`) is taken back. 0 or -1. */
int store_finish(struct pl_store *s, int status, struct pl_err *err);
/* A document is packed with zlib. NULL where it is damaged. */
struct sql_value store_pack(struct pl_arena *arena, const char *text, size_t len);
char *store_unpack(struct pl_store *s, struct pl_arena *arena, const struct sql_value *v,
                   const char *what, size_t *len, struct pl_err *err);
/* store_runs.c: one document of a run, by a statement that takes its number. */
char *store_document(struct pl_store *s, struct pl_arena *arena, const struct pl_history_row *row,
                     const char *sql, const char *what, size_t *len, struct pl_err *err);

#define SQL_I(number) ((struct sql_value){.type = SQL_INT, .n = (int64_t)(number)})
#define SQL_T(text)   ((struct sql_value){.type = (text) ? SQL_TEXT : SQL_NULL, .bytes = (text)})

#endif
