/* test_beyond.c - what of a path no field shows: told on the paths that pass there, and on no others.
 */
#include "worlds.h"

static const struct {
    const char *what; /* the rule, and what of it the row shows */
    const char *yaml;
    const char *const *edits;
    const char *text; /* in not_modelled */
    bool told;
} rows[] = {
    {"R1 policy-based routes come before all others", TO_SQL, NULL,
     "policy-based routes, which are asked before all others", true},
    {"R1 of a network that the packet does not enter", TO_WEB, NULL,
     "policy-based routes, which are asked before all others", false},
    {"inside Cloud SQL", TO_SQL, NULL,
     "what happens inside Cloud SQL's own network (DROPPED_INSIDE_CLOUD_SQL_SERVICE)", true},
    {"inside Cloud SQL, from outside", TO_REDIS, NULL,
     "what happens inside Cloud SQL's own network (DROPPED_INSIDE_CLOUD_SQL_SERVICE)", false},
    {"inside Redis", TO_REDIS, NULL,
     "what happens inside Memorystore's own network (DROPPED_INSIDE_REDIS_INSTANCE_SERVICE)", true},
    {"inside a cluster", TO_CLUSTER, EDITS(CLUSTER),
     "what happens inside Memorystore's own network (DROPPED_INSIDE_REDIS_CLUSTER_SERVICE)", true},
    {"inside a cluster, from an instance", TO_REDIS, NULL,
     "what happens inside Memorystore's own network (DROPPED_INSIDE_REDIS_CLUSTER_SERVICE)", false},
    {"inside a producer's network", TO_IP("10.0.0.60"), EDITS(OWN_SERVICE),
     "what happens inside the producer's network (DROPPED_INSIDE_PSC_SERVICE_PRODUCER)", true},
    {"at an address of nobody's", TO_IP("10.0.0.61"), EDITS(OWN_SERVICE),
     "what happens inside the producer's network (DROPPED_INSIDE_PSC_SERVICE_PRODUCER)", false},
    {"the Admin API's quota", TO_SQL_SOCKET, EDITS(SOCKET(SQLNAME)),
     "the quota of the Cloud SQL Admin API, which every instance asks when it starts", true},
    {"the Admin API's quota, and a direct connection", TO_SQL, NULL,
     "the quota of the Cloud SQL Admin API, which every instance asks when it starts", false},
    {"the application", HERE_TO_RUN, NULL,
     "what the application itself answers, and does with a stream once it is open", true},
    {"a sidecar", TO_RUN,
     EDITS("run.service/api:template.containers[name=app].ports = [{\"containerPort\":8080}]",
           "run.service/api:template.containers[name=envoy] = {\"name\":\"envoy\"}"),
     "what container envoy of run.service/api does to what the others send", true},
    {"a container alone", TO_RUN, NULL,
     "what container app of run.service/api does to what the others send", false},
};

static bool is_told(const struct pl_reach *r, const char *text)
{
    for (size_t i = 0; i < r->n_not_modelled; i++)
        if (strcmp(r->not_modelled[i], text) == 0)
            return true;
    return false;
}

static void told_where_a_path_passes(void **state)
{
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_reach r = reach_of(*state, rows[i].yaml, rows[i].edits);
        ROW("%s", rows[i].what);
        if (is_told(&r, rows[i].text) != rows[i].told) {
            for (size_t k = 0; k < r.n_not_modelled; k++)
                print_message("    %s\n", r.not_modelled[k]);
            fail_msg("%s: %s", rows[i].what, rows[i].told ? "not told" : "told");
        }
    }
}

/* S13: connecting, authorising and authenticating fail apart: what drops packets cannot show as a wrong password, unless another machine answers. */
static void no_dropped_packet_is_a_wrong_password(void **state)
{
    (void)state;
    const struct pl_symptom password = {.kind = pl_symptom_find("authentication_failed"),
                                        .after_ms = -1};
    static const char *const drops[] = {"CLOUD_NAT_NO_ADDRESSES",
                                        "CLOUD_SQL_INSTANCE_NOT_RUNNING",
                                        "CLOUD_SQL_INSTANCE_NO_ROUTE",
                                        "CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS",
                                        "FIREWALL_RULE",
                                        "GOOGLE_MANAGED_SERVICE_NO_PEERING",
                                        "NO_EXTERNAL_ADDRESS",
                                        "NO_ROUTE",
                                        "PRIVATE_TRAFFIC_TO_INTERNET",
                                        "PSC_CONNECTION_NOT_ACCEPTED",
                                        "ROUTE_BLACKHOLE",
                                        "ROUTE_WRONG_NETWORK",
                                        "VPC_CONNECTOR_NOT_RUNNING",
                                        "VPC_CONNECTOR_NOT_SET"};
    static const char *const others[] = {"UNKNOWN_EXTERNAL_ADDRESS", "UNKNOWN_INTERNAL_ADDRESS"};
    for (size_t i = 0; i < PL_LEN(drops); i++) {
        const struct pl_hop h = {.verdict = PL_HOP_BLOCK, .cause = pl_cause_find(drops[i])};
        ROW("S13 %s", drops[i]);
        assert_int_equal(pl_hop_predicts(&h, &password), 0);
    }
    for (size_t i = 0; i < PL_LEN(others); i++) {
        const struct pl_hop h = {.verdict = PL_HOP_BLOCK, .cause = pl_cause_find(others[i])};
        assert_int_equal(pl_hop_predicts(&h, &password), 1);
    }
}

/* S12: towards Cloud SQL a client that is not let in hangs; a refusal is only possible. */
static void who_is_not_let_in_hangs(void **state)
{
    (void)state;
    const struct pl_hop h = {.verdict = PL_HOP_BLOCK,
                             .cause = pl_cause_find("CLOUD_SQL_INSTANCE_UNAUTHORIZED_ACCESS")};
    static const struct {
        const char *symptom;
        int predicts;
    } seen[] = {{"connect_timeout", 2}, {"timeout", 2}, {"refused", 1}, {"dns_not_found", 0}};
    for (size_t i = 0; i < PL_LEN(seen); i++) {
        const struct pl_symptom s = {.kind = pl_symptom_find(seen[i].symptom), .after_ms = -1};
        ROW("S12 %s", seen[i].symptom);
        assert_int_equal(pl_hop_predicts(&h, &s), seen[i].predicts);
    }
}

/* A cut stream has no close frame: 1006, or no code at all. Any other code an application sent (RFC 6455, 7.1.5). */
static void a_close_code_is_the_applications_word(void **state)
{
    struct pl_reach r =
        reach_of(*state, TO_RUN, EDITS("run.service/auth:template.timeout = \"30s\""));
    const struct pl_hop *h = hop_of(&r, "timeout");
    static const struct {
        int code, predicts;
    } codes[] = {{0, 2}, {1006, 2}, {1000, 0}, {1001, 0}, {1008, 0}, {1011, 0}, {4001, 0}};
    if (h == NULL)
        fail_msg("no hop timeout");
    for (size_t i = 0; h != NULL && i < PL_LEN(codes); i++) {
        const struct pl_symptom s = {
            .kind = pl_symptom_find("websocket_closed"), .code = codes[i].code, .after_ms = -1};
        ROW("%d", codes[i].code);
        assert_int_equal(pl_hop_predicts(h, &s), codes[i].predicts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(told_where_a_path_passes, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test(no_dropped_packet_is_a_wrong_password),
        cmocka_unit_test(who_is_not_let_in_hangs),
        cmocka_unit_test_setup_teardown(a_close_code_is_the_applications_word, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
