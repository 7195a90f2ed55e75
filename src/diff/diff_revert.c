/* diff_revert.c - lays what would undo a drift over a view: a field set or removed, a resource put back or deleted.
 *
 * Reverts are closed under reference: a declared text that held what a field holds follows it, and what the server
 * wrote when it made a resource anew goes back with it. So the order of reverts does not matter.
 */
#include "diff_priv.h"

#include <string.h>

#include "plumbline/expect.h"

/* ---- a resource that is put back ---- */

/* Also where the default would do: what is declared is written. */
static const struct pl_value *declared_value(struct pl_arena *arena, struct pl_view *view,
                                             const struct pl_kind *kind, const char *generic,
                                             const struct pl_field_info *info,
                                             const struct pl_expect *e)
{
    return e->match == PL_M_EQUAL && e->value != NULL
               ? e->value
               : pl_expect_witness(arena, e, kind, generic, info, NULL, view);
}

const struct pl_value *pl_declared_body(struct pl_arena *arena, struct pl_view *view,
                                        const struct pl_kind *kind, const char *generic,
                                        const struct pl_field_info *info, const struct pl_expect *e,
                                        bool nulls)
{
    struct pl_member *members;
    size_t n = 0;

    if (e->match != PL_M_MAP)
        return declared_value(arena, view, kind, generic, info, e);
    members = pl_arena_array(arena, e->n, sizeof *members);
    for (size_t i = 0; i < e->n; i++) {
        const char *key = e->members[i].key;
        const struct pl_value *v;
        struct pl_field_info child;

        (void)pl_field_child(kind, generic, info, key, &child);
        v = pl_declared_body(arena, view, kind, pl_field_generic(arena, generic, info, key), &child,
                             e->members[i].expect, nulls);
        if (v != NULL || nulls)
            members[n++] = (struct pl_member){key, v != NULL ? v : pl_value_null()};
    }
    return pl_value_map(arena, members, n);
}

/* Google's own form: short names in Compute Engine and Cloud SQL, full ones elsewhere.
 * https://cloud.google.com/compute/docs/reference/rest/v1 and https://cloud.google.com/apis/design/resource_names */
static const char *name_of(struct pl_arena *arena, const struct pl_address *address)
{
    static const char *const brief[] = {"compute.googleapis.com", "sqladmin.googleapis.com"};
    const char *full = pl_address_resource_name(arena, address), *tail;

    for (size_t i = 0; i < PL_LEN(brief); i++)
        if (strcmp(address->kind->call.api, brief[i]) == 0)
            return address->names[address->kind->n_segments - 1];
    tail = full != NULL && strncmp(full, "//", 2) == 0 ? strchr(full + 2, '/') : NULL;
    return tail != NULL ? tail + 1 : full;
}

/* What being there says of a resource, whoever declared what: an API in the list is enabled. */
static const struct {
    const char *kind, *field, *value;
} given[] = {
    {"project.service", "state", "ENABLED"},
};

static const struct pl_value *with_given(struct pl_arena *arena, const struct pl_value *body,
                                         const char *key, const char *value)
{
    return value == NULL || pl_value_member(body, key) != NULL
               ? body
               : pl_value_map_with(arena, body, key, pl_value_string(arena, value));
}

const struct pl_value *pl_put_back(struct pl_arena *arena, struct pl_view *view,
                                   const struct pl_address *address, const struct pl_expect *e)
{
    const struct pl_kind *kind = address->kind;
    const struct pl_field_info root = pl_field_root(kind);
    const struct pl_value *body = e->match == PL_M_MAP
                                      ? pl_declared_body(arena, view, kind, "", &root, e, true)
                                      : pl_value_map(arena, NULL, 0);

    if (kind->schema == NULL) /* a policy is the virtual field that every kind may have */
        return pl_value_member(body, "iamPolicy") != NULL
                   ? body
                   : pl_value_map_with(arena, NULL, "iamPolicy", body);
    body = with_given(arena, body, kind->name_field, name_of(arena, address));
    if (strcmp(kind->call.api, "compute.googleapis.com") == 0)
        body = with_given(
            arena, body, "selfLink",
            pl_arena_printf(arena, "https://www.googleapis.com/compute/v1/%s",
                            strchr(pl_address_resource_name(arena, address) + 2, '/') + 1));
    for (size_t i = 0; i < PL_LEN(given); i++)
        if (strcmp(given[i].kind, kind->name) == 0)
            body = with_given(arena, body, given[i].field, given[i].value);
    return body;
}

