/* terraform_body.c - one resource's attributes as the body that Google's API would give: blocks become messages, snake case camel case.
 *
 * Google's schema leads, field by field: what it does not know is left out, and what Terraform does not hold is absent.
 */
#include <ctype.h>
#include <string.h>

#include "plumbline/address.h"
#include "plumbline/json.h"
#include "terraform_priv.h"

struct translation {
    struct pl_arena *arena;
    const struct pl_tf_type *type;
    const struct pl_kind *kind;
    const struct pl_value *top;
};

static const struct pl_value *translate(const struct translation *t, const char *generic,
                                        const struct pl_field_info *info, const struct pl_value *v,
                                        const struct pl_tf_row *row);

/* ---- attributes ---- */

/* "maxInstances" is max_instances, "ipCidrRange" ip_cidr_range. */
char *pl_tf_snake(struct pl_arena *arena, const char *camel)
{
    struct pl_buf out = {0};

    for (; *camel != '\0'; camel++) {
        if (isupper((unsigned char)*camel))
            pl_buf_addc(&out, '_');
        pl_buf_addc(&out, (char)tolower((unsigned char)*camel));
    }
    return pl_buf_take(&out, arena);
}

/* A block is a list of one. */
static const struct pl_value *block(const struct pl_value *v)
{
    return v != NULL && v->type == PL_LIST ? pl_value_item(v, 0) : v;
}

const struct pl_value *pl_tf_at(struct pl_arena *arena, const struct pl_value *attributes,
                                const char *path)
{
    while (*path == '/' && path[1] != '\0') {
        size_t n = strcspn(path + 1, "/");

        attributes = pl_value_member(block(attributes), pl_arena_strndup(arena, path + 1, n));
        path += n + 1;
    }
    return attributes;
}

static const struct pl_tf_row *find_row(const struct translation *t, const char *generic)
{
    for (size_t i = 0; i < pl_tf_rows_len; i++)
        if (strcmp(pl_tf_rows[i].type, t->type->type) == 0 &&
            strcmp(pl_tf_rows[i].path, generic) == 0)
            return &pl_tf_rows[i];
    return NULL;
}

/* ---- values ---- */

static const struct pl_value *translate_scalar(const struct translation *t,
                                               const struct pl_field_info *info,
                                               const struct pl_value *v,
                                               const struct pl_tf_row *row)
{
    if (v->type == PL_LIST || v->type == PL_MAP || v->type == PL_NULL ||
        (pl_value_text(v) != NULL && *pl_value_text(v) == '\0'))
        return NULL;
    if (row != NULL && row->how == PL_TF_SECONDS)
        return pl_value_string(t->arena,
                               pl_arena_printf(t->arena, "%ss", pl_json_text(t->arena, v)));
    if (row != NULL && row->how == PL_TF_TRAFFIC)
        return pl_value_string(t->arena, pl_value_true(v)
                                             ? "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
                                             : "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION");
    /* Terraform writes 0 for numbers that it was not given; where that means something to Google, the kind's rows say so. */
    if (v->type == PL_INT && v->u.integer == 0 && info->absent_is == NULL)
        return NULL;
    if (info->type == PL_T_INT64 && v->type == PL_INT) /* Google writes these as text */
        return pl_value_string(t->arena, pl_json_text(t->arena, v));
    return v;
}

