/* blockers.c - the hops that an explanation names as standing in the way, and whether what they stand for is declared.
 */
#include <string.h>

#include "explain_priv.h"

/* A hop that stands in the way; where nothing does, one that drift made a risk. */
bool pl_case_speaks(const struct pl_case *c, const struct pl_hop *h)
{
    if (h->verdict == PL_HOP_BLOCK)
        return true;
    for (size_t i = 0; i < c->n_risks; i++)
        if (h->verdict == PL_HOP_PASS && h->cause == c->risks[i])
            return true;
    return false;
}

/* A declared effect. An effect (a state that only the server writes) can be declared, but nobody can put it back: what drives it is what counts. */
static bool is_effect(struct pl_inquiry *q, const char *field_full)
{
    struct pl_address address;
    struct pl_path path;
    bool declared = false;
    if (!field_full || pl_field_address_parse(q->arena, field_full, &address, &path, NULL) < 0 ||
        !pl_case_is_effect(&address, &path))
        return false;
    (void)pl_case_expectation(q, &address, &path, &declared);
    return declared;
}

/* Does the baseline say anything about this field, or about a resource as a whole? */
bool pl_case_is_declared(struct pl_inquiry *q, const char *field_full)
{
    struct pl_address address;
    struct pl_path path;
    if (!field_full || pl_field_address_parse(q->arena, field_full, &address, &path, NULL) < 0)
        return true; /* the connection itself says it: a port, a missing target */
    /* A whole network as the deciding field stands for a route or a rule that it has not: declaring the network says nothing of those. */
    if ((path.n == 0 && strcmp(address.kind->name, "compute.network") == 0) ||
        pl_case_is_effect(&address, &path))
        return false;
    bool declared = false;
    (void)pl_case_expectation(q, &address, &path, &declared);
    return declared;
}

bool pl_case_any_undeclared(struct pl_inquiry *q, const struct pl_case *c)
{
    if (q->input->against)
        return false;
    for (size_t i = 0; i < c->declared.n_hops; i++) {
        const struct pl_hop *h = &c->declared.hops[i];
        if (h->verdict == PL_HOP_BLOCK && pl_hop_predicts(h, &c->result->symptom) > 0 &&
            !pl_case_is_declared(q, h->field))
            return true;
    }
    return false;
}

/* Is all that blocks it, as declared too, a declared state that nobody can put back? */
bool pl_case_only_effects(struct pl_inquiry *q, const struct pl_case *c)
{
    size_t effects = 0;
    for (size_t i = 0; i < c->declared.n_hops; i++) {
        const struct pl_hop *h = &c->declared.hops[i];
        if (h->verdict != PL_HOP_BLOCK || pl_hop_predicts(h, &c->result->symptom) == 0)
            continue;
        if (!is_effect(q, h->field))
            return false;
        effects++;
    }
    return effects > 0;
}

void pl_case_blockers(struct pl_inquiry *q, const struct pl_case *c, const struct pl_reach *reach,
                      enum pl_which_blocks which, struct pl_explanation *e)
{
    struct pl_blocker *list = NULL;
    size_t cap = 0;
    for (size_t i = 0; i < reach->n_hops; i++) {
        const struct pl_hop *h = &reach->hops[i];
        if (!pl_case_speaks(c, h) ||
            (which != ALL_BLOCKS && pl_hop_predicts(h, &c->result->symptom) == 0) ||
            (which == THAT_FIT_AND_ARE_UNDECLARED && pl_case_is_declared(q, h->field)))
            continue;
        struct pl_blocker b = {.cause = h->cause, .field = h->field_short, .field_full = h->field};
        PL_PUSH(q->arena, list, e->n_blockers, cap, b);
    }
    e->blockers = list;
}
