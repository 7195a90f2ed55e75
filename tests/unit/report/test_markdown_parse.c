/* test_markdown_parse.c - the remediation report as GitHub's own parser reads it: tables are tables, and no name becomes markup.
 *
 * cmark-gfm, the reference parser of GitHub's flavour, turns a report into XML; here its skeleton is looked at.
 */
#include <stdio.h>
#include <stdlib.h>

#include "report_fixture_hostile.h"

static char *folder;

static const char *parsed(struct pl_arena *a, const struct pl_run *run)
{
    struct pl_buf b = {0};
    pl_report_find("markdown")->write(&b, run, &(struct pl_report_style){0});
    harness_write(harness_path(a, folder, "r.md"), pl_buf_take(&b, a));
    assert_true(harness_shell(pl_arena_printf(a,
                                              "cmark-gfm -t xml --unsafe -e table -e autolink -e "
                                              "strikethrough -e tasklist %s/r.md >%s/r.xml",
                                              folder, folder)));
    return harness_read(a, harness_path(a, folder, "r.xml"), NULL);
}

/* Element names in their order. Text is text in however many pieces, and so is code; our own comments are left out. */
static const char *skeleton(struct pl_arena *a, const char *xml)
{
    struct pl_buf b = {0};
    bool was_text = false;
    for (const char *s = xml; (s = strchr(s, '<')); s++) {
        size_t len = strcspn(s + 1, " >/") + (s[1] == '/' ? 1 : 0);
        if (s[1] == '/' || s[1] == '?' || s[1] == '!')
            continue;
        const char *name = pl_arena_strndup(a, s + 1, len), *text = s + strcspn(s, ">") + 1;
        if (strcmp(name, "html_inline") == 0) {
            assert_true(strncmp(text, "&lt;!-- --&gt;<", 15) == 0);
            continue;
        }
        bool is_text = strcmp(name, "text") == 0 || strcmp(name, "code") == 0;
        if (!is_text || !was_text)
            pl_buf_addf(&b, "%s\n", is_text ? "text" : name);
        was_text = is_text;
    }
    return pl_buf_take(&b, a);
}

static void nothing_but_what_we_write(void **state)
{
    static const char *const never[] = {"link", "image", "html_block", "footnote_reference",
                                        "strikethrough"};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        const char *text = skeleton(a, parsed(a, fixtures[i].make(a)));
        for (size_t j = 0; j < PL_LEN(never); j++) {
            ROW("%s %s", fixtures[i].name, never[j]);
            assert_null(strstr(text, pl_arena_printf(a, "\n%s\n", never[j])));
        }
    }
}

/* Phases of a slow connection stand in a list, and are a table all the same. */
static void tables_are_tables(void **state)
{
    static const struct {
        const char *fixture;
        size_t tables;
    } rows[] = {{"slow", 4}, {"night", 8}, {"incomplete", 4}, {"clean", 1}};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(rows); i++)
        for (size_t f = 0; f < PL_LEN(fixtures); f++) {
            size_t n = 0;
            if (strcmp(fixtures[f].name, rows[i].fixture) != 0)
                continue;
            const char *text = skeleton(a, parsed(a, fixtures[f].make(a)));
            for (const char *s = text; (s = strstr(s, "\ntable\n")); s++)
                n++;
            ROW("%s: %zu tables", rows[i].fixture, n);
            assert_int_equal(n, rows[i].tables);
            assert_null(strstr(parsed(a, fixtures[f].make(a)), ">|"));
        }
}

static void check_inert(struct pl_arena *a, const char *text,
                        struct pl_run *(*make)(struct pl_arena *), const char *plain)
{
    hostile_text = text;
    ROW("%s", text);
    assert_string_equal(skeleton(a, parsed(a, make(a))), plain);
}

static void names_are_inert(void **state)
{
    static struct pl_run *(*const runs[])(struct pl_arena *) = {hostile_audit, hostile_gate,
                                                                hostile_past};
    const char *before = hostile_text;
    (void)state;
    for (size_t r = 0; r < PL_LEN(runs); r++) {
        struct pl_arena *a = pl_arena_new();
        hostile_text = "plain";
        const char *plain = skeleton(a, parsed(a, runs[r](a)));
        for (size_t i = 0; i < PL_LEN(markdown_injections); i++)
            check_inert(a, markdown_injections[i], runs[r], plain);
        for (size_t i = 0; i < PL_LEN(injections); i++)
            if (*injections[i])
                check_inert(a, injections[i], runs[r], plain);
        pl_arena_free(a);
    }
    hostile_text = before;
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(nothing_but_what_we_write),
        IN_ARENA(tables_are_tables),
        IN_ARENA(names_are_inert),
    };
    if (!harness_shell("command -v cmark-gfm >/dev/null 2>&1")) {
        puts("skipped: the Markdown report as GitHub reads it, cmark-gfm is not installed");
        return 77;
    }
    folder = harness_temp_dir();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    harness_remove(folder);
    return failed;
}
