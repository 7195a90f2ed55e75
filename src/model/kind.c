/* Kinds and their fields: finding a kind by name, and what is known of a field - Google's schema with the kind's rows over it.
 *
 * The catalogue itself is gcp/kinds.c, the schemas are generated (gcp/schema/). Only the IAM policy is described here,
 * because every kind may have one as its virtual field `iamPolicy`. Values are compared in canon*.c. */
#include "plumbline/kind.h"

#include <string.h>

#include "field_priv.h"
#include "plumbline/yaml.h"

/* ---- the IAM policy: https://cloud.google.com/iam/docs/reference/rest/v1/Policy ---- */

#define FIELD(field_name, field_type, field_shape, of)                                             \
    {                                                                                              \
        .name = (field_name), .type = (field_type), .shape = (field_shape), .message = (of)        \
    }

static const struct pl_schema_field expr_fields[] = {
    FIELD("description", PL_T_STRING, PL_ONE, NULL),
    FIELD("expression", PL_T_STRING, PL_ONE, NULL),
    FIELD("location", PL_T_STRING, PL_ONE, NULL),
    FIELD("title", PL_T_STRING, PL_ONE, NULL),
};
static const struct pl_schema expr = {"Expr", expr_fields, PL_LEN(expr_fields)};

static const struct pl_schema_field binding_fields[] = {
    FIELD("condition", PL_T_MESSAGE, PL_ONE, &expr),
    FIELD("members", PL_T_STRING, PL_MANY, NULL),
    FIELD("role", PL_T_STRING, PL_ONE, NULL),
};
static const struct pl_schema binding = {"Binding", binding_fields, PL_LEN(binding_fields)};

static const struct pl_schema_field audit_log_fields[] = {
    FIELD("exemptedMembers", PL_T_STRING, PL_MANY, NULL),
    FIELD("logType", PL_T_ENUM, PL_ONE, NULL),
};
static const struct pl_schema audit_log = {"AuditLogConfig", audit_log_fields,
                                           PL_LEN(audit_log_fields)};

static const struct pl_schema_field audit_fields[] = {
    FIELD("auditLogConfigs", PL_T_MESSAGE, PL_MANY, &audit_log),
    FIELD("service", PL_T_STRING, PL_ONE, NULL),
};
static const struct pl_schema audit = {"AuditConfig", audit_fields, PL_LEN(audit_fields)};

static const struct pl_schema_field policy_fields[] = {
    FIELD("auditConfigs", PL_T_MESSAGE, PL_MANY, &audit),
    FIELD("bindings", PL_T_MESSAGE, PL_MANY, &binding),
    FIELD("etag", PL_T_BYTES, PL_ONE, NULL),
    FIELD("version", PL_T_INT, PL_ONE, NULL),
};
static const struct pl_schema policy = {"Policy", policy_fields, PL_LEN(policy_fields)};

#define POLICY_DOC "https://cloud.google.com/iam/docs/reference/rest/v1/Policy"

static const struct pl_field_row policy_rows[] = {
    {.path = "auditConfigs", .identity = "service", .source = POLICY_DOC},
    {.path = "auditConfigs[].auditLogConfigs", .identity = "logType", .source = POLICY_DOC},
    {.path = "auditConfigs[].auditLogConfigs[].exemptedMembers",
     .flags = PL_F_SET,
     .source = POLICY_DOC},
    {.path = "bindings", .identity = "role+condition", .source = POLICY_DOC},
    {.path = "bindings[].members", .flags = PL_F_SET, .source = POLICY_DOC},
    {.path = "etag", .flags = PL_F_OUTPUT | PL_F_VOLATILE, .source = POLICY_DOC},
    /* The format of the answer, which depends on what was asked for, not on the policy. */
    {.path = "version", .flags = PL_F_OUTPUT | PL_F_VOLATILE, .source = POLICY_DOC},
};

static const char virtual_field[] = "iamPolicy";

/* ---- kinds ---- */

