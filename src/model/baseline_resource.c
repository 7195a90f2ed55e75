/* baseline_resource.c - the `resources` section: kinds, names and scopes; bodies are read by baseline_value.c. */
#include <string.h>

#include "baseline_priv.h"

void pl_note_project(struct pl_reader *r, const char *project)
{
    static char there[] = "";

    if (project != NULL)
        (void)pl_map_put(&r->projects, project, there);
}

int pl_scope_fill(const struct pl_address *address, const char *project, const char *location,
                  struct pl_address *out, struct pl_err *err)
{
    *out = pl_address_resolve(address, project, location);
    if (out->project == NULL)
        return pl_err_set(err, PL_E_BASELINE,
                          "%s lives in a project: write `project:` at the top, or --project",
                          out->kind->name);
    if (out->location == NULL)
        return pl_err_set(err, PL_E_BASELINE,
                          "%s lives in a location: write `location:` at the top, or LOCATION/NAME",
                          out->kind->name);
    return 0;
}

static int read_address(struct pl_reader *r, const struct pl_kind *kind,
                        const struct pl_yaml_node *key, struct pl_address *out)
{
    const char *name = pl_expand_vars(r, key);
    struct pl_address address;
    struct pl_err why = {0};

    if (name == NULL)
        return -1;
    name = pl_arena_printf(r->arena, "%s/%s", kind->name, name);
    if (pl_address_parse(r->arena, name, &address, &why) < 0 ||
        pl_scope_fill(&address, r->file->project, r->file->location, out, &why) < 0)
        return pl_mark_error(r->err, &key->mark, PL_E_BASELINE, "%s", why.text);
    pl_note_project(r, out->project);
    return 0;
}

/* A map of fields, nothing (it is there, nothing is compared), !absent, !present or !only. */
static const struct pl_expect *read_body(struct pl_reader *r, const struct pl_place *at,
                                         const struct pl_yaml_node *node)
{
    static const char *const tags[] = {"!absent", "!present", "!only", NULL};

    if (pl_node_is_null(node) && node->tag == NULL)
        return pl_expect_new(r, node, PL_M_MAP);
    if (node->tag != NULL ? pl_word_in(tags, node->tag) : node->type == PL_YAML_MAPPING)
        return pl_read_expect(r, at, node);
    (void)pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                        "a resource is a map of fields, !absent or !present, not %s",
                        node->tag != NULL ? node->tag : pl_node_shown(r, node));
    return NULL;
}

static int add_resource(struct pl_reader *r, struct pl_declared *d)
{
    const char *full = pl_address_full(r->arena, &d->address);
    const struct pl_declared *before = pl_map_get(&r->declared, full);

    if (before != NULL)
        return pl_mark_error(
            r->err, &d->mark, PL_E_BASELINE, "%s is declared twice: first at %s:%d:%d",
            pl_address_short(r->arena, &d->address, r->file->project, r->file->location),
            before->mark.file->name, before->mark.line, before->mark.column);
    (void)pl_map_put(&r->declared, full, d);
    return 0;
}

static int read_resource(struct pl_reader *r, const struct pl_kind *kind,
                         const struct pl_yaml_pair *pair)
{
    struct pl_declared *d = PL_NEW(r->arena, struct pl_declared);
    struct pl_place at = {.owner = &d->address,
                          .kind = kind,
                          .generic = "",
                          .info = pl_field_root(kind),
                          .shown = ""};

    d->mark = pair->key->mark;
    d->file = r->file;
    if (read_address(r, kind, pair->key, &d->address) < 0 || add_resource(r, d) < 0)
        return -1;
    d->expect = read_body(r, &at, pair->value);
    return d->expect != NULL ? 0 : -1;
}

static int add_only(struct pl_reader *r, const struct pl_kind *kind,
                    const struct pl_yaml_node *node)
{
    struct pl_only_kind only = {.kind = kind, .project = r->file->project, .mark = node->mark};

    if (only.project == NULL)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "%s lives in a project: write `project:` at the top, or --project",
                             kind->name);
    if (kind->scope == PL_SCOPE_LOCATION)
        only.location = r->file->location;
    pl_note_project(r, only.project);
    PL_PUSH(r->arena, r->only, r->n_only, r->cap_only, only);
    return 0;
}

static int read_kind(struct pl_reader *r, const struct pl_yaml_pair *pair)
{
    const struct pl_yaml_node *node = pair->value;
    const struct pl_kind *kind = pl_kind_find(pair->key->text);
    const char *nearest = pl_kind_nearest(pair->key->text);
    bool only = node->tag != NULL && strcmp(node->tag, "!only") == 0;
    bool empty = node->type == PL_YAML_SCALAR && (node->len == 0 || pl_node_is_null(node));

    if (kind == NULL && nearest != NULL)
        return pl_mark_error(r->err, &pair->key->mark, PL_E_BASELINE,
                             "unknown kind '%s' (nearest: %s)", pair->key->text, nearest);
    if (kind == NULL)
        return pl_mark_error(r->err, &pair->key->mark, PL_E_BASELINE,
                             "unknown kind '%s': `plumbline list kinds` names them",
                             pair->key->text);
    if (only && add_only(r, kind, node) < 0)
        return -1;
    if (empty && (only || node->tag == NULL))
        return 0;
    if ((node->tag != NULL && !only) || node->type != PL_YAML_MAPPING)
        return pl_mark_error(r->err, &node->mark, PL_E_BASELINE,
                             "%s wants a map of names, or !only, not %s", kind->name,
                             node->tag != NULL ? node->tag : pl_node_shown(r, node));
    for (size_t i = 0; i < node->n; i++) {
        if (read_resource(r, kind, &node->pairs[i]) < 0)
            return -1;
    }
    return 0;
}

int pl_read_resources(struct pl_reader *r, const struct pl_yaml_node *node)
{
    if (pl_node_is_null(node) && node->tag == NULL)
        return 0;
    if (pl_want(r, node, PL_YAML_MAPPING, "resources") < 0)
        return -1;
    for (size_t i = 0; i < node->n; i++) {
        if (read_kind(r, &node->pairs[i]) < 0)
            return -1;
    }
    return 0;
}
