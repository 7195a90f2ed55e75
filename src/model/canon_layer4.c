/* Protocols and ports of firewall rules: allowed[] and denied[] say a set of packets, in many ways.
 *
 * Canonical: one entry a protocol, by number; ports as merged intervals, none where the protocol is meant whole; "all" alone where it is there
 * without ports. https://cloud.google.com/firewall/docs/firewalls#protocols_and_ports
 * Which rule applies to a packet is the business of src/reach. */
#include "field_priv.h"

#include <stdlib.h>
#include <string.h>

#include "plumbline/net.h"

enum { ALL = -1, UNREADABLE = -2 };

/* Firewall rules and firewall policies spell the member differently. */
static const char *const protocol_keys[] = {"IPProtocol", "ipProtocol"};

struct slice {
    int protocol;
    struct pl_ports ports;
};

struct slices {
    struct slice *items;
    size_t n, cap;
};

static const char *protocol_key(const struct pl_value *entry)
{
    for (size_t i = 0; i < PL_LEN(protocol_keys); i++)
        if (pl_value_member(entry, protocol_keys[i]) != NULL)
            return protocol_keys[i];
    return NULL;
}

bool pl_layer4_is(const struct pl_field_info *info)
{
    bool protocol = false, ports = false;
    if (info->shape != PL_MANY || info->message == NULL)
        return false;
    for (size_t i = 0; i < info->message->n_fields; i++) {
        const char *name = info->message->fields[i].name;
        ports = ports || strcmp(name, "ports") == 0;
        for (size_t k = 0; k < PL_LEN(protocol_keys); k++)
            protocol = protocol || strcmp(name, protocol_keys[k]) == 0;
    }
    return protocol && ports;
}

static int read_protocol(const struct pl_value *entry)
{
    char number[64];
    const char *key = protocol_key(entry);
    const char *text =
        key != NULL ? pl_scalar_text(pl_value_member(entry, key), number, sizeof number) : NULL;
    return text != NULL ? pl_proto_parse(text) : UNREADABLE;
}

static bool read_ports(const struct pl_value *item, struct pl_ports *out)
{
    char number[64];
    const char *text = pl_scalar_text(item, number, sizeof number);
    return text != NULL && pl_ports_parse(text, out);
}

/* ---- canonical form ---- */

static int by_protocol_and_port(const void *a, const void *b)
{
    const struct slice *x = a, *y = b;
    if (x->protocol != y->protocol)
        return x->protocol < y->protocol ? -1 : 1;
    if (x->ports.lo != y->ports.lo)
        return x->ports.lo < y->ports.lo ? -1 : 1;
    return (x->ports.hi > y->ports.hi) - (x->ports.hi < y->ports.hi);
}

static bool collect(struct pl_arena *arena, const struct pl_value *entries, struct slices *out)
{
    for (size_t i = 0; i < pl_value_count(entries); i++) {
        const struct pl_value *entry = pl_value_item(entries, i),
                              *ports = pl_value_member(entry, "ports");
        struct slice slice = {read_protocol(entry), {0, UINT16_MAX}};
        if (slice.protocol == UNREADABLE ||
            (ports != NULL && ports->type != PL_LIST && ports->type != PL_NULL))
            return false;
        size_t n = pl_value_count(ports);
        if (n == 0)
            PL_PUSH(arena, out->items, out->n, out->cap, slice);
        for (size_t k = 0; k < n; k++) {
            if (!read_ports(pl_value_item(ports, k), &slice.ports))
                return false;
            PL_PUSH(arena, out->items, out->n, out->cap, slice);
        }
    }
    return true;
}

/* Sorts, and joins what overlaps or touches. */
static void merge(struct slices *s)
{
    size_t n = 0;
    if (s->n > 0)
        qsort(s->items, s->n, sizeof *s->items, by_protocol_and_port);
    for (size_t i = 0; i < s->n; i++) {
        struct slice *last = n > 0 ? &s->items[n - 1] : NULL, *next = &s->items[i];
        if (last != NULL && last->protocol == next->protocol &&
            next->ports.lo <= last->ports.hi + 1) {
            if (next->ports.hi > last->ports.hi)
                last->ports.hi = next->ports.hi;
        } else {
            s->items[n++] = *next;
        }
    }
    s->n = n;
    if (n > 0 && s->items[0].protocol == ALL && s->items[0].ports.lo == 0 &&
        s->items[0].ports.hi == UINT16_MAX)
        s->n = 1;
}

