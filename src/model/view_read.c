/* view_read.c - reads through a view, answers in three values, and keeps a record of everything that was asked.
 *
 * The record is what makes a proof honest: only a change of something that was read can change a verdict.
 * Changes themselves stand in view.c, what a world does not know in world_gap.c.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/log.h"

#include "model_priv.h"

/* ---- the record ---- */

static const struct pl_path *parsed(struct pl_view *view, const char *text);

static bool first_time(struct pl_view *view, char what, const char *a, const char *b)
{
    char buffer[512];
    const char *key = buffer;
    int n;

    if (view->unrecorded)
        return false;
    n = snprintf(buffer, sizeof buffer, "%c%s:%s", what, a, b);

    if (n < 0 || (size_t)n >= sizeof buffer)
        key = pl_arena_printf(view->arena, "%c%s:%s", what, a, b);
    return pl_map_put(&view->seen, key, view) == NULL;
}

static void record(struct pl_view *view, const struct pl_reading *reading)
{
    PL_PUSH(view->arena, view->readings, view->n_readings, view->cap_readings, *reading);
}

const struct pl_reading *pl_view_readings(const struct pl_view *view, size_t *n)
{
    *n = view->n_readings;
    return view->readings;
}

void pl_view_readings_reset(struct pl_view *view)
{
    view->readings = NULL; /* what was handed out stays as it was */
    view->n_readings = 0;
    view->cap_readings = 0;
    view->n_listed = 0;
    pl_map_init(&view->seen, view->arena);
}

/* ---- finding and listing ---- */

enum pl_known pl_view_find(struct pl_view *view, const struct pl_address *address,
                           const struct pl_resource **out)
{
    const struct pl_resource *found = NULL;
    struct pl_address complete = *address;
    enum pl_known known;
    const char *full;

    if (complete.location == NULL && complete.kind->scope == PL_SCOPE_GLOBAL)
        complete.location = "global";
    if (out != NULL)
        *out = NULL;
    if (complete.project == NULL || complete.location == NULL)
        return PL_NOT_KNOWN;
    full = pl_address_full(view->arena, &complete);
    if (first_time(view, 'R', full, "")) {
        struct pl_reading reading = {.what = PL_READ_RESOURCE};

        reading.address = pl_address_copy(view->arena, &complete);
        reading.full = full;
        record(view, &reading); /* its address is a copy: the caller's may live shorter */
    }
    known = pl_view_peek(view, full, &complete, &found);
    if (out != NULL)
        *out = found;
    return known;
}

enum pl_known pl_view_list(struct pl_view *view, const struct pl_kind *kind, const char *project,
                           const struct pl_resource *const **out, size_t *n)
{
    const struct pl_view_listing *listing = pl_view_listing(view, kind, project);

    if (first_time(view, 'K', kind->name, project != NULL ? project : "")) {
        struct pl_reading reading = {.what = PL_READ_KIND, .address = {.kind = kind}};

        reading.address.project = project != NULL ? pl_arena_strdup(view->arena, project) : NULL;
        record(view, &reading);
        PL_PUSH(view->arena, view->listed, view->n_listed, view->cap_listed, kind);
    }
    *out = listing->resources;
    *n = listing->n;
    return listing->known;
}

/* Enumeration and fields are recorded once a table, each conclusion behind them. */
void pl_view_read_table(struct pl_view *view, const struct pl_table_reading *table)
{
    const char *project = table->project != NULL ? table->project : "";
    struct pl_reading reading = {
        .what = PL_READ_KIND, .narrow = true, .address = {.kind = table->kind}};
    char about[2 * sizeof(void *) + 3];

    (void)snprintf(about, sizeof about, "%p", table->about);
    if (!first_time(view, 'T', table->kind->name, about))
        return;
    reading.address.project = table->project != NULL ? pl_arena_strdup(view->arena, project) : NULL;
    if (first_time(view, 't', table->kind->name, project)) {
        record(view, &reading);
        reading.what = PL_READ_FIELD;
        for (size_t i = 0; table->fields[i] != NULL; i++) {
            struct pl_reading field = reading;
            const struct pl_path *path = parsed(view, table->fields[i]);

            field.address.project = NULL;
            if (path == NULL || !first_time(view, 'a', table->kind->name, table->fields[i]))
                continue;
            field.path = *path;
            record(view, &field);
        }
    }
    reading.what = PL_READ_TABLE;
    reading.narrow = false;
    reading.matters = table->matters;
    reading.about = table->about;
    record(view, &reading);
}

