/* check.c - what an observation will need, asked beforehand: does each API answer, is each permission held? For `doctor`.
 *
 * Nothing is observed: of each API one list with room for one resource is read, and its content is dropped.
 */
#include "gcp_priv.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/needs.h"

/* ---- which permissions ---- */

struct permissions {
    struct pl_arena *arena;
    struct pl_gcp_permission *list;
    size_t n, cap;
};

static void add_kind(struct pl_arena *arena, struct pl_gcp_permission *p,
                     const struct pl_kind *kind)
{
    const struct pl_kind **kinds = pl_arena_array(arena, p->n_kinds + 1, sizeof *kinds);

    if (p->n_kinds > 0)
        memcpy(kinds, p->kinds, p->n_kinds * sizeof *kinds);
    kinds[p->n_kinds++] = kind;
    p->kinds = kinds;
}

static void add(struct permissions *all, const char *name, const char *role,
                const struct pl_kind *kind)
{
    struct pl_gcp_permission new = {.name = name, .role = role};

    if (name == NULL)
        return;
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->list[i].name, name) == 0) {
            add_kind(all->arena, &all->list[i], kind);
            return;
        }
    add_kind(all->arena, &new, kind);
    PL_PUSH(all->arena, all->list, all->n, all->cap, new);
}

/* What a run gets on without, and says so. */
static const struct pl_gcp_permission beside[] = {
    {.name = "logging.logEntries.list",
     .role = "roles/logging.viewer",
     .use = "who changed what, and --symptoms-from-logs"},
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct pl_gcp_permission *)a)->name,
                  ((const struct pl_gcp_permission *)b)->name);
}

struct pl_gcp_permission *pl_gcp_permissions(struct pl_arena *arena,
                                             const struct pl_kind *const *kinds, size_t n_kinds,
                                             const struct pl_needs *needs, bool secrets, size_t *n)
{
    struct permissions all = {.arena = arena};
    const struct pl_kind *const *list = n_kinds > 0 ? kinds : pl_kinds;

    for (size_t i = 0; i < (n_kinds > 0 ? n_kinds : pl_kinds_len); i++) {
        const struct pl_call *call = &list[i]->call;

        add(&all, call->permission, call->role, list[i]);
        if (needs == NULL || pl_needs_policy(needs, list[i]))
            add(&all, call->iam_permission, call->role, list[i]);
        for (size_t k = 0; k < list[i]->n_virtuals; k++)
            if (needs == NULL || pl_needs_virtual(needs, list[i], list[i]->virtuals[k].field.name))
                add(&all, list[i]->virtuals[k].permission, call->role, list[i]);
        if (secrets && list[i]->secret != NULL)
            add(&all, list[i]->secret->permission, list[i]->secret->role, list[i]);
        if (call->how == PL_LIST_PER_LOCATION) /* observe.c: v1 says where there are services */
            add(&all, "run.locations.list", call->role, list[i]);
        if (call->how == PL_LIST_PER_NETWORK) /* observe_connections.c: the project's number */
            add(&all, "resourcemanager.projects.get", "roles/browser", list[i]);
    }
    for (size_t i = 0; i < PL_LEN(beside); i++)
        PL_PUSH(arena, all.list, all.n, all.cap, beside[i]);
    qsort(all.list, all.n, sizeof *all.list, by_name);
    *n = all.n;
    return all.list;
}

/* ---- are they held? ---- */

/* A question about some permissions of one project, next to each other. */
struct question {
    struct pl_gcp *gcp;
    struct pl_gcp_check *check;
    size_t from, n;
};

static void ask_permissions(struct pl_gcp *gcp, struct pl_gcp_check *check, size_t from, size_t n);

static bool is_among(const struct pl_value *list, const char *name)
{
    for (size_t i = 0; i < pl_value_count(list); i++) {
        const char *text = pl_value_text(pl_value_item(list, i));

        if (text != NULL && strcmp(text, name) == 0)
            return true;
    }
    return false;
}

