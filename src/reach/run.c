/* run.c - Cloud Run as a destination: ready, admitted by ingress, allowed by IAM, the right protocol, time and instances enough.
 *
 * Rules C1 to C13 (https://docs.cloud.google.com/run/docs/troubleshooting, .../securing/ingress, .../triggering/websockets).
 */
#include <inttypes.h>
#include <string.h>

#include "reach_priv.h"

static bool is_run(const struct pl_trace *t)
{
    return t->target.what == PL_TO_RUN && t->target.resource;
}

void pl_hop_run_ready(struct pl_trace *t)
{
    if (!is_run(t))
        return;
    const struct pl_resource *r = t->target.resource;
    enum pl_known known;
    const char *state = pl_trace_text(t, r, "terminalCondition.state", &known);
    const char *ready = pl_trace_text(t, r, "latestReadyRevision", NULL);
    if (known == PL_NOT_KNOWN)
        pl_trace_unknown(t, "run-ready", "CLOUD_RUN_REVISION_NOT_READY",
                         "whether %s is ready was not read", t->target.shown);
    else if (state && strcmp(state, "CONDITION_FAILED") == 0 && !ready)
        pl_trace_block(t, "run-ready", "CLOUD_RUN_REVISION_NOT_READY", &r->address,
                       "terminalCondition.state", "%s has no revision that is ready",
                       t->target.shown);
    else if (state && strcmp(state, "CONDITION_FAILED") == 0)
        pl_trace_risk(t, "run-ready", "CLOUD_RUN_REVISION_NOT_READY",
                      "the newest revision of %s failed; %s serves", t->target.shown,
                      pl_link_canonical(t->arena, ready));
    else
        pl_trace_pass(t, "run-ready", "%s is ready", t->target.shown);
    if (state) {
        pl_trace_field(t, &r->address, "terminalCondition.state");
        pl_trace_evidence(t, r, "terminalCondition.state");
    }
}

/* ---- ingress ---- */

/* Does the request count as internal? C2, C3: it must come through a VPC of the project. */
static enum pl_tri is_internal(struct pl_trace *t, const char **why)
{
    struct pl_source *s = &t->source;
    if (s->what == PL_FROM_HERE) {
        *why = "a request from outside Google Cloud is not internal";
        return PL_NO;
    }
    if (s->what != PL_FROM_RUN || s->known != PL_PRESENT || t->flow.in_vpc == PL_MAYBE) {
        *why = "whether the request passes through a VPC is not known";
        return PL_MAYBE;
    }
    if (t->flow.in_vpc == PL_NO) {
        *why = s->attach == PL_ATTACH_NONE
                   ? "the caller has no VPC access, so the request arrives from the internet"
                   : "run.app resolves to public addresses, which PRIVATE_RANGES_ONLY sends around "
                     "the VPC";
        return PL_NO;
    }
    /* C2 admits the project's own networks, and the Shared VPC network that the revision itself sends to. */
    if (s->network_known &&
        strcmp(s->network_address.project, t->target.resource->address.project) != 0 &&
        strcmp(s->resource->address.project, t->target.resource->address.project) != 0) {
        *why = "the caller's network belongs to another project; whether both share a perimeter or "
               "a Shared VPC was not read";
        return PL_MAYBE;
    }
    *why = "the request passes through the project's VPC";
    return PL_YES;
}

void pl_hop_run_ingress(struct pl_trace *t)
{
    if (!is_run(t))
        return;
    const struct pl_resource *r = t->target.resource;
    enum pl_known known;
    const char *ingress = pl_trace_text(t, r, "ingress", &known), *why = NULL;
    enum pl_tri disabled =
        t->flow.zone == PL_ZONE_GOOGLE_API ? pl_trace_bool(t, r, "defaultUriDisabled") : PL_NO;
    if (disabled == PL_YES) {
        pl_trace_block(t, "ingress", "CLOUD_RUN_DEFAULT_URL_DISABLED", &r->address,
                       "defaultUriDisabled", "the run.app address of %s is switched off",
                       t->target.shown);
        pl_trace_evidence(t, r, "defaultUriDisabled");
        return;
    }
    if (known == PL_NOT_KNOWN) {
        pl_trace_unknown(t, "ingress", "CLOUD_RUN_INGRESS_DENIED",
                         "the ingress setting of %s was not read", t->target.shown);
        return;
    }
    if (disabled == PL_MAYBE)
        pl_trace_unknown(t, "ingress", "CLOUD_RUN_DEFAULT_URL_DISABLED",
                         "whether the run.app address of %s is switched off was not read",
                         t->target.shown);
    if (!ingress || strcmp(ingress, "INGRESS_TRAFFIC_ALL") == 0) {
        pl_trace_pass(t, "ingress", "%s takes requests from everywhere", t->target.shown);
    } else if (strcmp(ingress, "INGRESS_TRAFFIC_NONE") == 0) {
        pl_trace_block(t, "ingress", "CLOUD_RUN_INGRESS_DENIED", &r->address, "ingress",
                       "%s takes no requests at all", t->target.shown);
    } else {
        /* C4: a request that is not internal is answered 404, and nothing is logged. */
        enum pl_tri internal = is_internal(t, &why);
        if (internal == PL_YES)
            pl_trace_pass(t, "ingress", "%s admits internal requests, and %s", t->target.shown,
                          why);
        else if (internal == PL_NO)
            pl_trace_block(t, "ingress", "CLOUD_RUN_INGRESS_DENIED", &r->address, "ingress",
                           "%s admits internal requests only: %s", t->target.shown, why);
        else
            pl_trace_unknown(t, "ingress", "CLOUD_RUN_INGRESS_DENIED",
                             "%s admits internal requests only: %s", t->target.shown, why);
    }
    pl_trace_evidence(t, r, "ingress");
    if (t->source.resource)
        pl_trace_evidence(t, t->source.resource, "template.vpcAccess.egress");
}

