/* rows_memory.c - Memorystore: Redis instances, Redis clusters, Valkey, Memcached. Data only.
 */
#include "remedy_priv.h"

#define RESET  "clients lose their connection for a short while and have to connect again"
#define REMAKE "the data is lost, and the new one has other addresses"
#define NEVER  "it cannot be changed: make another one, move the clients, then delete this one"

static const struct pl_remedy_row redis[] = {
    {.path = "authEnabled",
     .set = "--{|?enable-auth/no-enable-auth}",
     .unset = "--no-enable-auth",
     .risk =
         "turned on, a new AUTH string is made: clients without it are refused, in versions up "
         "to 5.0 at once; turned off, clients that send one are refused when they connect again"},
    {.path = "memorySizeGb",
     .set = "--size={|}",
     .risk = "data is kept; " RESET " (minutes at worst); less than what is stored is refused"},
    {.path = "readReplicasMode",
     .set = "--read-replicas-mode={|=READ_REPLICAS_ENABLED:read-replicas-enabled}",
     .risk = "cannot be turned off again; needs an address range of its own",
     .instead = "read replicas cannot be turned off once they are on: " NEVER},
    {.path = "replicaCount",
     .set = "--replica-count={|}",
     .risk = "readers of a replica that goes connect again"},
    {.path = "redisVersion",
     .set = "gcloud redis instances upgrade {name} --region={location} --project={project} "
            "--redis-version={|=REDIS_4_0:redis_4_0,REDIS_5_0:redis_5_0,REDIS_6_X:redis_6_x,"
            "REDIS_7_0:redis_7_0,REDIS_7_2:redis_7_2}",
     .risk = "data is kept; " RESET " (minutes at worst); a version is never lowered: export the "
             "data first"},
    {.path = "redisConfigs.*",
     .set = "--update-redis-config={|keyed}",
     .unset = "--remove-redis-config={keys}",
     .terraform = "redis_configs",
     .risk = "takes effect at once; a smaller memory policy may evict keys"},
    {.path = "labels.*",
     .set = "--update-labels={|keyed}",
     .unset = "--remove-labels={keys}",
     .risk = "none for clients"},
    {.path = "tier", .risk = REMAKE, .instead = NEVER},
    {.path = "connectMode", .risk = REMAKE, .instead = NEVER},
    {.path = "authorizedNetwork", .risk = REMAKE, .instead = NEVER},
    {.path = "reservedIpRange", .risk = REMAKE, .instead = NEVER},
    {.path = "transitEncryptionMode", .risk = REMAKE, .instead = NEVER},
};

static const struct pl_remedy_row cluster[] = {
    {.path = "shardCount",
     .set = "--shard-count={|}",
     .risk = "keys move between shards: slower meanwhile; less than what is stored is refused"},
    {.path = "replicaCount",
     .set = "--replica-count={|}",
     .risk = "none for writers; readers of a replica that goes connect again"},
    {.path = "deletionProtectionEnabled",
     .set = "--{|?deletion-protection/no-deletion-protection}",
     .unset = "--no-deletion-protection",
     .risk = "none for clients"},
    {.path = "redisConfigs.*",
     .set = "--update-redis-config={|keyed}",
     .unset = "--remove-redis-config={keys}",
     .terraform = "redis_configs",
     .risk = "takes effect at once"},
    {.path = "authorizationMode", .risk = REMAKE, .instead = NEVER},
    {.path = "transitEncryptionMode", .risk = REMAKE, .instead = NEVER},
    {.path = "pscConfigs...", .terraform = "psc_configs", .risk = REMAKE, .instead = NEVER},
};

