/* report_golden.h - reports of the fixtures as text, and compared with their golden files, byte for byte.
 *
 * UPDATE_GOLDEN=1 in the environment writes the files instead: read the difference before it is committed.
 */
#ifndef TEST_REPORT_GOLDEN_H
#define TEST_REPORT_GOLDEN_H

#include <stdlib.h>

#include "report_fixture.h"

static inline void check_golden(struct pl_arena *arena, const char *writer, const char *name,
                                struct pl_buf *got)
{
    char *path = pl_arena_printf(arena, "tests/golden/%s/%s", writer, name);
    char *text = pl_buf_take(got, arena);
    if (getenv("UPDATE_GOLDEN")) {
        harness_write(path, text);
        print_message("written: %s\n", path);
        return;
    }
    print_message("%s\n", path);
    assert_string_equal(text, harness_read(arena, path, NULL));
}

static inline char *written_as(struct pl_arena *arena, const char *writer, const struct pl_run *run)
{
    struct pl_buf b = {0};
    pl_report_find(writer)->write(&b, run, &(struct pl_report_style){0});
    return pl_buf_take(&b, arena);
}

/* These fixtures, each as writer/name.extension. */
static inline void check_goldens(struct pl_arena *arena, const char *writer, const char *extension,
                                 const char *const *names, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < PL_LEN(fixtures); i++)
        for (size_t j = 0; j < n; j++)
            if (strcmp(fixtures[i].name, names[j]) == 0) {
                struct pl_buf b = {0};
                pl_buf_adds(&b, written_as(arena, writer, fixtures[i].make(arena)));
                check_golden(arena, writer, pl_arena_printf(arena, "%s.%s", names[j], extension),
                             &b);
                found++;
            }
    assert_int_equal(found, n);
}
#endif
