/* counterfactual.c - reverts drift in the model and looks whether the path opens: the smallest sets that do are the explanation.
 *
 * Only drift among what the path read, or among what it would read once other drift is reverted, is a suspect. Sets grow in size; a
 * set that holds a smaller one that opens the path is not minimal and is not tried (section 4.3 of the method). Nor is one tried that cannot
 * open it: a hop that stands in the way with some drift reverted stands there as long as nothing that it hangs on is reverted as well.
 */
#include <stdlib.h>
#include <string.h>

#include "explain_priv.h"

enum { MAX_TRIED = 25000, MAX_ROUNDS = 8 };

/* ---- one evaluation ---- */

/* An evaluation in an arena of its own. */
struct evaluation {
    struct pl_arena *arena;
    struct pl_view *view;
    struct pl_reach reach;
};

static void evaluate(struct pl_inquiry *q, const struct pl_case *c, struct pl_view *content,
                     struct evaluation *e)
{
    if (!e->arena)
        e->arena = pl_arena_new();
    e->view = pl_view_over(e->arena, content);
    e->reach = pl_reach_evaluate(e->view, c->connection, q->input->baseline);
}

static bool same_hop(const struct pl_hop *a, const struct pl_hop *b)
{
    return strcmp(a->hop, b->hop) == 0 && a->verdict == b->verdict && a->cause == b->cause &&
           (!a->field || !b->field ? a->field == b->field : strcmp(a->field, b->field) == 0);
}

/* Does it block where `before` does not, or by something else? */
static bool blocks_anew(const struct pl_reach *r, const struct pl_reach *before)
{
    for (size_t i = 0; i < r->n_hops; i++) {
        bool known = r->hops[i].verdict != PL_HOP_BLOCK;
        for (size_t j = 0; !known && j < before->n_hops; j++)
            known = same_hop(&r->hops[i], &before->hops[j]);
        if (!known)
            return true;
    }
    return false;
}

/* Is a hop that may have caused the symptom unknown in another way, or no more? */
static bool moves_doubt(const struct pl_reach *before, const struct pl_reach *r,
                        const struct pl_symptom *symptom)
{
    for (size_t i = 0; i < before->n_hops; i++) {
        const struct pl_hop *h = &before->hops[i];
        if (h->verdict != PL_HOP_UNKNOWN || pl_hop_predicts(h, symptom) == 0)
            continue;
        bool same = false;
        for (size_t j = 0; !same && j < r->n_hops; j++)
            same = same_hop(h, &r->hops[j]) && strcmp(h->text, r->hops[j].text) == 0;
        if (!same)
            return true;
    }
    return false;
}

static struct pl_trial judge(const struct pl_case *c, const struct pl_reach *r)
{
    const struct pl_symptom *symptom = &c->result->symptom;
    return (struct pl_trial){
        .predicts = pl_reach_predicts(r, symptom),
        .blocked = r->verdict == PL_REACH_BLOCKED,
        .blocks_anew = blocks_anew(r, &c->declared),
        .moves_doubt = moves_doubt(&c->observed, r, symptom),
    };
}

/* Adds all that an evaluation hangs on. */
static void touch_all(struct pl_inquiry *q, const struct pl_view *view, pl_bits *read,
                      pl_bits *counts, pl_bits *drifts)
{
    size_t n;
    (void)pl_view_readings(view, &n);
    pl_touch(q, view, 0, n, (struct pl_touched){.read = read, .counts = counts, .drifts = drifts});
}

struct pl_trial pl_case_try_alone(struct pl_inquiry *q, struct pl_case *c, size_t unit)
{
    if (!pl_bits_has(c->observed_counts, unit))
        return judge(c, &c->observed);
    if (!c->alone[unit]) {
        struct evaluation e = {0};
        evaluate(q, c, pl_units_alone(q, unit), &e);
        c->alone[unit] = PL_NEW(q->arena, struct pl_trial);
        *c->alone[unit] = judge(c, &e.reach);
        pl_arena_free(e.arena);
    }
    return *c->alone[unit];
}

struct pl_trial pl_case_try_without(struct pl_inquiry *q, struct pl_case *c, size_t unit)
{
    if (!pl_bits_has(c->declared_counts, unit))
        return judge(c, &c->declared);
    struct evaluation e = {.arena = pl_arena_new()};
    evaluate(q, c, pl_units_without(q, e.arena, unit), &e);
    struct pl_trial trial = judge(c, &e.reach);
    pl_arena_free(e.arena);
    return trial;
}

/* ---- suspects ---- */

