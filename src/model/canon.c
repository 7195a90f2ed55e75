/* Values in canonical form: one way to write what Google and people write in many.
 *
 * Scalars are canon_text.c, firewall protocols canon_layer4.c, comparing canon_equal.c, reading plain text canon_read.c. */
#include "plumbline/canon.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "field_priv.h"
#include "plumbline/json.h"
#include "plumbline/net.h"

/* ---- scalars ---- */

/* Cloud SQL takes its words in any letter case and answers with one: the listed value, or the text itself where none is it. */
static const char *enum_value(const char *const *values, const char *text)
{
    for (size_t i = 0; values != NULL && values[i] != NULL; i++)
        if (strcasecmp(values[i], text) == 0)
            return strcmp(values[i], text) == 0 ? text : values[i];
    return text;
}

/* The JSON type that a field type is written in: text for most, whatever form it came in (Terraform writes "true", YAML 5432). */
static const struct pl_value *scalar(struct pl_arena *arena, const struct pl_field_info *info,
                                     const struct pl_value *v)
{
    enum pl_type type = info->type;
    char number[64];
    const char *text = pl_scalar_text(v, number, sizeof number);
    int64_t integer;
    if (text == NULL || type == PL_T_ANY || type == PL_T_UNKNOWN || type == PL_T_MESSAGE)
        return v;
    if (type == PL_T_BOOL) {
        bool yes = strcmp(text, "true") == 0;
        return yes || strcmp(text, "false") == 0 ? pl_value_bool(yes) : v;
    }
    if (type == PL_T_INT)
        return v->type != PL_INT && pl_value_as_int(v, &integer) ? pl_value_int(arena, integer) : v;
    if (type == PL_T_REAL)
        return v->type == PL_INT ? pl_value_real(arena, (double)v->u.integer) : v;
    const char *canonical =
        type == PL_T_ENUM ? enum_value(info->enum_values, text) : pl_canon_text(arena, type, text);
    return v->type == PL_STRING && canonical == text ? v : pl_value_string(arena, canonical);
}

/* ---- containers ---- */

struct keyed_item {
    const char *text;
    const struct pl_value *item;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct keyed_item *)a)->text, ((const struct keyed_item *)b)->text);
}

/* In the order of their JSON text, each once. */
static const struct pl_value *as_set(struct pl_arena *arena, const struct pl_value **items,
                                     size_t n)
{
    struct keyed_item *sorted = pl_arena_array(arena, n, sizeof *sorted);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct keyed_item){pl_json_text(arena, items[i]), items[i]};
    if (n > 0)
        qsort(sorted, n, sizeof *sorted, by_text);
    for (size_t i = 0; i < n; i++)
        if (m == 0 || strcmp(sorted[m - 1].text, sorted[i].text) != 0)
            sorted[m++] = sorted[i];
    for (size_t i = 0; i < m; i++)
        items[i] = sorted[i].item;
    return pl_value_list(arena, items, m);
}

static const struct pl_value *list(struct pl_arena *arena, const struct pl_field_info *info,
                                   const struct pl_value *v)
{
    const struct pl_value *layer4 = pl_layer4_is(info) ? pl_layer4_canon(arena, v) : NULL;
    if (layer4 != NULL)
        return layer4;
    struct pl_field_info element = *info;
    element.shape = PL_ONE;
    const struct pl_value **items = pl_arena_array(arena, v->u.list.n, sizeof *items);
    for (size_t i = 0; i < v->u.list.n; i++)
        items[i] = pl_canon(arena, &element, v->u.list.items[i]);
    if ((info->flags & PL_F_SET) != 0)
        return as_set(arena, items, v->u.list.n);
    return pl_value_list(arena, items, v->u.list.n);
}

static const struct pl_value *map(struct pl_arena *arena, const struct pl_field_info *info,
                                  const struct pl_value *v)
{
    struct pl_field_info value = *info;
    value.shape = PL_ONE;
    struct pl_member *members = pl_arena_array(arena, v->u.map.n, sizeof *members);
    for (size_t i = 0; i < v->u.map.n; i++)
        members[i] = (struct pl_member){v->u.map.members[i].key,
                                        pl_canon(arena, &value, v->u.map.members[i].value)};
    return pl_value_map(arena, members, v->u.map.n);
}

/* Members by the schema alone; what a kind's rows add is known where the kind is (canon_equal.c). */
static const struct pl_value *message(struct pl_arena *arena, const struct pl_schema *schema,
                                      const struct pl_value *v)
{
    struct pl_member *members = pl_arena_array(arena, v->u.map.n, sizeof *members);
    for (size_t i = 0, f = 0; i < v->u.map.n; i++) {
        members[i] = v->u.map.members[i];
        while (f < schema->n_fields && strcmp(schema->fields[f].name, members[i].key) < 0)
            f++;
        if (f < schema->n_fields && strcmp(schema->fields[f].name, members[i].key) == 0) {
            struct pl_field_info info = {.type = schema->fields[f].type,
                                         .shape = schema->fields[f].shape,
                                         .message = schema->fields[f].message,
                                         .enum_values = schema->fields[f].enum_values};
            members[i].value = pl_canon(arena, &info, members[i].value);
        }
    }
    return pl_value_map(arena, members, v->u.map.n);
}

const struct pl_value *pl_canon(struct pl_arena *arena, const struct pl_field_info *info,
                                const struct pl_value *v)
{
    if (v == NULL || v->type == PL_UNKNOWN || v->type == PL_NULL)
        return v;
    if (info->shape == PL_MANY)
        return v->type == PL_LIST ? list(arena, info, v) : v;
    if (info->shape == PL_KEYED)
        return v->type == PL_MAP ? map(arena, info, v) : v;
    if (info->type == PL_T_MESSAGE)
        return v->type == PL_MAP && info->message != NULL ? message(arena, info->message, v) : v;
    return scalar(arena, info, v);
}

