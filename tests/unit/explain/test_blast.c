/* test_blast.c - the blast radius of a drift: who hangs on the field, who only passes through the resource, who waits for those, and who does not.
 */
#include "inquiry.h"

#define RES                                                                                        \
    "resources:\n"                                                                                 \
    "  sql.instance: {main: {settings: {activationPolicy: ALWAYS, dataDiskType: PD_SSD}}}\n"       \
    "  redis.instance: {cache: {memorySizeGb: 5}}\n"                                               \
    "  compute.firewall: !only {internal: {}}\n"                                                   \
    "  vpcaccess.connector: {conn: {state: READY, machineType: e2-micro}}\n"
#define DB    "  db: {from: run.service/api, to: sql.instance/main, via: private}\n"
#define CACHE "  cache: {from: run.service/api, to: redis.instance/cache}\n"
#define CALL  "  call: {from: run.service/auth, to: run.service/api}\n"
#define OUTER "  front: {from: here, to: run.service/auth}\n"

#define STOPPED "sql.instance/main:settings.activationPolicy = \"NEVER\""
#define RESIZED "sql.instance/main:settings.dataDiskType = \"PD_HDD\""

static const struct {
    const char *what, *connections;
    const char *const *edits;
    const char *symptoms, *field, *want;
} rows[] = {
    {"who hangs on the field, failing by it, and who waits for that, however far",
     DB CACHE CALL OUTER, EDITS(STOPPED), NULL, "sql.instance/main:settings.activationPolicy",
     "db by field blocked, call by upstream unknown, front by upstream open; run.service/api, "
     "run.service/auth"},
    {"whether it fails or not: seen to work, it still hangs on it", DB,
     EDITS("vpcaccess.connector/conn:state = \"UPDATING\""), NULL, "vpcaccess.connector/conn:state",
     "db by field open; run.service/api"},
    {"through the resource, by other fields of it", DB CACHE, EDITS(RESIZED), NULL,
     "sql.instance/main:settings.dataDiskType", "db by resource open; run.service/api"},
    {"nobody goes there", DB, EDITS("redis.instance/cache:memorySizeGb = 1"), NULL,
     "redis.instance/cache:memorySizeGb", "; "},
    {"by depends_on", DB "  web: {from: here, to: \"https://example.org\", depends_on: [db]}\n",
     EDITS(STOPPED), NULL, "sql.instance/main:settings.activationPolicy",
     "db by field blocked, web by upstream unknown; run.service/api"},
    {"a circle ends",
     DB "  a: {from: here, to: \"https://a.example\", depends_on: [b, db]}\n  b: {from: here, to: "
        "\"https://b.example\", depends_on: [a]}\n",
     EDITS(STOPPED), NULL, "sql.instance/main:settings.activationPolicy",
     "db by field blocked, a by upstream unknown, b by upstream unknown; run.service/api"},
    {"a rule that decides", DB CACHE,
     EDITS(RULE("no", "\"direction\":\"EGRESS\",\"priority\":5,\"destinationRanges\":"
                      "[\"10.68.0.0/24\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     NULL, "compute.firewall/no", "db by field blocked; run.service/api"},
    {"a rule that no packet of theirs meets", DB CACHE,
     EDITS(RULE("no", "\"direction\":\"EGRESS\",\"priority\":5,\"destinationRanges\":"
                      "[\"192.0.2.0/24\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     NULL, "compute.firewall/no", "; "},
    {"through a load balancer, whose service waits for it",
     "  adb: {from: run.service/auth, to: sql.instance/main, via: public}\n  web: {from: here, to: "
     "\"https://app.example.org/\"}\n",
     EDITS(STOPPED, LB), NULL, "sql.instance/main:settings.activationPolicy",
     "adb by field blocked, web by upstream open; run.service/auth"},
    {"what is only read with the drift reverted counts, too", DB,
     EDITS("- vpcaccess.connector/us-central1/conn"), NULL, "vpcaccess.connector/conn",
     "db by field blocked; run.service/api"},
};

static const char *told(struct pl_arena *arena, const struct pl_drift *d)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < d->n_affects; i++)
        pl_buf_addf(&b, "%s%s by %s %s", i ? ", " : "", d->affects[i].name,
                    pl_affected_names[d->affects[i].how],
                    pl_conn_status_names[d->affects[i].status]);
    pl_buf_adds(&b, "; ");
    for (size_t i = 0; i < d->n_services; i++)
        pl_buf_addf(&b, "%s%s", i ? ", " : "", d->services[i]);
    return pl_buf_take(&b, arena);
}

static void each_drift_knows_who_depends_on_it(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        const char *yaml = pl_arena_printf(*state, RES "connections:\n%s", rows[i].connections);
        struct inquiry q = inquire(*state, yaml, rows[i].edits, rows[i].symptoms);
        const char *got = "no such drift";
        for (size_t j = 0; j < q.diff->n_drift; j++)
            if (strcmp(q.diff->drift[j]->field, rows[i].field) == 0)
                got = told(*state, q.diff->drift[j]);
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
        cmocka_unit_test_setup_teardown(each_drift_knows_who_depends_on_it, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
