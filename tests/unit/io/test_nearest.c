/* test_nearest.c - suggestions: near enough, nearest first, none where none helps. */
#include "harness.h"

#include <string.h>

#include "plumbline/yaml.h"

static const char *const keys[] = {"egress", "ingress", "settings", "ipConfiguration", "timeout",
                                   "port",   "ports",   "to",       "databaseVersion"};

static const struct {
    const char *name, *nearest;
} rows[] = {
    {"", NULL},
    {"zzz", NULL},
    {"x", NULL},
    {"egres", "egress"},
    {"egresss", "egress"},
    {"ergess", "egress"}, /* a swap is one edit */
    {"Timeout", "timeout"},
    {"TIMEOUT", "timeout"}, /* seven edits, and only the case */
    {"port", "port"},
    {"prot", "port"},
    {"portss", "ports"},
    {"tp", "to"},
    {"qx", NULL},
    {"setings", "settings"},
    {"ipconfigration", "ipConfiguration"},
    {"databaseversoin", "databaseVersion"},
    {"completelyDifferent", NULL},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL},
};

static void suggestions(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *got = pl_nearest(rows[i].name, keys, PL_LEN(keys));

        ROW("%s", rows[i].name);
        if (rows[i].nearest == NULL)
            assert_null(got);
        else
            assert_string_equal(got, rows[i].nearest);
    }
    assert_null(pl_nearest("egress", NULL, 0));
}

static void long_candidates_are_passed_over(void **state)
{
    char big[300];
    const char *candidates[] = {big, "port"};

    (void)state;
    memset(big, 'p', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    assert_string_equal(pl_nearest("prt", candidates, 2), "port");
    assert_string_equal(pl_nearest("pprt", candidates, 2), "port");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggestions),
        cmocka_unit_test(long_candidates_are_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
