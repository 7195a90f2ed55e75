/* baseline_schema.c - a JSON Schema of the baseline, for editors: keys, kinds and Google's fields complete as one types, and a typo is marked.
 *
 * It is looser than `validate`: a matcher or a ${reference} may stand wherever a value may, so values are described and not restricted.
 * Fields are: what Google's schema has no name for is an error.
 */
#include <string.h>

#include "plumbline/baseline.h"
#include "plumbline/kind.h"
#include "plumbline/map.h"

#define DRAFT "https://json-schema.org/draft/2020-12/schema"

struct object {
    struct pl_arena *arena;
    struct pl_member *members;
    size_t n, cap;
};

static void put(struct object *o, const char *key, const struct pl_value *value)
{
    const struct pl_member m = {key, value};
    PL_PUSH(o->arena, o->members, o->n, o->cap, m);
}

static void put_text(struct object *o, const char *key, const char *text)
{
    put(o, key, pl_value_string(o->arena, text));
}

static const struct pl_value *close_object(const struct object *o)
{
    return pl_value_map(o->arena, o->members, o->n);
}

/* A map whose keys are known: anything else is a typo. */
static const struct pl_value *closed(struct pl_arena *arena, const struct object *properties)
{
    struct object o = {.arena = arena};
    put(&o, "type",
        pl_value_list(arena,
                      (const struct pl_value *[]){pl_value_string(arena, "object"),
                                                  pl_value_string(arena, "null")},
                      2));
    put(&o, "properties", close_object(properties));
    put(&o, "additionalProperties", pl_value_bool(false));
    return close_object(&o);
}

static const struct pl_value *one(struct pl_arena *arena, const char *key,
                                  const struct pl_value *value)
{
    return pl_value_map(arena, &(struct pl_member){key, value}, 1);
}

static const struct pl_value *ref(struct pl_arena *arena, const char *name)
{
    return one(arena, "$ref", pl_value_string(arena, pl_arena_printf(arena, "#/$defs/%s", name)));
}

/* ---- Google's messages ---- */

struct defs {
    struct pl_arena *arena;
    struct pl_map seen; /* name to the definition */
    const char *prefix; /* of the kind: messages of two APIs may share a name */
};

static const char *define_message(struct defs *d, const struct pl_schema *message);

/* The words are offered; others are not refused, because the list is open. */
static const struct pl_value *words(struct pl_arena *arena, const char *const *values)
{
    const struct pl_value **items = NULL, *either[2];
    size_t n = 0, cap = 0;
    for (; values && *values; values++)
        PL_PUSH(arena, items, n, cap, pl_value_string(arena, *values));
    either[0] = one(arena, "enum", pl_value_list(arena, items, n));
    either[1] = pl_value_bool(true);
    return one(arena, "anyOf", pl_value_list(arena, either, 2));
}

/* What a map of this message may be, or a matcher in its place. */
static const struct pl_value *message_or_other(struct defs *d, const struct pl_schema *message)
{
    const char *const others[] = {"string", "array", "null"};
    const struct pl_value *types[PL_LEN(others)], *either[2];
    for (size_t i = 0; i < PL_LEN(others); i++)
        types[i] = pl_value_string(d->arena, others[i]);
    either[0] = ref(d->arena, define_message(d, message));
    either[1] = one(d->arena, "type", pl_value_list(d->arena, types, PL_LEN(others)));
    return one(d->arena, "anyOf", pl_value_list(d->arena, either, 2));
}

static const struct pl_value *field(struct defs *d, const struct pl_schema_field *f)
{
    const struct pl_value *v =
        f->type == PL_T_MESSAGE && f->message    ? message_or_other(d, f->message)
        : f->type == PL_T_ENUM && f->enum_values ? words(d->arena, f->enum_values)
                                                 : pl_value_bool(true);
    if (f->shape == PL_MANY)
        return one(d->arena, "items", v);
    return f->shape == PL_KEYED ? one(d->arena, "additionalProperties", v) : v;
}

static const struct pl_value *message_body(struct defs *d, const struct pl_schema *message,
                                           const struct pl_kind *root)
{
    struct object o = {.arena = d->arena};
    for (size_t i = 0; i < message->n_fields; i++)
        put(&o, message->fields[i].name, field(d, &message->fields[i]));
    for (size_t i = 0; root && i < root->n_virtuals; i++)
        put(&o, root->virtuals[i].field.name, field(d, &root->virtuals[i].field));
    if (root)
        put(&o, "iamPolicy", pl_value_bool(true));
    return closed(d->arena, &o);
}

/* A message may hold itself: its name is known before its body is written. */
static const char *define_message(struct defs *d, const struct pl_schema *message)
{
    const char *name = pl_arena_printf(d->arena, "%s.%s", d->prefix, message->name);
    if (pl_map_has(&d->seen, name))
        return name;
    (void)pl_map_put(&d->seen, name, NULL);
    (void)pl_map_put(&d->seen, name, (void *)(uintptr_t)message_body(d, message, NULL));
    return name;
}

