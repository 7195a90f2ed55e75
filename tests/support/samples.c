/* samples.c - recorded exchanges with Google's APIs: which kind each is about, and what its answer holds. */
#include "samples.h"

#include "../../gcp/gcp_priv.h"
#include "plumbline/file.h"
#include "plumbline/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_SAMPLE = 64 << 20 };

/* ---- files ---- */

const char *samples_folder(void)
{
    static char path[512];
    const char *shared = getenv("SHARED");

    (void)snprintf(path, sizeof path, "%s/samples", shared != NULL ? shared : "../shared");
    return access(path, R_OK) == 0 ? path : NULL;
}

const struct pl_value *samples_read(struct pl_arena *arena, const char *path)
{
    struct pl_err err = {0};
    size_t len = 0;
    char *text = pl_file_read(arena, path, MAX_SAMPLE, &len, &err);
    const struct pl_value *sample =
        text != NULL ? pl_json_parse(arena, text, len, path, &err) : NULL;

    if (sample == NULL)
        fail_msg("%s", err.text);
    return sample;
}

static struct sample read_one(const struct pl_value *exchange)
{
    const struct pl_value *request = pl_value_member(exchange, "request");
    struct sample sample = {.method = pl_value_member_text(request, "method"),
                            .url = pl_value_member_text(request, "url"),
                            .status = 200,
                            .asked = pl_value_member(request, "body"),
                            .body = pl_value_member(exchange, "body")};

    (void)pl_value_as_int(pl_value_member(exchange, "status"), &sample.status);
    return sample;
}

const struct sample *samples_of(struct pl_arena *arena, const struct pl_value *file, size_t *n)
{
    const struct pl_value *exchanges = pl_value_member(file, "exchanges");
    struct sample *out;

    *n = exchanges != NULL ? pl_value_count(exchanges) : 1;
    out = pl_arena_array(arena, *n, sizeof *out);
    for (size_t i = 0; i < *n; i++)
        out[i] = read_one(exchanges != NULL ? pl_value_item(exchanges, i) : file);
    return out;
}

/* ---- which kind an exchange is about ---- */

/* Hosts of the API, the older ones too; Cloud Run only in version 2, whose bodies v1's do not resemble. */
static bool same_api(const char *url, const struct pl_kind *kind)
{
    if (strstr(url, "://www.googleapis.com/compute/") != NULL)
        return strcmp(kind->call.api, "compute.googleapis.com") == 0;
    if (strstr(url, "://www.googleapis.com/sql/") != NULL)
        return strcmp(kind->call.api, "sqladmin.googleapis.com") == 0;
    if (strcmp(kind->call.api, "run.googleapis.com") == 0 && strstr(url, "/v2/") == NULL)
        return false;
    return strstr(url, kind->call.api) != NULL;
}

/* Behind "regions/x/", "zones/x/" or "global/", which stand for each other in Compute's templates; else the text itself. */
static const char *behind_place(const char *text)
{
    static const char *const places[] = {"regions/", "zones/"};

    if (strncmp(text, "global/", 7) == 0)
        return text + 7;
    for (size_t i = 0; i < PL_LEN(places); i++)
        if (strncmp(text, places[i], strlen(places[i])) == 0 &&
            strchr(text + strlen(places[i]), '/') != NULL)
            return strchr(text + strlen(places[i]), '/') + 1;
    return text;
}

/* Both segments end in the same ":verb", or in none. */
static bool same_verb(const char *pattern, size_t n, const char *text, size_t m)
{
    const char *a = memchr(pattern, ':', n), *b = memchr(text, ':', m);

    if (a == NULL || b == NULL)
        return a == b;
    n -= (size_t)(a - pattern);
    m -= (size_t)(b - text);
    return n == m && memcmp(a, b, n) == 0;
}

/* Does `text` have the shape of the template, from "projects/" on? */
static bool fits(const char *pattern, const char *text)
{
    pattern = strstr(pattern, "projects/");
    while (pattern != NULL) {
        size_t n, m;

        if (behind_place(pattern) != pattern && behind_place(text) != text) {
            pattern = behind_place(pattern);
            text = behind_place(text);
        }
        n = strcspn(pattern, "/"), m = strcspn(text, "/");
        if (m == 0 || (*pattern != '{' && (n != m || memcmp(pattern, text, n) != 0)))
            return false;
        if (*pattern == '{' && !same_verb(pattern, n, text, m))
            return false;
        pattern += n;
        text += m;
        if (*pattern != *text)
            return false;
        if (*pattern == '\0')
            return true;
        pattern++;
        text++;
    }
    return false;
}

