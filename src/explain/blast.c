/* blast.c - the blast radius of a drift: which connections depend on it, whether they fail now or not, and which services.
 *
 * A connection depends on a drift where its evaluation hangs on the field; where only its path passes through the resource, that is said, and so
 * is that it waits for another that depends on it, however far. Nothing here is a cause: that is the search's word.
 */
#include <string.h>

#include "explain_priv.h"

/* Who waits for whom: by name (`depends_on`), and by what a connection ends at. */
struct waiting {
    struct pl_map by_name;   /* of what is waited for -> struct waiters */
    struct pl_map by_target; /* full address -> struct waiters */
};

struct waiters {
    size_t *cases;
    size_t n, cap;
};

struct pl_blast {
    struct waiting waiting;
    const char **from; /* by case: full address of where it begins, or NULL */
};

static void wait_for(struct pl_inquiry *q, struct pl_map *map, const char *key, size_t who)
{
    struct waiters *w = pl_map_get(map, key);
    if (!w) {
        w = PL_NEW(q->arena, struct waiters);
        (void)pl_map_put(map, key, w);
    }
    PL_PUSH(q->arena, w->cases, w->n, w->cap, who);
}

struct pl_blast *pl_blast_make(struct pl_inquiry *q)
{
    struct pl_blast *b = PL_NEW(q->arena, struct pl_blast);
    pl_map_init(&b->waiting.by_name, q->arena);
    pl_map_init(&b->waiting.by_target, q->arena);
    b->from = pl_arena_array(q->arena, q->n_cases + 1, sizeof(*b->from));
    for (size_t i = 0; i < q->n_cases; i++) {
        const struct pl_case *c = &q->cases[i];
        const struct pl_connection *d = c->connection;
        if (d->from.what == PL_END_RESOURCE)
            b->from[i] = pl_address_full(q->arena, &d->from.address);
        if (c->observed.target.kind)
            wait_for(q, &b->waiting.by_target, pl_address_full(q->arena, &c->observed.target), i);
        for (size_t j = 0; j < d->n_depends_on; j++)
            wait_for(q, &b->waiting.by_name, d->depends_on[j], i);
    }
    return b;
}

struct spread {
    struct pl_inquiry *q;
    const struct pl_blast *blast;
    struct pl_arena *scratch;
    int *how; /* by case: enum pl_affected_how + 1; 0: not */
    size_t *queue;
    size_t n, done;
    struct pl_map seen; /* targets whose waiters were taken */
};

static void add(struct spread *s, size_t i, enum pl_affected_how how)
{
    if (s->how[i])
        return;
    s->how[i] = (int)how + 1;
    s->queue[s->n++] = i;
}

static void add_waiters(struct spread *s, const struct waiters *w)
{
    for (size_t i = 0; w && i < w->n; i++)
        add(s, w->cases[i], PL_AFFECTED_UPSTREAM);
}

static void spread(struct spread *s)
{
    while (s->done < s->n) {
        size_t i = s->queue[s->done++];
        const char *from = s->blast->from[i];
        add_waiters(s, pl_map_get(&s->blast->waiting.by_name, s->q->cases[i].connection->name));
        if (!from || pl_map_has(&s->seen, from))
            continue;
        (void)pl_map_put(&s->seen, from, s);
        add_waiters(s, pl_map_get(&s->blast->waiting.by_target, from));
    }
}

static void take_service(struct spread *s, struct pl_map *names, const char *full, const char *text)
{
    if (full && !pl_map_has(names, full))
        (void)pl_map_put(names, full, pl_arena_strdup(s->q->arena, text));
}

static void keep(struct spread *s, struct pl_drift *d)
{
    struct pl_affected *list = NULL;
    const char **services = NULL;
    size_t n = 0, cap = 0, n_services = 0, cap_services = 0;
    struct pl_map names;
    pl_map_init(&names, s->scratch);
    for (size_t i = 0; i < s->q->n_cases; i++) {
        const struct pl_case *c = &s->q->cases[i];
        if (!s->how[i])
            continue;
        PL_PUSH(s->q->arena, list, n, cap,
                ((struct pl_affected){.name = c->connection->name,
                                      .status = c->result->status,
                                      .how = (enum pl_affected_how)(s->how[i] - 1)}));
        take_service(s, &names, s->blast->from[i], c->connection->from.text);
    }
    for (size_t i = 0; i < names.n; i++)
        PL_PUSH(s->q->arena, services, n_services, cap_services, names.entries[i].value);
    d->affects = list;
    d->n_affects = n;
    d->services = services;
    d->n_services = n_services;
}

void pl_blast_tell(struct pl_inquiry *q, const struct pl_blast *blast, size_t unit,
                   struct pl_drift *d)
{
    struct spread s = {.q = q, .blast = blast, .scratch = pl_arena_new()};
    s.how = pl_arena_array(s.scratch, q->n_cases + 1, sizeof(*s.how));
    s.queue = pl_arena_array(s.scratch, q->n_cases + 1, sizeof(*s.queue));
    pl_map_init(&s.seen, s.scratch);
    for (size_t i = 0; i < q->n_cases; i++)
        if (pl_bits_has(q->cases[i].observed_counts, unit) ||
            (q->cases[i].declared_counts && pl_bits_has(q->cases[i].declared_counts, unit)))
            add(&s, i, PL_AFFECTED_FIELD);
    for (size_t i = 0; i < q->n_cases; i++)
        if (pl_bits_has(q->cases[i].passes, unit))
            add(&s, i, PL_AFFECTED_RESOURCE);
    spread(&s);
    keep(&s, d);
    pl_arena_free(s.scratch);
}
