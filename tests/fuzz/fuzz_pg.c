/* fuzz_pg.c - any bytes as the messages of a PostgreSQL login: looked at within their bounds; more bytes take no rounds away. */
#include <stdint.h>
#include <stdlib.h>

#include "postgres_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int64_t before = 0, rounds = 0;

    for (size_t n = 0; n <= size && n < 512; n++) {
        (void)pl_pg_look(data, n, &rounds);
        if (rounds < before)
            abort();
        before = rounds;
    }
    (void)pl_pg_look(data, size, &rounds);
    if (rounds < before)
        abort();
    return 0;
}
