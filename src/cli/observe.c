/* observe.c - what a run looks at: Google's APIs or a snapshot in their place, the last good state, live endpoints.
 *
 * Here the event loop and the deadline of a run live. What was seen is judged elsewhere.
 */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/file.h"
#include "plumbline/gcp.h"
#include "plumbline/log.h"
#include "plumbline/probe.h"
#include "plumbline/reach.h"
#include "plumbline/snapshot.h"

/* What a collection holds of its resources at once. */
enum { STREAM_BYTES = 32 << 20 };

/* ---- observation ---- */

static const struct pl_world *read_snapshot(struct pl_session *s, const char *path,
                                            struct pl_err *err)
{
    size_t len = 0;
    char *text = pl_file_read(s->arena, path, PL_SNAPSHOT_MAX_BYTES, &len, err);
    return text ? pl_snapshot_read(s->arena, path, text, len, err) : NULL;
}

static int need_loop(struct pl_session *s, struct pl_err *err)
{
    if (s->loop)
        return 0;
    s->loop = pl_loop_new(err);
    return s->loop ? 0 : -1;
}

static void add_project(struct pl_session *s, struct pl_texts *to, const char *project)
{
    for (size_t i = 0; i < to->n; i++)
        if (strcmp(to->list[i], project) == 0)
            return;
    PL_PUSH(s->arena, to->list, to->n, to->cap, project);
}

static void add_end(struct pl_session *s, struct pl_texts *to, const struct pl_end *end)
{
    if (end->what == PL_END_RESOURCE && end->address.project)
        add_project(s, to, end->address.project);
}

/* A Shared VPC host project: it was followed into, not named, and will be again. */
static bool is_followed(const struct pl_world *world, const char *project)
{
    for (size_t i = 0; i < world->n_unobserved; i++) {
        const char *scope = world->unobserved[i].scope;
        if (strcmp(world->unobserved[i].reason, "not_asked") == 0 && scope &&
            strncmp(scope, "projects/", 9) == 0 && strcmp(scope + 9, project) == 0)
            return true;
    }
    return false;
}

/* The projects to look at: the baseline's, the last good state's, those of ad hoc connections, --project. */
static void choose_projects(struct pl_session *s, struct pl_texts *out)
{
    for (size_t i = 0; i < s->baseline->n_projects; i++)
        add_project(s, out, s->baseline->projects[i]);
    for (size_t i = 0; s->good && i < s->good->n_projects; i++)
        if (!is_followed(s->good, s->good->projects[i]))
            add_project(s, out, s->good->projects[i]);
    for (size_t i = 0; i < s->n_extra; i++) {
        add_end(s, out, &s->extra[i]->from);
        add_end(s, out, &s->extra[i]->to);
    }
    for (size_t i = 0; i < s->options->projects.n; i++)
        add_project(s, out, s->options->projects.list[i]);
}

static void on_observing(const struct pl_gcp_progress *p, void *arg)
{
    struct pl_session *s = arg;
    if (pl_progress_shown(s->options))
        pl_progress_observing(p);
    pl_events_observing(s, p);
}

static void on_probing(size_t done, size_t total, const char *waiting, void *arg)
{
    struct pl_session *s = arg;
    if (pl_progress_shown(s->options))
        pl_progress_probing(done, total, waiting);
    pl_events_probing(s, done, total, waiting);
}

void pl_session_skip_observing(struct pl_session *s)
{
    struct pl_world_builder *b = pl_world_builder_new(s->arena);
    pl_world_add_unobserved(b, &(struct pl_unobserved){.kind_name = "*",
                                                       .scope = "*",
                                                       .reason = "not_asked",
                                                       .detail = "only endpoints were probed"});
    s->world = pl_world_build(b);
    s->run.source = "live endpoints only";
}

/* Resources, wherever they went. */
static size_t n_observed(const struct pl_session *s)
{
    return s->stream ? pl_snapshot_stream_count(s->stream) : s->world->n_resources;
}

