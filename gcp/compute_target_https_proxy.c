/* compute_target_https_proxy.c - target HTTPS proxies (Compute v1): where a load balancer ends TLS, with which certificates and for which URL map.
 *
 * The first certificate is the one for clients that name no host; that order is not compared.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/targetHttpsProxies"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"targetHttpsProxy", NULL};

static const struct pl_field_row fields[] = {
    ROW_TYPE("authorizationPolicy", PL_T_LINK, 0, REST),
    ROW_TYPE("certificateMap", PL_T_LINK, 0, REST),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_FLAGS("fingerprint", CHANGES, REST),
    ROW_DEFAULT("httpKeepAliveTimeoutSec", "610", "discovery: if not specified, 610 seconds"),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#targetHttpsProxy"),
    ROW_DEFAULT("proxyBind", "false", "discovery: boolean, absent is false"),
    ROW_DEFAULT("quicOverride", "\"NONE\"", "discovery: if not specified, NONE is implied"),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_TYPE("serverTlsPolicy", PL_T_LINK, 0, REST),
    {"sslCertificates", PL_T_LINK, NULL, NULL, PL_F_SET, REST},
    ROW_TYPE("sslPolicy", PL_T_LINK, 0, REST),
    ROW_DEFAULT("tlsEarlyData", "\"DISABLED\"", "discovery: the default value is DISABLED"),
    ROW_TYPE("urlMap", PL_T_LINK, 0, REST),
};

const struct pl_kind pl_kind_compute_target_https_proxy = {
    .name = "compute.targetHttpsProxy",
    .title = "target HTTPS proxy",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/targetHttpsProxies/{targetHttpsProxy}",
    .name_field = "name",
    .schema = &pl_schema_compute_TargetHttpsProxy,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/aggregated/targetHttpsProxies",
             .items = "targetHttpsProxies",
             .get_path = "/compute/v1/projects/{project}/regions/{location}/targetHttpsProxies/"
                         "{targetHttpsProxy}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_AGGREGATED,
             .permission = "compute.targetHttpsProxies.list",
             .get_permission = "compute.regionTargetHttpsProxies.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
