/* baseline_refs.c - ${ADDRESS}: reading a reference against the schema, and refusing references in a circle.
 *
 * What a reference stands for is only known with an observed world: expect_resolve.c.
 */
#include <string.h>

#include "baseline_priv.h"

/* ---- one reference ---- */

static int check_path(struct pl_reader *r, const struct pl_yaml_node *node, const char *text,
                      const struct pl_piece *piece)
{
    struct pl_field_info info;
    const char *nearest;
    size_t known;

    if (piece->path.n == 0)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "${%s} names a resource; a reference names a field: ${%s:FIELD}", text,
                             text);
    if (pl_field_lookup(piece->address.kind, &piece->path, &info, &known, &nearest)) {
        if (pl_info_is_scalar(&info))
            return 0;
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "${%s} is %s; a reference names one value", text,
                             pl_place_wants(&info));
    }
    if (nearest != NULL)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "${%s}: %s has no such field (nearest: %s)", text,
                             piece->address.kind->name, nearest);
    return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "${%s}: %s has no such field", text,
                         piece->address.kind->name);
}

int pl_read_reference(struct pl_reader *r, const struct pl_yaml_node *node, const char *text,
                      struct pl_piece *out)
{
    struct pl_err why = {0};
    struct pl_address address;

    if (pl_field_address_parse(r->arena, text, &address, &out->path, &why) < 0 ||
        pl_scope_fill(&address, r->file->project, r->file->location, &out->address, &why) < 0)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "${%s}: %s", text, why.text);
    pl_note_project(r, out->address.project);
    return check_path(r, node, text, out);
}

/* ---- cycles ---- */

/* Declared texts with references, by field; several texts may stand for one field (!any_of). */
struct vertex {
    const char *key;
    struct pl_mark mark;
    struct vertex **to;
    size_t n, cap;
    size_t next; /* edge to follow next, while on the trail */
    enum { NEW, OPEN, DONE } state;
};

static struct vertex *vertex_of(struct pl_arena *arena, struct pl_map *all, const char *key,
                                const struct pl_mark *mark)
{
    struct vertex *v = pl_map_get(all, key);

    if (v == NULL) {
        v = PL_NEW(arena, struct vertex);
        v->key = key;
        v->mark = *mark;
        (void)pl_map_put(all, key, v);
    }
    return v;
}

static int refuse_cycle(struct pl_reader *r, struct vertex *const *trail, size_t n,
                        const struct vertex *back)
{
    enum { SHOWN = 6 };
    struct pl_buf text = {0};
    size_t from = 0;

    while (trail[from] != back)
        from++;
    for (size_t i = from; i < n && i < from + SHOWN; i++)
        pl_buf_addf(&text, "%s -> ", trail[i]->key);
    if (n > from + SHOWN)
        pl_buf_adds(&text, "... -> ");
    pl_buf_adds(&text, back->key);
    (void)pl_mark_error(r->err, &back->mark, PL_E_BASELINE, "references in a circle: %s",
                        text.data);
    pl_buf_free(&text);
    return -1;
}

/* Depth first with a trail of our own: a chain may be as long as the file. */
static int walk(struct pl_reader *r, struct pl_arena *scratch, struct vertex *start)
{
    struct vertex **trail = NULL;
    size_t n = 0, cap = 0;

    if (start->state == NEW)
        PL_PUSH(scratch, trail, n, cap, start);
    while (n > 0) {
        struct vertex *v = trail[n - 1], *to;

        v->state = OPEN;
        if (v->next == v->n) {
            v->state = DONE;
            n--;
            continue;
        }
        to = v->to[v->next++];
        if (to->state == OPEN)
            return refuse_cycle(r, trail, n, to);
        if (to->state == NEW)
            PL_PUSH(scratch, trail, n, cap, to);
    }
    return 0;
}

static void add_edges(struct pl_arena *scratch, struct pl_map *all, const struct pl_ref_node *ref)
{
    struct vertex *from = pl_map_get(all, ref->key);

    for (size_t i = 0; i < ref->expect->n_pieces; i++) {
        const struct pl_piece *piece = &ref->expect->pieces[i];
        struct vertex *to;

        if (piece->literal != NULL)
            continue;
        to = pl_map_get(all,
                        pl_arena_printf(scratch, "%s:%s", pl_address_full(scratch, &piece->address),
                                        pl_path_format(scratch, &piece->path)));
        if (to != NULL)
            PL_PUSH(scratch, from->to, from->n, from->cap, to);
    }
}

int pl_refuse_cycles(struct pl_reader *r)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_map all;
    int status = 0;

    pl_map_init(&all, scratch);
    for (size_t i = 0; i < r->n_refs; i++)
        (void)vertex_of(scratch, &all, r->refs[i].key, &r->refs[i].mark);
    for (size_t i = 0; i < r->n_refs; i++)
        add_edges(scratch, &all, &r->refs[i]);
    for (size_t i = 0; i < all.n && status == 0; i++)
        status = walk(r, scratch, all.entries[i].value);
    pl_arena_free(scratch);
    return status;
}