/* The template's collection: all but the last segment. */
static bool fits_collection(struct pl_arena *arena, const struct pl_kind *kind, const char *tail)
{
    char *collection = pl_arena_strdup(arena, kind->call.get_path);

    *strrchr(collection, '/') = '\0';
    return fits(collection, tail);
}

const char *samples_tail(struct pl_arena *arena, const char *url)
{
    static const char above[] = "/locations/global/firewallPolicies";
    const char *at = strstr(url, "projects/"), *policies = strstr(url, above);

    /* The policies of an organisation or a folder are in no project. */
    if (at == NULL && policies != NULL)
        at = pl_arena_printf(arena, "projects/-%s", policies + strlen("/locations"));
    return at != NULL ? pl_arena_strndup(arena, at, strcspn(at, "?")) : NULL;
}

enum shape { NOT_OURS, ONE, LIST, SCOPES, POLICY };

static enum shape shape_of(struct pl_arena *arena, const struct pl_kind *kind, const char *method,
                           const char *url)
{
    const char *tail = samples_tail(arena, url);

    if (!same_api(url, kind))
        return NOT_OURS;
    if (kind->call.how == PL_LIST_PER_NETWORK)
        return strcmp(method, "GET") == 0 && strstr(url, "/connections?") != NULL ? LIST : NOT_OURS;
    if (tail == NULL)
        return NOT_OURS;
    if (kind->call.iam_path != NULL && fits(kind->call.iam_path, tail))
        return POLICY;
    if (strcmp(method, "GET") != 0 || kind->call.get_path == NULL)
        return NOT_OURS;
    if (fits(kind->call.get_path, tail))
        return ONE;
    if (fits(kind->call.list_path, tail))
        return kind->call.how == PL_LIST_AGGREGATED ? SCOPES : LIST;
    return fits_collection(arena, kind, tail) ? LIST : NOT_OURS;
}

static const struct pl_kind *kind_of(struct pl_arena *arena, const char *url, const char *tail,
                                     bool one)
{
    for (size_t i = 0; tail != NULL && i < pl_kinds_len; i++)
        if (pl_kinds[i]->call.get_path != NULL && same_api(url, pl_kinds[i]) &&
            (one ? fits(pl_kinds[i]->call.get_path, tail)
                 : fits_collection(arena, pl_kinds[i], tail)))
            return pl_kinds[i];
    return NULL;
}

const struct pl_kind *samples_target(struct pl_arena *arena, const char *url, const char **tail,
                                     bool *one)
{
    char *text =
        pl_arena_strdup(arena, samples_tail(arena, url) != NULL ? samples_tail(arena, url) : "");
    const struct pl_kind *kind;

    *tail = text;
    *one = false;
    if (strstr(url, "servicenetworking.googleapis.com/v1/services/") != NULL)
        return pl_kind_find("servicenetworking.connection");
    if ((kind = kind_of(arena, url, text, false)) != NULL)
        return kind;
    *one = true;
    if ((kind = kind_of(arena, url, text, true)) != NULL || strrchr(text, '/') == NULL)
        return kind;
    *(strchr(strrchr(text, '/'), ':') != NULL ? strrchr(text, ':') : strrchr(text, '/')) = '\0';
    return kind_of(arena, url, text, true);
}

/* ---- what an answer holds ---- */

/* "regions/x", "zones/x" and "global" of a path; NULL: none. */
static const char *place_of(struct pl_arena *arena, const char *tail)
{
    const char *region = pl_gcp_segment_after(arena, tail, "regions");
    const char *zone = pl_gcp_segment_after(arena, tail, "zones");

    return region != NULL             ? region
           : zone != NULL             ? zone
           : strstr(tail, "/global/") ? "global"
                                      : NULL;
}

/* The last word of the parent's list path: "instances". */
static const char *collection_of_parent(struct pl_arena *arena, const struct pl_kind *kind)
{
    return pl_arena_strdup(arena, pl_link_last(kind->call.parent->call.list_path));
}

