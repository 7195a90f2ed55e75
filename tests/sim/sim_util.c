/*
 * sim_util.c - small tools under every other file of plumbline-sim: path templates, text templates, encodings, NDJSON.
 *
 * Knows nothing of Google, of HTTP servers or of the estate.
 */
#include "sim.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

int sim_fail(struct sim_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return -1;
}

const char *sim_str(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

bool sim_has_word(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = list; *at != '\0' && length > 0;) {
        const size_t here = strcspn(at, " ");
        if (here == length && memcmp(at, word, length) == 0) {
            return true;
        }
        at += here;
        at += strspn(at, " ");
    }
    return false;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    if (c >= 'A' && c <= 'F') {
        c = (char)(c - 'A' + 'a');
    }
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at == NULL ? -1 : (int)(at - digits);
}

char *sim_percent_decode(const char *text, size_t length, bool plus)
{
    char *out = malloc(length + 1);
    size_t n = 0;
    if (out == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '%') {
            const int hi = i + 2 < length ? hex_digit(text[i + 1]) : -1;
            const int lo = i + 2 < length ? hex_digit(text[i + 2]) : -1;
            if (hi < 0 || lo < 0 || hi + lo == 0) {
                free(out);
                return NULL;
            }
            c = (char)(unsigned char)(hi * 16 + lo);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        out[n++] = c;
    }
    out[n] = '\0';
    return out;
}

/* One segment of a template against one of a path. `{x}` takes any text, `{x}:verb` any text before that verb. */
static bool match_segment(const char *pattern, size_t pattern_length, const char *text,
                          size_t length, json_t *vars)
{
    const char *close = pattern[0] == '{' ? memchr(pattern, '}', pattern_length) : NULL;
    if (close == NULL) {
        return pattern_length == length && memcmp(pattern, text, length) == 0;
    }
    const char *suffix = close + 1;
    const size_t suffix_length = pattern_length - (size_t)(suffix - pattern);
    if (length <= suffix_length ||
        memcmp(text + length - suffix_length, suffix, suffix_length) != 0) {
        return false;
    }
    char *value = sim_percent_decode(text, length - suffix_length, false);
    const char *colon = value == NULL ? NULL : strchr(value, ':');
    const char *dot = value == NULL ? NULL : strchr(value, '.');
    /* A colon begins a verb, except in a domain-scoped project id (example.com:project). */
    bool good = value != NULL && value[0] != '\0' && strchr(value, '/') == NULL &&
                (colon == NULL || (dot != NULL && dot < colon));
    if (good) {
        json_t *string = json_string(value); /* NULL if not UTF-8 */
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)(close - pattern - 1), pattern + 1);
        good = string != NULL && json_object_set_new(vars, name, string) == 0;
    }
    free(value);
    return good;
}

json_t *sim_match(const char *pattern, const char *path)
{
    json_t *vars = json_object();
    for (;;) {
        const size_t p = strcspn(pattern, "/");
        const size_t t = strcspn(path, "/");
        if (!match_segment(pattern, p, path, t, vars)) {
            break;
        }
        pattern += p;
        path += t;
        if (*pattern == '\0' && *path == '\0') {
            return vars;
        }
        if (*pattern != *path) {
            break;
        }
        pattern++;
        path++;
    }
    json_decref(vars);
    return NULL;
}

json_t *sim_expand(const char *pattern, const json_t *facts)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL) {
        return json_string("");
    }
    while (*pattern != '\0') {
        const size_t plain = strcspn(pattern, "{");
        fwrite(pattern, 1, plain, out);
        pattern += plain;
        const char *close = strchr(pattern, '}');
        if (*pattern == '{' && close != NULL) {
            char name[32];
            snprintf(name, sizeof name, "%.*s", (int)(close - pattern - 1), pattern + 1);
            const char *value = sim_str(facts, name);
            fputs(value == NULL ? "" : value, out);
            pattern = close + 1;
        } else if (*pattern == '{') {
            fputc(*pattern++, out);
        }
    }
    fclose(out);
    json_t *string = json_string(text == NULL ? "" : text);
    free(text);
    return string;
}

static const char base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void sim_base64url_encode(const unsigned char *in, size_t length, char *out)
{
    unsigned bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < length; i++) {
        bits = (bits << 8 | in[i]) & 0xffffU;
        held += 8;
        while (held >= 6) {
            held -= 6;
            *out++ = base64url[(bits >> held) & 0x3fU];
        }
    }
    if (held > 0) {
        *out++ = base64url[(bits << (6 - held)) & 0x3fU];
    }
    *out = '\0';
}

