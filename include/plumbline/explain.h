/* plumbline/explain.h [floor 4: src/explain] - which drift explains each failure, proven by counterfactual on the path model.
 *
 * For each failing connection: evaluate on the observed world, on the declared-over-observed world, compare with the symptom, revert
 * suspects alone and in growing sets, fold cascades to the deepest failing edge. Pure; decides nothing about exit status.
 */
#ifndef PLUMBLINE_EXPLAIN_H
#define PLUMBLINE_EXPLAIN_H

#include "plumbline/finding.h"

struct pl_explain_input {
    const struct pl_world *observed;
    const struct pl_baseline *baseline; /* connections, wiring; never NULL (may be empty) */
    struct pl_drift *const *drift;      /* mutable: `explains` and `severity` are filled in */
    size_t n_drift;
    const struct pl_ignored *ignored; /* ignored drift is still a suspect: it is what differs */
    size_t n_ignored;
    const struct pl_symptom *symptoms; /* from files */
    size_t n_symptoms;
    const struct pl_probe_result *probes; /* of this run, one a connection at most */
    size_t n_probes;
    bool against; /* the drift is what changed since a last good state: all of that is declared */
    const char *vantage;                      /* NULL: here; "any"; or an address text */
    const struct pl_connection *const *extra; /* connections beyond the baseline's (ad hoc) */
    size_t n_extra;
};

enum { PL_EXPLAIN_MAX_SET = 3, PL_EXPLAIN_MAX_SETS = 32 };

/* The fields that tell when a resource, or anything of it, came to be as it is: orders drift by time where no audit log does. NULL-terminated. */
extern const char *const pl_explain_times[];

/* One result a connection, in baseline order, the extra ones behind. In `arena`. */
struct pl_conn_result *pl_explain(struct pl_arena *arena, const struct pl_explain_input *input,
                                  size_t *n);

#endif
