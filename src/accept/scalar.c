/* scalar.c - a value as YAML: plain where that is safe and the file writes it so, else in quotes.
 */
#include <ctype.h>
#include <string.h>

#include "accept_priv.h"
#include "plumbline/escape.h"
#include "plumbline/json.h"
#include "plumbline/secret.h"

bool accept_is_secret(const struct pl_value *v)
{
    if (!v)
        return false;
    if (v->type == PL_UNKNOWN)
        return true;
    const char *text = pl_value_text(v);
    for (const char *at = text ? strchr(text, '<') : NULL; at; at = strchr(at + 1, '<'))
        if (pl_secret_mark_len(at, NULL) > 0)
            return true;
    for (size_t i = 0; v->type == PL_LIST && i < v->u.list.n; i++)
        if (accept_is_secret(v->u.list.items[i]))
            return true;
    return false;
}

/* Letters and what never means anything in YAML, in block and in flow; a colon only inside of a word. */
static bool is_plain(const char *s, bool flow)
{
    static const char *const words[] = {"null", "Null", "NULL", "true", "false"};
    size_t n = strlen(s);
    if (n == 0 || !(isalnum((unsigned char)s[0]) || s[0] == '/' || s[0] == '_'))
        return false;
    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strcmp(s, words[i]) == 0)
            return false;
    for (size_t i = 0; i < n; i++) {
        bool colon = s[i] == ':' && !flow && s[i + 1] && s[i + 1] != ' ';
        if (!isalnum((unsigned char)s[i]) && !strchr("-_./@+", s[i]) && !colon)
            return false;
    }
    return true;
}

/* "${" would be a reference. */
static const char *literal(struct pl_arena *arena, const char *s)
{
    struct pl_buf b = {0};
    for (; *s; s++)
        pl_buf_adds(&b, s[0] == '$' && s[1] == '{' ? "$$" : (char[]){*s, '\0'});
    return b.len ? pl_buf_take(&b, arena) : "";
}

char *accept_scalar(struct pl_arena *arena, const struct pl_value *v,
                    const struct pl_yaml_node *style, bool flow)
{
    if (v->type == PL_BOOL || v->type == PL_INT || v->type == PL_REAL)
        return pl_json_text(arena, v);
    if (v->type != PL_STRING)
        return NULL;
    const char *s = literal(arena, v->u.string.s);
    struct pl_buf quotes = {0};
    bool quoted = style && style->quoted;
    /* Digits that were quoted stay so: a reader of the file takes the quotes for a reason. */
    if (!quoted && is_plain(s, flow))
        return pl_arena_strdup(arena, s);
    pl_escape_yaml(&quotes, s);
    return pl_buf_take(&quotes, arena);
}
