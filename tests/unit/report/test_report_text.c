/* test_report_text.c - the report for a terminal: golden files, widths, colours, verbosity, and text from outside that bites. */
#include "report_fixture.h"
#include "report_golden.h"

static char *written(struct pl_arena *a, const char *name, struct pl_report_style style)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        if (strcmp(fixtures[i].name, name) == 0)
            pl_report_find("text")->write(&b, fixtures[i].make(a), &style);
    return pl_buf_take(&b, a);
}

static void golden(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        struct pl_buf b = {0};
        pl_report_find("text")->write(&b, fixtures[i].make(a), &(struct pl_report_style){0});
        check_golden(a, "text", pl_arena_printf(a, "%s.txt", fixtures[i].name), &b);
    }
}

static void golden_of_styles(void **state)
{
    static const struct {
        const char *fixture, *file;
        struct pl_report_style style;
    } rows[] = {
        {"night", "night-narrow.txt", {.width = 60}},
        {"night", "night-color.txt", {.color = true}},
        {"night", "night-quiet.txt", {.verbose = -1}},
        {"drift", "drift-quiet.txt", {.verbose = -1}},
        {"drift", "drift-verbose.txt", {.verbose = 1}},
    };
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_buf b = {0};
        pl_buf_adds(&b, written(a, rows[i].fixture, rows[i].style));
        check_golden(a, "text", rows[i].file, &b);
    }
}

static void same_input_same_bytes(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        for (size_t w = 0; w < pl_report_writers_len; w++) {
            struct pl_buf b[2] = {{0}, {0}};
            for (int k = 0; k < 2; k++)
                pl_report_writers[w].write(&b[k], fixtures[i].make(a),
                                           &(struct pl_report_style){0});
            ROW("%s %s", fixtures[i].name, pl_report_writers[w].name);
            assert_string_equal(pl_buf_take(&b[0], a), pl_buf_take(&b[1], a));
        }
}

/* Colour never carries a meaning alone: without it the text is the same. */
static void color_changes_no_text(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        const char *s = written(a, fixtures[i].name, (struct pl_report_style){.color = true});
        struct pl_buf plain = {0};
        for (; *s; s++) {
            if (*s == '\x1b')
                s += strcspn(s, "m");
            else
                pl_buf_addc(&plain, *s);
        }
        assert_string_equal(pl_buf_take(&plain, a),
                            written(a, fixtures[i].name, (struct pl_report_style){0}));
    }
}

/* Every style ends where it began: no line leaves the terminal coloured. */
static void every_line_ends_plain(void **state)
{
    struct pl_arena *a = *state;
    const char *s = written(a, "night", (struct pl_report_style){.color = true});
    bool inked = false;
    for (; *s; s++) {
        if (*s == '\x1b')
            inked = strncmp(s, "\x1b[0m", 4) != 0;
        else if (*s == '\n')
            assert_false(inked);
    }
}

static void hostile_text_is_harmless(void **state)
{
    struct pl_arena *a = *state;
    for (int verbose = -1; verbose <= 1; verbose++) {
        const char *s = written(a, "hostile", (struct pl_report_style){.verbose = verbose});
        for (; *s; s++)
            assert_true(*s == '\n' || (*s >= 0x20 && *s < 0x7f));
    }
}

/* Only what has no blank to break at, and what is there to be copied, is longer than the line. */
static void width_is_respected(void **state)
{
    static const int widths[] = {40, 60, 80, 100, 120};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(widths); i++) {
        char *text = written(a, "puzzles", (struct pl_report_style){.width = widths[i]});
        for (char *line = text; *line;) {
            size_t len = strcspn(line, "\n"), indent = strspn(line, " ");
            const char *blank = memchr(line + indent, ' ', len - indent);
            if (len > (size_t)widths[i] && strncmp(line, "    look     gcloud ", 20) != 0)
                assert_null(blank);
            line += len + 1;
        }
    }
}

static void long_lists_are_cut_and_counted(void **state)
{
    struct pl_arena *a = *state;
    assert_non_null(strstr(written(a, "many", (struct pl_report_style){0}),
                           "and 450 more: -v shows all, -o json has them\n"));
    const char *all = written(a, "many", (struct pl_report_style){.verbose = 1});
    assert_null(strstr(all, " more: "));
    assert_non_null(strstr(all, "run.service/s499:template.timeout"));
}

static void writers_are_found_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < pl_report_writers_len; i++)
        assert_ptr_equal(pl_report_find(pl_report_writers[i].name), &pl_report_writers[i]);
    assert_null(pl_report_find("pdf"));
    assert_null(pl_report_find(""));
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(golden),
        IN_ARENA(golden_of_styles),
        IN_ARENA(same_input_same_bytes),
        IN_ARENA(color_changes_no_text),
        IN_ARENA(every_line_ends_plain),
        IN_ARENA(hostile_text_is_harmless),
        IN_ARENA(width_is_respected),
        IN_ARENA(long_lists_are_cut_and_counted),
        cmocka_unit_test(writers_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
