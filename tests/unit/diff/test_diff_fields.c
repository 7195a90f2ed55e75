/* test_diff_fields.c - what is told of the fields of a resource that is there: scalars, lists, elements, references. */
#include "diff_rows.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_told_one_by_one),
        cmocka_unit_test(elements_are_told_by_name),
        cmocka_unit_test(lists_without_names_are_told_as_one),
        cmocka_unit_test(known_false_drift_is_none),
        cmocka_unit_test(references_are_compared_by_what_they_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
