/* test_diff_baseline.c - what is told of a declared resource, in which words, and what is counted. */
#include "diff_case.h"

struct row {
    const char *what, *baseline, *estate, *want;
};

/* What is told; then, with all of it reverted, that nothing of it is left. */
static void check(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pl_arena *arena = pl_arena_new();
        struct pl_view *view = pl_view_new(arena, case_world(arena, rows[i].estate));
        const struct pl_baseline *b = case_baseline(arena, rows[i].baseline);
        const struct pl_diff *diff = pl_diff_baseline(arena, view, b, case_now()), *left;

        ROW("%s", rows[i].what);
        assert_string_equal(case_text(arena, diff), rows[i].want);
        for (size_t k = 0; k < diff->n_drift; k++)
            pl_diff_revert(view, diff->drift[k]);
        left = pl_diff_baseline(arena, view, b, case_now());
        assert_int_equal(left->n_drift, 0);
        assert_int_equal(left->coverage.declared, diff->coverage.declared);
        pl_arena_free(arena);
    }
}

#define AUTH(body)       THING("run.service", RUN "auth", body)
#define MAIN(body)       THING("sql.instance", SQL "main", body)
#define RULE(name, body) THING("compute.firewall", WALL name, body)
#define GAP(kind, scope, reason)                                                                   \
    "{\"unobserved\":\"" kind "\",\"scope\":\"" scope "\",\"reason\":\"" reason "\"}\n"

#define DECLARE_AUTH   "resources:\n  run.service:\n    auth:\n"
#define DECLARE_MAIN   "resources:\n  sql.instance:\n    main:\n"
#define DECLARE_POLICY "resources:\n  compute.firewallPolicy:\n    guard: {description: d}\n"
#define POLICY(place, name)                                                                        \
    THING("compute.firewallPolicy",                                                                \
          "//compute.googleapis.com/projects/p/" place "/firewallPolicies/" name, "{}")
#define DECLARE_RULE "resources:\n  compute.firewall:\n    r:\n"

