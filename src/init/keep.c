/* keep.c - which resources a baseline declares: stores and workloads, the networks that they are in, and what those name.
 *
 * A network nobody uses is left out, and with it its rules and routes: a baseline is to be short enough to be read.
 */
#include <string.h>

#include "init_priv.h"

static char here[] = "";

/* ---- fields by their paths ---- */

void pl_init_each(const struct pl_value *body, const char *path,
                  void (*fn)(void *arg, const char *text), void *arg)
{
    size_t n = strcspn(path, ".[");
    char key[64];

    if (*path == '\0') {
        if (pl_value_text(body) != NULL)
            fn(arg, pl_value_text(body));
        return;
    }
    if (path[0] == '[') {
        for (size_t i = 0; i < pl_value_count(body); i++)
            pl_init_each(pl_value_item(body, i), path + 2 + (path[2] == '.'), fn, arg);
        return;
    }
    if (n >= sizeof key)
        return;
    memcpy(key, path, n);
    key[n] = '\0';
    pl_init_each(pl_value_member(body, key), path + n + (path[n] == '.'), fn, arg);
}

/* ---- links of a kind ---- */

struct links {
    struct pl_init *in;
    const struct pl_resource *own;
    const struct pl_kind *kind;
    struct pl_map *into;
    bool any; /* is one of them in `into`? (nothing is added) */
    bool ask;
};

static void on_link(void *arg, const char *text)
{
    struct links *l = arg;
    struct pl_address to;
    const char *full;

    if (!pl_link_parse(l->in->arena, l->kind, text, &l->own->address, &to))
        return;
    full = pl_address_full(l->in->arena, &to);
    if (l->ask)
        l->any = l->any || pl_map_has(l->into, full);
    else
        (void)pl_map_put(l->into, full, here);
}

/* Every row of the resource's kind that links to `kind`. A list of links is a row without its "[]". */
static void each_link(struct links *l, const char *kind)
{
    const char *own = l->own->address.kind->name;

    l->kind = pl_kind_find(kind);
    for (size_t i = 0; i < pl_init_fields_len; i++) {
        const struct pl_init_field *f = &pl_init_fields[i];

        if (f->link == NULL || strcmp(f->kind, own) != 0 || strcmp(f->link, kind) != 0)
            continue;
        pl_init_each(l->own->body, f->path, on_link, l);
        pl_init_each(l->own->body, pl_arena_printf(l->in->arena, "%s[]", f->path), on_link, l);
    }
}

static bool in_networks(struct pl_init *in, const struct pl_resource *r)
{
    struct links l = {.in = in, .own = r, .into = &in->networks, .ask = true};
    struct pl_address network = r->address;

    if (strcmp(r->address.kind->name, "servicenetworking.connection") == 0) {
        network.kind = pl_kind_find("compute.network");
        return pl_map_has(&in->networks, pl_address_full(in->arena, &network));
    }
    if (strcmp(r->address.kind->name, "compute.network") == 0)
        return pl_map_has(&in->networks, r->full);
    each_link(&l, "compute.network");
    return l.any;
}

/* ---- what is kept ---- */

static const struct pl_resource *const *all_of(struct pl_init *in, const char *kind, size_t *n)
{
    const struct pl_resource *const *list = NULL;

    *n = 0;
    if (pl_kind_find(kind) != NULL)
        (void)pl_view_list(in->view, pl_kind_find(kind), NULL, &list, n);
    return list;
}

static void keep(struct pl_init *in, const struct pl_resource *r)
{
    struct pl_resource *copy = PL_NEW(in->arena, struct pl_resource);

    *copy = *r;
    (void)pl_map_put(&in->kept, r->full, copy);
}

/* Routes that Google makes with subnets and peerings go with those, and names of routes are nobody's choice. */
static bool is_own_route(const struct pl_resource *r)
{
    static const char *const made[] = {"nextHopNetwork", "nextHopPeering", "nextHopHub"};

    if (strcmp(r->address.kind->name, "compute.route") != 0)
        return true;
    for (size_t i = 0; i < PL_LEN(made); i++)
        if (pl_value_member(r->body, made[i]) != NULL)
            return false;
    return true;
}

