/* test_report_github.c - workflow commands: golden files, and text that must not become a command of its own. */
#include "report_fixture.h"
#include "report_golden.h"

static char *written(struct pl_arena *a, const struct pl_run *run)
{
    return written_as(a, "github", run);
}

static void golden(void **state)
{
    static const char *const names[] = {"night", "incomplete", "hostile", "clean", "many"};
    check_goldens(*state, "github", "txt", names, PL_LEN(names));
}

/* Ten of a level at most; every line is one of ours. */
static void only_our_commands(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        size_t errors = 0, warnings = 0, lines = 0;
        const char *text = written(a, fixtures[i].make(a));
        ROW("%s", fixtures[i].name);
        for (const char *line = text; *line; line += strcspn(line, "\n") + 1, lines++) {
            errors += strncmp(line, "::error ", 8) == 0;
            warnings += strncmp(line, "::warning ", 10) == 0;
            if (strncmp(line, "::", 2) == 0)
                assert_true(strncmp(line, "::error ", 8) == 0 ||
                            strncmp(line, "::warning ", 10) == 0 ||
                            strncmp(line, "::notice ", 9) == 0);
            else
                assert_true(
                    strncmp(line, "error: ", 7) == 0 || strncmp(line, "warning: ", 9) == 0 ||
                    strncmp(line, "notice: ", 8) == 0 || strncmp(line, "plumbline: ", 11) == 0);
        }
        assert_true(errors <= 10 && warnings <= 10);
        assert_null(strstr(text, "##["));
        if (strcmp(fixtures[i].name, "many") == 0)
            assert_true(lines > 500);
    }
}

static void hostile_words_stay_words(void **state)
{
    struct pl_arena *a = *state;
    const struct pl_yaml_file file = {.name = "./a,b:c%.yaml", .text = "", .len = 0};
    const struct pl_run run = {
        .arena = a,
        .verdict = PL_VERDICT_ERROR,
        .exit_status = 1,
        .reason = "50%\r\n::add-mask::x\n##[command]y",
    };
    assert_string_equal(
        written(a, &run),
        "::error title=The run could not be done::50%25\\r\\n::add-mask::x\\n# #[command]y\n"
        "plumbline: error: 50%25\\r\\n::add-mask::x\\n# #[command]y (exit status 1)\n");
    const struct pl_warning warning = {.text = "w",
                                       .mark = {.file = &file, .line = 3, .column = 4}};
    const struct pl_run warned = {.arena = a, .warnings = &warning, .n_warnings = 1, .reason = "r"};
    assert_string_equal(written(a, &warned),
                        "::notice file=a%2Cb%3Ac%25.yaml,line=3,col=4,title=The baseline could be "
                        "better::w\nplumbline: clean: r (exit status 0)\n");
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(golden),
        IN_ARENA(only_our_commands),
        IN_ARENA(hostile_words_stay_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
