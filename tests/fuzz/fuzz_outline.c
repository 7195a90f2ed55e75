/* fuzz_outline.c - any bytes as a page of a list: what is read element by element is what is read at once.
 *
 * The first byte says whether the list is "items" of the document, or "list" of each member of "items".
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The list as a whole from where its elements are; NULL where one of them is no JSON. */
static const struct pl_value *mend_list(struct pl_arena *arena, const char *text,
                                        const struct pl_value *list)
{
    size_t n = pl_value_count(list) / 2;
    const struct pl_value **items = pl_arena_array(arena, n + 1, sizeof *items);

    if (list == NULL || list->type != PL_LIST)
        return list;
    for (size_t i = 0; i < n; i++) {
        items[i] = pl_json_element(arena, text, list, i, "element", NULL);
        if (items[i] == NULL)
            return NULL;
    }
    return pl_value_list(arena, items, n);
}

static const struct pl_value *mend(struct pl_arena *arena, const char *text,
                                   const struct pl_value *v, const char *const *path)
{
    if (*path == NULL)
        return mend_list(arena, text, v);
    if (v == NULL || v->type != PL_MAP)
        return v;
    for (size_t i = 0; i < pl_value_count(v); i++) {
        const struct pl_member m = v->u.map.members[i];
        const struct pl_value *mended;

        if (strcmp(*path, "*") != 0 && strcmp(*path, m.key) != 0)
            continue;
        mended = mend(arena, text, m.value, path + 1);
        if (mended == NULL)
            return NULL;
        v = pl_value_map_with(arena, v, m.key, mended);
    }
    return v;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const plain[] = {"items", NULL};
    static const char *const scoped[] = {"items", "*", "list", NULL};
    const char *const *path = size > 0 && data[0] == '*' ? scoped : plain;
    struct pl_arena *arena = pl_arena_new();
    const char *text = size > 0 ? (const char *)data + 1 : "";
    size_t len = size > 0 ? size - 1 : 0;
    const struct pl_value *whole = pl_json_parse(arena, text, len, "fuzz", NULL), *outline;
    struct pl_err err = {0};

    outline = pl_json_outline(arena, text, len, path, "fuzz", &err);
    if (outline == NULL && strncmp(err.text, "fuzz: ", 6) != 0)
        abort();
    if (outline != NULL && whole != NULL &&
        !pl_value_equal(whole, mend(arena, text, outline, path)))
        abort();
    /* Only a name in escapes is refused that would be read at once. */
    if (outline == NULL && whole != NULL && whole->type == PL_MAP &&
        memchr(text, '\\', len) == NULL)
        abort();
    pl_arena_free(arena);
    return 0;
}
