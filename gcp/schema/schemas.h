/* schemas.h - made by gcp/schema/generate.c (make schema): the messages of the kinds' bodies. Not to be edited. */
#ifndef GCP_SCHEMA_SCHEMAS_H
#define GCP_SCHEMA_SCHEMAS_H

#include "plumbline/kind.h"

extern const struct pl_schema pl_schema_compute_Address;
extern const struct pl_schema pl_schema_compute_BackendService;
extern const struct pl_schema pl_schema_compute_ExchangedPeeringRoute;
extern const struct pl_schema pl_schema_compute_Firewall;
extern const struct pl_schema pl_schema_compute_FirewallPolicy;
extern const struct pl_schema pl_schema_compute_ForwardingRule;
extern const struct pl_schema pl_schema_compute_Instance;
extern const struct pl_schema pl_schema_compute_Network;
extern const struct pl_schema pl_schema_compute_NetworkEndpointGroup;
extern const struct pl_schema pl_schema_compute_EffectiveFirewalls;
extern const struct pl_schema pl_schema_compute_RegionalFirewallPolicy;
extern const struct pl_schema pl_schema_compute_Route;
extern const struct pl_schema pl_schema_compute_Router;
extern const struct pl_schema pl_schema_compute_SecurityPolicy;
extern const struct pl_schema pl_schema_compute_ServiceAttachment;
extern const struct pl_schema pl_schema_compute_SslCertificate;
extern const struct pl_schema pl_schema_compute_Subnetwork;
extern const struct pl_schema pl_schema_compute_TargetHttpsProxy;
extern const struct pl_schema pl_schema_compute_UrlMap;
extern const struct pl_schema pl_schema_dns_ManagedZone;
extern const struct pl_schema pl_schema_dns_ResourceRecordSet;
extern const struct pl_schema pl_schema_iam_Policy;
extern const struct pl_schema pl_schema_memcache_Instance;
extern const struct pl_schema pl_schema_memorystore_Instance;
extern const struct pl_schema pl_schema_redis_Cluster;
extern const struct pl_schema pl_schema_redis_Instance;
extern const struct pl_schema pl_schema_run_Job;
extern const struct pl_schema pl_schema_run_Revision;
extern const struct pl_schema pl_schema_run_Service;
extern const struct pl_schema pl_schema_secretmanager_Secret;
extern const struct pl_schema pl_schema_secretmanager_SecretVersion;
extern const struct pl_schema pl_schema_servicenetworking_Connection;
extern const struct pl_schema pl_schema_serviceusage_Service;
extern const struct pl_schema pl_schema_sqladmin_Database;
extern const struct pl_schema pl_schema_sqladmin_DatabaseInstance;
extern const struct pl_schema pl_schema_sqladmin_User;
extern const struct pl_schema pl_schema_vpcaccess_Connector;

#endif
