/* explain_priv.h - the investigation: one case a connection, over one run's drift.
 *
 * status.c says what was seen, counterfactual.c searches the reverts, cascade.c folds failures to the deepest edge, verdict.c
 * chooses the verdict and gives reasons, remedy.c says how to undo a drift.
 */
#ifndef PLUMBLINE_EXPLAIN_PRIV_H
#define PLUMBLINE_EXPLAIN_PRIV_H

#include "plumbline/diff.h"
#include "plumbline/explain.h"
#include "plumbline/reach.h"

/* Drifts that are reverted together: one, or all of a re-created resource. */
struct pl_unit {
    const struct pl_drift **drifts;
    size_t n, cap;
    bool suspect; /* something that it changes was read on the way */
    bool
        effect; /* nothing but effects (fields that only the server writes): never reverted, never a cause */
};

/* A set of units by index, sorted; opens the path. */
struct pl_set {
    size_t units[PL_EXPLAIN_MAX_SET];
    size_t n;
    bool proven; /* nothing that remains can produce the symptom; else something unknown may */
};

enum { PL_CASE_MAX_RISKS = 8 };

struct pl_case {
    const struct pl_connection *connection;
    struct pl_conn_result *result;
    struct pl_view *view;             /* of the observed world, with what the path read of it */
    struct pl_reach observed;         /* on that; in the run's arena */
    enum pl_reach_predicts predicted; /* can the observed path produce the symptom? */
    struct pl_reach declared;         /* every drift reverted */
    enum pl_reach_predicts declared_predicts;
    /* Nothing blocks, but these hops, which pass, may show as the symptom, and would not as declared: what drift adds to the risk. A
     * set of reverts is then asked to take all of them away; it fits, and proves nothing. */
    const struct pl_cause *risks[PL_CASE_MAX_RISKS];
    size_t n_risks;
    struct pl_unit *units; /* all drift, as units of this case */
    size_t n_units;
    struct pl_set *sets;
    size_t n_sets, cap_sets;
    bool truncated;
    bool failing;     /* failing, degraded or blocked */
    bool own_open;    /* no hop of its own path blocks */
    bool can_cascade; /* its symptom is one that an upstream failure can produce */
    struct pl_proof_step *proof;
    size_t n_proof, cap_proof;
};

struct pl_inquiry {
    struct pl_arena *arena;
    const struct pl_explain_input *input;
    const struct pl_drift **drift; /* all of it, ignored too */
    size_t n_drift;
    struct pl_case *cases;
    size_t n_cases;
};

/* status.c: fills result->status, basis, symptom, seen_from, also, probe, note; and failing, can_cascade. Needs case->observed. */
void pl_case_status(struct pl_inquiry *q, struct pl_case *c);
/* counterfactual.c: makes the units, finds suspects, declared reach and the minimal sets. */
void pl_case_search(struct pl_inquiry *q, struct pl_case *c);
/* Is this a field that only the server writes? A state is never the cause of itself (section 4.3 of the method, 7). */
bool pl_case_is_effect(const struct pl_address *address, const struct pl_path *path);
/* declared.c: what the baseline expects of a field, or NULL; `declared`: it says something about it, if only by a matcher above it. Elements
 * of a list of objects are found by their keys: a list is compared as a subset. */
const struct pl_expect *pl_case_expectation(struct pl_inquiry *q, const struct pl_address *address,
                                            const struct pl_path *path, bool *declared);
/* Evaluates with these drifts reverted (or all but these), in a scratch arena. */
struct pl_trial {
    enum pl_reach_predicts predicts; /* for the case's symptom */
    bool blocked;                    /* any hop at all blocks */
    bool blocks_anew;                /* and one that does not, or not so, as declared */
    bool
        moves_doubt; /* a hop that may have caused the symptom is unknown in another way, or no more */
};
struct pl_trial pl_case_try(struct pl_inquiry *q, struct pl_case *c, const size_t *units, size_t n,
                            bool all_but);
/* cascade.c: the failing connections at the root of this one's failure, or none. */
size_t pl_case_roots(struct pl_inquiry *q, const struct pl_case *c, const struct pl_case **roots,
                     size_t max);
/* verdict.c: the explanation. */
void pl_case_conclude(struct pl_inquiry *q, struct pl_case *c);
void pl_case_prove(struct pl_inquiry *q, struct pl_case *c, const char *fmt, ...) PL_PRINTF(3, 4);

#endif
