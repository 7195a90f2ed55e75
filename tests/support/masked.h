/* masked.h - worlds as an audit has them: lies where it did not look, and what the path model read held against the table of what it reads.
 *
 * Header only, for tests of whoever evaluates a world. An evaluator that looks at a field of which pl_reach_reads says nothing is caught
 * where it reads through a view, and one that looks into a value that it read by the other story that it tells.
 */
#ifndef MASKED_H
#define MASKED_H

#include "harness.h"

#include <string.h>

#include "plumbline/map.h"
#include "plumbline/reach.h"
#include "plumbline/world.h"

/* ---- lies ---- */

static inline const struct pl_value *lie(struct pl_arena *arena, const struct pl_value *v)
{
    const struct pl_value **items = pl_arena_array(arena, pl_value_count(v) + 1, sizeof *items);
    struct pl_member *members = pl_arena_array(arena, pl_value_count(v) + 1, sizeof *members);

    switch (v->type) {
    case PL_STRING:
        return pl_value_string(arena, "a lie");
    case PL_INT:
    case PL_REAL:
        return pl_value_int(arena, 4242);
    case PL_BOOL:
        return pl_value_bool(!v->u.boolean);
    case PL_LIST:
        for (size_t i = 0; i < v->u.list.n; i++)
            items[i] = lie(arena, v->u.list.items[i]);
        return pl_value_list(arena, items, v->u.list.n);
    case PL_MAP:
        for (size_t i = 0; i < v->u.map.n; i++)
            members[i] =
                (struct pl_member){v->u.map.members[i].key, lie(arena, v->u.map.members[i].value)};
        return pl_value_map(arena, members, v->u.map.n);
    case PL_NULL:
    case PL_UNKNOWN:
        break;
    }
    return v;
}

/* The whole body, with a lie wherever the masked one has nothing: who looks there tells another story. */
static inline const struct pl_value *with_lies(struct pl_arena *arena, const struct pl_value *whole,
                                               const struct pl_value *masked)
{
    const struct pl_value **items = pl_arena_array(arena, pl_value_count(whole) + 1, sizeof *items);
    struct pl_member *members = pl_arena_array(arena, pl_value_count(whole) + 1, sizeof *members);

    if (masked == NULL)
        return lie(arena, whole);
    for (size_t i = 0; whole->type == PL_LIST && i < whole->u.list.n; i++)
        items[i] = with_lies(arena, whole->u.list.items[i], pl_value_item(masked, i));
    for (size_t i = 0; whole->type == PL_MAP && i < whole->u.map.n; i++) {
        const struct pl_member *m = &whole->u.map.members[i];

        members[i] =
            (struct pl_member){m->key, with_lies(arena, m->value, pl_value_member(masked, m->key))};
    }
    return whole->type == PL_LIST  ? pl_value_list(arena, items, whole->u.list.n)
           : whole->type == PL_MAP ? pl_value_map(arena, members, whole->u.map.n)
                                   : whole;
}

/* ---- what is read ---- */

struct reads {
    struct pl_arena *arena;
    struct pl_needs *table; /* pl_reach_reads alone */
    struct pl_map seen;     /* "kind path" */
    struct pl_map read;     /* rows, likewise */
};

static inline void reads_open(struct reads *r)
{
    r->arena = pl_arena_new();
    r->table = pl_needs_new(r->arena);
    pl_map_init(&r->seen, r->arena);
    pl_map_init(&r->read, r->arena);
    for (size_t i = 0; i < pl_reach_reads_len; i++)
        pl_needs_reads(r->table, &pl_reach_reads[i]);
}

static inline void reads_close(struct reads *r)
{
    pl_arena_free(r->arena);
}

/* As a view answers that has a resource with this mask, and nothing in it. */
static inline bool reads_has(struct reads *r, const struct pl_kind *kind,
                             const struct pl_path *path)
{
    static const char *const names[] = {"x", "x", "x", NULL};
    struct pl_resource one = {
        .address = {.kind = kind, .project = "p", .location = "global", .names = names}};
    struct pl_view *view = pl_view_new(r->arena, pl_world_build(pl_world_builder_new(r->arena)));
    const struct pl_value *value;

    if (strcmp(path->steps[0].key, "iamPolicy") == 0)
        return pl_needs_policy(r->table, kind);
    if (pl_kind_virtual(kind, path->steps[0].key) != NULL)
        return pl_needs_virtual(r->table, kind, path->steps[0].key);
    one.body = pl_value_map(r->arena, NULL, 0);
    one.fields = pl_needs_asked(r->table, kind, &one.n_fields);
    return pl_view_read(view, &one, pl_path_format(r->arena, path), &value) == PL_ABSENT;
}

static inline void reads_note_rows(struct reads *r, const struct pl_kind *kind,
                                   const struct pl_path *path)
{
    struct pl_path row;
    struct pl_err err;

    for (size_t i = 0; i < pl_reach_reads_len; i++)
        for (const char *const *f = pl_reach_reads[i].fields;
             strcmp(pl_reach_reads[i].kind, kind->name) == 0 && *f != NULL; f++) {
            assert_int_equal(pl_path_parse(r->arena, *f, &row, &err), 0);
            if (pl_paths_meet(&row, path))
                (void)pl_map_put(&r->read, pl_arena_printf(r->arena, "%s %s", kind->name, *f), r);
        }
}

/* Every field that was read through the view is one of the table's; `peeringRoutes` (peer_routes.c) only a baseline can ask for, and what was read of
 * secrets is nothing that a list has. */
static inline void reads_note(struct reads *r, const struct pl_view *view)
{
    size_t n = 0;
    const struct pl_reading *list = pl_view_readings(view, &n);

    for (size_t i = 0; i < n; i++) {
        const struct pl_kind *kind = list[i].address.kind;
        struct pl_field_info info;
        const char *generic, *first = list[i].path.n > 0 ? list[i].path.steps[0].key : NULL;

        if (list[i].what != PL_READ_FIELD || first == NULL || strcmp(first, "peeringRoutes") == 0 ||
            pl_kind_is_secret(kind, first))
            continue;
        generic = pl_path_generic(r->arena, &list[i].path);
        /* A field of another kind, which is asked of any source or target alike, is never there. */
        if (pl_map_put(&r->seen, pl_arena_printf(r->arena, "%s %s", kind->name, generic), r) ||
            !pl_field_lookup(kind, &list[i].path, &info, NULL, NULL))
            continue;
        reads_note_rows(r, kind, &list[i].path);
        /* Whether a resource was made anew is asked of all that is fixed when it is made: what is not declared is the same on both sides. */
        if ((info.flags & PL_F_IMMUTABLE) != 0 && list[i].path.n == 1)
            continue;
        if (!reads_has(r, kind, &list[i].path))
            fail_msg("pl_reach_reads: %s of a %s is read", generic, kind->name);
    }
}

#endif