static void keep_kind(struct pl_init *in, const struct pl_init_kind *row, enum pl_init_declare what)
{
    size_t n;
    const struct pl_resource *const *list = all_of(in, row->kind, &n);

    for (size_t i = 0; row->declare == what && i < n; i++)
        if (what == PL_DECLARE_ALL || (in_networks(in, list[i]) && is_own_route(list[i])))
            keep(in, list[i]);
}

/* The networks of what is kept, those of their subnetworks among them; where nothing is in any, all of them. */
static void find_networks(struct pl_init *in)
{
    struct pl_map subnets;
    size_t n;
    const struct pl_resource *const *list;

    pl_map_init(&subnets, in->arena);
    for (size_t i = 0; i < in->kept.n; i++) {
        const struct pl_resource *r = in->kept.entries[i].value;
        struct links l = {.in = in, .own = r, .into = &in->networks};

        each_link(&l, "compute.network");
        l.into = &subnets;
        each_link(&l, "compute.subnetwork");
    }
    list = all_of(in, "compute.subnetwork", &n);
    for (size_t i = 0; i < n; i++) {
        struct links l = {.in = in, .own = list[i], .into = &in->networks};

        if (pl_map_has(&subnets, list[i]->full))
            each_link(&l, "compute.network");
    }
    list = all_of(in, "compute.network", &n);
    for (size_t i = 0; in->networks.n == 0 && i < n; i++)
        (void)pl_map_put(&in->networks, list[i]->full, here);
}

/* ---- what those name ---- */

struct names {
    struct pl_init *in;
    const struct pl_resource *own;
    const char *kind;
};

static bool is_number(const char *project)
{
    return project != NULL && *project != '\0' && strspn(project, "0123456789") == strlen(project);
}

/* Google's own names have the project's number, and links by such a name do: the resource's own name says whether it is this project's. */
static bool is_of(const struct pl_resource *r, const char *number)
{
    const char *name = pl_value_member_text(r->body, "name");
    size_t n = strlen("projects/"), digits = strlen(number);

    return name != NULL && strncmp(name, "projects/", n) == 0 &&
           strncmp(name + n, number, digits) == 0 && name[n + digits] == '/';
}

static void keep_named(struct pl_init *in, const char *kind, const char *link,
                       const struct pl_address *near)
{
    const struct pl_resource *found = NULL;
    const char *number = NULL;
    struct pl_address to;

    if (!pl_link_parse(in->arena, pl_kind_find(kind), link, near, &to))
        return;
    if (is_number(to.project)) {
        number = to.project;
        to.project = near->project;
    }
    if (pl_view_find(in->view, &to, &found) == PL_PRESENT &&
        (number == NULL || is_of(found, number)))
        keep(in, found);
}

static void on_name(void *arg, const char *text)
{
    struct names *n = arg;
    struct pl_address near = n->own->address;

    if (strcmp(n->kind, "secret.secret") == 0 ||
        strcmp(near.kind->name, "servicenetworking.connection") == 0)
        near.location = "global";
    keep_named(n->in, n->kind, text, &near);
}

/* By which field what names what. */
static const struct {
    const char *kind, *path, *named;
} namings[] = {
    {"servicenetworking.connection", "reservedPeeringRanges[]", "compute.address"},
    {"compute.router", "nats[].natIps[]", "compute.address"},
    {"run.service", "template.containers[].env[].valueSource.secretKeyRef.secret", "secret.secret"},
    {"run.service", "template.volumes[].secret.secret", "secret.secret"},
    {"run.job", "template.template.containers[].env[].valueSource.secretKeyRef.secret",
     "secret.secret"},
    {"run.job", "template.template.volumes[].secret.secret", "secret.secret"},
};

