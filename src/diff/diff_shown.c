/* diff_shown.c - values and expectations as a report shows them, and what redaction has left of a value.
 *
 * Decides nothing: whether two values differ is the business of the walks.
 */
#include "diff_priv.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/expect.h"
#include "plumbline/json.h"
#include "plumbline/secret.h"
#include "plumbline/snapshot.h"

/* ---- what redaction left ---- */

static const char *next_mark(const char *text, bool *hashed)
{
    while ((text = strchr(text, '<')) != NULL && pl_secret_mark_len(text, hashed) == 0)
        text++;
    return text;
}

bool pl_text_is_marked(const char *text, bool *hashed)
{
    const char *mark;
    bool one = false, all = true, any = false;

    while ((mark = next_mark(text, &one)) != NULL) {
        any = true;
        all = all && one;
        text = mark + 1;
    }
    *hashed = any && all;
    return any;
}

bool pl_text_fits_marks(const char *plain, const char *marked)
{
    bool hashed;
    const char *mark = next_mark(marked, &hashed);

    if (mark == NULL)
        return strcmp(plain, marked) == 0;
    size_t before = (size_t)(mark - marked);
    size_t hidden = strtoul(mark + strlen("<redacted: "), NULL, 10);
    if (strncmp(plain, marked, before) != 0 || strlen(plain + before) < hidden)
        return false;
    return pl_text_fits_marks(plain + before + hidden, strchr(mark, '>') + 1);
}

bool pl_value_is_marked(const struct pl_value *v)
{
    bool hashed;

    for (size_t i = 0; v != NULL && v->type == PL_LIST && i < v->u.list.n; i++)
        if (pl_value_is_marked(v->u.list.items[i]))
            return true;
    for (size_t i = 0; v != NULL && v->type == PL_MAP && i < v->u.map.n; i++)
        if (pl_value_is_marked(v->u.map.members[i].value))
            return true;
    return v != NULL && v->type == PL_STRING && pl_text_is_marked(v->u.string.s, &hashed);
}

static const struct pl_value *mask_list(struct pl_arena *arena, const struct pl_value *v,
                                        bool keep_hashed)
{
    const struct pl_value **items = pl_arena_array(arena, v->u.list.n, sizeof *items);
    bool same = true;

    for (size_t i = 0; i < v->u.list.n; i++) {
        items[i] = pl_value_mask(arena, v->u.list.items[i], keep_hashed);
        same = same && items[i] == v->u.list.items[i];
    }
    return same ? v : pl_value_list(arena, items, v->u.list.n);
}

static const struct pl_value *mask_map(struct pl_arena *arena, const struct pl_value *v,
                                       bool keep_hashed)
{
    struct pl_member *members = pl_arena_array(arena, v->u.map.n, sizeof *members);
    bool same = true;

    for (size_t i = 0; i < v->u.map.n; i++) {
        members[i] = v->u.map.members[i];
        members[i].value = pl_value_mask(arena, members[i].value, keep_hashed);
        same = same && members[i].value == v->u.map.members[i].value;
    }
    return same ? v : pl_value_map(arena, members, v->u.map.n);
}

const struct pl_value *pl_value_mask(struct pl_arena *arena, const struct pl_value *v,
                                     bool keep_hashed)
{
    bool hashed = false;

    if (v == NULL)
        return NULL;
    if (v->type == PL_LIST)
        return mask_list(arena, v, keep_hashed);
    if (v->type == PL_MAP)
        return mask_map(arena, v, keep_hashed);
    if (v->type == PL_STRING && pl_text_is_marked(v->u.string.s, &hashed) &&
        !(hashed && keep_hashed))
        return pl_value_unknown();
    return v;
}

bool pl_value_has_unknown(const struct pl_value *v)
{
    if (v == NULL)
        return false;
    for (size_t i = 0; v->type == PL_LIST && i < v->u.list.n; i++)
        if (pl_value_has_unknown(v->u.list.items[i]))
            return true;
    for (size_t i = 0; v->type == PL_MAP && i < v->u.map.n; i++)
        if (pl_value_has_unknown(v->u.map.members[i].value))
            return true;
    return v->type == PL_UNKNOWN;
}

