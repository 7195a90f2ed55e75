/* progress.c - how far an observation is, and what it waits for: told with every answer, to whoever wants to show it.
 *
 * Kinds are counted as far as is known: an answer may bring further requests for a kind that seemed done.
 */
#include <string.h>

#include "gcp_priv.h"
#include "plumbline/map.h"

void pl_gcp_progress_begin(struct pl_gcp *gcp, const struct pl_gcp_call *call)
{
    if (gcp->options->progress == NULL)
        return;
    if (gcp->asked.arena == NULL)
        pl_map_init(&gcp->asked, gcp->arena);
    pl_map_put(&gcp->asked, call->what, gcp);
    if (gcp->n_started == 1)
        pl_gcp_progress_tell(gcp);
}

void pl_gcp_progress_tell(const struct pl_gcp *gcp)
{
    const struct pl_gcp_options *options = gcp->options;
    struct pl_gcp_progress p = {.done = gcp->n_done,
                                .total = gcp->n_started,
                                .kinds = options->n_kinds ? options->n_kinds : pl_kinds_len};
    struct pl_arena *scratch;
    struct pl_map waiting;

    if (options->progress == NULL)
        return;
    scratch = pl_arena_new();
    pl_map_init(&waiting, scratch);
    for (const struct pl_gcp_call *c = gcp->calls; c != NULL; c = c->next) {
        pl_map_put(&waiting, c->what, scratch);
        p.kind = c->what; /* the newest stands first */
        p.project = c->about.project;
    }
    p.kinds_done = gcp->asked.n - waiting.n;
    options->progress(&p, options->progress_arg);
    pl_arena_free(scratch);
}
