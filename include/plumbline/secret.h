/* plumbline/secret.h [floor 0: src/base] - a secret is a type without a formatter.
 *
 * The bytes are wiped when the owner frees it (or its arena goes). The only way to the bytes is
 * pl_secret_reveal, which a reader can grep for; the only thing to print is pl_secret_mark.
 */
#ifndef PLUMBLINE_SECRET_H
#define PLUMBLINE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "plumbline/arena.h"

struct pl_secret;

/* Copies the bytes; wiped and freed with the arena. */
struct pl_secret *pl_secret_new(struct pl_arena *arena, const char *bytes, size_t len);
/* NUL-terminated; borrowed; hand it to the protocol that needs it and nowhere else. */
const char *pl_secret_reveal(const struct pl_secret *secret);
size_t pl_secret_len(const struct pl_secret *secret);

/* What may be shown of secret text: "<redacted: 12 bytes, 9f3a61c2>", a hash keyed by `key`
 * (32 bytes, per store; NULL: no hash is shown). Keeps "it changed" visible, and nothing else. */
char *pl_secret_mark(struct pl_arena *arena, const char *bytes, size_t len,
                     const unsigned char *key);

/* How long a mark that pl_secret_mark made is at the beginning of `text`; 0: none stands there. `hashed` (or NULL): has it a hash? */
size_t pl_secret_mark_len(const char *text, bool *hashed);

/* Equal bytes have equal tags, in this process alone: keyed by what it drew when it began and tells nobody. For comparing what may not be kept. */
char *pl_secret_tag(struct pl_arena *arena, const char *bytes, size_t len);

/* Overwrites memory in a way that the compiler keeps. */
void pl_wipe(void *p, size_t len);

#endif
