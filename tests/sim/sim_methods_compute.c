/*
 * sim_methods_compute.c - Compute Engine's further methods: for each collection the aggregated list, and list and get in each place.
 *
 * The same rules as sim_methods.c: every fact is one of Google's documents, and tests/contract/test_sim_contract.c proves it.
 */
#include "sim.h"

#define COMPUTE_LIST   "filter maxResults orderBy pageToken returnPartialSuccess"
#define COMPUTE_SCOPES "cloud-platform compute compute.readonly"
#define ROOT           "compute/v1/projects/{project}/"

/* "Acceptable values are 0 to 500, inclusive. (Default: 500)". */
#define ROW(method, path_, query_, call_, kind_, permission_)                                      \
    .document = "compute.v1", .id = "compute." method, .http = "GET",                              \
    .host = "compute.googleapis.com", .path = ROOT path_, .query = query_,                         \
    .scopes = COMPUTE_SCOPES, .call = call_, .kind = kind_, .permission = "compute." permission_
#define PAGES(key, envelope_)                                                                      \
    .list_key = key, .envelope = "compute#" envelope_, .size_param = "maxResults",                 \
    .token_param = "pageToken", .page_default = 500, .page_max = 500, .over_max_refused = true
#define AGGREGATED(api, collection, kind, permission, envelope)                                    \
    {                                                                                              \
        ROW(api ".aggregatedList", "aggregated/" collection,                                       \
            COMPUTE_LIST " includeAllScopes serviceProjectNumber", SIM_CALL_AGGREGATED, kind,      \
            permission ".list"),                                                                   \
            PAGES(collection, envelope), .partial = SIM_PARTIAL_COMPUTE                            \
    }
#define LIST(api, place, collection, kind, permission, envelope)                                   \
    {                                                                                              \
        ROW(api ".list", place "/" collection, COMPUTE_LIST, SIM_CALL_LIST, kind,                  \
            permission ".list"),                                                                   \
            PAGES("items", envelope)                                                               \
    }
#define GET(api, place, collection, kind, permission, query)                                       \
    {                                                                                              \
        ROW(api ".get", place "/" collection "/{name}", query, SIM_CALL_GET, kind,                 \
            permission ".get")                                                                     \
    }
#define REGION "regions/{location}"
#define ZONE   "zones/{location}"

