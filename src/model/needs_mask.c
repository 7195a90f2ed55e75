/* needs_mask.c - the members of a kind that are needed, as sorted paths: what can be asked for, and a body of nothing else.
 */
#include <string.h>

#include "needs_priv.h"

const struct pl_schema_field *pl_schema_field_of(const struct pl_schema *message, const char *name)
{
    for (size_t i = 0; message != NULL && i < message->n_fields; i++)
        if (strcmp(message->fields[i].name, name) == 0)
            return &message->fields[i];
    return NULL;
}

/* As much of a path as can be asked for: names down to what Google's messages know. A list is asked for whole, unless `[*]` says that
 * members of its elements are meant; so is a map whose keys users name. */
static size_t can_be_asked(const struct pl_kind *kind, const struct pl_path *path)
{
    const struct pl_schema *message = kind->schema;
    size_t n = 0;

    for (size_t i = 0; i < path->n && path->steps[i].type == PL_STEP_KEY; i++) {
        const struct pl_schema_field *field = pl_schema_field_of(message, path->steps[i].key);

        if (field == NULL && i > 0)
            return n;
        n = i + 1;
        if (field == NULL || field->shape == PL_KEYED || field->type != PL_T_MESSAGE)
            return n;
        if (field->shape == PL_MANY && (n == path->n || path->steps[n].type != PL_STEP_ANY))
            return n;
        i += field->shape == PL_MANY;
        message = field->message;
    }
    return n;
}

static int compare_steps(const struct pl_step *a, const struct pl_step *b)
{
    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    return a->type == PL_STEP_KEY ? strcmp(a->key, b->key) : 0;
}

/* 0 where one of them leads to the other. */
static int compare_masks(const struct pl_path *a, const struct pl_path *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        int order = compare_steps(&a->steps[i], &b->steps[i]);

        if (order != 0)
            return order;
    }
    return 0;
}

static struct pl_path copy_path(struct pl_arena *arena, const struct pl_path *path)
{
    struct pl_step *steps = pl_arena_array(arena, path->n, sizeof *steps);

    for (size_t i = 0; i < path->n; i++) {
        steps[i] = (struct pl_step){.type = path->steps[i].type};
        if (steps[i].type == PL_STEP_KEY)
            steps[i].key = pl_arena_strdup(arena, path->steps[i].key);
    }
    return (struct pl_path){.steps = steps, .n = path->n};
}

/* What is asked for whole needs no parts. */
static void add_mask(struct pl_needs *needs, struct kind_need *need, const struct pl_path *path)
{
    size_t at = 0, same = 0;

    while (at < need->n && compare_masks(&need->mask[at], path) < 0)
        at++;
    while (at + same < need->n && compare_masks(&need->mask[at + same], path) == 0)
        same++;
    if (same > 0 && need->mask[at].n <= path->n)
        return;
    PL_PUSH(needs->arena, need->mask, need->n, need->cap, (struct pl_path){.n = 0});
    memmove(&need->mask[at + 1], &need->mask[at + same],
            (need->n - 1 - at - same) * sizeof *need->mask);
    need->n -= same;
    need->mask[at] = copy_path(needs->arena, path);
}

/* Of a list whose elements have names those come with whatever is asked of them: they say which element it is. */
void pl_mask_path(struct pl_needs *needs, struct kind_need *need, const struct pl_path *path)
{
    struct pl_path asked = {.steps = path->steps, .n = can_be_asked(need->kind, path)};

    if (asked.n == 0)
        return;
    for (size_t i = 0; i < asked.n; i++) {
        struct pl_path list = {.steps = asked.steps, .n = i}, beside;
        struct pl_field_info info;
        const char *name;

        if (asked.steps[i].type != PL_STEP_ANY ||
            !pl_field_lookup(need->kind, &list, &info, NULL, NULL))
            continue;
        list.n++;
        for (name = info.identity; name != NULL && *name != '\0'; name += *name == '+') {
            size_t len = strcspn(name, "+");
            struct pl_step step = {.type = PL_STEP_KEY};

            step.key = pl_arena_strndup(needs->arena, name, len);
            beside = pl_path_with(needs->arena, &list, step);
            add_mask(needs, need, &beside);
            name += len;
        }
    }
    add_mask(needs, need, &asked);
}

