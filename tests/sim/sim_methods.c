/*
 * sim_methods.c - what Google offers, as tables: APIs, kinds of resources, and one row for each method that is simulated.
 *
 * Every fact in a row stands in Google's discovery documents (paths, HTTP methods, parameters, scopes, list keys; proven by
 * tests/contract/test_sim_contract.c) or in the API's reference (page limits, permissions). A further kind is a row in each table.
 * The answers to the calls are in sim_answer.c and sim_list.c.
 */
#include "sim.h"

#include <string.h>

static const struct sim_api apis[] = {
    {"sqladmin.googleapis.com", "Cloud SQL Admin API", SIM_STYLE_SQL},
    {"run.googleapis.com", "Cloud Run Admin API", SIM_STYLE_STATUS},
    {"redis.googleapis.com", "Google Cloud Memorystore for Redis API", SIM_STYLE_STATUS},
    {"compute.googleapis.com", "Compute Engine API", SIM_STYLE_COMPUTE},
    {"vpcaccess.googleapis.com", "Serverless VPC Access API", SIM_STYLE_STATUS},
    {"servicenetworking.googleapis.com", "Service Networking API", SIM_STYLE_STATUS},
    {"serviceusage.googleapis.com", "Service Usage API", SIM_STYLE_STATUS},
    {"cloudresourcemanager.googleapis.com", "Cloud Resource Manager API", SIM_STYLE_STATUS},
    {"dns.googleapis.com", "Cloud DNS API", SIM_STYLE_STATUS},
    {"secretmanager.googleapis.com", "Secret Manager API", SIM_STYLE_STATUS},
    {"memorystore.googleapis.com", "Memorystore API", SIM_STYLE_STATUS},
    {"memcache.googleapis.com", "Cloud Memorystore for Memcached API", SIM_STYLE_STATUS},
    {"logging.googleapis.com", "Cloud Logging API", SIM_STYLE_STATUS},
};

#define COMPUTE_MISSING "The resource '{resource}' was not found"
#define PLAIN_MISSING   "Resource '{resource}' was not found"

/* The texts for what is missing are recorded ones, but for those of project.*, which no recording has. */
#define GLOBAL_OR_REGION (SIM_PLACE_GLOBAL | SIM_PLACE_REGION)
#define COMPUTE(kind, collection, places)                                                          \
    {                                                                                              \
        (kind), "compute.googleapis.com", "projects/{project}/{place}/" collection "/{name}",      \
            COMPUTE_MISSING, (places), NULL                                                        \
    }

