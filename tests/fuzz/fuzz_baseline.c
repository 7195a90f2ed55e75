/* fuzz_baseline.c - any bytes as a baseline: refused with a text, or read, printed, checked and mended without harm.
 *
 * The reader takes files, so the input goes through one in memory.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "plumbline/baseline.h"
#include "plumbline/expect.h"
#include "plumbline/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A witness must satisfy what it was made for, unless it says that it does not know. */
static void use(struct pl_arena *arena, const struct pl_declared *d)
{
    struct pl_field_info root = pl_field_root(d->address.kind);
    const struct pl_value *witness;
    const char *why = NULL;

    (void)pl_expect_text(arena, d->expect);
    (void)pl_expect_check(arena, d->expect, d->address.kind, "", &root, NULL, NULL, &why);
    witness = pl_expect_witness(arena, d->expect, d->address.kind, "", &root, NULL, NULL);
    if (pl_expect_check(arena, d->expect, d->address.kind, "", &root, witness, NULL, &why) !=
            PL_EXPECT_YES &&
        why == NULL)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_baseline_options options = {.n_paths = 1, .project = "p"};
    struct pl_err err = {0};
    const struct pl_baseline *b;
    char path[64];
    const char *paths[] = {path};
    int fd = memfd_create("baseline", MFD_CLOEXEC);

    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    options.paths = paths;
    b = pl_baseline_read(arena, &options, &err);
    if (b == NULL && err.text[0] == '\0')
        abort();
    for (size_t i = 0; b != NULL && i < b->n_resources; i++)
        use(arena, &b->resources[i]);
    close(fd);
    pl_arena_free(arena);
    return 0;
}
