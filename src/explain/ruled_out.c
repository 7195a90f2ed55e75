/* ruled_out.c - the drifts that are not the cause: masked behind it, ruled out with a reason, or left in doubt.
 *
 * Every drift is told of; verdict.c has chosen the verdict and named the causes before.
 */
#include <string.h>

#include "explain_priv.h"
#include "plumbline/net.h"

static bool is_cause(const struct pl_explanation *e, const struct pl_drift *d)
{
    for (size_t i = 0; i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++)
            if (e->causes[i].drifts[j] == d)
                return true;
    return false;
}

/* The hop that a drift's own revert takes away although it could not show as what was seen; or NULL. */
static const char *why_on_path(struct pl_inquiry *q, struct pl_case *c, size_t unit)
{
    struct pl_trial after = pl_case_try_alone(q, c, unit);
    if (c->observed.verdict == PL_REACH_BLOCKED && !after.blocked)
        return pl_arena_printf(q->arena, "it blocks the path, but cannot show as %s",
                               pl_case_seen(q, c));
    if (after.predicts == c->predicted || after.predicts == PL_PREDICTS_YES)
        return "on the path, but with it reverted alone the path still fails in the same way";
    return "on the path; what its revert would change is not known";
}

/* It cuts what is under way after a time, and what was seen came at another. */
static const char *why_time_rules_out(struct pl_inquiry *q, const struct pl_case *c, size_t unit)
{
    struct pl_symptom any_time = c->result->symptom;
    any_time.after_ms = -1;
    for (size_t i = 0; i < c->observed.n_hops; i++) {
        const struct pl_hop *h = &c->observed.hops[i];
        if (h->at_ms > 0 && h->field && pl_hop_predicts(h, &c->result->symptom) == 0 &&
            pl_hop_predicts(h, &any_time) > 0 &&
            strcmp(h->field, q->units[unit].drifts[0]->field_full) == 0)
            return pl_arena_printf(
                q->arena, "%s; this was after %s", h->text,
                pl_duration_format(q->arena, c->result->symptom.after_ms * 1000000));
    }
    return NULL;
}

static const char off_path[] = "nothing on this path depends on it";

static const char *why_ruled_out(struct pl_inquiry *q, struct pl_case *c, size_t unit,
                                 const struct pl_explanation *e)
{
    if (!pl_bits_has(c->suspects, unit))
        return off_path;
    if (q->units[unit].effect)
        return "an effect: only the server writes it, so it is never the cause of itself";
    const char *late = pl_case_why_late(c, q->units[unit].drifts[0]);
    if (late && pl_bits_has(c->late, unit))
        return late;
    const char *time = why_time_rules_out(q, c, unit);
    if (time)
        return time;
    switch (e->verdict) {
    case PL_EXPLAIN_UNEXPLAINED:
        return "on the path, and with it as it is the model finds the path open";
    case PL_EXPLAIN_CASCADE:
        return "on the path, which is open as it is: the failure comes from upstream";
    case PL_EXPLAIN_UNKNOWN:
        return "on the path; too little was observed to say more";
    case PL_EXPLAIN_NONE:
    case PL_EXPLAIN_EXPLAINED:
    case PL_EXPLAIN_CONSISTENT:
    case PL_EXPLAIN_UNDECLARED:
    case PL_EXPLAIN_DECLARED_ALSO_FAILS:
    case PL_EXPLAIN_CONTRADICTED:
        break;
    }
    return why_on_path(q, c, unit);
}

/* Drift that alone, on the declared world, would block: it will be met once the cause is mended. */
bool pl_case_is_masked(struct pl_inquiry *q, struct pl_case *c, size_t unit)
{
    return pl_bits_has(c->suspects, unit) && !q->units[unit].effect &&
           pl_case_try_without(q, c, unit).blocks_anew;
}

/* What is neither named nor ruled out: drift by which a hop is not known that may have caused this. */
static bool is_in_doubt(struct pl_inquiry *q, struct pl_case *c, size_t unit,
                        const struct pl_explanation *e)
{
    return e->verdict == PL_EXPLAIN_UNKNOWN && pl_bits_has(c->suspects, unit) &&
           !q->units[unit].effect && pl_case_try_alone(q, c, unit).moves_doubt;
}

/* Is the unit a cause? Then what it brings along and is not of this path is ruled out. */
static bool told_beside(struct pl_inquiry *q, const struct pl_case *c, size_t unit,
                        struct pl_explanation *e, struct pl_ruled_out **out, size_t *cap)
{
    const struct pl_unit *u = &q->units[unit];
    bool cause = false;
    for (size_t j = 0; j < u->n; j++)
        cause = cause || is_cause(e, u->drifts[j]);
    for (size_t j = 0; cause && j < u->n; j++)
        if (!pl_case_has_drift(q, c, unit, j))
            PL_PUSH(q->arena, *out, e->n_ruled_out, *cap,
                    ((struct pl_ruled_out){.drift = u->drifts[j], .why = off_path}));
    return cause;
}

void pl_case_sort_out(struct pl_inquiry *q, struct pl_case *c, struct pl_explanation *e)
{
    const struct pl_drift **masked = NULL;
    struct pl_ruled_out *out = NULL;
    size_t masked_cap = 0, out_cap = 0;
    bool look_for_masked =
        e->verdict == PL_EXPLAIN_EXPLAINED || e->verdict == PL_EXPLAIN_CONSISTENT ||
        e->verdict == PL_EXPLAIN_CONTRADICTED || e->verdict == PL_EXPLAIN_UNDECLARED ||
        e->verdict == PL_EXPLAIN_DECLARED_ALSO_FAILS;
    /* More than three drifts do it together: each is part of today's cause, and none waits behind it. */
    bool jointly = e->verdict == PL_EXPLAIN_CONSISTENT && e->n_causes == 0;
    for (size_t i = 0; i < q->n_units; i++) {
        const struct pl_unit *u = &q->units[i];
        if (told_beside(q, c, i, e, &out, &out_cap))
            continue;
        bool hidden = look_for_masked && pl_case_is_masked(q, c, i);
        if ((hidden && jointly) || is_in_doubt(q, c, i, e))
            continue;
        bool late = pl_bits_has(c->late, i); /* not then, but now: both are said */
        const char *why = hidden && !late ? NULL : why_ruled_out(q, c, i, e);
        for (size_t j = 0; j < u->n; j++) {
            const char *here = pl_case_has_drift(q, c, i, j) ? why : off_path;
            if (hidden && here != off_path)
                PL_PUSH(q->arena, masked, e->n_masked, masked_cap, u->drifts[j]);
            if (here)
                PL_PUSH(q->arena, out, e->n_ruled_out, out_cap,
                        ((struct pl_ruled_out){.drift = u->drifts[j], .why = here}));
        }
    }
    e->masked = masked;
    e->ruled_out = out;
}