const struct pl_kind *pl_kind_find(const char *name)
{
    size_t lo = 0, hi = pl_kinds_len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = strcmp(name, pl_kinds[mid]->name);
        if (order == 0)
            return pl_kinds[mid];
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

bool pl_kind_is_secret(const struct pl_kind *kind, const char *name)
{
    return kind->secret != NULL && strcmp(kind->secret->field, name) == 0;
}

const struct pl_virtual *pl_kind_virtual(const struct pl_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->n_virtuals; i++)
        if (strcmp(kind->virtuals[i].field.name, name) == 0)
            return &kind->virtuals[i];
    return NULL;
}

enum { MAX_CANDIDATES = 256 };

const char *pl_kind_nearest(const char *name)
{
    const char *names[MAX_CANDIDATES];
    size_t n = 0;
    for (; n < pl_kinds_len && n < MAX_CANDIDATES; n++)
        names[n] = pl_kinds[n]->name;
    return pl_nearest(name, names, n);
}

/* ---- rows ---- */

/* The path of a row: `generic`, `last` behind it, and "[]", "{}" or "". */
struct row_path {
    const char *generic, *last, *brackets;
    size_t generic_len, last_len;
    bool dot; /* between generic and last */
};

static struct row_path row_path(const char *generic, const char *last, const char *brackets)
{
    struct row_path path = {
        .generic = generic, .last = last != NULL ? last : "", .brackets = brackets};
    path.generic_len = strlen(generic);
    path.last_len = strlen(path.last);
    path.dot = last != NULL && path.generic_len > 0;
    return path;
}

/* As strcmp has it of the path in one piece. */
static int compare(const struct row_path *path, const char *row)
{
    int order = strncmp(path->generic, row, path->generic_len);
    if (order != 0)
        return order;
    row += path->generic_len;
    if (path->dot && *row != '.')
        return '.' - (unsigned char)*row;
    row += path->dot;
    order = strncmp(path->last, row, path->last_len);
    return order != 0 ? order : strcmp(path->brackets, row + path->last_len);
}

/* Is `row` this very key of the map `generic`: annotations["a.b/c"]? */
static bool row_is_key(const char *row, const char *generic, const char *key)
{
    size_t n = strlen(generic), m = strlen(key);
    return strncmp(row, generic, n) == 0 && strncmp(row + n, "[\"", 2) == 0 &&
           strncmp(row + n + 2, key, m) == 0 && strcmp(row + n + 2 + m, "\"]") == 0;
}

static const struct pl_field_row *find_key_row(const struct pl_kind *kind, const char *generic,
                                               const char *key)
{
    for (size_t i = 0; i < kind->n_fields; i++)
        if (row_is_key(kind->fields[i].path, generic, key))
            return &kind->fields[i];
    return NULL;
}

bool pl_field_has_key_rows(const struct pl_kind *kind, const char *generic)
{
    size_t n = strlen(generic);
    for (size_t i = 0; i < kind->n_fields; i++) {
        const char *row = kind->fields[i].path;
        if (strncmp(row, generic, n) == 0 && (row[n] == '.' || strncmp(row + n, "[\"", 2) == 0))
            return true;
    }
    return false;
}

