/* words_account.c - what was seen, and what the explanation claims, in sentences. Claims no more than the verdict does.
 */
#include <string.h>

#include "report_priv.h"

const char *pl_words_symptom(struct pl_arena *arena, const struct pl_conn_result *c)
{
    const struct pl_symptom *s = &c->symptom;
    if (!s->kind)
        return c->status == PL_CONN_BLOCKED ? "nobody looked; the path model finds it blocked"
               : c->status == PL_CONN_OPEN  ? "nobody looked; the path model finds it open"
               : c->status == PL_CONN_OK    ? "it works"
                                            : "nothing that says whether it works";
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%s: %s", pl_symptom_text(arena, s), pl_symptom_phrase(s));
    if (s->after_ms > 0)
        pl_buf_addf(&b, ", after %s", pl_words_ms(arena, (double)s->after_ms));
    if (s->detail && *s->detail && strcmp(s->detail, s->kind->phrase) != 0)
        pl_buf_addf(&b, "; %s", s->detail);
    return pl_buf_take(&b, arena);
}

static const char *place(struct pl_arena *arena, const struct pl_conn_result *c)
{
    const struct pl_end *own = &c->connection->from;
    const char *from = c->seen_from ? c->seen_from : own->text;
    bool any = strcmp(from, "any") == 0;
    if (strcmp(from, "here") == 0 || (any && own->what == PL_END_HERE))
        return "this machine";
    if (any)
        return pl_arena_printf(arena, "this machine, standing in for %s (--vantage any)",
                               own->text);
    return from;
}

static const char *attempts(struct pl_arena *arena, const struct pl_probe_result *p)
{
    int n = p->timings.attempts, failed = p->timings.failed;
    if (n <= 0)
        return "";
    const char *count = pl_words_count(arena, (size_t)n, "attempt", "attempts");
    if (failed > 0 && failed < n)
        return pl_arena_printf(arena, "; %d of %s failed", failed, count);
    return pl_arena_printf(arena, "; %s, %s%s", count, n > 1 ? "all " : "",
                           failed > 0 ? "failed" : "answered");
}

const char *pl_words_source(struct pl_arena *arena, const struct pl_conn_result *c)
{
    struct pl_buf b = {0};
    switch (c->basis) {
    case PL_BASIS_MODEL:
        return "nobody looked; the model decides";
    case PL_BASIS_SYMPTOMS:
        pl_buf_addf(&b, "told by %s, seen from %s",
                    c->symptom.told_by ? c->symptom.told_by : "a symptoms file", place(arena, c));
        if (c->symptom.at)
            pl_buf_addf(&b, " at %s", c->symptom.at);
        break;
    case PL_BASIS_PROBE:
        pl_buf_addf(&b, "probed from %s", place(arena, c));
        if (c->probe && c->probe->target)
            pl_buf_addf(&b, "; dialled %s", c->probe->target);
        if (c->probe)
            pl_buf_adds(&b, attempts(arena, c->probe));
        break;
    }
    return pl_buf_take(&b, arena);
}

/* For explanations that came without a reason of their own. */
static const char *const plain[] = {
    [PL_EXPLAIN_NONE] = "nothing to explain",
    [PL_EXPLAIN_UNKNOWN] = "too little was observed to say",
    [PL_EXPLAIN_CASCADE] = "its own path is open; it fails because another connection fails",
    [PL_EXPLAIN_EXPLAINED] = "proven: with the drift reverted in the model the path opens",
    [PL_EXPLAIN_CONSISTENT] = "the drift fits, and is not proven",
    [PL_EXPLAIN_UNDECLARED] = "the model finds what blocks it; the baseline says nothing about it",
    [PL_EXPLAIN_DECLARED_ALSO_FAILS] = "the baseline itself does not work",
    [PL_EXPLAIN_CONTRADICTED] = "what blocks the path in the model cannot show like this",
    [PL_EXPLAIN_UNEXPLAINED] = "the model finds the path open",
};

const char *pl_words_verdict(const struct pl_explanation *e)
{
    return e->reason && *e->reason ? e->reason : plain[e->verdict];
}

