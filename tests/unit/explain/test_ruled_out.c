/* test_ruled_out.c - why a drift is not the cause: it is off the path, an effect, or makes no difference.
 */
#include "inquiry.h"

static void drift_is_ruled_out_with_its_reason(void **state)
{
    static const char yaml[] =
        "resources:\n"
        "  compute.firewall: !only\n    internal: {}\n"
        "  vpcaccess.connector: {conn: {state: READY, machineType: e2-micro}}\n"
        "  redis.instance: {cache: {tier: BASIC}}\n"
        "  sql.instance: {main: {settings: {ipConfiguration: {sslMode: ENCRYPTED_ONLY}}}}\n" TO_SQL;
    static const struct {
        const char *field, *why;
    } want[] = {
        {"redis.instance/cache:tier", "nothing on this path depends on it"},
        {"vpcaccess.connector/conn:machineType", /* what it carries is a risk, and blocks nothing */
         "on the path, but with it reverted alone the path still fails in the same way"},
        {"vpcaccess.connector/conn:state",
         "an effect: only the server writes it, so it is never the cause of itself"},
        {"compute.firewall/web",
         "on the path, but with it reverted alone the path still fails in the same way"},
    };
    struct inquiry q = inquire(
        *state, yaml,
        EDITS(
            RULE("kill",
                 "\"direction\":\"INGRESS\",\"priority\":1,\"sourceRanges\":[\"35.199.224.0/19\"],"
                 "\"denied\":[{\"IPProtocol\":\"all\"}]"),
            RULE("web", "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":"
                        "\"tcp\",\"ports\":[\"80\"]}]"),
            "vpcaccess.connector/conn:state = \"ERROR\"",
            "vpcaccess.connector/conn:machineType = \"e2-standard-4\"",
            "redis.instance/cache:tier = \"STANDARD_HA\""),
        SEEN("connect_timeout"));
    const struct pl_conn_result *r = result_of(&q, "c");
    assert_string_equal(account(*state, r), "failing explained [compute.firewall/kill] blockers "
                                            "VPC_CONNECTOR_SERVERLESS_TRAFFIC_BLOCKED");
    for (size_t i = 0; i < PL_LEN(want); i++) {
        ROW("%s", want[i].field);
        assert_non_null(why_not(r, want[i].field));
        assert_string_equal(why_not(r, want[i].field), want[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(drift_is_ruled_out_with_its_reason, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
