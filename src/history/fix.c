/* fix.c - did the remediation confirm the explanation? Each earlier claim "reverting these opens the path" is held against this run.
 *
 * Confirmed or refuted only where the fields were compared and the connection was looked at as it was then; anything else is not yet.
 */
#include <string.h>

#include "history_priv.h"

/* How far a set of fields is back to what is declared. */
enum revert { REVERT_NONE, REVERT_PART, REVERT_ALL, REVERT_UNKNOWN };

static bool differs(const struct pl_run *run, const char *field_full)
{
    for (size_t i = 0; i < run->n_drift; i++)
        if (past_covers(run->drift[i]->field_full, field_full) ||
            past_covers(field_full, run->drift[i]->field_full))
            return true;
    for (size_t i = 0; i < run->n_ignored; i++)
        if (past_covers(run->ignored[i].drift->field_full, field_full))
            return true;
    return false;
}

static enum revert reverted(const struct pl_run *run, const struct pl_fix_set *set)
{
    size_t back = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (differs(run, set->fields[i].field_full))
            continue;
        if (past_unknown(run, set->fields[i].field_full))
            return REVERT_UNKNOWN;
        back++;
    }
    return back == set->n ? REVERT_ALL : back > 0 ? REVERT_PART : REVERT_NONE;
}

static const char *fields_of(struct pl_arena *arena, const struct pl_fix_set *set)
{
    struct pl_buf b = {0};
    for (size_t i = 0; i < set->n; i++)
        pl_buf_addf(&b, "%s%s", i ? " + " : "", set->fields[i].field);
    return pl_buf_take(&b, arena);
}

/* The best of the sets, and which. */
static enum revert best_set(const struct pl_run *run, const struct pl_fix *fix,
                            const struct pl_fix_set **set)
{
    static const int order[] = {
        [REVERT_NONE] = 0, [REVERT_PART] = 1, [REVERT_UNKNOWN] = 2, [REVERT_ALL] = 3};
    enum revert best = REVERT_NONE;
    *set = &fix->sets[0];
    for (size_t i = 0; i < fix->n_sets; i++) {
        enum revert r = reverted(run, &fix->sets[i]);
        if (order[r] > order[best]) {
            best = r;
            *set = &fix->sets[i];
        }
    }
    return best;
}

static void judge_working(struct pl_arena *arena, struct pl_fix *fix, enum revert how,
                          const char *fields, const char *works)
{
    if (how == REVERT_ALL) {
        fix->state = PL_FIX_CONFIRMED;
        fix->text = pl_arena_printf(arena, "%s is as declared again, and it %s", fields, works);
    } else if (how == REVERT_UNKNOWN) {
        fix->text = pl_arena_printf(arena, "it %s; whether %s is as declared again was not seen",
                                    works, fields);
    } else {
        fix->state = PL_FIX_OTHERWISE;
        fix->text = pl_arena_printf(arena, "it %s, and %s %s differs: something else opened it",
                                    works, fields, how == REVERT_PART ? "in part still" : "still");
    }
}

static void judge_failing(struct pl_arena *arena, struct pl_fix *fix, enum revert how,
                          const char *fields, const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    bool same = strcmp(fix->failure, past_failure(arena, c)) == 0;
    if (how == REVERT_NONE)
        fix->text = pl_arena_printf(arena, "%s still differs", fields);
    else if (how == REVERT_PART)
        fix->text = pl_arena_printf(arena, "a part of %s still differs", fields);
    else if (how == REVERT_UNKNOWN)
        fix->text = pl_arena_printf(arena, "whether %s still differs was not seen", fields);
    else if (!same)
        fix->text = pl_arena_printf(
            arena, "%s is as declared again, and it fails in another way now: %s, not %s", fields,
            past_failure(arena, c), fix->failure);
    else if (e->n_causes > 0 || e->verdict == PL_EXPLAIN_CASCADE ||
             e->verdict == PL_EXPLAIN_UNKNOWN)
        fix->text = pl_arena_printf(
            arena, "%s is as declared again, and something else makes it fail the same way",
            fields);
    else {
        fix->state = PL_FIX_REFUTED;
        fix->text =
            pl_arena_printf(arena, "%s is as declared again, and it still fails the same way (%s)",
                            fields, fix->failure);
    }
}

