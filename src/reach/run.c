/* run.c - Cloud Run as a destination: ready, admitted by ingress, allowed by IAM, the right protocol, time and instances enough.
 *
 * Rules C1 to C13 (https://docs.cloud.google.com/run/docs/troubleshooting, .../securing/ingress, .../triggering/websockets).
 */
#include <inttypes.h>
#include <string.h>

#include "lb_priv.h"

static bool is_run(const struct pl_trace *t)
{
    return t->target.what == PL_TO_RUN && t->target.resource;
}

/* A state follows from what drives it: with that changed in this view, what was seen of it says nothing. */
static bool readiness_is_open(struct pl_trace *t, const struct pl_resource *r, bool failed)
{
    enum pl_tri moved = failed ? pl_readiness_moved(t, r) : PL_NO;
    if (moved == PL_MAYBE)
        pl_trace_unknown(t, "run-ready", "CLOUD_RUN_REVISION_NOT_READY",
                         "whether another template of %s gets ready is not known: Google names no "
                         "reason why this one did not",
                         t->target.shown);
    else if (moved == PL_YES)
        pl_trace_pass(t, "run-ready",
                      "what kept the newest revision of %s from getting ready is another here",
                      t->target.shown);
    return moved != PL_NO;
}

void pl_hop_run_ready(struct pl_trace *t)
{
    if (!is_run(t))
        return;
    const struct pl_resource *r = t->target.resource;
    enum pl_known known;
    const char *state = pl_trace_text(t, r, "terminalCondition.state", &known);
    const char *ready = pl_trace_text(t, r, "latestReadyRevision", NULL);
    const char *reason = pl_trace_text(t, r, "terminalCondition.reason", NULL);
    bool failed = state && strcmp(state, "CONDITION_FAILED") == 0;
    enum pl_tri secrets = pl_secrets_drive(t, r);
    enum pl_tri effect = secrets != PL_NO ? secrets : pl_network_user_drives(t, r);
    if (effect != PL_NO) {
        pl_trace_not_applicable(t, "run-ready", "that %s has no ready revision %s an effect of %s",
                                t->target.shown, effect == PL_YES ? "is" : "may be",
                                secrets != PL_NO ? "its secrets"
                                                 : "what Cloud Run may do in its network");
        return;
    }
    if (known == PL_NOT_KNOWN)
        pl_trace_unknown(t, "run-ready", "CLOUD_RUN_REVISION_NOT_READY",
                         "whether %s is ready was not read", t->target.shown);
    else if (readiness_is_open(t, r, failed && !ready))
        return;
    else if (failed && !ready)
        pl_trace_block(t, "run-ready", "CLOUD_RUN_REVISION_NOT_READY", &r->address,
                       "terminalCondition.state", "%s has no revision that is ready%s%s",
                       t->target.shown, reason ? ": " : "", reason ? reason : "");
    else if (failed)
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
    const struct pl_lb *lb = t->target.lb;
    if (lb && lb->internal) {
        *why = "it comes through an internal load balancer";
        return PL_YES;
    }
    if (lb) { /* C1 */
        const char *ingress = pl_trace_text(t, t->target.resource, "ingress", NULL);
        bool admitted = ingress && strcmp(ingress, "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER") == 0;
        *why = admitted ? "those of load balancers, through which it comes"
                        : "it comes through an external load balancer";
        return admitted ? PL_YES : PL_NO;
    }
    if (s->what == PL_FROM_HERE) {
        *why = "a request from outside Google Cloud is not internal";
        return PL_NO;
    }
    if (!pl_source_sends(t) || t->flow.in_vpc == PL_MAYBE || s->external_ip) {
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
    /* https://cloud.google.com/run/docs/securing/managing-access#domain-restricted-sharing; constraints are of no kind, and readers of a project need
     * not see them */
    if (allowed == PL_NO && here)
        pl_trace_not_modelled(t, "organisation policies: "
                                 "constraints/iam.allowedPolicyMemberDomains may forbid to let "
                                 "everybody in");
    pl_trace_evidence(t, r, "iamPolicy.bindings");
    if (account)
        pl_trace_evidence(t, t->source.resource, "template.serviceAccount");
}

/* C5: a token counts for the service's own URLs and for its custom audiences, by the letter
 * (https://cloud.google.com/run/docs/configuring/custom-audiences). Behind Identity-Aware Proxy another audience holds. */
void pl_hop_run_audience(struct pl_trace *t)
{
    const char *audience = t->connection->probe.identity_token;
    if (!is_run(t) || !audience)
        return;
    const struct pl_resource *r = t->target.resource;
    const char *why = NULL;
    struct pl_address where;
    if (pl_trace_bool(t, r, "invokerIamDisabled") == PL_YES ||
        pl_trace_bool(t, r, "iapEnabled") == PL_YES ||
        pl_iam_allows(t, r, r->address.project, NULL, true, "run.routes.invoke", &why, &where) ==
            PL_YES) /* nobody asks for a token */
        return;
    static const char *const lists[] = {"urls", "customAudiences"};
    enum pl_known known, all = PL_PRESENT;
    const char *uri = pl_trace_text(t, r, "uri", &known);
    bool found = uri && strcmp(uri, audience) == 0;
    for (size_t k = 0; k < PL_LEN(lists); k++) {
        const struct pl_value *list = pl_trace_list(t, r, lists[k], &known);
        all = known == PL_NOT_KNOWN ? PL_NOT_KNOWN : all;
        for (size_t i = 0; i < pl_value_count(list); i++) {
            const char *text = pl_value_text(pl_value_item(list, i));
            found = found || (text && strcmp(text, audience) == 0);
        }
    }
    if (found)
        pl_trace_pass(t, "audience", "%s takes tokens for %s", t->target.shown, audience);
    else if (all == PL_NOT_KNOWN || !uri)
        pl_trace_unknown(t, "audience", "CLOUD_RUN_AUDIENCE_MISMATCH",
                         "for which audiences %s takes tokens was not read", t->target.shown);
    else if (t->source.what == PL_FROM_HERE)
        pl_trace_block(t, "audience", "CLOUD_RUN_AUDIENCE_MISMATCH", &r->address, "customAudiences",
                       "the token is for %s, which is neither a URL nor a custom audience of %s",
                       audience, t->target.shown);
    else /* the probe's audience: which one the workload itself asks for is its own business */
        pl_trace_risk(
            t, "audience", "CLOUD_RUN_AUDIENCE_MISMATCH",
            "a token for %s is refused: that is neither a URL nor a custom audience of %s",
            audience, t->target.shown);
    pl_trace_field(t, &r->address, "customAudiences");
    pl_trace_evidence(t, r, "customAudiences");
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
    struct pl_serving s = pl_serving_of(t, t->target.resource);
    if (!s.resource) {
        pl_trace_unknown(t, "protocol", "WEBSOCKET_OVER_HTTP2",
                         "%s serves revision %s, whose ports are not read", t->target.shown,
                         s.revision);
        return;
    }
    const struct pl_value *containers =
        pl_trace_list(t, s.resource, pl_serving_path(t, &s, "containers"), NULL);
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i),
                              *ports = pl_value_member(c, "ports");
        const char *name = pl_value_member_text(pl_value_item(ports, 0), "name");
        if (!name || strcmp(name, "h2c") != 0)
            continue;
        /* C9: WebSockets need HTTP/1 to the container. */
        const char *path = pl_serving_container_path(t, &s, c, i, "ports");
        pl_trace_block(
            t, "protocol", "WEBSOCKET_OVER_HTTP2", &s.resource->address, path,
            "%s takes end-to-end HTTP/2 (port name h2c), which carries no WebSocket handshake",
            t->target.shown);
        pl_trace_evidence(t, s.resource, path);
        return;
    }
    pl_trace_pass(t, "protocol", "%s takes HTTP/1, which WebSockets need", t->target.shown);
}

