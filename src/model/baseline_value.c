/* baseline_value.c - expectations without a matcher: scalars, maps and lists, each against the type of its field.
 *
 * What a scalar means is the field's word (canon.h); tags are baseline_matcher.c, references
 * baseline_refs.c. Values are only read here, never compared.
 */
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/canon.h"

bool pl_info_is_any(const struct pl_field_info *info)
{
    return info->type == PL_T_ANY || info->type == PL_T_UNKNOWN;
}

bool pl_info_is_scalar(const struct pl_field_info *info)
{
    return info->shape == PL_ONE && info->type != PL_T_MESSAGE;
}

/* By enum pl_type, where the field holds one value. */
static const char *const wants[] = {
    [PL_T_UNKNOWN] = "a value",
    [PL_T_STRING] = "a text",
    [PL_T_BOOL] = "true or false",
    [PL_T_INT] = "a number",
    [PL_T_INT64] = "a number",
    [PL_T_REAL] = "a number",
    [PL_T_ENUM] = "a word",
    [PL_T_DURATION] = "a duration",
    [PL_T_TIMESTAMP] = "a time",
    [PL_T_BYTES] = "base64 text",
    [PL_T_CIDR] = "an address range",
    [PL_T_LINK] = "a resource's name",
    [PL_T_PORTS] = "a port or a range of ports",
    [PL_T_SIZE] = "a size",
    [PL_T_QUANTITY] = "a quantity",
    [PL_T_RDATA] = "the data of a DNS record",
    [PL_T_MESSAGE] = "a map of fields",
    [PL_T_ANY] = "a value",
};

const char *pl_place_wants(const struct pl_field_info *info)
{
    if (info->shape == PL_MANY)
        return "a list";
    return info->shape == PL_KEYED ? "a map" : wants[info->type];
}

struct pl_place pl_place_free(enum pl_type type, enum pl_shape shape, const char *shown)
{
    return (struct pl_place){.generic = "", .info = {.type = type, .shape = shape}, .shown = shown};
}

struct pl_expect *pl_expect_new(struct pl_reader *r, const struct pl_yaml_node *node,
                                enum pl_match match)
{
    struct pl_expect *e = PL_NEW(r->arena, struct pl_expect);

    e->match = match;
    e->mark = node->mark;
    return e;
}

static const struct pl_expect *wrong_type(struct pl_reader *r, const struct pl_place *at,
                                          const struct pl_yaml_node *node)
{
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s wants %s, not %s", at->shown,
                        pl_place_wants(&at->info), pl_node_shown(r, node));
    return NULL;
}

/* ---- scalars ---- */

/* YAML 1.1 writes booleans in eleven ways (https://yaml.org/type/bool.html); only a field of that type reads them so. */
static const char *bool_word(const char *text)
{
    static const char *const yes[] = {"true", "True", "TRUE", "yes", "Yes",
                                      "YES",  "on",   "On",   "ON",  NULL};
    static const char *const no[] = {"false", "False", "FALSE", "no",  "No",
                                     "NO",    "off",   "Off",   "OFF", NULL};

    if (pl_word_in(yes, text))
        return "true";
    return pl_word_in(no, text) ? "false" : text;
}

static void warn_enum(struct pl_reader *r, const struct pl_place *at,
                      const struct pl_yaml_node *node, const char *text)
{
    const char *nearest;
    size_t n = 0;

    if (at->info.type != PL_T_ENUM || at->info.enum_values == NULL ||
        pl_word_in(at->info.enum_values, text))
        return;
    while (at->info.enum_values[n] != NULL)
        n++;
    nearest = pl_nearest(text, at->info.enum_values, n);
    if (nearest != NULL)
        pl_warn(r, &node->mark,
                "%s: '%s' is not among the values that Google documents (nearest: %s)", at->shown,
                text, nearest);
    else
        pl_warn(r, &node->mark, "%s: '%s' is not among the values that Google documents", at->shown,
                text);
}

