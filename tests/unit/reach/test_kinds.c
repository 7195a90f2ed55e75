/* test_kinds.c - the list of kinds that the path model reads is what it reads: each is known, and no path reads another. */
#include "harness.h"

#include <string.h>

#include "plumbline/file.h"
#include "plumbline/reach.h"
#include "plumbline/snapshot.h"

static bool is_read(const char *kind)
{
    for (const char *const *k = pl_reach_kinds; *k; k++)
        if (strcmp(*k, kind) == 0)
            return true;
    return false;
}

static void each_is_a_kind(void **state)
{
    (void)state;
    for (const char *const *k = pl_reach_kinds; *k; k++)
        assert_non_null(pl_kind_find(*k));
}

/* Every way between any two ends of the demo's estate, by every way there is. */
static void no_path_reads_another(void **state)
{
    static const char path[] = "tests/demo/estate.ndjson";
    struct pl_arena *arena = *state;
    struct pl_err err = {0};
    size_t len = 0, evaluated = 0;
    char *text = pl_file_read(arena, path, 64 << 20, &len, &err);
    assert_non_null(text);
    const struct pl_world *world = pl_snapshot_read(arena, path, text, len, &err);
    assert_non_null(world);
    for (size_t i = 0; i < world->n_resources; i++)
        for (size_t j = 0; j < world->n_resources; j++)
            for (size_t via = PL_VIA_AUTO; via <= PL_VIA_PROXY; via++) {
                struct pl_connection c = {.name = "c", .via = (enum pl_via)via};
                c.from.what = c.to.what = PL_END_RESOURCE;
                c.from.text = c.to.text = "end";
                c.from.address = world->resources[i]->address;
                c.to.address = world->resources[j]->address;
                if (strcmp(c.from.address.kind->name, "run.service") != 0)
                    continue;
                struct pl_view *view = pl_view_new(arena, world);
                (void)pl_reach_evaluate(view, &c, NULL);
                size_t n = 0;
                const struct pl_reading *list = pl_view_readings(view, &n);
                for (size_t k = 0; k < n; k++)
                    if (list[k].address.kind != c.to.address.kind)
                        assert_true(is_read(list[k].address.kind->name));
                evaluated++;
            }
    assert_true(evaluated > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_is_a_kind, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(no_path_reads_another, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
