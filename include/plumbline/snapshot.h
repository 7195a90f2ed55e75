/* plumbline/snapshot.h [floor 2: src/model] - worlds to and from newline-delimited JSON (section 5 of the contract).
 *
 * A snapshot reads back and writes again byte for byte. Redaction happens on the way into a world (pl_redact), never on the way out.
 */
#ifndef PLUMBLINE_SNAPSHOT_H
#define PLUMBLINE_SNAPSHOT_H

#include "plumbline/buf.h"
#include "plumbline/world.h"

enum {
    PL_SNAPSHOT_MAX_BYTES = 1 << 30,
    PL_SNAPSHOT_MAX_LINE =
        4 << 20 /* an IAM policy, the largest body there is, has at most 250 KB */
};

/* Appends the snapshot's text: the header, a line a resource with its policy's line behind it, a line a gap ("*": of every kind);
 * each sorted by kind and name (scope). A policy without its resource is its line alone. */
void pl_snapshot_write(struct pl_buf *out, const struct pl_world *world);

/* A snapshot of any size: resources go out of memory as they come (plumbline/sorter.h). What is added twice counts as in a world: the last one. */
struct pl_snapshot_stream;
struct pl_snapshot_stream *pl_snapshot_stream_new(size_t memory); /* bytes that are held at once */
void pl_snapshot_stream_free(struct pl_snapshot_stream *stream);  /* NULL is fine */
/* Redacted already. `address` is complete; nothing need outlive the call. */
void pl_snapshot_stream_resource(struct pl_snapshot_stream *stream,
                                 const struct pl_address *address, const char *observed_at,
                                 const struct pl_value *body);
void pl_snapshot_stream_policy(struct pl_snapshot_stream *stream, const struct pl_address *address,
                               const struct pl_value *policy);
void pl_snapshot_stream_virtual(struct pl_snapshot_stream *stream, const struct pl_address *address,
                                const char *name, const struct pl_value *value);
size_t pl_snapshot_stream_count(const struct pl_snapshot_stream *stream); /* resources that came */
/* The text, piece by piece, as pl_file_write_pieces wants it; header and gaps are `world`'s, which has no resources. Once. */
void pl_snapshot_stream_end(struct pl_snapshot_stream *stream, const struct pl_world *world);
int pl_snapshot_stream_next(void *stream, const char **bytes, size_t *n, struct pl_err *err);

/* Reads one; `name` for messages ("FILE:3: ..."). Another major version, a line that is no JSON, a resource without name,
 * a resource or policy that is there twice and a header's `observed_at` that is no time are errors: NULL. Unknown members
 * are ignored. Lines of unknown kinds and of unknown sorts stay out of the world and are told with pl_log at INFO;
 * they are kept in world->foreign, so that pl_snapshot_write loses none. A header without "kinds" stands for every kind
 * that this program knows, one without "projects" for those of the resources' names. */
const struct pl_world *pl_snapshot_read(struct pl_arena *arena, const char *name, const char *text,
                                        size_t len, struct pl_err *err) PL_MUST_USE;

/* One from which only what a run needed was kept (needs.h): the rest is not known. `needs` as it was made for that run; what it kept
 * mentions more, as it did then. */
const struct pl_world *pl_snapshot_read_kept(struct pl_arena *arena, const char *name,
                                             const char *text, size_t len, struct pl_needs *needs,
                                             struct pl_err *err) PL_MUST_USE;

/* Secrets out of a body: fields flagged PL_F_SECRET, user info and secret query values in URLs, environment values whose name or look says
 * secret. What is taken out leaves pl_secret_mark with the store's key. */
const struct pl_value *pl_redact(struct pl_arena *arena, const struct pl_kind *kind,
                                 const struct pl_value *body, const unsigned char *key);
/* The same for one text with a name (an environment variable, a header); returns `text` itself where nothing is secret. */
const char *pl_redact_named(struct pl_arena *arena, const char *name, const char *text,
                            const unsigned char *key);

#endif
