/* terraform.c - finds the resources in Terraform's state, takes what is sensitive out of them, and builds the world.
 *
 * Formats: https://developer.hashicorp.com/terraform/internals/json-format (values), and state version 4, which has the same attributes
 * and lists what is sensitive beside them.
 */
#include <string.h>

#include "plumbline/address.h"
#include "plumbline/json.h"
#include "plumbline/log.h"
#include "plumbline/map.h"
#include "plumbline/secret.h"
#include "plumbline/snapshot.h"
#include "terraform_priv.h"

enum { MODULE_DEPTH = 50 };

struct found {
    struct pl_address address;
    const struct pl_value *body;
};

struct part {
    const struct pl_tf_type *type;
    struct pl_address whole;
    const struct pl_value *body, *attributes;
};

struct state {
    struct pl_arena *arena;
    const char *project; /* where a resource names none */
    struct pl_map found; /* full address to struct found */
    struct part *parts;
    size_t n_parts, cap_parts;
    struct pl_terraform_count count;
};

/* ---- what is sensitive ---- */

/* A text becomes a mark, so that what is left out can be told; anything else goes. */
static const struct pl_value *covered(struct state *s, const struct pl_value *v)
{
    return pl_value_text(v) != NULL
               ? pl_value_string(s->arena,
                                 pl_secret_mark(s->arena, v->u.string.s, v->u.string.len, NULL))
               : NULL;
}

/* `what` has the shape of `v` and says true where a value is sensitive. */
static const struct pl_value *cover(struct state *s, const struct pl_value *v,
                                    const struct pl_value *what)
{
    if (v == NULL || what == NULL)
        return v;
    if (pl_value_true(what))
        return covered(s, v);
    if (v->type == PL_MAP && what->type == PL_MAP) {
        const struct pl_value *out = v;

        for (size_t i = 0; i < what->u.map.n; i++) {
            const char *key = what->u.map.members[i].key;

            if (pl_value_member(v, key) != NULL)
                out = pl_value_map_with(
                    s->arena, out, key,
                    cover(s, pl_value_member(v, key), what->u.map.members[i].value));
        }
        return out;
    }
    if (v->type == PL_LIST && what->type == PL_LIST) {
        size_t n = pl_value_count(v);
        const struct pl_value **items = pl_arena_array(s->arena, n + 1, sizeof *items);

        for (size_t i = 0; i < n; i++) {
            items[i] = cover(s, pl_value_item(v, i), pl_value_item(what, i));
            if (items[i] == NULL)
                items[i] = pl_value_null();
        }
        return pl_value_list(s->arena, items, n);
    }
    return v;
}

/* A path of `sensitive_attributes` as a tree for `cover`: [{get_attr a}, {index 0}] covers what stands there. Steps that are not
 * understood cover all from there on. */
static const struct pl_value *cover_path(struct state *s, const struct pl_value *v,
                                         const struct pl_value *path, size_t at)
{
    const struct pl_value *step = pl_value_item(path, at), *value = pl_value_member(step, "value");
    const char *key;
    int64_t index;

    if (v == NULL)
        return NULL;
    if (at >= pl_value_count(path))
        return covered(s, v);
    if (value != NULL && value->type == PL_MAP) /* {"value": ..., "type": ...} of some versions */
        value = pl_value_member(value, "value");
    key = pl_value_text(value);
    if (v->type == PL_MAP && key != NULL)
        return pl_value_member(v, key) == NULL
                   ? v
                   : pl_value_map_with(s->arena, v, key,
                                       cover_path(s, pl_value_member(v, key), path, at + 1));
    if (v->type == PL_LIST && pl_value_as_int(value, &index)) {
        size_t n = pl_value_count(v);
        const struct pl_value **items = pl_arena_array(s->arena, n + 1, sizeof *items);

        for (size_t i = 0; i < n; i++) {
            items[i] = pl_value_item(v, i);
            if (index >= 0 && (size_t)index == i)
                items[i] = cover_path(s, items[i], path, at + 1);
            if (items[i] == NULL)
                items[i] = pl_value_null();
        }
        return pl_value_list(s->arena, items, n);
    }
    return covered(s, v);
}

