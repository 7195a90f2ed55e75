/* forms.c - values as gcloud wants them: names of links, lists, pairs, ports, switches. What cannot be said exactly is NULL.
 *
 * gcloud splits lists at commas; "^X^" in front names another separator (https://cloud.google.com/sdk/gcloud/reference/topic/escaping).
 */
#include <inttypes.h>
#include <string.h>

#include "plumbline/json.h"
#include "plumbline/net.h"
#include "remedy_priv.h"

const char *pl_form_member(const struct pl_words *w, const struct pl_value *map, const char *key)
{
    return pl_json_scalar(w->arena, pl_value_member(map, key));
}

const char *pl_form_pair(const struct pl_words *w, const struct pl_value *item)
{
    const char *name = pl_form_member(w, item, "name"), *value = pl_form_member(w, item, "value");
    return name && !strchr(name, '=') ? pl_arena_printf(w->arena, "%s=%s", name, value ? value : "")
                                      : NULL;
}

/* ---- lists ---- */

void pl_piece(struct pl_arena *arena, struct pl_pieces *p, const char *text)
{
    PL_PUSH(arena, p->list, p->n, p->cap, text);
}

static bool has_any(const struct pl_pieces *p, char c)
{
    for (size_t i = 0; i < p->n; i++)
        if (strchr(p->list[i], c))
            return true;
    return false;
}

const char *pl_pieces_join(struct pl_arena *arena, const struct pl_pieces *p)
{
    static const char separators[] = ",@;~%|:#!";
    struct pl_buf b = {0};
    if (p->n == 0)
        return NULL;
    for (size_t i = 0; i < p->n; i++)
        if (!p->list[i] || pl_text_is_secret(p->list[i]))
            return NULL;
    const char *s = separators;
    while (*s && has_any(p, *s))
        s++;
    if (!*s)
        return NULL;
    if (*s != ',' || p->list[0][0] == '^')
        pl_buf_addf(&b, "^%c^", *s);
    for (size_t i = 0; i < p->n; i++)
        pl_buf_addf(&b, "%.*s%s", i ? 1 : 0, s, p->list[i]);
    return pl_buf_take(&b, arena);
}

typedef const char *piece_fn(const struct pl_words *w, const struct pl_value *item);

/* Of one value, or of each of a list. */
static const char *each(const struct pl_words *w, const struct pl_value *v, piece_fn *piece)
{
    struct pl_pieces p = {0};
    if (v->type != PL_LIST)
        pl_piece(w->arena, &p, piece(w, v));
    for (size_t i = 0; v->type == PL_LIST && i < v->u.list.n; i++)
        pl_piece(w->arena, &p, piece(w, v->u.list.items[i]));
    return pl_pieces_join(w->arena, &p);
}

static const char *scalar(const struct pl_words *w, const struct pl_value *v)
{
    return pl_json_scalar(w->arena, v);
}

static const char *list(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, scalar);
}

static bool holds(const struct pl_value *all, const struct pl_value *one)
{
    for (size_t i = 0; i < pl_value_count(all); i++)
        if (pl_value_equal(pl_value_item(all, i), one))
            return true;
    return false;
}

/* What `a` has and `b` has not; NULL where `b` has what `a` has not, too: that takes two commands. */
static const char *beyond(const struct pl_words *w, const struct pl_value *a,
                          const struct pl_value *b)
{
    struct pl_pieces p = {0};
    for (size_t i = 0; i < pl_value_count(b); i++)
        if (!holds(a, pl_value_item(b, i)))
            return NULL;
    for (size_t i = 0; i < pl_value_count(a); i++)
        if (!holds(b, pl_value_item(a, i)))
            pl_piece(w->arena, &p, pl_json_scalar(w->arena, pl_value_item(a, i)));
    return pl_pieces_join(w->arena, &p);
}

static const struct pl_value *otherwise(const struct pl_words *w)
{
    return w->other ? pl_path_get(w->other, &w->base) : NULL;
}

