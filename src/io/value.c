/* value.c - immutable trees of JSON values: building and reading them.
 *
 * Says nothing of text: json_read.c and json_write.c do. Trees share sub-trees, so nothing here changes
 * a value after it was made.
 */
#include "plumbline/value.h"

#include <stdlib.h>
#include <string.h>

static const struct pl_value null_value = {.type = PL_NULL};
static const struct pl_value unknown_value = {.type = PL_UNKNOWN};
static const struct pl_value true_value = {.type = PL_BOOL, .u.boolean = true};
static const struct pl_value false_value = {.type = PL_BOOL, .u.boolean = false};

const struct pl_value *pl_value_null(void)
{
    return &null_value;
}

const struct pl_value *pl_value_unknown(void)
{
    return &unknown_value;
}

const struct pl_value *pl_value_bool(bool b)
{
    return b ? &true_value : &false_value;
}

static struct pl_value *make(struct pl_arena *arena, enum pl_value_type type)
{
    struct pl_value *v = PL_NEW(arena, struct pl_value);

    v->type = type;
    return v;
}

const struct pl_value *pl_value_int(struct pl_arena *arena, int64_t i)
{
    struct pl_value *v = make(arena, PL_INT);

    v->u.integer = i;
    return v;
}

const struct pl_value *pl_value_real(struct pl_arena *arena, double r)
{
    struct pl_value *v = make(arena, PL_REAL);

    v->u.real = r;
    return v;
}

const struct pl_value *pl_value_stringn(struct pl_arena *arena, const char *s, size_t len)
{
    struct pl_value *v = make(arena, PL_STRING);

    v->u.string.s = pl_arena_strndup(arena, s, len);
    v->u.string.len = len;
    return v;
}

const struct pl_value *pl_value_string(struct pl_arena *arena, const char *s)
{
    return pl_value_stringn(arena, s, strlen(s));
}

const struct pl_value *pl_value_list(struct pl_arena *arena, const struct pl_value *const *items,
                                     size_t n)
{
    struct pl_value *v = make(arena, PL_LIST);
    const struct pl_value **copy = pl_arena_array(arena, n, sizeof *copy);

    if (n > 0)
        memcpy(copy, items, n * sizeof *copy);
    v->u.list.items = copy;
    v->u.list.n = n;
    return v;
}

/* Orders pointers into one array by key, equal keys by place, so that the last one given can win. */
static int by_key(const void *a, const void *b)
{
    const struct pl_member *x = *(const struct pl_member *const *)a,
                           *y = *(const struct pl_member *const *)b;
    int order = strcmp(x->key, y->key);

    return order != 0 ? order : (x > y) - (x < y);
}

const struct pl_value *pl_value_map(struct pl_arena *arena, const struct pl_member *members,
                                    size_t n)
{
    struct pl_value *v = make(arena, PL_MAP);
    struct pl_member *sorted = pl_arena_array(arena, n, sizeof *sorted);
    const struct pl_member **order = pl_xrealloc(NULL, n * sizeof *order);
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        order[i] = &members[i];
    if (n > 1)
        qsort(order, n, sizeof *order, by_key);
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && strcmp(sorted[kept - 1].key, order[i]->key) == 0) {
            sorted[kept - 1].value = order[i]->value;
            continue;
        }
        sorted[kept].key = pl_arena_strdup(arena, order[i]->key);
        sorted[kept++].value = order[i]->value;
    }
    pl_xfree(order);
    v->u.map.members = sorted;
    v->u.map.n = kept;
    return v;
}

