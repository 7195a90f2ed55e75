/* wires.c - finds the environment variables that carry a connection's target.
 *
 * A variable belongs to the target where the baseline declares it as a reference to it, where its value is one of the target's
 * addresses, or where it shares a prefix with one of those (POSTGRES_PORT with POSTGRES_HOST). Its name alone is enough only
 * where the source has no second connection to a target of the same family, or where it has the target's own name in it. One that is declared to
 * lead to another target is that one's, whatever it holds today.
 */
#include <string.h>

#include "plumbline/payload.h"
#include "wiring_priv.h"

/* Clients speak to all of them alike. */
static bool same_family(const struct pl_kind *a, const struct pl_kind *b)
{
    static const char *const caches[] = {"redis.instance", "redis.cluster", "valkey.instance"};
    bool first = false, second = false;
    for (size_t i = 0; i < PL_LEN(caches); i++) {
        first = first || strcmp(a->name, caches[i]) == 0;
        second = second || strcmp(b->name, caches[i]) == 0;
    }
    return a == b || (first && second);
}

static bool has_beside(struct pl_trace *t, bool of_kind)
{
    const struct pl_kind *kind = t->target.address.kind;
    const struct pl_outgoing *beside =
        kind ? pl_connections_from(t, &t->connection->from.address) : NULL;
    for (size_t i = 0; beside && i < beside->n; i++) {
        const struct pl_connection *c = beside->list[i];
        if (c != t->connection && c->to.what == PL_END_RESOURCE &&
            (of_kind ? c->to.address.kind == kind : same_family(c->to.address.kind, kind)) &&
            !pl_address_equal(&c->to.address, &t->target.address))
            return true;
    }
    return false;
}

bool pl_wire_has_rival(struct pl_trace *t)
{
    return has_beside(t, false);
}

/* By the target's own name, or by its engine's where no other target is of that. */
static bool is_named_after(struct pl_trace *t, const struct pl_wire *w)
{
    return pl_wire_named_after(t, w->prefix) ||
           (strncmp(w->prefix, "VALKEY", 6) == 0 && t->target.address.kind &&
            strcmp(t->target.address.kind->name, "valkey.instance") == 0 && !has_beside(t, true));
}

/* ---- what the baseline declares ---- */

const char *pl_expect_literal(const struct pl_expect *e)
{
    if (!e || e->match != PL_M_EQUAL || e->n_pieces > 0)
        return NULL;
    return pl_value_text(e->value) ? pl_value_text(e->value) : e->text;
}

static bool refers_to(const struct pl_expect *e, const struct pl_address *target)
{
    for (size_t i = 0; e && i < e->n_pieces; i++)
        if (!e->pieces[i].literal && pl_address_equal(&e->pieces[i].address, target))
            return true;
    return false;
}

/* Is it declared to lead to something else that can be a target, and not to this one? */
static bool refers_elsewhere(const struct pl_expect *e, const struct pl_address *target)
{
    static const char *const ends[] = {"sql.instance",    "redis.instance",    "redis.cluster",
                                       "valkey.instance", "memcache.instance", "run.service"};
    bool elsewhere = false;
    for (size_t i = 0; e && i < e->n_pieces; i++)
        for (size_t k = 0; !e->pieces[i].literal && k < PL_LEN(ends); k++)
            elsewhere = elsewhere || strcmp(e->pieces[i].address.kind->name, ends[k]) == 0;
    return elsewhere && !refers_to(e, target);
}

/* A reference says by its own path what it carries. */
static enum pl_role role_of_reference(const struct pl_expect *e, const struct pl_address *target)
{
    for (size_t i = 0; i < e->n_pieces; i++) {
        const struct pl_piece *p = &e->pieces[i];
        if (p->literal || !pl_address_equal(&p->address, target) || p->path.n == 0)
            continue;
        const char *last = p->path.steps[p->path.n - 1].key;
        if (e->n_pieces > 1)
            return PL_ROLE_URL;
        if (last && strcmp(last, "port") == 0)
            return PL_ROLE_PORT;
        if (last && strcmp(last, "connectionName") == 0)
            return PL_ROLE_CONNECTION_NAME;
        if (last && strcmp(last, "uri") == 0)
            return PL_ROLE_URL;
        return PL_ROLE_HOST;
    }
    return PL_ROLE_NONE;
}

/* ---- the wires ---- */

