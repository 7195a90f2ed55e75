/* fuzz_terraform.c - any bytes as Terraform's state: no crash, and the baseline of what is read is one that our own reader takes. */
#include <stdint.h>
#include <stdlib.h>

#include "plumbline/init.h"
#include "plumbline/terraform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_terraform_count read = {0};
    struct pl_init_count made = {0};
    struct pl_err err = {0};
    const struct pl_world *world =
        pl_terraform_read(arena, "fuzz", (const char *)data, size, "p", &read, &err);
    struct pl_init_input input = {.world = world, .source = "fuzz", .partial = true};
    struct pl_buf out = {0};

    if (world == NULL && err.code != PL_E_PARSE)
        abort(); /* it gave no reason */
    if (world != NULL && pl_init_write(arena, &out, &input, &made, &err) < 0 &&
        err.code != PL_E_USAGE)
        abort(); /* what it wrote is not valid */
    pl_buf_free(&out);
    pl_arena_free(arena);
    return 0;
}
