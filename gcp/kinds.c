/* kinds.c - the catalogue: every kind that plumbline knows, sorted by name (pl_kind_find searches it by halves).
 *
 * What a kind is stands in its own file beside this one. Nothing here knows how kinds are read (observe.c).
 */
#include "gcp_kinds.h"

const struct pl_kind *const pl_kinds[] = {
    &pl_kind_compute_address,
    &pl_kind_compute_backend_service,
    &pl_kind_compute_firewall,
    &pl_kind_compute_firewall_policy,
    &pl_kind_compute_forwarding_rule,
    &pl_kind_compute_instance,
    &pl_kind_compute_network,
    &pl_kind_compute_network_endpoint_group,
    &pl_kind_compute_route,
    &pl_kind_compute_router,
    &pl_kind_compute_security_policy,
    &pl_kind_compute_service_attachment,
    &pl_kind_compute_ssl_certificate,
    &pl_kind_compute_subnetwork,
    &pl_kind_compute_target_https_proxy,
    &pl_kind_compute_url_map,
    &pl_kind_dns_managed_zone,
    &pl_kind_dns_record_set,
    &pl_kind_memcache_instance,
    &pl_kind_project_iam_policy,
    &pl_kind_project_service,
    &pl_kind_redis_cluster,
    &pl_kind_redis_instance,
    &pl_kind_run_job,
    &pl_kind_run_revision,
    &pl_kind_run_service,
    &pl_kind_secret_secret,
    &pl_kind_secret_version,
    &pl_kind_servicenetworking_connection,
    &pl_kind_sql_database,
    &pl_kind_sql_instance,
    &pl_kind_sql_user,
    &pl_kind_valkey_instance,
    &pl_kind_vpcaccess_connector,
};

const size_t pl_kinds_len = PL_LEN(pl_kinds);
