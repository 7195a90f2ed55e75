/* env.c - which of a container's variables are declared: those that carry an address, and where secrets come from.
 *
 * A value that is or may be secret is never copied; a line says that it was left out.
 */
#include <string.h>

#include "init_priv.h"
#include "plumbline/reach.h"
#include "plumbline/snapshot.h"

bool pl_draft_is_secret(struct pl_init *in, const char *name, const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (pl_secret_mark_len(at, NULL) > 0)
            return true;
    return strcmp(pl_redact_named(in->arena, name != NULL ? name : "", text, NULL), text) != 0;
}

struct variable {
    const char *name, *value;
    const struct pl_value *source; /* secretKeyRef */
    const char *text;              /* the value with references in it */
    const struct pl_resource *to;  /* that it refers to */
    bool wiring, several;
    const char *prefix;
};

static void read_variable(struct pl_init *in, const struct pl_resource *own,
                          const struct pl_value *item, struct variable *out)
{
    bool secret = false;

    *out = (struct variable){.name = pl_value_member_text(item, "name"),
                             .value = pl_value_member_text(item, "value")};
    out->source = pl_value_member(pl_value_member(item, "valueSource"), "secretKeyRef");
    if (out->name == NULL)
        return;
    out->wiring = pl_reach_wires(in->arena, out->name, &out->prefix, &secret);
    if (out->value != NULL)
        out->text = pl_refs_text(in, own, out->value, &out->to, &out->several);
    if (out->source == NULL && secret) /* its value is a password */
        out->wiring = out->value != NULL && pl_draft_is_secret(in, out->name, out->value);
}

/* REDIS_PORT beside a REDIS_HOST that refers to an instance whose port it is. */
static void find_port(struct pl_init *in, struct variable *all, size_t n, struct variable *port)
{
    for (size_t i = 0; port->to == NULL && port->value != NULL && i < n; i++) {
        const struct pl_resource *r = all[i].to;
        const char *text = NULL;

        if (r == NULL || &all[i] == port || strcmp(all[i].prefix, port->prefix) != 0 ||
            strcmp(r->address.kind->name, "redis.instance") != 0)
            continue;
        text = pl_view_text(in->view, r, "port", NULL);
        if (text != NULL && strcmp(text, port->value) == 0) {
            port->to = r;
            port->text = pl_refs_to(in, r, "port");
        }
    }
}

static struct pl_node *secret_source(struct pl_init *in, const struct pl_value *ref)
{
    struct pl_node *source = pl_node_new(in->arena, PL_NODE_MAP, "valueSource", NULL);
    struct pl_node *key = pl_node_new(in->arena, PL_NODE_MAP, "secretKeyRef", NULL);
    static const char *const members[] = {"secret", "version"};

    for (size_t i = 0; i < PL_LEN(members); i++) {
        const char *text = pl_value_member_text(ref, members[i]);

        if (text != NULL)
            pl_node_add(
                in->arena, key,
                pl_node_new(in->arena, PL_NODE_TEXT, members[i], pl_refs_literal(in->arena, text)));
    }
    pl_node_add(in->arena, source, key);
    return source;
}

static struct pl_node *declare(struct pl_init *in, const struct variable *v)
{
    struct pl_node *node;

    if (v->value != NULL && pl_draft_is_secret(in, v->name, v->value)) {
        node = pl_node_new(in->arena, PL_NODE_NOTE, NULL, NULL);
        node->note =
            pl_arena_printf(in->arena, "%s is left out: its value is or holds a secret", v->name);
        in->count.left_out++;
        return node;
    }
    node = pl_node_new(in->arena, PL_NODE_MAP, NULL, NULL);
    pl_node_add(in->arena, node,
                pl_node_new(in->arena, PL_NODE_TEXT, "name", pl_refs_literal(in->arena, v->name)));
    if (v->source != NULL)
        pl_node_add(in->arena, node, secret_source(in, v->source));
    else
        pl_node_add(in->arena, node, pl_node_new(in->arena, PL_NODE_TEXT, "value", v->text));
    if (v->several)
        node->note = "decide: several resources have this address";
    return node;
}

void pl_draft_env(struct pl_init *in, const struct pl_resource *own, const struct pl_value *env,
                  struct pl_node *container)
{
    size_t n = pl_value_count(env), said = 0;
    struct variable *all = pl_arena_array(in->arena, n + 1, sizeof *all);
    struct pl_node *list = pl_node_new(in->arena, PL_NODE_LIST, "env", NULL);

    list->open = true;
    for (size_t i = 0; i < n; i++)
        read_variable(in, own, pl_value_item(env, i), &all[i]);
    for (size_t i = 0; i < n; i++) {
        struct pl_node *node = NULL;

        if (all[i].name == NULL || (all[i].value == NULL && all[i].source == NULL) ||
            (!all[i].wiring && all[i].to == NULL))
            continue;
        find_port(in, all, n, &all[i]);
        node = declare(in, &all[i]);
        said += node->type != PL_NODE_NOTE;
        pl_node_add(in->arena, list, node);
    }
    if (said > 0)
        pl_node_add(in->arena, container, list);
    for (size_t i = 0; said == 0 && i < list->n; i++) /* notes alone are no list */
        pl_node_add(in->arena, container, list->items[i]);
}
