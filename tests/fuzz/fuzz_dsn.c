/* fuzz_dsn.c - any text as a connection string: parts are bounded by it, ports are ports, and a host that is found is one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/net.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_dsn d;

    if (pl_dsn_parse(arena, pl_arena_strndup(arena, (const char *)data, size), &d)) {
        const char *const parts[] = {d.scheme, d.user, d.password, d.host, d.connector, d.database};

        for (size_t i = 0; i < PL_LEN(parts); i++)
            if (parts[i] != NULL && strlen(parts[i]) > size)
                abort();
        if (d.port < 0 || d.port > 65535 || (d.host != NULL && *d.host == '\0'))
            abort();
    }
    pl_arena_free(arena);
    return 0;
}