static int read_value(struct pl_reader *r, const struct pl_place *at,
                      const struct pl_yaml_node *node, struct pl_expect *e)
{
    struct pl_err why = {0};
    const char *text = e->text;

    if (at->kind == NULL) {
        e->value = pl_value_string(r->arena, text);
        return 0;
    }
    if (at->info.type == PL_T_BOOL && !node->quoted)
        text = bool_word(text);
    if (at->info.type == PL_T_DURATION && text[0] != '\0' &&
        strspn(text, "0123456789.") == strlen(text))
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "%s is a duration without a unit: write %ss", at->shown, text);
    e->value = pl_canon_read(r->arena, &at->info, text, node->quoted, &why);
    if (e->value == NULL)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s %s", at->shown, why.text);
    warn_enum(r, at, node, text);
    return 0;
}

static int read_pieces(struct pl_reader *r, const struct pl_place *at,
                       const struct pl_yaml_node *node, const struct pl_cut *cuts, size_t n,
                       struct pl_expect *e)
{
    struct pl_piece *pieces = pl_arena_array(r->arena, n, sizeof *pieces);
    struct pl_ref_node ref = {.mark = node->mark, .expect = e};

    for (size_t i = 0; i < n; i++) {
        pieces[i].literal = cuts[i].literal;
        if (cuts[i].reference != NULL &&
            pl_read_reference(r, node, cuts[i].reference, &pieces[i]) < 0)
            return -1;
    }
    e->pieces = pieces;
    e->n_pieces = n;
    ref.key = pl_arena_printf(r->arena, "%s:%s", pl_address_full(r->arena, at->owner),
                              pl_path_format(r->arena, &at->path));
    PL_PUSH(r->arena, r->refs, r->n_refs, r->cap_refs, ref);
    return 0;
}

const struct pl_expect *pl_read_scalar(struct pl_reader *r, const struct pl_place *at,
                                       const struct pl_yaml_node *node)
{
    struct pl_expect *e = pl_expect_new(r, node, PL_M_EQUAL);
    struct pl_cut *cuts;
    size_t n;
    bool references = false;

    if (!pl_info_is_scalar(&at->info))
        return wrong_type(r, at, node);
    if (pl_cut_text(r, node, &cuts, &n) < 0)
        return NULL;
    e->quoted = node->quoted;
    for (size_t i = 0; i < n; i++)
        references = references || cuts[i].reference != NULL;
    e->text = references ? node->text : n > 0 ? cuts[0].literal : "";
    if (!references)
        return read_value(r, at, node, e) == 0 ? e : NULL;
    if (at->kind == NULL) {
        (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                            "only ${var.NAME} is filled in here, not a field's value");
        return NULL;
    }
    return read_pieces(r, at, node, cuts, n, e) == 0 ? e : NULL;
}

/* ---- maps ---- */

static void unknown_field(struct pl_reader *r, const struct pl_place *at,
                          const struct pl_yaml_node *key, const char *shown)
{
    const struct pl_schema *schema = at->info.message;
    size_t n = schema != NULL ? schema->n_fields : 0;
    const char **known = pl_arena_array(r->arena, n + 1, sizeof *known);
    const char *nearest;

    for (size_t i = 0; i < n; i++)
        known[i] = schema->fields[i].name;
    if (at->generic[0] == '\0')
        known[n++] = "iamPolicy";
    nearest = pl_nearest(key->text, known, n);
    if (nearest != NULL)
        (void)pl_mark_error(r->err, &key->mark, PL_E_BASELINE, "%s has no field '%s' (nearest: %s)",
                            at->kind->name, shown, nearest);
    else
        (void)pl_mark_error(r->err, &key->mark, PL_E_BASELINE, "%s has no field '%s'",
                            at->kind->name, shown);
}

static int member_place(struct pl_reader *r, const struct pl_place *at,
                        const struct pl_yaml_node *key, struct pl_place *out)
{
    struct pl_step step = {.type = PL_STEP_KEY, .key = key->text};

    *out = *at;
    out->path = pl_path_with(r->arena, &at->path, step);
    out->shown =
        at->shown[0] == '\0' ? key->text : pl_arena_printf(r->arena, "%s.%s", at->shown, key->text);
    if (at->kind != NULL && at->info.shape == PL_ONE && at->info.type == PL_T_MESSAGE &&
        !pl_field_child(at->kind, at->generic, &at->info, key->text, &out->info)) {
        unknown_field(r, at, key, out->shown);
        return -1;
    }
    pl_child_place(r->arena, at->kind, at->generic, &at->info, key->text, &out->info,
                   &out->generic);
    return 0;
}

