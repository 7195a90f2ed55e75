/* secrets.c - what a Cloud Run workload takes from Secret Manager: is it there, is its version enabled, may the workload's account read it?
 *
 * A secret in a variable is fetched before an instance starts, and where that fails the instance does not start; one in a volume is fetched when
 * the file is read; both are looked at when a revision is deployed (https://cloud.google.com/run/docs/configuring/services/secrets). So a revision that
 * never became ready may be so by its secrets: its state is their effect, and is believed only as long as they are as they were. Where a
 * revision serves, a fault in its secrets is a risk: what runs goes on, the next instance does not start.
 *
 * Payloads are not read here.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "reach_priv.h"

/* A place of a workload's template that takes a secret. */
struct reference {
    const char *what;    /* "JWT_SECRET of run.service/api", "volume keys of run.service/api" */
    const char *secret;  /* as written: a name, or projects/P/secrets/NAME */
    const char *version; /* "latest", a number or an alias */
    const char *path;    /* of the version in the workload */
    bool env;
};

struct references {
    struct reference *list;
    size_t n, cap;
};

/* What is wrong with one of them; cause NULL: nothing. */
struct fault {
    const char *cause;
    bool known; /* proven; else it may be so */
    struct pl_address where;
    const char *path, *text;
};

/* ---- what the template takes ---- */

static const char *or_latest(const char *version)
{
    return version && *version ? version : "latest";
}

static void take_env(struct pl_trace *t, const struct pl_serving *at,
                     const struct pl_value *container, size_t index, struct references *out)
{
    const struct pl_value *env = pl_value_member(container, "env");
    for (size_t i = 0; i < pl_value_count(env); i++) {
        const struct pl_value *item = pl_value_item(env, i);
        const struct pl_value *key =
            pl_value_member(pl_value_member(item, "valueSource"), "secretKeyRef");
        const char *name = pl_value_member_text(item, "name"),
                   *secret = pl_value_member_text(key, "secret");
        if (!name || !secret || !*secret)
            continue;
        struct reference r = {.secret = secret, .env = true};
        r.version = or_latest(pl_value_member_text(key, "version"));
        r.what =
            pl_arena_printf(t->arena, "%s of %s", name, pl_trace_name(t, &at->resource->address));
        r.path = pl_trace_container_path(t, pl_value_member_text(container, "name"), index, name,
                                         "valueSource");
        r.path = pl_arena_printf(t->arena, "%s.secretKeyRef.version",
                                 *at->prefix ? r.path : r.path + strlen("template."));
        PL_PUSH(t->arena, out->list, out->n, out->cap, r);
    }
}

static void take_volume(struct pl_trace *t, const struct pl_serving *at,
                        const struct pl_value *volume, struct references *out)
{
    const struct pl_value *source = pl_value_member(volume, "secret"),
                          *items = pl_value_member(source, "items");
    const char *name = pl_value_member_text(volume, "name"),
               *secret = pl_value_member_text(source, "secret");
    if (!name || !secret || !*secret)
        return;
    struct reference r = {.secret = secret, .version = "latest"};
    r.what = pl_arena_printf(t->arena, "volume %s of %s", name,
                             pl_trace_name(t, &at->resource->address));
    r.path = pl_serving_path(t, at, pl_trace_element_path(t, "volumes", name, "secret"));
    for (size_t i = 0; i < pl_value_count(items); i++) {
        r.version = or_latest(pl_value_member_text(pl_value_item(items, i), "version"));
        PL_PUSH(t->arena, out->list, out->n, out->cap, r);
    }
    if (pl_value_count(items) == 0) /* one file, of the newest version */
        PL_PUSH(t->arena, out->list, out->n, out->cap, r);
}

static struct references references_of(struct pl_trace *t, const struct pl_serving *at)
{
    struct references out = {0};
    const struct pl_value *containers =
        pl_trace_list(t, at->resource, pl_serving_path(t, at, "containers"), NULL);
    const struct pl_value *volumes =
        pl_trace_list(t, at->resource, pl_serving_path(t, at, "volumes"), NULL);
    for (size_t i = 0; i < pl_value_count(containers); i++)
        take_env(t, at, pl_value_item(containers, i), i, &out);
    for (size_t i = 0; i < pl_value_count(volumes); i++)
        take_volume(t, at, pl_value_item(volumes, i), &out);
    return out;
}