static const struct pl_value *kind_resources(struct defs *d, const struct pl_kind *kind)
{
    struct object o = {.arena = d->arena};
    put_text(&o, "description",
             pl_arena_printf(d->arena, "%s, by name. %s", kind->title, kind->doc ? kind->doc : ""));
    if (kind->schema) {
        d->prefix = kind->name;
        (void)pl_map_put(&d->seen, kind->name,
                         (void *)(uintptr_t)message_body(d, kind->schema, kind));
        put(&o, "additionalProperties",
            one(d->arena, "anyOf",
                pl_value_list(d->arena,
                              (const struct pl_value *[]){
                                  ref(d->arena, kind->name),
                                  one(d->arena, "type", pl_value_string(d->arena, "string"))},
                              2)));
    }
    return close_object(&o);
}

/* ---- the grammar ---- */

static const struct pl_value *described(struct pl_arena *arena, const char *what, const char *help,
                                        const struct pl_value *more)
{
    struct object o = {.arena = arena};
    put_text(&o, "description", pl_arena_printf(arena, "%s: %s", what, help));
    for (size_t i = 0; more && more->type == PL_MAP && i < more->u.map.n; i++)
        put(&o, more->u.map.members[i].key, more->u.map.members[i].value);
    return close_object(&o);
}

static const struct pl_value *section(struct pl_arena *arena, enum pl_baseline_place place,
                                      const struct pl_member *inside, size_t n)
{
    struct object o = {.arena = arena};
    for (size_t i = 0; i < pl_baseline_keys_len; i++) {
        const struct pl_baseline_key *key = &pl_baseline_keys[i];
        const struct pl_value *more = NULL;
        if (key->place != place)
            continue;
        for (size_t j = 0; j < n; j++)
            if (strcmp(inside[j].key, key->name) == 0)
                more = inside[j].value;
        put(&o, key->name, described(arena, key->what, key->help, more));
    }
    return closed(arena, &o);
}

static const struct pl_value *probe(struct pl_arena *arena)
{
    struct object o = {.arena = arena};
    const struct pl_value *types = words(arena, pl_probe_type_names + 1);
    put(&o, "type", types);
    for (size_t i = 0; i < pl_probe_params_len; i++) {
        const struct pl_probe_param *p = &pl_probe_params[i];
        struct pl_buf of = {0};
        for (int t = PL_PROBE_NONE + 1; t <= PL_PROBE_BREAKER; t++)
            if (p->types & 1u << t)
                pl_buf_addf(&of, "%s%s", of.len ? ", " : "", pl_probe_type_names[t]);
        put(&o, p->name,
            described(arena, p->what,
                      pl_arena_printf(arena, "%s (%s)", p->help, pl_buf_take(&of, arena)), NULL));
    }
    return one(arena, "anyOf",
               pl_value_list(arena, (const struct pl_value *[]){closed(arena, &o), types}, 2));
}

static const struct pl_value *connections(struct pl_arena *arena)
{
    const struct pl_member inside[] = {
        {"probe", probe(arena)},
        {"budget", section(arena, PL_IN_BUDGET, NULL, 0)},
        {"severity", words(arena, pl_severity_names)},
        {"via", words(arena, pl_via_names + 1)},
    };
    return one(arena, "additionalProperties",
               section(arena, PL_IN_CONNECTION, inside, PL_LEN(inside)));
}

const struct pl_value *pl_baseline_schema(struct pl_arena *arena)
{
    struct defs d = {.arena = arena};
    struct object kinds = {.arena = arena}, defs = {.arena = arena}, top = {.arena = arena};
    pl_map_init(&d.seen, arena);
    for (size_t i = 0; i < pl_kinds_len; i++)
        put(&kinds, pl_kinds[i]->name, kind_resources(&d, pl_kinds[i]));
    const struct pl_member inside[] = {
        {"resources", closed(arena, &kinds)},
        {"connections", connections(arena)},
        {"ignore", one(arena, "items", section(arena, PL_IN_IGNORE, NULL, 0))},
    };
    const struct pl_value *whole = section(arena, PL_IN_FILE, inside, PL_LEN(inside));
    for (size_t i = 0; i < whole->u.map.n; i++)
        put(&top, whole->u.map.members[i].key, whole->u.map.members[i].value);
    for (size_t i = 0; i < d.seen.n; i++)
        put(&defs, d.seen.entries[i].key, d.seen.entries[i].value);
    put_text(&top, "$schema", DRAFT);
    put_text(&top, "title", "A baseline of plumbline");
    put(&top, "required",
        pl_value_list(arena, (const struct pl_value *[]){pl_value_string(arena, "version")}, 1));
    put(&top, "$defs", close_object(&defs));
    return close_object(&top);
}
