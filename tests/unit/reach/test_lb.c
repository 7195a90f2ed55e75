/* test_lb.c - a load balancer in front of a service: rule, certificate, URL map, Cloud Armor, groups, and what the service makes of it.
 */
#include "worlds.h"

#define WS_TO_LB                                                                                   \
    "connections: {c: {from: here, to: \"wss://app.example.org/ws\", probe: {type: websocket, "    \
    "stay: 45s}}}\n"
#define WIRED_TO_LB ENV("AUTH_URL", "https://app.example.org/v1")
#define MACHINES                                                                                   \
    "compute.networkEndpointGroup/us-central1/auth = "                                             \
    "{\"networkEndpointType\":\"GCE_VM_IP_PORT\"}"

#define API_TO_LB                                                                                  \
    "connections: {c: {from: run.service/api, to: \"https://app.example.org/api/x\"}}\n"
#define LB_ONLY(range)                                                                             \
    LB_RULE("10", "allow", LB_FROM(range))                                                         \
    "," LB_RULE("2147483647", "deny(403)", LB_FROM("*"))

#define OWN_AUDIENCE(text)                                                                         \
    "run.service/auth:template.containers[name=app].env = "                                        \
    "[{\"name\":\"AUDIENCE\",\"value\":\"" text "\"}]"

