/* session.c - a run, step by step: baseline, observation, comparison, probes, explanation, report.
 *
 * Each step takes what the earlier ones left in the session; no step reaches back.
 */
#include <fnmatch.h>
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

void pl_session_start(struct pl_session *s, const struct pl_options *options, const char *command)
{
    *s = (struct pl_session){.arena = options->arena, .options = options};
    int64_t now = pl_clock_wall_ns();
    s->run = (struct pl_run){
        .arena = s->arena,
        .command = command,
        .started_at = pl_clock_format(s->arena, now, 0),
        .version = PL_VERSION,
        .fail_on = options->fail_on,
    };
    s->run.id = pl_arena_printf(s->arena, "%s-%ld", s->run.started_at, (long)getpid());
}

/* ---- the baseline ---- */

static bool is_selected(const struct pl_session *s, const struct pl_connection *c)
{
    const struct pl_texts *select = &s->options->select;
    if (select->n == 0)
        return true;
    for (size_t i = 0; i < select->n; i++)
        if (fnmatch(select->list[i], c->name, 0) == 0)
            return true;
    return false;
}

/* A pattern that names no connection and is no address would silently select nothing. */
static int check_select(const struct pl_session *s, struct pl_err *err)
{
    for (size_t i = 0; i < s->options->select.n; i++) {
        bool found = strchr(s->options->select.list[i], '/') != NULL;
        for (size_t j = 0; j < s->baseline->n_connections; j++)
            found = found ||
                    fnmatch(s->options->select.list[i], s->baseline->connections[j]->name, 0) == 0;
        if (!found)
            return pl_err_set(err, PL_E_USAGE,
                              "--select %s: no connection of the baseline has such a name",
                              s->options->select.list[i]);
    }
    return 0;
}

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
        if (is_selected(s, s->baseline->connections[i]))
            s->connections[s->n_connections++] = s->baseline->connections[i];
    return check_select(s, err);
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
    return s->loop ? pl_loop_catch_signals(s->loop, err) : -1;
}

/* The projects to look at: the baseline's, the connections' ends, --project, else what the credentials name. */
static void choose_projects(struct pl_session *s, struct pl_texts *out)
{
    const struct pl_options *o = s->options;
    for (size_t i = 0; i < s->baseline->n_projects; i++)
        PL_PUSH(s->arena, out->list, out->n, out->cap, s->baseline->projects[i]);
    for (size_t i = 0; i < o->projects.n; i++) {
        bool there = false;
        for (size_t j = 0; j < out->n; j++)
            there = there || strcmp(out->list[j], o->projects.list[i]) == 0;
        if (!there)
            PL_PUSH(s->arena, out->list, out->n, out->cap, o->projects.list[i]);
    }
    const char *project = out->n == 0 ? pl_gcp_default_project(s->arena) : NULL;
    if (project)
        PL_PUSH(s->arena, out->list, out->n, out->cap, project);
}

static void show_progress(const char *what, size_t done, size_t total, void *arg)
{
    (void)arg;
    fprintf(stderr, "\r\033[K%s %zu/%zu", what ? what : "", done, total);
    if (done == total)
        fprintf(stderr, "\r\033[K");
}

static bool shows_progress(const struct pl_options *o)
{
    return o->verbose >= 0 && isatty(STDERR_FILENO);
}

static int64_t deadline(const struct pl_options *o)
{
    return o->deadline_ns ? pl_clock_mono_ns() + o->deadline_ns : 0;
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
        .deadline_ns = deadline(s->options),
        .redaction_key = pl_redaction_key(s->arena),
        .progress = shows_progress(s->options) ? show_progress : NULL,
    };
    s->world = pl_gcp_observe(s->arena, s->loop, &gcp, &stats, err);
    if (!s->world)
        return pl_err_wrap(err, "observing Google Cloud");
    pl_log(PL_LOG_INFO, "observed %zu resources with %zu requests (%zu tried again, %zu throttled)",
           s->world->n_resources, stats.requests, stats.retries, stats.throttled);
    s->run.source = s->options->api_root
                        ? pl_arena_printf(s->arena, "Google's APIs at %s", s->options->api_root)
                        : "Google's APIs";
    return 0;
}

