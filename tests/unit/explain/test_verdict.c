/* test_verdict.c - the verdicts in the contract's order, each with the row above it nearly reached.
 */
#include "inquiry.h"

#define ONLY                                                                                       \
    "resources:\n  compute.firewall: !only\n    internal: {}\n  run.service: {api: {template: "    \
    "{timeout: 300s}}}\n"
#define DENY(name, port)                                                                           \
    RULE(name, "\"direction\":\"EGRESS\",\"priority\":10,\"denied\":[{\"IPProtocol\":\"tcp\","     \
               "\"ports\":[\"" port "\"]}]")
#define POLICY(value)                                                                              \
    "resources: {sql.instance: {main: {settings: {activationPolicy: " value "}}}}\n"
#define SEEN_AFTER(symptom, code, ms)                                                              \
    "{\"connection\":\"c\",\"symptom\":\"" symptom "\",\"code\":" #code ",\"after_ms\":" #ms "}\n"
#define MIN_ONE "resources: {run.service: {auth: {template: {scaling: {minInstanceCount: 1}}}}}\n"
#define COLD    "run.service/auth:template.scaling.minInstanceCount = 0"

static const struct {
    const char *what, *yaml;
    const char *const *edits;
    const char *symptoms, *account, *reason;
} rows[] = {
    {"nothing was seen, and the model finds it open", POLICY("ALWAYS") TO_SQL, NULL, NULL, "open",
     NULL},
    {"nothing was seen, and the model finds it blocked", POLICY("ALWAYS") TO_SQL,
     EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""), NULL,
     "blocked explained [sql.instance/main:settings.activationPolicy] blockers "
     "CLOUD_SQL_INSTANCE_NOT_RUNNING",
     "proven: with this one drift reverted in the model the path opens"},
    {"nothing was seen, and the model does not know", TO_SQL,
     EDITS("? compute.firewall permission_denied"), NULL, "unknown unknown",
     "firewall-egress: firewall rules: the network's rules were not all read"},
    {"unknown: only what nobody looked at may show so", TO_SQL,
     EDITS("? compute.firewall permission_denied"), SEEN("connect_timeout"), "failing unknown",
     "too little was observed: only hops that nobody could look at may have caused this"},
    {"not unknown: what nobody looked at cannot show so", TO_SQL,
     EDITS("? compute.firewall permission_denied"), SEEN("authentication_failed"),
     "failing unexplained", NULL},
    {"explained", POLICY("ALWAYS") TO_SQL,
     EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""), SEEN("connect_timeout"),
     "failing explained [sql.instance/main:settings.activationPolicy] blockers "
     "CLOUD_SQL_INSTANCE_NOT_RUNNING",
     "proven: with this one drift reverted in the model the path opens"},
    {"consistent: something unknown remains", POLICY("ALWAYS") TO_SQL,
     EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\"",
           "? compute.firewall permission_denied"),
     SEEN("connect_timeout"),
     "failing consistent [sql.instance/main:settings.activationPolicy] blockers "
     "CLOUD_SQL_INSTANCE_NOT_RUNNING",
     "it fits, and is not proven: something on the repaired path is unknown"},
    {"explained: what remains unknown cannot show so", POLICY("ALWAYS") TO_SQL,
     EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\"",
           "? compute.firewall permission_denied"),
     SEEN("refused"),
     "failing explained [sql.instance/main:settings.activationPolicy] blockers "
     "CLOUD_SQL_INSTANCE_NOT_RUNNING",
     NULL},
    {"consistent: latency", MIN_ONE TO_RUN, EDITS(COLD), SEEN("slow"),
     "degraded consistent [run.service/auth:template.scaling.minInstanceCount] blockers COLD_START",
     "it fits, and is not proven: a path model cannot prove latency or chance"},
    {"consistent: nothing blocks, but drift makes it likely",
     "resources: {run.service: {auth: {template: {timeout: 300s}}}}\n" TO_RUN,
     EDITS("run.service/auth:template.timeout = \"5s\""), SEEN_CODE("c", "http_status", 504),
     "failing consistent [run.service/auth:template.timeout] blockers CLOUD_RUN_REQUEST_TIMEOUT",
     "it fits, and is not proven: nothing blocks the path, and this makes the failure likely"},
    {"undeclared", TO_SQL, EDITS(DENY("d", "5432")), SEEN("connect_timeout"),
     "failing undeclared blockers FIREWALL_RULE",
     "the model finds what blocks it, and the baseline says nothing about that field"},
    {"undeclared: a missing route of a declared network",
     "resources: {compute.network: {main: {}}}\n" TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.route/default"), SEEN("connect_timeout"),
     "failing undeclared blockers NO_ROUTE", NULL},
    {"undeclared: a state that nothing drives",
     "resources: {vpcaccess.connector: {conn: {state: READY}}}\n" TO_SQL,
     EDITS("vpcaccess.connector/conn:state = \"ERROR\""), SEEN("connect_timeout"),
     "failing undeclared blockers VPC_CONNECTOR_NOT_RUNNING",
     "the model finds what blocks it: a state that only the server writes, and what drives it was "
     "not observed to differ"},
    {"consistent: a cache that was made anew has an address that nobody has seen",
     "resources: {redis.instance: {cache: {connectMode: PRIVATE_SERVICE_ACCESS}}}\n" TO_REDIS,
     EDITS(ENV("REDIS_HOST", "10.68.1.4"), "redis.instance/cache:connectMode = \"DIRECT_PEERING\"",
           "redis.instance/cache:host = \"10.3.7.4\""),
     SEEN("connect_timeout"),
     "failing consistent [redis.instance/cache:connectMode] blockers UNKNOWN_INTERNAL_ADDRESS",
     NULL},
    {"contradicted: a name that is not there shows as no timeout",
     "resources: {dns.managedZone: {z: {privateVisibilityConfig: {networks: [{networkUrl: "
     "main}]}}}}\n"
     "connections: {c: {from: run.service/api, to: \"https://db.corp\"}}\n",
     EDITS(ZONE("z", "corp."), RECORD("z", "db.corp.", "A", "\"10.0.0.9\""),
           "dns.managedZone/z:privateVisibilityConfig.networks = "
           "[{\"networkUrl\":\"projects/p/global/networks/other\"}]"),
     SEEN("connect_timeout"),
     "failing contradicted masked "
     "dns.managedZone/z:privateVisibilityConfig.networks[networkUrl=main] blockers "
     "DNS_NAME_NOT_FOUND",
     NULL},
    {"explained: a zone that the network does not see any more",
     "resources: {dns.managedZone: {z: {privateVisibilityConfig: {networks: [{networkUrl: "
     "projects/p/global/networks/main}]}}}}\n"
     "connections: {c: {from: run.service/api, to: \"https://db.corp\"}}\n",
     EDITS(ZONE("z", "corp."), RECORD("z", "db.corp.", "A", "\"10.0.0.9\""),
           "dns.managedZone/z:privateVisibilityConfig.networks = "
           "[{\"networkUrl\":\"projects/p/global/networks/other\"}]"),
     SEEN("dns_not_found"),
     "failing explained "
     "[dns.managedZone/z:privateVisibilityConfig.networks[networkUrl=projects/p/global/networks/"
     "main]] blockers DNS_NAME_NOT_FOUND",
     NULL},
    {"consistent: a peering that is gone, and the routes that came with it",
     "resources: {compute.network: {main: {peerings: [{name: to-hub, network: "
     "projects/hub/global/networks/hub}]}}}\n"
     "connections: {c: {from: run.service/api, to: \"10.77.0.9:443\"}}\n",
     NULL, SEEN("connect_timeout"),
     "failing consistent [compute.network/main:peerings[name=to-hub]] blockers "
     "PRIVATE_TRAFFIC_TO_INTERNET",
     NULL},
    {"explained: the same, with the subnetworks of the other network",
     "resources: {compute.network: {main: {peerings: [{name: to-hub, network: "
     "projects/p/global/networks/other}]}}}\n"
     "connections: {c: {from: run.service/api, to: \"10.7.0.9:443\"}}\n",
     NULL, SEEN("connect_timeout"),
     "failing explained [compute.network/main:peerings[name=to-hub]] blockers "
     "PRIVATE_TRAFFIC_TO_INTERNET",
     NULL},
    {"declared also fails: no subnetwork of the other network has the address",
     "resources: {compute.network: {main: {peerings: [{name: to-hub, network: "
     "projects/p/global/networks/other}]}}}\n"
     "connections: {c: {from: run.service/api, to: \"10.8.9.9:443\"}}\n",
     EDITS("compute.subnetwork/us-central1/other:ipCidrRange = \"10.7.0.0/24\""),
     SEEN("connect_timeout"), "failing undeclared blockers PRIVATE_TRAFFIC_TO_INTERNET", NULL},
    {"explained: a load balancer that has another address than was declared",
     "resources: {compute.forwardingRule: {ilb: {IPAddress: 10.0.0.40, network: "
     "projects/p/global/networks/main}}}\n"
     "connections: {c: {from: run.service/api, to: \"10.0.0.40:8080\"}}\n",
     EDITS(FRONT("ilb", "10.0.0.41", "\"allPorts\":true,\"IPProtocol\":\"TCP\"")),
     SEEN("connect_timeout"),
     "failing explained [compute.forwardingRule/ilb:IPAddress] blockers UNKNOWN_INTERNAL_ADDRESS",
     NULL},
    {"unexplained: one that is declared in another network",
     "resources: {compute.forwardingRule: {ilb: {IPAddress: 10.0.0.40, network: "
     "projects/p/global/networks/other}}}\n"
     "connections: {c: {from: run.service/api, to: \"10.0.0.40:8080\"}}\n",
     EDITS(FRONT("ilb", "10.0.0.41", "\"allPorts\":true,\"IPProtocol\":\"TCP\"")),
     SEEN("connect_timeout"), "failing unexplained", NULL},
    {"explained: a machine that was stopped, which is the effect of no field",
     "resources: {compute.instance: {us-central1-a/fw: {status: RUNNING}}}\nconnections: {c: "
     "{from: "
     "run.service/api, to: compute.instance/us-central1-a/fw, port: 22}}\n",
     EDITS(VM, "compute.instance/us-central1-a/fw:status = \"TERMINATED\""),
     SEEN("connect_timeout"),
     "failing explained [compute.instance/us-central1-a/fw:status] blockers INSTANCE_NOT_RUNNING",
     NULL},
    {"declared also fails", POLICY("NEVER") TO_SQL,
     EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""), SEEN("connect_timeout"),
     "failing declared_also_fails blockers CLOUD_SQL_INSTANCE_NOT_RUNNING",
     "the path is blocked as declared, too: the baseline itself does not work"},
    {"declared also fails: the port of the connection",
     "connections: {c: {from: run.service/api, to: sql.instance/main, via: private, port: 5433}}\n",
     NULL, SEEN("refused"),
     "failing declared_also_fails blockers CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"contradicted", TO_SQL, EDITS(DENY("d", "5432")), SEEN("authentication_failed"),
     "failing contradicted blockers FIREWALL_RULE",
     "the model finds the path blocked, but by nothing that can show as authentication_failed"},
    {"contradicted: a blocked path is not slow", MIN_ONE TO_RUN,
     EDITS(COLD, "run.service/auth:defaultUriDisabled = true"), SEEN("slow"),
     "degraded contradicted blockers CLOUD_RUN_DEFAULT_URL_DISABLED", NULL},
    {"unexplained", POLICY("ALWAYS") TO_SQL, NULL, SEEN("connect_timeout"), "failing unexplained",
     "the model finds the path open: what it looked at does not explain the failure"},
    {"unexplained: a risk that is no drift is told, not blamed", TO_RUN, EDITS(COLD), SEEN("slow"),
     "degraded unexplained",
     "the model finds the path open; no drift explains the failure, but one thing that is no drift "
     "may show so: run.service/auth keeps no instance warm: requests may wait for a start"},
    {"a block outweighs a risk: the usual start-up probe spoils no proof",
     "resources: {run.service: {auth: {template: {containers: [{name: app, ports: [{containerPort: "
     "8080, name: http1}]}]}}}}\nconnections: {c: {from: here, to: run.service/auth, probe: "
     "websocket}}\n",
     EDITS("run.service/auth:template.containers[name=app] = "
           "{\"name\":\"app\",\"ports\":[{\"name\":\"h2c\",\"containerPort\":8080}],"
           "\"startupProbe\":{\"tcpSocket\":{\"port\":8080}}}"),
     SEEN_CODE("c", "websocket_rejected", 503),
     "failing explained "
     "[run.service/auth:template.containers[name=app].ports[containerPort=8080].name] blockers "
     "WEBSOCKET_OVER_HTTP2",
     NULL},
    {"a name that cannot be resolved is no firewall",
     ONLY "connections: {c: {from: run.service/api, to: redis.instance/cache}}\n",
     EDITS(ENV("REDIS_HOST", "10.68.1.4\\n"), DENY("d", "6379")), SEEN("dns_not_found"),
     "failing undeclared masked compute.firewall/d blockers ENVIRONMENT_VALUE_MALFORMED", NULL},
    {"masked: what cannot show so today",
     "resources:\n  compute.firewall: !only\n    internal: {}\n  redis.instance: {cache: "
     "{authEnabled: false}}\nconnections: {c: {from: run.service/api, to: redis.instance/cache, "
     "probe: redis}}\n",
     EDITS(DENY("d", "6379"), "redis.instance/cache:authEnabled = true"), SEEN("connect_timeout"),
     "failing explained [compute.firewall/d] masked redis.instance/cache:authEnabled blockers "
     "FIREWALL_RULE",
     NULL},
    {"the same estate, and the other symptom",
     "resources:\n  compute.firewall: !only\n    internal: {}\n  redis.instance: {cache: "
     "{authEnabled: false}}\nconnections: {c: {from: run.service/api, to: redis.instance/cache, "
     "probe: redis}}\n",
     EDITS(DENY("d", "6379"), "redis.instance/cache:authEnabled = true"),
     SEEN("authentication_failed"),
     "failing explained [redis.instance/cache:authEnabled] masked compute.firewall/d blockers "
     "REDIS_AUTH_REQUIRED",
     NULL},
    {"ignored drift is what differs, too",
     "resources: {sql.instance: {main: {settings: {activationPolicy: ALWAYS}}}}\nignore: [{field: "
     "\"sql.instance/main:settings.activationPolicy\", reason: r, owner: o, expires: "
     "2099-01-01}]\n" TO_SQL,
     EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\""), SEEN("connect_timeout"),
     "failing explained [sql.instance/main:settings.activationPolicy] blockers "
     "CLOUD_SQL_INSTANCE_NOT_RUNNING",
     NULL},
    {"a target that is gone", POLICY("ALWAYS") TO_SQL, EDITS("- sql.instance/main"),
     SEEN("connect_timeout"),
     "failing consistent [sql.instance/main] blockers DESTINATION_ENDPOINT_NOT_FOUND", NULL},
    {"a reference to what is gone is put back to nothing: what is gone is the cause",
     "resources:\n  vpcaccess.connector: {conn: {network: main, ipCidrRange: 10.8.0.0/28}}\n  "
     "run.service: {api: {template: {vpcAccess: {connector: "
     "\"${vpcaccess.connector/conn:name}\"}}}}"
     "\n" TO_SQL,
     EDITS("- vpcaccess.connector/conn"), SEEN("connect_timeout"),
     "failing explained [vpcaccess.connector/conn] blockers VPC_CONNECTOR_NOT_RUNNING", NULL},
    {"cut after 5 s, and that is when it came",
     "resources: {run.service: {auth: {template: {timeout: 300s}}}}\n" TO_RUN,
     EDITS("run.service/auth:template.timeout = \"30s\""), SEEN_AFTER("http_status", 504, 30100),
     "failing consistent [run.service/auth:template.timeout] blockers CLOUD_RUN_REQUEST_TIMEOUT",
     NULL},
    {"cut after 30 s, and it came after 10 s",
     "resources: {run.service: {auth: {template: {timeout: 300s}}}}\n" TO_RUN,
     EDITS("run.service/auth:template.timeout = \"30s\""), SEEN_AFTER("http_status", 504, 10000),
     "failing unexplained", NULL},
    {"undeclared: another element of a declared list",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: DB_HOST, "
     "value: 10.68.0.3}]}]}}}}\n" TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_PORT", "5433")), SEEN("refused"),
     "failing undeclared blockers CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"declared also fails: that very element",
     "resources: {run.service: {api: {template: {containers: [{env: [{name: DB_PORT, value: "
     "\"5433\"}]}]}}}}\n" TO_SQL,
     EDITS(ENV("DB_HOST", "10.68.0.3"), ENV("DB_PORT", "5433")), SEEN("refused"),
     "failing declared_also_fails blockers CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT", NULL},
    {"consistent: the hop is unknown, and with one drift reverted it cannot block",
     "resources: {run.service: {auth: {iamPolicy: {bindings: [{role: roles/run.invoker, members: "
     "[\"serviceAccount:api@p\"]}]}}}}\n" TO_RUN,
     EDITS("run.service/auth:iamPolicy.bindings = "
           "[{\"role\":\"roles/run.invoker\",\"members\":[\"serviceAccount:ops@p\"]}]",
           "- project.iamPolicy/p", "? project.iamPolicy permission_denied"),
     SEEN_CODE("c", "http_status", 403),
     "failing consistent "
     "[run.service/auth:iamPolicy.bindings[role=roles/run.invoker].members]",
     "it fits, and is not proven: whether the path blocks was not all observed, and with the drift "
     "reverted it cannot"},
    {"consistent: a cache that is gone, with the peering that it made",
     "resources:\n  redis.instance: {cache: {authEnabled: false}}\n  run.service: {api: {template: "
     "{containers: [{name: app, env: [{name: REDIS_HOST, value: "
     "\"${redis.instance/cache:host}\"}]}]}}}\n" TO_REDIS,
     EDITS("- redis.instance/cache", ENV("REDIS_HOST", "10.68.1.4"),
           "compute.network/main:peerings[name=redis-peer-1]"),
     SEEN("connect_timeout"),
     "failing consistent [redis.instance/cache] blockers DESTINATION_ENDPOINT_NOT_FOUND", NULL},
    {"consistent: a public address that is switched off, which the client dials",
     "resources: {sql.instance: {main: {settings: {ipConfiguration: {ipv4Enabled: "
     "true}}}}}\n" TO_SQL_PUBLIC,
     EDITS(ENV("DB_HOST", "34.1.2.3"),
           "sql.instance/main:settings.ipConfiguration.ipv4Enabled = false",
           "sql.instance/main:ipAddresses = "
           "[{\"type\":\"PRIVATE\",\"ipAddress\":\"10.68.0.3\"}]"),
     SEEN("connect_timeout"),
     "failing consistent [sql.instance/main:settings.ipConfiguration.ipv4Enabled] blockers "
     "UNKNOWN_EXTERNAL_ADDRESS, CLOUD_SQL_INSTANCE_NO_IP_ADDRESS",
     NULL},
    {"unknown: with it reverted the hop is as unknown as before", ONLY TO_SQL,
     EDITS(DENY("d", "5432"), "? compute.firewall permission_denied"), SEEN("connect_timeout"),
     "failing unknown", NULL},
    {"masked: a drift that blocks beside what is not declared", POLICY("ALWAYS") TO_SQL,
     EDITS(DENY("d", "5432"), "sql.instance/main:settings.activationPolicy = \"NEVER\""),
     SEEN("connect_timeout"),
     "failing undeclared masked sql.instance/main:settings.activationPolicy blockers "
     "FIREWALL_RULE",
     NULL},
    {"consistent: a route that is missing whole, of a network that is not declared",
     "resources: {compute.route: {default: {destRange: 0.0.0.0/0, nextHopGateway: "
     "default-internet-gateway}}}\n" TO_WEB,
     EDITS(ALL_TRAFFIC, "- compute.route/default"), SEEN("connect_timeout"),
     "failing consistent [compute.route/default] blockers NO_ROUTE", NULL},
};

