/* test_run.c - rules C1 to C11: Cloud Run as a destination.
 */
#include "worlds.h"

/* Revision r2 is the newest and failed; r1 serves. */
#define NEWEST_FAILED                                                                              \
    "run.service/auth:latestCreatedRevision = "                                                    \
    "\"projects/p/locations/us-central1/services/auth/revisions/r2\"",                             \
        "run.service/auth:terminalCondition = {\"state\":\"CONDITION_FAILED\"}"
#define R1(container, rest)                                                                        \
    "run.revision/auth/r1 = {\"name\":\"r1\",\"containers\":[{\"name\":\"app\"," container         \
    "}]" rest "}"

static const struct rule_row rows[] = {
    {"C1 from everywhere", TO_RUN, NULL, "ingress", PL_HOP_PASS, NULL,
     "run.service/auth takes requests from everywhere"},
    {"C1 from nowhere", TO_RUN,
     EDITS(ALL_TRAFFIC, "run.service/auth:ingress = \"INGRESS_TRAFFIC_NONE\""), "ingress",
     PL_HOP_BLOCK, "CLOUD_RUN_INGRESS_DENIED", "run.service/auth takes no requests at all"},
    {"C2 through the project's VPC", TO_RUN,
     EDITS(DIRECT, ALL_TRAFFIC, "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""),
     "ingress", PL_HOP_PASS, NULL,
     "run.service/auth admits internal requests, and the request passes through the project's VPC"},
    {"C2 from outside Google Cloud", HERE_TO_RUN,
     EDITS("run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""), "ingress", PL_HOP_BLOCK,
     "CLOUD_RUN_INGRESS_DENIED",
     "run.service/auth admits internal requests only: a request from outside Google Cloud is not "
     "internal"},
    {"C2 behind a load balancer", HERE_TO_RUN,
     EDITS("run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER\""), "ingress",
     PL_HOP_BLOCK, "CLOUD_RUN_INGRESS_DENIED", NULL},
    {"C3 run.app is public, PRIVATE_RANGES_ONLY goes around", TO_RUN,
     EDITS("run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""), "ingress", PL_HOP_BLOCK,
     "CLOUD_RUN_INGRESS_DENIED",
     "run.service/auth admits internal requests only: run.app resolves to public addresses, which "
     "PRIVATE_RANGES_ONLY sends around the VPC"},
    {"C3 no VPC access", TO_RUN,
     EDITS(NO_VPC, "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""), "ingress",
     PL_HOP_BLOCK, "CLOUD_RUN_INGRESS_DENIED",
     "run.service/auth admits internal requests only: the caller has no VPC access, so the request "
     "arrives from the internet"},
    {"C4 the default URL", TO_RUN, EDITS("run.service/auth:defaultUriDisabled = true"), "ingress",
     PL_HOP_BLOCK, "CLOUD_RUN_DEFAULT_URL_DISABLED",
     "the run.app address of run.service/auth is switched off"},
    {"C5 everybody", HERE_TO_RUN, NULL, "invoker", PL_HOP_PASS, NULL,
     "allUsers has roles/run.invoker on run.service/auth"},
    {"C5 without a token everybody must be let in", HERE_TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"allAuthenticatedUsers\"]}]}"),
     "invoker", PL_HOP_BLOCK, "CLOUD_RUN_INVOKER_MISSING",
     "a caller without a token holds run.routes.invoke neither on the resource nor on project p"},
    {"C5 the caller's account", TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"serviceAccount:api@p\"]}]}"),
     "invoker", PL_HOP_PASS, NULL, NULL},
    {"C5 another account", TO_RUN,
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/"
           "run.invoker\",\"members\":[\"serviceAccount:web@p\"]}]}"),
     "invoker", PL_HOP_BLOCK, "CLOUD_RUN_INVOKER_MISSING",
     "api@p holds run.routes.invoke neither on the resource nor on project p"},
    {"C5 a policy without bindings", TO_RUN,
     EDITS("run.service/auth:iamPolicy = {\"etag\":\"ACAB\"}"), "invoker", PL_HOP_BLOCK,
     "CLOUD_RUN_INVOKER_MISSING", NULL},
    {"C5 a policy that was not read", TO_RUN, EDITS("run.service/auth:iamPolicy"), "invoker",
     PL_HOP_UNKNOWN, "CLOUD_RUN_INVOKER_MISSING",
     "the IAM policy of run.service/auth was not read"},
    {"C6 no check", HERE_TO_RUN,
     EDITS("run.service/auth:iamPolicy = {\"bindings\":[]}",
           "run.service/auth:invokerIamDisabled = true"),
     "invoker", PL_HOP_PASS, NULL, "run.service/auth does not check who invokes it"},
    {"C6 Identity-Aware Proxy decides", HERE_TO_RUN,
     EDITS("run.service/auth:iamPolicy = {\"bindings\":[]}", "run.service/auth:iapEnabled = true"),
     "invoker", PL_HOP_UNKNOWN, "CLOUD_RUN_INVOKER_MISSING",
     "Identity-Aware Proxy stands in front of run.service/auth, and whom it lets in is not read"},
    {"C7 no revision is ready", TO_RUN,
     EDITS("run.service/auth:terminalCondition.state = \"CONDITION_FAILED\"",
           "run.service/auth:latestReadyRevision"),
     "run-ready", PL_HOP_BLOCK, "CLOUD_RUN_REVISION_NOT_READY",
     "run.service/auth has no revision that is ready"},
    {"C7 an older one serves: a risk", TO_RUN,
     EDITS("run.service/auth:terminalCondition.state = \"CONDITION_FAILED\""), "run-ready",
     PL_HOP_PASS, "CLOUD_RUN_REVISION_NOT_READY", NULL},
    {"E10 with Direct VPC a start may carry nothing", TO_SQL, EDITS(DIRECT), "source-start",
     PL_HOP_PASS, "DIRECT_VPC_START_DELAY", NULL},
    {"E10 a connector has no such start", TO_SQL, NULL, "source-start", -1, NULL, NULL},
    {"E11 two addresses an instance", TO_SQL, EDITS(DIRECT), "source-addresses", PL_HOP_PASS, NULL,
     "10 instances x 2 addresses = 20 of 252 in compute.subnetwork/run"},
    {"E11 more than there are", TO_SQL,
     EDITS(DIRECT, "compute.subnetwork/run:ipCidrRange = \"10.0.0.0/28\""), "source-addresses",
     PL_HOP_PASS, "DIRECT_VPC_ADDRESSES_EXHAUSTED",
     "10 instances x 2 addresses = 20 of 12 in compute.subnetwork/run: at full scale some do not "
     "start"},
    {"C8 300 s is the default", TO_RUN, EDITS("run.service/auth:template.timeout"), "timeout",
     PL_HOP_PASS, NULL, "requests and streams are cut after 300s"},
    {"C8 less is a risk", TO_RUN, EDITS("run.service/auth:template.timeout = \"30s\""), "timeout",
     PL_HOP_PASS, "CLOUD_RUN_REQUEST_TIMEOUT", "requests and streams are cut after 30s"},
    {"C9 a stream is cut with its request",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: websocket, stay: 10m}}}\n",
     NULL, "timeout", PL_HOP_BLOCK, "CLOUD_RUN_REQUEST_TIMEOUT",
     "a stream is cut after 300s, and this one is to stay 10m"},
    {"C9 HTTP/2 end to end",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: websocket, stay: 10m}}}\n",
     EDITS(
         "run.service/auth:template.containers[name=app].ports[containerPort=8080].name = \"h2c\""),
     "protocol", PL_HOP_BLOCK, "WEBSOCKET_OVER_HTTP2",
     "run.service/auth takes end-to-end HTTP/2 (port name h2c), which carries no WebSocket "
     "handshake"},
    {"C9 which plain requests do not mind", TO_RUN,
     EDITS(
         "run.service/auth:template.containers[name=app].ports[containerPort=8080].name = \"h2c\""),
     "protocol", -1, NULL, NULL},
    {"C13 an older revision serves: the template's ports are not its own",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: websocket, stay: 10m}}}\n",
     EDITS(
         "run.service/auth:latestCreatedRevision = "
         "\"projects/p/locations/us-central1/services/auth/revisions/r2\"",
         "run.service/auth:template.containers[name=app].ports[containerPort=8080].name = \"h2c\""),
     "protocol", PL_HOP_UNKNOWN, "WEBSOCKET_OVER_HTTP2",
     "run.service/auth serves revision r1, whose ports are not read"},
    {"C13 traffic that is pinned",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: websocket, stay: 10m}}}\n",
     EDITS("run.service/auth:latestCreatedRevision = "
           "\"projects/p/locations/us-central1/services/auth/revisions/r1\"",
           "run.service/auth:traffic = "
           "[{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION\",\"revision\":\"r0\",\"percent\":"
           "100}]"),
     "protocol", PL_HOP_UNKNOWN, "WEBSOCKET_OVER_HTTP2",
     "run.service/auth serves revision r0, whose ports are not read"},
    {"C13 pinned to the newest",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: websocket, stay: 10m}}}\n",
     EDITS("run.service/auth:latestCreatedRevision = "
           "\"projects/p/locations/us-central1/services/auth/revisions/r1\"",
           "run.service/auth:traffic = "
           "[{\"revision\":\"r1\",\"percent\":100},{\"revision\":\"r0\",\"tag\":\"old\"}]"),
     "protocol", PL_HOP_PASS, NULL, NULL},
    {"C13 the serving revision's own ports",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: websocket, stay: 10m}}}\n",
     EDITS(NEWEST_FAILED,
           "run.service/auth:template.containers[name=app].ports[containerPort=8080].name = "
           "\"h2c\"",
           R1("\"ports\":[{\"name\":\"http1\",\"containerPort\":8080}]", "")),
     "protocol", PL_HOP_PASS, NULL, "run.service/auth takes HTTP/1, which WebSockets need"},
    {"C13 the serving revision's own time", TO_RUN,
     EDITS(NEWEST_FAILED, R1("\"ports\":[]", ",\"timeout\":\"10s\"")), "timeout", PL_HOP_PASS,
     "CLOUD_RUN_REQUEST_TIMEOUT", "requests and streams are cut after 10s"},
    {"C13 the serving revision's own start", TO_RUN, EDITS(NEWEST_FAILED, R1("\"ports\":[]", "")),
     "startup", PL_HOP_PASS, "STARTUP_PROBE_DOES_NOT_WAIT", NULL},
    {"C13 the revision with most of the traffic", TO_RUN,
     EDITS(R1("\"ports\":[]", ",\"timeout\":\"10s\""),
           "run.service/auth:latestCreatedRevision = \"r2\"",
           "run.service/auth:traffic = [{\"revision\":\"r2\",\"percent\":10},"
           "{\"revision\":\"r1\",\"percent\":90}]"),
     "timeout", PL_HOP_PASS, "CLOUD_RUN_REQUEST_TIMEOUT", "requests and streams are cut after 10s"},
    {"C7 Google's own reason is told", TO_RUN,
     EDITS("run.service/auth:terminalCondition = {\"state\":\"CONDITION_FAILED\",\"reason\":"
           "\"SECRETS_ACCESS_CHECK_FAILED\"}",
           "run.service/auth:latestReadyRevision"),
     "run-ready", PL_HOP_BLOCK, "CLOUD_RUN_REVISION_NOT_READY",
     "run.service/auth has no revision that is ready: SECRETS_ACCESS_CHECK_FAILED"},
    {"C7 at most so many at a time", TO_RUN,
     EDITS("run.service/auth:template.scaling.maxInstanceCount = 5",
           "run.service/auth:template.maxInstanceRequestConcurrency = 10"),
     "instance-limit", PL_HOP_PASS, "CLOUD_RUN_MAX_INSTANCES",
     "run.service/auth takes at most 5 x 10 = 50 requests at a time"},
    {"C7 80 each where nothing is said", TO_RUN,
     EDITS("run.service/auth:template.scaling.maxInstanceCount = 5"), "instance-limit", PL_HOP_PASS,
     "CLOUD_RUN_MAX_INSTANCES", "run.service/auth takes at most 5 x 80 = 400 requests at a time"},
    {"C7 no limit of its own", TO_RUN, NULL, "instance-limit", PL_HOP_PASS, NULL,
     "run.service/auth takes at most 100 x 80 = 8000 requests at a time"},
    {"C5 the service's own URL is an audience",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: https, identity_token: "
     "\"https://auth-x-uc.a.run.app\"}}}\n",
     EDITS(KNOWN_ONLY), "audience", PL_HOP_PASS, NULL,
     "run.service/auth takes tokens for https://auth-x-uc.a.run.app"},
    {"C5 with a path it is another",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: https, identity_token: "
     "\"https://auth-x-uc.a.run.app/v1\"}}}\n",
     EDITS(KNOWN_ONLY), "audience", PL_HOP_BLOCK, "CLOUD_RUN_AUDIENCE_MISMATCH",
     "the token is for https://auth-x-uc.a.run.app/v1, which is neither a URL nor a custom "
     "audience "
     "of run.service/auth"},
    {"C5 nobody looks at the audience",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: https, identity_token: "
     "\"x\"}}}\n",
     EDITS(KNOWN_ONLY, "run.service/auth:invokerIamDisabled = true"), "audience", -1, NULL, NULL},
    {"C5 nor where everybody may invoke",
     "connections: {c: {from: here, to: run.service/auth, probe: {type: https, identity_token: "
     "\"x\"}}}\n",
     NULL, "audience", -1, NULL, NULL},
    {"C5 the probe's audience is not the workload's",
     "connections: {c: {from: run.service/api, to: run.service/auth, probe: {type: https, "
     "identity_token: \"x\"}}}\n",
     EDITS(KNOWN_ONLY), "audience", PL_HOP_PASS, "CLOUD_RUN_AUDIENCE_MISMATCH", NULL},
    {"C13 limits of a template that rests are not told", TO_RUN,
     EDITS("run.service/auth:latestCreatedRevision = "
           "\"projects/p/locations/us-central1/services/auth/revisions/r2\""),
     "timeout", -1, NULL, NULL},
    {"C11 instances kept warm", TO_RUN, NULL, "instances", PL_HOP_PASS, NULL,
     "run.service/auth keeps instances warm: at least 1"},
    {"C11 none", TO_RUN, EDITS("run.service/auth:template.scaling.minInstanceCount"), "instances",
     PL_HOP_PASS, "COLD_START",
     "run.service/auth keeps no instance warm: requests may wait for a start"},
};

