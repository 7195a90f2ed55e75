/* Scalars and foreign text as the model's messages and comparisons want them. No types, no schemas: canon_text.c. */
#include "field_priv.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

const char *pl_scalar_text(const struct pl_value *v, char *buf, size_t size)
{
    if (v == NULL)
        return NULL;
    switch (v->type) {
    case PL_STRING:
        return v->u.string.s;
    case PL_BOOL:
        return v->u.boolean ? "true" : "false";
    case PL_INT:
        snprintf(buf, size, "%" PRId64, v->u.integer);
        return buf;
    case PL_REAL:
        /* The shortest form that reads back as the same number. */
        for (int digits = 15; digits <= 17; digits++) {
            snprintf(buf, size, "%.*g", digits, v->u.real);
            if (strtod(buf, NULL) == v->u.real)
                break;
        }
        return buf;
    case PL_NULL:
    case PL_LIST:
    case PL_MAP:
    case PL_UNKNOWN:
        break;
    }
    return NULL;
}

const char *pl_condition_name(const struct pl_value *condition)
{
    const char *title = pl_value_member_text(condition, "title");
    if (title != NULL && title[0] != '\0')
        return title;
    const char *expression = pl_value_member_text(condition, "expression");
    return expression != NULL && expression[0] != '\0' ? expression : NULL;
}

const char *pl_clip(struct pl_arena *arena, const char *text)
{
    enum { MAX = 80 };
    size_t n = 0;
    while (n < MAX && text[n] != '\0')
        n++;
    bool cut = text[n] != '\0';
    /* Not in the middle of a UTF-8 sequence. */
    while (cut && n > 0 && ((unsigned char)text[n] & 0xC0U) == 0x80U)
        n--;
    char *out = pl_arena_printf(arena, "%.*s%s", (int)n, text, cut ? "..." : "");
    for (char *p = out; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    return out;
}
