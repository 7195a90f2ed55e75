/* run.c - pl_probe_run: jobs in, results out; and the table of probe types.
 *
 * A target that cannot be probed here - its type is not there yet, a secret is not set, a certificate cannot
 * be read - is unknown from the start, and says why. Everything else goes through schedule.c.
 */
#include <string.h>

#include "plumbline/clock.h"
#include "proxy_priv.h"

enum { RUN_DEFAULT_TIMEOUT_MS = 10000, RUN_ATTEMPTS_FOR_P95 = 20 };

/* Which TLS a type speaks where the baseline says nothing. */
enum tls_default {
    TLS_NEVER,       /* no TLS in it */
    TLS_ALWAYS,      /* certificates and names verified */
    TLS_UNLESS_HTTP, /* verified, where the target is not written as http:// */
    TLS_BY_JOB,      /* verified, where the target is an https or wss one */
    TLS_REDIS, /* by the job; Memorystore's own CA is in no system's store, so it is verified only where `ca` is given */
    TLS_POSTGRES /* encrypted, verified only where `ca` is given: never in clear unless told (probes.md, pitfall 24) */
};

static const struct {
    const struct probe_type *type;
    enum tls_default tls;
} types[] = {
    {&pl_probe_dns, TLS_NEVER},           {&pl_probe_tcp, TLS_NEVER},
    {&pl_probe_tls, TLS_ALWAYS},          {&pl_probe_http, TLS_BY_JOB},
    {&pl_probe_https, TLS_ALWAYS},        {&pl_probe_websocket, TLS_BY_JOB},
    {&pl_probe_postgres, TLS_POSTGRES},   {&pl_probe_redis, TLS_REDIS},
    {&pl_probe_breaker, TLS_UNLESS_HTTP},
};

const struct probe_type *pl_probe_type_find(enum pl_probe_type type)
{
    for (size_t i = 0; i < PL_LEN(types); i++)
        if (types[i].type->type == type)
            return types[i].type;
    return NULL;
}

static enum pl_tls_mode mode_of(const struct target *t)
{
    const struct pl_probe_spec *spec = t->spec;
    enum tls_default rule = TLS_NEVER;

    for (size_t i = 0; i < PL_LEN(types); i++)
        if (types[i].type == t->type)
            rule = types[i].tls;
    if (rule == TLS_NEVER)
        return PL_TLS_DISABLE;
    /* libpq speaks no TLS over unix sockets, whatever it is told. */
    if (rule == TLS_POSTGRES && pl_is_socket_path(t->job->host))
        return PL_TLS_DISABLE;
    if (spec->tls != PL_TLS_UNSET)
        return spec->tls;
    if ((rule == TLS_BY_JOB || rule == TLS_REDIS) && !t->job->tls)
        return PL_TLS_DISABLE;
    if (rule == TLS_UNLESS_HTTP && !t->job->tls && t->job->connection->to.scheme != NULL &&
        strcmp(t->job->connection->to.scheme, "http") == 0)
        return PL_TLS_DISABLE;
    if (rule == TLS_BY_JOB || rule == TLS_UNLESS_HTTP || rule == TLS_ALWAYS)
        return PL_TLS_VERIFY_FULL;
    return spec->ca.text != NULL || spec->ca.secret != NULL ? PL_TLS_VERIFY_CA : PL_TLS_REQUIRE;
}

static const char *missing_secret(struct run *run, const struct pl_probe_spec *spec)
{
    const struct {
        const char *name;
        const struct pl_sourced *sourced;
    } all[] = {{"password", &spec->password},
               {"bearer", &spec->bearer},
               {"ca", &spec->ca},
               {"cert", &spec->cert},
               {"key", &spec->key},
               {"body", &spec->body},
               {"send", &spec->send},
               {"proxy", &spec->proxy.url},
               {"password of the proxy", &spec->proxy.password},
               {"ca of the proxy", &spec->proxy.ca}};

    for (size_t i = 0; i < PL_LEN(all); i++)
        if (all[i].sourced->missing)
            return pl_arena_printf(run->arena, "%s: %s is not set", all[i].name,
                                   all[i].sourced->source);
    for (size_t i = 0; i < spec->n_headers; i++)
        if (spec->headers[i].value.missing)
            return pl_arena_printf(run->arena, "header %s: %s is not set", spec->headers[i].name,
                                   spec->headers[i].value.source);
    return NULL;
}

