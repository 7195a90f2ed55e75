/* auth_step_priv.h - what auth_step.c (an exchange on the way to a token) and auth_refusal.c (why none came) share.
 */
#ifndef PLUMBLINE_AUTH_STEP_PRIV_H
#define PLUMBLINE_AUTH_STEP_PRIV_H

#include "gcp_priv.h"

/* ---- auth_step.c: the step that is under way ---- */

bool pl_gcp_step_is_metadata(const struct pl_gcp_auth *auth);
/* The account that it gives a token of. */
const struct pl_gcp_hop *pl_gcp_step_hop(const struct pl_gcp_auth *auth);
const char *pl_gcp_step_endpoint(const struct pl_gcp_auth *auth);
const struct pl_value *pl_gcp_step_body(struct pl_gcp_auth *auth,
                                        const struct pl_http_reply *reply);

/* ---- auth_refusal.c: sets auth->err ---- */

void pl_gcp_step_refused(struct pl_gcp_auth *auth, const struct pl_http_reply *reply,
                         struct pl_gcp_failure *failure);
void pl_gcp_step_unreachable(struct pl_gcp_auth *auth, const struct pl_http_reply *reply);

#endif