/* ---- fields ---- */

/* Down the tree; an unknown on the way answers for all that is below it, null is absent. */
static enum pl_known walk(const struct pl_value *root, const struct pl_path *path,
                          const struct pl_value **out)
{
    const struct pl_value *at = root;

    *out = NULL;
    for (size_t i = 0; at != NULL && at->type != PL_UNKNOWN && i < path->n; i++) {
        struct pl_path one = {.steps = &path->steps[i], .n = 1};

        at = pl_path_get(at, &one);
    }
    if (at == NULL || at->type == PL_NULL)
        return PL_ABSENT;
    if (at->type == PL_UNKNOWN)
        return PL_NOT_KNOWN;
    *out = at;
    return PL_PRESENT;
}

/* Masks name fields, not elements: "template.containers.env" covers "template.containers[name=app].env[name=X].value". Of a list whose
 * elements were asked for in part ("peerings[*].state") it is known which there are; whoever reads it looks at nothing else of them. */
static bool mask_covers(const struct pl_path *mask, const struct pl_path *path)
{
    size_t i = 0;

    for (size_t k = 0; k < mask->n; k++) {
        if (mask->steps[k].type != PL_STEP_KEY)
            continue;
        while (i < path->n && path->steps[i].type != PL_STEP_KEY)
            i++;
        if (i == path->n)
            return k > 0 && mask->steps[k - 1].type == PL_STEP_ANY;
        if (strcmp(path->steps[i].key, mask->steps[k].key) != 0)
            return false;
        i++;
    }
    return true;
}

/* A policy, and what else has calls of its own, is there where it was read. */
static bool was_asked_for(const struct pl_resource *resource, const struct pl_path *path)
{
    if (path->n > 0 && path->steps[0].type == PL_STEP_KEY &&
        (strcmp(path->steps[0].key, "iamPolicy") == 0 ||
         pl_kind_virtual(resource->address.kind, path->steps[0].key) != NULL ||
         pl_kind_is_secret(resource->address.kind, path->steps[0].key)))
        return pl_value_member(resource->body, path->steps[0].key) != NULL;
    if (resource->fields == NULL)
        return true;
    for (size_t i = 0; i < resource->n_fields; i++)
        if (mask_covers(&resource->fields[i], path))
            return true;
    return false;
}

/* A resource without changes. */
static enum pl_known read_plain(const struct pl_world *world, const struct pl_resource *resource,
                                const struct pl_path *path, const struct pl_value **out)
{
    enum pl_known known;

    *out = NULL;
    if (resource == NULL || !was_asked_for(resource, path))
        return PL_NOT_KNOWN;
    known = walk(resource->body, path, out);
    return known == PL_ABSENT ? pl_world_field_absence(world, resource, path) : known;
}

/* The newest change at the path or above it. */
static const struct pl_view_set *set_above(const struct pl_view_entry *entry,
                                           const struct pl_path *path)
{
    const struct pl_view_set *set = entry->sets;

    while (set != NULL && !pl_path_covers(&set->path, path))
        set = set->older;
    return set;
}

static struct pl_path path_behind(const struct pl_path *path, size_t n)
{
    return (struct pl_path){.steps = path->steps + n, .n = path->n - n};
}

/* `value`, which is at the path, with the changes below it that are newer than `until`. */
static const struct pl_value *with_newer(struct pl_arena *arena, const struct pl_view_set *set,
                                         const struct pl_view_set *until,
                                         const struct pl_path *path, const struct pl_value *value)
{
    struct pl_path rest;

    if (set == until)
        return value;
    value = with_newer(arena, set->older, until, path, value);
    if (!pl_path_covers(path, &set->path))
        return value;
    rest = path_behind(&set->path, path->n);
    return pl_path_set(arena, value, &rest, set->value);
}

