/* lb_back.c - behind a load balancer: the backend service and the group of endpoints that it sends to.
 *
 * Cloud Run stands behind a serverless group, for which the backend service's timeout does not count (C10,
 * https://cloud.google.com/load-balancing/docs/negs/serverless-neg-concepts). What machines and producers' services do is not modelled.
 */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "lb_priv.h"

/* ---- which service a serverless group means ---- */

/* One part of a URL mask ("<service>.example.org", "example.org/<service>") against the same of the request; the name, or NULL. */
static const char *masked(struct pl_trace *t, const char *mask, const char *text)
{
    static const char mark[] = "<service>";
    const char *at = strstr(mask, mark);
    if (!at || !text)
        return NULL;
    size_t before = (size_t)(at - mask);
    const char *after = at + sizeof(mark) - 1, *rest = text + before;
    if (strlen(text) <= before || strncasecmp(text, mask, before) != 0)
        return NULL;
    const char *end = *after ? strstr(rest, after) : rest + strcspn(rest, "/?");
    return end && end > rest ? pl_arena_strndup(t->arena, rest, (size_t)(end - rest)) : NULL;
}

/* Masks with a tag, or with more than a service's name in them, are not read. */
static const char *by_mask(struct pl_trace *t, const struct pl_lb *lb, const char *mask)
{
    const char *slash = strchr(mask, '/');
    const char *host = slash ? pl_arena_strndup(t->arena, mask, (size_t)(slash - mask)) : mask;
    if (strstr(mask, "<tag>"))
        return NULL;
    return strstr(host, "<service>") ? masked(t, host, lb->host)
           : slash                   ? masked(t, slash, lb->path)
                                     : NULL;
}

static void judge_serverless(struct pl_trace *t, struct pl_lb *lb)
{
    const char *name = pl_trace_text(t, lb->neg, "cloudRun.service", NULL),
               *mask = pl_trace_text(t, lb->neg, "cloudRun.urlMask", NULL);
    const char *group = pl_trace_name(t, &lb->neg->address);
    bool by_name = name && *name;
    if (!by_name)
        name = mask ? by_mask(t, lb, mask) : NULL;
    if (!name) {
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "backend", "SERVERLESS_NEG_SERVICE_NOT_FOUND", lb->neg,
                   "cloudRun", "which service %s means for this request is not known", group);
        return;
    }
    /* a group and its service are in one region and project */
    const char **names = pl_arena_array(t->arena, 1, sizeof(*names));
    const struct pl_resource *service = NULL;
    names[0] = name;
    lb->service = (struct pl_address){.kind = pl_kind_find("run.service"),
                                      .project = lb->neg->address.project,
                                      .location = lb->neg->address.location,
                                      .names = names};
    enum pl_known known = pl_view_find(t->view, &lb->service, &service);
    if (known == PL_ABSENT && !pl_trace_absence_counts(t, &lb->service))
        known = PL_NOT_KNOWN;
    const char *path = by_name ? "cloudRun.service" : "cloudRun.urlMask";
    lb->leads = known == PL_PRESENT;
    if (known == PL_PRESENT)
        pl_lb_tell(t, lb, PL_HOP_PASS, "backend", NULL, lb->neg, path, "%s leads to %s", group,
                   pl_trace_name(t, &lb->service));
    else if (known == PL_ABSENT)
        pl_lb_tell(t, lb, PL_HOP_BLOCK, "backend", "SERVERLESS_NEG_SERVICE_NOT_FOUND", lb->neg,
                   path, "%s means service %s in %s, which does not exist", group, name,
                   lb->service.location);
    else
        pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "backend", "SERVERLESS_NEG_SERVICE_NOT_FOUND", lb->neg,
                   path, "%s means service %s in %s: %s", group, name, lb->service.location,
                   pl_trace_why(t, &lb->service));
}

/* ---- everything else ---- */

