/* run_limits.c - Cloud Run as a destination: how many instances there are, when they may take requests, and how much they take.
 *
 * Nothing here blocks: what runs out under load, or at a start, is told as a risk. Rules C7, C11, E10 and
 * https://cloud.google.com/run/docs/configuring/healthchecks. What is asked for at a time is not known.
 */
#include <inttypes.h>
#include <string.h>

#include "reach_priv.h"

/* A number with the kind's default; false where there is none, or it is not known. */
static bool read_number(struct pl_trace *t, const struct pl_resource *r, const char *path,
                        int64_t *out, enum pl_known *known)
{
    const struct pl_value *v = NULL;
    enum pl_known k = pl_view_read_default(t->view, r, path, &v);
    if (known)
        *known = k;
    return k == PL_PRESENT && pl_value_as_int(v, out);
}

/* ---- starts ---- */

/* Does the default start-up probe (a TCP connect) let requests in before the application is ready? */
static void judge_startup(struct pl_trace *t, const struct pl_serving *s)
{
    const struct pl_value *containers =
        pl_trace_list(t, s->resource, pl_serving_path(t, s, "containers"), NULL);
    const struct pl_value *first = pl_value_item(containers, 0),
                          *probe = pl_value_member(first, "startupProbe");
    if (!first || pl_value_member(probe, "httpGet") || pl_value_member(probe, "grpc"))
        return;
    const char *path = pl_serving_container_path(t, s, first, 0, "startupProbe");
    pl_trace_risk(t, "startup", "STARTUP_PROBE_DOES_NOT_WAIT",
                  "the start-up probe only asks for an open port: requests reach an instance whose "
                  "application is not ready");
    pl_trace_field(t, &s->resource->address, path);
    pl_trace_evidence(t, s->resource, path);
}

/* E11: a revision with Direct VPC takes about two addresses of the subnetwork for each instance, a job one for each task that runs, and four of them
 * are Google's own (https://cloud.google.com/run/docs/configuring/vpc-direct-vpc#direct-vpc-ip-allocation). Who else takes some is not counted. */
static void judge_addresses(struct pl_trace *t)
{
    enum { GOOGLES = 4 };
    const struct pl_source *s = &t->source;
    const char *scale = NULL;
    bool job = strcmp(s->resource->address.kind->name, "run.job") == 0;
    int each = job ? 1 : 2;
    if (!s->range_known || !s->subnet || !s->range.ip.v4)
        return;
    int64_t all = (INT64_C(1) << (32 - s->range.len)) - GOOGLES;
    int64_t instances = pl_source_instances(t, &scale);
    const char *sum =
        pl_arena_printf(t->arena, "%" PRId64 " %s x %d %s = %" PRId64 " of %" PRId64 " in %s",
                        instances, job ? "tasks" : "instances", each, job ? "address" : "addresses",
                        instances * each, all > 0 ? all : 0, pl_trace_name(t, &s->subnet->address));
    if (instances * each > all)
        pl_trace_risk(t, "source-addresses", "DIRECT_VPC_ADDRESSES_EXHAUSTED",
                      "%s: at full scale some do not start", sum);
    else
        pl_trace_pass(t, "source-addresses", "%s", sum);
    pl_trace_field(t, &s->resource->address, scale);
    pl_trace_evidence(t, s->resource, scale);
    pl_trace_evidence(t, s->subnet, "ipCidrRange");
}

/* E10: a Direct VPC interface may carry nothing for a minute or more when an instance starts, behind Cloud NAT too
 * (https://cloud.google.com/run/docs/configuring/vpc-direct-vpc). */
void pl_hop_run_startup(struct pl_trace *t)
{
    const struct pl_source *s = &t->source;
    if (s->what != PL_FROM_RUN || s->attach != PL_ATTACH_DIRECT || t->flow.in_vpc != PL_YES)
        return;
    pl_trace_risk(
        t, "source-start", "DIRECT_VPC_START_DELAY",
        "in the first minute of an instance its Direct VPC interface may carry nothing: a "
        "client that gives up sooner fails");
    pl_trace_field(t, &s->resource->address, "template.vpcAccess.networkInterfaces");
    pl_trace_evidence(t, s->resource, "template.vpcAccess.networkInterfaces");
    judge_addresses(t);
}