/* ---- observed ---- */

const struct pl_value *pl_value_or_default(struct pl_arena *arena, const struct pl_field_info *info,
                                           const struct pl_value *v)
{
    bool absent = v == NULL || v->type == PL_NULL || (v->type == PL_STRING && v->u.string.len == 0);

    if (absent && info->absent_is != NULL)
        return pl_json_parse(arena, info->absent_is, strlen(info->absent_is), "absent_is", NULL);
    return v != NULL && v->type == PL_NULL ? NULL : v;
}

const struct pl_value *pl_shown_body(struct pl_differ *d, const struct pl_resource *resource)
{
    return resource->body != NULL
               ? pl_redact(d->arena, resource->address.kind, resource->body, NULL)
               : pl_value_map(d->arena, NULL, 0);
}

const struct pl_value *pl_shown_text(struct pl_differ *d, const char *text)
{
    return pl_value_string(d->arena, text);
}

const struct pl_value *pl_shown_value(struct pl_differ *d, const struct pl_spot *at,
                                      const struct pl_value *v)
{
    if (v == NULL || v->type == PL_NULL)
        return NULL;
    if (v->type == PL_UNKNOWN || ((at->flags & PL_F_SECRET) != 0 && !pl_value_is_marked(v)))
        return pl_shown_text(d, "(not shown)");
    return v;
}

/* ---- expected ---- */

static const struct pl_value *shown_map(struct pl_differ *d, const struct pl_kind *kind,
                                        const struct pl_spot *at, const struct pl_expect *e)
{
    struct pl_member *members = pl_arena_array(d->arena, e->n, sizeof *members);

    for (size_t i = 0; i < e->n; i++) {
        struct pl_spot child = {0};

        (void)pl_field_child(kind, at->generic, &at->info, e->members[i].key, &child.info);
        child.generic = pl_field_generic(d->arena, at->generic, &at->info, e->members[i].key);
        child.flags = child.info.flags;
        members[i] = (struct pl_member){e->members[i].key,
                                        pl_shown_expect(d, kind, &child, e->members[i].expect)};
    }
    return pl_value_map(d->arena, members, e->n);
}

static const struct pl_value *shown_list(struct pl_differ *d, const struct pl_kind *kind,
                                         const struct pl_spot *at, const struct pl_expect *e)
{
    const struct pl_value **items = pl_arena_array(d->arena, e->n, sizeof *items);
    struct pl_spot child = {0};

    (void)pl_field_child(kind, at->generic, &at->info, NULL, &child.info);
    child.generic = pl_field_generic(d->arena, at->generic, &at->info, NULL);
    child.flags = child.info.flags;
    for (size_t i = 0; i < e->n; i++)
        items[i] = pl_shown_expect(d, kind, &child, e->items[i]);
    return pl_value_list(d->arena, items, e->n);
}

const struct pl_value *pl_shown_expect(struct pl_differ *d, const struct pl_kind *kind,
                                       const struct pl_spot *at, const struct pl_expect *e)
{
    const struct pl_value *v = NULL;

    if ((at->flags & PL_F_SECRET) != 0)
        return pl_shown_text(d, "(not shown)");
    if (e->match == PL_M_MAP)
        return shown_map(d, kind, at, e);
    if (e->match == PL_M_LIST || e->match == PL_M_ONLY)
        return shown_list(d, kind, at, e);
    if (e->match == PL_M_EQUAL && e->value != NULL)
        return e->value;
    if (e->match == PL_M_EQUAL &&
        pl_expect_resolve(d->arena, e, &at->info, d->view, &v) == PL_PRESENT && v != NULL)
        return v;
    return pl_shown_text(d, pl_expect_text(d->arena, e));
}
