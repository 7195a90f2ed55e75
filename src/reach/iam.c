/* iam.c - may this principal do that? Asks for a permission, not for a role's name.
 *
 * Reads the resource's own policy and its project's. A custom role, a group, a domain or a condition that might grant it makes the answer
 * MAYBE; so does a policy that was not read. Folders, the organisation and deny policies are not read: told as not modelled
 * (https://cloud.google.com/iam/docs/policies).
 */
#include <string.h>

#include "reach_priv.h"

/* Which predefined roles hold a permission (https://cloud.google.com/iam/docs/understanding-roles). */
static const struct {
    const char *permission;
    const char *roles[8];
    const char *unsure[4]; /* Google's pages did not settle it: MAYBE */
} grants[] = {
    {"run.routes.invoke",
     {"roles/run.invoker", "roles/run.servicesInvoker", "roles/run.admin", "roles/owner", NULL},
     {"roles/run.developer", "roles/run.sourceDeveloper", "roles/editor", NULL}},
    {"secretmanager.versions.access",
     {"roles/secretmanager.secretAccessor", "roles/secretmanager.admin", "roles/owner", NULL},
     {NULL}},
    {"compute.subnetworks.use",
     {"roles/compute.networkUser", "roles/compute.networkAdmin", "roles/compute.admin",
      "roles/compute.instanceAdmin.v1", "roles/editor", "roles/owner", NULL},
     {"roles/compute.instanceAdmin", NULL}},
    {"cloudsql.instances.login",
     {"roles/cloudsql.instanceUser", NULL},
     {"roles/cloudsql.admin", "roles/editor", "roles/owner", NULL}},
    {"cloudsql.instances.connect",
     {"roles/cloudsql.client", "roles/cloudsql.editor", "roles/cloudsql.admin", "roles/editor",
      "roles/owner", NULL},
     {NULL}},
};

static enum pl_tri role_has(const char *role, const char *permission)
{
    for (size_t i = 0; i < PL_LEN(grants); i++) {
        if (strcmp(grants[i].permission, permission) != 0)
            continue;
        for (const char *const *r = grants[i].roles; *r; r++)
            if (strcmp(*r, role) == 0)
                return PL_YES;
        for (const char *const *r = grants[i].unsure; *r; r++)
            if (strcmp(*r, role) == 0)
                return PL_MAYBE;
        return strncmp(role, "roles/", 6) == 0
                   ? PL_NO
                   : PL_MAYBE; /* projects/p/roles/x, organizations/o/roles/x: custom */
    }
    return PL_MAYBE;
}

static enum pl_tri member_is(const char *member, const char *email, bool anonymous)
{
    if (strcmp(member, "allUsers") == 0)
        return PL_YES;
    if (anonymous)
        return PL_NO;
    if (strcmp(member, "allAuthenticatedUsers") == 0)
        return PL_YES;
    const char *id = strchr(member, ':');
    if (!id)
        return PL_NO;
    if (strncmp(member, "serviceAccount:", 15) == 0 || strncmp(member, "user:", 5) == 0)
        return strcmp(id + 1, email) == 0 ? PL_YES : PL_NO;
    if (strncmp(member, "deleted:", 8) == 0)
        return PL_NO;
    return PL_MAYBE; /* groups, domains, principal sets: who is in them was not read */
}

static enum pl_tri policy_allows(struct pl_trace *t, const struct pl_resource *r, const char *email,
                                 bool anonymous, const char *permission, const char **why)
{
    const struct pl_value *bindings = NULL;
    enum pl_known known = pl_view_read(t->view, r, "iamPolicy.bindings", &bindings);
    enum pl_tri answer = known == PL_NOT_KNOWN ? PL_MAYBE : PL_NO;
    const char *name = pl_trace_name(t, &r->address);
    if (known == PL_NOT_KNOWN)
        *why = pl_arena_printf(t->arena, "the IAM policy of %s was not read", name);
    for (size_t i = 0; i < pl_value_count(bindings); i++) {
        const struct pl_value *b = pl_value_item(bindings, i),
                              *members = pl_value_member(b, "members");
        const char *role = pl_value_member_text(b, "role");
        enum pl_tri has = role ? role_has(role, permission) : PL_NO;
        for (size_t j = 0; has != PL_NO && j < pl_value_count(members); j++) {
            const char *member = pl_value_text(pl_value_item(members, j));
            enum pl_tri is = member ? member_is(member, email, anonymous) : PL_NO;
            if (is == PL_NO)
                continue;
            if (has == PL_YES && is == PL_YES && !pl_value_member(b, "condition")) {
                *why = pl_arena_printf(t->arena, "%s has %s on %s", member, role, name);
                return PL_YES;
            }
            answer = PL_MAYBE;
            *why = pl_arena_printf(
                t->arena, "%s for %s on %s may grant %s: %s", role, member, name, permission,
                pl_value_member(b, "condition") ? "its condition is not evaluated"
                : has == PL_MAYBE               ? "the custom role's permissions were not read"
                                                : "who is in it was not read");
        }
    }
    return answer;
}