static const struct pl_value *translate_message(const struct translation *t, const char *generic,
                                                const struct pl_field_info *info,
                                                const struct pl_value *v)
{
    struct pl_member *members;
    size_t n = 0;

    if (v == NULL || v->type != PL_MAP || info->message == NULL)
        return NULL;
    members = pl_arena_array(t->arena, info->message->n_fields, sizeof *members);
    for (size_t i = 0; i < info->message->n_fields; i++) {
        const char *key = info->message->fields[i].name;
        const char *below = pl_field_generic(t->arena, generic, info, key);
        const struct pl_tf_row *row = find_row(t, below);
        const char *from = row != NULL ? row->from : pl_tf_snake(t->arena, key);
        const struct pl_value *attribute =
            *from == '/' ? pl_tf_at(t->arena, t->top, from) : pl_value_member(v, from);
        struct pl_field_info child;

        if (attribute == NULL || !pl_field_child(t->kind, generic, info, key, &child))
            continue;
        attribute = translate(t, below, &child, attribute, row);
        if (attribute != NULL)
            members[n++] = (struct pl_member){key, attribute};
    }
    return n > 0 ? pl_value_map(t->arena, members, n) : NULL;
}

static const struct pl_value *translate_list(const struct translation *t, const char *generic,
                                             const struct pl_field_info *info,
                                             const struct pl_value *v)
{
    size_t n = v->type == PL_LIST ? pl_value_count(v) : 1, kept = 0;
    const struct pl_value **items = pl_arena_array(t->arena, n + 1, sizeof *items);
    const char *below = pl_field_generic(t->arena, generic, info, NULL);
    struct pl_field_info element;

    if (!pl_field_child(t->kind, generic, info, NULL, &element))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        items[kept] =
            translate(t, below, &element, v->type == PL_LIST ? pl_value_item(v, i) : v, NULL);
        kept += items[kept] != NULL;
    }
    return kept > 0 ? pl_value_list(t->arena, items, kept) : NULL;
}

static const struct pl_value *translate(const struct translation *t, const char *generic,
                                        const struct pl_field_info *info, const struct pl_value *v,
                                        const struct pl_tf_row *row)
{
    if (v == NULL || v->type == PL_NULL)
        return NULL;
    if (v->type == PL_UNKNOWN) /* of a plan: known once it is applied */
        return v;
    if (info->shape == PL_MANY)
        return translate_list(t, generic, info, v);
    if (info->shape == PL_KEYED)
        return v->type == PL_MAP && pl_value_count(v) > 0 ? v : NULL;
    if (info->type == PL_T_MESSAGE)
        return translate_message(t, generic, info, block(v));
    return translate_scalar(t, info, v, row);
}

/* ---- Knative's annotations ---- */

static const struct pl_value *text(struct pl_arena *arena, const char *s, size_t len)
{
    return pl_value_stringn(arena, s, len);
}

/* "p:l:a, p:l:b": the built-in connection, which v2 has as a volume that is mounted at /cloudsql. */
static const struct pl_value *sockets(struct pl_arena *arena, const char *list)
{
    const struct pl_value **items = pl_arena_array(arena, strlen(list) + 1, sizeof *items);
    struct pl_member instances = {"instances", NULL},
                     volume[2] = {{"name", NULL}, {"cloudSqlInstance", NULL}};
    const struct pl_value *one;
    size_t n = 0;

    while (*list != '\0') {
        size_t len = strcspn(list, ", ");

        if (len > 0)
            items[n++] = text(arena, list, len);
        list += len + (list[len] != '\0');
    }
    if (n == 0)
        return NULL;
    instances.value = pl_value_list(arena, items, n);
    volume[0].value = pl_value_string(arena, "cloudsql");
    volume[1].value = pl_value_map(arena, &instances, 1);
    one = pl_value_map(arena, volume, 2);
    return pl_value_list(arena, &one, 1);
}

static const struct pl_value *annotated(const struct translation *t,
                                        const struct pl_tf_annotation *a, const char *value)
{
    for (size_t i = 0; a->words != NULL && a->words[i][0] != NULL; i++)
        if (strcmp(a->words[i][0], value) == 0)
            return pl_value_string(t->arena, a->words[i][1]);
    if (strcmp(a->path, "template.volumes") == 0)
        return sockets(t->arena, value);
    if (strcmp(a->path, "template.vpcAccess.networkInterfaces") == 0)
        return pl_json_parse(t->arena, value, strlen(value), "annotation", NULL);
    if (strstr(a->path, "InstanceCount") != NULL) {
        struct pl_value *v = PL_NEW(t->arena, struct pl_value);

        *v = (struct pl_value){.type = PL_INT};
        return pl_value_as_int(text(t->arena, value, strlen(value)), &v->u.integer) ? v : NULL;
    }
    return a->words == NULL ? text(t->arena, value, strlen(value)) : NULL;
}

