/* candidate.c - which sort of file a candidate is, and the world with all of them laid over it.
 */
#include "plumbline/candidate.h"

#include <string.h>

#include "deploy_priv.h"

const char *const pl_candidate_action_names[] = {"create", "update", "replace", "delete"};

void pl_candidate_add(struct pl_reading_candidate *r, enum pl_candidate_action action,
                      const struct pl_address *address, const struct pl_value *body)
{
    struct pl_candidate *c = r->out;
    struct pl_candidate_change change = {action, *address, r->input->name, body};

    for (size_t i = 0; i < c->n; i++)
        if (pl_address_equal(&c->changes[i].address, address)) {
            change.action = action == PL_CANDIDATE_UPDATE ? c->changes[i].action : action;
            c->changes[i] = change;
            return;
        }
    PL_PUSH(r->arena, c->changes, c->n, c->cap, change);
}

void pl_candidate_note(struct pl_reading_candidate *r, const char *text)
{
    PL_PUSH(r->arena, r->out->notes, r->out->n_notes, r->out->cap_notes,
            pl_arena_printf(r->arena, "%s: %s", r->input->name, text));
}

const struct pl_value *pl_candidate_before(const struct pl_reading_candidate *r,
                                           const struct pl_address *address)
{
    for (size_t i = 0; i < r->out->n; i++)
        if (pl_address_equal(&r->out->changes[i].address, address))
            return r->out->changes[i].body;
    for (size_t i = 0; i < r->world->n_resources; i++)
        if (pl_address_equal(&r->world->resources[i]->address, address))
            return r->world->resources[i]->body;
    return NULL;
}

int pl_candidate_read(struct pl_arena *arena, const struct pl_candidate_input *input,
                      const struct pl_world *world, struct pl_candidate *candidate,
                      struct pl_err *err)
{
    struct pl_reading_candidate r = {arena, input, world, candidate};
    const struct pl_yaml_node *root;

    if (pl_candidate_is_plan(input))
        return pl_candidate_plan(&r, err);
    root = pl_yaml_parse(arena, input->name, input->text, input->len, err);
    return root == NULL ? -1 : pl_candidate_run(&r, root, err);
}

/* ---- laying over ---- */

static const struct pl_candidate_change *change_of(const struct pl_candidate *c,
                                                   const struct pl_address *address)
{
    for (size_t i = 0; i < c->n; i++)
        if (pl_address_equal(&c->changes[i].address, address))
            return &c->changes[i];
    return NULL;
}

const struct pl_world *pl_candidate_apply(struct pl_arena *arena, const struct pl_world *world,
                                          const struct pl_candidate *candidate)
{
    struct pl_world_builder *b = pl_world_builder_like(arena, world);

    for (size_t i = 0; i < world->n_resources; i++)
        if (change_of(candidate, &world->resources[i]->address) == NULL)
            pl_world_add(b, world->resources[i]);
    for (size_t i = 0; i < candidate->n; i++) {
        const struct pl_candidate_change *c = &candidate->changes[i];
        struct pl_resource r = {.address = c->address, .body = c->body};

        if (c->body == NULL)
            continue;
        r.name = pl_address_resource_name(arena, &c->address);
        pl_world_add(b, &r);
    }
    return pl_world_build(b);
}