struct taker {
    struct pl_arena *arena;
    const struct pl_kind *kind;
    const char *url;
    void (*each)(const struct sample_item *item, void *arg);
    void *arg;
};

/* The project that a body names by a placeholder, which stands where Google had a number; else the one that was asked for. */
static const char *project_of(const struct taker *t, const char *tail, const struct pl_value *body)
{
    const char *name = pl_value_member_text(body, t->kind->name_field);

    if (name != NULL && strncmp(name, "projects/${", strlen("projects/${")) == 0)
        return pl_gcp_segment_after(t->arena, name, "projects");
    return tail != NULL ? pl_gcp_segment_after(t->arena, tail, "projects") : "p";
}

static void take_item(const struct taker *t, const char *scope, const struct pl_value *body)
{
    const struct pl_kind *kind = t->kind;
    const char *tail = samples_tail(t->arena, t->url);
    const char *project = project_of(t, tail, body);
    const char *parent = NULL;
    struct sample_item item = {.kind = kind, .body = body};

    if (scope == NULL && tail != NULL)
        scope = place_of(t->arena, tail);
    if (kind->call.how == PL_LIST_PER_PARENT)
        parent = pl_gcp_segment_after(t->arena, tail, collection_of_parent(t->arena, kind));
    assert_true(pl_gcp_address(t->arena, kind, &(struct pl_gcp_place){project, scope, parent}, body,
                               &item.address));
    t->each(&item, t->arg);
}

static void take_list(const struct taker *t, const char *scope, const struct pl_value *items)
{
    for (size_t i = 0; i < pl_value_count(items); i++)
        take_item(t, scope, pl_value_item(items, i));
}

static void take_scopes(const struct taker *t, const struct pl_value *body)
{
    const struct pl_value *scopes = pl_value_member(body, "items");

    for (size_t i = 0; scopes != NULL && i < scopes->u.map.n; i++)
        take_list(t, scopes->u.map.members[i].key,
                  pl_value_member(scopes->u.map.members[i].value, t->kind->call.items));
}

static void take_policy(const struct taker *t, const struct pl_value *policy)
{
    const char *tail = samples_tail(t->arena, t->url);
    const char *location = pl_gcp_segment_after(t->arena, tail, "locations");
    const char *last = pl_link_last(tail);
    const char **names = pl_arena_array(t->arena, 2, sizeof *names);
    struct pl_member *member = PL_NEW(t->arena, struct pl_member);
    struct sample_item item = {.kind = t->kind, .policy = true};

    names[0] = pl_arena_strndup(t->arena, last, strcspn(last, ":"));
    *member = (struct pl_member){"iamPolicy", policy};
    item.body = pl_value_map(t->arena, member, 1);
    item.address = (struct pl_address){.kind = t->kind,
                                       .project = pl_gcp_segment_after(t->arena, tail, "projects"),
                                       .location = location != NULL ? location : "global",
                                       .names = names};
    if (t->kind->call.how == PL_LIST_NONE)
        item.address.project = names[0];
    t->each(&item, t->arg);
}

/* The items of a list in one place; of an aggregated list's collection the plain form has "items". */
static const struct pl_value *items_of(const struct pl_kind *kind, const struct pl_value *body)
{
    return pl_value_member(body, kind->call.how == PL_LIST_AGGREGATED ? "items" : kind->call.items);
}

bool samples_items(struct pl_arena *arena, const struct sample *sample,
                   void (*each)(const struct sample_item *item, void *arg), void *arg)
{
    struct taker t = {.arena = arena, .url = sample->url, .each = each, .arg = arg};

    if (sample->method == NULL || sample->url == NULL || sample->body == NULL ||
        sample->body->type != PL_MAP || sample->status != 200)
        return false;
    for (size_t i = 0; i < pl_kinds_len; i++) {
        t.kind = pl_kinds[i];
        switch (shape_of(arena, t.kind, sample->method, sample->url)) {
        case ONE:
            take_item(&t, NULL, sample->body);
            return true;
        case LIST:
            take_list(&t, NULL, items_of(t.kind, sample->body));
            return true;
        case SCOPES:
            take_scopes(&t, sample->body);
            return true;
        case POLICY:
            take_policy(&t, sample->body);
            return true;
        case NOT_OURS:
            break;
        }
    }
    return false;
}