/* ---- where it lives ---- */

static const char *attribute(struct state *s, const struct pl_value *attributes, const char *names,
                             size_t len)
{
    return pl_value_member_text(attributes, pl_arena_strndup(s->arena, names, len));
}

static bool read_names(struct state *s, const struct pl_tf_type *type,
                       const struct pl_value *attributes, struct pl_address *out)
{
    const char **names = pl_arena_array(s->arena, out->kind->n_segments + 1, sizeof *names);
    const char *at = type->names;
    struct pl_address network;

    for (size_t i = 0; i < out->kind->n_segments; i++) {
        size_t len = strcspn(at, " ");
        const char *text = attribute(s, attributes, at, len);

        if (text == NULL || *text == '\0')
            return false;
        /* A record's name is a domain; the others may be links. */
        names[i] = strcmp(out->kind->name, "dns.recordSet") == 0 ? text : pl_link_last(text);
        if (*names[i] == '\0')
            return false;
        if (strncmp(at, "network", len) == 0 &&
            pl_link_parse(s->arena, pl_kind_find("compute.network"), text, out, &network))
            out->project = network.project; /* of a network of another project */
        at += len + (at[len] == ' ');
    }
    out->names = names;
    return true;
}

/* Projects and places have nothing else in their names; "example.com:p" is an old project. */
static bool is_scope(const char *text)
{
    return text != NULL && *text != '\0' &&
           text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789-.:_")] == '\0';
}

static bool read_address(struct state *s, const struct pl_tf_type *type,
                         const struct pl_value *attributes, struct pl_address *out)
{
    const char *project = pl_value_member_text(attributes, "project");

    *out = (struct pl_address){.kind = pl_kind_find(type->kind), .location = "global"};
    out->project = project != NULL && *project != '\0' ? pl_link_last(project) : s->project;
    if (type->location != NULL) {
        const char *location = pl_value_member_text(attributes, type->location);

        out->location = pl_link_last(location);
    }
    return read_names(s, type, attributes, out) && is_scope(out->project) &&
           is_scope(out->location);
}

/* ---- resources ---- */

/* Compute, Cloud SQL and Cloud DNS have bare names in their bodies, the others the whole. */
static const struct pl_value *with_name(struct state *s, const struct pl_address *address,
                                        const struct pl_value *body)
{
    static const char *const bare[] = {"compute.googleapis.com", "sqladmin.googleapis.com",
                                       "dns.googleapis.com", "servicenetworking.googleapis.com"};
    const char *name = pl_address_resource_name(s->arena, address) + 2;

    for (size_t i = 0; i < PL_LEN(bare); i++)
        if (strcmp(address->kind->call.api, bare[i]) == 0)
            return body;
    return pl_value_map_with(s->arena, body, "name",
                             pl_value_string(s->arena, name + strcspn(name, "/") + 1));
}

const struct pl_value *pl_tf_cover(struct pl_arena *arena, const struct pl_value *v,
                                   const struct pl_value *what)
{
    struct state s = {.arena = arena};

    return cover(&s, v, what);
}

bool pl_tf_address(struct pl_arena *arena, const struct pl_tf_type *type,
                   const struct pl_value *attributes, const char *project, struct pl_address *out)
{
    struct state s = {.arena = arena, .project = project};

    return read_address(&s, type, attributes, out);
}

const struct pl_value *pl_tf_named(struct pl_arena *arena, const struct pl_address *address,
                                   const struct pl_value *body)
{
    struct state s = {.arena = arena};

    return with_name(&s, address, body);
}