static struct pl_wire *wire_by_name(struct pl_wires *w, const char *container, const char *name)
{
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->list[i].name, name) == 0 &&
            (!container || !w->list[i].container || !strcmp(w->list[i].container, container)))
            return &w->list[i];
    return NULL;
}

static struct pl_wire *new_wire(struct pl_trace *t, struct pl_wires *w, const char *container,
                                size_t index, const char *name)
{
    struct pl_wire wire = {.container = container, .name = name};
    wire.role = pl_wire_role(t->arena, name, &wire.prefix);
    wire.path = pl_trace_container_path(t, container, index, name, "value");
    PL_PUSH(t->arena, w->list, w->n, w->cap, wire);
    return &w->list[w->n - 1];
}

/* Its version is looked for only where values were read: else nothing hangs on it here (secrets.c asks whether it is there). */
static void take_secret(struct pl_trace *t, struct pl_wire *wire, const struct pl_secret_ref *ref)
{
    wire->what = PL_WIRE_SECRET;
    wire->secret = ref->secret;
    wire->version = ref->version;
    if (!pl_view_world(t->view)->secrets || wire->role == PL_ROLE_NONE)
        return;
    wire->of = pl_secret_version(t, t->source.resource, wire->secret, wire->version);
    if (wire->of)
        (void)pl_view_read(t->view, wire->of, PL_PAYLOAD, &wire->payload);
}

static void take_reference(struct pl_trace *t, struct pl_wire *wire, const struct pl_value *source)
{
    const struct pl_value *key = pl_value_member(source, "secretKeyRef");
    const struct pl_secret_ref ref = {pl_value_member_text(key, "secret"),
                                      pl_value_member_text(key, "version")};
    wire->path = pl_arena_printf(t->arena, "%sSource.secretKeyRef.version", wire->path);
    take_secret(t, wire, &ref);
}

/* DB_PASSWORD_FILE names a file, and what the file holds is what DB_PASSWORD would. */
static void take_file(struct pl_trace *t, struct pl_wire *wire, const struct pl_value *container,
                      const char *file)
{
    static const char ending[] = "_FILE";
    size_t len = strlen(wire->name), n = sizeof(ending) - 1;
    struct pl_secret_ref ref;
    if (len <= n || strcasecmp(wire->name + len - n, ending) != 0 || *file != '/' ||
        !pl_mounted_secret(pl_trace_list(t, t->source.resource, "template.volumes", NULL),
                           container, file, &ref))
        return;
    wire->role =
        pl_wire_role(t->arena, pl_arena_strndup(t->arena, wire->name, len - n), &wire->prefix);
    take_secret(t, wire, &ref);
}

static void take_observed(struct pl_trace *t, struct pl_wires *w, const struct pl_value *containers)
{
    w->containers = pl_value_count(containers);
    for (size_t i = 0; i < w->containers; i++) {
        const struct pl_value *c = pl_value_item(containers, i), *env = pl_value_member(c, "env");
        for (size_t j = 0; j < pl_value_count(env); j++) {
            const struct pl_value *e = pl_value_item(env, j);
            const char *name = pl_value_member_text(e, "name");
            if (!name)
                continue;
            struct pl_wire *wire = new_wire(t, w, pl_value_member_text(c, "name"), i, name);
            const struct pl_value *value = pl_value_member(e, "value");
            if (pl_value_member(e, "valueSource"))
                take_reference(t, wire, pl_value_member(e, "valueSource"));
            else if (value && value->type == PL_UNKNOWN)
                wire->what = PL_WIRE_HIDDEN;
            else
                wire->value = pl_value_text(value) ? pl_value_text(value) : "";
            /* Redaction keeps evidence: of a URL only the user's part is taken out, and the host may still be read. */
            if (wire->value && strstr(pl_wire_host(t->arena, wire->value), "<redacted"))
                wire->what = PL_WIRE_HIDDEN;
            if (wire->what == PL_WIRE_VALUE)
                take_file(t, wire, c, wire->value);
        }
    }
}