/* Rows are sorted by path: this is asked for every field of every body. */
static const struct pl_field_row *find_in(const struct pl_field_row *rows, size_t n,
                                          const char *generic, const char *last,
                                          const char *brackets)
{
    const struct row_path path = row_path(generic, last, brackets);
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = compare(&path, rows[mid].path);
        if (order == 0)
            return &rows[mid];
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

static bool is_policy(const struct pl_kind *kind)
{
    return kind->schema == NULL || strcmp(kind->schema->name, policy.name) == 0;
}

/* The kind's own row before that of the policy, which every kind has. */
static const struct pl_field_row *find_row(const struct pl_kind *kind, const char *generic,
                                           const char *last, const char *brackets)
{
    static const size_t n = sizeof virtual_field - 1;
    const struct pl_field_row *row = find_in(kind->fields, kind->n_fields, generic, last, brackets);
    if (row == NULL && strncmp(generic, virtual_field, n) == 0 &&
        (generic[n] == '\0' || generic[n] == '.'))
        return find_in(policy_rows, PL_LEN(policy_rows), generic + n + (generic[n] == '.'), last,
                       brackets);
    if (row == NULL && is_policy(kind))
        return find_in(policy_rows, PL_LEN(policy_rows), generic, last, brackets);
    return row;
}

static void set_type(struct pl_field_info *info, enum pl_type type)
{
    if (type == PL_T_UNKNOWN || type == info->type)
        return;
    info->type = type;
    if (type != PL_T_MESSAGE)
        info->message = NULL;
}

static void overlay(const struct pl_field_row *row, struct pl_field_info *info)
{
    if (row == NULL)
        return;
    set_type(info, row->type);
    if (row->identity != NULL)
        info->identity = row->identity;
    if (row->absent_is != NULL)
        info->absent_is = row->absent_is;
    info->flags |= row->flags;
    info->source = row->source;
}

/* A row may name a list by its elements ("env[]"): what is of the list then counts here already. */
static void overlay_elements(const struct pl_field_row *row, struct pl_field_info *info)
{
    if (row == NULL)
        return;
    set_type(info, row->type);
    if (info->identity == NULL)
        info->identity = row->identity;
    if (info->source == NULL)
        info->source = row->source;
    info->flags |= row->flags & PL_F_SET;
}

/* ---- fields ---- */

static const struct pl_schema_field *schema_field(const struct pl_schema *schema, const char *name)
{
    size_t lo = 0, hi = schema->n_fields;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = strcmp(name, schema->fields[mid].name);
        if (order == 0)
            return &schema->fields[mid];
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

struct pl_field_info pl_field_root(const struct pl_kind *kind)
{
    return (struct pl_field_info){.type = PL_T_MESSAGE,
                                  .message = kind->schema != NULL ? kind->schema : &policy};
}

enum { INHERITED = PL_F_OUTPUT | PL_F_VOLATILE | PL_F_SECRET | PL_F_INPUT };

/* An element of a list or map: of the same type, with its own row ("env[]", "labels{}"), and with one for this very key
 * of a map ("limits.cpu", "annotations[\"a/b\"]"). */
static void element(const struct pl_kind *kind, const char *generic, const struct pl_field_info *at,
                    const char *key, struct pl_field_info *out)
{
    bool keyed = at->shape == PL_KEYED;
    *out = (struct pl_field_info){.type = at->type,
                                  .message = at->message,
                                  .enum_values = at->enum_values,
                                  .flags = at->flags & INHERITED};
    overlay(find_row(kind, generic, NULL, keyed ? "{}" : "[]"), out);
    if (keyed && key != NULL) {
        overlay(find_row(kind, generic, key, ""), out);
        overlay(find_key_row(kind, generic, key), out);
    }
    out->identity = NULL;
    out->flags &= ~(unsigned)PL_F_SET;
}

static bool member(const struct pl_kind *kind, const char *generic, const struct pl_field_info *at,
                   const char *key, struct pl_field_info *out)
{
    const struct pl_schema_field *field =
        at->message != NULL ? schema_field(at->message, key) : NULL;
    const struct pl_virtual *other = generic[0] == '\0' ? pl_kind_virtual(kind, key) : NULL;
    if (field == NULL && other != NULL)
        field = &other->field;
    *out = (struct pl_field_info){.flags = at->flags & INHERITED};
    if (field != NULL) {
        out->type = field->type;
        out->shape = field->shape;
        out->message = field->message;
        out->enum_values = field->enum_values;
    } else if (generic[0] == '\0' && strcmp(key, virtual_field) == 0) {
        out->type = PL_T_MESSAGE;
        out->message = &policy;
    } else if (at->type == PL_T_ANY) {
        out->type = PL_T_ANY;
        return true;
    } else {
        return false;
    }
    overlay(find_row(kind, generic, key, ""), out);
    if (out->shape != PL_ONE)
        overlay_elements(find_row(kind, generic, key, out->shape == PL_MANY ? "[]" : "{}"), out);
    return true;
}

bool pl_field_child(const struct pl_kind *kind, const char *generic, const struct pl_field_info *at,
                    const char *key, struct pl_field_info *out)
{
    struct pl_field_info container = *at; /* out may be at */
    *out = (struct pl_field_info){.flags = container.flags & INHERITED};
    if (container.shape == PL_KEYED || (container.shape == PL_MANY && key == NULL)) {
        element(kind, generic, &container, key, out);
        return true;
    }
    if (container.shape == PL_MANY)
        return false;
    if (container.type == PL_T_ANY) {
        out->type = PL_T_ANY;
        return true;
    }
    return key != NULL && member(kind, generic, &container, key, out);
}

char *pl_field_generic(struct pl_arena *arena, const char *generic, const struct pl_field_info *at,
                       const char *key)
{
    if (at->shape == PL_KEYED)
        return pl_arena_printf(arena, "%s{}", generic);
    if (at->shape == PL_MANY || key == NULL)
        return pl_arena_printf(arena, "%s[]", generic);
    return pl_arena_printf(arena, "%s%s%s", generic, generic[0] != '\0' ? "." : "", key);
}

/* ---- looking up ---- */

bool pl_field_row_info(struct pl_arena *arena, const struct pl_kind *kind, const char *path,
                       struct pl_field_info *out)
{
    struct pl_field_info at = pl_field_root(kind);
    const char *generic = "";
    while (*path != '\0') {
        bool quoted = strncmp(path, "[\"", 2) == 0;
        bool element = !quoted && (*path == '[' || *path == '{');
        size_t n = quoted ? strcspn(path + 2, "\"") : element ? 2 : strcspn(path, ".[{");
        const char *key = element ? NULL : pl_arena_strndup(arena, path + (quoted ? 2 : 0), n);
        struct pl_field_info next;
        if (!pl_field_child(kind, generic, &at, key, &next))
            return false;
        generic = pl_field_generic(arena, generic, &at, key);
        at = next;
        path += n + (quoted ? 4 : 0);
        path += *path == '.';
    }
    *out = at;
    return true;
}

static const char *nearest_field(const struct pl_kind *kind, const struct pl_field_info *at,
                                 bool root, const char *name)
{
    const char *names[MAX_CANDIDATES];
    size_t n = 0;
    if (at->shape != PL_ONE || at->message == NULL)
        return NULL;
    for (; n < at->message->n_fields && n < MAX_CANDIDATES - 1; n++)
        names[n] = at->message->fields[n].name;
    for (size_t i = 0; root && i < kind->n_virtuals && n < MAX_CANDIDATES - 1; i++)
        names[n++] = kind->virtuals[i].field.name;
    if (root)
        names[n++] = virtual_field;
    return pl_nearest(name, names, n);
}

/* One step of a path down; false where the schema has no such place. */
static bool step_down(const struct pl_kind *kind, const char *generic, const struct pl_step *step,
                      const struct pl_field_info *at, struct pl_field_info *out)
{
    if (step->type == PL_STEP_KEY)
        return pl_field_child(kind, generic, at, step->key, out);
    if (step->type == PL_STEP_ANY && at->shape == PL_ONE && at->type == PL_T_MESSAGE) {
        /* Any member: of any type. */
        *out = (struct pl_field_info){.type = PL_T_ANY, .flags = at->flags & INHERITED};
        return true;
    }
    if (step->type != PL_STEP_ANY && at->shape == PL_KEYED)
        return false;
    return pl_field_child(kind, generic, at, NULL, out);
}

bool pl_field_lookup(const struct pl_kind *kind, const struct pl_path *path,
                     struct pl_field_info *out, size_t *known, const char **nearest)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_field_info at = pl_field_root(kind);
    const char *generic = "", *near = NULL;
    size_t i = 0;
    for (; i < path->n; i++) {
        const struct pl_step *step = &path->steps[i];
        const char *key = step->type == PL_STEP_KEY ? step->key : NULL;
        struct pl_field_info next;
        if (!step_down(kind, generic, step, &at, &next)) {
            near = key != NULL ? nearest_field(kind, &at, i == 0, key) : NULL;
            break;
        }
        generic = pl_field_generic(arena, generic, &at, key);
        at = next;
    }
    pl_arena_free(arena);
    if (out != NULL)
        *out = i == path->n ? at : (struct pl_field_info){0};
    if (known != NULL)
        *known = i;
    if (nearest != NULL)
        *nearest = near;
    return i == path->n;
}
