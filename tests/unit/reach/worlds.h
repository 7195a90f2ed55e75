/* worlds.h - small worlds for the tests of the path model: one that works, and edits of it.
 *
 * Header only, so that each test is one file. The base world has a service on a connector, one on Direct VPC, one without a network, a
 * database and a cache behind private services access, and an IAM policy. Edits are texts:
 *
 *     "run.service/api:template.vpcAccess.egress = \"ALL_TRAFFIC\""   a field set (JSON)
 *     "run.service/api:template.vpcAccess"                            a field taken away
 *     "compute.firewall/deny = {...}"                                 a resource put
 *     "- compute.route/default"                                       a resource taken away
 *     "? compute.firewall permission_denied"                          a kind that could not be listed
 *     "^ host"                                         a project that was observed, too
 *     "$ secret.version/url/1 VALUE"                  what --read-secrets read of a secret, or of a redis.instance
 *     "~ written by hand"                             nothing says which kinds were listed
 */
#ifndef PLUMBLINE_TEST_REACH_WORLDS_H
#define PLUMBLINE_TEST_REACH_WORLDS_H

#include "harness.h"
#include "masked.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/payload.h"
#include "plumbline/reach.h"
#include "plumbline/snapshot.h"

#define NET        "projects/p/global/networks/main"
#define SQLNAME    "p:us-central1:main"
#define EDITS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The connections that most rows ask about. */
#define TO_SQL "connections: {c: {from: run.service/api, to: sql.instance/main, via: private}}\n"
#define TO_SQL_PUBLIC                                                                              \
    "connections: {c: {from: run.service/api, to: sql.instance/main, via: public}}\n"
#define TO_SQL_SOCKET                                                                              \
    "connections: {c: {from: run.service/api, to: sql.instance/main, via: socket}}\n"
#define TO_REDIS    "connections: {c: {from: run.service/api, to: redis.instance/cache}}\n"
#define TO_RUN      "connections: {c: {from: run.service/api, to: run.service/auth}}\n"
#define HERE_TO_RUN "connections: {c: {from: here, to: run.service/auth}}\n"
#define TO_WEB      "connections: {c: {from: run.service/api, to: \"https://example.org\"}}\n"
#define TO_IP(ip)   "connections: {c: {from: run.service/api, to: \"" ip ":8080\"}}\n"