const char *pl_words_claim(struct pl_arena *arena, const struct pl_explanation *e)
{
    bool proven = e->verdict == PL_EXPLAIN_EXPLAINED;
    size_t largest = 0;
    for (size_t i = 0; i < e->n_causes; i++)
        if (e->causes[i].n > largest)
            largest = e->causes[i].n;
    if (e->n_causes == 0)
        return NULL;
    if (e->n_causes > 1)
        return pl_arena_printf(arena, "%zu ways%s: any one of these, reverted, %s the path%s",
                               e->n_causes, e->truncated ? " and more" : "",
                               proven ? "opens" : "may open",
                               largest > 1 ? "; what is joined by + only together" : "");
    if (largest > 1)
        return pl_arena_printf(arena, "joint cause: the path %s only with %s reverted together",
                               proven ? "opens" : "may open",
                               largest == 2 ? "both" : "all of these");
    return NULL;
}

const char *pl_words_step(struct pl_arena *arena, const struct pl_action *s)
{
    const char *names = pl_words_list(arena, s->mends, s->n_mends);
    if (s->masked)
        return pl_arena_printf(arena, "no cause today; would stop %s next", names);
    struct pl_buf b = {0};
    pl_buf_addf(&b, "%s %s", s->proven ? "mends" : "may mend", names);
    for (size_t i = 0; i < s->n_with; i++)
        pl_buf_addf(&b, "%s %s",
                    i               ? " and"
                    : s->n_with > 1 ? ", only together with steps"
                                    : ", only together with step",
                    s->with[i]);
    if (s->ways > 1)
        pl_buf_addf(&b, "; one of %zu ways, any one is enough", s->ways);
    return pl_buf_take(&b, arena);
}

const char *pl_words_by_hand(struct pl_arena *arena, const struct pl_drift *d)
{
    if (d->path.n == 0)
        return pl_arena_printf(arena, "%s %s: no command is known",
                               d->status == PL_DRIFT_MISSING ? "create" : "delete", d->field);
    if (d->expected && (d->expected->type == PL_MAP || d->expected->type == PL_LIST))
        return pl_arena_printf(arena, "put %s back as declared: no command is known", d->field);
    if (!d->expected)
        return pl_arena_printf(arena, "remove %s: no command is known", d->field);
    return pl_arena_printf(arena, "set %s to %s: no command is known", d->field,
                           pl_words_value(arena, d->expected, 200));
}

const char *pl_precheck(const struct pl_remedy *r)
{
    return r->precheck && !(r->verify && strcmp(r->precheck, r->verify) == 0) ? r->precheck : NULL;
}

const char *pl_words_before(struct pl_arena *arena, const struct pl_remedy *r)
{
    return pl_precheck(r) && r->before
               ? pl_arena_printf(arena, "prints %s as long as it differs", r->before)
               : NULL;
}

const char *pl_words_prints(struct pl_arena *arena, const struct pl_remedy *r)
{
    if (!r->prints)
        return NULL;
    return r->before && !pl_precheck(r) && strcmp(r->before, r->prints) != 0
               ? pl_arena_printf(arena, "prints %s once it worked; before: %s", r->prints,
                                 r->before)
               : pl_arena_printf(arena, "prints %s once it worked", r->prints);
}

const char *pl_words_terraform(struct pl_arena *arena, const struct pl_remedy *r)
{
    if (!r->terraform)
        return NULL;
    return r->by_terraform
               ? pl_arena_printf(arena,
                                 "%s: Terraform made this resource, so change it there, too, or "
                                 "its next apply takes this back",
                                 r->terraform)
               : r->terraform;
}

const char *pl_words_alarms(struct pl_arena *arena, const struct pl_digest *g)
{
    struct pl_buf b = {0};
    pl_buf_adds(&b, pl_words_count(arena, g->n_alarms, "alarm", "alarms"));
    if (g->n_proven > 0)
        pl_buf_addf(&b, ", %s",
                    pl_words_count(arena, g->n_proven, "proven cause", "proven causes"));
    if (g->n_possible > 0)
        pl_buf_addf(&b, ", %s, not proven",
                    pl_words_count(arena, g->n_possible, "possible cause", "possible causes"));
    if (g->n_causeless > 0)
        pl_buf_addf(&b, ", %zu not explained by drift", g->n_causeless);
    return pl_buf_take(&b, arena);
}