/* Is the time as long as the baseline wants it, and was it another before this view changed it? Then what is left is as it was meant. */
static bool is_restored(struct pl_trace *t, const struct pl_resource *r, const char *path,
                        int64_t timeout)
{
    const struct pl_resource *before = NULL;
    int64_t wanted = pl_declared_duration(t, &t->target.resource->address, "template.timeout"),
            was = 0;
    const char *text = pl_view_find(t->base, &r->address, &before) == PL_PRESENT
                           ? pl_view_text(t->base, before, path, NULL)
                           : NULL;
    return wanted > 0 && timeout >= wanted && text && pl_duration_parse(text, &was) && was < wanted;
}

void pl_hop_run_timeout(struct pl_trace *t)
{
    if (!is_run(t))
        return;
    struct pl_serving s = pl_serving_of(t, t->target.resource);
    if (!s.resource) {
        pl_trace_not_modelled(t, "the settings of revision %s, which serves", s.revision);
        return;
    }
    int64_t timeout, usual = 300 * INT64_C(1000000000); /* C8 */
    const char *path = pl_serving_path(t, &s, "timeout");
    const char *text = pl_trace_text(t, s.resource, path, NULL);
    if (!text || !pl_duration_parse(text, &timeout))
        return;
    int64_t stay = t->connection->probe.stay_ns;
    if (stay > 0 && stay > timeout)
        pl_trace_block(t, "timeout", "CLOUD_RUN_REQUEST_TIMEOUT", &s.resource->address, path,
                       "a stream is cut after %s, and this one is to stay %s", text,
                       pl_duration_format(t->arena, stay));
    else if ((timeout < usual || is_websocket(t)) && !is_restored(t, s.resource, path, timeout))
        pl_trace_risk(t, "timeout", "CLOUD_RUN_REQUEST_TIMEOUT",
                      "requests and streams are cut after %s", text);
    else
        pl_trace_pass(t, "timeout", "requests and streams are cut after %s", text);
    pl_trace_field(t, &s.resource->address, path);
    pl_trace_at(t, timeout / 1000000);
    pl_trace_evidence(t, s.resource, path);
}