static void judge_minimum(struct pl_trace *t, const struct pl_serving *s)
{
    static const char service_path[] = "scaling.minInstanceCount";
    const char *path = pl_serving_path(t, s, "scaling.minInstanceCount");
    int64_t revision = 0, service = 0;
    enum pl_known known;
    (void)read_number(t, s->resource, path, &revision, &known);
    if (known == PL_NOT_KNOWN)
        return;
    (void)read_number(t, t->target.resource, service_path, &service, NULL);
    /* C11: without minimum instances the first request after a pause waits for a start. */
    if (revision == 0 && service == 0)
        pl_trace_risk(t, "instances", "COLD_START",
                      "%s keeps no instance warm: requests may wait for a start", t->target.shown);
    else
        pl_trace_pass(t, "instances", "%s keeps instances warm: at least %" PRId64, t->target.shown,
                      revision > service ? revision : service);
    pl_trace_field(t, &s->resource->address, path);
    pl_trace_evidence(t, s->resource, path);
}

/* ---- how much at a time ---- */

/* cause NULL: no risk. */
static void tell_maximum(struct pl_trace *t, const struct pl_serving *s, const char *cause,
                         const char *path, const char *text)
{
    if (cause)
        pl_trace_risk(t, "instance-limit", cause, "%s", text);
    else
        pl_trace_pass(t, "instance-limit", "%s", text);
    pl_trace_field(t, &s->resource->address, path);
    pl_trace_evidence(t, s->resource, pl_serving_path(t, s, "scaling.maxInstanceCount"));
    pl_trace_evidence(t, s->resource, pl_serving_path(t, s, "maxInstanceRequestConcurrency"));
}

/* C7: what more than all instances may take at a time is asked for is answered 429. Whether that is so nobody knows from here: what is less
 * than the baseline wants is a risk, and so is any limit that it says nothing of. */
static void judge_maximum(struct pl_trace *t, const struct pl_serving *s)
{
    const char *max_path = pl_serving_path(t, s, "scaling.maxInstanceCount"),
               *each_path = pl_serving_path(t, s, "maxInstanceRequestConcurrency");
    int64_t max = 0, each = 0;
    enum pl_known known;
    if (!read_number(t, s->resource, max_path, &max, NULL) || max <= 0)
        return;
    const struct pl_value *set = NULL;
    bool is_set = pl_view_read(t->view, s->resource, max_path, &set) == PL_PRESENT;
    if (!read_number(t, s->resource, each_path, &each, &known) || each <= 0) {
        if (known == PL_NOT_KNOWN)
            return;
        each = 80; /* C11 */
    }
    const struct pl_address *declared = &t->target.resource->address;
    int64_t most = pl_declared_number(t, declared, "template.scaling.maxInstanceCount"),
            wanted = pl_declared_number(t, declared, "template.maxInstanceRequestConcurrency");
    bool fewer = most == 0 ? is_set : max < most;
    bool less = wanted > 0 && each < wanted;
    const char *text = pl_arena_printf(
        t->arena, "%s takes at most %" PRId64 " x %" PRId64 " = %" PRId64 " requests at a time",
        t->target.shown, max, each, max * each);
    if (less) /* a cause of its own: the number of instances may be as it is to be, or nobody's business */
        tell_maximum(t, s, "CLOUD_RUN_CONCURRENCY_LOWERED", each_path, text);
    if (fewer || !less)
        tell_maximum(t, s, fewer ? "CLOUD_RUN_MAX_INSTANCES" : NULL, max_path, text);
}

void pl_hop_run_capacity(struct pl_trace *t)
{
    if (t->target.what != PL_TO_RUN || !t->target.resource)
        return;
    struct pl_serving s = pl_serving_of(t, t->target.resource);
    if (!s.resource) {
        pl_trace_not_modelled(t, "the settings of revision %s, which serves", s.revision);
        return;
    }
    judge_minimum(t, &s);
    judge_maximum(t, &s);
    judge_startup(t, &s);
}
