/* beyond.c - what of a path no field of the user's shows: told as not modelled, so that a path that is open is not called healthy. Adds no hops.
 *
 * Google's names for drops inside its own networks stand in the cause table as rows that are never evaluated; here is which path passes there.
 */
#include <string.h>

#include "reach_priv.h"

static bool to_sql(const struct pl_trace *t)
{
    return t->target.what == PL_TO_SQL && t->target.resource;
}

static bool to_redis(const struct pl_trace *t)
{
    return t->target.what == PL_TO_REDIS && t->target.resource;
}

static bool to_cluster(const struct pl_trace *t)
{
    return t->target.what == PL_TO_CLUSTER && t->target.resource;
}

static bool to_producer(const struct pl_trace *t)
{
    return t->flow.front && !t->target.lb && !to_sql(t) && !to_cluster(t);
}

static bool to_run(const struct pl_trace *t)
{
    return t->target.what == PL_TO_RUN && t->target.resource;
}

/* The Admin API has a quota for a minute; every instance that starts asks it (https://cloud.google.com/sql/docs/quotas). */
static bool by_socket(const struct pl_trace *t)
{
    return to_sql(t) && t->flow.socket;
}

/* R1, R2: they are asked before all other routes, and are of no kind. */
static bool in_vpc(const struct pl_trace *t)
{
    return t->source.what == PL_FROM_RUN && t->source.resource && t->flow.in_vpc == PL_YES;
}

static const struct beyond {
    bool (*on_path)(const struct pl_trace *t);
    const char *text;
} rows[] = {
    {in_vpc, "policy-based routes, which are asked before all others"},
    {to_sql, "what happens inside Cloud SQL's own network (DROPPED_INSIDE_CLOUD_SQL_SERVICE)"},
    {by_socket, "the quota of the Cloud SQL Admin API, which every instance asks when it starts"},
    {to_redis,
     "what happens inside Memorystore's own network (DROPPED_INSIDE_REDIS_INSTANCE_SERVICE)"},
    {to_cluster,
     "what happens inside Memorystore's own network (DROPPED_INSIDE_REDIS_CLUSTER_SERVICE)"},
    {to_producer,
     "what happens inside the producer's network (DROPPED_INSIDE_PSC_SERVICE_PRODUCER)"},
    {to_run, "what the application itself answers, and does with a stream once it is open"},
};

/* Who else handles what a container sends: a proxy may send it elsewhere, or put other headers on it. */
static void tell_sidecars(struct pl_trace *t)
{
    if (t->source.what != PL_FROM_RUN || !t->source.resource || t->flow.socket)
        return;
    const struct pl_value *containers =
        pl_trace_list(t, t->source.resource, "template.containers", NULL);
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i);
        const char *name = pl_value_member_text(c, "name");
        /* the one with a port is who serves; the others run beside it
         * (https://cloud.google.com/run/docs/deploying#sidecars) */
        if (pl_value_count(containers) > 1 && name &&
            pl_value_count(pl_value_member(c, "ports")) == 0)
            pl_trace_not_modelled(t, "what container %s of %s does to what the others send", name,
                                  pl_trace_name(t, &t->source.resource->address));
    }
}

void pl_tell_beyond(struct pl_trace *t)
{
    for (size_t i = 0; i < PL_LEN(rows); i++)
        if (rows[i].on_path(t))
            pl_trace_not_modelled(t, "%s", rows[i].text);
    tell_sidecars(t);
}