static const struct pl_value *joined(struct pl_arena *arena, const struct pl_value *a,
                                     const struct pl_value *b)
{
    size_t n = pl_value_count(a), m = pl_value_count(b);
    const struct pl_value **items = pl_arena_array(arena, n + m + 1, sizeof *items);

    for (size_t i = 0; i < n + m; i++)
        items[i] = i < n ? pl_value_item(a, i) : pl_value_item(b, i - n);
    return pl_value_list(arena, items, n + m);
}

/* The annotation mounts what it brings (https://cloud.google.com/sql/docs/postgres/connect-run). */
static const struct pl_value *mounted(struct pl_arena *arena, const struct pl_value *body)
{
    const struct pl_value *template = pl_value_member(body, "template"),
                          *list = pl_value_member(template, "containers");
    size_t n = pl_value_count(list);
    const struct pl_value **boxes = pl_arena_array(arena, n + 1, sizeof *boxes);
    const struct pl_member mount[] = {{"name", pl_value_string(arena, "cloudsql")},
                                      {"mountPath", pl_value_string(arena, "/cloudsql")}};
    const struct pl_value *one = pl_value_map(arena, mount, PL_LEN(mount));

    for (size_t i = 0; i < n; i++) {
        const struct pl_value *box = pl_value_item(list, i);

        boxes[i] = pl_value_map_with(
            arena, box, "volumeMounts",
            joined(arena, pl_value_member(box, "volumeMounts"), pl_value_list(arena, &one, 1)));
    }
    return pl_value_map_with(
        arena, body, "template",
        pl_value_map_with(arena, template, "containers", pl_value_list(arena, boxes, n)));
}

static const struct pl_value *annotate(const struct translation *t, const struct pl_value *body)
{
    for (size_t i = 0; i < pl_tf_annotations_len; i++) {
        const struct pl_tf_annotation *a = &pl_tf_annotations[i];
        const char *value =
            pl_value_member_text(block(pl_tf_at(t->arena, t->top, a->block)), a->name);
        const struct pl_value *v = value != NULL ? annotated(t, a, value) : NULL;
        struct pl_path path;

        if (v == NULL || pl_path_parse(t->arena, a->path, &path, NULL) < 0)
            continue;
        if (strcmp(a->path, "template.volumes") == 0) { /* beside those that are there */
            v = joined(t->arena, pl_path_get(body, &path), v);
            body = mounted(t->arena, body);
        }
        body = pl_path_set(t->arena, body, &path, v);
    }
    return body;
}

/* ---- a resource ---- */

const struct pl_value *pl_tf_body(struct pl_arena *arena, const struct pl_tf_type *type,
                                  const struct pl_value *attributes)
{
    struct translation t = {arena, type, pl_kind_find(type->kind), attributes};
    struct pl_field_info info = pl_field_root(t.kind);
    const char *generic = "";
    const struct pl_value *body;

    if (type->part != NULL) {
        struct pl_field_info list;

        if (!pl_field_child(t.kind, "", &info, type->part, &list))
            return NULL;
        generic = pl_field_generic(arena, "", &info, type->part);
        if (!pl_field_child(t.kind, generic, &list, NULL, &info))
            return NULL;
        generic = pl_field_generic(arena, generic, &list, NULL);
    }
    body = translate_message(&t, generic, &info, attributes);
    if (body == NULL)
        body = pl_value_map(arena, NULL, 0);
    return strcmp(type->type, "google_cloud_run_service") == 0 ? annotate(&t, body) : body;
}