static void take(struct state *s, const char *name, const struct pl_value *attributes)
{
    const struct pl_tf_type *type = pl_tf_type_find(name);
    struct part part = {.type = type, .attributes = attributes};
    struct found *found;

    if (type == NULL || type->plan_only) {
        s->count.others++;
        return;
    }
    if (attributes == NULL || attributes->type != PL_MAP ||
        !read_address(s, type, attributes, &part.whole)) {
        s->count.unread++;
        return;
    }
    if (type->part != NULL) {
        if (strcmp(type->part, "iamPolicy") != 0)
            part.body = pl_tf_body(s->arena, type, attributes);
        PL_PUSH(s->arena, s->parts, s->n_parts, s->cap_parts, part);
        return;
    }
    found = PL_NEW(s->arena, struct found);
    found->address = part.whole;
    found->body =
        pl_redact(s->arena, part.whole.kind,
                  with_name(s, &part.whole, pl_tf_body(s->arena, type, attributes)), NULL);
    (void)pl_map_put(&s->found, pl_address_full(s->arena, &part.whole), found);
    s->count.taken++;
}

/* ---- parts ---- */

static const struct pl_value *append(struct state *s, const struct pl_value *list,
                                     const struct pl_value *item)
{
    size_t n = list != NULL && list->type == PL_LIST ? pl_value_count(list) : 0;
    const struct pl_value **items = pl_arena_array(s->arena, n + 1, sizeof *items);

    for (size_t i = 0; i < n; i++)
        items[i] = pl_value_item(list, i);
    items[n] = item;
    return pl_value_list(s->arena, items, n + 1);
}

/* A member or a binding of a policy: one more binding. Several of one role are told apart by nobody who reads them. */
static const struct pl_value *add_binding(struct state *s, const struct pl_value *body,
                                          const struct pl_value *attributes)
{
    const struct pl_value *member = pl_value_member(attributes, "member");
    const struct pl_value *members = pl_value_member(attributes, "members");
    const struct pl_value *role = pl_value_member(attributes, "role");
    const struct pl_value *policy = pl_value_member(body, "iamPolicy");
    const struct pl_value *old = pl_value_member(policy, "bindings"), *bindings = NULL;
    bool merged = false;

    if (role == NULL || (member == NULL && members == NULL))
        return body;
    for (size_t i = 0; i < pl_value_count(old); i++) {
        const struct pl_value *b = pl_value_item(old, i);

        if (!merged && member != NULL && pl_value_equal(pl_value_member(b, "role"), role)) {
            merged = true;
            b = pl_value_map_with(s->arena, b, "members",
                                  append(s, pl_value_member(b, "members"), member));
        }
        bindings = append(s, bindings, b);
    }
    if (!merged) {
        struct pl_member binding[] = {
            {"role", role}, {"members", member != NULL ? append(s, NULL, member) : members}};

        bindings = append(s, bindings, pl_value_map(s->arena, binding, PL_LEN(binding)));
    }
    return pl_value_map_with(s->arena, body, "iamPolicy",
                             pl_value_map_with(s->arena, policy, "bindings", bindings));
}

/* Once all wholes are there. */
static void add_parts(struct state *s)
{
    for (size_t i = 0; i < s->n_parts; i++) {
        const struct part *p = &s->parts[i];
        struct found *whole = pl_map_get(&s->found, pl_address_full(s->arena, &p->whole));

        if (whole == NULL) {
            s->count.unread++;
            continue;
        }
        s->count.taken++;
        if (p->body == NULL)
            whole->body = add_binding(s, whole->body, p->attributes);
        else
            whole->body =
                pl_value_map_with(s->arena, whole->body, p->type->part,
                                  append(s, pl_value_member(whole->body, p->type->part), p->body));
    }
}

/* ---- the two formats ---- */

static bool is_managed(const struct pl_value *resource)
{
    const char *mode = pl_value_member_text(resource, "mode");

    return mode != NULL && strcmp(mode, "managed") == 0 &&
           pl_value_member_text(resource, "type") != NULL;
}

static int read_module(struct state *s, const struct pl_value *module, int depth,
                       struct pl_err *err)
{
    const struct pl_value *resources = pl_value_member(module, "resources");
    const struct pl_value *children = pl_value_member(module, "child_modules");

