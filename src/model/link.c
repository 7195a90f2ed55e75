/* Links between resources: Google's full resource names, URLs and partial names, to addresses and back.
 *
 * A kind's name_template says how its names look. Compute's templates stand for their siblings: where one says
 * regions/{location}, zones/Z and global are read and written, too. The text notation of addresses is address.c. */
#include "field_priv.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MAX_PARTS = 64 };

/* ---- the part that identifies ---- */

static bool starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

const char *pl_link_last(const char *link)
{
    const char *slash = link != NULL ? strrchr(link, '/') : NULL;

    return slash != NULL ? slash + 1 : link;
}

/* Behind "https://host/" or "//host/" where the host is Google's; NULL where there is no such beginning. */
static const char *behind_host(const char *link, const char **host, size_t *host_len)
{
    static const char google[] = "googleapis.com";
    const char *p = starts(link, "https://")  ? link + 8
                    : starts(link, "http://") ? link + 7
                    : starts(link, "//")      ? link + 2
                                              : NULL;
    if (p == NULL)
        return NULL;
    size_t n = strcspn(p, "/");
    if (p[n] != '/' || n < sizeof google - 1 ||
        memcmp(p + n - (sizeof google - 1), google, sizeof google - 1) != 0)
        return NULL;
    if (n > sizeof google - 1 && p[n - sizeof google] != '.')
        return NULL;
    *host = p;
    *host_len = n;
    return p + n + 1;
}

/* The length of a leading API version ("v1/", "beta/"), or 0. */
static size_t version_length(const char *s)
{
    size_t n = strcspn(s, "/");
    if (s[n] != '/')
        return 0;
    if ((s[0] == 'v' && isdigit((unsigned char)s[1])) || starts(s, "beta/") || starts(s, "alpha/"))
        return n + 1;
    return 0;
}

/* Behind "compute/v1/", "v2/". */
static const char *behind_version(const char *s)
{
    size_t own = version_length(s), first = strcspn(s, "/");
    if (own > 0)
        return s + own;
    if (s[first] == '/' && version_length(s + first + 1) > 0)
        return s + first + 1 + version_length(s + first + 1);
    return s;
}

static bool is_rooted(const char *s)
{
    return starts(s, "projects/") || starts(s, "organizations/") || starts(s, "folders/");
}

static const char *shorter(const char *link)
{
    const char *host;
    size_t host_len;
    const char *p = behind_host(link, &host, &host_len);
    if (p != NULL)
        return behind_version(p);
    p = link[0] == '/' ? link + 1 : link;
    if (is_rooted(p))
        return p;
    p = behind_version(p);
    return is_rooted(p) ? p : link;
}

/* To the end, whatever is nested in it: the same again gives the same. */
const char *pl_link_tail(const char *link)
{
    for (const char *next = shorter(link); next != link; next = shorter(link))
        link = next;
    return link;
}

char *pl_link_canonical(struct pl_arena *arena, const char *link)
{
    return pl_arena_strdup(arena, pl_link_tail(link));
}

/* ---- templates ---- */

struct parts {
    const char *s[MAX_PARTS];
    size_t n;
};

/* Splits at '/'; an empty part or too many: false. */
static bool split(struct pl_arena *arena, const char *text, struct parts *out)
{
    out->n = 0;
    for (const char *p = text;; p++) {
        size_t n = strcspn(p, "/");
        if (n == 0 || out->n == MAX_PARTS)
            return false;
        out->s[out->n++] = pl_arena_strndup(arena, p, n);
        p += n;
        if (*p == '\0')
            return true;
    }
}

static bool is_place(const char *part)
{
    return strcmp(part, "regions") == 0 || strcmp(part, "zones") == 0 ||
           strcmp(part, "locations") == 0;
}

struct found {
    const char *project, *location;
    const char **names;
};

