/* session.c - a run, step by step: baseline, observation, comparison, probes, explanation, report.
 *
 * Each step takes what the earlier ones left in the session; no step reaches back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "plumbline/clock.h"
#include "plumbline/file.h"
#include "plumbline/gcp.h"
#include "plumbline/log.h"
#include "plumbline/probe.h"
#include "plumbline/reach.h"
#include "plumbline/snapshot.h"

enum { MAX_SYMPTOM_BYTES = 64 << 20 };

/* ---- start and end ---- */

static uint64_t mix(uint64_t hash, const char *text)
{
    /* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/; the end of a text counts, too. */
    const char *at = text ? text : "";
    do
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    while (*at++);
    return hash;
}

static uint64_t mix_all(uint64_t hash, const struct pl_texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        hash = mix(hash, texts->list[i]);
    return hash;
}

/* When, what, and on which input: the same under a stopped clock, another for every other run. */
static const char *make_id(struct pl_session *s, int64_t now)
{
    const struct pl_options *o = s->options;
    uint64_t hash = mix(UINT64_C(0xcbf29ce484222325), pl_clock_format(s->arena, now, 1));
    hash = mix(mix(mix(hash, s->run.command), o->snapshot), o->against);
    hash = mix(mix(mix(hash, o->from), o->to), o->vantage);
    hash = mix_all(mix_all(hash, &o->baselines), &o->symptoms);
    hash = mix_all(mix_all(hash, &o->select), &o->words);
    return pl_arena_printf(s->arena, "%s-%08x", s->run.started_at, (unsigned)(hash ^ (hash >> 32)));
}

static void start(struct pl_session *s, const struct pl_options *options, const char *command)
{
    *s = (struct pl_session){.arena = options->arena, .options = options};
    int64_t now = pl_clock_wall_ns();
    s->deadline_ns = options->deadline_ns ? pl_clock_mono_ns() + options->deadline_ns : 0;
    s->run = (struct pl_run){
        .arena = s->arena,
        .command = command,
        .started_at = pl_clock_format(s->arena, now, 0),
        .version = PL_VERSION,
        .fail_on = options->fail_on,
    };
    s->run.id = make_id(s, now);
}

int pl_session_run(const struct pl_options *options, const char *command, pl_steps_fn *steps,
                   struct pl_err *err)
{
    struct pl_session s;
    start(&s, options, command);
    int status = pl_outputs_check(options, err) < 0 ? -1 : steps(&s, err);
    if (status < 0)
        pl_outputs_fail(&s, err);
    pl_loop_free(s.loop);
    return status;
}

/* ---- the baseline ---- */

static const struct pl_baseline *empty_baseline(struct pl_arena *arena)
{
    struct pl_baseline *b = PL_NEW(arena, struct pl_baseline);
    b->arena = arena;
    return b;
}

int pl_session_baseline(struct pl_session *s, bool needed, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    if (o->baselines.n == 0) {
        if (needed)
            return pl_err_set(err, PL_E_USAGE, "%s wants a baseline: -b FILE or -b FOLDER",
                              s->run.command);
        s->baseline = empty_baseline(s->arena);
    } else {
        struct pl_baseline_options read = {
            .paths = o->baselines.list,
            .n_paths = o->baselines.n,
            .vars = o->vars,
            .n_vars = o->n_vars,
            .project = o->projects.n ? o->projects.list[0] : NULL,
        };
        s->baseline = pl_baseline_read(s->arena, &read, err);
        if (!s->baseline)
            return -1;
    }
    const char **files = pl_arena_array(s->arena, s->baseline->n_files + 1, sizeof(*files));
    for (size_t i = 0; i < s->baseline->n_files; i++)
        files[i] = s->baseline->files[i]->name;
    s->run.baseline_files = files;
    s->run.n_baseline_files = s->baseline->n_files;
    s->run.warnings = s->baseline->warnings;
    s->run.n_warnings = s->baseline->n_warnings;
    s->connections =
        pl_arena_array(s->arena, s->baseline->n_connections + 1, sizeof(*s->connections));
    for (size_t i = 0; i < s->baseline->n_connections; i++)
        if (pl_select_connection(o, s->baseline->connections[i]))
            s->connections[s->n_connections++] = s->baseline->connections[i];
    if (o->against && s->baseline->n_connections == 0)
        return 0; /* they are not known yet: add_inferred */
    return pl_select_check(o, s->baseline->connections, s->baseline->n_connections, err);
}

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

