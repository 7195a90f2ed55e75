/* fields.c - what a baseline declares of each kind, in the order in which it is written.
 *
 * Data only: tests hold every row against Google's schema, and the whole against what the path model reads.
 */
#include "init_priv.h"

#define NETWORK "compute.network"
#define SUBNET  "compute.subnetwork"

const struct pl_init_kind pl_init_kinds[] = {
    {"sql.instance", PL_DECLARE_ALL},
    {"sql.database", PL_DECLARE_NAMED},
    {"redis.instance", PL_DECLARE_ALL},
    {"redis.cluster", PL_DECLARE_ALL},
    {"valkey.instance", PL_DECLARE_ALL},
    {"memcache.instance", PL_DECLARE_ALL},
    {"vpcaccess.connector", PL_DECLARE_ALL},
    {"compute.network", PL_DECLARE_NETWORK},
    {"servicenetworking.connection", PL_DECLARE_NETWORK},
    {"compute.address", PL_DECLARE_NAMED},
    {"compute.subnetwork", PL_DECLARE_NETWORK},
    {"compute.firewall", PL_DECLARE_NETWORK},
    {"compute.route", PL_DECLARE_NETWORK},
    {"compute.router", PL_DECLARE_NETWORK},
    {"dns.managedZone", PL_DECLARE_NETWORK},
    {"dns.recordSet", PL_DECLARE_NAMED},
    {"secret.secret", PL_DECLARE_NAMED},
    {"run.service", PL_DECLARE_ALL},
    {"run.job", PL_DECLARE_ALL},
    {"project.service", PL_DECLARE_NAMED},
    {"compute.forwardingRule", PL_DECLARE_NOT},
};
const size_t pl_init_kinds_len = PL_LEN(pl_init_kinds);

#define SQL(path, link, flags)                                                                     \
    {                                                                                              \
        "sql.instance", path, link, flags                                                          \
    }
#define IP "settings.ipConfiguration"
#define REDIS(path, link, flags)                                                                   \
    {                                                                                              \
        "redis.instance", path, link, flags                                                        \
    }
#define SERVICE(path, link, flags)                                                                 \
    {                                                                                              \
        "run.service", path, link, flags                                                           \
    }
#define RULE(path, link, flags)                                                                    \
    {                                                                                              \
        "compute.firewall", path, link, flags                                                      \
    }
#define ROUTE(path, link, flags)                                                                   \
    {                                                                                              \
        "compute.route", path, link, flags                                                         \
    }
#define JOB(path, link, flags)                                                                     \
    {                                                                                              \
        "run.job", "template.template." path, link, flags                                          \
    }