static void take_declared(struct pl_trace *t, struct pl_wires *w, const struct pl_expect *resource)
{
    const struct pl_expect *template = pl_declared_member(resource, "template");
    if (strcmp(t->source.resource->address.kind->name, "run.job") == 0)
        template = pl_declared_member(template, "template");
    const struct pl_expect *containers = pl_declared_member(template, "containers");
    for (size_t i = 0; containers && i < containers->n && containers->items; i++) {
        const struct pl_expect *c = containers->items[i], *env = pl_declared_member(c, "env");
        const char *container = pl_expect_literal(pl_declared_member(c, "name"));
        for (size_t j = 0; env && env->items && j < env->n; j++) {
            const char *name = pl_expect_literal(pl_declared_member(env->items[j], "name"));
            const struct pl_expect *value = pl_declared_member(env->items[j], "value");
            if (!name || env->items[j]->match == PL_M_ABSENT)
                continue;
            struct pl_wire *wire = wire_by_name(w, container, name);
            if (!wire) {
                wire = new_wire(t, w, container, i, name);
                /* Where the environment was not read, nobody knows that it is not there. */
                wire->what = w->not_known ? PL_WIRE_HIDDEN : PL_WIRE_ABSENT;
            }
            wire->declared = true;
            wire->declared_text = pl_expect_literal(value);
            wire->declared_version = pl_expect_literal(pl_declared_member(
                pl_declared_member(pl_declared_member(env->items[j], "valueSource"),
                                   "secretKeyRef"),
                "version"));
            if (value && t->target.address.kind && refers_to(value, &t->target.address)) {
                wire->refers = true;
                wire->role = role_of_reference(value, &t->target.address);
            }
            wire->anothers =
                value && t->target.address.kind && refers_elsewhere(value, &t->target.address);
        }
    }
}

const char *pl_wire_host(struct pl_arena *arena, const char *text)
{
    struct pl_dsn d;
    if (!pl_dsn_parse(arena, text, &d))
        return text;
    return d.host ? d.host : d.connector ? d.connector : text;
}

/* By a record of a private zone, or by an endpoint of Private Service Connect. */
static bool leads(struct pl_trace *t, const struct pl_endpoints *e, const char *host)
{
    struct pl_ip ip;
    bool by_endpoint = t->target.what == PL_TO_SQL &&
                       pl_trace_bool(t, t->target.resource,
                                     "settings.ipConfiguration.pscConfig.pscEnabled") == PL_YES;
    if (t->target.what != PL_TO_SQL && t->target.what != PL_TO_REDIS)
        return false;
    if (!pl_ip_parse(host, &ip)) {
        struct pl_name_answer a = pl_name_resolve(t, host);
        if (a.what != PL_NAME_ADDRESS)
            return false;
        ip = a.ip;
        if (pl_endpoints_have(e, pl_ip_format(t->arena, &ip)))
            return true;
    }
    const struct pl_resource *rule = by_endpoint ? pl_front_at(t, &ip).rule : NULL;
    return rule && pl_front_leads(t, rule) == PL_YES;
}

static bool carries(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e,
                    const char *text)
{
    if (!text || !*text)
        return false;
    if (w->role == PL_ROLE_CONNECTION_NAME)
        return e->connection_name && strcmp(e->connection_name, text) == 0;
    if (w->role != PL_ROLE_HOST && w->role != PL_ROLE_URL)
        return false;
    const char *host = pl_wire_host(t->arena, text);
    return pl_endpoints_have(e, text) || pl_endpoints_have(e, host) || leads(t, e, host);
}

/* What a text is to the target; none where it leads elsewhere. */
static enum pl_role role_of_text(struct pl_trace *t, const struct pl_endpoints *e, const char *text)
{
    if (!text || !*text)
        return PL_ROLE_NONE;
    if (e->connection_name && strcmp(e->connection_name, text) == 0)
        return PL_ROLE_CONNECTION_NAME;
    if (!pl_endpoints_have(e, pl_wire_host(t->arena, text)))
        return PL_ROLE_NONE;
    return pl_endpoints_have(e, text) ? PL_ROLE_HOST : PL_ROLE_URL;
}

/* A name that says nothing (ConnectionStrings__Default), and a value that is one of the target's addresses, or is to be one. */
static enum pl_role role_of_value(struct pl_trace *t, const struct pl_wire *w,
                                  const struct pl_endpoints *e)
{
    if (w->role != PL_ROLE_NONE)
        return w->role;
    enum pl_role role = role_of_text(t, e, w->what == PL_WIRE_VALUE ? w->value : NULL);
    return role != PL_ROLE_NONE ? role : role_of_text(t, e, w->declared_text);
}

