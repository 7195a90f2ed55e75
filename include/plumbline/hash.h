/* plumbline/hash.h [floor 0: src/base] - fingerprints: short, stable names for texts. No secret goes in here: they are not keyed. */
#ifndef PLUMBLINE_HASH_H
#define PLUMBLINE_HASH_H

#include <stddef.h>

#include "plumbline/arena.h"

/* The first 64 bits of SHA-256, as 16 hexadecimal digits. */
char *pl_hash_text(struct pl_arena *arena, const char *bytes, size_t len);

#endif
