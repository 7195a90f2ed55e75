/* snapshot_read.c - newline-delimited JSON to a world, section 5 of the contract; snapshot_write.c writes it.
 *
 * A line at a time, each bounded. Whatever a newer minor version may have added (members, kinds, sorts of
 * lines) is no error; whole lines that have no place in a world are kept for the next writing.
 */
#include "plumbline/snapshot.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/json.h"
#include "plumbline/log.h"
#include "plumbline/map.h"

#include "field_priv.h"
#include "model_priv.h"

struct reader {
    struct pl_lines lines;
    struct pl_world_builder *builder;
    struct pl_needs *needs; /* NULL: all of it was kept */
    bool has_header;
    int64_t n_lines, expected; /* behind the header; -1: it does not say */
    const char *only_project;  /* where the header names one and no more */
    size_t n_foreign, first_foreign;
    struct pl_map seen; /* full address -> struct seen */
};

/* The lines that hold a resource and its policy; 0: none yet. */
struct seen {
    size_t resource, policy;
};

/* ---- the header ---- */

static int check_version(struct reader *r, const struct pl_value *version)
{
    const char *text = pl_value_text(version);
    size_t digits = text != NULL ? strspn(text, "0123456789") : 0;

    if (digits == 0 || text[digits] != '.' || !isdigit((unsigned char)text[digits + 1]))
        return pl_lines_wrong(&r->lines, "'plumbline_snapshot' is no version like \"1.0\"");
    if (digits != 1 || text[0] != '1')
        return pl_err_set(r->lines.err, PL_E_INPUT,
                          "%s:%zu: snapshot of version %s; this program reads versions 1.x",
                          r->lines.file, r->lines.line, pl_clip(r->lines.arena, text));
    return 0;
}

static int read_list(struct reader *r, const struct pl_value *line, const char *key,
                     void (*given)(struct pl_world_builder *),
                     void (*add)(struct pl_world_builder *, const char *))
{
    const struct pl_value *list = pl_value_member(line, key);

    if (list == NULL || list->type == PL_NULL)
        return 0;
    given(r->builder);
    for (size_t i = 0; i < pl_value_count(list) && list->type == PL_LIST; i++) {
        const struct pl_value *item = pl_value_item(list, i);
        /* A project may be told with more than its id: {"id": "acme", "number": "123"}. */
        const char *text =
            item->type == PL_MAP ? pl_value_member_text(item, "id") : pl_value_text(item);

        if (text == NULL)
            list = pl_value_null();
        else
            add(r->builder, text);
    }
    if (list->type != PL_LIST)
        return pl_err_set(r->lines.err, PL_E_INPUT, "%s:%zu: '%s' is no list of texts",
                          r->lines.file, r->lines.line, key);
    return 0;
}

/* How many lines follow. Snapshots made by hand, and those of before, do not say. */
static int read_count(struct reader *r, const struct pl_value *count)
{
    r->expected = -1;
    if (count == NULL || count->type == PL_NULL)
        pl_world_uncounted(r->builder);
    else if (count->type != PL_INT || count->u.integer < 0)
        return pl_lines_wrong(&r->lines, "'lines' is no number of lines");
    else
        r->expected = count->u.integer;
    return 0;
}

static int read_header(struct reader *r, const struct pl_value *line)
{
    const struct pl_value *version = pl_value_member(line, "plumbline_snapshot");
    const char *observed_at;
    int64_t at;

    if (version == NULL)
        return pl_lines_wrong(&r->lines,
                              "not a snapshot: the first line has no 'plumbline_snapshot'");
    r->has_header = true;
    if (check_version(r, version) != 0 || read_count(r, pl_value_member(line, "lines")) != 0 ||
        pl_lines_text(&r->lines, line, "observed_at", &observed_at) != 0)
        return -1;
    if (observed_at != NULL && pl_clock_parse(observed_at, &at) != 0)
        return pl_lines_wrong(&r->lines, "'observed_at' is no time like \"2026-11-20T10:00:00Z\"");
    pl_world_set_observed_at(r->builder, observed_at);
    if (read_list(r, line, "kinds", pl_world_kinds_given, pl_world_add_kind) != 0)
        return -1;
    const struct pl_value *projects = pl_value_member(line, "projects");
    const struct pl_value *only = pl_value_count(projects) == 1 ? pl_value_item(projects, 0) : NULL;

    if (only != NULL)
        r->only_project =
            only->type == PL_MAP ? pl_value_member_text(only, "id") : pl_value_text(only);
    return read_list(r, line, "projects", pl_world_projects_given, pl_world_add_project);
}

/* ---- the lines ---- */