static void verdicts_in_the_contract_s_order(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct inquiry q = inquire(*state, rows[i].yaml, rows[i].edits, rows[i].symptoms);
        const struct pl_conn_result *r = result_of(&q, "c");
        const char *got = account(*state, r), *reason = r->explanation.reason;
        if (strcmp(got, rows[i].account) == 0 &&
            (!rows[i].reason || (reason && strcmp(reason, rows[i].reason) == 0)))
            continue;
        wrong++;
        print_error("%s\n  expected %s\n  found    %s\n  reason   %s\n", rows[i].what,
                    rows[i].account, got, reason ? reason : "-");
    }
    assert_int_equal(wrong, 0);
}

/* What is called proven is: reverted in a world of its own, nothing that remains can show so, and nothing unknown may. */
static void check_proof(struct pl_arena *arena, const char *yaml, const char *const *edits,
                        const struct pl_conn_result *r)
{
    const struct pl_baseline *b = baseline_of(arena, yaml);
    for (size_t i = 0; i < r->explanation.n_causes; i++) {
        const struct pl_cause_set *set = &r->explanation.causes[i];
        struct pl_view *view = pl_view_new(arena, world_with(arena, edits));
        for (int fields = 0; fields <= 1; fields++)
            for (size_t j = 0; j < set->n; j++)
                if ((set->drifts[j]->path.n > 0) == fields)
                    pl_diff_revert(view, set->drifts[j]);
        struct pl_reach after = pl_reach_evaluate(view, pl_baseline_connection(b, "c"), b);
        assert_int_equal(pl_reach_predicts(&after, &r->symptom), PL_PREDICTS_NO);
    }
}

