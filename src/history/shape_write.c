/* shape_write.c - plain structs to JSON, by tables of their members (shape_run.c); shape_read.c reads them back by the same ones.
 *
 * What several places point to is written once, where it is met first, and is a number everywhere else: the reader meets things in the
 * same order and counts the same. So two pointers that were equal are equal again. Zero and NULL are left out.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "history_priv.h"
#include "plumbline/json.h"
#include "plumbline/map.h"

/* Reading an object at an offset, as a type. */
#define IN(object, offset, type) (*(type const *)(const void *)((const char *)(object) + (offset)))

struct writer {
    struct pl_buf *out;
    struct pl_arena *arena;
    struct pl_map met; /* address and shape, to its number + 1 */
    size_t n_met;
};

static void write_struct(struct writer *w, const struct shape *shape, const void *object);

/* Can it be read again? What is not UTF-8 cannot. */
static bool is_json(struct writer *w, const struct pl_buf *b)
{
    bool ascii = true;
    for (size_t i = 0; i < b->len; i++)
        ascii = ascii && (unsigned char)b->data[i] < 0x80;
    return ascii || pl_json_parse(w->arena, b->data, b->len, "text", &(struct pl_err){0});
}

/* Text that is not UTF-8 is kept byte for byte: a list of its bytes as characters. */
static void write_text(struct writer *w, const char *text)
{
    struct pl_buf b = {0};
    pl_json_write_string(&b, text, strlen(text));
    if (!is_json(w, &b)) {
        struct pl_buf bytes = {0};
        for (const unsigned char *s = (const unsigned char *)text; *s; s++) {
            if (*s >= 0x80)
                pl_buf_addc(&bytes, (char)(0xc0 | *s >> 6));
            pl_buf_addc(&bytes, (char)(*s >= 0x80 ? 0x80 | (*s & 0x3f) : *s));
        }
        pl_buf_clear(&b);
        pl_buf_addc(&b, '[');
        pl_json_write_string(&b, pl_buf_str(&bytes), bytes.len);
        pl_buf_addc(&b, ']');
        pl_buf_free(&bytes);
    }
    pl_buf_add(w->out, b.data, b.len);
    pl_buf_free(&b);
}

/* The number of what was met before, else -1, and it is met now. */
static int64_t meet(struct writer *w, const struct shape *shape, const void *object)
{
    char key[96];
    snprintf(key, sizeof(key), "%p %s", object, shape->name);
    uintptr_t number = (uintptr_t)pl_map_get(&w->met, key);
    if (number > 0)
        return (int64_t)number - 1;
    (void)pl_map_put(&w->met, key, (void *)(uintptr_t)++w->n_met);
    return -1;
}

static void write_ref(struct writer *w, const struct shape *shape, const void *object)
{
    int64_t number = shape->shared ? meet(w, shape, object) : -1;
    if (number >= 0)
        pl_buf_addf(w->out, "%" PRId64, number);
    else
        write_struct(w, shape, object);
}

static void write_in_place(struct writer *w, const struct shape *shape, const void *object)
{
    if (shape->shared)
        (void)meet(w, shape, object);
    write_struct(w, shape, object);
}

static int64_t read_int(const void *object, const struct shape_member *m)
{
    if (m->size != sizeof(int32_t))
        return IN(object, m->at, int64_t);
    return m->is_unsigned ? (int64_t)IN(object, m->at, uint32_t)
                          : (int64_t)IN(object, m->at, int32_t);
}

static void write_real(struct writer *w, double real)
{
    struct pl_value v = {.type = PL_REAL, .u.real = isfinite(real) ? real : -1};
    pl_json_write(w->out, &v);
}

static void write_mark(struct writer *w, const struct pl_mark *mark)
{
    pl_buf_addc(w->out, '[');
    write_text(w, mark->file->name);
    pl_buf_addf(w->out, ",%d,%d]", mark->line, mark->column);
}

/* Is there anything to write? Zero is what the reader finds where nothing stands. */
static bool is_zero(const void *object, const struct shape_member *m)
{
    static const unsigned char zeros[64];
    const unsigned char *bytes = (const unsigned char *)object + m->at;
    if (m->what == SHAPE_SKIP)
        return true;
    if (m->what == SHAPE_MARK)
        return IN(object, m->at, struct pl_mark).file == NULL;
    if (m->what == SHAPE_ADDRESS)
        return IN(object, m->at, struct pl_address).kind == NULL;
    if (m->what == SHAPE_PATH)
        return IN(object, m->at, struct pl_path).n == 0;
    if (m->what == SHAPE_STRUCT)
        return false;
    if (m->what == SHAPE_TEXTS || m->what == SHAPE_REALS || m->what == SHAPE_LIST ||
        m->what == SHAPE_REFS)
        return IN(object, m->count_at, size_t) == 0;
    return m->size <= sizeof(zeros) && memcmp(bytes, zeros, m->size) == 0;
}

