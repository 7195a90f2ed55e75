/* test_kinds.c - the list of kinds that the path model reads is what it reads: each is known, and no path reads another. */
#include "harness.h"

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

/* A field of a kind that is read whatever the connection says is one of those that an audit asks for. */
static bool is_asked_for(const struct pl_reading *reading)
{
    const struct pl_step *first = reading->path.n > 0 ? reading->path.steps : NULL;
    if (reading->what != PL_READ_FIELD || first == NULL)
        return true;
    for (size_t i = 0; i < pl_reach_reads_len; i++)
        for (const char *const *f = pl_reach_reads[i].fields;
             strcmp(pl_reach_reads[i].kind, reading->address.kind->name) == 0 && *f; f++)
            if (strcmp(*f, first->key) == 0)
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

static void each_is_a_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_reach_reads_len; i++) {
        const struct pl_kind *kind = pl_kind_find(pl_reach_reads[i].kind);
        assert_non_null(kind);
        assert_true(i == 0 || strcmp(pl_reach_reads[i - 1].kind, kind->name) < 0);
        check_members(kind, pl_reach_reads[i].fields);
        check_members(kind, pl_reach_reads[i].by);
    }
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
                for (size_t k = 0; k < n; k++) {
                    if (list[k].address.kind != c.to.address.kind)
                        assert_true(is_read(list[k].address.kind->name));
                    if (is_read(list[k].address.kind->name) && !is_asked_for(&list[k]))
                        fail_msg("pl_reach_reads: %s of a %s is read",
                                 pl_path_format(arena, &list[k].path), list[k].address.kind->name);
                }
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
