/* test_badinput.c - every baseline in tests/badinput is refused, with exactly the text that is kept beside it.
 *
 * Runs from the project's root: names of files stand in the texts.
 */
#include "harness.h"

#include <string.h>
#include <unistd.h>

#include "plumbline/baseline.h"
#include "plumbline/file.h"

enum { AT_LEAST = 30 };

static const char folder[] = "tests/badinput";

static const struct pl_baseline *read_one(struct pl_arena *arena, const char *path,
                                          struct pl_err *err)
{
    struct pl_baseline_options options = {.paths = &path, .n_paths = 1};

    return pl_baseline_read(arena, &options, err);
}

/* The case that NAME.err belongs to: NAME.yaml, or the folder NAME. */
static const char *case_of(struct pl_arena *arena, const char *err_file)
{
    const char *base = pl_arena_strndup(arena, err_file, strlen(err_file) - strlen(".err"));

    return pl_path_is_dir(base) ? base : pl_arena_printf(arena, "%s.yaml", base);
}

static void each_says_what_is_kept_beside_it(void **state)
{
    const char *const *names;
    size_t n;
    struct pl_err err = {0};

    assert_int_equal(pl_dir_list(*state, folder, ".err", &names, &n, &err), 0);
    assert_true(n >= AT_LEAST);
    for (size_t i = 0; i < n; i++) {
        struct pl_arena *arena = pl_arena_new();
        size_t len;
        char *want = harness_read(arena, names[i], &len);

        ROW("%s", names[i]);
        err = (struct pl_err){0};
        assert_null(read_one(arena, case_of(arena, names[i]), &err));
        assert_int_equal(want[len - 1], '\n');
        want[len - 1] = '\0';
        assert_string_equal(err.text, want);
        assert_null(strstr(err.text, "s3cr3t"));
        pl_arena_free(arena);
    }
}

static void none_is_without_its_text(void **state)
{
    const char *const *names;
    size_t n;
    struct pl_err err = {0};

    assert_int_equal(pl_dir_list(*state, folder, ".yaml", &names, &n, &err), 0);
    for (size_t i = 0; i < n; i++) {
        const char *text =
            pl_arena_printf(*state, "%.*s.err", (int)(strlen(names[i]) - 5), names[i]);

        if (access(text, R_OK) != 0)
            fail_msg("%s has no %s", names[i], text);
    }
}

static void a_file_that_is_not_there(void **state)
{
    struct pl_err err = {0};

    assert_null(read_one(*state, "tests/badinput/nowhere.yaml", &err));
    assert_non_null(strstr(err.text, "tests/badinput/nowhere.yaml"));
    assert_non_null(strstr(err.text, "No such file or directory"));
}

static void a_file_of_nine_megabytes(void **state)
{
    enum { SIZE = 9 << 20 };
    char *dir = harness_temp_dir();
    const char *path = harness_path(*state, dir, "large.yaml");
    char *text = pl_arena_alloc(*state, SIZE + 1);
    struct pl_err err = {0};

    memset(text, '#', SIZE);
    harness_write(path, text);
    assert_null(read_one(*state, path, &err));
    assert_int_equal(err.code, PL_E_LIMIT);
    assert_non_null(strstr(err.text, path));
    assert_non_null(strstr(err.text, "8388608 bytes"));
    harness_remove(dir);
}

static void an_empty_folder(void **state)
{
    char *dir = harness_temp_dir();
    struct pl_err err = {0};

    assert_null(read_one(*state, dir, &err));
    CHECK_ERR(err, PL_E_BASELINE,
              pl_arena_printf(*state, "%s: no *.yaml file in this folder", dir));
    harness_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_says_what_is_kept_beside_it, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(none_is_without_its_text, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_there, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(a_file_of_nine_megabytes, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(an_empty_folder, harness_arena, harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
