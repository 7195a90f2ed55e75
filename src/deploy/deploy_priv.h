/* deploy_priv.h - the readers of candidates: candidate.c chooses one, candidate_run.c reads Cloud Run services,
 * candidate_plan.c Terraform's plans. */
#ifndef PLUMBLINE_DEPLOY_PRIV_H
#define PLUMBLINE_DEPLOY_PRIV_H

#include "plumbline/candidate.h"
#include "plumbline/yaml.h"

struct pl_reading_candidate {
    struct pl_arena *arena;
    const struct pl_candidate_input *input;
    const struct pl_world *world;
    struct pl_candidate *out;
};

void pl_candidate_add(struct pl_reading_candidate *r, enum pl_candidate_action action,
                      const struct pl_address *address, const struct pl_value *body);
/* The resource as observed, earlier candidates laid over it; NULL: none is. */
const struct pl_value *pl_candidate_before(const struct pl_reading_candidate *r,
                                           const struct pl_address *address);

/* candidate_run.c: a service, from the file's root node. */
int pl_candidate_run(struct pl_reading_candidate *r, const struct pl_yaml_node *root,
                     struct pl_err *err);

/* Does only the server write this member of a body? */
bool pl_candidate_is_servers(const struct pl_kind *kind, const char *key);
/* A service whose template changed: what its last deploy came to is forgotten, and there is a new revision. */
const struct pl_value *pl_candidate_redeployed(struct pl_arena *arena,
                                               const struct pl_address *address,
                                               const struct pl_value *body);

/* candidate_plan.c: `terraform show -json PLAN`. */
bool pl_candidate_is_plan(const struct pl_candidate_input *input);
int pl_candidate_plan(struct pl_reading_candidate *r, struct pl_err *err);
void pl_candidate_note(struct pl_reading_candidate *r, const char *text);

#endif
