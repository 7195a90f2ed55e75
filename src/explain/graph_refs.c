/* graph_refs.c - which fields refer to which kinds: the edges of the graph that are no connections.
 *
 * What lives inside another resource (a secret's version, a database) needs no row: its name says so. A peering is made of its network's list.
 */
#include "plumbline/graph.h"

#define ROW(kind, path, to, label)                                                                 \
    {                                                                                              \
        kind, path, to, label, PL_REF_LINK                                                         \
    }
/* A workload: Cloud Run's template, or a job's inside of another. */
#define WORKLOAD(kind, at)                                                                         \
    ROW(kind, at "vpcAccess.connector", "vpcaccess.connector", "connector"),                       \
        ROW(kind, at "vpcAccess.networkInterfaces[].network", "compute.network", "network"),       \
        ROW(kind, at "vpcAccess.networkInterfaces[].subnetwork", "compute.subnetwork",             \
            "subnetwork"),                                                                         \
        ROW(kind, at "containers[].env[].valueSource.secretKeyRef.secret", "secret.secret",        \
            "secret"),                                                                             \
        ROW(kind, at "volumes[].secret.secret", "secret.secret", "secret"),                        \
        {kind, at "volumes[].cloudSqlInstance.instances[]", "sql.instance", "socket",              \
         PL_REF_SOCKET},                                                                           \
    {                                                                                              \
        kind, at "serviceAccount", NULL, "runs as", PL_REF_ACCOUNT                                 \
    }
#define SERVED(kind, path)                                                                         \
    {                                                                                              \
        kind, path, "compute.network", "private address", PL_REF_SERVED                            \
    }

const struct pl_graph_ref pl_graph_refs[] = {
    ROW("compute.address", "network", "compute.network", "network"),
    ROW("compute.backendService", "backends[].group", "compute.networkEndpointGroup", "backend"),
    ROW("compute.backendService", "securityPolicy", "compute.securityPolicy", "policy"),
    ROW("compute.firewall", "network", "compute.network", "network"),
    ROW("compute.firewallPolicy", "associations[].attachmentTarget", "compute.network", "network"),
    ROW("compute.forwardingRule", "backendService", "compute.backendService", "backend"),
    ROW("compute.forwardingRule", "network", "compute.network", "network"),
    ROW("compute.forwardingRule", "subnetwork", "compute.subnetwork", "subnetwork"),
    ROW("compute.forwardingRule", "target", "compute.serviceAttachment", "target"),
    ROW("compute.forwardingRule", "target", "compute.targetHttpsProxy", "target"),
    ROW("compute.instance", "networkInterfaces[].network", "compute.network", "network"),
    ROW("compute.instance", "networkInterfaces[].subnetwork", "compute.subnetwork", "subnetwork"),
    {"compute.instance", "serviceAccounts[].email", NULL, "runs as", PL_REF_ACCOUNT},
    ROW("compute.networkEndpointGroup", "cloudRun.service", "run.service", "service"),
    ROW("compute.networkEndpointGroup", "network", "compute.network", "network"),
    ROW("compute.networkEndpointGroup", "pscTargetService", "compute.serviceAttachment", "target"),
    ROW("compute.networkEndpointGroup", "subnetwork", "compute.subnetwork", "subnetwork"),
    ROW("compute.route", "network", "compute.network", "network"),
    ROW("compute.route", "nextHopIlb", "compute.forwardingRule", "next hop"),
    ROW("compute.route", "nextHopInstance", "compute.instance", "next hop"),
    ROW("compute.router", "nats[].natIps[]", "compute.address", "NAT address"),
    ROW("compute.router", "nats[].subnetworks[].name", "compute.subnetwork", "NAT for"),
    ROW("compute.router", "network", "compute.network", "network"),
    ROW("compute.serviceAttachment", "natSubnets[]", "compute.subnetwork", "subnetwork"),
    ROW("compute.serviceAttachment", "targetService", "compute.forwardingRule", "target"),
    ROW("compute.subnetwork", "network", "compute.network", "network"),
    ROW("compute.targetHttpsProxy", "sslCertificates[]", "compute.sslCertificate", "certificate"),
    ROW("compute.targetHttpsProxy", "urlMap", "compute.urlMap", "URL map"),
    ROW("compute.urlMap", "defaultRouteAction.weightedBackendServices[].backendService",
        "compute.backendService", "backend"),
    ROW("compute.urlMap", "defaultService", "compute.backendService", "backend"),
    ROW("compute.urlMap",
        "pathMatchers[].defaultRouteAction.weightedBackendServices[].backendService",
        "compute.backendService", "backend"),
    ROW("compute.urlMap", "pathMatchers[].defaultService", "compute.backendService", "backend"),
    ROW("compute.urlMap",
        "pathMatchers[].pathRules[].routeAction.weightedBackendServices[].backendService",
        "compute.backendService", "backend"),
    ROW("compute.urlMap", "pathMatchers[].pathRules[].service", "compute.backendService",
        "backend"),
    ROW("compute.urlMap",
        "pathMatchers[].routeRules[].routeAction.weightedBackendServices[].backendService",
        "compute.backendService", "backend"),
    ROW("compute.urlMap", "pathMatchers[].routeRules[].service", "compute.backendService",
        "backend"),
    ROW("dns.managedZone", "peeringConfig.targetNetwork.networkUrl", "compute.network",
        "answered by"),
    ROW("dns.managedZone", "privateVisibilityConfig.networks[].networkUrl", "compute.network",
        "visible in"),
    SERVED("memcache.instance", "authorizedNetwork"),
    SERVED("redis.cluster", "pscConnections[].network"),
    SERVED("redis.instance", "authorizedNetwork"),
    WORKLOAD("run.job", "template.template."),
    WORKLOAD("run.service", "template."),
    ROW("servicenetworking.connection", "network", "compute.network", "network"),
    ROW("sql.instance", "masterInstanceName", "sql.instance", "replica of"),
    SERVED("sql.instance", "settings.ipConfiguration.privateNetwork"),
    SERVED("valkey.instance", "endpoints[].connections[].pscAutoConnection.network"),
    ROW("vpcaccess.connector", "network", "compute.network", "network"),
    ROW("vpcaccess.connector", "subnet.name", "compute.subnetwork", "subnetwork"),
};
const size_t pl_graph_refs_len = PL_LEN(pl_graph_refs);
