/* bench_report.c - what bench_report.sh measures: how long each format takes to write a run of a given size, and how long a page is searched.
 *
 *   bench_report write DIR FINDINGS   "FORMAT MS BYTES" for each; the reports are left in DIR
 *   bench_report search PAGE          "MS": from a letter typed to the picture with its answer, the longest of several; nothing without a browser
 */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/report/html_browser_checks.h"
#include "../unit/report/report_fixture_large.h"
#include "bench_measure.h"
#include "browser.h"
#include "plumbline/file.h"

static int write_all(const char *dir, size_t findings)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_run *run = run_large(arena, findings);
    for (size_t i = 0; i < pl_report_writers_len; i++) {
        const struct pl_report_writer *w = &pl_report_writers[i];
        struct pl_buf b = {0};
        struct pl_err err = {0};
        struct measure begin = measure_now();
        w->write(&b, run, &(struct pl_report_style){.verbose = 1});
        printf("%s %.1f %zu\n", w->name, measure_now().wall - begin.wall, b.len);
        if (pl_file_write(pl_arena_printf(arena, "%s/report.%s", dir, w->name), pl_buf_str(&b),
                          b.len, 0644, &err) < 0) {
            fprintf(stderr, "%s\n", err.text);
            return 1;
        }
        pl_buf_free(&b);
    }
    pl_arena_free(arena);
    return 0;
}

static int search(const char *page)
{
    struct pl_arena *arena = pl_arena_new();
    struct browser *browser = browser_start();
    if (browser) {
        browser_open(browser, arena, page);
        browser_view(browser, arena, 1280, 800, "light", "screen");
        browser_number(browser, arena, typed); /* the first time reads the page in */
        printf("%.0f\n", browser_number(browser, arena, typed));
    }
    browser_stop(browser);
    pl_arena_free(arena);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "write") == 0)
        return write_all(argv[2], strtoul(argv[3], NULL, 10));
    if (argc == 3 && strcmp(argv[1], "search") == 0)
        return search(argv[2]);
    fputs("usage: bench_report write DIR FINDINGS | search PAGE\n", stderr);
    return 1;
}