/* Was something above the project told as unread? Then absence below proves nothing. */
static bool hierarchy_gap(const struct pl_world *world)
{
    static const char *const above[] = {"folder", "organization", "denyPolic", "iam.denyPolicy",
                                        "group"};
    for (size_t i = 0; i < world->n_unobserved; i++)
        for (size_t j = 0; j < PL_LEN(above); j++)
            if (world->unobserved[i].kind_name && strstr(world->unobserved[i].kind_name, above[j]))
                return true;
    return false;
}

enum pl_tri pl_iam_allows(struct pl_trace *t, const struct pl_resource *resource,
                          const char *project, const char *member_email, bool anonymous,
                          const char *permission, const char **why, struct pl_address *where)
{
    const char *email = member_email ? member_email : "";
    enum pl_tri answer = PL_NO, own;
    *why = NULL;
    pl_trace_not_modelled(t, "IAM inherited from folders and the organisation, and deny policies");
    if (resource) {
        *where = resource->address;
        own = policy_allows(t, resource, email, anonymous, permission, why);
        if (own == PL_YES)
            return PL_YES;
        answer = own;
    }
    struct pl_address a;
    const struct pl_resource *r = NULL;
    if (pl_address_from_resource_name(
            t->arena, pl_kind_find("project.iamPolicy"),
            pl_arena_printf(t->arena, "//cloudresourcemanager.googleapis.com/projects/%s", project),
            &a, NULL) < 0)
        return PL_MAYBE;
    if (!resource)
        *where = a;
    const char *project_why = NULL;
    own = pl_view_find(t->view, &a, &r) == PL_PRESENT
              ? policy_allows(t, r, email, anonymous, permission, &project_why)
              : PL_MAYBE;
    if (own == PL_YES) {
        *why = project_why;
        return PL_YES;
    }
    if (own == PL_MAYBE && answer == PL_NO) {
        answer = PL_MAYBE;
        *why = project_why ? project_why
                           : pl_arena_printf(t->arena, "the IAM policy of project %s was not read",
                                             project);
    }
    if (answer == PL_NO && hierarchy_gap(pl_view_world(t->view))) {
        *why = "what groups, folders and the organisation grant was not read";
        return PL_MAYBE;
    }
    if (answer == PL_NO)
        *why = pl_arena_printf(t->arena, "%s holds %s neither on the resource nor on project %s",
                               anonymous ? "a caller without a token" : email, permission, project);
    return answer;
}

enum pl_tri pl_api_enabled(struct pl_trace *t, const char *project, const char *api,
                           struct pl_address *where)
{
    const struct pl_resource *r = NULL;
    if (pl_address_from_resource_name(
            t->arena, pl_kind_find("project.service"),
            pl_arena_printf(t->arena, "//serviceusage.googleapis.com/projects/%s/services/%s",
                            project, api),
            where, NULL) < 0)
        return PL_MAYBE;
    enum pl_known known = pl_view_find(t->view, where, &r);
    if (known == PL_NOT_KNOWN)
        return PL_MAYBE;
    if (known == PL_ABSENT)
        return pl_trace_absence_counts(t, where) ? PL_NO : PL_MAYBE;
    const char *state = pl_trace_text(t, r, "state", NULL);
    return state && strcmp(state, "DISABLED") == 0 ? PL_NO : PL_YES;
}

/* Every project has services, and each is called by its project's number: projects/NUMBER/services/NAME. */
const char *pl_project_number(struct pl_trace *t, const char *project)
{
    const struct pl_resource *const *list;
    size_t n;
    (void)pl_view_list(t->base, pl_kind_find("project.service"), project, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const char *name = pl_value_member_text(list[i]->body, "name");
        size_t digits =
            name && strncmp(name, "projects/", 9) == 0 ? strspn(name + 9, "0123456789") : 0;
        if (digits > 0 && name[9 + digits] == '/')
            return pl_arena_strndup(t->arena, name + 9, digits);
    }
    return NULL;
}

const char *pl_runtime_account(struct pl_trace *t, const struct pl_resource *workload)
{
    enum pl_known known;
    bool revision = strcmp(workload->address.kind->name, "run.revision") == 0;
    const char *account =
        pl_trace_text(t, workload, revision ? "serviceAccount" : "template.serviceAccount", &known);
    if (account && *account)
        return account;
    const char *number =
        known == PL_NOT_KNOWN ? NULL : pl_project_number(t, workload->address.project);
    return number ? pl_arena_printf(t->arena, "%s-compute@developer.gserviceaccount.com", number)
                  : NULL;
}