static void keep_namings(struct pl_init *in)
{
    size_t n = in->kept.n; /* what is added below names nothing */

    for (size_t i = 0; i < n; i++) {
        const struct pl_resource *r = in->kept.entries[i].value;

        for (size_t j = 0; j < PL_LEN(namings); j++) {
            struct names names = {.in = in, .own = r, .kind = namings[j].named};

            if (strcmp(namings[j].kind, r->address.kind->name) == 0)
                pl_init_each(r->body, namings[j].path, on_name, &names);
        }
    }
}

/* Databases that somebody made, and records of the kept zones that lead to an address. */
static void keep_children(struct pl_init *in)
{
    static const char *const built_in[] = {
        "postgres", "mysql",  "information_schema", "sys",          "master", "model",
        "msdb",     "tempdb", "performance_schema", "cloudsqladmin"};
    static const char *const types[] = {"A", "AAAA", "CNAME"};
    size_t n;
    const struct pl_resource *const *list = all_of(in, "sql.database", &n);

    for (size_t i = 0; i < n; i++) {
        bool own = true;

        for (size_t j = 0; j < PL_LEN(built_in); j++)
            own = own && strcmp(list[i]->address.names[1], built_in[j]) != 0;
        if (own)
            keep(in, list[i]);
    }
    list = all_of(in, "dns.recordSet", &n);
    for (size_t i = 0; i < n; i++) {
        struct pl_address zone = list[i]->address;

        zone.kind = pl_kind_find("dns.managedZone");
        for (size_t j = 0; j < PL_LEN(types); j++)
            if (strcmp(list[i]->address.names[2], types[j]) == 0 &&
                pl_map_has(&in->kept, pl_address_full(in->arena, &zone)))
                keep(in, list[i]);
    }
}

/* The APIs that what is kept is served by. */
static void keep_services(struct pl_init *in)
{
    size_t n = in->kept.n;

    for (size_t i = 0; i < n; i++) {
        const struct pl_resource *r = in->kept.entries[i].value, *found = NULL;
        const char *names[] = {r->address.kind->call.api};
        struct pl_address service = {.kind = pl_kind_find("project.service"),
                                     .project = r->address.project,
                                     .location = "global",
                                     .names = names};

        if (pl_view_find(in->view, &service, &found) == PL_PRESENT)
            keep(in, found);
    }
}

/* ---- the file's own scope ---- */

/* The text that most resources share; the first in order of names among equals. */
static const char *most(struct pl_init *in, bool location)
{
    struct pl_map seen;
    const char *best = NULL;
    size_t most_n = 0;

    pl_map_init(&seen, in->arena);
    for (size_t i = 0; i < in->kept.n; i++) {
        const struct pl_address *a =
            &((const struct pl_resource *)in->kept.entries[i].value)->address;
        const char *text = location ? a->location : a->project;
        size_t *n;

        if (location && a->kind->scope != PL_SCOPE_LOCATION)
            continue;
        n = pl_map_get(&seen, text);
        if (n == NULL) {
            n = PL_NEW(in->arena, size_t);
            (void)pl_map_put(&seen, text, n);
        }
        ++*n;
        if (*n > most_n || (*n == most_n && strcmp(text, best) < 0)) {
            most_n = *n;
            best = text;
        }
    }
    return best;
}

void pl_init_keep(struct pl_init *in)
{
    pl_map_init(&in->kept, in->arena);
    pl_map_init(&in->networks, in->arena);
    for (size_t i = 0; i < pl_init_kinds_len; i++)
        keep_kind(in, &pl_init_kinds[i], PL_DECLARE_ALL);
    find_networks(in);
    for (size_t i = 0; i < pl_init_kinds_len; i++)
        keep_kind(in, &pl_init_kinds[i], PL_DECLARE_NETWORK);
    keep_namings(in);
    keep_children(in);
    keep_services(in);
    in->project = most(in, false);
    in->location = most(in, true);
}
