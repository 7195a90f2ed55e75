/* Made by gcp/schema/generate.c (make schema) from Google's document of serviceusage v1, revision 20260403. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_GoogleApiServiceusageV1ServiceConfig;
static const struct pl_schema m_Api;
static const struct pl_schema m_Authentication;
static const struct pl_schema m_Documentation;
static const struct pl_schema m_Endpoint;
static const struct pl_schema m_MonitoredResourceDescriptor;
static const struct pl_schema m_Monitoring;
static const struct pl_schema m_Quota;
static const struct pl_schema m_Usage;
static const struct pl_schema m_Method;
static const struct pl_schema m_Mixin;
static const struct pl_schema m_Option;
static const struct pl_schema m_SourceContext;
static const struct pl_schema m_AuthProvider;
static const struct pl_schema m_AuthenticationRule;
static const struct pl_schema m_Page;
static const struct pl_schema m_DocumentationRule;
static const struct pl_schema m_LabelDescriptor;
static const struct pl_schema m_MonitoringDestination;
static const struct pl_schema m_QuotaLimit;
static const struct pl_schema m_MetricRule;
static const struct pl_schema m_UsageRule;
static const struct pl_schema m_JwtLocation;
static const struct pl_schema m_OAuthRequirements;
static const struct pl_schema m_AuthRequirement;

static const char *const e_GoogleApiServiceusageV1Service_state[] = {
    "STATE_UNSPECIFIED",
    "DISABLED",
    "ENABLED",
    NULL,
};
static const char *const e_Api_syntax[] = {
    "SYNTAX_PROTO2",
    "SYNTAX_PROTO3",
    "SYNTAX_EDITIONS",
    NULL,
};
static const char *const e_MonitoredResourceDescriptor_launchStage[] = {
    "LAUNCH_STAGE_UNSPECIFIED",
    "UNIMPLEMENTED",
    "PRELAUNCH",
    "EARLY_ACCESS",
    "ALPHA",
    "BETA",
    "GA",
    "DEPRECATED",
    NULL,
};
static const char *const e_LabelDescriptor_valueType[] = {
    "STRING",
    "BOOL",
    "INT64",
    NULL,
};

static const struct pl_schema_field f_GoogleApiServiceusageV1Service[] = {
    {"config", PL_T_MESSAGE, PL_ONE, &m_GoogleApiServiceusageV1ServiceConfig, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"parent", PL_T_STRING, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_GoogleApiServiceusageV1Service_state},
};
const struct pl_schema pl_schema_serviceusage_Service = {"GoogleApiServiceusageV1Service", f_GoogleApiServiceusageV1Service, 4};

static const struct pl_schema_field f_GoogleApiServiceusageV1ServiceConfig[] = {
    {"apis", PL_T_MESSAGE, PL_MANY, &m_Api, NULL},
    {"authentication", PL_T_MESSAGE, PL_ONE, &m_Authentication, NULL},
    {"documentation", PL_T_MESSAGE, PL_ONE, &m_Documentation, NULL},
    {"endpoints", PL_T_MESSAGE, PL_MANY, &m_Endpoint, NULL},
    {"monitoredResources", PL_T_MESSAGE, PL_MANY, &m_MonitoredResourceDescriptor, NULL},
    {"monitoring", PL_T_MESSAGE, PL_ONE, &m_Monitoring, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"quota", PL_T_MESSAGE, PL_ONE, &m_Quota, NULL},
    {"title", PL_T_STRING, PL_ONE, NULL, NULL},
    {"usage", PL_T_MESSAGE, PL_ONE, &m_Usage, NULL},
};
static const struct pl_schema m_GoogleApiServiceusageV1ServiceConfig = {"GoogleApiServiceusageV1ServiceConfig", f_GoogleApiServiceusageV1ServiceConfig, 10};

static const struct pl_schema_field f_Api[] = {
    {"edition", PL_T_STRING, PL_ONE, NULL, NULL},
    {"methods", PL_T_MESSAGE, PL_MANY, &m_Method, NULL},
    {"mixins", PL_T_MESSAGE, PL_MANY, &m_Mixin, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"options", PL_T_MESSAGE, PL_MANY, &m_Option, NULL},
    {"sourceContext", PL_T_MESSAGE, PL_ONE, &m_SourceContext, NULL},
    {"syntax", PL_T_ENUM, PL_ONE, NULL, e_Api_syntax},
    {"version", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Api = {"Api", f_Api, 8};

static const struct pl_schema_field f_Authentication[] = {
    {"providers", PL_T_MESSAGE, PL_MANY, &m_AuthProvider, NULL},
    {"rules", PL_T_MESSAGE, PL_MANY, &m_AuthenticationRule, NULL},
};
static const struct pl_schema m_Authentication = {"Authentication", f_Authentication, 2};

static const struct pl_schema_field f_Documentation[] = {
    {"additionalIamInfo", PL_T_STRING, PL_ONE, NULL, NULL},
    {"documentationRootUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"overview", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pages", PL_T_MESSAGE, PL_MANY, &m_Page, NULL},
    {"rules", PL_T_MESSAGE, PL_MANY, &m_DocumentationRule, NULL},
    {"sectionOverrides", PL_T_MESSAGE, PL_MANY, &m_Page, NULL},
    {"serviceRootUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"summary", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Documentation = {"Documentation", f_Documentation, 8};

static const struct pl_schema_field f_Endpoint[] = {
    {"aliases", PL_T_STRING, PL_MANY, NULL, NULL},
    {"allowCors", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"target", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Endpoint = {"Endpoint", f_Endpoint, 4};

static const struct pl_schema_field f_MonitoredResourceDescriptor[] = {
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labels", PL_T_MESSAGE, PL_MANY, &m_LabelDescriptor, NULL},
    {"launchStage", PL_T_ENUM, PL_ONE, NULL, e_MonitoredResourceDescriptor_launchStage},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"type", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_MonitoredResourceDescriptor = {"MonitoredResourceDescriptor", f_MonitoredResourceDescriptor, 6};

static const struct pl_schema_field f_Monitoring[] = {
    {"consumerDestinations", PL_T_MESSAGE, PL_MANY, &m_MonitoringDestination, NULL},
    {"producerDestinations", PL_T_MESSAGE, PL_MANY, &m_MonitoringDestination, NULL},
};
static const struct pl_schema m_Monitoring = {"Monitoring", f_Monitoring, 2};

static const struct pl_schema_field f_Quota[] = {
    {"limits", PL_T_MESSAGE, PL_MANY, &m_QuotaLimit, NULL},
    {"metricRules", PL_T_MESSAGE, PL_MANY, &m_MetricRule, NULL},
};
static const struct pl_schema m_Quota = {"Quota", f_Quota, 2};

static const struct pl_schema_field f_Usage[] = {
    {"producerNotificationChannel", PL_T_STRING, PL_ONE, NULL, NULL},
    {"requirements", PL_T_STRING, PL_MANY, NULL, NULL},
    {"rules", PL_T_MESSAGE, PL_MANY, &m_UsageRule, NULL},
};
static const struct pl_schema m_Usage = {"Usage", f_Usage, 3};

static const struct pl_schema_field f_Method[] = {
    {"edition", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"options", PL_T_MESSAGE, PL_MANY, &m_Option, NULL},
    {"requestStreaming", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"requestTypeUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"responseStreaming", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"responseTypeUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"syntax", PL_T_ENUM, PL_ONE, NULL, e_Api_syntax},
};
static const struct pl_schema m_Method = {"Method", f_Method, 8};

static const struct pl_schema_field f_Mixin[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"root", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Mixin = {"Mixin", f_Mixin, 2};

static const struct pl_schema_field f_Option[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_ANY, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_Option = {"Option", f_Option, 2};

static const struct pl_schema_field f_SourceContext[] = {
    {"fileName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SourceContext = {"SourceContext", f_SourceContext, 1};

static const struct pl_schema_field f_AuthProvider[] = {
    {"audiences", PL_T_STRING, PL_ONE, NULL, NULL},
    {"authorizationUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"id", PL_T_STRING, PL_ONE, NULL, NULL},
    {"issuer", PL_T_STRING, PL_ONE, NULL, NULL},
    {"jwksUri", PL_T_STRING, PL_ONE, NULL, NULL},
    {"jwtLocations", PL_T_MESSAGE, PL_MANY, &m_JwtLocation, NULL},
};
static const struct pl_schema m_AuthProvider = {"AuthProvider", f_AuthProvider, 6};

static const struct pl_schema_field f_AuthenticationRule[] = {
    {"allowWithoutCredential", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"oauth", PL_T_MESSAGE, PL_ONE, &m_OAuthRequirements, NULL},
    {"requirements", PL_T_MESSAGE, PL_MANY, &m_AuthRequirement, NULL},
    {"selector", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AuthenticationRule = {"AuthenticationRule", f_AuthenticationRule, 4};

static const struct pl_schema_field f_Page[] = {
    {"content", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subpages", PL_T_MESSAGE, PL_MANY, &m_Page, NULL},
};
static const struct pl_schema m_Page = {"Page", f_Page, 3};

static const struct pl_schema_field f_DocumentationRule[] = {
    {"deprecationDescription", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"disableReplacementWords", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selector", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DocumentationRule = {"DocumentationRule", f_DocumentationRule, 4};

static const struct pl_schema_field f_LabelDescriptor[] = {
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"key", PL_T_STRING, PL_ONE, NULL, NULL},
    {"valueType", PL_T_ENUM, PL_ONE, NULL, e_LabelDescriptor_valueType},
};
static const struct pl_schema m_LabelDescriptor = {"LabelDescriptor", f_LabelDescriptor, 3};

static const struct pl_schema_field f_MonitoringDestination[] = {
    {"metrics", PL_T_STRING, PL_MANY, NULL, NULL},
    {"monitoredResource", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_MonitoringDestination = {"MonitoringDestination", f_MonitoringDestination, 2};

static const struct pl_schema_field f_QuotaLimit[] = {
    {"defaultLimit", PL_T_INT64, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"duration", PL_T_STRING, PL_ONE, NULL, NULL},
    {"freeTier", PL_T_INT64, PL_ONE, NULL, NULL},
    {"maxLimit", PL_T_INT64, PL_ONE, NULL, NULL},
    {"metric", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"unit", PL_T_STRING, PL_ONE, NULL, NULL},
    {"values", PL_T_INT64, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_QuotaLimit = {"QuotaLimit", f_QuotaLimit, 10};

static const struct pl_schema_field f_MetricRule[] = {
    {"metricCosts", PL_T_INT64, PL_KEYED, NULL, NULL},
    {"selector", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_MetricRule = {"MetricRule", f_MetricRule, 2};

static const struct pl_schema_field f_UsageRule[] = {
    {"allowUnregisteredCalls", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"selector", PL_T_STRING, PL_ONE, NULL, NULL},
    {"skipServiceControl", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_UsageRule = {"UsageRule", f_UsageRule, 3};

static const struct pl_schema_field f_JwtLocation[] = {
    {"cookie", PL_T_STRING, PL_ONE, NULL, NULL},
    {"header", PL_T_STRING, PL_ONE, NULL, NULL},
    {"query", PL_T_STRING, PL_ONE, NULL, NULL},
    {"valuePrefix", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_JwtLocation = {"JwtLocation", f_JwtLocation, 4};

static const struct pl_schema_field f_OAuthRequirements[] = {
    {"canonicalScopes", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_OAuthRequirements = {"OAuthRequirements", f_OAuthRequirements, 1};

static const struct pl_schema_field f_AuthRequirement[] = {
    {"audiences", PL_T_STRING, PL_ONE, NULL, NULL},
    {"providerId", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AuthRequirement = {"AuthRequirement", f_AuthRequirement, 2};
