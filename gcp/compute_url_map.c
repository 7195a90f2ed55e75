/* compute_url_map.c - URL maps (Compute v1): which host and path leads to which backend service, global and regional.
 *
 * Path rules have no identity of their own: they are compared as a set.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/urlMaps"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"urlMap", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_ID("defaultRouteAction.weightedBackendServices", "backendService", REST),
    ROW_TYPE("defaultRouteAction.weightedBackendServices[].backendService", PL_T_LINK, 0, REST),
    ROW_TYPE("defaultService", PL_T_LINK, 0, REST),
    ROW_DEFAULT("defaultUrlRedirect.httpsRedirect", "false",
                "discovery: the default is set to false"),
    ROW_DEFAULT("defaultUrlRedirect.stripQuery", "false", "discovery: the default is set to false"),
    ROW_FLAGS("fingerprint", CHANGES, REST),
    ROW_ID("hostRules", "pathMatcher", REST),
    ROW_SET("hostRules[].hosts", REST),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#urlMap"),
    ROW_ID("pathMatchers", "name", REST),
    ROW_ID("pathMatchers[].defaultRouteAction.weightedBackendServices", "backendService", REST),
    ROW_TYPE("pathMatchers[].defaultRouteAction.weightedBackendServices[].backendService",
             PL_T_LINK, 0, REST),
    ROW_TYPE("pathMatchers[].defaultService", PL_T_LINK, 0, REST),
    ROW_SET("pathMatchers[].pathRules", REST),
    ROW_SET("pathMatchers[].pathRules[].paths", REST),
    ROW_ID("pathMatchers[].pathRules[].routeAction.weightedBackendServices", "backendService",
           REST),
    ROW_TYPE("pathMatchers[].pathRules[].routeAction.weightedBackendServices[].backendService",
             PL_T_LINK, 0, REST),
    ROW_TYPE("pathMatchers[].pathRules[].service", PL_T_LINK, 0, REST),
    ROW_ID("pathMatchers[].routeRules", "priority", REST),
    ROW_ID("pathMatchers[].routeRules[].routeAction.weightedBackendServices", "backendService",
           REST),
    ROW_TYPE("pathMatchers[].routeRules[].routeAction.weightedBackendServices[].backendService",
             PL_T_LINK, 0, REST),
    ROW_TYPE("pathMatchers[].routeRules[].service", PL_T_LINK, 0, REST),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_TYPE("tests[].service", PL_T_LINK, 0, REST),
};

const struct pl_kind pl_kind_compute_url_map = {
    .name = "compute.urlMap",
    .title = "URL map",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/urlMaps/{urlMap}",
    .name_field = "name",
    .schema = &pl_schema_compute_UrlMap,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/aggregated/urlMaps",
             .items = "urlMaps",
             .get_path = "/compute/v1/projects/{project}/regions/{location}/urlMaps/{urlMap}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_AGGREGATED,
             .permission = "compute.urlMaps.list",
             .get_permission = "compute.regionUrlMaps.get",
             .role = "roles/compute.networkViewer"},
    .doc = REST,
};
