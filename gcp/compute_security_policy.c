/* compute_security_policy.c - security policies of Cloud Armor (Compute v1): whom a load balancer turns away, global and regional.
 *
 * A list gives the rules with their policy; those of an organisation are not in it.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/securityPolicies"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"securityPolicy", NULL};

static const struct pl_field_row fields[] = {
    ROW_DEFAULT("adaptiveProtectionConfig.layer7DdosDefenseConfig.enable", "false",
                "discovery: boolean, absent is false"),
    ROW_ID("adaptiveProtectionConfig.layer7DdosDefenseConfig.thresholdConfigs", "name", REST),
    ROW_DEFAULT("advancedOptionsConfig.jsonParsing", "\"DISABLED\"",
                "https://cloud.google.com/armor/docs/security-policy-overview#json-parsing"),
    ROW_DEFAULT("advancedOptionsConfig.logLevel", "\"NORMAL\"",
                "https://cloud.google.com/armor/docs/verbose-logging"),
    ROW_ID("associations", "name", REST),
    ROW_FLAGS("associations[].displayName", SERVER, REST),
    ROW_SET("associations[].excludedFolders", REST),
    ROW_SET("associations[].excludedProjects", REST),
    ROW_FLAGS("associations[].securityPolicyId", SERVER, REST),
    ROW_FLAGS("associations[].shortName", SERVER, REST),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_FLAGS("fingerprint", CHANGES, REST),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#securityPolicy"),
    ROW_FLAGS("labelFingerprint", CHANGES, REST),
    ROW_FLAGS("parent", SERVER, REST),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_ID("rules", "priority", REST),
    ROW_ID("rules[].headerAction.requestHeadersToAdds", "headerName", REST),
    ROW_FLAGS("rules[].kind", SERVER, "discovery: output only"),
    ROW_TYPE("rules[].match.config.srcIpRanges", PL_T_CIDR, PL_F_SET, REST),
    ROW_TYPE("rules[].networkMatch.destIpRanges", PL_T_CIDR, PL_F_SET, REST),
    ROW_TYPE("rules[].networkMatch.destPorts", PL_T_PORTS, PL_F_SET, REST),
    ROW_SET("rules[].networkMatch.ipProtocols", REST),
    ROW_SET("rules[].networkMatch.srcAsns", REST),
    ROW_TYPE("rules[].networkMatch.srcIpRanges", PL_T_CIDR, PL_F_SET, REST),
    ROW_TYPE("rules[].networkMatch.srcPorts", PL_T_PORTS, PL_F_SET, REST),
    ROW_SET("rules[].networkMatch.srcRegionCodes", REST),
    ROW_ID("rules[].networkMatch.userDefinedFields", "name", REST),
    ROW_DEFAULT("rules[].preview", "false", "discovery: boolean, absent is false"),
    ROW_FLAGS("selfLink", CHANGES, REST),
    {"type", PL_T_UNKNOWN, NULL, "\"CLOUD_ARMOR\"", PL_F_IMMUTABLE,
     "https://cloud.google.com/armor/docs/security-policy-overview (a backend policy unless "
     "another is asked for)"},
    ROW_ID("userDefinedFields", "name", REST),
};

const struct pl_kind pl_kind_compute_security_policy = {
    .name = "compute.securityPolicy",
    .title = "Cloud Armor security policy",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/securityPolicies/{securityPolicy}",
    .name_field = "name",
    .schema = &pl_schema_compute_SecurityPolicy,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call =
        {.api = "compute.googleapis.com",
         .list_path = "/compute/v1/projects/{project}/aggregated/securityPolicies",
         .items = "securityPolicies",
         .get_path =
             "/compute/v1/projects/{project}/regions/{location}/securityPolicies/{securityPolicy}",
         .page_size_param = "maxResults",
         .page_size = 500,
         .query = "returnPartialSuccess=true",
         .how = PL_LIST_AGGREGATED,
         .permission = "compute.securityPolicies.list",
         .get_permission = "compute.regionSecurityPolicies.get",
         .role = "roles/compute.viewer"},
    .doc = REST,
};
