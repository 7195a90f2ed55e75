/* report_ndjson.c - a line an event: what ran, each finding with all that the JSON report says of it, the result last.
 *
 * A reader that has seen the line "result" has seen everything; a file without it is of a run that did not end.
 */
#include "report_priv.h"

static struct pl_emit begin(const char *event)
{
    struct pl_emit e = {.first = true, .one_line = true};
    pl_emit_open(&e, NULL, '{');
    pl_emit_text(&e, "event", event);
    return e;
}

static void end(struct pl_emit *e, struct pl_buf *out)
{
    pl_emit_close(e, '}');
    pl_emit_finish(e, out);
}

/* Only what is known when it begins; the whole of it stands in the last line. */
void pl_report_ndjson_begin(struct pl_buf *out, const struct pl_run *run)
{
    struct pl_emit e = begin("run");
    pl_emit_text(&e, "format_version", "1.0");
    pl_emit_open(&e, "run", '{');
    pl_emit_text(&e, "id", run->id);
    pl_emit_text(&e, "command", run->command);
    pl_emit_text(&e, "started_at", run->started_at);
    pl_emit_text(&e, "version", run->version);
    pl_emit_texts(&e, "baselines", run->baseline_files, run->n_baseline_files);
    pl_emit_text(&e, "fail_on", pl_severity_names[run->fail_on]);
    pl_emit_close(&e, '}');
    end(&e, out);
}

void pl_report_ndjson_progress(struct pl_buf *out, const char *step, size_t done, size_t total,
                               const char *waiting_for, const char *project)
{
    struct pl_emit e = begin(step);
    pl_emit_int(&e, "done", (int64_t)done);
    pl_emit_int(&e, "total", (int64_t)total);
    pl_emit_text(&e, "waiting_for", waiting_for);
    pl_emit_text(&e, "project", project);
    end(&e, out);
}

static void write_result(struct pl_buf *out, const struct pl_run *run)
{
    struct pl_emit e = begin("result");
    pl_emit_run(&e, run);
    pl_emit_result(&e, run);
    end(&e, out);
}

void pl_report_ndjson(struct pl_buf *out, const struct pl_run *run,
                      const struct pl_report_style *style)
{
    (void)style;
    pl_report_ndjson_begin(out, run);
    pl_report_ndjson_rest(out, run);
}

void pl_report_ndjson_rest(struct pl_buf *out, const struct pl_run *run)
{
    for (size_t i = 0; i < run->n_unobserved; i++) {
        struct pl_emit e = begin("unobserved");
        pl_emit_gap(&e, "unobserved", &run->unobserved[i]);
        end(&e, out);
    }
    for (size_t i = 0; i < run->n_drift; i++) {
        struct pl_emit e = begin("drift");
        pl_emit_drift(&e, "drift", run->drift[i]);
        end(&e, out);
    }
    for (size_t i = 0; i < run->n_ignored; i++) {
        struct pl_emit e = begin("ignored");
        pl_emit_ignored(&e, "ignored", &run->ignored[i]);
        end(&e, out);
    }
    for (size_t i = 0; i < run->n_unknown; i++) {
        struct pl_emit e = begin("unknown");
        pl_emit_unknown(&e, "unknown", &run->unknown[i]);
        end(&e, out);
    }
    for (size_t i = 0; i < run->n_connections; i++) {
        struct pl_emit e = begin("connection");
        pl_emit_connection(&e, "connection", &run->connections[i]);
        end(&e, out);
    }
    if (run->logs) {
        struct pl_emit e = begin("log");
        pl_emit_logs(&e, run->logs);
        end(&e, out);
    }
    if (run->gate) {
        struct pl_emit e = begin("gate");
        pl_emit_gate(&e, run->gate);
        end(&e, out);
    }
    if (run->past) {
        struct pl_emit e = begin("history");
        pl_emit_past(&e, run->past);
        end(&e, out);
    }
    write_result(out, run);
}
