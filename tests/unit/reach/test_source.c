/* test_source.c - Cloud Run jobs and machines as the place where a connection begins: how they are attached, what lets their packets out, as whom.
 *
 * Each way has a world where it passes, one where it blocks, and a near miss beside it.
 */
#include "worlds.h"

#define FROM_JOB       "connections: {c: {from: run.job/migrate, to: sql.instance/main, via: private}}\n"
#define JOB_TO(target) "connections: {c: {from: run.job/migrate, to: " target "}}\n"
#define FROM_BASTION(target)                                                                       \
    "connections: {c: {from: compute.instance/us-central1-b/bastion, to: " target "}}\n"
#define JOB                                                                                        \
    "run.job/us-central1/migrate = {\"name\":\"projects/p/locations/us-central1/jobs/migrate\","   \
    "\"template\":{\"taskCount\":20,\"parallelism\":5,\"template\":{\"serviceAccount\":\"api@p\"," \
    "\"volumes\":[],\"vpcAccess\":{\"connector\":\"projects/p/locations/us-central1/connectors/"   \
    "conn\",\"egress\":\"PRIVATE_RANGES_ONLY\"},\"containers\":[{\"name\":\"app\",\"env\":[]}]}}," \
    "\"terminalCondition\":{\"state\":\"CONDITION_SUCCEEDED\"}}"
#define TASK(path)            "run.job/migrate:template.template." path
#define TASK_ENV(name, value) TASK("containers[name=app].env[name=" name "].value = \"" value "\"")
#define BASTION                                                                                    \
    "compute.instance/us-central1-b/bastion = {\"name\":\"bastion\",\"status\":\"RUNNING\","       \
    "\"tags\":{\"items\":[\"bastion\"]},\"serviceAccounts\":[{\"email\":\"vm@p\"}],"               \
    "\"networkInterfaces\":[{\"name\":\"nic0\",\"network\":\"" NET "\",\"subnetwork\":"            \
    "\"projects/p/regions/us-central1/subnetworks/run\",\"networkIP\":\"10.0.0.9\"}]}"
#define BASTION_SET(path) "compute.instance/us-central1-b/bastion:" path
#define OUTSIDE                                                                                    \
    BASTION_SET("networkInterfaces[name=nic0].accessConfigs = [{\"natIP\":\"34.9.9.9\"}]")
#define OTHER_MACHINE                                                                              \
    "compute.instance/us-central1-b/cache = {\"name\":\"cache\",\"status\":\"RUNNING\","           \
    "\"tags\":{\"items\":[\"cache\"]},\"serviceAccounts\":[{\"email\":\"cache@p\"}],"              \
    "\"networkInterfaces\":[{\"name\":\"nic0\",\"network\":\"" NET "\",\"subnetwork\":"            \
    "\"projects/p/regions/us-central1/subnetworks/run\",\"networkIP\":\"10.0.0.30\"}]}"
#define TO_OTHER_MACHINE                                                                           \
    "connections: {c: {from: compute.instance/us-central1-b/bastion, to: "                         \
    "compute.instance/us-central1-b/cache, port: 6379}}\n"
#define NETWORK_RULE(name, body)                                                                   \
    "compute.firewall/" name " = {\"name\":\"" name "\",\"network\":\"" NET "\"," body "}"
#define INGRESS_FROM(what)                                                                         \
    "- compute.firewall/internal",                                                                 \
        NETWORK_RULE("in", "\"direction\":\"INGRESS\",\"priority\":900," what                      \
                           ",\"allowed\":[{\"IPProtocol\":\"tcp\"}]")
#define NO_NAT "- compute.router/nat"

