/* baseline_matcher.c - tags of the baseline's grammar: !any_of, !at_least, !absent and the others, a table.
 *
 * A row says what a matcher holds and which fields it fits; how it compares is expect_check.c. Everything
 * that can be wrong with one without an observed value is said here.
 */
#include <math.h>
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/canon.h"
#include "plumbline/net.h"

struct matcher {
    const char *tag;
    enum pl_match match;
    const struct pl_expect *(*read)(struct pl_reader *r, const struct pl_place *at,
                                    const struct pl_yaml_node *node, const struct matcher *row);
};

static const struct pl_expect *wrong(struct pl_reader *r, const struct pl_place *at,
                                     const struct pl_yaml_node *node, const char *takes)
{
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s wants %s; %s is %s", node->tag,
                        takes, at->shown, pl_place_wants(&at->info));
    return NULL;
}

/* The scalar's text behind a tag; NULL and the error where there is none. */
static const char *argument(struct pl_reader *r, const struct pl_yaml_node *node, const char *what)
{
    const char *text;

    if (node->type != PL_YAML_SCALAR || node->len == 0) {
        (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s wants %s behind it", node->tag,
                            what);
        return NULL;
    }
    text = pl_expand_vars(r, node);
    return text;
}

/* ---- !any_of, !all_of, !not ---- */

static const struct pl_expect *read_several(struct pl_reader *r, const struct pl_place *at,
                                            const struct pl_yaml_node *node,
                                            const struct matcher *row)
{
    if (node->type == PL_YAML_SEQUENCE && node->n > 0)
        return pl_read_items(r, at, node, row->match, true);
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s wants a list of alternatives",
                        row->tag);
    return NULL;
}

static const struct pl_expect *read_not(struct pl_reader *r, const struct pl_place *at,
                                        const struct pl_yaml_node *node, const struct matcher *row)
{
    struct pl_expect *e = pl_expect_new(r, node, row->match);
    const struct pl_expect **items = pl_arena_array(r->arena, 1, sizeof *items);
    bool nested = node->type == PL_YAML_MAPPING && node->n == 1 &&
                  strcmp(node->pairs[0].key->text, "matcher") == 0;

    if (nested)
        items[0] = pl_read_expect(r, at, node->pairs[0].value);
    else
        items[0] = pl_read_untagged(r, at, node);
    e->items = items;
    e->n = 1;
    return items[0] != NULL ? e : NULL;
}

/* ---- scalars ---- */

static const struct pl_expect *read_matches(struct pl_reader *r, const struct pl_place *at,
                                            const struct pl_yaml_node *node,
                                            const struct matcher *row)
{
    struct pl_expect *e = pl_expect_new(r, node, row->match);
    struct pl_err why = {0};

    if (!pl_info_is_scalar(&at->info) || at->info.type == PL_T_BOOL || at->info.type == PL_T_INT ||
        at->info.type == PL_T_REAL)
        return wrong(r, at, node, "a text");
    e->text = argument(r, node, "a regular expression");
    if (e->text == NULL)
        return NULL;
    if (pl_regex_check(e->text, &why) == 0)
        return e;
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "bad regular expression '%s': %s",
                        e->text, why.text);
    return NULL;
}

bool pl_info_is_number(const struct pl_field_info *info)
{
    return info->shape == PL_ONE &&
           (info->type == PL_T_INT || info->type == PL_T_INT64 || info->type == PL_T_REAL ||
            info->type == PL_T_DURATION || info->type == PL_T_SIZE || info->type == PL_T_QUANTITY);
}

/* Text that may hold a number: a flag's value, an environment variable, a header. */
static bool may_hold_number(const struct pl_field_info *info)
{
    return info->shape == PL_ONE && (info->type == PL_T_STRING || pl_info_is_any(info));
}

static int read_limit(struct pl_reader *r, const struct pl_place *at,
                      const struct pl_yaml_node *node, struct pl_expect *e)
{
    struct pl_err why = {0};
    const struct pl_value *v;

    if (!pl_info_is_number(&at->info)) {
        if (pl_number_of_text(e->text, &e->number) != PL_NUM_NONE)
            return 0;
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "%s wants a number, a duration or a size, not '%s'", node->tag,
                             e->text);
    }
    if (at->info.type == PL_T_DURATION && strspn(e->text, "0123456789.") == strlen(e->text))
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "%s is a duration without a unit: write %s %ss", at->shown, node->tag,
                             e->text);
    if (at->info.type == PL_T_DURATION && at->kind == NULL) {
        if (pl_number_of_text(e->text, &e->number) == PL_NUM_DURATION)
            return 0;
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "%s wants a duration such as 14d, not '%s'", at->shown, e->text);
    }
    v = pl_canon_read(r->arena, &at->info, e->text, node->quoted, &why);
    if (v == NULL)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s %s", at->shown, why.text);
    if (!pl_canon_number(&at->info, v, &e->number) || !isfinite(e->number))
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "%s wants a number, a duration or a size, not '%s'", node->tag,
                             e->text);
    e->value = v;
    return 0;
}

