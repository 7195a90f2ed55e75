/* report_prometheus.c - metrics of the last run, for node_exporter's textfile collector (text format 0.0.4,
 * https://prometheus.io/docs/instrumenting/exposition_formats/). Base units; no time stamps, which the collector refuses.
 *
 * Labels are names of connections, never values or fields: series stay as many as what is declared. A run that ended with an error has no
 * metrics of what it did not judge: alert on their absence, or on plumbline_exit_status.
 */
#include <string.h>

#include "plumbline/clock.h"
#include "report_priv.h"

/* In a label's value only backslash, quote and line end have a meaning; what hides text is shown first. */
static void label(struct pl_buf *out, const char *name, const char *text)
{
    struct pl_buf plain = {0};
    pl_buf_add_visible(&plain, text ? text : "", strlen(text ? text : ""));
    pl_buf_addf(out, "%s=\"", name);
    for (const char *p = pl_buf_str(&plain); *p; p++) {
        if (*p == '\\' || *p == '"')
            pl_buf_addc(out, '\\');
        pl_buf_addc(out, *p);
    }
    pl_buf_addc(out, '"');
    pl_buf_free(&plain);
}

static void begin(struct pl_buf *out, const char *metric, const char *help)
{
    pl_buf_addf(out, "# HELP %s %s\n# TYPE %s gauge\n", metric, help, metric);
}

static void single(struct pl_buf *out, const char *metric, const char *help, double value)
{
    begin(out, metric, help);
    pl_buf_addf(out, "%s %.15g\n", metric, value);
}

/* One series a name; 1 where it is the one. */
static void one_of(struct pl_buf *out, const char *metric, const char *help, const char *key,
                   const char *const *names, size_t n, size_t which)
{
    begin(out, metric, help);
    for (size_t i = 0; i < n; i++)
        pl_buf_addf(out, "%s{%s=\"%s\"} %d\n", metric, key, names[i], i == which);
}

static double seconds(const char *at)
{
    int64_t ns = 0;
    return at && pl_clock_parse(at, &ns) == 0 ? (double)ns / 1e9 : -1;
}

static void write_run(struct pl_buf *out, const struct pl_run *run)
{
    double begun = seconds(run->started_at), ended = seconds(run->finished_at);
    begin(out, "plumbline_run_info", "What ran; always 1.");
    pl_buf_adds(out, "plumbline_run_info{");
    label(out, "command", run->command);
    pl_buf_addc(out, ',');
    label(out, "version", run->version);
    pl_buf_adds(out, "} 1\n");
    single(out, "plumbline_exit_status", "Exit status of the run: 0, 1, 2 or 3.", run->exit_status);
    one_of(out, "plumbline_verdict", "Verdict of the run: 1 for the one that it is.", "verdict",
           pl_verdict_names, PL_VERDICT_ERROR + 1, run->verdict);
    if (ended >= 0)
        single(out, "plumbline_run_end_timestamp_seconds", "When the run ended, Unix time.", ended);
    if (begun >= 0 && ended >= begun)
        single(out, "plumbline_run_duration_seconds", "How long the run took.", ended - begun);
}

static void write_fields(struct pl_buf *out, const struct pl_run *run)
{
    const struct {
        const char *state;
        size_t n;
    } states[] = {{"match", run->coverage.match},
                  {"drift", run->coverage.drift},
                  {"ignored", run->coverage.ignored},
                  {"unknown", run->coverage.unknown}};
    size_t by[PL_SEV_CRITICAL + 1] = {0};
    for (size_t i = 0; i < run->n_drift; i++)
        by[run->drift[i]->severity]++;
    begin(out, "plumbline_declared_fields", "Declared fields by what became of them.");
    for (size_t i = 0; i < PL_LEN(states); i++)
        pl_buf_addf(out, "plumbline_declared_fields{state=\"%s\"} %zu\n", states[i].state,
                    states[i].n);
    begin(out, "plumbline_drift", "Differences by severity, without the ignored ones.");
    for (size_t i = 0; i < PL_LEN(by); i++)
        pl_buf_addf(out, "plumbline_drift{severity=\"%s\"} %zu\n", pl_severity_names[i], by[i]);
    single(out, "plumbline_unobserved", "Declared things that could not be looked at.",
           (double)run->n_unobserved);
    single(out, "plumbline_idle_ignore_rules", "Ignore rules that expired or match nothing.",
           (double)run->n_rules);
}