/* False: the connection is not declared any more. */
static bool judge(struct pl_arena *arena, const struct pl_run *run, struct pl_fix *fix)
{
    const struct pl_conn_result *c = past_connection(run, fix->connection);
    if (!c || fix->n_sets == 0)
        return false;
    const struct pl_fix_set *set;
    enum revert how = best_set(run, fix, &set);
    const char *fields = fields_of(arena, set);
    if (past_is_alarm(c) && (c->basis != PL_BASIS_MODEL || !fix->seen))
        judge_failing(arena, fix, how, fields, c);
    else if (c->status == PL_CONN_OK)
        judge_working(arena, fix, how, fields, "works");
    else if (c->status == PL_CONN_OPEN && !fix->seen)
        judge_working(arena, fix, how, fields, "is open in the model, as nobody looked");
    else
        fix->text = pl_arena_printf(
            arena, "%s %s; whether it works was not seen from where it counts", fields,
            how == REVERT_ALL       ? "is as declared again"
            : how == REVERT_UNKNOWN ? "may or may not be as declared again"
                                    : "still differs");
    if (fix->state != PL_FIX_NOT_YET)
        fix->decided_at = run->started_at;
    return true;
}

static struct pl_fix claim(struct pl_arena *arena, const struct pl_run *run,
                           const struct pl_conn_result *c)
{
    const struct pl_explanation *e = &c->explanation;
    struct pl_fix_set *sets = pl_arena_array(arena, e->n_causes + 1, sizeof(*sets));
    for (size_t i = 0; i < e->n_causes; i++) {
        struct pl_fix_field *fields = pl_arena_array(arena, e->causes[i].n + 1, sizeof(*fields));
        for (size_t j = 0; j < e->causes[i].n; j++)
            fields[j] = (struct pl_fix_field){.field = e->causes[i].drifts[j]->field,
                                              .field_full = e->causes[i].drifts[j]->field_full};
        sets[i] = (struct pl_fix_set){.fields = fields, .n = e->causes[i].n};
    }
    return (struct pl_fix){
        .connection = c->connection->name,
        .text = "explained by this run",
        .run = run->id,
        .at = run->started_at,
        .failure = past_failure(arena, c),
        .seen = c->basis != PL_BASIS_MODEL,
        .sets = sets,
        .n_sets = e->n_causes,
    };
}

static bool same_sets(const struct pl_fix *a, const struct pl_fix *b)
{
    if (a->n_sets != b->n_sets || strcmp(a->failure, b->failure) != 0)
        return false;
    for (size_t i = 0; i < a->n_sets; i++) {
        if (a->sets[i].n != b->sets[i].n)
            return false;
        for (size_t j = 0; j < a->sets[i].n; j++)
            if (strcmp(a->sets[i].fields[j].field_full, b->sets[i].fields[j].field_full) != 0)
                return false;
    }
    return true;
}

/* A newer claim takes the place of an open one of the same connection; true: it is the same claim, and the older stays. */
static bool outdate(struct pl_fix *list, size_t *n, const struct pl_fix *now)
{
    size_t kept = 0;
    bool same = false;
    for (size_t i = 0; i < *n; i++) {
        bool open =
            list[i].state == PL_FIX_NOT_YET && strcmp(list[i].connection, now->connection) == 0;
        bool is_same = open && same_sets(&list[i], now);
        same = same || is_same;
        if (!open || is_same)
            list[kept++] = list[i];
    }
    *n = kept;
    return same;
}

void past_fixes(struct pl_arena *arena, const struct pl_past *before, const struct pl_run *run,
                struct pl_past *past)
{
    struct pl_fix *out = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; before && i < before->n_fixes; i++) {
        struct pl_fix fix = before->fixes[i];
        if (fix.state == PL_FIX_NOT_YET && judge(arena, run, &fix))
            PL_PUSH(arena, out, n, cap, fix);
    }
    for (size_t i = 0; i < run->n_connections; i++) {
        const struct pl_conn_result *c = &run->connections[i];
        if (c->explanation.verdict != PL_EXPLAIN_EXPLAINED || !past_is_alarm(c))
            continue;
        struct pl_fix now = claim(arena, run, c);
        if (!outdate(out, &n, &now))
            PL_PUSH(arena, out, n, cap, now);
    }
    past->fixes = out;
    past->n_fixes = n;
}