/* What an evaluation with these units reverted reads; adds what it hangs on. */
static void look_with(struct pl_inquiry *q, struct pl_case *c, struct pl_view *content,
                      pl_bits *counts)
{
    struct evaluation e = {0};
    evaluate(q, c, content, &e);
    touch_all(q, e.view, c->suspects, counts, c->drifts);
    pl_arena_free(e.arena);
}

static bool merge(const struct pl_inquiry *q, pl_bits *into, const pl_bits *from,
                  const pl_bits *among)
{
    bool more = false;
    for (size_t w = 0; w < q->n_words; w++) {
        pl_bits added = from[w] & among[w] & ~into[w];
        more = more || added != 0;
        into[w] |= added;
    }
    return more;
}

/* What the observed path reads, then what it reads with those reverted (a connector that is back is evaluated, too), alone and all together, and so
 * on. A revert that nothing hangs on leads nowhere else, and is left out. */
static void find_suspects(struct pl_inquiry *q, struct pl_case *c)
{
    struct pl_arena *scratch = pl_arena_new();
    pl_bits *tried = pl_bits_new(q, scratch), *counts = pl_bits_new(q, scratch);
    pl_bits *together = pl_bits_new(q, scratch);
    memcpy(counts, c->observed_counts, q->n_words * sizeof(*counts));
    for (int round = 0; round < MAX_ROUNDS; round++) {
        for (size_t u = 0; u < q->n_units; u++) {
            if (q->units[u].effect || pl_bits_has(tried, u) || !pl_bits_has(c->suspects, u) ||
                !pl_bits_has(c->observed_counts, u))
                continue;
            pl_bits_set(tried, u);
            look_with(q, c, pl_units_alone(q, u), counts);
        }
        if (!merge(q, together, counts, c->suspects))
            break;
        struct pl_arena *arena = pl_arena_new();
        look_with(q, c, pl_units_reverted(q, arena, together), counts);
        pl_arena_free(arena);
    }
    pl_arena_free(scratch);
}

static bool holds(const struct pl_set *small, const size_t *units, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < small->n; i++)
        for (size_t j = 0; j < n; j++)
            found += small->units[i] == units[j];
    return found == small->n;
}

/* A set that is proven is minimal though a smaller one may do it: only what is proven stands in its way. */
static bool is_minimal(const struct pl_case *c, const size_t *units, size_t n, bool proven)
{
    for (size_t i = 0; i < c->n_sets; i++)
        if ((c->sets[i].proven || !proven) && holds(&c->sets[i], units, n))
            return false;
    return true;
}

/* ---- risks: nothing blocks, yet something may show as what was seen ---- */

static bool has_cause(const struct pl_cause *const *list, size_t n, const struct pl_cause *cause)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == cause)
            return true;
    return false;
}

/* The causes of those hops that pass and fit the symptom best. */
static size_t risks_of(const struct pl_reach *reach, const struct pl_symptom *symptom,
                       const struct pl_cause **out)
{
    size_t n = 0;
    int best = 1;
    for (size_t i = 0; i < reach->n_hops; i++)
        if (pl_hop_risks(&reach->hops[i], symptom) > best)
            best = 2;
    for (size_t i = 0; i < reach->n_hops && n < PL_CASE_MAX_RISKS; i++)
        if (pl_hop_risks(&reach->hops[i], symptom) == best &&
            !has_cause(out, n, reach->hops[i].cause))
            out[n++] = reach->hops[i].cause;
    return n;
}

/* Is any of the case's risks still there, and may show as what was seen (a limit at another time may not): as a risk, or now as a block? */
static bool risks_remain(const struct pl_case *c, const struct pl_reach *reach)
{
    for (size_t i = 0; i < reach->n_hops; i++) {
        const struct pl_hop *h = &reach->hops[i];
        bool told = h->verdict == PL_HOP_PASS || h->verdict == PL_HOP_BLOCK;
        if (told && h->cause && has_cause(c->risks, c->n_risks, h->cause) &&
            pl_hop_predicts(h, &c->result->symptom) > 0)
            return true;
    }
    return false;
}

static void find_risks(struct pl_case *c)
{
    const struct pl_cause *declared[PL_CASE_MAX_RISKS], *observed[PL_CASE_MAX_RISKS];
    if (c->observed.verdict == PL_REACH_BLOCKED)
        return; /* a path that is blocked is not slow: that would be a contradiction */
    size_t n_declared = 0, n = risks_of(&c->observed, &c->result->symptom, observed);
    for (size_t i = 0; i < c->declared.n_hops && n_declared < PL_CASE_MAX_RISKS; i++)
        if (pl_hop_risks(&c->declared.hops[i], &c->result->symptom) > 0)
            declared[n_declared++] = c->declared.hops[i].cause;
    for (size_t i = 0; i < n; i++)
        if (!has_cause(declared, n_declared, observed[i]))
            c->risks[c->n_risks++] = observed[i];
}

