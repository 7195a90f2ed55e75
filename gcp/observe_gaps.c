/* observe_gaps.c - what could not be read, with the reason that holds for this very kind and project.
 *
 * Whoever compares takes an API that is off for "there is nothing of it". That is only so of the kind's own API, and of the project that was
 * asked about. Google refuses in the same words where the API is off in the project that the call counts against (the quota project, that of a
 * service account), and where it is another API that was needed on the way (Resource Manager, for a project's number). What that hides may well
 * be there: reason "needed_api_disabled". Google tells the project by its number, which may have to be asked for first.
 */
#include "gcp_priv.h"

#include <string.h>

#include "gcp_kinds.h"

struct pl_gcp_late_gap {
    struct pl_gcp_late_gap *next;
    struct pl_gcp_scope *scope;
    struct pl_unobserved gap;
    const char *service, *consumer;
};

static const char off[] = "api_disabled", needed[] = "needed_api_disabled";

/* Both are there, whether or not they can be read. */
static bool is_always_there(const struct pl_kind *kind)
{
    return kind == &pl_kind_project_service || kind == &pl_kind_project_iam_policy;
}

/* Without the API of the resource that it lives in it cannot be either. */
static bool serves(struct pl_arena *arena, const char *service, const struct pl_kind *kind)
{
    const char *api = pl_gcp_universe_name(arena, service);

    return strcmp(api, kind->call.api) == 0 ||
           (kind->call.parent != NULL && strcmp(api, kind->call.parent->call.api) == 0);
}

static const char *number_of(const struct pl_gcp_scope *scope)
{
    return scope->number != NULL ? scope->number : scope->seen;
}

/* The reason for this kind of this project; NULL where it hangs on the project's number. */
static const char *reason_of(const struct pl_gcp_scope *scope, const struct pl_kind *kind,
                             const char *service, const char *consumer)
{
    if (is_always_there(kind) || (service != NULL && !serves(scope->run->arena, service, kind)))
        return needed;
    if (consumer == NULL || strcmp(consumer, scope->project) == 0)
        return off;
    if (consumer[strspn(consumer, "0123456789")] != '\0')
        return needed;
    if (number_of(scope) == NULL)
        return NULL;
    return strcmp(number_of(scope), consumer) == 0 ? off : needed;
}

static const char *copy(struct pl_arena *arena, const char *text)
{
    return text != NULL ? pl_arena_strdup(arena, text) : NULL;
}

static void tell(struct pl_gcp_scope *scope, struct pl_unobserved *gap, const char *reason,
                 const char *service)
{
    struct pl_gcp_run *run = scope->run;

    gap->reason = reason;
    if (reason == off && service != NULL) /* by its id, where Google had the number */
        gap->remedy = pl_gcp_enable_command(run->arena, service, scope->project);
    pl_world_add_unobserved(run->builder, gap);
}

void pl_gcp_add_gap(struct pl_gcp_scope *scope, const struct pl_kind *kind, const char *where,
                    const char *field, const struct pl_gcp_failure *failure)
{
    struct pl_arena *arena = scope->run->arena;
    const char *reason = failure->reason;
    struct pl_unobserved gap = {
        .kind = kind, .scope = pl_arena_strdup(arena, where), .field = field};
    struct pl_gcp_late_gap *held;

    gap.permission = copy(arena, failure->permission);
    gap.detail = copy(arena, failure->detail);
    gap.remedy = copy(arena, failure->remedy);
    if (strcmp(reason, off) == 0)
        reason = reason_of(scope, kind, failure->service, failure->consumer);
    if (reason != NULL) {
        tell(scope, &gap, reason, failure->service);
        return;
    }
    held = PL_NEW(arena, struct pl_gcp_late_gap);
    *held = (struct pl_gcp_late_gap){scope->run->late_gaps, scope, gap,
                                     copy(arena, failure->service), copy(arena, failure->consumer)};
    scope->run->late_gaps = held;
}

void pl_gcp_ask_numbers(struct pl_gcp_run *run)
{
    for (const struct pl_gcp_late_gap *held = run->late_gaps; held != NULL; held = held->next)
        if (number_of(held->scope) == NULL)
            pl_gcp_read_number(held->scope);
}

/* What nobody can say is not said: then the API may be on where it matters. */
void pl_gcp_tell_late_gaps(struct pl_gcp_run *run)
{
    for (struct pl_gcp_late_gap *held = run->late_gaps; held != NULL; held = held->next) {
        const char *reason = reason_of(held->scope, held->gap.kind, held->service, held->consumer);

        tell(held->scope, &held->gap, reason != NULL ? reason : needed, held->service);
    }
    run->late_gaps = NULL;
}