/* ---- IAM ---- */

void pl_hop_run_invoker(struct pl_trace *t)
{
    if (!is_run(t))
        return;
    const struct pl_resource *r = t->target.resource;
    const struct pl_probe_spec *probe = &t->connection->probe;
    if (pl_trace_bool(t, r, "invokerIamDisabled") == PL_YES) {
        pl_trace_pass(t, "invoker", "%s does not check who invokes it", t->target.shown);
        pl_trace_evidence(t, r, "invokerIamDisabled");
        return;
    }
    enum pl_tri proxied = pl_trace_bool(t, r, "iapEnabled");
    if (proxied == PL_YES) { /* C6: it asks, and calls as itself */
        pl_trace_unknown(
            t, "invoker", "CLOUD_RUN_INVOKER_MISSING",
            "Identity-Aware Proxy stands in front of %s, and whom it lets in is not read",
            t->target.shown);
        pl_trace_evidence(t, r, "iapEnabled");
        return;
    }
    bool here = t->source.what == PL_FROM_HERE;
    bool token = probe->identity_token || probe->bearer.secret || probe->bearer.missing;
    const char *account = t->source.service_account, *why = NULL;
    struct pl_address where = r->address;
    enum pl_tri allowed;
    if (here && token) {
        pl_trace_unknown(t, "invoker", "CLOUD_RUN_INVOKER_MISSING",
                         "whose token this machine sends is not known");
        return;
    }
    /* C5: a workload calls with its own account's identity token; without an account set it runs as the project's default. */
    allowed =
        pl_iam_allows(t, r, r->address.project, account, here, "run.routes.invoke", &why, &where);
    if (allowed == PL_NO && !here && !account && t->source.what == PL_FROM_RUN) {
        allowed = PL_MAYBE;
        why = "the caller runs as the project's default account, whose address was not read";
    }
    if (allowed == PL_YES && proxied == PL_MAYBE)
        pl_trace_unknown(t, "invoker", "CLOUD_RUN_INVOKER_MISSING",
                         "whether Identity-Aware Proxy stands in front of %s was not read",
                         t->target.shown);
    else if (allowed == PL_YES)
        pl_trace_pass(t, "invoker", "%s", why);
    else if (allowed == PL_NO)
        pl_trace_block(t, "invoker", "CLOUD_RUN_INVOKER_MISSING", &r->address,
                       "iamPolicy.bindings[role=roles/run.invoker].members", "%s", why);
    else
        pl_trace_unknown(t, "invoker", "CLOUD_RUN_INVOKER_MISSING", "%s",
                         why ? why : "who may invoke it was not read");
    pl_trace_evidence(t, r, "iamPolicy.bindings");
    if (account)
        pl_trace_evidence(t, t->source.resource, "template.serviceAccount");
}

/* ---- what is asked of it ---- */

static bool is_websocket(const struct pl_trace *t)
{
    const char *scheme = t->connection->to.scheme;
    return t->connection->probe.type == PL_PROBE_WEBSOCKET ||
           (scheme && strncmp(scheme, "ws", 2) == 0);
}