const struct pl_init_field pl_init_fields[] = {
    SQL("databaseVersion", NULL, 0),
    SQL("settings.tier", NULL, 0),
    SQL("settings.activationPolicy", NULL, PL_INIT_DEFAULT),
    SQL("settings.availabilityType", NULL, 0),
    SQL(IP ".ipv4Enabled", NULL, 0),
    SQL(IP ".privateNetwork", NETWORK, 0),
    SQL(IP ".sslMode", NULL, 0),
    SQL(IP ".requireSsl", NULL, 0),
    SQL(IP ".serverCaMode", NULL, 0),
    SQL(IP ".authorizedNetworks[].name", NULL, 0),
    SQL(IP ".authorizedNetworks[].value", NULL, 0),
    SQL(IP ".pscConfig.pscEnabled", NULL, 0),
    SQL(IP ".pscConfig.allowedConsumerProjects", NULL, 0),
    SQL("settings.connectorEnforcement", NULL, 0),
    SQL("settings.connectionPoolConfig.connectionPoolingEnabled", NULL, 0),
    SQL("settings.databaseFlags", NULL, 0),

    REDIS("tier", NULL, 0),
    REDIS("memorySizeGb", NULL, 0),
    REDIS("redisVersion", NULL, 0),
    REDIS("connectMode", NULL, 0),
    REDIS("authorizedNetwork", NETWORK, 0),
    REDIS("authEnabled", NULL, PL_INIT_DEFAULT),
    REDIS("transitEncryptionMode", NULL, PL_INIT_DEFAULT),
    REDIS("readReplicasMode", NULL, 0),

    {"redis.cluster", "shardCount", NULL, 0},
    {"redis.cluster", "replicaCount", NULL, 0},
    {"redis.cluster", "authorizationMode", NULL, PL_INIT_DEFAULT},
    {"redis.cluster", "transitEncryptionMode", NULL, PL_INIT_DEFAULT},
    {"redis.cluster", "pscConfigs[].network", NETWORK, 0},

    {"valkey.instance", "mode", NULL, 0},
    {"valkey.instance", "engineVersion", NULL, 0},
    {"valkey.instance", "shardCount", NULL, 0},
    {"valkey.instance", "replicaCount", NULL, 0},
    {"valkey.instance", "authorizationMode", NULL, PL_INIT_DEFAULT},
    {"valkey.instance", "transitEncryptionMode", NULL, PL_INIT_DEFAULT},

    {"memcache.instance", "nodeCount", NULL, 0},
    {"memcache.instance", "nodeConfig", NULL, 0},
    {"memcache.instance", "memcacheVersion", NULL, 0},
    {"memcache.instance", "authorizedNetwork", NETWORK, 0},

    {"vpcaccess.connector", "network", NETWORK, 0},
    {"vpcaccess.connector", "ipCidrRange", NULL, 0},
    {"vpcaccess.connector", "subnet", NULL, 0},
    {"vpcaccess.connector", "machineType", NULL, 0},
    {"vpcaccess.connector", "minInstances", NULL, 0},
    {"vpcaccess.connector", "maxInstances", NULL, 0},

    {"compute.network", "routingConfig.routingMode", NULL, 0},
    {"compute.network", "networkFirewallPolicyEnforcementOrder", NULL, 0},
    {"compute.network", "peerings[].name", NULL, 0},
    {"compute.network", "peerings[].importCustomRoutes", NULL, 0},
    {"compute.network", "peerings[].exportCustomRoutes", NULL, 0},
    {"compute.network", "peerings[].exportSubnetRoutesWithPublicIp", NULL, 0},
    {"compute.network", "peerings[].importSubnetRoutesWithPublicIp", NULL, 0},

    {"servicenetworking.connection", "reservedPeeringRanges", NULL, 0},

    {"compute.address", "address", NULL, 0},
    {"compute.address", "prefixLength", NULL, 0},
    {"compute.address", "purpose", NULL, 0},

    {"compute.subnetwork", "network", NETWORK, 0},
    {"compute.subnetwork", "ipCidrRange", NULL, 0},
    {"compute.subnetwork", "privateIpGoogleAccess", NULL, PL_INIT_DEFAULT},

    RULE("network", NETWORK, 0),
    RULE("direction", NULL, PL_INIT_DEFAULT),
    RULE("priority", NULL, PL_INIT_DEFAULT),
    RULE("disabled", NULL, PL_INIT_DEFAULT),
    RULE("sourceRanges", NULL, 0),
    RULE("sourceTags", NULL, 0),
    RULE("sourceServiceAccounts", NULL, 0),
    RULE("destinationRanges", NULL, 0),
    RULE("targetTags", NULL, 0),
    RULE("targetServiceAccounts", NULL, 0),
    RULE("allowed", NULL, 0),
    RULE("denied", NULL, 0),

    ROUTE("network", NETWORK, 0),
    ROUTE("destRange", NULL, 0),
    ROUTE("priority", NULL, PL_INIT_DEFAULT),
    ROUTE("tags", NULL, 0),
    ROUTE("nextHopGateway", NULL, 0),
    ROUTE("nextHopIp", NULL, 0),
    ROUTE("nextHopInstance", NULL, 0),
    ROUTE("nextHopIlb", NULL, 0),
    ROUTE("nextHopVpnTunnel", NULL, 0),

    {"compute.router", "network", NETWORK, 0},
    {"compute.router", "nats[].name", NULL, 0},
    {"compute.router", "nats[].type", NULL, 0},
    {"compute.router", "nats[].natIpAllocateOption", NULL, 0},
    {"compute.router", "nats[].natIps", "compute.address", 0},
    {"compute.router", "nats[].sourceSubnetworkIpRangesToNat", NULL, 0},
    {"compute.router", "nats[].subnetworks[].name", SUBNET, 0},
    {"compute.router", "nats[].subnetworks[].sourceIpRangesToNat", NULL, 0},
    {"compute.router", "nats[].minPortsPerVm", NULL, 0},
    {"compute.router", "bgpPeers[].name", NULL, 0},
    {"compute.router", "bgpPeers[].enable", NULL, 0},

    {"dns.managedZone", "dnsName", NULL, 0},
    {"dns.managedZone", "visibility", NULL, 0},
    {"dns.managedZone", "privateVisibilityConfig.networks[].networkUrl", NETWORK, 0},
    {"dns.recordSet", "rrdatas", NULL, PL_INIT_TEXT},

    SERVICE("ingress", NULL, PL_INIT_DEFAULT),
    SERVICE("invokerIamDisabled", NULL, 0),
    SERVICE("iapEnabled", NULL, 0),
    SERVICE("defaultUriDisabled", NULL, 0),
    SERVICE("template.serviceAccount", NULL, 0),
    SERVICE("template.timeout", NULL, PL_INIT_DEFAULT),
    SERVICE("template.maxInstanceRequestConcurrency", NULL, 0),
    SERVICE("scaling.minInstanceCount", NULL, 0),
    SERVICE("template.scaling.minInstanceCount", NULL, 0),
    SERVICE("template.scaling.maxInstanceCount", NULL, 0),
    SERVICE("template.vpcAccess.connector", "vpcaccess.connector", 0),
    SERVICE("template.vpcAccess.networkInterfaces[].network", NETWORK, 0),
    SERVICE("template.vpcAccess.networkInterfaces[].subnetwork", SUBNET, 0),
    SERVICE("template.vpcAccess.networkInterfaces[].tags", NULL, 0),
    SERVICE("template.vpcAccess.egress", NULL, PL_INIT_DEFAULT),
    SERVICE("template.containers[].name", NULL, 0),
    SERVICE("template.containers[].ports", NULL, 0),
    SERVICE("template.containers[].env", NULL, PL_INIT_WIRING),
    SERVICE("template.containers[].startupProbe", NULL, 0),
    SERVICE("template.containers[].volumeMounts", NULL, 0),
    SERVICE("template.volumes[].name", NULL, 0),
    SERVICE("template.volumes[].cloudSqlInstance.instances", NULL, PL_INIT_TEXT),
    SERVICE("template.volumes[].secret.secret", NULL, 0),
    SERVICE("template.volumes[].secret.items[].path", NULL, 0),
    SERVICE("template.volumes[].secret.items[].version", NULL, 0),
    SERVICE("traffic", NULL, 0),
    SERVICE("iamPolicy.bindings", NULL, PL_INIT_INVOKERS),

    {"run.job", "template.parallelism", NULL, 0},
    {"run.job", "template.taskCount", NULL, 0},
    JOB("serviceAccount", NULL, 0),
    JOB("vpcAccess.connector", "vpcaccess.connector", 0),
    JOB("vpcAccess.networkInterfaces[].network", NETWORK, 0),
    JOB("vpcAccess.networkInterfaces[].subnetwork", SUBNET, 0),
    JOB("vpcAccess.networkInterfaces[].tags", NULL, 0),
    JOB("vpcAccess.egress", NULL, PL_INIT_DEFAULT),
    JOB("containers[].name", NULL, 0),
    JOB("containers[].env", NULL, PL_INIT_WIRING),
    JOB("containers[].volumeMounts", NULL, 0),
    JOB("volumes[].name", NULL, 0),
    JOB("volumes[].cloudSqlInstance.instances", NULL, PL_INIT_TEXT),
    JOB("volumes[].secret.secret", NULL, 0),
    JOB("volumes[].secret.items[].path", NULL, 0),
    JOB("volumes[].secret.items[].version", NULL, 0),
};
const size_t pl_init_fields_len = PL_LEN(pl_init_fields);

const struct pl_init_advice pl_init_advices[] = {
    {"sql.instance", "settings.activationPolicy", "NEVER",
     "the instance is stopped; is that meant?"},
    {"sql.instance", IP ".ipv4Enabled", "true", "it has a public address; is that meant?"},
    {"sql.instance", IP ".authorizedNetworks[].value", "0.0.0.0/0", "everybody may try to connect"},
    {"redis.instance", "memorySizeGb", NULL, "exactly this, or !at_least"},
    {"redis.instance", "authEnabled", "false", "no password is asked for; is that meant?"},
    {"compute.firewall", "disabled", "true", "a rule that is switched off"},
    {"compute.firewall", "sourceRanges[]", "0.0.0.0/0", "open to everybody; is that meant?"},
    {"run.service", "traffic[].type", "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION",
     "pinned to a revision; the next deploy may move it"},
    {"run.service", "iamPolicy.bindings[].members[]", "allUsers",
     "anybody may call it; is that meant?"},
};
const size_t pl_init_advices_len = PL_LEN(pl_init_advices);