struct paths {
    struct pl_arena *arena;
    struct pl_path *list;
    size_t n, cap;
};

/* Maps are known member by member, everything else as a whole. */
static void add_fields(struct paths *paths, const struct pl_value *v, const struct pl_path *path)
{
    if (v->type != PL_MAP || (v->u.map.n == 0 && path->n > 0)) {
        PL_PUSH(paths->arena, paths->list, paths->n, paths->cap, *path);
        return;
    }
    for (size_t i = 0; i < v->u.map.n; i++) {
        struct pl_path below =
            pl_path_with(paths->arena, path,
                         (struct pl_step){.type = PL_STEP_KEY, .key = v->u.map.members[i].key});

        add_fields(paths, v->u.map.members[i].value, &below);
    }
}

/* What nobody asks for when a resource is made: a default that the table knows, or an empty set. */
static bool goes_without_saying(const struct pl_field_row *row)
{
    return (row->absent_is != NULL || (row->flags & PL_F_SET) != 0) &&
           (row->flags & (PL_F_OUTPUT | PL_F_VOLATILE)) == 0 && strpbrk(row->path, "[{") == NULL &&
           strncmp(row->path, "iamPolicy", 9) != 0;
}

const struct pl_path *pl_declared_fields(struct pl_arena *arena, const struct pl_kind *kind,
                                         const struct pl_value *body, size_t *n)
{
    static const struct pl_path root;
    struct paths paths = {.arena = arena, .cap = 0};

    add_fields(&paths, body, &root);
    for (size_t i = 0; i < kind->n_fields; i++) {
        struct pl_path path;

        if (goes_without_saying(&kind->fields[i]) &&
            pl_path_parse(arena, kind->fields[i].path, &path, NULL) == 0)
            PL_PUSH(arena, paths.list, paths.n, paths.cap, path);
    }
    *n = paths.n;
    return paths.list != NULL ? paths.list : pl_arena_array(arena, 1, sizeof *paths.list);
}

static void revert_resource(struct pl_view *view, const struct pl_drift *drift)
{
    const struct pl_drift_more *more = drift->more;
    struct pl_resource resource = {.address = drift->address, .body = drift->revert};

    if (drift->revert == NULL) {
        pl_view_delete(view, &drift->address);
        return;
    }
    if (drift->revert->type == PL_UNKNOWN) {
        pl_view_set(view, &drift->address, NULL, drift->revert);
        return;
    }
    if (more != NULL && more->expect != NULL)
        resource.body = pl_put_back(pl_view_arena(view), view, &drift->address, more->expect);
    if (more != NULL && more->fields != NULL) {
        resource.fields = more->fields;
        resource.n_fields = more->n_fields;
    }
    pl_view_put(view, &resource);
}

/* ---- a field ---- */

static void revert_field(struct pl_view *view, const struct pl_drift *drift)
{
    const struct pl_drift_more *more = drift->more;
    const struct pl_value *value = drift->revert;

    if (more != NULL && more->expect != NULL)
        value = more->before == NULL
                    ? pl_declared_body(pl_view_arena(view), view, drift->address.kind,
                                       more->generic, &more->info, more->expect, false)
                    : pl_expect_witness(pl_view_arena(view), more->expect, drift->address.kind,
                                        more->generic, &more->info, more->before, view);
    pl_view_set(view, &drift->address, &drift->path, value);
    for (size_t i = 0; more != NULL && i < more->n_beside; i++)
        pl_view_set(view, &drift->address, &more->beside[i].path, more->beside[i].value);
}