static int keep_foreign(struct reader *r, const struct pl_value *line)
{
    struct pl_foreign_line foreign = {.kind = pl_value_member_text(line, "kind"),
                                      .name = pl_value_member_text(line, "name")};

    if (foreign.kind == NULL)
        foreign.kind = "";
    if (foreign.name == NULL)
        foreign.name = "";
    foreign.text = pl_json_text(r->lines.arena, line);
    pl_world_add_foreign(r->builder, &foreign);
    if (r->n_foreign++ == 0)
        r->first_foreign = r->lines.line;
    return 0;
}

static int read_mask(struct reader *r, const struct pl_value *list, struct pl_resource *resource)
{
    size_t n = pl_value_count(list);
    struct pl_path *fields;

    if (list == NULL || list->type == PL_NULL)
        return 0;
    if (list->type != PL_LIST)
        return pl_lines_wrong(&r->lines, "'fields' is no list of texts");
    fields = pl_arena_array(r->lines.arena, n + 1, sizeof *fields);
    for (size_t i = 0; i < n; i++) {
        const char *text = pl_value_text(pl_value_item(list, i));

        if (text == NULL)
            return pl_lines_wrong(&r->lines, "'fields' is no list of texts");
        if (pl_path_parse(r->lines.arena, text, &fields[i], r->lines.err) != 0)
            return pl_err_wrap(r->lines.err, "%s:%zu: in 'fields'", r->lines.file, r->lines.line);
    }
    resource->fields = fields;
    resource->n_fields = n;
    return 0;
}

/* Two answers about one resource: neither is better, and taking the later one would hide that. */
static int first_time(struct reader *r, const struct pl_address *address, size_t *line)
{
    if (*line != 0)
        return pl_err_set(r->lines.err, PL_E_INPUT, "%s:%zu: %s is here twice, first at line %zu",
                          r->lines.file, r->lines.line,
                          pl_clip(r->lines.arena, pl_address_full(r->lines.arena, address)), *line);
    *line = r->lines.line;
    return 0;
}

static struct seen *seen_of(struct reader *r, const struct pl_address *address)
{
    const char *full = pl_address_full(r->lines.arena, address);
    struct seen *seen = pl_map_get(&r->seen, full);

    if (seen == NULL) {
        seen = PL_NEW(r->lines.arena, struct seen);
        (void)pl_map_put(&r->seen, full, seen);
    }
    return seen;
}

static int read_body(struct reader *r, const struct pl_value *line, struct pl_resource *resource)
{
    struct seen *seen = seen_of(r, &resource->address);
    const struct pl_value *body = pl_value_member(line, "resource");
    const struct pl_value *policy = pl_value_member(line, "iam_policy");

    if (body == NULL && policy == NULL)
        return pl_lines_wrong(&r->lines, "the line has neither 'resource' nor 'iam_policy'");
    if (body != NULL && body->type != PL_MAP)
        return pl_lines_wrong(&r->lines, "'resource' is no object");
    if (policy != NULL && policy->type != PL_MAP)
        return pl_lines_wrong(&r->lines, "'iam_policy' is no object");
    if ((body != NULL && first_time(r, &resource->address, &seen->resource) != 0) ||
        (policy != NULL && first_time(r, &resource->address, &seen->policy) != 0))
        return -1;
    if (body != NULL) {
        /* Somebody else's snapshot may hold what ours never do; what is redacted already stays as it is. */
        resource->body = pl_redact(r->lines.arena, resource->address.kind, body, NULL);
        if (read_mask(r, pl_value_member(line, "fields"), resource) != 0)
            return -1;
        pl_world_add(r->builder, resource);
        if (r->needs)
            pl_needs_value(r->needs, resource->body);
    }
    if (policy != NULL)
        pl_world_add_iam_line(r->builder, &resource->address, resource->name, resource->observed_at,
                              policy);
    return 0;
}

/* A name that is not in the kind's own form: the body knows better what the resource is called, and where it lives. */
static void take_name_from_body(struct reader *r, const struct pl_value *line,
                                struct pl_address *address, const char *name)
{
    const struct pl_kind *kind = address->kind;
    const char *text = pl_value_member_text(pl_value_member(line, "resource"), kind->name_field);

    if (address->project != NULL &&
        strcmp(pl_address_resource_name(r->lines.arena, address), name) == 0)
        return;
    if (address->project == NULL)
        address->project = r->only_project;
    if (text == NULL || kind->n_segments != 1)
        return;
    address->names = memcpy(pl_arena_array(r->lines.arena, 1, sizeof(char *)),
                            &(const char *){pl_link_last(text)}, sizeof(char *));
    if (address->project == NULL && strncmp(text, "projects/", 9) == 0)
        address->project = pl_arena_strndup(r->lines.arena, text + 9, strcspn(text + 9, "/"));
}

