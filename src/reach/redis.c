/* redis.c - Memorystore for Redis as a destination: state, port, TLS, AUTH.
 *
 * Rules M1 to M8 (https://cloud.google.com/memorystore/docs/redis). The way to it is route.c's.
 */
#include <inttypes.h>
#include <string.h>

#include "reach_priv.h"

static bool is_redis(const struct pl_trace *t)
{
    return t->target.what == PL_TO_REDIS && t->target.resource;
}

void pl_hop_redis_state(struct pl_trace *t)
{
    if (!is_redis(t))
        return;
    const struct pl_resource *r = t->target.resource;
    enum pl_known known;
    const char *state = pl_trace_state(t, r, "state", &known);
    if (!state)
        pl_trace_unknown(t, "redis-state", "REDIS_INSTANCE_NOT_RUNNING",
                         "the state of %s was not read", t->target.shown);
    else if (strcmp(state, "READY") == 0)
        pl_trace_pass(t, "redis-state", "%s is READY", t->target.shown);
    else if (strcmp(state, "UPDATING") == 0 || strcmp(state, "MAINTENANCE") == 0 ||
             strcmp(state, "FAILING_OVER") == 0 || strcmp(state, "IMPORTING") == 0 ||
             strcmp(state, "REPAIRING") == 0)
        pl_trace_unknown(t, "redis-state", "REDIS_INSTANCE_NOT_RUNNING",
                         "%s is %s: it may answer or not (M6)", t->target.shown, state);
    else
        pl_trace_block(t, "redis-state", "REDIS_INSTANCE_NOT_RUNNING", &r->address, "state",
                       "%s is %s", t->target.shown, state);
    if (state)
        pl_trace_evidence(t, r, "state");
}

void pl_hop_redis_port(struct pl_trace *t)
{
    if (!is_redis(t) || t->flow.port == 0)
        return;
    int64_t port = 0, read_port = 0;
    const struct pl_value *v = NULL;
    enum pl_known known = pl_view_read(t->view, t->target.resource, "port", &v);
    if (known != PL_PRESENT || !pl_value_as_int(v, &port)) {
        pl_trace_unknown(t, "redis-port", "REDIS_INSTANCE_UNSUPPORTED_PORT",
                         "the port of %s was not read", t->target.shown);
        return;
    }
    if (pl_view_read(t->view, t->target.resource, "readEndpointPort", &v) == PL_PRESENT)
        (void)pl_value_as_int(v, &read_port);
    if (t->flow.port == port || t->flow.port == read_port) {
        pl_trace_pass(t, "redis-port", "%s listens on %d", t->target.shown, t->flow.port);
    } else {
        pl_trace_block(t, "redis-port", "REDIS_INSTANCE_UNSUPPORTED_PORT", t->flow.port_resource,
                       t->flow.port_path,
                       "the client dials port %d; %s listens on %" PRId64
                       " (M3: 6378 with TLS, 6379 without)",
                       t->flow.port, t->target.shown, port);
    }
    if (t->flow.port_resource)
        pl_trace_evidence_text(t, t->flow.port_resource, t->flow.port_path,
                               pl_arena_printf(t->arena, "%d", t->flow.port), NULL);
    pl_trace_evidence(t, t->target.resource, "port");
}

void pl_hop_redis_tls(struct pl_trace *t)
{
    if (!is_redis(t) && (t->target.what != PL_TO_CLUSTER || !t->target.resource))
        return;
    static const char path[] = "transitEncryptionMode";
    enum pl_known known;
    const char *mode = pl_trace_text(t, t->target.resource, path, &known);
    bool server = mode && strstr(mode, "SERVER_AUTHENTICATION") != NULL;
    if (known == PL_NOT_KNOWN)
        pl_trace_unknown(t, "redis-tls", "TLS_REQUIRED", "the TLS mode of %s was not read",
                         t->target.shown);
    else if (t->flow.client_tls == PL_MAYBE)
        pl_trace_risk(t, "redis-tls", server ? "TLS_REQUIRED" : "TLS_NOT_OFFERED",
                      "%s %s; whether the client speaks TLS is not declared", t->target.shown,
                      server ? "demands TLS" : "speaks no TLS");
    else if (server && t->flow.client_tls == PL_NO)
        pl_trace_block(t, "redis-tls", "TLS_REQUIRED", &t->target.resource->address, path,
                       "%s demands TLS, and the client speaks none (M3)", t->target.shown);
    else if (!server && t->flow.client_tls == PL_YES)
        pl_trace_block(t, "redis-tls", "TLS_NOT_OFFERED", &t->target.resource->address, path,
                       "the client speaks TLS, and %s does not", t->target.shown);
    else
        pl_trace_pass(t, "redis-tls", "client and %s agree on %s", t->target.shown,
                      server ? "TLS" : "no TLS");
    pl_trace_field(t, &t->target.resource->address, path);
    pl_trace_evidence(t, t->target.resource, path);
}

void pl_hop_redis_auth(struct pl_trace *t)
{
    if (!is_redis(t))
        return;
    static const char path[] = "authEnabled";
    enum pl_tri on = pl_trace_bool(t, t->target.resource, path);
    /* A client may fetch the string by itself, or from a mounted file: only a declared probe without one says that there is none. */
    bool says_no_password = t->connection->probe.type == PL_PROBE_REDIS;
    if (on == PL_MAYBE)
        pl_trace_unknown(t, "redis-auth", "REDIS_AUTH_REQUIRED",
                         "whether %s demands AUTH was not read", t->target.shown);
    else if (on == PL_YES && !t->flow.has_password && !says_no_password)
        pl_trace_risk(t, "redis-auth", "REDIS_AUTH_REQUIRED",
                      "%s demands AUTH; whether the client has the password is not declared",
                      t->target.shown);
    else if (on == PL_YES && !t->flow.has_password)
        pl_trace_block(t, "redis-auth", "REDIS_AUTH_REQUIRED", &t->target.resource->address, path,
                       "%s demands AUTH, and no password is declared for this client",
                       t->target.shown);
    else if (on == PL_NO && t->flow.has_password)
        pl_trace_block(t, "redis-auth", "REDIS_AUTH_NOT_CONFIGURED", &t->target.resource->address,
                       path, "the client sends a password, and AUTH is off at %s", t->target.shown);
    else
        pl_trace_pass(t, "redis-auth",
                      on == PL_YES ? "AUTH is on and the client has a password"
                                   : "AUTH is off and the client has no password");
    pl_trace_field(t, &t->target.resource->address, path);
    pl_trace_evidence(t, t->target.resource, path);
    if (on == PL_YES && !pl_view_world(t->view)->secrets)
        pl_trace_not_modelled(
            t, "whether the wired AUTH string is the right one: --read-secrets compares it");
}
