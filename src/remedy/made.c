/* made.c - whole resources: made as they are declared, deleted, or both where what is fixed has changed.
 *
 * To make again what is there is said only where the command says all of it; of what is declared it may leave fields out, and tells which.
 */
#include <string.h>

#include "plumbline/json.h"
#include "remedy_priv.h"

/* ---- what a command leaves out ---- */

struct left {
    const struct pl_words *w;
    const struct pl_remedy_kind *kind;
    struct pl_buf text;
    size_t n;
};

/* Was it, or something that it lies in, or a part of it, written? */
static bool was_said(const struct left *l, const char *path)
{
    size_t len = strlen(path);
    for (size_t i = 0; i < l->w->used->n; i++) {
        const char *key = l->w->used->entries[i].key;
        size_t n = strlen(key);
        if (strncmp(key, path, n < len ? n : len) == 0 &&
            (n == len || (n < len ? strchr(".[", path[n]) : strchr("[", key[len])) != NULL))
            return true;
    }
    for (const char *p = l->kind->implied; p && *p; p += strcspn(p, " "), p += *p == ' ')
        if (strcspn(p, " ") == len && strncmp(p, path, len) == 0)
            return true;
    return false;
}

static bool is_default(struct pl_arena *arena, const struct pl_field_info *info,
                       const struct pl_value *v)
{
    return info->absent_is && strcmp(info->absent_is, pl_json_text(arena, v)) == 0;
}

static bool says_nothing(const struct pl_value *v)
{
    return v->type == PL_NULL ||
           ((v->type == PL_LIST || v->type == PL_MAP) && !pl_value_count(v)) ||
           (v->type == PL_STRING && v->u.string.len == 0);
}

static void walk(struct left *l, const struct pl_value *v, const char *path, const char *generic,
                 const struct pl_field_info *info)
{
    for (size_t i = 0; i < v->u.map.n; i++) {
        const struct pl_member *m = &v->u.map.members[i];
        struct pl_arena *arena = l->w->arena;
        const struct pl_kind *kind = l->w->drift->address.kind;
        const char *at = *path ? pl_arena_printf(arena, "%s.%s", path, m->key) : m->key;
        struct pl_field_info child;
        (void)pl_field_child(kind, generic, info, m->key, &child);
        if ((child.flags & (PL_F_OUTPUT | PL_F_VOLATILE | PL_F_INPUT)) || says_nothing(m->value) ||
            is_default(arena, &child, m->value) || (!*path && !strcmp(m->key, kind->name_field)) ||
            strcmp(at, "iamPolicy") == 0 || pl_kind_virtual(kind, at))
            continue;
        if (m->value->type == PL_MAP && !was_said(l, at))
            walk(l, m->value, at, pl_field_generic(arena, generic, info, m->key), &child);
        else if (!was_said(l, at))
            pl_buf_addf(&l->text, "%s%s", l->n++ ? ", " : "", at);
    }
}

/* Fields of the body that the command does not set, or NULL: it sets them all. */
static const char *left_out(const struct pl_words *w, const struct pl_remedy_kind *kind)
{
    struct left l = {.w = w, .kind = kind};
    const struct pl_field_info root = pl_field_root(w->drift->address.kind);
    if (w->body && w->body->type == PL_MAP && w->drift->address.kind->schema)
        walk(&l, w->body, "", "", &root);
    if (l.n > 0)
        return pl_buf_take(&l.text, w->arena);
    pl_buf_free(&l.text);
    return NULL;
}

/* The command that makes the body; `left` as above. */
static const char *make(const struct pl_words *words, const struct pl_remedy_kind *kind,
                        const char **left)
{
    struct pl_map used;
    struct pl_words w = *words;
    pl_map_init(&used, w.arena);
    w.used = &used;
    const char *command = kind->create && w.body ? pl_fill(&w, NULL, kind->create, true) : NULL;
    *left = command ? left_out(&w, kind) : NULL;
    return command;
}

/* ---- looking ---- */

static bool is_listing(const struct pl_remedy_kind *kind)
{
    return strstr(kind->look, " list ") != NULL;
}

static const char *look(const struct pl_words *w, const struct pl_remedy_kind *kind)
{
    return pl_fill(w, NULL, kind->look, true);
}

static const char *when_gone(const struct pl_remedy_kind *kind)
{
    return is_listing(kind) ? "nothing of that name" : "an error (not found)";
}

/* ---- remedies ---- */

static void fill_delete(struct pl_remedy *r, const struct pl_words *w,
                        const struct pl_remedy_kind *kind)
{
    r->command = kind->remove ? pl_fill(w, NULL, kind->remove, true) : NULL;
    r->risk = kind->remove_risk;
    r->precheck = r->verify = look(w, kind);
    r->prints = when_gone(kind);
    r->before = "the whole resource (keep it)";
    /* What refers to others goes before them; a rule or a name is referred to by nothing. */
    r->order = kind->stateless ? kind->order : 200 - kind->order;
}

struct pl_remedy *pl_remedy_delete(const struct pl_words *w, const struct pl_remedy_kind *kind)
{
    struct pl_remedy *r = PL_NEW(w->arena, struct pl_remedy);
    struct pl_words before = *w;
    const char *left = NULL;
    before.body = w->other;
    fill_delete(r, w, kind);
    r->rollback = make(&before, kind, &left);
    if (left)
        r->rollback = NULL;
    return r;
}

struct pl_remedy *pl_remedy_create(const struct pl_words *w, const struct pl_remedy_kind *kind)
{
    struct pl_remedy *r = PL_NEW(w->arena, struct pl_remedy);
    const char *left = NULL;
    r->command = make(w, kind, &left);
    r->rollback = r->command && kind->remove ? pl_fill(w, NULL, kind->remove, true) : NULL;
    r->risk =
        left ? pl_arena_printf(w->arena, "%s; the command does not set %s", kind->create_risk, left)
             : kind->create_risk;
    r->precheck = r->verify = look(w, kind);
    r->before = when_gone(kind);
    r->prints = "the resource as declared";
    r->order = kind->order;
    r->others_need_it = true;
    return r;
}

struct pl_remedy *pl_remedy_make_again(const struct pl_words *w, const struct pl_remedy_kind *kind,
                                       const char *risk)
{
    struct pl_remedy *r = pl_arena_array(w->arena, 2, sizeof(*r));
    struct pl_words before = *w;
    const char *left = NULL, *left_before = NULL;
    before.body = w->other;
    fill_delete(&r[0], w, kind);
    r[0].rollback = make(&before, kind, &left_before);
    r[1].command = make(w, kind, &left);
    if (!r[0].command || !r[1].command || left)
        return NULL;
    if (left_before)
        r[0].rollback = NULL;
    r[1].rollback = r[0].command;
    r[1].precheck = r[1].verify = r[0].verify;
    r[1].before = r[0].prints;
    r[1].prints = "the resource as declared";
    r[0].risk = r[1].risk = risk;
    r[0].order = r[1].order = kind->order;
    r[1].others_need_it = true;
    return r;
}