/* The projects to look at: the baseline's, the last good state's, those of ad hoc connections, --project; where there is none,
 * what the credentials name. */
static void choose_projects(struct pl_session *s, struct pl_texts *out)
{
    for (size_t i = 0; i < s->baseline->n_projects; i++)
        add_project(s, out, s->baseline->projects[i]);
    for (size_t i = 0; s->good && i < s->good->n_projects; i++)
        add_project(s, out, s->good->projects[i]);
    for (size_t i = 0; i < s->n_extra; i++) {
        add_end(s, out, &s->extra[i]->from);
        add_end(s, out, &s->extra[i]->to);
    }
    for (size_t i = 0; i < s->options->projects.n; i++)
        add_project(s, out, s->options->projects.list[i]);
    const char *project = out->n == 0 ? pl_gcp_default_project(s->arena) : NULL;
    if (project)
        add_project(s, out, project);
}

/* ---- progress: on a terminal only, and gone when the step is over ---- */

static bool shows_progress(const struct pl_options *o)
{
    const char *term = getenv("TERM");
    return o->verbose >= 0 && isatty(STDERR_FILENO) && !(term && strcmp(term, "dumb") == 0);
}

static bool progress_shown;

static void show_progress(const char *what, size_t done, size_t total, void *arg)
{
    (void)arg;
    progress_shown = true;
    fprintf(stderr, "\r\033[K%s %zu/%zu", what ? what : "", done, total);
}

static void show_probes(size_t done, size_t total, void *arg)
{
    show_progress("probed", done, total, arg);
}

static void end_progress(void)
{
    if (progress_shown)
        fputs("\r\033[K", stderr);
    progress_shown = false;
}

/* Nothing could be read, and every time because of who asks: a job that could not be done, not an estate with gaps. */
static int check_accepted(struct pl_session *s, const struct pl_gcp_options *gcp,
                          struct pl_err *err)
{
    const struct pl_world *w = s->world;
    for (size_t i = 0; i < w->n_unobserved; i++)
        if (strcmp(w->unobserved[i].reason, "auth") != 0)
            return 0;
    if (w->n_resources > 0 || w->n_unobserved == 0)
        return 0;
    const char *who = pl_gcp_identity(s->arena, s->loop, gcp, NULL);
    const struct pl_unobserved *first = &w->unobserved[0];
    return pl_err_set(err, PL_E_AUTH, "Google does not accept the %s: %s%s%s",
                      who ? who : "credentials", first->detail ? first->detail : "no reason given",
                      first->remedy ? "; renew it, or use other credentials: " : "",
                      first->remedy ? first->remedy : "");
}

static int observe_google(struct pl_session *s, struct pl_err *err)
{
    struct pl_texts projects = {0};
    struct pl_gcp_stats stats = {0};
    choose_projects(s, &projects);
    if (projects.n == 0)
        return pl_err_set(err, PL_E_USAGE,
                          "which project? Write `project:` in the baseline, or give --project");
    if (need_loop(s, err) < 0)
        return -1;
    struct pl_gcp_options gcp = {
        .api_root = s->options->api_root,
        .projects = projects.list,
        .n_projects = projects.n,
        .deadline_ns = s->deadline_ns,
        .redaction_key = pl_redaction_key(s->arena),
        .progress = shows_progress(s->options) ? show_progress : NULL,
    };
    s->world = pl_gcp_observe(s->arena, s->loop, &gcp, &stats, err);
    end_progress();
    if (!s->world || check_accepted(s, &gcp, err) < 0)
        return pl_err_wrap(err, "observing Google Cloud");
    pl_log(PL_LOG_INFO, "observed %zu resources with %zu requests (%zu tried again, %zu throttled)",
           s->world->n_resources, stats.requests, stats.retries, stats.throttled);
    s->run.source = s->options->api_root
                        ? pl_arena_printf(s->arena, "Google's APIs at %s", s->options->api_root)
                        : "Google's APIs";
    return 0;
}

