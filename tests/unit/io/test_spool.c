/* test_spool.c - records come back in order and byte for byte, from the file, from memory where there is none, and from both.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "harness.h"

#include "plumbline/spool.h"

enum { RECORDS = 300 };

/* Of any length, 0 included, with any byte. */
static size_t make(size_t i, char *out)
{
    size_t len = i * 37 % 1000;

    for (size_t k = 0; k < len; k++)
        out[k] = (char)((i + k) % 256);
    return len;
}

static void fill(struct pl_spool *spool, size_t from, size_t to)
{
    char record[1024];

    for (size_t i = from; i < to; i++)
        pl_spool_add(spool, record, make(i, record));
}

static void check(struct pl_spool *spool, size_t n)
{
    char want[1024];
    const char *record = NULL;
    struct pl_err err;
    size_t len;

    pl_spool_rewind(spool);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(pl_spool_next(spool, &record, &len, &err), 1);
        assert_int_equal(len, make(i, want));
        assert_memory_equal(record, want, len);
        assert_int_equal(record[len], '\0');
    }
    assert_int_equal(pl_spool_next(spool, &record, &len, &err), 0);
}

static void in_a_file(void **state)
{
    char *dir = harness_temp_dir();
    struct pl_spool *spool;

    (void)state;
    (void)setenv("TMPDIR", dir, 1);
    spool = pl_spool_new();
    check(spool, 0);
    fill(spool, 0, RECORDS);
    check(spool, RECORDS);
    fill(spool, RECORDS, RECORDS + 10);
    check(spool, RECORDS + 10);
    pl_spool_free(spool);
    pl_spool_free(NULL);
    (void)unsetenv("TMPDIR");
    harness_remove(dir);
}

static void without_a_folder(void **state)
{
    struct pl_spool *spool;

    (void)state;
    (void)setenv("TMPDIR", "/nonexistent", 1);
    spool = pl_spool_new();
    fill(spool, 0, RECORDS);
    check(spool, RECORDS);
    pl_spool_free(spool);
    (void)unsetenv("TMPDIR");
}

/* A file that may not grow any more stands for a full disk. */
static void when_the_disk_is_full(void **state)
{
    struct rlimit limit = {.rlim_cur = 40000, .rlim_max = RLIM_INFINITY}, before;
    char *dir = harness_temp_dir();
    struct pl_spool *spool;

    (void)state;
    (void)setenv("TMPDIR", dir, 1);
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit.rlim_max = before.rlim_max;
    spool = pl_spool_new();
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    fill(spool, 0, RECORDS);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    check(spool, RECORDS);
    fill(spool, RECORDS, RECORDS + 10);
    check(spool, RECORDS + 10);
    pl_spool_free(spool);
    (void)unsetenv("TMPDIR");
    harness_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_a_file),
        cmocka_unit_test(without_a_folder),
        cmocka_unit_test(when_the_disk_is_full),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