/* ---- what follows ---- */

static enum pl_known read_text(struct pl_view *view, const struct pl_reference *r,
                               const struct pl_value **out)
{
    const struct pl_resource *resource = NULL;
    enum pl_known known = pl_view_find(view, &r->address, &resource);

    return known == PL_PRESENT
               ? pl_view_read(view, resource, pl_path_format(pl_view_arena(view), &r->path), out)
               : known;
}

/* Does the text hold, in this view, what its references hold? So does one that a revert made unknown, since what it names was not there
 * yet. */
static bool holds(struct pl_view *view, const struct pl_reference *r)
{
    struct pl_arena *arena = pl_view_arena(view);
    const struct pl_value *v = NULL;

    switch (read_text(view, r, &v)) {
    case PL_PRESENT:
        return pl_expect_check(arena, r->expect, r->address.kind, r->generic, &r->info, v, view,
                               NULL) == PL_EXPECT_YES;
    case PL_NOT_KNOWN:
        return read_text(pl_view_new(arena, pl_view_world(view)), r, &v) != PL_NOT_KNOWN;
    case PL_ABSENT:
        break;
    }
    return false;
}

/* One whose target is gone keeps what it has. */
static void follow(struct pl_view *view, const struct pl_reference *r)
{
    const struct pl_value *v = NULL;

    switch (pl_expect_resolve(pl_view_arena(view), r->expect, &r->info, view, &v)) {
    case PL_PRESENT:
        pl_view_set(view, &r->address, &r->path, v);
        break;
    case PL_NOT_KNOWN:
        pl_view_set(view, &r->address, &r->path, pl_value_unknown());
        break;
    case PL_ABSENT:
        break;
    }
}

void pl_diff_revert(struct pl_view *view, const struct pl_drift *drift)
{
    size_t n = drift->more != NULL ? drift->more->n_followers : 0;
    bool *held = pl_arena_array(pl_view_arena(view), n, sizeof *held);

    for (size_t i = 0; i < n; i++)
        held[i] = holds(view, drift->more->followers[i]);
    if (drift->path.n == 0)
        revert_resource(view, drift);
    else
        revert_field(view, drift);
    for (size_t i = 0; i < n; i++)
        if (held[i])
            follow(view, drift->more->followers[i]);
}

/* ---- what a revert may change ---- */

const struct pl_place *pl_diff_places(struct pl_arena *arena, const struct pl_drift *drift,
                                      size_t *n)
{
    const struct pl_drift_more *more = drift->more;
    size_t beside = more != NULL ? more->n_beside : 0,
           followers = more != NULL ? more->n_followers : 0;
    struct pl_place *list = pl_arena_array(arena, 1 + beside + followers, sizeof *list);

    *n = 0;
    list[(*n)++] = (struct pl_place){&drift->address, &drift->path};
    for (size_t i = 0; i < beside; i++)
        list[(*n)++] = (struct pl_place){&drift->address, &more->beside[i].path};
    for (size_t i = 0; i < followers; i++)
        list[(*n)++] = (struct pl_place){&more->followers[i]->address, &more->followers[i]->path};
    return list;
}

void pl_diff_blur(struct pl_view *view, const struct pl_drift *drift)
{
    const bool depends = drift->more != NULL && drift->more->expect != NULL;
    size_t n;
    const struct pl_place *places = pl_diff_places(pl_view_arena(view), drift, &n);

    for (size_t i = 0; i < n; i++) {
        if (places[i].path->n > 0)
            pl_view_set(view, places[i].address, places[i].path, pl_value_unknown());
        else if (drift->revert != NULL && depends)
            pl_view_set(view, places[i].address, NULL, pl_value_unknown());
        else if (drift->revert != NULL)
            revert_resource(view, drift);
    }
}