static const char *added(const struct pl_words *w, const struct pl_value *v)
{
    return beyond(w, v, otherwise(w));
}

static const char *removed(const struct pl_words *w, const struct pl_value *v)
{
    return beyond(w, otherwise(w), v);
}

/* ---- links ---- */

static const char *last(const struct pl_words *w, const struct pl_value *v)
{
    (void)w;
    return pl_link_last(pl_value_text(v));
}

/* "projects/p/...", as Cloud SQL and Cloud Run take links; a bare name stays one. */
static const char *link_text(const struct pl_words *w, const struct pl_value *v)
{
    const char *text = pl_value_text(v);
    return text ? pl_link_canonical(w->arena, text) : NULL;
}

static const char *segment(const struct pl_words *w, const struct pl_value *v, const char *name)
{
    const char *text = pl_value_text(v);
    const char *at = text ? strstr(text, pl_arena_printf(w->arena, "%s/", name)) : NULL;
    if (!at)
        return NULL;
    at += strlen(name) + 1;
    return pl_arena_strndup(w->arena, at, strcspn(at, "/"));
}

/* Of a list, its first: gcloud has one option for all of them. */
static const char *region(const struct pl_words *w, const struct pl_value *v)
{
    return segment(w, v->type == PL_LIST ? pl_value_item(v, 0) : v, "regions");
}

static const char *zone(const struct pl_words *w, const struct pl_value *v)
{
    return segment(w, v, "zones");
}

static const char *project(const struct pl_words *w, const struct pl_value *v)
{
    const char *text = segment(w, v, "projects");
    return text ? text : w->drift->address.project;
}

/* Compute Engine takes a name of the same project, and a whole URL of another one. */
static const char *near(const struct pl_words *w, const struct pl_value *v)
{
    const char *project = segment(w, v, "projects"), *own = w->drift->address.project;
    if (!project || (own && strcmp(project, own) == 0))
        return last(w, v);
    return pl_arena_printf(w->arena, "https://www.googleapis.com/compute/v1/%s", link_text(w, v));
}

static const char *nears(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, near);
}

/* Cloud Run: likewise, but "projects/p/...". https://cloud.google.com/run/docs/configuring/shared-vpc-direct-vpc */
static const char *shared(const struct pl_words *w, const struct pl_value *v)
{
    const char *project = segment(w, v, "projects"), *own = w->drift->address.project;
    return !project || (own && strcmp(project, own) == 0) ? last(w, v) : link_text(w, v);
}

static const char *names(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, last);
}

/* For options that gcloud takes as one text and splits itself: no other separator will do. */
static const char *ranges(const struct pl_words *w, const struct pl_value *v)
{
    const char *text = names(w, v);
    return text && text[0] != '^' ? text : NULL;
}

/* ---- pairs and ranges ---- */

static const char *pairs(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, pl_form_pair);
}

static const char *map_pairs(const struct pl_words *w, const struct pl_value *v)
{
    struct pl_pieces p = {0};
    for (size_t i = 0; v->type == PL_MAP && i < v->u.map.n; i++) {
        const char *text = pl_json_scalar(w->arena, v->u.map.members[i].value);
        pl_piece(w->arena, &p,
                 text ? pl_arena_printf(w->arena, "%s=%s", v->u.map.members[i].key, text) : NULL);
    }
    return pl_pieces_join(w->arena, &p);
}

/* KEY=VALUE of the key that the path names: a label. */
static const char *keyed(const struct pl_words *w, const struct pl_value *v)
{
    const char *text = pl_json_scalar(w->arena, v);
    const char *key = w->base.n ? w->base.steps[w->base.n - 1].key : NULL;
    struct pl_pieces p = {0};
    if (text && key && !strchr(key, '='))
        pl_piece(w->arena, &p, pl_arena_printf(w->arena, "%s=%s", key, text));
    return pl_pieces_join(w->arena, &p);
}

static const char *network_value(const struct pl_words *w, const struct pl_value *item)
{
    return pl_form_member(w, item, "value");
}

