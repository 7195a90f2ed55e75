/* needs.c - what a run must observe: what the baseline declares or refers to, what its connections touch, what the path model reads.
 *
 * Asking for less is kinder to quotas and to memory, and what was not asked for cannot be missing.
 */
#include <string.h>

#include "cli_priv.h"
#include "plumbline/init.h"
#include "plumbline/reach.h"

static void need_path(struct pl_needs *needs, const struct pl_address *address,
                      const struct pl_path *path)
{
    pl_needs_address(needs, address);
    pl_needs_path(needs, address->kind, path);
}

/* Whatever a value may be reverted to can mention a resource, and so can what an observed one is held against. */
static void need_expect(struct pl_needs *needs, const struct pl_expect *e)
{
    if (!e)
        return;
    pl_needs_text(needs, e->text);
    pl_needs_value(needs, e->value);
    for (size_t i = 0; i < e->n_pieces; i++) {
        pl_needs_text(needs, e->pieces[i].literal);
        if (!e->pieces[i].literal)
            need_path(needs, &e->pieces[i].address, &e->pieces[i].path);
    }
    for (size_t i = 0; e->members && i < e->n; i++)
        need_expect(needs, e->members[i].expect);
    for (size_t i = 0; e->items && i < e->n; i++)
        need_expect(needs, e->items[i]);
}

/* Down through maps to what is compared; a map that may hold nothing else is looked at whole. */
static void need_fields(struct pl_arena *arena, struct pl_needs *needs, const struct pl_kind *kind,
                        const struct pl_path *at, const struct pl_expect *e)
{
    if (e->match != PL_M_MAP || e->only || (e->n == 0 && at->n > 0)) {
        pl_needs_path(needs, kind, at);
        return;
    }
    for (size_t i = 0; i < e->n; i++) {
        struct pl_path path = pl_path_with(
            arena, at, (struct pl_step){.type = PL_STEP_KEY, .key = e->members[i].key});
        need_fields(arena, needs, kind, &path, e->members[i].expect);
    }
}

/* What is told of drift beside the field: since when it is there, and what the command that undoes it must say. */
static void need_beside(struct pl_arena *arena, struct pl_needs *needs, const struct pl_kind *kind)
{
    const char *const *lists[] = {pl_explain_times, pl_remedy_reads(arena, kind->name)};
    for (size_t i = 0; kind->schema && i < PL_LEN(lists); i++)
        for (const char *const *f = lists[i]; *f; f++) {
            struct pl_path path;
            struct pl_err err;
            if (pl_path_parse(arena, *f, &path, &err) == 0 &&
                pl_field_lookup(kind, &path, NULL, NULL, NULL))
                pl_needs_path(needs, kind, &path);
        }
}

static void need_declared(struct pl_arena *arena, struct pl_needs *needs,
                          const struct pl_declared *d)
{
    const struct pl_expect *e = d->expect;
    const struct pl_kind *kind = d->address.kind;
    pl_needs_address(needs, &d->address);
    need_beside(arena, needs, kind);
    need_expect(needs, e);
    if (!e || e->match == PL_M_ABSENT) /* shown whole where it is there */
        pl_needs_whole(needs, kind);
    else if (e->match != PL_M_PRESENT)
        need_fields(arena, needs, kind, &(struct pl_path){.n = 0}, e);
}

static void need_end(struct pl_needs *needs, const struct pl_end *end)
{
    if (end->what == PL_END_RESOURCE)
        pl_needs_address(needs, &end->address);
    else
        pl_needs_text(needs, end->text);
}

static void need_connection(struct pl_needs *needs, const struct pl_connection *c)
{
    need_end(needs, &c->from);
    need_end(needs, &c->to);
    pl_needs_text(needs, c->probe.connect_host);
}

static bool ends_at(const struct pl_end *end, const char *kind)
{
    return end->what == PL_END_RESOURCE && strcmp(end->address.kind->name, kind) == 0;
}

/* Does the run speak of a resource of this kind? */
static bool is_named(const struct pl_session *s, const char *kind)
{
    const struct pl_baseline *b = s->baseline;
    for (size_t i = 0; i < b->n_resources; i++)
        if (strcmp(b->resources[i].address.kind->name, kind) == 0)
            return true;
    for (size_t i = 0; i < b->n_connections; i++)
        if (ends_at(&b->connections[i]->from, kind) || ends_at(&b->connections[i]->to, kind))
            return true;
    for (size_t i = 0; i < s->n_extra; i++)
        if (ends_at(&s->extra[i]->from, kind) || ends_at(&s->extra[i]->to, kind))
            return true;
    return false;
}

static bool is_read(const struct pl_session *s, const char *kind)
{
    for (const char *const *k = pl_reach_reads_if_named; *k; k++)
        if (strcmp(*k, kind) == 0)
            return is_named(s, kind);
    return true;
}

struct pl_needs *pl_kind_needs(struct pl_arena *arena, const struct pl_kind *kind,
                               enum pl_asked asked)
{
    struct pl_needs *needs = pl_needs_new(arena);
    pl_needs_address(needs, &(struct pl_address){.kind = kind});
    for (size_t i = 0; asked >= PL_ASKED_BY_PATHS && i < pl_reach_reads_len; i++)
        if (strcmp(pl_reach_reads[i].kind, kind->name) == 0)
            pl_needs_reads(needs, &pl_reach_reads[i]);
    if (asked >= PL_ASKED_DECLARED)
        need_beside(arena, needs, kind);
    return needs;
}

struct pl_needs *pl_session_needs(struct pl_session *s)
{
    struct pl_needs *needs = pl_needs_new(s->arena);
    const struct pl_baseline *b = s->baseline;
    for (size_t i = 0; i < pl_reach_reads_len; i++)
        if (is_read(s, pl_reach_reads[i].kind))
            pl_needs_reads(needs, &pl_reach_reads[i]);
    for (size_t i = 0; strcmp(s->run.command, "init") == 0 && i < pl_init_kinds_len; i++) {
        pl_needs_whole(needs, pl_kind_find(pl_init_kinds[i].kind));
        pl_needs_every(needs, pl_kind_find(pl_init_kinds[i].kind));
    }
    for (size_t i = 0; i < b->n_resources; i++)
        need_declared(s->arena, needs, &b->resources[i]);
    for (size_t i = 0; i < b->n_only; i++) { /* an unexpected one is shown whole */
        pl_needs_whole(needs, b->only[i].kind);
        pl_needs_every(needs, b->only[i].kind);
    }
    for (size_t i = 0; i < b->n_connections; i++)
        need_connection(needs, b->connections[i]);
    for (size_t i = 0; i < s->n_extra; i++)
        need_connection(needs, s->extra[i]);
    for (size_t i = 0; i < s->n_symptoms; i++)
        pl_needs_text(needs, s->symptoms[i].seen_from);
    return needs;
}