static const char *const base_world[] = {
    "compute.network/main = "
    "{\"name\":\"main\",\"networkFirewallPolicyEnforcementOrder\":\"AFTER_CLASSIC_FIREWALL\","
    "\"peerings\":[{\"name\":\"servicenetworking-googleapis-com\",\"state\":\"ACTIVE\","
    "\"exportSubnetRoutesWithPublicIp\":true},{\"name\":\"redis-peer-1\",\"state\":\"ACTIVE\"}]}",
    "compute.network/other = {\"name\":\"other\"}",
    "compute.subnetwork/us-central1/run = {\"name\":\"run\",\"network\":\"" NET
    "\",\"ipCidrRange\":\"10.0.0.0/24\",\"privateIpGoogleAccess\":true}",
    "compute.subnetwork/us-central1/other = "
    "{\"name\":\"other\",\"network\":\"projects/p/global/networks/other\","
    "\"ipCidrRange\":\"10.7.0.0/24\"}",
    "compute.route/default = {\"name\":\"default\",\"network\":\"" NET
    "\",\"destRange\":\"0.0.0.0/0\","
    "\"priority\":1000,\"nextHopGateway\":\"projects/p/global/gateways/default-internet-gateway\"}",
    "compute.route/run = {\"name\":\"run\",\"network\":\"" NET
    "\",\"destRange\":\"10.0.0.0/24\",\"priority\":0,"
    "\"nextHopNetwork\":\"" NET "\"}",
    "compute.route/psa = {\"name\":\"psa\",\"network\":\"" NET
    "\",\"destRange\":\"10.68.0.0/16\",\"priority\":0,"
    "\"nextHopPeering\":\"servicenetworking-googleapis-com\"}",
    "compute.firewall/internal = {\"name\":\"internal\",\"network\":\"" NET
    "\",\"direction\":\"INGRESS\","
    "\"priority\":65534,\"sourceRanges\":[\"10.0.0.0/8\"],\"allowed\":[{\"IPProtocol\":\"all\"}]}",
    "compute.router/us-central1/nat = {\"name\":\"nat\",\"network\":\"" NET
    "\",\"nats\":[{\"name\":\"n\","
    "\"type\":\"PUBLIC\",\"sourceSubnetworkIpRangesToNat\":\"ALL_SUBNETWORKS_ALL_IP_RANGES\","
    "\"natIpAllocateOption\":\"AUTO_ONLY\"}]}",
    "servicenetworking.connection/main = {\"network\":\"" NET
    "\",\"peering\":\"servicenetworking-googleapis-com\","
    "\"reservedPeeringRanges\":[\"r\"]}",
    "vpcaccess.connector/us-central1/conn = "
    "{\"name\":\"projects/p/locations/us-central1/connectors/conn\","
    "\"network\":\"main\",\"ipCidrRange\":\"10.8.0.0/28\",\"state\":\"READY\"}",
    "project.service/sqladmin.googleapis.com = "
    "{\"name\":\"projects/1/services/sqladmin.googleapis.com\",\"state\":\"ENABLED\"}",
    "project.iamPolicy/p = {\"iamPolicy\":{\"bindings\":[{\"role\":\"roles/cloudsql.client\","
    "\"members\":[\"serviceAccount:api@p\"]}]}}",
    "sql.instance/main = "
    "{\"name\":\"main\",\"region\":\"us-central1\",\"state\":\"RUNNABLE\",\"databaseVersion\":"
    "\"POSTGRES_15\","
    "\"connectionName\":\"" SQLNAME
    "\",\"ipAddresses\":[{\"type\":\"PRIMARY\",\"ipAddress\":\"34.1.2.3\"},"
    "{\"type\":\"PRIVATE\",\"ipAddress\":\"10.68.0.3\"}],\"settings\":{\"activationPolicy\":"
    "\"ALWAYS\","
    "\"databaseFlags\":[{\"name\":\"max_connections\",\"value\":\"200\"}],"
    "\"ipConfiguration\":{\"ipv4Enabled\":true,\"privateNetwork\":\"" NET
    "\",\"sslMode\":\"ENCRYPTED_ONLY\","
    "\"authorizedNetworks\":[{\"value\":\"0.0.0.0/0\"}]}}}",
    "redis.instance/us-central1/cache = "
    "{\"name\":\"projects/p/locations/us-central1/instances/cache\",\"host\":\"10.68.1.4\","
    "\"port\":6379,\"state\":\"READY\",\"authorizedNetwork\":\"" NET
    "\",\"connectMode\":\"PRIVATE_SERVICE_ACCESS\","
    "\"transitEncryptionMode\":\"DISABLED\",\"authEnabled\":false}",
    "run.service/us-central1/api = "
    "{\"name\":\"projects/p/locations/us-central1/services/"
    "api\",\"ingress\":\"INGRESS_TRAFFIC_ALL\","
    "\"uri\":\"https://"
    "api-x-uc.a.run.app\",\"template\":{\"serviceAccount\":\"api@p\",\"scaling\":{"
    "\"maxInstanceCount\":10},"
    "\"vpcAccess\":{\"connector\":\"projects/p/locations/us-central1/connectors/"
    "conn\",\"egress\":\"PRIVATE_RANGES_ONLY\"},"
    "\"volumes\":[],\"containers\":[{\"name\":\"app\",\"env\":[]}]},\"terminalCondition\":{"
    "\"state\":\"CONDITION_SUCCEEDED\"}}",
    "run.service/us-central1/auth = "
    "{\"name\":\"projects/p/locations/us-central1/services/"
    "auth\",\"ingress\":\"INGRESS_TRAFFIC_ALL\","
    "\"uri\":\"https://"
    "auth-x-uc.a.run.app\",\"template\":{\"serviceAccount\":\"auth@p\",\"timeout\":\"300s\","
    "\"scaling\":{\"minInstanceCount\":1},\"containers\":[{\"name\":\"app\",\"ports\":[{\"name\":"
    "\"http1\","
    "\"containerPort\":8080}],\"startupProbe\":{\"httpGet\":{\"path\":\"/ready\"}}}]},"
    "\"terminalCondition\":{\"state\":\"CONDITION_SUCCEEDED\"},"
    "\"latestReadyRevision\":\"projects/p/locations/us-central1/services/auth/revisions/r1\","
    "\"iamPolicy\":{\"bindings\":[{\"role\":\"roles/run.invoker\",\"members\":[\"allUsers\"]}]}}",
    NULL,
};

/* Edits that are wanted again and again. */
/* Cloud NAT with reserved addresses. */
#define EXIT "projects/p/regions/us-central1/addresses/"
#define NAT_IPS(links)                                                                             \
    "compute.router/nat:nats[name=n].natIpAllocateOption = \"MANUAL_ONLY\"",                       \
        "compute.router/nat:nats[name=n].natIps = [" links "]"
#define RESERVED(name, ip)                                                                         \
    "compute.address/" name " = {\"name\":\"" name "\",\"address\":\"" ip "\"}"