void pl_mask_member(struct pl_needs *needs, struct kind_need *need, const char *name)
{
    struct pl_step step = {.type = PL_STEP_KEY, .key = name};

    add_mask(needs, need, &(struct pl_path){.steps = &step, .n = 1});
}

/* What an address is made from (gcp/resource.c). */
void pl_mask_identity(struct pl_needs *needs, struct kind_need *need)
{
    static const char *const places[] = {"region", "zone", "host"};
    const struct pl_kind *kind = need->kind;

    if (kind->name_field != NULL && pl_schema_field_of(kind->schema, kind->name_field) != NULL)
        pl_mask_member(needs, need, kind->name_field);
    for (size_t i = 0; i < PL_LEN(places); i++)
        if (pl_schema_field_of(kind->schema, places[i]) != NULL)
            pl_mask_member(needs, need, places[i]);
    for (size_t i = 0; i < kind->n_segments; i++)
        if (pl_schema_field_of(kind->schema, kind->segments[i]) != NULL)
            pl_mask_member(needs, need, kind->segments[i]);
}

/* ---- bodies ---- */

/* The n paths agree in their first `depth` steps, and each goes on. */
static const struct pl_value *mask_value(struct pl_arena *arena, const struct pl_path *paths,
                                         size_t n, size_t depth, const struct pl_value *value);

static const struct pl_value *mask_items(struct pl_arena *arena, const struct pl_path *paths,
                                         size_t n, size_t depth, const struct pl_value *list)
{
    size_t count = pl_value_count(list);
    const struct pl_value **items = pl_arena_array(arena, count + 1, sizeof *items);

    for (size_t i = 0; i < count; i++)
        items[i] = mask_value(arena, paths, n, depth, pl_value_item(list, i));
    return pl_value_list(arena, items, count);
}

static const struct pl_value *mask_members(struct pl_arena *arena, const struct pl_path *paths,
                                           size_t n, size_t depth, const struct pl_value *map)
{
    struct pl_member *members = pl_arena_array(arena, n + 1, sizeof *members);
    size_t kept = 0, same;

    for (size_t i = 0; i < n; i += same) {
        const struct pl_step *step = &paths[i].steps[depth];
        const struct pl_value *value = pl_value_member(map, step->key);

        same = pl_paths_with_step(paths + i, n - i, depth);
        if (value != NULL && paths[i].n > depth + 1)
            value = mask_value(arena, paths + i, same, depth + 1, value);
        if (value != NULL)
            members[kept++] = (struct pl_member){.key = step->key, .value = value};
    }
    return pl_value_map(arena, members, kept);
}

static const struct pl_value *mask_value(struct pl_arena *arena, const struct pl_path *paths,
                                         size_t n, size_t depth, const struct pl_value *value)
{
    bool each = paths->steps[depth].type == PL_STEP_ANY;

    if (each && value->type == PL_LIST)
        return mask_items(arena, paths, n, depth + 1, value);
    return !each && value->type == PL_MAP ? mask_members(arena, paths, n, depth, value) : value;
}

size_t pl_paths_with_step(const struct pl_path *paths, size_t n, size_t depth)
{
    size_t same = 1;

    while (same < n && compare_steps(&paths[same].steps[depth], &paths->steps[depth]) == 0)
        same++;
    return same;
}

const struct pl_value *pl_needs_mask(const struct pl_needs *needs, struct pl_arena *arena,
                                     const struct pl_kind *kind, const struct pl_value *body,
                                     const struct pl_path **fields, size_t *n_fields)
{
    const struct kind_need *need = pl_need_find(needs, kind);

    *fields = NULL;
    *n_fields = 0;
    if (need == NULL || need->whole || body == NULL || body->type != PL_MAP)
        return body;
    *fields = need->mask;
    *n_fields = need->n;
    return mask_members(arena, need->mask, need->n, 0, body);
}
