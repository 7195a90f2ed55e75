/* document.c - a run, and what earlier runs say of it, as one text each: {"plumbline_run": "1.0", "run": {...}}.
 *
 * Readers accept the same major version, and leave out what they do not know.
 */
#include <string.h>

#include "history_priv.h"
#include "plumbline/json.h"

static void write_document(struct pl_buf *out, const char *key, const struct shape *shape,
                           const void *object)
{
    pl_buf_addf(out, "{\"plumbline_%s\":\"1.0\",\"%s\":", key, key);
    pl_shape_write(out, shape, object);
    pl_buf_adds(out, "}\n");
}

static int read_document(struct pl_arena *arena, const char *key, const struct shape *shape,
                         const char *text, size_t len, void *object, struct pl_err *err)
{
    const struct pl_value *v = pl_json_parse(arena, text, len, key, err);
    if (!v)
        return -1;
    const char *version = pl_value_member_text(v, pl_arena_printf(arena, "plumbline_%s", key));
    if (!version)
        return pl_err_set(err, PL_E_INPUT, "it is no %s of plumbline's", key);
    if (strncmp(version, "1.", 2) != 0)
        return pl_err_set(err, PL_E_INPUT,
                          "it has the form %.20s, and this plumbline knows 1: a newer one wrote it",
                          version);
    const struct pl_value *body = pl_value_member(v, key);
    return pl_shape_read(arena, shape, body ? body : pl_value_null(), object, err);
}

void pl_run_write(struct pl_buf *out, const struct pl_run *run)
{
    write_document(out, "run", &pl_shape_run, run);
}

struct pl_run *pl_run_read(struct pl_arena *arena, const char *text, size_t len, struct pl_err *err)
{
    struct pl_run *run = PL_NEW(arena, struct pl_run);
    if (read_document(arena, "run", &pl_shape_run, text, len, run, err) < 0)
        return NULL;
    run->arena = arena;
    return run;
}

void pl_past_write(struct pl_buf *out, const struct pl_past *past)
{
    write_document(out, "past", &pl_shape_past, past);
}

struct pl_past *pl_past_read(struct pl_arena *arena, const char *text, size_t len,
                             struct pl_err *err)
{
    struct pl_past *past = PL_NEW(arena, struct pl_past);
    return read_document(arena, "past", &pl_shape_past, text, len, past, err) < 0 ? NULL : past;
}

void pl_told_write(struct pl_buf *out, const struct pl_told *told)
{
    write_document(out, "told", &pl_shape_told, told);
}

int pl_told_read(struct pl_arena *arena, const char *text, size_t len, struct pl_told *out,
                 struct pl_err *err)
{
    *out = (struct pl_told){0};
    return read_document(arena, "told", &pl_shape_told, text, len, out, err);
}
