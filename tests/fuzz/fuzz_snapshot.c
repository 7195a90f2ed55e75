/* fuzz_snapshot.c - any bytes as a snapshot: no crash, and what can be read is a fixed point of writing; then gaps, views and redaction on it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/snapshot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct pl_world *check_fixed_point(struct pl_arena *arena,
                                                const struct pl_world *world)
{
    struct pl_buf once = {0}, twice = {0};
    const struct pl_world *again;
    struct pl_err err = {0};

    pl_snapshot_write(&once, world);
    again = pl_snapshot_read(arena, "again", once.data, once.len, &err);
    if (again == NULL)
        abort(); /* it does not read what it wrote */
    pl_snapshot_write(&twice, again);
    if (once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0)
        abort();
    pl_buf_free(&once);
    pl_buf_free(&twice);
    return again;
}

static void look_at(struct pl_arena *arena, const struct pl_world *world)
{
    static const unsigned char key[32] = {7};
    struct pl_view *view = pl_view_over(arena, pl_view_new(arena, world));
    const struct pl_resource *const *all;
    size_t n;

    for (size_t i = 0; i < world->n_resources; i++) {
        const struct pl_resource *r = world->resources[i];
        const struct pl_value *value, *clean = pl_redact(arena, r->address.kind, r->body, key);

        if (pl_redact(arena, r->address.kind, clean, key) == NULL)
            abort();
        if (pl_view_find(view, &r->address, NULL) == PL_ABSENT)
            abort(); /* it is there */
        (void)pl_view_read(view, r, "settings.ipConfiguration", &value);
        (void)pl_view_read_default(view, r, "iamPolicy.bindings", &value);
        (void)pl_world_gap(world, &r->address, "iamPolicy");
        if (i % 2 == 0)
            pl_view_delete(view, &r->address);
        (void)pl_view_list(view, r->address.kind, NULL, &all, &n);
        (void)pl_view_list(view, r->address.kind, r->address.project, &all, &n);
        (void)pl_view_was_read(view, &r->address, NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_err err = {0};
    const struct pl_world *world = pl_snapshot_read(arena, "fuzz", (const char *)data, size, &err);

    if (world == NULL && err.text[0] == '\0')
        abort(); /* an error without a word */
    if (world != NULL)
        look_at(arena, check_fixed_point(arena, world));
    pl_arena_free(arena);
    return 0;
}