/* C10: there the timeout is the life of a WebSocket, and of every request. */
static void judge_timeout(struct pl_trace *t, struct pl_lb *lb)
{
    int64_t seconds = 0, stay = t->connection->probe.stay_ns;
    const struct pl_value *v = NULL;
    if (pl_view_read_default(t->view, lb->backend, "timeoutSec", &v) != PL_PRESENT ||
        !pl_value_as_int(v, &seconds) || seconds <= 0)
        return;
    bool cut = stay > seconds * INT64_C(1000000000);
    pl_lb_tell(t, lb, cut ? PL_HOP_BLOCK : PL_HOP_PASS, "backend-timeout",
               "BACKEND_SERVICE_TIMEOUT", lb->backend, "timeoutSec",
               "%s cuts requests and WebSockets after %" PRId64 "s",
               pl_trace_name(t, &lb->backend->address), seconds);
    lb->findings[lb->n - 1].at_ms = seconds * 1000;
}

static void tell_not_modelled(struct pl_trace *t, struct pl_lb *lb, const char *what)
{
    judge_timeout(t, lb);
    pl_lb_tell(t, lb, PL_HOP_UNKNOWN, "backend", NULL, lb->backend, "backends",
               "%s sends to %s, which is not modelled", pl_trace_name(t, &lb->backend->address),
               what);
    pl_trace_not_modelled(t, "%s behind a load balancer", what);
}

static void judge_group(struct pl_trace *t, struct pl_lb *lb, const char *link)
{
    enum pl_known known;
    if (!strstr(link, "/networkEndpointGroups/")) {
        tell_not_modelled(t, lb, "an instance group");
        return;
    }
    lb->neg = pl_lb_follow(t, lb->backend, "compute.networkEndpointGroup", link, &known);
    if (!lb->neg) {
        pl_lb_tell(t, lb, known == PL_ABSENT ? PL_HOP_BLOCK : PL_HOP_UNKNOWN, "backend",
                   "FORWARDING_RULE_NO_INSTANCES", lb->backend, "backends",
                   "the endpoint group behind %s %s", pl_trace_name(t, &lb->backend->address),
                   known == PL_ABSENT ? "does not exist" : "was not read");
        return;
    }
    const char *type = pl_trace_text(t, lb->neg, "networkEndpointType", NULL);
    const struct pl_value *run = NULL;
    bool serverless = type && strcmp(type, "SERVERLESS") == 0;
    if (serverless && pl_view_read(t->view, lb->neg, "cloudRun", &run) == PL_PRESENT)
        judge_serverless(t, lb);
    else
        tell_not_modelled(t, lb,
                          serverless ? "another serverless product"
                          : type     ? pl_arena_printf(t->arena, "endpoints of type %s", type)
                                     : "endpoints of a type that was not read");
}

void pl_lb_backend(struct pl_trace *t, struct pl_lb *lb)
{
    enum pl_known known;
    const struct pl_value *list = pl_trace_list(t, lb->backend, "backends", &known);
    const char *name = pl_trace_name(t, &lb->backend->address);
    if (pl_trace_bool(t, lb->backend, "iap.enabled") == PL_YES)
        pl_lb_tell(
            t, lb, PL_HOP_UNKNOWN, "iap", "IDENTITY_AWARE_PROXY_DENIED", lb->backend, "iap.enabled",
            "Identity-Aware Proxy stands in front of %s, and whom it lets in is not read", name);
    if (pl_value_count(list) == 0) {
        pl_lb_tell(t, lb, known == PL_NOT_KNOWN ? PL_HOP_UNKNOWN : PL_HOP_BLOCK, "backend",
                   "FORWARDING_RULE_NO_INSTANCES", lb->backend, "backends",
                   known == PL_NOT_KNOWN ? "what stands behind %s was not read"
                                         : "nothing stands behind %s",
                   name);
        return;
    }
    if (pl_value_count(list) > 1)
        pl_trace_not_modelled(t,
                              "which of the %zu groups behind %s takes a request: the first counts",
                              pl_value_count(list), name);
    const char *link = pl_value_member_text(pl_value_item(list, 0), "group");
    judge_group(t, lb, link ? link : "");
}