static const struct pl_value *protocol_value(struct pl_arena *arena, int number)
{
    static const char *const names[] = {"all", "icmp", "tcp", "udp", "esp", "ah", "ipip", "sctp"};
    for (size_t i = 0; i < PL_LEN(names); i++)
        if (pl_proto_parse(names[i]) == number)
            return pl_value_string(arena, names[i]);
    return pl_value_string(arena, pl_arena_printf(arena, "%d", number));
}

static const struct pl_value *ports_value(struct pl_arena *arena, const struct pl_ports *p)
{
    return pl_value_string(arena, p->lo == p->hi ? pl_arena_printf(arena, "%d", p->lo)
                                                 : pl_arena_printf(arena, "%d-%d", p->lo, p->hi));
}

/* The slices of one protocol, from `i` on, as one entry; *i is left behind them. */
static const struct pl_value *entry_value(struct pl_arena *arena, const struct slices *s, size_t *i,
                                          const char *key)
{
    const struct pl_value **ports = pl_arena_array(arena, s->n, sizeof *ports);
    int protocol = s->items[*i].protocol;
    size_t n = 0, first = *i;
    for (; *i < s->n && s->items[*i].protocol == protocol; ++*i)
        ports[n++] = ports_value(arena, &s->items[*i].ports);
    bool whole = n == 1 && s->items[first].ports.lo == 0 && s->items[first].ports.hi == UINT16_MAX;
    struct pl_member members[] = {{key, protocol_value(arena, protocol)},
                                  {"ports", pl_value_list(arena, ports, n)}};
    return pl_value_map(arena, members, whole ? 1 : 2);
}

const struct pl_value *pl_layer4_canon(struct pl_arena *arena, const struct pl_value *entries)
{
    struct slices slices = {0};
    if (entries == NULL || entries->type != PL_LIST || !collect(arena, entries, &slices))
        return NULL;
    merge(&slices);
    const struct pl_value **items = pl_arena_array(arena, slices.n, sizeof *items);
    const char *key = protocol_key(pl_value_item(entries, 0));
    size_t n = 0;
    for (size_t i = 0; i < slices.n;)
        items[n++] = entry_value(arena, &slices, &i, key);
    return pl_value_list(arena, items, n);
}

/* ---- one packet ---- */

void pl_canon_layer4_read(struct pl_arena *arena, const struct pl_value *entries,
                          struct pl_layer4 *out)
{
    *out = (struct pl_layer4){0};
    for (size_t i = 0; i < pl_value_count(entries); i++) {
        const struct pl_value *entry = pl_value_item(entries, i),
                              *ports = pl_value_member(entry, "ports");
        struct pl_layer4_slice slice = {
            read_protocol(entry), {0, UINT16_MAX}, pl_value_count(ports) == 0};
        if (slice.protocol == UNREADABLE) {
            out->unreadable = true;
            continue;
        }
        if (slice.whole)
            PL_PUSH(arena, out->slices, out->n, out->cap, slice);
        for (size_t k = 0; k < pl_value_count(ports); k++)
            if (read_ports(pl_value_item(ports, k), &slice.ports))
                PL_PUSH(arena, out->slices, out->n, out->cap, slice);
            else
                out->unreadable = true;
    }
}

bool pl_layer4_contains(const struct pl_layer4 *packets, int protocol, int port)
{
    for (size_t i = 0; i < packets->n; i++) {
        const struct pl_layer4_slice *s = &packets->slices[i];
        if ((s->protocol == ALL || s->protocol == protocol) &&
            (s->whole || (port >= s->ports.lo && port <= s->ports.hi)))
            return true;
    }
    return false;
}
