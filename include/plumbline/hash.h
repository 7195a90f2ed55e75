/* plumbline/hash.h [floor 0: src/base] - fingerprints: short, stable names for texts. No secret goes in here: they are not keyed. */
#ifndef PLUMBLINE_HASH_H
#define PLUMBLINE_HASH_H

#include <stddef.h>

#include "plumbline/arena.h"

/* The first 64 bits of SHA-256, as 16 hexadecimal digits. */
char *pl_hash_text(struct pl_arena *arena, const char *bytes, size_t len);
/* All of SHA-256 in base64, as a content security policy wants it (https://www.w3.org/TR/CSP3/#grammardef-hash-source). */
char *pl_hash_base64(struct pl_arena *arena, const char *bytes, size_t len);

#endif