static const char *networks(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, network_value);
}

/* "tcp:80", "tcp:8000-8100,icmp": https://cloud.google.com/sdk/gcloud/reference/compute/firewall-rules/update */
static const char *layer4(const struct pl_words *w, const struct pl_value *v, const char *protocol)
{
    struct pl_pieces p = {0};
    for (size_t i = 0; i < pl_value_count(v); i++) {
        const struct pl_value *item = pl_value_item(v, i), *ports = pl_value_member(item, "ports");
        const char *name = pl_form_member(w, item, protocol);
        if (!pl_value_count(ports))
            pl_piece(w->arena, &p, name);
        for (size_t j = 0; j < pl_value_count(ports); j++) {
            const char *port = pl_json_scalar(w->arena, pl_value_item(ports, j));
            pl_piece(w->arena, &p,
                     name && port ? pl_arena_printf(w->arena, "%s:%s", name, port) : NULL);
        }
    }
    return pl_pieces_join(w->arena, &p);
}

static const char *rules(const struct pl_words *w, const struct pl_value *v)
{
    return layer4(w, v, "IPProtocol");
}

static const char *layer4_configs(const struct pl_words *w, const struct pl_value *v)
{
    return layer4(w, v, "ipProtocol");
}

/* SUBNET, SUBNET:ALL, SUBNET:RANGE: https://cloud.google.com/sdk/gcloud/reference/compute/routers/nats/update */
static const char *nat_subnets(const struct pl_words *w, const struct pl_value *v)
{
    struct pl_pieces p = {0};
    for (size_t i = 0; i < pl_value_count(v); i++) {
        const struct pl_value *item = pl_value_item(v, i);
        const struct pl_value *ranges = pl_value_member(item, "sourceIpRangesToNat");
        const char *name = last(w, pl_value_member(item, "name"));
        const char *what = pl_value_text(pl_value_item(ranges, 0));
        if (!name || !what || pl_value_count(ranges) != 1)
            return NULL;
        pl_piece(w->arena, &p,
                 strcmp(what, "ALL_IP_RANGES") == 0      ? pl_arena_printf(w->arena, "%s:ALL", name)
                 : strcmp(what, "PRIMARY_IP_RANGE") == 0 ? name
                                                         : NULL);
    }
    return pl_pieces_join(w->arena, &p);
}

static const char *range_name(const struct pl_words *w, const struct pl_value *item)
{
    const char *name = pl_form_member(w, item, "rangeName"),
               *range = pl_form_member(w, item, "ipCidrRange");
    return name && range ? pl_arena_printf(w->arena, "%s=%s", name, range) : NULL;
}

static const char *secondary_ranges(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, range_name);
}

static const char *server(const struct pl_words *w, const struct pl_value *item)
{
    return pl_form_member(w, item, "ipv4Address");
}

static const char *servers(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, server);
}

/* As `--format=value()` prints them, with ; between. */
static const char *shown(const struct pl_words *w, const struct pl_value *v)
{
    static const char *const members[] = {"value", "ipv4Address"};
    struct pl_buf b = {0};
    for (size_t i = 0; i < pl_value_count(v); i++) {
        const struct pl_value *item = pl_value_item(v, i);
        const char *text = pl_json_scalar(w->arena, item);
        for (size_t j = 0; !text && j < PL_LEN(members); j++)
            text = pl_form_member(w, item, members[j]);
        if (!text || pl_text_is_secret(text))
            return pl_buf_free(&b), NULL;
        pl_buf_addf(&b, "%s%s", i ? ";" : "", text);
    }
    return pl_buf_take(&b, w->arena);
}

static const char *network_url(const struct pl_words *w, const struct pl_value *item)
{
    return near(w, pl_value_member(item, "networkUrl"));
}

static const char *network_urls(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, network_url);
}

