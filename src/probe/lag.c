/* lag.c - how late this process was while an attempt was under way: kept once for all of them.
 *
 * What is kept falls with time, as a lag before a larger one is nobody's longest any more; so it stays short, and
 * the longest since a moment is the first after it. No clock here.
 */
#include "probe_priv.h"

enum { NOTICED_LAG_NS = 250000 };

void pl_lags_note(struct lags *l, struct pl_arena *arena, int64_t ns, int64_t now_ns)
{
    struct lag lag = {ns, now_ns};

    if (ns < NOTICED_LAG_NS)
        return;
    while (l->n > 0 && l->list[l->n - 1].ns <= ns)
        l->n--;
    PL_PUSH(arena, l->list, l->n, l->cap, lag);
}

int64_t pl_lags_since(const struct lags *l, int64_t since_ns)
{
    size_t first = l->n;

    while (first > 0 && l->list[first - 1].noted_at > since_ns)
        first--;
    return first < l->n ? l->list[first].ns : 0;
}
