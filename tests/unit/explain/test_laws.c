/* test_laws.c - what must hold of every account, whatever the estate: checked on random ones.
 *
 * A random estate is the base world with a few of many edits (joint causes, masked ones, references, units that were made again, states that drive
 * nothing, gaps, fields that nobody may know) under a baseline that declares most of it, and random symptoms. What the engine answers is held against
 * plain evaluations on fresh views, without its caches, its order and its pruning.
 *
 * LAWS_SEED and LAWS_ESTATES choose others: LAWS_SEED=7 make run/tests/unit/explain/test_laws FLAVOUR=asan
 */
#include "inquiry.h"

#include <stdlib.h>

enum { ESTATES = 1200, MAX_EDITS = 6, MAX_UNITS = 12, EXHAUSTIVE_UNITS = 9, EVERY = 4 };

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

static uint64_t from_env(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* ---- estates ---- */

#define ALL_OUT(name, priority)                                                                    \
    RULE(name, "\"direction\":\"EGRESS\",\"priority\":" #priority                                  \
               ",\"denied\":[{\"IPProtocol\":\"all\"}]")
#define ALLOW_5                                                                                    \
    RULE("allow", "\"direction\":\"EGRESS\",\"priority\":5,\"allowed\":[{\"IPProtocol\":\"tcp\","  \
                  "\"ports\":[\"5432\",\"6379\"]}]")

/* As the baseline declares it. */
static const char *const as_declared[] = {ENV("REDIS_HOST", "10.68.1.4"), ENV("REDIS_PORT", "6379"),
                                          ENV("DB_HOST", "10.68.0.3"), ALLOW_5, NULL};

/* "field ?": there is a value and nobody may know it. */
static const char *const pool[] = {
    ALL_OUT("a", 10),
    ALL_OUT("b", 10),
    ALL_OUT("c", 3),
    RULE("d", "\"direction\":\"EGRESS\",\"priority\":4,\"destinationRanges\":[\"10.68.0.0/24\"],"
              "\"denied\":[{\"IPProtocol\":\"tcp\",\"ports\":[\"5000-6000\"]}]"),
    RULE("e", "\"direction\":\"EGRESS\",\"priority\":2,\"allowed\":[{\"IPProtocol\":\"all\"}]"),
    RULE("f", "\"direction\":\"INGRESS\",\"priority\":1,\"sourceRanges\":[\"35.191.0.0/16\"],"
              "\"denied\":[{\"IPProtocol\":\"all\"}]"),
    RULE("g", "\"direction\":\"EGRESS\",\"priority\":1,\"targetTags\":[\"web\"],"
              "\"denied\":[{\"IPProtocol\":\"all\"}]"),
    "- compute.firewall/allow",
    "compute.firewall/allow:priority = 2000",
    "compute.firewall/allow:disabled = true",
    "compute.firewall/allow:destinationRanges = [\"10.9.0.0/16\"]",
    "compute.firewall/allow:priority ?",
    "compute.firewall/allow:allowed ?",
    ALL_TRAFFIC,
    NO_VPC,
    DIRECT,
    "run.service/api:template.vpcAccess.connector = \"projects/p/locations/us-central1/connectors/"
    "gone\"",
    "run.service/api:template.vpcAccess.egress ?",
    "run.service/api:template.timeout = \"1s\"",
    "- compute.router/nat",
    "compute.router/nat:nats = []",
    "- compute.route/default",
    "compute.route/default:priority = 5",
    "compute.route/trap = {\"name\":\"trap\",\"network\":\"" NET
    "\",\"destRange\":\"10.68.0.0/20\",\"priority\":1,\"nextHopIp\":\"10.0.0.9\"}",
    "compute.route/out = {\"name\":\"out\",\"network\":\"" NET
    "\",\"destRange\":\"10.68.0.0/24\",\"priority\":1,"
    "\"nextHopGateway\":\"projects/p/global/gateways/default-internet-gateway\"}",
    "- servicenetworking.connection/main",
    "compute.network/main:peerings",
    "compute.network/main:peerings = [{\"name\":\"servicenetworking-googleapis-com\",\"state\":"
    "\"INACTIVE\"}]",
    "vpcaccess.connector/conn:state = \"ERROR\"",
    "vpcaccess.connector/conn:state ?",
    "vpcaccess.connector/conn:network = \"other\"",
    "- vpcaccess.connector/conn",
    "sql.instance/main:settings.activationPolicy = \"NEVER\"",
    "sql.instance/main:settings.ipConfiguration.sslMode = \"TRUSTED_CLIENT_CERTIFICATE_REQUIRED\"",
    "sql.instance/main:settings.ipConfiguration.privateNetwork = "
    "\"projects/p/global/networks/other\"",
    "sql.instance/main:settings.ipConfiguration.authorizedNetworks = []",
    "sql.instance/main:settings.ipConfiguration.ipv4Enabled = false",
    "- sql.instance/main",
    "redis.instance/cache:port = 6378",
    "redis.instance/cache:transitEncryptionMode = \"SERVER_AUTHENTICATION\"",
    "redis.instance/cache:host = \"10.68.1.9\"",
    "redis.instance/cache:authEnabled = true",
    "redis.instance/cache:state ?",
    ENV("REDIS_HOST", "10.68.7.7"),
    ENV("REDIS_HOST", "localhost"),
    ENV("REDIS_PORT", "6380"),
    ENV("DB_HOST", "10.9.9.9"),
    "run.service/api:template.containers[name=app].env[name=REDIS_HOST]",
    "run.service/api:template.containers[name=app].env[name=DB_HOST].value ?",
    "run.service/auth:ingress = \"INGRESS_TRAFFIC_INTERNAL_ONLY\"",
    "run.service/auth:ingress ?",
    "run.service/auth:iamPolicy = {\"bindings\":[]}",
    "run.service/auth:template.scaling.minInstanceCount = 0",
    "? compute.firewall permission_denied",
    "? compute.route unavailable",
    "? compute.router permission_denied",
};

static const char *const baselines[] = {
    "resources:\n"
    "  compute.firewall: !only\n"
    "    internal: {}\n"
    "    allow: {network: main, direction: EGRESS, priority: 5, disabled: false, "
    "destinationRanges: !absent, allowed: [{IPProtocol: tcp, ports: [\"5432\", \"6379\"]}]}\n"
    "  compute.route: {default: {destRange: 0.0.0.0/0, network: main, priority: 1000, "
    "nextHopGateway: default-internet-gateway}}\n"
    "  compute.router: {nat: {network: main, nats: [{name: n, type: PUBLIC, natIpAllocateOption: "
    "AUTO_ONLY, sourceSubnetworkIpRangesToNat: ALL_SUBNETWORKS_ALL_IP_RANGES}]}}\n"
    "  servicenetworking.connection: {main: {}}\n"
    "  compute.network: {main: {peerings: [{name: servicenetworking-googleapis-com}]}}\n"
    "  vpcaccess.connector: {conn: {network: main, ipCidrRange: 10.8.0.0/28, state: READY}}\n"
    "  sql.instance: {main: {settings: {activationPolicy: ALWAYS, ipConfiguration: {ipv4Enabled: "
    "true, privateNetwork: main, sslMode: ENCRYPTED_ONLY, authorizedNetworks: [{value: "
    "0.0.0.0/0}]}}}}\n"
    "  redis.instance: {cache: {port: 6379, transitEncryptionMode: DISABLED, authEnabled: false}}\n"
    "  run.service:\n"
    "    auth: {ingress: INGRESS_TRAFFIC_ALL, template: {scaling: {minInstanceCount: 1}}, "
    "iamPolicy: {bindings: [{role: roles/run.invoker, members: [allUsers]}]}}\n"
    "    api: {template: {timeout: 300s, vpcAccess: {connector: conn, egress: "
    "PRIVATE_RANGES_ONLY}, containers: [{name: app, env: [{name: REDIS_HOST, value: "
    "\"${redis.instance/cache:host}\"}, {name: REDIS_PORT, value: "
    "\"${redis.instance/cache:port}\"}, {name: DB_HOST, value: 10.68.0.3}]}]}}\n"
    "connections:\n"
    "  db: {from: run.service/api, to: sql.instance/main, via: private}\n"
    "  cache: {from: run.service/api, to: redis.instance/cache, depends_on: [db]}\n"
    "  auth: {from: run.service/api, to: run.service/auth}\n"
    "  web: {from: run.service/api, to: \"https://example.org\"}\n"
    "  front: {from: here, to: run.service/api, depends_on: [db, cache]}\n",

    "resources:\n"
    "  compute.firewall: !only {internal: {}, allow: {priority: 5}}\n"
    "  run.service: {api: {template: {vpcAccess: {connector: conn}}}}\n"
    "  vpcaccess.connector: {conn: {network: main, state: READY}}\n"
    "ignore:\n"
    "  - {field: \"vpcaccess.connector/*:state\", reason: it comes and goes, owner: net, expires: "
    "2099-01-01}\n"
    "connections:\n"
    "  db: {from: run.service/api, to: sql.instance/main, via: private}\n"
    "  cache: {from: run.service/api, to: redis.instance/cache}\n"
    "  own: {from: run.service/api, to: \"10.0.0.7:8080\"}\n",

    /* One that does not work as declared: what is observed is better, and no drift may be blamed for what would fail in its place. */
    "resources:\n"
    "  compute.firewall: !only {internal: {}, allow: {priority: 5}}\n"
    "  sql.instance: {main: {settings: {activationPolicy: NEVER}}}\n"
    "  redis.instance: {cache: {port: 6378}}\n"
    "  run.service: {api: {template: {vpcAccess: {connector: conn, egress: "
    "PRIVATE_RANGES_ONLY}}}}\n"
    "connections:\n"
    "  db: {from: run.service/api, to: sql.instance/main, via: private}\n"
    "  cache: {from: run.service/api, to: redis.instance/cache}\n"
    "  auth: {from: run.service/api, to: run.service/auth}\n",
};

static const char *const symptoms[] = {"connect_timeout", "refused", "timeout", "dns_not_found",
                                       "unreachable",     "closed",  "slow",    NULL};

struct estate {
    struct pl_arena *arena;
    const struct pl_baseline *baseline;
    const struct pl_world *world;
    struct pl_diff *diff;
    const struct pl_symptom *symptoms;
    size_t n_symptoms;
    const char *told; /* what it is, for a law that is broken */
};

static void edit_or_hide(struct edited *e, const char *text)
{
    size_t n = strlen(text);
    struct pl_address address;
    struct pl_path path;
    if (text[0] == '?' || n < 2 || strcmp(text + n - 2, " ?") != 0) {
        edit(e, text);
        return;
    }
    address_of(e->arena, pl_arena_strndup(e->arena, text, n - 2), &address, &path);
    struct pl_resource *r = resource_of(e, &address);
    if (r->body)
        r->body = pl_path_set(e->arena, r->body, &path, pl_value_unknown());
}

/* Fields of a resource that another edit took away stay away. */
static bool is_moot(struct edited *e, const char *text)
{
    struct pl_address address;
    struct pl_path path;
    const char *end = strstr(text, " = ");
    size_t n = end ? (size_t)(end - text) : strcspn(text, " ");
    if (text[0] == '?' || text[0] == '-')
        return false;
    address_of(e->arena, pl_arena_strndup(e->arena, text, n), &address, &path);
    return path.n > 0 && resource_of(e, &address)->body == NULL;
}

static const struct pl_world *world_of(struct pl_arena *arena, const char *const *edits, size_t n,
                                       bool backwards)
{
    struct edited *e = PL_NEW(arena, struct edited);
    struct pl_world_builder *b = pl_world_builder_new(arena);
    e->arena = arena;
    for (const char *const *line = base_world; *line; line++)
        edit(e, *line);
    for (const char *const *line = as_declared; *line; line++)
        edit(e, *line);
    for (size_t i = 0; i < n; i++)
        if (!is_moot(e, edits[i]))
            edit_or_hide(e, edits[i]);
    pl_world_add_project(b, "p");
    for (size_t i = 0; i < pl_kinds_len; i++)
        pl_world_add_kind(b, pl_kinds[i]->name);
    for (size_t i = 0; i < e->n; i++) {
        const struct pl_resource *r = &e->list[backwards ? e->n - 1 - i : i];
        if (r->body)
            pl_world_add(b, r);
    }
    for (size_t i = 0; i < e->n_gaps; i++)
        pl_world_add_unobserved(b, &e->gaps[i]);
    return pl_world_build(b);
}

static const struct pl_symptom *some_symptoms(struct pl_arena *arena, const struct pl_baseline *b,
                                              size_t *n)
{
    struct pl_buf text = {0};
    struct pl_err err = {0};
    const struct pl_symptom *list = NULL;
    for (size_t i = 0; i < b->n_connections; i++)
        if (upto(3) == 0)
            pl_buf_addf(&text, "{\"connection\":\"%s\",\"symptom\":\"%s\"}\n",
                        b->connections[i]->name, symptoms[upto(PL_LEN(symptoms) - 1)]);
        else if (upto(6) == 0)
            pl_buf_addf(&text, "{\"connection\":\"%s\",\"symptom\":\"http_status\",\"code\":%d}\n",
                        b->connections[i]->name, upto(2) ? 404 : 503);
    *n = 0;
    if (text.len > 0 &&
        pl_symptoms_read(arena, "symptoms", pl_buf_str(&text), text.len, &list, n, &err) < 0)
        fail_msg("%s", err.text);
    pl_buf_free(&text);
    return list;
}

static struct estate some_estate(struct pl_arena *arena, const struct pl_baseline *b,
                                 const char **edits, size_t *n)
{
    struct estate e = {.arena = arena, .baseline = b};
    struct pl_buf told = {0};
    *n = 1 + upto(MAX_EDITS);
    for (size_t i = 0; i < *n; i++) {
        edits[i] = pool[upto(PL_LEN(pool))];
        pl_buf_addf(&told, "\n    %s", edits[i]);
    }
    e.world = world_of(arena, edits, *n, false);
    e.diff = pl_diff_baseline(arena, pl_view_new(arena, e.world), b, 0);
    e.symptoms = some_symptoms(arena, b, &e.n_symptoms);
    for (size_t i = 0; i < e.n_symptoms; i++)
        pl_buf_addf(&told, "\n    seen of %s: %s", e.symptoms[i].connection,
                    e.symptoms[i].kind->name);
    e.told = pl_buf_take(&told, arena);
    return e;
}

static struct pl_conn_result *explain(struct estate *e, struct pl_drift **drift, size_t *n)
{
    const struct pl_explain_input input = {.observed = e->world,
                                           .baseline = e->baseline,
                                           .drift = drift,
                                           .n_drift = e->diff->n_drift,
                                           .ignored = e->diff->ignored,
                                           .n_ignored = e->diff->n_ignored,
                                           .symptoms = e->symptoms,
                                           .n_symptoms = e->n_symptoms};
    return pl_explain(e->arena, &input, n);
}

/* ---- plain evaluations ---- */

struct unit {
    const struct pl_drift *drifts[8];
    size_t n;
};

struct units {
    struct unit list[MAX_UNITS];
    size_t n;
    bool too_many;
};

/* A state is never put back by itself: only the server writes it. */
static bool is_effect(const struct pl_drift *d)
{
    struct pl_field_info info;
    return d->path.n > 0 && pl_field_lookup(d->address.kind, &d->path, &info, NULL, NULL) &&
           (info.flags & PL_F_OUTPUT) != 0;
}

static void add_unit(struct units *units, const struct pl_drift *d)
{
    struct unit *u = NULL;
    for (size_t i = 0; d->unit && i < units->n && !u; i++)
        if (units->list[i].drifts[0]->unit && strcmp(units->list[i].drifts[0]->unit, d->unit) == 0)
            u = &units->list[i];
    if (!u && units->n == MAX_UNITS) {
        units->too_many = true;
        return;
    }
    if (!u)
        u = &units->list[units->n++];
    if (u->n == PL_LEN(u->drifts))
        fail_msg("a unit is too large for this test");
    u->drifts[u->n++] = d;
}

static struct units units_of(const struct estate *e)
{
    struct units units = {.n = 0};
    for (size_t i = 0; i < e->diff->n_drift; i++)
        add_unit(&units, e->diff->drift[i]);
    for (size_t i = 0; i < e->diff->n_ignored; i++)
        add_unit(&units, e->diff->ignored[i].drift);
    return units;
}

static bool only_effects(const struct unit *u)
{
    for (size_t i = 0; i < u->n; i++)
        if (!is_effect(u->drifts[i]))
            return false;
    return true;
}

/* A fresh view with the chosen units reverted: resources first. */
static struct pl_view *reverted(struct pl_arena *arena, const struct estate *e,
                                const struct units *units, unsigned chosen)
{
    struct pl_view *view = pl_view_new(arena, e->world);
    for (int fields = 0; fields <= 1; fields++)
        for (size_t i = 0; i < units->n; i++)
            for (size_t j = 0; j < units->list[i].n; j++)
                if ((chosen >> i & 1) != 0 && !only_effects(&units->list[i]) &&
                    (units->list[i].drifts[j]->path.n > 0) == fields)
                    pl_diff_revert(view, units->list[i].drifts[j]);
    pl_view_readings_reset(view);
    return view;
}

static enum pl_reach_predicts left_with(const struct estate *e, const struct units *units,
                                        unsigned chosen, const struct pl_conn_result *r,
                                        bool *blocked)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_view *view = reverted(arena, e, units, chosen);
    struct pl_reach reach = pl_reach_evaluate(view, r->connection, e->baseline);
    enum pl_reach_predicts left = pl_reach_predicts(&reach, &r->symptom);
    if (blocked)
        *blocked = reach.verdict == PL_REACH_BLOCKED;
    pl_arena_free(arena);
    return left;
}

