/* draft.c - what is declared of each kept resource, as a tree: the rows of fields.c laid over its body.
 *
 * What only the server writes, what changes by itself and what is secret is passed over, whatever the rows say.
 */
#include <string.h>

#include "init_priv.h"
#include "plumbline/canon.h"
#include "plumbline/json.h"

enum { NEVER = PL_F_OUTPUT | PL_F_VOLATILE | PL_F_SECRET };

/* One resource, and the place in it that is looked at. */
struct place {
    struct pl_init *in;
    const struct pl_resource *own;
    const struct pl_init_field *row; /* that this place is at or below; NULL: above some */
    const char *generic;
    struct pl_field_info info;
    const char *element_of; /* identity of the list that this is an element of */
};

static struct pl_node *draw(const struct place *at, const char *key, const struct pl_value *v);

/* ---- rows ---- */

static bool of_kind(const struct place *at, const struct pl_init_field *f)
{
    return strcmp(f->kind, at->own->address.kind->name) == 0;
}

/* Is `path` the row's, or on the way to it? */
static bool leads_to(const char *path, const char *row)
{
    size_t n = strlen(path);

    return strncmp(row, path, n) == 0 && (row[n] == '\0' || row[n] == '.' || row[n] == '[');
}

static struct place step(const struct place *at, const char *key)
{
    struct place down = *at;

    down.element_of = NULL;
    down.generic = pl_field_generic(at->in->arena, at->generic, &at->info, key);
    if (!pl_field_child(at->own->address.kind, at->generic, &at->info, key, &down.info))
        down.info.flags |=
            NEVER; /* Google's schema does not know it, so a baseline cannot name it */
    for (size_t i = 0; down.row == NULL && i < pl_init_fields_len; i++)
        if (of_kind(at, &pl_init_fields[i]) && strcmp(pl_init_fields[i].path, down.generic) == 0)
            down.row = &pl_init_fields[i];
    return down;
}

/* ---- scalars ---- */

static const char *advice(const struct place *at, const char *generic, const char *text)
{
    for (size_t i = 0; i < pl_init_advices_len; i++) {
        const struct pl_init_advice *a = &pl_init_advices[i];

        if (strcmp(a->kind, at->own->address.kind->name) == 0 && strcmp(a->path, generic) == 0 &&
            (a->value == NULL || strcmp(a->value, text) == 0))
            return pl_arena_printf(at->in->arena, "decide: %s", a->note);
    }
    return NULL;
}

static struct pl_node *left_out(const struct place *at, const char *key, const char *why)
{
    struct pl_node *node = pl_node_new(at->in->arena, PL_NODE_NOTE, NULL, NULL);

    node->note =
        pl_arena_printf(at->in->arena, "%s is left out: it %s", key != NULL ? key : "one", why);
    return node;
}

/* Is it what Google's schema says that the field holds? What is not could not be read back. */
static bool fits(const struct place *at, const struct pl_value *v)
{
    const struct pl_field_info *info = &at->info;
    bool any = info->type == PL_T_ANY || info->type == PL_T_UNKNOWN;

    if (info->shape == PL_MANY)
        return v->type == PL_LIST;
    if (info->shape == PL_KEYED || info->type == PL_T_MESSAGE)
        return v->type == PL_MAP;
    return any || (v->type != PL_LIST && v->type != PL_MAP);
}

static struct pl_node *draw_text(const struct place *at, const char *key, const char *text)
{
    struct pl_init *in = at->in;
    struct pl_node *node;
    struct pl_err why = {0};
    bool several = false;

    if (pl_draft_is_secret(in, key, text)) {
        in->count.left_out++;
        return left_out(at, key, "is or holds a secret");
    }
    if (pl_canon_read(in->arena, &at->info, text, true, &why) == NULL)
        return left_out(at, key, why.text);
    node = pl_node_new(in->arena, PL_NODE_TEXT, key, NULL);
    if (at->row != NULL && at->row->link != NULL)
        node->text = pl_refs_link(in, at->own, at->row->link, text);
    else if (at->info.type == PL_T_LINK)
        node->text = pl_refs_literal(in->arena, pl_link_canonical(in->arena, text));
    else if (at->row != NULL && (at->row->flags & PL_INIT_TEXT))
        node->text = pl_refs_text(in, at->own, text, NULL, &several);
    else
        node->text = pl_refs_literal(in->arena, text);
    node->note =
        several ? "decide: several resources have this address" : advice(at, at->generic, text);
    return node;
}