/* A resource with changes. What a change says is known, even where the body has an unknown above it; of the rest is known what was
 * known before. */
static enum pl_known read_changed(const struct pl_view *view, const struct pl_view_entry *entry,
                                  const struct pl_path *path, const struct pl_value **out)
{
    const struct pl_view_set *set = set_above(entry, path);
    const struct pl_path root = {.n = 0};
    struct pl_path rest;

    *out = NULL;
    if (set == NULL)
        return read_plain(view->world, entry->base, path, out) == PL_NOT_KNOWN
                   ? PL_NOT_KNOWN
                   : walk(entry->resource.body, path, out);
    rest = path_behind(path, set->path.n);
    if (walk(set->value, &rest, out) == PL_NOT_KNOWN ||
        walk(entry->resource.body, path, out) != PL_NOT_KNOWN)
        return walk(entry->resource.body, path, out);
    (void)walk(set->value, &rest, out);
    return walk(with_newer(view->arena, entry->sets, set, path, *out), &root, out);
}

static enum pl_known read_path(const struct pl_view *view, const struct pl_resource *resource,
                               const char *full, const struct pl_path *path,
                               const struct pl_value **out)
{
    const struct pl_view_entry *entry = pl_view_entry(view, full);
    const struct pl_resource *current;

    *out = NULL;
    if (entry != NULL)
        return entry->there == PL_PRESENT ? read_changed(view, entry, path, out) : entry->there;
    current =
        resource->world == view->world ? resource : pl_map_get(&view->world->index->by_full, full);
    return read_plain(view->world, current != NULL ? current : resource, path, out);
}

static const struct pl_path *parsed(struct pl_view *view, const char *text)
{
    struct pl_view_texts *texts = view->texts;
    struct pl_path *path = pl_map_get(&texts->paths, text);
    struct pl_err err = {0};

    if (path != NULL)
        return path;
    path = PL_NEW(texts->arena, struct pl_path);
    /* The path is our own program's text, so this is a bug; the answer is honest all the same. */
    if (pl_path_parse(texts->arena, text, path, &err) != 0) {
        pl_log(PL_LOG_ERROR, "internal: %s", err.text);
        return NULL;
    }
    (void)pl_map_put(&texts->paths, text, path);
    return path;
}

static bool is_listed(const struct pl_view *view, const struct pl_kind *kind)
{
    for (size_t i = 0; i < view->n_listed; i++)
        if (view->listed[i] == kind)
            return true;
    return false;
}

/* Of a kind that was enumerated every resource is looked at in the same way: one record stands for all of them, or the
 * record would grow with the estate. */
static void record_field(struct pl_view *view, const struct pl_resource *resource, const char *full,
                         const char *text, const struct pl_path *path)
{
    bool any = is_listed(view, resource->address.kind);
    struct pl_reading reading = {.what = PL_READ_FIELD, .path = *path};

    if (!first_time(view, any ? 'A' : 'F', any ? resource->address.kind->name : full, text))
        return;
    if (any) {
        reading.address.kind = resource->address.kind;
    } else {
        reading.address = resource->address;
        reading.full = full;
    }
    record(view, &reading);
}

static enum pl_known read_recorded(struct pl_view *view, const struct pl_resource *resource,
                                   const char *text, const struct pl_path **path,
                                   const struct pl_value **out)
{
    const char *full = resource->full;

    *out = NULL;
    *path = parsed(view, text);
    if (*path == NULL)
        return PL_NOT_KNOWN;
    if (full == NULL)
        full = pl_address_full(view->arena, &resource->address);
    record_field(view, resource, full, text, *path);
    return read_path(view, resource, full, *path, out);
}

enum pl_known pl_view_read(struct pl_view *view, const struct pl_resource *resource,
                           const char *path, const struct pl_value **out)
{
    const struct pl_path *parsed_path;
    const struct pl_value *value;
    enum pl_known known = read_recorded(view, resource, path, &parsed_path, &value);

    if (out != NULL)
        *out = value;
    return known;
}