/* The first member whose key is not below `key`. */
static size_t lower_bound(const struct pl_value *map, const char *key)
{
    size_t lo = 0, hi = map->u.map.n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (strcmp(map->u.map.members[mid].key, key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool is_map(const struct pl_value *v)
{
    return v != NULL && v->type == PL_MAP;
}

const struct pl_value *pl_value_map_with(struct pl_arena *arena, const struct pl_value *map,
                                         const char *key, const struct pl_value *value)
{
    static const struct pl_value empty = {.type = PL_MAP};
    struct pl_value *v = make(arena, PL_MAP);
    struct pl_member *members;
    size_t at, rest, n = 0;

    if (!is_map(map))
        map = &empty;
    at = rest = lower_bound(map, key);
    if (at < map->u.map.n && strcmp(map->u.map.members[at].key, key) == 0)
        rest++;
    members = pl_arena_array(arena, map->u.map.n + 1, sizeof *members);
    for (size_t i = 0; i < at; i++)
        members[n++] = map->u.map.members[i];
    if (value != NULL)
        members[n++] = (struct pl_member){.key = pl_arena_strdup(arena, key), .value = value};
    for (size_t i = rest; i < map->u.map.n; i++)
        members[n++] = map->u.map.members[i];
    v->u.map.members = members;
    v->u.map.n = n;
    return v;
}

const struct pl_value *pl_value_member(const struct pl_value *map, const char *key)
{
    size_t at;

    if (!is_map(map))
        return NULL;
    at = lower_bound(map, key);
    if (at == map->u.map.n || strcmp(map->u.map.members[at].key, key) != 0)
        return NULL;
    return map->u.map.members[at].value;
}

const char *pl_value_text(const struct pl_value *v)
{
    return v != NULL && v->type == PL_STRING ? v->u.string.s : NULL;
}

const char *pl_value_member_text(const struct pl_value *map, const char *key)
{
    return pl_value_text(pl_value_member(map, key));
}

bool pl_value_true(const struct pl_value *v)
{
    return v != NULL && v->type == PL_BOOL && v->u.boolean;
}

size_t pl_value_count(const struct pl_value *v)
{
    if (is_map(v))
        return v->u.map.n;
    return v != NULL && v->type == PL_LIST ? v->u.list.n : 0;
}

const struct pl_value *pl_value_item(const struct pl_value *list, size_t i)
{
    return list != NULL && list->type == PL_LIST && i < list->u.list.n ? list->u.list.items[i]
                                                                       : NULL;
}

const struct pl_value *pl_value_named(const struct pl_value *list, const char *name)
{
    for (size_t i = 0; name != NULL && i < pl_value_count(list); i++) {
        const char *of = pl_value_member_text(pl_value_item(list, i), "name");

        if (of != NULL && strcmp(of, name) == 0)
            return pl_value_item(list, i);
    }
    return NULL;
}

/* Digits with at most a minus before them: what Google's int64 format allows, no more. */
static bool decimal(const char *s, int64_t *out)
{
    bool negative = *s == '-';
    int64_t n = 0;

    s += negative;
    if (*s == '\0')
        return false;
    for (; *s != '\0'; s++) {
        int d = *s - '0';

        if (d < 0 || d > 9 || __builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, d, &n))
            return false;
    }
    /* Gathered below zero, where int64 reaches one further. */
    if (!negative && n == INT64_MIN)
        return false;
    *out = negative ? n : -n;
    return true;
}

bool pl_value_as_int(const struct pl_value *v, int64_t *out)
{
    if (v != NULL && v->type == PL_STRING)
        return v->u.string.len == strlen(v->u.string.s) && decimal(v->u.string.s, out);
    if (v != NULL && v->type == PL_INT) {
        *out = v->u.integer;
        return true;
    }
    if (v == NULL || v->type != PL_REAL)
        return false;
    /* 2^63 itself is no int64, and the comparison fails for NaN. */
    if (!(v->u.real >= -0x1p63 && v->u.real < 0x1p63) || (double)(int64_t)v->u.real != v->u.real)
        return false;
    *out = (int64_t)v->u.real;
    return true;
}

static bool lists_equal(const struct pl_value *a, const struct pl_value *b)
{
    if (a->u.list.n != b->u.list.n)
        return false;
    for (size_t i = 0; i < a->u.list.n; i++) {
        if (!pl_value_equal(a->u.list.items[i], b->u.list.items[i]))
            return false;
    }
    return true;
}

static bool maps_equal(const struct pl_value *a, const struct pl_value *b)
{
    if (a->u.map.n != b->u.map.n)
        return false;
    for (size_t i = 0; i < a->u.map.n; i++) {
        const struct pl_member *x = &a->u.map.members[i], *y = &b->u.map.members[i];

        if (strcmp(x->key, y->key) != 0 || !pl_value_equal(x->value, y->value))
            return false;
    }
    return true;
}

bool pl_value_equal(const struct pl_value *a, const struct pl_value *b)
{
    if (a == NULL || b == NULL || a->type != b->type)
        return a == b;
    switch (a->type) {
    case PL_NULL:
        return true;
    case PL_BOOL:
        return a->u.boolean == b->u.boolean;
    case PL_INT:
        return a->u.integer == b->u.integer;
    case PL_REAL:
        return a->u.real == b->u.real;
    case PL_STRING:
        return a->u.string.len == b->u.string.len &&
               memcmp(a->u.string.s, b->u.string.s, a->u.string.len) == 0;
    case PL_LIST:
        return lists_equal(a, b);
    case PL_MAP:
        return maps_equal(a, b);
    case PL_UNKNOWN:
        break;
    }
    return false;
}

const char *pl_value_type_name(enum pl_value_type type)
{
    static const char *const names[] = {
        [PL_NULL] = "null",   [PL_BOOL] = "boolean",    [PL_INT] = "integer",
        [PL_REAL] = "number", [PL_STRING] = "string",   [PL_LIST] = "list",
        [PL_MAP] = "map",     [PL_UNKNOWN] = "unknown",
    };

    return names[type];
}
