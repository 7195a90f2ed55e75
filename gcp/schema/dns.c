/* Made by gcp/schema/generate.c (make schema) from Google's document of dns v1, revision 20260402. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_ManagedZoneCloudLoggingConfig;
static const struct pl_schema m_ManagedZoneDnsSecConfig;
static const struct pl_schema m_ManagedZoneForwardingConfig;
static const struct pl_schema m_ManagedZonePeeringConfig;
static const struct pl_schema m_ManagedZonePrivateVisibilityConfig;
static const struct pl_schema m_ManagedZoneReverseLookupConfig;
static const struct pl_schema m_ManagedZoneServiceDirectoryConfig;
static const struct pl_schema m_RRSetRoutingPolicy;
static const struct pl_schema m_DnsKeySpec;
static const struct pl_schema m_ManagedZoneForwardingConfigNameServerTarget;
static const struct pl_schema m_ManagedZonePeeringConfigTargetNetwork;
static const struct pl_schema m_ManagedZonePrivateVisibilityConfigGKECluster;
static const struct pl_schema m_ManagedZonePrivateVisibilityConfigNetwork;
static const struct pl_schema m_ManagedZoneServiceDirectoryConfigNamespace;
static const struct pl_schema m_RRSetRoutingPolicyGeoPolicy;
static const struct pl_schema m_RRSetRoutingPolicyPrimaryBackupPolicy;
static const struct pl_schema m_RRSetRoutingPolicyWrrPolicy;
static const struct pl_schema m_RRSetRoutingPolicyGeoPolicyGeoPolicyItem;
static const struct pl_schema m_RRSetRoutingPolicyHealthCheckTargets;
static const struct pl_schema m_RRSetRoutingPolicyWrrPolicyWrrPolicyItem;
static const struct pl_schema m_RRSetRoutingPolicyLoadBalancerTarget;

static const char *const e_ManagedZone_visibility[] = {
    "public",
    "private",
    NULL,
};
static const char *const e_ManagedZoneDnsSecConfig_nonExistence[] = {
    "nsec",
    "nsec3",
    NULL,
};
static const char *const e_ManagedZoneDnsSecConfig_state[] = {
    "off",
    "on",
    "transfer",
    NULL,
};
static const char *const e_DnsKeySpec_algorithm[] = {
    "rsasha1",
    "rsasha256",
    "rsasha512",
    "ecdsap256sha256",
    "ecdsap384sha384",
    NULL,
};
static const char *const e_DnsKeySpec_keyType[] = {
    "keySigning",
    "zoneSigning",
    NULL,
};
static const char *const e_ManagedZoneForwardingConfigNameServerTarget_forwardingPath[] = {
    "default",
    "private",
    NULL,
};
static const char *const e_RRSetRoutingPolicyLoadBalancerTarget_ipProtocol[] = {
    "undefined",
    "tcp",
    "udp",
    NULL,
};
static const char *const e_RRSetRoutingPolicyLoadBalancerTarget_loadBalancerType[] = {
    "none",
    "globalL7ilb",
    "regionalL4ilb",
    "regionalL7ilb",
    NULL,
};

static const struct pl_schema_field f_ManagedZone[] = {
    {"cloudLoggingConfig", PL_T_MESSAGE, PL_ONE, &m_ManagedZoneCloudLoggingConfig, NULL},
    {"creationTime", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"dnsName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"dnssecConfig", PL_T_MESSAGE, PL_ONE, &m_ManagedZoneDnsSecConfig, NULL},
    {"forwardingConfig", PL_T_MESSAGE, PL_ONE, &m_ManagedZoneForwardingConfig, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nameServerSet", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nameServers", PL_T_STRING, PL_MANY, NULL, NULL},
    {"peeringConfig", PL_T_MESSAGE, PL_ONE, &m_ManagedZonePeeringConfig, NULL},
    {"privateVisibilityConfig", PL_T_MESSAGE, PL_ONE, &m_ManagedZonePrivateVisibilityConfig, NULL},
    {"reverseLookupConfig", PL_T_MESSAGE, PL_ONE, &m_ManagedZoneReverseLookupConfig, NULL},
    {"serviceDirectoryConfig", PL_T_MESSAGE, PL_ONE, &m_ManagedZoneServiceDirectoryConfig, NULL},
    {"visibility", PL_T_ENUM, PL_ONE, NULL, e_ManagedZone_visibility},
};
const struct pl_schema pl_schema_dns_ManagedZone = {"ManagedZone", f_ManagedZone, 17};

static const struct pl_schema_field f_ResourceRecordSet[] = {
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"routingPolicy", PL_T_MESSAGE, PL_ONE, &m_RRSetRoutingPolicy, NULL},
    {"rrdatas", PL_T_STRING, PL_MANY, NULL, NULL},
    {"signatureRrdatas", PL_T_STRING, PL_MANY, NULL, NULL},
    {"ttl", PL_T_INT, PL_ONE, NULL, NULL},
    {"type", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_dns_ResourceRecordSet = {"ResourceRecordSet", f_ResourceRecordSet, 7};

static const struct pl_schema_field f_ManagedZoneCloudLoggingConfig[] = {
    {"enableLogging", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ManagedZoneCloudLoggingConfig = {"ManagedZoneCloudLoggingConfig", f_ManagedZoneCloudLoggingConfig, 2};

static const struct pl_schema_field f_ManagedZoneDnsSecConfig[] = {
    {"defaultKeySpecs", PL_T_MESSAGE, PL_MANY, &m_DnsKeySpec, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nonExistence", PL_T_ENUM, PL_ONE, NULL, e_ManagedZoneDnsSecConfig_nonExistence},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_ManagedZoneDnsSecConfig_state},
};
static const struct pl_schema m_ManagedZoneDnsSecConfig = {"ManagedZoneDnsSecConfig", f_ManagedZoneDnsSecConfig, 4};

static const struct pl_schema_field f_ManagedZoneForwardingConfig[] = {
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"targetNameServers", PL_T_MESSAGE, PL_MANY, &m_ManagedZoneForwardingConfigNameServerTarget, NULL},
};
static const struct pl_schema m_ManagedZoneForwardingConfig = {"ManagedZoneForwardingConfig", f_ManagedZoneForwardingConfig, 2};

static const struct pl_schema_field f_ManagedZonePeeringConfig[] = {
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"targetNetwork", PL_T_MESSAGE, PL_ONE, &m_ManagedZonePeeringConfigTargetNetwork, NULL},
};
static const struct pl_schema m_ManagedZonePeeringConfig = {"ManagedZonePeeringConfig", f_ManagedZonePeeringConfig, 2};

static const struct pl_schema_field f_ManagedZonePrivateVisibilityConfig[] = {
    {"gkeClusters", PL_T_MESSAGE, PL_MANY, &m_ManagedZonePrivateVisibilityConfigGKECluster, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networks", PL_T_MESSAGE, PL_MANY, &m_ManagedZonePrivateVisibilityConfigNetwork, NULL},
};
static const struct pl_schema m_ManagedZonePrivateVisibilityConfig = {"ManagedZonePrivateVisibilityConfig", f_ManagedZonePrivateVisibilityConfig, 3};

static const struct pl_schema_field f_ManagedZoneReverseLookupConfig[] = {
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ManagedZoneReverseLookupConfig = {"ManagedZoneReverseLookupConfig", f_ManagedZoneReverseLookupConfig, 1};

static const struct pl_schema_field f_ManagedZoneServiceDirectoryConfig[] = {
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"namespace", PL_T_MESSAGE, PL_ONE, &m_ManagedZoneServiceDirectoryConfigNamespace, NULL},
};
static const struct pl_schema m_ManagedZoneServiceDirectoryConfig = {"ManagedZoneServiceDirectoryConfig", f_ManagedZoneServiceDirectoryConfig, 2};

static const struct pl_schema_field f_RRSetRoutingPolicy[] = {
    {"geo", PL_T_MESSAGE, PL_ONE, &m_RRSetRoutingPolicyGeoPolicy, NULL},
    {"healthCheck", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"primaryBackup", PL_T_MESSAGE, PL_ONE, &m_RRSetRoutingPolicyPrimaryBackupPolicy, NULL},
    {"wrr", PL_T_MESSAGE, PL_ONE, &m_RRSetRoutingPolicyWrrPolicy, NULL},
};
static const struct pl_schema m_RRSetRoutingPolicy = {"RRSetRoutingPolicy", f_RRSetRoutingPolicy, 5};

static const struct pl_schema_field f_DnsKeySpec[] = {
    {"algorithm", PL_T_ENUM, PL_ONE, NULL, e_DnsKeySpec_algorithm},
    {"keyLength", PL_T_INT, PL_ONE, NULL, NULL},
    {"keyType", PL_T_ENUM, PL_ONE, NULL, e_DnsKeySpec_keyType},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DnsKeySpec = {"DnsKeySpec", f_DnsKeySpec, 4};

static const struct pl_schema_field f_ManagedZoneForwardingConfigNameServerTarget[] = {
    {"domainName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"forwardingPath", PL_T_ENUM, PL_ONE, NULL, e_ManagedZoneForwardingConfigNameServerTarget_forwardingPath},
    {"ipv4Address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipv6Address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ManagedZoneForwardingConfigNameServerTarget = {"ManagedZoneForwardingConfigNameServerTarget", f_ManagedZoneForwardingConfigNameServerTarget, 5};

static const struct pl_schema_field f_ManagedZonePeeringConfigTargetNetwork[] = {
    {"deactivateTime", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkUrl", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ManagedZonePeeringConfigTargetNetwork = {"ManagedZonePeeringConfigTargetNetwork", f_ManagedZonePeeringConfigTargetNetwork, 3};

static const struct pl_schema_field f_ManagedZonePrivateVisibilityConfigGKECluster[] = {
    {"gkeClusterName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ManagedZonePrivateVisibilityConfigGKECluster = {"ManagedZonePrivateVisibilityConfigGKECluster", f_ManagedZonePrivateVisibilityConfigGKECluster, 2};

static const struct pl_schema_field f_ManagedZonePrivateVisibilityConfigNetwork[] = {
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkUrl", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ManagedZonePrivateVisibilityConfigNetwork = {"ManagedZonePrivateVisibilityConfigNetwork", f_ManagedZonePrivateVisibilityConfigNetwork, 2};

static const struct pl_schema_field f_ManagedZoneServiceDirectoryConfigNamespace[] = {
    {"deletionTime", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"namespaceUrl", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ManagedZoneServiceDirectoryConfigNamespace = {"ManagedZoneServiceDirectoryConfigNamespace", f_ManagedZoneServiceDirectoryConfigNamespace, 3};

static const struct pl_schema_field f_RRSetRoutingPolicyGeoPolicy[] = {
    {"enableFencing", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"items", PL_T_MESSAGE, PL_MANY, &m_RRSetRoutingPolicyGeoPolicyGeoPolicyItem, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RRSetRoutingPolicyGeoPolicy = {"RRSetRoutingPolicyGeoPolicy", f_RRSetRoutingPolicyGeoPolicy, 3};

static const struct pl_schema_field f_RRSetRoutingPolicyPrimaryBackupPolicy[] = {
    {"backupGeoTargets", PL_T_MESSAGE, PL_ONE, &m_RRSetRoutingPolicyGeoPolicy, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"primaryTargets", PL_T_MESSAGE, PL_ONE, &m_RRSetRoutingPolicyHealthCheckTargets, NULL},
    {"trickleTraffic", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RRSetRoutingPolicyPrimaryBackupPolicy = {"RRSetRoutingPolicyPrimaryBackupPolicy", f_RRSetRoutingPolicyPrimaryBackupPolicy, 4};

static const struct pl_schema_field f_RRSetRoutingPolicyWrrPolicy[] = {
    {"items", PL_T_MESSAGE, PL_MANY, &m_RRSetRoutingPolicyWrrPolicyWrrPolicyItem, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RRSetRoutingPolicyWrrPolicy = {"RRSetRoutingPolicyWrrPolicy", f_RRSetRoutingPolicyWrrPolicy, 2};

static const struct pl_schema_field f_RRSetRoutingPolicyGeoPolicyGeoPolicyItem[] = {
    {"healthCheckedTargets", PL_T_MESSAGE, PL_ONE, &m_RRSetRoutingPolicyHealthCheckTargets, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"location", PL_T_STRING, PL_ONE, NULL, NULL},
    {"rrdatas", PL_T_STRING, PL_MANY, NULL, NULL},
    {"signatureRrdatas", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_RRSetRoutingPolicyGeoPolicyGeoPolicyItem = {"RRSetRoutingPolicyGeoPolicyGeoPolicyItem", f_RRSetRoutingPolicyGeoPolicyGeoPolicyItem, 5};

static const struct pl_schema_field f_RRSetRoutingPolicyHealthCheckTargets[] = {
    {"externalEndpoints", PL_T_STRING, PL_MANY, NULL, NULL},
    {"internalLoadBalancers", PL_T_MESSAGE, PL_MANY, &m_RRSetRoutingPolicyLoadBalancerTarget, NULL},
};
static const struct pl_schema m_RRSetRoutingPolicyHealthCheckTargets = {"RRSetRoutingPolicyHealthCheckTargets", f_RRSetRoutingPolicyHealthCheckTargets, 2};

static const struct pl_schema_field f_RRSetRoutingPolicyWrrPolicyWrrPolicyItem[] = {
    {"healthCheckedTargets", PL_T_MESSAGE, PL_ONE, &m_RRSetRoutingPolicyHealthCheckTargets, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"rrdatas", PL_T_STRING, PL_MANY, NULL, NULL},
    {"signatureRrdatas", PL_T_STRING, PL_MANY, NULL, NULL},
    {"weight", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RRSetRoutingPolicyWrrPolicyWrrPolicyItem = {"RRSetRoutingPolicyWrrPolicyWrrPolicyItem", f_RRSetRoutingPolicyWrrPolicyWrrPolicyItem, 5};

static const struct pl_schema_field f_RRSetRoutingPolicyLoadBalancerTarget[] = {
    {"ipAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipProtocol", PL_T_ENUM, PL_ONE, NULL, e_RRSetRoutingPolicyLoadBalancerTarget_ipProtocol},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"loadBalancerType", PL_T_ENUM, PL_ONE, NULL, e_RRSetRoutingPolicyLoadBalancerTarget_loadBalancerType},
    {"networkUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_STRING, PL_ONE, NULL, NULL},
    {"project", PL_T_STRING, PL_ONE, NULL, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RRSetRoutingPolicyLoadBalancerTarget = {"RRSetRoutingPolicyLoadBalancerTarget", f_RRSetRoutingPolicyLoadBalancerTarget, 8};
