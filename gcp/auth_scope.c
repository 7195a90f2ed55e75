/* auth_scope.c - the least OAuth scope that a run's calls take: read-only where each API that it asks knows one, else cloud-platform.
 *
 * A token serves every API, so one that takes nothing narrower decides for all. What a token may do is limited by IAM besides.
 * tests/contract/test_scopes.c holds the rows against the discovery documents.
 */
#include "gcp_priv.h"

#include <string.h>

#define AUTH "https://www.googleapis.com/auth/"

/* The read-only scope that every call to an API takes; NULL: there is none, and cloud-platform is the least that is no right to write there by
 * itself (sqlservice.admin and service.management are). */
const struct pl_gcp_scope_row pl_gcp_scopes[] = {
    {"cloudresourcemanager.googleapis.com", AUTH "cloud-platform.read-only"},
    {"compute.googleapis.com", AUTH "compute.readonly"},
    {"dns.googleapis.com", AUTH "ndev.clouddns.readonly"},
    {PL_GCP_LOGGING, AUTH "logging.read"},
    {"memcache.googleapis.com", NULL},
    {"memorystore.googleapis.com", AUTH "memorystore.read-only"},
    {"redis.googleapis.com", NULL}, /* clusters */
    {"run.googleapis.com", AUTH "run.readonly"},
    {"secretmanager.googleapis.com", NULL},
    {"servicenetworking.googleapis.com", NULL},
    {"serviceusage.googleapis.com", AUTH "cloud-platform.read-only"},
    {"sqladmin.googleapis.com", NULL},
    {"vpcaccess.googleapis.com", NULL},
};
const size_t pl_gcp_scopes_len = PL_LEN(pl_gcp_scopes);

static const char *scope_of(const char *api)
{
    for (size_t i = 0; i < PL_LEN(pl_gcp_scopes); i++)
        if (strcmp(pl_gcp_scopes[i].api, api) == 0)
            return pl_gcp_scopes[i].scope;
    return NULL;
}

const char *pl_gcp_least_scope(struct pl_arena *arena, const char *const *apis, size_t n)
{
    const char *all = "";

    for (size_t i = 0; i < n; i++) {
        const char *scope = scope_of(apis[i]);

        if (scope == NULL)
            return PL_GCP_CLOUD_PLATFORM;
        if (strstr(all, scope) == NULL)
            all = pl_arena_printf(arena, "%s%s%s", all, *all != '\0' ? " " : "", scope);
    }
    return *all != '\0' ? all : PL_GCP_CLOUD_PLATFORM;
}

const char *pl_gcp_kinds_scope(struct pl_arena *arena, const struct pl_kind *const *kinds, size_t n)
{
    const char **apis = pl_arena_array(arena, n + 1, sizeof *apis);

    for (size_t i = 0; i < n; i++)
        apis[i] = kinds[i]->call.api;
    apis[n] = PL_GCP_RESOURCE_MANAGER; /* a project by its number, and permissions */
    return pl_gcp_least_scope(arena, apis, n + 1);
}
