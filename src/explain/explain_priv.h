/* explain_priv.h - the investigation: one case a connection, over one run's drift.
 *
 * status.c says what was seen, units.c lays reverts over the observed world, touch.c says which of them an evaluation hangs on, counterfactual.c
 * searches among those, cascade.c folds failures to the deepest edge, verdict.c chooses the verdict and gives reasons.
 */
#ifndef PLUMBLINE_EXPLAIN_PRIV_H
#define PLUMBLINE_EXPLAIN_PRIV_H

#include <stdint.h>

#include "plumbline/diff.h"
#include "plumbline/explain.h"
#include "plumbline/map.h"
#include "plumbline/reach.h"

/* Drifts that are reverted together: one, or all of a re-created resource. */
struct pl_unit {
    const struct pl_drift **drifts;
    size_t *indexes; /* of the inquiry's drift */
    size_t n, cap;
    bool
        effect; /* nothing but effects (fields that only the server writes): never reverted, never a cause */
};

/* A set of units, of an inquiry's n_words words. */
typedef uint64_t pl_bits;
enum { PL_BITS_WORD = 64 };

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
    struct pl_reach observed;
    enum pl_reach_predicts predicted; /* can the observed path produce the symptom? */
    struct pl_reach declared;         /* every drift reverted */
    enum pl_reach_predicts declared_predicts;
    /* Nothing blocks, but these hops, which pass, may show as the symptom, and would not as declared: what drift adds to the risk. A
     * set of reverts is then asked to take all of them away; it fits, and proves nothing. */
    const struct pl_cause *risks[PL_CASE_MAX_RISKS];
    size_t n_risks;
    pl_bits *suspects;        /* what they change was read on the way */
    pl_bits *observed_counts; /* the observed path hangs on these, */
    pl_bits *declared_counts; /* the declared one on these; NULL: it was not asked */
    pl_bits *passes;          /* the observed path reads their resource, by whatever field */
    pl_bits *drifts; /* by drift: those at a resource that was read, whatever is reverted */
    pl_bits *late;   /* came after the failure was last seen */
    struct pl_timing *timings;
    size_t n_timings, cap_timings;
    bool by_late;            /* a set does without what came later */
    bool too_late;           /* what blocks the path came later, and without it the path was open */
    struct pl_trial **alone; /* by unit: what was tried, or NULL */
    struct pl_set *sets;
    size_t n_sets, cap_sets;
    bool truncated;
    bool failing;     /* failing, degraded or blocked */
    bool own_open;    /* no hop of its own path blocks */
    bool can_cascade; /* its symptom is one that an upstream failure can produce */
    struct pl_proof_step *proof;
    size_t n_proof, cap_proof;
};

struct pl_touch_index; /* private to touch.c */

struct pl_inquiry {
    struct pl_arena *arena;
    const struct pl_explain_input *input;
    const struct pl_drift **drift; /* all of it, ignored too */
    size_t n_drift;
    struct pl_unit *units; /* the same, as units */
    size_t n_units, n_words;
    struct pl_view
        *view; /* of the observed world: all others lie over it, and share what is prepared */
    struct pl_view *reverted;          /* every unit */
    struct pl_view **alone, **without; /* by unit, once they are wanted */
    size_t n_without;
    struct pl_touch_index *touch_index;
    struct pl_map declared; /* full address -> struct pl_declared */
    struct pl_case *cases;
    size_t n_cases;
};

/* status.c: fills result->status, basis, symptom, seen_from, also, probe, note; and failing, can_cascade. Needs case->observed. */
void pl_case_status(struct pl_inquiry *q, struct pl_case *c);
/* explain.c: sets of units. */
pl_bits *pl_bits_new(const struct pl_inquiry *q, struct pl_arena *arena);
void pl_bits_set(pl_bits *bits, size_t i);
bool pl_bits_has(const pl_bits *bits, size_t i);
/* units.c: makes the units; views with some of them reverted, of which nothing was read yet. Those of the inquiry's arena are not to be changed. */
void pl_units_make(struct pl_inquiry *q);
struct pl_view *pl_units_reverted(struct pl_inquiry *q, struct pl_arena *arena,
                                  const pl_bits *chosen);
struct pl_view *pl_units_alone(struct pl_inquiry *q, size_t unit);
struct pl_view *pl_units_without(struct pl_inquiry *q, struct pl_arena *arena, size_t unit);
/* touch.c: adds the units that the readings `from` to `to` of an evaluation hang on, in three degrees; NULL: not wanted. */
struct pl_touched {
    pl_bits *read, *counts, *turns;
    pl_bits *passes; /* units with drift at a resource that was read by itself */
    pl_bits *drifts; /* by drift: those at such a resource */
};
void pl_touch_make(struct pl_inquiry *q);
void pl_touch(struct pl_inquiry *q, const struct pl_view *view, size_t from, size_t to,
              struct pl_touched touched);
