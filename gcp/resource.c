/* resource.c - from an item of a list to an address: names as Google writes them, in ids or numbers, short or with a path.
 *
 * The project of an address is always the one that was asked for: bodies often say its number.
 */
#include "gcp_priv.h"

#include <string.h>

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

/* Of a kind that lives in a location: from the name's own path, from where it was listed, from its region or zone. */
static const char *location_of(struct pl_arena *arena, const char *name, const char *listed,
                               const struct pl_value *item)
{
    const char *location = pl_gcp_segment_after(arena, name, "locations");
    const char *region = pl_value_member_text(item, "region");

    if (region == NULL)
        region = pl_value_member_text(item, "zone");
    if (location == NULL && listed != NULL)
        location = pl_arena_strdup(arena, pl_link_last(listed));
    if (location == NULL && region != NULL)
        location = pl_arena_strdup(arena, pl_link_last(region));
    return location;
}

/* MySQL tells users of one name apart by the host that they come from; "%" is any, other engines give none. */
static const char *user_name(struct pl_arena *arena, const struct pl_value *item, const char *name)
{
    const char *host = pl_value_member_text(item, "host");

    if (host == NULL || *host == '\0' || strcmp(host, "%") == 0)
        return name;
    return pl_arena_printf(arena, "%s@%s", name, host);
}

/* The word before "{segment}" in the kind's template: "secrets". NULL where a name stands before it. */
static char *collection_of(struct pl_arena *arena, const struct pl_kind *kind, const char *segment)
{
    const char *place = strstr(kind->name_template, pl_arena_printf(arena, "/{%s}", segment));
    const char *word = place;

    while (word != NULL && word > kind->name_template && word[-1] != '/')
        word--;
    return word != NULL && *word != '{' ? pl_arena_strndup(arena, word, (size_t)(place - word))
                                        : NULL;
}

/* What a resource is called inside another: by its own path, by whoever it was listed for, by the member of the segment's name. */
static const char *outer_name(struct pl_arena *arena, const struct pl_kind *kind, const char *name,
                              const char *parent, const struct pl_value *item)
{
    const char *collection = collection_of(arena, kind, kind->segments[0]);
    const char *outer = NULL;

    if (collection != NULL && strncmp(name, "projects/", 9) == 0)
        outer = pl_gcp_segment_after(arena, name, collection);
    if (outer == NULL)
        outer = parent != NULL ? parent : pl_value_member_text(item, kind->segments[0]);
    return outer;
}

/* The names of an address; NULL where one is missing. A name without a path is taken as it is: a database may hold a slash. */
static const char **names_of(struct pl_arena *arena, const struct pl_kind *kind, const char *name,
                             const char *parent, const struct pl_value *item)
{
    const char **names = pl_arena_array(arena, kind->n_segments + 1, sizeof *names);
    size_t own = kind->n_segments > 1 ? 1 : 0;
    bool path = own == 0 || strncmp(name, "projects/", 9) == 0;

    if (own > 0)
        names[0] = outer_name(arena, kind, name, parent, item);
    names[own] = path ? pl_link_last(name) : name;
    if (strcmp(kind->name, "sql.user") == 0)
        names[own] = user_name(arena, item, names[own]);
    for (size_t i = own + 1; i < kind->n_segments; i++)
        names[i] = pl_value_member_text(item, kind->segments[i]);
    for (size_t i = 0; i < kind->n_segments; i++) {
        if (names[i] == NULL || *names[i] == '\0')
            return NULL;
        names[i] = pl_arena_strdup(arena, names[i]);
    }
    return names;
}

bool pl_gcp_address(struct pl_arena *arena, const struct pl_kind *kind, const char *project,
                    const char *location, const char *parent, const struct pl_value *item,
                    struct pl_address *out)
{
    const char *name = pl_value_member_text(item, kind->name_field);
    const char **names =
        name != NULL && *name != '\0' ? names_of(arena, kind, name, parent, item) : NULL;

    if (names == NULL)
        return false;
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
