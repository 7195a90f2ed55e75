/* test_report_markdown.c - the remediation report: golden files, and text from outside that must not become markup. */
#include "report_fixture.h"
#include "report_fixture_past.h"
#include "report_golden.h"

static void golden(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        struct pl_buf b = {0};
        if (strcmp(fixtures[i].name, "many") == 0)
            continue;
        pl_report_find("markdown")->write(&b, fixtures[i].make(a), &(struct pl_report_style){0});
        check_golden(a, "markdown", pl_arena_printf(a, "%s.md", fixtures[i].name), &b);
    }
}

/* No byte that a page or a terminal would obey, no tag but our own comment, no bar that ends a cell, no mention. */
static void hostile_text_is_harmless(void **state)
{
    struct pl_arena *a = *state;
    struct pl_buf b = {0};
    pl_report_find("markdown")->write(&b, run_hostile(a), &(struct pl_report_style){0});
    const char *text = pl_buf_take(&b, a);
    for (const char *s = text; *s; s++)
        assert_true(*s == '\n' || (*s >= 0x20 && *s < 0x7f));
    for (const char *s = text; (s = strstr(s, "<script>")); s++) /* only inside code */
        assert_true(strncmp(s - 4, "\\x0a", 4) == 0);
    for (const char *s = text; (s = strstr(s, "@acme")); s++)
        assert_true(strncmp(s - 10, "</script> ", 10) == 0); /* bare: inside code, too */
    assert_non_null(strstr(text, "@<!-- -->acme/all"));
    assert_null(strstr(text, "\n```\n"));
}

/* Every row of a table has as many cells as its head. */
static void rows_have_as_many_cells_as_their_head(void **state)
{
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(fixtures); i++) {
        struct pl_buf b = {0};
        size_t wanted = 0;
        pl_report_find("markdown")->write(&b, fixtures[i].make(a), &(struct pl_report_style){0});
        for (const char *line = pl_buf_take(&b, a); *line; line += strcspn(line, "\n") + 1) {
            size_t cells = 0, indent = strspn(line, " ");
            for (size_t j = indent; line[j] != '\n'; j++)
                cells += line[j] == '|' && (j == 0 || line[j - 1] != '\\');
            if (line[indent] != '|')
                wanted = 0;
            else if (wanted == 0)
                wanted = cells;
            else
                assert_int_equal(cells, wanted);
        }
    }
}

/* A tracked connection that works: fixed where an earlier run saw it fail, else only not reproduced. */
static void earlier_runs_tell_fixed_from_not_reproduced(void **state)
{
    static const struct {
        struct pl_run *(*make)(struct pl_arena *);
        const char *heading;
    } rows[] = {{run_past, "### #500: fixed\n"}, {run_night, "### #500: not reproduced\n"}};
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_buf b = {0};
        struct pl_run *run = rows[i].make(a);
        struct pl_connection c = *run->connections[4].connection;
        struct pl_conn_result *r = pl_arena_array(a, run->n_connections, sizeof(*r));
        memcpy(r, run->connections, run->n_connections * sizeof(*r));
        c.tracks = texts(a, "#500", NULL);
        c.n_tracks = 1;
        r[4].connection = &c;
        run->connections = r;
        pl_report_find("markdown")->write(&b, run, &(struct pl_report_style){0});
        assert_non_null(strstr(pl_buf_str(&b), rows[i].heading));
        pl_buf_free(&b);
    }
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, harness_arena, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(golden),
        IN_ARENA(hostile_text_is_harmless),
        IN_ARENA(earlier_runs_tell_fixed_from_not_reproduced),
        IN_ARENA(rows_have_as_many_cells_as_their_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