static const struct pl_remedy_row valkey[] = {
    {.path = "shardCount",
     .set = "--shard-count={|}",
     .risk = "keys move between shards: slower meanwhile; less than what is stored is refused"},
    {.path = "replicaCount",
     .set = "--replica-count={|}",
     .risk = "none for writers; readers of a replica that goes connect again"},
    {.path = "engineVersion",
     .set = "--engine-version={|}",
     .risk = RESET "; a version is never lowered"},
    {.path = "engineConfigs.*",
     .set = "--update-engine-configs={|keyed}",
     .unset = "--remove-engine-configs={keys}",
     .terraform = "engine_configs",
     .risk = "takes effect at once"},
    {.path = "deletionProtectionEnabled",
     .set = "--{|?deletion-protection-enabled/no-deletion-protection-enabled}",
     .unset = "--no-deletion-protection-enabled",
     .risk = "none for clients"},
    {.path = "labels.*",
     .set = "--update-labels={|keyed}",
     .unset = "--remove-labels={keys}",
     .risk = "none for clients"},
    {.path = "mode", .risk = REMAKE, .instead = NEVER},
    {.path = "authorizationMode", .risk = REMAKE, .instead = NEVER},
    {.path = "transitEncryptionMode", .risk = REMAKE, .instead = NEVER},
    {.path = "pscAutoConnections...",
     .terraform = "desired_auto_created_endpoints",
     .risk = REMAKE,
     .instead = NEVER},
};

static const struct pl_remedy_row memcache[] = {
    {.path = "nodeCount",
     .set = "--node-count={|}",
     .risk = "keys are spread anew: many misses at once go to what is behind the cache"},
    {.path = "parameters.params...",
     .set = "--parameters={|map}",
     .terraform = "memcache_parameters.params",
     .risk =
         "takes effect once it is applied (`gcloud memcache instances apply-parameters`), which "
         "empties the nodes"},
    {.path = "labels...",
     .set = "--labels={|map}",
     .risk = "none for clients; replaces all labels"},
    {.path = "nodeConfig...", .terraform = "node_config", .risk = REMAKE, .instead = NEVER},
    {.path = "memcacheVersion", .risk = REMAKE, .instead = NEVER},
    {.path = "authorizedNetwork", .risk = REMAKE, .instead = NEVER},
};