const struct pl_expect *pl_read_members(struct pl_reader *r, const struct pl_place *at,
                                        const struct pl_yaml_node *node, bool only)
{
    struct pl_expect *e = pl_expect_new(r, node, PL_M_MAP);
    struct pl_expect_member *members;

    if (at->info.shape == PL_MANY || (pl_info_is_scalar(&at->info) && !pl_info_is_any(&at->info)))
        return wrong_type(r, at, node);
    members = pl_arena_array(r->arena, node->n, sizeof *members);
    for (size_t i = 0; i < node->n; i++) {
        const struct pl_yaml_pair *pair = &node->pairs[i];
        struct pl_place place;

        if (member_place(r, at, pair->key, &place) < 0)
            return NULL;
        members[i] = (struct pl_expect_member){.key = pair->key->text, .mark = pair->key->mark};
        members[i].expect = pl_read_expect(r, &place, pair->value);
        if (members[i].expect == NULL)
            return NULL;
    }
    e->members = members;
    e->n = node->n;
    e->only = only;
    return e;
}

/* ---- lists ---- */

/* The step to an item that is not read yet: by its identity where that is one plain member. */
static struct pl_step item_step(const struct pl_place *at, const struct pl_yaml_node *item,
                                size_t i)
{
    struct pl_step step = {.type = PL_STEP_INDEX, .index = i};
    const struct pl_yaml_node *name =
        at->info.identity != NULL ? pl_yaml_get(item, at->info.identity) : NULL;

    if (name != NULL && name->type == PL_YAML_SCALAR && name->tag == NULL)
        step = (struct pl_step){.type = PL_STEP_ID, .key = at->info.identity, .value = name->text};
    return step;
}

const struct pl_expect *pl_read_items(struct pl_reader *r, const struct pl_place *at,
                                      const struct pl_yaml_node *node, enum pl_match match,
                                      bool same_place)
{
    struct pl_expect *e = pl_expect_new(r, node, match);
    const struct pl_expect **items = pl_arena_array(r->arena, node->n, sizeof *items);
    struct pl_place element = *at;

    if (!same_place) {
        if (at->info.shape != PL_MANY && !(at->info.shape == PL_ONE && pl_info_is_any(&at->info)))
            return wrong_type(r, at, node);
        pl_child_place(r->arena, at->kind, at->generic, &at->info, NULL, &element.info,
                       &element.generic);
        element.shown = pl_arena_printf(r->arena, "%s[]", at->shown);
    }
    for (size_t i = 0; i < node->n; i++) {
        if (!same_place)
            element.path = pl_path_with(r->arena, &at->path, item_step(at, node->items[i], i));
        items[i] = pl_read_expect(r, &element, node->items[i]);
        if (items[i] == NULL)
            return NULL;
    }
    e->items = items;
    e->n = node->n;
    return e;
}

const struct pl_expect *pl_read_untagged(struct pl_reader *r, const struct pl_place *at,
                                         const struct pl_yaml_node *node)
{
    switch (node->type) {
    case PL_YAML_MAPPING:
        return pl_read_members(r, at, node, false);
    case PL_YAML_SEQUENCE:
        return pl_read_items(r, at, node, PL_M_LIST, false);
    case PL_YAML_SCALAR:
        break;
    }
    if (!pl_node_is_null(node))
        return pl_read_scalar(r, at, node);
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                        "%s has no value: write !absent, or !present for any value", at->shown);
    return NULL;
}

const struct pl_expect *pl_read_expect(struct pl_reader *r, const struct pl_place *at,
                                       const struct pl_yaml_node *node)
{
    return node->tag != NULL ? pl_read_matcher(r, at, node) : pl_read_untagged(r, at, node);
}
