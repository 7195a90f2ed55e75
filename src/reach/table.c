/* table.c - makes tables and patches, and walks through them. What a row holds and what follows from a table is the business of the kinds:
 * rules.c, routes.c.
 */
#include "table_priv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All rows of a kind in a project, in the order of listings. */
struct whole {
    const struct pl_row **rows;
    size_t n;
};

/* ---- rows ---- */

/* The network that a link names, parsed once for all that name it so. NULL: none. */
static const struct pl_address *network_of(struct pl_view *view, const struct pl_resource *r,
                                           const char *link)
{
    static const struct pl_address none;
    struct pl_arena *keep = pl_view_keep_arena(view), *scratch = pl_arena_new();
    const char *project = r->address.project ? r->address.project : "";
    const char *name = pl_arena_printf(scratch, "network %s %s", project, link);
    struct pl_address *kept = pl_view_kept(view, name);
    if (!kept) {
        struct pl_address found;
        kept = PL_NEW(keep, struct pl_address);
        *kept = none;
        if (pl_link_parse(keep, pl_kind_find("compute.network"), link, &r->address, &found))
            *kept = found;
        pl_view_keep(view, name, kept);
    }
    pl_arena_free(scratch);
    return kept->kind ? kept : NULL;
}

static struct pl_row *prepare(struct pl_view *view, const struct pl_table_kind *of,
                              const struct pl_resource *resource)
{
    const struct pl_value *v = NULL;
    struct pl_row *row = of->prepare(pl_view_keep_arena(view), view, resource);
    if (!row)
        return NULL;
    row->of = of;
    row->resource = resource;
    enum pl_known known = pl_view_read(view, resource, "network", &v);
    const char *link = pl_value_text(v);
    row->network = link ? network_of(view, resource, link) : NULL;
    row->of_known_network = known == PL_NOT_KNOWN ? PL_MAYBE : row->network ? PL_YES : PL_NO;
    return row;
}

bool pl_row_is_of(const struct pl_row *row, const struct pl_address *network)
{
    return row->of_known_network == PL_MAYBE ||
           (row->of_known_network == PL_YES && pl_same_network(row->network, network));
}

/* Kept by the resource's full address, which is no other thing's name. */
const struct pl_row *pl_table_row(struct pl_view *view, const struct pl_table_kind *of,
                                  const struct pl_resource *resource)
{
    static const char nothing;
    const void *kept = pl_view_kept(view, resource->full);
    if (!kept) {
        struct pl_arena *keep = pl_view_keep_arena(view);
        const struct pl_row *row = prepare(pl_view_unrecorded(keep, view), of, resource);
        kept = row ? (const void *)row : &nothing;
        pl_view_keep(view, resource->full, (void *)(uintptr_t)kept);
    }
    return kept == &nothing ? NULL : kept;
}

/* ---- the world's ---- */

static const struct whole *whole_of(struct pl_view *bare, const struct pl_table_kind *of,
                                    const char *project)
{
    struct pl_arena *keep = pl_view_keep_arena(bare);
    char name[256];
    snprintf(name, sizeof(name), "rows %s %s", of->kind, project ? project : "");
    struct whole *w = pl_view_kept(bare, name);
    if (w)
        return w;
    const struct pl_resource *const *list;
    size_t n;
    struct pl_view *reader = pl_view_unrecorded(keep, bare);
    (void)pl_view_list(reader, pl_kind_find(of->kind), project, &list, &n);
    w = PL_NEW(keep, struct whole);
    w->rows = pl_arena_array(keep, n, sizeof(*w->rows));
    for (size_t i = 0; i < n; i++) {
        struct pl_row *row = prepare(reader, of, list[i]);
        if (!row)
            continue;
        row->index = w->n;
        w->rows[w->n++] = row;
    }
    pl_view_keep(bare, name, w);
    return w;
}

/* The order of the kind, then that of listings. */
static int by_order(const void *a, const void *b)
{
    const struct pl_row *x = *(const struct pl_row *const *)a,
                        *y = *(const struct pl_row *const *)b;
    int c = x->of->order(x, y);
    return c != 0 ? c : pl_resource_order(x->resource, y->resource);
}

static const struct pl_row **sorted(struct pl_arena *arena, const struct pl_row *const *rows,
                                    size_t n, const struct pl_address *network, unsigned side,
                                    size_t *n_out)
{
    const struct pl_row **list = pl_arena_array(arena, n, sizeof(*list));
    *n_out = 0;
    for (size_t i = 0; i < n; i++)
        if ((rows[i]->sides & side) != 0 && pl_row_is_of(rows[i], network))
            list[(*n_out)++] = rows[i];
    if (*n_out > 1)
        qsort(list, *n_out, sizeof(*list), by_order);
    return list;
}

