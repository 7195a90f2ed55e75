/* snapshot_priv.h - the lines of a snapshot, for whoever writes them: a whole world (snapshot_write.c) or one that is not in memory
 * (snapshot_stream.c). */
#ifndef SNAPSHOT_PRIV_H
#define SNAPSHOT_PRIV_H

#include "plumbline/snapshot.h"

struct snapshot_who {
    const char *kind, *name, *observed_at; /* the last may be NULL */
};

/* `lines`: how many follow. */
void snapshot_write_header(struct pl_buf *out, const struct pl_world *world, size_t lines);
void snapshot_write_body(struct pl_buf *out, const struct snapshot_who *who, const char *json);
void snapshot_write_policy(struct pl_buf *out, const struct snapshot_who *who, const char *json);
void snapshot_write_gap(struct pl_buf *out, const struct pl_unobserved *gap);

#endif