#define DIRECT                                                                                     \
    "run.service/api:template.vpcAccess = {\"networkInterfaces\":[{\"network\":\"main\","          \
    "\"subnetwork\":\"run\",\"tags\":[\"web\"]}],\"egress\":\"PRIVATE_RANGES_ONLY\"}"
#define NO_VPC      "run.service/api:template.vpcAccess"
#define ALL_TRAFFIC "run.service/api:template.vpcAccess.egress = \"ALL_TRAFFIC\""
#define ENV(name, value)                                                                           \
    "run.service/api:template.containers[name=app].env[name=" name "].value = \"" value "\""
#define SOCKET(name)                                                                               \
    "run.service/api:template.volumes = "                                                          \
    "[{\"name\":\"v\",\"cloudSqlInstance\":{\"instances\":[\"" name "\"]}}]",                      \
        "run.service/api:template.containers[name=app].volumeMounts = "                            \
        "[{\"name\":\"v\",\"mountPath\":\"/cloudsql\"}]"
#define RULE(name, rest)                                                                           \
    "compute.firewall/" name " = {\"name\":\"" name "\",\"network\":\"" NET "\"," rest "}"

/* The service auth takes a secret, and never became ready; a version was made on 2026-11-20. */
#define NEVER_READY                                                                                \
    "run.service/auth:terminalCondition.state = \"CONDITION_FAILED\"",                             \
        "run.service/auth:latestReadyRevision"
#define TAKES(version)                                                                             \
    "run.service/auth:template.containers[name=app].env = [{\"name\":\"KEY\",\"valueSource\":"     \
    "{\"secretKeyRef\":{\"secret\":\"key\",\"version\":\"" version "\"}}}]"
/* A variable of api's that takes a secret, and what its version was read to hold. */
#define FROM_SECRET(name, secret, version)                                                         \
    "run.service/api:template.containers[name=app].env[name=" name "].valueSource = "              \
    "{\"secretKeyRef\":{\"secret\":\"" secret "\",\"version\":\"" version "\"}}"
#define HOLDS(secret, version, value) "$ secret.version/" secret "/" version " " value
#define SECRET                        "secret.secret/key = {\"name\":\"projects/1/secrets/key\"}"
#define VERSION(number, state)                                                                     \
    "secret.version/key/" number " = {\"name\":\"projects/1/secrets/key/versions/" number          \
    "\",\"state\":\"" state "\",\"createTime\":\"2026-11-20T09:00:00.5Z\"}"
#define GRANTED(member)                                                                            \
    "secret.secret/key:iamPolicy = {\"bindings\":[{\"role\":"                                      \
    "\"roles/secretmanager.secretAccessor\",\"members\":[\"" member "\"]}]}"

/* What lives in the instance, and an account of api's with a real e-mail. */
#define DATABASE(name) "sql.database/main/" name " = {\"name\":\"" name "\"}"
#define USER(name)     "sql.user/main/" name " = {\"name\":\"" name "\"}"
#define IAM_USER(name)                                                                             \
    "sql.user/main/" name " = {\"name\":\"" name "\",\"type\":\"CLOUD_IAM_SERVICE_ACCOUNT\"}"
#define IAM_LOGIN(value)                                                                           \
    "sql.instance/main:settings.databaseFlags[name=\"cloudsql.iam_authentication\"].value = "      \
    "\"" value "\""
#define RUNS_AS_API "run.service/api:template.serviceAccount = \"api@p.iam.gserviceaccount.com\""
#define LOGIN_ROLE                                                                                 \
    "project.iamPolicy/p:iamPolicy.bindings = [{\"role\":\"roles/cloudsql.instanceUser\","         \
    "\"members\":[\"serviceAccount:api@p.iam.gserviceaccount.com\"]}]"
/* A private zone that the network sees, without records. */
#define ZONE(name, dns)                                                                            \
    "dns.managedZone/" name " = {\"name\":\"" name "\",\"dnsName\":\"" dns                         \
    "\",\"visibility\":\"private\",\"privateVisibilityConfig\":{\"networks\":[{\"networkUrl\":"    \
    "\"https://www.googleapis.com/compute/v1/" NET "\"}]}}"
#define RECORD(zone, name, type, data)                                                             \
    "dns.recordSet/" zone "/" name "/" type " = {\"name\":\"" name "\",\"type\":\"" type           \
    "\",\"rrdatas\":[" data "]}"
#define FRONT(name, ip, rest)                                                                      \
    "compute.forwardingRule/" name " = {\"name\":\"" name "\",\"network\":\"" NET                  \
    "\",\"IPAddress\":\"" ip "\"," rest "}"