/* ---- one of them ---- */

/* A secret of the own project may be written with the project's number. */
static bool address_of(struct pl_trace *t, const struct pl_resource *workload, const char *secret,
                       struct pl_address *out)
{
    if (!pl_link_parse(t->arena, pl_kind_find("secret.secret"), secret, &workload->address, out))
        return false;
    const char *number = pl_project_number(t, workload->address.project);
    if (number && out->project && strcmp(out->project, number) == 0)
        out->project = workload->address.project;
    return true;
}

static struct pl_address version_address(struct pl_trace *t, const struct pl_address *secret,
                                         const char *version)
{
    struct pl_address a = *secret;
    const char **names = pl_arena_array(t->arena, 2, sizeof(*names));
    names[0] = secret->names[0];
    names[1] = version;
    a.kind = pl_kind_find("secret.version");
    a.names = names;
    return a;
}

/* `latest` is the version that was made last, whatever its state (https://cloud.google.com/secret-manager/docs/access-secret-version). Versions
 * are counted up, and stay listed when they are destroyed: where the one after is absent, nothing is missing. NULL where it is not known; ""
 * where there is none. */
static const char *newest_version(struct pl_trace *t, const struct pl_address *secret)
{
    const struct pl_resource *const *list, *found = NULL;
    size_t n;
    long newest = 0;
    (void)pl_view_list(t->view, pl_kind_find("secret.version"), secret->project, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const struct pl_address *a = &list[i]->address;
        long number = strtol(a->names[1], NULL, 10);
        if (strcmp(a->names[0], secret->names[0]) == 0 && number > newest && number < LONG_MAX)
            newest = number;
    }
    struct pl_address next =
        version_address(t, secret, pl_arena_printf(t->arena, "%ld", newest + 1));
    if (pl_view_find(t->view, &next, &found) != PL_ABSENT || !pl_trace_absence_counts(t, &next))
        return NULL;
    return newest > 0 ? pl_arena_printf(t->arena, "%ld", newest) : "";
}

static const char *number_of(struct pl_trace *t, const struct pl_resource *secret,
                             const char *version)
{
    if (strcmp(version, "latest") == 0)
        return newest_version(t, &secret->address);
    if (version[strspn(version, "0123456789")] == '\0')
        return version;
    const struct pl_step steps[] = {{.type = PL_STEP_KEY, .key = "versionAliases"},
                                    {.type = PL_STEP_KEY, .key = version}};
    const struct pl_path path = {.steps = steps, .n = PL_LEN(steps)};
    return pl_trace_text(t, secret, pl_path_format(t->arena, &path), NULL);
}

const struct pl_resource *pl_secret_version(struct pl_trace *t, const struct pl_resource *workload,
                                            const char *secret, const char *version)
{
    struct pl_address a;
    const struct pl_resource *found = NULL;
    if (!secret || !address_of(t, workload, secret, &a) ||
        pl_view_find(t->view, &a, &found) != PL_PRESENT)
        return NULL;
    const char *number = number_of(t, found, or_latest(version));
    if (!number || !*number)
        return NULL;
    a = version_address(t, &a, number);
    return pl_view_find(t->view, &a, &found) == PL_PRESENT ? found : NULL;
}

static struct fault fault(struct pl_address where, const char *path, const char *cause, bool known,
                          const char *text)
{
    return (struct fault){cause, known, where, path, text};
}

