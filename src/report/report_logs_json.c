/* report_logs_json.c - `log`: what was found in logs, for programs (docs/report.md). Added in format 1.0 beside the contract's keys.
 */
#include "report_priv.h"

static void emit_event(struct pl_emit *e, const struct pl_logs_event *event)
{
    const struct pl_symptom *s = &event->symptom;
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "class", pl_logs_class_names[event->what]);
    pl_emit_text(e, "symptom", s->kind ? s->kind->name : NULL);
    if (s->code > 0)
        pl_emit_int(e, "code", s->code);
    else
        pl_emit_null(e, "code");
    pl_emit_text(e, "text", event->text);
    pl_emit_text(e, "why", event->why);
    pl_emit_text(e, "source", event->source);
    if (event->line > 0)
        pl_emit_int(e, "line", (int64_t)event->line);
    else
        pl_emit_null(e, "line");
    pl_emit_int(e, "count", (int64_t)event->count);
    pl_emit_text(e, "first", event->first);
    pl_emit_text(e, "last", event->last);
    pl_emit_text(e, "host", event->host);
    if (event->port > 0)
        pl_emit_int(e, "port", event->port);
    else
        pl_emit_null(e, "port");
    pl_emit_text(e, "family", event->family);
    pl_emit_text(e, "seen_from", s->seen_from);
    pl_emit_texts(e, "tests", event->tests, event->n_tests);
    pl_emit_int(e, "tests_more", (int64_t)event->tests_more);
    pl_emit_texts(e, "connections", event->connections, event->n_connections);
    pl_emit_text(e, "matched_by", event->matched_by);
    pl_emit_text(e, "unmatched", event->unmatched);
    pl_emit_text(e, "nearest", event->nearest);
    pl_emit_close(e, '}');
}

void pl_emit_logs(struct pl_emit *e, const struct pl_logs *logs)
{
    if (!logs) {
        pl_emit_null(e, "log");
        return;
    }
    pl_emit_open(e, "log", '{');
    pl_emit_texts(e, "sources", logs->sources, logs->n_sources);
    pl_emit_int(e, "lines", (int64_t)logs->lines);
    pl_emit_open(e, "classes", '{');
    for (size_t i = 0; i < PL_LOGS_CLASSES; i++)
        pl_emit_int(e, pl_logs_class_names[i], (int64_t)logs->counts[i]);
    pl_emit_close(e, '}');
    pl_emit_int(e, "cut", (int64_t)logs->cut);
    pl_emit_int(e, "dropped", (int64_t)logs->dropped);
    pl_emit_open(e, "events", '[');
    for (size_t i = 0; i < logs->n_events; i++)
        emit_event(e, &logs->events[i]);
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}
