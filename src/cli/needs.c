/* needs.c - which kinds a run must observe: what the baseline declares or refers to, and what the path model reads.
 *
 * Asking for less is kinder to quotas, and what was not asked for cannot be missing.
 */
#include <string.h>

#include "cli_priv.h"
#include "plumbline/reach.h"

static void need(struct pl_session *s, struct pl_kinds_needed *out, const struct pl_kind *kind)
{
    if (!kind)
        return;
    for (size_t i = 0; i < out->n; i++)
        if (out->list[i] == kind)
            return;
    PL_PUSH(s->arena, out->list, out->n, out->cap, kind);
    need(s, out, kind->call.parent); /* what lives inside others is found through them */
}

static void need_references(struct pl_session *s, struct pl_kinds_needed *out,
                            const struct pl_expect *e)
{
    if (!e)
        return;
    for (size_t i = 0; i < e->n_pieces; i++)
        if (!e->pieces[i].literal)
            need(s, out, e->pieces[i].address.kind);
    for (size_t i = 0; e->members && i < e->n; i++)
        need_references(s, out, e->members[i].expect);
    for (size_t i = 0; e->items && i < e->n; i++)
        need_references(s, out, e->items[i]);
}

static void need_end(struct pl_session *s, struct pl_kinds_needed *out, const struct pl_end *end)
{
    if (end->what == PL_END_RESOURCE)
        need(s, out, end->address.kind);
}

void pl_needs_kinds(struct pl_session *s, struct pl_kinds_needed *out)
{
    const struct pl_baseline *b = s->baseline;
    for (const char *const *name = pl_reach_kinds; *name; name++)
        need(s, out, pl_kind_find(*name));
    for (size_t i = 0; i < b->n_resources; i++) {
        need(s, out, b->resources[i].address.kind);
        need_references(s, out, b->resources[i].expect);
    }
    for (size_t i = 0; i < b->n_only; i++)
        need(s, out, b->only[i].kind);
    for (size_t i = 0; i < b->n_connections; i++) {
        need_end(s, out, &b->connections[i]->from);
        need_end(s, out, &b->connections[i]->to);
    }
    for (size_t i = 0; i < s->n_extra; i++) {
        need_end(s, out, &s->extra[i]->from);
        need_end(s, out, &s->extra[i]->to);
    }
}