static void on_permissions(struct pl_gcp_call *call, const struct pl_value *body,
                           const struct pl_gcp_failure *failure)
{
    struct question *q = call->arg;
    struct pl_gcp_check *check = q->check;

    /* One name that Google does not know for a project spoils the answer about the others. */
    if (failure != NULL && strcmp(failure->reason, "rejected") == 0) {
        if (q->n == 1)
            return;
        ask_permissions(q->gcp, check, q->from, q->n / 2);
        ask_permissions(q->gcp, check, q->from + q->n / 2, q->n - q->n / 2);
        return;
    }
    if (failure != NULL) {
        check->reason = failure->reason;
        check->detail = pl_arena_strdup(q->gcp->arena, failure->detail);
    }
    for (size_t i = q->from; failure == NULL && i < q->from + q->n; i++)
        check->permissions[i].state =
            is_among(pl_value_member(body, "permissions"), check->permissions[i].name)
                ? PL_GCP_HELD
                : PL_GCP_MISSING;
}

static void ask_permissions(struct pl_gcp *gcp, struct pl_gcp_check *check, size_t from, size_t n)
{
    struct pl_gcp_call *call = pl_gcp_call_new(gcp, "permissions");
    struct question *q = PL_NEW(gcp->arena, struct question);
    struct pl_gcp_var var = {"project", check->project};
    const struct pl_value **names = pl_arena_array(call->arena, n, sizeof *names);
    struct pl_member member = {"permissions", NULL};

    *q = (struct question){gcp, check, from, n};
    for (size_t i = 0; i < n; i++)
        names[i] = pl_value_string(call->arena, check->permissions[from + i].name);
    member.value = pl_value_list(call->arena, names, n);
    call->ask = (struct pl_gcp_ask){
        .purpose = PL_GCP_PERMISSIONS,
        .method = "POST",
        .host = PL_GCP_RESOURCE_MANAGER,
        .path = pl_gcp_expand(call->arena, "/v3/projects/{project}:testIamPermissions", &var, 1),
        .body = pl_json_text(call->arena, pl_value_map(call->arena, &member, 1))};
    call->about.api = PL_GCP_RESOURCE_MANAGER;
    call->about.project = check->project;
    call->done = on_permissions;
    call->arg = q;
    pl_gcp_call_start(call);
}

/* ---- does the API answer? ---- */

struct visit {
    struct pl_arena *arena;
    struct pl_gcp_api *api;
};

static void on_visit(struct pl_gcp_call *call, const struct pl_value *body,
                     const struct pl_gcp_failure *failure)
{
    struct visit *visit = call->arg;

    (void)body;
    if (failure == NULL)
        return;
    visit->api->reason = pl_arena_strdup(visit->arena, failure->reason);
    visit->api->detail = pl_arena_strdup(visit->arena, failure->detail);
    if (failure->remedy != NULL)
        visit->api->remedy = pl_arena_strdup(visit->arena, failure->remedy);
}

/* The least that can be asked: a list that names no parent, or what the kinds of that API begin with. */
static bool cheapest(struct pl_arena *arena, const struct pl_kind *kind, struct pl_gcp_ask *out)
{
    const struct pl_call *call = &kind->call;

    out->path = NULL;
    if (call->how == PL_LIST_PLAIN || call->how == PL_LIST_AGGREGATED) {
        out->path = call->list_path;
        out->query = call->page_size_param != NULL
                         ? pl_gcp_query_add(arena, call->query, call->page_size_param, "1")
                         : call->query;
    } else if (call->how == PL_LIST_PER_LOCATION) {
        out->path = "/v1/projects/{project}/locations";
        out->query = "pageSize=1";
    }
    return out->path != NULL;
}

static void visit_api(struct pl_gcp *gcp, const char *project, struct pl_gcp_api *api,
                      const struct pl_kind *const *kinds, size_t n)
{
    struct pl_gcp_var var = {"project", project};
    struct pl_gcp_call *call;
    struct visit *visit;

    for (size_t i = 0; i < n; i++) {
        struct pl_gcp_ask ask = {.purpose = PL_GCP_READ, .method = "GET", .host = api->name};

        if (strcmp(kinds[i]->call.api, api->name) != 0 || !cheapest(gcp->arena, kinds[i], &ask))
            continue;
        call = pl_gcp_call_new(gcp, api->name);
        visit = PL_NEW(gcp->arena, struct visit);
        *visit = (struct visit){gcp->arena, api};
        ask.path = pl_gcp_expand(gcp->arena, ask.path, &var, 1);
        call->ask = ask;
        api->permission = kinds[i]->call.how == PL_LIST_PER_LOCATION ? "run.locations.list"
                                                                     : kinds[i]->call.permission;
        call->about.permission = api->permission;
        call->about.api = api->name;
        call->about.project = project;
        call->about.role = kinds[i]->call.role;
        call->done = on_visit;
        call->arg = visit;
        pl_gcp_call_start(call);
        return;
    }
    api->reason = "not_tried";
    api->detail = "it answers questions about networks only, which an observation asks";
}

