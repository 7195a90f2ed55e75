/* terraform_types.c - the types of the Google provider that are our kinds, and what they call otherwise.
 *
 * Data only. Attributes: https://registry.terraform.io/providers/hashicorp/google/latest/docs. Everything that is not here is called as in
 * Google's schema, in snake case.
 */
#include <string.h>

#include "terraform_priv.h"

const struct pl_tf_type pl_tf_types[] = {
    {"google_sql_database_instance", "sql.instance", "name", NULL, NULL, false},
    {"google_sql_database", "sql.database", "instance name", NULL, NULL, false},
    {"google_redis_instance", "redis.instance", "name", "region", NULL, false},
    {"google_redis_cluster", "redis.cluster", "name", "region", NULL, false},
    {"google_memorystore_instance", "valkey.instance", "instance_id", "location", NULL, false},
    {"google_memcache_instance", "memcache.instance", "name", "region", NULL, false},
    {"google_vpc_access_connector", "vpcaccess.connector", "name", "region", NULL, false},
    {"google_compute_network", "compute.network", "name", NULL, NULL, false},
    {"google_compute_network_peering", "compute.network", "network", NULL, "peerings", false},
    {"google_compute_subnetwork", "compute.subnetwork", "name", "region", NULL, false},
    {"google_compute_firewall", "compute.firewall", "name", NULL, NULL, false},
    {"google_compute_route", "compute.route", "name", NULL, NULL, false},
    {"google_compute_router", "compute.router", "name", "region", NULL, false},
    {"google_compute_router_nat", "compute.router", "router", "region", "nats", false},
    {"google_compute_address", "compute.address", "name", "region", NULL, false},
    {"google_compute_global_address", "compute.address", "name", NULL, NULL, false},
    {"google_compute_forwarding_rule", "compute.forwardingRule", "name", "region", NULL, false},
    {"google_service_networking_connection", "servicenetworking.connection", "network", NULL, NULL,
     false},
    {"google_dns_managed_zone", "dns.managedZone", "name", NULL, NULL, false},
    {"google_dns_record_set", "dns.recordSet", "managed_zone name type", NULL, NULL, false},
    {"google_secret_manager_secret", "secret.secret", "secret_id", NULL, NULL, false},
    {"google_cloud_run_v2_service", "run.service", "name", "location", NULL, false},
    {"google_cloud_run_v2_service_iam_member", "run.service", "name", "location", "iamPolicy",
     false},
    {"google_cloud_run_v2_service_iam_binding", "run.service", "name", "location", "iamPolicy",
     false},
    {"google_cloud_run_service", "run.service", "name", "location", NULL, false},
    {"google_cloud_run_service_iam_member", "run.service", "service", "location", "iamPolicy",
     false},
    {"google_cloud_run_service_iam_binding", "run.service", "service", "location", "iamPolicy",
     false},
    {"google_cloud_run_v2_job", "run.job", "name", "location", NULL, false},
    {"google_project_service", "project.service", "service", NULL, NULL, false},
    {"google_compute_network_peering_routes_config", "compute.network", "network", NULL, "peerings",
     true},
    {"google_project_iam_member", "project.iamPolicy", "project", NULL, "iamPolicy", true},
    {"google_project_iam_binding", "project.iamPolicy", "project", NULL, "iamPolicy", true},
    {"google_secret_manager_secret_iam_member", "secret.secret", "secret_id", NULL, "iamPolicy",
     true},
    {"google_secret_manager_secret_iam_binding", "secret.secret", "secret_id", NULL, "iamPolicy",
     true},
};
const size_t pl_tf_types_len = PL_LEN(pl_tf_types);

#define SQL  "google_sql_database_instance"
#define RULE "google_compute_firewall"
#define V1   "google_cloud_run_service"
#define BOX  "template.containers[]"