static const struct pl_value *default_of(struct pl_view *view, const struct pl_kind *kind,
                                         const struct pl_path *path)
{
    struct pl_view_texts *texts = view->texts;
    struct pl_field_info info;
    const struct pl_value *value;
    struct pl_err err = {0};

    if (!pl_field_lookup(kind, path, &info, NULL, NULL) || info.absent_is == NULL)
        return NULL;
    value = pl_map_get(&texts->defaults, info.absent_is);
    if (value != NULL)
        return value;
    value = pl_json_parse(texts->arena, info.absent_is, strlen(info.absent_is), kind->name, &err);
    if (value == NULL)
        pl_log(PL_LOG_ERROR, "internal: absent_is of %s", err.text);
    else
        (void)pl_map_put(&texts->defaults, info.absent_is, (void *)(uintptr_t)value);
    return value;
}

enum pl_known pl_view_read_default(struct pl_view *view, const struct pl_resource *resource,
                                   const char *path, const struct pl_value **out)
{
    const struct pl_path *parsed_path;
    const struct pl_value *value, *instead = NULL;
    enum pl_known known = read_recorded(view, resource, path, &parsed_path, &value);
    const char *text = pl_value_text(value);

    if (known == PL_ABSENT || (known == PL_PRESENT && text != NULL && *text == '\0'))
        instead = default_of(view, resource->address.kind, parsed_path);
    if (instead != NULL) {
        value = instead;
        known = PL_PRESENT;
    }
    if (out != NULL)
        *out = value;
    return known;
}

const char *pl_view_text(struct pl_view *view, const struct pl_resource *resource, const char *path,
                         enum pl_known *known)
{
    const struct pl_value *value;
    enum pl_known answer = pl_view_read_default(view, resource, path, &value);

    if (known != NULL)
        *known = answer;
    return pl_json_scalar(view->arena, value);
}

/* ---- what a change could have changed ---- */

/* Could two steps be the same place, or would a change at one move the other? */
static bool may_meet(const struct pl_step *a, const struct pl_step *b)
{
    if (a->type == PL_STEP_KEY && b->type == PL_STEP_KEY)
        return strcmp(a->key, b->key) == 0;
    if (a->type == PL_STEP_ID && b->type == PL_STEP_ID)
        return strcmp(a->key, b->key) != 0 || strcmp(a->value, b->value) == 0;
    if (a->type == PL_STEP_VALUE && b->type == PL_STEP_VALUE)
        return strcmp(a->value, b->value) == 0;
    /* An index moves when an element before it comes or goes. */
    return true;
}

bool pl_paths_meet(const struct pl_path *a, const struct pl_path *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++)
        if (!may_meet(&a->steps[i], &b->steps[i]))
            return false;
    return true;
}

static bool reading_meets(const struct pl_view *view, const struct pl_reading *reading,
                          const struct pl_address *address, const struct pl_path *path)
{
    const struct pl_resource *unused;
    struct pl_arena *scratch;
    bool makes_it;

    if (reading->what == PL_READ_TABLE)
        return false; /* the enumeration and the fields of the table stand before it */
    if (reading->what == PL_READ_FIELD)
        return (reading->address.names == NULL ? reading->address.kind == address->kind
                                               : pl_address_equal(&reading->address, address)) &&
               (path == NULL || pl_paths_meet(&reading->path, path));
    if (reading->what == PL_READ_RESOURCE) {
        if (!pl_address_equal(&reading->address, address))
            return false;
    } else if (reading->address.kind != address->kind ||
               (reading->address.project != NULL && address->project != NULL &&
                strcmp(reading->address.project, address->project) != 0)) {
        return false;
    }
    if (path == NULL || path->n == 0)
        return true;
    scratch = pl_arena_new();
    makes_it =
        pl_view_peek(view, pl_address_full(scratch, address), address, &unused) != PL_PRESENT;
    pl_arena_free(scratch);
    return makes_it;
}

bool pl_view_was_read(const struct pl_view *view, const struct pl_address *address,
                      const struct pl_path *path)
{
    for (size_t i = 0; i < view->n_readings; i++)
        if (reading_meets(view, &view->readings[i], address, path))
            return true;
    return false;
}
