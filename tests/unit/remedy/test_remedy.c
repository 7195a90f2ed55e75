/* test_remedy.c - how a drift is undone: the exact command, or a sentence where a command would do harm or does not exist.
 */
#include "inquiry.h"

#define RUN(rest) "gcloud run services update api --region=us-central1 --project=p " rest

static const struct {
    const char *what, *yaml;
    const char *const *edits;
    const char *command, *rollback;
} rows[] = {
    {"a variable",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: X, value: "
     "\"1\"}]}]}}}}\n",
     EDITS(ENV("X", "2")), RUN("--update-env-vars=X=1"), RUN("--update-env-vars=X=2")},
    {"a value with a blank",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: X, value: "
     "\"a b\"}]}]}}}}\n",
     EDITS(ENV("X", "2")), RUN("--update-env-vars='X=a b'"), RUN("--update-env-vars=X=2")},
    {"a value with a comma, at which gcloud would split",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: X, value: "
     "\"a,b@c\"}]}]}}}}\n",
     EDITS(ENV("X", "2")), RUN("--update-env-vars='^;^X=a,b@c'"), RUN("--update-env-vars=X=2")},
    {"a variable that is not there",
     "resources: {run.service: {api: {template: {containers: [{name: app, env: [{name: X, value: "
     "\"1\"}]}]}}}}\n",
     NULL, RUN("--update-env-vars=X=1"), RUN("--remove-env-vars=X")},
    {"egress",
     "resources: {run.service: {api: {template: {vpcAccess: {egress: PRIVATE_RANGES_ONLY}}}}}\n",
     EDITS(ALL_TRAFFIC), RUN("--vpc-egress=private-ranges-only"), RUN("--vpc-egress=all-traffic")},
    {"a rule that nobody declared", "resources: {compute.firewall: !only {internal: {}}}\n",
     EDITS(RULE("d", "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "gcloud compute firewall-rules delete d --project=p", NULL},
    {"an authorised network: the option replaces the whole list, so no command",
     "resources: {sql.instance: {main: {settings: {ipConfiguration: {authorizedNetworks: [{value: "
     "203.0.113.0/24}]}}}}}\n",
     NULL,
     "add 203.0.113.0/24 to the authorised networks; `gcloud sql instances patch "
     "--authorized-networks` replaces them all, so name every one that is to stay",
     "take 203.0.113.0/24 out of the authorised networks; `gcloud sql instances patch "
     "--authorized-networks` replaces them all, so name every one that is to stay"},
    {"a database flag, likewise",
     "resources: {sql.instance: {main: {settings: {databaseFlags: [{name: max_connections, value: "
     "\"300\"}]}}}}\n",
     NULL,
     "set database flag max_connections to 300; `gcloud sql instances patch --database-flags` "
     "replaces all flags, so name every one that is to stay",
     "set database flag max_connections to 200; `gcloud sql instances patch --database-flags` "
     "replaces all flags, so name every one that is to stay"},
    {"a gateway", "resources: {compute.router: {nat: {nats: [{name: second}]}}}\n", NULL,
     "gcloud compute routers nats create second --router=nat --region=us-central1 --project=p "
     "--auto-allocate-nat-external-ips --nat-all-subnet-ip-ranges",
     NULL},
    {"a field of a gateway that exists makes no second one",
     "resources: {compute.router: {nat: {nats: [{name: n, minPortsPerVm: 128}]}}}\n",
     EDITS("compute.router/nat:nats[name=n].minPortsPerVm = 64"),
     "gcloud compute routers nats update n --router=nat --region=us-central1 --project=p "
     "--min-ports-per-vm=128",
     "gcloud compute routers nats update n --router=nat --region=us-central1 --project=p "
     "--min-ports-per-vm=64"},
    {"an ingress that gcloud has no word for",
     "resources: {run.service: {auth: {ingress: INGRESS_TRAFFIC_NONE}}}\n", NULL,
     "set run.service/auth:ingress to INGRESS_TRAFFIC_NONE", NULL},
    {"the traffic of a roll-back",
     "resources: {run.service: {auth: {traffic: [{type: TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST, "
     "percent: 100}]}}}\n",
     EDITS("run.service/auth:traffic = [{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION\","
           "\"revision\":\"r0\",\"percent\":100}]"),
     "gcloud run services update-traffic auth --region=us-central1 --project=p --to-latest", NULL},
    {"custom audiences",
     "resources: {run.service: {auth: {customAudiences: [\"https://a.example.org\", "
     "\"https://b.example.org\"]}}}\n",
     NULL,
     "gcloud run services update auth --region=us-central1 --project=p "
     "--set-custom-audiences=https://a.example.org,https://b.example.org",
     "gcloud run services update auth --region=us-central1 --project=p --clear-custom-audiences"},
    {"certificates of a proxy, by their names",
     "resources: {compute.targetHttpsProxy: {global/web: {sslCertificates: [projects/p/global/"
     "sslCertificates/web, projects/p/global/sslCertificates/api]}}}\n",
     EDITS(LB),
     "gcloud compute target-https-proxies update web --global --project=p "
     "--ssl-certificates=web,api",
     "gcloud compute target-https-proxies update web --global --project=p --ssl-certificates=web"},
    {"a time-out of a region's backend service",
     "resources: {compute.backendService: {us-central1/ilb: {timeoutSec: 90}}}\n", EDITS(ILB("")),
     "gcloud compute backend-services update ilb --region=us-central1 --project=p --timeout=90",
     "gcloud compute backend-services update ilb --region=us-central1 --project=p --timeout=30"},
    {"a rule of Cloud Armor",
     "resources: {compute.securityPolicy: {global/edge: {rules: [{priority: 10, match: {expr: "
     "{expression: \"inIpRange(origin.ip, '9.9.9.9/32')\"}}}]}}}\n",
     EDITS(LB, LB_POLICY(LB_RULE("10", "deny(403)", "\"expr\":{\"expression\":\"true\"}"))),
     "gcloud compute security-policies rules update 10 --security-policy=edge --project=p "
     "--expression='inIpRange(origin.ip, '\\''9.9.9.9/32'\\'')'",
     "gcloud compute security-policies rules update 10 --security-policy=edge --project=p "
     "--expression=true"},
    {"an invoker",
     "resources: {run.service: {auth: {iamPolicy: {bindings: [{role: roles/run.invoker, members: "
     "[\"serviceAccount:api@p\"]}]}}}}\n",
     EDITS("run.service/auth:iamPolicy = "
           "{\"bindings\":[{\"role\":\"roles/run.invoker\",\"members\":[]}]}"),
     "gcloud run services add-iam-policy-binding auth --region=us-central1 --project=p "
     "--member=serviceAccount:api@p --role=roles/run.invoker",
     NULL},
    {"who may read a secret",
     "resources: {secret.secret: {key: {iamPolicy: {bindings: [{role: "
     "roles/secretmanager.secretAccessor, members: [\"serviceAccount:auth@p\"]}]}}}}\n",
     EDITS(SECRET, GRANTED("serviceAccount:deployer@p")),
     "gcloud secrets add-iam-policy-binding key --project=p --member=serviceAccount:auth@p "
     "--role=roles/secretmanager.secretAccessor",
     NULL},
    {"a version of a secret", "resources: {secret.version: {key/1: {state: ENABLED}}}\n",
     EDITS(SECRET, VERSION("1", "DISABLED")),
     "gcloud secrets versions enable 1 --secret=key --project=p",
     "gcloud secrets versions disable 1 --secret=key --project=p"},
    {"a state", "resources: {vpcaccess.connector: {conn: {state: READY}}}\n",
     EDITS("vpcaccess.connector/conn:state = \"ERROR\""),
     "vpcaccess.connector/conn:state is written by Google's side: mend what drives it", NULL},
    {"what is fixed for life", "resources: {redis.instance: {cache: {tier: BASIC}}}\n",
     EDITS("redis.instance/cache:tier = \"STANDARD_HA\""),
     "redis.instance/cache:tier cannot be changed in place: the resource must be created again "
     "with BASIC",
     NULL},
    {"a name that a shell would obey", "resources: {compute.firewall: !only {internal: {}}}\n",
     EDITS("compute.firewall/$(reboot) = {\"network\":\"" NET "\"}"),
     "gcloud compute firewall-rules delete '$(reboot)' --project=p", NULL},
};

static const char *text_of(const char *s)
{
    return s ? s : "-";
}

static void commands_undo_what_drifted(void **state)
{
    size_t wrong = 0;
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct inquiry q = inquire(*state, rows[i].yaml, rows[i].edits, NULL);
        ROW("%s", rows[i].what);
        assert_int_equal(q.diff->n_drift, 1);
        const struct pl_remedy *r = q.diff->drift[0]->remedies;
        assert_int_equal(q.diff->drift[0]->n_remedies, 1);
        if (strcmp(r->command, rows[i].command) == 0 &&
            strcmp(text_of(r->rollback), text_of(rows[i].rollback)) == 0)
            continue;
        wrong++;
        print_error("%s\n  command  %s\n  rollback %s\n", rows[i].what, r->command,
                    text_of(r->rollback));
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commands_undo_what_drifted, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
