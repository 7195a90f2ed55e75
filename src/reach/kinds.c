/* kinds.c - what the path model reads of a world, by kind: which members of a body, and how it comes upon a resource.
 *
 * An audit observes this and what its baseline declares, nothing else: a member that is missing here is not known to an evaluator. That the
 * table is whole is shown by tests/unit/cli/test_needs.c, on all scenarios: their accounts do not change by what is left out.
 */
#include "plumbline/reach.h"

#define TEXTS(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct pl_reads pl_reach_reads[] = {
    {"compute.backendService", TEXTS("backends", "iap", "securityPolicy", "timeoutSec"), NULL},
    {"compute.firewall",
     TEXTS("allowed", "denied", "destinationRanges", "direction", "disabled", "network", "priority",
           "sourceRanges", "sourceServiceAccounts", "sourceTags", "targetServiceAccounts",
           "targetTags"),
     TEXTS("network")},
    {"compute.forwardingRule",
     TEXTS("IPAddress", "allowGlobalAccess", "loadBalancingScheme", "network", "portRange", "ports",
           "target"),
     NULL},
    {"compute.network",
     TEXTS("firewallPolicy", "networkFirewallPolicyEnforcementOrder", "peerings"), TEXTS("name")},
    {"compute.networkEndpointGroup", TEXTS("cloudRun", "networkEndpointType"), NULL},
    {"compute.route",
     TEXTS("destRange", "network", "nextHopGateway", "nextHopHub", "nextHopIlb", "nextHopInstance",
           "nextHopIp", "nextHopNetwork", "nextHopPeering", "nextHopVpnTunnel", "priority", "tags",
           "warnings"),
     TEXTS("network")},
    {"compute.router", TEXTS("bgpPeers", "nats", "network"), TEXTS("network")},
    {"compute.securityPolicy", TEXTS("rules"), NULL},
    {"compute.sslCertificate", TEXTS("expireTime", "managed", "subjectAlternativeNames"), NULL},
    {"compute.subnetwork",
     TEXTS("ipCidrRange", "network", "privateIpGoogleAccess", "purpose", "role",
           "secondaryIpRanges"),
     TEXTS("name", "network")},
    {"compute.targetHttpsProxy", TEXTS("certificateMap", "sslCertificates", "urlMap"), NULL},
    {"compute.urlMap",
     TEXTS("defaultRouteAction", "defaultService", "defaultUrlRedirect", "hostRules",
           "pathMatchers"),
     NULL},
    {"project.iamPolicy", TEXTS("iamPolicy"), NULL},
    {"project.service", TEXTS("name", "state"), NULL},
    {"redis.instance",
     TEXTS("authEnabled", "authorizedNetwork", "connectMode", "host", "port", "readEndpoint",
           "readEndpointPort", "state", "transitEncryptionMode"),
     TEXTS("name", "host", "readEndpoint")},
    {"run.revision",
     TEXTS("conditions", "containers", "maxInstanceRequestConcurrency", "scaling", "serviceAccount",
           "timeout", "volumes"),
     TEXTS("name")},
    {"run.service",
     TEXTS("customAudiences", "defaultUriDisabled", "iamPolicy", "iapEnabled", "ingress",
           "invokerIamDisabled", "latestCreatedRevision", "latestReadyRevision", "scaling",
           "template", "terminalCondition", "traffic", "updateTime", "uri", "urls"),
     TEXTS("name", "uri", "urls")},
    {"secret.secret", TEXTS("iamPolicy", "name", "versionAliases"), TEXTS("name")},
    {"secret.version", TEXTS("createTime", "state"), TEXTS(PL_READS_BY_PARENT)},
    {"servicenetworking.connection",
     TEXTS("network", "peering", "reservedPeeringRanges", "service"), TEXTS("network")},
    {"sql.database", TEXTS("name"), TEXTS(PL_READS_BY_PARENT)},
    {"sql.instance",
     TEXTS("connectionName", "databaseVersion", "dnsName", "dnsNames", "instanceType",
           "ipAddresses", "pscServiceAttachmentLink", "region", "settings", "state"),
     TEXTS("name", "connectionName", "dnsName", "dnsNames/name", "ipAddresses/ipAddress")},
    {"sql.user", TEXTS("name", "type"), TEXTS(PL_READS_BY_PARENT)},
    {"vpcaccess.connector", TEXTS("ipCidrRange", "network", "state", "subnet"), TEXTS("name")},
};

const size_t pl_reach_reads_len = PL_LEN(pl_reach_reads);
