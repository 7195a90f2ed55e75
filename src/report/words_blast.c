/* words_blast.c - the blast radius of a drift as a sentence: who hangs on it, who only passes by, who waits for those.
 */
#include "report_priv.h"

enum { MANY = 6 };

/* "auth-to-db (failing), api-to-db (open)"; n: how many there are. */
static const char *name_affected(struct pl_arena *arena, const struct pl_drift *d,
                                 enum pl_affected_how how, size_t *n)
{
    const char *names[MANY + 1];
    size_t shown = 0;
    *n = 0;
    for (size_t i = 0; i < d->n_affects; i++) {
        const struct pl_affected *a = &d->affects[i];
        if (a->how == how && (*n)++ < MANY)
            names[shown++] =
                pl_arena_printf(arena, "%s (%s)", a->name, pl_conn_status_names[a->status]);
    }
    if (*n > MANY)
        names[shown++] = pl_arena_printf(arena, "%zu more", *n - MANY);
    return pl_words_list(arena, names, shown);
}

const char *pl_words_affected(struct pl_arena *arena, enum pl_affected_how how, size_t n)
{
    static const struct {
        const char *one, *many;
    } say[] = {
        [PL_AFFECTED_FIELD] = {"connection hangs on it", "connections hang on it"},
        [PL_AFFECTED_RESOURCE] = {"connection goes through the resource, not by this field",
                                  "connections go through the resource, not by this field"},
        [PL_AFFECTED_UPSTREAM] = {"connection waits for those", "connections wait for those"},
    };
    return pl_words_count(arena, n, say[how].one, say[how].many);
}

const char *pl_words_blast(struct pl_arena *arena, const struct pl_drift *d)
{
    struct pl_buf b = {0};
    for (int how = 0; how <= PL_AFFECTED_UPSTREAM; how++) {
        size_t n = 0;
        const char *names = name_affected(arena, d, (enum pl_affected_how)how, &n);
        if (n > 0)
            pl_buf_addf(&b, "%s%s: %s", b.len ? "; " : "",
                        pl_words_affected(arena, (enum pl_affected_how)how, n), names);
    }
    return b.len ? pl_buf_take(&b, arena) : NULL;
}
