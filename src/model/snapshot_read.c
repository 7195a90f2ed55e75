/* snapshot_read.c - newline-delimited JSON to a world, section 5 of the contract; snapshot_write.c writes it.
 *
 * A line at a time, each bounded. Whatever a newer minor version may have added (members, kinds, sorts of
 * lines) is no error; whole lines that have no place in a world are kept for the next writing.
 */
#include "plumbline/snapshot.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/log.h"

#include "field_priv.h"
#include "model_priv.h"

struct reader {
    struct pl_arena *arena;
    struct pl_world_builder *builder;
    struct pl_err *err;
    const char *file;
    size_t line;
    bool has_header;
    size_t n_foreign, first_foreign;
};

static int wrong(const struct reader *r, const char *what)
{
    return pl_err_set(r->err, PL_E_INPUT, "%s:%zu: %s", r->file, r->line, what);
}

/* A text member: NULL where it is absent or null. */
static int read_text(const struct reader *r, const struct pl_value *map, const char *key,
                     const char **out)
{
    const struct pl_value *value = pl_value_member(map, key);

    *out = pl_value_text(value);
    if (value == NULL || value->type == PL_NULL || *out != NULL)
        return 0;
    return pl_err_set(r->err, PL_E_INPUT, "%s:%zu: '%s' is a %s, not text", r->file, r->line, key,
                      pl_value_type_name(value->type));
}

/* ---- the header ---- */

static int check_version(struct reader *r, const struct pl_value *version)
{
    const char *text = pl_value_text(version);
    size_t digits = text != NULL ? strspn(text, "0123456789") : 0;

    if (digits == 0 || text[digits] != '.' || !isdigit((unsigned char)text[digits + 1]))
        return wrong(r, "'plumbline_snapshot' is no version like \"1.0\"");
    if (digits != 1 || text[0] != '1')
        return pl_err_set(r->err, PL_E_INPUT,
                          "%s:%zu: snapshot of version %s; this program reads versions 1.x",
                          r->file, r->line, pl_clip(r->arena, text));
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
        const char *text = pl_value_text(pl_value_item(list, i));

        if (text == NULL)
            list = pl_value_null();
        else
            add(r->builder, text);
    }
    if (list->type != PL_LIST)
        return pl_err_set(r->err, PL_E_INPUT, "%s:%zu: '%s' is no list of texts", r->file, r->line,
                          key);
    return 0;
}

static int read_header(struct reader *r, const struct pl_value *line)
{
    const struct pl_value *version = pl_value_member(line, "plumbline_snapshot");
    const char *observed_at;

    if (version == NULL)
        return wrong(r, "not a snapshot: the first line has no 'plumbline_snapshot'");
    r->has_header = true;
    if (check_version(r, version) != 0 || read_text(r, line, "observed_at", &observed_at) != 0)
        return -1;
    pl_world_set_observed_at(r->builder, observed_at);
    if (read_list(r, line, "kinds", pl_world_kinds_given, pl_world_add_kind) != 0)
        return -1;
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
    foreign.text = pl_json_text(r->arena, line);
    pl_world_add_foreign(r->builder, &foreign);
    if (r->n_foreign++ == 0)
        r->first_foreign = r->line;
    return 0;
}

static int read_mask(struct reader *r, const struct pl_value *list, struct pl_resource *resource)
{
    size_t n = pl_value_count(list);
    struct pl_path *fields;

    if (list == NULL || list->type == PL_NULL)
        return 0;
    if (list->type != PL_LIST)
        return wrong(r, "'fields' is no list of texts");
    fields = pl_arena_array(r->arena, n + 1, sizeof *fields);
    for (size_t i = 0; i < n; i++) {
        const char *text = pl_value_text(pl_value_item(list, i));

        if (text == NULL)
            return wrong(r, "'fields' is no list of texts");
        if (pl_path_parse(r->arena, text, &fields[i], r->err) != 0)
            return pl_err_wrap(r->err, "%s:%zu: in 'fields'", r->file, r->line);
    }
    resource->fields = fields;
    resource->n_fields = n;
    return 0;
}

static int read_body(struct reader *r, const struct pl_value *line, struct pl_resource *resource)
{
    const struct pl_value *body = pl_value_member(line, "resource");
    const struct pl_value *policy = pl_value_member(line, "iam_policy");

    if (body == NULL && policy == NULL)
        return wrong(r, "the line has neither 'resource' nor 'iam_policy'");
    if (body != NULL && body->type != PL_MAP)
        return wrong(r, "'resource' is no object");
    if (policy != NULL && policy->type != PL_MAP)
        return wrong(r, "'iam_policy' is no object");
    if (body != NULL) {
        resource->body = body;
        if (read_mask(r, pl_value_member(line, "fields"), resource) != 0)
            return -1;
        pl_world_add(r->builder, resource);
    }
    if (policy != NULL)
        pl_world_add_iam_line(r->builder, &resource->address, resource->name, resource->observed_at,
                              policy);
    return 0;
}

