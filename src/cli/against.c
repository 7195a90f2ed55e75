/* against.c - a last good state in the place of a baseline: what it held is what is declared.
 *
 * The comparison itself needs no more than the two worlds. The path model does: that a variable carried a database's address is known of the good
 * state alone once the variable is gone, and that a resource was there makes its absence an absence, not a gap.
 */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"

static const struct pl_expect *text_expect(struct pl_arena *arena, const char *text)
{
    struct pl_expect *e = PL_NEW(arena, struct pl_expect);
    *e = (struct pl_expect){
        .match = PL_M_EQUAL, .text = text, .value = pl_value_string(arena, text)};
    return e;
}

/* Members whose expectation is NULL are left out. */
static const struct pl_expect *map_expect(struct pl_arena *arena,
                                          const struct pl_expect_member *members, size_t n)
{
    struct pl_expect *e = PL_NEW(arena, struct pl_expect);
    struct pl_expect_member *kept = pl_arena_array(arena, n + 1, sizeof(*kept));
    e->match = PL_M_MAP;
    for (size_t i = 0; i < n; i++)
        if (members[i].expect)
            kept[e->n++] = members[i];
    e->members = kept;
    return e;
}

typedef const struct pl_expect *item_fn(struct pl_arena *arena, const struct pl_value *item);

static const struct pl_expect *list_expect(struct pl_arena *arena, const struct pl_value *list,
                                           item_fn *item)
{
    struct pl_expect *e = PL_NEW(arena, struct pl_expect);
    const struct pl_expect **items =
        pl_arena_array(arena, pl_value_count(list) + 1, sizeof(*items));
    e->match = PL_M_LIST;
    for (size_t i = 0; i < pl_value_count(list); i++)
        items[e->n++] = item(arena, pl_value_item(list, i));
    e->items = items;
    return e;
}

static const struct pl_expect *text_of(struct pl_arena *arena, const struct pl_value *map,
                                       const char *key)
{
    const char *text = pl_value_member_text(map, key);
    return text ? text_expect(arena, text) : NULL;
}

static const struct pl_expect *variable(struct pl_arena *arena, const struct pl_value *v)
{
    const struct pl_expect_member members[] = {{"name", {0}, text_of(arena, v, "name")},
                                               {"value", {0}, text_of(arena, v, "value")}};
    return map_expect(arena, members, PL_LEN(members));
}

static const struct pl_expect *container(struct pl_arena *arena, const struct pl_value *v)
{
    const struct pl_expect_member members[] = {
        {"env", {0}, list_expect(arena, pl_value_member(v, "env"), variable)},
        {"name", {0}, text_of(arena, v, "name")}};
    return map_expect(arena, members, PL_LEN(members));
}

/* That it was there; of a service the variables as well. */
static const struct pl_expect *expect_of(struct pl_arena *arena, const struct pl_resource *r)
{
    static const struct pl_expect there = {.match = PL_M_MAP};
    const struct pl_value *containers =
        pl_value_member(pl_value_member(r->body, "template"), "containers");
    if (strcmp(r->address.kind->name, "run.service") != 0)
        return &there;
    const struct pl_expect_member inner = {
        "containers", {0}, list_expect(arena, containers, container)};
    const struct pl_expect_member outer = {"template", {0}, map_expect(arena, &inner, 1)};
    return map_expect(arena, &outer, 1);
}

struct entry {
    const char *full;
    struct pl_declared declared;
};

static int by_address(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->full, ((const struct entry *)b)->full);
}

const struct pl_baseline *pl_against_declared(struct pl_arena *arena, const struct pl_world *good,
                                              const struct pl_baseline *baseline)
{
    struct pl_baseline *b = PL_NEW(arena, struct pl_baseline);
    size_t n = 0, all = baseline->n_resources + good->n_resources;
    struct entry *entries = pl_arena_array(arena, all + 1, sizeof(*entries));
    struct pl_declared *list = pl_arena_array(arena, all + 1, sizeof(*list));
    struct pl_map said;
    pl_map_init(&said, arena);
    for (size_t i = 0; i < baseline->n_resources; i++) {
        entries[n].declared = baseline->resources[i];
        entries[n].full = pl_address_full(arena, &baseline->resources[i].address);
        (void)pl_map_put(&said, entries[n].full, b);
        n++;
    }
    for (size_t i = 0; i < good->n_resources; i++) {
        const struct pl_resource *r = good->resources[i];
        if (pl_map_has(&said, r->full)) /* the baseline knows its wiring by reference */
            continue;
        entries[n].full = r->full;
        entries[n++].declared =
            (struct pl_declared){.address = r->address, .expect = expect_of(arena, r)};
    }
    if (n > 1)
        qsort(entries, n, sizeof(*entries), by_address);
    for (size_t i = 0; i < n; i++)
        list[i] = entries[i].declared;
    *b = *baseline;
    b->resources = list;
    b->n_resources = n;
    return b;
}
