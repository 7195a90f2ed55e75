/* Made by gcp/schema/generate.c (make schema) from Google's document of compute v1, revision unknown. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_Backend;
static const struct pl_schema m_BackendServiceCdnPolicy;
static const struct pl_schema m_CircuitBreakers;
static const struct pl_schema m_ConnectionDraining;
static const struct pl_schema m_BackendServiceConnectionTrackingPolicy;
static const struct pl_schema m_ConsistentHashLoadBalancerSettings;
static const struct pl_schema m_BackendServiceCustomMetric;
static const struct pl_schema m_BackendServiceFailoverPolicy;
static const struct pl_schema m_BackendServiceHAPolicy;
static const struct pl_schema m_BackendServiceIAP;
static const struct pl_schema m_BackendServiceLocalityLoadBalancingPolicyConfig;
static const struct pl_schema m_BackendServiceLogConfig;
static const struct pl_schema m_Duration;
static const struct pl_schema m_BackendServiceNetworkPassThroughLbTrafficPolicy;
static const struct pl_schema m_BackendServiceOrchestrationInfo;
static const struct pl_schema m_OutlierDetection;
static const struct pl_schema m_BackendServiceParams;
static const struct pl_schema m_SecuritySettings;
static const struct pl_schema m_BackendServiceHttpCookie;
static const struct pl_schema m_Subsetting;
static const struct pl_schema m_BackendServiceTlsSettings;
static const struct pl_schema m_BackendServiceUsedBy;
static const struct pl_schema m_Firewall_allowed;
static const struct pl_schema m_Firewall_denied;
static const struct pl_schema m_FirewallLogConfig;
static const struct pl_schema m_FirewallParams;
static const struct pl_schema m_FirewallPolicyAssociation;
static const struct pl_schema m_FirewallPolicyRule;
static const struct pl_schema m_ForwardingRuleAttachedExtension;
static const struct pl_schema m_MetadataFilter;
static const struct pl_schema m_ForwardingRuleServiceDirectoryRegistration;
static const struct pl_schema m_AdvancedMachineFeatures;
static const struct pl_schema m_ConfidentialInstanceConfig;
static const struct pl_schema m_AttachedDisk;
static const struct pl_schema m_DisplayDevice;
static const struct pl_schema m_AcceleratorConfig;
static const struct pl_schema m_CustomerEncryptionKey;
static const struct pl_schema m_Metadata;
static const struct pl_schema m_NetworkInterface;
static const struct pl_schema m_NetworkPerformanceConfig;
static const struct pl_schema m_InstanceParams;
static const struct pl_schema m_ReservationAffinity;
static const struct pl_schema m_ResourceStatus;
static const struct pl_schema m_Scheduling;
static const struct pl_schema m_ServiceAccount;
static const struct pl_schema m_ShieldedInstanceConfig;
static const struct pl_schema m_ShieldedInstanceIntegrityPolicy;
static const struct pl_schema m_Tags;
static const struct pl_schema m_WorkloadIdentityConfig;
static const struct pl_schema m_NetworkParams;
static const struct pl_schema m_NetworkPeering;
static const struct pl_schema m_NetworkRoutingConfig;
static const struct pl_schema m_NetworkEndpointGroupAppEngine;
static const struct pl_schema m_NetworkEndpointGroupCloudFunction;
static const struct pl_schema m_NetworkEndpointGroupCloudRun;
static const struct pl_schema m_NetworkEndpointGroupPscData;
static const struct pl_schema m_NetworksGetEffectiveFirewallsResponseEffectiveFirewallPolicy;
static const struct pl_schema m_RouteAsPath;
static const struct pl_schema m_RouteParams;
static const struct pl_schema m_Route_warnings;
static const struct pl_schema m_RouterBgp;
static const struct pl_schema m_RouterBgpPeer;
static const struct pl_schema m_RouterInterface;
static const struct pl_schema m_RouterMd5AuthenticationKey;
static const struct pl_schema m_RouterNat;
static const struct pl_schema m_RouterParams;
static const struct pl_schema m_SecurityPolicyAdaptiveProtectionConfig;
static const struct pl_schema m_SecurityPolicyAdvancedOptionsConfig;
static const struct pl_schema m_SecurityPolicyAssociation;
static const struct pl_schema m_SecurityPolicyDdosProtectionConfig;
static const struct pl_schema m_SecurityPolicyRecaptchaOptionsConfig;
static const struct pl_schema m_SecurityPolicyRule;
static const struct pl_schema m_SecurityPolicyUserDefinedField;
static const struct pl_schema m_ServiceAttachmentConnectedEndpoint;
static const struct pl_schema m_ServiceAttachmentConsumerProjectLimit;
static const struct pl_schema m_Uint128;
static const struct pl_schema m_SslCertificateManagedSslCertificate;
static const struct pl_schema m_SslCertificateSelfManagedSslCertificate;
static const struct pl_schema m_SubnetworkLogConfig;
static const struct pl_schema m_SubnetworkParams;
static const struct pl_schema m_SubnetworkSecondaryRange;
static const struct pl_schema m_SubnetworkUtilizationDetails;
static const struct pl_schema m_CustomErrorResponsePolicy;
static const struct pl_schema m_HttpRouteAction;
static const struct pl_schema m_HttpRedirectAction;
static const struct pl_schema m_HttpHeaderAction;
static const struct pl_schema m_HostRule;
static const struct pl_schema m_PathMatcher;
static const struct pl_schema m_UrlMapTest;
static const struct pl_schema m_BackendCustomMetric;
static const struct pl_schema m_BackendBackendOrchestrationInfo;
static const struct pl_schema m_BackendServiceCdnPolicyBypassCacheOnRequestHeader;
static const struct pl_schema m_CacheKeyPolicy;
static const struct pl_schema m_BackendServiceCdnPolicyNegativeCachingPolicy;
static const struct pl_schema m_ConsistentHashLoadBalancerSettingsHttpCookie;
static const struct pl_schema m_BackendServiceHAPolicyLeader;
static const struct pl_schema m_BackendServiceLocalityLoadBalancingPolicyConfigCustomPolicy;
static const struct pl_schema m_BackendServiceLocalityLoadBalancingPolicyConfigPolicy;
static const struct pl_schema m_BackendServiceLogConfigLoggingHttpHeader;
static const struct pl_schema m_BackendServiceNetworkPassThroughLbTrafficPolicyZonalAffinity;
static const struct pl_schema m_AWSV4Signature;
static const struct pl_schema m_BackendServiceTlsSettingsSubjectAltName;
static const struct pl_schema m_FirewallPolicyRuleMatcher;
static const struct pl_schema m_FirewallPolicyRuleSecureTag;
static const struct pl_schema m_MetadataFilterLabelMatch;
static const struct pl_schema m_GuestOsFeature;
static const struct pl_schema m_AttachedDiskInitializeParams;
static const struct pl_schema m_InitialStateConfig;
static const struct pl_schema m_Metadata_items;
static const struct pl_schema m_AccessConfig;
static const struct pl_schema m_AliasIpRange;
static const struct pl_schema m_ResourceStatusEffectiveInstanceMetadata;
static const struct pl_schema m_ResourceStatusPhysicalHostTopology;
static const struct pl_schema m_ResourceStatusReservationConsumptionInfo;
static const struct pl_schema m_ResourceStatusScheduling;
static const struct pl_schema m_ResourceStatusShutdownDetails;
static const struct pl_schema m_UpcomingMaintenance;
static const struct pl_schema m_SchedulingGracefulShutdown;
static const struct pl_schema m_SchedulingNodeAffinity;
static const struct pl_schema m_SchedulingOnInstanceStopAction;
static const struct pl_schema m_NetworkPeeringConnectionStatus;
static const struct pl_schema m_Route_warnings_data;
static const struct pl_schema m_RouterAdvertisedIpRange;
static const struct pl_schema m_RouterBgpPeerBfd;
static const struct pl_schema m_RouterBgpPeerCustomLearnedIpRange;
static const struct pl_schema m_RouterNatLogConfig;
static const struct pl_schema m_RouterNatSubnetworkToNat64;
static const struct pl_schema m_RouterNatRule;
static const struct pl_schema m_RouterNatSubnetworkToNat;
static const struct pl_schema m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfig;
static const struct pl_schema m_SecurityPolicyAdvancedOptionsConfigJsonCustomConfig;
static const struct pl_schema m_SecurityPolicyRuleHttpHeaderAction;
static const struct pl_schema m_SecurityPolicyRuleMatcher;
static const struct pl_schema m_SecurityPolicyRuleNetworkMatcher;
static const struct pl_schema m_SecurityPolicyRulePreconfiguredWafConfig;
static const struct pl_schema m_SecurityPolicyRuleRateLimitOptions;
static const struct pl_schema m_SecurityPolicyRuleRedirectOptions;
static const struct pl_schema m_SubnetworkUtilizationDetailsIPV6Utilization;
static const struct pl_schema m_SubnetworkUtilizationDetailsIPV4Utilization;
static const struct pl_schema m_CustomErrorResponsePolicyCustomErrorResponseRule;
static const struct pl_schema m_CachePolicy;
static const struct pl_schema m_CorsPolicy;
static const struct pl_schema m_HttpFaultInjection;
static const struct pl_schema m_RequestMirrorPolicy;
static const struct pl_schema m_HttpRetryPolicy;
static const struct pl_schema m_UrlRewrite;
static const struct pl_schema m_WeightedBackendService;
static const struct pl_schema m_HttpHeaderOption;
static const struct pl_schema m_PathRule;
static const struct pl_schema m_HttpRouteRule;
static const struct pl_schema m_UrlMapTestHeader;
static const struct pl_schema m_BackendServiceHAPolicyLeaderNetworkEndpoint;
static const struct pl_schema m_FirewallPolicyRuleMatcherLayer4Config;
static const struct pl_schema m_FileContentBuffer;
static const struct pl_schema m_ResourceStatusPhysicalHostTopologyAdditionalAttributes;
static const struct pl_schema m_NetworkPeeringConnectionStatusConsensusState;
static const struct pl_schema m_NetworkPeeringConnectionStatusTrafficConfiguration;
static const struct pl_schema m_RouterNatRuleAction;
static const struct pl_schema m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfig;
static const struct pl_schema m_SecurityPolicyRuleHttpHeaderActionHttpHeaderOption;
static const struct pl_schema m_SecurityPolicyRuleMatcherConfig;
static const struct pl_schema m_Expr;
static const struct pl_schema m_SecurityPolicyRuleMatcherExprOptions;
static const struct pl_schema m_SecurityPolicyRuleNetworkMatcherUserDefinedFieldMatch;
static const struct pl_schema m_SecurityPolicyRulePreconfiguredWafConfigExclusion;
static const struct pl_schema m_SecurityPolicyRuleRateLimitOptionsThreshold;
static const struct pl_schema m_SecurityPolicyRuleRateLimitOptionsEnforceOnKeyConfig;
static const struct pl_schema m_CachePolicyCacheKeyPolicy;
static const struct pl_schema m_CachePolicyNegativeCachingPolicy;
static const struct pl_schema m_HttpFaultAbort;
static const struct pl_schema m_HttpFaultDelay;
static const struct pl_schema m_RegexRewrite;
static const struct pl_schema m_HttpRouteRuleMatch;
static const struct pl_schema m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfigTrafficGranularityConfig;
static const struct pl_schema m_SecurityPolicyRuleMatcherExprOptionsRecaptchaOptions;
static const struct pl_schema m_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams;
static const struct pl_schema m_HttpHeaderMatch;
static const struct pl_schema m_HttpQueryParameterMatch;
static const struct pl_schema m_Int64RangeMatch;

static const char *const e_Address_addressType[] = {
    "EXTERNAL",
    "INTERNAL",
    "UNSPECIFIED_TYPE",
    NULL,
};
static const char *const e_Address_ipVersion[] = {
    "IPV4",
    "IPV6",
    "UNSPECIFIED_VERSION",
    NULL,
};
static const char *const e_Address_ipv6EndpointType[] = {
    "NETLB",
    "VM",
    NULL,
};
static const char *const e_Address_networkTier[] = {
    "FIXED_STANDARD",
    "PREMIUM",
    "STANDARD",
    "STANDARD_OVERRIDES_FIXED_STANDARD",
    NULL,
};
static const char *const e_Address_purpose[] = {
    "DNS_RESOLVER",
    "GCE_ENDPOINT",
    "IPSEC_INTERCONNECT",
    "NAT_AUTO",
    "PRIVATE_SERVICE_CONNECT",
    "SERVERLESS",
    "SHARED_LOADBALANCER_VIP",
    "VPC_PEERING",
    NULL,
};
static const char *const e_Address_status[] = {
    "IN_USE",
    "RESERVED",
    "RESERVING",
    NULL,
};
static const char *const e_BackendService_compressionMode[] = {
    "AUTOMATIC",
    "DISABLED",
    NULL,
};
static const char *const e_BackendService_externalManagedMigrationState[] = {
    "PREPARE",
    "TEST_ALL_TRAFFIC",
    "TEST_BY_PERCENTAGE",
    NULL,
};
static const char *const e_BackendService_ipAddressSelectionPolicy[] = {
    "IPV4_ONLY",
    "IPV6_ONLY",
    "IP_ADDRESS_SELECTION_POLICY_UNSPECIFIED",
    "PREFER_IPV6",
    NULL,
};
static const char *const e_BackendService_loadBalancingScheme[] = {
    "EXTERNAL",
    "EXTERNAL_MANAGED",
    "INTERNAL",
    "INTERNAL_MANAGED",
    "INTERNAL_SELF_MANAGED",
    "INVALID_LOAD_BALANCING_SCHEME",
    NULL,
};
static const char *const e_BackendService_localityLbPolicy[] = {
    "INVALID_LB_POLICY",
    "LEAST_REQUEST",
    "MAGLEV",
    "ORIGINAL_DESTINATION",
    "RANDOM",
    "RING_HASH",
    "ROUND_ROBIN",
    "WEIGHTED_GCP_RENDEZVOUS",
    "WEIGHTED_MAGLEV",
    "WEIGHTED_ROUND_ROBIN",
    NULL,
};
static const char *const e_BackendService_protocol[] = {
    "GRPC",
    "H2C",
    "HTTP",
    "HTTP2",
    "HTTPS",
    "SSL",
    "TCP",
    "UDP",
    "UNSPECIFIED",
    NULL,
};
static const char *const e_BackendService_sessionAffinity[] = {
    "CLIENT_IP",
    "CLIENT_IP_NO_DESTINATION",
    "CLIENT_IP_PORT_PROTO",
    "CLIENT_IP_PROTO",
    "GENERATED_COOKIE",
    "HEADER_FIELD",
    "HTTP_COOKIE",
    "NONE",
    "STRONG_COOKIE_AFFINITY",
    NULL,
};
static const char *const e_ExchangedPeeringRoute_type[] = {
    "DYNAMIC_PEERING_ROUTE",
    "STATIC_PEERING_ROUTE",
    "SUBNET_PEERING_ROUTE",
    NULL,
};
static const char *const e_Firewall_direction[] = {
    "EGRESS",
    "INGRESS",
    NULL,
};
static const char *const e_FirewallPolicy_policyType[] = {
    "RDMA_ROCE_POLICY",
    "ULL_POLICY",
    "VPC_POLICY",
    NULL,
};
static const char *const e_ForwardingRule_IPProtocol[] = {
    "AH",
    "ESP",
    "ICMP",
    "L3_DEFAULT",
    "SCTP",
    "TCP",
    "UDP",
    NULL,
};
static const char *const e_ForwardingRule_loadBalancingScheme[] = {
    "EXTERNAL",
    "EXTERNAL_MANAGED",
    "INTERNAL",
    "INTERNAL_MANAGED",
    "INTERNAL_SELF_MANAGED",
    "INVALID",
    NULL,
};
static const char *const e_ForwardingRule_pscConnectionStatus[] = {
    "ACCEPTED",
    "CLOSED",
    "NEEDS_ATTENTION",
    "PENDING",
    "REJECTED",
    "STATUS_UNSPECIFIED",
    NULL,
};
static const char *const e_Instance_keyRevocationActionType[] = {
    "KEY_REVOCATION_ACTION_TYPE_UNSPECIFIED",
    "NONE",
    "STOP",
    NULL,
};
static const char *const e_Instance_localSsdEncryptionMode[] = {
    "EPHEMERAL_KEY_ENCRYPTION",
    "LOCAL_SSD_ENCRYPTION_MODE_UNSPECIFIED",
    "STANDARD_ENCRYPTION",
    NULL,
};
static const char *const e_Instance_privateIpv6GoogleAccess[] = {
    "ENABLE_BIDIRECTIONAL_ACCESS_TO_GOOGLE",
    "ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE",
    "INHERIT_FROM_SUBNETWORK",
    NULL,
};
static const char *const e_Instance_status[] = {
    "DEPROVISIONING",
    "PENDING",
    "PENDING_STOP",
    "PROVISIONING",
    "REPAIRING",
    "RUNNING",
    "STAGING",
    "STOPPED",
    "STOPPING",
    "SUSPENDED",
    "SUSPENDING",
    "TERMINATED",
    NULL,
};
static const char *const e_Network_networkFirewallPolicyEnforcementOrder[] = {
    "AFTER_CLASSIC_FIREWALL",
    "BEFORE_CLASSIC_FIREWALL",
    NULL,
};
static const char *const e_NetworkEndpointGroup_networkEndpointType[] = {
    "GCE_VM_IP",
    "GCE_VM_IP_PORT",
    "GCE_VM_IP_PORTMAP",
    "INTERNET_FQDN_PORT",
    "INTERNET_IP_PORT",
    "NON_GCP_PRIVATE_IP_PORT",
    "PRIVATE_SERVICE_CONNECT",
    "SERVERLESS",
    NULL,
};
static const char *const e_RegionNetworkFirewallPoliciesGetEffectiveFirewallsResponseEffectiveFirewallPolicy_type[] = {
    "HIERARCHY",
    "NETWORK",
    "NETWORK_REGIONAL",
    "SYSTEM_GLOBAL",
    "SYSTEM_REGIONAL",
    "UNSPECIFIED",
    NULL,
};
static const char *const e_Route_nextHopOrigin[] = {
    "EGP",
    "IGP",
    "INCOMPLETE",
    NULL,
};
static const char *const e_Route_routeStatus[] = {
    "ACTIVE",
    "DROPPED",
    "INACTIVE",
    "PENDING",
    NULL,
};
static const char *const e_Route_routeType[] = {
    "BGP",
    "STATIC",
    "SUBNET",
    "TRANSIT",
    NULL,
};
static const char *const e_SecurityPolicy_type[] = {
    "CLOUD_ARMOR",
    "CLOUD_ARMOR_EDGE",
    "CLOUD_ARMOR_NETWORK",
    NULL,
};
static const char *const e_ServiceAttachment_connectionPreference[] = {
    "ACCEPT_AUTOMATIC",
    "ACCEPT_MANUAL",
    "CONNECTION_PREFERENCE_UNSPECIFIED",
    NULL,
};
static const char *const e_SslCertificate_type[] = {
    "MANAGED",
    "SELF_MANAGED",
    "TYPE_UNSPECIFIED",
    NULL,
};
static const char *const e_Subnetwork_ipv6AccessType[] = {
    "EXTERNAL",
    "INTERNAL",
    "UNSPECIFIED_IPV6_ACCESS_TYPE",
    NULL,
};
static const char *const e_Subnetwork_ipv6GceEndpoint[] = {
    "VM_AND_FR",
    "VM_ONLY",
    NULL,
};
static const char *const e_Subnetwork_privateIpv6GoogleAccess[] = {
    "DISABLE_GOOGLE_ACCESS",
    "ENABLE_BIDIRECTIONAL_ACCESS_TO_GOOGLE",
    "ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE",
    NULL,
};
static const char *const e_Subnetwork_purpose[] = {
    "GLOBAL_MANAGED_PROXY",
    "INTERNAL_HTTPS_LOAD_BALANCER",
    "PEER_MIGRATION",
    "PRIVATE",
    "PRIVATE_NAT",
    "PRIVATE_RFC_1918",
    "PRIVATE_SERVICE_CONNECT",
    "REGIONAL_MANAGED_PROXY",
    NULL,
};
static const char *const e_Subnetwork_resolveSubnetMask[] = {
    "ARP_ALL_RANGES",
    "ARP_PRIMARY_RANGE",
    NULL,
};
static const char *const e_Subnetwork_role[] = {
    "ACTIVE",
    "BACKUP",
    NULL,
};
static const char *const e_Subnetwork_stackType[] = {
    "IPV4_IPV6",
    "IPV4_ONLY",
    "IPV6_ONLY",
    "UNSPECIFIED_STACK_TYPE",
    NULL,
};
static const char *const e_Subnetwork_state[] = {
    "DRAINING",
    "READY",
    NULL,
};
static const char *const e_TargetHttpsProxy_quicOverride[] = {
    "DISABLE",
    "ENABLE",
    "NONE",
    NULL,
};
static const char *const e_TargetHttpsProxy_tlsEarlyData[] = {
    "DISABLED",
    "PERMISSIVE",
    "STRICT",
    "UNRESTRICTED",
    NULL,
};
static const char *const e_Backend_balancingMode[] = {
    "CONNECTION",
    "CUSTOM_METRICS",
    "IN_FLIGHT",
    "RATE",
    "UTILIZATION",
    NULL,
};
static const char *const e_Backend_preference[] = {
    "DEFAULT",
    "PREFERENCE_UNSPECIFIED",
    "PREFERRED",
    NULL,
};
static const char *const e_Backend_trafficDuration[] = {
    "LONG",
    "SHORT",
    "TRAFFIC_DURATION_UNSPECIFIED",
    NULL,
};
static const char *const e_BackendServiceCdnPolicy_cacheMode[] = {
    "CACHE_ALL_STATIC",
    "FORCE_CACHE_ALL",
    "INVALID_CACHE_MODE",
    "USE_ORIGIN_HEADERS",
    NULL,
};
static const char *const e_BackendServiceConnectionTrackingPolicy_connectionPersistenceOnUnhealthyBackends[] = {
    "ALWAYS_PERSIST",
    "DEFAULT_FOR_PROTOCOL",
    "NEVER_PERSIST",
    NULL,
};
static const char *const e_BackendServiceConnectionTrackingPolicy_trackingMode[] = {
    "INVALID_TRACKING_MODE",
    "PER_CONNECTION",
    "PER_SESSION",
    NULL,
};
static const char *const e_BackendServiceHAPolicy_fastIPMove[] = {
    "DISABLED",
    "GARP_RA",
    NULL,
};
static const char *const e_BackendServiceLogConfig_optionalMode[] = {
    "CUSTOM",
    "EXCLUDE_ALL_OPTIONAL",
    "INCLUDE_ALL_OPTIONAL",
    NULL,
};
static const char *const e_Subsetting_policy[] = {
    "CONSISTENT_HASH_SUBSETTING",
    "NONE",
    NULL,
};
static const char *const e_FirewallLogConfig_metadata[] = {
    "EXCLUDE_ALL_METADATA",
    "INCLUDE_ALL_METADATA",
    NULL,
};
static const char *const e_FirewallPolicyRule_targetType[] = {
    "INSTANCES",
    "INTERNAL_MANAGED_LB",
    NULL,
};
static const char *const e_MetadataFilter_filterMatchCriteria[] = {
    "MATCH_ALL",
    "MATCH_ANY",
    "NOT_SET",
    NULL,
};
static const char *const e_AdvancedMachineFeatures_performanceMonitoringUnit[] = {
    "ARCHITECTURAL",
    "ENHANCED",
    "PERFORMANCE_MONITORING_UNIT_UNSPECIFIED",
    "STANDARD",
    NULL,
};
static const char *const e_ConfidentialInstanceConfig_confidentialInstanceType[] = {
    "CCA",
    "CONFIDENTIAL_INSTANCE_TYPE_UNSPECIFIED",
    "SEV",
    "SEV_SNP",
    "TDX",
    NULL,
};
static const char *const e_AttachedDisk_architecture[] = {
    "ARCHITECTURE_UNSPECIFIED",
    "ARM64",
    "X86_64",
    NULL,
};
static const char *const e_AttachedDisk_interface[] = {
    "NVME",
    "SCSI",
    NULL,
};
static const char *const e_AttachedDisk_mode[] = {
    "READ_ONLY",
    "READ_WRITE",
    NULL,
};
static const char *const e_AttachedDisk_savedState[] = {
    "DISK_SAVED_STATE_UNSPECIFIED",
    "PRESERVED",
    NULL,
};
static const char *const e_AttachedDisk_type[] = {
    "PERSISTENT",
    "SCRATCH",
    NULL,
};
static const char *const e_NetworkInterface_igmpQuery[] = {
    "IGMP_QUERY_DISABLED",
    "IGMP_QUERY_V2",
    NULL,
};
static const char *const e_NetworkInterface_nicType[] = {
    "GVNIC",
    "IDPF",
    "IRDMA",
    "MRDMA",
    "UNSPECIFIED_NIC_TYPE",
    "VIRTIO_NET",
    NULL,
};
static const char *const e_NetworkPerformanceConfig_totalEgressBandwidthTier[] = {
    "DEFAULT",
    "TIER_1",
    NULL,
};
static const char *const e_ReservationAffinity_consumeReservationType[] = {
    "ANY_RESERVATION",
    "NO_RESERVATION",
    "SPECIFIC_RESERVATION",
    "UNSPECIFIED",
    NULL,
};
static const char *const e_Scheduling_instanceTerminationAction[] = {
    "DELETE",
    "INSTANCE_TERMINATION_ACTION_UNSPECIFIED",
    "STOP",
    NULL,
};
static const char *const e_Scheduling_onHostMaintenance[] = {
    "MIGRATE",
    "TERMINATE",
    NULL,
};
static const char *const e_Scheduling_provisioningModel[] = {
    "FLEX_START",
    "RESERVATION_BOUND",
    "SPOT",
    "STANDARD",
    NULL,
};
static const char *const e_NetworkPeering_stackType[] = {
    "IPV4_IPV6",
    "IPV4_ONLY",
    NULL,
};
static const char *const e_NetworkPeering_state[] = {
    "ACTIVE",
    "INACTIVE",
    NULL,
};
static const char *const e_NetworkPeering_updateStrategy[] = {
    "CONSENSUS",
    "INDEPENDENT",
    "UNSPECIFIED",
    NULL,
};
static const char *const e_NetworkRoutingConfig_bgpBestPathSelectionMode[] = {
    "LEGACY",
    "STANDARD",
    NULL,
};
static const char *const e_NetworkRoutingConfig_bgpInterRegionCost[] = {
    "ADD_COST_TO_MED",
    "DEFAULT",
    NULL,
};
static const char *const e_NetworkRoutingConfig_routingMode[] = {
    "GLOBAL",
    "REGIONAL",
    NULL,
};
static const char *const e_NetworksGetEffectiveFirewallsResponseEffectiveFirewallPolicy_type[] = {
    "HIERARCHY",
    "NETWORK",
    "SYSTEM",
    "UNSPECIFIED",
    NULL,
};
static const char *const e_RouteAsPath_pathSegmentType[] = {
    "AS_CONFED_SEQUENCE",
    "AS_CONFED_SET",
    "AS_SEQUENCE",
    "AS_SET",
    NULL,
};
static const char *const e_Route_warnings_code[] = {
    "CLEANUP_FAILED",
    "DEPRECATED_RESOURCE_USED",
    "DEPRECATED_TYPE_USED",
    "DISK_SIZE_LARGER_THAN_IMAGE_SIZE",
    "EXPERIMENTAL_TYPE_USED",
    "EXTERNAL_API_WARNING",
    "FIELD_VALUE_OVERRIDEN",
    "INJECTED_KERNELS_DEPRECATED",
    "INVALID_HEALTH_CHECK_FOR_DYNAMIC_WIEGHTED_LB",
    "LARGE_DEPLOYMENT_WARNING",
    "LIST_OVERHEAD_QUOTA_EXCEED",
    "MISSING_TYPE_DEPENDENCY",
    "NEXT_HOP_ADDRESS_NOT_ASSIGNED",
    "NEXT_HOP_CANNOT_IP_FORWARD",
    "NEXT_HOP_INSTANCE_HAS_NO_IPV6_INTERFACE",
    "NEXT_HOP_INSTANCE_NOT_FOUND",
    "NEXT_HOP_INSTANCE_NOT_ON_NETWORK",
    "NEXT_HOP_NOT_RUNNING",
    "NOT_CRITICAL_ERROR",
    "NO_RESULTS_ON_PAGE",
    "PARTIAL_SUCCESS",
    "QUOTA_INFO_UNAVAILABLE",
    "REQUIRED_TOS_AGREEMENT",
    "RESOURCE_IN_USE_BY_OTHER_RESOURCE_WARNING",
    "RESOURCE_NOT_DELETED",
    "SCHEMA_VALIDATION_IGNORED",
    "SINGLE_INSTANCE_PROPERTY_TEMPLATE",
    "UNDECLARED_PROPERTIES",
    "UNREACHABLE",
    NULL,
};
static const char *const e_RouterBgp_advertiseMode[] = {
    "CUSTOM",
    "DEFAULT",
    NULL,
};
static const char *const e_RouterBgp_advertisedGroups[] = {
    "ALL_SUBNETS",
    NULL,
};
static const char *const e_RouterBgpPeer_enable[] = {
    "FALSE",
    "TRUE",
    NULL,
};
static const char *const e_RouterBgpPeer_managementType[] = {
    "MANAGED_BY_ATTACHMENT",
    "MANAGED_BY_USER",
    NULL,
};
static const char *const e_RouterInterface_ipVersion[] = {
    "IPV4",
    "IPV6",
    NULL,
};
static const char *const e_RouterNat_endpointTypes[] = {
    "ENDPOINT_TYPE_MANAGED_PROXY_LB",
    "ENDPOINT_TYPE_SWG",
    "ENDPOINT_TYPE_VM",
    NULL,
};
static const char *const e_RouterNat_natIpAllocateOption[] = {
    "AUTO_ONLY",
    "MANUAL_ONLY",
    NULL,
};
static const char *const e_RouterNat_sourceSubnetworkIpRangesToNat[] = {
    "ALL_SUBNETWORKS_ALL_IP_RANGES",
    "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
    "LIST_OF_SUBNETWORKS",
    NULL,
};
static const char *const e_RouterNat_sourceSubnetworkIpRangesToNat64[] = {
    "ALL_IPV6_SUBNETWORKS",
    "LIST_OF_IPV6_SUBNETWORKS",
    NULL,
};
static const char *const e_RouterNat_type[] = {
    "PRIVATE",
    "PUBLIC",
    NULL,
};
static const char *const e_SecurityPolicyAdvancedOptionsConfig_jsonParsing[] = {
    "DISABLED",
    "STANDARD",
    "STANDARD_WITH_GRAPHQL",
    NULL,
};
static const char *const e_SecurityPolicyAdvancedOptionsConfig_logLevel[] = {
    "NORMAL",
    "VERBOSE",
    NULL,
};
static const char *const e_SecurityPolicyDdosProtectionConfig_ddosAdaptiveProtection[] = {
    "DDOS_ADAPTIVE_PROTECTION_UNSPECIFIED",
    "DISABLED",
    "ENABLED",
    "PREVIEW",
    "UNSPECIFIED_ADAPTIVE_PROTECTION",
    NULL,
};
static const char *const e_SecurityPolicyDdosProtectionConfig_ddosProtection[] = {
    "ADVANCED",
    "ADVANCED_PREVIEW",
    "STANDARD",
    NULL,
};
static const char *const e_SecurityPolicyUserDefinedField_base[] = {
    "IPV4",
    "IPV6",
    "TCP",
    "UDP",
    NULL,
};
static const char *const e_SslCertificateManagedSslCertificate_status[] = {
    "ACTIVE",
    "MANAGED_CERTIFICATE_STATUS_UNSPECIFIED",
    "PROVISIONING",
    "PROVISIONING_FAILED",
    "PROVISIONING_FAILED_PERMANENTLY",
    "RENEWAL_FAILED",
    NULL,
};
static const char *const e_SubnetworkLogConfig_aggregationInterval[] = {
    "INTERVAL_10_MIN",
    "INTERVAL_15_MIN",
    "INTERVAL_1_MIN",
    "INTERVAL_30_SEC",
    "INTERVAL_5_MIN",
    "INTERVAL_5_SEC",
    NULL,
};
static const char *const e_SubnetworkLogConfig_metadata[] = {
    "CUSTOM_METADATA",
    "EXCLUDE_ALL_METADATA",
    "INCLUDE_ALL_METADATA",
    NULL,
};
static const char *const e_SubnetworkSecondaryRange_ipVersion[] = {
    "IPV4",
    "IPV6",
    "IP_VERSION_UNSPECIFIED",
    NULL,
};
static const char *const e_HttpRedirectAction_redirectResponseCode[] = {
    "FOUND",
    "MOVED_PERMANENTLY_DEFAULT",
    "PERMANENT_REDIRECT",
    "SEE_OTHER",
    "TEMPORARY_REDIRECT",
    NULL,
};
static const char *const e_BackendServiceNetworkPassThroughLbTrafficPolicyZonalAffinity_spillover[] = {
    "ZONAL_AFFINITY_DISABLED",
    "ZONAL_AFFINITY_SPILL_CROSS_ZONE",
    "ZONAL_AFFINITY_STAY_WITHIN_ZONE",
    NULL,
};
static const char *const e_FirewallPolicyRuleSecureTag_state[] = {
    "EFFECTIVE",
    "INEFFECTIVE",
    NULL,
};
static const char *const e_GuestOsFeature_type[] = {
    "BARE_METAL_LINUX_COMPATIBLE",
    "CCA_CAPABLE",
    "FEATURE_TYPE_UNSPECIFIED",
    "GVNIC",
    "IDPF",
    "MULTI_IP_SUBNET",
    "SECURE_BOOT",
    "SEV_CAPABLE",
    "SEV_LIVE_MIGRATABLE",
    "SEV_LIVE_MIGRATABLE_V2",
    "SEV_SNP_CAPABLE",
    "SNP_SVSM_CAPABLE",
    "TDX_CAPABLE",
    "UEFI_COMPATIBLE",
    "VIRTIO_SCSI_MULTIQUEUE",
    "WINDOWS",
    NULL,
};
static const char *const e_AttachedDiskInitializeParams_onUpdateAction[] = {
    "RECREATE_DISK",
    "RECREATE_DISK_IF_SOURCE_CHANGED",
    "USE_EXISTING_DISK",
    NULL,
};
static const char *const e_AccessConfig_type[] = {
    "DIRECT_IPV6",
    "ONE_TO_ONE_NAT",
    NULL,
};
static const char *const e_ResourceStatusShutdownDetails_stopState[] = {
    "PENDING_STOP",
    "STOPPING",
    NULL,
};
static const char *const e_ResourceStatusShutdownDetails_targetState[] = {
    "DELETED",
    "STOPPED",
    NULL,
};
static const char *const e_UpcomingMaintenance_maintenanceReasons[] = {
    "FAILURE_DISK",
    "FAILURE_GPU",
    "FAILURE_GPU_MULTIPLE_FAULTY_HOSTS_CUSTOMER_REPORTED",
    "FAILURE_GPU_NVLINK_SWITCH_CUSTOMER_REPORTED",
    "FAILURE_GPU_TEMPERATURE",
    "FAILURE_GPU_XID",
    "FAILURE_INFRA",
    "FAILURE_INTERFACE",
    "FAILURE_MEMORY",
    "FAILURE_NETWORK",
    "FAILURE_NVLINK",
    "FAILURE_REDUNDANT_HARDWARE_FAULT",
    "FAILURE_TPU",
    "INFRASTRUCTURE_RELOCATION",
    "MAINTENANCE_REASON_UNKNOWN",
    "PLANNED_NETWORK_UPDATE",
    "PLANNED_UPDATE",
    NULL,
};
static const char *const e_UpcomingMaintenance_maintenanceStatus[] = {
    "ONGOING",
    "PENDING",
    "UNKNOWN",
    NULL,
};
static const char *const e_UpcomingMaintenance_type[] = {
    "MULTIPLE",
    "SCHEDULED",
    "UNKNOWN_TYPE",
    "UNSCHEDULED",
    NULL,
};
static const char *const e_SchedulingNodeAffinity_operator[] = {
    "IN",
    "NOT_IN",
    "OPERATOR_UNSPECIFIED",
    NULL,
};
static const char *const e_RouterBgpPeerBfd_sessionInitializationMode[] = {
    "ACTIVE",
    "DISABLED",
    "PASSIVE",
    NULL,
};
static const char *const e_RouterNatLogConfig_filter[] = {
    "ALL",
    "ERRORS_ONLY",
    "TRANSLATIONS_ONLY",
    NULL,
};
static const char *const e_RouterNatSubnetworkToNat_sourceIpRangesToNat[] = {
    "ALL_IP_RANGES",
    "LIST_OF_SECONDARY_IP_RANGES",
    "PRIMARY_IP_RANGE",
    NULL,
};
static const char *const e_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfig_ruleVisibility[] = {
    "PREMIUM",
    "STANDARD",
    NULL,
};
static const char *const e_SecurityPolicyRuleMatcher_versionedExpr[] = {
    "SRC_IPS_V1",
    NULL,
};
static const char *const e_SecurityPolicyRuleRateLimitOptions_enforceOnKey[] = {
    "ALL",
    "HTTP_COOKIE",
    "HTTP_HEADER",
    "HTTP_PATH",
    "IP",
    "REGION_CODE",
    "SNI",
    "TLS_JA3_FINGERPRINT",
    "TLS_JA4_FINGERPRINT",
    "USER_IP",
    "XFF_IP",
    NULL,
};
static const char *const e_SecurityPolicyRuleRedirectOptions_type[] = {
    "EXTERNAL_302",
    "GOOGLE_RECAPTCHA",
    NULL,
};
static const char *const e_CachePolicy_cacheMode[] = {
    "CACHE_ALL_STATIC",
    "FORCE_CACHE_ALL",
    "USE_ORIGIN_HEADERS",
    NULL,
};
static const char *const e_FileContentBuffer_fileType[] = {
    "BIN",
    "UNDEFINED",
    "X509",
    NULL,
};
static const char *const e_NetworkPeeringConnectionStatusConsensusState_deleteStatus[] = {
    "DELETE_ACKNOWLEDGED",
    "DELETE_STATUS_UNSPECIFIED",
    "LOCAL_CANCEL_REQUESTED",
    "LOCAL_DELETE_REQUESTED",
    "PEER_CANCEL_REQUESTED",
    "PEER_DELETE_REQUESTED",
    NULL,
};
static const char *const e_NetworkPeeringConnectionStatusConsensusState_updateStatus[] = {
    "IN_SYNC",
    "PENDING_LOCAL_ACKNOWLEDMENT",
    "PENDING_PEER_ACKNOWLEDGEMENT",
    "UPDATE_STATUS_UNSPECIFIED",
    NULL,
};
static const char *const e_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfigTrafficGranularityConfig_type[] = {
    "HTTP_HEADER_HOST",
    "HTTP_PATH",
    "UNSPECIFIED_TYPE",
    NULL,
};
static const char *const e_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams_op[] = {
    "CONTAINS",
    "ENDS_WITH",
    "EQUALS",
    "EQUALS_ANY",
    "STARTS_WITH",
    NULL,
};

static const struct pl_schema_field f_Address[] = {
    {"address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"addressType", PL_T_ENUM, PL_ONE, NULL, e_Address_addressType},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"ipCollection", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipVersion", PL_T_ENUM, PL_ONE, NULL, e_Address_ipVersion},
    {"ipv6EndpointType", PL_T_ENUM, PL_ONE, NULL, e_Address_ipv6EndpointType},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labelFingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkTier", PL_T_ENUM, PL_ONE, NULL, e_Address_networkTier},
    {"prefixLength", PL_T_INT, PL_ONE, NULL, NULL},
    {"purpose", PL_T_ENUM, PL_ONE, NULL, e_Address_purpose},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"status", PL_T_ENUM, PL_ONE, NULL, e_Address_status},
    {"subnetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"users", PL_T_STRING, PL_MANY, NULL, NULL},
};
const struct pl_schema pl_schema_compute_Address = {"Address", f_Address, 21};

static const struct pl_schema_field f_BackendService[] = {
    {"affinityCookieTtlSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"backends", PL_T_MESSAGE, PL_MANY, &m_Backend, NULL},
    {"cdnPolicy", PL_T_MESSAGE, PL_ONE, &m_BackendServiceCdnPolicy, NULL},
    {"circuitBreakers", PL_T_MESSAGE, PL_ONE, &m_CircuitBreakers, NULL},
    {"compressionMode", PL_T_ENUM, PL_ONE, NULL, e_BackendService_compressionMode},
    {"connectionDraining", PL_T_MESSAGE, PL_ONE, &m_ConnectionDraining, NULL},
    {"connectionTrackingPolicy", PL_T_MESSAGE, PL_ONE, &m_BackendServiceConnectionTrackingPolicy, NULL},
    {"consistentHash", PL_T_MESSAGE, PL_ONE, &m_ConsistentHashLoadBalancerSettings, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"customMetrics", PL_T_MESSAGE, PL_MANY, &m_BackendServiceCustomMetric, NULL},
    {"customRequestHeaders", PL_T_STRING, PL_MANY, NULL, NULL},
    {"customResponseHeaders", PL_T_STRING, PL_MANY, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"edgeSecurityPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"enableCDN", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"externalManagedMigrationState", PL_T_ENUM, PL_ONE, NULL, e_BackendService_externalManagedMigrationState},
    {"externalManagedMigrationTestingPercentage", PL_T_REAL, PL_ONE, NULL, NULL},
    {"failoverPolicy", PL_T_MESSAGE, PL_ONE, &m_BackendServiceFailoverPolicy, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"haPolicy", PL_T_MESSAGE, PL_ONE, &m_BackendServiceHAPolicy, NULL},
    {"healthChecks", PL_T_STRING, PL_MANY, NULL, NULL},
    {"iap", PL_T_MESSAGE, PL_ONE, &m_BackendServiceIAP, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"ipAddressSelectionPolicy", PL_T_ENUM, PL_ONE, NULL, e_BackendService_ipAddressSelectionPolicy},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"loadBalancingScheme", PL_T_ENUM, PL_ONE, NULL, e_BackendService_loadBalancingScheme},
    {"localityLbPolicies", PL_T_MESSAGE, PL_MANY, &m_BackendServiceLocalityLoadBalancingPolicyConfig, NULL},
    {"localityLbPolicy", PL_T_ENUM, PL_ONE, NULL, e_BackendService_localityLbPolicy},
    {"logConfig", PL_T_MESSAGE, PL_ONE, &m_BackendServiceLogConfig, NULL},
    {"maxStreamDuration", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"metadatas", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkPassThroughLbTrafficPolicy", PL_T_MESSAGE, PL_ONE, &m_BackendServiceNetworkPassThroughLbTrafficPolicy, NULL},
    {"orchestrationInfo", PL_T_MESSAGE, PL_ONE, &m_BackendServiceOrchestrationInfo, NULL},
    {"outlierDetection", PL_T_MESSAGE, PL_ONE, &m_OutlierDetection, NULL},
    {"params", PL_T_MESSAGE, PL_ONE, &m_BackendServiceParams, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
    {"portName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"protocol", PL_T_ENUM, PL_ONE, NULL, e_BackendService_protocol},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"securityPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"securitySettings", PL_T_MESSAGE, PL_ONE, &m_SecuritySettings, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceBindings", PL_T_STRING, PL_MANY, NULL, NULL},
    {"serviceLbPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sessionAffinity", PL_T_ENUM, PL_ONE, NULL, e_BackendService_sessionAffinity},
    {"strongSessionAffinityCookie", PL_T_MESSAGE, PL_ONE, &m_BackendServiceHttpCookie, NULL},
    {"subsetting", PL_T_MESSAGE, PL_ONE, &m_Subsetting, NULL},
    {"timeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"tlsSettings", PL_T_MESSAGE, PL_ONE, &m_BackendServiceTlsSettings, NULL},
    {"usedBy", PL_T_MESSAGE, PL_MANY, &m_BackendServiceUsedBy, NULL},
};
const struct pl_schema pl_schema_compute_BackendService = {"BackendService", f_BackendService, 52};

static const struct pl_schema_field f_ExchangedPeeringRoute[] = {
    {"destRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"imported", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"nextHopRegion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"priority", PL_T_INT, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_ExchangedPeeringRoute_type},
};
const struct pl_schema pl_schema_compute_ExchangedPeeringRoute = {"ExchangedPeeringRoute", f_ExchangedPeeringRoute, 5};

static const struct pl_schema_field f_Firewall[] = {
    {"allowed", PL_T_MESSAGE, PL_MANY, &m_Firewall_allowed, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"denied", PL_T_MESSAGE, PL_MANY, &m_Firewall_denied, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"destinationRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"direction", PL_T_ENUM, PL_ONE, NULL, e_Firewall_direction},
    {"disabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"logConfig", PL_T_MESSAGE, PL_ONE, &m_FirewallLogConfig, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"params", PL_T_MESSAGE, PL_ONE, &m_FirewallParams, NULL},
    {"priority", PL_T_INT, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sourceRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sourceServiceAccounts", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sourceTags", PL_T_STRING, PL_MANY, NULL, NULL},
    {"targetServiceAccounts", PL_T_STRING, PL_MANY, NULL, NULL},
    {"targetTags", PL_T_STRING, PL_MANY, NULL, NULL},
};
const struct pl_schema pl_schema_compute_Firewall = {"Firewall", f_Firewall, 20};

static const struct pl_schema_field f_FirewallPolicy[] = {
    {"associations", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyAssociation, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"packetMirroringRules", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRule, NULL},
    {"parent", PL_T_STRING, PL_ONE, NULL, NULL},
    {"policyType", PL_T_ENUM, PL_ONE, NULL, e_FirewallPolicy_policyType},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ruleTupleCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"rules", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRule, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLinkWithId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"shortName", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_compute_FirewallPolicy = {"FirewallPolicy", f_FirewallPolicy, 17};

static const struct pl_schema_field f_ForwardingRule[] = {
    {"IPAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"IPProtocol", PL_T_ENUM, PL_ONE, NULL, e_ForwardingRule_IPProtocol},
    {"allPorts", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"allowGlobalAccess", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"allowPscGlobalAccess", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"attachedExtensions", PL_T_MESSAGE, PL_MANY, &m_ForwardingRuleAttachedExtension, NULL},
    {"backendService", PL_T_STRING, PL_ONE, NULL, NULL},
    {"baseForwardingRule", PL_T_STRING, PL_ONE, NULL, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"externalManagedBackendBucketMigrationState", PL_T_ENUM, PL_ONE, NULL, e_BackendService_externalManagedMigrationState},
    {"externalManagedBackendBucketMigrationTestingPercentage", PL_T_REAL, PL_ONE, NULL, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"ipCollection", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipVersion", PL_T_ENUM, PL_ONE, NULL, e_Address_ipVersion},
    {"isMirroringCollector", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labelFingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"loadBalancingScheme", PL_T_ENUM, PL_ONE, NULL, e_ForwardingRule_loadBalancingScheme},
    {"metadataFilters", PL_T_MESSAGE, PL_MANY, &m_MetadataFilter, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkTier", PL_T_ENUM, PL_ONE, NULL, e_Address_networkTier},
    {"noAutomateDnsZone", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"portRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ports", PL_T_STRING, PL_MANY, NULL, NULL},
    {"pscConnectionId", PL_T_INT64, PL_ONE, NULL, NULL},
    {"pscConnectionStatus", PL_T_ENUM, PL_ONE, NULL, e_ForwardingRule_pscConnectionStatus},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLinkWithId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceDirectoryRegistrations", PL_T_MESSAGE, PL_MANY, &m_ForwardingRuleServiceDirectoryRegistration, NULL},
    {"serviceLabel", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sourceIpRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"subnetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"target", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_compute_ForwardingRule = {"ForwardingRule", f_ForwardingRule, 39};

static const struct pl_schema_field f_Instance[] = {
    {"advancedMachineFeatures", PL_T_MESSAGE, PL_ONE, &m_AdvancedMachineFeatures, NULL},
    {"canIpForward", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"confidentialInstanceConfig", PL_T_MESSAGE, PL_ONE, &m_ConfidentialInstanceConfig, NULL},
    {"cpuPlatform", PL_T_STRING, PL_ONE, NULL, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"deletionProtection", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"disks", PL_T_MESSAGE, PL_MANY, &m_AttachedDisk, NULL},
    {"displayDevice", PL_T_MESSAGE, PL_ONE, &m_DisplayDevice, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"guestAccelerators", PL_T_MESSAGE, PL_MANY, &m_AcceleratorConfig, NULL},
    {"hostname", PL_T_STRING, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"instanceEncryptionKey", PL_T_MESSAGE, PL_ONE, &m_CustomerEncryptionKey, NULL},
    {"keyRevocationActionType", PL_T_ENUM, PL_ONE, NULL, e_Instance_keyRevocationActionType},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labelFingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"lastStartTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"lastStopTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"lastSuspendedTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"localSsdEncryptionMode", PL_T_ENUM, PL_ONE, NULL, e_Instance_localSsdEncryptionMode},
    {"machineType", PL_T_STRING, PL_ONE, NULL, NULL},
    {"metadata", PL_T_MESSAGE, PL_ONE, &m_Metadata, NULL},
    {"minCpuPlatform", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkInterfaces", PL_T_MESSAGE, PL_MANY, &m_NetworkInterface, NULL},
    {"networkPerformanceConfig", PL_T_MESSAGE, PL_ONE, &m_NetworkPerformanceConfig, NULL},
    {"params", PL_T_MESSAGE, PL_ONE, &m_InstanceParams, NULL},
    {"privateIpv6GoogleAccess", PL_T_ENUM, PL_ONE, NULL, e_Instance_privateIpv6GoogleAccess},
    {"reservationAffinity", PL_T_MESSAGE, PL_ONE, &m_ReservationAffinity, NULL},
    {"resourcePolicies", PL_T_STRING, PL_MANY, NULL, NULL},
    {"resourceStatus", PL_T_MESSAGE, PL_ONE, &m_ResourceStatus, NULL},
    {"satisfiesPzi", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"scheduling", PL_T_MESSAGE, PL_ONE, &m_Scheduling, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceAccounts", PL_T_MESSAGE, PL_MANY, &m_ServiceAccount, NULL},
    {"shieldedInstanceConfig", PL_T_MESSAGE, PL_ONE, &m_ShieldedInstanceConfig, NULL},
    {"shieldedInstanceIntegrityPolicy", PL_T_MESSAGE, PL_ONE, &m_ShieldedInstanceIntegrityPolicy, NULL},
    {"sourceMachineImage", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sourceMachineImageEncryptionKey", PL_T_MESSAGE, PL_ONE, &m_CustomerEncryptionKey, NULL},
    {"startRestricted", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"status", PL_T_ENUM, PL_ONE, NULL, e_Instance_status},
    {"statusMessage", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tags", PL_T_MESSAGE, PL_ONE, &m_Tags, NULL},
    {"workloadIdentityConfig", PL_T_MESSAGE, PL_ONE, &m_WorkloadIdentityConfig, NULL},
    {"zone", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_compute_Instance = {"Instance", f_Instance, 48};

static const struct pl_schema_field f_Network[] = {
    {"IPv4Range", PL_T_STRING, PL_ONE, NULL, NULL},
    {"autoCreateSubnetworks", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"enableUlaInternalIpv6", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"firewallPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"gatewayIPv4", PL_T_STRING, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"internalIpv6Range", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"mtu", PL_T_INT, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkFirewallPolicyEnforcementOrder", PL_T_ENUM, PL_ONE, NULL, e_Network_networkFirewallPolicyEnforcementOrder},
    {"networkProfile", PL_T_STRING, PL_ONE, NULL, NULL},
    {"params", PL_T_MESSAGE, PL_ONE, &m_NetworkParams, NULL},
    {"peerings", PL_T_MESSAGE, PL_MANY, &m_NetworkPeering, NULL},
    {"routingConfig", PL_T_MESSAGE, PL_ONE, &m_NetworkRoutingConfig, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLinkWithId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subnetworks", PL_T_STRING, PL_MANY, NULL, NULL},
};
const struct pl_schema pl_schema_compute_Network = {"Network", f_Network, 20};

static const struct pl_schema_field f_NetworkEndpointGroup[] = {
    {"annotations", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"appEngine", PL_T_MESSAGE, PL_ONE, &m_NetworkEndpointGroupAppEngine, NULL},
    {"cloudFunction", PL_T_MESSAGE, PL_ONE, &m_NetworkEndpointGroupCloudFunction, NULL},
    {"cloudRun", PL_T_MESSAGE, PL_ONE, &m_NetworkEndpointGroupCloudRun, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"defaultPort", PL_T_INT, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkEndpointType", PL_T_ENUM, PL_ONE, NULL, e_NetworkEndpointGroup_networkEndpointType},
    {"pscData", PL_T_MESSAGE, PL_ONE, &m_NetworkEndpointGroupPscData, NULL},
    {"pscTargetService", PL_T_STRING, PL_ONE, NULL, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"size", PL_T_INT, PL_ONE, NULL, NULL},
    {"subnetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"zone", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_compute_NetworkEndpointGroup = {"NetworkEndpointGroup", f_NetworkEndpointGroup, 19};

static const struct pl_schema_field f_NetworksGetEffectiveFirewallsResponse[] = {
    {"firewallPolicys", PL_T_MESSAGE, PL_MANY, &m_NetworksGetEffectiveFirewallsResponseEffectiveFirewallPolicy, NULL},
    {"firewalls", PL_T_MESSAGE, PL_MANY, &pl_schema_compute_Firewall, NULL},
};
const struct pl_schema pl_schema_compute_EffectiveFirewalls = {"NetworksGetEffectiveFirewallsResponse", f_NetworksGetEffectiveFirewallsResponse, 2};

static const struct pl_schema_field f_RegionNetworkFirewallPoliciesGetEffectiveFirewallsResponseEffectiveFirewallPolicy[] = {
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"packetMirroringRules", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRule, NULL},
    {"priority", PL_T_INT, PL_ONE, NULL, NULL},
    {"rules", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRule, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_RegionNetworkFirewallPoliciesGetEffectiveFirewallsResponseEffectiveFirewallPolicy_type},
};
const struct pl_schema pl_schema_compute_RegionalFirewallPolicy = {"RegionNetworkFirewallPoliciesGetEffectiveFirewallsResponseEffectiveFirewallPolicy", f_RegionNetworkFirewallPoliciesGetEffectiveFirewallsResponseEffectiveFirewallPolicy, 6};

static const struct pl_schema_field f_Route[] = {
    {"asPaths", PL_T_MESSAGE, PL_MANY, &m_RouteAsPath, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"destRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopGateway", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopHub", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopIlb", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopInstance", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopInterRegionCost", PL_T_INT, PL_ONE, NULL, NULL},
    {"nextHopInterconnectAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopIp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopMed", PL_T_INT, PL_ONE, NULL, NULL},
    {"nextHopNetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopOrigin", PL_T_ENUM, PL_ONE, NULL, e_Route_nextHopOrigin},
    {"nextHopPeering", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nextHopVpnTunnel", PL_T_STRING, PL_ONE, NULL, NULL},
    {"params", PL_T_MESSAGE, PL_ONE, &m_RouteParams, NULL},
    {"priority", PL_T_INT, PL_ONE, NULL, NULL},
    {"routeStatus", PL_T_ENUM, PL_ONE, NULL, e_Route_routeStatus},
    {"routeType", PL_T_ENUM, PL_ONE, NULL, e_Route_routeType},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tags", PL_T_STRING, PL_MANY, NULL, NULL},
    {"warnings", PL_T_MESSAGE, PL_MANY, &m_Route_warnings, NULL},
};
const struct pl_schema pl_schema_compute_Route = {"Route", f_Route, 27};

static const struct pl_schema_field f_Router[] = {
    {"bgp", PL_T_MESSAGE, PL_ONE, &m_RouterBgp, NULL},
    {"bgpPeers", PL_T_MESSAGE, PL_MANY, &m_RouterBgpPeer, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"encryptedInterconnectRouter", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"interfaces", PL_T_MESSAGE, PL_MANY, &m_RouterInterface, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"md5AuthenticationKeys", PL_T_MESSAGE, PL_MANY, &m_RouterMd5AuthenticationKey, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nats", PL_T_MESSAGE, PL_MANY, &m_RouterNat, NULL},
    {"nccGateway", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"params", PL_T_MESSAGE, PL_ONE, &m_RouterParams, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_compute_Router = {"Router", f_Router, 16};

static const struct pl_schema_field f_SecurityPolicy[] = {
    {"adaptiveProtectionConfig", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyAdaptiveProtectionConfig, NULL},
    {"advancedOptionsConfig", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyAdvancedOptionsConfig, NULL},
    {"associations", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyAssociation, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ddosProtectionConfig", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyDdosProtectionConfig, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labelFingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"parent", PL_T_STRING, PL_ONE, NULL, NULL},
    {"recaptchaOptionsConfig", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRecaptchaOptionsConfig, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"rules", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRule, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"shortName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicy_type},
    {"userDefinedFields", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyUserDefinedField, NULL},
};
const struct pl_schema pl_schema_compute_SecurityPolicy = {"SecurityPolicy", f_SecurityPolicy, 20};

static const struct pl_schema_field f_ServiceAttachment[] = {
    {"connectedEndpoints", PL_T_MESSAGE, PL_MANY, &m_ServiceAttachmentConnectedEndpoint, NULL},
    {"connectionPreference", PL_T_ENUM, PL_ONE, NULL, e_ServiceAttachment_connectionPreference},
    {"consumerAcceptLists", PL_T_MESSAGE, PL_MANY, &m_ServiceAttachmentConsumerProjectLimit, NULL},
    {"consumerRejectLists", PL_T_STRING, PL_MANY, NULL, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"domainNames", PL_T_STRING, PL_MANY, NULL, NULL},
    {"enableProxyProtocol", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"metadata", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"natIpsPerEndpoint", PL_T_INT, PL_ONE, NULL, NULL},
    {"natSubnets", PL_T_STRING, PL_MANY, NULL, NULL},
    {"producerForwardingRule", PL_T_STRING, PL_ONE, NULL, NULL},
    {"propagatedConnectionLimit", PL_T_INT, PL_ONE, NULL, NULL},
    {"pscServiceAttachmentId", PL_T_MESSAGE, PL_ONE, &m_Uint128, NULL},
    {"reconcileConnections", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"targetService", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_compute_ServiceAttachment = {"ServiceAttachment", f_ServiceAttachment, 22};

static const struct pl_schema_field f_SslCertificate[] = {
    {"certificate", PL_T_STRING, PL_ONE, NULL, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"expireTime", PL_T_STRING, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"managed", PL_T_MESSAGE, PL_ONE, &m_SslCertificateManagedSslCertificate, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"privateKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfManaged", PL_T_MESSAGE, PL_ONE, &m_SslCertificateSelfManagedSslCertificate, NULL},
    {"subjectAlternativeNames", PL_T_STRING, PL_MANY, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_SslCertificate_type},
};
const struct pl_schema pl_schema_compute_SslCertificate = {"SslCertificate", f_SslCertificate, 14};

static const struct pl_schema_field f_Subnetwork[] = {
    {"allowSubnetCidrRoutesOverlap", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"enableFlowLogs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"externalIpv6Prefix", PL_T_STRING, PL_ONE, NULL, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"gatewayAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"internalIpv6Prefix", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipCidrRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipCollection", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipv6AccessType", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_ipv6AccessType},
    {"ipv6CidrRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipv6GceEndpoint", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_ipv6GceEndpoint},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"logConfig", PL_T_MESSAGE, PL_ONE, &m_SubnetworkLogConfig, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"params", PL_T_MESSAGE, PL_ONE, &m_SubnetworkParams, NULL},
    {"privateIpGoogleAccess", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"privateIpv6GoogleAccess", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_privateIpv6GoogleAccess},
    {"purpose", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_purpose},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"reservedInternalRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"resolveSubnetMask", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_resolveSubnetMask},
    {"role", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_role},
    {"secondaryIpRanges", PL_T_MESSAGE, PL_MANY, &m_SubnetworkSecondaryRange, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"stackType", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_stackType},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_state},
    {"systemReservedExternalIpv6Ranges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"systemReservedInternalIpv6Ranges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"utilizationDetails", PL_T_MESSAGE, PL_ONE, &m_SubnetworkUtilizationDetails, NULL},
};
const struct pl_schema pl_schema_compute_Subnetwork = {"Subnetwork", f_Subnetwork, 33};

static const struct pl_schema_field f_TargetHttpsProxy[] = {
    {"authorizationPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"certificateMap", PL_T_STRING, PL_ONE, NULL, NULL},
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"httpKeepAliveTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"proxyBind", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"quicOverride", PL_T_ENUM, PL_ONE, NULL, e_TargetHttpsProxy_quicOverride},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serverTlsPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sslCertificates", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sslPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tlsEarlyData", PL_T_ENUM, PL_ONE, NULL, e_TargetHttpsProxy_tlsEarlyData},
    {"urlMap", PL_T_STRING, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_compute_TargetHttpsProxy = {"TargetHttpsProxy", f_TargetHttpsProxy, 18};

static const struct pl_schema_field f_UrlMap[] = {
    {"creationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"defaultCustomErrorResponsePolicy", PL_T_MESSAGE, PL_ONE, &m_CustomErrorResponsePolicy, NULL},
    {"defaultRouteAction", PL_T_MESSAGE, PL_ONE, &m_HttpRouteAction, NULL},
    {"defaultService", PL_T_STRING, PL_ONE, NULL, NULL},
    {"defaultUrlRedirect", PL_T_MESSAGE, PL_ONE, &m_HttpRedirectAction, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"headerAction", PL_T_MESSAGE, PL_ONE, &m_HttpHeaderAction, NULL},
    {"hostRules", PL_T_MESSAGE, PL_MANY, &m_HostRule, NULL},
    {"id", PL_T_INT64, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pathMatchers", PL_T_MESSAGE, PL_MANY, &m_PathMatcher, NULL},
    {"region", PL_T_STRING, PL_ONE, NULL, NULL},
    {"selfLink", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tests", PL_T_MESSAGE, PL_MANY, &m_UrlMapTest, NULL},
};
const struct pl_schema pl_schema_compute_UrlMap = {"UrlMap", f_UrlMap, 16};

static const struct pl_schema_field f_Backend[] = {
    {"balancingMode", PL_T_ENUM, PL_ONE, NULL, e_Backend_balancingMode},
    {"capacityScaler", PL_T_REAL, PL_ONE, NULL, NULL},
    {"customMetrics", PL_T_MESSAGE, PL_MANY, &m_BackendCustomMetric, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"failover", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"group", PL_T_STRING, PL_ONE, NULL, NULL},
    {"maxConnections", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxConnectionsPerEndpoint", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxConnectionsPerInstance", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxInFlightRequests", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxInFlightRequestsPerEndpoint", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxInFlightRequestsPerInstance", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxRate", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxRatePerEndpoint", PL_T_REAL, PL_ONE, NULL, NULL},
    {"maxRatePerInstance", PL_T_REAL, PL_ONE, NULL, NULL},
    {"maxUtilization", PL_T_REAL, PL_ONE, NULL, NULL},
    {"orchestrationInfo", PL_T_MESSAGE, PL_ONE, &m_BackendBackendOrchestrationInfo, NULL},
    {"preference", PL_T_ENUM, PL_ONE, NULL, e_Backend_preference},
    {"trafficDuration", PL_T_ENUM, PL_ONE, NULL, e_Backend_trafficDuration},
};
static const struct pl_schema m_Backend = {"Backend", f_Backend, 19};

static const struct pl_schema_field f_BackendServiceCdnPolicy[] = {
    {"bypassCacheOnRequestHeaders", PL_T_MESSAGE, PL_MANY, &m_BackendServiceCdnPolicyBypassCacheOnRequestHeader, NULL},
    {"cacheKeyPolicy", PL_T_MESSAGE, PL_ONE, &m_CacheKeyPolicy, NULL},
    {"cacheMode", PL_T_ENUM, PL_ONE, NULL, e_BackendServiceCdnPolicy_cacheMode},
    {"clientTtl", PL_T_INT, PL_ONE, NULL, NULL},
    {"defaultTtl", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxTtl", PL_T_INT, PL_ONE, NULL, NULL},
    {"negativeCaching", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"negativeCachingPolicy", PL_T_MESSAGE, PL_MANY, &m_BackendServiceCdnPolicyNegativeCachingPolicy, NULL},
    {"requestCoalescing", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"serveWhileStale", PL_T_INT, PL_ONE, NULL, NULL},
    {"signedUrlCacheMaxAgeSec", PL_T_INT64, PL_ONE, NULL, NULL},
    {"signedUrlKeyNames", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_BackendServiceCdnPolicy = {"BackendServiceCdnPolicy", f_BackendServiceCdnPolicy, 12};

static const struct pl_schema_field f_CircuitBreakers[] = {
    {"maxConnections", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxPendingRequests", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxRequests", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxRequestsPerConnection", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxRetries", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CircuitBreakers = {"CircuitBreakers", f_CircuitBreakers, 5};

static const struct pl_schema_field f_ConnectionDraining[] = {
    {"drainingTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ConnectionDraining = {"ConnectionDraining", f_ConnectionDraining, 1};

static const struct pl_schema_field f_BackendServiceConnectionTrackingPolicy[] = {
    {"connectionPersistenceOnUnhealthyBackends", PL_T_ENUM, PL_ONE, NULL, e_BackendServiceConnectionTrackingPolicy_connectionPersistenceOnUnhealthyBackends},
    {"enableStrongAffinity", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"idleTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"trackingMode", PL_T_ENUM, PL_ONE, NULL, e_BackendServiceConnectionTrackingPolicy_trackingMode},
};
static const struct pl_schema m_BackendServiceConnectionTrackingPolicy = {"BackendServiceConnectionTrackingPolicy", f_BackendServiceConnectionTrackingPolicy, 4};

static const struct pl_schema_field f_ConsistentHashLoadBalancerSettings[] = {
    {"httpCookie", PL_T_MESSAGE, PL_ONE, &m_ConsistentHashLoadBalancerSettingsHttpCookie, NULL},
    {"httpHeaderName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"minimumRingSize", PL_T_INT64, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ConsistentHashLoadBalancerSettings = {"ConsistentHashLoadBalancerSettings", f_ConsistentHashLoadBalancerSettings, 3};

static const struct pl_schema_field f_BackendServiceCustomMetric[] = {
    {"dryRun", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceCustomMetric = {"BackendServiceCustomMetric", f_BackendServiceCustomMetric, 2};

static const struct pl_schema_field f_BackendServiceFailoverPolicy[] = {
    {"disableConnectionDrainOnFailover", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"dropTrafficIfUnhealthy", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"failoverRatio", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceFailoverPolicy = {"BackendServiceFailoverPolicy", f_BackendServiceFailoverPolicy, 3};

static const struct pl_schema_field f_BackendServiceHAPolicy[] = {
    {"fastIPMove", PL_T_ENUM, PL_ONE, NULL, e_BackendServiceHAPolicy_fastIPMove},
    {"leader", PL_T_MESSAGE, PL_ONE, &m_BackendServiceHAPolicyLeader, NULL},
};
static const struct pl_schema m_BackendServiceHAPolicy = {"BackendServiceHAPolicy", f_BackendServiceHAPolicy, 2};

static const struct pl_schema_field f_BackendServiceIAP[] = {
    {"enabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"oauth2ClientId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"oauth2ClientSecret", PL_T_STRING, PL_ONE, NULL, NULL},
    {"oauth2ClientSecretSha256", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceIAP = {"BackendServiceIAP", f_BackendServiceIAP, 4};

static const struct pl_schema_field f_BackendServiceLocalityLoadBalancingPolicyConfig[] = {
    {"customPolicy", PL_T_MESSAGE, PL_ONE, &m_BackendServiceLocalityLoadBalancingPolicyConfigCustomPolicy, NULL},
    {"policy", PL_T_MESSAGE, PL_ONE, &m_BackendServiceLocalityLoadBalancingPolicyConfigPolicy, NULL},
};
static const struct pl_schema m_BackendServiceLocalityLoadBalancingPolicyConfig = {"BackendServiceLocalityLoadBalancingPolicyConfig", f_BackendServiceLocalityLoadBalancingPolicyConfig, 2};

static const struct pl_schema_field f_BackendServiceLogConfig[] = {
    {"enable", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"loggingHttpRequestHeaders", PL_T_MESSAGE, PL_MANY, &m_BackendServiceLogConfigLoggingHttpHeader, NULL},
    {"loggingHttpResponseHeaders", PL_T_MESSAGE, PL_MANY, &m_BackendServiceLogConfigLoggingHttpHeader, NULL},
    {"optionalFields", PL_T_STRING, PL_MANY, NULL, NULL},
    {"optionalMode", PL_T_ENUM, PL_ONE, NULL, e_BackendServiceLogConfig_optionalMode},
    {"sampleRate", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceLogConfig = {"BackendServiceLogConfig", f_BackendServiceLogConfig, 6};

static const struct pl_schema_field f_Duration[] = {
    {"nanos", PL_T_INT, PL_ONE, NULL, NULL},
    {"seconds", PL_T_INT64, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Duration = {"Duration", f_Duration, 2};

static const struct pl_schema_field f_BackendServiceNetworkPassThroughLbTrafficPolicy[] = {
    {"zonalAffinity", PL_T_MESSAGE, PL_ONE, &m_BackendServiceNetworkPassThroughLbTrafficPolicyZonalAffinity, NULL},
};
static const struct pl_schema m_BackendServiceNetworkPassThroughLbTrafficPolicy = {"BackendServiceNetworkPassThroughLbTrafficPolicy", f_BackendServiceNetworkPassThroughLbTrafficPolicy, 1};

static const struct pl_schema_field f_BackendServiceOrchestrationInfo[] = {
    {"resourceUri", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceOrchestrationInfo = {"BackendServiceOrchestrationInfo", f_BackendServiceOrchestrationInfo, 1};

static const struct pl_schema_field f_OutlierDetection[] = {
    {"baseEjectionTime", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"consecutiveErrors", PL_T_INT, PL_ONE, NULL, NULL},
    {"consecutiveGatewayFailure", PL_T_INT, PL_ONE, NULL, NULL},
    {"enforcingConsecutiveErrors", PL_T_INT, PL_ONE, NULL, NULL},
    {"enforcingConsecutiveGatewayFailure", PL_T_INT, PL_ONE, NULL, NULL},
    {"enforcingSuccessRate", PL_T_INT, PL_ONE, NULL, NULL},
    {"interval", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"maxEjectionPercent", PL_T_INT, PL_ONE, NULL, NULL},
    {"successRateMinimumHosts", PL_T_INT, PL_ONE, NULL, NULL},
    {"successRateRequestVolume", PL_T_INT, PL_ONE, NULL, NULL},
    {"successRateStdevFactor", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_OutlierDetection = {"OutlierDetection", f_OutlierDetection, 11};

static const struct pl_schema_field f_BackendServiceParams[] = {
    {"resourceManagerTags", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_BackendServiceParams = {"BackendServiceParams", f_BackendServiceParams, 1};

static const struct pl_schema_field f_SecuritySettings[] = {
    {"awsV4Authentication", PL_T_MESSAGE, PL_ONE, &m_AWSV4Signature, NULL},
    {"clientTlsPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subjectAltNames", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SecuritySettings = {"SecuritySettings", f_SecuritySettings, 3};

static const struct pl_schema_field f_BackendServiceHttpCookie[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"path", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ttl", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
};
static const struct pl_schema m_BackendServiceHttpCookie = {"BackendServiceHttpCookie", f_BackendServiceHttpCookie, 3};

static const struct pl_schema_field f_Subsetting[] = {
    {"policy", PL_T_ENUM, PL_ONE, NULL, e_Subsetting_policy},
};
static const struct pl_schema m_Subsetting = {"Subsetting", f_Subsetting, 1};

static const struct pl_schema_field f_BackendServiceTlsSettings[] = {
    {"authenticationConfig", PL_T_STRING, PL_ONE, NULL, NULL},
    {"identity", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sni", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subjectAltNames", PL_T_MESSAGE, PL_MANY, &m_BackendServiceTlsSettingsSubjectAltName, NULL},
};
static const struct pl_schema m_BackendServiceTlsSettings = {"BackendServiceTlsSettings", f_BackendServiceTlsSettings, 4};

static const struct pl_schema_field f_BackendServiceUsedBy[] = {
    {"reference", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceUsedBy = {"BackendServiceUsedBy", f_BackendServiceUsedBy, 1};

static const struct pl_schema_field f_Firewall_allowed[] = {
    {"IPProtocol", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ports", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_Firewall_allowed = {"Firewall.allowed", f_Firewall_allowed, 2};

static const struct pl_schema_field f_Firewall_denied[] = {
    {"IPProtocol", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ports", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_Firewall_denied = {"Firewall.denied", f_Firewall_denied, 2};

static const struct pl_schema_field f_FirewallLogConfig[] = {
    {"enable", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"metadata", PL_T_ENUM, PL_ONE, NULL, e_FirewallLogConfig_metadata},
};
static const struct pl_schema m_FirewallLogConfig = {"FirewallLogConfig", f_FirewallLogConfig, 2};

static const struct pl_schema_field f_FirewallParams[] = {
    {"resourceManagerTags", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_FirewallParams = {"FirewallParams", f_FirewallParams, 1};

static const struct pl_schema_field f_FirewallPolicyAssociation[] = {
    {"attachmentTarget", PL_T_STRING, PL_ONE, NULL, NULL},
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"firewallPolicyId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"shortName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_FirewallPolicyAssociation = {"FirewallPolicyAssociation", f_FirewallPolicyAssociation, 5};

static const struct pl_schema_field f_FirewallPolicyRule[] = {
    {"action", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"direction", PL_T_ENUM, PL_ONE, NULL, e_Firewall_direction},
    {"disabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableLogging", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"match", PL_T_MESSAGE, PL_ONE, &m_FirewallPolicyRuleMatcher, NULL},
    {"priority", PL_T_INT, PL_ONE, NULL, NULL},
    {"ruleName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ruleTupleCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"securityProfileGroup", PL_T_STRING, PL_ONE, NULL, NULL},
    {"targetForwardingRules", PL_T_STRING, PL_MANY, NULL, NULL},
    {"targetResources", PL_T_STRING, PL_MANY, NULL, NULL},
    {"targetSecureTags", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRuleSecureTag, NULL},
    {"targetServiceAccounts", PL_T_STRING, PL_MANY, NULL, NULL},
    {"targetType", PL_T_ENUM, PL_ONE, NULL, e_FirewallPolicyRule_targetType},
    {"tlsInspect", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_FirewallPolicyRule = {"FirewallPolicyRule", f_FirewallPolicyRule, 17};

static const struct pl_schema_field f_ForwardingRuleAttachedExtension[] = {
    {"reference", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ForwardingRuleAttachedExtension = {"ForwardingRuleAttachedExtension", f_ForwardingRuleAttachedExtension, 1};

static const struct pl_schema_field f_MetadataFilter[] = {
    {"filterLabels", PL_T_MESSAGE, PL_MANY, &m_MetadataFilterLabelMatch, NULL},
    {"filterMatchCriteria", PL_T_ENUM, PL_ONE, NULL, e_MetadataFilter_filterMatchCriteria},
};
static const struct pl_schema m_MetadataFilter = {"MetadataFilter", f_MetadataFilter, 2};

static const struct pl_schema_field f_ForwardingRuleServiceDirectoryRegistration[] = {
    {"namespace", PL_T_STRING, PL_ONE, NULL, NULL},
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceDirectoryRegion", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ForwardingRuleServiceDirectoryRegistration = {"ForwardingRuleServiceDirectoryRegistration", f_ForwardingRuleServiceDirectoryRegistration, 3};

static const struct pl_schema_field f_AdvancedMachineFeatures[] = {
    {"enableNestedVirtualization", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableUefiNetworking", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"performanceMonitoringUnit", PL_T_ENUM, PL_ONE, NULL, e_AdvancedMachineFeatures_performanceMonitoringUnit},
    {"threadsPerCore", PL_T_INT, PL_ONE, NULL, NULL},
    {"turboMode", PL_T_STRING, PL_ONE, NULL, NULL},
    {"visibleCoreCount", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AdvancedMachineFeatures = {"AdvancedMachineFeatures", f_AdvancedMachineFeatures, 6};

static const struct pl_schema_field f_ConfidentialInstanceConfig[] = {
    {"confidentialInstanceType", PL_T_ENUM, PL_ONE, NULL, e_ConfidentialInstanceConfig_confidentialInstanceType},
    {"enableConfidentialCompute", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ConfidentialInstanceConfig = {"ConfidentialInstanceConfig", f_ConfidentialInstanceConfig, 2};

static const struct pl_schema_field f_AttachedDisk[] = {
    {"architecture", PL_T_ENUM, PL_ONE, NULL, e_AttachedDisk_architecture},
    {"autoDelete", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"boot", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"deviceName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"diskEncryptionKey", PL_T_MESSAGE, PL_ONE, &m_CustomerEncryptionKey, NULL},
    {"diskSizeGb", PL_T_INT64, PL_ONE, NULL, NULL},
    {"forceAttach", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"guestOsFeatures", PL_T_MESSAGE, PL_MANY, &m_GuestOsFeature, NULL},
    {"index", PL_T_INT, PL_ONE, NULL, NULL},
    {"initializeParams", PL_T_MESSAGE, PL_ONE, &m_AttachedDiskInitializeParams, NULL},
    {"interface", PL_T_ENUM, PL_ONE, NULL, e_AttachedDisk_interface},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"licenses", PL_T_STRING, PL_MANY, NULL, NULL},
    {"mode", PL_T_ENUM, PL_ONE, NULL, e_AttachedDisk_mode},
    {"savedState", PL_T_ENUM, PL_ONE, NULL, e_AttachedDisk_savedState},
    {"shieldedInstanceInitialState", PL_T_MESSAGE, PL_ONE, &m_InitialStateConfig, NULL},
    {"source", PL_T_STRING, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_AttachedDisk_type},
};
static const struct pl_schema m_AttachedDisk = {"AttachedDisk", f_AttachedDisk, 18};

static const struct pl_schema_field f_DisplayDevice[] = {
    {"enableDisplay", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_DisplayDevice = {"DisplayDevice", f_DisplayDevice, 1};

static const struct pl_schema_field f_AcceleratorConfig[] = {
    {"acceleratorCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"acceleratorType", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AcceleratorConfig = {"AcceleratorConfig", f_AcceleratorConfig, 2};

static const struct pl_schema_field f_CustomerEncryptionKey[] = {
    {"kmsKeyName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kmsKeyServiceAccount", PL_T_STRING, PL_ONE, NULL, NULL},
    {"rawKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"rsaEncryptedKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sha256", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CustomerEncryptionKey = {"CustomerEncryptionKey", f_CustomerEncryptionKey, 5};

static const struct pl_schema_field f_Metadata[] = {
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"items", PL_T_MESSAGE, PL_MANY, &m_Metadata_items, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Metadata = {"Metadata", f_Metadata, 3};

static const struct pl_schema_field f_NetworkInterface[] = {
    {"accessConfigs", PL_T_MESSAGE, PL_MANY, &m_AccessConfig, NULL},
    {"aliasIpRanges", PL_T_MESSAGE, PL_MANY, &m_AliasIpRange, NULL},
    {"aliasIpv6Ranges", PL_T_MESSAGE, PL_MANY, &m_AliasIpRange, NULL},
    {"enableVpcScopedDns", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"igmpQuery", PL_T_ENUM, PL_ONE, NULL, e_NetworkInterface_igmpQuery},
    {"internalIpv6PrefixLength", PL_T_INT, PL_ONE, NULL, NULL},
    {"ipv6AccessConfigs", PL_T_MESSAGE, PL_MANY, &m_AccessConfig, NULL},
    {"ipv6AccessType", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_ipv6AccessType},
    {"ipv6Address", PL_T_STRING, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkIP", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nicType", PL_T_ENUM, PL_ONE, NULL, e_NetworkInterface_nicType},
    {"parentNicName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"queueCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"serviceClassId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"stackType", PL_T_ENUM, PL_ONE, NULL, e_Subnetwork_stackType},
    {"subnetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"vlan", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_NetworkInterface = {"NetworkInterface", f_NetworkInterface, 22};

static const struct pl_schema_field f_NetworkPerformanceConfig[] = {
    {"totalEgressBandwidthTier", PL_T_ENUM, PL_ONE, NULL, e_NetworkPerformanceConfig_totalEgressBandwidthTier},
};
static const struct pl_schema m_NetworkPerformanceConfig = {"NetworkPerformanceConfig", f_NetworkPerformanceConfig, 1};

static const struct pl_schema_field f_InstanceParams[] = {
    {"requestValidForDuration", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"resourceManagerTags", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_InstanceParams = {"InstanceParams", f_InstanceParams, 2};

static const struct pl_schema_field f_ReservationAffinity[] = {
    {"consumeReservationType", PL_T_ENUM, PL_ONE, NULL, e_ReservationAffinity_consumeReservationType},
    {"key", PL_T_STRING, PL_ONE, NULL, NULL},
    {"values", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_ReservationAffinity = {"ReservationAffinity", f_ReservationAffinity, 3};

static const struct pl_schema_field f_ResourceStatus[] = {
    {"effectiveInstanceMetadata", PL_T_MESSAGE, PL_ONE, &m_ResourceStatusEffectiveInstanceMetadata, NULL},
    {"physicalHost", PL_T_STRING, PL_ONE, NULL, NULL},
    {"physicalHostTopology", PL_T_MESSAGE, PL_ONE, &m_ResourceStatusPhysicalHostTopology, NULL},
    {"reservationConsumptionInfo", PL_T_MESSAGE, PL_ONE, &m_ResourceStatusReservationConsumptionInfo, NULL},
    {"scheduling", PL_T_MESSAGE, PL_ONE, &m_ResourceStatusScheduling, NULL},
    {"shutdownDetails", PL_T_MESSAGE, PL_ONE, &m_ResourceStatusShutdownDetails, NULL},
    {"upcomingMaintenance", PL_T_MESSAGE, PL_ONE, &m_UpcomingMaintenance, NULL},
};
static const struct pl_schema m_ResourceStatus = {"ResourceStatus", f_ResourceStatus, 7};

static const struct pl_schema_field f_Scheduling[] = {
    {"automaticRestart", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"availabilityDomain", PL_T_INT, PL_ONE, NULL, NULL},
    {"gracefulShutdown", PL_T_MESSAGE, PL_ONE, &m_SchedulingGracefulShutdown, NULL},
    {"hostErrorTimeoutSeconds", PL_T_INT, PL_ONE, NULL, NULL},
    {"instanceTerminationAction", PL_T_ENUM, PL_ONE, NULL, e_Scheduling_instanceTerminationAction},
    {"localSsdRecoveryTimeout", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"locationHint", PL_T_STRING, PL_ONE, NULL, NULL},
    {"maxRunDuration", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"minNodeCpus", PL_T_INT, PL_ONE, NULL, NULL},
    {"nodeAffinities", PL_T_MESSAGE, PL_MANY, &m_SchedulingNodeAffinity, NULL},
    {"onHostMaintenance", PL_T_ENUM, PL_ONE, NULL, e_Scheduling_onHostMaintenance},
    {"onInstanceStopAction", PL_T_MESSAGE, PL_ONE, &m_SchedulingOnInstanceStopAction, NULL},
    {"preemptible", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"preemptionNoticeDuration", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"provisioningModel", PL_T_ENUM, PL_ONE, NULL, e_Scheduling_provisioningModel},
    {"skipGuestOsShutdown", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"terminationTime", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Scheduling = {"Scheduling", f_Scheduling, 17};

static const struct pl_schema_field f_ServiceAccount[] = {
    {"email", PL_T_STRING, PL_ONE, NULL, NULL},
    {"scopes", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_ServiceAccount = {"ServiceAccount", f_ServiceAccount, 2};

static const struct pl_schema_field f_ShieldedInstanceConfig[] = {
    {"enableIntegrityMonitoring", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableSecureBoot", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableVtpm", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ShieldedInstanceConfig = {"ShieldedInstanceConfig", f_ShieldedInstanceConfig, 3};

static const struct pl_schema_field f_ShieldedInstanceIntegrityPolicy[] = {
    {"updateAutoLearnPolicy", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ShieldedInstanceIntegrityPolicy = {"ShieldedInstanceIntegrityPolicy", f_ShieldedInstanceIntegrityPolicy, 1};

static const struct pl_schema_field f_Tags[] = {
    {"fingerprint", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"items", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_Tags = {"Tags", f_Tags, 2};

static const struct pl_schema_field f_WorkloadIdentityConfig[] = {
    {"identity", PL_T_STRING, PL_ONE, NULL, NULL},
    {"identityCertificateEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_WorkloadIdentityConfig = {"WorkloadIdentityConfig", f_WorkloadIdentityConfig, 2};

static const struct pl_schema_field f_NetworkParams[] = {
    {"resourceManagerTags", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_NetworkParams = {"NetworkParams", f_NetworkParams, 1};

static const struct pl_schema_field f_NetworkPeering[] = {
    {"autoCreateRoutes", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"connectionStatus", PL_T_MESSAGE, PL_ONE, &m_NetworkPeeringConnectionStatus, NULL},
    {"exchangeSubnetRoutes", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"exportCustomRoutes", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"exportSubnetRoutesWithPublicIp", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"importCustomRoutes", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"importSubnetRoutesWithPublicIp", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"peerMtu", PL_T_INT, PL_ONE, NULL, NULL},
    {"stackType", PL_T_ENUM, PL_ONE, NULL, e_NetworkPeering_stackType},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_NetworkPeering_state},
    {"stateDetails", PL_T_STRING, PL_ONE, NULL, NULL},
    {"updateStrategy", PL_T_ENUM, PL_ONE, NULL, e_NetworkPeering_updateStrategy},
};
static const struct pl_schema m_NetworkPeering = {"NetworkPeering", f_NetworkPeering, 14};

static const struct pl_schema_field f_NetworkRoutingConfig[] = {
    {"bgpAlwaysCompareMed", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"bgpBestPathSelectionMode", PL_T_ENUM, PL_ONE, NULL, e_NetworkRoutingConfig_bgpBestPathSelectionMode},
    {"bgpInterRegionCost", PL_T_ENUM, PL_ONE, NULL, e_NetworkRoutingConfig_bgpInterRegionCost},
    {"effectiveBgpAlwaysCompareMed", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"effectiveBgpInterRegionCost", PL_T_STRING, PL_ONE, NULL, NULL},
    {"routingMode", PL_T_ENUM, PL_ONE, NULL, e_NetworkRoutingConfig_routingMode},
};
static const struct pl_schema m_NetworkRoutingConfig = {"NetworkRoutingConfig", f_NetworkRoutingConfig, 6};

static const struct pl_schema_field f_NetworkEndpointGroupAppEngine[] = {
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
    {"urlMask", PL_T_STRING, PL_ONE, NULL, NULL},
    {"version", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_NetworkEndpointGroupAppEngine = {"NetworkEndpointGroupAppEngine", f_NetworkEndpointGroupAppEngine, 3};

static const struct pl_schema_field f_NetworkEndpointGroupCloudFunction[] = {
    {"function", PL_T_STRING, PL_ONE, NULL, NULL},
    {"urlMask", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_NetworkEndpointGroupCloudFunction = {"NetworkEndpointGroupCloudFunction", f_NetworkEndpointGroupCloudFunction, 2};

static const struct pl_schema_field f_NetworkEndpointGroupCloudRun[] = {
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"urlMask", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_NetworkEndpointGroupCloudRun = {"NetworkEndpointGroupCloudRun", f_NetworkEndpointGroupCloudRun, 3};

static const struct pl_schema_field f_NetworkEndpointGroupPscData[] = {
    {"consumerPscAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"producerPort", PL_T_INT, PL_ONE, NULL, NULL},
    {"pscConnectionId", PL_T_INT64, PL_ONE, NULL, NULL},
    {"pscConnectionStatus", PL_T_ENUM, PL_ONE, NULL, e_ForwardingRule_pscConnectionStatus},
};
static const struct pl_schema m_NetworkEndpointGroupPscData = {"NetworkEndpointGroupPscData", f_NetworkEndpointGroupPscData, 4};

static const struct pl_schema_field f_NetworksGetEffectiveFirewallsResponseEffectiveFirewallPolicy[] = {
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"packetMirroringRules", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRule, NULL},
    {"priority", PL_T_INT, PL_ONE, NULL, NULL},
    {"rules", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRule, NULL},
    {"shortName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_NetworksGetEffectiveFirewallsResponseEffectiveFirewallPolicy_type},
};
static const struct pl_schema m_NetworksGetEffectiveFirewallsResponseEffectiveFirewallPolicy = {"NetworksGetEffectiveFirewallsResponseEffectiveFirewallPolicy", f_NetworksGetEffectiveFirewallsResponseEffectiveFirewallPolicy, 7};

static const struct pl_schema_field f_RouteAsPath[] = {
    {"asLists", PL_T_INT, PL_MANY, NULL, NULL},
    {"pathSegmentType", PL_T_ENUM, PL_ONE, NULL, e_RouteAsPath_pathSegmentType},
};
static const struct pl_schema m_RouteAsPath = {"RouteAsPath", f_RouteAsPath, 2};

static const struct pl_schema_field f_RouteParams[] = {
    {"resourceManagerTags", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_RouteParams = {"RouteParams", f_RouteParams, 1};

static const struct pl_schema_field f_Route_warnings[] = {
    {"code", PL_T_ENUM, PL_ONE, NULL, e_Route_warnings_code},
    {"data", PL_T_MESSAGE, PL_MANY, &m_Route_warnings_data, NULL},
    {"message", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Route_warnings = {"Route.warnings", f_Route_warnings, 3};

static const struct pl_schema_field f_RouterBgp[] = {
    {"advertiseMode", PL_T_ENUM, PL_ONE, NULL, e_RouterBgp_advertiseMode},
    {"advertisedGroups", PL_T_ENUM, PL_MANY, NULL, e_RouterBgp_advertisedGroups},
    {"advertisedIpRanges", PL_T_MESSAGE, PL_MANY, &m_RouterAdvertisedIpRange, NULL},
    {"asn", PL_T_INT, PL_ONE, NULL, NULL},
    {"identifierRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"keepaliveInterval", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterBgp = {"RouterBgp", f_RouterBgp, 6};

static const struct pl_schema_field f_RouterBgpPeer[] = {
    {"advertiseMode", PL_T_ENUM, PL_ONE, NULL, e_RouterBgp_advertiseMode},
    {"advertisedGroups", PL_T_ENUM, PL_MANY, NULL, e_RouterBgp_advertisedGroups},
    {"advertisedIpRanges", PL_T_MESSAGE, PL_MANY, &m_RouterAdvertisedIpRange, NULL},
    {"advertisedRoutePriority", PL_T_INT, PL_ONE, NULL, NULL},
    {"bfd", PL_T_MESSAGE, PL_ONE, &m_RouterBgpPeerBfd, NULL},
    {"customLearnedIpRanges", PL_T_MESSAGE, PL_MANY, &m_RouterBgpPeerCustomLearnedIpRange, NULL},
    {"customLearnedRoutePriority", PL_T_INT, PL_ONE, NULL, NULL},
    {"enable", PL_T_ENUM, PL_ONE, NULL, e_RouterBgpPeer_enable},
    {"enableIpv4", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableIpv6", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"exportPolicies", PL_T_STRING, PL_MANY, NULL, NULL},
    {"importPolicies", PL_T_STRING, PL_MANY, NULL, NULL},
    {"interfaceName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipv4NexthopAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipv6NexthopAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"managementType", PL_T_ENUM, PL_ONE, NULL, e_RouterBgpPeer_managementType},
    {"md5AuthenticationKeyName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"peerAsn", PL_T_INT, PL_ONE, NULL, NULL},
    {"peerIpAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"peerIpv4NexthopAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"peerIpv6NexthopAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"routerApplianceInstance", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterBgpPeer = {"RouterBgpPeer", f_RouterBgpPeer, 24};

static const struct pl_schema_field f_RouterInterface[] = {
    {"ipRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipVersion", PL_T_ENUM, PL_ONE, NULL, e_RouterInterface_ipVersion},
    {"linkedInterconnectAttachment", PL_T_STRING, PL_ONE, NULL, NULL},
    {"linkedVpnTunnel", PL_T_STRING, PL_ONE, NULL, NULL},
    {"managementType", PL_T_ENUM, PL_ONE, NULL, e_RouterBgpPeer_managementType},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"privateIpAddress", PL_T_STRING, PL_ONE, NULL, NULL},
    {"redundantInterface", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subnetwork", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterInterface = {"RouterInterface", f_RouterInterface, 9};

static const struct pl_schema_field f_RouterMd5AuthenticationKey[] = {
    {"key", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterMd5AuthenticationKey = {"RouterMd5AuthenticationKey", f_RouterMd5AuthenticationKey, 2};

static const struct pl_schema_field f_RouterNat[] = {
    {"autoNetworkTier", PL_T_ENUM, PL_ONE, NULL, e_Address_networkTier},
    {"drainNatIps", PL_T_STRING, PL_MANY, NULL, NULL},
    {"effectiveTcpTimeWaitTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"enableDynamicPortAllocation", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableEndpointIndependentMapping", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"endpointTypes", PL_T_ENUM, PL_MANY, NULL, e_RouterNat_endpointTypes},
    {"icmpIdleTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"logConfig", PL_T_MESSAGE, PL_ONE, &m_RouterNatLogConfig, NULL},
    {"maxPortsPerVm", PL_T_INT, PL_ONE, NULL, NULL},
    {"minPortsPerVm", PL_T_INT, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nat64Subnetworks", PL_T_MESSAGE, PL_MANY, &m_RouterNatSubnetworkToNat64, NULL},
    {"natIpAllocateOption", PL_T_ENUM, PL_ONE, NULL, e_RouterNat_natIpAllocateOption},
    {"natIps", PL_T_STRING, PL_MANY, NULL, NULL},
    {"rules", PL_T_MESSAGE, PL_MANY, &m_RouterNatRule, NULL},
    {"sourceSubnetworkIpRangesToNat", PL_T_ENUM, PL_ONE, NULL, e_RouterNat_sourceSubnetworkIpRangesToNat},
    {"sourceSubnetworkIpRangesToNat64", PL_T_ENUM, PL_ONE, NULL, e_RouterNat_sourceSubnetworkIpRangesToNat64},
    {"subnetworks", PL_T_MESSAGE, PL_MANY, &m_RouterNatSubnetworkToNat, NULL},
    {"tcpEstablishedIdleTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"tcpTimeWaitTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"tcpTransitoryIdleTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_RouterNat_type},
    {"udpIdleTimeoutSec", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterNat = {"RouterNat", f_RouterNat, 23};

static const struct pl_schema_field f_RouterParams[] = {
    {"resourceManagerTags", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_RouterParams = {"RouterParams", f_RouterParams, 1};

static const struct pl_schema_field f_SecurityPolicyAdaptiveProtectionConfig[] = {
    {"layer7DdosDefenseConfig", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfig, NULL},
};
static const struct pl_schema m_SecurityPolicyAdaptiveProtectionConfig = {"SecurityPolicyAdaptiveProtectionConfig", f_SecurityPolicyAdaptiveProtectionConfig, 1};

static const struct pl_schema_field f_SecurityPolicyAdvancedOptionsConfig[] = {
    {"jsonCustomConfig", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyAdvancedOptionsConfigJsonCustomConfig, NULL},
    {"jsonParsing", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyAdvancedOptionsConfig_jsonParsing},
    {"logLevel", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyAdvancedOptionsConfig_logLevel},
    {"requestBodyInspectionSize", PL_T_STRING, PL_ONE, NULL, NULL},
    {"userIpRequestHeaders", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyAdvancedOptionsConfig = {"SecurityPolicyAdvancedOptionsConfig", f_SecurityPolicyAdvancedOptionsConfig, 5};

static const struct pl_schema_field f_SecurityPolicyAssociation[] = {
    {"attachmentId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"displayName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"excludedFolders", PL_T_STRING, PL_MANY, NULL, NULL},
    {"excludedProjects", PL_T_STRING, PL_MANY, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"securityPolicyId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"shortName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyAssociation = {"SecurityPolicyAssociation", f_SecurityPolicyAssociation, 7};

static const struct pl_schema_field f_SecurityPolicyDdosProtectionConfig[] = {
    {"ddosAdaptiveProtection", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyDdosProtectionConfig_ddosAdaptiveProtection},
    {"ddosImpactedBaselineThreshold", PL_T_REAL, PL_ONE, NULL, NULL},
    {"ddosProtection", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyDdosProtectionConfig_ddosProtection},
};
static const struct pl_schema m_SecurityPolicyDdosProtectionConfig = {"SecurityPolicyDdosProtectionConfig", f_SecurityPolicyDdosProtectionConfig, 3};

static const struct pl_schema_field f_SecurityPolicyRecaptchaOptionsConfig[] = {
    {"redirectSiteKey", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyRecaptchaOptionsConfig = {"SecurityPolicyRecaptchaOptionsConfig", f_SecurityPolicyRecaptchaOptionsConfig, 1};

static const struct pl_schema_field f_SecurityPolicyRule[] = {
    {"action", PL_T_STRING, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"headerAction", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleHttpHeaderAction, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"match", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleMatcher, NULL},
    {"networkMatch", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleNetworkMatcher, NULL},
    {"preconfiguredWafConfig", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRulePreconfiguredWafConfig, NULL},
    {"preview", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"priority", PL_T_INT, PL_ONE, NULL, NULL},
    {"rateLimitOptions", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleRateLimitOptions, NULL},
    {"redirectOptions", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleRedirectOptions, NULL},
};
static const struct pl_schema m_SecurityPolicyRule = {"SecurityPolicyRule", f_SecurityPolicyRule, 11};

static const struct pl_schema_field f_SecurityPolicyUserDefinedField[] = {
    {"base", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyUserDefinedField_base},
    {"mask", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"offset", PL_T_INT, PL_ONE, NULL, NULL},
    {"size", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyUserDefinedField = {"SecurityPolicyUserDefinedField", f_SecurityPolicyUserDefinedField, 5};

static const struct pl_schema_field f_ServiceAttachmentConnectedEndpoint[] = {
    {"consumerNetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"endpoint", PL_T_STRING, PL_ONE, NULL, NULL},
    {"endpointWithId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"natIps", PL_T_STRING, PL_MANY, NULL, NULL},
    {"propagatedConnectionCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"pscConnectionId", PL_T_INT64, PL_ONE, NULL, NULL},
    {"status", PL_T_ENUM, PL_ONE, NULL, e_ForwardingRule_pscConnectionStatus},
};
static const struct pl_schema m_ServiceAttachmentConnectedEndpoint = {"ServiceAttachmentConnectedEndpoint", f_ServiceAttachmentConnectedEndpoint, 7};

static const struct pl_schema_field f_ServiceAttachmentConsumerProjectLimit[] = {
    {"connectionLimit", PL_T_INT, PL_ONE, NULL, NULL},
    {"endpointUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"projectIdOrNum", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ServiceAttachmentConsumerProjectLimit = {"ServiceAttachmentConsumerProjectLimit", f_ServiceAttachmentConsumerProjectLimit, 4};

static const struct pl_schema_field f_Uint128[] = {
    {"high", PL_T_INT64, PL_ONE, NULL, NULL},
    {"low", PL_T_INT64, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Uint128 = {"Uint128", f_Uint128, 2};

static const struct pl_schema_field f_SslCertificateManagedSslCertificate[] = {
    {"domainStatus", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"domains", PL_T_STRING, PL_MANY, NULL, NULL},
    {"status", PL_T_ENUM, PL_ONE, NULL, e_SslCertificateManagedSslCertificate_status},
};
static const struct pl_schema m_SslCertificateManagedSslCertificate = {"SslCertificateManagedSslCertificate", f_SslCertificateManagedSslCertificate, 3};

static const struct pl_schema_field f_SslCertificateSelfManagedSslCertificate[] = {
    {"certificate", PL_T_STRING, PL_ONE, NULL, NULL},
    {"privateKey", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SslCertificateSelfManagedSslCertificate = {"SslCertificateSelfManagedSslCertificate", f_SslCertificateSelfManagedSslCertificate, 2};

static const struct pl_schema_field f_SubnetworkLogConfig[] = {
    {"aggregationInterval", PL_T_ENUM, PL_ONE, NULL, e_SubnetworkLogConfig_aggregationInterval},
    {"enable", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"filterExpr", PL_T_STRING, PL_ONE, NULL, NULL},
    {"flowSampling", PL_T_REAL, PL_ONE, NULL, NULL},
    {"metadata", PL_T_ENUM, PL_ONE, NULL, e_SubnetworkLogConfig_metadata},
    {"metadataFields", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SubnetworkLogConfig = {"SubnetworkLogConfig", f_SubnetworkLogConfig, 6};

static const struct pl_schema_field f_SubnetworkParams[] = {
    {"resourceManagerTags", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_SubnetworkParams = {"SubnetworkParams", f_SubnetworkParams, 1};

static const struct pl_schema_field f_SubnetworkSecondaryRange[] = {
    {"ipCidrRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipCollection", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ipVersion", PL_T_ENUM, PL_ONE, NULL, e_SubnetworkSecondaryRange_ipVersion},
    {"rangeName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"reservedInternalRange", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SubnetworkSecondaryRange = {"SubnetworkSecondaryRange", f_SubnetworkSecondaryRange, 5};

static const struct pl_schema_field f_SubnetworkUtilizationDetails[] = {
    {"externalIpv6InstanceUtilization", PL_T_MESSAGE, PL_ONE, &m_SubnetworkUtilizationDetailsIPV6Utilization, NULL},
    {"externalIpv6LbUtilization", PL_T_MESSAGE, PL_ONE, &m_SubnetworkUtilizationDetailsIPV6Utilization, NULL},
    {"internalIpv6Utilization", PL_T_MESSAGE, PL_ONE, &m_SubnetworkUtilizationDetailsIPV6Utilization, NULL},
    {"ipv4Utilizations", PL_T_MESSAGE, PL_MANY, &m_SubnetworkUtilizationDetailsIPV4Utilization, NULL},
};
static const struct pl_schema m_SubnetworkUtilizationDetails = {"SubnetworkUtilizationDetails", f_SubnetworkUtilizationDetails, 4};

static const struct pl_schema_field f_CustomErrorResponsePolicy[] = {
    {"errorResponseRules", PL_T_MESSAGE, PL_MANY, &m_CustomErrorResponsePolicyCustomErrorResponseRule, NULL},
    {"errorService", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CustomErrorResponsePolicy = {"CustomErrorResponsePolicy", f_CustomErrorResponsePolicy, 2};

static const struct pl_schema_field f_HttpRouteAction[] = {
    {"cachePolicy", PL_T_MESSAGE, PL_ONE, &m_CachePolicy, NULL},
    {"corsPolicy", PL_T_MESSAGE, PL_ONE, &m_CorsPolicy, NULL},
    {"faultInjectionPolicy", PL_T_MESSAGE, PL_ONE, &m_HttpFaultInjection, NULL},
    {"maxStreamDuration", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"requestMirrorPolicy", PL_T_MESSAGE, PL_ONE, &m_RequestMirrorPolicy, NULL},
    {"retryPolicy", PL_T_MESSAGE, PL_ONE, &m_HttpRetryPolicy, NULL},
    {"timeout", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"urlRewrite", PL_T_MESSAGE, PL_ONE, &m_UrlRewrite, NULL},
    {"weightedBackendServices", PL_T_MESSAGE, PL_MANY, &m_WeightedBackendService, NULL},
};
static const struct pl_schema m_HttpRouteAction = {"HttpRouteAction", f_HttpRouteAction, 9};

static const struct pl_schema_field f_HttpRedirectAction[] = {
    {"hostRedirect", PL_T_STRING, PL_ONE, NULL, NULL},
    {"httpsRedirect", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"pathRedirect", PL_T_STRING, PL_ONE, NULL, NULL},
    {"prefixRedirect", PL_T_STRING, PL_ONE, NULL, NULL},
    {"redirectResponseCode", PL_T_ENUM, PL_ONE, NULL, e_HttpRedirectAction_redirectResponseCode},
    {"stripQuery", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_HttpRedirectAction = {"HttpRedirectAction", f_HttpRedirectAction, 6};

static const struct pl_schema_field f_HttpHeaderAction[] = {
    {"requestHeadersToAdd", PL_T_MESSAGE, PL_MANY, &m_HttpHeaderOption, NULL},
    {"requestHeadersToRemove", PL_T_STRING, PL_MANY, NULL, NULL},
    {"responseHeadersToAdd", PL_T_MESSAGE, PL_MANY, &m_HttpHeaderOption, NULL},
    {"responseHeadersToRemove", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_HttpHeaderAction = {"HttpHeaderAction", f_HttpHeaderAction, 4};

static const struct pl_schema_field f_HostRule[] = {
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"hosts", PL_T_STRING, PL_MANY, NULL, NULL},
    {"pathMatcher", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_HostRule = {"HostRule", f_HostRule, 3};

static const struct pl_schema_field f_PathMatcher[] = {
    {"defaultCustomErrorResponsePolicy", PL_T_MESSAGE, PL_ONE, &m_CustomErrorResponsePolicy, NULL},
    {"defaultRouteAction", PL_T_MESSAGE, PL_ONE, &m_HttpRouteAction, NULL},
    {"defaultService", PL_T_STRING, PL_ONE, NULL, NULL},
    {"defaultUrlRedirect", PL_T_MESSAGE, PL_ONE, &m_HttpRedirectAction, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"headerAction", PL_T_MESSAGE, PL_ONE, &m_HttpHeaderAction, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pathRules", PL_T_MESSAGE, PL_MANY, &m_PathRule, NULL},
    {"routeRules", PL_T_MESSAGE, PL_MANY, &m_HttpRouteRule, NULL},
};
static const struct pl_schema m_PathMatcher = {"PathMatcher", f_PathMatcher, 9};

static const struct pl_schema_field f_UrlMapTest[] = {
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"expectedOutputUrl", PL_T_STRING, PL_ONE, NULL, NULL},
    {"expectedRedirectResponseCode", PL_T_INT, PL_ONE, NULL, NULL},
    {"headers", PL_T_MESSAGE, PL_MANY, &m_UrlMapTestHeader, NULL},
    {"host", PL_T_STRING, PL_ONE, NULL, NULL},
    {"path", PL_T_STRING, PL_ONE, NULL, NULL},
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_UrlMapTest = {"UrlMapTest", f_UrlMapTest, 7};

static const struct pl_schema_field f_BackendCustomMetric[] = {
    {"dryRun", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"maxUtilization", PL_T_REAL, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendCustomMetric = {"BackendCustomMetric", f_BackendCustomMetric, 3};

static const struct pl_schema_field f_BackendBackendOrchestrationInfo[] = {
    {"resourceUri", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendBackendOrchestrationInfo = {"BackendBackendOrchestrationInfo", f_BackendBackendOrchestrationInfo, 1};

static const struct pl_schema_field f_BackendServiceCdnPolicyBypassCacheOnRequestHeader[] = {
    {"headerName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceCdnPolicyBypassCacheOnRequestHeader = {"BackendServiceCdnPolicyBypassCacheOnRequestHeader", f_BackendServiceCdnPolicyBypassCacheOnRequestHeader, 1};

static const struct pl_schema_field f_CacheKeyPolicy[] = {
    {"includeHost", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"includeHttpHeaders", PL_T_STRING, PL_MANY, NULL, NULL},
    {"includeNamedCookies", PL_T_STRING, PL_MANY, NULL, NULL},
    {"includeProtocol", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"includeQueryString", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"queryStringBlacklist", PL_T_STRING, PL_MANY, NULL, NULL},
    {"queryStringWhitelist", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_CacheKeyPolicy = {"CacheKeyPolicy", f_CacheKeyPolicy, 7};

static const struct pl_schema_field f_BackendServiceCdnPolicyNegativeCachingPolicy[] = {
    {"code", PL_T_INT, PL_ONE, NULL, NULL},
    {"ttl", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceCdnPolicyNegativeCachingPolicy = {"BackendServiceCdnPolicyNegativeCachingPolicy", f_BackendServiceCdnPolicyNegativeCachingPolicy, 2};

static const struct pl_schema_field f_ConsistentHashLoadBalancerSettingsHttpCookie[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"path", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ttl", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
};
static const struct pl_schema m_ConsistentHashLoadBalancerSettingsHttpCookie = {"ConsistentHashLoadBalancerSettingsHttpCookie", f_ConsistentHashLoadBalancerSettingsHttpCookie, 3};

static const struct pl_schema_field f_BackendServiceHAPolicyLeader[] = {
    {"backendGroup", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkEndpoint", PL_T_MESSAGE, PL_ONE, &m_BackendServiceHAPolicyLeaderNetworkEndpoint, NULL},
};
static const struct pl_schema m_BackendServiceHAPolicyLeader = {"BackendServiceHAPolicyLeader", f_BackendServiceHAPolicyLeader, 2};

static const struct pl_schema_field f_BackendServiceLocalityLoadBalancingPolicyConfigCustomPolicy[] = {
    {"data", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceLocalityLoadBalancingPolicyConfigCustomPolicy = {"BackendServiceLocalityLoadBalancingPolicyConfigCustomPolicy", f_BackendServiceLocalityLoadBalancingPolicyConfigCustomPolicy, 2};

static const struct pl_schema_field f_BackendServiceLocalityLoadBalancingPolicyConfigPolicy[] = {
    {"name", PL_T_ENUM, PL_ONE, NULL, e_BackendService_localityLbPolicy},
};
static const struct pl_schema m_BackendServiceLocalityLoadBalancingPolicyConfigPolicy = {"BackendServiceLocalityLoadBalancingPolicyConfigPolicy", f_BackendServiceLocalityLoadBalancingPolicyConfigPolicy, 1};

static const struct pl_schema_field f_BackendServiceLogConfigLoggingHttpHeader[] = {
    {"headerName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceLogConfigLoggingHttpHeader = {"BackendServiceLogConfigLoggingHttpHeader", f_BackendServiceLogConfigLoggingHttpHeader, 1};

static const struct pl_schema_field f_BackendServiceNetworkPassThroughLbTrafficPolicyZonalAffinity[] = {
    {"spillover", PL_T_ENUM, PL_ONE, NULL, e_BackendServiceNetworkPassThroughLbTrafficPolicyZonalAffinity_spillover},
    {"spilloverRatio", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceNetworkPassThroughLbTrafficPolicyZonalAffinity = {"BackendServiceNetworkPassThroughLbTrafficPolicyZonalAffinity", f_BackendServiceNetworkPassThroughLbTrafficPolicyZonalAffinity, 2};

static const struct pl_schema_field f_AWSV4Signature[] = {
    {"accessKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"accessKeyId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"accessKeyVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"originRegion", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AWSV4Signature = {"AWSV4Signature", f_AWSV4Signature, 4};

static const struct pl_schema_field f_BackendServiceTlsSettingsSubjectAltName[] = {
    {"dnsName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"uniformResourceIdentifier", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceTlsSettingsSubjectAltName = {"BackendServiceTlsSettingsSubjectAltName", f_BackendServiceTlsSettingsSubjectAltName, 2};

static const struct pl_schema_field f_FirewallPolicyRuleMatcher[] = {
    {"destAddressGroups", PL_T_STRING, PL_MANY, NULL, NULL},
    {"destFqdns", PL_T_STRING, PL_MANY, NULL, NULL},
    {"destIpRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"destNetworkContext", PL_T_STRING, PL_ONE, NULL, NULL},
    {"destNetworkType", PL_T_STRING, PL_ONE, NULL, NULL},
    {"destRegionCodes", PL_T_STRING, PL_MANY, NULL, NULL},
    {"destThreatIntelligences", PL_T_STRING, PL_MANY, NULL, NULL},
    {"layer4Configs", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRuleMatcherLayer4Config, NULL},
    {"srcAddressGroups", PL_T_STRING, PL_MANY, NULL, NULL},
    {"srcFqdns", PL_T_STRING, PL_MANY, NULL, NULL},
    {"srcIpRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"srcNetworkContext", PL_T_STRING, PL_ONE, NULL, NULL},
    {"srcNetworkType", PL_T_STRING, PL_ONE, NULL, NULL},
    {"srcNetworks", PL_T_STRING, PL_MANY, NULL, NULL},
    {"srcRegionCodes", PL_T_STRING, PL_MANY, NULL, NULL},
    {"srcSecureTags", PL_T_MESSAGE, PL_MANY, &m_FirewallPolicyRuleSecureTag, NULL},
    {"srcThreatIntelligences", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_FirewallPolicyRuleMatcher = {"FirewallPolicyRuleMatcher", f_FirewallPolicyRuleMatcher, 17};

static const struct pl_schema_field f_FirewallPolicyRuleSecureTag[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_FirewallPolicyRuleSecureTag_state},
};
static const struct pl_schema m_FirewallPolicyRuleSecureTag = {"FirewallPolicyRuleSecureTag", f_FirewallPolicyRuleSecureTag, 2};

static const struct pl_schema_field f_MetadataFilterLabelMatch[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_MetadataFilterLabelMatch = {"MetadataFilterLabelMatch", f_MetadataFilterLabelMatch, 2};

static const struct pl_schema_field f_GuestOsFeature[] = {
    {"type", PL_T_ENUM, PL_ONE, NULL, e_GuestOsFeature_type},
};
static const struct pl_schema m_GuestOsFeature = {"GuestOsFeature", f_GuestOsFeature, 1};

static const struct pl_schema_field f_AttachedDiskInitializeParams[] = {
    {"architecture", PL_T_ENUM, PL_ONE, NULL, e_AttachedDisk_architecture},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"diskName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"diskSizeGb", PL_T_INT64, PL_ONE, NULL, NULL},
    {"diskType", PL_T_STRING, PL_ONE, NULL, NULL},
    {"enableConfidentialCompute", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"licenses", PL_T_STRING, PL_MANY, NULL, NULL},
    {"onUpdateAction", PL_T_ENUM, PL_ONE, NULL, e_AttachedDiskInitializeParams_onUpdateAction},
    {"provisionedIops", PL_T_INT64, PL_ONE, NULL, NULL},
    {"provisionedThroughput", PL_T_INT64, PL_ONE, NULL, NULL},
    {"replicaZones", PL_T_STRING, PL_MANY, NULL, NULL},
    {"resourceManagerTags", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"resourcePolicies", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sourceImage", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sourceImageEncryptionKey", PL_T_MESSAGE, PL_ONE, &m_CustomerEncryptionKey, NULL},
    {"sourceSnapshot", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sourceSnapshotEncryptionKey", PL_T_MESSAGE, PL_ONE, &m_CustomerEncryptionKey, NULL},
    {"storagePool", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AttachedDiskInitializeParams = {"AttachedDiskInitializeParams", f_AttachedDiskInitializeParams, 19};

static const struct pl_schema_field f_InitialStateConfig[] = {
    {"dbs", PL_T_MESSAGE, PL_MANY, &m_FileContentBuffer, NULL},
    {"dbxs", PL_T_MESSAGE, PL_MANY, &m_FileContentBuffer, NULL},
    {"keks", PL_T_MESSAGE, PL_MANY, &m_FileContentBuffer, NULL},
    {"pk", PL_T_MESSAGE, PL_ONE, &m_FileContentBuffer, NULL},
};
static const struct pl_schema m_InitialStateConfig = {"InitialStateConfig", f_InitialStateConfig, 4};

static const struct pl_schema_field f_Metadata_items[] = {
    {"key", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Metadata_items = {"Metadata.items", f_Metadata_items, 2};

static const struct pl_schema_field f_AccessConfig[] = {
    {"externalIpv6", PL_T_STRING, PL_ONE, NULL, NULL},
    {"externalIpv6PrefixLength", PL_T_INT, PL_ONE, NULL, NULL},
    {"kind", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"natIP", PL_T_STRING, PL_ONE, NULL, NULL},
    {"networkTier", PL_T_ENUM, PL_ONE, NULL, e_Address_networkTier},
    {"publicPtrDomainName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"securityPolicy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"setPublicPtr", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_AccessConfig_type},
};
static const struct pl_schema m_AccessConfig = {"AccessConfig", f_AccessConfig, 10};

static const struct pl_schema_field f_AliasIpRange[] = {
    {"ipCidrRange", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subnetworkRangeName", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_AliasIpRange = {"AliasIpRange", f_AliasIpRange, 2};

static const struct pl_schema_field f_ResourceStatusEffectiveInstanceMetadata[] = {
    {"blockProjectSshKeysMetadataValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableGuestAttributesMetadataValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableOsInventoryMetadataValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableOsconfigMetadataValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"enableOsloginMetadataValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"gceContainerDeclarationMetadataValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"serialPortEnableMetadataValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"serialPortLoggingEnableMetadataValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"vmDnsSettingMetadataValue", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ResourceStatusEffectiveInstanceMetadata = {"ResourceStatusEffectiveInstanceMetadata", f_ResourceStatusEffectiveInstanceMetadata, 9};

static const struct pl_schema_field f_ResourceStatusPhysicalHostTopology[] = {
    {"additionalAttributes", PL_T_MESSAGE, PL_ONE, &m_ResourceStatusPhysicalHostTopologyAdditionalAttributes, NULL},
    {"block", PL_T_STRING, PL_ONE, NULL, NULL},
    {"cluster", PL_T_STRING, PL_ONE, NULL, NULL},
    {"host", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subblock", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ResourceStatusPhysicalHostTopology = {"ResourceStatusPhysicalHostTopology", f_ResourceStatusPhysicalHostTopology, 5};

static const struct pl_schema_field f_ResourceStatusReservationConsumptionInfo[] = {
    {"consumedReservation", PL_T_STRING, PL_ONE, NULL, NULL},
    {"consumedReservationBlock", PL_T_STRING, PL_ONE, NULL, NULL},
    {"consumedReservationSubBlock", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ResourceStatusReservationConsumptionInfo = {"ResourceStatusReservationConsumptionInfo", f_ResourceStatusReservationConsumptionInfo, 3};

static const struct pl_schema_field f_ResourceStatusScheduling[] = {
    {"availabilityDomain", PL_T_INT, PL_ONE, NULL, NULL},
    {"gracefulShutdownTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"terminationTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_ResourceStatusScheduling = {"ResourceStatusScheduling", f_ResourceStatusScheduling, 3};

static const struct pl_schema_field f_ResourceStatusShutdownDetails[] = {
    {"maxDuration", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"requestTimestamp", PL_T_STRING, PL_ONE, NULL, NULL},
    {"stopState", PL_T_ENUM, PL_ONE, NULL, e_ResourceStatusShutdownDetails_stopState},
    {"targetState", PL_T_ENUM, PL_ONE, NULL, e_ResourceStatusShutdownDetails_targetState},
};
static const struct pl_schema m_ResourceStatusShutdownDetails = {"ResourceStatusShutdownDetails", f_ResourceStatusShutdownDetails, 4};

static const struct pl_schema_field f_UpcomingMaintenance[] = {
    {"canReschedule", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"latestWindowStartTime", PL_T_STRING, PL_ONE, NULL, NULL},
    {"maintenanceOnShutdown", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"maintenanceReasons", PL_T_ENUM, PL_MANY, NULL, e_UpcomingMaintenance_maintenanceReasons},
    {"maintenanceStatus", PL_T_ENUM, PL_ONE, NULL, e_UpcomingMaintenance_maintenanceStatus},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_UpcomingMaintenance_type},
    {"windowEndTime", PL_T_STRING, PL_ONE, NULL, NULL},
    {"windowStartTime", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_UpcomingMaintenance = {"UpcomingMaintenance", f_UpcomingMaintenance, 8};

static const struct pl_schema_field f_SchedulingGracefulShutdown[] = {
    {"enabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"maxDuration", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
};
static const struct pl_schema m_SchedulingGracefulShutdown = {"SchedulingGracefulShutdown", f_SchedulingGracefulShutdown, 2};

static const struct pl_schema_field f_SchedulingNodeAffinity[] = {
    {"key", PL_T_STRING, PL_ONE, NULL, NULL},
    {"operator", PL_T_ENUM, PL_ONE, NULL, e_SchedulingNodeAffinity_operator},
    {"values", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SchedulingNodeAffinity = {"SchedulingNodeAffinity", f_SchedulingNodeAffinity, 3};

static const struct pl_schema_field f_SchedulingOnInstanceStopAction[] = {
    {"discardLocalSsd", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SchedulingOnInstanceStopAction = {"SchedulingOnInstanceStopAction", f_SchedulingOnInstanceStopAction, 1};

static const struct pl_schema_field f_NetworkPeeringConnectionStatus[] = {
    {"consensusState", PL_T_MESSAGE, PL_ONE, &m_NetworkPeeringConnectionStatusConsensusState, NULL},
    {"trafficConfiguration", PL_T_MESSAGE, PL_ONE, &m_NetworkPeeringConnectionStatusTrafficConfiguration, NULL},
    {"updateStrategy", PL_T_ENUM, PL_ONE, NULL, e_NetworkPeering_updateStrategy},
};
static const struct pl_schema m_NetworkPeeringConnectionStatus = {"NetworkPeeringConnectionStatus", f_NetworkPeeringConnectionStatus, 3};

static const struct pl_schema_field f_Route_warnings_data[] = {
    {"key", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Route_warnings_data = {"Route.warnings.data", f_Route_warnings_data, 2};

static const struct pl_schema_field f_RouterAdvertisedIpRange[] = {
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"range", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterAdvertisedIpRange = {"RouterAdvertisedIpRange", f_RouterAdvertisedIpRange, 2};

static const struct pl_schema_field f_RouterBgpPeerBfd[] = {
    {"minReceiveInterval", PL_T_INT, PL_ONE, NULL, NULL},
    {"minTransmitInterval", PL_T_INT, PL_ONE, NULL, NULL},
    {"multiplier", PL_T_INT, PL_ONE, NULL, NULL},
    {"sessionInitializationMode", PL_T_ENUM, PL_ONE, NULL, e_RouterBgpPeerBfd_sessionInitializationMode},
};
static const struct pl_schema m_RouterBgpPeerBfd = {"RouterBgpPeerBfd", f_RouterBgpPeerBfd, 4};

static const struct pl_schema_field f_RouterBgpPeerCustomLearnedIpRange[] = {
    {"range", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterBgpPeerCustomLearnedIpRange = {"RouterBgpPeerCustomLearnedIpRange", f_RouterBgpPeerCustomLearnedIpRange, 1};

static const struct pl_schema_field f_RouterNatLogConfig[] = {
    {"enable", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"filter", PL_T_ENUM, PL_ONE, NULL, e_RouterNatLogConfig_filter},
};
static const struct pl_schema m_RouterNatLogConfig = {"RouterNatLogConfig", f_RouterNatLogConfig, 2};

static const struct pl_schema_field f_RouterNatSubnetworkToNat64[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterNatSubnetworkToNat64 = {"RouterNatSubnetworkToNat64", f_RouterNatSubnetworkToNat64, 1};

static const struct pl_schema_field f_RouterNatRule[] = {
    {"action", PL_T_MESSAGE, PL_ONE, &m_RouterNatRuleAction, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"match", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ruleNumber", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RouterNatRule = {"RouterNatRule", f_RouterNatRule, 4};

static const struct pl_schema_field f_RouterNatSubnetworkToNat[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"secondaryIpRangeNames", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sourceIpRangesToNat", PL_T_ENUM, PL_MANY, NULL, e_RouterNatSubnetworkToNat_sourceIpRangesToNat},
};
static const struct pl_schema m_RouterNatSubnetworkToNat = {"RouterNatSubnetworkToNat", f_RouterNatSubnetworkToNat, 3};

static const struct pl_schema_field f_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfig[] = {
    {"enable", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"ruleVisibility", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfig_ruleVisibility},
    {"thresholdConfigs", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfig, NULL},
};
static const struct pl_schema m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfig = {"SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfig", f_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfig, 3};

static const struct pl_schema_field f_SecurityPolicyAdvancedOptionsConfigJsonCustomConfig[] = {
    {"contentTypes", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyAdvancedOptionsConfigJsonCustomConfig = {"SecurityPolicyAdvancedOptionsConfigJsonCustomConfig", f_SecurityPolicyAdvancedOptionsConfigJsonCustomConfig, 1};

static const struct pl_schema_field f_SecurityPolicyRuleHttpHeaderAction[] = {
    {"requestHeadersToAdds", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRuleHttpHeaderActionHttpHeaderOption, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleHttpHeaderAction = {"SecurityPolicyRuleHttpHeaderAction", f_SecurityPolicyRuleHttpHeaderAction, 1};

static const struct pl_schema_field f_SecurityPolicyRuleMatcher[] = {
    {"config", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleMatcherConfig, NULL},
    {"expr", PL_T_MESSAGE, PL_ONE, &m_Expr, NULL},
    {"exprOptions", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleMatcherExprOptions, NULL},
    {"versionedExpr", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyRuleMatcher_versionedExpr},
};
static const struct pl_schema m_SecurityPolicyRuleMatcher = {"SecurityPolicyRuleMatcher", f_SecurityPolicyRuleMatcher, 4};

static const struct pl_schema_field f_SecurityPolicyRuleNetworkMatcher[] = {
    {"destIpRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"destPorts", PL_T_STRING, PL_MANY, NULL, NULL},
    {"ipProtocols", PL_T_STRING, PL_MANY, NULL, NULL},
    {"srcAsns", PL_T_INT, PL_MANY, NULL, NULL},
    {"srcIpRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"srcPorts", PL_T_STRING, PL_MANY, NULL, NULL},
    {"srcRegionCodes", PL_T_STRING, PL_MANY, NULL, NULL},
    {"userDefinedFields", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRuleNetworkMatcherUserDefinedFieldMatch, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleNetworkMatcher = {"SecurityPolicyRuleNetworkMatcher", f_SecurityPolicyRuleNetworkMatcher, 8};

static const struct pl_schema_field f_SecurityPolicyRulePreconfiguredWafConfig[] = {
    {"exclusions", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRulePreconfiguredWafConfigExclusion, NULL},
};
static const struct pl_schema m_SecurityPolicyRulePreconfiguredWafConfig = {"SecurityPolicyRulePreconfiguredWafConfig", f_SecurityPolicyRulePreconfiguredWafConfig, 1};

static const struct pl_schema_field f_SecurityPolicyRuleRateLimitOptions[] = {
    {"banDurationSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"banThreshold", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleRateLimitOptionsThreshold, NULL},
    {"conformAction", PL_T_STRING, PL_ONE, NULL, NULL},
    {"enforceOnKey", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyRuleRateLimitOptions_enforceOnKey},
    {"enforceOnKeyConfigs", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRuleRateLimitOptionsEnforceOnKeyConfig, NULL},
    {"enforceOnKeyName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"exceedAction", PL_T_STRING, PL_ONE, NULL, NULL},
    {"exceedRedirectOptions", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleRedirectOptions, NULL},
    {"rateLimitThreshold", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleRateLimitOptionsThreshold, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleRateLimitOptions = {"SecurityPolicyRuleRateLimitOptions", f_SecurityPolicyRuleRateLimitOptions, 9};

static const struct pl_schema_field f_SecurityPolicyRuleRedirectOptions[] = {
    {"target", PL_T_STRING, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyRuleRedirectOptions_type},
};
static const struct pl_schema m_SecurityPolicyRuleRedirectOptions = {"SecurityPolicyRuleRedirectOptions", f_SecurityPolicyRuleRedirectOptions, 2};

static const struct pl_schema_field f_SubnetworkUtilizationDetailsIPV6Utilization[] = {
    {"totalAllocatedIp", PL_T_MESSAGE, PL_ONE, &m_Uint128, NULL},
    {"totalFreeIp", PL_T_MESSAGE, PL_ONE, &m_Uint128, NULL},
};
static const struct pl_schema m_SubnetworkUtilizationDetailsIPV6Utilization = {"SubnetworkUtilizationDetailsIPV6Utilization", f_SubnetworkUtilizationDetailsIPV6Utilization, 2};

static const struct pl_schema_field f_SubnetworkUtilizationDetailsIPV4Utilization[] = {
    {"rangeName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"totalAllocatedIp", PL_T_INT64, PL_ONE, NULL, NULL},
    {"totalFreeIp", PL_T_INT64, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SubnetworkUtilizationDetailsIPV4Utilization = {"SubnetworkUtilizationDetailsIPV4Utilization", f_SubnetworkUtilizationDetailsIPV4Utilization, 3};

static const struct pl_schema_field f_CustomErrorResponsePolicyCustomErrorResponseRule[] = {
    {"matchResponseCodes", PL_T_STRING, PL_MANY, NULL, NULL},
    {"overrideResponseCode", PL_T_INT, PL_ONE, NULL, NULL},
    {"path", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CustomErrorResponsePolicyCustomErrorResponseRule = {"CustomErrorResponsePolicyCustomErrorResponseRule", f_CustomErrorResponsePolicyCustomErrorResponseRule, 3};

static const struct pl_schema_field f_CachePolicy[] = {
    {"cacheBypassRequestHeaderNames", PL_T_STRING, PL_MANY, NULL, NULL},
    {"cacheKeyPolicy", PL_T_MESSAGE, PL_ONE, &m_CachePolicyCacheKeyPolicy, NULL},
    {"cacheMode", PL_T_ENUM, PL_ONE, NULL, e_CachePolicy_cacheMode},
    {"clientTtl", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"defaultTtl", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"maxTtl", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"negativeCaching", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"negativeCachingPolicy", PL_T_MESSAGE, PL_MANY, &m_CachePolicyNegativeCachingPolicy, NULL},
    {"requestCoalescing", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"serveWhileStale", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
};
static const struct pl_schema m_CachePolicy = {"CachePolicy", f_CachePolicy, 10};

static const struct pl_schema_field f_CorsPolicy[] = {
    {"allowCredentials", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"allowHeaders", PL_T_STRING, PL_MANY, NULL, NULL},
    {"allowMethods", PL_T_STRING, PL_MANY, NULL, NULL},
    {"allowOriginRegexes", PL_T_STRING, PL_MANY, NULL, NULL},
    {"allowOrigins", PL_T_STRING, PL_MANY, NULL, NULL},
    {"disabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"exposeHeaders", PL_T_STRING, PL_MANY, NULL, NULL},
    {"maxAge", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_CorsPolicy = {"CorsPolicy", f_CorsPolicy, 8};

static const struct pl_schema_field f_HttpFaultInjection[] = {
    {"abort", PL_T_MESSAGE, PL_ONE, &m_HttpFaultAbort, NULL},
    {"delay", PL_T_MESSAGE, PL_ONE, &m_HttpFaultDelay, NULL},
};
static const struct pl_schema m_HttpFaultInjection = {"HttpFaultInjection", f_HttpFaultInjection, 2};

static const struct pl_schema_field f_RequestMirrorPolicy[] = {
    {"backendService", PL_T_STRING, PL_ONE, NULL, NULL},
    {"mirrorPercent", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RequestMirrorPolicy = {"RequestMirrorPolicy", f_RequestMirrorPolicy, 2};

static const struct pl_schema_field f_HttpRetryPolicy[] = {
    {"numRetries", PL_T_INT, PL_ONE, NULL, NULL},
    {"perTryTimeout", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"retryConditions", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_HttpRetryPolicy = {"HttpRetryPolicy", f_HttpRetryPolicy, 3};

static const struct pl_schema_field f_UrlRewrite[] = {
    {"hostRewrite", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pathPrefixRewrite", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pathTemplateRewrite", PL_T_STRING, PL_ONE, NULL, NULL},
    {"regexRewrite", PL_T_MESSAGE, PL_ONE, &m_RegexRewrite, NULL},
};
static const struct pl_schema m_UrlRewrite = {"UrlRewrite", f_UrlRewrite, 4};

static const struct pl_schema_field f_WeightedBackendService[] = {
    {"backendService", PL_T_STRING, PL_ONE, NULL, NULL},
    {"headerAction", PL_T_MESSAGE, PL_ONE, &m_HttpHeaderAction, NULL},
    {"weight", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_WeightedBackendService = {"WeightedBackendService", f_WeightedBackendService, 3};

static const struct pl_schema_field f_HttpHeaderOption[] = {
    {"headerName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"headerValue", PL_T_STRING, PL_ONE, NULL, NULL},
    {"replace", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_HttpHeaderOption = {"HttpHeaderOption", f_HttpHeaderOption, 3};

static const struct pl_schema_field f_PathRule[] = {
    {"customErrorResponsePolicy", PL_T_MESSAGE, PL_ONE, &m_CustomErrorResponsePolicy, NULL},
    {"paths", PL_T_STRING, PL_MANY, NULL, NULL},
    {"routeAction", PL_T_MESSAGE, PL_ONE, &m_HttpRouteAction, NULL},
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
    {"urlRedirect", PL_T_MESSAGE, PL_ONE, &m_HttpRedirectAction, NULL},
};
static const struct pl_schema m_PathRule = {"PathRule", f_PathRule, 5};

static const struct pl_schema_field f_HttpRouteRule[] = {
    {"customErrorResponsePolicy", PL_T_MESSAGE, PL_ONE, &m_CustomErrorResponsePolicy, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"headerAction", PL_T_MESSAGE, PL_ONE, &m_HttpHeaderAction, NULL},
    {"matchRules", PL_T_MESSAGE, PL_MANY, &m_HttpRouteRuleMatch, NULL},
    {"priority", PL_T_INT, PL_ONE, NULL, NULL},
    {"routeAction", PL_T_MESSAGE, PL_ONE, &m_HttpRouteAction, NULL},
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
    {"urlRedirect", PL_T_MESSAGE, PL_ONE, &m_HttpRedirectAction, NULL},
};
static const struct pl_schema m_HttpRouteRule = {"HttpRouteRule", f_HttpRouteRule, 8};

static const struct pl_schema_field f_UrlMapTestHeader[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_UrlMapTestHeader = {"UrlMapTestHeader", f_UrlMapTestHeader, 2};

static const struct pl_schema_field f_BackendServiceHAPolicyLeaderNetworkEndpoint[] = {
    {"instance", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_BackendServiceHAPolicyLeaderNetworkEndpoint = {"BackendServiceHAPolicyLeaderNetworkEndpoint", f_BackendServiceHAPolicyLeaderNetworkEndpoint, 1};

static const struct pl_schema_field f_FirewallPolicyRuleMatcherLayer4Config[] = {
    {"ipProtocol", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ports", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_FirewallPolicyRuleMatcherLayer4Config = {"FirewallPolicyRuleMatcherLayer4Config", f_FirewallPolicyRuleMatcherLayer4Config, 2};

static const struct pl_schema_field f_FileContentBuffer[] = {
    {"content", PL_T_BYTES, PL_ONE, NULL, NULL},
    {"fileType", PL_T_ENUM, PL_ONE, NULL, e_FileContentBuffer_fileType},
};
static const struct pl_schema m_FileContentBuffer = {"FileContentBuffer", f_FileContentBuffer, 2};

static const struct pl_schema_field f_ResourceStatusPhysicalHostTopologyAdditionalAttributes[] = {
    {"acceleratorTopologyIds", PL_T_STRING, PL_KEYED, NULL, NULL},
};
static const struct pl_schema m_ResourceStatusPhysicalHostTopologyAdditionalAttributes = {"ResourceStatusPhysicalHostTopologyAdditionalAttributes", f_ResourceStatusPhysicalHostTopologyAdditionalAttributes, 1};

static const struct pl_schema_field f_NetworkPeeringConnectionStatusConsensusState[] = {
    {"deleteStatus", PL_T_ENUM, PL_ONE, NULL, e_NetworkPeeringConnectionStatusConsensusState_deleteStatus},
    {"updateStatus", PL_T_ENUM, PL_ONE, NULL, e_NetworkPeeringConnectionStatusConsensusState_updateStatus},
};
static const struct pl_schema m_NetworkPeeringConnectionStatusConsensusState = {"NetworkPeeringConnectionStatusConsensusState", f_NetworkPeeringConnectionStatusConsensusState, 2};

static const struct pl_schema_field f_NetworkPeeringConnectionStatusTrafficConfiguration[] = {
    {"exportCustomRoutesToPeer", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"exportSubnetRoutesWithPublicIpToPeer", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"importCustomRoutesFromPeer", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"importSubnetRoutesWithPublicIpFromPeer", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"stackType", PL_T_ENUM, PL_ONE, NULL, e_NetworkPeering_stackType},
};
static const struct pl_schema m_NetworkPeeringConnectionStatusTrafficConfiguration = {"NetworkPeeringConnectionStatusTrafficConfiguration", f_NetworkPeeringConnectionStatusTrafficConfiguration, 5};

static const struct pl_schema_field f_RouterNatRuleAction[] = {
    {"sourceNatActiveIps", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sourceNatActiveRanges", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sourceNatDrainIps", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sourceNatDrainRanges", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_RouterNatRuleAction = {"RouterNatRuleAction", f_RouterNatRuleAction, 4};

static const struct pl_schema_field f_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfig[] = {
    {"autoDeployConfidenceThreshold", PL_T_REAL, PL_ONE, NULL, NULL},
    {"autoDeployExpirationSec", PL_T_INT, PL_ONE, NULL, NULL},
    {"autoDeployImpactedBaselineThreshold", PL_T_REAL, PL_ONE, NULL, NULL},
    {"autoDeployLoadThreshold", PL_T_REAL, PL_ONE, NULL, NULL},
    {"detectionAbsoluteQps", PL_T_REAL, PL_ONE, NULL, NULL},
    {"detectionLoadThreshold", PL_T_REAL, PL_ONE, NULL, NULL},
    {"detectionRelativeToBaselineQps", PL_T_REAL, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"trafficGranularityConfigs", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfigTrafficGranularityConfig, NULL},
};
static const struct pl_schema m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfig = {"SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfig", f_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfig, 9};

static const struct pl_schema_field f_SecurityPolicyRuleHttpHeaderActionHttpHeaderOption[] = {
    {"headerName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"headerValue", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleHttpHeaderActionHttpHeaderOption = {"SecurityPolicyRuleHttpHeaderActionHttpHeaderOption", f_SecurityPolicyRuleHttpHeaderActionHttpHeaderOption, 2};

static const struct pl_schema_field f_SecurityPolicyRuleMatcherConfig[] = {
    {"srcIpRanges", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleMatcherConfig = {"SecurityPolicyRuleMatcherConfig", f_SecurityPolicyRuleMatcherConfig, 1};

static const struct pl_schema_field f_Expr[] = {
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"expression", PL_T_STRING, PL_ONE, NULL, NULL},
    {"location", PL_T_STRING, PL_ONE, NULL, NULL},
    {"title", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Expr = {"Expr", f_Expr, 4};

static const struct pl_schema_field f_SecurityPolicyRuleMatcherExprOptions[] = {
    {"recaptchaOptions", PL_T_MESSAGE, PL_ONE, &m_SecurityPolicyRuleMatcherExprOptionsRecaptchaOptions, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleMatcherExprOptions = {"SecurityPolicyRuleMatcherExprOptions", f_SecurityPolicyRuleMatcherExprOptions, 1};

static const struct pl_schema_field f_SecurityPolicyRuleNetworkMatcherUserDefinedFieldMatch[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"values", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleNetworkMatcherUserDefinedFieldMatch = {"SecurityPolicyRuleNetworkMatcherUserDefinedFieldMatch", f_SecurityPolicyRuleNetworkMatcherUserDefinedFieldMatch, 2};

static const struct pl_schema_field f_SecurityPolicyRulePreconfiguredWafConfigExclusion[] = {
    {"requestCookiesToExclude", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams, NULL},
    {"requestHeadersToExclude", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams, NULL},
    {"requestQueryParamsToExclude", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams, NULL},
    {"requestUrisToExclude", PL_T_MESSAGE, PL_MANY, &m_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams, NULL},
    {"targetRuleIds", PL_T_STRING, PL_MANY, NULL, NULL},
    {"targetRuleSet", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyRulePreconfiguredWafConfigExclusion = {"SecurityPolicyRulePreconfiguredWafConfigExclusion", f_SecurityPolicyRulePreconfiguredWafConfigExclusion, 6};

static const struct pl_schema_field f_SecurityPolicyRuleRateLimitOptionsThreshold[] = {
    {"count", PL_T_INT, PL_ONE, NULL, NULL},
    {"intervalSec", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleRateLimitOptionsThreshold = {"SecurityPolicyRuleRateLimitOptionsThreshold", f_SecurityPolicyRuleRateLimitOptionsThreshold, 2};

static const struct pl_schema_field f_SecurityPolicyRuleRateLimitOptionsEnforceOnKeyConfig[] = {
    {"enforceOnKeyName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"enforceOnKeyType", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyRuleRateLimitOptions_enforceOnKey},
};
static const struct pl_schema m_SecurityPolicyRuleRateLimitOptionsEnforceOnKeyConfig = {"SecurityPolicyRuleRateLimitOptionsEnforceOnKeyConfig", f_SecurityPolicyRuleRateLimitOptionsEnforceOnKeyConfig, 2};

static const struct pl_schema_field f_CachePolicyCacheKeyPolicy[] = {
    {"excludedQueryParameters", PL_T_STRING, PL_MANY, NULL, NULL},
    {"includeHost", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"includeProtocol", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"includeQueryString", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"includedCookieNames", PL_T_STRING, PL_MANY, NULL, NULL},
    {"includedHeaderNames", PL_T_STRING, PL_MANY, NULL, NULL},
    {"includedQueryParameters", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_CachePolicyCacheKeyPolicy = {"CachePolicyCacheKeyPolicy", f_CachePolicyCacheKeyPolicy, 7};

static const struct pl_schema_field f_CachePolicyNegativeCachingPolicy[] = {
    {"code", PL_T_INT, PL_ONE, NULL, NULL},
    {"ttl", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
};
static const struct pl_schema m_CachePolicyNegativeCachingPolicy = {"CachePolicyNegativeCachingPolicy", f_CachePolicyNegativeCachingPolicy, 2};

static const struct pl_schema_field f_HttpFaultAbort[] = {
    {"httpStatus", PL_T_INT, PL_ONE, NULL, NULL},
    {"percentage", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_HttpFaultAbort = {"HttpFaultAbort", f_HttpFaultAbort, 2};

static const struct pl_schema_field f_HttpFaultDelay[] = {
    {"fixedDelay", PL_T_MESSAGE, PL_ONE, &m_Duration, NULL},
    {"percentage", PL_T_REAL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_HttpFaultDelay = {"HttpFaultDelay", f_HttpFaultDelay, 2};

static const struct pl_schema_field f_RegexRewrite[] = {
    {"pathPattern", PL_T_STRING, PL_ONE, NULL, NULL},
    {"pathSubstitution", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_RegexRewrite = {"RegexRewrite", f_RegexRewrite, 2};

static const struct pl_schema_field f_HttpRouteRuleMatch[] = {
    {"fullPathMatch", PL_T_STRING, PL_ONE, NULL, NULL},
    {"headerMatches", PL_T_MESSAGE, PL_MANY, &m_HttpHeaderMatch, NULL},
    {"ignoreCase", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"metadataFilters", PL_T_MESSAGE, PL_MANY, &m_MetadataFilter, NULL},
    {"pathTemplateMatch", PL_T_STRING, PL_ONE, NULL, NULL},
    {"prefixMatch", PL_T_STRING, PL_ONE, NULL, NULL},
    {"queryParameterMatches", PL_T_MESSAGE, PL_MANY, &m_HttpQueryParameterMatch, NULL},
    {"regexMatch", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_HttpRouteRuleMatch = {"HttpRouteRuleMatch", f_HttpRouteRuleMatch, 8};

static const struct pl_schema_field f_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfigTrafficGranularityConfig[] = {
    {"enableEachUniqueValue", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfigTrafficGranularityConfig_type},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfigTrafficGranularityConfig = {"SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfigTrafficGranularityConfig", f_SecurityPolicyAdaptiveProtectionConfigLayer7DdosDefenseConfigThresholdConfigTrafficGranularityConfig, 3};

static const struct pl_schema_field f_SecurityPolicyRuleMatcherExprOptionsRecaptchaOptions[] = {
    {"actionTokenSiteKeys", PL_T_STRING, PL_MANY, NULL, NULL},
    {"sessionTokenSiteKeys", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyRuleMatcherExprOptionsRecaptchaOptions = {"SecurityPolicyRuleMatcherExprOptionsRecaptchaOptions", f_SecurityPolicyRuleMatcherExprOptionsRecaptchaOptions, 2};

static const struct pl_schema_field f_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams[] = {
    {"op", PL_T_ENUM, PL_ONE, NULL, e_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams_op},
    {"val", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams = {"SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams", f_SecurityPolicyRulePreconfiguredWafConfigExclusionFieldParams, 2};

static const struct pl_schema_field f_HttpHeaderMatch[] = {
    {"exactMatch", PL_T_STRING, PL_ONE, NULL, NULL},
    {"headerName", PL_T_STRING, PL_ONE, NULL, NULL},
    {"invertMatch", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"prefixMatch", PL_T_STRING, PL_ONE, NULL, NULL},
    {"presentMatch", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"rangeMatch", PL_T_MESSAGE, PL_ONE, &m_Int64RangeMatch, NULL},
    {"regexMatch", PL_T_STRING, PL_ONE, NULL, NULL},
    {"suffixMatch", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_HttpHeaderMatch = {"HttpHeaderMatch", f_HttpHeaderMatch, 8};

static const struct pl_schema_field f_HttpQueryParameterMatch[] = {
    {"exactMatch", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"presentMatch", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"regexMatch", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_HttpQueryParameterMatch = {"HttpQueryParameterMatch", f_HttpQueryParameterMatch, 4};

static const struct pl_schema_field f_Int64RangeMatch[] = {
    {"rangeEnd", PL_T_INT64, PL_ONE, NULL, NULL},
    {"rangeStart", PL_T_INT64, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_Int64RangeMatch = {"Int64RangeMatch", f_Int64RangeMatch, 2};
