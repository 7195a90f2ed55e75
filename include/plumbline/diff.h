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

/* `now_ns` decides which ignore rules have expired. Result and strings live in the arena.
 *
 * One drift a declared field that differs: a scalar, a matcher, a list without names as one; a declared element or resource that is not
 * there is one `missing` drift that covers its fields. `unexpected` is what is there and is declared `!absent` (it counts as a declared
 * field), and what nobody declared where `!only` says so (it counts nowhere). An absent field counts, and is shown, as its default where
 * the kind's rows know one. What a redaction took away, a mask left out or a gap hides is in `unknown`; so is, with no leaves, the listing
 * of an `!only` kind that is not whole. The API of a missing resource may be off: then it is missing, not unknown. */
struct pl_diff *pl_diff_baseline(struct pl_arena *arena, struct pl_view *observed,
                                 const struct pl_baseline *baseline, int64_t now_ns);

/* Everything that differs between a last good world and the observed one; volatile and output-only fields are left out
 * unless a state changed from serving to not serving. coverage counts the old world's leaves. */
struct pl_diff *pl_diff_worlds(struct pl_arena *arena, struct pl_view *observed,
                               struct pl_view *good, const struct pl_baseline *ignore_from,
                               int64_t now_ns);

/* Lays a drift's revert over a view: a field set or removed, an element or a resource put back or taken out. A resource that is put back has
 * its declared fields, its name, and what its kind's rows say of absent ones; the rest of it is not known. Declared texts (`${...}`) that
 * held what the field holds follow it. The order of several reverts means nothing. The drift must outlive the view. */
void pl_diff_revert(struct pl_view *view, const struct pl_drift *drift);

/* Every place that the drift's revert may change, whatever else is reverted: its own first. A root path is the whole resource. */
struct pl_place {
    const struct pl_address *address;
    const struct pl_path *path;
};
const struct pl_place *pl_diff_places(struct pl_arena *arena, const struct pl_drift *drift,
                                      size_t *n);
/* Lays over a view what is true of all these places with the drift reverted and without: fields are not known; a resource that a revert puts back
 * stands there, or, where what it would hold depends on others, is not known to; one that a revert takes away stays. */
void pl_diff_blur(struct pl_view *view, const struct pl_drift *drift);

#endif
