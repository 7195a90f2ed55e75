/* accept.c - drift and rules into a file's text: all at once where that comes out as it was meant, else in halves, down to the one that does not.
 *
 * A batch is read once before and once behind, whatever it holds. Edits are made from below: what is left to do stands where its marks say.
 */
#include <stdlib.h>
#include <string.h>

#include "accept_priv.h"

struct batch {
    struct pl_arena *arena;
    const char *name;
    const struct pl_drift *const *drifts; /* or NULL: */
    const struct pl_ignore *rules;
    size_t *refused;
    struct pl_err *err;
};

/* ---- at once ---- */

static int by_place(const void *a, const void *b)
{
    const struct place *x = &((const struct change *)a)->place,
                       *y = &((const struct change *)b)->place;
    for (size_t i = 0; i < x->depth && i < y->depth; i++)
        if (x->at[i] != y->at[i])
            return x->at[i] < y->at[i] ? -1 : 1;
    return x->depth < y->depth ? -1 : x->depth > y->depth;
}

static char *splice(struct edit *e)
{
    struct pl_buf b = {0};
    size_t done = 0;
    for (size_t i = 0; i < e->n_pieces; i++) {
        const struct piece *p = &e->pieces[i];
        pl_buf_add(&b, e->text + done, p->from - done);
        pl_buf_adds(&b, p->with);
        done = p->to;
    }
    pl_buf_adds(&b, e->text + done);
    return pl_buf_take(&b, e->arena);
}

static int plan(struct edit *e, const struct pl_drift *const *drifts, size_t n)
{
    e->changes = pl_arena_array(e->arena, n, sizeof(*e->changes));
    for (; e->n_changes < n; e->n_changes++)
        if (accept_plan(e, drifts[e->n_changes], &e->changes[e->n_changes]) < 0)
            return -1;
    qsort(e->changes, n, sizeof(*e->changes), by_place);
    return accept_fold(e);
}

static char *at_once(struct edit *e, const struct pl_drift *const *drifts, size_t n)
{
    if (plan(e, drifts, n) < 0 || accept_cut(e) < 0)
        return NULL;
    char *after = splice(e);
    return accept_check(e, after) == 0 ? after : NULL;
}

/* ---- in halves ---- */

static char *try(const struct batch *b, const char *text, size_t from, size_t n)
{
    struct edit e = {.arena = pl_arena_new(), .name = b->name, .text = text, .err = b->err};
    char *after = accept_read(&e) < 0 ? NULL
                  : b->drifts         ? at_once(&e, b->drifts + from, n)
                                      : accept_add_rules(&e, b->rules + from, n);
    if (after)
        after = pl_arena_strdup(b->arena, after);
    pl_arena_free(e.arena);
    return after;
}

/* Two edits may need one another (an entry that is the last only when the other is gone), or meet in one place: apart they do not. */
static char *in_halves(const struct batch *b, const char *text, size_t from, size_t n)
{
    char *after = try(b, text, from, n);
    if (after || n == 1) {
        *b->refused = from;
        return after;
    }
    after = in_halves(b, text, from, n / 2);
    return after ? in_halves(b, after, from + n / 2, n - n / 2) : NULL;
}

char *pl_accept_drifts(struct pl_arena *arena, const char *name, const char *text,
                       const struct pl_drift *const *drifts, size_t n, size_t *refused,
                       struct pl_err *err)
{
    const struct batch b = {
        .arena = arena, .name = name, .drifts = drifts, .refused = refused, .err = err};
    return in_halves(&b, text, 0, n);
}

char *pl_accept_rules(struct pl_arena *arena, const char *name, const char *text,
                      const struct pl_ignore *rules, size_t n, size_t *refused, struct pl_err *err)
{
    const struct batch b = {
        .arena = arena, .name = name, .rules = rules, .refused = refused, .err = err};
    return in_halves(&b, text, 0, n);
}
