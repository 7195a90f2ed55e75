/* inquiry.h - one run of the explanation for a test: baseline, edits of the base world, symptoms; and the account as one line of text.
 *
 * Drift is found by the real comparison, so that a revert is the real one.
 */
#ifndef PLUMBLINE_TEST_EXPLAIN_INQUIRY_H
#define PLUMBLINE_TEST_EXPLAIN_INQUIRY_H

#include "../reach/worlds.h"
#include "plumbline/diff.h"
#include "plumbline/explain.h"

/* Lines of a symptoms file; connection `c` where none is said. */
#define SEEN(symptom) "{\"connection\":\"c\",\"symptom\":\"" symptom "\"}\n"
#define SEEN_CODE(name, symptom, code)                                                             \
    "{\"connection\":\"" name "\",\"symptom\":\"" symptom "\",\"code\":" #code "}\n"

struct inquiry {
    struct pl_diff *diff;
    struct pl_conn_result *results;
    size_t n;
};

static inline struct inquiry inquire_with(struct pl_arena *arena, const char *yaml,
                                          const char *const *edits, const char *symptoms,
                                          const struct pl_probe_result *probes, size_t n_probes,
                                          const struct pl_baseline *baseline, const char *vantage)
{
    struct inquiry q = {0};
    struct pl_err err = {0};
    const struct pl_baseline *b = baseline ? baseline : baseline_of(arena, yaml ? yaml : "");
    const struct pl_world *world = world_with(arena, edits);
    struct pl_explain_input input = {.observed = world,
                                     .baseline = b,
                                     .probes = probes,
                                     .n_probes = n_probes,
                                     .vantage = vantage};
    q.diff = pl_diff_baseline(arena, pl_view_new(arena, world), b, 0);
    input.drift = q.diff->drift;
    input.n_drift = q.diff->n_drift;
    input.ignored = q.diff->ignored;
    input.n_ignored = q.diff->n_ignored;
    if (symptoms && pl_symptoms_read(arena, "symptoms", symptoms, strlen(symptoms), &input.symptoms,
                                     &input.n_symptoms, &err) < 0)
        fail_msg("%s", err.text);
    q.results = pl_explain(arena, &input, &q.n);
    return q;
}

static inline struct inquiry inquire(struct pl_arena *arena, const char *yaml,
                                     const char *const *edits, const char *symptoms)
{
    return inquire_with(arena, yaml, edits, symptoms, NULL, 0, NULL, NULL);
}

static inline const struct pl_conn_result *result_of(const struct inquiry *q, const char *name)
{
    for (size_t i = 0; i < q->n; i++)
        if (strcmp(q->results[i].connection->name, name) == 0)
            return &q->results[i];
    fail_msg("no connection %s", name);
    return NULL;
}

/* "failing explained [a + b] [c] masked d blockers X upstream u": what is not there is left out. */
static inline const char *account(struct pl_arena *arena, const struct pl_conn_result *r)
{
    const struct pl_explanation *e = &r->explanation;
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%s", pl_conn_status_names[r->status]);
    if (e->verdict != PL_EXPLAIN_NONE)
        pl_buf_addf(&b, " %s", pl_explain_verdict_names[e->verdict]);
    for (size_t i = 0; i < e->n_causes; i++) {
        for (size_t j = 0; j < e->causes[i].n; j++)
            pl_buf_addf(&b, "%s%s", j ? " + " : " [", e->causes[i].drifts[j]->field);
        pl_buf_adds(&b, "]");
    }
    for (size_t i = 0; i < e->n_masked; i++)
        pl_buf_addf(&b, "%s%s", i ? ", " : " masked ", e->masked[i]->field);
    for (size_t i = 0; i < e->n_blockers; i++)
        pl_buf_addf(&b, "%s%s", i ? ", " : " blockers ", e->blockers[i].cause->name);
    for (size_t i = 0; i < e->n_upstream; i++)
        pl_buf_addf(&b, "%s%s", i ? ", " : " upstream ", e->upstream[i]);
    if (e->truncated)
        pl_buf_adds(&b, " truncated");
    return pl_buf_take(&b, arena);
}

static inline const char *why_not(const struct pl_conn_result *r, const char *field)
{
    for (size_t i = 0; i < r->explanation.n_ruled_out; i++)
        if (strcmp(r->explanation.ruled_out[i].drift->field, field) == 0)
            return r->explanation.ruled_out[i].why;
    return NULL;
}

#endif
