/* Looking a value up by path, and comparing paths: which element of a list does a step name?
 *
 * The text of paths is path.c, changing a tree path_edit.c. Without types: two texts of an element are the same by byte,
 * as prefixes or as links. Comparing by type is canon.c. */
#include "field_priv.h"

#include <stdint.h>
#include <string.h>

#include "plumbline/net.h"

/* Identities of which most elements have only the first part: such a step does not name an element that has the other.
 * IAM: a binding without a condition is another than one with, https://cloud.google.com/iam/docs/conditions-overview
 * Cloud Run: [type=TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST] is the target without revision and tag,
 * https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services#TrafficTarget */
static const struct {
    const char *key, *lacks;
} partial[] = {
    {"role", "condition"},    {"type", "revision"},     {"type", "tag"},
    {"type+revision", "tag"}, {"type+tag", "revision"},
};

bool pl_identity_may_lack(const char *key, const char *member)
{
    for (size_t i = 0; i < PL_LEN(partial); i++)
        if (strcmp(key, partial[i].key) == 0 && strcmp(member, partial[i].lacks) == 0)
            return true;
    return false;
}

static bool is_there(const struct pl_value *member)
{
    return member != NULL && member->type != PL_NULL &&
           !(member->type == PL_STRING && member->u.string.len == 0) &&
           !(member->type == PL_MAP && member->u.map.n == 0);
}

/* ---- comparing ---- */

struct pl_path pl_path_with(struct pl_arena *arena, const struct pl_path *path, struct pl_step step)
{
    struct pl_step *steps = pl_arena_array(arena, path->n + 1, sizeof *steps);
    if (path->n > 0)
        memcpy(steps, path->steps, path->n * sizeof *steps);
    steps[path->n] = step;
    return (struct pl_path){.steps = steps, .n = path->n + 1};
}

/* Two ways to write one element: 10.0.0.1 is 10.0.0.1/32, a full URL is its partial name. */
bool pl_text_same(const char *a, const char *b)
{
    struct pl_prefix pa, pb;
    if (strcmp(a, b) == 0)
        return true;
    if (pl_prefix_parse(a, &pa) && pl_prefix_parse(b, &pb))
        return pl_prefix_equal(&pa, &pb);
    return strchr(a, '/') != NULL && strchr(b, '/') != NULL &&
           strcmp(pl_link_tail(a), pl_link_tail(b)) == 0;
}

static bool step_covers(const struct pl_step *a, const struct pl_step *b)
{
    if (a->type == PL_STEP_ANY)
        return true;
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case PL_STEP_KEY:
        return strcmp(a->key, b->key) == 0;
    case PL_STEP_ID:
        return strcmp(a->key, b->key) == 0 && pl_text_same(a->value, b->value);
    case PL_STEP_VALUE:
        return pl_text_same(a->value, b->value);
    case PL_STEP_INDEX:
        return a->index == b->index;
    case PL_STEP_ANY:
        break;
    }
    return false;
}

bool pl_path_covers(const struct pl_path *prefix, const struct pl_path *path)
{
    if (prefix->n > path->n)
        return false;
    for (size_t i = 0; i < prefix->n; i++)
        if (!step_covers(&prefix->steps[i], &path->steps[i]))
            return false;
    return true;
}

/* ---- looking up ---- */

/* Is a member of an identified element what the step says? The text is not NUL-terminated. */
static bool member_is(const struct pl_value *member, const char *text, size_t len)
{
    char number[64];
    const char *have = pl_scalar_text(member, number, sizeof number);
    if (member != NULL && member->type == PL_MAP)
        have = pl_condition_name(member);
    if (have == NULL)
        return len == 0 && !is_there(member);
    if (strlen(have) == len && memcmp(have, text, len) == 0)
        return true;
    char wanted[256];
    if (len == 0 || len >= sizeof wanted)
        return false;
    memcpy(wanted, text, len);
    wanted[len] = '\0';
    return pl_text_same(have, wanted);
}

static bool element_is(const struct pl_value *element, const struct pl_step *step)
{
    if (element->type != PL_MAP)
        return false;
    const char *key = step->key, *value = step->value;
    for (size_t i = 0; i < PL_LEN(partial); i++)
        if (strcmp(key, partial[i].key) == 0 &&
            is_there(pl_value_member(element, partial[i].lacks)))
            return false;
    for (;;) {
        char name[128];
        size_t n = strcspn(key, "+"), len = strcspn(value, (const char[]){PL_ID_SEPARATOR, '\0'});
        if (n >= sizeof name)
            return false;
        memcpy(name, key, n);
        name[n] = '\0';
        if (!member_is(pl_value_member(element, name), value, len))
            return false;
        if (key[n] == '\0')
            return true;
        key += n + 1;
        value += value[len] != '\0' ? len + 1 : len;
    }
}

static bool scalar_is(const struct pl_value *element, const char *text, bool exactly)
{
    char number[64];
    const char *have = pl_scalar_text(element, number, sizeof number);
    if (have == NULL)
        return false;
    return exactly ? strcmp(have, text) == 0 : pl_text_same(have, text);
}

size_t pl_step_position(const struct pl_value *list, const struct pl_step *step)
{
    if (list == NULL || list->type != PL_LIST)
        return SIZE_MAX;
    size_t n = list->u.list.n;
    if (step->type == PL_STEP_INDEX)
        return step->index < n ? step->index : SIZE_MAX;
    if (step->type == PL_STEP_ID)
        for (size_t i = 0; i < n; i++)
            if (element_is(list->u.list.items[i], step))
                return i;
    if (step->type == PL_STEP_VALUE)
        for (int exactly = 1; exactly >= 0; exactly--)
            for (size_t i = 0; i < n; i++)
                if (scalar_is(list->u.list.items[i], step->value, exactly != 0))
                    return i;
    return SIZE_MAX;
}

const struct pl_value *pl_path_get(const struct pl_value *root, const struct pl_path *path)
{
    const struct pl_value *v = root;
    for (size_t i = 0; i < path->n && v != NULL && v->type != PL_UNKNOWN; i++) {
        const struct pl_step *step = &path->steps[i];
        if (step->type == PL_STEP_KEY)
            v = pl_value_member(v, step->key);
        else
            v = pl_value_item(v, pl_step_position(v, step));
    }
    return v;
}
