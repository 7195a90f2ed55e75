/* diff_unit.c - what belongs together: the fields of a resource that was made anew, and declared texts that follow a field.
 *
 * A field that cannot be changed and has changed means that the resource was deleted and made again (M1 of docs/rules.md): its host,
 * port and certificates are then others, too, and what was told of the old ones is wrong. Reverting one of them alone means nothing.
 */
#include "diff_priv.h"

#include <stdio.h>

#include "plumbline/map.h"

/* ---- references and what they name ---- */

static bool meets(const struct pl_path *a, const struct pl_path *b)
{
    return pl_path_covers(a, b) || pl_path_covers(b, a);
}

static bool names_field(const struct pl_reference *r, const struct pl_address *address,
                        const struct pl_path *path)
{
    for (size_t i = 0; i < r->expect->n_pieces; i++) {
        const struct pl_piece *piece = &r->expect->pieces[i];

        if (piece->literal == NULL && pl_address_equal(&piece->address, address) &&
            meets(&piece->path, path))
            return true;
    }
    return false;
}

/* Those that name one resource. */
struct named {
    const struct pl_reference **list;
    size_t n, cap;
};

/* By full address of what they name; a text that names a resource twice is there twice. */
static void index_references(struct pl_differ *d, struct pl_map *index)
{
    pl_map_init(index, d->arena);
    for (size_t i = 0; i < d->n_references; i++) {
        const struct pl_expect *e = d->references[i]->expect;

        for (size_t k = 0; k < e->n_pieces; k++) {
            const char *full;
            struct named *named;

            if (e->pieces[k].literal != NULL)
                continue;
            full = pl_address_full(d->arena, &e->pieces[k].address);
            named = pl_map_get(index, full);
            if (named == NULL) {
                named = PL_NEW(d->arena, struct named);
                (void)pl_map_put(index, full, named);
            }
            PL_PUSH(d->arena, named->list, named->n, named->cap, d->references[i]);
        }
    }
}

/* The followers of one drift, under way. */
struct following {
    struct pl_differ *d;
    const struct pl_map *index;
    struct pl_map taken; /* by address of the reference */
    struct named found;
};

static void follow(struct following *f, const struct pl_address *address,
                   const struct pl_path *path)
{
    const struct named *named = pl_map_get(f->index, pl_address_full(f->d->arena, address));

    for (size_t i = 0; named != NULL && i < named->n; i++) {
        const struct pl_reference *r = named->list[i];
        char key[2 * sizeof(void *) + 3];

        if (!names_field(r, address, path))
            continue;
        (void)snprintf(key, sizeof key, "%p", (const void *)r);
        if (pl_map_put(&f->taken, key, f) == NULL)
            PL_PUSH(f->d->arena, f->found.list, f->found.n, f->found.cap, r);
    }
}

/* Those that name the field, then those that name a text that follows it, and so on. */
static void find_followers(struct pl_differ *d, struct pl_drift *drift, const struct pl_map *index)
{
    struct following f = {.d = d, .index = index};
    struct pl_drift_more *more;

    pl_map_init(&f.taken, d->arena);
    follow(&f, &drift->address, &drift->path);
    for (size_t i = 0; i < f.found.n; i++)
        follow(&f, &f.found.list[i]->address, &f.found.list[i]->path);
    if (f.found.n == 0)
        return;
    more = pl_drift_more(d, drift);
    more->followers = f.found.list;
    more->n_followers = f.found.n;
}

/* ---- resources that were made anew ---- */

/* Full address to its unit. */
static void find_recreated(struct pl_differ *d, struct pl_map *units)
{
    pl_map_init(units, d->arena);
    for (size_t i = 0; i < d->n_drift; i++) {
        const char *full = pl_address_full(d->arena, &d->drift[i]->address);

        if (d->drift[i]->path.n > 0 && (d->drift[i]->flags & PL_F_IMMUTABLE) != 0 &&
            !pl_map_has(units, full))
            (void)pl_map_put(units, full, pl_arena_printf(d->arena, "recreated:%s", full));
    }
}

/* The unit of a resource whose server-written field this text is declared to hold. */
static const char *unit_followed(struct pl_differ *d, const struct pl_map *units,
                                 const struct pl_drift *drift)
{
    const struct pl_expect *e = drift->more != NULL ? drift->more->expect : NULL;

    for (size_t i = 0; e != NULL && i < e->n_pieces; i++) {
        const struct pl_piece *piece = &e->pieces[i];
        struct pl_field_info info;
        const char *unit;

        if (piece->literal != NULL)
            continue;
        unit = pl_map_get(units, pl_address_full(d->arena, &piece->address));
        if (unit != NULL && pl_field_lookup(piece->address.kind, &piece->path, &info, NULL, NULL) &&
            (info.flags & PL_F_OUTPUT) != 0)
            return unit;
    }
    return NULL;
}

void pl_differ_unite(struct pl_differ *d)
{
    struct pl_map units, index;

    index_references(d, &index);
    find_recreated(d, &units);
    for (size_t i = 0; i < d->n_drift; i++) {
        struct pl_drift *drift = d->drift[i];

        if (drift->path.n > 0 && (drift->flags & (PL_F_IMMUTABLE | PL_F_OUTPUT)) != 0)
            drift->unit = pl_map_get(&units, pl_address_full(d->arena, &drift->address));
        if (drift->unit == NULL)
            drift->unit = unit_followed(d, &units, drift);
        if (d->n_references > 0)
            find_followers(d, drift, &index);
    }
}
