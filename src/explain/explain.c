/* explain.c - one run's inquiry: evaluates every connection, searches, concludes, and tells the drift what it broke.
 */
#include <string.h>

#include "explain_priv.h"

static void open_cases(struct pl_inquiry *q)
{
    const struct pl_explain_input *in = q->input;
    q->n_cases = in->baseline->n_connections + in->n_extra;
    q->cases = pl_arena_array(q->arena, q->n_cases + 1, sizeof(*q->cases));
    struct pl_conn_result *results = pl_arena_array(q->arena, q->n_cases + 1, sizeof(*results));
    for (size_t i = 0; i < q->n_cases; i++) {
        struct pl_case *c = &q->cases[i];
        c->connection = i < in->baseline->n_connections
                            ? in->baseline->connections[i]
                            : in->extra[i - in->baseline->n_connections];
        c->result = &results[i];
        c->result->connection = c->connection;
        c->result->severity = c->connection->severity;
        c->result->symptom.after_ms = -1;
    }
}

pl_bits *pl_bits_new(const struct pl_inquiry *q, struct pl_arena *arena)
{
    return pl_arena_array(arena, q->n_words, sizeof(pl_bits));
}

void pl_bits_set(pl_bits *bits, size_t i)
{
    bits[i / PL_BITS_WORD] |= (pl_bits)1 << i % PL_BITS_WORD;
}

bool pl_bits_has(const pl_bits *bits, size_t i)
{
    return (bits[i / PL_BITS_WORD] >> i % PL_BITS_WORD & 1) != 0;
}

static void index_declared(struct pl_inquiry *q)
{
    const struct pl_baseline *b = q->input->baseline;
    pl_map_init(&q->declared, q->arena);
    for (size_t i = 0; i < b->n_resources; i++) {
        const char *full = pl_address_full(q->arena, &b->resources[i].address);
        if (!pl_map_has(&q->declared, full))
            (void)pl_map_put(&q->declared, full, (void *)(uintptr_t)&b->resources[i]);
    }
}

static void gather_drift(struct pl_inquiry *q)
{
    const struct pl_explain_input *in = q->input;
    q->drift = pl_arena_array(q->arena, in->n_drift + in->n_ignored + 1, sizeof(*q->drift));
    for (size_t i = 0; i < in->n_drift; i++)
        q->drift[q->n_drift++] = in->drift[i];
    for (size_t i = 0; i < in->n_ignored; i++)
        q->drift[q->n_drift++] = in->ignored[i].drift;
}

/* What the observed path hangs on, failing or not. */
static void touch(struct pl_inquiry *q, struct pl_case *c, const struct pl_view *view)
{
    size_t n;
    (void)pl_view_readings(view, &n);
    c->suspects = pl_bits_new(q, q->arena);
    c->observed_counts = pl_bits_new(q, q->arena);
    c->passes = pl_bits_new(q, q->arena);
    c->drifts = pl_arena_array(q->arena, q->n_drift / PL_BITS_WORD + 1, sizeof(pl_bits));
    pl_touch(q, view, 0, n,
             (struct pl_touched){.read = c->suspects,
                                 .counts = c->observed_counts,
                                 .passes = c->passes,
                                 .drifts = c->drifts});
}

/* Evaluates in a scratch, and searches while the record of what was read is there. */
static void look(struct pl_inquiry *q, struct pl_case *c)
{
    struct pl_arena *scratch = pl_arena_new();
    struct pl_view *view = pl_view_over(scratch, q->view);
    struct pl_reach reach = pl_reach_evaluate(view, c->connection, q->input->baseline);
    c->observed = pl_reach_copy(q->arena, &reach);
    c->result->hops = c->observed.hops;
    c->result->n_hops = c->observed.n_hops;
    c->own_open = c->observed.verdict != PL_REACH_BLOCKED;
    pl_case_status(q, c);
    c->predicted = pl_reach_predicts(&c->observed, &c->result->symptom);
    touch(q, c, view);
    if (c->failing)
        pl_case_search(q, c, view, &reach);
    pl_arena_free(scratch);
}

/* Is this connection's failure only passed on from that one? */
static bool comes_from(const struct pl_case *c, const struct pl_case *root)
{
    const struct pl_explanation *e = &c->result->explanation;
    for (size_t i = 0; i < e->n_upstream; i++)
        if (strcmp(e->upstream[i], root->connection->name) == 0)
            return true;
    return false;
}

/* Severity is what actually broke: the worst connection that a drift explains, or that waits for one. */
static enum pl_severity worst_of(const struct pl_inquiry *q, const struct pl_case *c)
{
    enum pl_severity worst = c->connection->severity;
    for (size_t i = 0; i < q->n_cases; i++)
        if (comes_from(&q->cases[i], c) && q->cases[i].connection->severity > worst)
            worst = q->cases[i].connection->severity;
    return worst;
}

static bool names_cause(const struct pl_case *c, const struct pl_drift *d)
{
    const struct pl_explanation *e = &c->result->explanation;
    for (size_t i = 0; i < e->n_causes; i++)
        for (size_t j = 0; j < e->causes[i].n; j++)
            if (e->causes[i].drifts[j] == d)
                return true;
    return false;
}

static void tell_drift(struct pl_inquiry *q, struct pl_drift *d)
{
    const char **names = NULL;
    size_t n = 0, cap = 0;
    d->severity = PL_SEV_LOW;
    for (size_t i = 0; i < q->n_cases; i++) {
        if (!names_cause(&q->cases[i], d))
            continue;
        enum pl_severity worst = worst_of(q, &q->cases[i]);
        PL_PUSH(q->arena, names, n, cap, q->cases[i].connection->name);
        if (worst > d->severity)
            d->severity = worst;
    }
    d->explains = names;
    d->n_explains = n;
}

static void tell_all_drift(struct pl_inquiry *q)
{
    const struct pl_explain_input *in = q->input;
    const struct pl_blast *blast = pl_blast_make(q);
    struct pl_map reported; /* full field -> drift that is not ignored */
    pl_map_init(&reported, q->arena);
    for (size_t i = 0; i < in->n_drift; i++)
        (void)pl_map_put(&reported, in->drift[i]->field_full, in->drift[i]);
    for (size_t u = 0; u < q->n_units; u++)
        for (size_t j = 0; j < q->units[u].n; j++) {
            struct pl_drift *d = pl_map_get(&reported, q->units[u].drifts[j]->field_full);
            if (d == q->units[u].drifts[j])
                pl_blast_tell(q, blast, u, d);
        }
    for (size_t i = 0; i < in->n_drift; i++)
        tell_drift(q, in->drift[i]);
}

struct pl_conn_result *pl_explain(struct pl_arena *arena, const struct pl_explain_input *input,
                                  size_t *n)
{
    struct pl_inquiry q = {.arena = arena, .input = input};
    open_cases(&q);
    gather_drift(&q);
    index_declared(&q);
    q.view = pl_view_new(arena, input->observed);
    pl_units_make(&q);
    pl_touch_make(&q);
    for (size_t i = 0; i < q.n_cases; i++)
        look(&q, &q.cases[i]);
    for (size_t i = 0; i < q.n_cases; i++)
        pl_case_conclude(&q, &q.cases[i]);
    tell_all_drift(&q);
    *n = q.n_cases;
    return q.n_cases ? q.cases[0].result : NULL;
}