int pl_session_observe(struct pl_session *s, struct pl_err *err)
{
    if (s->options->snapshot) {
        s->world = read_snapshot(s, s->options->snapshot, err);
        if (!s->world)
            return -1;
        s->run.source = pl_arena_printf(s->arena, "snapshot %s", s->options->snapshot);
    } else if (observe_google(s, err) < 0) {
        return -1;
    }
    if (s->options->against && !(s->good = read_snapshot(s, s->options->against, err)))
        return pl_err_wrap(err, "--against");
    if (s->good && s->baseline->n_connections == 0) {
        s->extra = pl_reach_infer(s->arena, pl_view_new(s->arena, s->good), &s->n_extra);
        pl_log(PL_LOG_INFO, "%zu connections read off the wiring of the last good state",
               s->n_extra);
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
        for (size_t j = 0; j < n; j++) {
            if (list[j].connection && !pl_baseline_connection(s->baseline, list[j].connection))
                pl_log(PL_LOG_WARN, "%s: no connection is called '%s'; its symptom is left out",
                       path, list[j].connection);
            PL_PUSH(s->arena, all, s->n_symptoms, cap, list[j]);
        }
    }
    s->symptoms = all;
    return 0;
}

/* ---- comparison ---- */

int pl_session_diff(struct pl_session *s, struct pl_err *err)
{
    (void)err;
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
    return 0;
}

/* ---- probes ---- */

/* Where a probe goes: what the client in fact dials by its wiring, unless connect_to says otherwise. */
static bool make_job(struct pl_session *s, const struct pl_connection *c, struct pl_probe_job *job)
{
    struct pl_view *view = pl_view_new(s->arena, s->world);
    struct pl_reach path = pl_reach_evaluate(view, c, s->baseline);
    bool is_run =
        c->to.what == PL_END_RESOURCE && strcmp(c->to.address.kind->name, "run.service") == 0;
    *job = (struct pl_probe_job){
        .connection = c,
        .host = c->to.what == PL_END_HOST ? c->to.host : path.dial_host,
        .port = c->to.what == PL_END_HOST && c->to.port ? c->to.port
                : path.dial_port                        ? path.dial_port
                                                        : pl_connection_port(c),
        .dial_host = c->probe.connect_host,
        .dial_port = c->probe.connect_port,
        .tls = is_run || c->probe.type == PL_PROBE_HTTPS || c->probe.type == PL_PROBE_TLS ||
               (c->to.scheme &&
                (strcmp(c->to.scheme, "https") == 0 || strcmp(c->to.scheme, "wss") == 0)),
        .url_path = c->probe.path ? c->probe.path : c->to.url_path,
        .view = view,
    };
    if (c->probe.type == PL_PROBE_HTTP)
        job->tls = false;
    if (!job->host && job->dial_host)
        job->host = c->probe.server_name ? c->probe.server_name : job->dial_host;
    job->shown =
        job->port ? pl_arena_printf(s->arena, "%s port %d", c->to.text, job->port) : c->to.text;
    return job->host != NULL;
}

int pl_session_probe(struct pl_session *s, struct pl_err *err)
{
    if (s->options->no_probe)
        return 0;
    struct pl_probe_job *jobs =
        pl_arena_array(s->arena, s->n_connections + s->n_extra + 1, sizeof(*jobs));
    s->probes = pl_arena_array(s->arena, s->n_connections + s->n_extra + 1, sizeof(*s->probes));
    struct pl_probe_result *unknown =
        s->probes + s->n_connections + s->n_extra; /* filled from the end */
    size_t n = 0, n_unknown = 0;
    for (size_t i = 0; i < s->n_connections + s->n_extra; i++) {
        const struct pl_connection *c =
            i < s->n_connections ? s->connections[i] : s->extra[i - s->n_connections];
        if (c->probe.type == PL_PROBE_NONE)
            continue;
        if (make_job(s, c, &jobs[n])) {
            n++;
            continue;
        }
        n_unknown++;
        *--unknown = (struct pl_probe_result){.connection = c,
                                              .state = PL_PROBED_UNKNOWN,
                                              .unknown_why = "the target's address is not known",
                                              .symptom = {.after_ms = -1}};
    }
    if (n > 0) {
        struct pl_probe_options probe = {.deadline_ns = deadline(s->options)};
        if (need_loop(s, err) < 0 ||
            pl_probe_run(s->arena, s->loop, jobs, n, &probe, s->probes, err) < 0)
            return pl_err_wrap(err, "probing");
    }
    memmove(s->probes + n, unknown, n_unknown * sizeof(*unknown));
    s->n_probes = n + n_unknown;
    return 0;
}

