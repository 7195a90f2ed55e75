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

static bool is_text(const char *at, size_t len, const char *text)
{
    return strlen(text) == len && memcmp(at, text, len) == 0;
}

/* A list's projects come by their numbers, even where it was asked for by the id. */
static bool is_project(const char *at, size_t len, const char *project)
{
    return strspn(at, "0123456789") >= len || is_text(at, len, project);
}

bool pl_gcp_is_own(const struct pl_kind *kind, const struct pl_gcp_place *place, const char *path)
{
    const char *location = pl_link_last(place->location);

    for (const char *form = kind->name_template;; form++, path++) {
        size_t len = strcspn(path, "/"), form_len = strcspn(form, "/");
        const char *wanted = NULL; /* whatever it is */

        if (len == 0 || (*form != '{' && (len != form_len || memcmp(path, form, len) != 0)))
            return false;
        if (is_text(form, form_len, "{project}") && !is_project(path, len, place->project))
            return false;
        if (is_text(form, form_len, "{location}"))
            wanted = location != NULL && strcmp(location, "-") != 0 ? location : NULL;
        else if (*form == '{' && kind->n_segments > 1 &&
                 is_text(form + 1, form_len - 2, kind->segments[0]))
            wanted = place->parent;
        if (wanted != NULL && !is_text(path, len, wanted))
            return false;
        path += len;
        form += form_len;
        if (*path == '\0' || *form == '\0')
            return *path == *form;
    }
}

/* "." and ".." lead elsewhere in a path, however they are written (RFC 3986, section 6.2.2.3). */
static bool is_name(const char *text)
{
    return text != NULL && *text != '\0' && strcmp(text, ".") != 0 && strcmp(text, "..") != 0;
}

/* The names of an address; NULL where one is missing. Of names only databases and users may hold a slash; all else that has one is a path,
 * and a path of something else than was asked for is no name. */
static const char **names_of(struct pl_arena *arena, const struct pl_kind *kind, const char *name,
                             const struct pl_gcp_place *place, const struct pl_value *item)
{
    const char **names = pl_arena_array(arena, kind->n_segments + 1, sizeof *names);
    size_t own = kind->n_segments > 1 ? 1 : 0;
    bool path = own == 0 ? strchr(name, '/') != NULL : strncmp(name, "projects/", 9) == 0;

    if (path && !pl_gcp_is_own(kind, place, name))
        return NULL;
    if (own > 0)
        names[0] = outer_name(arena, kind, name, place->parent, item);
    names[own] = path ? pl_link_last(name) : name;
    if (strcmp(kind->name, "sql.user") == 0)
        names[own] = user_name(arena, item, names[own]);
    for (size_t i = own + 1; i < kind->n_segments; i++)
        names[i] = pl_value_member_text(item, kind->segments[i]);
    if (own == 0 && strcmp(names[0], "-") == 0) /* any (https://google.aip.dev/159) */
        return NULL;
    for (size_t i = 0; i < kind->n_segments; i++) {
        if (!is_name(names[i]))
            return NULL;
        names[i] = pl_arena_strdup(arena, names[i]);
    }
    return names;
}

bool pl_gcp_address(struct pl_arena *arena, const struct pl_kind *kind,
                    const struct pl_gcp_place *place, const struct pl_value *item,
                    struct pl_address *out)
{
    const char *name = pl_value_member_text(item, kind->name_field);
    const char **names = is_name(name) ? names_of(arena, kind, name, place, item) : NULL;

    if (names == NULL)
        return false;
    *out = (struct pl_address){
        .kind = kind, .project = place->project, .location = "global", .names = names};
    if (kind->scope == PL_SCOPE_LOCATION)
        out->location = location_of(arena, name, place->location, item);
    return is_name(out->location);
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