static void write_item(struct writer *w, const void *object, const struct shape_member *m, size_t i)
{
    if (m->what == SHAPE_TEXTS)
        write_text(w, IN(object, m->at, const char *const *)[i]);
    else if (m->what == SHAPE_REALS)
        write_real(w, IN(object, m->at, const double *)[i]);
    else if (m->what == SHAPE_INTS)
        pl_buf_addf(w->out, "%zu", (&IN(object, m->at, size_t))[i]);
    else if (m->what == SHAPE_LIST)
        write_in_place(w, m->of, IN(object, m->at, const char *) + i * m->of->size);
    else
        write_ref(w, m->of, IN(object, m->at, const void *const *)[i]);
}

static void write_many(struct writer *w, const void *object, const struct shape_member *m)
{
    size_t n = m->what == SHAPE_INTS ? m->size / sizeof(size_t) : IN(object, m->count_at, size_t);
    pl_buf_addc(w->out, '[');
    for (size_t i = 0; i < n; i++) {
        pl_buf_adds(w->out, i ? "," : "");
        write_item(w, object, m, i);
    }
    pl_buf_addc(w->out, ']');
}

/* In brackets: nothing is PL_UNKNOWN, and a 0 behind a text says that it is as write_text codes it. */
static void write_value(struct writer *w, const struct pl_value *v)
{
    struct pl_buf b = {0};
    pl_buf_addc(w->out, '[');
    if (v->type != PL_UNKNOWN)
        pl_json_write(&b, v);
    if (is_json(w, &b)) {
        pl_buf_add(w->out, pl_buf_str(&b), b.len);
    } else if (v->type == PL_STRING) {
        write_text(w, v->u.string.s);
        pl_buf_adds(w->out, ",0");
    } else {
        for (size_t i = 0; i < b.len; i++)
            pl_buf_addc(w->out, (unsigned char)b.data[i] < 0x80 ? b.data[i] : '?');
    }
    pl_buf_addc(w->out, ']');
    pl_buf_free(&b);
}

static void write_member(struct writer *w, const void *object, const struct shape_member *m)
{
    switch (m->what) {
    case SHAPE_TEXT:
        write_text(w, IN(object, m->at, const char *));
        break;
    case SHAPE_INT:
        pl_buf_addf(w->out, "%" PRId64, read_int(object, m));
        break;
    case SHAPE_BOOL:
        pl_buf_adds(w->out, "true");
        break;
    case SHAPE_REAL:
        write_real(w, IN(object, m->at, double));
        break;
    case SHAPE_ENUM:
        write_text(w, m->names->names[IN(object, m->at, unsigned)]);
        break;
    case SHAPE_NAMED:
        write_text(w, m->catalogue->name(IN(object, m->at, const void *)));
        break;
    case SHAPE_VALUE:
        write_value(w, IN(object, m->at, const struct pl_value *));
        break;
    case SHAPE_ADDRESS:
        write_text(w, pl_address_full(w->arena, &IN(object, m->at, struct pl_address)));
        break;
    case SHAPE_PATH:
        write_text(w, pl_path_format(w->arena, &IN(object, m->at, struct pl_path)));
        break;
    case SHAPE_MARK:
        write_mark(w, &IN(object, m->at, struct pl_mark));
        break;
    case SHAPE_STRUCT:
        write_in_place(w, m->of, (const char *)object + m->at);
        break;
    case SHAPE_REF:
        write_ref(w, m->of, IN(object, m->at, const void *));
        break;
    case SHAPE_TEXTS:
    case SHAPE_INTS:
    case SHAPE_REALS:
    case SHAPE_LIST:
    case SHAPE_REFS:
        write_many(w, object, m);
        break;
    case SHAPE_SKIP:
        break;
    }
}

static void write_struct(struct writer *w, const struct shape *shape, const void *object)
{
    bool first = true;
    pl_buf_addc(w->out, '{');
    for (size_t i = 0; i < shape->n; i++) {
        const struct shape_member *m = &shape->members[i];
        if (is_zero(object, m))
            continue;
        pl_buf_addf(w->out, "%s\"%s\":", first ? "" : ",", m->name);
        first = false;
        write_member(w, object, m);
    }
    pl_buf_addc(w->out, '}');
}

void pl_shape_write(struct pl_buf *out, const struct shape *shape, const void *object)
{
    struct writer w = {.out = out, .arena = pl_arena_new()};
    pl_map_init(&w.met, w.arena);
    write_in_place(&w, shape, object);
    pl_arena_free(w.arena);
}

/* ---- reading ---- */
