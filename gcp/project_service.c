/* project_service.c - APIs that a project has enabled (Service Usage v1). Only enabled ones are listed: absent means disabled. */
#include "gcp_kinds.h"

#define REST "https://cloud.google.com/service-usage/docs/reference/rest/v1/services"

static const char *const segments[] = {"api", NULL};

static const struct pl_field_row fields[] = {
    ROW_FLAGS("config", PL_F_OUTPUT | PL_F_VOLATILE, REST " (the service's own description)"),
    ROW_FLAGS("parent", PL_F_OUTPUT, REST),
};

const struct pl_kind pl_kind_project_service = {
    .name = "project.service",
    .title = "enabled API",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}/services/{api}",
    .name_field = "name",
    .schema = &pl_schema_serviceusage_Service,
    .fields = fields,
    .n_fields = PL_LEN(fields),
    .call = {.api = "serviceusage.googleapis.com",
             .list_path = "/v1/projects/{project}/services",
             .items = "services",
             .get_path = "/v1/projects/{project}/services/{api}",
             .page_size_param = "pageSize",
             .page_size = 200,
             .query = "filter=state:ENABLED",
             .how = PL_LIST_PLAIN,
             .permission = "serviceusage.services.list",
             .get_permission = "serviceusage.services.get",
             .role = "roles/serviceusage.serviceUsageViewer"},
    .doc = REST,
};
