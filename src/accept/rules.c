/* rules.c - rules behind all others in `ignore`, a line a key.
 */
#include <string.h>

#include "accept_priv.h"

static void add_rule(struct pl_buf *b, struct pl_arena *arena, size_t indent,
                     const struct pl_ignore *rule)
{
    const char *const keys[] = {"field", "reason", "owner", "expires"};
    const char *const values[] = {rule->field, rule->reason, rule->owner, rule->expires};
    for (size_t i = 0; i < PL_LEN(keys); i++)
        pl_buf_addf(b, "%*s%s%s: %s\n", (int)indent, "", i ? "  " : "- ", keys[i],
                    accept_scalar(arena, pl_value_string(arena, values[i]), NULL, false));
}

char *accept_add_rules(struct edit *e, const struct pl_ignore *rules, size_t n)
{
    const struct pl_yaml_node *list = pl_yaml_get(e->root, "ignore");
    size_t at = strlen(e->text), indent = 2, start;
    struct pl_buf b = {0};
    if (list && list->type == PL_YAML_SEQUENCE && !list->flow && list->n > 0 &&
        accept_owns_line(e, list->items[list->n - 1], &start)) {
        for (indent = 0; e->text[start + indent] == ' ';)
            indent++;
        at = accept_line_end(e, accept_byte(e, list->items[list->n - 1]->to));
    } else if (list) {
        (void)accept_refuse(e, list,
                            "`ignore` is no list with a line an entry: add the rule by hand");
        return NULL;
    }
    pl_buf_add(&b, e->text, at);
    if (b.len > 0 && b.data[b.len - 1] != '\n')
        pl_buf_addc(&b, '\n');
    if (!list)
        pl_buf_adds(&b, "ignore:\n");
    for (size_t i = 0; i < n; i++)
        add_rule(&b, e->arena, indent, &rules[i]);
    pl_buf_adds(&b, e->text + at);
    char *after = pl_buf_take(&b, e->arena);
    return accept_check_rules(e, after, rules, n) == 0 ? after : NULL;
}