/* ---- numbers ---- */

static bool plain_number(const char *text, double *out)
{
    char *end;
    if (text[0] == '\0' || text[strspn(text, "+-.0123456789")] != '\0')
        return false;
    *out = strtod(text, &end);
    return *end == '\0';
}

static bool duration_number(const char *text, double *out)
{
    int64_t ns;
    bool is = pl_duration_parse(text, &ns);
    *out = is ? (double)ns / 1e9 : 0;
    return is;
}

static bool size_number(const char *text, double *out)
{
    int64_t bytes;
    bool is = pl_size_parse(text, &bytes);
    *out = is ? (double)bytes : 0;
    return is;
}

static bool quantity_number(const char *text, double *out)
{
    int64_t milli;
    bool is = pl_quantity_parse(text, &milli);
    *out = is ? (double)milli / 1000 : 0;
    return is;
}

/* Which scales a type's text is on, in the order in which they are tried. Text without a type of its own may be on several: database
 * flags and annotations hold numbers, durations and sizes. */
static const struct {
    enum pl_type type;
    bool (*read)(const char *text, double *out);
} scales[] = {
    {PL_T_INT, plain_number},        {PL_T_INT64, plain_number},
    {PL_T_REAL, plain_number},       {PL_T_DURATION, duration_number},
    {PL_T_SIZE, size_number},        {PL_T_QUANTITY, quantity_number},
    {PL_T_STRING, plain_number},     {PL_T_STRING, duration_number},
    {PL_T_STRING, size_number},      {PL_T_UNKNOWN, plain_number},
    {PL_T_UNKNOWN, duration_number}, {PL_T_UNKNOWN, size_number},
    {PL_T_ANY, plain_number},        {PL_T_ANY, duration_number},
    {PL_T_ANY, size_number},
};

bool pl_canon_number(const struct pl_field_info *info, const struct pl_value *v, double *out)
{
    char number[64];
    const char *text = pl_scalar_text(v, number, sizeof number);
    if (text == NULL || v->type == PL_BOOL || info->shape != PL_ONE)
        return false;
    for (size_t i = 0; i < PL_LEN(scales); i++)
        if (scales[i].type == info->type && scales[i].read(text, out))
            return true;
    return false;
}

/* ---- steps ---- */

/* Members that identify have no type here: what has a slash or is an address is written as a prefix or link is. */
static const char *identity_text(struct pl_arena *arena, const struct pl_value *member)
{
    char number[64];
    const char *text = pl_scalar_text(member, number, sizeof number);
    struct pl_prefix p;
    if (member != NULL && member->type == PL_MAP)
        text = pl_condition_name(member);
    if (text == NULL)
        return member == NULL || member->type == PL_NULL ||
                       (member->type == PL_MAP && member->u.map.n == 0)
                   ? ""
                   : NULL;
    if (pl_prefix_parse(text, &p))
        text = pl_canon_text(arena, PL_T_CIDR, text);
    return pl_arena_strdup(arena, pl_link_tail(text));
}

struct identity {
    const char *names[4], *texts[4];
    size_t n, filled;
};

/* The parts of an identity; false where the element has none. */
static bool read_identity(struct pl_arena *arena, const char *spec, const struct pl_value *item,
                          struct identity *out)
{
    *out = (struct identity){0};
    for (;;) {
        size_t n = strcspn(spec, "+");
        if (out->n == PL_LEN(out->names))
            return false;
        const char *name = pl_arena_strndup(arena, spec, n);
        const char *text = identity_text(arena, pl_value_member(item, name));
        if (text == NULL || strchr(text, PL_ID_SEPARATOR) != NULL)
            return false;
        out->names[out->n] = name;
        out->texts[out->n++] = text;
        out->filled += text[0] != '\0';
        if (spec[n] == '\0')
            return out->filled > 0;
        spec += n + 1;
    }
}

/* `skip`: only the parts that have a text. */
static struct pl_step join(struct pl_arena *arena, const struct identity *id, bool skip)
{
    const char *key = NULL, *value = NULL;
    for (size_t i = 0; i < id->n; i++) {
        if (skip && id->texts[i][0] == '\0')
            continue;
        value = key != NULL ? pl_arena_printf(arena, "%s%c%s", value, PL_ID_SEPARATOR, id->texts[i])
                            : id->texts[i];
        key = key != NULL ? pl_arena_printf(arena, "%s+%s", key, id->names[i]) : id->names[i];
    }
    return (struct pl_step){.type = PL_STEP_ID, .key = key, .value = value};
}

struct pl_step pl_canon_step(struct pl_arena *arena, const struct pl_field_info *info,
                             const struct pl_value *item, size_t index)
{
    char number[64];
    struct identity id;
    const char *text = pl_scalar_text(item, number, sizeof number);
    if (text != NULL)
        return (struct pl_step){.type = PL_STEP_VALUE,
                                .value =
                                    pl_arena_strdup(arena, pl_canon_text(arena, info->type, text))};
    if (info->identity == NULL || item == NULL || item->type != PL_MAP ||
        !read_identity(arena, info->identity, item, &id))
        return (struct pl_step){.type = PL_STEP_INDEX, .index = index};
    struct pl_step brief = join(arena, &id, true);
    for (size_t i = 0; i < id.n; i++)
        if (id.texts[i][0] == '\0' && !pl_identity_may_lack(brief.key, id.names[i]))
            return join(arena, &id, false);
    return brief;
}
