/* compute_service_attachment.c - service attachments (Compute v1): what a producer publishes over Private Service Connect, and whom it lets in.
 *
 * The consumer sees of it only its own forwarding rule.
 */
#include "gcp_kinds.h"

#define REST    "https://cloud.google.com/compute/docs/reference/rest/v1/serviceAttachments"
#define SERVER  (PL_F_OUTPUT)
#define CHANGES (PL_F_OUTPUT | PL_F_VOLATILE)

static const char *const segments[] = {"serviceAttachment", NULL};

static const struct pl_field_row fields[] = {
    {"connectedEndpoints", PL_T_UNKNOWN, "pscConnectionId", NULL, CHANGES, REST},
    ROW_ID("consumerAcceptLists", "projectIdOrNum+networkUrl+endpointUrl", REST),
    ROW_TYPE("consumerAcceptLists[].endpointUrl", PL_T_LINK, 0, REST),
    ROW_TYPE("consumerAcceptLists[].networkUrl", PL_T_LINK, 0, REST),
    ROW_SET("consumerRejectLists", REST),
    ROW_FLAGS("creationTimestamp", CHANGES, REST),
    ROW_SET("domainNames", REST),
    ROW_DEFAULT("enableProxyProtocol", "false", "discovery: boolean, absent is false"),
    ROW_FLAGS("fingerprint", CHANGES, REST),
    ROW_FLAGS("id", CHANGES, REST),
    ROW_FLAGS("kind", SERVER, "discovery: always compute#serviceAttachment"),
    ROW_DEFAULT("natIpsPerEndpoint", "1", "discovery: if not specified, the default value is 1"),
    {"natSubnets", PL_T_LINK, NULL, NULL, PL_F_SET, REST},
    ROW_TYPE("producerForwardingRule", PL_T_LINK, 0, REST),
    ROW_DEFAULT("propagatedConnectionLimit", "250",
                "discovery: if unspecified, the default limit is 250"),
    ROW_FLAGS("pscServiceAttachmentId", SERVER, REST),
    ROW_DEFAULT("reconcileConnections", "false", "discovery: defaults to false"),
    ROW_TYPE("region", PL_T_LINK, SERVER, REST),
    ROW_FLAGS("selfLink", CHANGES, REST),
    ROW_TYPE("targetService", PL_T_LINK, 0, REST),
};

const struct pl_kind pl_kind_compute_service_attachment = {
    .name = "compute.serviceAttachment",
    .title = "Private Service Connect service",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_LOCATION,
    .name_template = "projects/{project}/regions/{location}/serviceAttachments/{serviceAttachment}",
    .name_field = "name",
    .schema = &pl_schema_compute_ServiceAttachment,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "compute.googleapis.com",
             .list_path = "/compute/v1/projects/{project}/aggregated/serviceAttachments",
             .items = "serviceAttachments",
             .get_path = "/compute/v1/projects/{project}/regions/{location}/serviceAttachments/"
                         "{serviceAttachment}",
             .page_size_param = "maxResults",
             .page_size = 500,
             .query = "returnPartialSuccess=true",
             .how = PL_LIST_AGGREGATED,
             .permission = "compute.serviceAttachments.list",
             .get_permission = "compute.serviceAttachments.get",
             .role = "roles/compute.viewer"},
    .doc = REST,
};