    if (depth > MODULE_DEPTH)
        return pl_err_set(err, PL_E_PARSE, "modules are nested more than %d deep", MODULE_DEPTH);
    for (size_t i = 0; i < pl_value_count(resources); i++) {
        const struct pl_value *r = pl_value_item(resources, i);

        if (is_managed(r))
            take(s, pl_value_member_text(r, "type"),
                 cover(s, pl_value_member(r, "values"), pl_value_member(r, "sensitive_values")));
    }
    for (size_t i = 0; i < pl_value_count(children); i++)
        if (read_module(s, pl_value_item(children, i), depth + 1, err) < 0)
            return -1;
    return 0;
}

static void read_instance(struct state *s, const char *type, const struct pl_value *instance)
{
    const struct pl_value *attributes = pl_value_member(instance, "attributes");
    const struct pl_value *paths = pl_value_member(instance, "sensitive_attributes");

    if (pl_value_member(instance, "deposed") != NULL) /* it is to be destroyed */
        return;
    for (size_t i = 0; i < pl_value_count(paths); i++)
        attributes = cover_path(s, attributes, pl_value_item(paths, i), 0);
    take(s, type, attributes);
}

static void read_state(struct state *s, const struct pl_value *top)
{
    const struct pl_value *resources = pl_value_member(top, "resources");

    for (size_t i = 0; i < pl_value_count(resources); i++) {
        const struct pl_value *r = pl_value_item(resources, i);
        const struct pl_value *instances = pl_value_member(r, "instances");

        for (size_t j = 0; is_managed(r) && j < pl_value_count(instances); j++)
            read_instance(s, pl_value_member_text(r, "type"), pl_value_item(instances, j));
    }
}

static int read_top(struct state *s, const struct pl_value *top, struct pl_err *err)
{
    const struct pl_value *values = pl_value_member(top, "values");
    int64_t version = 0;

    if (pl_value_member(top, "planned_values") != NULL)
        return pl_err_set(err, PL_E_PARSE,
                          "this is a plan; wanted is what there is: `terraform show -json`");
    if (values != NULL)
        return read_module(s, pl_value_member(values, "root_module"), 0, err);
    if (pl_value_as_int(pl_value_member(top, "version"), &version) && version != 4)
        return pl_err_set(
            err, PL_E_PARSE,
            "state of version %lld is not read here; `terraform show -json` writes it "
            "in a form that is",
            (long long)version);
    if (version != 4)
        return pl_err_set(err, PL_E_PARSE,
                          "this is no state of Terraform: wanted is the output of `terraform show "
                          "-json`, or a state file of version 4");
    read_state(s, top);
    return 0;
}

/* ---- the world ---- */

static const struct pl_world *build(struct state *s)
{
    struct pl_world_builder *b = pl_world_builder_new(s->arena);

    for (size_t i = 0; i < s->found.n; i++) {
        const struct found *f = s->found.entries[i].value;
        struct pl_resource r = {.address = f->address, .body = f->body};

        r.name = pl_address_resource_name(s->arena, &f->address);
        pl_world_add(b, &r);
    }
    pl_world_add_unobserved(b, &(struct pl_unobserved){.reason = "not_in_state",
                                                       .detail = "Terraform's state is a part of "
                                                                 "an estate"});
    return pl_world_build(b);
}

const struct pl_world *pl_terraform_read(struct pl_arena *arena, const char *name, const char *text,
                                         size_t len, const char *project,
                                         struct pl_terraform_count *count, struct pl_err *err)
{
    struct state s = {.arena = arena, .project = project};
    const struct pl_value *top = pl_json_parse(arena, text, len, name, err);

    if (top == NULL)
        return NULL;
    pl_map_init(&s.found, arena);
    if (read_top(&s, top, err) < 0) {
        (void)pl_err_wrap(err, "%s", name);
        return NULL;
    }
    add_parts(&s);
    *count = s.count;
    if (s.found.n == 0) {
        (void)pl_err_set(err, PL_E_PARSE,
                         "%s: none of its %zu resources is one that is read here; `plumbline list "
                         "kinds` names what is",
                         name, s.count.others + s.count.unread);
        return NULL;
    }
    return build(&s);
}