/* Whatever could not be listed: what is unknown on the repaired path and may show so never leaves a proof. */
static void no_proof_over_what_is_unknown(void **state)
{
    (void)state;
    size_t proofs = 0, doubts = 0;
    for (size_t i = 0; i < PL_LEN(rows); i++)
        for (size_t k = 0; k < pl_kinds_len; k++) {
            struct pl_arena *arena = pl_arena_new();
            const char *edits[16] = {NULL};
            size_t n = 0;
            for (; rows[i].edits && rows[i].edits[n]; n++)
                edits[n] = rows[i].edits[n];
            assert_true(n + 2 < PL_LEN(edits));
            edits[n] = pl_arena_printf(arena, "? %s permission_denied", pl_kinds[k]->name);
            struct inquiry q = inquire(arena, rows[i].yaml, edits, rows[i].symptoms);
            const struct pl_conn_result *r = result_of(&q, "c");
            bool proven = r->explanation.verdict == PL_EXPLAIN_EXPLAINED;
            ROW("%s, without %s", rows[i].what, pl_kinds[k]->name);
            if (proven)
                check_proof(arena, rows[i].yaml, edits, r);
            proofs += proven;
            doubts += r->explanation.verdict == PL_EXPLAIN_CONSISTENT ||
                      r->explanation.verdict == PL_EXPLAIN_UNKNOWN;
            pl_arena_free(arena);
        }
    assert_true(proofs > 100 && doubts > 100); /* both are asked about */
}

