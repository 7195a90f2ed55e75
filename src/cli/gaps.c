/* gaps.c - which of the things that could not be read matter to this run: those behind a declared field that is not known, and
 * those that the path of an undecided connection hangs on. The others are only counted.
 */
#include <string.h>

#include "cli_priv.h"
#include "plumbline/reach.h"

static bool is_undecided(const struct pl_conn_result *c)
{
    if (c->status == PL_CONN_OK)
        return false;
    for (size_t i = 0; i < c->n_hops; i++)
        if (c->hops[i].verdict == PL_HOP_UNKNOWN)
            return true;
    return false;
}

/* Scopes that name no project ("services/...", "folders/1", "*") belong to any. */
static bool is_in_project(const char *scope, const char *project)
{
    const char *at = scope ? strstr(scope, "projects/") : NULL;
    if (!at || !project)
        return true;
    at += strlen("projects/");
    size_t len = strcspn(at, "/");
    return (len == 1 && (*at == '-' || *at == '*')) ||
           (len == strlen(project) && strncmp(at, project, len) == 0);
}

/* A listing hangs on every part of it. */
static void mark_listing(const struct pl_world *world, const struct pl_address *of, bool *matters)
{
    if (!pl_world_listing_gap(world, of->kind, of->project))
        return;
    for (size_t i = 0; i < world->n_unobserved; i++) {
        const struct pl_unobserved *gap = &world->unobserved[i];
        if (!gap->field &&
            (!gap->kind_name || strcmp(gap->kind_name, "*") == 0 || gap->kind == of->kind) &&
            is_in_project(gap->scope, of->project))
            matters[i] = true;
    }
}

static void mark_path(struct pl_session *s, const struct pl_connection *c, bool *matters)
{
    struct pl_view *view = pl_view_new(s->arena, s->world);
    (void)pl_reach_evaluate(view, c, s->baseline);
    size_t n = 0;
    const struct pl_reading *list = pl_view_readings(view, &n);
    for (size_t i = 0; i < n; i++) {
        if (list[i].what == PL_READ_KIND) {
            mark_listing(s->world, &list[i].address, matters);
            continue;
        }
        if (!list[i]
                 .address.names) /* of every resource of a listed kind: its listing stands for it */
            continue;
        const char *field =
            list[i].what == PL_READ_FIELD ? pl_path_format(s->arena, &list[i].path) : NULL;
        const struct pl_unobserved *gap = pl_world_gap(s->world, &list[i].address, field);
        if (gap)
            matters[gap - s->world->unobserved] = true;
    }
}

/* A secret is looked at only for a connection that is wired by it. */
static bool was_asked_for(const struct pl_unobserved *gap)
{
    return gap->kind && gap->field && pl_kind_is_secret(gap->kind, gap->field);
}

void pl_gaps_choose(struct pl_session *s)
{
    const struct pl_world *world = s->world;
    bool *matters = pl_arena_array(s->arena, world->n_unobserved + 1, sizeof(*matters));
    struct pl_unobserved *list =
        pl_arena_array(s->arena, world->n_unobserved + s->n_gaps + 1, sizeof(*list));
    size_t n = 0;
    for (size_t i = 0; world->n_unobserved > 0 && i < s->run.n_connections; i++)
        if (is_undecided(&s->run.connections[i]))
            mark_path(s, s->run.connections[i].connection, matters);
    for (size_t i = 0; i < world->n_unobserved; i++) {
        for (size_t j = 0; !matters[i] && j < s->run.n_unknown; j++)
            matters[i] = s->run.unknown[j].gap == &world->unobserved[i];
        if (matters[i] || was_asked_for(&world->unobserved[i]))
            list[n++] = world->unobserved[i];
        else if (strcmp(world->unobserved[i].reason, "not_asked") != 0)
            s->run.unobserved_elsewhere++;
    }
    for (size_t i = 0; i < s->n_gaps; i++) /* asked for by name: they always matter */
        list[n++] = s->gaps[i];
    s->run.unobserved = list;
    s->run.n_unobserved = n;
}

size_t pl_count_missed(const struct pl_world *world)
{
    size_t n = 0;
    for (size_t i = 0; i < world->n_unobserved; i++)
        n += strcmp(world->unobserved[i].reason, "api_disabled") != 0 &&
             strcmp(world->unobserved[i].reason, "not_asked") != 0;
    return n;
}
