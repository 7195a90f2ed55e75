/* lag.c - how late this process was while an attempt was under way: kept once for all of them.
 *
 * What is kept falls with time, as a lag before a larger one is nobody's longest any more; so it stays short. No clock here.
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

/* A lag is told of at its end, and may have begun before the moment: then that part of it is somebody else's. */
int64_t pl_lags_since(const struct lags *l, int64_t since_ns)
{
    int64_t longest = 0;

    for (size_t i = l->n; i > 0 && l->list[i - 1].noted_at > since_ns; i--) {
        int64_t behind = l->list[i - 1].noted_at - since_ns,
                ns = l->list[i - 1].ns < behind ? l->list[i - 1].ns : behind;

        if (ns > longest)
            longest = ns;
    }
    return longest;
}
