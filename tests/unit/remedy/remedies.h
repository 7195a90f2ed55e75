/* remedies.h - drift from a line of tests/fixtures/remedy, and its remedies by the real comparison: tests/fixtures/remedy/README.md.
 *
 * XYZZY in names, paths and values is a place for any text: it is put in behind the parsers, as if a resource were called so.
 */
#ifndef PLUMBLINE_TEST_REMEDY_REMEDIES_H
#define PLUMBLINE_TEST_REMEDY_REMEDIES_H

#include "harness.h"

#include <string.h>

#include "plumbline/diff.h"
#include "plumbline/json.h"
#include "plumbline/remedy.h"
#include "plumbline/snapshot.h"

static const char *const families[] = {"run",      "sql",      "memory", "network",
                                       "firewall", "balancer", "dns",    "access"};

struct fixture {
    const char *line; /* as written, for the log */
    struct pl_drift *const *drift;
    size_t n;
};

struct reader {
    struct pl_arena *arena;
    const char *text, *word; /* what is left to read; what stands for XYZZY */
    struct pl_address address;
    const struct pl_value *body;
};

static inline const char *with_word(const struct reader *r, const char *text)
{
    const char *at = text ? strstr(text, "XYZZY") : NULL;
    if (!at)
        return text;
    return pl_arena_printf(r->arena, "%.*s%s%s", (int)(at - text), text, r->word,
                           with_word(r, at + 5));
}

static inline const struct pl_value *value_with_word(const struct reader *r,
                                                     const struct pl_value *v)
{
    struct pl_arena *a = r->arena;
    if (v && v->type == PL_STRING)
        return pl_value_string(a, with_word(r, v->u.string.s));
    if (v && v->type == PL_LIST) {
        const struct pl_value **items = pl_arena_array(a, v->u.list.n + 1, sizeof(*items));
        for (size_t i = 0; i < v->u.list.n; i++)
            items[i] = value_with_word(r, v->u.list.items[i]);
        return pl_value_list(a, items, v->u.list.n);
    }
    if (v && v->type == PL_MAP) {
        struct pl_member *members = pl_arena_array(a, v->u.map.n + 1, sizeof(*members));
        for (size_t i = 0; i < v->u.map.n; i++)
            members[i] = (struct pl_member){with_word(r, v->u.map.members[i].key),
                                            value_with_word(r, v->u.map.members[i].value)};
        return pl_value_map(a, members, v->u.map.n);
    }
    return v;
}

static inline const struct pl_value *read_json(const struct reader *r, const char *text)
{
    struct pl_err err = {0};
    if (strcmp(text, "-") == 0)
        return NULL;
    const struct pl_value *v = pl_json_parse(r->arena, text, strlen(text), "fixture", &err);
    if (!v)
        fail_msg("%s: %s", text, err.text);
    return value_with_word(r, v);
}

static inline const struct pl_world *world_of(const struct reader *r, const struct pl_value *body)
{
    struct pl_world_builder *b = pl_world_builder_new(r->arena);
    struct pl_resource resource = {.address = r->address, .body = body};
    pl_world_add_project(b, "p");
    for (size_t i = 0; i < pl_kinds_len; i++)
        pl_world_add_kind(b, pl_kinds[i]->name);
    if (body)
        pl_world_add(b, &resource);
    return pl_world_build(b);
}

static inline void read_base(struct reader *r, char *line)
{
    struct pl_err err = {0};
    struct pl_address a;
    char *body = strchr(line, ' ');
    *body++ = '\0';
    if (pl_address_parse(r->arena, line, &a, &err) < 0)
        fail_msg("%s: %s", line, err.text);
    r->address = pl_address_resolve(&a, "p", "us-central1");
    const char **names = pl_arena_array(r->arena, a.kind->n_segments, sizeof(*names));
    for (size_t i = 0; i < a.kind->n_segments; i++)
        names[i] = with_word(r, a.names[i]);
    r->address.names = names;
    r->body = read_json(r, body);
}