static void resources_are_there_or_not(void **state)
{
    static const struct row rows[] = {
        {"as declared", DECLARE_AUTH "      ingress: INGRESS_TRAFFIC_ALL\n",
         AUTH("{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}"), "1 = 1 + 0 + 0 + 0"},
        {"there, and no more is declared", "resources:\n  run.service:\n    auth: {}\n", AUTH("{}"),
         "1 = 1 + 0 + 0 + 0"},
        {"missing, with its leaves",
         DECLARE_AUTH "      ingress: INGRESS_TRAFFIC_ALL\n      template: {timeout: 5m}\n", "",
         "missing run.service/auth: \"present\" -> - (2)\n2 = 0 + 2 + 0 + 0"},
        {"missing, and there in another place", DECLARE_POLICY, POLICY("global", "guard"),
         "missing compute.firewallPolicy/guard: \"present\" -> - (1)\n"
         "  elsewhere compute.firewallPolicy/global/guard\n1 = 0 + 1 + 0 + 0"},
        {"missing, and there in two other places: nobody knows which is meant", DECLARE_POLICY,
         POLICY("global", "guard") POLICY("regions/us-east1", "guard"),
         "missing compute.firewallPolicy/guard: \"present\" -> - (1)\n1 = 0 + 1 + 0 + 0"},
        {"missing, and another is there", DECLARE_POLICY, POLICY("global", "other"),
         "missing compute.firewallPolicy/guard: \"present\" -> - (1)\n1 = 0 + 1 + 0 + 0"},
        {"missing, though !present", "resources:\n  run.service: {auth: !present }\n", "",
         "missing run.service/auth: \"present\" -> - (1)\n1 = 0 + 1 + 0 + 0"},
        {"there, though !absent", "resources:\n  compute.firewall: {r: !absent }\n",
         RULE("r", "{}"),
         "unexpected compute.firewall/r: \"!absent\" -> \"present\" (1)\n1 = 0 + 1 + 0 + 0"},
        {"!absent and gone", "resources:\n  compute.firewall: {r: !absent }\n", "",
         "1 = 1 + 0 + 0 + 0"},
        {"could not be read",
         DECLARE_AUTH "      ingress: INGRESS_TRAFFIC_ALL\n      description: x\n",
         GAP("run.service", "projects/p/locations/-", "permission_denied"),
         "unknown run.service/auth: run.service could not be read: permission_denied (2)\n"
         "2 = 0 + 0 + 0 + 2"},
        {"of an API that is off", DECLARE_AUTH "      description: x\n",
         GAP("run.service", "projects/p", "api_disabled"),
         "missing run.service/auth: \"present\" -> - (1)\n1 = 0 + 1 + 0 + 0"},
        {"!absent, of an API that is off", "resources:\n  run.service: {auth: !absent }\n",
         GAP("run.service", "projects/p", "api_disabled"), "1 = 1 + 0 + 0 + 0"},
        {"in a project that nobody looked at",
         "resources:\n  compute.firewall:\n    q/global/r: {priority: 5}\n", "",
         "unknown compute.firewall/q/global/r: compute.firewall was not looked for in q (1)\n"
         "1 = 0 + 0 + 0 + 1"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

static void only_kinds_report_what_nobody_declared(void **state)
{
    static const struct row rows[] = {
        {"one more", "resources:\n  compute.firewall: !only\n    r: {}\n",
         RULE("r", "{}") RULE("s", "{}"),
         "unexpected compute.firewall/s: - -> \"present\" (0)\n1 = 1 + 0 + 0 + 0"},
        {"nothing declared at all", "resources:\n  compute.firewall: !only\n", RULE("s", "{}"),
         "unexpected compute.firewall/s: - -> \"present\" (0)\n0 = 0 + 0 + 0 + 0"},
        {"not listed", "resources:\n  compute.firewall: !only\n",
         GAP("compute.firewall", "projects/p", "unavailable"),
         "unknown compute.firewall: compute.firewall could not be listed in full: unavailable (0)\n"
         "0 = 0 + 0 + 0 + 0"},
        {"of an API that is off", "resources:\n  compute.firewall: !only\n",
         GAP("compute.firewall", "projects/p", "api_disabled"), "0 = 0 + 0 + 0 + 0"},
        {"in this location alone", "resources:\n  run.service: !only\n",
         AUTH("{}")
             THING("run.service", "//run.googleapis.com/projects/p/locations/m/services/far", "{}"),
         "unexpected run.service/auth: - -> \"present\" (0)\n0 = 0 + 0 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

static void fields_are_told_one_by_one(void **state)
{
    static const struct row rows[] = {
        {"two of three",
         DECLARE_AUTH "      ingress: INGRESS_TRAFFIC_INTERNAL_ONLY\n      description: d\n"
                      "      template: {timeout: 5m}\n",
         AUTH("{\"ingress\":\"INGRESS_TRAFFIC_ALL\",\"template\":{\"timeout\":\"300s\"}}"),
         "missing run.service/auth:description: \"d\" -> - (1)\n"
         "changed run.service/auth:ingress: \"INGRESS_TRAFFIC_INTERNAL_ONLY\" -> "
         "\"INGRESS_TRAFFIC_ALL\" (1)\n3 = 1 + 2 + 0 + 0"},
        {"absent is its default", DECLARE_AUTH "      template: {scaling: {minInstanceCount: 1}}\n",
         AUTH("{\"template\":{}}"),
         "changed run.service/auth:template.scaling.minInstanceCount: 1 -> 0 (1)\n1 = 0 + 1 + 0 + "
         "0"},
        {"!absent and there", DECLARE_AUTH "      description: !absent\n",
         AUTH("{\"description\":\"x\"}"),
         "unexpected run.service/auth:description: \"!absent\" -> \"x\" (1)\n1 = 0 + 1 + 0 + 0"},
        {"a matcher as it is written",
         DECLARE_MAIN
         "      settings: {databaseFlags: [{name: max_connections, value: !at_least 200}]}\n",
         MAIN("{\"settings\":{\"databaseFlags\":[{\"name\":\"max_connections\",\"value\":\"100\"}]}"
              "}"),
         "changed sql.instance/main:settings.databaseFlags[name=max_connections].value: "
         "\"!at_least 200\" -> \"100\" (1)\n2 = 1 + 1 + 0 + 0"},
        {"a key of a map", DECLARE_AUTH "      annotations: {run.googleapis.com/x: a}\n",
         AUTH("{\"annotations\":{\"run.googleapis.com/x\":\"b\",\"other\":\"c\"}}"),
         "changed run.service/auth:annotations[\"run.googleapis.com/x\"]: \"a\" -> \"b\" (1)\n"
         "1 = 0 + 1 + 0 + 0"},
        {"!only of a map", DECLARE_AUTH "      labels: !only {a: x}\n",
         AUTH("{\"labels\":{\"a\":\"x\",\"b\":\"y\"}}"),
         "unexpected run.service/auth:labels.b: - -> \"y\" (0)\n1 = 1 + 0 + 0 + 0"},
        {"!only of a resource passes over what only the server writes",
         "resources:\n  run.service:\n    auth: !only {description: d}\n",
         AUTH("{\"name\":\"projects/p/locations/l/services/"
              "auth\",\"description\":\"d\",\"uid\":\"u\","
              "\"etag\":\"e\",\"ingress\":\"INGRESS_TRAFFIC_ALL\",\"launchStage\":\"BETA\"}"),
         "unexpected run.service/auth:launchStage: - -> \"BETA\" (0)\n1 = 1 + 0 + 0 + 0"},
        {"a map where nothing is",
         DECLARE_AUTH "      template: {vpcAccess: {connector: c, egress: ALL_TRAFFIC}}\n",
         AUTH("{}"),
         "missing run.service/auth:template.vpcAccess.connector: \"c\" -> - (1)\n"
         "changed run.service/auth:template.vpcAccess.egress: \"ALL_TRAFFIC\" -> "
         "\"PRIVATE_RANGES_ONLY\" (1)\n2 = 0 + 2 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

#define DECLARE_ENV                                                                                \
    DECLARE_AUTH "      template:\n        containers:\n          - name: app\n            env:\n"
#define ENV(list) AUTH("{\"template\":{\"containers\":[{\"name\":\"app\",\"env\":" list "}]}}")

static void elements_are_told_by_name(void **state)
{
    static const struct row rows[] = {
        {"one differs", DECLARE_ENV "              - {name: POSTGRES_PORT, value: \"5432\"}\n",
         ENV("[{\"name\":\"X\",\"value\":\"1\"},{\"name\":\"POSTGRES_PORT\",\"value\":\"5434\"}]"),
         "changed run.service/auth:template.containers[name=app].env[name=POSTGRES_PORT].value: "
         "\"5432\" -> \"5434\" (1)\n3 = 2 + 1 + 0 + 0"},
        {"one is missing",
         DECLARE_ENV "              - {name: A, value: a}\n              - {name: B, value: b}\n",
         ENV("[{\"name\":\"B\",\"value\":\"b\"}]"),
         "missing run.service/auth:template.containers[name=app].env[name=A]: "
         "{\"name\":\"A\",\"value\":\"a\"} -> - (2)\n5 = 3 + 2 + 0 + 0"},
        {"the list is missing", DECLARE_ENV "              - {name: A, value: a}\n",
         AUTH("{\"template\":{\"containers\":[{\"name\":\"app\"}]}}"),
         "missing run.service/auth:template.containers[name=app].env[name=A]: "
         "{\"name\":\"A\",\"value\":\"a\"} -> - (2)\n3 = 1 + 2 + 0 + 0"},
        {"!only", DECLARE_AUTH "      template: {containers: !only [{name: app}]}\n",
         AUTH("{\"template\":{\"containers\":[{\"name\":\"app\"},{\"name\":\"side\"}]}}"),
         "unexpected run.service/auth:template.containers[name=side]: - -> {\"name\":\"side\"} "
         "(0)\n"
         "1 = 1 + 0 + 0 + 0"},
        {"a single container without a name", DECLARE_ENV "              - {name: A, value: a}\n",
         AUTH("{\"template\":{\"containers\":[{\"env\":[{\"name\":\"A\",\"value\":\"b\"}]}]}}"),
         "changed run.service/auth:template.containers[0].env[name=A].value: \"a\" -> \"b\" (1)\n"
         "3 = 2 + 1 + 0 + 0"},
        {"nothing is declared to be there",
         DECLARE_MAIN "      settings: {ipConfiguration: {authorizedNetworks: []}}\n",
         MAIN("{\"settings\":{\"ipConfiguration\":{\"authorizedNetworks\":[{\"value\":\"1.2.3.4\"}]"
              "}}}"),
         "changed sql.instance/main:settings.ipConfiguration.authorizedNetworks: [] -> "
         "[{\"value\":\"1.2.3.4\"}] (1)\n1 = 0 + 1 + 0 + 0"},
        {"an IAM binding",
         DECLARE_AUTH
         "      iamPolicy: {bindings: [{role: roles/run.invoker, members: [\"user:a@x.y\"]}]}\n",
         AUTH("{}") "{\"iam_policy\":{\"bindings\":[{\"role\":\"roles/"
                    "run.invoker\",\"members\":[\"allUsers\"]}]},"
                    "\"kind\":\"run.service\",\"name\":\"" RUN "auth\"}\n",
         "changed run.service/auth:iamPolicy.bindings[role=roles/run.invoker].members: "
         "[\"user:a@x.y\"] -> [\"allUsers\"] (1)\n2 = 1 + 1 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

static void lists_without_names_are_told_as_one(void **state)
{
    static const struct row rows[] = {
        {"a set in another order and notation",
         DECLARE_RULE "      sourceRanges: [10.0.0.0/8, 1.2.3.4/32]\n",
         RULE("r", "{\"sourceRanges\":[\"1.2.3.4\",\"10.0.0.0/8\"]}"), "1 = 1 + 0 + 0 + 0"},
        {"a set with one more", DECLARE_RULE "      sourceRanges: [10.0.0.0/8]\n",
         RULE("r", "{\"sourceRanges\":[\"10.0.0.0/8\",\"0.0.0.0/0\"]}"),
         "changed compute.firewall/r:sourceRanges: [\"10.0.0.0/8\"] -> "
         "[\"10.0.0.0/8\",\"0.0.0.0/0\"] (1)\n"
         "1 = 0 + 1 + 0 + 0"},
        {"!contains", DECLARE_RULE "      sourceRanges: !contains [10.0.0.0/8]\n",
         RULE("r", "{\"sourceRanges\":[\"0.0.0.0/0\"]}"),
         "changed compute.firewall/r:sourceRanges: \"!contains [10.0.0.0/8]\" -> [\"0.0.0.0/0\"] "
         "(1)\n"
         "1 = 0 + 1 + 0 + 0"},
        {"ports as intervals", DECLARE_RULE "      allowed: [{IPProtocol: tcp, ports: [80-81]}]\n",
         RULE("r", "{\"allowed\":[{\"IPProtocol\":\"TCP\",\"ports\":[\"80\"]},{\"IPProtocol\":"
                   "\"tcp\",\"ports\":[\"81\"]}]}"),
         "2 = 2 + 0 + 0 + 0"},
        {"another port", DECLARE_RULE "      allowed: [{IPProtocol: tcp, ports: [\"80\"]}]\n",
         RULE("r", "{\"allowed\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"81\"]}]}"),
         "changed compute.firewall/r:allowed: [{\"IPProtocol\":\"tcp\",\"ports\":[\"80\"]}] -> "
         "[{\"IPProtocol\":\"tcp\",\"ports\":[\"81\"]}] (2)\n2 = 0 + 2 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

/* Section 6 of the design's list of what users ask for: drift that is none. */
static void known_false_drift_is_none(void **state)
{
    static const struct row rows[] = {
        {"Cloud SQL: null, empty, zero and absent",
         DECLARE_MAIN
         "      settings: {storageAutoResizeLimit: 0, availabilityType: ZONAL, activationPolicy: "
         "ALWAYS,\n"
         "        deletionProtectionEnabled: false, backupConfiguration: {enabled: false}}\n",
         MAIN("{\"settings\":{\"storageAutoResizeLimit\":null,\"availabilityType\":\"\","
              "\"backupConfiguration\":{}}}"),
         "5 = 5 + 0 + 0 + 0"},
        {"Cloud SQL: the same written out",
         DECLARE_MAIN "      settings: {storageAutoResizeLimit: 0, availabilityType: ZONAL, "
                      "activationPolicy: ALWAYS}\n",
         MAIN("{\"settings\":{\"storageAutoResizeLimit\":\"0\",\"availabilityType\":\"ZONAL\","
              "\"activationPolicy\":\"ALWAYS\"}}"),
         "3 = 3 + 0 + 0 + 0"},
        {"Cloud SQL: networks as people write them",
         DECLARE_MAIN
         "      settings: {ipConfiguration: {privateNetwork: projects/p/global/networks/n,\n"
         "        authorizedNetworks: [{value: 1.2.3.4/32}]}}\n",
         MAIN("{\"settings\":{\"ipConfiguration\":{\"privateNetwork\":"
              "\"https://www.googleapis.com/compute/v1/projects/p/global/networks/n\","
              "\"authorizedNetworks\":[{\"kind\":\"sql#aclEntry\",\"name\":\"\",\"value\":\"1.2.3."
              "4\"}]}}}"),
         "2 = 2 + 0 + 0 + 0"},
        {"Cloud Run: what the last client wrote",
         DECLARE_AUTH "      ingress: INGRESS_TRAFFIC_ALL\n",
         AUTH("{\"client\":\"gcloud\",\"clientVersion\":\"400.0\",\"annotations\":{\"run."
              "googleapis.com/operation-id\":\"x\"}}"),
         "1 = 1 + 0 + 0 + 0"},
        {"Cloud Run: defaults that are left out",
         DECLARE_AUTH
         "      template: {timeout: 300s, maxInstanceRequestConcurrency: 80, sessionAffinity: "
         "false,\n"
         "        scaling: {minInstanceCount: 0}, vpcAccess: {egress: PRIVATE_RANGES_ONLY}}\n",
         AUTH("{\"template\":{}}"), "5 = 5 + 0 + 0 + 0"},
        {"Cloud Run: CPUs and sizes in other units",
         DECLARE_AUTH
         "      template: {containers: [{resources: {limits: {cpu: \"1\", memory: 1Gi}}}]}\n",
         AUTH("{\"template\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"1000m\","
              "\"memory\":\"1024Mi\"}}}]}}"),
         "2 = 2 + 0 + 0 + 0"},
        {"traffic that nobody split",
         DECLARE_AUTH
         "      traffic: [{type: TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST, percent: 100}]\n",
         AUTH("{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}"), "2 = 2 + 0 + 0 + 0"},
        {"traffic that was to be split",
         DECLARE_AUTH
         "      traffic: [{type: TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST, percent: 100}, "
         "{type: TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION, revision: r, percent: 0}]\n",
         AUTH("{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}"),
         "missing "
         "run.service/auth:traffic[type=TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST]: "
         "{\"percent\":100,\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST\"} -> - (2)\n"
         "missing "
         "run.service/auth:traffic[type=TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION,revision=r]: "
         "{\"percent\":0,\"revision\":\"r\",\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION\"} "
         "-> - (3)\n5 = 0 + 5 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

static void references_are_compared_by_what_they_name(void **state)
{
#define HOST                                                                                       \
    "              - {name: HOST, value: "                                                         \
    "\"${sql.instance/main:ipAddresses[type=PRIVATE].ipAddress}\"}\n"
#define AT           "run.service/auth:template.containers[name=app].env[name=HOST].value"
#define IP(address)  MAIN("{\"ipAddresses\":[{\"type\":\"PRIVATE\",\"ipAddress\":\"" address "\"}]}")
#define HAS(address) ENV("[{\"name\":\"HOST\",\"value\":\"" address "\"}]")
    static const struct row rows[] = {
        {"the same", DECLARE_ENV HOST, IP("10.1.2.3") HAS("10.1.2.3"), "3 = 3 + 0 + 0 + 0"},
        {"another", DECLARE_ENV HOST, IP("10.1.2.3") HAS("10.9.9.9"),
         "changed " AT ": \"10.1.2.3\" -> \"10.9.9.9\" (1)\n3 = 2 + 1 + 0 + 0"},
        {"observed, and without that field", DECLARE_ENV HOST, MAIN("{}") HAS("10.9.9.9"),
         "missing " AT
         ": \"${sql.instance/main:ipAddresses[type=PRIVATE].ipAddress}\" -> \"10.9.9.9\" (1)\n"
         "3 = 2 + 1 + 0 + 0"},
        {"not observed", DECLARE_ENV HOST,
         GAP("sql.instance", "projects/p", "permission_denied") HAS("10.9.9.9"),
         "unknown " AT ": sql.instance/main:ipAddresses[type=PRIVATE].ipAddress could not be read: "
         "permission_denied (1)\n"
         "3 = 2 + 0 + 0 + 1"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

static void what_nobody_may_see_is_unknown(void **state)
{
    static const struct row rows[] = {
        {"a redacted value", DECLARE_ENV "              - {name: DB_URL, value: twelve-bytes}\n",
         ENV("[{\"name\":\"DB_URL\",\"value\":\"<redacted: 12 bytes, 9f3a61c2>\"}]"),
         "unknown run.service/auth:template.containers[name=app].env[name=DB_URL].value: "
         "its value is a secret, and is not compared (1)\n3 = 2 + 0 + 0 + 1"},
        {"a redacted value of another length",
         DECLARE_ENV "              - {name: DB_URL, value: other}\n",
         ENV("[{\"name\":\"DB_URL\",\"value\":\"<redacted: 12 bytes>\"}]"),
         "changed run.service/auth:template.containers[name=app].env[name=DB_URL].value: "
         "\"other\" -> \"<redacted: 12 bytes>\" (1)\n3 = 2 + 1 + 0 + 0"},
        {"a URL of which only the user info is hidden",
         DECLARE_ENV "              - {name: DB_URL, value: \"pg://app:secret@10.0.0.3/app\"}\n",
         ENV("[{\"name\":\"DB_URL\",\"value\":\"pg://<redacted: 10 bytes>@10.0.0.4/app\"}]"),
         "changed run.service/auth:template.containers[name=app].env[name=DB_URL].value: "
         "\"pg://<redacted: 10 bytes>@10.0.0.3/app\" -> "
         "\"pg://<redacted: 10 bytes>@10.0.0.4/app\" (1)\n3 = 2 + 1 + 0 + 0"},
        {"the same URL, and who knows which password",
         DECLARE_ENV "              - {name: DB_URL, value: \"pg://app:secret@10.0.0.3/app\"}\n",
         ENV("[{\"name\":\"DB_URL\",\"value\":\"pg://<redacted: 10 bytes>@10.0.0.3/app\"}]"),
         "unknown run.service/auth:template.containers[name=app].env[name=DB_URL].value: "
         "its value is a secret, and is not compared (1)\n3 = 2 + 0 + 0 + 1"},
        {"that it is there can be seen",
         DECLARE_ENV "              - {name: DB_PASSWORD, value: !present }\n",
         ENV("[{\"name\":\"DB_PASSWORD\",\"value\":\"<redacted: 12 bytes>\"}]"),
         "3 = 3 + 0 + 0 + 0"},
        {"a secret that nobody took out",
         DECLARE_ENV "              - {name: DB_PASSWORD, value: !absent }\n",
         ENV("[{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2hunter2\"}]"),
         "unexpected run.service/auth:template.containers[name=app].env[name=DB_PASSWORD].value: "
         "\"!absent\" -> \"<redacted: 14 bytes>\" (1)\n3 = 2 + 1 + 0 + 0"},
        {"outside of a mask",
         DECLARE_AUTH "      ingress: INGRESS_TRAFFIC_ALL\n      template: {timeout: 5m}\n",
         "{\"kind\":\"run.service\",\"name\":\"" RUN "auth\",\"fields\":[\"template.timeout\"],"
         "\"resource\":{\"template\":{\"timeout\":\"300s\"}}}\n",
         "unknown run.service/auth:ingress: ingress of run.service/auth was not read (1)\n2 = 1 + "
         "0 + 0 + 1"},
        {"inside of a mask and absent",
         DECLARE_AUTH "      template: {timeout: 5m, serviceAccount: a}\n",
         "{\"kind\":\"run.service\",\"name\":\"" RUN
         "auth\",\"fields\":[\"template.serviceAccount\"],"
         "\"resource\":{}}\n",
         "missing run.service/auth:template.serviceAccount: \"a\" -> - (1)\n"
         "unknown run.service/auth:template.timeout: template.timeout of run.service/auth was not "
         "read (1)\n"
         "2 = 0 + 1 + 0 + 1"},
        {"a policy that was not read",
         DECLARE_AUTH
         "      iamPolicy: {bindings: [{role: roles/run.invoker, members: [allUsers]}]}\n",
         AUTH("{}") "{\"unobserved\":\"run.service\",\"scope\":\"projects/p/locations/l/services/"
                    "auth\","
                    "\"field\":\"iamPolicy\",\"reason\":\"permission_denied\"}\n",
         "unknown run.service/auth:iamPolicy: iamPolicy of run.service/auth could not be read: "
         "permission_denied (2)\n2 = 0 + 0 + 0 + 2"},
        {"what no answer holds",
         "resources:\n  redis.cluster:\n    c: {shardCount: 3, pscConfigs: [{network: n}]}\n",
         THING("redis.cluster", "//redis.googleapis.com/projects/p/locations/l/clusters/c",
               "{\"shardCount\":3}"),
         "unknown redis.cluster/c:pscConfigs: pscConfigs is only in requests: no answer of "
         "Google's "
         "says what it is (1)\n2 = 1 + 0 + 0 + 1"},
        {"what an answer holds all the same",
         "resources:\n  redis.cluster:\n    c: {pscConfigs: [{network: "
         "projects/p/global/networks/n}, "
         "{network: m}]}\n",
         THING("redis.cluster", "//redis.googleapis.com/projects/p/locations/l/clusters/c",
               "{\"pscConfigs\":[{\"network\":\"projects/p/global/networks/n\"}]}"),
         "missing redis.cluster/c:pscConfigs[network=m]: {\"network\":\"m\"} -> - (1)\n"
         "2 = 1 + 1 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

static void a_policy_of_a_project_stands_by_itself(void **state)
{
    static const struct row rows[] = {
        {"without iamPolicy around it",
         "resources:\n  project.iamPolicy:\n    p: {bindings: [{role: roles/viewer, members: "
         "[\"user:a@x.y\"]}]}\n",
         "{\"iam_policy\":{\"bindings\":[{\"role\":\"roles/"
         "viewer\",\"members\":[\"user:b@x.y\"]}]},"
         "\"kind\":\"project.iamPolicy\",\"name\":\"//cloudresourcemanager.googleapis.com/projects/"
         "p\"}\n",
         "changed project.iamPolicy/p:iamPolicy.bindings[role=roles/viewer].members: "
         "[\"user:a@x.y\"] -> "
         "[\"user:b@x.y\"] (1)\n2 = 1 + 1 + 0 + 0"},
    };

    (void)state;
    check(rows, PL_LEN(rows));
}

/* Everything that a report and a proof need beside the line above. */
static void a_drift_says_where_and_how(void **state)
{
    const struct row row = {"", DECLARE_AUTH "      ingress: INGRESS_TRAFFIC_INTERNAL_ONLY\n",
                            AUTH("{\"ingress\":\"INGRESS_TRAFFIC_ALL\"}"), ""};
    struct pl_view *view = pl_view_new(*state, case_world(*state, row.estate));
    const struct pl_diff *diff =
        pl_diff_baseline(*state, view, case_baseline(*state, row.baseline), case_now());
    const struct pl_drift *d = diff->drift[0];

    assert_int_equal(diff->n_drift, 1);
    assert_string_equal(d->field_full, "run.service/p/l/auth:ingress");
    assert_string_equal(d->resource, RUN "auth");
    assert_string_equal(d->id, "738d48461afd19ee");
    assert_int_equal(d->mark.line, 7);
    assert_int_equal(d->mark.column, 16);
    assert_int_equal(d->severity, PL_SEV_LOW);
    assert_int_equal(d->flags, 0);
    assert_null(d->unit);
    assert_string_equal(case_json(*state, d->revert), "\"INGRESS_TRAFFIC_INTERNAL_ONLY\"");
}

/* The same finding has one name: whatever the order of a set, and whether a default is written out. */
static void fingerprints_go_by_meaning(void **state)
{
    static const char *const baseline =
        DECLARE_RULE "      sourceRanges: [10.0.0.0/8]\n      priority: 7\n";
    static const char *const estates[] = {
        RULE("r", "{\"sourceRanges\":[\"1.1.1.1\",\"2.2.2.2\"]}"),
        RULE("r", "{\"sourceRanges\":[\"2.2.2.2/32\",\"1.1.1.1\"],\"priority\":1000}"),
        RULE("r", "{\"sourceRanges\":[\"2.2.2.2/32\",\"1.1.1.2\"],\"priority\":1001}"),
    };
    const char *ids[3][2];

    for (size_t i = 0; i < PL_LEN(estates); i++) {
        struct pl_view *view = pl_view_new(*state, case_world(*state, estates[i]));
        const struct pl_diff *diff =
            pl_diff_baseline(*state, view, case_baseline(*state, baseline), case_now());

        assert_int_equal(diff->n_drift, 2);
        ids[i][0] = diff->drift[0]->id;
        ids[i][1] = diff->drift[1]->id;
    }
    for (size_t k = 0; k < 2; k++) {
        assert_string_equal(ids[0][k], ids[1][k]);
        assert_string_not_equal(ids[0][k], ids[2][k]);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(resources_are_there_or_not),
        cmocka_unit_test(only_kinds_report_what_nobody_declared),
        cmocka_unit_test(fields_are_told_one_by_one),
        cmocka_unit_test(elements_are_told_by_name),
        cmocka_unit_test(lists_without_names_are_told_as_one),
        cmocka_unit_test(known_false_drift_is_none),
        cmocka_unit_test(references_are_compared_by_what_they_name),
        cmocka_unit_test(what_nobody_may_see_is_unknown),
        cmocka_unit_test(a_policy_of_a_project_stands_by_itself),
        cmocka_unit_test_setup_teardown(a_drift_says_where_and_how, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(fingerprints_go_by_meaning, harness_arena,
                                        harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
