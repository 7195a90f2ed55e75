/* report_past_json.c - `history` of the JSON report: what earlier runs say of this one; null where no history was kept.
 */
#include "report_priv.h"

static void emit_finding(struct pl_emit *e, const struct pl_past_finding *f)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "what", pl_past_what_names[f->what]);
    pl_emit_text(e, "name", f->name);
    pl_emit_text(e, "label", f->label);
    pl_emit_text(e, "id", f->id);
    pl_emit_text(e, "state", pl_past_state_names[f->state]);
    pl_emit_text(e, "status", f->status);
    pl_emit_text(e, "severity", pl_severity_names[f->severity]);
    pl_emit_text(e, "text", f->text);
    pl_emit_text(e, "before", f->before);
    pl_emit_text(e, "note", f->note);
    pl_emit_text(e, "first_seen", f->first_seen);
    pl_emit_text(e, "last_seen", f->last_seen);
    pl_emit_text(e, "resolved_at", f->resolved_at);
    pl_emit_int(e, "runs", f->runs);
    pl_emit_text(e, "window", f->window);
    pl_emit_bool(e, "flapping", f->flapping);
    pl_emit_close(e, '}');
}

static void emit_fix(struct pl_emit *e, const struct pl_fix *f)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "connection", f->connection);
    pl_emit_text(e, "state", pl_fix_state_names[f->state]);
    pl_emit_text(e, "text", f->text);
    pl_emit_text(e, "run", f->run);
    pl_emit_text(e, "explained_at", f->at);
    pl_emit_text(e, "decided_at", f->decided_at);
    pl_emit_open(e, "causes", '[');
    for (size_t i = 0; i < f->n_sets; i++) {
        pl_emit_open(e, NULL, '[');
        for (size_t j = 0; j < f->sets[i].n; j++)
            pl_emit_text(e, NULL, f->sets[i].fields[j].field);
        pl_emit_close(e, ']');
    }
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}

static void emit_trend(struct pl_emit *e, const struct pl_past_run *r)
{
    pl_emit_open(e, NULL, '{');
    pl_emit_text(e, "id", r->id);
    pl_emit_text(e, "started_at", r->started_at);
    pl_emit_text(e, "verdict", r->verdict);
    pl_emit_int(e, "exit_status", r->exit_status);
    pl_emit_int(e, "failing", r->failing);
    pl_emit_int(e, "drift", r->drift);
    pl_emit_int(e, "unknown", r->unknown);
    pl_emit_close(e, '}');
}

void pl_emit_past(struct pl_emit *e, const struct pl_past *past)
{
    if (!past) {
        pl_emit_null(e, "history");
        return;
    }
    pl_emit_open(e, "history", '{');
    pl_emit_text(e, "series", past->series);
    pl_emit_text(e, "previous", past->previous);
    pl_emit_text(e, "previous_at", past->previous_at);
    pl_emit_open(e, "counts", '{');
    for (int i = 0; i <= PL_PAST_UNKNOWN; i++)
        pl_emit_int(e, pl_past_state_names[i], (int64_t)pl_past_count(past, (enum pl_past_state)i));
    pl_emit_close(e, '}');
    pl_emit_open(e, "findings", '[');
    for (size_t i = 0; i < past->n_findings; i++)
        emit_finding(e, &past->findings[i]);
    pl_emit_close(e, ']');
    pl_emit_open(e, "fixes", '[');
    for (size_t i = 0; i < past->n_fixes; i++)
        emit_fix(e, &past->fixes[i]);
    pl_emit_close(e, ']');
    pl_emit_open(e, "trend", '[');
    for (size_t i = 0; i < past->n_trend; i++)
        emit_trend(e, &past->trend[i]);
    pl_emit_close(e, ']');
    pl_emit_close(e, '}');
}

void pl_report_past_json(struct pl_buf *out, const struct pl_past *past)
{
    struct pl_emit e = {.first = true};
    pl_emit_open(&e, NULL, '{');
    pl_emit_text(&e, "format_version", "1.0");
    pl_emit_past(&e, past);
    pl_emit_close(&e, '}');
    pl_emit_finish(&e, out);
}