static const struct pl_remedy_kind kinds[] = {
    {.kind = "redis.instance",
     .order = 50,
     .update = "gcloud redis instances update {name} --region={location} --project={project}",
     .look = "gcloud redis instances describe {name} --region={location} --project={project}",
     .create =
         "gcloud redis instances create {name} --region={location} --project={project} "
         "--size={.memorySizeGb|} --tier={.tier|=BASIC:basic,STANDARD_HA:standard}"
         "[ --redis-version={.redisVersion|=REDIS_4_0:redis_4_0,REDIS_5_0:redis_5_0,"
         "REDIS_6_X:redis_6_x,REDIS_7_0:redis_7_0,REDIS_7_2:redis_7_2}]"
         "[ --network={.authorizedNetwork|link}]"
         "[ --connect-mode={.connectMode|=DIRECT_PEERING:direct-peering,"
         "PRIVATE_SERVICE_ACCESS:private-service-access}]"
         "[ --{.authEnabled|?enable-auth/no-enable-auth}]"
         "[ --transit-encryption-mode={.transitEncryptionMode|=DISABLED:disabled,"
         "SERVER_AUTHENTICATION:server-authentication}]"
         "[ --read-replicas-mode={.readReplicasMode|=READ_REPLICAS_ENABLED:read-replicas-enabled,"
         "READ_REPLICAS_DISABLED:read-replicas-disabled}]"
         "[ --replica-count={.replicaCount|}]",
     .remove = "gcloud redis instances delete {name} --region={location} --project={project}",
     .create_risk =
         "an empty instance with a new address, AUTH string and certificate: its clients "
         "have to be told",
     .create_instead = "the baseline does not say its size and tier, without which gcloud would "
                       "choose",
     .remove_risk = "all its data is gone, and its address does not come back: export it first",
     .terraform = "google_redis_instance",
     PL_REMEDY_ROWS(redis),
     .source = "https://cloud.google.com/sdk/gcloud/reference/redis/instances/update "
               "https://cloud.google.com/memorystore/docs/redis/auth-overview "
               "https://cloud.google.com/memorystore/docs/redis/scaling-behavior"},
    {.kind = "redis.cluster",
     .order = 50,
     .update = "gcloud redis clusters update {name} --region={location} --project={project}",
     .look = "gcloud redis clusters describe {name} --region={location} --project={project}",
     .create = "gcloud redis clusters create {name} --region={location} --project={project} "
               "--network={.pscConfigs[0].network|link} --shard-count={.shardCount|}"
               "[ --replica-count={.replicaCount|}]"
               "[ --auth-mode={.authorizationMode|=AUTH_MODE_DISABLED:disabled,"
               "AUTH_MODE_IAM_AUTH:iam-auth}]"
               "[ --transit-encryption-mode={.transitEncryptionMode|="
               "TRANSIT_ENCRYPTION_MODE_DISABLED:disabled,"
               "TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION:server-authentication}]"
               "[ --node-type={.nodeType|=REDIS_SHARED_CORE_NANO:redis-shared-core-nano,"
               "REDIS_STANDARD_SMALL:redis-standard-small,REDIS_HIGHMEM_MEDIUM:"
               "redis-highmem-medium,REDIS_HIGHMEM_XLARGE:redis-highmem-xlarge}]",
     .remove = "gcloud redis clusters delete {name} --region={location} --project={project}",
     .create_risk = "an empty cluster with new addresses and certificates: its clients have to be "
                    "told; the network needs a service connection policy first",
     .create_instead = "the baseline does not say network and shards, without which gcloud does "
                       "not make one",
     .remove_risk = "all its data is gone, and its addresses do not come back",
     .terraform = "google_redis_cluster",
     PL_REMEDY_ROWS(cluster),
     .source = "https://cloud.google.com/sdk/gcloud/reference/redis/clusters/update"},
    {.kind = "valkey.instance",
     .order = 50,
     .update = "gcloud memorystore instances update {name} --location={location} "
               "--project={project}",
     .look = "gcloud memorystore instances describe {name} --location={location} "
             "--project={project}",
     .remove = "gcloud memorystore instances delete {name} --location={location} "
               "--project={project}",
     .create_risk = "an empty instance with new addresses and certificates: its clients have to be "
                    "told",
     .create_instead = "make it as declared with `gcloud memorystore instances create`: its "
                       "endpoints are more than a baseline says",
     .remove_risk = "all its data is gone, and its addresses do not come back",
     .terraform = "google_memorystore_instance",
     PL_REMEDY_ROWS(valkey),
     .source = "https://cloud.google.com/sdk/gcloud/reference/memorystore/instances/update"},
    {.kind = "memcache.instance",
     .order = 50,
     .update = "gcloud memcache instances update {name} --region={location} --project={project}",
     .look = "gcloud memcache instances describe {name} --region={location} --project={project}",
     .create = "gcloud memcache instances create {name} --region={location} --project={project} "
               "--node-count={.nodeCount|} --node-cpu={.nodeConfig.cpuCount|} "
               "--node-memory={.nodeConfig.memorySizeMb|}MB"
               "[ --authorized-network={.authorizedNetwork|link}]"
               "[ --memcached-version={.memcacheVersion|=MEMCACHE_1_5:1.5,MEMCACHE_1_6_15:1.6.15}]",
     .remove = "gcloud memcache instances delete {name} --region={location} --project={project}",
     .create_risk = "an empty cache with new addresses: its clients have to be told",
     .create_instead =
         "the baseline does not say nodes, CPUs and memory, without which gcloud does "
         "not make one",
     .remove_risk = "all that is cached is gone: its misses go to what is behind it",
     .terraform = "google_memcache_instance",
     PL_REMEDY_ROWS(memcache),
     .source = "https://cloud.google.com/sdk/gcloud/reference/memcache/instances/update"},
};

const struct pl_remedy_family pl_remedy_memory = {kinds, PL_LEN(kinds)};
