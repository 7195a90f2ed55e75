/* plumbline/diff.h [floor 3: src/diff] - the declared world against the observed one, field by field.
 *
 * Pure: reads a view and a baseline, returns drift with the revert that would undo it. Ignore rules are applied here, counted
 * and told. The same engine compares two worlds (`audit --against SNAPSHOT`).
 */
#ifndef PLUMBLINE_DIFF_H
#define PLUMBLINE_DIFF_H

#include "plumbline/finding.h"

struct pl_diff {
    struct pl_coverage coverage;
    struct pl_drift **drift; /* mutable: explain and severity fill in later; sorted by full field */
    size_t n_drift;
    const struct pl_ignored *ignored;
    size_t n_ignored;
    const struct pl_unknown *unknown;
    size_t n_unknown;
    const struct pl_rule_finding *rules;
    size_t n_rules;
};

/* `now_ns` decides which ignore rules have expired. Result and strings live in the arena. */
struct pl_diff *pl_diff_baseline(struct pl_arena *arena, struct pl_view *observed, const struct pl_baseline *baseline, int64_t now_ns);

/* Everything that differs between a last good world and the observed one; volatile and output-only fields are left out
 * unless a state changed from serving to not serving. coverage counts the old world's leaves. */
struct pl_diff *pl_diff_worlds(struct pl_arena *arena, struct pl_view *observed, struct pl_view *good,
                               const struct pl_baseline *ignore_from, int64_t now_ns);

/* Lays a drift's revert over a view. */
void pl_diff_revert(struct pl_view *view, const struct pl_drift *drift);

#endif
