/* store_record.c - recording a run: compared with the run before it, written, and what is too old let go, in one transaction.
 */
#include "history_priv.h"
#include "plumbline/clock.h"
#include "plumbline/log.h"
#include "plumbline/snapshot.h"

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
    char *text = store_document(s, arena, row, "SELECT past FROM plumbline_run WHERE seq = $1",
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

/* What is stored of a run beside its past, packed before the transaction, which others wait for. */
struct packed {
    struct sql_value document, snapshot;
};

static int insert(struct pl_store *s, struct pl_arena *arena, const struct pl_run *run,
                  const struct packed *packed, const struct pl_history_options *o,
                  struct pl_err *err)
{
    int64_t started = 0;
    struct pl_buf past = {0};
    (void)pl_clock_parse(run->started_at, &started);
    pl_past_write(&past, run->past);
    const struct sql_value params[] = {
        SQL_T(run->id),
        SQL_T(o->series),
        SQL_T(run->command),
        SQL_T(run->started_at),
        SQL_I(started),
        SQL_T(pl_verdict_names[run->verdict]),
        SQL_T(run->reason ? run->reason : ""),
        SQL_I(run->exit_status),
        SQL_I(count_alarms(run)),
        SQL_I(run->n_drift),
        SQL_I(run->coverage.unknown),
        packed->document,
        store_pack(arena, pl_buf_str(&past), past.len),
        packed->snapshot,
        SQL_T(o->kept ? o->kept : ""),
    };
    pl_buf_free(&past);
    return store_ask(
        s, arena,
        "INSERT INTO plumbline_run (id, series, command, started_at, started_ns, verdict, "
        "reason, exit_status, failing, drift, unknown, document, past, snapshot, kept) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params, PL_LEN(params), NULL, err);
}

static int let_go(struct pl_store *s, struct pl_arena *arena, const struct pl_history_options *o,
                  struct pl_err *err)
{
    const char *series = o->series;
    const struct pl_history_keep *keep = &o->keep;
    const struct sql_value by_time[] = {
        SQL_T(series), SQL_I(keep->for_ns ? pl_clock_wall_ns() - keep->for_ns : 0)};
    const struct sql_value by_count[] = {SQL_T(series),
                                         SQL_I(keep->runs ? keep->runs : (size_t)INT64_MAX)};
    const struct sql_value snapshots[] = {SQL_T(series), SQL_I(PL_HISTORY_SNAPSHOTS)};
    if (keep->for_ns &&
        store_ask(s, arena, "DELETE FROM plumbline_run WHERE series = $1 AND started_ns < $2",
                  by_time, 2, NULL, err) < 0)
        return -1;
    if (keep->runs &&
        store_ask(s, arena,
                  "DELETE FROM plumbline_run WHERE series = $1 AND seq NOT IN (SELECT seq FROM "
                  "plumbline_run WHERE series = $1 ORDER BY seq DESC LIMIT $2)",
                  by_count, 2, NULL, err) < 0)
        return -1;
    return store_ask(
        s, arena,
        "UPDATE plumbline_run SET snapshot = NULL WHERE series = $1 AND snapshot IS NOT "
        "NULL AND seq NOT IN (SELECT seq FROM plumbline_run WHERE series = $1 ORDER BY seq "
        "DESC LIMIT $2)",
        snapshots, 2, NULL, err);
}

static int record(struct pl_store *s, struct pl_arena *arena, struct pl_run *run,
                  const struct packed *packed, const struct pl_history_options *o,
                  struct pl_err *err)
{
    struct pl_past *before = NULL, *past;
    struct pl_history_row row = {0};
    const struct sql_value id[] = {SQL_T(run->id)};
    if (store_ask(s, arena, "DELETE FROM plumbline_run WHERE id = $1", id, 1, NULL, err) < 0 ||
        find_before(s, run->arena, o->series, &before, &row, err) < 0)
        return -1;
    past = pl_past_compare(run->arena, before, row.id, row.started_at, run);
    past->series = pl_arena_strdup(run->arena, o->series);
    if (add_trend(s, run->arena, o->series, past, err) < 0)
        return -1;
    run->past = past;
    return insert(s, arena, run, packed, o, err) < 0 ? -1 : let_go(s, arena, o, err);
}

int pl_history_record(struct pl_store *s, struct pl_run *run, const struct pl_world *world,
                      const struct pl_history_options *options, struct pl_err *err)
{
    struct pl_buf text = {0}, seen = {0};
    struct pl_arena *arena = pl_arena_new();
    pl_run_write(&text, run);
    struct packed packed = {.document = store_pack(arena, pl_buf_str(&text), text.len)};
    if (world) {
        pl_snapshot_write(&seen, world);
        packed.snapshot = store_pack(arena, pl_buf_str(&seen), seen.len);
    }
    pl_buf_free(&text);
    pl_buf_free(&seen);
    int status = store_begin(s, err);
    if (status == 0)
        status = store_finish(s, record(s, arena, run, &packed, options, err), err);
    if (status < 0)
        run->past = NULL;
    pl_arena_free(arena);
    return status;
}

/* ---- what was told ---- */

int pl_history_told(struct pl_store *s, struct pl_arena *arena, const char *series,
                    const char *target, struct pl_told *out, struct pl_err *err)
{
    struct sql_rows rows;
    size_t len = 0;
    const struct sql_value key[] = {SQL_T(series), SQL_T(target)};
    *out = (struct pl_told){0};
    if (store_ask(s, arena, "SELECT document FROM plumbline_told WHERE series = $1 AND target = $2",
                  key, 2, &rows, err) < 0)
        return -1;
    if (rows.n == 0)
        return 0;
    char *text = store_unpack(s, arena, &rows.cells[0], "what was told", &len, err);
    return text ? pl_told_read(arena, text, len, out, err) : -1;
}

int pl_history_set_told(struct pl_store *s, const char *series, const char *target,
                        const struct pl_told *told, struct pl_err *err)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_buf text = {0};
    pl_told_write(&text, told);
    const struct sql_value row[] = {SQL_T(series), SQL_T(target),
                                    store_pack(arena, pl_buf_str(&text), text.len)};
    pl_buf_free(&text);
    int status = store_begin(s, err);
    if (status == 0)
        status =
            store_ask(s, arena,
                      "INSERT INTO plumbline_told (series, target, document) VALUES ($1, $2, "
                      "$3) ON CONFLICT (series, target) DO UPDATE SET document = excluded.document",
                      row, 3, NULL, err);
    status = store_finish(s, status, err);
    pl_arena_free(arena);
    return status;
}