static inline struct pl_path path_with_word(const struct reader *r, const char *text)
{
    struct pl_err err = {0};
    struct pl_path path;
    if (pl_path_parse(r->arena, text, &path, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    struct pl_step *steps = pl_arena_array(r->arena, path.n, sizeof(*steps));
    for (size_t i = 0; i < path.n; i++) {
        steps[i] = path.steps[i];
        steps[i].key = steps[i].type == PL_STEP_KEY ? with_word(r, steps[i].key) : steps[i].key;
        steps[i].value = with_word(r, steps[i].value);
    }
    path.steps = steps;
    return path;
}

/* "path | good | observed" */
static inline void read_worlds(struct reader *r, char *line, const struct pl_value **good,
                               const struct pl_value **observed)
{
    char *first = strstr(line, " | ");
    char *second = first ? strstr(first + 3, " | ") : NULL;
    if (!second)
        fail_msg("%s: PATH | GOOD | OBSERVED", line);
    *first = *second = '\0';
    struct pl_path path = path_with_word(r, line);
    *good = pl_path_set(r->arena, r->body, &path, read_json(r, first + 3));
    *observed = pl_path_set(r->arena, r->body, &path, read_json(r, second + 3));
}

/* Fields that the server writes differ without a word in a comparison of worlds; a baseline may declare them all the same. */
static inline struct pl_diff *by_hand(struct reader *r, const char *line,
                                      const struct pl_value *good, const struct pl_value *observed)
{
    struct pl_diff *diff = PL_NEW(r->arena, struct pl_diff);
    struct pl_drift *d = PL_NEW(r->arena, struct pl_drift);
    struct pl_field_info info = {0};
    char *path = pl_arena_strndup(r->arena, line, strcspn(line, " "));
    d->address = r->address;
    d->path = path_with_word(r, path);
    (void)pl_field_lookup(r->address.kind, &d->path, &info, NULL, NULL);
    d->flags = info.flags;
    d->field = d->field_full =
        pl_arena_printf(r->arena, "%s:%s", pl_address_full(r->arena, &r->address), path);
    d->revert = pl_path_get(good, &d->path);
    d->expected = pl_path_get(pl_redact(r->arena, d->address.kind, good, NULL), &d->path);
    d->observed = pl_path_get(pl_redact(r->arena, d->address.kind, observed, NULL), &d->path);
    diff->drift = pl_arena_array(r->arena, 1, sizeof(*diff->drift));
    diff->drift[diff->n_drift++] = d;
    return diff;
}

/* The next drift, with its remedies; false at the end. */
static inline bool next_fixture(struct reader *r, struct fixture *out)
{
    while (*r->text) {
        size_t len = strcspn(r->text, "\n");
        char *line = pl_arena_strndup(r->arena, r->text, len);
        const struct pl_value *good = r->body, *observed = r->body;
        out->line = pl_arena_strdup(r->arena, line);
        r->text += len + (r->text[len] == '\n');
        if (line[0] == '@') {
            read_base(r, line + 2);
            continue;
        }
        if (strcmp(line, "+") == 0)
            observed = NULL;
        else if (strcmp(line, "!") == 0)
            good = NULL;
        else
            read_worlds(r, line, &good, &observed);
        const struct pl_world *world = world_of(r, observed);
        struct pl_diff *diff = pl_diff_worlds(r->arena, pl_view_new(r->arena, world),
                                              pl_view_new(r->arena, world_of(r, good)), NULL, 0);
        if (diff->n_drift == 0 && good && observed)
            diff = by_hand(r, out->line, good, observed);
        out->drift = diff->drift;
        out->n = diff->n_drift;
        pl_remediate(r->arena, world, diff->drift, diff->n_drift);
        return true;
    }
    return false;
}

static inline struct reader open_family(struct pl_arena *arena, const char *family,
                                        const char *word)
{
    return (struct reader){
        .arena = arena,
        .word = word,
        .text = harness_read(arena, pl_arena_printf(arena, "tests/fixtures/remedy/%s.txt", family),
                             NULL)};
}

#endif