/* ---- the sets ---- */

/* A set that was tried and does not prove anything: it may be part of a larger one that does, with one of `next`. */
struct node {
    size_t units[PL_EXPLAIN_MAX_SET];
    size_t n;
    pl_bits *next;
};

struct search {
    struct pl_inquiry *q;
    struct pl_case *c;
    struct pl_arena *arena;
    struct node *nodes; /* of one size */
    size_t n, cap;
    size_t tried;
    bool by_doubt; /* only an unknown hop may have caused it */
};

/* Must this hop be another for the path to open, or for it to be proven open? */
static bool is_in_the_way(const struct search *s, const struct pl_reach *r, const struct pl_hop *h,
                          enum pl_reach_predicts left)
{
    bool blocks = h->verdict == PL_HOP_BLOCK, doubts = h->verdict == PL_HOP_UNKNOWN;
    if (s->by_doubt || left != PL_PREDICTS_YES) {
        if (!s->by_doubt && s->c->n_risks > 0 && risks_remain(s->c, r))
            return (blocks || h->verdict == PL_HOP_PASS) && h->cause &&
                   has_cause(s->c->risks, s->c->n_risks, h->cause);
        return (blocks || doubts) && pl_hop_predicts(h, &s->c->result->symptom) > 0;
    }
    return blocks && pl_hop_predicts(h, &s->c->result->symptom) > 0;
}

static size_t count(const struct search *s, const pl_bits *bits)
{
    size_t n = 0;
    for (size_t w = 0; w < s->q->n_words; w++)
        n += (size_t)__builtin_popcountll(bits[w]);
    return n;
}

/* Of the hops in the way the one that hangs on the fewest suspects: one of those must be reverted, too. What is only read with this set reverted is a
 * suspect as well. */
static pl_bits *next_of(struct search *s, const struct pl_view *view, const struct pl_reach *r,
                        enum pl_reach_predicts left)
{
    struct pl_inquiry *q = s->q;
    pl_bits *best = NULL, *so_far = pl_bits_new(q, s->arena);
    size_t from = 0;
    for (size_t i = 0; i < r->n_hops; i++) {
        pl_touch(q, view, from, r->readings[i],
                 (struct pl_touched){.read = s->c->suspects, .turns = so_far});
        from = r->readings[i];
        if (!is_in_the_way(s, r, &r->hops[i], left))
            continue;
        pl_bits *here = pl_bits_new(q, s->arena);
        (void)merge(q, here, so_far, s->c->suspects);
        for (size_t u = 0; u < q->n_units; u++)
            if (q->units[u].effect)
                here[u / PL_BITS_WORD] &= ~((pl_bits)1 << u % PL_BITS_WORD);
        if (!best || count(s, here) < count(s, best))
            best = here;
    }
    return best ? best : pl_bits_new(q, s->arena);
}

static void add_node(struct search *s, const size_t *units, size_t n, pl_bits *next)
{
    struct node node = {.n = n, .next = next};
    if (n > 0)
        memcpy(node.units, units, n * sizeof(*units));
    PL_PUSH(s->arena, s->nodes, s->n, s->cap, node);
}

static void keep_set(struct search *s, const size_t *units, size_t n, bool proven)
{
    struct pl_case *c = s->c;
    if (!is_minimal(c, units, n, proven))
        return;
    if (c->n_sets == PL_EXPLAIN_MAX_SETS) {
        c->truncated = true;
        return;
    }
    struct pl_set set = {.n = n, .proven = proven};
    memcpy(set.units, units, n * sizeof(*units));
    PL_PUSH(s->q->arena, c->sets, c->n_sets, c->cap_sets, set);
}

static void try_set(struct search *s, const size_t *units, size_t n)
{
    struct pl_case *c = s->c;
    if (c->truncated || !is_minimal(c, units, n, true))
        return;
    if (++s->tried > MAX_TRIED) {
        c->truncated = true;
        return;
    }
    struct evaluation e = {.arena = pl_arena_new()};
    struct pl_view *content = NULL;
    if (n == 1) {
        content = pl_units_alone(s->q, units[0]);
    } else {
        pl_bits *chosen = pl_bits_new(s->q, e.arena);
        for (size_t i = 0; i < n; i++)
            pl_bits_set(chosen, units[i]);
        content = pl_units_reverted(s->q, e.arena, chosen);
    }
    evaluate(s->q, c, content, &e);
    enum pl_reach_predicts left = pl_reach_predicts(&e.reach, &c->result->symptom);
    /* Where only an unknown hop may have caused it, a revert counts that leaves nothing at all that may: it made that hop pass. */
    bool opens = s->by_doubt ? left == PL_PREDICTS_NO
                             : left != PL_PREDICTS_YES && !risks_remain(c, &e.reach);
    bool proven = left == PL_PREDICTS_NO && !s->by_doubt;
    if (opens)
        keep_set(s, units, n, proven);
    if (!(opens && proven) && n < PL_EXPLAIN_MAX_SET)
        add_node(s, units, n, next_of(s, e.view, &e.reach, left));
    pl_arena_free(e.arena);
}

