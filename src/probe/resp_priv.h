/* resp_priv.h - the replies of Redis and Valkey, for probe_redis.c.
 */
#ifndef PROBE_RESP_PRIV_H
#define PROBE_RESP_PRIV_H

#include "probe_priv.h"

/* The length of the whole reply that `text` begins with; 0: more is needed, -1: this is no RESP2, or larger than accepted. */
long pl_resp_length(const char *text, size_t n);
/* The text of a bulk string, or of the first one in an array; "" where there is none, or it is longer than a role's name. */
const char *pl_resp_word(struct pl_arena *arena, const char *text, size_t n);
/* The value of `key` in what INFO and CLUSTER INFO answer ("key:value" lines); NULL where it is not there. */
const char *pl_resp_field(struct pl_arena *arena, const char *text, size_t n, const char *key);

#endif
