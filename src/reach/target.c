/* target.c - what is to be reached, and whether it is there at all. Adds one hop, target-exists.
 */
#include <string.h>

#include "reach_priv.h"

void pl_target_find(struct pl_trace *t)
{
    struct pl_target *g = &t->target;
    const struct pl_end *to = &t->connection->to;
    g->known = PL_NOT_KNOWN;
    g->shown = to->text;
    if (to->what != PL_END_RESOURCE) {
        g->what = PL_TO_HOST;
        return;
    }
    static const struct {
        const char *kind;
        enum pl_target_what what;
    } kinds[] = {
        {"sql.instance", PL_TO_SQL}, {"redis.instance", PL_TO_REDIS}, {"run.service", PL_TO_RUN}};
    g->what = PL_TO_OTHER;
    for (size_t i = 0; i < PL_LEN(kinds); i++)
        if (strcmp(to->address.kind->name, kinds[i].kind) == 0)
            g->what = kinds[i].what;
    g->shown = pl_trace_name(t, &to->address);
    g->known = pl_view_find(t->view, &to->address, &g->resource);
    if (g->known != PL_PRESENT)
        g->resource = NULL;
}

/* The resource that answers where `to` is a plain URL or address, as far as this world knows: told, not judged. */
void pl_hop_target_exists(struct pl_trace *t)
{
    const struct pl_end *to = &t->connection->to;
    if (t->target.what == PL_TO_HOST)
        return;
    switch (t->target.known) {
    case PL_PRESENT:
        break;
    case PL_ABSENT:
        pl_trace_block(t, "target", "DESTINATION_ENDPOINT_NOT_FOUND", &to->address, "",
                       "%s does not exist", t->target.shown);
        break;
    case PL_NOT_KNOWN:
        pl_trace_unknown(t, "target", NULL, "nothing is known of %s: %s", t->target.shown,
                         pl_trace_why(t, &to->address));
        break;
    }
    if (t->target.what == PL_TO_OTHER) {
        pl_trace_unknown(t, "target", NULL, "how a %s is reached is not modelled",
                         to->address.kind->title);
        pl_trace_not_modelled(t, "targets of kind %s", to->address.kind->name);
    }
}

void pl_hop_source_ready(struct pl_trace *t)
{
    struct pl_source *s = &t->source;
    const struct pl_address *from = &t->connection->from.address;
    if (s->what == PL_FROM_HERE)
        return;
    if (s->known == PL_ABSENT) {
        pl_trace_block(t, "source", "SOURCE_ENDPOINT_NOT_FOUND", from, "", "%s does not exist",
                       pl_trace_name(t, from));
        return;
    }
    if (s->known == PL_NOT_KNOWN) {
        pl_trace_unknown(t, "source", NULL, "nothing is known of %s: %s", pl_trace_name(t, from),
                         pl_trace_why(t, from));
        return;
    }
    if (s->what != PL_FROM_RUN)
        return;
    const char *ready = pl_trace_text(t, s->resource, "latestReadyRevision", NULL);
    const char *created = pl_trace_text(t, s->resource, "latestCreatedRevision", NULL);
    if (created && ready && strcmp(ready, created) != 0)
        pl_trace_pass(t, "source", "%s runs revision %s; the newer %s did not become ready",
                      pl_trace_name(t, from), pl_link_canonical(t->arena, ready),
                      pl_link_canonical(t->arena, created));
    else
        pl_trace_pass(t, "source", "%s is there", pl_trace_name(t, from));
    if (ready)
        pl_trace_evidence(t, s->resource, "latestReadyRevision");
}