static const struct rule_row rows[] = {
    /* a job */
    {"a job is there", FROM_JOB, EDITS(JOB), "source", PL_HOP_PASS, NULL,
     "run.job/migrate is there"},
    {"one that is not", FROM_JOB, EDITS(NULL), "source", PL_HOP_BLOCK, "SOURCE_ENDPOINT_NOT_FOUND",
     "run.job/migrate does not exist"},
    {"it sends through its connector", FROM_JOB, EDITS(JOB), "egress", PL_HOP_PASS, NULL,
     "the packet enters the VPC through the connector"},
    {"which is ready", FROM_JOB, EDITS(JOB), "connector", PL_HOP_PASS, NULL, NULL},
    {"one that is named in no known way", FROM_JOB,
     EDITS(JOB, TASK("vpcAccess.connector = \"projects/../../x\""),
           "? vpcaccess.connector permission_denied"),
     "connector", PL_HOP_UNKNOWN, "VPC_CONNECTOR_NOT_RUNNING",
     "the connector's state is not known: its name could not be read"},
    {"and the way is open", FROM_JOB, EDITS(JOB), "peering", PL_HOP_PASS, NULL, NULL},
    {"without VPC access nothing private is reached", FROM_JOB, EDITS(JOB, TASK("vpcAccess")),
     "egress", PL_HOP_BLOCK, "VPC_CONNECTOR_NOT_SET",
     "run.job/migrate has no connector and no network interface, and the destination is a private "
     "address"},
    {"what is public is", JOB_TO("\"https://example.org\""), EDITS(JOB, TASK("vpcAccess")),
     "egress", PL_HOP_PASS, NULL,
     "the packet leaves run.job/migrate for the internet, beside the VPC"},
    {"all traffic wants a Cloud NAT", JOB_TO("\"https://example.org\""),
     EDITS(JOB, NO_NAT, TASK("vpcAccess.egress = \"ALL_TRAFFIC\"")), "nat", PL_HOP_BLOCK,
     "NO_EXTERNAL_ADDRESS", NULL},
    {"which there is", JOB_TO("\"https://example.org\""),
     EDITS(JOB, TASK("vpcAccess.egress = \"ALL_TRAFFIC\"")), "nat", PL_HOP_PASS, NULL, NULL},
    {"Direct VPC", FROM_JOB,
     EDITS(JOB, TASK("vpcAccess = {\"networkInterfaces\":[{\"network\":\"main\",\"subnetwork\":"
                     "\"run\",\"tags\":[\"web\"]}],\"egress\":\"PRIVATE_RANGES_ONLY\"}")),
     "egress", PL_HOP_PASS, NULL, "the packet enters the VPC through a Direct VPC interface"},
    {"its tags are what egress rules see", FROM_JOB,
     EDITS(JOB,
           TASK("vpcAccess = {\"networkInterfaces\":[{\"network\":\"main\",\"subnetwork\":"
                "\"run\",\"tags\":[\"web\"]}],\"egress\":\"PRIVATE_RANGES_ONLY\"}"),
           NETWORK_RULE("no", "\"direction\":\"EGRESS\",\"priority\":900,\"targetTags\":[\"web\"],"
                              "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"of others they are not", FROM_JOB,
     EDITS(JOB,
           TASK("vpcAccess = {\"networkInterfaces\":[{\"network\":\"main\",\"subnetwork\":"
                "\"run\",\"tags\":[\"job\"]}],\"egress\":\"PRIVATE_RANGES_ONLY\"}"),
           NETWORK_RULE("no", "\"direction\":\"EGRESS\",\"priority\":900,\"targetTags\":[\"web\"],"
                              "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"its variables are its wiring", FROM_JOB, EDITS(JOB, TASK_ENV("DB_HOST", "10.68.0.77")),
     "wiring-host", PL_HOP_BLOCK, "UNKNOWN_INTERNAL_ADDRESS",
     "DB_HOST of run.job/migrate is 10.68.0.77, which is no address of sql.instance/main"},
    {"and lead there", FROM_JOB, EDITS(JOB, TASK_ENV("DB_HOST", "10.68.0.3")), "wiring-host",
     PL_HOP_PASS, NULL, "DB_HOST of run.job/migrate is 10.68.0.3, an address of sql.instance/main"},
    {"its secrets are looked at", FROM_JOB,
     EDITS(JOB, TASK("containers[name=app].env[name=DB_PASSWORD].valueSource = {\"secretKeyRef\":{"
                     "\"secret\":\"gone\",\"version\":\"1\"}}")),
     "secrets", PL_HOP_PASS, "SECRET_NOT_FOUND", NULL},
    {"its account must be a client of the instance",
     "connections: {c: {from: run.job/migrate, to: sql.instance/main, via: socket}}\n",
     EDITS(JOB, TASK("serviceAccount = \"other@p\""),
           TASK("volumes = [{\"name\":\"v\",\"cloudSqlInstance\":{\"instances\":[\"" SQLNAME
                "\"]}}]"),
           TASK("containers[name=app].volumeMounts = [{\"name\":\"v\",\"mountPath\":\"/cloudsql\"}"
                "]")),
     "sql-client-role", PL_HOP_BLOCK, "CLOUD_SQL_CLIENT_ROLE_MISSING", NULL},
    {"and is", "connections: {c: {from: run.job/migrate, to: sql.instance/main, via: socket}}\n",
     EDITS(JOB,
           TASK("volumes = [{\"name\":\"v\",\"cloudSqlInstance\":{\"instances\":[\"" SQLNAME
                "\"]}}]"),
           TASK("containers[name=app].volumeMounts = [{\"name\":\"v\",\"mountPath\":\"/cloudsql\"}"
                "]")),
     "sql-client-role", PL_HOP_PASS, NULL, NULL},
    {"the socket of a job is mounted as a service's",
     "connections: {c: {from: run.job/migrate, to: sql.instance/main, via: socket}}\n", EDITS(JOB),
     "sql-socket", PL_HOP_BLOCK, "CLOUD_SQL_SOCKET_NOT_MOUNTED", NULL},
    {"tasks at a time are what opens connections", FROM_JOB,
     EDITS(JOB, TASK_ENV("DB_POOL_SIZE", "50")), "sql-capacity", PL_HOP_PASS,
     "TOO_MANY_CONNECTIONS",
     "5 instances x pool of 50 = 250 against max_connections 200 less 3 reserved: at full scale "
     "the database refuses"},
    {"fewer of them do not", FROM_JOB,
     EDITS(JOB, TASK_ENV("DB_POOL_SIZE", "50"), "run.job/migrate:template.parallelism = 3"),
     "sql-capacity", PL_HOP_PASS, NULL,
     "3 instances x pool of 50 = 150 against max_connections 200 less 3 reserved"},
    {"nor more than there are tasks", FROM_JOB,
     EDITS(JOB, TASK_ENV("DB_POOL_SIZE", "50"), "run.job/migrate:template.taskCount = 2"),
     "sql-capacity", PL_HOP_PASS, NULL,
     "2 instances x pool of 50 = 100 against max_connections 200 less 3 reserved"},
    {"E13 its tasks go through the connector beside the services", FROM_JOB, EDITS(JOB),
     "connector-capacity", PL_HOP_PASS, NULL,
     "10 machines x 100 Mbit/s (e2-micro) = 1000 Mbit/s for 15 instances of 2 workloads at full "
     "scale"},
    {"E13 and a service's beside a job's", TO_SQL, EDITS(JOB), "connector-capacity", PL_HOP_PASS,
     NULL,
     "10 machines x 100 Mbit/s (e2-micro) = 1000 Mbit/s for 15 instances of 2 workloads at full "
     "scale"},
    {"E13 more tasks than it carries", FROM_JOB,
     EDITS(JOB, "run.job/migrate:template.taskCount = 2000",
           "run.job/migrate:template.parallelism = 991"),
     "connector-capacity", PL_HOP_PASS, "VPC_CONNECTOR_THROUGHPUT_EXCEEDED",
     "10 machines x 100 Mbit/s (e2-micro) = 1000 Mbit/s for 1001 instances of 2 workloads at full "
     "scale: less than 1 Mbit/s each"},
    {"E11 a task takes an address", FROM_JOB,
     EDITS(JOB, TASK("vpcAccess = {\"networkInterfaces\":[{\"network\":\"main\",\"subnetwork\":"
                     "\"run\"}],\"egress\":\"PRIVATE_RANGES_ONLY\"}")),
     "source-addresses", PL_HOP_PASS, NULL,
     "5 tasks x 1 address = 5 of 252 in compute.subnetwork/run"},
    {"E11 more of them than there are addresses", FROM_JOB,
     EDITS(JOB, "run.job/migrate:template.parallelism = 13",
           TASK("vpcAccess = {\"networkInterfaces\":[{\"network\":\"main\",\"subnetwork\":"
                "\"run\"}],\"egress\":\"PRIVATE_RANGES_ONLY\"}"),
           "compute.subnetwork/run:ipCidrRange = \"10.0.0.0/28\""),
     "source-addresses", PL_HOP_PASS, "DIRECT_VPC_ADDRESSES_EXHAUSTED",
     "13 tasks x 1 address = 13 of 12 in compute.subnetwork/run: at full scale some do not start"},
    {"a job may be internal to a service", JOB_TO("run.service/auth"),
     EDITS(JOB, TASK("vpcAccess.egress = \"ALL_TRAFFIC\""),
           "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""),
     "ingress", PL_HOP_PASS, NULL, NULL},
    {"and is not past its VPC", JOB_TO("run.service/auth"),
     EDITS(JOB, "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""), "ingress",
     PL_HOP_BLOCK, "CLOUD_RUN_INGRESS_DENIED", NULL},

    /* a machine */
    {"a machine that runs", FROM_BASTION("redis.instance/cache"), EDITS(BASTION), "source",
     PL_HOP_PASS, NULL, "compute.instance/bastion is RUNNING"},
    {"one that is stopped", FROM_BASTION("redis.instance/cache"),
     EDITS(BASTION, BASTION_SET("status = \"TERMINATED\"")), "source", PL_HOP_BLOCK,
     "INSTANCE_NOT_RUNNING", "compute.instance/bastion is TERMINATED"},
    {"a state that nobody knows", FROM_BASTION("redis.instance/cache"),
     EDITS(BASTION, BASTION_SET("status = \"NEW_ONE\"")), "source", PL_HOP_UNKNOWN,
     "INSTANCE_NOT_RUNNING", "the state of compute.instance/bastion was not read"},
    {"it sends through its own interface", FROM_BASTION("redis.instance/cache"), EDITS(BASTION),
     "egress", PL_HOP_PASS, NULL, "the packet enters the VPC through the machine's own interface"},
    {"in a network that is peered", FROM_BASTION("redis.instance/cache"), EDITS(BASTION), "peering",
     PL_HOP_PASS, NULL, NULL},
    {"in one that is not", FROM_BASTION("sql.instance/main"),
     EDITS(BASTION,
           BASTION_SET("networkInterfaces[name=nic0].network = "
                       "\"projects/p/global/networks/other\""),
           BASTION_SET("networkInterfaces[name=nic0].subnetwork = "
                       "\"projects/p/regions/us-central1/subnetworks/other\"")),
     "peering", PL_HOP_BLOCK, "ROUTE_WRONG_NETWORK", NULL},
    {"its tag is what egress rules see", FROM_BASTION("redis.instance/cache"),
     EDITS(BASTION,
           NETWORK_RULE("no",
                        "\"direction\":\"EGRESS\",\"priority\":900,\"targetTags\":[\"bastion\"],"
                        "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"another's is not", FROM_BASTION("redis.instance/cache"),
     EDITS(BASTION,
           NETWORK_RULE("no", "\"direction\":\"EGRESS\",\"priority\":900,\"targetTags\":[\"web\"],"
                              "\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"its account is what egress rules see", FROM_BASTION("redis.instance/cache"),
     EDITS(BASTION,
           NETWORK_RULE("no",
                        "\"direction\":\"EGRESS\",\"priority\":900,\"targetServiceAccounts\":["
                        "\"vm@p\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"another's account is not", FROM_BASTION("redis.instance/cache"),
     EDITS(BASTION,
           NETWORK_RULE("no",
                        "\"direction\":\"EGRESS\",\"priority\":900,\"targetServiceAccounts\":["
                        "\"api@p\"],\"denied\":[{\"IPProtocol\":\"all\"}]")),
     "firewall-egress", PL_HOP_PASS, NULL, NULL},
    {"into a machine by the source's tag", TO_OTHER_MACHINE,
     EDITS(BASTION, OTHER_MACHINE, INGRESS_FROM("\"sourceTags\":[\"bastion\"]")),
     "firewall-ingress", PL_HOP_PASS, NULL, NULL},
    {"by another tag", TO_OTHER_MACHINE,
     EDITS(BASTION, OTHER_MACHINE, INGRESS_FROM("\"sourceTags\":[\"web\"]")), "firewall-ingress",
     PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"into a machine by the source's account", TO_OTHER_MACHINE,
     EDITS(BASTION, OTHER_MACHINE, INGRESS_FROM("\"sourceServiceAccounts\":[\"vm@p\"]")),
     "firewall-ingress", PL_HOP_PASS, NULL, NULL},
    {"by another account", TO_OTHER_MACHINE,
     EDITS(BASTION, OTHER_MACHINE, INGRESS_FROM("\"sourceServiceAccounts\":[\"api@p\"]")),
     "firewall-ingress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"by its very address", TO_OTHER_MACHINE,
     EDITS(BASTION, OTHER_MACHINE, INGRESS_FROM("\"sourceRanges\":[\"10.0.0.9/32\"]")),
     "firewall-ingress", PL_HOP_PASS, NULL, NULL},
    {"by its neighbour's", TO_OTHER_MACHINE,
     EDITS(BASTION, OTHER_MACHINE, INGRESS_FROM("\"sourceRanges\":[\"10.0.0.8/32\"]")),
     "firewall-ingress", PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"out by Cloud NAT", FROM_BASTION("\"https://example.org\""), EDITS(BASTION), "nat",
     PL_HOP_PASS, NULL,
     "Cloud NAT n on compute.router/us-central1/nat gives the packet a public address"},
    {"out by an address of its own", FROM_BASTION("\"https://example.org\""),
     EDITS(BASTION, NO_NAT, OUTSIDE), "nat", PL_HOP_PASS, NULL,
     "compute.instance/bastion has an external address of its own, 34.9.9.9"},
    {"by neither", FROM_BASTION("\"https://example.org\""), EDITS(BASTION, NO_NAT), "nat",
     PL_HOP_BLOCK, "NO_EXTERNAL_ADDRESS", NULL},
    {"a Cloud NAT of another region", FROM_BASTION("\"https://example.org\""),
     EDITS(BASTION, NO_NAT,
           "compute.router/europe-west1/far = {\"name\":\"far\",\"network\":\"" NET
           "\",\"nats\":[{\"name\":\"n\",\"type\":\"PUBLIC\",\"sourceSubnetworkIpRangesToNat\":"
           "\"ALL_SUBNETWORKS_ALL_IP_RANGES\",\"natIpAllocateOption\":\"AUTO_ONLY\"}]}"),
     "nat", PL_HOP_BLOCK, "NO_EXTERNAL_ADDRESS", NULL},
    {"Google's addresses by Private Google Access", FROM_BASTION("run.service/auth"),
     EDITS(BASTION, NO_NAT), "google-access", PL_HOP_PASS, NULL, NULL},
    {"not without it", FROM_BASTION("run.service/auth"),
     EDITS(BASTION, NO_NAT, "compute.subnetwork/run:privateIpGoogleAccess = false"),
     "google-access", PL_HOP_BLOCK, "PRIVATE_GOOGLE_ACCESS_DISALLOWED", NULL},
    {"but by an address of its own", FROM_BASTION("run.service/auth"),
     EDITS(BASTION, NO_NAT, OUTSIDE, "compute.subnetwork/run:privateIpGoogleAccess = false"),
     "google-access", PL_HOP_PASS, NULL, NULL},
    {"it calls as its account", FROM_BASTION("run.service/auth"),
     EDITS(BASTION, "run.service/auth:iamPolicy = {\"bindings\":[{\"role\":\"roles/run.invoker\","
                    "\"members\":[\"serviceAccount:vm@p\"]}]}"),
     "invoker", PL_HOP_PASS, NULL, NULL},
    {"which another's binding does not cover", FROM_BASTION("run.service/auth"),
     EDITS(BASTION, "run.service/auth:iamPolicy = {\"bindings\":[{\"role\":\"roles/run.invoker\","
                    "\"members\":[\"serviceAccount:web@p\"]}]}"),
     "invoker", PL_HOP_BLOCK, "CLOUD_RUN_INVOKER_MISSING", NULL},
    {"from inside the VPC it is internal", FROM_BASTION("run.service/auth"),
     EDITS(BASTION, "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""), "ingress",
     PL_HOP_PASS, NULL, NULL},
    {"with an address of its own that is not known", FROM_BASTION("run.service/auth"),
     EDITS(BASTION, OUTSIDE, "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\""),
     "ingress", PL_HOP_UNKNOWN, "CLOUD_RUN_INGRESS_DENIED", NULL},
    {"a stranger to the model stays one",
     "connections: {c: {from: sql.instance/main, to: redis.instance/cache}}\n", EDITS(NULL),
     "source", PL_HOP_UNKNOWN, NULL, NULL},
};

static void sources(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

/* What is blamed and shown of a job stands where a job has it. */
static void a_jobs_fields_are_its_own(void **state)
{
    struct pl_reach r = reach_of(*state, FROM_JOB, EDITS(JOB, TASK("vpcAccess")));
    const struct pl_hop *h = hop_of(&r, "egress");
    assert_string_equal(h->field_short, "run.job/migrate:template.template.vpcAccess");
    assert_string_equal(h->evidence[0].field,
                        "run.job/migrate:template.template.vpcAccess.connector");
    r = reach_of(*state, FROM_JOB, EDITS(JOB, TASK_ENV("DB_HOST", "10.68.0.77")));
    h = hop_of(&r, "wiring-host");
    assert_string_equal(
        h->field_short,
        "run.job/migrate:template.template.containers[name=app].env[name=DB_HOST].value");
    assert_string_equal(h->evidence[0].value, "10.68.0.77");
    r = reach_of(*state, FROM_BASTION("\"https://example.org\""), EDITS(BASTION, NO_NAT));
    h = hop_of(&r, "nat");
    assert_string_equal(h->field_short, "compute.instance/"
                                        "bastion:networkInterfaces[name=nic0].accessConfigs");
    assert_string_equal(h->evidence[0].value, "(absent)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sources, harness_arena, harness_arena_free),
        cmocka_unit_test_setup_teardown(a_jobs_fields_are_its_own, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