static int read_resource(struct reader *r, const struct pl_value *line)
{
    struct pl_resource resource = {.name = NULL};
    const char *kind_name;
    const struct pl_kind *kind;

    if (read_text(r, line, "kind", &kind_name) != 0 ||
        read_text(r, line, "name", &resource.name) != 0 ||
        read_text(r, line, "observed_at", &resource.observed_at) != 0)
        return -1;
    if (kind_name == NULL)
        return wrong(r, "'kind' is null");
    if (resource.name == NULL || resource.name[0] == '\0')
        return pl_err_set(r->err, PL_E_INPUT, "%s:%zu: a %s without 'name'", r->file, r->line,
                          pl_clip(r->arena, kind_name));
    kind = pl_kind_find(kind_name);
    if (kind == NULL)
        return keep_foreign(r, line);
    if (pl_address_from_resource_name(r->arena, kind, resource.name, &resource.address, r->err) !=
        0)
        return pl_err_wrap(r->err, "%s:%zu", r->file, r->line);
    return read_body(r, line, &resource);
}

static int read_gap(struct reader *r, const struct pl_value *line)
{
    struct pl_unobserved gap = {.kind = NULL};

    if (read_text(r, line, "unobserved", &gap.kind_name) != 0 ||
        read_text(r, line, "scope", &gap.scope) != 0 ||
        read_text(r, line, "field", &gap.field) != 0 ||
        read_text(r, line, "reason", &gap.reason) != 0 ||
        read_text(r, line, "permission", &gap.permission) != 0 ||
        read_text(r, line, "detail", &gap.detail) != 0 ||
        read_text(r, line, "remedy", &gap.remedy) != 0)
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

static int read_line(struct reader *r, const char *text, size_t len)
{
    char what[512];
    const struct pl_value *line;

    if (len > PL_SNAPSHOT_MAX_LINE)
        return pl_err_set(r->err, PL_E_LIMIT, "%s:%zu: line of %zu bytes (at most %d)", r->file,
                          r->line, len, PL_SNAPSHOT_MAX_LINE);
    (void)snprintf(what, sizeof what, "%s:%zu", r->file, r->line);
    line = pl_json_parse(r->arena, text, len, what, r->err);
    if (line == NULL)
        return -1;
    if (line->type != PL_MAP)
        return wrong(r, "the line is no object");
    if (!r->has_header)
        return read_header(r, line);
    if (pl_value_member(line, "plumbline_snapshot") != NULL)
        return wrong(r, "a second header: one snapshot a file");
    if (pl_value_member(line, "unobserved") != NULL)
        return read_gap(r, line);
    if (pl_value_member(line, "kind") != NULL)
        return read_resource(r, line);
    return keep_foreign(r, line);
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (strchr(" \t\r", text[i]) == NULL || text[i] == '\0')
            return false;
    return true;
}

static int read_lines(struct reader *r, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t n = end != NULL ? (size_t)(end - text) - at : len - at;

        r->line++;
        if (!is_blank(text + at, n) && read_line(r, text + at, n) != 0)
            return -1;
        at += n + 1;
    }
    return 0;
}

const struct pl_world *pl_snapshot_read(struct pl_arena *arena, const char *name, const char *text,
                                        size_t len, struct pl_err *err)
{
    struct reader r = {.arena = arena, .err = err, .file = name};

    if (len > PL_SNAPSHOT_MAX_BYTES) {
        (void)pl_err_set(err, PL_E_LIMIT, "%s: %zu bytes (at most %d)", name, len,
                         PL_SNAPSHOT_MAX_BYTES);
        return NULL;
    }
    r.builder = pl_world_builder_new(arena);
    if (read_lines(&r, text, len) != 0)
        return NULL;
    if (!r.has_header) {
        (void)pl_err_set(err, PL_E_INPUT, "%s: not a snapshot: it is empty", name);
        return NULL;
    }
    if (r.n_foreign > 0)
        pl_log(PL_LOG_INFO,
               "%s: %zu lines of kinds that this version does not know (the first is "
               "line %zu) are kept, not looked at",
               name, r.n_foreign, r.first_foreign);
    return pl_world_build(r.builder);
}