/* The worst connection that a drift explains, or that waits for one, gives the severity. */
static void severity_is_what_broke(void **state)
{
    static const char yaml[] =
        "resources: {sql.instance: {main: {settings: {activationPolicy: ALWAYS, tier: a}}}}\n"
        "connections:\n"
        "  c: {from: run.service/auth, to: sql.instance/main, via: public, severity: medium}\n"
        "  up: {from: run.service/api, to: run.service/auth, severity: critical}\n";
    struct inquiry q = inquire(*state, yaml,
                               EDITS("sql.instance/main:settings.activationPolicy = \"NEVER\"",
                                     "sql.instance/main:settings.tier = \"b\""),
                               SEEN("connect_timeout") SEEN_CODE("up", "http_status", 503));
    assert_string_equal(account(*state, result_of(&q, "up")), "failing cascade upstream c");
    for (size_t i = 0; i < q.diff->n_drift; i++) {
        const struct pl_drift *d = q.diff->drift[i];
        bool cause = strcmp(d->field, "sql.instance/main:settings.activationPolicy") == 0;
        assert_int_equal(d->severity, cause ? PL_SEV_CRITICAL : PL_SEV_LOW);
        assert_int_equal(d->n_explains, cause ? 1 : 0);
    }
}

/* Names may be as long as addresses let them be, and a sentence is told to its end. */
static void no_sentence_is_cut(void **state)
{
    char name[701];
    memset(name, 'k', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    struct inquiry q = inquire(
        *state, ONLY TO_SQL,
        EDITS(pl_arena_printf(*state,
                              "compute.firewall/%s = {\"name\":\"%s\",\"network\":"
                              "\"projects/p/global/networks/main\",\"direction\":\"EGRESS\","
                              "\"priority\":10,\"denied\":[{\"IPProtocol\":\"tcp\"}]}",
                              name, name)),
        SEEN("connect_timeout"));
    const struct pl_conn_result *r = result_of(&q, "c");
    size_t hops = 0, steps = 0;
    for (size_t i = 0; i < r->n_hops; i++)
        if (r->hops[i].verdict == PL_HOP_BLOCK) {
            assert_string_equal(
                r->hops[i].text,
                pl_arena_printf(
                    *state, "compute.firewall/%s denies TCP 5432 to 10.68.0.3 out of network main",
                    name));
            hops++;
        }
    for (size_t i = 0; i < r->explanation.n_proof; i++)
        steps += strcmp(r->explanation.proof[i].text,
                        pl_arena_printf(*state,
                                        "with compute.firewall/%s reverted, nothing that remains "
                                        "can produce connect_timeout",
                                        name)) == 0;
    assert_int_equal(hops, 1);
    assert_int_equal(steps, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(verdicts_in_the_contract_s_order, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test(no_proof_over_what_is_unknown),
        cmocka_unit_test_setup_teardown(no_sentence_is_cut, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(severity_is_what_broke, harness_arena, harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