#define ATTACHMENT "projects/tp/regions/us-central1/serviceAttachments/a-1"
#define ENDPOINT(name, ip, rest)                                                                   \
    FRONT(name, ip,                                                                                \
          "\"target\":\"https://www.googleapis.com/compute/v1/" ATTACHMENT                         \
          "\",\"pscConnectionStatus\":\"ACCEPTED\"" rest)
/* The database behind Private Service Connect: a name in a zone, and an endpoint. */
#define SQL_DNS "a1b2.us-central1.sql.goog."
#define SQL_PSC                                                                                    \
    "sql.instance/main:settings.ipConfiguration = "                                                \
    "{\"ipv4Enabled\":false,\"sslMode\":\"ENCRYPTED_ONLY\",\"pscConfig\":{\"pscEnabled\":true,"    \
    "\"allowedConsumerProjects\":[\"p\"]}}",                                                       \
        "sql.instance/main:ipAddresses",                                                           \
        "sql.instance/main:pscServiceAttachmentLink = \"" ATTACHMENT "\"",                         \
        "sql.instance/main:dnsName = \"" SQL_DNS "\"", ZONE("sql", "us-central1.sql.goog."),       \
        RECORD("sql", SQL_DNS, "A", "\"10.0.0.50\""), ENDPOINT("ep", "10.0.0.50", "")
#define TO_SQL_PSC "connections: {c: {from: run.service/api, to: sql.instance/main, via: psc}}\n"
/* A service of the project's own, published by Private Service Connect. */
#define OWN_SERVICE                                                                                \
    FRONT("own", "10.0.0.60",                                                                      \
          "\"target\":\"projects/p/regions/us-central1/serviceAttachments/own\","                  \
          "\"pscConnectionStatus\":\"ACCEPTED\""),                                                 \
        "compute.serviceAttachment/own = {\"name\":\"own\",\"connectionPreference\":"              \
        "\"ACCEPT_MANUAL\",\"consumerAcceptLists\":[{\"projectIdOrNum\":\"p\","                    \
        "\"connectionLimit\":1}],"                                                                 \
        "\"natSubnets\":[\"projects/p/regions/us-central1/subnetworks/nat\"]}"
#define PEERED_WITH_OTHER                                                                          \
    "compute.network/main:peerings[name=to-other] = "                                              \
    "{\"name\":\"to-other\",\"state\":\"ACTIVE\",\"network\":\"projects/p/global/networks/"        \
    "other\"}"

/* A route by something of the user's, and a machine that forwards. */
#define BY(field, hop)                                                                             \
    "compute.route/out = {\"name\":\"out\",\"network\":\"" NET                                     \
    "\",\"destRange\":\"10.99.0.0/16\",\"" field "\":\"" hop "\"}"
#define VM                                                                                         \
    "compute.instance/us-central1-a/fw = "                                                         \
    "{\"name\":\"fw\",\"status\":\"RUNNING\",\"canIpForward\":true,"                               \
    "\"networkInterfaces\":[{\"name\":\"nic0\",\"network\":\"" NET                                 \
    "\",\"networkIP\":\"10.0.0.100\",\"aliasIpRanges\":[{\"ipCidrRange\":\"10.0.0.101/32\"}]},{"   \
    "\"name\":\"nic1\",\"network\":\"projects/p/global/networks/other\"}]}"
#define BY_VM VM, BY("nextHopInstance", "projects/p/zones/us-central1-a/instances/fw")

/* A cluster, by Private Service Connect. */
#define CLUSTER                                                                                    \
    "redis.cluster/cl = {\"name\":\"projects/p/locations/us-central1/clusters/cl\",\"state\":"     \
    "\"ACTIVE\",\"authorizationMode\":\"AUTH_MODE_DISABLED\",\"transitEncryptionMode\":"           \
    "\"TRANSIT_ENCRYPTION_MODE_DISABLED\",\"discoveryEndpoints\":[{\"address\":\"10.0.0.70\","     \
    "\"port\":6379}],\"pscConnections\":[{\"network\":\"" NET                                      \
    "\",\"address\":\"10.0.0.70\",\"pscConnectionStatus\":\"ACTIVE\"}]}"
#define TO_CLUSTER "connections: {c: {from: run.service/api, to: redis.cluster/cl}}\n"

/* Not everybody may invoke auth. */
#define KNOWN_ONLY                                                                                 \
    "run.service/auth:iamPolicy = "                                                                \
    "{\"bindings\":[{\"role\":\"roles/run.invoker\",\"members\":[\"serviceAccount:api@p\"]}]}"
