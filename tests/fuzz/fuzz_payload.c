/* fuzz_payload.c - any bytes as a secret: they are described, equal to themselves, and no byte sequence of theirs is in the description.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/payload.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    const char *bytes = (const char *)data;
    const struct pl_value *p = pl_payload_describe(arena, bytes, size);
    const char *text = pl_arena_strndup(arena, bytes, size);

    if (pl_payload_len(p) != size || !pl_payload_same(p, p, false))
        abort();
    if (memchr(bytes, '\0', size) == NULL && !pl_payload_is(p, PL_PAYLOAD_WHOLE, text))
        abort();
    /* So many bytes in a row are no accident, unless they are words or punctuation of the description itself. */
    if (size >= 24 && strlen(text) == size && strchr(text, '"') == NULL &&
        strspn(text, "abcdefghijklmnopqrstuvwxyz ") != size &&
        strstr(pl_json_text(arena, p), text) != NULL)
        abort();
    pl_arena_free(arena);
    return 0;
}
