/* test_writes.c - rule M8 and Cloud SQL's replicas: what answers and takes no writes.
 */
#include "worlds.h"

#define READ_ENDPOINT "redis.instance/cache:readEndpoint = \"10.68.1.5\""

static const struct rule_row rows[] = {
    {"a primary takes writes", TO_SQL, NULL, "writes", -1, NULL, NULL},
    {"a replica does not", TO_SQL,
     EDITS("sql.instance/main:instanceType = \"READ_REPLICA_INSTANCE\""), "writes", PL_HOP_PASS,
     "READ_ONLY_ENDPOINT", "sql.instance/main is a read replica: it takes no writes"},
    {"an instance by its other name", TO_SQL,
     EDITS("sql.instance/main:instanceType = \"CLOUD_SQL_INSTANCE\""), "writes", -1, NULL, NULL},
    {"a flag", TO_SQL,
     EDITS("sql.instance/main:settings.databaseFlags[name=default_transaction_read_only].value = "
           "\"on\""),
     "writes", PL_HOP_PASS, "READ_ONLY_ENDPOINT",
     "transactions on sql.instance/main are read-only unless they say otherwise: "
     "default_transaction_read_only is on"},
    {"on in other letters", TO_SQL,
     EDITS("sql.instance/main:settings.databaseFlags[name=default_transaction_read_only].value = "
           "\"ON\""),
     "writes", PL_HOP_PASS, "READ_ONLY_ENDPOINT", NULL},
    {"that is off", TO_SQL,
     EDITS("sql.instance/main:settings.databaseFlags[name=default_transaction_read_only].value = "
           "\"off\""),
     "writes", -1, NULL, NULL},
    {"M8 the read endpoint", TO_REDIS, EDITS(READ_ENDPOINT, ENV("REDIS_HOST", "10.68.1.5")),
     "writes", PL_HOP_PASS, "READ_ONLY_ENDPOINT",
     "10.68.1.5 is the read endpoint of redis.instance/cache: its replicas take no writes"},
    {"M8 the host itself", TO_REDIS, EDITS(READ_ENDPOINT, ENV("REDIS_HOST", "10.68.1.4")), "writes",
     -1, NULL, NULL},
    {"M8 a read endpoint that nobody dials", TO_REDIS, EDITS(READ_ENDPOINT), "writes", -1, NULL,
     NULL},
};

static void writes(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