static const struct rule_row rows[] = {
    {"the audience of the proxy in front of Cloud Run itself", HERE_TO_RUN,
     EDITS("run.service/auth:iapEnabled = true",
           OWN_AUDIENCE("/projects/1/locations/us-central1/services/auth")),
     "iap-audience", PL_HOP_PASS, NULL,
     "AUDIENCE of run.service/auth is what Identity-Aware Proxy signs for"},
    {"that of another service", HERE_TO_RUN,
     EDITS("run.service/auth:iapEnabled = true",
           OWN_AUDIENCE("/projects/1/locations/us-central1/services/api")),
     "iap-audience", PL_HOP_PASS, "IAP_AUDIENCE_MISMATCH", NULL},
    {"a text of another shape is no audience", HERE_TO_RUN,
     EDITS("run.service/auth:iapEnabled = true", OWN_AUDIENCE("https://auth.example.org")),
     "iap-audience", -1, NULL, NULL},
    {"and without a proxy nobody signs", TO_LB, EDITS(LB, AUDIENCE("78")), "iap-audience", -1, NULL,
     NULL},
    {"what is below a path goes by its own rule",
     "resources: {compute.urlMap: {global/web: {defaultService: "
     "projects/p/global/backendServices/other}}}\n" TO_LB,
     EDITS(LB), "url-map", PL_HOP_BLOCK, "URL_MAP_LEADS_ELSEWHERE",
     "compute.urlMap/web leads app.example.org/api/x to compute.backendService/web, and "
     "projects/p/global/backendServices/other is declared"},
    {"the only host rule is gone, and the default leads elsewhere",
     "resources: {compute.urlMap: {global/web: {hostRules: [{hosts: [app.example.org], "
     "pathMatcher: app}], pathMatchers: [{name: app, defaultService: "
     "projects/p/global/backendServices/app}]}}}\n" TO_LB,
     EDITS(LB), "url-map", PL_HOP_BLOCK, "URL_MAP_HOST_NOT_MATCHED",
     "no host rule of compute.urlMap/web has app.example.org: its default answers"},
    {"a host rule whose path matcher is gone", TO_LB,
     EDITS(LB, "compute.urlMap/global/web:hostRules = [{\"hosts\":[\"app.example.org\"],"
               "\"pathMatcher\":\"app\"}]"),
     "url-map", PL_HOP_BLOCK, "URL_MAP_HOST_NOT_MATCHED",
     "compute.urlMap/web has no path matcher app, which its host rule for app.example.org names"},
    {"the only host rule is gone, and the default leads there, too",
     "resources: {compute.urlMap: {global/web: {hostRules: [{hosts: [app.example.org], "
     "pathMatcher: app}], pathMatchers: [{name: app, defaultService: "
     "projects/p/global/backendServices/web}]}}}\n" TO_LB,
     EDITS(LB), "url-map", PL_HOP_PASS, "URL_MAP_HOST_NOT_MATCHED", NULL},
    {"by its certificate", TO_LB, EDITS(LB), "forwarding-rule", PL_HOP_PASS, NULL,
     "compute.forwardingRule/web takes requests for app.example.org at 203.0.113.80"},
    {"by its address", "connections: {c: {from: here, to: \"https://203.0.113.80\"}}\n", EDITS(LB),
     "backend", PL_HOP_PASS, NULL, "compute.networkEndpointGroup/auth leads to run.service/auth"},
    {"nobody has the name", "connections: {c: {from: here, to: \"https://www.example.org\"}}\n",
     EDITS(LB), "forwarding-rule", -1, NULL, NULL},
    {"two have it", TO_LB,
     EDITS(
         LB,
         "compute.forwardingRule/global/old = "
         "{\"IPAddress\":\"203.0.113.81\",\"target\":\"" LB_LINK("targetHttpsProxies", "old") "\"}",
         "compute.targetHttpsProxy/global/old = {\"urlMap\":\"" LB_LINK(
             "urlMaps", "web") "\",\"sslCertificates\":[\"" LB_LINK("sslCertificates",
                                                                    "web") "\"]}"),
     "forwarding-rule", -1, NULL, NULL},
    {"a wildcard's other names may be anybody's", TO_LB,
     EDITS(LB, "compute.sslCertificate/global/web = "
               "{\"subjectAlternativeNames\":[\"*.example.org\"]}"),
     "forwarding-rule", -1, NULL, NULL},
    {"plain HTTP at the same address",
     "connections: {c: {from: here, to: \"http://app.example.org\"}}\n",
     EDITS(LB,
           "compute.forwardingRule/global/plain = {\"IPAddress\":\"203.0.113.80\",\"portRange\":"
           "\"80-80\",\"target\":\"" LB_LINK("targetHttpProxies", "plain") "\"}"),
     "forwarding-rule", PL_HOP_UNKNOWN, "FORWARDING_RULE_MISMATCH",
     "compute.forwardingRule/plain takes port 80 at the same address; what it does is not "
     "modelled"},
    {"plain HTTP that nobody takes",
     "connections: {c: {from: here, to: \"http://app.example.org\"}}\n", EDITS(LB),
     "forwarding-rule", PL_HOP_BLOCK, "FORWARDING_RULE_MISMATCH",
     "compute.forwardingRule/web does not take port 80"},
    {"another port", "connections: {c: {from: here, to: \"https://app.example.org:8443\"}}\n",
     EDITS(LB), "forwarding-rule", PL_HOP_BLOCK, "FORWARDING_RULE_MISMATCH",
     "compute.forwardingRule/web does not take port 8443"},

    {"a name on the certificate", TO_LB, EDITS(LB), "certificate", PL_HOP_PASS, NULL,
     "compute.sslCertificate/web has the name app.example.org"},
    {"a wildcard", TO_LB,
     EDITS(LB, LB_MAP("\"app.example.org\"", LB_TO_WEB),
           "compute.sslCertificate/global/web = "
           "{\"subjectAlternativeNames\":[\"*.example.org\"]}"),
     "certificate", PL_HOP_PASS, NULL, NULL},
    {"a wildcard is one label",
     "connections: {c: {from: here, to: \"https://a.app.example.org\"}}\n",
     EDITS(LB, LB_MAP("\"a.app.example.org\"", LB_TO_WEB),
           "compute.sslCertificate/global/web = "
           "{\"subjectAlternativeNames\":[\"*.example.org\"]}"),
     "certificate", PL_HOP_BLOCK, "SSL_CERTIFICATE_NAME_MISMATCH",
     "no certificate of compute.targetHttpsProxy/web has the name a.app.example.org"},
    {"Certificate Manager is not read", TO_LB,
     EDITS(LB, LB_MAP("\"app.example.org\"", LB_TO_WEB),
           "compute.targetHttpsProxy/global/web:certificateMap = "
           "\"//certificatemanager.googleapis.com/projects/p/locations/global/"
           "certificateMaps/m\""),
     "certificate", PL_HOP_UNKNOWN, "SSL_CERTIFICATE_NAME_MISMATCH", NULL},
    {"certificates that were not read", TO_LB,
     EDITS(LB, LB_MAP("\"app.example.org\"", LB_TO_WEB), "- compute.sslCertificate/global/web",
           "? compute.sslCertificate permission_denied"),
     "certificate", PL_HOP_UNKNOWN, "SSL_CERTIFICATE_NAME_MISMATCH", NULL},
    {"a renewal that failed is served until it expires", TO_LB,
     EDITS(LB, "compute.sslCertificate/global/web:managed.status = \"RENEWAL_FAILED\""),
     "certificate", PL_HOP_PASS, NULL, NULL},

    {"the default of a map without rules", TO_LB, EDITS(LB), "url-map", PL_HOP_PASS, NULL,
     "compute.urlMap/web leads app.example.org/api/x to compute.backendService/web"},
    {"a host rule", TO_LB, EDITS(LB, LB_MAP("\"APP.example.org\"", LB_TO_WEB)), "url-map",
     PL_HOP_PASS, NULL,
     "compute.urlMap/web leads app.example.org/api/x to compute.backendService/web"},
    {"a wildcard of hosts", TO_LB, EDITS(LB, LB_MAP("\"*.example.org\"", LB_TO_WEB)), "url-map",
     PL_HOP_PASS, NULL, NULL},
    {"no host rule, and nobody declares one: the default may be meant", TO_LB,
     EDITS(LB, LB_MAP("\"api.example.org\"", LB_TO_WEB)), "url-map", PL_HOP_PASS,
     "URL_MAP_HOST_NOT_MATCHED",
     "no host rule of compute.urlMap/web has app.example.org: its default answers"},
    {"the longest path", TO_LB,
     EDITS(LB, LB_MAP("\"app.example.org\"",
                      "\"defaultService\":\"" LB_LINK(
                          "backendServices", "other") "\",\"pathRules\":[{\"paths\":[\"/"
                                                      "*\"],\"service\":\"" LB_LINK(
                                                          "backendServices",
                                                          "other") "\"},{\"paths\":[\"/"
                                                                   "api/"
                                                                   "*\"],\"service\":"
                                                                   "\"" LB_LINK("backendS"
                                                                                "ervices",
                                                                                "web") "\"}]")),
     "url-map", PL_HOP_PASS, NULL,
     "compute.urlMap/web leads app.example.org/api/x to compute.backendService/web"},
    {"route rules by priority", TO_LB,
     EDITS(LB,
           LB_MAP("\"app.example.org\"",
                  "\"routeRules\":[{\"priority\":2,\"matchRules\":[{\"prefixMatch\":\"/\"}],"
                  "\"service\":\"" LB_LINK(
                      "backendServices",
                      "other") "\"},{\"priority\":1,\"matchRules\":[{\"prefixMatch\":\"/api\"}],"
                               "\"service\":\"" LB_LINK("backendServices", "web") "\"}]")),
     "url-map", PL_HOP_PASS, NULL,
     "compute.urlMap/web leads app.example.org/api/x to compute.backendService/web"},
    {"what hangs on headers is not known", TO_LB,
     EDITS(LB, LB_MAP("\"app.example.org\"",
                      "\"routeRules\":[{\"priority\":2,\"matchRules\":[{\"prefixMatch\":\"/\","
                      "\"headerMatches\":[{\"headerName\":\"x\"}]}],"
                      "\"service\":\"" LB_LINK("backendServices", "web") "\"}]")),
     "url-map", PL_HOP_UNKNOWN, "URL_MAP_HOST_NOT_MATCHED", NULL},
    {"a backend service that is gone", TO_LB, EDITS(LB, "- compute.backendService/global/web"),
     "url-map", PL_HOP_BLOCK, "LOAD_BALANCER_NOT_CONFIGURED",
     "the backend service that compute.urlMap/web leads to does not exist"},
    {"a redirect", TO_LB,
     EDITS(LB, "compute.urlMap/global/web = {\"defaultUrlRedirect\":{\"httpsRedirect\":true}}"),
     "url-map", PL_HOP_UNKNOWN, NULL, NULL},

    {"no policy", TO_LB, EDITS(LB), "cloud-armor", -1, NULL, NULL},
    {"the last rule lets through", TO_LB, EDITS(LB, LB_POLICY(LB_ALLOW)), "cloud-armor",
     PL_HOP_PASS, NULL, "rule 2147483647 of compute.securityPolicy/edge lets the request through"},
    {"everybody is turned away", TO_LB,
     EDITS(LB, LB_POLICY(LB_ALLOW "," LB_RULE("10", "deny(404)", LB_FROM("*")))), "cloud-armor",
     PL_HOP_BLOCK, "CLOUD_ARMOR_DENIED_AS_NOT_FOUND",
     "rule 10 of compute.securityPolicy/edge turns the request away (404)"},
    {"some are", TO_LB,
     EDITS(LB, LB_POLICY(LB_ALLOW "," LB_RULE("10", "deny(403)", LB_FROM("198.51.100.0/24")))),
     "cloud-armor", PL_HOP_UNKNOWN, "CLOUD_ARMOR_DENIED",
     "rule 10 of compute.securityPolicy/edge turns the request away (403) where it "
     "matches: "
     "clients in [\"198.51.100.0/24\"]"},
    {"nobody else is let in, and who asks is not known", TO_LB,
     EDITS(LB, LB_POLICY(LB_ONLY("198.51.100.0/24"))), "cloud-armor", PL_HOP_UNKNOWN,
     "CLOUD_ARMOR_DENIED",
     "rule 2147483647 of compute.securityPolicy/edge turns the request away (403) unless rule 10 "
     "lets it through: clients in [\"198.51.100.0/24\"]"},
    {"the address that Cloud NAT gives is let in", API_TO_LB,
     EDITS(LB, ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\""), RESERVED("a", "198.51.100.7"),
           LB_POLICY(LB_ONLY("198.51.100.0/24"))),
     "cloud-armor", PL_HOP_PASS, NULL,
     "rule 10 of compute.securityPolicy/global/edge lets the request through"},
    {"and the one behind the range is not", API_TO_LB,
     EDITS(LB, ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\""), RESERVED("a", "198.51.101.0"),
           LB_POLICY(LB_ONLY("198.51.100.0/24"))),
     "cloud-armor", PL_HOP_BLOCK, "CLOUD_ARMOR_DENIED",
     "rule 2147483647 of compute.securityPolicy/global/edge turns the request away (403)"},
    {"one of two addresses is", API_TO_LB,
     EDITS(LB, ALL_TRAFFIC, NAT_IPS("\"" EXIT "a\",\"" EXIT "b\""), RESERVED("a", "198.51.100.7"),
           RESERVED("b", "192.0.2.9"), LB_POLICY(LB_ONLY("198.51.100.0/24"))),
     "cloud-armor", PL_HOP_UNKNOWN, "CLOUD_ARMOR_DENIED", NULL},
    {"addresses that change are not known", API_TO_LB,
     EDITS(LB, ALL_TRAFFIC, LB_POLICY(LB_ONLY("198.51.100.0/24"))), "cloud-armor", PL_HOP_UNKNOWN,
     "CLOUD_ARMOR_DENIED", NULL},
    {"signatures are not evaluated", TO_LB,
     EDITS(LB, LB_POLICY(LB_ALLOW "," LB_RULE("1000", "deny(403)",
                                              "\"expr\":{\"expression\":"
                                              "\"evaluatePreconfiguredWaf('sqli-v33-stable')\"}"))),
     "cloud-armor", PL_HOP_UNKNOWN, "CLOUD_ARMOR_DENIED",
     "rule 1000 of compute.securityPolicy/edge turns the request away (403) where it "
     "matches: "
     "evaluatePreconfiguredWaf('sqli-v33-stable')"},
    {"a rule in preview decides nothing", TO_LB,
     EDITS(LB, LB_POLICY(LB_ALLOW ",{\"priority\":10,\"preview\":true,\"action\":\"deny(403)\","
                                  "\"match\":{" LB_FROM("*") "}}")),
     "cloud-armor", PL_HOP_PASS, NULL, NULL},
    {"a policy that was not read", TO_LB,
     EDITS(LB, LB_POLICY(LB_ALLOW), "- compute.securityPolicy/global/edge",
           "? compute.securityPolicy permission_denied"),
     "cloud-armor", PL_HOP_UNKNOWN, "CLOUD_ARMOR_DENIED",
     "the security policy of compute.backendService/web was not read"},

    {"a service that is gone", TO_LB,
     EDITS(LB, "compute.networkEndpointGroup/us-central1/auth:cloudRun.service = \"old\""),
     "backend", PL_HOP_BLOCK, "SERVERLESS_NEG_SERVICE_NOT_FOUND",
     "compute.networkEndpointGroup/auth means service old in us-central1, which does not "
     "exist"},
    {"a service of another region", TO_LB,
     EDITS(LB,
           "compute.networkEndpointGroup/europe-west1/auth = "
           "{\"networkEndpointType\":\"SERVERLESS\",\"cloudRun\":{\"service\":\"auth\"}}",
           "compute.backendService/global/web:backends = "
           "[{\"group\":\"projects/p/regions/europe-west1/networkEndpointGroups/auth\"}]"),
     "backend", PL_HOP_BLOCK, "SERVERLESS_NEG_SERVICE_NOT_FOUND", NULL},
    {"a URL mask", "connections: {c: {from: here, to: \"https://auth.example.org\"}}\n",
     EDITS(LB, LB_MAP("\"*.example.org\"", LB_TO_WEB),
           "compute.networkEndpointGroup/us-central1/auth:cloudRun = "
           "{\"urlMask\":\"<service>.example.org\"}"),
     "backend", PL_HOP_PASS, NULL, "compute.networkEndpointGroup/auth leads to run.service/auth"},
    {"a URL mask of paths",
     "connections: {c: {from: here, to: \"https://app.example.org/auth/x\"}}\n",
     EDITS(LB, "compute.networkEndpointGroup/us-central1/auth:cloudRun = "
               "{\"urlMask\":\"app.example.org/<service>\"}"),
     "backend", PL_HOP_PASS, NULL, "compute.networkEndpointGroup/auth leads to run.service/auth"},
    {"C10 the time-out does not count for Cloud Run", WS_TO_LB,
     EDITS(LB, "compute.backendService/global/web:timeoutSec = 30"), "backend-timeout", -1, NULL,
     NULL},
    {"C10 it does for machines", WS_TO_LB,
     EDITS(LB, MACHINES, "compute.backendService/global/web:timeoutSec = 30"), "backend-timeout",
     PL_HOP_BLOCK, "BACKEND_SERVICE_TIMEOUT",
     "compute.backendService/web cuts requests and WebSockets after 30s"},
    {"C10 and is 30 s where nobody says", WS_TO_LB, EDITS(LB, MACHINES), "backend-timeout",
     PL_HOP_BLOCK, "BACKEND_SERVICE_TIMEOUT", NULL},
    {"machines are not modelled", TO_LB, EDITS(LB, MACHINES), "backend", PL_HOP_UNKNOWN, NULL,
     "compute.backendService/web sends to endpoints of type GCE_VM_IP_PORT, which is not "
     "modelled"},
    {"Identity-Aware Proxy", TO_LB,
     EDITS(LB, "compute.backendService/global/web:iap = {\"enabled\":true}"), "iap", PL_HOP_UNKNOWN,
     "IDENTITY_AWARE_PROXY_DENIED", NULL},

    {"C1 ingress takes those of load balancers", TO_LB,
     EDITS(LB, "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER\""), "ingress",
     PL_HOP_PASS, NULL,
     "run.service/auth admits internal requests, and those of load balancers, through "
     "which it "
     "comes"},
    {"C1 and not where it is internal", TO_LB,
     EDITS(LB, "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""), "ingress",
     PL_HOP_BLOCK, "CLOUD_RUN_INGRESS_DENIED",
     "run.service/auth admits internal requests only: it comes through an external load "
     "balancer"},
    {"C2 an internal load balancer is internal", TO_ILB,
     EDITS(ILB(""), PROXY_SUBNET, "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""),
     "ingress", PL_HOP_PASS, NULL,
     "run.service/auth admits internal requests, and it comes through an internal load "
     "balancer"},
    {"C4 the default URL is not asked for", TO_LB,
     EDITS(LB, "run.service/auth:defaultUriDisabled = true"), "ingress", PL_HOP_PASS, NULL, NULL},
    {"C5 the invoker is checked all the same", TO_LB,
     EDITS(LB, "run.service/auth:iamPolicy = {\"bindings\":[]}"), "invoker", PL_HOP_BLOCK,
     "CLOUD_RUN_INVOKER_MISSING", NULL},
    {"C8 and so is its time", WS_TO_LB, EDITS(LB, "run.service/auth:template.timeout = \"30s\""),
     "timeout", PL_HOP_BLOCK, "CLOUD_RUN_REQUEST_TIMEOUT",
     "a stream is cut after 30s, and this one is to stay 45s"},

    {"a client wired to the load balancer", TO_RUN, EDITS(LB, WIRED_TO_LB), "wiring-host",
     PL_HOP_PASS, NULL,
     "AUTH_URL of run.service/api is app.example.org, where compute.forwardingRule/global/web "
     "takes "
     "requests"},
    {"wired to one that leads elsewhere", TO_RUN,
     EDITS(LB, WIRED_TO_LB,
           "compute.networkEndpointGroup/us-central1/auth:cloudRun.service = \"api\""),
     "wiring-host", PL_HOP_BLOCK, "WIRED_TO_ANOTHER_NAME",
     "AUTH_URL of run.service/api is app.example.org, where compute.forwardingRule/global/web "
     "leads to "
     "run.service/api, not to run.service/auth"},
    {"wired to one that leads nowhere: its own hops tell", TO_RUN,
     EDITS(LB, WIRED_TO_LB, "compute.backendService/global/web:backends = []"), "backend",
     PL_HOP_BLOCK, "FORWARDING_RULE_NO_INSTANCES",
     "nothing stands behind compute.backendService/global/web"},
};

static void load_balancers_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

/* What a walk leads to is the target, and the whole path is open where nothing is wrong. */
static void the_way_through_is_open(void **state)
{
    static const char *const connections[] = {
        TO_LB, "connections: {c: {from: here, to: compute.forwardingRule/global/web}}\n"};
    for (size_t i = 0; i < PL_LEN(connections); i++) {
        struct pl_reach r = reach_of(*state, connections[i], EDITS(LB));
        ROW("%s", connections[i]);
        if (r.verdict != PL_REACH_OPEN) {
            show_hops(&r);
            fail_msg("not open");
        }
        assert_string_equal(r.target.names[0], "auth");
    }
    struct pl_reach r = reach_of(*state, TO_ILB, EDITS(ILB(""), PROXY_SUBNET));
    if (r.verdict != PL_REACH_OPEN)
        show_hops(&r);
    assert_int_equal(r.verdict, PL_REACH_OPEN);
}

/* A certificate that hangs on the proxy only in this view has the status of one that did not. */
static void a_certificate_gets_active_where_it_hangs(void **state)
{
    struct pl_arena *arena = *state;
    const struct pl_baseline *b = baseline_of(arena, TO_LB);
    const char *const edits[] = {LB, LB_MAP("\"app.example.org\"", LB_TO_WEB),
                                 "compute.targetHttpsProxy/global/web:sslCertificates = []",
                                 "compute.sslCertificate/global/web:managed.status = "
                                 "\"FAILED_NOT_VISIBLE\"",
                                 NULL};
    struct pl_view *view = pl_view_new(arena, world_with(arena, edits));
    struct pl_reach r = pl_reach_evaluate(view, pl_baseline_connection(b, "c"), b);
    assert_int_equal(hop_of(&r, "certificate")->verdict, PL_HOP_BLOCK);
    struct pl_address address;
    struct pl_path path;
    address_of(arena, "compute.targetHttpsProxy/global/web:sslCertificates", &address, &path);
    pl_view_set(view, &address, &path,
                json_of(arena, "[\"" LB_LINK("sslCertificates", "web") "\"]"));
    r = pl_reach_evaluate(view, pl_baseline_connection(b, "c"), b);
    assert_int_equal(hop_of(&r, "certificate")->verdict, PL_HOP_PASS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(load_balancers_as_google_says, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(the_way_through_is_open, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(a_certificate_gets_active_where_it_hangs, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
