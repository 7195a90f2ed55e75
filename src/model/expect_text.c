/* expect_text.c - an expectation as people write it: YAML on one line. Shows references as they were written. */
#include "plumbline/expect.h"

#include <string.h>

#include "baseline_priv.h"
#include "plumbline/json.h"

/* By enum pl_match; NULL: no tag. */
static const char *const tags[] = {
    [PL_M_EQUAL] = NULL,         [PL_M_MAP] = NULL,
    [PL_M_LIST] = NULL,          [PL_M_ANY_OF] = "!any_of",
    [PL_M_ALL_OF] = "!all_of",   [PL_M_NOT] = "!not",
    [PL_M_MATCHES] = "!matches", [PL_M_AT_LEAST] = "!at_least",
    [PL_M_AT_MOST] = "!at_most", [PL_M_CONTAINS] = "!contains",
    [PL_M_ONLY] = "!only",       [PL_M_ABSENT] = "!absent",
    [PL_M_PRESENT] = "!present", [PL_M_CIDR_WITHIN] = "!cidr_within",
};

static void add(struct pl_arena *arena, struct pl_buf *out, const struct pl_expect *e, bool inside);

/* Inside of a list or map what would read as something else is quoted. */
static void add_scalar(struct pl_buf *out, const char *text, bool inside)
{
    if (inside && (text[0] == '\0' || strpbrk(text, ",[]{}\"'#:\n\t") != NULL ||
                   strchr(" -?&*!|>%@`", text[0]) != NULL || text[strlen(text) - 1] == ' '))
        pl_json_write_string(out, text, strlen(text));
    else
        pl_buf_adds(out, text);
}

static void add_items(struct pl_arena *arena, struct pl_buf *out, const struct pl_expect *e)
{
    pl_buf_addc(out, '[');
    for (size_t i = 0; i < e->n; i++) {
        pl_buf_adds(out, i > 0 ? ", " : "");
        add(arena, out, e->items[i], true);
    }
    pl_buf_addc(out, ']');
}

static void add_map(struct pl_arena *arena, struct pl_buf *out, const struct pl_expect *e)
{
    pl_buf_addc(out, '{');
    for (size_t i = 0; i < e->n; i++) {
        pl_buf_adds(out, i > 0 ? ", " : "");
        add_scalar(out, e->members[i].key, true);
        pl_buf_adds(out, ": ");
        add(arena, out, e->members[i].expect, true);
    }
    pl_buf_addc(out, '}');
}

static void add_not(struct pl_arena *arena, struct pl_buf *out, const struct pl_expect *inner)
{
    bool tagged = tags[inner->match] != NULL || inner->only || inner->ordered;

    pl_buf_adds(out, tagged ? "{matcher: " : "");
    add(arena, out, inner, tagged);
    pl_buf_adds(out, tagged ? "}" : "");
}

static const char *tag_of(const struct pl_expect *e)
{
    if (e->match == PL_M_MAP && e->only)
        return "!only";
    return e->ordered ? "!ordered" : tags[e->match];
}

static void add(struct pl_arena *arena, struct pl_buf *out, const struct pl_expect *e, bool inside)
{
    const char *tag = tag_of(e);
    bool bare = e->match == PL_M_ABSENT || e->match == PL_M_PRESENT;

    if (tag != NULL)
        pl_buf_addf(out, "%s%s", tag, bare ? "" : " ");
    if (bare)
        return;
    if (e->match == PL_M_MAP)
        add_map(arena, out, e);
    else if (e->match == PL_M_NOT)
        add_not(arena, out, e->items[0]);
    else if (e->text != NULL)
        add_scalar(out, e->text, inside);
    else
        add_items(arena, out, e);
}

char *pl_expect_text(struct pl_arena *arena, const struct pl_expect *expect)
{
    struct pl_buf out = {0};

    add(arena, &out, expect, false);
    return pl_buf_take(&out, arena);
}
