/* test_observe_masks.c - what an audit asks for is what it gets: nested selectors, against the simulator with Google's documents.
 *
 * A world that was asked for in parts is held against the whole one; what a mask looks like is in tests/contract/test_kinds_contract.c.
 */
#include "sim_run.h"

#include <unistd.h>

#include "plumbline/needs.h"
#include "plumbline/reach.h"

static struct pl_needs *path_model(struct pl_arena *arena)
{
    struct pl_needs *needs = pl_needs_new(arena);

    for (size_t i = 0; i < pl_reach_reads_len; i++) {
        pl_needs_reads(needs, &pl_reach_reads[i]);
        pl_needs_every(needs, pl_kind_find(pl_reach_reads[i].kind));
    }
    return needs;
}

/* Google's documents, by which the simulator knows a name that Google does not; NULL where they are not. */
static const char *documents_folder(struct pl_arena *arena)
{
    const char *shared = getenv("SHARED");
    const char *folder =
        pl_arena_printf(arena, "%s/discovery", shared != NULL ? shared : "../shared");

    return access(folder, R_OK) == 0 ? folder : NULL;
}

/* `log`: every request, a line each. */
static const struct pl_world *observe(struct pl_arena *arena, const struct pl_needs *kinds,
                                      struct pl_needs *needs, const char *faults, const char **log)
{
    const char *folder = documents_folder(arena);
    const char *const documents[] = {"--documents", folder, NULL};
    struct child sim;
    struct pl_gcp_options options;
    struct pl_err err = {0};
    const struct pl_world *world;
    char *text;

    child_start(&sim, NULL, faults, folder != NULL ? documents : NULL);
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    options = sim_options(arena, &sim);
    options.kinds = pl_needs_kinds(kinds, &options.n_kinds);
    options.needs = needs;
    world = sim_observe(arena, &options, NULL, &err);
    if (world == NULL)
        fail_msg("%s", err.text);
    text = child_read(&sim, "log");
    *log = pl_arena_strdup(arena, text);
    free(text);
    child_end(&sim, 0);
    return world;
}

static size_t count(const char *text, const char *word)
{
    size_t n = 0;

    for (; (text = strstr(text, word)) != NULL; text++)
        n++;
    return n;
}

static size_t bytes_of(const char *log)
{
    size_t n = 0;

    while ((log = strstr(log, "\"bytes\":")) != NULL) {
        log += strlen("\"bytes\":");
        n += strtoul(log, NULL, 10);
    }
    return n;
}

/* Without maps that hold nothing: whether Google sends those nobody says, and no field in them is less absent. */
static const struct pl_value *without_empty(struct pl_arena *arena, const struct pl_value *v)
{
    struct pl_member *members = pl_arena_array(arena, pl_value_count(v) + 1, sizeof *members);
    size_t n = 0;

    if (v->type != PL_MAP)
        return v;
    for (size_t i = 0; i < v->u.map.n; i++) {
        const struct pl_value *value = without_empty(arena, v->u.map.members[i].value);

        if (value->type != PL_MAP || value->u.map.n > 0)
            members[n++] = (struct pl_member){v->u.map.members[i].key, value};
    }
    return pl_value_map(arena, members, n);
}

static void parts_are_parts_of_the_whole(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_needs *needs = path_model(arena);
    const char *log, *whole_log;
    const struct pl_world *asked = observe(arena, needs, needs, NULL, &log),
                          *whole = observe(arena, needs, NULL, NULL, &whole_log);

    assert_string_equal(gaps_text(arena, asked), gaps_text(arena, whole));
    assert_int_equal(asked->n_resources, whole->n_resources);
    assert_true(asked->n_resources > 50);
    for (size_t i = 0; i < asked->n_resources; i++) {
        const struct pl_resource *a = asked->resources[i], *b = whole->resources[i];
        const struct pl_value *policy = pl_value_member(b->body, "iamPolicy"), *part;
        const struct pl_path *fields;
        size_t n;

        ROW("%s", a->name);
        assert_string_equal(a->name, b->name);
        if (a->address.kind->schema == NULL)
            continue;
        part = pl_needs_mask(needs, arena, a->address.kind, b->body, &fields, &n);
        if (policy != NULL && pl_needs_policy(needs, a->address.kind))
            part = pl_value_map_with(arena, part, "iamPolicy", policy);
        for (size_t k = 0; k < a->address.kind->n_virtuals; k++) {
            const char *name = a->address.kind->virtuals[k].field.name;

            if (pl_needs_virtual(needs, a->address.kind, name))
                part = pl_value_map_with(arena, part, name, pl_value_member(b->body, name));
        }
        assert_string_equal(pl_json_text(arena, without_empty(arena, a->body)),
                            pl_json_text(arena, without_empty(arena, part)));
        assert_ptr_equal(a->fields, fields);
    }
    assert_int_equal(count(log, "\"status\":400"), 0);
    assert_true(count(log, "fields=") > 20);
    assert_int_equal(count(whole_log, "fields="), count(whole_log, "fields=firewallPolicys"));
    print_message("%zu bytes, whole %zu\n", bytes_of(log), bytes_of(whole_log));
    assert_true(bytes_of(log) * 3 < bytes_of(whole_log) * 2);
}

/* A name that Google does not know: the list is read whole, and nobody sees less. */
static void a_mask_that_is_refused_is_dropped(void **state)
{
    struct pl_arena *arena = *state;
    struct pl_needs *needs = path_model(arena);
    const char *log, *whole_log;
    const struct pl_world *world, *whole;
    const struct pl_kind *sql = &pl_kind_sql_instance;
    const struct pl_resource *const *list;
    const struct pl_value *v;
    struct pl_view *view;
    size_t n;

    if (documents_folder(arena) == NULL) {
        print_message("skipped: a mask that is refused, Google's documents are not there\n");
        skip();
    }
    pl_needs_field(needs, sql, "noSuchThing");
    world = observe(arena, needs, needs, NULL, &log);
    whole = observe(arena, needs, NULL, NULL, &whole_log);
    assert_string_equal(gaps_text(arena, world), gaps_text(arena, whole));
    assert_int_equal(world->n_resources, whole->n_resources);
    view = pl_view_new(arena, world);
    assert_int_equal(pl_view_list(view, sql, NULL, &list, &n), PL_PRESENT);
    assert_true(n > 0);
    assert_int_equal(pl_view_read(view, list[0], "settings.tier", &v), PL_PRESENT);
    assert_int_equal(pl_view_read(view, list[0], "settings.edition", &v), PL_NOT_KNOWN);
    assert_int_equal(pl_view_read(view, list[0], "noSuchThing", &v), PL_ABSENT);
    assert_int_equal(count(log, "\"status\":400"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parts_are_parts_of_the_whole, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(a_mask_that_is_refused_is_dropped, harness_arena,
                                        harness_arena_free),
    };

    no_credentials();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