static const struct pl_expect *read_number(struct pl_reader *r, const struct pl_place *at,
                                           const struct pl_yaml_node *node,
                                           const struct matcher *row)
{
    struct pl_expect *e = pl_expect_new(r, node, row->match);

    if (!pl_info_is_number(&at->info) && !may_hold_number(&at->info))
        return wrong(r, at, node, "a number, a duration or a size");
    e->quoted = node->quoted;
    e->text = argument(r, node, "a number, a duration or a size");
    return e->text != NULL && read_limit(r, at, node, e) == 0 ? e : NULL;
}

static const struct pl_expect *read_cidr(struct pl_reader *r, const struct pl_place *at,
                                         const struct pl_yaml_node *node, const struct matcher *row)
{
    struct pl_expect *e = pl_expect_new(r, node, row->match);
    struct pl_prefix prefix;

    if (at->info.shape == PL_KEYED ||
        (at->info.type != PL_T_CIDR && at->info.type != PL_T_STRING && !pl_info_is_any(&at->info)))
        return wrong(r, at, node, "an address or a range of addresses");
    e->text = argument(r, node, "a range such as 10.0.0.0/8");
    if (e->text == NULL)
        return NULL;
    if (strchr(e->text, '/') != NULL && pl_prefix_parse(e->text, &prefix))
        return e;
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                        "!cidr_within wants a range such as 10.0.0.0/8, not '%s'", e->text);
    return NULL;
}

/* ---- lists ---- */

static const struct pl_expect *read_list(struct pl_reader *r, const struct pl_place *at,
                                         const struct pl_yaml_node *node, const struct matcher *row)
{
    bool many = at->info.shape == PL_MANY;
    /* The body of an answer: `!contains` is about its text. */
    bool text = row->match == PL_M_CONTAINS && at->kind == NULL && at->info.type == PL_T_STRING;

    if (row->match == PL_M_ONLY && node->type == PL_YAML_MAPPING)
        return pl_read_members(r, at, node, true);
    if (text && node->type == PL_YAML_SEQUENCE)
        return pl_read_items(r, at, node, row->match, true);
    if (!many && !(at->info.shape == PL_ONE && pl_info_is_any(&at->info)))
        return wrong(r, at, node, row->match == PL_M_ONLY ? "a list or a map" : "a list");
    if (node->type == PL_YAML_SEQUENCE)
        return pl_read_items(r, at, node, row->match, false);
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s wants a list behind it", row->tag);
    return NULL;
}

static const struct pl_expect *read_ordered(struct pl_reader *r, const struct pl_place *at,
                                            const struct pl_yaml_node *node,
                                            const struct matcher *row)
{
    const struct pl_expect *list = read_list(r, at, node, row);
    struct pl_expect *e;

    if (list == NULL)
        return NULL;
    e = PL_NEW(r->arena, struct pl_expect);
    *e = *list;
    e->ordered = true;
    return e;
}

/* ---- !absent, !present ---- */

static const struct pl_expect *read_bare(struct pl_reader *r, const struct pl_place *at,
                                         const struct pl_yaml_node *node, const struct matcher *row)
{
    (void)at;
    if (node->type == PL_YAML_SCALAR && node->len == 0)
        return pl_expect_new(r, node, row->match);
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s stands alone: nothing follows it",
                        row->tag);
    return NULL;
}

/* ---- !env, !file ---- */

static const struct pl_expect *read_secret(struct pl_reader *r, const struct pl_place *at,
                                           const struct pl_yaml_node *node,
                                           const struct matcher *row)
{
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                        "%s: %s brings in a secret, and secrets are not compared; declare where it "
                        "comes from (valueSource.secretKeyRef), or !present",
                        at->shown, row->tag);
    return NULL;
}

static const struct matcher matchers[] = {
    {"!absent", PL_M_ABSENT, read_bare},
    {"!all_of", PL_M_ALL_OF, read_several},
    {"!any_of", PL_M_ANY_OF, read_several},
    {"!at_least", PL_M_AT_LEAST, read_number},
    {"!at_most", PL_M_AT_MOST, read_number},
    {"!cidr_within", PL_M_CIDR_WITHIN, read_cidr},
    {"!contains", PL_M_CONTAINS, read_list},
    {"!env", PL_M_EQUAL, read_secret},
    {"!file", PL_M_EQUAL, read_secret},
    {"!matches", PL_M_MATCHES, read_matches},
    {"!not", PL_M_NOT, read_not},
    {"!only", PL_M_ONLY, read_list},
    {"!ordered", PL_M_LIST, read_ordered},
    {"!present", PL_M_PRESENT, read_bare},
};

const struct pl_expect *pl_read_matcher(struct pl_reader *r, const struct pl_place *at,
                                        const struct pl_yaml_node *node)
{
    const char *known[PL_LEN(matchers)];

    for (size_t i = 0; i < PL_LEN(matchers); i++) {
        if (strcmp(matchers[i].tag, node->tag) == 0)
            return matchers[i].read(r, at, node, &matchers[i]);
        known[i] = matchers[i].tag;
    }
    (void)pl_unknown_name(r, &node->mark, "matcher", node->tag, known, PL_LEN(known));
    return NULL;
}