static const struct sim_kind kinds[] = {
    {"sql.instance", "sqladmin.googleapis.com", "projects/{project}/instances/{name}",
     "The Cloud SQL instance does not exist.", 0, NULL},
    {"run.service", "run.googleapis.com", "projects/{project}/locations/{location}/services/{name}",
     "service \"{resource}\" not found", 0, NULL},
    {"redis.instance", "redis.googleapis.com",
     "projects/{project}/locations/{location}/instances/{name}", PLAIN_MISSING, 0, NULL},
    {"compute.network", "compute.googleapis.com", "projects/{project}/global/networks/{name}",
     COMPUTE_MISSING, 0, NULL},
    {"compute.firewall", "compute.googleapis.com", "projects/{project}/global/firewalls/{name}",
     COMPUTE_MISSING, 0, NULL},
    {"compute.route", "compute.googleapis.com", "projects/{project}/global/routes/{name}",
     COMPUTE_MISSING, 0, NULL},
    {"compute.subnetwork", "compute.googleapis.com",
     "projects/{project}/regions/{location}/subnetworks/{name}", COMPUTE_MISSING, 0, NULL},
    {"compute.router", "compute.googleapis.com",
     "projects/{project}/regions/{location}/routers/{name}", COMPUTE_MISSING, 0, NULL},
    {"vpcaccess.connector", "vpcaccess.googleapis.com",
     "projects/{project}/locations/{location}/connectors/{name}", "The connector is not found.", 0,
     NULL},
    {"log.entry", "logging.googleapis.com", NULL, "Requested entity was not found.", 0, NULL},
    {"servicenetworking.connection", "servicenetworking.googleapis.com", NULL,
     "Requested entity was not found.", 0, NULL},
    {"project.service", "serviceusage.googleapis.com", "projects/{project}/services/{name}",
     "Requested entity was not found.", 0, NULL},
    {"project.iamPolicy", "cloudresourcemanager.googleapis.com", "projects/{project}",
     "Requested entity was not found.", 0, NULL},
    {"sql.database", "sqladmin.googleapis.com",
     "projects/{project}/instances/{parent}/databases/{name}", "Not Found", 0, "sql.instance"},
    {"sql.user", "sqladmin.googleapis.com", "projects/{project}/instances/{parent}/users/{name}",
     "Not Found", 0, "sql.instance"},
    {"run.job", "run.googleapis.com", "projects/{project}/locations/{location}/jobs/{name}",
     "job \"{resource}\" not found", 0, NULL},
    {"run.revision", "run.googleapis.com",
     "projects/{project}/locations/{location}/services/{parent}/revisions/{name}",
     "revision \"{resource}\" not found", 0, "run.service"},
    {"redis.cluster", "redis.googleapis.com",
     "projects/{project}/locations/{location}/clusters/{name}", PLAIN_MISSING, 0, NULL},
    {"valkey.instance", "memorystore.googleapis.com",
     "projects/{project}/locations/{location}/instances/{name}", PLAIN_MISSING, 0, NULL},
    {"memcache.instance", "memcache.googleapis.com",
     "projects/{project}/locations/{location}/instances/{name}", "Instance {resource} not found", 0,
     NULL},
    {"dns.managedZone", "dns.googleapis.com", "projects/{project}/managedZones/{name}",
     "The 'parameters.managedZone' resource named '{name}' does not exist.", 0, NULL},
    {"dns.recordSet", "dns.googleapis.com",
     "projects/{project}/managedZones/{parent}/rrsets/{name}/{type}",
     "The 'parameters.name' resource named '{name} ({type})' does not exist.", 0,
     "dns.managedZone"},
    {"secret.secret", "secretmanager.googleapis.com", "projects/{project}/secrets/{name}",
     "Secret [projects/{number}/secrets/{name}] not found.", 0, NULL},
    {"secret.version", "secretmanager.googleapis.com",
     "projects/{project}/secrets/{parent}/versions/{name}",
     "Secret Version [projects/{number}/secrets/{parent}/versions/{name}] not found.", 0,
     "secret.secret"},
    COMPUTE("compute.address", "addresses", GLOBAL_OR_REGION),
    COMPUTE("compute.firewallPolicy", "firewallPolicies", GLOBAL_OR_REGION),
    COMPUTE("compute.forwardingRule", "forwardingRules", GLOBAL_OR_REGION),
    COMPUTE("compute.serviceAttachment", "serviceAttachments", SIM_PLACE_REGION),
    COMPUTE("compute.instance", "instances", SIM_PLACE_ZONE),
    COMPUTE("compute.backendService", "backendServices", GLOBAL_OR_REGION),
    COMPUTE("compute.networkEndpointGroup", "networkEndpointGroups",
            GLOBAL_OR_REGION | SIM_PLACE_ZONE),
    COMPUTE("compute.urlMap", "urlMaps", GLOBAL_OR_REGION),
    COMPUTE("compute.targetHttpsProxy", "targetHttpsProxies", GLOBAL_OR_REGION),
    COMPUTE("compute.securityPolicy", "securityPolicies", GLOBAL_OR_REGION),
    COMPUTE("compute.sslCertificate", "sslCertificates", GLOBAL_OR_REGION),
};

#define COMPUTE_LIST   "filter maxResults orderBy pageToken returnPartialSuccess"
#define COMPUTE_SCOPES "cloud-platform compute compute.readonly"
#define RUN_SCOPES     "cloud-platform run run.readonly"
#define REDIS_SCOPES   "cloud-platform redis.read-only redis.read-write"
#define SQL_SCOPES     "cloud-platform sqlservice.admin"
#define USAGE_SCOPES   "cloud-platform cloud-platform.read-only"
#define LOCATIONS      "extraLocationTypes filter pageSize pageToken"

/* A default page size that no document gives. */
enum { UNDOCUMENTED = 100 };