static unsigned mask_of(const struct units *units, const struct pl_cause_set *set)
{
    unsigned mask = 0;
    for (size_t i = 0; i < units->n; i++)
        for (size_t j = 0; j < units->list[i].n; j++)
            for (size_t k = 0; k < set->n; k++)
                if (units->list[i].drifts[j] == set->drifts[k])
                    mask |= 1U << i;
    return mask;
}

static unsigned size_of(unsigned mask)
{
    return (unsigned)__builtin_popcount(mask);
}

#define BROKEN(e, r, ...)                                                                          \
    do {                                                                                           \
        print_error("estate %s\n  %s: %s\n  ", (e)->told, (r)->connection->name,                   \
                    account((e)->arena, (r)));                                                     \
        fail_msg(__VA_ARGS__);                                                                     \
    } while (0)

/* ---- the laws ---- */

static unsigned long counted_explained, counted_joint, counted_exhaustive, counted_cascades,
    counted_hidden;

/* Every proven set opens the path and no proper subset does; an unknown that may show so is never left on a path that is explained. */
static void proven_sets_open_and_are_minimal(struct estate *e, const struct units *units,
                                             const struct pl_conn_result *r)
{
    for (size_t i = 0; i < r->explanation.n_causes; i++) {
        unsigned set = mask_of(units, &r->explanation.causes[i]);
        if (left_with(e, units, set, r, NULL) != PL_PREDICTS_NO)
            BROKEN(e, r, "set %u does not open the path", set);
        for (unsigned part = (set - 1) & set; set != 0; part = (part - 1) & set) {
            if (left_with(e, units, part, r, NULL) == PL_PREDICTS_NO)
                BROKEN(e, r, "part %u of set %u opens the path", part, set);
            if (part == 0)
                break;
        }
        counted_joint += size_of(set) > 1;
    }
}

