/* plumbline/sorter.h [floor 1: src/io] - any number of records in the order of their keys, with memory for a part of them.
 *
 * What does not fit goes, sorted, into temporary files (spool.h), which are merged as they are read.
 */
#ifndef PLUMBLINE_SORTER_H
#define PLUMBLINE_SORTER_H

#include <stddef.h>

#include "plumbline/err.h"

struct pl_sorter;

/* `memory`: bytes of records that are held at once. */
struct pl_sorter *pl_sorter_new(size_t memory);
void pl_sorter_free(struct pl_sorter *sorter); /* NULL is fine */
/* Not once reading has begun. */
void pl_sorter_add(struct pl_sorter *sorter, const char *key, size_t key_len, const char *record,
                   size_t len);

struct pl_sorted {
    const char *key, *record; /* good until the next call */
    size_t key_len, len;
};

/* By the bytes of the key (a beginning before the whole); equal keys as they were added. 1; 0 after the last; -1 and err where a temporary file
 * cannot be read back. */
int pl_sorter_next(struct pl_sorter *sorter, struct pl_sorted *out, struct pl_err *err) PL_MUST_USE;
/* The next one is the first again. */
void pl_sorter_rewind(struct pl_sorter *sorter);

#endif
