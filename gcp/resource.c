/* resource.c - from an item of a list to an address: names as Google writes them, in ids or numbers, short or with a path.
 *
 * The project of an address is always the one that was asked for: bodies often say its number.
 */
#include "gcp_priv.h"

#include <string.h>

const char *pl_gcp_last_segment(const char *text)
{
    const char *slash = strrchr(text, '/');

    return slash != NULL ? slash + 1 : text;
}

char *pl_gcp_segment_after(struct pl_arena *arena, const char *path, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = path; at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        if (strncmp(at, word, len) == 0 && at[len] == '/') {
            size_t n = strcspn(at + len + 1, "/");

            return n > 0 ? pl_arena_strndup(arena, at + len + 1, n) : NULL;
        }
    }
    return NULL;
}

/* Of a kind that lives in a location: from the name's own path, from where it was listed, from its region. */
static const char *location_of(struct pl_arena *arena, const char *name, const char *listed,
                               const struct pl_value *item)
{
    const char *location = pl_gcp_segment_after(arena, name, "locations");
    const char *region = pl_value_member_text(item, "region");

    if (location == NULL && listed != NULL)
        location = pl_arena_strdup(arena, pl_gcp_last_segment(listed));
    if (location == NULL && region != NULL)
        location = pl_arena_strdup(arena, pl_gcp_last_segment(region));
    return location;
}

bool pl_gcp_address(struct pl_arena *arena, const struct pl_kind *kind, const char *project,
                    const char *location, const struct pl_value *item, struct pl_address *out)
{
    const char *name = pl_value_member_text(item, kind->name_field);
    const char **names = pl_arena_array(arena, 2, sizeof *names);

    if (name == NULL || *pl_gcp_last_segment(name) == '\0')
        return false;
    names[0] = pl_arena_strdup(arena, pl_gcp_last_segment(name));
    *out =
        (struct pl_address){.kind = kind, .project = project, .location = "global", .names = names};
    if (kind->scope == PL_SCOPE_LOCATION)
        out->location = location_of(arena, name, location, item);
    return out->location != NULL && *out->location != '\0';
}

static const struct pl_value *keep_list(struct pl_arena *arena, const struct pl_value *v)
{
    const struct pl_value **items = pl_arena_array(arena, v->u.list.n, sizeof *items);

    for (size_t i = 0; i < v->u.list.n; i++)
        items[i] = pl_gcp_keep(arena, v->u.list.items[i]);
    return pl_value_list(arena, items, v->u.list.n);
}

static const struct pl_value *keep_map(struct pl_arena *arena, const struct pl_value *v)
{
    struct pl_member *members = pl_arena_array(arena, v->u.map.n, sizeof *members);

    for (size_t i = 0; i < v->u.map.n; i++) {
        members[i].key = pl_arena_strdup(arena, v->u.map.members[i].key);
        members[i].value = pl_gcp_keep(arena, v->u.map.members[i].value);
    }
    return pl_value_map(arena, members, v->u.map.n);
}

const struct pl_value *pl_gcp_keep(struct pl_arena *arena, const struct pl_value *v)
{
    switch (v->type) {
    case PL_INT:
        return pl_value_int(arena, v->u.integer);
    case PL_REAL:
        return pl_value_real(arena, v->u.real);
    case PL_STRING:
        return pl_value_stringn(arena, v->u.string.s, v->u.string.len);
    case PL_LIST:
        return keep_list(arena, v);
    case PL_MAP:
        return keep_map(arena, v);
    case PL_BOOL:
        return pl_value_bool(v->u.boolean);
    case PL_NULL:
        return pl_value_null();
    case PL_UNKNOWN:
        break;
    }
    return pl_value_unknown();
}
