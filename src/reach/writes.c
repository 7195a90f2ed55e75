/* writes.c - does what is dialled take writes? Replicas and read endpoints do not. Whether a client writes is not known: a risk, until one is told so.
 *
 * Rule M8 (https://cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances), and the replicas and flags of Cloud SQL
 * (https://cloud.google.com/sql/docs/postgres/replication).
 */
#include <string.h>

#include "wiring_priv.h"

static void judge_sql(struct pl_trace *t)
{
    static const char type_path[] = "instanceType";
    static const char flag_path[] =
        "settings.databaseFlags[name=default_transaction_read_only].value";
    const struct pl_resource *r = t->target.resource;
    const char *type = pl_trace_text(t, r, type_path, NULL),
               *flag = pl_trace_text(t, r, flag_path, NULL);
    if (type && strcmp(type, "READ_REPLICA_INSTANCE") == 0) {
        pl_trace_risk(t, "writes", "READ_ONLY_ENDPOINT", "%s is a read replica: it takes no writes",
                      t->target.shown);
        pl_trace_field(t, &r->address, type_path);
        pl_trace_evidence(t, r, type_path);
    }
    if (flag && pl_flag_is_on(flag) == PL_YES) {
        pl_trace_risk(t, "writes", "READ_ONLY_ENDPOINT",
                      "transactions on %s are read-only unless they say otherwise: "
                      "default_transaction_read_only is on",
                      t->target.shown);
        pl_trace_field(t, &r->address, flag_path);
        pl_trace_evidence(t, r, flag_path);
    }
}

static void judge_redis(struct pl_trace *t)
{
    struct pl_endpoints e;
    pl_endpoints_find(t, &e);
    const struct pl_flow *f = &t->flow;
    if (!e.read_host || pl_same_host(e.read_host, e.host) || !pl_same_host(f->host, e.read_host))
        return;
    pl_trace_risk(t, "writes", "READ_ONLY_ENDPOINT",
                  "%s is the read endpoint of %s: its replicas take no writes", f->host,
                  t->target.shown);
    if (f->host_resource)
        pl_trace_field(t, f->host_resource, f->host_path);
    pl_trace_evidence(t, t->target.resource, "readEndpoint");
    pl_trace_evidence(t, t->target.resource, "host");
}

void pl_hop_writes(struct pl_trace *t)
{
    if (t->target.what == PL_TO_SQL && t->target.resource)
        judge_sql(t);
    else if (t->target.what == PL_TO_REDIS && t->target.resource)
        judge_redis(t);
}