/* counterfactual.c: finds suspects, declared reach and the minimal sets. `view`: the observed path was evaluated on it. */
void pl_case_search(struct pl_inquiry *q, struct pl_case *c, const struct pl_view *view,
                    const struct pl_reach *reach);
/* Is this a field that only the server writes? A state is never the cause of itself (section 4.3 of the method, 7). */
bool pl_case_is_effect(const struct pl_address *address, const struct pl_path *path);
/* declared.c: what the baseline expects of a field, or NULL; `declared`: it says something about it, if only by a matcher above it. Elements
 * of a list of objects are found by their keys: a list is compared as a subset. */
const struct pl_expect *pl_case_expectation(struct pl_inquiry *q, const struct pl_address *address,
                                            const struct pl_path *path, bool *declared);
/* What becomes of the path with a unit reverted, or with all but that unit. */
struct pl_trial {
    enum pl_reach_predicts predicts; /* for the case's symptom */
    bool blocked;                    /* any hop at all blocks */
    bool blocks_anew;                /* and one that does not, or not so, as declared */
    bool
        moves_doubt; /* a hop that may have caused the symptom is unknown in another way, or no more */
};
struct pl_trial pl_case_try_alone(struct pl_inquiry *q, struct pl_case *c, size_t unit);
struct pl_trial pl_case_try_without(struct pl_inquiry *q, struct pl_case *c, size_t unit);
/* Drops sets that hold a smaller one, and those that are there twice. */
void pl_case_keep_minimal(struct pl_case *c);
/* times.c: takes out of the sets what came after the failure was seen, sorts them by what came last before it. Why a drift came too late; or NULL. */
void pl_case_weigh_times(struct pl_inquiry *q, struct pl_case *c);
const char *pl_case_why_late(const struct pl_case *c, const struct pl_drift *d);
/* blast.c: who depends on a drift; made once the cases were looked at. Fills drift->affects and ->services. */
struct pl_blast;
struct pl_blast *pl_blast_make(struct pl_inquiry *q);
void pl_blast_tell(struct pl_inquiry *q, const struct pl_blast *blast, size_t unit,
                   struct pl_drift *d);
/* cascade.c: the failing connections at the root of this one's failure, or none. */
size_t pl_case_roots(struct pl_inquiry *q, const struct pl_case *c, const struct pl_case **roots,
                     size_t max);
/* blockers.c: hops that stand in the way, of which an explanation tells. */
enum pl_which_blocks { ALL_BLOCKS, THAT_FIT, THAT_FIT_AND_ARE_UNDECLARED };
void pl_case_blockers(struct pl_inquiry *q, const struct pl_case *c, const struct pl_reach *reach,
                      enum pl_which_blocks which, struct pl_explanation *e);
/* A hop that stands in the way; where nothing does, one that drift made a risk. */
bool pl_case_speaks(const struct pl_case *c, const struct pl_hop *h);
/* Does the baseline say anything about this field, or about a resource as a whole? */
bool pl_case_is_declared(struct pl_inquiry *q, const char *field_full);
/* Does anything that nobody declared block the declared path? Or declared states alone, which nobody can put back? */
bool pl_case_any_undeclared(struct pl_inquiry *q, const struct pl_case *c);
bool pl_case_only_effects(struct pl_inquiry *q, const struct pl_case *c);
/* ruled_out.c: what is said of every drift that is not a cause. */
void pl_case_sort_out(struct pl_inquiry *q, struct pl_case *c, struct pl_explanation *e);
/* What is reverted together with a resource that was made anew may be of others' paths: who else was told its address. Only what lies at a resource that
 * this path reads is named here. */
bool pl_case_has_drift(const struct pl_inquiry *q, const struct pl_case *c, size_t unit, size_t j);
/* Drift that alone, on the declared world, would block: it will be met once the cause is mended. */
bool pl_case_is_masked(struct pl_inquiry *q, struct pl_case *c, size_t unit);
/* verdict.c: the explanation. */
const char *pl_case_seen(struct pl_inquiry *q, const struct pl_case *c);
void pl_case_conclude(struct pl_inquiry *q, struct pl_case *c);
void pl_case_prove(struct pl_inquiry *q, struct pl_case *c, const char *fmt, ...) PL_PRINTF(3, 4);

#endif
