/* test_network_user.c - Direct VPC in another project's network: may Cloud Run's agent use it, and whose fault is it that nothing starts?
 */
#include "worlds.h"

#define AGENT "serviceAccount:service-1@serverless-robot-prod.iam.gserviceaccount.com"
#define ON_PROJECT(member)                                                                         \
    "project.iamPolicy/host/global/host = "                                                        \
    "{\"iamPolicy\":{\"bindings\":[{\"role\":\"roles/compute.networkUser\",\"members\":[\"" member \
    "\"]}]}}"
#define REASON(text) "run.service/auth:terminalCondition.reason = \"" text "\""

static const struct rule_row rows[] = {
    {"of its own project nobody asks", HERE_TO_RUN, EDITS(NEVER_READY), "network-user", -1, NULL,
     NULL},
    {"granted on the subnetwork", HERE_TO_RUN, EDITS(SHARED_VPC, NETWORK_USER(AGENT)),
     "network-user", PL_HOP_PASS, NULL,
     AGENT " has roles/compute.networkUser on "
           "compute.subnetwork/host/us-central1/run"},
    {"granted on the project", HERE_TO_RUN,
     EDITS(SHARED_VPC, NETWORK_USER("user:a@example.org"), ON_PROJECT(AGENT)), "network-user",
     PL_HOP_PASS, NULL, NULL},
    {"granted to the workload's own account", HERE_TO_RUN,
     EDITS(SHARED_VPC, NEVER_READY, NETWORK_USER("serviceAccount:auth@p")), "network-user",
     PL_HOP_BLOCK, "SHARED_VPC_NETWORK_USER_MISSING",
     "service-1@serverless-robot-prod.iam.gserviceaccount.com holds compute.subnetworks.use "
     "neither "
     "on the resource nor on project host: no revision of run.service/auth is made"},
    {"an earlier revision serves", HERE_TO_RUN,
     EDITS(SHARED_VPC, NETWORK_USER("serviceAccount:auth@p")), "network-user", PL_HOP_PASS,
     "SHARED_VPC_NETWORK_USER_MISSING", NULL},
    {"the subnetwork's policy was not read", HERE_TO_RUN, EDITS(SHARED_VPC, NEVER_READY),
     "network-user", PL_HOP_UNKNOWN, "SHARED_VPC_NETWORK_USER_MISSING", NULL},
    {"that nothing is ready is an effect", HERE_TO_RUN,
     EDITS(SHARED_VPC, NEVER_READY, NETWORK_USER("serviceAccount:auth@p")), "run-ready",
     PL_HOP_NOT_APPLICABLE, NULL,
     "that run.service/auth has no ready revision is an effect of what Cloud Run may do in its "
     "network"},
    {"of another reason that Google names it is none", HERE_TO_RUN,
     EDITS(SHARED_VPC, NEVER_READY, REASON("CONTAINER_MISSING"),
           NETWORK_USER("serviceAccount:auth@p")),
     "run-ready", PL_HOP_BLOCK, "CLOUD_RUN_REVISION_NOT_READY", NULL},
};

static void the_agent_is_who_plugs_it_in(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_agent_is_who_plugs_it_in, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
