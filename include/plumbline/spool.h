/* plumbline/spool.h [floor 1: src/io] - records put aside in a temporary file that has no name, so that they cost no memory.
 *
 * The file is the user's alone (0600), lies in $TMPDIR, else /tmp, and is gone with the process. Where none can be had, or the disk
 * is full, the records stay in memory: more memory, the same answer.
 */
#ifndef PLUMBLINE_SPOOL_H
#define PLUMBLINE_SPOOL_H

#include <stddef.h>

#include "plumbline/err.h"

struct pl_spool;

struct pl_spool *pl_spool_new(void);
void pl_spool_free(struct pl_spool *spool); /* NULL is fine */
void pl_spool_add(struct pl_spool *spool, const char *record, size_t len);

/* Reads from the first record on; records may be added again afterwards. */
void pl_spool_rewind(struct pl_spool *spool);
/* The next record, NUL-terminated, good until the next call: 1; 0 after the last; -1 and err where the file cannot be read back. */
int pl_spool_next(struct pl_spool *spool, const char **record, size_t *len,
                  struct pl_err *err) PL_MUST_USE;

#endif