/* Nothing could be read, and every time because of who asks: a job that could not be done, not an estate with gaps. */
static int check_accepted(struct pl_session *s, const struct pl_gcp_options *gcp,
                          struct pl_err *err)
{
    const struct pl_world *w = s->world;
    for (size_t i = 0; i < w->n_unobserved; i++)
        if (strcmp(w->unobserved[i].reason, "auth") != 0)
            return 0;
    if (n_observed(s) > 0 || w->n_unobserved == 0)
        return 0;
    const char *who = pl_gcp_identity(s->arena, s->loop, gcp, NULL);
    const struct pl_unobserved *first = &w->unobserved[0];
    return pl_err_set(err, PL_E_AUTH, "Google does not accept the %s: %s%s%s",
                      who ? who : "credentials", first->detail ? first->detail : "no reason given",
                      first->remedy ? "; " : "", first->remedy ? first->remedy : "");
}

/* How often Google was asked; an API by itself where it was asked again, or with -vv. */
static void tell_requests(struct pl_session *s, const struct pl_gcp_stats *stats)
{
    s->run.requests.sent = stats->requests;
    s->run.requests.retried = stats->retries;
    s->run.requests.throttled = stats->throttled;
    pl_log(PL_LOG_INFO, "observed %zu resources with %zu requests (%zu tried again, %zu throttled)",
           n_observed(s), stats->requests, stats->retries, stats->throttled);
    for (size_t i = 0; i < stats->n_apis; i++) {
        const struct pl_gcp_count *n = &stats->apis[i];
        pl_log(n->retries > 0 ? PL_LOG_INFO : PL_LOG_DEBUG,
               "%s: %zu requests (%zu tried again, %zu throttled)", n->api, n->requests, n->retries,
               n->throttled);
    }
}

int pl_session_projects(struct pl_session *s, struct pl_texts *out, struct pl_err *err)
{
    choose_projects(s, out);
    const char *own = out->n == 0 ? pl_gcp_default_project(s->arena) : NULL;
    if (own)
        add_project(s, out, own);
    return out->n > 0 ? 0
                      : pl_err_set(err, PL_E_USAGE,
                                   "which project? Write `project:` in the baseline, or give "
                                   "--project");
}

int pl_session_gcp(struct pl_session *s, const struct pl_texts *projects,
                   struct pl_gcp_options *out, struct pl_err *err)
{
    *out = (struct pl_gcp_options){
        .api_root = s->options->api_root,
        .impersonate = s->options->impersonate,
        .projects = projects->list,
        .n_projects = projects->n,
        .deadline_ns = s->deadline_ns,
        .rates = s->options->rates,
        .n_rates = s->options->n_rates,
        .redaction_key = pl_redaction_key(s->arena),
        .progress = on_observing,
        .progress_arg = s,
    };
    return need_loop(s, err);
}

static int observe_google(struct pl_session *s, struct pl_err *err)
{
    struct pl_texts projects = {0};
    struct pl_gcp_stats stats = {0};
    struct pl_gcp_options gcp;
    choose_projects(s, &projects);
    if (projects.n == 0 && s->n_connections + s->n_extra > 0) {
        pl_session_skip_observing(
            s); /* from here to addresses: nothing of it lives in Google's APIs */
        return 0;
    }
    projects.n = 0;
    if (pl_session_projects(s, &projects, err) < 0 || pl_session_gcp(s, &projects, &gcp, err) < 0)
        return -1;
    /* A snapshot is for every question that may be asked of it later; a run with a last good state compares everything, and what a
     * candidate refers to is not known yet; a drawing is of everything. */
    if (strcmp(s->run.command, "collect") != 0 && strcmp(s->run.command, "gate") != 0 &&
        strcmp(s->run.command, "graph") != 0 && !s->good) {
        gcp.needs = pl_session_needs(s);
        gcp.kinds = pl_needs_kinds(gcp.needs, &gcp.n_kinds);
        s->kept = true;
    }
    if (strcmp(s->run.command, "collect") == 0)
        gcp.stream = s->stream = pl_snapshot_stream_new(STREAM_BYTES);
    s->world = pl_gcp_observe(s->arena, s->loop, &gcp, &stats, err);
    pl_progress_end();
    if (!s->world || check_accepted(s, &gcp, err) < 0)
        return pl_err_wrap(err, "observing Google Cloud");
    tell_requests(s, &stats);
    s->run.source = s->options->api_root
                        ? pl_arena_printf(s->arena, "Google's APIs at %s", s->options->api_root)
                        : "Google's APIs";
    return 0;
}

