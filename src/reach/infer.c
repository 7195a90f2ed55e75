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

static void offer(struct inference *f, const char *host, const struct pl_resource *r)
{
    if (host && *host && !pl_map_has(&f->targets, host)) {
        struct pl_resource *kept = PL_NEW(f->arena, struct pl_resource);
        *kept = *r;
        (void)pl_map_put(&f->targets, host, kept);
    }
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
    const struct pl_resource *to = host ? pl_map_get(&f->targets, host) : NULL;
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

static void read_service(struct inference *f, const struct pl_resource *from)
{
    const struct pl_value *containers = NULL, *volumes = NULL;
    (void)pl_view_read(f->view, from, "template.containers", &containers);
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *env = pl_value_member(pl_value_item(containers, i), "env");
        for (size_t j = 0; j < pl_value_count(env); j++)
            connect_to(f, from, pl_value_member_text(pl_value_item(env, j), "value"));
    }
    (void)pl_view_read(f->view, from, "template.volumes", &volumes);
    for (size_t i = 0; i < pl_value_count(volumes); i++) {
        const struct pl_value *list = pl_value_member(
            pl_value_member(pl_value_item(volumes, i), "cloudSqlInstance"), "instances");
        for (size_t j = 0; j < pl_value_count(list); j++)
            connect_to(f, from, pl_value_text(pl_value_item(list, j)));
    }
}

const struct pl_connection *const *pl_reach_infer(struct pl_arena *arena, struct pl_view *view,
                                                  size_t *n)
{
    struct inference f = {.arena = arena, .view = view};
    const struct pl_resource *const *services;
    size_t n_services;
    pl_map_init(&f.targets, arena);
    offer_all(&f, "sql.instance");
    offer_all(&f, "redis.instance");
    offer_all(&f, "run.service");
    (void)pl_view_list(view, pl_kind_find("run.service"), NULL, &services, &n_services);
    for (size_t i = 0; i < n_services; i++)
        read_service(&f, services[i]);
    *n = f.n;
    return f.list;
}
