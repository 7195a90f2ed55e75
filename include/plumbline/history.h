/* plumbline/history.h [floor 5: src/history] - the store of runs: recorded once, compared with the run before, written again in any format.
 *
 * A store is an SQLite file or a PostgreSQL database, with the same tables. Runs with the same series (baselines by file name, projects,
 * selection) are compared with each other. Everything in a store went through a report's redaction before: no secret is in it.
 */
#ifndef PLUMBLINE_HISTORY_H
#define PLUMBLINE_HISTORY_H

#include "plumbline/finding.h"
#include "plumbline/world.h"

struct pl_store;

/* What a run is compared with. */
enum { PL_HISTORY_KEEP_DAYS = 90, PL_HISTORY_SNAPSHOTS = 50 };
struct pl_history_keep {
    int64_t for_ns; /* older runs of the series go; 0: however old */
    size_t runs;    /* so many of the series stay; 0: however many */
};

/* How a run is recorded. */
struct pl_history_options {
    const char *series;
    struct pl_history_keep keep;
    /* What was kept of what was observed: the name of those needs (the same name, the same needs), or NULL: all of it. */
    const char *kept;
};

/* A run as a list shows it. */
struct pl_history_row {
    int64_t seq; /* order of recording */
    const char *id, *series, *command, *started_at, *verdict, *reason;
    int exit_status;
    int failing, drift, unknown;
    const char *kept; /* as it was recorded; "": all was kept */
};

struct pl_history_filter {
    const char *series; /* NULL: all */
    int64_t since_ns;   /* started at or after; 0: any */
    size_t most;        /* newest so many; 0: all */
};

/* Is it a place that a store can have: "postgresql://...", "postgres://...", "sqlite:PATH", a path with a '/', or one that ends in ".db"?
 * Opens nothing. */
int pl_store_check(const char *where, struct pl_err *err);
/* The same, as people may read it: without user, password and parameters. In the arena. */
char *pl_store_name(struct pl_arena *arena, const char *where);

/* Opens it and brings its tables up to date. `create`: an SQLite file that is not there is made, 0600; else it is an error. A store that a newer
 * version wrote is refused. NULL on error; no error text holds a password. */
struct pl_store *pl_store_open(const char *where, bool create, struct pl_err *err) PL_MUST_USE;
void pl_store_close(struct pl_store *store); /* NULL is fine */

/* Records a finished run in one transaction: finds the run before it in its series, sets run->past, writes both and the world, and lets go what
 * `options->keep` does not keep. A run with the same id is replaced (a stopped clock). */
int pl_history_record(struct pl_store *store, struct pl_run *run, const struct pl_world *world,
                      const struct pl_history_options *options, struct pl_err *err) PL_MUST_USE;

/* Newest last. In the arena. */
int pl_history_list(struct pl_store *store, struct pl_arena *arena,
                    const struct pl_history_filter *filter, const struct pl_history_row **out,
                    size_t *n, struct pl_err *err) PL_MUST_USE;
/* By id, by the beginning of one id, "latest" or "latest~N"; of a series, or of all (NULL). */
int pl_history_find(struct pl_store *store, struct pl_arena *arena, const char *name,
                    const char *series, struct pl_history_row *out, struct pl_err *err) PL_MUST_USE;
/* The run as it was, `past` included: every writer of reports says the same of it. NULL on error. */
struct pl_run *pl_history_run(struct pl_store *store, struct pl_arena *arena,
                              const struct pl_history_row *row, struct pl_err *err) PL_MUST_USE;
/* What it observed, as a snapshot's text; an error where that is not kept any more. */
char *pl_history_snapshot(struct pl_store *store, struct pl_arena *arena,
                          const struct pl_history_row *row, size_t *len,
                          struct pl_err *err) PL_MUST_USE;

/* What `run` says of the earlier findings: for pl_history_record, and for comparing any two runs. `before` NULL: the first of its series. */
struct pl_past *pl_past_compare(struct pl_arena *arena, const struct pl_past *before,
                                const char *before_id, const char *before_at,
                                const struct pl_run *run);

/* ---- notifications ---- */

/* What a receiver was last told of: a finding each, as it was then. */
struct pl_told_finding {
    enum pl_past_what what;
    const char *name, *label, *id, *text;
    enum pl_severity severity;
};
struct pl_told {
    const struct pl_told_finding *findings;
    size_t n;
};

/* What one would tell: the difference between what was told and what stands now. */
struct pl_notice {
    struct pl_told told; /* once it has been received */
    size_t n_new, n_changed, n_resolved;
    char *body; /* JSON (docs/history.md); NULL: nothing to say */
};

/* Pure. A finding counts once it stood so for `confirm` runs in a row, and is over once it was away for as many; runs that could not look do
 * not count either way. Findings below run->fail_on are not told. In run->arena. */
struct pl_notice pl_notice_make(const struct pl_run *run, const struct pl_told *told, int confirm);

int pl_history_told(struct pl_store *store, struct pl_arena *arena, const char *series,
                    const char *target, struct pl_told *out, struct pl_err *err) PL_MUST_USE;
int pl_history_set_told(struct pl_store *store, const char *series, const char *target,
                        const struct pl_told *told, struct pl_err *err) PL_MUST_USE;
void pl_told_write(struct pl_buf *out, const struct pl_told *told);
int pl_told_read(struct pl_arena *arena, const char *text, size_t len, struct pl_told *out,
                 struct pl_err *err) PL_MUST_USE;

/* A run as one text and back: what the store keeps. */
void pl_run_write(struct pl_buf *out, const struct pl_run *run);
struct pl_run *pl_run_read(struct pl_arena *arena, const char *text, size_t len,
                           struct pl_err *err) PL_MUST_USE;
void pl_past_write(struct pl_buf *out, const struct pl_past *past);
struct pl_past *pl_past_read(struct pl_arena *arena, const char *text, size_t len,
                             struct pl_err *err) PL_MUST_USE;

#endif
