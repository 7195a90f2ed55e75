/* gcp_kinds.h - the kinds that gcp/ knows, and shorthand for their field rows.
 *
 * One file a kind defines one `const struct pl_kind`; kinds.c puts them in order. A further kind is a file, a line here and a line
 * there. Sources in rows: an id such as E1 or P2 is a rule of docs/rules.md; "discovery" is Google's own description
 * of that field in the API's discovery document.
 */
#ifndef GCP_KINDS_H
#define GCP_KINDS_H

#include "plumbline/kind.h"

#include "schema/schemas.h"

extern const struct pl_kind pl_kind_compute_address;
extern const struct pl_kind pl_kind_compute_backend_service;
extern const struct pl_kind pl_kind_compute_firewall;
extern const struct pl_kind pl_kind_compute_firewall_policy;
extern const struct pl_kind pl_kind_compute_forwarding_rule;
extern const struct pl_kind pl_kind_compute_instance;
extern const struct pl_kind pl_kind_compute_network;
extern const struct pl_kind pl_kind_compute_network_endpoint_group;
extern const struct pl_kind pl_kind_compute_route;
extern const struct pl_kind pl_kind_compute_router;
extern const struct pl_kind pl_kind_compute_security_policy;
extern const struct pl_kind pl_kind_compute_service_attachment;
extern const struct pl_kind pl_kind_compute_ssl_certificate;
extern const struct pl_kind pl_kind_compute_subnetwork;
extern const struct pl_kind pl_kind_compute_target_https_proxy;
extern const struct pl_kind pl_kind_compute_url_map;
extern const struct pl_kind pl_kind_dns_managed_zone;
extern const struct pl_kind pl_kind_dns_record_set;
extern const struct pl_kind pl_kind_memcache_instance;
extern const struct pl_kind pl_kind_project_iam_policy;
extern const struct pl_kind pl_kind_project_service;
extern const struct pl_kind pl_kind_redis_cluster;
extern const struct pl_kind pl_kind_redis_instance;
extern const struct pl_kind pl_kind_run_job;
extern const struct pl_kind pl_kind_run_revision;
extern const struct pl_kind pl_kind_run_service;
extern const struct pl_kind pl_kind_secret_secret;
extern const struct pl_kind pl_kind_secret_version;
extern const struct pl_kind pl_kind_servicenetworking_connection;
extern const struct pl_kind pl_kind_sql_database;
extern const struct pl_kind pl_kind_sql_instance;
extern const struct pl_kind pl_kind_sql_user;
extern const struct pl_kind pl_kind_valkey_instance;
extern const struct pl_kind pl_kind_vpcaccess_connector;

/* Rows: {path, type, identity, absent_is, flags, source}. */
#define ROW_DEFAULT(path, json, source)                                                            \
    {                                                                                              \
        (path), PL_T_UNKNOWN, NULL, (json), 0, (source)                                            \
    }
#define ROW_FLAGS(path, flags, source)                                                             \
    {                                                                                              \
        (path), PL_T_UNKNOWN, NULL, NULL, (flags), (source)                                        \
    }
#define ROW_TYPE(path, type, flags, source)                                                        \
    {                                                                                              \
        (path), (type), NULL, NULL, (flags), (source)                                              \
    }
#define ROW_ID(path, identity, source)                                                             \
    {                                                                                              \
        (path), PL_T_UNKNOWN, (identity), NULL, 0, (source)                                        \
    }
#define ROW_SET(path, source)                                                                      \
    {                                                                                              \
        (path), PL_T_UNKNOWN, NULL, NULL, PL_F_SET, (source)                                       \
    }

#endif