static const struct sim_method methods[] = {
    /* Cloud SQL: "If unspecified, at most 500 ... values above 1000 are coerced to 1000" (sql.instances.list). */
    {.document = "sqladmin.v1",
     .id = "sql.instances.list",
     .http = "GET",
     .host = "sqladmin.googleapis.com",
     .path = "v1/projects/{project}/instances",
     .query = "filter maxResults pageToken",
     .scopes = SQL_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "sql.instance",
     .permission = "cloudsql.instances.list",
     .list_key = "items",
     .envelope = "sql#instancesList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 1000,
     .partial = SIM_PARTIAL_SQL},
    {.document = "sqladmin.v1",
     .id = "sql.instances.get",
     .http = "GET",
     .host = "sqladmin.googleapis.com",
     .path = "v1/projects/{project}/instances/{name}",
     .query = "",
     .scopes = SQL_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "sql.instance",
     .permission = "cloudsql.instances.get"},

    /* Cloud Run: v2 refuses `-` ("cannot be the "-" wildcard"), so regions come from v1's list of locations. */
    {.document = "run.v1",
     .id = "run.projects.locations.list",
     .http = "GET",
     .host = "run.googleapis.com",
     .path = "v1/projects/{project}/locations",
     .query = LOCATIONS,
     .scopes = RUN_SCOPES,
     .call = SIM_CALL_LOCATIONS,
     .kind = "run.service",
     .permission = "run.locations.list",
     .list_key = "locations",
     .size_param = "pageSize",
     .token_param = "pageToken",
     .page_default = UNDOCUMENTED,
     .page_max = 1000},
    {.document = "run.v2",
     .id = "run.projects.locations.services.list",
     .http = "GET",
     .host = "run.googleapis.com",
     .path = "v2/projects/{project}/locations/{location}/services",
     .query = "pageSize pageToken showDeleted",
     .scopes = RUN_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "run.service",
     .permission = "run.services.list",
     .list_key = "services",
     .size_param = "pageSize",
     .token_param = "pageToken",
     .page_default = UNDOCUMENTED,
     .page_max = 1000,
     .partial = SIM_PARTIAL_UNREACHABLE},
    {.document = "run.v2",
     .id = "run.projects.locations.services.get",
     .http = "GET",
     .host = "run.googleapis.com",
     .path = "v2/projects/{project}/locations/{location}/services/{name}",
     .query = "",
     .scopes = RUN_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "run.service",
     .permission = "run.services.get"},
    {.document = "run.v2",
     .id = "run.projects.locations.services.getIamPolicy",
     .http = "GET",
     .host = "run.googleapis.com",
     .path = "v2/projects/{project}/locations/{location}/services/{name}:getIamPolicy",
     .query = "options.requestedPolicyVersion",
     .scopes = RUN_SCOPES,
     .call = SIM_CALL_IAM_POLICY,
     .kind = "run.service",
     .permission = "run.services.getIamPolicy"},

    /* Memorystore for Redis: `-` is documented; default page 1000. */
    {.document = "redis.v1",
     .id = "redis.projects.locations.list",
     .http = "GET",
     .host = "redis.googleapis.com",
     .path = "v1/projects/{project}/locations",
     .query = LOCATIONS,
     .scopes = "cloud-platform redis.read-write",
     .call = SIM_CALL_LOCATIONS,
     .kind = "redis.instance",
     .permission = "redis.locations.list",
     .list_key = "locations",
     .size_param = "pageSize",
     .token_param = "pageToken",
     .page_default = UNDOCUMENTED,
     .page_max = 1000},
    {.document = "redis.v1",
     .id = "redis.projects.locations.instances.list",
     .http = "GET",
     .host = "redis.googleapis.com",
     .path = "v1/projects/{project}/locations/{location}/instances",
     .query = "pageSize pageToken",
     .scopes = REDIS_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "redis.instance",
     .permission = "redis.instances.list",
     .list_key = "instances",
     .size_param = "pageSize",
     .token_param = "pageToken",
     .page_default = 1000,
     .page_max = 1000,
     .wildcard = true,
     .partial = SIM_PARTIAL_REDIS},
    {.document = "redis.v1",
     .id = "redis.projects.locations.instances.get",
     .http = "GET",
     .host = "redis.googleapis.com",
     .path = "v1/projects/{project}/locations/{location}/instances/{name}",
     .query = "",
     .scopes = REDIS_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "redis.instance",
     .permission = "redis.instances.get"},
    {.document = "redis.v1",
     .id = "redis.projects.locations.instances.getAuthString",
     .http = "GET",
     .host = "redis.googleapis.com",
     .path = "v1/projects/{project}/locations/{location}/instances/{name}/authString",
     .query = "",
     .scopes = REDIS_SCOPES,
     .call = SIM_CALL_SECRET,
     .kind = "redis.instance",
     .permission = "redis.instances.getAuthString"},

    /* Compute Engine: "Acceptable values are 0 to 500, inclusive. (Default: 500)". */
    {.document = "compute.v1",
     .id = "compute.networks.list",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/global/networks",
     .query = COMPUTE_LIST,
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "compute.network",
     .permission = "compute.networks.list",
     .list_key = "items",
     .envelope = "compute#networkList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 500,
     .over_max_refused = true},
    {.document = "compute.v1",
     .id = "compute.networks.get",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/global/networks/{name}",
     .query = "",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "compute.network",
     .permission = "compute.networks.get"},
    {.document = "compute.v1",
     .id = "compute.networks.getEffectiveFirewalls",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/global/networks/{name}/getEffectiveFirewalls",
     .query = "",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_EFFECTIVE,
     .kind = "compute.network",
     .permission = "compute.networks.getEffectiveFirewalls"},
    {.document = "compute.v1",
     .id = "compute.regionNetworkFirewallPolicies.getEffectiveFirewalls",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/regions/{location}/firewallPolicies/"
             "getEffectiveFirewalls",
     .query = "network",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_REGIONAL,
     .kind = "compute.network",
     .permission = "compute.networks.getRegionEffectiveFirewalls"},
    {.document = "compute.v1",
     .id = "compute.networks.listPeeringRoutes",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/global/networks/{name}/listPeeringRoutes",
     .query = COMPUTE_LIST " direction peeringName region",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_EXCHANGED,
     .kind = "compute.network",
     .permission = "compute.networks.listPeeringRoutes",
     .list_key = "items",
     .envelope = "compute#exchangedPeeringRoutesList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 500,
     .over_max_refused = true},
    {.document = "compute.v1",
     .id = "compute.firewalls.list",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/global/firewalls",
     .query = COMPUTE_LIST,
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "compute.firewall",
     .permission = "compute.firewalls.list",
     .list_key = "items",
     .envelope = "compute#firewallList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 500,
     .over_max_refused = true},
    {.document = "compute.v1",
     .id = "compute.firewalls.get",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/global/firewalls/{name}",
     .query = "",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "compute.firewall",
     .permission = "compute.firewalls.get"},
    {.document = "compute.v1",
     .id = "compute.routes.list",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/global/routes",
     .query = COMPUTE_LIST,
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "compute.route",
     .permission = "compute.routes.list",
     .list_key = "items",
     .envelope = "compute#routeList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 500,
     .over_max_refused = true},
    {.document = "compute.v1",
     .id = "compute.routes.get",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/global/routes/{name}",
     .query = "",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "compute.route",
     .permission = "compute.routes.get"},
    {.document = "compute.v1",
     .id = "compute.subnetworks.aggregatedList",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/aggregated/subnetworks",
     .query = COMPUTE_LIST " includeAllScopes serviceProjectNumber views",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_AGGREGATED,
     .kind = "compute.subnetwork",
     .permission = "compute.subnetworks.list",
     .list_key = "subnetworks",
     .envelope = "compute#subnetworkAggregatedList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 500,
     .over_max_refused = true,
     .partial = SIM_PARTIAL_COMPUTE},
    {.document = "compute.v1",
     .id = "compute.subnetworks.list",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/regions/{location}/subnetworks",
     .query = COMPUTE_LIST " views",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "compute.subnetwork",
     .permission = "compute.subnetworks.list",
     .list_key = "items",
     .envelope = "compute#subnetworkList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 500,
     .over_max_refused = true},
    {.document = "compute.v1",
     .id = "compute.subnetworks.get",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/regions/{location}/subnetworks/{name}",
     .query = "views",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "compute.subnetwork",
     .permission = "compute.subnetworks.get"},
    {.document = "compute.v1",
     .id = "compute.routers.aggregatedList",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/aggregated/routers",
     .query = COMPUTE_LIST " includeAllScopes serviceProjectNumber",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_AGGREGATED,
     .kind = "compute.router",
     .permission = "compute.routers.list",
     .list_key = "routers",
     .envelope = "compute#routerAggregatedList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 500,
     .over_max_refused = true,
     .partial = SIM_PARTIAL_COMPUTE},
    {.document = "compute.v1",
     .id = "compute.routers.list",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/regions/{location}/routers",
     .query = COMPUTE_LIST,
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "compute.router",
     .permission = "compute.routers.list",
     .list_key = "items",
     .envelope = "compute#routerList",
     .size_param = "maxResults",
     .token_param = "pageToken",
     .page_default = 500,
     .page_max = 500,
     .over_max_refused = true},
    {.document = "compute.v1",
     .id = "compute.routers.get",
     .http = "GET",
     .host = "compute.googleapis.com",
     .path = "compute/v1/projects/{project}/regions/{location}/routers/{name}",
     .query = "",
     .scopes = COMPUTE_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "compute.router",
     .permission = "compute.routers.get"},

    /* Serverless VPC Access: `-` is not documented, but public inventory tools use it. */
    {.document = "vpcaccess.v1",
     .id = "vpcaccess.projects.locations.list",
     .http = "GET",
     .host = "vpcaccess.googleapis.com",
     .path = "v1/projects/{project}/locations",
     .query = LOCATIONS,
     .scopes = "cloud-platform",
     .call = SIM_CALL_LOCATIONS,
     .kind = "vpcaccess.connector",
     .permission = "vpcaccess.locations.list",
     .list_key = "locations",
     .size_param = "pageSize",
     .token_param = "pageToken",
     .page_default = UNDOCUMENTED,
     .page_max = 1000},
    {.document = "vpcaccess.v1",
     .id = "vpcaccess.projects.locations.connectors.list",
     .http = "GET",
     .host = "vpcaccess.googleapis.com",
     .path = "v1/projects/{project}/locations/{location}/connectors",
     .query = "pageSize pageToken",
     .scopes = "cloud-platform",
     .call = SIM_CALL_LIST,
     .kind = "vpcaccess.connector",
     .permission = "vpcaccess.connectors.list",
     .list_key = "connectors",
     .size_param = "pageSize",
     .token_param = "pageToken",
     .page_default = UNDOCUMENTED,
     .page_max = 1000,
     .wildcard = true},
    {.document = "vpcaccess.v1",
     .id = "vpcaccess.projects.locations.connectors.get",
     .http = "GET",
     .host = "vpcaccess.googleapis.com",
     .path = "v1/projects/{project}/locations/{location}/connectors/{name}",
     .query = "",
     .scopes = "cloud-platform",
     .call = SIM_CALL_GET,
     .kind = "vpcaccess.connector",
     .permission = "vpcaccess.connectors.get"},

    /* Service Networking: no paging; `network` is required and carries the project's number. */
    {.document = "servicenetworking.v1",
     .id = "servicenetworking.services.connections.list",
     .http = "GET",
     .host = "servicenetworking.googleapis.com",
     .path = "v1/services/{service}/connections",
     .query = "network",
     .scopes = "cloud-platform service.management",
     .call = SIM_CALL_CONNECTIONS,
     .kind = "servicenetworking.connection",
     .permission = "servicenetworking.services.get",
     .list_key = "connections"},

    /* Service Usage: "Requested page size cannot exceed 200. If not set, the default page size is 50." */
    {.document = "serviceusage.v1",
     .id = "serviceusage.services.list",
     .http = "GET",
     .host = "serviceusage.googleapis.com",
     .path = "v1/projects/{project}/services",
     .query = "filter pageSize pageToken",
     .scopes = USAGE_SCOPES,
     .call = SIM_CALL_LIST,
     .kind = "project.service",
     .permission = "serviceusage.services.list",
     .list_key = "services",
     .size_param = "pageSize",
     .token_param = "pageToken",
     .page_default = 50,
     .page_max = 200,
     .over_max_refused = true},
    {.document = "serviceusage.v1",
     .id = "serviceusage.services.get",
     .http = "GET",
     .host = "serviceusage.googleapis.com",
     .path = "v1/projects/{project}/services/{name}",
     .query = "",
     .scopes = USAGE_SCOPES,
     .call = SIM_CALL_GET,
     .kind = "project.service",
     .permission = "serviceusage.services.get"},

    /* Resource Manager. */
    {.document = "cloudresourcemanager.v3",
     .id = "cloudresourcemanager.projects.get",
     .http = "GET",
     .host = "cloudresourcemanager.googleapis.com",
     .path = "v3/projects/{project}",
     .query = "",
     .scopes = USAGE_SCOPES,
     .call = SIM_CALL_PROJECT,
     .kind = "project",
     .permission = "resourcemanager.projects.get"},
    {.document = "cloudresourcemanager.v3",
     .id = "cloudresourcemanager.projects.getIamPolicy",
     .http = "POST",
     .host = "cloudresourcemanager.googleapis.com",
     .path = "v3/projects/{project}:getIamPolicy",
     .query = "",
     .scopes = USAGE_SCOPES,
     .call = SIM_CALL_IAM_POLICY,
     .kind = "project.iamPolicy",
     .permission = "resourcemanager.projects.getIamPolicy"},
    /* "There are no permissions required for making this API call." */
    {.document = "cloudresourcemanager.v3",
     .id = "cloudresourcemanager.projects.testIamPermissions",
     .http = "POST",
     .host = "cloudresourcemanager.googleapis.com",
     .path = "v3/projects/{project}:testIamPermissions",
     .query = "",
     .scopes = USAGE_SCOPES,
     .call = SIM_CALL_PERMISSIONS,
     .kind = "project",
     .permission = ""},
    {.document = "logging.v2",
     .id = "logging.entries.list",
     .http = "POST",
     .host = "logging.googleapis.com",
     .path = "v2/entries:list",
     .query = "",
     .scopes = "cloud-platform cloud-platform.read-only logging.admin logging.read",
     .call = SIM_CALL_LOG_ENTRIES,
     .kind = "log.entry",
     .permission = "logging.logEntries.list"},
};

