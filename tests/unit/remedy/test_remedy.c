/* test_remedy.c - how a drift is undone: the exact command, or a sentence where a command would do harm or does not exist.
 */
#include "../reach/worlds.h"
#include "plumbline/diff.h"
#include "plumbline/remedy.h"

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
     "gcloud compute firewall-rules delete d --project=p",
     "gcloud compute firewall-rules create d --project=p --network=main --action=DENY --rules=all"},
    {"an authorised network: the option replaces the whole list, so all are named",
     "resources: {sql.instance: {main: {settings: {ipConfiguration: {authorizedNetworks: [{value: "
     "203.0.113.0/24}]}}}}}\n",
     NULL,
     "gcloud sql instances patch main --project=p --authorized-networks=0.0.0.0/0,203.0.113.0/24",
     "gcloud sql instances patch main --project=p --authorized-networks=0.0.0.0/0"},
    {"a database flag, likewise",
     "resources: {sql.instance: {main: {settings: {databaseFlags: [{name: log_connections, value: "
     "\"on\"}]}}}}\n",
     NULL,
     "gcloud sql instances patch main --project=p "
     "--database-flags=max_connections=200,log_connections=on",
     "gcloud sql instances patch main --project=p --database-flags=max_connections=200"},
    {"a gateway of which the baseline says nothing but the name",
     "resources: {compute.router: {nat: {nats: [{name: second}]}}}\n", NULL,
     "set compute.router/nat:nats[name=second] to {\"name\":\"second\"}: make it with `gcloud "
     "compute routers nats create`: the baseline does not say which addresses and subnets it is "
     "for "
     "(natIpAllocateOption, sourceSubnetworkIpRangesToNat), and gcloud wants both",
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
     "set run.service/auth:ingress to INGRESS_TRAFFIC_NONE: gcloud has no word for this ingress: "
     "set "
     "it in Terraform or by the API",
     NULL},
    {"the traffic of a roll-back",
     "resources: {run.service: {auth: {traffic: [{type: TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST, "
     "percent: 100}]}}}\n",
     EDITS("run.service/auth:traffic = [{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION\","
           "\"revision\":\"r0\",\"percent\":100}]"),
     "gcloud run services update-traffic auth --region=us-central1 --project=p "
     "--to-revisions=LATEST=100",
     "gcloud run services update-traffic auth --region=us-central1 --project=p "
     "--to-revisions=r0=100"},
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
     "--member=serviceAccount:api@p --role=roles/run.invoker --condition=None",
     "gcloud run services remove-iam-policy-binding auth --region=us-central1 --project=p "
     "--member=serviceAccount:api@p --role=roles/run.invoker --condition=None"},
    {"who may read a secret",
     "resources: {secret.secret: {key: {iamPolicy: {bindings: [{role: "
     "roles/secretmanager.secretAccessor, members: [\"serviceAccount:auth@p\"]}]}}}}\n",
     EDITS(SECRET, GRANTED("serviceAccount:deployer@p")),
     "gcloud secrets add-iam-policy-binding key --project=p --member=serviceAccount:auth@p "
     "--role=roles/secretmanager.secretAccessor --condition=None",
     "gcloud secrets remove-iam-policy-binding key --project=p --member=serviceAccount:auth@p "
     "--role=roles/secretmanager.secretAccessor --condition=None"},
    {"a version of a secret", "resources: {secret.version: {key/1: {state: ENABLED}}}\n",
     EDITS(SECRET, VERSION("1", "DISABLED")),
     "gcloud secrets versions enable 1 --secret=key --project=p",
     "gcloud secrets versions disable 1 --secret=key --project=p"},
    {"a version that was destroyed", "resources: {secret.version: {key/1: {state: ENABLED}}}\n",
     EDITS(SECRET, VERSION("1", "DESTROYED")),
     "set secret.version/key/1:state to ENABLED: a destroyed version does not come back; where it "
     "is to "
     "serve, add its payload as a new one (`gcloud secrets versions add --data-file=FILE`)",
     NULL},
    {"a version to be destroyed", "resources: {secret.version: {key/1: {state: DESTROYED}}}\n",
     EDITS(SECRET, VERSION("1", "ENABLED")),
     "set secret.version/key/1:state to DESTROYED: a destroyed version does not come back; where "
     "it is to "
     "serve, add its payload as a new one (`gcloud secrets versions add --data-file=FILE`)",
     NULL},
    {"a state", "resources: {vpcaccess.connector: {conn: {state: READY}}}\n",
     EDITS("vpcaccess.connector/conn:state = \"ERROR\""),
     "vpcaccess.connector/conn:state is written by Google's side: mend what drives it", NULL},
    {"what is fixed for life", "resources: {redis.instance: {cache: {tier: BASIC}}}\n",
     EDITS("redis.instance/cache:tier = \"STANDARD_HA\""),
     "set redis.instance/cache:tier to BASIC: it cannot be changed: make another one, move the "
     "clients, then delete this one",
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
        const struct pl_world *world = world_with(*state, rows[i].edits);
        struct pl_diff *diff = pl_diff_baseline(*state, pl_view_new(*state, world),
                                                baseline_of(*state, rows[i].yaml), 0);
        ROW("%s", rows[i].what);
        assert_int_equal(diff->n_drift, 1);
        pl_remediate(*state, world, diff->drift, diff->n_drift);
        const struct pl_remedy *r = diff->drift[0]->remedies;
        if (strcmp(r->command, rows[i].command) == 0 &&
            strcmp(text_of(r->rollback), text_of(rows[i].rollback)) == 0)
            continue;
        wrong++;
        print_error("%s\n  command  %s\n  rollback %s\n", rows[i].what, r->command,
                    text_of(r->rollback));
    }
    assert_int_equal(wrong, 0);
}