int pl_session_infer(struct pl_session *s, const struct pl_world *world, struct pl_err *err)
{
    size_t n = 0;
    if (s->baseline->n_connections > 0)
        return 0;
    const struct pl_connection *const *all =
        pl_reach_infer(s->arena, pl_view_new(s->arena, world), &n);
    const struct pl_connection **chosen = pl_arena_array(s->arena, n + 1, sizeof(*chosen));
    pl_log(PL_LOG_INFO, "%zu connections read off the wiring of %s", n,
           world == s->good ? "the last good state" : "what is observed");
    for (size_t i = 0; i < n; i++)
        if (pl_select_connection(s->options, all[i]))
            chosen[s->n_extra++] = all[i];
    s->extra = chosen;
    return pl_select_check(s->options, all, n, err);
}

/* What a stored run observed. A run that looked at Google's APIs kept what its baseline needs: what else there was is not known, and which
 * needs those were can only be told from the same baseline. */
static const struct pl_world *read_run(struct pl_session *s, const char *name, struct pl_err *err)
{
    size_t len = 0;
    struct pl_history_row row;
    const struct pl_world *world = NULL;
    struct pl_store *store = pl_store_for_reading(s->options, err);
    if (!store)
        return NULL;
    char *text = pl_history_find(store, s->arena, name, NULL, &row, err) < 0
                     ? NULL
                     : pl_history_snapshot(store, s->arena, &row, &len, err);
    if (text && *row.kept && strcmp(row.kept, pl_needs_name(s)) != 0)
        (void)pl_err_set(err, PL_E_USAGE,
                         "run %s kept only what its baseline needed, and that was another one than "
                         "is given here; give the same with -b, or a snapshot of `collect`",
                         row.id);
    else if (text)
        world = pl_snapshot_read_kept(s->arena, row.id, text, len,
                                      *row.kept ? pl_session_needs(s) : NULL, err);
    pl_store_close(store);
    return world;
}

/* A file where there is one, or where it looks like one; else a stored run. */
static bool is_file(const char *name)
{
    return access(name, F_OK) == 0 || strchr(name, '/') || strstr(name, ".ndjson") ||
           strcmp(name, "-") == 0;
}

static int read_good(struct pl_session *s, struct pl_err *err)
{
    const char *name = s->options->against;
    s->good = is_file(name) ? read_snapshot(s, name, err) : read_run(s, name, err);
    if (!s->good)
        return pl_err_wrap(err, "--against");
    return pl_session_infer(s, s->good, err);
}

int pl_session_observe(struct pl_session *s, struct pl_err *err)
{
    /* Files first: what is wrong with them should not be found after minutes of looking. */
    if (s->options->against && read_good(s, err) < 0)
        return -1;
    if (s->options->snapshot) {
        s->world = read_snapshot(s, s->options->snapshot, err);
        if (!s->world)
            return -1;
        s->run.source = pl_arena_printf(s->arena, "snapshot %s", s->options->snapshot);
    } else if (observe_google(s, err) < 0) {
        return -1;
    }
    s->run.observed_at = s->world->observed_at;
    s->run.projects = s->world->projects;
    s->run.n_projects = s->world->n_projects;
    return 0;
}

/* ---- probes ---- */

/* What follows from the target where the probe does not say: Cloud Run and https do, Redis as its instance is set. */
static bool speaks_tls(struct pl_view *view, const struct pl_connection *c)
{
    const struct pl_resource *r = NULL;
    const char *scheme = c->to.scheme,
               *kind = c->to.what == PL_END_RESOURCE ? c->to.address.kind->name : "";
    if (c->probe.tls == PL_TLS_DISABLE || c->probe.type == PL_PROBE_HTTP)
        return false;
    if (c->probe.tls != PL_TLS_UNSET || c->probe.type == PL_PROBE_HTTPS ||
        c->probe.type == PL_PROBE_TLS)
        return true;
    if (strcmp(kind, "redis.instance") == 0 &&
        pl_view_find(view, &c->to.address, &r) == PL_PRESENT) {
        const char *mode = pl_view_text(view, r, "transitEncryptionMode", NULL);
        return mode && strcmp(mode, "SERVER_AUTHENTICATION") == 0;
    }
    return strcmp(kind, "run.service") == 0 ||
           (scheme && (strcmp(scheme, "https") == 0 || strcmp(scheme, "wss") == 0));
}