/* A load balancer in front of auth: https://app.example.org at 203.0.113.80. */
#define LB_LINK(kind, name) "projects/p/global/" kind "/" name
#define LB                                                                                         \
    "compute.forwardingRule/global/web = "                                                         \
    "{\"IPAddress\":\"203.0.113.80\",\"portRange\":\"443-443\","                                   \
    "\"loadBalancingScheme\":\"EXTERNAL_MANAGED\",\"target\":\"" LB_LINK("targetHttpsProxies",     \
                                                                         "web") "\"}",             \
        "compute.targetHttpsProxy/global/web = {\"urlMap\":\"" LB_LINK(                            \
            "urlMaps", "web") "\",\"sslCertificates\":[\"" LB_LINK("sslCertificates",              \
                                                                   "web") "\"]}",                  \
        "compute.sslCertificate/global/web = {\"type\":\"MANAGED\",\"managed\":{\"domains\":["     \
        "\"app.example.org\"],\"status\":\"ACTIVE\"},\"expireTime\":\"2027-02-01T00:00:00Z\"}",    \
        "compute.urlMap/global/web = {\"defaultService\":\"" LB_LINK("backendServices",            \
                                                                     "web") "\"}",                 \
        "compute.backendService/global/web = "                                                     \
        "{\"backends\":[{\"group\":\"projects/p/regions/us-central1/networkEndpointGroups/"        \
        "auth\"}],"                                                                                \
        "\"loadBalancingScheme\":\"EXTERNAL_MANAGED\"}",                                           \
        "compute.networkEndpointGroup/us-central1/auth = "                                         \
        "{\"networkEndpointType\":\"SERVERLESS\",\"cloudRun\":{\"service\":\"auth\"}}"
#define TO_LB "connections: {c: {from: here, to: \"https://app.example.org/api/x\"}}\n"
/* The same with hosts and paths. */
#define LB_MAP(hosts, rest)                                                                        \
    "compute.urlMap/global/web = {\"defaultService\":\"" LB_LINK(                                  \
        "backendServices", "other") "\",\"hostRules\":[{\"hosts\":[" hosts                         \
                                    "],\"pathMatcher\":\"m\"}],\"pathMatchers\":[{"                \
                                    "\"name\":\"m\"," rest "}]}",                                  \
        "compute.backendService/global/other = {\"backends\":[]}"
#define LB_TO_WEB "\"defaultService\":\"" LB_LINK("backendServices", "web") "\""
#define LB_POLICY(rules)                                                                           \
    "compute.backendService/global/web:securityPolicy = \"" LB_LINK("securityPolicies",            \
                                                                    "edge") "\"",                  \
        "compute.securityPolicy/global/edge = {\"rules\":[" rules "]}"
#define LB_RULE(priority, action, match)                                                           \
    "{\"priority\":" priority ",\"action\":\"" action "\",\"match\":{" match "}}"
#define LB_FROM(range)                                                                             \
    "\"versionedExpr\":\"SRC_IPS_V1\",\"config\":{\"srcIpRanges\":[\"" range "\"]}"
#define LB_ALLOW LB_RULE("2147483647", "allow", LB_FROM("*"))
/* An internal one in the network. */
#define ILB(rule)                                                                                  \
    "compute.forwardingRule/us-central1/ilb = "                                                    \
    "{\"IPAddress\":\"10.0.0.50\",\"portRange\":\"443-443\",\"loadBalancingScheme\":"              \
    "\"INTERNAL_MANAGED\",\"network\":\"" NET                                                      \
    "\",\"target\":\"projects/p/regions/us-central1/targetHttpsProxies/ilb\"" rule "}",            \
        "compute.targetHttpsProxy/us-central1/ilb = "                                              \
        "{\"urlMap\":\"projects/p/regions/us-central1/urlMaps/ilb\",\"sslCertificates\":[]}",      \
        "compute.urlMap/us-central1/ilb = {\"defaultService\":"                                    \
        "\"projects/p/regions/us-central1/backendServices/ilb\"}",                                 \
        "compute.backendService/us-central1/ilb = "                                                \
        "{\"backends\":[{\"group\":\"projects/p/regions/us-central1/networkEndpointGroups/"        \
        "auth\"}]}",                                                                               \
        "compute.networkEndpointGroup/us-central1/auth = "                                         \
        "{\"networkEndpointType\":\"SERVERLESS\",\"cloudRun\":{\"service\":\"auth\"}}"
#define PROXY_SUBNET                                                                               \
    "compute.subnetwork/us-central1/proxies = "                                                    \
    "{\"name\":\"proxies\",\"network\":\"" NET                                                     \
    "\",\"purpose\":\"REGIONAL_MANAGED_PROXY\",\"role\":\"ACTIVE\",\"ipCidrRange\":\"10.9.0.0/"    \
    "23\"}"
#define TO_ILB "connections: {c: {from: run.service/api, to: \"https://10.0.0.50\"}}\n"