const struct pl_tf_row pl_tf_rows[] = {
    {SQL, "ipAddresses", "ip_address", PL_TF_AS_IS},
    {SQL, "settings.dataDiskSizeGb", "disk_size", PL_TF_AS_IS},
    {SQL, "settings.dataDiskType", "disk_type", PL_TF_AS_IS},
    {SQL, "settings.storageAutoResize", "disk_autoresize", PL_TF_AS_IS},
    {SQL, "settings.storageAutoResizeLimit", "disk_autoresize_limit", PL_TF_AS_IS},
    {SQL, "settings.ipConfiguration.ipv4Enabled", "ipv4_enabled", PL_TF_AS_IS},
    {"google_memorystore_instance", "pscAutoConnections", "desired_auto_created_endpoints",
     PL_TF_AS_IS},
    {"google_compute_network", "routingConfig", "/", PL_TF_AS_IS},
    {"google_compute_network", "routingConfig.bgpBestPathSelectionMode",
     "bgp_best_path_selection_mode", PL_TF_AS_IS},
    {"google_compute_network_peering", "peerings[].network", "peer_network", PL_TF_AS_IS},
    {"google_compute_network_peering_routes_config", "peerings[].name", "peering", PL_TF_AS_IS},
    {"google_compute_subnetwork", "secondaryIpRanges", "secondary_ip_range", PL_TF_AS_IS},
    {RULE, "allowed", "allow", PL_TF_AS_IS},
    {RULE, "allowed[].IPProtocol", "protocol", PL_TF_AS_IS},
    {RULE, "denied", "deny", PL_TF_AS_IS},
    {RULE, "denied[].IPProtocol", "protocol", PL_TF_AS_IS},
    {"google_compute_router_nat", "nats[].subnetworks", "subnetwork", PL_TF_AS_IS},
    {"google_compute_forwarding_rule", "IPAddress", "ip_address", PL_TF_AS_IS},
    {"google_compute_forwarding_rule", "IPProtocol", "ip_protocol", PL_TF_AS_IS},
    /* Cloud Run's v1 has the fields of v2 in Knative's places. */
    {V1, "uri", "/status/url", PL_TF_AS_IS},
    {V1, "template", "/template/spec", PL_TF_AS_IS},
    {V1, "template.serviceAccount", "service_account_name", PL_TF_AS_IS},
    {V1, "template.timeout", "timeout_seconds", PL_TF_SECONDS},
    {V1, "template.maxInstanceRequestConcurrency", "container_concurrency", PL_TF_AS_IS},
    {V1, BOX ".env[].valueSource", "value_from", PL_TF_AS_IS},
    {V1, BOX ".env[].valueSource.secretKeyRef.secret", "name", PL_TF_AS_IS},
    {V1, BOX ".env[].valueSource.secretKeyRef.version", "key", PL_TF_AS_IS},
    {V1, "template.volumes[].secret.secret", "secret_name", PL_TF_AS_IS},
    {V1, "traffic[].revision", "revision_name", PL_TF_AS_IS},
    {V1, "traffic[].type", "latest_revision", PL_TF_TRAFFIC},
};
const size_t pl_tf_rows_len = PL_LEN(pl_tf_rows);

/* https://cloud.google.com/run/docs/securing/ingress, https://cloud.google.com/run/docs/configuring/vpc-connectors */
static const char *const ingress[][2] = {
    {"all", "INGRESS_TRAFFIC_ALL"},
    {"internal", "INGRESS_TRAFFIC_INTERNAL_ONLY"},
    {"internal-and-cloud-load-balancing", "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"},
    {NULL, NULL}};
static const char *const egress[][2] = {{"all", "ALL_TRAFFIC"},
                                        {"all-traffic", "ALL_TRAFFIC"},
                                        {"private-ranges-only", "PRIVATE_RANGES_ONLY"},
                                        {NULL, NULL}};

#define OWN   "/metadata/annotations"
#define BELOW "/template/metadata/annotations"

const struct pl_tf_annotation pl_tf_annotations[] = {
    {OWN, "run.googleapis.com/ingress", "ingress", ingress},
    {OWN, "run.googleapis.com/minScale", "scaling.minInstanceCount", NULL},
    {BELOW, "run.googleapis.com/vpc-access-connector", "template.vpcAccess.connector", NULL},
    {BELOW, "run.googleapis.com/vpc-access-egress", "template.vpcAccess.egress", egress},
    {BELOW, "run.googleapis.com/network-interfaces", "template.vpcAccess.networkInterfaces", NULL},
    {BELOW, "run.googleapis.com/cloudsql-instances", "template.volumes", NULL},
    {BELOW, "autoscaling.knative.dev/minScale", "template.scaling.minInstanceCount", NULL},
    {BELOW, "autoscaling.knative.dev/maxScale", "template.scaling.maxInstanceCount", NULL},
};
const size_t pl_tf_annotations_len = PL_LEN(pl_tf_annotations);

const struct pl_tf_type *pl_tf_type_find(const char *type)
{
    for (size_t i = 0; i < pl_tf_types_len; i++)
        if (strcmp(pl_tf_types[i].type, type) == 0)
            return &pl_tf_types[i];
    return NULL;
}
