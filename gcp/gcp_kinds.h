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

/* google.type.TimeOfDay: midnight is {}. */
#define ROWS_TIME_OF_DAY(path)                                                                     \
    ROW_DEFAULT(path ".hours", "0", PROTO3_JSON), ROW_DEFAULT(path ".minutes", "0", PROTO3_JSON),  \
        ROW_DEFAULT(path ".nanos", "0", PROTO3_JSON),                                              \
        ROW_DEFAULT(path ".seconds", "0", PROTO3_JSON)
#define PROTO3_JSON "https://protobuf.dev/programming-guides/json/ (absent is the type's zero)"

/* A probe of a Cloud Run container. */
#define ROWS_PROBE(path)                                                                           \
    ROW_DEFAULT(path ".failureThreshold", "3", "discovery: defaults to 3"),                        \
        ROW_ID(path ".httpGet.httpHeaders", "name",                                                \
               "https://cloud.google.com/run/docs/configuring/healthchecks"),                      \
        ROW_DEFAULT(path ".initialDelaySeconds", "0", "discovery: defaults to 0 seconds"),         \
        ROW_DEFAULT(path ".periodSeconds", "10", "discovery: default to 10 seconds"),              \
        ROW_DEFAULT(path ".timeoutSeconds", "1", "discovery: defaults to 1 second")

/* How a container or volume of Cloud Run names a secret. */
#define SECRET_NAME                                                                                \
    "discovery: {secret_name} or projects/{project}/secrets/{secret_name} (answers have the "      \
    "project's number)"

/* What deploying with gcloud or from the console leaves in a map of annotations, another at each deploy. */
#define ROWS_DEPLOY_MARKS(path)                                                                    \
    ROW_FLAGS(path "[\"client.knative.dev/user-image\"]", PL_F_VOLATILE, DEPLOY_MARKS),            \
        ROW_FLAGS(path "[\"run.googleapis.com/client-name\"]", PL_F_VOLATILE, DEPLOY_MARKS),       \
        ROW_FLAGS(path "[\"run.googleapis.com/client-version\"]", PL_F_VOLATILE, DEPLOY_MARKS),    \
        ROW_FLAGS(path "[\"run.googleapis.com/operation-id\"]", PL_F_VOLATILE, DEPLOY_MARKS),      \
        ROW_FLAGS(path "[\"serving.knative.dev/creator\"]", PL_F_VOLATILE, DEPLOY_MARKS),          \
        ROW_FLAGS(path "[\"serving.knative.dev/lastModifier\"]", PL_F_VOLATILE, DEPLOY_MARKS)
#define DEPLOY_MARKS                                                                               \
    "https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services (written by "         \
    "clients and by Cloud Run itself)"

#endif