/* Identity-Aware Proxy in front of auth, whose backend service has the number 77. */
#define IAP                                                                                        \
    "compute.backendService/global/web:iap = {\"enabled\":true}",                                  \
        "compute.backendService/global/web:id = \"77\""
#define AUDIENCE(id)                                                                               \
    "run.service/auth:template.containers[name=app].env = "                                        \
    "[{\"name\":\"AUDIENCE\",\"value\":\"/projects/1/global/backendServices/" id "\"}]"
/* Revisions of auth. */
#define REVISION(name) "projects/p/locations/us-central1/services/auth/revisions/" name
#define NEWEST(name)                                                                               \
    "run.service/auth:latestCreatedRevision = \"" REVISION(name) "\"",                             \
        "run.service/auth:latestReadyRevision = \"" REVISION(name) "\""
#define TRAFFIC(name, percent)                                                                     \
    "run.service/auth:traffic = [{\"type\":\"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION\","           \
    "\"revision\":\"" name "\",\"percent\":" percent "}]"
#define FAILED_REVISION(name)                                                                      \
    "run.revision/auth/" name " = {\"name\":\"" name                                               \
    "\",\"conditions\":[{\"type\":\"Ready\",\"state\":\"CONDITION_FAILED\"}]}"
#define WAITS(time)                                                                                \
    "run.service/auth:template.containers[name=app].env = "                                        \
    "[{\"name\":\"REDIS_TIMEOUT\",\"value\":\"" time "\"}]"
#define SERVER_CA(time) "sql.instance/main:serverCaCert = {\"expirationTime\":\"" time "\"}"
/* auth sends into a network of the project `host`. */
#define SHARED_VPC                                                                                 \
    "run.service/auth:template.vpcAccess = {\"networkInterfaces\":[{\"subnetwork\":"               \
    "\"projects/host/regions/us-central1/subnetworks/run\"}]}",                                    \
        "compute.subnetwork/host/us-central1/run = {\"name\":\"run\",\"network\":"                 \
        "\"projects/host/global/networks/shared\",\"ipCidrRange\":\"10.60.0.0/22\"}",              \
        "project.iamPolicy/host/global/host = {\"iamPolicy\":{\"bindings\":[]}}"
#define NETWORK_USER(member)                                                                       \
    "compute.subnetwork/host/us-central1/run:iamPolicy = {\"bindings\":[{\"role\":"                \
    "\"roles/compute.networkUser\",\"members\":[\"" member "\"]}]}"

/* The connector is of project p, its network of project `host`; a machine's subnetwork is there. */
#define FOREIGN_CONNECTOR                                                                          \
    "^ host", "vpcaccess.connector/conn:network = \"projects/host/global/networks/shared\"",       \
        "compute.network/host/global/shared = {\"name\":\"shared\"}",                              \
        "compute.subnetwork/host/us-central1/vms = {\"name\":\"vms\",\"network\":"                 \
        "\"projects/host/global/networks/shared\",\"ipCidrRange\":\"10.60.0.0/24\"}",              \
        "compute.firewall/host/global/ssh = {\"name\":\"ssh\",\"network\":"                        \
        "\"projects/host/global/networks/shared\",\"direction\":\"INGRESS\",\"sourceRanges\":"     \
        "[\"35.235.240.0/20\"],\"allowed\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"22\"]}]}"
#define HOST_ALLOWS(range)                                                                         \
    "compute.firewall/host/global/in = {\"name\":\"in\",\"network\":"                              \
    "\"projects/host/global/networks/shared\",\"direction\":\"INGRESS\",\"sourceRanges\":"         \
    "[\"" range "\"],\"allowed\":[{\"IPProtocol\":\"all\"}]}"

struct edited {
    struct pl_arena *arena;
    struct pl_resource list[96];
    size_t n;
    struct pl_unobserved gaps[8];
    size_t n_gaps;
    const char *projects[2];
    size_t n_projects;
    struct {
        struct pl_address address;
        const char *value;
    } secrets[8];
    size_t n_secrets;
    bool by_hand;
};

