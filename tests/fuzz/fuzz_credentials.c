/* fuzz_credentials.c - any bytes as a credential file: refused with a sentence, or complete. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gcp_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new_wiped();
    const char *text = pl_arena_strndup(arena, (const char *)data, size);
    struct pl_gcp_credentials c = {.origin = "FILE"};
    struct pl_err err = {0};

    if (pl_gcp_credentials_parse(arena, NULL, "FILE", text, size, &c, &err) != 0) {
        if (err.code != PL_E_AUTH || strncmp(err.text, "FILE: ", 6) != 0)
            abort();
    } else {
        /* Where a secret goes was checked. */
        if (c.type == PL_GCP_AUTH_TOKEN || c.type == PL_GCP_AUTH_METADATA)
            abort();
        if (!pl_gcp_is_token_endpoint(NULL, c.token_host, c.token_path))
            abort();
        for (size_t i = 0; i < c.n_hops; i++)
            if (!pl_gcp_is_account(c.hops[i].email))
                abort();
    }
    pl_arena_free(arena);
    return 0;
}
