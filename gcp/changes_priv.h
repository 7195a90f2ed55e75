/* changes_priv.h - what a request of an audit log tells of a drift (change_request.c), for changes.c. `method` is the entry's methodName, `request` its
 * body or NULL.
 */
#ifndef PLUMBLINE_CHANGES_PRIV_H
#define PLUMBLINE_CHANGES_PRIV_H

#include "gcp_priv.h"

/* Does it make or delete resources? */
bool pl_request_makes(const char *method);
bool pl_request_deletes(const char *method);
/* Did this change the field? A patch says which it changes; what puts a whole resource may have changed any. */
bool pl_request_touches(const struct pl_drift *d, const char *method,
                        const struct pl_value *request);
/* Did it set the field, where `touches` says that it may have? */
bool pl_request_names_field(struct pl_arena *arena, const struct pl_drift *d, const char *method,
                            const struct pl_value *request);
/* Has it the field as it is declared? */
bool pl_request_is_as_declared(const struct pl_drift *d, const struct pl_value *request);

#endif