/* Identity tokens by audience, each asked for once a run; what could not be had is said once and leaves its probe unknown. */
static const struct pl_secret *identity_token(struct pl_session *s, const char *audience)
{
    struct pl_err err = {0};
    if (pl_map_has(&s->tokens, audience))
        return pl_map_get(&s->tokens, audience);
    struct pl_gcp_options gcp = {.api_root = s->options->api_root,
                                 .impersonate = s->options->impersonate,
                                 .deadline_ns = s->deadline_ns};
    struct pl_secret *token = need_loop(s, &err) == 0
                                  ? pl_gcp_identity_token(s->arena, s->loop, &gcp, audience, &err)
                                  : NULL;
    if (!token)
        pl_log(PL_LOG_WARN, "no identity token for %s: %s", audience, err.text);
    (void)pl_map_put(&s->tokens, audience, token);
    return token;
}

/* Where a probe goes: what the client in fact dials by its wiring, unless connect_to says otherwise. */
static bool make_job(struct pl_session *s, const struct pl_connection *c, struct pl_probe_job *job)
{
    struct pl_view *view = pl_view_new(s->arena, s->world);
    struct pl_reach path = pl_reach_evaluate(view, c, s->baseline);
    *job = (struct pl_probe_job){
        .connection = c,
        .host = c->to.what == PL_END_HOST ? c->to.host : path.dial_host,
        .port = c->to.what == PL_END_HOST && c->to.port ? c->to.port
                : path.dial_port                        ? path.dial_port
                                                        : pl_connection_port(c),
        .dial_host = c->probe.connect_host,
        .dial_port = c->probe.connect_port,
        .tls = speaks_tls(view, c),
        .url_path = c->probe.path ? c->probe.path : c->to.url_path,
        .view = view,
    };
    if (c->probe.identity_token)
        job->identity_token = identity_token(s, c->probe.identity_token);
    if (!job->host) /* a name to be looked up needs no target that is known */
        job->host = c->probe.dns_name;
    /* Where nothing says what connect_to stands for, it stands for itself. */
    if (!job->host && job->dial_host)
        job->host = c->probe.server_name ? c->probe.server_name : job->dial_host;
    if (!job->port && job->dial_host)
        job->port = job->dial_port;
    job->shown =
        job->port ? pl_arena_printf(s->arena, "%s port %d", c->to.text, job->port) : c->to.text;
    return job->host != NULL;
}

int pl_session_probe(struct pl_session *s, struct pl_err *err)
{
    size_t all = s->options->no_probe ? 0 : s->n_connections + s->n_extra, n = 0;
    size_t n_lost = 0;
    const struct pl_connection **lost = pl_arena_array(s->arena, all + 1, sizeof(*lost));
    struct pl_probe_job *jobs = pl_arena_array(s->arena, all + 1, sizeof(*jobs));
    s->probes = pl_arena_array(s->arena, all + 1, sizeof(*s->probes));
    for (size_t i = 0; i < all; i++) {
        const struct pl_connection *c = pl_session_connection(s, i);
        if (c->probe.type == PL_PROBE_NONE)
            continue;
        if (make_job(s, c, &jobs[n]))
            n++;
        else
            lost[n_lost++] = c;
    }
    const struct pl_probe_options options = {
        .deadline_ns = s->deadline_ns,
        .progress = on_probing,
        .progress_arg = s,
    };
    if (n > 0 && (need_loop(s, err) < 0 ||
                  pl_probe_run(s->arena, s->loop, jobs, n, &options, s->probes, err) < 0)) {
        pl_progress_end();
        return pl_err_wrap(err, "probing");
    }
    pl_progress_end();
    /* Those without a place to go come behind. */
    s->n_probes = n;
    for (size_t i = 0; i < n_lost; i++)
        s->probes[s->n_probes++] =
            (struct pl_probe_result){.connection = lost[i],
                                     .state = PL_PROBED_UNKNOWN,
                                     .unknown_why = "the target's address is not known",
                                     .symptom = {.after_ms = -1}};
    return 0;
}