static int by_units(const void *a, const void *b)
{
    const struct node *x = a, *y = b;
    for (size_t i = 0; i < x->n; i++)
        if (x->units[i] != y->units[i])
            return x->units[i] < y->units[i] ? -1 : 1;
    return 0;
}

/* The sets that are one larger than those that were tried: each once, in the order of their units. */
static struct node *larger(struct search *s, size_t *n_out)
{
    struct node *list = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < s->n; i++)
        for (size_t u = 0; u < s->q->n_units && n <= 4 * (size_t)MAX_TRIED; u++) {
            struct node node = {.n = s->nodes[i].n + 1};
            size_t at = 0;
            bool has = false;
            if (!pl_bits_has(s->nodes[i].next, u))
                continue;
            for (size_t j = 0; j < s->nodes[i].n; j++) {
                has = has || s->nodes[i].units[j] == u;
                at += s->nodes[i].units[j] < u;
            }
            if (has)
                continue;
            memcpy(node.units, s->nodes[i].units, at * sizeof(u));
            node.units[at] = u;
            memcpy(node.units + at + 1, s->nodes[i].units + at, (s->nodes[i].n - at) * sizeof(u));
            PL_PUSH(s->arena, list, n, cap, node);
        }
    if (n > 1)
        qsort(list, n, sizeof(*list), by_units);
    *n_out = 0;
    for (size_t i = 0; i < n; i++)
        if (*n_out == 0 || by_units(&list[*n_out - 1], &list[i]) != 0)
            list[(*n_out)++] = list[i];
    return list;
}

static void search_sets(struct pl_inquiry *q, struct pl_case *c, const struct pl_view *observed,
                        const struct pl_reach *reach)
{
    struct search s = {.q = q,
                       .c = c,
                       .arena = pl_arena_new(),
                       .by_doubt = c->predicted == PL_PREDICTS_MAYBE && c->n_risks == 0};
    /* A joint doubt would be a guess. */
    size_t most = s.by_doubt ? 1 : PL_EXPLAIN_MAX_SET;
    add_node(&s, NULL, 0, next_of(&s, observed, reach, c->predicted));
    for (size_t size = 1; size <= most; size++) {
        size_t n;
        struct node *sets = larger(&s, &n);
        s.n = 0;
        for (size_t i = 0; i < n; i++)
            try_set(&s, sets[i].units, size);
    }
    pl_arena_free(s.arena);
}

void pl_case_keep_minimal(struct pl_case *c)
{
    struct pl_set *sets = c->sets;
    size_t n = c->n_sets;
    c->n_sets = 0;
    for (size_t size = 1; size <= PL_EXPLAIN_MAX_SET; size++)
        for (size_t i = 0; i < n; i++) {
            struct pl_set set = sets[i];
            if (set.n != size || !is_minimal(c, set.units, set.n, set.proven))
                continue;
            memmove(&sets[c->n_sets + 1], &sets[c->n_sets], (i - c->n_sets) * sizeof(set));
            sets[c->n_sets++] = set;
        }
}

void pl_case_search(struct pl_inquiry *q, struct pl_case *c, const struct pl_view *view,
                    const struct pl_reach *reach)
{
    c->declared_counts = pl_bits_new(q, q->arena);
    c->alone = pl_arena_array(q->arena, q->n_units + 1, sizeof(struct pl_trial *));
    find_suspects(q, c);
    struct evaluation declared = {0};
    evaluate(q, c, q->reverted, &declared);
    touch_all(q, declared.view, NULL, c->declared_counts, c->drifts);
    c->declared = pl_reach_copy(q->arena, &declared.reach);
    pl_arena_free(declared.arena);
    c->declared_predicts = pl_reach_predicts(&c->declared, &c->result->symptom);
    /* The gate: the observed path must be able to fail so (or something unknown on it), and the declared one must not. Else no claim of a cause
     * is made. */
    if (c->predicted != PL_PREDICTS_YES)
        find_risks(c);
    if ((c->predicted != PL_PREDICTS_NO || c->n_risks > 0) &&
        c->declared_predicts != PL_PREDICTS_YES)
        search_sets(q, c, view, reach);
}