/* Without a baseline's connections: those that the last good state is wired for. */
static int add_inferred(struct pl_session *s, struct pl_err *err)
{
    size_t n = 0;
    const struct pl_connection *const *all =
        pl_reach_infer(s->arena, pl_view_new(s->arena, s->good), &n);
    const struct pl_connection **chosen = pl_arena_array(s->arena, n + 1, sizeof(*chosen));
    pl_log(PL_LOG_INFO, "%zu connections read off the wiring of the last good state", n);
    for (size_t i = 0; i < n; i++)
        if (pl_select_connection(s->options, all[i]))
            chosen[s->n_extra++] = all[i];
    s->extra = chosen;
    return pl_select_check(s->options, all, n, err);
}

static int read_good(struct pl_session *s, struct pl_err *err)
{
    s->good = read_snapshot(s, s->options->against, err);
    if (!s->good)
        return pl_err_wrap(err, "--against");
    return s->baseline->n_connections == 0 ? add_inferred(s, err) : 0;
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

int pl_session_symptoms(struct pl_session *s, struct pl_err *err)
{
    struct pl_symptom *all = NULL;
    size_t cap = 0;
    for (size_t i = 0; i < s->options->symptoms.n; i++) {
        const char *path = s->options->symptoms.list[i];
        const struct pl_symptom *list = NULL;
        size_t len = 0, n = 0;
        char *text = pl_file_read(s->arena, path, MAX_SYMPTOM_BYTES, &len, err);
        if (!text || pl_symptoms_read(s->arena, path, text, len, &list, &n, err) < 0)
            return -1;
        for (size_t j = 0; j < n; j++)
            PL_PUSH(s->arena, all, s->n_symptoms, cap, list[j]);
    }
    s->symptoms = all;
    return 0;
}

/* ---- comparison ---- */

void pl_session_diff(struct pl_session *s)
{
    struct pl_view *observed = pl_view_new(s->arena, s->world);
    int64_t now = pl_clock_wall_ns();
    s->diff = s->good ? pl_diff_worlds(s->arena, observed, pl_view_new(s->arena, s->good),
                                       s->baseline, now)
                      : pl_diff_baseline(s->arena, observed, s->baseline, now);
    s->run.coverage = s->diff->coverage;
    s->run.ignored = s->diff->ignored;
    s->run.n_ignored = s->diff->n_ignored;
    s->run.unknown = s->diff->unknown;
    s->run.n_unknown = s->diff->n_unknown;
    s->run.rules = s->diff->rules;
    s->run.n_rules = s->diff->n_rules;
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
    /* Where nothing says what connect_to stands for, it stands for itself. */
    if (!job->host && job->dial_host)
        job->host = c->probe.server_name ? c->probe.server_name : job->dial_host;
    if (!job->port && job->dial_host)
        job->port = job->dial_port;
    job->shown =
        job->port ? pl_arena_printf(s->arena, "%s port %d", c->to.text, job->port) : c->to.text;
    return job->host != NULL;
}

static const struct pl_connection *connection_at(const struct pl_session *s, size_t i)
{
    return i < s->n_connections ? s->connections[i] : s->extra[i - s->n_connections];
}

int pl_session_probe(struct pl_session *s, struct pl_err *err)
{
    size_t all = s->options->no_probe ? 0 : s->n_connections + s->n_extra, n = 0;
    struct pl_probe_job *jobs = pl_arena_array(s->arena, all + 1, sizeof(*jobs));
    s->probes = pl_arena_array(s->arena, all + 1, sizeof(*s->probes));
    for (size_t i = 0; i < all; i++)
        if (connection_at(s, i)->probe.type != PL_PROBE_NONE &&
            make_job(s, connection_at(s, i), &jobs[n]))
            n++;
    const struct pl_probe_options options = {
        .deadline_ns = s->deadline_ns,
        .progress = shows_progress(s->options) ? show_probes : NULL,
    };
    if (n > 0 && (need_loop(s, err) < 0 ||
                  pl_probe_run(s->arena, s->loop, jobs, n, &options, s->probes, err) < 0)) {
        end_progress();
        return pl_err_wrap(err, "probing");
    }
    end_progress();
    /* Those without a place to go come behind. */
    s->n_probes = n;
    for (size_t i = 0; i < all; i++)
        if (connection_at(s, i)->probe.type != PL_PROBE_NONE &&
            !make_job(s, connection_at(s, i), &jobs[n]))
            s->probes[s->n_probes++] =
                (struct pl_probe_result){.connection = connection_at(s, i),
                                         .state = PL_PROBED_UNKNOWN,
                                         .unknown_why = "the target's address is not known",
                                         .symptom = {.after_ms = -1}};
    return 0;
}

/* ---- explanation ---- */

static int by_severity(const void *a, const void *b)
{
    const struct pl_drift *const *x = a, *const *y = b;
    if ((*x)->severity != (*y)->severity)
        return (*x)->severity > (*y)->severity ? -1 : 1;
    return strcmp((*x)->field_full, (*y)->field_full);
}

static bool is_chosen(const struct pl_session *s, const struct pl_connection *c)
{
    for (size_t i = 0; i < s->n_connections + s->n_extra; i++)
        if (connection_at(s, i) == c)
            return true;
    return false;
}

/* A name that nothing has is a mistake in the file of symptoms: said, because its line counts for nothing. */
static void tell_unknown_names(const struct pl_session *s, const struct pl_conn_result *all,
                               size_t n)
{
    for (size_t i = 0; i < s->n_symptoms; i++) {
        const char *name = s->symptoms[i].connection;
        bool found = name == NULL;
        for (size_t j = 0; !found && j < n; j++)
            found = strcmp(all[j].connection->name, name) == 0;
        if (!found)
            pl_log(PL_LOG_WARN, "no connection is called '%s'; its symptom is left out", name);
    }
}

void pl_session_explain(struct pl_session *s)
{
    size_t n = 0;
    const struct pl_explain_input input = {
        .observed = s->world,
        .baseline = s->baseline, /* whole: the cause may lie upstream of what was chosen */
        .drift = s->diff ? s->diff->drift : NULL,
        .n_drift = s->diff ? s->diff->n_drift : 0,
        .ignored = s->diff ? s->diff->ignored : NULL,
        .n_ignored = s->diff ? s->diff->n_ignored : 0,
        .symptoms = s->symptoms,
        .n_symptoms = s->n_symptoms,
        .probes = s->probes,
        .n_probes = s->n_probes,
        .vantage = s->options->vantage,
        .extra = s->extra,
        .n_extra = s->n_extra,
    };
    struct pl_conn_result *all = pl_explain(s->arena, &input, &n);
    struct pl_conn_result *chosen = pl_arena_array(s->arena, n + 1, sizeof(*chosen));
    tell_unknown_names(s, all, n);
    for (size_t i = 0; i < n; i++)
        if (is_chosen(s, all[i].connection))
            chosen[s->run.n_connections++] = all[i];
    s->run.connections = chosen;
    if (input.n_drift > 0)
        qsort(s->diff->drift, input.n_drift, sizeof(struct pl_drift *), by_severity);
    s->run.drift = (const struct pl_drift *const *)input.drift;
    s->run.n_drift = input.n_drift;
}

/* ---- the end ---- */

int pl_session_report(struct pl_session *s, struct pl_err *err)
{
    s->run.finished_at = pl_clock_format(s->arena, pl_clock_wall_ns(), 0);
    pl_run_judge(&s->run);
    return pl_outputs_write(s, err) < 0 ? -1 : s->run.exit_status;
}
