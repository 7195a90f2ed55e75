/* baseline_ignore.c - the `ignore` section: rules that excuse drift, each with a reason, an owner and an end.
 *
 * Whether a rule has ended or matches nothing is the diff's business.
 */
#include <stddef.h>
#include <string.h>

#include "baseline_priv.h"
#include "plumbline/clock.h"

static int check_field(struct pl_reader *r, const struct pl_yaml_node *node,
                       const struct pl_kind *kind, const char *text)
{
    struct pl_path path;
    struct pl_field_info info;
    const char *nearest = NULL;
    size_t known;

    if (pl_path_parse(r->arena, text, &path, r->err) < 0)
        return -1;
    if (pl_field_lookup(kind, &path, &info, &known, &nearest))
        return 0;
    if (nearest != NULL)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "%s has no field '%s' (nearest: %s)", kind->name, text, nearest);
    return pl_mark_error(r->err, &node->mark, PL_E_BASELINE, "%s has no field '%s'", kind->name,
                         text);
}

static int key_pattern(struct pl_reader *r, const struct pl_key *key,
                       const struct pl_yaml_pair *pair, void *into)
{
    const char *text = pl_read_line(r, pair->value, key->name), *colon;
    const struct pl_kind *kind;
    struct pl_err why = {0};

    if (text == NULL)
        return -1;
    if (pl_address_pattern_check(text, &why) < 0)
        return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE, "%s", why.text);
    *(const char **)into = text;
    colon = strchr(text, ':');
    kind = pl_kind_find(pl_arena_strndup(r->arena, text, strcspn(text, "/:")));
    return kind != NULL && colon != NULL ? check_field(r, pair->value, kind, colon + 1) : 0;
}

static int key_day(struct pl_reader *r, const struct pl_key *key, const struct pl_yaml_pair *pair,
                   void *into)
{
    struct pl_ignore *rule = into;

    rule->expires = pl_read_line(r, pair->value, key->name);
    if (rule->expires == NULL)
        return -1;
    if (pl_clock_parse_day_end(rule->expires, &rule->expires_ns) == 0)
        return 0;
    return pl_mark_error(r->err, &pair->value->mark, PL_E_BASELINE,
                         "expires wants a day such as 2027-01-31, not '%s'", rule->expires);
}

const struct pl_key pl_ignore_keys[] = {
    {.name = "field", .read = key_pattern, .offset = offsetof(struct pl_ignore, field)},
    {.name = "reason", .read = pl_key_text, .offset = offsetof(struct pl_ignore, reason)},
    {.name = "owner", .read = pl_key_line, .offset = offsetof(struct pl_ignore, owner)},
    {.name = "expires", .read = key_day},
};
const size_t pl_ignore_keys_len = PL_LEN(pl_ignore_keys);

static int read_rule(struct pl_reader *r, const struct pl_yaml_node *node)
{
    struct pl_ignore rule = {.mark = node->mark, .file = r->file};

    if (pl_want(r, node, PL_YAML_MAPPING, "an ignore rule") < 0 ||
        pl_read_keys(r, node, pl_ignore_keys, pl_ignore_keys_len, &rule) < 0)
        return -1;
    for (size_t i = 0; i < pl_ignore_keys_len; i++) {
        if (pl_yaml_get(node, pl_ignore_keys[i].name) == NULL)
            return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                                 "an ignore rule has field, reason, owner and expires: no %s here",
                                 pl_ignore_keys[i].name);
    }
    PL_PUSH(r->arena, r->ignores, r->n_ignores, r->cap_ignores, rule);
    return 0;
}

int pl_read_ignores(struct pl_reader *r, const struct pl_yaml_node *node)
{
    if (pl_node_is_null(node) && node->tag == NULL)
        return 0;
    if (pl_want(r, node, PL_YAML_SEQUENCE, "ignore") < 0)
        return -1;
    for (size_t i = 0; i < node->n; i++) {
        if (read_rule(r, node->items[i]) < 0)
            return -1;
    }
    return 0;
}