/* Applying every revert makes what is explained pass. */
static void all_reverts_mend_it(struct estate *e, const struct units *units,
                                const struct pl_conn_result *r)
{
    if (left_with(e, units, ~0U, r, NULL) == PL_PREDICTS_YES)
        BROKEN(e, r, "with every drift reverted it still fails");
}

static bool was_read(const struct estate *e, const struct units *units, unsigned chosen,
                     const struct pl_conn_result *r, const struct unit *u)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_view *view = reverted(arena, e, units, chosen);
    bool read = false;
    (void)pl_reach_evaluate(view, r->connection, e->baseline);
    for (size_t i = 0; i < u->n; i++)
        read = read || pl_view_was_read(view, &u->drifts[i]->address, &u->drifts[i]->path);
    pl_arena_free(arena);
    return read;
}

/* What is blamed was read: as it is, or with others of its set reverted. */
static void only_what_was_read_is_blamed(struct estate *e, const struct units *units,
                                         const struct pl_conn_result *r)
{
    for (size_t i = 0; i < r->explanation.n_causes; i++) {
        unsigned set = mask_of(units, &r->explanation.causes[i]);
        for (size_t u = 0; u < units->n; u++) {
            unsigned others = set & ~(1U << u);
            if ((set >> u & 1) != 0 && !was_read(e, units, 0, r, &units->list[u]) &&
                !was_read(e, units, others, r, &units->list[u]))
                BROKEN(e, r, "%s is blamed, and was not read", units->list[u].drifts[0]->field);
        }
    }
}