static struct fault version_fault(struct pl_trace *t, const struct reference *r,
                                  const struct pl_resource *secret)
{
    const char *name = pl_trace_name(t, &secret->address),
               *number = number_of(t, secret, r->version);
    const struct pl_resource *version = NULL, *before = NULL;
    /* A secret that a revert makes again is made with a version: that it has none was an effect of its absence. */
    if (pl_view_find(t->base, &secret->address, &before) == PL_ABSENT)
        return (struct fault){0};
    if (!number)
        return fault(secret->address, "", "SECRET_VERSION_NOT_FOUND", false,
                     pl_arena_printf(t->arena, "%s takes version %s of %s, which was not read",
                                     r->what, r->version, name));
    struct pl_address a = version_address(t, &secret->address, *number ? number : "1");
    enum pl_known known = pl_view_find(t->view, &a, &version);
    if (known != PL_PRESENT)
        return fault(a, "", "SECRET_VERSION_NOT_FOUND",
                     known == PL_ABSENT && pl_trace_absence_counts(t, &a),
                     *number ? pl_arena_printf(t->arena, "%s takes version %s of %s, which %s",
                                               r->what, r->version, name,
                                               known == PL_ABSENT ? "is not there" : "was not read")
                             : pl_arena_printf(t->arena, "%s takes %s, which has no version at all",
                                               r->what, name));
    const char *state = pl_trace_text(t, version, "state", NULL);
    if (state && strcmp(state, "ENABLED") == 0)
        return (struct fault){0};
    return fault(a, "state", "SECRET_VERSION_NOT_ENABLED", state != NULL,
                 pl_arena_printf(t->arena, "%s takes version %s of %s, which is %s", r->what,
                                 strcmp(r->version, number) == 0
                                     ? number
                                     : pl_arena_printf(t->arena, "%s (%s)", r->version, number),
                                 name, state ? state : "in a state that was not read"));
}

static struct fault access_fault(struct pl_trace *t, const struct pl_resource *workload,
                                 const struct reference *r, const struct pl_resource *secret)
{
    const char *account = pl_runtime_account(t, workload), *why = NULL;
    struct pl_address where = secret->address;
    enum pl_tri allowed = account
                              ? pl_iam_allows(t, secret, secret->address.project, account, false,
                                              "secretmanager.versions.access", &why, &where)
                              : PL_MAYBE;
    if (allowed == PL_YES)
        return (struct fault){0};
    return fault(
        secret->address, "iamPolicy.bindings[role=roles/secretmanager.secretAccessor].members",
        "SECRET_ACCESSOR_MISSING", allowed == PL_NO,
        pl_arena_printf(t->arena, "%s takes %s: %s", r->what, pl_trace_name(t, &secret->address),
                        why ? why : "as which account the workload runs was not read"));
}

/* The first that is proven, else the first that may be. */
static struct fault fault_of(struct pl_trace *t, const struct pl_resource *workload,
                             const struct reference *r)
{
    struct pl_address a;
    const struct pl_resource *secret = NULL;
    if (!address_of(t, workload, r->secret, &a))
        return fault(
            workload->address, r->path, "SECRET_NOT_FOUND", false,
            pl_arena_printf(t->arena, "%s takes a secret by a name that is none", r->what));
    enum pl_known known = pl_view_find(t->view, &a, &secret);
    if (known != PL_PRESENT)
        return fault(
            a, "", "SECRET_NOT_FOUND", known == PL_ABSENT && pl_trace_absence_counts(t, &a),
            pl_arena_printf(t->arena, "%s takes %s, %s", r->what, pl_trace_name(t, &a),
                            known == PL_ABSENT
                                ? "which does not exist"
                                : pl_arena_printf(t->arena, "of which nothing is known: %s",
                                                  pl_trace_why(t, &a))));
    struct fault version = version_fault(t, r, secret);
    if (version.cause && version.known)
        return version;
    struct fault access = access_fault(t, workload, r, secret);
    return access.cause && (access.known || !version.cause) ? access : version;
}

/* ---- a workload's state ---- */

static const char refused[] = "SECRETS_ACCESS_CHECK_FAILED";

enum pl_tri pl_secrets_drive(struct pl_trace *t, const struct pl_resource *workload)
{
    struct pl_trace unchanged;
    const struct pl_resource *before = pl_never_ready_before(t, workload, refused, &unchanged);
    enum pl_tri answer = PL_NO;
    if (!before)
        return PL_NO;
    const struct pl_serving at = {.resource = before, .prefix = "template."};
    struct references refs = references_of(&unchanged, &at);
    for (size_t i = 0; i < refs.n; i++) {
        struct fault f = fault_of(&unchanged, before, &refs.list[i]);
        if (f.cause && f.known)
            return PL_YES;
        answer = f.cause ? PL_MAYBE : answer;
    }
    return answer;
}