/* Why this job cannot be probed at all, or NULL. */
static const char *obstacle(struct run *run, const struct target *t)
{
    const struct pl_probe_job *job = t->job;
    struct addr ignored;

    if (t->type == NULL)
        return pl_arena_printf(run->arena, "probe type %s is not there yet",
                               pl_probe_type_names[t->spec->type]);
    if (job->host == NULL || job->host[0] == '\0')
        return "where to probe is not known";
    if (pl_is_socket_path(job->host) && !pl_addr_literal(job->host, 0, &ignored))
        return "the path of the socket is longer than a socket's can be";
    if (t->type->start == NULL &&
        (!pl_is_socket_path(job->host) || t->spec->type == PL_PROBE_POSTGRES) &&
        (job->port < 1 || job->port > 65535))
        return "the port to probe is not known";
    if (t->spec->identity_token != NULL && job->identity_token == NULL)
        return pl_arena_printf(run->arena, "identity_token: no token for '%s' could be had here",
                               t->spec->identity_token);
    if (t->spec->address != NULL && !pl_addr_literal(t->spec->address, 0, &ignored))
        return pl_arena_printf(run->arena, "address: '%s' is no IP address", t->spec->address);
    if (t->spec->source != NULL && !pl_addr_literal(t->spec->source, 0, &ignored))
        return pl_arena_printf(run->arena, "source: '%s' is no IP address", t->spec->source);
    return missing_secret(run, t->spec);
}

static void target_init(struct run *run, struct target *t, const struct pl_probe_job *job)
{
    const struct pl_connection *connection = job->connection;
    int attempts = connection->attempts,
        concurrency = connection->concurrency > 1 ? connection->concurrency : 1;

    t->run = run;
    t->job = job;
    t->spec = &connection->probe;
    t->type = pl_probe_type_find(t->spec->type);
    t->spread_ms = -1;
    t->timeout_ns = connection->budget.timeout_ns > 0 ? connection->budget.timeout_ns
                                                      : RUN_DEFAULT_TIMEOUT_MS * 1000000LL;
    if (attempts <= 0)
        attempts = connection->budget.p95_ns > 0 ? RUN_ATTEMPTS_FOR_P95 : 1;
    t->warm_left = t->spec->warm_up > 0 ? t->spec->warm_up : 0;
    t->main_left = (attempts + concurrency - 1) / concurrency;
    t->unknown_why = obstacle(run, t);
    if (t->unknown_why != NULL)
        return;
    t->mode = mode_of(t);
    if (pl_proxy_prepare(t) != 0)
        return;
    /* In clear, and sent on to https: as a browser would go there, so with all verification. */
    if (t->mode != PL_TLS_DISABLE || t->spec->redirects > 0)
        t->trust =
            pl_trust_new(run, t->spec, t->mode != PL_TLS_DISABLE ? t->mode : PL_TLS_VERIFY_FULL,
                         job->host, &t->unknown_why);
    if (t->unknown_why == NULL && t->type->prepare != NULL)
        (void)t->type->prepare(t);
}

static void on_deadline(void *arg)
{
    struct run *run = arg;

    run->deadline = NULL;
    pl_schedule_stop(run, "the run's deadline came first");
}

int pl_probe_run(struct pl_arena *arena, struct pl_loop *loop, const struct pl_probe_job *jobs,
                 size_t n_jobs, const struct pl_probe_options *options, struct pl_probe_result *out,
                 struct pl_err *err)
{
    struct run *run = PL_NEW(arena, struct run);

    run->arena = arena;
    run->loop = loop;
    run->options = options;
    run->n_targets = n_jobs;
    run->targets = pl_arena_array(arena, n_jobs + 1, sizeof(*run->targets));
    if (n_jobs == 0)
        return 0;
    run->resolver = pl_resolver_new(arena, loop, options != NULL ? options->resolver : NULL, err);
    if (run->resolver == NULL)
        return -1;
    for (size_t i = 0; i < n_jobs; i++)
        target_init(run, &run->targets[i], &jobs[i]);
    if (options != NULL && options->deadline_ns > 0) {
        int64_t left = options->deadline_ns - pl_clock_mono_ns();

        run->deadline = pl_loop_after(loop, left > 0 ? left : 0, on_deadline, run);
    }
    pl_schedule_start(run);
    pl_loop_run(loop);
    if (run->n_done < n_jobs)
        pl_schedule_abort(run, "interrupted");
    for (size_t i = 0; i < n_jobs; i++)
        pl_judge(&run->targets[i], &out[i]);
    pl_tls_forget(run);
    return 0;
}
