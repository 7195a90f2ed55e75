/* shared_secrets.c - secrets that two services must have alike: what one signs, the other verifies (JWT_SECRET_KEY of both).
 *
 * They are to agree where the baseline gives both the same secret, whatever the variables are called, or where both have a variable of one name that
 * is told by its words. Who is to agree with the called service: those that it is connected with. Different references are no proof of different
 * values: only where both values are known (--read-secrets, or both are redacted under one key) is it one; else it is a risk.
 */
#include <string.h>

#include "plumbline/payload.h"
#include "plumbline/secret.h"
#include "wiring_priv.h"

struct variable {
    const struct pl_resource *service;
    const char *name, *path;
    const char *value;              /* plain or redacted; NULL: from a secret */
    const char *secret, *version;   /* as the template says them */
    const struct pl_resource *of;   /* the version that is taken */
    const struct pl_value *payload; /* NULL: not read */
    const char *declared;           /* the secret that the baseline gives it, or NULL */
};

struct variables {
    struct variable *list;
    size_t n, cap;
};

static bool is_shared_by_name(const char *name)
{
    static const char *const words[] = {"JWT",           "SIGNING_KEY",    "SIGNING_SECRET", "HMAC",
                                        "SHARED_SECRET", "SERVICE_SECRET", "INTERNAL_SECRET"};
    for (size_t i = 0; i < PL_LEN(words); i++)
        if (strcasestr(name, words[i]))
            return true;
    return false;
}

/* A database's password may be that of many; what it is compared with is the database (password.c). */
static bool is_wiring(struct pl_trace *t, const char *name)
{
    const char *prefix;
    bool secret;
    return pl_reach_wires(t->arena, name, &prefix, &secret);
}

static const char *declared_secret(struct pl_trace *t, const struct pl_resource *service,
                                   const char *name)
{
    const struct pl_declared *d = pl_declared_of(t, &service->address);
    const struct pl_expect *containers =
        pl_declared_member(pl_declared_member(d ? d->expect : NULL, "template"), "containers");
    for (size_t i = 0; containers && containers->items && i < containers->n; i++) {
        const struct pl_expect *env = pl_declared_member(containers->items[i], "env");
        for (size_t j = 0; env && env->items && j < env->n; j++) {
            const char *of = pl_expect_literal(pl_declared_member(env->items[j], "name"));
            if (of && strcmp(of, name) == 0)
                return pl_expect_literal(pl_declared_member(
                    pl_declared_member(pl_declared_member(env->items[j], "valueSource"),
                                       "secretKeyRef"),
                    "secret"));
        }
    }
    return NULL;
}

static struct variables variables_of(struct pl_trace *t, const struct pl_resource *service)
{
    struct variables out = {0};
    const struct pl_value *containers = pl_trace_list(t, service, "template.containers", NULL);
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i), *env = pl_value_member(c, "env");
        for (size_t j = 0; j < pl_value_count(env); j++) {
            const struct pl_value *e = pl_value_item(env, j);
            const struct pl_value *source = pl_value_member(e, "valueSource"),
                                  *key = pl_value_member(source, "secretKeyRef");
            struct variable v = {.service = service, .name = pl_value_member_text(e, "name")};
            v.declared = v.name ? declared_secret(t, service, v.name) : NULL;
            if (!v.name || (!v.declared && !is_shared_by_name(v.name)) || is_wiring(t, v.name))
                continue;
            v.value = pl_value_member_text(e, "value");
            v.secret = pl_value_member_text(key, "secret");
            v.version = pl_value_member_text(key, "version");
            v.path = pl_trace_container_path(t, pl_value_member_text(c, "name"), i, v.name,
                                             source ? "valueSource" : "value");
            v.path =
                source ? pl_arena_printf(t->arena, "%s.secretKeyRef.%s", v.path,
                                         v.declared && v.secret && strcmp(v.declared, v.secret) != 0
                                             ? "secret"
                                             : "version")
                       : v.path;
            PL_PUSH(t->arena, out.list, out.n, out.cap, v);
        }
    }
    return out;
}

/* Only of those that are compared: nothing hangs on the others. */
static void resolve(struct pl_trace *t, struct variable *v)
{
    if (!v->secret || v->of)
        return;
    v->of = pl_secret_version(t, v->service, v->secret, v->version);
    if (v->of && pl_view_world(t->view)->secrets)
        (void)pl_view_read(t->view, v->of, PL_PAYLOAD, &v->payload);
}

static bool are_to_agree(const struct variable *a, const struct variable *b)
{
    if (a->declared && b->declared)
        return strcmp(a->declared, b->declared) == 0;
    return strcmp(a->name, b->name) == 0 && is_shared_by_name(a->name);
}

/* Marks are keyed by the store: two with a hash are of one key, since one collection wrote both. */
static enum pl_tri same_text(const char *a, const char *b)
{
    bool a_hashed = false, b_hashed = false;
    size_t a_mark = pl_secret_mark_len(a, &a_hashed), b_mark = pl_secret_mark_len(b, &b_hashed);
    if ((a_mark > 0) != (b_mark > 0) || (a_mark > 0 && !(a_hashed && b_hashed)))
        return PL_MAYBE;
    return strcmp(a, b) == 0 ? PL_YES : PL_NO;
}