/* Numbers that Google writes as text are numbers in a baseline. */
static struct pl_node *draw_scalar(const struct place *at, const char *key,
                                   const struct pl_value *v)
{
    const char *text = pl_value_text(v);
    struct pl_err why = {0};
    bool number = at->info.type == PL_T_INT64 || at->info.type == PL_T_INT;
    struct pl_node *node;

    if (text != NULL && !(number && *text != '\0' && strspn(text, "-0123456789") == strlen(text)))
        return draw_text(at, key, text);
    if (text == NULL)
        text = pl_json_text(at->in->arena, v);
    if (pl_canon_read(at->in->arena, &at->info, text, false, &why) == NULL)
        return left_out(at, key, why.text);
    node = pl_node_new(at->in->arena, PL_NODE_BARE, key, text);
    node->note = advice(at, at->generic, text);
    return node;
}

/* ---- maps ---- */

/* Notes alone are no value: they go to what is around them. */
static void add(const struct place *at, struct pl_node *to, struct pl_node *node)
{
    bool said = node != NULL && node->n == 0;

    for (size_t i = 0; node != NULL && i < node->n; i++)
        said = said || node->items[i]->type != PL_NODE_NOTE;
    if (said)
        pl_node_add(at->in->arena, to, node);
    for (size_t i = 0; node != NULL && !said && i < node->n; i++)
        pl_node_add(at->in->arena, to, node->items[i]);
}

static void draw_member(const struct place *at, struct pl_node *map, const struct pl_value *v,
                        const char *key)
{
    struct place down = step(at, key);
    const struct pl_value *member = pl_value_member(v, key);

    if (down.info.flags & NEVER)
        return;
    if (down.row != NULL && (down.row->flags & PL_INIT_WIRING))
        pl_draft_env(at->in, at->own, member, map);
    else
        add(at, map, draw(&down, pl_arena_strdup(at->in->arena, key), member));
}

static void draw_once(const struct place *at, struct pl_node *map, const struct pl_value *v,
                      const char *key, struct pl_map *seen)
{
    if (!pl_map_has(seen, key))
        draw_member(at, map, v, key);
    (void)pl_map_put(seen, key, map);
}

/* The member's name in the row behind `generic`, or NULL where the row leads elsewhere. */
static const char *next_key(const struct place *at, const struct pl_init_field *row)
{
    size_t n = strlen(at->generic);
    const char *rest = row->path + n;

    if (!of_kind(at, row) || (n > 0 && !leads_to(at->generic, row->path)) || *rest == '\0')
        return NULL;
    rest += *rest == '.';
    return *rest == '[' ? NULL : pl_arena_strndup(at->in->arena, rest, strcspn(rest, ".["));
}

static struct pl_node *draw_map(const struct place *at, const char *key, const struct pl_value *v)
{
    struct pl_node *map = pl_node_new(at->in->arena, PL_NODE_MAP, key, NULL);
    struct pl_map seen;

    pl_map_init(&seen, at->in->arena);
    for (size_t i = 0; at->row == NULL && i < pl_init_fields_len; i++) {
        const char *name = next_key(at, &pl_init_fields[i]);

        if (name != NULL)
            draw_once(at, map, v, name, &seen);
    }
    /* Below a row all members count: those first that tell the element from others. */
    for (const char *id = at->row != NULL ? at->element_of : NULL; id != NULL && *id != '\0';) {
        size_t n = strcspn(id, "+");

        draw_once(at, map, v, pl_arena_strndup(at->in->arena, id, n), &seen);
        id += n + (id[n] == '+');
    }
    for (size_t i = 0; at->row != NULL && i < pl_value_count(v); i++)
        draw_once(at, map, v, v->u.map.members[i].key, &seen);
    return map->n > 0 ? map : NULL;
}

/* ---- lists ---- */

/* https://cloud.google.com/run/docs/securing/managing-access: who may call. Conditions are not judged here. */
static bool lets_in(const struct pl_value *binding)
{
    const char *role = pl_value_member_text(binding, "role");

    return role != NULL && strcmp(role, "roles/run.invoker") == 0;
}

