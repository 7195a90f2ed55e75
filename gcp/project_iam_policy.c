/* project_iam_policy.c - a project's IAM policy (Resource Manager v3): who may do what, unless a folder or an organisation says more.
 *
 * The policy stands in the virtual field `iamPolicy`, which src/model/kind.c knows for every kind.
 */
#include "gcp_kinds.h"

#define REST "https://cloud.google.com/resource-manager/reference/rest/v3/projects/getIamPolicy"

static const char *const segments[] = {"project", NULL};

const struct pl_kind pl_kind_project_iam_policy = {
    .name = "project.iamPolicy",
    .title = "IAM policy of a project",
    .segments = segments,
    .n_segments = 1,
    .scope = PL_SCOPE_GLOBAL,
    .name_template = "projects/{project}",
    .name_field = "name",
    .schema = NULL,
    .call = {.api = "cloudresourcemanager.googleapis.com",
             .how = PL_LIST_NONE,
             .iam_path = "/v3/projects/{project}:getIamPolicy",
             .iam_post = true,
             .iam_permission = "resourcemanager.projects.getIamPolicy",
             .role = "roles/iam.securityReviewer"},
    .doc = REST,
};
