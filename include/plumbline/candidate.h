/* plumbline/candidate.h [floor 3: src/deploy] - what a deploy would change, read from its own files and laid over what is observed.
 *
 * A Cloud Run service (Knative v1, or the Admin API's v2 body; YAML or JSON), or Terraform's plan (`terraform show -json PLAN`). What nobody can know before it is applied is PL_UNKNOWN;
 * secrets are redacted on the way in.
 */
#ifndef PLUMBLINE_CANDIDATE_H
#define PLUMBLINE_CANDIDATE_H

#include "plumbline/world.h"

enum { PL_CANDIDATE_MAX_BYTES = 64 << 20 };

enum pl_candidate_action {
    PL_CANDIDATE_CREATE,
    PL_CANDIDATE_UPDATE,
    PL_CANDIDATE_REPLACE, /* deleted and created again */
    PL_CANDIDATE_DELETE
};
extern const char *const pl_candidate_action_names[];

struct pl_candidate_change {
    enum pl_candidate_action action;
    struct pl_address address;   /* complete */
    const char *source;          /* "service.yaml" */
    const struct pl_value *body; /* as it would be, all of it; NULL: deleted */
};

struct pl_candidate {
    struct pl_candidate_change *changes;
    size_t n, cap;
    const char **notes; /* what of the files was not taken, and why: a sentence each */
    size_t n_notes, cap_notes;
    size_t left_out; /* changes of ours that could not be laid: nobody can say what they do */
};

struct pl_candidate_input {
    const char *name, *text; /* name: for messages */
    size_t len;
    const char *project, *location; /* where the file says none; NULL: as observed */
    const unsigned char
        *redaction_key; /* that of the world, so that equal secrets stay equal; or NULL */
};

/* Reads one file and adds what it would change of this world, earlier candidates laid over it. -1 and err with file, line and column. */
int pl_candidate_read(struct pl_arena *arena, const struct pl_candidate_input *input,
                      const struct pl_world *world, struct pl_candidate *candidate,
                      struct pl_err *err) PL_MUST_USE;

/* The world as it would be. */
const struct pl_world *pl_candidate_apply(struct pl_arena *arena, const struct pl_world *world,
                                          const struct pl_candidate *candidate);

#endif