static void take(const struct pl_kind *kind, const char *placeholder, const char *part,
                 struct found *found)
{
    size_t n = strlen(placeholder) - 2;
    if (strcmp(placeholder, "{project}") == 0)
        found->project = part;
    if (strcmp(placeholder, "{location}") == 0)
        found->location = part;
    for (size_t i = 0; i < kind->n_segments; i++)
        if (strlen(kind->segments[i]) == n && memcmp(kind->segments[i], placeholder + 1, n) == 0)
            found->names[i] = part;
}

/* Lays a link's parts over the end of the template's. Left-over parts of the link: no. A link may begin later than the
 * template, but only where the template has a literal ("regions/r/subnetworks/s"), or be one bare name. */
static bool fits(const struct pl_kind *kind, const struct parts *t, const struct parts *l,
                 struct found *found)
{
    size_t i = t->n, j = l->n;
    while (i > 0 && j > 0) {
        const char *want = t->s[i - 1], *have = l->s[j - 1];
        bool place = i > 1 && strcmp(want, "{location}") == 0 && is_place(t->s[i - 2]);
        if (place && j > 1 && is_place(l->s[j - 2])) {
            found->location = have;
            i -= 2, j -= 2;
        } else if (place && strcmp(have, "global") == 0) {
            found->location = have;
            i -= 2, j -= 1;
        } else if (place) {
            return false;
        } else {
            if (want[0] == '{')
                take(kind, want, have, found);
            else if (strcmp(want, have) != 0)
                return false;
            i--, j--;
        }
    }
    for (size_t k = 0; k < kind->n_segments; k++)
        if (found->names[k] == NULL)
            return false;
    return j == 0 && (i == 0 || l->n == 1 || t->s[i][0] != '{');
}

static const char **new_names(struct pl_arena *arena, const struct pl_kind *kind)
{
    return pl_arena_array(arena, kind->n_segments, sizeof(const char *));
}

/* ---- resource names ---- */

/* "us-central1-a", against "us-central1". */
static bool is_zone(const char *location)
{
    size_t n = strlen(location);
    return n > 2 && location[n - 2] == '-' && islower((unsigned char)location[n - 1]);
}

/* Compute writes places as global, regions/R or zones/Z. */
static void write_place(struct pl_buf *buf, const char *place, const char *location)
{
    if (strcmp(place, "locations") == 0)
        pl_buf_adds(buf, "locations/");
    else if (strcmp(location, "global") != 0)
        pl_buf_adds(buf, is_zone(location) ? "zones/" : "regions/");
    pl_buf_adds(buf, location);
}

/* A name may hold a slash (a database may be called anything): such ones, and what marks them, are percent-encoded. */
static void write_name(struct pl_buf *buf, const char *name)
{
    while (*name != '\0') {
        size_t n = strcspn(name, "/%");
        pl_buf_add(buf, name, n);
        name += n;
        if (*name != '\0')
            pl_buf_addf(buf, "%%%02X", (unsigned)(unsigned char)*name++);
    }
}

/* The other way; anything else that is encoded stays as it is. */
static const char *read_name(struct pl_arena *arena, const char *part)
{
    struct pl_buf buf = {0};
    if (strchr(part, '%') == NULL)
        return part;
    while (*part != '\0') {
        bool slash = strncasecmp(part, "%2F", 3) == 0, percent = strncmp(part, "%25", 3) == 0;
        pl_buf_addc(&buf, slash ? '/' : percent ? '%' : *part);
        part += slash || percent ? 3 : 1;
    }
    return pl_buf_take(&buf, arena);
}

static const char *value_of(const struct pl_address *a, const char *placeholder)
{
    size_t n = strlen(placeholder) - 2;
    if (strcmp(placeholder, "{project}") == 0)
        return a->project != NULL ? a->project : "-";
    if (strcmp(placeholder, "{location}") == 0)
        return a->location != NULL ? a->location : "-";
    for (size_t i = 0; i < a->kind->n_segments; i++)
        if (strlen(a->kind->segments[i]) == n &&
            memcmp(a->kind->segments[i], placeholder + 1, n) == 0)
            return a->names[i];
    return placeholder;
}

