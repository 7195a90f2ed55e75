/* test_memorystore.c - rules M5 to M7: clusters that are reached by Private Service Connect, Memcached, and machines as far as the network goes.
 */
#include "worlds.h"

#define VALKEY                                                                                     \
    "valkey.instance/vk = {\"name\":\"projects/p/locations/us-central1/instances/vk\",\"state\":"  \
    "\"ACTIVE\",\"authorizationMode\":\"IAM_AUTH\",\"transitEncryptionMode\":"                     \
    "\"SERVER_AUTHENTICATION\",\"endpoints\":[{\"connections\":[{\"pscAutoConnection\":"           \
    "{\"ipAddress\":\"10.0.0.71\",\"network\":\"" NET "\",\"connectionType\":"                     \
    "\"CONNECTION_TYPE_DISCOVERY\",\"pscConnectionStatus\":\"ACTIVE\"}}]}]}"
#define TO_VALKEY "connections: {c: {from: run.service/api, to: valkey.instance/vk}}\n"
#define MEMCACHE                                                                                   \
    "memcache.instance/mc = {\"name\":\"projects/p/locations/us-central1/instances/mc\","          \
    "\"authorizedNetwork\":\"" NET "\",\"discoveryEndpoint\":\"10.68.9.3:11211\"}"
#define TO_MEMCACHE "connections: {c: {from: run.service/api, to: memcache.instance/mc}}\n"
#define MACHINE                                                                                    \
    "compute.instance/us-central1-a/db = {\"name\":\"db\",\"status\":\"RUNNING\",\"tags\":"        \
    "{\"items\":[\"db\"]},\"serviceAccounts\":[{\"email\":\"db@p\"}],\"networkInterfaces\":[{"     \
    "\"name\":\"nic0\",\"network\":\"" NET "\",\"networkIP\":\"10.0.0.33\"}]}"
#define TO_MACHINE                                                                                 \
    "connections: {c: {from: run.service/api, to: compute.instance/us-central1-a/db, port: "       \
    "5432}}\n"
#define DENY_IN(how)                                                                               \
    RULE("d",                                                                                      \
         "\"direction\":\"INGRESS\",\"priority\":10," how "\"denied\":[{\"IPProtocol\":\"all\"}]")

