/* expect_resolve.c - what a text with references stands for in a view, and what an expectation says in plain values.
 *
 * Reads only through the view, so that whoever asks has recorded what the answer depends on.
 */
#include "plumbline/expect.h"

#include <string.h>

#include "baseline_priv.h"
#include "field_priv.h"
#include "plumbline/canon.h"

/* ---- references ---- */

/* Does an element step match more than one element? The list itself is read, so its length counts as evidence. */
static bool is_ambiguous(struct pl_arena *arena, const struct pl_piece *piece,
                         const struct pl_resource *resource, struct pl_view *view)
{
    for (size_t i = 0; i < piece->path.n; i++) {
        const struct pl_step *step = &piece->path.steps[i];
        struct pl_path above = {.steps = piece->path.steps, .n = i};
        const struct pl_value *list = NULL;
        size_t hits = 0;

        if (step->type != PL_STEP_ID && step->type != PL_STEP_VALUE)
            continue;
        if (pl_view_read(view, resource, pl_path_format(arena, &above), &list) != PL_PRESENT ||
            list->type != PL_LIST)
            return false;
        for (size_t k = 0; k < list->u.list.n; k++) {
            struct pl_value one = {.type = PL_LIST,
                                   .u.list = {.items = &list->u.list.items[k], .n = 1}};

            hits += pl_step_position(&one, step) == 0;
        }
        if (hits > 1)
            return true;
    }
    return false;
}

static const char *shown(struct pl_arena *arena, const struct pl_piece *piece)
{
    return pl_arena_printf(arena, "%s:%s", pl_address_short(arena, &piece->address, NULL, NULL),
                           pl_path_format(arena, &piece->path));
}

static enum pl_known read_reference(struct pl_arena *arena, const struct pl_piece *piece,
                                    struct pl_view *view, const struct pl_value **out,
                                    const char **why)
{
    const struct pl_resource *resource = NULL;
    enum pl_known known = pl_view_find(view, &piece->address, &resource);

    *out = NULL;
    if (known == PL_PRESENT && is_ambiguous(arena, piece, resource, view)) {
        *why = pl_arena_printf(arena, "the reference %s matches several elements",
                               shown(arena, piece));
        return PL_NOT_KNOWN;
    }
    if (known == PL_PRESENT)
        known = pl_view_read_default(view, resource, pl_path_format(arena, &piece->path), out);
    if (known == PL_PRESENT && pl_is_hidden(*out))
        known = PL_NOT_KNOWN;
    if (known == PL_PRESENT && (*out)->type == PL_NULL)
        known = PL_ABSENT;
    if (known == PL_NOT_KNOWN)
        *why = pl_arena_printf(arena, "%s could not be read", shown(arena, piece));
    if (known == PL_ABSENT)
        *why = pl_arena_printf(arena, "%s has no value", shown(arena, piece));
    return known;
}

static enum pl_known join_pieces(struct pl_arena *arena, const struct pl_expect *expect,
                                 struct pl_view *view, struct pl_buf *text,
                                 const struct pl_value **last, const char **why)
{
    enum pl_known answer = PL_PRESENT;
    const char *reason = NULL;

    for (size_t i = 0; i < expect->n_pieces; i++) {
        const struct pl_piece *piece = &expect->pieces[i];
        enum pl_known known;
        const char *part;

        if (piece->literal != NULL) {
            pl_buf_adds(text, piece->literal);
            continue;
        }
        known = read_reference(arena, piece, view, last, &reason);
        part = known == PL_PRESENT ? pl_text_of(arena, *last) : NULL;
        if (part != NULL)
            pl_buf_adds(text, part);
        /* One that is absent decides, whatever the others are. */
        if (known == PL_ABSENT || (known == PL_NOT_KNOWN && answer == PL_PRESENT)) {
            answer = known;
            *why = reason;
        }
        if (known == PL_ABSENT)
            break;
    }
    return answer;
}

enum pl_known pl_resolve(struct pl_arena *arena, const struct pl_expect *expect,
                         const struct pl_field_info *info, struct pl_view *view,
                         const struct pl_value **out, const char **why)
{
    struct pl_buf text = {0};
    const struct pl_value *last = NULL;
    enum pl_known known;

    *out = expect->value;
    if (expect->n_pieces == 0)
        return PL_PRESENT;
    if (view == NULL) {
        *why = "nothing was observed that its reference could mean";
        return PL_NOT_KNOWN;
    }
    known = join_pieces(arena, expect, view, &text, &last, why);
    if (known == PL_PRESENT) {
        *out = info != NULL ? pl_canon_read(arena, info, pl_buf_str(&text), true, NULL) : NULL;
        if (*out == NULL)
            *out = pl_value_string(arena, pl_buf_str(&text));
    }
    pl_buf_free(&text);
    return known;
}

enum pl_known pl_expect_resolve(struct pl_arena *arena, const struct pl_expect *expect,
                                const struct pl_field_info *info, struct pl_view *view,
                                const struct pl_value **out)
{
    const char *why = NULL;

    return pl_resolve(arena, expect, info, view, out, &why);
}

/* ---- plain values ---- */

static const struct pl_value *plain_map(struct pl_arena *arena, const struct pl_expect *e,
                                        bool *complete)
{
    struct pl_member *members = pl_arena_array(arena, e->n, sizeof *members);
    size_t n = 0;

    for (size_t i = 0; i < e->n; i++) {
        const struct pl_value *v = pl_expect_plain(arena, e->members[i].expect, complete);

        if (v != NULL)
            members[n++] = (struct pl_member){.key = e->members[i].key, .value = v};
    }
    return pl_value_map(arena, members, n);
}

const struct pl_value *pl_expect_plain(struct pl_arena *arena, const struct pl_expect *expect,
                                       bool *complete)
{
    const struct pl_value **items;
    size_t n = 0;

    if (expect->match == PL_M_EQUAL && expect->value != NULL)
        return expect->value;
    if (expect->match == PL_M_MAP)
        return plain_map(arena, expect, complete);
    if (expect->match != PL_M_LIST && expect->match != PL_M_ONLY) {
        *complete = false;
        return NULL;
    }
    items = pl_arena_array(arena, expect->n, sizeof *items);
    for (size_t i = 0; i < expect->n; i++) {
        const struct pl_value *v = pl_expect_plain(arena, expect->items[i], complete);

        if (v != NULL)
            items[n++] = v;
    }
    return pl_value_list(arena, items, n);
}
