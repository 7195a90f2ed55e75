/* diff_unit.c - what belongs together: the fields of a resource that was made anew, and declared texts that follow a field.
 *
 * A field that cannot be changed and has changed means that the resource was deleted and made again (M1 of docs/reachability): its host,
 * port and certificates are then others, too, and what was told of the old ones is wrong. Reverting one of them alone means nothing.
 */
#include "diff_priv.h"

#include <string.h>

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

/* Adds those that name the field and are not taken yet. */
static void take(struct pl_differ *d, const struct pl_address *address, const struct pl_path *path,
                 bool *taken, const struct pl_reference **list, size_t *n)
{
    for (size_t i = 0; i < d->n_references; i++) {
        if (taken[i] || !names_field(d->references[i], address, path))
            continue;
        taken[i] = true;
        list[(*n)++] = d->references[i];
    }
}

/* Those that name the field, then those that name a text that follows it, and so on. */
static void find_followers(struct pl_differ *d, struct pl_drift *drift, bool *taken,
                           const struct pl_reference **list)
{
    struct pl_drift_more *more;
    const struct pl_reference **kept;
    size_t n = 0;

    memset(taken, 0, d->n_references * sizeof *taken);
    take(d, &drift->address, &drift->path, taken, list, &n);
    for (size_t i = 0; i < n; i++)
        take(d, &list[i]->address, &list[i]->path, taken, list, &n);
    if (n == 0)
        return;
    kept = pl_arena_array(d->arena, n, sizeof *kept);
    memcpy(kept, list, n * sizeof *kept);
    more = pl_drift_more(d, drift);
    more->followers = kept;
    more->n_followers = n;
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
    const struct pl_reference **list = pl_arena_array(d->arena, d->n_references, sizeof *list);
    bool *taken = pl_arena_array(d->arena, d->n_references, sizeof *taken);
    struct pl_map units;

    find_recreated(d, &units);
    for (size_t i = 0; i < d->n_drift; i++) {
        struct pl_drift *drift = d->drift[i];

        if (drift->path.n > 0 && (drift->flags & (PL_F_IMMUTABLE | PL_F_OUTPUT)) != 0)
            drift->unit = pl_map_get(&units, pl_address_full(d->arena, &drift->address));
        if (drift->unit == NULL)
            drift->unit = unit_followed(d, &units, drift);
        if (d->n_references > 0)
            find_followers(d, drift, taken, list);
    }
}