static struct pl_table *new_table(struct pl_view *view, const struct pl_table_kind *of,
                                  const struct pl_address *network)
{
    struct pl_arena *keep = pl_view_keep_arena(view);
    struct pl_table *table = PL_NEW(keep, struct pl_table);
    table->of = of;
    table->arena = keep;
    table->answers = PL_NEW(keep, struct pl_map);
    pl_map_init(table->answers, keep);
    table->known = pl_view_listed(view, pl_kind_find(of->kind), network->project);
    return table;
}

static const struct pl_table *of_world(struct pl_view *bare, const struct pl_table_kind *of,
                                       const struct pl_address *network, unsigned side,
                                       const char *name)
{
    struct pl_table *table = pl_view_kept(bare, name);
    if (table)
        return table;
    const struct whole *w = whole_of(bare, of, network->project);
    table = new_table(bare, of, network);
    table->rows = sorted(table->arena, w->rows, w->n, network, side, &table->n);
    pl_view_keep(bare, name, table);
    return table;
}

/* ---- a view's ---- */

static int by_resource(const void *key, const void *row)
{
    return pl_resource_order(key, (*(const struct pl_row *const *)row)->resource);
}

static void cross_out(struct pl_table *table, unsigned char *changed, const struct whole *w,
                      const struct pl_resource *before)
{
    const struct pl_row *const *row =
        before && w->n > 0 ? bsearch(before, w->rows, w->n, sizeof(*w->rows), by_resource) : NULL;
    if (row)
        changed[(*row)->index / 8] |= (unsigned char)(1U << (*row)->index % 8);
    table->changed = changed;
}

static bool is_of_project(const struct pl_resource *r, const char *project)
{
    return !project || (r->address.project && strcmp(r->address.project, project) == 0);
}

static void add_patch(struct pl_table *table, struct pl_view *view, struct pl_view *bare,
                      const struct pl_view_change *changes, size_t n_changes,
                      const struct pl_address *network, unsigned side)
{
    const struct whole *w = whole_of(bare, table->of, network->project);
    const struct pl_row **rows = pl_arena_array(table->arena, n_changes, sizeof(*rows));
    unsigned char *changed = pl_arena_array(table->arena, w->n / 8 + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < n_changes; i++) {
        cross_out(table, changed, w, changes[i].before);
        if (!changes[i].now || !is_of_project(changes[i].now, network->project))
            continue;
        rows[n] = pl_table_row(view, table->of, changes[i].now);
        n += rows[n] != NULL;
    }
    table->patch = sorted(table->arena, rows, n, network, side, &table->n_patch);
}

const struct pl_table *pl_table_of(struct pl_view *view, const struct pl_table_kind *of,
                                   const struct pl_address *network, unsigned side)
{
    struct pl_arena *scratch = pl_arena_new();
    const char *name =
        pl_arena_printf(scratch, "table %s %s/%s %u", of->kind,
                        network->project ? network->project : "", network->names[0], side);
    const struct pl_table *found = pl_view_kept(view, name);
    if (!found) {
        struct pl_view *bare = pl_view_bare(scratch, view);
        const struct pl_table *world = of_world(bare, of, network, side, name);
        size_t n;
        const struct pl_view_change *changes = pl_view_changes(view, pl_kind_find(of->kind), &n);
        if (n == 0) {
            found = world;
        } else {
            struct pl_table *own = new_table(view, of, network);
            own->rows = world->rows;
            own->n = world->n;
            add_patch(own, view, bare, changes, n, network, side);
            found = own;
        }
        pl_view_keep(view, name, (void *)(uintptr_t)found);
    }
    pl_arena_free(scratch);
    return found;
}

/* ---- use ---- */

void pl_table_read(struct pl_view *view, const struct pl_table_kind *of, const char *project,
                   pl_matters_fn *matters, const void *about)
{
    pl_view_read_table(view, &(struct pl_table_reading){.kind = pl_kind_find(of->kind),
                                                        .project = project,
                                                        .fields = of->fields,
                                                        .matters = matters,
                                                        .about = about});
}

static bool is_changed(const struct pl_table *table, const struct pl_row *row)
{
    return table->changed && (table->changed[row->index / 8] >> row->index % 8 & 1) != 0;
}

const struct pl_row *pl_table_next(const struct pl_table *table, struct pl_table_walk *walk)
{
    while (walk->row < table->n && is_changed(table, table->rows[walk->row]))
        walk->row++;
    const struct pl_row *row = walk->row < table->n ? table->rows[walk->row] : NULL;
    const struct pl_row *patch = walk->patch < table->n_patch ? table->patch[walk->patch] : NULL;
    if (patch && (!row || by_order(&patch, &row) < 0)) {
        walk->patch++;
        return patch;
    }
    walk->row++;
    return row;
}