/* "{instance}" as the address has it, words as they are. */
static void write_part(struct pl_buf *buf, const struct pl_address *a, const char *part)
{
    if (part[0] == '{')
        write_name(buf, value_of(a, part));
    else
        pl_buf_adds(buf, part);
}

char *pl_address_resource_name(struct pl_arena *arena, const struct pl_address *a)
{
    struct parts t;
    struct pl_buf buf = {0};
    pl_buf_adds(&buf, "//");
    pl_buf_adds(&buf, a->kind->call.api);
    if (split(arena, a->kind->name_template, &t))
        for (size_t i = 0; i < t.n; i++) {
            pl_buf_addc(&buf, '/');
            if (is_place(t.s[i]) && i + 1 < t.n && strcmp(t.s[i + 1], "{location}") == 0)
                write_place(&buf, t.s[i++], a->location != NULL ? a->location : "-");
            else
                write_part(&buf, a, t.s[i]);
        }
    return pl_buf_take(&buf, arena);
}

/* A name that the template does not describe: what stands behind projects/ and behind a place; names are every second
 * part from the end, collections stand between. */
static bool guess(const struct pl_kind *kind, const struct parts *l, struct found *found)
{
    for (size_t i = 0; i + 1 < l->n; i++) {
        if (strcmp(l->s[i], "projects") == 0 && found->project == NULL)
            found->project = l->s[i + 1];
        else if (is_place(l->s[i]))
            found->location = l->s[i + 1];
        else if (strcmp(l->s[i], "global") == 0)
            found->location = l->s[i];
    }
    for (size_t k = 0; k < kind->n_segments; k++) {
        size_t back = 2 * (kind->n_segments - 1 - k) + 1;
        if (back > l->n)
            return false;
        found->names[k] = l->s[l->n - back];
    }
    return true;
}

static struct pl_address made(struct pl_arena *arena, const struct pl_kind *kind,
                              const struct found *found)
{
    bool global = kind->scope == PL_SCOPE_GLOBAL;
    for (size_t i = 0; i < kind->n_segments; i++)
        found->names[i] = read_name(arena, found->names[i]);
    return (struct pl_address){.kind = kind,
                               .project = found->project,
                               .location = global ? "global" : found->location,
                               .names = found->names};
}

int pl_address_from_resource_name(struct pl_arena *arena, const struct pl_kind *kind,
                                  const char *name, struct pl_address *out, struct pl_err *err)
{
    struct parts t, l;
    struct found found = {.names = new_names(arena, kind)};
    *out = (struct pl_address){.kind = kind};
    if (!split(arena, pl_link_tail(name), &l) || !split(arena, kind->name_template, &t))
        return pl_err_set(err, PL_E_PARSE, "'%s' is no resource name", pl_clip(arena, name));
    if (!fits(kind, &t, &l, &found)) {
        found = (struct found){.names = new_names(arena, kind)};
        if (!guess(kind, &l, &found))
            return pl_err_set(err, PL_E_PARSE, "'%s' is no name of %s: it looks like //%s/%s",
                              pl_clip(arena, name), kind->name, kind->call.api,
                              kind->name_template);
    }
    *out = made(arena, kind, &found);
    return 0;
}

bool pl_link_parse(struct pl_arena *arena, const struct pl_kind *kind, const char *link,
                   const struct pl_address *near, struct pl_address *out)
{
    struct parts t, l;
    struct found found = {.names = new_names(arena, kind)};
    const char *host;
    size_t n;
    *out = (struct pl_address){0};
    if (behind_host(link, &host, &n) != NULL) {
        bool own = strlen(kind->call.api) == n && memcmp(host, kind->call.api, n) == 0;
        if (!own && !starts(host, "www.googleapis.com/"))
            return false;
    }
    if (!split(arena, pl_link_tail(link), &l) || !split(arena, kind->name_template, &t) ||
        !fits(kind, &t, &l, &found))
        return false;
    if (found.project == NULL && near != NULL)
        found.project = near->project;
    if (found.location == NULL && near != NULL && kind->scope == PL_SCOPE_LOCATION)
        found.location = near->location;
    *out = made(arena, kind, &found);
    return true;
}