static inline const struct pl_value *json_of(struct pl_arena *arena, const char *text)
{
    struct pl_err err = {0};
    const struct pl_value *v = pl_json_parse(arena, text, strlen(text), text, &err);
    if (v == NULL)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static inline void address_of(struct pl_arena *arena, const char *text, struct pl_address *address,
                              struct pl_path *path)
{
    struct pl_err err = {0};
    if (pl_field_address_parse(arena, text, address, path, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    *address = pl_address_resolve(
        address, "p", address->kind->scope == PL_SCOPE_GLOBAL ? "global" : "us-central1");
}

static inline struct pl_resource *resource_of(struct edited *e, const struct pl_address *address)
{
    for (size_t i = 0; i < e->n; i++)
        if (pl_address_equal(&e->list[i].address, address))
            return &e->list[i];
    if (e->n == PL_LEN(e->list))
        fail_msg("the world is full");
    e->list[e->n] = (struct pl_resource){.address = *address};
    return &e->list[e->n++];
}

/* "$ ADDRESS VALUE": the value was read; of a version the secret and the version are there. */
static inline void edit_secret(struct edited *e, const char *text)
{
    char name[128] = "";
    struct pl_address address, secret;
    struct pl_path path;
    (void)sscanf(text, "$ %127s", name);
    address_of(e->arena, name, &address, &path);
    e->secrets[e->n_secrets].address = address;
    e->secrets[e->n_secrets++].value = text + 2 + strlen(name) + 1;
    if (address.kind->n_segments < 2)
        return;
    secret = address;
    secret.kind = pl_kind_find("secret.secret");
    resource_of(e, &secret)->body =
        json_of(e->arena, pl_arena_printf(e->arena, "{\"name\":\"projects/1/secrets/%s\"}",
                                          address.names[0]));
    resource_of(e, &address)->body =
        json_of(e->arena, pl_arena_printf(e->arena,
                                          "{\"name\":\"projects/1/secrets/%s/versions/%s\","
                                          "\"state\":\"ENABLED\"}",
                                          address.names[0], address.names[1]));
}

static inline void edit(struct edited *e, const char *text)
{
    const char *equals = strstr(text, " = ");
    const char *name = equals ? pl_arena_strndup(e->arena, text, (size_t)(equals - text)) : text;
    struct pl_address address;
    struct pl_path path;
    if (text[0] == '$') {
        edit_secret(e, text);
        return;
    }
    if (text[0] == '~') {
        e->by_hand = true;
        return;
    }
    if (text[0] == '^') {
        e->projects[e->n_projects++] = text + 2;
        return;
    }
    if (text[0] == '?') {
        char kind[64] = "", reason[64] = "";
        (void)sscanf(text, "? %63s %63s", kind, reason);
        e->gaps[e->n_gaps++] = (struct pl_unobserved){
            .kind = pl_kind_find(kind),
            .kind_name = pl_arena_strdup(e->arena, kind),
            .scope = "projects/p",
            .reason = pl_arena_strdup(e->arena, reason),
        };
        return;
    }
    address_of(e->arena, text[0] == '-' ? text + 2 : name, &address, &path);
    struct pl_resource *r = resource_of(e, &address);
    const struct pl_value *value = equals ? json_of(e->arena, equals + 3) : NULL;
    if (path.n == 0)
        r->body = value; /* NULL: it is not there */
    else if (r->body == NULL)
        fail_msg("%s: there is no such resource", text);
    else
        r->body = pl_path_set(e->arena, r->body, &path, value);
}

/* The base world with the edits. */
static inline const struct pl_world *world_with(struct pl_arena *arena, const char *const *edits)
{
    struct edited *e = PL_NEW(arena, struct edited);
    struct pl_world_builder *b = pl_world_builder_new(arena);
    e->arena = arena;
    for (const char *const *line = base_world; *line; line++)
        edit(e, *line);
    for (; edits && *edits; edits++)
        edit(e, *edits);
    pl_world_add_project(b, "p");
    for (size_t i = 0; i < e->n_projects; i++)
        pl_world_add_project(b, e->projects[i]);
    pl_world_set_observed_at(b, "2026-11-20T10:00:00Z");
    for (size_t i = 0; !e->by_hand && i < pl_kinds_len; i++)
        pl_world_add_kind(b, pl_kinds[i]->name);
    for (size_t i = 0; i < e->n; i++)
        if (e->list[i].body)
            pl_world_add(b, &e->list[i]);
    for (size_t i = 0; i < e->n_gaps; i++)
        pl_world_add_unobserved(b, &e->gaps[i]);
    for (size_t i = 0; i < e->n_secrets; i++)
        pl_world_add_secret(
            b, &e->secrets[i].address,
            pl_payload_describe(arena, e->secrets[i].value, strlen(e->secrets[i].value)));
    return pl_world_build(b);
}

static inline const struct pl_baseline *baseline_of(struct pl_arena *arena, const char *yaml)
{
    struct pl_err err = {0};
    char *dir = harness_temp_dir();
    const char *path = harness_path(arena, dir, "baseline.yaml");
    harness_write(path, pl_arena_printf(arena, "version: 1\nproject: p\nlocation: us-central1\n%s",
                                        yaml != NULL ? yaml : ""));
    const struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    const struct pl_baseline *b = pl_baseline_read(arena, &options, &err);
    harness_remove(dir);
    if (b == NULL)
        fail_msg("%s", err.text);
    return b;
}

static struct reads reads; /* of all that the test evaluates */

/* The same world as an audit would have it, with lies in the place of what it does not ask for. */
static inline const struct pl_world *world_with_lies(struct pl_arena *arena,
                                                     const struct pl_world *world)
{
    struct pl_world_builder *b = pl_world_builder_like(arena, world);
    for (size_t i = 0; i < world->n_resources; i++) {
        struct pl_resource r = *world->resources[i];
        const struct pl_value *asked, *whole = r.body;
        asked = pl_needs_mask(reads.table, arena, r.address.kind, whole, &r.fields, &r.n_fields);
        for (size_t k = 0; k < pl_value_count(whole) && asked != whole; k++) {
            const char *key = whole->u.map.members[k].key;
            if (strcmp(key, "iamPolicy") == 0 || pl_kind_virtual(r.address.kind, key) ||
                pl_kind_is_secret(r.address.kind, key)) /* those have calls of their own */
                asked = pl_value_map_with(arena, asked, key, whole->u.map.members[k].value);
        }
        r.body = asked == whole ? whole : with_lies(arena, whole, asked);
        pl_world_add(b, &r);
    }
    return pl_world_build(b);
}

static inline const char *told_of(struct pl_arena *arena, const struct pl_reach *r)
{
    struct pl_buf out = {0};
    for (size_t i = 0; i < r->n_hops; i++) {
        const struct pl_hop *h = &r->hops[i];
        pl_buf_addf(&out, "%s %s %s %s: %s\n", h->hop, pl_hop_verdict_names[h->verdict],
                    h->cause ? h->cause->name : "-", h->field ? h->field : "-", h->text);
        for (size_t k = 0; k < h->n_evidence; k++)
            pl_buf_addf(&out, "  %s = %s\n", h->evidence[k].field,
                        h->evidence[k].value ? h->evidence[k].value : "-");
    }
    return pl_buf_take(&out, arena);
}

/* Evaluates the baseline's connection `c` on the base world with the edits. An audit would tell the same. */
static inline struct pl_reach reach_of(struct pl_arena *arena, const char *yaml,
                                       const char *const *edits)
{
    const struct pl_baseline *b = baseline_of(arena, yaml);
    const struct pl_world *world = world_with(arena, edits);
    struct pl_view *view = pl_view_new(arena, world), *other;
    struct pl_reach r = pl_reach_evaluate(view, pl_baseline_connection(b, "c"), b), lied;
    if (reads.arena == NULL)
        reads_open(&reads);
    reads_note(&reads, view);
    other = pl_view_new(arena, world_with_lies(arena, world));
    lied = pl_reach_evaluate(other, pl_baseline_connection(b, "c"), b);
    assert_string_equal(told_of(arena, &lied), told_of(arena, &r));
    return r;
}

static inline const struct pl_hop *hop_of(const struct pl_reach *r, const char *name)
{
    for (size_t i = 0; i < r->n_hops; i++)
        if (strcmp(r->hops[i].hop, name) == 0)
            return &r->hops[i];
    return NULL;
}

static inline void show_hops(const struct pl_reach *r)
{
    for (size_t i = 0; i < r->n_hops; i++)
        print_message("    %-16s %-14s %s: %s\n", r->hops[i].hop,
                      pl_hop_verdict_names[r->hops[i].verdict],
                      r->hops[i].cause ? r->hops[i].cause->name : "-", r->hops[i].text);
}

/* A rule of how Google Cloud behaves, shown on one hop. */
struct rule_row {
    const char *rule; /* its id, and what of it the row shows */
    const char *yaml;
    const char *const *edits;
    const char *hop;
    int verdict;       /* enum pl_hop_verdict; -1: the hop is not there */
    const char *cause; /* NULL: none */
    const char *text;  /* the whole sentence; NULL: not compared */
};

static inline void check_rules(struct pl_arena *arena, const struct rule_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct rule_row *w = &rows[i];
        struct pl_reach r = reach_of(arena, w->yaml, w->edits);
        const struct pl_hop *h = hop_of(&r, w->hop);
        ROW("%s", w->rule);
        if (h == NULL) {
            if (w->verdict != -1) {
                show_hops(&r);
                fail_msg("%s: no hop %s", w->rule, w->hop);
            }
            continue;
        }
        const char *cause = h->cause ? h->cause->name : "";
        if ((int)h->verdict != w->verdict || strcmp(cause, w->cause ? w->cause : "") != 0 ||
            (w->text && strcmp(w->text, h->text) != 0)) {
            show_hops(&r);
            fail_msg("%s: hop %s is %s %s: %s", w->rule, w->hop, pl_hop_verdict_names[h->verdict],
                     cause, h->text);
        }
    }
}

#endif
