/* shape_read.c - JSON back to plain structs, by the tables that wrote it (shape_write.c).
 *
 * Things are met in the same order as they were written, and counted the same: a number is the thing that was met there.
 */
#include <string.h>

#include "history_priv.h"

/* Reading an object at an offset, as a type. */
#define AT(object, offset, type) (*(type *)(void *)((char *)(object) + (offset)))

struct met {
    const struct shape *shape;
    void *object;
};

struct reader {
    struct pl_arena *arena;
    struct met *met;
    size_t n_met, cap_met;
    struct pl_err *err;
};

static int read_struct(struct reader *r, const struct shape *shape, const struct pl_value *v,
                       void *object);

static int wrong(struct reader *r, const char *what)
{
    return pl_err_set(r->err, PL_E_PARSE, "%s is wanted", what);
}

static const char *read_text(struct reader *r, const struct pl_value *v)
{
    const char *text = pl_value_text(v);
    if (text)
        return text;
    const char *coded = pl_value_count(v) == 1 ? pl_value_text(pl_value_item(v, 0)) : NULL;
    if (!coded) {
        (void)wrong(r, "a text");
        return NULL;
    }
    char *out = pl_arena_alloc(r->arena, strlen(coded) + 1), *to = out;
    for (const unsigned char *s = (const unsigned char *)coded; *s; s++) {
        bool two = (*s & 0xfc) == 0xc0 && s[1];
        *to++ = (char)(two ? (s[0] & 3) << 6 | (s[1] & 0x3f) : s[0]);
        s += two;
    }
    return out;
}

static int set_int(struct reader *r, const struct pl_value *v, void *object,
                   const struct shape_member *m)
{
    int64_t n;
    bool narrow = m->size == sizeof(int32_t);
    if (v->type != PL_INT || !pl_value_as_int(v, &n) || (m->is_unsigned && n < 0) ||
        (narrow && (m->is_unsigned ? n > (int64_t)UINT32_MAX : n > INT32_MAX || n < INT32_MIN)))
        return wrong(r, "an integer");
    if (narrow)
        AT(object, m->at, uint32_t) = (uint32_t)n;
    else
        AT(object, m->at, int64_t) = n;
    return 0;
}

static int set_real(struct reader *r, const struct pl_value *v, double *out)
{
    if (v->type != PL_REAL && v->type != PL_INT)
        return wrong(r, "a number");
    *out = v->type == PL_REAL ? v->u.real : (double)v->u.integer;
    return 0;
}

static int set_enum(struct reader *r, const struct pl_value *v, void *object,
                    const struct shape_member *m)
{
    const char *text = read_text(r, v);
    for (size_t i = 0; text && i < m->names->n; i++)
        if (strcmp(text, m->names->names[i]) == 0) {
            AT(object, m->at, unsigned) = (unsigned)i;
            return 0;
        }
    return wrong(r, "a known word");
}

static int set_mark(struct reader *r, const struct pl_value *v, struct pl_mark *out)
{
    int64_t line, column;
    const char *name = pl_value_count(v) == 3 ? read_text(r, pl_value_item(v, 0)) : NULL;
    if (!name || !pl_value_as_int(pl_value_item(v, 1), &line) ||
        !pl_value_as_int(pl_value_item(v, 2), &column) || line < 0 || line > INT32_MAX ||
        column < 0 || column > INT32_MAX)
        return wrong(r, "[file, line, column]");
    struct pl_yaml_file *file = PL_NEW(r->arena, struct pl_yaml_file);
    *file = (struct pl_yaml_file){.name = name, .text = ""};
    *out = (struct pl_mark){.file = file, .line = (int)line, .column = (int)column};
    return 0;
}

static void remember(struct reader *r, const struct shape *shape, void *object)
{
    struct met met = {shape, object};
    if (shape->shared)
        PL_PUSH(r->arena, r->met, r->n_met, r->cap_met, met);
}

static int read_in_place(struct reader *r, const struct shape *shape, const struct pl_value *v,
                         void *object)
{
    remember(r, shape, object);
    return read_struct(r, shape, v, object);
}

static void *read_ref(struct reader *r, const struct shape *shape, const struct pl_value *v)
{
    if (v->type == PL_INT) {
        size_t i = v->u.integer >= 0 ? (size_t)v->u.integer : SIZE_MAX;
        if (i < r->n_met && r->met[i].shape == shape)
            return r->met[i].object;
        (void)wrong(r, "a reference to what stands before it");
        return NULL;
    }
    void *object = pl_arena_alloc(r->arena, shape->size);
    return read_in_place(r, shape, v, object) < 0 ? NULL : object;
}

/* Element i of a list that is `base`. */
static int read_item(struct reader *r, const struct pl_value *v, const struct shape_member *m,
                     void *base, size_t i)
{
    if (m->what == SHAPE_TEXTS)
        return (((const char **)base)[i] = read_text(r, v)) ? 0 : -1;
    if (m->what == SHAPE_REALS)
        return set_real(r, v, (double *)base + i);
    if (m->what == SHAPE_LIST)
        return read_in_place(r, m->of, v, (char *)base + i * m->of->size);
    return (((void **)base)[i] = read_ref(r, m->of, v)) ? 0 : -1;
}