/* All sets up to three, by trying every one: none is missed, none is too many. */
static void all_sets_are_found(struct estate *e, const struct units *units,
                               const struct pl_conn_result *r)
{
    unsigned proven[512], n = 0, told = 0;
    unsigned usable = 0;
    for (size_t i = 0; i < units->n; i++)
        if (!only_effects(&units->list[i]))
            usable |= 1U << i;
    if (left_with(e, units, ~0U, r, NULL) == PL_PREDICTS_YES ||
        left_with(e, units, 0, r, NULL) != PL_PREDICTS_YES)
        return;
    for (unsigned size = 1; size <= PL_EXPLAIN_MAX_SET; size++)
        for (unsigned set = 1; set < 1U << units->n; set++) {
            bool minimal = size_of(set) == size && (set & ~usable) == 0;
            for (unsigned i = 0; minimal && i < n; i++)
                minimal = (proven[i] & set) != proven[i];
            if (minimal && left_with(e, units, set, r, NULL) == PL_PREDICTS_NO &&
                n < PL_LEN(proven))
                proven[n++] = set;
        }
    bool claims = r->explanation.verdict == PL_EXPLAIN_EXPLAINED;
    if (claims != (n > 0))
        BROKEN(e, r, "%u sets open the path", n);
    if (!claims || r->explanation.truncated)
        return;
    for (size_t i = 0; i < r->explanation.n_causes; i++) {
        bool found = false;
        for (unsigned k = 0; k < n; k++)
            found = found || proven[k] == mask_of(units, &r->explanation.causes[i]);
        told += found;
    }
    for (unsigned k = 0; told != n && k < n; k++)
        for (size_t i = 0; i < units->n; i++)
            if ((proven[k] >> i & 1) != 0)
                print_error("  set %u has %s\n", proven[k], units->list[i].drifts[0]->field);
    if (told != n || r->explanation.n_causes != n)
        BROKEN(e, r, "%u sets open the path, %u of them are told", n, told);
    counted_exhaustive++;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The whole account as text, with what has no order sorted. */
static char *whole(struct pl_arena *arena, const struct pl_conn_result *r)
{
    const struct pl_explanation *e = &r->explanation;
    const char *lines[200];
    size_t n = 0;
    struct pl_buf b = {0};
    for (size_t i = 0; i < e->n_causes; i++) {
        struct pl_buf set = {0};
        for (size_t j = 0; j < e->causes[i].n; j++)
            pl_buf_addf(&set, "%s + ", e->causes[i].drifts[j]->field_full);
        lines[n++] = pl_arena_printf(arena, "by %s", pl_buf_take(&set, arena));
    }
    for (size_t i = 0; i < e->n_masked; i++)
        lines[n++] = pl_arena_printf(arena, "masked %s", e->masked[i]->field_full);
    for (size_t i = 0; i < e->n_ruled_out; i++)
        lines[n++] = pl_arena_printf(arena, "not %s: %s", e->ruled_out[i].drift->field_full,
                                     e->ruled_out[i].why);
    for (size_t i = 0; i < e->n_blockers; i++)
        lines[n++] = pl_arena_printf(arena, "blocker %s %s", e->blockers[i].cause->name,
                                     e->blockers[i].field_full ? e->blockers[i].field_full : "");
    for (size_t i = 0; i < e->n_upstream; i++)
        lines[n++] = pl_arena_printf(arena, "upstream %s", e->upstream[i]);
    qsort(lines, n, sizeof(*lines), by_text);
    pl_buf_addf(&b, "%s %s %s\n", pl_conn_status_names[r->status],
                e->verdict == PL_EXPLAIN_NONE ? "" : pl_explain_verdict_names[e->verdict],
                e->truncated ? "truncated" : "");
    for (size_t i = 0; i < n; i++)
        pl_buf_addf(&b, "%s\n", lines[i]);
    return pl_buf_take(&b, arena);
}

/* The order of resources, rules and drift never changes the account. */
static void order_does_not_matter(struct estate *e, const char *const *edits, size_t n_edits,
                                  const struct pl_conn_result *results, size_t n)
{
    struct estate other = *e;
    size_t n_other;
    other.world = world_of(e->arena, edits, n_edits, true);
    other.diff = pl_diff_baseline(e->arena, pl_view_new(e->arena, other.world), e->baseline, 0);
    assert_int_equal(other.diff->n_drift, e->diff->n_drift);
    for (size_t i = other.diff->n_drift; i > 1; i--) {
        size_t k = upto((unsigned)i);
        struct pl_drift *swap = other.diff->drift[i - 1];
        other.diff->drift[i - 1] = other.diff->drift[k];
        other.diff->drift[k] = swap;
    }
    struct pl_conn_result *again = explain(&other, other.diff->drift, &n_other);
    assert_int_equal(n, n_other);
    for (size_t i = 0; i < n; i++) {
        const char *one = whole(e->arena, &results[i]), *two = whole(e->arena, &again[i]);
        if (!results[i].explanation.truncated && strcmp(one, two) != 0)
            BROKEN(e, &results[i], "in another order:\n%s\n  before:\n%s", two, one);
    }
}

/* ---- what is not known ---- */

/* What may stand in a field that nobody may know; NULL: nothing. */
static const char *const fillings[] = {NULL,
                                       "true",
                                       "false",
                                       "1",
                                       "\"NEVER\"",
                                       "\"ERROR\"",
                                       "\"ALL_TRAFFIC\"",
                                       "\"INGRESS_TRAFFIC_NONE\"",
                                       "\"TRUSTED_CLIENT_CERTIFICATE_REQUIRED\"",
                                       "\"10.99.0.0/24\"",
                                       "\"projects/p/global/networks/other\"",
                                       "[]",
                                       "[{\"IPProtocol\":\"udp\"}]",
                                       "[\"10.99.0.0/24\"]",
                                       "[\"web\"]"};

static struct estate with_edit(const struct estate *e, const char *const *edits, size_t n,
                               const char *more)
{
    struct estate other = *e;
    const char *all[MAX_EDITS + 1];
    memcpy(all, edits, n * sizeof(*edits));
    all[n] = more;
    other.told = pl_arena_printf(e->arena, "%s\n    %s", e->told, more);
    other.world = world_of(e->arena, all, n + 1, false);
    other.diff = pl_diff_baseline(e->arena, pl_view_new(e->arena, other.world), e->baseline, 0);
    return other;
}

/* Filled in at random they would make worlds that cannot be: where there is an interface there is no connector (E3), and a host is an address. */
static bool cannot_be_anything(const char *path)
{
    return strstr(path, "vpcAccess.connector") != NULL || strcmp(path, "host") == 0;
}

/* A field that the repaired path reads, as the text of an edit; or NULL. */
static const char *some_field(struct estate *e, const struct units *units,
                              const struct pl_conn_result *r)
{
    unsigned set = mask_of(units, &r->explanation.causes[0]);
    struct pl_view *view = reverted(e->arena, e, units, set);
    size_t n;
    (void)pl_reach_evaluate(view, r->connection, e->baseline);
    const struct pl_reading *list = pl_view_readings(view, &n);
    const struct pl_reading *chosen = &list[upto((unsigned)n)];
    const struct pl_resource *there;
    if (chosen->what != PL_READ_FIELD || !chosen->full ||
        cannot_be_anything(pl_path_format(e->arena, &chosen->path)) ||
        pl_view_peek(pl_view_new(e->arena, e->world), chosen->full, &chosen->address, &there) !=
            PL_PRESENT)
        return NULL;
    return pl_arena_printf(e->arena, "%s:%s", chosen->full,
                           pl_path_format(e->arena, &chosen->path));
}

/* Where a field is not known, what is explained all the same is so whatever stands in it. */
static void what_is_not_known_decides_nothing(struct estate *e, const char *const *edits, size_t n,
                                              const struct units *units,
                                              const struct pl_conn_result *r)
{
    const char *field = some_field(e, units, r);
    size_t n_results;
    if (!field)
        return;
    struct estate hidden = with_edit(e, edits, n, pl_arena_printf(e->arena, "%s ?", field));
    struct units its = units_of(&hidden);
    struct pl_conn_result *results = explain(&hidden, hidden.diff->drift, &n_results);
    const struct pl_conn_result *again = NULL;
    for (size_t i = 0; i < n_results; i++)
        if (results[i].connection == r->connection)
            again = &results[i];
    if (!again || its.too_many || again->explanation.verdict != PL_EXPLAIN_EXPLAINED)
        return;
    unsigned set = mask_of(&its, &again->explanation.causes[0]);
    for (size_t i = 0; i < PL_LEN(fillings); i++) {
        struct estate filled = hidden;
        filled.world =
            with_edit(e, edits, n,
                      fillings[i] ? pl_arena_printf(e->arena, "%s = %s", field, fillings[i])
                                  : field)
                .world;
        if (left_with(&filled, &its, set, again, NULL) != PL_PREDICTS_NO)
            BROKEN(&hidden, again, "set %u does not open the path with %s", set,
                   fillings[i] ? fillings[i] : "nothing there");
    }
    counted_hidden++;
}

static void check_account(struct estate *e, const struct units *units, uint64_t number,
                          const struct pl_conn_result *r)
{
    enum pl_explain_verdict verdict = r->explanation.verdict;
    bool failing = r->status == PL_CONN_FAILING || r->status == PL_CONN_BLOCKED;
    counted_cascades += verdict == PL_EXPLAIN_CASCADE;
    if (verdict == PL_EXPLAIN_EXPLAINED) {
        counted_explained++;
        proven_sets_open_and_are_minimal(e, units, r);
        all_reverts_mend_it(e, units, r);
        only_what_was_read_is_blamed(e, units, r);
    } else if (verdict == PL_EXPLAIN_CONSISTENT) {
        only_what_was_read_is_blamed(e, units, r);
    }
    if (number % EVERY == 0 && failing && verdict != PL_EXPLAIN_CASCADE &&
        units->n <= EXHAUSTIVE_UNITS)
        all_sets_are_found(e, units, r);
}

static void laws_hold(void **unused)
{
    (void)unused;
    uint64_t estates = from_env("LAWS_ESTATES", ESTATES);
    struct pl_arena *kept = pl_arena_new();
    const struct pl_baseline *parsed[PL_LEN(baselines)];
    state = from_env("LAWS_SEED", 20260917) * 2 + 1; /* never zero */
    for (size_t i = 0; i < PL_LEN(baselines); i++)
        parsed[i] = baseline_of(kept, baselines[i]);
    for (uint64_t i = 0; i < estates; i++) {
        struct pl_arena *arena = pl_arena_new();
        const char *edits[MAX_EDITS];
        size_t n_edits, n;
        struct estate e = some_estate(arena, parsed[upto(PL_LEN(parsed))], edits, &n_edits);
        struct units units = units_of(&e);
        struct pl_conn_result *results = explain(&e, e.diff->drift, &n);
        for (size_t k = 0; k < n && !units.too_many; k++) {
            check_account(&e, &units, i, &results[k]);
            if (results[k].explanation.verdict == PL_EXPLAIN_EXPLAINED)
                what_is_not_known_decides_nothing(&e, edits, n_edits, &units, &results[k]);
        }
        order_does_not_matter(&e, edits, n_edits, results, n);
        pl_arena_free(arena);
    }
    pl_arena_free(kept);
    print_message("%lu explained, %lu sets of several, %lu searched exhaustively, %lu cascades\n",
                  counted_explained, counted_joint, counted_exhaustive, counted_cascades);
    /* Laws about nothing would hold, too. */
    assert_true(estates < ESTATES || (counted_explained > 300 && counted_joint > 50 &&
                                      counted_exhaustive > 50 && counted_cascades > 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(laws_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
