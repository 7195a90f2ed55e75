/* json_read.c - JSON text to values. The only file that knows jansson; its tree lives for one call. Plain documents are json_plain.c's.
 *
 * Bounds the depth before jansson recurses, and keeps quotations of the input out of the messages: the
 * text may be a key file. The tree's many small pieces lie in an arena, and go with it at once.
 */
#include <jansson.h>
#include <string.h>

#include "json_priv.h"

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

/* What must be refused before jansson sees the text, or NULL: brackets outside of strings that nest too
 * deep, and NUL bytes, which it takes for the end. What is no JSON otherwise is left to it. */
static const char *refuse(const char *text, size_t len, struct place *at, enum pl_code *code)
{
    bool in_string = false;
    int depth = 0;

    *at = (struct place){.line = 1};
    for (size_t i = 0; i < len; i++) {
        *at = step(*at, (unsigned char)text[i]);
        if (in_string && text[i] == '\\' && i + 1 < len && text[i + 1] != '\0')
            *at = step(*at, (unsigned char)text[++i]);
        else if (text[i] == '"')
            in_string = !in_string;
        else if (!in_string && (text[i] == '[' || text[i] == '{'))
            depth++;
        else if (!in_string && (text[i] == ']' || text[i] == '}'))
            depth--;
        if (text[i] == '\0' || depth > DEPTH_MAX) {
            *code = text[i] == '\0' ? PL_E_PARSE : PL_E_LIMIT;
            return text[i] == '\0' ? "a NUL byte" : "nested deeper than 200 levels";
        }
    }
    return NULL;
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

/* ---- jansson's memory ---- */

/* Of the parse that this thread is in. Whoever else uses jansson in this process has malloc, as always. */
static _Thread_local struct pl_arena *tree_arena;

static void *tree_alloc(size_t size)
{
    return tree_arena != NULL ? pl_arena_alloc(tree_arena, size) : pl_xrealloc(NULL, size);
}

static void tree_free(void *p)
{
    if (tree_arena == NULL)
        pl_xfree(p);
}

/* The tree of a text; it lies in `arena`, for as long as tree_arena is set. */
static json_t *load(struct pl_arena *arena, const char *text, size_t len, json_error_t *error)
{
    static bool told;

    if (!told)
        json_set_alloc_funcs(tree_alloc, tree_free);
    told = true;
    tree_arena = arena;
    return json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);
}

/* jansson's messages that speak of its own terms, and ours. */
static const struct {
    const char *theirs, *ours;
} messages[] = {
    {"\\u0000 is not allowed", "a text cannot hold a NUL character"},
    {"too big ", "an integer beyond 64 bits"},
    {"end of file expected", "text behind the end of the document"},
    {"unexpected token near end of file", "a value expected"},
    {"duplicate object key", "a key is here twice"},
};

/* The message without jansson's quotation of the input ("... near '...'"). */
static void say_why(struct pl_err *err, const char *what, const json_error_t *error)
{
    const char *quotation = strstr(error->text, " near '"), *text = error->text;
    int len = quotation != NULL ? (int)(quotation - text) : (int)strlen(text);

    for (size_t i = 0; i < PL_LEN(messages); i++) {
        if (strncmp(error->text, messages[i].theirs, strlen(messages[i].theirs)) == 0) {
            text = messages[i].ours;
            len = (int)strlen(text);
        }
    }
    (void)pl_err_set(err, PL_E_PARSE, "%s: line %d, column %d: %.*s", what,
                     error->line < 1 ? 1 : error->line, error->column < 0 ? 0 : error->column, len,
                     text);
}

const struct pl_value *pl_json_parse(struct pl_arena *arena, const char *text, size_t len,
                                     const char *what, struct pl_err *err)
{
    const struct pl_value *value = io_json_plain(arena, text, len);

    return value != NULL ? value : io_json_jansson(arena, text, len, what, err);
}

const struct pl_value *io_json_jansson(struct pl_arena *arena, const char *text, size_t len,
                                       const char *what, struct pl_err *err)
{
    const struct pl_value *value;
    const char *refusal;
    enum pl_code code;
    struct place at;
    struct pl_arena *tree;
    json_error_t error;
    json_t *json;

    refusal = refuse(text, len, &at, &code);
    if (refusal != NULL) {
        (void)pl_err_set(err, code, "%s: line %d, column %d: %s", what, at.line, at.column,
                         refusal);
        return NULL;
    }
    tree = pl_arena_new();
    json = load(tree, text, len, &error);
    value = json != NULL ? convert(arena, json) : NULL;
    if (json == NULL)
        say_why(err, what, &error);
    tree_arena = NULL;
    pl_arena_free(tree);
    return value;
}
