/* status.c - what was seen of a connection, by whom, and whether that counts (section 6 of the contract).
 *
 * A symptom counts where it was seen from the connection's own `from`; a symptom in a file outranks this run's probe; where
 * nobody looked, the model decides. A probe that could not be made is unknown, never a failure of theirs.
 */
#include <string.h>

#include "explain_priv.h"
#include "plumbline/clock.h"

/* Is this place the connection's own `from`? "any" is everywhere; NULL is what `otherwise` says. */
static bool is_from(struct pl_inquiry *q, const struct pl_connection *c, const char *place,
                    bool otherwise)
{
    if (!place)
        return otherwise;
    if (strcmp(place, "any") == 0)
        return true;
    if (strcmp(place, "here") == 0 || c->from.what == PL_END_HERE)
        return strcmp(place, "here") == 0 && c->from.what == PL_END_HERE;
    struct pl_address a;
    if (c->from.what != PL_END_RESOURCE || pl_address_parse(q->arena, place, &a, NULL) < 0)
        return false;
    a = pl_address_resolve(&a, c->from.address.project, c->from.address.location);
    return pl_address_equal(&a, &c->from.address);
}

static const struct pl_probe_result *probe_of(const struct pl_inquiry *q,
                                              const struct pl_connection *c)
{
    for (size_t i = 0; i < q->input->n_probes; i++)
        if (q->input->probes[i].connection == c)
            return &q->input->probes[i];
    return NULL;
}

/* Was `s` seen no earlier than `than`, as far as both say when? */
static bool is_later(const struct pl_symptom *s, const struct pl_symptom *than)
{
    int64_t at, before;
    return !s->at || !than->at || pl_clock_parse(s->at, &at) != 0 ||
           pl_clock_parse(than->at, &before) != 0 || at >= before;
}

/* The symptom of the files that counts most: the latest by its own time, else the last told. The others go into `also`. */
static const struct pl_symptom *told(struct pl_inquiry *q, struct pl_case *c)
{
    const struct pl_symptom *best = NULL;
    struct pl_symptom *also = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < q->input->n_symptoms; i++) {
        const struct pl_symptom *s = &q->input->symptoms[i];
        if (!s->connection || strcmp(s->connection, c->connection->name) != 0)
            continue;
        bool counts = is_from(q, c->connection, s->seen_from, true);
        bool best_counts = best && is_from(q, c->connection, best->seen_from, true);
        bool later = !best || is_later(s, best);
        bool better = !best || (counts && !best_counts) || (counts == best_counts && later);
        const struct pl_symptom *other = better ? best : s;
        if (other && other->kind)
            PL_PUSH(q->arena, also, n, cap, *other);
        best = better ? s : best;
    }
    c->result->also = also;
    c->result->n_also = n;
    return best;
}

static enum pl_conn_status status_of(const struct pl_symptom *s)
{
    return s->kind->layer == PL_LAYER_BUDGET ? PL_CONN_DEGRADED : PL_CONN_FAILING;
}

static void by_model(struct pl_inquiry *q, struct pl_case *c)
{
    struct pl_conn_result *r = c->result;
    r->basis = PL_BASIS_MODEL;
    r->seen_from = NULL;
    r->symptom = (struct pl_symptom){.after_ms = -1};
    r->status = c->observed.verdict == PL_REACH_BLOCKED ? PL_CONN_BLOCKED
                : c->observed.verdict == PL_REACH_OPEN  ? PL_CONN_OPEN
                                                        : PL_CONN_UNKNOWN;
    if (r->status != PL_CONN_UNKNOWN)
        return;
    r->note = "nothing on this path is in the model: only a probe can tell";
    for (size_t i = 0; i < c->observed.n_hops; i++)
        if (c->observed.hops[i].verdict == PL_HOP_UNKNOWN) {
            r->note = pl_arena_printf(q->arena, "%s: %s", c->observed.hops[i].hop,
                                      c->observed.hops[i].text);
            return;
        }
}

