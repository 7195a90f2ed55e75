/* progress.c - how far an observation is, and what it waits for: told with every answer, to whoever wants to show it.
 *
 * Kinds are counted as far as is known: an answer may bring further requests for a kind that seemed done. Thousands of calls may wait, so
 * what each answer changes is counted, and nothing is looked through.
 */
#include "gcp_priv.h"
#include "plumbline/map.h"

static void tell(const struct pl_gcp *gcp)
{
    const struct pl_gcp_options *options = gcp->options;
    const struct pl_gcp_call *oldest = gcp->oldest;
    struct pl_gcp_progress p = {.done = gcp->n_done,
                                .total = gcp->n_started,
                                .kinds_done = gcp->asked.n - gcp->n_kinds_waiting,
                                .kinds = options->n_kinds ? options->n_kinds : pl_kinds_len,
                                .kind = oldest != NULL ? oldest->what : NULL,
                                .project = oldest != NULL ? oldest->about.project : NULL};

    options->progress(&p, options->progress_arg);
}

void pl_gcp_progress_begin(struct pl_gcp *gcp, struct pl_gcp_call *call)
{
    if (gcp->options->progress == NULL)
        return;
    if (gcp->asked.arena == NULL)
        pl_map_init(&gcp->asked, gcp->arena);
    call->n_alike = pl_map_get(&gcp->asked, call->what);
    if (call->n_alike == NULL) {
        call->n_alike = PL_NEW(gcp->arena, size_t);
        pl_map_put(&gcp->asked, call->what, call->n_alike);
    }
    if ((*call->n_alike)++ == 0)
        gcp->n_kinds_waiting++;
    if (gcp->n_started == 1)
        tell(gcp);
}

void pl_gcp_progress_end(struct pl_gcp *gcp, const struct pl_gcp_call *call)
{
    if (call->n_alike == NULL)
        return;
    if (--*call->n_alike == 0)
        gcp->n_kinds_waiting--;
    tell(gcp);
}