static void cloud_run_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

/* A state is believed only as long as what drives it is unchanged. */
static void readiness_follows_from_the_template(void **state)
{
    static const struct {
        const char *reason, *path, *value, *shown;
        int verdict;
    } moves[] = {
        {"SECRETS_ACCESS_CHECK_FAILED", "template.serviceAccount", "\"other@p\"", "the account",
         PL_HOP_PASS},
        {"SECRETS_ACCESS_CHECK_FAILED", "template.containers[name=app].env",
         "[{\"name\":\"K\",\"valueSource\":{\"secretKeyRef\":{\"secret\":\"k\"}}}]", "a reference",
         PL_HOP_PASS},
        {"SECRETS_ACCESS_CHECK_FAILED", "template.containers[name=app].env",
         "[{\"name\":\"LOG_LEVEL\",\"value\":\"debug\"}]", "a literal", PL_HOP_BLOCK},
        {"CONTAINER_MISSING", "template.containers[name=app].image", "\"i:2\"", "the image",
         PL_HOP_PASS},
        {"CONTAINER_MISSING", "template.timeout", "\"10s\"", "the time", PL_HOP_BLOCK},
        {"REVISION_FAILED", "template.timeout", "\"10s\"", "nobody knows", PL_HOP_UNKNOWN},
        {"REVISION_FAILED", "ingress", "\"INGRESS_TRAFFIC_ALL\"", "not the template", PL_HOP_BLOCK},
    };
    struct pl_arena *arena = *state;
    const struct pl_baseline *b = baseline_of(arena, TO_RUN);
    for (size_t i = 0; i < PL_LEN(moves); i++) {
        const char *const edits[] = {
            pl_arena_printf(arena,
                            "run.service/auth:terminalCondition = {\"state\":"
                            "\"CONDITION_FAILED\",\"reason\":\"%s\"}",
                            moves[i].reason),
            "run.service/auth:latestReadyRevision", NULL};
        struct pl_view *view = pl_view_new(arena, world_with(arena, edits));
        struct pl_address address;
        struct pl_path path;
        address_of(arena, pl_arena_printf(arena, "run.service/auth:%s", moves[i].path), &address,
                   &path);
        pl_view_set(view, &address, &path, json_of(arena, moves[i].value));
        struct pl_reach r = pl_reach_evaluate(view, pl_baseline_connection(b, "c"), b);
        ROW("%s: %s", moves[i].reason, moves[i].shown);
        assert_non_null(hop_of(&r, "run-ready"));
        assert_int_equal(hop_of(&r, "run-ready")->verdict, moves[i].verdict);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(readiness_follows_from_the_template, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(cloud_run_as_google_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
