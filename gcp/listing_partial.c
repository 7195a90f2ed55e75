/* listing_partial.c - answers that say themselves that a part is missing: 200 OK, and yet not everything.
 *
 * Each API has its own way: unreachable[] (https://google.aip.dev/217), Cloud SQL's warnings, Compute's warnings per scope,
 * Memorystore's placeholder entries. What is inside an unreachable scope is unknown, never absent.
 */
#include "gcp_priv.h"

#include <string.h>

/* Cloud SQL's warnings that take nothing away from the list
 * (https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1/ApiWarning). */
static const char *const harmless[] = {"MAX_RESULTS_EXCEEDS_LIMIT", "COMPROMISED_CREDENTIALS"};

/* The same thing (`key`) is told once: Compute says it in a warning and in unreachables[], and on every page again. */
static void gap(struct pl_gcp_listing *listing, const char *key, const char *scope,
                const char *detail)
{
    if (listing->partial == NULL || pl_map_has(&listing->told, key))
        return;
    (void)pl_map_put(&listing->told, key, listing);
    listing->partial(listing, scope, detail);
}

static char *place(struct pl_arena *arena, const char *project, const char *location)
{
    return pl_arena_printf(arena, "projects/%s/locations/%s", project, location);
}

/* Something is missing, and how it is said nobody has described: so anything of `scope` may be; NULL: of what was listed. */
static void tell_unreadable(struct pl_gcp_listing *listing, struct pl_arena *arena,
                            const char *scope)
{
    if (scope == NULL)
        scope = listing->location != NULL || listing->kind == NULL ||
                        listing->kind->scope != PL_SCOPE_GLOBAL
                    ? place(arena, listing->project,
                            listing->location != NULL ? listing->location : "-")
                    : pl_arena_printf(arena, "projects/%s", listing->project);
    gap(listing, scope, scope, "Google could not reach something, and what it was cannot be read");
}

/* Says nothing, as an absent member does. */
static bool is_nothing(const struct pl_value *v)
{
    return v == NULL || v->type == PL_NULL || (v->type == PL_MAP && v->u.map.n == 0);
}

/* "projects/NUMBER/locations/x" or a resource in it, with the project as it was asked for. */
static void tell_unreachable(struct pl_gcp_listing *listing, struct pl_arena *arena,
                             const char *name)
{
    char *location = pl_gcp_segment_after(arena, name, "locations");
    const char *rest = location != NULL ? strstr(name, "/locations/") : NULL;
    const char *scope;

    if (rest ==
        NULL) /* "regions/x", "us-east1", or a shape nobody has described: take the last word for a location */
        scope = *pl_link_last(name) != '\0'
                    ? place(arena, listing->project, pl_link_last(name))
                    : pl_arena_printf(arena, "projects/%s", listing->project);
    else if (strcmp(rest + strlen("/locations/"), location) == 0)
        scope = place(arena, listing->project, location);
    else
        scope = pl_arena_printf(arena, "//%s/projects/%s%s", listing->host, listing->project, rest);
    gap(listing, scope, scope,
        "Google could not reach it: what is there is missing from the answer");
}

static void tell_unreachables(struct pl_gcp_listing *listing, struct pl_arena *arena,
                              const struct pl_value *names)
{
    if (names != NULL && names->type != PL_LIST && names->type != PL_NULL)
        tell_unreadable(listing, arena, NULL);
    for (size_t i = 0; names != NULL && names->type == PL_LIST && i < pl_value_count(names); i++) {
        const char *name = pl_value_text(pl_value_item(names, i));

        if (name != NULL)
            tell_unreachable(listing, arena, name);
        else
            tell_unreadable(listing, arena, NULL);
    }
}

/* Cloud SQL: {"code": "REGION_UNREACHABLE", "region": "us-east1", "message": "..."}. An instance's region is no part of its address,
 * so the gap is the whole project. */
