/* compute_ssl_certificate.c - TLS certificates of load balancers (Compute v1), managed by Google or by their owner.
 *
 * Certificate Manager is another API and is not read. A private key never leaves Google: should one come, it is redacted.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/sslCertificates"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)
#define FIXED                                                                                      \
    "https://cloud.google.com/load-balancing/docs/ssl-certificates (a certificate cannot be "      \
    "changed, only replaced)"

static const char *const segments[] = {"sslCertificate", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("certificate", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_FLAGS("expireTime", CHANGES, REST " (moves when it is renewed)"),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#sslCertificate"),
    ROW_FLAGS("managed.domainStatus", SERVER, REST),
    {"managed.domains", PL_T_UNKNOWN, NULL, NULL, PL_F_SET | PL_F_IMMUTABLE, FIXED},
    ROW_FLAGS("managed.status", SERVER, REST),
    ROW_FLAGS("privateKey", PL_F_INPUT | PL_F_SECRET, REST " (only in requests)"),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_FLAGS("selfManaged.certificate", PL_F_IMMUTABLE, FIXED),
    ROW_FLAGS("selfManaged.privateKey", PL_F_INPUT | PL_F_SECRET, REST " (only in requests)"),
    {"subjectAlternativeNames", PL_T_UNKNOWN, NULL, NULL, SERVER | PL_F_SET, REST},
    {"type", PL_T_UNKNOWN, NULL, "\"SELF_MANAGED\"", PL_F_IMMUTABLE,
     "discovery: if not specified, the certificate is self-managed"},
};

const struct pl_kind pl_kind_compute_ssl_certificate = {
    .name = "compute.sslCertificate",
    .title = "TLS certificate of a load balancer",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/sslCertificates/{sslCertificate}",
    .name_field = "name",
    .schema = &pl_schema_compute_SslCertificate,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call =
        {.api = "compute.googleapis.com",
         .list_path = "/compute/v1/projects/{project}/aggregated/sslCertificates",
         .items = "sslCertificates",
         .get_path =
             "/compute/v1/projects/{project}/regions/{location}/sslCertificates/{sslCertificate}",
         .page_size_param = "maxResults",
         .page_size = 500,
         .query = "returnPartialSuccess=true",
         .how = PL_LIST_AGGREGATED,
         .permission = "compute.sslCertificates.list",
         .get_permission = "compute.regionSslCertificates.get",
         .role = "roles/compute.viewer"},
    .doc = REST,
};