void pl_hop_run_protocol(struct pl_trace *t)
{
    if (!is_run(t) || !is_websocket(t))
        return;
    const char *other = pl_serving_revision(t, t->target.resource);
    if (other) {
        pl_trace_unknown(t, "protocol", "WEBSOCKET_OVER_HTTP2",
                         "%s serves revision %s, whose ports are not read", t->target.shown, other);
        return;
    }
    const struct pl_value *containers =
        pl_trace_list(t, t->target.resource, "template.containers", NULL);
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i),
                              *ports = pl_value_member(c, "ports");
        const char *name = pl_value_member_text(pl_value_item(ports, 0), "name");
        const char *container = pl_value_member_text(c, "name");
        if (!name || strcmp(name, "h2c") != 0)
            continue;
        /* C9: WebSockets need HTTP/1 to the container. */
        char *path = pl_trace_container_path(t, container, i, NULL, "ports");
        pl_trace_block(
            t, "protocol", "WEBSOCKET_OVER_HTTP2", &t->target.resource->address, path,
            "%s takes end-to-end HTTP/2 (port name h2c), which carries no WebSocket handshake",
            t->target.shown);
        pl_trace_evidence(t, t->target.resource, path);
        return;
    }
    pl_trace_pass(t, "protocol", "%s takes HTTP/1, which WebSockets need", t->target.shown);
}

/* Does another revision serve than the one that the template describes? Then its limits are not known. */
static bool template_rests(struct pl_trace *t)
{
    const char *other = pl_serving_revision(t, t->target.resource);
    if (other)
        pl_trace_not_modelled(t, "the settings of revision %s, which serves", other);
    return other != NULL;
}

void pl_hop_run_timeout(struct pl_trace *t)
{
    if (!is_run(t) || template_rests(t))
        return;
    int64_t timeout, usual = 300 * INT64_C(1000000000); /* C8 */
    const char *text = pl_trace_text(t, t->target.resource, "template.timeout", NULL);
    if (!text || !pl_duration_parse(text, &timeout))
        return;
    int64_t stay = t->connection->probe.stay_ns;
    if (stay > 0 && stay > timeout)
        pl_trace_block(t, "timeout", "CLOUD_RUN_REQUEST_TIMEOUT", &t->target.resource->address,
                       "template.timeout", "a stream is cut after %s, and this one is to stay %s",
                       text, pl_duration_format(t->arena, stay));
    else if (timeout < usual)
        pl_trace_risk(t, "timeout", "CLOUD_RUN_REQUEST_TIMEOUT",
                      "requests and streams are cut after %s", text);
    else
        pl_trace_pass(t, "timeout", "requests and streams are cut after %s", text);
    pl_trace_field(t, &t->target.resource->address, "template.timeout");
    pl_trace_at(t, timeout / 1000000);
    pl_trace_evidence(t, t->target.resource, "template.timeout");
}

/* Does the default start-up probe (a TCP connect) let requests in before the application is ready? */
static void judge_startup(struct pl_trace *t)
{
    const struct pl_value *containers =
        pl_trace_list(t, t->target.resource, "template.containers", NULL);
    const struct pl_value *first = pl_value_item(containers, 0),
                          *probe = pl_value_member(first, "startupProbe");
    const char *container = pl_value_member_text(first, "name");
    if (!first || pl_value_member(probe, "httpGet") || pl_value_member(probe, "grpc"))
        return;
    char *path = pl_trace_container_path(t, container, 0, NULL, "startupProbe");
    pl_trace_risk(t, "startup", "STARTUP_PROBE_DOES_NOT_WAIT",
                  "the start-up probe only asks for an open port: requests reach an instance whose "
                  "application is not ready");
    pl_trace_field(t, &t->target.resource->address, path);
    pl_trace_evidence(t, t->target.resource, path);
}

void pl_hop_run_capacity(struct pl_trace *t)
{
    if (!is_run(t) || template_rests(t))
        return;
    static const char path[] = "template.scaling.minInstanceCount",
                      service_path[] = "scaling.minInstanceCount";
    int64_t revision = 0, service = 0;
    const struct pl_value *v = NULL;
    enum pl_known known = pl_view_read_default(t->view, t->target.resource, path, &v);
    if (known == PL_NOT_KNOWN)
        return;
    if (known == PL_PRESENT)
        (void)pl_value_as_int(v, &revision);
    if (pl_view_read_default(t->view, t->target.resource, service_path, &v) == PL_PRESENT)
        (void)pl_value_as_int(v, &service);
    /* C11: without minimum instances the first request after a pause waits for a start. */
    if (revision == 0 && service == 0)
        pl_trace_risk(t, "instances", "COLD_START",
                      "%s keeps no instance warm: requests may wait for a start", t->target.shown);
    else
        pl_trace_pass(t, "instances", "%s keeps instances warm: at least %" PRId64, t->target.shown,
                      revision > service ? revision : service);
    pl_trace_field(t, &t->target.resource->address, path);
    pl_trace_evidence(t, t->target.resource, path);
    judge_startup(t);
}
