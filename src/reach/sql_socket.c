/* sql_socket.c - Cloud Run's built-in connection to Cloud SQL: is the instance mounted, and do the Admin API, the account and the CA allow it?
 *
 * Rules S8, S9 (https://cloud.google.com/sql/docs/postgres/connect-run). The socket is a process of Google's
 * beside the container: it asks the Admin API, and then dials the instance from outside or by the VPC.
 */
#include <string.h>

#include "wiring_priv.h"

static bool volume_names(const struct pl_value *volume, const char *connection_name)
{
    const struct pl_value *list =
        pl_value_member(pl_value_member(volume, "cloudSqlInstance"), "instances");
    for (size_t i = 0; i < pl_value_count(list); i++)
        if (pl_value_text(pl_value_item(list, i)) &&
            strcmp(pl_value_text(pl_value_item(list, i)), connection_name) == 0)
            return true;
    return false;
}

/* MAYBE: the workload is put back as it is declared, and the declaration says nothing of mounts. */
static enum pl_tri is_mounted(struct pl_trace *t)
{
    const struct pl_resource *before = NULL;
    const struct pl_value *containers =
        pl_trace_list(t, t->source.resource, "template.containers", NULL);
    bool said = pl_view_find(t->base, &t->source.resource->address, &before) == PL_PRESENT;
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *mounts =
            pl_value_member(pl_value_item(containers, i), "volumeMounts");
        said = said || mounts;
        for (size_t j = 0; j < pl_value_count(mounts); j++) {
            const char *path = pl_value_member_text(pl_value_item(mounts, j), "mountPath");
            if (path && (strcmp(path, "/cloudsql") == 0 || strcmp(path, "cloudsql") == 0))
                return PL_YES;
        }
    }
    return said ? PL_NO : PL_MAYBE;
}

/* Where the mount is missing: of several containers that take requests the first. */
static const char *mounts_path(struct pl_trace *t)
{
    const struct pl_value *containers =
        pl_trace_list(t, t->source.resource, "template.containers", NULL);
    size_t i = 0, n = pl_value_count(containers);
    while (i < n && !pl_value_member(pl_value_item(containers, i), "ports"))
        i++;
    i = i < n ? i : 0;
    return pl_trace_container_path(t, pl_value_member_text(pl_value_item(containers, i), "name"), i,
                                   NULL, "volumeMounts");
}

/* Was it attached before this view changed anything? */
static bool was_attached(struct pl_trace *t, const char *connection_name)
{
    const struct pl_resource *before = NULL;
    const struct pl_value *volumes = NULL;
    if (pl_view_find(t->base, &t->source.resource->address, &before) == PL_PRESENT)
        (void)pl_view_read(t->base, before, "template.volumes", &volumes);
    for (size_t i = 0; i < pl_value_count(volumes); i++)
        if (volume_names(pl_value_item(volumes, i), connection_name))
            return true;
    return false;
}

/* gcloud attaches an instance only where this API is on, too; one that is attached does without
 * (https://cloud.google.com/sql/docs/postgres/connect-run). Who deploys otherwise may not need it: it counts where it is declared. */
static void judge_attaching(struct pl_trace *t)
{
    static const char api[] = "sql-component.googleapis.com";
    struct pl_address where;
    const char *project = t->source.resource->address.project;
    if (pl_api_enabled(t, project, api, &where) != PL_NO)
        return;
    if (pl_declared_of(t, &where))
        pl_trace_block(t, "sql-admin-api", "API_DISABLED", &where, "",
                       "%s is not enabled in %s: gcloud attaches no instance to a service", api,
                       project);
    else
        pl_trace_not_modelled(
            t, "whether an instance can be attached: %s, which gcloud asks for, is not enabled",
            api);
}

