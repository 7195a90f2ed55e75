/* test_kinds.c - the list of kinds that the path model reads is what it reads: each is known, and no path reads another. */
#include "harness.h"
#include "masked.h"

#include <string.h>

#include "plumbline/file.h"
#include "plumbline/reach.h"
#include "plumbline/snapshot.h"

static bool is_read(const char *kind)
{
    for (size_t i = 0; i < pl_reach_reads_len; i++)
        if (strcmp(pl_reach_reads[i].kind, kind) == 0)
            return true;
    return false;
}

static bool has_member(const struct pl_kind *kind, const char *path)
{
    for (size_t i = 0; kind->schema != NULL && i < kind->schema->n_fields; i++)
        if (strncmp(kind->schema->fields[i].name, path, strcspn(path, "/")) == 0)
            return true;
    return strcmp(path, "iamPolicy") == 0 || pl_kind_virtual(kind, path) != NULL;
}

static void check_members(const struct pl_kind *kind, const char *const *paths)
{
    for (; paths != NULL && *paths != NULL; paths++)
        if (strcmp(*paths, PL_READS_BY_PARENT) != 0 && !has_member(kind, *paths))
            fail_msg("a %s has no member %s", kind->name, *paths);
}

/* Google refuses a name that it does not know. What of a list is asked for in part must tell its elements apart, or else be what only the server
 * writes: a snapshot with parts of elements could not be compared with one that has them whole. */
static void check_paths(struct pl_arena *arena, const struct pl_kind *kind,
                        const char *const *paths)
{
    for (size_t k = 0; paths[k] != NULL; k++) {
        struct pl_path path, list;
        struct pl_field_info info;
        struct pl_err err;

        assert_true(k == 0 || strcmp(paths[k - 1], paths[k]) < 0);
        assert_int_equal(pl_path_parse(arena, paths[k], &path, &err), 0);
        if (strcmp(paths[k], "iamPolicy") != 0 &&
            pl_kind_virtual(kind, path.steps[0].key) == NULL &&
            !pl_field_lookup(kind, &path, NULL, NULL, NULL))
            fail_msg("a %s has no field %s", kind->name, paths[k]);
        for (size_t i = 0; i < path.n; i++) {
            list = (struct pl_path){.steps = path.steps, .n = i};
            if (path.steps[i].type != PL_STEP_ANY)
                continue;
            assert_true(pl_field_lookup(kind, &list, &info, NULL, NULL));
            if (info.identity == NULL && (info.flags & PL_F_OUTPUT) == 0)
                fail_msg("elements of %s of a %s have no names", pl_path_format(arena, &list),
                         kind->name);
        }
    }
}

static void each_is_a_kind(void **state)
{
    for (size_t i = 0; i < pl_reach_reads_len; i++) {
        const struct pl_kind *kind = pl_kind_find(pl_reach_reads[i].kind);
        assert_non_null(kind);
        assert_true(i == 0 || strcmp(pl_reach_reads[i - 1].kind, kind->name) < 0);
        check_paths(*state, kind, pl_reach_reads[i].fields);
        check_members(kind, pl_reach_reads[i].by);
    }
}

/* Every way between any two ends of the demo's estate, by every way there is. */
static void no_path_reads_another(void **state)
{
    static const char path[] = "tests/demo/estate.ndjson";
    struct pl_arena *arena = *state;
    struct pl_err err = {0};
    struct reads reads;
    size_t len = 0, evaluated = 0;
    char *text = pl_file_read(arena, path, 64 << 20, &len, &err);
    assert_non_null(text);
    const struct pl_world *world = pl_snapshot_read(arena, path, text, len, &err);
    assert_non_null(world);
    reads_open(&reads);
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
                reads_note(&reads, view);
                evaluated++;
            }
    reads_close(&reads);
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