static int set_many(struct reader *r, const struct pl_value *v, void *object,
                    const struct shape_member *m)
{
    size_t n = pl_value_count(v);
    size_t size = m->what == SHAPE_LIST    ? m->of->size
                  : m->what == SHAPE_REALS ? sizeof(double)
                                           : sizeof(void *);
    if (v->type != PL_LIST)
        return wrong(r, "a list");
    void *base = pl_arena_array(r->arena, n + 1, size);
    AT(object, m->at, void *) = base;
    AT(object, m->count_at, size_t) = n;
    for (size_t i = 0; i < n; i++)
        if (read_item(r, pl_value_item(v, i), m, base, i) < 0)
            return pl_err_wrap(r->err, "[%zu]", i);
    return 0;
}

static int set_ints(struct reader *r, const struct pl_value *v, void *object,
                    const struct shape_member *m)
{
    size_t n = m->size / sizeof(size_t);
    for (size_t i = 0; i < n && i < pl_value_count(v); i++) {
        int64_t number;
        if (!pl_value_as_int(pl_value_item(v, i), &number) || number < 0)
            return wrong(r, "a count");
        (&AT(object, m->at, size_t))[i] = (size_t)number;
    }
    return 0;
}

static int set_parsed(struct reader *r, const struct pl_value *v, void *object,
                      const struct shape_member *m)
{
    const char *text = read_text(r, v);
    if (!text)
        return -1;
    if (m->what == SHAPE_PATH)
        return pl_path_parse(r->arena, text, &AT(object, m->at, struct pl_path), r->err);
    if (m->what == SHAPE_ADDRESS)
        return pl_address_parse(r->arena, text, &AT(object, m->at, struct pl_address), r->err);
    AT(object, m->at, const void *) = m->catalogue->find(r->arena, text);
    return AT(object, m->at, const void *)
               ? 0
               : pl_err_set(r->err, PL_E_PARSE, "the %s '%s' is not known to this version",
                            m->catalogue->what, text);
}

static int set_value(struct reader *r, const struct pl_value *v, void *object,
                     const struct shape_member *m)
{
    size_t n = pl_value_count(v);
    if (v->type != PL_LIST || n > 2)
        return wrong(r, "a value in brackets");
    if (n == 2) {
        const char *text = read_text(r, pl_value_item(v, 0));
        AT(object, m->at, const struct pl_value *) = pl_value_string(r->arena, text ? text : "");
        return text ? 0 : -1;
    }
    AT(object, m->at, const struct pl_value *) = n ? pl_value_item(v, 0) : pl_value_unknown();
    return 0;
}

static int set_member(struct reader *r, const struct pl_value *v, void *object,
                      const struct shape_member *m)
{
    switch (m->what) {
    case SHAPE_TEXT:
        return (AT(object, m->at, const char *) = read_text(r, v)) ? 0 : -1;
    case SHAPE_INT:
        return set_int(r, v, object, m);
    case SHAPE_INTS:
        return set_ints(r, v, object, m);
    case SHAPE_BOOL:
        AT(object, m->at, bool) = pl_value_true(v);
        return 0;
    case SHAPE_REAL:
        return set_real(r, v, &AT(object, m->at, double));
    case SHAPE_ENUM:
        return set_enum(r, v, object, m);
    case SHAPE_NAMED:
    case SHAPE_ADDRESS:
    case SHAPE_PATH:
        return set_parsed(r, v, object, m);
    case SHAPE_VALUE:
        return set_value(r, v, object, m);
    case SHAPE_MARK:
        return set_mark(r, v, &AT(object, m->at, struct pl_mark));
    case SHAPE_STRUCT:
        return read_in_place(r, m->of, v, (char *)object + m->at);
    case SHAPE_REF:
        return (AT(object, m->at, void *) = read_ref(r, m->of, v)) ? 0 : -1;
    case SHAPE_TEXTS:
    case SHAPE_REALS:
    case SHAPE_LIST:
    case SHAPE_REFS:
        return set_many(r, v, object, m);
    case SHAPE_SKIP:
        return 0;
    }
    return 0;
}

static int read_struct(struct reader *r, const struct shape *shape, const struct pl_value *v,
                       void *object)
{
    if (v->type != PL_MAP)
        return pl_err_set(r->err, PL_E_PARSE, "%s: an object is wanted", shape->name);
    for (size_t i = 0; i < shape->n; i++) {
        const struct shape_member *m = &shape->members[i];
        const struct pl_value *member = m->what == SHAPE_SKIP ? NULL : pl_value_member(v, m->name);
        if (member && set_member(r, member, object, m) < 0)
            return pl_err_wrap(r->err, "%s.%s", shape->name, m->name);
        if (m->needed && !member)
            return pl_err_set(r->err, PL_E_PARSE, "%s.%s is missing", shape->name, m->name);
    }
    if (shape->is_whole && !shape->is_whole(object))
        return pl_err_set(r->err, PL_E_PARSE, "%s: a part of it is missing", shape->name);
    return 0;
}

int pl_shape_read(struct pl_arena *arena, const struct shape *shape, const struct pl_value *v,
                  void *object, struct pl_err *err)
{
    struct reader r = {.arena = arena, .err = err};
    return read_in_place(&r, shape, v, object);
}