static int read_resource(struct reader *r, const struct pl_value *line)
{
    struct pl_resource resource = {.name = NULL};
    const char *kind_name;
    const struct pl_kind *kind;

    if (pl_lines_text(&r->lines, line, "kind", &kind_name) != 0 ||
        pl_lines_text(&r->lines, line, "name", &resource.name) != 0 ||
        pl_lines_text(&r->lines, line, "observed_at", &resource.observed_at) != 0)
        return -1;
    if (kind_name == NULL)
        return pl_lines_wrong(&r->lines, "'kind' is null");
    if (resource.name == NULL || resource.name[0] == '\0')
        return pl_err_set(r->lines.err, PL_E_INPUT, "%s:%zu: a %s without 'name'", r->lines.file,
                          r->lines.line, pl_clip(r->lines.arena, kind_name));
    kind = pl_kind_find(kind_name);
    if (kind == NULL)
        return keep_foreign(r, line);
    if (pl_address_from_resource_name(r->lines.arena, kind, resource.name, &resource.address,
                                      r->lines.err) != 0)
        return pl_err_wrap(r->lines.err, "%s:%zu", r->lines.file, r->lines.line);
    take_name_from_body(r, line, &resource.address, resource.name);
    return read_body(r, line, &resource);
}

static int read_gap(struct reader *r, const struct pl_value *line)
{
    struct pl_unobserved gap = {.kind = NULL};

    if (pl_lines_text(&r->lines, line, "unobserved", &gap.kind_name) != 0 ||
        pl_lines_text(&r->lines, line, "scope", &gap.scope) != 0 ||
        pl_lines_text(&r->lines, line, "field", &gap.field) != 0 ||
        pl_lines_text(&r->lines, line, "reason", &gap.reason) != 0 ||
        pl_lines_text(&r->lines, line, "permission", &gap.permission) != 0 ||
        pl_lines_text(&r->lines, line, "detail", &gap.detail) != 0 ||
        pl_lines_text(&r->lines, line, "remedy", &gap.remedy) != 0)
        return -1;
    if (gap.reason == NULL)
        gap.reason = "unknown";
    if (gap.kind_name != NULL && strcmp(gap.kind_name, "*") == 0)
        gap.kind_name = NULL;
    if (gap.kind_name != NULL)
        gap.kind = pl_kind_find(gap.kind_name);
    pl_world_add_unobserved(r->builder, &gap);
    return 0;
}

static int read_line(struct reader *r, const struct pl_value *line)
{
    if (!r->has_header)
        return read_header(r, line);
    r->n_lines++;
    if (pl_value_member(line, "plumbline_snapshot") != NULL)
        return pl_lines_wrong(&r->lines, "a second header: one snapshot a file");
    if (pl_value_member(line, "unobserved") != NULL)
        return read_gap(r, line);
    if (pl_value_member(line, "kind") != NULL)
        return read_resource(r, line);
    return keep_foreign(r, line);
}

static int read_lines(struct reader *r)
{
    const struct pl_value *line;
    int got;

    while ((got = pl_lines_next(&r->lines, &line)) > 0)
        if (read_line(r, line) != 0)
            return -1;
    return got;
}

const struct pl_world *pl_snapshot_read(struct pl_arena *arena, const char *name, const char *text,
                                        size_t len, struct pl_err *err)
{
    return pl_snapshot_read_kept(arena, name, text, len, NULL, err);
}

const struct pl_world *pl_snapshot_read_kept(struct pl_arena *arena, const char *name,
                                             const char *text, size_t len, struct pl_needs *needs,
                                             struct pl_err *err)
{
    struct reader r = {.needs = needs,
                       .lines = {.arena = arena,
                                 .err = err,
                                 .file = name,
                                 .text = text,
                                 .len = len,
                                 .max_line = PL_SNAPSHOT_MAX_LINE}};

    if (len > PL_SNAPSHOT_MAX_BYTES) {
        (void)pl_err_set(err, PL_E_LIMIT, "%s: %zu bytes (at most %d)", name, len,
                         PL_SNAPSHOT_MAX_BYTES);
        return NULL;
    }
    r.builder = pl_world_builder_new(arena);
    pl_world_set_needs(r.builder, needs);
    pl_map_init(&r.seen, arena);
    if (read_lines(&r) != 0)
        return NULL;
    if (!r.has_header) {
        (void)pl_err_set(err, PL_E_INPUT, "%s: not a snapshot: it is empty", name);
        return NULL;
    }
    if (r.n_lines < r.expected) {
        (void)pl_err_set(err, PL_E_INPUT,
                         "%s: cut short: its header says that %" PRId64
                         " lines follow, and there are %" PRId64
                         "; collect it again, or take \"lines\" out of the header if it was "
                         "shortened on purpose",
                         name, r.expected, r.n_lines);
        return NULL;
    }
    if (r.n_foreign > 0)
        pl_log(PL_LOG_INFO,
               "%s: lines that this version does not know are kept, not looked at: %zu, the first "
               "is line %zu",
               name, r.n_foreign, r.first_foreign);
    return pl_world_build(r.builder);
}
