/* infer.c - the connections that a world is wired for, read off its own values: for runs without a baseline.
 *
 * Only exact values count: an address, a URL's host, a connection name of a resource that is in the same world. Nothing is guessed from names.
 */
#include <stdlib.h>
#include <string.h>

#include "wiring_priv.h"

struct inference {
    struct pl_arena *arena;
    struct pl_view *view;
    struct pl_map targets; /* host, IP or connection name to resource */
    const struct pl_connection **list;
    size_t n, cap;
};

/* Private addresses are used again in every network: what several have says nothing of whom it means. */
static const struct pl_resource several;

static void offer_as(struct inference *f, const char *key, struct pl_resource *r)
{
    const struct pl_resource *before = pl_map_get(&f->targets, key);
    bool same = before && before != &several && pl_address_equal(&before->address, &r->address);
    if (!same)
        (void)pl_map_put(&f->targets, key, before ? (void *)(uintptr_t)&several : r);
}

/* In the project's own words, and in anybody's. */
static const char *own_key(struct inference *f, const struct pl_address *a, const char *host)
{
    return pl_arena_printf(f->arena, "%s %s", a->project, host);
}

static void offer(struct inference *f, const char *host, const struct pl_resource *r)
{
    if (!host || !*host)
        return;
    struct pl_resource *kept = PL_NEW(f->arena, struct pl_resource);
    *kept = *r;
    offer_as(f, own_key(f, &r->address, host), kept);
    offer_as(f, host, kept);
}

static const struct pl_resource *meant_by(struct inference *f, const struct pl_resource *from,
                                          const char *host)
{
    const struct pl_resource *to = pl_map_get(&f->targets, own_key(f, &from->address, host));
    if (!to)
        to = pl_map_get(&f->targets, host);
    return to == &several ? NULL : to;
}

static const char *text_of(struct inference *f, const struct pl_resource *r, const char *path)
{
    const struct pl_value *v = NULL;
    return pl_view_read(f->view, r, path, &v) == PL_PRESENT ? pl_value_text(v) : NULL;
}

static void offer_all(struct inference *f, const char *kind)
{
    const struct pl_resource *const *list;
    size_t n;
    (void)pl_view_list(f->view, pl_kind_find(kind), NULL, &list, &n);
    for (size_t i = 0; i < n; i++) {
        const struct pl_value *ips = NULL;
        const char *uri = text_of(f, list[i], "uri");
        offer(f, text_of(f, list[i], "connectionName"), list[i]);
        offer(f, text_of(f, list[i], "host"), list[i]);
        offer(f, uri ? pl_wire_host(f->arena, uri) : NULL, list[i]);
        if (pl_view_read(f->view, list[i], "ipAddresses", &ips) != PL_PRESENT)
            continue;
        for (size_t j = 0; j < pl_value_count(ips); j++)
            offer(f, pl_value_member_text(pl_value_item(ips, j), "ipAddress"), list[i]);
    }
}

static void connect_to(struct inference *f, const struct pl_resource *from, const char *text)
{
    static const char socket[] = "/cloudsql/";
    const char *host = text ? pl_wire_host(f->arena, text) : NULL;
    if (host && strncmp(host, socket, sizeof(socket) - 1) == 0)
        host += sizeof(socket) - 1;
    const struct pl_resource *to = host ? meant_by(f, from, host) : NULL;
    if (!to || pl_address_equal(&to->address, &from->address))
        return;
    char *name =
        pl_arena_printf(f->arena, "%s-to-%s", from->address.names[0], to->address.names[0]);
    for (size_t i = 0; i < f->n; i++) {
        if (strcmp(f->list[i]->name, name) != 0)
            continue;
        if (pl_address_equal(&f->list[i]->to.address, &to->address) &&
            pl_address_equal(&f->list[i]->from.address, &from->address))
            return;
        name = pl_arena_printf(f->arena, "%s (%s)", name, pl_address_full(f->arena, &to->address));
    }
    struct pl_connection *c = PL_NEW(f->arena, struct pl_connection);
    c->name = name;
    c->from =
        (struct pl_end){.what = PL_END_RESOURCE,
                        .address = from->address,
                        .text = pl_address_short(f->arena, &from->address, from->address.project,
                                                 from->address.location)};
    c->to = (struct pl_end){.what = PL_END_RESOURCE,
                            .address = to->address,
                            .text = pl_address_short(f->arena, &to->address, from->address.project,
                                                     from->address.location)};
    c->severity = PL_SEV_HIGH;
    c->probe.redirects = c->probe.read_only = -1;
    PL_PUSH(f->arena, f->list, f->n, f->cap, c);
}

/* `template`: where its containers are. */
static void read_workload(struct inference *f, const struct pl_resource *from, const char *template)
{
    const struct pl_value *containers = NULL, *volumes = NULL;
    (void)pl_view_read(f->view, from, pl_arena_printf(f->arena, "%s.containers", template),
                       &containers);
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *env = pl_value_member(pl_value_item(containers, i), "env");
        for (size_t j = 0; j < pl_value_count(env); j++)
            connect_to(f, from, pl_value_member_text(pl_value_item(env, j), "value"));
    }
    (void)pl_view_read(f->view, from, pl_arena_printf(f->arena, "%s.volumes", template), &volumes);
    for (size_t i = 0; i < pl_value_count(volumes); i++) {
        const struct pl_value *list = pl_value_member(
            pl_value_member(pl_value_item(volumes, i), "cloudSqlInstance"), "instances");
        for (size_t j = 0; j < pl_value_count(list); j++)
            connect_to(f, from, pl_value_text(pl_value_item(list, j)));
    }
}

static void read_all(struct inference *f, const char *kind, const char *template)
{
    const struct pl_resource *const *list;
    size_t n;
    (void)pl_view_list(f->view, pl_kind_find(kind), NULL, &list, &n);
    for (size_t i = 0; i < n; i++)
        read_workload(f, list[i], template);
}

const struct pl_connection *const *pl_reach_infer(struct pl_arena *arena, struct pl_view *view,
                                                  size_t *n)
{
    struct inference f = {.arena = arena, .view = view};
    pl_map_init(&f.targets, arena);
    offer_all(&f, "sql.instance");
    offer_all(&f, "redis.instance");
    offer_all(&f, "run.service");
    read_all(&f, "run.service", "template");
    read_all(&f, "run.job", "template.template");
    *n = f.n;
    return f.list;
}
