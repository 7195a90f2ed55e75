/* fuzz_resp.c - any bytes as a reply of Redis: its length is within what was received and the same however it was chopped;
 * words and fields come out of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "resp_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    const char *text = (const char *)data, *field;
    long whole = pl_resp_length(text, size);

    if (whole > (long)size || whole < -1)
        abort();
    for (size_t cut = 0; cut < size && cut < 256; cut++) {
        long less = pl_resp_length(text, cut);

        if (less > 0 && less != whole)
            abort();
        if (less < 0 && whole >= 0)
            abort();
    }
    if (whole > 0 && strlen(pl_resp_word(arena, text, (size_t)whole)) > 64)
        abort();
    field = pl_resp_field(arena, text, size, "role");
    if (field != NULL && strpbrk(field, "\r\n") != NULL)
        abort();
    pl_arena_free(arena);
    return 0;
}