/* All variables of the source, by what was observed and what is declared. */
static struct pl_wires all_wires(struct pl_trace *t)
{
    enum pl_known known;
    const struct pl_value *containers =
        pl_trace_list(t, t->source.resource, "template.containers", &known);
    struct pl_wires all = {.not_known = known == PL_NOT_KNOWN};
    take_observed(t, &all, containers);
    const struct pl_declared *declared = pl_declared_of(t, &t->connection->from.address);
    if (declared)
        take_declared(t, &all, declared->expect);
    return all;
}

void pl_wires_all(struct pl_trace *t, struct pl_wires *out)
{
    *out = (struct pl_wires){0};
    if (t->source.what == PL_FROM_RUN && t->source.known == PL_PRESENT)
        *out = all_wires(t);
}

/* Is it declared to hold an address of what another connection of the client's leads to? */
static bool is_anothers(struct pl_trace *t, const struct pl_wire *w, const struct pl_endpoints *e)
{
    if (w->anothers || !w->declared_text || carries(t, w, e, w->declared_text))
        return w->anothers;
    const struct pl_resource *owner = pl_owner_of(t, pl_wire_host(t->arena, w->declared_text));
    const struct pl_outgoing *beside = pl_connections_from(t, &t->connection->from.address);
    for (size_t i = 0; owner && beside && i < beside->n; i++) {
        const struct pl_end *to = &beside->list[i]->to;
        if (to->what == PL_END_RESOURCE && pl_address_equal(&to->address, &owner->address) &&
            !pl_address_equal(&to->address, &t->target.address))
            return true;
    }
    return false;
}

/* INSTANCE_CONNECTION_NAME has no first word: the role says what family it is of. */
static bool name_fits(struct pl_trace *t, const struct pl_wire *w)
{
    return pl_wire_family_fits(t, w->prefix) ||
           (w->role == PL_ROLE_CONNECTION_NAME && t->target.what == PL_TO_SQL);
}

void pl_wires_secret(struct pl_trace *t, struct pl_wires *out)
{
    *out = (struct pl_wires){0};
    if (t->source.what != PL_FROM_RUN || t->source.known != PL_PRESENT)
        return;
    struct pl_endpoints e;
    pl_endpoints_find(t, &e);
    struct pl_wires all = all_wires(t);
    struct pl_map sure;
    pl_map_init(&sure, t->arena);
    for (size_t i = 0; i < all.n; i++)
        if (all.list[i].refers || carries(t, &all.list[i], &e, all.list[i].value))
            (void)pl_map_put(&sure, all.list[i].prefix, out);
    for (size_t i = 0; i < all.n; i++) {
        const struct pl_wire *w = &all.list[i];
        if (w->what == PL_WIRE_SECRET && w->secret && w->role != PL_ROLE_NONE &&
            w->role != PL_ROLE_TLS && (name_fits(t, w) || pl_map_has(&sure, w->prefix)))
            PL_PUSH(t->arena, out->list, out->n, out->cap, *w);
    }
}

void pl_wires_find(struct pl_trace *t, struct pl_wires *out)
{
    *out = (struct pl_wires){0};
    if (t->source.what != PL_FROM_RUN || t->source.known != PL_PRESENT)
        return;
    struct pl_wires all = all_wires(t);
    struct pl_endpoints e;
    pl_endpoints_find(t, &e);
    bool rival = pl_wire_has_rival(t);
    struct pl_map sure;
    pl_map_init(&sure, t->arena);
    for (size_t i = 0; i < all.n; i++) {
        struct pl_wire *w = &all.list[i];
        w->role = role_of_value(t, w, &e);
        w->anothers = is_anothers(t, w, &e);
        if (w->anothers)
            continue;
        if (w->refers || carries(t, w, &e, w->value) || carries(t, w, &e, w->declared_text) ||
            pl_payload_leads(w->payload, &e))
            (void)pl_map_put(&sure, w->prefix, w);
    }
    for (size_t i = 0; i < all.n; i++) {
        struct pl_wire *w = &all.list[i];
        bool by_name = sure.n == 0 && (rival ? is_named_after(t, w) : name_fits(t, w));
        if (w->role == PL_ROLE_NONE || w->anothers ||
            !(w->refers || pl_map_has(&sure, w->prefix) || by_name))
            continue;
        PL_PUSH(t->arena, out->list, out->n, out->cap, *w);
    }
    out->not_known = all.not_known;
    out->containers = all.containers;
}
