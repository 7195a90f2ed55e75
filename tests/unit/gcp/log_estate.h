/* log_estate.h - the example estate with log entries in plumbline-sim, and lines of the test's own.
 */
#ifndef PLUMBLINE_TESTS_LOG_ESTATE_H
#define PLUMBLINE_TESTS_LOG_ESTATE_H

#include "sim_run.h"

#define ENTRIES "tests/fixtures/logs/log_entries.ndjson"
#define NOW     "2026-11-20T10:00:00Z"

static inline void start(struct child *child, const char *more, const char *page_size)
{
    struct pl_arena *arena = pl_arena_new();
    char *folder = harness_temp_dir();
    const char *path = harness_path(arena, folder, "estate.ndjson");
    const char *const options[] = {"--page-size", page_size, NULL};
    int64_t now;

    harness_write(path, pl_arena_printf(arena, "%s%s%s", harness_read(arena, EXAMPLE, NULL),
                                        harness_read(arena, ENTRIES, NULL), more));
    child_start(child, path, NULL, page_size != NULL ? options : NULL);
    harness_remove(folder);
    pl_arena_free(arena);
    assert_int_equal(pl_clock_parse(NOW, &now), 0);
    pl_clock_freeze_wall(now);
    assert_int_equal(setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1), 0);
}

static inline void stop(struct child *child)
{
    pl_clock_freeze_wall(-1);
    child_end(child, 0);
}

#endif
