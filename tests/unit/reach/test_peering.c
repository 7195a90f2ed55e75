/* test_peering.c - rules P1, P7, M1 and M2: the peering that leads to Google's services.
 */
#include "worlds.h"

static const struct rule_row rows[] = {
    {"P6 another list of ranges does not touch what is there", TO_SQL,
     EDITS("servicenetworking.connection/main:reservedPeeringRanges = [\"another\"]"), "peering",
     PL_HOP_PASS, NULL, NULL},
    {"P7 the private connection is there, the peering is not", TO_SQL,
     EDITS("compute.network/main:peerings"), "peering", PL_HOP_BLOCK,
     "GOOGLE_MANAGED_SERVICE_NO_PEERING", NULL},
    {"P7 the peering is there, the private connection is not", TO_SQL,
     EDITS("- servicenetworking.connection/main"), "peering", PL_HOP_PASS, NULL, NULL},
    {"M2 the instance lives in another network", TO_REDIS,
     EDITS("redis.instance/cache:authorizedNetwork = \"projects/p/global/networks/other\""),
     "peering", PL_HOP_BLOCK, "ROUTE_WRONG_NETWORK",
     "redis.instance/cache lives in network other, the packet is in main, and peering is not "
     "transitive"},
    {"a project's number may be its id", TO_SQL,
     EDITS("sql.instance/main:settings.ipConfiguration.privateNetwork = "
           "\"projects/12345/global/networks/main\""),
     "peering", PL_HOP_PASS, NULL, NULL},
    {"P1 a peering that is not ACTIVE", TO_SQL,
     EDITS("compute.network/main:peerings[name=servicenetworking-googleapis-com].state = "
           "\"INACTIVE\""),
     "peering", PL_HOP_BLOCK, "GOOGLE_MANAGED_SERVICE_NO_PEERING",
     "peering servicenetworking-googleapis-com is INACTIVE"},
    {"no peering at all", TO_SQL, EDITS("compute.network/main:peerings"), "peering", PL_HOP_BLOCK,
     "GOOGLE_MANAGED_SERVICE_NO_PEERING",
     "network main has no peering servicenetworking-googleapis-com"},
    {"the connection is gone, the peering still carries", TO_SQL,
     EDITS("- servicenetworking.connection/main"), "peering", PL_HOP_PASS, NULL, NULL},
    {"connection and peering are gone: the connection is told", TO_SQL,
     EDITS("- servicenetworking.connection/main", "compute.network/main:peerings"), "peering",
     PL_HOP_BLOCK, "GOOGLE_MANAGED_SERVICE_NO_PEERING",
     "network main has no private services connection"},
    {"M1 a cache by direct peering", TO_REDIS,
     EDITS("redis.instance/cache:connectMode = \"DIRECT_PEERING\""), "peering", PL_HOP_PASS, NULL,
     "peering redis-peer-1 of network main is ACTIVE"},
    {"M1 whose peering is gone", TO_REDIS,
     EDITS("redis.instance/cache:connectMode = \"DIRECT_PEERING\"",
           "compute.network/main:peerings[name=redis-peer-1]"),
     "peering", PL_HOP_BLOCK, "GOOGLE_MANAGED_SERVICE_NO_PEERING", NULL},
    {"a network that could not be read", TO_SQL,
     EDITS("- compute.network/main", "? compute.network permission_denied"), "peering",
     PL_HOP_UNKNOWN, "GOOGLE_MANAGED_SERVICE_NO_PEERING",
     "the peerings of network main are not known: it could not be read: permission_denied"},
    {"M1 a Redis instance has no endpoint of Private Service Connect",
     "connections: {c: {from: run.service/api, to: redis.instance/cache, via: psc}}\n", NULL,
     "peering", PL_HOP_UNKNOWN, NULL, NULL},
};

static void peerings_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(peerings_as_google_says, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
