/* observe_host.c - Shared VPC: networks, subnetworks and connectors of another project are followed there
 * (https://cloud.google.com/vpc/docs/shared-vpc).
 *
 * Which links are followed, and what is then read of the project that they lead to, are tables: the kinds that paths through its networks
 * hang on, and no more. What may not be read there is a gap like any other; what was not asked for is one, too, of reason
 * "not_asked". Peerings lead elsewhere, but not into a project of ours: they are not followed.
 */
#include "gcp_priv.h"

#include <string.h>

#include "plumbline/log.h"

#include "gcp_kinds.h"

enum { MAX_HOSTS = 16 };

/* Fields that say where a resource is attached; those of answers (a cluster's pscConfigs is in requests alone). */
static const struct {
    const char *kind, *path;
    unsigned part; /* of the project that the link leads to */
} links[] = {
    {"compute.address", "network", PL_GCP_NETWORKS},
    {"compute.address", "subnetwork", PL_GCP_NETWORKS},
    {"compute.forwardingRule", "network", PL_GCP_NETWORKS},
    {"compute.forwardingRule", "subnetwork", PL_GCP_NETWORKS},
    {"compute.instance", "networkInterfaces[].network", PL_GCP_NETWORKS},
    {"compute.instance", "networkInterfaces[].subnetwork", PL_GCP_NETWORKS},
    {"compute.networkEndpointGroup", "network", PL_GCP_NETWORKS},
    {"compute.networkEndpointGroup", "subnetwork", PL_GCP_NETWORKS},
    {"memcache.instance", "authorizedNetwork", PL_GCP_NETWORKS},
    {"redis.cluster", "pscConnections[].network", PL_GCP_NETWORKS},
    {"redis.instance", "authorizedNetwork", PL_GCP_NETWORKS},
    {"run.job", "template.template.vpcAccess.connector", PL_GCP_CONNECTORS},
    {"run.job", "template.template.vpcAccess.networkInterfaces[].network", PL_GCP_NETWORKS},
    {"run.job", "template.template.vpcAccess.networkInterfaces[].subnetwork", PL_GCP_NETWORKS},
    {"run.revision", "vpcAccess.connector", PL_GCP_CONNECTORS},
    {"run.revision", "vpcAccess.networkInterfaces[].network", PL_GCP_NETWORKS},
    {"run.revision", "vpcAccess.networkInterfaces[].subnetwork", PL_GCP_NETWORKS},
    {"run.service", "template.vpcAccess.connector", PL_GCP_CONNECTORS},
    {"run.service", "template.vpcAccess.networkInterfaces[].network", PL_GCP_NETWORKS},
    {"run.service", "template.vpcAccess.networkInterfaces[].subnetwork", PL_GCP_NETWORKS},
    {"sql.instance", "settings.ipConfiguration.privateNetwork", PL_GCP_NETWORKS},
    {"valkey.instance", "endpoints[].connections[].pscAutoConnection.network", PL_GCP_NETWORKS},
    {"valkey.instance", "endpoints[].connections[].pscConnection.network", PL_GCP_NETWORKS},
    {"valkey.instance", "pscAutoConnections[].network", PL_GCP_NETWORKS},
};

/* What is read of a host project. */
static const struct {
    const char *kind;
    unsigned parts;
} hosted[] = {
    {"compute.address", PL_GCP_NETWORKS},        {"compute.firewall", PL_GCP_NETWORKS},
    {"compute.firewallPolicy", PL_GCP_NETWORKS}, {"compute.forwardingRule", PL_GCP_NETWORKS},
    {"compute.instance", PL_GCP_NETWORKS},       {"compute.network", PL_GCP_NETWORKS},
    {"compute.route", PL_GCP_NETWORKS},          {"compute.router", PL_GCP_NETWORKS},
    {"compute.subnetwork", PL_GCP_NETWORKS},     {"dns.managedZone", PL_GCP_NETWORKS},
    {"dns.recordSet", PL_GCP_NETWORKS},          {"servicenetworking.connection", PL_GCP_NETWORKS},
    {"vpcaccess.connector", PL_GCP_CONNECTORS},
};

bool pl_gcp_is_part(const struct pl_kind *kind, unsigned parts)
{
    if (parts == PL_GCP_WHOLE)
        return true;
    for (size_t i = 0; i < PL_LEN(hosted); i++)
        if (strcmp(hosted[i].kind, kind->name) == 0)
            return (hosted[i].parts & parts) != 0;
    return false;
}

/* ---- where a link leads ---- */

/* The id ("example.com:app" in an old organisation) or the number of a project
 * (https://cloud.google.com/resource-manager/docs/creating-managing-projects#before_you_begin): nothing else is asked about, or put
 * into a command that somebody may run. */
static bool is_project(const char *text)
{
    size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-.:");

    return len > 0 && len < 128 && text[len] == '\0';
}

static bool is_number(const char *project)
{
    return project[strspn(project, "0123456789")] == '\0';
}

static struct pl_gcp_scope *scope_of(const struct pl_gcp_run *run, const char *project)
{
    struct pl_gcp_scope *scope = run->scopes;

    while (scope != NULL && strcmp(scope->project, project) != 0 &&
           (scope->number == NULL || strcmp(scope->number, project) != 0))
        scope = scope->next;
    return scope;
}

static void gap(struct pl_gcp_run *run, const char *project, unsigned parts,
                const struct pl_gcp_failure *failure)
{
    struct pl_gcp_scope *scope = PL_NEW(run->arena, struct pl_gcp_scope);

    *scope = (struct pl_gcp_scope){.run = run, .project = pl_arena_strdup(run->arena, project)};
    for (size_t i = 0; i < run->n_kinds; i++)
        if (pl_gcp_is_part(run->kinds[i], parts))
            pl_gcp_add_gap(scope, run->kinds[i],
                           pl_arena_printf(run->arena, "projects/%s", project), NULL, failure);
}

