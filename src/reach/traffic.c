/* traffic.c - which revisions of a Cloud Run service get requests, and whether they can answer them.
 *
 * Rule C13 (https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration). Whose settings count is serving.c's; whether any revision at all
 * is ready is run.c's.
 */
#include <inttypes.h>
#include <string.h>

#include "reach_priv.h"

/* Did this revision fail to get ready? What was not read did not. */
static bool has_failed(struct pl_trace *t, const struct pl_resource *service, const char *revision)
{
    const struct pl_resource *r = pl_revision_of(t, service, revision, NULL);
    const struct pl_value *conditions = r ? pl_trace_list(t, r, "conditions", NULL) : NULL;
    for (size_t i = 0; i < pl_value_count(conditions); i++) {
        const struct pl_value *c = pl_value_item(conditions, i);
        const char *type = pl_value_member_text(c, "type"),
                   *state = pl_value_member_text(c, "state");
        if (type && state && strcmp(type, "Ready") == 0)
            return strcmp(state, "CONDITION_FAILED") == 0;
    }
    return false;
}

static void show_both(struct pl_trace *t)
{
    pl_trace_field(t, &t->target.resource->address, "traffic");
    pl_trace_evidence(t, t->target.resource, "traffic");
    pl_trace_evidence(t, t->target.resource, "trafficStatuses");
}

/* A revision that cannot answer, and has all of the requests or some. */
static bool told_failed(struct pl_trace *t, const char *revision, int64_t percent)
{
    const struct pl_address *at = &t->target.resource->address;
    if (!revision || percent <= 0 || !has_failed(t, t->target.resource, revision))
        return false;
    if (percent >= 100)
        pl_trace_block(t, "traffic", "CLOUD_RUN_REVISION_NOT_READY", at, "traffic",
                       "requests for %s go to revision %s, which never became ready",
                       t->target.shown, revision);
    else
        pl_trace_risk(t, "traffic", "CLOUD_RUN_REVISION_NOT_READY",
                      "%" PRId64 "%% of the requests for %s go to revision %s, which never became "
                      "ready",
                      percent, t->target.shown, revision);
    show_both(t);
    return true;
}

static bool told_tag(struct pl_trace *t)
{
    const char *tag = t->target.tag;
    const struct pl_value *share = pl_traffic_tagged(t, t->target.resource);
    if (!tag)
        return false;
    if (!share) {
        pl_trace_block(t, "traffic", "CLOUD_RUN_TRAFFIC_TAG_NOT_FOUND",
                       &t->target.resource->address, "traffic", "no revision of %s has the tag %s",
                       t->target.shown, tag);
        show_both(t);
        return true;
    }
    return told_failed(t, pl_traffic_revision(share), 100);
}

void pl_hop_run_traffic(struct pl_trace *t)
{
    if (t->target.what != PL_TO_RUN || !t->target.resource)
        return;
    const struct pl_resource *r = t->target.resource;
    const struct pl_value *traffic = pl_traffic_of(t, r);
    bool told = told_tag(t);
    for (size_t i = 0; !t->target.tag && i < pl_value_count(traffic); i++) {
        const struct pl_value *share = pl_value_item(traffic, i);
        told = told_failed(t, pl_traffic_revision(share), pl_traffic_percent(t, r, i)) || told;
    }
    const char *serving = pl_serving_revision(t, r),
               *ready = pl_link_last(pl_trace_text(t, r, "latestReadyRevision", NULL)),
               *created = pl_link_last(pl_trace_text(t, r, "latestCreatedRevision", NULL));
    if (told || !serving || !ready || !created || strcmp(ready, created) != 0 ||
        strcmp(serving, created) == 0)
        return;
    pl_trace_risk(t, "traffic", "CLOUD_RUN_NEWEST_REVISION_NOT_SERVED",
                  "requests for %s go to revision %s; what was deployed since, %s, is ready and "
                  "does not get them",
                  t->target.shown, serving, created);
    show_both(t);
}
