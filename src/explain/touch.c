/* touch.c - which units an evaluation hangs on: those of which a revert could change something that it read.
 *
 * In three degrees. `read`: the drift itself was read or was among what was enumerated; only such is a suspect. `counts`: its revert, with all that
 * it brings along, could make the evaluation say anything else, as far as the record can tell; without one of those it is not made again. `turns`:
 * it could lead a hop to another verdict, and not only to another name for the same one.
 */
#include <string.h>

#include "explain_priv.h"

/* A place that a unit's revert may change. */
struct touch {
    size_t unit, drift; /* of the inquiry */
    const struct pl_place *place;
    bool own; /* the drift's own, and not what comes along */
};

struct touches {
    const char *full; /* of the resource */
    const struct pl_address *address;
    struct touch *list;
    size_t n, cap;
};

struct pl_touch_index {
    struct pl_map by_full; /* -> struct touches */
    struct pl_map by_kind; /* -> struct kind_touches */
    struct pl_view *blurred;
};

struct kind_touches {
    struct touches **resources;
    size_t n, cap;
};

static struct touches *touches_of(struct pl_inquiry *q, struct pl_touch_index *index,
                                  const struct pl_address *address)
{
    char *full = pl_address_full(q->arena, address);
    struct touches *t = pl_map_get(&index->by_full, full);
    if (t)
        return t;
    t = PL_NEW(q->arena, struct touches);
    t->full = full;
    t->address = address;
    (void)pl_map_put(&index->by_full, full, t);
    struct kind_touches *k = pl_map_get(&index->by_kind, address->kind->name);
    if (!k) {
        k = PL_NEW(q->arena, struct kind_touches);
        (void)pl_map_put(&index->by_kind, address->kind->name, k);
    }
    PL_PUSH(q->arena, k->resources, k->n, k->cap, t);
    return t;
}

void pl_touch_make(struct pl_inquiry *q)
{
    struct pl_touch_index *index = PL_NEW(q->arena, struct pl_touch_index);
    pl_map_init(&index->by_full, q->arena);
    pl_map_init(&index->by_kind, q->arena);
    index->blurred = pl_view_over(q->arena, q->view);
    /* Resources first: a field that is blurred on one that a revert puts back stays so. */
    for (int fields = 0; fields <= 1; fields++)
        for (size_t i = 0; i < q->n_drift; i++)
            if ((q->drift[i]->path.n > 0) == fields)
                pl_diff_blur(index->blurred, q->drift[i]);
    for (size_t u = 0; u < q->n_units; u++)
        for (size_t j = 0; j < q->units[u].n; j++) {
            size_t n, drift = q->units[u].indexes[j];
            const struct pl_place *places = pl_diff_places(q->arena, q->drift[drift], &n);
            for (size_t i = 0; i < n; i++) {
                struct touches *t = touches_of(q, index, places[i].address);
                PL_PUSH(q->arena, t->list, t->n, t->cap,
                        ((struct touch){
                            .unit = u, .drift = drift, .place = &places[i], .own = i == 0}));
            }
        }
    q->touch_index = index;
}

/* One evaluation's readings, held against the index. */
struct holding {
    const struct pl_touch_index *index;
    const struct pl_view *view;
    struct pl_touched to;
};

static void mark(pl_bits *bits, size_t unit)
{
    if (bits)
        pl_bits_set(bits, unit);
}

static void take(const struct holding *h, const struct touch *touch, bool narrow)
{
    if (touch->own)
        mark(h->to.read, touch->unit);
    if (narrow)
        return;
    mark(h->to.counts, touch->unit);
    mark(h->to.turns, touch->unit);
}

/* A field of a resource that is there changes no enumeration; one of a resource that is not there makes it. */
static bool changes_existence(const struct holding *h, const struct touches *t,
                              const struct touch *touch)
{
    const struct pl_resource *unused;
    return touch->place->path->n == 0 ||
           pl_view_peek(h->view, t->full, t->address, &unused) != PL_PRESENT;
}

static void hold_field(const struct holding *h, const struct pl_reading *r, const struct touches *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->list[i].place->path->n == 0 || pl_paths_meet(&r->path, t->list[i].place->path))
            take(h, &t->list[i], r->narrow);
}

static void hold_existence(const struct holding *h, const struct pl_reading *r,
                           const struct touches *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (changes_existence(h, t, &t->list[i]))
            take(h, &t->list[i], r->narrow);
}

/* A conclusion from a table says itself which resource counts, as it may be with whatever is reverted. */
static void hold_conclusion(const struct holding *h, const struct pl_reading *r,
                            const struct touches *t)
{
    const struct pl_resource *resource;
    enum pl_known known = pl_view_peek(h->index->blurred, t->full, t->address, &resource);
    enum pl_matter matters = known == PL_NOT_KNOWN ? PL_MATTERS
                             : known == PL_PRESENT
                                 ? r->matters(r->about, h->index->blurred, resource)
                                 : PL_MATTERS_NOT;
    for (size_t i = 0; i < t->n; i++) {
        if (matters != PL_MATTERS_NOT)
            mark(h->to.counts, t->list[i].unit);
        if (matters == PL_MATTERS)
            mark(h->to.turns, t->list[i].unit);
    }
}

static bool is_of_project(const struct touches *t, const char *project)
{
    return !project || !t->address->project || strcmp(t->address->project, project) == 0;
}

static void hold_kind(const struct holding *h, const struct pl_reading *r)
{
    const struct kind_touches *k = pl_map_get(&h->index->by_kind, r->address.kind->name);
    for (size_t i = 0; k && i < k->n; i++) {
        if (r->what == PL_READ_FIELD)
            hold_field(h, r, k->resources[i]);
        else if (!is_of_project(k->resources[i], r->address.project))
            continue;
        else if (r->what == PL_READ_TABLE)
            hold_conclusion(h, r, k->resources[i]);
        else
            hold_existence(h, r, k->resources[i]);
    }
}

void pl_touch(struct pl_inquiry *q, const struct pl_view *view, size_t from, size_t to,
              struct pl_touched touched)
{
    const struct holding h = {q->touch_index, view, touched};
    size_t n;
    const struct pl_reading *list = pl_view_readings(view, &n);
    for (size_t i = from; i < to && i < n; i++) {
        if (!list[i].full) {
            hold_kind(&h, &list[i]);
            continue;
        }
        const struct touches *t = pl_map_get(&h.index->by_full, list[i].full);
        for (size_t j = 0; t && j < t->n; j++)
            if (t->list[j].own) {
                mark(touched.passes, t->list[j].unit);
                mark(touched.drifts, t->list[j].drift);
            }
        if (t && list[i].what == PL_READ_FIELD)
            hold_field(&h, &list[i], t);
        else if (t)
            hold_existence(&h, &list[i], t);
    }
}
