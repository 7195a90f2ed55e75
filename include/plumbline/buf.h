/* plumbline/buf.h [floor 0: src/base] - a byte buffer that grows, always NUL-terminated.
 *
 * Zero-initialised is empty. The owner calls pl_buf_free.
 */
#ifndef PLUMBLINE_BUF_H
#define PLUMBLINE_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "plumbline/arena.h"
#include "plumbline/err.h"

struct pl_buf {
    char *data; /* NULL while nothing was added */
    size_t len; /* bytes, without the NUL */
    size_t cap;
};

void pl_buf_add(struct pl_buf *buf, const void *bytes, size_t len);
void pl_buf_adds(struct pl_buf *buf, const char *s);
void pl_buf_addc(struct pl_buf *buf, char c);
/* In decimal digits. */
void pl_buf_addi(struct pl_buf *buf, int64_t i);
void pl_buf_addf(struct pl_buf *buf, const char *fmt, ...) PL_PRINTF(2, 3);
/* `len` more bytes, to be filled in by whoever asks; the place of the first. */
char *pl_buf_room(struct pl_buf *buf, size_t len);
/* The text as a terminal may show it: what it would obey (controls, marks of writing direction) and
 * broken UTF-8 as "\n", "\x1b", ... */
void pl_buf_add_visible(struct pl_buf *buf, const char *s, size_t len);
/* The text so far, "" where empty; borrowed until the next add. */
const char *pl_buf_str(const struct pl_buf *buf);
/* Empties, keeps the memory. */
void pl_buf_clear(struct pl_buf *buf);
void pl_buf_free(struct pl_buf *buf);
/* Moves the text into the arena and empties the buffer; a long one is not copied. */
char *pl_buf_take(struct pl_buf *buf, struct pl_arena *arena);

#endif
