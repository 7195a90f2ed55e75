/* test_retry.c - how long to wait: bounds of the jitter, minimum waits, the end of patience. */
#include "gcp_priv.h"
#include "harness.h"

enum { UNIT = 1000 }; /* the first backoff, in nanoseconds */

static const struct {
    const char *name, *api;
    int status;
    int64_t wish;
    int attempt, max;
    int64_t least, most; /* in units; -1: no more */
} rows[] = {
    {"first try", "run.googleapis.com", 503, -1, 1, 5, 0, 1},
    {"second", "run.googleapis.com", 503, -1, 2, 5, 0, 2},
    {"fourth", "run.googleapis.com", 503, -1, 4, 5, 0, 8},
    {"the last", "run.googleapis.com", 503, -1, 5, 5, -1, -1},
    {"doubling ends", "run.googleapis.com", 503, -1, 40, 50, 0, 32},
    {"a wish", "run.googleapis.com", 429, 10, 1, 5, 10, 11},
    {"a wish beyond reason", "run.googleapis.com", 429, 100000, 1, 5, 300, 301},
    {"Service Usage, throttled", "serviceusage.googleapis.com", 429, -1, 1, 5, 30, 31},
    {"Service Usage, its own wish", "serviceusage.googleapis.com", 429, 40, 1, 5, 40, 41},
    {"Service Usage, 503", "serviceusage.googleapis.com", 503, -1, 1, 5, 1, 2},
    {"Compute Engine's quota", "compute.googleapis.com", 403, -1, 1, 5, 15, 16},
    {"Cloud SQL's quota", "sqladmin.googleapis.com", 429, -1, 4, 5, 15, 23},
    {"Service Usage, 502", "serviceusage.googleapis.com", 502, -1, 1, 5, 0, 1},
};

static void waits_stay_within_their_bounds(void **state)
{
    static const uint64_t randoms[] = {0, 1, 12345, UINT64_C(0x8000000000000000), UINT64_MAX};

    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++)
        for (size_t k = 0; k < PL_LEN(randoms); k++) {
            struct pl_gcp_failure failure = {
                .again = true, .status = rows[i].status, .wait = rows[i].wish};
            int64_t wait = pl_gcp_retry_wait(&failure, rows[i].api, rows[i].attempt, rows[i].max,
                                             UNIT, randoms[k]);

            ROW("%s: %lld", rows[i].name, (long long)wait);
            if (rows[i].least < 0) {
                assert_int_equal(wait, -1);
                continue;
            }
            assert_true(wait >= rows[i].least * UNIT);
            assert_true(wait <= rows[i].most * UNIT);
        }
}

/* Full jitter: nothing and the whole span both happen. */
static void the_jitter_is_full(void **state)
{
    struct pl_gcp_failure failure = {.again = true, .status = 503, .wait = -1};

    (void)state;
    assert_int_equal(pl_gcp_retry_wait(&failure, "x", 3, 5, UNIT, 0), 0);
    assert_int_equal(pl_gcp_retry_wait(&failure, "x", 3, 5, UNIT, 4 * UNIT), 4 * UNIT);
}

static void what_is_final_is_not_tried_again(void **state)
{
    struct pl_gcp_failure failure = {.again = false, .status = 403, .wait = 1};

    (void)state;
    assert_int_equal(pl_gcp_retry_wait(&failure, "x", 1, 5, UNIT, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_stay_within_their_bounds),
        cmocka_unit_test(the_jitter_is_full),
        cmocka_unit_test(what_is_final_is_not_tried_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
