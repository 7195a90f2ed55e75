/* digest_steps.c - remediation in order: each command once, whatever it mends, causes before what they mask, and nothing before what it needs.
 *
 * The commands come with the drift; nothing is invented here. A drift for which none is known is still a step, by hand.
 */
#include <string.h>

#include "plumbline/map.h"
#include "report_priv.h"

struct builder {
    struct pl_digest *g;
    struct pl_map by_command; /* to struct pl_action */
    struct pl_map used;       /* full fields of drift that is a cause or masked */
};

static void push_drift(struct pl_digest *g, struct pl_action *s, const struct pl_drift *d)
{
    for (size_t i = 0; i < s->n_drifts; i++)
        if (s->drifts[i] == d)
            return;
    PL_PUSH(g->arena, s->drifts, s->n_drifts, s->cap_drifts, d);
}

static void push_mends(struct pl_digest *g, struct pl_action *s, const char *name)
{
    for (size_t i = 0; i < s->n_mends; i++)
        if (strcmp(s->mends[i], name) == 0)
            return;
    PL_PUSH(g->arena, s->mends, s->n_mends, s->cap_mends, name);
}

static void tell_whom(struct pl_digest *g, struct pl_action *s, const struct pl_problem *p)
{
    for (size_t i = 0; i < p->n_roots; i++)
        push_mends(g, s, p->roots[i]->connection->name);
    for (size_t i = 0; i < p->n_cascades; i++)
        push_mends(g, s, p->cascades[i]->connection->name);
}

/* The step for a command, made where it is new. The table was sized for all of them, so pointers stay. */
static struct pl_action *step_for(struct builder *b, const struct pl_drift *d,
                                  const struct pl_remedy *remedy, size_t problem)
{
    struct pl_digest *g = b->g;
    const char *key = remedy ? remedy->command : d->field_full;
    struct pl_action *s = pl_map_get(&b->by_command, key);
    if (!s) {
        s = &g->steps[g->n_steps++];
        *s = (struct pl_action){.remedy = remedy, .problem = problem, .masked = true};
        pl_map_put(&b->by_command, key, s);
    }
    push_drift(g, s, d);
    return s;
}

static void steps_of(struct builder *b, const struct pl_problem *p, size_t number,
                     const struct pl_drift *d, const struct pl_cause_set *set, size_t ways)
{
    pl_map_put(&b->used, d->field_full, b);
    for (size_t i = 0; i == 0 || i < d->n_remedies; i++) {
        const struct pl_remedy *remedy = d->n_remedies ? &d->remedies[i] : NULL;
        if (i > 0 && remedy->only_tidies)
            continue;
        struct pl_action *s = step_for(b, d, remedy, number);
        tell_whom(b->g, s, p);
        if (!set)
            continue;
        s->masked = false;
        s->proven = s->proven || p->roots[0]->explanation.verdict == PL_EXPLAIN_EXPLAINED;
        s->ways = ways > s->ways ? ways : s->ways;
    }
}

static bool share_a_connection(const struct pl_action *a, const struct pl_action *b)
{
    for (size_t i = 0; i < a->n_mends; i++)
        for (size_t j = 0; j < b->n_mends; j++)
            if (strcmp(a->mends[i], b->mends[j]) == 0)
                return true;
    return false;
}

/* Must `a` be done before `b`? Where they are on the path of one connection, what is made or granted goes before what may name it: a network
 * before what lies in it. Of what is deleted, what names others goes first. */
static bool goes_before(const struct pl_action *a, const struct pl_action *b)
{
    enum { DELETED = 100 };
    return a->remedy && b->remedy && a->remedy->order < b->remedy->order &&
           (a->remedy->others_need_it || a->remedy->order >= DELETED) && share_a_connection(a, b);
}

/* Are both drifts in the first joint cause that `a` is part of? */
static bool are_joint(const struct pl_digest *g, const struct pl_action *a,
                      const struct pl_action *b)
{
    const struct pl_explanation *e = &g->problems[a->problem - 1].roots[0]->explanation;
    for (size_t i = 0; !a->masked && i < e->n_causes; i++) {
        bool has_a = false, has_b = false;
        for (size_t j = 0; j < e->causes[i].n; j++) {
            has_a = has_a || e->causes[i].drifts[j] == a->drifts[0];
            has_b = has_b || e->causes[i].drifts[j] == b->drifts[0];
        }
        if (has_a)
            return has_b;
    }
    return false;
}

static bool waits(const struct pl_digest *g, const bool *placed, size_t step)
{
    for (size_t i = 0; i < g->n_steps; i++)
        if (!placed[i] && goes_before(&g->steps[i], &g->steps[step]))
            return true;
    return false;
}

