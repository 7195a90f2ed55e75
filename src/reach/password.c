/* password.c - is the password that the client takes from a secret the one that its target takes?
 *
 * Of Memorystore Google tells the AUTH string; of a database nobody tells passwords, and the one of the baseline's probe stands for it, where that
 * logs in as the same user. Two that differ say that one of them is wrong, not which: only where another version of the same secret is the
 * right one, or the difference is what stands around it, the client's is proven to be it. Values are compared as descriptions (payload.h).
 */
#include <string.h>

#include "plumbline/payload.h"
#include "plumbline/secret.h"
#include "wiring_priv.h"

/* What is held against what. */
struct question {
    const struct pl_wire *wire;
    enum pl_payload_part part;
    const struct pl_value *truth; /* an AUTH string; or NULL: the probe's password */
    const struct pl_secret *probe;
    const char *whose; /* "the AUTH string of redis.instance/cache" */
};

static bool equals(const struct question *q, const struct pl_value *payload, bool plain)
{
    enum pl_payload_part part = q->part == PL_PAYLOAD_WHOLE && plain ? PL_PAYLOAD_PLAIN : q->part;
    if (q->truth)
        return q->part == PL_PAYLOAD_WHOLE && pl_payload_same(payload, q->truth, plain);
    return pl_payload_is(payload, part, pl_secret_reveal(q->probe));
}

/* A variable that holds a password, or a connection string with one in it. */
static bool find_wire(const struct pl_wires *wires, struct question *q)
{
    for (size_t i = 0; i < wires->n; i++) {
        const struct pl_wire *w = &wires->list[i];
        bool in_url =
            w->payload && w->role == PL_ROLE_URL && pl_payload_has(w->payload, PL_PAYLOAD_PASSWORD);
        if (!w->payload || (w->role != PL_ROLE_PASSWORD && !in_url))
            continue;
        q->wire = w;
        q->part = in_url ? PL_PAYLOAD_PASSWORD : PL_PAYLOAD_WHOLE;
        return true;
    }
    return false;
}

/* Does the probe log in as the user that the workload logs in as? MAYBE where one of them is not known. */
static enum pl_tri same_user(struct pl_trace *t)
{
    const char *probe = t->connection->probe.user, *own = t->flow.user.text;
    if (!probe || !own)
        return PL_MAYBE;
    return strcmp(probe, own) == 0 ? PL_YES : PL_NO;
}

static bool find_truth(struct pl_trace *t, struct question *q)
{
    if (t->target.what == PL_TO_REDIS && t->target.resource &&
        pl_view_read(t->view, t->target.resource, PL_AUTH_STRING, &q->truth) == PL_PRESENT) {
        q->whose = pl_arena_printf(t->arena, "the AUTH string of %s", t->target.shown);
        return true;
    }
    q->truth = NULL;
    q->probe = t->connection->probe.password.secret;
    q->whose = "the password that the baseline's probe uses";
    return q->probe && (t->target.what != PL_TO_SQL || same_user(t) == PL_YES);
}

/* Another version of the same secret that is right: the newest, where an older one is taken. */
static const struct pl_resource *right_version(struct pl_trace *t, const struct question *q)
{
    const struct pl_value *payload = NULL;
    const struct pl_resource *newest =
        pl_secret_version(t, t->source.resource, q->wire->secret, "latest");
    return newest && !pl_address_equal(&newest->address, &q->wire->of->address) &&
                   pl_view_read(t->view, newest, PL_PAYLOAD, &payload) == PL_PRESENT &&
                   equals(q, payload, false)
               ? newest
               : NULL;
}

static void tell(struct pl_trace *t, const struct question *q)
{
    const struct pl_wire *w = q->wire;
    const char *name =
        pl_arena_printf(t->arena, "%s (%s)", pl_wire_name(t, w), pl_trace_name(t, &w->of->address));
    const char *flaw = pl_payload_flaw(w->payload);
    const struct pl_address *from = &t->source.resource->address;
    const struct pl_resource *right = NULL;
    if (equals(q, w->payload, false))
        pl_trace_pass(t, "password", "%s equals %s", name, q->whose);
    else if (flaw && equals(q, w->payload, true))
        pl_trace_block(t, "password", "PASSWORD_MISMATCH", from, w->path,
                       "%s %s: without that it would be %s", name, flaw, q->whose);
    else if ((right = right_version(t, q)) != NULL)
        pl_trace_block(t, "password", "PASSWORD_MISMATCH", from, w->path,
                       "%s is stale: %s, the newest, equals %s", name,
                       pl_trace_name(t, &right->address), q->whose);
    else if (q->truth)
        pl_trace_block(t, "password", "PASSWORD_MISMATCH", from, w->path, "%s differs from %s",
                       name, q->whose);
    else
        pl_trace_unknown(t, "password", "PASSWORD_MISMATCH",
                         "%s differs from %s: which of the two the target takes is not known", name,
                         q->whose);
    pl_trace_evidence_text(
        t, &w->of->address, PL_PAYLOAD,
        pl_arena_printf(t->arena, "<secret: %zu bytes>", pl_payload_len(w->payload)),
        equals(q, w->payload, false) ? "equal" : "different");
}

static void tell_unread(struct pl_trace *t, const struct pl_wires *wires)
{
    for (size_t i = 0; i < wires->n; i++)
        if (wires->list[i].what == PL_WIRE_SECRET && wires->list[i].role == PL_ROLE_PASSWORD)
            pl_trace_not_modelled(t, "the value of the secret in %s, which is not compared: %s",
                                  wires->list[i].name, pl_wire_not_compared(t, &wires->list[i]));
}

void pl_hop_password(struct pl_trace *t)
{
    struct pl_wires wires;
    struct question q = {0};
    if (!pl_view_world(t->view)->secrets)
        return;
    pl_wires_find(t, &wires);
    if (!find_wire(&wires, &q)) {
        tell_unread(t, &wires);
        return;
    }
    if (!find_truth(t, &q)) {
        pl_trace_not_modelled(t,
                              "whether the password in %s is the right one: nothing to compare "
                              "it with",
                              q.wire->name);
        return;
    }
    if (q.truth && pl_trace_bool(t, t->target.resource, "authEnabled") != PL_YES)
        return; /* redis-auth tells that a password is sent where none is taken */
    tell(t, &q);
}