static int by_api(const void *a, const void *b)
{
    return strcmp(((const struct pl_gcp_api *)a)->name, ((const struct pl_gcp_api *)b)->name);
}

static void add_apis(struct pl_arena *arena, struct pl_gcp_check *check,
                     const struct pl_kind *const *kinds, size_t n)
{
    check->apis = pl_arena_array(arena, n + 1, sizeof *check->apis);
    for (size_t i = 0; i < n; i++) {
        bool seen = false;

        for (size_t j = 0; j < check->n_apis; j++)
            seen = seen || strcmp(check->apis[j].name, kinds[i]->call.api) == 0;
        if (!seen)
            check->apis[check->n_apis++] = (struct pl_gcp_api){.name = kinds[i]->call.api};
    }
    qsort(check->apis, check->n_apis, sizeof *check->apis, by_api);
}

/* ---- a project ---- */

static void start(struct pl_gcp *gcp, const struct pl_gcp_options *options,
                  struct pl_gcp_check *check, const char *project)
{
    const struct pl_kind *const *kinds = options->n_kinds > 0 ? options->kinds : pl_kinds;
    size_t n = options->n_kinds > 0 ? options->n_kinds : pl_kinds_len;

    check->project = project;
    check->member = gcp->member;
    check->permissions = pl_gcp_permissions(gcp->arena, kinds, n, options->needs, options->secrets,
                                            &check->n_permissions);
    add_apis(gcp->arena, check, kinds, n);
    for (size_t i = 0; i < check->n_apis; i++)
        if (strcmp(check->apis[i].name, PL_GCP_RESOURCE_MANAGER) != 0)
            visit_api(gcp, project, &check->apis[i], kinds, n);
    if (check->n_permissions > 0)
        ask_permissions(gcp, check, 0, check->n_permissions);
}

static bool is_missing(const struct pl_gcp_check *check, const char *permission)
{
    for (size_t i = 0; permission != NULL && i < check->n_permissions; i++)
        if (strcmp(check->permissions[i].name, permission) == 0)
            return check->permissions[i].state == PL_GCP_MISSING;
    return false;
}

/* Resource Manager is the API that was asked about permissions. Another that denies what is known to be missing has answered; one that denies
 * what is held (a condition, a deny policy) is told. */
static void finish(struct pl_gcp_check *check)
{
    for (size_t i = 0; i < check->n_apis; i++) {
        struct pl_gcp_api *api = &check->apis[i];

        if (strcmp(api->name, PL_GCP_RESOURCE_MANAGER) == 0) {
            api->reason = check->reason;
            api->detail = check->detail;
        } else if (api->reason != NULL && strcmp(api->reason, "permission_denied") == 0 &&
                   is_missing(check, api->permission)) {
            api->reason = api->detail = api->remedy = NULL;
        }
    }
}

struct pl_gcp_check *pl_gcp_check(struct pl_arena *arena, struct pl_loop *loop,
                                  const struct pl_gcp_options *options, struct pl_err *err)
{
    struct pl_gcp_stats stats = {0};
    struct pl_gcp gcp = {0};
    struct pl_gcp_check *checks = pl_arena_array(arena, options->n_projects + 1, sizeof *checks);
    int status;

    if (pl_gcp_open(&gcp, arena, loop, options, &stats, err) != 0)
        return NULL;
    gcp.auth.credentials.scope =
        options->n_kinds > 0 ? pl_gcp_kinds_scope(arena, options->kinds, options->n_kinds) : NULL;
    for (size_t i = 0; i < options->n_projects; i++)
        start(&gcp, options, &checks[i], options->projects[i]);
    status = pl_gcp_run(&gcp, err);
    pl_gcp_close(&gcp);
    for (size_t i = 0; i < options->n_projects; i++)
        finish(&checks[i]);
    return status == 0 ? checks : NULL;
}