static void write_requests(struct pl_buf *out, const struct pl_run *run)
{
    if (run->requests.sent == 0)
        return;
    begin(out, "plumbline_api_requests", "Requests to Google's APIs in this run.");
    pl_buf_addf(out, "plumbline_api_requests{outcome=\"all\"} %zu\n", run->requests.sent);
    pl_buf_addf(out, "plumbline_api_requests{outcome=\"retried\"} %zu\n", run->requests.retried);
    pl_buf_addf(out, "plumbline_api_requests{outcome=\"throttled\"} %zu\n",
                run->requests.throttled);
}

/* ---- a series a connection ---- */

typedef bool measure_fn(const struct pl_conn_result *c, double *value);

static bool p50(const struct pl_conn_result *c, double *value)
{
    *value = c->probe ? c->probe->timings.p50_ms / 1000 : -1;
    return *value >= 0;
}
static bool p95(const struct pl_conn_result *c, double *value)
{
    *value = c->probe ? c->probe->timings.p95_ms / 1000 : -1;
    return *value >= 0;
}
static bool longest(const struct pl_conn_result *c, double *value)
{
    *value = c->probe ? c->probe->timings.max_ms / 1000 : -1;
    return *value >= 0;
}
static bool tried(const struct pl_conn_result *c, double *value)
{
    *value = c->probe ? c->probe->timings.attempts : 0;
    return *value > 0;
}
static bool failed(const struct pl_conn_result *c, double *value)
{
    *value = c->probe ? c->probe->timings.failed : 0;
    return c->probe && c->probe->timings.attempts > 0;
}
static bool proven(const struct pl_conn_result *c, double *value)
{
    *value = c->explanation.verdict == PL_EXPLAIN_EXPLAINED;
    return c->explanation.verdict != PL_EXPLAIN_NONE;
}
static bool expires(const struct pl_conn_result *c, double *value)
{
    const struct pl_peer_tls *tls = c->probe ? c->probe->tls : NULL;
    *value = tls && tls->n_chain > 0 ? seconds(tls->chain[0].not_after) : -1;
    return *value >= 0;
}

static const struct {
    const char *metric, *help;
    measure_fn *measure;
} measures[] = {
    {"plumbline_connection_latency_p50_seconds", "Median of the probe's successful attempts.", p50},
    {"plumbline_connection_latency_p95_seconds", "95th percentile of them.", p95},
    {"plumbline_connection_latency_max_seconds", "The longest of them.", longest},
    {"plumbline_connection_attempts", "Attempts of the probe.", tried},
    {"plumbline_connection_failed_attempts", "Attempts that failed.", failed},
    {"plumbline_connection_cause_proven", "Of a failing connection: is its cause proven?", proven},
    {"plumbline_connection_certificate_expiry_timestamp_seconds",
     "When the certificate that was shown expires, Unix time.", expires},
};

static void series(struct pl_buf *out, const char *metric, const struct pl_conn_result *c,
                   const char *more, double value)
{
    pl_buf_addf(out, "%s{", metric);
    label(out, "connection", c->connection->name);
    pl_buf_addf(out, "%s} %.15g\n", more, value);
}

static void write_connections(struct pl_buf *out, const struct pl_run *run)
{
    struct pl_buf lines = {0};
    if (run->n_connections > 0)
        begin(out, "plumbline_connection_status",
              "Status of a connection: 1 for the one that it has.");
    for (size_t i = 0; i < run->n_connections; i++)
        for (int s = PL_CONN_OK; s <= PL_CONN_UNKNOWN; s++) {
            pl_buf_clear(&lines);
            pl_buf_addf(&lines, ",status=\"%s\"", pl_conn_status_names[s]);
            series(out, "plumbline_connection_status", &run->connections[i], pl_buf_str(&lines),
                   (int)run->connections[i].status == s);
        }
    for (size_t m = 0; m < PL_LEN(measures); m++) {
        double value = 0;
        pl_buf_clear(&lines);
        for (size_t i = 0; i < run->n_connections; i++)
            if (measures[m].measure(&run->connections[i], &value))
                series(&lines, measures[m].metric, &run->connections[i], "", value);
        if (lines.len > 0)
            begin(out, measures[m].metric, measures[m].help);
        pl_buf_adds(out, pl_buf_str(&lines));
    }
    pl_buf_free(&lines);
}

void pl_report_prometheus(struct pl_buf *out, const struct pl_run *run,
                          const struct pl_report_style *style)
{
    (void)style;
    write_run(out, run);
    if (run->verdict == PL_VERDICT_ERROR)
        return;
    write_fields(out, run);
    write_connections(out, run);
    write_requests(out, run);
}
