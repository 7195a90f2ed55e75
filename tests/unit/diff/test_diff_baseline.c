/* test_diff_baseline.c - what is told of a declared resource, in which words, and what is counted. */
#include "diff_rows.h"

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
        cmocka_unit_test(what_nobody_may_see_is_unknown),
        cmocka_unit_test(a_policy_of_a_project_stands_by_itself),
        cmocka_unit_test_setup_teardown(a_drift_says_where_and_how, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(fingerprints_go_by_meaning, harness_arena,
                                        harness_arena_free),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
