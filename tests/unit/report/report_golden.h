/* report_golden.h - compares a report with its golden file, byte for byte. Included beside report_fixture.h.
 *
 * UPDATE_GOLDEN=1 in the environment writes the files instead: read the difference before it is committed.
 */
#ifndef TEST_REPORT_GOLDEN_H
#define TEST_REPORT_GOLDEN_H

#include <stdlib.h>

#include "harness.h"
#include "plumbline/buf.h"

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

#endif