static const size_t method_count = sizeof methods / sizeof methods[0];

const struct sim_method *sim_method_at(size_t index)
{
    if (index < method_count) {
        return &methods[index];
    }
    index -= method_count;
    if (index < sim_methods_compute_count) {
        return &sim_methods_compute[index];
    }
    index -= sim_methods_compute_count;
    return index < sim_methods_more_count ? &sim_methods_more[index] : NULL;
}

const struct sim_api *sim_api_find(const char *host)
{
    for (size_t i = 0; i < sizeof apis / sizeof apis[0]; i++) {
        if (strcmp(apis[i].host, host) == 0) {
            return &apis[i];
        }
    }
    return NULL;
}

const struct sim_kind *sim_kind_find(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].kind, kind) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

const struct sim_method *sim_method_route(const char *host, const char *http, const char *path,
                                          json_t **vars, bool *other)
{
    *other = false;
    *vars = NULL;
    const struct sim_method *method = NULL;
    for (size_t i = 0; (method = sim_method_at(i)) != NULL; i++) {
        if (strcmp(method->host, host) != 0) {
            continue;
        }
        json_t *found = sim_match(method->path, path);
        if (found == NULL) {
            continue;
        }
        if (strcmp(method->http, http) == 0) {
            const struct sim_kind *kind = sim_kind_find(method->kind);
            if (kind != NULL && (kind->places & SIM_PLACE_GLOBAL) != 0 &&
                strstr(method->path, "/global/") != NULL) {
                json_object_set_new(found, "location", json_string("global"));
            }
            *vars = found;
            *other = false;
            return method;
        }
        *other = true;
        json_decref(found);
    }
    return NULL;
}

void sim_method_print(FILE *out)
{
    const struct sim_method *m = NULL;
    for (size_t i = 0; (m = sim_method_at(i)) != NULL; i++) {
        const struct sim_kind *kind = sim_kind_find(m->kind);
        json_t *row = json_pack(
            "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s*, s:s*, s:s*, s:s*, s:b, s:b, s:s*}",
            "document", m->document, "id", m->id, "http", m->http, "host", m->host, "path", m->path,
            "query", m->query, "scopes", m->scopes, "kind", m->kind, "permission", m->permission,
            "list_key", m->list_key, "envelope", m->envelope, "size_param", m->size_param,
            "token_param", m->token_param, "aggregated", m->call == SIM_CALL_AGGREGATED,
            "body_is_resource", m->call == SIM_CALL_GET, "name",
            kind == NULL ? NULL : kind->resource);
        json_dumpf(row, out, JSON_COMPACT | JSON_PRESERVE_ORDER);
        fputc('\n', out);
        json_decref(row);
    }
}