static void judge_mount(struct pl_trace *t, const char *connection_name)
{
    const struct pl_address *from = &t->source.resource->address;
    enum pl_known known;
    const struct pl_value *volumes =
        pl_trace_list(t, t->source.resource, "template.volumes", &known);
    if (known == PL_NOT_KNOWN || !connection_name) {
        pl_trace_unknown(t, "sql-socket", "CLOUD_SQL_SOCKET_NOT_MOUNTED",
                         "whether the socket is mounted was not read");
        return;
    }
    for (size_t i = 0; i < pl_value_count(volumes); i++) {
        if (!volume_names(pl_value_item(volumes, i), connection_name))
            continue;
        if (!was_attached(t, connection_name))
            judge_attaching(t);
        enum pl_tri mounted = is_mounted(t);
        if (mounted == PL_YES)
            pl_trace_pass(t, "sql-socket", "the built-in connection to %s is mounted",
                          connection_name);
        else if (mounted == PL_MAYBE)
            pl_trace_unknown(t, "sql-socket", "CLOUD_SQL_SOCKET_NOT_MOUNTED",
                             "whether a container of %s mounts /cloudsql is not declared",
                             pl_trace_name(t, from));
        else
            pl_trace_block(t, "sql-socket", "CLOUD_SQL_SOCKET_NOT_MOUNTED", from, mounts_path(t),
                           "no container mounts /cloudsql");
        return;
    }
    pl_trace_block(t, "sql-socket", "CLOUD_SQL_SOCKET_NOT_MOUNTED", from, "template.volumes",
                   "no volume of %s names the instance %s: /cloudsql/%s does not exist in it",
                   pl_trace_name(t, from), connection_name, connection_name);
    for (size_t i = 0; i < pl_value_count(volumes); i++)
        if (pl_value_member(pl_value_item(volumes, i), "cloudSqlInstance"))
            pl_trace_evidence(
                t, t->source.resource,
                pl_arena_printf(t->arena, "template.volumes[%zu].cloudSqlInstance.instances", i));
}

/* S9: the Admin API must be enabled, and the workload's account must be allowed to connect. */
static void judge_admin(struct pl_trace *t)
{
    struct pl_address where;
    const char *project = t->source.resource->address.project;
    enum pl_tri enabled = pl_api_enabled(t, project, "sqladmin.googleapis.com", &where);
    if (enabled == PL_NO)
        pl_trace_block(t, "sql-admin-api", "API_DISABLED", &where, "",
                       "sqladmin.googleapis.com is not enabled in %s: %s cannot be set up", project,
                       t->flow.socket ? "the built-in connection" : "a connector");
    else if (enabled == PL_MAYBE)
        pl_trace_unknown(t, "sql-admin-api", "API_DISABLED",
                         "whether sqladmin.googleapis.com is enabled in %s was not read", project);
    else
        pl_trace_pass(t, "sql-admin-api", "sqladmin.googleapis.com is enabled in %s", project);

    const char *why = NULL, *account = t->source.service_account;
    enum pl_tri allowed = account
                              ? pl_iam_allows(t, NULL, t->target.resource->address.project, account,
                                              false, "cloudsql.instances.connect", &why, &where)
                              : PL_MAYBE;
    if (allowed == PL_YES)
        pl_trace_pass(t, "sql-client-role", "%s", why);
    else if (allowed == PL_NO)
        pl_trace_block(t, "sql-client-role", "CLOUD_SQL_CLIENT_ROLE_MISSING", &where,
                       "iamPolicy.bindings[role=roles/cloudsql.client].members", "%s", why);
    else
        pl_trace_unknown(t, "sql-client-role", "CLOUD_SQL_CLIENT_ROLE_MISSING", "%s",
                         why ? why
                             : "the workload runs as the project's default account, whose name "
                               "was not read");
}

/* Connectors ask as the workload's own account, unless they are given another's key or told to act as it
 * (https://cloud.google.com/docs/authentication/application-default-credentials, https://cloud.google.com/sql/docs/postgres/sql-proxy). */
static void judge_connector(struct pl_trace *t)
{
    if (pl_brings_credentials(t))
        pl_trace_not_modelled(t, "whose credentials %s connects with: it brings some of its own",
                              pl_trace_name(t, &t->source.resource->address));
    else
        judge_admin(t);
}

void pl_hop_sql_socket(struct pl_trace *t)
{
    if (t->target.what != PL_TO_SQL || !t->target.resource || !t->source.resource)
        return;
    if (t->flow.connector && t->source.what == PL_FROM_RUN)
        judge_connector(t);
    if (!t->flow.socket)
        return;
    struct pl_endpoints e;
    pl_endpoints_find(t, &e);
    judge_mount(t, e.connection_name);
    judge_admin(t);
    /* S8: the built-in connection knows only the per-instance CA. */
    const char *mode =
        pl_trace_text(t, t->target.resource, "settings.ipConfiguration.serverCaMode", NULL);
    if (mode && strcmp(mode, "GOOGLE_MANAGED_INTERNAL_CA") != 0 &&
        strcmp(mode, "CA_MODE_UNSPECIFIED") != 0) {
        pl_trace_block(t, "sql-ca-mode", "CLOUD_SQL_CA_MODE_UNSUPPORTED_BY_SOCKET",
                       &t->target.resource->address, "settings.ipConfiguration.serverCaMode",
                       "the built-in connection needs the per-instance CA; the mode is %s", mode);
        pl_trace_evidence(t, t->target.resource, "settings.ipConfiguration.serverCaMode");
    }
}
