/* compute_url_map.c - URL maps (Compute v1): which host and path leads to which backend service, global and regional.
 *
 * Path rules have no identity of their own: they are compared as a set.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/urlMaps"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

#define MATCH "pathMatchers[].routeRules[].matchRules[]"

/* https://cloud.google.com/compute/docs/reference/rest/v1/urlMaps: what a route does, and where it sends the client instead. */
#define ROWS_ACTION(path)                                                                          \
    ROW_DEFAULT(path ".corsPolicy.allowCredentials", "false", "discovery: default is false"),      \
        ROW_SET(path ".corsPolicy.allowHeaders", REST),                                            \
        ROW_SET(path ".corsPolicy.allowMethods", REST),                                            \
        ROW_SET(path ".corsPolicy.allowOriginRegexes", REST),                                      \
        ROW_SET(path ".corsPolicy.allowOrigins", REST),                                            \
        ROW_DEFAULT(path ".corsPolicy.disabled", "false", "discovery: the default is false"),      \
        ROW_SET(path ".corsPolicy.exposeHeaders", REST),                                           \
        ROW_TYPE(path ".requestMirrorPolicy.backendService", PL_T_LINK, 0, REST),                  \
        ROW_DEFAULT(path ".retryPolicy.numRetries", "1", "discovery: defaults to 1"),              \
        ROW_SET(path ".retryPolicy.retryConditions", REST),                                        \
        ROW_ID(path ".weightedBackendServices", "backendService", REST),                           \
        ROW_TYPE(path ".weightedBackendServices[].backendService", PL_T_LINK, 0, REST)
#define ROWS_REDIRECT(path)                                                                        \
    ROW_DEFAULT(path ".httpsRedirect", "false", "discovery: the default is set to false"),         \
        ROW_DEFAULT(path ".redirectResponseCode", "\"MOVED_PERMANENTLY_DEFAULT\"",                 \
                    "discovery: MOVED_PERMANENTLY_DEFAULT is the default value"),                  \
        ROW_DEFAULT(path ".stripQuery", "false", "discovery: the default is set to false")

static const char *const segments[] = {"urlMap", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_TYPE("defaultCustomErrorResponsePolicy.errorService", PL_T_LINK, 0, REST),
    ROWS_ACTION("defaultRouteAction"),
    ROW_TYPE("defaultService", PL_T_LINK, 0, REST),
    ROWS_REDIRECT("defaultUrlRedirect"),
    ROW_FLAGS("fingerprint", CHANGES, REST),
    ROW_ID("hostRules", "pathMatcher", REST),
    ROW_SET("hostRules[].hosts", REST),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#urlMap"),
    ROW_ID("pathMatchers", "name", REST),
    ROW_TYPE("pathMatchers[].defaultCustomErrorResponsePolicy.errorService", PL_T_LINK, 0, REST),
    ROWS_ACTION("pathMatchers[].defaultRouteAction"),
    ROW_TYPE("pathMatchers[].defaultService", PL_T_LINK, 0, REST),
    ROWS_REDIRECT("pathMatchers[].defaultUrlRedirect"),
    ROW_SET("pathMatchers[].pathRules", REST),
    ROW_TYPE("pathMatchers[].pathRules[].customErrorResponsePolicy.errorService", PL_T_LINK, 0,
             REST),
    ROW_SET("pathMatchers[].pathRules[].paths", REST),
    ROWS_ACTION("pathMatchers[].pathRules[].routeAction"),
    ROW_TYPE("pathMatchers[].pathRules[].service", PL_T_LINK, 0, REST),
    ROWS_REDIRECT("pathMatchers[].pathRules[].urlRedirect"),
    ROW_ID("pathMatchers[].routeRules", "priority", REST),
    ROW_TYPE("pathMatchers[].routeRules[].customErrorResponsePolicy.errorService", PL_T_LINK, 0,
             REST),
    ROW_DEFAULT(MATCH ".headerMatches[].invertMatch", "false",
                "discovery: the default setting is false"),
    ROW_DEFAULT(MATCH ".headerMatches[].presentMatch", "false",
                "discovery: boolean, absent is false"),
    ROW_DEFAULT(MATCH ".ignoreCase", "false", "discovery: the default value is false"),
    ROW_DEFAULT(MATCH ".queryParameterMatches[].presentMatch", "false",
                "discovery: boolean, absent is false"),
    ROWS_ACTION("pathMatchers[].routeRules[].routeAction"),
    ROW_TYPE("pathMatchers[].routeRules[].service", PL_T_LINK, 0, REST),
    ROWS_REDIRECT("pathMatchers[].routeRules[].urlRedirect"),
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
