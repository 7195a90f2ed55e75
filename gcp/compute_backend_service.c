/* compute_backend_service.c - backend services (Compute v1): what stands behind a load balancer, global and regional.
 *
 * The health of the backends is behind a call of its own (getHealth) and is not read.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/backendServices"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"backendService", NULL};

static const struct pl_field_row fields[] = {
    ROW_DEFAULT("affinityCookieTtlSec", "0",
                "discovery: if set to 0, the cookie is non-persistent"),
    ROW_ID("backends", "group", REST),
    ROW_DEFAULT("backends[].capacityScaler", "1", "discovery: the default value is 1"),
    ROW_DEFAULT("backends[].failover", "false", "discovery: boolean, absent is false"),
    ROW_TYPE("backends[].group", PL_T_LINK, 0, REST),
    ROW_TYPE("backends[].orchestrationInfo.resourceUri", PL_T_LINK, 0, REST),
    ROW_DEFAULT("backends[].preference", "\"DEFAULT\"", "discovery: DEFAULT is the default"),
    {"cdnPolicy.signedUrlKeyNames", PL_T_UNKNOWN, NULL, NULL, SERVER | PL_F_SET, REST},
    ROW_DEFAULT("connectionTrackingPolicy.connectionPersistenceOnUnhealthyBackends",
                "\"DEFAULT_FOR_PROTOCOL\"", "discovery: the default value is DEFAULT_FOR_PROTOCOL"),
    ROW_DEFAULT("connectionTrackingPolicy.trackingMode", "\"PER_CONNECTION\"",
                "discovery: PER_CONNECTION is the default"),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_SET("customRequestHeaders", REST),
    ROW_SET("customResponseHeaders", REST),
    ROW_TYPE("edgeSecurityPolicy", PL_T_LINK, SERVER, REST),
    ROW_DEFAULT("enableCDN", "false", "discovery: boolean, absent is false"),
    ROW_DEFAULT("failoverPolicy.disableConnectionDrainOnFailover", "false",
                "discovery: the default is false"),
    ROW_DEFAULT("failoverPolicy.dropTrafficIfUnhealthy", "false",
                "discovery: the default is false"),
    ROW_FLAGS("fingerprint", CHANGES, REST),
    {"healthChecks", PL_T_LINK, NULL, NULL, PL_F_SET, REST},
    ROW_DEFAULT("iap.enabled", "false", "discovery: boolean, absent is false"),
    ROW_FLAGS("iap.oauth2ClientSecret", PL_F_SECRET, REST),
    ROW_FLAGS("iap.oauth2ClientSecretSha256", PL_F_SECRET | PL_F_OUTPUT,
              REST " (a hash of a secret)"),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_DEFAULT("ipAddressSelectionPolicy", "\"IPV4_ONLY\"",
                "discovery: IPV4_ONLY is the default setting"),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#backendService"),
    ROW_FLAGS("loadBalancingScheme", PL_F_IMMUTABLE,
              "https://cloud.google.com/load-balancing/docs/backend-service (cannot be changed)"),
    ROW_DEFAULT("localityLbPolicy", "\"ROUND_ROBIN\"", "discovery: ROUND_ROBIN is the default"),
    ROW_DEFAULT("logConfig.enable", "false", "discovery: the default value is false"),
    ROW_DEFAULT("logConfig.optionalMode", "\"EXCLUDE_ALL_OPTIONAL\"",
                "discovery: default is EXCLUDE_ALL_OPTIONAL"),
    ROW_DEFAULT("logConfig.sampleRate", "1", "discovery: the default value is 1.0"),
    ROW_TYPE("network", PL_T_LINK, 0, REST),
    ROW_FLAGS("params", PL_F_INPUT | PL_F_VOLATILE, "discovery: input only"),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_TYPE("securityPolicy", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("securitySettings.awsV4Authentication.accessKey", PL_F_SECRET, REST),
    ROW_TYPE("securitySettings.clientTlsPolicy", PL_T_LINK, 0, REST),
    ROW_SET("securitySettings.subjectAltNames", REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    {"serviceBindings", PL_T_LINK, NULL, NULL, PL_F_SET, REST},
    ROW_TYPE("serviceLbPolicy", PL_T_LINK, 0, REST),
    ROW_DEFAULT("sessionAffinity", "\"NONE\"",
                "https://cloud.google.com/load-balancing/docs/backend-service#session_affinity "
                "(none unless asked for)"),
    ROW_DEFAULT("timeoutSec", "30", "discovery: the default is 30 seconds"),
    {"usedBy", PL_T_UNKNOWN, "reference", NULL, CHANGES, REST},
};

const struct pl_kind pl_kind_compute_backend_service = {
    .name = "compute.backendService",
    .title = "backend service",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/backendServices/{backendService}",
    .name_field = "name",
    .schema = &pl_schema_compute_BackendService,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call =
        {.api = "compute.googleapis.com",
         .list_path = "/compute/v1/projects/{project}/aggregated/backendServices",
         .items = "backendServices",
         .get_path =
             "/compute/v1/projects/{project}/regions/{location}/backendServices/{backendService}",
         .page_size_param = "maxResults",
         .page_size = 500,
         .query = "returnPartialSuccess=true",
         .how = PL_LIST_AGGREGATED,
         .permission = "compute.backendServices.list",
         .get_permission = "compute.regionBackendServices.get",
         .role = "roles/compute.networkViewer"},
    .doc = REST,
};
