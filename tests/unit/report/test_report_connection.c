/* test_report_connection.c - one connection in depth: golden files. */
#include "report_fixture.h"
#include "report_golden.h"

static void golden(void **state)
{
    static const struct {
        const char *fixture;
        size_t connection;
        struct pl_report_style style;
        const char *file;
    } rows[] = {
        {"night", 2, {0}, "explained.txt"},
        {"night", 2, {.color = true}, "explained-color.txt"},
        {"night", 2, {.verbose = -1}, "explained-quiet.txt"},
        {"night", 0, {0}, "cascade.txt"},
        {"night", 1, {0}, "joint.txt"},
        {"night", 4, {0}, "working.txt"},
        {"slow", 0, {.verbose = 1}, "slow.txt"},
        {"puzzles", 4, {0}, "unexplained.txt"},
        {"incomplete", 0, {0}, "unknown.txt"},
        {"hostile", 0, {0}, "hostile.txt"},
    };
    struct pl_arena *a = *state;
    for (size_t i = 0; i < PL_LEN(rows); i++)
        for (size_t j = 0; j < PL_LEN(fixtures); j++) {
            struct pl_buf b = {0};
            if (strcmp(fixtures[j].name, rows[i].fixture) != 0)
                continue;
            const struct pl_run *run = fixtures[j].make(a);
            pl_report_connection(&b, run, &run->connections[rows[i].connection], &rows[i].style);
            check_golden(a, "connection", rows[i].file, &b);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(golden, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
