/* test_brute.c - the rules and routes of a network against another evaluator of the same pages, on 100,000 random sets and packets.
 *
 * The other one is written here from the rules in docs/rules.md (F3 to F10, R3, R4, R6): plain numbers, no order, no table, nothing of src/reach.
 * Half of the sets are read through a view that changes some of their rules. Where a rule is not wholly known, every way of filling it in is tried: a
 * firm answer must be the answer to all of them.
 *
 * BRUTE_SEED and BRUTE_SETS choose others: BRUTE_SEED=7 make run/tests/unit/reach/test_brute FLAVOUR=asan
 */
#include "harness.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plumbline/json.h"
#include "reach_priv.h"

enum { PACKETS = 8, MAX_RULES = 7, MAX_ROUTES = 8, BATCH = 16 };

static uint64_t state;

/* xorshift64*, https://vigna.di.unimi.it/ftp/papers/xorshift.pdf */
static uint64_t next(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * UINT64_C(2685821657736338717);
}

static unsigned upto(unsigned n)
{
    return (unsigned)((next() >> 33) % n);
}

static bool one_in(unsigned n)
{
    return upto(n) == 0;
}

static uint64_t from_env(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* ---- a small universe: few addresses, ports and names, so that all meets all ---- */

static uint32_t some_address(void)
{
    static const uint32_t nets[] = {0x0a000000, 0x0a000100, 0xc0a80000, 0x08080800};
    return nets[upto(4)] | upto(4);
}

struct range {
    uint32_t ip;
    int len;
};

static struct range some_range(void)
{
    static const int lens[] = {0, 8, 16, 22, 24, 30, 31, 32, 32};
    return (struct range){some_address(), lens[upto(9)]};
}

static bool covers(struct range r, uint32_t ip)
{
    for (int bit = 0; bit < r.len; bit++)
        if ((r.ip >> (31 - bit) & 1) != (ip >> (31 - bit) & 1))
            return false;
    return true;
}

static const char *const tag_names[] = {"a", "b", "c"};

enum { TCP = 6, UDP = 17, ANY = -1 };

struct ports {
    int protocol, lo, hi; /* lo -1: every port */
};

struct rule {
    int network; /* 0, 1; 2: its number is not said */
    bool egress, deny, disabled, priority_given, direction_given;
    int priority;
    struct ports ports[3];
    int n_ports;
    struct range to[2], from[2];
    int n_to, n_from;
    unsigned from_tags, target_tags; /* bits */
    bool from_account, target_account, target_other_account;
    int hidden; /* a field that nobody may know, or -1 */
};

enum hidden { H_DISABLED, H_PRIORITY, H_RANGES, H_TARGET_TAGS, H_PACKETS, H_FROM_TAGS, N_HIDDEN };

static struct ports some_ports(void)
{
    static const int protocols[] = {TCP, TCP, TCP, UDP, ANY};
    struct ports p = {protocols[upto(5)], -1, -1};
    if (!one_in(3)) {
        p.lo = 80 + (int)upto(4);
        p.hi = p.lo + (int)upto(3);
    }
    return p;
}

static struct rule some_rule(bool may_hide)
{
    struct rule r = {.network = (int)upto(8) == 0 ? 1 : 0,
                     .egress = one_in(2),
                     .deny = one_in(2),
                     .disabled = one_in(6),
                     .priority_given = !one_in(5),
                     .hidden = -1};
    static const int priorities[] = {0, 1, 999, 1000, 1000, 1001, 65534, 65535};
    r.direction_given = r.egress || one_in(2);
    r.priority = r.priority_given ? priorities[upto(8)] : 1000;
    r.n_ports = 1 + (int)upto(3);
    for (int i = 0; i < r.n_ports; i++)
        r.ports[i] = some_ports();
    r.n_to = r.egress || one_in(4) ? (int)upto(3) : 0;
    r.n_from = !r.egress || one_in(4) ? (int)upto(3) : 0;
    for (int i = 0; i < 2; i++) {
        r.to[i] = some_range();
        r.from[i] = some_range();
    }
    if (!r.egress && one_in(3))
        r.from_tags = 1 + upto(7);
    if (one_in(3))
        r.target_tags = 1 + upto(7);
    else if (one_in(6))
        r.target_other_account = true;
    if (!r.egress && !r.from_tags && one_in(8))
        r.from_account = true;
    if (may_hide && one_in(3))
        r.hidden = (int)upto(N_HIDDEN);
    return r;
}

/* ---- the rule as Google would say it ---- */

static void add_ranges(struct pl_buf *b, const char *name, const struct range *list, int n)
{
    for (int i = 0; i < n; i++)
        pl_buf_addf(b, "%s\"%u.%u.%u.%u/%d\"%s", i ? "," : name, list[i].ip >> 24,
                    list[i].ip >> 16 & 255, list[i].ip >> 8 & 255, list[i].ip & 255, list[i].len,
                    i + 1 == n ? "]" : "");
}

static void add_tags(struct pl_buf *b, const char *name, unsigned tags)
{
    const char *before = name;
    for (unsigned i = 0; i < 3; i++)
        if (tags >> i & 1) {
            pl_buf_addf(b, "%s\"%s\"", before, tag_names[i]);
            before = ",";
        }
    pl_buf_adds(b, tags ? "]" : "");
}

static void add_ports(struct pl_buf *b, const struct rule *r)
{
    pl_buf_addf(b, ",\"%s\":[", r->deny ? "denied" : "allowed");
    for (int i = 0; i < r->n_ports; i++) {
        const struct ports *p = &r->ports[i];
        static const char *const tcp[] = {"tcp", "6", "TCP"};
        pl_buf_addf(b, "%s{\"IPProtocol\":\"%s\"", i ? "," : "",
                    p->protocol == ANY   ? "all"
                    : p->protocol == UDP ? "udp"
                                         : tcp[upto(3)]);
        if (p->lo >= 0 && p->lo == p->hi)
            pl_buf_addf(b, ",\"ports\":[\"%d\"]", p->lo);
        else if (p->lo >= 0)
            pl_buf_addf(b, ",\"ports\":[\"%d-%d\"]", p->lo, p->hi);
        pl_buf_addc(b, '}');
    }
    pl_buf_addc(b, ']');
}

static const struct pl_value *body_of(struct pl_arena *arena, const struct rule *r, int set)
{
    static const char *const hidden[] = {"disabled",   "priority", NULL,
                                         "targetTags", NULL,       "sourceTags"};
    struct pl_buf b = {0};
    struct pl_err err = {0};
    pl_buf_addf(&b, "{\"network\":\"%snetworks/n%d-%d\"",
                one_in(2) ? "https://www.googleapis.com/compute/v1/projects/p/global/"
                          : "projects/p/global/",
                set, r->network);
    if (r->direction_given)
        pl_buf_addf(&b, ",\"direction\":\"%s\"", r->egress ? "EGRESS" : "INGRESS");
    if (r->priority_given)
        pl_buf_addf(&b, ",\"priority\":%d", r->priority);
    if (r->disabled)
        pl_buf_adds(&b, ",\"disabled\":true");
    add_ports(&b, r);
    add_ranges(&b, ",\"destinationRanges\":[", r->to, r->n_to);
    add_ranges(&b, ",\"sourceRanges\":[", r->from, r->n_from);
    add_tags(&b, ",\"sourceTags\":[", r->from_tags);
    add_tags(&b, ",\"targetTags\":[", r->target_tags);
    if (r->target_other_account)
        pl_buf_adds(&b, ",\"targetServiceAccounts\":[\"other@p\"]");
    if (r->from_account)
        pl_buf_adds(&b, ",\"sourceServiceAccounts\":[\"vm@p\"]");
    pl_buf_addc(&b, '}');
    const struct pl_value *v = pl_json_parse(arena, pl_buf_str(&b), b.len, "rule", &err);
    if (v == NULL)
        fail_msg("%s: %s", pl_buf_str(&b), err.text);
    pl_buf_free(&b);
    const char *field = r->hidden < 0           ? NULL
                        : r->hidden == H_RANGES ? (r->egress ? "destinationRanges" : "sourceRanges")
                        : r->hidden == H_PACKETS ? (r->deny ? "denied" : "allowed")
                                                 : hidden[r->hidden];
    v = field ? pl_value_map_with(arena, v, field, pl_value_unknown()) : v;
    /* A mask hides both: which of the two is there would say which it is. */
    return r->hidden == H_PACKETS
               ? pl_value_map_with(arena, v, r->deny ? "allowed" : "denied", pl_value_unknown())
               : v;
}

/* ---- the other evaluator ---- */

struct packet {
    bool egress;
    uint32_t src, dst;
    int port;
    unsigned src_tags, dst_tags;
};

static bool has_ports(const struct rule *r, int port)
{
    for (int i = 0; i < r->n_ports; i++) {
        const struct ports *p = &r->ports[i];
        if ((p->protocol == TCP || p->protocol == ANY) &&
            (p->lo < 0 || (p->lo <= port && port <= p->hi)))
            return true;
    }
    return false;
}

static bool any_covers(const struct range *list, int n, uint32_t ip)
{
    for (int i = 0; i < n; i++)
        if (covers(list[i], ip))
            return true;
    return false;
}

static bool applies(const struct rule *r, const struct packet *p)
{
    unsigned own_tags = p->egress ? p->src_tags : p->dst_tags;
    if (r->network != 0 || r->disabled || r->egress != p->egress || !has_ports(r, p->port))
        return false;
    if ((r->target_tags && !(r->target_tags & own_tags)) || r->target_other_account) /* F8 */
        return false;
    if (r->n_to > 0 && !any_covers(r->to, r->n_to, p->dst)) /* F7: both ends */
        return false;
    if (p->egress)
        return r->n_from == 0 || any_covers(r->from, r->n_from, p->src);
    if (r->n_from == 0 && !r->from_tags && !r->from_account)
        return true;
    return any_covers(r->from, r->n_from, p->src) || (r->from_tags & p->src_tags) != 0; /* F7 */
}

/* F3, F4, F6: does the packet pass? *by is the priority that decides, 65536 where no rule does; *lost: a rule that would allow it. */
static bool passes(const struct rule *rules, int n, const struct packet *p, int *by, bool *lost)
{
    bool allow = p->egress;
    *by = 65536;
    *lost = false;
    for (int priority = 0; priority <= 65535 && *by == 65536; priority = priority == 1 ? 999
                                                                         : priority == 1001
                                                                             ? 65534
                                                                             : priority + 1) {
        for (int deny = 1; deny >= 0 && *by == 65536; deny--)
            for (int i = 0; i < n; i++)
                if (rules[i].priority == priority && rules[i].deny == deny &&
                    applies(&rules[i], p)) {
                    *by = priority;
                    allow = !deny;
                }
    }
    for (int i = 0; i < n; i++)
        *lost = *lost || (!allow && !rules[i].deny && applies(&rules[i], p));
    return allow;
}

/* The ways in which the hidden field may be filled in: as many as there are kinds of answers to it. */
static int fillings(const struct rule *r, struct rule *out)
{
    static const int priorities[] = {0, 999, 1000, 1001, 65535};
    int n = 0;
    struct rule v = *r;
    switch (r->hidden) {
    case H_DISABLED:
        for (int i = 0; i < 2; i++, out[n++] = v)
            v.disabled = i;
        break;
    case H_PRIORITY:
        for (int i = 0; i < 5; i++, out[n++] = v)
            v.priority = priorities[i];
        break;
    case H_RANGES: /* everything, or what is nowhere in this universe */
        for (int i = 0; i < 2; i++, out[n++] = v) {
            *(v.egress ? &v.n_to : &v.n_from) = 1;
            (v.egress ? v.to : v.from)[0] = (struct range){0x7f000001, i ? 32 : 0};
        }
        break;
    case H_TARGET_TAGS:
        for (int i = 0; i < 2; i++, out[n++] = v)
            v.target_tags = i ? 8 : 0;
        break;
    case H_FROM_TAGS:
        for (int i = 0; i < 2; i++, out[n++] = v)
            v.from_tags = i ? 8 : 7;
        break;
    case H_PACKETS:
        for (int i = 0; i < 4; i++, out[n++] = v) {
            v.deny = i & 1;
            v.n_ports = 1;
            v.ports[0] = (struct ports){i & 2 ? UDP : ANY, -1, -1};
        }
        break;
    default:
        out[n++] = v;
        break;
    }
    return n;
}

/* Adds the answers of all fillings from `at` on: bit 0 passes, bit 1 does not. */
static unsigned all_answers(struct rule *rules, int n, int at, const struct packet *p)
{
    int by;
    bool lost;
    if (at == n)
        return passes(rules, n, p, &by, &lost) ? 1 : 2;
    struct rule was = rules[at], filled[8];
    int ways = fillings(&was, filled);
    unsigned answers = 0;
    for (int i = 0; i < ways && answers != 3; i++) {
        rules[at] = filled[i];
        answers |= all_answers(rules, n, at + 1, p);
    }
    rules[at] = was;
    return answers;
}

/* ---- both, on many sets ---- */

static struct pl_ip ip_of(uint32_t ip)
{
    struct pl_ip out = {.v4 = true};
    out.bytes[10] = out.bytes[11] = 0xff;
    for (int i = 0; i < 4; i++)
        out.bytes[12 + i] = (uint8_t)(ip >> (24 - 8 * i));
    return out;
}

static size_t tags_of(unsigned bits, const char **out)
{
    size_t n = 0;
    for (unsigned i = 0; i < 3; i++)
        if (bits >> i & 1)
            out[n++] = tag_names[i];
    return n;
}

static struct pl_address address_of(struct pl_arena *arena, const char *kind, const char *name,
                                    const char *location)
{
    const char **names = pl_arena_array(arena, 1, sizeof(*names));
    names[0] = name;
    return (struct pl_address){
        .kind = pl_kind_find(kind), .project = "p", .location = location, .names = names};
}

static struct pl_resource resource_of(struct pl_arena *arena, const char *kind, int set, int i,
                                      const struct pl_value *body)
{
    return (struct pl_resource){
        .address = address_of(arena, kind, pl_arena_printf(arena, "r%d-%d", set, i),
                              strcmp(kind, "compute.subnetwork") == 0 ? "r1" : "global"),
        .body = body};
}

struct set {
    struct rule rules[2 * MAX_RULES];
    int n;
};

static void some_set(struct pl_arena *arena, struct pl_world_builder *b, int number,
                     struct set *set)
{
    bool may_hide = one_in(4);
    set->n = (int)upto(MAX_RULES);
    for (int i = 0; i < set->n; i++) {
        set->rules[i] = some_rule(may_hide);
        struct pl_resource r = resource_of(arena, "compute.firewall", number, i,
                                           body_of(arena, &set->rules[i], number));
        pl_world_add(b, &r);
    }
}

/* Some rules are others, some are gone, some are new. */
static void change_set(struct pl_arena *arena, struct pl_view *view, int number, struct set *set)
{
    for (int i = 0; i < set->n; i++) {
        struct pl_resource r = resource_of(arena, "compute.firewall", number, i, NULL);
        if (!one_in(3))
            continue;
        if (one_in(2)) {
            set->rules[i].disabled = true; /* for the other evaluator it might as well be */
            set->rules[i].hidden = -1;
            pl_view_delete(view, &r.address);
        } else {
            set->rules[i] = some_rule(set->rules[i].hidden >= 0);
            r.body = body_of(arena, &set->rules[i], number);
            pl_view_put(view, &r);
        }
    }
    for (unsigned more = upto(3); more > 0; more--) {
        struct rule *rule = &set->rules[set->n];
        *rule = some_rule(false);
        struct pl_resource r =
            resource_of(arena, "compute.firewall", number, set->n++, body_of(arena, rule, number));
        pl_view_put(view, &r);
    }
}

static void judge_packet(struct pl_arena *arena, struct pl_view *view, int number, struct set *set)
{
    struct packet p = {one_in(2),         some_address(), some_address(),
                       79 + (int)upto(7), upto(8),        upto(8)};
    const char *src_tags[3], *dst_tags[3];
    struct pl_packet packet = {.protocol = TCP,
                               .port = p.port,
                               .src_known = true,
                               .dst_known = true,
                               .dst_tags_known = true,
                               .src = ip_of(p.src),
                               .dst = ip_of(p.dst),
                               .src_tags = src_tags,
                               .dst_tags = dst_tags};
    packet.n_src_tags = tags_of(p.src_tags, src_tags);
    packet.n_dst_tags = tags_of(p.dst_tags, dst_tags);
    struct pl_address network =
        address_of(arena, "compute.network", pl_arena_printf(arena, "n%d-0", number), "global");
    struct pl_firewall_answer a = pl_firewall_judge(view, &network, p.egress, &packet);
    bool hidden = false, lost;
    int by;
    for (int i = 0; i < set->n; i++)
        hidden = hidden || set->rules[i].hidden >= 0;
    unsigned answers = all_answers(set->rules, set->n, 0, &p);
    unsigned told = a.what == PL_FW_ALLOW ? 1 : a.what == PL_FW_DENY ? 2 : 3;
    /* What is told firmly is so however it is filled in; and where all is known it is told firmly. */
    if ((answers & ~told) != 0 || (!hidden && told == 3))
        fail_msg("set %d: told %u, may be %u", number, told, answers);
    if (hidden)
        return;
    bool allow = passes(set->rules, set->n, &p, &by, &lost);
    assert_int_equal(allow, told == 1);
    assert_int_equal(a.lost != NULL, lost);
    assert_int_equal(a.rule == NULL, by == 65536);
    if (a.rule == NULL)
        return;
    const struct pl_value *priority = NULL;
    int64_t told_by = 1000;
    if (pl_view_read(view, a.rule, "priority", &priority) == PL_PRESENT)
        assert_true(pl_value_as_int(priority, &told_by));
    assert_int_equal(told_by, by);
}

static void firewall_rules_agree(void **unused)
{
    (void)unused;
    uint64_t sets = from_env("BRUTE_SETS", 100000 / PACKETS);
    state = from_env("BRUTE_SEED", 20260806) * 2 + 1; /* never zero */
    for (uint64_t done = 0; done < sets; done += BATCH) {
        struct pl_arena *arena = pl_arena_new();
        struct pl_world_builder *b = pl_world_builder_new(arena);
        struct set list[BATCH];
        pl_world_add_project(b, "p");
        for (int i = 0; i < BATCH; i++)
            some_set(arena, b, i, &list[i]);
        struct pl_view *bare = pl_view_new(arena, pl_world_build(b));
        struct pl_view *changed = pl_view_over(arena, bare);
        for (int i = 1; i < BATCH; i += 2)
            change_set(arena, changed, i, &list[i]);
        for (int i = 0; i < BATCH; i++)
            for (int k = 0; k < PACKETS; k++)
                judge_packet(arena, i % 2 == 0 && one_in(2) ? bare : changed, i, &list[i]);
        pl_arena_free(arena);
    }
}

/* ---- routes ---- */

struct route {
    bool subnet, other_network, peered;
    struct range to;
    int priority;
    unsigned tags;
};

static struct route some_route(void)
{
    static const int priorities[] = {0, 900, 1000, 1000, 1100};
    struct route r = {.subnet = one_in(5),
                      .other_network = one_in(8),
                      .to = some_range(),
                      .priority = priorities[upto(5)]};
    if (r.subnet)
        r.priority = 0;
    else if (one_in(4))
        r.tags = 1 + upto(7);
    r.peered = !r.subnet && one_in(4);
    return r;
}

static struct pl_resource route_resource(struct pl_arena *arena, int set, int i,
                                         const struct route *r)
{
    struct pl_buf b = {0};
    struct pl_err err = {0};
    pl_buf_addf(&b, "{\"network\":\"projects/p/global/networks/n%d-%d\",\"priority\":%d", set,
                r->other_network, r->priority);
    add_ranges(&b, r->subnet ? ",\"ipCidrRange\":" : ",\"destRange\":", &r->to, 1);
    b.len--; /* one text, and no list */
    add_tags(&b, ",\"tags\":[", r->tags);
    pl_buf_adds(&b, r->peered ? ",\"nextHopPeering\":\"x\"}" : ",\"nextHopIp\":\"10.0.0.1\"}");
    const struct pl_value *v = pl_json_parse(arena, pl_buf_str(&b), b.len, "route", &err);
    if (v == NULL)
        fail_msg("%s: %s", pl_buf_str(&b), err.text);
    pl_buf_free(&b);
    return resource_of(arena, r->subnet ? "compute.subnetwork" : "compute.route", set, i, v);
}

static bool takes(const struct route *r, uint32_t ip, unsigned tags)
{
    return !r->other_network && covers(r->to, ip) && (!r->tags || (r->tags & tags)); /* R4 */
}

static void look_up(struct pl_arena *arena, struct pl_view *view, int set, const struct route *list,
                    int n)
{
    const char *names[3];
    uint32_t ip = some_address();
    unsigned tags = upto(8);
    struct pl_ip address = ip_of(ip);
    struct pl_address network =
        address_of(arena, "compute.network", pl_arena_printf(arena, "n%d-0", set), "global");
    struct pl_lookup l = pl_routes_look_up(view, &network, &address, names, tags_of(tags, names));
    int best_len = -1, best_priority = 0;
    bool found = false, peered = false;
    for (int i = 0; i < n; i++) {
        if (!takes(&list[i], ip, tags))
            continue;
        /* R3 */
        if (!found || list[i].to.len > best_len ||
            (list[i].to.len == best_len && list[i].priority < best_priority)) {
            best_len = list[i].to.len;
            best_priority = list[i].priority;
        }
        found = true;
        peered = peered || list[i].peered;
    }
    assert_int_equal(l.found, found);
    assert_int_equal(l.peered, peered);
    assert_true(l.complete && l.maybe == NULL);
    if (!found)
        return;
    assert_int_equal(l.best.prefix.len, best_len);
    assert_int_equal(l.best.priority, best_priority);
    bool is_one = false;
    const struct pl_resource *best = l.best.route ? l.best.route : l.best.subnet;
    for (int i = 0; i < n; i++)
        is_one = is_one ||
                 (takes(&list[i], ip, tags) && list[i].to.len == best_len &&
                  list[i].priority == best_priority &&
                  strcmp(best->address.names[0], pl_arena_printf(arena, "r%d-%d", set, i)) == 0);
    assert_true(is_one);
}

static void routes_agree(void **unused)
{
    (void)unused;
    uint64_t sets = from_env("BRUTE_SETS", 100000 / PACKETS);
    state = from_env("BRUTE_SEED", 20260806) * 2 + 1; /* never zero */
    for (uint64_t done = 0; done < sets; done += BATCH) {
        struct pl_arena *arena = pl_arena_new();
        struct pl_world_builder *b = pl_world_builder_new(arena);
        struct route list[BATCH][MAX_ROUTES];
        int n[BATCH];
        pl_world_add_project(b, "p");
        for (int i = 0; i < BATCH; i++) {
            n[i] = (int)upto(MAX_ROUTES);
            for (int k = 0; k < n[i]; k++) {
                list[i][k] = some_route();
                struct pl_resource r = route_resource(arena, i, k, &list[i][k]);
                pl_world_add(b, &r);
            }
        }
        struct pl_view *bare = pl_view_new(arena, pl_world_build(b));
        struct pl_view *changed = pl_view_over(arena, bare);
        for (int i = 1; i < BATCH; i += 2)
            for (int k = 0; k < n[i]; k++) {
                bool subnet = list[i][k].subnet;
                if (!one_in(3))
                    continue;
                list[i][k] = some_route();
                list[i][k].subnet = subnet;
                list[i][k].tags = subnet ? 0 : list[i][k].tags;
                list[i][k].peered = !subnet && list[i][k].peered;
                list[i][k].priority = subnet ? 0 : list[i][k].priority;
                struct pl_resource r = route_resource(arena, i, k, &list[i][k]);
                pl_view_put(changed, &r);
            }
        for (int i = 0; i < BATCH; i++)
            for (int k = 0; k < PACKETS; k++)
                look_up(arena, i % 2 == 0 && one_in(2) ? bare : changed, i, list[i], n[i]);
        pl_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(firewall_rules_agree),
        cmocka_unit_test(routes_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
