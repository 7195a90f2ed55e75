/* pointer.c - JSON pointers (RFC 6901) into an answer's body.
 */
#include <stdlib.h>
#include <string.h>

#include "probe_priv.h"

/* One step, with ~1 and ~0 decoded. */
static char *token(struct pl_arena *arena, const char *from, size_t len)
{
    char *out = pl_arena_strndup(arena, from, len), *to = out;

    for (const char *p = out; *p != '\0'; p++) {
        if (p[0] == '~' && (p[1] == '0' || p[1] == '1')) {
            *to++ = p[1] == '0' ? '~' : '/';
            p++;
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
    return out;
}

const struct pl_value *pl_pointer_get(struct pl_arena *arena, const struct pl_value *v,
                                      const char *pointer)
{
    while (v != NULL && *pointer == '/') {
        size_t len = strcspn(pointer + 1, "/");
        char *key = token(arena, pointer + 1, len), *end = NULL;
        unsigned long index;

        pointer += 1 + len;
        if (v->type == PL_MAP) {
            v = pl_value_member(v, key);
            continue;
        }
        index = strtoul(key, &end, 10);
        /* "01" and "-1" are no indexes (RFC 6901 section 4). */
        if (v->type != PL_LIST || key[0] < '0' || key[0] > '9' || *end != '\0' ||
            (key[0] == '0' && key[1] != '\0'))
            return NULL;
        v = pl_value_item(v, index);
    }
    return *pointer == '\0' ? v : NULL;
}