/* The cache is to be made again, with another port: today's is not what a client's URL should then hold. Another client's drift is its own. */
static void what_follows_one_that_is_made_anew_is_not_known_before(void **state)
{
    static const char yaml[] =
        "resources:\n  redis.instance: {cache: {transitEncryptionMode: SERVER_AUTHENTICATION}}\n"
        "  run.service:\n    api: {template: {containers: [{name: app, env: [{name: X, value: "
        "\"1\"}, {name: REDIS_URL, value: "
        "\"rediss://${redis.instance/cache:host}:${redis.instance/cache:port}\"}]}]}}\n";
    const struct pl_world *world =
        world_with(*state, EDITS(ENV("REDIS_URL", "rediss://10.68.1.4:6378"), ENV("X", "2")));
    struct pl_diff *diff =
        pl_diff_baseline(*state, pl_view_new(*state, world), baseline_of(*state, yaml), 0);
    assert_int_equal(diff->n_drift, 3);
    pl_remediate(*state, world, diff->drift, diff->n_drift);
    size_t told = 0;
    for (size_t i = 0; i < diff->n_drift; i++) {
        const char *command = diff->drift[i]->remedies[0].command;
        if (strstr(diff->drift[i]->field, "REDIS_URL")) {
            assert_string_equal(
                command, "set run.service/api:template.containers[name=app].env[name=REDIS_URL]."
                         "value to what redis.instance/cache has once it is made anew, as the "
                         "baseline refers to it: that is not known before");
            assert_null(diff->drift[i]->remedies[0].rollback);
            told++;
        } else if (strstr(diff->drift[i]->field, "[name=X]")) {
            assert_string_equal(command, RUN("--update-env-vars=X=1"));
            told++;
        }
    }
    assert_int_equal(told, 2);
}

/* What blocks and is no drift: a field, and the command that shows it. */
static const struct {
    const char *field, *look;
} looks[] = {
    {"compute.firewall/p/global/deny", "gcloud compute firewall-rules describe deny --project=p "
                                       "--format=json"},
    {"compute.network/p/global/main:effectiveFirewalls.firewallPolicys[name=481516].rules[priority="
     "900]",
     "gcloud compute networks get-effective-firewalls main --project=p --format=json"},
    {"compute.network/p/global/main:regionalFirewalls[region=r].firewallPolicys[name=g].rules["
     "priority=5]",
     "gcloud compute network-firewall-policies get-effective-firewalls --network=main --region=r "
     "--project=p --format=json"},
    {"compute.network/p/global/main:peerings[name=x].exportCustomRoutes",
     "gcloud compute networks describe main --project=p "
     "--format='value(peerings.filter(\"name=x\").extract(exportCustomRoutes).flatten())'"},
    {"run.service/p/us-central1/api:ingress",
     "gcloud run services describe api --region=us-central1 --project=p "
     "--format='value(metadata.annotations.\"run.googleapis.com/ingress\")'"},
    {"run.service/p/us-central1/api:template.vpcAccess", /* of no row: gcloud calls it otherwise */
     "gcloud run services describe api --region=us-central1 --project=p --format=json"},
    {"run.service/p/us-central1/api:iamPolicy.bindings[role=roles/run.invoker].members",
     "gcloud run services get-iam-policy api --region=us-central1 --project=p "
     "--format='value(bindings.filter(\"role=roles/run.invoker\").extract(members).flatten())'"},
    {"run.service/p/us-central1/api:iamPolicy",
     "gcloud run services get-iam-policy api --region=us-central1 --project=p"},
    {"redis.instance/p/us-central1/cache:iamPolicy", NULL}, /* it has no policy of its own */
    {"compute.firewall/p/global/$(reboot)",
     "gcloud compute firewall-rules describe '$(reboot)' --project=p --format=json"},
    {"compute.firewall/p/global/%1B%5B31m", NULL},
};

static void what_blocks_can_be_looked_at(void **state)
{
    for (size_t i = 0; i < PL_LEN(looks); i++) {
        struct pl_address address;
        struct pl_path path;
        struct pl_err err;
        ROW("%s", looks[i].field);
        assert_int_equal(pl_field_address_parse(*state, looks[i].field, &address, &path, &err), 0);
        assert_string_equal(text_of(pl_remedy_look(*state, &address, &path)),
                            text_of(looks[i].look));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_blocks_can_be_looked_at, harness_arena,
                                        harness_arena_free),
        cmocka_unit_test_setup_teardown(what_follows_one_that_is_made_anew_is_not_known_before,
                                        harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(commands_undo_what_drifted, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
