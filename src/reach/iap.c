/* iap.c - whether a program that checks what Identity-Aware Proxy signs expects the audience that it signs for.
 *
 * The audience names the backend service by its number, or the Cloud Run service
 * (https://cloud.google.com/iap/docs/signed-headers-howto). It is found in the called service's variables by its shape; what the program makes of it is
 * its own business: a risk.
 */
#include <string.h>

#include "lb_priv.h"

/* "/projects/NUMBER/global/backendServices/ID" and "/projects/NUMBER/locations/REGION/services/NAME". */
static bool is_audience(const char *value)
{
    static const char begin[] = "/projects/";
    if (!value || strncmp(value, begin, sizeof(begin) - 1) != 0)
        return false;
    const char *rest = value + sizeof(begin) - 1;
    size_t digits = strspn(rest, "0123456789");
    rest += digits;
    return digits > 0 && (strncmp(rest, "/global/backendServices/", 24) == 0 ||
                          (strncmp(rest, "/locations/", 11) == 0 && strstr(rest, "/services/")));
}

/* What the proxy in front signs for; NULL where none stands there, or it is not known. */
static const char *signed_for(struct pl_trace *t)
{
    const struct pl_lb *lb = t->target.lb;
    const struct pl_resource *service = t->target.resource;
    const char *number = pl_project_number(t, service->address.project);
    if (number && pl_trace_bool(t, service, "iapEnabled") == PL_YES)
        return pl_arena_printf(t->arena, "/projects/%s/locations/%s/services/%s", number,
                               service->address.location, service->address.names[0]);
    if (!number || !lb || !lb->backend || pl_trace_bool(t, lb->backend, "iap.enabled") != PL_YES)
        return NULL;
    const char *id = pl_trace_text(t, lb->backend, "id", NULL);
    return id ? pl_arena_printf(t->arena, "/projects/%s/global/backendServices/%s", number, id)
              : NULL;
}

void pl_hop_iap_audience(struct pl_trace *t)
{
    if (t->target.what != PL_TO_RUN || !t->target.resource)
        return;
    const char *expected = signed_for(t);
    size_t n = 0;
    const struct pl_variable *v = expected ? pl_variables_of(t, t->target.resource, &n) : NULL;
    for (size_t i = 0; i < n; i++) {
        if (!is_audience(v[i].value))
            continue;
        if (strcmp(v[i].value, expected) == 0)
            pl_trace_pass(t, "iap-audience", "%s of %s is what Identity-Aware Proxy signs for",
                          v[i].name, t->target.shown);
        else
            pl_trace_risk(t, "iap-audience", "IAP_AUDIENCE_MISMATCH",
                          "%s of %s is %s, and Identity-Aware Proxy signs for %s: a program that "
                          "checks it turns everybody away",
                          v[i].name, t->target.shown, v[i].value, expected);
        pl_trace_field(t, &t->target.resource->address, v[i].path);
        pl_trace_evidence(t, t->target.resource, v[i].path);
    }
}
