/* expect.c - does a value satisfy an expectation? One function a matcher, in three values: yes, no, not known.
 *
 * Lists are expect_list.c, references expect_resolve.c, what is about one text or number expect_match.c.
 * Says why in one sentence, without secrets; what becomes of a no is the caller's business.
 */
#include "plumbline/expect.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "baseline_priv.h"
#include "field_priv.h"
#include "model_priv.h"
#include "plumbline/canon.h"
#include "plumbline/json.h"

enum { SHOWN_MAX = 80 };

/* ---- shared with lists and witnesses ---- */

const char *pl_text_of(struct pl_arena *arena, const struct pl_value *v)
{
    char number[64];
    const char *text = pl_scalar_text(v, number, sizeof number);

    return text == number ? pl_arena_strdup(arena, number) : text;
}

const char *pl_value_shown(struct pl_arena *arena, const struct pl_field_info *info,
                           const struct pl_value *v)
{
    const char *text;

    if (v == NULL || v->type == PL_NULL)
        return "absent";
    if (info != NULL && info->flags & PL_F_SECRET)
        return "another value (not shown)";
    text = pl_text_of(arena, v);
    if (text != NULL && text[0] == '\0')
        return "empty";
    if (text == NULL)
        text = pl_json_text(arena, v);
    return strlen(text) > SHOWN_MAX ? pl_arena_printf(arena, "%.*s...", SHOWN_MAX - 3, text) : text;
}

const struct pl_value *pl_effective(struct pl_arena *arena, const struct pl_field_info *info,
                                    const struct pl_value *v)
{
    bool absent = v == NULL || v->type == PL_NULL || (v->type == PL_STRING && v->u.string.len == 0);

    if (absent && info != NULL && info->absent_is != NULL)
        return pl_json_parse(arena, info->absent_is, strlen(info->absent_is), "absent_is", NULL);
    return v != NULL && v->type == PL_NULL ? NULL : v;
}

bool pl_is_absent(const struct pl_kind *kind, const char *generic, const struct pl_field_info *info,
                  const struct pl_value *v)
{
    if (v == NULL || v->type == PL_NULL)
        return true;
    if (pl_is_hidden(v))
        return false;
    return kind != NULL && info != NULL && pl_canon_equal(kind, generic, info, NULL, v);
}

/* What redaction left of a secret stands for a value as PL_UNKNOWN does: it is there, and nobody may know it. */
bool pl_is_hidden(const struct pl_value *v)
{
    if (v == NULL || v->type == PL_UNKNOWN)
        return v != NULL;
    return v->type == PL_STRING && v->u.string.len > 0 &&
           pl_secret_mark_len(v->u.string.s, NULL) == v->u.string.len;
}

bool pl_has_unknown(const struct pl_value *v)
{
    if (v == NULL)
        return false;
    if (v->type == PL_LIST) {
        for (size_t i = 0; i < v->u.list.n; i++) {
            if (pl_has_unknown(v->u.list.items[i]))
                return true;
        }
    }
    if (v->type == PL_MAP) {
        for (size_t i = 0; i < v->u.map.n; i++) {
            if (pl_has_unknown(v->u.map.members[i].value))
                return true;
        }
    }
    return pl_is_hidden(v);
}

void pl_child_place(struct pl_arena *arena, const struct pl_kind *kind, const char *generic,
                    const struct pl_field_info *info, const char *key, struct pl_field_info *child,
                    const char **child_generic)
{
    struct pl_field_info at = *info; /* child may be info */

    if (kind != NULL) {
        (void)pl_field_child(kind, generic, &at, key, child);
        *child_generic = pl_field_generic(arena, generic, &at, key);
        return;
    }
    /* Outside of resources a map or list has elements of its own type, and anything may be in anything. */
    *child = (struct pl_field_info){.type = at.shape == PL_ONE ? PL_T_ANY : at.type};
    *child_generic = "";
}

enum pl_expect_answer pl_no(const struct pl_check *c, const char **why, const char *fmt, ...)
{
    char text[512];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    *why = pl_arena_strdup(c->arena, text);
    return PL_EXPECT_NO;
}

/* ---- equal ---- */

/* Outside of resources there is no schema: texts are compared, and numbers as numbers unless quoted. */
static bool free_equal(const struct pl_check *c, const struct pl_expect *e,
                       const struct pl_value *v)
{
    const char *text = pl_text_of(c->arena, v);
    double a, b;

    if (text == NULL)
        return false;
    return strcmp(text, e->text) == 0 ||
           (!e->quoted && pl_number_of_text(text, &a) == PL_NUM_PLAIN &&
            pl_number_of_text(e->text, &b) == PL_NUM_PLAIN && !(a < b) && !(a > b));
}