static struct pl_node *draw_list(const struct place *at, const char *key, const struct pl_value *v)
{
    struct pl_node *list = pl_node_new(at->in->arena, PL_NODE_LIST, key, NULL);
    struct place item = step(at, NULL);
    bool invokers = at->row != NULL && (at->row->flags & PL_INIT_INVOKERS) &&
                    strcmp(at->generic, at->row->path) == 0;

    item.element_of = at->info.identity;
    for (size_t i = 0; i < pl_value_count(v); i++) {
        const struct pl_value *element = pl_value_item(v, i);
        struct pl_node *node;

        if (invokers && !lets_in(element))
            continue;
        node = draw(&item, NULL, element);
        /* A remark on one of several words on a line is said of the line. */
        if (node != NULL && node->note != NULL &&
            (node->type == PL_NODE_TEXT || node->type == PL_NODE_BARE)) {
            list->note = node->note;
            node->note = NULL;
        }
        add(at, list, node);
    }
    return list->n > 0 ? list : NULL;
}

/* ---- any value ---- */

/* A row may ask for the default of what is absent: that it is so is what the path relies on. */
static struct pl_node *draw_absent(const struct place *at, const char *key)
{
    struct pl_node *node;
    const struct pl_value *v;

    if (at->row == NULL || !(at->row->flags & PL_INIT_DEFAULT) || at->info.absent_is == NULL ||
        at->own->n_fields > 0)
        return NULL;
    v = pl_json_parse(at->in->arena, at->info.absent_is, strlen(at->info.absent_is), "default",
                      NULL);
    if (v == NULL)
        return NULL;
    node = draw_scalar(at, key, v);
    return node;
}

static struct pl_node *draw(const struct place *at, const char *key, const struct pl_value *v)
{
    if (v == NULL)
        return draw_absent(at, key);
    if (v->type != PL_NULL && v->type != PL_UNKNOWN && *at->generic != '\0' && !fits(at, v))
        return left_out(at, key, "is not of the type that Google documents");
    switch (v->type) {
    case PL_MAP:
        return draw_map(at, key, v);
    case PL_LIST:
        return draw_list(at, key, v);
    case PL_STRING:
        /* "" is the same as nothing to Google, but not as an element. */
        return *v->u.string.s == '\0' && key != NULL ? draw_absent(at, key)
                                                     : draw_scalar(at, key, v);
    case PL_BOOL:
    case PL_INT:
    case PL_REAL:
        return draw_scalar(at, key, v);
    case PL_NULL:
        return draw_absent(at, key);
    case PL_UNKNOWN:
        break;
    }
    return NULL;
}

/* ---- resources ---- */

static void draw_resource(struct pl_init *in, struct pl_node *kind, const struct pl_resource *r)
{
    struct place root = {.in = in, .own = r, .generic = "", .info = pl_field_root(r->address.kind)};
    const char *name = pl_address_short(in->arena, &r->address, in->project, in->location);
    struct pl_node *node = draw_map(&root, NULL, r->body);

    name = pl_refs_literal(in->arena, name + strlen(r->address.kind->name) + 1);
    if (node != NULL) {
        node->key = name;
        node->open = true;
        add(&root, kind, node);
    }
    if (node == NULL || kind->n == 0 || kind->items[kind->n - 1] != node)
        pl_node_add(in->arena, kind, pl_node_new(in->arena, PL_NODE_BARE, name, "!present"));
    in->count.resources++;
}

struct pl_node *pl_draft_resources(struct pl_init *in)
{
    struct pl_node *all = pl_node_new(in->arena, PL_NODE_MAP, "resources", NULL);

    for (size_t i = 0; i < pl_init_kinds_len; i++) {
        const struct pl_kind *kind = pl_kind_find(pl_init_kinds[i].kind);
        struct pl_node *node = pl_node_new(in->arena, PL_NODE_MAP, kind->name, NULL);
        const struct pl_resource *const *list = NULL;
        size_t n = 0;

        (void)pl_view_list(in->view, kind, NULL, &list, &n);
        for (size_t j = 0; j < n; j++)
            if (pl_map_has(&in->kept, list[j]->full))
                draw_resource(in, node, list[j]);
        node->open = true;
        node->apart = pl_init_kinds[i].declare == PL_DECLARE_ALL;
        if (node->n > 0)
            pl_node_add(in->arena, all, node);
    }
    all->open = all->apart = true;
    return all;
}
