/* symptom_read.c - a symptoms file, newline-delimited JSON (section 6 of the contract) or a report (symptom_report.c), to symptoms.
 *
 * Whether a connection of that name exists and where it was seen from is for whoever knows the baseline.
 * Details are foreign text: they are made one line, cut, and freed of what looks like a secret.
 */
#include <inttypes.h>
#include <string.h>

#include "plumbline/address.h"
#include "plumbline/clock.h"
#include "plumbline/json.h"
#include "plumbline/snapshot.h"
#include "plumbline/symptom.h"
#include "plumbline/utf8.h"
#include "plumbline/yaml.h"

#include "field_priv.h"
#include "model_priv.h"

enum { LINE_MAX_BYTES = 1 << 20, DETAIL_MAX_BYTES = 2048 };

static int read_number(const struct pl_lines *lines, const struct pl_value *map, const char *key,
                       int64_t min, int64_t max, int64_t *out)
{
    const struct pl_value *value = pl_value_member(map, key);
    int64_t number;

    if (value == NULL || value->type == PL_NULL)
        return 0;
    if (!pl_value_as_int(value, &number) || number < min || number > max)
        return pl_err_set(lines->err, PL_E_INPUT,
                          "%s:%zu: '%s' is no whole number from %" PRId64 " to %" PRId64,
                          lines->file, lines->line, key, min, max);
    *out = number;
    return 0;
}

static const struct pl_symptom_kind *find_kind(const struct pl_lines *lines, const char *name)
{
    const char *names[64];
    const struct pl_symptom_kind *kind = pl_symptom_find(name);
    const char *nearest;
    size_t n = 0;

    if (kind != NULL)
        return kind;
    while (n < pl_symptom_kinds_len && n < PL_LEN(names)) {
        names[n] = pl_symptom_kinds[n].name;
        n++;
    }
    nearest = pl_nearest(name, names, n);
    (void)pl_err_set(lines->err, PL_E_INPUT, "%s:%zu: unknown symptom '%s'%s%s%s", lines->file,
                     lines->line, pl_clip(lines->arena, name), nearest != NULL ? " (nearest: " : "",
                     nearest != NULL ? nearest : "", nearest != NULL ? ")" : "");
    return NULL;
}

const char *pl_symptom_detail(struct pl_arena *arena, const char *text)
{
    const char *redacted = pl_redact_named(arena, "detail", text, NULL);
    char *copy = pl_arena_strndup(arena, redacted,
                                  pl_utf8_cut(redacted, strlen(redacted), DETAIL_MAX_BYTES));

    for (char *p = copy; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    return copy;
}

bool pl_symptom_place_ok(struct pl_arena *arena, const char *place)
{
    struct pl_address address;

    return strcmp(place, "here") == 0 || strcmp(place, "any") == 0 ||
           pl_address_parse(arena, place, &address, NULL) == 0;
}

/* A place that does not exist would be nobody's `from`, and the symptom would quietly count for nothing. */
static int check_place(const struct pl_lines *lines, const char *place)
{
    struct pl_address address;
    struct pl_err why = {0};

    if (place == NULL || pl_symptom_place_ok(lines->arena, place) ||
        pl_address_parse(lines->arena, place, &address, &why) == 0)
        return 0;
    return pl_err_set(lines->err, PL_E_INPUT,
                      "%s:%zu: 'seen_from' is no address, `here` or `any`: %s", lines->file,
                      lines->line, why.text);
}

static int read_symptom(struct pl_lines *lines, const struct pl_value *line, struct pl_symptom *s)
{
    int64_t code = 0, at;
    const char *name, *detail;

    s->after_ms = -1;
    if (pl_lines_text(lines, line, "connection", &s->connection) != 0 ||
        pl_lines_text(lines, line, "symptom", &name) != 0 ||
        pl_lines_text(lines, line, "detail", &detail) != 0 ||
        pl_lines_text(lines, line, "class", &s->class_name) != 0 ||
        pl_lines_text(lines, line, "seen_from", &s->seen_from) != 0 ||
        pl_lines_text(lines, line, "at", &s->at) != 0 ||
        read_number(lines, line, "code", 0, 65535, &code) != 0 ||
        read_number(lines, line, "after_ms", 0, INT64_MAX / 1000000, &s->after_ms) != 0)
        return -1;
    if (s->connection == NULL || s->connection[0] == '\0')
        return pl_lines_wrong(lines, "no 'connection'");
    if (name == NULL)
        return pl_lines_wrong(lines, "no 'symptom'");
    s->kind = find_kind(lines, name);
    if (s->kind == NULL)
        return -1;
    if (strcmp(name, "http_status") == 0 && (code < 100 || code > 599))
        return pl_lines_wrong(lines, "'http_status' needs 'code', a status from 100 to 599");
    if (s->at != NULL && pl_clock_parse(s->at, &at) != 0)
        return pl_lines_wrong(lines, "'at' is no time like 2026-11-20T10:00:00Z");
    if (check_place(lines, s->seen_from) != 0)
        return -1;
    s->code = (int)code;
    s->detail = detail != NULL ? pl_symptom_detail(lines->arena, detail) : NULL;
    return 0;
}

/* A report instead of lines: 1, or 0; -1 where it is one document and neither. A report spans lines, or has its version. */
static int find_report(struct pl_arena *arena, const char *name, const char *text, size_t len,
                       const struct pl_value **out, struct pl_err *err)
{
    size_t blank = 0;
    bool spans;

    while (blank < len && strchr(" \t\r\n", text[blank]) != NULL && text[blank] != '\0')
        blank++;
    spans = blank + 1 < len && text[blank] == '{' &&
            (text[blank + 1] == '\n' || text[blank + 1] == '\r');
    if (!spans && memmem(text, len, "\"format_version\"", 16) == NULL)
        return 0;
    *out = pl_json_parse(arena, text, len, name, spans ? err : NULL);
    if (*out == NULL)
        return spans ? -1 : 0;
    if (pl_value_member(*out, "format_version") != NULL)
        return 1;
    return spans ? pl_err_set(err, PL_E_INPUT,
                              "%s: neither symptoms, a JSON object a line, nor a report of this "
                              "program: no 'format_version'",
                              name)
                 : 0;
}

int pl_symptoms_read(struct pl_arena *arena, const char *name, const char *text, size_t len,
                     const struct pl_symptom **out, size_t *n, struct pl_err *err)
{
    struct pl_lines lines = {.arena = arena,
                             .err = err,
                             .file = name,
                             .text = text,
                             .len = len,
                             .max_line = LINE_MAX_BYTES};
    struct pl_symptom *symptoms = NULL;
    const struct pl_value *line;
    size_t used = 0, cap = 0;
    const struct pl_value *report;
    int got;

    *out = NULL;
    *n = 0;
    got = find_report(arena, name, text, len, &report, err);
    if (got != 0)
        return got < 0 ? -1 : pl_symptoms_of_report(arena, name, report, out, n, err);
    while ((got = pl_lines_next(&lines, &line)) > 0) {
        struct pl_symptom symptom = {.kind = NULL};

        if (read_symptom(&lines, line, &symptom) != 0)
            return -1;
        PL_PUSH(arena, symptoms, used, cap, symptom);
    }
    *out = got == 0 ? symptoms : NULL;
    *n = got == 0 ? used : 0;
    return got;
}
