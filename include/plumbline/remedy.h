/* plumbline/remedy.h [floor 4: src/remedy] - how each drift is undone: commands, what to look at before and behind, risk, the way back, and their order.
 *
 * Pure: reads the observed world and the drift, writes the drift's `remedies`. Nothing is run. A command is there only where gcloud has
 * one that does exactly this; else a sentence says so. Facts and their pages: docs/remediation.md.
 */
#ifndef PLUMBLINE_REMEDY_H
#define PLUMBLINE_REMEDY_H

#include "plumbline/finding.h"

/* Fills in `remedies` of each drift, at least one each; `observed` is the world that they were found in. Options of gcloud that replace a
 * whole list name what all drift of that list asks for, so that the same command stands with each of them. */
void pl_remediate(struct pl_arena *arena, const struct pl_world *observed,
                  struct pl_drift *const *drift, size_t n);

/* A read-only command that shows what stands at a field, for what no drift explains; NULL: none is known. In the arena. */
const char *pl_remedy_look(struct pl_arena *arena, const struct pl_address *address,
                           const struct pl_path *path);

/* The fields of a resource that its commands may be filled from, beside the one that drifted: what is deleted and made again is made with all that
 * it has. Paths as in struct pl_reads, NULL-terminated, in the arena. */
const char *const *pl_remedy_reads(struct pl_arena *arena, const char *kind);

#endif
