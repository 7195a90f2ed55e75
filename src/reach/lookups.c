/* lookups.c - found by name instead of by walking: who answers at a host, what the baseline declares of a resource, which connections begin at it.
 *
 * Each index is made when it is first wanted and kept with the unchanged world, for all paths.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "plumbline/payload.h"
#include "reach_priv.h"

/* ---- hosts ---- */

/* Those that a connection may end at; more than one where two networks use one address. */
struct answering {
    const struct pl_resource *first;
    bool several;
};

/* One text for all that pl_same_host calls the same. */
static const char *host_key(struct pl_arena *arena, const char *host)
{
    struct pl_ip ip;
    if (pl_ip_parse(host, &ip))
        return pl_ip_format(arena, &ip);
    char *key = pl_arena_strdup(arena, host);
    for (char *c = key; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return key;
}

static void answers_at(struct pl_map *hosts, const struct pl_resource *r, const char *host)
{
    if (!host)
        return;
    const char *key = host_key(hosts->arena, host);
    struct answering *a = pl_map_get(hosts, key);
    if (!a) {
        a = PL_NEW(hosts->arena, struct answering);
        a->first = r;
        (void)pl_map_put(hosts, key, a);
    }
    a->several = a->several || a->first != r;
}

static void answers_at_url(struct pl_map *hosts, const struct pl_resource *r, const char *url)
{
    struct pl_hostport hp;
    if (url && pl_hostport_parse(hosts->arena, url, &hp))
        answers_at(hosts, r, hp.host);
}

/* By an address, its host, or the host of its URLs. */
static void add_hosts(struct pl_map *hosts, const struct pl_resource *r)
{
    const struct pl_value *ips = pl_value_member(r->body, "ipAddresses");
    const struct pl_value *urls = pl_value_member(r->body, "urls");
    for (size_t i = 0; i < pl_value_count(ips); i++)
        answers_at(hosts, r, pl_value_member_text(pl_value_item(ips, i), "ipAddress"));
    for (size_t i = 0; i < pl_value_count(urls); i++)
        answers_at_url(hosts, r, pl_value_text(pl_value_item(urls, i)));
    answers_at_url(hosts, r, pl_value_member_text(r->body, "uri"));
    answers_at(hosts, r, pl_value_member_text(r->body, "host"));
    answers_at(hosts, r, pl_value_member_text(r->body, "readEndpoint"));
}

static const struct pl_map *hosts_of(struct pl_view *base)
{
    static const char *const kinds[] = {"sql.instance", "redis.instance", "run.service"};
    struct pl_map *hosts = pl_view_kept(base, "hosts");
    if (hosts)
        return hosts;
    hosts = PL_NEW(pl_view_keep_arena(base), struct pl_map);
    pl_map_init(hosts, pl_view_keep_arena(base));
    for (size_t k = 0; k < PL_LEN(kinds); k++) {
        const struct pl_resource *const *list;
        size_t n;
        (void)pl_view_list(base, pl_kind_find(kinds[k]), NULL, &list, &n);
        for (size_t i = 0; i < n; i++)
            add_hosts(hosts, list[i]);
    }
    pl_view_keep(base, "hosts", hosts);
    return hosts;
}

const struct pl_resource *pl_owner_of(struct pl_trace *t, const char *host)
{
    const struct answering *a =
        host ? pl_map_get(hosts_of(t->base), host_key(t->arena, host)) : NULL;
    return a && !a->several ? a->first : NULL; /* which of several is meant is not known */
}

const struct pl_resource *pl_owner_of_payload(struct pl_trace *t, const struct pl_value *payload)
{
    const struct pl_map *hosts = hosts_of(t->base);
    for (size_t i = 0; i < hosts->n; i++) {
        const struct answering *a = hosts->entries[i].value;
        if (!a->several && pl_payload_is(payload, PL_PAYLOAD_HOST, hosts->entries[i].key))
            return a->first;
    }
    return NULL;
}

/* ---- the baseline ---- */

struct declared {
    struct pl_map resources; /* full address -> struct pl_declared */
    struct pl_map from, to;  /* full address -> struct pl_outgoing */
};

static void add_connection(struct pl_map *map, const struct pl_end *end,
                           const struct pl_connection *c)
{
    if (end->what != PL_END_RESOURCE)
        return;
    const char *full = pl_address_full(map->arena, &end->address);
    struct pl_outgoing *out = pl_map_get(map, full);
    if (!out) {
        out = PL_NEW(map->arena, struct pl_outgoing);
        (void)pl_map_put(map, full, out);
    }
    PL_PUSH(map->arena, out->list, out->n, out->cap, c);
}

static const struct declared *index_of(struct pl_trace *t)
{
    const struct pl_baseline *b = t->declared;
    struct pl_arena *keep = pl_view_keep_arena(t->base);
    char name[2 * sizeof(void *) + 16];
    snprintf(name, sizeof(name), "declared %p", (const void *)b);
    struct declared *d = pl_view_kept(t->base, name);
    if (d)
        return d;
    d = PL_NEW(keep, struct declared);
    pl_map_init(&d->resources, keep);
    pl_map_init(&d->from, keep);
    pl_map_init(&d->to, keep);
    for (size_t i = 0; i < b->n_resources; i++)
        (void)pl_map_put(&d->resources, pl_address_full(keep, &b->resources[i].address),
                         (void *)(uintptr_t)&b->resources[i]);
    for (size_t i = 0; i < b->n_connections; i++) {
        add_connection(&d->from, &b->connections[i]->from, b->connections[i]);
        add_connection(&d->to, &b->connections[i]->to, b->connections[i]);
    }
    pl_view_keep(t->base, name, d);
    return d;
}

const struct pl_declared *pl_declared_of(struct pl_trace *t, const struct pl_address *address)
{
    return t->declared && address->kind
               ? pl_map_get(&index_of(t)->resources, pl_address_full(t->arena, address))
               : NULL;
}

const struct pl_outgoing *pl_connections_from(struct pl_trace *t, const struct pl_address *address)
{
    return t->declared && address->kind
               ? pl_map_get(&index_of(t)->from, pl_address_full(t->arena, address))
               : NULL;
}

const struct pl_outgoing *pl_connections_to(struct pl_trace *t, const struct pl_address *address)
{
    return t->declared && address->kind
               ? pl_map_get(&index_of(t)->to, pl_address_full(t->arena, address))
               : NULL;
}