static const struct rule_row rows[] = {
    {"M7 the port of discovery", TO_CLUSTER, EDITS(CLUSTER), "cluster-port", PL_HOP_PASS, NULL,
     "redis.cluster/cl listens on 6379"},
    {"M7 a rule for 6379 alone finds the cluster and not its data", TO_CLUSTER,
     EDITS(CLUSTER,
           RULE("a", "\"direction\":\"EGRESS\",\"priority\":10,\"allowed\":[{\"IPProtocol\":"
                     "\"tcp\",\"ports\":[\"6379\"]}]"),
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":20,\"denied\":[{\"IPProtocol\":"
                     "\"all\"}]")),
     "cluster-nodes", PL_HOP_BLOCK, "FIREWALL_RULE",
     "compute.firewall/d denies TCP 11000, where the nodes of redis.cluster/cl listen: it is "
     "found, "
     "and its data is not reached"},
    {"M7 one for the nodes as well", TO_CLUSTER,
     EDITS(CLUSTER,
           RULE("a", "\"direction\":\"EGRESS\",\"priority\":10,\"allowed\":[{\"IPProtocol\":"
                     "\"tcp\",\"ports\":[\"6379\",\"11000-13047\"]}]"),
           RULE("d", "\"direction\":\"EGRESS\",\"priority\":20,\"denied\":[{\"IPProtocol\":"
                     "\"all\"}]")),
     "cluster-nodes", PL_HOP_PASS, NULL,
     "compute.firewall/a allows TCP 11000, where the nodes listen"},
    {"M7 a connection in the network", TO_CLUSTER, EDITS(CLUSTER), "psc-endpoint", PL_HOP_PASS,
     NULL, "redis.cluster/cl has a connection in network main"},
    {"M7 in another network", TO_CLUSTER,
     EDITS(CLUSTER, "redis.cluster/cl:pscConnections = [{\"network\":\"projects/p/global/networks/"
                    "other\",\"pscConnectionStatus\":\"ACTIVE\"}]"),
     "psc-endpoint", PL_HOP_BLOCK, "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT",
     "redis.cluster/cl has no connection in network main, and is reached by Private Service "
     "Connect "
     "alone"},
    {"M7 one that is gone", TO_CLUSTER,
     EDITS(CLUSTER, "redis.cluster/cl:pscConnections = [{\"network\":\"" NET
                    "\",\"pscConnectionStatus\":\"NOT_FOUND\"}]"),
     "psc-endpoint", PL_HOP_BLOCK, "PSC_CONNECTION_NOT_ACCEPTED", NULL},
    {"M7 none that was read", TO_CLUSTER, EDITS(CLUSTER, "redis.cluster/cl:pscConnections"),
     "psc-endpoint", PL_HOP_UNKNOWN, "GOOGLE_MANAGED_SERVICE_NO_PSC_ENDPOINT", NULL},
    {"M6 CREATING", TO_CLUSTER, EDITS(CLUSTER, "redis.cluster/cl:state = \"CREATING\""),
     "cluster-state", PL_HOP_BLOCK, "REDIS_CLUSTER_NOT_RUNNING", "redis.cluster/cl is CREATING"},
    {"a state that nobody knows", TO_CLUSTER,
     EDITS(CLUSTER, "redis.cluster/cl:state = \"NEW_ONE\""), "cluster-state", PL_HOP_UNKNOWN,
     "REDIS_CLUSTER_NOT_RUNNING", "the state of redis.cluster/cl was not read"},
    {"M6 UPDATING serves", TO_CLUSTER, EDITS(CLUSTER, "redis.cluster/cl:state = \"UPDATING\""),
     "cluster-state", PL_HOP_PASS, NULL, NULL},
    {"one that moves to others may answer", TO_VALKEY,
     EDITS(VALKEY, "valkey.instance/vk:state = \"MIGRATING\""), "cluster-state", PL_HOP_UNKNOWN,
     "REDIS_CLUSTER_NOT_RUNNING", "valkey.instance/vk is MIGRATING: it may answer or not"},
    {"M3 TLS as with an instance", TO_VALKEY,
     EDITS(VALKEY, ENV("VK_URL", "redis://10.0.0.71:6379")), "redis-tls", PL_HOP_BLOCK,
     "TLS_REQUIRED", NULL},
    {"M5 IAM authentication takes tokens alone", TO_VALKEY, EDITS(VALKEY), "redis-auth",
     PL_HOP_PASS, "REDIS_AUTH_REQUIRED",
     "valkey.instance/vk takes IAM tokens alone; whether the client sends them is not declared"},
    {"M5 a password where there is no AUTH", TO_CLUSTER,
     EDITS(CLUSTER, ENV("REDIS_HOST", "10.0.0.70"), ENV("REDIS_PASSWORD", "x")), "redis-auth",
     PL_HOP_BLOCK, "REDIS_AUTH_NOT_CONFIGURED", NULL},
    {"an address that is wired and the instance's own", TO_VALKEY,
     EDITS(VALKEY, ENV("VALKEY_HOST", "10.0.0.71")), "wiring-host", PL_HOP_PASS, NULL,
     "VALKEY_HOST of run.service/api is 10.0.0.71, an address of valkey.instance/vk"},

    {"M2 Memcached by the private connection", TO_MEMCACHE, EDITS(MEMCACHE), "peering", PL_HOP_PASS,
     NULL, "peering servicenetworking-googleapis-com of network main is ACTIVE"},
    {"M2 Memcached of another network", TO_MEMCACHE,
     EDITS(MEMCACHE,
           "memcache.instance/mc:authorizedNetwork = \"projects/p/global/networks/other\""),
     "peering", PL_HOP_BLOCK, "ROUTE_WRONG_NETWORK", NULL},
    {"Memcached's port", TO_MEMCACHE, EDITS(MEMCACHE), "firewall-egress", PL_HOP_PASS, NULL,
     "the implied rule allows TCP 11211 to 10.68.9.3 out of network main"},

    {"a machine that is stopped", TO_MACHINE,
     EDITS(MACHINE, "compute.instance/us-central1-a/db:status = \"STOPPED\""), "target",
     PL_HOP_BLOCK, "INSTANCE_NOT_RUNNING", "compute.instance/us-central1-a/db is STOPPED"},
    {"F8 a rule for the machine's tag", TO_MACHINE,
     EDITS(MACHINE, DENY_IN("\"targetTags\":[\"db\"],")), "firewall-ingress", PL_HOP_BLOCK,
     "FIREWALL_RULE", NULL},
    {"F8 one for another tag", TO_MACHINE, EDITS(MACHINE, DENY_IN("\"targetTags\":[\"web\"],")),
     "firewall-ingress", PL_HOP_PASS, NULL, NULL},
    {"F8 one for its account", TO_MACHINE,
     EDITS(MACHINE, DENY_IN("\"targetServiceAccounts\":[\"db@p\"],")), "firewall-ingress",
     PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
    {"F8 one for another's", TO_MACHINE,
     EDITS(MACHINE, DENY_IN("\"targetServiceAccounts\":[\"web@p\"],")), "firewall-ingress",
     PL_HOP_PASS, NULL, NULL},
    {"F9 a source tag is one inside the network", TO_MACHINE,
     EDITS(MACHINE, DENY_IN("\"sourceTags\":[\"vpc-connector\"],")), "firewall-ingress",
     PL_HOP_BLOCK, "FIREWALL_RULE", NULL},
};

static void caches_and_machines_as_google_says(void **state)
{
    check_rules(*state, rows, PL_LEN(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(caches_and_machines_as_google_says, harness_arena,
                                        harness_arena_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
