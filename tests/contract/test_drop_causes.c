/* test_drop_causes.c - Google's causes of a drop, as the study of them lists them, against the table of causes: each that applies is evaluated, or
 * says why it is not; none that does not apply is there.
 */
#include "harness.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plumbline/reach.h"

/* A row of the table: "| 3 | `FIREWALL_RULE` | ... | **yes** | ...". */
struct row {
    const char *name;
    bool applies;
};

static bool read_row(struct pl_arena *arena, const char *line, struct row *out)
{
    const char *begin = strchr(line, '`'), *end = begin ? strchr(begin + 1, '`') : NULL;
    bool applies = strstr(line, "| **yes** |") != NULL;
    if (strncmp(line, "| ", 2) != 0 || !end || (!applies && !strstr(line, "| no |")))
        return false;
    *out = (struct row){.name = pl_arena_strndup(arena, begin + 1, (size_t)(end - begin - 1)),
                        .applies = applies};
    return true;
}

static void every_drop_that_applies_is_in_the_table(void **state)
{
    struct pl_arena *arena = *state;
    const char *shared = getenv("SHARED");
    const char *path = harness_path(arena, shared ? shared : "../shared", "reachability.md");
    size_t len = 0, applicable = 0, others = 0;
    char *save = NULL;
    if (access(path, R_OK) != 0)
        skip();
    char *text = harness_read(arena, path, &len);
    char *from = strstr(text, "### 1.8 "), *to = from ? strstr(from, "### 1.9 ") : NULL;
    if (from == NULL || to == NULL)
        fail_msg("the table of causes is not there");
    *to = '\0';
    for (char *line = strtok_r(from, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        struct row r;
        if (!read_row(arena, line, &r))
            continue;
        const struct pl_cause *c = pl_cause_find(r.name);
        ROW("%s", r.name);
        if (!r.applies) {
            others++;
            assert_null(c);
            continue;
        }
        applicable++;
        assert_non_null(c);
        bool shows = c->certain[0] != NULL || c->possible[0] != NULL;
        assert_true(shows && strlen(c->fields) > 0);
        if (!c->modelled && strncmp(c->fields, "none: ", 6) != 0)
            fail_msg("%s is not evaluated, and does not say why", r.name);
    }
    assert_int_equal(applicable, 72);
    assert_int_equal(others, 37);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_drop_that_applies_is_in_the_table, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