static void tell_sql_warnings(struct pl_gcp_listing *listing, struct pl_arena *arena,
                              const struct pl_value *warnings)
{
    if (!is_nothing(warnings) && warnings->type != PL_LIST)
        tell_unreadable(listing, arena, NULL);
    for (size_t i = 0; i < pl_value_count(warnings); i++) {
        const struct pl_value *warning = pl_value_item(warnings, i);
        const char *code = pl_value_member_text(warning, "code");
        const char *region = pl_value_member_text(warning, "region");
        bool skip = false;
        char *detail;

        if (code == NULL) {
            tell_unreadable(listing, arena, NULL);
            continue;
        }
        for (size_t k = 0; k < PL_LEN(harmless); k++)
            skip = skip || strcmp(harmless[k], code) == 0;
        if (skip)
            continue;
        detail = pl_arena_printf(arena, "%s%s%s: what is there is missing from the answer",
                                 pl_gcp_quote(arena, code), region != NULL ? " in " : "",
                                 region != NULL ? pl_gcp_quote(arena, region) : "");
        gap(listing, detail, pl_arena_printf(arena, "projects/%s", listing->project), detail);
    }
}

/* Compute: {"code": "UNREACHABLE", "message": "..."}; NO_RESULTS_ON_PAGE only says that a scope is empty. */
static void tell_compute_warning(struct pl_gcp_listing *listing, struct pl_arena *arena,
                                 const struct pl_value *warning, const char *scope)
{
    const char *code = pl_value_member_text(warning, "code");
    const char *message = pl_value_member_text(warning, "message");

    if (is_nothing(warning) || (code != NULL && strcmp(code, "NO_RESULTS_ON_PAGE") == 0))
        return;
    if (code == NULL)
        tell_unreadable(listing, arena, scope);
    else
        gap(listing, scope, scope,
            pl_arena_printf(arena, "%s%s%s", pl_gcp_quote(arena, code), message != NULL ? ": " : "",
                            message != NULL ? pl_gcp_quote(arena, message) : ""));
}

static void tell_scope_warnings(struct pl_gcp_listing *listing, struct pl_arena *arena,
                                const struct pl_value *scopes)
{
    for (size_t i = 0; scopes != NULL && scopes->type == PL_MAP && i < scopes->u.map.n; i++) {
        const struct pl_member *m = &scopes->u.map.members[i];
        const char *scope = strcmp(m->key, "global") == 0
                                ? pl_arena_printf(arena, "projects/%s/global", listing->project)
                                : place(arena, listing->project, pl_link_last(m->key));

        tell_compute_warning(listing, arena, pl_value_member(m->value, "warning"), scope);
    }
}

void pl_gcp_partial(struct pl_gcp_listing *listing, const struct pl_value *page)
{
    struct pl_arena *arena = pl_arena_new();

    /* Those that say why come first. */
    tell_sql_warnings(listing, arena, pl_value_member(page, "warnings"));
    tell_compute_warning(listing, arena, pl_value_member(page, "warning"),
                         pl_arena_printf(arena, "projects/%s", listing->project));
    if (listing->aggregated)
        tell_scope_warnings(listing, arena, pl_value_member(page, "items"));
    tell_unreachables(listing, arena, pl_value_member(page, "unreachable"));
    tell_unreachables(listing, arena, pl_value_member(page, "unreachables"));
    pl_arena_free(arena);
}

bool pl_gcp_placeholder(struct pl_gcp_listing *listing, const struct pl_value *item)
{
    const char *name = pl_value_member_text(item, "name");
    size_t len = name != NULL ? strlen(name) : 0;
    struct pl_arena *arena;
    char *location, *scope;

    if (len < 2 || strcmp(name + len - 2, "/-") != 0)
        return false;
    arena = pl_arena_new();
    location = pl_gcp_segment_after(arena, name, "locations");
    scope = place(arena, listing->project, location != NULL ? location : "-");
    gap(listing, scope, scope, "Google could not reach it: a placeholder stands for what is there");
    pl_arena_free(arena);
    return true;
}
