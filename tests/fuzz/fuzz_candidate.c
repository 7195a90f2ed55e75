/* fuzz_candidate.c - any bytes as a candidate: no crash, an error has a reason, and the world with what is read laid over it stands. */
#include <stdint.h>
#include <stdlib.h>

#include "plumbline/candidate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_world_builder *b = pl_world_builder_new(arena);
    const struct pl_world *world = pl_world_build(b);
    struct pl_candidate candidate = {0};
    struct pl_err err = {0};
    const struct pl_candidate_input input = {.name = "fuzz",
                                             .text = (const char *)data,
                                             .len = size,
                                             .project = "p",
                                             .location = "us-central1"};
    if (pl_candidate_read(arena, &input, world, &candidate, &err) < 0 && err.text[0] == '\0')
        abort(); /* it gave no reason */
    if (pl_candidate_apply(arena, world, &candidate)->n_resources > candidate.n)
        abort(); /* more than was read */
    pl_arena_free(arena);
    return 0;
}