static enum pl_expect_answer check_equal(const struct pl_check *c, const struct pl_expect *e,
                                         const char *generic, const struct pl_field_info *info,
                                         const struct pl_value *value, const char **why)
{
    const struct pl_value *wanted = e->value;

    if (c->kind == NULL)
        return free_equal(c, e, value)
                   ? PL_EXPECT_YES
                   : pl_no(c, why, "is %s, not %s", pl_value_shown(c->arena, info, value),
                           pl_expect_text(c->arena, e));
    if (wanted == NULL) {
        switch (pl_resolve(c->arena, e, info, c->view, &wanted, why)) {
        case PL_NOT_KNOWN:
            return PL_EXPECT_NOT_KNOWN;
        case PL_ABSENT:
            return PL_EXPECT_NO;
        case PL_PRESENT:
            break;
        }
    }
    if (pl_canon_equal(c->kind, generic, info, wanted, value))
        return PL_EXPECT_YES;
    if (e->value == NULL)
        return pl_no(c, why, "is %s, not the value of %s", pl_value_shown(c->arena, info, value),
                     e->text);
    return pl_no(c, why, "is %s, not %s", pl_value_shown(c->arena, info, value),
                 pl_expect_text(c->arena, e));
}

/* ---- maps ---- */

static enum pl_expect_answer check_placed(const struct pl_check *c, const struct pl_expect *expect,
                                          const char *generic, const struct pl_field_info *info,
                                          const struct pl_value *value, const char **why);

/* Why, seen from a map: ".member.member: sentence", or ": sentence" about the map itself. */
static const char *member_why(const struct pl_check *c, const struct pl_expect_member *m,
                              const char *inner)
{
    return pl_arena_printf(c->arena, m->expect->match == PL_M_MAP ? ".%s%s" : ".%s: %s", m->key,
                           inner);
}

static bool is_declared(const struct pl_expect *e, const char *key)
{
    for (size_t i = 0; i < e->n; i++) {
        if (strcmp(e->members[i].key, key) == 0)
            return true;
    }
    return false;
}

/* A message without fields says something by being there (`emptyDir: {}`). */
static bool is_mark(const struct pl_check *c, const struct pl_field_info *info)
{
    return c->kind != NULL && info->type == PL_T_MESSAGE && info->shape == PL_ONE &&
           info->message != NULL && info->message->n_fields == 0;
}

/* A no outweighs what is not known, and that a yes. */
static enum pl_expect_answer check_map(const struct pl_check *c, const struct pl_expect *e,
                                       const char *generic, const struct pl_field_info *info,
                                       const struct pl_value *value, const char **why)
{
    enum pl_expect_answer answer = PL_EXPECT_YES;

    if (value != NULL && value->type != PL_MAP)
        return pl_no(c, why, ": is %s, not a map", pl_value_shown(c->arena, info, value));
    if (value == NULL && e->n == 0 && is_mark(c, info))
        return pl_no(c, why, ": is absent, and must be there");
    for (size_t i = 0; i < e->n; i++) {
        const struct pl_expect_member *m = &e->members[i];
        struct pl_field_info child;
        const char *at, *inner = NULL;
        enum pl_expect_answer one;

        pl_child_place(c->arena, c->kind, generic, info, m->key, &child, &at);
        one = check_placed(c, m->expect, at, &child, pl_value_member(value, m->key), &inner);
        if (one == PL_EXPECT_YES || (one == PL_EXPECT_NOT_KNOWN && answer == one))
            continue;
        answer = one;
        *why = member_why(c, m, inner);
        if (one == PL_EXPECT_NO)
            return one;
    }
    for (size_t i = 0; e->only && value != NULL && i < value->u.map.n; i++) {
        if (!is_declared(e, value->u.map.members[i].key))
            return pl_no(c, why, ": has %s, which is not declared", value->u.map.members[i].key);
    }
    return answer;
}

/* ---- several ---- */

static enum pl_expect_answer check_any(const struct pl_check *c, const struct pl_expect *e,
                                       const char *generic, const struct pl_field_info *info,
                                       const struct pl_value *value, const char **why)
{
    enum pl_expect_answer answer = PL_EXPECT_NO;
    const char *inner = NULL, *unknown = NULL;

    for (size_t i = 0; i < e->n; i++) {
        enum pl_expect_answer one = pl_check_value(c, e->items[i], generic, info, value, &inner);

        if (one == PL_EXPECT_YES)
            return one;
        if (one == PL_EXPECT_NOT_KNOWN) {
            answer = one;
            unknown = inner;
        }
    }
    *why = unknown;
    return answer == PL_EXPECT_NOT_KNOWN
               ? answer
               : pl_no(c, why, "is %s, not %s", pl_value_shown(c->arena, info, value),
                       pl_expect_text(c->arena, e));
}

static enum pl_expect_answer check_all(const struct pl_check *c, const struct pl_expect *e,
                                       const char *generic, const struct pl_field_info *info,
                                       const struct pl_value *value, const char **why)
{
    enum pl_expect_answer answer = PL_EXPECT_YES;

    for (size_t i = 0; i < e->n; i++) {
        const char *inner = NULL;
        enum pl_expect_answer one = pl_check_value(c, e->items[i], generic, info, value, &inner);

        if (one == PL_EXPECT_YES)
            continue;
        answer = one;
        *why = inner;
        if (one == PL_EXPECT_NO)
            return one;
    }
    return answer;
}