/* ---- the hop ---- */

static void judge(struct pl_trace *t, const struct pl_resource *workload, const struct reference *r,
                  bool failed, bool driven, size_t *told)
{
    struct fault f = fault_of(t, workload, r);
    if (!f.cause || (!f.known && (!failed || driven)))
        return;
    ++*told;
    if (!f.known) {
        pl_trace_unknown(t, "secrets", f.cause, "%s", f.text);
        return;
    }
    if (failed)
        pl_trace_block(t, "secrets", f.cause, &f.where, f.path, "%s: no instance starts", f.text);
    else
        pl_trace_risk(t, "secrets", f.cause, "%s: %s", f.text,
                      r->env ? "what runs goes on, the next instance does not start"
                             : "reading the file fails");
    pl_trace_field(t, &f.where, f.path);
    pl_trace_evidence_text(t, &workload->address, r->path, r->version, "the version that it takes");
    const struct pl_resource *there = NULL;
    if (*f.path && pl_view_find(t->view, &f.where, &there) == PL_PRESENT)
        pl_trace_evidence(t, there,
                          strncmp(f.path, "iamPolicy", 9) == 0 ? "iamPolicy.bindings" : f.path);
}

/* Instances that started before a version was made hold the one before: those of a variable bound to `latest` do not agree with each other. */
static void judge_rotation(struct pl_trace *t, const struct pl_resource *workload,
                           const struct reference *r)
{
    struct pl_address a;
    const struct pl_resource *version = NULL;
    if (!r->env || strcmp(r->version, "latest") != 0 || !address_of(t, workload, r->secret, &a))
        return;
    const char *newest = newest_version(t, &a);
    if (!newest || !*newest)
        return;
    a = version_address(t, &a, newest);
    if (pl_view_find(t->view, &a, &version) != PL_PRESENT)
        return;
    const char *made = pl_trace_text(t, version, "createTime", NULL),
               *deployed = pl_trace_text(t, workload, "updateTime", NULL);
    /* RFC 3339 in UTC: in order as texts, to the second. */
    if (!made || !deployed || strncmp(made, deployed, 19) <= 0)
        return;
    pl_trace_risk(t, "secrets", "SECRET_ROTATED_UNDER_INSTANCES",
                  "%s takes latest at each start, and version %s was made after the last deploy: "
                  "instances may hold different values",
                  r->what, newest);
    pl_trace_field(t, &workload->address, r->path);
    pl_trace_evidence(t, version, "createTime");
    pl_trace_evidence(t, workload, "updateTime");
}

static void judge_workload(struct pl_trace *t, const struct pl_resource *service)
{
    bool driven = pl_secrets_drive(t, service) == PL_YES;
    bool failed = driven || pl_never_ready(t, service, refused);
    struct pl_serving at = {.resource = service, .prefix = "template."};
    if (!failed)
        at = pl_serving_of(t, service);
    if (!at.resource)
        return; /* told where the source or the target is */
    struct references refs = references_of(t, &at);
    size_t told = 0;
    for (size_t i = 0; i < refs.n; i++)
        judge(t, at.resource, &refs.list[i], failed, driven, &told);
    for (size_t i = 0; !failed && !at.revision && i < refs.n; i++)
        judge_rotation(t, at.resource, &refs.list[i]);
    if (failed && refs.n > 0 && told == 0)
        pl_trace_pass(t, "secrets", "the secrets of %s are there, and it may read them",
                      pl_trace_name(t, &service->address));
}

void pl_hop_secrets(struct pl_trace *t)
{
    /* Of two workloads the called one counts: one that does not start calls nobody, and nobody sees a failure of its calls. */
    if (t->target.what == PL_TO_RUN && t->target.resource)
        judge_workload(t, t->target.resource);
    else if (t->target.what != PL_TO_RUN && t->source.what == PL_FROM_RUN && t->source.resource)
        judge_workload(t, t->source.resource);
}