/* The next step: the other half of a joint cause where it can, else in the order of the problems; nothing before what it needs. */
static size_t next_step(const struct pl_digest *g, const bool *placed, const struct pl_action *last)
{
    size_t i = 0;
    for (size_t j = 0; last && j < g->n_steps; j++)
        if (!placed[j] && are_joint(g, last, &g->steps[j]) && !waits(g, placed, j))
            return j;
    while (placed[i] || waits(g, placed, i))
        i++;
    return i;
}

static void put_in_order(struct pl_digest *g)
{
    struct pl_action *sorted = pl_arena_array(g->arena, g->n_steps + 1, sizeof(*sorted));
    bool *placed = pl_arena_array(g->arena, g->n_steps + 1, sizeof(*placed));
    for (size_t n = 0; n < g->n_steps; n++) {
        size_t i = next_step(g, placed, n ? &sorted[n - 1] : NULL);
        placed[i] = true;
        sorted[n] = g->steps[i];
    }
    g->steps = sorted;
}

/* One number for what must go together, with a letter for each part: 2a, 2b. */
static void number_steps(struct pl_digest *g)
{
    size_t number = 0, part = 0;
    for (size_t i = 0; i < g->n_steps; i++) {
        struct pl_action *s = &g->steps[i];
        bool goes_on = i > 0 && are_joint(g, &g->steps[i - 1], s);
        part = goes_on ? part + 1 : 0;
        number += goes_on ? 0 : 1;
        bool joint = goes_on || (i + 1 < g->n_steps && are_joint(g, s, &g->steps[i + 1]));
        s->label = joint && part < 26 ? pl_arena_printf(g->arena, "%zu%c", number, 'a' + (int)part)
                                      : pl_arena_printf(g->arena, "%zu", number);
    }
}

/* The labels of the steps for the other drifts of its joint cause. */
static void find_companions(struct pl_digest *g, struct pl_action *s)
{
    const char **with = pl_arena_array(g->arena, g->n_steps, sizeof(*with));
    for (size_t i = 0; i < g->n_steps; i++)
        if (&g->steps[i] != s && g->steps[i].drifts[0] != s->drifts[0] &&
            are_joint(g, s, &g->steps[i]))
            with[s->n_with++] = g->steps[i].label;
    s->with = with;
}

static size_t count_remedies(const struct pl_drift *const *drifts, size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += drifts[i]->n_remedies ? drifts[i]->n_remedies : 1;
    return total;
}

static size_t most_steps(const struct pl_digest *g)
{
    size_t most = 1;
    for (size_t i = 0; i < g->n_problems; i++)
        for (size_t r = 0; r < g->problems[i].n_roots; r++) {
            const struct pl_explanation *e = &g->problems[i].roots[r]->explanation;
            for (size_t j = 0; j < e->n_causes; j++)
                most += count_remedies(e->causes[j].drifts, e->causes[j].n);
            most += count_remedies(e->masked, e->n_masked);
        }
    return most;
}

static void find_other_drift(struct builder *b)
{
    struct pl_digest *g = b->g;
    for (size_t i = 0; i < g->run->n_drift; i++) {
        const struct pl_drift *d = g->run->drift[i];
        if (!pl_map_has(&b->used, d->field_full) && d->n_explains == 0)
            PL_PUSH(g->arena, g->other, g->n_other, g->cap_other, d);
    }
}

void pl_digest_steps(struct pl_digest *g)
{
    struct builder b = {.g = g};
    pl_map_init(&b.by_command, g->arena);
    pl_map_init(&b.used, g->arena);
    g->steps = pl_arena_array(g->arena, most_steps(g), sizeof(*g->steps));
    for (size_t i = 0; i < g->n_problems; i++) {
        const struct pl_problem *p = &g->problems[i];
        const struct pl_explanation *e = &p->roots[0]->explanation;
        for (size_t j = 0; j < e->n_causes; j++)
            for (size_t k = 0; k < e->causes[j].n; k++)
                steps_of(&b, p, i + 1, e->causes[j].drifts[k], &e->causes[j], e->n_causes);
    }
    for (size_t i = 0; i < g->n_problems; i++) {
        const struct pl_problem *p = &g->problems[i];
        for (size_t r = 0; r < p->n_roots; r++)
            for (size_t j = 0; j < p->roots[r]->explanation.n_masked; j++)
                steps_of(&b, p, i + 1, p->roots[r]->explanation.masked[j], NULL, 0);
    }
    put_in_order(g);
    number_steps(g);
    for (size_t i = 0; i < g->n_steps; i++)
        if (!g->steps[i].masked)
            find_companions(g, &g->steps[i]);
    find_other_drift(&b);
}
