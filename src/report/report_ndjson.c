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

static void write_run(struct pl_buf *out, const struct pl_run *run)
{
    struct pl_emit e = begin("run");
    pl_emit_text(&e, "format_version", "1.0");
    pl_emit_run(&e, run);
    end(&e, out);
}

static void write_result(struct pl_buf *out, const struct pl_run *run)
{
    struct pl_emit e = begin("result");
    pl_emit_result(&e, run);
    end(&e, out);
}

void pl_report_ndjson(struct pl_buf *out, const struct pl_run *run,
                      const struct pl_report_style *style)
{
    (void)style;
    write_run(out, run);
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