long sim_base64url_decode(const char *in, size_t length, unsigned char *out, size_t room)
{
    unsigned bits = 0;
    unsigned held = 0;
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        const char *at = in[i] == '\0' ? NULL : strchr(base64url, in[i]);
        if (at == NULL) {
            return -1;
        }
        bits = (bits << 6 | (unsigned)(at - base64url)) & 0xffffU;
        held += 6;
        if (held >= 8) {
            held -= 8;
            if (n == room) {
                return -1;
            }
            out[n++] = (unsigned char)((bits >> held) & 0xffU);
        }
    }
    /* RFC 4648 section 3.5: bits that are left over must be zero, or two texts would mean the same bytes. */
    return length % 4 == 1 || (bits & ((1U << held) - 1U)) != 0 ? -1 : (long)n;
}

bool sim_is_number(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

bool sim_is_region(const char *text)
{
    const size_t stem = strspn(text, "abcdefghijklmnopqrstuvwxyz-");
    const char *dash = strchr(text, '-');
    return stem > 2 && text[0] != '-' && text[stem - 1] != '-' && dash != NULL &&
           dash < text + stem && sim_is_number(text + stem);
}

bool sim_is_zone(const char *text)
{
    const size_t length = strlen(text);
    char region[64];
    if (length < 3 || length >= sizeof region || text[length - 2] != '-' ||
        text[length - 1] < 'a' || text[length - 1] > 'z') {
        return false;
    }
    snprintf(region, sizeof region, "%.*s", (int)(length - 2), text);
    return sim_is_region(region);
}

json_t *sim_place(const char *location)
{
    if (strcmp(location, "global") == 0) {
        return json_string(location);
    }
    return json_sprintf("%s/%s", sim_is_zone(location) ? "zones" : "regions", location);
}

/* `pattern` with {place} replaced, against `path`. */
static json_t *match_at(const char *pattern, const char *place, const char *path)
{
    const char *at = strstr(pattern, "{place}");
    json_t *whole =
        json_sprintf("%.*s%s%s", (int)(at - pattern), pattern, place, at + strlen("{place}"));
    json_t *vars = sim_match(json_string_value(whole), path);
    json_decref(whole);
    return vars;
}

json_t *sim_kind_match(const struct sim_kind *kind, const char *path)
{
    json_t *vars = NULL;
    if (kind->places == 0) {
        return sim_match(kind->resource, path);
    }
    if ((kind->places & SIM_PLACE_REGION) != 0) {
        vars = match_at(kind->resource, "regions/{location}", path);
    }
    if (vars == NULL && (kind->places & SIM_PLACE_ZONE) != 0) {
        vars = match_at(kind->resource, "zones/{location}", path);
    }
    if (vars == NULL && (kind->places & SIM_PLACE_GLOBAL) != 0) {
        vars = match_at(kind->resource, "global", path);
        if (vars != NULL) {
            json_object_set_new(vars, "location", json_string("global"));
        }
    }
    return vars;
}

int sim_read_lines(const char *path,
                   int (*each)(void *context, size_t line, json_t *object, struct sim_error *err),
                   void *context, struct sim_error *err)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return sim_fail(err, "%s: %s", path, strerror(errno));
    }
    char *text = NULL;
    size_t room = 0;
    ssize_t length = 0;
    int result = 0;
    for (size_t line = 1; result == 0 && (length = getline(&text, &room, file)) >= 0; line++) {
        json_error_t why;
        if (length > SIM_MAX_LINE) {
            result =
                sim_fail(err, "%s:%zu: line is longer than %d bytes", path, line, SIM_MAX_LINE);
            break;
        }
        if (text[strspn(text, " \t\r\n")] == '\0') {
            continue;
        }
        json_t *object = json_loadb(text, (size_t)length, JSON_REJECT_DUPLICATES, &why);
        struct sim_error inner = {{0}};
        if (object == NULL) {
            result = sim_fail(err, "%s:%zu:%d: %s", path, line, why.column, why.text);
        } else if (!json_is_object(object)) {
            result = sim_fail(err, "%s:%zu: a JSON object is expected", path, line);
        } else if (each(context, line, object, &inner) != 0) {
            result = sim_fail(err, "%s:%zu: %.400s", path, line, inner.text);
        }
        json_decref(object);
    }
    free(text);
    fclose(file);
    return result;
}