static enum pl_expect_answer check_not(const struct pl_check *c, const struct pl_expect *e,
                                       const char *generic, const struct pl_field_info *info,
                                       const struct pl_value *value, const char **why)
{
    switch (pl_check_value(c, e->items[0], generic, info, value, why)) {
    case PL_EXPECT_NO:
        return PL_EXPECT_YES;
    case PL_EXPECT_NOT_KNOWN:
        return PL_EXPECT_NOT_KNOWN;
    case PL_EXPECT_YES:
        break;
    }
    return pl_no(c, why, "is %s, which %s excludes", pl_value_shown(c->arena, info, value),
                 pl_expect_text(c->arena, e));
}

/* ---- there or not ---- */

static enum pl_expect_answer check_there(const struct pl_check *c, const struct pl_expect *e,
                                         const char *generic, const struct pl_field_info *info,
                                         const struct pl_value *value, const char **why)
{
    bool absent = pl_is_absent(c->kind, generic, info, value);

    if (absent == (e->match == PL_M_ABSENT))
        return PL_EXPECT_YES;
    if (absent)
        return pl_no(c, why, "is absent, and must be there");
    if (pl_is_hidden(value))
        return pl_no(c, why, "has a value, and must be absent");
    return pl_no(c, why, "is %s, and must be absent", pl_value_shown(c->arena, info, value));
}

/* ---- all of them ---- */

static enum pl_expect_answer check_known(const struct pl_check *c, const struct pl_expect *e,
                                         const char *generic, const struct pl_field_info *info,
                                         const struct pl_value *value, const char **why)
{
    switch (e->match) {
    case PL_M_EQUAL:
        return check_equal(c, e, generic, info, value, why);
    case PL_M_MAP:
        return check_map(c, e, generic, info, value, why);
    case PL_M_CONTAINS:
        if (value != NULL && value->type == PL_STRING)
            return pl_check_text_contains(c, e, info, value->u.string.s, why);
        return pl_check_list(c, e, generic, info, pl_effective(c->arena, info, value), why);
    case PL_M_LIST:
    case PL_M_ONLY:
        return pl_check_list(c, e, generic, info, pl_effective(c->arena, info, value), why);
    case PL_M_ANY_OF:
        return check_any(c, e, generic, info, value, why);
    case PL_M_ALL_OF:
        return check_all(c, e, generic, info, value, why);
    case PL_M_NOT:
        return check_not(c, e, generic, info, value, why);
    case PL_M_MATCHES:
        return pl_check_matches(c, e, info, pl_effective(c->arena, info, value), why);
    case PL_M_AT_LEAST:
    case PL_M_AT_MOST:
        return pl_check_limit(c, e, info, pl_effective(c->arena, info, value), why);
    case PL_M_CIDR_WITHIN:
        return pl_check_cidr(c, e, info, pl_effective(c->arena, info, value), why);
    case PL_M_ABSENT:
    case PL_M_PRESENT:
        break;
    }
    return check_there(c, e, generic, info, value, why);
}

/* What asks only whether there is a value can be answered of one that nobody may know. */
static enum pl_expect_answer check_placed(const struct pl_check *c, const struct pl_expect *expect,
                                          const char *generic, const struct pl_field_info *info,
                                          const struct pl_value *value, const char **why)
{
    bool delegates = expect->match == PL_M_ABSENT || expect->match == PL_M_PRESENT ||
                     expect->match == PL_M_NOT || expect->match == PL_M_ANY_OF ||
                     expect->match == PL_M_ALL_OF ||
                     (expect->match == PL_M_MAP && expect->n == 0 && !expect->only);

    if (pl_is_hidden(value) && expect->match == PL_M_MAP && delegates)
        return PL_EXPECT_YES;
    if (!pl_is_hidden(value) || delegates)
        return check_known(c, expect, generic, info, value, why);
    *why = expect->match == PL_M_MAP ? ": has a value that could not be read"
                                     : "has a value that could not be read";
    return PL_EXPECT_NOT_KNOWN;
}

enum pl_expect_answer pl_check_value(const struct pl_check *c, const struct pl_expect *expect,
                                     const char *generic, const struct pl_field_info *info,
                                     const struct pl_value *value, const char **why)
{
    enum pl_expect_answer answer = check_placed(c, expect, generic, info, value, why);

    if (answer != PL_EXPECT_YES && expect->match == PL_M_MAP && *why != NULL)
        *why += **why == '.' ? 1 : 2;
    return answer;
}

enum pl_expect_answer pl_expect_check(struct pl_arena *arena, const struct pl_expect *expect,
                                      const struct pl_kind *kind, const char *generic,
                                      const struct pl_field_info *info,
                                      const struct pl_value *value, struct pl_view *view,
                                      const char **why)
{
    static const struct pl_field_info any = {.type = PL_T_ANY};
    struct pl_check c = {.arena = arena, .kind = kind, .view = view};
    const char *unused = NULL;

    return pl_check_value(&c, expect, generic != NULL ? generic : "", info != NULL ? info : &any,
                          value, why != NULL ? why : &unused);
}