const struct sim_method sim_methods_compute[] = {
    AGGREGATED("addresses", "addresses", "compute.address", "addresses", "addressAggregatedList"),
    LIST("addresses", REGION, "addresses", "compute.address", "addresses", "addressList"),
    GET("addresses", REGION, "addresses", "compute.address", "addresses", ""),
    LIST("globalAddresses", "global", "addresses", "compute.address", "globalAddresses",
         "addressList"),
    GET("globalAddresses", "global", "addresses", "compute.address", "globalAddresses", ""),
    AGGREGATED("networkFirewallPolicies", "firewallPolicies", "compute.firewallPolicy",
               "firewallPolicies", "networkFirewallPoliciesAggregatedList"),
    LIST("networkFirewallPolicies", "global", "firewallPolicies", "compute.firewallPolicy",
         "firewallPolicies", "firewallPolicyList"),
    GET("networkFirewallPolicies", "global", "firewallPolicies", "compute.firewallPolicy",
        "firewallPolicies", ""),
    LIST("regionNetworkFirewallPolicies", REGION, "firewallPolicies", "compute.firewallPolicy",
         "regionFirewallPolicies", "firewallPolicyList"),
    GET("regionNetworkFirewallPolicies", REGION, "firewallPolicies", "compute.firewallPolicy",
        "regionFirewallPolicies", ""),
    AGGREGATED("forwardingRules", "forwardingRules", "compute.forwardingRule", "forwardingRules",
               "forwardingRuleAggregatedList"),
    LIST("forwardingRules", REGION, "forwardingRules", "compute.forwardingRule", "forwardingRules",
         "forwardingRuleList"),
    GET("forwardingRules", REGION, "forwardingRules", "compute.forwardingRule", "forwardingRules",
        "view"),
    LIST("globalForwardingRules", "global", "forwardingRules", "compute.forwardingRule",
         "globalForwardingRules", "forwardingRuleList"),
    GET("globalForwardingRules", "global", "forwardingRules", "compute.forwardingRule",
        "globalForwardingRules", "view"),
    AGGREGATED("serviceAttachments", "serviceAttachments", "compute.serviceAttachment",
               "serviceAttachments", "serviceAttachmentAggregatedList"),
    LIST("serviceAttachments", REGION, "serviceAttachments", "compute.serviceAttachment",
         "serviceAttachments", "serviceAttachmentList"),
    GET("serviceAttachments", REGION, "serviceAttachments", "compute.serviceAttachment",
        "serviceAttachments", "showNatIps"),
    AGGREGATED("instances", "instances", "compute.instance", "instances", "instanceAggregatedList"),
    LIST("instances", ZONE, "instances", "compute.instance", "instances", "instanceList"),
    GET("instances", ZONE, "instances", "compute.instance", "instances", ""),
    AGGREGATED("backendServices", "backendServices", "compute.backendService", "backendServices",
               "backendServiceAggregatedList"),
    LIST("backendServices", "global", "backendServices", "compute.backendService",
         "backendServices", "backendServiceList"),
    GET("backendServices", "global", "backendServices", "compute.backendService", "backendServices",
        ""),
    LIST("regionBackendServices", REGION, "backendServices", "compute.backendService",
         "regionBackendServices", "backendServiceList"),
    GET("regionBackendServices", REGION, "backendServices", "compute.backendService",
        "regionBackendServices", ""),
    AGGREGATED("networkEndpointGroups", "networkEndpointGroups", "compute.networkEndpointGroup",
               "networkEndpointGroups", "networkEndpointGroupAggregatedList"),
    LIST("networkEndpointGroups", ZONE, "networkEndpointGroups", "compute.networkEndpointGroup",
         "networkEndpointGroups", "networkEndpointGroupList"),
    GET("networkEndpointGroups", ZONE, "networkEndpointGroups", "compute.networkEndpointGroup",
        "networkEndpointGroups", ""),
    LIST("regionNetworkEndpointGroups", REGION, "networkEndpointGroups",
         "compute.networkEndpointGroup", "regionNetworkEndpointGroups", "networkEndpointGroupList"),
    GET("regionNetworkEndpointGroups", REGION, "networkEndpointGroups",
        "compute.networkEndpointGroup", "regionNetworkEndpointGroups", ""),
    LIST("globalNetworkEndpointGroups", "global", "networkEndpointGroups",
         "compute.networkEndpointGroup", "globalNetworkEndpointGroups", "networkEndpointGroupList"),
    GET("globalNetworkEndpointGroups", "global", "networkEndpointGroups",
        "compute.networkEndpointGroup", "globalNetworkEndpointGroups", ""),
    AGGREGATED("urlMaps", "urlMaps", "compute.urlMap", "urlMaps", "urlMapsAggregatedList"),
    LIST("urlMaps", "global", "urlMaps", "compute.urlMap", "urlMaps", "urlMapList"),
    GET("urlMaps", "global", "urlMaps", "compute.urlMap", "urlMaps", ""),
    LIST("regionUrlMaps", REGION, "urlMaps", "compute.urlMap", "regionUrlMaps", "urlMapList"),
    GET("regionUrlMaps", REGION, "urlMaps", "compute.urlMap", "regionUrlMaps", ""),
    AGGREGATED("targetHttpsProxies", "targetHttpsProxies", "compute.targetHttpsProxy",
               "targetHttpsProxies", "targetHttpsProxyAggregatedList"),
    LIST("targetHttpsProxies", "global", "targetHttpsProxies", "compute.targetHttpsProxy",
         "targetHttpsProxies", "targetHttpsProxyList"),
    GET("targetHttpsProxies", "global", "targetHttpsProxies", "compute.targetHttpsProxy",
        "targetHttpsProxies", ""),
    LIST("regionTargetHttpsProxies", REGION, "targetHttpsProxies", "compute.targetHttpsProxy",
         "regionTargetHttpsProxies", "targetHttpsProxyList"),
    GET("regionTargetHttpsProxies", REGION, "targetHttpsProxies", "compute.targetHttpsProxy",
        "regionTargetHttpsProxies", ""),
    AGGREGATED("securityPolicies", "securityPolicies", "compute.securityPolicy", "securityPolicies",
               "securityPoliciesAggregatedList"),
    LIST("securityPolicies", "global", "securityPolicies", "compute.securityPolicy",
         "securityPolicies", "securityPolicyList"),
    GET("securityPolicies", "global", "securityPolicies", "compute.securityPolicy",
        "securityPolicies", ""),
    LIST("regionSecurityPolicies", REGION, "securityPolicies", "compute.securityPolicy",
         "regionSecurityPolicies", "securityPolicyList"),
    GET("regionSecurityPolicies", REGION, "securityPolicies", "compute.securityPolicy",
        "regionSecurityPolicies", ""),
    AGGREGATED("sslCertificates", "sslCertificates", "compute.sslCertificate", "sslCertificates",
               "sslCertificateAggregatedList"),
    LIST("sslCertificates", "global", "sslCertificates", "compute.sslCertificate",
         "sslCertificates", "sslCertificateList"),
    GET("sslCertificates", "global", "sslCertificates", "compute.sslCertificate", "sslCertificates",
        ""),
    LIST("regionSslCertificates", REGION, "sslCertificates", "compute.sslCertificate",
         "regionSslCertificates", "sslCertificateList"),
    GET("regionSslCertificates", REGION, "sslCertificates", "compute.sslCertificate",
        "regionSslCertificates", ""),
};

const size_t sim_methods_compute_count = sizeof sim_methods_compute / sizeof sim_methods_compute[0];