static enum pl_tri agree(const struct variable *a, const struct variable *b)
{
    if (a->of && b->of && pl_address_equal(&a->of->address, &b->of->address))
        return PL_YES;
    if (a->payload && b->payload)
        return pl_payload_same(a->payload, b->payload, false) ? PL_YES : PL_NO;
    return a->value && b->value ? same_text(a->value, b->value) : PL_MAYBE;
}

static const char *shown(struct pl_trace *t, const struct variable *v)
{
    const char *of =
        v->of       ? pl_trace_name(t, &v->of->address)
        : v->secret ? pl_arena_printf(t->arena, "version %s of secret %s",
                                      v->version && *v->version ? v->version : "latest", v->secret)
                    : "a value of its own";
    return pl_arena_printf(t->arena, "%s of %s (%s)", v->name,
                           pl_trace_name(t, &v->service->address), of);
}

static void show(struct pl_trace *t, const struct variable *v)
{
    pl_trace_evidence_text(t, &v->service->address, v->path,
                           v->secret ? v->version && *v->version ? v->version : "latest"
                           : v->value && pl_secret_mark_len(v->value, NULL) > 0 ? v->value
                                                                                : "(a value)",
                           v->secret);
}

/* Which of the two is to change? The one that is not as declared; else the called service's. */
static const struct variable *to_blame(const struct variable *a, const struct variable *b)
{
    bool strays = b->declared && (!b->secret || strcmp(b->declared, b->secret) != 0);
    return strays ? b : a;
}

static void tell(struct pl_trace *t, const struct variable *a, const struct variable *b)
{
    const struct variable *blamed = to_blame(a, b);
    enum pl_tri same = agree(a, b);
    if (same == PL_YES)
        pl_trace_pass(t, "shared-secret", "%s and %s agree", shown(t, a), shown(t, b));
    else if (same == PL_NO)
        pl_trace_block(t, "shared-secret", "SHARED_SECRET_MISMATCH", &blamed->service->address,
                       blamed->path, "%s differs from %s: what one signs the other refuses",
                       shown(t, a), shown(t, b));
    else
        pl_trace_risk(t, "shared-secret", "SHARED_SECRET_MISMATCH",
                      "%s is not what %s takes; whether the values are the same is not known: "
                      "--read-secrets compares secrets",
                      shown(t, a), shown(t, b));
    pl_trace_field(t, &blamed->service->address, blamed->path);
    show(t, a);
    show(t, b);
}

static void compare(struct pl_trace *t, struct variables *own, const struct pl_resource *peer,
                    pl_shared_fn *use, void *arg)
{
    struct variables theirs = variables_of(t, peer);
    for (size_t i = 0; i < own->n; i++)
        for (size_t j = 0; j < theirs.n; j++) {
            if (!are_to_agree(&own->list[i], &theirs.list[j]))
                continue;
            resolve(t, &own->list[i]);
            resolve(t, &theirs.list[j]);
            if (use) {
                use(arg, own->list[i].of);
                use(arg, theirs.list[j].of);
            } else {
                tell(t, &own->list[i], &theirs.list[j]);
            }
        }
}

/* The services that the called one is connected with, each once. */
struct peers {
    const struct pl_resource *list[64];
    size_t n;
};

static void add_peer(struct pl_trace *t, struct peers *peers, const struct pl_end *end)
{
    const struct pl_resource *r = NULL;
    if (end->what != PL_END_RESOURCE || strcmp(end->address.kind->name, "run.service") != 0 ||
        pl_address_equal(&end->address, &t->target.address) ||
        pl_view_find(t->view, &end->address, &r) != PL_PRESENT || peers->n == PL_LEN(peers->list))
        return;
    for (size_t i = 0; i < peers->n; i++)
        if (pl_address_equal(&peers->list[i]->address, &r->address))
            return;
    peers->list[peers->n++] = r;
}

void pl_shared_secrets(struct pl_trace *t, pl_shared_fn *use, void *arg)
{
    struct peers peers = {.n = 0};
    if (t->target.what != PL_TO_RUN || !t->target.resource)
        return;
    struct variables own = variables_of(t, t->target.resource);
    if (own.n == 0)
        return;
    const struct pl_outgoing *out = pl_connections_from(t, &t->target.address),
                             *in = pl_connections_to(t, &t->target.address);
    add_peer(t, &peers, &t->connection->from);
    for (size_t i = 0; out && i < out->n; i++)
        add_peer(t, &peers, &out->list[i]->to);
    for (size_t i = 0; in && i < in->n; i++)
        add_peer(t, &peers, &in->list[i]->from);
    for (size_t i = 0; i < peers.n; i++)
        compare(t, &own, peers.list[i], use, arg);
}

void pl_hop_shared_secret(struct pl_trace *t)
{
    pl_shared_secrets(t, NULL, NULL);
}
