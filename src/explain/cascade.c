/* cascade.c - three alarms, one cause: folds a failure that only passes on another's to the deepest failing edge.
 *
 * Upstream of a connection are those it says it depends on and those that begin where it ends. Connections that wait for each other in a circle are
 * one group: its causes are those whose own path does not explain itself by waiting.
 */
#include <string.h>

#include "explain_priv.h"

static bool is_upstream(const struct pl_case *of, const struct pl_connection *c)
{
    if (of->connection == c)
        return false;
    for (size_t i = 0; i < of->connection->n_depends_on; i++)
        if (strcmp(of->connection->depends_on[i], c->name) == 0)
            return true;
    return of->observed.target.kind && c->from.what == PL_END_RESOURCE &&
           pl_address_equal(&of->observed.target, &c->from.address);
}

/* Nobody looked at it and its own path is open: what it waits for may well come through it. */
static bool is_unseen(const struct pl_case *c)
{
    return !c->failing && c->own_open && c->result->basis == PL_BASIS_MODEL;
}

/* Does it only pass on what it waits for? */
static bool passes_on(const struct pl_case *c)
{
    return c->own_open && c->can_cascade;
}

static bool waits_for_failing(const struct pl_inquiry *q, const struct pl_case *c)
{
    for (size_t i = 0; i < q->n_cases; i++)
        if (q->cases[i].failing && is_upstream(c, q->cases[i].connection))
            return true;
    return false;
}

/* The failing connections that c waits for, or waits for through others that only pass it on: `seen` marks them. Those that do not
 * only pass on are the roots. */
static void visit(struct pl_inquiry *q, const struct pl_case *c, bool *seen,
                  const struct pl_case **roots, size_t *n, size_t max)
{
    for (size_t i = 0; i < q->n_cases; i++) {
        const struct pl_case *up = &q->cases[i];
        if (seen[i] || !(up->failing || is_unseen(up)) || !is_upstream(c, up->connection))
            continue;
        seen[i] = true;
        if (is_unseen(up) || (passes_on(up) && waits_for_failing(q, up)))
            visit(q, up, seen, roots, n, max);
        else if (*n < max)
            roots[(*n)++] = up;
    }
}

/* Where what is waited for only waits in a circle, nobody in the circle is the root of the others; to one outside of it all of them are. */
static void take_circle(struct pl_inquiry *q, const struct pl_case *c, const bool *seen,
                        const struct pl_case **roots, size_t *n, size_t max)
{
    for (size_t i = 0; i < q->n_cases; i++) {
        const struct pl_case *up = &q->cases[i];
        if (up == c || !seen[i])
            continue;
        bool *behind = pl_arena_array(q->arena, q->n_cases, sizeof(*behind));
        const struct pl_case *none[1];
        size_t n_none = 0;
        visit(q, up, behind, none, &n_none, 0);
        if (behind[(size_t)(c - q->cases)]) { /* c is one of them */
            *n = 0;
            return;
        }
        if (behind[i] && *n < max)
            roots[(*n)++] = up;
    }
}

size_t pl_case_roots(struct pl_inquiry *q, const struct pl_case *c, const struct pl_case **roots,
                     size_t max)
{
    size_t n = 0;
    if (!c->failing || !passes_on(c))
        return 0;
    bool *seen = pl_arena_array(q->arena, q->n_cases, sizeof(*seen));
    seen[(size_t)(c - q->cases)] = true;
    visit(q, c, seen, roots, &n, max);
    if (n == 0)
        take_circle(q, c, seen, roots, &n, max);
    return n;
}
