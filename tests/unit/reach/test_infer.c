/* test_infer.c - the connections that a world is wired for: by exact values, and by those that mean one resource.
 */
#include "worlds.h"

/* A database of another project, at the address of the base world's. */
#define OTHERS(ip)                                                                                 \
    "sql.instance/q/global/theirs = "                                                              \
    "{\"name\":\"theirs\",\"connectionName\":\"q:us-central1:theirs\","                            \
    "\"ipAddresses\":[{\"type\":\"PRIVATE\",\"ipAddress\":\"" ip "\"}]}"
#define THEIR_SERVICE                                                                              \
    "run.service/q/us-central1/job = {\"name\":\"projects/q/locations/us-central1/services/job\"," \
    "\"template\":{\"containers\":[{\"env\":[{\"name\":\"H\",\"value\":\"10.68.0.3\"}]}]}}"

static const struct {
    const char *what;
    const char *const *edits;
    const char *want;
} rows[] = {
    {"nothing is wired", NULL, ""},
    {"an address", EDITS(ENV("DB", "10.68.0.3")), "api-to-main; "},
    {"the same thing twice is one", EDITS(ENV("DB", "10.68.0.3"), ENV("DB2", "p:us-central1:main")),
     "api-to-main; "},
    {"a URL's host", EDITS(ENV("AUTH", "https://auth-x-uc.a.run.app/verify")), "api-to-auth; "},
    {"a socket", EDITS(SOCKET("p:us-central1:main")), "api-to-main; "},
    {"an address that two projects use is one's own",
     EDITS(ENV("DB", "10.68.0.3"), OTHERS("10.68.0.3")), "api-to-main; "},
    {"to each its own", EDITS(ENV("DB", "10.68.0.3"), OTHERS("10.68.0.3"), THEIR_SERVICE),
     "api-to-main; job-to-theirs; "},
    {"one that only another project uses is that project's",
     EDITS(ENV("DB", "10.9.0.3"), OTHERS("10.9.0.3")), "api-to-theirs; "},
    {"one that two others use is nobody's",
     EDITS(ENV("DB", "10.9.0.3"), OTHERS("10.9.0.3"),
           "sql.instance/r/global/more = {\"name\":\"more\",\"ipAddresses\":[{\"type\":\"PRIVATE\","
           "\"ipAddress\":\"10.9.0.3\"}]}"),
     ""},
};

static void only_what_means_one_resource_is_a_connection(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        size_t n;
        struct pl_buf b = {0};
        const struct pl_connection *const *list =
            pl_reach_infer(*state, pl_view_new(*state, world_with(*state, rows[i].edits)), &n);
        for (size_t j = 0; j < n; j++)
            pl_buf_addf(&b, "%s; ", list[j]->name);
        const char *got = pl_buf_take(&b, *state);
        if (strcmp(got, rows[i].want) == 0)
            continue;
        wrong++;
        print_error("%s\n  expected %s\n  found    %s\n", rows[i].what, rows[i].want, got);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_means_one_resource_is_a_connection, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
