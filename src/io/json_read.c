/* json_read.c - JSON text to values. The only file that knows jansson; its tree lives for one call.
 *
 * Bounds the depth before jansson recurses, and keeps quotations of the input out of the messages: the
 * text may be a key file.
 */
#include <jansson.h>
#include <string.h>

#include "plumbline/json.h"

enum { DEPTH_MAX = 200 };

/* A place in the text, counted as jansson counts: columns are code points. */
struct place {
    int line, column;
};

static struct place step(struct place at, unsigned char c)
{
    if (c == '\n')
        return (struct place){.line = at.line + 1};
    at.column += (c & 0xc0) != 0x80;
    return at;
}

/* Whether brackets outside of strings nest too deep, and where. What is no JSON is left to jansson. */
static bool too_deep(const char *text, size_t len, struct place *where)
{
    struct place at = {.line = 1};
    bool in_string = false;
    int depth = 0;

    for (size_t i = 0; i < len; i++) {
        at = step(at, (unsigned char)text[i]);
        if (in_string && text[i] == '\\' && i + 1 < len) {
            at = step(at, (unsigned char)text[++i]);
        } else if (text[i] == '"') {
            in_string = !in_string;
        } else if (!in_string && (text[i] == '[' || text[i] == '{')) {
            if (++depth > DEPTH_MAX) {
                *where = at;
                return true;
            }
        } else if (!in_string && (text[i] == ']' || text[i] == '}')) {
            depth--;
        }
    }
    return false;
}

static const struct pl_value *convert(struct pl_arena *arena, const json_t *json);

static const struct pl_value *convert_list(struct pl_arena *arena, const json_t *json)
{
    size_t n = json_array_size(json);
    const struct pl_value **items = pl_xrealloc(NULL, n * sizeof *items);
    const struct pl_value *list;

    for (size_t i = 0; i < n; i++)
        items[i] = convert(arena, json_array_get(json, i));
    list = pl_value_list(arena, items, n);
    pl_xfree(items);
    return list;
}

static const struct pl_value *convert_map(struct pl_arena *arena, json_t *json)
{
    struct pl_member *members = pl_xrealloc(NULL, json_object_size(json) * sizeof *members);
    const struct pl_value *map;
    const char *key;
    json_t *value;
    size_t n = 0;

    json_object_foreach(json, key, value) members[n++] =
        (struct pl_member){.key = key, .value = convert(arena, value)};
    map = pl_value_map(arena, members, n);
    pl_xfree(members);
    return map;
}

static const struct pl_value *convert(struct pl_arena *arena, const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return convert_map(arena,
                           (json_t *)(uintptr_t)json); /* jansson's iterator takes no const */
    case JSON_ARRAY:
        return convert_list(arena, json);
    case JSON_STRING:
        return pl_value_stringn(arena, json_string_value(json), json_string_length(json));
    case JSON_INTEGER:
        return pl_value_int(arena, json_integer_value(json));
    case JSON_REAL:
        return pl_value_real(arena, json_real_value(json));
    case JSON_TRUE:
    case JSON_FALSE:
        return pl_value_bool(json_is_true(json));
    case JSON_NULL:
        break;
    }
    return pl_value_null();
}

/* jansson's message without its quotation of the input ("... near '...'"). */
static void say_why(struct pl_err *err, const char *what, const json_error_t *error)
{
    const char *quotation = strstr(error->text, " near '");
    int len = quotation != NULL ? (int)(quotation - error->text) : (int)strlen(error->text);

    (void)pl_err_set(err, PL_E_PARSE, "%s: line %d, column %d: %.*s", what,
                     error->line < 1 ? 1 : error->line, error->column < 0 ? 0 : error->column, len,
                     error->text);
}

const struct pl_value *pl_json_parse(struct pl_arena *arena, const char *text, size_t len,
                                     const char *what, struct pl_err *err)
{
    const struct pl_value *value;
    struct place at;
    json_error_t error;
    json_t *json;

    if (too_deep(text, len, &at)) {
        (void)pl_err_set(err, PL_E_LIMIT, "%s: line %d, column %d: nested deeper than %d levels",
                         what, at.line, at.column, DEPTH_MAX);
        return NULL;
    }
    json = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (json == NULL) {
        say_why(err, what, &error);
        return NULL;
    }
    value = convert(arena, json);
    json_decref(json);
    return value;
}