/* PROJECT=LIMIT; https://cloud.google.com/sdk/gcloud/reference/compute/service-attachments/update */
static const char *accept_limit(const struct pl_words *w, const struct pl_value *item)
{
    const char *who = pl_form_member(w, item, "projectIdOrNum"),
               *limit = pl_form_member(w, item, "connectionLimit");
    if (!who)
        who = last(w, pl_value_member(item, "networkUrl"));
    return who && limit ? pl_arena_printf(w->arena, "%s=%s", who, limit) : NULL;
}

static const char *accepts(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, accept_limit);
}

static const char *location(const struct pl_words *w, const struct pl_value *item)
{
    return pl_form_member(w, item, "location");
}

static const char *locations(const struct pl_words *w, const struct pl_value *v)
{
    return each(w, v, location);
}

/* An empty message says it by being there. */
static const char *automatic(const struct pl_words *w, const struct pl_value *v)
{
    (void)w;
    return v->type == PL_MAP ? "automatic" : NULL;
}

/* A link that names a resource of that collection, else NULL. */
static const char *group_name(const struct pl_words *w, const struct pl_value *v)
{
    return segment(w, v, "networkEndpointGroups");
}

static const char *attachment(const struct pl_words *w, const struct pl_value *v)
{
    return segment(w, v, "serviceAttachments") ? link_text(w, v) : NULL;
}

/* ---- durations ---- */

/* "300s", "5m" as whole seconds. */
static const char *seconds(const struct pl_words *w, const struct pl_value *v)
{
    int64_t ns = 0;
    const char *text = pl_json_scalar(w->arena, v);
    if (!text || !pl_duration_parse(text, &ns) || ns % 1000000000 != 0)
        return NULL;
    return pl_arena_printf(w->arena, "%" PRId64, ns / 1000000000);
}

/* ---- which is which ---- */

static const struct pl_form_row forms[] = {
    {"", scalar},
    {"accepts", accepts},
    {"added", added},
    {"attachment", attachment},
    {"automatic", automatic},
    {"keyed", keyed},
    {"last", last},
    {"layer4", layer4_configs},
    {"lastneg", group_name},
    {"link", link_text},
    {"list", list},
    {"locations", locations},
    {"map", map_pairs},
    {"names", names},
    {"natsubnets", nat_subnets},
    {"near", near},
    {"nears", nears},
    {"networks", networks},
    {"networkurls", network_urls},
    {"pairs", pairs},
    {"project", project},
    {"ranges", ranges},
    {"region", region},
    {"removed", removed},
    {"rules", rules},
    {"secondary", secondary_ranges},
    {"seconds", seconds},
    {"servers", servers},
    {"shared", shared},
    {"shown", shown},
    {"zone", zone},
};

/* "A:b,C:d" */
static const char *chosen(struct pl_arena *arena, const char *text, const char *choices)
{
    size_t n = text ? strlen(text) : 0;
    for (const char *p = choices; text && *p; p += strcspn(p, ",")) {
        p += *p == ',';
        const char *colon = p + strcspn(p, ":");
        if ((size_t)(colon - p) == n && strncmp(p, text, n) == 0)
            return pl_arena_strndup(arena, colon + 1, strcspn(colon + 1, ","));
    }
    return NULL;
}

static const struct pl_form_row *find(const struct pl_form_row *rows, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

const char *pl_form(const struct pl_words *w, const struct pl_value *v, const char *form)
{
    if (!v || v->type == PL_UNKNOWN)
        return NULL;
    if (*form == '?') {
        const char *slash = strchr(form, '/');
        if (v->type != PL_BOOL)
            return NULL;
        return v->u.boolean ? pl_arena_strndup(w->arena, form + 1, (size_t)(slash - form - 1))
                            : slash + 1;
    }
    if (*form == '=')
        return chosen(w->arena, pl_json_scalar(w->arena, v), form + 1);
    const struct pl_form_row *row = find(forms, PL_LEN(forms), form);
    row = row ? row : find(pl_forms_run, pl_forms_run_len, form);
    return row ? row->say(w, v) : NULL;
}
