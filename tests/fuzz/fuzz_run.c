/* fuzz_run.c - any bytes as a stored run: no crash, what can be read is a fixed point of writing, and every report can be written of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/history.h"
#include "plumbline/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_fixed_point(struct pl_arena *arena, const struct pl_run *run)
{
    struct pl_buf once = {0}, twice = {0};
    struct pl_err err = {0};

    pl_run_write(&once, run);
    const struct pl_run *again = pl_run_read(arena, once.data, once.len, &err);
    if (again == NULL)
        abort(); /* it does not read what it wrote */
    pl_run_write(&twice, again);
    if (once.len != twice.len || memcmp(once.data, twice.data, once.len) != 0)
        abort();
    pl_buf_free(&once);
    pl_buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_err err = {0};
    struct pl_run *run = pl_run_read(arena, (const char *)data, size, &err);
    const struct pl_report_style style = {.verbose = 1};

    if (run == NULL && err.text[0] == '\0')
        abort(); /* an error without a word */
    if (run != NULL) {
        check_fixed_point(arena, run);
        run->past = pl_past_compare(arena, NULL, NULL, NULL, run);
        run->past = pl_past_compare(arena, run->past, "before", "then", run);
        for (size_t i = 0; i < pl_report_writers_len; i++) {
            struct pl_buf out = {0};
            pl_report_writers[i].write(&out, run, &style);
            pl_buf_free(&out);
        }
    }
    pl_arena_free(arena);
    return 0;
}