/* A report of a run elsewhere says that it worked there. */
static void by_success(struct pl_inquiry *q, struct pl_case *c, const struct pl_symptom *s)
{
    struct pl_conn_result *r = c->result;
    if (!is_from(q, c->connection, s->seen_from, true)) {
        by_model(q, c);
        r->note = pl_arena_printf(q->arena, "it worked from %s; whether %s can is the model's word",
                                  s->seen_from, c->connection->from.text);
        return;
    }
    r->basis = PL_BASIS_SYMPTOMS;
    r->status = PL_CONN_OK;
    r->seen_from = s->seen_from;
    r->symptom = (struct pl_symptom){.after_ms = -1};
}

static void by_symptom(struct pl_inquiry *q, struct pl_case *c, const struct pl_symptom *s)
{
    struct pl_conn_result *r = c->result;
    r->basis = PL_BASIS_SYMPTOMS;
    r->symptom = *s;
    r->seen_from = s->seen_from ? s->seen_from : c->connection->from.text;
    if (is_from(q, c->connection, s->seen_from, true)) {
        r->status = status_of(s);
    } else {
        r->status = PL_CONN_UNKNOWN;
        r->note = pl_arena_printf(q->arena,
                                  "seen from %s, which is not %s: it says nothing about the hops "
                                  "that the two do not share",
                                  r->seen_from, c->connection->from.text);
    }
}

static void by_probe(struct pl_inquiry *q, struct pl_case *c, const struct pl_probe_result *p)
{
    struct pl_conn_result *r = c->result;
    const char *vantage = q->input->vantage ? q->input->vantage : "here";
    bool counts = is_from(q, c->connection, vantage, false);
    if (p->state == PL_PROBED_UNKNOWN) {
        by_model(q, c);
        if (r->status != PL_CONN_BLOCKED) {
            r->status = PL_CONN_UNKNOWN;
            r->basis = PL_BASIS_PROBE;
            r->seen_from = vantage;
        }
        r->note = p->unknown_why;
    } else if (!counts && p->state == PL_PROBED_OK) {
        by_model(q, c);
        r->note = pl_arena_printf(q->arena,
                                  "a probe from %s succeeded; whether %s can is the model's word",
                                  vantage, c->connection->from.text);
    } else {
        r->basis = PL_BASIS_PROBE;
        r->seen_from = vantage;
        r->symptom = p->symptom;
        r->status = p->state == PL_PROBED_OK         ? PL_CONN_OK
                    : p->state == PL_PROBED_DEGRADED ? PL_CONN_DEGRADED
                                                     : PL_CONN_FAILING;
        if (!counts) {
            r->status = PL_CONN_UNKNOWN;
            r->note = pl_arena_printf(
                q->arena, "probed from %s, which is not %s: its failure is not the workload's",
                vantage, c->connection->from.text);
        } else if (p->note) {
            r->note = p->note;
        }
    }
}

void pl_case_status(struct pl_inquiry *q, struct pl_case *c)
{
    /* An upstream failure can look like these to the one who called: never like a DNS, TCP or TLS failure. `not_ready` is among them: a service
     * that waits for its database before it calls itself ready, and a circuit breaker that is open, tell of what lies behind. */
    static const char *const cascading[] = {
        "http_status:5xx", "websocket_rejected", "websocket_closed", "response_timeout", "slow",
        "not_ready"};
    struct pl_conn_result *r = c->result;
    const struct pl_symptom *s = told(q, c);
    r->probe = probe_of(q, c->connection);
    if (s && s->kind)
        by_symptom(q, c, s);
    else if (s)
        by_success(q, c, s);
    else if (r->probe)
        by_probe(q, c, r->probe);
    else
        by_model(q, c);
    c->failing = r->status == PL_CONN_FAILING || r->status == PL_CONN_DEGRADED ||
                 r->status == PL_CONN_BLOCKED;
    for (size_t i = 0; r->symptom.kind && i < PL_LEN(cascading); i++)
        c->can_cascade = c->can_cascade || pl_symptom_matches(&r->symptom, cascading[i]);
}