static void enter(struct pl_gcp_run *run, const char *project, unsigned parts)
{
    const struct pl_gcp_scope *known = scope_of(run, project);
    struct pl_gcp_failure failure = {.reason = "not_asked"};

    if (known == NULL && run->n_hosts == MAX_HOSTS) {
        failure.detail =
            pl_arena_printf(run->arena, "more than %d projects host its networks", MAX_HOSTS);
        failure.remedy = pl_arena_printf(run->arena, "--project %s", project);
        gap(run, project, parts, &failure);
        return;
    }
    if (known == NULL) {
        run->n_hosts++;
        pl_log(PL_LOG_INFO,
               "Shared VPC leads to project %s: what its networks are made of is "
               "read, too",
               project);
    }
    pl_gcp_start_project(run, known != NULL ? known->project : project, parts);
}

/* A project by its number: a link of this run's own may have that form. */
struct numbered {
    struct pl_gcp_run *run;
    const char *number;
    unsigned parts;
};

static void on_numbered(struct pl_gcp_call *call, const struct pl_value *body,
                        const struct pl_gcp_failure *failure)
{
    struct numbered *numbered = call->arg;
    const char *project = pl_value_member_text(body, "projectId");
    struct pl_gcp_failure none;

    if (failure == NULL && (project == NULL || *project == '\0')) {
        none =
            pl_gcp_failure_make(call->arena, &call->about, "bad_answer", "the project has no id");
        failure = &none;
    }
    if (failure != NULL)
        gap(numbered->run, numbered->number, numbered->parts, failure);
    else
        enter(numbered->run, project, numbered->parts);
}

/* Would anything be read there? */
static bool leads_on(const struct pl_gcp_run *run, unsigned parts)
{
    for (size_t i = 0; i < run->n_kinds; i++)
        if (pl_gcp_is_part(run->kinds[i], parts))
            return true;
    return false;
}

static void follow(struct pl_gcp_run *run, const char *project, unsigned parts)
{
    const struct pl_gcp_scope *known = scope_of(run, project);
    struct numbered *numbered;
    char *key;

    if (!is_project(project))
        return;
    key = pl_arena_printf(run->arena, "%s %u", project, parts);
    if ((known != NULL && (known->parts & parts) == parts) || pl_map_has(&run->followed, key))
        return;
    (void)pl_map_put(&run->followed, key, run);
    if (!leads_on(run, parts))
        return;
    if (known != NULL || !is_number(project)) {
        enter(run, project, parts);
        return;
    }
    numbered = PL_NEW(run->arena, struct numbered);
    *numbered = (struct numbered){run, pl_arena_strdup(run->arena, project), parts};
    pl_gcp_read_project(run, project, on_numbered, numbered);
}

/* ---- the links of a resource ---- */

struct walk {
    struct pl_gcp_run *run;
    const char *own; /* the project that the resource lives in */
    unsigned part;
};

/* "projects/P/..." or a URL with that inside; a short name is one of the resource's own project. */
static void take_link(const struct walk *walk, const char *text)
{
    struct pl_arena *scratch = pl_arena_new();
    const char *project =
        strchr(text, '/') != NULL ? pl_gcp_segment_after(scratch, text, "projects") : NULL;

    if (project != NULL && strcmp(project, walk->own) != 0)
        follow(walk->run, project, walk->part);
    pl_arena_free(scratch);
}

static void take_path(const struct walk *walk, const struct pl_value *v, const char *path)
{
    size_t len = strcspn(path, ".[");
    char name[64];

    if (v == NULL || *path == '\0') {
        if (pl_value_text(v) != NULL)
            take_link(walk, pl_value_text(v));
        return;
    }
    if (*path == '[') {
        for (size_t i = 0; i < pl_value_count(v); i++)
            take_path(walk, pl_value_item(v, i), path[2] == '.' ? path + 3 : path + 2);
        return;
    }
    if (len >= sizeof name)
        return;
    memcpy(name, path, len);
    name[len] = '\0';
    take_path(walk, pl_value_member(v, name), path[len] == '.' ? path + len + 1 : path + len);
}

void pl_gcp_follow(struct pl_gcp_run *run, const struct pl_address *address,
                   const struct pl_value *body)
{
    const char *project = pl_value_member_text(pl_value_member(body, "subnet"), "projectId");
    struct walk walk = {.run = run, .own = address->project};

    for (size_t i = 0; i < PL_LEN(links); i++) {
        if (strcmp(links[i].kind, address->kind->name) != 0)
            continue;
        walk.part = links[i].part;
        take_path(&walk, body, links[i].path);
    }
    /* A connector names the project of its subnetwork by itself. */
    if (address->kind == &pl_kind_vpcaccess_connector && project != NULL && *project != '\0' &&
        strcmp(project, address->project) != 0)
        follow(run, project, PL_GCP_NETWORKS);
}

void pl_gcp_tell_parts(struct pl_gcp_run *run)
{
    struct pl_gcp_failure failure = {
        .reason = "not_asked",
        .detail = "of a Shared VPC host project only what its networks are made of is read",
    };

    for (struct pl_gcp_scope *scope = run->scopes; scope != NULL; scope = scope->next)
        for (size_t i = 0; i < run->n_kinds; i++)
            if (!pl_gcp_is_part(run->kinds[i], scope->parts)) {
                failure.remedy = pl_arena_printf(run->arena, "--project %s", scope->project);
                pl_gcp_add_gap(scope, run->kinds[i],
                               pl_arena_printf(run->arena, "projects/%s", scope->project), NULL,
                               &failure);
            }
}
