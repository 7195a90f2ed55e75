/* test_kill.c - 200 audits killed at random moments: the store stays whole, no report is half written, no run that told its result is lost.
 *
 * KILL_SEED and KILL_TIMES choose other moments. A run writes the store first and its report then, so a report that is there names a run
 * that is stored.
 */
#include "harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plumbline/clock.h"
#include "plumbline/history.h"
#include "plumbline/json.h"
#include "plumbline/map.h"

static pid_t start(struct pl_arena *a, const char *dir)
{
    const char *program = getenv("PLUMBLINE"), *root = "tests/scenarios/stopped-instance";
    const char *const argv[] = {
        "plumbline",
        "audit",
        "--no-probe",
        "-b",
        pl_arena_printf(a, "%s/baseline.yaml", root),
        "--snapshot",
        pl_arena_printf(a, "%s/estate.ndjson", root),
        "--store",
        pl_arena_printf(a, "%s/s.db", dir),
        "-o",
        pl_arena_printf(a, "json=%s/r.json", dir),
        "-o",
        pl_arena_printf(a, "markdown=%s/r.md", dir),
        NULL,
    };
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    int null = open("/dev/null", O_RDWR);
    (void)dup2(null, STDOUT_FILENO);
    (void)dup2(null, STDERR_FILENO);
    execv(program ? program : "", (char *const *)(uintptr_t)argv);
    _exit(127);
}

/* The id in the report that is there, or NULL; a report that is there is whole. */
static const char *report_id(struct pl_arena *a, const char *dir)
{
    const char *path = harness_path(a, dir, "r.json");
    struct pl_err err = {0};
    size_t len = 0;
    if (access(path, F_OK) != 0)
        return NULL;
    char *text = harness_read(a, path, &len);
    const struct pl_value *v = pl_json_parse(a, text, len, path, &err);
    if (!v)
        fail_msg("%s", err.text);
    return pl_value_member_text(pl_value_member(v, "run"), "id");
}

static int integrity(void *arg, int n, char **values, char **names)
{
    (void)arg;
    (void)n;
    (void)names;
    assert_string_equal(values[0], "ok");
    return 0;
}

static void check_store(struct pl_arena *a, const char *dir, const struct pl_map *told)
{
    struct pl_err err = {0};
    const char *path = harness_path(a, dir, "s.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA integrity_check", integrity, NULL, NULL), SQLITE_OK);
    (void)sqlite3_close(db);
    struct pl_store *s = pl_store_open(path, false, &err);
    const struct pl_history_row *rows;
    size_t n = 0;
    struct pl_map stored;
    if (!s || pl_history_list(s, a, &(struct pl_history_filter){0}, &rows, &n, &err) < 0)
        fail_msg("%s", err.text);
    pl_map_init(&stored, a);
    for (size_t i = 0; i < n; i++) {
        struct pl_run *run = pl_history_run(s, a, &rows[i], &err);
        if (!run)
            fail_msg("%s", err.text);
        assert_int_equal(run->past->n_trend, i < PL_PAST_TREND ? i : PL_PAST_TREND);
        (void)pl_map_put(&stored, run->id, run);
    }
    for (size_t i = 0; i < told->n; i++)
        if (!pl_map_has(&stored, told->entries[i].key))
            fail_msg("run %s told its result and is not stored", told->entries[i].key);
    print_message("%zu runs are stored, %zu of them told their result\n", n, told->n);
    assert_true(n >= told->n && told->n > 0);
    pl_store_close(s);
}

/* A file that is written has no name: what a killed run leaves is nothing, or, between two calls of the kernel, one that is whole. */
static void check_folder(const char *dir)
{
    size_t n = 0;
    DIR *d = opendir(dir);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        n += strstr(e->d_name, ".tmp") != NULL;
    (void)closedir(d);
    print_message("%zu temporary files are left\n", n);
    assert_true(n <= 2);
}

static long number(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

static void test_kill(void **state)
{
    struct pl_arena *a = *state;
    char *dir = harness_temp_dir();
    struct pl_map told;
    static char there[] = "";
    int status = 0;
    pl_map_init(&told, a);
    srandom((unsigned)number("KILL_SEED", 6));
    /* The first is left alone: how long one takes here and now, and something that later ones could damage. */
    int64_t begun = pl_clock_mono_ns();
    assert_true(waitpid(start(a, dir), &status, 0) > 0);
    assert_int_equal(WEXITSTATUS(status), 2);
    int64_t whole_us = (pl_clock_mono_ns() - begun) / 1000;
    for (long i = 0; i < number("KILL_TIMES", 200); i++) {
        const char *id = report_id(a, dir);
        (void)pl_map_put(&told, id, there);
        pid_t pid = start(a, dir);
        (void)usleep((useconds_t)(random() % (whole_us * 5 / 4)));
        (void)kill(pid, SIGKILL);
        assert_true(waitpid(pid, &status, 0) == pid);
        if (WIFEXITED(status)) {
            assert_int_equal(WEXITSTATUS(status), 2);
            assert_string_not_equal(report_id(a, dir), id);
        }
    }
    (void)pl_map_put(&told, report_id(a, dir), there);
    check_store(a, dir, &told);
    check_folder(dir);
    harness_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kill, harness_arena, harness_arena_free)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
