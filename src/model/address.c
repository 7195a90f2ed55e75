/* Addresses: KIND/SCOPE/NAME:PATH to parts and back, and patterns over them.
 *
 * The notation is section 1 of the contract. Paths are path.c; Google's own names of resources are link.c. */
#include "plumbline/address.h"

#include <string.h>

#include "field_priv.h"

enum { MAX_NAME = 1024, MAX_PARTS = 16, MAX_ADDRESS = 8192 };

/* ---- percent-encoding (RFC 3986, section 2.1) ---- */

static bool is_reserved(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f || c == '/' || c == ':' || c == '%' || c == '*' ||
           c == '[' || c == ']';
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void encode(struct pl_buf *buf, const char *name)
{
    while (*name != '\0') {
        size_t n = 0;
        while (name[n] != '\0' && !is_reserved(name[n]))
            n++;
        pl_buf_add(buf, name, n);
        name += n;
        if (*name != '\0')
            pl_buf_addf(buf, "%%%02X", (unsigned)(unsigned char)*name++);
    }
}

/* One character of encoded text, *p behind it; -1 where it is no right encoding or stands unencoded. */
static int decode_one(const char **p)
{
    const char *s = *p;
    if (*s != '%') {
        *p = s + 1;
        return is_reserved(*s) ? -1 : (unsigned char)*s;
    }
    int high = hex(s[1]), low = high < 0 ? -1 : hex(s[2]);
    if (low < 0 || high * 16 + low == 0)
        return -1;
    *p = s + 3;
    return high * 16 + low;
}

/* NULL where it is wrong. */
static const char *decode(struct pl_arena *arena, const char *s, size_t n)
{
    struct pl_buf buf = {0};
    const char *end = s + n;
    int c = 0;
    while (s < end && (c = decode_one(&s)) >= 0)
        pl_buf_addc(&buf, (char)c);
    const char *name = pl_buf_take(&buf, arena);
    return c < 0 || s != end || strlen(name) > MAX_NAME ? NULL : name;
}

/* ---- domain names ---- */

/* Cloud DNS names records by absolute names, "db.example.com."; people leave the dot out, and gcloud puts it there
 * (https://cloud.google.com/sdk/gcloud/reference/dns/record-sets/create). */
static bool is_domain(const struct pl_kind *kind, size_t segment)
{
    return kind->domain != NULL && strcmp(kind->segments[segment], kind->domain) == 0;
}

static const char *absolute(struct pl_arena *arena, const char *name)
{
    size_t n = strlen(name);
    return n == 0 || name[n - 1] == '.' ? name : pl_arena_printf(arena, "%s.", name);
}

/* ---- reading ---- */

struct part {
    const char *s;
    size_t n;
};

/* Splits at '/'; the number of parts, or 0 where there are too many. */
static size_t split(const char *s, size_t n, struct part parts[MAX_PARTS])
{
    size_t count = 0;
    const char *end = s + n;
    for (;;) {
        const char *slash = memchr(s, '/', (size_t)(end - s));
        if (count == MAX_PARTS)
            return 0;
        parts[count++] = (struct part){s, (size_t)((slash != NULL ? slash : end) - s)};
        if (slash == NULL)
            return count;
        s = slash + 1;
    }
}

/* "sql.user/{instance}/{user}" */
static const char *right_form(struct pl_arena *arena, const struct pl_kind *kind)
{
    struct pl_buf buf = {0};
    pl_buf_adds(&buf, kind->name);
    for (size_t i = 0; i < kind->n_segments; i++)
        pl_buf_addf(&buf, "/{%s}", kind->segments[i]);
    return pl_buf_take(&buf, arena);
}

static int unknown_kind(struct pl_arena *arena, struct part kind, struct pl_err *err)
{
    const char *name = pl_arena_strndup(arena, kind.s, kind.n);
    const char *nearest = pl_kind_nearest(name), *shown = pl_clip(arena, name);
    if (nearest != NULL)
        return pl_err_set(err, PL_E_PARSE, "unknown kind '%s', did you mean %s?", shown, nearest);
    return pl_err_set(err, PL_E_PARSE, "unknown kind '%s' ('plumbline list' shows them)", shown);
}

static int wrong_form(struct pl_arena *arena, const struct pl_kind *kind, const char *text,
                      struct pl_err *err)
{
    return pl_err_set(err, PL_E_PARSE, "%s wants %s, got '%s'", kind->name, right_form(arena, kind),
                      pl_clip(arena, text));
}

/* Decodes one part; wrong encoding and characters that must be encoded are told apart. */
static int read_part(struct pl_arena *arena, struct part part, const char *text, const char **out,
                     struct pl_err *err)
{
    *out = decode(arena, part.s, part.n);
    if (*out != NULL)
        return 0;
    const char *shown = pl_clip(arena, text);
    if (part.n > (size_t)3 * MAX_NAME)
        return pl_err_set(err, PL_E_LIMIT, "a name longer than %d bytes in '%s'", MAX_NAME, shown);
    if (memchr(part.s, '*', part.n) != NULL)
        return pl_err_set(
            err, PL_E_PARSE,
            "'%s' is a pattern where one resource is wanted (a * in a name is written %%2A)",
            shown);
    return pl_err_set(
        err, PL_E_PARSE,
        "a name in '%s' is not percent-encoded as it should be (/ : %% * [ ] are %%2F %%3A "
        "%%25 %%2A %%5B %%5D)",
        shown);
}

static int parse(struct pl_arena *arena, const char *text, size_t n, struct pl_address *out,
                 struct pl_err *err)
{
    struct part parts[MAX_PARTS];
    const char *whole = pl_arena_strndup(arena, text, n);
    size_t count = split(whole, n, parts);
    *out = (struct pl_address){0};
    if (count == 0)
        return pl_err_set(err, PL_E_PARSE, "too many parts in '%s'", pl_clip(arena, whole));
    out->kind = pl_kind_find(pl_arena_strndup(arena, parts[0].s, parts[0].n));
    if (out->kind == NULL)
        return unknown_kind(arena, parts[0], err);
    size_t names = out->kind->n_segments, scope = count - 1 - names;
    if (count - 1 < names || scope > 2)
        return wrong_form(arena, out->kind, whole, err);
    const char *decoded[MAX_PARTS];
    for (size_t i = 1; i < count; i++) {
        if (parts[i].n == 0)
            return wrong_form(arena, out->kind, whole, err);
        if (read_part(arena, parts[i], whole, &decoded[i - 1], err) != 0)
            return -1;
    }
    if (scope == 2)
        out->project = decoded[0];
    if (scope >= 1)
        out->location = decoded[scope - 1];
    if (out->kind->scope == PL_SCOPE_GLOBAL && scope >= 1 && strcmp(out->location, "global") != 0)
        return pl_err_set(err, PL_E_PARSE,
                          "%s is global: '%s' wants 'global', not '%s', before the name",
                          out->kind->name, pl_clip(arena, whole), pl_clip(arena, out->location));
    const char **copy = pl_arena_array(arena, names, sizeof *copy);
    for (size_t i = 0; i < names; i++)
        copy[i] =
            is_domain(out->kind, i) ? absolute(arena, decoded[scope + i]) : decoded[scope + i];
    out->names = copy;
    return 0;
}

int pl_address_parse(struct pl_arena *arena, const char *text, struct pl_address *out,
                     struct pl_err *err)
{
    size_t n = strnlen(text, MAX_ADDRESS + 1);
    *out = (struct pl_address){0};
    if (n > MAX_ADDRESS)
        return pl_err_set(err, PL_E_LIMIT, "an address longer than %d bytes", MAX_ADDRESS);
    if (memchr(text, ':', n) != NULL)
        return pl_err_set(err, PL_E_PARSE, "'%s' names a field where a resource is wanted",
                          pl_clip(arena, text));
    return parse(arena, text, n, out, err);
}

int pl_field_address_parse(struct pl_arena *arena, const char *text, struct pl_address *out,
                           struct pl_path *path, struct pl_err *err)
{
    size_t n = strcspn(text, ":");
    *out = (struct pl_address){0};
    *path = (struct pl_path){0};
    if (n > MAX_ADDRESS)
        return pl_err_set(err, PL_E_LIMIT, "an address longer than %d bytes", MAX_ADDRESS);
    if (parse(arena, text, n, out, err) != 0)
        return -1;
    if (text[n] == '\0')
        return 0;
    if (text[n + 1] == '\0')
        return pl_err_set(err, PL_E_PARSE, "'%s' names no field behind the ':'",
                          pl_clip(arena, text));
    if (pl_path_parse(arena, text + n + 1, path, err) != 0)
        return -1;
    for (size_t i = 0; i < path->n; i++)
        if (path->steps[i].type == PL_STEP_ANY)
            return pl_err_set(err, PL_E_PARSE, "'%s' is a pattern where one field is wanted",
                              pl_clip(arena, text));
    return 0;
}

struct pl_address pl_address_resolve(const struct pl_address *address, const char *project,
                                     const char *location)
{
    struct pl_address a = *address;
    if (a.project == NULL)
        a.project = project;
    if (a.location == NULL)
        a.location = a.kind->scope == PL_SCOPE_GLOBAL ? "global" : location;
    return a;
}

struct pl_address pl_address_copy(struct pl_arena *arena, const struct pl_address *a)
{
    struct pl_address copy = *a;
    const char **names = pl_arena_array(arena, a->kind->n_segments, sizeof *names);

    if (a->project != NULL)
        copy.project = pl_arena_strdup(arena, a->project);
    if (a->location != NULL)
        copy.location = pl_arena_strdup(arena, a->location);
    for (size_t i = 0; i < a->kind->n_segments; i++)
        names[i] = a->names[i] != NULL ? pl_arena_strdup(arena, a->names[i]) : NULL;
    copy.names = names;
    return copy;
}

/* ---- writing ---- */

static const char *location_of(const struct pl_address *a)
{
    return a->location == NULL && a->kind->scope == PL_SCOPE_GLOBAL ? "global" : a->location;
}

/* What is not known is "-", as in Google's own names. */
static char *format(struct pl_arena *arena, const struct pl_address *a, bool project, bool location)
{
    const char *place = location_of(a);
    struct pl_buf buf = {0};
    pl_buf_adds(&buf, a->kind->name);
    if (project) {
        pl_buf_addc(&buf, '/');
        encode(&buf, a->project != NULL ? a->project : "-");
    }
    if (project || location) {
        pl_buf_addc(&buf, '/');
        encode(&buf, place != NULL ? place : "-");
    }
    for (size_t i = 0; i < a->kind->n_segments; i++) {
        pl_buf_addc(&buf, '/');
        encode(&buf, a->names[i]);
    }
    return pl_buf_take(&buf, arena);
}

char *pl_address_full(struct pl_arena *arena, const struct pl_address *address)
{
    return format(arena, address, true, true);
}

/* Must a part be shown, given the default that the reader knows? */
static bool differs(const char *part, const char *fallback)
{
    return part != NULL && (fallback == NULL || strcmp(part, fallback) != 0);
}

char *pl_address_short(struct pl_arena *arena, const struct pl_address *address,
                       const char *project, const char *location)
{
    const char *usual = address->kind->scope == PL_SCOPE_GLOBAL ? "global" : location;
    return format(arena, address, differs(address->project, project),
                  differs(location_of(address), usual));
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool pl_address_equal(const struct pl_address *a, const struct pl_address *b)
{
    if (a->kind != b->kind || !same(a->project, b->project) ||
        !same(location_of(a), location_of(b)))
        return false;
    for (size_t i = 0; a->kind != NULL && i < a->kind->n_segments; i++)
        if (!same(a->names[i], b->names[i]))
            return false;
    return true;
}

/* ---- patterns ---- */

/* Does one segment of a pattern match a decoded part? `*` is any text, also none. What is not known only matches `*` alone. */
static bool segment_matches(const char *p, const char *end, const char *part)
{
    const char *star = NULL, *retry = NULL;
    if (part == NULL)
        return end - p == 1 && *p == '*';
    for (;;) {
        if (p < end && *p == '*') {
            star = ++p;
            retry = part;
            continue;
        }
        if (p == end && *part == '\0')
            return true;
        const char *next = p;
        if (p < end && *part != '\0' && decode_one(&next) == (unsigned char)*part) {
            p = next;
            part++;
            continue;
        }
        if (star == NULL || *retry == '\0')
            return false;
        part = ++retry;
        p = star;
    }
}

static bool part_matches(struct part pattern, const char *part)
{
    return segment_matches(pattern.s, pattern.s + pattern.n, part);
}

/* The same without the dot at the end. */
static bool relative_matches(struct part pattern, const char *domain)
{
    char name[MAX_NAME + 1];
    size_t n = domain != NULL ? strlen(domain) : 0;
    if (n < 2 || n > MAX_NAME || domain[n - 1] != '.')
        return false;
    memcpy(name, domain, n - 1);
    name[n - 1] = '\0';
    return part_matches(pattern, name);
}

static bool resource_matches(const char *pattern, size_t n, const struct pl_address *a)
{
    struct part parts[MAX_PARTS];
    size_t count = split(pattern, n, parts), names = a->kind->n_segments;
    if (count == 0 || !part_matches(parts[0], a->kind->name))
        return false;
    if (count == 1)
        return true;
    if (count - 1 < names || count - 1 > names + 2)
        return false;
    size_t scope = count - 1 - names;
    if (scope == 2 && !part_matches(parts[1], a->project))
        return false;
    if (scope >= 1 && !part_matches(parts[scope], location_of(a)))
        return false;
    for (size_t i = 0; i < names; i++)
        if (!part_matches(parts[1 + scope + i], a->names[i]) &&
            !(is_domain(a->kind, i) && relative_matches(parts[1 + scope + i], a->names[i])))
            return false;
    return true;
}

bool pl_address_match(const char *pattern, const struct pl_address *address,
                      const struct pl_path *path)
{
    size_t n = strcspn(pattern, ":");
    static const struct pl_path root;
    if (n > MAX_ADDRESS || !resource_matches(pattern, n, address))
        return false;
    if (pattern[n] == '\0')
        return true;
    struct pl_arena *arena = pl_arena_new();
    struct pl_path wanted;
    bool matches = pl_path_parse(arena, pattern + n + 1, &wanted, NULL) == 0 && wanted.n > 0 &&
                   pl_path_covers(&wanted, path != NULL ? path : &root);
    pl_arena_free(arena);
    return matches;
}

/* Segments of a pattern: what decodes, and `*`. */
static bool segment_is_right(struct part part)
{
    const char *p = part.s, *end = part.s + part.n;
    while (p < end)
        if (*p == '*')
            p++;
        else if (decode_one(&p) < 0 || p > end)
            return false;
    return part.n > 0;
}

static int check_resource(struct pl_arena *arena, const char *pattern, size_t n, struct pl_err *err)
{
    struct part parts[MAX_PARTS];
    size_t count = split(pattern, n, parts);
    const char *whole = pl_arena_strndup(arena, pattern, n);
    for (size_t i = 0; i < count; i++)
        if (!segment_is_right(parts[i]))
            return pl_err_set(err, PL_E_PARSE,
                              "'%s' is no pattern: a part is empty or not percent-encoded",
                              pl_clip(arena, whole));
    if (count == 0)
        return pl_err_set(err, PL_E_PARSE, "too many parts in '%s'", pl_clip(arena, whole));
    if (memchr(parts[0].s, '*', parts[0].n) != NULL)
        return 0;
    const struct pl_kind *kind = pl_kind_find(pl_arena_strndup(arena, parts[0].s, parts[0].n));
    if (kind == NULL)
        return unknown_kind(arena, parts[0], err);
    if (count > 1 && (count - 1 < kind->n_segments || count - 1 > kind->n_segments + 2))
        return wrong_form(arena, kind, whole, err);
    return 0;
}

int pl_address_pattern_check(const char *pattern, struct pl_err *err)
{
    size_t n = strcspn(pattern, ":");
    if (n > MAX_ADDRESS)
        return pl_err_set(err, PL_E_LIMIT, "a pattern longer than %d bytes", MAX_ADDRESS);
    struct pl_arena *arena = pl_arena_new();
    struct pl_path path;
    int rc = check_resource(arena, pattern, n, err);
    if (rc == 0 && pattern[n] == ':')
        rc = pl_path_parse(arena, pattern + n + 1, &path, err);
    if (rc == 0 && pattern[n] == ':' && path.n == 0)
        rc = pl_err_set(err, PL_E_PARSE, "'%s' names no field behind the ':'",
                        pl_clip(arena, pattern));
    pl_arena_free(arena);
    return rc;
}
