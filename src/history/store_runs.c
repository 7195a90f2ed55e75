/* store_runs.c - stored runs: lists, one by its name, and its documents read back.
 */
#include <stdlib.h>
#include <string.h>

#include "history_priv.h"

#define COLUMNS                                                                                    \
    "seq, id, series, command, started_at, verdict, reason, exit_status, failing, drift, "         \
    "unknown, "                                                                                    \
    "kept"

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
        .kept = c[11].bytes,
    };
}

int pl_history_list(struct pl_store *s, struct pl_arena *arena, const struct pl_history_filter *f,
                    const struct pl_history_row **out, size_t *n, struct pl_err *err)
{
    struct sql_rows rows;
    const struct sql_value params[] = {SQL_T(f->series ? f->series : ""), SQL_I(f->since_ns),
                                       SQL_I(f->most ? f->most : (size_t)INT64_MAX)};
    if (store_ask(s, arena,
                  "SELECT " COLUMNS
                  " FROM plumbline_run WHERE ($1 = '' OR series = $1) AND started_ns "
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
    if (strncmp(name, "latest~", 7) != 0 || name[7] < '0' || name[7] > '9')
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
        if (store_ask(s, arena,
                      "SELECT " COLUMNS
                      " FROM plumbline_run WHERE ($1 = '' OR series = $1) ORDER BY seq "
                      "DESC LIMIT 1 OFFSET $2",
                      params, 2, &rows, err) < 0)
            return -1;
    } else {
        const struct sql_value params[] = {SQL_T(all), SQL_T(name)};
        if (store_ask(s, arena,
                      "SELECT " COLUMNS " FROM plumbline_run WHERE ($1 = '' OR series = $1) AND "
                      "substr(id, 1, length($2)) = $2 ORDER BY seq LIMIT 3",
                      params, 2, &rows, err) < 0)
            return -1;
    }
    return one_of(s, &rows, name, out, err);
}

/* ---- one run ---- */

char *store_document(struct pl_store *s, struct pl_arena *arena, const struct pl_history_row *row,
                     const char *sql, const char *what, size_t *len, struct pl_err *err)
{
    struct sql_rows rows;
    const struct sql_value params[] = {SQL_I(row->seq)};
    if (store_ask(s, arena, sql, params, 1, &rows, err) < 0)
        return NULL;
    if (rows.n == 0 || rows.cells[0].type == SQL_NULL) {
        (void)pl_err_set(err, PL_E_INPUT, "%s of run %s is not kept any more", what, row->id);
        return NULL;
    }
    return store_unpack(s, arena, &rows.cells[0], what, len, err);
}

struct pl_run *pl_history_run(struct pl_store *s, struct pl_arena *arena,
                              const struct pl_history_row *row, struct pl_err *err)
{
    size_t len = 0, past_len = 0;
    char *text = store_document(s, arena, row, "SELECT document FROM plumbline_run WHERE seq = $1",
                                "the report", &len, err);
    char *past =
        text ? store_document(s, arena, row, "SELECT past FROM plumbline_run WHERE seq = $1",
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
    return store_document(s, arena, row, "SELECT snapshot FROM plumbline_run WHERE seq = $1",
                          "what was observed", len, err);
}