/* ---- explanation ---- */

static bool concerns(const struct pl_session *s, const struct pl_unobserved *gap)
{
    for (size_t i = 0; i < s->run.n_unknown; i++)
        if (s->run.unknown[i].gap == gap)
            return true;
    /* A gap matters, too, where an unknown hop may hang on it: every kind that the path model reads. */
    for (size_t i = 0; i < s->run.n_connections; i++)
        if (s->run.connections[i].status == PL_CONN_UNKNOWN ||
            s->run.connections[i].explanation.verdict == PL_EXPLAIN_UNKNOWN)
            return true;
    return false;
}

static void choose_gaps(struct pl_session *s)
{
    struct pl_unobserved *list = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < s->world->n_unobserved; i++) {
        if (concerns(s, &s->world->unobserved[i]))
            PL_PUSH(s->arena, list, n, cap, s->world->unobserved[i]);
        else
            s->run.unobserved_elsewhere++;
    }
    s->run.unobserved = list;
    s->run.n_unobserved = n;
}

static int by_severity(const void *a, const void *b)
{
    const struct pl_drift *const *x = a, *const *y = b;
    if ((*x)->severity != (*y)->severity)
        return (*x)->severity > (*y)->severity ? -1 : 1;
    return strcmp((*x)->field_full, (*y)->field_full);
}

void pl_session_explain(struct pl_session *s)
{
    struct pl_baseline chosen = *s->baseline;
    chosen.connections = s->connections;
    chosen.n_connections = s->n_connections;
    const struct pl_explain_input input = {
        .observed = s->world,
        .baseline = &chosen,
        .drift = s->diff->drift,
        .n_drift = s->diff->n_drift,
        .ignored = s->diff->ignored,
        .n_ignored = s->diff->n_ignored,
        .symptoms = s->symptoms,
        .n_symptoms = s->n_symptoms,
        .probes = s->probes,
        .n_probes = s->n_probes,
        .vantage = s->options->vantage,
        .extra = s->extra,
        .n_extra = s->n_extra,
    };
    s->run.connections = pl_explain(s->arena, &input, &s->run.n_connections);
    if (s->diff->n_drift > 0)
        qsort(s->diff->drift, s->diff->n_drift, sizeof(struct pl_drift *), by_severity);
    s->run.drift = (const struct pl_drift *const *)s->diff->drift;
    s->run.n_drift = s->diff->n_drift;
    choose_gaps(s);
}

/* ---- the end ---- */

int pl_session_interrupted(const struct pl_session *s)
{
    int signal = s->loop ? pl_loop_signal(s->loop) : 0;
    return signal ? 128 + signal : 0;
}

static int write_reports(struct pl_session *s, struct pl_err *err)
{
    const struct pl_options *o = s->options;
    const struct pl_output text = {.writer = pl_report_find("text"), .path = "-"};
    const struct pl_output *outputs = o->n_outputs ? o->outputs : &text;
    for (size_t i = 0; i < (o->n_outputs ? o->n_outputs : 1); i++) {
        struct pl_buf b = {0};
        struct pl_report_style style = strcmp(outputs[i].path, "-") == 0
                                           ? pl_style(o)
                                           : (struct pl_report_style){.verbose = o->verbose};
        outputs[i].writer->write(&b, &s->run, &style);
        int status = pl_file_write(outputs[i].path, pl_buf_str(&b), b.len, 0644, err);
        pl_buf_free(&b);
        if (status < 0)
            return pl_err_wrap(err, "report %s", outputs[i].writer->name);
    }
    return 0;
}

int pl_session_report(struct pl_session *s, struct pl_err *err)
{
    s->run.finished_at = pl_clock_format(s->arena, pl_clock_wall_ns(), 0);
    pl_run_judge(&s->run);
    int interrupted = pl_session_interrupted(s);
    if (interrupted)
        return interrupted;
    return write_reports(s, err) < 0 ? -1 : s->run.exit_status;
}

void pl_session_end(struct pl_session *s)
{
    pl_loop_free(s->loop);
    s->loop = NULL;
}
