/* plumbline/past.h [floor 2: src/model] - what earlier runs say of this one: which findings are new, how long the others stand, whether a fix held.
 *
 * Plain data like finding.h: src/history fills it, writers read it. Everything lives in the run's arena.
 */
#ifndef PLUMBLINE_PAST_H
#define PLUMBLINE_PAST_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/baseline.h"

enum pl_past_state {
    PL_PAST_NEW,
    PL_PAST_ONGOING, /* as in the run before, value by value */
    PL_PAST_CHANGED, /* still wrong, and in another way */
    PL_PAST_RESOLVED,
    PL_PAST_UNKNOWN, /* it was there, and this run could not look: neither there nor gone */
    PL_PAST_GONE,    /* resolved in an earlier run; kept for its turns */
};
extern const char *const pl_past_state_names[];

/* Runs whose presence is remembered, and from how many comings and goings among them a finding flaps. */
enum { PL_PAST_WINDOW = 20, PL_PAST_FLAPS = 3, PL_PAST_TREND = 30 };

enum pl_past_what { PL_PAST_DRIFT, PL_PAST_CONNECTION };
extern const char *const pl_past_what_names[];

/* One drift, or one connection that does not work, over the runs of a series. */
struct pl_past_finding {
    enum pl_past_what what;
    const char *name;   /* full field, or the connection's name: never changes */
    const char *label;  /* the same, short, for people */
    const char *id;     /* fingerprint with its values: another one is another way of being wrong */
    const char *status; /* "changed", "failing", ...; of the last run in which it was there */
    const char *text;   /* "expected 5432, observed 5434", "refused; explained by ..." */
    const char *before; /* CHANGED: `text` of the run before; else NULL */
    const char *note;   /* RESOLVED, UNKNOWN: how one knows, or why not; else NULL */
    enum pl_severity severity;
    enum pl_past_state state;
    bool seen;              /* a connection's failure was seen, not only found by the model */
    const char *first_seen; /* RFC 3339: start of the first run of this stretch that had it */
    const char *last_seen;  /* of the last run that had it */
    const char *resolved_at;
    int runs;           /* that had it in this stretch */
    int same;           /* of those the last ones, in which it was as it is now */
    const char *window; /* the last runs, oldest first: x there, . not there, ? not known */
    bool flapping;
};

enum pl_fix_state {
    PL_FIX_NOT_YET,
    PL_FIX_CONFIRMED, /* reverted, and the connection works */
    PL_FIX_REFUTED,   /* reverted, and it still fails the same way */
    PL_FIX_OTHERWISE, /* works, and nothing named was reverted */
};
extern const char *const pl_fix_state_names[];

struct pl_fix_field {
    const char *field, *field_full;
};
struct pl_fix_set {
    const struct pl_fix_field *fields; /* to be reverted together */
    size_t n;
};

/* An earlier explanation, held against this run. */
struct pl_fix {
    const char *connection;
    enum pl_fix_state state;
    const char *text;       /* one sentence: on what that rests */
    const char *run, *at;   /* that explained it first: id, start */
    const char *decided_at; /* start of the run that confirmed or refuted it; NULL: not yet */
    const char *failure;    /* fingerprint of how it failed */
    bool seen;              /* it was seen to fail, not only found by the model */
    const struct pl_fix_set *sets; /* any one, reverted, was said to open the path */
    size_t n_sets;
};

/* One earlier run, for a trend. */
struct pl_past_run {
    const char *id, *started_at, *verdict;
    int exit_status;
    int failing, drift, unknown; /* connections, fields, fields not compared */
};

/* Set in pl_run.past where a history was kept. */
struct pl_past {
    const char *series;      /* which runs are compared with each other */
    const char *previous;    /* id of the run before in the series; NULL: this is the first */
    const char *previous_at; /* its start */
    const struct pl_past_finding *findings; /* by kind, worst first, then by name */
    size_t n_findings;
    const struct pl_fix *fixes;
    size_t n_fixes;
    const struct pl_past_run *trend; /* oldest first, this run not in it */
    size_t n_trend;
};

/* What the past says of this drift or connection; NULL where nothing is known. */
const struct pl_past_finding *pl_past_find(const struct pl_past *past, enum pl_past_what what,
                                           const char *name, const char *id);
size_t pl_past_count(const struct pl_past *past, enum pl_past_state state);

#endif
